/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/train.h"

#include <string.h>
#include <strings.h>

#include "cli/print.h"
#include "cli/row.h"
#include "cli/sandbox.h"
#include "exchange/file.h"
#include "exchange/out.h"

#define MODEL "model"

struct job {
	const struct groupwork *g;
	unsigned round;
	bool all;		/* also what was not revealed */
	struct out out;
	struct str file;	/* what goes into --out */
	size_t ratings, hidden;	/* rows of learners; stages left out */
	bool used[ANSWER_STATES];
};

static bool
collect(const char *bytes, size_t n, void *ctx)
{
	str_add_n(ctx, bytes, n);
	return true;
}

static void
row(struct job *j, uint32_t stage, unsigned item, const char *rater,
    enum answer state)
{
	const struct walk *w = j->g->w;
	struct str name;

	j->used[state] = true;
	str_init(&name);
	str_add_fmt(&name, "%s/%s", w->study->stages[stage].id,
	    w->in->items[item].id);
	row_csv(&j->out, name.s, ",");
	row_csv(&j->out, rater, ",");
	row_csv(&j->out, answer_name(state), ",");
	row_csv(&j->out, w->in->items[item].id, "\r\n");
	out_settle(&j->out);
	str_release(&name);
}

static void
item_rows(struct job *j, uint32_t stage, unsigned item, enum answer model)
{
	const struct groupwork *g = j->g;

	row(j, stage, item, MODEL, model);
	for (size_t i = 0; i < g->ngiven; i++) {
		const struct group_answers *a = &g->given[i];

		if (a->stage != stage || a->round != j->round)
			continue;
		row(j, stage, item, g->learners[a->learner].name,
		    answers_get(&a->answers, item));
		j->ratings++;
	}
}

static void
stage_rows(struct job *j, uint32_t stage)
{
	const struct groupwork *g = j->g;
	struct answers model;

	if (groupwork_count(g, stage, j->round) == 0 ||
	    !groupwork_model(g, stage, &model))
		return;
	if (!j->all && !groupwork_shown(g, stage, j->round)) {
		j->hidden++;
		return;
	}
	for (unsigned i = 0; i < g->w->in->nitems; i++) {
		enum answer a = answers_get(&model, i);

		if (a == ANSWER_NOT_ASKED)
			a = ANSWER_NOT_KNOWN;
		if (groupwork_rated(g, stage, j->round, i, &model))
			item_rows(j, stage, i, a);
	}
}

static enum rc
check_names(const struct groupwork *g, struct err *e)
{
	for (size_t i = 0; i < g->nlearners; i++)
		if (strcasecmp(g->learners[i].name, MODEL) == 0)
			return err_set(e, RC_INPUT, "a learner of this "
			    "session is called \"%s\", which is what the "
			    "model's answers are called; give the learner "
			    "another name", g->learners[i].name);
	return RC_OK;
}

/* Whoever takes part in a round sees it when the others do. */
static enum rc
check_all(const struct train *t, const struct walk *w, struct err *e)
{
	if ((store_role(t->s) & (ROLE_TRAINER | ROLE_SUPERVISOR)) != 0 ||
	    memcmp(store_author(t->s)->b, w->learner.b, AUTHOR_LEN) == 0)
		return RC_OK;
	return err_set(e, RC_REFUSED, "rounds that were not revealed are for "
	    "whoever leads the session, trainers and supervisors; leave out "
	    "--all");
}

/* hearken agree takes no word for a tick that no rating of the file is. */
static void
tell_made(const struct job *j, const char *path)
{
	const bool present = j->used[ANSWER_PRESENT];
	const bool suspected = j->used[ANSWER_SUSPECTED];

	tell_line("Made %s: %zu ratings. To see how far they agree: hearken "
	    "agree %s --model " MODEL "%s%s%s%s", path, j->ratings, path,
	    present || suspected ? " --present " : "", present ? "present" :
	    "", present && suspected ? "," : "", suspected ? "suspected" :
	    "");
}

static enum rc
put_out(struct job *j, const char *path, struct err *e)
{
	enum rc rc = RC_OK;

	(void)out_finish(&j->out);
	if (path != NULL)
		rc = file_create(path, j->file.s, j->file.len, e);
	if (rc == RC_OK && path != NULL)
		tell_made(j, path);
	return rc;
}

static enum rc
nothing(const struct job *j, struct err *e)
{
	return j->hidden > 0 ? err_set(e, RC_REFUSED, "round %u was not "
	    "revealed yet; reveal it in the session, or give --all to see "
	    "it before the group does", j->round) : err_set(e, RC_NOTFOUND,
	    "nobody has answered round %u of it yet", j->round);
}

static enum rc
write_rows(const struct train *t, const struct groupwork *g, struct job *j,
    struct err *e)
{
	const struct study *st = g->w->study;
	uint32_t only = STUDY_END;
	enum rc rc = train_stage(t->c, st, &only, e);

	if (rc == RC_OK)
		rc = check_names(g, e);
	if (rc == RC_OK && j->all)
		rc = check_all(t, g->w, e);
	if (rc != RC_OK)
		return rc;
	out_add(&j->out, "item,rater,rating,indicator\r\n");
	for (size_t i = 0; i < g->w->way.n; i++)
		if (only == STUDY_END || only == g->w->way.stages[i])
			stage_rows(j, g->w->way.stages[i]);
	if (j->ratings == 0)
		return nothing(j, e);
	if (j->hidden > 0)
		tell("%zu stage%s left out that %s not revealed (--all).\n",
		    j->hidden, j->hidden == 1 ? "" : "s", j->hidden == 1 ?
		    "was" : "were");
	return put_out(j, call_option(t->c, "out"), e);
}

enum rc
train_ratings(const struct train *t, bool *attention, struct err *e)
{
	const char *path = call_option(t->c, "out");
	struct train_session x = {.loaded = false};
	struct job j = {.g = &x.g, .all = call_option(t->c, "all") != NULL};
	enum rc rc = train_round(t->c, &j.round, e);

	(void)attention;
	if (rc == RC_OK && path != NULL)
		rc = sandbox_may_write(path, e);
	if (rc == RC_OK)
		rc = train_session_load(t, t->c->args[2], LOOK_EXPORT, &x,
		    e);
	if (rc != RC_OK)
		return rc;
	str_init(&j.file);
	out_init(&j.out, collect, &j.file);
	rc = write_rows(t, &x.g, &j, e);
	if (rc == RC_OK && path == NULL)
		say_n(j.file.s, j.file.len);
	out_release(&j.out);
	str_release(&j.file);
	train_session_release(&x);
	return rc;
}
