/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How the lists of bundles look.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "core/date.h"
#include "tui/bundlescreen_impl.h"
#include "tui/words.h"

#define WHEN_W 6	/* "22 Nov" */
#define COUNT_W 6
#define STATE_W 15	/* "receipts 1 of 2" */
#define WIDE_W 56	/* from here on there are columns of numbers */
#define DAY_MS INT64_C(86400000)

static const struct bundlelist *
list_of(const struct pane *p)
{
	return (const struct bundlelist *)(const void *)p;
}

int
bundlelist_foot_rows(const struct bundlelist *b)
{
	return b->h >= 18 ? 8 : b->h >= 11 ? 5 : b->h >= 6 ? 3 : 0;
}

int
bundlelist_top_rows(const struct bundlelist *b)
{
	return b->h >= 6 ? 1 : 0;
}

struct columns {
	int who, cases, entries, state;	/* where each begins; 0 left out */
};

static struct columns
columns_of(int w)
{
	struct columns c = {2 + WHEN_W + 1, 0, 0, 0};

	if (w >= c.who + 10 + STATE_W)
		c.state = w - STATE_W;
	if (w >= WIDE_W) {
		c.entries = c.state - COUNT_W - 1;
		c.cases = c.entries - COUNT_W - 1;
	}
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
draw_cells(const struct view *v, int y, const enum style s[2],
    const char *const text[5])
{
	int w = view_w(v);
	struct columns c = columns_of(w);
	int end = c.cases > 0 ? c.cases : c.state > 0 ? c.state : w + 1;

	cell(v, y, 2, c.who - 1, s[0], text[0]);
	cell(v, y, c.who, end - 1, s[0], text[1]);
	cell(v, y, c.cases, c.entries - 1, s[0], text[2]);
	cell(v, y, c.entries, c.state - 1, s[0], text[3]);
	cell(v, y, c.state, w, s[1], text[4]);
}

/* ---- what is to be done about one ---- */

static bool
is_receipts(const struct bundle_row *r)
{
	return strcmp(r->selection, "receipt") == 0;
}

static bool
waits(const struct bundle_row *r)
{
	return !r->recalled && !is_receipts(r) && r->receipt_due != INT64_MAX;
}

static long
days_over(const struct bundlelist *b, const struct bundle_row *r)
{
	return (long)((b->now - r->receipt_due) / DAY_MS);
}

static enum style
state_of(const struct bundlelist *b, const struct bundle_row *r,
    struct str *out)
{
	if (r->recalled) {
		str_add(out, "recalled");
		return STYLE_WARNING;
	}
	if (r->stayed) {
		str_add(out, "never left");
		return STYLE_WARNING;
	}
	if (b->side == BUNDLE_IN && r->conflicts > 0) {
		str_add_fmt(out, "<> %llu to settle",
		    (unsigned long long)r->conflicts);
		return STYLE_CONFLICT;
	}
	if (b->side == BUNDLE_IN && r->missing_before) {
		str_add(out, "one is missing");
		return STYLE_WARNING;
	}
	if (b->side == BUNDLE_IN || is_receipts(r)) {
		str_add(out, is_receipts(r) ? "receipts alone" : "");
		return STYLE_DIM;
	}
	if (waits(r) && r->receipt_due <= b->now) {
		str_add_fmt(out, "overdue %ld d", days_over(b, r));
		return STYLE_WARNING;
	}
	str_add_fmt(out, "receipts %zu of %zu", r->receipts, r->people);
	return STYLE_NORMAL;
}

static void
draw_row(const struct bundlelist *b, const struct view *v, int y,
    const struct bundle_row *r)
{
	enum style s[2] = {STYLE_NORMAL, STYLE_NORMAL};
	char day[SPAN_WORDS_MAX], cases[24], entries[24];
	struct span on = span_of_day(moment_day(r->at));
	struct str state;
	const char *text[5];

	str_init(&state);
	s[1] = state_of(b, r, &state);
	span_words(&on, day);
	/* "22 Nov": the foot says the year. */
	if (strchr(day, ' ') != NULL)
		strchr(day, ' ')[4] = '\0';
	(void)snprintf(cases, sizeof(cases), "%zu", r->cases);
	(void)snprintf(entries, sizeof(entries), "%llu", (unsigned long long)
	    (b->side == BUNDLE_IN ? r->added : r->entries));
	text[0] = day;
	text[1] = r->who;
	text[2] = cases;
	text[3] = entries;
	text[4] = state.s;
	draw_cells(v, y, s, text);
	str_release(&state);
}

/* ---- the selected one in words ---- */

static const char *
plural(uint64_t n)
{
	return n == 1 ? "" : "s";
}

static void
held_words(const struct bundle_row *r, struct str *out)
{
	str_add_fmt(out, "%zu case%s, %llu entr%s%s", r->cases,
	    plural(r->cases), (unsigned long long)r->entries,
	    r->entries == 1 ? "y" : "ies",
	    strcmp(r->selection, "part") == 0 ? ", a part of what there is" :
	    is_receipts(r) ? ", receipts alone" : "");
	if (r->hidden > 0)
		str_add_fmt(out, "; %zu case%s not for your eyes", r->hidden,
		    plural(r->hidden));
}

static void
in_words(const struct bundle_row *r, struct str *out)
{
	held_words(r, out);
	str_add_fmt(out, "; %llu new here.", (unsigned long long)r->added);
	if (r->recalled)
		str_add(out, " Its sender recalled it: the case says what "
		    "they ask.");
	if (r->conflicts > 0)
		str_add_fmt(out, " %llu value%s beside others: Enter opens "
		    "the case, i settles them.",
		    (unsigned long long)r->conflicts,
		    r->conflicts == 1 ? " stands" : "s stand");
	if (r->missing_before)
		str_add_fmt(out, " The one before it, number %llu, never "
		    "came: ask for it.",
		    (unsigned long long)(r->sequence - 1));
	if (!is_receipts(r))
		str_add(out, " r makes the receipt.");
}

static void
out_words(const struct bundlelist *b, const struct bundle_row *r,
    struct str *out)
{
	char day[SPAN_WORDS_MAX];
	struct span due = span_of_day(waits(r) ? moment_day(r->receipt_due -
	    1) : DAY_NONE);

	held_words(r, out);
	str_add_char(out, '.');
	if (r->stayed) {
		str_add(out, " Its file could not be made, so nothing left; "
		    "the cases say so. Send them again.");
		return;
	}
	if (r->recalled) {
		str_add(out, " Recalled: tell them. The recall travels with "
		    "the next bundle of its cases.");
		return;
	}
	if (is_receipts(r))
		return;
	str_add_fmt(out, " Receipts: %zu of %zu", r->receipts, r->people);
	if (!waits(r)) {
		str_add(out, r->receipts >= r->people ? ", all that were "
		    "waited for." : ".");
		return;
	}
	span_words(&due, day);
	if (r->receipt_due > b->now)
		str_add_fmt(out, ", waited for until %s.", day);
	else
		str_add_fmt(out, ". They were due on %s: ask whether it "
		    "came, and send it again if not.", day);
}

static void
draw_foot(const struct bundlelist *b, const struct view *v)
{
	const struct bundleline *l = bundlelist_row(b);
	char when[SPAN_WORDS_MAX], id[BUNDLE_SHORT_MAX];
	struct str words;

	if (l == NULL || view_h(v) < 2)
		return;
	moment_words(l->r.at, when);
	bundle_short(&l->r.id, id);
	str_init(&words);
	if (b->side == BUNDLE_IN)
		in_words(&l->r, &words);
	else
		out_words(b, &l->r, &words);
	/* In a low window the row above says whom and when. */
	if (view_h(v) >= 5)
		str_add_fmt(&words, "\n%s %s, %s. File %s, bundle %s.",
		    b->side == BUNDLE_IN ? "From" : "To", l->who, when,
		    l->file, id);
	view_hline(v, 0, 0, view_w(v), STYLE_BORDER);
	(void)view_wrap(v, 1, STYLE_LABEL, words.s);
	str_release(&words);
}

/* ---- the whole ---- */

static void
draw_nothing(const struct bundlelist *b, const struct view *v)
{
	struct str words;

	str_init(&words);
	if (b->fault.rc != RC_OK)
		sentence(&words, b->fault.text);
	else if (b->side == BUNDLE_IN)
		str_add(&words, "Nothing has come yet. When somebody "
		    "elsewhere hands you a bundle, press o and type where its "
		    "file is: what is in it is shown before any of it is "
		    "taken in.");
	else
		str_add(&words, "Nothing has left as a bundle yet. Open a "
		    "case and press B to send it to somebody elsewhere. Their "
		    "card comes first: U, then E.");
	(void)view_wrap(v, 0, b->fault.rc != RC_OK ? STYLE_ERROR :
	    STYLE_NORMAL, words.s);
	str_release(&words);
}

void
bundlelist_draw(const struct pane *p, const struct view *v, bool focused)
{
	static const char *const in[5] = {
		"When", "From", "Cases", "New", ""
	}, *const out[5] = {
		"When", "To", "Cases", "Sent", ""
	};
	static const enum style head[2] = {STYLE_HEADING, STYLE_HEADING};
	const struct bundlelist *b = list_of(p);
	enum style on = focused ? STYLE_SELECTED : STYLE_SELECTED_IDLE;
	int top = bundlelist_top_rows(b), foot = bundlelist_foot_rows(b);
	int w = view_w(v), h = view_h(v);
	struct view body = view_sub(v, (struct rect){0, top, w,
	    h - top - foot});
	struct view under = view_sub(v, (struct rect){0, h - foot, w, foot});

	if (b->n == 0) {
		draw_nothing(b, v);
		return;
	}
	if (top > 0)
		draw_cells(v, 0, head, b->side == BUNDLE_IN ? in : out);
	for (int y = 0; scroll_shows(&b->scroll, y); y++) {
		size_t i = b->scroll.top + (size_t)y;

		draw_row(b, &body, y, &b->list[i].r);
		if (i == b->scroll.at)
			scroll_mark(&body, y, on, focused);
	}
	draw_foot(b, &under);
}
