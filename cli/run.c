/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/run.h"

#include <string.h>
#include <unistd.h>

#include "cli/cage.h"
#include "cli/print.h"
#include "cli/usage.h"

#define OPTIONS_MAX 16
#define ARGS_MAX 1024

#define COMMAND(name) extern const struct command command_##name;
#include "cli/commands.def"
#undef COMMAND

static const struct command *const commands[] = {
#define COMMAND(name) &command_##name,
#include "cli/commands.def"
#undef COMMAND
};

const struct command *const *
command_all(size_t *n)
{
	*n = sizeof(commands) / sizeof(commands[0]);
	return commands;
}

const struct command *
command_find(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	return NULL;
}

static size_t
option_index(const struct command *cmd, const char *name, size_t n)
{
	size_t i;

	for (i = 0; cmd->options[i].name != NULL; i++)
		if (strlen(cmd->options[i].name) == n &&
		    memcmp(cmd->options[i].name, name, n) == 0)
			break;
	return i;
}

const char *
call_option(const struct call *c, const char *name)
{
	size_t i = option_index(c->cmd, name, strlen(name));

	return c->cmd->options[i].name != NULL ? c->values[i] : NULL;
}

const char *
call_option_nth(const struct call *c, const char *name, size_t i)
{
	const size_t option = option_index(c->cmd, name, strlen(name));

	for (size_t k = 0; k < c->ngiven; k++)
		if (c->given[k].option == option && i-- == 0)
			return c->given[k].value;
	return NULL;
}

/* What is being read: the words of one call. */
struct words {
	const struct command *cmd;
	const char *const *argv;
	const char *values[OPTIONS_MAX];
	const char *args[ARGS_MAX + 1];
	size_t nargs;
	struct given given[ARGS_MAX];
	size_t ngiven;
	bool help;
};

static int
give(struct words *w, size_t option, const char *value, int took,
    struct err *e)
{
	if (w->ngiven == ARGS_MAX) {
		err_set(e, RC_USAGE, "too many options; %d can be given",
		    ARGS_MAX);
		return 0;
	}
	w->values[option] = value;
	w->given[w->ngiven++] = (struct given){option, value};
	return took;
}

/* Reads "--name=value", "--name value" or "--switch"; returns words taken. */
static int
read_option(struct words *w, const char *const *at, struct err *e)
{
	const char *name = at[0] + 2;
	size_t n = strcspn(name, "=");
	size_t i = option_index(w->cmd, name, n);
	const struct option_def *o = &w->cmd->options[i];

	if (o->name == NULL) {
		err_set(e, RC_USAGE, "hearken %s has no option --%.*s; see "
		    "hearken %s --help", w->cmd->name, (int)n, name,
		    w->cmd->name);
		return 0;
	}
	if (o->arg == NULL && name[n] == '=') {
		err_set(e, RC_USAGE, "--%s takes no value", o->name);
		return 0;
	}
	if (o->arg == NULL || name[n] == '=')
		return give(w, i, o->arg == NULL ? "" : name + n + 1, 1, e);
	if (at[1] == NULL) {
		err_set(e, RC_USAGE, "--%s needs a value: %s", o->name, o->arg);
		return 0;
	}
	return give(w, i, at[1], 2, e);
}

static enum rc
read_words(struct words *w, struct err *e)
{
	const char *const *at = w->argv;
	bool plain = false;
	int took;

	while (*at != NULL) {
		took = 1;
		if (!plain && strcmp(*at, "--") == 0)
			plain = true;
		else if (!plain && (strcmp(*at, "--help") == 0 ||
		    strcmp(*at, "-h") == 0))
			w->help = true;
		else if (!plain && strncmp(*at, "--", 2) == 0)
			took = read_option(w, at, e);
		else if (!plain && (*at)[0] == '-' && (*at)[1] != '\0')
			return err_set(e, RC_USAGE, "unknown option %s; see "
			    "hearken %s --help", *at, w->cmd->name);
		else if (w->nargs < ARGS_MAX)
			w->args[w->nargs++] = *at;
		else
			return err_set(e, RC_USAGE, "too many arguments");
		if (took == 0)
			return e->rc;
		at += took;
	}
	w->args[w->nargs] = NULL;
	return RC_OK;
}

static enum rc
check_count(const struct words *w, struct err *e)
{
	if (w->nargs < w->cmd->min_args)
		return err_set(e, RC_USAGE, "something is missing; usage: "
		    "hearken %s %s", w->cmd->name, w->cmd->usage);
	if (w->nargs > w->cmd->max_args)
		return err_set(e, RC_USAGE, "\"%s\" is one word too many; "
		    "usage: hearken %s %s", w->args[w->cmd->max_args],
		    w->cmd->name, w->cmd->usage);
	return RC_OK;
}

static enum rc
run_command(const struct command *cmd, const char *const *argv,
    const struct host *host, bool *attention, struct err *e)
{
	struct words w = {.cmd = cmd, .argv = argv};
	struct call c = {.host = host, .cmd = cmd, .args = w.args,
	    .values = w.values};
	enum rc rc = read_words(&w, e);

	if (rc == RC_OK && w.help) {
		usage_command(cmd);
		return RC_OK;
	}
	if (rc == RC_OK)
		rc = check_count(&w, e);
	if (rc != RC_OK)
		return rc;
	c.nargs = w.nargs;
	c.given = w.given;
	c.ngiven = w.ngiven;
	rc = cage_call(&c, e);
	return rc == RC_OK ? cmd->run(&c, attention, e) : rc;
}

/* True if the first word names a store rather than a command. */
static bool
names_store(const char *word)
{
	return strchr(word, '/') != NULL || access(word, F_OK) == 0;
}

static enum rc
dispatch(char **argv, const struct host *host, bool *attention,
    struct err *e)
{
	const char *const *words = (const char *const *)argv;
	const char *first = words[1];
	const struct command *cmd;

	if (first == NULL) {
		usage_short();
		return err_set(e, RC_USAGE, "say which command, or name a "
		    "store to open");
	}
	if (strcmp(first, "--help") == 0 || strcmp(first, "-h") == 0 ||
	    strcmp(first, "help") == 0)
		return usage_help(words + 2, e);
	if (strcmp(first, "--version") == 0)
		return usage_version(words + 2, e);
	cmd = command_find(first);
	if (cmd != NULL)
		return run_command(cmd, words + 2, host, attention, e);
	if (first[0] != '-' && names_store(first))
		return run_command(command_find("open"), words + 1, host,
		    attention, e);
	if (first[0] == '-')
		return err_set(e, RC_USAGE, "options stand after the command "
		    "or the store, as in hearken STORE %s; see hearken "
		    "--help", first);
	return err_set(e, RC_USAGE, "there is no command and no file \"%s\"; "
	    "see hearken --help", first);
}

int
cli_run(int argc, char **argv, const struct host *host)
{
	bool attention = false;
	struct err e, out;
	enum rc rc;

	(void)argc;
	err_clear(&e);
	err_clear(&out);
	rc = dispatch(argv, host, &attention, &e);
	if (rc != RC_OK)
		tell_line("hearken: %s", e.text);
	if (print_finish(&out) != RC_OK) {
		tell_line("hearken: %s", out.text);
		return err_exit_code(out.rc);
	}
	if (rc != RC_OK)
		return err_exit_code(rc);
	return attention ? 1 : 0;
}
