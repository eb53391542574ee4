/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How the list of cases looks.
 */
#include "config.h"

#include "tui/caselist_impl.h"

#include <string.h>

#include "core/utf8.h"
#include "tui/words.h"

#define BAD_LABEL "Not understood: "
#define FILTER_LABEL "Filter: "
#define SEARCH_LABEL "Search: "

static const struct caselist *
list_of(const struct pane *p)
{
	return (const struct caselist *)(const void *)p;
}

static bool
searching(const struct caselist *cl)
{
	return cl->words.len > 0;
}

static int
bad_rows(const struct caselist *cl)
{
	struct str why;
	int rows;

	str_init(&why);
	sentence(&why, cl->bad_why.text);
	rows = wrap_rows(why.s, cl->w);
	str_release(&why);
	return rows;
}

/* While a search or a filter is being put right, they make room. */
int
caselist_notice_rows(const struct caselist *cl)
{
	if (cl->notices == NULL || searching(cl) || cl->bad.len > 0)
		return 0;
	return notices_rows(cl->notices, cl->w, cl->h < 9 ? 3 : cl->h / 3);
}

int
caselist_top_rows(const struct caselist *cl)
{
	int rows = 1 + caselist_notice_rows(cl);

	if (cl->bad.len > 0)
		rows += 2 + bad_rows(cl);
	if (searching(cl) || cl->filter.len > 0)
		rows++;
	return rows < cl->h ? rows : cl->h;
}

int
caselist_foot_rows(const struct caselist *cl)
{
	return cl->h >= 20 ? 4 : cl->h >= 14 ? 3 : cl->h >= 8 ? 1 : 0;
}

static int
draw_bad(const struct caselist *cl, const struct view *v, int y)
{
	int x = (int)strlen(BAD_LABEL) + utf8_columns(cl->bad.s, cl->bad_at);
	struct str why;

	view_put(v, 0, y, STYLE_ERROR, BAD_LABEL);
	view_fit(v, (int)strlen(BAD_LABEL), y, STYLE_INPUT, cl->bad.s);
	if (x >= view_w(v))
		x = view_w(v) - 1;
	view_put(v, x, y + 1, STYLE_ERROR, "^");
	str_init(&why);
	sentence(&why, cl->bad_why.text);
	y = 2 + view_wrap(v, y + 2, STYLE_ERROR, why.s);
	str_release(&why);
	return y;
}

static void
draw_what(const struct caselist *cl, const struct view *v, int y)
{
	struct pen pen = {v, 0, y};
	const char *text = searching(cl) ? cl->words.s : cl->filter.s;

	pen_put(&pen, STYLE_LABEL, searching(cl) ? SEARCH_LABEL :
	    FILTER_LABEL);
	pen_put(&pen, STYLE_INPUT, text);
	if (searching(cl) && cl->fault.rc == RC_OK && cl->found.n > 0) {
		struct str count;

		str_init(&count);
		findrows_count_words(&count, &cl->found);
		pen_put(&pen, STYLE_LABEL, "  ");
		pen_put(&pen, STYLE_LABEL, count.s);
		str_release(&count);
	}
	pen_put(&pen, STYLE_DIM, "  (Esc clears it)");
}

static const char *
nothing_words(const struct caselist *cl)
{
	if (cl->fault.rc != RC_OK)
		return cl->fault.text;
	if (searching(cl) && cl->found.sum.cut)
		return "Cut short: the newest entries do not hold these words "
		    "together, and older ones were not all read, because "
		    "each word is in very many. Add a rarer word.";
	if (searching(cl) && cl->found.sum.wordless)
		return "Nothing is searched yet: type a letter or a digit.";
	if (searching(cl))
		return "No case holds these words. One that is restricted is "
		    "found only by its whole name or reference. Esc goes "
		    "back to the list.";
	if (cl->filter.len > 0)
		return "No case matches this filter. Esc clears it, f "
		    "changes it.";
	if (!cl->o.may_create && cl->o.no_create != NULL)
		return cl->o.no_create;
	if (!cl->o.may_create)
		return "No case yet. Your role may not open one: ask a "
		    "practitioner or a supervisor.";
	return "No case yet. Press c to open the first.";
}

static struct caserow_look
look_of(const struct caselist *cl)
{
	const struct case_source *src = &cl->o.source;

	return (struct caserow_look){
		.in = src->ops->instrument(src->ctx),
		.now = src->ops->now(src->ctx)
	};
}

static void
draw_nothing(const struct caselist *cl, const struct view *v)
{
	struct str text;

	str_init(&text);
	sentence(&text, nothing_words(cl));
	view_wrap(v, view_h(v) > 3 ? 1 : 0, STYLE_NORMAL, text.s);
	str_release(&text);
}

static void
draw_rows(const struct caselist *cl, const struct view *v, bool focused)
{
	struct caserow_look look = look_of(cl);
	enum style on = focused ? STYLE_SELECTED : STYLE_SELECTED_IDLE;

	for (int y = 0; scroll_shows(&cl->scroll, y); y++) {
		size_t i = cl->scroll.top + (size_t)y;
		const struct caserow *row = caselist_row(cl, i);

		if (row != NULL && searching(cl))
			findline_draw(v, y, &cl->found, i, &look);
		else if (row != NULL)
			caserow_draw(v, y, row, &look);
		if (i == cl->scroll.at)
			scroll_mark(v, y, on, focused);
	}
}

static void
draw_foot(const struct caselist *cl, const struct view *v)
{
	const struct caserow *row = caselist_row(cl, cl->scroll.at);
	struct caserow_look look = look_of(cl);
	struct str words;

	if (row == NULL || view_h(v) == 0)
		return;
	str_init(&words);
	if (searching(cl))
		findline_words(&words, &cl->found, cl->scroll.at, &look);
	else
		caserow_words(&words, row, &look);
	if (view_h(v) == 1) {
		view_fit(v, 0, 0, STYLE_LABEL, words.s);
	} else {
		view_hline(v, 0, 0, view_w(v), STYLE_BORDER);
		view_wrap(v, 1, STYLE_LABEL, words.s);
	}
	str_release(&words);
}

void
caselist_draw(const struct pane *p, const struct view *v, bool focused)
{
	const struct caselist *cl = list_of(p);
	int w = view_w(v), h = view_h(v), y;
	int foot = caselist_foot_rows(cl);
	struct caserow_look look = look_of(cl);
	struct view body, under;

	y = caselist_notice_rows(cl);
	body = view_sub(v, (struct rect){0, 0, w, y});
	if (y > 0)
		notices_draw(cl->notices, &body);
	if (cl->bad.len > 0)
		y += draw_bad(cl, v, y);
	if (searching(cl) || cl->filter.len > 0)
		draw_what(cl, v, y++);
	if (cl->scroll.n == 0) {
		body = view_sub(v, (struct rect){0, y, w, h - y});
		draw_nothing(cl, &body);
		return;
	}
	caserows_draw_head(v, y++, &look);
	body = view_sub(v, (struct rect){0, y, w, h - y - foot});
	draw_rows(cl, &body, focused);
	under = view_sub(v, (struct rect){0, h - foot, w, foot});
	draw_foot(cl, &under);
}
