/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bias check and the gaps in recording, against counts by hand. */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/population.h"
#include "core/report.h"
#include "tests/unit/factfolk.h"
#include "tests/unit/loaded.h"

static const struct joined_window ever = {DAY_NONE, DAY_NONE};

static const char people[] =
    "id: invented\nyear: 2025\nsource: Invented figures\nareas:\n"
    "  - name: Testford\n    children: 1000\n    groups:\n"
    "      sex: {M: 500, F: 500}\n"
    "      ethnicity: {WBRI: 800, WROM: 50, BAFR: 150}\n"
    "      disabled: {\"yes\": 100}\n";

struct desk {
	struct instrument *in;
	struct facts f;
	struct report r;
	struct population *p;
};

static int
open_desk(void **state)
{
	static struct desk d;
	struct faults faults;

	memset(&d, 0, sizeof(d));
	d.in = load_instrument("content/instruments/occ-csegg.yaml");
	facts_init(&d.f, d.in, &ever, FOLK_NOW);
	faults_init(&faults, "people");
	d.p = population_parse(people, strlen(people), &faults);
	assert_non_null(d.p);
	faults_release(&faults);
	report_init(&d.r, "test", "Test", &ever);
	*state = &d;
	return 0;
}

static int
close_desk(void **state)
{
	struct desk *d = *state;

	report_release(&d->r);
	facts_release(&d->f);
	population_free(d->p);
	instrument_free(d->in);
	return 0;
}

struct who {
	enum fact_class class;
	bool screened;
	char sex;
	const char *ethnicity;
	int disabled;		/* -1: not recorded */
};

static void
add(struct desk *d, const struct who *w, unsigned n)
{
	struct folk folk = {w->class, "Testford", "", 20500, NULL};

	while (n-- > 0) {
		struct case_facts *row = folk_add(&d->f, &folk);

		row->screened = w->screened;
		row->sex = w->sex;
		memcpy(row->ethnicity, w->ethnicity,
		    strlen(w->ethnicity) + 1);
		row->disability_recorded = w->disabled >= 0;
		row->disabled = w->disabled == 1;
	}
}

static void
make(struct desk *d, const char *name)
{
	struct report_needs needs = {.population = d->p};

	report_find(name)->make(&d->f, &needs, &d->r);
}

static const struct report_table *
table_of(const struct desk *d, const char *id)
{
	for (size_t i = 0; i < d->r.n; i++)
		if (strcmp(d->r.tables[i].id, id) == 0)
			return &d->r.tables[i];
	fail_msg("no table %s", id);
	return NULL;
}

static void
expect(const struct desk *d, const char *id, size_t row, const char *text)
{
	const struct report_table *t = table_of(d, id);
	struct str out;

	str_init(&out);
	assert_true(row < t->nrows);
	for (size_t i = 0; i < t->ncolumns; i++) {
		str_add(&out, i > 0 ? "|" : "");
		report_cell_words(&t->cells[row * t->ncolumns + i], &out);
	}
	assert_string_equal(out.s, text);
	str_release(&out);
}

static void
make_forty(struct desk *d)
{
	add(d, &(struct who){CLASS_HIGH, true, 'F', "WBRI", 0}, 20);
	add(d, &(struct who){CLASS_VICTIM, false, 'F', "BAFR", -1}, 10);
	add(d, &(struct who){CLASS_POTENTIAL, true, 'M', "WROM", 1}, 10);
	add(d, &(struct who){CLASS_NONE, true, 'M', "WBRI", 0}, 20);
	/* Neither screened nor identified: of no row. */
	add(d, &(struct who){CLASS_NONE, false, 'M', "", -1}, 3);
}

static void
groups_stand_beside_the_population(void **state)
{
	struct desk *d = *state;

	make_forty(d);
	make(d, "bias");
	/* The rows of the board's table: male, female, not recorded, all. */
	expect(d, "sex", 0, "Male|0|0|10|10");
	expect(d, "sex", 1, "Female|10|20|0|30");
	expect(d, "sex", 3, "All|10|20|10|40");
	expect(d, "sex-screened", 0, "Female|20|0|20");
	expect(d, "sex-screened", 2, "All|30|20|50");
	expect(d, "sex-shares", 0, "Male|25.0% of 40|60.0% of 50|"
	    "50.0% of 1000");
	expect(d, "sex-shares", 1, "Female|75.0% of 40|40.0% of 50|"
	    "50.0% of 1000");
	expect(d, "ethnicity-shares", 2, "Black African|25.0% of 40|"
	    "0.0% of 50|15.0% of 1000");
	expect(d, "disability-shares", 0, "Disabled|25.0% of 40|"
	    "20.0% of 50|10.0% of 1000");
	expect(d, "disability-shares", 2, "Not recorded|25.0% of 40|"
	    "0.0% of 50|-");
	expect(d, "agency", 0, "Invented School|10|20|10|40");
}

static void
who_is_often_missed_is_asked_about(void **state)
{
	struct desk *d = *state;
	const struct report_table *t;

	make_forty(d);
	make(d, "bias");
	t = table_of(d, "missed");
	assert_int_equal(t->nrows, 4);
	/* 20 of 40 with 200 of 1,000; 10 of 40 with 500 of 1,000. */
	assert_string_equal(t->cells[3].text, "As often, or more");
	assert_int_equal(t->cells[1].count, 20);
	assert_int_equal(t->cells[2].count, 200);
	assert_string_equal(t->cells[2 * 5 + 3].text,
	    "Identified less often");
	assert_string_equal(t->cells[3 * 5 + 3].text,
	    "Not counted in the population");
	for (size_t i = 0; i < 4; i++)
		assert_non_null(strchr(t->cells[i * 5 + 4].text, '?'));
	assert_null(strstr(t->note, "Fewer than 30"));
}

static void
of_few_nothing_is_said(void **state)
{
	struct desk *d = *state;
	const struct report_table *t;

	add(d, &(struct who){CLASS_HIGH, true, 'F', "WBRI", 0}, 20);
	add(d, &(struct who){CLASS_HIGH, true, 'M', "WBRI", 0}, 2);
	make(d, "bias");
	t = table_of(d, "missed");
	assert_string_equal(t->cells[2 * 5 + 3].text, "Too few to say");
	assert_non_null(strstr(t->note, "Fewer than 30"));
	report_publish(&d->r);
	assert_int_equal(t->cells[2 * 5 + 1].type, REPORT_SUPPRESSED);
	expect(d, "sex-shares", 0, "Male|c|c|50.0% of 1000");
}

/* The board's data set has the same table, and hides the same of it. */
static void
another_report_hides_the_same(void **state)
{
	struct desk *d = *state;
	const struct report_needs needs = {.population = NULL};
	const struct report_table *mine, *theirs = NULL;
	struct report board;

	add(d, &(struct who){CLASS_HIGH, true, 'F', "WBRI", 0}, 20);
	add(d, &(struct who){CLASS_VICTIM, false, 'M', "BAFR", 1}, 9);
	add(d, &(struct who){CLASS_HIGH, false, 'M', "WROM", 0}, 3);
	add(d, &(struct who){CLASS_NONE, true, 'F', "WBRI", 0}, 3);
	make(d, "bias");
	report_init(&board, "board", "Board", &ever);
	report_find("board")->make(&d->f, &needs, &board);
	report_publish(&d->r);
	report_publish(&board);
	mine = table_of(d, "ethnicity");
	for (size_t i = 0; i < board.n; i++)
		if (strcmp(board.tables[i].id, "ethnicity") == 0)
			theirs = &board.tables[i];
	if (theirs == NULL) {
		fail_msg("the board's data set has no such table");
		return;
	}
	assert_int_equal(mine->nrows, theirs->nrows);
	for (size_t i = 0; i < mine->nrows * mine->ncolumns; i++)
		assert_int_equal(mine->cells[i].type, theirs->cells[i].type);
	/* Few were screened and not identified: then only who was. */
	expect(d, "sex-screened", 1, "All|c|c|23");
	report_release(&board);
}

static void
whom_links_miss_is_told_with_its_n(void **state)
{
	struct desk *d = *state;

	add(d, &(struct who){CLASS_HIGH, true, 'M', "BAFR", 0}, 10);
	add(d, &(struct who){CLASS_HIGH, true, 'F', "WBRI", 0}, 10);
	add(d, &(struct who){CLASS_HIGH, true, 'U', "", 0}, 1);
	for (uint32_t i = 0; i < 4; i++) {
		facts_pair(&d->f, i, i + 1, i != 0);
		facts_pair(&d->f, 10 + i, 11 + i, true);
	}
	/* One record says it, the other has a gap. */
	facts_pair(&d->f, 9, 20, false);
	make(d, "bias");
	expect(d, "recall", 0, "Boys|3|2|5|60.0% of 5");
	expect(d, "recall", 1, "Girls|4|0|4|-");
	expect(d, "recall", 2, "Black, Asian and minority ethnic, Gypsy, "
	    "Roma and Traveller|3|2|5|60.0% of 5");
}

/* ---- gaps ---- */

static void
gaps_are_told_by_field(void **state)
{
	struct desk *d = *state;
	struct case_facts *row;

	add(d, &(struct who){CLASS_HIGH, true, 'F', "WBRI", 0}, 6);
	add(d, &(struct who){CLASS_NONE, false, 'U', "", -1}, 5);
	row = &d->f.cases[6];
	row->two = TWO_ETHNICITY;
	d->f.cases[0].part.answers.age = 17;
	make(d, "gaps");
	expect(d, "recorded", 0, "Recorded|0|11|0|0");
	expect(d, "recorded", 1, "Not recorded|11|0|11|1");
	expect(d, "recorded", 2, "Recorded in two ways|0|0|0|0");
	expect(d, "recorded", 3, "Not asked: under 16|0|0|0|10");
	expect(d, "recorded", 4, "All|11|11|11|11");
	/* What stands in a table by group is not told twice. */
	expect(d, "ethnicity", 0, "White British|0|0|6|6");
	expect(d, "ethnicity", 1, "Not recorded|0|0|4|4");
	expect(d, "ethnicity", 2, "Recorded in two ways|0|0|1|1");
	expect(d, "sex", 1, "Not recorded|0|0|5|5");
}

static void
what_was_lowered_is_told_by_group(void **state)
{
	struct desk *d = *state;

	add(d, &(struct who){CLASS_HIGH, true, 'F', "WBRI", 0}, 7);
	add(d, &(struct who){CLASS_NONE, true, 'M', "WBRI", 1}, 3);
	d->f.cases[0].downgraded = true;
	d->f.cases[1].downgraded = d->f.cases[1].closed = true;
	d->f.cases[7].closed = true;
	make(d, "gaps");
	expect(d, "sex", 0, "Female|2|0|5|7");
	expect(d, "sex", 1, "Male|0|1|2|3");
	expect(d, "disability", 0, "Disabled|0|1|2|3");
	expect(d, "sex", 2, "All|2|1|7|10");
	report_publish(&d->r);
	expect(d, "sex", 2, "All|c|c|c|10");
}

/* What two agencies say of one child, put together. */
static void
what_records_say_apart_is_a_gap(void **state)
{
	static const uint32_t one[] = {0, 0, 0};
	struct desk *d = *state;
	struct fact_children kids;

	add(d, &(struct who){CLASS_POTENTIAL, true, 'F', "WBRI", -1}, 1);
	add(d, &(struct who){CLASS_NONE, false, 'F', "MWBC", 1}, 1);
	add(d, &(struct who){CLASS_NONE, false, 'U', "NOBT", 0}, 1);
	facts_link(&d->f, one, one);
	fact_children(&d->f, false, &kids);
	assert_int_equal(kids.n, 1);
	assert_int_equal(kids.list[0].n, 3);
	assert_int_equal(kids.list[0].sex, 'F');
	assert_string_equal(kids.list[0].ethnicity, "");
	assert_int_equal(kids.list[0].two, TWO_ETHNICITY);
	assert_true(kids.list[0].disabled);
	assert_int_equal(kids.list[0].class, CLASS_POTENTIAL);
	fact_children_release(&kids);
}

static void
a_case_that_is_carried_on_is_no_child(void **state)
{
	struct desk *d = *state;
	struct fact_children kids;

	add(d, &(struct who){CLASS_HIGH, true, 'F', "WBRI", 0}, 2);
	d->f.cases[0].carried = d->f.cases[0].closed = true;
	fact_children(&d->f, true, &kids);
	assert_int_equal(kids.n, 1);
	assert_int_equal(kids.list[0].rows[0], 1);
	fact_children_release(&kids);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(groups_stand_beside_the_population),
		TEST(who_is_often_missed_is_asked_about),
		TEST(of_few_nothing_is_said),
		TEST(another_report_hides_the_same),
		TEST(whom_links_miss_is_told_with_its_n),
		TEST(gaps_are_told_by_field),
		TEST(what_was_lowered_is_told_by_group),
		TEST(what_records_say_apart_is_a_gap),
		TEST(a_case_that_is_carried_on_is_no_child),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
