/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "cli/content.h"
#include "cli/print.h"

static enum rc retention_run(const struct call *c, bool *attention,
    struct err *e);

const struct command command_retention = {
	.name = "retention",
	.usage = "[check FILE]",
	.summary = "list how long records are kept, or check such a table",
	.help = "Lists the rules of retention: how long records of each type "
	    "are kept, counted from what, and where that stands. check FILE "
	    "reads another table and prints every fault as file:line:column: "
	    "message.\n\n"
	    "A rule never disposes of anything. It says from when two people "
	    "may (hearken dispose). Where it cannot say a day, because the "
	    "birth date is not known or the case was not closed, the case is "
	    "kept.\n\n"
	    "The table is content: content/retention/england.yaml. A board "
	    "edits it, or keeps its own and names it with --retention.",
	.options = (const struct option_def[]){
		{NULL, NULL, NULL}
	},
	.min_args = 0,
	.max_args = 2,
	.paths = "-r",
	.run = retention_run,
};

static void
say_rule(const struct retention_rule *r)
{
	struct str words;

	str_init(&words);
	retention_rule_words(r, &words);
	say("\n  %-18s%s%s\n", r->id, r->label,
	    r->verified ? "" : " (not verified)");
	say("  %-18s%s\n", "", words.s);
	str_clear(&words);
	str_add_fmt(&words, "Source: %s", r->source);
	say_wrapped("                    ", words.s);
	if (r->note[0] != '\0')
		say_wrapped("                    ", r->note);
	str_release(&words);
}

static void
say_table(const struct retention *r)
{
	say("%s\n", r->title);
	if (r->chosen == NULL)
		say("  A case for which nobody names a rule is kept.\n");
	else
		say("  A case for which nobody names a rule is kept by %s.\n",
		    r->chosen->id);
	for (size_t i = 0; i < r->nrules; i++)
		say_rule(&r->rules[i]);
}

static enum rc
retention_run(const struct call *c, bool *attention, struct err *e)
{
	struct retention *r = NULL;
	enum rc rc;

	(void)attention;
	if (c->nargs == 1 || (c->nargs == 2 &&
	    strcmp(c->args[0], "check") != 0))
		return err_set(e, RC_USAGE, "expected `retention' or "
		    "`retention check FILE'");
	rc = content_retention(c->host, c->nargs == 2 ? c->args[1] : NULL,
	    &r, e);
	if (rc == RC_OK)
		say_table(r);
	retention_free(r);
	return rc;
}
