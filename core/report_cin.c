/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Factors at the end of assessments, as the Children in Need census asks for
 * them: what a person confirmed, and apart from it what the answers suggest
 * and nobody has confirmed.  needs->extra may have "references": an object,
 * from the id of a case in hex to its reference; then the cases are listed.
 */
#include "config.h"

#include <stdlib.h>

#include "core/factors.h"
#include "core/report.h"
#include "core/xalloc.h"

/* Suggestions that nobody has confirmed, nor left at an assessment. */
static uint64_t
open_of(const struct case_facts *row)
{
	return row->factors_confirmed ? 0 : row->factors_suggested;
}

static void
count_cases(const struct facts *f, uint64_t bit, bool confirmed,
    struct report_cell *c)
{
	uint32_t *list = xcalloc(f->n + 1, sizeof(*list));
	size_t n = 0;

	for (size_t i = 0; i < f->n; i++)
		if (((confirmed ? f->cases[i].factors :
		    open_of(&f->cases[i])) & bit) != 0)
			list[n++] = (uint32_t)i;
	report_count(c, n);
	report_cases(c, list, n);
}

static void
add_factors(const struct facts *f, struct report *out)
{
	static const char *const heads[] = {"Factor", "Confirmed",
	    "Only suggested", "By which answers"};
	static const bool marked[] = {false, true, true, false};
	struct report_table *t = report_table_add(out, "factors",
	    "Factors at the end of assessments", heads, 4);
	struct str words;

	str_init(&words);
	for (size_t i = 0; i < factor_count(); i++) {
		struct report_cell *row = report_row(t);
		const uint64_t bit = UINT64_C(1) << i;

		str_clear(&words);
		str_add_fmt(&words, "%s %s", factor_code(i),
		    factor_label(i));
		report_text(&row[0], words.s);
		count_cases(f, bit, true, &row[1]);
		count_cases(f, bit, false, &row[2]);
		report_text(&row[3], factor_signs(i));
	}
	str_release(&words);
	report_note(t, "Cases. Confirmed: found by a person at the end of the "
	    "latest assessment that was completed in this time, and written "
	    "with it. Only suggested: the answers point to it and nobody has "
	    "said so; no suggestion is a finding, and none belongs into the "
	    "census before a person confirms it.");
	report_totals(t, marked, false, false);
	t->chart = 1;
}

/* ---- case by case ---- */

static void
add_codes(struct str *out, uint64_t bits)
{
	const size_t before = out->len;

	for (size_t i = 0; i < factor_count(); i++)
		if ((bits >> i & 1) != 0)
			str_add_fmt(out, "%s%s", out->len > before ? " " : "",
			    factor_code(i));
}

static void
case_row(struct report_table *t, const struct case_facts *f,
    const char *reference)
{
	struct report_cell *row = report_row(t);
	struct str words;

	report_text(&row[0], reference);
	str_init(&words);
	add_codes(&words, f->factors);
	report_text(&row[1], f->factors_confirmed ? words.s :
	    "nobody has yet");
	str_clear(&words);
	add_codes(&words, f->factors_suggested & ~f->factors);
	report_text(&row[2], words.s);
	str_release(&words);
}

static void
add_cases(const struct facts *f, const json_t *references,
    struct report *out)
{
	static const char *const heads[] = {"Case", "Confirmed",
	    "Suggested beside"};
	struct report_table *t = report_table_add(out, "cases",
	    "Case by case", heads, 3);
	char hex[2 * CASE_ID_LEN + 1];

	for (size_t i = 0; i < f->n; i++) {
		const char *reference;

		hex_format(f->cases[i].id.b, CASE_ID_LEN, hex);
		reference = json_string_value(json_object_get(references,
		    hex));
		if (reference != NULL && (f->cases[i].factors_confirmed ||
		    f->cases[i].factors_suggested != 0))
			case_row(t, &f->cases[i], reference);
	}
	report_note(t, "Personal data. Confirm in the case: the step "
	    "\"Assessment\", completed, has a field for its factors. 11A is "
	    "never suggested: whether a child is sexually exploited is what "
	    "the assessment finds.");
}

void
report_cin_factors(const struct facts *f, const struct report_needs *needs,
    struct report *out)
{
	const json_t *references = needs == NULL ? NULL :
	    json_object_get(needs->extra, "references");

	add_factors(f, out);
	if (references != NULL)
		add_cases(f, references, out);
}
