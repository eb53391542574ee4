/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ratings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/str.h"
#include "tests/unit/memsource.h"

static void
add_cell(struct str *out, const struct ratings *r, int16_t c)
{
	str_add(out, c == AGREE_MISSING ? "-" : r->categories[c]);
}

/* "wide 1 2 3, ordered" and one line an item: name, its ratings, its model. */
static void
dump_table(const struct ratings *r, struct str *out)
{
	const struct agree_table *t = &r->table;
	size_t i, k;

	str_add(out, r->form == RATINGS_LONG ? "long:" : "wide:");
	for (i = 0; i < t->raters; i++)
		str_add_fmt(out, " %s", nameset_text(r->raters, i));
	str_add(out, t->ordered ? "; ordered" : ";");
	for (i = 0; i < t->categories; i++)
		str_add_fmt(out, " %s", r->categories[i]);
	if (r->passed_over != NULL)
		str_add_fmt(out, "; without %s", r->passed_over);
	for (i = 0; i < t->items; i++) {
		str_add_fmt(out, "\n%s", nameset_text(r->items, i));
		if (strcmp(nameset_text(r->groups, r->group[i]),
		    nameset_text(r->items, i)) != 0)
			str_add_fmt(out, " (%s)",
			    nameset_text(r->groups, r->group[i]));
		for (k = 0; k < t->raters; k++) {
			str_add_char(out, ' ');
			add_cell(out, r, t->cells[i * t->raters + k]);
		}
		if (r->model != NULL) {
			str_add(out, " = ");
			add_cell(out, r, r->model[i]);
		}
	}
}

static void
expect_of(const char *text, const struct ratings_opts *given, size_t step,
    const char *expected)
{
	struct ratings_opts none = {.seed = 5}, o;
	struct ratings *r = NULL;
	struct memsource m;
	struct str got;
	struct err e;

	o = given != NULL ? *given : none;
	o.csv.block = step;
	memsource_init(&m, text, strlen(text), step);
	err_clear(&e);
	str_init(&got);
	if (ratings_read(&m.src, &o, &r, &e) == RC_OK)
		dump_table(r, &got);
	else {
		assert_null(r);
		str_add_fmt(&got, "%s%s", e.rc == RC_USAGE ? "usage: " : "",
		    e.text);
	}
	assert_string_equal(got.s, expected);
	str_release(&got);
	ratings_free(r);
}

static void
expect(const char *text, const struct ratings_opts *o, const char *expected)
{
	expect_of(text, o, 0, expected);
	expect_of(text, o, 1, expected);
}

static void
forms(void **state)
{
	(void)state;
	expect("item,rater,rating\nB1,Ann,yes\nB1,Ben,no\nB2,Ann,YES\n", NULL,
	    "long: Ann Ben; no yes\nB1 yes no\nB2 yes -");
	expect("Item;Ann;Ben\nB1;yes;no\nB2;Yes;\n", NULL,
	    "wide: Ann Ben; no yes\nB1 yes no\nB2 yes -");
	expect("rating\tcoder\tunit\n2\tx\tu\n1\ty\tu\n", NULL,
	    "long: x y; ordered 1 2\nu 2 1");
	expect("state,item,Observer,date,note\np,1,ann,2026,\na,1,ANN2,,\n",
	    NULL, "long: ann ANN2; a p; without date, note\n1 p a");
	expect("Ann,indicator,Ben\n1,B1,2\n", NULL,
	    "wide: Ann Ben; ordered 1 2\nB1 1 2");
}

/* Beside an item an indicator makes the pair the item. */
static void
indicators(void **state)
{
	(void)state;
	expect("case,indicator,rater,rating\nc1,B1,a,x\nc1,B2,a,y\nc2,B1,a,x\n",
	    NULL, "long: a; x y\nc1/B1 (B1) x\nc1/B2 (B2) y\nc2/B1 (B1) x");
	expect("indicator,case,a,b\nB1,c1,x,y\nB1,c2,x,\n", NULL,
	    "wide: a b; x y\nc1/B1 (B1) x y\nc2/B1 (B1) x -");
}

static void
missing_words(void **state)
{
	(void)state;
	expect("item,a,b,c,d,e,f\n1, ,NA,n/a,.,-,0\n", NULL,
	    "wide: a b c d e f; ordered 0\n1 - - - - - 0");
	expect("item,rater,rating\n1,a,\n1,b,x\n1,a,x\n", NULL,
	    "long: a b; x\n1 x x");
}

/* By value, whatever they look like; words by letters. */
static void
numbers(void **state)
{
	(void)state;
	expect("item,a,b,c\n1,10,2,+2.50\n2,010,2.0,-1\n3,-0,0.0,.5\n", NULL,
	    "wide: a b c; ordered -1 0 0.5 2 2.5 10\n"
	    "1 10 2 2.5\n2 10 2 -1\n3 0 0 0.5");
	expect("item,a,b\n1,10,2\n2,high,1\n", NULL,
	    "wide: a b; 1 10 2 high\n1 10 2\n2 high 1");
	expect("item,a,b\n1,1234567890123456,1.2.3\n", NULL,
	    "wide: a b; 1.2.3 1234567890123456\n1 1234567890123456 1.2.3");
	expect("item,a,b\n1,0.000,000.10\n", NULL,
	    "wide: a b; ordered 0 0.1\n1 0 0.1");
}

static void
given_categories(void **state)
{
	struct ratings_opts o = {.categories = "low, medium ,high"};

	(void)state;
	expect("item,a,b\n1,High,low\n2,,low\n", &o,
	    "wide: a b; ordered low medium high\n1 high low\n2 - low");
	expect("item,a,b\n1,high,none\n", &o,
	    "t.csv: row 2, column 3 \"b\": \"none\" is none of the categories; "
	    "expected low, medium, high, or nothing where there is no rating");
	o.categories = "01,2";
	expect("item,a,b\n1,1,2.0\n", &o, "wide: a b; ordered 1 2\n1 1 2");
	o.categories = "a,b,A";
	expect("item,a\n1,a\n", &o, "usage: --categories: \"A\" is there "
	    "twice; expected each category once");
	o.categories = "a,,b";
	expect("item,a\n1,a\n", &o, "usage: --categories: \"\" is no category; "
	    "expected words or numbers of at most 80 bytes, with commas "
	    "between them");
}

static void
models(void **state)
{
	struct ratings_opts o = {.model = "Key"};

	(void)state;
	expect("item,Ann,key,Ben\n1,x,y,x\n2,y,,x\n", &o,
	    "wide: Ann Ben; x y\n1 x x = y\n2 y x = -");
	expect("item,rater,rating\n1,Ann,x\n1,key,y\n2,Ann,y\n", &o,
	    "long: Ann; x y\n1 x = y\n2 y = -");
	expect("item,rater,key,rating\n1,Ann,y,x\n1,Ben,y,y\n2,Ann,,y\n", &o,
	    "long: Ann Ben; x y\n1 x y = y\n2 y - = -");
	expect("item,rater,key,rating\n1,Ann,y,x\n1,Ben,x,y\n", &o,
	    "t.csv: row 3, column 3 \"key\": row 2 has another model answer "
	    "for \"1\"; expected one and the same");
	expect("item,rater,rating\n1,key,x\n1,key,x\n", &o,
	    "t.csv: row 3, column 3 \"rating\": row 2 has a model answer for "
	    "\"1\" already; expected one");
	expect("item,Ann,Ben\n1,x,y\n", &o, "usage: --model: the file has no "
	    "column and no rater \"Key\"; its raters are Ann, Ben");
	o.model = "answer";
	expect("item,answer,rater,rating\n1,y,Ann,x\n", &o,
	    "long: Ann; x y\n1 x = y");
	expect("item,answer,Ann\n1,y,x\n", &o, "wide: Ann; x y\n1 x = y");
}

static void
bad_headers(void **state)
{
	(void)state;
	expect("", NULL, "t.csv is empty; expected a header row and at least "
	    "one row below it");
	expect("item,a,b\n", NULL, "t.csv: row 2: the file has a header and no "
	    "rows below it; expected at least one");
	expect("Ann,Ben\nx,y\n", NULL, "t.csv: row 1: there is no column "
	    "\"item\" (or indicator, unit, subject, case, child, question); "
	    "expected item,rater,rating, or item and one column a rater");
	expect("item\n1\n", NULL, "t.csv: row 1: there is no column of a "
	    "rater; expected item,rater,rating, or item and one column a "
	    "rater");
	expect("item,rater,score\n1,Ann,2\n", NULL, "t.csv: row 1, column 2 "
	    "\"rater\": there is this column and no column \"rating\" (or code, "
	    "answer, state, value, level); expected item,rater,rating, or item "
	    "and one column a rater");
	expect("item,case,Ann\n1,2,x\n", NULL, "t.csv: row 1, column 2 "
	    "\"case\": this column means the same as column 1 \"item\"; "
	    "expected one of the two");
	expect("item,rater,code,level\n1,a,x,y\n", NULL, "t.csv: row 1, column "
	    "4 \"level\": this column means the same as column 3 \"code\"; "
	    "expected one of the two");
	expect("item,Ann,ann\n1,x,y\n", NULL, "t.csv: row 1, column 3 "
	    "\"ann\": this column is there twice, also as column 2; expected "
	    "each column once");
	expect("item,,Ann\n1,x,y\n", NULL, "t.csv: row 1, column 2 \"\": the "
	    "column has no name; expected a name in every column of the header");
}

static void
bad_rows(void **state)
{
	(void)state;
	expect("item,rater,rating\n1,Ann,x\n2,Ann,x\n\n1,ann,x\n", NULL,
	    "t.csv: row 5: \"Ann\" has rated \"1\" in row 2 already; expected "
	    "one rating of an item by a rater");
	expect("item,Ann,Ben\n1,x,y\n2,x,y\n1,,y\n", NULL, "t.csv: row 4, "
	    "column 1 \"item\": \"1\" is there in row 2 too; expected one row "
	    "an item");
	expect("item,rater,rating\n1,,x\n", NULL, "t.csv: row 2, column 2 "
	    "\"rater\": the cell is empty; expected a name");
	expect("item,rater,rating\n ,a,x\n", NULL, "t.csv: row 2, column 1 "
	    "\"item\": the cell is empty; expected a name");
	expect("item,Ann,Ben\n1,x\n", NULL, "t.csv: row 2: the row has 2 "
	    "cells; expected 3, as in the header");
	expect("item,Ann\n1,x\xff\n", NULL, "t.csv: row 2, column 2 \"Ann\": "
	    "byte 0xFF is not valid UTF-8, which was expected; if the file "
	    "comes from Windows or Excel, add --encoding windows-1252");
}

/* Text of n times c between two others; owned. */
static char *
long_text(const char *before, size_t n, char c, const char *after)
{
	struct str s;

	str_init(&s);
	str_add(&s, before);
	while (n-- != 0)
		str_add_char(&s, c);
	str_add(&s, after);
	return str_take(&s);
}

static void
too_long(void **state)
{
	char *text = long_text("item,Ann\n1,", 81, 'x', "\n");

	(void)state;
	expect(text, NULL, "t.csv: row 2, column 2 \"Ann\": "
	    "\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...\" is longer than 80 "
	    "bytes; expected a rating: a number or a word");
	free(text);
	text = long_text("item,Ann\n", 256, 'x', ",y\n");
	expect(text, NULL, "t.csv: row 2, column 1 \"item\": the name is longer "
	    "than 255 bytes; expected at most that");
	free(text);
	text = long_text("item,indicator,Ann\n", 253, 'x', ",y2,y\n");
	expect(text, NULL, "t.csv: row 2, column 1 \"item\": item and indicator "
	    "together are longer than 255 bytes; expected at most that");
	free(text);
}

/* A name too long for a message is cut behind a whole character. */
static void
long_column(void **state)
{
	struct str text, message;
	int i;

	(void)state;
	str_init(&text);
	str_init(&message);
	str_add(&text, "item,x");
	str_add(&message, "t.csv: row 1, column 2 \"x");
	for (i = 0; i < 200; i++)
		str_add(&text, "\xe2\x82\xac");
	for (i = 0; i < 26; i++)
		str_add(&message, "\xe2\x82\xac");
	str_add(&text, "\n1,y\n");
	str_add(&message, "...\": the name of the column is longer than 255 "
	    "bytes; expected at most that");
	expect(text.s, NULL, message.s);
	str_release(&message);
	str_release(&text);
}

static void
too_many(void **state)
{
	struct str text;
	unsigned i;

	(void)state;
	str_init(&text);
	str_add(&text, "item,Ann\n");
	for (i = 0; i < 65; i++)
		str_add_fmt(&text, "%u,r%u\n", i, i);
	expect_of(text.s, NULL, 0, "t.csv: row 66, column 2 \"Ann\": \"r64\" "
	    "is one more different rating than 64; expected ratings from a "
	    "small set of categories");
	str_clear(&text);
	str_add(&text, "item,rater,rating\n");
	for (i = 0; i < 1001; i++)
		str_add_fmt(&text, "1,r%u,x\n", i);
	expect_of(text.s, NULL, 0, "t.csv: row 1002, column 2 \"rater\": more "
	    "than 1000 raters; expected at most that");
	str_clear(&text);
	str_add(&text, "item,Ann\n");
	for (i = 0; i < AGREE_ITEMS_MAX + 1; i++)
		str_add_fmt(&text, "%u,x\n", i);
	expect_of(text.s, NULL, 0, "t.csv: row 100002, column 1 \"item\": more "
	    "than 100000 items; expected at most that");
	str_clear(&text);
	str_add(&text, "item,rater,rating\n");
	for (i = 0; i < 100 * 1000; i++)
		str_add_fmt(&text, "%u,%u,x\n", i, i % 41);
	expect_of(text.s, NULL, 0, "t.csv: 100000 items by 41 raters are more "
	    "than 4000000 cells; expected at most that");
	str_release(&text);
}

static void
encodings(void **state)
{
	struct ratings_opts o = {.csv = {.encoding = "windows-1252"}};

	(void)state;
	expect("item,Zo\xeb,Ben\n1,x,y\n", &o,
	    "wide: Zo\xc3\xab Ben; x y\n1 x y");
	expect("\xef\xbb\xbfitem,Ann\n1,x\n", NULL, "wide: Ann; x\n1 x");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(forms),
		cmocka_unit_test(indicators),
		cmocka_unit_test(missing_words),
		cmocka_unit_test(numbers),
		cmocka_unit_test(given_categories),
		cmocka_unit_test(models),
		cmocka_unit_test(bad_headers),
		cmocka_unit_test(bad_rows),
		cmocka_unit_test(too_long),
		cmocka_unit_test(long_column),
		cmocka_unit_test(too_many),
		cmocka_unit_test(encodings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
