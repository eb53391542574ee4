/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <inttypes.h>
#include <string.h>

#include "cli/print.h"
#include "cli/table.h"
#include "cli/unlock.h"
#include "db/returns.h"
#include "db/sessions.h"
#include "exchange/hashed.h"
#include "exchange/importrun.h"

static enum rc import_command(const struct call *c, bool *attention,
    struct err *e);

const struct command command_import = {
	.name = "import",
	.usage = "STORE FILE.csv|- [--mapping FILE] [--dry-run] [--agency NAME] [--overrule]",
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
	    "name, dob beside it and the agency of the row are kept for a "
	    "case that is opened; dob without name and age are not kept. "
	    "hearken link compares cases that have a name, and joins by "
	    "itself only cases of different agencies: a case that has none "
	    "is never linked by the program.\n\n"
	    "With --mapping the file is a return of an agency, and the store "
	    "notes that it came. --mapping may also name a mapping that the "
	    "store keeps. What the return says of a child (names, numbers, "
	    "sex, postcode ...) is kept with its case when that is opened; a "
	    "later return does not change it. The same file again "
	    "adds nothing and says when it was taken in; rows that were "
	    "refused then come in once they can be read, and nothing that a "
	    "later return said is taken back. A corrected file "
	    "strikes what the same rows said before and adds what they say "
	    "now; a row is known by the agency's own reference of it, else "
	    "by child, indicator and date. Rows that an earlier file had and "
	    "this one has not are named and left as they are. A mapping "
	    "without a column for the answer lists what was seen: each row "
	    "is present.\n\n"
	    "A return corrects what the same sender brought: the agency that "
	    "the mapping or --agency names, or a mapping whose rows name "
	    "their agencies in a column. A row that would strike what came "
	    "from another sender is a bad row, and a file that came before "
	    "as another agency's is refused; --overrule says that this may "
	    "be. --dry-run tells for each agency that the rows name what "
	    "would be struck.\n\n"
	    "--dry-run reads the whole file, lists every bad row with its "
	    "column, its value and what was expected, says what would be "
	    "done, and keeps nothing.\n\n"
	    "A store made for training takes no observations of real young "
	    "people: there an import is refused.",
	.options = (const struct option_def[]){
		{"instrument", "ID", "one of the store's checklists; else its default"},
		{"agency", "NAME", "of rows that name none"},
		{"dry-run", NULL, "try it all and keep nothing"},
		{"overrule", NULL, "strike also what another sender's return brought"},
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
named_instrument(const struct store *s, const char *id,
    const struct instrument **out, struct err *e)
{
	size_t i;

	for (i = 0; i < store_instruments(s); i++) {
		*out = store_instrument(s, i);
		if (strcmp((*out)->id, id) == 0)
			return RC_OK;
	}
	return err_set(e, RC_NOTFOUND, "the store has no checklist \"%s\"",
	    id);
}

static enum rc
find_instrument(const struct call *c, const struct store *s,
    const struct instrument **out, struct err *e)
{
	const char *id = call_option(c, "instrument");

	*out = store_default_instrument(s);
	if (id != NULL)
		return named_instrument(s, id, out, e);
	return *out != NULL ? RC_OK : err_set(e, RC_NOTFOUND, "the store has "
	    "no checklist");
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

/* What came before, of a return. */
static void
say_before(const struct importrun_totals *t, const char *file, bool dry)
{
	char when[SPAN_WORDS_MAX];
	struct str words;

	if (t->again) {
		str_init(&words);
		importrun_again(t, &words);
		moment_words(t->before_at, when);
		say("%s came before, on %s: %s\n", file, when, words.s);
		str_release(&words);
	}
	if (t->other_agency[0] == '\0')
		return;
	moment_words(t->other_at, when);
	tell("%s came before, on %s, as a return of %s: all of it %s "
	    "twice%s\n", file, when, t->other_agency, dry ? "would stand" :
	    "stands", dry ? "; only --overrule takes it in" : "");
}

/* What a return did to what earlier ones brought. */
static void
say_corrected(const struct importrun_totals *t)
{
	if (t->struck != 0)
		say("%" PRIu64 " observation%s struck, whose row%s came back "
		    "otherwise\n", t->struck, s_of(t->struck),
		    s_of(t->struck));
	if (t->others != 0)
		tell("%" PRIu64 " of them %s brought by another sender\n",
		    t->others, t->others == 1 ? "was" : "were");
	if (t->refused != 0)
		tell("%" PRIu64 " bad row%s would strike what another sender "
		    "brought: --overrule lets %s\n", t->refused,
		    s_of(t->refused), t->refused == 1 ? "it" : "them");
	if (t->left != 0)
		tell("%" PRIu64 " row%s of this old file %s left as a later "
		    "return has %s\n", t->left, s_of(t->left),
		    t->left == 1 ? "is" : "are",
		    t->left == 1 ? "it" : "them");
	if (t->passed != 0)
		say("%" PRIu64 " row%s passed over, as the mapping says\n",
		    t->passed, s_of(t->passed));
}

static void
say_names(const struct importrun_totals *t)
{
	size_t none = t->opened - t->named;

	if (t->filled != 0)
		say("%zu case%s that had no name %s one now\n", t->filled,
		    s_of(t->filled), t->filled == 1 ? "has" : "have");
	if (t->births_left != 0)
		tell("%zu date%s of birth not kept, for want of a name beside "
		    "it\n", t->births_left, s_of(t->births_left));
	if (none != 0)
		tell("%zu case%s opened without a name, and so without an "
		    "agency: hearken link will not link %s by itself\n",
		    none, s_of(none), none == 1 ? "it" : "them");
}

static void
summary(const struct importrun_totals *t, const char *file, bool dry,
    bool mapped)
{
	say("%s%" PRIu64 " observation%s added, %" PRIu64 " known already; "
	    "%zu case%s opened\n", dry ? "dry run, nothing is kept: " : "",
	    t->added, s_of(t->added), t->known, t->opened, s_of(t->opened));
	if (mapped) {
		say_before(t, file, dry);
		say_corrected(t);
	}
	if (t->vanished != 0)
		tell("%" PRIu64 " observation%s of earlier returns did not "
		    "come back and %s left as %s\n", t->vanished,
		    s_of(t->vanished), t->vanished == 1 ? "is" : "are",
		    t->vanished == 1 ? "it is" : "they are");
	say_names(t);
	if (!dry && t->rows == t->bad)
		tell("nothing was taken in: no row is without a fault\n");
}

/* ---- what a return is told with ---- */

#define TOLD_MAX 20u

struct telling {
	size_t vanished;
};

static void
tell_fault(const char *text, void *ctx)
{
	(void)ctx;
	tell_status("");
	tell_line("%s", text);
}

static void
tell_vanished(const char *row, void *ctx)
{
	struct telling *t = ctx;

	if (t->vanished++ < TOLD_MAX)
		tell_line("row %s did not come back", row);
	else if (t->vanished == TOLD_MAX + 1)
		tell_line("and more");
}

static void
tell_agency(const struct importrun_agency *a, void *ctx)
{
	(void)ctx;
	tell_status("");
	tell_line("%s%s: %" PRIu64 " row%s, %" PRIu64 " added, %" PRIu64
	    " struck (%" PRIu64 " of another sender), %" PRIu64 " refused",
	    a->name, a->sends ? ", which sends returns of its own" : "",
	    a->rows, s_of(a->rows), a->added, a->struck, a->others,
	    a->refused);
}

/* ---- the mapping ---- */

struct seeking {
	const char *id;
	struct mapping *found;
};

static bool
take_kept(const char *id, const char *text, size_t n, void *ctx)
{
	struct seeking *s = ctx;
	struct faults f;

	if (strcmp(id, s->id) != 0)
		return true;
	faults_init(&f, id);
	s->found = mapping_parse(text, n, &f);
	faults_release(&f);
	return false;
}

/* One that the store keeps, by its id; else a file. */
static enum rc
load_mapping(const char *name, struct store *s, struct mapping **out,
    struct err *e)
{
	struct seeking seek = {name, NULL};
	enum rc rc = RC_OK;

	if (strchr(name, '/') == NULL && strchr(name, '.') == NULL)
		rc = store_mappings(s, take_kept, &seek, e);
	*out = seek.found;
	if (rc != RC_OK || seek.found != NULL)
		return rc;
	return table_mapping_file(name, out, e);
}

/* The mapping, the checklist it is for, and the file's hash. */
static enum rc
begin_return(const struct call *c, struct store *s, struct importrun_opts *o,
    char hex[HASHED_HEX], struct mapping **m, struct err *e)
{
	const char *name = call_option(c, "mapping");
	enum rc rc;

	if (strcmp(c->args[1], "-") == 0)
		return err_set(e, RC_USAGE, "a return has to be a file, so "
		    "that the store can say which it took in");
	rc = load_mapping(name, s, m, e);
	if (rc == RC_OK && call_option(c, "instrument") == NULL &&
	    (*m)->instrument[0] != '\0')
		rc = named_instrument(s, (*m)->instrument, &o->instrument, e);
	if (rc == RC_OK)
		rc = table_mapping_fits(*m, name, o->instrument, e);
	if (rc == RC_OK)
		rc = hashed_file(c->args[1], hex, e);
	o->mapping = *m;
	o->hash = hex;
	return rc;
}

static enum rc
run(const struct call *c, struct store *s, struct importrun_opts *o,
    bool *attention, struct err *e)
{
	struct importrun_totals t = {.rows = 0};
	struct source src;
	enum rc rc = source_open(&src, c->args[1], e);

	if (rc != RC_OK)
		return rc;
	rc = o->dry ? RC_OK : table_rejects(c, c->args[1], &o->rejects, e);
	if (rc == RC_OK)
		rc = importrun(s, &src, o, &t, e);
	tell_status("");
	if (rc == RC_EXISTS && t.already) {
		/* A return that is there is as it should be. */
		say("%s\n", e->text);
		err_clear(e);
		rc = RC_OK;
	} else if (rc == RC_OK) {
		summary(&t, o->file, o->dry, o->mapping != NULL);
	}
	if (rc == RC_OK) {
		*attention = t.bad != 0;
		rc = table_rejects_finish(o->rejects, attention, e);
	}
	if (rc == RC_OK && o->dry && t.bad != 0)
		tell_line("%" PRIu64 " bad row%s", t.bad, s_of(t.bad));
	rejects_free(o->rejects);
	source_close(&src);
	return rc;
}

static enum rc
import_file(const struct call *c, struct store *s, bool *attention,
    struct err *e)
{
	struct importrun_opts o = {.today = table_today(c),
	    .seed = table_seed(c), .agency = call_option(c, "agency"),
	    .file = file_of(c->args[1]), .progress = table_progress,
	    .dry = call_option(c, "dry-run") != NULL};
	char hex[HASHED_HEX] = "";
	struct telling telling = {0};
	struct table_bar bar = {0};
	struct mapping *m = NULL;
	enum rc rc;

	o.progress_ctx = &bar;
	o.vanished = tell_vanished;
	o.fault = o.dry ? tell_fault : NULL;
	o.agency_done = tell_agency;
	o.overrule = call_option(c, "overrule") != NULL;
	o.overrule_how = "--overrule";
	o.ctx = &telling;
	o.csv.encoding = call_option(c, "encoding");
	rc = find_instrument(c, s, &o.instrument, e);
	if (rc == RC_OK && call_option(c, "mapping") != NULL)
		rc = begin_return(c, s, &o, hex, &m, e);
	else if (rc == RC_OK && o.overrule)
		rc = err_set(e, RC_USAGE, "--overrule is of a return: it "
		    "needs --mapping");
	if (rc == RC_OK)
		rc = run(c, s, &o, attention, e);
	mapping_free(m);
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
	return err_set(e, rc, "%s; nothing was taken in", why.text);
}
