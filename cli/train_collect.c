/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/train.h"

#include <stdlib.h>
#include <string.h>

#include "cli/print.h"
#include "core/vec.h"
#include "exchange/groupfile.h"

/* What is taken in, all at once when the file was read to its end. */
struct job {
	const struct train_session *x;
	struct entry_draft *drafts;	/* owned */
	size_t n, cap;
	size_t answers, learners, again;	/* again: of known learners */
};

static size_t
known(const struct groupwork *g, const char *name)
{
	for (size_t i = 0; i < g->nlearners; i++)
		if (group_same_name(g->learners[i].name, name))
			return i;
	return SIZE_MAX;
}

static bool
was_reached(const struct walk *w, uint32_t stage)
{
	for (size_t i = 0; i < w->way.n; i++)
		if (w->way.stages[i] == stage)
			return true;
	return false;
}

/* What the fold would not count is not written. */
static enum rc
check(const struct job *j, const struct groupfile_answers *a, struct err *e)
{
	const struct walk *w = &j->x->w;
	const char *stage = w->study->stages[a->stage].id;

	if (!was_reached(w, a->stage))
		return err_set(e, RC_INPUT, "the group has not come to stage "
		    "\"%s\"; it is at \"%s\". Nothing was taken in", stage,
		    walk_stage(w)->id);
	if (groupwork_shown(&j->x->g, a->stage, a->round))
		return err_set(e, RC_REFUSED, "round %u of stage \"%s\" was "
		    "revealed already and takes no more answers%s. Nothing "
		    "was taken in", a->round, stage, a->round == 1 ? "; those "
		    "after the discussion are round 2" : "");
	if (a->round > 1 && !groupwork_shown(&j->x->g, a->stage,
	    a->round - 1))
		return err_set(e, RC_REFUSED, "round %u of stage \"%s\" was "
		    "not revealed yet, so there is no round %u. Nothing was "
		    "taken in", a->round - 1, stage, a->round);
	return RC_OK;
}

/* One learner may come with several stages and rounds. */
static bool
is_first_of(const struct job *j, const char *name)
{
	for (size_t i = 0; i < j->n; i++)
		if (group_same_name(json_string_value(json_object_get(
		    j->drafts[i].body, "learner")), name))
			return false;
	return true;
}

static enum rc
take(void *ctx, const struct groupfile_answers *a, struct err *e)
{
	struct job *j = ctx;
	const struct group_entry g = {
		.learner = a->learner, .stage = a->stage, .round = a->round,
		.answers = a->answers, .given = a->given, .from = "file"
	};
	enum rc rc = check(j, a, e);

	if (rc != RC_OK)
		return rc;
	if (is_first_of(j, a->learner)) {
		j->learners++;
		j->again += known(&j->x->g, a->learner) != SIZE_MAX;
	}
	j->drafts = vec_room(j->drafts, j->n, &j->cap, sizeof(*j->drafts));
	j->drafts[j->n++] = groupwork_draft(&j->x->w, &g);
	j->answers += itemset_count(a->given);
	return RC_OK;
}

static enum rc
read_file(const struct train *t, struct job *j, struct err *e)
{
	struct groupfile_opts o = {.w = &j->x->w,
		.stage = j->x->w.way.stages[j->x->w.way.n - 1]};
	const struct groupfile_sink sink = {take, j};
	struct source src;
	enum rc rc = train_round(t->c, &o.round, e);

	if (rc == RC_OK)
		rc = train_stage(t->c, j->x->w.study, &o.stage, e);
	if (rc == RC_OK)
		rc = source_open(&src, t->c->args[3], e);
	if (rc != RC_OK)
		return rc;
	rc = groupfile_read(&src, &o, &sink, e);
	source_close(&src);
	if (rc == RC_OK && j->n == 0)
		rc = err_set(e, RC_INPUT, "%s holds no answers",
		    t->c->args[3]);
	if (rc == RC_OK && j->x->g.nlearners + j->learners - j->again >
	    GROUP_LEARNERS_MAX)
		rc = err_set(e, RC_INPUT, "a group has %d learners at most; "
		    "with this file it would have %zu. Nothing was taken in",
		    GROUP_LEARNERS_MAX, j->x->g.nlearners + j->learners -
		    j->again);
	return rc;
}

static void
say_done(const struct job *j, const struct train *t, bool dry)
{
	say("%s %zu answer%s of %zu learner%s", dry ? "Would take in" :
	    "Took in", j->answers, j->answers == 1 ? "" : "s", j->learners,
	    j->learners == 1 ? "" : "s");
	if (j->again > 0)
		say(", %zu of whom had answered before", j->again);
	say(".\n");
	if (dry)
		say("Nothing was changed.\n");
	else
		say("They stay hidden until the round is revealed in the "
		    "session: hearken %s\n", t->c->args[1]);
}

enum rc
train_collect(const struct train *t, bool *attention, struct err *e)
{
	const bool dry = call_option(t->c, "dry-run") != NULL;
	struct train_session x = {.loaded = false};
	struct job j = {.x = &x};
	enum rc rc = train_session_load(t, t->c->args[2], LOOK_OPEN, &x, e);

	(void)attention;
	if (rc == RC_OK && x.w.mode != WALK_GROUP)
		rc = err_set(e, RC_REFUSED, "%s is the session of one alone; "
		    "answers are collected for a group's (hearken train list "
		    "tells which are)", x.cf.reference);
	if (rc == RC_OK)
		rc = read_file(t, &j, e);
	if (rc == RC_OK && !dry)
		rc = store_append(t->s, j.drafts, j.n, NULL, e);
	if (rc == RC_OK)
		say_done(&j, t, dry);
	for (size_t i = 0; i < j.n; i++)
		entry_draft_release(&j.drafts[i]);
	free(j.drafts);
	train_session_release(&x);
	return rc;
}
