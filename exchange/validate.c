/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/validate.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Bytes from s that are ASCII and not NUL, in steps of 16; a lower bound. */
static size_t
ascii_run(const char *s, size_t n)
{
	size_t i = 0;

#ifdef __SSE2__
	const __m128i zero = _mm_setzero_si128();
	__m128i v;

	/* cmpgt is signed: bytes of 0x80 and up and NUL alike fail it. */
	for (; i + 16 <= n; i += 16) {
		v = _mm_loadu_si128((const __m128i *)(const void *)(s + i));
		if (_mm_movemask_epi8(_mm_cmpgt_epi8(v, zero)) != 0xffff)
			break;
	}
#else
	uint64_t w;

	for (; i + 8 <= n; i += 8) {
		memcpy(&w, s + i, sizeof(w));
		if ((w & UINT64_C(0x8080808080808080)) != 0 ||
		    ((w - UINT64_C(0x0101010101010101)) & ~w &
		    UINT64_C(0x8080808080808080)) != 0)
			break;
	}
#endif
	return i;
}

/* Length that the first byte promises; 0 when none begins with it. */
static size_t
promised(unsigned char c)
{
	if (c >= 0xc2 && c <= 0xdf)
		return 2;
	if (c >= 0xe0 && c <= 0xef)
		return 3;
	return c >= 0xf0 && c <= 0xf4 ? 4 : 0;
}

/* The second byte carries the limits: no overlong forms, no surrogates. */
static bool
second_fits(unsigned char a, unsigned char b)
{
	switch (a) {
	case 0xe0:
		return b >= 0xa0 && b <= 0xbf;
	case 0xed:
		return b >= 0x80 && b <= 0x9f;
	case 0xf0:
		return b >= 0x90 && b <= 0xbf;
	case 0xf4:
		return b >= 0x80 && b <= 0x8f;
	default:
		return b >= 0x80 && b <= 0xbf;
	}
}

/* Bytes of the character at s; 0 bad; *cut when n ends within a good one. */
static size_t
character(const unsigned char *s, size_t n, bool *cut)
{
	size_t k, i;

	if (s[0] < 0x80)
		return s[0] != 0 ? 1 : 0;
	k = promised(s[0]);
	if (k == 0)
		return 0;
	if (n >= 2 && !second_fits(s[0], s[1]))
		return 0;
	for (i = 2; i < k && i < n; i++)
		if ((s[i] & 0xc0u) != 0x80u)
			return 0;
	*cut = n < k;
	return k;
}

enum text_end
text_validate(const char *s, size_t n, size_t *good)
{
	size_t i = 0, k, stop;
	bool cut = false;

	while (i < n) {
		i += ascii_run(s + i, n - i);
		/* A few by hand before the wide path is tried again. */
		stop = i + 16 < n ? i + 16 : n;
		while (i < stop) {
			k = character((const unsigned char *)s + i, n - i,
			    &cut);
			if (k == 0 || cut) {
				*good = i;
				return cut ? TEXT_CUT : TEXT_BAD;
			}
			i += k;
		}
	}
	*good = n;
	return TEXT_WHOLE;
}
