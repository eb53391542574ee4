/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A study held against the instrument that it is made for. */
#include "config.h"

#include "core/study.h"

#include <string.h>

#include "core/near.h"
#include "core/screen.h"

static void
check_item(const struct study_answer *a, const struct instrument *in,
    struct faults *f)
{
	struct near near;

	if (instrument_item(in, a->item, strlen(a->item)) != NO_ITEM)
		return;
	near_init(&near, a->item, strlen(a->item));
	for (size_t i = 0; i < in->nitems; i++)
		near_offer(&near, in->items[i].id);
	faults_add(f, a->at.line, a->at.column,
	    "%s has no item \"%.64s\"%s%s%s", in->id, a->item,
	    near.best != NULL ? "; did you mean \"" : "",
	    near.best != NULL ? near.best : "",
	    near.best != NULL ? "\"?" : "");
}

/* True if the id is a level of the instrument. */
static bool
check_level(const char *id, struct study_place at,
    const struct instrument *in, struct faults *f)
{
	struct str known;

	if (screen_level_from_id(in, id) != NO_ITEM)
		return true;
	str_init(&known);
	for (unsigned i = 0; i <= LEVEL_NONE(in); i++)
		str_add_fmt(&known, "%s%s", i == 0 ? "" : ", ",
		    screen_level_id(in, i));
	faults_add(f, at.line, at.column, "%s has no level \"%.64s\"; "
	    "expected one of %s", in->id, id, known.s);
	str_release(&known);
	return false;
}

/* One may raise what the rules say; lowering takes a second person. */
static void
check_judgement(const struct study_stage *st, const struct instrument *in,
    struct faults *f)
{
	if (st->judgement[0] == '\0' ||
	    !check_level(st->judgement, st->judgement_at, in, f))
		return;
	if (screen_level_from_id(in, st->judgement) >=
	    screen_level_from_id(in, st->level))
		faults_add(f, st->judgement_at.line, st->judgement_at.column,
		    "the judgement \"%s\" is not above the level \"%s\"; one "
		    "person may only raise it", st->judgement, st->level);
}

static void
check_stage(const struct study_stage *st, const struct instrument *in,
    struct faults *f)
{
	for (size_t i = 0; i < st->nanswers; i++)
		check_item(&st->answers[i], in, f);
	if (check_level(st->level, st->level_at, in, f))
		check_judgement(st, in, f);
}

struct levels {
	const struct study *s;
	const struct instrument *in;
	struct faults *f;
	bool told[STUDY_STAGES_MAX];	/* a stage has one such fault */
};

static void
tell_level(const struct levels *l, const struct study_way *way,
    unsigned level)
{
	const struct study_stage *st =
	    &l->s->stages[way->stages[way->n - 1]];
	struct str by;

	str_init(&by);
	for (size_t i = 0; i < way->n; i++)
		str_add_fmt(&by, "%s%s", i == 0 ? "" : ", ",
		    l->s->stages[way->stages[i]].id);
	faults_add(l->f, st->level_at.line, st->level_at.column,
	    "the level is stated as \"%s\", but the rules of %s %s give "
	    "\"%s\" after %s", st->level, l->in->id, l->in->version,
	    screen_level_id(l->in, level), by.s);
	str_release(&by);
}

static void
check_way(const struct study_way *way, void *ctx)
{
	struct levels *l = ctx;

	for (size_t n = 1; n <= way->n; n++) {
		uint32_t at = way->stages[n - 1];
		struct study_way part = *way;
		unsigned level, could_be;
		struct answers a;

		part.n = n;
		study_answers(l->s, l->in, &part, &a);
		screen_levels(l->in, &a, &level, &could_be);
		if (l->told[at] || level ==
		    screen_level_from_id(l->in, l->s->stages[at].level))
			continue;
		l->told[at] = true;
		tell_level(l, &part, level);
	}
}

bool
study_check(const struct study *s, const struct instrument *in,
    struct faults *f)
{
	struct levels l = { .s = s, .in = in, .f = f };
	size_t before = f->n;

	if (in->unscored) {
		faults_add(f, s->instrument_at.line, s->instrument_at.column,
		    "\"%s\" is a memory aid without levels; a study needs an "
		    "instrument that has rules", in->id);
		return false;
	}
	for (size_t i = 0; i < s->nstages; i++)
		check_stage(&s->stages[i], in, f);
	if (f->n == before)
		study_each_way(s, check_way, &l);
	faults_sort(f);
	return f->n == before;
}
