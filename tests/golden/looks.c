/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who looked, the gate of a restricted case, and the form that restricts it.
 */
#include "config.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/date.h"
#include "core/xalloc.h"
#include "tests/golden/golden.h"
#include "tui/gate.h"
#include "tui/lookscreen.h"
#include "tui/restrictform.h"

#define ZOE "Zo\xC3\xAB O'Brien-\xC3\x91" "and\xC3\xBA \xE7\x8E\x8B"
#define HOUR INT64_C(3600000)

/* ---- who looked ---- */

static size_t total, fetched;
static struct case_id opened;
static size_t opens;

static enum rc
fake_count(void *ctx, const struct look_query *q, size_t *n, struct err *e)
{
	(void)ctx;
	(void)e;
	assert_int_equal(q->since, INT64_MIN);
	*n = total;
	return RC_OK;
}

static void
make_row(size_t i, struct look_row *r, char *words, size_t size)
{
	static const enum look what[] = {
		LOOK_OPEN, LOOK_BREAK_GLASS, LOOK_SEARCH, LOOK_FAILED_UNLOCK
	};

	memset(r, 0, sizeof(*r));
	(void)snprintf(words, size, "o\x1b[2Jbrien %zu", i);
	r->at = GOLDEN_NOW - (int64_t)i * HOUR;
	r->who = i % 3 == 0 ? ZOE : "R. Example";
	r->what = what[i % 4];
	r->has_case = i % 4 < 2;
	r->case_id = (struct case_id){{(unsigned char)i}};
	r->reference = r->has_case ? "K-0142" : "";
	r->words = i % 4 == 2 ? words : "";
	r->reason = i % 4 == 1 ? "Duty call: the child is missing tonight." :
	    "";
	r->count = i % 4 == 2 ? 3 : 0;
}

static enum rc
fake_rows(void *ctx, const struct look_query *q, const struct look_sink *to,
    struct err *e)
{
	char words[64];
	struct look_row r;

	(void)ctx;
	(void)e;
	for (size_t i = q->offset; i < total && i < q->offset + q->limit;
	    i++) {
		make_row(i, &r, words, sizeof(words));
		fetched++;
		if (!to->fn(&r, to->ctx))
			break;
	}
	return RC_OK;
}

static void
note_open(void *ctx, struct app *app, const struct case_id *id)
{
	(void)ctx;
	(void)app;
	opened = *id;
	opens++;
}

static struct golden *
looks_golden(enum look_view view, int w, int h)
{
	struct golden *g = golden_new(NULL, w, h);
	struct case_id id = {{1}};
	struct lookscreen_opts o = {
		.source = {fake_count, fake_rows, NULL}, .view = view,
		.case_id = &id,
		.name = view == LOOKS_OF_PERSON ? ZOE : "K-0142",
		.open = view == LOOKS_OF_CASE ? NULL : note_open,
	};

	opens = 0;
	app_push(golden_app(g), lookscreen_new(&o));
	golden_keys(g, "");
	return g;
}

static void
looks_every_size(void **state)
{
	static const int sizes[][2] = {{80, 24}, {40, 10}, {132, 43}, {1, 1}};
	static const char *const names[] = {
		"looks-case", "looks-person", "looks-flagged"
	};

	(void)state;
	total = 100;
	for (int view = 0; view < 3; view++) {
		for (size_t i = 0; i < 4; i++) {
			struct golden *g = looks_golden((enum look_view)view,
			    sizes[i][0], sizes[i][1]);

			golden_keys(g, "j");
			golden_check(g, names[view]);
			golden_free(g);
		}
	}
}

static void
nobody_has_looked(void **state)
{
	struct golden *g;

	(void)state;
	total = 0;
	g = looks_golden(LOOKS_OF_CASE, 80, 24);
	golden_shows(g, "Nobody has looked yet.");
	golden_free(g);
	g = looks_golden(LOOKS_FLAGGED, 80, 24);
	golden_shows(g, "Nothing is flagged");
	golden_free(g);
}

static void
years_of_looks_are_read_by_pages(void **state)
{
	struct golden *g;

	(void)state;
	total = 40000;
	fetched = 0;
	g = looks_golden(LOOKS_FLAGGED, 80, 24);
	assert_true(fetched <= 2 * 3 * 24);
	golden_keys(g, "G");
	golden_shows(g, "40000 of 40000");
	assert_true(fetched <= 3 * 3 * 24);
	golden_keys(g, "Enter");
	assert_int_equal(opens, 0);
	golden_shows(g, "There is no case in this row");
	golden_keys(g, "k k Enter");
	assert_int_equal(opens, 1);
	golden_free(g);
}

/* ---- the gate ---- */

static enum door door;
static char reason[128];
static size_t shown;
static const char *named;

static enum rc
fake_door(void *ctx, const struct case_id *id, enum door *out, char **names,
    struct err *e)
{
	(void)ctx;
	(void)id;
	(void)e;
	*out = door;
	*names = named != NULL ? xstrdup(named) : NULL;
	return RC_OK;
}

static enum rc
fake_break(void *ctx, const struct case_id *id, const char *why,
    struct err *e)
{
	(void)ctx;
	(void)id;
	if (strlen(why) < 10)
		return err_set(e, RC_INPUT, "Opening a restricted case needs a "
		    "reason that others can follow: at least 10 letters");
	(void)snprintf(reason, sizeof(reason), "%s", why);
	return RC_OK;
}

static void
fake_show(void *ctx, struct app *app, const struct case_id *id)
{
	(void)ctx;
	(void)id;
	shown++;
	app_say(app, "It is shown.");
}

static struct golden *
gate_golden(int w, int h)
{
	static const struct gate gate = {NULL, fake_door, fake_break,
	    fake_show};
	struct golden *g = looks_golden(LOOKS_OF_PERSON, w, h);
	struct case_id id = {{1}};

	shown = 0;
	reason[0] = '\0';
	gate_open(golden_app(g), &gate, &id);
	golden_keys(g, "");
	return g;
}

static void
gate_every_size(void **state)
{
	static const int sizes[][2] = {{80, 24}, {40, 10}, {132, 43}, {1, 1}};

	(void)state;
	total = 3;
	door = DOOR_RESTRICTED;
	named = ZOE " or R. Example";
	for (size_t i = 0; i < 4; i++) {
		struct golden *g = gate_golden(sizes[i][0], sizes[i][1]);

		golden_check(g, "gate");
		golden_free(g);
	}
}

static void
whom_to_ask_is_seen_on_the_smallest_terminal(void **state)
{
	struct golden *g;

	(void)state;
	door = DOOR_RESTRICTED;
	named = ZOE " or R. Example";
	g = gate_golden(40, 10);
	golden_shows(g, "Better ask Zo");
	golden_free(g);
}

static void
a_reason_opens_and_esc_does_not(void **state)
{
	struct golden *g;

	(void)state;
	door = DOOR_RESTRICTED;
	g = gate_golden(80, 24);
	golden_keys(g, "Enter");
	golden_shows(g, "This is needed.");
	golden_keys(g, "'why' Enter");
	golden_shows(g, "Opening a restricted case needs");
	assert_int_equal(shown, 0);
	golden_keys(g, "' not: missing tonight' Enter");
	assert_string_equal(reason, "why not: missing tonight");
	assert_int_equal(shown, 1);
	golden_shows(g, "It is shown.");
	golden_free(g);
	g = gate_golden(80, 24);
	golden_keys(g, "'missing since noon' Esc");
	assert_int_equal(shown, 0);
	golden_shows(g, "not opened, and nothing was noted");
	golden_free(g);
}

static void
other_doors(void **state)
{
	struct golden *g;

	(void)state;
	named = NULL;
	door = DOOR_OPEN;
	g = gate_golden(80, 24);
	assert_int_equal(shown, 1);
	golden_free(g);
	door = DOOR_BROKEN;
	g = gate_golden(80, 24);
	assert_int_equal(shown, 1);
	golden_free(g);
	door = DOOR_SHUT;
	g = gate_golden(80, 24);
	assert_int_equal(shown, 0);
	golden_shows(g, "Your role may not open this case");
	golden_free(g);
}

/* ---- restricting ---- */

static char restricted[256];
static size_t changes;

static enum rc
fake_restrict(void *ctx, const struct restriction *r, struct err *e)
{
	size_t at = 0;

	(void)ctx;
	(void)e;
	restricted[0] = '\0';
	for (size_t i = 0; i < r->n; i++)
		at += (size_t)snprintf(restricted + at, sizeof(restricted) -
		    at, "%s|", r->people[i]);
	(void)snprintf(restricted + at, sizeof(restricted) - at, "%s|%d",
	    r->reason, r->review == DAY_NONE ? 0 : (int)r->review);
	return RC_OK;
}

static void
note_change(void *ctx, struct app *app)
{
	(void)ctx;
	(void)app;
	changes++;
}

static struct golden *
restrict_golden(bool is, int w, int h)
{
	static const struct restrict_person who[] = {
		{"R. Example", true}, {ZOE, false}, {"Q. Sample", false},
	};
	struct golden *g = looks_golden(LOOKS_OF_PERSON, w, h);
	int32_t today = moment_day(GOLDEN_NOW);
	struct restrict_opts o = {
		.id = {{1}}, .reference = "K-0142", .restricted = is,
		.reason = is ? "A relative works here." : NULL,
		.review = today + 90, .today = today, .people = who,
		.npeople = 3, .restrict_ = fake_restrict,
		.changed = note_change,
	};

	changes = 0;
	restrictform_open(golden_app(g), &o);
	golden_keys(g, "");
	return g;
}

static void
restrict_every_size(void **state)
{
	static const int sizes[][2] = {{80, 24}, {40, 10}, {132, 43}, {1, 1}};

	(void)state;
	total = 3;
	for (size_t i = 0; i < 4; i++) {
		struct golden *g = restrict_golden(false, sizes[i][0],
		    sizes[i][1]);

		golden_keys(g, "Down Space");
		golden_check(g, "restrict");
		golden_free(g);
	}
}

static void
people_are_ticked(void **state)
{
	struct golden *g = restrict_golden(false, 80, 24);
	char want[128];

	(void)state;
	golden_keys(g, "Down Space Enter 'a relative works here' Enter");
	golden_shows(g, "R. Example, " ZOE);
	golden_keys(g, "^U '2020-01-01' Enter");
	golden_shows(g, "is to come");
	golden_keys(g, "^U '1 March 2027' Enter");
	(void)snprintf(want, sizeof(want), "R. Example|" ZOE
	    "|a relative works here|%d",
	    (int)day_from_civil((struct civil){2027, 3, 1}));
	assert_string_equal(restricted, want);
	assert_int_equal(changes, 1);
	golden_shows(g, "K-0142 is restricted now.");
	golden_free(g);
}

static void
somebody_must_be_named(void **state)
{
	struct golden *g = restrict_golden(false, 80, 24);

	(void)state;
	golden_keys(g, "Space Enter 'a relative works here' Enter Enter");
	golden_shows(g, "Nobody is named.");
	assert_int_equal(changes, 0);
	golden_free(g);
}

static void
a_restriction_is_lifted(void **state)
{
	struct golden *g = restrict_golden(true, 80, 24);

	(void)state;
	golden_check(g, "restricted");
	golden_keys(g, "Down Enter Enter ^U 'they left the team' Enter Enter");
	assert_memory_equal(restricted, "they left the team|", 19);
	assert_int_equal(changes, 1);
	golden_shows(g, "open to everybody again");
	golden_free(g);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(looks_every_size),
		cmocka_unit_test(nobody_has_looked),
		cmocka_unit_test(years_of_looks_are_read_by_pages),
		cmocka_unit_test(gate_every_size),
		cmocka_unit_test(a_reason_opens_and_esc_does_not),
		cmocka_unit_test(whom_to_ask_is_seen_on_the_smallest_terminal),
		cmocka_unit_test(other_doors),
		cmocka_unit_test(restrict_every_size),
		cmocka_unit_test(people_are_ticked),
		cmocka_unit_test(somebody_must_be_named),
		cmocka_unit_test(a_restriction_is_lifted),
	};

	if (sodium_init() < 0)
		return 99;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
