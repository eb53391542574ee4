/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A round as the table of agreement has it, and the change between two
 * sessions.
 */
#include "config.h"

#include "core/groupwork.h"

#include <stdlib.h>
#include <string.h>

#include "core/screen.h"
#include "core/vec.h"
#include "core/xalloc.h"

/* ---- the table ---- */

static const bool sees[ANSWER_STATES] = {
	[ANSWER_SUSPECTED] = true, [ANSWER_PRESENT] = true
};

bool
groupwork_rated(const struct groupwork *g, uint32_t stage, unsigned round,
    unsigned item, const struct answers *model)
{
	enum answer a = answers_get(model, item);

	if (a != ANSWER_NOT_ASKED && a != ANSWER_NOT_KNOWN)
		return true;
	for (size_t i = 0; i < g->ngiven; i++)
		if (g->given[i].stage == stage && g->given[i].round == round &&
		    answers_get(&g->given[i].answers, item) !=
		    ANSWER_NOT_ASKED)
			return true;
	return false;
}

static void
table_row(const struct groupwork *g, const struct group_answers *which,
    struct group_table *out, const struct answers *model)
{
	size_t row = out->table.items, rater = 0;
	unsigned item = out->items[row];

	for (size_t i = 0; i < g->ngiven; i++) {
		const struct group_answers *a = &g->given[i];

		if (a->stage == which->stage && a->round == which->round)
			out->cells[row * out->table.raters + rater++] =
			    (int16_t)answers_get(&a->answers, item);
	}
	out->answers[row] = (int16_t)answers_get(model, item);
	out->group[row] = (uint32_t)row;
	out->table.items++;
}

void
groupwork_table(const struct groupwork *g, uint32_t stage, unsigned round,
    struct group_table *out)
{
	struct group_answers which = {.stage = stage, .round = round};
	size_t items = g->w->in->nitems;
	struct answers model;

	memset(out, 0, sizeof(*out));
	out->table.raters = groupwork_count(g, stage, round);
	out->table.categories = ANSWER_STATES;
	out->cells = xcalloc(items * out->table.raters + 1,
	    sizeof(*out->cells));
	out->answers = xcalloc(items + 1, sizeof(*out->answers));
	out->group = xcalloc(items + 1, sizeof(*out->group));
	out->items = xcalloc(items + 1, sizeof(*out->items));
	if (!groupwork_model(g, stage, &model))
		items = 0;
	for (unsigned i = 0; i < items; i++)
		if (groupwork_rated(g, stage, round, i, &model)) {
			out->items[out->table.items] = i;
			table_row(g, &which, out, &model);
		}
	out->table.cells = out->cells;
	out->model = (struct agree_model){out->answers, sees, out->group,
	    out->table.items};
}

void
group_table_release(struct group_table *t)
{
	free(t->cells);
	free(t->answers);
	free(t->group);
	free(t->items);
	memset(t, 0, sizeof(*t));
}

/* ---- before and after ---- */

struct levels {
	size_t all, right;
};

static void
count_stage(const struct groupwork *g, const struct group_answers *a,
    struct agree_counts *c)
{
	const struct study_stage *st = &g->w->study->stages[a->stage];
	struct itemset told = {{0}};
	struct answers model;

	(void)groupwork_model(g, a->stage, &model);
	for (size_t i = 0; i < st->nanswers; i++) {
		unsigned item = instrument_item(g->w->in, st->answers[i].item,
		    strlen(st->answers[i].item));
		bool saw;

		if (item == NO_ITEM || itemset_has(&told, item))
			continue;
		itemset_add(&told, item);
		saw = group_sees(answers_get(&a->answers, item));
		if (group_sees(answers_get(&model, item)))
			*(saw ? &c->hits : &c->missed) += 1;
		else
			*(saw ? &c->alarms : &c->passed) += 1;
	}
}

static void
count_level(const struct groupwork *g, const struct group_answers *a,
    struct levels *l)
{
	unsigned level, could_be, model;

	screen_levels(g->w->in, &a->answers, &level, &could_be);
	model = screen_level_from_id(g->w->in,
	    g->w->study->stages[a->stage].level);
	l->all++;
	l->right += level == model;
}

/* False if there is no first round of theirs that was revealed. */
static bool
count_learner(const struct groupwork *g, size_t learner,
    struct agree_counts *c, struct levels *l)
{
	for (size_t i = 0; i < g->ngiven; i++) {
		const struct group_answers *a = &g->given[i];

		if (a->learner != learner || a->round != 1 ||
		    !groupwork_shown(g, a->stage, 1))
			continue;
		count_stage(g, a, c);
		count_level(g, a, l);
	}
	return l->all > 0;
}

static bool
is_pair(const struct study *a, const struct study *b)
{
	return strcmp(a->id, b->id) != 0 &&
	    ((*a->pair != '\0' && strcmp(a->pair, b->id) == 0) ||
	    (*b->pair != '\0' && strcmp(b->pair, a->id) == 0));
}

static bool
is_in(const struct groupwork *g, const char *name, struct agree_counts *c,
    struct levels *l)
{
	for (size_t i = 0; i < g->nlearners; i++)
		if (group_same_name(g->learners[i].name, name))
			return count_learner(g, i, c, l);
	return false;
}

static void
compare_one(const struct groupwork *before, size_t learner,
    const struct groupwork *after, struct group_compared *out)
{
	struct group_change ch = {.name = before->learners[learner].name};
	struct levels was = {0, 0}, is = {0, 0};

	if (!count_learner(before, learner, &ch.before, &was))
		return;
	if (!is_in(after, ch.name, &ch.after, &is)) {
		out->only_before++;
		return;
	}
	ch.name = xstrdup(ch.name);
	ch.levels_before = was.all;
	ch.levels_right_before = was.right;
	ch.levels_after = is.all;
	ch.levels_right_after = is.right;
	out->changes = vec_room(out->changes, out->n, &out->cap,
	    sizeof(*out->changes));
	out->changes[out->n++] = ch;
}

enum rc
groupwork_compare(const struct groupwork *before,
    const struct groupwork *after, struct group_compared *out,
    struct err *e)
{
	memset(out, 0, sizeof(*out));
	if (!is_pair(before->w->study, after->w->study))
		return err_set(e, RC_INPUT, "\"%s\" and \"%s\" are no pair; "
		    "expected two studies of which one names the other as "
		    "its pair", before->w->study->id, after->w->study->id);
	for (size_t i = 0; i < before->nlearners; i++)
		compare_one(before, i, after, out);
	for (size_t i = 0; i < after->nlearners; i++) {
		struct agree_counts c = {0, 0, 0, 0, 0};
		struct levels l = {0, 0};

		if (!count_learner(after, i, &c, &l))
			continue;
		l = (struct levels){0, 0};
		out->only_after += !is_in(before, after->learners[i].name,
		    &c, &l);
	}
	return RC_OK;
}

void
group_compared_release(struct group_compared *c)
{
	for (size_t i = 0; i < c->n; i++)
		free(c->changes[i].name);
	free(c->changes);
	memset(c, 0, sizeof(*c));
}
