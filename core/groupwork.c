/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/groupwork.h"

#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <uninorm.h>

#include "core/screen.h"
#include "core/vec.h"
#include "core/xalloc.h"

#define NO_STAGE UINT32_MAX

bool
group_same_name(const char *a, const char *b)
{
	int order = 1;

	if (strcmp(a, b) == 0)
		return true;
	return u8_casecmp((const uint8_t *)a, strlen(a), (const uint8_t *)b,
	    strlen(b), NULL, UNINORM_NFC, &order) == 0 && order == 0;
}

bool
group_sees(enum answer a)
{
	return a == ANSWER_PRESENT || a == ANSWER_SUSPECTED;
}

/* ---- the fold ---- */

/* Index of a stage that was reached, by its id. */
static uint32_t
stage_reached(const struct walk *w, const char *id)
{
	for (size_t i = 0; i < w->way.n; i++)
		if (strcmp(w->study->stages[w->way.stages[i]].id, id) == 0)
			return w->way.stages[i];
	return NO_STAGE;
}

/* 0 when it is none. */
static unsigned
round_of(const struct record *r)
{
	json_int_t n = json_integer_value(json_object_get(r->body, "round"));

	return n >= 1 && n <= GROUP_ROUNDS ? (unsigned)n : 0;
}

static struct group_answers *
find(const struct groupwork *g, size_t learner, uint32_t stage,
    unsigned round)
{
	for (size_t i = 0; i < g->ngiven; i++)
		if (g->given[i].learner == learner &&
		    g->given[i].stage == stage && g->given[i].round == round)
			return &g->given[i];
	return NULL;
}

/* SIZE_MAX when there is no room for another one. */
static size_t
learner_named(struct groupwork *g, const char *name)
{
	struct group_learner *l;

	for (size_t i = 0; i < g->nlearners; i++)
		if (group_same_name(g->learners[i].name, name))
			return i;
	if (g->nlearners == GROUP_LEARNERS_MAX)
		return SIZE_MAX;
	g->learners = vec_room(g->learners, g->nlearners, &g->caplearners,
	    sizeof(*g->learners));
	l = &g->learners[g->nlearners];
	l->name = xstrdup(name);
	return g->nlearners++;
}

static struct group_answers *
given_by(struct groupwork *g, size_t learner, uint32_t stage,
    unsigned round)
{
	struct group_answers *a = find(g, learner, stage, round);

	if (a != NULL)
		return a;
	g->given = vec_room(g->given, g->ngiven, &g->capgiven,
	    sizeof(*g->given));
	a = &g->given[g->ngiven++];
	a->learner = learner;
	a->stage = stage;
	a->round = round;
	answers_init(&a->answers);
	return a;
}

/* "Not asked" takes an answer back. */
static void
take_states(struct group_answers *a, const struct instrument *in,
    json_t *states)
{
	const char *id;
	json_t *v;

	json_object_foreach(states, id, v) {
		unsigned item = instrument_item(in, id, strlen(id));
		const char *name = json_string_value(v);
		enum answer state;

		if (item == NO_ITEM || name == NULL ||
		    !answer_from_name(name, strlen(name), &state))
			continue;
		answers_set(&a->answers, item, state);
		if (state == ANSWER_NOT_ASKED)
			itemset_remove(&a->given, item);
		else
			itemset_add(&a->given, item);
	}
}

/* What comes once the model was shown is no answer to the question. */
static void
fold_answers(struct groupwork *g, const struct record *r)
{
	uint32_t stage = stage_reached(g->w, record_text(r, "stage"));
	const char *name = record_text(r, "learner");
	unsigned round = round_of(r);
	struct group_answers *a;
	size_t learner;

	if (stage == NO_STAGE || round == 0 || *name == '\0' ||
	    g->shown[stage][round - 1])
		return;
	learner = learner_named(g, name);
	if (learner == SIZE_MAX)
		return;
	a = given_by(g, learner, stage, round);
	a->record = r;
	take_states(a, g->w->in, json_object_get(r->body, "answers"));
}

static void
fold_reveal(struct groupwork *g, const struct record *r)
{
	uint32_t stage = stage_reached(g->w, record_text(r, "stage"));
	unsigned round = round_of(r);

	if (stage == NO_STAGE || round == 0 ||
	    (round > 1 && !g->shown[stage][round - 2]))
		return;
	g->shown[stage][round - 1] = true;
}

/* ---- what stands ---- */

/* What one learner has said so far, and when it was told. */
struct said {
	enum answer state[ITEMS_MAX];
	int32_t day[ITEMS_MAX];
};

/*
 * Where the model has seen a sign its day counts, so that who answers as the
 * model does comes to its level.
 */
static struct span
seen_on(const struct walk *w, size_t place, unsigned item,
    const struct said *s)
{
	const struct study_answer *model;
	struct study_way way = w->way;

	way.n = place + 1;
	model = study_standing(w->study, w->in, &way, item);
	return model != NULL && group_sees(model->state) ? model->on :
	    span_of_day(s->day[item]);
}

static void
stand(struct group_answers *a, const struct walk *w, size_t place,
    struct said *s)
{
	const struct study_stage *st = &w->study->stages[a->stage];

	for (unsigned i = 0; i < w->in->nitems; i++)
		if (itemset_has(&a->given, i)) {
			s->state[i] = answers_get(&a->answers, i);
			s->day[i] = st->day;
		}
	answers_init(&a->answers);
	a->answers.age = st->age;
	for (unsigned i = 0; i < w->in->nitems; i++) {
		struct sighting seen = {.item = i, .state = s->state[i]};

		if (seen.state == ANSWER_NOT_ASKED)
			continue;
		seen.on = seen_on(w, place, i, s);
		answers_note(&a->answers, w->in, &seen, st->day);
	}
}

/* As in live work an answer stands until it is changed. */
static void
carry(struct groupwork *g, size_t learner)
{
	struct said s;

	memset(&s, 0, sizeof(s));
	for (size_t i = 0; i < g->w->way.n; i++)
		for (unsigned round = 1; round <= GROUP_ROUNDS; round++) {
			struct group_answers *a = find(g, learner,
			    g->w->way.stages[i], round);

			if (a != NULL)
				stand(a, g->w, i, &s);
		}
}

void
groupwork_of(const struct walk *w, struct groupwork *out)
{
	const struct casefile *c = w->c;

	memset(out, 0, sizeof(*out));
	out->w = w;
	for (size_t i = 0; i < c->nrecords; i++) {
		const struct record *r = c->records[i];

		/* A strike of a reveal does not make anybody unsee it. */
		if (r->validity != RECORD_VALID)
			continue;
		if (strcmp(r->entry.kind, "reveal") == 0)
			fold_reveal(out, r);
		else if (strcmp(r->entry.kind, "group-answers") == 0 &&
		    record_stands(r))
			fold_answers(out, r);
	}
	for (size_t i = 0; i < out->nlearners; i++)
		carry(out, i);
}

void
groupwork_release(struct groupwork *g)
{
	for (size_t i = 0; i < g->nlearners; i++)
		free(g->learners[i].name);
	free(g->learners);
	free(g->given);
	memset(g, 0, sizeof(*g));
}

bool
groupwork_shown(const struct groupwork *g, uint32_t stage, unsigned round)
{
	return stage < STUDY_STAGES_MAX && round >= 1 &&
	    round <= GROUP_ROUNDS && g->shown[stage][round - 1];
}

size_t
groupwork_count(const struct groupwork *g, uint32_t stage, unsigned round)
{
	size_t n = 0;

	for (size_t i = 0; i < g->ngiven; i++)
		n += g->given[i].stage == stage && g->given[i].round == round;
	return n;
}

const struct group_answers *
groupwork_answers(const struct groupwork *g, size_t learner, uint32_t stage,
    unsigned round)
{
	return find(g, learner, stage, round);
}

/* ---- the spread ---- */

bool
groupwork_model(const struct groupwork *g, uint32_t stage,
    struct answers *out)
{
	struct study_way way = g->w->way;

	for (way.n = 1; way.n <= g->w->way.n; way.n++)
		if (way.stages[way.n - 1] == stage) {
			study_answers(g->w->study, g->w->in, &way, out);
			return true;
		}
	answers_init(out);
	return false;
}

/* An item that was left open is a gap like one that is not known. */
static bool
is_same(enum answer model, enum answer given)
{
	return model == given || (model == ANSWER_NOT_KNOWN &&
	    given == ANSWER_NOT_ASKED);
}

static size_t
missed(const struct group_spread *s)
{
	if (!group_sees(s->model))
		return 0;
	return s->n[ANSWER_NOT_ASKED] + s->n[ANSWER_NOT_KNOWN] +
	    s->n[ANSWER_ABSENT];
}

static size_t
others(const struct group_spread *s)
{
	size_t n = 0;

	for (size_t i = 0; i < ANSWER_STATES; i++)
		n += s->n[i];
	return n - s->same;
}

static int
most_missed(const void *x, const void *y)
{
	const struct group_spread *a = x, *b = y;

	if (missed(a) != missed(b))
		return missed(a) > missed(b) ? -1 : 1;
	if (group_sees(a->model) != group_sees(b->model))
		return group_sees(a->model) ? -1 : 1;
	if (others(a) != others(b))
		return others(a) > others(b) ? -1 : 1;
	return a->item < b->item ? -1 : a->item > b->item;
}

static bool
says_anything(const struct group_spread *s)
{
	return s->model != ANSWER_NOT_KNOWN || s->n[ANSWER_ABSENT] > 0 ||
	    s->n[ANSWER_SUSPECTED] > 0 || s->n[ANSWER_PRESENT] > 0;
}

static struct group_spread
spread_of(const struct groupwork *g, const struct group_answers *round,
    unsigned item, enum answer model)
{
	struct group_spread s = {.item = item, .model = model};

	for (size_t i = 0; i < g->ngiven; i++) {
		const struct group_answers *a = &g->given[i];
		enum answer state = answers_get(&a->answers, item);

		if (a->stage != round->stage || a->round != round->round)
			continue;
		s.n[state]++;
		s.same += is_same(model, state);
	}
	return s;
}

size_t
groupwork_spread(const struct groupwork *g, uint32_t stage, unsigned round,
    struct group_spread **out)
{
	struct group_answers which = {.stage = stage, .round = round};
	struct group_spread *list = NULL;
	size_t n = 0, cap = 0;
	struct answers model;

	*out = NULL;
	if (!groupwork_model(g, stage, &model))
		return 0;
	for (unsigned i = 0; i < g->w->in->nitems; i++) {
		struct group_spread s = spread_of(g, &which, i,
		    answers_get(&model, i));

		if (!says_anything(&s))
			continue;
		list = vec_room(list, n, &cap, sizeof(*list));
		list[n++] = s;
	}
	if (n > 1)
		qsort(list, n, sizeof(*list), most_missed);
	*out = list;
	return n;
}

/* 0 far from the model, 2 the same. */
static int
nearness(enum answer model, enum answer given)
{
	if (is_same(model, given))
		return 2;
	return group_sees(model) == group_sees(given);
}

struct group_turn
groupwork_turn(const struct groupwork *g, uint32_t stage, unsigned item)
{
	struct group_turn t = {0, 0, 0};
	struct answers model;

	if (!groupwork_model(g, stage, &model))
		return t;
	for (size_t i = 0; i < g->nlearners; i++) {
		const struct group_answers *a = find(g, i, stage, 1);
		const struct group_answers *b = find(g, i, stage, 2);
		int was, is;

		if (a == NULL || b == NULL)
			continue;
		was = nearness(answers_get(&model, item),
		    answers_get(&a->answers, item));
		is = nearness(answers_get(&model, item),
		    answers_get(&b->answers, item));
		t.both++;
		t.towards += is > was;
		t.away += is < was;
	}
	return t;
}

size_t
groupwork_levels(const struct groupwork *g, uint32_t stage, unsigned round)
{
	unsigned level, could_be, model;
	size_t n = 0;

	if (stage >= g->w->study->nstages)
		return 0;
	model = screen_level_from_id(g->w->in,
	    g->w->study->stages[stage].level);
	for (size_t i = 0; i < g->ngiven; i++) {
		const struct group_answers *a = &g->given[i];

		if (a->stage != stage || a->round != round)
			continue;
		screen_levels(g->w->in, &a->answers, &level, &could_be);
		n += level == model;
	}
	return n;
}

/* ---- what is written ---- */

static json_t *
states_of(const struct walk *w, const struct group_entry *g)
{
	json_t *o = json_object();

	for (unsigned i = 0; i < w->in->nitems; i++)
		if (itemset_has(g->given, i))
			(void)json_object_set_new(o, w->in->items[i].id,
			    json_string(answer_name(answers_get(g->answers,
			    i))));
	return o;
}

struct entry_draft
groupwork_draft(const struct walk *w, const struct group_entry *g)
{
	struct entry_draft d = {.case_id = w->c->id, .kind = "group-answers",
	    .on = span_none()};
	char hex[2 * ENTRY_ID_LEN + 1];

	d.body = json_pack("{s:s, s:s, s:i, s:o, s:s}", "learner", g->learner,
	    "stage", w->study->stages[g->stage].id, "round", (int)g->round,
	    "answers", states_of(w, g), "from", g->from);
	if (g->attempt != NULL) {
		hex_format(g->attempt->b, ENTRY_ID_LEN, hex);
		(void)json_object_set_new(d.body, "attempt",
		    json_string(hex));
	}
	return d;
}

struct entry_draft
groupwork_reveal_draft(const struct walk *w, uint32_t stage, unsigned round)
{
	struct entry_draft d = {.case_id = w->c->id, .kind = "reveal",
	    .on = span_none()};

	d.body = json_pack("{s:s, s:i}", "stage",
	    w->study->stages[stage].id, "round", (int)round);
	return d;
}
