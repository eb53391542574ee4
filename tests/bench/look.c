/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What years of looking cost: opening a store, noting one look and asking
 * who looked at a case, with 1,000 access entries and with 100,000.
 */
#include "config.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "db/impl.h"
#include "db/watch.h"

#define CASES 100
#define ROUNDS 20

static void
must(enum rc rc, const struct err *e)
{
	if (rc == RC_OK)
		return;
	fprintf(stderr, "%s\n", e->text);
	exit(1);
}

static double
milliseconds(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1000.0 + (double)t.tv_nsec / 1e6;
}

/* A look every twenty minutes: 100,000 are four years. */
static int64_t
now(void *ctx)
{
	int64_t *at = ctx;

	return *at += INT64_C(20) * 60 * 1000;
}

/* Each round a look at another case, so that none is passed over. */
struct bench {
	struct store *s;
	struct case_id cases[CASES];
	struct err e;
};

static void
fill_cases(struct bench *b)
{
	char text[64];

	for (size_t i = 0; i < CASES; i++) {
		struct entry_draft d = {store_new_case_id(b->s), "open",
		    span_none(), NULL};

		(void)snprintf(text, sizeof(text), "BENCH-%zu", i);
		b->cases[i] = d.case_id;
		d.body = json_pack("{s:s}", "reference", text);
		must(store_append(b->s, &d, 1, NULL, &b->e), &b->e);
		entry_draft_release(&d);
	}
}

static void
fill_looks(struct bench *b, size_t n)
{
	char hex[2 * CASE_ID_LEN + 1];

	b->s->may_register = true;
	must(tx_begin(b->s, &b->e), &b->e);
	for (size_t i = 0; i < n; i++) {
		struct entry_draft d = {case_id_register(), "access",
		    span_none(), NULL};

		hex_format(b->cases[i * 7919 % CASES].b, CASE_ID_LEN, hex);
		d.body = json_pack("{s:s, s:s}", "what", "print", "case",
		    hex);
		must(append_draft(b->s, &d, NULL, &b->e), &b->e);
		entry_draft_release(&d);
	}
	must(tx_seal(b->s, &b->e), &b->e);
	b->s->may_register = false;
}

static double
time_looks(struct bench *b)
{
	double from = milliseconds();

	for (size_t i = 0; i < ROUNDS; i++) {
		struct look_note n = {.what = LOOK_OPEN,
		    .case_id = &b->cases[i]};

		must(store_look(b->s, &n, &b->e), &b->e);
	}
	return (milliseconds() - from) / ROUNDS;
}

static bool
take(const struct look_row *row, void *ctx)
{
	size_t *n = ctx;

	*n += row->at != 0;
	return true;
}

static double
time_page(struct bench *b)
{
	struct look_query q = {.case_id = &b->cases[7], .since = INT64_MIN,
	    .limit = 50};
	size_t n = 0;
	double from;

	must(store_looks(b->s, &q, take, &n, &b->e), &b->e);
	from = milliseconds();
	for (size_t i = 0; i < ROUNDS; i++)
		must(store_looks(b->s, &q, take, &n, &b->e), &b->e);
	return (milliseconds() - from) / ROUNDS;
}

static double
time_count(struct bench *b)
{
	struct look_query q = {.since = INT64_MIN};
	double from = milliseconds();
	size_t n = 0;

	must(store_looks_count(b->s, &q, &n, &b->e), &b->e);
	return milliseconds() - from;
}

/* With a derivation that costs next to nothing. */
static double
time_open(struct bench *b, const char *path, const struct secret *pass,
    const struct store_opts *o)
{
	double from, all = 0;

	for (size_t i = 0; i < ROUNDS; i++) {
		store_close(b->s);
		from = milliseconds();
		must(store_open(path, NULL, pass, o, &b->s, &b->e), &b->e);
		all += milliseconds() - from;
	}
	return all / ROUNDS;
}

static void
measure(struct bench *b, size_t looks, const char *dir,
    const struct secret *pass)
{
	int64_t at = INT64_C(1767261600000);
	const struct clock clock = {.now = now, .ticks = now,
	    .ctx = &at};
	struct store_opts o = {.clock = &clock, .rng = rng_system(),
	    .kdf = {1, 8192, 1, 8192}, .allow_network_fs = true};
	struct store_founder f = {.user = "Ilse Marwood",
	    .role = ROLE_SUPERVISOR};
	double look, page, count, open;
	char path[128];

	(void)snprintf(path, sizeof(path), "%s/%zu", dir, looks);
	must(store_create(path, &f, pass, &o, &b->s, &b->e), &b->e);
	fill_cases(b);
	fill_looks(b, looks);
	open = time_open(b, path, pass, &o);
	look = time_looks(b);
	page = time_page(b);
	count = time_count(b);
	printf("%7zu looks: open %.1f ms, note one %.2f ms, a page of who "
	    "looked at a case %.2f ms, count all %.1f ms\n", looks, open,
	    look, page, count);
	store_close(b->s);
	(void)unlink(path);
}

int
main(void)
{
	static const char words[] = "lantern harbour quill moss seventeen";
	char dir[] = "/tmp/hearken-bench-look.XXXXXX";
	struct secret pass;
	struct bench b;

	if (sodium_init() < 0 || mkdtemp(dir) == NULL)
		return 1;
	must(secret_init(&pass, 256, &b.e), &b.e);
	(void)secret_add(&pass, words, sizeof(words) - 1);
	measure(&b, 1000, dir, &pass);
	measure(&b, 100000, dir, &pass);
	secret_release(&pass);
	(void)rmdir(dir);
	return 0;
}
