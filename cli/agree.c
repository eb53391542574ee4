/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli/agreesay.h"
#include "cli/command.h"
#include "cli/table.h"
#include "core/utf8.h"
#include "core/xalloc.h"

#define PRESENT_DEFAULT "present,yes,y,x,1,true"

static enum rc agree_run(const struct call *c, bool *attention,
    struct err *e);

const struct command command_agree = {
	.name = "agree",
	.usage = "FILE.csv|- [--coefficient NAME] [--model COLUMN] [--json]",
	.summary = "say how far raters agree, from any file of ratings",
	.help = "Reads ratings from a CSV file (- for standard input) and says "
	    "how far the raters agree: each coefficient by its name, with a "
	    "95 % interval, how many items, raters and ratings it rests on, "
	    "and what was missing. Needs no store; nothing is kept.\n\n"
	    "The file has a header row, in one of two forms; columns come in "
	    "any order and their names in any case:\n\n"
	    "  item,rater,rating\n"
	    "  item,Ann,Ben,Cem\n\n"
	    "The first has one rating a row, and other columns are passed "
	    "over. The second has one item a row and one column a rater. "
	    "item may be called indicator, unit, subject, case, child or "
	    "question; where indicator stands beside one of these, an item is "
	    "the pair. An empty cell, NA, N/A, . and - are missing ratings. "
	    "Cells are divided by comma, semicolon or tab, as in the "
	    "header.\n\n"
	    "Coefficients: percent (agreement), cohen, linear and quadratic "
	    "(weighted kappa; two raters), fleiss, alpha and alpha-ordinal "
	    "(Krippendorff), ac1 (Gwet); several with commas between them, or "
	    "all. Without --coefficient: percent, alpha, ac1, and cohen for "
	    "two raters or fleiss for more. linear, quadratic and "
	    "alpha-ordinal ask for an order: numbers have one, and "
	    "--categories low,medium,high gives words one, lowest first. "
	    "There --categories may also name what nobody chose, which counts "
	    "for ac1, linear and quadratic.\n\n"
	    "Fewer than five items or two raters, and ratings that are all "
	    "the same, are refused with the reason. The interval is a "
	    "percentile bootstrap over items: 2000 resamples (fewer for a "
	    "huge file) with a fixed seed, so that a file gives the same "
	    "interval on every machine, in whatever order its rows "
	    "stand.\n\n"
	    "With --model, the answers of that column or rater are the model "
	    "and no rater's. For each indicator it says how often raters "
	    "found what the model has (sensitivity) and left out what it has "
	    "not (specificity), and which were missed most.\n\n"
	    "Exit code 1: a coefficient could not be computed.",
	.options = (const struct option_def[]){
		{"coefficient", "NAME", "which: a name, several, or all"},
		{"categories", "LIST", "all that may be chosen, lowest first"},
		{"model", "COLUMN", "the column or rater that is the model"},
		{"present", "LIST", "what counts as ticked; else present, yes, y, x, 1"},
		{"json", NULL, "write JSON"},
		{"encoding", "NAME", "utf-8, utf-16, windows-1252, iso-8859-1, macroman ..."},
		{NULL, NULL, NULL}
	},
	.min_args = 1,
	.max_args = 1,
	.paths = "r",
	.run = agree_run,
};

/* ---- which coefficients ---- */

struct wanted {
	enum agree_coefficient list[AGREE_COEFFICIENTS];
	size_t n;
};

static void
want(struct wanted *w, enum agree_coefficient which)
{
	size_t i;

	for (i = 0; i < w->n; i++)
		if (w->list[i] == which)
			return;
	w->list[w->n++] = which;
}

static void
want_all(struct wanted *w)
{
	for (unsigned i = 0; i < AGREE_COEFFICIENTS; i++)
		want(w, (enum agree_coefficient)i);
}

static void
want_usual(struct wanted *w, const struct agree_table *t)
{
	want(w, AGREE_PERCENT);
	want(w, t->raters > 2 ? AGREE_FLEISS : AGREE_COHEN);
	want(w, AGREE_ALPHA);
	want(w, AGREE_AC1);
}

/* The next word of a list with commas; NULL at its end. */
static const char *
next_word(const char *list, const char **word, size_t *n)
{
	*word = list + strspn(list, " ");
	*n = strcspn(*word, ",");
	list = *word + *n;
	while (*n != 0 && (*word)[*n - 1] == ' ')
		--*n;
	return *list == ',' ? list + 1 : NULL;
}

/* Left empty when the option is not given. */
static enum rc
read_wanted(const struct call *c, struct wanted *w, struct err *e)
{
	const char *list = call_option(c, "coefficient"), *word;
	enum agree_coefficient which;
	size_t n;

	w->n = 0;
	while (list != NULL) {
		list = next_word(list, &word, &n);
		if (n == 3 && strncasecmp(word, "all", n) == 0)
			want_all(w);
		else if (agree_from_id(word, n, &which))
			want(w, which);
		else
			return err_set(e, RC_USAGE, "--coefficient: there is "
			    "no \"%.*s\"; expected percent, cohen, linear, "
			    "quadratic, fleiss, alpha, alpha-ordinal, ac1 or "
			    "all", utf8_cut(word, (int)(n < 40 ? n : 40)),
			    word);
	}
	return RC_OK;
}

/* ---- the model ---- */

static bool
in_list(const char *list, const char *s)
{
	const char *word;
	size_t n;

	while (list != NULL) {
		list = next_word(list, &word, &n);
		if (strlen(s) == n && strncasecmp(word, s, n) == 0)
			return true;
	}
	return false;
}

static bool
is_category(const struct ratings *r, const char *word, size_t n)
{
	size_t i;

	for (i = 0; i < r->table.categories; i++)
		if (strlen(r->categories[i]) == n &&
		    strncasecmp(word, r->categories[i], n) == 0)
			return true;
	return false;
}

/* A word of --present that nobody chose is more likely a slip. */
static enum rc
check_present(const struct ratings *r, const char *list, struct err *e)
{
	const char *word;
	size_t n;

	while (list != NULL) {
		list = next_word(list, &word, &n);
		if (!is_category(r, word, n))
			return err_set(e, RC_USAGE, "--present: no rating is "
			    "\"%.*s\"; expected ratings of the file, with "
			    "commas between them", utf8_cut(word,
			    (int)(n < 40 ? n : 40)), word);
	}
	return RC_OK;
}

/* Which categories tick an indicator. */
static enum rc
read_present(const struct call *c, const struct ratings *r, bool *positive,
    struct err *e)
{
	const char *given = call_option(c, "present");
	const char *list = given != NULL ? given : PRESENT_DEFAULT;
	bool any = false;
	size_t i;

	for (i = 0; i < r->table.categories; i++) {
		positive[i] = in_list(list, r->categories[i]);
		any |= positive[i];
	}
	if (given != NULL)
		return check_present(r, given, e);
	return any ? RC_OK : err_set(e, RC_USAGE, "--model: no rating is one "
	    "of " PRESENT_DEFAULT "; say with --present which ratings tick an "
	    "indicator");
}

static enum rc
set_against(const struct call *c, struct agree_report *report, struct err *e)
{
	const struct ratings *r = report->ratings;
	size_t n = nameset_count(r->groups);
	struct agree_model m;
	enum rc rc;

	report->positive = xcalloc(r->table.categories + 1, sizeof(bool));
	report->counts = xcalloc(n + 1, sizeof(*report->counts));
	report->missed = xcalloc(n + 1, sizeof(*report->missed));
	rc = read_present(c, r, report->positive, e);
	if (rc != RC_OK)
		return rc;
	m = (struct agree_model){r->model, report->positive, r->group, n};
	agree_against(&r->table, &m, report->counts);
	report->nmissed = agree_most_missed(report->counts, n,
	    report->missed);
	return RC_OK;
}

/* ---- the command ---- */

static enum rc
say_report(const struct call *c, const struct ratings *r, struct wanted *w,
    bool *attention, struct err *e)
{
	struct agree_result results[AGREE_COEFFICIENTS];
	struct agree_report report = {.ratings = r, .results = results,
	    .file = strcmp(c->args[0], "-") == 0 ? "standard input" :
	    c->args[0], .model = call_option(c, "model")};
	enum rc rc = r->model != NULL ? set_against(c, &report, e) : RC_OK;
	size_t i;

	if (w->n == 0)
		want_usual(w, &r->table);
	for (i = 0; rc == RC_OK && i < w->n; i++) {
		agree_compute(&r->table, w->list[i], NULL, &results[i]);
		*attention |= !results[i].computed;
	}
	report.nresults = w->n;
	if (rc == RC_OK && call_option(c, "json") != NULL)
		agree_say_json(&report);
	else if (rc == RC_OK)
		agree_say_text(&report);
	free(report.positive);
	free(report.counts);
	free(report.missed);
	return rc;
}

static enum rc
agree_run(const struct call *c, bool *attention, struct err *e)
{
	struct ratings_opts o = {
		.csv = {.encoding = call_option(c, "encoding")},
		.model = call_option(c, "model"),
		.categories = call_option(c, "categories"),
		.seed = table_seed(c),
	};
	struct ratings *r = NULL;
	struct wanted wanted;
	struct source src;
	enum rc rc = read_wanted(c, &wanted, e);

	if (rc == RC_OK && o.model == NULL &&
	    call_option(c, "present") != NULL)
		rc = err_set(e, RC_USAGE, "--present goes with --model");
	if (rc == RC_OK)
		rc = source_open(&src, c->args[0], e);
	if (rc != RC_OK)
		return rc;
	rc = ratings_read(&src, &o, &r, e);
	source_close(&src);
	if (rc == RC_OK)
		rc = say_report(c, r, &wanted, attention, e);
	ratings_free(r);
	return rc;
}
