/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The young person and those around them: page, conflicts, checks. */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/golden/desk.h"
#include "tests/golden/golden.h"
#include "tui/app.h"
#include "tui/casescreen.h"
#include "tui/entrylink.h"
#include "tui/session.h"
#include "tui/writemenu.h"

static struct golden *
open_case(struct desk *d, int w, int h)
{
	struct golden *g = golden_new(NULL, w, h);

	app_push(golden_app(g), desk_screen(d));
	golden_keys(g, "");
	return g;
}

static void
people(struct desk *d)
{
	(void)desk_sign(d, "me", "associate", "2026-11-10", json_pack(
	    "{s:s,s:s,s:s,s:s,s:b}", "name", "Yan O'Brien-\xc3\x91""and\xc3\xba",
	    "relation", "twin", "birth", "2012-03-04", "reference", "K-0150",
	    "lives_with", 1));
	(void)desk_sign(d, "me", "associate", "2026-11-10", json_pack(
	    "{s:s,s:s}", "name", "A. Friend", "relation", "friend"));
	(void)desk_sign(d, "me", "associate", "2026-11-10", json_pack(
	    "{s:s,s:s,s:b,s:s}", "name", "Ms Example", "relation", "mother",
	    "lives_with", 1, "contact", "By telephone in the mornings"));
	(void)desk_sign(d, "me", "address", "2024-02 to 2025-08", json_pack(
	    "{s:s,s:s}", "address", "3 Earlier Road", "area", "NT2"));
	(void)desk_sign(d, "me", "address", "2025-09", json_pack(
	    "{s:s,s:s,s:s,s:s}", "address", "1 Invented Street\nSampleton",
	    "area", "NT1", "authority", "Sample Council", "with",
	    "Ms Example"));
	(void)desk_sign(d, "me", "person-of-concern", "2026-11-19",
	    json_pack("{s:s,s:s,s:s,s:s,s:s,s:s}", "name", "A coach", "why",
	    "Gives lifts home.", "more_than_one", "yes", "exploitation",
	    "unknown", "works_with_children", "yes", "lado_due",
	    "2026-11-21T00:00:00Z"));
	(void)desk_sign(d, "me", "model", "2026-11-18", json_pack(
	    "{s:[s,s],s:s}", "models", "online", "peer", "why",
	    "Messages that she showed."));
}

static const int sizes[][2] = {{132, 43}, {80, 24}, {40, 10}, {1, 1}};
#define SIZES (sizeof(sizes) / sizeof(sizes[0]))

static void
every_size(void **state)
{
	(void)state;
	for (size_t i = 0; i < SIZES; i++) {
		struct desk *d = desk_new();
		struct golden *g;

		people(d);
		g = open_case(d, sizes[i][0], sizes[i][1]);
		golden_keys(g, "3");
		golden_check(g, "around");
		golden_keys(g, "Down Down Down Down Down Down");
		golden_check(g, "around-below");
		golden_keys(g, "End");
		golden_check(g, "around-end");
		golden_free(g);
		desk_free(d);
	}
}

static void
nobody_yet(void **state)
{
	struct desk *d = desk_new();
	struct golden *g = open_case(d, 80, 24);

	(void)state;
	golden_keys(g, "3 Down");
	golden_shows(g, "Family and associates (0)");
	golden_shows(g, "?  Ethnicity");
	golden_shows(g, "not recorded");
	/* In an empty group `a` adds what the group is of. */
	golden_keys(g, "Down a");
	golden_shows(g, "Lived there from");
	golden_keys(g, "Esc Home a");
	golden_shows(g, "Add to people");
	golden_check(g, "around-which");
	golden_keys(g, "Down Down Enter");
	golden_shows(g, "Why they are of concern");
	golden_free(g);
	desk_free(d);
}

/* A label that is wider than its column does not run into the value. */
static void
long_label_is_cut(void **state)
{
	struct desk *d = desk_new();
	struct golden *g;

	(void)state;
	(void)desk_sign(d, "me", "identity", "", json_pack("{s:s,s:s}",
	    "name", "Zo\xc3\xab Invented", "interpreter", "Spanish"));
	g = open_case(d, 80, 24);
	golden_keys(g, "3");
	golden_shows(g, "Interpreter or communicatio\xe2\x80\xa6 Spanish");
	golden_free(g);
	desk_free(d);
}

static void
two_of_everything(struct desk *d)
{
	(void)desk_sign(d, "me", "identity", "", json_pack(
	    "{s:s,s:s,s:s,s:[s],s:s}", "name",
	    "Zo\xc3\xab O'Brien-\xc3\x91""and\xc3\xba \xe7\x8e\x8b", "birth",
	    "2013-04-03", "sex", "F", "disability", "HEAR", "school",
	    "Invented Academy"));
	(void)desk_sign(d, "Q. Sample", "identity", "", json_pack(
	    "{s:s,s:[s,s],s:b,s:i}", "name",
	    "Zo\xc3\xab O'Brien-\xc3\x91""and\xc3\xba \xe7\x8e\x8b",
	    "disability", "HEAR", "LD", "age_disputed", 1, "age_about", 15));
}

static void
values_side_by_side(void **state)
{
	(void)state;
	for (size_t i = 0; i < SIZES; i++) {
		struct desk *d = desk_new();
		struct golden *g;

		two_of_everything(d);
		g = open_case(d, sizes[i][0], sizes[i][1]);
		golden_keys(g, "3");
		golden_check(g, "around-conflict");
		golden_free(g);
		desk_free(d);
	}
}

/* Up to the field with this label. */
static void
go_to(struct golden *g, int n)
{
	while (n-- > 0)
		golden_keys(g, "Tab");
}

static void
settled_by_one_entry(void **state)
{
	struct desk *d = desk_new();
	struct golden *g;

	(void)state;
	two_of_everything(d);
	g = open_case(d, 80, 24);
	golden_keys(g, "3 i");
	go_to(g, 2);
	golden_shows(g, "More than one value stands");
	golden_keys(g, "F2");
	golden_shows(g, "Date of birth: 2 values stand");
	golden_keys(g, "Right Right");
	golden_shows(g, "(x) 4 March 2012");
	golden_keys(g, "F2");
	golden_shows(g, "Disability: 2 values stand");
	golden_check(g, "around-settle");
	golden_keys(g, "Right F2 i");
	/* Not signed yet, it is the same one that is written on. */
	golden_keys(g, "Tab ' again' F2 $");
	golden_shows(g, "signs 1 entry");
	golden_keys(g, "Enter 3");
	golden_hides(g, "more than one value");
	/* What only one of them said is not lost. */
	golden_shows(g, "Invented Academy");
	golden_free(g);
	desk_free(d);
}

/* What was half settled and left is asked for again, and nothing more. */
static void
half_settled_comes_back(void **state)
{
	struct desk *d = desk_new();
	struct golden *g;

	(void)state;
	two_of_everything(d);
	g = open_case(d, 80, 24);
	golden_keys(g, "3 i");
	go_to(g, 2);
	golden_keys(g, "Left Esc");
	golden_free(g);
	g = open_case(d, 80, 24);
	golden_keys(g, "3");
	golden_shows(g, "Young person, not finished");
	golden_keys(g, "Enter");
	golden_shows(g, "(x) Not known: none of these stays");
	golden_keys(g, "F2");
	golden_shows(g, "Disability: 2 values stand");
	golden_free(g);
	desk_free(d);
}

static void
two_versions_are_settled_with_e(void **state)
{
	struct desk *d = desk_new();
	char hex[2 * ENTRY_ID_LEN + 1];
	struct entry_id id;
	struct golden *g;

	(void)state;
	id = desk_sign(d, "me", "model", "2026-11-18", json_pack(
	    "{s:[s],s:s}", "models", "online", "why", "Messages."));
	hex_format(id.b, ENTRY_ID_LEN, hex);
	(void)desk_sign(d, "me", "model", "2026-11-18", json_pack(
	    "{s:[s],s:s,s:[s]}", "models", "peer", "why", "Messages.",
	    "replaces", hex));
	(void)desk_sign(d, "Q. Sample", "model", "2026-11-18", json_pack(
	    "{s:[s],s:s,s:[s]}", "models", "group", "why", "Messages.",
	    "replaces", hex));
	g = open_case(d, 80, 24);
	golden_shows(g, "1 conflict");
	golden_keys(g, "3 End Up Up");
	golden_shows(g, "Written twice apart");
	golden_keys(g, "e F2");
	golden_shows(g, "Model of exploitation: 2 values stand");
	golden_keys(g, "Right F2 $ Enter");
	golden_shows(g, "Signed: 1 entry");
	golden_hides(g, "conflict");
	golden_free(g);
	desk_free(d);
}

static void
numbers_are_checked_as_they_are_typed(void **state)
{
	struct desk *d = desk_new();
	struct golden *g = open_case(d, 80, 24);

	(void)state;
	golden_keys(g, "3 i BackTab BackTab BackTab");
	golden_keys(g, "'943 476 5918'");
	golden_check(g, "around-nhs-wrong");
	golden_keys(g, "F2");
	golden_shows(g, "NHS number:");
	golden_keys(g, "Backspace '9'");
	golden_shows(g, "943 476 5919: the check digit fits");
	golden_keys(g, "BackTab 'A950000178301'");
	golden_shows(g, "the check letter fits");
	golden_free(g);
	desk_free(d);
}

static void
orientation_is_asked_from_16(void **state)
{
	struct desk *d = desk_new();
	struct golden *g = open_case(d, 80, 24);

	(void)state;
	golden_keys(g, "3 i");
	golden_shows(g, "(not asked)");
	golden_shows(g, "Not asked before 16: they are 14");
	go_to(g, 2);
	golden_keys(g, "^U '2009-03-04'");
	golden_hides(g, "(not asked)");
	go_to(g, 6);
	golden_keys(g, "Right");
	golden_shows(g, "Heterosexual");
	/* Put right to a younger age: it is not kept. */
	golden_keys(g, "BackTab BackTab BackTab BackTab BackTab BackTab ^U "
	    "'2012-03-04' F2 $ Enter 3");
	golden_hides(g, "Heterosexual");
	golden_free(g);
	desk_free(d);
}

static void
found_after_missing(void **state)
{
	struct desk *d = desk_new();
	char hex[2 * ENTRY_ID_LEN + 1];
	struct entry_id id;
	struct golden *g;

	(void)state;
	id = desk_sign(d, "me", "missing", "", json_pack(
	    "{s:s,s:s,s:s,s:s}", "since", "2026-11-18T21:00:00Z", "from",
	    "care", "kind", "missing", "reported_by", "A. Carer"));
	g = open_case(d, 80, 24);
	golden_keys(g, "Tab Tab Enter a");
	golden_keys(g, "'18/11/2026 20:00'");
	golden_shows(g, "they are missing since 18 November 2026");
	golden_keys(g, "Tab 'At the bus station' F2");
	golden_shows(g, "Back or found at: they are missing since");
	/* Half written, it is listed with what it is about. */
	golden_keys(g, "Esc q");
	golden_shows(g, "Found or returned on Missing");
	golden_check(g, "around-unfinished");
	golden_keys(g, "Home Enter");
	golden_shows(g, "At the bus station");
	golden_keys(g, "Esc x 'discard' Enter");
	golden_hides(g, "not finished");
	golden_free(g);
	/* Read from elsewhere it is shown, as doubtful. */
	hex_format(id.b, ENTRY_ID_LEN, hex);
	(void)desk_sign(d, "Q. Sample", "located", "", json_pack(
	    "{s:s,s:s,s:s}", "episode", hex, "at", "2026-11-18T19:00:00Z",
	    "where", "Home"));
	g = open_case(d, 80, 24);
	golden_keys(g, "Tab Tab");
	golden_shows(g, "Doubtful: found before");
	golden_keys(g, "Enter");
	golden_shows(g, "Signed by Q. Sample");
	golden_shows(g, "Doubtful: found before");
	golden_free(g);
	desk_free(d);
}

/* ---- every form survives a lock ---- */

/* An entry to which one of this kind belongs; "" where none is needed. */
static void
sign_target(struct desk *d, const char *kind,
    char hex[2 * ENTRY_ID_LEN + 1])
{
	static const struct {
		const char *kind, *on, *body;
	} targets[] = {
		{"missing", "", "{\"since\":\"2026-11-18T21:00:00Z\","
		    "\"from\":\"care\",\"kind\":\"missing\","
		    "\"reported_by\":\"A. Carer\"}"},
		{"action", "2026-11-18", "{\"what\":\"A key\",\"owner\":"
		    "\"A. Carer\",\"due\":\"2026-11-27\"}"},
		{"transfer", "2026-11-18", "{\"to\":\"Sample School\","
		    "\"what\":\"The file\",\"route\":\"By hand\"}"},
		{"referral", "2026-11-18", "{\"to\":\"Sample hub\","
		    "\"service\":\"nrm\",\"urgency\":\"now\","
		    "\"reason\":\"Signs.\",\"asked\":\"To act.\","
		    "\"consent\":\"given\"}"},
	};
	const char *target = link_target(kind);
	struct entry_id id;

	hex[0] = '\0';
	for (size_t i = 0; target != NULL && i < 4; i++) {
		if (strcmp(targets[i].kind, target) != 0)
			continue;
		id = desk_add(d, "me", target, targets[i].on,
		    targets[i].body);
		hex_format(id.b, ENTRY_ID_LEN, hex);
	}
}

static void
come_back(struct golden *g, struct desk *d, const char *kind,
    const char *what)
{
	struct case_id id = desk_case(d);
	char key[SESSION_KEY_MAX];
	struct place place = {.type = PLACE_FORM, .id = id, .text = key};

	session_draft_key(key, kind, &id, *what != '\0' ? what : NULL);
	case_screen_return(app_top(golden_app(g)), golden_app(g), &place);
	golden_keys(g, "");
}

/* Types into the first field that takes text. */
static void
type_somewhere(struct golden *g, const struct kind *k)
{
	size_t n = k->on_label != NULL;

	for (const struct field *f = k->fields; f->name != NULL; f++) {
		if ((f->flags & FIELD_HIDDEN) != 0)
			continue;
		/* A judgement is chosen from the levels. */
		if ((f->type == FIELD_LINE || f->type == FIELD_TEXT) &&
		    strcmp(f->name, "judgement") != 0)
			break;
		n++;
	}
	go_to(g, (int)n);
	golden_paste(g, "Half a sentence");
}

static void
every_form_survives_a_lock(void **state)
{
	const struct kind *all;
	size_t n;

	(void)state;
	all = kind_all(&n);
	for (size_t i = 0; i < n; i++) {
		char hex[2 * ENTRY_ID_LEN + 1];
		struct desk *d;
		struct golden *g;

		if (!kind_has_form(&all[i]))
			continue;
		d = desk_new();
		sign_target(d, all[i].name, hex);
		g = open_case(d, 120, 40);
		come_back(g, d, all[i].name, hex);
		type_somewhere(g, &all[i]);
		golden_shows(g, "Half a sentence");
		/* The lock takes all screens away; what was typed is a draft. */
		golden_free(g);
		g = open_case(d, 120, 40);
		golden_shows(g, "not finished");
		come_back(g, d, all[i].name, hex);
		golden_shows(g, "What was typed before is here again");
		golden_shows(g, "Half a sentence");
		golden_free(g);
		desk_free(d);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_size),
		cmocka_unit_test(nobody_yet),
		cmocka_unit_test(long_label_is_cut),
		cmocka_unit_test(values_side_by_side),
		cmocka_unit_test(settled_by_one_entry),
		cmocka_unit_test(half_settled_comes_back),
		cmocka_unit_test(two_versions_are_settled_with_e),
		cmocka_unit_test(numbers_are_checked_as_they_are_typed),
		cmocka_unit_test(orientation_is_asked_from_16),
		cmocka_unit_test(found_after_missing),
		cmocka_unit_test(every_form_survives_a_lock),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
