/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A question about an indicator that was missed, and its answer. */
#include "config.h"

#include "core/retest.h"

#include <stdlib.h>
#include <string.h>

#include "core/vec.h"

struct places {
	struct place {
		const struct study *study;
		uint32_t stage;
	} *list;
	size_t n, cap;
};

/* What the stage itself answers; NULL if it says nothing of the item. */
static const struct study_answer *
answered_at(const struct study_stage *st, const struct instrument *in,
    unsigned item)
{
	for (size_t i = 0; i < st->nanswers; i++)
		if (instrument_item(in, st->answers[i].item,
		    strlen(st->answers[i].item)) == item)
			return &st->answers[i];
	return NULL;
}

static void
find_places(const struct instrument *in, const struct study *s,
    unsigned item, struct places *out)
{
	for (uint32_t i = 0; i < s->nstages; i++) {
		const struct study_answer *a =
		    answered_at(&s->stages[i], in, item);

		if (a == NULL || a->state < ANSWER_SUSPECTED)
			continue;
		out->list = vec_room(out->list, out->n, &out->cap,
		    sizeof(*out->list));
		out->list[out->n++] = (struct place){ s, i };
	}
}

/* Of other studies than the one it was missed in, or of that one. */
static void
find_all(const struct retests *r, const struct retest_item *it,
    const struct study *const *studies, size_t n, struct places *out)
{
	for (int same = 0; same <= 1 && out->n == 0; same++)
		for (size_t i = 0; i < n; i++)
			if (strcmp(studies[i]->instrument, r->in->id) == 0 &&
			    (strcmp(studies[i]->id, it->study) == 0) == same)
				find_places(r->in, studies[i], it->item,
				    out);
}

static size_t
draw(const struct rng *rng, size_t n)
{
	uint64_t x;

	rng_fill(rng, &x, sizeof(x));
	return (size_t)(x % n);
}

static void
shuffle(const struct rng *rng, unsigned *list, size_t n)
{
	for (size_t i = n; i > 1; i--) {
		size_t k = draw(rng, i);
		unsigned swap = list[i - 1];

		list[i - 1] = list[k];
		list[k] = swap;
	}
}

/*
 * True if the stage tells all that there is to know of the item: its own
 * answer, or none by any stage that may come before, which stand above it.
 */
static bool
told_here(const struct instrument *in, const struct place *p, unsigned item)
{
	if (answered_at(&p->study->stages[p->stage], in, item) != NULL)
		return true;
	for (uint32_t i = 0; i < p->stage; i++)
		if (answered_at(&p->study->stages[i], in, item) != NULL)
			return false;
	return true;
}

static void
choose_items(const struct instrument *in, const struct place *p,
    const struct rng *rng, struct retest_question *q)
{
	unsigned others[ITEMS_MAX];
	size_t n = 0;

	for (unsigned i = 0; i < in->nitems; i++)
		if (i != q->item && itemset_has(&in->listed, i) &&
		    told_here(in, p, i))
			others[n++] = i;
	shuffle(rng, others, n);
	q->items[q->n++] = q->item;
	for (size_t i = 0; i < n && q->n < RETEST_ASKED; i++)
		q->items[q->n++] = others[i];
	shuffle(rng, q->items, q->n);
	for (size_t i = 0; i < q->n; i++) {
		const struct study_answer *a = answered_at(
		    &p->study->stages[p->stage], in, q->items[i]);

		q->model[i] = a != NULL ? a->state : ANSWER_NOT_KNOWN;
	}
}

bool
retest_ask(const struct retests *r, const struct retest_item *it,
    const struct study *const *studies, size_t nstudies,
    const struct rng *rng, struct retest_question *out)
{
	struct places places = { .n = 0 };
	bool found;

	memset(out, 0, sizeof(*out));
	find_all(r, it, studies, nstudies, &places);
	found = places.n > 0;
	if (found) {
		const struct place *p = &places.list[draw(rng, places.n)];

		out->item = it->item;
		out->study = p->study;
		out->stage = p->stage;
		choose_items(r->in, p, rng, out);
	}
	free(places.list);
	return found;
}

struct entry_draft
retest_draft(const struct retest_question *q, const struct instrument *in,
    const struct case_id *log, const enum answer *given, bool *right)
{
	struct entry_draft d = { *log, "retest", span_none(), NULL };
	json_t *answers = json_object();

	*right = false;
	for (size_t i = 0; i < q->n; i++) {
		(void)json_object_set_new(answers,
		    in->items[q->items[i]].id,
		    json_string(answer_name(given[i])));
		if (q->items[i] == q->item)
			*right = given[i] == q->model[i];
	}
	d.body = json_pack("{s:s, s:s, s:s, s:s, s:o, s:b}",
	    "study", q->study->id, "stage", q->study->stages[q->stage].id,
	    "instrument", in->id, "indicator", in->items[q->item].id,
	    "answers", answers, "right", *right ? 1 : 0);
	return d;
}
