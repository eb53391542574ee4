/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum rc
open_regular(const char *path, size_t max, int *fd, size_t *size,
    struct err *e)
{
	struct stat st;

	/* O_NONBLOCK: opening a pipe with no writer must not hang. */
	*fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (*fd < 0)
		return err_sys(e, errno, "cannot open %s", path);
	if (fstat(*fd, &st) != 0)
		return err_sys(e, errno, "cannot look at %s", path);
	if (!S_ISREG(st.st_mode))
		return err_set(e, RC_INPUT, "%s is not a file", path);
	if ((uint64_t)st.st_size > max)
		return err_set(e, RC_INPUT,
		    "%s is too large: %lld bytes, at most %zu expected", path,
		    (long long)st.st_size, max);
	*size = (size_t)st.st_size;
	return RC_OK;
}

static enum rc
read_all(int fd, const char *path, char *buf, size_t size, size_t *got,
    struct err *e)
{
	ssize_t n;

	*got = 0;
	while (*got < size) {
		n = read(fd, buf + *got, size - *got);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_sys(e, errno, "cannot read %s", path);
		if (n == 0)
			break;
		*got += (size_t)n;
	}
	buf[*got] = '\0';
	return RC_OK;
}

enum rc
file_read(const char *path, size_t max, char **text, size_t *n,
    struct err *e)
{
	size_t size = 0, got = 0;
	char *buf = NULL;
	enum rc rc;
	int fd;

	*text = NULL;
	rc = open_regular(path, max, &fd, &size, e);
	if (rc != RC_OK)
		goto out;
	buf = malloc(size + 1);
	if (buf == NULL) {
		rc = err_set(e, RC_NOMEM, "no memory to read %s", path);
		goto out;
	}
	rc = read_all(fd, path, buf, size, &got, e);
	if (rc != RC_OK)
		goto out;
	*text = buf;
	buf = NULL;
	if (n != NULL)
		*n = got;
out:
	free(buf);
	if (fd >= 0)
		close(fd);
	return rc;
}

static enum rc
write_all(int fd, const char *path, const char *text, size_t n, struct err *e)
{
	ssize_t put;

	while (n > 0) {
		put = write(fd, text, n);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return err_sys(e, errno, "cannot write %s", path);
		text += put;
		n -= (size_t)put;
	}
	return fsync(fd) == 0 ? RC_OK :
	    err_sys(e, errno, "cannot write %s to the disk", path);
}

enum rc
file_create(const char *path, const char *text, size_t n, struct err *e)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW |
	    O_CLOEXEC, 0600);
	enum rc rc;

	if (fd < 0 && errno == EEXIST)
		return err_set(e, RC_EXISTS, "%s exists already and is not "
		    "overwritten; name another file", path);
	if (fd < 0)
		return err_sys(e, errno, "cannot create %s", path);
	rc = write_all(fd, path, text, n, e);
	if (close(fd) != 0 && rc == RC_OK)
		rc = err_sys(e, errno, "cannot write %s", path);
	if (rc != RC_OK)
		(void)unlink(path);
	return rc;
}

static bool
ends_with(const char *s, const char *suffix)
{
	size_t n = strlen(s), k = strlen(suffix);

	return n > k && strcmp(s + n - k, suffix) == 0;
}

enum rc
file_each(const char *dir, const char *suffix, file_name_fn fn, void *ctx,
    struct err *e)
{
	struct dirent **list = NULL;
	int n = scandir(dir, &list, NULL, alphasort);
	bool on = true;
	int i;

	if (n < 0)
		return err_sys(e, errno, "cannot read the folder %s", dir);
	for (i = 0; i < n; i++) {
		if (on && ends_with(list[i]->d_name, suffix))
			on = fn(list[i]->d_name, ctx);
		free(list[i]);
	}
	free(list);
	return RC_OK;
}
