/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/duescreen.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/clocks.h"
#include "core/vec.h"
#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/duescreen_impl.h"

static struct duescreen *
due_mut(struct pane *p)
{
	return (struct duescreen *)(void *)p;
}

const struct dueline *
due_row_at(const struct duescreen *ds, size_t row)
{
	return row >= ds->first && row - ds->first < ds->nrows ?
	    &ds->rows[row - ds->first] : NULL;
}

bool
due_is_narrowed(const struct duescreen *ds)
{
	return ds->mine || ds->overdue || ds->rule != NULL;
}

/* ---- lines ---- */

bool
due_line_is_head(const struct duescreen *ds, size_t line,
    enum due_group *group, size_t *row)
{
	*row = 0;
	*group = DUE_MINE_OVER;
	for (int g = 0; g < DUE_GROUPS; g++) {
		size_t n = ds->counts.in[g];

		if (n == 0)
			continue;
		*group = (enum due_group)g;
		if (line <= n) {
			*row += line > 0 ? line - 1 : 0;
			return line == 0;
		}
		line -= n + 1;
		*row += n;
	}
	return true;
}

static size_t
count_lines(const struct duescreen *ds)
{
	size_t n = ds->counts.all;

	for (int g = 0; g < DUE_GROUPS; g++)
		n += ds->counts.in[g] > 0 ? 1 : 0;
	return n;
}

static const struct dueline *
selected(const struct duescreen *ds)
{
	enum due_group group;
	size_t row;

	if (ds->scroll.n == 0 ||
	    due_line_is_head(ds, ds->scroll.at, &group, &row))
		return NULL;
	return due_row_at(ds, row);
}

/* ---- reading ---- */

static void
wipe(char *text)
{
	sodium_memzero(text, strlen(text));
	free(text);
}

static void
forget(struct duescreen *ds)
{
	while (ds->nrows > 0) {
		struct dueline *l = &ds->rows[--ds->nrows];

		wipe(l->reference);
		wipe(l->name);
		wipe(l->what);
		wipe(l->counted);
		wipe(l->who);
	}
}

static bool
add_row(const struct due_row *r, void *ctx)
{
	struct duescreen *ds = ctx;
	struct dueline *l;

	ds->rows = vec_room(ds->rows, ds->nrows, &ds->caprows,
	    sizeof(*ds->rows));
	l = &ds->rows[ds->nrows++];
	l->r = *r;
	l->r.rule = "";
	l->r.reference = l->reference = xstrdup(r->reference);
	l->r.name = l->name = xstrdup(r->name);
	l->r.what = l->what = xstrdup(r->what);
	l->r.counted = l->counted = xstrdup(r->counted);
	l->r.who = l->who = xstrdup(r->who);
	return true;
}

static struct due_query
query_of(const struct duescreen *ds)
{
	return (struct due_query){.now = ds->now, .mine = ds->mine,
	    .overdue = ds->overdue, .until = INT64_MAX, .rule = ds->rule};
}

static void
fetch(struct duescreen *ds)
{
	struct due_query q = query_of(ds);
	struct due_sink to = {add_row, ds};
	size_t h = ds->scroll.height > 0 ? (size_t)ds->scroll.height : 1;
	size_t top = ds->scroll.top > h ? ds->scroll.top - h : 0;
	enum due_group group;

	forget(ds);
	(void)due_line_is_head(ds, top, &group, &ds->first);
	q.offset = ds->first;
	q.limit = 3 * h;
	if (ds->scroll.n > 0 && ds->o.source.rows(ds->o.source.ctx, &q, &to,
	    &ds->fault) != RC_OK)
		scroll_count(&ds->scroll, 0);
}

static bool
is_there(const struct duescreen *ds, size_t line)
{
	enum due_group group;
	size_t row;

	return due_line_is_head(ds, line, &group, &row) ||
	    due_row_at(ds, row) != NULL;
}

/* After a move: reads only if a visible row is not there. */
static void
fetch_missing(struct duescreen *ds)
{
	size_t end = ds->scroll.top + (ds->scroll.height > 0 ?
	    (size_t)ds->scroll.height : 0);

	if (end > ds->scroll.n)
		end = ds->scroll.n;
	if (ds->fault.rc != RC_OK || end <= ds->scroll.top)
		return;
	if (!is_there(ds, ds->scroll.top) || !is_there(ds, end - 1))
		fetch(ds);
}

/*
 * Never on a head.  It is passed in the direction of the move, and seen
 * with the first row below it.
 */
static void
leave_head(struct duescreen *ds, size_t from)
{
	enum due_group group;
	size_t row, at = ds->scroll.at;

	if (ds->scroll.n == 0)
		return;
	if (due_line_is_head(ds, at, &group, &row))
		at = at < from && at > 0 ? at - 1 : at + 1;
	if (at >= ds->scroll.n)
		at = ds->scroll.n - 1;
	if (at > 0 && due_line_is_head(ds, at - 1, &group, &row))
		scroll_to(&ds->scroll, at - 1);
	scroll_to(&ds->scroll, at);
}

static void
told_moved(struct duescreen *ds)
{
	if (ds->o.moved != NULL)
		ds->o.moved(ds->o.ctx, ds->narrow.s, ds->scroll.at);
}

static void
load(struct duescreen *ds)
{
	struct due_query q;

	err_clear(&ds->fault);
	ds->now = ds->o.source.now(ds->o.source.ctx);
	q = query_of(ds);
	if (ds->o.source.count(ds->o.source.ctx, &q, &ds->counts,
	    &ds->fault) != RC_OK)
		memset(&ds->counts, 0, sizeof(ds->counts));
	scroll_count(&ds->scroll, count_lines(ds));
	if (ds->begin != 0)
		scroll_to(&ds->scroll, ds->begin);
	ds->begin = 0;
	leave_head(ds, 0);
	fetch(ds);
}

/* ---- narrowing ---- */

static bool
is_rule(const char *word, size_t n)
{
	const char *id;

	for (size_t i = 0; (id = clock_id(i)) != NULL; i++)
		if (strlen(id) == n && strncmp(id, word, n) == 0)
			return true;
	return false;
}

static void
clear_narrow(struct duescreen *ds)
{
	free(ds->rule);
	ds->rule = NULL;
	ds->mine = ds->overdue = false;
	str_clear(&ds->narrow);
}

/* False, with the word that is not understood; nothing is narrowed then. */
static bool
read_words(struct duescreen *ds, const char *words, const char **bad)
{
	size_t n;

	clear_narrow(ds);
	for (words += strspn(words, " "); *words != '\0';
	    words += n + strspn(words + n, " ")) {
		n = strcspn(words, " ");
		if (n == 4 && strncmp(words, "mine", n) == 0) {
			ds->mine = true;
		} else if (n == 7 && strncmp(words, "overdue", n) == 0) {
			ds->overdue = true;
		} else if (is_rule(words, n)) {
			free(ds->rule);
			ds->rule = xstrndup(words, n);
		} else {
			clear_narrow(ds);
			*bad = words;
			return false;
		}
	}
	str_add_fmt(&ds->narrow, "%s%s%s", ds->mine ? "mine " : "",
	    ds->overdue ? "overdue " : "", ds->rule != NULL ? ds->rule : "");
	return true;
}

/* The i-th word that a screen can be narrowed to; NULL after the last. */
static const char *
narrow_word(size_t i)
{
	return i == 0 ? "mine" : i == 1 ? "overdue" : clock_id(i - 2);
}

/* An id that two entries of the table share is offered once. */
static bool
was_before(size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (strcmp(narrow_word(k), narrow_word(i)) == 0)
			return true;
	return false;
}

static const char *
narrow_complete(void *ctx, const char *text, size_t i)
{
	struct duescreen *ds = ctx;
	const char *space = strrchr(text, ' ');
	const char *word = space != NULL ? space + 1 : text, *w;

	for (size_t k = 0; (w = narrow_word(k)) != NULL; k++) {
		if (strncmp(w, word, strlen(word)) != 0 || was_before(k) ||
		    i-- > 0)
			continue;
		str_clear(&ds->choice);
		str_add_n(&ds->choice, text, (size_t)(word - text));
		str_add(&ds->choice, w);
		return ds->choice.s;
	}
	return NULL;
}

void
duescreen_narrow(struct pane *screen, struct app *app, const char *words)
{
	struct duescreen *ds = due_mut(screen);
	char *copy = xstrdup(words);
	const char *bad;

	if (!read_words(ds, copy, &bad))
		app_warn(app, "\"%.*s\" is not understood: type mine, "
		    "overdue, or a kind such as return-interview; Tab shows "
		    "them.", (int)strcspn(bad, " "), bad);
	free(copy);
	scroll_to(&ds->scroll, 0);
	load(ds);
	told_moved(ds);
}

static void
narrow_done(void *ctx, struct app *app, const char *text)
{
	struct duescreen *ds = ctx;

	if (text != NULL)
		duescreen_narrow(&ds->base, app, text);
}

static void
narrow_prompt(struct duescreen *ds, struct app *app)
{
	struct prompt p = {
		.label = "Only: ",
		.text = ds->narrow.s,
		.history = "due",
		.ctx = ds,
		.done = narrow_done,
		.complete = narrow_complete
	};

	app_say(app, "mine, overdue, a kind such as action, or several; Tab "
	    "completes, nothing shows all.");
	app_prompt(app, &p);
}

/* ---- acting ---- */

static bool
open_row(struct duescreen *ds, struct app *app)
{
	const struct dueline *l = selected(ds);
	struct due_row row;

	if (l == NULL) {
		app_say(app, "There is nothing here to open.");
		return true;
	}
	told_moved(ds);
	/* The rows may be read anew before the case is seen. */
	row = l->r;
	ds->o.open(ds->o.ctx, app, &row);
	return true;
}

static bool
leave(struct duescreen *ds, struct app *app)
{
	if (due_is_narrowed(ds))
		duescreen_narrow(&ds->base, app, "");
	else
		app_pop(app);
	return true;
}

static bool
due_act(struct pane *p, const struct event *ev, struct app *app)
{
	struct duescreen *ds = due_mut(p);
	size_t from = ds->scroll.at;

	switch (ev->act) {
	case ACT_OPEN:
		return open_row(ds, app);
	case ACT_FILTER:
		narrow_prompt(ds, app);
		return true;
	case ACT_CANCEL:
		return leave(ds, app);
	default:
		break;
	}
	if (!scroll_act(&ds->scroll, ev->act))
		return false;
	leave_head(ds, from);
	fetch_missing(ds);
	if (ds->scroll.at != from)
		told_moved(ds);
	return true;
}

static bool
due_can(const struct pane *p, enum action a)
{
	const struct duescreen *ds =
	    (const struct duescreen *)(const void *)p;

	if (a == ACT_OPEN)
		return ds->scroll.n > 0;
	return a != ACT_SIGN && a != ACT_UNDO && a != ACT_NEXT_PANE &&
	    a != ACT_SEARCH;
}

static void
due_resize(struct pane *p, int w, int h)
{
	struct duescreen *ds = due_mut(p);

	ds->w = w;
	ds->h = h;
	h -= due_top_rows(ds) + due_foot_rows(ds);
	scroll_resize(&ds->scroll, h > 0 ? h : 0);
	leave_head(ds, ds->scroll.at);
	fetch_missing(ds);
}

static void
due_status(const struct pane *p, struct status *st)
{
	const struct duescreen *ds =
	    (const struct duescreen *)(const void *)p;
	enum due_group group;
	size_t row;

	(void)due_line_is_head(ds, ds->scroll.at, &group, &row);
	(void)snprintf(st->place, sizeof(st->place), "Due");
	(void)snprintf(st->filter, sizeof(st->filter), "%s", ds->narrow.s);
	st->counted = true;
	st->n = ds->scroll.n > 0 ? row + 1 : 0;
	st->m = ds->counts.all;
}

static void
due_enter(struct pane *p, struct app *app)
{
	struct duescreen *ds = due_mut(p);

	(void)app;
	load(ds);
	told_moved(ds);
}

static void
due_destroy(struct pane *p)
{
	struct duescreen *ds = due_mut(p);

	forget(ds);
	clear_narrow(ds);
	free(ds->rows);
	str_release(&ds->narrow);
	str_release(&ds->choice);
	free(ds);
}

static const struct pane_ops due_ops = {
	.name = "due",
	.context = CONTEXT_DUE,
	.topic = "due",
	.draw = due_draw,
	.act = due_act,
	.resize = due_resize,
	.destroy = due_destroy,
	.can = due_can,
	.status = due_status,
	.enter = due_enter,
};

struct pane *
duescreen_new(const struct duescreen_opts *o)
{
	struct duescreen *ds = xcalloc(1, sizeof(*ds));
	const char *bad;

	ds->base.ops = &due_ops;
	ds->o = *o;
	ds->begin = o->at;
	str_init(&ds->narrow);
	str_init(&ds->choice);
	scroll_init(&ds->scroll, 0);
	(void)read_words(ds, o->narrow != NULL ? o->narrow : "", &bad);
	ds->o.narrow = NULL;
	return &ds->base;
}
