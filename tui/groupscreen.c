/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/groupscreen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/groupscreen_impl.h"
#include "tui/groupsheet.h"

static struct groupscreen *
group_mut(struct pane *p)
{
	return (struct groupscreen *)(void *)p;
}

static const struct groupscreen *
group_of(const struct pane *p)
{
	return (const struct groupscreen *)(const void *)p;
}

/* ---- reading ---- */

uint32_t
group_stage(const struct groupscreen *gs)
{
	return gs->now->w.way.stages[gs->now->w.way.n - 1];
}

unsigned
group_round(const struct groupscreen *gs)
{
	uint32_t stage = group_stage(gs);

	return gs->second || groupwork_count(&gs->now->g, stage, 2) > 0 ||
	    groupwork_shown(&gs->now->g, stage, 2) ? 2 : 1;
}

bool
group_revealed(const struct groupscreen *gs)
{
	return groupwork_shown(&gs->now->g, group_stage(gs),
	    group_round(gs));
}

static void
result_release(struct group_result *r)
{
	free(r->first);
	free(r->second);
	memset(r, 0, sizeof(*r));
}

static void
loaded_free(struct group_loaded *l)
{
	if (l == NULL)
		return;
	groupwork_release(&l->g);
	walk_release(&l->w);
	casefile_release(&l->c);
	free(l);
}

/* Only of what was revealed: nothing else is worked out at all. */
static void
work_out(struct groupscreen *gs)
{
	const struct groupwork *g = &gs->now->g;
	struct group_result *r = &gs->result;
	uint32_t stage = group_stage(gs);
	unsigned round = group_round(gs);
	struct group_table t;

	result_release(r);
	if (!group_revealed(gs))
		return;
	r->nfirst = groupwork_spread(g, stage, 1, &r->first);
	if (round == 2)
		r->nsecond = groupwork_spread(g, stage, 2, &r->second);
	r->n = groupwork_count(g, stage, round);
	r->levels = groupwork_levels(g, stage, round);
	groupwork_table(g, stage, round, &t);
	agree_compute(&t.table, AGREE_ALPHA, NULL, &r->alpha);
	agree_compute(&t.table, AGREE_PERCENT, NULL, &r->percent);
	group_table_release(&t);
}

static void
take_half(void *arg, const char *kind, const char *what)
{
	struct groupscreen *gs = arg;
	const char *learner;

	if (strcmp(kind, "group-answers") != 0 || !groupsheet_of(what,
	    group_stage(gs), group_round(gs), &learner))
		return;
	if (gs->half.len > 0)
		str_add(&gs->half, ", ");
	str_add(&gs->half, learner);
}

static void
note_second(void *arg, const char *kind, const char *what)
{
	struct groupscreen *gs = arg;
	const char *learner;

	if (strcmp(kind, "group-answers") == 0 && groupsheet_of(what,
	    group_stage(gs), 2, &learner))
		gs->second = true;
}

/* A sheet of the second round that a lock left half filled is in hand still. */
static void
find_second(struct groupscreen *gs)
{
	if (groupwork_shown(&gs->now->g, group_stage(gs), 1) &&
	    gs->now->w.state != WALK_END)
		gs->door.ops->drafts(gs->door.ctx, note_second, gs);
}

enum rc
group_reload(struct groupscreen *gs, struct err *e)
{
	struct group_loaded *l = xcalloc(1, sizeof(*l));
	enum rc rc = gs->door.ops->load(gs->door.ctx, &gs->id, &l->c, &l->w,
	    e);

	if (rc != RC_OK) {
		free(l);
		return rc;
	}
	groupwork_of(&l->w, &l->g);
	if (gs->now != NULL && gs->now->w.way.n != l->w.way.n) {
		gs->second = false;
		gs->open = NO_ITEM;
		gs->text.row = 0;
		gs->text.top = 0;
	}
	loaded_free(gs->now);
	gs->now = l;
	find_second(gs);
	work_out(gs);
	str_clear(&gs->half);
	gs->door.ops->drafts(gs->door.ctx, take_half, gs);
	group_fill(gs);
	return RC_OK;
}

static bool
reload(struct groupscreen *gs, struct app *app)
{
	struct err e;

	gs->asked = false;
	if (group_reload(gs, &e) == RC_OK)
		return true;
	app_error(app, &e);
	return false;
}

bool
group_sign(struct groupscreen *gs, struct entry_draft d, struct app *app)
{
	struct err e;
	enum rc rc = gs->door.ops->append(gs->door.ctx, &d, 1, &e);

	entry_draft_release(&d);
	if (rc != RC_OK) {
		app_error(app, &e);
		return false;
	}
	return reload(gs, app);
}

bool
group_may_write(const struct groupscreen *gs, struct app *app)
{
	if (gs->door.ops->may_write(gs->door.ctx))
		return true;
	app_say(app, "Your role may look at this session and not lead it.");
	return false;
}

/* ---- one learner's answers ---- */

/* The known name that is the same, or the one that was typed. */
static const char *
known_name(const struct groupwork *g, const char *name, size_t *learner)
{
	for (*learner = 0; *learner < g->nlearners; ++*learner)
		if (group_same_name(g->learners[*learner].name, name))
			return g->learners[*learner].name;
	*learner = SIZE_MAX;
	return name;
}

/* Signed in this stage and round, or in one before it. */
static bool
has_said(const struct groupwork *g, size_t learner)
{
	for (size_t i = 0; i < g->ngiven; i++)
		if (g->given[i].learner == learner)
			return true;
	return false;
}

static void
open_sheet(struct groupscreen *gs, struct app *app, const char *name)
{
	const struct groupwork *g = &gs->now->g;
	size_t learner;
	struct groupsheet_opts o = {.door = gs->door, .w = &gs->now->w,
	    .learner = known_name(g, name, &learner),
	    .stage = group_stage(gs), .round = group_round(gs)};
	const struct group_answers *a = learner != SIZE_MAX ?
	    groupwork_answers(g, learner, o.stage, o.round) : NULL;

	if (learner == SIZE_MAX && g->nlearners == GROUP_LEARNERS_MAX) {
		app_warn(app, "A session holds %d learners, and they are all "
		    "there.", GROUP_LEARNERS_MAX);
		return;
	}
	if (a != NULL)
		o.before = a->given;
	o.enough = learner != SIZE_MAX && has_said(g, learner);
	app_push(app, groupsheet_new(&o));
}

static void
learner_done(void *ctx, struct app *app, const char *text)
{
	struct groupscreen *gs = ctx;
	char *name;
	size_t n;

	if (text == NULL)
		return;
	text += strspn(text, " \t");
	n = strlen(text);
	while (n > 0 && (text[n - 1] == ' ' || text[n - 1] == '\t'))
		n--;
	if (n == 0 || n > GROUPFILE_NAME_MAX) {
		app_warn(app, "A learner has a name or a number of at most %u "
		    "letters.", GROUPFILE_NAME_MAX);
		return;
	}
	name = xstrndup(text, n);
	open_sheet(gs, app, name);
	free(name);
}

/* Those who have answered before, then those with a half-filled sheet. */
static const char *
learner_complete(void *ctx, const char *text, size_t i)
{
	struct groupscreen *gs = ctx;
	const struct groupwork *g = &gs->now->g;
	struct str want, has;
	const char *found = NULL;

	str_init(&want);
	str_init(&has);
	utf8_fold(&want, text, strlen(text));
	for (size_t k = 0; k < g->nlearners && found == NULL; k++) {
		str_clear(&has);
		utf8_fold(&has, g->learners[k].name,
		    strlen(g->learners[k].name));
		if (strncmp(has.s, want.s, want.len) == 0 && i-- == 0)
			found = g->learners[k].name;
	}
	str_release(&want);
	str_release(&has);
	if (found == NULL)
		return NULL;
	free(gs->choice);
	gs->choice = xstrdup(found);
	return gs->choice;
}

static void
answers(struct groupscreen *gs, struct app *app)
{
	struct prompt p = {.label = "Learner: ", .ctx = gs,
	    .done = learner_done, .complete = learner_complete};

	if (!group_may_write(gs, app))
		return;
	if (gs->now->w.state == WALK_END || group_revealed(gs)) {
		app_say(app, gs->now->w.state == WALK_END ? "The study has "
		    "ended." : group_round(gs) == 1 ? "This round is revealed. "
		    "2 begins a second one, n goes on." : "Both rounds are "
		    "revealed. n goes on.");
		return;
	}
	if (gs->half.len > 0)
		app_say(app, "Half filled: %s. The same name goes on with it.",
		    gs->half.s);
	else
		app_say(app, "A name or a number; Tab completes one who has "
		    "answered before.");
	app_prompt(app, &p);
}

/* ---- revealing ---- */

static void
names_missing(const struct groupscreen *gs, struct str *out)
{
	const struct groupwork *g = &gs->now->g;

	for (size_t i = 0; i < g->nlearners; i++)
		if (groupwork_answers(g, i, group_stage(gs),
		    group_round(gs)) == NULL)
			str_add_fmt(out, "%s%s", out->len > 0 ? ", " : "",
			    g->learners[i].name);
}

/* True if it may go on: all have answered, or it was said who has not. */
static bool
said_who_is_missing(struct groupscreen *gs, struct app *app)
{
	size_t n = groupwork_count(&gs->now->g, group_stage(gs),
	    group_round(gs));
	struct str names;

	if (gs->asked || (n > 0 && n >= gs->now->g.nlearners &&
	    gs->half.len == 0))
		return true;
	gs->asked = true;
	if (n == 0 && gs->half.len == 0) {
		app_say(app, "Nobody has answered yet. a types answers in, c "
		    "collects them. r again goes on without: the model is "
		    "shown, and what comes later does not count.");
		return false;
	}
	str_init(&names);
	names_missing(gs, &names);
	if (names.len > 0)
		app_warn(app, "%zu of %zu have not answered: %s.%s%s%s r "
		    "again reveals; what comes later does not count.",
		    gs->now->g.nlearners - n, gs->now->g.nlearners, names.s,
		    gs->half.len > 0 ? " Half filled: " : "",
		    gs->half.len > 0 ? gs->half.s : "",
		    gs->half.len > 0 ? "." : "");
	else
		app_warn(app, "Half filled and not counted: %s. r again "
		    "reveals; what comes later does not count.", gs->half.s);
	str_release(&names);
	return false;
}

/* Half-filled sheets of a round, a line each. */
struct leftover {
	uint32_t stage;
	unsigned round;
	struct str whats;
};

static void
take_leftover(void *arg, const char *kind, const char *what)
{
	struct leftover *l = arg;
	const char *learner;

	if (strcmp(kind, "group-answers") == 0 && groupsheet_of(what,
	    l->stage, l->round, &learner))
		str_add_fmt(&l->whats, "%s\n", what);
}

/* Once their round is revealed they can never count: they are not kept. */
static void
drop_leftover(struct groupscreen *gs, uint32_t stage, unsigned round)
{
	struct leftover l = {.stage = stage, .round = round};
	char *rest, *what;
	struct err ignored;

	str_init(&l.whats);
	gs->door.ops->drafts(gs->door.ctx, take_leftover, &l);
	rest = l.whats.s;
	while (l.whats.len > 0 && (what = strsep(&rest, "\n")) != NULL)
		if (*what != '\0')
			(void)!gs->door.ops->save(gs->door.ctx, what, "",
			    &ignored);
	str_release(&l.whats);
	str_clear(&gs->half);
}

static void
reveal(struct groupscreen *gs, struct app *app)
{
	bool asked = gs->asked;
	size_t n, all;

	if (!group_may_write(gs, app) || !reload(gs, app))
		return;
	gs->asked = asked;
	n = groupwork_count(&gs->now->g, group_stage(gs), group_round(gs));
	all = gs->now->g.nlearners;
	if (group_revealed(gs) || gs->now->w.state == WALK_END) {
		app_say(app, "It is revealed already.");
		return;
	}
	if (!said_who_is_missing(gs, app))
		return;
	if (!group_sign(gs, groupwork_reveal_draft(&gs->now->w, group_stage(gs),
	    group_round(gs)), app))
		return;
	drop_leftover(gs, group_stage(gs), group_round(gs));
	lines_act(&gs->text, ACT_HOME);
	app_say(app, "Revealed: %zu %s answered, %zu %s not. Enter on a sign "
	    "says why the model answers as it does.", n, n == 1 ? "has" :
	    "have", all - n, all - n == 1 ? "has" : "have");
}

static void
second_round(struct groupscreen *gs, struct app *app)
{
	if (!group_may_write(gs, app))
		return;
	if (!groupwork_shown(&gs->now->g, group_stage(gs), 1)) {
		app_say(app, "The first round is not revealed yet: r reveals "
		    "it.");
		return;
	}
	if (group_round(gs) == 2 || gs->now->w.state == WALK_END) {
		app_say(app, "There are two rounds of a stage, and this is "
		    "the second. n goes on to the next stage.");
		return;
	}
	gs->second = true;
	work_out(gs);
	gs->open = NO_ITEM;
	group_fill(gs);
	lines_act(&gs->text, ACT_HOME);
	app_say(app, "Second round: everybody answers anew. Answers are hidden "
	    "until r reveals them beside the first.");
}

/* ---- acting ---- */

static bool
toggle_reason(struct groupscreen *gs)
{
	unsigned item;

	if (!group_revealed(gs) || gs->text.rows == 0)
		return true;
	item = gs->items[gs->text.row];
	gs->open = gs->open == item ? NO_ITEM : item;
	group_fill(gs);
	return true;
}

static bool
act_key(struct groupscreen *gs, enum action a, struct app *app)
{
	static const struct {
		enum action act;
		void (*fn)(struct groupscreen *gs, struct app *app);
	} keys[] = {
		{ACT_GROUP_ANSWERS, answers}, {ACT_GROUP_COLLECT, group_collect},
		{ACT_GROUP_REVEAL, reveal}, {ACT_GROUP_SECOND, second_round},
		{ACT_GROUP_ON, group_go_on}, {ACT_GROUP_COMPARE, group_compare},
	};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (keys[i].act == a) {
			if (a != ACT_GROUP_REVEAL)
				gs->asked = false;
			keys[i].fn(gs, app);
			return true;
		}
	return false;
}

static bool
group_act(struct pane *p, const struct event *ev, struct app *app)
{
	struct groupscreen *gs = group_mut(p);

	if (act_key(gs, ev->act, app))
		return true;
	if (ev->act == ACT_GROUP_WHY)
		return toggle_reason(gs);
	if (ev->act == ACT_CANCEL) {
		app_pop(app);
		return true;
	}
	return lines_act(&gs->text, ev->act);
}

static bool
group_can(const struct pane *p, enum action a)
{
	const struct groupscreen *gs = group_of(p);
	bool end = gs->now->w.state == WALK_END, shown = group_revealed(gs);

	switch (a) {
	case ACT_GROUP_ANSWERS:
	case ACT_GROUP_COLLECT:
	case ACT_GROUP_REVEAL:
		return !end && !shown;
	case ACT_GROUP_SECOND:
		return !end && shown && group_round(gs) == 1;
	case ACT_GROUP_ON:
		return !end && shown;
	case ACT_GROUP_COMPARE:
	case ACT_GROUP_WHY:
		return shown;
	default:
		return a != ACT_SEARCH && a != ACT_NEXT_PANE && a != ACT_OPEN;
	}
}

static void
group_resize(struct pane *p, int w, int h)
{
	struct groupscreen *gs = group_mut(p);
	int rows = h - group_top_rows(h);

	gs->w = w;
	gs->h = h;
	lines_resize(&gs->text, w, rows > 0 ? rows : 0);
	group_fill(gs);
}

static void
group_status(const struct pane *p, struct status *st)
{
	const struct groupscreen *gs = group_of(p);

	(void)snprintf(st->place, sizeof(st->place), "Group, %s",
	    gs->now->c.reference);
	st->training = true;
	st->reference = gs->now->c.reference;
	st->case_id = &gs->id;
}

static void
group_enter(struct pane *p, struct app *app)
{
	(void)reload(group_mut(p), app);
}

static void
group_destroy(struct pane *p)
{
	struct groupscreen *gs = group_mut(p);

	loaded_free(gs->now);
	result_release(&gs->result);
	str_release(&gs->half);
	free(gs->told);
	free(gs->choice);
	free(gs->bars);
	lines_release(&gs->text);
	if (gs->door.ops->destroy != NULL)
		gs->door.ops->destroy(gs->door.ctx);
	free(gs);
}

static const struct pane_ops group_ops = {
	.name = "group",
	.context = CONTEXT_GROUP,
	.topic = "facilitator",
	.draw = group_draw,
	.act = group_act,
	.resize = group_resize,
	.destroy = group_destroy,
	.can = group_can,
	.status = group_status,
	.enter = group_enter,
};

struct pane *
groupscreen_new(const struct group_door *door, const struct case_id *id,
    struct err *e)
{
	struct groupscreen *gs = xcalloc(1, sizeof(*gs));

	gs->base.ops = &group_ops;
	gs->door = *door;
	gs->id = *id;
	gs->open = NO_ITEM;
	str_init(&gs->half);
	lines_init(&gs->text);
	if (group_reload(gs, e) == RC_OK)
		return &gs->base;
	group_destroy(&gs->base);
	return NULL;
}
