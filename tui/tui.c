/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One run of the terminal interface: which screen follows which.
 */
#include "config.h"

#include "tui/tui.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "db/people.h"
#include "db/recovery.h"
#include "db/sessions.h"
#include "db/setting.h"
#include "db/tries.h"
#include "tui/app.h"
#include "tui/caselist.h"
#include "tui/casescreen.h"
#include "tui/collationrun.h"
#include "tui/commands.h"
#include "tui/duties.h"
#include "tui/helpscreen.h"
#include "tui/linkscreen.h"
#include "tui/loop.h"
#include "tui/newcase.h"
#include "tui/run.h"
#include "tui/session.h"
#include "tui/trainrun.h"
#include "tui/trainscreens.h"
#include "tui/unfinished.h"
#include "tui/unlock.h"
#include "tui/userscreen.h"
#include "tui/walkscreen.h"

#define MINUTE_MS INT64_C(60000)

/* ---- the list, and what it leads to ---- */

static void
list_open(void *ctx, struct app *app, const struct case_id *id)
{
	struct run *r = ctx;

	session_open_case(r->s, app, id);
}

static void
list_open_at(void *ctx, struct app *app, const struct case_id *id,
    const struct entry_id *entry)
{
	session_open_entry(((struct run *)ctx)->s, app, id, entry);
}

static void
list_create(void *ctx, struct app *app)
{
	struct run *r = ctx;

	app_push(app, newcase_screen_new(r->s, NULL));
}

static void
list_due(void *ctx, struct app *app)
{
	(void)app;
	duties_due(ctx, "");
}

static void
list_queue(void *ctx, struct app *app)
{
	(void)app;
	duties_queue(ctx, "");
}

static void
list_bundles(void *ctx, struct app *app)
{
	(void)app;
	duties_bundles(ctx);
}

static void
list_users(void *ctx, struct app *app)
{
	(void)app;
	duties_users(ctx);
}

static void
list_collation(void *ctx, struct app *app)
{
	(void)app;
	collationrun_open(ctx);
}

static bool
list_searched(void *ctx, struct app *app, const char *words, size_t n)
{
	return session_searched(((struct run *)ctx)->s, app, words, n);
}

static struct notices *
list_notices(void *ctx)
{
	struct run *r = ctx;

	duties_notice(r);
	return &r->notices;
}

static void
list_moved(void *ctx, const char *filter, size_t at)
{
	struct run *r = ctx;
	struct place here = {.type = PLACE_CASES, .text = filter, .at = at};

	session_at(r->s, 0, &here);
}

static struct pane *
list_new(struct run *r, const struct place *p)
{
	struct caselist_opts o = {
		.source = case_source_store(r->s),
		.filter = p != NULL ? p->text : NULL,
		.at = p != NULL ? p->at : 0,
		.may_create = newcase_refusal(r->s) == NULL,
		.no_create = session_may_write(r->s, "open") ?
		    newcase_refusal(r->s) : NULL,
		.ctx = r,
		.open = list_open,
		.open_at = list_open_at,
		.saved = saved_filters_store(r->s),
		.has_saved = true,
		.create = list_create,
		.due = list_due,
		.queue = list_queue,
		.users = list_users,
		.bundles = list_bundles,
		.collation = list_collation,
		.searched = list_searched,
		.notices = list_notices,
		.moved = list_moved
	};

	return caselist_new(&o);
}

/* A place of the other sort of store says nothing here. */
static struct pane *
first_new(struct run *r, const struct place *p)
{
	bool training = store_training(session_store(r->s));

	if (p != NULL && training != (p->type == PLACE_TRAINING))
		p = NULL;
	return training ? trainrun_home(r, p) : list_new(r, p);
}

/* ---- unlocking ---- */

/* False, and told, when there is none to show. */
static bool
show(struct run *r, struct pane *pane, const struct err *e)
{
	if (pane == NULL)
		app_error(r->app, e);
	else
		app_push(r->app, pane);
	return pane != NULL;
}

/* One place after another, as they were before the lock. */
static bool
return_to(void *ctx, const struct place *p)
{
	struct run *r = ctx;
	struct err e;
	struct pane *pane;

	switch (p->type) {
	case PLACE_CASES:
	case PLACE_TRAINING:
		r->list = first_new(r, p);
		app_reset(r->app, r->list);
		return true;
	case PLACE_NEW_CASE:
		pane = newcase_screen_new(r->s, p->text);
		app_push(r->app, pane);
		if (p->at == 1)
			newcase_return(pane, r->app);
		return p->at == 0;
	case PLACE_DUE:
		duties_due_at(r, p);
		return false;
	case PLACE_QUEUE:
		duties_queue_at(r, p);
		return true;
	case PLACE_CASE:
		if (!session_case_open(r->s, &p->id)) {
			session_open_case(r->s, r->app, &p->id);
			return false;
		}
		pane = case_screen_new(r->s, &p->id, &e);
		if (!show(r, pane, &e))
			return false;
		duties_queue_took(r);
		case_screen_return(pane, r->app, p);
		return true;
	case PLACE_WALK:
		pane = walk_screen_new(r->s, &p->id, &e);
		if (!show(r, pane, &e))
			return false;
		walk_screen_return(pane, r->app, p);
		return true;
	case PLACE_SESSION:
	case PLACE_REPLAY:
	case PLACE_AGAIN:
	case PLACE_LOG:
		return trainrun_return(r, p);
	case PLACE_LINKS:
		return show(r, link_screen_at(r->s, p, &e), &e);
	case PLACE_COLLATION:
	case PLACE_JOINED:
	case PLACE_REPORT:
		return collationrun_return(r, p);
	case PLACE_FORM:
	default:
		if (walk_screen_is(app_top(r->app)))
			walk_screen_return(app_top(r->app), r->app, p);
		else
			case_screen_return(app_top(r->app), r->app, p);
		return false;
	}
}

/* Who comes back into a case does not see what stands above the list. */
static void
point_at_notices(struct run *r)
{
	if (app_top(r->app) == r->list || *app_message(r->app) != '\0')
		return;
	duties_notice(r);
	if (r->notices.n > 0)
		app_say(r->app, "There is something you should know: type "
		    ":notices to see it.");
}

/* What was asked for, else what the store says once it is open. */
static int64_t
idle_ms(const struct run *r)
{
	struct store *s = session_store(r->s);
	int64_t minutes = r->o->idle_minutes;

	if (minutes == TUI_IDLE_OF_STORE)
		minutes = s != NULL ? store_setting_or_usual(s,
		    SETTING_IDLE_MINUTES) :
		    setting_def(SETTING_IDLE_MINUTES)->usual;
	return minutes * MINUTE_MS;
}

static void
show_first(struct run *r)
{
	const char *notice = store_notice(session_store(r->s));

	r->quit_told = false;
	r->notices.hidden = false;
	app_set_idle(r->app, idle_ms(r));
	if (session_return(r->s, return_to, r)) {
		point_at_notices(r);
		return;
	}
	r->list = first_new(r, NULL);
	app_reset(r->app, r->list);
	unfinished_tell(r);
	if (notice != NULL)
		app_warn(r->app, "%s", notice);
}

static enum rc
unlock_open(void *ctx, const char *user, const struct secret *pass,
    struct err *e)
{
	struct run *r = ctx;

	return session_unlock(r->s, user, pass, e);
}

static int64_t
unlock_wait(void *ctx)
{
	const struct run *r = ctx;

	return store_wait(r->o->store_path, &r->o->store);
}

static void
first_changed(void *ctx, struct app *app)
{
	(void)app;
	show_first(ctx);
}

/* The key that locks does all that locking takes. */
static void
first_left(void *ctx, struct app *app)
{
	struct event lock = {ACT_LOCK, NULL, 0};

	(void)ctx;
	app_act(app, &lock);
}

/*
 * A passphrase that somebody else knows is changed before anything of the
 * store is shown.
 */
static void
unlock_opened(void *ctx, struct app *app)
{
	struct run *r = ctx;
	struct passform_opts o = {
		.source = people_source_store(r->s), .forced = true,
		.ctx = r, .left = first_left, .then = first_changed,
	};

	if (store_must_change(session_store(r->s)))
		passform_open(app, &o);
	else
		show_first(r);
}

static struct pane *
unlock_screen(struct run *r, bool locked, bool left, struct err *e)
{
	const char *user = session_user(r->s);
	struct unlock_opts o = {
		.file = session_file_name(r->s),
		.user = *user != '\0' ? user : r->o->user,
		.ask_name = r->slots > 1,
		.locked = locked,
		.left = left,
		.clock = r->o->store.clock,
		.tries = &r->tries,
		.wait = unlock_wait,
		.ctx = r,
		.open = unlock_open,
		.opened = unlock_opened
	};

	return unlock_new(&o, e);
}

/*
 * People and codes come and go while the store is open.  Its file is not
 * opened a second time until it is closed: closing that would drop the lock.
 */
static void
tell_header(struct run *r, struct pane *screen)
{
	struct recovery_state rec = {false, 0};
	struct err e;
	bool known;

	if (store_slot_count(r->o->store_path, &r->slots, &e) != RC_OK)
		r->slots = 2;
	known = store_recovery_state(r->o->store_path, &rec, &e) == RC_OK;
	unlock_tell(screen, r->slots > 1, known ? unlock_recovery_words(
	    rec.code, rec.pairs > 0, r->slots > 1) : NULL);
}

/* ---- what the app asks ---- */

/*
 * The unlock screen comes first, so that nothing of the store is drawn once
 * it is closed.  Without locked memory for it there is nothing to show: the
 * program ends rather than stay open.
 */
static void
run_lock(void *ctx, struct app *app)
{
	struct run *r = ctx;
	struct err e;
	const struct pane *top = app_top(app);
	bool left = top != NULL && strcmp(top->ops->name, "ask") == 0;
	struct pane *screen = unlock_screen(r, true, left, &e);

	r->list = NULL;
	r->queue = NULL;
	if (screen == NULL) {
		app_quit(app);
		return;
	}
	app_reset(app, screen);
	session_lock(r->s);
	notices_clear(&r->notices);
	tell_header(r, screen);
}

static void
run_status(void *ctx, struct status *st)
{
	struct run *r = ctx;

	session_status(r->s, st);
}

static void
run_help(void *ctx, struct app *app, const char *topic, enum context c)
{
	struct run *r = ctx;
	struct help_source src = help_source_session(r->s);

	app_push(app, helpscreen_new(&src, topic, c));
}

/* Unsigned work is safe, but a person may believe that it is signed. */
static bool
run_may_quit(void *ctx, struct app *app)
{
	struct run *r = ctx;
	size_t n = session_store(r->s) != NULL ?
	    session_drafts(r->s, "pending/") : 0;

	if (n == 0 || r->quit_told)
		return true;
	r->quit_told = true;
	app_warn(app, "%zu case%s work that is not signed yet. It is kept, "
	    "encrypted, and counts for nobody until it is signed with $ in "
	    "the case. To leave all the same, do it again.", n,
	    n == 1 ? " has" : "s have");
	return false;
}

/* ---- the run ---- */

static enum rc
app_make(struct run *r, struct err *e)
{
	struct app_opts ao = {
		.clock = r->o->store.clock,
		.theme = THEME_DEFAULT,
		.idle_ms = idle_ms(r),
		.ctx = r,
		.lock = run_lock,
		.status = run_status,
		.command = commands_run,
		.commands = commands_names(),
		.help = run_help,
		.may_quit = run_may_quit
	};
	struct term_opts to = {.ascii = r->o->ascii};
	struct term term;
	enum rc rc;

	if (r->o->theme != NULL && !theme_from_name(r->o->theme, &ao.theme))
		return err_set(e, RC_USAGE, "There is no theme \"%s\": there "
		    "are default, light, high-contrast and mono.",
		    r->o->theme);
	ao.theme = theme_allowed(ao.theme, getenv("NO_COLOR"));
	to.theme = ao.theme;
	rc = term_curses(&to, &term, e);
	if (rc == RC_OK)
		r->app = app_new(&ao, term);
	return rc;
}

/* With a passphrase given, the store is open before the terminal changes. */
static enum rc
first_screen(struct run *r, struct err *e)
{
	struct pane *screen = unlock_screen(r, false, false, e);

	if (screen == NULL)
		return e->rc;
	app_push(r->app, screen);
	if (session_store(r->s) != NULL)
		unlock_opened(r, r->app);
	else
		tell_header(r, screen);
	return RC_OK;
}

enum rc
tui_run(const struct tui_opts *opts, struct err *e)
{
	struct run r = {.o = opts};
	enum rc rc;

	r.s = session_new(opts);
	notices_init(&r.notices);
	str_init(&r.path);
	rc = store_slot_count(opts->store_path, &r.slots, e);
	if (rc == RC_OK && opts->pass != NULL)
		rc = session_unlock(r.s, opts->user, opts->pass, e);
	if (rc == RC_OK)
		rc = app_make(&r, e);
	if (rc == RC_OK)
		rc = app_start(r.app, e);
	if (rc == RC_OK)
		rc = first_screen(&r, e);
	if (rc == RC_OK)
		rc = loop_run(r.app, e);
	app_free(r.app);
	collationrun_release(&r);
	session_free(r.s);
	notices_release(&r.notices);
	str_release(&r.path);
	return rc;
}
