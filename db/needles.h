/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a search looks for: words, each the beginning of a word, and phrases
 * in quotation marks.  The index knows which entry holds which word; where it
 * stands, and what stands beside it, is read from the text with these.
 */
#ifndef HEARKEN_DB_NEEDLES_H
#define HEARKEN_DB_NEEDLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"
#include "core/str.h"
#include "db/find.h"

#define NEEDLES_MAX 16
#define PHRASE_MAX 24		/* words of one phrase */

struct needle {
	char *words[PHRASE_MAX];	/* folded, owned */
	size_t lens[PHRASE_MAX];
	size_t n;
	bool prefix;	/* the last word may go on */
};

struct needles {
	struct needle list[NEEDLES_MAX];
	size_t n;
	uint32_t all;	/* a bit for each */
};

/* Phrases that are being typed need no closing mark.  RC_INPUT: too many. */
NODISCARD enum rc needles_read(struct needles *ns, const char *text,
    struct err *e);
void needles_release(struct needles *ns);

/* The needles that n bytes of text hold. */
uint32_t needles_in(const struct needles *ns, const char *s, size_t n,
    struct str *scratch);
/* The same of a text that is known to be ASCII, several times as fast. */
uint32_t needles_in_ascii(const struct needles *ns, const char *s, size_t n);
/* Where: at most FIND_MARKS places in order; returns how many. */
size_t needles_places(const struct needles *ns, const char *s, size_t n,
    struct find_mark marks[FIND_MARKS]);

/* Appends what the index is asked for: each word after the mark. */
void needle_match(struct str *out, const struct needle *nd,
    const char *mark);

#endif
