/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A case whose child stands in other cases, too: its level is not the
 * child's, and the risk pane says so.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/golden/desk.h"
#include "tests/golden/golden.h"

static void
check(const char *second, const char *third, const char *name, int w, int h)
{
	struct desk *d = desk_new();
	struct golden *g = golden_new(NULL, w, h);

	(void)desk_observe(d, "B1", "present", "School", "Two nights away.");
	desk_near(d, "S-0118", second);
	desk_near(d, "91", third);
	app_push(golden_app(g), desk_screen(d));
	golden_keys(g, "Tab");
	golden_check(g, name);
	golden_free(g);
	desk_free(d);
}

static void
a_higher_level_is_a_warning(void **state)
{
	(void)state;
	check("B3", "B10", "casenear-higher", 80, 24);
	check("B3", "B10", "casenear-higher", 40, 10);
}

static void
the_same_level_is_only_told(void **state)
{
	(void)state;
	check("B1", "B3", "casenear-same", 80, 24);
	check("B1", "B3", "casenear-same", 40, 10);
}

/* What is ticked here counts at once, with what the others say. */
static void
a_tick_counts_with_the_others(void **state)
{
	struct desk *d = desk_new();
	struct golden *g = golden_new(NULL, 120, 40);

	(void)state;
	desk_near(d, "S-0118", "B3");
	desk_near(d, "91", "B10");
	app_push(golden_app(g), desk_screen(d));
	golden_keys(g, "");
	golden_shows(g, "2 indicators");
	golden_keys(g, "/ 'missing' Enter Space");
	golden_shows(g, "3 indicators");
	golden_keys(g, "u");
	golden_shows(g, "2 indicators");
	golden_free(g);
	desk_free(d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_higher_level_is_a_warning),
		cmocka_unit_test(the_same_level_is_only_told),
		cmocka_unit_test(a_tick_counts_with_the_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
