/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/str.h"
#include "tests/unit/memsource.h"

#define BYTES(s) (s), sizeof(s) - 1

/*
 * The whole file as text: "1@1 a|b" a row with its number and line, a fault
 * as "! message".
 */
static void
dump(const char *bytes, size_t n, const struct csv_opts *opts, size_t step,
    struct str *out)
{
	const struct csv_row *row;
	struct csv *c = NULL;
	struct memsource m;
	struct err e;
	size_t i;
	enum rc rc;

	memsource_init(&m, bytes, n, step);
	err_clear(&e);
	rc = csv_open(&m.src, opts, &c, &e);
	for (i = 0; c != NULL && i < csv_columns(c); i++)
		str_add_fmt(out, "%s[%s]", i == 0 ? "" : "|",
		    csv_header(c, i));
	while (rc == RC_OK) {
		rc = csv_next(c, &row, &e);
		if (rc == RC_OK && row == NULL)
			break;
		if (rc != RC_OK) {
			str_add_fmt(out, "\n! %s", e.text);
			rc = csv_can_go_on(c) ? RC_OK : rc;
			continue;
		}
		str_add_fmt(out, "\n%d@%d ", (int)row->number,
		    (int)row->line);
		for (i = 0; i < row->n; i++) {
			str_add(out, i == 0 ? "" : "|");
			str_add_n(out, row->cells[i].s, row->cells[i].n);
		}
	}
	if (c == NULL)
		str_add_fmt(out, "! %s", e.text);
	csv_free(c);
}

/* In blocks of 1 to 64 bytes and whole: always the same. */
static void
expect_with(const char *bytes, size_t n, bool lenient, const char *want)
{
	struct csv_opts opts = {.lenient = lenient};
	struct str out;
	size_t step;

	for (opts.block = 0; opts.block <= 64; opts.block++)
		for (step = 0; step <= opts.block; step += 13) {
			str_init(&out);
			dump(bytes, n, &opts, step, &out);
			assert_string_equal(out.s, want);
			str_release(&out);
		}
}

static void
expect(const char *bytes, size_t n, const char *want)
{
	expect_with(bytes, n, false, want);
}

static void
rows_and_cells(void **state)
{
	(void)state;
	expect(BYTES("a,b\n1,2\n3,4\n"), "[a]|[b]\n2@2 1|2\n3@3 3|4");
	expect(BYTES("a,b\r\n1,2\r\n3,4"), "[a]|[b]\n2@2 1|2\n3@3 3|4");
	expect(BYTES("a,b\r1,2\r3,"), "[a]|[b]\n2@2 1|2\n3@3 3|");
	expect(BYTES(" a ,\tb\n,2\n"), "[a]|[b]\n2@2 |2");
	expect(BYTES("a\n1\n2\n"), "[a]\n2@2 1\n3@3 2");
}

static void
delimiters(void **state)
{
	(void)state;
	expect(BYTES("a;b;c\n1,5;2;3\n"), "[a]|[b]|[c]\n2@2 1,5|2|3");
	expect(BYTES("a\tb\n1\t2\n"), "[a]|[b]\n2@2 1|2");
	expect(BYTES("\"a;x;y\",b\n1,2\n"), "[a;x;y]|[b]\n2@2 1|2");
	expect(BYTES("sep=;\r\na;b\r\n1;2\r\n"), "[a]|[b]\n3@3 1|2");
	/* A line end separates no cells, however much was read. */
	expect(BYTES("sep=\r\n1;2\n"), "[sep=]\n2@2 1;2");
}

static void
quotes(void **state)
{
	(void)state;
	expect(BYTES("a,b\n\"x, \"\"y\"\"\",\"\"\n"),
	    "[a]|[b]\n2@2 x, \"y\"|");
	expect(BYTES("a,b\n\"one\ntwo\r\nthree\",2\n3,4\n"),
	    "[a]|[b]\n2@2 one\ntwo\r\nthree|2\n3@5 3|4");
	expect(BYTES("a,b\n\"\"\"\",x\"y\n"), "[a]|[b]\n2@2 \"|x\"y");
	expect(BYTES("\"a\",\"b\"\n\"1\",\"2\""), "[a]|[b]\n2@2 1|2");
	expect(BYTES("a,b\n1,\"2\"\r\n"), "[a]|[b]\n2@2 1|2");
}

static void
blank_rows_and_trailing_columns(void **state)
{
	(void)state;
	expect(BYTES("\n\r\na,b\n\n1,2\n,\n3,4\n\n"),
	    "[a]|[b]\n5@5 1|2\n7@7 3|4");
	expect(BYTES("a,b,,\n1,2,,\n1,2\n"), "[a]|[b]\n2@2 1|2\n3@3 1|2");
}

static void
bad_shape(void **state)
{
	(void)state;
	expect(BYTES("a,b\n1,2\n1,2,3\n"), "[a]|[b]\n2@2 1|2\n! t.csv: row 3: "
	    "the row has 3 cells; expected 2, as in the header");
	expect(BYTES("a,b\n1\n"), "[a]|[b]\n! t.csv: row 2: the row has 1 "
	    "cell; expected 2, as in the header");
	expect(BYTES("a,b\n\"x\ny\",1\nz\n"), "[a]|[b]\n2@2 x\ny|1\n! t.csv: "
	    "row 3 (line 4): the row has 1 cell; expected 2, as in the "
	    "header");
}

static void
bad_quotes(void **state)
{
	(void)state;
	expect(BYTES("a,b\n1,\"2\n3,4\n"), "[a]|[b]\n! t.csv: row 2, column 2 "
	    "\"b\": a quote is opened here and never closed; expected a "
	    "closing quote before the end of the file");
	expect(BYTES("a,b\n\"1\"x,2\n"), "[a]|[b]\n! t.csv: row 2, column 1 "
	    "\"a\": there is text after the closing quote; a quote inside a "
	    "quoted cell must be doubled");
}

static void
empty_files(void **state)
{
	(void)state;
	expect(BYTES(""), "! t.csv is empty; expected a header row and at "
	    "least one row below it");
	expect(BYTES("\xef\xbb\xbf"), "! t.csv is empty; expected a header "
	    "row and at least one row below it");
	expect(BYTES("\n\n"), "! t.csv is empty; expected a header row and at "
	    "least one row below it");
	expect(BYTES(",,\n1,2,3\n"), "! t.csv: row 1: the first row is blank; "
	    "expected a header row");
	expect(BYTES("a,b\n"), "[a]|[b]");
}

static void
bad_bytes(void **state)
{
	(void)state;
	expect(BYTES("a,b\n1,2\n3,x\xeb\n4,5\n"), "[a]|[b]\n2@2 1|2\n! t.csv: "
	    "row 3, column 2 \"b\": byte 0xEB is not valid UTF-8, which was "
	    "expected; if the file comes from Windows or Excel, add "
	    "--encoding windows-1252");
	expect(BYTES("a,\xeb\n1,2\n"), "! t.csv: row 1, column 2: byte 0xEB "
	    "is not valid UTF-8, which was expected; if the file comes from "
	    "Windows or Excel, add --encoding windows-1252");
	expect(BYTES("a,b\n1,2\n\0,4\n"), "[a]|[b]\n2@2 1|2\n! t.csv: row 3, "
	    "column 1 \"a\": a NUL byte (0x00) where text was expected; if "
	    "the file is UTF-16 text, add --encoding utf-16");
}

static void
lenient_goes_on(void **state)
{
	(void)state;
	expect_with(BYTES("a,b\n1\n\"2\"x,2\n3,\xeb\n4,4\n"), true,
	    "[a]|[b]\n"
	    "! t.csv: row 2: the row has 1 cell; expected 2, as in the "
	    "header\n"
	    "! t.csv: row 3, column 1 \"a\": there is text after the closing "
	    "quote; a quote inside a quoted cell must be doubled\n"
	    "! t.csv: row 4, column 2 \"b\": there is a byte that is not UTF-8 "
	    "text; if the file comes from Windows or Excel, add --encoding "
	    "windows-1252\n"
	    "5@5 4|4");
}

/* Any file at all reads the same in blocks of any size, good or bad. */
static void
any_file_in_any_blocks(void **state)
{
	static const char letters[] = "ab,,\"\"\n\n\r;\t \xc3\xab\xe2\0";
	struct csv_opts opts = {.block = 0};
	uint32_t seed = 20261122;
	struct str whole, parts;
	char text[96];
	size_t round, n, i;

	(void)state;
	str_init(&whole);
	str_init(&parts);
	for (round = 0; round < 20000; round++) {
		memcpy(text, "a,b,\"c\"\n", 8);
		n = 8 + round % (sizeof(text) - 8);
		for (i = round % 2 == 0 ? 0 : 8; i < n; i++) {
			seed = seed * 1664525u + 1013904223u;
			text[i] = letters[(seed >> 16) %
			    (sizeof(letters) - 1)];
		}
		opts.lenient = round % 3 == 0;
		opts.block = 0;
		str_clear(&whole);
		dump(text, n, &opts, 0, &whole);
		opts.block = 1 + (seed >> 8) % 64;
		str_clear(&parts);
		dump(text, n, &opts, round % 7, &parts);
		assert_string_equal(parts.s, whole.s);
	}
	str_release(&whole);
	str_release(&parts);
}

/*
 * The reader looks for ends of cells a window at a time, from wherever its
 * buffer begins: pieces that must not be torn, at every place of a window's
 * border, read the same from a buffer that begins elsewhere.
 */
static void
pieces_across_windows(void **state)
{
	static const char *const pieces[] = {"\"x\"\"y\",", "\"a,b\nc\",",
		"\"\r\n\",", "\"\"\"\",", "5\" rule,", ",", "\r\nb,", "\n\n\rb,"};
	struct csv_opts opts = {.lenient = true};
	struct str text, whole, parts;
	size_t i, before;

	(void)state;
	str_init(&text);
	str_init(&whole);
	str_init(&parts);
	for (before = 2040; before < 2060; before++)
		for (i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
			str_clear(&text);
			str_clear(&whole);
			str_clear(&parts);
			str_add(&text, "a,b\n");
			while (text.len < before)
				str_add_char(&text, text.len % 2 ? 'z' : '\"');
			str_add(&text, ",\n");
			str_add(&text, pieces[i]);
			str_add(&text, "1\n2,3\n");
			opts.block = 0;
			dump(text.s, text.len, &opts, 0, &whole);
			opts.block = 700;
			dump(text.s, text.len, &opts, 0, &parts);
			assert_string_equal(parts.s, whole.s);
			assert_non_null(strstr(whole.s, " 2|3"));
		}
	str_release(&text);
	str_release(&whole);
	str_release(&parts);
}

/* More ends than are written down at once, and a window of nothing else. */
static void
cells_of_nothing(void **state)
{
	struct csv_opts opts = {.lenient = false};
	struct str text, out;
	size_t i;

	(void)state;
	str_init(&text);
	str_init(&out);
	for (i = 0; i < 1000; i++)
		str_add(&text, "h,");
	str_add(&text, "h\n");
	for (i = 0; i < 30000; i++)
		str_add_char(&text, i % 1001 == 1000 ? '\n' : ',');
	str_add(&text, "\n1");
	for (i = 0; i < 1000; i++)
		str_add_char(&text, ',');
	dump(text.s, text.len, &opts, 0, &out);
	assert_non_null(strstr(out.s, "\n32@32 1|||"));
	assert_null(strchr(out.s, '!'));
	str_release(&text);
	str_release(&out);
}

/* Reads to the first fault of a file of 64 MiB in one cell. */
static void
long_cell(bool quoted, bool lenient, const char *want)
{
	static char part[65536];
	struct csv_opts opts = {.lenient = lenient};
	const struct csv_row *row;
	struct csv *c = NULL;
	struct memsource m;
	struct err e;

	memset(part, 'x', sizeof(part));
	memcpy(part, quoted ? "a,b\n1,\"" : "a,b\n1,", quoted ? 7 : 6);
	memsource_init(&m, part, sizeof(part), 0);
	m.repeat = 1024;
	m.again = 16;
	err_clear(&e);
	assert_int_equal(csv_open(&m.src, &opts, &c, &e), RC_OK);
	assert_int_equal(csv_next(c, &row, &e), RC_INPUT);
	assert_string_equal(e.text, want);
	assert_true(csv_memory(c) < (8u << 20));
	if (!lenient)
		assert_true(m.src.done < (8u << 20));
	assert_int_equal(csv_can_go_on(c), lenient && !quoted);
	csv_free(c);
}

static void
endless_cell(void **state)
{
	static const char want[] = "t.csv: row 2, column 2 \"b\": the cell is "
	    "longer than 1 MiB; expected at most that (is a quote left "
	    "open?)";

	(void)state;
	long_cell(false, false, want);
	long_cell(true, false, want);
	long_cell(false, true, want);
	long_cell(true, true, want);
}

static void
largest_cell(void **state)
{
	struct csv_opts opts = {.block = 4096};
	size_t n = CSV_CELL_MAX + 5;
	char *text = malloc(n);
	const struct csv_row *row;
	struct csv *c = NULL;
	struct memsource m;
	struct err e;

	(void)state;
	assert_non_null(text);
	memset(text, 'x', n);
	memcpy(text, "a,b\n", 4);
	text[n - 1] = ',';
	memsource_init(&m, text, n, 0);
	err_clear(&e);
	assert_int_equal(csv_open(&m.src, &opts, &c, &e), RC_OK);
	assert_int_equal(csv_next(c, &row, &e), RC_OK);
	assert_int_equal(row->cells[0].n, CSV_CELL_MAX);
	csv_free(c);
	free(text);
}

static void
too_many_columns(void **state)
{
	char text[2000];
	struct csv_opts opts = {.block = 0};
	struct csv *c = NULL;
	struct memsource m;
	struct err e;

	(void)state;
	memset(text, ',', sizeof(text));
	memsource_init(&m, text, sizeof(text), 0);
	err_clear(&e);
	assert_int_equal(csv_open(&m.src, &opts, &c, &e), RC_INPUT);
	assert_string_equal(e.text, "t.csv: row 1, column 1025: there are "
	    "more than 1024 columns");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_and_cells),
		cmocka_unit_test(delimiters),
		cmocka_unit_test(quotes),
		cmocka_unit_test(blank_rows_and_trailing_columns),
		cmocka_unit_test(bad_shape),
		cmocka_unit_test(bad_quotes),
		cmocka_unit_test(empty_files),
		cmocka_unit_test(bad_bytes),
		cmocka_unit_test(lenient_goes_on),
		cmocka_unit_test(any_file_in_any_blocks),
		cmocka_unit_test(pieces_across_windows),
		cmocka_unit_test(cells_of_nothing),
		cmocka_unit_test(endless_cell),
		cmocka_unit_test(largest_cell),
		cmocka_unit_test(too_many_columns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
