/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/csv_priv.h"

#include <stdlib.h>
#include <string.h>

/* The next mark; len when there is none. */
static inline size_t
next_mark(struct csv *c)
{
	while (c->mark == c->nmarks) {
		if (c->looked == c->len)
			return c->len;
		csv_look(c, c->looked);
	}
	return c->marks[c->mark++];
}

/* The next one that ends a cell: a quote within plain text is text. */
static inline size_t
next_end(struct csv *c)
{
	size_t at;

	do
		at = next_mark(c);
	while (c->buf[at] == '"');
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

/*
 * The quote that closes a cell, or may do so: what follows the last byte held
 * is not known yet.  len when there is none.
 */
static size_t
closing_quote(struct csv *c, bool *escaped)
{
	size_t p;

	*escaped = false;
	for (;;) {
		p = next_mark(c);
		if (p == c->len)
			return p;
		if (c->buf[p] != '"') {
			c->inner_lines += c->buf[p] == '\n' ||
			    (c->buf[p] == '\r' && c->buf[p + 1] != '\n');
			continue;
		}
		if (c->buf[p + 1] != '"')
			return p;
		*escaped = true;
		(void)next_mark(c);
	}
}

/* The cell whose opening quote is at `from`; *end is what follows it. */
static enum scan
scan_quoted(struct csv *c, size_t from, size_t *end)
{
	bool escaped;
	size_t p;

	(void)next_mark(c);
	p = closing_quote(c, &escaped);
	if (p == c->len && c->len - from > CSV_CELL_MAX + 2)
		return scan_bad(c, too_long);
	if (p == c->len)
		return c->ended ? scan_bad(c, open_quote) : SCAN_MORE;
	if (p + 1 == c->len && !c->ended)
		return SCAN_MORE;
	c->escaped |= escaped;
	*end = next_end(c);
	if (*end != p + 1)
		return *end == c->len && !c->ended ? SCAN_MORE :
		    scan_bad(c, after_quote);
	return add_cell(c, from + 1, p, escaped);
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
		c->next = next_mark(c) + 1;
	return SCAN_ROW;
}

enum scan
csv_scan_record(struct csv *c)
{
	size_t from = c->at, end = 0;
	enum scan s;

	c->ncells = 0;
	c->escaped = false;
	c->inner_lines = 0;
	for (;;) {
		if (c->buf[from] == '"') {
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
