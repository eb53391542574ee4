/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/mapping.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/loaded.h"

#define HEAD "id: t\nversion: \"1\"\n"
#define LONG HEAD "form: long\ndates: dmy\n" \
	"columns: {child: Ref, indicator: Sign}\n"

/* The mapping, or NULL; what was said of it goes to faults. */
static struct mapping *
parse(const char *text, struct str *faults)
{
	struct faults f;
	struct mapping *m;

	faults_init(&f, "t");
	m = mapping_parse(text, strlen(text), &f);
	faults_lines(&f, faults);
	assert_true((m != NULL) == (f.n == 0));
	faults_release(&f);
	return m;
}

static struct mapping *
parse_good(const char *text)
{
	struct str faults;
	struct mapping *m;

	str_init(&faults);
	m = parse(text, &faults);
	assert_string_equal(faults.s, "");
	str_release(&faults);
	return m;
}

static void
refused(const char *text, const char *words)
{
	struct str faults;

	str_init(&faults);
	assert_null(parse(text, &faults));
	if (strstr(faults.s, words) == NULL)
		fail_msg("\"%s\" is not in: %s", words, faults.s);
	str_release(&faults);
}

static const char *
code(const struct map_codes *c, const char *s)
{
	return mapping_code(c, s, strlen(s));
}

static void
test_all(void **state)
{
	struct mapping *m = parse_good("id: school-weekly\nversion: \"3\"\n"
	    "agency: Invented High School\nencoding: windows-1252\n"
	    "delimiter: \";\"\nform: long\ninstrument: occ-csegg\n"
	    "dates: mdy\ncolumns:\n  child: Pupil ref\n  row: Line no\n"
	    "  indicator: Concern\n  state: Sure?\n  dob: D.O.B.\n"
	    "indicators:\n  Missing: B1\n  Letter home: ignore\n"
	    "codes:\n  state: {\"Y\": present, \"-\": absent, "
	    "\"?\": not known}\n"
	    "  sex: {\"1\": M}\nignore: [Notes]\n");

	(void)state;
	assert_string_equal(m->id, "school-weekly");
	assert_string_equal(m->version, "3");
	assert_string_equal(m->agency, "Invented High School");
	assert_string_equal(m->encoding, "windows-1252");
	assert_string_equal(m->instrument, "occ-csegg");
	assert_int_equal(m->delimiter, ';');
	assert_int_equal(m->dates, MAP_MDY);
	assert_false(m->wide);
	assert_string_equal(m->columns[MAP_ROW], "Line no");
	assert_null(m->columns[MAP_NHS]);
	assert_string_equal(code(&m->codes[MAP_INDICATOR], " missing "), "B1");
	assert_string_equal(code(&m->codes[MAP_STATE], "y"), "present");
	assert_string_equal(code(&m->codes[MAP_STATE], "-"), "absent");
	assert_string_equal(code(&m->codes[MAP_STATE], "?"), "not known");
	assert_null(code(&m->codes[MAP_STATE], "x"));
	assert_int_equal(m->nignore, 1);
	assert_int_equal(strlen(m->hash), 64);
	mapping_free(m);
}

static void
test_defaults(void **state)
{
	struct mapping *m = parse_good(LONG);

	(void)state;
	assert_string_equal(m->agency, "");
	assert_string_equal(m->encoding, "");
	assert_int_equal(m->delimiter, '\0');
	assert_int_equal(m->dates, MAP_DMY);
	mapping_free(m);
}

static void
test_faults(void **state)
{
	(void)state;
	refused("- a\n", "a mapping is a map");
	refused("version: \"1\"\ncolumns: {child: a, indicator: b}\n", "\"id\"");
	refused("id: A\nversion: \"1\"\ncolumns: {child: a, indicator: b}\n",
	    "lower-case");
	refused(HEAD "columns: {indicator: b}\n", "\"child\" is missing");
	refused(HEAD "columns: {child: b}\n", "\"indicator\" is missing");
	refused(HEAD "columns: {child: b, indicater: c}\n", "no such column");
	refused(HEAD "columns: {child: Ref no, indicator: ref_no}\n", "twice");
	refused(LONG "ignore: [sign]\n", "named twice");
	refused(LONG "items: {a: B1}\n", "wide form");
	refused(HEAD "form: wide\ncolumns: {child: a}\n", "\"items\"");
	refused(HEAD "form: wide\nitems: {}\ncolumns: {child: a}\n",
	    "names none");
	refused(HEAD "form: wide\nitems: {x: B1}\n"
	    "columns: {child: a, state: b}\n", "of the long form");
	refused(LONG "codes: {dob: {a: b}}\n", "a column that has codes");
	refused(LONG "codes: {indicator: {a: b}}\n", "under \"indicators\"");
	refused(LONG "codes: {state: {a: present, A: absent}}\n", "twice");
	refused(LONG "delimiter: \";;\"\n", "delimiter");
	refused(HEAD "form: long\ndates: ydm\n", "dates");
	refused(HEAD "form: long\ncolumns: {child: a, indicator: b}\n",
	    "\"dates\" is missing");
	refused(LONG "more: 1\n", "more");
}

/* Every fault of a file is told, in the order of the file. */
static void
test_every_fault(void **state)
{
	struct str faults;

	(void)state;
	str_init(&faults);
	assert_null(parse(HEAD "form: round\ndates: ydm\ncolumns:\n"
	    "  chield: a\n  indicator: b\n", &faults));
	assert_non_null(strstr(faults.s, "t:3:"));
	assert_non_null(strstr(faults.s, "t:4:"));
	assert_non_null(strstr(faults.s, "t:6:"));
	assert_true(strstr(faults.s, "t:3:") < strstr(faults.s, "t:6:"));
	str_release(&faults);
}

static void
test_written_reads_back(void **state)
{
	struct mapping *m = parse_good(HEAD "agency: \"The \\\"Old\\\" "
	    "Mill\"\nform: wide\ndelimiter: tab\ndates: ymd\n"
	    "columns: {child: Ref, dob: \"D\\\\B\"}\n"
	    "items: {\"Missing: Y/N\": B1, \"#2\": B2}\n"
	    "codes: {care: {\"1\": order}}\nignore: [\"no: yes\"]\n");
	struct mapping *again;
	struct str text, twice;

	(void)state;
	str_init(&text);
	str_init(&twice);
	mapping_write(m, &text);
	again = parse_good(text.s);
	mapping_write(again, &twice);
	assert_string_equal(text.s, twice.s);
	assert_string_equal(again->agency, "The \"Old\" Mill");
	assert_string_equal(again->columns[MAP_DOB], "D\\B");
	assert_int_equal(again->delimiter, '\t');
	assert_true(again->wide);
	mapping_free(m);
	mapping_free(again);
	str_release(&text);
	str_release(&twice);
}

static void
checked(const char *text, const char *words)
{
	struct instrument *in = load_instrument(
	    "content/instruments/occ-csegg.yaml");
	struct mapping *m = parse_good(text);
	struct faults f;
	struct str lines;

	faults_init(&f, "t");
	str_init(&lines);
	assert_true(mapping_check(m, in, &f) == (words == NULL));
	faults_lines(&f, &lines);
	if (words != NULL && strstr(lines.s, words) == NULL)
		fail_msg("\"%s\" is not in: %s", words, lines.s);
	str_release(&lines);
	faults_release(&f);
	mapping_free(m);
	instrument_free(in);
}

static void
test_check(void **state)
{
	(void)state;
	checked(LONG "indicators: {a: B1, b: ignore, c: b2}\n"
	    "codes: {state: {Y: present}, sex: {\"1\": M, \"2\": Female}}\n",
	    NULL);
	checked(LONG "instrument: other\n", "is for other");
	checked(LONG "indicators: {a: Z9}\n", "no indicator of occ-csegg");
	checked(LONG "codes: {state: {Y: perhaps}}\n", "present, suspected");
	checked(LONG "codes: {sex: {\"1\": X}}\n", "M, F, U");
	checked(LONG "codes: {care: {\"1\": abroad}}\n", "voluntary");
	checked(HEAD "form: wide\ndates: dmy\ncolumns: {child: a}\n"
	    "items: {x: B1, y: b1}\n", "both b1");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all),
		cmocka_unit_test(test_defaults),
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_every_fault),
		cmocka_unit_test(test_written_reads_back),
		cmocka_unit_test(test_check),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
