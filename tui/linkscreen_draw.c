/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How the link review looks.  A weight is a bar to the left or the right of
 * a middle line, with signs of its own on either side and its number, so
 * that it reads without colour and aloud.
 */
#include "config.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/date.h"
#include "core/utf8.h"
#include "tui/linkscreen_impl.h"
#include "tui/words.h"

#define WIDE_W 110		/* from here on levels stand in words */
#define NARROW_W 60		/* below it there are no bars */
#define WEIGHT_W 6
#define LOW_H 21		/* lower has no room for what was not compared */
#define LEAST_SCALE 8.0		/* bits that a whole side is, at least */
#define LINK_ROWS (LINK_FIELDS + 1)	/* the agency, too */

/* ---- the values ---- */

static const char *
field_label(int i)
{
	static const char *const labels[LINK_ROWS] = {
		[LINK_FORENAME] = "Forename", [LINK_SURNAME] = "Surname",
		[LINK_BIRTH] = "Born", [LINK_SEX] = "Sex",
		[LINK_POSTCODE] = "Postcode", [LINK_NHS] = "NHS no.",
		[LINK_UPN] = "Pupil no.", [LINK_FIELDS] = "Agency"
	};

	return labels[i];
}

static void
field_value(const struct link_case *k, int i, struct str *out)
{
	char day[DAY_TEXT_MAX];

	switch (i) {
	case LINK_FORENAME:
		str_add(out, k->forename);
		break;
	case LINK_SURNAME:
		str_add(out, k->surname);
		break;
	case LINK_BIRTH:
		day_format(k->birth, day);
		str_add(out, day);
		break;
	case LINK_SEX:
		str_add(out, k->sex == 'M' ? "Male" : k->sex == 'F' ?
		    "Female" : "");
		break;
	case LINK_POSTCODE:
		str_add(out, k->postcode);
		break;
	case LINK_NHS:
		str_add(out, k->nhs);
		break;
	case LINK_UPN:
		str_add(out, k->upn);
		break;
	default:
		str_add(out, *k->agency != '\0' ? k->agency : "this store");
	}
}

/* Its agency stands in a row of its own: "1234" of "School/1234". */
static const char *
short_reference(const struct link_case *k)
{
	size_t n = strlen(k->agency);

	return n > 0 && strncmp(k->reference, k->agency, n) == 0 &&
	    k->reference[n] == '/' && k->reference[n + 1] != '\0' ?
	    k->reference + n + 1 : k->reference;
}

/* ---- one field ---- */

/* Where the columns begin and how wide they are; 0: left out. */
struct columns {
	int label, value, a, b, level, weight, bar, half;
};

static struct columns
columns_of(int w)
{
	struct columns c = {.label = w >= NARROW_W ? 10 : 9};
	int level = w >= WIDE_W ? 14 : 0;
	int bar = w >= WIDE_W ? 25 : w >= NARROW_W ? 19 : 0;
	int left = w - c.label - WEIGHT_W - 1 -
	    (level > 0 ? level + 1 : 0) - (bar > 0 ? bar + 1 : 0);

	c.value = left > 2 ? left / 2 - 1 : 0;
	c.a = c.label;
	c.b = c.a + c.value + 1;
	c.level = level > 0 ? c.b + c.value + 1 : 0;
	c.weight = w - WEIGHT_W - (bar > 0 ? bar + 1 : 0);
	c.bar = bar > 0 ? w - bar : 0;
	c.half = bar / 2;
	return c;
}

static void
cell(const struct view *v, int x, int y, int w, enum style s,
    const char *text)
{
	struct view in = view_sub(v, (struct rect){x, y, w, 1});

	if (w > 0)
		(void)view_fit(&in, 0, 0, s, text);
}

static double
scale_of(const struct link_pair *p)
{
	double most = LEAST_SCALE;

	for (int i = 0; i < LINK_FIELDS; i++)
		if (fabs((double)p->weights[i]) > most)
			most = fabs((double)p->weights[i]);
	return most;
}

/* "----|" against, "|++++" for: a sign of its own on either side. */
static void
draw_bar(const struct view *v, int y, const struct columns *c, double weight,
    double scale)
{
	int mid = c->bar + c->half;
	int n = (int)lround(fabs(weight) / scale * (double)c->half);

	if (c->bar == 0)
		return;
	(void)view_put(v, mid, y, STYLE_BORDER, "|");
	if (n == 0 && fabs(weight) >= 0.05)
		n = 1;
	for (int i = 1; i <= n && i <= c->half; i++)
		(void)view_put(v, weight < 0 ? mid - i : mid + i, y,
		    weight < 0 ? STYLE_WARNING : STYLE_MATCH, weight < 0 ?
		    "-" : "+");
}

static void
weight_text(double weight, char out[16])
{
	(void)snprintf(out, 16, "%+*.1f", WEIGHT_W - 1,
	    fabs(weight) < 0.05 ? 0.0 : weight);
}

static enum style
value_style(const struct link_pair *p, int i)
{
	if (i == LINK_FIELDS || p->levels[i] == LEVEL_EXACT)
		return STYLE_NORMAL;
	return p->levels[i] == LEVEL_MISSING ? STYLE_DIM : STYLE_CONFLICT;
}

static void
draw_value(const struct view *v, int x, int y, int w, enum style s,
    const char *text)
{
	cell(v, x, y, w, *text != '\0' ? s : STYLE_DIM, *text != '\0' ? text :
	    w < 12 ? "-" : "not recorded");
}

static void
draw_field(const struct linkscreen *ls, const struct view *v, int y, int i)
{
	const struct link_pair *p = link_in_hand(ls);
	struct columns c = columns_of(view_w(v));
	enum style s = value_style(p, i);
	struct str a, b;
	char text[16];

	str_init(&a);
	str_init(&b);
	field_value(&ls->l->cases[p->a], i, &a);
	field_value(&ls->l->cases[p->b], i, &b);
	cell(v, 0, y, c.label - 1, STYLE_LABEL, field_label(i));
	draw_value(v, c.a, y, c.value, s, a.s);
	draw_value(v, c.b, y, c.value, s, b.s);
	str_release(&a);
	str_release(&b);
	if (i == LINK_FIELDS || p->levels[i] == LEVEL_MISSING)
		return;
	if (c.level > 0)
		cell(v, c.level, y, c.weight - c.level - 1, s,
		    link_level_words((enum link_level)p->levels[i]));
	weight_text((double)p->weights[i], text);
	cell(v, c.weight, y, WEIGHT_W, STYLE_NORMAL, text);
	draw_bar(v, y, &c, (double)p->weights[i], scale_of(p));
}

/* ---- the total and what it is held against ---- */

static int
place_on(double x, double from, double to, int w)
{
	int at = (int)lround((x - from) / (to - from) * (double)(w - 1));

	return at < 0 ? 0 : at >= w ? w - 1 : at;
}

/* "----------???#???======": apart, asked, linked; # is this pair. */
static void
draw_scale(const struct linkscreen *ls, const struct view *v, int y)
{
	double total = (double)link_in_hand(ls)->weight;
	double low = ls->m->lower, up = ls->m->upper, room = (up - low) / 2;
	double from = (total < low ? total : low) - room - 1;
	double to = (total > up ? total : up) + room + 1;
	int x = columns_of(view_w(v)).label, w = view_w(v) - x;
	int a = place_on(low, from, to, w), b = place_on(up, from, to, w);

	if (w < 16)
		return;
	for (int i = 0; i < w; i++)
		(void)view_put(v, x + i, y, i < a ? STYLE_WARNING : i <= b ?
		    STYLE_UNKNOWN : STYLE_MATCH, i < a ? "-" : i <= b ? "?" :
		    "+");
	(void)view_put(v, x + place_on(total, from, to, w), y, STYLE_TITLE,
	    "#");
}

static void
total_words(const struct linkscreen *ls, int w, struct str *out)
{
	double total = (double)link_in_hand(ls)->weight;

	if (w < NARROW_W)
		str_add_fmt(out, "In all %+.1f (ask %+.1f to %+.1f)", total,
		    ls->m->lower, ls->m->upper);
	else
		str_add_fmt(out, "In all %+.1f bits: asked from %+.1f on, "
		    "linked by the model above %+.1f.", total, ls->m->lower,
		    ls->m->upper);
}

/* What one answer is for is told before it is given. */
static void
open_words(const struct linkscreen *ls, struct str *out)
{
	size_t more = link_parting_answers(link_in_hand(ls)) ?
	    link_others(ls, ls->at) : 0;

	if (ls->items[ls->at].answered) {
		str_add_fmt(out, "%s Answered: you parted these two children "
		    "over another pair.", style_mark(STYLE_PENDING));
		return;
	}
	str_add(out, "Is it the same child? y yes, n no, u cannot tell.");
	if (more > 0)
		str_add_fmt(out, " n answers %zu more pair%s, too.", more,
		    more == 1 ? "" : "s");
}

static void
decision_words(const struct linkscreen *ls, struct str *out)
{
	switch (ls->items[ls->at].chose) {
	case CHOSE_SAME:
		str_add_fmt(out, "%s Your decision, not signed: the same "
		    "child.", style_mark(STYLE_PENDING));
		break;
	case CHOSE_APART:
		str_add_fmt(out, "%s Your decision, not signed: not the "
		    "same.", style_mark(STYLE_PENDING));
		break;
	case CHOSE_NOTHING:
	default:
		open_words(ls, out);
	}
}

/* ---- a pair ---- */

/* How many rows each part has; a low window keeps what decides. */
struct parts { int why, refs, fields, total, scale, decision, gap; };

static struct parts
parts_of(const struct linkscreen *ls)
{
	int h = ls->h - 1;	/* the title */
	struct parts k = {0, 0, 0, 0, 0, 0, 0};

	k.why = h >= 16 ? 2 : h >= 2 ? 1 : 0;
	h -= k.why;
	k.total = h >= 4 ? 1 : 0;
	h -= k.total;
	k.refs = h >= 4 ? 1 : 0;
	h -= k.refs;
	k.decision = h >= LINK_ROWS + 1 ? 1 : 0;
	h -= k.decision;
	k.scale = h >= LINK_ROWS + 1 ? 1 : 0;
	h -= k.scale;
	k.gap = h >= LINK_ROWS + 3 ? 1 : 0;
	h -= 3 * k.gap;
	k.fields = h < 0 ? 0 : h > LINK_ROWS ? LINK_ROWS : h;
	return k;
}

int
link_field_rows(const struct linkscreen *ls)
{
	(void)ls;
	return LINK_ROWS;
}

int
link_field_room(const struct linkscreen *ls)
{
	int n = parts_of(ls).fields;

	return n > 0 ? n : 1;
}

/* No room for a sentence on what was not compared. */
static bool
low_window(const struct linkscreen *ls)
{
	return ls->h < LOW_H;
}

/* Nobody is to think that what waits is all that there may be. */
static void
divided_words(const struct linkscreen *ls, struct str *out)
{
	size_t n = ls->l->result.blocks.split;

	if (n > 0)
		str_add_fmt(out, "Not every pair was compared: %zu group%s "
		    "of cases alike %s too large to hold each against "
		    "each.", n, n == 1 ? "" : "s", n == 1 ? "was" : "were");
}

static void
title_words(const struct linkscreen *ls, int w, struct str *out)
{
	str_add_fmt(out, "%s %zu of %zu", w < NARROW_W ? "Pair" :
	    "Link review: pair", link_shown(ls, ls->at) + 1,
	    link_shown(ls, SIZE_MAX));
	if (ls->only != 0)
		str_add_fmt(out, " %s", link_reason_words(ls->only));
	else if (w >= NARROW_W)
		str_add_fmt(out, ", the likeliest first%s", ls->n > 1 &&
		    ls->decided == 0 ? " (f: by reason)" : "");
	if (ls->l->result.blocks.split > 0 && low_window(ls))
		str_add(out, "; not all compared");
	if (ls->decided > 0)
		str_add_fmt(out, w < NARROW_W ? "; %zu decided" :
		    "; %zu decided, not signed", ls->decided);
}

static void
draw_refs(const struct linkscreen *ls, const struct view *v, int y)
{
	const struct link_pair *p = link_in_hand(ls);
	struct columns c = columns_of(view_w(v));

	cell(v, 0, y, c.label - 1, STYLE_HEADING, "Case");
	cell(v, c.a, y, c.value, STYLE_HEADING,
	    short_reference(&ls->l->cases[p->a]));
	cell(v, c.b, y, c.value, STYLE_HEADING,
	    short_reference(&ls->l->cases[p->b]));
	cell(v, c.weight, y, WEIGHT_W, STYLE_HEADING, "  bits");
	if (c.bar == 0)
		return;
	cell(v, c.bar, y, c.half, STYLE_HEADING, "against");
	cell(v, c.bar + c.half + 2, y, c.half, STYLE_HEADING, "for");
}

static void
put_words(const struct view *v, int y, int rows, enum style s,
    const char *text)
{
	struct view in = view_sub(v, (struct rect){0, y, view_w(v), rows});

	if (rows == 1)
		(void)view_fit(&in, 0, 0, s, text);
	else if (rows > 1)
		(void)view_wrap(&in, 0, s, text);
}

static void
draw_pair(const struct linkscreen *ls, const struct view *v, bool focused)
{
	const struct link_pair *p = link_in_hand(ls);
	struct parts k = parts_of(ls);
	struct str words;
	int y = 0, w = view_w(v);

	str_init(&words);
	title_words(ls, w, &words);
	put_words(v, y++, 1, STYLE_TITLE, words.s);
	if (focused)
		view_cursor(v, 0, 0);
	str_clear(&words);
	link_why(ls->l, p, &words);
	put_words(v, y, k.why, (p->why & LINK_TWIN) != 0 ? STYLE_WARNING :
	    STYLE_LABEL, words.s);
	y += k.why + k.gap;
	if (k.refs > 0)
		draw_refs(ls, v, y++);
	for (int i = 0; i < k.fields && ls->first + i < LINK_ROWS; i++)
		draw_field(ls, v, y++, ls->first + i);
	y += k.gap;
	str_clear(&words);
	total_words(ls, w, &words);
	put_words(v, y, k.total, STYLE_NORMAL, words.s);
	y += k.total;
	if (k.scale > 0)
		draw_scale(ls, v, y++);
	y += k.gap;
	str_clear(&words);
	decision_words(ls, &words);
	put_words(v, y, k.decision, ls->items[ls->at].chose ==
	    CHOSE_NOTHING && !ls->items[ls->at].answered ? STYLE_HINT :
	    STYLE_PENDING, words.s);
	str_clear(&words);
	divided_words(ls, &words);
	if (!low_window(ls))
		put_words(v, ls->h - 2, 2, STYLE_HINT, words.s);
	str_release(&words);
}

/* ---- the children ---- */

static int
top_rows(const struct linkscreen *ls)
{
	return ls->h >= 6 ? 2 : ls->h >= 2 ? 1 : 0;
}

int
link_list_rows(const struct linkscreen *ls)
{
	int rows = ls->h - top_rows(ls);

	return rows > 0 ? rows : 0;
}

struct cells { const char *case_, *agency, *name, *born, *how; };

static void
draw_cells(const struct view *v, int y, enum style s, const struct cells *t)
{
	int w = view_w(v), x = 6;
	int case_ = w >= NARROW_W ? 28 : 16;
	int agency = w >= WIDE_W ? 22 : 0;
	int how = w >= NARROW_W ? w >= WIDE_W ? 28 : 23 : 0;
	int born = w >= WIDE_W ? 10 : 0;
	int name = w - x - case_ - 1 - (agency > 0 ? agency + 1 : 0) -
	    (born > 0 ? born + 1 : 0) - (how > 0 ? how + 1 : 0);

	cell(v, x, y, case_, s, t->case_);
	x += case_ + 1;
	cell(v, x, y, agency, s, t->agency);
	x += agency > 0 ? agency + 1 : 0;
	cell(v, x, y, name, s, t->name);
	x += name + 1;
	cell(v, x, y, born, s, t->born);
	x += born > 0 ? born + 1 : 0;
	cell(v, x, y, how, s, t->how);
}

static void
draw_row(const struct linkscreen *ls, const struct view *v, int y, size_t i)
{
	const struct linkrow *r = &ls->rows[i];
	const struct link_case *k = &ls->l->cases[r->record];
	struct cells t = {.case_ = view_w(v) >= WIDE_W ?
	    short_reference(k) : k->reference, .agency = *k->agency != '\0' ?
	    k->agency : "this store"};
	char born[DAY_TEXT_MAX];
	struct str name, how;

	str_init(&name);
	str_init(&how);
	link_name(k, &name);
	link_how_words(ls, r, &how);
	day_format(k->birth, born);
	t.name = name.s;
	t.born = born;
	t.how = how.s;
	cell(v, 2, y, 1, STYLE_LABEL, r->first ? "o" : "|");
	cell(v, 4, y, 1, STYLE_PENDING, r->marked ? "*" : "");
	draw_cells(v, y, r->marked ? STYLE_PENDING : STYLE_NORMAL, &t);
	str_release(&name);
	str_release(&how);
}

static void
draw_children(const struct linkscreen *ls, const struct view *v,
    bool focused)
{
	static const struct cells heads = {"Case", "Agency", "Name", "Born",
	    "Linked by"};
	enum style on = focused ? STYLE_SELECTED : STYLE_SELECTED_IDLE;
	int top = top_rows(ls);
	struct view body = view_sub(v, (struct rect){0, top, view_w(v),
	    view_h(v) - top});

	if (top > 0)
		(void)view_putf(v, 0, 0, STYLE_TITLE, view_w(v) < NARROW_W ?
		    "%zu children, %zu cases" : "Linked: %zu children with "
		    "%zu cases. o begins a child.", ls->nchildren,
		    ls->nrows);
	if (top > 1)
		draw_cells(v, 1, STYLE_HEADING, &heads);
	for (int y = 0; scroll_shows(&ls->scroll, y); y++) {
		size_t i = ls->scroll.top + (size_t)y;

		draw_row(ls, &body, y, i);
		if (i == ls->scroll.at)
			scroll_mark(&body, y, on, focused);
	}
}

/* ---- the whole ---- */

static void
nothing_words(const struct linkscreen *ls, struct str *out)
{
	size_t n;

	if (ls->fault.rc != RC_OK) {
		sentence(out, ls->fault.text);
		return;
	}
	if (ls->l == NULL)
		return;
	n = ls->l->n;
	if (ls->children)
		str_add_fmt(out, "No two of the %zu case%s compared are linked. "
		    "Tab shows the pairs that wait.", n, n == 1 ? "" : "s");
	else
		str_add_fmt(out, "No pair waits for a person among %zu "
		    "case%s. Tab lists the linked children (%zu).", n,
		    n == 1 ? "" : "s", ls->nchildren);
	if (ls->fresh > 0)
		str_add_fmt(out, " The model links %zu pair%s by itself that "
		    "%s not signed: a signs.", ls->fresh, ls->fresh == 1 ?
		    "" : "s", ls->fresh == 1 ? "is" : "are");
	if (ls->l->restricted > 0)
		str_add_fmt(out, " %zu restricted case%s not compared for "
		    "you.", ls->l->restricted, ls->l->restricted == 1 ?
		    " was" : "s were");
	if (ls->l->result.blocks.split > 0)
		str_add_char(out, ' ');
	divided_words(ls, out);
}

void
link_draw(const struct pane *p, const struct view *v, bool focused)
{
	const struct linkscreen *ls =
	    (const struct linkscreen *)(const void *)p;
	struct str words;

	if (ls->l != NULL && (ls->children ? ls->nrows : ls->n) > 0) {
		if (ls->children)
			draw_children(ls, v, focused);
		else
			draw_pair(ls, v, focused);
		return;
	}
	str_init(&words);
	nothing_words(ls, &words);
	(void)view_wrap(v, 0, ls->fault.rc != RC_OK ? STYLE_ERROR :
	    STYLE_NORMAL, words.s);
	str_release(&words);
}
