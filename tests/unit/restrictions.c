/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Restrictions and closings that were written apart: nothing is opened wider
 * by uniting two books, and nothing looks finished that somebody went on with.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/doubts.h"
#include "tests/unit/book.h"

#define ADA "aaaa"
#define BEN "bbbb"
#define CY "cccc"
#define SET(people, over) "{'state':'set','people':[" people "],'reason':" \
	"'r','review':'2027-02-01','over':[" over "]}"
#define LIFT(over) "{'state':'lifted','reason':'r','over':[" over "]}"
#define OLD_SET(people) "{'state':'set','people':[" people "]," \
	"'reason':'r'}"
#define OLD_LIFT "{'state':'lifted','reason':'r'}"

static int
make(void **state)
{
	struct book *b = calloc(1, sizeof(*b));

	book_init(b);
	book_write(b, "open", "", "{'reference':'C-1'}");
	*state = b;
	return 0;
}

static int
unmake(void **state)
{
	book_release(*state);
	free(*state);
	return 0;
}

/* Which of the three may open it: "A C". */
static void
expect_open_to(const struct book *b, const char *who)
{
	char got[4] = "", *at = got;

	if (casefile_open_to(&b->c, ADA))
		*at++ = 'A';
	if (casefile_open_to(&b->c, BEN))
		*at++ = 'B';
	if (casefile_open_to(&b->c, CY))
		*at++ = 'C';
	*at = '\0';
	assert_string_equal(got, who);
}

static bool
doubts(const struct book *b, size_t i, const char *words)
{
	struct str why;
	bool says;

	str_init(&why);
	says = record_doubt(&b->c, book_record(b, i), &why) &&
	    strstr(why.s, words) != NULL;
	str_release(&why);
	return says;
}

static void
one_after_the_other(void **state)
{
	struct book *b = *state;

	expect_open_to(b, "ABC");
	book_write(b, "restrict", "", SET("'" ADA "','" BEN "'", ""));
	expect_open_to(b, "AB");
	book_write(b, "restrict", "", SET("'" ADA "'", "'@1'"));
	expect_open_to(b, "A");
	assert_int_equal(b->c.nconflicts, 0);
	book_write(b, "restrict", "", LIFT("'@2'"));
	expect_open_to(b, "ABC");
	assert_null(b->c.restriction);
}

static void
two_apart_hold_both(void **state)
{
	struct book *b = *state;

	book_write(b, "restrict", "", SET("'" ADA "','" BEN "'", ""));
	book_write(b, "restrict", "", SET("'" BEN "','" CY "'", ""));
	expect_open_to(b, "B");
	assert_int_equal(b->c.nconflicts, 1);
	assert_true(doubts(b, 1, "restricted twice"));
	assert_true(doubts(b, 2, "restricted twice"));
	/* Whoever knows of both settles it. */
	book_write(b, "restrict", "", SET("'" ADA "','" BEN "','" CY "'",
	    "'@1','@2'"));
	expect_open_to(b, "ABC");
	assert_int_equal(b->c.nconflicts, 0);
	assert_non_null(b->c.restriction);
}

static void
a_lifting_undoes_only_what_it_knew(void **state)
{
	struct book *b = *state;

	book_write(b, "restrict", "", SET("'" ADA "'", ""));
	book_write(b, "restrict", "", SET("'" BEN "'", "'@1'"));
	book_write(b, "restrict", "", LIFT("'@1'"));
	expect_open_to(b, "B");
	book_write(b, "strike", "", "{'target':'@2','reason':'r'}");
	expect_open_to(b, "ABC");
}

/* A clock that runs behind: the later one stands first in the order. */
static void
what_is_named_is_undone_in_any_order(void **state)
{
	struct book *b = *state;
	struct casefile c;

	book_write(b, "restrict", "", SET("'" ADA "'", ""));
	book_write(b, "restrict", "", LIFT("'@1'"));
	b->e[2].at = b->e[0].at;
	casefile_init(&c, &b->c.id);
	for (size_t i = 0; i < b->n; i++)
		casefile_apply(&c, &b->e[i]);
	casefile_settle(&c, NULL);
	assert_null(c.restriction);
	casefile_release(&c);
}

/* As older versions wrote them: the latest holds. */
static void
old_ones_follow_their_order(void **state)
{
	struct book *b = *state;

	book_write(b, "restrict", "", OLD_SET("'" ADA "'"));
	book_write(b, "restrict", "", OLD_SET("'" BEN "'"));
	expect_open_to(b, "B");
	assert_int_equal(b->c.nconflicts, 0);
	book_write(b, "restrict", "", OLD_LIFT);
	expect_open_to(b, "ABC");
	book_write(b, "restrict", "", OLD_SET("'" CY "'"));
	book_write(b, "restrict", "", SET("'" ADA "'", "'@4'"));
	expect_open_to(b, "A");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, make, unmake)
	const struct CMUnitTest tests[] = {
		TEST(one_after_the_other),
		TEST(two_apart_hold_both),
		TEST(a_lifting_undoes_only_what_it_knew),
		TEST(what_is_named_is_undone_in_any_order),
		TEST(old_ones_follow_their_order),
	};
#undef TEST

	return cmocka_run_group_tests_name("restrictions", tests, NULL, NULL);
}
