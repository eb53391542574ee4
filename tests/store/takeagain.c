/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A file that comes again, and rows that others sent: what was refused comes
 * in, what a later return or another sender said stays.
 */
#include "config.h"

#include "tests/store/taking.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- the same file again ---- */

static void
expect_again(const struct fixture *f, const char *want)
{
	struct str words;

	str_init(&words);
	assert_true(f->totals.again);
	importrun_again(&f->totals, &words);
	assert_string_equal(words.s, want);
	str_release(&words);
}

#define MENDED "id: t\nversion: \"2\"\nagency: Invented School\n" \
	"form: long\ndates: dmy\ncolumns: {child: ref, row: line,\n" \
	"  indicator: sign, state: answer, date: day, name: who}\n" \
	"codes: {state: {sure: present, thought: suspected, maybe: suspected}}\n"

static const char doubtful[] = HEAD
    "1,r1,B1,sure,4/3/2025,\n2,r2,B2,maybe,5/3/2025,\n"
    "2,r3,B3,sure,5/3/2025,\n";

/* Rows that could not be taken come in once their codes are known. */
static void
refused_rows_come_later(void **state)
{
	struct fixture *f = *state;
	uint64_t n;

	f->opts.fault = note_fault;
	world_ok(&f->w, give(f, doubtful));
	expect(f, 2, 0, 0);
	assert_int_equal(f->totals.bad, 1);
	n = entries(f);
	assert_int_equal(give(f, doubtful), RC_EXISTS);
	assert_true(f->totals.already);
	assert_non_null(strstr(f->w.e.text, "adds nothing; 1 row is "
	    "refused still"));
	assert_int_equal(entries(f), n);
	use(f, MENDED);
	world_ok(&f->w, give(f, doubtful));
	assert_false(f->totals.already);
	expect(f, 1, 2, 0);
	expect_again(f, "2 rows were taken in then; 1 that was refused then "
	    "is taken now");
	expect_standing(f, "Invented School/2", "B3 present;B2 suspected;");
	n = entries(f);
	assert_int_equal(give(f, doubtful), RC_EXISTS);
	assert_int_equal(entries(f), n);
	sound(f);
}

/* The mapping is the very same, and yet the row may be taken a day later. */
static void
refused_for_its_day(void **state)
{
	struct fixture *f = *state;
	const char text[] = HEAD "1,r1,B1,sure,4/3/2025,\n"
	    "2,r2,B2,sure,20/11/2026,\n";

	f->opts.fault = note_fault;
	f->opts.today = day_from_civil((struct civil){2026, 11, 19});
	world_ok(&f->w, give(f, text));
	expect(f, 1, 0, 0);
	f->opts.today++;
	world_ok(&f->w, give(f, text));
	expect(f, 1, 1, 0);
	expect_standing(f, "Invented School/2", "B2 present;");
}

/* An old file brings what was refused, and takes no correction back. */
static void
an_old_file_corrects_nothing(void **state)
{
	struct fixture *f = *state;

	f->opts.fault = note_fault;
	world_ok(&f->w, give(f, doubtful));
	/* r1 is corrected, r3 is taken away. */
	world_ok(&f->w, give(f, HEAD "1,r1,B4,sure,4/3/2025,\n"
	    "2,r3,B3,not asked,5/3/2025,\n"));
	expect(f, 1, 0, 2);
	use(f, MENDED);
	world_ok(&f->w, give(f, doubtful));
	expect(f, 1, 0, 0);
	assert_int_equal(f->totals.left, 2);
	assert_int_equal(f->totals.vanished, 0);
	expect_standing(f, "Invented School/1", "B4 present;");
	expect_standing(f, "Invented School/2", "B2 suspected;");
	sound(f);
}

/* Where no later return came, a mended mapping mends what it said. */
static void
a_mended_mapping_corrects(void **state)
{
	struct fixture *f = *state;

	world_ok(&f->w, give(f, FIRST));
	use(f, "id: t\nversion: \"2\"\nagency: Invented School\nform: long\n"
	    "dates: dmy\ncolumns: {child: ref, row: line, indicator: sign,\n"
	    "  state: answer, date: day, name: who}\n"
	    "codes: {state: {sure: suspected, thought: suspected}}\n");
	world_ok(&f->w, give(f, FIRST));
	expect(f, 2, 1, 2);
	expect_again(f, "3 rows were taken in then");
	expect_standing(f, "Invented School/1", "B1 suspected;");
}

static void
as_another_agency(void **state)
{
	struct fixture *f = *state;
	uint64_t n;

	world_ok(&f->w, give(f, FIRST));
	n = entries(f);
	use(f, "id: t\nversion: \"1\"\nagency: Invented Club\nform: long\n"
	    "dates: dmy\ncolumns: {child: ref, row: line, indicator: sign,\n"
	    "  state: answer, date: day, name: who}\n"
	    "codes: {state: {sure: present, thought: suspected}}\n");
	f->opts.overrule_how = "--overrule";
	assert_int_equal(give(f, FIRST), RC_REFUSED);
	assert_non_null(strstr(f->w.e.text, "as a return of Invented School; "
	    "as one of Invented Club all of it would stand twice; --overrule "
	    "takes it in all the same"));
	assert_int_equal(entries(f), n);
	f->opts.overrule = true;
	world_ok(&f->w, give(f, FIRST));
	expect(f, 3, 0, 0);
	expect_standing(f, "Invented Club/1", "B1 present;");
	/* From then on it is known as both agencies'. */
	f->opts.overrule = false;
	assert_int_equal(give(f, FIRST), RC_EXISTS);
}

/* ---- whose rows ---- */

static const char hub[] = HUB_HEAD
    "Invented School,1,r1,B4,sure,4/3/2025\n"
    "Invented School,2,r2,B2,thought,5/3/2025\n"
    "Invented School,2,r3,B3,not asked,5/3/2025\n"
    "Invented School,3,r9,B1,sure,5/3/2025\n"
    "Invented Police,77,p1,B1,sure,6/3/2025\n";

static void
others_are_not_corrected(void **state)
{
	struct fixture *f = *state;

	world_ok(&f->w, give(f, FIRST));
	use(f, HUB);
	f->opts.overrule_how = "--overrule";
	/* Without a file for bad rows the first one refuses all. */
	assert_int_equal(give(f, hub), RC_INPUT);
	assert_non_null(strstr(f->w.e.text, "row \"r1\" of Invented School "
	    "came before in a return sent by Invented School, and this one "
	    "would strike what it said; only its own sender corrects it, or "
	    "--overrule says that this may be"));
	f->opts.fault = note_fault;
	f->opts.dry = true;
	world_ok(&f->w, give(f, hub));
	assert_string_equal(f->agencies.s, "Invented School 4 rows +1 -0 "
	    "others 0 refused 2 sends;Invented Police 1 rows +1 -0 others 0 "
	    "refused 0;");
	f->opts.dry = false;
	world_ok(&f->w, give(f, hub));
	expect(f, 2, 1, 0);
	assert_int_equal(f->totals.refused, 2);
	assert_int_equal(f->totals.bad, 2);
	assert_int_equal(f->totals.vanished, 0);
	expect_standing(f, "Invented School/1", "B1 present;");
	expect_standing(f, "Invented School/2", "B2 suspected;B3 present;");
	/* What it brought itself it corrects. */
	world_ok(&f->w, give(f, HUB_HEAD
	    "Invented Police,77,p1,B2,sure,6/3/2025\n"));
	expect(f, 1, 0, 1);
	expect_standing(f, "Invented Police/77", "B2 present;");
	sound(f);
}

static void
others_are_corrected_when_said(void **state)
{
	struct fixture *f = *state;

	world_ok(&f->w, give(f, FIRST));
	use(f, HUB);
	f->opts.overrule = true;
	world_ok(&f->w, give(f, hub));
	expect(f, 3, 1, 2);
	assert_int_equal(f->totals.others, 2);
	assert_string_equal(f->agencies.s, "Invented School 4 rows +2 -2 "
	    "others 2 refused 0 sends;Invented Police 1 rows +1 -0 others 0 "
	    "refused 0;");
	expect_standing(f, "Invented School/1", "B4 present;");
	expect_standing(f, "Invented School/2", "B2 suspected;");
	sound(f);
	/* Nor does the school correct what another sent for it. */
	use(f, OWN);
	f->opts.overrule = false;
	assert_int_equal(give(f, HEAD "3,r9,B2,sure,5/3/2025,\n"), RC_INPUT);
	assert_non_null(strstr(f->w.e.text, "in a return read by the mapping "
	    "hub"));
	world_ok(&f->w, give(f, HEAD "3,r9,B1,sure,5/3/2025,\n"));
	expect(f, 0, 1, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(refused_rows_come_later,
		    taking_make, taking_unmake),
		cmocka_unit_test_setup_teardown(refused_for_its_day,
		    taking_make, taking_unmake),
		cmocka_unit_test_setup_teardown(an_old_file_corrects_nothing,
		    taking_make, taking_unmake),
		cmocka_unit_test_setup_teardown(a_mended_mapping_corrects,
		    taking_make, taking_unmake),
		cmocka_unit_test_setup_teardown(as_another_agency,
		    taking_make, taking_unmake),
		cmocka_unit_test_setup_teardown(others_are_not_corrected,
		    taking_make, taking_unmake),
		cmocka_unit_test_setup_teardown(others_are_corrected_when_said,
		    taking_make, taking_unmake),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
