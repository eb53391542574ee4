/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/print.h"
#include "cli/unlock.h"
#include "db/dispose.h"

static enum rc hold_run(const struct call *c, bool *attention,
    struct err *e);

const struct command command_hold = {
	.name = "hold",
	.usage = "STORE CASE [--lift] --reason TEXT | STORE --list",
	.summary = "forbid that a case is disposed of, or allow it again",
	.help = "Sets a legal hold on the case with the reference CASE: while "
	    "it stands the case cannot be disposed of, whatever a rule of "
	    "retention says. An inquiry, a claim or an order of a court is a "
	    "reason. --lift lifts it. --list lists the holds that stand.\n\n"
	    "Supervisors and administrators set and lift holds. Each is an "
	    "entry with a name and a reason that stays; leave names of "
	    "children out of the reason.",
	.options = (const struct option_def[]){
		{"lift", NULL, "lift the hold"},
		{"reason", "TEXT", "the inquiry, claim or order; or why it ends"},
		{"list", NULL, "list the holds that stand"},
		UNLOCK_OPTIONS,
		{NULL, NULL, NULL}
	},
	.min_args = 1,
	.max_args = 2,
	.paths = "w-",
	.run = hold_run,
};

static enum rc
check_options(const struct call *c, struct err *e)
{
	bool list = call_option(c, "list") != NULL;

	if (list && (c->nargs != 1 || call_option(c, "lift") != NULL ||
	    call_option(c, "reason") != NULL))
		return err_set(e, RC_USAGE, "--list stands alone: hearken "
		    "hold STORE --list");
	if (!list && c->nargs != 2)
		return err_set(e, RC_USAGE, "say which case: hearken hold "
		    "STORE CASE --reason TEXT");
	if (!list && call_option(c, "reason") == NULL)
		return err_set(e, RC_USAGE, "say why: --reason TEXT");
	return RC_OK;
}

static bool
say_hold(const struct hold_row *row, void *ctx)
{
	char when[SPAN_WORDS_MAX], hex[2 * CASE_ID_LEN + 1];
	size_t *n = ctx;

	moment_words(row->at, when);
	hex_format(row->case_id.b, CASE_ID_LEN, hex);
	say("%s  held since %s by %s\n", row->reference[0] != '\0' ?
	    row->reference : hex, when, row->by);
	say_wrapped("    ", row->reason);
	++*n;
	return true;
}

static enum rc
list_holds(struct store *s, struct err *e)
{
	size_t n = 0;
	enum rc rc = store_holds(s, say_hold, &n, e);

	if (rc == RC_OK)
		tell("%zu hold%s.\n", n, n == 1 ? "" : "s");
	return rc;
}

static enum rc
change_hold(struct store *s, const struct call *c, struct err *e)
{
	bool lift = call_option(c, "lift") != NULL;
	struct case_id id;
	enum rc rc = store_dispose_find(s, c->args[1], &id, e);

	if (rc == RC_OK)
		rc = store_hold(s, &id, !lift, call_option(c, "reason"), e);
	if (rc == RC_OK)
		say(lift ? "The legal hold on %s is lifted.\n" :
		    "%s is under a legal hold and cannot be disposed of.\n",
		    c->args[1]);
	return rc;
}

static enum rc
hold_run(const struct call *c, bool *attention, struct err *e)
{
	struct store *s = NULL;
	enum rc rc = check_options(c, e);

	(void)attention;
	if (rc == RC_OK)
		rc = unlock_store(c, c->args[0], &s, e);
	if (rc == RC_OK && call_option(c, "list") != NULL)
		rc = list_holds(s, e);
	else if (rc == RC_OK)
		rc = change_hold(s, c, e);
	store_close(s);
	return rc;
}
