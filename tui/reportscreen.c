/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A report on the screen: its tables one at a time, a cell selected.
 */
#include "config.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/reportscreen_impl.h"

static struct reportscreen *
mut(struct pane *p)
{
	return (struct reportscreen *)(void *)p;
}

static const struct reportscreen *
of(const struct pane *p)
{
	return (const struct reportscreen *)(const void *)p;
}

static const struct report *
shown(const struct reportscreen *s)
{
	return s->show_whole ? &s->whole : &s->report;
}

const struct report_table *
reportscreen_table(const struct reportscreen *s)
{
	const struct report *r = shown(s);

	return s->made && s->table < r->n ? &r->tables[s->table] : NULL;
}

const struct report_cell *
reportscreen_cell(const struct reportscreen *s)
{
	const struct report_table *t = s->made && s->table < s->whole.n ?
	    &s->whole.tables[s->table] : NULL;

	if (t == NULL || s->scroll.at >= t->nrows ||
	    s->column >= t->ncolumns)
		return NULL;
	return &t->cells[s->scroll.at * t->ncolumns + s->column];
}

bool
reportscreen_has_areas(const struct report_table *t)
{
	return t->ncolumns > 1 && t->chart != SIZE_MAX &&
	    (strcmp(t->heads[0], "Area") == 0 ||
	    strcmp(t->heads[0], "area") == 0);
}

/* "2026-11" */
static bool
is_month(const char *s)
{
	return strlen(s) == 7 && isdigit((unsigned char)s[0]) &&
	    isdigit((unsigned char)s[3]) && s[4] == '-' &&
	    isdigit((unsigned char)s[6]);
}

bool
reportscreen_has_months(const struct report_table *t)
{
	const struct report_cell *c = t->cells;

	return t->nrows > 1 && t->chart != SIZE_MAX &&
	    c[0].type == REPORT_TEXT && c[0].text != NULL &&
	    is_month(c[0].text);
}

/* ---- making ---- */

static void
unmake(struct reportscreen *s)
{
	if (s->made) {
		report_release(&s->report);
		report_release(&s->whole);
	}
	s->made = false;
}

static void
arrange(struct reportscreen *s)
{
	const struct report_table *t = reportscreen_table(s);
	int h = s->h - reportscreen_top_rows(s) - reportscreen_foot_rows(s);

	scroll_count(&s->scroll, t != NULL ? t->nrows : 0);
	scroll_resize(&s->scroll, h > 0 ? h : 0);
	if (t != NULL && s->column >= t->ncolumns)
		s->column = t->ncolumns > 0 ? t->ncolumns - 1 : 0;
	if (s->left > s->column)
		s->left = s->column;
}

static enum rc
make_one(struct reportscreen *s, bool whole, struct report *out,
    struct err *e)
{
	const struct collation_source *src = &s->o.source;
	struct collation_wish wish = {s->def, &s->data.facts,
	    whole && s->reason != NULL};
	struct report_needs needs = {NULL, NULL, NULL};
	enum rc rc = src->ops->needs(src->ctx, &wish, &needs, e);

	report_init(out, s->def->name, s->def->title, &s->o.window);
	if (rc != RC_OK)
		return rc;
	out->whole = whole && s->def->published;
	out->personal = s->def->personal;
	out->no_cases = s->def->no_cases;
	s->def->make(&s->data.facts, &needs, out);
	if (s->def->published && !whole)
		report_publish(out);
	return RC_OK;
}

/* Numbers made without what they need would be wrong ones. */
enum rc
reportscreen_make(struct reportscreen *s, struct err *e)
{
	enum rc rc;

	unmake(s);
	rc = make_one(s, false, &s->report, e);
	if (rc == RC_OK)
		rc = make_one(s, true, &s->whole, e);
	else
		report_init(&s->whole, "", "", &s->o.window);
	s->made = true;
	if (rc != RC_OK)
		unmake(s);
	else if (s->table >= s->report.n)
		s->table = 0;
	arrange(s);
	return rc;
}

static void
load(void *ctx, struct app *app)
{
	struct reportscreen *s = ctx;
	const struct collation_source *src = &s->o.source;
	enum rc rc;

	unmake(s);
	collation_data_release(&s->data);
	err_clear(&s->fault);
	rc = collation_read(src, app, &s->o.window, &s->data, &s->fault);
	s->loaded = true;
	arrange(s);
	if (s->o.moved != NULL)
		s->o.moved(s->o.ctx, s->def->name, &s->o.window);
	if (rc == RC_OK && s->def->personal && s->reason == NULL) {
		reportscreen_ask_why(s, app, TELL_ROWS);
		return;
	}
	if (rc == RC_OK && (s->show_whole || s->def->personal))
		rc = reportscreen_note(s, &s->fault);
	if (rc == RC_OK)
		(void)!reportscreen_make(s, &s->fault);
}

void
reportscreen_read(struct reportscreen *s, struct app *app)
{
	collation_say_wait(app);
	app_later(app, load, s);
}

static void
enter(struct pane *p, struct app *app)
{
	struct reportscreen *s = mut(p);

	if (!s->asked)
		reportscreen_read(s, app);
	s->asked = false;
}

static void
window_chosen(void *ctx, struct app *app, const struct joined_window *w)
{
	struct reportscreen *s = ctx;

	s->o.window = *w;
	app_say(app, "%s", "");
	reportscreen_read(s, app);
}

/* ---- keys ---- */

static void
next_table(struct reportscreen *s, bool on)
{
	size_t n = shown(s)->n;

	if (!s->made || n == 0)
		return;
	s->table = on ? (s->table + 1) % n : (s->table + n - 1) % n;
	s->column = s->left = 0;
	scroll_to(&s->scroll, 0);
	arrange(s);
}

/* The selected column is always seen. */
static void
move_column(struct reportscreen *s, bool on)
{
	const struct report_table *t = reportscreen_table(s);
	int x;

	if (t == NULL || t->ncolumns == 0)
		return;
	if (on && s->column + 1 < t->ncolumns)
		s->column++;
	else if (!on && s->column > 0)
		s->column--;
	if (s->column <= s->left)
		s->left = s->column > 0 ? s->column - 1 : 0;
	do {
		x = reportscreen_column(t, 0, s->w) + 3;
		for (size_t i = s->left + 1; i <= s->column; i++)
			x += reportscreen_column(t, i, s->w) + 1;
		if (x <= s->w || s->left + 1 >= s->column)
			break;
		s->left++;
	} while (true);
}

void
reportscreen_show_whole(struct reportscreen *s, struct app *app)
{
	s->show_whole = true;
	arrange(s);
	app_warn(app, "Every count, small ones too: not for publication.");
}

static void
turn_whole(struct reportscreen *s, struct app *app)
{
	if (!s->def->published) {
		app_say(app, "This report is not for publication: nothing in "
		    "it is suppressed.");
	} else if (!s->made) {
		app_say(app, "There is nothing to show.");
	} else if (s->show_whole) {
		s->show_whole = false;
		arrange(s);
		app_say(app, "As it may be published.");
	} else {
		reportscreen_ask_why(s, app, TELL_WHOLE);
	}
}

static void
turn_grid(struct reportscreen *s, struct app *app)
{
	const struct report_table *t = reportscreen_table(s);

	if (t == NULL || !reportscreen_has_areas(t))
		app_say(app, "This table is not of areas: there is no grid "
		    "of it.");
	else
		s->grid = !s->grid;
}

static bool
act_key(struct reportscreen *s, enum action a, struct app *app)
{
	switch (a) {
	case ACT_OPEN:
		reportscreen_open_cell(s, app);
		return true;
	case ACT_WINDOW:
		s->ask = (struct window_ask){.now = s->o.window,
		    .today = s->o.source.ops->today(s->o.source.ctx),
		    .ctx = s, .done = window_chosen};
		window_prompt(app, &s->ask);
		return true;
	case ACT_REPORT_WRITE:
		reportscreen_write(s, app);
		return true;
	case ACT_REPORT_WHOLE:
		turn_whole(s, app);
		return true;
	case ACT_REPORT_GRID:
		turn_grid(s, app);
		return true;
	case ACT_REPORT_NOTE:
		reportscreen_read_note(s, app);
		return true;
	case ACT_REPORT_POPULATION:
		reportscreen_choose_population(s, app);
		return true;
	case ACT_NEXT_PANE:
	case ACT_PREV_PANE:
		next_table(s, a == ACT_NEXT_PANE);
		return true;
	case ACT_LEFT:
	case ACT_RIGHT:
		move_column(s, a == ACT_RIGHT);
		return true;
	case ACT_CANCEL:
		app_pop(app);
		return true;
	default:
		return scroll_act(&s->scroll, a);
	}
}

static bool
act(struct pane *p, const struct event *ev, struct app *app)
{
	return act_key(mut(p), ev->act, app);
}

static bool
can(const struct pane *p, enum action a)
{
	const struct reportscreen *s = of(p);
	const struct report_table *t = reportscreen_table(s);
	const struct report_cell *c = reportscreen_cell(s);

	if (a == ACT_OPEN)
		return (c != NULL && c->ncases > 0) ||
		    reportscreen_hides_cell(s);
	if (a == ACT_REPORT_NOTE)
		return reportscreen_cuts_note(s);
	if (a == ACT_REPORT_POPULATION)
		return s->def->population;
	if (a == ACT_REPORT_GRID)
		return t != NULL && reportscreen_has_areas(t);
	if (a == ACT_REPORT_WHOLE)
		return s->def->published;
	if (a == ACT_NEXT_PANE)
		return s->made && shown(s)->n > 1;
	return a != ACT_SEARCH;
}

/* ---- the rest of the pane ---- */

static void
resize(struct pane *p, int w, int h)
{
	struct reportscreen *s = mut(p);

	s->w = w;
	s->h = h;
	arrange(s);
}

static void
status(const struct pane *p, struct status *st)
{
	const struct reportscreen *s = of(p);

	(void)snprintf(st->place, sizeof(st->place), "Report");
	if (s->made && s->report.n > 0) {
		st->counted = true;
		st->n = s->table + 1;
		st->m = s->report.n;
	}
}

static void
destroy(struct pane *p)
{
	struct reportscreen *s = mut(p);

	unmake(s);
	collation_data_release(&s->data);
	str_release(&s->choice);
	free(s->reason);
	free(s);
}

static const struct pane_ops ops = {
	.name = "report", .context = CONTEXT_REPORT,
	.topic = "reports-screen", .draw = reportscreen_draw, .act = act,
	.resize = resize, .destroy = destroy, .can = can, .status = status,
	.enter = enter,
};

struct pane *
reportscreen_new(const struct reportscreen_opts *o)
{
	const struct report_def *def = o->def != NULL ? o->def :
	    report_find(o->name);
	struct reportscreen *s;

	if (def == NULL)
		return NULL;
	s = xcalloc(1, sizeof(*s));
	s->base.ops = &ops;
	s->o = *o;
	s->def = def;
	collation_data_init(&s->data);
	scroll_init(&s->scroll, 0);
	str_init(&s->choice);
	return &s->base;
}
