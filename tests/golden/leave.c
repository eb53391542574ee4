/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What leaves the store: the form, the password shown once, and the file
 * gone through for a subject access request.
 */
#include "config.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/golden/desk.h"
#include "tests/golden/golden.h"
#include "tui/leaveform.h"
#include "tui/packscreen.h"

static const struct size { int w, h; } sizes[] = {
	{132, 43}, {80, 24}, {40, 10}, {1, 1},
};
#define SIZES (sizeof(sizes) / sizeof(sizes[0]))

/* What was asked for, in words. */
static char asked[512];
static const char *unknown_signs = "";

static enum rc
fake_may_make(void *ctx, const char *path, struct err *e)
{
	(void)ctx;
	return path[0] != '/' ? RC_OK : err_set(e, RC_REFUSED, "This run may "
	    "make no file at %s.", path);
}

static enum rc
fake_leave(void *ctx, const struct leave_answer *a, struct secret *password,
    struct str *unknown, struct err *e)
{
	static const char made[] = "ab2cd-ef3gh-jk4mn-pq5rs-tu6vw";
	enum rc rc = RC_OK;

	(void)ctx;
	(void)snprintf(asked, sizeof(asked), "%zu %s %s %s: %s", a->item,
	    leave_format_code(a->format), a->sealed ? "sealed" : "open",
	    a->path, a->reason);
	str_add(unknown, unknown_signs);
	if (a->sealed)
		rc = secret_init(password, sizeof(made), e);
	if (rc == RC_OK && a->sealed)
		(void)secret_add(password, made, sizeof(made));
	return rc;
}

static void
open_form(struct golden *g)
{
	static const struct leave_item items[] = {
		{"The whole case", "case", false},
		{"The chronology", "chronology", false},
		{"For people alone", "people", true},
	};
	struct leaveform_opts o = {
		.reference = "K-0142", .items = items, .nitems = 3,
		.remark = "2 not signed: not in it.",
		.may_make = fake_may_make, .leave = fake_leave,
	};

	asked[0] = '\0';
	leaveform_open(golden_app(g), &o);
}

static struct golden *
form_on_case(struct desk *d, int w, int h)
{
	struct golden *g = golden_new(NULL, w, h);

	app_push(golden_app(g), desk_screen(d));
	open_form(g);
	golden_keys(g, "");
	return g;
}

static void
the_form_at_every_size(void **state)
{
	(void)state;
	for (size_t i = 0; i < SIZES; i++) {
		struct desk *d = desk_new();
		struct golden *g = form_on_case(d, sizes[i].w, sizes[i].h);

		golden_check(g, "leave-form");
		golden_free(g);
		desk_free(d);
	}
}

static void
a_password_is_shown_once(void **state)
{
	struct desk *d = desk_new();
	struct golden *g = form_on_case(d, 80, 24);

	(void)state;
	golden_keys(g, "Enter Enter Enter Enter 'For the conference' Enter "
	    "'K-0142' Enter");
	assert_string_equal(asked, "0 pdf sealed K-0142-case.pdf: For the "
	    "conference");
	golden_shows(g, "1  ab2cd");
	golden_shows(g, "5  tu6vw");
	golden_check(g, "leave-password");
	golden_keys(g, "Enter 'wrong' Enter");
	golden_shows(g, "not the last group");
	golden_shows(g, "1  ab2cd");
	golden_keys(g, "Enter 'TU6VW' Enter");
	golden_hides(g, "ab2cd");
	golden_shows(g, "wiped from this machine");
	golden_free(g);
	desk_free(d);
}

static void
without_a_password_more_is_typed(void **state)
{
	struct desk *d = desk_new();
	struct golden *g = form_on_case(d, 80, 24);

	(void)state;
	golden_keys(g, "Down Enter Down Down Enter Down Enter ^U 'out' Enter "
	    "'For the conference' Enter 'K-0142' Enter");
	golden_shows(g, "Type K-0142 unsealed to let it leave without a password");
	assert_string_equal(asked, "");
	golden_keys(g, "^U 'K-0142 unsealed' Enter");
	assert_string_equal(asked, "1 csv open out.csv: For the conference");
	golden_shows(g, "out.csv is written");
	golden_free(g);
	desk_free(d);
}

static void
what_is_wrong_is_said_at_once(void **state)
{
	struct desk *d = desk_new();
	struct golden *g = form_on_case(d, 80, 24);

	(void)state;
	golden_keys(g, "Down Down Enter Down Down Down Enter");
	golden_shows(g, "made for people to read");
	golden_keys(g, "Up Up Enter Enter ^U '/etc/x' Enter");
	golden_shows(g, "This run may make no file at /etc/x.zip");
	golden_keys(g, "^U 'x.zip' Enter 'short' Enter");
	golden_shows(g, "reason");
	assert_string_equal(asked, "");
	golden_keys(g, "Esc");
	golden_shows(g, "Direct questions");
	golden_free(g);
	desk_free(d);
}

static void
signs_without_a_font_are_named(void **state)
{
	struct desk *d = desk_new();
	struct golden *g = form_on_case(d, 80, 24);

	(void)state;
	unknown_signs = "U+738B";
	golden_keys(g, "Enter Enter Enter Enter 'For the conference' Enter "
	    "'K-0142' Enter");
	golden_shows(g, "no font of this machine has U+738B");
	unknown_signs = "";
	golden_free(g);
	desk_free(d);
}

/* ---- subject access ---- */

static struct desk *
with_others(void)
{
	struct desk *d = desk_new();

	(void)desk_sign(d, "me", "associate", "3/11/2026", json_pack(
	    "{s:s, s:s}", "name", "Eva Testerman", "relation", "mother"));
	(void)desk_sign(d, "me", "note", "4/11/2026", json_pack("{s:s, s:s}",
	    "facts", "Testerman's car stood outside; Zo\xc3\xab was glad.",
	    "nature", "fact"));
	return d;
}

static size_t left;

static void
fake_out(void *ctx, struct app *app, const struct access_pack *pack,
    const struct reading *g)
{
	struct paper p;
	struct str text;

	(void)ctx;
	(void)app;
	access_pack_paper(pack, g, "now", &p);
	str_init(&text);
	paper_text(&p, 400, &text);
	left = strstr(text.s, "Testerman") == NULL;
	assert_non_null(strstr(text.s, REDACTED " car stood"));
	str_release(&text);
	paper_release(&p);
}

struct on_desk {
	struct desk *d;
	struct casework w;
	struct golden *g;
};

static void
open_pack(struct on_desk *t, int w, int h)
{
	struct case_door door;
	struct case_id id;
	struct packscreen_opts o = {.w = &t->w, .leave = fake_out};
	struct err e;

	door = desk_door(t->d);
	id = desk_case(t->d);
	assert_int_equal(casework_open(&t->w, &door, &id, NULL, &e), RC_OK);
	t->g = golden_new(NULL, w, h);
	app_push(golden_app(t->g), packscreen_new(&o));
	golden_keys(t->g, "");
}

static void
close_pack(struct on_desk *t)
{
	golden_free(t->g);
	casework_release(&t->w);
}

static void
a_pack_at_every_size(void **state)
{
	(void)state;
	for (size_t i = 0; i < SIZES; i++) {
		struct on_desk t = {.d = with_others()};

		open_pack(&t, sizes[i].w, sizes[i].h);
		golden_check(t.g, "pack");
		close_pack(&t);
		desk_free(t.d);
	}
}

static void
a_pack_is_gone_through(void **state)
{
	struct on_desk t = {.d = with_others()};

	(void)state;
	open_pack(&t, 120, 40);
	golden_shows(t.g, "[x] ");
	golden_shows(t.g, "3 of 4 given");
	golden_shows(t.g, "1 name withheld in it");
	/* As it will leave. */
	golden_keys(t.g, "End Enter");
	golden_shows(t.g, REDACTED " car stood outside");
	golden_keys(t.g, "q E");
	assert_int_equal(left, 1);
	/* A name that no field has. */
	golden_keys(t.g, "a 'glad' Enter");
	golden_shows(t.g, "2 names withheld in it");
	/* The note is withheld, and that is kept. */
	golden_keys(t.g, "End Space");
	golden_shows(t.g, "2 of 4 given");
	golden_shows(t.g, "paragraph 16");
	close_pack(&t);
	open_pack(&t, 120, 40);
	golden_shows(t.g, "2 of 4 given");
	golden_shows(t.g, "glad (Added)");
	/* The first name is not withheld after all. */
	golden_keys(t.g, "Home Space");
	golden_shows(t.g, "[ ] ");
	close_pack(&t);
	desk_free(t.d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_form_at_every_size),
		cmocka_unit_test(a_password_is_shown_once),
		cmocka_unit_test(without_a_password_more_is_typed),
		cmocka_unit_test(what_is_wrong_is_said_at_once),
		cmocka_unit_test(signs_without_a_font_are_named),
		cmocka_unit_test(a_pack_at_every_size),
		cmocka_unit_test(a_pack_is_gone_through),
	};

	if (sodium_init() < 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
