/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Returns of agencies into a store: noted, corrected by their rows, and never
 * twice.
 */
#include "config.h"

#include "exchange/importrun.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/returned.h"
#include "db/returns.h"
#include "exchange/hashed.h"
#include "tests/store/world.h"
#include "tests/unit/memsource.h"

#define HEAD "ref,line,sign,answer,day,who\n"
#define OWN "id: t\nversion: \"1\"\nagency: Invented School\nform: long\n" \
	"dates: dmy\ncolumns: {child: ref, row: line, indicator: sign,\n" \
	"  state: answer, date: day, name: who}\n" \
	"codes: {state: {sure: present, thought: suspected}}\n"
/* The same without a reference of each row. */
#define MADE "id: t\nversion: \"1\"\nagency: Invented School\nform: long\n" \
	"dates: dmy\ncolumns: {child: ref, indicator: sign,\n" \
	"  state: answer, date: day, name: who}\n" \
	"codes: {state: {sure: present, thought: suspected}}\nignore: [line]\n"

struct fixture {
	struct world w;
	struct importrun_opts opts;
	struct importrun_totals totals;
	struct str vanished, faults;
};

static void
note_vanished(const char *row, void *ctx)
{
	struct fixture *f = ctx;

	str_add_fmt(&f->vanished, "%s;", row);
}

static void
note_fault(const char *text, void *ctx)
{
	struct fixture *f = ctx;

	str_add_fmt(&f->faults, "%s\n", text);
}

static struct mapping *
parse(const char *text)
{
	struct faults f;
	struct mapping *m;

	faults_init(&f, "map.yaml");
	m = mapping_parse(text, strlen(text), &f);
	assert_non_null(m);
	faults_release(&f);
	return m;
}

static int
make(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	world_init(&f->w);
	world_create(&f->w);
	world_adopt(&f->w);
	str_init(&f->vanished);
	str_init(&f->faults);
	f->opts.instrument = store_default_instrument(f->w.s);
	f->opts.today = moment_day(f->w.now);
	f->opts.file = "week.csv";
	f->opts.vanished = note_vanished;
	f->opts.ctx = f;
	f->opts.mapping = parse(OWN);
	*state = f;
	return 0;
}

static void
use(struct fixture *f, const char *map)
{
	struct mapping *m = parse(map);

	mapping_free((struct mapping *)(uintptr_t)f->opts.mapping);
	f->opts.mapping = m;
}

static int
unmake(void **state)
{
	struct fixture *f = *state;

	world_release(&f->w);
	mapping_free((struct mapping *)(uintptr_t)f->opts.mapping);
	str_release(&f->vanished);
	str_release(&f->faults);
	free(f);
	return 0;
}

static enum rc
give(struct fixture *f, const char *text)
{
	char hex[HASHED_HEX];
	struct memsource m;

	str_clear(&f->vanished);
	str_clear(&f->faults);
	err_clear(&f->w.e);
	memsource_init(&m, text, strlen(text), 0);
	world_ok(&f->w, hashed_all(&m.src, hex, &f->w.e));
	f->opts.hash = hex;
	memsource_init(&m, text, strlen(text), 0);
	return importrun(f->w.s, &m.src, &f->opts, &f->totals, &f->w.e);
}

static void
expect(const struct fixture *f, uint64_t added, uint64_t known,
    uint64_t struck)
{
	assert_int_equal(f->totals.added, added);
	assert_int_equal(f->totals.known, known);
	assert_int_equal(f->totals.struck, struck);
}

static uint64_t
entries(struct fixture *f)
{
	uint64_t n = 0;

	world_ok(&f->w, store_entry_count(f->w.s, &n, &f->w.e));
	return n;
}

/* The standing observations of a case: "B1 present;". */
static char *
standing(struct fixture *f, const char *reference)
{
	struct case_id id;
	struct casefile c;
	struct str out;

	str_init(&out);
	world_ok(&f->w, store_case_by_reference(f->w.s, reference, &id,
	    &f->w.e));
	world_ok(&f->w, store_case_load(f->w.s, &id, &c, &f->w.e));
	for (size_t i = 0; i < c.nrecords; i++)
		if (strcmp(c.records[i]->entry.kind, "observation") == 0 &&
		    record_stands(c.records[i]))
			str_add_fmt(&out, "%s %s;",
			    record_text(c.records[i], "indicator"),
			    record_text(c.records[i], "state"));
	casefile_release(&c);
	return str_take(&out);
}

static void
expect_standing(struct fixture *f, const char *reference, const char *want)
{
	char *is = standing(f, reference);

	assert_string_equal(is, want);
	free(is);
}

static bool
count_one(const struct return_row *r, void *ctx)
{
	assert_string_equal(r->agency, "Invented School");
	assert_string_equal(r->mapping, "t 1");
	++*(size_t *)ctx;
	return true;
}

static size_t
returns(struct fixture *f)
{
	size_t n = 0;

	world_ok(&f->w, store_returns(f->w.s, count_one, &n, &f->w.e));
	return n;
}

static void
sound(struct fixture *f)
{
	struct store_verdict v;

	world_ok(&f->w, store_verify(f->w.s, NULL, NULL, &v, &f->w.e));
	assert_true(v.sound);
}

static const char first[] = HEAD
    "1,r1,B1,sure,4/3/2025,Wren Invented\n"
    "2,r2,B2,thought,5/3/2025,Ash Invented\n"
    "2,r3,B3,sure,5/3/2025,Ash Invented\n";

static void
twice_adds_nothing(void **state)
{
	struct fixture *f = *state;
	uint64_t n;

	world_ok(&f->w, give(f, first));
	expect(f, 3, 0, 0);
	assert_int_equal(f->totals.opened, 2);
	assert_int_equal(returns(f), 1);
	n = entries(f);
	assert_int_equal(give(f, first), RC_EXISTS);
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

	world_ok(&f->w, give(f, first));
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

	world_ok(&f->w, give(f, first));
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

	world_ok(&f->w, give(f, first));
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

	world_ok(&f->w, give(f, first));
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

	world_ok(&f->w, give(f, first));
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

	world_ok(&f->w, give(f, first));
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

	world_ok(&f->w, give(f, first));
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
		cmocka_unit_test_setup_teardown(twice_adds_nothing, make,
		    unmake),
		cmocka_unit_test_setup_teardown(corrected_by_row, make,
		    unmake),
		cmocka_unit_test_setup_teardown(same_rows_in_another_file,
		    make, unmake),
		cmocka_unit_test_setup_teardown(alike_rows_are_two, make,
		    unmake),
		cmocka_unit_test_setup_teardown(made_references, make,
		    unmake),
		cmocka_unit_test_setup_teardown(struck_by_a_person, make,
		    unmake),
		cmocka_unit_test_setup_teardown(struck_and_taken_back, make,
		    unmake),
		cmocka_unit_test_setup_teardown(struck_by_nobody_of_the_store,
		    make, unmake),
		cmocka_unit_test_setup_teardown(dry_run_changes_nothing, make,
		    unmake),
		cmocka_unit_test_setup_teardown(faults_half_way, make,
		    unmake),
		cmocka_unit_test_setup_teardown(mappings_are_kept, make,
		    unmake),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
