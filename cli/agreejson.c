/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/agreesay.h"
#include "cli/print.h"

/* The number, or null where there is none. */
static json_t *
real_if(bool there, double x)
{
	return there ? json_real(x) : json_null();
}

static json_t *
text_if(const char *s)
{
	return s[0] != '\0' ? json_string(s) : json_null();
}

static json_t *
whole(uint64_t n)
{
	return json_integer((json_int_t)n);
}

static json_t *
result_json(const struct agree_result *r)
{
	return json_pack("{s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o,"
	    " s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
	    "coefficient", agree_id(r->which), "name", agree_name(r->which),
	    "source", agree_source(r->which),
	    "value", real_if(r->computed, r->value),
	    "why_not", text_if(r->why),
	    "low", real_if(r->has_interval, r->low),
	    "high", real_if(r->has_interval, r->high),
	    "level_percent", whole(AGREE_LEVEL_PERCENT),
	    "why_no_interval", text_if(r->why_no_interval),
	    "resamples", whole(r->resamples),
	    "resamples_without_value", whole(r->undefined),
	    "seed", whole(AGREE_SEED),
	    "items", whole(r->items), "raters", whole(r->raters),
	    "ratings", whole(r->ratings), "items_of_one_rating",
	    whole(r->single), "items_without_rating", whole(r->unrated),
	    "missing", whole(r->missing));
}

static json_t *
counts_json(const char *name, const struct agree_counts *c)
{
	double found = 0, passed = 0;
	bool any_found = agree_sensitivity(c, &found);
	bool any_passed = agree_specificity(c, &passed);

	return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
	    "indicator", name, "sensitivity", real_if(any_found, found),
	    "specificity", real_if(any_passed, passed),
	    "found", whole(c->hits), "missed", whole(c->missed),
	    "rightly_not_ticked", whole(c->passed),
	    "ticked_beyond_model", whole(c->alarms),
	    "not_answered", whole(c->unanswered));
}

static json_t *
names_json(const struct nameset *names)
{
	json_t *a = json_array();
	size_t i;

	for (i = 0; i < nameset_count(names); i++)
		(void)json_array_append_new(a,
		    json_string(nameset_text(names, i)));
	return a;
}

static json_t *
categories_json(const struct ratings *r, const bool *only)
{
	json_t *a = json_array();
	size_t i;

	for (i = 0; i < r->table.categories; i++)
		if (only == NULL || only[i])
			(void)json_array_append_new(a,
			    json_string(r->categories[i]));
	return a;
}

static json_t *
model_json(const struct agree_report *report)
{
	const struct nameset *groups = report->ratings->groups;
	json_t *all = json_array(), *missed = json_array();
	size_t i;

	for (i = 0; i < nameset_count(groups); i++)
		(void)json_array_append_new(all,
		    counts_json(nameset_text(groups, i), &report->counts[i]));
	for (i = 0; i < report->nmissed; i++)
		(void)json_array_append_new(missed,
		    json_string(nameset_text(groups, report->missed[i])));
	return json_pack("{s:s, s:o, s:o, s:o}", "model", report->model,
	    "present", categories_json(report->ratings, report->positive),
	    "indicators", all, "most_missed", missed);
}

void
agree_say_json(const struct agree_report *report)
{
	const struct ratings *r = report->ratings;
	json_t *results = json_array(), *o;
	size_t i;

	for (i = 0; i < report->nresults; i++)
		(void)json_array_append_new(results,
		    result_json(&report->results[i]));
	o = json_pack("{s:s, s:o, s:o, s:o, s:b, s:o}", "file", report->file,
	    "items", whole(r->table.items), "raters", names_json(r->raters),
	    "categories", categories_json(r, NULL),
	    "ordered", r->table.ordered, "coefficients", results);
	if (report->counts != NULL)
		(void)json_object_set_new(o, "against", model_json(report));
	if (r->passed_over != NULL)
		(void)json_object_set_new(o, "columns_passed_over",
		    json_string(r->passed_over));
	say_json(o);
	json_decref(o);
}
