/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reports on a small set that was counted by hand. */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/factors.h"
#include "core/report.h"
#include "core/report_period.h"
#include "core/vec.h"
#include "tests/unit/book.h"
#include "tests/unit/loaded.h"

#define NOW INT64_C(1795348800000)	/* 2026-11-22 12:00 UTC */

struct desk {
	struct instrument *in;
	struct book book;
	struct facts f;
	struct report r;
};

static int32_t
day(const char *text)
{
	int32_t d = DAY_NONE;

	assert_int_equal(day_parse(text, &d, NULL), RC_OK);
	return d;
}

static int
open_desk(void **state)
{
	static struct desk d;
	struct joined_window w = {DAY_NONE, DAY_NONE};

	memset(&d, 0, sizeof(d));
	d.in = load_instrument("content/instruments/occ-csegg.yaml");
	w.from = day("2026-01-01");
	w.to = day("2026-06-30");
	facts_init(&d.f, d.in, &w, NOW);
	book_init(&d.book);
	(void)book_write(&d.book, "open", "", "{'reference':'INV-1'}");
	*state = &d;
	return 0;
}

static int
close_desk(void **state)
{
	struct desk *d = *state;

	report_release(&d->r);
	facts_release(&d->f);
	book_release(&d->book);
	instrument_free(d->in);
	return 0;
}

/* n more cases; returns the first of them. */
static struct case_facts *
cases(struct desk *d, size_t n)
{
	const size_t first = d->f.n;

	for (size_t i = 0; i < n; i++) {
		facts_add(&d->f, &d->book.c, NULL);
		d->f.cases[d->f.n - 1].id.b[0] = (uint8_t)(d->f.n);
	}
	return &d->f.cases[first];
}

static void
happened(struct desk *d, enum fact_what what, const char *on, size_t n)
{
	struct facts *f = &d->f;

	for (size_t i = 0; i < n; i++) {
		f->events = vec_room(f->events, f->nevents, &f->capevents,
		    sizeof(*f->events));
		f->events[f->nevents++] = (struct fact_event){day(on),
			(uint32_t)(i % f->n), what, 0};
	}
}

static void
make(struct desk *d, const char *name, const struct report_needs *needs)
{
	const struct report_def *def = report_find(name);

	assert_non_null(def);
	report_init(&d->r, def->name, def->title, &d->f.window);
	def->make(&d->f, needs, &d->r);
}

static struct report_table *
table(struct desk *d, const char *id)
{
	for (size_t i = 0; i < d->r.n; i++)
		if (strcmp(d->r.tables[i].id, id) == 0)
			return &d->r.tables[i];
	fail_msg("no table %s", id);
	return NULL;
}

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

/* The row that begins with these words. */
static size_t
row_named(const struct report_table *t, const char *words)
{
	for (size_t i = 0; i < t->nrows; i++)
		if (strcmp(t->cells[i * t->ncolumns].text, words) == 0)
			return i;
	fail_msg("no row %s", words);
	return 0;
}

/* ---- the table of reports ---- */

static void
each_report_has_a_name_and_a_maker(void **state)
{
	size_t n;
	const struct report_def *all = report_all(&n);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		assert_non_null(all[i].make);
		assert_ptr_equal(report_find(all[i].name), &all[i]);
		assert_true(strspn(all[i].name,
		    "abcdefghijklmnopqrstuvwxyz0123456789-") ==
		    strlen(all[i].name));
		assert_true(all[i].help[strlen(all[i].help) - 1] == '.');
	}
	assert_null(report_find("none-such"));
}

/* ---- the board ---- */

static void
what_was_done_is_told_by_month_and_quarter(void **state)
{
	struct desk *d = *state;
	const struct report_table *t;

	(void)cases(d, 3);
	happened(d, FACT_REFERRAL, "2026-01-31", 2);
	happened(d, FACT_REFERRAL, "2026-03-01", 1);
	happened(d, FACT_REFERRAL, "2026-06-30", 7);
	happened(d, FACT_SCREENING, "2026-04-01", 5);
	make(d, "board", NULL);
	t = table(d, "referrals");
	assert_int_equal(t->nrows, 3);
	reads(t, 0, 0, "January to March 2026");
	reads(t, 0, 1, "2");
	reads(t, 0, 2, "0");
	reads(t, 0, 3, "1");
	reads(t, 0, 4, "3");
	reads(t, 1, 3, "7");
	reads(t, 2, 0, "All");
	reads(t, 2, 1, "-");
	reads(t, 2, 4, "10");
	/* Each case once, however often it was referred. */
	assert_int_equal(t->cells[2 * 5 + 4].ncases, 3);
	t = table(d, "levels");
	reads(t, 1, 1, "5");
	reads(t, 1, t->ncolumns - 1, "5");
}

static void
reviews_and_interviews_are_parts_of_a_whole(void **state)
{
	struct desk *d = *state;
	const struct report_table *t;

	(void)cases(d, 1);
	happened(d, FACT_REVIEW_AGREED, "2026-02-01", 6);
	happened(d, FACT_REVIEW_RETURNED, "2026-02-01", 1);
	happened(d, FACT_INTERVIEW_HELD, "2026-05-01", 3);
	happened(d, FACT_INTERVIEW_NEITHER, "2026-05-01", 2);
	make(d, "board", NULL);
	t = table(d, "reviews");
	reads(t, 0, 1, "6");
	reads(t, 0, 2, "0");
	reads(t, 0, 3, "1");
	reads(t, 0, 4, "7");
	t = table(d, "interviews");
	reads(t, 1, 1, "3");
	reads(t, 1, 2, "0");
	reads(t, 1, 3, "2");
	reads(t, 2, 4, "5");
}

static void
children_are_told_by_who_they_are(void **state)
{
	struct desk *d = *state;
	struct case_facts *c = cases(d, 9);
	const struct report_table *t;

	for (size_t i = 0; i < 8; i++) {
		c[i].known_victim = true;
		c[i].sex = i < 3 ? 'M' : 'F';
		(void)snprintf(c[i].ethnicity, sizeof(c[i].ethnicity),
		    "%s", i < 2 ? "" : "WBRI");
		c[i].disability_recorded = i < 5;
		c[i].disabled = i < 1;
	}
	make(d, "board", NULL);
	t = table(d, "sex");
	reads(t, row_named(t, "Male"), 1, "3");
	reads(t, row_named(t, "Female"), 4, "5");
	reads(t, row_named(t, "All"), 4, "8");
	t = table(d, "ethnicity");
	reads(t, row_named(t, "Not recorded yet"), 1, "2");
	reads(t, row_named(t, "White British"), 1, "6");
	t = table(d, "disability");
	reads(t, row_named(t, "Disabled"), 1, "1");
	reads(t, row_named(t, "Not disabled"), 1, "4");
	reads(t, row_named(t, "Not recorded"), 1, "3");
}

static size_t
hidden_between(const struct report_table *t, size_t row, size_t margin)
{
	size_t n = 0;

	for (size_t i = 1; i < margin; i++)
		n += t->cells[row * t->ncolumns + i].type ==
		    REPORT_SUPPRESSED;
	return n;
}

static void
no_month_is_told_by_its_quarter(void **state)
{
	struct desk *d = *state;
	const struct report_table *t;

	(void)cases(d, 1);
	happened(d, FACT_REFERRAL, "2026-01-01", 12);
	happened(d, FACT_REFERRAL, "2026-02-01", 3);
	happened(d, FACT_REFERRAL, "2026-04-01", 2);
	happened(d, FACT_SCREENING, "2026-01-01", 9);
	happened(d, FACT_SCREENING, "2026-04-01", 8);
	d->f.events[d->f.nevents - 1].level = 1;
	make(d, "board", NULL);
	report_publish(&d->r);
	t = table(d, "referrals");
	/* The second quarter is 2: without the first one 17 would tell it. */
	reads(t, 1, 4, "c");
	reads(t, 0, 4, "c");
	reads(t, 2, 4, "17");
	assert_int_equal(hidden_between(t, 0, 4), 3);
	assert_int_equal(hidden_between(t, 1, 4), 3);
	/* The same totals in both tables of screenings. */
	t = table(d, "screenings");
	reads(t, 0, 4, "9");
	reads(t, 1, 4, "8");
	t = table(d, "levels");
	reads(t, 0, t->ncolumns - 1, "9");
	reads(t, 0, 1, "9");
	reads(t, 1, t->ncolumns - 1, "8");
	assert_int_equal(hidden_between(t, 1, t->ncolumns - 1),
	    t->ncolumns - 2);
	assert_int_equal(hidden_between(t, 2, t->ncolumns - 1),
	    t->ncolumns - 2);
}

/* Any total that two tables share is shown in both or hidden in both. */
static void
tables_with_one_total_hide_the_same(void **state)
{
	struct desk *d = *state;
	const struct report_table *a, *b;

	(void)cases(d, 1);
	for (unsigned seed = 1; seed < 200; seed++) {
		unsigned x = seed * 2654435761u;

		d->f.nevents = 0;
		for (int i = 0; i < 6; i++) {
			char on[32];

			x = x * 1664525u + 1013904223u;
			(void)snprintf(on, sizeof(on), "2026-%02d-10", i + 1);
			happened(d, FACT_SCREENING, on, x >> 28);
			for (size_t k = 0; k < d->f.nevents; k++)
				d->f.events[k].level = (x >> k % 7) % 3;
		}
		make(d, "board", NULL);
		report_publish(&d->r);
		a = table(d, "screenings");
		b = table(d, "levels");
		for (size_t i = 0; i < 3; i++) {
			const size_t h = hidden_between(a, i, 4);

			assert_int_equal(
			    a->cells[i * a->ncolumns + 4].type,
			    b->cells[(i + 1) * b->ncolumns - 1].type);
			assert_true(h == 0 || h == 3);
		}
		report_release(&d->r);
	}
}

/* ---- the annual report ---- */

static void
the_year_is_counted(void **state)
{
	struct desk *d = *state;
	struct case_facts *c = cases(d, 4);
	json_t *extra = json_pack("{s:i, s:i}", "staff", 31, "people", 4);
	const struct report_needs needs = {NULL, NULL, extra};
	const struct report_table *t;

	c[0].referrals = 2;
	c[1].referrals = 1;
	c[2].convictions = 1;
	c[0].reviews = 5;
	c[0].reviews_agreed = 3;
	c[0].reviews_differed = 1;
	c[3].interviews_due = 4;
	c[3].interviews_offered_in_time = 3;
	c[3].interviews_held_in_time = 2;
	make(d, "annual", &needs);
	t = table(d, "done");
	reads(t, row_named(t, "Referrals"), 1, "3");
	reads(t, row_named(t, "Referrals"), 2, "2");
	reads(t, row_named(t, "Convictions"), 1, "1");
	t = table(d, "reviews");
	reads(t, row_named(t, "Sent back"), 1, "1");
	reads(t, row_named(t, "All"), 1, "5");
	t = table(d, "interviews");
	reads(t, 0, 1, "2");
	reads(t, 1, 1, "1");
	reads(t, 2, 1, "1");
	t = table(d, "levels");
	reads(t, row_named(t, "All"), 1, "4");
	t = table(d, "staff");
	reads(t, 0, 1, "31");
	reads(t, 1, 1, "4");
	json_decref(extra);
}

static void
what_nobody_recorded_is_no_number(void **state)
{
	struct desk *d = *state;

	make(d, "annual", NULL);
	reads(table(d, "staff"), 0, 1, "not recorded");
}

/* ---- factors ---- */

static uint64_t
bits(const char *a, const char *b)
{
	json_t *list = json_pack("[ss]", a, b);
	const uint64_t out = factors_of(list);

	json_decref(list);
	return out;
}

static void
a_suggestion_stays_one_until_somebody_confirms(void **state)
{
	struct desk *d = *state;
	struct case_facts *c = cases(d, 2);
	json_t *extra = json_pack("{s:{s:s}}", "references",
	    "0100000000000000", "INV-1");
	const struct report_needs needs = {NULL, NULL, extra};
	const struct report_table *t;

	c[0].factors_confirmed = true;
	c[0].factors = bits("11A", "10A");
	c[0].factors_suggested = bits("10A", "15A");
	c[1].factors_suggested = bits("10A", "10A");
	make(d, "cin-factors", &needs);
	t = table(d, "factors");
	reads(t, row_named(t, "10A Going missing"), 1, "1");
	reads(t, row_named(t, "10A Going missing"), 2, "1");
	reads(t, row_named(t, "10A Going missing"), 3, "B1");
	/* Left at the assessment by a person: no longer open. */
	reads(t, row_named(t, "15A Self-harm"), 1, "0");
	reads(t, row_named(t, "15A Self-harm"), 2, "0");
	reads(t, row_named(t, "11A Child sexual exploitation"), 1, "1");
	json_decref(extra);
}

/* ---- missing from care ---- */

static void
episode(struct case_facts *c, const char *from, const char *to, char kind)
{
	c->missing_from = realloc(c->missing_from, (c->nmissing + 1) *
	    sizeof(*c->missing_from));
	c->missing_to = realloc(c->missing_to, (c->nmissing + 1) *
	    sizeof(*c->missing_to));
	c->missing_kind = realloc(c->missing_kind, c->nmissing + 1);
	c->missing_from[c->nmissing] = day(from);
	c->missing_to[c->nmissing] = *to != '\0' ? day(to) : DAY_NONE;
	c->missing_kind[c->nmissing++] = kind;
}

static json_t *
child_json(const struct case_facts *c, const char *id, const char *dob)
{
	char hex[2 * CASE_ID_LEN + 1];

	hex_format(c->id.b, CASE_ID_LEN, hex);
	return json_pack("{s:{s:{s:s, s:s, s:s}}}", "children", hex, "child",
	    id, "dob", dob, "reference", "INV-1");
}

static void
only_looked_after_children_are_in_903(void **state)
{
	struct desk *d = *state;
	struct case_facts *c = cases(d, 3);
	json_t *extra = child_json(&c[0], "INV0001", "01/05/2012");
	const struct report_needs needs = {NULL, NULL, extra};
	const struct report_table *t;

	(void)snprintf(c[0].care, sizeof(c[0].care), "order");
	episode(&c[0], "2026-02-03", "2026-02-04", 'M');
	episode(&c[0], "2026-06-30", "", 'A');
	(void)snprintf(c[1].care, sizeof(c[1].care), "none");
	episode(&c[1], "2026-02-03", "2026-02-04", 'M');
	episode(&c[2], "2026-02-03", "2026-02-04", 'M');
	make(d, "ssda903-missing", &needs);
	t = &d->r.tables[0];
	assert_string_equal(t->heads[0], "CHILD");
	assert_string_equal(t->heads[4], "MIS_END");
	assert_int_equal(t->nrows, 2);
	reads(t, 0, 0, "INV0001");
	reads(t, 0, 1, "01/05/2012");
	reads(t, 0, 2, "M");
	reads(t, 0, 3, "03/02/2026");
	reads(t, 0, 4, "04/02/2026");
	reads(t, 1, 2, "A");
	reads(t, 1, 4, "");
	/* Only the one of whom nobody knows whether they are looked after. */
	t = table(d, "checks");
	assert_int_equal(t->nrows, 1);
	reads(t, 0, 1, "Left out: the care status is not recorded.");
	json_decref(extra);
}

static void
what_is_wrong_in_903_is_said(void **state)
{
	struct desk *d = *state;
	struct case_facts *c = cases(d, 1);
	json_t *extra = child_json(&c[0], "", "");
	const struct report_needs needs = {NULL, NULL, extra};
	const struct report_table *t;

	(void)snprintf(c[0].care, sizeof(c[0].care), "voluntary");
	episode(&c[0], "2026-02-03", "2026-02-08", 'M');
	episode(&c[0], "2026-02-05", "", 'M');
	episode(&c[0], "2026-01-05", "2026-01-04", 'M');
	make(d, "ssda903-missing", &needs);
	t = table(d, "checks");
	assert_int_equal(t->nrows, 4);
	reads(t, 2, 1, "Two episodes overlap.");
	reads(t, 3, 1, "An episode ends before it begins.");
	json_decref(extra);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_desk, close_desk)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_report_has_a_name_and_a_maker),
		TEST(what_was_done_is_told_by_month_and_quarter),
		TEST(reviews_and_interviews_are_parts_of_a_whole),
		TEST(children_are_told_by_who_they_are),
		TEST(no_month_is_told_by_its_quarter),
		TEST(tables_with_one_total_hide_the_same),
		TEST(the_year_is_counted),
		TEST(what_nobody_recorded_is_no_number),
		TEST(a_suggestion_stays_one_until_somebody_confirms),
		TEST(only_looked_after_children_are_in_903),
		TEST(what_is_wrong_in_903_is_said),
	};

	return cmocka_run_group_tests_name("reports", tests, NULL, NULL);
}
