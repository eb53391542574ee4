/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/observations.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/str.h"
#include "exchange/isoday.h"
#include "tests/unit/loaded.h"
#include "tests/unit/memsource.h"

static struct instrument *in;

static int
setup(void **state)
{
	(void)state;
	in = load_instrument("content/instruments/occ-csegg.yaml");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	instrument_free(in);
	return 0;
}

static void
add_slice(struct str *out, const char *name, struct slice s)
{
	if (s.n == 0)
		return;
	str_add_fmt(out, " %s=", name);
	str_add_n(out, s.s, s.n);
}

static void
add_row(struct str *out, const struct obs_row *r)
{
	char text[SPAN_TEXT_MAX];
	size_t i;

	str_add_char(out, '\n');
	str_add_n(out, r->child.s, r->child.n);
	for (i = 0; i < r->nmarks; i++)
		str_add_fmt(out, " %s:%s", in->items[r->marks[i].item].id,
		    answer_name(r->marks[i].state));
	span_format(&r->on, text);
	if (text[0] != '\0')
		str_add_fmt(out, " on=%s", text);
	add_slice(out, "agency", r->agency);
	add_slice(out, "evidence", r->evidence);
	add_slice(out, "source", r->source);
	if (r->birth != DAY_NONE) {
		day_format(r->birth, text);
		str_add_fmt(out, " dob=%s", text);
	}
	if (r->age != AGE_NONE)
		str_add_fmt(out, " age=%d", r->age);
}

static void
dump(const char *text, const struct obs_opts *opts, struct str *out)
{
	const struct obs_row *row = NULL;
	struct memsource m;
	struct obs *o = NULL;
	struct err e;
	enum rc rc;

	memsource_init(&m, text, strlen(text), 0);
	err_clear(&e);
	rc = obs_open(&m.src, opts, &o, &e);
	if (rc == RC_OK)
		str_add(out, obs_form(o) == OBS_LONG ? "long" : "wide");
	while (rc == RC_OK) {
		rc = obs_next(o, &row, &e);
		if (rc == RC_OK && row == NULL)
			break;
		if (rc == RC_OK)
			add_row(out, row);
	}
	if (rc != RC_OK) {
		assert_int_equal(rc, RC_INPUT);
		str_add_fmt(out, "%s! %s", out->len != 0 ? "\n" : "", e.text);
	}
	obs_free(o);
}

static void
expect_as(const char *text, bool whole, const char *agency, const char *want)
{
	struct obs_opts opts = {.instrument = in, .whole = whole,
	    .agency = agency};
	struct str out;

	opts.latest = day_from_civil((struct civil){2026, 11, 22});
	str_init(&out);
	dump(text, &opts, &out);
	assert_string_equal(out.s, want);
	str_release(&out);
}

static void
expect(const char *text, const char *want)
{
	expect_as(text, false, NULL, want);
}

#define LONG "child,agency,indicator,state,date,evidence\n"

static void
long_form(void **state)
{
	(void)state;
	expect(LONG "C1,School,B1,present,2026-03-04,Seen twice\n"
	    " C2 ,, b2 , Not_Known ,,\n",
	    "long\nC1 B1:present on=2026-03-04 agency=School "
	    "evidence=Seen twice\nC2 B2:not known");
	expect("DATE;State;Indicator;CHILD;Date_of-Birth;Age;AGENCY;evidence\n"
	    "3/2026;absent;A15;C1;4/3/2012;;;\n"
	    "1/3/2026 to 9/3/2026;suspected;A1;C1;;12;;\n",
	    "long\nC1 A15:absent on=2026-03 dob=2012-03-04\n"
	    "C1 A1:suspected on=2026-03-01/2026-03-09 age=12");
	/* Given in again, a rejected row is what it was before. */
	expect("row,problem," LONG "7,old,'=C1,,A1,present,,'-x\n", "long\n=C1 A1:present "
	    "evidence=-x");
	expect(LONG "'=C1,,A1,present,,\n", "long\n'=C1 "
	    "A1:present");
}

static void
wide_form(void **state)
{
	(void)state;
	expect("child,B1,A2,B3 drugs,A4,A5,A6,A7\n"
	    "C1,yes,NO,?,,present,not asked,X\nC2,,,,,,,\n",
	    "wide\nC1 B1:present A2:absent B3:not known A5:present "
	    "A6:not asked A7:present\nC2");
	expect("date,child,agency,a1\n2026,C1,Health,suspected\n",
	    "wide\nC1 A1:suspected on=2026 agency=Health");
}

static void
bad_headers(void **state)
{
	(void)state;
	expect("agency,B1\n", "! t.csv: row 1: there is no column "
	    "\"child\"; expected child and one column an indicator");
	expect("child,date\n", "! t.csv: row 1: there is neither a column "
	    "\"indicator\" nor a column for an indicator; expected child,"
	    "agency,indicator,state,date,evidence or child and one column an "
	    "indicator");
	expect("child,B1,state\n", "! t.csv: row 1, column 2 \"B1\": the file "
	    "has both a column for an indicator and a column \"state\"; "
	    "expected one indicator a row or one indicator a column");
	expect("child,state,State,indicator\n", "! t.csv: row 1, column 3 "
	    "\"State\": this column is there twice, also as column 2; "
	    "expected each column once");
	expect("child,B1,A1,b1\n", "! t.csv: row 1, column 4 \"b1\": this "
	    "column is there twice, also as column 2; expected each column "
	    "once");
	expect("child,B1,B-02\n", "! t.csv: row 1, column 3 \"B-02\": neither "
	    "an indicator of occ-csegg nor one of child, agency, indicator, "
	    "state, date, evidence, source, name, dob, age; did you mean B2 "
	    "(Physical injuries)?");
	expect("child,,B1\n", "! t.csv: row 1, column 2 \"\": the column has "
	    "no name; expected a name in every column of the header");
}

/* All six, for a screening as for a store, and all that lack are named. */
static void
long_form_lacks_columns(void **state)
{
	static const char *const fields[] = {"child", "agency", "indicator",
	    "state", "date", "evidence"};
	struct str header, message;
	size_t i, k;

	(void)state;
	str_init(&header);
	str_init(&message);
	for (i = 0; i < 6; i++) {
		str_clear(&header);
		str_clear(&message);
		for (k = 0; k < 6; k++)
			if (k != i)
				str_add_fmt(&header, "%s,", fields[k]);
		str_add(&header, "source\n");
		str_add_fmt(&message, "! t.csv: row 1: there is no column "
		    "\"%s\"; expected child,agency,indicator,state,date,"
		    "evidence", fields[i]);
		expect(header.s, message.s);
		expect_as(header.s, true, NULL, message.s);
	}
	expect("child,state\n", "! t.csv: row 1: there are no columns "
	    "\"agency\", \"indicator\", \"date\", \"evidence\"; expected "
	    "child,agency,indicator,state,date,evidence");
	str_release(&header);
	str_release(&message);
}

static void
bad_cells(void **state)
{
	(void)state;
	expect(LONG "C1,S,B15,present,2026-03-04,x\n", "long\n! t.csv: row 2, "
	    "column 3 \"indicator\": \"B15\" is no indicator of occ-csegg; "
	    "did you mean B14 (Thoughts of, or attempts at, "
	    "suicide)?");
	expect(LONG "C1,S,zzzz,present,2026-03-04,x\n", "long\n! t.csv: row "
	    "2, column 3 \"indicator\": \"zzzz\" is no indicator of "
	    "occ-csegg; expected one of its ids, A1 to B14");
	expect(LONG "C1,S,B1,maybe,2026-03-04,x\n", "long\n! t.csv: row 2, "
	    "column 4 \"state\": \"maybe\" is no answer; expected present, "
	    "suspected, absent, not known or not asked");
	expect(LONG "C1,S,B1,,2026-03-04,x\n", "long\n! t.csv: row 2, column "
	    "4 \"state\": the cell is empty; expected present, suspected, "
	    "absent, not known or not asked");
	expect("child,B1\nC1,perhaps\n", "wide\n! t.csv: row 2, column 2 "
	    "\"B1\": \"perhaps\" is no answer; expected present, suspected, "
	    "absent, not known or not asked (or yes, no, ?)");
	expect(LONG ",S,B1,present,2026-03-04,x\n", "long\n! t.csv: row 2, "
	    "column 1 \"child\": the cell is empty; expected the reference "
	    "of a child");
	expect(LONG "C1,S,B1,present,2026-11-23,x\n", "long\n! t.csv: row 2, "
	    "column 5 \"date\": 2026-11-23 is in the future; expected a date "
	    "up to today");
	expect("child,B1,age\nC1,x,-3\n", "wide\n! "
	    "t.csv: row 2, column 3 \"age\": \"-3\" is no age; expected whole "
	    "years from 0 to 120");
	expect(LONG, "long\n! t.csv: row 2: the file has a header and no rows "
	    "below it; expected at least one");
}

static void
bad_date(void **state)
{
	struct obs_opts opts = {.instrument = in, .latest = INT32_MAX};
	struct str out;

	(void)state;
	str_init(&out);
	dump(LONG "C1,S,B1,present,31/2/2026,x\n", &opts, &out);
	assert_non_null(strstr(out.s, "! t.csv: row 2, column 5 \"date\": "));
	assert_non_null(strstr(out.s, "31/2/2026"));
	str_release(&out);
}

/* For a store: no tick without date, agency and words. */
static void
whole_rows(void **state)
{
	(void)state;
	expect_as("child,indicator,state,date,evidence\n", true, NULL, "! "
	    "t.csv: row 1: there is no column \"agency\"; expected child,"
	    "agency,indicator,state,date,evidence");
	expect_as("child,B1\n", true, "School", "! t.csv: row 1: there is no "
	    "column \"date\"; expected child, agency, date and one column an "
	    "indicator");
	expect_as(LONG "C1,,B1,present,2026,x\n", true, NULL, "long\n! t.csv: "
	    "row 2, column 2 \"agency\": the cell is empty; expected whose "
	    "knowledge it is");
	expect_as(LONG "C1,S,B1,absent,2026,\nC1,S,B1,suspected,2026,\n",
	    true, NULL, "long\nC1 B1:absent on=2026 agency=S\n! t.csv: row "
	    "3, column 6 \"evidence\": the cell is empty; expected what was "
	    "seen or said, in words");
	expect_as(LONG "C1,S,B1,not known,,\n", true, NULL, "long\n! t.csv: "
	    "row 2, column 5 \"date\": the cell is empty; expected when it "
	    "was seen, a day, a month or a span");
	expect_as("child,date,B1\nC1,2026,x\nC2,,\n", true, "School",
	    "wide\nC1 B1:present on=2026 agency=School\nC2 agency=School");
}

/* The i-th way to write a day that is not plain "2026-03-04". */
static void
say_day(struct str *out, unsigned i)
{
	str_add_fmt(out, "%u/%u/%u", 1 + i % 28, 1 + i / 28 % 12,
	    1990 + i / 336);
}

/* What a row says does not hang on what was read and remembered before. */
static void
more_words_than_are_kept(void **state)
{
	static const char *const states[] = {"present", "suspected", "absent",
		"not known"};
	struct obs_opts opts = {.instrument = in,
	    .latest = day_from_civil((struct civil){2026, 11, 22})};
	struct str text, want, out;
	unsigned i, n = 9000;
	struct span on;
	struct err e;
	char day[SPAN_TEXT_MAX];

	(void)state;
	str_init(&text);
	str_init(&want);
	str_init(&out);
	str_add(&text, LONG);
	str_add(&want, "long");
	for (i = 0; i < n; i++) {
		str_add_fmt(&text, "C1,,B%u,%s,", 1 + i % 14, states[i % 4]);
		str_clear(&out);
		say_day(&out, i * 7 % 10007);
		str_add(&text, out.s);
		str_add(&text, ",\n");
		assert_int_equal(span_parse(out.s, &on, &e), RC_OK);
		span_format(&on, day);
		str_add_fmt(&want, "\nC1 B%u:%s on=%s", 1 + i % 14,
		    states[i % 4], day);
	}
	str_clear(&out);
	dump(text.s, &opts, &out);
	assert_string_equal(out.s, want.s);
	str_release(&text);
	str_release(&want);
	str_release(&out);
}

/* Plain days are read by a way of their own, to the same end. */
static void
plain_days(void **state)
{
	static const char odd[] = "0123456789-/ :.aT";
	struct isoday d;
	struct span on;
	struct err e;
	int32_t day, first, last, got;
	char text[DAY_TEXT_MAX];
	size_t i, k;

	(void)state;
	isoday_init(&d);
	first = day_from_civil((struct civil){YEAR_MIN, 1, 1});
	last = day_from_civil((struct civil){YEAR_MAX, 12, 31});
	for (day = first; day <= last; day++) {
		day_format(day, text);
		assert_true(isoday_read(&d, text, &got));
		assert_int_equal(got, day);
		i = (size_t)(day - first) % ISODAY_BYTES;
		k = (size_t)(day - first) / ISODAY_BYTES % (sizeof(odd) - 1);
		text[i] = odd[k];
		if (!isoday_read(&d, text, &got))
			continue;
		assert_int_equal(span_parse(text, &on, &e), RC_OK);
		assert_int_equal(got, on.first);
		assert_int_equal(got, on.last);
	}
	assert_false(isoday_read(&d, "1799-12-31", &got));
	assert_false(isoday_read(&d, "2201-01-01", &got));
	assert_false(isoday_read(&d, "2025-02-29", &got));
	assert_false(isoday_read(&d, "2025-04-31", &got));
	assert_false(isoday_read(&d, "2025-00-01", &got));
	assert_false(isoday_read(&d, "2025-01-00", &got));
}

/* Who only counts gets the same rows without agency and words. */
static void
bare_rows(void **state)
{
	struct obs_opts opts = {.instrument = in, .bare = true,
	    .latest = day_from_civil((struct civil){2026, 11, 22})};
	struct str out;

	(void)state;
	str_init(&out);
	dump(LONG "C1,School,B1,present,2026-03-04,Seen\n", &opts, &out);
	assert_string_equal(out.s, "long\nC1 B1:present on=2026-03-04");
	str_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(long_form),
		cmocka_unit_test(wide_form),
		cmocka_unit_test(bad_headers),
		cmocka_unit_test(long_form_lacks_columns),
		cmocka_unit_test(bad_cells),
		cmocka_unit_test(bad_date),
		cmocka_unit_test(whole_rows),
		cmocka_unit_test(more_words_than_are_kept),
		cmocka_unit_test(plain_days),
		cmocka_unit_test(bare_rows),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
