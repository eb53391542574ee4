/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/entry.h"
#include "core/lean.h"
#include "core/xalloc.h"

/* BLAKE2b-256 of the bytes told on top of entry.h, made by another program. */
#define KNOWN_ID \
	"800aaa2ca96789a5fb978bfe5a470004f440b5f4f9fe69412fcd840a46a2b3cb"

static struct entry
sample(void)
{
	struct entry e;

	memset(&e, 0, sizeof(e));
	memset(e.author.b, 0x11, AUTHOR_LEN);
	memset(e.prev.b, 0x22, ENTRY_ID_LEN);
	memset(e.case_id.b, 0x33, CASE_ID_LEN);
	e.n = 7;
	memcpy(e.kind, "note", 5);
	e.at = 1795190400000;
	e.on = span_of_day(day_from_civil((struct civil){2026, 11, 20}));
	e.body = xstrdup("{\"facts\":\"seen\"}");
	entry_seal_id(&e);
	return e;
}

/* The format is a promise: an id of today is the id of every later version. */
static void
id_is_known(void **state)
{
	struct entry e = sample();
	char hex[2 * ENTRY_ID_LEN + 1];

	(void)state;
	hex_format(e.id.b, ENTRY_ID_LEN, hex);
	assert_string_equal(hex, KNOWN_ID);
	entry_release(&e);
}

static void
change(struct entry *e, unsigned what)
{
	switch (what) {
	case 0: e->author.b[31] ^= 1; break;
	case 1: e->n++; break;
	case 2: e->prev.b[0] ^= 1; break;
	case 3: e->case_id.b[15] ^= 0x80; break;
	case 4: memcpy(e->kind, "nots", 5); break;
	case 5: e->at++; break;
	case 6: e->on.from = e->on.to = SPAN_MONTH; break;
	case 7: e->body[2] = 'F'; break;
	case 8: e->body_hash.b[3] ^= 4; break;
	default: e->id.b[9] ^= 1; break;
	}
}

static void
every_field_is_covered(void **state)
{
	unsigned what;

	(void)state;
	for (what = 0; what < 10; what++) {
		struct entry e = sample();

		assert_true(entry_id_holds(&e));
		change(&e, what);
		assert_false(entry_id_holds(&e));
		entry_release(&e);
	}
}

static void
disposal_keeps_the_hash(void **state)
{
	struct entry e = sample();

	(void)state;
	entry_release(&e);
	assert_null(e.body);
	assert_true(entry_id_holds(&e));
}

static void
bodies_are_canonical(void **state)
{
	json_t *a = json_loads("{\"b\":\"Zo\xc3\xab\", \"a\": [1, 2]}", 0,
	    NULL);
	char *s = entry_canonical_body(a);

	(void)state;
	assert_string_equal(s, "{\"a\":[1,2],\"b\":\"Zo\\u00EB\"}");
	free(s);
	json_decref(a);
}

static void
hex_is_strict(void **state)
{
	unsigned char b[2];

	(void)state;
	assert_true(hex_parse("0aff", b, 2));
	assert_int_equal(b[1], 0xff);
	assert_false(hex_parse("0af", b, 2));
	assert_false(hex_parse("0afff", b, 2));
	assert_false(hex_parse("0axf", b, 2));
	assert_false(hex_parse("", b, 2));
}

static void
order_is_total(void **state)
{
	struct entry a = sample(), b = sample();

	(void)state;
	assert_int_equal(entry_compare(&a, &b), 0);
	b.at++;
	assert_true(entry_compare(&a, &b) < 0);
	assert_true(entry_compare(&b, &a) > 0);
	b.at = a.at;
	b.n++;
	assert_true(entry_compare(&a, &b) < 0);
	b.n = a.n;
	b.author.b[0] = 0;
	assert_true(entry_compare(&a, &b) > 0);
	entry_release(&a);
	entry_release(&b);
}

/* What is read in place is what the JSON library reads. */
static void
bodies_are_read_alike(void **state)
{
	static const char *const bodies[] = {
		"{}", "{\"a\":\"\"}", "{\"a\":\"x\",\"b\":\"y, {z}: [1]\"}",
		"{\"a\":1,\"b\":true,\"c\":null,\"d\":-1.5e3}",
		"{\"a\":\"one\\u00e9\",\"b\":\"\\\"\\n\"}",
		"{\"a\":[\"x\",{\"b\":\"c\"}]}", "{\"b\":\"x\",\"a\":\"y\"}",
		"{\"a\":\"x\",\"a\":\"y\"}", "{\"a\":\"x\",}", "{\"a\":\"x\"",
		"{\"a\":\"x\"} ", "{\"a\":\"x\"}{", "[\"a\"]", "", "{",
		"{\"a\":\"\xc3\xa9\"}", "{\"a\":\"\xff\"}", "{\"a\":x}",
		"{\"a\":01}", "{\"a\":\"x\ty\"}", "{\"a\"}", "{\"\":\"x\"}",
	};
	json_t *want, *have;

	(void)state;
	for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
		want = json_loads(bodies[i], JSON_REJECT_DUPLICATES, NULL);
		have = entry_body_parse(bodies[i]);
		if (want == NULL ? have != NULL : !json_equal(want, have))
			fail_msg("%s is read in two ways", bodies[i]);
		json_decref(want);
		json_decref(have);
	}
}

/* Only what is plain is read in place. */
static void
plain_bodies_are_told_from_others(void **state)
{
	static const struct {
		const char *body;
		bool plain;
	} cases[] = {
		{"{}", true}, {"{\"a\":\"x\"}", true},
		{"{\"a\":\"x\",\"ab\":2,\"b\":false}", true},
		{"{\"a\":\"\\u0041\"}", false}, {"{\"a\":[]}", false},
		{"{\"b\":\"\",\"a\":\"\"}", false},
		{"{\"a\":\"\",\"a\":\"\"}", false},
		{"{\"ab\":\"\",\"a\":\"\"}", false},
		{"{\"a\": \"x\"}", false}, {"{\"a\":\"x\"}\n", false},
		{"{\"a\":}", false}, {"{\"a\":\"x", false}, {"", false},
	};
	struct lean l;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (lean_read(cases[i].body, strlen(cases[i].body), &l) !=
		    cases[i].plain)
			fail_msg("%s", cases[i].body);
	assert_true(lean_read("{\"a\":\"x\",\"b\":7}", 15, &l));
	assert_int_equal(lean_find(&l, "a")->n, 1);
	assert_null(lean_find(&l, "b")->text);
	assert_null(lean_find(&l, "c"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(id_is_known),
		cmocka_unit_test(every_field_is_covered),
		cmocka_unit_test(disposal_keeps_the_hash),
		cmocka_unit_test(bodies_are_canonical),
		cmocka_unit_test(bodies_are_read_alike),
		cmocka_unit_test(plain_bodies_are_told_from_others),
		cmocka_unit_test(hex_is_strict),
		cmocka_unit_test(order_is_total),
	};

	return cmocka_run_group_tests_name("entry", tests, NULL, NULL);
}
