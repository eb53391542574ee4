/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/duties.h"

#include <string.h>

#include "core/rights.h"
#include "db/dispose.h"
#include "db/heads.h"
#include "db/sessions.h"
#include "db/watch.h"
#include "tui/ask.h"
#include "tui/words.h"

/* ---- notices ---- */

void
duties_add_notice(struct run *r, enum style s, bool stays, const char *text,
    const char *then)
{
	struct str words;

	str_init(&words);
	sentence(&words, text);
	str_add(&words, then);
	notices_add(&r->notices, s, stays, words.s);
	str_release(&words);
}

static void
notice_heads(struct run *r, struct store *st)
{
	const struct heads_verdict *v = store_heads(st);

	switch (v->state) {
	case HEADS_BEHIND:
	case HEADS_OTHER:
		duties_add_notice(r, STYLE_ERROR, true, v->words, " In here, type "
		    ":accept.");
		break;
	case HEADS_DAMAGED:
		duties_add_notice(r, STYLE_WARNING, false, v->words, "");
		break;
	case HEADS_UNKNOWN:
	case HEADS_SOUND:
	default:
		break;
	}
}

static void
notice_flagged(struct run *r, struct store *st)
{
	struct flagged_news news;
	struct str words;
	struct err e;

	if (store_flagged_since_last(st, &news, &e) != RC_OK ||
	    *news.words == '\0')
		return;
	str_init(&words);
	str_add_fmt(&words, "New (:flagged shows more): %s.", news.words);
	notices_add(&r->notices, STYLE_WARNING, false, words.s);
	str_release(&words);
}

struct waiting {
	struct str references;
	size_t n;
};

static bool
count_waiting(const struct dispose_row *row, void *ctx)
{
	struct waiting *w = ctx;

	if (row->mine)
		return true;
	if (w->n++ < 3)
		str_add_fmt(&w->references, "%s%s", w->n > 1 ? ", " : "",
		    *row->reference != '\0' ? row->reference :
		    "a restricted case");
	return true;
}

/* Only those who may agree are asked. */
static void
notice_disposals(struct run *r, struct store *st)
{
	struct waiting w = {.n = 0};
	struct str words;
	struct err e;

	if (!right_held(store_role(st), RIGHT_DISPOSE))
		return;
	str_init(&w.references);
	str_init(&words);
	if (store_dispose_waiting(st, count_waiting, &w, &e) == RC_OK &&
	    w.n > 0) {
		str_add_fmt(&words, "%zu request%s to dispose of a case wait%s "
		    "for a second person: %s%s. \"hearken dispose "
		    "STORE --waiting\" shows %s.", w.n, w.n == 1 ? "" : "s",
		    w.n == 1 ? "s" : "", w.references.s,
		    w.n > 3 ? " and more" : "", w.n == 1 ? "it" : "them");
		notices_add(&r->notices, STYLE_NORMAL, false, words.s);
	}
	str_release(&w.references);
	str_release(&words);
}

void
duties_notice(struct run *r)
{
	struct store *st = session_store(r->s);

	notices_clear(&r->notices);
	if (st == NULL)
		return;
	notice_heads(r, st);
	notice_flagged(r, st);
	/* Nothing of a session is due, and nobody decides on one. */
	if (!store_training(st)) {
		duties_tell_due(r);
		duties_tell_queue(r);
	}
	notice_disposals(r, st);
	duties_remind(r);
}

/* ---- verifying ---- */

static bool
verify_progress(uint64_t done, uint64_t all, void *ctx)
{
	struct run *r = ctx;

	return app_progress(r->app, "Verifying", (size_t)done, (size_t)all);
}

static void
verify_now(void *ctx, struct app *app)
{
	struct run *r = ctx;
	struct store *st = session_store(r->s);
	struct store_verdict v;
	struct err e;
	enum rc rc;

	if (st == NULL)
		return;
	rc = store_verify(st, verify_progress, r, &v, &e);
	if (rc == RC_CANCELLED)
		app_warn(app, "Verifying was stopped: nothing is known.");
	else if (rc != RC_OK)
		app_error(app, &e);
	else if (!v.sound)
		app_warn(app, "%s", v.fault);
	else
		app_say(app, "Sound: %llu entries, %llu seals, %llu cases; "
		    "every hash, chain and signature holds.",
		    (unsigned long long)v.entries,
		    (unsigned long long)v.seals, (unsigned long long)v.cases);
}

void
duties_verify(struct run *r)
{
	app_say(r->app, "Verifying...");
	app_later(r->app, verify_now, r);
}

/* ---- an older state ---- */

static enum rc
accept_done(void *ctx, struct app *app, struct pane *ask, struct err *e)
{
	struct run *r = ctx;
	struct store *st = session_store(r->s);

	(void)app;
	if (st == NULL)
		return err_set(e, RC_REFUSED, "The store is locked.");
	return store_heads_accept(st, ask_text(ask, 0), e);
}

static void
accept_after(void *ctx, struct app *app)
{
	duties_notice(ctx);
	app_say(app, "Accepted, and noted with your reason. This machine "
	    "remembers the store as it is now.");
}

void
duties_accept(struct run *r)
{
	static const struct ask_field f[] = {{ASK_LINE, "Reason",
	    "For example: restored from Monday's backup after the disk "
	    "failed.", NULL, false, NULL, 0}};
	const struct heads_verdict *v = store_heads(session_store(r->s));
	struct ask_opts o = {
		.title = "Accept the store as it is", .intro = v->words,
		.verb = "accept it, signed with your name",
		.topic = "backup", .fields = f, .n = 1, .ctx = r,
		.done = accept_done, .after = accept_after,
	};

	if (v->state == HEADS_SOUND || v->state == HEADS_UNKNOWN)
		app_say(r->app, "There is nothing to accept: the store has "
		    "all that this machine remembers.");
	else
		ask_open(r->app, &o);
}
