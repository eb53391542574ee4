/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/population.h"

static const char good[] =
    "id: invented-county\n"
    "year: 2025\n"
    "source: Invented figures\n"
    "areas:\n"
    "  - name: Invented Borough\n"
    "    children: 41200\n"
    "    groups:\n"
    "      sex: {M: 21000, F: 20200}\n"
    "    neighbours: [sample town]\n"
    "  - name: Sample Town\n"
    "    children: 8000\n";

static struct population *
read_text(const char *text, struct faults *f)
{
	faults_init(f, "population.yaml");
	return population_parse(text, strlen(text), f);
}

static void
a_file_is_read(void **state)
{
	struct faults f;
	struct population *p = read_text(good, &f);
	const struct population_area *a;

	(void)state;
	assert_non_null(p);
	assert_int_equal(p->year, 2025);
	a = population_find(p, "INVENTED BOROUGH");
	assert_non_null(a);
	assert_int_equal(a->children, 41200);
	assert_int_equal(population_group_find(a, "sex", "F")->children,
	    20200);
	assert_null(population_group_find(a, "sex", "U"));
	assert_null(population_find(p, "Elsewhere"));
	population_free(p);
	faults_release(&f);
}

struct trial {
	const char *text;
	const char *says;
	unsigned line;
};

static void
faults_say_what_and_where(void **state)
{
	static const struct trial trials[] = {
		{"id: a\nyear: 2025\nsource: s\nareas:\n"
		    "  - name: X\n    children: 10\n"
		    "    groups:\n      sex: {M: 11}\n",
		    "more than all children", 8},
		{"id: a\nyear: 2025\nsource: s\nareas:\n"
		    "  - name: X\n    children: 10\n"
		    "  - name: x\n    children: 10\n",
		    "is an area further up", 7},
		{"id: a\nyear: 2025\nsource: s\nareas:\n"
		    "  - name: X\n    children: 10\n    neighbours: [Y]\n",
		    "not among the areas", 5},
		{"id: a\nyear: 2025\nsource: s\nareas:\n  - name: X\n",
		    "\"children\" is missing", 5},
		{"id: a\nyear: 2025\nsource: s\nareas:\n"
		    "  - name: X\n    children: many\n", "not a whole number", 6},
		{"id: a\nsource: s\nareas: []\n", "\"year\" is missing", 1},
		{"[]\n", "begins with id", 1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(trials) / sizeof(trials[0]); i++) {
		struct faults f;

		assert_null(read_text(trials[i].text, &f));
		assert_true(f.n >= 1);
		if (strstr(f.list[0].text, trials[i].says) == NULL)
			fail_msg("%zu: %s", i, f.list[0].text);
		assert_int_equal(f.list[0].line, trials[i].line);
		faults_release(&f);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_is_read),
		cmocka_unit_test(faults_say_what_and_where),
	};

	return cmocka_run_group_tests_name("population", tests, NULL, NULL);
}
