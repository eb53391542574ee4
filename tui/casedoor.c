/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The case screen's door to the store: what casework asks, answered by the
 * session.
 */
#include "config.h"

#include "tui/casescreen.h"

#include <stdlib.h>
#include <string.h>

#include "core/deadline.h"
#include "core/xalloc.h"

struct doorway {
	struct session *s;	/* borrowed */
	struct case_id id;
};

static int64_t
door_now(void *ctx)
{
	return session_now(((struct doorway *)ctx)->s);
}

static enum rc
locked(struct err *e)
{
	return err_set(e, RC_REFUSED, "The store is locked. Unlock it and "
	    "open the case again.");
}

static enum rc
door_load(void *ctx, const struct case_id *id, struct casefile *out,
    struct err *e)
{
	struct store *st = session_store(((struct doorway *)ctx)->s);

	return st != NULL ? store_case_load(st, id, out, e) : locked(e);
}

static enum rc
door_append(void *ctx, const struct entry_draft *d, size_t n,
    struct entry_id *ids, struct err *e)
{
	struct store *st = session_store(((struct doorway *)ctx)->s);

	return st != NULL ? store_append(st, d, n, ids, e) : locked(e);
}

static void
key_of_draft(const struct doorway *d, const char *kind, const char *what,
    char key[SESSION_KEY_MAX])
{
	session_draft_key(key, kind, &d->id,
	    what != NULL && *what != '\0' ? what : NULL);
}

static enum rc
door_save(void *ctx, const char *kind, const char *what, const char *text,
    struct err *e)
{
	struct doorway *d = ctx;
	char key[SESSION_KEY_MAX];

	key_of_draft(d, kind, what, key);
	return session_draft_save(d->s, key, text, e);
}

static enum rc
door_restore(void *ctx, const char *kind, const char *what, char **text,
    struct err *e)
{
	struct doorway *d = ctx;
	char key[SESSION_KEY_MAX];

	key_of_draft(d, kind, what, key);
	return session_draft_load(d->s, key, text, e);
}

static void
take_due(const struct due *d, struct counted *out)
{
	out->due = d->at;
	str_add(&out->words, d->how);
	if (d->warning != NULL && d->warning[0] != '\0')
		str_add_fmt(&out->words, " %s", d->warning);
}

static enum rc
door_count(void *ctx, const char *rule, int64_t start, struct counted *out,
    struct err *e)
{
	struct doorway *d = ctx;
	struct deadline_start from = deadline_start_moment(start);
	const struct deadlines *rules;
	const struct calendar *calendar;
	const struct deadline_rule *r;
	struct due due;
	enum rc rc;

	rc = session_deadlines(d->s, &rules, e);
	if (rc == RC_OK)
		rc = session_calendar(d->s, &calendar, e);
	if (rc == RC_OK)
		rc = deadlines_find(rules, rule, moment_day(start), &r, e);
	if (rc == RC_OK)
		rc = deadline_count(r, calendar, &from, &due, e);
	if (rc != RC_OK)
		return rc;
	take_due(&due, out);
	due_release(&due);
	return RC_OK;
}

static bool
door_may_write(void *ctx, const char *kind)
{
	return session_may_write(((struct doorway *)ctx)->s, kind);
}

static void
door_at(void *ctx, size_t depth, const struct place *p)
{
	session_at(((struct doorway *)ctx)->s, depth, p);
}

static bool
is_training(const struct session *s)
{
	struct status st;

	memset(&st, 0, sizeof(st));
	session_status(s, &st);
	return st.training;
}

struct pane *
case_screen_new(struct session *s, const struct case_id *id, struct err *e)
{
	struct store *st = session_store(s);
	struct case_screen_opts o;
	struct doorway *d;

	if (st == NULL) {
		(void)locked(e);
		return NULL;
	}
	if (session_instrument(s) == NULL) {
		(void)err_set(e, RC_NOTFOUND, "This store has no checklist "
		    "yet, so no case can be screened. Make a new store with "
		    "hearken init, which adopts one.");
		return NULL;
	}
	d = xcalloc(1, sizeof(*d));
	d->s = s;
	d->id = *id;
	o = (struct case_screen_opts){
		.door = {
			.ctx = d, .in = session_instrument(s),
			.roster = store_roster(st), .me = *store_author(st),
			.user = session_user(s), .now = door_now,
			.load = door_load, .append = door_append,
			.save = door_save, .restore = door_restore,
			.count = door_count, .may_write = door_may_write,
		},
		.id = *id, .training = is_training(s), .ctx = d,
		.at = door_at, .destroy = free,
	};
	return case_screen_on(&o, e);
}
