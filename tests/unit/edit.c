/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/edit.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/utf8.h"
#include "core/xalloc.h"
#include "tui/edit_text.h"

#define FAMILY "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7"
#define E_ACUTE "e\xCC\x81"

static void
begin(struct edit *ed, enum edit_mode mode, size_t max)
{
	struct err e;

	assert_int_equal(edit_init(ed, mode, max, &e), RC_OK);
	edit_resize(ed, 20, 4);
}

static bool
put(struct edit *ed, enum action a, const char *text)
{
	struct event ev = {a, text, text != NULL ? strlen(text) : 0};
	bool changed;

	(void)edit_act(ed, &ev, &changed);
	return changed;
}

static void
type(struct edit *ed, const char *text)
{
	for (size_t n; *text != '\0'; text += n) {
		uint32_t cp;
		struct event ev = {ACT_TYPED, text, 0};

		n = ev.n = utf8_decode(text, strlen(text), &cp);
		(void)edit_act(ed, &ev, NULL);
	}
}

static void
moves_by_cluster(void **state)
{
	struct edit ed;

	(void)state;
	begin(&ed, EDIT_LINE, 0);
	type(&ed, "a" E_ACUTE FAMILY "z");
	put(&ed, ACT_LEFT, NULL);
	put(&ed, ACT_LEFT, NULL);
	assert_int_equal(ed.at, strlen("a" E_ACUTE));
	put(&ed, ACT_DELETE, NULL);
	assert_string_equal(edit_text(&ed), "a" E_ACUTE "z");
	put(&ed, ACT_RUBOUT, NULL);
	assert_string_equal(edit_text(&ed), "az");
	put(&ed, ACT_END, NULL);
	assert_int_equal(ed.at, 2);
	put(&ed, ACT_RIGHT, NULL);
	assert_int_equal(ed.at, 2);
	put(&ed, ACT_HOME, NULL);
	put(&ed, ACT_LEFT, NULL);
	assert_false(put(&ed, ACT_RUBOUT, NULL));
	assert_int_equal(ed.at, 0);
	edit_release(&ed);
}

static void
words(void **state)
{
	struct edit ed;

	(void)state;
	begin(&ed, EDIT_LINE, 0);
	type(&ed, "one, Zoë's  three");
	put(&ed, ACT_WORD_LEFT, NULL);
	put(&ed, ACT_WORD_LEFT, NULL);
	assert_int_equal(ed.at, strlen("one, "));
	put(&ed, ACT_WORD_RIGHT, NULL);
	assert_int_equal(ed.at, strlen("one, Zoë's"));
	put(&ed, ACT_RUBOUT_WORD, NULL);
	assert_string_equal(edit_text(&ed), "one,   three");
	put(&ed, ACT_KILL_START, NULL);
	assert_string_equal(edit_text(&ed), "  three");
	put(&ed, ACT_KILL_END, NULL);
	assert_string_equal(edit_text(&ed), "");
	assert_false(put(&ed, ACT_KILL_END, NULL));
	edit_release(&ed);
}

static void
pastes(void **state)
{
	struct edit ed;

	(void)state;
	begin(&ed, EDIT_LINE, 0);
	put(&ed, ACT_PASTED, "one\r\ntwo\rthree\tfour\033[31m\007\x7F\x9B"
	    "\xC2\x9B" "end");
	assert_string_equal(edit_text(&ed), "one two three four[31mend");
	edit_release(&ed);
	begin(&ed, EDIT_TEXT, 0);
	put(&ed, ACT_PASTED, "one\r\ntwo\rthree\n");
	assert_string_equal(edit_text(&ed), "one\ntwo\nthree\n");
	assert_int_equal(edit_rows(&ed, 20), 4);
	edit_release(&ed);
}

static void
limits(void **state)
{
	struct edit ed;

	(void)state;
	begin(&ed, EDIT_LINE, 6);
	type(&ed, "12345");
	assert_false(put(&ed, ACT_TYPED, "ë漢"));
	assert_true(ed.full);
	assert_true(put(&ed, ACT_TYPED, "6"));
	assert_false(put(&ed, ACT_TYPED, "7"));
	assert_string_equal(edit_text(&ed), "123456");
	put(&ed, ACT_RUBOUT, NULL);
	put(&ed, ACT_RUBOUT, NULL);
	assert_false(ed.full);
	/* A paste keeps what fits, and never half a cluster. */
	assert_true(put(&ed, ACT_PASTED, "a" E_ACUTE));
	assert_string_equal(edit_text(&ed), "1234a");
	assert_true(ed.full);
	edit_set(&ed, "12345" E_ACUTE);
	assert_string_equal(edit_text(&ed), "12345");
	edit_release(&ed);
}

static void
undo_in_groups(void **state)
{
	struct edit ed;

	(void)state;
	begin(&ed, EDIT_LINE, 0);
	type(&ed, "one two");
	put(&ed, ACT_RUBOUT, NULL);
	put(&ed, ACT_RUBOUT, NULL);
	put(&ed, ACT_PASTED, "XYZ");
	assert_string_equal(edit_text(&ed), "one tXYZ");
	put(&ed, ACT_UNDO_TYPING, NULL);
	assert_string_equal(edit_text(&ed), "one t");
	put(&ed, ACT_UNDO_TYPING, NULL);
	assert_string_equal(edit_text(&ed), "one two");
	assert_int_equal(ed.at, 7);
	edit_release(&ed);
}

#ifndef UNDO_MAX
static void
undo_by_words(void **state)
{
	struct edit ed;

	(void)state;
	begin(&ed, EDIT_LINE, 0);
	type(&ed, "one two");
	put(&ed, ACT_UNDO_TYPING, NULL);
	assert_string_equal(edit_text(&ed), "one ");
	put(&ed, ACT_UNDO_TYPING, NULL);
	assert_string_equal(edit_text(&ed), "");
	assert_false(put(&ed, ACT_UNDO_TYPING, NULL));
	edit_release(&ed);
}
#endif

static void
lines(void **state)
{
	struct edit ed;

	(void)state;
	begin(&ed, EDIT_TEXT, 0);
	edit_resize(&ed, 11, 2);
	type(&ed, "alpha beta gamma");
	put(&ed, ACT_NEWLINE, NULL);
	type(&ed, "x");
	/* alpha beta | gamma | x; the last two are shown. */
	assert_int_equal(edit_rows(&ed, 11), 3);
	assert_int_equal(ed.top, 1);
	put(&ed, ACT_UP, NULL);
	put(&ed, ACT_UP, NULL);
	assert_int_equal(ed.at, 1);
	put(&ed, ACT_END, NULL);
	put(&ed, ACT_DOWN, NULL);
	assert_int_equal(ed.at, strlen("alpha beta gamma"));
	put(&ed, ACT_DOWN, NULL);
	assert_int_equal(ed.at, ed.text.len);
	put(&ed, ACT_TEXT_START, NULL);
	assert_int_equal(ed.at, 0);
	assert_int_equal(ed.top, 0);
	put(&ed, ACT_PAGE_DOWN, NULL);
	put(&ed, ACT_TEXT_END, NULL);
	assert_int_equal(ed.at, ed.text.len);
	edit_release(&ed);
}

/* The column aimed for outlives a short line in between. */
static void
aims_for_a_column(void **state)
{
	struct edit ed;

	(void)state;
	begin(&ed, EDIT_TEXT, 0);
	put(&ed, ACT_PASTED, "long line\nx\nlong line");
	put(&ed, ACT_LEFT, NULL);
	put(&ed, ACT_UP, NULL);
	put(&ed, ACT_UP, NULL);
	assert_int_equal(ed.at, 8);
	edit_release(&ed);
}

static void
secret(void **state)
{
	struct edit ed;
	struct cellbuf b;
	struct view v;
	struct str rows;

	(void)state;
	begin(&ed, EDIT_SECRET, 12);
	type(&ed, "pässwort");
	assert_string_equal(edit_text(&ed), "");
	assert_int_equal(ed.text.len, 0);
	assert_int_equal(ed.secret.len, 9);
	put(&ed, ACT_RUBOUT, NULL);
	assert_int_equal(ed.secret.len, 8);
	assert_memory_equal(ed.secret.p, "pässwor", 8);
	put(&ed, ACT_PASTED, "x\ny\033z123456");
	assert_true(ed.full);
	assert_int_equal(ed.secret.len, 12);
	cellbuf_init(&b, 20, 1);
	v = view_of(&b);
	edit_draw(&ed, &v, STYLE_INPUT, true);
	str_init(&rows);
	cellbuf_rows(&b, &rows);
	assert_null(strpbrk(rows.s, "psworxyz1"));
	assert_int_equal(b.cursor_x, 11);
	put(&ed, ACT_KILL_START, NULL);
	assert_int_equal(ed.secret.len, 0);
	for (size_t i = 0; i < 12; i++)
		assert_int_equal(ed.secret.p[i], 0);
	assert_int_equal(ed.nundo, 0);
	str_release(&rows);
	cellbuf_release(&b);
	edit_release(&ed);
}

static void
long_line_scrolls(void **state)
{
	struct edit ed;
	struct cellbuf b;
	struct view v;
	struct str rows;

	(void)state;
	begin(&ed, EDIT_LINE, 0);
	edit_resize(&ed, 6, 1);
	type(&ed, "abc漢字defg");
	cellbuf_init(&b, 6, 1);
	v = view_of(&b);
	edit_draw(&ed, &v, STYLE_INPUT, true);
	str_init(&rows);
	cellbuf_rows(&b, &rows);
	assert_string_equal(rows.s, "defg\n");
	assert_int_equal(b.cursor_x, 4);
	put(&ed, ACT_HOME, NULL);
	assert_int_equal(ed.left, 0);
	str_release(&rows);
	cellbuf_release(&b);
	edit_release(&ed);
}

static unsigned
next(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 16;
}

/* The cursor never stands inside what people see as one character. */
static void
check_cursor(const struct edit *ed)
{
	size_t at = 0;

	while (at < ed->at)
		at = edit_next(ed, at);
	assert_int_equal(at, ed->at);
}

/* What was wrapped bit by bit is what wrapping it all at once gives. */
static void
check_layout(const struct edit *ed)
{
	struct edit fresh = *ed;

	fresh.lines = NULL;
	fresh.caplines = 0;
	edit_layout_all(&fresh);
	assert_int_equal(fresh.nlines, ed->nlines);
	assert_memory_equal(fresh.lines, ed->lines,
	    fresh.nlines * sizeof(*fresh.lines));
	free(fresh.lines);
	check_cursor(ed);
	assert_true(utf8_valid(ed->text.s, ed->text.len, NULL));
	assert_true(ed->text.len <= ed->max);
	assert_true(ed->mode != EDIT_TEXT || ed->top < ed->nlines);
}

static void
check_drawing(const struct edit *ed)
{
	struct cellbuf b;
	struct view v;

	cellbuf_init(&b, ed->w, ed->h);
	v = view_of(&b);
	edit_draw(ed, &v, STYLE_INPUT, true);
	assert_true(b.cursor_on);
	cellbuf_release(&b);
}

static void
random_work(void **state)
{
	static const char *const bits[] = {
		"a", " ", "word", "\n", E_ACUTE, FAMILY, "漢", "- ", "\n\n",
		"long-word-without-end", ".", "\xCC\x81",
	};
	static const enum action acts[] = {
		ACT_TYPED, ACT_TYPED, ACT_PASTED, ACT_NEWLINE, ACT_LEFT,
		ACT_RIGHT, ACT_UP, ACT_DOWN, ACT_HOME, ACT_END, ACT_RUBOUT,
		ACT_DELETE, ACT_RUBOUT_WORD, ACT_KILL_START, ACT_KILL_END,
		ACT_UNDO_TYPING, ACT_WORD_LEFT, ACT_WORD_RIGHT, ACT_PAGE_UP,
		ACT_PAGE_DOWN, ACT_TYPED, ACT_PASTED, ACT_REDO_TYPING,
	};
	uint32_t seed = 7;

	(void)state;
	for (int round = 0; round < 60; round++) {
		struct edit ed;

		begin(&ed, round % 3 ? EDIT_TEXT : EDIT_LINE, 300);
		for (int i = 0; i < 300; i++) {
			const char *bit = bits[next(&seed) %
			    (sizeof(bits) / sizeof(bits[0]))];

			(void)put(&ed, acts[next(&seed) %
			    (sizeof(acts) / sizeof(acts[0]))], bit);
			if (next(&seed) % 20 == 0)
				edit_resize(&ed, (int)(1 + next(&seed) % 30),
				    (int)(1 + next(&seed) % 5));
			check_layout(&ed);
			check_drawing(&ed);
		}
		edit_release(&ed);
	}
}

#ifndef UNDO_MAX
/*
 * Whatever was done: all of it undone gives the text at the start, all of
 * it done again the text at the end, with the cursor between clusters.
 */
static void
undone_and_done_again(void **state)
{
	static const char *const bits[] = {"x ", E_ACUTE, FAMILY, "\n",
	    "\xE2\x80\x8D", "\xCC\x81", "王", "Zoë O'Brien-Ñandú 王"};
	uint32_t seed = 11;

	(void)state;
	for (int round = 0; round < 200; round++) {
		struct edit ed;
		char *end;

		begin(&ed, round % 4 ? EDIT_TEXT : EDIT_LINE, 0);
		edit_set(&ed, "The first text");
		for (int i = 0; i < 100; i++)
			(void)put(&ed, (enum action)(ACT_TYPED +
			    next(&seed) % (ACTIONS - 1)),
			    bits[next(&seed) % 8]);
		while (put(&ed, ACT_REDO_TYPING, NULL))
			;
		end = xstrdup(edit_text(&ed));
		while (put(&ed, ACT_UNDO_TYPING, NULL))
			check_cursor(&ed);
		assert_string_equal(edit_text(&ed), "The first text");
		while (put(&ed, ACT_REDO_TYPING, NULL)) {
			check_cursor(&ed);
			check_layout(&ed);
		}
		assert_string_equal(edit_text(&ed), end);
		free(end);
		edit_release(&ed);
	}
}

/* What is typed after an undo is another future. */
static void
typing_forgets_what_was_undone(void **state)
{
	struct edit ed;

	(void)state;
	begin(&ed, EDIT_LINE, 0);
	type(&ed, "one two");
	put(&ed, ACT_UNDO_TYPING, NULL);
	assert_string_equal(edit_text(&ed), "one ");
	put(&ed, ACT_REDO_TYPING, NULL);
	assert_string_equal(edit_text(&ed), "one two");
	assert_int_equal(ed.at, 7);
	put(&ed, ACT_UNDO_TYPING, NULL);
	type(&ed, "x");
	assert_false(put(&ed, ACT_REDO_TYPING, NULL));
	assert_string_equal(edit_text(&ed), "one x");
	edit_release(&ed);
}
#endif

/* A megabyte of paragraphs, or of one word without an end, is one step. */
static void
a_large_paste_is_one_step(void **state)
{
	static const char *const bits[] = {"word Zoë 王 \033[31m\r\n",
	    "endless", FAMILY, "a b "};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct edit ed;
		struct str all;

		str_init(&all);
		while (all.len < 1000000)
			str_add(&all, bits[i]);
		begin(&ed, EDIT_TEXT, 2000000);
		put(&ed, ACT_PASTED, all.s);
		assert_int_equal(ed.nundo, 1);
		assert_null(strchr(edit_text(&ed), '\033'));
		assert_null(strchr(edit_text(&ed), '\r'));
		assert_true(ed.nlines > 10000);
		type(&ed, "x");
		put(&ed, ACT_UNDO_TYPING, NULL);
		put(&ed, ACT_UNDO_TYPING, NULL);
		assert_string_equal(edit_text(&ed), "");
		put(&ed, ACT_REDO_TYPING, NULL);
		assert_true(ed.text.len > 600000);
		edit_release(&ed);
		str_release(&all);
	}
}

/* A mark typed in front of a letter's own, a base in front of a mark. */
static void
the_cursor_leaves_no_cluster_open(void **state)
{
	struct edit ed;

	(void)state;
	begin(&ed, EDIT_LINE, 0);
	edit_set(&ed, "e\xCC\x81z");
	put(&ed, ACT_HOME, NULL);
	put(&ed, ACT_DELETE, NULL);
	assert_string_equal(edit_text(&ed), "z");
	edit_set(&ed, "-\xCC\x81" "a!\xCC\x81");
	put(&ed, ACT_WORD_LEFT, NULL);
	check_cursor(&ed);
	put(&ed, ACT_HOME, NULL);
	put(&ed, ACT_WORD_RIGHT, NULL);
	check_cursor(&ed);
	edit_set(&ed, "\xCC\x81z");
	put(&ed, ACT_HOME, NULL);
	type(&ed, "o");
	assert_int_equal(ed.at, strlen("o\xCC\x81"));
	put(&ed, ACT_RUBOUT, NULL);
	assert_string_equal(edit_text(&ed), "z");
	edit_release(&ed);
}

static void
finds(struct edit *ed, const char *words, bool back, size_t at, size_t n,
    bool goes_round)
{
	bool round = false;

	assert_true(edit_find(ed, words, back, &round));
	assert_int_equal(ed->at, at);
	assert_int_equal(ed->found_at, at);
	assert_int_equal(ed->found, n);
	assert_int_equal(round, goes_round);
	check_cursor(ed);
}

static void
words_are_found(void **state)
{
	struct edit ed;
	bool round;

	(void)state;
	begin(&ed, EDIT_TEXT, 0);
	edit_set(&ed, "Zoë O'Brien-Ñandú 王\nzoe said: 50 - 60 " FAMILY "!");
	put(&ed, ACT_TEXT_START, NULL);
	/* Case, accents, apostrophes and hyphens do not matter. */
	finds(&ed, "ZOE", false, 25, 3, false);
	finds(&ed, "zoe", false, 0, 4, true);
	finds(&ed, "zoe", true, 25, 3, true);
	finds(&ed, "zoe", true, 0, 4, false);
	finds(&ed, "obrien nandu", false, 5, 15, false);
	finds(&ed, "王", false, 21, 3, false);
	finds(&ed, FAMILY, false, 43, strlen(FAMILY), false);
	/* Nothing is left of these when they are compared: as they are. */
	finds(&ed, " - ", true, 37, 3, false);
	/* Half a family is nobody in this text. */
	put(&ed, ACT_TEXT_START, NULL);
	assert_false(edit_find(&ed, "\xF0\x9F\x91\xA7", false, &round));
	assert_false(edit_find(&ed, "nowhere", false, &round));
	assert_false(edit_find(&ed, "", false, &round));
	assert_int_equal(ed.at, 0);
	finds(&ed, "said", false, 29, 4, false);
	type(&ed, "x");
	assert_int_equal(ed.found, 0);
	edit_release(&ed);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(moves_by_cluster),
		cmocka_unit_test(words),
		cmocka_unit_test(pastes),
		cmocka_unit_test(limits),
		cmocka_unit_test(undo_in_groups),
#ifndef UNDO_MAX
		cmocka_unit_test(undo_by_words),
		cmocka_unit_test(undone_and_done_again),
		cmocka_unit_test(typing_forgets_what_was_undone),
#endif
		cmocka_unit_test(a_large_paste_is_one_step),
		cmocka_unit_test(the_cursor_leaves_no_cluster_open),
		cmocka_unit_test(words_are_found),
		cmocka_unit_test(lines),
		cmocka_unit_test(aims_for_a_column),
		cmocka_unit_test(secret),
		cmocka_unit_test(long_line_scrolls),
		cmocka_unit_test(random_work),
	};

	if (sodium_init() < 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
