/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/csv_priv.h"

#include <stdlib.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#ifdef __SSE2__
static inline unsigned
ends_16(const char *s, __m128i delimiter)
{
	__m128i v = _mm_loadu_si128((const __m128i *)(const void *)s);
	__m128i hit = _mm_or_si128(_mm_cmpeq_epi8(v, delimiter),
	    _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\n')),
	    _mm_cmpeq_epi8(v, _mm_set1_epi8('\r'))));

	return (unsigned)_mm_movemask_epi8(hit);
}

static inline uint64_t
ends_64(const char *s, char delimiter)
{
	__m128i d = _mm_set1_epi8(delimiter);

	return (uint64_t)ends_16(s, d) | (uint64_t)ends_16(s + 16, d) << 16 |
	    (uint64_t)ends_16(s + 32, d) << 32 |
	    (uint64_t)ends_16(s + 48, d) << 48;
}
#else
static inline uint64_t
ends_64(const char *s, char delimiter)
{
	uint64_t bits = 0;
	unsigned i;

	for (i = 0; i < 64; i++)
		bits |= (uint64_t)(s[i] == delimiter || s[i] == '\n' ||
		    s[i] == '\r') << i;
	return bits;
}
#endif

void
csv_look(struct csv *c, size_t from)
{
	size_t left = c->len - from;

	c->base = from;
	c->ends = ends_64(c->buf + from, c->delimiter);
	if (left < 64)
		c->ends &= (UINT64_C(1) << left) - 1;
}

/* Forgets ends before `from`, which is at or after base. */
static inline void
look_from(struct csv *c, size_t from)
{
	size_t skip = from - c->base;

	if (skip < 64)
		c->ends &= ~UINT64_C(0) << skip;
	else
		csv_look(c, from < c->len ? from : c->len);
}

/* The next end at or after the last one used; len when there is none. */
static inline size_t
next_end(struct csv *c)
{
	size_t at;

	while (c->ends == 0) {
		if (c->len - c->base <= 64)
			return c->len;
		csv_look(c, c->base + 64);
	}
	at = c->base + (size_t)__builtin_ctzll(c->ends);
	c->ends &= c->ends - 1;
	return at;
}

static bool
room_for_cell(struct csv *c)
{
	struct csv_cell *more;
	size_t cap = c->capcells != 0 ? 2 * c->capcells : 32;

	if (c->ncells < c->capcells)
		return true;
	if (c->ncells >= CSV_COLUMNS_MAX)
		return false;
	more = realloc(c->cells, cap * sizeof(*more));
	if (more == NULL)
		return false;
	c->cells = more;
	c->capcells = cap;
	return true;
}

static enum scan
scan_bad(struct csv *c, const char *why)
{
	c->bad_column = c->ncells;
	c->bad_why = why;
	return SCAN_BAD;
}

static const char too_long[] = "the cell is longer than 1 MiB; expected "
    "at most that (is a quote left open?)";
static const char too_many[] = "there are more than 1024 columns";
static const char open_quote[] = "a quote is opened here and never closed; "
    "expected a closing quote before the end of the file";
static const char after_quote[] = "there is text after the closing quote; "
    "a quote inside a quoted cell must be doubled";

static inline enum scan
add_cell(struct csv *c, size_t from, size_t to, bool escaped)
{
	if (to - from > CSV_CELL_MAX)
		return scan_bad(c, too_long);
	/* Without a reason it is memory that is lacking. */
	if (c->ncells == c->capcells && !room_for_cell(c))
		return scan_bad(c, c->ncells >= CSV_COLUMNS_MAX ? too_many :
		    NULL);
	c->cells[c->ncells++] = (struct csv_cell){c->buf + from,
	    (uint32_t)(to - from), escaped};
	return SCAN_ROW;
}

/* The cell whose opening quote is at `from`; *end is what follows it. */
static enum scan
scan_quoted(struct csv *c, size_t from, size_t *end)
{
	bool escaped = false;
	size_t p = from + 1;
	const char *q;

	c->quoted = true;
	for (;;) {
		q = memchr(c->buf + p, '"', c->len - p);
		if (q == NULL && c->len - from > CSV_CELL_MAX + 2)
			return scan_bad(c, too_long);
		if (q == NULL)
			return c->ended ? scan_bad(c, open_quote) : SCAN_MORE;
		p = (size_t)(q - c->buf) + 1;
		if (p == c->len && !c->ended)
			return SCAN_MORE;
		if (p == c->len || c->buf[p] != '"')
			break;
		escaped = true;
		p++;
	}
	look_from(c, p);
	*end = next_end(c);
	if (*end != p)
		return *end == c->len && !c->ended ? SCAN_MORE :
		    scan_bad(c, after_quote);
	return add_cell(c, from + 1, p - 1, escaped);
}

/* After a record that ends at `end`: is its CR followed by a LF? */
static enum scan
finish_record(struct csv *c, size_t end)
{
	c->end = end;
	c->next = end + 1;
	if (c->buf[end] != '\r')
		return SCAN_ROW;
	if (end + 1 == c->len && !c->ended)
		return SCAN_MORE;
	if (end + 1 < c->len && c->buf[end + 1] == '\n')
		c->next = end + 2;
	return SCAN_ROW;
}

enum scan
csv_scan_record(struct csv *c)
{
	size_t from = c->at, end = 0;
	enum scan s;

	c->ncells = 0;
	c->quoted = false;
	look_from(c, from);
	for (;;) {
		if (from < c->len && c->buf[from] == '"') {
			s = scan_quoted(c, from, &end);
		} else {
			end = next_end(c);
			if (end == c->len && !c->ended)
				return end - from > CSV_CELL_MAX ?
				    scan_bad(c, too_long) : SCAN_MORE;
			s = add_cell(c, from, end, false);
		}
		if (s != SCAN_ROW)
			return s;
		if (end == c->len) {
			c->end = end;
			c->next = end;
			return SCAN_ROW;
		}
		if (c->buf[end] != c->delimiter)
			return finish_record(c, end);
		from = end + 1;
	}
}
