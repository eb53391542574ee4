/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which screen shows a case of a training store.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"
#include "db/sessions.h"
#include "tui/replayscreen.h"
#include "tui/trainscreens.h"

/* A session as it was read; goes with the screen of its replay. */
struct replayed {
	struct session *s;	/* borrowed */
	struct casefile c;
	struct walk w;
};

static void
replayed_free(void *ctx)
{
	struct replayed *r = ctx;

	walk_release(&r->w);
	casefile_release(&r->c);
	free(r);
}

static void
replay_moved(void *ctx, size_t at)
{
	const struct replayed *r = ctx;
	struct place here = {.type = PLACE_REPLAY, .id = r->c.id, .at = at};

	session_at(r->s, 1, &here);
}

static enum rc
load(struct session *s, const struct case_id *id, struct replayed *out,
    struct err *e)
{
	struct store *st = session_store(s);

	if (st == NULL)
		return err_set(e, RC_REFUSED, "The store is locked. Unlock it "
		    "first.");
	out->s = s;
	return store_session_load(st, id, &out->c, &out->w, e);
}

struct pane *
replay_screen_at(struct session *s, const struct case_id *id, size_t at,
    struct err *e)
{
	struct replayed *r = xcalloc(1, sizeof(*r));
	struct replayscreen_opts o = {.w = &r->w, .at = at, .ctx = r,
	    .moved = replay_moved, .destroy = replayed_free};

	if (load(s, id, r, e) != RC_OK) {
		free(r);
		return NULL;
	}
	if (store_session_readable(session_store(s), &r->w, e) != RC_OK) {
		replayed_free(r);
		return NULL;
	}
	o.reference = r->c.reference;
	o.who = roster_name(store_roster(session_store(s)), &r->w.learner);
	return replayscreen_new(&o);
}

struct pane *
replay_screen_new(struct session *s, const struct case_id *id, struct err *e)
{
	return replay_screen_at(s, id, 0, e);
}

/*
 * True if it is of whoever sits here: they go on with it, and read it again
 * at its end, from where it goes into their log.
 */
static bool
is_own(const struct session *s, const struct walk *w)
{
	const struct author_id *me = store_author(session_store(s));

	return memcmp(me->b, w->learner.b, AUTHOR_LEN) == 0;
}

struct pane *
train_screen_new(struct session *s, const struct case_id *id, struct err *e)
{
	struct replayed r;
	bool group, own;

	if (load(s, id, &r, e) != RC_OK) {
		if (e->rc == RC_NOTFOUND)
			(void)!err_set(e, RC_NOTFOUND, "This is a training "
			    "log and no session: l on the first screen shows "
			    "your own.");
		return NULL;
	}
	group = r.w.mode == WALK_GROUP;
	own = is_own(s, &r.w);
	walk_release(&r.w);
	casefile_release(&r.c);
	if (group)
		return group_screen_new(s, id, e);
	return own ? walk_screen_new(s, id, e) : replay_screen_new(s, id, e);
}
