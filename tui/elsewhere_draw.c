/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How the screen of people elsewhere looks.
 */
#include "config.h"

#include "core/date.h"
#include "tui/elsewhere_impl.h"
#include "tui/people.h"
#include "tui/words.h"

#define ROLE_W 12	/* "Practitioner" */
#define SINCE_W 17	/* "28 September 2026" */

static const struct elsewhere *
screen_of(const struct pane *p)
{
	return (const struct elsewhere *)(const void *)p;
}

int
elsewhere_foot_rows(const struct elsewhere *x)
{
	return x->h >= 20 ? 5 : x->h >= 14 ? 4 : x->h >= 8 ? 3 : 0;
}

int
elsewhere_top_rows(const struct elsewhere *x)
{
	return x->h >= 6 ? 1 : 0;
}

struct columns {
	int agency, role, since;	/* where each begins; 0 left out */
};

static struct columns
columns_of(int w)
{
	struct columns c = {0, 0, 0};
	int end = w;

	if (w >= 76) {
		c.since = end - SINCE_W;
		end = c.since - 1;
	}
	if (w >= 40) {
		c.role = end - ROLE_W;
		end = c.role - 1;
	}
	if (w >= 60)
		c.agency = 2 + (end - 2) / 2;
	return c;
}

static void
cell(const struct view *v, int y, int from, int to, enum style s,
    const char *text)
{
	struct view in = view_sub(v, (struct rect){from, y, to - from, 1});

	if (from > 0 && to > from)
		(void)view_fit(&in, 0, 0, s, text);
}

static void
draw_cells(const struct view *v, int y, enum style s,
    const char *const text[4])
{
	int w = view_w(v), end;
	struct columns c = columns_of(w);

	end = c.role > 0 ? c.role - 1 : w;
	cell(v, y, 2, c.agency > 0 ? c.agency - 1 : end, s, text[0]);
	cell(v, y, c.agency, end, s, text[1]);
	cell(v, y, c.role, c.since > 0 ? c.since - 1 : w, s, text[2]);
	cell(v, y, c.since, w, s, text[3]);
}

static void
day_of(int64_t at, char out[SPAN_WORDS_MAX])
{
	struct span on = span_of_day(moment_day(at));

	span_words(&on, out);
}

static const char *
stands_as(const struct outsider *o)
{
	if (o->f.ended_here)
		return "ended";
	if (o->f.ended_there)
		return "left there";
	return role_label(o->f.role);
}

static void
draw_row(const struct view *v, int y, const struct outsider *o)
{
	enum style s = outsider_counts(o) && o->f.carded ? STYLE_NORMAL :
	    STYLE_DIM;
	char since[SPAN_WORDS_MAX];
	const char *text[4] = {o->name, o->agency, stands_as(o), since};

	day_of(o->f.since, since);
	draw_cells(v, y, s, text);
}

/* ---- the selected one in words ---- */

static void
ended_words(const struct outsider *o, struct str *out)
{
	char day[SPAN_WORDS_MAX];

	str_add(out, o->f.ended_here ? "ended here" :
	    "has no access in their own store any more");
	if (o->f.ended != INT64_MAX) {
		day_of(o->f.ended, day);
		str_add_fmt(out, "%s %s%s%s", o->f.ended_here ? " on" :
		    ", since", day, *o->why != '\0' ? ": " : "", o->why);
	}
	str_add_char(out, '.');
	str_add(out, " What they signed before stands as it was; what they "
	    "sign from now on counts for nothing.");
}

static void
foot_words(const struct outsider *o, struct str *out)
{
	char day[SPAN_WORDS_MAX];

	str_add_fmt(out, "%s%s%s%s: ", o->name, *o->agency != '\0' ? " (" :
	    "", o->agency, *o->agency != '\0' ? ")" : "");
	if (!outsider_counts(o)) {
		ended_words(o, out);
		return;
	}
	day_of(o->f.since, day);
	if (o->f.carded)
		str_add_fmt(out, "by their card, since %s. What they sign "
		    "counts here as a %s's; bundles can be sealed to them.",
		    day, role_name((enum role)o->f.role));
	else
		str_add_fmt(out, "named by their own store in a bundle, since "
		    "%s. What they sign counts as a practitioner's. Without "
		    "their card no bundle can be sealed to them.", day);
}

static void
draw_foot(const struct elsewhere *x, const struct view *v)
{
	const struct outsider *o = elsewhere_row(x);
	struct str words;

	if (o == NULL || view_h(v) == 0)
		return;
	str_init(&words);
	foot_words(o, &words);
	view_hline(v, 0, 0, view_w(v), STYLE_BORDER);
	(void)view_wrap(v, 1, STYLE_LABEL, words.s);
	str_release(&words);
}

static void
draw_nobody(const struct elsewhere *x, const struct view *v)
{
	struct str words;

	str_init(&words);
	if (x->fault.rc != RC_OK)
		sentence(&words, x->fault.text);
	else
		str_add(&words, "Nobody elsewhere is known yet. To work with "
		    "somebody of another store, exchange cards: m shows "
		    "yours, with twelve words to be read over the telephone; "
		    "a takes theirs in.");
	(void)view_wrap(v, 0, x->fault.rc != RC_OK ? STYLE_ERROR :
	    STYLE_NORMAL, words.s);
	str_release(&words);
}

void
elsewhere_draw(const struct pane *p, const struct view *v, bool focused)
{
	static const char *const heads[4] = {
		"Name", "Agency", "Counts as", "Since"
	};
	const struct elsewhere *x = screen_of(p);
	enum style on = focused ? STYLE_SELECTED : STYLE_SELECTED_IDLE;
	int top = elsewhere_top_rows(x), foot = elsewhere_foot_rows(x);
	int w = view_w(v), h = view_h(v);
	struct view body = view_sub(v, (struct rect){0, top, w,
	    h - top - foot});
	struct view under = view_sub(v, (struct rect){0, h - foot, w, foot});

	if (x->n == 0) {
		draw_nobody(x, v);
		return;
	}
	if (top > 0)
		draw_cells(v, 0, STYLE_HEADING, heads);
	for (int y = 0; scroll_shows(&x->scroll, y); y++) {
		size_t i = x->scroll.top + (size_t)y;

		draw_row(&body, y, &x->list[i]);
		if (i == x->scroll.at)
			scroll_mark(&body, y, on, focused);
	}
	draw_foot(x, &under);
}
