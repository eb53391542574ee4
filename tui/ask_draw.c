/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The look of a short form: what will happen, then the fields.  Wide: labels
 * in a column at the left.  Narrow: each label above its field.
 */
#include "config.h"

#include "tui/ask_impl.h"

#include <string.h>

#include "core/utf8.h"

#define WIDE_W 64
#define FIELD_W_MAX 56
#define ROOMY_H 14	/* from here on blank rows set the parts apart */

static const struct ask *
ask_of(const struct pane *p)
{
	return (const struct ask *)(const void *)p;
}

static bool
is_wide(const struct ask *a)
{
	return a->w >= WIDE_W;
}

static int
value_x(const struct ask *a)
{
	int x = 2;

	if (!is_wide(a))
		return 2;
	for (size_t i = 0; i < a->n; i++) {
		const char *text = a->f[i].label;
		int need = utf8_columns(text, strlen(text)) + 5;

		x = need > x ? need : x;
	}
	return x < a->w / 2 ? x : a->w / 2;
}

static int
value_w(const struct ask *a)
{
	int w = a->w - value_x(a) - 1;

	return w < 1 ? 1 : w > FIELD_W_MAX ? FIELD_W_MAX : w;
}

static int
gap(const struct ask *a)
{
	return a->h >= ROOMY_H ? 1 : 0;
}

static int
text_rows(const char *text, int w)
{
	return text != NULL && *text != '\0' ? wrap_rows(text, w) : 0;
}

static int
help_w(const struct ask *a)
{
	int w = a->w - value_x(a) - 1;

	return w < 1 ? 1 : w;
}

static int
value_rows(const struct ask *a, size_t i)
{
	const struct asked *f = &a->f[i];

	return asked_types(f) || i != a->focus || f->nchoices == 0 ? 1 :
	    (int)f->nchoices;
}

/* What Enter and Esc do, under the last field. */
static void
last_words(const struct ask *a, struct str *out)
{
	str_add_fmt(out, a->n == 1 ? "Enter: %s. Esc leaves, and nothing is "
	    "changed." : "Enter goes to the next line; after the last it "
	    "will %s. Esc leaves, and nothing is changed.", a->o.verb);
}

static void
measure(struct ask *a)
{
	struct str last;
	int y = text_rows(a->title, a->w) + text_rows(a->intro, a->w) +
	    gap(a);

	str_init(&last);
	for (size_t i = 0; i < a->n; i++) {
		struct asked *f = &a->f[i];

		f->row = y;
		f->rows = value_rows(a, i) + (is_wide(a) ? 0 : 1);
		if (i == a->focus)
			f->rows += text_rows(a->fault.s, help_w(a)) +
			    text_rows(a->remark.s, help_w(a)) +
			    text_rows(f->help, help_w(a));
		y += f->rows;
		if (asked_types(f))
			edit_resize(&f->ed, value_w(a), 1);
	}
	last_words(a, &last);
	a->rows = y + gap(a) + text_rows(last.s, a->w);
	str_release(&last);
}

/* The field in focus is seen, and of it first the row of the cursor. */
void
ask_arrange(struct ask *a)
{
	const struct asked *f = &a->f[a->focus];
	int cursor;

	str_clear(&a->remark);
	if (a->o.remark != NULL)
		a->o.remark(a->o.ctx, &a->base, a->focus, &a->remark);
	measure(a);
	cursor = f->row + (is_wide(a) ? 0 : 1);
	if (!asked_types(f))
		cursor += (int)f->at;
	if (f->row + f->rows > a->top + a->h)
		a->top = f->row + f->rows - a->h;
	if (f->row < a->top)
		a->top = f->row;
	if (cursor >= a->top + a->h)
		a->top = cursor - a->h + 1;
	if (a->focus == 0 && f->row + f->rows <= a->h)
		a->top = 0;
}

static void
draw_choices(const struct ask *a, const struct asked *f,
    const struct view *v, bool focused)
{
	for (size_t i = 0; i < f->nchoices; i++) {
		bool here = i == f->at;
		bool on = f->type == ASK_CHOICE ? here : f->choices[i].on;
		struct pen pen = {v, 0, (int)i};

		pen_put(&pen, here ? STYLE_SELECTED : STYLE_NORMAL,
		    f->type == ASK_CHOICE ? (on ? "(*) " : "( ) ") :
		    (on ? "[x] " : "[ ] "));
		pen_put(&pen, here ? STYLE_SELECTED : STYLE_NORMAL,
		    f->choices[i].label);
		if (here && focused && !a->working)
			view_cursor(v, 1, (int)i);
	}
}

/* All that is chosen, on one row. */
static void
draw_chosen(const struct asked *f, const struct view *v)
{
	struct str words;

	str_init(&words);
	for (size_t i = 0; i < f->nchoices; i++) {
		if (f->type == ASK_CHOICE ? i != f->at : !f->choices[i].on)
			continue;
		str_add(&words, words.len > 0 ? ", " : "");
		str_add(&words, f->choices[i].label);
	}
	view_fit(v, 0, 0, STYLE_NORMAL, words.len > 0 ? words.s : "nobody");
	str_release(&words);
}

static void
draw_value(const struct ask *a, size_t i, const struct view *v, bool focused)
{
	const struct asked *f = &a->f[i];
	bool on = i == a->focus && !a->working;
	enum style s = on ? STYLE_INPUT_FOCUS : STYLE_INPUT;

	if (!asked_types(f) && i == a->focus) {
		draw_choices(a, f, v, focused);
	} else if (!asked_types(f)) {
		draw_chosen(f, v);
	} else {
		view_fill(v, (struct rect){0, 0, view_w(v), 1}, s);
		edit_draw(&f->ed, v, s, on && focused);
	}
}

static int
draw_label(const struct ask *a, size_t i, const struct view *v, int y)
{
	const struct asked *f = &a->f[i];
	struct pen pen = {v, 0, y};

	pen_put(&pen, STYLE_LABEL, i == a->focus ? "> " : "  ");
	pen_put(&pen, STYLE_LABEL, f->label);
	if (!f->optional && asked_types(f))
		pen_put(&pen, STYLE_LABEL, " *");
	return is_wide(a) ? y : y + 1;
}

static int
draw_field(const struct ask *a, size_t i, const struct view *v, int y,
    bool focused)
{
	const struct asked *f = &a->f[i];
	int x = value_x(a), rows = value_rows(a, i);
	struct view value, under;

	y = draw_label(a, i, v, y);
	value = view_sub(v, (struct rect){x, y, asked_types(f) ? value_w(a) :
	    help_w(a), rows});
	draw_value(a, i, &value, focused);
	y += rows;
	if (i != a->focus)
		return y;
	under = view_sub(v, (struct rect){x, 0, help_w(a), view_h(v)});
	if (a->fault.len > 0)
		y += view_wrap(&under, y, STYLE_ERROR, a->fault.s);
	if (a->remark.len > 0)
		y += view_wrap(&under, y, STYLE_LABEL, a->remark.s);
	if (f->help != NULL)
		y += view_wrap(&under, y, STYLE_DIM, f->help);
	return y;
}

void
ask_draw(const struct pane *p, const struct view *v, bool focused)
{
	const struct ask *a = ask_of(p);
	int y = -a->top;
	struct str last;

	y += view_wrap(v, y, STYLE_TITLE, a->title);
	if (*a->intro != '\0')
		y += view_wrap(v, y, STYLE_NORMAL, a->intro);
	y += gap(a);
	for (size_t i = 0; i < a->n; i++)
		y = draw_field(a, i, v, y, focused);
	str_init(&last);
	last_words(a, &last);
	(void)view_wrap(v, y + gap(a), STYLE_HINT, last.s);
	str_release(&last);
}
