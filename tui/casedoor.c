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
#include "core/rights.h"
#include "core/vec.h"
#include "core/xalloc.h"
#include "db/people.h"
#include "db/setting.h"
#include "db/watch.h"
#include "exchange/casenear.h"
#include "tui/app.h"
#include "tui/leavedoor.h"
#include "tui/lookscreen.h"
#include "tui/restrictform.h"
#include "tui/sendform.h"

#define REVIEW_DAYS 90

struct doorway {
	struct session *s;	/* borrowed */
	struct case_id id;
	struct case_changed then;	/* of the form that is open */
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

struct drafts_of {
	char hex[2 * CASE_ID_LEN + 1];
	draft_fn fn;
	void *arg;
};

/* "KIND/CASE" or "KIND/CASE/WHAT" */
static bool
take_draft(const char *key, const char *text, int64_t saved, void *ctx)
{
	const struct drafts_of *d = ctx;
	const char *slash = strchr(key, '/');
	size_t n = slash != NULL ? (size_t)(slash - key) : 0;
	char kind[KIND_NAME_MAX];

	(void)text, (void)saved;
	if (n == 0 || n >= sizeof(kind) ||
	    strncmp(slash + 1, d->hex, 2 * CASE_ID_LEN) != 0)
		return true;
	memcpy(kind, key, n);
	kind[n] = '\0';
	slash += 1 + 2 * CASE_ID_LEN;
	if (*slash == '\0' || *slash == '/')
		d->fn(d->arg, kind, *slash == '/' ? slash + 1 : "");
	return true;
}

static void
door_drafts(void *ctx, draft_fn fn, void *arg)
{
	struct doorway *d = ctx;
	struct drafts_of of = {.fn = fn, .arg = arg};
	struct err e;

	hex_format(d->id.b, CASE_ID_LEN, of.hex);
	if (session_store(d->s) != NULL)
		(void)!store_drafts(session_store(d->s), take_draft, &of, &e);
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

/* That it cannot be asked hides no case: the reference still does. */
static void
door_twins(void *ctx, const char *reference, struct str *out)
{
	struct doorway *d = ctx;
	struct err ignored;

	if (session_store(d->s) != NULL)
		(void)!store_case_twins(session_store(d->s), &d->id,
		    reference, out, &ignored);
}

static void
door_near(void *ctx, const struct case_id *id, int32_t today,
    struct joined_near *out)
{
	struct session *s = ((struct doorway *)ctx)->s;
	struct err ignored;

	if (session_store(s) != NULL)
		(void)!case_near_load(session_store(s),
		    session_content_dir(s), id, today, out, &ignored);
}

static const struct services *
door_services(void *ctx, struct err *e)
{
	return session_services(((struct doorway *)ctx)->s, e);
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

/* ---- who looks, and who may ---- */

/* That it is looked at is on the disk before anything is shown. */
static enum rc
note_look(struct store *st, const struct case_id *id, bool *broken,
    struct err *e)
{
	struct look_note look = {.what = LOOK_OPEN, .case_id = id};
	enum door door = DOOR_SHUT;
	enum rc rc = store_door(st, id, &door, e);

	if (rc != RC_OK)
		return rc;
	if (door == DOOR_RESTRICTED)
		return err_set(e, RC_REFUSED, "The case is restricted. Open "
		    "it from the list and give a reason.");
	*broken = door == DOOR_BROKEN;
	return store_look(st, &look, e);
}

static void
door_looked(void *ctx, struct app *app, const char *reference)
{
	struct doorway *d = ctx;
	struct lookscreen_opts o = {
		.source = look_source_store(d->s), .view = LOOKS_OF_CASE,
		.case_id = &d->id, .name = reference,
	};

	app_push(app, lookscreen_new(&o));
}

/* Everybody who has access and may read cases; names owned. */
struct candidates {
	struct restrict_person *list;
	size_t n, cap;
	const struct casefile *c;
};

static bool
add_candidate(const struct person *p, void *ctx)
{
	struct candidates *cs = ctx;

	if (p->system || p->ended != INT64_MAX ||
	    !right_held(p->role, RIGHT_READ))
		return true;
	cs->list = vec_room(cs->list, cs->n, &cs->cap, sizeof(*cs->list));
	cs->list[cs->n++] = (struct restrict_person){xstrdup(p->name),
	    p->me || (cs->c->restriction != NULL &&
	    casefile_named(cs->c, &p->key))};
	return true;
}

static void
candidates_release(struct candidates *cs)
{
	for (size_t i = 0; i < cs->n; i++) {
		char *name;

		memcpy(&name, &cs->list[i].name, sizeof(name));
		free(name);
	}
	free(cs->list);
}

/* Goes with the doorway: what is told when the restriction is another. */
static enum rc
door_restrict_it(void *ctx, const struct restriction *r, struct err *e)
{
	struct doorway *d = ctx;
	struct store *st = session_store(d->s);

	return st != NULL ? store_restrict(st, r, e) : locked(e);
}

static void
door_restricted(void *ctx, struct app *app)
{
	struct doorway *d = ctx;

	d->then.fn(d->then.ctx, app);
}

static void
door_restrict(void *ctx, struct app *app, const struct casefile *c,
    const struct case_changed *then)
{
	struct doorway *d = ctx;
	struct candidates cs = {.c = c};
	struct restrict_opts o = {
		.id = d->id, .reference = c->reference,
		.restricted = c->restriction != NULL,
		.reason = c->restriction != NULL ?
		    record_text(c->restriction, "reason") : NULL,
		.today = session_today(d->s),
		.review = session_today(d->s) + REVIEW_DAYS,
		.ctx = d, .restrict_ = door_restrict_it,
		.changed = door_restricted,
	};
	struct err e;

	d->then = *then;
	if (session_store(d->s) == NULL || store_people(session_store(d->s),
	    add_candidate, &cs, &e) != RC_OK) {
		app_error(app, &e);
	} else {
		o.people = cs.list;
		o.npeople = cs.n;
		restrictform_open(app, &o);
	}
	candidates_release(&cs);
}

static void
door_take_out(void *ctx, struct app *app, const struct casework *w,
    const struct record *at)
{
	leavedoor_open(((struct doorway *)ctx)->s, app, w, at);
}

static void
door_access_pack(void *ctx, struct app *app, const struct casework *w)
{
	leavedoor_pack(((struct doorway *)ctx)->s, app, w);
}

static void
door_sent(void *ctx, struct app *app)
{
	struct doorway *d = ctx;

	d->then.fn(d->then.ctx, app);
}

static void
door_bundle(void *ctx, struct app *app, const struct casework *w,
    const struct case_changed *then)
{
	struct doorway *d = ctx;
	struct sendform_opts o = {
		.source = bundle_source_store(d->s),
		.people = abroad_source_store(d->s), .w = w, .ctx = d,
		.sent = door_sent,
	};

	d->then = *then;
	sendform_open(app, &o);
}

void
case_door_send(const struct case_door *door, struct app *app,
    const struct casework *w, const struct case_changed *then)
{
	door_bundle(door->ctx, app, w, then);
}

static void
door_open(void *ctx, struct app *app, const char *reference)
{
	struct session *s = ((struct doorway *)ctx)->s;
	struct case_id id;
	struct err e;
	enum rc rc;

	if (session_store(s) == NULL)
		return;
	rc = store_case_by_reference(session_store(s), reference, &id, &e);
	if (rc == RC_NOTFOUND)
		app_warn(app, "There is no case %s in this store.",
		    reference);
	else if (rc != RC_OK)
		app_error(app, &e);
	else
		session_replace_case(s, app, &id);
}

static struct doorway *
doorway_new(struct session *s, const struct case_id *id)
{
	struct doorway *d = xcalloc(1, sizeof(*d));

	d->s = s;
	d->id = *id;
	return d;
}

/* The store is open and has an instrument. */
static struct case_door
door_of(struct doorway *d)
{
	struct store *st = session_store(d->s);

	return (struct case_door){
		.ctx = d, .in = session_instrument(d->s),
		.roster = store_roster(st), .me = *store_author(st),
		.user = session_user(d->s), .now = door_now,
		.load = door_load, .append = door_append,
		.save = door_save, .restore = door_restore,
		.drafts = door_drafts,
		.count = door_count, .may_write = door_may_write,
		.services = door_services,
		.twins = door_twins, .sample = (unsigned)store_setting_or_usual(st,
		    SETTING_SECOND_LOOK),
	};
}

enum rc
case_work_open(struct session *s, const struct case_id *id,
    struct casework *w, struct err *e)
{
	struct doorway *d;
	struct case_door door;
	enum rc rc;

	if (session_store(s) == NULL)
		return locked(e);
	if (session_instrument(s) == NULL)
		return err_set(e, RC_NOTFOUND, "This store has no checklist "
		    "yet, so no case can be screened.");
	d = doorway_new(s, id);
	door = door_of(d);
	rc = casework_open(w, &door, id, NULL, e);
	if (rc != RC_OK)
		free(d);
	return rc;
}

void
case_work_close(struct casework *w)
{
	struct doorway *d = w->door.ctx;

	casework_release(w);
	free(d);
}

enum rc
case_door_open(struct session *s, const struct case_id *id,
    struct case_door *out, struct err *e)
{
	struct store *st = session_store(s);
	bool broken;
	enum rc rc;

	if (st == NULL)
		return locked(e);
	if (session_instrument(s) == NULL)
		return err_set(e, RC_NOTFOUND, "This store has no checklist "
		    "yet, so no study can be worked on.");
	rc = note_look(st, id, &broken, e);
	if (rc == RC_OK)
		*out = door_of(doorway_new(s, id));
	return rc;
}

struct pane *
case_screen_new(struct session *s, const struct case_id *id, struct err *e)
{
	struct store *st = session_store(s);
	struct case_screen_opts o;
	struct case_door door;
	struct doorway *d;
	bool broken = false;

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
	if (note_look(st, id, &broken, e) != RC_OK)
		return NULL;
	d = doorway_new(s, id);
	door = door_of(d);
	door.near = door_near;
	o = (struct case_screen_opts){
		.door = door,
		.id = *id, .training = is_training(s), .broken = broken,
		.ctx = d, .looked = door_looked, .open = door_open,
		.restrict_ = door_restrict,
		.bundle = door_bundle, .take_out = door_take_out, .access_pack = door_access_pack,
		.at = door_at, .destroy = free,
	};
	return case_screen_on(&o, e);
}
