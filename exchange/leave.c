/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/leave.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COLUMNS 80

static const struct {
	const char *code, *suffix;
} formats[LEAVE_FORMATS] = {
	[LEAVE_TEXT] = {"text", "txt"},
	[LEAVE_PDF] = {"pdf", "pdf"},
	[LEAVE_CSV] = {"csv", "csv"},
	[LEAVE_JSON] = {"json", "json"},
};

const char *
leave_format_code(enum leave_format f)
{
	return formats[f].code;
}

const char *
leave_format_suffix(enum leave_format f)
{
	return formats[f].suffix;
}

bool
leave_format_find(const char *code, enum leave_format *out)
{
	for (unsigned f = 0; f < LEAVE_FORMATS; f++) {
		if (strcmp(formats[f].code, code) == 0) {
			*out = (enum leave_format)f;
			return true;
		}
	}
	return false;
}

void
leave_made(struct str *out, const char *who, int64_t now, const char *reason)
{
	char when[SPAN_WORDS_MAX];

	moment_words(now, when);
	str_add_fmt(out, "%s by ", when);
	str_add(out, who);
	if (reason != NULL && *reason != '\0') {
		str_add(out, ": ");
		str_add(out, reason);
	}
}

enum rc
leave_paper(const struct paper *p, enum leave_format f, int64_t now,
    struct str *out, struct str *unknown, struct err *e)
{
	if (f == LEAVE_PDF)
		return paper_pdf(p, now, out, unknown, e);
	if (f != LEAVE_TEXT)
		return err_set(e, RC_USAGE, "this leaves as text or pdf, not "
		    "as %s", formats[f].code);
	paper_text(p, COLUMNS, out);
	return RC_OK;
}

/* ---- sealing ---- */

static bool
is_one_pdf(const struct archive_member *m, size_t n)
{
	const char *dot = n == 1 ? strrchr(m->name, '.') : NULL;

	return dot != NULL && strcmp(dot, ".pdf") == 0;
}

const char *
leave_sealed_suffix(const struct archive_member *m, size_t n)
{
	return is_one_pdf(m, n) ? "pdf" : "zip";
}

enum rc
leave_seal(const struct archive_member *m, size_t n,
    const struct secret *password, int64_t now, struct str *out,
    struct err *e)
{
	struct str pdf;
	enum rc rc;

	if (!is_one_pdf(m, n))
		return archive_seal(m, n, password, now, out, e);
	str_init(&pdf);
	str_add_n(&pdf, m->bytes, m->n);
	rc = pdf_seal(&pdf, password, e);
	if (rc == RC_OK)
		str_add_n(out, pdf.s, pdf.len);
	str_release(&pdf);
	return rc;
}

/* ---- the file ---- */

static enum rc
make_file(const char *path, size_t n, int *fd, struct err *e)
{
	int code;

	*fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
	    0600);
	if (*fd < 0)
		return errno == EEXIST ? err_set(e, RC_EXISTS, "%s exists "
		    "already and is not overwritten; name another file",
		    path) : err_sys(e, errno, "cannot create %s", path);
	do
		code = n > 0 ? posix_fallocate(*fd, 0, (off_t)n) : 0;
	while (code == EINTR);
	/* Some file systems cannot: then the writing itself will tell. */
	return code == 0 || code == EOPNOTSUPP || code == EINVAL ? RC_OK :
	    err_sys(e, code, "cannot make room for %s", path);
}

static enum rc
write_file(const char *path, int fd, const struct str *bytes, struct err *e)
{
	size_t at = 0;
	ssize_t put;

	while (at < bytes->len) {
		put = write(fd, bytes->s + at, bytes->len - at);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return err_sys(e, errno, "cannot write %s", path);
		at += (size_t)put;
	}
	return fsync(fd) == 0 ? RC_OK : err_sys(e, errno, "cannot write %s "
	    "to the disk", path);
}

/* The name, too, has to be on the disk. */
static enum rc
keep_name(const char *path, struct err *e)
{
	char *copy = strdup(path);
	enum rc rc = RC_OK;
	int fd;

	if (copy == NULL)
		return err_set(e, RC_NOMEM, "no memory for %s", path);
	fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	/* Not every file system has folders that can be synchronised. */
	if (fd >= 0 && fsync(fd) != 0 && errno != EINVAL && errno != EROFS)
		rc = err_sys(e, errno, "cannot write the name %s to the disk",
		    path);
	if (fd >= 0)
		(void)close(fd);
	free(copy);
	return rc;
}

static enum rc
note(struct store *s, const struct leaving *l, struct err *e)
{
	const char *slash = strrchr(l->path, '/');
	struct look_note n = {.what = LOOK_EXPORT, .case_id = l->case_id,
		.reason = l->reason};
	struct str words;
	enum rc rc;

	str_init(&words);
	str_add_fmt(&words, "%s%s: ", l->what, l->password != NULL ? "" :
	    ", without a password");
	str_add(&words, slash != NULL ? slash + 1 : l->path);
	n.words = words.s;
	rc = store_look(s, &n, e);
	str_release(&words);
	return rc;
}

/* Notes and writes; a file that failed is gone again. */
static enum rc
let_go(struct store *s, const struct leaving *l, const struct str *bytes,
    struct err *e)
{
	int fd = -1;
	enum rc rc = make_file(l->path, bytes->len, &fd, e);

	if (fd < 0)
		return rc;
	if (rc == RC_OK)
		rc = note(s, l, e);
	if (rc == RC_OK)
		rc = write_file(l->path, fd, bytes, e);
	if (close(fd) != 0 && rc == RC_OK)
		rc = err_sys(e, errno, "cannot close %s", l->path);
	if (rc == RC_OK)
		rc = keep_name(l->path, e);
	if (rc != RC_OK)
		(void)unlink(l->path);
	return rc;
}

/* ---- the whole ---- */

enum rc
leave_reason_check(const char *reason, struct err *e)
{
	return reason_check(reason, "taking something out of the store", e);
}

enum rc
leave(struct store *s, const struct leaving *l,
    const struct archive_member *m, size_t n, struct err *e)
{
	struct str bytes;
	enum rc rc = leave_reason_check(l->reason, e);

	if (rc == RC_OK && l->password == NULL && n != 1)
		rc = err_set(e, RC_INPUT, "several files leave together only "
		    "under a password");
	if (rc != RC_OK)
		return rc;
	str_init(&bytes);
	if (l->password != NULL)
		rc = leave_seal(m, n, l->password, l->now, &bytes, e);
	else
		str_add_n(&bytes, m->bytes, m->n);
	if (rc == RC_OK)
		rc = let_go(s, l, &bytes, e);
	str_release(&bytes);
	return rc;
}
