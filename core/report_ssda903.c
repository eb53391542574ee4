/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Missing episodes of looked-after children, in the columns of the SSDA903
 * return: CHILD, DOB, MISSING, MIS_START, MIS_END.  needs->extra has
 * "children": an object, from the id of a case in hex to {"child", "dob",
 * "reference"}, each "" where it is not known; dob as dd/mm/yyyy.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/report.h"

#define DATE_MAX 16

static void
day_text(int32_t day, char out[DATE_MAX])
{
	struct civil c;

	out[0] = '\0';
	if (day == DAY_NONE)
		return;
	c = day_to_civil(day);
	(void)snprintf(out, DATE_MAX, "%02d/%02d/%04d", c.day, c.month,
	    c.year);
}

static bool
is_looked_after(const struct case_facts *row)
{
	return strcmp(row->care, "order") == 0 ||
	    strcmp(row->care, "voluntary") == 0;
}

/* What the store knows of the child of a row. */
struct child {
	const char *id, *dob, *reference;
};

static const char *
text_of(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s != NULL ? s : "";
}

static struct child
child_of(const struct case_facts *row, const json_t *children)
{
	char hex[2 * CASE_ID_LEN + 1];
	const json_t *o;

	hex_format(row->id.b, CASE_ID_LEN, hex);
	o = json_object_get(children, hex);
	return (struct child){text_of(o, "child"), text_of(o, "dob"),
		text_of(o, "reference")};
}

/* ---- checks ---- */

static void
check(struct report_table *t, const struct child *c, const char *what)
{
	struct report_cell *row = report_row(t);

	report_text(&row[0], c->reference);
	report_text(&row[1], what);
}

static bool
overlaps(const struct case_facts *row, size_t i)
{
	for (size_t k = 0; k < i; k++) {
		const int32_t a = row->missing_to[k], b = row->missing_to[i];

		if ((a == DAY_NONE || a > row->missing_from[i]) &&
		    (b == DAY_NONE || b > row->missing_from[k]))
			return true;
	}
	return false;
}

static void
check_episodes(struct report_table *t, const struct facts *f,
    const struct case_facts *row, const struct child *c)
{
	for (size_t i = 0; i < row->nmissing; i++) {
		if (row->missing_to[i] != DAY_NONE &&
		    row->missing_to[i] < row->missing_from[i])
			check(t, c, "An episode ends before it begins.");
		if (row->missing_from[i] > f->today)
			check(t, c, "An episode begins after today.");
		if (overlaps(row, i))
			check(t, c, "Two episodes overlap.");
	}
}

static void
check_row(struct report_table *t, const struct facts *f,
    const struct case_facts *row, const struct child *c)
{
	if ((row->two & TWO_CARE) != 0)
		check(t, c, "Left out: two care statuses stand; settle "
		    "which.");
	else if (row->care[0] == '\0' || strcmp(row->care, "unknown") == 0)
		check(t, c, "Left out: the care status is not recorded.");
	if (!is_looked_after(row))
		return;
	if (c->id[0] == '\0')
		check(t, c, "CHILD is empty: the local authority's id is "
		    "not recorded.");
	if (c->dob[0] == '\0')
		check(t, c, "DOB is empty: no date of birth, or two, "
		    "stand.");
	check_episodes(t, f, row, c);
}

/* ---- rows ---- */

static void
add_episodes(struct report_table *t, const struct case_facts *row,
    const struct child *c)
{
	for (size_t i = 0; i < row->nmissing; i++) {
		const char kind[] = {row->missing_kind[i], '\0'};
		struct report_cell *cells = report_row(t);
		char day[DATE_MAX];

		report_text(&cells[0], c->id);
		report_text(&cells[1], c->dob);
		report_text(&cells[2], kind);
		day_text(row->missing_from[i], day);
		report_text(&cells[3], day);
		day_text(row->missing_to[i], day);
		report_text(&cells[4], day);
	}
}

void
report_ssda903_missing(const struct facts *f,
    const struct report_needs *needs, struct report *out)
{
	static const char *const heads[] = {"CHILD", "DOB", "MISSING",
	    "MIS_START", "MIS_END"};
	static const char *const checks[] = {"Case", "What to look at"};
	const json_t *children = needs == NULL ? NULL :
	    json_object_get(needs->extra, "children");
	struct report_table *t = report_table_add(out, "missing",
	    "Missing episodes of looked-after children", heads, 5);

	report_note(t, "Personal data. M: missing; A: away without leave. "
	    "Episodes that began in this time; without an end the child is "
	    "missing still. Looked after is as the case says now: check it "
	    "against the days.");
	for (size_t i = 0; i < f->n; i++) {
		const struct child c = child_of(&f->cases[i], children);

		if (is_looked_after(&f->cases[i]))
			add_episodes(t, &f->cases[i], &c);
	}
	t = report_table_add(out, "checks", "To be looked at before it is "
	    "sent", checks, 2);
	for (size_t i = 0; i < f->n; i++) {
		const struct child c = child_of(&f->cases[i], children);

		if (f->cases[i].nmissing > 0)
			check_row(t, f, &f->cases[i], &c);
	}
}
