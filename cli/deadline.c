/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>

#include "cli/command.h"
#include "cli/faultlist.h"
#include "cli/host.h"
#include "cli/print.h"
#include "core/deadline.h"
#include "exchange/file.h"

#define RULES_FILE "england.yaml"
#define FILE_BYTES_MAX (1u << 20)

static enum rc deadline_run(const struct call *c, bool *attention,
    struct err *e);

const struct command command_deadline = {
	.name = "deadline",
	.usage = "[RULE START]",
	.summary = "say when something is due, and how that was counted",
	.help = "Counts a deadline from START, a day (2026-03-04 or 4/3/2026) "
	    "or a day and time (\"2026-03-04 16:05\"), by the rule RULE. "
	    "Without RULE it lists the rules.\n\n"
	    "The day after the start is day 1. Working days leave out "
	    "weekends and the bank holidays of England and Wales. A limit in "
	    "days lasts to the end of its last day. Hours are hours of real "
	    "time, whatever the clocks do in between. Times are those of "
	    "this machine's time zone.\n\n"
	    "Exit code 1: counted, but with a warning: the rule is not "
	    "verified, or the bank holidays of a year are not confirmed.\n\n"
	    "The rules are content: content/deadlines/england.yaml and "
	    "content/calendars/england-wales.yaml.",
	.options = (const struct option_def[]){
		{NULL, NULL, NULL}
	},
	.min_args = 0,
	.max_args = 2,
	.paths = "-",
	.run = deadline_run,
};

/* Reads content_dir/folder/name; *text is owned. */
static enum rc
read_content(const struct host *h, const char *folder, const char *name,
    char **text, size_t *n, struct err *e)
{
	char *path = host_content_path(h, folder, name);
	enum rc rc = file_read(path, FILE_BYTES_MAX, text, n, e);

	free(path);
	return rc;
}

static enum rc
load_rules(const struct host *h, struct deadlines **out, struct err *e)
{
	struct faults f;
	char *text;
	size_t n;
	enum rc rc = read_content(h, "deadlines", RULES_FILE, &text, &n, e);

	if (rc != RC_OK)
		return rc;
	faults_init(&f, RULES_FILE);
	*out = deadlines_parse(text, n, &f);
	if (*out == NULL)
		rc = tell_faults(&f, e);
	faults_release(&f);
	free(text);
	return rc;
}

static enum rc
load_calendar(const struct host *h, const char *id, struct calendar **out,
    struct err *e)
{
	struct faults f;
	struct str name;
	char *text;
	size_t n;
	enum rc rc;

	str_init(&name);
	str_add_fmt(&name, "%s.yaml", id);
	rc = read_content(h, "calendars", name.s, &text, &n, e);
	if (rc == RC_OK) {
		faults_init(&f, name.s);
		*out = calendar_parse(text, n, &f);
		if (*out == NULL)
			rc = tell_faults(&f, e);
		faults_release(&f);
		free(text);
	}
	str_release(&name);
	return rc;
}

static void
say_rules(const struct deadlines *d)
{
	struct str limit;

	str_init(&limit);
	say("%s\n\n", d->title);
	for (size_t i = 0; i < d->nrules; i++) {
		const struct deadline_rule *r = &d->rules[i];

		str_clear(&limit);
		deadline_limit_words(r, &limit);
		say("  %-24s%s%s\n", r->id, limit.s,
		    r->verified ? "" : " (not verified)");
		say("  %-24swhen %s\n", "", r->clock_starts);
	}
	str_release(&limit);
}

static void
say_part(const char *label, const char *text)
{
	if (text[0] == '\0')
		return;
	say("\n%s\n", label);
	say_wrapped("  ", text);
}

static void
say_due(const struct deadline_rule *r, const struct due *due)
{
	struct str line;

	str_init(&line);
	str_add_fmt(&line, "%s: ", r->label);
	due_words(r, due, &line);
	say("%s\n", line.s);
	say_part("How it was counted", due->how);
	say_part("The clock starts when", r->clock_starts);
	say_part("Source", r->source);
	if (r->verified)
		say_part("Note", r->note);
	say_part("Warning", due->warning);
	str_release(&line);
}

static enum rc
say_deadline(const struct call *c, const struct deadlines *d,
    bool *attention, struct err *e)
{
	const struct deadline_rule *r;
	struct calendar *calendar = NULL;
	struct deadline_start start;
	struct due due;
	enum rc rc = deadline_start_parse(c->args[1], &start, e);

	if (rc == RC_OK)
		rc = deadlines_find(d, c->args[0], start.day, &r, e);
	if (rc == RC_OK)
		rc = load_calendar(c->host, d->calendar, &calendar, e);
	if (rc == RC_OK)
		rc = deadline_count(r, calendar, &start, &due, e);
	if (rc == RC_OK) {
		say_due(r, &due);
		*attention = due.warning[0] != '\0';
		due_release(&due);
	}
	calendar_free(calendar);
	return rc;
}

static enum rc
deadline_run(const struct call *c, bool *attention, struct err *e)
{
	struct deadlines *d = NULL;
	enum rc rc;

	if (c->nargs == 1)
		return err_set(e, RC_USAGE, "the start is missing: write a "
		    "day (2026-03-04) or a day and time "
		    "(\"2026-03-04 16:05\") after the rule");
	rc = load_rules(c->host, &d, e);
	if (rc != RC_OK)
		return rc;
	if (c->nargs == 0)
		say_rules(d);
	else
		rc = say_deadline(c, d, attention, e);
	deadlines_free(d);
	return rc;
}
