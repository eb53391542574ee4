/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a return looks while it is mapped: one line a column, with what it is
 * taken for and the first values that stand in it.
 */
#include "config.h"

#include <string.h>

#include "core/instrument.h"
#include "core/utf8.h"
#include "tui/mappingscreen_impl.h"
#include "tui/words.h"

#define HEADER_W 20
#define IS_W 12
#define SAMPLES 4

int
mapping_top_rows(int h)
{
	return h >= 9 ? 3 : h >= 5 ? 1 : 0;
}

int
mapping_foot_rows(int h)
{
	return h >= 14 ? 4 : h >= 7 ? 2 : 0;
}

static const char *
doubt_of(const struct mappingscreen *s, const char *header)
{
	size_t i = mapping_doubt(s, header);

	return i < s->sheet.ndoubts ? s->sheet.doubts[i] : NULL;
}

static void
cell(struct str *out, const char *text, int w)
{
	size_t from = out->len;

	utf8_fit(out, text, strlen(text), w);
	str_add_fmt(out, "%*s", w - utf8_columns(out->s + from,
	    out->len - from) + 1, "");
}

static void
line_words(const struct mappingscreen *s, size_t line, struct str *out)
{
	const struct mapping *m = s->sheet.m;

	if (line == LINE_AGENCY) {
		cell(out, "Agency", HEADER_W);
		if (m->columns[MAP_AGENCY] != NULL && *m->agency != '\0')
			str_add_fmt(out, "as the column says; the references "
			    "are of %s", m->agency);
		else
			str_add(out, m->columns[MAP_AGENCY] != NULL ?
			    "as the column says" : *m->agency != '\0' ?
			    m->agency : "? not said yet");
	} else if (line == LINE_NAME) {
		cell(out, "Mapping", HEADER_W);
		str_add_fmt(out, "%s", *m->id != '\0' ? m->id :
		    "? not named yet");
	} else {
		cell(out, "Form", HEADER_W);
		str_add(out, m->wide ? "wide: one child a row, one column an "
		    "indicator" : "long: one observation a row");
	}
}

static enum style
column_words(const struct mappingscreen *s, size_t column, struct str *out)
{
	const char *header = s->sheet.rows[0][column], *item;
	enum map_field f;
	enum column_is is = mapping_column_is(s->sheet.m, header, &f, &item);
	struct str what;
	int w = view_w(&(struct view){.area = {0, 0, s->w, 1}});

	str_init(&what);
	mapping_column_words(s->sheet.m, header, &what);
	if (is != COLUMN_UNSAID && doubt_of(s, header) != NULL)
		str_add(&what, " ?");
	cell(out, header, w >= 60 ? HEADER_W : w / 3);
	cell(out, what.s, IS_W);
	for (size_t i = 1; i < s->sheet.nrows && i <= SAMPLES; i++)
		str_add_fmt(out, "%s%s", i > 1 ? " | " : "",
		    s->sheet.rows[i][column]);
	str_release(&what);
	if (is == COLUMN_UNSAID)
		return STYLE_WARNING;
	if (doubt_of(s, header) != NULL)
		return STYLE_PENDING;
	return is == COLUMN_IGNORED ? STYLE_DIM : STYLE_NORMAL;
}

static void
draw_lines(const struct mappingscreen *s, const struct view *v, bool focused)
{
	struct str words;

	str_init(&words);
	for (int y = 0; scroll_shows(&s->scroll, y); y++) {
		size_t line = s->scroll.top + (size_t)y;
		enum style style = STYLE_LABEL;

		str_clear(&words);
		if (line < MAP_LINES)
			line_words(s, line, &words);
		else
			style = column_words(s, line - MAP_LINES, &words);
		view_fit(v, 2, y, style, words.s);
		if (line == s->scroll.at)
			scroll_mark(v, y, focused ? STYLE_SELECTED :
			    STYLE_SELECTED_IDLE, focused);
	}
	str_release(&words);
}

static void
draw_top(const struct mappingscreen *s, const struct view *v, int top)
{
	struct str words;

	str_init(&words);
	str_add_fmt(&words, "%s: %s, dates %s", s->file, s->sheet.encoding !=
	    NULL ? s->sheet.encoding : "?", mapping_dates_words(
	    s->sheet.m->dates));
	if (s->sheet.m->delimiter != '\0')
		str_add_fmt(&words, ", cells end with %s",
		    s->sheet.m->delimiter == '\t' ? "tab" :
		    (char[]){s->sheet.m->delimiter, '\0'});
	view_fit(v, 0, 0, STYLE_TITLE, words.s);
	str_clear(&words);
	if (s->resumed)
		str_add(&words, "Goes on where it was left; e guesses anew.");
	else if (s->sheet.remembered != NULL)
		str_add_fmt(&words, "Read as before, by the mapping %s.",
		    s->sheet.remembered);
	else
		str_add(&words, "What each column is taken for is a guess: ? "
		    "marks what is doubtful.");
	if (top >= 3) {
		view_fit(v, 0, 1, STYLE_DIM, words.s);
		view_fit(v, 2, 2, STYLE_LABEL, "Column               Is      "
		    "     First values");
	}
	str_release(&words);
}

/* The live line: what the first rows come to, and the first fault. */
static void
trial_words(const struct mappingscreen *s, struct str *out)
{
	const char *row;

	if (s->fault.rc != RC_OK) {
		/* Which file it is stands above; a path is no sentence. */
		row = strstr(s->fault.text, ": row ");
		sentence(out, row != NULL ? row + 2 : s->fault.text);
		return;
	}
	str_add_fmt(out, "%zu of the first %zu row%s would be taken.",
	    s->trial.taken, s->trial.rows, s->trial.rows == 1 ? "" : "s");
	if (s->trial.fault.len > 0) {
		str_add(out, " ");
		sentence(out, s->trial.fault.s);
	}
}

/* "B7 Looks older or different", for a column that is an indicator. */
static bool
item_of_column(const struct mappingscreen *s, struct str *out)
{
	const struct instrument *in = s->o.ops->instrument(s->o.ctx);
	const char *header = mapping_header(s, s->scroll.at), *id;
	enum map_field f;
	uint32_t item;

	if (header == NULL || mapping_column_is(s->sheet.m, header, &f, &id) !=
	    COLUMN_ITEM)
		return false;
	item = instrument_item(in, id, strlen(id));
	str_clear(out);
	if (item != NO_ITEM)
		str_add_fmt(out, "%s %s", in->items[item].id,
		    in->items[item].label);
	return out->len > 0;
}

static void
draw_foot(const struct mappingscreen *s, const struct view *v)
{
	const char *doubt = doubt_of(s, mapping_header(s, s->scroll.at));
	struct str words;
	int y = 1;

	if (view_h(v) < 2)
		return;
	str_init(&words);
	view_hline(v, 0, 0, view_w(v), STYLE_BORDER);
	trial_words(s, &words);
	y += view_wrap(v, y, s->trial.taken < s->trial.rows ||
	    s->fault.rc != RC_OK ? STYLE_WARNING : STYLE_LABEL, words.s);
	if (doubt != NULL)
		(void)view_wrap(v, y, STYLE_PENDING, doubt);
	else if (item_of_column(s, &words))
		(void)view_wrap(v, y, STYLE_DIM, words.s);
	str_release(&words);
}

void
mapping_draw(const struct pane *p, const struct view *v, bool focused)
{
	const struct mappingscreen *s =
	    (const struct mappingscreen *)(const void *)p;
	int w = view_w(v), h = view_h(v), top = mapping_top_rows(h);
	int foot = mapping_foot_rows(h);
	struct view body = view_sub(v, (struct rect){0, top, w,
	    h - top - foot});
	struct view under = view_sub(v, (struct rect){0, h - foot, w, foot});

	if (s->sheet.m == NULL) {
		(void)view_wrap(v, 0, STYLE_ERROR, s->fault.text);
		return;
	}
	if (top > 0)
		draw_top(s, v, top);
	draw_lines(s, &body, focused);
	draw_foot(s, &under);
}
