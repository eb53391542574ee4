/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/store/disk.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECTOR 512

/* The bytes that a write replaced, newest first. */
struct undo {
	sqlite3_int64 at;
	int n;
	struct undo *next;
	unsigned char old[];
};

struct disk_file {
	sqlite3_file base;
	sqlite3_file *real;
	struct undo *undo;
	struct disk_file *next;
};

static sqlite3_vfs *unix_vfs;
static struct disk_file *files;
static enum disk_fault fault;
static long countdown;
static bool for_ever, struck, dead;
static uint64_t lots;

static uint64_t
draw(void)
{
	lots = lots * UINT64_C(6364136223846793005) +
	    UINT64_C(1442695040888963407);
	return lots >> 33;
}

static struct disk_file *
of(sqlite3_file *f)
{
	return (struct disk_file *)(void *)f;
}

static void
forget(struct disk_file *f)
{
	struct undo *u;

	while ((u = f->undo) != NULL) {
		f->undo = u->next;
		free(u);
	}
}

static void
put_back(struct disk_file *f, const struct undo *u)
{
	int n;

	for (int i = 0; i < u->n; i += SECTOR) {
		n = u->n - i < SECTOR ? u->n - i : SECTOR;
		if (draw() % 2 == 0)
			(void)f->real->pMethods->xWrite(f->real, u->old + i,
			    n, u->at + i);
	}
}

static void
cut_power(void)
{
	dead = true;
	for (struct disk_file *f = files; f != NULL; f = f->next) {
		for (struct undo *u = f->undo; u != NULL; u = u->next)
			put_back(f, u);
		forget(f);
	}
}

/* True if this call is to fail. */
static bool
strikes(void)
{
	if (dead)
		return true;
	if (fault == DISK_SOUND)
		return false;
	if (struck)
		return for_ever;
	if (--countdown > 0)
		return false;
	struck = true;
	if (fault == DISK_KILL)
		(void)raise(SIGKILL);
	if (fault == DISK_CUT)
		cut_power();
	return true;
}

static int
code(int eio)
{
	return fault == DISK_FULL ? SQLITE_FULL : eio;
}

static int
disk_close(sqlite3_file *file)
{
	struct disk_file *f = of(file);

	for (struct disk_file **p = &files; *p != NULL; p = &(*p)->next) {
		if (*p == f) {
			*p = f->next;
			break;
		}
	}
	forget(f);
	return f->real->pMethods->xClose(f->real);
}

static int
disk_read(sqlite3_file *file, void *buf, int n, sqlite3_int64 at)
{
	sqlite3_file *real = of(file)->real;

	if (fault != DISK_FULL && strikes())
		return SQLITE_IOERR_READ;
	return real->pMethods->xRead(real, buf, n, at);
}

static void
remember(struct disk_file *f, int n, sqlite3_int64 at)
{
	struct undo *u = malloc(sizeof(*u) + (size_t)n);

	if (u == NULL)
		abort();
	memset(u->old, 0, (size_t)n);
	(void)f->real->pMethods->xRead(f->real, u->old, n, at);
	u->at = at;
	u->n = n;
	u->next = f->undo;
	f->undo = u;
}

static int
disk_write(sqlite3_file *file, const void *buf, int n, sqlite3_int64 at)
{
	struct disk_file *f = of(file);

	if (fault == DISK_CUT && !dead)
		remember(f, n, at);
	if (!strikes())
		return f->real->pMethods->xWrite(f->real, buf, n, at);
	if (fault == DISK_FULL && !dead)
		(void)f->real->pMethods->xWrite(f->real, buf, n / 2, at);
	return code(SQLITE_IOERR_WRITE);
}

static int
disk_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	sqlite3_file *real = of(file)->real;

	return strikes() ? SQLITE_IOERR_TRUNCATE :
	    real->pMethods->xTruncate(real, size);
}

static int
disk_sync(sqlite3_file *file, int flags)
{
	struct disk_file *f = of(file);

	if (strikes())
		return code(SQLITE_IOERR_FSYNC);
	(void)flags;
	forget(f);
	return SQLITE_OK;
}

static int
disk_size(sqlite3_file *file, sqlite3_int64 *size)
{
	sqlite3_file *real = of(file)->real;

	return real->pMethods->xFileSize(real, size);
}

static int
disk_lock(sqlite3_file *file, int level)
{
	sqlite3_file *real = of(file)->real;

	return real->pMethods->xLock(real, level);
}

static int
disk_unlock(sqlite3_file *file, int level)
{
	sqlite3_file *real = of(file)->real;

	return real->pMethods->xUnlock(real, level);
}

static int
disk_reserved(sqlite3_file *file, int *out)
{
	sqlite3_file *real = of(file)->real;

	return real->pMethods->xCheckReservedLock(real, out);
}

static int
disk_control(sqlite3_file *file, int op, void *arg)
{
	sqlite3_file *real = of(file)->real;

	return real->pMethods->xFileControl(real, op, arg);
}

static int
disk_sector(sqlite3_file *file)
{
	(void)file;
	return SECTOR;
}

/* Nothing is promised, so that SQLite takes every precaution. */
static int
disk_device(sqlite3_file *file)
{
	(void)file;
	return 0;
}

static const sqlite3_io_methods methods = {
	.iVersion = 1, .xClose = disk_close, .xRead = disk_read,
	.xWrite = disk_write, .xTruncate = disk_truncate, .xSync = disk_sync,
	.xFileSize = disk_size, .xLock = disk_lock, .xUnlock = disk_unlock,
	.xCheckReservedLock = disk_reserved, .xFileControl = disk_control,
	.xSectorSize = disk_sector, .xDeviceCharacteristics = disk_device
};

static int
disk_open(sqlite3_vfs *v, const char *name, sqlite3_file *file, int flags,
    int *out_flags)
{
	struct disk_file *f = of(file);
	int rc;

	(void)v;
	memset(f, 0, sizeof(*f));
	f->real = (sqlite3_file *)(void *)(f + 1);
	if (strikes())
		return SQLITE_CANTOPEN;
	rc = unix_vfs->xOpen(unix_vfs, name, f->real, flags, out_flags);
	if (f->real->pMethods == NULL)
		return rc;
	f->base.pMethods = &methods;
	f->next = files;
	files = f;
	return rc;
}

static int
disk_delete(sqlite3_vfs *v, const char *name, int sync)
{
	(void)v;
	return strikes() ? SQLITE_IOERR_DELETE :
	    unix_vfs->xDelete(unix_vfs, name, sync);
}

void
disk_install(void)
{
	static sqlite3_vfs vfs;

	if (unix_vfs != NULL)
		return;
	unix_vfs = sqlite3_vfs_find("unix");
	vfs = *unix_vfs;
	vfs.szOsFile += (int)sizeof(struct disk_file);
	vfs.xOpen = disk_open;
	vfs.xDelete = disk_delete;
	/* The default comes first, so its name hides the one it wraps. */
	if (sqlite3_vfs_register(&vfs, 1) != SQLITE_OK)
		abort();
}

void
disk_arm(enum disk_fault what, long at, bool ever, uint64_t seed)
{
	fault = what;
	countdown = at;
	for_ever = ever;
	struck = false;
	dead = false;
	lots = seed;
}

void
disk_mend(void)
{
	for (struct disk_file *f = files; f != NULL; f = f->next)
		forget(f);
	fault = DISK_SOUND;
	dead = false;
}

bool
disk_struck(void)
{
	return struck;
}

static sqlite3_mem_methods memory;
static long memory_countdown;
static bool memory_for_ever, memory_out;

static bool
memory_strikes(void)
{
	if (memory_out && memory_for_ever)
		return true;
	if (memory_countdown == 0 || --memory_countdown > 0)
		return false;
	memory_out = true;
	return true;
}

static void *
failing_malloc(int n)
{
	return memory_strikes() ? NULL : memory.xMalloc(n);
}

static void *
failing_realloc(void *p, int n)
{
	return memory_strikes() ? NULL : memory.xRealloc(p, n);
}

void
memory_arm(long at, bool ever)
{
	static bool installed;
	sqlite3_mem_methods mine;

	if (!installed) {
		if (sqlite3_shutdown() != SQLITE_OK ||
		    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &memory) !=
		    SQLITE_OK)
			abort();
		mine = memory;
		mine.xMalloc = failing_malloc;
		mine.xRealloc = failing_realloc;
		if (sqlite3_config(SQLITE_CONFIG_MALLOC, &mine) != SQLITE_OK)
			abort();
		installed = true;
	}
	memory_countdown = at;
	memory_for_ever = ever;
	memory_out = false;
}

bool
memory_struck(void)
{
	return memory_out;
}
