/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Search as one types over 1,000,000 notes in 100,000 cases: what one key
 * costs, for words that stand in nearly every note and for words that stand
 * in one.  Beside it, in the same run, what the full-text index of SQLite
 * takes by itself in a plain database for the same words: MATCH with no
 * rank, oldest first (the other way round its time grows with the square of
 * what it finds), as many as are shown, and no text read.
 *
 * Words follow Zipf's law, so that the hundredth word is a hundred times as
 * rare as the first.  Both databases are made once and kept in the build
 * folder under tests/bench/; remove them to have them made anew.
 */
#include "config.h"

#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/xalloc.h"
#include "db/find.h"

#define NOTES 1000000
#define CASES 100000
#define WORDS 20000		/* different words */
#define LEN 30			/* words of a note */
#define SHOWN 50		/* as the screen asks for */
#define TEXT_MAX 512
#define GOAL 20.0

struct bench {
	struct store *s;
	sqlite3 *plain;
	uint64_t seed;
	char words[WORDS][16];
	double sums[WORDS];	/* of the frequencies up to this word */
	struct err e;
};

static void
must(enum rc rc, const struct err *e)
{
	if (rc == RC_OK)
		return;
	fprintf(stderr, "%s\n", e->text);
	exit(1);
}

static void
must_sql(struct bench *b, int code)
{
	if (code == SQLITE_OK || code == SQLITE_DONE)
		return;
	fprintf(stderr, "%s\n", sqlite3_errmsg(b->plain));
	exit(1);
}

static double
milliseconds_of(clockid_t which)
{
	struct timespec t;

	(void)clock_gettime(which, &t);
	return (double)t.tv_sec * 1000.0 + (double)t.tv_nsec / 1e6;
}

/* Of the processor: on a busy machine the clock measures the others. */
static double
milliseconds(void)
{
	return milliseconds_of(CLOCK_PROCESS_CPUTIME_ID);
}

static uint64_t
next(struct bench *b)
{
	b->seed ^= b->seed << 13;
	b->seed ^= b->seed >> 7;
	b->seed ^= b->seed << 17;
	return b->seed;
}

/* ---- words ---- */

/* Of two to five syllables: many words begin alike, as in a language. */
static void
make_word(struct bench *b, size_t i)
{
	static const char onset[] = "bcdfghlmnprstvw", vowel[] = "aeiou";
	size_t syllables = 2 + next(b) % 3 + (i > 1000 ? 1 : 0), n = 0;

	for (size_t k = 0; k < syllables; k++) {
		b->words[i][n++] = onset[next(b) % (sizeof(onset) - 1)];
		b->words[i][n++] = vowel[next(b) % (sizeof(vowel) - 1)];
		if (next(b) % 3 == 0)
			b->words[i][n++] = onset[next(b) %
			    (sizeof(onset) - 1)];
	}
	b->words[i][n] = '\0';
}

static void
make_words(struct bench *b)
{
	double sum = 0;

	b->seed = UINT64_C(0x9e3779b97f4a7c15);
	for (size_t i = 0; i < WORDS; i++) {
		make_word(b, i);
		sum += 1.0 / (double)(i + 1);
		b->sums[i] = sum;
	}
}

static size_t
draw(struct bench *b)
{
	double at = (double)(next(b) >> 11) / 9007199254740992.0 *
	    b->sums[WORDS - 1];
	size_t low = 0, high = WORDS - 1, mid;

	while (low < high) {
		mid = (low + high) / 2;
		if (b->sums[mid] < at)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static void
make_text(struct bench *b, char out[TEXT_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < LEN; i++)
		n += (size_t)snprintf(out + n, TEXT_MAX - n, "%s%s",
		    i == 0 ? "" : " ", b->words[draw(b)]);
}

/* ---- making ---- */

static void
add(struct bench *b, struct case_id id, const char *kind, json_t *body)
{
	struct civil day = {2025, 11, 20};
	struct entry_draft d = {id, kind, strcmp(kind, "note") == 0 ?
	    span_of_day(day_from_civil(day)) : span_none(), body};

	must(store_bulk_add(b->s, &d, NULL, &b->e), &b->e);
	entry_draft_release(&d);
}

static void
fill(struct bench *b, sqlite3_stmt *plain)
{
	struct case_id *ids = xcalloc(CASES, sizeof(*ids));
	char text[TEXT_MAX];

	must(store_bulk_begin(b->s, &b->e), &b->e);
	for (size_t i = 0; i < CASES; i++) {
		ids[i] = store_new_case_id(b->s);
		(void)snprintf(text, sizeof(text), "BENCH-%zu", i);
		add(b, ids[i], "open", json_pack("{s:s}", "reference", text));
		(void)snprintf(text, sizeof(text), "%s %s",
		    b->words[next(b) % WORDS], b->words[next(b) % WORDS]);
		add(b, ids[i], "identity", json_pack("{s:s}", "name", text));
	}
	for (size_t i = 0; i < NOTES; i++) {
		make_text(b, text);
		/* Cases are worked on for a time, a hundred side by side. */
		add(b, ids[i / 1000 * 100 + next(b) % 100], "note", json_pack(
		    "{s:s, s:s}", "nature", "fact", "facts", text));
		must_sql(b, sqlite3_bind_text(plain, 1, text, -1,
		    SQLITE_TRANSIENT));
		must_sql(b, sqlite3_bind_int64(plain, 2, (int64_t)i + 1));
		must_sql(b, sqlite3_step(plain));
		must_sql(b, sqlite3_reset(plain));
		if (i % 50000 == 0)
			fprintf(stderr, "\rmaking %zu of %d notes", i, NOTES);
	}
	fprintf(stderr, "\rsealing                        \n");
	must(store_bulk_seal(b->s, &b->e), &b->e);
	free(ids);
}

static void
open_plain(struct bench *b, const char *path)
{
	if (sqlite3_open(path, &b->plain) != SQLITE_OK)
		exit(1);
	must_sql(b, sqlite3_exec(b->plain, "PRAGMA cache_size = -65536;"
	    "CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (text,"
	    " content = '', detail = none, columnsize = 0,"
	    " tokenize = 'ascii');", NULL, NULL, NULL));
}

static void
make(struct bench *b, const char *path, const struct secret *pass,
    const struct store_opts *o)
{
	struct store_founder f = {.user = "Ilse Marwood",
	    .role = ROLE_PRACTITIONER};
	sqlite3_stmt *st = NULL;
	double from = milliseconds();

	must(store_create(path, &f, pass, o, &b->s, &b->e), &b->e);
	must_sql(b, sqlite3_exec(b->plain, "BEGIN", NULL, NULL, NULL));
	must_sql(b, sqlite3_prepare_v2(b->plain,
	    "INSERT INTO words (rowid, text) VALUES (?2, ?1)", -1, &st, NULL));
	fill(b, st);
	(void)sqlite3_finalize(st);
	must_sql(b, sqlite3_exec(b->plain, "COMMIT", NULL, NULL, NULL));
	printf("made both stores in %.0f s\n", (milliseconds() - from) / 1000);
}

/* ---- asking ---- */

struct times {
	double *list;
	size_t n;
};

static int
compare(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static double
percentile(struct times *t, double p)
{
	size_t i = (size_t)(p * (double)(t->n - 1));

	qsort(t->list, t->n, sizeof(*t->list), compare);
	return t->list[i];
}

static bool
take(const struct find_row *r, void *ctx)
{
	size_t *n = ctx;

	*n += r->snippet[0] != '\0';
	return true;
}

struct asked {
	struct times store, wall, plain;	/* wall: store, by the clock */
	size_t found, none, cut;
	double slow;
	char slowest[64];
	bool all;	/* each key is named with its time */
};

static size_t
ask_store(struct bench *b, const char *words, struct asked *a, bool *cut)
{
	struct find_want want = {words, SHOWN};
	struct find_sum sum;
	size_t n = 0;
	struct store_find_to to = {take, &n};
	double wall = milliseconds_of(CLOCK_MONOTONIC), from = milliseconds();

	must(store_find(b->s, &want, &sum, &to, &b->e), &b->e);
	a->store.list[a->store.n++] = milliseconds() - from;
	a->wall.list[a->wall.n++] = milliseconds_of(CLOCK_MONOTONIC) - wall;
	*cut = sum.cut;
	return sum.hits;
}

/* Each word a beginning; no rank. */
static void
ask_plain(struct bench *b, const char *words, struct times *t)
{
	char match[256];
	sqlite3_stmt *st = NULL;
	size_t n = 0, len;
	double from;

	for (const char *p = words; *p != '\0'; p += len + (p[len] == ' ')) {
		len = strcspn(p, " ");
		n += (size_t)snprintf(match + n, sizeof(match) - n,
		    "%s\"%.*s\" *", n > 0 ? " AND " : "", (int)len, p);
	}
	if (n == 0)
		return;
	from = milliseconds();
	must_sql(b, sqlite3_prepare_v2(b->plain, "SELECT rowid FROM words"
	    " WHERE words MATCH ?1 LIMIT ?2", -1, &st,
	    NULL));
	must_sql(b, sqlite3_bind_text(st, 1, match, -1, SQLITE_STATIC));
	must_sql(b, sqlite3_bind_int(st, 2, SHOWN));
	while (sqlite3_step(st) == SQLITE_ROW)
		;
	(void)sqlite3_finalize(st);
	t->list[t->n++] = milliseconds() - from;
}

static void
type(struct bench *b, struct asked *a, const char *words)
{
	char typed[64];
	bool cut;

	for (size_t n = 1; n <= strlen(words); n++) {
		size_t hits;

		if (words[n - 1] == ' ')
			continue;
		(void)snprintf(typed, sizeof(typed), "%.*s", (int)n, words);
		hits = ask_store(b, typed, a, &cut);
		/* The peer takes seconds for some: one key of five will do. */
		if (a->store.n % 5 == 0)
			ask_plain(b, typed, &a->plain);
		if (a->all)
			fprintf(stderr, "%7.1f ms  %4zu%s  %s\n",
			    a->store.list[a->store.n - 1], hits,
			    cut ? "+" : " ", typed);
		a->cut += cut;
		a->found += hits > 0;
		a->none += hits == 0 && !cut;
		if (a->store.list[a->store.n - 1] > a->slow) {
			a->slow = a->store.list[a->store.n - 1];
			(void)snprintf(a->slowest, sizeof(a->slowest), "%s",
			    typed);
		}
	}
}

/* The 30 commonest, 30 rarer and rarer ones, two and three together. */
static void
ask_all(struct bench *b, struct asked *a)
{
	char words[64];

	for (size_t i = 0; i < 30; i++)
		type(b, a, b->words[i]);
	for (size_t i = 30; i < WORDS; i += i / 5)
		type(b, a, b->words[i]);
	for (size_t i = 0; i < 30; i++) {
		(void)snprintf(words, sizeof(words), "%s %s",
		    b->words[draw(b)], b->words[draw(b)]);
		type(b, a, words);
	}
	for (size_t i = 0; i < 10; i++) {
		(void)snprintf(words, sizeof(words), "%s %s %s",
		    b->words[draw(b)], b->words[draw(b)],
		    b->words[next(b) % WORDS]);
		type(b, a, words);
	}
	type(b, a, "bench 4711");
	type(b, a, "zzzz");
}

static double
mib(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? (double)st.st_size / 1048576.0 : 0;
}

static void
report(struct asked *a, const char *store, const char *plain)
{
	double p99 = percentile(&a->store, 0.99);
	double peer = percentile(&a->plain, 0.99);

	printf("%zu keys over %d notes: p50 %.1f ms, p99 %.1f ms of "
	    "processor (goal: %.0f), slowest %.1f ms (\"%s\")\n",
	    a->store.n, NOTES,
	    percentile(&a->store, 0.5), p99, GOAL, a->slow, a->slowest);
	printf("by the clock: p50 %.1f ms, p99 %.1f ms, slowest %.1f ms\n",
	    percentile(&a->wall, 0.5), percentile(&a->wall, 0.99),
	    percentile(&a->wall, 1.0));
	printf("plain FTS5, no text read: p50 %.1f ms, p99 %.1f ms, "
	    "slowest %.1f ms; ratio of p99 %.2f\n",
	    percentile(&a->plain, 0.5), peer, percentile(&a->plain, 1.0),
	    p99 / peer);
	printf("%zu keys found something, %zu nothing, %zu said that there "
	    "is more\n", a->found, a->none, a->cut);
	printf("store %.0f MiB; plain index %.0f MiB\n", mib(store),
	    mib(plain));
}

/* A word: "all" names each key with its time. */
int
main(int argc, char **argv)
{
	static const char words[] = "lantern harbour quill moss seventeen";
	const char *build = getenv("HEARKEN_BUILDDIR");
	struct store_opts o = {.clock = clock_system(), .rng = rng_system(),
	    .kdf = {1, 8192, 1, 8192}, .allow_network_fs = true};
	static struct bench b;
	struct asked a = {.all = argc > 1 && strcmp(argv[1], "all") == 0};
	char store[1024], plain[1024];
	struct secret pass;

	if (sodium_init() < 0)
		return 1;
	(void)snprintf(store, sizeof(store), "%s/tests/bench/search-3.store",
	    build != NULL ? build : ".");
	(void)snprintf(plain, sizeof(plain), "%s/tests/bench/search-3.plain",
	    build != NULL ? build : ".");
	must(secret_init(&pass, 256, &b.e), &b.e);
	(void)secret_add(&pass, words, sizeof(words) - 1);
	make_words(&b);
	a.store.list = xcalloc(100000, sizeof(double));
	a.wall.list = xcalloc(100000, sizeof(double));
	a.plain.list = xcalloc(100000, sizeof(double));
	if (access(store, F_OK) != 0)
		(void)unlink(plain);
	open_plain(&b, plain);
	if (access(store, F_OK) != 0)
		make(&b, store, &pass, &o);
	else if (store_open(store, NULL, &pass, &o, &b.s, &b.e) != RC_OK) {
		fprintf(stderr, "%s: of another build; remove it\n", store);
		return 1;
	}
	ask_all(&b, &a);
	report(&a, store, plain);
	store_close(b.s);
	(void)sqlite3_close(b.plain);
	secret_release(&pass);
	free(a.store.list);
	free(a.wall.list);
	free(a.plain.list);
	return 0;
}
