/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What needs no screen: due times in words, places as text, help markup.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/golden/golden.h"
#include "tui/markup.h"
#include "tui/places.h"
#include "tui/words.h"

#define MINUTE INT64_C(60000)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
/* Sunday 2026-11-22 24:00 in London, the end of the day of GOLDEN_NOW. */
#define MIDNIGHT (GOLDEN_NOW + 9 * HOUR + 55 * MINUTE)

static void
due_is_said_in_words(void **state)
{
	static const struct {
		int64_t due;
		const char *words;
	} table[] = {
		{INT64_MAX, ""},
		{GOLDEN_NOW, "overdue"},
		{GOLDEN_NOW - 59 * MINUTE, "overdue"},
		{GOLDEN_NOW - 3 * HOUR, "overdue 3 h"},
		{GOLDEN_NOW - 2 * DAY, "overdue 2 d"},
		/* A limit that ended with yesterday is a day overdue. */
		{MIDNIGHT - DAY, "overdue 1 d"},
		{GOLDEN_NOW + 2 * HOUR, "today 16:05"},
		{MIDNIGHT, "today"},
		{MIDNIGHT + MINUTE, "tomorrow"},
		{MIDNIGHT + DAY, "tomorrow"},
		{MIDNIGHT + 3 * DAY, "in 3 d"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct str out;

		str_init(&out);
		soon_words(&out, table[i].due, GOLDEN_NOW);
		assert_string_equal(out.s, table[i].words);
		str_release(&out);
	}
	assert_int_equal(soon_style(GOLDEN_NOW, GOLDEN_NOW), STYLE_HIGH);
	assert_int_equal(soon_style(MIDNIGHT, GOLDEN_NOW), STYLE_POTENTIAL);
	assert_int_equal(soon_style(INT64_MAX, GOLDEN_NOW), STYLE_NORMAL);
}

static void
messages_become_sentences(void **state)
{
	static const char *const table[][2] = {
		{"the disk is full", "The disk is full."},
		{"It is so.", "It is so."},
		{"\xC3\xA9" "crit!", "\xC3\xA9" "crit!"},
		{"", ""}
	};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct str out;

		str_init(&out);
		sentence(&out, table[i][0]);
		assert_string_equal(out.s, table[i][1]);
		str_release(&out);
	}
}

static void
places_come_back(void **state)
{
	struct place list = {.type = PLACE_CASES,
	    .text = "name:\"zo\xC3\xAB\"", .at = 7};
	struct place one = {.type = PLACE_CASE, .id = {{1, 2, 255}}, .at = 2};
	struct place form = {.type = PLACE_FORM, .id = {{1, 2, 255}},
	    .text = "note"};
	struct places a, b;
	char *text;

	(void)state;
	places_init(&a);
	places_init(&b);
	assert_null(places_save(&a));
	places_set(&a, 0, &list);
	places_set(&a, 1, &one);
	places_set(&a, 2, &form);
	text = places_save(&a);
	places_load(&b, text);
	free(text);
	assert_int_equal(b.n, 3);
	assert_string_equal(b.list[0].text, list.text);
	assert_int_equal(b.list[0].at, 7);
	assert_true(case_id_equal(&b.list[1].id, &one.id));
	assert_null(b.list[1].text);
	assert_int_equal(b.list[2].type, PLACE_FORM);
	/* Back in the list, the case and its form are forgotten. */
	places_set(&b, 0, &list);
	assert_int_equal(b.n, 1);
	places_clear(&a);
	places_clear(&b);
}

static void
strange_places_are_left_out(void **state)
{
	static const char *const texts[] = {
		"", "null", "[", "[1]", "[{\"type\":\"cases\"}]",
		"[{\"type\":\"else\",\"id\":\"00000000000000000000000000000000\""
		    ",\"text\":\"\",\"at\":0}]",
		"[{\"type\":\"case\",\"id\":\"zz\",\"text\":\"\",\"at\":0}]",
		"[{\"type\":\"cases\",\"id\":\"00000000000000000000000000000000"
		    "\",\"text\":\"\",\"at\":-1}]"
	};
	struct places ps;

	(void)state;
	places_init(&ps);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		places_load(&ps, texts[i]);
		assert_int_equal(ps.n, 0);
	}
}

/* As many places as anyone sends, only the first few are kept. */
static void
places_are_bounded(void **state)
{
	struct place p = {.type = PLACE_CASES};
	struct places ps;

	(void)state;
	places_init(&ps);
	for (size_t i = 0; i < 3 * PLACES_MAX; i++)
		places_set(&ps, i, &p);
	assert_int_equal(ps.n, PLACES_MAX);
	places_clear(&ps);
}

static void
markup_is_read_and_measured(void **state)
{
	struct markup m;

	(void)state;
	markup_init(&m);
	markup_read(&m, "# T\n\npara one\ngoes `on`\n- a\n  b\n- c\n"
	    "\n    as  is\n\nF1\tHelp.\nF2\tKeep.");
	assert_int_equal(m.n, 7);
	assert_string_equal(markup_title(&m), "T");
	assert_string_equal(m.list[1].text, "para one goes on");
	assert_int_equal(m.list[2].type, BLOCK_ITEM);
	assert_string_equal(m.list[2].text, "a b");
	assert_string_equal(m.list[5].text, "F1");
	assert_string_equal(m.list[5].more, "Help.");
	/* A gap of one row between blocks of different types. */
	assert_int_equal(markup_row_of(&m, 2, 80), 4);
	assert_int_equal(markup_rows(&m, 80), 11);
	assert_true(markup_rows(&m, 8) > markup_rows(&m, 80));
	for (int w = 0; w < 30; w++)
		assert_true(markup_rows(&m, w) > 0);
	assert_int_equal(markup_find(&m, "GOES", 0), 1);
	assert_int_equal(markup_find(&m, "keep", 0), 6);
	assert_int_equal(markup_find(&m, "goes", 2), NO_BLOCK);
	assert_int_equal(markup_find_back(&m, "goes", 6), 1);
	assert_int_equal(markup_find_back(&m, "goes", 0), NO_BLOCK);
	assert_int_equal(markup_find(&m, "", 0), NO_BLOCK);
	markup_release(&m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(due_is_said_in_words),
		cmocka_unit_test(messages_become_sentences),
		cmocka_unit_test(places_come_back),
		cmocka_unit_test(strange_places_are_left_out),
		cmocka_unit_test(places_are_bounded),
		cmocka_unit_test(markup_is_read_and_measured),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
