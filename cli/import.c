/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <inttypes.h>
#include <string.h>

#include "cli/print.h"
#include "cli/table.h"
#include "cli/unlock.h"
#include "db/sessions.h"
#include "exchange/importrun.h"

static enum rc import_command(const struct call *c, bool *attention,
    struct err *e);

const struct command command_import = {
	.name = "import",
	.usage = "STORE FILE.csv|- [--instrument ID] [--agency NAME]",
	.summary = "take a CSV file of observations into a store",
	.help = "Takes the observations of a CSV file into a store, all under "
	    "one signature or none at all. A reference that the store does "
	    "not know opens a case. What the store knows already is passed "
	    "over, so that the same file given twice adds nothing.\n\n"
	    TABLE_HELP
	    "A store keeps no tick without its date, agency and words, so "
	    "import needs the columns child, agency and date, and in the "
	    "first form evidence as well. --agency says whose file it is when "
	    "all of it comes from one agency; the column is then not needed. "
	    "In the second form a row may give its own words in a column "
	    "evidence; where it does not, the words are \"As recorded in FILE "
	    "by AGENCY\", which says truly where the tick comes from. \"Not "
	    "asked\" and empty cells add nothing.\n\n"
	    "name, and dob beside it, are kept for a case that is opened; dob "
	    "without name and age are not kept.\n\n"
	    "A store made for training takes no observations of real young "
	    "people: there an import is refused.",
	.options = (const struct option_def[]){
		{"instrument", "ID", "one of the store's checklists; else its default"},
		{"agency", "NAME", "of rows that name none"},
		TABLE_OPTIONS,
		UNLOCK_OPTIONS,
		{NULL, NULL, NULL}
	},
	.min_args = 2,
	.max_args = 2,
	.paths = "wr",
	.path_options = (const struct path_option[]){
		TABLE_PATHS,
		{NULL, PATH_NONE}
	},
	.run = import_command,
};

static enum rc
find_instrument(const struct call *c, const struct store *s,
    const struct instrument **out, struct err *e)
{
	const char *id = call_option(c, "instrument");
	size_t i;

	*out = store_default_instrument(s);
	if (id == NULL && *out == NULL)
		return err_set(e, RC_NOTFOUND, "the store has no checklist");
	if (id == NULL)
		return RC_OK;
	for (i = 0; i < store_instruments(s); i++) {
		*out = store_instrument(s, i);
		if (strcmp((*out)->id, id) == 0)
			return RC_OK;
	}
	return err_set(e, RC_NOTFOUND, "the store has no checklist \"%s\"",
	    id);
}

/* "notes/visits.csv" -> "visits.csv": what evidence may say of it. */
static const char *
file_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (strcmp(path, "-") == 0)
		return "standard input";
	return slash != NULL ? slash + 1 : path;
}

static const char *
s_of(uint64_t n)
{
	return n == 1 ? "" : "s";
}

static void
summary(const struct importrun_totals *t)
{
	say("%" PRIu64 " observation%s added, %" PRIu64 " known already; %zu "
	    "case%s opened\n", t->added, s_of(t->added), t->known, t->opened,
	    s_of(t->opened));
	if (t->births_left != 0)
		tell("%zu date%s of birth not kept, for want of a name beside "
		    "it\n", t->births_left, s_of(t->births_left));
}

static enum rc
import_file(const struct call *c, struct store *s, bool *attention,
    struct err *e)
{
	struct importrun_opts o = {.today = table_today(c),
	    .seed = table_seed(c), .agency = call_option(c, "agency"),
	    .file = file_of(c->args[1]), .progress = table_progress};
	struct importrun_totals t;
	struct table_bar bar = {0};
	struct source src;
	enum rc rc;

	o.csv.encoding = call_option(c, "encoding");
	o.progress_ctx = &bar;
	rc = find_instrument(c, s, &o.instrument, e);
	if (rc == RC_OK)
		rc = source_open(&src, c->args[1], e);
	if (rc != RC_OK)
		return rc;
	rc = table_rejects(c, c->args[1], &o.rejects, e);
	if (rc == RC_OK)
		rc = importrun(s, &src, &o, &t, e);
	tell_status("");
	if (rc == RC_OK) {
		summary(&t);
		rc = table_rejects_finish(o.rejects, attention, e);
	}
	rejects_free(o.rejects);
	source_close(&src);
	return rc;
}

static enum rc
import_command(const struct call *c, bool *attention, struct err *e)
{
	struct store *s = NULL;
	struct err why;
	enum rc rc = unlock_store(c, c->args[0], &s, e);

	if (rc != RC_OK)
		return rc;
	rc = store_need_live(s, "an import of observations", e);
	if (rc == RC_OK)
		rc = import_file(c, s, attention, e);
	store_close(s);
	if (rc == RC_OK)
		return rc;
	why = *e;
	return err_set(e, rc, "%s; nothing was imported", why.text);
}
