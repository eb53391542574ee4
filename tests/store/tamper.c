/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Verify names what was done to a store: by a failing disk, by someone with
 * a hex editor, and by someone with the key and a database tool.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/header.h"
#include "tests/store/disk.h"
#include "tests/store/world.h"

static void
add(struct world *w, struct entry_draft d)
{
	world_ok(w, store_bulk_add(w->s, &d, NULL, &w->e));
	entry_draft_release(&d);
}

/* Entries 4 to 9 under one seal, 10 to 13 under another. */
static int
make_with(void **state, const char *cipher)
{
	struct world *w = calloc(1, sizeof(*w));
	struct case_id id;

	world_init(w);
	w->opts.cipher = cipher;
	world_create(w);
	world_adopt(w);
	id = store_new_case_id(w->s);
	world_ok(w, store_bulk_begin(w->s, &w->e));
	add(w, draft_open(id, "WREN-1"));
	add(w, draft_identity(id, "Ada Merle", NULL));
	for (int i = 0; i < 8; i++) {
		if (i == 4) {
			world_ok(w, store_bulk_seal(w->s, &w->e));
			world_ok(w, store_bulk_begin(w->s, &w->e));
		}
		add(w, draft_observation(id, i % 2 ? "B1" : "A1", "present",
		    "seen at the harbour"));
	}
	world_ok(w, store_bulk_seal(w->s, &w->e));
	*state = w;
	return 0;
}

static int
make(void **state)
{
	return make_with(state, NULL);
}

static int
make_chacha(void **state)
{
	return make_with(state, "chacha20");
}

static int
make_aegis(void **state)
{
	return make_with(state, "aegis-256");
}

static int
unmake(void **state)
{
	world_release(*state);
	free(*state);
	return 0;
}

static void
sound_store_is_called_sound(void **state)
{
	struct world *w = *state;
	struct store_verdict v;

	world_ok(w, store_verify(w->s, NULL, NULL, &v, &w->e));
	assert_string_equal(v.fault, "");
	assert_true(v.sound);
	assert_int_equal(v.entries, 2 + 1 + 10);
	assert_int_equal(v.seals, 4);
	assert_int_equal(v.cases, 1);
	/* And without a second look at any of the entries. */
	assert_int_equal(raw_doubts(w->s), 0);
}

/* The words are found in place in most bodies, and by the library in others. */
static void
all_sorts_of_words_are_sound(void **state)
{
	static const char *const texts[] = {
		"Didn't SAY it's O'Brien's; 2nd-hand", "''", "a'b 'c' d''",
		"caf\xc3\xa9 na\xc3\xafve \xe2\x80\x98quoted\xe2\x80\x99 words",
		"she said \"no\" and \\ left\nand\tcame", "same Same SAME same",
		"pneumonoultramicroscopicsilicovolcanoconiosis-"
		    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		"w1 w2 w3 w4 w5 w6 w7 w8 w9 w10 w11 w12 w13 w14 w15 w16 w17 "
		    "w18 w19 w20 w21 w22 w23 w24 w25 w26 w27 w28 w29 w30 w31 "
		    "w32 w33 w34 w35 w36 w37 w38 w39 w40 w41 w42 w43 w44 w45 "
		    "w46 w47 w48 w49 w50 w51 w52 w53 w54 w55 w56 w57 w58 w59 "
		    "w60 w61 w62 w63 w64 w65 w66 w67 w68 w69 w70",
		"-- ... !", "\xe7\x8e\x8b \xf0\x9f\x8c\x8a \xd0\x96",
	};
	struct world *w = *state;
	struct case_id id = world_case(w, "ROOK/3 (b)");
	struct store_verdict v;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		world_ok(w, world_append(w, draft_observation(id, "A1",
		    "present", texts[i]), NULL));
	world_ok(w, store_verify(w->s, NULL, NULL, &v, &w->e));
	assert_string_equal(v.fault, "");
	assert_int_equal(raw_doubts(w->s), 0);
}

struct attack {
	const char *sql;
	const char *words;	/* of the fault */
};

static const struct attack attacks[] = {
	{"UPDATE entry SET body = replace(body, 'harbour', 'station')"
	    " WHERE n = 9", "entry 9 of " WORLD_USER},
	{"UPDATE entry SET at = at + 1 WHERE n = 9", "entry 9"},
	{"UPDATE entry SET span = '2025-11-21' WHERE n = 9", "entry 9"},
	{"UPDATE entry SET kind = 'note' WHERE n = 9", "entry 9"},
	{"UPDATE entry SET body = NULL, body_hash = zeroblob(32)"
	    " WHERE n = 9", "entry 9"},
	{"UPDATE entry SET span = 'next week' WHERE n = 9", "shape"},
	{"UPDATE entry SET author = 7 WHERE n = 13", "entry"},
	{"UPDATE entry SET id = zeroblob(5) WHERE n = 9", "shape"},
	{"DELETE FROM entry WHERE n = 9", "gap"},
	{"DELETE FROM entry WHERE n = 13", "missing"},
	{"DELETE FROM entry WHERE n > 10; DELETE FROM seal WHERE n > 12",
	    "after number 9, are not sealed"},
	{"INSERT INTO entry SELECT NULL, book, author, n, at, kind, span, id,"
	    " prev, body_hash, body FROM entry WHERE n = 9", "twice"},
	{"UPDATE entry SET n = 99 WHERE n = 9; UPDATE entry SET n = 9 WHERE"
	    " n = 8; UPDATE entry SET n = 8 WHERE n = 99", "entry 8"},
	{"UPDATE entry SET book = (SELECT min(id) FROM book) WHERE n = 9",
	    "entry 9"},
	{"UPDATE book SET case_id = randomblob(16) WHERE id = 2",
	    "entry 4"},
	{"UPDATE seal SET signature = zeroblob(64) WHERE n = 9",
	    "not signed with the key"},
	{"UPDATE seal SET at = at - 1 WHERE n = 9", "entry 9"},
	{"DELETE FROM seal WHERE n = 13", "not sealed"},
	{"UPDATE author SET key = randomblob(32)", "entry 1"},
	{"UPDATE case_list SET level = 4", "case \"WREN-1\""},
	{"UPDATE case_list SET facets = ' '", "case \"WREN-1\""},
	{"UPDATE case_list SET due = 5", "case \"WREN-1\""},
	{"UPDATE case_list SET name = 'Ada M'", "case \"WREN-1\""},
	{"DELETE FROM case_list", "missing from the case list"},
	{"INSERT INTO case_list SELECT 77, reference, reference_key,"
	    " reference_words, name, name_words, owner, birth, level,"
	    " could_be, judgement, vulnerabilities, signs, not_known, due,"
	    " due_why, lowering, conflict, screened, changed, next_change,"
	    " restricted, named, found_by, facets FROM case_list",
	    "holds 2 cases"},
	{"UPDATE case_list SET restricted = 1", "does not say of case"},
	{"UPDATE case_list SET named = hex(randomblob(32)) || ' '",
	    "does not say of case"},
	{"INSERT INTO look VALUES (999, 1, 1, 0, NULL, 0)", "who looked at"},
	{"DELETE FROM observed", "observations"},
	{"UPDATE observed SET n = n + 1", "observations"},
	{"INSERT INTO words (words) VALUES ('delete-all')", "words"},
	{"UPDATE word_home SET book = 1", "words"},
	{"DELETE FROM word_home WHERE row > 5", "words"},
	{"INSERT INTO words (rowid, text) VALUES (999, 'planted ')", "words"},
};

static void
attack_one(const struct attack *a)
{
	struct store_verdict v;
	struct world *w;
	void *state;
	enum rc rc;

	(void)make(&state);
	w = state;
	assert_int_equal(raw_sql(w->s, a->sql), 0);
	world_close(w);
	rc = world_open(w);
	if (rc == RC_TAMPERED || rc == RC_DAMAGED) {
		(void)unmake(&state);
		return;
	}
	world_ok(w, rc);
	world_ok(w, store_verify(w->s, NULL, NULL, &v, &w->e));
	if (v.sound || strstr(v.fault, a->words) == NULL)
		fail_msg("after %s: expected \"%s\", got \"%s\"", a->sql,
		    a->words, v.fault);
	(void)unmake(&state);
}

static void
every_attack_is_named(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(attacks) / sizeof(attacks[0]); i++)
		attack_one(&attacks[i]);
}

static uint64_t
next_random(uint64_t *x)
{
	*x = *x * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return *x >> 33;
}

/* One bit anywhere in the data is told by opening or by verify. */
static bool
flip_is_told(struct world *w)
{
	struct store_verdict v = {0};
	enum rc rc = world_open(w);

	if (rc == RC_OK) {
		rc = store_verify(w->s, NULL, NULL, &v, &w->e);
		world_close(w);
		return rc != RC_OK || !v.sound;
	}
	return rc == RC_DAMAGED || rc == RC_TAMPERED;
}

static void
flips_are_told(void **state)
{
	struct world *w = *state;
	unsigned char *p;
	uint64_t x = 42;
	size_t n, at;

	world_close(w);
	p = file_load(w->path, &n);
	for (size_t i = 0; i < 160; i++) {
		unsigned char bit = (unsigned char)(1u << next_random(&x) % 8);

		/* The first 16 bytes are a salt that a raw key leaves unused. */
		at = HEADER_SIZE + 16 + (i < 84 ? i :
		    next_random(&x) % (n - HEADER_SIZE - 16));
		p[at] ^= bit;
		file_save(w->path, p, n);
		p[at] ^= bit;
		if (!flip_is_told(w))
			fail_msg("a flip at %zu was not told", at);
	}
	file_save(w->path, p, n);
	free(p);
	world_ok(w, world_open(w));
}

/* Nothing is lost: the old page differed only in SQLite's own counters. */
static bool
is_whole(struct world *w, const unsigned char want[32])
{
	unsigned char have[32];

	world_ok(w, world_open(w));
	world_ok(w, store_projection_hash(w->s, have, &w->e));
	world_close(w);
	return memcmp(want, have, 32) == 0;
}

/* A page from an older copy passes the cipher; the chain tells. */
static void
older_pages_are_told(void **state)
{
	struct world *w = *state;
	struct store_verdict v = {0};
	unsigned char *old, *now;
	size_t n, m, told = 0, tried = 0, harmless = 0;
	unsigned char whole[32];
	struct case_id id;

	world_close(w);
	old = file_load(w->path, &n);
	world_ok(w, world_open(w));
	id = world_case(w, "LARK-2");
	for (int i = 0; i < 10; i++)
		world_ok(w, world_append(w, draft_observation(id, "B3",
		    "present", "words"), NULL));
	world_ok(w, store_projection_hash(w->s, whole, &w->e));
	world_close(w);
	now = file_load(w->path, &m);
	for (size_t at = HEADER_SIZE; at + 4096 <= n; at += 4096) {
		unsigned char *mixed;

		if (memcmp(old + at, now + at, 4096) == 0)
			continue;
		tried++;
		mixed = malloc(m);
		memcpy(mixed, now, m);
		memcpy(mixed + at, old + at, 4096);
		file_save(w->path, mixed, m);
		free(mixed);
		if (flip_is_told(w))
			told++;
		else
			harmless += is_whole(w, whole);
	}
	file_save(w->path, now, m);
	world_ok(w, world_open(w));
	world_ok(w, store_verify(w->s, NULL, NULL, &v, &w->e));
	assert_true(v.sound);
	assert_true(tried > 4);
	assert_int_equal(told + harmless, tried);
	assert_true(told > 4 * harmless);
	free(old);
	free(now);
}

/* A forged entry is signed and whole, and still does not count. */
static void
entries_without_the_role_are_named(void **state)
{
	struct case_id id = {{7}};
	struct store_verdict v;
	struct casefile c;
	struct world w;

	(void)state;
	world_init(&w);
	world_create_as(&w, ROLE_AUDITOR);
	assert_int_equal(store_role(w.s), ROLE_AUDITOR);
	assert_int_equal(world_append(&w, draft_open(id, "WREN-1"), NULL),
	    RC_REFUSED);
	world_ok(&w, store_verify(w.s, NULL, NULL, &v, &w.e));
	assert_string_equal(v.fault, "");
	raw_pass_roles(w.s, true);
	world_ok(&w, world_append(&w, draft_open(id, "WREN-1"), NULL));
	raw_pass_roles(w.s, false);
	world_reopen(&w);
	world_ok(&w, store_case_load(w.s, &id, &c, &w.e));
	assert_int_equal(c.records[0]->validity, RECORD_NO_ROLE);
	assert_string_equal(c.reference, "");
	casefile_release(&c);
	world_ok(&w, store_verify(w.s, NULL, NULL, &v, &w.e));
	assert_false(v.sound);
	assert_non_null(strstr(v.fault, "role did not allow"));
	assert_non_null(strstr(v.fault, "entry 3 of " WORLD_USER));
	world_release(&w);
}

static struct entry_draft
draft_role(const struct author_id *who, const char *role)
{
	char key[2 * AUTHOR_LEN + 1];
	struct entry_draft d = {case_id_register(), "role", span_none(), NULL};

	hex_format(who->b, AUTHOR_LEN, key);
	d.body = json_pack("{s:s, s:s}", "key", key, "role", role);
	return d;
}

/* Nobody who may not give roles can give one to themselves by hand. */
static void
nobody_gives_themselves_a_role(void **state)
{
	struct store_verdict v;
	struct world w;

	(void)state;
	world_init(&w);
	world_create_as(&w, ROLE_AUDITOR);
	raw_pass_roles(w.s, true);
	world_ok(&w, world_append(&w, draft_role(store_author(w.s),
	    "supervisor"), NULL));
	raw_pass_roles(w.s, false);
	assert_int_equal(store_role(w.s), ROLE_AUDITOR);
	world_reopen(&w);
	assert_int_equal(store_role(w.s), ROLE_AUDITOR);
	world_ok(&w, store_verify(w.s, NULL, NULL, &v, &w.e));
	assert_false(v.sound);
	assert_non_null(strstr(v.fault, "role did not allow"));
	world_release(&w);
}

/* What the entries do not hold can be made anew from them. */
static void
projections_are_mended_by_a_rebuild(void **state)
{
	struct world *w = *state;
	unsigned char before[32], after[32];
	struct store_verdict v;

	world_ok(w, store_projection_hash(w->s, before, &w->e));
	assert_int_equal(raw_sql(w->s, "DELETE FROM case_list; DELETE FROM"
	    " observed; INSERT INTO words (words) VALUES ('delete-all')"), 0);
	world_ok(w, store_verify(w->s, NULL, NULL, &v, &w->e));
	assert_false(v.sound);
	world_ok(w, store_rebuild(w->s, NULL, NULL, &w->e));
	world_ok(w, store_verify(w->s, NULL, NULL, &v, &w->e));
	assert_string_equal(v.fault, "");
	world_ok(w, store_projection_hash(w->s, after, &w->e));
	assert_memory_equal(before, after, 32);
}

static bool
stop_at_once(uint64_t done, uint64_t all, void *ctx)
{
	(void)done;
	(void)all;
	(void)ctx;
	return false;
}

static void
a_check_can_be_stopped(void **state)
{
	struct world *w = *state;
	struct entry_draft d = draft_open(store_new_case_id(w->s), "LARK");
	struct store_verdict v;

	world_ok(w, store_bulk_begin(w->s, &w->e));
	for (int i = 0; i < 600; i++)
		world_ok(w, store_bulk_add(w->s, &d, NULL, &w->e));
	world_ok(w, store_bulk_seal(w->s, &w->e));
	entry_draft_release(&d);
	assert_int_equal(store_verify(w->s, stop_at_once, NULL, &v, &w->e),
	    RC_CANCELLED);
	assert_int_equal(store_rebuild(w->s, stop_at_once, NULL, &w->e),
	    RC_CANCELLED);
	world_ok(w, store_verify(w->s, NULL, NULL, &v, &w->e));
	assert_string_equal(v.fault, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(sound_store_is_called_sound,
		    make, unmake),
		cmocka_unit_test_setup_teardown(all_sorts_of_words_are_sound,
		    make, unmake),
		cmocka_unit_test(every_attack_is_named),
		cmocka_unit_test(entries_without_the_role_are_named),
		cmocka_unit_test(nobody_gives_themselves_a_role),
		cmocka_unit_test_setup_teardown(flips_are_told, make_chacha,
		    unmake),
		cmocka_unit_test_setup_teardown(flips_are_told, make_aegis,
		    unmake),
		cmocka_unit_test_setup_teardown(
		    projections_are_mended_by_a_rebuild, make, unmake),
		cmocka_unit_test_setup_teardown(a_check_can_be_stopped, make,
		    unmake),
		cmocka_unit_test_setup_teardown(older_pages_are_told,
		    make_aegis, unmake),
		cmocka_unit_test_setup_teardown(older_pages_are_told,
		    make_chacha, unmake),
	};

	disk_install();
	return cmocka_run_group_tests_name("store: tampering", tests, NULL,
	    NULL);
}
