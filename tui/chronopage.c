/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/chronopage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/chronopage_impl.h"
#include "tui/tick.h"

static struct chronopage *
page_mut(struct pane *p)
{
	return (struct chronopage *)(void *)p;
}

static const struct chronopage *
page_of(const struct pane *p)
{
	return (const struct chronopage *)(const void *)p;
}

/* ---- what it shows ---- */

/* The rows' room depends on the timeline, and the timeline on the width. */
static void
arrange(struct chronopage *k)
{
	struct chrono_layout l;

	timeline_release(&k->timeline);
	timeline_make(&k->all, k->shown, k->nshown, &k->reading, k->w_now,
	    &k->timeline);
	l = chronopage_layout(k, k->w_now, k->h_now);
	scroll_resize(&k->scroll, k->h_now > l.list ? k->h_now - l.list : 0);
	scroll_count(&k->picture, k->timeline.nrows);
	scroll_resize(&k->picture, l.rows);
}

static void
choose(struct chronopage *k)
{
	free(k->shown);
	k->shown = xcalloc(k->all.n, sizeof(*k->shown));
	k->nshown = 0;
	for (size_t i = 0; i < k->all.n; i++)
		if (chronofilter_holds(&k->filter, &k->reading,
		    &k->all.rows[i]))
			k->shown[k->nshown++] = i;
	(void)snprintf(k->title, sizeof(k->title), "Chronology (%zu)",
	    k->nshown);
	scroll_count(&k->scroll, k->nshown);
	arrange(k);
}

/* True if there is a row in hand; *id is then its entry's. */
static bool
in_hand(const struct chronopage *k, struct entry_id *id)
{
	if (k->scroll.at >= k->nshown)
		return false;
	*id = k->all.rows[k->shown[k->scroll.at]].record->entry.id;
	return true;
}

static void
take_up(struct chronopage *k, const struct entry_id *id)
{
	for (size_t i = 0; i < k->nshown; i++)
		if (entry_id_equal(&k->all.rows[k->shown[i]].record->entry.id,
		    id))
			scroll_to(&k->scroll, i);
}

/* What a second look must not see. */
static void
hide(struct chronopage *k)
{
	size_t n = 0;

	for (size_t i = 0; i < k->all.n; i++)
		if (!casework_hides(k->w, k->all.rows[i].record))
			k->all.rows[n++] = k->all.rows[i];
	k->all.n = n;
}

/*
 * Rows name records that a change of the case has freed: the id of the one
 * in hand is kept beside them.
 */
void
chronopage_refresh(struct pane *p)
{
	struct chronopage *k = page_mut(p);
	bool first = k->stamp == 0;

	k->reading = (struct reading){&k->w->now, k->w->door.roster,
	    k->w->door.in};
	chronology_release(&k->all);
	chronology_make(&k->w->now, &k->all);
	hide(k);
	k->stamp = k->w->stamp;
	choose(k);
	if (first)
		scroll_to(&k->scroll, k->nshown > 0 ? k->nshown - 1 : 0);
	else if (k->held)
		take_up(k, &k->hand);
}

static void
remember(struct chronopage *k)
{
	k->held = in_hand(k, &k->hand);
}

/* ---- the filter ---- */

bool
chronopage_filter(struct pane *p, const char *text)
{
	struct chronopage *k = page_mut(p);
	struct chronofilter f;

	str_clear(&k->bad);
	if (chronofilter_parse(text, &f, &k->bad_at, &k->why) != RC_OK) {
		str_add(&k->bad, text);
		arrange(k);
		return false;
	}
	chronofilter_release(&k->filter);
	k->filter = f;
	str_clear(&k->text);
	if (f.n > 0)
		str_add(&k->text, text);
	choose(k);
	if (k->held)
		take_up(k, &k->hand);
	return true;
}

static void filter_prompt(struct chronopage *k, struct app *app,
    const char *text);

static void
filter_done(void *ctx, struct app *app, const char *text)
{
	struct chronopage *k = ctx;
	char *again;

	if (text == NULL) {
		str_clear(&k->bad);
		arrange(k);
		return;
	}
	again = xstrdup(text);
	if (!chronopage_filter(&k->base, again))
		filter_prompt(k, app, again);
	explicit_bzero(again, strlen(again));
	free(again);
}

/* Completes the last word; what stands before it is kept. */
static const char *
filter_complete(void *ctx, const char *text, size_t i)
{
	struct chronopage *k = ctx;
	const char *space = strrchr(text, ' '), *choice;
	const char *word = space != NULL ? space + 1 : text;
	size_t from;

	word += *word == '-' ? 1 : 0;
	choice = chronofilter_word(word, i, &from);
	if (choice == NULL)
		return NULL;
	str_clear(&k->choice);
	str_add_n(&k->choice, text, (size_t)(word - text) + from);
	str_add(&k->choice, choice);
	return k->choice.s;
}

static void
filter_prompt(struct chronopage *k, struct app *app, const char *text)
{
	struct prompt p = {.label = "Filter: ", .text = text,
	    .history = "chronology", .ctx = k, .done = filter_done,
	    .complete = filter_complete};

	if (*text == '\0')
		app_say(app, "For example kind:missing,sign from:2026-01, or "
		    "agency:police. Tab completes; help: :help chronology.");
	app_prompt(app, &p);
}

/* ---- finding words ---- */

static void
find(struct chronopage *k, struct app *app, bool back)
{
	size_t at = k->scroll.at;

	if (k->find.len == 0)
		return;
	for (size_t i = 0; i < k->nshown; i++) {
		at = (at + (back ? k->nshown - 1 : 1)) % k->nshown;
		if (!record_has_words(&k->reading,
		    k->all.rows[k->shown[at]].record, k->find.s))
			continue;
		scroll_to(&k->scroll, at);
		return;
	}
	app_say(app, "Not found in the chronology.");
}

static void
find_done(void *ctx, struct app *app, const char *text)
{
	struct chronopage *k = ctx;

	if (text == NULL || *text == '\0')
		return;
	str_clear(&k->find);
	utf8_fold(&k->find, text, strlen(text));
	find(k, app, false);
	remember(k);
}

static void
search(struct chronopage *k, struct app *app)
{
	struct prompt p = {.label = "Search the chronology: ",
	    .history = "chronology-search", .ctx = k, .done = find_done};

	app_prompt(app, &p);
}

/* ---- keys ---- */

static const struct record *
row_at(const struct chronopage *k)
{
	return k->scroll.at < k->nshown ?
	    k->all.rows[k->shown[k->scroll.at]].record : NULL;
}

/* Columns from the left, from 1; 0 for what lies before the first. */
static size_t
column_of(const struct chronopage *k, size_t i)
{
	return (timeline_col(&k->timeline,
	    k->all.rows[k->shown[i]].on.first) + 1) % (k->timeline.cols + 1);
}

/* To the first entry of the nearest column that has one. */
static bool
move_column(struct chronopage *k, bool back)
{
	size_t i = k->scroll.at, here;

	if (i >= k->nshown)
		return true;
	here = column_of(k, i);
	if (!back) {
		while (i + 1 < k->nshown && column_of(k, i) == here)
			i++;
	} else {
		while (i > 0 && column_of(k, i) == here)
			i--;
		here = column_of(k, i);
		while (i > 0 && column_of(k, i - 1) == here)
			i--;
	}
	scroll_to(&k->scroll, i);
	return true;
}

static bool
open_row(struct chronopage *k, struct app *app)
{
	const struct record *r = row_at(k);
	size_t i;

	if (r == NULL)
		return true;
	i = casework_pending_of(k->w, r);
	if (i < k->w->pending.n)
		k->host->edit(k->host->ctx, app, i, false);
	else
		k->host->show(k->host->ctx, app, r);
	return true;
}

static bool
edit_row(struct chronopage *k, struct app *app)
{
	const struct record *r = row_at(k);

	if (r == NULL || casework_is_pending(k->w, r) || !record_stands(r))
		return open_row(k, app);
	if (strcmp(r->entry.kind, "identity") == 0)
		k->host->write(k->host->ctx, app, "identity");
	else if (kind_field(r->kind, "replaces") != NULL)
		k->host->revise(k->host->ctx, app, r);
	else
		return open_row(k, app);
	return true;
}

static bool
strike_row(struct chronopage *k, struct app *app)
{
	const struct record *r = row_at(k);
	size_t i;

	if (r == NULL)
		return true;
	i = casework_pending_of(k->w, r);
	if (i < k->w->pending.n)
		tick_drop(k->w, i);
	else if (r->struck_by != NULL)
		app_say(app, "It is struck already.");
	else if (strcmp(r->entry.kind, "open") == 0)
		app_say(app, "The opening of a case is not struck.");
	else
		k->host->strike(k->host->ctx, app, r);
	return true;
}

static bool
clear(struct chronopage *k)
{
	if (k->bad.len > 0) {
		str_clear(&k->bad);
		arrange(k);
		return true;
	}
	return k->text.len > 0 && chronopage_filter(&k->base, "");
}

static bool
change_view(struct chronopage *k)
{
	k->whole = !k->whole && k->timeline.cols > 0;
	arrange(k);
	return true;
}

static bool
act_here(struct chronopage *k, enum action a, struct app *app)
{
	switch (a) {
	case ACT_LEFT:
	case ACT_RIGHT:
		return move_column(k, a == ACT_LEFT);
	case ACT_OPEN:
		return open_row(k, app);
	case ACT_EDIT:
		return edit_row(k, app);
	case ACT_STRIKE:
		return strike_row(k, app);
	case ACT_VIEW:
		return change_view(k);
	case ACT_FILTER:
		filter_prompt(k, app, k->text.s);
		return true;
	case ACT_SEARCH:
		search(k, app);
		return true;
	case ACT_NEXT:
	case ACT_PREV:
		find(k, app, a == ACT_PREV);
		return true;
	case ACT_CANCEL:
		return clear(k);
	default:
		return false;
	}
}

static bool
page_act(struct pane *p, const struct event *ev, struct app *app)
{
	struct chronopage *k = page_mut(p);
	unsigned stamp = k->w->stamp;
	bool done;

	done = scroll_act(k->whole ? &k->picture : &k->scroll, ev->act) ||
	    act_here(k, ev->act, app);
	if (stamp != k->w->stamp)
		chronopage_refresh(p);
	else if (done)
		remember(k);
	return done;
}

/* ---- the rest of the pane ---- */

static void
page_resize(struct pane *p, int w, int h)
{
	struct chronopage *k = page_mut(p);

	k->w_now = w;
	k->h_now = h;
	/* The records of an older state are gone; it is filled anew. */
	if (k->stamp == k->w->stamp)
		arrange(k);
}

static void
page_destroy(struct pane *p)
{
	struct chronopage *k = page_mut(p);

	chronology_release(&k->all);
	timeline_release(&k->timeline);
	chronofilter_release(&k->filter);
	free(k->shown);
	str_release(&k->text);
	str_release(&k->bad);
	str_release(&k->find);
	str_release(&k->choice);
	free(k);
}

static const char *
page_title(const struct pane *p)
{
	return page_of(p)->title;
}

static void
page_status(const struct pane *p, struct status *st)
{
	const struct chronopage *k = page_of(p);

	(void)snprintf(st->filter, sizeof(st->filter), "%s", k->text.s);
	st->counted = k->nshown > 0;
	st->n = k->scroll.at + 1;
	st->m = k->nshown;
}

static const struct pane_ops page_ops = {
	.name = "chronology",
	.context = CONTEXT_CHRONOLOGY,
	.topic = "chronology",
	.draw = chronopage_draw,
	.act = page_act,
	.resize = page_resize,
	.destroy = page_destroy,
	.title = page_title,
	.status = page_status,
};

struct pane *
chronopage_new(struct casework *w, const struct case_host *host)
{
	struct chronopage *k = xcalloc(1, sizeof(*k));

	k->base.ops = &page_ops;
	k->w = w;
	k->host = host;
	chronofilter_init(&k->filter);
	scroll_init(&k->scroll, 0);
	scroll_init(&k->picture, 0);
	str_init(&k->text);
	str_init(&k->bad);
	str_init(&k->find);
	str_init(&k->choice);
	return &k->base;
}
