/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cards: the text, what letters do to it, the words, and each fault by its
 * own message.
 */
#include "config.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/card.h"
#include "core/fingerwords.h"
#include "core/xalloc.h"

#define CARD_KNOWN \
	"-----BEGIN HEARKEN CARD-----\n" \
	"Name: Ada Invented\n" \
	"Agency: Marlow Street School\n" \
	"Role: practitioner\n" \
	"Key: iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1zt0Dyt\n" \
	"     6A0p3m6jE6dKs2n0cy7LNmSQZreLWy3WZMsEFwUFBQUFBQUF\n" \
	"     BQUFBQUFBQWBOXcOqH0XX1ajVGbDTH7My42KkbTuN6Jd9g9b\n" \
	"     j8mzlO1JKMYo0cLG6ukDOJBZlWEpWSc6XGP5NjbBRhSshzfR\n" \
	"Words: avenue sunset blanket squirrel\n" \
	"       corner igloo avenue biscuit\n" \
	"       saddle jacket jungle needle\n" \
	"-----END HEARKEN CARD-----\n"

static void
key_of(unsigned char pk[32], unsigned char seed_byte)
{
	unsigned char seed[32], sk[64];

	memset(seed, seed_byte, sizeof(seed));
	crypto_sign_seed_keypair(pk, sk, seed);
}

static struct card
ada(void)
{
	struct card c = {.role = ROLE_PRACTITIONER};
	unsigned char seed[32], sk[32];

	assert_true(sodium_init() >= 0);
	c.name = xstrdup("Ada Invented");
	c.agency = xstrdup("Marlow Street School");
	key_of(c.key.b, 1);
	key_of(c.root, 2);
	key_of(c.founder.b, 3);
	memset(seed, 4, sizeof(seed));
	crypto_box_seed_keypair(c.box, sk, seed);
	memset(c.store, 5, sizeof(c.store));
	return c;
}

static bool
same(const struct card *a, const struct card *b)
{
	unsigned char x[CARD_KEY_BYTES], y[CARD_KEY_BYTES];

	card_keys_put(a, x);
	card_keys_put(b, y);
	return strcmp(a->name, b->name) == 0 &&
	    strcmp(a->agency, b->agency) == 0 && a->role == b->role &&
	    memcmp(x, y, sizeof(x)) == 0;
}

static void
assert_reads(const char *text, const struct card *want)
{
	struct card got;
	struct err e;

	if (card_parse(text, strlen(text), &got, &e) != RC_OK)
		fail_msg("%s", e.text);
	assert_true(same(&got, want));
	card_release(&got);
}

static void
assert_fault(const char *text, size_t n, const char *words)
{
	struct card got;
	struct err e;

	assert_int_equal(card_parse(text, n, &got, &e), RC_INPUT);
	assert_null(got.name);
	if (strstr(e.text, words) == NULL)
		fail_msg("expected \"%s\" in \"%s\"", words, e.text);
}

/* Returns owned text with the first a in it replaced by b. */
static char *
with(const char *text, const char *a, const char *b)
{
	const char *at = strstr(text, a);
	struct str out;

	assert_non_null(at);
	str_init(&out);
	str_add_n(&out, text, (size_t)(at - text));
	str_add(&out, b);
	str_add(&out, at + strlen(a));
	return str_take(&out);
}

static void
assert_fault_with(const char *text, const char *a, const char *b,
    const char *words)
{
	char *other = with(text, a, b);

	assert_fault(other, strlen(other), words);
	free(other);
}

static void
a_card_is_read_as_it_was_written(void **state)
{
	struct card c = ada();
	struct str text;

	(void)state;
	str_init(&text);
	card_format(&c, &text);
	assert_true(text.len < CARD_TEXT_MAX);
	assert_reads(text.s, &c);
	str_release(&text);
	card_release(&c);
}

/* The layout is part of what people send each other: it does not drift. */
static void
its_text_is_known(void **state)
{
	struct card c = ada();
	struct str text;

	(void)state;
	str_init(&text);
	card_format(&c, &text);
	assert_string_equal(text.s, CARD_KNOWN);
	str_release(&text);
	card_release(&c);
}

static void
a_letter_around_it_does_no_harm(void **state)
{
	static const char *const letters[][2] = {
		{"\n", "\r\n"}, {"\n", "\n> "}, {"\n", " \n"},
		{"\n", "\n\t "}, {"\n", "\n\n"}, {"\n", "\n>> > "}
	};
	struct card c = ada();
	struct str text, letter;

	(void)state;
	str_init(&text);
	str_init(&letter);
	card_format(&c, &text);
	for (size_t i = 0; i < sizeof(letters) / sizeof(letters[0]); i++) {
		str_clear(&letter);
		str_add(&letter, "Dear Ilse,\nName: not this one\n");
		for (const char *p = text.s; *p != '\0'; p++)
			str_add_n(&letter, *p == '\n' ? letters[i][1] : p,
			    *p == '\n' ? strlen(letters[i][1]) : 1);
		str_add(&letter, "\nRegards\nKey: under the mat\n");
		assert_reads(letter.s, &c);
	}
	str_release(&letter);
	str_release(&text);
	card_release(&c);
}

static void
a_wrapped_name_is_one_line_again(void **state)
{
	struct card c = ada();
	struct str text;
	char *wrapped;

	(void)state;
	str_init(&text);
	card_format(&c, &text);
	wrapped = with(text.s, "Marlow Street", "Marlow\n  Street");
	assert_reads(wrapped, &c);
	free(wrapped);
	str_release(&text);
	card_release(&c);
}

static void
each_fault_has_its_message(void **state)
{
	struct card c = ada();
	struct str text, two;

	(void)state;
	str_init(&text);
	str_init(&two);
	card_format(&c, &text);
	assert_fault("", 0, "no card in it");
	assert_fault("Dear Ilse,", 10, "no card in it");
	for (size_t n = strlen(CARD_BEGIN) + 1; n < text.len - 1; n++)
		assert_fault(text.s, n, "cut short");
	assert_fault_with(text.s, "Name: ", "Nome: ", "begin with a name");
	assert_fault_with(text.s, "Agency: Marlow Street School\n", "",
	    "no line \"Agency:\"");
	assert_fault_with(text.s, "Role:", "Role: x\nRole:", "twice");
	assert_fault_with(text.s, "Role: practitioner", "Role: auditor",
	    "exchanges no cases");
	assert_fault_with(text.s, "Role: practitioner", "Role: supervisor",
	    "changed on its way");
	assert_fault_with(text.s, "Ada", "Ida", "changed on its way");
	assert_fault_with(text.s, "Street", "Strcet", "changed on its way");
	assert_fault_with(text.s, "Ada Invented", "", "says nothing");
	assert_fault_with(text.s, "Ada", "\033[2J", "control character");
	assert_fault_with(text.s, "Ada", "\xff\xfe", "not UTF-8 from byte 36");
	assert_fault_with(text.s, "Key: ", "Key: !", "not whole");
	assert_fault_with(text.s, "Words: ", "Words: eagle ",
	    "changed on its way");
	assert_fault("a\0b", 3, "no text");
	str_add(&two, text.s);
	str_add(&two, text.s);
	assert_fault(two.s, two.len, "two cards");
	str_release(&two);
	str_release(&text);
	card_release(&c);
}

static void
too_long_is_said(void **state)
{
	struct card c = ada();
	struct str text;

	(void)state;
	str_init(&text);
	free(c.name);
	c.name = xmalloc(CARD_LINE_MAX + 2);
	memset(c.name, 'a', CARD_LINE_MAX + 1);
	c.name[CARD_LINE_MAX + 1] = '\0';
	card_format(&c, &text);
	assert_fault(text.s, text.len, "more than 200 bytes");
	str_clear(&text);
	str_add(&text, CARD_BEGIN "\nName: a\n");
	for (size_t i = 0; i < CARD_TEXT_MAX; i++)
		str_add(&text, "a\n");
	str_add(&text, CARD_END "\n");
	assert_fault(text.s, text.len, "longer than a card");
	str_release(&text);
	card_release(&c);
}

/* Keys with which anybody could sign, or read. */
static void
keys_that_are_nobodys_are_refused(void **state)
{
	static const size_t at[] = {0, 32, 80, 112};
	unsigned char keys[CARD_KEY_BYTES];
	struct str text;

	(void)state;
	str_init(&text);
	for (size_t i = 0; i < sizeof(at) / sizeof(at[0]); i++) {
		struct card c = ada();

		card_keys_put(&c, keys);
		memset(keys + at[i], 0, 32);
		card_keys_take(&c, keys);
		str_clear(&text);
		card_format(&c, &text);
		assert_fault(text.s, text.len, "could be anybody's");
		card_release(&c);
	}
	str_release(&text);
}

/* Every part of the card moves the words. */
static void
the_words_are_those_of_all_of_it(void **state)
{
	struct card c = ada(), other;
	struct str words, changed;
	unsigned char keys[CARD_KEY_BYTES];
	size_t wrong;

	(void)state;
	str_init(&words);
	str_init(&changed);
	card_words(&c, &words);
	for (size_t i = 0; i < CARD_KEY_BYTES; i++) {
		card_copy(&other, &c);
		card_keys_put(&c, keys);
		keys[i] ^= 1;
		card_keys_take(&other, keys);
		assert_false(card_words_match(&other, words.s, &wrong));
		card_release(&other);
	}
	card_copy(&other, &c);
	other.role = ROLE_SUPERVISOR;
	assert_false(card_words_match(&other, words.s, &wrong));
	/* What is name and what is agency is told apart. */
	other.role = c.role;
	free(other.name);
	free(other.agency);
	other.name = xstrdup("Ada InventedMarlow");
	other.agency = xstrdup(" Street School");
	assert_false(card_words_match(&other, words.s, &wrong));
	card_release(&other);
	str_release(&changed);
	str_release(&words);
	card_release(&c);
}

static void
words_are_compared_as_people_type_them(void **state)
{
	struct card c = ada();
	struct str words;
	size_t wrong = 99;
	char *other;

	(void)state;
	str_init(&words);
	for (size_t i = 0; i < CARD_WORDS; i++)
		str_add_fmt(&words, "%s,\n ", card_word(&c, i));
	for (char *p = words.s; *p != '\0'; p++)
		if (*p >= 'a' && *p <= 'z' && (p - words.s) % 2 == 0)
			*p = (char)(*p - 'a' + 'A');
	assert_true(card_words_match(&c, words.s, &wrong));
	assert_int_equal(wrong, 0);
	str_add(&words, "more");
	assert_false(card_words_match(&c, words.s, &wrong));
	assert_int_equal(wrong, 13);
	assert_false(card_words_match(&c, "", &wrong));
	assert_int_equal(wrong, 1);
	str_clear(&words);
	card_words(&c, &words);
	assert_true(card_words_match(&c, words.s, &wrong));
	other = with(words.s, card_word(&c, 4), "elephants");
	assert_false(card_words_match(&c, other, &wrong));
	assert_int_equal(wrong, 5);
	free(other);
	*strrchr(words.s, ' ') = '\0';
	assert_false(card_words_match(&c, words.s, &wrong));
	assert_int_equal(wrong, 12);
	str_release(&words);
	card_release(&c);
}

static void
a_body_is_read_as_it_was_made(void **state)
{
	static const char *const needed[] = {"name", "agency", "role", "key",
	    "box", "store", "root", "founder"};
	struct span none = span_none();
	struct card c = ada(), got;
	json_t *body = card_body(&c, "telephone");
	struct err e;

	(void)state;
	assert_int_equal(kind_check_draft(kind_find("trust"), &none, body,
	    &e), RC_OK);
	assert_true(card_from_body(body, &got));
	assert_true(same(&got, &c));
	card_release(&got);
	for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++) {
		json_t *less = json_copy(body);

		(void)json_object_del(less, needed[i]);
		assert_false(card_from_body(less, &got));
		(void)json_object_set_new(less, needed[i], json_string("x"));
		assert_int_equal(card_from_body(less, &got), i < 2);
		card_release(&got);
		json_decref(less);
	}
	json_decref(body);
	card_release(&c);
}

/* ---- the list of words ---- */

static size_t
distance(const char *a, const char *b)
{
	size_t row[32], n = strlen(b), before, old;

	for (size_t j = 0; j <= n; j++)
		row[j] = j;
	for (size_t i = 1; a[i - 1] != '\0'; i++) {
		before = row[0];
		row[0] = i;
		for (size_t j = 1; j <= n; j++) {
			size_t best = before + (a[i - 1] != b[j - 1]);

			old = row[j];
			best = row[j] + 1 < best ? row[j] + 1 : best;
			best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
			row[j] = best;
			before = old;
		}
	}
	return row[n];
}

static void
no_two_words_are_taken_for_each_other(void **state)
{
	(void)state;
	for (unsigned i = 0; i < FINGERWORDS; i++) {
		const char *w = fingerword((unsigned char)i);

		assert_in_range(strlen(w), 4, 9);
		assert_int_equal(strspn(w, "abcdefghijklmnopqrstuvwxyz"),
		    strlen(w));
		for (unsigned j = 0; j < i; j++) {
			const char *v = fingerword((unsigned char)j);

			assert_true(strcmp(v, w) < 0);
			if (strncmp(v, w, 4) == 0 || distance(v, w) < 2)
				fail_msg("%s and %s", v, w);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_card_is_read_as_it_was_written),
		cmocka_unit_test(its_text_is_known),
		cmocka_unit_test(a_letter_around_it_does_no_harm),
		cmocka_unit_test(a_wrapped_name_is_one_line_again),
		cmocka_unit_test(each_fault_has_its_message),
		cmocka_unit_test(too_long_is_said),
		cmocka_unit_test(keys_that_are_nobodys_are_refused),
		cmocka_unit_test(the_words_are_those_of_all_of_it),
		cmocka_unit_test(words_are_compared_as_people_type_them),
		cmocka_unit_test(a_body_is_read_as_it_was_made),
		cmocka_unit_test(no_two_words_are_taken_for_each_other),
	};

	return cmocka_run_group_tests_name("card", tests, NULL, NULL);
}
