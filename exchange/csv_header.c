/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/csv_priv.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Where the first line that says something begins. */
static size_t
first_text(const struct csv *c)
{
	size_t at = c->at;

	while (at < c->len && (c->buf[at] == '\n' || c->buf[at] == '\r'))
		at++;
	return at;
}

/*
 * "sep=;" is how some spreadsheets say what they use.  What is left of the
 * line is an empty record, which the header's reader passes over.
 */
static void
take_separator_line(struct csv *c)
{
	const char *s = c->buf + c->at;

	if (c->len - c->at < 6 || strncasecmp(s, "sep=", 4) != 0 ||
	    (s[5] != '\r' && s[5] != '\n') || strchr(",;\t|:", s[4]) == NULL)
		return;
	c->delimiter = s[4];
	c->at += 5;
}

/*
 * Chooses the delimiter that the header uses most.  False while the header
 * goes on past what was read.
 */
static bool
choose_delimiter(struct csv *c)
{
	size_t comma = 0, semicolon = 0, tab = 0, i;
	bool quoted = false;
	char given = c->given;

	for (i = first_text(c); i < c->len; i++) {
		if (c->buf[i] == '"')
			quoted = !quoted;
		if (quoted)
			continue;
		if (c->buf[i] == '\n' || c->buf[i] == '\r')
			break;
		comma += c->buf[i] == ',';
		semicolon += c->buf[i] == ';';
		tab += c->buf[i] == '\t';
	}
	c->delimiter = ',';
	if (semicolon > comma && semicolon >= tab)
		c->delimiter = ';';
	else if (tab > comma)
		c->delimiter = '\t';
	if (given != '\0')
		c->delimiter = given;
	return i < c->len || c->ended;
}

/* Reads until the first record is held whole and its delimiter known. */
static enum rc
begin(struct csv *c, struct err *e)
{
	enum rc rc;

	c->next_line = 1;
	do {
		if (c->len > CSV_CELL_MAX)
			return err_set(e, RC_INPUT, "%s: the first row is "
			    "longer than 1 MiB; expected a header row",
			    c->src->name);
		rc = csv_fill(c, e);
		if (rc != RC_OK) {
			c->row.number = 1;
			c->row.line = 1;
			return csv_reject_bytes(c, e);
		}
	} while (!choose_delimiter(c));
	if (first_text(c) == c->len)
		return err_set(e, RC_INPUT, "%s is empty; expected a header "
		    "row and at least one row below it", c->src->name);
	take_separator_line(c);
	csv_look(c, c->at);
	return RC_OK;
}

static char *
copy_trimmed(const char *s, size_t n)
{
	char *copy;

	while (n != 0 && (s[0] == ' ' || s[0] == '\t')) {
		s++;
		n--;
	}
	while (n != 0 && (s[n - 1] == ' ' || s[n - 1] == '\t'))
		n--;
	copy = malloc(n + 1);
	if (copy == NULL)
		return NULL;
	memcpy(copy, s, n);
	copy[n] = '\0';
	return copy;
}

/* Empty headers at the right end come from spreadsheets and are dropped. */
static enum rc
keep_headers(struct csv *c, struct err *e)
{
	size_t n = c->ncells, i;

	while (n != 0 && c->cells[n - 1].n == 0)
		n--;
	if (n == 0)
		return csv_fail(c, CSV_NO_COLUMN, e, "the first row is blank; "
		    "expected a header row");
	c->headers = calloc(n, sizeof(*c->headers));
	for (i = 0; c->headers != NULL && i < n; i++) {
		c->headers[i] = copy_trimmed(c->cells[i].s, c->cells[i].n);
		if (c->headers[i] == NULL)
			break;
		c->nheaders++;
	}
	if (c->headers == NULL || i < n)
		return err_set(e, RC_NOMEM, "no memory to read %s",
		    c->src->name);
	return RC_OK;
}

enum rc
csv_read_header(struct csv *c, struct err *e)
{
	bool none, lenient = c->lenient;
	enum rc rc;

	rc = begin(c, e);
	if (rc != RC_OK)
		return rc;
	c->lenient = false;	/* nothing can be skipped before a header */
	do {
		c->row.number++;
		c->row.line = c->next_line;
		rc = csv_read_record(c, &none, e);
		if (rc == RC_OK && none)
			rc = err_set(e, RC_INPUT, "%s has no header row",
			    c->src->name);
		if (rc != RC_OK)
			break;
		c->next_line += csv_settle(c);
		c->at = c->next;
	} while (c->ncells == 1 && csv_is_blank(c));
	c->lenient = lenient;
	if (rc != RC_OK)
		return rc;
	if (lenient)
		rc = csv_check_lost(c, e);
	return rc == RC_OK ? keep_headers(c, e) : rc;
}
