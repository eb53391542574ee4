/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Search over all text: what is found, where, in which order, what became of
 * it, and what must never be found.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/filters.h"
#include "db/find.h"
#include "tests/store/world.h"

struct seen {
	struct find_row rows[200];
	char references[200][32], snippets[200][300], fields[200][40];
	size_t n;
	struct find_sum sum;
};

static bool
see(const struct find_row *r, void *ctx)
{
	struct seen *seen = ctx;

	if (seen->n == 200)
		return false;
	seen->rows[seen->n] = *r;
	(void)snprintf(seen->references[seen->n], 32, "%s",
	    r->row->reference);
	(void)snprintf(seen->snippets[seen->n], 300, "%s", r->snippet);
	(void)snprintf(seen->fields[seen->n], 40, "%s", r->field);
	seen->n++;
	return true;
}

static void
find(struct world *w, const char *words, size_t limit, struct seen *seen)
{
	struct find_want want = {words, limit};
	struct store_find_to to = {see, seen};

	memset(seen, 0, sizeof(*seen));
	world_ok(w, store_find(w->s, &want, &seen->sum, &to, &w->e));
}

static int
setup(void **state)
{
	static struct world w;

	world_init(&w);
	world_create_as(&w, ROLE_SUPERVISOR);
	world_adopt(&w);
	*state = &w;
	return 0;
}

static int
teardown(void **state)
{
	world_release(*state);
	return 0;
}

static struct entry_id
note(struct world *w, struct case_id id, const char *facts)
{
	struct entry_draft d = {id, "note", span_of_day(20000),
	    json_pack("{s:s, s:s, s:s}", "facts", facts, "nature", "fact",
	    "concern", "What it may mean is not known yet")};
	struct entry_id entry;

	w->now += 60000;
	world_ok(w, world_append(w, d, &entry));
	return entry;
}

/* The marked places, in brackets. */
static const char *
marked(const struct seen *seen, size_t i)
{
	static char out[400];
	const struct find_row *r = &seen->rows[i];
	const char *s = seen->snippets[i];
	size_t at = 0, n = 0;

	for (size_t k = 0; k < r->nmarks; k++) {
		n += (size_t)snprintf(out + n, sizeof(out) - n, "%.*s[%.*s]",
		    (int)(r->marks[k].at - at), s + at,
		    (int)r->marks[k].n, s + r->marks[k].at);
		at = r->marks[k].at + r->marks[k].n;
	}
	(void)snprintf(out + n, sizeof(out) - n, "%s", s + at);
	return out;
}

static void
says_where_it_stands(void **state)
{
	struct world *w = *state;
	struct case_id id = world_case(w, "WREN-1");
	struct entry_id entry = note(w, id, "Seen at the\nbus station with "
	    "Zo\xC3\xAB, who was cold");
	struct seen seen;

	find(w, "zoe stat", 50, &seen);
	assert_int_equal(seen.n, 1);
	assert_string_equal(seen.references[0], "WREN-1");
	assert_string_equal(seen.fields[0], "Facts");
	assert_string_equal(seen.rows[0].kind->name, "note");
	assert_true(entry_id_equal(&seen.rows[0].entry, &entry));
	assert_int_equal(seen.rows[0].why, FIND_ENTRY);
	assert_int_equal(seen.rows[0].state, FIND_STANDS);
	assert_int_equal(seen.rows[0].on.first, 20000);
	assert_string_equal(marked(&seen, 0), "Seen at the bus [station] "
	    "with [Zo\xC3\xAB], who was cold");
	assert_false(seen.sum.cut);
}

static void
a_long_text_is_cut_around_the_words(void **state)
{
	struct world *w = *state;
	struct case_id id = world_case(w, "WREN-1");
	char text[4000];
	struct seen seen;
	size_t n = 0;

	for (size_t i = 0; i < 150; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n,
		    "walked on ");
	n += (size_t)snprintf(text + n, sizeof(text) - n, "to the kiosk ");
	for (size_t i = 0; i < 150; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n,
		    "and back ");
	(void)note(w, id, text);
	find(w, "kiosk", 50, &seen);
	assert_int_equal(seen.n, 1);
	assert_true(strlen(seen.snippets[0]) < 260);
	assert_non_null(strstr(marked(&seen, 0), "on to the [kiosk] and"));
}

static void
a_phrase_stands_as_it_is_written(void **state)
{
	struct world *w = *state;
	struct case_id id = world_case(w, "WREN-1");
	struct seen seen;

	(void)note(w, id, "The bus to the station was late");
	(void)note(w, id, "Met by the bus bus-station kiosk");
	find(w, "\"bus station\"", 50, &seen);
	assert_int_equal(seen.n, 1);
	assert_string_equal(marked(&seen, 0), "Met by the bus [bus-station] "
	    "kiosk");
	/* The last word may still be in the making. */
	find(w, "\"bus stat", 50, &seen);
	assert_int_equal(seen.n, 1);
	find(w, "\"bus stat\"", 50, &seen);
	assert_int_equal(seen.n, 0);
	find(w, "bus station", 50, &seen);
	assert_int_equal(seen.n, 2);
	/* An apostrophe is no part of a word, wherever it stands. */
	(void)note(w, id, "Asked 'Dara O'Shea' at the shop's ''' counter");
	find(w, "osh", 50, &seen);
	assert_int_equal(seen.n, 1);
	find(w, "\"dara o'shea\" SHOPS \"shops counter\"", 50, &seen);
	assert_int_equal(seen.n, 1);
	find(w, "\"shop counter\"", 50, &seen);
	assert_int_equal(seen.n, 0);
	/* What is written as one word is looked for as one. */
	find(w, "bus-stat", 50, &seen);
	assert_int_equal(seen.n, 1);
	find(w, "WREN-1", 50, &seen);
	assert_int_equal(seen.n, 1);
	assert_int_equal(seen.rows[0].why, FIND_REFERENCE);
	assert_string_equal(seen.fields[0], "Reference");
}

static void
the_best_reason_comes_first(void **state)
{
	struct world *w = *state;
	struct case_id named = world_case(w, "N-1"), one, apart;
	struct seen seen;

	world_ok(w, world_append(w, draft_identity(named, "Robin Lark", NULL),
	    NULL));
	apart = world_case(w, "N-2");
	(void)note(w, apart, "A lark was heard");
	(void)note(w, apart, "A robin was seen");
	one = world_case(w, "N-3");
	(void)note(w, one, "Neither robin nor lark was there");
	(void)note(w, one, "Robin, lark and wren");
	find(w, "robin lark", 50, &seen);
	assert_int_equal(seen.n, 5);
	assert_int_equal(seen.sum.cases, 3);
	assert_string_equal(seen.references[0], "N-1");
	assert_int_equal(seen.rows[0].why, FIND_NAME);
	assert_string_equal(seen.fields[0], "Name");
	/* The newer of two. */
	assert_string_equal(seen.references[1], "N-3");
	assert_string_equal(seen.snippets[1], "Robin, lark and wren");
	assert_true(seen.rows[1].first && !seen.rows[2].first);
	assert_string_equal(seen.references[3], "N-2");
	assert_int_equal(seen.rows[3].why, FIND_SPREAD);
	assert_int_equal(seen.rows[4].why, FIND_SPREAD);
}

static void
a_case_is_shown_once(void **state)
{
	struct world *w = *state;
	struct case_id a = world_case(w, "WREN-1"), b = world_case(w, "W-2");
	struct seen seen;

	for (size_t i = 0; i < 6; i++)
		(void)note(w, a, "At the kiosk again");
	(void)note(w, b, "At another kiosk");
	find(w, "kiosk", 50, &seen);
	assert_int_equal(seen.n, 1 + FIND_OF_CASE);
	assert_int_equal(seen.sum.hits, 7);
	assert_int_equal(seen.sum.cases, 2);
	assert_string_equal(seen.references[0], "W-2");
	assert_true(seen.rows[1].first);
	assert_int_equal(seen.rows[2].more, 0);
	assert_int_equal(seen.rows[3].more, 3);
}

static void
says_what_became_of_it(void **state)
{
	struct world *w = *state;
	struct case_id id = world_case(w, "WREN-1");
	struct entry_id struck = note(w, id, "The first kiosk");
	struct entry_id old = note(w, id, "The second kiosk");
	struct entry_draft d = {id, "note", span_of_day(20000), NULL};
	char hex[2 * ENTRY_ID_LEN + 1];
	struct seen seen;

	hex_format(struck.b, ENTRY_ID_LEN, hex);
	d.kind = "strike";
	d.on = span_none();
	d.body = json_pack("{s:s, s:s}", "target", hex, "reason",
	    "Of another child");
	world_ok(w, world_append(w, d, NULL));
	hex_format(old.b, ENTRY_ID_LEN, hex);
	d.kind = "note";
	d.on = span_of_day(20000);
	d.body = json_pack("{s:s, s:s, s:s, s:[s]}", "facts",
	    "The third kiosk", "nature", "fact", "concern", "The same",
	    "replaces", hex);
	world_ok(w, world_append(w, d, NULL));
	find(w, "kiosk", 50, &seen);
	assert_int_equal(seen.n, 3);
	assert_int_equal(seen.rows[0].state, FIND_STANDS);
	assert_string_equal(marked(&seen, 0), "The third [kiosk]");
	assert_int_equal(seen.rows[1].state, FIND_REPLACED);
	assert_int_equal(seen.rows[2].state, FIND_STRUCK);
	assert_string_equal(marked(&seen, 2), "The first [kiosk]");
}

/* A checklist says the same in 29 entries: the next child is found, too. */
static void
one_case_does_not_hide_another(void **state)
{
	struct world *w = *state;
	struct case_id quiet = world_case(w, "LARK-1");
	struct case_id loud = world_case(w, "LARK-2");
	struct seen seen;

	(void)note(w, quiet, "Seen by the boathouse");
	for (size_t i = 0; i < 12; i++)
		(void)note(w, loud, "Seen by the boathouse");
	find(w, "boathouse", 5, &seen);
	assert_int_equal(seen.sum.cases, 2);
	assert_int_equal(seen.sum.hits, 13);
	assert_false(seen.sum.cut);
}

static void
never_says_nothing_when_it_was_cut_short(void **state)
{
	struct world *w = *state;
	struct case_id id = world_case(w, "WREN-1");
	struct seen seen;

	for (size_t i = 0; i < 30; i++)
		(void)note(w, id, "At the kiosk again");
	find(w, "kiosk", 5, &seen);
	assert_int_equal(seen.sum.hits, 20);
	assert_true(seen.sum.cut);
	find(w, "kiosk", 0, &seen);
	assert_int_equal(seen.sum.hits, 30);
	assert_false(seen.sum.cut);
	find(w, "nowhere", 5, &seen);
	assert_int_equal(seen.sum.hits, 0);
	assert_false(seen.sum.cut);
	find(w, "kiosk", 8, &seen);
	assert_int_equal(seen.sum.hits, 30);
	assert_false(seen.sum.cut);
	find(w, "kiosk", 7, &seen);
	assert_int_equal(seen.sum.hits, 4 * 7);
	assert_true(seen.sum.cut);
}

static void
bulk(struct world *w, struct case_id id, const char *kind, json_t *body)
{
	struct entry_draft d = {id, kind, span_none(), body};

	if (strcmp(kind, "note") == 0)
		d.on = span_of_day(20000);
	world_ok(w, store_bulk_add(w->s, &d, NULL, &w->e));
	entry_draft_release(&d);
}

/*
 * With more entries than are read for one key: a rare old word is found
 * through the index, a common one at once, and common words that never stand
 * together are said to be cut short.
 */
static void
old_and_rare_is_found(void **state)
{
	struct world *w = *state;
	struct case_id id = world_case(w, "WREN-1"), b = world_case(w, "W-2");
	struct seen seen;

	(void)note(w, id, "Seen at the quince kiosk");
	(void)note(w, id, "A medlar tree");
	world_ok(w, store_bulk_begin(w->s, &w->e));
	for (size_t i = 0; i < 6000; i++)
		bulk(w, b, "note", json_pack("{s:s, s:s}", "facts",
		    i % 2 == 0 ? "Seen at the station" : "Met by the kiosk",
		    "nature", "fact"));
	world_ok(w, store_bulk_seal(w->s, &w->e));
	find(w, "quince", 50, &seen);
	assert_int_equal(seen.n, 1);
	assert_false(seen.sum.cut);
	find(w, "seen quin", 50, &seen);
	assert_int_equal(seen.n, 1);
	assert_int_equal(seen.rows[0].why, FIND_ENTRY);
	find(w, "quince medlar", 50, &seen);
	assert_int_equal(seen.sum.cases, 1);
	assert_int_equal(seen.rows[0].why, FIND_SPREAD);
	find(w, "station", 50, &seen);
	assert_int_equal(seen.sum.hits, 4 * 50);
	assert_true(seen.sum.cut);
	find(w, "station kiosk", 50, &seen);
	assert_int_equal(seen.sum.hits, 0);
	assert_true(seen.sum.cut);
	find(w, "quinces", 50, &seen);
	assert_int_equal(seen.sum.hits, 0);
	assert_false(seen.sum.cut);
}

/* Of more than are kept for one key the newest are. */
static void
of_very_many_old_ones_the_newest_is_found(void **state)
{
	struct world *w = *state;
	struct case_id id = world_case(w, "WREN-1");
	struct seen seen;
	char text[64];

	world_ok(w, store_bulk_begin(w->s, &w->e));
	for (size_t i = 0; i < 6000; i++) {
		(void)snprintf(text, sizeof(text), "%s %zu", i < 3500 ?
		    "quince" : "station", i);
		bulk(w, id, "note", json_pack("{s:s, s:s}", "facts", text,
		    "nature", "fact"));
	}
	world_ok(w, store_bulk_seal(w->s, &w->e));
	find(w, "quince", 50, &seen);
	assert_int_equal(seen.sum.hits, 4 * 50);
	assert_true(seen.sum.cut);
	assert_string_equal(marked(&seen, 0), "[quince] 3499");
	find(w, "quince 17", 50, &seen);
	assert_true(seen.sum.hits > 0);
	assert_true(seen.sum.cut);
	find(w, "quince 1777", 50, &seen);
	assert_int_equal(seen.sum.hits, 1);
	find(w, "1777", 50, &seen);
	assert_int_equal(seen.sum.hits, 1);
	assert_false(seen.sum.cut);
}

/* A word that every reference begins with says nothing by itself. */
static void
references_that_begin_alike_are_told_apart(void **state)
{
	struct world *w = *state;
	struct case_id id;
	struct seen seen;
	char text[64];

	world_ok(w, store_bulk_begin(w->s, &w->e));
	for (size_t i = 0; i < 1800; i++) {
		id = store_new_case_id(w->s);
		(void)snprintf(text, sizeof(text), "WREN-%zu", i);
		bulk(w, id, "open", json_pack("{s:s}", "reference", text));
		bulk(w, id, "identity", json_pack("{s:s}", "name", "Aster"));
	}
	world_ok(w, store_bulk_seal(w->s, &w->e));
	find(w, "wren 177", 50, &seen);
	assert_int_equal(seen.sum.hits, 11);
	assert_int_equal(seen.rows[0].why, FIND_REFERENCE);
	assert_false(seen.sum.cut);
	find(w, "wren", 50, &seen);
	assert_int_equal(seen.sum.hits, 50);
	assert_int_equal(seen.rows[0].why, FIND_REFERENCE);
	assert_true(seen.sum.cut);
	find(w, "wren 17", 0, &seen);
	assert_int_equal(seen.sum.hits, 111);
	find(w, "aster wren 1776", 50, &seen);
	assert_int_equal(seen.sum.cases, 1);
	find(w, "wren zebra", 50, &seen);
	assert_int_equal(seen.sum.hits, 0);
}

static void
too_many_words_are_refused(void **state)
{
	struct world *w = *state;
	struct find_want want = {"a b c d e f g h i j k l m n o p q", 5};
	struct seen seen = {.n = 0};
	struct store_find_to to = {see, &seen};

	assert_int_equal(store_find(w->s, &want, &seen.sum, &to, &w->e),
	    RC_INPUT);
	want.words = "\" \" - ,";
	world_ok(w, store_find(w->s, &want, &seen.sum, &to, &w->e));
	assert_int_equal(seen.n, 0);
}

/* ---- the filter ---- */

static size_t
matches(struct world *w, const char *filter)
{
	struct query_context qc = {w->now, moment_day(w->now), NULL, NULL};
	struct query q;
	size_t at, n = 0;

	world_ok(w, query_parse(filter, &qc, &q, &at, &w->e));
	world_ok(w, store_cases_count(w->s, &q, &n, &w->e));
	query_release(&q);
	return n;
}

static void
filters_by_what_a_case_holds(void **state)
{
	struct world *w = *state;
	struct case_id a = world_case(w, "WREN-1"), b = world_case(w, "W-2");
	struct entry_draft d = {a, "address", span_none(), json_pack(
	    "{s:s, s:s}", "address", "1 Invented Row", "area",
	    "Ashby Hill")};

	world_ok(w, world_append(w, d, NULL));
	d = (struct entry_draft){b, "associate", span_none(), json_pack(
	    "{s:s, s:s}", "name", "Ola Finch", "relation", "friend")};
	world_ok(w, world_append(w, d, NULL));
	(void)note(w, a, "Words");
	world_ok(w, world_append(w, draft_observation(b, "B1", "present",
	    "Words"), NULL));
	assert_int_equal(matches(w, "kind:note"), 1);
	assert_int_equal(matches(w, "kind:note,observation"), 2);
	assert_int_equal(matches(w, "-has:note"), 1);
	assert_int_equal(matches(w, "has:plan"), 0);
	assert_int_equal(matches(w, "area:ash"), 1);
	assert_int_equal(matches(w, "area:\"hill ash\""), 1);
	assert_int_equal(matches(w, "area:york,hill"), 1);
	assert_int_equal(matches(w, "area:york"), 0);
	assert_int_equal(matches(w, "with:finch"), 1);
	assert_int_equal(matches(w, "agency:school,youth"), 1);
	assert_int_equal(matches(w, "is:open"), 2);
	assert_int_equal(matches(w, "is:closed"), 0);
	assert_int_equal(matches(w, "-is:closed,screened"), 2);
}

static void
filters_by_age(void **state)
{
	struct world *w = *state;
	struct case_id a = world_case(w, "WREN-1");
	int32_t today = moment_day(w->now);
	char birth[DAY_TEXT_MAX];

	(void)world_case(w, "NO-BIRTH-DATE");
	day_format(day_add_months(today, -12 * 13), birth);
	world_ok(w, world_append(w, draft_identity(a, "Robin", birth), NULL));
	assert_int_equal(matches(w, "age<13"), 0);
	assert_int_equal(matches(w, "age<14"), 1);
	assert_int_equal(matches(w, "age:13"), 1);
	assert_int_equal(matches(w, "age>=13"), 1);
	assert_int_equal(matches(w, "age>13"), 0);
	assert_int_equal(matches(w, "age<=12"), 0);
	assert_int_equal(matches(w, "age<=13"), 1);
}

/* ---- filters under a name ---- */

static bool
list_filter(const char *name, const char *text, void *ctx)
{
	char *out = ctx;
	size_t n = strlen(out);

	(void)snprintf(out + n, 200 - n, "%s=%s;", name, text);
	return true;
}

/* "No case holds these words" would be said of no words at all. */
static void
signs_alone_are_not_searched(void **state)
{
	struct world *w = *state;
	struct seen seen;

	find(w, "!!! \"\" \xff", 50, &seen);
	assert_true(seen.sum.wordless);
	find(w, "!!! nowhere", 50, &seen);
	assert_false(seen.sum.wordless);
}

static void
filters_are_kept(void **state)
{
	struct world *w = *state;
	char all[200] = "", name[10], *text;

	world_ok(w, store_filter_save(w->s, "mine", "owner:me", &w->e));
	world_ok(w, store_filter_save(w->s, "a \xC3\xA9t\xC3\xA9", "is:open",
	    &w->e));
	world_ok(w, store_filter_save(w->s, "mine", "owner:me due<7d",
	    &w->e));
	assert_int_equal(store_filter_save(w->s, "@mine", "x", &w->e),
	    RC_INPUT);
	assert_int_equal(store_filter_save(w->s, "", "x", &w->e), RC_INPUT);
	assert_int_equal(store_filter_save(w->s, "a\nb", "x", &w->e),
	    RC_INPUT);
	world_reopen(w);
	world_ok(w, store_filters(w->s, list_filter, all, &w->e));
	assert_string_equal(all, "a \xC3\xA9t\xC3\xA9=is:open;"
	    "mine=owner:me due<7d;");
	world_ok(w, store_filter_load(w->s, "mine", &text, &w->e));
	assert_string_equal(text, "owner:me due<7d");
	free(text);
	world_ok(w, store_filter_drop(w->s, "mine", &w->e));
	assert_int_equal(store_filter_load(w->s, "mine", &text, &w->e),
	    RC_NOTFOUND);
	assert_non_null(strstr(w->e.text, "there are: a "));
	for (size_t i = 1; i < FILTERS_MAX; i++) {
		(void)snprintf(name, sizeof(name), "f%zu", i);
		world_ok(w, store_filter_save(w->s, name, "x", &w->e));
	}
	assert_int_equal(store_filter_save(w->s, "one more", "x", &w->e),
	    RC_INPUT);
	world_ok(w, store_filter_save(w->s, "f7", "y", &w->e));
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(says_where_it_stands),
		T(a_long_text_is_cut_around_the_words),
		T(a_phrase_stands_as_it_is_written),
		T(the_best_reason_comes_first),
		T(a_case_is_shown_once),
		T(says_what_became_of_it),
		T(one_case_does_not_hide_another),
		T(never_says_nothing_when_it_was_cut_short),
		T(old_and_rare_is_found),
		T(of_very_many_old_ones_the_newest_is_found),
		T(references_that_begin_alike_are_told_apart),
		T(too_many_words_are_refused),
		T(filters_by_what_a_case_holds),
		T(filters_by_age),
		T(signs_alone_are_not_searched),
		T(filters_are_kept),
	};

	return cmocka_run_group_tests_name("finding", tests, NULL, NULL);
}
