/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Each shipped study on every way: what is answered as the model, not known or
 * present throughout is laid beside the model as hearken study check has it.
 */
#include "config.h"

#include "core/walk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/loaded.h"
#include "tests/unit/walked.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define OCC "content/instruments/occ-csegg.yaml"

static const char *const shipped[] = {
	"drawn-in", "four-small-things", "her-brothers-name", "never-missing",
	"taught-to-agree", "the-back-row", "the-headset", "the-house",
	"the-new-pupil", "tired-on-tuesdays"
};

struct go {
	const char *id;
	const struct instrument *in;
	void (*stage)(struct walked *w, size_t i);
	size_t ways;
};

static void
leave_stage(struct walked *w, const struct study_way *way, size_t i)
{
	uint32_t next = i + 1 < way->n ? way->stages[i + 1] : STUDY_END;
	const struct walk *k = walked_walk(w);

	assert_int_equal(k->state, WALK_MODEL);
	assert_int_equal(k->way.n, i + 1);
	walked_lookback(w, walked_choice_to(k, next));
	k = walked_walk(w);
	assert_int_equal(k->state, next == STUDY_END ? WALK_END :
	    WALK_ANSWER);
	assert_ptr_equal(walk_stage(k), &k->study->stages[next == STUDY_END ?
	    way->stages[i] : next]);
}

static void
go_way(const struct study_way *way, void *ctx)
{
	struct go *g = ctx;
	struct walked w;

	walked_init_shipped(&w, g->in, g->id);
	assert_int_equal(walked_walk(&w)->state, WALK_ANSWER);
	for (size_t i = 0; i < way->n; i++) {
		g->stage(&w, i);
		leave_stage(&w, way, i);
	}
	assert_int_equal(walked_walk(&w)->nlookbacks, way->n);
	assert_memory_equal(w.w.way.stages, way->stages,
	    way->n * sizeof(way->stages[0]));
	walked_release(&w);
	g->ways++;
}

static void
go_all(void (*stage)(struct walked *w, size_t i))
{
	struct instrument *in = load_instrument(OCC);

	for (size_t i = 0; i < COUNT(shipped); i++) {
		struct go g = { .id = shipped[i], .in = in, .stage = stage };
		struct walked w;

		walked_init_shipped(&w, in, shipped[i]);
		study_each_way(w.study, go_way, &g);
		assert_int_equal(g.ways, study_ways(w.study));
		walked_release(&w);
	}
	instrument_free(in);
}

/* The attempt of the stage in hand, beside the model. */
static const struct walk_attempt *
beside(struct walked *w, size_t i, struct walk_model *m)
{
	const struct walk *k = walked_walk(w);
	const struct walk_attempt *a =
	    walk_attempt_at(k, k->way.stages[i], 1);

	assert_non_null(a);
	walk_model_of(k, i, a, m);
	assert_string_equal(screen_level_id(k->in, m->result.level),
	    walk_stage(k)->level);
	return a;
}

static void
answer_as_the_model(struct walked *w, size_t i)
{
	struct answers a = walked_model(walked_walk(w));
	const struct walk_attempt *given;
	struct walk_model m;

	(void)walked_attempt(w, &a);
	given = beside(w, i, &m);
	assert_string_equal(screen_level_id(w->in, given->level),
	    walk_stage(&w->w)->level);
	assert_int_equal(m.level_same, walk_stage(&w->w)->judgement[0] ==
	    '\0');
	for (size_t k = 0; k < m.nitems; k++) {
		assert_int_equal(m.items[k].match, MATCH_SAME);
		assert_non_null(m.items[k].why);
		assert_int_equal(m.items[k].why->state, m.items[k].given);
	}
	assert_memory_equal(&given->answers, &m.answers, sizeof(m.answers));
	walk_model_release(&m);
}

static void
perfect_answers_are_the_models(void **state)
{
	(void)state;
	go_all(answer_as_the_model);
}

static void
know_nothing(struct walked *w, size_t i)
{
	struct answers a = walked_all(w->in, ANSWER_NOT_KNOWN);
	const struct walk_attempt *given;
	struct walk_model m;

	(void)walked_attempt(w, &a);
	given = beside(w, i, &m);
	assert_int_equal(given->level, LEVEL_INSUFFICIENT(w->in));
	for (size_t k = 0; k < m.nitems; k++)
		assert_int_equal(m.items[k].match,
		    m.items[k].model >= ANSWER_SUSPECTED ? MATCH_MISSED :
		    MATCH_OTHER);
	walk_model_release(&m);
}

static void
knowing_nothing_misses_all(void **state)
{
	(void)state;
	go_all(know_nothing);
}

static void
say_all(struct walked *w, size_t i)
{
	struct answers a = walked_all(w->in, ANSWER_PRESENT);
	const struct walk_attempt *given;
	struct walk_model m;

	(void)walked_attempt(w, &a);
	given = beside(w, i, &m);
	assert_int_equal(given->level, 0);
	assert_int_equal(m.nitems, w->in->nitems);
	for (size_t k = 0; k < m.nitems; k++) {
		assert_int_equal(m.items[k].match,
		    m.items[k].model == ANSWER_PRESENT ? MATCH_SAME :
		    MATCH_BEYOND);
		if (k > 0 && m.items[k].match == m.items[k - 1].match)
			assert_true(m.items[k].item > m.items[k - 1].item);
	}
	walk_model_release(&m);
}

static void
saying_all_goes_beyond(void **state)
{
	(void)state;
	go_all(say_all);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(perfect_answers_are_the_models),
		cmocka_unit_test(knowing_nothing_misses_all),
		cmocka_unit_test(saying_all_goes_beyond),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
