/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The self-assessment: its colours, its faults, and the one that is shipped. */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/report.h"
#include "core/standards.h"
#include "tests/unit/loaded.h"

static void
reads(const struct report_table *t, size_t row, size_t column,
    const char *want)
{
	struct str s;

	assert_true(row < t->nrows && column < t->ncolumns);
	str_init(&s);
	report_cell_words(&t->cells[row * t->ncolumns + column], &s);
	assert_string_equal(s.s, want);
	str_release(&s);
}

#define HEAD "id: test\ntitle: Test\nsource: Nowhere\n" \
	"agencies: [Invented Council, Invented Police, Invented School]\n" \
	"foundations:\n  - id: one\n    title: One\n    source: Nowhere\n" \
	"    statements:\n"
#define YES "{delivered: yes, evidence: seen}"

static const char assessment[] = HEAD
	"      - {id: a, text: A, answers: {Invented Council: " YES ", "
	"Invented Police: " YES ", Invented School: " YES "}}\n"
	"      - {id: b, text: B, answers: {Invented Council: " YES ", "
	"Invented Police: " YES ", Invented School: {delivered: partly}}}\n"
	"      - {id: c, text: C, answers: {Invented Council: " YES ", "
	"Invented Police: {delivered: no}}}\n"
	"      - {id: d, text: D}\n"
	"      - {id: e, text: E, agencies: [Invented Police, "
	"Invented School], answers: {Invented Police: " YES "}}\n";

/* Three of three; two of three; one of three; none asked; one of two. */
static void
colours_are_those_of_figure_3(void **state)
{
	static const struct joined_window ever = {DAY_NONE, DAY_NONE};
	const struct report_needs needs = {NULL, assessment, NULL};
	const struct report_table *t;
	struct report r;

	(void)state;
	report_init(&r, "nine-foundations", "Test", &ever);
	report_nine_foundations(NULL, &needs, &r);
	assert_int_equal(r.n, 2);
	t = &r.tables[1];
	reads(t, 0, 1, "green");
	reads(t, 1, 1, "amber");
	reads(t, 1, 3, "Invented School (partly)");
	reads(t, 2, 1, "red");
	reads(t, 2, 3, "Invented Police, Invented School (not answered)");
	reads(t, 3, 1, "not answered");
	reads(t, 4, 1, "amber");
	reads(t, 4, 2, "1 of 2");
	t = &r.tables[0];
	reads(t, 0, 1, "5");
	reads(t, 0, 2, "1");
	reads(t, 0, 3, "2");
	reads(t, 0, 4, "1");
	reads(t, 0, 5, "1");
	report_release(&r);
}

static void
faults_of_an_assessment_are_all_named(void **state)
{
	static const char text[] = HEAD
	    "      - {id: a, text: A, answers: {Nobody: " YES "}}\n"
	    "      - {id: a, text: B}\n"
	    "      - {id: c, text: C, answers: {Invented Police: "
	    "{delivered: yes}}}\n"
	    "      - {id: d, text: D, agencies: [Invented Police], "
	    "answers: {Invented School: {delivered: perhaps}}}\n";
	struct faults f;

	(void)state;
	faults_init(&f, "test.yaml");
	assert_null(standards_parse(text, sizeof(text) - 1, &f));
	assert_int_equal(f.n, 4);
	assert_non_null(strstr(f.list[0].text, "none of the agencies"));
	assert_non_null(strstr(f.list[1].text, "twice"));
	assert_non_null(strstr(f.list[2].text, "evidence"));
	assert_non_null(strstr(f.list[3].text, "not for them"));
	faults_release(&f);
}

static void
the_one_that_comes_with_it_is_whole(void **state)
{
	char *text = load_text("content/standards/nine-foundations.yaml");
	struct faults f;
	struct standards *s;

	(void)state;
	faults_init(&f, "nine-foundations.yaml");
	s = standards_parse(text, strlen(text), &f);
	assert_int_equal(f.n, 0);
	assert_non_null(s);
	assert_int_equal(s->n, 9);
	for (size_t i = 0; i < s->n; i++)
		assert_true(s->list[i].n >= 3);
	standards_free(s);
	faults_release(&f);
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(colours_are_those_of_figure_3),
		cmocka_unit_test(faults_of_an_assessment_are_all_named),
		cmocka_unit_test(the_one_that_comes_with_it_is_whole),
	};

	return cmocka_run_group_tests_name("standards", tests, NULL, NULL);
}
