/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/csv_priv.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#ifdef __SSE2__
static inline unsigned
marks_16(const char *s, __m128i delimiter)
{
	__m128i v = _mm_loadu_si128((const __m128i *)(const void *)s);
	__m128i end = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\n')),
	    _mm_cmpeq_epi8(v, _mm_set1_epi8('\r')));
	__m128i cell = _mm_or_si128(_mm_cmpeq_epi8(v, delimiter),
	    _mm_cmpeq_epi8(v, _mm_set1_epi8('"')));

	return (unsigned)_mm_movemask_epi8(_mm_or_si128(end, cell));
}

/* A bit for each of 64 bytes that is a delimiter, a line end or a quote. */
static inline uint64_t
marks_64(const char *s, char delimiter)
{
	__m128i d = _mm_set1_epi8(delimiter);

	return (uint64_t)marks_16(s, d) | (uint64_t)marks_16(s + 16, d) << 16 |
	    (uint64_t)marks_16(s + 32, d) << 32 |
	    (uint64_t)marks_16(s + 48, d) << 48;
}
#else
static inline uint64_t
marks_64(const char *s, char delimiter)
{
	uint64_t bits = 0;
	unsigned i;

	for (i = 0; i < 64; i++)
		bits |= (uint64_t)(s[i] == delimiter || s[i] == '\n' ||
		    s[i] == '\r' || s[i] == '"') << i;
	return bits;
}
#endif

static inline unsigned
count_bits(uint64_t v)
{
	v -= v >> 1 & UINT64_C(0x5555555555555555);
	v = (v & UINT64_C(0x3333333333333333)) +
	    (v >> 2 & UINT64_C(0x3333333333333333));
	v = (v + (v >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
	return (unsigned)((v * UINT64_C(0x0101010101010101)) >> 56);
}

/* Writes the place of the lowest bit to out and returns the bits above it. */
static inline uint64_t
write_mark(uint32_t *out, uint32_t base, uint64_t bits)
{
	const uint64_t last = UINT64_C(1) << 63;

	*out = base + (uint32_t)__builtin_ctzll(bits | last);
	return bits & (bits - 1);
}

/*
 * Writes the places of the bits to out and returns how many there are.  How
 * many stand in 64 bytes of text cannot be foretold, so that the first few
 * are written down unasked: what is there of them that is no mark is written
 * over by the next.
 */
static inline size_t
write_marks(uint32_t *out, uint32_t base, uint64_t bits)
{
	unsigned n = count_bits(bits), i;

	for (i = 0; i < CSV_MARKS_AT_ONCE; i += 4) {
		bits = write_mark(out + i, base, bits);
		bits = write_mark(out + i + 1, base, bits);
		bits = write_mark(out + i + 2, base, bits);
		bits = write_mark(out + i + 3, base, bits);
	}
	for (; i < n; i++)
		bits = write_mark(out + i, base, bits);
	return n;
}

void
csv_look(struct csv *c, size_t from)
{
	size_t end = c->len - from > CSV_WINDOW ? from + CSV_WINDOW : c->len;
	size_t n = 0, at;
	uint64_t bits;

	for (at = from; at < end; at += 64) {
		bits = marks_64(c->buf + at, c->delimiter);
		if (end - at < 64)
			bits &= (UINT64_C(1) << (end - at)) - 1;
		n += write_marks(c->marks + n, (uint32_t)at, bits);
	}
	c->nmarks = n;
	c->mark = 0;
	c->looked = end;
}
