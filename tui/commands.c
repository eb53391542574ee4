/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/commands.h"

#include <string.h>

#include "core/rights.h"
#include "db/sessions.h"
#include "tui/caselist.h"
#include "tui/collation.h"
#include "tui/collationrun.h"
#include "tui/duties.h"
#include "tui/helpscreen.h"
#include "tui/leavedoor.h"
#include "tui/lookscreen.h"
#include "tui/newcase.h"
#include "tui/run.h"
#include "tui/servicescreen.h"
#include "tui/trainscreens.h"
#include "tui/userscreen.h"

/* In which sort of store a command makes sense. */
enum where { ANYWHERE, LIVE, TRAINING };

struct named {
	const char *name;
	void (*run)(struct run *r, const char *arg);
	enum where where;
};

/* Back to the list, whatever is open over it. */
static void
to_list(struct run *r)
{
	while (app_top(r->app) != NULL && app_top(r->app) != r->list) {
		pane_save(app_top(r->app));
		app_pop(r->app);
	}
}

static void
open_command(struct run *r, const char *arg)
{
	struct case_id id;
	struct err e;
	enum rc rc;

	if (*arg == '\0') {
		app_warn(r->app, "Which case? Type :open and its reference.");
		return;
	}
	rc = store_case_by_reference(session_store(r->s), arg, &id, &e);
	if (rc == RC_NOTFOUND) {
		app_warn(r->app, "There is no %s %s. In the list, / finds "
		    "it by name.", store_training(session_store(r->s)) ?
		    "session" : "case", arg);
	} else if (rc != RC_OK) {
		app_error(r->app, &e);
	} else {
		to_list(r);
		session_open_case(r->s, r->app, &id);
	}
}

static void
new_command(struct run *r, const char *arg)
{
	const char *why = newcase_refusal(r->s);

	if (why != NULL) {
		app_warn(r->app, "%s", why);
		return;
	}
	to_list(r);
	app_push(r->app, newcase_screen_new(r->s, arg));
}

static void
filter_command(struct run *r, const char *arg)
{
	to_list(r);
	caselist_filter(r->list, r->app, arg);
}

static void
save_filter_command(struct run *r, const char *arg)
{
	to_list(r);
	caselist_save_filter(r->list, r->app, arg);
}

static void
verify_command(struct run *r, const char *arg)
{
	(void)arg;
	duties_verify(r);
}

static void
backup_command(struct run *r, const char *arg)
{
	duties_backup(r, arg);
}

static void
accept_command(struct run *r, const char *arg)
{
	(void)arg;
	duties_accept(r);
}

static void
notices_command(struct run *r, const char *arg)
{
	(void)arg;
	duties_notice(r);
	app_push(r->app, notices_screen_new(&r->notices));
}

/* An action of the list or of the case by its own name, from anywhere. */
static void
users_command(struct run *r, const char *arg)
{
	struct event ev = {ACT_USERS, NULL, 0};

	(void)arg;
	to_list(r);
	app_act(r->app, &ev);
}

static void
bundles_command(struct run *r, const char *arg)
{
	struct event ev = {ACT_BUNDLES, NULL, 0};

	(void)arg;
	to_list(r);
	app_act(r->app, &ev);
}

static void
elsewhere_command(struct run *r, const char *arg)
{
	struct event ev = {ACT_USERS, NULL, 0};

	(void)arg;
	to_list(r);
	app_act(r->app, &ev);
	ev.act = ACT_ELSEWHERE;
	app_act(r->app, &ev);
}

static void
passphrase_command(struct run *r, const char *arg)
{
	struct passform_opts o = {.source = people_source_store(r->s)};

	(void)arg;
	passform_open(r->app, &o);
}

static void
looks_open(void *ctx, struct app *app, const struct case_id *id)
{
	session_open_case(((struct run *)ctx)->s, app, id);
}

static void
flagged_command(struct run *r, const char *arg)
{
	struct lookscreen_opts o = {
		.source = look_source_store(r->s), .view = LOOKS_FLAGGED,
		.ctx = r, .open = looks_open,
	};
	struct err e;

	(void)arg;
	if (right_check(store_role(session_store(r->s)), RIGHT_LOOKS, &e) !=
	    RC_OK) {
		app_error(r->app, &e);
		return;
	}
	to_list(r);
	app_push(r->app, lookscreen_new(&o));
}

/* With no reference, of the case that is open. */
static void
looked_command(struct run *r, const char *arg)
{
	struct event ev = {ACT_LOOKED, NULL, 0};
	struct lookscreen_opts o = {
		.source = look_source_store(r->s), .view = LOOKS_OF_CASE,
		.name = arg, .ctx = r,
	};
	struct case_id id;
	struct err e;

	if (*arg == '\0' && app_top(r->app) == r->list) {
		app_warn(r->app, "At which case? Type :looked and its "
		    "reference, or open it and press W.");
	} else if (*arg == '\0') {
		app_act(r->app, &ev);
	} else if (store_case_by_reference(session_store(r->s), arg, &id,
	    &e) != RC_OK) {
		app_error(r->app, &e);
	} else {
		o.case_id = &id;
		app_push(r->app, lookscreen_new(&o));
	}
}

static void
services_command(struct run *r, const char *arg)
{
	struct servicescreen_opts o = {.services = NULL};
	struct err e;

	o.near = arg;
	o.services = session_services(r->s, &e);
	if (o.services != NULL)
		app_push(r->app, servicescreen_new(&o));
	if (e.rc != RC_OK)
		app_error(r->app, &e);
}

/* ---- of a training store ---- */

static void
home_act(struct run *r, enum action a)
{
	struct event ev = {a, NULL, 0};

	to_list(r);
	app_act(r->app, &ev);
}

/* With no reference, of the session that is selected. */
static void
replay_command(struct run *r, const char *arg)
{
	struct place here = {.type = PLACE_REPLAY};
	struct pane *screen;
	struct err e;

	if (*arg == '\0') {
		home_act(r, ACT_REPLAY);
		return;
	}
	if (store_case_by_reference(session_store(r->s), arg, &here.id,
	    &e) != RC_OK) {
		app_error(r->app, &e);
		return;
	}
	to_list(r);
	screen = replay_screen_new(r->s, &here.id, &e);
	if (screen == NULL) {
		app_error(r->app, &e);
		return;
	}
	session_at(r->s, 1, &here);
	app_push(r->app, screen);
}

static void
again_command(struct run *r, const char *arg)
{
	(void)arg;
	home_act(r, ACT_ASK_AGAIN);
}

static void
log_command(struct run *r, const char *arg)
{
	(void)arg;
	home_act(r, ACT_TRAIN_LOG);
}

static void
study_command(struct run *r, const char *arg)
{
	(void)arg;
	home_act(r, ACT_STUDY_TAKE);
}

static void
due_command(struct run *r, const char *arg)
{
	duties_due(r, arg);
}

static void
collation_command(struct run *r, const char *arg)
{
	(void)arg;
	collationrun_open(r);
}

static void
queue_command(struct run *r, const char *arg)
{
	duties_queue(r, arg);
}

/* Of the case that is open, or of the one that is named. */
static void
make_study_command(struct run *r, const char *arg)
{
	struct status st = {.case_id = NULL};
	struct case_id id;
	struct pane *p;
	struct err e;

	if (*arg != '\0')
		open_command(r, arg);
	pane_status(app_top(r->app), &st);
	if (st.case_id == NULL) {
		if (*arg == '\0')
			app_warn(r->app, "From which case? Open it first, or "
			    "type :study and its reference.");
		return;
	}
	id = *st.case_id;
	p = deident_screen_new(r->s, &id, &e);
	if (p == NULL)
		app_error(r->app, &e);
	else
		app_push(r->app, p);
}

static void
studies_command(struct run *r, const char *arg)
{
	struct pane *p;
	struct err e;

	(void)arg;
	p = studydrafts_screen_new(r->s, &e);
	if (p == NULL)
		app_error(r->app, &e);
	else
		app_push(r->app, p);
}

static void
links_command(struct run *r, const char *arg)
{
	struct pane *p;
	struct err e;

	(void)arg;
	p = link_screen_new(r->s, &e);
	if (p == NULL)
		app_error(r->app, &e);
	else
		app_push(r->app, p);
}

static void
print_command(struct run *r, const char *arg)
{
	(void)arg;
	leavedoor_screen(r->s, r->app);
}

static void
help_command(struct run *r, const char *arg)
{
	struct help_source src = help_source_session(r->s);

	app_push(r->app, *arg == '\0' ? helptopics_new(&src) :
	    helpscreen_new(&src, arg, CONTEXT_HELP));
}

static const struct named commands[] = {
	{"open", open_command, ANYWHERE},
	{"new", new_command, ANYWHERE},
	{"filter", filter_command, LIVE},
	{"due", due_command, LIVE},
	{"queue", queue_command, LIVE},
	{"collation", collation_command, LIVE},
	{"save-filter", save_filter_command, LIVE},
	{"verify", verify_command, ANYWHERE},
	{"users", users_command, ANYWHERE},
	{"bundles", bundles_command, ANYWHERE},
	{"elsewhere", elsewhere_command, ANYWHERE},
	{"passphrase", passphrase_command, ANYWHERE},
	{"looked", looked_command, ANYWHERE},
	{"flagged", flagged_command, ANYWHERE},
	{"backup", backup_command, ANYWHERE},
	{"accept", accept_command, ANYWHERE},
	{"notices", notices_command, ANYWHERE},
	{"services", services_command, ANYWHERE},
	{"study", make_study_command, LIVE},
	{"studies", studies_command, LIVE},
	{"links", links_command, LIVE},
	{"print", print_command, ANYWHERE},
	{"replay", replay_command, TRAINING},
	{"ask-again", again_command, TRAINING},
	{"log", log_command, TRAINING},
	{"study-take", study_command, TRAINING},
	{"help", help_command, ANYWHERE}
};

/* True, and told, when the store is of the other sort. */
static bool
is_misplaced(struct run *r, const struct named *c)
{
	bool training = store_training(session_store(r->s));

	if (c->where == (training ? LIVE : TRAINING)) {
		app_warn(r->app, training ? ":%s is for a store of real "
		    "cases; this one is for training. Sessions and studies "
		    "are on its first screen, where / searches." :
		    ":%s is for a store that was made for training: hearken "
		    "init --training makes one.", c->name);
		return true;
	}
	return false;
}

bool
commands_run(void *ctx, struct app *app, const char *line)
{
	struct run *r = ctx;

	(void)app;
	/* Before the list there is nothing that a command may pass by. */
	if (session_store(r->s) == NULL || r->list == NULL)
		return false;
	line += strspn(line, " ");
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		size_t n = strlen(commands[i].name);

		if (strncmp(line, commands[i].name, n) != 0 ||
		    (line[n] != ' ' && line[n] != '\0'))
			continue;
		line += n;
		if (!is_misplaced(r, &commands[i]))
			commands[i].run(r, line + strspn(line, " "));
		return true;
	}
	return false;
}

const char *const *
commands_names(void)
{
	static const char *const names[] = {
		"open ",
		"new",
		"filter ",
		"save-filter ",
		"due ",
		"queue ",
		"verify",
		"users",
		"bundles",
		"elsewhere",
		"passphrase",
		"looked ",
		"flagged",
		"backup ",
		"accept",
		"notices",
		"services ",
		"study",
		"studies",
		"links",
		"print",
		"replay ",
		"ask-again",
		"log",
		"study-take",
		"help",
		"help backup",
		"help bundles",
		"help case",
		"help cases",
		"help checklist",
		"help deadlines",
		"help deident",
		"help disposal",
		"help due",
		"help export",
		"help facilitator",
		"help filter",
		"help instruments",
		"help judgement",
		"help keys",
		"help link-review",
		"help new-case",
		"help notes",
		"help people",
		"help people-elsewhere",
		"help recovery",
		"help referral",
		"help review",
		"help risk",
		"help safety",
		"help search",
		"help services",
		"help settings",
		"help training",
		"help training-home",
		"help training-log",
		"help unlock",
		"help users",
		"help verify",
		"help voice",
		"help watching",
		NULL
	};

	return names;
}
