/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/session.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/calendar.h"
#include "core/date.h"
#include "core/deadline.h"
#include "core/kinds.h"
#include "core/str.h"
#include "core/xalloc.h"
#include "db/heads.h"
#include "db/sessions.h"
#include "db/watch.h"
#include "exchange/directory.h"
#include "exchange/file.h"
#include "tui/app.h"
#include "tui/casescreen.h"
#include "tui/gate.h"
#include "tui/places.h"
#include "tui/trainscreens.h"

#define PLACES_KEY "places"
#define CONTENT_BYTES_MAX ((size_t)1 << 20)
#define PENDING_PREFIX "pending/"

struct session {
	const struct tui_opts *o;	/* borrowed */
	struct store *store;		/* owned; NULL while locked */
	char *user;			/* owned */
	struct places places;
	size_t pending;			/* cases with something unsigned */
	struct calendar *calendar;	/* owned; NULL until asked for */
	struct deadlines *deadlines;	/* the same */
	struct services *services;	/* the same */
};

struct session *
session_new(const struct tui_opts *o)
{
	struct session *s = xcalloc(1, sizeof(*s));

	s->o = o;
	s->user = xstrdup("");
	places_init(&s->places);
	return s;
}

void
session_free(struct session *s)
{
	if (s == NULL)
		return;
	store_close(s->store);
	places_clear(&s->places);
	calendar_free(s->calendar);
	deadlines_free(s->deadlines);
	services_free(s->services);
	free(s->user);
	free(s);
}

struct store *
session_store(const struct session *s)
{
	return s->store;
}

const struct clock *
session_clock(const struct session *s)
{
	return s->o->store.clock;
}

const struct rng *
session_rng(const struct session *s)
{
	return s->o->store.rng;
}

int64_t
session_now(const struct session *s)
{
	return clock_now(s->o->store.clock);
}

int32_t
session_today(const struct session *s)
{
	return moment_day(session_now(s));
}

const char *
session_path(const struct session *s)
{
	return s->o->store_path;
}

const char *
session_file_name(const struct session *s)
{
	const char *slash = strrchr(s->o->store_path, '/');

	return slash != NULL && slash[1] != '\0' ? slash + 1 :
	    s->o->store_path;
}

const char *
session_user(const struct session *s)
{
	return s->user;
}

const char *
session_help_dir(const struct session *s)
{
	return s->o->help_dir;
}

const char *
session_content_dir(const struct session *s)
{
	return s->o->content_dir;
}

bool
session_may_write(const struct session *s, const char *kind)
{
	const struct kind *k = kind_find(kind);

	return s->store != NULL && k != NULL &&
	    (store_role(s->store) & k->roles) != 0;
}

enum rc
session_may_make(const struct session *s, const char *path, struct err *e)
{
	return s->o->may_write != NULL ? s->o->may_write(path, e) : RC_OK;
}

/* What this run may write in, it reads, too. */
enum rc
session_may_read(const struct session *s, const char *path, struct err *e)
{
	struct err why;

	if (session_may_make(s, path, &why) == RC_OK)
		return RC_OK;
	if (why.rc != RC_REFUSED)
		return err_set(e, why.rc, "%s", why.text);
	return err_set(e, RC_REFUSED, "%s lies outside the folders that this "
	    "run reaches. Copy it beside the store, or leave and start "
	    "Hearken with --folder and the folder's name.", path);
}

const struct instrument *
session_instrument(const struct session *s)
{
	return s->store != NULL ? store_default_instrument(s->store) : NULL;
}

/* ---- content ---- */

/* Returns owned the text of a content file; NULL with e set. */
static char *
read_content(const struct session *s, const char *name, size_t *n,
    struct err *e)
{
	struct str path;
	char *text = NULL;

	str_init(&path);
	str_add_fmt(&path, "%s/%s", s->o->content_dir, name);
	if (file_read(path.s, CONTENT_BYTES_MAX, &text, n, e) != RC_OK)
		text = NULL;
	str_release(&path);
	return text;
}

enum rc
session_calendar(struct session *s, const struct calendar **out,
    struct err *e)
{
	static const char name[] = "calendars/england-wales.yaml";
	struct faults faults;
	enum rc rc = RC_OK;
	size_t n;

	if (s->calendar == NULL) {
		char *text = read_content(s, name, &n, e);

		if (text == NULL)
			return e->rc;
		faults_init(&faults, name);
		s->calendar = calendar_parse(text, n, &faults);
		if (s->calendar == NULL)
			rc = faults_result(&faults, e);
		faults_release(&faults);
		free(text);
	}
	*out = s->calendar;
	return rc;
}

enum rc
session_deadlines(struct session *s, const struct deadlines **out,
    struct err *e)
{
	static const char name[] = "deadlines/england.yaml";
	struct faults faults;
	enum rc rc = RC_OK;
	size_t n;

	if (s->deadlines == NULL) {
		char *text = read_content(s, name, &n, e);

		if (text == NULL)
			return e->rc;
		faults_init(&faults, name);
		s->deadlines = deadlines_parse(text, n, &faults);
		if (s->deadlines == NULL)
			rc = faults_result(&faults, e);
		faults_release(&faults);
		free(text);
	}
	*out = s->deadlines;
	return rc;
}

const struct services *
session_services(struct session *s, struct err *e)
{
	struct str dir;

	err_clear(e);
	if (s->services == NULL) {
		str_init(&dir);
		str_add_fmt(&dir, "%s/services", s->o->content_dir);
		if (directory_load(dir.s, &s->services, e) != RC_OK &&
		    s->services->n == 0) {
			services_free(s->services);
			s->services = NULL;
		}
		str_release(&dir);
	}
	return s->services;
}

/* ---- locking ---- */

static void
recall_places(struct session *s)
{
	struct err e;
	char *text = NULL;

	if (store_draft_load(s->store, PLACES_KEY, &text, &e) == RC_OK &&
	    text != NULL) {
		places_load(&s->places, text);
		sodium_memzero(text, strlen(text));
	}
	free(text);
}

enum rc
session_unlock(struct session *s, const char *user,
    const struct secret *pass, struct err *e)
{
	enum rc rc = store_open(s->o->store_path, user, pass, &s->o->store,
	    &s->store, e);

	if (rc != RC_OK)
		return rc;
	free(s->user);
	s->user = xstrdup(store_user(s->store));
	recall_places(s);
	s->pending = session_drafts(s, PENDING_PREFIX);
	return RC_OK;
}

/*
 * Coming back to the right place is a comfort: a full disk must not keep the
 * store open.
 */
static void
keep_places(struct session *s)
{
	char *text = places_save(&s->places);
	struct err e;

	if (text != NULL) {
		(void)!store_draft_save(s->store, PLACES_KEY, text, &e);
		sodium_memzero(text, strlen(text));
	}
	free(text);
	places_clear(&s->places);
}

void
session_lock(struct session *s)
{
	if (s->store == NULL)
		return;
	keep_places(s);
	store_close(s->store);
	s->store = NULL;
}

void
session_status(const struct session *s, struct status *st)
{
	unsigned role;
	const char *name;

	st->closed = s->store == NULL;
	if (s->store == NULL)
		return;
	role = store_role(s->store);
	name = role_name((enum role)role);
	snprintf(st->user, sizeof(st->user), "%s", s->user);
	snprintf(st->role, sizeof(st->role), "%s", name != NULL ? name : "");
	st->training = store_training(s->store);
	st->unsigned_ = s->pending;
	/* On every screen until a person has accepted it. */
	switch (store_heads(s->store)->state) {
	case HEADS_BEHIND:
		snprintf(st->alarm, sizeof(st->alarm), "OLDER STORE");
		break;
	case HEADS_OTHER:
		snprintf(st->alarm, sizeof(st->alarm), "CHANGED STORE");
		break;
	case HEADS_UNKNOWN:
	case HEADS_SOUND:
	case HEADS_DAMAGED:
	default:
		break;
	}
}

/* ---- drafts ---- */

void
session_draft_key(char out[SESSION_KEY_MAX], const char *kind,
    const struct case_id *id, const char *what)
{
	char hex[2 * CASE_ID_LEN + 1];

	hex_format(id->b, CASE_ID_LEN, hex);
	snprintf(out, SESSION_KEY_MAX, "%s/%s%s%s", kind, hex,
	    what != NULL ? "/" : "", what != NULL ? what : "");
}

static enum rc
want_open(const struct session *s, struct err *e)
{
	if (s->store != NULL)
		return RC_OK;
	return err_set(e, RC_REFUSED,
	    "The store is locked, so the draft cannot be kept. Unlock it "
	    "first.");
}

/* The status line asks at every draw, so the number is kept. */
static void
count_pending(struct session *s, const char *key)
{
	if (strncmp(key, PENDING_PREFIX, strlen(PENDING_PREFIX)) == 0)
		s->pending = session_drafts(s, PENDING_PREFIX);
}

enum rc
session_draft_save(struct session *s, const char *key, const char *text,
    struct err *e)
{
	enum rc rc = want_open(s, e);

	if (rc != RC_OK)
		return rc;
	if (*text == '\0')
		return session_draft_drop(s, key, e);
	rc = store_draft_save(s->store, key, text, e);
	count_pending(s, key);
	return rc;
}

enum rc
session_draft_load(struct session *s, const char *key, char **text,
    struct err *e)
{
	enum rc rc = want_open(s, e);

	*text = NULL;
	return rc != RC_OK ? rc : store_draft_load(s->store, key, text, e);
}

enum rc
session_draft_drop(struct session *s, const char *key, struct err *e)
{
	enum rc rc = want_open(s, e);

	if (rc != RC_OK)
		return rc;
	rc = store_draft_drop(s->store, key, e);
	count_pending(s, key);
	return rc;
}

struct prefix_count {
	const char *prefix;
	size_t n;
};

static bool
count_draft(const char *key, const char *text, int64_t saved, void *ctx)
{
	struct prefix_count *pc = ctx;

	(void)text;
	(void)saved;
	if (strncmp(key, pc->prefix, strlen(pc->prefix)) == 0)
		pc->n++;
	return true;
}

size_t
session_drafts(const struct session *s, const char *prefix)
{
	struct prefix_count pc = {prefix, 0};
	struct err e;

	if (s->store == NULL ||
	    store_drafts(s->store, count_draft, &pc, &e) != RC_OK)
		return 0;
	return pc.n;
}

/* ---- places ---- */

void
session_at(struct session *s, size_t depth, const struct place *p)
{
	places_set(&s->places, depth, p);
}

bool
session_return(struct session *s, place_fn open, void *ctx)
{
	struct places was = s->places;
	struct err e;
	bool any = was.n > 0;

	places_init(&s->places);
	for (size_t i = 0; i < was.n; i++) {
		if (!open(ctx, &was.list[i]))
			break;
	}
	places_clear(&was);
	if (s->store != NULL)
		(void)!store_draft_drop(s->store, PLACES_KEY, &e);
	return any;
}

/* ---- opening a case ---- */

static void
show_case(struct session *s, struct app *app, const struct case_id *id,
    void (*show)(struct app *app, struct pane *screen))
{
	struct err e;
	bool training = s->store != NULL && store_training(s->store);
	struct pane *p = training ? train_screen_new(s, id, &e) :
	    case_screen_new(s, id, &e);
	struct place here = {.type = PLACE_SESSION, .id = *id};

	if (p != NULL && training)
		session_at(s, 1, &here);
	if (p == NULL)
		app_error(app, &e);
	else
		show(app, p);
}

static void
show_over(void *ctx, struct app *app, const struct case_id *id)
{
	show_case(ctx, app, id, app_push);
}

static void
show_instead(void *ctx, struct app *app, const struct case_id *id)
{
	show_case(ctx, app, id, app_replace);
}

static enum rc
gate_door(void *ctx, const struct case_id *id, enum door *out, char **names,
    struct err *e)
{
	struct session *s = ctx;
	enum rc rc = want_open(s, e);

	if (rc == RC_OK)
		rc = store_door(s->store, id, out, e);
	/* A role that reads no cases is not told whom to ask by name. */
	if (rc == RC_OK && *out == DOOR_RESTRICTED)
		rc = store_named(s->store, id, names, e);
	return rc;
}

static enum rc
gate_break(void *ctx, const struct case_id *id, const char *reason,
    struct err *e)
{
	struct session *s = ctx;
	enum rc rc = want_open(s, e);

	return rc != RC_OK ? rc : store_break_glass(s->store, id, reason, e);
}

void
session_open_case(struct session *s, struct app *app,
    const struct case_id *id)
{
	struct gate g = {s, gate_door, gate_break, show_over};

	gate_open(app, &g, id);
}

void
session_open_entry(struct session *s, struct app *app,
    const struct case_id *id, const struct entry_id *entry)
{
	const struct pane *before = app_top(app);

	session_open_case(s, app, id);
	/* The screens of a training session show no entry by itself. */
	if (app_top(app) != before && s->store != NULL &&
	    !store_training(s->store))
		case_screen_entry(app_top(app), app, entry);
}

void
session_replace_case(struct session *s, struct app *app,
    const struct case_id *id)
{
	struct gate g = {s, gate_door, gate_break, show_instead};

	gate_open(app, &g, id);
}

bool
session_case_open(struct session *s, const struct case_id *id)
{
	enum door door = DOOR_SHUT;
	struct err e;

	return s->store != NULL && store_door(s->store, id, &door, &e) ==
	    RC_OK && (door == DOOR_OPEN || door == DOOR_BROKEN);
}

bool
session_searched(struct session *s, struct app *app, const char *words,
    size_t n)
{
	struct look_note look = {.what = LOOK_SEARCH, .words = words,
	    .count = n};
	struct err e;

	if (s->store == NULL)
		return false;
	if (store_look(s->store, &look, &e) == RC_OK)
		return true;
	if (app != NULL)
		app_error(app, &e);
	return false;
}
