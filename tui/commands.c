/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/commands.h"

#include <string.h>

#include "tui/caselist.h"
#include "tui/helpscreen.h"
#include "tui/newcase.h"
#include "tui/run.h"

struct named {
	const char *name;
	void (*run)(struct run *r, const char *arg);
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
		app_warn(r->app, "There is no case %s. In the list, / finds "
		    "it by name.", arg);
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
	if (!session_may_write(r->s, "open")) {
		app_warn(r->app, "Your role may not open a case: ask a "
		    "practitioner or a supervisor.");
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

static bool
verify_progress(uint64_t done, uint64_t all, void *ctx)
{
	struct run *r = ctx;

	return app_progress(r->app, "Verifying (Esc stops)", (size_t)done,
	    (size_t)all);
}

static void
verify_now(void *ctx, struct app *app)
{
	struct run *r = ctx;
	struct store_verdict v;
	struct err e;
	enum rc rc;

	if (session_store(r->s) == NULL)
		return;
	rc = store_verify(session_store(r->s), verify_progress, r, &v, &e);
	if (rc == RC_CANCELLED)
		app_warn(app, "Verifying was stopped: nothing is known.");
	else if (rc != RC_OK)
		app_error(app, &e);
	else if (!v.sound)
		app_warn(app, "%s", v.fault);
	else
		app_say(app, "Sound: %llu entries, %llu seals, %llu cases; "
		    "every hash, chain and signature holds.",
		    (unsigned long long)v.entries,
		    (unsigned long long)v.seals, (unsigned long long)v.cases);
}

static void
verify_command(struct run *r, const char *arg)
{
	(void)arg;
	app_say(r->app, "Verifying...");
	app_later(r->app, verify_now, r);
}

static void
help_command(struct run *r, const char *arg)
{
	struct help_source src = help_source_session(r->s);

	app_push(r->app, *arg == '\0' ? helptopics_new(&src) :
	    helpscreen_new(&src, arg, CONTEXT_HELP));
}

static const struct named commands[] = {
	{"open", open_command},
	{"new", new_command},
	{"filter", filter_command},
	{"verify", verify_command},
	{"help", help_command}
};

bool
commands_run(void *ctx, struct app *app, const char *line)
{
	struct run *r = ctx;

	(void)app;
	if (session_store(r->s) == NULL)
		return false;
	line += strspn(line, " ");
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		size_t n = strlen(commands[i].name);

		if (strncmp(line, commands[i].name, n) != 0 ||
		    (line[n] != ' ' && line[n] != '\0'))
			continue;
		line += n;
		commands[i].run(r, line + strspn(line, " "));
		return true;
	}
	return false;
}

const char *const *
commands_names(void)
{
	static const char *const names[] = {
		"open ", "new", "filter ", "verify", "help",
		"help cases", "help new-case", "help filter", "help keys",
		"help safety", "help unlock", "help checklist", "help risk",
		"help notes", "help referrals", NULL
	};

	return names;
}
