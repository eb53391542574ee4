/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is due, of the session's store.
 */
#include "config.h"

#include "core/rights.h"
#include "tui/duescreen.h"
#include "tui/duties.h"

/* A screen that outlives the store by a moment (a lock) reads nothing. */
static enum rc
want_store(struct session *s, struct store **out, struct err *e)
{
	*out = session_store(s);
	if (*out != NULL)
		return RC_OK;
	return err_set(e, RC_REFUSED, "The store is locked. Unlock it first.");
}

static enum rc
count_due(void *ctx, const struct due_query *q, struct due_counts *out,
    struct err *e)
{
	struct store *st;
	enum rc rc = want_store(ctx, &st, e);

	return rc != RC_OK ? rc : store_due_count(st, q, out, e);
}

static enum rc
rows_due(void *ctx, const struct due_query *q, const struct due_sink *to,
    struct err *e)
{
	struct store *st;
	enum rc rc = want_store(ctx, &st, e);

	return rc != RC_OK ? rc : store_due(st, q, to->fn, to->ctx, e);
}

static int64_t
now_due(void *ctx)
{
	return session_now(ctx);
}

struct due_source
due_source_store(struct session *s)
{
	return (struct due_source){count_due, rows_due, now_due, s};
}

void
duties_tell_due(struct run *r)
{
	struct store *st = session_store(r->s);
	struct due_query q = {.now = session_now(r->s), .mine = true,
	    .overdue = true, .until = INT64_MAX};
	struct due_counts n;
	struct str words;
	struct err e;

	if (!right_held(store_role(st), RIGHT_READ) ||
	    store_due_count(st, &q, &n, &e) != RC_OK || n.all == 0)
		return;
	str_init(&words);
	str_add_fmt(&words, "%zu overdue of yours: D shows %s, and what is "
	    "due next.", n.all, n.all == 1 ? "it" : "them");
	notices_add(&r->notices, STYLE_WARNING, false, words.s);
	str_release(&words);
}

static void
open_due(void *ctx, struct app *app, const struct due_row *row)
{
	struct run *r = ctx;

	if (row->restricted)
		session_open_case(r->s, app, &row->case_id);
	else
		session_open_entry(r->s, app, &row->case_id, &row->entry);
}

static void
moved_due(void *ctx, const char *narrow, size_t at)
{
	struct place here = {.type = PLACE_DUE, .text = narrow, .at = at};

	session_at(((struct run *)ctx)->s, 1, &here);
}

void
duties_due_at(struct run *r, const struct place *p)
{
	struct duescreen_opts o = {
		.source = due_source_store(r->s), .narrow = p->text,
		.at = p->at, .ctx = r, .open = open_due, .moved = moved_due,
	};

	app_push(r->app, duescreen_new(&o));
}

void
duties_due(struct run *r, const char *words)
{
	static const struct place first = {.type = PLACE_DUE};
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
	duties_due_at(r, &first);
	if (*words != '\0')
		duescreen_narrow(app_top(r->app), r->app, words);
}
