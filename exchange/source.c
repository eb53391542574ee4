/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The descriptor travels in ctx, so that a source needs no memory. */
static int
fd_of(const void *ctx)
{
	return (int)(intptr_t)ctx;
}

static enum rc
read_fd(void *ctx, char *buf, size_t n, size_t *got, struct err *e)
{
	ssize_t k;

	do {
		k = read(fd_of(ctx), buf, n);
	} while (k < 0 && errno == EINTR);
	if (k < 0)
		return err_sys(e, errno, "cannot read");
	*got = (size_t)k;
	return RC_OK;
}

static enum rc
check_kind(struct source *s, int fd, struct err *e)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return err_sys(e, errno, "cannot look at %s", s->name);
	if (S_ISDIR(st.st_mode))
		return err_set(e, RC_INPUT, "%s is a folder; expected a CSV "
		    "file", s->name);
	if (S_ISBLK(st.st_mode))
		return err_set(e, RC_INPUT, "%s is a device; expected a CSV "
		    "file", s->name);
	if (S_ISREG(st.st_mode))
		s->size = (uint64_t)st.st_size;
	return RC_OK;
}

enum rc
source_open(struct source *s, const char *path, struct err *e)
{
	int fd = STDIN_FILENO;
	enum rc rc;

	memset(s, 0, sizeof(*s));
	s->name = strcmp(path, "-") == 0 ? "standard input" : path;
	s->read = read_fd;
	s->ctx = (void *)(intptr_t)-1;
	if (strcmp(path, "-") != 0) {
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
		if (fd < 0)
			return err_sys(e, errno, "cannot open %s", path);
		(void)posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
	}
	s->ctx = (void *)(intptr_t)fd;
	rc = check_kind(s, fd, e);
	if (rc != RC_OK)
		source_close(s);
	return rc;
}

void
source_close(struct source *s)
{
	if (s->read == read_fd && fd_of(s->ctx) > STDERR_FILENO)
		close(fd_of(s->ctx));
	s->ctx = (void *)(intptr_t)-1;
}

enum rc
source_read(struct source *s, char *buf, size_t n, size_t *got,
    struct err *e)
{
	enum rc rc;

	*got = 0;
	rc = s->read(s->ctx, buf, n, got, e);
	if (rc != RC_OK)
		return err_prefix(e, "%s", s->name);
	s->done += *got;
	return RC_OK;
}
