/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/traininglog.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/book.h"

#define LOG "{'reference':'LOG-1','study':'log','why':'x'}"

static void
log_begin(struct book *b, const char *open)
{
	book_init(b);
	(void)book_write(b, "open", "", open);
}

static void
three_lines(struct book *b)
{
	log_begin(b, LOG);
	(void)book_write(b, "training-log", "2026-11-20", "{'title':"
	    "'The headset','activity':'study','minutes':40,'reflection':"
	    "'Asked too late.'}");
	(void)book_write(b, "training-log", "2026-11-02", "{'title':"
	    "'Four small things','activity':'group','minutes':90}");
	(void)book_write(b, "training-log", "2026-11-22", "{'title':"
	    "'Asked again','activity':'retest','minutes':5}");
}

static void
lines_stand_by_the_day_they_were_done(void **state)
{
	struct training_log l;
	struct book b;

	(void)state;
	three_lines(&b);
	training_log_init(&l);
	training_log_add(&l, &b.c, NULL, DAY_NONE, DAY_NONE);
	training_log_sort(&l);
	assert_int_equal(l.n, 3);
	assert_string_equal(l.lines[0].title, "Four small things");
	assert_string_equal(l.lines[0].activity, "group");
	assert_string_equal(l.lines[0].reflection, "");
	assert_string_equal(l.lines[1].title, "The headset");
	assert_string_equal(l.lines[1].reflection, "Asked too late.");
	assert_int_equal(training_log_minutes(&l), 135);
	training_log_release(&l);
	book_release(&b);
}

static size_t
count(const struct book *b, const struct author_id *who, const char *from,
    const char *to)
{
	int32_t first = DAY_NONE, last = DAY_NONE;
	struct training_log l;
	size_t n;

	if (from != NULL)
		assert_int_equal(day_parse(from, &first, NULL), RC_OK);
	if (to != NULL)
		assert_int_equal(day_parse(to, &last, NULL), RC_OK);
	training_log_init(&l);
	training_log_add(&l, &b->c, who, first, last);
	n = l.n;
	training_log_release(&l);
	return n;
}

static void
days_choose_with_both_ends(void **state)
{
	struct book b;

	(void)state;
	three_lines(&b);
	assert_int_equal(count(&b, NULL, "2026-11-02", "2026-11-20"), 2);
	assert_int_equal(count(&b, NULL, "2026-11-03", NULL), 2);
	assert_int_equal(count(&b, NULL, NULL, "2026-11-19"), 1);
	assert_int_equal(count(&b, NULL, "2026-11-23", NULL), 0);
	book_release(&b);
}

static void
another_persons_lines_are_left_out(void **state)
{
	struct author_id who, nobody;
	struct book b;

	(void)state;
	three_lines(&b);
	who = book_record(&b, 1)->entry.author;
	memset(&nobody, 0xee, sizeof(nobody));
	assert_int_equal(count(&b, &who, NULL, NULL), 3);
	assert_int_equal(count(&b, &nobody, NULL, NULL), 0);
	book_release(&b);
}

static void
what_was_replaced_or_struck_is_left_out(void **state)
{
	struct training_log l;
	struct book b;

	(void)state;
	three_lines(&b);
	(void)book_write(&b, "training-log", "2026-11-20", "{'title':"
	    "'The headset','activity':'study','minutes':55,'replaces':"
	    "['@1']}");
	(void)book_write(&b, "strike", "", "{'target':'@3','reason':"
	    "'entered twice'}");
	training_log_init(&l);
	training_log_add(&l, &b.c, NULL, DAY_NONE, DAY_NONE);
	training_log_sort(&l);
	assert_int_equal(l.n, 2);
	assert_int_equal(l.lines[1].minutes, 55);
	training_log_release(&l);
	book_release(&b);
}

static void
a_session_is_no_log(void **state)
{
	struct book b;

	(void)state;
	log_begin(&b, "{'reference':'the-headset-1','study':'00'}");
	(void)book_write(&b, "training-log", "2026-11-20", "{'title':'x',"
	    "'activity':'study','minutes':1}");
	assert_int_equal(count(&b, NULL, NULL, NULL), 0);
	book_release(&b);
}

static void
minutes_read_as_people_say_them(void **state)
{
	static const struct {
		uint64_t minutes;
		const char *words;
	} rows[] = {
		{0, "0 minutes"}, {1, "1 minute"}, {59, "59 minutes"},
		{60, "1 hour"}, {61, "1 hour 1 minute"},
		{135, "2 hours 15 minutes"},
	};
	struct str out;

	(void)state;
	str_init(&out);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		str_clear(&out);
		minutes_words(rows[i].minutes, &out);
		assert_string_equal(out.s, rows[i].words);
	}
	str_release(&out);
}

static void
print(const struct training_certificate *c, struct str *out)
{
	struct paper p;

	paper_training(&p, c);
	paper_text(&p, 80, out);
	paper_release(&p);
}

static void
certificate_says_who_what_when_and_no_more(void **state)
{
	struct training_log l;
	struct book b;
	struct str out;
	struct training_certificate c = {"Ada Invented", &l, DAY_NONE,
		DAY_NONE, INT64_C(1795190400000)};

	(void)state;
	three_lines(&b);
	training_log_init(&l);
	training_log_add(&l, &b.c, NULL, DAY_NONE, DAY_NONE);
	training_log_sort(&l);
	str_init(&out);
	print(&c, &out);
	assert_string_equal(out.s,
	    "TRAINING RECORD\n"
	    "\n"
	    "Certificate of attendance\n"
	    "=========================\n"
	    "\n"
	    "Name                    Ada Invented\n"
	    "When                    2 to 22 November 2026\n"
	    "Pieces of training      3\n"
	    "In all                  2 hours 15 minutes (135 minutes)\n"
	    "\n"
	    "What was done\n"
	    "-------------\n"
	    "\n"
	    "When              What               Kind               "
	    "     Minutes\n"
	    "----------------  -----------------  "
	    "----------------------  -------\n"
	    "2 November 2026   Four small things  Case study, in a "
	    "group  90\n"
	    "20 November 2026  The headset        Case study, alone  "
	    "     40\n"
	    "22 November 2026  Asked again        Indicators asked "
	    "again  5\n"
	    "\n"
	    "  ! This is a record of attendance: what was done, "
	    "when, and for how long, from\n"
	    "    the person's own training log. It is not a "
	    "judgement of competence, and says\n"
	    "    nothing of how anybody answered.\n"
	    "\n"
	    "Printed                 20 November 2026 at 16:00\n"
	    "\n"
	    "\n"
	    "Signed  ______________________    ______________________\n"
	    "\n"
	    "TRAINING RECORD\n");
	/* Reflection is nobody else's business. */
	assert_null(strstr(out.s, "Asked too late"));
	assert_non_null(strstr(out.s, "not a judgement of competence"));
	str_release(&out);
	training_log_release(&l);
	book_release(&b);
}

static void
certificate_of_nothing_says_so(void **state)
{
	struct training_log l;
	struct str out;
	struct training_certificate c = {"Ada Invented", &l, DAY_NONE,
		DAY_NONE, INT64_C(1795190400000)};

	(void)state;
	training_log_init(&l);
	str_init(&out);
	print(&c, &out);
	assert_non_null(strstr(out.s, "Pieces of training      0\n"));
	assert_non_null(strstr(out.s, "In all                  0 minutes\n"));
	assert_null(strstr(out.s, "When                    "));
	str_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_stand_by_the_day_they_were_done),
		cmocka_unit_test(days_choose_with_both_ends),
		cmocka_unit_test(another_persons_lines_are_left_out),
		cmocka_unit_test(what_was_replaced_or_struck_is_left_out),
		cmocka_unit_test(a_session_is_no_log),
		cmocka_unit_test(minutes_read_as_people_say_them),
		cmocka_unit_test(certificate_says_who_what_when_and_no_more),
		cmocka_unit_test(certificate_of_nothing_says_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
