/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a return is taken for by its first rows: what is certain is said
 * without a doubt, what is a guess with one, and what nobody knows is left
 * out.
 */
#include "config.h"

#include "exchange/guess.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/date.h"
#include "tests/unit/loaded.h"
#include "tests/unit/memsource.h"

static struct instrument *in;

static struct guess *
guess_bytes(const char *text, size_t n)
{
	struct guess_opts o = {.instrument = in,
	    .today = day_from_civil((struct civil){2026, 11, 22})};
	struct guess *g = NULL;
	struct memsource m;
	struct err e;

	err_clear(&e);
	memsource_init(&m, text, n, 7);
	if (mapping_guess(&m.src, &o, &g, &e) != RC_OK)
		fail_msg("%s", e.text);
	return g;
}

static struct guess *
guess_text(const char *text)
{
	return guess_bytes(text, strlen(text));
}

static bool
doubts(const struct guess *g, const char *words)
{
	for (size_t i = 0; i < g->n; i++)
		if (strstr(g->doubts[i], words) != NULL)
			return true;
	return false;
}

static void
expect_doubt(const struct guess *g, const char *words)
{
	if (doubts(g, words))
		return;
	for (size_t i = 0; i < g->n; i++)
		print_message("doubt: %s\n", g->doubts[i]);
	fail_msg("nothing doubts \"%s\"", words);
}

static void
expect_column(const struct guess *g, enum map_field f, const char *header)
{
	if (header == NULL)
		assert_null(g->m->columns[f]);
	else if (g->m->columns[f] == NULL)
		fail_msg("%s is not \"%s\"", map_field_name(f), header);
	else
		assert_string_equal(g->m->columns[f], header);
}

static void
expect_code(const struct guess *g, enum map_field f, const char *theirs,
    const char *ours)
{
	const char *is = mapping_code(&g->m->codes[f], theirs,
	    strlen(theirs));

	if (ours == NULL && is != NULL)
		fail_msg("%s: \"%s\" is %s", map_field_name(f), theirs, is);
	else if (ours != NULL && is == NULL)
		fail_msg("%s: \"%s\" is not known", map_field_name(f),
		    theirs);
	else if (ours != NULL)
		assert_string_equal(is, ours);
}

/* It is written as a file that reads back, with each doubt as a comment. */
static void
expect_written(const struct guess *g)
{
	struct mapping *m;
	struct faults f;
	struct str text;
	size_t lines = 0;

	str_init(&text);
	guess_write(g, &text);
	faults_init(&f, "guess");
	m = mapping_parse(text.s, text.len, &f);
	if (m == NULL)
		fail_msg("%s\n%s", f.list[0].text, text.s);
	for (const char *s = text.s; (s = strstr(s, "# look: ")) != NULL; s++)
		lines++;
	assert_int_equal(lines, g->n);
	assert_true(mapping_check(m, in, &f));
	faults_release(&f);
	mapping_free(m);
	str_release(&text);
}

/* ---- encodings ---- */

#define ROWS "Ref,Forename,Sign,Seen\n1,Zo\xc3\xab,B1,14/3/2026\n"

static void
utf8_is_no_guess(void **state)
{
	struct guess *g = guess_text(ROWS);

	(void)state;
	assert_string_equal(g->m->encoding, "");
	assert_false(doubts(g, "encoding"));
	assert_string_equal(g->rows[1][1], "Zo\xc3\xab");
	guess_free(g);
	g = guess_text("\xef\xbb\xbf" ROWS);
	assert_string_equal(g->m->encoding, "");
	expect_column(g, MAP_CHILD, "Ref");
	guess_free(g);
}

static void
expect_encoding(const char *text, const char *encoding, const char *name)
{
	struct guess *g = guess_text(text);

	assert_string_equal(g->m->encoding, encoding);
	expect_doubt(g, "is a guess from the letters with marks");
	assert_string_equal(g->rows[1][1], name);
	expect_written(g);
	guess_free(g);
}

static void
old_encodings_are_guesses(void **state)
{
	(void)state;
	expect_encoding("Ref,Forename,Sign,Seen\n1,Zo\xeb,B1,14/3/2026\n",
	    "windows-1252", "Zo\xc3\xab");
	expect_encoding("Ref,Forename,Sign,Seen\n1,Zo\x91 Ren\x8e" "e,B1,"
	    "14/3/2026\n", "macroman", "Zo\xc3\xab Ren\xc3\xa9" "e");
	/* The apostrophe of one is a letter of the other. */
	expect_encoding("Ref,Forename,Sign,Seen\n1,O\x92Notareal,B1,"
	    "14/3/2026\n", "windows-1252", "O\xe2\x80\x99Notareal");
	expect_encoding("Ref,Forename,Sign,Seen\n1,O\xd5Notareal,B1,"
	    "14/3/2026\n", "macroman", "O\xe2\x80\x99Notareal");
}

/* As 16 bits each, either way round, with a mark in front or without. */
static void
expect_wide(bool little, bool mark, const char *encoding)
{
	static const char text[] = "Ref,Forename,Sign,Seen\n"
	    "1,Zoe,B1,14/3/2026\n";
	char bytes[2 * sizeof(text)];
	struct guess *g;
	size_t n = 0;

	if (mark) {
		bytes[n++] = little ? '\xff' : '\xfe';
		bytes[n++] = little ? '\xfe' : '\xff';
	}
	for (size_t i = 0; i + 1 < sizeof(text); i++) {
		bytes[n++] = little ? text[i] : '\0';
		bytes[n++] = little ? '\0' : text[i];
	}
	g = guess_bytes(bytes, n);
	assert_string_equal(g->m->encoding, encoding);
	assert_false(doubts(g, "encoding"));
	assert_string_equal(g->rows[1][1], "Zoe");
	expect_written(g);
	guess_free(g);
}

static void
sixteen_bits(void **state)
{
	(void)state;
	expect_wide(true, true, "");
	expect_wide(false, true, "");
	expect_wide(true, false, "utf-16le");
	expect_wide(false, false, "utf-16be");
}

/* ---- separators ---- */

static void
separators(void **state)
{
	static const char seps[] = ",;\t|:";
	char text[] = "Ref,Sign,Seen,Details\n1,B1,14/3/2026,\"a,b;c|d:e\"\n";
	char bytes[sizeof(text)];
	struct guess *g;

	(void)state;
	for (size_t k = 0; seps[k] != '\0'; k++) {
		bool quoted = false;

		for (size_t i = 0; i < sizeof(text); i++) {
			quoted ^= text[i] == '"';
			bytes[i] = !quoted && text[i] == ',' ? seps[k] :
			    text[i];
		}
		g = guess_text(bytes);
		assert_int_equal(g->m->delimiter, seps[k]);
		assert_int_equal(g->ncolumns, 4);
		assert_string_equal(g->rows[1][3], "a,b;c|d:e");
		expect_written(g);
		guess_free(g);
	}
}

/* ---- days ---- */

static void
expect_dates(const char *first, const char *second, enum map_dates order,
    const char *doubt)
{
	struct guess *g;
	struct str text;

	str_init(&text);
	str_add_fmt(&text, "Ref;Sign;Seen\n1;B1;%s\n2;B1;%s\n", first,
	    second);
	g = guess_text(text.s);
	if (g->m->dates != order)
		fail_msg("%s and %s are read as %d", first, second,
		    (int)g->m->dates);
	expect_column(g, MAP_DATE, "Seen");
	if (doubt != NULL)
		expect_doubt(g, doubt);
	else if (doubts(g, "dates:"))
		fail_msg("%s and %s are doubted", first, second);
	guess_free(g);
	str_release(&text);
}

static void
certain_days(void **state)
{
	(void)state;
	expect_dates("14/3/2026", "4/5/2026", MAP_DMY, NULL);
	expect_dates("14.03.26", "04.05.26", MAP_DMY, NULL);
	expect_dates("3/14/2026", "5/4/2026", MAP_MDY, NULL);
	expect_dates("3-14-26 09:15", "5-4-26 10:00", MAP_MDY, NULL);
	expect_dates("2026-03-04", "2026-05-04", MAP_YMD, NULL);
	expect_dates("2026/03/14", "2026/05/04", MAP_YMD, NULL);
	expect_dates("20260304", "20260504", MAP_YMD, NULL);
	expect_dates("14032026", "04052026", MAP_DMY, NULL);
	expect_dates("03142026", "05042026", MAP_MDY, NULL);
	/* A month in letters says it by itself. */
	expect_dates("4-Mar-2026", "5 May 2026", MAP_DMY, NULL);
	/* With the year in front no order is asked, whatever stands beside. */
	expect_dates("2026-03-04", "14/3/2026", MAP_DMY, NULL);
	/* A month alone has no order. */
	expect_dates("03/2026", "14/3/2026", MAP_DMY, NULL);
}

static void
doubtful_days(void **state)
{
	(void)state;
	expect_dates("4/3/2026", "5/4/2026", MAP_DMY, "is 12 or less, so that "
	    "dmy is a guess");
	expect_dates("04032026", "05042026", MAP_DMY, "is 12 or less, so that "
	    "dmy is a guess");
	expect_dates("14/3/2026", "3/14/2026", MAP_DMY, "1 can only be "
	    "day/month/year and 1 only month/day/year");
	expect_dates("2026-03-04", "5/4/2026", MAP_DMY, "dmy is a guess");
}

/* The days of birth say it as well as those of the rows. */
static void
births_tell_the_order(void **state)
{
	struct guess *g = guess_text("Ref,DOB,Sign,Seen\n"
	    "1,3/14/2012,B1,3/4/2026\n2,5/6/2011,B1,4/4/2026\n");

	(void)state;
	assert_int_equal(g->m->dates, MAP_MDY);
	assert_false(doubts(g, "dates:"));
	guess_free(g);
}

/* ---- codes ---- */

static void
codes(void **state)
{
	struct guess *g = guess_text("Ref,Sign,Status,Sex,Ethnicity,Seen\n"
	    "1,B1,Confirmed,Girl,MWBC,14/3/2026\n"
	    "2,Missing,Possible,1,Martian,14/3/2026\n"
	    "3,b-02,C,M,WBRI,14/3/2026\n4,Flux,Zz,F,,14/3/2026\n"
	    "5,B1,yes,,,14/3/2026\n6,B1,present,,,14/3/2026\n");

	(void)state;
	expect_code(g, MAP_STATE, "confirmed", "present");
	assert_false(doubts(g, "\"Confirmed\""));
	expect_code(g, MAP_STATE, "POSSIBLE", "suspected");
	expect_code(g, MAP_STATE, "C", "present");
	expect_doubt(g, "state: that \"C\" is \"present\" is a guess");
	/* Not understood: left out, so that no such row is taken. */
	expect_code(g, MAP_STATE, "Zz", NULL);
	expect_doubt(g, "state: what \"Zz\" means is not known");
	/* Ours already. */
	expect_code(g, MAP_STATE, "yes", NULL);
	expect_code(g, MAP_STATE, "present", NULL);
	assert_false(doubts(g, "\"yes\""));
	expect_code(g, MAP_SEX, "girl", "F");
	expect_code(g, MAP_SEX, "1", "M");
	expect_doubt(g, "sex: that \"1\" is \"M\" is a guess");
	expect_code(g, MAP_INDICATOR, "Missing", "B1");
	expect_doubt(g, "that \"Missing\" is \"B1\" is a guess");
	expect_code(g, MAP_INDICATOR, "b-02", "B2");
	expect_code(g, MAP_INDICATOR, "Flux", NULL);
	expect_doubt(g, "indicators: what \"Flux\" means is not known");
	expect_doubt(g, "ethnicity: what \"Martian\" means is not known");
	assert_false(doubts(g, "\"WBRI\""));
	expect_written(g);
	guess_free(g);
}

/* ---- columns ---- */

static void
columns_by_their_names(void **state)
{
	struct guess *g = guess_text("Pupil_Ref;Line no.;First Name;LAST NAME;"
	    "Date of birth;Concern type;Certainty;Date seen;Details;Mood\n"
	    "1;r1;Zoe;Invented;14/3/2012;B1;yes;14/3/2026;x;blue\n");

	(void)state;
	expect_column(g, MAP_CHILD, "Pupil_Ref");
	expect_column(g, MAP_ROW, "Line no.");
	expect_column(g, MAP_FORENAME, "First Name");
	expect_column(g, MAP_SURNAME, "LAST NAME");
	expect_column(g, MAP_DOB, "Date of birth");
	expect_column(g, MAP_INDICATOR, "Concern type");
	expect_column(g, MAP_STATE, "Certainty");
	expect_column(g, MAP_DATE, "Date seen");
	expect_column(g, MAP_EVIDENCE, "Details");
	assert_false(g->m->wide);
	assert_int_equal(g->m->nignore, 1);
	expect_doubt(g, "what \"Mood\" is is not known");
	expect_doubt(g, "say whose return it is");
	assert_false(doubts(g, "columns:"));
	expect_written(g);
	guess_free(g);
}

/* Two columns of one name's sort: the first is it, the other is asked. */
static void
one_column_a_field(void **state)
{
	struct guess *g = guess_text("Ref,Child,Sign,Seen\n"
	    "1,77,B1,14/3/2026\n");

	(void)state;
	expect_column(g, MAP_CHILD, "Ref");
	expect_doubt(g, "what \"Child\" is is not known");
	guess_free(g);
}

static void
columns_by_what_is_in_them(void **state)
{
	struct guess *g = guess_text("A,B,C,D,E,F\n"
	    "7,V950000100000,ZX1 1AA,B1,14/3/2026,yes\n"
	    "8,,ZX22 2BB,A2,15/3/2026,no\n");

	(void)state;
	expect_column(g, MAP_UPN, "B");
	expect_column(g, MAP_POSTCODE, "C");
	expect_column(g, MAP_INDICATOR, "D");
	expect_column(g, MAP_DATE, "E");
	expect_column(g, MAP_STATE, "F");
	expect_doubt(g, "postcode is \"C\" by what is in it");
	expect_column(g, MAP_CHILD, "A");
	expect_doubt(g, "that \"A\" is the agency's reference of the child is "
	    "a guess");
	expect_written(g);
	guess_free(g);
}

static void
wide_form(void **state)
{
	struct guess *g = guess_text("Ref,Seen,B1 missing,Self-harm,Cheerful\n"
	    "1,14/3/2026,x,n,Y\n2,14/3/2026,,?,N\n");

	(void)state;
	assert_true(g->m->wide);
	assert_string_equal(mapping_code(&g->m->items, "B1 missing", 10),
	    "B1");
	assert_string_equal(mapping_code(&g->m->items, "Self-harm", 9),
	    "B13");
	expect_doubt(g, "that \"Self-harm\" is B13");
	expect_doubt(g, "\"Cheerful\" holds answers; which indicator it is is "
	    "not known");
	expect_column(g, MAP_STATE, NULL);
	expect_written(g);
	guess_free(g);
}

/* Whose references they are is asked for where rows name their agencies. */
static void
rows_that_name_their_agencies(void **state)
{
	struct guess *g = guess_text("Agency,Ref,Sign,Seen\n"
	    "School,1,B1,14/3/2026\nPolice,1,B2,14/3/2026\n");

	(void)state;
	expect_column(g, MAP_AGENCY, "Agency");
	expect_doubt(g, "each row's own stands before the child's reference");
	assert_false(doubts(g, "say whose return it is"));
	guess_free(g);
}

static void
what_is_missing(void **state)
{
	struct guess *g = guess_text("Ref,Colour\n1,red\n");

	(void)state;
	expect_doubt(g, "none seems to say which indicator");
	expect_doubt(g, "without \"state\" every row counts as present");
	expect_doubt(g, "none seems to say when it was seen");
	expect_doubt(g, "without the agency's own reference of a row");
	guess_free(g);
}

static int
load(void **state)
{
	(void)state;
	in = load_instrument("content/instruments/occ-csegg.yaml");
	return 0;
}

static int
unload(void **state)
{
	(void)state;
	instrument_free(in);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(utf8_is_no_guess),
		cmocka_unit_test(old_encodings_are_guesses),
		cmocka_unit_test(sixteen_bits),
		cmocka_unit_test(separators),
		cmocka_unit_test(certain_days),
		cmocka_unit_test(doubtful_days),
		cmocka_unit_test(births_tell_the_order),
		cmocka_unit_test(codes),
		cmocka_unit_test(columns_by_their_names),
		cmocka_unit_test(one_column_a_field),
		cmocka_unit_test(columns_by_what_is_in_them),
		cmocka_unit_test(wide_form),
		cmocka_unit_test(rows_that_name_their_agencies),
		cmocka_unit_test(what_is_missing),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
