/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The records of a bundle: entries, proofs and the head, in one form only.
 */
#include "config.h"

#include "exchange/bundle_entry.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "exchange/bundle_head.h"

/* ---- entries ---- */

static struct entry
an_entry(char *body)
{
	struct entry en;

	memset(&en, 0, sizeof(en));
	memset(en.author.b, 0xa1, AUTHOR_LEN);
	en.n = 7;
	memset(en.prev.b, 0xb2, ENTRY_ID_LEN);
	memset(en.case_id.b, 0xc3, CASE_ID_LEN);
	memcpy(en.kind, "observation", 12);
	en.at = INT64_C(1767261600123);
	assert_int_equal(span_parse("2026-03-01/2026-03", &en.on, NULL), RC_OK);
	en.body = body;
	return en;
}

/* Returns owned the record, and its length, with a NUL behind. */
static unsigned char *
written(const struct entry *en, size_t *n)
{
	const size_t nbody = strlen(en->body);
	unsigned char *p = malloc(BUNDLE_ENTRY_FRONT + nbody + 1);

	*n = bundle_entry_front(en, p);
	memcpy(p + *n, en->body, nbody + 1);
	*n += nbody;
	return p;
}

static void
an_entry_comes_back(void **state)
{
	char body[] = "{\"a\":\"b\",\"n\":[1,2]}";
	struct entry en = an_entry(body), back;
	struct err e;
	size_t n;
	unsigned char *p = written(&en, &n);

	(void)state;
	assert_int_equal(bundle_entry_read(p, n, &back, &e), RC_OK);
	entry_seal_id(&en);
	entry_seal_id(&back);
	assert_memory_equal(en.id.b, back.id.b, ENTRY_ID_LEN);
	assert_string_equal(back.body, body);
	assert_string_equal(back.kind, "observation");
	free(p);
}

static void
refuses_entry(const struct entry *en, const char *words)
{
	struct entry back;
	struct err e;
	size_t n;
	unsigned char *p = written(en, &n);

	assert_int_equal(bundle_entry_read(p, n, &back, &e), RC_INPUT);
	if (strstr(e.text, words) == NULL)
		fail_msg("\"%s\" is not in: %s", words, e.text);
	free(p);
}

static void
an_entry_has_one_form(void **state)
{
	static const char *const bodies[] = {"", "[]", "1", "{ }",
		"{\"b\":1,\"a\":2}", "{\"a\":1,\"a\":2}",
		"{\"a\":\"\xc3\xa9\"}",
		"{\"a\":\"x\n\"}", "{\"a\":1}x", "{\"a\":01}",
		"{\"a\":\"\\u0041\"}"};
	char fine[] = "{}";
	struct entry en;

	(void)state;
	for (size_t i = 0; i < sizeof(bodies) / sizeof(*bodies); i++) {
		char *body = strdup(bodies[i]);

		en = an_entry(body);
		refuses_entry(&en, "not written as entries are");
		free(body);
	}
	en = an_entry(fine);
	en.n = 0;
	refuses_entry(&en, "chain");
	en.n = 1;
	refuses_entry(&en, "chain");
	en.n = UINT64_MAX;
	refuses_entry(&en, "chain");
	en = an_entry(fine);
	en.at = -1;
	refuses_entry(&en, "no time");
	en.at = ENTRY_AT_MAX + 1;
	refuses_entry(&en, "no time");
	en = an_entry(fine);
	memcpy(en.kind, "Obs", 4);
	refuses_entry(&en, "kind");
	en = an_entry(fine);
	memset(en.case_id.b, 0, CASE_ID_LEN);
	refuses_entry(&en, "register");
}

static void
an_entry_cut_anywhere(void **state)
{
	char body[] = "{\"a\":\"b\"}";
	struct entry en = an_entry(body), back;
	struct err e;
	size_t n;
	unsigned char *p = written(&en, &n);

	(void)state;
	for (size_t k = 0; k < n; k++) {
		unsigned char *q = malloc(k + 1);

		memcpy(q, p, k);
		q[k] = '\0';
		assert_int_equal(bundle_entry_read(q, k, &back, &e),
		    RC_INPUT);
		free(q);
	}
	free(p);
}

static void
an_entry_of_the_greatest_length(void **state)
{
	char *body = malloc(ENTRY_BODY_MAX + 2);
	struct entry en = an_entry(body), back;
	struct err e;
	unsigned char *p;
	size_t n;

	(void)state;
	memset(body, 'x', ENTRY_BODY_MAX);
	memcpy(body, "{\"a\":\"", 6);
	memcpy(body + ENTRY_BODY_MAX - 2, "\"}", 3);
	p = written(&en, &n);
	assert_int_equal(bundle_entry_read(p, n, &back, &e), RC_OK);
	free(p);
	memcpy(body + ENTRY_BODY_MAX - 2, "x\"}", 4);
	refuses_entry(&en, "longer");
	free(body);
}

static void
dates_have_one_form(void **state)
{
	static const char *const dates[] = {"2026-3-4", "4/3/2026", "x",
		"2026-03-04 ", "2026-02-30"};
	char body[] = "{}";
	struct entry en = an_entry(body), back;
	struct err e;
	unsigned char p[512];
	size_t n;

	(void)state;
	en.on = span_none();
	n = bundle_entry_front(&en, p);
	assert_int_equal(p[n - 1], 0);
	memcpy(p + n, "{}", 3);
	assert_int_equal(bundle_entry_read(p, n + 2, &back, &e), RC_OK);
	for (size_t i = 0; i < sizeof(dates) / sizeof(*dates); i++) {
		const size_t k = strlen(dates[i]);

		p[n - 1] = (unsigned char)k;
		memcpy(p + n, dates[i], k);
		memcpy(p + n + k, "{}", 3);
		assert_int_equal(bundle_entry_read(p, n + k + 2, &back, &e),
		    RC_INPUT);
		assert_non_null(strstr(e.text, "date"));
	}
	p[n - 1] = SPAN_TEXT_MAX;
	assert_int_equal(bundle_entry_read(p, n + 100, &back, &e), RC_INPUT);
}

/* ---- proofs ---- */

static void
a_proof_comes_back(void **state)
{
	unsigned char bytes[BUNDLE_PROOF_LEN + 1];
	struct proof p, back;
	struct err e;

	(void)state;
	memset(&p, 0, sizeof(p));
	memset(p.author.b, 1, AUTHOR_LEN);
	memset(p.head.b, 2, ENTRY_ID_LEN);
	memset(p.by.b, 3, AUTHOR_LEN);
	memset(p.signature, 4, sizeof(p.signature));
	p.n = 9;
	p.at = 77;
	bundle_proof_write(&p, bytes);
	assert_int_equal(bundle_proof_read(bytes, BUNDLE_PROOF_LEN, &back,
	    &e), RC_OK);
	assert_memory_equal(back.author.b, p.author.b, AUTHOR_LEN);
	assert_memory_equal(back.head.b, p.head.b, ENTRY_ID_LEN);
	assert_memory_equal(back.by.b, p.by.b, AUTHOR_LEN);
	assert_memory_equal(back.signature, p.signature, 64);
	assert_int_equal(back.n, 9);
	assert_int_equal(back.at, 77);
	for (size_t n = 0; n < BUNDLE_PROOF_LEN + 2; n++)
		if (n != BUNDLE_PROOF_LEN)
			assert_int_equal(bundle_proof_read(bytes, n, &back,
			    &e), RC_INPUT);
	p.n = 0;
	bundle_proof_write(&p, bytes);
	assert_int_equal(bundle_proof_read(bytes, BUNDLE_PROOF_LEN, &back,
	    &e), RC_INPUT);
}

/* ---- the head ---- */

static struct bundle_head
a_head(void)
{
	struct bundle_head h;

	memset(&h, 0, sizeof(h));
	memset(h.id.b, 1, BUNDLE_ID_LEN);
	h.made = INT64_C(1767261600123);
	memset(h.from.b, 2, AUTHOR_LEN);
	h.from_name = strdup("Zo\xc3\xab Invented");
	h.to = calloc(2, sizeof(*h.to));
	h.nto = 2;
	for (size_t i = 0; i < 2; i++) {
		memset(h.to[i].key.b, (int)(5 + i), AUTHOR_LEN);
		h.to[i].name = strdup("Ben Made-Up (School)");
		h.to[i].sequence = i + 1;
	}
	h.selection = strdup("part");
	h.what = strdup("kind:missing");
	h.purpose = strdup("For the review of\nthe plan");
	h.basis = strdup(kind_field(kind_find("bundle-sent"),
	    "basis")->codes[0].id);
	h.expires = 20500;
	h.cases = 3;
	h.entries = 12;
	return h;
}

static void
a_head_comes_back(void **state)
{
	struct bundle_head h = a_head(), back;
	char *text = bundle_head_write(&h), *again;
	struct err e;

	(void)state;
	assert_int_equal(bundle_head_read(text, strlen(text), &back, &e),
	    RC_OK);
	again = bundle_head_write(&back);
	assert_string_equal(text, again);
	assert_string_equal(back.from_name, h.from_name);
	assert_int_equal(back.nto, 2);
	assert_int_equal(back.to[1].sequence, 2);
	assert_false(back.training);
	assert_null(strstr(text, "training"));
	free(text);
	free(again);
	bundle_head_release(&h);
	bundle_head_release(&back);
}

static void
a_head_says_that_it_is_of_training(void **state)
{
	struct bundle_head h = a_head(), back;
	char *text;
	struct err e;

	(void)state;
	h.training = true;
	text = bundle_head_write(&h);
	assert_int_equal(bundle_head_read(text, strlen(text), &back, &e),
	    RC_OK);
	assert_true(back.training);
	free(text);
	bundle_head_release(&h);
	bundle_head_release(&back);
}

/* The head with one text put in place of another. */
static void
refuses_head(const char *from, const char *to, const char *words)
{
	struct bundle_head h = a_head(), back;
	char *text = bundle_head_write(&h), *at = strstr(text, from);
	size_t room = strlen(text) + strlen(to) + 1;
	char *other = malloc(room);
	struct err e;

	assert_non_null(at);
	(void)snprintf(other, room, "%.*s%s%s", (int)(at - text), text, to,
	    at + strlen(from));
	assert_int_equal(bundle_head_read(other, strlen(other), &back, &e),
	    RC_INPUT);
	if (strstr(e.text, words) == NULL)
		fail_msg("%s -> %s: \"%s\" is not in: %s", from, to, words,
		    e.text);
	free(text);
	free(other);
	bundle_head_release(&h);
}

static void
a_head_is_strict(void **state)
{
	(void)state;
	refuses_head("{", "[", "cannot be read");
	refuses_head("{", "{ ", "not written as");
	refuses_head("{", "{\"a\":1,", "not written as");
	refuses_head("\"cases\":3", "\"cases\":0", "cases");
	refuses_head("\"cases\":3", "\"cases\":20001", "cases");
	refuses_head("\"cases\":3", "\"cases\":-3", "cases");
	refuses_head("\"cases\":3", "\"cases\":\"3\"", "cases");
	refuses_head("\"cases\":3", "\"cases\":3,\"cases\":3",
	    "cannot be read");
	refuses_head("\"entries\":12", "\"entries\":99999999999999999999",
	    "cannot be read");
	refuses_head("\"to\":", "\"training\":false,\"to\":",
	    "not written as");
	refuses_head("\"to\":", "\"training\":\"yes\",\"to\":",
	    "not written as");
	refuses_head("0101", "01", "bundle");
	refuses_head("0202", "02zz", "from");
	refuses_head("part", "most", "selection");
	refuses_head("\"basis\":\"", "\"basis\":\"x", "basis");
	refuses_head("2026-02-16", "16/2/2026", "not written as");
	refuses_head("2026-02-16", "someday", "expires");
	refuses_head("For the", "\\u0007", "purpose");
	refuses_head("For the", "\\u0000", "cannot be read");
	refuses_head("\"sequence\":1", "\"sequence\":0", "to");
	refuses_head("\"sequence\":1", "\"sequel\":1", "to");
	refuses_head("Ben Made-Up", "Ben\\nMade-Up", "to");
}

static void
a_head_has_limits(void **state)
{
	struct bundle_head h = a_head(), back;
	char *text;
	struct err e;

	(void)state;
	free(h.purpose);
	h.purpose = malloc(BUNDLE_PURPOSE_MAX + 2);
	memset(h.purpose, 'x', BUNDLE_PURPOSE_MAX + 1);
	h.purpose[BUNDLE_PURPOSE_MAX + 1] = '\0';
	text = bundle_head_write(&h);
	assert_int_equal(bundle_head_read(text, strlen(text), &back, &e),
	    RC_INPUT);
	assert_non_null(strstr(e.text, "purpose"));
	free(text);
	text = malloc(BUNDLE_HEAD_MAX + 8);
	memset(text, '[', BUNDLE_HEAD_MAX + 8);
	assert_int_equal(bundle_head_read(text, BUNDLE_HEAD_MAX, &back, &e),
	    RC_INPUT);
	assert_int_equal(bundle_head_read(text, BUNDLE_HEAD_MAX + 8, &back,
	    &e), RC_INPUT);
	free(text);
	bundle_head_release(&h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_entry_comes_back),
		cmocka_unit_test(an_entry_has_one_form),
		cmocka_unit_test(an_entry_cut_anywhere),
		cmocka_unit_test(an_entry_of_the_greatest_length),
		cmocka_unit_test(dates_have_one_form),
		cmocka_unit_test(a_proof_comes_back),
		cmocka_unit_test(a_head_comes_back),
		cmocka_unit_test(a_head_says_that_it_is_of_training),
		cmocka_unit_test(a_head_is_strict),
		cmocka_unit_test(a_head_has_limits),
	};

	return cmocka_run_group_tests_name("records of a bundle", tests, NULL,
	    NULL);
}
