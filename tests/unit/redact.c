/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/redact.h"

/* Names are parted by commas; one with a dash in front is the child's. */
static void
add_names(struct redactions *r, const char *names)
{
	char name[128];
	const char *p = names;

	while (*p != '\0') {
		size_t n = strcspn(p, ",");

		(void)snprintf(name, sizeof(name), "%.*s", (int)n, p);
		if (name[0] == '-')
			redact_keep(r, name + 1);
		else
			redact_add(r, name, "test", true);
		p += n + (p[n] == ',');
	}
}

struct trial {
	const char *names, *text, *want;
	size_t count;
};

#define X REDACTED

static const struct trial trials[] = {
	{"Eva Mockford", "Eva came. Mockford left.",
	    X " came. " X " left.", 2},
	{"Eva Mockford", "EVA MOCKFORD's car", X " car", 1},
	{"Eva Mockford", "Eva\xe2\x80\x99s aunt", X " aunt", 1},
	{"Eva Mockford", "Evangeline and Steva stay", "Evangeline and Steva "
	    "stay", 0},
	/* The surname that the child shares stays alone, goes in the name. */
	{"-Ava Samplewood,Eva Samplewood", "Ava Samplewood and Eva Samplewood",
	    "Ava Samplewood and " X, 1},
	{"Zo\xc3\xab O'Brien-\xc3\x91""and\xc3\xba", "zoe obrien and NANDU",
	    X " and " X, 2},
	{"Zo\xc3\xab O'Brien-\xc3\x91""and\xc3\xba",
	    "Zoe\xcc\x88 O\xe2\x80\x99""Brien", X, 1},
	{"\xe7\x8e\x8b\xe4\xbd\x90", "met \xe7\x8e\x8b\xe4\xbd\x90 there",
	    "met " X " there", 1},
	{"\xe7\x8e\x8b", "\xe5\x92\x8c\xe7\x8e\x8b\xe8\xa7\x81", X, 1},
	{"Mr Testerman", "Mr Testerman; a mr of no name", X "; a mr of no "
	    "name", 1},
	{"Uncle T", "uncle T came; her uncle did not; a T-shirt",
	    X " came; her uncle did not; a T-shirt", 1},
	{"Jo", "Jo,jo.JO", X "," X "." X, 3},
	{"Eva Mockford", "Evas bag, Eva\xc2\xb4s bag", X " bag, " X " bag", 2},
	{"Eva Mockford", "E\xe2\x80\x8bva came, Mock\xc2\xad""ford left",
	    X " came, " X " left", 2},
	{"Eva Mockford", "Mock-\nford; Eva\nMockford; Eva-Mockford",
	    "Mock-\nford; " X "; " X, 2},
	{"Al Testerman", "Al rang; Al Testerman rang", X " rang; " X " rang",
	    2},
	{"Uncle Van", "Van rang; uncle rang", X " rang; uncle rang", 1},
	{"Mai An", "An adult; Mai", "An adult; " X, 1},
	{"Jo", "", "", 0},
	{"", "Nobody is named.", "Nobody is named.", 0},
	{"\xff", "broken \xff bytes", "broken \xff bytes", 0},
};

static void
names_are_found_as_people_write_them(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(trials) / sizeof(trials[0]); i++) {
		const struct trial *t = &trials[i];
		struct redactions r;
		struct str out;

		redact_init(&r);
		str_init(&out);
		add_names(&r, t->names);
		assert_int_equal(redact_text(&r, t->text, &out), t->count);
		assert_string_equal(out.s, t->want);
		str_release(&out);
		redact_release(&r);
	}
}

static void
a_name_switched_off_stays(void **state)
{
	struct redactions r;
	struct str out;

	(void)state;
	redact_init(&r);
	str_init(&out);
	redact_add(&r, "Ms Invented", "Observation", false);
	assert_int_equal(redact_text(&r, "Ms Invented saw it", &out), 0);
	assert_string_equal(out.s, "Ms Invented saw it");
	redact_add(&r, "Ms Invented", "Observation", true);
	assert_int_equal(r.n, 1);
	str_clear(&out);
	assert_int_equal(redact_text(&r, "Ms Invented saw it", &out), 1);
	str_release(&out);
	redact_release(&r);
}

/* Whatever is replaced, the rest of the text comes through byte by byte. */
static void
nothing_else_is_lost(void **state)
{
	static const char letters[] = "ab \n.'-\xc3\xa9";
	uint32_t seed = 20261122;
	struct redactions r;
	struct str out;
	char text[64];

	(void)state;
	redact_init(&r);
	redact_add(&r, "zz", "test", true);
	str_init(&out);
	for (int round = 0; round < 2000; round++) {
		size_t n = 0;

		while (n < sizeof(text) - 1) {
			seed = seed * 1664525u + 1013904223u;
			text[n++] = letters[(seed >> 16) %
			    (sizeof(letters) - 1)];
		}
		text[n] = '\0';
		str_clear(&out);
		assert_int_equal(redact_text(&r, text, &out), 0);
		assert_string_equal(out.s, text);
	}
	str_release(&out);
	redact_release(&r);
}

/* ---- out of a case ---- */

static void
take(struct casefile *c, const char *kind, const char *body, uint64_t n)
{
	struct entry e = {.n = n, .at = INT64_C(1795190400000), .case_id = c->id};

	(void)snprintf(e.kind, sizeof(e.kind), "%s", kind);
	e.body = (char *)(uintptr_t)body;
	entry_seal_id(&e);
	casefile_apply(c, &e);
}

static void
a_case_says_whose_names_it_holds(void **state)
{
	struct case_id id = {{1}};
	struct redactions r;
	struct casefile c;
	struct str out;

	(void)state;
	casefile_init(&c, &id);
	take(&c, "identity", "{\"name\":\"Ava Samplewood\"}", 1);
	take(&c, "associate", "{\"name\":\"Eva Samplewood\","
	    "\"relation\":\"mother\"}", 2);
	take(&c, "associate", "{\"name\":\"Pat Helper\","
	    "\"relation\":\"professional\"}", 3);
	casefile_settle(&c, NULL);
	redact_init(&r);
	redact_case(&r, &c);
	str_init(&out);
	assert_int_equal(redact_text(&r, "Ava, Eva Samplewood, Pat Helper",
	    &out), 1);
	assert_string_equal(out.s, "Ava, " X ", Pat Helper");
	assert_int_equal(r.n, 2);
	str_release(&out);
	redact_release(&r);
	casefile_release(&c);
}

/* A name that was written into the wrong case is somebody else's. */
static void
a_struck_name_is_not_the_childs(void **state)
{
	struct case_id id = {{1}};
	char strike[128], hex[2 * ENTRY_ID_LEN + 1];
	struct redactions r;
	struct casefile c;
	struct str out;

	(void)state;
	casefile_init(&c, &id);
	take(&c, "identity", "{\"name\":\"Una Wrongly\"}", 1);
	hex_format(c.records[0]->entry.id.b, ENTRY_ID_LEN, hex);
	(void)snprintf(strike, sizeof(strike), "{\"target\":\"%s\","
	    "\"reason\":\"Another child.\"}", hex);
	take(&c, "strike", strike, 2);
	take(&c, "associate", "{\"name\":\"Una Wrongly\","
	    "\"relation\":\"friend\"}", 3);
	casefile_settle(&c, NULL);
	redact_init(&r);
	redact_case(&r, &c);
	str_init(&out);
	(void)redact_text(&r, "Una was here", &out);
	assert_string_equal(out.s, X " was here");
	str_release(&out);
	redact_release(&r);
	casefile_release(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_found_as_people_write_them),
		cmocka_unit_test(a_name_switched_off_stays),
		cmocka_unit_test(nothing_else_is_lost),
		cmocka_unit_test(a_case_says_whose_names_it_holds),
		cmocka_unit_test(a_struck_name_is_not_the_childs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
