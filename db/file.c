/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/place.h"

/* Length of the folder's part, without the last slash; 0: none. */
static size_t
folder_length(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? (size_t)(slash - path) : 0;
}

static const char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

static char *
folder_of(const char *path)
{
	size_t n = folder_length(path);

	if (n == 0)
		return strdup(*path == '/' ? "/" : ".");
	return strndup(path, n);
}

char *
file_name(const char *fmt, ...)
{
	va_list ap;
	char *out;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	out = n >= 0 ? malloc((size_t)n + 1) : NULL;
	if (out == NULL)
		return NULL;
	va_start(ap, fmt);
	(void)vsnprintf(out, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return out;
}

enum rc
file_resolve(const char *path, char **out, struct err *e)
{
	char *folder, *real;

	if (*base_name(path) == '\0')
		return err_set(e, RC_USAGE, "\"%s\" names a folder; give the "
		    "name of a store's file", path);
	folder = folder_of(path);
	if (folder == NULL)
		return err_set(e, RC_NOMEM, "no memory for a file name");
	real = realpath(folder, NULL);
	free(folder);
	if (real == NULL)
		return err_sys(e, errno, "%s: its folder cannot be reached",
		    path);
	*out = file_name("%s/%s", strcmp(real, "/") == 0 ? "" : real,
	    base_name(path));
	free(real);
	return *out == NULL ? err_set(e, RC_NOMEM, "no memory for a file "
	    "name") : RC_OK;
}

enum rc
file_check_folder(const char *path, enum medium_use use, struct err *e)
{
	char *folder = folder_of(path);
	struct medium m;
	enum rc rc;

	if (folder == NULL)
		return err_set(e, RC_NOMEM, "no memory for a file name");
	if (medium_of(folder, &m) != 0)
		rc = err_sys(e, errno, "%s: its folder cannot be reached",
		    path);
	else
		rc = medium_check(path, &m, use, e);
	if (rc == RC_OK &&
	    faccessat(AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) != 0)
		rc = err_set(e, RC_READONLY, "%s: its folder cannot be "
		    "written, and the store keeps its journal there; make "
		    "the folder writable or copy the store elsewhere", path);
	free(folder);
	return rc;
}

static enum rc
check_ours(const char *path, const struct stat *st, struct err *e)
{
	if (st->st_uid != geteuid())
		return err_set(e, RC_REFUSED, "%s belongs to another user of "
		    "this machine; ask them, or copy it as your own", path);
	if ((st->st_mode & 077) != 0)
		return err_set(e, RC_REFUSED, "%s can be read or written by "
		    "others (mode %04o); look who had access, then run: "
		    "chmod 600 \"%s\"", path, (unsigned)st->st_mode & 07777u,
		    path);
	return RC_OK;
}

/* Owner and mode say nothing of a copy on a disk that keeps none. */
static enum rc
check_place(const char *path, int fd, const struct stat *st,
    enum medium_use use, struct err *e)
{
	struct medium m;
	enum rc rc;

	if (medium_of_fd(fd, &m) != 0)
		return err_sys(e, errno, "%s cannot be looked at", path);
	rc = medium_check(path, &m, use, e);
	if (rc == RC_OK && (use != USE_COPY || !medium_is_open(&m)))
		rc = check_ours(path, st, e);
	if (rc == RC_OK && st->st_nlink != 1)
		rc = err_set(e, RC_REFUSED, "%s has a second name on this "
		    "disk (a hard link); remove the other name first", path);
	return rc;
}

static enum rc
open_failed(const char *path, int errnum, struct err *e)
{
	if (errnum == ELOOP)
		return err_set(e, RC_REFUSED, "%s is a symbolic link; give "
		    "the name of the store itself", path);
	if (errnum == ENOENT)
		return err_set(e, RC_NOTFOUND, "there is no store at %s; "
		    "make one with \"hearken init\"", path);
	if (errnum == EISDIR)
		return err_set(e, RC_NOTSTORE, "%s is a folder; give the "
		    "name of a store", path);
	return err_sys(e, errnum, "%s cannot be opened for writing", path);
}

static enum rc
read_at(int fd, const char *path, void *buf, size_t n, struct err *e)
{
	unsigned char *p = buf;
	ssize_t got;

	memset(buf, 0, n);
	while (n > 0) {
		got = read(fd, p, n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_sys(e, errno, "%s cannot be read", path);
		if (got == 0)
			break;
		p += got;
		n -= (size_t)got;
	}
	return RC_OK;
}

/* Reads the front of what must be a store, whoever may write it. */
static enum rc
read_store(int fd, const char *path, struct front *out, struct stat *st,
    struct err *e)
{
	enum rc rc;

	if (fstat(fd, st) != 0)
		return err_sys(e, errno, "%s cannot be looked at", path);
	if (!S_ISREG(st->st_mode))
		return err_set(e, RC_NOTSTORE, "%s is not a file; give the "
		    "name of a store", path);
	out->size = (uint64_t)st->st_size;
	out->dev = st->st_dev;
	out->ino = st->st_ino;
	rc = read_at(fd, path, out->copies, sizeof(out->copies), e);
	if (rc == RC_OK)
		rc = read_at(fd, path, out->db, sizeof(out->db), e);
	if (rc != RC_OK)
		return rc;
	if (out->size == 0)
		return err_set(e, RC_NOTSTORE, "%s is empty: it is not a "
		    "store; if it was one, restore a backup", path);
	if (!header_has_magic(out->copies[0]) &&
	    !header_has_magic(out->copies[1]))
		return err_set(e, RC_NOTSTORE, "%s is not a Hearken store",
		    path);
	return RC_OK;
}

/*
 * What is no store is told as that before its mode or owner: advice to
 * change those would be wrong of any other file.
 */
static enum rc
check_and_read(int fd, const char *path, enum medium_use use,
    struct front *out, struct err *e)
{
	struct stat st;
	enum rc rc = read_store(fd, path, out, &st, e);

	return rc == RC_OK ? check_place(path, fd, &st, use, e) : rc;
}

static int
open_front(const char *path, int how)
{
	return open(path, how | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK |
	    O_NOCTTY);
}

/* Why a file that cannot be opened for writing cannot be used. */
static enum rc
open_refused(const char *path, int errnum, struct front *out, struct err *e)
{
	int fd = errnum == EACCES || errnum == EROFS || errnum == EPERM ?
	    open_front(path, O_RDONLY) : -1;
	struct stat st;
	enum rc rc = RC_OK;

	if (fd >= 0) {
		rc = read_store(fd, path, out, &st, e);
		(void)close(fd);
	}
	return rc == RC_NOTSTORE ? rc : open_failed(path, errnum, e);
}

enum rc
file_read_front(const char *path, enum medium_use use, struct front *out,
    struct err *e)
{
	int fd = open_front(path, O_RDWR);
	enum rc rc;

	if (fd < 0)
		return open_refused(path, errno, out, e);
	rc = check_and_read(fd, path, use, out, e);
	(void)close(fd);
	return rc;
}

struct fd_io {
	int fd;
	const char *path;
};

static enum rc
fd_write(void *ctx, uint64_t at, const void *buf, size_t n, struct err *e)
{
	const struct fd_io *io = ctx;
	const unsigned char *p = buf;
	ssize_t put;

	while (n > 0) {
		put = pwrite(io->fd, p, n, (off_t)at);
		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return err_sys(e, put < 0 ? errno : ENOSPC,
			    "%s cannot be written", io->path);
		p += put;
		at += (uint64_t)put;
		n -= (size_t)put;
	}
	return RC_OK;
}

static enum rc
fd_sync(void *ctx, struct err *e)
{
	const struct fd_io *io = ctx;

	if (fsync(io->fd) != 0)
		return err_sys(e, errno, "%s cannot be written", io->path);
	return RC_OK;
}

/*
 * Where no permissions are kept this fails.  Only copies are made there: a
 * store is refused before it comes to this.
 */
static int
keep_from_others(int fd)
{
	struct medium m;
	int errnum;

	if (fchmod(fd, 0600) == 0)
		return 0;
	errnum = errno;
	return medium_of_fd(fd, &m) == 0 && medium_is_open(&m) ? 0 : errnum;
}

enum rc
store_file_create(const char *path, const char *shown,
    const struct header *h, const unsigned char mac_key[32], struct err *e)
{
	struct fd_io to = {-1, shown};
	struct header_io io = {NULL, fd_write, fd_sync, &to};
	enum rc rc;
	int errnum;

	to.fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
	    0600);
	if (to.fd < 0)
		return err_sys(e, errno, "%s cannot be made", shown);
	errnum = keep_from_others(to.fd);
	if (errnum != 0)
		rc = err_sys(e, errnum, "%s cannot be made", shown);
	else
		rc = header_save(&io, h, mac_key, 0, e);
	if (close(to.fd) != 0 && rc == RC_OK)
		rc = err_sys(e, errno, "%s cannot be written", shown);
	return rc;
}

/*
 * Takes the name with an empty file that is surely ours, then replaces that.
 * A crash in between leaves the empty file, which no one takes for a store.
 */
static int
rename_reserved(const char *from, const char *to)
{
	int fd = open(to, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
	    0600), errnum;

	if (fd < 0)
		return errno;
	(void)close(fd);
	if (rename(from, to) == 0)
		return 0;
	errnum = errno;
	(void)unlink(to);
	return errnum;
}

/*
 * Some file systems cannot rename without replacing; a link can do both, but
 * not in the cage, nor on a memory stick.
 */
static int
rename_new(const char *from, const char *to)
{
	if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
		return 0;
	if (errno != EINVAL && errno != ENOSYS)
		return errno;
	if (link(from, to) == 0)
		return unlink(from) == 0 ? 0 : errno;
	return errno == EPERM || errno == EOPNOTSUPP || errno == ENOSYS ?
	    rename_reserved(from, to) : errno;
}

enum rc
file_publish(const char *from, const char *to, struct err *e)
{
	int errnum = rename_new(from, to);
	enum rc rc;

	if (errnum == EEXIST)
		return err_set(e, RC_EXISTS, "%s exists already and is not "
		    "replaced; choose another name", to);
	if (errnum != 0)
		return err_sys(e, errnum, "%s cannot be made", to);
	rc = place_sync_folder(to, e);
	if (rc != RC_OK)
		(void)unlink(to);
	return rc;
}

/* SQLite's lock bytes begin at 1 GiB. */
pid_t
file_holder(const char *path)
{
	struct flock lock = {
		.l_type = F_WRLCK, .l_whence = SEEK_SET,
		.l_start = 0x40000000, .l_len = 512
	};
	int fd = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	pid_t pid = 0;

	if (fd < 0)
		return 0;
	if (fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK)
		pid = lock.l_pid;
	(void)close(fd);
	return pid;
}

const char *
file_notice(const char *path)
{
	struct medium m;
	struct stat st;

	if (medium_of(path, &m) != 0 || !medium_is_open(&m) ||
	    stat(path, &st) != 0)
		return NULL;
	if (m.kind == MEDIUM_USER && st.st_uid == geteuid() &&
	    (st.st_mode & 077) == 0)
		return NULL;
	return "This disk keeps no permissions: whoever holds it holds the "
	    "encrypted file.";
}
