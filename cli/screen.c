/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/content.h"
#include "cli/print.h"
#include "cli/row.h"
#include "cli/table.h"
#include "core/date.h"
#include "core/xalloc.h"
#include "core/yaml.h"
#include "exchange/screenout.h"
#include "exchange/screenrun.h"

#define INSTRUMENT_DEFAULT "occ-csegg"

static enum rc screen_command(const struct call *c, bool *attention,
    struct err *e);

const struct command command_screen = {
	.name = "screen",
	.usage = "FILE.csv|- [--instrument ID] [--format text|csv|json]",
	.summary = "screen the children of a CSV file, without a store",
	.help = "Screens each child of a CSV file (- for standard input) "
	    "against a checklist and prints the level, the counts, the rules "
	    "that fired with their sources, the level it could be if all that "
	    "is not known were present, and the fewest answers that would "
	    "change it. Nothing is kept.\n\n"
	    TABLE_HELP
	    "The first form has all six columns, though agency, date and "
	    "evidence may be empty; the second needs only child and the "
	    "indicators to screen. Where rows "
	    "give several answers for an indicator the strongest counts, "
	    "once; where they give several ages the youngest counts. With "
	    "--date, rows dated later are left out.\n\n"
	    "With more than 50 children text has one line a child; csv and "
	    "json always say all. The result is a screening aid. It has not "
	    "been validated and never rules out exploitation.",
	.options = (const struct option_def[]){
		{"instrument", "ID", "the checklist, or a YAML file; else occ-csegg"},
		{"format", "text|csv|json", "how results are written; else text"},
		{"date", "DAY", "screen as of this day; else today"},
		TABLE_OPTIONS,
		{NULL, NULL, NULL}
	},
	.min_args = 1,
	.max_args = 1,
	.paths = "r",
	.path_options = (const struct path_option[]){
		{"instrument", PATH_READ},
		TABLE_PATHS,
		{NULL, PATH_NONE}
	},
	.run = screen_command,
};

static enum rc
read_date(const char *text, struct screenrun_opts *o, struct err *e)
{
	struct err why;

	err_clear(&why);
	if (day_parse(text, &o->on, &why) != RC_OK)
		return err_set(e, RC_USAGE, "--date: %s", why.text);
	if (o->on > o->today)
		return err_set(e, RC_USAGE, "--date %s is in the future; "
		    "expected a day up to today", text);
	return RC_OK;
}

static enum rc
read_options(const struct call *c, struct screenrun_opts *o,
    enum screenout *form, struct err *e)
{
	const char *format = call_option(c, "format");
	const char *date = call_option(c, "date");

	*form = SCREENOUT_TEXT;
	if (format != NULL && !screenout_from_name(format, form))
		return err_set(e, RC_USAGE, "--format is text, csv or json, "
		    "not \"%s\"", format);
	o->today = table_today(c);
	o->on = o->today;
	o->seed = table_seed(c);
	o->csv.encoding = call_option(c, "encoding");
	return date != NULL ? read_date(date, o, e) : RC_OK;
}

/* By its id, or a person's own file by its path: "own.yaml", "./own". */
static enum rc
load_instrument(const struct call *c, const struct mapping *m,
    struct instrument **out, struct err *e)
{
	const char *id = call_option(c, "instrument");
	struct faults faults;
	enum rc rc;
	size_t n;

	if (id == NULL)
		id = m != NULL && m->instrument[0] != '\0' ? m->instrument :
		    INSTRUMENT_DEFAULT;
	n = strlen(id);
	if (strchr(id, '/') == NULL &&
	    !(n > 5 && strcmp(id + n - 5, ".yaml") == 0))
		return content_instrument(c->host, id, out, e);
	faults_init(&faults, id);
	rc = content_instrument_file(id, out, &faults, e);
	faults_release(&faults);
	return rc;
}

/* "120 children from 3400 rows: 3 high, 20 potential, ...". */
static void
summary(const struct screenrun *r, const size_t *by_level)
{
	const struct instrument *in = screenrun_instrument(r);
	struct screenrun_totals t;
	unsigned i;
	const char *comma = ":";

	screenrun_totals(r, &t);
	tell("%zu %s from %" PRIu64 " row%s", t.children,
	    t.children == 1 ? "child" : "children", t.rows - t.bad,
	    t.rows - t.bad == 1 ? "" : "s");
	for (i = 0; i <= LEVEL_NONE(in); i++)
		if (by_level[i] != 0) {
			tell("%s %zu %s", comma, by_level[i],
			    screen_level_id(in, i));
			comma = ",";
		}
	tell("\n");
	if (t.alike != 0)
		tell("%zu reference%s only in capitals, spaces or dashes from "
		    "another and %s taken as the same child\n", t.alike,
		    t.alike == 1 ? " differs" : "s differ",
		    t.alike == 1 ? "was" : "were");
	if (t.later != 0)
		tell("%" PRIu64 " row%s dated after the day of screening %s "
		    "left out\n", t.later, t.later == 1 ? "" : "s",
		    t.later == 1 ? "was" : "were");
}

static enum rc
write_results(const struct screenrun *r, enum screenout form)
{
	const struct instrument *in = screenrun_instrument(r);
	size_t *by_level = xcalloc(LEVEL_NONE(in) + 1, sizeof(*by_level));

	(void)screenout_write(r, form, row_say, NULL, by_level);
	summary(r, by_level);
	free(by_level);
	return RC_OK;
}

static enum rc
screen_file(const struct call *c, struct screenrun_opts *o,
    enum screenout form, bool *attention, struct err *e)
{
	struct screenrun *r = NULL;
	struct table_bar bar = {0};
	struct source src;
	enum rc rc;

	rc = source_open(&src, c->args[0], e);
	if (rc != RC_OK)
		return rc;
	o->progress = table_progress;
	o->progress_ctx = &bar;
	rc = table_rejects(c, c->args[0], &o->rejects, e);
	if (rc == RC_OK)
		rc = screenrun_read(&src, o, &r, e);
	tell_status("");
	if (rc == RC_OK)
		rc = write_results(r, form);
	if (rc == RC_OK)
		rc = table_rejects_finish(o->rejects, attention, e);
	rejects_free(o->rejects);
	screenrun_free(r);
	source_close(&src);
	return rc;
}

static enum rc
run(const struct call *c, struct screenrun_opts *o, enum screenout form,
    bool *attention, struct err *e)
{
	struct instrument *in = NULL;
	enum rc rc = load_instrument(c, o->mapping, &in, e);

	if (rc == RC_OK && o->mapping != NULL)
		rc = table_mapping_fits(o->mapping,
		    call_option(c, "mapping"), in, e);
	o->instrument = in;
	if (rc == RC_OK)
		rc = screen_file(c, o, form, attention, e);
	instrument_free(in);
	return rc;
}

static enum rc
screen_command(const struct call *c, bool *attention, struct err *e)
{
	struct screenrun_opts o = {.rejects = NULL};
	struct mapping *m = NULL;
	enum screenout form;
	enum rc rc;

	rc = read_options(c, &o, &form, e);
	if (rc == RC_OK && call_option(c, "mapping") != NULL)
		rc = table_mapping_file(call_option(c, "mapping"), &m, e);
	o.mapping = m;
	if (rc == RC_OK)
		rc = run(c, &o, form, attention, e);
	mapping_free(m);
	return rc;
}
