/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A group's session out of the session's store: the door of
 * tui/groupscreen.h.
 */
#include "config.h"

#include "tui/groupscreen.h"

#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"
#include "db/sessions.h"
#include "exchange/source.h"
#include "tui/session.h"
#include "tui/trainscreens.h"

#define KIND "group-answers"

struct doorway {
	struct session *s;	/* borrowed */
	struct case_id id;
};

static enum rc
locked(struct err *e)
{
	return err_set(e, RC_REFUSED, "The store is locked. Unlock it and "
	    "open the session again.");
}

static enum rc
door_load(void *ctx, const struct case_id *id, struct casefile *c,
    struct walk *w, struct err *e)
{
	struct store *st = session_store(((struct doorway *)ctx)->s);

	return st != NULL ? store_session_load(st, id, c, w, e) : locked(e);
}

static enum rc
door_append(void *ctx, const struct entry_draft *d, size_t n, struct err *e)
{
	struct store *st = session_store(((struct doorway *)ctx)->s);
	struct entry_id *ids;
	enum rc rc;

	if (st == NULL)
		return locked(e);
	ids = xcalloc(n, sizeof(*ids));
	rc = store_append(st, d, n, ids, e);
	free(ids);
	return rc;
}

static enum rc
door_save(void *ctx, const char *what, const char *text, struct err *e)
{
	const struct doorway *d = ctx;
	char key[SESSION_KEY_MAX];

	session_draft_key(key, KIND, &d->id, what);
	return session_draft_save(d->s, key, text, e);
}

static enum rc
door_restore(void *ctx, const char *what, char **text, struct err *e)
{
	const struct doorway *d = ctx;
	char key[SESSION_KEY_MAX];

	session_draft_key(key, KIND, &d->id, what);
	return session_draft_load(d->s, key, text, e);
}

struct drafts_of {
	char front[SESSION_KEY_MAX];	/* "group-answers/CASE/" */
	draft_fn fn;
	void *arg;
};

static bool
take_draft(const char *key, const char *text, int64_t saved, void *ctx)
{
	const struct drafts_of *d = ctx;
	size_t n = strlen(d->front);

	(void)text, (void)saved;
	if (strncmp(key, d->front, n) == 0 && key[n] != '\0')
		d->fn(d->arg, KIND, key + n);
	return true;
}

static void
door_drafts(void *ctx, draft_fn fn, void *arg)
{
	const struct doorway *d = ctx;
	struct drafts_of of = {.fn = fn, .arg = arg};
	struct err ignored;

	session_draft_key(of.front, KIND, &d->id, "");
	if (session_store(d->s) != NULL)
		(void)!store_drafts(session_store(d->s), take_draft, &of,
		    &ignored);
}

struct each {
	group_session_fn fn;
	void *arg;
};

static bool
each_session(const struct casefile *c, const struct walk *w,
    const struct err *e, void *ctx)
{
	const struct each *each = ctx;

	(void)e;
	return w == NULL || each->fn(c, w, each->arg);
}

static enum rc
door_sessions(void *ctx, group_session_fn fn, void *arg, struct err *e)
{
	struct store *st = session_store(((struct doorway *)ctx)->s);
	struct each each = {fn, arg};

	return st != NULL ? store_sessions(st, each_session, &each, e) :
	    locked(e);
}

static enum rc
door_read(void *ctx, const char *path, const struct groupfile_opts *o,
    const struct groupfile_sink *to, struct err *e)
{
	struct source src;
	enum rc rc = session_may_read(((struct doorway *)ctx)->s, path, e);

	if (rc == RC_OK)
		rc = source_open_file(&src, path, e);
	if (rc != RC_OK)
		return rc;
	rc = groupfile_read(&src, o, to, e);
	source_close(&src);
	return rc;
}

static const char *
door_person(void *ctx, const struct author_id *who)
{
	struct store *st = session_store(((struct doorway *)ctx)->s);

	return st != NULL ? roster_name(store_roster(st), who) : "";
}

static bool
door_may_write(void *ctx)
{
	struct session *s = ((struct doorway *)ctx)->s;

	return session_may_write(s, KIND) && session_may_write(s, "reveal");
}

static const struct group_door_ops door_ops = {
	.load = door_load, .append = door_append, .save = door_save,
	.restore = door_restore, .drafts = door_drafts,
	.sessions = door_sessions, .read = door_read, .person = door_person,
	.may_write = door_may_write, .destroy = free,
};

struct pane *
group_screen_new(struct session *s, const struct case_id *id, struct err *e)
{
	struct doorway *d;
	struct group_door door = {.ops = &door_ops};

	if (session_store(s) == NULL) {
		(void)locked(e);
		return NULL;
	}
	d = xcalloc(1, sizeof(*d));
	d->s = s;
	d->id = *id;
	door.ctx = d;
	return groupscreen_new(&door, id, e);
}
