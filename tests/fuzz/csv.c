/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * CSV.  The first byte chooses the encoding and whether bad rows are passed
 * over; the rest is the file.  Cells are UTF-8, a row has as many as the
 * header, and the same comes out however many bytes are read at a time.
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "exchange/csv.h"
#include "tests/unit/memsource.h"

static const char *const encodings[] = {
	NULL, "UTF-8", "windows-1252", "UTF-16LE", "UTF-16BE", "MACINTOSH",
	"ISO-8859-15", "SHIFT_JIS"
};

/* What was read, in one number, and how it ended. */
struct reading {
	crypto_generichash_state sum;
	enum rc rc;
	uint64_t rows, bad;
};

static void
note(struct reading *r, const void *p, size_t n)
{
	(void)crypto_generichash_update(&r->sum, p, n);
	(void)crypto_generichash_update(&r->sum, (const uint8_t *)"|", 1);
}

static void
note_row(struct reading *r, const struct csv *c, const struct csv_row *row)
{
	HOLDS(row->n == csv_columns(c));
	note(r, &row->number, sizeof(row->number));
	for (size_t i = 0; i < row->n; i++) {
		HOLDS(row->cells[i].n <= CSV_CELL_MAX);
		HOLDS(fuzz_is_utf8(row->cells[i].s, row->cells[i].n));
		HOLDS(memchr(row->cells[i].s, '\0', row->cells[i].n) == NULL);
		note(r, row->cells[i].s, row->cells[i].n);
	}
	r->rows++;
}

static void
read_rows(struct reading *r, struct csv *c)
{
	const struct csv_row *row;
	struct err e;

	for (size_t i = 0; i < csv_columns(c); i++)
		note(r, csv_header(c, i), strlen(csv_header(c, i)));
	for (;;) {
		r->rc = csv_next(c, &row, &e);
		if (r->rc == RC_OK && row == NULL)
			return;
		if (r->rc == RC_OK) {
			note_row(r, c, row);
			continue;
		}
		HOLDS(r->rc == RC_INPUT);
		HOLDS(fuzz_is_utf8(e.text, strlen(e.text)));
		note(r, e.text, strlen(e.text));
		r->bad++;
		if (!csv_can_go_on(c))
			return;
	}
}

static void
read_all(const uint8_t *data, size_t n, size_t block, struct reading *r)
{
	struct csv_opts opts = {.encoding = encodings[data[0] & 7],
	    .block = block, .lenient = (data[0] & 8) != 0,
	    .delimiter = (data[0] & 16) != 0 ? '|' : '\0'};
	struct memsource src;
	struct csv *c;
	struct err e;

	memset(r, 0, sizeof(*r));
	(void)crypto_generichash_init(&r->sum, NULL, 0, 32);
	memsource_init(&src, (const char *)data + 1, n - 1, block);
	r->rc = csv_open(&src.src, &opts, &c, &e);
	if (r->rc == RC_OK) {
		read_rows(r, c);
		csv_free(c);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	unsigned char a[32], b[32];
	struct reading whole, bytes;

	if (n == 0 || n > 16384 || sodium_init() < 0)
		return 0;
	read_all(data, n, 0, &whole);
	read_all(data, n, 1 + data[0] / 16 % 5, &bytes);
	HOLDS(whole.rc == bytes.rc);
	HOLDS(whole.rows == bytes.rows && whole.bad == bytes.bad);
	(void)crypto_generichash_final(&whole.sum, a, sizeof(a));
	(void)crypto_generichash_final(&bytes.sum, b, sizeof(b));
	HOLDS(memcmp(a, b, sizeof(a)) == 0);
	return 0;
}
