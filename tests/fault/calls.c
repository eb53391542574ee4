/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/fault/calls.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#include "tests/fault/unsynced.h"
#include "tests/fault/wrap.h"

#define FDS 1024

static char watched[512];
static bool ours[FDS];
static enum call_fault fault;
static long countdown, counted;
static bool for_ever, struck, full_now;

/* What a call does, for a fault to choose by. */
enum does {
	DOES_READ = 1, DOES_WRITE = 2, DOES_SYNC = 4, DOES_NAME = 8,
	DOES_OPEN = 16, DOES_MAKE = 32, DOES_CUT = 64, DOES_CLOSE = 128
};

static const struct {
	const char *name;
	unsigned calls;
	int errnum;
} faults[CALL_FAULTS] = {
	[CALL_SOUND] = {"none", 0, 0},
	[CALL_EIO] = {"input/output error", ~0u, EIO},
	[CALL_FULL] = {"full disk", DOES_WRITE | DOES_SYNC | DOES_MAKE,
	    ENOSPC},
	[CALL_SHORT] = {"short", DOES_READ | DOES_WRITE, 0},
	[CALL_READONLY] = {"read-only", DOES_WRITE | DOES_NAME | DOES_MAKE |
	    DOES_CUT, EROFS},
	[CALL_KILL] = {"kill", ~(unsigned)DOES_READ, 0},
	[CALL_CUT] = {"power cut", ~(unsigned)DOES_READ, EIO},
	[CALL_TORN] = {"torn power cut", ~(unsigned)DOES_READ, EIO},
	[CALL_MIXED] = {"mixed power cut", ~(unsigned)DOES_READ, EIO},
};

const char *
call_fault_name(enum call_fault f)
{
	return faults[f].name;
}

void
calls_watch(const char *folder, const char *attic)
{
	(void)snprintf(watched, sizeof(watched), "%s/", folder);
	unsynced_attic(attic);
}

void
calls_arm(enum call_fault f, long at, bool ever, uint64_t seed)
{
	fault = f;
	countdown = at;
	counted = 0;
	for_ever = ever || f >= CALL_CUT;
	struck = full_now = false;
	if (f >= CALL_CUT)
		unsynced_begin(seed);
}

bool
calls_mend(void)
{
	if (fault >= CALL_CUT)
		unsynced_end();
	fault = CALL_SOUND;
	full_now = false;
	return struck;
}

long
calls_counted(void)
{
	return counted;
}

static bool
is_ours(const char *path)
{
	size_t n = strlen(watched);

	/* The folder itself, too, for what is synced by its name. */
	return n != 0 && (strncmp(path, watched, n) == 0 ||
	    (strlen(path) == n - 1 && strncmp(path, watched, n - 1) == 0));
}

static bool
fd_ours(int fd)
{
	return fd >= 0 && fd < FDS && ours[fd];
}

/* True, with errno set, if this call is to fail. */
static bool
strikes(enum does what)
{
	if ((faults[fault].calls & (unsigned)what) == 0)
		return false;
	counted++;
	errno = faults[fault].errnum;
	if (struck)
		return for_ever;
	if (--countdown > 0)
		return false;
	struck = true;
	if (fault == CALL_KILL)
		(void)raise(SIGKILL);
	if (fault >= CALL_CUT)
		unsynced_cut(fault);
	errno = faults[fault].errnum;
	return true;
}

static bool
remembers(void)
{
	return fault >= CALL_CUT && !struck;
}

/* ---- opening ---- */

static int
opened(int fd, const char *path, bool made)
{
	if (fd < 0 || fd >= FDS)
		return fd;
	ours[fd] = is_ours(path);
	if (ours[fd] && remembers() && made)
		unsynced_made(path);
	return fd;
}

static bool
open_strikes(const char *path, int flags, bool there)
{
	if (!is_ours(path))
		return false;
	if ((flags & O_CREAT) != 0 && !there)
		return strikes(DOES_MAKE);
	return strikes((flags & O_ACCMODE) == O_RDONLY ? DOES_OPEN :
	    fault == CALL_READONLY ? DOES_WRITE : DOES_OPEN);
}

static int
open_path(const char *path, int flags, mode_t mode)
{
	bool there = access(path, F_OK) == 0;

	if (open_strikes(path, flags, there))
		return -1;
	return opened(__real_open(path, flags, mode), path, !there);
}

static mode_t
mode_of(int flags, va_list ap)
{
	return (flags & O_CREAT) != 0 ? (mode_t)va_arg(ap, int) : 0;
}

int
__wrap_open(const char *path, int flags, ...)
{
	va_list ap;
	mode_t mode;

	va_start(ap, flags);
	mode = mode_of(flags, ap);
	va_end(ap);
	return open_path(path, flags, mode);
}

int
__wrap_open64(const char *path, int flags, ...)
{
	va_list ap;
	mode_t mode;

	va_start(ap, flags);
	mode = mode_of(flags, ap);
	va_end(ap);
	return open_path(path, flags, mode);
}

/* The whole path of a name in an open folder. */
static const char *
path_at(int folder, const char *name, char path[1024])
{
	char link[64];
	ssize_t n;

	if (name[0] == '/' || folder == AT_FDCWD)
		return name;
	(void)snprintf(link, sizeof(link), "/proc/self/fd/%d", folder);
	n = readlink(link, path, 700);
	(void)snprintf(path + (n > 0 ? n : 0), 300, "/%s", name);
	return path;
}

int
__wrap_openat(int folder, const char *name, int flags, ...)
{
	char room[1024];
	const char *path = path_at(folder, name, room);
	va_list ap;
	mode_t mode;

	va_start(ap, flags);
	mode = mode_of(flags, ap);
	va_end(ap);
	return open_path(path, flags, mode);
}

int
__wrap_close(int fd)
{
	bool fails = fd_ours(fd) && fault == CALL_EIO && strikes(DOES_CLOSE);

	if (fd >= 0 && fd < FDS)
		ours[fd] = false;
	if (__real_close(fd) != 0)
		return -1;
	if (fails)
		errno = EIO;
	return fails ? -1 : 0;
}

/* ---- reading and writing ---- */

ssize_t
__wrap_read(int fd, void *p, size_t n)
{
	if (fd_ours(fd) && strikes(DOES_READ)) {
		if (fault != CALL_SHORT)
			return -1;
		n = n > 1 ? n / 2 : n;
	}
	return __real_read(fd, p, n);
}

static ssize_t
read_at(int fd, void *p, size_t n, off_t at)
{
	if (fd_ours(fd) && strikes(DOES_READ)) {
		if (fault != CALL_SHORT)
			return -1;
		n = n > 1 ? n / 2 : n;
	}
	return __real_pread(fd, p, n, at);
}

ssize_t
__wrap_pread(int fd, void *p, size_t n, off_t at)
{
	return read_at(fd, p, n, at);
}

ssize_t
__wrap_pread64(int fd, void *p, size_t n, off_t at)
{
	return read_at(fd, p, n, at);
}

/* How many bytes to write; -1: fail. */
static ssize_t
let_through(int fd, size_t n)
{
	if (!fd_ours(fd))
		return (ssize_t)n;
	/* After the half that fitted, there is no room. */
	if (full_now) {
		full_now = for_ever;
		errno = ENOSPC;
		return -1;
	}
	if (!strikes(DOES_WRITE))
		return (ssize_t)n;
	if (fault != CALL_SHORT && (fault != CALL_FULL || n < 2))
		return -1;
	full_now = fault == CALL_FULL;
	return (ssize_t)(n < 2 ? n : n / 2);
}

static ssize_t
write_at(int fd, const void *p, size_t n, off_t at)
{
	ssize_t k = let_through(fd, n);

	if (k < 0)
		return -1;
	if (fd_ours(fd) && remembers())
		unsynced_write(fd, (size_t)k, at);
	return __real_pwrite(fd, p, (size_t)k, at);
}

ssize_t
__wrap_pwrite(int fd, const void *p, size_t n, off_t at)
{
	return write_at(fd, p, n, at);
}

ssize_t
__wrap_pwrite64(int fd, const void *p, size_t n, off_t at)
{
	return write_at(fd, p, n, at);
}

ssize_t
__wrap_write(int fd, const void *p, size_t n)
{
	ssize_t k = let_through(fd, n);

	if (k < 0)
		return -1;
	if (fd_ours(fd) && remembers())
		unsynced_write(fd, (size_t)k, lseek(fd, 0, SEEK_CUR));
	return __real_write(fd, p, (size_t)k);
}

static int
cut_file(int fd, off_t size)
{
	if (fd_ours(fd) && strikes(DOES_CUT))
		return -1;
	if (fd_ours(fd) && remembers())
		unsynced_truncate(fd, size);
	return __real_ftruncate(fd, size);
}

int
__wrap_ftruncate(int fd, off_t size)
{
	return cut_file(fd, size);
}

int
__wrap_ftruncate64(int fd, off_t size)
{
	return cut_file(fd, size);
}

/* A sync that works costs nothing here: it says what is safe. */
static int
sync_fd(int fd)
{
	if (!fd_ours(fd))
		return __real_fsync(fd);
	if (strikes(DOES_SYNC))
		return -1;
	if (remembers())
		unsynced_sync(fd);
	return 0;
}

int
__wrap_fsync(int fd)
{
	return sync_fd(fd);
}

int
__wrap_fdatasync(int fd)
{
	return sync_fd(fd);
}

/* ---- names ---- */

static int
remove_path(const char *path)
{
	if (is_ours(path) && strikes(DOES_NAME))
		return -1;
	if (is_ours(path) && remembers())
		unsynced_unlink(path);
	return __real_unlink(path);
}

int
__wrap_unlink(const char *path)
{
	return remove_path(path);
}

int
__wrap_unlinkat(int folder, const char *name, int flags)
{
	char room[1024];

	return flags != 0 ? __real_unlinkat(folder, name, flags) :
	    remove_path(path_at(folder, name, room));
}

static int
rename_path(const char *from, const char *to, unsigned flags)
{
	int rc;

	if (is_ours(to) && strikes(DOES_NAME))
		return -1;
	if (is_ours(to) && remembers())
		unsynced_rename(from, to);
	rc = __real_renameat2(AT_FDCWD, from, AT_FDCWD, to, flags);
	if (is_ours(to) && remembers())
		unsynced_renamed(rc == 0);
	return rc;
}

int
__wrap_rename(const char *from, const char *to)
{
	return rename_path(from, to, 0);
}

int
__wrap_renameat(int a, const char *from, int b, const char *to)
{
	char room_a[1024], room_b[1024];

	return rename_path(path_at(a, from, room_a), path_at(b, to, room_b),
	    0);
}

int
__wrap_renameat2(int a, const char *from, int b, const char *to,
    unsigned flags)
{
	char room_a[1024], room_b[1024];

	return rename_path(path_at(a, from, room_a), path_at(b, to, room_b),
	    flags);
}

int
__wrap_mkdir(const char *path, mode_t mode)
{
	if (is_ours(path) && access(path, F_OK) != 0 && strikes(DOES_MAKE))
		return -1;
	return __real_mkdir(path, mode);
}
