/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keys.  Bytes as a terminal sends them become characters, keys and actions;
 * and the name of a key is read again as that key.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "tui/term_input.h"

static void
check_key(keycode k)
{
	char name[KEY_NAME_MAX], text[5];

	if (k == KC_NONE)
		return;
	for (int c = 0; c < CONTEXTS; c++)
		HOLDS(key_decode((enum context)c, k) < ACTIONS);
	if (key_is_text(k))
		HOLDS(fuzz_is_utf8(text, key_text(k, text)));
	key_label(k, name);
	HOLDS(memchr(name, '\0', sizeof(name)) != NULL);
	HOLDS(fuzz_is_utf8(name, strlen(name)));
	/* What a person can type has a name that is read as the same key. */
	if (key_is_text(k))
		HOLDS(key_from_name(name, strlen(name)) == k);
}

static void
decode(const uint8_t *data, size_t n)
{
	struct input_decoder d;
	size_t chars = 0;
	bool again;
	wint_t c;

	memset(&d, 0, sizeof(d));
	for (size_t i = 0; i < n; i++) {
		again = false;
		if (!input_decode(&d, data[i], &c, &again))
			continue;
		chars++;
		check_key(input_key(c));
		if (!again)
			continue;
		if (input_decode(&d, data[i], &c, &again)) {
			HOLDS(!again);
			chars++;
			check_key(input_key(c));
		}
	}
	HOLDS(chars <= n);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *text;
	keycode k;

	if (n > 4096 || setlocale(LC_ALL, "C.UTF-8") == NULL)
		return 0;
	decode(data, n);
	text = fuzz_text(data, n);
	k = key_from_name(text, n);
	check_key(k);
	free(text);
	return 0;
}
