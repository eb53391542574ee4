/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A study as it stands: its ways and the model's answers along them. */
#include "config.h"

#include "core/study.h"

#include <stdlib.h>
#include <string.h>

static const char *const covers[] = {
	"boy", "disabled", "peer-on-peer", "online", "gang", "group", "care",
	"joined-up", "not-enough-known", "other-explanation", NULL
};

const char *const *
study_cover_words(void)
{
	return covers;
}

void
study_covers(const struct study *s, struct str *out)
{
	const char *comma = "";

	for (size_t i = 0; covers[i] != NULL; i++)
		if ((s->covers >> i & 1u) != 0) {
			str_add_fmt(out, "%s%s", comma, covers[i]);
			comma = ", ";
		}
}

const char *
study_child_word(const struct study *s)
{
	if (s->sex == 'M')
		return "boy";
	return s->sex == 'F' ? "girl" : "young person";
}

static void
lines_release(struct study_lines *l)
{
	for (size_t i = 0; i < l->n; i++)
		free(l->list[i]);
	free(l->list);
}

static void
free_answers(struct study_stage *st)
{
	for (size_t i = 0; i < st->nanswers; i++) {
		free(st->answers[i].item);
		free(st->answers[i].reason);
		free(st->answers[i].source);
	}
	free(st->answers);
}

static void
free_choices(struct study_stage *st)
{
	for (size_t i = 0; i < st->nchoices; i++) {
		free(st->choices[i].id);
		free(st->choices[i].words);
		free(st->choices[i].reply);
		free(st->choices[i].discloses);
	}
	free(st->choices);
}

static void
stage_release(struct study_stage *st)
{
	for (size_t i = 0; i < st->nquestions; i++) {
		free(st->questions[i].ask);
		lines_release(&st->questions[i].look_for);
	}
	free(st->questions);
	free_answers(st);
	free_choices(st);
	lines_release(&st->note);
	free(st->id);
	free(st->agency);
	free(st->known);
	free(st->child_says);
	free(st->not_heard);
	free(st->level);
	free(st->why);
	free(st->judgement);
	free(st->judgement_why);
}

void
study_free(struct study *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < s->nstages; i++)
		stage_release(&s->stages[i]);
	free(s->stages);
	free(s->id);
	free(s->version);
	free(s->title);
	free(s->instrument);
	free(s->source);
	free(s->teaches);
	free(s->missed);
	free(s->pair);
	free(s->called);
	free(s->care);
	free(s);
}

/* ---- ways ---- */

struct walk {
	const struct study *s;
	study_way_fn fn;
	void *ctx;
	struct study_way way;
};

static bool
leads_to(const struct study_stage *st, uint32_t to)
{
	if (st->nchoices == 0)
		return st->next == to;
	for (size_t i = 0; i < st->nchoices; i++)
		if (st->choices[i].next == to)
			return true;
	return false;
}

/*
 * As deep as there are stages, for they lead only downwards.  Choices that
 * lead to one stage are one way.
 */
static void
walk_from(struct walk *w, uint32_t at)
{
	const struct study_stage *st = &w->s->stages[at];

	w->way.stages[w->way.n++] = at;
	if (leads_to(st, STUDY_END))
		w->fn(&w->way, w->ctx);
	for (uint32_t to = at + 1; to < w->s->nstages; to++)
		if (leads_to(st, to))
			walk_from(w, to);
	w->way.n--;
}

void
study_each_way(const struct study *s, study_way_fn fn, void *ctx)
{
	struct walk w = { .s = s, .fn = fn, .ctx = ctx };

	if (s->nstages > 0)
		walk_from(&w, 0);
}

struct study_ahead
study_ahead(const struct study *s, uint32_t from)
{
	struct study_ahead n[STUDY_STAGES_MAX] = {{0, 0}};

	for (uint32_t i = (uint32_t)s->nstages; i-- > from;) {
		const struct study_stage *st = &s->stages[i];
		size_t ways = st->nchoices > 0 ? st->nchoices : 1;

		n[i].least = SIZE_MAX;
		for (size_t k = 0; k < ways; k++) {
			uint32_t to = st->nchoices > 0 ? st->choices[k].next :
			    st->next;
			bool on = to < s->nstages;
			size_t l = on ? 1 + n[to].least : 0;
			size_t m = on ? 1 + n[to].most : 0;

			n[i].least = l < n[i].least ? l : n[i].least;
			n[i].most = m > n[i].most ? m : n[i].most;
		}
	}
	return n[from];
}

size_t
study_ways(const struct study *s)
{
	size_t from[STUDY_STAGES_MAX] = { 0 };

	for (size_t at = s->nstages; at-- > 0;) {
		from[at] = leads_to(&s->stages[at], STUDY_END) ? 1 : 0;
		for (size_t to = at + 1; to < s->nstages; to++)
			if (leads_to(&s->stages[at], (uint32_t)to))
				from[at] += from[to];
		if (from[at] > STUDY_WAYS_MAX)
			from[at] = STUDY_WAYS_MAX + 1;
	}
	return s->nstages > 0 ? from[0] : 0;
}

/* ---- the model's answers ---- */

const struct study_answer *
study_standing(const struct study *s, const struct instrument *in,
    const struct study_way *way, uint32_t item)
{
	for (size_t i = way->n; i-- > 0;) {
		const struct study_stage *st = &s->stages[way->stages[i]];

		for (size_t k = 0; k < st->nanswers; k++)
			if (instrument_item(in, st->answers[k].item,
			    strlen(st->answers[k].item)) == item)
				return &st->answers[k];
	}
	return NULL;
}

void
study_answers(const struct study *s, const struct instrument *in,
    const struct study_way *way, struct answers *out)
{
	const struct study_stage *last = &s->stages[way->stages[way->n - 1]];

	answers_init(out);
	out->age = last->age;
	for (uint32_t i = 0; i < in->nitems; i++) {
		const struct study_answer *a = study_standing(s, in, way, i);
		struct sighting seen = { .item = i,
		    .state = ANSWER_NOT_KNOWN, .on = span_none() };

		if (a != NULL) {
			seen.state = a->state;
			seen.on = a->on;
		}
		answers_note(out, in, &seen, last->day);
	}
}
