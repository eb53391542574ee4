/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The first rows of a file whose encoding is not known.
 */
#include "config.h"

#include "exchange/guess_priv.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "core/vec.h"
#include "core/xalloc.h"
#include "exchange/csv.h"

#define SAMPLE ((size_t)1 << 18)
#define CELL_MAX 400

/* The bytes read, given out again. */
struct sample {
	char *bytes;
	size_t n, at;
	bool whole;
};

static enum rc
give(void *ctx, char *buf, size_t n, size_t *got, struct err *e)
{
	struct sample *s = ctx;

	(void)e;
	*got = n < s->n - s->at ? n : s->n - s->at;
	memcpy(buf, s->bytes + s->at, *got);
	s->at += *got;
	return RC_OK;
}

static enum rc
take_sample(struct source *src, struct sample *s, struct err *e)
{
	size_t got = 1;
	enum rc rc = RC_OK;

	while (rc == RC_OK && got != 0 && s->n < SAMPLE) {
		rc = source_read(src, s->bytes + s->n, SAMPLE - s->n, &got, e);
		s->n += rc == RC_OK ? got : 0;
	}
	s->whole = s->n < SAMPLE;
	return rc;
}

/* UTF-16 without a mark: nearly every second byte is zero. */
static const char *
wide_letters(const struct sample *s)
{
	size_t zeros[2] = {0, 0};

	for (size_t i = 0; i < s->n; i++)
		zeros[i % 2] += s->bytes[i] == '\0';
	if (3 * zeros[1] > s->n && zeros[0] * 10 < zeros[1])
		return "utf-16le";
	if (3 * zeros[0] > s->n && zeros[1] * 10 < zeros[0])
		return "utf-16be";
	return NULL;
}

/*
 * Which of the two old encodings of Western letters: in one the letters with
 * marks stand from C0 on, in the other from 80 to 9F.  Only bytes between
 * letters count; the two apostrophes tell by themselves.
 */
static bool
is_mac(const struct sample *s)
{
	size_t mac = 0, win = 0;

	for (size_t i = 1; i + 1 < s->n; i++) {
		unsigned char c = (unsigned char)s->bytes[i];

		if (c < 0x80 || !isalpha((unsigned char)s->bytes[i - 1]))
			continue;
		if (c == 0x92)
			win++;
		else if (c == 0xd5 || (c < 0xa0 &&
		    isalpha((unsigned char)s->bytes[i + 1])))
			mac++;
		else if (c >= 0xc0)
			win++;
	}
	return mac > win;
}

static bool
has_mark(const struct sample *s)
{
	return s->n >= 3 && (memcmp(s->bytes, "\xef\xbb\xbf", 3) == 0 ||
	    memcmp(s->bytes, "\xff\xfe", 2) == 0 ||
	    memcmp(s->bytes, "\xfe\xff", 2) == 0);
}

static void
find_encoding(struct guess *g, const struct sample *s)
{
	const char *wide = wide_letters(s);
	size_t bad = 0;
	const char *name = "";

	if (has_mark(s))
		return;
	if (wide != NULL)
		name = wide;
	else if (!utf8_valid(s->bytes, s->n, &bad) &&
	    (s->whole || bad + 4 < s->n))
		name = is_mac(s) ? "macroman" : "windows-1252";
	free(g->m->encoding);
	g->m->encoding = xstrdup(name);
	if (wide == NULL && name[0] != '\0')
		guess_doubt(g, "encoding: %s is a guess from the letters with "
		    "marks; see whether names are spelt as they should be",
		    name);
}

static char *
copy_cell(const char *s, size_t n)
{
	char *copy;

	while (n != 0 && (*s == ' ' || *s == '\t')) {
		s++;
		n--;
	}
	while (n != 0 && (s[n - 1] == ' ' || s[n - 1] == '\t'))
		n--;
	if (n > CELL_MAX)
		for (n = CELL_MAX; n != 0 &&
		    ((unsigned char)s[n] & 0xc0u) == 0x80u; n--)
			;
	copy = xmalloc(n + 1);
	memcpy(copy, s, n);
	copy[n] = '\0';
	return copy;
}

static char **
new_row(struct guess *g)
{
	g->rows = vec_room(g->rows, g->nrows, &g->caprows,
	    sizeof(*g->rows));
	g->rows[g->nrows] = xcalloc(g->ncolumns + 1, sizeof(char *));
	return g->rows[g->nrows++];
}

static void
drop_last(struct guess *g)
{
	char **row = g->rows[--g->nrows];

	for (size_t i = 0; i < g->ncolumns; i++)
		free(row[i]);
	free(row);
}

static enum rc
read_rows(struct guess *g, struct csv *c, bool whole, struct err *e)
{
	const struct csv_row *r = NULL;
	enum rc rc = RC_OK;
	char **row;

	g->ncolumns = csv_columns(c);
	row = new_row(g);
	for (size_t i = 0; i < g->ncolumns; i++)
		row[i] = xstrdup(csv_header(c, i));
	while (rc == RC_OK && g->nrows <= GUESS_ROWS) {
		rc = csv_next(c, &r, e);
		if (rc == RC_INPUT && csv_can_go_on(c)) {
			err_clear(e);
			rc = RC_OK;
			continue;
		}
		if (rc != RC_OK || r == NULL)
			break;
		row = new_row(g);
		for (size_t i = 0; i < g->ncolumns; i++)
			row[i] = copy_cell(r->cells[i].s, r->cells[i].n);
	}
	/* Of a file that goes on the last row read may be cut. */
	if (!whole && r == NULL && g->nrows > 2)
		drop_last(g);
	if (!whole && rc == RC_INPUT) {
		err_clear(e);
		rc = RC_OK;
	}
	return rc;
}

/*
 * The sign that divides a header which none of the usual ones divides; the
 * reader takes it only when it is told.
 */
static char
rare_delimiter(const struct csv *c)
{
	const char *header = csv_header(c, 0);

	return csv_columns(c) != 1 ? '\0' : strchr(header, '|') != NULL ?
	    '|' : strchr(header, ':') != NULL ? ':' : '\0';
}

static enum rc
open_table(struct source *src, struct sample *s, struct csv_opts *o,
    struct csv **c, struct err *e)
{
	enum rc rc = csv_open(src, o, c, e);

	if (rc != RC_OK || o->delimiter != '\0')
		return rc;
	o->delimiter = rare_delimiter(*c);
	if (o->delimiter == '\0')
		return rc;
	csv_free(*c);
	*c = NULL;
	s->at = 0;
	return csv_open(src, o, c, e);
}

static enum rc
read_table(struct guess *g, struct sample *s, const char *name,
    struct err *e)
{
	struct source src = {.name = name, .read = give, .ctx = s};
	struct csv_opts o = {.lenient = true};
	struct csv *c = NULL;
	enum rc rc;

	if (g->m->encoding[0] != '\0')
		o.encoding = g->m->encoding;
	rc = open_table(&src, s, &o, &c, e);
	if (rc == RC_OK) {
		g->m->delimiter = csv_delimiter(c);
		g->encoding = xstrdup(csv_encoding(c));
		rc = read_rows(g, c, s->whole, e);
	}
	csv_free(c);
	return rc;
}

enum rc
guess_read(struct guess *g, struct source *src,
    const struct guess_opts *opts, struct err *e)
{
	struct sample s = {.bytes = xmalloc(SAMPLE)};
	enum rc rc = take_sample(src, &s, e);

	if (rc == RC_OK && opts->encoding != NULL) {
		free(g->m->encoding);
		g->m->encoding = xstrdup(opts->encoding);
	} else if (rc == RC_OK) {
		find_encoding(g, &s);
	}
	if (rc == RC_OK)
		rc = read_table(g, &s, src->name, e);
	free(s.bytes);
	return rc;
}
