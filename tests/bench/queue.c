/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The review queue of 100,000 flagged cases: the first page and the counts,
 * after the store was opened, when they are the work of others, when half of
 * them are one's own, and when 400 people wrote them for all kinds of
 * reasons; beside the same of 1,000.
 */
#include "config.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "db/impl.h"
#include "db/queue.h"

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

/* Every other case has a clock, a third of them overdue. */
static void
fill(struct bench *b, size_t n)
{
	char text[64], day[DAY_TEXT_MAX];

	must(store_bulk_begin(b->s, &b->e), &b->e);
	for (size_t i = 0; i < n; i++) {
		struct case_id id = store_new_case_id(b->s);

		(void)snprintf(text, sizeof(text), "BENCH-%zu", i);
		add(b, &id, "open", json_pack("{s:s}", "reference", text));
		add(b, &id, "flag", json_pack("{s:s}", "why", "Invented"));
		if (i % 2 == 0)
			continue;
		day_format(moment_day(NOW) - 30 + (int32_t)(i * 31 % 90), day);
		add(b, &id, "action", json_pack("{s:s, s:s, s:s}", "what",
		    "An invented action", "owner", "Perrin Ashdown", "due",
		    day));
	}
	must(store_bulk_seal(b->s, &b->e), &b->e);
}

static bool
take(const struct queue_row *row, void *ctx)
{
	size_t *n = ctx;

	*n += *row->reference != '\0';
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
first_page(struct bench *b, struct queue_counts *c)
{
	struct queue_query q = {.now = NOW, .limit = PAGE};
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
		must(store_queue_count(b->s, &q, c, &b->e), &b->e);
		must(store_queue(b->s, &q, take, &n, &b->e), &b->e);
		best.clock = least(best.clock,
		    milliseconds(CLOCK_MONOTONIC) - from);
		best.cpu = least(best.cpu,
		    milliseconds(CLOCK_PROCESS_CPUTIME_ID) - cpu_from);
		if (n != PAGE)
			exit(1);
	}
	return best;
}

/* The projection says whose they are and why; nothing else is asked here. */
static void
change(struct bench *b, const char *set)
{
	char sql[160];

	(void)snprintf(sql, sizeof(sql), "UPDATE queue SET %s", set);
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
	    .role = ROLE_SUPERVISOR};
	struct bench b = {.pass = pass, .o = &o};
	struct took others, half, many;
	struct queue_counts c;
	char path[128];

	(void)snprintf(path, sizeof(path), "%s/%zu", dir, n);
	b.path = path;
	must(store_create(path, &f, pass, &o, &b.s, &b.e), &b.e);
	fill(&b, n);
	change(&b, "authors = ' 2 ', level = book % 4");
	others = first_page(&b, &c);
	printf("%7zu flagged, %zu overdue: first page and counts, of others "
	    "%.1f ms (%.1f of processor)", c.all,
	    c.why[4], others.clock, others.cpu);
	change(&b, "authors = ' ' || (book % 2 + 1) || ' '");
	half = first_page(&b, &c);
	change(&b, "authors = ' ' || (book % 400 + 2) || ' ',"
	    " why = book % 15 + 1");
	many = first_page(&b, &c);
	printf(", half mine %.1f (%.1f), of 400 people %.1f (%.1f)\n",
	    half.clock, half.cpu, many.clock, many.cpu);
	store_close(b.s);
	(void)unlink(path);
}

int
main(void)
{
	static const char words[] = "lantern harbour quill moss seventeen";
	char dir[] = "/tmp/hearken-bench-queue.XXXXXX";
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
