/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/rejects.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "exchange/out.h"

struct rejects {
	char *path;
	int fd;		/* -1 until the first row */
	uint64_t n;
	bool finished;
	int error;	/* errno of the first failed write */
	struct out out;
};

static bool
write_out(const char *bytes, size_t n, void *ctx)
{
	struct rejects *r = ctx;
	ssize_t put;

	while (n != 0) {
		put = write(r->fd, bytes, n);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0) {
			r->error = errno;
			return false;
		}
		bytes += put;
		n -= (size_t)put;
	}
	return true;
}

static enum rc
exists_already(const char *path, struct err *e)
{
	return err_set(e, RC_EXISTS, "%s exists already and is not "
	    "overwritten; name another file with --rejects", path);
}

enum rc
rejects_new(const char *path, struct rejects **out, struct err *e)
{
	struct rejects *r;

	*out = NULL;
	if (faccessat(AT_FDCWD, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		return exists_already(path, e);
	r = calloc(1, sizeof(*r));
	if (r != NULL)
		r->path = strdup(path);
	if (r == NULL || r->path == NULL) {
		free(r);
		return err_set(e, RC_NOMEM, "no memory for %s", path);
	}
	r->fd = -1;
	out_init(&r->out, write_out, r);
	*out = r;
	return RC_OK;
}

static enum rc
begin(struct rejects *r, const struct csv *c, struct err *e)
{
	size_t i;

	r->fd = open(r->path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW |
	    O_CLOEXEC, 0600);
	if (r->fd < 0 && errno == EEXIST)
		return exists_already(r->path, e);
	if (r->fd < 0)
		return err_sys(e, errno, "cannot create %s", r->path);
	out_add(&r->out, "row,problem");
	for (i = 0; i < csv_columns(c); i++) {
		out_add(&r->out, ",");
		out_csv_cell(&r->out, csv_header(c, i),
		    strlen(csv_header(c, i)));
	}
	out_add(&r->out, "\n");
	return RC_OK;
}

enum rc
rejects_add(struct rejects *r, const struct csv *c, const char *problem,
    struct err *e)
{
	const struct csv_row *row = csv_current(c);
	size_t i;
	enum rc rc;

	if (r->fd < 0) {
		rc = begin(r, c, e);
		if (rc != RC_OK)
			return rc;
	}
	r->n++;
	out_add_fmt(&r->out, "%llu,", (unsigned long long)row->number);
	out_csv_cell(&r->out, problem, strlen(problem));
	for (i = 0; i < row->n || i < csv_columns(c); i++) {
		out_add(&r->out, ",");
		if (i < row->n)
			out_csv_cell(&r->out, row->cells[i].s,
			    row->cells[i].n);
	}
	out_add(&r->out, "\n");
	out_settle(&r->out);
	return r->out.failed ? err_sys(e, r->error, "cannot write %s",
	    r->path) : RC_OK;
}

uint64_t
rejects_count(const struct rejects *r)
{
	return r->n;
}

const char *
rejects_path(const struct rejects *r)
{
	return r->path;
}

enum rc
rejects_finish(struct rejects *r, struct err *e)
{
	if (r->fd < 0)
		return RC_OK;
	if (!out_finish(&r->out))
		return err_sys(e, r->error, "cannot write %s", r->path);
	if (fsync(r->fd) != 0 && errno != EINVAL)
		return err_sys(e, errno, "cannot write %s to the disk",
		    r->path);
	r->finished = true;
	return RC_OK;
}

void
rejects_free(struct rejects *r)
{
	if (r == NULL)
		return;
	if (r->fd >= 0)
		close(r->fd);
	if (r->fd >= 0 && !r->finished)
		(void)unlink(r->path);
	out_release(&r->out);
	free(r->path);
	free(r);
}
