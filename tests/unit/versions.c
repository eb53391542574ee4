/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands side by side, and how old the young person is taken to be. */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/childage.h"
#include "core/doubts.h"
#include "core/screen.h"
#include "core/str.h"
#include "core/versions.h"
#include "tests/unit/book.h"
#include "tests/unit/loaded.h"

static struct book book;

static int
setup(void **state)
{
	(void)state;
	book_init(&book);
	(void)book_write(&book, "open", "", "{'reference':'TEST-1'}");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	book_release(&book);
	return 0;
}

static int32_t
some_day(void)
{
	return day_from_civil((struct civil){2026, 11, 22});
}

/* Every type of field is compared, and what was written apart is shown. */
static void
every_type_of_value_can_be_in_conflict(void **state)
{
	static const char *const fields[] = {
	    "ethnicity", "age_about", "age_disputed", "disability"};

	(void)state;
	(void)book_write(&book, "identity", "", "{'name':'E','ethnicity':"
	    "'WBRI','age_about':14,'age_disputed':true,'disability':['LD',"
	    "'HEAR'],'nhs':'943 476 5919'}");
	(void)book_write(&book, "identity", "", "{'name':'E','ethnicity':"
	    "'AIND','age_about':16,'age_disputed':false,'disability':['LD'],"
	    "'nhs':'9434765919'}");
	assert_int_equal(book.c.nconflicts, 4);
	for (size_t i = 0; i < 4; i++)
		assert_string_equal(book.c.conflicts[i].field, fields[i]);
	/* The order of choices is no difference; a third value is one more. */
	(void)book_write(&book, "identity", "", "{'name':'E','disability':"
	    "['HEAR','LD'],'ethnicity':'CHNE'}");
	assert_int_equal(book.c.nconflicts, 5);
}

/* Two that the latest does not speak of still differ. */
static void
an_older_pair_is_a_conflict_too(void **state)
{
	(void)state;
	(void)book_write(&book, "identity", "", "{'name':'E','school':'N'}");
	(void)book_write(&book, "identity", "", "{'name':'E','school':'S'}");
	(void)book_write(&book, "identity", "", "{'name':'E'}");
	assert_int_equal(book.c.nconflicts, 1);
	assert_string_equal(book.c.conflicts[0].field, "school");
}

static void
replaced_twice_apart_both_stand(void **state)
{
	struct versions v;

	(void)state;
	(void)book_write(&book, "model", "", "{'models':['peer'],'why':'x'}");
	(void)book_write(&book, "model", "", "{'models':['online'],'why':"
	    "'one','replaces':['@1']}");
	(void)book_write(&book, "model", "", "{'models':['online'],'why':"
	    "'one again','replaces':['@2']}");
	assert_int_equal(book.c.nconflicts, 0);
	(void)book_write(&book, "model", "", "{'models':['online'],'why':"
	    "'two','replaces':['@1']}");
	assert_int_equal(book.c.nconflicts, 1);
	assert_null(book.c.conflicts[0].field);
	assert_string_equal(record_text(book.c.conflicts[0].a, "why"),
	    "one again");
	assert_string_equal(record_text(book.c.conflicts[0].b, "why"), "two");
	versions_init(&v);
	versions_of(&book.c, book_record(&book, 1), &v);
	assert_int_equal(v.n, 2);
	versions_release(&v);
	/* One that takes the place of both settles it. */
	(void)book_write(&book, "model", "", "{'models':['online'],'why':"
	    "'both','replaces':['@3','@4']}");
	assert_int_equal(book.c.nconflicts, 0);
}

/* Neither a dispute nor an estimate takes protection away. */
static void
a_disputed_age_is_a_child(void **state)
{
	struct child_age a;

	(void)state;
	casefile_age(&book.c, some_day(), &a);
	assert_int_equal(a.years, -1);
	(void)book_write(&book, "identity", "", "{'name':'E','birth':"
	    "'2005-01-01','age_disputed':true}");
	casefile_age(&book.c, some_day(), &a);
	assert_int_equal(a.by_birth, 21);
	assert_int_equal(a.years, 17);
	assert_true(a.unsure);
	(void)book_write(&book, "identity", "", "{'name':'E','age_about':12}");
	casefile_age(&book.c, some_day(), &a);
	assert_int_equal(a.years, 12);
	assert_true(age_is_apart(&a));
	assert_true(age_too_young(&a));
}

/* With one vulnerability an estimate of 15 leaves the floor of 13 open. */
static void
an_unsure_age_leaves_the_floor_open(void **state)
{
	struct instrument *in =
	    load_instrument("content/instruments/occ-csegg.yaml");
	struct answers a;
	unsigned level, could_be[2];

	(void)state;
	(void)book_write(&book, "identity", "", "{'name':'E','age_about':15}");
	casefile_answers(&book.c, in, some_day(), &a);
	assert_int_equal(a.age, 15);
	assert_true(a.age_unsure);
	for (unsigned i = 0; i < in->nitems; i++)
		answers_set(&a, i, ANSWER_ABSENT);
	answers_set(&a, instrument_item(in, "A1", 2), ANSWER_PRESENT);
	screen_levels(in, &a, &level, &could_be[0]);
	(void)book_write(&book, "identity", "", "{'name':'E','birth':"
	    "'2011-06-01'}");
	casefile_answers(&book.c, in, some_day(), &a);
	assert_int_equal(a.age, 15);
	assert_false(a.age_unsure);
	for (unsigned i = 0; i < in->nitems; i++)
		answers_set(&a, i, ANSWER_ABSENT);
	answers_set(&a, instrument_item(in, "A1", 2), ANSWER_PRESENT);
	screen_levels(in, &a, &level, &could_be[1]);
	assert_int_equal(could_be[1], level);
	assert_true(could_be[0] < could_be[1]);
	instrument_free(in);
}

static void
found_before_missing_is_doubtful(void **state)
{
	struct err e;
	struct str why;

	(void)state;
	(void)book_write(&book, "missing", "", "{'since':"
	    "'2026-11-18T21:00:00Z','from':'care','kind':'missing',"
	    "'reported_by':'A. Carer'}");
	(void)book_write(&book, "located", "", "{'episode':'@1','at':"
	    "'2026-11-18T20:59:00Z','where':'Home'}");
	str_init(&why);
	assert_true(record_doubt(&book.c, book_record(&book, 2), &why));
	assert_non_null(strstr(why.s, "found before they were missing"));
	str_release(&why);
	/* It counts all the same; a draft like it is not kept. */
	assert_true(record_stands(book_record(&book, 2)));
	assert_int_equal(casefile_check_draft(&book.c, "located",
	    book_record(&book, 2)->body, some_day(), &e), RC_INPUT);
	assert_non_null(strstr(e.text, "Back or found at: "));
}

#define WITH_BOOK(test) \
	cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_BOOK(every_type_of_value_can_be_in_conflict),
		WITH_BOOK(an_older_pair_is_a_conflict_too),
		WITH_BOOK(replaced_twice_apart_both_stand),
		WITH_BOOK(a_disputed_age_is_a_child),
		WITH_BOOK(an_unsure_age_leaves_the_floor_open),
		WITH_BOOK(found_before_missing_is_doubtful),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
