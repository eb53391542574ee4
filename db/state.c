/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/state.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/file.h"

/* Makes dir and the folders above it that are missing, for the user alone. */
static enum rc
make_folders(const char *dir, struct err *e)
{
	char *path = strdup(dir);
	enum rc rc = RC_OK;

	if (path == NULL)
		return err_set(e, RC_NOMEM, "no memory for a file name");
	for (char *p = path + 1; *p != '\0' && rc == RC_OK; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		if (mkdir(path, 0700) != 0 && errno != EEXIST)
			rc = err_sys(e, errno, "%s cannot be made", path);
		*p = '/';
	}
	if (rc == RC_OK && mkdir(path, 0700) != 0 && errno != EEXIST)
		rc = err_sys(e, errno, "%s cannot be made", path);
	free(path);
	return rc;
}

static enum rc
check_folder(int fd, const char *dir, struct err *e)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return err_sys(e, errno, "%s cannot be looked at", dir);
	if (st.st_uid != geteuid())
		return err_set(e, RC_REFUSED, "%s belongs to another user of "
		    "this machine", dir);
	if ((st.st_mode & 022) != 0)
		return err_set(e, RC_REFUSED, "%s can be written by others "
		    "(mode %04o); look who had access, then run: chmod 700 "
		    "\"%s\"", dir, (unsigned)st.st_mode & 07777u, dir);
	return RC_OK;
}

static enum rc
open_folder(const char *dir, int *fd, struct err *e)
{
	enum rc rc;

	if (dir[0] != '/')
		return err_set(e, RC_USAGE, "%s: the state folder needs a "
		    "whole path, beginning with /", dir);
	*fd = open(dir, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (*fd < 0 && (errno == ELOOP || errno == ENOTDIR))
		return err_set(e, RC_REFUSED, "%s is not a folder of its own "
		    "but a link or a file", dir);
	if (*fd < 0)
		return err_sys(e, errno, "%s cannot be opened", dir);
	rc = check_folder(*fd, dir, e);
	if (rc != RC_OK)
		(void)close(*fd);
	return rc;
}

static enum rc
check_file(int fd, const char *dir, const char *name, size_t *n,
    struct err *e)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return err_sys(e, errno, "%s/%s cannot be looked at", dir,
		    name);
	if (!S_ISREG(st.st_mode) || st.st_uid != geteuid() ||
	    st.st_nlink != 1 || (st.st_mode & 077) != 0)
		return err_set(e, RC_REFUSED, "%s/%s is not a file that only "
		    "this user can read and write; look who had access, then "
		    "remove it", dir, name);
	if (st.st_size <= 0 || (uintmax_t)st.st_size > STATE_MAX)
		return err_set(e, RC_DAMAGED, "%s/%s is empty or too long",
		    dir, name);
	*n = (size_t)st.st_size;
	return RC_OK;
}

static enum rc
read_whole(int fd, unsigned char *p, size_t n, struct err *e)
{
	ssize_t got;

	while (n > 0) {
		got = read(fd, p, n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_sys(e, errno, "the state folder cannot be "
			    "read");
		if (got == 0)
			return err_set(e, RC_DAMAGED, "a file of the state "
			    "folder ends too early");
		p += got;
		n -= (size_t)got;
	}
	return RC_OK;
}

static enum rc
read_file(int folder, const char *dir, const char *name, unsigned char **p,
    size_t *n, struct err *e)
{
	int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC |
	    O_NONBLOCK | O_NOCTTY);
	enum rc rc;

	if (fd < 0 && errno == ELOOP)
		return err_set(e, RC_REFUSED, "%s/%s is a symbolic link", dir,
		    name);
	if (fd < 0)
		return err_sys(e, errno, "%s/%s cannot be opened", dir, name);
	rc = check_file(fd, dir, name, n, e);
	if (rc == RC_OK && (*p = malloc(*n)) == NULL)
		rc = err_set(e, RC_NOMEM, "not enough memory to read %s/%s",
		    dir, name);
	if (rc == RC_OK)
		rc = read_whole(fd, *p, *n, e);
	if (rc != RC_OK) {
		free(*p);
		*p = NULL;
	}
	(void)close(fd);
	return rc;
}

enum rc
state_read(const char *dir, const char *name, unsigned char **p, size_t *n,
    struct err *e)
{
	enum rc rc;
	int folder;

	*p = NULL;
	rc = open_folder(dir, &folder, e);
	if (rc != RC_OK)
		return rc;
	rc = read_file(folder, dir, name, p, n, e);
	(void)close(folder);
	return rc;
}

static enum rc
write_whole(int fd, const char *name, const void *from, size_t n,
    struct err *e)
{
	const unsigned char *p = from;
	ssize_t put;

	while (n > 0) {
		put = write(fd, p, n);
		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return err_sys(e, put < 0 ? errno : ENOSPC,
			    "%s cannot be written", name);
		p += put;
		n -= (size_t)put;
	}
	if (fsync(fd) != 0)
		return err_sys(e, errno, "%s cannot be written", name);
	return RC_OK;
}

static enum rc
write_file(int folder, const char *name, const void *p, size_t n,
    struct err *e)
{
	char *fresh = file_name("%s.new", name);
	enum rc rc;
	int fd;

	if (fresh == NULL)
		return err_set(e, RC_NOMEM, "no memory for a file name");
	/* What a killed process left behind is in nobody's way. */
	(void)unlinkat(folder, fresh, 0);
	fd = openat(folder, fresh, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW |
	    O_CLOEXEC, 0600);
	rc = fd >= 0 ? write_whole(fd, fresh, p, n, e) :
	    err_sys(e, errno, "%s cannot be made", fresh);
	if (fd >= 0 && close(fd) != 0 && rc == RC_OK)
		rc = err_sys(e, errno, "%s cannot be written", fresh);
	if (rc == RC_OK && renameat(folder, fresh, folder, name) != 0)
		rc = err_sys(e, errno, "%s cannot be put in its place",
		    fresh);
	if (rc == RC_OK && fsync(folder) != 0)
		rc = err_sys(e, errno, "the state folder cannot be written");
	if (rc != RC_OK)
		(void)unlinkat(folder, fresh, 0);
	free(fresh);
	return rc;
}

enum rc
state_write(const char *dir, const char *name, const void *p, size_t n,
    struct err *e)
{
	enum rc rc;
	int folder;

	rc = open_folder(dir, &folder, e);
	if (rc == RC_NOTFOUND) {
		rc = make_folders(dir, e);
		if (rc == RC_OK)
			rc = open_folder(dir, &folder, e);
	}
	if (rc != RC_OK)
		return rc;
	rc = write_file(folder, name, p, n, e);
	(void)close(folder);
	return rc;
}

enum rc
state_remove(const char *dir, const char *name, struct err *e)
{
	enum rc rc;
	int folder;

	rc = open_folder(dir, &folder, e);
	if (rc == RC_NOTFOUND)
		return RC_OK;
	if (rc != RC_OK)
		return rc;
	if (unlinkat(folder, name, 0) != 0 && errno != ENOENT)
		rc = err_sys(e, errno, "%s/%s cannot be removed", dir, name);
	(void)close(folder);
	return rc;
}
