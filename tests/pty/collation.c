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

static void
three_returns(struct pty *p)
{
	pty_keys(p, "C");
	pty_wait(p, "Nothing came in yet");
	pty_wait(p, "0 of 0 children");
	scene(&story, "Monday. Nothing came in yet.");
	school(p);
	police(p);
	clinic(p);
	pty_wait(p, "2 of 6 children");
	scene(&story, "Three returns in three encodings are in. No agency alone "
	    "has these two at three.");
}

/* From the last row of the first screen upwards, and back each time. */
static void
every_report(struct pty *p)
{
	pty_keys(p, "G");
	for (int i = 0; i < 9; i++) {
		pty_keys(p, "Enter");
		pty_wait(p, "  Report  ");
		pty_wait_gone(p, "Counting");
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

/* Who saw lists and rows about children, and that of which. */
static void
everything_was_noted(void)
{
	char *looks = desk_output("access", "--format=csv");

	assert_non_null(strstr(looks, "the joined list and reports"));
	assert_non_null(strstr(looks, "the report ssda903-missing, with its "
	    "cases"));
	free(looks);
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(from_files_to_the_joined_list,
		    desk_new_supervisor),
	};

	return cmocka_run_group_tests_name("collation", tests, desk_prepare,
	    NULL);
}
