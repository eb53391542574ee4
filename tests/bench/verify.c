/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Verifies a store of 1,000,000 observations in 50,000 cases, walk by walk,
 * in entries a second of one core.  The peer is the least that any check of
 * the same file can do: read every row in order and hash the same bytes
 * twice as often as an entry has hashes, with nothing compared.
 */
#include "config.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "db/verify.h"

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

static double
cpu_now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
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
fill(struct store *s, size_t rows, struct err *e)
{
	static const char *const items[] = {"A1", "A9", "B1", "B4", "B12"};
	static struct case_id ids[CASES];
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

static void
adopt(struct store *s, struct err *e)
{
	static char text[300000];
	const char *src = getenv("HEARKEN_SRCDIR");
	char path[1024];
	size_t n = 0;
	FILE *f;

	(void)snprintf(path, sizeof(path),
	    "%s/content/instruments/occ-csegg.yaml", src != NULL ? src : ".");
	f = fopen(path, "rb");
	if (f != NULL) {
		n = fread(text, 1, sizeof(text), f);
		(void)fclose(f);
	}
	if (n == 0) {
		fprintf(stderr, "%s cannot be read\n", path);
		exit(2);
	}
	must(store_adopt(s, text, n, true, e), e);
}

/* Every row read and hashed, the least that a check has to do. */
static double
peer(struct store *s, struct err *e)
{
	unsigned char head[168] = {0}, out[ENTRY_ID_LEN];
	double t0 = cpu_now();
	sqlite3_stmt *st;

	must(stmt_get(s, STMT_ENTRY_SCAN, &st, e), e);
	while (sqlite3_step(st) == SQLITE_ROW) {
		const void *body = sqlite3_column_text(st, 9);

		crypto_generichash(out, sizeof(out), body,
		    (unsigned)sqlite3_column_bytes(st, 9), NULL, 0);
		memcpy(head, out, sizeof(out));
		crypto_generichash(out, sizeof(out), head, sizeof(head),
		    NULL, 0);
	}
	sqlite3_reset(st);
	return cpu_now() - t0;
}

/* The walks of a few microseconds have no rate worth saying. */
static void
tell(const char *name, double took, double base, uint64_t entries)
{
	if (took < 0.001)
		return;
	printf("%-12s %7.2f s  %9.0f entries/s  %5.2f of the peer\n", name,
	    took, (double)entries / took, took / base);
}

static int
measure(struct store *s, struct err *e)
{
	struct store_verdict v;
	double base, took, all = 0;
	uint64_t entries = 0;
	struct walk w;
	size_t n;
	const struct walk_def *walks = walk_table(&n);

	(void)peer(s, e);
	base = peer(s, e);
	must(store_entry_count(s, &entries, e), e);
	must(verify_begin(&w, s, &v, e), e);
	for (size_t i = 0; i < n; i++) {
		took = cpu_now();
		must(walks[i].fn(&w, e), e);
		took = cpu_now() - took;
		all += took;
		tell(walks[i].name, took, base, entries);
	}
	verify_end(&w);
	tell("together", all, base, entries);
	tell("peer", base, base, entries);
	if (!v.sound)
		fprintf(stderr, "%s\n", v.fault);
	return v.sound ? 0 : 1;
}

/* Words: the number of observations; a store to keep and use again. */
int
main(int argc, char **argv)
{
	struct store_founder founder = {.user = "Bench",
	    .role = ROLE_PRACTITIONER};
	struct store_opts opts = {
		.clock = clock_system(), .kdf = {1, 8192, 1, 8192},
		.allow_network_fs = true
	};
	char dir[] = "/tmp/hearken-bench-verify.XXXXXX", path[64];
	struct secret pass;
	struct store *s;
	struct err e;
	int status;

	if (sodium_init() < 0 || mkdtemp(dir) == NULL)
		return 2;
	(void)snprintf(path, sizeof(path), "%s/s", dir);
	opts.rng = rng_system();
	must(secret_init(&pass, 64, &e), &e);
	(void)secret_add(&pass, "a bench needs five words", 24);
	if (argc > 2 && access(argv[2], F_OK) == 0) {
		must(store_open(argv[2], NULL, &pass, &opts, &s, &e), &e);
	} else {
		must(store_create(argc > 2 ? argv[2] : path, &founder, &pass,
		    &opts, &s, &e), &e);
		adopt(s, &e);
		fill(s, argc > 1 ? (size_t)strtoul(argv[1], NULL, 10) : ROWS,
		    &e);
	}
	status = measure(s, &e);
	store_close(s);
	secret_release(&pass);
	(void)unlink(path);
	(void)rmdir(dir);
	return status;
}
