/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Missing episodes, what belongs to them, and who is to be told. */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/missing.h"
#include "tests/unit/book.h"

#define MISSING(since, from) "{'since':'" since "','from':'" from "'," \
	"'kind':'missing','reported_by':'Her carer'}"
#define LOCATED "{'episode':'@0','at':'2026-11-19T09:30:00Z'," \
	"'where':'At the bus station'," \
	"'interview_due':'2026-11-22T09:30:00Z'}"
#define INTERVIEW(state) "{'episode':'@0','state':'" state "'," \
	"'by':'Mr Sample','independent':'yes'}"
#define TOLD(episode, of) "{'episode':'@" episode "','officer':'O. Ficer'," \
	"'of':'" of "','by':'Ms Example'}"

static size_t
episode(struct book *b, const char *from)
{
	return book_write(b, "missing", "",
	    strcmp(from, "care") == 0 ?
	    MISSING("2026-11-18T21:00:00Z", "care") :
	    MISSING("2026-11-18T21:00:00Z", "home"));
}

static void
expect_duration(int64_t minutes, const char *words)
{
	struct str out;

	str_init(&out);
	duration_words(minutes * 60000, &out);
	assert_string_equal(out.s, words);
	str_release(&out);
}

static void
durations_have_two_units_at_most(void **state)
{
	(void)state;
	expect_duration(0, "0 minutes");
	expect_duration(1, "1 minute");
	expect_duration(60, "1 hour");
	expect_duration(750, "12 hours 30 minutes");
	expect_duration(1440, "1 day");
	expect_duration(1445, "1 day");
	expect_duration(2 * 1440 + 185, "2 days 3 hours");
}

static void
an_episode_has_what_belongs_to_it(void **state)
{
	struct missing_episode m;
	struct book b;

	(void)state;
	book_init(&b);
	(void)episode(&b, "home");
	missing_read(&b.c, book_record(&b, 0), &m);
	assert_true(m.until == INT64_MAX && m.located == NULL);
	(void)book_write(&b, "located", "", LOCATED);
	(void)book_write(&b, "interview", "2026-11-20", INTERVIEW("declined"));
	missing_read(&b.c, book_record(&b, 0), &m);
	assert_int_equal(m.until - m.since, 750 * 60000);
	assert_int_equal(m.interview_due - m.until, 72 * 3600000);
	assert_ptr_equal(m.interview, book_record(&b, 2));
	assert_false(m.held);
	/* One that was held says most, whatever comes after it. */
	(void)book_write(&b, "interview", "2026-11-21", INTERVIEW("held"));
	(void)book_write(&b, "interview", "2026-11-22", INTERVIEW("offered"));
	missing_read(&b.c, book_record(&b, 0), &m);
	assert_true(m.held);
	assert_ptr_equal(m.interview, book_record(&b, 3));
	book_release(&b);
}

/* An episode that was put right keeps its return, its talk and its clock. */
static void
a_new_version_keeps_what_belongs_to_it(void **state)
{
	struct missing_episode m;
	struct book b;
	const char *why;

	(void)state;
	book_init(&b);
	(void)episode(&b, "home");
	(void)book_write(&b, "located", "", LOCATED);
	(void)book_write(&b, "missing", "", "{'since':'2026-11-18T20:00:00Z',"
	    "'from':'home','kind':'missing','reported_by':'Her carer',"
	    "'replaces':['@0']}");
	missing_read(&b.c, book_record(&b, 2), &m);
	assert_ptr_equal(m.located, book_record(&b, 1));
	assert_true(casefile_next_due(&b.c, &why) == m.interview_due);
	(void)book_write(&b, "interview", "2026-11-21", "{'episode':'@2',"
	    "'state':'held','by':'Mr Sample','independent':'yes'}");
	assert_true(casefile_next_due(&b.c, &why) == INT64_MAX);
	book_release(&b);
}

struct rows {
	size_t officer, pattern;
};

static bool
count(const struct clock_row *row, void *ctx)
{
	struct rows *n = ctx;

	if (strcmp(row->id, "officer-told") == 0) {
		assert_true(row->due == INT64_MAX);
		assert_non_null(strstr(row->counted, "reviewing officer"));
		n->officer++;
	}
	n->pattern += strcmp(row->id, "repeat-missing") == 0;
	return true;
}

static void
expect_rows(const struct book *b, size_t officer, size_t pattern)
{
	struct rows n = {0, 0};

	casefile_clocks(&b->c, count, &n);
	assert_int_equal(n.officer, officer);
	assert_int_equal(n.pattern, pattern);
}

static void
the_officer_of_a_looked_after_child_is_told(void **state)
{
	struct book b;

	(void)state;
	book_init(&b);
	(void)episode(&b, "home");
	expect_rows(&b, 0, 0);
	(void)book_write(&b, "identity", "", "{'name':'Zoe Example',"
	    "'care':'none'}");
	expect_rows(&b, 0, 0);
	(void)book_write(&b, "identity", "", "{'name':'Zoe Example',"
	    "'care':'voluntary','replaces':['@1']}");
	expect_rows(&b, 1, 0);
	(void)book_write(&b, "officer-told", "2026-11-19",
	    TOLD("0", "episode"));
	expect_rows(&b, 0, 0);
	(void)book_write(&b, "strike", "", "{'target':'@3','reason':'Was "
	    "about another child.'}");
	expect_rows(&b, 1, 0);
	book_release(&b);
}

static void
from_a_placement_is_looked_after(void **state)
{
	struct book b;

	(void)state;
	book_init(&b);
	(void)episode(&b, "care");
	expect_rows(&b, 1, 0);
	(void)book_write(&b, "close", "", "{'why':'moved','words':'w',"
	    "'child':'c'}");
	expect_rows(&b, 0, 0);
	book_release(&b);
}

/* 23 October to 22 November 2026 are 31 days, first and last counted. */
static void
the_pattern_is_told_too(void **state)
{
	struct missing_run run;
	struct book b;

	(void)state;
	book_init(&b);
	(void)book_write(&b, "missing", "",
	    MISSING("2026-10-23T21:00:00Z", "care"));
	(void)book_write(&b, "missing", "",
	    MISSING("2026-11-01T21:00:00Z", "care"));
	(void)book_write(&b, "officer-told", "2026-11-02",
	    TOLD("0", "episode"));
	(void)book_write(&b, "officer-told", "2026-11-02",
	    TOLD("1", "episode"));
	(void)book_write(&b, "missing", "",
	    MISSING("2026-11-22T08:00:00Z", "care"));
	assert_false(casefile_missing_run(&b.c, &run));
	(void)book_write(&b, "officer-told", "2026-11-22",
	    TOLD("4", "episode"));
	expect_rows(&b, 0, 0);
	/* A fourth, and three lie within 30 days. */
	(void)book_write(&b, "missing", "",
	    MISSING("2026-11-22T20:00:00Z", "care"));
	assert_true(casefile_missing_run(&b.c, &run));
	assert_int_equal(run.last - run.first, 21);
	assert_ptr_equal(run.latest, book_record(&b, 6));
	assert_null(run.answer);
	expect_rows(&b, 1, 1);
	(void)book_write(&b, "officer-told", "2026-11-22",
	    TOLD("6", "episode"));
	expect_rows(&b, 1, 1);
	(void)book_write(&b, "officer-told", "2026-11-22",
	    TOLD("6", "pattern"));
	expect_rows(&b, 0, 1);
	(void)book_write(&b, "process", "2026-11-23", "{'step':'strategy',"
	    "'state':'planned','who':'The team'}");
	expect_rows(&b, 0, 0);
	assert_true(casefile_missing_run(&b.c, &run));
	assert_ptr_equal(run.answer, book_record(&b, 9));
	book_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(durations_have_two_units_at_most),
		cmocka_unit_test(an_episode_has_what_belongs_to_it),
		cmocka_unit_test(a_new_version_keeps_what_belongs_to_it),
		cmocka_unit_test(the_officer_of_a_looked_after_child_is_told),
		cmocka_unit_test(from_a_placement_is_looked_after),
		cmocka_unit_test(the_pattern_is_told_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
