/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bytes from a terminal as characters of its charset, and characters as
 * keys.  A byte that is no text becomes U+FFFD and takes nothing else with
 * it, so that a paste in another charset loses only what cannot be read.
 */
#ifndef HEARKEN_TUI_TERM_INPUT_H
#define HEARKEN_TUI_TERM_INPUT_H

#include <stdbool.h>
#include <wchar.h>

#include "tui/keys.h"

struct input_decoder {
	mbstate_t state;	/* all zeros at the start */
};

/*
 * Takes the next byte.  True when a character is whole: *c is it.  *again:
 * the byte did not belong to it and is given once more.
 */
bool input_decode(struct input_decoder *d, unsigned char byte, wint_t *c,
    bool *again);

/* The key of a character; KC_NONE for a C1 control. */
keycode input_key(wint_t c);

#endif
