/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From the derived key to the first page of the list, at 100,000 cases.  The
 * key derivation is measured by itself, at the same cheap cost, and taken
 * off: what is left is what every opening pays on top of it.
 */
#include "config.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "db/store.h"

#define CASES 100000
#define RUNS 9
#define PAGE 60

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

static void
fill(struct store *s, struct err *e)
{
	static const char *const items[] = {"A1", "A9", "B1", "B4", "B12"};
	struct civil day = {2025, 11, 20};
	char text[64];

	must(store_bulk_begin(s, e), e);
	for (size_t i = 0; i < CASES; i++) {
		struct entry_draft d = {store_new_case_id(s), "open",
		    span_none(), NULL};
		struct entry_draft o = {d.case_id, "observation",
		    span_of_day(day_from_civil(day)), NULL};

		(void)snprintf(text, sizeof(text), "BENCH-%zu", i);
		d.body = json_pack("{s:s}", "reference", text);
		o.body = json_pack("{s:s, s:s, s:s, s:s, s:s}", "instrument",
		    "occ-csegg", "indicator", items[i % 5], "state",
		    "present", "agency", "school", "evidence", text);
		must(store_bulk_add(s, &d, NULL, e), e);
		must(store_bulk_add(s, &o, NULL, e), e);
		entry_draft_release(&d);
		entry_draft_release(&o);
	}
	must(store_bulk_seal(s, e), e);
}

static void
adopt(struct store *s, struct err *e)
{
	const char *src = getenv("HEARKEN_SRCDIR");
	static char text[300000];
	char path[1024];
	FILE *f;
	size_t n;

	(void)snprintf(path, sizeof(path),
	    "%s/content/instruments/occ-csegg.yaml",
	    src != NULL ? src : ".");
	f = fopen(path, "rb");
	n = f != NULL ? fread(text, 1, sizeof(text), f) : 0;
	if (f != NULL)
		(void)fclose(f);
	must(store_adopt(s, text, n, true, e), e);
}

static double
derive(const struct kdf_cost *c, const struct secret *pass)
{
	unsigned char key[32], salt[16] = {0};
	double t = milliseconds();

	if (crypto_pwhash(key, sizeof(key), (const char *)pass->p, pass->len,
	    salt, c->ops, (size_t)c->mem, crypto_pwhash_ALG_ARGON2ID13) != 0)
		exit(1);
	return milliseconds() - t;
}

static bool
count_row(const struct case_row *row, void *ctx)
{
	size_t *n = ctx;

	*n += row->reference[0] != '\0';
	return true;
}

static int
compare(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void
measure(const char *path, const struct secret *pass,
    const struct store_opts *opts)
{
	double open_ms[RUNS], page_ms[RUNS];
	struct store *s;
	struct err e;

	for (int i = 0; i < RUNS; i++) {
		double kdf = derive(&opts->kdf, pass), t = milliseconds();
		size_t n = 0;

		must(store_open(path, NULL, pass, opts, &s, &e), &e);
		open_ms[i] = milliseconds() - t - kdf;
		t = milliseconds();
		must(store_cases(s, NULL, 0, PAGE, count_row, &n, &e), &e);
		page_ms[i] = milliseconds() - t;
		store_close(s);
		if (n != PAGE)
			exit(1);
	}
	qsort(open_ms, RUNS, sizeof(double), compare);
	qsort(page_ms, RUNS, sizeof(double), compare);
	printf("open %.2f ms + first page %.2f ms = %.2f ms after the key "
	    "(median of %d; goal: 30)\n", open_ms[RUNS / 2],
	    page_ms[RUNS / 2], open_ms[RUNS / 2] + page_ms[RUNS / 2], RUNS);
}

int
main(void)
{
	struct store_founder founder = {.user = "Bench",
	    .role = ROLE_PRACTITIONER};
	struct store_opts opts = {
		.clock = clock_system(), .kdf = {1, 8192, 1, 8192},
		.allow_network_fs = true
	};
	char dir[] = "/tmp/hearken-bench-open.XXXXXX", path[64];
	struct secret pass;
	struct store *s;
	struct err e;

	if (sodium_init() < 0 || mkdtemp(dir) == NULL)
		return 2;
	opts.rng = rng_system();
	(void)snprintf(path, sizeof(path), "%s/s", dir);
	must(secret_init(&pass, 64, &e), &e);
	(void)secret_add(&pass, "a bench needs five words", 24);
	must(store_create(path, &founder, &pass, &opts, &s, &e), &e);
	adopt(s, &e);
	fill(s, &e);
	store_close(s);
	measure(path, &pass, &opts);
	secret_release(&pass);
	(void)unlink(path);
	(void)rmdir(dir);
	return 0;
}
