/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/store/openlog.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#define LOG_MAX 4096

static struct opened opened[LOG_MAX];
static size_t nopened;
static sqlite3_vfs *unix_vfs;

static int
log_open(sqlite3_vfs *v, const char *name, sqlite3_file *f, int flags,
    int *out_flags)
{
	const int plain = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_MAIN_JOURNAL;
	struct opened *o;

	(void)v;
	if (nopened == LOG_MAX)
		abort();
	o = &opened[nopened++];
	(void)snprintf(o->path, sizeof(o->path), "%s",
	    name != NULL ? name : "");
	o->temporary = name == NULL || (flags & plain) == 0 ||
	    (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
	o->journal = (flags & SQLITE_OPEN_MAIN_JOURNAL) != 0;
	return unix_vfs->xOpen(unix_vfs, name, f, flags, out_flags);
}

void
openlog_install(void)
{
	static sqlite3_vfs vfs;

	if (unix_vfs != NULL)
		return;
	unix_vfs = sqlite3_vfs_find("unix");
	vfs = *unix_vfs;
	vfs.xOpen = log_open;
	/* The default comes first, so its name hides the one it wraps. */
	if (sqlite3_vfs_register(&vfs, 1) != SQLITE_OK)
		abort();
}

void
openlog_clear(void)
{
	nopened = 0;
}

const struct opened *
openlog_all(size_t *n)
{
	*n = nopened;
	return opened;
}

/* The name "" stands for a database in a temporary file. */
void
openlog_try_temporary(void)
{
	sqlite3_vfs *v = sqlite3_vfs_find(NULL);
	sqlite3_file *f = calloc(1, (size_t)v->szOsFile);
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
	    SQLITE_OPEN_EXCLUSIVE | SQLITE_OPEN_DELETEONCLOSE |
	    SQLITE_OPEN_TEMP_DB;

	if (f != NULL && v->xOpen(v, NULL, f, flags, &flags) == SQLITE_OK)
		(void)f->pMethods->xClose(f);
	free(f);
}
