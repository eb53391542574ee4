/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sessions of a training store: begun, gone on with, found again by whoever
 * opens it, with a log and what is to be asked again for each.
 */
#include "config.h"

#include "db/sessions.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/people.h"
#include "tests/store/sessionworld.h"

#define DAY INT64_C(86400000)

/* Commits the same answer to everything, at the stage in hand. */
static void
attempt(struct world *w, const struct case_id *id, enum answer state)
{
	struct walk_commit commit = { .round = 1, .started = w->now,
	    .judgement = NO_ITEM, .why = "" };
	struct answers a;
	struct casefile c;
	struct walk k;

	world_ok(w, store_session_load(w->s, id, &c, &k, &w->e));
	answers_init(&a);
	for (unsigned i = 0; i < k.in->nitems; i++)
		answers_set(&a, i, state);
	commit.stage = k.way.stages[k.way.n - 1];
	commit.answers = &a;
	w->now += 60000;
	world_ok(w, world_append(w, walk_attempt_draft(&k, &commit), NULL));
	walk_release(&k);
	casefile_release(&c);
}

static void
go_on(struct world *w, const struct case_id *id, uint32_t choice)
{
	enum walk_point points[STUDY_LIST_MAX] = { POINT_NAMED };
	struct casefile c;
	struct walk k;

	world_ok(w, store_session_load(w->s, id, &c, &k, &w->e));
	world_ok(w, world_append(w, walk_lookback_draft(&k, 1, points,
	    choice), NULL));
	walk_release(&k);
	casefile_release(&c);
}

/* ---- sessions ---- */

static void
a_session_is_begun_and_found(void **state)
{
	struct world *w = *state;
	struct case_id first, second, third;
	struct casefile c;
	struct walk k;

	stand(w, "");
	first = begin(w);
	second = begin(w);
	w->now += 60000;
	world_ok(w, begin_file(w, HEADSET, "Our own", &third));
	stand(w, "Our own tired answer 0/0; the-headset-2 tired answer 0/0; "
	    "the-headset-1 tired answer 0/0; ");
	assert_false(case_id_equal(&first, &second));
	world_ok(w, store_session_load(w->s, &third, &c, &k, &w->e));
	assert_string_equal(c.name, "B. (case study)");
	assert_string_equal(k.study->id, "the-headset");
	assert_string_equal(k.sitting, "Autumn");
	assert_int_equal(k.part, WALK_BEFORE);
	assert_memory_equal(&k.learner, store_author(w->s), AUTHOR_LEN);
	walk_release(&k);
	casefile_release(&c);
}

static bool
stop(const struct casefile *c, const struct walk *k, const struct err *e,
    void *ctx)
{
	size_t *n = ctx;

	(void)c;
	(void)k;
	(void)e;
	return ++*n < 2;
}

static void
whoever_has_enough_says_so(void **state)
{
	struct world *w = *state;
	size_t n = 0;

	for (int i = 0; i < 3; i++)
		(void)begin(w);
	world_ok(w, store_sessions(w->s, stop, &n, &w->e));
	assert_int_equal(n, 2);
}

static void
a_session_goes_on_where_it_was(void **state)
{
	static const char wanted[] = "the-headset-2 tired answer 0/0; "
	    "the-headset-1 credit model 2/1; ";
	unsigned char before[32], after[32];
	struct store_verdict v;
	struct world *w = *state;
	struct case_id id = begin(w);

	(void)begin(w);
	attempt(w, &id, ANSWER_NOT_KNOWN);
	go_on(w, &id, STUDY_END);
	attempt(w, &id, ANSWER_PRESENT);
	stand(w, wanted);
	world_reopen(w);
	stand(w, wanted);
	world_ok(w, store_projection_hash(w->s, before, &w->e));
	world_ok(w, store_rebuild(w->s, NULL, NULL, &w->e));
	world_ok(w, store_projection_hash(w->s, after, &w->e));
	assert_memory_equal(before, after, sizeof(before));
	stand(w, wanted);
	world_ok(w, store_verify(w->s, NULL, NULL, &v, &w->e));
	assert_true(v.sound);
}

static void
a_case_that_is_none_is_told(void **state)
{
	struct case_id log;
	struct world *w = *state;
	struct casefile c;
	struct walk k;

	world_ok(w, store_log_case(w->s, true, &log, &w->e));
	refused(w, store_session_load(w->s, &log, &c, &k, &w->e),
	    RC_NOTFOUND, "no training session");
	log.b[0] ^= 1;
	refused(w, store_session_load(w->s, &log, &c, &k, &w->e),
	    RC_NOTFOUND, "no such case");
}

/* Written by another program, with a text that is not the one of its hash. */
static void
one_that_cannot_be_read_is_told(void **state)
{
	struct world *w = *state;
	struct entry_draft d[WALK_BEGIN_DRAFTS];
	struct walk_order o = { .reference = "odd-1",
	    .id = store_new_case_id(w->s) };
	char *text;
	struct study *study = study_of(HEADSET, &text);

	(void)begin(w);
	w->now += 60000;
	o.study = study;
	o.text = text;
	walk_begin(&o, d);
	(void)json_object_set_new(d[2].body, "text", json_string("id: x"));
	for (size_t i = 0; i < WALK_BEGIN_DRAFTS; i++)
		world_ok(w, world_append(w, d[i], NULL));
	stand(w, "odd-1 the case study of this session; "
	    "the-headset-1 tired answer 0/0; ");
	study_free(study);
	free(text);
}

static void
a_live_store_has_none(void **state)
{
	static const char *const what[] = { "a session is for",
	    "a training log is for", "a case study is for" };
	struct case_id id;
	struct world w;
	char *text;
	size_t n;

	(void)state;
	sessions_create(&w, false);
	refused(&w, begin_file(&w, HEADSET, NULL, &id), RC_REFUSED, what[0]);
	refused(&w, store_log_case(w.s, true, &id, &w.e), RC_REFUSED,
	    what[1]);
	text = world_text(HEADSET, &n);
	refused(&w, store_study_keep(w.s, text, n, &w.e), RC_REFUSED,
	    what[2]);
	free(text);
	stand(&w, "");
	world_release(&w);
}

/* ---- many ---- */

static void
lately(struct world *w, size_t max, const char *wanted, size_t others)
{
	struct str out;
	size_t left;

	str_init(&out);
	world_ok(w, store_sessions_lately(w->s, max, tell, &out, &left,
	    &w->e));
	assert_string_equal(out.s, wanted);
	assert_int_equal(left, others);
	str_release(&out);
}

/* One's own stand there however old they are; the rest is counted. */
static void
the_latest_and_ones_own_are_listed(void **state)
{
	struct world *w = *state;
	struct case_id own = begin(w);

	let_in(w, OTHER, ROLE_PRACTITIONER);
	enter(w, OTHER);
	(void)begin(w);
	(void)begin(w);
	lately(w, 0, "the-headset-3 tired answer 0/0; "
	    "the-headset-2 tired answer 0/0; ", 1);
	enter(w, WORLD_USER);
	lately(w, 1, "the-headset-3 tired answer 0/0; "
	    "the-headset-1 tired answer 0/0; ", 1);
	lately(w, 3, "the-headset-3 tired answer 0/0; "
	    "the-headset-2 tired answer 0/0; "
	    "the-headset-1 tired answer 0/0; ", 0);
	attempt(w, &own, ANSWER_PRESENT);
	lately(w, 0, "the-headset-1 tired model 1/0; ", 2);
}

/* ---- two people ---- */

static void
each_has_a_log(void **state)
{
	struct case_id mine, again, theirs;
	struct world *w = *state;

	let_in(w, OTHER, ROLE_PRACTITIONER);
	refused(w, store_log_case(w->s, false, &mine, &w->e), RC_NOTFOUND,
	    "nothing is in your training log");
	world_ok(w, store_log_case(w->s, true, &mine, &w->e));
	world_ok(w, store_log_case(w->s, false, &again, &w->e));
	assert_true(case_id_equal(&mine, &again));
	enter(w, OTHER);
	world_ok(w, store_log_case(w->s, true, &theirs, &w->e));
	assert_false(case_id_equal(&mine, &theirs));
	enter(w, WORLD_USER);
	world_ok(w, store_log_case(w->s, true, &again, &w->e));
	assert_true(case_id_equal(&mine, &again));
	stand(w, "");
}

static size_t
due(struct world *w, size_t *all)
{
	struct retests r;
	size_t n;

	world_ok(w, store_retests(w->s, &r, &w->e));
	*all = r.n;
	n = retests_due(&r, moment_day(w->now));
	retests_release(&r);
	return n;
}

/* Asks the first that is due, and answers as the model does or not. */
static void
ask_first(struct world *w, bool right)
{
	enum answer given[RETEST_ASKED];
	struct retest_question q;
	struct case_id log;
	struct retests r;
	char *text;
	struct study *study = study_of("content/studies/the-back-row.yaml",
	    &text);
	const struct study *const studies[] = { study };
	size_t i = 0;
	bool was;

	world_ok(w, store_log_case(w->s, true, &log, &w->e));
	world_ok(w, store_retests(w->s, &r, &w->e));
	while (i < r.n && !retest_ask(&r, &r.items[i], studies, 1, &w->rng,
	    &q))
		i++;
	assert_true(i < r.n);
	for (size_t k = 0; k < q.n; k++)
		given[k] = right ? q.model[k] : ANSWER_ABSENT;
	world_ok(w, world_append(w, retest_draft(&q, r.in, &log, given,
	    &was), NULL));
	assert_int_equal(was, right);
	retests_release(&r);
	study_free(study);
	free(text);
}

static void
what_one_missed_is_asked_of_nobody_else(void **state)
{
	struct world *w = *state;
	struct case_id id;
	size_t all, missed;

	let_in(w, OTHER, ROLE_PRACTITIONER);
	assert_int_equal(due(w, &missed), 0);
	assert_int_equal(missed, 0);
	id = begin(w);
	attempt(w, &id, ANSWER_NOT_KNOWN);
	assert_int_equal(due(w, &missed), 0);
	assert_true(missed > 0);
	w->now += DAY;
	assert_int_equal(due(w, &all), missed);
	enter(w, OTHER);
	assert_int_equal(due(w, &all), 0);
	assert_int_equal(all, 0);
	id = begin(w);
	attempt(w, &id, ANSWER_PRESENT);
	w->now += DAY;
	assert_int_equal(due(w, &all), 0);
	enter(w, WORLD_USER);
	assert_int_equal(due(w, &all), missed);
	ask_first(w, true);
	assert_int_equal(due(w, &all), missed - 1);
	assert_int_equal(all, missed);
	w->now += 3 * DAY;
	assert_int_equal(due(w, &all), missed);
	enter(w, WORLD_USER);
	ask_first(w, false);
	assert_int_equal(due(w, &all), missed - 1);
	w->now += DAY;
	assert_int_equal(due(w, &all), missed);
}

static void
both_see_all_sessions(void **state)
{
	struct world *w = *state;
	struct case_id id = begin(w);
	struct casefile c;
	struct walk k;

	let_in(w, OTHER, ROLE_PRACTITIONER);
	enter(w, OTHER);
	/* Nobody answers for the learner. */
	attempt(w, &id, ANSWER_PRESENT);
	stand(w, "the-headset-1 tired answer 0/0; ");
	world_ok(w, store_session_load(w->s, &id, &c, &k, &w->e));
	assert_memory_not_equal(&k.learner, store_author(w->s), AUTHOR_LEN);
	walk_release(&k);
	casefile_release(&c);
	(void)begin(w);
	enter(w, WORLD_USER);
	attempt(w, &id, ANSWER_PRESENT);
	stand(w, "the-headset-2 tired answer 0/0; "
	    "the-headset-1 tired model 1/0; ");
}

static void
readable(struct world *w, const struct case_id *id, enum rc wanted)
{
	struct casefile c;
	struct walk k;

	world_ok(w, store_session_load(w->s, id, &c, &k, &w->e));
	if (wanted == RC_OK)
		world_ok(w, store_session_readable(w->s, &k, &w->e));
	else
		refused(w, store_session_readable(w->s, &k, &w->e), wanted,
		    "a trainer or a supervisor goes through everybody's");
	walk_release(&k);
	casefile_release(&c);
}

/* It has their misses, and the model's answers to a study that lies ahead. */
static void
what_a_colleague_answered_is_for_who_trains(void **state)
{
	struct world *w = *state;
	struct case_id theirs, id = begin(w);

	attempt(w, &id, ANSWER_NOT_KNOWN);
	let_in(w, OTHER, ROLE_PRACTITIONER);
	enter(w, OTHER);
	theirs = begin(w);
	readable(w, &theirs, RC_OK);
	readable(w, &id, RC_REFUSED);
	enter(w, WORLD_USER);
	readable(w, &theirs, RC_OK);
	readable(w, &id, RC_OK);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, sessions_make, sessions_unmake)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(a_session_is_begun_and_found),
		EACH(whoever_has_enough_says_so),
		EACH(a_session_goes_on_where_it_was),
		EACH(a_case_that_is_none_is_told),
		EACH(one_that_cannot_be_read_is_told),
		cmocka_unit_test(a_live_store_has_none),
		EACH(each_has_a_log),
		EACH(what_one_missed_is_asked_of_nobody_else),
		EACH(both_see_all_sessions),
		EACH(what_a_colleague_answered_is_for_who_trains),
		EACH(the_latest_and_ones_own_are_listed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
