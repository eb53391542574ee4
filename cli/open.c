/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <stdlib.h>

#include "cli/host.h"
#include "cli/print.h"
#include "cli/sandbox.h"
#include "cli/unlock.h"
#include "tui/tui.h"

static enum rc open_run(const struct call *c, bool *attention,
    struct err *e);

const struct command command_open = {
	.name = "open",
	.usage = "STORE",
	.summary = "open a store in the terminal (also: hearken STORE)",
	.help = "Opens the store in the terminal: the list of cases, and for "
	    "each case its checklist, risk, notes and referrals. F1 or ? "
	    "explains every screen; q goes back.\n\n"
	    "After some minutes without a key the store locks; what was being "
	    "typed is kept, encrypted.\n\n"
	    "Once it runs, the program can reach the folder of the store and "
	    "the folders given with --folder, and no others.",
	.options = (const struct option_def[]){
		UNLOCK_OPTIONS,
		{"theme", "NAME", "default, light, high-contrast or mono"},
		{"ascii", NULL, "draw lines with ASCII characters"},
		{"folder", "DIR", "where backups and exports may go; several with : between"},
		{"idle", "MINUTES", "lock after so many minutes; 0 never; else as the store says"},
		{NULL, NULL, NULL}
	},
	.min_args = 1,
	.max_args = 1,
	.paths = "w",
	.path_options = (const struct path_option[]){
		{"folder", PATH_FOLDERS},
		{NULL, PATH_NONE}
	},
	.run = open_run,
};

static enum rc
read_idle(const char *text, int *minutes, struct err *e)
{
	char *end;
	long n;

	*minutes = TUI_IDLE_OF_STORE;
	if (text == NULL)
		return RC_OK;
	errno = 0;
	n = strtol(text, &end, 10);
	if (end == text || *end != '\0' || errno != 0 || n < 0 || n > 240)
		return err_set(e, RC_USAGE, "--idle takes minutes from 0 to "
		    "240, not \"%s\"", text);
	*minutes = (int)n;
	return RC_OK;
}

static enum rc
open_run(const struct call *c, bool *attention, struct err *e)
{
	struct tui_opts o = {
		.store_path = c->args[0],
		.user = call_option(c, "user"),
		.store = host_store_opts(c->host),
		.content_dir = c->host->content_dir,
		.help_dir = c->host->help_dir,
		.theme = call_option(c, "theme"),
		.ascii = call_option(c, "ascii") != NULL,
		.may_write = sandbox_may_write,
	};
	struct secret pass = {NULL, 0, 0};
	size_t slots;
	enum rc rc;

	(void)attention;
	rc = read_idle(call_option(c, "idle"), &o.idle_minutes, e);
	if (rc == RC_OK)
		rc = store_slot_count(o.store_path, &slots, e);
	if (rc == RC_OK && !print_out_is_tty())
		rc = err_set(e, RC_USAGE, "there is no terminal here; try "
		    "hearken list %s", o.store_path);
	if (rc == RC_OK && call_option(c, "passphrase-fd") != NULL) {
		rc = passphrase_read(c, "", &pass, e);
		o.pass = &pass;
	}
	if (rc == RC_OK)
		rc = tui_run(&o, e);
	secret_release(&pass);
	return rc;
}
