/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What people of another store wrote, tampered with where it has arrived, by
 * somebody with the key and a database tool: verify names each.
 */
#include "config.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/proof.h"
#include "tests/store/pair.h"

static bool
of_kind(const struct entry *en, void *ctx)
{
	(void)ctx;
	return strcmp(en->kind, "open") == 0 ||
	    strcmp(en->kind, "review") == 0 ||
	    strcmp(en->kind, "flag") == 0;
}

static void
finish(struct pair *p)
{
	struct entry_draft d = {case_id_register(), "bundle-in",
	    span_none(), NULL};
	struct unite_sum sum;
	struct unite *u;
	struct world *w = &p->school;

	d.body = json_pack("{s:s, s:s, s:s, s:i, s:[s], s:s, s:s, s:i, s:i}",
	    "bundle", "00112233445566778899aabbccddeeff", "from",
	    "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
	    "name", "Ilse Marwood", "sequence", 1, "cases",
	    "00112233445566778899aabbccddeeff", "selection",
	    "part", "file", "one.hearken-bundle", "entries", 7, "added", 7);
	world_ok(w, unite_begin(w->s, &u, &w->e));
	world_ok(w, unite_introduce(u, p->load.people, &w->e));
	for (size_t i = 0; i < p->load.n; i++)
		world_ok(w, p->load.items[i].proof ?
		    unite_proof(u, &p->load.items[i].by, &w->e) :
		    unite_entry(u, &p->load.items[i].entry, &w->e));
	world_ok(w, unite_finish(u, &d, 1, &sum, &w->e));
	entry_draft_release(&d);
	assert_int_equal(sum.added, 7);
}

/*
 * At the school stands a part of a case of the board: of the supervisor an
 * opening and, behind a gap, two flags, a review and one more flag; of Oda an
 * import, for which the supervisor vouches.
 */
static struct pair *
arrive(void)
{
	struct pair *p;
	void *state;
	struct case_id id, other;
	struct carry_want want = {&id, 1, of_kind, NULL};
	struct world *w;

	(void)pair_make(&state);
	p = state;
	w = &p->board;
	id = world_case(w, "WREN-1");
	other = world_case(w, "LARK-2");
	world_ok(w, world_append(w, draft_flag(id, "alpha"), NULL));
	world_ok(w, world_append(w, draft_flag(id, "beta"), NULL));
	world_ok(w, world_append(w, draft_review(id, "gamma"), NULL));
	world_ok(w, world_append(w, draft_flag(id, "delta"), NULL));
	world_ok(w, folk_add(w, ODA, ROLE_PRACTITIONER));
	world_ok(w, open_as(w, ODA, ODA_PASS));
	world_ok(w, folk_change(w, ODA_PASS, ODA_OWN));
	world_ok(w, store_bulk_begin(w->s, &w->e));
	for (int i = 0; i < 3; i++) {
		struct entry_draft d = draft_flag(i == 2 ? other : id,
		    "epsilon");

		world_ok(w, store_bulk_add(w->s, &d, NULL, &w->e));
		entry_draft_release(&d);
	}
	world_ok(w, store_bulk_seal(w->s, &w->e));
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	world_ok(w, load_up(p, w, &want));
	finish(p);
	assert_sound(&p->school);
	return p;
}

#define HERS "author = (SELECT max(author) FROM vouch)"
#define THEIRS "author = (SELECT author FROM entry WHERE kind = 'review')"

struct attack {
	const char *sql;
	const char *words;	/* of the fault */
};

static const struct attack attacks[] = {
	{"UPDATE entry SET body = replace(body, 'beta', 'zeta')",
	    "does not have the bytes"},
	{"UPDATE entry SET at = at - 1 WHERE kind = 'review'",
	    "does not have the bytes"},
	{"UPDATE entry SET n = n + 90 WHERE kind = 'review'", ""},
	{"UPDATE entry SET book = (SELECT max(book) FROM entry WHERE"
	    " kind = 'open') + 1 WHERE kind = 'review'", ""},
	{"DELETE FROM entry WHERE body LIKE '%beta%'", "proved by no seal"},
	{"DELETE FROM entry WHERE body LIKE '%delta%'", "sealed but missing"},
	/* Nothing before it says that it was there, but how many there were. */
	{"DELETE FROM entry WHERE body LIKE '%alpha%'",
	    "of 7 entries that bundles brought only 6"},
	{"DELETE FROM seal WHERE " THEIRS " AND n = (SELECT n FROM entry"
	    " WHERE body LIKE '%delta%')", "proved by no seal"},
	{"DELETE FROM seal WHERE " THEIRS, "proved by no seal"},
	{"UPDATE seal SET signature = zeroblob(64) WHERE " THEIRS,
	    "was not signed with the key"},
	{"UPDATE seal SET at = at + 1 WHERE " THEIRS, "is not the one"},
	{"INSERT INTO entry SELECT NULL, book, author, n, at, kind, span, id,"
	    " prev, body_hash, body FROM entry WHERE kind = 'review'",
	    "twice"},
	{"UPDATE entry SET body = NULL WHERE kind = 'review'",
	    "has lost its text"},
	{"DELETE FROM vouch", "proved by no seal"},
	{"UPDATE vouch SET by = author", "was not signed with the key"},
	{"UPDATE vouch SET by = 77", "proved by no seal"},
	{"UPDATE vouch SET signature = randomblob(64)", "was not signed"},
	{"UPDATE vouch SET n = n - 1", ""},
	{"DELETE FROM entry WHERE " HERS " AND n = (SELECT max(n) FROM entry"
	    " WHERE " HERS ")", ""},
	{"DELETE FROM entry WHERE " HERS "; DELETE FROM vouch",
	    "of 7 entries"},
};

static void
each_attack_is_named(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(attacks) / sizeof(attacks[0]); i++) {
		struct pair *p = arrive();
		struct store_verdict v;
		void *unmade = p;
		struct world *w = &p->school;
		enum rc rc;

		if (raw_sql(w->s, attacks[i].sql) != 0)
			fail_msg("%s: cannot be done", attacks[i].sql);
		world_close(w);
		rc = world_open(w);
		if (rc == RC_OK)
			world_ok(w, store_verify(w->s, NULL, NULL, &v,
			    &w->e));
		else
			assert_true(rc == RC_TAMPERED || rc == RC_DAMAGED);
		if (rc == RC_OK && (v.sound || v.kind == FAULT_DAMAGED ||
		    strstr(v.fault, attacks[i].words) == NULL))
			fail_msg("%s: \"%s\"", attacks[i].sql, v.fault);
		(void)pair_unmake(&unmade);
	}
}

static void
put_vouch(struct store *s, const struct proof *p)
{
	sqlite3_stmt *st = NULL;

	assert_int_equal(sqlite3_prepare_v2(s->db, "INSERT INTO vouch SELECT"
	    " e.author, e.n, (SELECT id FROM author WHERE key = ?1), e.id,"
	    " ?2, e.at FROM entry e WHERE e.kind = 'review'", -1, &st, NULL),
	    SQLITE_OK);
	assert_int_equal(stmt_bind(st, "bb", (const void *)p->by.b,
	    (size_t)AUTHOR_LEN, (const void *)p->signature,
	    sizeof(p->signature)), SQLITE_OK);
	assert_int_equal(sqlite3_step(st), SQLITE_DONE);
	sqlite3_finalize(st);
}

/*
 * A practitioner takes away the seals of a supervisor's run and vouches for
 * it: the signature holds, and they might not have written a review.
 */
static void
a_vouch_beyond_ones_role_is_named(void **state)
{
	struct pair *p = arrive();
	void *unmade = p;
	struct proof vouch = {.n = 0};
	struct store_verdict v;
	struct world *w = &p->school;

	(void)state;
	for (size_t i = 0; i < p->load.n; i++) {
		const struct entry *en = &p->load.items[i].entry;

		if (p->load.items[i].proof ||
		    strcmp(en->kind, "review") != 0)
			continue;
		vouch.author = en->author;
		vouch.n = en->n;
		vouch.head = en->id;
	}
	proof_sign(w->s, &vouch);
	assert_int_equal(raw_sql(w->s, "DELETE FROM entry WHERE body LIKE"
	    " '%delta%'"), 0);
	assert_int_equal(raw_sql(w->s, "DELETE FROM seal WHERE " THEIRS
	    " AND n >= (SELECT n FROM entry WHERE kind = 'review')"), 0);
	put_vouch(w->s, &vouch);
	world_ok(w, store_verify(w->s, NULL, NULL, &v, &w->e));
	assert_false(v.sound);
	if (strstr(v.fault, "is only vouched for by " WORLD_USER) == NULL)
		fail_msg("%s", v.fault);
	(void)pair_unmake(&unmade);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_attack_is_named),
		cmocka_unit_test(a_vouch_beyond_ones_role_is_named),
	};

	return cmocka_run_group_tests_name("abroadtamper", tests, NULL, NULL);
}
