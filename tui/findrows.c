/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/findrows.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "core/vec.h"
#include "core/xalloc.h"

#define INDENT 4		/* of a hit under its case */
#define ROOMY 60		/* columns from which the date is said */

void
findrows_init(struct findrows *fr)
{
	memset(fr, 0, sizeof(*fr));
	caserows_init(&fr->rows);
}

void
findrows_clear(struct findrows *fr)
{
	while (fr->n > 0) {
		struct findline *l = &fr->list[--fr->n];

		if (l->snippet != NULL)
			sodium_memzero(l->snippet, strlen(l->snippet));
		free(l->snippet);
	}
	caserows_clear(&fr->rows);
	memset(&fr->sum, 0, sizeof(fr->sum));
}

void
findrows_release(struct findrows *fr)
{
	findrows_clear(fr);
	caserows_release(&fr->rows);
	free(fr->list);
	findrows_init(fr);
}

static struct findline *
add_line(struct findrows *fr, enum findline_type type)
{
	struct findline *l;

	fr->list = vec_room(fr->list, fr->n, &fr->cap, sizeof(*fr->list));
	l = &fr->list[fr->n++];
	memset(l, 0, sizeof(*l));
	l->type = type;
	l->row = fr->rows.n - 1;
	return l;
}

static void
add_hit(struct findrows *fr, const struct find_row *r)
{
	struct findline *l = add_line(fr, FINDLINE_HIT);

	l->why = r->why;
	l->state = r->state;
	l->entry = r->entry;
	l->kind = r->kind;
	l->on = r->on;
	l->at = r->at;
	l->field = r->field;
	l->snippet = xstrdup(r->snippet);
	memcpy(l->marks, r->marks, sizeof(l->marks));
	l->nmarks = r->nmarks;
}

bool
findrows_add(const struct find_row *r, void *ctx)
{
	struct findrows *fr = ctx;

	if (r->first) {
		(void)caserows_add(r->row, &fr->rows);
		(void)add_line(fr, FINDLINE_CASE);
	}
	if (r->why == FIND_RESTRICTED)
		return true;
	add_hit(fr, r);
	if (r->more > 0)
		add_line(fr, FINDLINE_MORE)->more = r->more;
	return true;
}

/* ---- words ---- */

static const char *
state_words(enum find_state s)
{
	switch (s) {
	case FIND_STRUCK:
		return "struck";
	case FIND_REPLACED:
		return "replaced";
	case FIND_UNCOUNTED:
		return "does not count";
	case FIND_STANDS:
	default:
		return "";
	}
}

/* The day it speaks of, or that it was written on. */
static void
add_day(struct str *out, const struct findline *l)
{
	struct span day = span_is_none(&l->on) ?
	    span_of_day(moment_day(l->at)) : l->on;
	char words[SPAN_WORDS_MAX];

	span_words(&day, words);
	str_add(out, words);
}

static void
add_source(struct str *out, const struct findline *l, bool roomy)
{
	if (l->state != FIND_STANDS)
		str_add_fmt(out, "(%s) ", state_words(l->state));
	if (roomy) {
		add_day(out, l);
		str_add(out, ", ");
	}
	str_add(out, l->kind->label);
	if (roomy && strcmp(l->field, l->kind->label) != 0)
		str_add_fmt(out, ", %s", l->field);
	str_add(out, ": ");
}

/* ---- drawing ---- */

/*
 * Where the snippet begins in so many columns: with a third of them before
 * the first place.
 */
static size_t
snippet_from(const struct findline *l, int columns)
{
	size_t at = l->nmarks > 0 ? l->marks[0].at : 0, n;
	int before = utf8_columns(l->snippet, at);

	if (before <= columns / 3)
		return 0;
	for (before = 0; at > 0 && before < columns / 3; at -= n) {
		n = utf8_cluster_before(l->snippet, at);
		before += utf8_columns(l->snippet + at - n, n);
	}
	/* At a word. */
	while (at > 0 && at < l->marks[0].at && l->snippet[at - 1] != ' ')
		at++;
	return at;
}

static void
draw_snippet(struct pen *pen, const struct findline *l, int columns)
{
	size_t at = snippet_from(l, columns), end = strlen(l->snippet);

	if (at > 0)
		pen_put(pen, STYLE_DIM, "...");
	for (size_t i = 0; i < l->nmarks; i++) {
		const struct find_mark *m = &l->marks[i];

		if (m->at < at)
			continue;
		pen_put_n(pen, STYLE_NORMAL, l->snippet + at, m->at - at);
		pen_put(pen, STYLE_MATCH, "[");
		pen_put_n(pen, STYLE_MATCH, l->snippet + m->at, m->n);
		pen_put(pen, STYLE_MATCH, "]");
		at = m->at + m->n;
	}
	pen_put_n(pen, STYLE_NORMAL, l->snippet + at, end - at);
}

static void
draw_hit(const struct view *v, int y, const struct findline *l)
{
	struct view in = view_sub(v, (struct rect){INDENT, y,
	    view_w(v) - INDENT, 1});
	struct pen pen = {&in, 0, 0};
	struct str source;

	str_init(&source);
	add_source(&source, l, view_w(v) >= ROOMY);
	pen_put(&pen, l->state == FIND_STANDS ? STYLE_LABEL : STYLE_STRUCK,
	    source.s);
	draw_snippet(&pen, l, view_w(&in) - utf8_columns(source.s,
	    source.len));
	str_release(&source);
}

void
findline_draw(const struct view *v, int y, const struct findrows *fr,
    size_t i, const struct caserow_look *look)
{
	const struct findline *l = &fr->list[i];

	switch (l->type) {
	case FINDLINE_CASE:
		caserow_draw(v, y, &fr->rows.list[l->row], look);
		break;
	case FINDLINE_HIT:
		draw_hit(v, y, l);
		break;
	case FINDLINE_MORE:
	default:
		view_putf(v, INDENT, y, STYLE_DIM, "and %zu more", l->more);
		break;
	}
}

static void
add_why(struct str *out, const struct findline *l)
{
	switch (l->state) {
	case FIND_STRUCK:
		str_add(out, " It was struck as wrong.");
		break;
	case FIND_REPLACED:
		str_add(out, " A later version took its place.");
		break;
	case FIND_UNCOUNTED:
		str_add(out, " Its author had no right to write it: it does "
		    "not count.");
		break;
	case FIND_STANDS:
	default:
		break;
	}
	if (l->why == FIND_SPREAD)
		str_add(out, " The words stand in several entries of this "
		    "case.");
}

static void
hit_words(struct str *out, const struct findline *l)
{
	size_t at = 0;

	str_add_fmt(out, "%s, ", l->kind->label);
	add_day(out, l);
	str_add_fmt(out, ", %s: ", l->field);
	for (size_t i = 0; i < l->nmarks; i++) {
		const struct find_mark *m = &l->marks[i];

		str_add_n(out, l->snippet + at, m->at - at);
		str_add_char(out, '[');
		str_add_n(out, l->snippet + m->at, m->n);
		str_add_char(out, ']');
		at = m->at + m->n;
	}
	str_add(out, l->snippet + at);
	add_why(out, l);
}

void
findline_words(struct str *out, const struct findrows *fr, size_t i,
    const struct caserow_look *look)
{
	const struct findline *l = &fr->list[i];

	if (l->type == FINDLINE_CASE)
		caserow_words(out, &fr->rows.list[l->row], look);
	else if (l->type == FINDLINE_HIT)
		hit_words(out, l);
	else
		str_add_fmt(out, "%zu more entr%s of this case hold%s the "
		    "words. Enter opens the case; / finds them there.",
		    l->more, l->more == 1 ? "y" : "ies",
		    l->more == 1 ? "s" : "");
}

void
findrows_count_words(struct str *out, const struct findrows *fr)
{
	const struct find_sum *s = &fr->sum;

	if (s->cut && s->hits == 0)
		str_add(out, "cut short");
	else if (s->hits == 0)
		str_add_fmt(out, "%zu case%s", s->cases,
		    s->cases == 1 ? "" : "s");
	else
		str_add_fmt(out, "%s%zu entr%s in %zu case%s%s", s->cut ?
		    "the best " : "", s->hits, s->hits == 1 ? "y" : "ies",
		    s->cases, s->cases == 1 ? "" : "s", s->cut ?
		    "; there is more: add a word" : "");
}
