/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The command line at `:`.  A line is offered to the program first, then
 * taken as one of the window's own words, then as the name of an action.
 */
#include "config.h"

#include "tui/app_impl.h"

#include <string.h>

static const char *const own[] = {
	"quit", "theme default", "theme light", "theme high-contrast",
	"theme mono", NULL
};

static bool
is_prefix(const char *text, const char *of)
{
	return strncmp(of, text, strlen(text)) == 0;
}

/* The i-th of a list that begins with text; counts *i down past others. */
static const char *
match(const char *const *list, const char *text, size_t *i)
{
	for (; list != NULL && *list != NULL; list++)
		if (is_prefix(text, *list) && (*i)-- == 0)
			return *list;
	return NULL;
}

static const char *
command_complete(void *ctx, const char *text, size_t i)
{
	const struct app *app = ctx;
	const char *found = match(app->opts.commands, text, &i);

	if (found == NULL)
		found = match(own, text, &i);
	for (int a = ACT_PASTED + 1; found == NULL && a < ACTIONS; a++) {
		const char *name = action_info((enum action)a)->name;

		if (is_prefix(text, name) && i-- == 0)
			found = name;
	}
	return found;
}

static bool
own_command(struct app *app, const char *line)
{
	enum theme t;

	if (strcmp(line, "quit") == 0) {
		if (app->opts.may_quit == NULL ||
		    app->opts.may_quit(app->opts.ctx, app))
			app_quit(app);
		return true;
	}
	if (!is_prefix("theme ", line))
		return false;
	if (theme_from_name(line + strlen("theme "), &t))
		app_set_theme(app, t);
	else
		app_warn(app, "The themes are default, light, high-contrast "
		    "and mono.");
	return true;
}

static void
command_done(void *ctx, struct app *app, const char *line)
{
	struct event ev = {ACT_NONE, NULL, 0};

	(void)ctx;
	if (line == NULL || line[0] == '\0')
		return;
	if (app->opts.command != NULL &&
	    app->opts.command(app->opts.ctx, app, line))
		return;
	if (own_command(app, line))
		return;
	ev.act = action_from_name(line);
	if (ev.act != ACT_NONE)
		app_act(app, &ev);
	else
		app_warn(app, "There is no command \"%s\".  Tab at the prompt "
		    "shows those there are.", line);
}

void
app_command_prompt(struct app *app)
{
	struct prompt p = {
		.label = ":", .history = "command", .ctx = app,
		.done = command_done, .complete = command_complete,
	};

	app_prompt(app, &p);
}
