/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An attempt beside the model. */
#include "config.h"

#include "core/walk_impl.h"

#include <stdlib.h>
#include <string.h>

#include "core/vec.h"

/* The order in which people are shown them, and their words. */
static const struct {
	enum walk_match match;
	const char *words;
} matches[] = {
	{ MATCH_MISSED, "missed" },
	{ MATCH_WEAKER, "seen, less sure" },
	{ MATCH_BEYOND, "more than was known" },
	{ MATCH_OTHER, "otherwise" },
	{ MATCH_SAME, "as the model" },
};
#define NMATCHES (sizeof(matches) / sizeof(matches[0]))

static size_t
rank_of(enum walk_match m)
{
	size_t i = 0;

	while (i < NMATCHES - 1 && matches[i].match != m)
		i++;
	return i;
}

const char *
walk_match_words(enum walk_match m)
{
	return matches[rank_of(m)].words;
}

/* Nobody has asked, nobody knows: of a story both say the same. */
static enum answer
plain(enum answer a)
{
	return a == ANSWER_NOT_ASKED ? ANSWER_NOT_KNOWN : a;
}

static enum walk_match
match_of(enum answer model, enum answer given)
{
	model = plain(model);
	given = plain(given);
	if (model == given)
		return MATCH_SAME;
	if (model >= ANSWER_SUSPECTED && given < ANSWER_SUSPECTED)
		return MATCH_MISSED;
	if (model == ANSWER_PRESENT)
		return MATCH_WEAKER;
	return given >= ANSWER_SUSPECTED ? MATCH_BEYOND : MATCH_OTHER;
}

static int
by_match(const void *a, const void *b)
{
	const struct walk_item *x = a, *y = b;
	size_t p = rank_of(x->match), q = rank_of(y->match);

	if (p != q)
		return p < q ? -1 : 1;
	return x->item < y->item ? -1 : x->item > y->item;
}

static void
lay_items(const struct walk *w, const struct study_way *way,
    const struct answers *given, struct walk_model *out)
{
	for (unsigned i = 0; i < w->in->nitems; i++) {
		struct walk_item it = { .item = i,
		    .model = answers_get(&out->answers, i),
		    .given = answers_get(given, i) };

		if (it.model <= ANSWER_NOT_KNOWN &&
		    it.given <= ANSWER_NOT_KNOWN)
			continue;
		it.match = match_of(it.model, it.given);
		it.why = study_standing(w->study, w->in, way, i);
		out->items = vec_room(out->items, out->nitems,
		    &out->capitems, sizeof(*out->items));
		out->items[out->nitems++] = it;
	}
	if (out->nitems > 1)
		qsort(out->items, out->nitems, sizeof(*out->items),
		    by_match);
}

/* One may raise what the rules say; a study says so in its judgement. */
static unsigned
model_level(const struct walk *w, const struct study_stage *st,
    unsigned rules)
{
	unsigned level = screen_level_from_id(w->in, st->judgement);

	return level != NO_ITEM && level < rules ? level : rules;
}

void
walk_model_of(const struct walk *w, size_t i, const struct walk_attempt *a,
    struct walk_model *out)
{
	struct study_way way = w->way;
	const struct study_stage *st = &w->study->stages[way.stages[i]];

	memset(out, 0, sizeof(*out));
	way.n = i + 1;
	study_answers(w->study, w->in, &way, &out->answers);
	screen_judge(w->in, &out->answers, &out->result);
	out->level = model_level(w, st, out->result.level);
	lay_items(w, &way, &a->answers, out);
	out->level_same = out->level ==
	    (a->judgement != NO_ITEM ? a->judgement : a->level);
}

void
walk_model_release(struct walk_model *m)
{
	free(m->items);
	memset(m, 0, sizeof(*m));
}
