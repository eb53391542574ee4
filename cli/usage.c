/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/usage.h"

#include <gnu/libc-version.h>
#include <jansson.h>
#include <sodium.h>
#include <string.h>

#include "cli/machine.h"
#include "cli/print.h"
#include "exchange/pdf.h"

static const char intro[] =
    "Hearken: screen a young person against warning signs, see why, write\n"
    "the referral, and keep it all in one encrypted file.\n"
    "\n"
    "  hearken STORE                open a store in the terminal\n"
    "  hearken COMMAND ...          one of:\n"
    "\n";

static const char outro[] =
    "\n"
    "hearken COMMAND --help tells more. Results go to stdout, all else to\n"
    "stderr. Exit codes: 0 done, 1 done but something needs attention,\n"
    "2 wrong use, 3 bad input, 4 wrong passphrase, 5 store busy or damaged,\n"
    "6 system failure, 7 store tampered with or rolled back. A child in\n"
    "immediate danger: ring 999.\n";

static void
list_commands(void (*put)(const char *fmt, ...))
{
	const struct command *const *all;
	size_t n, i;

	all = command_all(&n);
	for (i = 0; i < n; i++)
		put("  hearken %-12s %s\n", all[i]->name, all[i]->summary);
}

void
usage_short(void)
{
	tell("%s", intro);
	list_commands(tell);
	tell("%s", "\n");
}

enum rc
usage_help(const char *const *args, struct err *e)
{
	const struct command *cmd;

	if (args[0] == NULL) {
		say("%s", intro);
		list_commands(say);
		say("%s", outro);
		return RC_OK;
	}
	cmd = command_find(args[0]);
	if (cmd == NULL)
		return err_set(e, RC_USAGE, "there is no command \"%s\"; see "
		    "hearken --help", args[0]);
	usage_command(cmd);
	return RC_OK;
}

void
usage_command(const struct command *cmd)
{
	const struct option_def *o;
	char head[64];

	say("hearken %s %s\n\n", cmd->name, cmd->usage);
	say_wrapped("", cmd->help);
	if (cmd->options[0].name != NULL)
		say("\nOptions:\n");
	for (o = cmd->options; o->name != NULL; o++) {
		(void)snprintf(head, sizeof(head), "--%s%s%s", o->name,
		    o->arg != NULL ? " " : "", o->arg != NULL ? o->arg : "");
		say("  %-28s  %s\n", head, o->help);
	}
}

enum rc
usage_version(const char *const *args, struct err *e)
{
	enum rc rc;

	say("hearken %s\n", PACKAGE_VERSION);
	if (args[0] == NULL)
		return RC_OK;
	if (strcmp(args[0], "--verbose") != 0)
		return err_set(e, RC_USAGE, "--version takes only --verbose");
	say("libsodium %s, jansson %s, glibc %s\n", sodium_version_string(),
	    jansson_version_str(), gnu_get_libc_version());
	say("pages: pango %s, cairo %s, qpdf %s; archives: libzip %s\n",
	    pdf_pango(), pdf_cairo(), pdf_seal_library(),
	    archive_library());
	say("store: %s\n", store_library());
	rc = machine_say(e);
	if (rc != RC_OK)
		return rc;
	say("Free software under the GNU GPL, version 3 or later. There is no "
	    "warranty.\n");
	return RC_OK;
}
