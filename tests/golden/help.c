/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Help: a topic at any width, the list of topics, searching in both.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "tests/golden/golden.h"
#include "tui/helpscreen.h"

static const char text[] =
    "# An invented topic\n"
    "\n"
    "A paragraph that goes on over\n"
    "two lines of the file with `code` and **weight** in it.\n"
    "\n"
    "## What to do\n"
    "\n"
    "- First this, which is long enough to be broken at forty columns\n"
    "- then that\n"
    "  and its second line\n"
    "\n"
    "    risk:high due<7d\n"
    "    is:conflict\n"
    "\n"
    "Hostile: \x1b[31m \xE2\x80\xAE end.\n"
    "\n"
    "## So long\n"
    "\n"
    /* that the keys, which change, are on no golden */
    "- 1\n- 2\n- 3\n- 4\n- 5\n- 6\n- 7\n- 8\n- 9\n- 10\n- 11\n"
    "- 12\n- 13\n- 14\n- 15\n- 16\n- 17\n- 18\n- 19\n- 20\n- 21\n"
    "- 22\n- 23\n- 24\n- 25\n- 26\n- 27\n- 28\n- 29\n- 30\n- 31\n"
    "- 32\n- 33\n- 34\n- 35\n- 36\n- 37\n- 38\n- 39\n- 40\n- 41\n";

static enum rc
fake_load(void *ctx, const char *topic, struct str *out, struct err *e)
{
	(void)ctx;
	if (strcmp(topic, "cases") != 0)
		return err_set(e, RC_NOTFOUND, "There is no help on \"%s\".",
		    topic);
	str_add(out, text);
	return RC_OK;
}

static enum rc
fake_each(void *ctx, help_topic_fn fn, void *fn_ctx, struct err *e)
{
	(void)ctx;
	(void)e;
	fn("cases", "An invented topic", fn_ctx);
	fn("safety", "In danger now", fn_ctx);
	fn("indicator:B1", "B1 Missing from home or care", fn_ctx);
	return RC_OK;
}

static const struct help_source_ops ops = {fake_load, fake_each};
static const struct help_source source = {&ops, NULL};

static struct golden *
help_golden(const char *topic, int w, int h)
{
	struct golden *g = golden_new(NULL, w, h);

	app_push(golden_app(g), helpscreen_new(&source, topic,
	    CONTEXT_HELP));
	golden_keys(g, "");
	return g;
}

static void
every_size(void **state)
{
	static const int sizes[][2] = {{80, 24}, {40, 10}, {132, 43}, {1, 1}};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct golden *g = help_golden("cases", sizes[i][0],
		    sizes[i][1]);

		golden_check(g, "help");
		golden_keys(g, "j j");
		golden_check(g, "help-page");
		golden_keys(g, "F1 j");
		golden_check(g, "help-topics");
		golden_free(g);
	}
}

static void
search_goes_round(void **state)
{
	struct golden *g = help_golden("cases", 80, 12);

	(void)state;
	golden_keys(g, "/ 'CONFLICT' Enter");
	golden_check(g, "help-search");
	golden_keys(g, "/ 'go' Enter n n N");
	golden_hides(g, "is not in this topic");
	golden_keys(g, "/ 'nothing of the kind' Enter");
	golden_shows(g, "is not in this topic");
	golden_free(g);
}

static void
topics_are_narrowed_and_opened(void **state)
{
	struct golden *g = help_golden("cases", 80, 24);

	(void)state;
	golden_keys(g, "F1 / 'missing'");
	golden_shows(g, "B1 Missing");
	golden_hides(g, "In danger now");
	golden_keys(g, "Enter Esc / 'invented' Enter Enter");
	golden_shows(g, "What to do");
	golden_keys(g, "q q q");
	assert_true(app_is_done(golden_app(g)));
	golden_free(g);
}

static void
unknown_topic_says_so_and_shows_the_keys(void **state)
{
	struct golden *g = help_golden("nosuch", 80, 24);

	(void)state;
	golden_shows(g, "There is no help on \"nosuch\".");
	golden_shows(g, "In lists and panes");
	golden_free(g);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_size),
		cmocka_unit_test(search_goes_round),
		cmocka_unit_test(topics_are_narrowed_and_opened),
		cmocka_unit_test(unknown_topic_says_so_and_shows_the_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
