/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What study_write() makes, study_parse() reads back as the same: the studies
 * that are shipped, and made-up ones with every sort of text.
 */
#include "config.h"

#include "core/study.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/utf8.h"
#include "core/vec.h"
#include "core/xalloc.h"
#include "tests/unit/loaded.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const char *const shipped[] = {
	"drawn-in", "four-small-things", "her-brothers-name", "never-missing",
	"taught-to-agree", "the-back-row", "the-headset", "the-house",
	"the-new-pupil", "tired-on-tuesdays"
};

/* ---- two studies are the same ---- */

static void
same_lines(const struct study_lines *a, const struct study_lines *b)
{
	assert_int_equal(a->n, b->n);
	for (size_t i = 0; i < a->n; i++)
		assert_string_equal(a->list[i], b->list[i]);
}

static void
same_questions(const struct study_stage *a, const struct study_stage *b)
{
	assert_int_equal(a->nquestions, b->nquestions);
	for (size_t i = 0; i < a->nquestions; i++) {
		assert_string_equal(a->questions[i].ask, b->questions[i].ask);
		same_lines(&a->questions[i].look_for,
		    &b->questions[i].look_for);
	}
}

static void
same_answers(const struct study_stage *a, const struct study_stage *b)
{
	assert_int_equal(a->nanswers, b->nanswers);
	for (size_t i = 0; i < a->nanswers; i++) {
		const struct study_answer *x = &a->answers[i];
		const struct study_answer *y = &b->answers[i];

		assert_string_equal(x->item, y->item);
		assert_int_equal(x->state, y->state);
		assert_int_equal(x->on.first, y->on.first);
		assert_int_equal(x->on.last, y->on.last);
		assert_int_equal(x->on.from, y->on.from);
		assert_int_equal(x->on.to, y->on.to);
		assert_string_equal(x->reason, y->reason);
		assert_string_equal(x->source, y->source);
	}
}

static void
same_choices(const struct study_stage *a, const struct study_stage *b)
{
	assert_int_equal(a->nchoices, b->nchoices);
	assert_int_equal(a->next, b->next);
	for (size_t i = 0; i < a->nchoices; i++) {
		const struct study_choice *x = &a->choices[i];
		const struct study_choice *y = &b->choices[i];

		assert_string_equal(x->id, y->id);
		assert_string_equal(x->words, y->words);
		assert_string_equal(x->reply, y->reply);
		assert_string_equal(x->discloses, y->discloses);
		assert_int_equal(x->next, y->next);
	}
}

static void
same_stage(const struct study_stage *a, const struct study_stage *b)
{
	assert_string_equal(a->id, b->id);
	assert_string_equal(a->agency, b->agency);
	assert_string_equal(a->known, b->known);
	assert_string_equal(a->child_says, b->child_says);
	assert_string_equal(a->not_heard, b->not_heard);
	assert_int_equal(a->day, b->day);
	assert_int_equal(a->age, b->age);
	assert_string_equal(a->level, b->level);
	assert_string_equal(a->why, b->why);
	assert_string_equal(a->judgement, b->judgement);
	assert_string_equal(a->judgement_why, b->judgement_why);
	same_questions(a, b);
	same_answers(a, b);
	same_lines(&a->note, &b->note);
	same_choices(a, b);
}

static void
same_study(const struct study *a, const struct study *b)
{
	assert_string_equal(a->id, b->id);
	assert_string_equal(a->version, b->version);
	assert_string_equal(a->title, b->title);
	assert_string_equal(a->instrument, b->instrument);
	assert_string_equal(a->source, b->source);
	assert_string_equal(a->teaches, b->teaches);
	assert_string_equal(a->missed, b->missed);
	assert_string_equal(a->pair, b->pair);
	assert_string_equal(a->called, b->called);
	assert_string_equal(a->care, b->care);
	assert_int_equal(a->covers, b->covers);
	assert_int_equal(a->sex, b->sex);
	assert_int_equal(a->nstages, b->nstages);
	for (size_t i = 0; i < a->nstages; i++)
		same_stage(&a->stages[i], &b->stages[i]);
}

static struct study *
parse(const char *text, size_t n)
{
	struct study *s;
	struct faults f;
	struct str lines;

	faults_init(&f, "study");
	str_init(&lines);
	s = study_parse(text, n, &f);
	faults_lines(&f, &lines);
	if (s == NULL)
		print_error("%s\n%s", text, lines.s);
	assert_string_equal(lines.s, "");
	str_release(&lines);
	faults_release(&f);
	return s;
}

/* Writes, reads, compares; and once more gives the same bytes. */
static void
goes_round(const struct study *s)
{
	struct study *back;
	struct str once, twice;

	str_init(&once);
	str_init(&twice);
	study_write(s, &once);
	back = parse(once.s, once.len);
	same_study(s, back);
	study_write(back, &twice);
	assert_string_equal(once.s, twice.s);
	study_free(back);
	str_release(&once);
	str_release(&twice);
}

static void
what_is_shipped_goes_round(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(shipped); i++) {
		struct study *s;
		struct str name;
		char *text;

		str_init(&name);
		str_add_fmt(&name, "content/studies/%s.yaml", shipped[i]);
		text = load_text(name.s);
		s = parse(text, strlen(text));
		goes_round(s);
		study_free(s);
		free(text);
		str_release(&name);
	}
}

/* Prose stands in lines of 80 columns, as a person would have written it. */
static void
prose_is_wrapped(void **state)
{
	char *text = load_text("content/studies/drawn-in.yaml");
	struct study *s = parse(text, strlen(text));
	struct str out;

	(void)state;
	str_init(&out);
	study_write(s, &out);
	for (const char *at = out.s; *at != '\0'; at++) {
		size_t n = strcspn(at, "\n");

		assert_in_range(utf8_columns(at, n), 0, 84);
		at += n;
	}
	str_release(&out);
	study_free(s);
	free(text);
}

/* ---- made-up studies ---- */

static uint64_t seed;

static unsigned
below(unsigned n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)(seed >> 20) % n;
}

/* Pieces that a careless writer of YAML gets wrong. */
static const char *const pieces[] = {
	"a", "word", "\"", "'", "\\", ": ", ":", " #", "#", "- ", "-", "? ",
	"{", "}", "[", "]", ", ", "&", "*", "!", "|", ">", "%", "@", "`",
	" ", "  ", "   ", "\n", "\n\n", "\n ", " \n", "\t",
	"null", "true", "~", "1e3", "0x1f", "2026-01-01", "---", "...",
	"Zoë", "王", "\xcc\x81", "\xf0\x9f\x98\x80", "\xc2\xa0",
	"\xe2\x80\xa8", "\xe2\x80\xa9", "\xef\xbb\xbf",
	"\xef\xbf\xbd", "\xe2\x80\xae", "\\n", "\\x41", "a longer run of words",
	"averyveryveryveryveryveryveryveryveryveryveryveryverylongword"
};

/* Not blank, at most max bytes. */
static char *
any_text(size_t max)
{
	unsigned n = 1 + below(below(4) == 0 ? 60 : 8);
	struct str s;

	str_init(&s);
	if (below(3) == 0)
		str_add(&s, pieces[below(COUNT(pieces))]);
	str_add(&s, "x");
	while (n-- > 0) {
		const char *p = pieces[below(COUNT(pieces))];

		if (s.len + strlen(p) > max)
			break;
		str_add(&s, p);
	}
	return str_take(&s);
}

static char *
any_id(const char *stem, unsigned i)
{
	struct str s;

	str_init(&s);
	str_add_fmt(&s, "%s%u", stem, i);
	return str_take(&s);
}

static void
any_lines(struct study_lines *l)
{
	for (unsigned n = 1 + below(3); n > 0; n--) {
		l->list = vec_room(l->list, l->n, &l->cap, sizeof(*l->list));
		l->list[l->n++] = any_text(300);
	}
}

static void
any_questions(struct study_stage *st)
{
	for (unsigned n = 1 + below(2); n > 0; n--) {
		struct study_question q = { .ask = any_text(4000) };

		any_lines(&q.look_for);
		st->questions = vec_room(st->questions, st->nquestions,
		    &st->capquestions, sizeof(*st->questions));
		st->questions[st->nquestions++] = q;
	}
}

static struct span
any_span(int32_t day)
{
	static const char *const spans[] = { "2023", "2023-05",
	    "2023-05-02", "2023-05-02/2024-01", "2022/2023-11-30" };
	struct span s = span_of_day(day);
	struct err e;

	if (below(2) == 0)
		assert_int_equal(span_parse(spans[below(COUNT(spans))], &s, &e),
		    RC_OK);
	return s;
}

static void
any_answers(struct study_stage *st)
{
	unsigned n = below(4);

	for (unsigned i = 0; i < n; i++) {
		struct study_answer a = { .item = any_id("B", i + 1),
		    .state = (enum answer)(1 + below(4)),
		    .on = any_span(st->day), .reason = any_text(4000),
		    .source = any_text(300) };

		st->answers = vec_room(st->answers, st->nanswers,
		    &st->capanswers, sizeof(*st->answers));
		st->answers[st->nanswers++] = a;
	}
}

/* At the last stage every choice ends it; above, each goes on to the next. */
static void
any_choices(struct study_stage *st, uint32_t next)
{
	for (unsigned i = 0; i < 2; i++) {
		struct study_choice c = { .id = any_id("way-", i),
		    .words = any_text(4000), .reply = any_text(4000),
		    .discloses = below(2) ? any_text(4000) : xstrdup(""),
		    .next = next };

		st->choices = vec_room(st->choices, st->nchoices,
		    &st->capchoices, sizeof(*st->choices));
		st->choices[st->nchoices++] = c;
	}
}

static struct study_stage
any_stage(unsigned at, unsigned n, int age)
{
	bool said = below(2) == 0, judged = below(2) == 0;
	struct study_stage st = { .day = 20000 + (int32_t)(at * 9), .age = age,
	    .id = any_id("stage-", at), .agency = any_text(300),
	    .known = any_text(4000), .level = any_text(300),
	    .why = any_text(4000), .next = STUDY_END };
	uint32_t next = at + 1 < n ? at + 1 : STUDY_END;

	st.child_says = said ? any_text(4000) : xstrdup("");
	st.not_heard = said ? xstrdup("") : any_text(4000);
	st.judgement = judged ? any_text(300) : xstrdup("");
	st.judgement_why = judged ? any_text(4000) : xstrdup("");
	any_questions(&st);
	any_answers(&st);
	any_lines(&st.note);
	if (below(2) == 0)
		any_choices(&st, next);
	else
		st.next = next;
	return st;
}

static struct study *
any_study(void)
{
	static const char *const called[] = { "A.", "Z. B.", "Y." };
	struct study *s = xcalloc(1, sizeof(*s));
	unsigned n = 1 + below(5);
	int age = (int)below(16);

	s->id = any_id(below(2) ? "a-" : "9", below(99));
	s->version = any_text(300);
	s->title = any_text(300);
	s->instrument = xstrdup(below(2) ? "null" : "occ-csegg");
	s->source = any_text(300);
	s->teaches = any_text(300);
	s->missed = any_text(300);
	s->pair = xstrdup(below(2) ? "" : "no");
	s->called = xstrdup(called[below(COUNT(called))]);
	s->care = any_text(300);
	s->covers = below(1u << 10);
	s->sex = "MFU"[below(3)];
	for (unsigned i = 0; i < n; i++) {
		s->stages = vec_room(s->stages, s->nstages, &s->capstages,
		    sizeof(*s->stages));
		s->stages[s->nstages++] = any_stage(i, n, age);
		age += (int)below(2);
	}
	return s;
}

static void
any_text_goes_round(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 400; i++) {
		struct study *s;

		seed = UINT64_C(0x9e3779b97f4a7c15) * (i + 1);
		s = any_study();
		goes_round(s);
		study_free(s);
	}
}

/* What no content file may hold does not make one that cannot be read. */
static void
controls_are_replaced(void **state)
{
	struct study *s, *back;
	struct str out;

	(void)state;
	seed = 7;
	s = any_study();
	free(s->title);
	s->title = xstrdup("a\r\nb\rc\x1b[2Jd\x7f\xc2\x9b" "e\xff");
	str_init(&out);
	study_write(s, &out);
	back = parse(out.s, out.len);
	assert_string_equal(back->title, "a\nb\xef\xbf\xbd" "c\xef\xbf\xbd"
	    "[2Jd\xef\xbf\xbd\xef\xbf\xbd" "e\xef\xbf\xbd");
	study_free(back);
	study_free(s);
	str_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_shipped_goes_round),
		cmocka_unit_test(prose_is_wrapped),
		cmocka_unit_test(any_text_goes_round),
		cmocka_unit_test(controls_are_replaced),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
