/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The first screen of collation: what came in, what waits, what is seen only
 * when it is joined, the reports.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/joinedlist.h"
#include "core/utf8.h"
#include "core/vec.h"
#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/collation.h"
#include "tui/joinedscreen_impl.h"
#include "tui/lines.h"
#include "tui/words.h"

#define RETURNS_SHOWN 12
#define WIDE_W 72

enum group {
	GROUP_RETURNS,
	GROUP_LINKS,
	GROUP_JOINED,
	GROUP_REPORTS,
	GROUPS
};

struct return_line {
	struct return_row r;
	char *agency, *file, *mapping;	/* owned */
};

struct row {
	enum group group;
	size_t i;
};

struct collation {
	struct pane base;
	struct collation_opts o;
	struct return_line *returns;	size_t nreturns, capreturns;
	size_t all_returns;
	size_t pairs, divided, joined, restricted;
	struct str joined_words;	/* "2 to 4 of 31 children" */
	struct row *rows;		size_t nrows, caprows;
	struct lines lines;
	struct err fault;	/* why children are not told */
	struct err unread;	/* why returns are not told */
	bool read, counted;
	size_t begin;
	int w, h;
};

void
collation_data_init(struct collation_data *d)
{
	memset(d, 0, sizeof(*d));
}

void
collation_data_release(struct collation_data *d)
{
	facts_release(&d->facts);
	for (size_t i = 0; i < d->nreferences; i++)
		free(d->references[i]);
	free(d->references);
	collation_data_init(d);
}

#define WAIT_WORDS "Counting..."

void
collation_say_wait(struct app *app)
{
	if (*app_message(app) == '\0')
		app_say(app, WAIT_WORDS);
}

enum rc
collation_read(const struct collation_source *src, struct app *app,
    const struct joined_window *w, struct collation_data *out,
    struct err *e)
{
	char *before = xstrdup(app_message(app));
	enum rc rc = src->ops->read(src->ctx, app, w, out, e);

	if (rc == RC_OK)
		app_say(app, "%s", strcmp(before, WAIT_WORDS) == 0 ? "" :
		    before);
	free(before);
	return rc;
}

static struct collation *
mut(struct pane *p)
{
	return (struct collation *)(void *)p;
}

static const struct collation *
of(const struct pane *p)
{
	return (const struct collation *)(const void *)p;
}

/* ---- reading ---- */

static void
forget(struct collation *c)
{
	while (c->nreturns > 0) {
		struct return_line *l = &c->returns[--c->nreturns];

		free(l->agency);
		free(l->file);
		free(l->mapping);
	}
	c->all_returns = 0;
}

static bool
add_return(const struct return_row *r, void *ctx)
{
	struct collation *c = ctx;
	struct return_line *l;

	if (c->all_returns++ >= RETURNS_SHOWN)
		return true;
	c->returns = vec_room(c->returns, c->nreturns, &c->capreturns,
	    sizeof(*c->returns));
	l = &c->returns[c->nreturns++];
	l->r = *r;
	l->r.agency = l->agency = xstrdup(r->agency);
	l->r.file = l->file = xstrdup(r->file);
	l->r.mapping = l->mapping = xstrdup(r->mapping);
	l->r.hash = "";
	return true;
}

static void
add_row(struct collation *c, enum group g, size_t i)
{
	c->rows = vec_room(c->rows, c->nrows, &c->caprows, sizeof(*c->rows));
	c->rows[c->nrows++] = (struct row){g, i};
}

static void
make_rows(struct collation *c)
{
	size_t n;

	(void)report_all(&n);
	c->nrows = 0;
	for (size_t i = 0; i < c->nreturns; i++)
		add_row(c, GROUP_RETURNS, i);
	if (c->nreturns == 0)
		add_row(c, GROUP_RETURNS, 0);
	add_row(c, GROUP_LINKS, 0);
	add_row(c, GROUP_JOINED, 0);
	for (size_t i = 0; i < n; i++)
		add_row(c, GROUP_REPORTS, i);
}

/* ---- what it says ---- */

static void
cell(struct str *out, const char *text, int w)
{
	size_t from = out->len;

	utf8_fit(out, text, strlen(text), w);
	str_add_fmt(out, "%*s", w - utf8_columns(out->s + from,
	    out->len - from) + 1, "");
}

static void
fill_return(struct collation *c, const struct return_row *r)
{
	struct line_look look = {.indent = 2, .cut = true,
	    .style = r->bad > 0 ? STYLE_WARNING : STYLE_NORMAL};
	char day[DAY_TEXT_MAX];
	struct str text, what;
	int w = c->w - 3;

	str_init(&text);
	str_init(&what);
	day_format(moment_day(r->at), day);
	str_add_fmt(&what, "+%llu =%llu -%llu", (unsigned long long)r->added,
	    (unsigned long long)r->known, (unsigned long long)r->struck);
	if (r->bad > 0)
		str_add_fmt(&what, ", %llu faulty",
		    (unsigned long long)r->bad);
	if (c->w >= WIDE_W) {
		cell(&text, day, 10);
		cell(&text, r->agency, 24);
		cell(&text, r->file, w - 60 > 4 ? w - 60 : 4);
		str_add(&text, what.s);
	} else {
		cell(&text, day, 10);
		cell(&text, r->agency, w > 22 ? w - 12 : 10);
	}
	lines_add(&c->lines, &look, text.s);
	str_release(&text);
	str_release(&what);
}

static void
fill_links(struct collation *c)
{
	struct line_look look = {.indent = 2, .cut = true,
	    .style = c->pairs > 0 ? STYLE_PENDING : STYLE_NORMAL};

	if (!c->counted)
		lines_add(&c->lines, &look, "Not counted yet");
	else if (c->pairs == 0)
		lines_add(&c->lines, &look, c->divided > 0 ? "No pair waits "
		    "for a person; not every pair was compared" :
		    "No pair waits for a person");
	else
		lines_addf(&c->lines, &look, "~ %zu pair%s for a person: the "
		    "same child or not%s", c->pairs,
		    c->pairs == 1 ? " waits" : "s wait", c->divided > 0 ?
		    "; not all compared" : "");
}

static void
fill_joined(struct collation *c)
{
	struct line_look look = {.indent = 2, .cut = true,
	    .style = c->joined > 0 ? STYLE_HIGH : STYLE_NORMAL};

	if (!c->counted)
		lines_add(&c->lines, &look, "Not counted yet");
	else
		lines_addf(&c->lines, &look, "%s%s with an indicator, in the "
		    "last 12 months", c->joined > 0 ? "!! " : "",
		    c->joined_words.s);
}

static void
fill_report(struct collation *c, size_t i)
{
	struct line_look look = {.indent = 2, .cut = true,
	    .style = STYLE_NORMAL};
	size_t n;
	const struct report_def *d = report_all(&n);
	struct str text;

	str_init(&text);
	if (c->w >= WIDE_W) {
		cell(&text, d[i].title, 30);
		str_add(&text, d[i].help);
	} else {
		str_add(&text, d[i].title);
	}
	lines_add(&c->lines, &look, text.s);
	str_release(&text);
}

static void
fill_heading(struct collation *c, enum group g)
{
	static const char *const headings[GROUPS] = {
		[GROUP_RETURNS] = "Returns",
		[GROUP_LINKS] = "Link review",
		[GROUP_JOINED] = "Three or more only when joined",
		[GROUP_REPORTS] = "Reports"
	};

	lines_free_text(&c->lines);
	lines_plain(&c->lines, STYLE_HEADING, headings[g]);
}

static void
fill_no_return(struct collation *c)
{
	struct line_look look = {.indent = 2, .cut = true,
	    .style = STYLE_DIM};

	lines_add(&c->lines, &look, c->unread.rc != RC_OK ? c->unread.text :
	    "Nothing came in yet: a takes a file of an agency in");
}

static void
fill_row(struct collation *c, const struct row *r)
{
	(void)lines_row(&c->lines);
	if (r->group == GROUP_RETURNS && c->nreturns == 0)
		fill_no_return(c);
	else if (r->group == GROUP_RETURNS)
		fill_return(c, &c->returns[r->i].r);
	else if (r->group == GROUP_LINKS)
		fill_links(c);
	else if (r->group == GROUP_JOINED)
		fill_joined(c);
	else
		fill_report(c, r->i);
}

static void
fill(struct collation *c)
{
	enum group g = GROUPS;

	lines_clear(&c->lines);
	lines_free_text(&c->lines);
	for (size_t i = 0; i < c->nrows; i++) {
		if (c->rows[i].group != g)
			fill_heading(c, c->rows[i].group);
		g = c->rows[i].group;
		fill_row(c, &c->rows[i]);
		if (g == GROUP_RETURNS && i + 1 == c->nreturns &&
		    c->all_returns > c->nreturns) {
			lines_free_text(&c->lines);
			lines_addf(&c->lines, &(struct line_look){.indent = 2,
			    .style = STYLE_DIM}, "and %zu earlier",
			    c->all_returns - c->nreturns);
		}
	}
	lines_done(&c->lines);
}

/* ---- loading ---- */

static void
count(void *ctx, struct app *app)
{
	struct collation *c = ctx;
	const struct collation_source *src = &c->o.source;
	struct joined_window w = window_months(src->ops->today(src->ctx), 12);
	struct collation_data d;
	struct joined_list l;

	collation_data_init(&d);
	c->counted = collation_read(src, app, &w, &d, &c->fault) == RC_OK;
	if (c->counted) {
		joined_list_init(&l, &d.facts, true);
		c->pairs = d.pairs;
		c->divided = d.divided;
		c->joined = l.in[JOINED_ONLY];
		str_clear(&c->joined_words);
		joined_counted(&l, &c->joined_words);
		c->restricted = d.facts.restricted;
		joined_list_release(&l);
	} else {
		app_error(app, &c->fault);
	}
	collation_data_release(&d);
	fill(c);
}

static void
enter(struct pane *p, struct app *app)
{
	struct collation *c = mut(p);
	const struct collation_source *src = &c->o.source;

	forget(c);
	err_clear(&c->unread);
	c->counted = false;
	if (src->ops->returns(src->ctx, add_return, c, &c->unread) != RC_OK)
		forget(c);
	make_rows(c);
	fill(c);
	if (!c->read)
		lines_select(&c->lines, c->begin < c->nrows ? c->begin : 0);
	c->read = true;
	collation_say_wait(app);
	app_later(app, count, c);
}

/* ---- keys ---- */

static void
open_row(struct collation *c, struct app *app)
{
	const struct row *r = c->lines.row < c->nrows ?
	    &c->rows[c->lines.row] : NULL;
	size_t n;
	const struct report_def *d = report_all(&n);

	if (r == NULL)
		return;
	if (r->group == GROUP_RETURNS)
		c->o.take(c->o.ctx, app);
	else if (r->group == GROUP_LINKS)
		c->o.links(c->o.ctx, app);
	else if (r->group == GROUP_JOINED)
		c->o.joined(c->o.ctx, app);
	else
		c->o.report(c->o.ctx, app, d[r->i].name);
}

static bool
act(struct pane *p, const struct event *ev, struct app *app)
{
	struct collation *c = mut(p);
	size_t from = c->lines.row;

	if (ev->act == ACT_OPEN) {
		open_row(c, app);
	} else if (ev->act == ACT_RETURN_TAKE) {
		c->o.take(c->o.ctx, app);
	} else if (ev->act == ACT_CANCEL) {
		app_pop(app);
	} else if (lines_act(&c->lines, ev->act)) {
		if (c->lines.row != from && c->o.moved != NULL)
			c->o.moved(c->o.ctx, c->lines.row);
	} else {
		return false;
	}
	return true;
}

static bool
can(const struct pane *p, enum action a)
{
	const struct collation *c = of(p);

	if (a == ACT_RETURN_TAKE)
		return c->o.source.ops->may_decide(c->o.source.ctx);
	return a != ACT_NEXT_PANE && a != ACT_SEARCH;
}

/* ---- drawing ---- */

static int
foot_rows(const struct collation *c)
{
	return c->h >= 14 ? 3 : c->h >= 8 ? 2 : 0;
}

static void
return_words(const struct collation *c, size_t i, struct str *out)
{
	const struct return_row *r = &c->returns[i].r;
	char when[SPAN_WORDS_MAX];

	moment_words(r->at, when);
	str_add_fmt(out, "%s of %s, %s: %llu rows, %llu faulty, %llu added, "
	    "%llu known, %llu struck", r->file, r->agency, when,
	    (unsigned long long)r->rows, (unsigned long long)r->bad,
	    (unsigned long long)r->added, (unsigned long long)r->known,
	    (unsigned long long)r->struck);
	if (*r->mapping != '\0')
		str_add_fmt(out, "; read by %s", r->mapping);
	str_add(out, ".");
}

static void
foot_words(const struct collation *c, struct str *out)
{
	const struct row *r = c->lines.row < c->nrows ?
	    &c->rows[c->lines.row] : NULL;
	size_t n;
	const struct report_def *d = report_all(&n);

	if (r == NULL)
		return;
	if (r->group == GROUP_RETURNS && c->nreturns > 0)
		return_words(c, r->i, out);
	else if (r->group == GROUP_RETURNS)
		str_add(out, "a asks for the file, shows its first rows, and "
		    "what each column is taken for.");
	else if (r->group == GROUP_LINKS)
		str_add(out, "Enter shows each pair side by side; nothing "
		    "doubtful is ever joined by itself.");
	else if (r->group == GROUP_JOINED)
		str_add(out, "Enter lists children whom no agency alone has "
		    "at three indicators, first.");
	else
		str_add(out, d[r->i].help);
	if (c->restricted > 0)
		str_add_fmt(out, " %zu restricted case%s not counted.",
		    c->restricted, c->restricted == 1 ? " is" : "s are");
}

static void
draw(const struct pane *p, const struct view *v, bool focused)
{
	const struct collation *c = of(p);
	int h = view_h(v), foot = foot_rows(c);
	struct view body = view_sub(v, (struct rect){0, 0, view_w(v),
	    h - foot});
	struct view under = view_sub(v, (struct rect){0, h - foot, view_w(v),
	    foot});
	struct str words;

	lines_draw(&c->lines, &body, focused);
	if (foot < 2)
		return;
	str_init(&words);
	foot_words(c, &words);
	view_hline(&under, 0, 0, view_w(&under), STYLE_BORDER);
	(void)view_wrap(&under, 1, STYLE_LABEL, words.s);
	str_release(&words);
}

static void
resize(struct pane *p, int w, int h)
{
	struct collation *c = mut(p);

	c->w = w;
	c->h = h;
	h -= foot_rows(c);
	lines_resize(&c->lines, w, h > 0 ? h : 0);
	fill(c);
}

static void
status(const struct pane *p, struct status *st)
{
	(void)p;
	(void)snprintf(st->place, sizeof(st->place), "Collation");
}

static void
destroy(struct pane *p)
{
	struct collation *c = mut(p);

	forget(c);
	free(c->returns);
	free(c->rows);
	str_release(&c->joined_words);
	lines_release(&c->lines);
	free(c);
}

static const struct pane_ops ops = {
	.name = "collation", .context = CONTEXT_COLLATION,
	.topic = "collation", .draw = draw, .act = act, .resize = resize,
	.destroy = destroy, .can = can, .status = status, .enter = enter,
};

struct pane *
collationscreen_new(const struct collation_opts *o)
{
	struct collation *c = xcalloc(1, sizeof(*c));

	c->base.ops = &ops;
	c->o = *o;
	c->begin = o->at;
	lines_init(&c->lines);
	str_init(&c->joined_words);
	return &c->base;
}
