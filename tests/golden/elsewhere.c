/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * People elsewhere: the list, one's own card, the card of another and its
 * twelve words.
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

#include "core/xalloc.h"
#include "tests/golden/golden.h"
#include "tui/elsewhere.h"

#define DAY INT64_C(86400000)
#define ZOE "Zo\xC3\xAB O'Brien-\xC3\x91" "and\xC3\xBA \xE7\x8E\x8B"

static const int sizes[][2] = {{120, 40}, {80, 24}, {40, 10}, {1, 1}};

static char asked[512];
static bool may_grant, none, failing;

static const struct foreigner people[] = {
	{.name = "Ada Invented", .agency = "Marlow Street School",
	    .key = {{1}}, .role = ROLE_PRACTITIONER, .carded = true,
	    .why_ended = "", .since = GOLDEN_NOW - 30 * DAY,
	    .ended = INT64_MAX},
	{.name = ZOE, .agency = "Harbour Clinic", .key = {{2}},
	    .role = ROLE_SUPERVISOR, .carded = true, .ended_there = true,
	    .why_ended = "left", .since = GOLDEN_NOW - 60 * DAY,
	    .ended = GOLDEN_NOW - 2 * DAY},
	{.name = "C. Colleague", .agency = "", .key = {{3}},
	    .role = ROLE_PRACTITIONER, .why_ended = "",
	    .since = GOLDEN_NOW - 3 * DAY, .ended = INT64_MAX},
	{.name = "\x1b[31mRed", .agency = "\x1b[2JCouncil", .key = {{4}},
	    .carded = true, .ended_here = true,
	    .why_ended = "lost the laptop", .since = GOLDEN_NOW - 90 * DAY,
	    .ended = GOLDEN_NOW - DAY},
};

static struct card
card_of(const char *name, unsigned char key)
{
	struct card c = {.name = xstrdup(name), .agency =
	    xstrdup("Marlow Street School"), .role = ROLE_PRACTITIONER,
	    .store = {6}};
	const unsigned char seed[32] = {key}, theirs[32] = {7};
	unsigned char secret[crypto_sign_SECRETKEYBYTES];

	(void)crypto_sign_seed_keypair(c.key.b, secret, seed);
	(void)crypto_sign_seed_keypair(c.root, secret, theirs);
	(void)crypto_box_seed_keypair(c.box, secret, seed);
	c.founder = c.key;
	return c;
}

static enum rc
fake_each(void *ctx, const struct foreigner_sink *to, struct err *e)
{
	(void)ctx;
	if (failing)
		return err_set(e, RC_DAMAGED, "the register is damaged");
	for (size_t i = 0; i < 4 && !none; i++)
		if (!to->fn(&people[i], to->ctx))
			break;
	return RC_OK;
}

static bool
fake_may_grant(void *ctx)
{
	(void)ctx;
	return may_grant;
}

static char *
fake_agency(void *ctx)
{
	(void)ctx;
	return xstrdup("Marlow Street School");
}

static enum rc
fake_mine(void *ctx, const char *agency, struct card *out, struct err *e)
{
	(void)ctx;
	(void)e;
	*out = card_of("R. Example", 9);
	free(out->agency);
	out->agency = xstrdup(agency);
	return RC_OK;
}

static enum rc
fake_trust(void *ctx, const struct card *card, const char *checked,
    struct err *e)
{
	(void)ctx;
	(void)e;
	(void)snprintf(asked, sizeof(asked), "trust %s %s", card->name,
	    checked);
	return RC_OK;
}

static enum rc
fake_end(void *ctx, const struct author_id *key, const char *reason,
    struct err *e)
{
	(void)ctx;
	(void)e;
	(void)snprintf(asked, sizeof(asked), "end %d: %s", key->b[0], reason);
	return RC_OK;
}

/* ada.card is a new one of a known name; other.card of nobody known. */
static enum rc
fake_read(void *ctx, const char *path, struct str *out, struct err *e)
{
	struct card c = card_of(strcmp(path, "ada.card") == 0 ?
	    "Ada Invented" : "Eve Pretend", 77);

	(void)ctx;
	if (strcmp(path, "none.card") == 0) {
		card_release(&c);
		return err_set(e, RC_NOTFOUND, "none.card is not there");
	}
	if (strcmp(path, "letter.txt") == 0)
		str_add(out, "Dear colleague\n");
	else
		card_format(&c, out);
	card_release(&c);
	return RC_OK;
}

static enum rc
fake_write(void *ctx, const char *path, const struct str *text,
    struct err *e)
{
	(void)ctx;
	(void)e;
	(void)snprintf(asked, sizeof(asked), "write %s: %.28s", path,
	    text->s);
	return RC_OK;
}

static struct golden *
elsewhere_golden(const int size[2])
{
	static const struct abroad_source_ops ops = {
		fake_each, fake_may_grant, fake_agency, fake_mine, fake_trust,
		fake_end, fake_read, fake_write,
	};
	struct elsewhere_opts o = {.source = {&ops, NULL}};
	struct golden *g = golden_new(NULL, size[0], size[1]);

	asked[0] = '\0';
	app_push(golden_app(g), elsewhere_new(&o));
	golden_keys(g, "");
	return g;
}

static int
fresh(void **state)
{
	(void)state;
	may_grant = true;
	none = failing = false;
	return 0;
}

static void
at_every_size(const char *keys, const char *name)
{
	for (size_t i = 0; i < 4; i++) {
		struct golden *g = elsewhere_golden(sizes[i]);

		golden_keys(g, keys);
		golden_check(g, name);
		golden_free(g);
	}
}

static void
every_size(void **state)
{
	(void)state;
	at_every_size("", "elsewhere");
	at_every_size("m Enter", "elsewhere-card");
	at_every_size("a 'ada.card' Enter 'one two' Enter",
	    "elsewhere-words");
	at_every_size("x 'left' Enter", "elsewhere-end");
	none = true;
	at_every_size("", "elsewhere-none");
}

static void
each_is_said_what_counts(void **state)
{
	struct golden *g = elsewhere_golden(sizes[1]);

	(void)state;
	golden_shows(g, "counts here as a practitioner's");
	golden_keys(g, "j");
	golden_shows(g, "left there");
	golden_shows(g, "has no access in their own store");
	golden_keys(g, "j");
	golden_shows(g, "Without their card no bundle can be sealed");
	golden_keys(g, "x");
	golden_shows(g, "has no card here");
	golden_keys(g, "j");
	golden_shows(g, "ended here on 21 November 2026: lost the laptop");
	golden_keys(g, "x");
	golden_shows(g, "has ended already");
	golden_free(g);
}

/* The twelve words as the card says them, the i-th (from 1) replaced. */
static void
paste_words(struct golden *g, size_t wrong)
{
	struct card c = card_of("Eve Pretend", 77);
	struct str words;

	str_init(&words);
	for (size_t i = 0; i < CARD_WORDS; i++)
		str_add_fmt(&words, "%s ", i + 1 == wrong ? "wrong" :
		    card_word(&c, i));
	golden_paste(g, words.s);
	str_release(&words);
	card_release(&c);
}

static void
a_card_is_taken_in_by_its_words(void **state)
{
	struct golden *g = elsewhere_golden(sizes[1]);

	(void)state;
	golden_keys(g, "a 'none.card' Enter");
	golden_shows(g, "None.card is not there");
	golden_keys(g, "^U 'eve.card' Enter");
	golden_shows(g, "The card of Eve Pretend, Marlow Street School");
	golden_hides(g, "Warning");
	golden_keys(g, "'one' Enter");
	golden_shows(g, "Word 1, \"one\", is not that of");
	golden_keys(g, "^U");
	paste_words(g, 7);
	golden_shows(g, "12 of 12 typed");
	golden_keys(g, "Enter");
	golden_shows(g, "Word 7, \"");
	golden_keys(g, "^U");
	paste_words(g, 0);
	golden_keys(g, "Enter Enter");
	assert_string_equal(asked, "trust Eve Pretend telephone");
	golden_shows(g, "Eve Pretend (Marlow Street School) is known now");
	golden_free(g);
}

static void
a_card_is_pasted(void **state)
{
	struct golden *g = elsewhere_golden(sizes[1]);
	struct card c = card_of("Eve Pretend", 77);
	struct str text;

	(void)state;
	str_init(&text);
	str_add(&text, "Dear colleague,\n\n");
	card_format(&c, &text);
	golden_keys(g, "a");
	golden_paste(g, text.s);
	golden_shows(g, "(pasted)");
	golden_keys(g, "Enter");
	golden_shows(g, "The card of Eve Pretend");
	paste_words(g, 0);
	golden_keys(g, "Enter Down Enter");
	assert_string_equal(asked, "trust Eve Pretend person");
	golden_keys(g, "a 'letter.txt' Enter");
	golden_shows(g, "Take in a card");
	golden_hides(g, "The card of");
	str_release(&text);
	card_release(&c);
	golden_free(g);
}

static void
another_key_for_a_known_name_is_a_warning(void **state)
{
	struct golden *g = elsewhere_golden(sizes[1]);

	(void)state;
	golden_keys(g, "a 'ada.card' Enter");
	golden_shows(g, "Warning: Ada Invented is known here with another key");
	golden_free(g);
}

static void
ones_own_card_is_written(void **state)
{
	struct golden *g = elsewhere_golden(sizes[1]);

	(void)state;
	golden_keys(g, "m Enter");
	golden_shows(g, "Your card: R. Example, Marlow Street School");
	golden_keys(g, "w");
	golden_shows(g, "Write the card to: R-Example.card");
	golden_keys(g, "Enter");
	assert_string_equal(asked,
	    "write R-Example.card: -----BEGIN HEARKEN CARD-----");
	golden_shows(g, "is written. Send it, or carry it");
	golden_keys(g, "Esc");
	golden_shows(g, "Harbour Clinic");
	golden_free(g);
}

static void
one_is_ended(void **state)
{
	struct golden *g = elsewhere_golden(sizes[1]);

	(void)state;
	golden_keys(g, "x 'left the school' Enter 'Ada' Enter");
	golden_shows(g, "Type exactly: Ada Invented");
	golden_keys(g, "' Invented' Enter");
	assert_string_equal(asked, "end 1: left the school");
	golden_shows(g, "counts for nothing here");
	golden_free(g);
}

static void
who_may_not_has_a_card_all_the_same(void **state)
{
	struct golden *g;

	(void)state;
	may_grant = false;
	g = elsewhere_golden(sizes[1]);
	golden_keys(g, "a");
	golden_shows(g, "Your role may not take cards in");
	golden_keys(g, "m Enter");
	golden_shows(g, "Your card: R. Example");
	golden_free(g);
	failing = true;
	g = elsewhere_golden(sizes[1]);
	golden_shows(g, "The register is damaged.");
	golden_free(g);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(every_size, fresh),
		cmocka_unit_test_setup(each_is_said_what_counts, fresh),
		cmocka_unit_test_setup(a_card_is_taken_in_by_its_words,
		    fresh),
		cmocka_unit_test_setup(a_card_is_pasted, fresh),
		cmocka_unit_test_setup(
		    another_key_for_a_known_name_is_a_warning, fresh),
		cmocka_unit_test_setup(ones_own_card_is_written, fresh),
		cmocka_unit_test_setup(one_is_ended, fresh),
		cmocka_unit_test_setup(who_may_not_has_a_card_all_the_same,
		    fresh),
	};

	if (sodium_init() < 0)
		return 99;
	return cmocka_run_group_tests_name("people elsewhere", tests, NULL,
	    NULL);
}
