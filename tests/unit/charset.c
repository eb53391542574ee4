/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/charset.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/memsource.h"

#define BYTES(s) (s), sizeof(s) - 1

/* Reads all; returns RC_OK or the failure, with what came before it in out. */
static enum rc
decode(const char *bytes, size_t n, const struct charset_in_opts *opts,
    struct str *out, struct err *e)
{
	struct charset_in *in = NULL;
	struct memsource m;
	char buf[64];
	size_t got = 0;
	enum rc rc;

	memsource_init(&m, bytes, n, 0);
	err_clear(e);
	rc = charset_in_open(&m.src, opts, &in, e);
	while (rc == RC_OK) {
		rc = charset_in_read(in, buf, sizeof(buf), &got, e);
		if (rc != RC_OK || got == 0)
			break;
		str_add_n(out, buf, got);
	}
	charset_in_free(in);
	return rc;
}

static void
expect_text(const char *bytes, size_t n, const char *encoding,
    const char *want)
{
	struct charset_in_opts opts = {.encoding = encoding};
	struct str out;
	struct err e;

	/* Every block size, so that every character is cut everywhere. */
	for (opts.block = 0; opts.block <= 9; opts.block++) {
		str_init(&out);
		assert_int_equal(decode(bytes, n, &opts, &out, &e), RC_OK);
		assert_string_equal(out.s, want);
		str_release(&out);
	}
}

static void
expect_fault(const char *bytes, size_t n, const char *encoding,
    const char *before, const char *message)
{
	struct charset_in_opts opts = {.encoding = encoding};
	struct str out;
	struct err e;

	for (opts.block = 0; opts.block <= 9; opts.block++) {
		str_init(&out);
		assert_int_equal(decode(bytes, n, &opts, &out, &e), RC_INPUT);
		assert_string_equal(out.s, before);
		assert_string_equal(e.text, message);
		str_release(&out);
	}
}

static const char name[] = "Zoë O'Brien-Ñandú";
static const char name_han[] = "Zoë O'Brien-Ñandú 王";

static void
reads_each_encoding(void **state)
{
	(void)state;
	expect_text(name_han, sizeof(name_han) - 1, NULL, name_han);
	expect_text(BYTES("\xef\xbb\xbfZo\xc3\xab"), NULL, "Zoë");
	expect_text(BYTES("Zo\xeb O'Brien-\xd1" "and\xfa"), "windows-1252",
	    name);
	expect_text(BYTES("Zo\xeb O'Brien-\xd1" "and\xfa"), "latin1", name);
	expect_text(BYTES("Zo\xeb \xa4"), "iso-8859-15", "Zoë €");
	expect_text(BYTES("Zo\x91 O'Brien-\x84" "and\x9c"), "macroman", name);
	expect_text(BYTES("\xff\xfeZ\0o\0\xeb\0 \0\x8b\x73"), NULL, "Zoë 王");
	expect_text(BYTES("\xfe\xff\0Z\0o\0\xeb\0 \x73\x8b"), NULL, "Zoë 王");
	expect_text(BYTES("Z\0o\0\xeb\0"), "utf-16", "Zoë");
	expect_text(BYTES("\0Z\0o\0\xeb"), "UTF-16", "Zoë");
	expect_text(BYTES("\x80\x99"), "cp1252", "€™");
	expect_text("", 0, NULL, "");
}

/* A mark is stronger than a name: the mark is in the file. */
static void
mark_wins(void **state)
{
	(void)state;
	expect_text(BYTES("\xef\xbb\xbfZo\xc3\xab"), "windows-1252", "Zoë");
}

static void
round_trip(void **state)
{
	static const char *const charsets[] = {"WINDOWS-1252", "ISO-8859-1",
	    "MACINTOSH", "UTF-8"};
	struct str local;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(charsets) / sizeof(charsets[0]); i++) {
		str_init(&local);
		charset_encode(&local, charsets[i], name, sizeof(name) - 1);
		expect_text(local.s, local.len, charsets[i], name);
		str_release(&local);
	}
}

static void
names_the_bad_byte(void **state)
{
	(void)state;
	expect_fault(BYTES("Zo\xeb"), NULL, "Zo", "byte 0xEB is not valid "
	    "UTF-8, which was expected; if the file comes from Windows or "
	    "Excel, add --encoding windows-1252");
	expect_fault(BYTES("a\xc0\xaf"), NULL, "a", "byte 0xC0 is not valid "
	    "UTF-8, which was expected; if the file comes from Windows or "
	    "Excel, add --encoding windows-1252");
	expect_fault(BYTES("ab\0c"), NULL, "ab", "a NUL byte (0x00) where "
	    "text was expected; if the file is UTF-16 text, add --encoding "
	    "utf-16");
	expect_fault(BYTES("ab\x81"), "windows-1252", "ab", "byte 0x81 "
	    "cannot be converted from windows-1252; check --encoding");
	expect_fault(BYTES("\xff\xfe" "a\0\0\xd8"), NULL, "a", "byte 0x00 "
	    "cannot be converted from UTF-16LE; check --encoding");
}

static void
lenient_marks_what_is_lost(void **state)
{
	struct charset_in_opts opts = {.lenient = true};
	struct str out;
	struct err e;

	(void)state;
	for (opts.block = 0; opts.block <= 9; opts.block++) {
		str_init(&out);
		assert_int_equal(decode(BYTES("a\xeb" "b\0c\xc3\xab"), &opts,
		    &out, &e), RC_OK);
		assert_string_equal(out.s, "a\x1a" "b\x1a" "cë");
		str_release(&out);
	}
}

static void
unknown_encoding(void **state)
{
	struct charset_in_opts opts = {.encoding = "utf-99"};
	struct str out;
	struct err e;

	(void)state;
	str_init(&out);
	assert_int_equal(decode(BYTES("a"), &opts, &out, &e), RC_USAGE);
	assert_non_null(strstr(e.text, "the encoding \"utf-99\" is not known"));
	str_release(&out);
}

static void
terminal_gets_what_it_can_show(void **state)
{
	struct str out;

	(void)state;
	str_init(&out);
	charset_encode(&out, "ISO-8859-1", BYTES("Zoë 王"));
	assert_string_equal(out.s, "Zo\xeb ?");
	str_clear(&out);
	charset_encode(&out, "no-such-charset", BYTES("a王b"));
	assert_string_equal(out.s, "a?b");
	str_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_each_encoding),
		cmocka_unit_test(mark_wins),
		cmocka_unit_test(round_trip),
		cmocka_unit_test(names_the_bad_byte),
		cmocka_unit_test(lenient_marks_what_is_lost),
		cmocka_unit_test(unknown_encoding),
		cmocka_unit_test(terminal_gets_what_it_can_show),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
