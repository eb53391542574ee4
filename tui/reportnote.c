/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stands below a table of a report: what its numbers say and what not.
 * It has the rows that the table leaves; where these are too few, a key shows
 * it whole.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/reportscreen_impl.h"
#include "tui/textpane.h"

/* Rows that a long table keeps, however long its note is. */
#define TABLE_LEAST 10

static bool
has_suppressed(const struct report_table *t)
{
	for (size_t i = 0; i < t->nrows * t->ncolumns; i++)
		if (t->cells[i].type == REPORT_SUPPRESSED)
			return true;
	return false;
}

/* What `c` is, the hint, and the note; nothing where there is no table. */
static void
words_with(const struct reportscreen *s, const char *hint, struct str *out)
{
	const struct report_table *t = reportscreen_table(s);

	if (t == NULL)
		return;
	if (has_suppressed(t))
		str_add(out, "c: a count from 1 to 4, or one that would "
		    "tell such a count. ");
	str_add(out, hint);
	if (t->note != NULL)
		str_add(out, t->note);
}

static void
words_now(const struct reportscreen *s, struct str *out)
{
	const struct report_cell *c = reportscreen_cell(s);
	char hint[64] = "";

	if (reportscreen_hides_cell(s))
		(void)snprintf(hint, sizeof(hint), "Enter asks why, then "
		    "lists its cases. ");
	else if (c != NULL && c->ncases > 0)
		(void)snprintf(hint, sizeof(hint), "Enter lists the %zu "
		    "case%s of this number. ", c->ncases,
		    c->ncases == 1 ? "" : "s");
	words_with(s, hint, out);
}

/* With the longest hint, that the table stays where it is on every row. */
int
reportscreen_foot_rows(const struct reportscreen *s)
{
	const struct report_table *t = reportscreen_table(s);
	int least = s->h >= 20 ? 4 : s->h >= 12 ? 3 : 0, want, room;
	struct str words;

	if (least == 0 || t == NULL)
		return least;
	str_init(&words);
	words_with(s, "Enter lists the 10000 cases of this number. ", &words);
	want = 1 + wrap_rows(words.s, s->w);
	str_release(&words);
	room = s->h - reportscreen_top_rows(s) - (t->nrows < TABLE_LEAST ?
	    (int)t->nrows : TABLE_LEAST);
	if (want > room)
		want = room;
	return want > least ? want : least;
}

bool
reportscreen_cuts_note(const struct reportscreen *s)
{
	int rows = reportscreen_foot_rows(s) - 1;
	struct str words;
	bool cuts;

	str_init(&words);
	words_now(s, &words);
	cuts = wrap_rows(words.s, s->w) > (rows > 0 ? rows : 0);
	str_release(&words);
	return cuts;
}

void
reportscreen_draw_note(const struct reportscreen *s, const struct view *v)
{
	int w = view_w(v), h = view_h(v);
	struct view text = view_sub(v, (struct rect){0, 1, w, h - 1});
	struct str words;

	if (h < 2)
		return;
	view_hline(v, 0, 0, w, STYLE_BORDER);
	if (reportscreen_cuts_note(s)) {
		text = view_sub(v, (struct rect){0, 1, w, h - 2});
		view_fit(v, 0, h - 1, STYLE_PENDING, "... i shows the rest of "
		    "this note.");
	}
	str_init(&words);
	words_now(s, &words);
	(void)view_wrap(&text, 0, STYLE_LABEL, words.s);
	str_release(&words);
}

/* ---- the whole of it ---- */

struct reading {
	struct str words;
};

static void
fill(void *ctx, struct lines *out)
{
	lines_plain(out, STYLE_NORMAL, ((struct reading *)ctx)->words.s);
}

static bool
act(void *ctx, const struct event *ev, struct app *app, struct pane *self)
{
	(void)ctx;
	(void)self;
	if (ev->act != ACT_CANCEL && ev->act != ACT_OPEN)
		return false;
	app_pop(app);
	return true;
}

static bool
can(const void *ctx, enum action a)
{
	(void)ctx;
	return a != ACT_OPEN && a != ACT_SEARCH && a != ACT_NEXT_PANE;
}

static void
release(void *ctx)
{
	struct reading *r = ctx;

	str_release(&r->words);
	free(r);
}

void
reportscreen_read_note(struct reportscreen *s, struct app *app)
{
	struct reading *r = xcalloc(1, sizeof(*r));
	struct textpane_opts o = {
		.name = "report note", .topic = "reports-screen",
		.context = CONTEXT_MOVE, .ctx = r, .fill = fill, .act = act,
		.can = can, .destroy = release,
	};

	str_init(&r->words);
	words_now(s, &r->words);
	if (r->words.len == 0) {
		release(r);
		app_say(app, "There is no note to this table.");
		return;
	}
	/* The numbers stay as they were read. */
	s->asked = true;
	app_push(app, textpane_new(&o));
}
