/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/report.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/ask.h"
#include "cli/print.h"
#include "cli/sandbox.h"
#include "cli/unlock.h"
#include "core/reportdraw.h"
#include "core/rights.h"
#include "db/watch.h"
#include "exchange/reportout.h"

#define COLUMNS 80

static enum rc report_run(const struct call *c, bool *attention,
    struct err *e);

const struct command command_report = {
	.name = "report",
	.usage = "list | NAME STORE [--from DAY] [--to DAY] "
	    "[--format text|csv|json|pdf] [--out FILE] [--reason TEXT] "
	    "[--whole] ...",
	.summary = "count what the cases of a store tell together",
	.help = "  report list\n"
	    "  report NAME STORE [--from DAY] [--to DAY] ...\n\n"
	    "list names the reports and what each is for. A report counts "
	    "over the cases that you may open, of the time from --from to "
	    "--to, both days included; without them, of all time. Restricted "
	    "cases that are not for your eyes are left out, and it says how "
	    "many.\n\n"
	    "A count under 5 is shown as \"c\", and so is every other that "
	    "would tell one: by its total, by what is beside it, or by "
	    "another table of the report. Publish one report over one time: "
	    "over two times that overlap, what one hides the other may tell. "
	    "--whole hides nothing; it needs the right to take something out "
	    "of the store, a reason and its name typed, and says on itself "
	    "that it is not for publication.\n\n"
	    "Text is drawn with bars, and with a line of signs for months, on "
	    "80 columns. CSV has one shape whatever the report: report, "
	    "table, row, column, value, of, lower, upper; a line for each "
	    "cell. value is as people read it (c: suppressed), of the whole "
	    "of a share or rate, lower and upper the least and most of a "
	    "count, which differ where cases of several agencies may be of "
	    "one child. A cell that a spreadsheet would run as a formula "
	    "begins with an apostrophe. JSON has the tables with their "
	    "cells.\n\n"
	    "CSV, JSON, PDF and whatever goes to a file leave the store: that "
	    "needs --reason, and an entry says who took it out, when and "
	    "why. --out makes a new FILE and never writes over one; PDF needs "
	    "it.\n\n"
	    "ssda903-missing has rows about children: missing episodes of "
	    "those who are looked after, its CSV in the columns of the "
	    "return, CHILD, DOB, MISSING, MIS_START, MIS_END. It is never "
	    "suppressed, and asks for a reason and its name however it is "
	    "shown. What is to be looked at before it is sent is told beside "
	    "it, with exit status 1. cin-factors with --whole lists the "
	    "cases.\n\n"
	    "nine-foundations is about no child: it reads --standards FILE, "
	    "or the empty one that comes with the program; see hearken "
	    "standards.",
	.options = (const struct option_def[]){
		{"from", "DAY", "from this day on"},
		{"to", "DAY", "to the end of this day"},
		{"format", "text|csv|json|pdf", "how it is written; else text"},
		{"out", "FILE", "a new file, not the standard output"},
		{"reason", "TEXT", "why it leaves; kept in the store, and said on paper"},
		{"whole", NULL, "hide nothing; not for publication"},
		{"population", "FILE", "how many children live where, for rates"},
		{"standards", "FILE", "for nine-foundations: what the agencies say"},
		{"yes", NULL, "do not ask for its name to be typed"},
		UNLOCK_OPTIONS,
		{NULL, NULL, NULL}
	},
	.min_args = 1,
	.max_args = 2,
	.paths = "-w",
	.path_options = (const struct path_option[]){
		{"out", PATH_WRITE},
		{"population", PATH_READ},
		{"standards", PATH_READ},
		{NULL, PATH_NONE}
	},
	.run = report_run,
};

/* ---- the words of the call ---- */

bool
report_leaves(const struct report_job *j)
{
	return j->path != NULL || j->format != LEAVE_TEXT;
}

bool
report_tells(const struct report_job *j)
{
	return j->def->personal || (j->whole && j->def->published);
}

static enum rc
read_day(const struct call *c, const char *name, int32_t *out, struct err *e)
{
	const char *given = call_option(c, name);
	struct err why;

	*out = DAY_NONE;
	if (given == NULL || day_parse(given, out, &why) == RC_OK)
		return RC_OK;
	return err_set(e, RC_USAGE, "--%s: %s", name, why.text);
}

static enum rc
read_window(struct report_job *j, struct err *e)
{
	enum rc rc = read_day(j->c, "from", &j->window.from, e);

	if (rc == RC_OK)
		rc = read_day(j->c, "to", &j->window.to, e);
	if (rc == RC_OK && j->window.from != DAY_NONE &&
	    j->window.to != DAY_NONE && j->window.to < j->window.from)
		rc = err_set(e, RC_USAGE, "--to is before --from");
	return rc;
}

static enum rc
read_format(struct report_job *j, struct err *e)
{
	const char *format = call_option(j->c, "format");

	j->format = LEAVE_TEXT;
	if (format != NULL && !leave_format_find(format, &j->format))
		return err_set(e, RC_USAGE, "--format is text, csv, json or "
		    "pdf, not \"%s\"", format);
	if (j->format == LEAVE_PDF && j->path == NULL)
		return err_set(e, RC_USAGE, "pages go into a new file: "
		    "--out FILE.pdf");
	if (j->path == NULL)
		return RC_OK;
	return access(j->path, F_OK) == 0 ? err_set(e, RC_EXISTS, "%s exists "
	    "already and is not overwritten; name another file", j->path) :
	    sandbox_may_write(j->path, e);
}

static enum rc
check_reason(const struct report_job *j, struct err *e)
{
	if (!report_leaves(j) && !report_tells(j))
		return RC_OK;
	return j->reason != NULL ? leave_reason_check(j->reason, e) :
	    err_set(e, RC_USAGE, "say why it is %s: --reason TEXT",
	    report_leaves(j) ? "to leave the store" : "to be seen");
}

static enum rc
read_words(struct report_job *j, struct err *e)
{
	enum rc rc;

	j->def = report_find(j->c->args[0]);
	if (j->def == NULL)
		return err_set(e, RC_NOTFOUND, "there is no report \"%.64s\";"
		    " hearken report list names those there are",
		    j->c->args[0]);
	if (j->c->nargs != 2)
		return err_set(e, RC_USAGE, "hearken report %s takes a STORE",
		    j->def->name);
	j->path = call_option(j->c, "out");
	j->reason = call_option(j->c, "reason");
	j->whole = call_option(j->c, "whole") != NULL;
	rc = read_window(j, e);
	if (rc == RC_OK)
		rc = read_format(j, e);
	return rc == RC_OK ? check_reason(j, e) : rc;
}

/* ---- asking, and the note ---- */

static enum rc
confirm(const struct report_job *j, struct err *e)
{
	struct str prompt;
	enum rc rc;

	if (!report_tells(j))
		return RC_OK;
	str_init(&prompt);
	str_add_fmt(&prompt, "This shows %s: %s\nWhy: ", j->def->title,
	    j->def->personal ? "rows about children, personal data." :
	    "all counts, also those that can tell who a child is.");
	str_add(&prompt, j->reason);
	str_add_fmt(&prompt, "\nType %s to go on: ", j->def->name);
	rc = ask_to_confirm(j->c, prompt.s, j->def->name, e);
	str_release(&prompt);
	return rc;
}

static enum rc
note(const struct report_job *j, struct err *e)
{
	struct look_note n = {.what = report_leaves(j) || report_tells(j) ?
	    LOOK_EXPORT : LOOK_LIST, .count = j->facts.n,
	    .reason = j->reason};
	struct str words;
	enum rc rc;

	str_init(&words);
	report_entry_words(j->def, j->whole, &words);
	n.words = words.s;
	rc = store_look(j->s, &n, e);
	str_release(&words);
	return rc;
}

/* ---- where it goes ---- */

static void
draw(const struct report_job *j, struct str *out)
{
	const struct report_draw d = {.columns = COLUMNS,
		.ascii = strcmp(nl_langinfo(CODESET), "UTF-8") != 0};

	report_draw(&j->report, &d, out);
}

static enum rc
bytes(const struct report_job *j, const char *made, struct str *out,
    struct str *unknown, struct err *e)
{
	const struct report_order o = {j->def, j->format, made,
		clock_now(j->c->host->clock)};

	if (!report_leaves(j)) {
		draw(j, out);
		return RC_OK;
	}
	return report_bytes(&j->report, &o, out, unknown, e);
}

static enum rc
let_go(const struct report_job *j, const struct str *out, struct err *e)
{
	struct str what, name;
	struct archive_member m = {NULL, out->s, out->len};
	struct leaving l = {.path = j->path, .reason = j->reason,
		.now = clock_now(j->c->host->clock)};
	enum rc rc;

	str_init(&what);
	str_init(&name);
	report_entry_words(j->def, j->whole, &what);
	str_add_fmt(&name, "%s.%s", j->def->name,
	    leave_format_suffix(j->format));
	m.name = name.s;
	l.what = what.s;
	rc = leave(j->s, &l, &m, 1, e);
	if (rc == RC_OK)
		tell_line("Took %s out, into %s.", what.s, j->path);
	str_release(&what);
	str_release(&name);
	return rc;
}

static enum rc
put_out(const struct report_job *j, bool *attention, struct err *e)
{
	struct str out, made, unknown;
	enum rc rc;

	str_init(&out);
	str_init(&made);
	str_init(&unknown);
	leave_made(&made, store_user(j->s), clock_now(j->c->host->clock),
	    j->reason);
	rc = bytes(j, made.s, &out, &unknown, e);
	if (rc == RC_OK)
		rc = j->path != NULL ? let_go(j, &out, e) : note(j, e);
	if (rc == RC_OK && j->path == NULL)
		say_n(out.s, out.len);
	if (rc == RC_OK && unknown.len > 0) {
		tell_line("No font of this machine has %s: boxes stand in "
		    "their place.", unknown.s);
		*attention = true;
	}
	str_release(&out);
	str_release(&made);
	str_release(&unknown);
	return rc;
}

/* What a CSV of rows has no room for. */
static void
tell_checks(const struct report_job *j, bool *attention)
{
	const struct report_table *t;

	if (!j->def->rows || j->report.n < 2 || j->report.tables[1].nrows == 0)
		return;
	*attention = true;
	t = &j->report.tables[1];
	for (size_t i = 0; j->format == LEAVE_CSV && i < t->nrows; i++)
		tell_line("%s: %s", t->cells[i * t->ncolumns].text,
		    t->cells[i * t->ncolumns + 1].text);
}

/* ---- the command ---- */

static enum rc
run(struct report_job *j, bool *attention, struct err *e)
{
	enum rc rc = read_words(j, e);

	if (rc == RC_OK)
		rc = unlock_store(j->c, j->c->args[1], &j->s, e);
	if (rc == RC_OK)
		rc = right_check(store_role(j->s), report_leaves(j) ||
		    report_tells(j) ? RIGHT_EXPORT : RIGHT_READ, e);
	if (rc == RC_OK)
		rc = confirm(j, e);
	if (rc == RC_OK)
		rc = report_make(j, e);
	if (rc == RC_OK)
		rc = put_out(j, attention, e);
	if (rc == RC_OK)
		tell_checks(j, attention);
	return rc;
}

static enum rc
list(const struct call *c, struct err *e)
{
	size_t n;
	const struct report_def *all = report_all(&n);

	if (c->nargs != 1)
		return err_set(e, RC_USAGE, "hearken report list takes "
		    "nothing more");
	for (size_t i = 0; i < n; i++) {
		say("%s%s%s\n", i > 0 ? "\n" : "", all[i].name,
		    all[i].personal ? "  (personal data)" :
		    all[i].published ? "  (suppressed for publication)" : "");
		say_wrapped("    ", all[i].help);
	}
	return RC_OK;
}

static enum rc
report_run(const struct call *c, bool *attention, struct err *e)
{
	struct report_job j = {.c = c};
	enum rc rc;

	if (strcmp(c->args[0], "list") == 0)
		return list(c, e);
	rc = run(&j, attention, e);
	report_job_release(&j);
	return rc;
}
