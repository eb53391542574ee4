/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is due in 100,000 open deadlines: the first page and the counts of
 * the groups, after the store was opened, when all of them are one's own,
 * half of them, and none; beside the same of 1,000.
 */
#include "config.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "db/due.h"
#include "db/impl.h"

#define EACH 10		/* deadlines of one case */
#define ROUNDS 5
#define PAGE 60
#define NOW INT64_C(1767261600000)

static void
must(enum rc rc, const struct err *e)
{
	if (rc == RC_OK)
		return;
	fprintf(stderr, "%s\n", e->text);
	exit(1);
}

static double
milliseconds(clockid_t which)
{
	struct timespec t;

	(void)clock_gettime(which, &t);
	return (double)t.tv_sec * 1000.0 + (double)t.tv_nsec / 1e6;
}

static int64_t
now(void *ctx)
{
	(void)ctx;
	return NOW;
}

struct bench {
	struct store *s;
	const char *path;
	const struct secret *pass;
	const struct store_opts *o;
	struct err e;
};

static void
add(struct bench *b, const struct case_id *id, const char *kind,
    json_t *body)
{
	struct entry_draft d = {*id, kind, span_none(), body};

	if (strcmp(kind, "action") == 0)
		d.on = span_of_day(moment_day(NOW) - 60);
	must(store_bulk_add(b->s, &d, NULL, &b->e), &b->e);
	entry_draft_release(&d);
}

static void
fill(struct bench *b, size_t n)
{
	char text[64], day[DAY_TEXT_MAX];

	must(store_bulk_begin(b->s, &b->e), &b->e);
	for (size_t i = 0; i < n / EACH; i++) {
		struct case_id id = store_new_case_id(b->s);

		(void)snprintf(text, sizeof(text), "BENCH-%zu", i);
		add(b, &id, "open", json_pack("{s:s}", "reference", text));
		for (size_t k = 0; k < EACH; k++) {
			day_format(moment_day(NOW) - 30 +
			    (int32_t)((i * 31 + k * 17) % 90), day);
			add(b, &id, "action", json_pack("{s:s, s:s, s:s}",
			    "what", "An invented action", "owner",
			    "Perrin Ashdown, housing", "due", day));
		}
	}
	must(store_bulk_seal(b->s, &b->e), &b->e);
}

static bool
take(const struct due_row *row, void *ctx)
{
	size_t *n = ctx;

	*n += *row->what != '\0';
	return true;
}

struct took {
	double clock, cpu;	/* ms */
};

static double
least(double a, double b)
{
	return a < b ? a : b;
}

/* Counts and page as the screen asks for them, of a store just opened. */
static struct took
first_page(struct bench *b, struct due_counts *c)
{
	struct due_query q = {.now = NOW, .until = INT64_MAX, .limit = PAGE};
	struct took best = {1e9, 1e9};
	double from, cpu_from;
	size_t n;

	for (size_t i = 0; i < ROUNDS; i++) {
		store_close(b->s);
		must(store_open(b->path, NULL, b->pass, b->o, &b->s, &b->e),
		    &b->e);
		n = 0;
		from = milliseconds(CLOCK_MONOTONIC);
		cpu_from = milliseconds(CLOCK_PROCESS_CPUTIME_ID);
		must(store_due_count(b->s, &q, c, &b->e), &b->e);
		must(store_due(b->s, &q, take, &n, &b->e), &b->e);
		best.clock = least(best.clock,
		    milliseconds(CLOCK_MONOTONIC) - from);
		best.cpu = least(best.cpu,
		    milliseconds(CLOCK_PROCESS_CPUTIME_ID) - cpu_from);
		if (n != PAGE)
			exit(1);
	}
	return best;
}

/* The projection says whose they are; nothing else is asked here. */
static void
give_away(struct bench *b, const char *where)
{
	char sql[128];

	(void)snprintf(sql, sizeof(sql), "UPDATE due SET opener = 0,"
	    " author = 0 WHERE %s", where);
	if (sqlite3_exec(b->s->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		exit(1);
}

static void
measure(const char *dir, size_t n, const struct secret *pass)
{
	const struct clock clock = {.now = now, .ticks = now};
	struct store_opts o = {.clock = &clock, .rng = rng_system(),
	    .kdf = {1, 8192, 1, 8192}, .allow_network_fs = true};
	struct store_founder f = {.user = "Ilse Marwood",
	    .role = ROLE_PRACTITIONER};
	struct due_counts c;
	struct bench b = {.pass = pass, .o = &o};
	struct took all, half, none;
	char path[128];

	(void)snprintf(path, sizeof(path), "%s/%zu", dir, n);
	b.path = path;
	must(store_create(path, &f, pass, &o, &b.s, &b.e), &b.e);
	fill(&b, n);
	all = first_page(&b, &c);
	give_away(&b, "book % 2 = 0");
	half = first_page(&b, &c);
	give_away(&b, "1");
	none = first_page(&b, &c);
	printf("%7zu deadlines, %zu overdue: first page and counts, all mine "
	    "%.1f ms (%.1f of processor), half %.1f (%.1f), none %.1f "
	    "(%.1f)\n", c.all, c.in[DUE_OTHERS_OVER], all.clock, all.cpu,
	    half.clock, half.cpu, none.clock, none.cpu);
	store_close(b.s);
	(void)unlink(path);
}

int
main(void)
{
	static const char words[] = "lantern harbour quill moss seventeen";
	char dir[] = "/tmp/hearken-bench-due.XXXXXX";
	struct secret pass;
	struct err e;

	if (sodium_init() < 0 || mkdtemp(dir) == NULL)
		return 1;
	must(secret_init(&pass, 256, &e), &e);
	(void)secret_add(&pass, words, sizeof(words) - 1);
	measure(dir, 1000, &pass);
	measure(dir, 100000, &pass);
	printf("goal at 100000: 30 ms\n");
	secret_release(&pass);
	(void)rmdir(dir);
	return 0;
}
