/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What may go over the wire to a terminal, and text that may not: every
 * control, sequence, bidirectional and invisible character there is.
 */
#ifndef HEARKEN_TESTS_PTY_WIRE_H
#define HEARKEN_TESTS_PTY_WIRE_H

#include <stddef.h>

#include "core/str.h"

/* A visible word in each hostile text: it was shown, not left out. */
#define WIRE_WORD "OWNED"

/* Short, for names: a little of each kind; valid UTF-8, one line. */
const char *wire_short(void);
/* Appends every control but newline, each between visible letters. */
void wire_every(struct str *out);
/* Bytes that are no UTF-8, among letters. */
const char *wire_invalid(void);

/*
 * Fails the test, showing where, unless the bytes are only text that shows
 * itself, moves of the cursor, and sequences that the program itself sends.
 * The last 24 are left for the next look, when more has arrived.
 */
void wire_check(const char *what, const char *bytes, size_t n);

#endif
