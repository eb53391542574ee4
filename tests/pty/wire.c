/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/pty/wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/utf8.h"

/* Numbers that no program of curses sends: told from its own sequences. */
#define MARK_COLOUR "\033[31;77m"
#define MARK_REPORT "\033[6n"
#define ON_ITS_WAY 24	/* bytes */
#define MARK_PRINT "\033[5i"

const char *
wire_short(void)
{
	return "Zo\xC3\xAB " WIRE_WORD " \033]52;c;T1dORUQ=\007" MARK_COLOUR MARK_REPORT
	    "\xC2\x9B""5i\x7F\x08\x0E\xE2\x80\xAE\xE2\x81\xA6\xE2\x80\x8B"
	    "\xEF\xBB\xBF\xD8\x9C";
}

const char *
wire_invalid(void)
{
	return "\xFF\xFE\x9B""31;77m\xC0\x9B\xED\xA0\x80\xF4\x90\x80\x80"
	    WIRE_WORD "\xE2\x80";
}

static void
add_character(struct str *out, uint32_t cp)
{
	if (cp < 0x80) {
		str_add_char(out, (char)cp);
	} else if (cp < 0x800) {
		str_add_char(out, (char)(0xC0 | cp >> 6));
		str_add_char(out, (char)(0x80 | (cp & 0x3F)));
	} else if (cp < 0x10000) {
		str_add_char(out, (char)(0xE0 | cp >> 12));
		str_add_char(out, (char)(0x80 | (cp >> 6 & 0x3F)));
		str_add_char(out, (char)(0x80 | (cp & 0x3F)));
	} else {
		str_add_char(out, (char)(0xF0 | cp >> 18));
		str_add_char(out, (char)(0x80 | (cp >> 12 & 0x3F)));
		str_add_char(out, (char)(0x80 | (cp >> 6 & 0x3F)));
		str_add_char(out, (char)(0x80 | (cp & 0x3F)));
	}
}

struct range {
	uint32_t first, last;
};

/*
 * Never to be sent.  ESC is looked at apart; a tab, a newline, a return and a
 * backspace move the cursor only.
 */
static const struct range forbidden[] = {
	{0x00, 0x07}, {0x0B, 0x0C}, {0x0E, 0x1A}, {0x1C, 0x1F},
	{0x7F, 0x9F}, {0xAD, 0xAD}, {0x061C, 0x061C}, {0x180E, 0x180E},
	{0x200B, 0x200B}, {0x200E, 0x200F}, {0x2028, 0x202E},
	{0x2060, 0x206F}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB},
	{0xE0001, 0xE0001}, {0xE0020, 0xE007F}
};

/* Each as it begins; the end is the terminator that a terminal waits for. */
static const char *const sequences[] = {
	MARK_COLOUR, MARK_REPORT, MARK_PRINT, "\033[3J\033[?1049l",
	"\033]0;a title\007", "\033]52;c;T1dORUQ=\033\\", "\033P+q544e\033\\",
	"\033_app\033\\", "\033^private\033\\", "\033Xstart\033\\", "\033c",
	"\033#8", "\033N", "\033(0", "\x0E", "\x1B", "\xC2\x9D""0;t\xC2\x9C",
	"\xC2\x90q\xC2\x9C", "\r\033[2K", "\x1A"
};

void
wire_every(struct str *out)
{
	for (size_t i = 0; i < sizeof(forbidden) / sizeof(forbidden[0]); i++)
		for (uint32_t c = forbidden[i].first; c <= forbidden[i].last;
		    c++) {
			if (c == 0)
				continue;
			str_add(out, "x");
			add_character(out, c);
		}
	for (size_t i = 0; i < sizeof(sequences) / sizeof(sequences[0]); i++) {
		str_add(out, " y");
		str_add(out, sequences[i]);
	}
	str_add(out, "\b\rz " WIRE_WORD);
}

/* ---- what arrived ---- */

static bool
is_forbidden(uint32_t cp)
{
	for (size_t i = 0; i < sizeof(forbidden) / sizeof(forbidden[0]); i++)
		if (cp >= forbidden[i].first && cp <= forbidden[i].last)
			return true;
	return false;
}

static _Noreturn void
complain(const char *what, const char *bytes, size_t at, size_t n)
{
	size_t from = at > 60 ? at - 60 : 0;

	(void)fprintf(stderr, "%s, at byte %zu of %zu: ", what, at, n);
	for (size_t i = from; i < n && i < at + 20; i++)
		(void)fprintf(stderr, bytes[i] >= ' ' && bytes[i] < 0x7F ?
		    "%c" : "<%02X>", (unsigned char)bytes[i]);
	(void)fputc('\n', stderr);
	fail_msg("%s: what must not be sent was sent", what);
	abort();
}

/* The length of a sequence that the program may send, at its ESC; else 0. */
static size_t
own_sequence(const char *s, size_t n)
{
	size_t i = 2;

	if (n < 2)
		return 0;
	if (strchr("=>78M", s[1]) != NULL && s[1] != '\0')
		return 2;
	/* Curses gives the colours back as they were. */
	if (n >= 6 && memcmp(s, "\033]104\007", 6) == 0)
		return 6;
	if (s[1] == '(' && n >= 3 && s[2] == 'B')
		return 3;
	if (s[1] != '[')
		return 0;
	while (i < n && strchr("0123456789;?", s[i]) != NULL && s[i] != '\0')
		i++;
	if (i == n || s[i] == '\0' || strchr("ABCDGHIJKLMPSTXZ@dhlmrt",
	    s[i]) == NULL)
		return 0;
	return i + 1;
}

static bool
begins(const char *s, size_t n, const char *with)
{
	return n >= strlen(with) && memcmp(s, with, strlen(with)) == 0;
}

void
wire_check(const char *what, const char *bytes, size_t n)
{
	size_t i = 0, len;
	uint32_t cp;

	/* The last few may be the first half of a sequence on its way. */
	while (i + ON_ITS_WAY < n) {
		const char *s = bytes + i;

		if (*s == '\033') {
			len = own_sequence(s, n - i);
			if (len == 0 || begins(s, n - i, MARK_COLOUR))
				complain(what, bytes, i, n);
		} else {
			len = utf8_decode(s, n - i, &cp);
			if (len == 0 || is_forbidden(cp))
				complain(what, bytes, i, n);
		}
		i += len;
	}
}
