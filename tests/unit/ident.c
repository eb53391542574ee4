/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/ident.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static void
test_good_nhs(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "9434765919", "943 476 5919" },
		{ "943 476 5919", "943 476 5919" },
		{ " 943-476-5919 ", "943 476 5919" },
		{ "4010232137", "401 023 2137" },
		{ "1000000010", NULL }
	};
	char out[NHS_TEXT_MAX];
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		enum rc rc = nhs_check(cases[i].text, out, &e);

		assert_int_equal(rc, cases[i].want ? RC_OK : RC_INPUT);
		if (cases[i].want != NULL)
			assert_string_equal(out, cases[i].want);
	}
}

static void
test_bad_nhs(void **state)
{
	static const struct {
		const char *text, *says;
	} cases[] = {
		{ "", "0 digits" }, { "1", "1 digit;" },
		{ "943476591", "9 digits" }, { "94347659190", "11 digits" },
		{ "9434765918", "but 9 is expected" },
		{ "9434765991", "but 4 is expected" },	/* swapped */
		{ "9344765919", "no NHS number" },
		{ "943476591X", "character 10 is \"X\"" },
		{ "9434\xC3\xA9" "6591", "character 5 is not a digit" },
		{ "943.476.5919", "character 4 is \".\"" },
		{ "0000000000", "same digit" }, { "1111111111", "same digit" },
		{ "1000000002", "but 1 is expected" }, { "0000000060", "no NHS number" }
	};
	char out[NHS_TEXT_MAX] = "untouched";
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		err_clear(&e);
		assert_int_equal(nhs_check(cases[i].text, out, &e), RC_INPUT);
		if (strstr(e.text, cases[i].says) == NULL)
			fail_msg("%s: %s", cases[i].text, e.text);
		assert_string_equal(out, "untouched");
	}
}

/* One wrong digit, or two neighbours that changed places, never pass. */
static void
test_nhs_slips(void **state)
{
	char text[11] = "9434765919", out[NHS_TEXT_MAX];
	char was;

	(void)state;
	for (size_t i = 0; i < 10; i++) {
		was = text[i];
		for (char c = '0'; c <= '9'; c++) {
			text[i] = c;
			assert_int_equal(nhs_check(text, out, NULL),
			    c == was ? RC_OK : RC_INPUT);
		}
		text[i] = was;
	}
	for (size_t i = 0; i + 1 < 10; i++) {
		was = text[i];
		text[i] = text[i + 1];
		text[i + 1] = was;
		assert_int_equal(nhs_check(text, out, NULL),
		    text[i] == text[i + 1] ? RC_OK : RC_INPUT);
		was = text[i];
		text[i] = text[i + 1];
		text[i + 1] = was;
	}
}

static void
test_good_upn(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "A950000178301", "A950000178301" },
		{ "H243278544154", "H243278544154" },
		{ " a950 0001 78301", "A950000178301" }
	};
	struct upn out;
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(upn_check(cases[i].text, &out, &e), RC_OK);
		assert_string_equal(out.text, cases[i].want);
		assert_false(out.temporary);
	}
}

/* Of the 23 letters that may stand in front, one is right. */
static void
test_temporary_upn(void **state)
{
	static const char letters[] = "ABCDEFGHJKLMNPQRTUVWXYZ";
	char text[14];
	struct upn out;

	(void)state;
	for (size_t last = 0; last < 23; last++) {
		int good = 0;

		for (size_t first = 0; first < 23; first++) {
			(void)snprintf(text, sizeof(text), "%c95000017830%c",
			    letters[first], letters[last]);
			if (upn_check(text, &out, NULL) != RC_OK)
				continue;
			good++;
			assert_true(out.temporary);
			/* A last A counts 0: the same letter as for a 0. */
			text[12] = (char)('0' + (int)last);
			if (last <= 9)
				assert_int_equal(upn_check(text, &out, NULL),
				    RC_OK);
		}
		assert_int_equal(good, 1);
	}
	/*
	 * 9*2 + 5*3 + 1*8 + 7*9 + 8*10 + 3*11 = 217; with Z, 22*13 more: 503,
	 * which is 21 * 23 + 20, and the letter of index 20 is X.
	 */
	assert_int_equal(upn_check("X95000017830Z", &out, NULL), RC_OK);
	assert_true(out.temporary);
}

static void
test_bad_upn(void **state)
{
	static const struct {
		const char *text, *says;
	} cases[] = {
		{ "", "0 characters" }, { "A", "1 character;" },
		{ "A95000017830", "12 characters" },
		{ "A9500001783011", "14 characters" },
		{ "B950000178301", "check letter is B, but A is expected" },
		{ "A950000178302", "but" },
		{ "A590000178301", "but" },
		{ "I950000178301", "character 1 is \"I\"" },
		{ "O950000178301", "I, O and S" },
		{ "S950000178301", "character 1 is \"S\"" },
		{ "1950000178301", "character 1 is \"1\"" },
		{ "A95000B178301", "character 7 is \"B\"; expected a digit" },
		{ "A95000017830S", "character 13 is \"S\"" },
		{ "A95000017830-", "character 13 is \"-\"" },
		{ "A9500001783\xC3\xA9", "character 12 is not a digit" }
	};
	struct upn out = { "untouched", false };
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		err_clear(&e);
		assert_int_equal(upn_check(cases[i].text, &out, &e), RC_INPUT);
		if (strstr(e.text, cases[i].says) == NULL)
			fail_msg("%s: %s", cases[i].text, e.text);
		assert_string_equal(out.text, "untouched");
	}
}

/* Free text: short and without controls, whatever its shape. */
static void
test_nrm_reference(void **state)
{
	static const struct {
		const char *text;
		bool good, usual;
	} cases[] = {
		{"12345", true, true}, {"NRM 12345/26", true, true},
		{"nrm-0012345", true, true}, {"", true, false},
		{"123", true, false}, {"as told by telephone", true, false},
		{"\xe7\x8e\x8b 12345", true, false},
		{"ABCDEFG1234", true, false}, {"12345\t6", false, false},
		{"12345\x1b[2J", false, false}, {"1234\x7f", false, false},
		{"1234\xc2\x9b", false, false},
	};
	char over[NRM_REFERENCE_MAX + 2];
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(nrm_reference_check(cases[i].text, &e),
		    cases[i].good ? RC_OK : RC_INPUT);
		assert_int_equal(nrm_reference_is_usual(cases[i].text),
		    cases[i].usual);
	}
	memset(over, '1', sizeof(over) - 1);
	over[sizeof(over) - 1] = '\0';
	assert_int_equal(nrm_reference_check(over, &e), RC_INPUT);
	assert_int_equal(nrm_reference_check(over + 1, &e), RC_OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good_nhs),
		cmocka_unit_test(test_bad_nhs),
		cmocka_unit_test(test_nhs_slips),
		cmocka_unit_test(test_good_upn),
		cmocka_unit_test(test_temporary_upn),
		cmocka_unit_test(test_bad_upn),
		cmocka_unit_test(test_nrm_reference)
	};

	return cmocka_run_group_tests_name("ident", tests, NULL, NULL);
}
