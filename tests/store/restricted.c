/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A restricted case tells those who are not named in it that it is there and
 * whom to ask, and nothing else, by whatever way they come.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/str.h"
#include "db/find.h"
#include "tests/store/team.h"

static void
expect_masked(const struct rows *r, size_t n, size_t masked)
{
	assert_int_equal(r->n, n);
	assert_int_equal(r->masked, masked);
	assert_false(r->leaks);
	assert_false(r->after);
	for (size_t i = 0; i < r->n; i++)
		assert_string_not_equal(r->references[i], "WREN-1");
}

static void
those_named_see_it_as_ever(void **state)
{
	struct desk *d = *state;
	struct casefile c;
	struct rows r;

	people_enter(&d->w, NAMED);
	r = rows_of_filter(&d->w, NULL);
	assert_int_equal(r.n, 3);
	assert_int_equal(r.masked, 0);
	assert_string_equal(r.references[0], "WREN-1");
	assert_int_equal(rows_of_filter(&d->w, "is:restricted").n, 1);
	assert_int_equal(rows_of_search(&d->w, "harb", 0).n, 1);
	world_ok(&d->w, store_case_load(d->w.s, &d->wren, &c, &d->w.e));
	casefile_release(&c);
	people_enter(&d->w, SUPERVISOR);
	assert_int_equal(rows_of_filter(&d->w, NULL).masked, 0);
}

/* What comes of a filter for somebody else; the case is either there or not. */
static const struct {
	const char *expr;
	size_t n, masked;
} filters[] = {
	{NULL, 3, 1},
	{"risk:high,potential,vulnerable,insufficient,none-recorded", 2, 0},
	{"-risk:high", 2, 0},
	{"risk>=potential", 0, 0},
	{"could:high", 2, 0},
	{"signs>=0", 2, 0},
	{"signs>0", 0, 0},
	{"-signs>0", 2, 0},
	{"vulnerabilities>=0", 2, 0},
	{"notknown>=0", 2, 0},
	{"due:none", 2, 0},
	{"-due:none", 0, 0},
	{"due<200d", 0, 0},
	{"due:overdue", 0, 0},
	{"born>=1990-01-01", 1, 0},
	{"-born>=2012-01-01", 2, 0},
	{"changed>=2000-01-01", 2, 0},
	{"-changed<2000-01-01", 2, 0},
	{"owner:me", 0, 0},
	{"-owner:me", 2, 0},
	{"owner:\"Ilse Marwood\"", 2, 0},
	{"is:screened", 0, 0},
	{"is:unscreened", 2, 0},
	{"is:conflict", 0, 0},
	{"-is:conflict", 2, 0},
	{"is:lowering", 0, 0},
	{"is:flagged", 0, 0},
	{"-is:flagged", 2, 0},
	{"is:returned", 0, 0},
	{"is:downgraded", 0, 0},
	{"is:closed-lately", 0, 0},
	{"is:restricted", 1, 1},
	{"-is:restricted", 2, 0},
	{"ref:WREN-1", 1, 1},
	{"ref:\"wren 1\"", 1, 1},
	{"ref:wr", 0, 0},
	{"ref:wren-2", 0, 0},
	{"-ref:wren-1", 2, 0},
	{"name:ada", 2, 1},
	{"name:\"ada merle\"", 1, 1},
	{"name:merl", 0, 0},
	{"-name:merle", 2, 0},
	{"name:starling", 1, 1},
	{"name:ada signs>0", 0, 0},
	{"name:merle -name:brook", 0, 0},
	{"text:harbour", 0, 0},
	{"-text:harbour", 2, 0},
	{"\"seen at the harbour\"", 0, 0},
	{"merle", 1, 1},
	{"mer", 0, 0},
	{"merle harbour", 0, 0},
	{"\"--\"", 2, 0},
};

static void
filters_tell_nothing_of_it(void **state)
{
	struct desk *d = *state;
	struct rows r;

	people_enter(&d->w, OTHER);
	for (size_t i = 0; i < sizeof(filters) / sizeof(filters[0]); i++) {
		r = rows_of_filter(&d->w, filters[i].expr);
		if (r.n != filters[i].n || r.masked != filters[i].masked)
			fail_msg("%s: %zu rows, %zu masked", filters[i].expr,
			    r.n, r.masked);
		expect_masked(&r, filters[i].n, filters[i].masked);
		assert_int_equal(count_of_filter(&d->w, filters[i].expr),
		    filters[i].n);
	}
}

static void
nothing_is_guessed_letter_by_letter(void **state)
{
	struct desk *d = *state;
	char expr[32] = "name:m";

	people_enter(&d->w, OTHER);
	for (const char *p = "erl"; *p != '\0'; p++) {
		expr[strlen(expr) + 1] = '\0';
		expr[strlen(expr)] = *p;
		assert_int_equal(rows_of_filter(&d->w, expr).masked, 0);
		assert_int_equal(rows_of_search(&d->w, expr + 5, 0).masked,
		    0);
	}
}

static void
pages_join_without_a_gap(void **state)
{
	struct desk *d = *state;
	struct world *w = &d->w;
	struct rows r, all;

	people_enter(w, OTHER);
	all = rows_of_filter(w, NULL);
	for (size_t limit = 1; limit <= 4; limit++) {
		memset(&r, 0, sizeof(r));
		for (size_t at = 0; at < 6; at += limit)
			world_ok(w, store_cases(w->s, NULL, at, limit,
			    rows_take, &r, &w->e));
		expect_masked(&r, 3, 1);
		assert_memory_equal(r.ids, all.ids, 3 * sizeof(r.ids[0]));
	}
	memset(&r, 0, sizeof(r));
	world_ok(w, store_cases(w->s, NULL, 2, 0, rows_take, &r, &w->e));
	expect_masked(&r, 1, 1);
}

static void
search_finds_it_by_reference_and_name_only(void **state)
{
	struct desk *d = *state;
	struct world *w = &d->w;
	struct rows r;

	people_enter(w, OTHER);
	r = rows_of_search(w, "WREN-1", 0);
	expect_masked(&r, 1, 1);
	assert_memory_equal(&r.ids[0], &d->wren, sizeof(d->wren));
	r = rows_of_search(w, "wren 1", 0);
	expect_masked(&r, 1, 1);
	r = rows_of_search(w, "merle, ada", 0);
	expect_masked(&r, 1, 1);
	r = rows_of_search(w, "starling", 0);
	expect_masked(&r, 1, 1);
	r = rows_of_search(w, "ada", 0);
	expect_masked(&r, 2, 1);
	/* However many others there are, it keeps its place. */
	r = rows_of_search(w, "ada", 1);
	expect_masked(&r, 1, 1);
	r = rows_of_search(w, "harbour", 0);
	expect_masked(&r, 0, 0);
	r = rows_of_search(w, "worry", 0);
	expect_masked(&r, 2, 0);
	r = rows_of_search(w, "ada harbour", 0);
	expect_masked(&r, 0, 0);
	r = rows_of_search(w, " ", 0);
	expect_masked(&r, 0, 0);
}

/* Of a hit nothing is given but that there is a case. */
static bool
tells_nothing(const struct find_row *r, void *ctx)
{
	struct find_sum *sum = ctx;

	assert_string_not_equal(r->row->reference, "WREN-1");
	if (r->why != FIND_RESTRICTED)
		return true;
	sum->restricted++;
	assert_true(r->row->restricted);
	assert_string_equal(r->row->reference, "");
	assert_string_equal(r->row->name, "");
	assert_string_equal(r->snippet, "");
	assert_null(r->kind);
	return true;
}

static void
no_hit_tells_a_word_of_it(void **state)
{
	static const char *const words[] = {"WREN-1", "merle", "starling",
		"ada", "harbour", "\"harbour", "h", "worry", "e", "a b", NULL};
	struct desk *d = *state;
	struct world *w = &d->w;
	struct find_sum given = {.hits = 0}, sum;
	struct store_find_to to = {tells_nothing, &given};

	people_enter(w, OTHER);
	for (size_t limit = 0; limit < 3; limit++)
		for (size_t i = 0; words[i] != NULL; i++) {
			struct find_want want = {words[i], limit};

			world_ok(w, store_find(w->s, &want, &sum, &to,
			    &w->e));
		}
	/* By its reference, a name, another name, and a name of two. */
	assert_int_equal(given.restricted, 3 * 4);
}

static const struct {
	const char *name;
	enum door restricted, open;
} doors[] = {
	{SUPERVISOR, DOOR_OPEN, DOOR_OPEN},
	{NAMED, DOOR_OPEN, DOOR_OPEN},
	{SECOND, DOOR_RESTRICTED, DOOR_OPEN},
	{OTHER, DOOR_RESTRICTED, DOOR_OPEN},
	{AUDITOR, DOOR_RESTRICTED, DOOR_OPEN},
	{TRAINER, DOOR_SHUT, DOOR_OPEN},
	{ADMINISTRATOR, DOOR_SHUT, DOOR_SHUT}
};

static void
each_role_finds_its_door(void **state)
{
	struct desk *d = *state;
	struct world *w = &d->w;
	struct casefile c;
	enum door door;
	enum rc rc;

	for (size_t i = 0; i < sizeof(doors) / sizeof(doors[0]); i++) {
		people_enter(w, doors[i].name);
		world_ok(w, store_door(w->s, &d->wren, &door, &w->e));
		assert_int_equal(door, doors[i].restricted);
		world_ok(w, store_door(w->s, &d->lark, &door, &w->e));
		assert_int_equal(door, doors[i].open);
		rc = store_case_load(w->s, &d->wren, &c, &w->e);
		if (rc == RC_OK)
			casefile_release(&c);
		assert_int_equal(rc, doors[i].restricted == DOOR_OPEN ?
		    RC_OK : RC_REFUSED);
	}
}

static void
refusal_says_whom_to_ask(void **state)
{
	struct desk *d = *state;
	struct world *w = &d->w;
	struct casefile c;
	struct case_id id;
	char *names;

	people_enter(w, OTHER);
	world_ok(w, store_case_by_reference(w->s, "wren1", &id, &w->e));
	assert_memory_equal(&id, &d->wren, sizeof(id));
	assert_int_equal(store_case_load(w->s, &id, &c, &w->e), RC_REFUSED);
	assert_non_null(strstr(w->e.text, SUPERVISOR " or " NAMED));
	assert_non_null(strstr(w->e.text, "with a reason"));
	world_ok(w, store_named(w->s, &id, &names, &w->e));
	assert_string_equal(names, SUPERVISOR " or " NAMED);
	free(names);
	world_ok(w, store_named(w->s, &d->lark, &names, &w->e));
	assert_null(names);
	people_enter(w, TRAINER);
	assert_int_equal(store_case_load(w->s, &id, &c, &w->e), RC_REFUSED);
	assert_null(strstr(w->e.text, "with a reason"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, desk_make, desk_unmake)
		T(those_named_see_it_as_ever),
		T(filters_tell_nothing_of_it),
		T(nothing_is_guessed_letter_by_letter),
		T(pages_join_without_a_gap),
		T(search_finds_it_by_reference_and_name_only),
		T(no_hit_tells_a_word_of_it),
		T(each_role_finds_its_door),
		T(refusal_says_whom_to_ask)
#undef T
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
