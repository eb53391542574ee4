/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The training log, and what is asked again, of the session's store.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"
#include "db/sessions.h"
#include "tui/app.h"
#include "tui/logscreen.h"
#include "tui/retestscreen.h"
#include "tui/session.h"
#include "tui/trainscreens.h"
#include "tui/trainstudies.h"

#define DRAFT_KEY "training-log"

/* A screen that outlives the store by a moment (a lock) does nothing. */
static enum rc
want_store(struct session *s, struct store **out, struct err *e)
{
	*out = session_store(s);
	if (*out != NULL)
		return RC_OK;
	return err_set(e, RC_REFUSED, "The store is locked. Unlock it first.");
}

/* ---- the log ---- */

static enum rc
log_read(void *ctx, struct training_log *out, struct err *e)
{
	struct case_id id;
	struct casefile c;
	struct store *st;
	enum rc rc = want_store(ctx, &st, e);

	if (rc == RC_OK)
		rc = store_log_case(st, false, &id, e);
	if (rc == RC_OK)
		rc = store_case_load(st, &id, &c, e);
	if (rc == RC_NOTFOUND) {
		err_clear(e);
		return RC_OK;
	}
	if (rc != RC_OK)
		return rc;
	training_log_add(out, &c, store_author(st), DAY_NONE, DAY_NONE);
	casefile_release(&c);
	return RC_OK;
}

static enum rc
log_add(void *ctx, const json_t *body, const struct span *on, struct err *e)
{
	struct entry_draft d = {.kind = "training-log", .on = *on};
	struct store *st;
	struct err none;
	enum rc rc = want_store(ctx, &st, e);

	if (rc == RC_OK)
		rc = store_log_case(st, true, &d.case_id, e);
	if (rc != RC_OK)
		return rc;
	d.body = json_deep_copy(body);
	rc = store_append(st, &d, 1, NULL, e);
	entry_draft_release(&d);
	/* It is signed: a draft that stays is only offered once more. */
	if (rc == RC_OK)
		(void)!session_draft_drop(ctx, DRAFT_KEY, &none);
	return rc;
}

static enum rc
log_draft_save(void *ctx, const char *text, struct err *e)
{
	return session_draft_save(ctx, DRAFT_KEY, text, e);
}

static enum rc
log_draft_load(void *ctx, char **text, struct err *e)
{
	return session_draft_load(ctx, DRAFT_KEY, text, e);
}

static bool
log_may_add(void *ctx)
{
	return session_may_write(ctx, "training-log");
}

static int32_t
log_today(void *ctx)
{
	return session_today(ctx);
}

struct log_source
log_source_store(struct session *s)
{
	static const struct log_source_ops ops = {
		.read = log_read,
		.add = log_add,
		.draft_save = log_draft_save,
		.draft_load = log_draft_load,
		.may_add = log_may_add,
		.today = log_today,
	};

	return (struct log_source){&ops, s};
}

struct pane *
log_screen_new(struct session *s, struct err *e)
{
	struct logscreen_opts o = {.source = log_source_store(s),
	    .file = session_file_name(s)};
	struct store *st;

	return want_store(s, &st, e) == RC_OK ? logscreen_new(&o) : NULL;
}

/* ---- what is asked again ---- */

struct again {
	struct session *s;	/* borrowed */
	struct train_studies studies;
	const struct study **list;	/* those that can be read; owned */
	size_t nlist;
	struct retests all;
	struct itemset asked;	/* since the screen was opened */
};

static void
again_free(void *ctx)
{
	struct again *a = ctx;

	retests_release(&a->all);
	train_studies_release(&a->studies);
	free(a->list);
	free(a);
}

/* What was asked just now is not asked a second time on the same day. */
static enum rc
again_next(void *ctx, struct retest_question *out, struct err *e)
{
	struct again *a = ctx;
	size_t due = retests_due(&a->all, session_today(a->s));

	for (size_t i = 0; i < due; i++) {
		const struct retest_item *it = &a->all.items[i];

		if (!itemset_has(&a->asked, it->item) &&
		    retest_ask(&a->all, it, a->list, a->nlist,
		    session_rng(a->s), out))
			return RC_OK;
	}
	return err_set(e, RC_NOTFOUND, "Nothing more is due today.");
}

static enum rc
again_write(void *ctx, const struct retest_question *q,
    const enum answer *given, bool *right, struct err *e)
{
	struct again *a = ctx;
	struct entry_draft d;
	struct retests now;
	struct case_id id;
	struct store *st;
	enum rc rc = want_store(a->s, &st, e);

	if (rc == RC_OK)
		rc = store_log_case(st, true, &id, e);
	if (rc != RC_OK)
		return rc;
	d = retest_draft(q, a->all.in, &id, given, right);
	rc = store_append(st, &d, 1, NULL, e);
	entry_draft_release(&d);
	if (rc == RC_OK)
		itemset_add(&a->asked, q->item);
	if (rc == RC_OK)
		rc = store_retests(st, &now, e);
	if (rc != RC_OK)
		return rc;
	retests_release(&a->all);
	a->all = now;
	return RC_OK;
}

static const struct retests *
again_all(void *ctx)
{
	return &((struct again *)ctx)->all;
}

static int32_t
again_today(void *ctx)
{
	return session_today(((struct again *)ctx)->s);
}

static void
list_studies(struct again *a)
{
	a->list = xcalloc(a->studies.n + 1, sizeof(*a->list));
	for (size_t i = 0; i < a->studies.n; i++)
		if (a->studies.list[i].study != NULL && strcmp(
		    a->studies.list[i].study->instrument,
		    a->all.in->id) == 0)
			a->list[a->nlist++] = a->studies.list[i].study;
}

enum rc
retest_source_store(struct session *s, struct retest_source *out,
    struct err *e)
{
	static const struct retest_source_ops ops = {
		.next = again_next,
		.write = again_write,
		.all = again_all,
		.today = again_today,
		.destroy = again_free,
	};
	struct again *a;
	struct store *st;
	enum rc rc = want_store(s, &st, e);

	if (rc != RC_OK)
		return rc;
	a = xcalloc(1, sizeof(*a));
	a->s = s;
	rc = train_studies_load(s, &a->studies, e);
	if (rc == RC_OK)
		rc = store_retests(st, &a->all, e);
	if (rc != RC_OK) {
		again_free(a);
		return rc;
	}
	list_studies(a);
	*out = (struct retest_source){&ops, a};
	return RC_OK;
}

static void
again_log(void *ctx, struct app *app, size_t asked, size_t right,
    size_t minutes)
{
	struct log_source src = log_source_store(ctx);
	struct str words;
	json_t *body;

	str_init(&words);
	str_add_fmt(&words, "Asked again: %zu indicator%s, %zu seen", asked,
	    asked == 1 ? "" : "s", right);
	body = json_pack("{s:s, s:s, s:I}", "title", words.s, "activity",
	    "retest", "minutes", (json_int_t)minutes);
	app_pop(app);
	logform_open(app, &src, body);
	json_decref(body);
	str_release(&words);
}

struct pane *
retest_screen_new(struct session *s, struct err *e)
{
	struct retestscreen_opts o = {.ctx = s, .log = again_log};

	return retest_source_store(s, &o.source, e) == RC_OK ?
	    retestscreen_new(&o) : NULL;
}
