/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What was done to a store, what it is called and how the program ends:
 * every region of the file flipped, every page of every earlier state put
 * back, and history written anew by someone who has the keys.
 *
 * `make check` looks at a sample of the flips; HEARKEN_FAULTS=long at every
 * 61st byte, HEARKEN_FAULTS=nightly at every 7th.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/header.h"
#include "db/heads.h"
#include "tests/store/folk.h"
#include "tests/store/world.h"

#define PAGE 4096u

/* What a person is told: the exit code of `hearken verify` and the words. */
struct told {
	int code;
	char words[ERR_TEXT_MAX];
};

static int
code_of(const struct store_verdict *v)
{
	if (v->sound)
		return 0;
	return err_exit_code(v->kind == FAULT_DAMAGED ? RC_DAMAGED :
	    RC_TAMPERED);
}

/* Opens, verifies and closes, as the command does. */
static struct told
told(struct world *w)
{
	struct store_verdict v = {0};
	struct told t = {0};
	enum rc rc = world_open(w);

	if (rc == RC_OK)
		rc = store_verify(w->s, NULL, NULL, &v, &w->e);
	t.code = rc != RC_OK ? err_exit_code(rc) : code_of(&v);
	(void)snprintf(t.words, sizeof(t.words), "%s",
	    rc != RC_OK ? w->e.text : v.fault);
	world_close(w);
	return t;
}

static void
assert_told(struct world *w, const char *what, int code, const char *words)
{
	struct told t = told(w);

	if (t.code != code || strstr(t.words, words) == NULL)
		fail_msg("%s: expected %d \"%s\", got %d \"%s\"", what, code,
		    words, t.code, t.words);
}

static void
see(struct world *w, struct case_id id, const char *indicator,
    const char *words)
{
	world_ok(w, world_append(w, draft_observation(id, indicator,
	    "present", words), NULL));
}

/* Entries 1 to 3 are the register's, 4 opens the case, 5 to 9 are seen. */
static int
make(void **state)
{
	struct world *w = calloc(1, sizeof(*w));
	struct case_id id;

	world_init(w);
	world_create(w);
	world_adopt(w);
	id = world_case(w, "WREN-1");
	for (int i = 0; i < 5; i++)
		see(w, id, "A1", "seen at the harbour");
	world_close(w);
	*state = w;
	return 0;
}

static int
unmake(void **state)
{
	world_release(*state);
	free(*state);
	return 0;
}

/* ---- flips ---- */

static size_t
stride(size_t sampled)
{
	const char *how = getenv("HEARKEN_FAULTS");

	if (how == NULL || how[0] == '\0')
		return sampled;
	return strcmp(how, "nightly") == 0 ? 7 : 61;
}

/* One copy of the header makes the other good, or the store is refused. */
static void
flips_in_one_header_are_mended(void **state)
{
	struct world *w = *state;
	size_t n, step = stride(1009);
	unsigned char *p = file_load(w->path, &n);
	struct told t;

	for (size_t at = 0; at < HEADER_SIZE; at += step) {
		p[at] ^= (unsigned char)(1u << at % 8);
		file_save(w->path, p, n);
		p[at] ^= (unsigned char)(1u << at % 8);
		t = told(w);
		if (t.code != 0)
			fail_msg("header, byte %zu: %d \"%s\"", at, t.code,
			    t.words);
	}
	free(p);
	assert_told(w, "mended", 0, "");
}

static void
flips_in_both_headers_are_damage(void **state)
{
	struct world *w = *state;
	size_t n, step = stride(1013);
	unsigned char *p = file_load(w->path, &n);
	struct told t;

	for (size_t at = 0; at < HEADER_COPY; at += step) {
		unsigned char bit = (unsigned char)(1u << at % 8);

		p[at] ^= bit;
		p[at + HEADER_COPY] ^= bit;
		file_save(w->path, p, n);
		p[at] ^= bit;
		p[at + HEADER_COPY] ^= bit;
		t = told(w);
		if (t.code != 5)
			fail_msg("both headers, byte %zu: %d \"%s\"", at,
			    t.code, t.words);
	}
	file_save(w->path, p, n);
	free(p);
	assert_told(w, "whole again", 0, "");
}

/* AEGIS leaves the first 16 bytes, a salt that is not used, to nobody. */
static void
flips_in_the_data_are_damage(void **state)
{
	struct world *w = *state;
	size_t n, step = stride(2039);
	unsigned char *p = file_load(w->path, &n);
	struct told t;

	for (size_t at = HEADER_SIZE + 16; at < n; at += step) {
		unsigned char bit = (unsigned char)(1u << at % 8);

		p[at] ^= bit;
		file_save(w->path, p, n);
		p[at] ^= bit;
		t = told(w);
		if (t.code != 5)
			fail_msg("data, byte %zu: %d \"%s\"", at, t.code,
			    t.words);
	}
	file_save(w->path, p, n);
	free(p);
	assert_told(w, "whole again", 0, "");
}

/* ---- pages ---- */

#define STATES 5

struct film {
	unsigned char *p[STATES];
	size_t n[STATES];
	unsigned char projections[32];
	long long entries, last;
};

static void
shoot(struct world *w, struct film *f, size_t i)
{
	world_close(w);
	f->p[i] = file_load(w->path, &f->n[i]);
	world_ok(w, world_open(w));
}

static void
make_film(struct world *w, struct film *f)
{
	struct case_id id;

	world_ok(w, world_open(w));
	shoot(w, f, 0);
	id = world_case(w, "LARK-2");
	world_ok(w, world_append(w, draft_identity(id, "Bea Example",
	    "2012-05-01"), NULL));
	shoot(w, f, 1);
	for (int i = 0; i < 30; i++)
		see(w, id, i % 2 ? "B1" : "A1", "other words each time");
	shoot(w, f, 2);
	id = world_case(w, "ROOK-3");
	see(w, id, "B3", "words at the station");
	shoot(w, f, 3);
	w->now += INT64_C(3) * 86400000;
	world_reopen(w);
	world_ok(w, world_append(w, draft_identity(id, "Cy Invented",
	    NULL), NULL));
	shoot(w, f, 4);
	world_ok(w, store_projection_hash(w->s, f->projections, &w->e));
	f->entries = raw_number(w->s, "SELECT count(*) FROM entry");
	f->last = raw_number(w->s, "SELECT max(row) FROM entry");
	world_close(w);
}

/* Not told: then nothing that anybody wrote or sees has changed. */
static bool
is_whole(struct world *w, const struct film *f)
{
	unsigned char have[32];
	bool same;

	world_ok(w, world_open(w));
	world_ok(w, store_projection_hash(w->s, have, &w->e));
	same = memcmp(f->projections, have, sizeof(have)) == 0 &&
	    raw_number(w->s, "SELECT count(*) FROM entry") == f->entries &&
	    raw_number(w->s, "SELECT max(row) FROM entry") == f->last;
	world_close(w);
	return same;
}

struct counts {
	size_t tried, found;
};

static void
put_page(struct world *w, const struct film *f, size_t from, size_t at,
    struct counts *c)
{
	const unsigned char *now = f->p[STATES - 1];
	unsigned char *mixed;
	struct told t;

	if (memcmp(f->p[from] + at, now + at, PAGE) == 0)
		return;
	mixed = malloc(f->n[STATES - 1]);
	assert_non_null(mixed);
	memcpy(mixed, now, f->n[STATES - 1]);
	memcpy(mixed + at, f->p[from] + at, PAGE);
	file_save(w->path, mixed, f->n[STATES - 1]);
	free(mixed);
	t = told(w);
	c->tried++;
	c->found += t.code == 5 || t.code == 7;
	if (t.code != 5 && t.code != 7 && !is_whole(w, f))
		fail_msg("page %zu of state %zu: %d \"%s\"",
		    (at - HEADER_SIZE) / PAGE + 1, from, t.code, t.words);
}

static void
each_page_of_each_state_is_found(void **state)
{
	struct world *w = *state;
	struct counts c = {0, 0};
	struct film f;

	make_film(w, &f);
	for (size_t from = 0; from + 1 < STATES; from++)
		for (size_t at = HEADER_SIZE; at + PAGE <= f.n[from] &&
		    at + PAGE <= f.n[STATES - 1]; at += PAGE)
			put_page(w, &f, from, at, &c);
	assert_true(c.tried > 20);
	/* The rest differs in what no one sees: counters, empty space. */
	assert_true(c.found * 10 > c.tried * 8);
	file_save(w->path, f.p[STATES - 1], f.n[STATES - 1]);
	assert_told(w, "the newest state", 0, "");
	for (size_t i = 0; i < STATES; i++)
		free(f.p[i]);
}

/* ---- with the keys ---- */

struct attack {
	const char *name;
	const char *sql;		/* or: */
	void (*run)(struct world *w);
	int code;
	const char *words;
};

static void
rewrite_middle(struct world *w)
{
	raw_rewrite(w->s, 6, "harbour", "station");
}

static void
forge_seal(struct world *w)
{
	raw_seal_forged(w->s, 9);
}

static void
carry_entries(struct world *w)
{
	struct world other;

	world_init(&other);
	other.seed = 1000;
	world_create(&other);
	see(&other, world_case(&other, "MARTIN-4"), "A1", "elsewhere");
	raw_carry(w->s, other.s);
	world_release(&other);
}

static const struct attack attacks[] = {
	{"entry removed", "DELETE FROM entry WHERE n = 6", NULL, 7,
	    "entry 7 of " WORLD_USER},
	{"last entries removed with their seals", "DELETE FROM entry WHERE"
	    " n > 8; DELETE FROM seal WHERE n > 8", NULL, 5, "compare with a backup"},
	{"entries reordered", "UPDATE entry SET n = 99 WHERE n = 6; UPDATE"
	    " entry SET n = 6 WHERE n = 7; UPDATE entry SET n = 7 WHERE"
	    " n = 99", NULL, 7, "does not have the bytes"},
	{"rows in another order", "UPDATE entry SET row = 99 WHERE row = 6;"
	    " UPDATE entry SET row = 6 WHERE row = 7; UPDATE entry SET row"
	    " = 7 WHERE row = 99; DELETE FROM word_home", NULL, 5, "words"},
	{"text changed", "UPDATE entry SET body = replace(body, 'harbour',"
	    " 'station') WHERE n = 6", NULL, 7, "entry 6 of " WORLD_USER},
	{"text behind a zero byte", "UPDATE entry SET body = body || char(0)"
	    " || 'more' WHERE n = 6", NULL, 7, "shape of an entry"},
	{"text taken away", "UPDATE entry SET body = NULL WHERE n = 6", NULL,
	    7, "has lost its text"},
	{"own entry written anew", NULL, rewrite_middle, 7,
	    "entry 7 of " WORLD_USER},
	{"seal forged", NULL, forge_seal, 7, "not signed with the key"},
	{"seal removed", "DELETE FROM seal WHERE n = 9", NULL, 7,
	    "not sealed"},
	{"seals exchanged", "UPDATE seal SET signature = (SELECT signature"
	    " FROM seal WHERE n = 8) WHERE n = 9", NULL, 7, "not signed"},
	{"entries of another store", NULL, carry_entries, 7,
	    "role did not allow"},
	{"line of the list changed", "UPDATE case_list SET signs = 4", NULL,
	    5, "case list"},
	{"counts of observations changed", "UPDATE observed SET n ="
	    " 4611686018427387904", NULL, 5, "observations"},
	{"words planted", "INSERT INTO words (rowid, text) VALUES (999,"
	    " 'planted ')", NULL, 5, "words"},
};

static void
attack_one(const struct attack *a)
{
	struct world *w;
	struct told t;
	void *state;

	(void)make(&state);
	w = state;
	world_ok(w, world_open(w));
	if (a->sql != NULL)
		assert_int_equal(raw_sql(w->s, a->sql), 0);
	else
		a->run(w);
	world_close(w);
	t = told(w);
	if (t.code != a->code || strstr(t.words, a->words) == NULL)
		fail_msg("%s: expected %d \"%s\", got %d \"%s\"", a->name,
		    a->code, a->words, t.code, t.words);
	(void)unmake(&state);
}

static void
each_attack_has_its_name(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(attacks) / sizeof(attacks[0]); i++)
		attack_one(&attacks[i]);
}

/* Its author can sign another end of the chain; only memory tells. */
static void
last_entry_written_anew(void **state)
{
	struct world *w = *state;
	char dir[600];

	(void)snprintf(dir, sizeof(dir), "%s/state", w->dir);
	w->opts.state_dir = dir;
	assert_told(w, "before", 0, "");
	w->opts.state_dir = NULL;
	world_ok(w, world_open(w));
	raw_rewrite(w->s, 9, "harbour", "harvest");
	world_ok(w, store_rebuild(w->s, NULL, NULL, &w->e));
	world_close(w);
	assert_told(w, "nothing is remembered", 0, "");
	w->opts.state_dir = dir;
	assert_told(w, "remembered", 7, "written in their place");
}

/* ---- the file as a whole ---- */

static void
header_of_an_older_copy(void **state)
{
	struct world *w = *state;
	struct secret old = secret_of(WORLD_PASS);
	struct secret fresh = secret_of("another five words stand here");
	unsigned char *before, *p;
	size_t n, m;

	before = file_load(w->path, &n);
	world_ok(w, world_open(w));
	world_ok(w, store_passphrase_change(w->s, &old, &fresh, &w->e));
	world_close(w);
	p = file_load(w->path, &m);
	memcpy(p, before, HEADER_SIZE);
	file_save(w->path, p, m);
	assert_told(w, "older header", 7, "older than the data");
	free(before);
	free(p);
	secret_release(&old);
	secret_release(&fresh);
}

static void
data_of_another_store(void **state)
{
	struct world *w = *state, other;
	unsigned char *mine, *theirs;
	size_t n, m;

	world_init(&other);
	other.seed = 1000;
	world_create(&other);
	world_close(&other);
	mine = file_load(w->path, &n);
	theirs = file_load(other.path, &m);
	memcpy(theirs, mine, HEADER_SIZE);
	file_save(w->path, theirs, m);
	assert_told(w, "data of another store", 5, "");
	free(mine);
	free(theirs);
	world_release(&other);
}

static void
cut_file(void **state)
{
	struct world *w = *state;
	size_t n, cuts[] = {0, 17, HEADER_COPY, HEADER_SIZE,
	    HEADER_SIZE + PAGE, HEADER_SIZE + 3 * PAGE + 5};
	unsigned char *p = file_load(w->path, &n);
	struct told t;

	for (size_t i = 0; i < sizeof(cuts) / sizeof(cuts[0]); i++) {
		file_save(w->path, p, cuts[i]);
		t = told(w);
		if (t.code != 5)
			fail_msg("cut at %zu: %d \"%s\"", cuts[i], t.code,
			    t.words);
	}
	free(p);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, make, unmake)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(flips_in_one_header_are_mended),
		CASE(flips_in_both_headers_are_damage),
		CASE(flips_in_the_data_are_damage),
		CASE(each_page_of_each_state_is_found),
		cmocka_unit_test(each_attack_has_its_name),
		CASE(last_entry_written_anew),
		CASE(header_of_an_older_copy),
		CASE(data_of_another_store),
		CASE(cut_file),
	};

	return cmocka_run_group_tests_name("store: put back and written anew",
	    tests, NULL, NULL);
}
