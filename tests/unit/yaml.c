/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/str.h"
#include "core/yaml.h"

static void
keeps_places(void **state)
{
	static const char text[] = "name: one\nlist:\n  - a\n  - \"b c\"\n"
	    "folded: >-\n  x\n  y\n";
	const struct yaml_node *root, *list;
	struct faults f;
	struct yaml *y;

	(void)state;
	faults_init(&f, "f.yaml");
	y = yaml_parse(text, strlen(text), &f);
	assert_non_null(y);
	root = yaml_root(y);
	assert_true(yaml_is_map(root));
	assert_int_equal(yaml_size(root), 3);
	assert_string_equal(yaml_text(yaml_key_at(root, 1)), "list");
	list = yaml_get(root, "list");
	assert_ptr_equal(list, yaml_value_at(root, 1));
	assert_int_equal(yaml_size(list), 2);
	assert_string_equal(yaml_text(yaml_at(list, 1)), "b c");
	assert_int_equal(yaml_line(yaml_at(list, 1)), 4);
	assert_int_equal(yaml_column(yaml_at(list, 1)), 5);
	assert_int_equal(yaml_column_of(yaml_at(list, 1), 2), 8);
	assert_int_equal(yaml_column_of(yaml_get(root, "name"), 0), 7);
	assert_string_equal(yaml_text(yaml_get(root, "folded")), "x y");
	assert_int_equal(yaml_column_of(yaml_get(root, "folded"), 0), 0);
	assert_null(yaml_get(root, "none"));
	assert_null(yaml_text(list));
	yaml_doc_free(y);
	faults_release(&f);
}

static void
refuses(void **state)
{
	static const struct {
		const char *text;
		const char *words;
	} table[] = {
		{"", "the file is empty"},
		{"# only\n", "the file is empty"},
		{"a: 1\nb: 2\na: 3\n", "3:1: the key \"a\" is given twice"},
		{"a: &x 1\n", "1:4: anchors"},
		{"a: *x\n", "1:4: aliases"},
		{"a: !!int 1\n", "1:4: tags"},
		{"a: ! 1\n", "1:4: tags"},
		{"%TAG ! tag:x,2000:\n---\na: 1\n", "tags"},
		{"a: [&x b]\n", "1:5: anchors"},
		{"a: 1\n---\nb: 1\n", "2:1: a second document"},
		{"? [a]\n: b\n", "1:3: a key must be plain text"},
		{"a: \"\\x1b[2J\"\n", "1:4: the text holds a control"},
		{"a: \"\\u0085\"\n", "1:4: the text holds a control"},
		{"a: \"x\\0y\"\n", "1:4: the text holds a control"},
		{"ok: 1\na: \x1b\n", "2:4: the text cannot be read: control"},
		{"a: \xff\n", "1:4: the text cannot be read"},
		{"a: \xc3(\n", "the text cannot be read"},
		{"a: \xed\xa0\x80\n", "the text cannot be read"},
		{"a: [\n", "not valid YAML"},
		{"a: b: c\n", "1:5: not valid YAML"},
		{"[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]", "1:17: nested more"}
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct faults f;
		struct err e;

		faults_init(&f, "f.yaml");
		assert_null(yaml_parse(table[i].text, strlen(table[i].text),
		    &f));
		assert_int_equal(f.n, 1);
		assert_int_equal(faults_result(&f, &e), RC_INPUT);
		if (strstr(e.text, table[i].words) == NULL)
			fail_msg("row %zu: %s", i, e.text);
		faults_release(&f);
	}
}

static void
accepts_sixteen_deep(void **state)
{
	static const char text[] = "[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]";
	struct faults f;
	struct yaml *y;

	(void)state;
	faults_init(&f, "f");
	y = yaml_parse(text, strlen(text), &f);
	assert_non_null(y);
	yaml_doc_free(y);
}

static void
bounds_nodes_and_bytes(void **state)
{
	struct str s;
	struct faults f;
	struct yaml *y;

	(void)state;
	str_init(&s);
	faults_init(&f, "f");
	for (unsigned i = 0; i < 19999; i++)
		str_add(&s, "- a\n");
	y = yaml_parse(s.s, s.len, &f);
	assert_non_null(y);
	yaml_doc_free(y);
	str_add(&s, "- a\n");
	assert_null(yaml_parse(s.s, s.len, &f));
	assert_non_null(strstr(f.list[0].text, "20,000"));
	str_clear(&s);
	str_add(&s, "a: 1\n#");
	while (s.len <= 1u << 20)
		str_add_char(&s, 'x');
	assert_null(yaml_parse(s.s, s.len, &f));
	assert_int_equal(f.n, 2);
	assert_non_null(strstr(f.list[1].text, "1 MiB"));
	faults_release(&f);
	str_release(&s);
}

static void
wants_say_what_is_wrong(void **state)
{
	static const char text[] = "t: x\nl: [a]\nm: {a: b}\nempty:\n";
	static const char *const keys[] = { "t", "l", "m", NULL };
	const struct yaml_node *root;
	struct faults f;
	struct yaml *y;
	struct str s;

	(void)state;
	faults_init(&f, "f");
	y = yaml_parse(text, strlen(text), &f);
	assert_non_null(y);
	root = yaml_root(y);
	assert_string_equal(yaml_want_text(root, "t", true, &f), "x");
	assert_null(yaml_want_text(root, "none", false, &f));
	assert_null(yaml_want_text(root, "empty", false, &f));
	assert_non_null(yaml_want_list(root, "l", true, &f));
	assert_non_null(yaml_want_map(root, "m", true, &f));
	assert_int_equal(f.n, 0);
	assert_null(yaml_want_text(root, "none", true, &f));
	assert_null(yaml_want_text(root, "empty", true, &f));
	assert_null(yaml_want_list(root, "t", true, &f));
	assert_null(yaml_want_text(root, "m", false, &f));
	yaml_only_keys(root, keys, &f);
	assert_int_equal(f.n, 5);
	assert_non_null(strstr(f.list[0].text, "\"none\" is missing"));
	assert_non_null(strstr(f.list[2].text, "is text; expected a list"));
	assert_non_null(strstr(f.list[4].text, "unknown key \"empty\""));
	faults_sort(&f);
	str_init(&s);
	fault_words(&f, 1, &s);
	assert_non_null(strstr(s.s, "f:1:4: \"t\" is text"));
	str_release(&s);
	faults_release(&f);
	yaml_doc_free(y);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_places),
		cmocka_unit_test(refuses),
		cmocka_unit_test(accepts_sixteen_deep),
		cmocka_unit_test(bounds_nodes_and_bytes),
		cmocka_unit_test(wants_say_what_is_wrong),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
