/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Comma-separated values, streamed: quotes as in RFC 4180, rows that end in
 * LF, CRLF or CR, and comma, semicolon or tab between cells, whichever the
 * header uses.  Cells are slices of the block that was read, not copies.
 * Knows nothing of what the columns mean (observations.h).
 *
 * libcsv calls a function for each byte's worth of state and copies every
 * cell; with it the batch goal (ten million rows five times faster than
 * `sqlite3 :memory:` imports and groups them) is out of reach, so this reader
 * looks for the ends of cells 64 bytes at a time.
 *
 * A row is a record: row 1 is the header, as spreadsheets count.  Empty
 * records are skipped but counted.  A line is a physical one; the two differ
 * once a quoted cell holds a line end.
 */
#ifndef HEARKEN_EXCHANGE_CSV_H
#define HEARKEN_EXCHANGE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"
#include "exchange/source.h"

#define CSV_CELL_MAX (1u << 20)		/* bytes */
#define CSV_ROW_MAX (16u << 20)
#define CSV_COLUMNS_MAX 1024u
/* This many bytes past any cell may be read (not used) by wide loads. */
#define CSV_PAD 64u

struct csv;

struct csv_cell {
	const char *s;	/* not NUL-terminated; lives until the next row */
	uint32_t n;
	bool escaped;	/* held doubled quotes; set while reading only */
};

struct csv_row {
	const struct csv_cell *cells;
	size_t n;	/* as many as the header has */
	uint64_t number, line;
	const char *raw;	/* the record's bytes after the quotes are undone */
	size_t raw_n;
};

struct csv_opts {
	const char *encoding;	/* NULL: found from the text (charset.h) */
	size_t block;		/* bytes read at a time; 0: usual. Tests use 1 */
	bool lenient;		/* a bad row can be skipped and the rest read */
	char delimiter;		/* '\0': the one that the header uses most */
};

/*
 * Reads the header of src (borrowed until csv_free).  RC_INPUT when the file
 * is empty or the header cannot be read.
 */
NODISCARD enum rc csv_open(struct source *src, const struct csv_opts *opts,
    struct csv **out, struct err *e);
void csv_free(struct csv *c);

size_t csv_columns(const struct csv *c);
/* Trimmed text of a column's header, NUL-terminated. */
const char *csv_header(const struct csv *c, size_t column);
char csv_delimiter(const struct csv *c);
const char *csv_encoding(const struct csv *c);
/* Bytes held, for the test that they do not grow with rows. */
size_t csv_memory(const struct csv *c);

/*
 * The next row, or *row NULL at the end.  After RC_INPUT csv_can_go_on()
 * tells whether the next call goes on with the row after the bad one;
 * csv_row() then still holds what could be read of it.
 */
NODISCARD enum rc csv_next(struct csv *c, const struct csv_row **row,
    struct err *e);
const struct csv_row *csv_current(const struct csv *c);
bool csv_can_go_on(const struct csv *c);

#define CSV_NO_COLUMN SIZE_MAX
/*
 * RC_INPUT with where it happened in front:
 *	FILE: row 12, column 4 "state": MESSAGE
 * and the physical line when it differs from the row.  csv_fail_at is for a
 * row that was read before the one at hand.
 */
enum rc csv_fail_at(const struct csv *c, uint64_t number, uint64_t line,
    struct err *e, const char *fmt, ...) PRINTF_LIKE(5, 6);
enum rc csv_fail(const struct csv *c, size_t column, struct err *e,
    const char *fmt, ...) PRINTF_LIKE(4, 5);

#endif
