/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/shim.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SHIM_NAME "hearken"
/* File control numbers of the shim's own, outside SQLite's range. */
#define SHIM_READ 0x48524b01
#define SHIM_WRITE 0x48524b02
#define SHIM_SYNC 0x48524b03
#define SHIM_STRAIGHT 0x48524b04
#define SHIM_EARLY 0x48524b05

/* SQLite's files take less than 128 KiB at once. */
#define RUN_MAX (31 * 4096)
/* So much is written before the disk is asked to begin with it. */
#define WRITEBACK (8 << 20)

/* A stretch of the file that was read ahead, or waits to be written. */
struct run {
	sqlite3_int64 at;	/* in the real file */
	int n;
	bool waits;
	unsigned char bytes[RUN_MAX];
};

/* The real file follows in the same allocation. */
struct shim_file {
	sqlite3_file base;
	sqlite3_int64 shift;	/* HEADER_SIZE for the main database, else 0 */
	sqlite3_file *real;
	struct run *run;	/* NULL but while all is done straight */
	const char *name;	/* SQLite's, while the file is open */
	/*
	 * A descriptor beside SQLite's, or -1.  To close one gives up the
	 * process's locks on the file, so it stays until SQLite closes its
	 * own.
	 */
	int fd;
	sqlite3_int64 begun;	/* the disk was asked for all before this */
};

struct shim_request {
	sqlite3_int64 at;
	void *buf;
	const void *from;
	int n;
};

static sqlite3_file *
real_of(sqlite3_file *f)
{
	return ((struct shim_file *)(void *)f)->real;
}

static sqlite3_int64
shift_of(sqlite3_file *f)
{
	return ((struct shim_file *)(void *)f)->shift;
}

static struct run *
run_of(sqlite3_file *f)
{
	return ((struct shim_file *)(void *)f)->run;
}

/*
 * The disk writes what is there while more is made: the sync at the end has
 * little to wait for.  It promises nothing; only that sync does.
 */
static void
begin_writeback(struct shim_file *s, sqlite3_int64 end)
{
	if (s->fd < 0 || end - s->begun < WRITEBACK)
		return;
	(void)sync_file_range(s->fd, s->begun, end - s->begun,
	    SYNC_FILE_RANGE_WRITE);
	s->begun = end;
}

/* Writes what waits, and forgets what was read. */
static int
end_run(sqlite3_file *f)
{
	sqlite3_file *real = real_of(f);
	struct run *r = run_of(f);
	int rc = SQLITE_OK;

	if (r == NULL)
		return SQLITE_OK;
	if (r->waits)
		rc = real->pMethods->xWrite(real, r->bytes, r->n, r->at);
	if (r->waits && rc == SQLITE_OK)
		begin_writeback((struct shim_file *)(void *)f, r->at + r->n);
	r->n = 0;
	r->waits = false;
	return rc;
}

static int
read_ahead(struct run *r, sqlite3_file *real, void *buf, int n,
    sqlite3_int64 at)
{
	sqlite3_int64 size;
	int rc = SQLITE_OK;

	if (at < r->at || at + n > r->at + r->n) {
		r->n = 0;
		rc = real->pMethods->xFileSize(real, &size);
		if (rc != SQLITE_OK || at + n > size)
			return real->pMethods->xRead(real, buf, n, at);
		r->at = at;
		size = size - at < RUN_MAX ? size - at : RUN_MAX;
		rc = real->pMethods->xRead(real, r->bytes, (int)size, at);
		r->n = rc == SQLITE_OK ? (int)size : 0;
	}
	if (rc == SQLITE_OK)
		memcpy(buf, r->bytes + (at - r->at), (size_t)n);
	return rc;
}

static int
write_later(sqlite3_file *f, struct run *r, const void *buf, int n,
    sqlite3_int64 at)
{
	int rc = SQLITE_OK;

	if (!r->waits || at != r->at + r->n || n > RUN_MAX - r->n)
		rc = end_run(f);
	if (rc != SQLITE_OK)
		return rc;
	if (!r->waits)
		r->at = at;
	r->waits = true;
	memcpy(r->bytes + r->n, buf, (size_t)n);
	r->n += n;
	return SQLITE_OK;
}

static int
shim_close(sqlite3_file *f)
{
	struct shim_file *s = (struct shim_file *)(void *)f;
	int rc;

	(void)end_run(f);
	free(s->run);
	rc = s->real->pMethods->xClose(s->real);
	if (s->fd >= 0)
		(void)close(s->fd);
	return rc;
}

/*
 * A disk that cannot be read now is told as that: as a broken file system it
 * would be taken for a store that is damaged, which it need not be.
 */
static int
read_rc(int code)
{
	return code == SQLITE_IOERR_CORRUPTFS ? SQLITE_IOERR_READ : code;
}

static int
shim_read(sqlite3_file *f, void *buf, int n, sqlite3_int64 at)
{
	sqlite3_file *real = real_of(f);
	struct run *r = run_of(f);
	int rc = SQLITE_OK;

	at += shift_of(f);
	if (r != NULL && r->waits)
		rc = end_run(f);
	if (rc == SQLITE_OK)
		rc = r != NULL && n <= RUN_MAX ?
		    read_ahead(r, real, buf, n, at) :
		    real->pMethods->xRead(real, buf, n, at);
	return read_rc(rc);
}

static int
shim_write(sqlite3_file *f, const void *buf, int n, sqlite3_int64 at)
{
	sqlite3_file *real = real_of(f);
	struct run *r = run_of(f);
	int rc;

	if (r != NULL && n <= RUN_MAX)
		return write_later(f, r, buf, n, at + shift_of(f));
	rc = end_run(f);
	return rc != SQLITE_OK ? rc :
	    real->pMethods->xWrite(real, buf, n, at + shift_of(f));
}

static int
shim_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	sqlite3_file *real = real_of(f);
	int rc = end_run(f);

	return rc != SQLITE_OK ? rc :
	    real->pMethods->xTruncate(real, size + shift_of(f));
}

static int
shim_sync(sqlite3_file *f, int flags)
{
	sqlite3_file *real = real_of(f);
	int rc = end_run(f);

	return rc != SQLITE_OK ? rc : real->pMethods->xSync(real, flags);
}

static int
shim_file_size(sqlite3_file *f, sqlite3_int64 *size)
{
	sqlite3_file *real = real_of(f);
	int rc = end_run(f);

	if (rc == SQLITE_OK)
		rc = real->pMethods->xFileSize(real, size);
	if (rc == SQLITE_OK)
		*size = *size > shift_of(f) ? *size - shift_of(f) : 0;
	return rc;
}

static int
shim_lock(sqlite3_file *f, int level)
{
	sqlite3_file *real = real_of(f);

	return real->pMethods->xLock(real, level);
}

static int
shim_unlock(sqlite3_file *f, int level)
{
	sqlite3_file *real = real_of(f);

	return real->pMethods->xUnlock(real, level);
}

static int
shim_check_reserved(sqlite3_file *f, int *out)
{
	sqlite3_file *real = real_of(f);

	return real->pMethods->xCheckReservedLock(real, out);
}

static int
header_request(sqlite3_file *real, int op, const struct shim_request *r)
{
	if (op == SHIM_SYNC)
		return real->pMethods->xSync(real, SQLITE_SYNC_FULL);
	if (r->at < 0 || r->n < 0 || r->at + r->n > (sqlite3_int64)HEADER_SIZE)
		return SQLITE_MISUSE;
	if (op == SHIM_READ)
		return read_rc(real->pMethods->xRead(real, r->buf, r->n,
		    r->at));
	return real->pMethods->xWrite(real, r->from, r->n, r->at);
}

static int
go_straight(sqlite3_file *f, bool on)
{
	struct shim_file *s = (struct shim_file *)(void *)f;
	int rc = end_run(f);

	if (!on) {
		free(s->run);
		s->run = NULL;
	} else if (s->run == NULL) {
		s->run = malloc(sizeof(*s->run));
		if (s->run != NULL) {
			s->run->at = 0;
			s->run->n = 0;
			s->run->waits = false;
		}
	}
	return rc;
}

/* Without it the sync at the end only takes longer. */
static int
go_early(struct shim_file *s)
{
	if (s->fd < 0 && s->name != NULL && s->shift != 0)
		s->fd = open(s->name, O_WRONLY | O_NOFOLLOW | O_CLOEXEC);
	return SQLITE_OK;
}

static int
shim_file_control(sqlite3_file *f, int op, void *arg)
{
	sqlite3_file *real = real_of(f);
	sqlite3_int64 size;
	int rc;

	switch (op) {
	case SHIM_READ:
	case SHIM_WRITE:
	case SHIM_SYNC:
		if (shift_of(f) == 0)
			return SQLITE_NOTFOUND;
		rc = end_run(f);
		return rc != SQLITE_OK ? rc : header_request(real, op, arg);
	case SHIM_STRAIGHT:
		return go_straight(f, *(const bool *)arg);
	case SHIM_EARLY:
		return go_early((struct shim_file *)(void *)f);
	case SQLITE_FCNTL_SIZE_HINT:
		size = *(sqlite3_int64 *)arg + shift_of(f);
		return real->pMethods->xFileControl(real, op, &size);
	case SQLITE_FCNTL_MMAP_SIZE:
		*(sqlite3_int64 *)arg = 0;
		return SQLITE_OK;
	default:
		return real->pMethods->xFileControl(real, op, arg);
	}
}

static int
shim_sector_size(sqlite3_file *f)
{
	sqlite3_file *real = real_of(f);

	return real->pMethods->xSectorSize(real);
}

static int
shim_device(sqlite3_file *f)
{
	sqlite3_file *real = real_of(f);

	return real->pMethods->xDeviceCharacteristics(real);
}

/* Version 1: without shared memory and mapping, so never a WAL index file. */
static const sqlite3_io_methods shim_methods = {
	.iVersion = 1,
	.xClose = shim_close,
	.xRead = shim_read,
	.xWrite = shim_write,
	.xTruncate = shim_truncate,
	.xSync = shim_sync,
	.xFileSize = shim_file_size,
	.xLock = shim_lock,
	.xUnlock = shim_unlock,
	.xCheckReservedLock = shim_check_reserved,
	.xFileControl = shim_file_control,
	.xSectorSize = shim_sector_size,
	.xDeviceCharacteristics = shim_device
};

static sqlite3_vfs *
real_vfs(sqlite3_vfs *v)
{
	return v->pAppData;
}

static int
shim_open(sqlite3_vfs *v, const char *name, sqlite3_file *f, int flags,
    int *out_flags)
{
	struct shim_file *s = (struct shim_file *)(void *)f;
	int rc;

	s->base.pMethods = NULL;
	s->run = NULL;
	s->name = name;
	s->fd = -1;
	s->begun = 0;
	s->real = (sqlite3_file *)(void *)(s + 1);
	s->shift = (flags & SQLITE_OPEN_MAIN_DB) != 0 ? HEADER_SIZE : 0;
	rc = real_vfs(v)->xOpen(real_vfs(v), name, s->real, flags, out_flags);
	if (s->real->pMethods != NULL)
		s->base.pMethods = &shim_methods;
	return rc;
}

static int
shim_delete(sqlite3_vfs *v, const char *name, int sync)
{
	return real_vfs(v)->xDelete(real_vfs(v), name, sync);
}

static int
shim_access(sqlite3_vfs *v, const char *name, int flags, int *out)
{
	return real_vfs(v)->xAccess(real_vfs(v), name, flags, out);
}

static int
shim_full_path(sqlite3_vfs *v, const char *name, int n, char *out)
{
	return real_vfs(v)->xFullPathname(real_vfs(v), name, n, out);
}

static int
shim_randomness(sqlite3_vfs *v, int n, char *out)
{
	return real_vfs(v)->xRandomness(real_vfs(v), n, out);
}

static int
shim_sleep(sqlite3_vfs *v, int us)
{
	return real_vfs(v)->xSleep(real_vfs(v), us);
}

static int
shim_time(sqlite3_vfs *v, double *t)
{
	return real_vfs(v)->xCurrentTime(real_vfs(v), t);
}

static int
shim_last_error(sqlite3_vfs *v, int n, char *out)
{
	return real_vfs(v)->xGetLastError(real_vfs(v), n, out);
}

static int
shim_time64(sqlite3_vfs *v, sqlite3_int64 *t)
{
	return real_vfs(v)->xCurrentTimeInt64(real_vfs(v), t);
}

enum rc
shim_register(struct err *e)
{
	static sqlite3_vfs vfs;
	sqlite3_vfs *unix_vfs;

	if (sqlite3_vfs_find(SHIM_VFS) != NULL)
		return RC_OK;
	unix_vfs = sqlite3_vfs_find("unix");
	if (unix_vfs == NULL)
		return err_set(e, RC_SYSTEM, "the database library knows no "
		    "files of this system");
	vfs = (sqlite3_vfs){
		.iVersion = 2,
		.szOsFile = (int)sizeof(struct shim_file) + unix_vfs->szOsFile,
		.mxPathname = unix_vfs->mxPathname,
		.zName = SHIM_NAME,
		.pAppData = unix_vfs,
		.xOpen = shim_open,
		.xDelete = shim_delete,
		.xAccess = shim_access,
		.xFullPathname = shim_full_path,
		.xRandomness = shim_randomness,
		.xSleep = shim_sleep,
		.xCurrentTime = shim_time,
		.xGetLastError = shim_last_error,
		.xCurrentTimeInt64 = shim_time64
	};
	if (sqlite3_vfs_register(&vfs, 0) != SQLITE_OK ||
	    sqlite3mc_vfs_create(SHIM_NAME, 0) != SQLITE_OK)
		return err_set(e, RC_NOMEM, "no memory to start the database");
	return RC_OK;
}

static enum rc
control(sqlite3 *db, int op, struct shim_request *r, struct err *e)
{
	int rc = sqlite3_file_control(db, "main", op, r);

	if (rc == SQLITE_OK)
		return RC_OK;
	if (rc == SQLITE_FULL)
		return err_set(e, RC_NOSPACE, "the disk is full; make room "
		    "and try again");
	return err_set(e, RC_SYSTEM, "the store's header cannot be %s: %s",
	    op == SHIM_READ ? "read" : "written", sqlite3_errstr(rc));
}

static enum rc
io_read(void *ctx, uint64_t at, void *buf, size_t n, struct err *e)
{
	struct shim_request r = {(sqlite3_int64)at, buf, NULL, (int)n};

	return control(ctx, SHIM_READ, &r, e);
}

static enum rc
io_write(void *ctx, uint64_t at, const void *buf, size_t n, struct err *e)
{
	struct shim_request r = {(sqlite3_int64)at, NULL, buf, (int)n};

	return control(ctx, SHIM_WRITE, &r, e);
}

static enum rc
io_sync(void *ctx, struct err *e)
{
	struct shim_request r = {0, NULL, NULL, 0};

	return control(ctx, SHIM_SYNC, &r, e);
}

struct header_io
shim_io(sqlite3 *db)
{
	return (struct header_io){io_read, io_write, io_sync, db};
}

/* Without memory for it all goes page by page, as at other times. */
void
shim_straight(sqlite3 *db, bool on)
{
	(void)sqlite3_file_control(db, "main", SHIM_STRAIGHT, &on);
}

void
shim_write_early(sqlite3 *db)
{
	(void)sqlite3_file_control(db, "main", SHIM_EARLY, NULL);
}
