/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a report looks: a table with bars, a line of months, a grid of areas.
 * What is suppressed has no length in any of them.
 */
#include "config.h"

#include <string.h>

#include "core/joinedwindow.h"
#include "core/utf8.h"
#include "tui/app.h"
#include "tui/reportscreen_impl.h"

#define FIRST_MAX 30
#define COLUMN_MAX 20
#define BAR_MIN 10
#define BAR_MAX 40
#define TILE_W 19
#define TILE_H 3

static const struct reportscreen *
of(const struct pane *p)
{
	return (const struct reportscreen *)(const void *)p;
}

/* ---- numbers ---- */

/* What a cell draws; false for what has no length. */
static bool
value_of(const struct report_cell *c, double *v)
{
	switch (c->type) {
	case REPORT_COUNT:
	case REPORT_RANGE:
		*v = (double)c->count;
		return true;
	case REPORT_SHARE:
	case REPORT_RATE:
		*v = c->of > 0 ? (double)c->count / (double)c->of : 0;
		return c->of > 0;
	case REPORT_TEXT:
	case REPORT_SUPPRESSED:
	case REPORT_NONE:
	default:
		return false;
	}
}

static const struct report_cell *
chart_cell(const struct report_table *t, size_t row)
{
	return &t->cells[row * t->ncolumns + t->chart];
}

/* A row of totals is no bar beside its parts. */
static size_t
chart_rows(const struct report_table *t)
{
	return t->total_row && t->nrows > 1 ? t->nrows - 1 : t->nrows;
}

static double
most_of(const struct report_table *t)
{
	double most = 0, v;

	for (size_t i = 0; i < chart_rows(t); i++)
		if (value_of(chart_cell(t, i), &v) && v > most)
			most = v;
	return most;
}

/* ---- sizes ---- */

int
reportscreen_column(const struct report_table *t, size_t column, int w)
{
	int most = utf8_columns(t->heads[column], strlen(t->heads[column]));
	int limit = column == 0 ? FIRST_MAX : COLUMN_MAX;
	struct str words;

	str_init(&words);
	for (size_t i = 0; i < t->nrows; i++) {
		int n;

		str_clear(&words);
		report_cell_words(&t->cells[i * t->ncolumns + column],
		    &words);
		n = utf8_columns(words.s, words.len);
		most = n > most ? n : most;
	}
	str_release(&words);
	if (limit > w / 2)
		limit = w / 2;
	return most > limit ? limit : most;
}

int
reportscreen_top_rows(const struct reportscreen *s)
{
	const struct report_table *t = reportscreen_table(s);

	if (s->h < 8)
		return s->h >= 4 ? 1 : 0;
	return 3 + (t != NULL && reportscreen_has_months(t) && s->h >= 12);
}

/* ---- the table ---- */

static void
put_cell(const struct view *v, struct rect at, enum style style,
    const char *text, bool right)
{
	struct view in = view_sub(v, at);
	int n = utf8_columns(text, strlen(text));

	view_fit(&in, right && n < at.w ? at.w - n : 0, 0, style, text);
}

static void
draw_bar(const struct view *v, int x, int y, const struct report_cell *c,
    double most)
{
	int room = view_w(v) - x;
	double value;

	if (room > BAR_MAX)
		room = BAR_MAX;
	if (room < BAR_MIN || most <= 0 || !value_of(c, &value))
		return;
	for (int i = 0; i < (int)(value / most * room + 0.5); i++)
		(void)view_put(v, x + i, y, STYLE_VULNERABLE, "█");
}

struct drawing {
	const struct reportscreen *s;
	const struct report_table *t;
	const struct view *v;
	double most;
};

/* y and the row; row SIZE_MAX: the heads.  Returns where the bars begin. */
static int
draw_row(const struct drawing *d, int y, size_t row)
{
	const struct report_table *t = d->t;
	int x = 2;
	struct str words;

	str_init(&words);
	for (size_t i = 0; i < t->ncolumns; i++) {
		int w = reportscreen_column(t, i, view_w(d->v));
		const struct report_cell *c = row == SIZE_MAX ? NULL :
		    &t->cells[row * t->ncolumns + i];
		bool right = i > 0 && (c == NULL || c->type != REPORT_TEXT);
		enum style style = c == NULL ? STYLE_LABEL :
		    c->type == REPORT_SUPPRESSED ? STYLE_UNKNOWN :
		    STYLE_NORMAL;

		if (i > 0 && i <= d->s->left)
			continue;
		str_clear(&words);
		if (c == NULL)
			str_add(&words, t->heads[i]);
		else
			report_cell_words(c, &words);
		if (i == d->s->column && c != NULL &&
		    row == d->s->scroll.at)
			style = STYLE_INPUT_FOCUS;
		put_cell(d->v, (struct rect){x, y, w, 1}, style, words.s,
		    right);
		x += w + 2;
	}
	str_release(&words);
	return x + 1;
}

static void
draw_table(const struct drawing *d, bool focused)
{
	const struct reportscreen *s = d->s;

	for (int y = 0; scroll_shows(&s->scroll, y); y++) {
		size_t row = s->scroll.top + (size_t)y;
		int x = draw_row(d, y, row);

		if (d->t->chart != SIZE_MAX && row < chart_rows(d->t))
			draw_bar(d->v, x, y, chart_cell(d->t, row), d->most);
		if (row == s->scroll.at) {
			(void)view_put(d->v, 0, y, focused ? STYLE_SELECTED :
			    STYLE_SELECTED_IDLE, ">");
			if (focused)
				view_cursor(d->v, 0, y);
		}
	}
}

/* ---- areas ---- */

static const char *
shade(double part)
{
	return part > 0.75 ? "█" : part > 0.5 ? "▓" : part > 0.25 ? "▒" : "░";
}

static void
draw_tile(const struct drawing *d, struct rect at, size_t row)
{
	struct view in = view_sub(d->v, at);
	const struct report_cell *c = chart_cell(d->t, row);
	bool on = row == d->s->scroll.at;
	enum style style = on ? STYLE_SELECTED : STYLE_NORMAL;
	struct str words;
	double value;

	str_init(&words);
	str_add(&words, on ? ">" : " ");
	report_cell_words(&d->t->cells[row * d->t->ncolumns], &words);
	view_fit(&in, 0, 0, style, words.s);
	str_clear(&words);
	report_cell_words(c, &words);
	view_fit(&in, 6, 1, c->type == REPORT_SUPPRESSED ? STYLE_UNKNOWN :
	    style, words.s);
	if (value_of(c, &value) && d->most > 0)
		for (int i = 1; i < 5; i++)
			(void)view_put(&in, i, 1, STYLE_VULNERABLE,
			    shade(value / d->most));
	str_release(&words);
}

static void
draw_grid(const struct drawing *d)
{
	int across = view_w(d->v) / TILE_W, down = view_h(d->v) / TILE_H;
	size_t n = chart_rows(d->t), per, from;

	if (across < 1 || down < 1)
		return;
	per = (size_t)(across * down);
	from = d->s->scroll.at / per * per;
	for (size_t i = from; i < n && i < from + per; i++) {
		int k = (int)(i - from);

		draw_tile(d, (struct rect){k % across * TILE_W,
		    k / across * TILE_H, TILE_W - 1, TILE_H - 1}, i);
	}
}

/* ---- months ---- */

static void
draw_months(const struct drawing *d, int y)
{
	static const char *const steps[] = {"▁", "▂", "▃", "▄", "▅", "▆",
	    "▇", "█"};
	size_t n = chart_rows(d->t);
	int x = 2;
	double v;

	for (size_t i = 0; i < n; i++, x++) {
		const struct report_cell *c = chart_cell(d->t, i);
		int k = 0;

		if (value_of(c, &v) && d->most > 0)
			k = (int)(v / d->most * 7 + 0.5);
		(void)view_put(d->v, x, y, STYLE_VULNERABLE,
		    c->type == REPORT_SUPPRESSED ? "c" : steps[k]);
	}
	view_fit(d->v, x + 2, y, STYLE_DIM, d->t->heads[d->t->chart]);
}

/* ---- the whole ---- */

static void
draw_top(const struct drawing *d, int top)
{
	const struct reportscreen *s = d->s;
	struct str words;

	str_init(&words);
	str_add_fmt(&words, "%s: ", s->def->title);
	joined_window_words(&s->o.window, &words);
	if (s->show_whole)
		str_add(&words, "  EVERY COUNT");
	view_fit(d->v, 0, 0, s->show_whole ? STYLE_WARNING : STYLE_TITLE,
	    words.s);
	str_clear(&words);
	str_add_fmt(&words, "%zu of %zu: %s", s->table + 1, s->report.n,
	    d->t->title);
	if (top >= 3) {
		view_fit(d->v, 0, 1, STYLE_HEADING, words.s);
		(void)draw_row(d, top - 1, SIZE_MAX);
	}
	if (top == 4)
		draw_months(d, 2);
	str_release(&words);
}

static void
draw_nothing(const struct reportscreen *s, const struct view *v)
{
	if (s->fault.rc != RC_OK) {
		int y = view_wrap(v, 0, STYLE_ERROR, s->fault.text);

		if (s->def->population)
			(void)view_wrap(v, y + 1, STYLE_LABEL, "Where the "
			    "population file is at fault, mend it and come "
			    "back, or choose another with p.");
	} else if (s->loaded)
		(void)view_wrap(v, 0, STYLE_NORMAL, "There is nothing to "
		    "count in these days.");
}

void
reportscreen_draw(const struct pane *p, const struct view *v, bool focused)
{
	const struct reportscreen *s = of(p);
	int w = view_w(v), h = view_h(v), top = reportscreen_top_rows(s);
	int foot = reportscreen_foot_rows(s);
	struct view body = view_sub(v, (struct rect){0, top, w,
	    h - top - foot});
	struct view under = view_sub(v, (struct rect){0, h - foot, w, foot});
	struct drawing d = {s, reportscreen_table(s), v, 0};

	if (d.t == NULL) {
		draw_nothing(s, v);
		return;
	}
	d.most = d.t->chart != SIZE_MAX ? most_of(d.t) : 0;
	if (top > 0)
		draw_top(&d, top);
	d.v = &body;
	if (s->grid && reportscreen_has_areas(d.t))
		draw_grid(&d);
	else
		draw_table(&d, focused);
	if (d.t->nrows == 0)
		(void)view_wrap(&body, 0, STYLE_NORMAL, "No row: nothing of "
		    "it is written down for these days, which is not to say "
		    "that nothing happened.");
	reportscreen_draw_note(s, &under);
}
