/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/lines.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "core/utf8.h"
#include "core/vec.h"
#include "core/xalloc.h"
#include "tui/pane.h"

void
lines_init(struct lines *t)
{
	memset(t, 0, sizeof(*t));
	t->filling = NO_ROW;
}

static void
drop(struct lines *t)
{
	size_t i;

	for (i = 0; i < t->n; i++) {
		free(t->l[i].lead);
		free(t->l[i].text);
	}
	t->n = 0;
}

void
lines_release(struct lines *t)
{
	drop(t);
	free(t->l);
	lines_init(t);
}

void
lines_clear(struct lines *t)
{
	drop(t);
	t->rows = 0;
	t->filling = NO_ROW;
}

void
lines_resize(struct lines *t, int w, int h)
{
	t->w = w;
	t->h = h;
	lines_done(t);
}

/* ---- filling ---- */

size_t
lines_row(struct lines *t)
{
	t->filling = t->rows;
	return t->rows++;
}

static struct line *
new_line(struct lines *t)
{
	struct line *l;

	t->l = vec_room(t->l, t->n, &t->cap, sizeof(*t->l));
	l = &t->l[t->n++];
	memset(l, 0, sizeof(*l));
	l->row = t->filling;
	return l;
}

void
lines_free_text(struct lines *t)
{
	t->filling = NO_ROW;
}

static void
add_piece(struct lines *t, const struct line_look *look, const char *s,
    size_t n, bool first)
{
	struct line *l;

	while (n > 0 && (s[n - 1] == '\n' || s[n - 1] == ' '))
		n--;
	l = new_line(t);
	l->x = look->indent;
	l->style = look->style;
	l->text = xmalloc(n + 1);
	memcpy(l->text, s, n);
	l->text[n] = '\0';
	if (first && look->lead != NULL) {
		l->lead = xstrdup(look->lead);
		l->lead_style = look->lead_style;
		l->lead_x = look->indent - utf8_columns(look->lead,
		    strlen(look->lead)) - 1;
		if (l->lead_x < 0)
			l->lead_x = 0;
	}
}

void
lines_add(struct lines *t, const struct line_look *look, const char *text)
{
	/* The last column is left to the marks that more follows. */
	int w = t->w - 1 - look->indent > 4 ? t->w - 1 - look->indent : 4;
	size_t n = strlen(text), len;
	struct str cut;
	bool first = true;

	if (look->cut) {
		str_init(&cut);
		utf8_fit(&cut, text, n, w);
		add_piece(t, look, cut.s, cut.len, true);
		str_release(&cut);
		return;
	}
	do {
		len = n > 0 ? utf8_wrap(text, n, w) : 0;
		add_piece(t, look, text, len, first);
		first = false;
		text += len;
		n -= len;
	} while (n > 0);
}

void
lines_addf(struct lines *t, const struct line_look *look, const char *fmt,
    ...)
{
	va_list ap, again;
	char *buf;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	buf = xmalloc((size_t)(n > 0 ? n : 0) + 1);
	buf[0] = '\0';
	(void)vsnprintf(buf, (size_t)(n > 0 ? n : 0) + 1, fmt, again);
	va_end(again);
	lines_add(t, look, buf);
	free(buf);
}

void
lines_plain(struct lines *t, enum style s, const char *text)
{
	struct line_look look = {.indent = 0, .style = s};

	lines_add(t, &look, text);
}

void
lines_blank(struct lines *t)
{
	lines_plain(t, STYLE_NORMAL, "");
}

/* ---- the place ---- */

static size_t
first_of(const struct lines *t, size_t row)
{
	size_t i;

	for (i = 0; i < t->n; i++)
		if (t->l[i].row == row)
			break;
	return i;
}

static size_t
end_of(const struct lines *t, size_t row)
{
	size_t i = first_of(t, row);

	while (i < t->n && t->l[i].row == row)
		i++;
	return i;
}

static size_t
height(const struct lines *t)
{
	return t->h > 0 ? (size_t)t->h : 0;
}

static size_t
last_top(const struct lines *t)
{
	return t->n > height(t) ? t->n - height(t) : 0;
}

/* One taller than the view stays where it was scrolled to. */
static void
show_tall_row(struct lines *t, size_t first, size_t end)
{
	if (t->top + height(t) > end)
		t->top = end - height(t);
	if (t->top < first && t->row > 0)
		t->top = first;
}

/*
 * Brings the selected row into sight: its first line, and as many of the
 * others as fit.  The heading above the first row is shown with it.
 */
static void
show_row(struct lines *t)
{
	size_t first, end;

	if (t->rows == 0 || t->h <= 0)
		return;
	first = first_of(t, t->row);
	end = end_of(t, t->row);
	if (end - first > height(t)) {
		show_tall_row(t, first, end);
		return;
	}
	if (end > t->top + height(t))
		t->top = end - height(t);
	if (first < t->top)
		t->top = first;
	if (t->row == 0 && end <= height(t))
		t->top = 0;
}

void
lines_show(struct lines *t, size_t from, size_t to)
{
	size_t end;

	if (from >= t->rows || to >= t->rows || t->h <= 0)
		return;
	end = end_of(t, to);
	if (end > t->top + height(t))
		t->top = end - height(t);
	if (first_of(t, from) < t->top)
		t->top = first_of(t, from);
	show_row(t);
}

void
lines_done(struct lines *t)
{
	if (t->row >= t->rows)
		t->row = t->rows > 0 ? t->rows - 1 : 0;
	if (t->top > last_top(t))
		t->top = last_top(t);
	show_row(t);
}

void
lines_select(struct lines *t, size_t row)
{
	t->row = row;
	lines_done(t);
	/* One comes to the beginning of it. */
	if (t->rows > 0 && end_of(t, t->row) - first_of(t, t->row) >
	    height(t))
		t->top = first_of(t, t->row);
}

static bool
row_end_hidden(const struct lines *t)
{
	return t->rows == 0 ? t->top < last_top(t) :
	    end_of(t, t->row) > t->top + height(t);
}

static bool
row_start_hidden(const struct lines *t)
{
	return t->rows == 0 ? t->top > 0 : first_of(t, t->row) < t->top;
}

static void
down(struct lines *t)
{
	if (row_end_hidden(t))
		t->top++;
	else if (t->row + 1 < t->rows)
		lines_select(t, t->row + 1);
	else if (t->top < last_top(t))
		t->top++;
}

static void
up(struct lines *t)
{
	if (row_start_hidden(t))
		t->top--;
	else if (t->row > 0 && t->rows > 0)
		lines_select(t, t->row - 1);
	else if (t->top > 0)
		t->top--;
}

static size_t
line_row_at_or_after(const struct lines *t, size_t i)
{
	while (i < t->n && t->l[i].row == NO_ROW)
		i++;
	return i < t->n ? t->l[i].row : t->rows - 1;
}

/* A page on: the row that stands where the view ends. */
static void
page(struct lines *t, bool forward)
{
	size_t step = height(t) > 1 ? height(t) - 1 : 1;

	if (forward)
		t->top = t->top + step < last_top(t) ? t->top + step :
		    last_top(t);
	else
		t->top = t->top > step ? t->top - step : 0;
	if (t->rows == 0)
		return;
	if (forward && t->top == last_top(t))
		t->row = t->rows - 1;
	else
		t->row = line_row_at_or_after(t, t->top);
}

bool
lines_act(struct lines *t, enum action a)
{
	switch (a) {
	case ACT_UP:
		up(t);
		return true;
	case ACT_DOWN:
		down(t);
		return true;
	case ACT_PAGE_UP:
	case ACT_PAGE_DOWN:
		page(t, a == ACT_PAGE_DOWN);
		return true;
	case ACT_HOME:
		t->row = 0;
		t->top = 0;
		return true;
	case ACT_END:
		t->row = t->rows > 0 ? t->rows - 1 : 0;
		t->top = last_top(t);
		return true;
	default:
		return false;
	}
}

bool
lines_more_above(const struct lines *t)
{
	return t->top > 0;
}

bool
lines_more_below(const struct lines *t)
{
	return t->top + height(t) < t->n;
}

/* ---- drawing ---- */

static void
draw_line(const struct line *l, const struct view *v, int y)
{
	if (l->lead != NULL)
		view_put(v, l->lead_x, y, l->lead_style, l->lead);
	view_fit(v, l->x, y, l->style, l->text);
}

/* The selected row: reverse over its width, a mark and the cursor. */
static void
mark(const struct lines *t, const struct view *v, int y, bool focused)
{
	enum style s = focused ? STYLE_SELECTED : STYLE_SELECTED_IDLE;

	if (first_of(t, t->row) == t->top + (size_t)y ||
	    (y == 0 && row_start_hidden(t))) {
		scroll_mark(v, y, s, focused);
		return;
	}
	view_restyle(v, (struct rect){0, y, view_w(v), 1}, s);
}

void
lines_draw(const struct lines *t, const struct view *v, bool focused)
{
	int y;

	for (y = 0; y < t->h && t->top + (size_t)y < t->n; y++) {
		const struct line *l = &t->l[t->top + (size_t)y];

		draw_line(l, v, y);
		if (t->rows > 0 && l->row == t->row)
			mark(t, v, y, focused);
	}
	if (t->h > 0 && lines_more_below(t))
		view_put(v, view_w(v) - 1, t->h - 1, STYLE_DIM, "v");
	if (t->h > 0 && lines_more_above(t))
		view_put(v, view_w(v) - 1, 0, STYLE_DIM, "^");
}
