/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Files into a store: under one seal, all or nothing, and nothing twice.
 */
#include "config.h"

#include "exchange/importrun.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/store/world.h"
#include "tests/unit/memsource.h"

#define LONG "child,agency,indicator,state,date,evidence\n"

struct fixture {
	struct world w;
	struct importrun_opts opts;
	struct importrun_totals totals;
};

static int
make(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	world_init(&f->w);
	world_create(&f->w);
	world_adopt(&f->w);
	f->opts.instrument = store_default_instrument(f->w.s);
	f->opts.today = moment_day(f->w.now);
	f->opts.file = "t.csv";
	*state = f;
	return 0;
}

static int
unmake(void **state)
{
	struct fixture *f = *state;

	world_release(&f->w);
	free(f);
	return 0;
}

static enum rc
give(struct fixture *f, const char *text)
{
	struct memsource m;

	memsource_init(&m, text, strlen(text), 0);
	err_clear(&f->w.e);
	return importrun(f->w.s, &m.src, &f->opts, &f->totals, &f->w.e);
}

static uint64_t
entries(struct fixture *f)
{
	uint64_t n = 0;

	world_ok(&f->w, store_entry_count(f->w.s, &n, &f->w.e));
	return n;
}

/* The field of the k-th observation of a case; the caller frees it. */
static char *
field_of(struct fixture *f, const char *reference, size_t k,
    const char *field)
{
	struct case_id id;
	struct casefile c;
	char *text = NULL;
	size_t i;

	world_ok(&f->w, store_case_by_reference(f->w.s, reference, &id,
	    &f->w.e));
	world_ok(&f->w, store_case_load(f->w.s, &id, &c, &f->w.e));
	for (i = 0; i < c.nrecords; i++) {
		if (strcmp(c.records[i]->entry.kind, "observation") != 0)
			continue;
		if (k-- == 0) {
			text = strdup(record_text(c.records[i], field));
			break;
		}
	}
	casefile_release(&c);
	assert_non_null(text);
	return text;
}

static void
expect_field(struct fixture *f, const char *reference, size_t k,
    const char *field, const char *want)
{
	char *text = field_of(f, reference, k, field);

	assert_string_equal(text, want);
	free(text);
}

static void
twice_is_once(void **state)
{
	static const char text[] = LONG
	    "C1,School,B1,present,2025-03-04,Away two nights\n"
	    "C1,Police,B1,present,2025-03,Away two nights\n"
	    "C2,Health,A1,absent,2025,\n"
	    "C2,Health,A2,not asked,,\n";
	struct fixture *f = *state;
	unsigned char before[32], after[32];
	uint64_t n = entries(f);
	struct world *w = &f->w;

	world_ok(w, give(f, text));
	assert_int_equal(f->totals.added, 3);
	assert_int_equal(f->totals.not_asked, 1);
	assert_int_equal(f->totals.opened, 2);
	assert_int_equal(entries(f), n + 5);
	world_ok(w, store_projection_hash(w->s, before, &w->e));
	world_ok(w, give(f, text));
	assert_int_equal(f->totals.added, 0);
	assert_int_equal(f->totals.known, 3);
	assert_int_equal(f->totals.opened, 0);
	assert_int_equal(entries(f), n + 5);
	world_ok(w, store_projection_hash(w->s, after, &w->e));
	assert_memory_equal(before, after, 32);
	expect_field(f, "C1", 0, "evidence", "Away two nights");
}

/* One signature for all of it, and the store is sound afterwards. */
static void
one_seal(void **state)
{
	struct fixture *f = *state;
	struct store_verdict before, after;
	struct world *w = &f->w;

	world_ok(w, store_verify(w->s, NULL, NULL, &before, &w->e));
	world_ok(w, give(f, LONG "C1,S,B1,present,2025,x\n"
	    "C2,S,B1,present,2025,x\nC3,S,B1,present,2025,x\n"));
	world_ok(w, store_verify(w->s, NULL, NULL, &after, &w->e));
	assert_true(after.sound);
	assert_int_equal(after.seals, before.seals + 1);
	assert_int_equal(after.cases, before.cases + 3);
}

static void
case_that_is_there_is_used(void **state)
{
	struct fixture *f = *state;

	(void)world_case(&f->w, "C1");
	world_ok(&f->w, give(f, LONG "C1,S,B1,present,2025,x\n"));
	assert_int_equal(f->totals.opened, 0);
	assert_int_equal(f->totals.added, 1);
}

static void
expect_nothing(struct fixture *f, const char *text, const char *message)
{
	uint64_t n = entries(f);

	assert_int_equal(give(f, text), RC_INPUT);
	assert_string_equal(f->w.e.text, message);
	assert_int_equal(entries(f), n);
	/* The store goes on working. */
	(void)world_case(&f->w, "later");
}

static void
one_bad_row_and_nothing(void **state)
{
	expect_nothing(*state, LONG "C1,S,B1,present,2025,x\n"
	    "C2,S,B16,present,2025,x\n", "t.csv: row 3, column 3 "
	    "\"indicator\": \"B16\" is no indicator of occ-csegg; did you "
	    "mean B14 (Thoughts of, or attempts at, suicide)?");
}

static void
no_tick_without_words(void **state)
{
	expect_nothing(*state, LONG "C1,S,B1,present,2025,\n", "t.csv: row 2, "
	    "column 6 \"evidence\": the cell is empty; expected what was seen "
	    "or said, in words");
}

static void
repeat_in_the_file(void **state)
{
	expect_nothing(*state, LONG "C1,S,B1,present,2025,x\n"
	    "C1,S,B1,present,2025,x\n", "t.csv: row 3: the row says the same "
	    "as row 2, word for word; expected each observation once");
}

static void
header_only(void **state)
{
	expect_nothing(*state, LONG, "t.csv: row 2: the file has a header and "
	    "no rows below it; expected at least one");
}

static void
wide_form_says_where_it_comes_from(void **state)
{
	struct fixture *f = *state;

	f->opts.agency = "Youth service";
	world_ok(&f->w, give(f, "child,date,name,dob,B1,B2,B3,evidence\n"
	    "C1,2025-03,Wren Testcase,2012-01-02,x,,no,\n"
	    "C2,2025-03,,2012-01-02,x,,,Own words\n"));
	assert_int_equal(f->totals.added, 3);
	assert_int_equal(f->totals.named, 1);
	assert_int_equal(f->totals.births_left, 1);
	expect_field(f, "C1", 0, "evidence",
	    "As recorded in t.csv by Youth service");
	expect_field(f, "C1", 0, "agency", "Youth service");
	expect_field(f, "C2", 0, "evidence", "Own words");
}

/* A name in another charset, and one that is cut between two bytes. */
static void
file_name_that_is_no_text(void **state)
{
	struct fixture *f = *state;
	char name[300] = "";

	f->opts.file = "caf\xe9.csv";
	world_ok(&f->w, give(f, "child,agency,date,B1\nC1,S,2025-03,x\n"));
	expect_field(f, "C1", 0, "evidence", "As recorded in caf?.csv by S");
	for (size_t i = 0; i < 101; i++)
		memcpy(name + 1 + 2 * i, "\xc3\xa9", 3);
	name[0] = 'x';
	f->opts.file = name;
	world_ok(&f->w, give(f, "child,agency,date,B1\nC2,S,2025-03,x\n"));
	assert_int_equal(f->totals.added, 1);
}

/* A rejected row leaves no case behind, and no half of its ticks. */
static void
skipping_bad_rows(void **state)
{
	struct fixture *f = *state;
	char text[600], agency[201];
	uint64_t n = entries(f);
	struct case_id id;
	char path[700];

	memset(agency, 'a', 200);
	agency[200] = '\0';
	(void)snprintf(text, sizeof(text), LONG "C1,S,B1,present,2025,x\n"
	    "C2,%s,B1,present,2025,x\nC3,S,B1,maybe,2025,x\n"
	    "C4,S,B2,absent,2025,\n", agency);
	(void)snprintf(path, sizeof(path), "%s/rejected.csv", f->w.dir);
	world_ok(&f->w, rejects_new(path, &f->opts.rejects, &f->w.e));
	world_ok(&f->w, give(f, text));
	assert_int_equal(f->totals.bad, 2);
	assert_int_equal(f->totals.added, 2);
	assert_int_equal(entries(f), n + 4);
	assert_int_equal(store_case_by_reference(f->w.s, "C2", &id, &f->w.e),
	    RC_NOTFOUND);
	assert_int_equal(store_case_by_reference(f->w.s, "C3", &id, &f->w.e),
	    RC_NOTFOUND);
	assert_int_equal(rejects_count(f->opts.rejects), 2);
	rejects_free(f->opts.rejects);
}

/* Two children whose references hold the same digits are two cases. */
static void
references_alike_and_not(void **state)
{
	struct fixture *f = *state;

	world_ok(&f->w, give(f, LONG "12-3,S,B1,present,2025-01-01,a\n"
	    "1-23,S,B2,present,2025-01-01,b\n"
	    "K-0142,S,B1,present,2025-01-01,a\n"
	    "k 0142 ,S,B2,present,2025-01-01,b\n"));
	assert_int_equal(f->totals.opened, 3);
	expect_field(f, "12-3", 0, "evidence", "a");
	expect_field(f, "1-23", 0, "evidence", "b");
	expect_field(f, "k0142", 1, "evidence", "b");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(twice_is_once, make, unmake),
		cmocka_unit_test_setup_teardown(one_seal, make, unmake),
		cmocka_unit_test_setup_teardown(case_that_is_there_is_used,
		    make, unmake),
		cmocka_unit_test_setup_teardown(one_bad_row_and_nothing, make,
		    unmake),
		cmocka_unit_test_setup_teardown(no_tick_without_words, make,
		    unmake),
		cmocka_unit_test_setup_teardown(repeat_in_the_file, make,
		    unmake),
		cmocka_unit_test_setup_teardown(header_only, make, unmake),
		cmocka_unit_test_setup_teardown(
		    wide_form_says_where_it_comes_from, make, unmake),
		cmocka_unit_test_setup_teardown(file_name_that_is_no_text,
		    make, unmake),
		cmocka_unit_test_setup_teardown(skipping_bad_rows, make,
		    unmake),
		cmocka_unit_test_setup_teardown(references_alike_and_not,
		    make, unmake),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
