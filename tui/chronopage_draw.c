/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/chronopage_impl.h"

#include <string.h>

#include "core/utf8.h"
#include "tui/entrywords.h"

#define LIST_LEAST 5	/* rows that the list keeps beside the timeline */
#define WIDE 64		/* columns from which kinds stand in one of their own */
#define WHEN_X 4
#define KIND_X (WHEN_X + 15)
#define KIND_WIDTH 22
#define BAD_LABEL "Not understood: "

/* ---- how the view is divided ---- */

static int
head_rows(const struct timeline *tl)
{
	return tl->unit == TIMELINE_YEARS ? 1 : 2;
}

/* What there is room for: dates and runs first, then kinds from the top. */
static void
fit_timeline(const struct chronopage *k, struct chrono_layout *l, int room)
{
	const struct timeline *tl = &k->timeline;

	if (tl->cols == 0 || room < head_rows(tl) + 1)
		return;
	l->heads = head_rows(tl);
	room -= l->heads;
	l->runs = tl->nruns > 0 && room > 1 ? 1 : 0;
	room -= l->runs;
	l->rows = (int)tl->nrows < room ? (int)tl->nrows : room;
}

struct chrono_layout
chronopage_layout(const struct chronopage *k, int w, int h)
{
	struct chrono_layout l = {0};
	int room;

	if (k->bad.len > 0)
		l.bad = 2 + wrap_rows(k->why.text, w);
	l.top = 1 + l.bad;
	room = h - l.top;
	if (!k->whole)
		room = room - 1 - LIST_LEAST < room / 2 ?
		    room - 1 - LIST_LEAST : room / 2;
	fit_timeline(k, &l, room);
	l.list = l.top + l.heads + l.rows + l.runs;
	/* A line parts the two. */
	l.list += l.heads > 0 ? 1 : 0;
	return l;
}

size_t
chronopage_col(const struct chronopage *k)
{
	if (k->scroll.at >= k->nshown)
		return k->timeline.cols;
	return timeline_col(&k->timeline,
	    k->all.rows[k->shown[k->scroll.at]].on.first);
}

/* ---- the title row ---- */

static void
draw_title(const struct chronopage *k, const struct chrono_layout *l,
    const struct view *v)
{
	struct pen pen = {v, 0, 0};
	struct str words;

	str_init(&words);
	if (k->text.len > 0)
		str_add_fmt(&words, "%zu of %zu entries", k->nshown,
		    k->all.n);
	else
		str_add_fmt(&words, "%zu %s", k->all.n, k->all.n == 1 ?
		    "entry" : "entries");
	pen_put(&pen, STYLE_HEADING, words.s);
	str_clear(&words);
	if (k->text.len > 0) {
		pen_put(&pen, STYLE_LABEL, "  Filter: ");
		pen_put(&pen, STYLE_INPUT, k->text.s);
		str_add(&words, "  Esc clears it.");
	}
	if (k->timeline.cols > 0 && l->heads == 0)
		str_add(&words, "  v: timeline");
	else if (k->whole)
		str_add(&words, "  v: list");
	else if (l->rows < (int)k->timeline.nrows)
		str_add_fmt(&words, "  v: all %d kinds",
		    (int)k->timeline.nrows);
	pen_put(&pen, STYLE_DIM, words.s);
	str_release(&words);
}

static void
draw_bad(const struct chronopage *k, const struct view *v)
{
	int label = (int)strlen(BAD_LABEL);
	int x = label + utf8_columns(k->bad.s, k->bad_at);

	view_put(v, 0, 1, STYLE_ERROR, BAD_LABEL);
	view_fit(v, label, 1, STYLE_INPUT, k->bad.s);
	view_put(v, x < view_w(v) ? x : view_w(v) - 1, 2, STYLE_ERROR, "^");
	(void)view_wrap(v, 3, STYLE_ERROR, k->why.text);
}

/* ---- the timeline ---- */

static int
col_x(const struct timeline *tl, size_t col)
{
	return TIMELINE_LABEL + (int)col * tl->cell;
}

/* A mark stands before the month in hand, for eyes that see no colours. */
static void
draw_heads(const struct chronopage *k, const struct view *v, int y)
{
	const struct timeline *tl = &k->timeline;
	size_t here = chronopage_col(k);
	char words[8];

	for (size_t col = 0; col < tl->cols; col++) {
		int x = col_x(tl, col);

		if (head_rows(tl) > 1) {
			timeline_upper(tl, col, words);
			view_put(v, x + 1, y, STYLE_LABEL, words);
		}
		timeline_lower(tl, col, words);
		view_put(v, x, y + head_rows(tl) - 1, STYLE_LABEL,
		    col == here ? ">" : " ");
		view_put(v, x + 1, y + head_rows(tl) - 1,
		    col == here ? STYLE_TAB_FOCUS : STYLE_LABEL, words);
	}
}

static void
draw_counts(const struct chronopage *k, const struct timeline_row *row,
    const struct view *v, int y)
{
	const struct timeline *tl = &k->timeline;
	char words[8];

	view_put(v, 0, y, STYLE_NORMAL, row->label);
	for (size_t col = 0; col < tl->cols; col++) {
		enum style s = row->counts[col] == 0 ? STYLE_DIM :
		    row->marked[col] ? STYLE_WARNING : STYLE_NORMAL;

		timeline_cell(row, col, words);
		view_put(v, col_x(tl, col) + 1, y, s, words);
	}
}

static void
draw_runs(const struct chronopage *k, const struct view *v, int y)
{
	struct str words;
	char *end;

	str_init(&words);
	timeline_runs(&k->timeline, &words);
	end = strchr(words.s, '\n');
	if (end != NULL)
		str_splice(&words, (size_t)(end - words.s),
		    words.len - (size_t)(end - words.s), "", 0);
	if (k->timeline.nruns > 1)
		str_add_fmt(&words, ", and %zu more", k->timeline.nruns - 1);
	view_fit(v, 0, y, STYLE_WARNING, words.s);
	str_release(&words);
}

static void
draw_timeline(const struct chronopage *k, const struct chrono_layout *l,
    const struct view *v)
{
	int y = l->top + l->heads;
	size_t top = k->whole ? k->picture.top : 0;

	if (l->heads == 0)
		return;
	draw_heads(k, v, l->top);
	for (int i = 0; i < l->rows &&
	    top + (size_t)i < k->timeline.nrows; i++)
		draw_counts(k, &k->timeline.rows[top + (size_t)i], v, y++);
	if (l->runs > 0)
		draw_runs(k, v, l->top + l->heads + l->rows);
	if (!k->whole)
		view_hline(v, 0, l->list - 1, view_w(v), STYLE_BORDER);
}

/* ---- the list ---- */

static const json_t *
body_of(const struct casework *w, const struct record *r)
{
	size_t i = casework_pending_of(w, r);

	return i < w->pending.n ? w->pending.list[i].draft.body : r->body;
}

static const char *
lead_of(const struct chronopage *k, const struct record *r)
{
	if (r->struck_by != NULL)
		return "x";
	if (casework_is_pending(k->w, r))
		return "~";
	return r->replaced_by != NULL ? "^" : " ";
}

static void
draw_row(const struct chronopage *k, const struct chronology_row *row,
    const struct view *v, int y)
{
	const struct record *r = row->record;
	const char *label = r->kind != NULL ? r->kind->label : r->entry.kind;
	enum style s = record_stands(r) ? STYLE_NORMAL : STYLE_STRUCK;
	struct view kind = view_sub(v, (struct rect){KIND_X, y, KIND_WIDTH,
	    1});
	char when[CHRONOLOGY_WHEN_MAX];
	struct str words;

	view_put(v, 2, y, casework_is_pending(k->w, r) ? STYLE_PENDING : s,
	    lead_of(k, r));
	chronology_when(row, when);
	view_put(v, WHEN_X, y, STYLE_LABEL, when);
	str_init(&words);
	if (view_w(v) >= WIDE)
		view_fit(&kind, 0, 0, s, label);
	else
		str_add_fmt(&words, "%s. ", label);
	chronology_what(&k->reading, r, body_of(k->w, r), &words);
	view_fit(v, view_w(v) >= WIDE ? KIND_X + KIND_WIDTH + 1 : KIND_X, y,
	    s, words.s);
	str_release(&words);
}

static void
draw_list(const struct chronopage *k, const struct view *v, bool focused)
{
	enum style on = focused ? STYLE_SELECTED : STYLE_SELECTED_IDLE;

	if (k->nshown == 0 && k->stamp != 0)
		(void)view_wrap(v, 0, STYLE_DIM, k->text.len > 0 ?
		    "No entry matches this filter. Esc clears it, f changes "
		    "it." : "Nothing written yet. o: a note. A: anything "
		    "else.");
	for (int y = 0; scroll_shows(&k->scroll, y); y++) {
		size_t i = k->scroll.top + (size_t)y;

		draw_row(k, &k->all.rows[k->shown[i]], v, y);
		if (i == k->scroll.at)
			scroll_mark(v, y, on, focused);
	}
}

void
chronopage_draw(const struct pane *p, const struct view *v, bool focused)
{
	const struct chronopage *k = (const struct chronopage *)(const void *)p;
	struct chrono_layout l = chronopage_layout(k, view_w(v), view_h(v));
	struct view list = view_sub(v, (struct rect){0, l.list, view_w(v),
	    view_h(v) - l.list});

	draw_title(k, &l, v);
	if (k->bad.len > 0)
		draw_bad(k, v);
	draw_timeline(k, &l, v);
	if (!k->whole || l.heads == 0)
		draw_list(k, &list, focused);
}
