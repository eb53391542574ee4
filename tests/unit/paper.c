/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/paper.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/utf8.h"

static void
text_is(const struct paper *p, int columns, const char *wanted)
{
	struct str out;

	str_init(&out);
	paper_text(p, columns, &out);
	assert_string_equal(out.s, wanted);
	str_release(&out);
}

static void
begin(struct paper *p)
{
	paper_init(p, "Referral", "TEST-1", NULL, "by Ada Invented");
}

#define HEAD "OFFICIAL-SENSITIVE: PERSONAL\n\nReferral\n========\n"
#define TOP72 HEAD "Reference               TEST-1\n" \
	"Taken out               by Ada Invented\n\n"
#define TOP40 HEAD "Reference:\n    TEST-1\nTaken out:\n" \
	"    by Ada Invented\n\n"
#define TAIL "\nOFFICIAL-SENSITIVE: PERSONAL\n"

static void
every_part_reads_as_text(void **state)
{
	struct paper p;

	(void)state;
	begin(&p);
	paper_add(&p, PAPER_HEADING, "What was seen");
	paper_add(&p, PAPER_SUBHEADING, "Note");
	paper_field(&p, "Name", "Zoë O'Brien-Ñandú 王");
	paper_field(&p, "Left out", "");
	paper_addf(&p, PAPER_ITEM, "%d of %d", 1, 29);
	paper_add(&p, PAPER_NOTICE, "A screening aid.");
	paper_add(&p, PAPER_TEXT, "One.\n\nTwo.");
	paper_add(&p, PAPER_SMALL, "signed");
	paper_add(&p, PAPER_FIXED, "a  b\n c\n");
	paper_add(&p, PAPER_PAGE, "");
	text_is(&p, 72, TOP72
	    "What was seen\n-------------\n\nNote\n"
	    "Name                    Zoë O'Brien-Ñandú 王\n"
	    "  - 1 of 29\n\n  ! A screening aid.\n\nOne.\n\nTwo.\n\n"
	    "    signed\na  b\n c\n\n"
	    "--------------------------------------------------------------"
	    "----------\n" TAIL);
	paper_release(&p);
}

static void
lines_hang_under_their_first(void **state)
{
	struct paper p;

	(void)state;
	begin(&p);
	paper_add(&p, PAPER_ITEM,
	    "the bus station, three evenings in a row, each after ten");
	paper_field(&p, "Where", "at the bus station");
	text_is(&p, 40, TOP40
	    "  - the bus station, three evenings in a\n"
	    "    row, each after ten\n"
	    "Where:\n    at the bus station\n" TAIL);
	paper_release(&p);
}

static void
a_table_gives_words_their_room(void **state)
{
	static const char *const heads[] = {"Day", "What"};
	static const int widths[] = {1, 3};
	static const char *const one[] = {"4 March 2026",
		"Located at the bus station by an officer"};
	static const char *const two[] = {"5 March 2026", ""};
	struct paper p;

	(void)state;
	begin(&p);
	paper_table(&p, heads, widths, 2);
	paper_row(&p, one, 2);
	paper_row(&p, two, 2);
	text_is(&p, 40, TOP40
	    "Day         What\n"
	    "----------  ----------------------------\n"
	    "4 March     Located at the bus station\n"
	    "2026        by an officer\n"
	    "5 March\n"
	    "2026\n" TAIL);
	paper_release(&p);
}

static void
a_crowded_table_becomes_fields(void **state)
{
	static const char *const heads[] = {"Indicator", "Evidence", "Who"};
	static const char *const row[] = {"Unexplained-gifts",
		"notwithstanding", "Practitioner"};
	struct paper p;

	(void)state;
	begin(&p);
	paper_table(&p, heads, NULL, 3);
	paper_row(&p, row, 3);
	text_is(&p, 40, TOP40
	    "Indicator:\n    Unexplained-gifts\n"
	    "Evidence:\n    notwithstanding\n"
	    "Who:\n    Practitioner\n" TAIL);
	paper_release(&p);
}

static void
controls_never_come_through(void **state)
{
	struct paper p;
	struct str out;

	(void)state;
	paper_init(&p, "T\x1b[2J", "R\r\n", "C\a", "m\x9b");
	paper_add(&p, PAPER_TEXT, "a\r\nb\tc\x1b]0;x\a\xe2\x80\xae" "d");
	str_init(&out);
	paper_text(&p, 80, &out);
	for (size_t i = 0; i < out.len; i++)
		assert_true((unsigned char)out.s[i] >= 0x20 ||
		    out.s[i] == '\n');
	assert_true(utf8_valid(out.s, out.len, NULL));
	assert_non_null(strstr(out.s, "a\nb       c"));
	assert_non_null(strstr(out.s, "<U+202E>d"));
	str_release(&out);
	paper_release(&p);
}

/* ---- any paper at all ---- */

static uint64_t seed;

static unsigned
draw(unsigned n)
{
	seed = seed * UINT64_C(6364136223846793005) +
	    UINT64_C(1442695040888963407);
	return (unsigned)(seed >> 33) % n;
}

#define WORDS 32
static const char *const words[WORDS] = {
	"lantern", "Zoë", "Ñandú", "王", "王", "سارة", "נועה", "a",
	"copper", "harbour", "e\xcc\x81\xcc\xa3", "x", "1", "thistle",
	"meadow", "Иван", "été", "bus", "station", "gift", "🙂", "ok",
	"notwithstanding", "q", "Ελένη", "river", "kite", "स्वाति",
	"ภาษา", "plum", "stone", "glass"
};

static void
add_words(struct str *out)
{
	for (unsigned n = draw(24); n > 0; n--) {
		str_add(out, words[draw(WORDS)]);
		str_add_char(out, draw(8) == 0 ? '\n' : ' ');
	}
}

static void
add_any_block(struct paper *p, const char *text)
{
	const char *cells[PAPER_COLUMNS_MAX];
	size_t n = draw(PAPER_COLUMNS_MAX + 1);
	int widths[PAPER_COLUMNS_MAX];

	for (size_t i = 0; i < PAPER_COLUMNS_MAX; i++) {
		cells[i] = words[draw(WORDS)];
		widths[i] = (int)draw(9);
	}
	switch (draw(6)) {
	case 0:
		cells[0] = text;
		paper_table(p, cells, widths, n);
		break;
	case 1:
		cells[draw(PAPER_COLUMNS_MAX)] = text;
		paper_row(p, cells, n);
		break;
	case 2:
		paper_field(p, words[draw(WORDS)], text);
		break;
	case 3:
		paper_add(p, PAPER_FIXED, text);
		break;
	default:
		paper_add(p, (enum paper_part)draw(PAPER_TABLE), text);
		break;
	}
}

/* Words of one text are all in the paper, each in one piece. */
static void
check_words(const char *text, const char *out)
{
	struct str word;

	str_init(&word);
	while (*text != '\0') {
		size_t n = strcspn(text, " \n");

		str_clear(&word);
		str_add_n(&word, text, n);
		if (strstr(out, word.s) == NULL)
			print_error("lost: %s\n%s\n", word.s, out);
		assert_non_null(strstr(out, word.s));
		text += n + (text[n] != '\0');
	}
	str_release(&word);
}

static void
check_paper(const struct paper *p, const char *out)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct paper_block *b = &p->blocks[i];

		if (b->text != NULL && b->part != PAPER_PAGE)
			check_words(b->text, out);
		if (b->label != NULL)
			check_words(b->label, out);
		/* The head of an empty cell need not be said. */
		for (size_t k = 0; k < b->ncells; k++)
			if (b->part == PAPER_ROW ||
			    paper_table_rows(p, i) == 0)
				check_words(b->cells[k], out);
	}
}

static void
no_word_is_lost(void **state)
{
	(void)state;
	for (unsigned run = 0; run < 400; run++) {
		struct paper p;
		struct str text, out;

		seed = run;
		begin(&p);
		str_init(&text);
		str_init(&out);
		for (unsigned n = draw(30); n > 0; n--) {
			str_clear(&text);
			add_words(&text);
			add_any_block(&p, text.s);
		}
		paper_text(&p, (int)draw(120), &out);
		assert_true(utf8_valid(out.s, out.len, NULL));
		check_paper(&p, out.s);
		str_release(&out);
		str_release(&text);
		paper_release(&p);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_part_reads_as_text),
		cmocka_unit_test(lines_hang_under_their_first),
		cmocka_unit_test(a_table_gives_words_their_room),
		cmocka_unit_test(a_crowded_table_becomes_fields),
		cmocka_unit_test(controls_never_come_through),
		cmocka_unit_test(no_word_is_lost),
	};

	return cmocka_run_group_tests_name("paper", tests, NULL, NULL);
}
