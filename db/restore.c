/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A store out of a backup.  The backup is only ever read: its bytes are
 * copied beside the new place, and the copy is opened, verified and given the
 * entry that says so before it gets its name.
 */
#include "config.h"

#include "db/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/utf8.h"
#include "db/file.h"
#include "db/open.h"
#include "db/place.h"

#define CHUNK (4 * HEADER_COPY)

struct restore {
	const char *backup;	/* as it was named */
	char *from, *to, *beside;
	const char *user;
	const struct secret *pass;
	const struct store_opts *opts;
	store_progress_fn fn;
	void *ctx;
};

static enum rc
check_backup(struct restore *r, struct err *e)
{
	pid_t pid;

	if (store_not_open_here(r->from, NULL) != RC_OK ||
	    (pid = file_holder(r->from)) != 0)
		return err_set(e, RC_BUSY, "%s is in use; close it first",
		    r->backup);
	if (journal_is_hot(r->from))
		return err_set(e, RC_REFUSED, "%s was not closed when it was "
		    "last open: a journal stands beside it. Open it once with "
		    "\"hearken verify\", then restore it", r->backup);
	return RC_OK;
}

static enum rc
check_new_place(struct restore *r, struct err *e)
{
	struct stat st;

	if (lstat(r->to, &st) == 0)
		return err_set(e, RC_EXISTS, "%s exists already and is not "
		    "replaced; restore to a new name", r->to);
	return file_check_folder(r->to, store_use(r->opts), e);
}

struct pipe_end {
	int fd;
	const char *name;
};

static enum rc
read_chunk(const struct pipe_end *in, unsigned char *buf, size_t *n,
    struct err *e)
{
	ssize_t got;

	for (*n = 0; *n < CHUNK; *n += (size_t)got) {
		got = read(in->fd, buf + *n, CHUNK - *n);
		if (got < 0 && errno == EINTR)
			got = 0;
		else if (got < 0)
			return err_sys(e, errno, "%s cannot be read",
			    in->name);
		else if (got == 0)
			break;
	}
	return RC_OK;
}

static enum rc
write_chunk(const struct pipe_end *out, const unsigned char *p, size_t n,
    struct err *e)
{
	ssize_t put;

	while (n > 0) {
		put = write(out->fd, p, n);
		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return err_sys(e, put < 0 ? errno : ENOSPC,
			    "%s cannot be written", out->name);
		p += put;
		n -= (size_t)put;
	}
	return RC_OK;
}

static enum rc
told(struct restore *r, uint64_t done, uint64_t all, struct err *e)
{
	if (r->fn == NULL || r->fn(done < all ? done : all, all, r->ctx))
		return RC_OK;
	return err_set(e, RC_CANCELLED, "stopped; nothing was restored");
}

/* The first chunk holds the header: what is no store is not copied. */
static enum rc
copy_chunks(struct restore *r, const struct pipe_end ends[2], uint64_t all,
    unsigned char *buf, struct err *e)
{
	uint64_t done = 0;
	size_t n = 1;
	enum rc rc = RC_OK;

	while (rc == RC_OK && n > 0) {
		rc = read_chunk(&ends[0], buf, &n, e);
		if (rc == RC_OK && done == 0 && (n < HEADER_SIZE ||
		    (!header_has_magic(buf) &&
		    !header_has_magic(buf + HEADER_COPY))))
			rc = err_set(e, RC_NOTSTORE, "%s is not a backup of a "
			    "Hearken store", r->backup);
		if (rc == RC_OK)
			rc = write_chunk(&ends[1], buf, n, e);
		done += n;
		if (rc == RC_OK)
			rc = told(r, done, all, e);
	}
	if (rc == RC_OK && fsync(ends[1].fd) != 0)
		rc = err_sys(e, errno, "%s cannot be written", r->to);
	return rc;
}

static enum rc
copy_between(struct restore *r, int from, int to, struct err *e)
{
	const struct pipe_end ends[2] = {{from, r->backup}, {to, r->to}};
	unsigned char *buf;
	struct stat st;
	enum rc rc;

	if (fstat(from, &st) != 0)
		return err_sys(e, errno, "%s cannot be looked at", r->backup);
	if (!S_ISREG(st.st_mode))
		return err_set(e, RC_NOTSTORE, "%s is not a file", r->backup);
	buf = malloc(CHUNK);
	if (buf == NULL)
		return err_set(e, RC_NOMEM, "not enough memory to restore");
	rc = copy_chunks(r, ends, (uint64_t)st.st_size, buf, e);
	free(buf);
	return rc;
}

static enum rc
copy_file(struct restore *r, struct err *e)
{
	int from = open(r->from, O_RDONLY | O_NOFOLLOW | O_CLOEXEC |
	    O_NONBLOCK | O_NOCTTY), to;
	enum rc rc;

	if (from < 0)
		return errno == ENOENT ? err_set(e, RC_NOTFOUND, "there is no "
		    "backup at %s", r->backup) :
		    err_sys(e, errno, "%s cannot be read", r->backup);
	to = open(r->beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW |
	    O_CLOEXEC, 0600);
	if (to < 0)
		rc = err_sys(e, errno, "%s cannot be made", r->to);
	else
		rc = copy_between(r, from, to, e);
	(void)close(from);
	if (to >= 0 && close(to) != 0 && rc == RC_OK)
		rc = err_sys(e, errno, "%s cannot be written", r->to);
	return rc;
}

static enum rc
tell_unsound(const struct restore *r, const struct store_verdict *v,
    struct err *e)
{
	return err_set(e, v->kind == FAULT_DAMAGED ? RC_DAMAGED : RC_TAMPERED,
	    "%s is not sound, and nothing was restored: %s", r->backup,
	    v->fault);
}

static enum rc
note_restore(struct store *s, const struct restore *r, struct err *e)
{
	struct entry_draft d = {
		case_id_register(), "restore", span_none(), NULL
	};
	const char *name = strrchr(r->from, '/') + 1;
	uint64_t entries = 0;
	char *reason;
	enum rc rc = store_entry_count(s, &entries, e);

	if (rc != RC_OK)
		return rc;
	if (!utf8_valid(name, strlen(name), NULL))
		name = "a backup";
	reason = file_name("restored from %.400s", name);
	d.body = json_pack("{s:I, s:s}", "entries", (json_int_t)entries,
	    "reason", reason);
	free(reason);
	if (d.body == NULL)
		return err_set(e, RC_NOMEM, "not enough memory to restore");
	s->may_register = true;
	rc = store_append(s, &d, 1, NULL, e);
	s->may_register = false;
	entry_draft_release(&d);
	return rc;
}

/* Nothing is remembered of it before it has its name. */
static enum rc
prove(struct restore *r, struct err *e)
{
	struct store_opts opts = *r->opts;
	struct store_verdict v;
	struct store *s = NULL;
	enum rc rc;

	opts.state_dir = NULL;
	opts.is_copy = true;
	rc = store_open(r->beside, r->user, r->pass, &opts, &s, e);
	if (rc != RC_OK)
		return rc;
	rc = store_verify(s, r->fn, r->ctx, &v, e);
	if (rc == RC_OK && !v.sound)
		rc = tell_unsound(r, &v, e);
	if (rc == RC_OK)
		rc = note_restore(s, r, e);
	store_close(s);
	return rc;
}

/* A message names the backup, not the file that its bytes are in. */
static enum rc
say_backup(const struct restore *r, enum rc rc, struct err *e)
{
	const char *at = e != NULL ? strstr(e->text, r->beside) : NULL;
	struct err old;

	if (at == NULL)
		return rc;
	old = *e;
	return err_set(e, rc, "%.*s%s%s", (int)(at - e->text), old.text,
	    r->backup, old.text + (at - e->text) + strlen(r->beside));
}

static enum rc
restore_beside(struct restore *r, struct err *e)
{
	enum rc rc = copy_file(r, e);

	if (rc == RC_OK)
		rc = say_backup(r, prove(r, e), e);
	if (rc == RC_OK)
		rc = file_publish(r->beside, r->to, e);
	if (rc != RC_OK)
		place_remove(r->beside);
	return rc;
}

static enum rc
restore_at(struct restore *r, struct err *e)
{
	enum rc rc = check_backup(r, e);

	if (rc == RC_OK)
		rc = check_new_place(r, e);
	if (rc != RC_OK)
		return rc;
	place_sweep(r->to, "restore");
	rc = place_beside(r->to, "restore", r->opts->rng, &r->beside, e);
	return rc == RC_OK ? restore_beside(r, e) : rc;
}

enum rc
store_restore(const char *backup, const char *path, const char *user,
    const struct secret *pass, const struct store_opts *opts,
    store_progress_fn fn, void *ctx, struct store **out, struct err *e)
{
	struct restore r = {
		.backup = backup, .user = user, .pass = pass, .opts = opts,
		.fn = fn, .ctx = ctx
	};
	enum rc rc = file_resolve(backup, &r.from, e);

	if (rc == RC_OK)
		rc = file_resolve(path, &r.to, e);
	if (rc == RC_OK)
		rc = restore_at(&r, e);
	if (rc == RC_OK)
		rc = store_open(r.to, user, pass, opts, out, e);
	free(r.from);
	free(r.to);
	free(r.beside);
	return rc;
}
