/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Studies made from a case: the list, one read whole, signing, giving back,
 * the file.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/golden/golden.h"
#include "tests/unit/loaded.h"
#include "tui/studydrafts.h"

#define DAY INT64_C(86400000)
#define REPORT "Two children of this store share age, sex and where the " \
	"child lives.\nOne line with a doubtful word was passed.\n"

static const int sizes[][2] = {{120, 40}, {80, 24}, {40, 10}, {1, 1}};

static char asked[300];
static bool none, failing;
static struct instrument *occ;
static char *text;

static struct study_draft_row
row_of(unsigned char id, const char *study, const char *outcome)
{
	return (struct study_draft_row){.id = {{id}},
	    .at = GOLDEN_NOW - id * DAY, .author = {{1}}, .study = study,
	    .text = text, .report = REPORT, .hash = "00",
	    .outcome = outcome, .reason = outcome == NULL ? NULL :
	    "Nobody who knows the family would tell.", .by = {{2}},
	    .by_at = GOLDEN_NOW - DAY};
}

static enum rc
fake_rows(void *ctx, const struct study_sink *to, struct err *e)
{
	struct study_draft_row rows[3] = {
		row_of(2, "the-last-bus", NULL),
		row_of(3, "two-phones", "signed"),
		row_of(4, "the-lane", "returned"),
	};

	(void)ctx;
	if (failing)
		return err_set(e, RC_DAMAGED, "the register is damaged");
	for (size_t i = 0; i < 3 && !none; i++)
		if (!to->fn(&rows[i], to->ctx))
			break;
	return RC_OK;
}

static const char *
fake_person(void *ctx, const struct author_id *who)
{
	(void)ctx;
	return who->b[0] == 1 ? "R. Example" :
	    "Zo\xC3\xAB O'Brien-\xC3\x91" "and\xC3\xBA \xE7\x8E\x8B";
}

static const struct instrument *
fake_instrument(void *ctx, const char *id)
{
	(void)ctx;
	return strcmp(id, occ->id) == 0 ? occ : NULL;
}

static enum rc
fake_decide(void *ctx, const struct entry_id *id, bool sign,
    const char *reason, struct err *e)
{
	(void)ctx;
	if (strstr(reason, "mine") != NULL)
		return err_set(e, RC_REFUSED, "you made the study yourself");
	(void)snprintf(asked, sizeof(asked), "%s %d: %s", sign ? "sign" :
	    "return", id->b[0], reason);
	return RC_OK;
}

static enum rc
fake_write(void *ctx, const struct entry_id *id, const char *path,
    struct err *e)
{
	(void)ctx;
	if (strcmp(path, "there.yaml") == 0)
		return err_set(e, RC_EXISTS, "there.yaml is there already");
	(void)snprintf(asked, sizeof(asked), "write %d to %s", id->b[0],
	    path);
	return RC_OK;
}

static struct golden *
open_list(int w, int h)
{
	static const struct study_source source = {
		.rows = fake_rows, .person = fake_person,
		.instrument = fake_instrument, .decide = fake_decide,
		.write = fake_write,
	};
	struct golden *g = golden_new(NULL, w, h);

	asked[0] = '\0';
	app_push(golden_app(g), studylist_new(&source));
	golden_keys(g, "");
	return g;
}

static void
the_list_at_every_size(void **state)
{
	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct golden *g = open_list(sizes[i][0], sizes[i][1]);

		golden_check(g, "studies");
		golden_free(g);
	}
}

static void
one_is_read_whole(void **state)
{
	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct golden *g = open_list(sizes[i][0], sizes[i][1]);

		golden_keys(g, "Enter");
		golden_check(g, "studies-read");
		golden_free(g);
	}
}

static void
signing_takes_a_reason_and_the_id(void **state)
{
	struct golden *g = open_list(80, 24);

	(void)state;
	golden_keys(g, "$");
	golden_shows(g, "Read it first");
	golden_keys(g, "Enter $");
	golden_check(g, "studies-sign");
	golden_keys(g, "Enter");
	golden_shows(g, "This is needed.");
	golden_keys(g, "'Nobody could tell' Enter 'the-bus' Enter");
	golden_shows(g, "Type the-last-bus to let it out");
	assert_string_equal(asked, "");
	golden_keys(g, "^U 'the-last-bus' Enter");
	assert_string_equal(asked, "sign 2: Nobody could tell");
	golden_shows(g, "Signed. w writes it to a file.");
	golden_shows(g, "Studies made from a case");
	golden_free(g);
}

static void
a_refusal_keeps_the_form(void **state)
{
	struct golden *g = open_list(80, 24);

	(void)state;
	golden_keys(g, "Enter $ 'mine' Enter 'the-last-bus' Enter");
	golden_shows(g, "You made the study yourself");
	golden_shows(g, "Sign a study made from a case");
	assert_string_equal(asked, "");
	golden_free(g);
}

static void
giving_back_says_what_is_left(void **state)
{
	struct golden *g = open_list(80, 24);

	(void)state;
	golden_keys(g, "Enter x 'The lane is named' Enter 'the-last-bus' Enter");
	assert_string_equal(asked, "return 2: The lane is named");
	golden_shows(g, "Given back");
	golden_free(g);
}

static void
what_was_decided_stays(void **state)
{
	struct golden *g = open_list(80, 24);

	(void)state;
	golden_keys(g, "j Enter $");
	golden_shows(g, "It was decided on already.");
	golden_keys(g, "x");
	golden_shows(g, "It was decided on already.");
	golden_free(g);
}

static void
only_a_signed_one_becomes_a_file(void **state)
{
	struct golden *g = open_list(80, 24);

	(void)state;
	golden_keys(g, "w");
	golden_shows(g, "No supervisor has signed it");
	golden_keys(g, "j w");
	golden_shows(g, "two-phones.yaml");
	golden_keys(g, "^U 'there.yaml' Enter");
	golden_shows(g, "here.yaml is there already");
	golden_keys(g, "^U 'out.yaml' Enter");
	assert_string_equal(asked, "write 3 to out.yaml");
	golden_shows(g, "out.yaml is written");
	golden_free(g);
}

static void
none_and_a_fault_are_told(void **state)
{
	struct golden *g;

	(void)state;
	none = true;
	g = open_list(80, 24);
	golden_shows(g, "There is none. In a case, :study makes one.");
	golden_keys(g, "Enter $ x w");
	golden_free(g);
	none = false;
	failing = true;
	g = open_list(80, 24);
	golden_shows(g, "the register is damaged");
	failing = false;
	golden_free(g);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_list_at_every_size),
		cmocka_unit_test(one_is_read_whole),
		cmocka_unit_test(signing_takes_a_reason_and_the_id),
		cmocka_unit_test(a_refusal_keeps_the_form),
		cmocka_unit_test(giving_back_says_what_is_left),
		cmocka_unit_test(what_was_decided_stays),
		cmocka_unit_test(only_a_signed_one_becomes_a_file),
		cmocka_unit_test(none_and_a_fault_are_told),
	};
	int failed;

	occ = load_instrument("content/instruments/occ-csegg.yaml");
	text = load_text("content/studies/the-house.yaml");
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	instrument_free(occ);
	free(text);
	return failed;
}
