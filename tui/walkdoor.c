/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The walk screen's door to the store.
 */
#include "config.h"

#include "tui/trainscreens.h"

#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"
#include "db/sessions.h"
#include "tui/casescreen.h"
#include "tui/walkscreen.h"

struct walkway {
	struct session *s;	/* borrowed */
	struct case_door door;	/* its ctx is owned */
};

static struct store *
store_of(void *ctx)
{
	return session_store(((struct walkway *)ctx)->s);
}

static enum rc
locked(struct err *e)
{
	return err_set(e, RC_REFUSED, "The store is locked. Unlock it and "
	    "open the session again.");
}

static enum rc
way_log(void *ctx, const json_t *body, const struct span *on, struct err *e)
{
	struct entry_draft d = {.kind = "training-log", .on = *on,
	    .body = json_deep_copy(body)};
	enum rc rc = RC_OK;

	if (store_of(ctx) == NULL)
		rc = locked(e);
	if (rc == RC_OK)
		rc = store_log_case(store_of(ctx), true, &d.case_id, e);
	if (rc == RC_OK)
		rc = store_append(store_of(ctx), &d, 1, NULL, e);
	json_decref(d.body);
	return rc;
}

static bool
names(const struct record *r, const char *reference)
{
	return record_stands(r) &&
	    strcmp(r->entry.kind, "training-log") == 0 &&
	    strstr(record_text(r, "title"), reference) != NULL;
}

/* Of a log that cannot be read: no; writing to it then says why. */
static bool
way_logged(void *ctx, const char *reference)
{
	struct store *st = store_of(ctx);
	struct casefile c;
	struct case_id id;
	bool found = false;
	struct err e;

	if (st == NULL || store_log_case(st, false, &id, &e) != RC_OK ||
	    store_case_load(st, &id, &c, &e) != RC_OK)
		return false;
	for (size_t i = 0; i < c.nrecords && !found; i++)
		found = names(c.records[i], reference);
	casefile_release(&c);
	return found;
}

static void
way_send(void *ctx, struct app *app, const struct casework *w,
    const struct case_changed *then)
{
	case_door_send(&((struct walkway *)ctx)->door, app, w, then);
}

static void
way_at(void *ctx, size_t depth, const struct place *p)
{
	session_at(((struct walkway *)ctx)->s, depth, p);
}

static void
way_destroy(void *ctx)
{
	struct walkway *y = ctx;

	free(y->door.ctx);
	free(y);
}

/* A study may be answered with another checklist than cases are listed by. */
static enum rc
open_door(struct walkway *y, const struct case_id *id, struct err *e)
{
	struct store *st = session_store(y->s);
	struct casefile c;
	struct walk w;
	enum rc rc;

	if (st == NULL)
		return locked(e);
	rc = store_need_training(st, "a session", e);
	if (rc == RC_OK)
		rc = store_session_load(st, id, &c, &w, e);
	if (rc != RC_OK)
		return rc;
	rc = case_door_open(y->s, id, &y->door, e);
	if (rc == RC_OK)
		y->door.in = w.in;
	walk_release(&w);
	casefile_release(&c);
	return rc;
}

struct pane *
walk_screen_new(struct session *s, const struct case_id *id, struct err *e)
{
	struct walkway *y = xcalloc(1, sizeof(*y));
	struct walk_door o = {
		.id = *id, .ctx = y, .log = way_log, .logged = way_logged,
		.send = way_send, .at = way_at, .destroy = way_destroy,
	};

	y->s = s;
	if (open_door(y, id, e) != RC_OK) {
		free(y);
		return NULL;
	}
	o.door = y->door;
	return walk_screen_on(&o, e);
}
