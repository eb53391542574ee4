/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Setting and lifting a restriction, getting past it with a reason, and what
 * may be written meanwhile.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/store/team.h"

#define WHY DESK_REASON

static void
expect(struct world *w, size_t n, size_t masked)
{
	struct rows r = rows_of_filter(w, NULL);

	assert_int_equal(r.n, n);
	assert_int_equal(r.masked, masked);
}

static size_t
flagged(struct world *w)
{
	struct look_query q = {.flagged = true, .since = INT64_MIN};

	return looks_of(w, &q);
}

static void
glass_is_broken_with_a_reason_and_for_one_session(void **state)
{
	struct desk *d = *state;
	struct world *w = &d->w;
	struct casefile c;
	enum door door;

	people_enter(w, OTHER);
	assert_int_equal(store_break_glass(w->s, &d->wren, NULL, &w->e),
	    RC_INPUT);
	assert_int_equal(store_break_glass(w->s, &d->wren, "1234567890 ok",
	    &w->e), RC_INPUT);
	assert_int_equal(store_case_load(w->s, &d->wren, &c, &w->e),
	    RC_REFUSED);
	world_ok(w, store_break_glass(w->s, &d->wren,
	    "On duty tonight, she is missing", &w->e));
	world_ok(w, store_door(w->s, &d->wren, &door, &w->e));
	assert_int_equal(door, DOOR_BROKEN);
	world_ok(w, store_case_load(w->s, &d->wren, &c, &w->e));
	casefile_release(&c);
	assert_int_equal(rows_of_filter(w, NULL).masked, 0);
	assert_int_equal(rows_of_search(w, "harbour", 0).n, 1);
	/* Once is enough while it is unlocked. */
	world_ok(w, store_break_glass(w->s, &d->wren, "no", &w->e));
	people_enter(w, OTHER);
	assert_int_equal(rows_of_filter(w, NULL).masked, 1);
	assert_int_equal(store_case_load(w->s, &d->wren, &c, &w->e),
	    RC_REFUSED);
	people_enter(w, SECOND);
	assert_int_equal(flagged(w), 1);
}

static void
glass_is_not_for_every_role(void **state)
{
	struct desk *d = *state;
	struct world *w = &d->w;

	people_enter(w, TRAINER);
	assert_int_equal(store_break_glass(w->s, &d->wren,
	    "It would make a good example", &w->e), RC_REFUSED);
	people_enter(w, ADMINISTRATOR);
	assert_int_equal(store_break_glass(w->s, &d->wren,
	    "Only looking whether it opens", &w->e), RC_REFUSED);
	people_enter(w, SECOND);
	assert_int_equal(flagged(w), 0);
}

static void
administrator_reads_nothing(void **state)
{
	struct desk *d = *state;
	struct world *w = &d->w;
	struct casefile c;
	struct case_id id;
	struct rows r;
	size_t n;
	char *names;

	memset(&r, 0, sizeof(r));
	people_enter(w, ADMINISTRATOR);
	assert_int_equal(store_cases(w->s, NULL, 0, 0, rows_take, &r, &w->e),
	    RC_REFUSED);
	assert_int_equal(store_cases_count(w->s, NULL, &n, &w->e),
	    RC_REFUSED);
	assert_int_equal(store_search(w->s, "ada", 0, rows_take, &r, &w->e),
	    RC_REFUSED);
	assert_int_equal(store_case_by_reference(w->s, "LARK-2", &id, &w->e),
	    RC_REFUSED);
	assert_int_equal(store_case_load(w->s, &d->lark, &c, &w->e),
	    RC_REFUSED);
	assert_int_equal(store_named(w->s, &d->wren, &names, &w->e),
	    RC_REFUSED);
	assert_int_equal(r.n, 0);
}

static enum rc
write_note(struct world *w, struct case_id id)
{
	struct entry_draft d = {id, "note", span_of_day(moment_day(w->now)),
	    NULL};

	d.body = json_pack("{s:s, s:s}", "basis", "fact", "facts",
	    "An invented remark");
	return world_append(w, d, NULL);
}

static void
others_add_what_was_seen_and_nothing_else(void **state)
{
	struct desk *d = *state;
	struct world *w = &d->w;
	struct entry_draft o = draft_observation(d->wren, "B2", "present",
	    "told by a neighbour");
	struct casefile c;

	people_enter(w, OTHER);
	assert_int_equal(write_note(w, d->wren), RC_REFUSED);
	assert_int_equal(world_append(w, draft_identity(d->wren, "Nobody",
	    NULL), NULL), RC_REFUSED);
	world_ok(w, store_bulk_begin(w->s, &w->e));
	world_ok(w, store_bulk_add(w->s, &o, NULL, &w->e));
	world_ok(w, store_bulk_seal(w->s, &w->e));
	entry_draft_release(&o);
	assert_int_equal(rows_of_filter(w, NULL).masked, 1);
	assert_int_equal(rows_of_search(w, "neighbour", 0).n, 0);
	people_enter(w, NAMED);
	assert_int_equal(rows_of_search(w, "neighbour", 0).n, 1);
	world_ok(w, store_case_load(w->s, &d->wren, &c, &w->e));
	assert_int_equal(c.nrecords, 6);
	casefile_release(&c);
	assert_int_equal(write_note(w, d->wren), RC_OK);
}

static struct entry_draft
draft_strike(struct desk *d)
{
	struct entry_draft strike = {d->wren, "strike", span_none(), NULL};
	char hex[2 * ENTRY_ID_LEN + 1] = "";
	struct casefile c;

	world_ok(&d->w, store_case_load(d->w.s, &d->wren, &c, &d->w.e));
	hex_format(c.restriction->entry.id.b, ENTRY_ID_LEN, hex);
	casefile_release(&c);
	strike.body = json_pack("{s:s, s:s}", "target", hex, "reason",
	    "not needed any more");
	return strike;
}

static void
strike_by_a_practitioner_does_not_lift_it(void **state)
{
	struct desk *d = *state;

	people_enter(&d->w, NAMED);
	world_ok(&d->w, world_append(&d->w, draft_strike(d), NULL));
	people_enter(&d->w, OTHER);
	assert_int_equal(rows_of_filter(&d->w, NULL).masked, 1);
}

static void
supervisor_who_is_named_may_strike_it(void **state)
{
	struct desk *d = *state;

	world_ok(&d->w, world_append(&d->w, draft_strike(d), NULL));
	people_enter(&d->w, OTHER);
	assert_int_equal(rows_of_filter(&d->w, NULL).masked, 0);
}

static enum rc
lift(struct desk *d)
{
	struct restriction r = {.case_id = &d->wren, .reason =
	    "the aunt has moved on", .review = DAY_NONE};

	return store_restrict(d->w.s, &r, &d->w.e);
}

static void
only_supervisors_lift_it(void **state)
{
	static const char *const who[] = {NAMED, OTHER, TRAINER,
	    ADMINISTRATOR, AUDITOR};
	struct desk *d = *state;
	struct world *w = &d->w;

	for (size_t i = 0; i < sizeof(who) / sizeof(who[0]); i++) {
		people_enter(w, who[i]);
		assert_int_equal(lift(d), RC_REFUSED);
	}
	/* A supervisor who is not named gives a reason first, as all do. */
	people_enter(w, SECOND);
	assert_int_equal(lift(d), RC_REFUSED);
	world_ok(w, store_break_glass(w->s, &d->wren,
	    "both who are named are away", &w->e));
	world_ok(w, lift(d));
	assert_int_equal(lift(d), RC_INPUT);
	people_enter(w, OTHER);
	assert_int_equal(rows_of_filter(w, NULL).masked, 0);
}

/* Written past the program's checks, it is there and does not count. */
static void
forged_restrictions_do_not_count(void **state)
{
	struct desk *d = *state;
	struct world *w = &d->w;
	struct entry_draft lifted = {d->wren, "restrict", span_none(), NULL};
	struct entry_draft set = {d->owl, "restrict", span_none(), NULL};
	char hex[2 * AUTHOR_LEN + 1];
	struct store_verdict v;

	people_enter(w, OTHER);
	hex_format(store_author(w->s)->b, AUTHOR_LEN, hex);
	lifted.body = json_pack("{s:s, s:s}", "state", "lifted", "reason",
	    "an invented reason");
	set.body = json_pack("{s:s, s:[s], s:s}", "state", "set", "people",
	    hex, "reason", "an invented reason");
	raw_pass_roles(w->s, true);
	world_ok(w, world_append(w, lifted, NULL));
	world_ok(w, world_append(w, set, NULL));
	raw_pass_roles(w->s, false);
	expect(w, 3, 1);
	people_enter(w, SECOND);
	expect(w, 3, 1);
	world_ok(w, store_verify(w->s, NULL, NULL, &v, &w->e));
	assert_non_null(strstr(v.fault, "role did not allow"));
}

static void
restriction_names_people_who_can_open_it(void **state)
{
	static const struct {
		const char *name, *reason;
		int32_t day;
		const char *says;
	} wrong[] = {
		{"Nobody Here", WHY, DAY_NONE, "nobody with access"},
		{ADMINISTRATOR, WHY, DAY_NONE, "opens no cases"},
		{NAMED, "because", DAY_NONE, "at least 10 letters"},
		{NAMED, NULL, DAY_NONE, "at least 10 letters"},
		{NAMED, WHY, 0, "must come after today"}
	};
	struct desk *d = *state;
	struct world *w = &d->w;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct restriction r = {.case_id = &d->lark,
		    .people = &wrong[i].name, .n = 1,
		    .reason = wrong[i].reason, .review = wrong[i].day};

		assert_int_equal(store_restrict(w->s, &r, &w->e), RC_INPUT);
		assert_non_null(strstr(w->e.text, wrong[i].says));
	}
	assert_int_equal(rows_of_filter(w, "is:restricted").n, 1);
}

static bool
take_due(const struct case_row *row, void *ctx)
{
	struct case_row *out = ctx;

	if (row->due != INT64_MAX) {
		out->due = row->due;
		out->lowering = strcmp(row->due_why, "restriction review") ==
		    0;
	}
	return true;
}

static void
review_comes_up_among_what_is_due(void **state)
{
	struct desk *d = *state;
	struct case_row due = {.due = 0};
	int32_t day = moment_day(d->w.now) + 90;

	world_ok(&d->w, store_cases(d->w.s, NULL, 0, 0, take_due, &due,
	    &d->w.e));
	assert_int_equal(due.due, moment_of_day(day + 1));
	assert_true(due.lowering);
}

static void
another_restriction_takes_its_place(void **state)
{
	struct desk *d = *state;

	desk_restrict(d, OTHER);
	people_enter(&d->w, NAMED);
	assert_int_equal(rows_of_filter(&d->w, NULL).masked, 1);
	people_enter(&d->w, OTHER);
	assert_int_equal(rows_of_filter(&d->w, NULL).masked, 0);
}

static void
rebuild_and_verify_agree(void **state)
{
	unsigned char before[32], after[32];
	struct desk *d = *state;
	struct world *w = &d->w;
	struct store_verdict v;

	people_enter(w, OTHER);
	world_ok(w, store_break_glass(w->s, &d->wren,
	    "On duty tonight, she is missing", &w->e));
	world_ok(w, store_projection_hash(w->s, before, &w->e));
	world_ok(w, store_verify(w->s, NULL, NULL, &v, &w->e));
	assert_string_equal(v.fault, "");
	world_ok(w, store_rebuild(w->s, NULL, NULL, &w->e));
	world_ok(w, store_projection_hash(w->s, after, &w->e));
	assert_memory_equal(before, after, 32);
}

/* Whoever verifies may be one who opens no cases, or not this one. */
static void
verify_does_not_name_it_to_others(void **state)
{
	static const char *const who[] = {OTHER, ADMINISTRATOR};
	struct desk *d = *state;
	struct world *w = &d->w;
	struct store_verdict v;

	assert_int_equal(raw_sql(w->s, "UPDATE case_list SET signs = 9"
	    " WHERE restricted = 1"), 0);
	world_ok(w, store_verify(w->s, NULL, NULL, &v, &w->e));
	assert_non_null(strstr(v.fault, "case \"WREN-1\""));
	for (size_t i = 0; i < 2; i++) {
		people_enter(w, who[i]);
		world_ok(w, store_verify(w->s, NULL, NULL, &v, &w->e));
		assert_non_null(strstr(v.fault, "does not say of case"));
		assert_null(strstr(v.fault, "WREN"));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, desk_make, desk_unmake)
		T(glass_is_broken_with_a_reason_and_for_one_session),
		T(glass_is_not_for_every_role),
		T(administrator_reads_nothing),
		T(others_add_what_was_seen_and_nothing_else),
		T(strike_by_a_practitioner_does_not_lift_it),
		T(supervisor_who_is_named_may_strike_it),
		T(only_supervisors_lift_it),
		T(forged_restrictions_do_not_count),
		T(restriction_names_people_who_can_open_it),
		T(review_comes_up_among_what_is_due),
		T(another_restriction_takes_its_place),
		T(rebuild_and_verify_agree),
		T(verify_does_not_name_it_to_others)
#undef T
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
