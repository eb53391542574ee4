/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A study made from a case of the session's store: who may, where the work is
 * kept, what is counted, and how the study is kept.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/rights.h"
#include "core/xalloc.h"
#include "db/rare.h"
#include "db/sessions.h"
#include "db/studydrafts.h"
#include "db/watch.h"
#include "tui/app.h"
#include "tui/deidentscreen.h"
#include "tui/trainscreens.h"

#define DRAFT "deident"

/* Goes with the screen. */
struct deidentdoor {
	struct session *s;
	struct case_id id;
	struct casefile c;
	struct app *app;	/* while it counts */
};

static enum rc
locked(struct err *e)
{
	return err_set(e, RC_REFUSED, "The store is locked. Unlock it and "
	    "open the case again.");
}

static enum rc
door_save(void *ctx, const char *what, const char *text, struct err *e)
{
	struct deidentdoor *d = ctx;
	char key[SESSION_KEY_MAX];

	session_draft_key(key, DRAFT, &d->id, what);
	return session_draft_save(d->s, key, text, e);
}

static char *
door_restore(void *ctx, const char *what)
{
	struct deidentdoor *d = ctx;
	char key[SESSION_KEY_MAX], *text = NULL;
	struct err e;

	session_draft_key(key, DRAFT, &d->id, what);
	if (session_draft_load(d->s, key, &text, &e) != RC_OK)
		return NULL;
	return text;
}

static bool
door_progress(uint64_t done, uint64_t all, void *ctx)
{
	struct deidentdoor *d = ctx;

	return app_progress(d->app, "Counting over the cases of this store",
	    (size_t)done, (size_t)all);
}

static enum rc
door_count(void *ctx, struct app *app, struct rare_counts *out,
    struct err *e)
{
	struct deidentdoor *d = ctx;
	const struct rare_query q = {.id = &d->id,
	    .in = session_instrument(d->s), .today = session_today(d->s),
	    .progress = door_progress, .ctx = d};

	if (session_store(d->s) == NULL)
		return locked(e);
	d->app = app;
	return store_rare(session_store(d->s), &q, out, e);
}

/* The work goes only after the study is on the disk. */
static enum rc
door_keep(void *ctx, const char *yaml, const char *report, struct err *e)
{
	struct deidentdoor *d = ctx;
	enum rc rc;

	if (session_store(d->s) == NULL)
		return locked(e);
	rc = store_study_draft_add(session_store(d->s), yaml, report, NULL,
	    e);
	if (rc == RC_OK)
		rc = door_save(d, "line", "", e);
	if (rc == RC_OK)
		rc = door_save(d, NULL, "", e);
	return rc;
}

static void
door_free(void *ctx)
{
	struct deidentdoor *d = ctx;

	casefile_release(&d->c);
	free(d);
}

/* ---- who may ---- */

static enum rc
check(struct session *s, struct err *e)
{
	struct store *st = session_store(s);
	enum rc rc;

	if (st == NULL)
		return locked(e);
	if (store_training(st))
		return err_set(e, RC_REFUSED, "This store is for training and "
		    "holds no real case; a study is made where the case is.");
	rc = right_check(store_role(st), RIGHT_EXPORT, e);
	if (rc == RC_OK && !session_may_write(s, "study-draft"))
		rc = err_set(e, RC_REFUSED, "Your role may not make a study "
		    "from a case; ask a practitioner, a supervisor or a "
		    "trainer.");
	if (rc == RC_OK && session_instrument(s) == NULL)
		rc = err_set(e, RC_NOTFOUND, "This store has no checklist "
		    "yet, so no study can be made.");
	return rc;
}

/* That it is looked at is on the disk before anything is shown. */
static enum rc
enter(struct deidentdoor *d, struct err *e)
{
	struct look_note look = {.what = LOOK_OPEN, .case_id = &d->id};
	struct store *st = session_store(d->s);
	enum door door = DOOR_SHUT;
	enum rc rc = store_door(st, &d->id, &door, e);

	if (rc == RC_OK && door != DOOR_OPEN && door != DOOR_BROKEN)
		return err_set(e, RC_REFUSED, "The case is restricted. Open "
		    "it from the list and give a reason.");
	if (rc == RC_OK)
		rc = store_look(st, &look, e);
	if (rc == RC_OK)
		rc = store_case_load(st, &d->id, &d->c, e);
	return rc;
}

/* A draft that does not fit the case any more is begun anew. */
static void
begin(struct deidentdoor *d, struct deident *out)
{
	const struct instrument *in = session_instrument(d->s);
	const struct roster *people = store_roster(session_store(d->s));
	char *text = door_restore(d, NULL);
	struct err e;

	if (text != NULL && deident_read(out, &d->c, in, text, strlen(text),
	    &e) == RC_OK)
		deident_catch_up(out, people, session_rng(d->s));
	else
		deident_begin(out, &d->c, in, people, session_rng(d->s));
	free(text);
}

struct pane *
deident_screen_new(struct session *s, const struct case_id *id,
    struct err *e)
{
	struct deidentscreen_opts o = {.source = {.save = door_save,
	    .restore = door_restore, .count = door_count, .keep = door_keep,
	    .destroy = door_free}};
	struct deidentdoor *d;
	struct deident work;

	if (check(s, e) != RC_OK)
		return NULL;
	d = xcalloc(1, sizeof(*d));
	d->s = s;
	d->id = *id;
	if (enter(d, e) != RC_OK) {
		free(d);
		return NULL;
	}
	begin(d, &work);
	o.source.ctx = d;
	o.reference = d->c.reference;
	o.d = &work;
	return deidentscreen_new(&o);
}
