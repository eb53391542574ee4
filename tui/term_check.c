/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/term_check.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum rc
term_no_cursor(struct err *e)
{
	return err_set(e, RC_USAGE, "the terminal \"%s\" that TERM names is "
	    "not known here or cannot place its cursor: try TERM=xterm or "
	    "TERM=vt100, or use the commands list, show and screen",
	    getenv("TERM"));
}

enum rc
term_check(struct err *e)
{
	const char *name = getenv("TERM");

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return err_set(e, RC_USAGE, "input and output are not a "
		    "terminal: run it in a terminal window, or use the "
		    "commands list, show and screen");
	if (name == NULL || name[0] == '\0')
		return err_set(e, RC_USAGE, "TERM is not set: set it to the "
		    "kind of your terminal, such as TERM=xterm-256color");
	if (strcmp(name, "dumb") == 0 || strcmp(name, "unknown") == 0)
		return term_no_cursor(e);
	return RC_OK;
}
