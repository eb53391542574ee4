/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text that is missing without a disposal that counts is a fault, and so is a
 * disposal that was signed past the program.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/store/disposing.h"

static void
text_that_is_missing_is_told(void **state)
{
	struct world *w = *state;

	(void)plant(w, "WREN-77", "Quillfeather");
	assert_int_equal(raw_sql(w->s, "UPDATE entry SET body = NULL WHERE"
	    " kind = 'identity'"), 0);
	assert_fault(w, "no two people disposed");
}

/* A disposal signed with a right but without a second person. */
static void
forge(struct world *w, const struct case_id *id, const char *request)
{
	char hex[2 * CASE_ID_LEN + 1], digest[65];
	unsigned char zero[32] = {0};
	struct entry_draft d = {case_id_register(), "dispose", span_none(),
	    NULL};

	hex_format(id->b, CASE_ID_LEN, hex);
	hex_format(zero, 32, digest);
	d.body = json_pack("{s:s, s:s, s:i, s:s, s:s}", "case", hex,
	    "request", request, "entries", 4, "digest", digest, "reason",
	    "because");
	raw_pass_roles(w->s, true);
	world_ok(w, world_append(w, d, NULL));
	raw_pass_roles(w->s, false);
}

static void
a_disposal_without_a_request_does_not_count(void **state)
{
	struct world *w = *state;
	struct case_id id = plant(w, "WREN-77", "Quillfeather");
	char none[65];

	memset(none, '7', 64);
	none[64] = '\0';
	forge(w, &id, none);
	assert_int_equal(found(w, "quillfeather"), 1);
	assert_fault(w, "nobody else had asked");
	assert_int_equal(raw_sql(w->s, "UPDATE entry SET body = NULL WHERE"
	    " book = 2"), 0);
	assert_fault(w, "no two people disposed");
}

static void
a_disposal_of_ones_own_does_not_count(void **state)
{
	struct world *w = *state;
	struct case_id id = plant(w, "WREN-77", "Quillfeather");
	struct dispose_request r = {&id, "rule", DAY_NONE, "why"};
	struct entry_id request;
	char hex[65];

	world_ok(w, store_dispose_ask(w->s, &r, &request, &w->e));
	hex_format(request.b, ENTRY_ID_LEN, hex);
	forge(w, &id, hex);
	assert_fault(w, "the same person had asked");
}

static void
a_disposal_under_a_hold_does_not_count(void **state)
{
	struct world *w = *state;
	struct case_id id = plant(w, "WREN-77", "Quillfeather");
	struct dispose_request r = {&id, "rule", DAY_NONE, "why"};
	struct entry_id request;
	char hex[65];

	world_ok(w, store_dispose_ask(w->s, &r, &request, &w->e));
	world_ok(w, store_hold(w->s, &id, true, "inquiry", &w->e));
	hex_format(request.b, ENTRY_ID_LEN, hex);
	raw_become(w->s, SECOND);
	forge(w, &id, hex);
	assert_fault(w, "legal hold");
}

/* It counts, but does not say what is there. */
static void
text_under_a_disposal_is_told(void **state)
{
	struct world *w = *state;
	struct case_id id = plant(w, "WREN-77", "Quillfeather");
	struct dispose_request r = {&id, "rule", DAY_NONE, "why"};
	struct entry_id request;
	char hex[65];

	world_ok(w, store_dispose_ask(w->s, &r, &request, &w->e));
	hex_format(request.b, ENTRY_ID_LEN, hex);
	raw_become(w->s, SECOND);
	forge(w, &id, hex);
	assert_fault(w, "still holds text");
	assert_int_equal(raw_sql(w->s, "UPDATE entry SET body = NULL WHERE"
	    " book = 2"), 0);
	assert_fault(w, "not those that were disposed of");
	assert_int_equal(raw_sql(w->s, "UPDATE entry SET book = 3 WHERE"
	    " book = 2 AND kind = 'open'"), 0);
	assert_fault(w, "");
}

static void
a_role_that_may_not_cannot_forge_it(void **state)
{
	struct world *w = *state;
	struct case_id id = plant(w, "WREN-77", "Quillfeather");
	struct dispose_request r = {&id, "rule", DAY_NONE, "why"};
	struct entry_id request;
	char hex[65];

	world_ok(w, store_dispose_ask(w->s, &r, &request, &w->e));
	hex_format(request.b, ENTRY_ID_LEN, hex);
	raw_person(w->s, "Pim Aster", "practitioner");
	raw_become(w->s, "Pim Aster");
	forge(w, &id, hex);
	assert_int_equal(found(w, "quillfeather"), 1);
	assert_fault(w, "role did not allow");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, disposing_make, \
	disposing_unmake)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(text_that_is_missing_is_told),
		TEST(a_disposal_without_a_request_does_not_count),
		TEST(a_disposal_of_ones_own_does_not_count),
		TEST(a_disposal_under_a_hold_does_not_count),
		TEST(text_under_a_disposal_is_told),
		TEST(a_role_that_may_not_cannot_forge_it),
	};

	return cmocka_run_group_tests_name("store: forged disposals", tests,
	    NULL, NULL);
}
