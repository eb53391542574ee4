/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/mapdate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define LATEST 20779		/* 22 November 2026 */

static void
reads(const char *text, enum map_dates order, const char *want)
{
	char out[SPAN_TEXT_MAX] = "none";
	struct span on;
	struct err e;

	err_clear(&e);
	if (map_span(text, order, LATEST, &on, &e) == RC_OK)
		span_format(&on, out);
	else
		assert_non_null(strstr(e.text, "is no date as this mapping"));
	if (strcmp(out, want) != 0)
		fail_msg("\"%s\" is %s, not %s", text, out, want);
}

static void
day_first(void **state)
{
	(void)state;
	reads("4/3/2026", MAP_DMY, "2026-03-04");
	reads("04.03.2026", MAP_DMY, "2026-03-04");
	reads(" 04-03-26 ", MAP_DMY, "2026-03-04");
	reads("04032026", MAP_DMY, "2026-03-04");
	reads("04/03/2026 09:15", MAP_DMY, "2026-03-04");
	reads("4-Mar-2026", MAP_DMY, "2026-03-04");
	reads("4 March 2026", MAP_DMY, "2026-03-04");
	reads("3/13/2026", MAP_DMY, "none");
	reads("31/2/2026", MAP_DMY, "none");
}

static void
month_first(void **state)
{
	(void)state;
	reads("3/4/2026", MAP_MDY, "2026-03-04");
	reads("03.04.26", MAP_MDY, "2026-03-04");
	reads("03042026", MAP_MDY, "2026-03-04");
	reads("Mar 4, 2026", MAP_MDY, "2026-03-04");
	reads("4 Mar 2026", MAP_MDY, "2026-03-04");
	reads("13/3/2026", MAP_MDY, "none");
	reads("1/13/2026 to 1/15/2026", MAP_MDY, "2026-01-13/2026-01-15");
	reads("13/1/2026 to 15/1/2026", MAP_MDY, "none");
}

static void
year_first(void **state)
{
	(void)state;
	reads("2026-03-04", MAP_YMD, "2026-03-04");
	reads("2026/3/4", MAP_DMY, "2026-03-04");
	reads("2026-03-04T10:00:00Z", MAP_MDY, "2026-03-04");
	reads("20260304", MAP_YMD, "2026-03-04");
	reads("26-03-04", MAP_YMD, "2026-03-04");
	reads("4/3/2026", MAP_YMD, "none");
}

/* Years of two digits are never in the future. */
static void
two_digits(void **state)
{
	(void)state;
	reads("1/1/26", MAP_DMY, "2026-01-01");
	reads("1/1/27", MAP_DMY, "1927-01-01");
	reads("1/1/99", MAP_DMY, "1999-01-01");
}

static void
months_and_spans(void **state)
{
	(void)state;
	reads("2026-03", MAP_MDY, "2026-03");
	reads("03/2026", MAP_MDY, "2026-03");
	reads("March 2026", MAP_DMY, "2026-03");
	reads("2026", MAP_DMY, "2026");
	reads("1.3.2026..9.3.2026", MAP_DMY, "2026-03-01/2026-03-09");
	reads("9/3/2026 to 1/3/2026", MAP_DMY, "none");
	reads("2026-03-01/2026-03-09", MAP_DMY, "2026-03-01/2026-03-09");
}

static void
nonsense(void **state)
{
	static const char *const texts[] = { "", "soon", "1/2", "1/2/3/4",
	    "99999999", "1//2//2026x", "4/3/206", "0/0/0000", "//", "1 2 3",
	    "Foo 4, 2026", "4/3/2026 evening" };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		reads(texts[i], MAP_DMY, "none");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(day_first),
		cmocka_unit_test(month_first),
		cmocka_unit_test(year_first),
		cmocka_unit_test(two_digits),
		cmocka_unit_test(months_and_spans),
		cmocka_unit_test(nonsense),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
