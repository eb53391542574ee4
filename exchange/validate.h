/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether bytes are UTF-8 text without NUL, sixteen at a time where they are
 * ASCII.  Apart from core/utf8.h because a reader of blocks must tell a
 * character that is cut off from one that is wrong.
 */
#ifndef HEARKEN_EXCHANGE_VALIDATE_H
#define HEARKEN_EXCHANGE_VALIDATE_H

#include <stddef.h>

enum text_end {
	TEXT_WHOLE,	/* all n bytes are good */
	TEXT_CUT,	/* the last character may go on in the next block */
	TEXT_BAD	/* the byte at the offset begins nothing valid */
};

/* *good is the bytes before the end, the cut character or the bad byte. */
enum text_end text_validate(const char *s, size_t n, size_t *good);

#endif
