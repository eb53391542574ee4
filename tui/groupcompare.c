/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Before and after: this session beside one on the study that is as hard.
 * Only what was revealed in both is counted.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/vec.h"
#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/ask.h"
#include "tui/groupscreen_impl.h"

#define SESSIONS_MAX 32

/* ---- the screen ---- */

struct comparison {
	struct pane base;
	struct group_compared result;
	char *before, *after;	/* titles; owned */
	struct lines text;
	int w;
};

static struct comparison *
comparison_mut(struct pane *p)
{
	return (struct comparison *)(void *)p;
}

static size_t
told(const struct agree_counts *c)
{
	return (size_t)(c->hits + c->missed);
}

static void
add_learner(struct comparison *c, const char *name,
    const struct group_change *ch)
{
	struct line_look look = {.indent = 2, .style = STYLE_NORMAL};

	lines_plain(&c->text, STYLE_LABEL, name);
	lines_addf(&c->text, &look, "Signs seen: before %zu of %zu, after %zu "
	    "of %zu", (size_t)ch->before.hits, told(&ch->before),
	    (size_t)ch->after.hits, told(&ch->after));
	lines_addf(&c->text, &look, "Levels as the model's: before %zu of "
	    "%zu, after %zu of %zu", ch->levels_right_before,
	    ch->levels_before, ch->levels_right_after, ch->levels_after);
	lines_blank(&c->text);
}

static void
add_to(struct group_change *all, const struct group_change *ch)
{
	all->before.hits += ch->before.hits;
	all->before.missed += ch->before.missed;
	all->after.hits += ch->after.hits;
	all->after.missed += ch->after.missed;
	all->levels_before += ch->levels_before;
	all->levels_right_before += ch->levels_right_before;
	all->levels_after += ch->levels_after;
	all->levels_right_after += ch->levels_right_after;
}

static void
fill_all(struct comparison *c)
{
	struct group_change all = {.name = NULL};
	char name[64];

	for (size_t i = 0; i < c->result.n; i++)
		add_to(&all, &c->result.changes[i]);
	(void)snprintf(name, sizeof(name), "All together: n = %zu learner%s",
	    c->result.n, c->result.n == 1 ? "" : "s");
	add_learner(c, name, &all);
	if (c->result.only_before > 0 || c->result.only_after > 0)
		lines_addf(&c->text, &(struct line_look){.indent = 0,
		    .style = STYLE_DIM}, "Not counted: %zu only in the session "
		    "before, %zu only in the one after.",
		    c->result.only_before, c->result.only_after);
	lines_plain(&c->text, STYLE_DIM, "A few learners and one pair of "
	    "studies say little: read it as a beginning of a talk.");
	lines_blank(&c->text);
}

static void
fill(struct comparison *c)
{
	lines_clear(&c->text);
	if (c->result.n == 0)
		lines_plain(&c->text, STYLE_NORMAL, "Nobody has a revealed "
		    "first round in both sessions under the same name, so "
		    "there is nothing to compare.");
	else
		fill_all(c);
	for (size_t i = 0; i < c->result.n; i++)
		add_learner(c, c->result.changes[i].name,
		    &c->result.changes[i]);
	lines_done(&c->text);
}

static void
comparison_draw(const struct pane *p, const struct view *v, bool focused)
{
	const struct comparison *c = (const struct comparison *)(const void *)p;
	int top = view_h(v) >= 5 ? 3 : 0;
	struct view body = view_sub(v, (struct rect){0, top, view_w(v),
	    view_h(v) - top});
	struct str words;

	str_init(&words);
	str_add_fmt(&words, "Before: %s", c->before);
	if (top > 0)
		(void)view_fit(v, 0, 0, STYLE_TITLE, words.s);
	str_clear(&words);
	str_add_fmt(&words, "After:  %s", c->after);
	if (top > 0)
		(void)view_fit(v, 0, 1, STYLE_TITLE, words.s);
	str_release(&words);
	lines_draw(&c->text, &body, focused);
}

static void
comparison_resize(struct pane *p, int w, int h)
{
	struct comparison *c = comparison_mut(p);
	int top = h >= 5 ? 3 : 0;

	lines_resize(&c->text, w, h - top > 0 ? h - top : 0);
	fill(c);
}

static bool
comparison_act(struct pane *p, const struct event *ev, struct app *app)
{
	if (ev->act == ACT_CANCEL) {
		app_pop(app);
		return true;
	}
	return lines_act(&comparison_mut(p)->text, ev->act);
}

static bool
comparison_can(const struct pane *p, enum action a)
{
	(void)p;
	return a != ACT_OPEN && a != ACT_SEARCH && a != ACT_NEXT_PANE;
}

static void
comparison_status(const struct pane *p, struct status *st)
{
	(void)p;
	st->training = true;
	(void)snprintf(st->place, sizeof(st->place), "Before and after");
}

static void
comparison_destroy(struct pane *p)
{
	struct comparison *c = comparison_mut(p);

	group_compared_release(&c->result);
	free(c->before);
	free(c->after);
	lines_release(&c->text);
	free(c);
}

static const struct pane_ops comparison_ops = {
	.name = "before-after",
	.context = CONTEXT_MOVE,
	.topic = "facilitator",
	.draw = comparison_draw,
	.act = comparison_act,
	.resize = comparison_resize,
	.destroy = comparison_destroy,
	.can = comparison_can,
	.status = comparison_status,
};

/* ---- which session ---- */

struct candidate {
	struct case_id id;
	char *label;		/* owned */
};

struct candidates {
	struct groupscreen *gs;
	struct candidate *list;	size_t n, cap;
	size_t chosen;
};

static void
candidates_free(void *ctx)
{
	struct candidates *c = ctx;

	for (size_t i = 0; i < c->n; i++)
		free(c->list[i].label);
	free(c->list);
	free(c);
}

static char *
label_of(const struct walk *w)
{
	char when[SPAN_WORDS_MAX];
	struct str out;

	str_init(&out);
	day_words(moment_day(w->session->entry.at), when);
	str_add_fmt(&out, "%s, %s%s%s%s", w->study->title, when,
	    w->part == WALK_BEFORE ? ", before the training" :
	    w->part == WALK_AFTER ? ", after the training" : "",
	    w->sitting[0] != '\0' ? ", " : "", w->sitting);
	return str_take(&out);
}

static bool
is_matched(const struct walk *w, const struct groupscreen *gs)
{
	const struct study *a = w->study, *b = gs->now->w.study;

	return w->mode == WALK_GROUP && !case_id_equal(&w->c->id, &gs->id) &&
	    (strcmp(a->pair, b->id) == 0 || strcmp(b->pair, a->id) == 0);
}

static bool
add_candidate(const struct casefile *cf, const struct walk *w, void *arg)
{
	struct candidates *c = arg;

	(void)cf;
	if (!is_matched(w, c->gs))
		return true;
	c->list = vec_room(c->list, c->n, &c->cap, sizeof(*c->list));
	c->list[c->n++] = (struct candidate){w->c->id, label_of(w)};
	return c->n < SESSIONS_MAX;
}

/* By what was said of the two sessions, else by which was begun first. */
static bool
is_before(const struct walk *a, const struct walk *b)
{
	if (a->part != b->part && (a->part == WALK_BEFORE ||
	    b->part == WALK_AFTER))
		return true;
	if (a->part != b->part && (a->part == WALK_AFTER ||
	    b->part == WALK_BEFORE))
		return false;
	return a->session->entry.at <= b->session->entry.at;
}

static enum rc
compare_two(const struct group_loaded *mine, const struct group_loaded *it,
    struct comparison *c, struct err *e)
{
	bool first = is_before(&mine->w, &it->w);
	const struct group_loaded *a = first ? mine : it;
	const struct group_loaded *b = first ? it : mine;

	c->before = label_of(&a->w);
	c->after = label_of(&b->w);
	return groupwork_compare(&a->g, &b->g, &c->result, e);
}

/* NULL with e. */
static struct pane *
comparison_with(struct groupscreen *gs, const struct case_id *id,
    struct err *e)
{
	struct group_loaded *it = xcalloc(1, sizeof(*it));
	struct comparison *c = xcalloc(1, sizeof(*c));
	enum rc rc;

	c->base.ops = &comparison_ops;
	lines_init(&c->text);
	rc = gs->door.ops->load(gs->door.ctx, id, &it->c, &it->w, e);
	if (rc == RC_OK) {
		groupwork_of(&it->w, &it->g);
		rc = compare_two(gs->now, it, c, e);
		groupwork_release(&it->g);
		walk_release(&it->w);
		casefile_release(&it->c);
	}
	free(it);
	if (rc == RC_OK)
		return &c->base;
	comparison_destroy(&c->base);
	return NULL;
}

static void
show(struct groupscreen *gs, struct app *app, const struct case_id *id)
{
	struct err e;
	struct pane *p = comparison_with(gs, id, &e);

	if (p != NULL)
		app_push(app, p);
	else
		app_error(app, &e);
}

static enum rc
choose_done(void *ctx, struct app *app, struct pane *ask, struct err *e)
{
	struct candidates *c = ctx;

	(void)app, (void)e;
	c->chosen = ask_choice(ask, 0);
	return RC_OK;
}

static void
choose_after(void *ctx, struct app *app)
{
	struct candidates *c = ctx;

	show(c->gs, app, &c->list[c->chosen].id);
}

/* Takes c. */
static void
choose(struct candidates *c, struct app *app)
{
	struct ask_choice list[SESSIONS_MAX];
	const struct ask_field f[] = {{ASK_CHOICE, "Which session", "Up and "
	    "Down choose.", NULL, false, list, c->n}};
	struct ask_opts o = {
		.title = "Before and after",
		.intro = "Learners are found in both by their names.",
		.verb = "compare", .topic = "facilitator", .fields = f,
		.n = 1, .ctx = c, .done = choose_done, .after = choose_after,
		.destroy = candidates_free,
	};

	for (size_t i = 0; i < c->n; i++)
		list[i] = (struct ask_choice){c->list[i].label, i == 0};
	ask_open(app, &o);
}

void
group_compare(struct groupscreen *gs, struct app *app)
{
	struct candidates *c = xcalloc(1, sizeof(*c));
	const char *pair = gs->now->w.study->pair;
	struct err e;

	c->gs = gs;
	if (gs->door.ops->sessions(gs->door.ctx, add_candidate, c, &e) !=
	    RC_OK) {
		app_error(app, &e);
	} else if (c->n > 1) {
		choose(c, app);
		return;
	} else if (c->n == 1) {
		show(gs, app, &c->list[0].id);
	} else if (pair[0] != '\0') {
		app_say(app, "There is no group's session on \"%s\" in this "
		    "store, the study that is as hard as this one.", pair);
	} else {
		app_say(app, "This study names no other one that is as hard, "
		    "so there is nothing to compare it with.");
	}
	candidates_free(c);
}
