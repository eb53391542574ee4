/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The unused bytes of the database's pages.  On a page of a b-tree
 *
 *	header | cell pointers | gap | cells
 *
 * the gap may hold copies of cells that were moved to other pages; in it
 * nothing is ever read.  Pages that are no b-tree (overflow, free) are wiped
 * whole by secure_delete when they are given up, and do not begin with a
 * b-tree's letter unless the file has more than 2^25 pages.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "db/blank.h"

#define PAGES_MAX (INT64_C(1) << 25)
#define FILE_HEADER 100		/* before the b-tree of page 1 */

static size_t
two_bytes(const unsigned char *p)
{
	return (size_t)p[0] << 8 | p[1];
}

/* Where the gap of a page lies; false when it is no page of a b-tree. */
static bool
find_gap(const unsigned char *page, size_t size, int64_t number,
    size_t *from, size_t *to)
{
	size_t at = number == 1 ? FILE_HEADER : 0, head;

	switch (page[at]) {
	case 0x02:
	case 0x05:
		head = 12;
		break;
	case 0x0a:
	case 0x0d:
		head = 8;
		break;
	default:
		return false;
	}
	*from = at + head + 2 * two_bytes(page + at + 3);
	*to = two_bytes(page + at + 5);
	if (*to == 0)
		*to = 65536;
	return *from < *to && *to <= size;
}

static bool
is_clean(const unsigned char *p, size_t n)
{
	unsigned char any = 0;

	for (size_t i = 0; i < n; i++)
		any |= p[i];
	return any == 0;
}

static enum rc
write_page(struct store *s, int64_t number, const void *page, size_t size,
    struct err *e)
{
	return stmt_do(s, STMT_PAGE_WRITE, e, "ib", number, page, size);
}

static enum rc
scrub_page(struct store *s, int64_t number, struct err *e)
{
	unsigned char *copy = NULL;
	const void *page;
	sqlite3_stmt *st;
	size_t size, from = 0, to = 0;
	enum rc rc = stmt_get(s, STMT_PAGE_READ, &st, e);
	int code;

	if (rc != RC_OK)
		return rc;
	code = stmt_bind(st, "i", number);
	if (code == SQLITE_OK)
		code = sqlite3_step(st);
	page = code == SQLITE_ROW ? sqlite3_column_blob(st, 0) : NULL;
	size = (size_t)sqlite3_column_bytes(st, 0);
	if (page == NULL) {
		rc = stmt_fail(s, code == SQLITE_ROW ? SQLITE_NOMEM : code,
		    "wipe a page", e);
	} else if (find_gap(page, size, number, &from, &to) &&
	    !is_clean((const unsigned char *)page + from, to - from)) {
		copy = malloc(size);
		if (copy == NULL)
			rc = stmt_fail(s, SQLITE_NOMEM, "wipe a page", e);
		else
			memcpy(copy, page, size);
	}
	sqlite3_reset(st);
	if (copy != NULL) {
		memset(copy + from, 0, to - from);
		rc = write_page(s, number, copy, size, e);
	}
	free(copy);
	return rc;
}

static enum rc
count_pages(struct store *s, int64_t *pages, struct err *e)
{
	enum rc rc = stmt_number(s, STMT_PAGE_COUNT, "count the pages", pages,
	    e);

	if (rc == RC_OK && *pages >= PAGES_MAX)
		rc = err_set(e, RC_REFUSED, "%s: the store is too large for "
		    "its text to be wiped", s->path);
	return rc;
}

enum rc
scrub_pages(struct store *s, struct err *e)
{
	int64_t pages = 0;
	enum rc rc = count_pages(s, &pages, e);

	if (rc != RC_OK)
		return rc;
	/* Pages can be written through their table only without this guard. */
	(void)sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
	for (int64_t i = 1; i <= pages && rc == RC_OK; i++)
		rc = scrub_page(s, i, e);
	(void)sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	return rc;
}
