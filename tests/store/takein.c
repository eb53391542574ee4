/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Returns of agencies into a store: noted, corrected by their rows, and never
 * twice.
 */
#include "config.h"

#include "tests/store/taking.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/returned.h"
#include "db/returns.h"

static void
twice_adds_nothing(void **state)
{
	struct fixture *f = *state;
	uint64_t n;

	world_ok(&f->w, give(f, FIRST));
	expect(f, 3, 0, 0);
	assert_int_equal(f->totals.opened, 2);
	assert_int_equal(returns(f), 1);
	n = entries(f);
	assert_int_equal(give(f, FIRST), RC_EXISTS);
	assert_true(f->totals.already);
	assert_non_null(strstr(f->w.e.text, "was taken in on"));
	assert_int_equal(entries(f), n);
	expect_standing(f, "Invented School/2", "B2 suspected;B3 present;");
	sound(f);
}

static void
corrected_by_row(void **state)
{
	struct fixture *f = *state;

	world_ok(&f->w, give(f, FIRST));
	/* r1 is of another sign, r3 is of another child, r2 has not come. */
	world_ok(&f->w, give(f, HEAD "1,r1,B4,sure,4/3/2025,\n"
	    "1,r3,B3,sure,5/3/2025,\n3,r9,B1,sure,6/3/2025,\n"));
	expect(f, 3, 0, 2);
	assert_int_equal(f->totals.vanished, 1);
	assert_string_equal(f->vanished.s, "r2;");
	expect_standing(f, "Invented School/1", "B4 present;B3 present;");
	expect_standing(f, "Invented School/2", "B2 suspected;");
	assert_int_equal(returns(f), 2);
	sound(f);
	/* What was corrected once may be said again. */
	world_ok(&f->w, give(f, HEAD "1,r1,B1,sure,4/3/2025,again\n"));
	expect(f, 1, 0, 1);
	expect_standing(f, "Invented School/1", "B3 present;B1 present;");
	sound(f);
}

/* Rows that say the same under another file's name and order are known. */
static void
same_rows_in_another_file(void **state)
{
	struct fixture *f = *state;

	world_ok(&f->w, give(f, FIRST));
	f->opts.file = "again.csv";
	world_ok(&f->w, give(f, HEAD "2,r3,B3,sure,5/3/2025,Ash Invented\n"
	    "1,r1,B1,sure,04.03.25,Wren Invented\n"
	    "2,r2,B2,thought,5/3/2025,Ash Invented\n"));
	expect(f, 0, 3, 0);
	assert_int_equal(f->totals.vanished, 0);
	assert_int_equal(returns(f), 2);
}

/* Two rows that say the same are two; each is corrected by itself. */
static void
alike_rows_are_two(void **state)
{
	struct fixture *f = *state;

	world_ok(&f->w, give(f, HEAD "1,r1,B1,sure,4/3/2025,\n"
	    "1,r2,B1,sure,4/3/2025,\n"));
	expect(f, 2, 0, 0);
	world_ok(&f->w, give(f, HEAD "1,r1,B2,sure,4/3/2025,\n"
	    "1,r2,B1,sure,4/3/2025,\n"));
	expect(f, 1, 1, 1);
	expect_standing(f, "Invented School/1", "B1 present;B2 present;");
}

static void
made_references(void **state)
{
	struct fixture *f = *state;

	use(f, MADE);
	world_ok(&f->w, give(f, HEAD "1,a,B1,thought,4/3/2025,\n"
	    "1,b,B2,sure,4/3/2025,\n"));
	expect(f, 2, 0, 0);
	world_ok(&f->w, give(f, HEAD "1,c,B1,sure,4/3/2025,\n"
	    "1,d,B2,sure,4/3/2025,\n1,e,B2,sure,4/3/2025,\n"));
	expect(f, 1, 2, 1);
	expect_standing(f, "Invented School/1", "B2 present;B1 present;");
}

/* The entry that a row of the school came as. */
static struct returned_row
row_of(struct fixture *f, const char *row)
{
	struct returned *all;
	struct returned_row *r, found;

	world_ok(&f->w, store_returned(f->w.s, NULL, &all, &f->w.e));
	r = returned_first(all, "Invented School", row);
	assert_non_null(r);
	found = *r;
	returned_free(all);
	return found;
}

static struct entry_id
strike_entry(struct fixture *f, const struct case_id *in,
    const struct entry_id *target)
{
	struct entry_draft d = {.kind = "strike", .case_id = *in,
	    .on = span_none()};
	char hex[2 * ENTRY_ID_LEN + 1];
	struct entry_id id;

	hex_format(target->b, ENTRY_ID_LEN, hex);
	d.body = json_pack("{s:s, s:s}", "target", hex, "reason", "mistaken");
	world_ok(&f->w, world_append(&f->w, d, &id));
	return id;
}

/* What a person struck stays struck when the agency sends it again. */
static void
struck_by_a_person(void **state)
{
	struct fixture *f = *state;
	struct returned_row row;

	world_ok(&f->w, give(f, FIRST));
	row = row_of(f, "r1");
	(void)strike_entry(f, &row.case_id, &row.id);
	world_ok(&f->w, give(f, HEAD "1,r1,B1,sure,4/3/2025,more\n"));
	expect(f, 0, 1, 0);
	expect_standing(f, "Invented School/1", "");
	/* What they say otherwise is new, and nothing is struck twice. */
	world_ok(&f->w, give(f, HEAD "1,r1,B2,sure,4/3/2025,more\n"));
	expect(f, 1, 0, 0);
}

/* A correction that was taken back strikes nothing: the row stands. */
static void
struck_and_taken_back(void **state)
{
	struct fixture *f = *state;
	struct returned_row row;
	struct entry_id id;

	world_ok(&f->w, give(f, FIRST));
	row = row_of(f, "r1");
	id = strike_entry(f, &row.case_id, &row.id);
	(void)strike_entry(f, &row.case_id, &id);
	assert_false(row_of(f, "r1").struck);
	world_ok(&f->w, give(f, HEAD "1,r1,B2,sure,4/3/2025,\n"));
	expect(f, 1, 0, 1);
	expect_standing(f, "Invented School/1", "B2 present;");
	/* Taken back once more, the first of them acts again. */
	row = row_of(f, "r2");
	id = strike_entry(f, &row.case_id, &row.id);
	id = strike_entry(f, &row.case_id, &id);
	(void)strike_entry(f, &row.case_id, &id);
	assert_true(row_of(f, "r2").struck);
	sound(f);
}

/* As the case has it: whoever might not write it strikes nothing. */
static void
struck_by_nobody_of_the_store(void **state)
{
	struct fixture *f = *state;
	struct returned_row row;

	world_ok(&f->w, give(f, FIRST));
	row = row_of(f, "r1");
	raw_pass_roles(f->w.s, true);
	raw_stranger(f->w.s);
	(void)strike_entry(f, &row.case_id, &row.id);
	raw_pass_roles(f->w.s, false);
	world_reopen(&f->w);
	f->opts.instrument = store_default_instrument(f->w.s);
	expect_standing(f, "Invented School/1", "B1 present;");
	assert_false(row_of(f, "r1").struck);
	world_ok(&f->w, give(f, HEAD "1,r1,B2,sure,4/3/2025,\n"));
	expect(f, 1, 0, 1);
	expect_standing(f, "Invented School/1", "B2 present;");
}

static void
dry_run_changes_nothing(void **state)
{
	struct fixture *f = *state;
	unsigned char before[32], after[32];
	uint64_t n;

	world_ok(&f->w, give(f, FIRST));
	n = entries(f);
	world_ok(&f->w, store_projection_hash(f->w.s, before, &f->w.e));
	f->opts.dry = true;
	f->opts.fault = note_fault;
	world_ok(&f->w, give(f, HEAD "1,r1,B4,sure,4/3/2025,\n"
	    "9,r7,B1,perhaps,4/3/2025,\n9,r8,B1,sure,31/2/2025,\n"
	    "9,,B1,sure,4/3/2025,\n9,r9,B77,sure,4/3/2025,\n"));
	expect(f, 1, 0, 1);
	assert_int_equal(f->totals.bad, 4);
	assert_non_null(strstr(f->faults.s, "row 3, column 4 \"answer\": "
	    "\"perhaps\" is no answer; expected present"));
	assert_non_null(strstr(f->faults.s, "column 5 \"day\": \"31/2/2025\" "
	    "is no date as this mapping reads them, day/month/year"));
	assert_non_null(strstr(f->faults.s, "column 2 \"line\": the cell is "
	    "empty"));
	assert_non_null(strstr(f->faults.s, "\"B77\" is no indicator"));
	assert_int_equal(entries(f), n);
	world_ok(&f->w, store_projection_hash(f->w.s, after, &f->w.e));
	assert_memory_equal(before, after, 32);
}

/* A bad row near the end takes back all before it. */
static void
faults_half_way(void **state)
{
	struct fixture *f = *state;
	uint64_t n;

	world_ok(&f->w, give(f, FIRST));
	n = entries(f);
	assert_int_equal(give(f, HEAD "1,r1,B4,sure,4/3/2025,\n"
	    "5,r5,B4,sure,4/3/2025,\n6,r6,B4,sure,never,\n"), RC_INPUT);
	assert_int_equal(entries(f), n);
	expect_standing(f, "Invented School/1", "B1 present;");
	/* The columns are not those of the mapping. */
	assert_int_equal(give(f, "ref,line,sign,answer,day,who,extra\n"
	    "1,r1,B4,sure,4/3/2025,,x\n"), RC_INPUT);
	assert_non_null(strstr(f->w.e.text, "neither maps nor ignores "
	    "\"extra\""));
	assert_int_equal(give(f, "ref,sign,answer,day,who\n"
	    "1,B4,sure,4/3/2025,\n"), RC_INPUT);
	assert_non_null(strstr(f->w.e.text, "no column \"line\""));
	assert_int_equal(entries(f), n);
}

static void
mappings_are_kept(void **state)
{
	struct fixture *f = *state;
	struct world *w = &f->w;

	world_ok(w, store_mapping_keep(w->s, OWN, strlen(OWN), &w->e));
	assert_int_equal(store_mapping_keep(w->s, OWN, strlen(OWN), &w->e),
	    RC_EXISTS);
	world_ok(w, store_mapping_keep(w->s, MADE, strlen(MADE), &w->e));
	world_ok(w, store_mapping_keep(w->s, OWN, strlen(OWN), &w->e));
	assert_int_equal(store_mapping_keep(w->s, "id: x\n", 6, &w->e),
	    RC_INPUT);
	sound(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(twice_adds_nothing, taking_make,
		    taking_unmake),
		cmocka_unit_test_setup_teardown(corrected_by_row, taking_make,
		    taking_unmake),
		cmocka_unit_test_setup_teardown(same_rows_in_another_file,
		    taking_make, taking_unmake),
		cmocka_unit_test_setup_teardown(alike_rows_are_two, taking_make,
		    taking_unmake),
		cmocka_unit_test_setup_teardown(made_references, taking_make,
		    taking_unmake),
		cmocka_unit_test_setup_teardown(struck_by_a_person, taking_make,
		    taking_unmake),
		cmocka_unit_test_setup_teardown(struck_and_taken_back, taking_make,
		    taking_unmake),
		cmocka_unit_test_setup_teardown(struck_by_nobody_of_the_store,
		    taking_make, taking_unmake),
		cmocka_unit_test_setup_teardown(dry_run_changes_nothing, taking_make,
		    taking_unmake),
		cmocka_unit_test_setup_teardown(faults_half_way, taking_make,
		    taking_unmake),
		cmocka_unit_test_setup_teardown(mappings_are_kept, taking_make,
		    taking_unmake),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
