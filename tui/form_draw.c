/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The look of a form.  Wide: labels in a column at the left.  Narrow: each
 * label above its field.  Below the field in focus stand its choices, the
 * date as it was understood, what is wrong, and its help.
 */
#include "config.h"

#include "tui/form_impl.h"

#include <stdio.h>
#include <string.h>

#include "core/utf8.h"
#include "core/xalloc.h"

#define WIDE_W 72	/* from here on labels have a column */
#define LABEL_MIN 26	/* columns of the labels; more for a longer one */
#define LONG_MIN 3	/* rows of a long text in focus */
#define LONG_IDLE 4	/* rows of a long text that is not */
#define TITLE_ROWS 1

static bool
is_wide(const struct form *fm)
{
	return fm->w >= WIDE_W;
}

/* "> ", the label, " *" and a blank; half of the form at most. */
static int
label_w(const struct form *fm)
{
	int w = LABEL_MIN, most = fm->w / 2;

	for (size_t i = 0; i < fm->n; i++) {
		const char *text = field_label(fm, &fm->fields[i]);
		int need = utf8_columns(text, strlen(text)) + 5;

		if (need > w)
			w = need;
	}
	return w < most ? w : most;
}

static int
value_x(const struct form *fm)
{
	return is_wide(fm) ? label_w(fm) : 2;
}

static int
value_w(const struct form *fm)
{
	int w = fm->w - value_x(fm) - 1;

	return w > 1 ? w : 1;
}

static int
clamp(int n, int lo, int hi)
{
	return n < lo ? lo : n > hi ? hi : n;
}

#define RIVALS_OPEN "More than one value stands: to be settled here."
#define RIVALS_HOW "Left and Right take one; typing or a letter gives another."
#define SUGGESTED "Filled in for you: typing replaces it, an arrow key keeps it."

/* What is said below the value; "" for nothing. */
static const char *
remark(const struct form_field *ff, bool focus, enum style *s)
{
	/* A hint about what is left empty waits until one comes to it. */
	bool idle = ff->said.say == FORM_HINT && !focus && field_is_empty(ff);

	if (ff->fault[0] != '\0' && ff->said.say != FORM_CLOSED) {
		*s = ff->left_once ? STYLE_ERROR : STYLE_HINT;
		return ff->fault;
	}
	if (rivals_open(ff)) {
		*s = STYLE_CONFLICT;
		return RIVALS_OPEN;
	}
	if (ff->said.say != FORM_NOTHING && !idle) {
		*s = ff->said.say == FORM_CALM ? STYLE_CALM :
		    ff->said.say == FORM_FAULT && ff->left_once ?
		    STYLE_ERROR : STYLE_HINT;
		return ff->said.text;
	}
	*s = STYLE_CALM;
	return ff->words;
}

/* Each value that stands, with who says so, and how one is taken. */
static int
rivals_rows(const struct form_field *ff, int w)
{
	size_t n = rivals_choices(ff);
	int rows = 0;

	for (size_t i = 0; i < n; i++)
		rows += wrap_rows(rivals_words(ff, i), w > 4 ? w - 4 : 1);
	return n > 0 ? rows + wrap_rows(RIVALS_HOW, w) : 0;
}

static int
below_rows(const struct form *fm, const struct form_field *ff, bool focus)
{
	enum style s;
	const char *text = remark(ff, focus, &s);
	int w = value_w(fm), rows = 0;

	/* One column for the mark in front of it. */
	if (text[0] != '\0')
		rows += wrap_rows(text, w > 2 ? w - 2 : 1);
	if (!focus || ff->said.say == FORM_CLOSED)
		return rows;
	rows += rivals_rows(ff, w);
	rows += (int)ff->nchoices;
	if (ff->suggested && is_wide(fm))
		rows += wrap_rows(SUGGESTED, w);
	return rows + wrap_rows(field_help(ff), w);
}

static void
size_field(struct form *fm, size_t i)
{
	struct form_field *ff = &fm->fields[i];
	bool focus = i == fm->focus;
	int most = clamp((fm->h - TITLE_ROWS) / 2, LONG_MIN, fm->h);

	ff->value_rows = 1;
	if (ff->as == AS_LONG) {
		int rows = edit_rows(&ff->ed, value_w(fm));

		ff->value_rows = focus ? clamp(rows, LONG_MIN, most) :
		    clamp(rows, 1, LONG_IDLE);
	}
	if (ff->as == AS_EDIT || ff->as == AS_LONG)
		edit_resize(&ff->ed, value_w(fm), ff->value_rows);
	ff->rows = ff->value_rows + below_rows(fm, ff, focus) +
	    (is_wide(fm) ? 0 : 1);
}

/* The row of the form that the cursor is on must be seen. */
static int
cursor_row(const struct form_field *ff, int label_rows)
{
	int row = ff->row + label_rows;

	if (ff->as == AS_TICKS)
		return row + 1 + (int)ff->choice;
	if (ff->as != AS_LONG)
		return row;
	for (size_t i = ff->ed.top; i + 1 < ff->ed.nlines &&
	    ff->ed.lines[i + 1] <= ff->ed.at; i++)
		row++;
	return row;
}

static void
scroll(struct form *fm)
{
	struct form_field *ff = &fm->fields[fm->focus];
	int room = fm->h - TITLE_ROWS > 1 ? fm->h - TITLE_ROWS : 1;
	int at = cursor_row(ff, is_wide(fm) ? 0 : 1);
	int total = fm->fields[fm->n - 1].row + fm->fields[fm->n - 1].rows;

	/* What stands above belongs to the first field. */
	if (fm->focus == 0)
		fm->top = 0;
	if (ff->row + ff->rows > fm->top + room)
		fm->top = ff->row + ff->rows - room;
	if (ff->row < fm->top)
		fm->top = ff->row;
	if (at >= fm->top + room)
		fm->top = at - room + 1;
	if (fm->top + room > total)
		fm->top = total > room ? total - room : 0;
}

/* Rows of what stands above the fields, with a line below it. */
static int
intro_rows(const struct form *fm)
{
	return fm->intro != NULL ? wrap_rows(fm->intro, fm->w) + 1 : 0;
}

bool
form_scroll(struct form *fm, enum action a)
{
	int room = fm->h - TITLE_ROWS > 1 ? fm->h - TITLE_ROWS : 1;
	int total = fm->fields[fm->n - 1].row + fm->fields[fm->n - 1].rows;
	int most = total > room ? total - room : 0;

	if (fm->fields[fm->focus].as == AS_LONG ||
	    (a != ACT_PAGE_UP && a != ACT_PAGE_DOWN))
		return false;
	fm->top = clamp(fm->top + (a == ACT_PAGE_UP ? -room : room), 0,
	    most);
	return true;
}

void
form_arrange(struct form *fm)
{
	int row = 0;

	if (fm->n == 0 || fm->w == 0)
		return;
	row = intro_rows(fm);
	for (size_t i = 0; i < fm->n; i++) {
		size_field(fm, i);
		fm->fields[i].row = row;
		row += fm->fields[i].rows;
	}
	scroll(fm);
}

static void
draw_label(const struct form *fm, const struct form_field *ff,
    const struct view *v, bool focus)
{
	int room = is_wide(fm) ? label_w(fm) - 1 : view_w(v);
	struct view part = view_sub(v, (struct rect){0, ff->row, room, 1});
	struct str text;

	str_init(&text);
	str_add(&text, focus ? "> " : "  ");
	str_add(&text, field_label(fm, ff));
	if (field_needed(fm, ff) && ff->said.say != FORM_CLOSED)
		str_add(&text, " *");
	(void)view_fit(&part, 0, 0, focus ? STYLE_TITLE : STYLE_LABEL,
	    text.s);
	str_release(&text);
}

static void
draw_choice(const struct form_field *ff, const struct view *v, bool focus)
{
	bool none = ff->choice == NO_CHOICE;
	const char *label = none ? "(choose)" : ff->choices[ff->choice].label;
	enum style s = focus ? STYLE_INPUT_FOCUS : STYLE_INPUT;
	struct str text;

	view_fill(v, (struct rect){0, 0, view_w(v), 1}, s);
	str_init(&text);
	/* Up and Down go to other fields: the way that chooses is shown. */
	if (focus)
		str_add_fmt(&text, "< %s >", none ? "choose with Left and "
		    "Right" : label);
	else
		str_add(&text, label);
	(void)view_fit(v, 0, 0, none && !focus ? STYLE_DIM : s, text.s);
	str_release(&text);
}

static void
draw_ticks(const struct form_field *ff, const struct view *v, bool focus)
{
	enum style s = focus ? STYLE_INPUT_FOCUS : STYLE_INPUT;
	bool none = choices_none(ff);
	struct str text;

	view_fill(v, (struct rect){0, 0, view_w(v), 1}, s);
	str_init(&text);
	if (!none)
		choices_words(ff, &text);
	else
		str_add(&text, focus ? "< move with Left and Right, tick "
		    "with Space >" : "(tick)");
	(void)view_fit(v, 0, 0, none && !focus ? STYLE_DIM : s, text.s);
	str_release(&text);
}

static void
draw_shown(const struct form *fm, const struct form_field *ff,
    const struct view *v)
{
	const json_t *val = json_object_get(fm->body, ff->f->name);
	size_t n = json_is_array(val) ? json_array_size(val) :
	    json_object_size(val);

	(void)view_putf(v, 0, 0, STYLE_DIM, "%zu, kept as they are", n);
}

static void
draw_value(const struct form *fm, const struct form_field *ff,
    const struct view *v, bool focus)
{
	enum style s = focus ? STYLE_INPUT_FOCUS : STYLE_INPUT;
	struct edit shown = ff->ed;	/* borrows its text */

	/* What is only read is read from its beginning. */
	if (!focus)
		shown.top = shown.left = 0;
	if (ff->said.say == FORM_CLOSED)
		(void)view_fit(v, 0, 0, STYLE_DIM, "(not asked)");
	else if (ff->as == AS_CHOICE)
		draw_choice(ff, v, focus);
	else if (ff->as == AS_TICKS)
		draw_ticks(ff, v, focus);
	else if (ff->as == AS_SHOWN)
		draw_shown(fm, ff, v);
	else
		edit_draw(&shown, v, s, focus);
}

/* Draws below the value; returns the rows it took. */
static int
draw_remark(const struct form_field *ff, const struct view *v, bool focus)
{
	enum style s;
	const char *text = remark(ff, focus, &s);
	struct view in = view_sub(v, (struct rect){2, 0, view_w(v) - 2,
	    view_h(v)});

	if (text[0] == '\0')
		return 0;
	(void)view_put(v, 0, 0, s, s == STYLE_CALM ? "=" : "!");
	return view_wrap(&in, 0, s, text);
}

static const char *
choice_mark(const struct form_field *ff, size_t i)
{
	if (ff->as == AS_TICKS)
		return ff->ticked[i] ? "[x] " : "[ ] ";
	return i == ff->choice ? "(x) " : "( ) ";
}

static int
draw_rivals(const struct form_field *ff, const struct view *v, int y)
{
	size_t n = rivals_choices(ff), now = rivals_now(ff);

	for (size_t i = 0; i < n; i++) {
		struct view in = view_sub(v, (struct rect){4, y,
		    view_w(v) - 4, view_h(v) - y});

		(void)view_put(v, 0, y, STYLE_CONFLICT,
		    i == now ? "(x) " : "( ) ");
		y += view_wrap(&in, 0, i == now ? STYLE_HEADING :
		    STYLE_NORMAL, rivals_words(ff, i));
	}
	return n > 0 ? y + view_wrap(v, y, STYLE_HINT, RIVALS_HOW) : y;
}

static void
draw_below(const struct form *fm, const struct form_field *ff,
    const struct view *v, bool cursor)
{
	bool focus = ff == &fm->fields[fm->focus];
	int y = draw_remark(ff, v, focus);

	if (!focus || ff->said.say == FORM_CLOSED)
		return;
	y = draw_rivals(ff, v, y);
	for (size_t i = 0; i < ff->nchoices; i++, y++) {
		bool on = i == ff->choice;

		(void)view_put(v, 0, y, STYLE_NORMAL, choice_mark(ff, i));
		(void)view_fit(v, 4, y, on ? STYLE_HEADING : STYLE_NORMAL,
		    ff->choices[i].label);
		if (on && cursor)
			view_cursor(v, 1, y);
	}
	if (ff->suggested && is_wide(fm))
		y += view_wrap(v, y, STYLE_HINT, SUGGESTED);
	(void)view_wrap(v, y, STYLE_HINT, field_help(ff));
}

static void
draw_field(const struct form *fm, size_t i, const struct view *v,
    bool focused)
{
	const struct form_field *ff = &fm->fields[i];
	bool focus = i == fm->focus;
	int y = ff->row + (is_wide(fm) ? 0 : 1), x = value_x(fm);
	struct view value = view_sub(v, (struct rect){x, y, value_w(fm),
	    ff->value_rows});
	struct view below = view_sub(v, (struct rect){x, y + ff->value_rows,
	    value_w(fm), ff->row + ff->rows - y - ff->value_rows});

	draw_label(fm, ff, v, focus);
	if (focus && focused && ff->as != AS_EDIT && ff->as != AS_LONG)
		view_cursor(&value, 0, 0);
	draw_value(fm, ff, &value, focus && focused);
	draw_below(fm, ff, &below, focused);
}

static void
draw_title(const struct form *fm, const struct view *v)
{
	char place[48];
	int n, room;

	(void)view_fit(v, 0, 0, STYLE_TITLE, fm->title);
	n = snprintf(place, sizeof(place), " * required   %zu of %zu",
	    fm->focus + 1, fm->n);
	room = view_w(v) - n;
	if (n > 0 && room > (int)strlen(fm->title))
		(void)view_put(v, room, 0, STYLE_HINT, place);
}

void
form_draw(const struct pane *p, const struct view *v, bool focused)
{
	const struct form *fm = form_of(p);
	struct view body = view_sub(v, (struct rect){0, TITLE_ROWS,
	    view_w(v), view_h(v) - TITLE_ROWS});
	struct view moved = body;

	draw_title(fm, v);
	/* The form's own rows: row 0 stands fm->top above the body. */
	moved.area.y -= fm->top;
	moved.area.h += fm->top;
	if (fm->intro != NULL && view_w(v) > 0) {
		int rows = view_wrap(&moved, 0, STYLE_LABEL, fm->intro);

		view_hline(&moved, 0, rows, view_w(v), STYLE_BORDER);
	}
	for (size_t i = 0; i < fm->n; i++) {
		const struct form_field *ff = &fm->fields[i];

		if (ff->row + ff->rows > fm->top &&
		    ff->row < fm->top + view_h(&body))
			draw_field(fm, i, &moved, focused);
	}
}
