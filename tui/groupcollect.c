/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Answers that are not typed in: out of a file, or out of the learners' own
 * sessions on the same study and sitting.  All that counts is signed at once;
 * what does not is told with the reason.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "core/vec.h"
#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/ask.h"
#include "tui/groupscreen_impl.h"

/* Fields of the form. */
enum { F_FROM, F_PATH, F_ENCODING, F_FIELDS };

struct collected {
	struct groupscreen *gs;
	struct entry_draft *drafts;	size_t n, cap;
	size_t stage;		/* of these: of the stage in hand */
	size_t unreached, shown, again;	/* not taken, and why */
	size_t fresh, full;	/* learners not known before */
	size_t sessions, elsewhere, another;
};

/* ---- what is taken ---- */

static size_t
learner_of(const struct groupwork *g, const char *name)
{
	for (size_t i = 0; i < g->nlearners; i++)
		if (group_same_name(g->learners[i].name, name))
			return i;
	return SIZE_MAX;
}

static bool
is_reached(const struct walk *w, uint32_t stage)
{
	for (size_t i = 0; i < w->way.n; i++)
		if (w->way.stages[i] == stage)
			return true;
	return false;
}

/* A session's attempt that was taken before, whatever was typed since. */
static bool
was_taken(const struct casefile *c, const struct entry_id *attempt)
{
	char hex[2 * ENTRY_ID_LEN + 1];

	hex_format(attempt->b, ENTRY_ID_LEN, hex);
	for (size_t i = 0; i < c->nrecords; i++)
		if (record_stands(c->records[i]) &&
		    strcmp(c->records[i]->entry.kind, "group-answers") == 0 &&
		    strcmp(record_text(c->records[i], "attempt"), hex) == 0)
			return true;
	return false;
}

/* True if all of it is there already. */
static bool
is_there(const struct groupwork *g, const struct group_entry *en,
    size_t learner)
{
	const struct group_answers *a = learner != SIZE_MAX ?
	    groupwork_answers(g, learner, en->stage, en->round) : NULL;

	if (en->attempt != NULL && was_taken(g->w->c, en->attempt))
		return true;
	if (a == NULL)
		return false;
	for (unsigned i = 0; i < g->w->in->nitems; i++)
		if (itemset_has(en->given, i) && (!itemset_has(&a->given, i) ||
		    answers_get(&a->answers, i) !=
		    answers_get(en->answers, i)))
			return false;
	return true;
}

/* A new name counts once, however many sheets it has. */
static bool
has_room(struct collected *c, const char *name)
{
	for (size_t i = 0; i < c->n; i++)
		if (strcmp(json_string_value(json_object_get(
		    c->drafts[i].body, "learner")), name) == 0)
			return true;
	if (c->gs->now->g.nlearners + c->fresh >= GROUP_LEARNERS_MAX)
		return false;
	c->fresh++;
	return true;
}

static void
take(struct collected *c, const struct group_entry *en)
{
	const struct group_loaded *now = c->gs->now;
	size_t learner = learner_of(&now->g, en->learner);

	if (!is_reached(&now->w, en->stage)) {
		c->unreached++;
		return;
	}
	if (is_there(&now->g, en, learner)) {
		c->again++;
		return;
	}
	if (groupwork_shown(&now->g, en->stage, en->round)) {
		c->shown++;
		return;
	}
	if (learner == SIZE_MAX && !has_room(c, en->learner)) {
		c->full++;
		return;
	}
	c->drafts = vec_room(c->drafts, c->n, &c->cap, sizeof(*c->drafts));
	c->drafts[c->n++] = groupwork_draft(&now->w, en);
	c->stage += en->stage == group_stage(c->gs);
}

/* ---- out of a file ---- */

static enum rc
take_row(void *ctx, const struct groupfile_answers *a, struct err *e)
{
	struct group_entry en = {.learner = a->learner, .stage = a->stage,
	    .round = a->round, .answers = a->answers, .given = a->given,
	    .from = "file"};

	(void)e;
	take(ctx, &en);
	return RC_OK;
}

static enum rc
from_file(struct collected *c, const struct pane *ask, struct err *e)
{
	const struct group_door *d = &c->gs->door;
	struct groupfile_opts o = {.w = &c->gs->now->w,
	    .stage = group_stage(c->gs), .round = group_round(c->gs)};
	struct groupfile_sink to = {take_row, c};

	if (ask_choice(ask, F_ENCODING) == 1)
		o.csv.encoding = "windows-1252";
	return d->ops->read(d->ctx, ask_text(ask, F_PATH), &o, &to, e);
}

/* ---- out of sessions ---- */

static bool
same_study(const struct walk *a, const struct walk *b)
{
	return strcmp(record_text(a->session, "hash"),
	    record_text(b->session, "hash")) == 0;
}

static void
take_attempt(struct collected *c, const char *name,
    const struct walk_attempt *a)
{
	char cut[GROUPFILE_NAME_MAX + 1];
	struct itemset given = {{0}};
	struct group_entry en = {.learner = cut, .stage = a->stage,
	    .round = a->round, .answers = &a->answers, .given = &given,
	    .from = "session", .attempt = &a->record->entry.id};

	if (a->round > GROUP_ROUNDS)
		return;
	(void)snprintf(cut, sizeof(cut), "%.*s", utf8_cut(name,
	    (int)GROUPFILE_NAME_MAX), name);
	for (unsigned i = 0; i < c->gs->now->w.in->nitems; i++)
		if (answers_get(&a->answers, i) != ANSWER_NOT_ASKED)
			itemset_add(&given, i);
	take(c, &en);
}

static bool
take_session(const struct casefile *cf, const struct walk *w, void *arg)
{
	struct collected *c = arg;
	const struct walk *mine = &c->gs->now->w;

	(void)cf;
	if (w->mode == WALK_GROUP || case_id_equal(&w->c->id, &c->gs->id))
		return true;
	if (!same_study(w, mine)) {
		c->another++;
		return true;
	}
	if (strcmp(w->sitting, mine->sitting) != 0) {
		c->elsewhere++;
		return true;
	}
	c->sessions++;
	for (size_t i = 0; i < w->nattempts; i++)
		take_attempt(c, c->gs->door.ops->person(c->gs->door.ctx,
		    &w->learner), &w->attempts[i]);
	return true;
}

static enum rc
from_sessions(struct collected *c, struct err *e)
{
	const struct group_door *d = &c->gs->door;
	enum rc rc = d->ops->sessions(d->ctx, take_session, c, e);

	if (rc != RC_OK || c->sessions > 0)
		return rc;
	if (c->elsewhere > 0)
		return err_set(e, RC_NOTFOUND, "%zu session%s on this study "
		    "belong%s to another sitting than \"%s\". Begin the "
		    "sessions with the same name of the sitting.",
		    c->elsewhere, c->elsewhere == 1 ? "" : "s",
		    c->elsewhere == 1 ? "s" : "", c->gs->now->w.sitting);
	return err_set(e, RC_NOTFOUND, "There is no learner's own session on "
	    "this study in this store, in this very version of it. Take in "
	    "the bundles that the learners sent first.");
}

/* ---- what is told ---- */

static void
reason(struct str *out, size_t n, const char *words)
{
	if (n > 0)
		str_add_fmt(out, "%s%zu %s", out->len > 0 ? ", " : "", n,
		    words);
}

static char *
told(const struct collected *c)
{
	struct str out, not;

	str_init(&out);
	str_init(&not);
	if (c->n > 0)
		str_add_fmt(&out, "Taken: %zu answer sheet%s.", c->n,
		    c->n == 1 ? "" : "s");
	else
		str_add(&out, "Nothing was taken.");
	if (c->n > c->stage)
		str_add_fmt(&out, " %zu of them to earlier stages.",
		    c->n - c->stage);
	reason(&not, c->again, "there already");
	reason(&not, c->shown, "to a round that is revealed");
	reason(&not, c->unreached, "to a stage that is not reached: collect "
	    "again when it is");
	reason(&not, c->full, "beyond the most learners of a session");
	reason(&not, c->elsewhere, "sessions of another sitting");
	if (not.len > 0)
		str_add_fmt(&out, " Not taken: %s.", not.s);
	str_release(&not);
	return str_take(&out);
}

static enum rc
sign_all(struct collected *c, struct err *e)
{
	const struct group_door *d = &c->gs->door;

	return c->n > 0 ? d->ops->append(d->ctx, c->drafts, c->n, e) : RC_OK;
}

/* ---- the form ---- */

/* Whoever types a file means it, whatever the line above still says. */
static bool
is_file(const struct pane *ask)
{
	return ask_choice(ask, F_FROM) == 1 ||
	    ask_text(ask, F_PATH)[0] != '\0';
}

static enum rc
collect_check(void *ctx, const struct pane *ask, size_t i, struct err *e)
{
	(void)ctx;
	if (i == F_PATH && ask_choice(ask, F_FROM) == 1 &&
	    ask_text(ask, F_PATH)[0] == '\0')
		return err_set(e, RC_INPUT, "A file is asked for: type its "
		    "path.");
	return RC_OK;
}

static enum rc
collect_done(void *ctx, struct app *app, struct pane *ask, struct err *e)
{
	struct collected c = {.gs = ctx};
	enum rc rc;

	(void)app;
	rc = is_file(ask) ?
	    from_file(&c, ask, e) : from_sessions(&c, e);
	if (rc == RC_OK)
		rc = sign_all(&c, e);
	if (rc == RC_OK) {
		free(c.gs->told);
		c.gs->told = told(&c);
	}
	for (size_t i = 0; i < c.n; i++)
		entry_draft_release(&c.drafts[i]);
	free(c.drafts);
	return rc;
}

static void
collect_after(void *ctx, struct app *app)
{
	const struct groupscreen *gs = ctx;

	app_say(app, "%s", gs->told);
}

void
group_collect(struct groupscreen *gs, struct app *app)
{
	static const struct ask_choice from[] = {
		{"The learners' own sessions in this store", true},
		{"A file: learner,item,state and, if you like, stage,round",
		    false},
	};
	static const struct ask_choice encodings[] = {
		{"UTF-8 or UTF-16, found from the file", true},
		{"windows-1252: older programs on Windows", false},
	};
	const struct ask_field f[F_FIELDS] = {
		[F_FROM] = {ASK_CHOICE, "Out of", "Sessions on this study with "
		    "the same sitting count, also those that came as "
		    "bundles.", NULL, false, from, 2},
		[F_PATH] = {ASK_LINE, "File", "Only for a file: a CSV with one "
		    "answer a row. Rows without stage and round belong to the "
		    "one in hand.", NULL, true, NULL, 0},
		[F_ENCODING] = {ASK_CHOICE, "Letters", "Only for a file.",
		    NULL, false, encodings, 2},
	};
	struct ask_opts o = {
		.title = "Collect answers",
		.intro = "What is collected stays hidden until it is revealed. "
		    "Each sheet is taken once.",
		.verb = "collect", .working = "Collecting ...",
		.topic = "facilitator", .fields = f, .n = F_FIELDS, .ctx = gs,
		.check = collect_check, .done = collect_done,
		.after = collect_after,
	};

	if (!group_may_write(gs, app))
		return;
	if (gs->now->w.state == WALK_END)
		app_say(app, "The study has ended.");
	else
		ask_open(app, &o);
}
