/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When the receipt for a bundle is due, and that none is left unchased. */
#include "config.h"

#include "exchange/receiptclock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "core/clocks.h"

#define SENT INT64_C(1795356300000)	/* Sunday 22 November 2026 */

static json_t *
counted(const char *content)
{
	json_t *body = json_pack("{s:s, s:[s], s:[], s:s, s:s, s:s, s:s}",
	    "bundle", "00", "to", "Ben Made-Up (Hub)", "keys", "selection",
	    "all", "purpose", "p", "basis", "safeguarding", "expires",
	    "2026-12-18");

	assert_non_null(body);
	receipt_clock_put(content, SENT, body);
	return body;
}

static bool
look(const struct clock_row *row, void *ctx)
{
	assert_string_equal(row->id, "bundle-receipt");
	assert_string_equal(row->owner, "Ben Made-Up (Hub)");
	*(int64_t *)ctx = row->due;
	return true;
}

/* When its clock says that it is due; -1 when none runs.  Takes body. */
static int64_t
due_of(json_t *body)
{
	struct entry e = {.n = 1, .case_id = {{1}}, .at = SENT,
	    .on = span_of_day(moment_day(SENT))};
	struct casefile c;
	int64_t due = -1;

	memcpy(e.kind, "bundle-sent", sizeof("bundle-sent"));
	e.body = entry_canonical_body(body);
	json_decref(body);
	entry_seal_id(&e);
	casefile_init(&c, &e.case_id);
	casefile_apply(&c, &e);
	entry_release(&e);
	casefile_settle(&c, NULL);
	casefile_clocks(&c, look, &due);
	casefile_release(&c);
	return due;
}

/* Monday is day 1: the end of Friday the 27th. */
static void
five_working_days(void **state)
{
	const char *dir = getenv("HEARKEN_SRCDIR");
	char content[4096];
	json_t *body;
	int64_t due;

	(void)state;
	(void)snprintf(content, sizeof(content), "%s/content",
	    dir == NULL ? "." : dir);
	body = counted(content);
	assert_string_equal(json_string_value(json_object_get(body,
	    "receipt_due")), "2026-11-28T00:00:00Z");
	assert_int_equal(moment_parse("2026-11-28T00:00:00Z", &due, NULL),
	    RC_OK);
	assert_true(due_of(body) == due);
}

static void
without_content_it_is_due_all_the_same(void **state)
{
	static const char *const folders[] = {NULL, "no/such/folder"};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		json_t *body = counted(folders[i]);

		assert_null(json_object_get(body, "receipt_due"));
		assert_true(strncmp(json_string_value(json_object_get(body,
		    "counted")), "Not counted: ", 13) == 0);
		assert_true(due_of(body) == INT64_MAX);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(five_working_days),
		cmocka_unit_test(without_content_it_is_due_all_the_same),
	};

	(void)setenv("TZ", "Europe/London", 1);
	tzset();
	return cmocka_run_group_tests_name("receiptclock", tests, NULL, NULL);
}
