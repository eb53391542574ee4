/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A card out of whatever text.  What is taken is written as a card that is
 * read as the same; half of what is tried is given the words of what it says,
 * for no accident finds twelve right ones.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/card.h"

static void
same_again(const struct card *c)
{
	unsigned char x[CARD_KEY_BYTES], y[CARD_KEY_BYTES];
	struct card again;
	struct str text, words;
	struct err e;
	size_t wrong;

	str_init(&text);
	str_init(&words);
	card_format(c, &text);
	HOLDS(text.len <= CARD_TEXT_MAX);
	HOLDS(card_parse(text.s, text.len, &again, &e) == RC_OK);
	card_keys_put(c, x);
	card_keys_put(&again, y);
	HOLDS(memcmp(x, y, sizeof(x)) == 0);
	HOLDS(strcmp(c->name, again.name) == 0);
	HOLDS(strcmp(c->agency, again.agency) == 0);
	HOLDS(c->role == again.role);
	card_words(c, &words);
	HOLDS(card_words_match(&again, words.s, &wrong) && wrong == 0);
	card_release(&again);
	str_release(&words);
	str_release(&text);
}

/* What is typed for words is compared, whatever it is. */
static void
typed(const struct card *c, const char *text)
{
	size_t wrong = 99;
	bool same = card_words_match(c, text, &wrong);

	HOLDS(same ? wrong == 0 : wrong >= 1 && wrong <= CARD_WORDS + 1);
}

static void
try_text(const char *text, size_t n)
{
	struct card c;
	struct err e;

	if (card_parse(text, n, &c, &e) == RC_OK) {
		same_again(&c);
		typed(&c, text);
		card_release(&c);
	} else {
		HOLDS(e.rc == RC_INPUT && c.name == NULL);
		fuzz_message(&e, text);
	}
}

/* A card whose name and agency are the input's two halves. */
static void
try_names(const char *text, size_t n)
{
	struct card c = {.role = ROLE_SUPERVISOR};
	unsigned char seed[32] = {7}, sk[64];
	struct str out;

	crypto_sign_seed_keypair(c.key.b, sk, seed);
	memcpy(c.root, c.key.b, sizeof(c.root));
	c.founder = c.key;
	crypto_scalarmult_base(c.box, seed);
	c.name = strndup(text, n / 2);
	c.agency = strdup(text + n / 2);
	if (c.name == NULL || c.agency == NULL)
		abort();
	str_init(&out);
	card_format(&c, &out);
	try_text(out.s, out.len);
	str_release(&out);
	card_release(&c);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *text;

	if (n > 16384 || sodium_init() < 0)
		return 0;
	text = fuzz_text(data, n);
	try_text(text, n);
	if (memchr(text, '\0', n) == NULL)
		try_names(text, n);
	free(text);
	return 0;
}
