/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is due over all cases: whose it is, in which order, what restricted
 * cases tell, and that the projection is what the entries say.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/date.h"
#include "db/due.h"
#include "tests/store/folk.h"
#include "tests/store/team.h"

#define LINES_MAX 64

struct line {
	enum due_group group;
	char what[160];
	bool bare;		/* tells nothing but its case */
	struct case_id id;
};

struct lines {
	struct line list[LINES_MAX];
	size_t n;
};

static bool
take(const struct due_row *row, void *ctx)
{
	struct lines *ls = ctx;
	struct line *l = &ls->list[ls->n++];
	char day[DAY_TEXT_MAX] = "never";

	assert_true(ls->n <= LINES_MAX);
	if (row->due != INT64_MAX)
		day_format(moment_day(row->due - 1), day);
	l->group = row->group;
	l->id = row->case_id;
	(void)snprintf(l->what, sizeof(l->what), "%s %s %s %s%s",
	    row->reference, row->rule, day, row->named ? "" : "by ",
	    row->who);
	l->bare = row->restricted && *row->reference == '\0' &&
	    *row->name == '\0' && *row->rule == '\0' && *row->what == '\0' &&
	    *row->counted == '\0' && *row->who == '\0' &&
	    row->due == INT64_MAX;
	return true;
}

static struct due_query
all(const struct world *w)
{
	return (struct due_query){.now = w->now, .until = INT64_MAX};
}

static struct lines
lines_of(struct world *w, const struct due_query *q)
{
	struct lines ls = {.n = 0};

	world_ok(w, store_due(w->s, q, take, &ls, &w->e));
	return ls;
}

static struct due_counts
counts_of(struct world *w, const struct due_query *q)
{
	struct due_counts c;

	world_ok(w, store_due_count(w->s, q, &c, &w->e));
	return c;
}

static void
act(struct world *w, struct case_id id, const char *owner, int days)
{
	struct entry_draft d = {id, "action",
	    span_of_day(moment_day(w->now) - 30), NULL};
	char day[DAY_TEXT_MAX];

	day_format(moment_day(w->now) + days, day);
	d.body = json_pack("{s:s, s:s, s:s}", "what", "An invented action",
	    "owner", owner, "due", day);
	world_ok(w, world_append(w, d, NULL));
}

static void
refuse_to_count(struct world *w, struct case_id id)
{
	struct entry_draft d = {id, "person-of-concern",
	    span_of_day(moment_day(w->now)), NULL};

	d.body = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "name", "Invented",
	    "why", "Words", "more_than_one", "no", "exploitation", "no",
	    "works_with_children", "yes", "counted",
	    "Not counted: the rules could not be read");
	world_ok(w, world_append(w, d, NULL));
}

/*
 * FINCH-1 is of NAMED, and in it stands what is of OTHER as well; LARK-2 and
 * OWL-3 of the desk were opened by the supervisor, WREN-1 is restricted.
 */
static struct case_id
fill(struct desk *d)
{
	struct world *w = &d->w;
	struct case_id finch;

	people_enter(w, NAMED);
	finch = world_case(w, "FINCH-1");
	act(w, finch, "Perrin Ashdown", 3);
	act(w, finch, "Perrin Ashdown", -5);
	act(w, finch, "nell QUARRY, housing", -2);
	act(w, finch, "Nell Quarry", 9);
	act(w, finch, "Perrin Ashdown", -9);
	refuse_to_count(w, finch);
	w->now += 60000;
	people_enter(w, OTHER);
	refuse_to_count(w, finch);
	return finch;
}

static void
expect(const struct lines *ls, const char *const *want)
{
	size_t i;

	for (i = 0; want[i] != NULL && i < ls->n; i++) {
		char have[200];

		(void)snprintf(have, sizeof(have), "%s: %s",
		    due_group_label(ls->list[i].group), ls->list[i].what);
		assert_string_equal(have, want[i]);
	}
	assert_int_equal(ls->n, i);
	assert_null(want[i]);
}

static const char *const for_named[] = {
	"Mine, overdue: FINCH-1 action 2025-12-23 Perrin Ashdown",
	"Mine, overdue: FINCH-1 action 2025-12-27 Perrin Ashdown",
	"Mine, overdue: FINCH-1 action 2025-12-30 nell QUARRY, housing",
	"Mine: FINCH-1 lado never by Tom Ashby",
	"Mine: FINCH-1 lado never by Nell Quarry",
	"Mine: FINCH-1 action 2026-01-04 Perrin Ashdown",
	"Mine: FINCH-1 action 2026-01-10 Nell Quarry",
	"Others: WREN-1 restriction-review 2026-04-01 by Ilse Marwood",
	NULL
};

static const char *const for_other[] = {
	"Mine, overdue: FINCH-1 action 2025-12-30 nell QUARRY, housing",
	"Mine: FINCH-1 lado never by Nell Quarry",
	"Mine: FINCH-1 action 2026-01-10 Nell Quarry",
	"Others, overdue: FINCH-1 action 2025-12-23 Perrin Ashdown",
	"Others, overdue: FINCH-1 action 2025-12-27 Perrin Ashdown",
	"Others: FINCH-1 lado never by Tom Ashby",
	"Others: FINCH-1 action 2026-01-04 Perrin Ashdown",
	"Restricted to others:   never by ",
	NULL
};

static void
mine_first_and_overdue_first(void **state)
{
	struct desk *d = *state;
	struct due_query q = all(&d->w);
	struct lines ls;

	(void)fill(d);
	ls = lines_of(&d->w, &q);
	expect(&ls, for_other);
	people_enter(&d->w, NAMED);
	ls = lines_of(&d->w, &q);
	expect(&ls, for_named);
}

/* Any page is the same stretch of the whole, and counts are of the rows. */
static void
pages_are_parts_of_the_whole(void **state)
{
	struct desk *d = *state;
	struct due_query q = all(&d->w), page;
	struct due_counts c;
	struct lines whole, part;
	size_t in[DUE_GROUPS] = {0};

	(void)fill(d);
	whole = lines_of(&d->w, &q);
	for (size_t from = 0; from <= whole.n; from++) {
		for (size_t n = 1; n <= whole.n + 1; n++) {
			page = q;
			page.offset = from;
			page.limit = n;
			part = lines_of(&d->w, &page);
			assert_int_equal(part.n, whole.n - from < n ?
			    whole.n - from : n);
			for (size_t i = 0; i < part.n; i++)
				assert_string_equal(part.list[i].what,
				    whole.list[from + i].what);
		}
	}
	for (size_t i = 0; i < whole.n; i++)
		in[whole.list[i].group]++;
	c = counts_of(&d->w, &q);
	assert_int_equal(c.all, whole.n);
	for (size_t g = 0; g < DUE_GROUPS; g++)
		assert_int_equal(c.in[g], in[g]);
	/* Two of the desk's, and FINCH-1; not the one that is restricted. */
	assert_int_equal(c.cases, 3);
}

static size_t
same_count(struct world *w, const struct due_query *q)
{
	struct lines ls = lines_of(w, q);
	struct due_counts c = counts_of(w, q);

	assert_int_equal(ls.n, c.all);
	for (size_t i = 0; i < ls.n; i++)
		assert_int_not_equal(ls.list[i].group, DUE_RESTRICTED);
	return ls.n;
}

static void
what_is_asked_for_narrows_it(void **state)
{
	struct desk *d = *state;
	struct world *w = &d->w;
	struct due_query q = all(w);
	int32_t today = moment_day(w->now);

	(void)fill(d);
	q.mine = true;
	assert_int_equal(same_count(w, &q), 3);
	q.overdue = true;
	assert_int_equal(same_count(w, &q), 1);
	q.mine = false;
	assert_int_equal(same_count(w, &q), 3);
	q.overdue = false;
	q.rule = "action";
	assert_int_equal(same_count(w, &q), 5);
	q.rule = "nothing";
	assert_int_equal(same_count(w, &q), 0);
	q.rule = NULL;
	/* To the end of the fourth day; what was not counted may be due by then. */
	q.until = moment_of_day(today + 4) + 1;
	assert_int_equal(same_count(w, &q), 6);
	q.until = moment_of_day(today + 4);
	assert_int_equal(same_count(w, &q), 5);
	q.until = moment_of_day(today - 4) + 1;
	assert_int_equal(same_count(w, &q), 4);
}

static void
a_restricted_case_says_only_that(void **state)
{
	struct desk *d = *state;
	struct world *w = &d->w;
	struct due_query q = all(w);
	struct lines ls;

	people_enter(w, NAMED);
	act(w, d->wren, "Nell Quarry", -4);
	people_enter(w, OTHER);
	ls = lines_of(w, &q);
	assert_int_equal(ls.n, 1);
	assert_true(ls.list[0].bare);
	assert_true(case_id_equal(&ls.list[0].id, &d->wren));
	q.mine = true;
	assert_int_equal(same_count(w, &q), 0);
	q.mine = false;
	world_ok(w, store_break_glass(w->s, &d->wren,
	    "On duty tonight, she is missing", &w->e));
	ls = lines_of(w, &q);
	assert_int_equal(ls.n, 2);
	assert_string_equal(ls.list[0].what,
	    "WREN-1 action 2025-12-28 Nell Quarry");
	people_enter(w, ADMINISTRATOR);
	assert_int_equal(store_due(w->s, &q, take, &ls, &w->e), RC_REFUSED);
}

static void
closing_stops_the_clocks(void **state)
{
	struct desk *d = *state;
	struct world *w = &d->w;
	struct due_query q = all(w);
	struct entry_draft close = {.kind = "close", .on = span_none()};

	close.case_id = fill(d);
	people_enter(w, NAMED);
	close.body = json_pack("{s:s, s:s, s:s}", "why", "safe", "words",
	    "Invented", "child", "Invented");
	world_ok(w, world_append(w, close, NULL));
	assert_int_equal(lines_of(w, &q).n, 1);
	close.kind = "reopen";
	close.body = json_pack("{s:s}", "why", "Invented");
	world_ok(w, world_append(w, close, NULL));
	assert_int_equal(lines_of(w, &q).n, 8);
}

static void
rebuild_gives_the_same(void **state)
{
	unsigned char before[32], after[32];
	struct desk *d = *state;
	struct world *w = &d->w;

	(void)fill(d);
	world_ok(w, store_projection_hash(w->s, before, &w->e));
	world_ok(w, store_rebuild(w->s, NULL, NULL, &w->e));
	world_ok(w, store_projection_hash(w->s, after, &w->e));
	assert_memory_equal(before, after, 32);
	assert_int_equal(raw_sql(w->s, "UPDATE due SET at = at + 1"), 0);
	world_ok(w, store_projection_hash(w->s, after, &w->e));
	assert_memory_not_equal(before, after, 32);
	world_ok(w, store_rebuild(w->s, NULL, NULL, &w->e));
	world_ok(w, store_projection_hash(w->s, after, &w->e));
	assert_memory_equal(before, after, 32);
}

static void
verify_compares_it(void **state)
{
	static const char *const attacks[] = {
		"UPDATE due SET at = at + 1 WHERE n = 1",
		"UPDATE due SET named = 'x' WHERE n = 2",
		"UPDATE due SET opener = opener + 1 WHERE n = 0",
		"UPDATE due SET entry = zeroblob(32) WHERE n = 0",
		"DELETE FROM due WHERE n = 3",
		"INSERT INTO due SELECT book, 99, at, rule, what, who, named,"
		" counted, opener, author, entry FROM due WHERE n = 2",
		"INSERT INTO due SELECT 1, n, at, rule, what, who, named,"
		" counted, opener, author, entry FROM due WHERE n = 2",
	};
	struct desk *d = *state;
	struct world *w = &d->w;

	(void)fill(d);
	assert_sound(w);
	for (size_t i = 0; i < sizeof(attacks) / sizeof(attacks[0]); i++) {
		assert_int_equal(raw_sql(w->s, attacks[i]), 0);
		assert_fault(w, "list of what is due");
		world_ok(w, store_rebuild(w->s, NULL, NULL, &w->e));
		assert_sound(w);
	}
}

static void
another_key_of_the_store_keeps_it(void **state)
{
	struct desk *d = *state;
	struct world *w = &d->w;
	struct due_query q = all(w);
	struct lines ls;

	(void)fill(d);
	people_enter(w, SUPERVISOR);
	world_ok(w, store_rekey(w->s, NULL, "An invented reason", NULL, NULL,
	    &w->e));
	people_enter(w, NAMED);
	ls = lines_of(w, &q);
	expect(&ls, for_named);
	assert_sound(w);
}

/* Whoever forgot a passphrase has another key since, and the same cases. */
static void
a_new_passphrase_keeps_what_is_mine(void **state)
{
	struct world *w = *state;
	struct due_query q = all(w);

	in_as_oda(w);
	act(w, world_case(w, "OWL-1"), "Perrin Ashdown", 4);
	q.mine = true;
	assert_int_equal(lines_of(w, &q).n, 1);
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	world_ok(w, folk_reset(w, ODA, ODA_PASS));
	assert_int_equal(lines_of(w, &q).n, 0);
	world_ok(w, open_as(w, ODA, ODA_PASS));
	assert_int_equal(lines_of(w, &q).n, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, desk_make, desk_unmake)
		T(mine_first_and_overdue_first),
		T(pages_are_parts_of_the_whole),
		T(what_is_asked_for_narrows_it),
		T(a_restricted_case_says_only_that),
		T(closing_stops_the_clocks),
		T(rebuild_gives_the_same),
		T(verify_compares_it),
		T(another_key_of_the_store_keeps_it),
#undef T
		cmocka_unit_test_setup_teardown(
		    a_new_passphrase_keeps_what_is_mine, folk_make,
		    folk_unmake),
	};

	return cmocka_run_group_tests_name("store: what is due", tests, NULL,
	    NULL);
}
