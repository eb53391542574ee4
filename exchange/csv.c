/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/csv.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "exchange/csv_priv.h"

#define BLOCK_USUAL (256u << 10)
#define PLACE_MAX 512u
#define NAME_SHOWN 80		/* bytes of a column's name */

static const char row_too_long[] = "the row is longer than 16 MiB; expected "
    "at most that (is a quote left open?)";

/* ---- where it happened ---- */

static void
add_row(const struct csv *c, uint64_t number, uint64_t line, char *out,
    size_t n)
{
	int k = snprintf(out, n, "%s: row %llu", c->src->name,
	    (unsigned long long)number);

	if (k > 0 && (size_t)k < n && line != number)
		(void)snprintf(out + k, n - (size_t)k, " (line %llu)",
		    (unsigned long long)line);
}

static void
add_column(const struct csv *c, size_t column, char *out, size_t n)
{
	size_t k = strlen(out);

	const char *name;
	int shown;

	(void)snprintf(out + k, n - k, ", column %zu", column + 1);
	k = strlen(out);
	if (column >= c->nheaders)
		return;
	name = c->headers[column];
	shown = utf8_cut(name, NAME_SHOWN);
	(void)snprintf(out + k, n - k, " \"%.*s%s\"", shown, name,
	    name[shown] != '\0' ? "..." : "");
}

enum rc
csv_fail_at(const struct csv *c, uint64_t number, uint64_t line,
    struct err *e, const char *fmt, ...)
{
	char place[PLACE_MAX];
	va_list ap;

	va_start(ap, fmt);
	err_setv(e, RC_INPUT, fmt, ap);
	va_end(ap);
	add_row(c, number, line, place, sizeof(place));
	err_prefix(e, "%s", place);
	return RC_INPUT;
}

enum rc
csv_fail(const struct csv *c, size_t column, struct err *e, const char *fmt,
    ...)
{
	char place[PLACE_MAX];
	va_list ap;

	va_start(ap, fmt);
	err_setv(e, RC_INPUT, fmt, ap);
	va_end(ap);
	add_row(c, c->row.number, c->row.line, place, sizeof(place));
	if (column != CSV_NO_COLUMN)
		add_column(c, column, place, sizeof(place));
	err_prefix(e, "%s", place);
	return RC_INPUT;
}

/* ---- the buffer ---- */

static enum rc
grow(struct csv *c, struct err *e)
{
	size_t cap = 2 * c->cap;
	char *more;

	more = realloc(c->buf, cap + CSV_PAD);
	if (more == NULL)
		return err_set(e, RC_NOMEM, "no memory to read %s",
		    c->src->name);
	c->buf = more;
	c->cap = cap;
	return RC_OK;
}

enum rc
csv_fill(struct csv *c, struct err *e)
{
	size_t got = 0, before;
	enum rc rc = RC_OK;

	memmove(c->buf, c->buf + c->at, c->len - c->at);
	c->len -= c->at;
	c->at = 0;
	before = c->len;
	if (c->cap - c->len < CHARSET_ROOM_MIN)
		rc = grow(c, e);
	while (rc == RC_OK && c->cap - c->len >= CHARSET_ROOM_MIN) {
		rc = charset_in_read(c->in, c->buf + c->len, c->cap - c->len,
		    &got, e);
		c->len += got;
		if (rc == RC_OK && got == 0) {
			c->ended = true;
			break;
		}
	}
	if (rc != RC_OK && rc != RC_NOMEM && c->len > before)
		rc = RC_OK;
	memset(c->buf + c->len, 0, CSV_PAD);
	csv_look(c, 0);
	return rc;
}

/* ---- records ---- */

/* Undoes doubled quotes in place. */
static void
unescape(struct csv_cell *cell, char *s)
{
	uint32_t from = 0, to = 0;

	while (from < cell->n) {
		s[to++] = s[from];
		from += s[from] == '"' ? 2 : 1;
	}
	cell->n = to;
}

uint64_t
csv_settle(struct csv *c)
{
	size_t i;

	c->row.raw = c->buf + c->at;
	c->row.raw_n = c->end - c->at;
	for (i = 0; c->escaped && i < c->ncells; i++)
		if (c->cells[i].escaped)
			unescape(&c->cells[i],
			    c->buf + (c->cells[i].s - c->buf));
	c->row.cells = c->cells;
	c->row.n = c->ncells;
	return 1 + c->inner_lines;
}

static bool
all_empty(const struct csv_cell *cells, size_t from, size_t to)
{
	size_t i;

	for (i = from; i < to; i++)
		if (cells[i].n != 0)
			return false;
	return true;
}

/*
 * Drops an over-long or broken record to its line end.  In a quoted cell the
 * closing quote is looked for first.  False when the file ends before it.
 */
static enum rc
discard(struct csv *c, bool *found, struct err *e)
{
	bool quoted = false, at_start = true;
	size_t i;
	enum rc rc;
	char ch;

	*found = false;
	for (;;) {
		for (i = c->at; i < c->len; i++) {
			ch = c->buf[i];
			if (ch == '"' && (quoted || at_start))
				quoted = !quoted;
			c->next_line += ch == '\n';
			if (!quoted && (ch == '\n' || ch == '\r')) {
				c->next = i + 1;
				*found = true;
				return RC_OK;
			}
			at_start = ch == c->delimiter || ch == '"';
		}
		c->at = c->len;
		if (c->ended) {
			c->next = c->len;
			*found = !quoted;
			return RC_OK;
		}
		rc = csv_fill(c, e);
		if (rc != RC_OK)
			return rc;
	}
}

/* Reports a record that cannot be read and, when lenient, steps past it. */
static enum rc
reject_record(struct csv *c, struct err *e)
{
	bool found = false;
	struct err inner;
	enum rc rc;

	if (c->bad_why == NULL)
		return err_set(e, RC_NOMEM, "no memory to read %s",
		    c->src->name);
	rc = csv_fail(c, c->bad_column, e, "%s", c->bad_why);
	c->row.n = 0;
	c->row.raw_n = 0;
	err_clear(&inner);
	if (!c->lenient || discard(c, &found, &inner) != RC_OK || !found)
		return rc;
	c->at = c->next;
	csv_look(c, c->at);
	c->can_go_on = true;
	return rc;
}

enum rc
csv_reject_bytes(struct csv *c, struct err *e)
{
	struct err inner = *e;

	if (inner.rc != RC_INPUT)
		return inner.rc;
	(void)csv_scan_record(c);
	return csv_fail(c, c->ncells, e, "%s", inner.text);
}

enum rc
csv_read_record(struct csv *c, bool *none, struct err *e)
{
	enum scan s;
	enum rc rc;

	*none = false;
	for (;;) {
		if (c->at == c->len && c->ended) {
			*none = true;
			return RC_OK;
		}
		s = c->at < c->len ? csv_scan_record(c) : SCAN_MORE;
		if (s == SCAN_ROW)
			return RC_OK;
		if (s == SCAN_BAD)
			return reject_record(c, e);
		if (c->len - c->at >= CSV_ROW_MAX) {
			c->bad_column = CSV_NO_COLUMN;
			c->bad_why = row_too_long;
			return reject_record(c, e);
		}
		rc = csv_fill(c, e);
		if (rc != RC_OK)
			return csv_reject_bytes(c, e);
	}
}

bool
csv_is_blank(const struct csv *c)
{
	return c->cells[0].n == 0 && all_empty(c->cells, 1, c->ncells);
}

enum rc
csv_check_lost(struct csv *c, struct err *e)
{
	size_t i;

	for (i = 0; i < c->ncells; i++)
		if (memchr(c->cells[i].s, CHARSET_LOST, c->cells[i].n) != NULL)
			return csv_fail(c, i, e, "%s",
			    charset_in_lost_why(c->in));
	return RC_OK;
}

/* As many cells as the header has; more only when they are empty. */
static enum rc
check_shape(struct csv *c, struct err *e)
{
	if (c->ncells == c->nheaders)
		return RC_OK;
	if (c->ncells > c->nheaders &&
	    all_empty(c->cells, c->nheaders, c->ncells)) {
		c->row.n = c->nheaders;
		return RC_OK;
	}
	return csv_fail(c, CSV_NO_COLUMN, e, "the row has %zu cell%s; expected "
	    "%zu, as in the header", c->ncells, c->ncells == 1 ? "" : "s",
	    c->nheaders);
}

enum rc
csv_next(struct csv *c, const struct csv_row **row, struct err *e)
{
	bool none;
	enum rc rc;

	*row = NULL;
	c->can_go_on = false;
	do {
		c->row.number++;
		c->row.line = c->next_line;
		rc = csv_read_record(c, &none, e);
		if (rc != RC_OK || none)
			return rc;
		c->next_line += csv_settle(c);
		c->at = c->next;
	} while (csv_is_blank(c));
	rc = check_shape(c, e);
	/* Not by what was lost so far: that depends on how far was read. */
	if (rc == RC_OK && c->lenient)
		rc = csv_check_lost(c, e);
	c->can_go_on = c->lenient;
	if (rc == RC_OK)
		*row = &c->row;
	return rc;
}

enum rc
csv_open(struct source *src, const struct csv_opts *opts, struct csv **out,
    struct err *e)
{
	struct charset_in_opts co = {opts->encoding, opts->block,
	    opts->lenient};
	struct csv *c = calloc(1, sizeof(*c));
	enum rc rc = RC_NOMEM;

	*out = NULL;
	if (c == NULL)
		return err_set(e, RC_NOMEM, "no memory to read %s", src->name);
	c->src = src;
	c->lenient = opts->lenient;
	c->given = opts->delimiter;
	c->block = opts->block != 0 ? opts->block : BLOCK_USUAL;
	c->cap = c->block < CHARSET_ROOM_MIN ? CHARSET_ROOM_MIN : c->block;
	c->buf = malloc(c->cap + CSV_PAD);
	if (c->buf == NULL)
		err_set(e, RC_NOMEM, "no memory to read %s", src->name);
	else
		rc = charset_in_open(src, &co, &c->in, e);
	if (rc == RC_OK)
		rc = csv_read_header(c, e);
	if (rc != RC_OK) {
		csv_free(c);
		return rc;
	}
	*out = c;
	return RC_OK;
}

void
csv_free(struct csv *c)
{
	size_t i;

	if (c == NULL)
		return;
	for (i = 0; i < c->nheaders; i++)
		free(c->headers[i]);
	free(c->headers);
	free(c->cells);
	free(c->buf);
	charset_in_free(c->in);
	free(c);
}

size_t
csv_columns(const struct csv *c)
{
	return c->nheaders;
}

const char *
csv_header(const struct csv *c, size_t column)
{
	return c->headers[column];
}

char
csv_delimiter(const struct csv *c)
{
	return c->delimiter;
}

const char *
csv_encoding(const struct csv *c)
{
	return charset_in_name(c->in);
}

size_t
csv_memory(const struct csv *c)
{
	return sizeof(*c) + c->cap + CSV_PAD +
	    c->capcells * sizeof(*c->cells);
}

const struct csv_row *
csv_current(const struct csv *c)
{
	return &c->row;
}

bool
csv_can_go_on(const struct csv *c)
{
	return c->can_go_on;
}
