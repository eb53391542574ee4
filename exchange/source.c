/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
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

/* What is sent instead of the text that it was made from or shows. */
static const struct {
	const char *begins;
	size_t n;
	const char *is;
} no_text[] = {
	{"PK\003\004", 4, "a workbook or another zipped file"},
	{"\320\317\021\340\241\261\032\341", 8, "an old Excel workbook or "
	    "Word document"},
	{"%PDF-", 5, "a PDF"},
};

static enum rc
check_text(const struct source *s, int fd, struct err *e)
{
	char begin[8];
	ssize_t n = pread(fd, begin, sizeof(begin), 0);

	for (size_t i = 0; i < sizeof(no_text) / sizeof(no_text[0]); i++)
		if (n >= (ssize_t)no_text[i].n && memcmp(begin,
		    no_text[i].begins, no_text[i].n) == 0)
			return err_set(e, RC_INPUT, "%s is %s and no text; "
			    "open it where it was made and save its sheet as "
			    "CSV", s->name, no_text[i].is);
	return RC_OK;
}

static enum rc
check_kind(struct source *s, int fd, bool only_file, struct err *e)
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
	if (S_ISREG(st.st_mode)) {
		s->size = (uint64_t)st.st_size;
		return check_text(s, fd, e);
	}
	if (only_file)
		return err_set(e, RC_INPUT, "%s is a pipe or a device; "
		    "expected a CSV file", s->name);
	return RC_OK;
}

static enum rc
take_fd(struct source *s, int fd, bool only_file, struct err *e)
{
	enum rc rc;

	s->ctx = (void *)(intptr_t)fd;
	rc = check_kind(s, fd, only_file, e);
	if (rc != RC_OK)
		source_close(s);
	return rc;
}

static void
begin(struct source *s, const char *name)
{
	memset(s, 0, sizeof(*s));
	s->name = name;
	s->read = read_fd;
	s->ctx = (void *)(intptr_t)-1;
}

enum rc
source_open(struct source *s, const char *path, struct err *e)
{
	int fd = STDIN_FILENO;

	begin(s, strcmp(path, "-") == 0 ? "standard input" : path);
	if (strcmp(path, "-") != 0) {
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
		if (fd < 0)
			return err_sys(e, errno, "cannot open %s", path);
		(void)posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
	}
	return take_fd(s, fd, false, e);
}

enum rc
source_open_file(struct source *s, const char *path, struct err *e)
{
	int fd;

	begin(s, path);
	/* O_NONBLOCK: opening a pipe with no writer must not hang. */
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (fd < 0)
		return err_sys(e, errno, "cannot open %s", path);
	(void)posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
	return take_fd(s, fd, true, e);
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
