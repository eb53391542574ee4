/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The self-assessment against the nine foundations of good practice, out of
 * the text in needs->standards, which has been checked.
 */
#include "config.h"

#include <string.h>

#include "core/report.h"
#include "core/standards.h"

/* As figure 3 of the source: how many of each colour. */
static void
foundation_row(const struct standards *s, const struct foundation *f,
    struct report_table *t)
{
	static const enum standing order[] = {STANDING_RED, STANDING_AMBER,
	    STANDING_GREEN, STANDING_UNANSWERED};
	struct report_cell *row = report_row(t);
	size_t n[STANDINGS] = {0};

	for (size_t i = 0; i < f->n; i++)
		n[standard_standing(s, &f->list[i])]++;
	report_text(&row[0], f->title);
	report_count(&row[1], f->n);
	for (size_t i = 0; i < STANDINGS; i++)
		report_count(&row[i + 2], n[order[i]]);
}

static void
add_foundations(const struct standards *s, struct report *out)
{
	static const char *const heads[] = {"Foundation", "Statements",
	    "Red", "Amber", "Green", "Not answered"};
	static const bool marked[6] = {false};
	struct report_table *t = report_table_add(out, "foundations",
	    s->title, heads, 6);

	for (size_t i = 0; i < s->n; i++)
		foundation_row(s, &s->list[i], t);
	report_note(t, "Green: every agency that it is for has delivered it. "
	    "Red: fewer than half have. Amber: between. What is partly "
	    "delivered, or not answered, is not delivered.");
	report_totals(t, marked, false, false);
}

/* "Invented Police (partly), Invented School (not answered)". */
static void
who_has_not(const struct standards *s, const struct standard *one,
    struct str *out)
{
	static const char *const words[] = {
		[DELIVERED_UNANSWERED] = " (not answered)",
		[DELIVERED_NO] = "",
		[DELIVERED_PARTLY] = " (partly)",
	};

	for (size_t i = 0; i < s->nagencies; i++) {
		const enum delivered d = one->answers[i].delivered;

		if (!one->asked[i] || d == DELIVERED_YES)
			continue;
		str_add_fmt(out, "%s%s%s", out->len > 0 ? ", " : "",
		    s->agencies[i], words[d]);
	}
}

static void
statement_row(const struct standards *s, const struct standard *one,
    struct report_table *t)
{
	const struct standard_count n = standard_count(s, one);
	struct report_cell *row = report_row(t);
	struct str words;

	str_init(&words);
	report_text(&row[0], one->text);
	report_text(&row[1], standing_words(standard_standing(s, one)));
	str_add_fmt(&words, "%zu of %zu", n.delivered, n.asked);
	report_text(&row[2], words.s);
	str_clear(&words);
	who_has_not(s, one, &words);
	report_text(&row[3], words.s);
	str_release(&words);
}

static void
add_statements(const struct standards *s, const struct foundation *f,
    struct report *out)
{
	static const char *const heads[] = {"Statement", "Status",
	    "Delivered", "Not yet"};
	struct report_table *t = report_table_add(out, f->id, f->title,
	    heads, 4);

	for (size_t i = 0; i < f->n; i++)
		statement_row(s, &f->list[i], t);
	report_note(t, f->source);
}

void
report_nine_foundations(const struct facts *f,
    const struct report_needs *needs, struct report *out)
{
	const char *text = needs != NULL ? needs->standards : NULL;
	struct standards *s;
	struct faults faults;

	(void)f;
	if (text == NULL)
		return;
	faults_init(&faults, "self-assessment");
	s = standards_parse(text, strlen(text), &faults);
	if (s != NULL)
		add_foundations(s, out);
	for (size_t i = 0; s != NULL && i < s->n; i++)
		add_statements(s, &s->list[i], out);
	standards_free(s);
	faults_release(&faults);
}
