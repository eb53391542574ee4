/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the parts of the CSV reader share; nobody else includes it.  csv.c
 * keeps the buffer and the records, csv_marks.c finds the bytes that may end
 * a cell, csv_scan.c makes cells of them, csv_header.c reads the first row.
 */
#ifndef HEARKEN_EXCHANGE_CSV_PRIV_H
#define HEARKEN_EXCHANGE_CSV_PRIV_H

#include "exchange/charset.h"
#include "exchange/csv.h"

enum scan {
	SCAN_ROW,	/* a whole record is in cells */
	SCAN_MORE,	/* it goes on past the bytes held */
	SCAN_BAD	/* bad_column and bad_why tell */
};

#define CSV_WINDOW 2048u
/* So many marks, a multiple of 4, are written down unasked. */
#define CSV_MARKS_AT_ONCE 12u

struct csv {
	struct source *src;
	struct charset_in *in;
	bool lenient, ended, can_go_on;
	char delimiter;
	char given;		/* the delimiter that was asked for, or '\0' */
	char *buf;		/* cap + CSV_PAD bytes */
	size_t at, len, cap;	/* the record being read begins at `at` */
	size_t block;
	/*
	 * Where delimiters, line ends and quotes stand in the window of buf
	 * that ends at `looked`, in order; those before `mark` are used.
	 */
	size_t looked;
	uint32_t marks[CSV_WINDOW + CSV_MARKS_AT_ONCE];
	size_t nmarks, mark;
	struct csv_cell *cells;
	size_t ncells, capcells;
	size_t end, next;	/* of this record; where the one after begins */
	bool escaped;		/* a cell of this record has doubled quotes */
	uint64_t inner_lines;	/* line ends within its quoted cells */
	struct csv_row row;
	uint64_t next_line;
	char **headers;
	size_t nheaders;
	size_t bad_column;
	const char *bad_why;
};

/* Finds the marks of the window from `from`, as far as bytes are held. */
void csv_look(struct csv *c, size_t from);
/* One record from c->at into the cells. */
enum scan csv_scan_record(struct csv *c);

/*
 * Moves the record begun to the front and fills what is free behind it.  A
 * failure counts only once all that was read before it is used up: the reader
 * below says it again.
 */
NODISCARD enum rc csv_fill(struct csv *c, struct err *e);
/* Brings one whole record into cells. *none at the end of the file. */
NODISCARD enum rc csv_read_record(struct csv *c, bool *none, struct err *e);
/* Makes the cells final and tells the physical lines the record takes. */
uint64_t csv_settle(struct csv *c);
/* True for a record that says nothing: no cells, or delimiters only. */
bool csv_is_blank(const struct csv *c);
NODISCARD enum rc csv_check_lost(struct csv *c, struct err *e);
/* A failure of the reader below: where it happened is where scanning got. */
NODISCARD enum rc csv_reject_bytes(struct csv *c, struct err *e);

NODISCARD enum rc csv_read_header(struct csv *c, struct err *e);

#endif
