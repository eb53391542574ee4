/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What has to be seen first in a case that travelled: that it was taken back,
 * that another case has the same reference; and who else wrote in it.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/str.h"
#include "tests/golden/desk.h"
#include "tests/golden/golden.h"
#include "tui/app.h"

static const char me[] = "01000000000000000000000000000000"
    "00000000000000000000000000000000";

static void
add_twin(void *ctx, const char *reference, struct str *out)
{
	(void)ctx;
	assert_string_equal(reference, "K-0142");
	str_add(out, "K-0142#9fe012 (Ada Merle)");
}

static struct entry_id
send_and_recall(struct desk *d)
{
	struct entry_id sent;
	char hex[2 * ENTRY_ID_LEN + 1];

	sent = desk_sign(d, "Q. Sample", "bundle-sent", "2026-11-10",
	    json_pack("{s:s, s:[s], s:[s], s:s, s:s, s:s, s:s}",
	    "bundle", "00", "to", "R. Example (The Hub)", "keys", me,
	    "selection", "all", "purpose", "To be reviewed.", "basis",
	    "safeguarding", "expires", "2026-12-10"));
	hex_format(sent.b, ENTRY_ID_LEN, hex);
	return desk_sign(d, "Q. Sample", "bundle-recall", "2026-11-12",
	    json_pack("{s:s, s:s, s:s}", "sent", hex, "ask", "stop",
	    "reason", "Another child's file was in it."));
}

static struct golden *
open_case(struct desk *d, int w, int h, bool twin)
{
	struct case_screen_opts o = {.door = desk_door(d),
	    .id = desk_case(d)};
	struct golden *g = golden_new(NULL, w, h);
	struct err e;

	if (twin)
		o.door.twins = add_twin;
	app_push(golden_app(g), case_screen_on(&o, &e));
	golden_keys(g, "");
	return g;
}

static void
a_recall_and_a_twin_stand_above_the_case(void **state)
{
	static const int sizes[][2] = {{120, 40}, {80, 24}, {40, 10}, {1, 1}};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct desk *d = desk_new();
		struct golden *g;

		(void)send_and_recall(d);
		g = open_case(d, sizes[i][0], sizes[i][1], true);
		golden_check(g, "travelled");
		golden_free(g);
		desk_free(d);
	}
}

/* Until it is answered: A offers it, about the recall. */
static void
an_answer_takes_the_recall_from_the_head(void **state)
{
	struct desk *d = desk_new();
	struct entry_id recall = send_and_recall(d);
	char hex[2 * ENTRY_ID_LEN + 1];
	struct golden *g = open_case(d, 120, 40, false);

	(void)state;
	golden_shows(g, "! Recalled by Q. Sample, 12 November 2026: stop "
	    "using what they sent.");
	golden_hides(g, "Another case has the same reference");
	golden_free(g);
	hex_format(recall.b, ENTRY_ID_LEN, hex);
	(void)desk_sign(d, "me", "recall-answer", "2026-11-13", json_pack(
	    "{s:s, s:s, s:s}", "recall", hex, "done", "stopped", "words",
	    "Nothing rested on it."));
	g = open_case(d, 120, 40, false);
	golden_hides(g, "! Recalled by");
	golden_keys(g, "2 f 'kind:recall-answer' Enter Enter");
	golden_shows(g, "Nothing rested on it.");
	golden_shows(g, "Stopped using it");
	golden_free(g);
	desk_free(d);
}

static void
the_answer_is_written_about_the_recall(void **state)
{
	struct desk *d = desk_new();
	struct golden *g;

	(void)state;
	(void)send_and_recall(d);
	g = open_case(d, 120, 40, false);
	golden_keys(g, "A 'answer to' Enter");
	golden_check(g, "travelled-answer");
	golden_free(g);
	desk_free(d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_recall_and_a_twin_stand_above_the_case),
		cmocka_unit_test(an_answer_takes_the_recall_from_the_head),
		cmocka_unit_test(the_answer_is_written_about_the_recall),
	};

	return cmocka_run_group_tests_name("travelled", tests, NULL, NULL);
}
