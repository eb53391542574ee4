/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A setting holds for everyone, within its limits, from those who may set it.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "db/setting.h"
#include "tests/store/world.h"

static void
settings_hold_for_everyone(void **state)
{
	struct world w;
	int64_t v;

	(void)state;
	world_init(&w);
	world_create_as(&w, ROLE_SUPERVISOR);
	world_ok(&w, store_setting_int(w.s, SETTING_IDLE_MINUTES, &v, &w.e));
	assert_int_equal(v, 5);
	world_ok(&w, store_setting_set(w.s, SETTING_IDLE_MINUTES, 9, &w.e));
	world_ok(&w, store_setting_set(w.s, SETTING_BACKUP_DAYS, 3, &w.e));
	world_reopen(&w);
	world_ok(&w, store_setting_int(w.s, SETTING_IDLE_MINUTES, &v, &w.e));
	assert_int_equal(v, 9);
	assert_int_equal(store_setting_set(w.s, SETTING_IDLE_MINUTES, 0,
	    &w.e), RC_INPUT);
	assert_non_null(strstr(w.e.text, "from 1 to 240"));
	world_release(&w);
	world_init(&w);
	world_create_as(&w, ROLE_PRACTITIONER);
	assert_int_equal(store_setting_set(w.s, SETTING_IDLE_MINUTES, 9,
	    &w.e), RC_REFUSED);
	world_release(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(settings_hold_for_everyone),
	};

	return cmocka_run_group_tests_name("store: settings", tests, NULL,
	    NULL);
}
