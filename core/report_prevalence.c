/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How many children are known to be exploited or at risk of it, where and
 * when: by area, with rates per 10,000 children beside those of statistical
 * neighbours, by school, by place and by month.  Known victims and those at
 * risk are apart (OCC, "One year on", 2015).
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/population.h"
#include "core/report_kids.h"
#include "core/xalloc.h"

#define NOT_RECORDED "Not recorded"
#define LINKAGE_NOTE "A range is of the links alone and of all that is " \
	"asked taken as the same. "

/* ---- rows ---- */

static size_t
area_keys(const struct kids *k, const struct child_facts *c,
    uint32_t out[KIDS_KEYS_MAX])
{
	(void)k;
	out[0] = c->area;
	return 1;
}

static size_t
school_keys(const struct kids *k, const struct child_facts *c,
    uint32_t out[KIDS_KEYS_MAX])
{
	(void)k;
	out[0] = c->school;
	return 1;
}

static size_t
place_keys(const struct kids *k, const struct child_facts *c,
    uint32_t out[KIDS_KEYS_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++) {
		const struct case_facts *row = &k->f->cases[c->rows[i]];

		for (size_t p = 0; p < row->nplaces; p++)
			if (n < KIDS_KEYS_MAX &&
			    !kids_has_key(out, n, row->places[p]))
				out[n++] = row->places[p];
	}
	return n;
}

static size_t
month_keys(const struct kids *k, const struct child_facts *c,
    uint32_t out[KIDS_KEYS_MAX])
{
	struct civil day;

	(void)k;
	out[0] = NO_WORD;
	if (c->first_seen != DAY_NONE) {
		day = day_to_civil(c->first_seen);
		out[0] = (uint32_t)(day.year * 12 + day.month - 1);
	}
	return 1;
}

static void
word_label(const struct kids *k, uint32_t key, struct str *out)
{
	str_add(out, key == NO_WORD ? NOT_RECORDED :
	    fact_words_text(&k->f->words, key));
}

static void
month_label(const struct kids *k, uint32_t key, struct str *out)
{
	(void)k;
	if (key == NO_WORD)
		str_add(out, "No day recorded");
	else
		str_add_fmt(out, "%04u-%02u", key / 12, key % 12 + 1);
}

/* ---- the tables ---- */

static const struct kids_table areas = {
	.id = "area", .title = "By area", .head = "Area",
	.note = LINKAGE_NOTE "The area where the child lives, by the agency "
	    "that wrote of them last. At high risk: three or more indicators, "
	    "or as people decided, and no known victim. Potential victims: "
	    "another level that asks for a referral. Young people of 18 or "
	    "over are counted with them.",
	.ncolumns = CLASSES, .column = kids_class, .keys = area_keys,
	.label = word_label, .totals = true, .all_rows = true
};
static const struct kids_table schools = {
	.id = "school", .title = "By school or college", .head = "School",
	.note = LINKAGE_NOTE "By the agency that wrote of the child last.",
	.ncolumns = CLASSES, .column = kids_class, .keys = school_keys,
	.label = word_label, .totals = true
};
static const struct kids_table places = {
	.id = "place", .title = "By place", .head = "Place",
	.note = LINKAGE_NOTE "Where children who had been missing were found. "
	    "A child counts at each of the places, so that the rows do not "
	    "add up to all children.",
	.ncolumns = CLASSES, .column = kids_class, .keys = place_keys,
	.label = word_label
};
static const struct kids_table months = {
	.id = "month", .title = "By month", .head = "Month",
	.note = LINKAGE_NOTE "The month in which something was first seen "
	    "within the days that are counted.",
	.ncolumns = CLASSES, .column = kids_class, .keys = month_keys,
	.label = month_label, .totals = true, .by_key = true
};

/* Returns owned the keys of the rows; *table is its number. */
static uint32_t *
add(const struct kids *k, const struct kids_table *table,
    struct report *out, size_t *n)
{
	struct kids_table d = *table;

	d.columns = kids_classes();
	return kids_add(k, &d, out, n);
}

/* ---- rates ---- */

struct rating {
	const struct kids *k;
	const struct population *p;
	struct report *out;
	size_t counts;		/* number of the table of counts */
	const uint32_t *keys;	/* of its rows */
	size_t n;
};

/* The people of a row's area; NULL when nobody has counted them. */
static const struct population_area *
area_of(const struct rating *r, size_t row)
{
	const char *name = fact_words_text(&r->k->f->words, r->keys[row]);

	return r->p == NULL || *name == '\0' ? NULL :
	    population_find(r->p, name);
}

static const struct report_cell *
count_of(const struct rating *r, size_t row, size_t column)
{
	const struct report_table *t = &r->out->tables[r->counts];

	return &t->cells[row * t->ncolumns + column];
}

/* Known victims, or those at risk; 0 lower, 1 upper. */
static void
add_part(const struct rating *r, size_t row, bool victims, uint64_t sum[2])
{
	size_t from = victims ? 1 + CLASS_VICTIM : 1 + CLASS_HIGH;
	size_t to = victims ? 1 + CLASS_VICTIM : 1 + CLASS_POTENTIAL;

	for (size_t i = from; i <= to; i++) {
		sum[0] += count_of(r, row, i)->count;
		sum[1] += count_of(r, row, i)->upper;
	}
}

static void
own_rate(const struct rating *r, size_t row, bool victims,
    struct report_cell *c)
{
	const struct population_area *a = area_of(r, row);
	uint64_t sum[2] = {0, 0};
	size_t *rows;

	if (a == NULL || a->children == 0)
		return;
	add_part(r, row, victims, sum);
	report_rate_range(c, sum[0], sum[1], a->children);
	rows = xcalloc(1, sizeof(*rows));
	rows[0] = row;
	report_of_rows(c, r->counts, rows, 1);
}

static bool
is_neighbour(const struct rating *r, const struct population_area *a,
    size_t row)
{
	const struct population_area *b = area_of(r, row);

	for (size_t i = 0; b != NULL && i < a->nneighbours; i++)
		if (population_find(r->p, a->neighbours[i]) == b)
			return true;
	return false;
}

/* Of all neighbours with children in these facts together. */
static void
neighbours_rate(const struct rating *r, size_t row, bool victims,
    struct report_cell *c)
{
	const struct population_area *a = area_of(r, row);
	uint64_t sum[2] = {0, 0}, people = 0;
	size_t *rows = xcalloc(r->n + 1, sizeof(*rows)), n = 0;

	for (size_t i = 0; a != NULL && i < r->n; i++) {
		if (i == row || !is_neighbour(r, a, i))
			continue;
		rows[n++] = i;
		add_part(r, i, victims, sum);
		people += area_of(r, i)->children;
	}
	report_rate_range(c, sum[0], sum[1], people);
	report_of_rows(c, r->counts, rows, n);
}

static void
add_rates(struct rating *r)
{
	static const char *const heads[] = {
		"Area", "Children", "Known victims per 10,000",
		"Their neighbours", "At risk per 10,000", "Their neighbours"
	};
	static const bool none[6] = {false};
	struct report_table *t;

	if (r->p == NULL)
		return;
	t = report_table_add(r->out, "area-rates", "Per 10,000 children",
	    heads, 6);
	report_note(t, "Children: who live in the area by the population "
	    "file. Neighbours: its statistical neighbours, as far as their "
	    "children are counted here. At risk: at high risk and potential "
	    "victims together.");
	for (size_t i = 0; i < r->n; i++) {
		const struct population_area *a = area_of(r, i);
		struct report_cell *row = report_row(t);

		report_text(&row[0], a != NULL ? a->name :
		    count_of(r, i, 0)->text);
		if (a != NULL)
			report_count(&row[1], a->children);
		own_rate(r, i, true, &row[2]);
		neighbours_rate(r, i, true, &row[3]);
		own_rate(r, i, false, &row[4]);
		neighbours_rate(r, i, false, &row[5]);
	}
	report_totals(t, none, false, false);
	t->chart = 4;
}

static void
add_areas(const struct kids *k, const struct report_needs *needs,
    struct report *out)
{
	struct rating r = {.k = k, .p = needs->population, .out = out,
	    .counts = out->n};
	uint32_t *keys = add(k, &areas, out, &r.n);

	r.keys = keys;
	add_rates(&r);
	free(keys);
}

/* ---- the reports ---- */

void
report_prevalence(const struct facts *f, const struct report_needs *needs,
    struct report *out)
{
	struct kids k;
	size_t n;

	kids_init(&k, f);
	add_areas(&k, needs, out);
	free(add(&k, &months, out, &n));
	kids_release(&k);
}

void
report_hotspots(const struct facts *f, const struct report_needs *needs,
    struct report *out)
{
	struct kids k;
	size_t n;

	kids_init(&k, f);
	add_areas(&k, needs, out);
	free(add(&k, &schools, out, &n));
	free(add(&k, &places, out, &n));
	free(add(&k, &months, out, &n));
	kids_release(&k);
}
