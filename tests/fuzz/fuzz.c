/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/instrument.h"

void
fuzz_broken(const char *file, int line, const char *what)
{
	fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, what);
	abort();
}

char *
fuzz_text(const uint8_t *data, size_t n)
{
	char *s = malloc(n + 1);

	if (s == NULL)
		abort();
	if (n != 0)
		memcpy(s, data, n);
	s[n] = '\0';
	return s;
}

/* Bytes of the character at s as RFC 3629 has it; 0 when it is none. */
static size_t
character(const unsigned char *s, size_t n)
{
	unsigned long least, cp;
	size_t len;

	if (s[0] < 0x80)
		return 1;
	len = s[0] >= 0xF0 ? 4 : s[0] >= 0xE0 ? 3 : 2;
	least = len == 4 ? 0x10000 : len == 3 ? 0x800 : 0x80;
	if (s[0] < 0xC0 || s[0] > 0xF4 || len > n)
		return 0;
	cp = s[0] & (0xFFu >> (len + 1));
	for (size_t i = 1; i < len; i++) {
		if ((s[i] & 0xC0) != 0x80)
			return 0;
		cp = cp << 6 | (s[i] & 0x3Fu);
	}
	return cp < least || cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000) ?
	    0 : len;
}

int
fuzz_is_utf8(const char *s, size_t n)
{
	size_t k;

	for (; n > 0; s += k, n -= k)
		if ((k = character((const unsigned char *)s, n)) == 0)
			return 0;
	return 1;
}

void
fuzz_message(const struct err *e, const char *text)
{
	HOLDS(e->rc != RC_OK && e->text[0] != '\0');
	if (fuzz_is_utf8(text, strlen(text)))
		HOLDS(fuzz_is_utf8(e->text, strlen(e->text)));
}

static const char small[] =
    "id: small\nversion: '1'\ntitle: T\nsummary: S\nsources: {x: Invented}\n"
    "settings: {three: {value: 3, source: x}}\n"
    "sections:\n"
    "  - {id: Q, label: Questions, role: question, source: x, items: [\n"
    "    {id: told, label: L, help: H}]}\n"
    "  - {id: A, label: Context, role: vulnerability, source: x, items: [\n"
    "    {id: A1, label: L, help: H}, {id: A2, label: L, help: H}]}\n"
    "  - {id: B, label: Signs, role: sign, source: x, items: [\n"
    "    {id: B1, label: L, help: H},\n"
    "    {id: B2, label: L, help: H, weight: 2, applies-when: told},\n"
    "    {id: B3, label: L, help: H, weight: 5}]}\n"
    "levels: [{id: high, label: High, action: Act},\n"
    "  {id: some, label: Some, action: Ask}]\n"
    "residual:\n"
    "  insufficient: {label: Not enough, action: Ask}\n"
    "  none-recorded: {label: None, action: Look again}\n"
    "rules:\n"
    "  - {id: r, level: high, when: 'count(A, B) >= three',\n"
    "    because: B, source: x}\n"
    "  - {id: s, level: some, because: B, source: x,\n"
    "    when: 'any(B suspected) or any(B within 6 months)'}\n";

struct instrument *
fuzz_instrument(void)
{
	static struct instrument *in;
	struct faults faults;
	struct err e;

	if (in != NULL)
		return in;
	faults_init(&faults, "small");
	HOLDS(instrument_parse(small, strlen(small), "small", &in, &faults,
	    &e) == RC_OK);
	faults_release(&faults);
	return in;
}

