/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Three returns in three encodings, with their agencies' own columns, from
 * files to the joined list in the real program and by keyboard alone; then a
 * mistaken link is split, and the list follows.  What the person sees stands
 * in collation.txt.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/pty/desk.h"
#include "tests/pty/scene.h"

static struct story story = {.name = "collation"};

/*
 * Types where an example return is, after `a`; what there is no second file
 * for, Tab writes.
 */
static void
ask_for(struct pty *p, const char *file)
{
	char keys[600];

	pty_keys(p, "a");
	pty_wait(p, "Return:");
	(void)snprintf(keys, sizeof(keys), "'%s/content/examples/returns/%.*s' "
	    "Tab", getenv("HEARKEN_SRCDIR"), (int)strlen(file) - 2, file);
	pty_keys(p, keys);
	pty_wait(p, file);
	pty_keys(p, "Enter");
	pty_wait(p, "First values");
}

static void
take_in(struct pty *p, const char *agency)
{
	char keys[200];

	pty_wait(p, "$ takes it in");
	(void)snprintf(keys, sizeof(keys), "$ '%s' Enter", agency);
	pty_keys(p, keys);
	pty_wait(p, "Taken in:");
	pty_wait(p, "with an indicator");
}

/* Goes up to the line of the agency, and down to a column again. */
static void
name_agency(struct pty *p, const char *agency, const char *id)
{
	char keys[200];

	(void)snprintf(keys, sizeof(keys), "Home Enter ^U '%s' Enter j Enter "
	    "^U '%s' Enter", agency, id);
	pty_keys(p, keys);
	pty_wait(p, id);
}

/* Says what the column in hand is, and goes on to the next. */
static void
column_is(struct pty *p, const char *what)
{
	char keys[100];

	pty_keys(p, "Enter");
	pty_wait(p, "Column is:");
	(void)snprintf(keys, sizeof(keys), "^U '%s' Enter", what);
	pty_keys(p, keys);
	pty_wait_gone(p, "Column is:");
	pty_keys(p, "j");
}

/* Says what the code in hand means, and goes on to the next. */
static void
code_means(struct pty *p, const char *what)
{
	char keys[100];

	pty_keys(p, "Enter");
	pty_wait(p, "Means:");
	(void)snprintf(keys, sizeof(keys), "^U '%s' Enter", what);
	pty_keys(p, keys);
	pty_wait_gone(p, "Means:");
	pty_keys(p, "j");
}

static void
school(struct pty *p)
{
	ask_for(p, "school.csv");
	name_agency(p, "Invented High School", "school-weekly");
	pty_keys(p, "j j j j j j j j j j");
	scene(&story, "The school sent a wide table in windows-1252. What each "
	    "column is taken for is a guess; four are not known.");
	column_is(p, "B6");
	column_is(p, "B7");
	column_is(p, "A10");
	column_is(p, "B10");
	column_is(p, "A15");
	scene(&story, "Told what the columns are, the foot says how many rows "
	    "would be taken.");
	pty_keys(p, "F2");
	pty_wait(p, "$ takes it in");
	scene(&story, "The mapping is kept, and the whole file is tried; "
	    "nothing is in the store yet.");
	take_in(p, "Invented High School");
}

static void
police(struct pty *p)
{
	ask_for(p, "police.txt");
	name_agency(p, "Invented Constabulary", "police-weekly");
	pty_keys(p, "j j j j j j j j j");
	scene(&story, "The police sent one marker a line, in UTF-16. The "
	    "columns are known; their codes are not all.");
	pty_keys(p, "c");
	pty_wait(p, "codes of indicator");
	code_means(p, "B1");
	code_means(p, "B3");
	code_means(p, "B4");
	code_means(p, "ignore");
	scene(&story, "What each of their markers means here.");
	pty_keys(p, "Esc");
	pty_wait(p, "would be taken");
	pty_keys(p, "j c");
	pty_wait(p, "codes of state");
	code_means(p, "present");
	code_means(p, "not known");
	pty_keys(p, "Esc");
	pty_wait(p, "would be taken");
	pty_keys(p, "F2");
	take_in(p, "Invented Constabulary");
}

static void
clinic(struct pty *p)
{
	ask_for(p, "health.csv");
	name_agency(p, "Invented Clinic", "clinic-weekly");
	pty_keys(p, "j j j j j j j j j j");
	pty_keys(p, "c");
	pty_wait(p, "codes of indicator");
	code_means(p, "B12");
	code_means(p, "B13");
	code_means(p, "B3");
	code_means(p, "ignore");
	pty_keys(p, "Esc");
	pty_wait(p, "would be taken");
	scene(&story, "The clinic's file is from an old Macintosh: every name "
	    "is spelt as it should be.");
	pty_keys(p, "F2");
	take_in(p, "Invented Clinic");
}

/* A file that is none: why, and that nothing of it is in the store. */
static void
no_table(struct pty *p)
{
	static const char bytes[] = "\xff\xfe\x00\xdc\n";
	const char *store = desk_store();
	char path[400], keys[440];
	FILE *f;

	(void)snprintf(path, sizeof(path), "%.*s/bad.csv",
	    (int)(strrchr(store, '/') - store), store);
	f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, sizeof(bytes), f), sizeof(bytes));
	assert_int_equal(fclose(f), 0);
	pty_keys(p, "a");
	pty_wait(p, "Return:");
	(void)snprintf(keys, sizeof(keys), "'%s' Enter", path);
	pty_keys(p, keys);
	pty_wait_gone(p, "Return:");
	/* Where its lines break depends on how long the path is. */
	pty_wait(p, "cannot");
	pty_wait(p, "nothing");
	pty_keys(p, "q");
	pty_wait(p, "Nothing came in yet");
	pty_wait(p, "0 of 0 children");
}

static void
three_returns(struct pty *p)
{
	pty_keys(p, "C");
	pty_wait(p, "Nothing came in yet");
	pty_wait(p, "0 of 0 children");
	scene(&story, "Monday. Nothing came in yet.");
	no_table(p);
	school(p);
	police(p);
	clinic(p);
	pty_wait(p, "2 of 6 children");
	scene(&story, "Three returns in three encodings are in. No agency alone "
	    "has these two at three.");
}

/* One day of the police alone: nobody else is to be rung about it. */
static void
one_day(struct pty *p)
{
	pty_keys(p, "f");
	pty_wait(p, "Days:");
	pty_keys(p, "^U '2026-11-08..2026-11-08' Enter");
	pty_wait(p, "from 8 November 2026 to 8 November 2026");
	pty_wait(p, "of 1 child");
	pty_keys(p, "Enter");
	pty_wait(p, "One child, from 8 November 2026");
	scene(&story, "The same child on one day: one sign, and one agency to "
	    "ring.");
	pty_keys(p, "q");
	pty_wait(p, "Distinct");
	pty_keys(p, "f");
	pty_wait(p, "Days:");
	pty_keys(p, "^U '12' Enter");
	pty_wait(p, "1 of 7 children");
}

/* Why, and the name, before anything that can tell who a child is. */
static void
say_why(struct pty *p, const char *name)
{
	char keys[100], asks[100];

	pty_wait(p, "Why *");
	pty_keys(p, "'for the audit in December' Enter");
	(void)snprintf(asks, sizeof(asks), "Type %s to go on.", name);
	pty_wait(p, asks);
	(void)snprintf(keys, sizeof(keys), "'%s' Enter", name);
	pty_keys(p, keys);
	pty_wait_gone(p, "The store notes");
}

/* The rows about children, and every count of the board. */
static void
tell(struct pty *p, int i)
{
	if (i == 5) {
		scene(&story, "Rows about children: first it is asked why.");
		say_why(p, "ssda903-missing");
	} else if (i == 8) {
		pty_keys(p, "s");
		pty_wait(p, "This shows all counts");
		say_why(p, "board");
		pty_wait(p, "EVERY COUNT");
		pty_keys(p, "s");
		pty_wait_gone(p, "EVERY COUNT");
		pty_keys(p, "s");
		pty_wait(p, "EVERY COUNT");
	}
}

/* From the last row of the first screen upwards, and back each time. */
static void
every_report(struct pty *p)
{
	pty_keys(p, "G");
	for (int i = 0; i < 9; i++) {
		pty_keys(p, "Enter");
		if (i == 5)
			pty_wait(p, "This shows rows about children");
		pty_wait(p, "  Report  ");
		pty_wait_gone(p, "Counting");
		tell(p, i);
		pty_keys(p, "Tab Right Down v v");
		if (i == 1) {
			pty_keys(p, "Tab Tab Tab");
			scene(&story, "A report, as it may be published.");
		}
		pty_keys(p, "q");
		pty_wait(p, "Link review");
		pty_wait(p, "1 of 7 children");
		pty_keys(p, "k");
	}
}

/* Who saw lists and rows about children, of which, and why. */
static void
everything_was_noted(void)
{
	char *looks = desk_output("access", "--format=csv");

	assert_non_null(strstr(looks, "the joined list and reports"));
	assert_non_null(strstr(looks, "the report ssda903-missing"));
	assert_non_null(strstr(looks, "the report board, whole"));
	assert_non_null(strstr(looks, "for the audit in December"));
	/* Once a view, however often it is turned. */
	assert_null(strstr(strstr(looks, "the report board, whole") + 1,
	    "the report board, whole"));
	free(looks);
}

/* ---- a population of the board's own ---- */

static void
run(const char *words)
{
	if (system(words) != 0)
		fail_msg("%s", words);
}

/* Content of its own, beside the store; returns owned where it is. */
static char *
own_content(const char *population)
{
	const char *slash = strrchr(desk_store(), '/');
	char *own = malloc(1000), words[4000], path[1100];
	FILE *f;

	assert_non_null(own);
	assert_non_null(slash);
	(void)snprintf(own, 1000, "%.*s/own", (int)(slash - desk_store()),
	    desk_store());
	(void)snprintf(words, sizeof(words), "rm -rf '%s' && mkdir '%s' && "
	    "cp -R '%s/content' '%s/help' '%s' && chmod -R u+w '%s'", own, own,
	    getenv("HEARKEN_SRCDIR"), getenv("HEARKEN_SRCDIR"), own, own);
	run(words);
	(void)snprintf(path, sizeof(path), "%s/content/population/local.yaml",
	    own);
	f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fputs(population, f) >= 0);
	assert_int_equal(fclose(f), 0);
	return own;
}

static void
a_faulty_population_is_told(void **state)
{
	char *own = own_content("id: own\nyear: 2025\nsource: invented\n"
	    "areas:\n  - name: Invented Borough\n    children: many\n");
	char src[1100], keys[1200];
	const char *const env[] = {src, NULL};
	struct pty *p;

	(void)state;
	(void)snprintf(src, sizeof(src), "HEARKEN_SRCDIR=%s", own);
	p = desk_start_with(env, NULL, NULL);
	desk_unlock(p);
	pty_wait(p, "c new case");
	pty_keys(p, "C");
	pty_wait(p, "0 of 0 children");
	pty_keys(p, "G k k k Enter");
	pty_wait(p, "population/local.yaml:6:");
	pty_wait_gone(p, "By area");
	pty_keys(p, "p");
	pty_wait(p, "Population:");
	(void)snprintf(keys, sizeof(keys), "'%s/content/population/exa' Tab",
	    own);
	pty_keys(p, keys);
	pty_wait(p, "example.yaml");
	pty_keys(p, "Enter");
	pty_wait(p, "Rates are of the population in");
	pty_wait(p, "By area");
	pty_keys(p, "q");
	pty_wait(p, "Link review");
	pty_keys(p, "q");
	pty_wait_gone(p, "Link review");
	pty_keys(p, "q");
	assert_int_equal(pty_end(p), 0);
	free(own);
}

static void
from_files_to_the_joined_list(void **state)
{
	struct pty *p = desk_start_with(NULL, "--folder",
	    getenv("HEARKEN_SRCDIR"));

	(void)state;
	story.p = p;
	desk_unlock(p);
	pty_wait(p, "c new case");
	three_returns(p);
	pty_keys(p, "End");
	pty_keys(p, "Home j j j j Enter");
	pty_wait(p, "Distinct");
	scene(&story, "The joined list: three or more only when joined first.");
	pty_keys(p, "Enter");
	pty_wait(p, "One child");
	scene(&story, "One of them, whole: each sign once, and who says so.");
	pty_keys(p, "j j x");
	pty_wait(p, "Not the same child");
	pty_keys(p, "'Another boy of the name: the clinic rang.' Enter");
	pty_wait(p, "Split, for good");
	pty_wait(p, "1 of 7 children");
	scene(&story, "The clinic's boy was another one. The link is split, and "
	    "the list follows.");
	one_day(p);
	pty_keys(p, "L");
	desk_unlock(p);
	pty_wait(p, "Distinct");
	pty_wait(p, "1 of 7 children");
	pty_keys(p, "q");
	pty_wait(p, "Link review");
	pty_wait(p, "1 of 7 children");
	every_report(p);
	pty_keys(p, "q");
	pty_wait_gone(p, "Link review");
	pty_keys(p, "q");
	assert_int_equal(pty_end(p), 0);
	everything_was_noted();
}

/* The school's columns, told once. */
static void
columns_of_the_school(struct pty *p, const char *agency, const char *id)
{
	ask_for(p, "school.csv");
	name_agency(p, agency, id);
	pty_keys(p, "j j j j j j j j j j");
	column_is(p, "B6");
	column_is(p, "B7");
	column_is(p, "A10");
	column_is(p, "B10");
	column_is(p, "A15");
	pty_keys(p, "F2");
	pty_wait(p, "$ takes it in");
}

static void
back_to_the_first_screen(struct pty *p)
{
	pty_keys(p, "Esc");
	pty_wait(p, "First values");
	pty_keys(p, "Esc");
	pty_wait(p, "Link review");
	pty_wait(p, "children with an indicator");
}

/* Writes the school's file in UTF-8; returns owned where it is. */
static char *
school_in_utf8(void)
{
	const char *store = desk_store();
	char *path = malloc(1024);
	FILE *in, *out;
	int c;

	(void)snprintf(path, 1024, "%s/content/examples/returns/school.csv",
	    getenv("HEARKEN_SRCDIR"));
	in = fopen(path, "rb");
	(void)snprintf(path, 1024, "%.*s/next.csv",
	    (int)(strrchr(store, '/') - store), store);
	out = fopen(path, "wb");
	assert_non_null(in);
	assert_non_null(out);
	while ((c = getc(in)) != EOF) {
		if (c >= 0xa0)
			(void)fprintf(out, "%c%c", 0xc0 | c >> 6,
			    0x80 | (c & 0x3f));
		else if (c >= 0x80)	/* quotes and a dash */
			(void)fprintf(out, "\xe2\x80%c", c == 0x96 ? 0x93 :
			    c + 9);
		else
			(void)putc(c, out);
	}
	assert_int_equal(fclose(in), 0);
	assert_int_equal(fclose(out), 0);
	return path;
}

/*
 * What was kept reads the next file of these columns, in whatever encoding;
 * but where two agencies have one system, whose file it is has to be said.
 */
static void
a_mapping_is_remembered(void **state)
{
	struct pty *p = desk_start_with(NULL, "--folder",
	    getenv("HEARKEN_SRCDIR"));
	char *path = school_in_utf8(), keys[1100], *list;

	(void)state;
	desk_unlock(p);
	pty_wait(p, "c new case");
	pty_keys(p, "C");
	pty_wait(p, "0 of 0 children");
	columns_of_the_school(p, "Invented High School", "school-a");
	back_to_the_first_screen(p);
	pty_keys(p, "a");
	pty_wait(p, "Return:");
	(void)snprintf(keys, sizeof(keys), "'%s' Enter", path);
	pty_keys(p, keys);
	pty_wait(p, "Read as before, by the mapping school-a");
	pty_keys(p, "F2");
	take_in(p, "Invented High School");
	ask_for(p, "school.csv");
	pty_wait(p, "Read as before, by the mapping school-a");
	name_agency(p, "Invented Low School", "school-b");
	pty_keys(p, "F2");
	pty_wait(p, "$ takes it in");
	back_to_the_first_screen(p);
	ask_for(p, "school.csv");
	pty_wait(p, "? not said yet");
	pty_keys(p, "F2");
	pty_wait(p, "Whose return is it?");
	pty_keys(p, "Esc");
	pty_wait(p, "Link review");
	pty_wait(p, "children with an indicator");
	pty_keys(p, "q");
	pty_wait_gone(p, "Link review");
	pty_keys(p, "q");
	assert_int_equal(pty_end(p), 0);
	list = desk_output("list", "--filter=exampleton");
	if (strstr(list, "Zo\xc3\xab Exampleton") == NULL)
		fail_msg("%s", list);
	free(list);
	free(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(from_files_to_the_joined_list,
		    desk_new_supervisor),
		cmocka_unit_test_setup(a_mapping_is_remembered,
		    desk_new_supervisor),
		cmocka_unit_test_setup(a_faulty_population_is_told,
		    desk_new_supervisor),
	};

	return cmocka_run_group_tests_name("collation", tests, desk_prepare,
	    NULL);
}
