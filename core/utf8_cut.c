/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/utf8.h"

/* Apart from utf8.c, for it needs no tables. */
int
utf8_cut(const char *s, int n)
{
	size_t len = strnlen(s, (size_t)n + 1), cut;

	if (len <= (size_t)n)
		return (int)len;
	for (cut = (size_t)n; cut > 0; cut--)
		if (((unsigned char)s[cut] & 0xC0) != 0x80)
			return (int)cut;
	return n;
}
