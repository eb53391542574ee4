/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A command of the command line: one file each, with its `const struct
 * command` on top, listed in cli/commands.def.  Results go to stdout,
 * everything else to stderr, both through print.h, which lets no control
 * byte of stored text reach a terminal.
 */
#ifndef HEARKEN_CLI_COMMAND_H
#define HEARKEN_CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "core/clock.h"
#include "core/err.h"
#include "db/store.h"

/* What the world outside gives the program; tests give another. */
struct host {
	const struct clock *clock;
	const struct rng *rng;
	struct kdf_cost kdf;
	const char *content_dir;	/* instruments/, deadlines/, ... */
	const char *help_dir;
	const char *state_dir;		/* remembered heads; NULL: nowhere */
	bool caged;	/* a command runs shut in, see cli/sandbox.h */
};

/*
 * What the cage has to allow of a path that a command is given.  A file to
 * write, and a store, may have others made and renamed beside it.
 */
enum path_use {
	PATH_NONE = 0,
	PATH_READ,	/* a file, if there is one of that name */
	PATH_WRITE,	/* a file or store; its folder may be written */
	PATH_FOLDERS,	/* folders to write in, parted by colons */
	PATH_BESIDE	/* a switch: files are made beside what is read */
};

struct option_def {
	const char *name;	/* "format", without dashes */
	const char *arg;	/* "text|csv|json", or NULL for a switch */
	const char *help;	/* one line */
};

/* An option whose value is a path. */
struct path_option {
	const char *name;
	enum path_use use;
};

/* An option as it was given. */
struct given {
	size_t option;		/* its place in cmd->options */
	const char *value;
};

/* Parsed words of one call. */
struct call {
	const struct host *host;
	const struct command *cmd;
	const char *const *args;	/* operands; ends with NULL */
	size_t nargs;
	/* Value of an option, "" for a given switch, NULL when not given. */
	const char *const *values;	/* parallel to cmd->options */
	const struct given *given;	/* all of them, in their order */
	size_t ngiven;
};
const char *call_option(const struct call *c, const char *name);
/* The i-th value of an option that may be repeated; NULL after the last. */
const char *call_option_nth(const struct call *c, const char *name,
    size_t i);

struct command {
	const char *name;		/* "screen" */
	const char *usage;		/* "FILE.csv [--instrument ID] ..." */
	const char *summary;		/* one line for `hearken --help` */
	const char *help;		/* paragraphs for `COMMAND --help` and man */
	const struct option_def *options;	/* ends with a NULL name */
	size_t min_args, max_args;
	/*
	 * A letter for each operand: "-" no path, "r" PATH_READ, "w"
	 * PATH_WRITE; the last holds for all after it.  A word such as "add"
	 * is the first operand: "-w-" for user add STORE NAME.
	 */
	const char *paths;
	const struct path_option *path_options;	/* ends with a NULL name; or NULL */
	/*
	 * Returns RC_OK or the failure with e set.  *attention (false before)
	 * is set when it was done but something needs attention: exit 1.
	 */
	enum rc (*run)(const struct call *c, bool *attention, struct err *e);
};

/* All commands in the order of commands.def; *n is their number. */
const struct command *const *command_all(size_t *n);
const struct command *command_find(const char *name);

#endif
