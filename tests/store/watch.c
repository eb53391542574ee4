/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who looked at what: every look leaves one entry, before anything is shown,
 * and only those read them who may.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/store/team.h"

#define MINUTE (INT64_C(60) * 1000)
#define LOOKS_MAX 16

/* Looks as they came, newest first. */
struct seen {
	size_t n;
	struct {
		enum look what;
		char who[32], reference[32], words[600], reason[64];
		uint64_t count;
		bool has_case;
	} looks[LOOKS_MAX];
};

static bool
take(const struct look_row *row, void *ctx)
{
	struct seen *s = ctx;

	if (s->n == LOOKS_MAX)
		return false;
	s->looks[s->n].what = row->what;
	s->looks[s->n].count = row->count;
	s->looks[s->n].has_case = row->has_case;
	(void)snprintf(s->looks[s->n].who, 32, "%s", row->who);
	(void)snprintf(s->looks[s->n].reference, 32, "%s", row->reference);
	(void)snprintf(s->looks[s->n].words, 600, "%s", row->words);
	(void)snprintf(s->looks[s->n++].reason, 64, "%s", row->reason);
	return true;
}

static struct seen
ask(struct world *w, const struct look_query *q)
{
	struct seen s = {.n = 0};

	world_ok(w, store_looks(w->s, q, take, &s, &w->e));
	return s;
}

/* Nothing is restricted. */
static int
make(void **state)
{
	struct desk *d = calloc(1, sizeof(*d));

	people_make(&d->w);
	d->wren = world_case(&d->w, "WREN-1");
	d->lark = world_case(&d->w, "LARK-2");
	*state = d;
	return 0;
}

static void
look(struct desk *d, enum look what, const struct case_id *id,
    const char *words, uint64_t count)
{
	struct look_note n = {what, id, words, count, NULL};

	world_ok(&d->w, store_look(d->w.s, &n, &d->w.e));
}

static long long
lines(struct world *w)
{
	return raw_number(w->s, "SELECT count(*) FROM look");
}

static void
every_look_is_one_entry(void **state)
{
	static const struct {
		enum look what;
		uint64_t count;
	} all[] = {
		{LOOK_OPEN, 0}, {LOOK_SEARCH, 3}, {LOOK_LIST, 2},
		{LOOK_EXPORT, 2}, {LOOK_PRINT, 0}, {LOOK_FAILED_UNLOCK, 5}
	};
	struct look_query q = {.person = OTHER, .since = INT64_MIN};
	struct desk *d = *state;
	struct seen s;

	people_enter(&d->w, OTHER);
	for (size_t i = 0; i < 6; i++) {
		d->w.now += MINUTE;
		look(d, all[i].what, i == 0 || i == 4 ? &d->wren : NULL,
		    i == 1 ? "ada wren" : NULL, all[i].count);
		assert_int_equal(lines(&d->w), i + 1);
	}
	people_enter(&d->w, SUPERVISOR);
	s = ask(&d->w, &q);
	assert_int_equal(s.n, 6);
	for (size_t i = 0; i < 6; i++) {
		assert_int_equal(s.looks[i].what, all[5 - i].what);
		assert_int_equal(s.looks[i].count, all[5 - i].count);
		assert_string_equal(s.looks[i].who, OTHER);
		assert_string_equal(look_label(s.looks[i].what),
		    look_label(all[5 - i].what));
	}
	assert_string_equal(s.looks[4].words, "ada wren");
	assert_string_equal(s.looks[5].reference, "WREN-1");
	assert_string_equal(look_code(LOOK_BREAK_GLASS), "break-glass");
	assert_string_equal(look_code(LOOK_LOOKED_UP), "looked-up");
}

static void
case_opened_again_within_ten_minutes_is_one_look(void **state)
{
	struct desk *d = *state;
	struct world *w = &d->w;

	people_enter(w, OTHER);
	look(d, LOOK_OPEN, &d->wren, NULL, 0);
	w->now += 9 * MINUTE;
	look(d, LOOK_OPEN, &d->wren, NULL, 0);
	assert_int_equal(lines(w), 1);
	look(d, LOOK_OPEN, &d->lark, NULL, 0);
	assert_int_equal(lines(w), 2);
	/* By somebody else, in another session or not: another look. */
	people_enter(w, NAMED);
	look(d, LOOK_OPEN, &d->wren, NULL, 0);
	assert_int_equal(lines(w), 3);
	people_enter(w, OTHER);
	w->now += 2 * MINUTE;
	look(d, LOOK_OPEN, &d->wren, NULL, 0);
	assert_int_equal(lines(w), 4);
	/* What leaves the program is noted each time. */
	look(d, LOOK_PRINT, &d->wren, NULL, 0);
	look(d, LOOK_PRINT, &d->wren, NULL, 0);
	look(d, LOOK_EXPORT, &d->wren, NULL, 0);
	look(d, LOOK_SEARCH, NULL, "wren", 1);
	look(d, LOOK_SEARCH, NULL, "wren", 1);
	assert_int_equal(lines(w), 9);
}

static void
clock_put_back_hides_no_look(void **state)
{
	struct desk *d = *state;
	struct world *w = &d->w;

	people_enter(w, OTHER);
	look(d, LOOK_OPEN, &d->wren, NULL, 0);
	w->now += 20 * MINUTE;
	look(d, LOOK_OPEN, &d->lark, NULL, 0);
	w->now -= 60 * MINUTE;
	look(d, LOOK_OPEN, &d->wren, NULL, 0);
	assert_int_equal(lines(w), 3);
}

static void
look_that_cannot_be_written_is_not_made(void **state)
{
	struct look_note n = {.what = LOOK_SEARCH, .words = "wren"};
	struct desk *d = *state;
	struct world *w = &d->w;
	struct look_query q = {.since = INT64_MIN};
	struct seen s = {.n = 0};

	world_ok(w, store_bulk_begin(w->s, &w->e));
	assert_int_equal(store_look(w->s, &n, &w->e), RC_BUSY);
	assert_int_equal(store_looks(w->s, &q, take, &s, &w->e), RC_BUSY);
	assert_int_equal(s.n, 0);
	store_bulk_abandon(w->s);
	assert_int_equal(lines(w), 0);
	n.case_id = &(struct case_id){{9}};
	n.what = LOOK_OPEN;
	assert_int_equal(store_look(w->s, &n, &w->e), RC_NOTFOUND);
}

static void
words_of_any_bytes_become_one_line(void **state)
{
	struct desk *d = *state;
	struct world *w = &d->w;
	struct look_query q = {.since = INT64_MIN};
	char words[700];
	struct seen s;

	look(d, LOOK_EXPORT, NULL, "a\nb\033[31m\xff.csv", 1);
	memset(words, 'x', sizeof(words));
	for (size_t i = 1; i < 600; i += 2)
		memcpy(words + i, "\xc3\xa9", 2);
	words[699] = '\0';
	look(d, LOOK_EXPORT, NULL, words, 1);
	s = ask(w, &q);
	assert_int_equal(s.n, 3);
	assert_true(strlen(s.looks[1].words) <= 500);
	assert_true(strlen(s.looks[1].words) >= 498);
	assert_null(strpbrk(s.looks[2].words, "\n\033"));
	assert_non_null(strstr(s.looks[2].words, ".csv"));
}

static void
asking_is_a_look_too(void **state)
{
	struct look_query all = {.since = INT64_MIN};
	struct desk *d = *state;
	struct look_query wren = {.case_id = &d->wren, .since = INT64_MIN};
	struct world *w = &d->w;
	struct seen s;

	people_enter(w, OTHER);
	look(d, LOOK_OPEN, &d->wren, NULL, 0);
	people_enter(w, SECOND);
	assert_int_equal(looks_of(w, &wren), 2);
	s = ask(w, &wren);
	assert_int_equal(s.n, 2);
	assert_int_equal(s.looks[0].what, LOOK_LOOKED_UP);
	assert_string_equal(s.looks[0].who, SECOND);
	assert_string_equal(s.looks[0].reference, "WREN-1");
	assert_int_equal(lines(w), 2);
	/* Another question is another look; the same a while later too. */
	assert_int_equal(looks_of(w, &all), 3);
	w->now += 11 * MINUTE;
	assert_int_equal(looks_of(w, &wren), 3);
	assert_int_equal(lines(w), 4);
}

static const struct {
	const char *name;
	bool may;
} readers[] = {
	{SUPERVISOR, true}, {SECOND, true}, {ADMINISTRATOR, true},
	{AUDITOR, true}, {NAMED, false}, {TRAINER, false}
};

static void
only_some_may_see_what_others_opened(void **state)
{
	struct desk *d = *state;
	struct world *w = &d->w;
	const struct look_query qs[] = {
		{.since = INT64_MIN},
		{.person = OTHER, .since = INT64_MIN},
		{.case_id = &d->wren, .since = INT64_MIN},
		{.flagged = true, .since = INT64_MIN}
	};
	struct seen s = {.n = 0};
	size_t n;

	people_enter(w, OTHER);
	look(d, LOOK_OPEN, &d->wren, NULL, 0);
	for (size_t i = 0; i < 6; i++) {
		people_enter(w, readers[i].name);
		for (size_t k = 0; k < 4; k++) {
			enum rc want = readers[i].may ? RC_OK : RC_REFUSED;

			assert_int_equal(store_looks_count(w->s, &qs[k], &n,
			    &w->e), want);
			s.n = 0;
			assert_int_equal(store_looks(w->s, &qs[k], take, &s,
			    &w->e), want);
			assert_true(readers[i].may || s.n == 0);
		}
	}
}

static void
everybody_sees_their_own(void **state)
{
	struct look_query own = {.person = "nell quarry",
	    .since = INT64_MIN};
	struct desk *d = *state;
	struct world *w = &d->w;
	struct seen s;

	look(d, LOOK_OPEN, &d->wren, NULL, 0);
	people_enter(w, OTHER);
	look(d, LOOK_OPEN, &d->lark, NULL, 0);
	s = ask(w, &own);
	assert_int_equal(s.n, 2);
	assert_string_equal(s.looks[1].reference, "LARK-2");
	own.person = "Nobody Atall";
	people_enter(w, SUPERVISOR);
	assert_int_equal(store_looks(w->s, &own, take, &s, &w->e),
	    RC_NOTFOUND);
}

static void
administrator_sees_that_and_not_what(void **state)
{
	struct look_query q = {.person = OTHER, .since = INT64_MIN};
	struct desk *d = *state;
	struct world *w = &d->w;
	struct seen s;

	people_enter(w, OTHER);
	look(d, LOOK_OPEN, &d->wren, NULL, 0);
	look(d, LOOK_SEARCH, NULL, "ada", 2);
	people_enter(w, ADMINISTRATOR);
	s = ask(w, &q);
	assert_int_equal(s.n, 2);
	assert_string_equal(s.looks[0].words, "");
	assert_int_equal(s.looks[0].count, 2);
	assert_true(s.looks[1].has_case);
	assert_string_equal(s.looks[1].reference, "");
}

static void
looks_need_the_right_to(void **state)
{
	static const enum look whats[] = {LOOK_OPEN, LOOK_SEARCH, LOOK_LIST,
	    LOOK_EXPORT, LOOK_PRINT};
	struct desk *d = *state;
	struct world *w = &d->w;

	people_enter(w, ADMINISTRATOR);
	for (size_t i = 0; i < 5; i++) {
		struct look_note n = {.what = whats[i]};

		assert_int_equal(store_look(w->s, &n, &w->e), RC_REFUSED);
	}
	assert_int_equal(lines(w), 0);
}

static void
auditor_writes_nothing_but_looks(void **state)
{
	struct desk *d = *state;
	struct world *w = &d->w;
	const char *people[] = {AUDITOR};
	struct restriction r = {.case_id = &d->wren, .people = people,
	    .n = 1, .reason = "an invented reason", .review = DAY_NONE};

	people_enter(w, AUDITOR);
	assert_int_equal(world_append(w, draft_open(store_new_case_id(w->s),
	    "OWL-3"), NULL), RC_REFUSED);
	assert_int_equal(world_append(w, draft_identity(d->wren, "Nobody",
	    NULL), NULL), RC_REFUSED);
	assert_int_equal(world_append(w, draft_observation(d->wren, "B1",
	    "present", "nothing"), NULL), RC_REFUSED);
	assert_int_equal(store_restrict(w->s, &r, &w->e), RC_REFUSED);
	look(d, LOOK_OPEN, &d->wren, NULL, 0);
	assert_int_equal(lines(w), 1);
}

static void
restricted_case_is_not_named_to_others(void **state)
{
	struct desk *d = *state;
	struct world *w = &d->w;
	const char *people[] = {NAMED};
	struct restriction r = {.case_id = &d->wren, .people = people,
	    .n = 1, .reason = "an invented reason", .review = DAY_NONE};
	struct look_query q = {.since = INT64_MIN};
	struct look_note n = {.what = LOOK_PRINT, .case_id = &d->wren};
	struct seen s;

	world_ok(w, store_restrict(w->s, &r, &w->e));
	people_enter(w, OTHER);
	assert_int_equal(store_look(w->s, &n, &w->e), RC_REFUSED);
	n.what = LOOK_OPEN;
	assert_int_equal(store_look(w->s, &n, &w->e), RC_REFUSED);
	n.what = LOOK_EXPORT;
	assert_int_equal(store_look(w->s, &n, &w->e), RC_REFUSED);
	n.what = LOOK_BREAK_GLASS;
	assert_int_equal(store_look(w->s, &n, &w->e), RC_INPUT);
	assert_int_equal(lines(w), 0);
	n.reason = "On duty, and she is missing";
	world_ok(w, store_look(w->s, &n, &w->e));
	/* The opening has been noted with the reason. */
	look(d, LOOK_OPEN, &d->wren, NULL, 0);
	assert_int_equal(lines(w), 1);
	people_enter(w, SECOND);
	s = ask(w, &q);
	assert_int_equal(s.n, 2);
	assert_int_equal(s.looks[1].what, LOOK_BREAK_GLASS);
	assert_string_equal(s.looks[1].reason, "On duty, and she is missing");
	assert_string_equal(s.looks[1].reference, "");
	people_enter(w, SUPERVISOR);
	s = ask(w, &q);
	assert_string_equal(s.looks[2].reference, "WREN-1");
}

static uint64_t
unread(struct world *w)
{
	struct flagged_news n;

	world_ok(w, store_flagged_since_last(w->s, &n, &w->e));
	return n.opened + n.failed;
}

static void
supervisors_learn_of_what_is_flagged(void **state)
{
	struct look_query q = {.flagged = true, .since = INT64_MIN};
	struct desk *d = *state;
	struct world *w = &d->w;

	assert_int_equal(unread(w), 0);
	people_enter(w, OTHER);
	look(d, LOOK_FAILED_UNLOCK, NULL, NULL, 4);
	assert_int_equal(unread(w), 0);
	people_enter(w, SUPERVISOR);
	assert_int_equal(unread(w), 1);
	assert_int_equal(looks_of(w, &q), 1);
	assert_int_equal(unread(w), 0);
	/* Another supervisor has not read it yet. */
	people_enter(w, SECOND);
	assert_int_equal(unread(w), 1);
	/* In the same ten minutes, and in the same millisecond. */
	people_enter(w, OTHER);
	look(d, LOOK_FAILED_UNLOCK, NULL, NULL, 1);
	people_enter(w, SUPERVISOR);
	assert_int_equal(unread(w), 1);
	assert_int_equal(looks_of(w, &q), 2);
	assert_int_equal(unread(w), 0);
	/* One's own is no news. */
	look(d, LOOK_FAILED_UNLOCK, NULL, NULL, 1);
	assert_int_equal(unread(w), 0);
}

static void
an_opened_case_is_not_hidden_by_slips(void **state)
{
	struct desk *d = *state;
	struct world *w = &d->w;
	const char *people[] = {NAMED};
	struct restriction r = {.case_id = &d->wren, .people = people,
	    .n = 1, .reason = "an invented reason", .review = DAY_NONE};
	struct flagged_news n;

	world_ok(w, store_restrict(w->s, &r, &w->e));
	people_enter(w, OTHER);
	look(d, LOOK_FAILED_UNLOCK, NULL, NULL, 4);
	people_enter(w, SUPERVISOR);
	world_ok(w, store_flagged_since_last(w->s, &n, &w->e));
	assert_string_equal(n.words, "a passphrase failed");
	people_enter(w, OTHER);
	world_ok(w, store_break_glass(w->s, &d->wren,
	    "On duty, and she is missing", &w->e));
	people_enter(w, OTHER);
	world_ok(w, store_break_glass(w->s, &d->wren,
	    "Still on duty, and she is missing", &w->e));
	look(d, LOOK_FAILED_UNLOCK, NULL, NULL, 1);
	people_enter(w, SUPERVISOR);
	world_ok(w, store_flagged_since_last(w->s, &n, &w->e));
	assert_string_equal(n.words, "restricted cases were opened with a "
	    "reason 2 times; passphrases failed 2 times");
}

static void
strangers_look_does_not_count(void **state)
{
	struct look_query q = {.since = INT64_MIN};
	struct look_note n = {.what = LOOK_FAILED_UNLOCK, .count = 7};
	struct desk *d = *state;
	struct world *w = &d->w;
	struct store_verdict v;
	struct seen s;

	people_enter(w, OTHER);
	raw_stranger(w->s);
	world_ok(w, store_look(w->s, &n, &w->e));
	people_enter(w, SUPERVISOR);
	assert_int_equal(lines(w), 1);
	assert_int_equal(unread(w), 0);
	s = ask(w, &q);
	assert_int_equal(s.n, 1);
	assert_int_equal(s.looks[0].what, LOOK_LOOKED_UP);
	world_ok(w, store_verify(w->s, NULL, NULL, &v, &w->e));
	assert_non_null(strstr(v.fault, "role did not allow"));
}

static void
answers_come_in_pages_and_from_a_day_on(void **state)
{
	struct look_query q = {.person = OTHER, .since = INT64_MIN};
	struct desk *d = *state;
	struct world *w = &d->w;
	struct seen s, page;

	people_enter(w, OTHER);
	for (uint64_t i = 1; i <= 5; i++) {
		look(d, LOOK_LIST, NULL, NULL, i);
		w->now += 1440 * MINUTE;
	}
	people_enter(w, SUPERVISOR);
	s = ask(w, &q);
	assert_int_equal(s.n, 5);
	q.limit = 2;
	for (q.offset = 0; q.offset < 6; q.offset += 2) {
		page = ask(w, &q);
		assert_int_equal(page.n, q.offset < 4 ? 2 : 1);
		assert_int_equal(page.looks[0].count, 5 - q.offset);
	}
	q = (struct look_query){.person = OTHER,
	    .since = w->now - 2 * 1440 * MINUTE};
	assert_int_equal(looks_of(w, &q), 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, make, desk_unmake)
		T(every_look_is_one_entry),
		T(case_opened_again_within_ten_minutes_is_one_look),
		T(clock_put_back_hides_no_look),
		T(look_that_cannot_be_written_is_not_made),
		T(words_of_any_bytes_become_one_line),
		T(asking_is_a_look_too),
		T(only_some_may_see_what_others_opened),
		T(everybody_sees_their_own),
		T(administrator_sees_that_and_not_what),
		T(looks_need_the_right_to),
		T(auditor_writes_nothing_but_looks),
		T(restricted_case_is_not_named_to_others),
		T(supervisors_learn_of_what_is_flagged),
		T(an_opened_case_is_not_hidden_by_slips),
		T(strangers_look_does_not_count),
		T(answers_come_in_pages_and_from_a_day_on)
#undef T
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
