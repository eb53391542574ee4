/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/faultlist.h"
#include "cli/print.h"
#include "core/standards.h"
#include "exchange/file.h"

#define FILE_BYTES_MAX ((size_t)4 << 20)

static enum rc standards_run(const struct call *c, bool *attention,
    struct err *e);

const struct command command_standards = {
	.name = "standards",
	.usage = "check FILE",
	.summary = "check a self-assessment against the nine foundations",
	.help = "check FILE reads a self-assessment, prints every fault as "
	    "file:line:column: message, and else how it stands.\n\n"
	    "A board copies content/standards/nine-foundations.yaml, names "
	    "its agencies, and writes under each statement what each of them "
	    "says: delivered (yes, partly, no), evidence, and on (the day). "
	    "yes asks for evidence. A statement is green when every agency "
	    "that it is for has delivered it, red when fewer than half have, "
	    "amber between; what is partly delivered or not answered is not "
	    "delivered.\n\n"
	    "hearken report nine-foundations STORE --standards FILE makes "
	    "the report.",
	.options = (const struct option_def[]){
		{NULL, NULL, NULL}
	},
	.min_args = 2,
	.max_args = 2,
	.paths = "-r",
	.run = standards_run,
};

static void
say_standing(const struct standards *s)
{
	size_t n[STANDINGS] = {0}, all = 0;

	for (size_t i = 0; i < s->n; i++) {
		for (size_t k = 0; k < s->list[i].n; k++, all++)
			n[standard_standing(s, &s->list[i].list[k])]++;
	}
	say("%s: %zu foundation%s, %zu statement%s, %zu agenc%s.\n", s->id,
	    s->n, s->n == 1 ? "" : "s", all, all == 1 ? "" : "s",
	    s->nagencies, s->nagencies == 1 ? "y" : "ies");
	say("Green %zu, amber %zu, red %zu, not answered %zu.\n",
	    n[STANDING_GREEN], n[STANDING_AMBER], n[STANDING_RED],
	    n[STANDING_UNANSWERED]);
}

static enum rc
check(const char *path, struct err *e)
{
	struct standards *s;
	struct faults f;
	char *text = NULL;
	size_t n = 0;
	enum rc rc = file_read(path, FILE_BYTES_MAX, &text, &n, e);

	if (rc != RC_OK)
		return rc;
	faults_init(&f, path);
	s = standards_parse(text, n, &f);
	if (s != NULL)
		say_standing(s);
	else
		rc = say_faults(&f, e);
	standards_free(s);
	faults_release(&f);
	free(text);
	return rc;
}

static enum rc
standards_run(const struct call *c, bool *attention, struct err *e)
{
	(void)attention;
	return strcmp(c->args[0], "check") == 0 ? check(c->args[1], e) :
	    err_set(e, RC_USAGE, "hearken standards knows check, not \"%s\"",
	    c->args[0]);
}
