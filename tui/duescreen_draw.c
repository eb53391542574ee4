/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How the screen of what is due looks.
 */
#include "config.h"

#include <string.h>

#include "core/duewhen.h"
#include "tui/duescreen_impl.h"
#include "tui/words.h"

#define WHEN_W 17	/* "tomorrow by 09:30" */
#define WHEN_SMALL_W 14	/* "today by 16:05" */
#define CASE_W 11
#define NAME_W 20
#define WHAT_W 26	/* at least */
#define WHO_W 20
#define NARROW_W 60	/* below it the columns are the smallest */

int
due_top_rows(const struct duescreen *ds)
{
	return ds->h >= 8 ? 2 : ds->h >= 2 ? 1 : 0;
}

int
due_foot_rows(const struct duescreen *ds)
{
	return ds->h >= 20 ? 6 : ds->h >= 12 ? 4 : ds->h >= 6 ? 3 : 0;
}

static bool
is_over(enum due_group g)
{
	return g == DUE_MINE_OVER || g == DUE_OTHERS_OVER;
}

/* Where the columns begin; 0 for one that is left out. */
struct columns {
	int case_, name, what, who;
};

static struct columns
columns_of(int w)
{
	struct columns c = {0, 0, 0, 0};
	int x = 2 + (w < NARROW_W ? WHEN_SMALL_W : WHEN_W) + 1;

	c.case_ = x;
	x += CASE_W + 1;
	if (w >= x + NAME_W + 1 + WHAT_W + 1 + WHO_W) {
		c.name = x;
		x += NAME_W + 1;
	}
	c.what = x;
	if (w >= x + WHAT_W + 1 + WHO_W)
		c.who = w - WHO_W > x + 2 * WHAT_W ? x + 2 * WHAT_W :
		    w - WHO_W;
	return c;
}

static void
cell(const struct view *v, int y, int from, int to, enum style s,
    const char *text)
{
	struct view in = view_sub(v, (struct rect){from, y, to - from, 1});

	if (from > 0 && to > from)
		(void)view_fit(&in, 0, 0, s, text);
}

/* The column before ends one short of the next that there is. */
static int
end_of(int next, int after, int w)
{
	return next > 0 ? next - 1 : after > 0 ? after - 1 : w;
}

static void
draw_cells(const struct view *v, int y, enum style s,
    const char *const text[5])
{
	int w = view_w(v);
	struct columns c = columns_of(w);

	cell(v, y, 2, c.case_ - 1, s, text[0]);
	cell(v, y, c.case_, end_of(c.name, c.what, w), s, text[1]);
	cell(v, y, c.name, c.what - 1, s, text[2]);
	cell(v, y, c.what, end_of(c.who, 0, w), s, text[3]);
	cell(v, y, c.who, w, s, text[4]);
}

static void
draw_row(const struct duescreen *ds, const struct view *v, int y,
    const struct due_row *r)
{
	enum style s = is_over(r->group) ? STYLE_WARNING : STYLE_NORMAL;
	struct str when, what;
	const char *text[5] = {NULL};

	if (r->restricted) {
		cell(v, y, 2, view_w(v), STYLE_DIM, "Something is due in a "
		    "restricted case");
		return;
	}
	str_init(&when);
	str_init(&what);
	due_when_words(r->due, r->kind, ds->now, &when);
	due_what_words(r->what, r->kind, &what);
	text[0] = when.s;
	text[1] = r->reference;
	text[2] = r->name;
	text[3] = what.s;
	text[4] = r->who;
	draw_cells(v, y, s, text);
	str_release(&when);
	str_release(&what);
}

static void
draw_lines(const struct duescreen *ds, const struct view *v, bool focused)
{
	enum style on = focused ? STYLE_SELECTED : STYLE_SELECTED_IDLE;
	const struct dueline *l;
	enum due_group group;
	size_t row;

	for (int y = 0; scroll_shows(&ds->scroll, y); y++) {
		size_t i = ds->scroll.top + (size_t)y;

		if (due_line_is_head(ds, i, &group, &row)) {
			(void)view_putf(v, 0, y, STYLE_HEADING, "%s (%zu)",
			    due_group_label(group), ds->counts.in[group]);
			continue;
		}
		l = due_row_at(ds, row);
		if (l != NULL)
			draw_row(ds, v, y, &l->r);
		if (i == ds->scroll.at)
			scroll_mark(v, y, on, focused);
	}
}

/* ---- the selected row ---- */

static void
who_words(const struct due_row *r, struct str *out)
{
	if (r->named)
		str_add_fmt(out, "%s has to act", r->who);
	else
		str_add_fmt(out, "nobody is named; the entry is by %s",
		    r->who);
}

static void
row_words(const struct duescreen *ds, const struct due_row *r,
    struct str *out)
{
	if (r->restricted) {
		str_add(out, "A case that is restricted to others. Enter "
		    "says whom to ask.");
		return;
	}
	/* In a small window the lines say the rest. */
	if (due_foot_rows(ds) < 4) {
		due_counted_words(r->due, r->kind, r->counted, out);
		str_add_char(out, ' ');
		who_words(r, out);
		return;
	}
	str_add_fmt(out, "%s%s%s: ", r->reference, *r->name != '\0' ? " " :
	    "", r->name);
	due_what_words(r->what, r->kind, out);
	str_add(out, ", ");
	due_when_words(r->due, r->kind, ds->now, out);
	str_add(out, "; ");
	who_words(r, out);
	str_add(out, ". ");
	due_counted_words(r->due, r->kind, r->counted, out);
}

static void
draw_foot(const struct duescreen *ds, const struct view *v)
{
	const struct dueline *l;
	enum due_group group;
	struct str words;
	size_t row;

	if (view_h(v) < 2 || due_line_is_head(ds, ds->scroll.at, &group,
	    &row))
		return;
	l = due_row_at(ds, row);
	if (l == NULL)
		return;
	str_init(&words);
	row_words(ds, &l->r, &words);
	view_hline(v, 0, 0, view_w(v), STYLE_BORDER);
	(void)view_wrap(v, 1, STYLE_LABEL, words.s);
	str_release(&words);
}

/* ---- the whole ---- */

static void
draw_title(const struct duescreen *ds, const struct view *v)
{
	static const char *const heads[5] = {
		"When", "Case", "Name", "What", "Who"
	};
	struct str words;

	str_init(&words);
	if (due_is_narrowed(ds))
		str_add_fmt(&words, "Due, only %s(Esc shows all)",
		    ds->narrow.s);
	else if (view_w(v) < NARROW_W)
		str_add_fmt(&words, "Overdue: %zu mine, %zu of others",
		    ds->counts.in[DUE_MINE_OVER],
		    ds->counts.in[DUE_OTHERS_OVER]);
	else
		str_add_fmt(&words, "Due in %zu case%s: %zu of yours "
		    "overdue, %zu of others", ds->counts.cases,
		    ds->counts.cases == 1 ? "" : "s",
		    ds->counts.in[DUE_MINE_OVER],
		    ds->counts.in[DUE_OTHERS_OVER]);
	if (due_top_rows(ds) > 0)
		(void)view_fit(v, 0, 0, STYLE_TITLE, words.s);
	if (due_top_rows(ds) > 1 && ds->scroll.n > 0)
		draw_cells(v, 1, STYLE_HEADING, heads);
	str_release(&words);
}

static void
draw_nothing(const struct duescreen *ds, const struct view *v)
{
	size_t n = ds->counts.cases;
	struct str words;

	str_init(&words);
	if (ds->fault.rc != RC_OK)
		sentence(&words, ds->fault.text);
	else if (due_is_narrowed(ds))
		str_add_fmt(&words, "Nothing of that is due in the %zu case%s "
		    "that you may see. Esc shows all that is due, f asks for "
		    "something else.", n, n == 1 ? "" : "s");
	else
		str_add_fmt(&words, "Nothing is due: %zu case%s looked at, "
		    "%s that you may see. What is written in a case with a "
		    "day to it comes up here.", n, n == 1 ? " was" :
		    "s were", n == 1 ? "the one" : "all those");
	(void)view_wrap(v, due_top_rows(ds), ds->fault.rc != RC_OK ?
	    STYLE_ERROR : STYLE_NORMAL, words.s);
	str_release(&words);
}

void
due_draw(const struct pane *p, const struct view *v, bool focused)
{
	const struct duescreen *ds =
	    (const struct duescreen *)(const void *)p;
	int w = view_w(v), h = view_h(v);
	int top = due_top_rows(ds), foot = due_foot_rows(ds);
	struct view body = view_sub(v, (struct rect){0, top, w,
	    h - top - foot});
	struct view under = view_sub(v, (struct rect){0, h - foot, w, foot});

	if (ds->scroll.n == 0) {
		if (due_is_narrowed(ds))
			draw_title(ds, v);
		draw_nothing(ds, v);
		return;
	}
	draw_title(ds, v);
	draw_lines(ds, &body, focused);
	draw_foot(ds, &under);
}
