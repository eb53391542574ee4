/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A group's answers from a file: what is read, and what is said of a fault. */
#include "config.h"

#include "exchange/groupfile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/str.h"
#include "tests/unit/loaded.h"
#include "tests/unit/memsource.h"

static struct instrument *in;
static struct walk walk;
static const char *encoding;

static int
set_up(void **state)
{
	char *text = load_text("content/studies/the-headset.yaml");
	struct faults f;

	(void)state;
	in = load_instrument("content/instruments/occ-csegg.yaml");
	faults_init(&f, "study");
	walk.study = study_parse(text, strlen(text), &f);
	walk.in = in;
	faults_release(&f);
	free(text);
	return walk.study == NULL;
}

static int
tear_down(void **state)
{
	(void)state;
	study_free(walk.study);
	instrument_free(in);
	return 0;
}

static enum rc
write_down(void *ctx, const struct groupfile_answers *a, struct err *e)
{
	struct str *out = ctx;

	(void)e;
	str_add_fmt(out, "%s %u.%u:", a->learner, (unsigned)a->stage,
	    a->round);
	for (unsigned i = 0; i < in->nitems; i++)
		if (itemset_has(a->given, i))
			str_add_fmt(out, " %s=%s", in->items[i].id,
			    answer_name(answers_get(a->answers, i)));
	str_add(out, "\n");
	return RC_OK;
}

static enum rc
read_text(const char *text, size_t n, struct str *out, struct err *e)
{
	struct groupfile_opts o = {.w = &walk, .stage = 1, .round = 1,
	    .csv = {.encoding = encoding}};
	struct groupfile_sink to = {write_down, out};
	struct memsource m;

	memsource_init(&m, text, n, 7);
	return groupfile_read(&m.src, &o, &to, e);
}

static void
reads(const char *text, size_t n, const char *expected)
{
	struct str out;
	struct err e;

	str_init(&out);
	if (read_text(text, n, &out, &e) != RC_OK)
		fail_msg("%s", e.text);
	assert_string_equal(out.s, expected);
	str_release(&out);
}

/* The message, and nothing handed over. */
static void
refuses(const char *text, const char *message)
{
	struct str out;
	struct err e;

	str_init(&out);
	assert_int_equal(read_text(text, strlen(text), &out, &e), RC_INPUT);
	assert_string_equal(e.text, message);
	assert_string_equal(out.s, "");
	str_release(&out);
}

#define READS(text, expected) reads(text, strlen(text), expected)

static void
every_form_is_read(void **state)
{
	(void)state;
	READS("learner,item,state\nAda,B1,present\nBen,b2,Not Known\n"
	    "ada,B3,s\n",
	    "Ada 1.1: B1=present B3=suspected\nBen 1.1: B2=not known\n");
	READS("State;Person;Sign;Round;Stage;Remark\r\na;7;B1;2;tired;x\r\n"
	    "p;7;B1;1;1;\r\nunknown;7;B2;;;\r\n",
	    "7 0.2: B1=absent\n7 0.1: B1=present\n7 1.1: B2=not known\n");
	/* Empty cells and rows are no answers; the same twice is one. */
	READS("learner\titem\tstate\n\nAda\tB1\t\nAda\tB2\tNA\nAda\tB3\t-\n"
	    "Ada\tB4\tnot asked\n Ada \t B5 \t p \nAda\tB5\tpresent\n",
	    "Ada 1.1: B5=present\n");
	/* With both, the plain name is meant. */
	READS("number,learner,item,state\n7,Ada,B1,p\n",
	    "Ada 1.1: B1=present\n");
}

static void
any_encoding_is_read(void **state)
{
	static const char utf16[] = "\xFF\xFEl\0e\0a\0r\0n\0e\0r\0,\0i\0t\0"
	    "e\0m\0,\0s\0t\0a\0t\0e\0\n\0Z\0o\0\xEB\0,\0B\0001\0,\0p\0\n\0";

	(void)state;
	READS("\xEF\xBB\xBFlearner,item,state\nZo\xC3\xAB,B1,p\n",
	    "Zo\xC3\xAB 1.1: B1=present\n");
	encoding = "windows-1252";
	READS("learner,item,state\nZo\xEB,B1,p\n",
	    "Zo\xC3\xAB 1.1: B1=present\n");
	encoding = NULL;
	reads(utf16, sizeof(utf16) - 1, "Zo\xC3\xAB 1.1: B1=present\n");
}

static void
a_fault_says_where_and_what(void **state)
{
	(void)state;
	refuses("learner,item\nAda,B1\n", "t.csv: row 1: there is no column "
	    "\"state\"; expected learner,item,state and, if you like, stage "
	    "and round");
	refuses("rater,person,item,state\nAda,A,B1,p\n", "t.csv: row 1, column "
	    "2 \"person\": this column means the same as column 1 \"rater\"; "
	    "expected one of the two");
	refuses("learner,item,state\nAda,B1,p\nBen,B1,maybe\n", "t.csv: row 3, "
	    "column 3 \"state\": \"maybe\" is no state; expected present, "
	    "suspected, absent or not known (or p, s, a, n), or nothing");
	refuses("learner,item,state\nAda,B99,p\n", "t.csv: row 2, column 2 "
	    "\"item\": \"B99\" is no item of occ-csegg; did you mean "
	    "\"B9\"?");
	refuses("learner,item,state\n,B1,p\n", "t.csv: row 2, column 1 "
	    "\"learner\": the cell is empty; expected a learner's name or "
	    "number");
	refuses("learner,item,state,stage\nAda,B1,p,17\n", "t.csv: row 2, "
	    "column 4 \"stage\": \"17\" is no stage of \"the-headset\"; "
	    "expected a number from 1 to 5 or an id such as \"tired\"");
	refuses("learner,item,state,round\nAda,B1,p,3\n", "t.csv: row 2, "
	    "column 4 \"round\": \"3\" is no round; expected 1 or 2");
	refuses("learner,item,state\nAda,B1,p\nADA,B1,a\n", "t.csv: row 3, "
	    "column 3 \"state\": row 2 says that \"Ada\" answered B1 "
	    "\"present\" already; expected one answer to an item in a round");
	refuses("learner,item,state\nAda,B1,\n", "t.csv: the file has a "
	    "header and no answer below it; expected at least one");
}

static void
no_more_learners_than_a_session_holds(void **state)
{
	struct str text, out;
	struct err e;

	(void)state;
	str_init(&text);
	str_init(&out);
	str_add(&text, "learner,item,state\n");
	for (int i = 0; i < GROUP_LEARNERS_MAX; i++)
		str_add_fmt(&text, "P%d,B1,p\n", i);
	assert_int_equal(read_text(text.s, text.len, &out, &e), RC_OK);
	str_clear(&out);
	str_add(&text, "One more,B1,p\n");
	assert_int_equal(read_text(text.s, text.len, &out, &e), RC_INPUT);
	assert_non_null(strstr(e.text, "more than 200 learners"));
	assert_string_equal(out.s, "");
	str_release(&text);
	str_release(&out);
}

static enum rc
stops(void *ctx, const struct groupfile_answers *a, struct err *e)
{
	size_t *n = ctx;

	(void)a;
	++*n;
	return err_set(e, RC_REFUSED, "enough");
}

static void
the_sink_can_stop(void **state)
{
	static const char text[] = "learner,item,state\nA,B1,p\nB,B1,p\n";
	struct groupfile_opts o = {.w = &walk, .round = 1};
	size_t n = 0;
	struct groupfile_sink to = {stops, &n};
	struct memsource m;
	struct err e;

	(void)state;
	memsource_init(&m, text, strlen(text), 0);
	assert_int_equal(groupfile_read(&m.src, &o, &to, &e), RC_REFUSED);
	assert_int_equal(n, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_form_is_read),
		cmocka_unit_test(any_encoding_is_read),
		cmocka_unit_test(a_fault_says_where_and_what),
		cmocka_unit_test(no_more_learners_than_a_session_holds),
		cmocka_unit_test(the_sink_can_stop),
	};

	return cmocka_run_group_tests_name("a group's file", tests, set_up,
	    tear_down);
}
