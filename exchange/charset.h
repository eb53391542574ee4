/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text in any encoding, read as UTF-8, and UTF-8 written in the terminal's
 * own charset.  Conversion is iconv's; UTF-8 is only validated, in place.
 *
 * The encoding is the one that is named, or the one that a byte order mark
 * tells (a mark wins over a name), or else UTF-8.  What comes out is always
 * valid UTF-8 without NUL bytes.  Rows and columns are the caller's business
 * (csv.h): everything before a bad byte is handed out first, so that the
 * caller knows where it is when the failure follows.
 */
#ifndef HEARKEN_EXCHANGE_CHARSET_H
#define HEARKEN_EXCHANGE_CHARSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"
#include "core/str.h"
#include "exchange/source.h"

/*
 * The character SUBSTITUTE of ASCII: what a lenient reader puts in the place
 * of a byte that means nothing, and a mark that the row is to be rejected.
 */
#define CHARSET_LOST '\x1a'
/* The least room that charset_in_read accepts. */
#define CHARSET_ROOM_MIN 16u

struct charset_in;

struct charset_in_opts {
	const char *encoding;	/* NULL or "": found from the text */
	size_t block;		/* bytes asked of the source at a time; 0: usual */
	bool lenient;		/* a bad byte becomes CHARSET_LOST */
};

/*
 * Takes nothing: src is borrowed until charset_in_free.  RC_USAGE for an
 * encoding that the machine does not know.
 */
NODISCARD enum rc charset_in_open(struct source *src,
    const struct charset_in_opts *opts, struct charset_in **out,
    struct err *e);
void charset_in_free(struct charset_in *in);
/*
 * Fills at most n (>= CHARSET_ROOM_MIN) bytes of buf; *got == 0 is the end.
 * RC_INPUT names the bad byte and what may be done.
 */
NODISCARD enum rc charset_in_read(struct charset_in *in, char *buf, size_t n,
    size_t *got, struct err *e);
/* Bad bytes replaced so far, and what to say where one is met. */
uint64_t charset_in_lost(const struct charset_in *in);
const char *charset_in_lost_why(const struct charset_in *in);
/* The encoding in use, for people: "UTF-8", "UTF-16LE", "windows-1252". */
const char *charset_in_name(const struct charset_in *in);

/*
 * Appends UTF-8 in `charset`; what it lacks is written as near as iconv can,
 * else as '?'.  An unknown charset leaves ASCII and '?'.
 */
void charset_encode(struct str *out, const char *charset, const char *s,
    size_t n);
/* The same for the charset of the locale (nl_langinfo(CODESET)). */
void charset_to_terminal(struct str *out, const char *s, size_t n);

#endif
