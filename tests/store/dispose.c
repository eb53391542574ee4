/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A case goes only at the word of two people, and then whole: no byte of its
 * text stays, its hashes stay, and nothing else is touched.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/disposals.h"
#include "db/dispose.h"
#include "db/watch.h"
#include "tests/store/disposing.h"

#define DAY INT64_C(86400000)

/* ---- the way it goes ---- */

static void
two_people_dispose_of_a_case(void **state)
{
	struct world *w = *state;
	unsigned char digest[32], before[32], after[32];
	struct case_id id = plant(w, "WREN-77", "Quillfeather");
	struct case_id other = plant(w, "LARK-2", "Saltmarsh");
	struct entry_id ids[4];
	struct disposal d;
	struct casefile c;

	world_ok(w, store_case_load(w->s, &id, &c, &w->e));
	assert_int_equal(c.nrecords, 4);
	for (size_t i = 0; i < 4; i++)
		ids[i] = c.records[i]->entry.id;
	casefile_release(&c);
	world_ok(w, ask(w, &id));
	raw_become(w->s, SECOND);
	w->now += DAY;
	world_ok(w, store_dispose_agree(w->s, &id, "looked at the rule", &d,
	    &w->e));
	assert_string_equal(d.reference, "WREN-77");
	assert_string_equal(d.asked_by, WORLD_USER);
	assert_string_equal(d.agreed_by, SECOND);
	assert_string_equal(d.rule, "child-in-need");
	assert_string_equal(d.why_asked, "kept for as long as the rule says");
	assert_string_equal(d.why_agreed, "looked at the rule");
	assert_int_equal(d.agreed_at, w->now);
	assert_int_equal(d.agreed_at - d.asked_at, DAY);
	assert_int_equal(d.entries, 4);
	disposals_digest(ids, 4, digest);
	assert_memory_equal(d.digest, digest, 32);
	disposal_release(&d);
	assert_sound(w);
	assert_int_equal(found(w, "quillfeather"), 0);
	assert_int_equal(found(w, "wren"), 0);
	assert_int_equal(found(w, "saltmarsh"), 1);
	assert_int_equal(store_case_by_reference(w->s, "WREN-77", &id,
	    &w->e), RC_NOTFOUND);
	world_ok(w, store_case_by_reference(w->s, "LARK-2", &other, &w->e));
	world_ok(w, store_projection_hash(w->s, before, &w->e));
	world_ok(w, store_rebuild(w->s, NULL, NULL, &w->e));
	world_ok(w, store_projection_hash(w->s, after, &w->e));
	assert_memory_equal(before, after, 32);
	world_reopen(w);
	assert_sound(w);
}

/* What is left of the case is its hashes, which nobody stumbles over. */
static void
blank_entries_are_read(void **state)
{
	struct world *w = *state;
	struct case_id id = plant(w, "WREN-77", "Quillfeather");
	const char *why = NULL;
	struct answers a;
	struct casefile c;

	world_ok(w, ask(w, &id));
	raw_become(w->s, SECOND);
	world_ok(w, agree(w, &id));
	world_ok(w, store_case_load(w->s, &id, &c, &w->e));
	assert_int_equal(c.nrecords, 4);
	for (size_t i = 0; i < c.nrecords; i++) {
		assert_null(c.records[i]->entry.body);
		assert_null(c.records[i]->body);
		assert_int_equal(c.records[i]->validity, RECORD_DISPOSED);
		assert_true(entry_id_holds(&c.records[i]->entry));
		assert_string_equal(record_text(c.records[i], "name"), "");
	}
	assert_string_equal(c.reference, "");
	assert_string_equal(c.name, "");
	assert_int_equal(c.birth, DAY_NONE);
	assert_null(c.screening);
	casefile_answers(&c, store_default_instrument(w->s), 20000, &a);
	assert_true(casefile_next_due(&c, &why) == INT64_MAX);
	assert_true(casefile_named(&c, store_author(w->s)));
	casefile_release(&c);
}

/* The list of what is due holds words of the entries too. */
static void
what_was_due_in_it_is_gone(void **state)
{
	struct world *w = *state;
	struct case_id id = plant(w, "WREN-77", "Quillfeather");
	struct entry_draft d = {id, "action", span_of_day(20000), NULL};

	d.body = json_pack("{s:s, s:s, s:s}", "what", "Ring Thistlewick",
	    "owner", "P. Thistlewick", "due", "2024-11-01");
	world_ok(w, world_append(w, d, NULL));
	assert_int_equal(raw_number(w->s, "SELECT count(*) FROM due"), 1);
	assert_true(raw_bytes_found(w->s, "Thistlewick") > 0);
	assert_true(raw_bytes_found(w->s, "thistlewick") > 0);
	world_ok(w, ask(w, &id));
	raw_become(w->s, SECOND);
	world_ok(w, agree(w, &id));
	assert_int_equal(raw_number(w->s, "SELECT count(*) FROM due"), 0);
	assert_int_equal(raw_bytes_found(w->s, "Thistlewick"), 0);
	assert_int_equal(raw_bytes_found(w->s, "thistlewick"), 0);
	assert_sound(w);
}

static void
the_register_tells_of_it(void **state)
{
	struct world *w = *state;
	struct case_id id = plant(w, "WREN-77", "Quillfeather");
	char line[200] = "";

	world_ok(w, ask(w, &id));
	world_ok(w, store_disposals(w->s, note_disposal, line, &w->e));
	assert_string_equal(line, "");
	raw_become(w->s, SECOND);
	world_ok(w, agree(w, &id));
	world_reopen(w);
	world_ok(w, store_disposals(w->s, note_disposal, line, &w->e));
	assert_string_equal(line, "/" WORLD_USER "/" SECOND
	    "/child-in-need/4");
}

/* ---- nothing of the text stays ---- */

/*
 * Drafts of every length in any order: pages are split and joined, and the
 * database leaves copies of rows behind in what it no longer uses of them.
 */
static void
restless_drafts(struct world *w, const struct case_id *ids, size_t n)
{
	char key[80], word[32], text[1600];
	uint64_t x = 5;

	for (size_t k = 0; k < 2500; k++) {
		size_t i, len;

		x = x * UINT64_C(6364136223846793005) + 1442695040888963407;
		i = (x >> 33) % n;
		len = 5 + (x >> 40) % 1500;
		(void)snprintf(key, sizeof(key), "%02x/", (unsigned)(x >> 50) &
		    0xff);
		hex_format(ids[i].b, CASE_ID_LEN, key + 3);
		(void)snprintf(word, sizeof(word), "Vexil%zux ", i * 7919);
		text[0] = '\0';
		for (size_t at = 0; at + strlen(word) < len;
		    at += strlen(word))
			memcpy(text + at, word, strlen(word) + 1);
		world_ok(w, store_draft_save(w->s, key, text, &w->e));
	}
}

/* Cases enough that rows wander from page to page while they are written. */
static void
plant_many(struct world *w, struct case_id *ids, size_t n)
{
	char word[32], reference[32];

	for (size_t i = 0; i < n; i++) {
		(void)snprintf(word, sizeof(word), "Vexil%zux", i * 7919);
		(void)snprintf(reference, sizeof(reference), "REF%zuQ",
		    i * 7919);
		ids[i] = plant(w, reference, word);
	}
	restless_drafts(w, ids, n);
}

#define MANY 60

static void
no_byte_of_the_text_stays(void **state)
{
	struct world *w = *state;
	struct case_id ids[MANY];
	char word[32], lower[32];
	size_t before = 0;

	plant_many(w, ids, MANY);
	for (size_t i = 3; i < MANY; i += 9)
		world_ok(w, ask(w, &ids[i]));
	raw_become(w->s, SECOND);
	for (size_t i = 3; i < MANY; i += 9) {
		(void)snprintf(word, sizeof(word), "exil%zux", i * 7919);
		(void)snprintf(lower, sizeof(lower), "REF%zuQ", i * 7919);
		before += raw_bytes_found(w->s, word);
		world_ok(w, agree(w, &ids[i]));
		assert_int_equal(raw_bytes_found(w->s, word), 0);
		assert_int_equal(raw_bytes_found(w->s, lower), 0);
		(void)snprintf(lower, sizeof(lower), "%zuq", i * 7919);
		assert_int_equal(raw_bytes_found(w->s, lower), 0);
	}
	assert_true(before > MANY);
	assert_sound(w);
	world_reopen(w);
	for (size_t i = 3; i < MANY; i += 9) {
		(void)snprintf(word, sizeof(word), "exil%zux", i * 7919);
		assert_int_equal(raw_bytes_found(w->s, word), 0);
	}
	assert_sound(w);
}

/* A body longer than a page lies on pages of its own. */
static void
long_texts_go_too(void **state)
{
	struct world *w = *state;
	struct case_id id = plant(w, "WREN-77", "Quillfeather");
	char text[2001];
	struct entry_draft d;

	for (size_t i = 0; i + 20 <= sizeof(text); i += 20)
		memcpy(text + i, "Ommatidium seen here ", 20);
	text[2000] = '\0';
	for (int i = 0; i < 40; i++) {
		d = draft_observation(id, "B1", "present", text);
		(void)json_object_set_new(d.body, "agency",
		    json_string(i % 2 ? "school" : "health"));
		world_ok(w, world_append(w, d, NULL));
	}
	assert_true(raw_bytes_found(w->s, "Ommatidium") > 1000);
	world_ok(w, ask(w, &id));
	raw_become(w->s, SECOND);
	world_ok(w, agree(w, &id));
	assert_int_equal(raw_bytes_found(w->s, "Ommatidium"), 0);
	assert_int_equal(raw_bytes_found(w->s, "ommatidium"), 0);
	assert_sound(w);
}

/* Observations with the words PREFIXnumberplumENDING, a hundred in each. */
static void
plant_words(struct world *w, const struct case_id *id, const char *ending)
{
	char text[3000];

	for (size_t from = 0; from < 3000; from += 100) {
		size_t len = 0;

		for (size_t i = from; i < from + 100; i++)
			len += (size_t)snprintf(text + len,
			    sizeof(text) - len, "qa%04zuplum%s ", i, ending);
		world_ok(w, world_append(w, draft_observation(*id, "B1",
		    "present", text), NULL));
	}
}

/* The inner nodes of the index of words hold beginnings of words. */
static void
no_beginning_of_a_word_stays(void **state)
{
	struct world *w = *state;
	struct case_id id = plant(w, "WREN-77", "Quillfeather");
	struct case_id other = plant(w, "LARK-2", "Saltmarsh");

	plant_words(w, &id, "yy");
	plant_words(w, &other, "");
	world_ok(w, ask(w, &id));
	raw_become(w->s, SECOND);
	assert_true(raw_bytes_found(w->s, "plumy") > 3000);
	world_ok(w, agree(w, &id));
	assert_int_equal(raw_bytes_found(w->s, "plumy"), 0);
	assert_int_equal(found(w, "qa0123plum"), 1);
	assert_int_equal(found(w, "qa0123plumyy"), 0);
	assert_sound(w);
}

/* ---- who may not ---- */

static void
one_person_is_not_enough(void **state)
{
	struct world *w = *state;
	struct case_id id = plant(w, "WREN-77", "Quillfeather");

	assert_refused(w, agree(w, &id), RC_NOTFOUND, "nobody has asked");
	world_ok(w, ask(w, &id));
	assert_refused(w, agree(w, &id), RC_REFUSED, "second person");
	assert_refused(w, ask(w, &id), RC_EXISTS, "you have asked");
	/* Another key of the same name is the same person. */
	raw_person(w->s, "ilse MARWOOD", "supervisor");
	raw_become(w->s, "ilse MARWOOD");
	assert_refused(w, agree(w, &id), RC_REFUSED, "second person");
	raw_become(w->s, SECOND);
	assert_refused(w, ask(w, &id), RC_EXISTS, WORLD_USER " has asked");
	assert_int_equal(found(w, "quillfeather"), 1);
	assert_sound(w);
}

static void
a_role_without_the_right_is_refused(void **state)
{
	static const char *const roles[] = {
		"practitioner", "trainer", "auditor"
	};
	struct world *w = *state;
	struct case_id id = plant(w, "WREN-77", "Quillfeather");

	world_ok(w, ask(w, &id));
	for (size_t i = 0; i < 3; i++) {
		world_reopen(w);
		raw_person(w->s, roles[i], roles[i]);
		raw_become(w->s, roles[i]);
		assert_refused(w, ask(w, &id), RC_REFUSED, "may not");
		assert_refused(w, agree(w, &id), RC_REFUSED, "may not");
		assert_refused(w, store_hold(w->s, &id, true, "court order",
		    &w->e), RC_REFUSED, "may not");
	}
	world_reopen(w);
	assert_sound(w);
}

/* Whoever may open no case may still be one of the two. */
static void
an_administrator_may_ask(void **state)
{
	struct world *w = *state;
	struct case_id id = plant(w, "WREN-77", "Quillfeather"), same;

	raw_person(w->s, "Admin Example", "administrator");
	raw_become(w->s, "Admin Example");
	assert_int_equal(store_case_by_reference(w->s, "WREN-77", &same,
	    &w->e), RC_REFUSED);
	world_ok(w, store_dispose_find(w->s, "wren 77", &same, &w->e));
	assert_true(case_id_equal(&id, &same));
	world_ok(w, ask(w, &id));
	assert_refused(w, agree(w, &id), RC_REFUSED, "second person");
	raw_become(w->s, SECOND);
	world_ok(w, agree(w, &id));
	assert_sound(w);
}

static bool
note_hold(const struct hold_row *row, void *ctx)
{
	char *line = ctx;

	(void)snprintf(line, 200, "%s: %s (%s)", row->reference, row->reason,
	    row->by);
	return true;
}

static void
a_hold_forbids_it(void **state)
{
	struct world *w = *state;
	struct case_id id = plant(w, "WREN-77", "Quillfeather");
	char line[200] = "";
	bool held = true;

	world_ok(w, store_held(w->s, &id, &held, &w->e));
	assert_false(held);
	assert_refused(w, store_hold(w->s, &id, false, "over", &w->e),
	    RC_NOTFOUND, "nothing to lift");
	world_ok(w, ask(w, &id));
	world_ok(w, store_hold(w->s, &id, true, "inquiry 12", &w->e));
	world_ok(w, store_held(w->s, &id, &held, &w->e));
	assert_true(held);
	assert_refused(w, store_hold(w->s, &id, true, "again", &w->e),
	    RC_EXISTS, "inquiry 12");
	world_ok(w, store_holds(w->s, note_hold, line, &w->e));
	assert_string_equal(line, "WREN-77: inquiry 12 (" WORLD_USER ")");
	raw_become(w->s, SECOND);
	assert_refused(w, ask(w, &id), RC_REFUSED, "inquiry 12");
	assert_refused(w, agree(w, &id), RC_REFUSED, "inquiry 12");
	w->now += 1000;
	world_ok(w, store_hold(w->s, &id, false, "inquiry closed", &w->e));
	line[0] = '\0';
	world_ok(w, store_holds(w->s, note_hold, line, &w->e));
	assert_string_equal(line, "");
	world_ok(w, agree(w, &id));
	assert_refused(w, store_hold(w->s, &id, true, "late", &w->e),
	    RC_REFUSED, "disposed of");
	assert_sound(w);
}

static void
before_its_day_it_is_kept(void **state)
{
	struct world *w = *state;
	struct case_id id = plant(w, "WREN-77", "Quillfeather");
	struct dispose_request r = {&id, "child-in-need", DAY_NONE, "why"};

	r.kept_until = moment_day(w->now);
	assert_refused(w, store_dispose_ask(w->s, &r, NULL, &w->e),
	    RC_REFUSED, "kept to the end of");
	w->now += DAY;
	world_ok(w, store_dispose_ask(w->s, &r, NULL, &w->e));
	raw_become(w->s, SECOND);
	world_ok(w, agree(w, &id));
}

/* Whoever answers is dated later, or is told that the clock is wrong. */
static void
a_clock_that_went_back_is_told(void **state)
{
	struct world *w = *state;
	struct case_id id = plant(w, "WREN-77", "Quillfeather");
	int64_t now = w->now + 2 * DAY;

	w->now = now;
	world_ok(w, store_hold(w->s, &id, true, "inquiry", &w->e));
	raw_become(w->s, SECOND);
	w->now = now - DAY;
	assert_refused(w, store_hold(w->s, &id, false, "over", &w->e),
	    RC_REFUSED, "clock is behind what " WORLD_USER);
	w->now = now - 1000;
	world_ok(w, store_hold(w->s, &id, false, "over", &w->e));
	world_reopen(w);
	world_ok(w, ask(w, &id));
	raw_become(w->s, SECOND);
	w->now = now - DAY;
	assert_refused(w, agree(w, &id), RC_REFUSED, "clock is behind");
	w->now = now - 1000;
	world_ok(w, agree(w, &id));
	assert_sound(w);
}

static void
what_is_written_after_the_request_ends_it(void **state)
{
	struct world *w = *state;
	struct case_id id = plant(w, "WREN-77", "Quillfeather");

	world_ok(w, ask(w, &id));
	w->now += 1000;
	world_ok(w, world_append(w, draft_observation(id, "B3", "present",
	    "words"), NULL));
	raw_become(w->s, SECOND);
	assert_refused(w, agree(w, &id), RC_REFUSED, "written to the case");
	world_ok(w, ask(w, &id));
	world_reopen(w);
	world_ok(w, agree(w, &id));
	assert_sound(w);
}

static void
nothing_is_added_afterwards(void **state)
{
	struct world *w = *state;
	struct case_id id = plant(w, "WREN-77", "Quillfeather");
	enum door door;

	world_ok(w, ask(w, &id));
	raw_become(w->s, SECOND);
	world_ok(w, agree(w, &id));
	assert_refused(w, world_append(w, draft_observation(id, "B3",
	    "present", "words"), NULL), RC_REFUSED, "disposed of");
	assert_refused(w, ask(w, &id), RC_REFUSED, "disposed of");
	assert_refused(w, agree(w, &id), RC_REFUSED, "disposed of");
	assert_refused(w, store_door(w->s, &id, &door, &w->e), RC_NOTFOUND,
	    "disposed of");
	/* A new case may have the old reference. */
	(void)world_case(w, "WREN-77");
	assert_sound(w);
}

static struct entry_draft
draft_restrict(struct case_id id, const struct author_id *who)
{
	struct entry_draft d = {id, "restrict", span_none(), NULL};
	char hex[2 * AUTHOR_LEN + 1];

	hex_format(who->b, AUTHOR_LEN, hex);
	d.body = json_pack("{s:s, s:[s], s:s, s:s}", "state", "set",
	    "people", hex, "reason", "a colleague's child", "review",
	    "2026-04-01");
	return d;
}

static bool
note_waiting(const struct dispose_row *row, void *ctx)
{
	char *line = ctx;

	(void)snprintf(line, 200, "%s|%s|%s|%d|%d", row->reference, row->rule,
	    row->asked_by, row->mine, row->held);
	return true;
}

static void
a_restricted_case_asks_for_those_named(void **state)
{
	struct world *w = *state;
	struct case_id id = plant(w, "WREN-77", "Quillfeather");
	char line[200] = "";

	world_ok(w, world_append(w, draft_restrict(id, store_author(w->s)),
	    NULL));
	world_ok(w, ask(w, &id));
	world_ok(w, store_dispose_waiting(w->s, note_waiting, line, &w->e));
	assert_string_equal(line, "WREN-77|child-in-need|" WORLD_USER "|1|0");
	raw_become(w->s, SECOND);
	assert_refused(w, agree(w, &id), RC_REFUSED, "restricted");
	world_ok(w, store_dispose_waiting(w->s, note_waiting, line, &w->e));
	assert_string_equal(line, "|child-in-need|" WORLD_USER "|0|0");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, disposing_make, \
	disposing_unmake)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(two_people_dispose_of_a_case),
		TEST(blank_entries_are_read),
		TEST(what_was_due_in_it_is_gone),
		TEST(the_register_tells_of_it),
		TEST(no_byte_of_the_text_stays),
		TEST(long_texts_go_too),
		TEST(no_beginning_of_a_word_stays),
		TEST(one_person_is_not_enough),
		TEST(a_role_without_the_right_is_refused),
		TEST(an_administrator_may_ask),
		TEST(a_hold_forbids_it),
		TEST(before_its_day_it_is_kept),
		TEST(a_clock_that_went_back_is_told),
		TEST(what_is_written_after_the_request_ends_it),
		TEST(nothing_is_added_afterwards),
		TEST(a_restricted_case_asks_for_those_named),
	};

	return cmocka_run_group_tests_name("store: disposal", tests, NULL,
	    NULL);
}
