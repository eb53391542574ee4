/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a group answered: which entries count in whatever order they come, how
 * answers spread, the table of agreement, the change between two sessions.
 */
#include "config.h"

#include "core/groupwork.h"

#include <math.h>
#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/kinds.h"
#include "core/vec.h"
#include "tests/unit/agreetable.h"
#include "tests/unit/loaded.h"

#define HEADSET "content/studies/the-headset.yaml"
#define BACK_ROW "content/studies/the-back-row.yaml"
#define AT INT64_C(1795356300000)

/* A session of entries; they are folded anew by settle(). */
struct room {
	struct case_id id;
	struct instrument *in;
	struct entry *entries;	size_t n, cap;
	struct casefile c;
	struct walk w;
	struct groupwork g;
	bool folded;
};

static void
put(struct room *r, const char *kind, json_t *body)
{
	struct entry *e;
	struct err err;

	if (kind_check(kind_find(kind), body, &err) != RC_OK)
		fail_msg("%s", err.text);
	r->entries = vec_room(r->entries, r->n, &r->cap, sizeof(*r->entries));
	e = &r->entries[r->n++];
	memset(e, 0, sizeof(*e));
	e->author = (struct author_id){{1}};
	e->n = r->n;
	e->case_id = r->id;
	(void)snprintf(e->kind, sizeof(e->kind), "%s", kind);
	e->at = AT + (int64_t)r->n * 1000;
	e->on = span_none();
	e->body = entry_canonical_body(body);
	entry_seal_id(e);
	json_decref(body);
}

static void
unfold(struct room *r)
{
	if (r->folded) {
		groupwork_release(&r->g);
		walk_release(&r->w);
		casefile_release(&r->c);
	}
	r->folded = false;
}

/* Every step-th entry first, for any order must do. */
static struct groupwork *
settle_by(struct room *r, size_t step)
{
	struct err e;

	unfold(r);
	casefile_init(&r->c, &r->id);
	for (size_t from = 0; from < step; from++)
		for (size_t i = from; i < r->n; i += step)
			casefile_apply(&r->c, &r->entries[r->n - 1 - i]);
	casefile_settle(&r->c, NULL);
	if (walk_of(&r->c, r->in, &r->w, &e) != RC_OK)
		fail_msg("%s", e.text);
	groupwork_of(&r->w, &r->g);
	r->folded = true;
	return &r->g;
}

#define settle(r) settle_by((r), 1)

static void
room_begin(struct room *r, const char *path, unsigned char id)
{
	struct walk_order o = {.mode = WALK_GROUP, .reference = "the-room"};
	struct entry_draft d[WALK_BEGIN_DRAFTS];
	char *text = load_text(path);
	struct faults f;
	struct study *s;

	memset(r, 0, sizeof(*r));
	r->id = (struct case_id){{id}};
	r->in = load_instrument("content/instruments/occ-csegg.yaml");
	faults_init(&f, path);
	s = study_parse(text, strlen(text), &f);
	o.id = r->id;
	o.study = s;
	o.text = text;
	o.sitting = "";
	walk_begin(&o, d);
	for (size_t i = 0; i < WALK_BEGIN_DRAFTS; i++)
		put(r, d[i].kind, d[i].body);
	study_free(s);
	faults_release(&f);
	free(text);
}

static void
room_end(struct room *r)
{
	unfold(r);
	for (size_t i = 0; i < r->n; i++)
		entry_release(&r->entries[i]);
	free(r->entries);
	instrument_free(r->in);
}

/* answers: "B7=present B8=not-known". */
static void
says(struct room *r, const char *name, const char *stage, int round,
    const char *answers)
{
	json_t *o = json_object();
	char item[16], state[16];
	int used;

	while (sscanf(answers, " %15[^=]=%15[a-z-]%n", item, state,
	    &used) == 2) {
		(void)json_object_set_new(o, item, json_string(state));
		answers += used;
	}
	put(r, "group-answers", json_pack("{s:s,s:s,s:i,s:o,s:s}", "learner",
	    name, "stage", stage, "round", round, "answers", o, "from",
	    "typed"));
}

static void
reveals(struct room *r, const char *stage, int round)
{
	put(r, "reveal", json_pack("{s:s,s:i}", "stage", stage, "round", round));
}

static void
goes_on(struct room *r, const char *stage, const char *choice)
{
	put(r, "lookback", choice == NULL ?
	    json_pack("{s:s,s:i}", "stage", stage, "round", 1) :
	    json_pack("{s:s,s:i,s:s}", "stage", stage, "round", 1, "choice",
	    choice));
}

static enum answer
answer_of(const struct room *r, size_t learner, uint32_t stage,
    unsigned round, const char *item)
{
	const struct group_answers *a = groupwork_answers(&r->g, learner,
	    stage, round);

	assert_non_null(a);
	return answers_get(&a->answers, item_of(r->in, item));
}

/* ---- which entries count ---- */

static void
the_latest_answer_holds(void **state)
{
	struct room r;

	(void)state;
	room_begin(&r, HEADSET, 1);
	says(&r, "Ada", "tired", 1, "B7=present B1=absent B2=suspected");
	says(&r, "ADA", "tired", 1, "B7=suspected B2=not-asked");
	says(&r, "Ben", "tired", 1, "");
	(void)settle(&r);
	assert_int_equal(r.g.nlearners, 2);
	assert_string_equal(r.g.learners[0].name, "Ada");
	assert_int_equal(groupwork_count(&r.g, 0, 1), 2);
	assert_int_equal(answer_of(&r, 0, 0, 1, "B7"), ANSWER_SUSPECTED);
	assert_int_equal(answer_of(&r, 0, 0, 1, "B1"), ANSWER_ABSENT);
	assert_int_equal(answer_of(&r, 0, 0, 1, "B2"), ANSWER_NOT_ASKED);
	assert_int_equal(itemset_count(&r.g.given[0].given), 2);
	assert_int_equal(itemset_count(&r.g.given[1].given), 0);
	assert_false(groupwork_shown(&r.g, 0, 1));
	room_end(&r);
}

/* P1-1 and P11 are two people, and so are Zoe and Zoë. */
static void
a_name_is_one_learner(void **state)
{
	(void)state;
	assert_true(group_same_name("Ada", "aDA"));
	assert_true(group_same_name("\xC3\x89lodie", "\xC3\xA9LODIE"));
	assert_true(group_same_name("E\xCC\x81lodie", "\xC3\xA9lodie"));
	assert_false(group_same_name("P1-1", "P11"));
	assert_false(group_same_name("Zoe", "Zo\xC3\xAB"));
	assert_false(group_same_name("", "a"));
}

static void
what_is_out_of_turn_does_not_count(void **state)
{
	struct room r;

	(void)state;
	room_begin(&r, HEADSET, 1);
	reveals(&r, "tired", 2);		/* before the first */
	reveals(&r, "credit", 1);		/* not reached, yet */
	says(&r, "Gus", "silence", 1, "B8=present");	/* never reached */
	says(&r, "Gus", "nowhere", 1, "B8=present");
	says(&r, "Gus", "tired", 3, "B8=present");
	says(&r, "Gus", "tired", 0, "B8=present");
	says(&r, "Ada", "tired", 1, "B7=present");
	(void)settle(&r);
	assert_int_equal(r.g.nlearners, 1);
	assert_false(groupwork_shown(&r.g, 0, 2));
	assert_false(groupwork_shown(&r.g, 1, 1));
	assert_false(groupwork_shown(&r.g, STUDY_STAGES_MAX, 1));
	assert_false(groupwork_shown(&r.g, 0, 0));
	assert_false(groupwork_shown(&r.g, 0, 3));
	reveals(&r, "tired", 1);
	says(&r, "Ben", "tired", 1, "B7=suspected");	/* saw the model */
	says(&r, "Ada", "tired", 1, "B7=suspected");
	says(&r, "Ada", "tired", 2, "A10=suspected");
	(void)settle(&r);
	assert_true(groupwork_shown(&r.g, 0, 1));
	assert_false(groupwork_shown(&r.g, 0, 2));
	assert_int_equal(r.g.nlearners, 1);
	assert_int_equal(answer_of(&r, 0, 0, 1, "B7"), ANSWER_PRESENT);
	assert_int_equal(groupwork_count(&r.g, 0, 2), 1);
	room_end(&r);
}

/* Two copies that got the entries in another order show the same. */
static void
any_order_gives_the_same(void **state)
{
	struct group_spread *a, *b;
	struct room r;
	size_t n, m;

	(void)state;
	room_begin(&r, HEADSET, 1);
	says(&r, "Ada", "tired", 1, "B7=present B1=absent");
	says(&r, "Ben", "tired", 1, "A10=suspected");
	says(&r, "ada", "tired", 1, "B7=absent");
	reveals(&r, "tired", 1);
	says(&r, "Cem", "tired", 1, "B7=absent");
	goes_on(&r, "tired", NULL);
	says(&r, "Ben", "credit", 1, "B10=present");
	n = groupwork_spread(settle(&r), 0, 1, &a);
	for (size_t step = 2; step < 6; step++) {
		m = groupwork_spread(settle_by(&r, step), 0, 1, &b);
		assert_int_equal(m, n);
		assert_memory_equal(a, b, n * sizeof(*a));
		assert_int_equal(groupwork_count(&r.g, 1, 1), 1);
		assert_string_equal(r.g.learners[0].name, "Ada");
		free(b);
	}
	free(a);
	room_end(&r);
}

static void
an_answer_stands_until_it_is_changed(void **state)
{
	struct room r;

	(void)state;
	room_begin(&r, HEADSET, 1);
	says(&r, "Ada", "tired", 1, "B7=present A10=suspected");
	reveals(&r, "tired", 1);
	says(&r, "Ada", "tired", 2, "B7=suspected");
	reveals(&r, "tired", 2);
	goes_on(&r, "tired", NULL);
	says(&r, "Ada", "credit", 1, "B10=present");
	(void)settle(&r);
	assert_int_equal(answer_of(&r, 0, 0, 2, "A10"), ANSWER_SUSPECTED);
	assert_int_equal(answer_of(&r, 0, 1, 1, "B7"), ANSWER_SUSPECTED);
	assert_int_equal(answer_of(&r, 0, 1, 1, "B10"), ANSWER_PRESENT);
	assert_int_equal(itemset_count(&groupwork_answers(&r.g, 0, 1,
	    1)->given), 1);
	/* One sign present: the model's level, with the model's date. */
	assert_int_equal(groupwork_levels(&r.g, 1, 1), 1);
	assert_int_equal(groupwork_answers(&r.g, 0, 1, 1)->answers.age, 13);
	room_end(&r);
}

static void
no_more_learners_than_there_is_room_for(void **state)
{
	struct room r;
	char name[16];

	(void)state;
	room_begin(&r, HEADSET, 1);
	for (int i = 0; i < GROUP_LEARNERS_MAX + 20; i++) {
		(void)snprintf(name, sizeof(name), "P%d", i);
		says(&r, name, "tired", 1, "B7=present");
	}
	says(&r, "P0", "tired", 1, "B7=absent");
	(void)settle(&r);
	assert_int_equal(r.g.nlearners, GROUP_LEARNERS_MAX);
	assert_int_equal(groupwork_count(&r.g, 0, 1), GROUP_LEARNERS_MAX);
	assert_int_equal(answer_of(&r, 0, 0, 1, "B7"), ANSWER_ABSENT);
	room_end(&r);
}

/* ---- the spread ---- */

static void
the_most_missed_stand_first(void **state)
{
	struct group_spread *s;
	struct room r;
	size_t n;

	(void)state;
	room_begin(&r, HEADSET, 1);
	says(&r, "Ada", "tired", 1, "B7=present B1=absent B2=not-known");
	says(&r, "Ben", "tired", 1, "B7=absent B1=absent");
	says(&r, "Cem", "tired", 1, "B7=suspected B2=not-known");
	n = groupwork_spread(settle(&r), 0, 1, &s);
	assert_int_equal(n, 3);
	/* A10: all three left it open; B7: one missed it. */
	assert_int_equal(s[0].item, item_of(r.in, "A10"));
	assert_int_equal(s[0].model, ANSWER_SUSPECTED);
	assert_int_equal(s[0].n[ANSWER_NOT_ASKED], 3);
	assert_int_equal(s[0].same, 0);
	assert_int_equal(s[1].item, item_of(r.in, "B7"));
	assert_int_equal(s[1].n[ANSWER_PRESENT], 1);
	assert_int_equal(s[1].n[ANSWER_SUSPECTED], 1);
	assert_int_equal(s[1].n[ANSWER_ABSENT], 1);
	assert_int_equal(s[1].same, 1);
	/* B1: the model does not know, nor does who left it open. */
	assert_int_equal(s[2].item, item_of(r.in, "B1"));
	assert_int_equal(s[2].same, 1);
	free(s);
	assert_int_equal(groupwork_spread(&r.g, 1, 1, &s), 0);
	assert_null(s);
	room_end(&r);
}

static void
rounds_are_laid_beside_each_other(void **state)
{
	struct group_turn t;
	struct room r;

	(void)state;
	room_begin(&r, HEADSET, 1);
	says(&r, "Ada", "tired", 1, "B7=present");
	says(&r, "Ben", "tired", 1, "B7=absent");
	says(&r, "Cem", "tired", 1, "B7=suspected");
	says(&r, "Dot", "tired", 1, "B7=suspected");
	says(&r, "Eve", "tired", 1, "B7=suspected");
	reveals(&r, "tired", 1);
	says(&r, "Ada", "tired", 2, "B7=suspected");	/* nearer */
	says(&r, "Ben", "tired", 2, "B7=present");	/* nearer */
	says(&r, "Cem", "tired", 2, "B7=absent");	/* away */
	says(&r, "Dot", "tired", 2, "");
	(void)settle(&r);
	t = groupwork_turn(&r.g, 0, item_of(r.in, "B7"));
	assert_int_equal(t.both, 4);
	assert_int_equal(t.towards, 2);
	assert_int_equal(t.away, 1);
	room_end(&r);
}

/* ---- the table ---- */

/* The numbers of an example as answers; 0 is an item left open. */
static const char *const states[5] = {
	"not-known", "absent", "suspected", "present", "not-asked"
};

/*
 * Krippendorff 2011, section A: two observers, ten units, two categories,
 * alpha 0.095 (tests/unit/agree.c has it as numbers).
 */
static void
the_table_gives_the_published_alpha(void **state)
{
	static const int rows[10 * 2] = {
		1, 2,  2, 2,  1, 2,  1, 1,  1, 1,
		1, 2,  1, 1,  1, 1,  2, 1,  1, 1,
	};
	/* What the model has at this stage, A10 and B7, is rated in any case. */
	static const char *const items[10] = {"A1", "A2", "A3", "A4", "A5",
	    "A6", "A7", "A8", "A10", "B7"};
	struct group_table t;
	struct room r;
	char one[16];

	(void)state;
	room_begin(&r, HEADSET, 1);
	for (size_t k = 0; k < 2; k++)
		for (int i = 0; i < 10; i++) {
			(void)snprintf(one, sizeof(one), "%s=%s", items[i],
			    states[rows[2 * i + (int)k]]);
			says(&r, k == 0 ? "Ada" : "Ben", "tired", 1, one);
		}
	groupwork_table(settle(&r), 0, 1, &t);
	assert_int_equal(t.table.items, 10);
	assert_int_equal(t.table.raters, 2);
	assert_int_equal(t.table.categories, ANSWER_STATES);
	expect(&t.table, AGREE_ALPHA, 0.095, 3);
	assert_int_equal(t.items[0], item_of(r.in, "A1"));
	group_table_release(&t);
	room_end(&r);
}

/*
 * Fleiss 1971, table 1: six raters, five categories, kappa .430.  The first
 * category is never that of all six, so that it can stand for "left open".
 */
static void
what_is_left_open_is_a_category(void **state)
{
	struct group_table t;
	struct room r;
	char one[24], name[4];

	(void)state;
	room_begin(&r, HEADSET, 1);
	assert_true(r.in->nitems >= 30);
	for (size_t i = 0; i < 30; i++) {
		int k = 0;

		for (size_t c = 0; c < 5; c++)
			for (int n = 0; n < diagnoses[i * 5 + c]; n++) {
				(void)snprintf(one, sizeof(one), "%s=%s",
				    r.in->items[i].id, c == 0 ? "not-asked" :
				    states[c - 1]);
				(void)snprintf(name, sizeof(name), "P%d",
				    k++);
				says(&r, name, "tired", 1, one);
			}
	}
	groupwork_table(settle(&r), 0, 1, &t);
	assert_int_equal(t.table.items, 30);
	assert_int_equal(t.table.raters, 6);
	expect(&t.table, AGREE_FLEISS, 0.430, 3);
	group_table_release(&t);
	room_end(&r);
}

static void
few_are_refused_with_the_reason(void **state)
{
	struct agree_counts counts[8];
	struct agree_result a;
	struct group_table t;
	struct room r;

	(void)state;
	room_begin(&r, HEADSET, 1);
	groupwork_table(settle(&r), 0, 1, &t);
	agree_compute(&t.table, AGREE_ALPHA, &point, &a);
	assert_false(a.computed);
	group_table_release(&t);
	says(&r, "Ada", "tired", 1, "B7=present A10=absent B1=absent");
	says(&r, "Ben", "tired", 1, "B7=suspected B2=present");
	groupwork_table(settle(&r), 0, 1, &t);
	assert_int_equal(t.table.items, 4);
	agree_compute(&t.table, AGREE_ALPHA, &point, &a);
	assert_false(a.computed);
	assert_non_null(strstr(a.why, "items"));
	/* A10, B1, B2, B7: what a model sees, and what it does not know. */
	assert_int_equal(t.model.groups, 4);
	agree_against(&t.table, &t.model, counts);
	assert_true(counts[0].missed == 2 && counts[0].hits == 0);
	assert_true(counts[2].alarms == 1 && counts[2].passed == 1);
	assert_true(counts[3].hits == 2);
	group_table_release(&t);
	room_end(&r);
}

/* ---- before and after ---- */

static void
learners_are_compared_by_name(void **state)
{
	struct group_compared c;
	struct room a, b;
	char stage[80];
	struct err e;
	double x;

	(void)state;
	room_begin(&a, HEADSET, 1);
	room_begin(&b, BACK_ROW, 2);
	says(&a, "Ada", "tired", 1, "A10=present");
	says(&a, "Ben", "tired", 1, "B7=suspected");
	reveals(&a, "tired", 1);
	says(&a, "Ada", "tired", 2, "B7=suspected");
	reveals(&a, "tired", 2);
	(void)snprintf(stage, sizeof(stage), "%s",
	    settle(&b)->w->study->stages[0].id);
	says(&b, "Gus", stage, 1, "B7=present");
	says(&b, "ada", stage, 1, "B7=present");
	(void)settle(&a);
	assert_int_equal(groupwork_compare(&a.g, settle(&b), &c, &e), RC_OK);
	assert_int_equal(c.n, 0);	/* nothing of b is revealed */
	assert_int_equal(c.only_before, 2);
	assert_int_equal(c.only_after, 0);
	group_compared_release(&c);
	reveals(&b, stage, 1);
	assert_int_equal(groupwork_compare(&a.g, settle(&b), &c, &e), RC_OK);
	assert_int_equal(c.n, 1);
	assert_string_equal(c.changes[0].name, "Ada");
	/* The second round, after the model was seen, is not counted. */
	assert_true(c.changes[0].before.hits == 1);
	assert_true(c.changes[0].before.missed == 1);
	assert_true(agree_sensitivity(&c.changes[0].before, &x));
	assert_true(fabs(x - 0.5) < 1e-12);
	assert_int_equal(c.changes[0].levels_before, 1);
	assert_int_equal(c.changes[0].levels_after, 1);
	assert_int_equal(c.only_before, 1);
	assert_int_equal(c.only_after, 1);
	group_compared_release(&c);
	assert_int_equal(groupwork_compare(&a.g, &a.g, &c, &e), RC_INPUT);
	assert_non_null(strstr(e.text, "no pair"));
	group_compared_release(&c);
	room_end(&a);
	room_end(&b);
}

/* ---- what is written ---- */

static void
a_draft_is_read_back(void **state)
{
	struct entry_id attempt = {{9}};
	struct answers a;
	struct itemset given = {{0}};
	struct group_entry en = {.learner = "Ada", .round = 1, .answers = &a,
	    .given = &given, .from = "session", .attempt = &attempt};
	struct entry_draft d;
	struct room r;

	(void)state;
	room_begin(&r, HEADSET, 1);
	(void)settle(&r);
	answers_init(&a);
	answers_set(&a, item_of(r.in, "B7"), ANSWER_SUSPECTED);
	answers_set(&a, item_of(r.in, "B8"), ANSWER_PRESENT);
	itemset_add(&given, item_of(r.in, "B7"));
	d = groupwork_draft(&r.w, &en);
	assert_true(case_id_equal(&d.case_id, &r.id));
	assert_string_equal(d.kind, "group-answers");
	put(&r, d.kind, d.body);
	d = groupwork_reveal_draft(&r.w, 0, 1);
	put(&r, d.kind, d.body);
	(void)settle(&r);
	assert_true(groupwork_shown(&r.g, 0, 1));
	assert_int_equal(answer_of(&r, 0, 0, 1, "B7"), ANSWER_SUSPECTED);
	assert_int_equal(answer_of(&r, 0, 0, 1, "B8"), ANSWER_NOT_ASKED);
	assert_string_equal(record_text(r.g.given[0].record, "from"),
	    "session");
	room_end(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_latest_answer_holds),
		cmocka_unit_test(a_name_is_one_learner),
		cmocka_unit_test(what_is_out_of_turn_does_not_count),
		cmocka_unit_test(any_order_gives_the_same),
		cmocka_unit_test(an_answer_stands_until_it_is_changed),
		cmocka_unit_test(no_more_learners_than_there_is_room_for),
		cmocka_unit_test(the_most_missed_stand_first),
		cmocka_unit_test(rounds_are_laid_beside_each_other),
		cmocka_unit_test(the_table_gives_the_published_alpha),
		cmocka_unit_test(what_is_left_open_is_a_category),
		cmocka_unit_test(few_are_refused_with_the_reason),
		cmocka_unit_test(learners_are_compared_by_name),
		cmocka_unit_test(a_draft_is_read_back),
	};

	return sodium_init() < 0 ? 99 :
	    cmocka_run_group_tests_name("groupwork", tests, NULL, NULL);
}
