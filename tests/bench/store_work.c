/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The work of the store's benchmark: append observations in one import, then
 * read every case.  Linked once with the cipher and once without; prints
 * the seconds of append and scan, by the clock and by the processor.
 */
#include "config.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "db/store.h"

#define ROWS 1000000
#define CASES 50000

static void
must(enum rc rc, const struct err *e)
{
	if (rc == RC_OK)
		return;
	fprintf(stderr, "%s\n", e->text);
	exit(1);
}

/* Both what a person waits and what the processor does: a busy machine
 * stretches only the first. */
struct moment {
	double wall, cpu;
};

static struct moment
moment_now(void)
{
	struct timespec t;
	struct moment m;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	m.cpu = (double)t.tv_sec + (double)t.tv_nsec / 1e9;
	m.wall = (double)clock_ticks(clock_system()) / 1000.0;
	return m;
}

static void
add(struct store *s, struct case_id id, const char *kind, json_t *body,
    struct err *e)
{
	struct civil day = {2025, 11, 20};
	struct entry_draft d = {id, kind, span_of_day(day_from_civil(day)),
	    body};

	if (strcmp(kind, "open") == 0)
		d.on = span_none();
	must(store_bulk_add(s, &d, NULL, e), e);
	entry_draft_release(&d);
}

static void
append_all(struct store *s, struct case_id *ids, size_t rows, struct err *e)
{
	static const char *const items[] = {"A1", "A9", "B1", "B4", "B12"};
	char text[64];

	must(store_bulk_begin(s, e), e);
	for (size_t i = 0; i < CASES; i++) {
		ids[i] = store_new_case_id(s);
		(void)snprintf(text, sizeof(text), "BENCH-%zu", i);
		add(s, ids[i], "open", json_pack("{s:s}", "reference", text),
		    e);
	}
	for (size_t i = 0; i < rows; i++) {
		(void)snprintf(text, sizeof(text),
		    "seen near place %zu on the way", i);
		add(s, ids[i * 7919 % CASES], "observation",
		    json_pack("{s:s, s:s, s:s, s:s, s:s}", "instrument",
		    "occ-csegg", "indicator", items[i % 5], "state",
		    "present", "agency", "school", "evidence", text), e);
	}
	must(store_bulk_seal(s, e), e);
}

static size_t
scan_all(struct store *s, const struct case_id *ids, struct err *e)
{
	struct casefile c;
	size_t n = 0;

	for (size_t i = 0; i < CASES; i++) {
		must(store_case_load(s, &ids[i], &c, e), e);
		n += c.nrecords;
		casefile_release(&c);
	}
	return n;
}

static void
adopt(struct store *s, const char *path, struct err *e)
{
	static char text[300000];
	FILE *f = fopen(path, "rb");
	size_t n = f != NULL ? fread(text, 1, sizeof(text), f) : 0;

	if (f != NULL)
		(void)fclose(f);
	must(store_adopt(s, text, n, true, e), e);
}

/* Words: file of the store, file of the instrument, rows. */
int
main(int argc, char **argv)
{
	struct store_founder founder = {.user = "Bench",
	    .role = ROLE_PRACTITIONER};
	struct store_opts opts = {
		.clock = clock_system(), .kdf = {1, 8192, 1, 8192},
		.allow_network_fs = true
	};
	static struct case_id ids[CASES];
	struct rusage use;
	struct secret pass;
	struct store *s;
	struct err e;
	struct moment t0, t1, t2;
	size_t rows = ROWS, n;

	if (argc < 3 || sodium_init() < 0)
		return 2;
	if (argc > 3)
		rows = (size_t)strtoul(argv[3], NULL, 10);
	opts.rng = rng_system();
	must(secret_init(&pass, 64, &e), &e);
	(void)secret_add(&pass, "a bench needs five words", 24);
	must(store_create(argv[1], &founder, &pass, &opts, &s, &e), &e);
	adopt(s, argv[2], &e);
	t0 = moment_now();
	append_all(s, ids, rows, &e);
	t1 = moment_now();
	n = scan_all(s, ids, &e);
	t2 = moment_now();
	store_close(s);
	secret_release(&pass);
	(void)getrusage(RUSAGE_SELF, &use);
	printf("%.3f %.3f %.3f %.3f %zu %ld\n", t1.wall - t0.wall,
	    t2.wall - t1.wall, t1.cpu - t0.cpu, t2.cpu - t1.cpu, n,
	    use.ru_maxrss);
	return n == rows + CASES ? 0 : 1;
}
