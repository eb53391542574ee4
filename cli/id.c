/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "cli/command.h"
#include "cli/print.h"
#include "core/ident.h"
#include "core/utf8.h"

static enum rc id_run(const struct call *c, bool *attention, struct err *e);

const struct command command_id = {
	.name = "id",
	.usage = "nhs|upn VALUE",
	.summary = "check an NHS number or a pupil's UPN",
	.help = "Checks the length, the characters and the check digit of an "
	    "NHS number, or the check letter of a unique pupil number, "
	    "permanent or temporary. Spaces are allowed.\n\n"
	    "Exit code 0: valid; 1: not valid, and the reason is printed. A "
	    "valid number was copied well; it may still be another child's.",
	.options = (const struct option_def[]){
		{NULL, NULL, NULL}
	},
	.min_args = 2,
	.max_args = 2,
	.paths = "-",
	.run = id_run,
};

static enum rc
check_nhs(const char *text, struct err *why)
{
	char out[NHS_TEXT_MAX];
	enum rc rc = nhs_check(text, out, why);

	if (rc == RC_OK)
		say("%s is a valid NHS number.\n", out);
	else
		say("\"%s\" is not a valid NHS number: %s.\n", text,
		    why->text);
	return rc;
}

static enum rc
check_upn(const char *text, struct err *why)
{
	struct upn out;
	enum rc rc = upn_check(text, &out, why);

	if (rc == RC_OK)
		say("%s is a valid %s UPN.\n", out.text,
		    out.temporary ? "temporary" : "permanent");
	else
		say("\"%s\" is not a valid UPN: %s.\n", text, why->text);
	return rc;
}

static enum rc
id_run(const struct call *c, bool *attention, struct err *e)
{
	struct err why;

	err_clear(&why);
	if (strcmp(c->args[0], "nhs") == 0)
		*attention = check_nhs(c->args[1], &why) != RC_OK;
	else if (strcmp(c->args[0], "upn") == 0)
		*attention = check_upn(c->args[1], &why) != RC_OK;
	else
		return err_set(e, RC_USAGE, "\"%.*s\" is no kind of number "
		    "that can be checked: write nhs or upn",
		    utf8_cut(c->args[0], 40), c->args[0]);
	return RC_OK;
}
