/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One reference of two children, as stores that were apart may give it. */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/reference.h"
#include "tests/store/disk.h"
#include "tests/store/folk.h"

static bool
count_twins(const struct case_row *row, void *ctx)
{
	*(size_t *)ctx += row->same_reference;
	return true;
}

static void
expect_tag(struct world *w, const char *reference, const struct case_id *id)
{
	struct case_id found;
	struct str tag;

	str_init(&tag);
	reference_tag(reference, id, &tag);
	world_ok(w, store_case_by_reference(w->s, tag.s, &found, &w->e));
	assert_true(case_id_equal(id, &found));
	str_release(&tag);
}

/* Two stores that were apart gave one reference to two children. */
static void
one_reference_of_two_children_is_not_guessed(void **state)
{
	struct world *w = *state;
	struct case_id a = world_case(w, "C-1"), b, found, own;
	struct str words;
	size_t twins = 0;

	world_ok(w, store_cases(w->s, NULL, 0, 0, count_twins, &twins,
	    &w->e));
	assert_int_equal(twins, 0);
	b = world_case(w, "C-1");
	(void)world_case(w, "C-2");
	assert_int_equal(store_case_by_reference(w->s, "C-1", &found, &w->e),
	    RC_INPUT);
	str_init(&words);
	reference_tag("C-1", &a, &words);
	assert_non_null(strstr(w->e.text, words.s));
	str_clear(&words);
	reference_tag("C-1", &b, &words);
	assert_non_null(strstr(w->e.text, words.s));
	expect_tag(w, "C-1", &a);
	expect_tag(w, "c1", &b);
	assert_int_equal(store_case_by_reference(w->s, "C-1#ffffff", &found,
	    &w->e), RC_NOTFOUND);
	assert_int_equal(store_case_by_reference(w->s, "C-1#", &found,
	    &w->e), RC_NOTFOUND);
	/* A case whose own reference ends so is found by it. */
	own = world_case(w, words.s);
	world_ok(w, store_case_by_reference(w->s, words.s, &found, &w->e));
	assert_true(case_id_equal(&own, &found));
	world_ok(w, store_cases(w->s, NULL, 0, 0, count_twins, &twins,
	    &w->e));
	assert_int_equal(twins, 2);
	str_clear(&words);
	world_ok(w, store_case_twins(w->s, &b, "C-1", &words, &w->e));
	assert_non_null(strstr(words.s, "C-1#"));
	str_release(&words);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    one_reference_of_two_children_is_not_guessed,
		    folk_make, folk_unmake),
	};

	disk_install();
	return cmocka_run_group_tests_name("store: reference", tests, NULL,
	    NULL);
}
