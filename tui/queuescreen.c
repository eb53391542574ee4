/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/queuescreen.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/vec.h"
#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/queuescreen_impl.h"

static struct queuescreen *
queue_mut(struct pane *p)
{
	return (struct queuescreen *)(void *)p;
}

static const struct queuescreen *
queue_of(const struct pane *p)
{
	return (const struct queuescreen *)(const void *)p;
}

const struct queueline *
queue_row_at(const struct queuescreen *qs, size_t row)
{
	return row >= qs->first && row - qs->first < qs->nrows ?
	    &qs->rows[row - qs->first] : NULL;
}

bool
queue_is_narrowed(const struct queuescreen *qs)
{
	return qs->why != 0 || qs->own;
}

static const struct queueline *
selected(const struct queuescreen *qs)
{
	return qs->scroll.n > 0 ? queue_row_at(qs, qs->scroll.at) : NULL;
}

const struct queue_row *
queuescreen_row(const struct pane *screen)
{
	const struct queueline *l = selected(queue_of(screen));

	return l != NULL ? &l->r : NULL;
}

bool
queuescreen_words(const struct pane *screen, const struct case_id *id,
    struct str *out)
{
	const struct queuescreen *qs = queue_of(screen);
	const struct queueline *l = selected(qs);

	if (l == NULL || memcmp(l->r.case_id.b, id->b, CASE_ID_LEN) != 0)
		return false;
	str_add_fmt(out, "%zu of %zu in the queue", qs->scroll.at + 1,
	    qs->scroll.n);
	return true;
}

/* ---- reading ---- */

static void
wipe(char *text)
{
	if (text != NULL)
		sodium_memzero(text, strlen(text));
	free(text);
}

static void
forget(struct queuescreen *qs)
{
	while (qs->nrows > 0) {
		struct queueline *l = &qs->rows[--qs->nrows];

		wipe(l->reference);
		wipe(l->name);
		wipe(l->due_why);
		wipe(l->decided);
	}
}

static char *
decision_on(const struct queuescreen *qs, const struct case_id *id)
{
	struct str words;

	str_init(&words);
	if (qs->decisions > 0 &&
	    qs->o.source.decided(qs->o.source.ctx, id, &words))
		return str_take(&words);
	str_release(&words);
	return NULL;
}

static bool
add_row(const struct queue_row *r, void *ctx)
{
	struct queuescreen *qs = ctx;
	struct queueline *l;

	qs->rows = vec_room(qs->rows, qs->nrows, &qs->caprows,
	    sizeof(*qs->rows));
	l = &qs->rows[qs->nrows++];
	l->r = *r;
	l->r.reference = l->reference = xstrdup(r->reference);
	l->r.name = l->name = xstrdup(r->name);
	l->r.due_why = l->due_why = xstrdup(r->due_why != NULL ? r->due_why :
	    "");
	l->decided = decision_on(qs, &r->case_id);
	return true;
}

static struct queue_query
query_of(const struct queuescreen *qs)
{
	return (struct queue_query){.now = qs->now, .why = qs->why,
	    .mine_too = qs->own};
}

static void
fetch(struct queuescreen *qs)
{
	struct queue_query q = query_of(qs);
	struct queue_sink to = {add_row, qs};
	size_t h = qs->scroll.height > 0 ? (size_t)qs->scroll.height : 1;

	forget(qs);
	qs->first = qs->scroll.top > h ? qs->scroll.top - h : 0;
	q.offset = qs->first;
	q.limit = 3 * h;
	if (qs->scroll.n > 0 && qs->o.source.rows(qs->o.source.ctx, &q, &to,
	    &qs->fault) != RC_OK)
		scroll_count(&qs->scroll, 0);
}

/* After a move: reads only if a visible row is not there. */
static void
fetch_missing(struct queuescreen *qs)
{
	size_t end = qs->scroll.top + (qs->scroll.height > 0 ?
	    (size_t)qs->scroll.height : 1);

	if (end > qs->scroll.n)
		end = qs->scroll.n;
	if (qs->fault.rc != RC_OK || end <= qs->scroll.top)
		return;
	if (queue_row_at(qs, qs->scroll.top) == NULL ||
	    queue_row_at(qs, end - 1) == NULL ||
	    queue_row_at(qs, qs->scroll.at) == NULL)
		fetch(qs);
}

static void
told_moved(struct queuescreen *qs)
{
	if (qs->o.moved != NULL)
		qs->o.moved(qs->o.ctx, qs->narrow.s, qs->scroll.at);
}

/* ---- the case below the list ---- */

static void
arrange_beside(struct queuescreen *qs)
{
	int rows = qs->h - queue_top_rows(qs) - queue_list_rows(qs) - 1;

	if (qs->beside != NULL)
		pane_resize(qs->beside, qs->w, rows > 0 ? rows : 0);
}

static void
drop_beside(struct queuescreen *qs)
{
	pane_destroy(qs->beside);
	qs->beside = NULL;
	err_clear(&qs->beside_fault);
}

/* The selected case, unless it is shut or stands there already. */
static void
show_beside(struct queuescreen *qs)
{
	const struct queueline *l = selected(qs);

	if (l == NULL || l->r.restricted || !queue_has_beside(qs)) {
		drop_beside(qs);
		return;
	}
	if (qs->beside != NULL && memcmp(qs->beside_id.b, l->r.case_id.b,
	    CASE_ID_LEN) == 0)
		return;
	drop_beside(qs);
	qs->beside_id = l->r.case_id;
	qs->beside = qs->o.source.beside(qs->o.source.ctx, &l->r.case_id,
	    &qs->beside_fault);
	arrange_beside(qs);
}

static void
show_soon(void *ctx, struct app *app)
{
	(void)app;
	show_beside(ctx);
}

static void
load(struct queuescreen *qs)
{
	struct queue_query q;

	err_clear(&qs->fault);
	qs->now = qs->o.source.now(qs->o.source.ctx);
	qs->decisions = qs->o.source.decisions(qs->o.source.ctx);
	q = query_of(qs);
	if (qs->o.source.count(qs->o.source.ctx, &q, &qs->counts,
	    &qs->fault) != RC_OK)
		memset(&qs->counts, 0, sizeof(qs->counts));
	scroll_count(&qs->scroll, qs->counts.all);
	if (qs->begin != 0)
		scroll_to(&qs->scroll, qs->begin);
	qs->begin = 0;
	fetch(qs);
	drop_beside(qs);
}

static void
load_all(struct queuescreen *qs)
{
	load(qs);
	show_beside(qs);
}

void
queuescreen_refresh(struct pane *screen)
{
	load(queue_mut(screen));
}

/* ---- narrowing ---- */

static void
clear_narrow(struct queuescreen *qs)
{
	qs->why = 0;
	qs->own = false;
	str_clear(&qs->narrow);
}

/* The i-th word that it can be narrowed to; NULL after the last. */
static const char *
narrow_word(size_t i)
{
	return i < QUEUE_WHYS ? queue_why_code((enum queue_why)(1U << i)) :
	    i == QUEUE_WHYS ? "own" : NULL;
}

static void
write_narrow(struct queuescreen *qs)
{
	str_clear(&qs->narrow);
	for (size_t i = 0; i < QUEUE_WHYS; i++)
		if ((qs->why & (1U << i)) != 0)
			str_add_fmt(&qs->narrow, "%s ", narrow_word(i));
	if (qs->own)
		str_add(&qs->narrow, "own ");
}

static bool
take_word(struct queuescreen *qs, const char *word, size_t n)
{
	const char *w;

	for (size_t i = 0; (w = narrow_word(i)) != NULL; i++) {
		if (strlen(w) != n || strncmp(w, word, n) != 0)
			continue;
		if (i == QUEUE_WHYS)
			qs->own = true;
		else
			qs->why |= 1U << i;
		return true;
	}
	return false;
}

/* False, with the word that is not understood; nothing is narrowed then. */
static bool
read_words(struct queuescreen *qs, const char *words, const char **bad)
{
	size_t n;

	clear_narrow(qs);
	for (words += strspn(words, " "); *words != '\0';
	    words += n + strspn(words + n, " ")) {
		n = strcspn(words, " ");
		if (!take_word(qs, words, n)) {
			clear_narrow(qs);
			*bad = words;
			return false;
		}
	}
	write_narrow(qs);
	return true;
}

static const char *
narrow_complete(void *ctx, const char *text, size_t i)
{
	struct queuescreen *qs = ctx;
	const char *space = strrchr(text, ' ');
	const char *word = space != NULL ? space + 1 : text, *w;

	for (size_t k = 0; (w = narrow_word(k)) != NULL; k++) {
		if (strncmp(w, word, strlen(word)) != 0 || i-- > 0)
			continue;
		str_clear(&qs->choice);
		str_add_n(&qs->choice, text, (size_t)(word - text));
		str_add(&qs->choice, w);
		return qs->choice.s;
	}
	return NULL;
}

static void
narrowed(struct queuescreen *qs)
{
	scroll_to(&qs->scroll, 0);
	load_all(qs);
	told_moved(qs);
}

void
queuescreen_narrow(struct pane *screen, struct app *app, const char *words)
{
	struct queuescreen *qs = queue_mut(screen);
	char *copy = xstrdup(words);
	const char *bad;

	if (!read_words(qs, copy, &bad))
		app_warn(app, "\"%.*s\" is not understood: type why a case "
		    "waits, such as flag or overdue; Tab shows the words.",
		    (int)strcspn(bad, " "), bad);
	free(copy);
	narrowed(qs);
}

static void
narrow_done(void *ctx, struct app *app, const char *text)
{
	struct queuescreen *qs = ctx;

	if (text != NULL)
		queuescreen_narrow(&qs->base, app, text);
}

static void
narrow_prompt(struct queuescreen *qs, struct app *app)
{
	struct prompt p = {
		.label = "Only: ", .text = qs->narrow.s, .history = "queue",
		.ctx = qs, .done = narrow_done, .complete = narrow_complete,
	};

	app_say(app, "Why a case waits: one word or several; own adds your "
	    "own work. Tab completes, nothing shows all.");
	app_prompt(app, &p);
}

/* ---- acting ---- */

static bool
waits_for_me(const struct queueline *l)
{
	return l != NULL && !l->r.own && !l->r.restricted &&
	    l->decided == NULL;
}

bool
queuescreen_next(struct pane *screen, const struct case_id *come)
{
	struct queuescreen *qs = queue_mut(screen);
	const struct queueline *l = selected(qs);
	size_t from = qs->scroll.at, n = qs->scroll.n;
	bool gone = come != NULL && l != NULL &&
	    memcmp(l->r.case_id.b, come->b, CASE_ID_LEN) != 0;

	for (size_t k = gone ? 0 : 1; k < n && qs->fault.rc == RC_OK; k++) {
		scroll_to(&qs->scroll, (from + k) % n);
		fetch_missing(qs);
		if (waits_for_me(selected(qs))) {
			told_moved(qs);
			return true;
		}
	}
	scroll_to(&qs->scroll, from);
	fetch_missing(qs);
	return false;
}

static void
next(struct queuescreen *qs, struct app *app)
{
	if (queuescreen_next(&qs->base, NULL))
		app_soon(app, show_soon, qs);
	else if (waits_for_me(selected(qs)))
		app_say(app, "This is the only one that waits for you.");
	else
		app_say(app, "Nothing more here waits for you.%s",
		    qs->decisions > 0 ? " $ signs what you decided." : "");
}

static bool
open_row(struct queuescreen *qs, struct app *app, bool decide)
{
	const struct queueline *l = selected(qs);
	struct queue_row row;

	if (l == NULL) {
		app_say(app, "There is nothing here to open.");
		return true;
	}
	told_moved(qs);
	/* The rows may be read anew before the case is seen. */
	row = l->r;
	qs->o.open(qs->o.ctx, app, &row, decide && !row.restricted);
	return true;
}

static bool
leave(struct queuescreen *qs, struct app *app)
{
	if (queue_is_narrowed(qs))
		queuescreen_narrow(&qs->base, app, "");
	else
		app_pop(app);
	return true;
}

static void
turn_own(struct queuescreen *qs)
{
	qs->own = !qs->own;
	write_narrow(qs);
	narrowed(qs);
}

static bool
act_key(struct queuescreen *qs, enum action a, struct app *app)
{
	switch (a) {
	case ACT_OPEN:
		return open_row(qs, app, false);
	case ACT_REVIEW:
		return open_row(qs, app, true);
	case ACT_QUEUE_NEXT:
		next(qs, app);
		return true;
	case ACT_QUEUE_OWN:
		turn_own(qs);
		return true;
	case ACT_SIGN:
		qs->o.sign(qs->o.ctx, app);
		return true;
	case ACT_UNDO:
		qs->o.undo(qs->o.ctx, app);
		load_all(qs);
		return true;
	case ACT_FILTER:
		narrow_prompt(qs, app);
		return true;
	case ACT_CANCEL:
		return leave(qs, app);
	default:
		return false;
	}
}

static bool
queue_act(struct pane *p, const struct event *ev, struct app *app)
{
	struct queuescreen *qs = queue_mut(p);
	size_t from = qs->scroll.at;

	if (act_key(qs, ev->act, app))
		return true;
	if (!scroll_act(&qs->scroll, ev->act))
		return false;
	fetch_missing(qs);
	if (qs->scroll.at != from) {
		told_moved(qs);
		app_soon(app, show_soon, qs);
	}
	return true;
}

static bool
queue_can(const struct pane *p, enum action a)
{
	const struct queuescreen *qs = queue_of(p);

	if (a == ACT_OPEN || a == ACT_REVIEW || a == ACT_QUEUE_NEXT)
		return qs->scroll.n > 0;
	if (a == ACT_SIGN || a == ACT_UNDO)
		return qs->decisions > 0;
	return a != ACT_NEXT_PANE && a != ACT_SEARCH;
}

static void
queue_resize(struct pane *p, int w, int h)
{
	struct queuescreen *qs = queue_mut(p);

	qs->w = w;
	qs->h = h;
	scroll_resize(&qs->scroll, queue_list_rows(qs));
	fetch_missing(qs);
	show_beside(qs);
	arrange_beside(qs);
}

static void
queue_status(const struct pane *p, struct status *st)
{
	const struct queuescreen *qs = queue_of(p);

	(void)snprintf(st->place, sizeof(st->place), "Queue");
	(void)snprintf(st->filter, sizeof(st->filter), "%s", qs->narrow.s);
	st->counted = true;
	st->n = qs->scroll.n > 0 ? qs->scroll.at + 1 : 0;
	st->m = qs->scroll.n;
	st->unsigned_ = qs->decisions;
}

static void
queue_enter(struct pane *p, struct app *app)
{
	struct queuescreen *qs = queue_mut(p);

	(void)app;
	load_all(qs);
	told_moved(qs);
}

static void
queue_destroy(struct pane *p)
{
	struct queuescreen *qs = queue_mut(p);

	if (qs->o.destroy != NULL)
		qs->o.destroy(qs->o.ctx, p);
	drop_beside(qs);
	forget(qs);
	free(qs->rows);
	str_release(&qs->narrow);
	str_release(&qs->choice);
	free(qs);
}

static const struct pane_ops queue_ops = {
	.name = "queue",
	.context = CONTEXT_QUEUE,
	.topic = "review",
	.draw = queue_draw,
	.act = queue_act,
	.resize = queue_resize,
	.destroy = queue_destroy,
	.can = queue_can,
	.status = queue_status,
	.enter = queue_enter,
};

struct pane *
queuescreen_new(const struct queuescreen_opts *o)
{
	struct queuescreen *qs = xcalloc(1, sizeof(*qs));
	const char *bad;

	qs->base.ops = &queue_ops;
	qs->o = *o;
	qs->begin = o->at;
	str_init(&qs->narrow);
	str_init(&qs->choice);
	scroll_init(&qs->scroll, 0);
	(void)read_words(qs, o->narrow != NULL ? o->narrow : "", &bad);
	qs->o.narrow = NULL;
	return &qs->base;
}
