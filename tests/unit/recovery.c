/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Recovery codes as text: what is written is read back however it is typed,
 * and every slip of a pen is found, in its group.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "db/recovery.h"

static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static void
make_code(unsigned seed, unsigned char code[RECOVERY_BYTES])
{
	uint32_t x = seed * 2654435761u + 1;

	for (size_t i = 0; i < RECOVERY_BYTES; i++) {
		x = x * 1664525u + 1013904223u;
		code[i] = (unsigned char)(x >> 24);
	}
}

static enum rc
parse(const char *text, unsigned char code[RECOVERY_BYTES], struct err *e)
{
	return recovery_parse(text, strlen(text), code, e);
}

static void
known_answers(void **state)
{
	unsigned char code[RECOVERY_BYTES] = {0}, back[RECOVERY_BYTES];
	char text[RECOVERY_TEXT_MAX];
	struct err e;

	(void)state;
	recovery_format(code, text);
	assert_string_equal(text,
	    "0000-0000-0000-0000-0000-0000-0000-0000-0000");
	memset(code, 0xff, sizeof(code));
	recovery_format(code, text);
	assert_int_equal(strlen(text), 44);
	assert_memory_equal(text, "ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-",
	    40);
	/* One in the first group: the check is the fixed element itself. */
	memset(code, 0, sizeof(code));
	code[2] = 0x10;
	recovery_format(code, text);
	assert_string_equal(text,
	    "0001-0000-0000-0000-0000-0000-0000-0000-HMZH");
	assert_int_equal(parse(text, back, &e), RC_OK);
	assert_memory_equal(code, back, sizeof(code));
}

static void
what_is_written_is_read(void **state)
{
	unsigned char code[RECOVERY_BYTES], back[RECOVERY_BYTES];
	char text[RECOVERY_TEXT_MAX], other[128];
	struct err e;
	size_t n;

	(void)state;
	for (unsigned seed = 0; seed < 500; seed++) {
		make_code(seed, code);
		recovery_format(code, text);
		assert_int_equal(parse(text, back, &e), RC_OK);
		assert_memory_equal(code, back, sizeof(code));
		/* Small letters, other separators, look-alikes. */
		n = 0;
		for (const char *p = text; *p != '\0'; p++) {
			char c = *p;

			if (c == '-' && seed % 3 == 0)
				continue;
			if (c == '-')
				c = ' ';
			else if (c == '0' && seed % 2 == 0)
				c = 'o';
			else if (c == '1')
				c = seed % 2 == 0 ? 'l' : 'I';
			else if (c >= 'A' && c <= 'Z')
				c = (char)(c - 'A' + 'a');
			other[n++] = c;
		}
		other[n] = '\0';
		assert_int_equal(parse(other, back, &e), RC_OK);
		assert_memory_equal(code, back, sizeof(code));
	}
}

/* Fails unless the text is refused with the number of the group. */
static void
assert_names(const char *text, size_t group)
{
	unsigned char back[RECOVERY_BYTES];
	char words[32];
	struct err e;

	assert_int_equal(parse(text, back, &e), RC_INPUT);
	(void)snprintf(words, sizeof(words), "group %zu ", group);
	if (strstr(e.text, words) == NULL)
		fail_msg("%s: not group %zu: %s", text, group, e.text);
}

static void
every_wrong_character_is_found(void **state)
{
	unsigned char code[RECOVERY_BYTES];
	char text[RECOVERY_TEXT_MAX];

	(void)state;
	for (unsigned seed = 0; seed < 3; seed++) {
		make_code(seed, code);
		recovery_format(code, text);
		for (size_t i = 0; i < 44; i++) {
			char was = text[i];

			for (size_t k = 0; was != '-' && k < 32; k++) {
				text[i] = letters[k];
				if (letters[k] != was)
					assert_names(text, i / 5 + 1);
			}
			text[i] = was;
		}
	}
}

static void
every_swap_of_neighbours_is_found(void **state)
{
	unsigned char code[RECOVERY_BYTES], back[RECOVERY_BYTES];
	char text[RECOVERY_TEXT_MAX];
	unsigned swaps = 0;
	struct err e;

	(void)state;
	for (unsigned seed = 0; seed < 200; seed++) {
		make_code(seed, code);
		recovery_format(code, text);
		for (size_t i = 0; i < 43; i++) {
			size_t k = text[i + 1] == '-' ? i + 2 : i + 1;
			char a = text[i], b = text[k];

			if (a == '-' || a == b)
				continue;
			text[i] = b;
			text[k] = a;
			if (k == i + 1)
				assert_names(text, i / 5 + 1);
			else
				assert_int_equal(parse(text, back, &e),
				    RC_INPUT);
			text[i] = a;
			text[k] = b;
			swaps++;
		}
	}
	assert_true(swaps > 5000);
}

/* A whole group read from another line of the paper. */
static void
every_wrong_group_is_found(void **state)
{
	unsigned char code[RECOVERY_BYTES], back[RECOVERY_BYTES];
	char text[RECOVERY_TEXT_MAX], was[4];
	struct err e;
	uint32_t x = 1;

	(void)state;
	make_code(7, code);
	recovery_format(code, text);
	for (unsigned i = 0; i < 20000; i++) {
		char *p = text + i % 9 * 5;

		memcpy(was, p, 4);
		for (size_t k = 0; k < 4; k++) {
			x = x * 1664525u + 1013904223u;
			p[k] = letters[x >> 27];
		}
		if (memcmp(was, p, 4) != 0)
			assert_int_equal(parse(text, back, &e), RC_INPUT);
		memcpy(p, was, 4);
	}
}

static void
the_shape_is_told(void **state)
{
	unsigned char back[RECOVERY_BYTES];
	struct err e;

	(void)state;
	assert_int_equal(parse("", back, &e), RC_INPUT);
	assert_non_null(strstr(e.text, "0 characters"));
	assert_int_equal(parse("0000-0000", back, &e), RC_INPUT);
	assert_non_null(strstr(e.text, "8 characters"));
	assert_names("0000-000-0000-0000-0000-0000-0000-0000-0000", 2);
	assert_names("0000-0000-00000-0000-0000-0000-0000-0000-0000", 3);
	assert_names("0000-0000-0000-000U-0000-0000-0000-0000-0000", 4);
	assert_names("0000-0000-0000-0000-0\x1b[0-0000-0000-0000-0000", 5);
	assert_int_equal(recovery_parse("0000\0000", 9, back, &e), RC_INPUT);
	assert_int_equal(parse("0000-0000-0000-0000-0000-0000-0000-0000-0000"
	    "-0000", back, &e), RC_INPUT);
	assert_non_null(strstr(e.text, "40 characters"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_answers),
		cmocka_unit_test(what_is_written_is_read),
		cmocka_unit_test(every_wrong_character_is_found),
		cmocka_unit_test(every_swap_of_neighbours_is_found),
		cmocka_unit_test(every_wrong_group_is_found),
		cmocka_unit_test(the_shape_is_told),
	};

	return cmocka_run_group_tests_name("recovery codes", tests, NULL,
	    NULL);
}
