/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/checklist.h"

#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/checklist_impl.h"
#include "tui/tick.h"

static const struct checklist *
list_of(const struct pane *p)
{
	return (const struct checklist *)(const void *)p;
}

static struct checklist *
list_mut(struct pane *p)
{
	return (struct checklist *)(void *)p;
}

void
checklist_refresh(struct pane *p)
{
	struct checklist *c = list_mut(p);

	checklist_fill(c, checklist_at(c));
}

void
checklist_go(struct pane *p, unsigned item)
{
	checklist_fill(list_mut(p), (struct check_row){item, 0, NULL});
}

static void
checklist_draw(const struct pane *p, const struct view *v, bool focused)
{
	lines_draw(&list_of(p)->lines, v, focused);
}

/* ---- keys ---- */

static const struct item *
item_at(const struct checklist *c)
{
	return &c->w->door.in->items[checklist_at(c).item];
}

static void
say_answer(struct checklist *c, struct app *app)
{
	struct check_row at = checklist_at(c);
	const char *state = answer_name(answers_get(&c->w->answers, at.item));

	if (tick_incomplete(c->w, at.item) < c->w->pending.n)
		app_say(app, "%s: %s, not signed. Enter: date, agency and "
		    "words; u takes it back.", item_at(c)->label, state);
	else
		app_say(app, "%s: %s.", item_at(c)->label, state);
}

static bool
may_tick(struct checklist *c, struct app *app)
{
	if (c->w->door.may_write(c->w->door.ctx, "observation"))
		return true;
	app_warn(app, "Your role reads cases; it does not write "
	    "observations.");
	return false;
}

static void
step(struct checklist *c, struct app *app, bool back)
{
	struct check_row at = checklist_at(c);

	if (!may_tick(c, app))
		return;
	switch (tick_step(c->w, at.item, at.record, back)) {
	case TICK_CHOOSE:
		app_say(app, "Several answers are signed for %s. Right goes "
		    "to them: press Space on the one that is wrong. a adds "
		    "another.", item_at(c)->id);
		return;
	case TICK_STRUCK:
		app_say(app, "This one is struck. Press a to add another "
		    "observation.");
		return;
	case TICK_DONE:
	default:
		checklist_fill(c, at);
		say_answer(c, app);
	}
}

static void
add(struct checklist *c, struct app *app)
{
	struct check_row at = checklist_at(c);

	if (!may_tick(c, app))
		return;
	c->host->edit(c->host->ctx, app, tick_add(c->w, at.item), true);
}

/* The one signed observation that stands, or NULL; *n counts them. */
static const struct record *
standing(const struct checklist *c, unsigned item, size_t *n)
{
	const struct record *only = NULL;
	size_t i;

	*n = 0;
	for (i = 0; i < c->w->now.nrecords; i++) {
		const struct record *r = c->w->now.records[i];

		if (casework_observes(c->w, r, item) && record_stands(r)) {
			only = r;
			++*n;
		}
	}
	return only;
}

static void
open_item(struct checklist *c, struct app *app, unsigned item)
{
	size_t i = tick_incomplete(c->w, item), n;
	const struct record *only;

	if (i == c->w->pending.n)
		i = tick_pending(c->w, item);
	if (i < c->w->pending.n) {
		c->host->edit(c->host->ctx, app, i, false);
		return;
	}
	only = standing(c, item, &n);
	if (n == 0)
		add(c, app);
	else if (n == 1)
		c->host->show(c->host->ctx, app, only);
	else
		checklist_fill(c, (struct check_row){item, 1, NULL});
}

static void
open_row(struct checklist *c, struct app *app, bool edit)
{
	struct check_row at = checklist_at(c);
	size_t i;

	if (at.record == NULL) {
		open_item(c, app, at.item);
		return;
	}
	i = casework_pending_of(c->w, at.record);
	if (i == c->w->pending.n && at.record->struck_by != NULL)
		i = casework_pending_of(c->w, at.record->struck_by);
	if (i < c->w->pending.n)
		c->host->edit(c->host->ctx, app, i, false);
	else if (edit)
		app_say(app, "What is signed is not edited. Space corrects "
		    "it, x strikes it; the old one stays visible.");
	else
		c->host->show(c->host->ctx, app, at.record);
}

static void
strike(struct checklist *c, struct app *app)
{
	struct check_row at = checklist_at(c);
	const struct record *r = at.record;
	size_t n = 1, i;

	if (!may_tick(c, app))
		return;
	if (r == NULL)
		r = standing(c, at.item, &n);
	if (r == NULL) {
		app_say(app, "Nothing to strike here.");
		return;
	}
	if (n > 1) {
		app_say(app, "Several are signed. Right goes to them: press x on "
		    "the one that is wrong.");
		return;
	}
	i = casework_pending_of(c->w, r);
	if (i < c->w->pending.n) {
		tick_drop(c->w, i);
		checklist_fill(c, at);
	} else if (r->struck_by != NULL) {
		app_say(app, "It is struck already.");
	} else {
		c->host->strike(c->host->ctx, app, r);
	}
}

static void
next_grouping(struct checklist *c, struct app *app)
{
	struct check_row at = checklist_at(c);

	c->grouping = (c->grouping + 1) % (c->w->door.in->nviews + 1);
	checklist_fill(c, (struct check_row){at.item, 0, NULL});
	app_say(app, "%s.", c->title.s);
}

/* ---- search ---- */

static bool
item_has(const struct item *it, const char *folded, bool in_help)
{
	struct str text;
	bool has;

	str_init(&text);
	if (in_help) {
		utf8_fold(&text, it->help != NULL ? it->help : "",
		    it->help != NULL ? strlen(it->help) : 0);
	} else {
		utf8_fold(&text, it->id, strlen(it->id));
		utf8_fold(&text, it->label, strlen(it->label));
	}
	has = strstr(text.s, folded) != NULL;
	str_release(&text);
	return has;
}

/* Rows of observations stand only under the selected item: items are walked. */
static bool
find_in(struct checklist *c, bool back, bool in_help)
{
	size_t i, at = c->lines.row;

	for (i = 1; i <= c->nrows; i++) {
		const struct check_row *r;

		at = (at + (back ? c->nrows - 1 : 1)) % c->nrows;
		r = &c->rows[at];
		if (r->seen > 0 || !item_has(&c->w->door.in->items[r->item],
		    c->find.s, in_help))
			continue;
		checklist_fill(c, *r);
		return true;
	}
	return false;
}

/* Ids and labels first; the longer texts only where none of these has it. */
static void
find(struct checklist *c, struct app *app, bool back)
{
	if (c->find.len > 0 && !find_in(c, back, false) &&
	    !find_in(c, back, true))
		app_say(app, "Not found in the checklist.");
}

static void
find_done(void *ctx, struct app *app, const char *text)
{
	struct checklist *c = ctx;

	if (text == NULL || *text == '\0')
		return;
	str_clear(&c->find);
	utf8_fold(&c->find, text, strlen(text));
	find(c, app, false);
}

static void
search(struct checklist *c, struct app *app)
{
	struct prompt p = {.label = "Search the checklist: ",
	    .history = "checklist", .ctx = c, .done = find_done};

	app_prompt(app, &p);
}

/*
 * From item to item, so that Down and Space alone go through the list; Right
 * goes into what was observed and Left comes back.
 */
static bool
move_item(struct checklist *c, enum action a)
{
	struct check_row at = checklist_at(c);
	size_t i = c->lines.row;

	if (a == ACT_LEFT && at.seen > 0) {
		checklist_fill(c, (struct check_row){at.item, 0, NULL});
		return true;
	}
	if (a == ACT_RIGHT && at.seen == 0) {
		checklist_fill(c, (struct check_row){at.item, 1, NULL});
		return true;
	}
	if (at.seen > 0 || (a != ACT_UP && a != ACT_DOWN))
		return false;
	do
		i += a == ACT_DOWN ? 1 : (size_t)-1;
	while (i < c->nrows && c->rows[i].seen > 0);
	if (i >= c->nrows)
		return false;
	checklist_fill(c, c->rows[i]);
	return true;
}

/* Moving on may open another item: then the lines are others. */
static bool
move(struct checklist *c, enum action a)
{
	struct check_row before = checklist_at(c), after;

	if (move_item(c, a))
		return true;
	if (!lines_act(&c->lines, a))
		return false;
	after = checklist_at(c);
	if (after.item != before.item || after.seen != before.seen)
		checklist_fill(c, after);
	return true;
}

static bool
checklist_act(struct pane *p, const struct event *ev, struct app *app)
{
	struct checklist *c = list_mut(p);

	if (c->nrows == 0)
		return false;
	if (move(c, ev->act))
		return true;
	switch (ev->act) {
	case ACT_TICK:
	case ACT_TICK_BACK:
		step(c, app, ev->act == ACT_TICK_BACK);
		return true;
	case ACT_OPEN:
	case ACT_EDIT:
		open_row(c, app, ev->act == ACT_EDIT);
		return true;
	case ACT_ADD:
		add(c, app);
		return true;
	case ACT_STRIKE:
		strike(c, app);
		return true;
	case ACT_VIEW:
		next_grouping(c, app);
		return true;
	case ACT_SEARCH:
		search(c, app);
		return true;
	case ACT_NEXT:
	case ACT_PREV:
		find(c, app, ev->act == ACT_PREV);
		return true;
	default:
		return false;
	}
}

/* ---- the rest of the pane ---- */

static void
checklist_resize(struct pane *p, int w, int h)
{
	struct checklist *c = list_mut(p);
	struct check_row at = checklist_at(c);

	lines_resize(&c->lines, w, h);
	checklist_fill(c, at);
}

static void
checklist_destroy(struct pane *p)
{
	struct checklist *c = list_mut(p);

	lines_release(&c->lines);
	str_release(&c->title);
	str_release(&c->find);
	free(c->rows);
	free(c);
}

static const char *
checklist_topic(const struct pane *p)
{
	return list_of(p)->topic;
}

static const char *
checklist_title(const struct pane *p)
{
	return list_of(p)->title.s;
}

static void
checklist_enter(struct pane *p, struct app *app)
{
	(void)app;
	checklist_refresh(p);
}

static const struct pane_ops checklist_ops = {
	.name = "checklist",
	.context = CONTEXT_CHECKLIST,
	.topic = "checklist",
	.draw = checklist_draw,
	.act = checklist_act,
	.resize = checklist_resize,
	.destroy = checklist_destroy,
	.topic_now = checklist_topic,
	.title = checklist_title,
	.enter = checklist_enter,
};

struct pane *
checklist_new(struct casework *w, const struct case_host *host)
{
	struct checklist *c = xcalloc(1, sizeof(*c));

	c->base.ops = &checklist_ops;
	c->w = w;
	c->host = host;
	lines_init(&c->lines);
	str_init(&c->title);
	str_init(&c->find);
	checklist_fill(c, (struct check_row){NO_ITEM, 0, NULL});
	return &c->base;
}
