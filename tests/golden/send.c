/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A case leaves as a bundle: the form, what it asks for, what it counts.
 */
#include "config.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/date.h"
#include "tests/golden/desk.h"
#include "tests/golden/golden.h"
#include "tui/sendform.h"

#define ZOE "Zo\xC3\xAB O'Brien-\xC3\x91" "and\xC3\xBA \xE7\x8E\x8B"

static const int sizes[][2] = {{120, 40}, {80, 24}, {40, 10}, {1, 1}};

static char asked[512];
static bool nobody, told;

static const struct foreigner people[] = {
	{.name = "Ada Invented", .agency = "Marlow Street School",
	    .key = {{1}}, .role = ROLE_PRACTITIONER, .carded = true,
	    .ended = INT64_MAX},
	{.name = ZOE, .agency = "Harbour Clinic", .key = {{2}},
	    .role = ROLE_SUPERVISOR, .carded = true, .ended = INT64_MAX},
	{.name = "Ben Made-Up", .agency = "Council", .key = {{3}},
	    .role = ROLE_PRACTITIONER, .carded = true, .ended = INT64_MAX},
	{.name = "C. Colleague", .agency = "", .key = {{4}},
	    .role = ROLE_PRACTITIONER, .ended = INT64_MAX},
	{.name = "D. Departed", .agency = "Council", .key = {{5}},
	    .carded = true, .ended_here = true, .ended = 1},
};

static enum rc
fake_people(void *ctx, const struct foreigner_sink *to, struct err *e)
{
	(void)ctx;
	(void)e;
	for (size_t i = 0; i < 5 && !nobody; i++)
		if (!to->fn(&people[i], to->ctx))
			break;
	return RC_OK;
}

static enum rc
fake_each(void *ctx, enum bundle_side side, const struct bundle_sink *to,
    struct err *e)
{
	struct bundle_row r = {.side = side, .id = {{7}},
	    .receipt_due = moment_of_day(moment_day(GOLDEN_NOW) + 6)};

	(void)ctx;
	(void)e;
	(void)to->fn(&r, to->ctx);
	return RC_OK;
}

static enum rc
fake_make(void *ctx, const struct bundle_order *o, struct bundle_made *out,
    struct err *e)
{
	char day[DAY_TEXT_MAX];

	(void)ctx;
	if (strcmp(o->path, "full.bundle") == 0)
		return err_set(e, RC_NOSPACE, "the disk is full");
	day_format(o->expires, day);
	(void)snprintf(asked, sizeof(asked), "%s to %zu from %d: %s, %s, %s, "
	    "%s", o->path, o->nto, o->to[0].b[0], o->only != NULL ? o->only :
	    "all", o->purpose, o->basis, day);
	*out = (struct bundle_made){.id = {{7}}, .entries = 12};
	return RC_OK;
}

static enum rc
fake_may(void *ctx, const char *path, struct err *e)
{
	(void)ctx;
	return path[0] != '/' ? RC_OK : err_set(e, RC_REFUSED, "This run may "
	    "make no file at %s.", path);
}

static int64_t
fake_now(void *ctx)
{
	(void)ctx;
	return GOLDEN_NOW;
}

static void
fake_sent(void *ctx, struct app *app)
{
	(void)ctx;
	(void)app;
	told = true;
}

struct on_desk {
	struct desk *d;
	struct casework w;
	struct golden *g;
};

static void
open_form(struct on_desk *t, const int size[2])
{
	static const struct bundle_source_ops ops = {.each = fake_each,
	    .make = fake_make, .may_make = fake_may, .now = fake_now};
	static const struct abroad_source_ops abroad = {.each = fake_people};
	struct case_door door = desk_door(t->d);
	struct case_id id = desk_case(t->d);
	struct sendform_opts o = {.source = {&ops, NULL},
	    .people = {&abroad, NULL}, .w = &t->w, .sent = fake_sent};
	struct err e;

	asked[0] = '\0';
	told = false;
	assert_int_equal(casework_open(&t->w, &door, &id, NULL, &e), RC_OK);
	t->g = golden_new(NULL, size[0], size[1]);
	app_push(golden_app(t->g), desk_screen(t->d));
	sendform_open(golden_app(t->g), &o);
	golden_keys(t->g, "");
}

static void
close_form(struct on_desk *t)
{
	golden_free(t->g);
	casework_release(&t->w);
	desk_free(t->d);
}

static struct desk *
some_case(void)
{
	struct desk *d = desk_new();

	(void)desk_sign(d, "me", "note", "4/11/2026", json_pack("{s:s, s:s}",
	    "facts", "Seen at the station.", "nature", "fact"));
	(void)desk_observe(d, "B1", "present", "School", "Absent at night");
	return d;
}

static void
every_size(void **state)
{
	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct on_desk t = {.d = some_case()};

		open_form(&t, sizes[i]);
		golden_check(t.g, "send");
		golden_keys(t.g, "Space Enter 'kind:note'");
		golden_check(t.g, "send-part");
		golden_keys(t.g, "Enter 'For the conference' Enter Enter "
		    "Enter Enter");
		golden_check(t.g, "send-confirm");
		close_form(&t);
	}
}

static void
a_case_is_sent(void **state)
{
	struct on_desk t = {.d = some_case()};

	(void)state;
	open_form(&t, sizes[1]);
	golden_hides(t.g, "C. Colleague");
	golden_hides(t.g, "D. Departed");
	golden_keys(t.g, "Enter");
	golden_shows(t.g, "Choose at least one");
	golden_keys(t.g, "Space Enter");
	golden_shows(t.g, "The whole case: 4 signed entries");
	golden_keys(t.g, "Enter 'short' Enter");
	golden_shows(t.g, "needs a reason that others can");
	golden_keys(t.g, "^U 'For the conference' Enter Down Enter ^U "
	    "'2026-01-01' Enter");
	golden_shows(t.g, "A day from today on");
	golden_keys(t.g, "^U '1/12/2026' Enter ^U '/x.bundle' Enter");
	golden_shows(t.g, "may make no file");
	golden_keys(t.g, "^U 'out.bundle' Enter");
	golden_shows(t.g, "Type: K-0142 Ada Invented");
	golden_keys(t.g, "'K-0142' Enter");
	assert_string_equal(asked, "");
	golden_keys(t.g, "' Ada Invented' Enter");
	assert_string_equal(asked, "out.bundle to 1 from 1: all, For the "
	    "conference, consent, 2026-12-01");
	assert_true(told);
	golden_shows(t.g, "out.bundle is written: 12 entries");
	golden_shows(t.g, "receipt is waited for");
	close_form(&t);
}

static void
a_part_goes_to_several(void **state)
{
	struct on_desk t = {.d = some_case()};

	(void)state;
	open_form(&t, sizes[1]);
	golden_keys(t.g, "Space Down Space Down Space Enter 'kind:nonsense'");
	golden_shows(t.g, "nonsense");
	golden_keys(t.g, "Enter");
	golden_shows(t.g, "At \"");
	golden_keys(t.g, "^U 'by:Nobody' Enter");
	golden_shows(t.g, "Nothing of the case is like that");
	golden_keys(t.g, "^U 'kind:note'");
	golden_shows(t.g, "1 of 4 signed entries");
	golden_keys(t.g, "Enter 'For the conference' Enter Enter Enter ^U "
	    "'full.bundle' Enter 'K-0142 3 people' Enter");
	golden_shows(t.g, "The disk is full.");
	golden_shows(t.g, "Confirm");
	golden_keys(t.g, "BackTab ^U 'b.bundle' Enter Enter");
	assert_string_equal(asked, "b.bundle to 3 from 1: kind:note, For the "
	    "conference, safeguarding, 2026-12-20");
	close_form(&t);
}

static void
restricted_goes_only_to_the_named(void **state)
{
	struct on_desk t = {.d = some_case()};
	static const struct author_id key = {{2}};
	char zoe[2 * AUTHOR_LEN + 1];

	(void)state;
	hex_format(key.b, AUTHOR_LEN, zoe);
	(void)desk_sign(t.d, "me", "restrict", "", json_pack(
	    "{s:s,s:[s],s:s,s:s}", "state", "set", "people", zoe, "reason",
	    "Family works here", "review", "2027-02-01"));
	open_form(&t, sizes[1]);
	golden_shows(t.g, "The case is restricted");
	golden_keys(t.g, "Space Enter");
	golden_shows(t.g, "and Ada Invented is not");
	golden_keys(t.g, "Space Down Space Enter");
	golden_shows(t.g, "The whole case");
	close_form(&t);
}

static void
nobody_to_send_to(void **state)
{
	struct on_desk t = {.d = some_case()};

	(void)state;
	nobody = true;
	open_form(&t, sizes[1]);
	nobody = false;
	golden_shows(t.g, "Nobody elsewhere is known");
	close_form(&t);
}

/* ---- the page that says who has it ---- */

static struct entry_id
sent(struct desk *d, int key, const char *name, const char *due)
{
	char hex[2 * AUTHOR_LEN + 1];
	struct author_id who = {{(unsigned char)key}};

	hex_format(who.b, AUTHOR_LEN, hex);
	return desk_sign(d, "me", "bundle-sent", "2026-11-20", json_pack(
	    "{s:s,s:[s],s:[s],s:s,s:s,s:s,s:s,s:s}", "bundle",
	    "0123456789abcdef0123456789abcdef", "to", name, "keys", hex,
	    "selection", "all", "purpose", "The conference", "basis",
	    "consent", "expires", "2026-12-18", "receipt_due", due));
}

static void
consent_withdrawn(struct desk *d)
{
	(void)desk_sign(d, "me", "consent", "2026-11-21", json_pack(
	    "{s:s,s:s,s:s,s:s}", "state", "withdrawn", "by", "child", "to",
	    "Telling the school", "words", "Not any more."));
}

static void
the_page_says_who_has_it(void **state)
{
	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct desk *d = some_case();
		struct golden *g = golden_new(NULL, sizes[i][0],
		    sizes[i][1]);

		(void)sent(d, 11, "Ada Invented (School)",
		    "2026-11-28T00:00:00Z");
		(void)sent(d, 12, ZOE " (Clinic)", "2026-11-21T00:00:00Z");
		consent_withdrawn(d);
		app_push(golden_app(g), desk_screen(d));
		golden_keys(g, "7");
		golden_check(g, "sharing-bundles");
		golden_free(g);
		desk_free(d);
	}
}

static void
the_page_follows_what_happens(void **state)
{
	struct desk *d = some_case();
	struct entry_id id;
	char hex[2 * ENTRY_ID_LEN + 1];
	struct golden *g = golden_new(NULL, 120, 40);

	(void)state;
	id = sent(d, 11, "Ada Invented (School)", "2026-11-28T00:00:00Z");
	consent_withdrawn(d);
	hex_format(id.b, ENTRY_ID_LEN, hex);
	(void)desk_sign(d, "me", "bundle-recall", "", json_pack(
	    "{s:s,s:s,s:s}", "sent", hex, "ask", "stop", "reason",
	    "Consent was withdrawn"));
	app_push(golden_app(g), desk_screen(d));
	golden_keys(g, "7");
	golden_shows(g, "Ada Invented (School): has all of the case");
	golden_shows(g, "Waiting for their receipt by the end of 27 November");
	golden_shows(g, "Consent was withdrawn on 21 November 2026: 1 person "
	    "who has this case has not been told yet.");
	golden_shows(g, "Recalled on 19 November 2026: 1 person");
	golden_shows(g, "Recalled: tell them.");
	golden_free(g);
	/* Another bundle to them carries the news. */
	(void)sent(d, 11, "Ada Invented (School)", "2026-11-28T00:00:00Z");
	g = golden_new(NULL, 120, 40);
	app_push(golden_app(g), desk_screen(d));
	golden_keys(g, "7");
	golden_hides(g, "not been told yet");
	golden_shows(g, "which they may not have opened");
	golden_shows(g, "1 of 2 bundles to them recalled.");
	golden_free(g);
	desk_free(d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_size),
		cmocka_unit_test(a_case_is_sent),
		cmocka_unit_test(a_part_goes_to_several),
		cmocka_unit_test(restricted_goes_only_to_the_named),
		cmocka_unit_test(nobody_to_send_to),
		cmocka_unit_test(the_page_says_who_has_it),
		cmocka_unit_test(the_page_follows_what_happens),
	};

	if (sodium_init() < 0)
		return 99;
	return cmocka_run_group_tests_name("sending", tests, NULL, NULL);
}
