/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Plain characters for those of box drawing and decoration, for terminals
 * without them.
 */
#include "config.h"

#include "tui/term.h"

#include <limits.h>
#include <string.h>
#include <wchar.h>

static const struct {
	const char *fancy;
	const char *plain;
} table[] = {
	{"─", "-"}, {"━", "-"}, {"═", "="}, {"│", "|"}, {"┃", "|"},
	{"║", "#"}, {"┌", "+"}, {"┐", "+"}, {"└", "+"}, {"┘", "+"},
	{"├", "+"}, {"┤", "+"}, {"┬", "+"}, {"┴", "+"}, {"┼", "+"},
	{"╔", "#"}, {"╗", "#"}, {"╚", "#"}, {"╝", "#"},
	{"╭", "+"}, {"╮", "+"}, {"╰", "+"}, {"╯", "+"}, {"…", "~"},
	{"•", "*"}, {"·", "."}, {"✓", "x"}, {"✔", "x"}, {"✗", "x"},
	{"▸", ">"}, {"▶", ">"}, {"◂", "<"}, {"▴", "^"}, {"▾", "v"},
	{"→", ">"}, {"←", "<"}, {"↑", "^"}, {"↓", "v"}, {"█", "#"},
	{"░", "."}, {"▒", ":"}, {"–", "-"}, {"—", "-"}, {"‘", "'"},
	{"’", "'"}, {"“", "\""}, {"”", "\""}, {"☐", "_"}, {"☑", "x"},
	{"▁", "_"}, {"▂", "."}, {"▃", "-"}, {"▄", "="}, {"▅", "+"},
	{"▆", "*"}, {"▇", "%"}, {"▓", "%"},
	{"≥", ">"}, {"≤", "<"}, {"×", "x"}, {"±", "+"},
};

const char *
term_ascii(const char *bytes, size_t n)
{
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		if (strlen(table[i].fancy) == n &&
		    memcmp(table[i].fancy, bytes, n) == 0)
			return table[i].plain;
	}
	/* A control picture: U+2400 to U+2421. */
	if (n == 3 && memcmp(bytes, "\xE2\x90", 2) == 0)
		return "^";
	return NULL;
}

bool
term_can_show(wchar_t wc)
{
	char out[MB_LEN_MAX];
	mbstate_t state;

	memset(&state, 0, sizeof(state));
	return wcrtomb(out, wc, &state) != (size_t)-1;
}
