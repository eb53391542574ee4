/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/kinds.h"
#include "core/utf8.h"
#include "tui/deidentscreen_impl.h"

#define IDENT_INDENT 6
#define LINE_INDENT 12
#define QUOTED_MAX 60

const char *
ident_words(enum ident_type t)
{
	static const char *const words[] = {
		[IDENT_CHILD] = "the young person", [IDENT_PERSON] = "a person",
		[IDENT_WORKER] = "a worker", [IDENT_PLACE] = "a place",
		[IDENT_NUMBER] = "a number", [IDENT_ONLINE] = "an account"
	};

	return words[t];
}

static const char *
doubt_kind(enum doubt_type t)
{
	static const char *const words[] = {
		[DOUBT_NAME] = "A known name",
		[DOUBT_CAPITAL] = "Written like a name",
		[DOUBT_NUMBER] = "A number", [DOUBT_DATE] = "A date",
		[DOUBT_ONLINE] = "An account or address"
	};

	return words[t];
}

void
deident_doubt_words(const struct doubt_found *ds, size_t n,
    const char *text, struct str *out)
{
	size_t len = strlen(text);

	for (size_t i = 0; i < n; i++) {
		size_t left = ds[i].at < len ? len - ds[i].at : 0;
		int most = (int)(ds[i].n < left ? ds[i].n : left);

		str_add_fmt(out, "%s%s: \"%.*s\"", i == 0 ? "! " : "; ",
		    doubt_kind(ds[i].type), utf8_cut(text + (len - left),
		    most < QUOTED_MAX ? most : QUOTED_MAX),
		    text + (len - left));
	}
}

static void
add_ident(struct deidentscreen *s, const struct ident *id)
{
	struct line_look look = {.indent = IDENT_INDENT,
	    .style = STYLE_NORMAL, .lead = id->on ? "[x]" : "[ ]",
	    .lead_style = STYLE_LABEL};

	(void)lines_row(&s->lines);
	if (id->on) {
		lines_addf(&s->lines, &look, "%s -> %s (%s)", id->text,
		    id->instead, ident_words(id->type));
		return;
	}
	look.style = STYLE_WARNING;
	lines_addf(&s->lines, &look, "! %s (%s) stays in: it would leave with "
	    "the file", id->text, ident_words(id->type));
}

static const char *
told(const struct deident_line *l)
{
	return l->state == LINE_REWRITTEN && l->text != NULL ? l->text :
	    l->proposed;
}

static void
add_now(struct deidentscreen *s, const struct deident_line *l)
{
	struct line_look look = {.indent = LINE_INDENT,
	    .style = STYLE_NORMAL, .lead = "  to be",
	    .lead_style = STYLE_LABEL};
	struct str doubts;

	if (l->state == LINE_LEFT_OUT)
		return;
	lines_add(&s->lines, &look, told(l));
	if (l->ndoubts == 0)
		return;
	str_init(&doubts);
	deident_doubt_words(l->doubts, l->ndoubts, told(l), &doubts);
	look.lead = NULL;
	look.style = STYLE_WARNING;
	lines_add(&s->lines, &look, doubts.s);
	str_release(&doubts);
}

/* "Note, Facts" */
static void
place_words(const struct deident_line *l, struct str *out)
{
	const struct kind *k = kind_find(l->kind);
	const struct field *f = k != NULL ? kind_field(k, l->field) : NULL;

	str_add_fmt(out, "%s, %s", k != NULL ? k->label : l->kind,
	    f != NULL ? f->label : l->field);
}

static void
add_line(struct deidentscreen *s, const struct deident_line *l)
{
	static const char *const states[] = {
		[LINE_WAITING] = "waits", [LINE_PASSED] = "passed",
		[LINE_REWRITTEN] = "rewritten", [LINE_LEFT_OUT] = "left out"
	};
	struct line_look look = {.indent = LINE_INDENT, .style = STYLE_LABEL,
	    .lead = states[l->state], .lead_style = l->state == LINE_WAITING ?
	    STYLE_PENDING : STYLE_LABEL};
	struct str where;

	(void)lines_row(&s->lines);
	str_init(&where);
	place_words(l, &where);
	lines_add(&s->lines, &look, where.s);
	str_release(&where);
	look.lead = "  was";
	look.style = l->state == LINE_LEFT_OUT ? STYLE_STRUCK : STYLE_DIM;
	look.lead_style = STYLE_LABEL;
	lines_add(&s->lines, &look, l->original);
	add_now(s, l);
}

static void
add_head(struct deidentscreen *s)
{
	size_t n = deident_waiting(&s->d);
	struct str words;

	str_init(&words);
	str_add_fmt(&words, "A study made from %s: %zu of %zu line%s wait%s",
	    s->reference, n, s->d.nlines, s->d.nlines == 1 ? "" : "s",
	    n == 1 ? "s" : "");
	lines_plain(&s->lines, STYLE_TITLE, words.s);
	str_release(&words);
	lines_plain(&s->lines, STYLE_NORMAL, "The program finds the names "
	    "that the case knows, and what is written like one. Read each "
	    "line as somebody would who knows the family; another person "
	    "signs.");
	lines_blank(&s->lines);
	lines_plain(&s->lines, STYLE_HEADING, "What is replaced everywhere");
	if (s->d.nidents == 0)
		lines_plain(&s->lines, STYLE_DIM, "The case names nobody. a "
		    "adds a name that you know of.");
}

void
deident_fill(struct deidentscreen *s)
{
	lines_clear(&s->lines);
	add_head(s);
	for (size_t i = 0; i < s->d.nidents; i++)
		add_ident(s, &s->d.idents[i]);
	lines_free_text(&s->lines);
	lines_blank(&s->lines);
	lines_plain(&s->lines, STYLE_HEADING, "Line by line");
	if (s->d.nlines == 0)
		lines_plain(&s->lines, STYLE_DIM, "The case has no free text.");
	for (size_t i = 0; i < s->d.nlines; i++)
		add_line(s, &s->d.lines[i]);
	lines_done(&s->lines);
}
