/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Encrypts a store of 1,000,000 observations anew, and writes a backup of
 * it, against copying the same file with a loop of read and write and one
 * fsync.  Then how long unlocking it takes, and how much of that is the
 * derivation of the key.  The first by the clock and by the processor, the
 * other by the processor; the best of some runs turn about.  All read a file
 * that the system has in memory, and all end with it on the disk.
 */
#include "config.h"

#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "db/backup.h"
#include "db/people.h"

#define ROWS 1000000
#define CASES 20000
#define RUNS 3
#define CHUNK (1u << 20)
#define PASS "lantern harbour quill moss seventeen"

static void
must(enum rc rc, const struct err *e)
{
	if (rc == RC_OK)
		return;
	fprintf(stderr, "%s\n", e->text);
	exit(1);
}

static double
now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double
worked(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
better(double *best, double seconds)
{
	if (*best == 0 || seconds < *best)
		*best = seconds;
}

static void
add(struct store *s, struct case_id id, const char *kind, json_t *body,
    struct err *e)
{
	struct entry_draft d = {id, kind, span_none(), body};

	if (strcmp(kind, "observation") == 0)
		d.on = span_of_day(day_from_civil((struct civil){
		    2025, 11, 20}));
	must(store_bulk_add(s, &d, NULL, e), e);
	entry_draft_release(&d);
}

static void
fill(struct store *s, struct err *e)
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
	for (size_t i = 0; i < ROWS; i++) {
		(void)snprintf(text, sizeof(text),
		    "seen near place %zu on the way", i);
		add(s, ids[i * 7919 % CASES], "observation",
		    json_pack("{s:s, s:s, s:s, s:s, s:s}", "instrument",
		    "occ-csegg", "indicator", items[i % 5], "state",
		    "present", "agency", "school", "evidence", text), e);
	}
	must(store_bulk_seal(s, e), e);
}

/* What `cp' does, and the sync that makes it last. */
static double
copy(const char *from, const char *to, double *work)
{
	static unsigned char buf[CHUNK];
	double t0 = now(), w0 = worked();
	int in = open(from, O_RDONLY), out = open(to, O_WRONLY | O_CREAT |
	    O_TRUNC, 0600);
	ssize_t n = 0;

	while (in >= 0 && out >= 0 && (n = read(in, buf, CHUNK)) > 0)
		if (write(out, buf, (size_t)n) != n)
			n = -1;
	if (in < 0 || out < 0 || n != 0 || fsync(out) != 0) {
		fprintf(stderr, "%s cannot be copied\n", from);
		exit(1);
	}
	(void)close(in);
	(void)close(out);
	t0 = now() - t0;
	better(work, worked() - w0);
	(void)unlink(to);
	return t0;
}

struct bench {
	char dir[64], path[96], other[96];
	struct store_opts opts;
	struct secret pass;
	struct store *s;
	struct err e;
};

static void
begin(struct bench *b)
{
	struct store_founder f = {.user = "Ilse Marwood",
	    .role = ROLE_SUPERVISOR};

	(void)snprintf(b->dir, sizeof(b->dir),
	    "/tmp/hearken-bench-rekey.XXXXXX");
	if (sodium_init() < 0 || mkdtemp(b->dir) == NULL)
		exit(1);
	(void)snprintf(b->path, sizeof(b->path), "%s/s", b->dir);
	(void)snprintf(b->other, sizeof(b->other), "%s/other", b->dir);
	b->opts = (struct store_opts){.clock = clock_system(),
	    .rng = rng_system(), .allow_network_fs = true};
	must(secret_init(&b->pass, 64, &b->e), &b->e);
	(void)secret_add(&b->pass, PASS, strlen(PASS));
	must(store_create(b->path, &f, &b->pass, &b->opts, &b->s, &b->e),
	    &b->e);
	fill(b->s, &b->e);
}

static void
against_copying(struct bench *b)
{
	double copied = 0, rekeyed = 0, saved = 0, work = 0, t0, w0;
	double copy_work = 0;
	struct stat st;

	for (int i = 0; i < RUNS; i++) {
		/* The lock is given up with the descriptor: opened anew. */
		store_close(b->s);
		better(&copied, copy(b->path, b->other, &copy_work));
		must(store_open(b->path, NULL, &b->pass, &b->opts, &b->s,
		    &b->e), &b->e);
		t0 = now();
		w0 = worked();
		must(store_rekey(b->s, NULL, "measured", NULL, NULL, &b->e),
		    &b->e);
		better(&rekeyed, now() - t0);
		better(&work, worked() - w0);
		t0 = now();
		must(store_backup(b->s, b->other, NULL, NULL, &b->e), &b->e);
		better(&saved, now() - t0);
		(void)unlink(b->other);
	}
	(void)stat(b->path, &st);
	printf("%d entries, %.0f MB: copied in %.2f s (%.2f s of work), "
	    "re-keyed in %.2f s (%.2f s of work), backed up in %.2f s\n",
	    ROWS, (double)st.st_size / 1e6, copied, copy_work, rekeyed, work,
	    saved);
	printf("re-key: %.2f of the speed of the copy (asked: 0.50); "
	    "backup: %.2f\n", copied / rekeyed, copied / saved);
}

/* The cost that the store's slot has: the default of this program. */
static double
derive(void)
{
	unsigned char key[32], salt[crypto_pwhash_SALTBYTES] = {0};
	double t0 = worked();

	if (crypto_pwhash(key, sizeof(key), PASS, strlen(PASS), salt, 3,
	    (size_t)256 << 20, crypto_pwhash_ALG_ARGON2ID13) != 0)
		exit(1);
	return worked() - t0;
}

static void
unlocking(struct bench *b)
{
	double opened = 0, derived = 0, t0;

	store_close(b->s);
	for (int i = 0; i < RUNS; i++) {
		better(&derived, derive());
		t0 = worked();
		must(store_open(b->path, NULL, &b->pass, &b->opts, &b->s,
		    &b->e), &b->e);
		better(&opened, worked() - t0);
		store_close(b->s);
	}
	printf("unlock: %.3f s of processor time, of which the key %.3f s, "
	    "the rest %.3f s\n",
	    opened, derived, opened - derived);
}

int
main(void)
{
	static struct bench b;

	begin(&b);
	against_copying(&b);
	unlocking(&b);
	(void)unlink(b.path);
	(void)rmdir(b.dir);
	secret_release(&b.pass);
	return 0;
}
