/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The model that ships is the one that training on the invented children
 * gives: UPDATE_MODEL=1 writes it anew.
 */
#include "config.h"

#include "core/link.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/date.h"
#include "core/link_impl.h"
#include "core/str.h"
#include "tests/unit/kin.h"

#define TRAINED_ON 60000

static void
add(void *ctx, const struct kin_record *r)
{
	(void)links_add(ctx, &r->raw);
}

static struct link_model
trained(uint64_t seed, size_t records)
{
	struct kin_opts o = { .seed = seed, .records = records,
	    .numbers = true };
	struct link_names *names = kin_names();
	struct links *l = links_new(names);
	struct link_model m = { .id = "hearken-children",
	    .version = "2026-11" };

	(void)kin_make(&o, add, l);
	assert_true(links_train(l, &m));
	links_free(l);
	link_names_free(names);
	return m;
}

static void
write_model(const struct link_model *m)
{
	const char *dir = getenv("HEARKEN_SRCDIR");
	struct str text;
	char path[4096];
	FILE *f;

	str_init(&text);
	link_model_write(m, "trained by EM on invented children "
	    "(tests/unit/kin.c, seed 1, 60,000 records)", &text);
	(void)snprintf(path, sizeof(path), "%s/content/linkage/model.yaml",
	    dir == NULL ? "." : dir);
	f = fopen(path, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(text.s, 1, text.len, f), text.len);
	assert_int_equal(fclose(f), 0);
	str_release(&text);
}

static void
assert_near(double a, double b, double within)
{
	if (a - b > within || b - a > within)
		fail_msg("%f is not %f", a, b);
}

static void
test_shipped_model_is_the_trained_one(void **state)
{
	struct link_model m = trained(1, TRAINED_ON);
	struct link_model *shipped;

	(void)state;
	if (getenv("UPDATE_MODEL") != NULL)
		write_model(&m);
	shipped = kin_model();
	for (int f = 0; f < LINK_FIELDS; f++)
		for (int l = 0; l < LEVEL_MISSING; l++) {
			assert_near(shipped->m[f][l], m.m[f][l], 1e-6);
			assert_near(shipped->u[f][l], m.u[f][l], 1e-6);
		}
	assert_near(shipped->upper, m.upper, 1e-6);
	assert_near(shipped->lower, m.lower, 1e-6);
	assert_int_equal(strlen(shipped->hash), 64);
	link_model_free(shipped);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shipped_model_is_the_trained_one),
	};

	return cmocka_run_group_tests_name("linktrain", tests, NULL, NULL);
}
