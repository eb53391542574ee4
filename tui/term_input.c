/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/term_input.h"

#include <string.h>

#define REPLACEMENT 0xFFFD

bool
input_decode(struct input_decoder *d, unsigned char byte, wint_t *c,
    bool *again)
{
	bool begun = mbsinit(&d->state) == 0;
	char in = (char)byte;
	wchar_t wc = 0;
	size_t n = mbrtowc(&wc, &in, 1, &d->state);

	*again = false;
	if (n == (size_t)-2)
		return false;
	*c = (wint_t)wc;
	if (n == (size_t)-1) {
		memset(&d->state, 0, sizeof(d->state));
		*c = REPLACEMENT;
		*again = begun;
	}
	return true;
}

keycode
input_key(wint_t c)
{
	if (c == '\n')
		return KC_ENTER;
	if (c == '\b')
		return KC_BACKSPACE;
	if (c >= 0x80 && c < 0xA0)
		return KC_NONE;
	return (keycode)c;
}
