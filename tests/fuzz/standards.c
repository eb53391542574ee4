/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A self-assessment.  A statement is green only when every agency that it is
 * for has delivered it, and red only when fewer than half have; a file with
 * faults gives none, and the report of one that is good counts each statement
 * once.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "core/report.h"
#include "core/standards.h"

static void
check_one(const struct standards *s, const struct standard *one)
{
	const struct standard_count c = standard_count(s, one);

	HOLDS(c.delivered + c.partly <= c.answered);
	HOLDS(c.answered <= c.asked && c.asked <= s->nagencies);
	switch (standard_standing(s, one)) {
	case STANDING_GREEN:
		HOLDS(c.asked > 0 && c.delivered == c.asked);
		break;
	case STANDING_AMBER:
		HOLDS(c.delivered < c.asked && 2 * c.delivered >= c.asked);
		break;
	case STANDING_RED:
		HOLDS(2 * c.delivered < c.asked);
		break;
	case STANDING_UNANSWERED:
	default:
		HOLDS(c.answered == 0);
	}
}

static void
check_report(const struct standards *s, const char *text)
{
	const struct joined_window ever = {DAY_NONE, DAY_NONE};
	const struct report_needs needs = {.standards = text};
	struct report r;

	report_init(&r, "nine-foundations", "Test", &ever);
	report_nine_foundations(NULL, &needs, &r);
	HOLDS(r.n == s->n + 1 && r.tables[0].nrows == s->n);
	for (size_t i = 0; i < s->n; i++) {
		const struct report_cell *row = &r.tables[0].cells[i *
		    r.tables[0].ncolumns];

		HOLDS(r.tables[i + 1].nrows == s->list[i].n);
		HOLDS(row[1].count == row[2].count + row[3].count +
		    row[4].count + row[5].count);
	}
	report_release(&r);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct standards *s;
	struct faults faults;
	struct str lines;
	char *text;

	if (n > 16384)
		return 0;
	text = fuzz_text(data, n);
	faults_init(&faults, "test.yaml");
	str_init(&lines);
	s = standards_parse(text, n, &faults);
	HOLDS((s == NULL) == (faults.n > 0));
	for (size_t i = 0; s != NULL && i < s->n; i++)
		for (size_t k = 0; k < s->list[i].n; k++)
			check_one(s, &s->list[i].list[k]);
	if (s != NULL && strlen(text) == n)
		check_report(s, text);
	faults_lines(&faults, &lines);
	HOLDS(fuzz_is_utf8(lines.s, lines.len));
	standards_free(s);
	str_release(&lines);
	faults_release(&faults);
	free(text);
	return 0;
}
