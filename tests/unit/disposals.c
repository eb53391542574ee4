/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Holds, requests and disposals mean the same in whatever order they are
 * learnt, and nothing less than two people disposes of a case.
 */
#include "config.h"

#include "core/disposals.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ENTRIES 16

/* Entries as people wrote them, and the people. */
struct book {
	struct roster roster;
	struct entry list[ENTRIES];
	size_t n;
};

static const struct case_id wren = {{1, 2, 3}}, lark = {{4, 5, 6}};

static struct author_id
key_of(unsigned char who)
{
	struct author_id key;

	memset(key.b, who, sizeof(key.b));
	return key;
}

/* Takes the body. */
static struct entry
entry_by(unsigned char who, const char *kind, int64_t at, json_t *body)
{
	struct entry e = {.author = key_of(who), .n = (uint64_t)at,
	    .at = at, .on = span_none()};

	memcpy(e.kind, kind, strlen(kind) + 1);
	e.body = entry_canonical_body(body);
	json_decref(body);
	entry_seal_id(&e);
	return e;
}

static void
person(struct book *b, unsigned char who, const char *name, bool system)
{
	struct author_id key = key_of(who);
	char hex[2 * AUTHOR_LEN + 1];
	struct entry e;

	hex_format(key.b, AUTHOR_LEN, hex);
	e = entry_by(who, "user", who, json_pack("{s:s, s:s, s:b}", "name",
	    name, "key", hex, "system", system));
	roster_apply(&b->roster, &e);
	entry_release(&e);
}

static void
begin(struct book *b)
{
	memset(b, 0, sizeof(*b));
	roster_init(&b->roster);
	person(b, 1, "Ilse Marwood", false);
	person(b, 2, "Tove Lindqvist", false);
	person(b, 3, "ILSE marwood", false);
	person(b, 4, "Recovery code", true);
}

static void
end(struct book *b)
{
	for (size_t i = 0; i < b->n; i++)
		entry_release(&b->list[i]);
	roster_release(&b->roster);
}

static const struct entry *
keep(struct book *b, struct entry e)
{
	assert_true(b->n < ENTRIES);
	b->list[b->n] = e;
	return &b->list[b->n++];
}

static void
hold(struct book *b, unsigned char who, int64_t at, const char *what)
{
	char hex[2 * CASE_ID_LEN + 1];

	hex_format(wren.b, CASE_ID_LEN, hex);
	(void)keep(b, entry_by(who, "hold", at, json_pack("{s:s, s:s, s:s}",
	    "case", hex, "state", what, "reason", "inquiry")));
}

static const struct entry *
request(struct book *b, unsigned char who, int64_t at,
    const struct case_id *id)
{
	char hex[2 * CASE_ID_LEN + 1];

	hex_format(id->b, CASE_ID_LEN, hex);
	return keep(b, entry_by(who, "dispose-request", at, json_pack(
	    "{s:s, s:s, s:s, s:s}", "case", hex, "rule", "r", "reason", "why",
	    "kept_until", "2020-03-04")));
}

static void
dispose(struct book *b, unsigned char who, int64_t at,
    const struct entry *asked)
{
	char hex[2 * CASE_ID_LEN + 1], id[65], digest[65];

	hex_format(wren.b, CASE_ID_LEN, hex);
	hex_format(asked->id.b, ENTRY_ID_LEN, id);
	memset(digest, '5', 64);
	digest[64] = '\0';
	(void)keep(b, entry_by(who, "dispose", at, json_pack(
	    "{s:s, s:s, s:i, s:s, s:s}", "case", hex, "request", id,
	    "entries", 7, "digest", digest, "reason", "read it")));
}

/* Folds from `first` on, round; settling twice changes nothing. */
static void
fold(const struct book *b, size_t first, struct disposals *d)
{
	disposals_init(d);
	for (size_t i = 0; i < b->n; i++)
		disposals_add(d, &b->list[(first + i) % b->n]);
	disposals_settle(d, &b->roster);
	disposals_settle(d, &b->roster);
}

/* The same whichever entry is learnt first; ends the book. */
static void
expect(struct book *b, bool covered, const char *why_bad)
{
	struct disposals d;

	for (size_t first = 0; first < b->n; first++) {
		fold(b, first, &d);
		assert_int_equal(disposals_cover(&d, &wren), covered);
		assert_false(disposals_cover(&d, &lark));
		if (why_bad == NULL)
			assert_null(d.bad);
		else
			assert_non_null(strstr(d.why_bad, why_bad));
		disposals_release(&d);
	}
	end(b);
}

static void
two_people_are_enough(void **state)
{
	const struct disposal_case *c;
	struct disposals d;
	struct book b;

	(void)state;
	begin(&b);
	dispose(&b, 2, 200, request(&b, 1, 100, &wren));
	fold(&b, 1, &d);
	c = disposals_find(&d, &wren);
	assert_non_null(c);
	assert_true(c->disposed);
	assert_int_equal(c->entries, 7);
	assert_int_equal(c->digest[31], 0x55);
	assert_string_equal(c->rule, "r");
	assert_string_equal(c->request.reason, "why");
	assert_string_equal(c->disposal.reason, "read it");
	assert_int_equal(c->request.at, 100);
	assert_int_equal(c->disposal.at, 200);
	assert_int_equal(c->kept_until,
	    day_from_civil((struct civil){2020, 3, 4}));
	assert_null(disposals_find(&d, &lark));
	disposals_release(&d);
	expect(&b, true, NULL);
}

/* A clock that stands still: whoever has the smaller key is not first. */
static void
at_one_moment_it_counts(void **state)
{
	struct book b;

	(void)state;
	begin(&b);
	dispose(&b, 1, 100, request(&b, 2, 100, &wren));
	expect(&b, true, NULL);
}

static void
one_person_is_not(void **state)
{
	struct book b;

	(void)state;
	begin(&b);
	dispose(&b, 1, 200, request(&b, 1, 100, &wren));
	expect(&b, false, "same person");
	begin(&b);
	dispose(&b, 3, 200, request(&b, 1, 100, &wren));
	expect(&b, false, "same person");
	begin(&b);
	dispose(&b, 4, 200, request(&b, 1, 100, &wren));
	expect(&b, false, "same person");
	begin(&b);
	dispose(&b, 1, 200, request(&b, 4, 100, &wren));
	expect(&b, false, "same person");
	begin(&b);
	dispose(&b, 9, 200, request(&b, 1, 100, &wren));
	expect(&b, false, "same person");
}

static void
the_request_has_to_fit(void **state)
{
	const struct entry *first;
	struct book b;

	(void)state;
	begin(&b);
	dispose(&b, 2, 200, request(&b, 1, 100, &lark));
	expect(&b, false, "nobody else had asked");
	begin(&b);
	dispose(&b, 2, 50, request(&b, 1, 100, &wren));
	expect(&b, false, "nobody else had asked");
	begin(&b);
	first = request(&b, 1, 100, &wren);
	(void)request(&b, 1, 150, &wren);
	dispose(&b, 2, 200, first);
	expect(&b, false, "nobody else had asked");
}

static void
a_hold_stands_until_it_is_lifted(void **state)
{
	struct book b;

	(void)state;
	begin(&b);
	hold(&b, 2, 150, "set");
	dispose(&b, 2, 200, request(&b, 1, 100, &wren));
	expect(&b, false, "legal hold");
	begin(&b);
	hold(&b, 2, 150, "set");
	hold(&b, 1, 160, "lifted");
	dispose(&b, 2, 200, request(&b, 1, 100, &wren));
	expect(&b, true, NULL);
	begin(&b);
	dispose(&b, 2, 200, request(&b, 1, 100, &wren));
	hold(&b, 2, 250, "set");
	expect(&b, true, NULL);
}

static void
only_the_first_counts(void **state)
{
	const struct entry *asked;
	struct book b;

	(void)state;
	begin(&b);
	asked = request(&b, 1, 100, &wren);
	dispose(&b, 2, 200, asked);
	dispose(&b, 2, 300, asked);
	expect(&b, true, "disposed of before");
}

/* Ids in any order give one digest; another id gives another. */
static void
a_digest_is_of_the_set(void **state)
{
	struct entry_id a[3] = {{{3}}, {{1}}, {{2}}};
	struct entry_id b[3] = {{{2}}, {{3}}, {{1}}};
	struct entry_id c[3] = {{{2}}, {{3}}, {{4}}};
	unsigned char x[32], y[32];

	(void)state;
	disposals_digest(a, 3, x);
	disposals_digest(b, 3, y);
	assert_memory_equal(x, y, 32);
	disposals_digest(c, 3, y);
	assert_memory_not_equal(x, y, 32);
	disposals_digest(a, 2, y);
	assert_memory_not_equal(x, y, 32);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_people_are_enough),
		cmocka_unit_test(at_one_moment_it_counts),
		cmocka_unit_test(one_person_is_not),
		cmocka_unit_test(the_request_has_to_fit),
		cmocka_unit_test(a_hold_stands_until_it_is_lifted),
		cmocka_unit_test(only_the_first_counts),
		cmocka_unit_test(a_digest_is_of_the_set),
	};

	return cmocka_run_group_tests_name("disposals", tests, NULL, NULL);
}
