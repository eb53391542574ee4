/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/agreesay.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/print.h"
#include "core/str.h"
#include "core/utf8.h"

#define NAMES_SHOWN 12u
#define MISSED_SHOWN 5u
/* Below so many ratings a share is shown as "3 of 4" alone. */
#define SHARE_MIN 5u

static const char *
plural(uint64_t n)
{
	return n == 1 ? "" : "s";
}

/* ---- what the file holds ---- */

static void
add_names(struct str *out, const struct nameset *names)
{
	size_t n = nameset_count(names), i;

	for (i = 0; i < n && i < NAMES_SHOWN; i++)
		str_add_fmt(out, "%s%s", i != 0 ? ", " : "",
		    nameset_text(names, i));
	if (n > NAMES_SHOWN)
		str_add_fmt(out, " and %zu more", n - NAMES_SHOWN);
}

static void
add_categories(struct str *out, const struct ratings *r, const bool *only)
{
	const char *comma = "";
	size_t i;

	for (i = 0; i < r->table.categories; i++) {
		if (only != NULL && !only[i])
			continue;
		str_add_fmt(out, "%s%s", comma, r->categories[i]);
		comma = ", ";
	}
}

static size_t
ratings_in(const struct agree_table *t)
{
	size_t n = t->items * t->raters, i, k = 0;

	for (i = 0; i < n; i++)
		k += t->cells[i] != AGREE_MISSING;
	return k;
}

static void
say_file(const struct agree_report *report)
{
	const struct ratings *r = report->ratings;
	size_t cells = r->table.items * r->table.raters;
	size_t n = ratings_in(&r->table);
	struct str line;

	str_init(&line);
	str_add_fmt(&line, "%s: %zu item%s, %zu rater%s (", report->file,
	    r->table.items, plural(r->table.items), r->table.raters,
	    plural(r->table.raters));
	add_names(&line, r->raters);
	str_add_fmt(&line, "), %zu rating%s, %zu of %zu missing. Categories%s: ",
	    n, plural(n), cells - n, cells,
	    r->table.ordered ? ", lowest first" : "");
	add_categories(&line, r, NULL);
	str_add(&line, ".");
	if (r->passed_over != NULL)
		str_add_fmt(&line, " Columns passed over: %s.",
		    r->passed_over);
	say_wrapped("", line.s);
	str_release(&line);
}

/* ---- coefficients ---- */

/* "0.743", "81.8 %"; never "-0.000". */
static const char *
number(enum agree_coefficient which, double x, char out[32])
{
	bool percent = which == AGREE_PERCENT;

	if (percent)
		x *= 100;
	if (x > (percent ? -0.05 : -0.0005) && x < 0)
		x = 0;
	(void)snprintf(out, 32, percent ? "%.1f %%" : "%.3f", x);
	return out;
}

static void
say_interval(const struct agree_result *r)
{
	char low[32], high[32];
	struct str line;

	str_init(&line);
	if (r->has_interval)
		str_add_fmt(&line, "%d %% interval %s to %s (percentile "
		    "bootstrap over items, %u resamples)", AGREE_LEVEL_PERCENT,
		    number(r->which, r->low, low),
		    number(r->which, r->high, high), r->resamples);
	else
		str_add_fmt(&line, "no interval: %s", r->why_no_interval);
	if (r->has_interval && r->undefined != 0)
		str_add_fmt(&line, "; %u resample%s had no value and %s left "
		    "out", r->undefined, plural(r->undefined),
		    r->undefined == 1 ? "was" : "were");
	say_wrapped("    ", line.s);
	str_release(&line);
}

static void
say_basis(const struct agree_result *r)
{
	bool counted = r->which == AGREE_FLEISS || r->which == AGREE_AC1;
	struct str line;

	str_init(&line);
	str_add_fmt(&line, "over %zu items, %zu raters, %zu ratings", r->items,
	    r->raters, r->ratings);
	if (r->single != 0)
		str_add_fmt(&line, "; %zu item%s with only one rating, %s",
		    r->single, plural(r->single), counted ?
		    "counted for how often each category is used" :
		    "left out");
	if (r->unrated != 0)
		str_add_fmt(&line, "; %zu item%s without a rating, left out",
		    r->unrated, plural(r->unrated));
	say_wrapped("    ", line.s);
	str_release(&line);
}

static void
say_result(const struct agree_result *r)
{
	char value[32];

	say("\n%s  %s\n", agree_name(r->which),
	    number(r->which, r->value, value));
	say_interval(r);
	say_basis(r);
}

/* Whether an earlier one was refused for the same reason. */
static bool
said_before(const struct agree_report *report, size_t i)
{
	size_t j;

	for (j = 0; j < i; j++)
		if (strcmp(report->results[j].why, report->results[i].why) == 0)
			return true;
	return false;
}

/* All that share the reason of the i-th, and the reason. */
static void
say_refusal(const struct agree_report *report, size_t i)
{
	const char *why = report->results[i].why;
	struct str line;
	size_t j;

	str_init(&line);
	str_add(&line, "Not computed: ");
	for (j = i; j < report->nresults; j++)
		if (strcmp(report->results[j].why, why) == 0)
			str_add_fmt(&line, "%s%s", j != i ? ", " : "",
			    agree_name(report->results[j].which));
	say("\n");
	say_wrapped("", line.s);
	str_clear(&line);
	str_add(&line, why);
	if (strstr(why, "words") != NULL)
		str_add(&line, "; say so with --categories low,medium,high");
	say_wrapped("    ", line.s);
	str_release(&line);
}

static void
say_results(const struct agree_report *report)
{
	size_t i;

	for (i = 0; i < report->nresults; i++)
		if (report->results[i].computed)
			say_result(&report->results[i]);
	for (i = 0; i < report->nresults; i++)
		if (!report->results[i].computed && !said_before(report, i))
			say_refusal(report, i);
}

static bool
any_beyond_percent(const struct agree_report *report)
{
	size_t i;

	for (i = 0; i < report->nresults; i++)
		if (report->results[i].computed &&
		    report->results[i].which != AGREE_PERCENT)
			return true;
	return false;
}

static void
say_meaning(const struct agree_report *report)
{
	if (!any_beyond_percent(report))
		return;
	say("\n");
	say_wrapped("", "1 is complete agreement, 0 what chance alone would "
	    "give, and below 0 is less than that. The interval says how far "
	    "the value may be off for other items like these; it says nothing "
	    "about other raters. Coefficients differ because each means "
	    "something else by chance; compare like with like.");
	say("\n");
	say_wrapped("", "There are words and limits for such values: Landis and "
	    "Koch (1977) call a kappa up to 0.20 slight, 0.40 fair, 0.60 "
	    "moderate, 0.80 substantial; Krippendorff (2004) asks for an alpha "
	    "of 0.800, or 0.667 for tentative conclusions. They are "
	    "conventions: they take no account of how many items, raters and "
	    "categories there are, and none says what is enough for a child. "
	    "Low agreement is common in published studies of such judgements. "
	    "It is something to talk about, and no mark for anybody.");
}

/* ---- against the model ---- */

/* "20 of 24 (83 %)", "3 of 4", "-". */
static const char *
share(uint64_t part, uint64_t rest, char out[64])
{
	uint64_t all = part + rest;
	int n;

	if (all == 0)
		(void)snprintf(out, 64, "-");
	else {
		n = snprintf(out, 64, "%" PRIu64 " of %" PRIu64, part, all);
		if (all >= SHARE_MIN && n > 0)
			(void)snprintf(out + n, 64 - (size_t)n, " (%.0f %%)",
			    100 * (double)part / (double)all);
	}
	return out;
}

/* A name that is too long for its column runs over. */
static void
add_cell(struct str *out, const char *text, int columns)
{
	str_add(out, text);
	for (columns -= utf8_columns(text, strlen(text)); columns > 0;
	    columns--)
		str_add_char(out, ' ');
	str_add(out, "  ");
}

static void
say_row(const char *name, const char *found, const char *passed,
    const char *unanswered)
{
	struct str line;

	str_init(&line);
	add_cell(&line, name, 24);
	add_cell(&line, found, 20);
	add_cell(&line, passed, 20);
	str_add(&line, unanswered);
	while (line.len != 0 && line.s[line.len - 1] == ' ')
		str_splice(&line, line.len - 1, 1, "", 0);
	say("%s\n", line.s);
	str_release(&line);
}

static void
say_counts(const char *name, const struct agree_counts *c)
{
	char found[64], passed[64], unanswered[32] = "";

	if (c->unanswered != 0)
		(void)snprintf(unanswered, sizeof(unanswered), "%" PRIu64,
		    c->unanswered);
	say_row(name, share(c->hits, c->missed, found),
	    share(c->passed, c->alarms, passed), unanswered);
}

static void
say_missed(const struct agree_report *report)
{
	const struct agree_counts *c;
	size_t i, n = report->nmissed;

	if (n == 0) {
		say("Nothing that the model has was missed.\n");
		return;
	}
	say("Most missed:\n");
	for (i = 0; i < n && i < MISSED_SHOWN; i++) {
		c = &report->counts[report->missed[i]];
		say("    %s, by %" PRIu64 " of %" PRIu64 "\n",
		    nameset_text(report->ratings->groups, report->missed[i]),
		    c->missed, c->missed + c->hits);
	}
	if (n > MISSED_SHOWN)
		say("    and %zu more, below\n", n - MISSED_SHOWN);
}

static void
say_model(const struct agree_report *report)
{
	const struct nameset *groups = report->ratings->groups;
	size_t n = nameset_count(groups), i;
	struct agree_counts all = agree_counts_sum(report->counts, n);
	struct str line;

	say("\n");
	str_init(&line);
	str_add_fmt(&line, "Against the model \"%s\", where ", report->model);
	add_categories(&line, report->ratings, report->positive);
	str_add(&line, " means present. Found: ratings that say so where the "
	    "model does (sensitivity). Rightly not ticked: ratings that do not "
	    "where the model does not (specificity). Counts of fewer than five "
	    "have no percentage.");
	say_wrapped("", line.s);
	str_release(&line);
	say("\n");
	say_missed(report);
	say("\n");
	say_row("", "found", "rightly not ticked", "not answered");
	for (i = 0; i < n; i++)
		say_counts(nameset_text(groups, i), &report->counts[i]);
	say_counts("all", &all);
}

void
agree_say_text(const struct agree_report *report)
{
	say_file(report);
	say_results(report);
	say_meaning(report);
	if (report->counts != NULL)
		say_model(report);
}
