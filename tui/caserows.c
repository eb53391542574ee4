/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/caserows.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/reference.h"
#include "core/screen.h"
#include "core/utf8.h"
#include "core/vec.h"
#include "core/xalloc.h"
#include "tui/casework.h"
#include "tui/words.h"

#define MARKER_W 2

enum column {
	COL_REFERENCE, COL_NAME, COL_LEVEL, COL_COULD_BE, COL_SIGNS,
	COL_VULNERABILITIES, COL_NOT_KNOWN, COL_DUE, COL_MARKS, COLUMNS
};

struct column_def {
	const char *head;
	int w;
};

/* Words where there is room, initials where there is little. */
static const struct column_def roomy[COLUMNS] = {
	[COL_REFERENCE] = {"Reference", 12},
	[COL_NAME] = {"Name", 14},
	[COL_LEVEL] = {"Level", 13},
	[COL_COULD_BE] = {"Could be", 13},
	[COL_SIGNS] = {"Signs", 5},
	[COL_VULNERABILITIES] = {"Vuln.", 5},
	[COL_NOT_KNOWN] = {"Not known", 9},
	[COL_DUE] = {"Due", 12},
	[COL_MARKS] = {"To settle", 16}
};
static const struct column_def tight[COLUMNS] = {
	[COL_REFERENCE] = {"Reference", 10},
	[COL_NAME] = {"Name", 10},
	[COL_LEVEL] = {"Level", 13},
	[COL_COULD_BE] = {"Could be", 10},
	[COL_SIGNS] = {" S", 2},
	[COL_VULNERABILITIES] = {" V", 2},
	[COL_NOT_KNOWN] = {" ?", 2},
	[COL_DUE] = {"Due", 12},
	[COL_MARKS] = {"!", 3}
};

/* The first is kept longest. */
static const enum column by_urgency[COLUMNS] = {
	COL_REFERENCE, COL_LEVEL, COL_DUE, COL_NAME, COL_SIGNS,
	COL_VULNERABILITIES, COL_NOT_KNOWN, COL_COULD_BE, COL_MARKS
};
static const enum column by_person[COLUMNS] = {
	COL_REFERENCE, COL_NAME, COL_LEVEL, COL_DUE, COL_SIGNS,
	COL_VULNERABILITIES, COL_NOT_KNOWN, COL_COULD_BE, COL_MARKS
};

struct columns {
	const struct column_def *defs;
	int x[COLUMNS], w[COLUMNS];	/* w 0: not shown */
};

static int
full_width(const struct column_def *defs)
{
	int w = MARKER_W - 1;

	for (int i = 0; i < COLUMNS; i++)
		w += defs[i].w + 1;
	return w;
}

/* Divides w columns; what is left over goes to the name, or the reference. */
static void
columns_fit(struct columns *c, int w, const struct caserow_look *look)
{
	const enum column *order = look->names_first ? by_person : by_urgency;
	int used = MARKER_W - 1, x = MARKER_W;
	enum column wide;

	memset(c, 0, sizeof(*c));
	c->defs = w >= full_width(roomy) ? roomy : tight;
	for (int i = 0; i < COLUMNS; i++) {
		int want = c->defs[order[i]].w;

		if (used + 1 + want > w)
			break;
		c->w[order[i]] = want;
		used += 1 + want;
	}
	wide = c->w[COL_NAME] > 0 ? COL_NAME : COL_REFERENCE;
	if (used < w && c->w[wide] > 0)
		c->w[wide] += w - used;
	for (int i = 0; i < COLUMNS; i++) {
		c->x[i] = x;
		x += c->w[i] > 0 ? c->w[i] + 1 : 0;
	}
}

void
caserows_init(struct caserows *rs)
{
	memset(rs, 0, sizeof(*rs));
}

static void
wipe(char *text)
{
	sodium_memzero(text, strlen(text));
	free(text);
}

void
caserows_clear(struct caserows *rs)
{
	while (rs->n > 0) {
		struct caserow *row = &rs->list[--rs->n];

		wipe(row->reference);
		wipe(row->name);
		wipe(row->due_why);
	}
}

void
caserows_release(struct caserows *rs)
{
	caserows_clear(rs);
	free(rs->list);
	caserows_init(rs);
}

static char *
copy(const char *text)
{
	return xstrdup(text != NULL ? text : "");
}

bool
caserows_add(const struct case_row *row, void *ctx)
{
	struct caserows *rs = ctx;
	struct caserow *to;

	rs->list = vec_room(rs->list, rs->n, &rs->cap, sizeof(*rs->list));
	to = &rs->list[rs->n++];
	to->r = *row;
	to->r.reference = to->reference = copy(row->reference);
	to->r.name = to->name = copy(row->name);
	to->r.due_why = to->due_why = copy(row->due_why);
	to->r.owner = NULL;
	return true;
}

static void
cell(const struct columns *c, const struct view *v, int y, enum column col,
    const char *text, enum style s)
{
	struct view in;

	if (c->w[col] == 0)
		return;
	in = view_sub(v, (struct rect){c->x[col], y, c->w[col], 1});
	view_fit(&in, 0, 0, s, text);
}

static void
number(const struct columns *c, const struct view *v, int y, enum column col,
    unsigned n)
{
	struct view in;

	if (c->w[col] == 0)
		return;
	in = view_sub(v, (struct rect){c->x[col], y, c->w[col], 1});
	view_putf(&in, 0, 0, STYLE_NORMAL, "%*u", c->w[col], n);
}

void
caserows_draw_head(const struct view *v, int y,
    const struct caserow_look *look)
{
	struct columns c;

	columns_fit(&c, view_w(v), look);
	for (int i = 0; i < COLUMNS; i++)
		cell(&c, v, y, (enum column)i, c.defs[i].head, STYLE_HEADING);
}

/* The list has no room for every reason: the gravest is named. */
static const char *
marks(const struct case_row *r, bool words)
{
	const struct {
		bool is;
		const char *words, *mark;
	} all[] = {
		{r->same_reference, "same reference", "##"},
		{r->conflict, "conflict", "<>"},
		{r->returned, "given back", "<-"},
		{r->lowering, "lowering waits", "v?"},
		{r->flagged, "flagged", "*"},
		{!r->screened, "not screened", "o"},
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (all[i].is)
			return words ? all[i].words : all[i].mark;
	return "";
}

/* That the case is there, and nothing else of it. */
static void
draw_restricted(const struct view *v, int y)
{
	struct view in = view_sub(v, (struct rect){MARKER_W, y,
	    view_w(v) - MARKER_W, 1});

	(void)view_fit(&in, 0, 0, STYLE_DIM, view_w(v) >= 40 ?
	    "Restricted \xC2\xB7 open with a reason" : "Restricted");
}

/*
 * "…/S-0118" of "Invented High School/S-0118" where there is no room: what
 * many share is cut, not what tells them apart.
 */
static const char *
reference_tail(const char *reference, int w, struct str *out)
{
	const char *slash = strrchr(reference, '/');

	if (slash == NULL || slash[1] == '\0' || utf8_columns(reference,
	    strlen(reference)) <= w)
		return reference;
	str_add_fmt(out, "\xE2\x80\xA6%s", slash);
	return out->s;
}

void
caserow_draw(const struct view *v, int y, const struct caserow *row,
    const struct caserow_look *look)
{
	const struct case_row *r = &row->r;
	struct columns c;
	struct str due, tail;

	columns_fit(&c, view_w(v), look);
	if (r->restricted) {
		draw_restricted(v, y);
		return;
	}
	str_init(&due);
	str_init(&tail);
	soon_words(&due, r->due, look->now);
	cell(&c, v, y, COL_REFERENCE, reference_tail(r->reference,
	    c.w[COL_REFERENCE], &tail), STYLE_NORMAL);
	cell(&c, v, y, COL_NAME, *r->name != '\0' ? r->name : "(no name)",
	    *r->name != '\0' ? STYLE_NORMAL : STYLE_DIM);
	cell(&c, v, y, COL_LEVEL, level_short(look->in, r->judgement),
	    level_style(look->in, r->judgement));
	cell(&c, v, y, COL_COULD_BE, level_short(look->in, r->could_be),
	    level_style(look->in, r->could_be));
	number(&c, v, y, COL_SIGNS, r->signs);
	number(&c, v, y, COL_VULNERABILITIES, r->vulnerabilities);
	number(&c, v, y, COL_NOT_KNOWN, r->not_known);
	cell(&c, v, y, COL_DUE, due.s, soon_style(r->due, look->now));
	cell(&c, v, y, COL_MARKS, marks(r, c.defs == roomy),
	    r->conflict ? STYLE_CONFLICT : STYLE_WARNING);
	str_release(&tail);
	str_release(&due);
}

static void
add_level_words(struct str *out, const struct case_row *r,
    const struct instrument *in)
{
	if (in == NULL || in->unscored) {
		str_add(out, level_short(in, 0));
		return;
	}
	str_add(out, screen_level_label(in, r->judgement));
	if (r->judgement != r->level)
		str_add_fmt(out, "; by the rules: %s",
		    screen_level_label(in, r->level));
	if (r->could_be != r->judgement)
		str_add_fmt(out, "; could be: %s",
		    screen_level_label(in, r->could_be));
}

/* What to do stands before the counts: a low window cuts the end. */
static void
add_not_screened(struct str *out, const struct case_row *r,
    const struct instrument *in)
{
	if (r->screened)
		return;
	str_add(out, " Not screened yet: open it, s keeps the screening");
	if (in != NULL && !in->unscored &&
	    level_asks_referral(in, r->judgement) && r->due == INT64_MAX)
		str_add(out, " and starts the referral clock");
	str_add(out, ".");
}

void
caserow_words(struct str *out, const struct caserow *row,
    const struct caserow_look *look)
{
	const struct case_row *r = &row->r;

	if (r->restricted) {
		str_add(out, "This case is restricted to people named in it, "
		    "and you are not one of them. Enter asks for a reason, "
		    "which the supervisors see.");
		return;
	}
	str_add_fmt(out, "%s: ", r->reference);
	add_level_words(out, r, look->in);
	str_add(out, ".");
	add_not_screened(out, r, look->in);
	str_add_fmt(out, " %u sign%s, %u vulnerabilit%s, %u not known.",
	    r->signs, r->signs == 1 ? "" : "s", r->vulnerabilities,
	    r->vulnerabilities == 1 ? "y" : "ies", r->not_known);
	if (r->due != INT64_MAX) {
		str_add_fmt(out, " Due: %s ", *r->due_why != '\0' ?
		    r->due_why : "next step");
		soon_words(out, r->due, look->now);
		str_add(out, ".");
	}
	if (r->same_reference) {
		str_add(out, " Another case has the same reference: this one "
		    "is named ");
		reference_tag(r->reference, &r->id, out);
		str_add(out, ".");
	}
	if (r->conflict)
		str_add(out, " Two values stand for one field: settle it.");
	if (r->lowering)
		str_add(out, " A lowering waits for a second person.");
	if (r->returned)
		str_add(out, " Given back with questions: they stand first in "
		    "the case.");
	if (r->flagged)
		str_add(out, " Flagged for a supervisor.");
}
