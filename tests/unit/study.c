/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Case studies: what is shipped is sound and its levels are those of the
 * rules; each fault of a study is told where it stands.
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

#include "core/screen.h"
#include "tests/unit/loaded.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define OCC "content/instruments/occ-csegg.yaml"
#define MET "content/instruments/met-safeguard.yaml"

static const char *const shipped[] = {
	"drawn-in", "four-small-things", "her-brothers-name", "never-missing",
	"taught-to-agree", "the-back-row", "the-headset", "the-house",
	"the-new-pupil", "tired-on-tuesdays"
};

/* ---- what is shipped ---- */

static struct study *
load(const char *id)
{
	struct study *s;
	struct faults f;
	struct str name, lines;
	char *text;

	str_init(&name);
	str_init(&lines);
	str_add_fmt(&name, "content/studies/%s.yaml", id);
	text = load_text(name.s);
	faults_init(&f, id);
	s = study_parse(text, strlen(text), &f);
	faults_lines(&f, &lines);
	assert_string_equal(lines.s, "");
	assert_non_null(s);
	assert_string_equal(s->id, id);
	free(text);
	faults_release(&f);
	str_release(&name);
	str_release(&lines);
	return s;
}

static void
levels_are_those_of_the_rules(void **state)
{
	struct instrument *in = load_instrument(OCC);
	struct str lines;

	(void)state;
	str_init(&lines);
	for (size_t i = 0; i < COUNT(shipped); i++) {
		struct study *s = load(shipped[i]);
		struct faults f;

		faults_init(&f, shipped[i]);
		(void)study_check(s, in, &f);
		faults_lines(&f, &lines);
		assert_string_equal(lines.s, "");
		assert_in_range(s->nstages, 3, 6);
		assert_true(s->covers != 0);
		faults_release(&f);
		study_free(s);
	}
	str_release(&lines);
	instrument_free(in);
}

/* Before and after are matched with each other, and with nothing else. */
static void
pairs_name_each_other(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(shipped); i++) {
		struct study *s = load(shipped[i]), *other = load(s->pair);

		assert_string_not_equal(s->pair, s->id);
		assert_string_equal(other->pair, s->id);
		study_free(other);
		study_free(s);
	}
}

static void
each_kind_is_covered(void **state)
{
	unsigned covers = 0, all = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(shipped); i++) {
		struct study *s = load(shipped[i]);

		covers |= s->covers;
		study_free(s);
	}
	for (size_t i = 0; study_cover_words()[i] != NULL; i++)
		all |= 1u << i;
	assert_int_equal(covers, all);
}

/* No word blames a child, and nothing reads as an all-clear. */
static void
no_word_blames(void **state)
{
	static const char *const words[] = { "lifestyle", "promiscuous",
	    "prostitut", "puts herself", "put herself", "puts himself",
	    "put himself", "risky behaviour", "low risk", "no risk",
	    "at risk", "consenting", "streetwise" };

	(void)state;
	for (size_t i = 0; i < COUNT(shipped); i++) {
		struct str name;
		char *text;

		str_init(&name);
		str_add_fmt(&name, "content/studies/%s.yaml", shipped[i]);
		text = load_text(name.s);
		for (size_t k = 0; k < COUNT(words); k++)
			if (strcasestr(text, words[k]) != NULL)
				fail_msg("%s: %s", shipped[i], words[k]);
		free(text);
		str_release(&name);
	}
}

struct path {
	const struct study *s;
	const struct instrument *in;
	struct str *out;
};

static void
write_way(const struct study_way *way, void *ctx)
{
	const struct path *p = ctx;
	struct study_way part = *way;

	for (part.n = 1; part.n <= way->n; part.n++) {
		unsigned level, could_be;
		struct answers a;

		study_answers(p->s, p->in, &part, &a);
		screen_levels(p->in, &a, &level, &could_be);
		str_add_fmt(p->out, "%s=%s ",
		    p->s->stages[way->stages[part.n - 1]].id,
		    screen_level_id(p->in, level));
	}
	str_add(p->out, "\n");
}

static void
goes(const char *id, const char *wanted)
{
	struct instrument *in = load_instrument(OCC);
	struct study *s = load(id);
	struct str out;
	struct path p = { s, in, &out };

	str_init(&out);
	study_each_way(s, write_way, &p);
	assert_string_equal(out.s, wanted);
	str_release(&out);
	study_free(s);
	instrument_free(in);
}

/* What the three hardest studies are there to teach. */
static void
ways_teach_what_they_say(void **state)
{
	(void)state;
	goes("four-small-things", "school=potential clinic=potential "
	    "club=high meeting=high \n");
	goes("the-new-pupil",
	    "first-week=insufficient closed=insufficient "
	    "interpreter=insufficient \n"
	    "first-week=insufficient calls=insufficient "
	    "interpreter=insufficient \n");
	goes("tired-on-tuesdays", "pattern=potential home=potential "
	    "checked=potential \n");
}

/* ---- one small study, and each way to spoil it ---- */

static const char good[] =
	"id: t\n"					/* 1 */
	"version: \"1\"\n"
	"title: T\n"
	"instrument: occ-csegg\n"
	"source: invented\n"				/* 5 */
	"covers: [boy]\n"
	"teaches: what\n"
	"missed: that\n"
	"child: {called: A. B., age: 12, sex: M, care: home}\n"
	"stages:\n"					/* 10 */
	"  - id: one\n"
	"    date: 2026-01-02\n"
	"    agency: School\n"
	"    known: away\n"
	"    child-says: hm\n"				/* 15 */
	"    questions: [{ask: why, look-for: [this]}]\n"
	"    answers:\n"
	"      - {item: B6, state: present, reason: r, source: s}\n"
	"    level: potential\n"
	"    why: a sign\n"				/* 20 */
	"    note: [the sign]\n"
	"    choices:\n"
	"      - {id: ask, words: w, reply: r, next: two}\n"
	"      - {id: wait, words: w, reply: r, discloses: d, next: three}\n"
	"  - id: two\n"					/* 25 */
	"    date: 2026-01-03\n"
	"    agency: Health\n"
	"    age: 13\n"
	"    known: more\n"
	"    not-heard: away\n"				/* 30 */
	"    questions: [{ask: why, look-for: [this]}]\n"
	"    answers:\n"
	"      - {item: b1, state: present, on: 2026-01, reason: r, "
	    "source: s}\n"
	"    level: potential\n"
	"    judgement: high\n"				/* 35 */
	"    judgement-why: fear\n"
	"    why: two\n"
	"    note: [both]\n"
	"    next: three\n"
	"  - id: three\n"				/* 40 */
	"    date: 2026-01-03\n"
	"    agency: Police\n"
	"    known: all\n"
	"    not-heard: away\n"
	"    questions: [{ask: why, look-for: [this]}]\n"	/* 45 */
	"    answers:\n"
	"      - {item: disclosure, state: present, reason: r, source: s}\n"
	"    level: high\n"
	"    why: told\n"
	"    note: [words]\n"				/* 50 */
	"    next: end\n";

/* Faults of the form and, when there are none, those against the instrument. */
static void
faults_of(const char *text, const struct instrument *in, struct str *out)
{
	struct study *s;
	struct faults f;

	faults_init(&f, "t");
	s = study_parse(text, strlen(text), &f);
	assert_true((s == NULL) == (f.n != 0));
	if (s != NULL)
		assert_true(study_check(s, in, &f) == (f.n == 0));
	faults_lines(&f, out);
	study_free(s);
	faults_release(&f);
}

/* The good study with the first `from' replaced. */
static void
spoil(struct str *text, const char *from, const char *to)
{
	const char *at = strstr(good, from);

	if (at == NULL)
		fail_msg("the study has no \"%s\"", from);
	str_add(text, good);
	str_splice(text, (size_t)(at - good), strlen(from), to, strlen(to));
}

/* Texts that are a byte too long. */
#define X5 "xxxxx"
#define X50 X5 X5 X5 X5 X5 X5 X5 X5 X5 X5
#define X500 X50 X50 X50 X50 X50 X50 X50 X50 X50 X50
#define X65 X50 X5 X5 X5
#define X301 X50 X50 X50 X50 X50 X50 "x"
#define X4001 X500 X500 X500 X500 X500 X500 X500 X500 "x"

static const struct {
	const char *from, *to, *fault;
} spoilt[] = {
#include "tests/unit/study_faults.def"
};

static void
every_fault_is_told_where_it_stands(void **state)
{
	struct instrument *in = load_instrument(OCC);

	(void)state;
	for (size_t i = 0; i < COUNT(spoilt); i++) {
		struct str text, got;

		str_init(&text);
		str_init(&got);
		spoil(&text, spoilt[i].from, spoilt[i].to);
		faults_of(text.s, in, &got);
		assert_string_equal(got.s, spoilt[i].fault);
		str_release(&text);
		str_release(&got);
	}
	instrument_free(in);
}

static void
a_good_one_has_none(void **state)
{
	struct instrument *in = load_instrument(OCC);
	struct str got;

	(void)state;
	str_init(&got);
	faults_of(good, in, &got);
	assert_string_equal(got.s, "");
	faults_of("[]\n", in, &got);
	assert_string_equal(got.s, "t:1:1: a study is a map with id, title, "
	    "child, stages and the rest\n");
	str_release(&got);
	instrument_free(in);
}

static void
a_memory_aid_has_no_levels(void **state)
{
	struct instrument *in = load_instrument(MET);
	struct str got;

	(void)state;
	str_init(&got);
	faults_of(good, in, &got);
	assert_string_equal(got.s, "t:4:13: \"met-safeguard\" is a memory aid "
	    "without levels; a study needs an instrument that has rules\n");
	str_release(&got);
	instrument_free(in);
}

/* n stages, each of which can lead to the next or to the one after it. */
static void
write_ladder(struct str *text, int n)
{
	str_add_n(text, good, (size_t)(strstr(good, "  - id: one") - good));
	for (int i = 0; i < n; i++) {
		str_add_fmt(text, "  - {id: s%d, date: 2026-01-02, agency: a, "
		    "known: k, child-says: c, questions: [{ask: a, look-for: "
		    "[l]}], answers: [], level: insufficient, why: w, note: "
		    "[n], ", i);
		if (i < n - 2)
			str_add_fmt(text, "choices: [{id: a, words: w, reply: "
			    "r, next: s%d}, {id: b, words: w, reply: r, next: "
			    "s%d}]}\n", i + 1, i + 2);
		else if (i == n - 2)
			str_add_fmt(text, "next: s%d}\n", i + 1);
		else
			str_add(text, "next: end}\n");
	}
}

/* As many ways as the Fibonacci numbers: 55 with ten stages, then 89. */
static void
too_many_ways_are_refused(void **state)
{
	struct instrument *in = load_instrument(OCC);
	struct str text, got;

	(void)state;
	str_init(&text);
	str_init(&got);
	write_ladder(&text, 10);
	faults_of(text.s, in, &got);
	assert_string_equal(got.s, "");
	str_clear(&text);
	write_ladder(&text, 11);
	faults_of(text.s, in, &got);
	assert_string_equal(got.s, "t:11:3: \"stages\" has more than 64 ways "
	    "to an end; leave some choices out\n");
	str_clear(&text);
	str_clear(&got);
	write_ladder(&text, STUDY_STAGES_MAX + 1);
	faults_of(text.s, in, &got);
	assert_string_equal(got.s, "t:11:3: \"stages\" has 17 members; "
	    "expected 16 at most\n");
	str_release(&text);
	str_release(&got);
	instrument_free(in);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(levels_are_those_of_the_rules),
		cmocka_unit_test(pairs_name_each_other),
		cmocka_unit_test(each_kind_is_covered),
		cmocka_unit_test(no_word_blames),
		cmocka_unit_test(ways_teach_what_they_say),
		cmocka_unit_test(a_good_one_has_none),
		cmocka_unit_test(every_fault_is_told_where_it_stands),
		cmocka_unit_test(a_memory_aid_has_no_levels),
		cmocka_unit_test(too_many_ways_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
