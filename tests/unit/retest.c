/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What was missed is asked again after 1, 3, 7, 21 and 60 days, in another
 * story where there is one; and no order of entries makes a difference.
 */
#include "config.h"

#include "core/retest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/loaded.h"
#include "tests/unit/walked.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define DAY INT64_C(86400000)

static const char checklist[] =
	"id: small\nversion: \"1\"\ntitle: T\nsummary: S\nreview-days: 42\n"
	"sources: {own: here}\n"
	"sections:\n"
	"  - id: B\n    label: Signs\n    role: sign\n    source: own\n"
	"    help: seen\n"
	"    items:\n"
	"      - {id: B1, label: one, help: one}\n"
	"      - {id: B2, label: two, help: two}\n"
	"      - {id: B3, label: three, help: three}\n"
	"      - {id: B4, label: four, help: four}\n"
	"      - {id: B5, label: five, help: five}\n"
	"      - {id: B6, label: six, help: six}\n"
	"  - id: Q\n    label: Questions\n    role: question\n"
	"    source: own\n    help: asked\n"
	"    items:\n"
	"      - {id: Q1, label: asked, help: asked}\n"
	"levels:\n"
	"  - {id: some, label: Some, action: look}\n"
	"residual:\n"
	"  insufficient: {label: more, action: ask}\n"
	"  none-recorded: {label: none, action: look again}\n"
	"rules:\n"
	"  - {id: s, level: some, when: count(B) >= 1, because: b, "
	"source: own}\n";

#define HEAD(id) "id: " id "\nversion: \"1\"\ntitle: T\n" \
	"instrument: small\nsource: invented\ncovers: [boy]\n" \
	"teaches: what\nmissed: that\n" \
	"child: {called: A. B., age: 12, sex: M, care: home}\nstages:\n"
#define STAGE(id, day) "  - id: " id "\n    date: 2026-01-" day "\n" \
	"    agency: School\n    known: away\n    child-says: hm\n" \
	"    questions: [{ask: why, look-for: [this]}]\n    answers:\n"
#define SAYS(item, state) "      - {item: " item ", state: " state \
	", reason: r, source: s}\n"
#define LAST "    level: some\n    why: a sign\n    note: [it]\n"

static const char first[] =
	HEAD("first")
	STAGE("one", "02") SAYS("B1", "present") SAYS("B2", "absent") LAST
	"    next: two\n"
	STAGE("two", "09") SAYS("B3", "suspected") LAST "    next: end\n";
static const char second[] =
	HEAD("second")
	STAGE("early", "02") SAYS("B4", "present") SAYS("B5", "absent") LAST
	"    next: late\n"
	STAGE("late", "09") SAYS("b1", "suspected") SAYS("B6", "absent") LAST
	"    next: end\n";

/* ---- a person's days ---- */

static int
setup(void **state)
{
	struct walked *w = calloc(1, sizeof(*w));

	walked_init(w, instrument_of_text(checklist), first, WALK_ALONE);
	*state = w;
	return 0;
}

static int
teardown(void **state)
{
	struct walked *w = *state;
	const struct instrument *in = w->in;

	walked_release(w);
	instrument_free((struct instrument *)(uintptr_t)in);
	free(w);
	return 0;
}

/* An answer to a question, on a day after the first. */
static void
answer(struct walked *w, unsigned who, int day, const char *item,
    bool right)
{
	struct str body;

	str_init(&body);
	str_add_fmt(&body, "{\"answers\":{\"%s\":\"%s\"},\"indicator\":"
	    "\"%s\",\"instrument\":\"small\",\"right\":%s,\"stage\":\"late\","
	    "\"study\":\"second\"}", item, right ? "present" : "not known",
	    item, right ? "true" : "false");
	w->now = WALKED_BASE + day * DAY;
	(void)walked_write(w, who, "retest", body.s);
	str_release(&body);
}

/* B1 and, at the next stage, B3 are missed on the first day. */
static void
miss(struct walked *w)
{
	struct answers a = walked_all(w->in, ANSWER_NOT_KNOWN);

	(void)walked_attempt(w, &a);
	walked_lookback(w, STUDY_END);
	answers_set(&a, item_of(w->in, "B1"), ANSWER_SUSPECTED);
	(void)walked_attempt(w, &a);
}

/* "B1 box 0 in 1 (1 missed, 0 of 0) first/one; " the days from the first. */
static void
tell(const struct retests *r, struct str *out)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct retest_item *it = &r->items[i];

		str_add_fmt(out, "%s box %u ", r->in->items[it->item].id,
		    it->box);
		if (it->due == DAY_NONE)
			str_add(out, "learnt");
		else
			str_add_fmt(out, "in %d",
			    it->due - moment_day(WALKED_BASE));
		str_add_fmt(out, " (%zu missed, %zu of %zu) %s/%s; ",
		    it->missed, it->right, it->asked, it->study, it->stage);
	}
}

/* In whatever order cases and their entries are read. */
static void
stand(struct walked *w, const char *wanted)
{
	struct author_id me = walked_author(WALKED_ME);

	for (uint64_t seed = 0; seed < 12; seed++) {
		struct casefile c;
		struct retests r;
		struct walk k;
		struct str out;
		struct err e;

		str_init(&out);
		walked_case(w, seed, &c);
		retests_init(&r, w->in);
		assert_int_equal(walk_of(&c, w->in, &k, &e), RC_OK);
		if (seed % 2 == 0)
			retests_add_log(&r, &c, &me);
		retests_add_walk(&r, &k, &me);
		retests_add_log(&r, &c, &me);
		if (seed % 3 == 0)
			retests_add_walk(&r, &k, &me);
		retests_settle(&r);
		if (seed % 4 == 0)
			retests_settle(&r);
		tell(&r, &out);
		assert_string_equal(out.s, wanted);
		retests_release(&r);
		walk_release(&k);
		casefile_release(&c);
		str_release(&out);
	}
}

static void
what_was_missed_is_due_a_day_later(void **state)
{
	struct walked *w = *state;

	stand(w, "");
	miss(w);
	stand(w, "B1 box 0 in 1 (1 missed, 0 of 0) first/one; "
	    "B3 box 0 in 1 (1 missed, 0 of 0) first/two; ");
}

static void
second_rounds_and_others_do_not_count(void **state)
{
	struct walked *w = *state;
	struct answers a = walked_model(walked_walk(w));

	(void)walked_attempt(w, &a);
	a = walked_all(w->in, ANSWER_NOT_KNOWN);
	(void)walked_attempt(w, &a);
	answer(w, 2, 1, "B2", false);
	stand(w, "");
}

static void
each_right_answer_waits_longer(void **state)
{
	static const struct {
		int day;
		const char *wanted;
	} rows[] = {
		{ 1, "B1 box 1 in 4 (1 missed, 1 of 1) first/one; " },
		{ 4, "B1 box 2 in 11 (1 missed, 2 of 2) first/one; " },
		/* Late by a week: the next time counts from then. */
		{ 18, "B1 box 3 in 39 (1 missed, 3 of 3) first/one; " },
		{ 39, "B1 box 4 in 99 (1 missed, 4 of 4) first/one; " },
		{ 99, "B1 box 5 learnt (1 missed, 5 of 5) first/one; " },
		{ 100, "B1 box 5 learnt (1 missed, 6 of 6) first/one; " },
		{ 101, NULL },
	};
	struct walked *w = *state;
	struct answers a = walked_all(w->in, ANSWER_NOT_KNOWN);

	(void)walked_attempt(w, &a);
	for (size_t i = 0; rows[i].wanted != NULL; i++) {
		answer(w, WALKED_ME, rows[i].day, "b1", true);
		stand(w, rows[i].wanted);
	}
	answer(w, WALKED_ME, 101, "B1", false);
	stand(w, "B1 box 0 in 102 (1 missed, 6 of 7) second/late; ");
}

static void
an_answer_before_its_day_moves_nothing(void **state)
{
	struct walked *w = *state;

	miss(w);
	answer(w, WALKED_ME, 0, "B1", true);
	answer(w, WALKED_ME, 1, "B1", true);
	answer(w, WALKED_ME, 1, "B1", true);
	answer(w, WALKED_ME, 3, "B1", true);
	stand(w, "B3 box 0 in 1 (1 missed, 0 of 0) first/two; "
	    "B1 box 1 in 4 (1 missed, 4 of 4) first/one; ");
	answer(w, WALKED_ME, 3, "B1", false);
	stand(w, "B3 box 0 in 1 (1 missed, 0 of 0) first/two; "
	    "B1 box 0 in 4 (1 missed, 4 of 5) second/late; ");
}

static void
what_was_missed_elsewhere_is_asked_here(void **state)
{
	struct walked *w = *state;

	answer(w, WALKED_ME, 2, "B5", true);
	answer(w, WALKED_ME, 2, "B4", false);
	answer(w, WALKED_ME, 2, "B99", false);
	stand(w, "B4 box 0 in 3 (0 missed, 0 of 1) second/late; ");
}

static void
of_another_checklist_is_not_ours(void **state)
{
	struct walked *w = *state;

	(void)walked_write(w, WALKED_ME, "retest", "{\"answers\":{},"
	    "\"indicator\":\"B4\",\"instrument\":\"large\",\"right\":false,"
	    "\"stage\":\"one\",\"study\":\"first\"}");
	(void)walked_write(w, WALKED_ME, "retest", "{\"indicator\":\"B4\"}");
	stand(w, "");
}

static void
due_is_what_is_due_by_the_day(void **state)
{
	struct author_id me = walked_author(WALKED_ME);
	struct walked *w = *state;
	int32_t today = moment_day(WALKED_BASE);
	const struct walk *k;
	struct retests r;

	miss(w);
	answer(w, WALKED_ME, 1, "B1", true);
	k = walked_walk(w);
	retests_init(&r, w->in);
	retests_add_walk(&r, k, &me);
	retests_add_log(&r, k->c, &me);
	retests_settle(&r);
	assert_int_equal(retests_due(&r, today), 0);
	assert_int_equal(retests_due(&r, today + 1), 1);
	assert_int_equal(retests_due(&r, today + 4), 2);
	retests_release(&r);
}

/* ---- questions ---- */

struct numbered {
	uint64_t x;
};

static void
fill(void *ctx, void *buf, size_t n)
{
	struct numbered *g = ctx;
	unsigned char *p = buf;

	while (n-- > 0) {
		g->x = g->x * UINT64_C(6364136223846793005) +
		    1442695040888963407u;
		*p++ = (unsigned char)(g->x >> 56);
	}
}

/* "second/late: B1=suspected? B6=absent ...", the one in question marked. */
static bool
ask(const struct instrument *in, const char *item, const char *missed_in,
    uint64_t seed, const struct study *const *studies, size_t n,
    struct retest_question *q)
{
	struct numbered g = { seed };
	struct rng rng = { fill, &g };
	struct retests r;
	char study[16];
	struct retest_item it = { .item = item_of(in, item),
	    .study = study };

	memcpy(study, missed_in, strlen(missed_in) + 1);
	retests_init(&r, in);
	return retest_ask(&r, &it, studies, n, &rng, q);
}

static unsigned
places(const struct instrument *in, const struct retest_question *q)
{
	unsigned seen = 0;

	for (size_t i = 0; i < q->n; i++) {
		const char *id = in->items[q->items[i]].id;

		/* Never what an earlier stage told, never a question. */
		assert_string_not_equal(id, "B4");
		assert_string_not_equal(id, "B5");
		assert_string_not_equal(id, "Q1");
		if (q->items[i] == q->item)
			seen |= 1u << i;
		assert_int_equal(q->model[i], strcmp(id, "B1") == 0 ?
		    ANSWER_SUSPECTED : strcmp(id, "B6") == 0 ?
		    ANSWER_ABSENT : ANSWER_NOT_KNOWN);
		for (size_t k = 0; k < i; k++)
			assert_true(q->items[k] != q->items[i]);
	}
	return seen;
}

static void
another_story_is_asked_first(void **state)
{
	struct instrument *in = instrument_of_text(checklist);
	struct study *s[2] = { walked_study(first), walked_study(second) };
	const struct study *const list[] = { s[0], s[1] };
	unsigned seen = 0;

	(void)state;
	for (uint64_t seed = 1; seed < 60; seed++) {
		struct retest_question q, again;

		assert_true(ask(in, "B1", "first", seed, list, 2, &q));
		assert_ptr_equal(q.study, s[1]);
		assert_int_equal(q.stage, 1);
		assert_int_equal(q.n, RETEST_ASKED);
		seen |= places(in, &q);
		assert_true(ask(in, "B1", "first", seed, list, 2, &again));
		assert_memory_equal(&q, &again, sizeof(q));
		assert_true(ask(in, "B1", "third", seed, list, 2, &q));
	}
	/* It stands in every place. */
	assert_int_equal(seen, 15);
	for (size_t i = 0; i < 2; i++)
		study_free(s[i]);
	instrument_free(in);
}

static void
the_same_story_will_do(void **state)
{
	struct instrument *in = instrument_of_text(checklist);
	struct study *s = walked_study(first);
	const struct study *const list[] = { s };
	struct retest_question q;

	(void)state;
	assert_true(ask(in, "B3", "first", 5, list, 1, &q));
	assert_int_equal(q.stage, 1);
	/* Absent in the only story, or in none. */
	assert_false(ask(in, "B2", "first", 5, list, 1, &q));
	assert_false(ask(in, "B4", "first", 5, list, 1, &q));
	assert_false(ask(in, "B1", "first", 5, list, 0, &q));
	study_free(s);
	instrument_free(in);
}

static void
an_answer_is_right_as_the_model(void **state)
{
	struct walked *w = *state;
	struct study *s = walked_study(second);
	const struct study *const list[] = { s };
	enum answer given[RETEST_ASKED];
	struct retest_question q;
	bool right;

	assert_true(ask(w->in, "B1", "first", 9, list, 1, &q));
	for (int state_of = ANSWER_NOT_KNOWN; state_of <= ANSWER_PRESENT;
	    state_of++) {
		for (size_t i = 0; i < q.n; i++)
			given[i] = (enum answer)state_of;
		w->now = WALKED_BASE + state_of * DAY;
		(void)walked_add(w, WALKED_ME,
		    retest_draft(&q, w->in, &w->id, given, &right));
		assert_int_equal(right, state_of == ANSWER_SUSPECTED);
	}
	stand(w, "B1 box 0 in 5 (0 missed, 1 of 4) second/late; ");
	study_free(s);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(what_was_missed_is_due_a_day_later),
		EACH(second_rounds_and_others_do_not_count),
		EACH(each_right_answer_waits_longer),
		EACH(an_answer_before_its_day_moves_nothing),
		EACH(what_was_missed_elsewhere_is_asked_here),
		EACH(of_another_checklist_is_not_ours),
		EACH(due_is_what_is_due_by_the_day),
		cmocka_unit_test(another_story_is_asked_first),
		cmocka_unit_test(the_same_story_will_do),
		EACH(an_answer_is_right_as_the_model),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
