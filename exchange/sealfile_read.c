/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/sealfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "exchange/sealfile_priv.h"

struct sealfile_in {
	int fd;
	char *path;		/* owned; for messages */
	struct sealfile_front front;
	crypto_secretstream_xchacha20poly1305_state stream;
	unsigned char start[SEAL_START_MAX];
	size_t nstart;
	bool first, open;	/* before the first chunk; a slot was opened */
	bool ended;		/* the chunk that is the last was read */
	uint64_t left;		/* bytes of the file behind what was read */
	uint64_t total;		/* plain bytes so far */
	unsigned char plain[SEALFILE_CHUNK];
	unsigned char sealed[SEALFILE_CHUNK + SEAL_TAG];
};

/* ---- the file ---- */

static enum rc
check_kind(const char *path, mode_t mode, struct err *e)
{
	const char *what = S_ISDIR(mode) ? "a folder" : S_ISLNK(mode) ?
	    "a link to another file" : S_ISFIFO(mode) ? "a pipe" :
	    S_ISSOCK(mode) ? "a socket" : "a device";

	return S_ISREG(mode) ? RC_OK : err_set(e, RC_INPUT, "%s is %s; a "
	    "bundle is opened by the name of its own file", path, what);
}

/*
 * Looked at before it is opened, for what it is can then be said; and after,
 * for it may have become something else.
 */
static enum rc
open_regular(struct sealfile_in *f, struct err *e)
{
	struct stat st;
	enum rc rc;

	if (lstat(f->path, &st) != 0)
		return err_sys(e, errno, "cannot open %s", f->path);
	rc = check_kind(f->path, st.st_mode, e);
	if (rc != RC_OK)
		return rc;
	f->fd = open(f->path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY |
	    O_CLOEXEC);
	if (f->fd < 0 || fstat(f->fd, &st) != 0)
		return err_sys(e, errno, "cannot open %s", f->path);
	f->front.bytes = f->left = (uint64_t)st.st_size;
	return check_kind(f->path, st.st_mode, e);
}

/* Reads n bytes or says that the file ends before. */
static enum rc
take(struct sealfile_in *f, unsigned char *p, size_t n, struct err *e)
{
	ssize_t got;

	while (n > 0) {
		got = read(f->fd, p, n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_sys(e, errno, "cannot read %s", f->path);
		if (got == 0)
			return err_set(e, RC_DAMAGED, "%s is cut short: part "
			    "of the bundle is missing; copy it again from "
			    "where it came", f->path);
		p += got;
		n -= (size_t)got;
		f->left -= (uint64_t)got < f->left ? (uint64_t)got : f->left;
	}
	return RC_OK;
}

/* ---- the front ---- */

static enum rc
not_a_bundle(const struct sealfile_in *f, struct err *e)
{
	return err_set(e, RC_INPUT, "%s is not a bundle; bundles are made "
	    "with hearken bundle make, or B in a case", f->path);
}

static enum rc
read_magic(struct sealfile_in *f, struct err *e)
{
	const size_t n = f->front.bytes < SEAL_FRONT ?
	    (size_t)f->front.bytes : SEAL_FRONT;
	enum rc rc = take(f, f->start, n, e);

	if (rc != RC_OK)
		return rc;
	if (n == 0 || memcmp(f->start, SEAL_MAGIC, n < SEAL_MAGIC_LEN ? n :
	    SEAL_MAGIC_LEN) != 0)
		return not_a_bundle(f, e);
	if (n < SEAL_FRONT)
		return take(f, f->start, 1, e);
	f->front.version = f->start[SEAL_MAGIC_LEN];
	if (f->front.version == 0)
		return not_a_bundle(f, e);
	if (f->front.version > SEALFILE_VERSION)
		return err_set(e, RC_NEWER, "%s is a bundle of version %u, "
		    "from a newer Hearken; this one reads version %d. "
		    "Install the newer one, or ask for the bundle to be made "
		    "with this one", f->path, f->front.version,
		    SEALFILE_VERSION);
	return RC_OK;
}

/* True if plain bytes of a whole file may come to this. */
static bool
is_whole(const struct sealfile_in *f)
{
	const uint64_t piece = SEALFILE_CHUNK + SEAL_TAG;
	const uint64_t body = f->front.bytes > f->nstart ?
	    f->front.bytes - f->nstart : 0;
	const uint64_t last = body % piece;
	uint64_t plain = body / piece * SEALFILE_CHUNK;

	if (last != 0 && last <= SEAL_TAG)
		return false;
	plain += last != 0 ? last - SEAL_TAG : 0;
	return plain != 0 && sealfile_padded(plain) == plain;
}

static enum rc
read_front(struct sealfile_in *f, struct err *e)
{
	enum rc rc = read_magic(f, e);
	unsigned n;

	if (rc != RC_OK)
		return rc;
	n = (unsigned)f->start[16] | (unsigned)f->start[17] << 8;
	f->front.slots = n;
	if (n == 0 || n > SEALFILE_SLOTS || n % SEALFILE_SLOT_STEP != 0)
		return err_set(e, RC_INPUT, "%s claims to be sealed to %u "
		    "keys; a bundle has room for 8 to %d, by eights. It is "
		    "damaged or was made by something else", f->path, n,
		    SEALFILE_SLOTS);
	f->nstart = SEAL_FRONT + (size_t)n * SEALFILE_SLOT + SEAL_HEADER;
	f->front.whole = is_whole(f);
	return take(f, f->start + SEAL_FRONT, f->nstart - SEAL_FRONT, e);
}

enum rc
sealfile_open(const char *path, struct sealfile_in **out, struct err *e)
{
	struct sealfile_in *f = calloc(1, sizeof(*f));
	enum rc rc;

	*out = NULL;
	if (f != NULL)
		f->path = strdup(path);
	if (f == NULL || f->path == NULL) {
		free(f);
		return err_set(e, RC_NOMEM, "no memory to read %s", path);
	}
	f->fd = -1;
	f->first = true;
	rc = open_regular(f, e);
	if (rc == RC_OK)
		rc = read_front(f, e);
	if (rc != RC_OK) {
		sealfile_close(f);
		return rc;
	}
	*out = f;
	return RC_OK;
}

const struct sealfile_front *
sealfile_front(const struct sealfile_in *f)
{
	return &f->front;
}

void
sealfile_close(struct sealfile_in *f)
{
	if (f == NULL)
		return;
	if (f->fd >= 0)
		(void)close(f->fd);
	free(f->path);
	sodium_memzero(f, sizeof(*f));
	free(f);
}

/* ---- the inside ---- */

enum rc
sealfile_unseal(struct sealfile_in *f, sealfile_unseal_fn fn, void *ctx,
    struct err *e)
{
	unsigned char key[SEALFILE_KEY];
	enum rc rc = RC_NOTFOUND;

	for (unsigned i = 0; i < f->front.slots && rc == RC_NOTFOUND; i++)
		rc = fn(f->start + SEAL_FRONT + (size_t)i * SEALFILE_SLOT,
		    SEALFILE_SLOT, key, ctx, e);
	if (rc == RC_OK)
		(void)crypto_secretstream_xchacha20poly1305_init_pull(
		    &f->stream, f->start + f->nstart - SEAL_HEADER, key);
	f->open = rc == RC_OK;
	sodium_memzero(key, sizeof(key));
	return rc != RC_NOTFOUND ? rc : err_set(e, rc, "%s is not sealed to "
	    "you: it is for somebody else, or for a key that you had "
	    "before. Ask the sender to make it for you, and give them your "
	    "card", f->path);
}

/* Opens n bytes of f->sealed as the next chunk. */
static bool
pull(const struct sealfile_in *f,
    crypto_secretstream_xchacha20poly1305_state *st, unsigned char *plain,
    size_t n, unsigned char *tag)
{
	unsigned long long len = 0;

	return crypto_secretstream_xchacha20poly1305_pull(st, plain, &len,
	    tag, f->sealed, n, f->first ? f->start : NULL, f->first ?
	    f->nstart : 0) == 0;
}

/*
 * True if the last chunk ends within what was read: then more was put behind
 * it.  Only lengths that the filling up gives have to be tried.
 */
static bool
was_added_to(struct sealfile_in *f, size_t n)
{
	crypto_secretstream_xchacha20poly1305_state st;
	unsigned char tag = 0;
	bool found = false;

	for (size_t len = 1; len + SEAL_TAG < n && !found; len++) {
		if (sealfile_padded(f->total + len) != f->total + len)
			continue;
		st = f->stream;
		found = pull(f, &st, f->plain, len + SEAL_TAG, &tag) &&
		    tag == SEAL_FINAL;
	}
	sodium_memzero(&st, sizeof(st));
	sodium_memzero(f->plain, sizeof(f->plain));
	return found;
}

static enum rc
say_added(const struct sealfile_in *f, struct err *e)
{
	return err_set(e, RC_TAMPERED, "%s goes on behind its end: something "
	    "was added to the bundle, and nothing of it is used. Copy it "
	    "again from where it came", f->path);
}

/* The chunk of n bytes does not open: says what became of it. */
static enum rc
say_broken(struct sealfile_in *f, size_t n, struct err *e)
{
	if (!f->front.whole && was_added_to(f, n))
		return say_added(f, e);
	if (!f->front.whole && f->left == 0)
		return err_set(e, RC_DAMAGED, "%s is cut short: part of the "
		    "bundle is missing; copy it again from where it came",
		    f->path);
	return err_set(e, RC_TAMPERED, "%s is not as it was sealed: bytes "
	    "were changed, or pieces stand in another order. Nothing of it "
	    "is used. Copy it again from where it came, or ask the sender",
	    f->path);
}

static enum rc
read_chunk(struct sealfile_in *f, size_t *n, struct err *e)
{
	const size_t most = sizeof(f->sealed);
	const size_t part = f->left < most ? (size_t)f->left : most;
	unsigned char tag = 0;
	enum rc rc;

	/* A file that ends here is without its last chunk. */
	rc = take(f, f->sealed, part > SEAL_TAG ? part : part + 1, e);
	if (rc != RC_OK)
		return rc;
	if (!pull(f, &f->stream, f->plain, part, &tag))
		return say_broken(f, part, e);
	f->first = false;
	*n = part - SEAL_TAG;
	f->total += *n;
	f->ended = tag == SEAL_FINAL;
	if (f->ended && f->left != 0)
		return say_added(f, e);
	if (tag == SEAL_FINAL ? !f->front.whole : tag != SEAL_MESSAGE ||
	    part != most)
		return err_set(e, RC_INPUT, "%s is sealed in pieces that no "
		    "bundle has; it was made by something else", f->path);
	return RC_OK;
}

enum rc
sealfile_next(struct sealfile_in *f, const unsigned char **p, size_t *n,
    struct err *e)
{
	*p = f->plain;
	*n = 0;
	if (!f->open)
		return err_set(e, RC_PASSPHRASE, "%s has not been unsealed",
		    f->path);
	return f->ended ? RC_OK : read_chunk(f, n, e);
}
