/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define ACUTE "\xCC\x81"
#define FAMILY "\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D" \
	"\xF0\x9F\x91\xA7"
#define FLAG_GB "\xF0\x9F\x87\xAC\xF0\x9F\x87\xA7"
#define CIRCLE "\xE2\x97\x8C"

static uint32_t seed;

static uint32_t
any_number(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 17;
	seed ^= seed << 5;
	return seed;
}

static void
test_valid(void **state)
{
	static const struct {
		const char *s;
		size_t n, bad;	/* bad == n: valid */
	} cases[] = {
		{ "", 0, 0 }, { "plain", 5, 5 }, { "a\0b", 3, 3 },
		{ "Zo\xC3\xAB", 4, 4 }, { "\xF4\x8F\xBF\xBF", 4, 4 },
		{ "ab\xFF", 3, 2 }, { "\xC0\x80", 2, 0 },
		{ "\xE0\x80\x80", 3, 0 }, { "\xED\xA0\x80", 3, 0 },
		{ "\xF4\x90\x80\x80", 4, 0 }, { "a\xE2\x82", 3, 1 }
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t bad = cases[i].n;
		bool ok = utf8_valid(cases[i].s, cases[i].n, &bad);

		assert_int_equal(ok, cases[i].bad == cases[i].n);
		assert_int_equal(bad, cases[i].bad);
		assert_int_equal(utf8_valid(cases[i].s, cases[i].n, NULL), ok);
	}
}

static void
test_decode(void **state)
{
	uint32_t cp = 0;

	(void)state;
	assert_int_equal(utf8_decode("", 0, &cp), 0);
	assert_int_equal(utf8_decode("A", 1, &cp), 1);
	assert_int_equal(cp, 'A');
	assert_int_equal(utf8_decode("\xE2\x82\xAC!", 4, &cp), 3);
	assert_int_equal(cp, 0x20AC);
	assert_int_equal(utf8_decode("\xE2\x82\xAC", 2, &cp), 0);
	assert_int_equal(utf8_decode("\x9B", 1, &cp), 0);
}

static const struct {
	const char *s;
	size_t len;	/* of the first cluster */
	int width;
} clusters[] = {
	{ "a", 1, 1 }, { "ab", 1, 1 }, { " ", 1, 1 }, { "\n", 1, 0 },
	{ "\r\n", 1, 1 }, { "\t", 1, 1 }, { "\x7F", 1, 1 }, { "\x1B[", 1, 1 },
	{ "e" ACUTE "x", 3, 1 }, { ACUTE ACUTE, 4, 1 },
	{ "\xE4\xB8\xAD\xE6\x96\x87", 3, 2 },			/* Chinese */
	{ "\xEF\xBC\xA1", 3, 2 }, { "\xE3\x80\x80", 3, 2 },	/* full width */
	{ "\xEA\xB0\x80", 3, 2 },				/* Hangul */
	{ "\xE1\x84\x80\xE1\x85\xA1\xE1\x86\xA8", 9, 2 },	/* its letters */
	{ "\xEF\xBD\xB1", 3, 1 },				/* half width */
	{ "\xF0\x9F\x98\x80", 4, 2 }, { FAMILY "x", 18, 2 },
	{ FLAG_GB FLAG_GB, 8, 2 },
	{ "\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD", 8, 2 },		/* skin tone */
	{ "a\xF0\x9F\x8F\xBD", 1, 1 }, { "\xF0\x9F\x8F\xBD", 4, 2 },
	{ "\xE2\x9D\xA4", 3, 1 }, { "\xE2\x9D\xA4\xEF\xB8\x8F", 6, 2 },
	{ "1\xEF\xB8\x8F\xE2\x83\xA3", 7, 2 },			/* keycap */
	{ "\xE0\xA4\x95\xE0\xA5\x8D\xE2\x80\x8D", 9, 1 },	/* half form */
	{ "\xE1\x80\x80\xE1\x80\xAC", 3, 1 },			/* Myanmar */
	{ "\xC2\x9B", 2, 8 }, { "\xE2\x80\xAE", 3, 8 },
	{ "\xF3\xA0\x81\xA7", 4, 9 }, { "\xF4\x8F\xBF\xBF", 4, 10 },
	{ "\x9B" "a", 1, 4 }, { "\xE2\x82", 1, 4 }
};

static void
test_cluster(void **state)
{
	int width = -1;

	(void)state;
	for (size_t i = 0; i < COUNT(clusters); i++) {
		size_t n = strlen(clusters[i].s);

		if (utf8_cluster(clusters[i].s, n, &width) != clusters[i].len ||
		    width != clusters[i].width)
			fail_msg("cluster %zu: %zu bytes, width %d", i,
			    utf8_cluster(clusters[i].s, n, NULL), width);
	}
	assert_int_equal(utf8_cluster("", 0, &width), 0);
	assert_int_equal(width, 0);
	assert_int_equal(utf8_cluster_before("x", 0), 0);
	assert_int_equal(utf8_cluster_before("x" FAMILY, 19), 18);
	assert_int_equal(utf8_cluster_before(FLAG_GB FLAG_GB, 16), 8);
	assert_int_equal(utf8_cluster_before("e" ACUTE, 3), 3);
	assert_int_equal(utf8_cluster_before("\r\n", 2), 1);
}

static const struct {
	const char *s, *line, *lines;	/* lines NULL: the same */
} shown[] = {
	{ "", "", NULL }, { "plain text", "plain text", NULL },
	{ "a\nb\tc", "a\xE2\x90\x8A" "b\xE2\x90\x89" "c", "a\nb\tc" },
	{ "\x1B[31m", "\xE2\x90\x9B[31m", NULL },
	{ "\r\n", "\xE2\x90\x8D\xE2\x90\x8A", "\xE2\x90\x8D\n" },
	{ "\x7F\x01", "\xE2\x90\xA1\xE2\x90\x81", NULL },
	{ "\xC2\x9B" "2J", "<U+009B>2J", NULL },
	{ "\x9B\xFF", "<9B><FF>", NULL }, { "\xC3", "<C3>", NULL },
	{ "\xE2\x80\xAE" "x", "<U+202E>x", NULL },
	{ "\xD8\x9C\xE2\x80\x8E\xE2\x80\x8F", "<U+061C><U+200E><U+200F>", NULL },
	{ "\xE2\x80\xAA\xE2\x81\xA6\xE2\x81\xA9", "<U+202A><U+2066><U+2069>",
	    NULL },
	{ "\xE2\x80\x8B\xEF\xBB\xBF", "<U+200B><U+FEFF>", NULL },
	{ "\xE2\x80\xA8\xE2\x80\xA9", "<U+2028><U+2029>", NULL },
	{ "\xF3\xA0\x80\x81\xC2\xAD", "<U+E0001><U+00AD>", NULL },
	{ "\xEF\xBF\xBE\xEF\xB7\x90\xCD\xB8", "<U+FFFE><U+FDD0><U+0378>", NULL },
	{ "\xEE\x80\x80\xE3\x85\xA4", "<U+E000><U+3164>", NULL },
	{ ACUTE, CIRCLE ACUTE, NULL }, { "\n" ACUTE,
	    "\xE2\x90\x8A" CIRCLE ACUTE, "\n" CIRCLE ACUTE },
	{ FAMILY, FAMILY, NULL }, { FLAG_GB, FLAG_GB, NULL },
	{ "a\xE2\x80\x8D" "b", "a<U+200D>b", NULL },
	{ "\xD9\x85\xDB\x8C\xE2\x80\x8C\xD8\xAE", "\xD9\x85\xDB\x8C\xE2\x80\x8C"
	    "\xD8\xAE", NULL },				/* Persian */
	{ "\xD9\x85\xE2\x80\x8C\xE2\x80\x8C", "\xD9\x85\xE2\x80\x8C<U+200C>",
	    NULL },
	{ "\xE2\x9D\xA4\xEF\xB8\x8F\xEF\xB8\x8F",
	    "\xE2\x9D\xA4\xEF\xB8\x8F<U+FE0F>", NULL }
};

static void
test_visible(void **state)
{
	struct str out;

	(void)state;
	str_init(&out);
	for (size_t i = 0; i < COUNT(shown); i++) {
		size_t n = strlen(shown[i].s);

		str_clear(&out);
		utf8_visible(&out, shown[i].s, n, false);
		assert_string_equal(out.s, shown[i].line);
		str_clear(&out);
		utf8_visible(&out, shown[i].s, n, true);
		assert_string_equal(out.s, shown[i].lines != NULL ?
		    shown[i].lines : shown[i].line);
	}
	str_clear(&out);
	utf8_visible(&out, "a\0b", 3, false);
	assert_string_equal(out.s, "a\xE2\x90\x80" "b");
	str_release(&out);
}

static void
test_many_marks(void **state)
{
	struct str in, out;
	int width;

	(void)state;
	str_init(&in);
	str_init(&out);
	str_add(&in, "z");
	for (int i = 0; i < 1000; i++)
		str_add(&in, ACUTE);
	str_add(&in, "y");
	assert_int_equal(utf8_cluster(in.s, in.len, &width), 2001);
	assert_int_equal(width, 1);
	assert_int_equal(utf8_cluster_before(in.s, 2001), 2001);
	utf8_visible(&out, in.s, in.len, false);
	assert_int_equal(out.len, 1 + 32 * 2 + 1);
	assert_int_equal(utf8_columns(in.s, in.len), 2);
	assert_int_equal(utf8_wrap(in.s, in.len, 1), 2001);
	str_release(&in);
	str_release(&out);
}

static void
test_fit(void **state)
{
	static const struct {
		const char *s;
		int columns;
		const char *want;
	} cases[] = {
		{ "hello", 5, "hello" }, { "hello", 9, "hello" },
		{ "hello", 4, "hel\xE2\x80\xA6" }, { "hello", 1, "\xE2\x80\xA6" },
		{ "hello", 0, "" }, { "hello", -3, "" }, { "", 3, "" },
		{ "\xE4\xB8\xAD\xE6\x96\x87", 4, "\xE4\xB8\xAD\xE6\x96\x87" },
		{ "\xE4\xB8\xAD\xE6\x96\x87", 3, "\xE4\xB8\xAD\xE2\x80\xA6" },
		{ "\xE4\xB8\xAD\xE6\x96\x87", 2, "\xE2\x80\xA6" },
		{ "a\nb", 3, "a\xE2\x90\x8A" "b" },
		{ "a\nbc", 3, "a\xE2\x90\x8A\xE2\x80\xA6" },
		{ "ab\xE2\x80\xAE", 9, "ab\xE2\x80\xA6" },
		{ "ab\xE2\x80\xAE", 10, "ab<U+202E>" }
	};
	struct str out;

	(void)state;
	str_init(&out);
	for (size_t i = 0; i < COUNT(cases); i++) {
		str_clear(&out);
		str_add(&out, "|");
		utf8_fit(&out, cases[i].s, strlen(cases[i].s),
		    cases[i].columns);
		assert_string_equal(out.s + 1, cases[i].want);
	}
	str_release(&out);
}

static void
test_wrap(void **state)
{
	static const struct {
		const char *s;
		int columns;
		const char *want;	/* lines, each ended by '|' */
	} cases[] = {
		{ "one two three", 7, "one two |three|" },
		{ "one two three", 8, "one two |three|" },
		{ "one two three", 6, "one |two |three|" },
		{ "one   two", 3, "one   |two|" },
		{ "abcdefgh", 3, "abc|def|gh|" },
		{ "ab\ncd\n\nef", 5, "ab\n|cd\n|\n|ef|" },
		{ "hello\nyou", 5, "hello\n|you|" },
		{ "well-known fact", 6, "well-|known |fact|" },
		{ "\xE4\xB8\xAD\xE6\x96\x87", 3, "\xE4\xB8\xAD|\xE6\x96\x87|" },
		{ "\xE4\xB8\xAD\xE6\x96\x87", 1, "\xE4\xB8\xAD|\xE6\x96\x87|" },
		{ "(a) 3.5 kg", 4, "(a) |3.5 |kg|" },
		{ "a", 0, "a|" }
	};
	struct str out;

	(void)state;
	str_init(&out);
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *s = cases[i].s;
		size_t n;

		str_clear(&out);
		while ((n = utf8_wrap(s, strlen(s), cases[i].columns)) != 0) {
			str_add_n(&out, s, n);
			str_add_char(&out, '|');
			s += n;
		}
		assert_string_equal(out.s, cases[i].want);
	}
	str_release(&out);
}

static void
test_fold(void **state)
{
	static const struct {
		const char *s, *want;
	} cases[] = {
		{ "Zo\xC3\xAB O'Brien", "zoeobrien" },
		{ "ZOE\xCC\x88 O\xE2\x80\x99" "BRIEN", "zoeobrien" },
		{ "Anne-Marie", "annemarie" }, { "Stra\xC3\x9F" "e", "strasse" },
		{ "\xEF\xBC\xA1\xEF\xBC\xA2", "ab" }, { "", "" },
		{ "\xEF\xAC\x81n", "fin" }, { "a\xFF" "b", "a\xEF\xBF\xBD" "b" }
	};
	struct str out;

	(void)state;
	str_init(&out);
	for (size_t i = 0; i < COUNT(cases); i++) {
		str_clear(&out);
		utf8_fold(&out, cases[i].s, strlen(cases[i].s));
		assert_string_equal(out.s, cases[i].want);
	}
	str_release(&out);
}

/* Pieces whose neighbours matter, so that random text meets the rules. */
static const char *const pieces[] = {
	"a", " ", "\n", "\t", "\r", "\x1B", "\xFF", "\xE2\x82", "\xC2\x9B",
	ACUTE, "\xE2\x80\x8D", "\xE2\x80\x8C", "\xEF\xB8\x8F", "\xF0\x9F\x91\xA9",
	"\xF0\x9F\x8F\xBD", "\xF0\x9F\x87\xAC", "\xE4\xB8\xAD", "\xE1\x84\x80",
	"\xE1\x85\xA1", "\xE1\x86\xA8", "\xEA\xB0\x80", "\xE0\xA4\x95",
	"\xE0\xA5\x8D", "\xE0\xA4\xBE", "\xE0\xB5\x8E", "\xD8\x80", "\xD9\x85",
	"\xE2\x80\xAE", "\xCD\x8F", "\xF3\xA0\x84\x80", "\xE1\x80\xAC", "\xE0\xB8\xB3"
};

static void
random_text(struct str *s)
{
	uint32_t many = any_number() % 60;
	bool raw = any_number() % 4 == 0;
	bool few = any_number() % 3 == 0;
	uint32_t from = any_number() % COUNT(pieces);

	str_clear(s);
	for (uint32_t i = 0; i < many; i++)
		if (raw)
			str_add_char(s, (char)(unsigned char)any_number());
		else if (few)
			str_add(s, pieces[(from + any_number() % 3) %
			    COUNT(pieces)]);
		else
			str_add(s, pieces[any_number() % COUNT(pieces)]);
}

static void
check_walk_back(const struct str *s)
{
	size_t at, n;

	for (at = 0; at < s->len; at += n) {
		n = utf8_cluster(s->s + at, s->len - at, NULL);
		assert_true(n > 0 && n <= s->len - at);
		assert_int_equal(utf8_cluster_before(s->s, at + n), n);
	}
}

static void
check_harmless(const struct str *s, bool lines)
{
	struct str once, twice;

	str_init(&once);
	str_init(&twice);
	utf8_visible(&once, s->s, s->len, lines);
	assert_true(utf8_valid(once.s, once.len, NULL));
	for (size_t i = 0; i < once.len; i++) {
		unsigned char c = (unsigned char)once.s[i];

		assert_true((c >= 0x20 && c != 0x7F) ||
		    (lines && (c == '\n' || c == '\t')));
	}
	utf8_visible(&twice, once.s, once.len, lines);
	assert_string_equal(twice.s, once.s);
	if (lines)
		assert_int_equal(utf8_columns(s->s, s->len),
		    utf8_columns(once.s, once.len));
	str_release(&once);
	str_release(&twice);
}

static void
check_cuts(const struct str *s)
{
	int columns = (int)(any_number() % 20);
	struct str out;
	size_t n;

	str_init(&out);
	utf8_fit(&out, s->s, s->len, columns);
	assert_true(utf8_columns(out.s, out.len) <= columns);
	str_release(&out);
	for (size_t at = 0; at < s->len; at += n) {
		n = utf8_wrap(s->s + at, s->len - at, columns);
		assert_true(n > 0 && n <= s->len - at);
		assert_int_equal(utf8_cluster_before(s->s + at, n) > 0, 1);
	}
}

static void
test_any_bytes(void **state)
{
	struct str s, once, twice;

	(void)state;
	seed = 20261122;
	str_init(&s);
	str_init(&once);
	str_init(&twice);
	for (int round = 0; round < 5000; round++) {
		random_text(&s);
		check_walk_back(&s);
		check_harmless(&s, false);
		check_harmless(&s, true);
		check_cuts(&s);
		str_clear(&once);
		str_clear(&twice);
		utf8_fold(&once, s.s, s.len);
		utf8_fold(&twice, once.s, once.len);
		assert_string_equal(once.s, twice.s);
	}
	str_release(&s);
	str_release(&once);
	str_release(&twice);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_valid),
		cmocka_unit_test(test_decode),
		cmocka_unit_test(test_cluster),
		cmocka_unit_test(test_visible),
		cmocka_unit_test(test_many_marks),
		cmocka_unit_test(test_fit),
		cmocka_unit_test(test_wrap),
		cmocka_unit_test(test_fold),
		cmocka_unit_test(test_any_bytes)
	};

	return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
