/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The review queue of the session's store: what it reads, the cases that it
 * opens, the decisions that it signs.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/rights.h"
#include "core/xalloc.h"
#include "db/studydrafts.h"
#include "tui/casescreen.h"
#include "tui/decide.h"
#include "tui/decidedscreen.h"
#include "tui/decisions.h"
#include "tui/duties.h"
#include "tui/queuescreen.h"

/* Lives as long as the queue's screen. */
struct queuedesk {
	struct run *r;
	struct decisions decided;
	struct str narrow;	/* where the queue stands */
	size_t at;
};

/* ---- what the screen reads ---- */

/* A screen that outlives the store by a moment (a lock) reads nothing. */
static enum rc
want_store(struct queuedesk *q, struct store **out, struct err *e)
{
	*out = session_store(q->r->s);
	if (*out != NULL)
		return RC_OK;
	return err_set(e, RC_REFUSED, "The store is locked. Unlock it first.");
}

static enum rc
count_queue(void *ctx, const struct queue_query *q, struct queue_counts *out,
    struct err *e)
{
	struct store *st;
	enum rc rc = want_store(ctx, &st, e);

	return rc != RC_OK ? rc : store_queue_count(st, q, out, e);
}

static enum rc
rows_queue(void *ctx, const struct queue_query *q,
    const struct queue_sink *to, struct err *e)
{
	struct store *st;
	enum rc rc = want_store(ctx, &st, e);

	return rc != RC_OK ? rc : store_queue(st, q, to->fn, to->ctx, e);
}

static int64_t
now_queue(void *ctx)
{
	return session_now(((struct queuedesk *)ctx)->r->s);
}

static const struct instrument *
instrument_queue(void *ctx)
{
	return session_instrument(((struct queuedesk *)ctx)->r->s);
}

static const char *
person_queue(void *ctx, const struct author_id *who)
{
	struct store *st = session_store(((struct queuedesk *)ctx)->r->s);

	return st != NULL ? roster_name(store_roster(st), who) : "";
}

static size_t
decisions_queue(void *ctx)
{
	struct queuedesk *q = ctx;
	struct err e;

	if (decisions_load(&q->decided, q->r->s, &e) != RC_OK)
		decisions_release(&q->decided);
	return q->decided.n;
}

static bool
decided_queue(void *ctx, const struct case_id *id, struct str *words)
{
	struct queuedesk *q = ctx;
	const struct decision *d = decisions_on(&q->decided, id);

	if (d != NULL)
		decision_words(instrument_queue(q), d->body, words);
	return d != NULL;
}

static struct pane *
beside_queue(void *ctx, const struct case_id *id, struct err *e)
{
	return case_screen_new(((struct queuedesk *)ctx)->r->s, id, e);
}

/* ---- where one is ---- */

static void
tell_place(struct queuedesk *q)
{
	struct place here = {.type = PLACE_QUEUE, .text = q->narrow.s,
	    .at = q->at};

	session_at(q->r->s, 1, &here);
}

static void
moved_queue(void *ctx, const char *narrow, size_t at)
{
	struct queuedesk *q = ctx;

	str_clear(&q->narrow);
	str_add(&q->narrow, narrow);
	q->at = at;
	/* It moves on below a case, whose own place is deeper. */
	if (app_top(q->r->app) == q->r->queue)
		tell_place(q);
}

/* ---- the cases that it opens ---- */

static bool
is_case(const struct pane *p)
{
	return p != NULL && strcmp(p->ops->name, "case") == 0;
}

static bool
words_of_case(void *ctx, const struct case_id *id, struct str *out)
{
	struct queuedesk *q = ctx;

	return q->r->queue != NULL && queuescreen_words(q->r->queue, id, out);
}

static void next_case(void *ctx, struct app *app);

/* The case that has just opened is one of the queue. */
static void
take_case(struct queuedesk *q, struct pane *before)
{
	struct case_queue hook = {q, words_of_case, next_case};
	struct pane *top = app_top(q->r->app);

	if (top == before || !is_case(top))
		return;
	tell_place(q);
	case_screen_queue(top, &hook);
}

static void
next_case(void *ctx, struct app *app)
{
	struct queuedesk *q = ctx;
	struct pane *before = app_top(app);
	struct status st = {.case_id = NULL};
	const struct queue_row *row;
	struct case_id id;

	if (q->r->queue == NULL)
		return;
	pane_status(before, &st);
	queuescreen_refresh(q->r->queue);
	if (!queuescreen_next(q->r->queue, st.case_id)) {
		app_say(app, "Nothing more in the queue waits for you. q goes "
		    "back to it; $ there signs what you decided.");
		return;
	}
	row = queuescreen_row(q->r->queue);
	if (row == NULL)
		return;
	id = row->case_id;
	session_replace_case(q->r->s, app, &id);
	take_case(q, before);
}

static void
open_queued(void *ctx, struct app *app, const struct queue_row *row,
    bool decide)
{
	struct queuedesk *q = ctx;
	struct pane *before = app_top(app);

	session_open_case(q->r->s, app, &row->case_id);
	take_case(q, before);
	if (decide && app_top(app) != before)
		case_screen_decide(app_top(app), app);
}

void
duties_queue_took(struct run *r)
{
	struct queuedesk *q = r->queue != NULL ? r->queue_desk : NULL;

	if (q != NULL)
		take_case(q, r->queue);
}

/* ---- signing ---- */

static void
sign_queue(void *ctx, struct app *app)
{
	struct queuedesk *q = ctx;
	struct decided_opts o = {.sign = decided_sign};
	struct err e;

	(void)decisions_queue(q);
	if (q->decided.n == 0)
		app_say(app, "Nothing is decided that waits to be signed. V "
		    "decides on the case in hand.");
	else if (decided_open(&o.all, &q->decided, q->r->s, &e) != RC_OK)
		app_error(app, &e);
	else
		app_push(app, decidedscreen_new(&o));
}

static void
undo_queue(void *ctx, struct app *app)
{
	struct queuedesk *q = ctx;
	struct str what;
	struct err e;

	str_init(&what);
	if (q->decided.n == 0)
		app_say(app, "Nothing to take back: what is signed stays, and "
		    "a later decision takes its place.");
	else if (decisions_undo(&q->decided, q->r->s, &what, &e) != RC_OK)
		app_error(app, &e);
	else
		app_say(app, "Taken back: %s.", what.s);
	str_release(&what);
}

/* ---- the screen ---- */

static void
destroy_queue(void *ctx, struct pane *self)
{
	struct queuedesk *q = ctx;

	if (q->r->queue == self) {
		q->r->queue = NULL;
		q->r->queue_desk = NULL;
	}
	decisions_release(&q->decided);
	str_release(&q->narrow);
	free(q);
}

void
duties_queue_at(struct run *r, const struct place *p)
{
	struct queuedesk *q = xcalloc(1, sizeof(*q));
	struct queuescreen_opts o = {
		.source = {count_queue, rows_queue, now_queue,
		    instrument_queue, person_queue, decisions_queue,
		    decided_queue, beside_queue, q},
		.narrow = p->text, .at = p->at, .ctx = q,
		.open = open_queued, .sign = sign_queue, .undo = undo_queue,
		.moved = moved_queue, .destroy = destroy_queue,
	};

	q->r = r;
	decisions_init(&q->decided);
	str_init(&q->narrow);
	r->queue = queuescreen_new(&o);
	r->queue_desk = q;
	app_push(r->app, r->queue);
}

void
duties_queue(struct run *r, const char *words)
{
	static const struct place first = {.type = PLACE_QUEUE};
	struct err e;

	if (right_check(store_role(session_store(r->s)), RIGHT_READ, &e) !=
	    RC_OK) {
		app_error(r->app, &e);
		return;
	}
	while (app_top(r->app) != NULL && app_top(r->app) != r->list) {
		pane_save(app_top(r->app));
		app_pop(r->app);
	}
	duties_queue_at(r, &first);
	if (*words != '\0')
		queuescreen_narrow(app_top(r->app), r->app, words);
}

/* ---- after unlocking ---- */

static void
tell_reviewer(struct run *r, struct store *st)
{
	struct queue_query q = {.now = session_now(r->s)};
	struct queue_counts n;
	struct str words;
	struct err e;

	if (store_queue_count(st, &q, &n, &e) != RC_OK || n.all == 0)
		return;
	str_init(&words);
	str_add_fmt(&words, "%zu case%s a second person's look: Q shows %s.",
	    n.all, n.all == 1 ? " waits for" : "s wait for", n.all == 1 ?
	    "it" : "them");
	notices_add(&r->notices, STYLE_WARNING, false, words.s);
	str_release(&words);
}

static void
tell_returned(struct run *r, struct store *st)
{
	struct queue_query q = {.now = session_now(r->s),
	    .why = QUEUE_RETURNED, .mine_too = true};
	struct queue_counts n;
	struct str words;
	struct err e;

	if (store_queue_count(st, &q, &n, &e) != RC_OK || n.own == 0)
		return;
	str_init(&words);
	str_add_fmt(&words, "%zu of your cases came back with questions: "
	    ":queue returned own shows %s.", n.own, n.own == 1 ? "it" :
	    "them");
	notices_add(&r->notices, STYLE_WARNING, false, words.s);
	str_release(&words);
}

struct studies_seen {
	const struct author_id *me;
	size_t n;
};

static bool
count_study(const struct study_draft_row *row, void *ctx)
{
	struct studies_seen *k = ctx;

	k->n += row->outcome == NULL && memcmp(row->author.b, k->me->b,
	    AUTHOR_LEN) != 0;
	return true;
}

/* What one made oneself waits for somebody else. */
static void
tell_studies(struct run *r, struct store *st)
{
	struct studies_seen k = {.me = store_author(st)};
	struct str words;
	struct err e;

	if (store_study_drafts(st, count_study, &k, &e) != RC_OK || k.n == 0)
		return;
	str_init(&words);
	str_add_fmt(&words, "%zu stud%s made from a case wait%s to be signed: "
	    ":studies shows %s.", k.n, k.n == 1 ? "y" : "ies",
	    k.n == 1 ? "s" : "", k.n == 1 ? "it" : "them");
	notices_add(&r->notices, STYLE_WARNING, false, words.s);
	str_release(&words);
}

void
duties_tell_queue(struct run *r)
{
	struct store *st = session_store(r->s);

	if (!right_held(store_role(st), RIGHT_READ))
		return;
	tell_returned(r, st);
	if (session_may_write(r->s, "review"))
		tell_reviewer(r, st);
	if (session_may_write(r->s, "study-signed"))
		tell_studies(r, st);
}
