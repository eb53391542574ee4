/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A learner's session travels to the trainer as a bundle: it means there what
 * it means at home, whatever is written beside it in either place.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/sessions.h"
#include "tests/store/twostores.h"

static int
make(void **state)
{
	struct two *t = calloc(1, sizeof(*t));

	founded_for(&t->a, ADA, 1000, true);
	founded_for(&t->b, BEN, 2000000, true);
	t->ada = *store_author(t->a.s);
	t->ben = *store_author(t->b.s);
	takes_card(&t->a, &t->b, TEAM);
	takes_card(&t->b, &t->a, SCHOOL);
	(void)snprintf(t->path, sizeof(t->path), "%s/one.bundle", t->a.dir);
	*state = t;
	return 0;
}

static struct case_id
begin(struct world *w)
{
	struct walk_order o = { .reference = NULL };
	struct case_id id;
	struct study *study;
	struct faults f;
	size_t n;
	char *text = world_text("content/studies/the-headset.yaml", &n);

	faults_init(&f, "study");
	study = study_parse(text, n, &f);
	assert_non_null(study);
	o.study = study;
	o.text = text;
	world_ok(w, store_session_begin(w->s, &o, &id, &w->e));
	faults_release(&f);
	study_free(study);
	free(text);
	return id;
}

/* Commits the answer to everything, as the first of the first stage. */
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
	commit.answers = &a;
	w->now += 60000;
	world_ok(w, world_append(w, walk_attempt_draft(&k, &commit), NULL));
	walk_release(&k);
	casefile_release(&c);
}

static void
send(struct two *t, struct world *from, struct world *to,
    const struct case_id *id, const struct author_id *who)
{
	struct bundle_order o = order_of(from, id, who, t->path);
	struct bundle_report r;

	make_anew(from, &o);
	r = opened_by(t, to);
	bundle_report_release(&r);
}

/* Of Ada, at the first stage, with the answers that she committed to. */
static void
stands(struct two *t, struct world *w, const struct case_id *id,
    enum answer state)
{
	struct casefile c;
	struct walk k;

	world_ok(w, store_session_load(w->s, id, &c, &k, &w->e));
	assert_memory_equal(&k.learner, &t->ada, sizeof(t->ada));
	assert_int_equal(k.state, WALK_MODEL);
	assert_int_equal(k.nattempts, 1);
	assert_int_equal(answers_get(&k.attempts[0].answers, 0), state);
	walk_release(&k);
	casefile_release(&c);
}

static size_t
asked_again(struct world *w)
{
	struct retests r;
	size_t n;

	world_ok(w, store_retests(w->s, &r, &w->e));
	n = r.n;
	retests_release(&r);
	return n;
}

static void
strike_attempt(struct world *w, const struct case_id *id)
{
	struct entry_draft d = {*id, "strike", span_none(), NULL};
	char hex[2 * ENTRY_ID_LEN + 1];
	struct casefile c;
	struct walk k;

	world_ok(w, store_session_load(w->s, id, &c, &k, &w->e));
	hex_format(k.attempts[0].record->entry.id.b, ENTRY_ID_LEN, hex);
	walk_release(&k);
	casefile_release(&c);
	d.body = json_pack("{s:s, s:s}", "target", hex, "reason",
	    "not the trainer's to take back");
	world_ok(w, world_append(w, d, NULL));
}

static void
it_means_the_same_there(void **state)
{
	struct two *t = *state;
	struct case_id id = begin(&t->a);

	attempt(&t->a, &id, ANSWER_NOT_KNOWN);
	send(t, &t->a, &t->b, &id, &t->ben);
	stands(t, &t->b, &id, ANSWER_NOT_KNOWN);
	/* What she missed is asked of her, and of nobody there. */
	assert_true(asked_again(&t->a) > 0);
	assert_int_equal(asked_again(&t->b), 0);
}

static void
what_is_written_there_changes_nothing(void **state)
{
	struct two *t = *state;
	struct case_id id = begin(&t->a);
	size_t missed;

	attempt(&t->a, &id, ANSWER_NOT_KNOWN);
	missed = asked_again(&t->a);
	send(t, &t->a, &t->b, &id, &t->ben);
	strike_attempt(&t->b, &id);
	attempt(&t->b, &id, ANSWER_PRESENT);
	stands(t, &t->b, &id, ANSWER_NOT_KNOWN);
	t->a.now = t->b.now + 60000;
	send(t, &t->b, &t->a, &id, &t->ada);
	stands(t, &t->a, &id, ANSWER_NOT_KNOWN);
	assert_int_equal(asked_again(&t->a), missed);
}

/* The trainer had read the first half; the rest comes later. */
static void
it_goes_on_when_more_comes(void **state)
{
	struct two *t = *state;
	struct case_id id = begin(&t->a);
	struct casefile c;
	struct walk k;

	send(t, &t->a, &t->b, &id, &t->ben);
	world_ok(&t->b, store_session_load(t->b.s, &id, &c, &k, &t->b.e));
	assert_int_equal(k.state, WALK_ANSWER);
	walk_release(&k);
	casefile_release(&c);
	attempt(&t->a, &id, ANSWER_PRESENT);
	send(t, &t->a, &t->b, &id, &t->ben);
	stands(t, &t->b, &id, ANSWER_PRESENT);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, make, two_unmake)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(it_means_the_same_there),
		EACH(what_is_written_there_changes_nothing),
		EACH(it_goes_on_when_more_comes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
