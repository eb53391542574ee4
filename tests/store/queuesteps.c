/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A case on its way through the review queue, and what verify says of it.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "db/queue.h"
#include "tests/store/folk.h"
#include "tests/store/queueing.h"
#include "tests/store/team.h"

#define DAY INT64_C(86400000)

struct finding {
	const struct case_id *id;
	unsigned why;
};

static bool
take_row(const struct queue_row *row, void *ctx)
{
	struct finding *f = ctx;

	if (case_id_equal(&row->case_id, f->id))
		f->why = row->why;
	return true;
}

static unsigned
why_of(struct world *w, const struct case_id *id)
{
	struct queue_query q = {.now = w->now, .mine_too = true};
	struct finding f = {id, 0};

	world_ok(w, store_queue(w->s, &q, take_row, &f, &w->e));
	return f.why;
}

static void
a_lowering_goes_through_it(void **state)
{
	struct desk *d = *state;
	struct world *w = &d->w;
	struct rows rows;

	people_enter(w, NAMED);
	assert_int_equal(why_of(w, &d->wren), QUEUE_LEVEL);
	keep_screening(w, d->wren, true);
	assert_int_equal(why_of(w, &d->wren), QUEUE_LOWERING | QUEUE_LEVEL);
	assert_int_equal(count_of_filter(w, "is:lowering"), 1);
	assert_int_equal(count_of_filter(w, "risk:potential"), 1);
	people_enter(w, SUPERVISOR);
	decide(w, d->wren, "return", "");
	assert_int_equal(why_of(w, &d->wren), QUEUE_RETURNED);
	assert_int_equal(count_of_filter(w, "is:returned"), 1);
	people_enter(w, NAMED);
	write_in(w, d->wren, "note", json_pack("{s:s}", "facts", "Invented"));
	assert_int_equal(count_of_filter(w, "is:returned"), 0);
	assert_int_equal(count_of_filter(w, "is:downgraded"), 0);
	people_enter(w, SUPERVISOR);
	decide(w, d->wren, "agree", "vulnerable");
	assert_int_equal(why_of(w, &d->wren), 0);
	assert_int_equal(count_of_filter(w, "is:lowering"), 0);
	assert_int_equal(count_of_filter(w, "is:downgraded"), 1);
	rows = rows_of_filter(w, "risk:vulnerable");
	assert_int_equal(rows.n, 1);
	assert_string_equal(rows.references[0], "WREN-1");
	assert_int_equal(count_of_filter(w, "risk:potential"), 0);
	assert_sound(w);
}

static void
listed_for_a_year(void **state)
{
	struct desk *d = *state;
	struct world *w = &d->w;

	people_enter(w, NAMED);
	keep_screening(w, d->wren, true);
	write_in(w, d->owl, "close", json_pack("{s:s, s:s, s:s}", "why",
	    "safe", "words", "Invented", "child", "Invented"));
	people_enter(w, SUPERVISOR);
	decide(w, d->wren, "lower", "vulnerable");
	w->now += 364 * DAY;
	people_enter(w, SUPERVISOR);
	assert_int_equal(count_of_filter(w, "is:downgraded"), 1);
	assert_int_equal(count_of_filter(w, "is:closed-lately"), 1);
	assert_int_equal(count_of_filter(w, "is:closed-lately,downgraded"), 2);
	assert_sound(w);
	w->now += 3 * DAY;
	people_enter(w, SUPERVISOR);
	assert_int_equal(count_of_filter(w, "is:downgraded"), 0);
	assert_int_equal(count_of_filter(w, "is:closed-lately"), 0);
	assert_int_equal(count_of_filter(w, "is:closed"), 1);
	assert_sound(w);
}

static void
flags_are_found(void **state)
{
	struct desk *d = *state;
	struct world *w = &d->w;

	people_enter(w, OTHER);
	flag(w, d->lark);
	assert_int_equal(count_of_filter(w, "is:flagged"), 1);
	assert_int_equal(why_of(w, &d->lark), QUEUE_FLAG);
	people_enter(w, SECOND);
	decide(w, d->lark, "agree", "insufficient");
	assert_int_equal(count_of_filter(w, "is:flagged"), 0);
	assert_int_equal(why_of(w, &d->lark), 0);
}

static void
whoever_may_see_no_case_sees_no_queue(void **state)
{
	struct desk *d = *state;
	struct queue_query q = {.now = d->w.now};
	struct queue_counts n;
	struct second_looks looks;

	people_enter(&d->w, ADMINISTRATOR);
	assert_int_equal(store_queue(d->w.s, &q, take_row, NULL, &d->w.e),
	    RC_REFUSED);
	assert_int_equal(store_queue_count(d->w.s, &q, &n, &d->w.e),
	    RC_REFUSED);
	assert_int_equal(store_second_looks(d->w.s, &looks, &d->w.e),
	    RC_REFUSED);
}

static void
verify_compares_it(void **state)
{
	static const char *const attacks[] = {
		"UPDATE queue SET why = 0",
		"UPDATE queue SET level = level + 1",
		"UPDATE queue SET rules = 0 WHERE rules <> 0",
		"UPDATE queue SET due = 5, due_why = 'x'",
		"UPDATE queue SET due_rule = 'x'",
		"UPDATE queue SET since = since - 1",
		"UPDATE queue SET authors = ' '",
		"UPDATE queue SET whose = whose + 1",
		"UPDATE queue SET drawn = 1, seen = 1, agreed = 1",
		"DELETE FROM queue WHERE why <> 0",
		"INSERT INTO queue SELECT 77, level, rules, why, due,"
		" due_rule, due_why, since, whose, authors, drawn, seen, agreed,"
		" differed FROM queue LIMIT 1",
	};
	struct desk *d = *state;
	struct world *w = &d->w;

	assert_sound(w);
	for (size_t i = 0; i < sizeof(attacks) / sizeof(attacks[0]); i++) {
		assert_int_equal(raw_sql(w->s, attacks[i]), 0);
		assert_fault(w, "review queue");
		world_ok(w, store_rebuild(w->s, NULL, NULL, &w->e));
		assert_sound(w);
	}
}

/* Whoever forgot a passphrase has another key, and did the old work still. */
static void
ones_own_work_stays_ones_own(void **state)
{
	struct world *w = *state;
	struct queue_query q = {.now = w->now};
	struct queue_counts n;
	struct case_id id;

	world_adopt(w);
	world_ok(w, folk_add(w, "Gwen Pike", ROLE_SUPERVISOR));
	world_ok(w, open_as(w, "Gwen Pike", ODA_PASS));
	world_ok(w, folk_change(w, ODA_PASS, ODA_OWN));
	world_ok(w, open_as(w, "Gwen Pike", ODA_OWN));
	id = world_case(w, "OWL-1");
	flag(w, id);
	world_ok(w, store_queue_count(w->s, &q, &n, &w->e));
	assert_int_equal(n.own, 1);
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	world_ok(w, folk_reset(w, "Gwen Pike", ODA_PASS));
	world_ok(w, store_queue_count(w->s, &q, &n, &w->e));
	assert_int_equal(n.all, 1);
	assert_int_equal(n.own, 0);
	world_ok(w, open_as(w, "Gwen Pike", ODA_PASS));
	world_ok(w, store_queue_count(w->s, &q, &n, &w->e));
	assert_int_equal(n.all, 0);
	assert_int_equal(n.own, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, desk_make, desk_unmake)
		T(a_lowering_goes_through_it),
		T(listed_for_a_year),
		T(flags_are_found),
		T(whoever_may_see_no_case_sees_no_queue),
		T(verify_compares_it),
#undef T
		cmocka_unit_test_setup_teardown(ones_own_work_stays_ones_own,
		    folk_make, folk_unmake),
	};

	return cmocka_run_group_tests_name("store: the review queue, step by step", tests,
	    NULL, NULL);
}
