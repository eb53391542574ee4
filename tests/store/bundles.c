/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The book of bundles: numbers, what came before, and what became of them.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/watch.h"
#include "tests/store/pair.h"

static struct bundle_id
id_of(unsigned char n)
{
	struct bundle_id id = {{n, 7, 7}};

	return id;
}

static json_t *
hex_json(const unsigned char *p, size_t n)
{
	char hex[2 * 32 + 1];

	hex_format(p, n, hex);
	return json_string(hex);
}

/* What store_bundle_next says goes into the entry, as a bundle does it. */
static json_t *
person_json(struct world *w, const struct author_id *to, const char *name)
{
	struct bundle_id previous;
	uint64_t sequence;
	json_t *person;

	world_ok(w, store_bundle_next(w->s, to, &sequence, &previous,
	    &w->e));
	person = json_pack("{s:s, s:I}", "name", name, "sequence",
	    (json_int_t)sequence);
	(void)json_object_set_new(person, "key", hex_json(to->b,
	    AUTHOR_LEN));
	(void)json_object_set_new(person, "previous", hex_json(previous.b,
	    BUNDLE_ID_LEN));
	return person;
}

static enum rc
note_leaving(struct world *w, json_t *out, const struct case_id *ids,
    size_t n, const json_t *sent)
{
	struct entry_id entries[2];
	const struct bundle_note note = {out, sent, ids, n, entries};
	enum rc rc = store_bundle_begin(w->s, &note, &w->e);

	return rc == RC_OK ? store_bundle_end(w->s, &w->e) : rc;
}

static void
leaves(struct world *w, unsigned char n, struct case_id id, json_t *to)
{
	struct bundle_id bundle = id_of(n);
	json_t *out = json_pack("{s:o, s:o, s:[o], s:s, s:s, s:i, s:s}",
	    "bundle", hex_json(bundle.b, BUNDLE_ID_LEN), "to", to, "cases",
	    hex_json(id.b, CASE_ID_LEN), "selection", "all", "file",
	    "one.bundle", "entries", 4, "expires", "2026-02-01");
	json_t *sent = json_pack("{s:o, s:[s], s:s, s:s, s:s, s:s, s:s}",
	    "bundle", hex_json(bundle.b, BUNDLE_ID_LEN), "to",
	    "Ilse Marwood (an invented board)", "selection", "all",
	    "purpose", "an invented purpose", "basis", "safeguarding",
	    "expires", "2026-02-01", "receipt_due", "2026-01-09 17:00");

	world_ok(w, note_leaving(w, out, &id, 1, sent));
	json_decref(out);
	json_decref(sent);
}

/* Taken in by whoever has w open, with a receipt. */
static void
arrives(struct pair *p, struct world *w, const struct author_id *from,
    unsigned char n, uint64_t sequence)
{
	struct bundle_id bundle = id_of(n), previous = id_of(n - 1);
	const struct case_id *cases;
	struct entry_draft d[2];
	struct unite_sum sum;
	struct unite *u;
	size_t ncases;

	world_ok(w, unite_begin(w->s, &u, &w->e));
	world_ok(w, unite_introduce(u, p->load.people, &w->e));
	for (size_t i = 0; i < p->load.n; i++)
		world_ok(w, p->load.items[i].proof ?
		    unite_proof(u, &p->load.items[i].by, &w->e) :
		    unite_entry(u, &p->load.items[i].entry, &w->e));
	cases = unite_cases(u, &ncases);
	assert_int_equal(ncases, 1);
	d[0] = draft_of(case_id_register(), "bundle-in", json_pack(
	    "{s:o, s:o, s:s, s:I, s:o, s:[o], s:s, s:s, s:i, s:I}", "bundle",
	    hex_json(bundle.b, BUNDLE_ID_LEN), "from", hex_json(from->b,
	    AUTHOR_LEN), "name", "Ilse Marwood (an invented school)",
	    "sequence", (json_int_t)sequence, "previous",
	    hex_json(previous.b, BUNDLE_ID_LEN), "cases",
	    hex_json(cases[0].b, CASE_ID_LEN), "selection", "all", "file",
	    "one.bundle", "entries", 4, "added",
	    (json_int_t)unite_added(u, &cases[0])));
	d[1] = draft_of(cases[0], "bundle-received", json_pack(
	    "{s:o, s:o, s:s, s:i}", "sent", hex_json(bundle.b,
	    ENTRY_ID_LEN / 2), "bundle", hex_json(bundle.b, BUNDLE_ID_LEN),
	    "from", "Ilse Marwood (an invented school)", "added", 4));
	for (size_t i = 0; i < p->load.n; i++)
		if (!p->load.items[i].proof && strcmp(
		    p->load.items[i].entry.kind, "bundle-sent") == 0)
			(void)json_object_set_new(d[1].body, "sent",
			    hex_json(p->load.items[i].entry.id.b,
			    ENTRY_ID_LEN));
	d[1].on = span_of_day(moment_day(w->now));
	world_ok(w, unite_finish(u, d, 2, &sum, &w->e));
	entry_draft_release(&d[0]);
	entry_draft_release(&d[1]);
}

struct rows_seen {
	struct bundle_row rows[8];
	char who[8][200];
	size_t n;
};

static bool
take_row(const struct bundle_row *row, void *ctx)
{
	struct rows_seen *r = ctx;

	assert_true(r->n < 8);
	(void)snprintf(r->who[r->n], sizeof(r->who[0]), "%s", row->who);
	r->rows[r->n++] = *row;
	return true;
}

static struct rows_seen
rows(struct world *w, enum bundle_side side)
{
	struct rows_seen r = {.n = 0};

	world_ok(w, store_bundles(w->s, side, take_row, &r, &w->e));
	return r;
}

static void
numbers_count_by_person(void **state)
{
	struct pair *p = *state;
	struct world *w = &p->school;
	struct author_id board = *store_author(p->board.s), other = {{9}};
	struct case_id id = world_case(w, "WREN-1");
	struct bundle_id previous, zero = {{0}};
	uint64_t sequence;

	world_ok(w, store_bundle_next(w->s, &board, &sequence, &previous,
	    &w->e));
	assert_int_equal(sequence, 1);
	assert_memory_equal(previous.b, zero.b, BUNDLE_ID_LEN);
	leaves(w, 1, id, json_pack("[o]", person_json(w, &board, "Ilse")));
	leaves(w, 2, id, json_pack("[o, o]", person_json(w, &board, "Ilse"),
	    person_json(w, &other, "Ben Made-Up (Clinic)")));
	world_ok(w, store_bundle_next(w->s, &board, &sequence, &previous,
	    &w->e));
	assert_int_equal(sequence, 3);
	assert_int_equal(previous.b[0], 2);
	world_ok(w, store_bundle_next(w->s, &other, &sequence, &previous,
	    &w->e));
	assert_int_equal(sequence, 2);
	/* A colleague's bundles have numbers of their own. */
	world_ok(w, folk_add(w, ODA, ROLE_PRACTITIONER));
	world_ok(w, open_as(w, ODA, ODA_PASS));
	world_ok(w, store_bundle_next(w->s, &board, &sequence, &previous,
	    &w->e));
	assert_int_equal(sequence, 1);
}

static void
a_receipt_comes_back(void **state)
{
	struct pair *p = *state;
	struct author_id board = *store_author(p->board.s);
	struct author_id school = *store_author(p->school.s);
	struct case_id id = world_case(&p->school, "WREN-1");
	struct bundle_id bundle = id_of(1), before = id_of(0);
	struct bundle_known known;
	struct unite_sum sum;
	struct rows_seen r;

	leaves(&p->school, 1, id, json_pack("[o]", person_json(&p->school,
	    &board, "Ilse Marwood (an invented board)")));
	r = rows(&p->school, BUNDLE_OUT);
	assert_int_equal(r.n, 1);
	assert_string_equal(r.who[0], "Ilse Marwood (an invented board)");
	assert_int_equal(r.rows[0].people, 1);
	assert_int_equal(r.rows[0].receipts, 0);
	assert_int_equal(r.rows[0].cases, 1);
	assert_int_equal(r.rows[0].ncase_ids, 1);
	assert_true(r.rows[0].receipt_due != INT64_MAX);
	world_ok(&p->board, store_bundle_known(p->board.s, &school, &bundle,
	    1, &before, &known, &p->board.e));
	assert_false(known.had || known.gap);
	world_ok(&p->school, load_case(p, &p->school, id));
	arrives(p, &p->board, &school, 1, 1);
	world_ok(&p->board, store_bundle_known(p->board.s, &school, &bundle,
	    1, &before, &known, &p->board.e));
	assert_true(known.had && !known.gap);
	assert_int_equal(known.last, 1);
	assert_int_equal(known.had_at, p->board.now);
	r = rows(&p->board, BUNDLE_IN);
	assert_int_equal(r.n, 1);
	assert_string_equal(r.who[0], "Ilse Marwood (an invented school)");
	assert_int_equal(r.rows[0].sequence, 1);
	assert_int_equal(r.rows[0].ncase_ids, 1);
	assert_false(r.rows[0].missing_before || r.rows[0].recalled);
	assert_int_equal(rows(&p->board, BUNDLE_OUT).n, 0);
	/* Back at the school it is known that it came. */
	world_ok(&p->board, load_case(p, &p->board, id));
	world_ok(&p->school, unload(p, &p->school, &sum));
	assert_int_equal(sum.added, 1);
	r = rows(&p->school, BUNDLE_OUT);
	assert_int_equal(r.rows[0].receipts, 1);
	assert_true(r.rows[0].receipt_due == INT64_MAX);
	assert_sound(&p->school);
	assert_sound(&p->board);
}

static void
one_that_never_came_is_missed(void **state)
{
	struct pair *p = *state;
	struct author_id board = *store_author(p->board.s);
	struct author_id school = *store_author(p->school.s);
	struct case_id id = world_case(&p->school, "WREN-1");
	struct bundle_id one = id_of(1), two = id_of(2);
	struct bundle_known known;
	struct rows_seen r;

	for (unsigned char n = 1; n <= 2; n++)
		leaves(&p->school, n, id, json_pack("[o]",
		    person_json(&p->school, &board, "Ilse")));
	world_ok(&p->board, store_bundle_known(p->board.s, &school, &two, 2,
	    &one, &known, &p->board.e));
	assert_true(known.gap && !known.had);
	world_ok(&p->school, load_case(p, &p->school, id));
	arrives(p, &p->board, &school, 2, 2);
	r = rows(&p->board, BUNDLE_IN);
	assert_true(r.rows[0].missing_before);
	p->board.now += 60000;
	arrives(p, &p->board, &school, 1, 1);
	r = rows(&p->board, BUNDLE_IN);
	assert_int_equal(r.n, 2);
	/* Newest first, and nothing is missed any more. */
	assert_int_equal(r.rows[0].id.b[0], 1);
	assert_false(r.rows[0].missing_before);
	assert_false(r.rows[1].missing_before);
	world_ok(&p->board, store_bundle_known(p->board.s, &school, &two, 2,
	    &one, &known, &p->board.e));
	assert_true(known.had && !known.gap);
	assert_int_equal(known.last, 2);
}

static void
a_recall_is_seen_on_both_sides(void **state)
{
	struct pair *p = *state;
	struct author_id board = *store_author(p->board.s);
	struct author_id school = *store_author(p->school.s);
	struct case_id id = world_case(&p->school, "WREN-1");
	char *hex;

	leaves(&p->school, 1, id, json_pack("[o]", person_json(&p->school,
	    &board, "Ilse")));
	world_ok(&p->school, load_case(p, &p->school, id));
	arrives(p, &p->board, &school, 1, 1);
	assert_false(rows(&p->school, BUNDLE_OUT).rows[0].recalled);
	hex = raw_text(p->school.s, "SELECT lower(hex(id)) FROM entry WHERE"
	    " kind = 'bundle-sent'");
	struct entry_draft d = draft_of(id, "bundle-recall", json_pack(
	    "{s:s, s:s, s:s}", "sent", hex, "ask", "stop", "reason",
	    "sent by mistake"));
	d.on = span_of_day(moment_day(p->school.now));
	world_ok(&p->school, world_append(&p->school, d, NULL));
	free(hex);
	assert_true(rows(&p->school, BUNDLE_OUT).rows[0].recalled);
	world_ok(&p->school, load_case(p, &p->school, id));
	world_ok(&p->board, unload(p, &p->board, NULL));
	assert_true(rows(&p->board, BUNDLE_IN).rows[0].recalled);
	assert_sound(&p->board);
}

/* Nor is an earlier day set for its receipt. */
static void
who_did_not_send_it_takes_nothing_back(void **state)
{
	struct pair *p = *state;
	struct author_id board = *store_author(p->board.s);
	struct author_id school = *store_author(p->school.s);
	struct case_id id = world_case(&p->school, "WREN-1");
	struct entry_draft d;
	struct bundle_row row;
	int64_t due;
	char *hex;

	leaves(&p->school, 1, id, json_pack("[o]", person_json(&p->school,
	    &board, "Ilse")));
	due = rows(&p->school, BUNDLE_OUT).rows[0].receipt_due;
	world_ok(&p->school, load_case(p, &p->school, id));
	world_ok(&p->board, unload(p, &p->board, NULL));
	hex = raw_text(p->school.s, "SELECT lower(hex(id)) FROM entry WHERE"
	    " kind = 'bundle-sent'");
	d = draft_of(id, "bundle-recall", json_pack("{s:s, s:s, s:s}",
	    "sent", hex, "ask", "stop", "reason", "not theirs"));
	d.on = span_of_day(moment_day(p->board.now));
	world_ok(&p->board, world_append(&p->board, d, NULL));
	free(hex);
	d = draft_of(id, "bundle-sent", json_pack("{s:o, s:[s], s:s, s:s,"
	    " s:s, s:s, s:s}", "bundle", hex_json(id_of(1).b, BUNDLE_ID_LEN),
	    "to", "Ilse", "selection", "all", "purpose", "p", "basis",
	    "safeguarding", "expires", "2026-02-01", "receipt_due",
	    "2026-01-01 09:00"));
	d.on = span_of_day(moment_day(p->board.now));
	world_ok(&p->board, world_append(&p->board, d, NULL));
	world_ok(&p->board, load_case(p, &p->board, id));
	world_ok(&p->school, unload(p, &p->school, NULL));
	row = rows(&p->school, BUNDLE_OUT).rows[0];
	assert_false(row.recalled);
	assert_true(row.receipt_due == due);
	arrives(p, &p->board, &school, 1, 1);
	assert_false(rows(&p->board, BUNDLE_IN).rows[0].recalled);
}

static void
of_a_masked_case_only_that_it_is_hidden(void **state)
{
	static const char *const people[] = {WORLD_USER};
	struct pair *p = *state;
	struct world *w = &p->board;
	struct author_id school = *store_author(p->school.s);
	struct case_id id = world_case(w, "WREN-1");
	struct restriction r = {&id, people, 1, "her aunt works here",
	    DAY_NONE};
	struct rows_seen seen;

	leaves(w, 1, id, json_pack("[o]", person_json(w, &school, "Ilse")));
	world_ok(w, store_restrict(w->s, &r, &w->e));
	world_ok(w, folk_add(w, ODA, ROLE_PRACTITIONER));
	world_ok(w, open_as(w, ODA, ODA_PASS));
	world_ok(w, folk_change(w, ODA_PASS, ODA_OWN));
	seen = rows(w, BUNDLE_OUT);
	assert_int_equal(seen.n, 1);
	assert_int_equal(seen.rows[0].hidden, 1);
	assert_int_equal(seen.rows[0].ncase_ids, 0);
}

static void
what_cannot_be_noted_does_not_leave(void **state)
{
	struct pair *p = *state;
	struct world *w = &p->school;
	struct case_id id = world_case(w, "WREN-1"), ids[2] = {id, id};
	uint64_t n, again;
	json_t *out, *sent = json_pack("{s:s}", "bundle", "no id");

	world_ok(w, store_entry_count(w->s, &n, &w->e));
	out = json_pack("{s:s, s:[s], s:[s], s:s, s:s, s:i, s:s}", "bundle",
	    "00112233445566778899aabbccddeeff", "to", "x", "cases", "x",
	    "selection", "all", "file", "f", "entries", 1, "expires",
	    "2026-02-01");
	assert_int_equal(note_leaving(w, out, ids, 2, sent), RC_INPUT);
	json_decref(out);
	json_decref(sent);
	world_ok(w, store_entry_count(w->s, &again, &w->e));
	assert_int_equal(n, again);
	assert_int_equal(rows(w, BUNDLE_OUT).n, 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, pair_make, pair_unmake)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(numbers_count_by_person),
		TEST(a_receipt_comes_back),
		TEST(one_that_never_came_is_missed),
		TEST(a_recall_is_seen_on_both_sides),
		TEST(who_did_not_send_it_takes_nothing_back),
		TEST(of_a_masked_case_only_that_it_is_hidden),
		TEST(what_cannot_be_noted_does_not_leave),
	};

	return cmocka_run_group_tests_name("bundles", tests, NULL, NULL);
}
