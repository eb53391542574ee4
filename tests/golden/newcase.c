/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Search before create.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/golden/fakecases.h"
#include "tests/golden/golden.h"
#include "tui/newcase.h"

static bool draft;
static struct case_id opened;
static size_t opens, goes_on;
static char created[256];

static void
note_open(void *ctx, struct app *app, const struct case_id *id)
{
	(void)ctx;
	(void)app;
	opened = *id;
	opens++;
}

static void
note_create(void *ctx, struct app *app, const char *text)
{
	(void)ctx;
	(void)app;
	(void)snprintf(created, sizeof(created), "%s", text);
}

static bool
fake_draft(void *ctx, int64_t *saved)
{
	(void)ctx;
	*saved = GOLDEN_NOW - 3600000;
	return draft;
}

static void
note_go_on(void *ctx, struct app *app)
{
	(void)ctx;
	(void)app;
	goes_on++;
}

static bool
stays(void *ctx, struct app *app, const char *text)
{
	(void)ctx;
	(void)app;
	(void)text;
	return false;
}

static struct golden *
newcase_golden(struct fakecases *fc, int w, int h)
{
	struct golden *g = golden_new(NULL, w, h);
	struct newcase_opts o = {
		.source = fakecases_source(fc),
		.open = note_open,
		.create = note_create,
		.has_draft = fake_draft,
		.go_on = note_go_on,
		.entered = stays
	};

	opens = goes_on = 0;
	created[0] = '\0';
	app_push(golden_app(g), newcase_new(&o));
	golden_keys(g, "");
	return g;
}

static void
every_size(void **state)
{
	static const int sizes[][2] = {{80, 24}, {40, 10}, {132, 43}, {1, 1}};

	(void)state;
	draft = false;
	for (size_t i = 0; i < 4; i++) {
		struct fakecases fc = {.n = 40};
		struct golden *g = newcase_golden(&fc, sizes[i][0],
		    sizes[i][1]);

		golden_check(g, "newcase");
		golden_keys(g, "'zo\xC3\xAB'");
		golden_check(g, "newcase-found");
		golden_keys(g, "'ology'");
		golden_check(g, "newcase-none");
		golden_free(g);
	}
}

static void
first_match_is_opened_before_anything_is_created(void **state)
{
	struct fakecases fc = {.n = 40};
	struct golden *g = newcase_golden(&fc, 80, 24);
	struct case_id second = fakecases_id(1);

	(void)state;
	draft = false;
	golden_keys(g, "Enter");
	golden_shows(g, "Type the name or the reference first.");
	golden_keys(g, "'k-0002' Enter");
	assert_int_equal(opens, 1);
	assert_true(case_id_equal(&opened, &second));
	golden_keys(g, "Down Enter");
	assert_string_equal(created, "k-0002");
	golden_free(g);
}

static void
draft_is_offered(void **state)
{
	struct fakecases fc = {.n = 3};
	struct golden *g;

	(void)state;
	draft = true;
	g = newcase_golden(&fc, 80, 24);
	golden_check(g, "newcase-draft");
	golden_keys(g, "Enter");
	assert_int_equal(goes_on, 1);
	golden_free(g);
}

static void
escape_leaves(void **state)
{
	struct fakecases fc = {.n = 3};
	struct golden *g = newcase_golden(&fc, 80, 24);

	(void)state;
	golden_keys(g, "'q' Esc");
	assert_true(app_is_done(golden_app(g)));
	golden_free(g);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_size),
		cmocka_unit_test(
		    first_match_is_opened_before_anything_is_created),
		cmocka_unit_test(draft_is_offered),
		cmocka_unit_test(escape_leaves),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
