/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A card: the public keys of one person and of the store that they work
 * with, as a short text that is sent by any way and read over the telephone.
 * Nothing in it is secret.  Whoever takes it in compares the twelve words of
 * its fingerprint with the person, by voice; only then are the keys theirs.
 * Pure.
 *
 *	-----BEGIN HEARKEN CARD-----
 *	Name: Ada Invented
 *	Agency: Marlow Street School
 *	Role: practitioner
 *	Key: <base64 of key, box, store, root and founder, in four lines>
 *	Words: acorn barrel ... (twelve, four a line)
 *	-----END HEARKEN CARD-----
 *
 * The fingerprint is the first 96 bits of BLAKE2b-256 over the canonical
 * bytes: "hearken.card.1\0", then name, agency and role, each with its length
 * in two bytes, then key, box, store, root and founder.
 */
#ifndef HEARKEN_CORE_CARD_H
#define HEARKEN_CORE_CARD_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/entry.h"
#include "core/grant.h"
#include "core/kinds.h"
#include "core/str.h"

#define CARD_WORDS 12
#define CARD_TEXT_MAX 8192	/* bytes of a card as text */
#define CARD_LINE_MAX 200	/* bytes of a name, of an agency */
#define CARD_KEY_BYTES (AUTHOR_LEN + 32 + GRANT_UUID_LEN + GRANT_KEY_LEN + \
	AUTHOR_LEN)
#define CARD_BEGIN "-----BEGIN HEARKEN CARD-----"
#define CARD_END "-----END HEARKEN CARD-----"

struct card {
	char *name, *agency;		/* owned; UTF-8, one line each */
	enum role role;			/* practitioner, supervisor, trainer */
	struct author_id key;		/* Ed25519: signs their entries */
	unsigned char box[32];		/* X25519: bundles are sealed to it */
	unsigned char store[GRANT_UUID_LEN];
	unsigned char root[GRANT_KEY_LEN];	/* grants their store's roles */
	struct author_id founder;	/* of their store */
};

void card_release(struct card *c);
/* A deep copy; to is released by the caller. */
void card_copy(struct card *to, const struct card *from);
/* True for the roles that a card may give. */
bool card_role_fits(unsigned role);
/* Returns owned s on one line, blanks single and none at its ends. */
char *card_line(const char *s);
/* key, box, store, root and founder, in this order, and back. */
void card_keys_put(const struct card *c, unsigned char out[CARD_KEY_BYTES]);
void card_keys_take(struct card *c, const unsigned char keys[CARD_KEY_BYTES]);
/* Appends the card as text. */
void card_format(const struct card *c, struct str *out);
/*
 * Reads a card out of text that may have other lines around it (a letter).
 * RC_INPUT with its own message: none there, cut short, changed on the way
 * (its words are not those of its keys), two of them, a field missing.
 */
NODISCARD enum rc card_parse(const char *text, size_t n, struct card *out,
    struct err *e);
/* The ith word, from 0; borrowed. */
const char *card_word(const struct card *c, size_t i);
/* Appends the twelve words, blanks between them, in three groups of four. */
void card_words(const struct card *c, struct str *out);
/*
 * True if text says the same words, in any case and spacing.  For what a
 * person typed while the other read; *wrong is the number, from 1, of the
 * first word that differs.
 */
bool card_words_match(const struct card *c, const char *text, size_t *wrong);

/* The body of an entry "trust" and back; checked is one of its codes. */
json_t *card_body(const struct card *c, const char *checked);
NODISCARD bool card_from_body(const json_t *body, struct card *out);

#endif
