/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Free pages after a failure.  SQLite keeps no old copy of a free page that
 * it takes into use, for nothing in it is needed.  A write to one that broke
 * off half way therefore stays half written when the transaction is rolled
 * back: harmless to the data, but such a page no longer authenticates, and
 * whoever reads all pages (verify, backup) would call it damaged.  So after
 * a failed write, or when an open finds a journal to roll back, all free
 * pages are taken into use once, unread, and given back.
 */
#include "config.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "db/file.h"
#include "db/impl.h"

#define ROW (1 << 20)	/* bytes in one row, for stores with many */

static const char begin[] =
    "BEGIN IMMEDIATE;"
    "CREATE TABLE mending (free BLOB);";

/* More than all of them, so that none is left out. */
static const char fill[] =
    "INSERT INTO mending WITH RECURSIVE todo (bytes) AS ("
    " SELECT 4096 * freelist_count FROM pragma_freelist_count"
    " UNION ALL SELECT bytes - ?1 FROM todo WHERE bytes > ?1)"
    " SELECT zeroblob(min(bytes, ?1)) FROM todo;";

static const char end[] =
    "DROP TABLE mending;"
    "COMMIT;";

static enum rc
fill_all(struct store *s, struct err *e)
{
	sqlite3_stmt *st = NULL;
	int code = sqlite3_prepare_v2(s->db, fill, -1, &st, NULL);

	if (code == SQLITE_OK)
		code = stmt_bind(st, "i", (int64_t)ROW);
	if (code == SQLITE_OK)
		code = sqlite3_step(st);
	sqlite3_finalize(st);
	return code == SQLITE_DONE ? RC_OK : stmt_fail(s, code,
	    "mend free pages", e);
}

static enum rc
run(struct store *s, const char *sql, struct err *e)
{
	int code = sqlite3_exec(s->db, sql, NULL, NULL, NULL);

	return code == SQLITE_OK ? RC_OK : stmt_fail(s, code,
	    "mend free pages", e);
}

enum rc
free_mend(struct store *s, struct err *e)
{
	enum rc rc = run(s, begin, e);

	if (rc == RC_OK)
		rc = fill_all(s, e);
	if (rc == RC_OK)
		rc = run(s, end, e);
	if (rc == RC_OK)
		s->torn = false;
	else if (!sqlite3_get_autocommit(s->db))
		(void)sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
	return rc;
}

/* Should it fail it is tried again the next time: no data depends on it. */
void
free_mend_if_torn(struct store *s)
{
	enum rc rc;

	if (!s->torn || s->in_tx || s->db == NULL)
		return;
	rc = free_mend(s, NULL);
	(void)rc;
}

/* A journal that was done with begins with zeros or is gone. */
bool
journal_is_hot(const char *path)
{
	char *name = file_name("%s-journal", path), first = '\0';
	int fd = name == NULL ? -1 : open(name, O_RDONLY | O_NOFOLLOW |
	    O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	bool hot;

	hot = fd >= 0 && read(fd, &first, 1) == 1 && first != '\0';
	if (fd >= 0)
		(void)close(fd);
	free(name);
	return hot;
}
