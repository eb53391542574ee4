/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/certificate.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/utf8.h"

#define ROOM (64 << 10)		/* a page is shorter: two reasons of 2000 */
#define COLUMNS 72

struct certificate {
	char *path;
	int fd;
	bool written;
};

/* ---- the page ---- */

/* Stored text without control bytes, wrapped and set in. */
static void
add_text(struct str *out, const char *text)
{
	struct str seen;
	size_t n;

	str_init(&seen);
	utf8_visible(&seen, text, strlen(text), false);
	for (size_t at = 0; at < seen.len; at += n) {
		n = utf8_wrap(seen.s + at, seen.len - at, COLUMNS - 4);
		str_add(out, "    ");
		str_add_n(out, seen.s + at, n);
		while (out->len > 0 && out->s[out->len - 1] == ' ')
			str_splice(out, out->len - 1, 1, "", 0);
		str_add_char(out, '\n');
	}
	str_release(&seen);
}

static void
add_line(struct str *out, const char *label, const char *text)
{
	struct str seen;

	str_init(&seen);
	utf8_visible(&seen, text, strlen(text), false);
	str_add_fmt(out, "%-22s%s\n", label, seen.s);
	str_release(&seen);
}

static void
add_person(struct str *out, const char *label, const char *who, int64_t at,
    const char *why)
{
	char when[SPAN_WORDS_MAX];

	moment_words(at, when);
	add_line(out, label, who);
	add_line(out, "", when);
	add_text(out, why);
}

static void
add_proof(struct str *out, const struct disposal *d)
{
	char hex[2 * ENTRY_ID_LEN + 1];

	str_add_fmt(out, "%-22s%" PRIu64 "\n", "Entries blanked", d->entries);
	hex_format(d->digest, sizeof(d->digest), hex);
	str_add_fmt(out, "Digest of their ids (BLAKE2b-256)\n    %s\n", hex);
	hex_format(d->id.b, ENTRY_ID_LEN, hex);
	str_add_fmt(out, "Entry of the register that says so\n    %s\n", hex);
}

void
certificate_text(const struct disposal *d, const char *store,
    struct str *out)
{
	str_add(out, "CERTIFICATE OF DISPOSAL\n\n");
	add_line(out, "Case", d->reference);
	add_line(out, "Store", store);
	add_line(out, "Rule of retention", d->rule);
	str_add_char(out, '\n');
	add_person(out, "Asked for by", d->asked_by, d->asked_at,
	    d->why_asked);
	str_add_char(out, '\n');
	add_person(out, "Agreed to by", d->agreed_by, d->agreed_at,
	    d->why_agreed);
	str_add_char(out, '\n');
	add_proof(out, d);
	str_add(out, "\nThe text of these entries was removed from the "
	    "store. What stays are their\nhashes, dates, kinds and "
	    "signatures, so that the store can still be verified.\nThis page "
	    "alone names the case. Backups, bundles and prints that were "
	    "made\nbefore are not touched: dispose of them too.\n\n"
	    "Signed  ______________________    ______________________\n");
}

/* ---- the file ---- */

static enum rc
make_room(const struct certificate *c, struct err *e)
{
	int code;

	do
		code = posix_fallocate(c->fd, 0, ROOM);
	while (code == EINTR);
	/* Some file systems cannot: the page is small, go on. */
	if (code != 0 && code != EOPNOTSUPP && code != EINVAL)
		return err_sys(e, code, "cannot make room for %s", c->path);
	return RC_OK;
}

enum rc
certificate_new(const char *path, struct certificate **out, struct err *e)
{
	struct certificate *c = calloc(1, sizeof(*c));
	enum rc rc;

	*out = NULL;
	if (c == NULL || (c->path = strdup(path)) == NULL) {
		free(c);
		return err_set(e, RC_NOMEM, "no memory for %s", path);
	}
	c->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW |
	    O_CLOEXEC, 0600);
	if (c->fd < 0) {
		rc = errno == EEXIST ? err_set(e, RC_EXISTS, "%s exists "
		    "already and is not overwritten; name another file",
		    path) : err_sys(e, errno, "cannot create %s", path);
	} else {
		rc = make_room(c, e);
	}
	if (rc == RC_OK)
		*out = c;
	else
		certificate_free(c);
	return rc;
}

enum rc
certificate_write(struct certificate *c, const char *text, size_t n,
    struct err *e)
{
	size_t at = 0;
	ssize_t put;

	while (at < n) {
		put = write(c->fd, text + at, n - at);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return err_sys(e, errno, "cannot write %s", c->path);
		at += (size_t)put;
	}
	if (ftruncate(c->fd, (off_t)n) != 0 || fsync(c->fd) != 0)
		return err_sys(e, errno, "cannot write %s to the disk",
		    c->path);
	c->written = true;
	return RC_OK;
}

void
certificate_free(struct certificate *c)
{
	if (c == NULL)
		return;
	/* Without a descriptor the file is somebody else's. */
	if (c->fd >= 0 && !c->written)
		(void)unlink(c->path);
	if (c->fd >= 0)
		(void)close(c->fd);
	free(c->path);
	free(c);
}
