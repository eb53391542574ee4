/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/sealfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/file.h"
#include "exchange/sealfile_priv.h"

struct sealfile_out {
	int fd;
	char *path;		/* owned, as all three; as it was given */
	char *name, *beside;	/* with its folder, and until it has that */
	crypto_secretstream_xchacha20poly1305_state stream;
	unsigned char start[SEAL_START_MAX];
	size_t nstart;		/* 0 once the first chunk has gone */
	unsigned char plain[SEALFILE_CHUNK];
	size_t n;		/* bytes in plain */
	uint64_t total;		/* plain bytes so far */
	uint64_t bytes;		/* of the file so far */
	unsigned char sealed[SEALFILE_CHUNK + SEAL_TAG];
};

/*
 * Padme: the length keeps only as many leading bits as its exponent has, so
 * that a size says little and at most a ninth is added.
 */
uint64_t
sealfile_padded(uint64_t n)
{
	unsigned e, s = 0;
	uint64_t mask;

	if (n < SEALFILE_CHUNK)
		n = SEALFILE_CHUNK;
	e = 63u - (unsigned)__builtin_clzll(n);
	for (unsigned k = e; k > 0; k >>= 1)
		s++;
	mask = (UINT64_C(1) << (e - s)) - 1;
	return n > UINT64_MAX - mask ? n : (n + mask) & ~mask;
}

static enum rc
put(struct sealfile_out *f, const unsigned char *p, size_t n, struct err *e)
{
	ssize_t wrote;

	while (n > 0) {
		wrote = write(f->fd, p, n);
		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote < 0)
			return err_sys(e, errno, "cannot write %s", f->path);
		p += wrote;
		n -= (size_t)wrote;
		f->bytes += (uint64_t)wrote;
	}
	return RC_OK;
}

static enum rc
put_chunk(struct sealfile_out *f, unsigned char tag, struct err *e)
{
	unsigned long long n = 0;

	(void)crypto_secretstream_xchacha20poly1305_push(&f->stream,
	    f->sealed, &n, f->plain, f->n, f->nstart > 0 ? f->start : NULL,
	    f->nstart, tag);
	f->nstart = 0;
	f->n = 0;
	return put(f, f->sealed, (size_t)n, e);
}

/*
 * Slots that nobody has are sealed to keys that nobody has: random bytes
 * would be told from the public keys that begin the others.
 */
static enum rc
fill_slots(struct sealfile_out *f, const unsigned char (*keys)[32], size_t n,
    const unsigned char *key)
{
	unsigned char nobody[32], nothing[32] = {0}, *p = f->start + SEAL_FRONT;
	const size_t slots = (n + SEALFILE_SLOT_STEP - 1) /
	    SEALFILE_SLOT_STEP * SEALFILE_SLOT_STEP;

	memcpy(f->start, SEAL_MAGIC, SEAL_MAGIC_LEN);
	f->start[SEAL_MAGIC_LEN] = SEALFILE_VERSION;
	f->start[16] = (unsigned char)(slots & 0xff);
	f->start[17] = (unsigned char)(slots >> 8);
	for (size_t i = 0; i < slots; i++, p += SEALFILE_SLOT) {
		if (i >= n)
			(void)crypto_box_keypair(nobody, nothing);
		/* Fails only for a key of low order, which nobody has. */
		if (crypto_box_seal(p, i < n ? key : nothing, SEALFILE_KEY,
		    i < n ? keys[i] : nobody) != 0)
			return RC_INPUT;
	}
	sodium_memzero(nothing, sizeof(nothing));
	f->nstart = (size_t)(p - f->start);
	return RC_OK;
}

static enum rc
begin(struct sealfile_out *f, const unsigned char (*keys)[32], size_t n,
    struct err *e)
{
	unsigned char key[SEALFILE_KEY];
	enum rc rc;

	crypto_secretstream_xchacha20poly1305_keygen(key);
	rc = fill_slots(f, keys, n, key);
	if (rc == RC_OK)
		(void)crypto_secretstream_xchacha20poly1305_init_push(
		    &f->stream, f->start + f->nstart, key);
	sodium_memzero(key, sizeof(key));
	if (rc != RC_OK)
		return err_set(e, rc, "one of the keys that %s is to be "
		    "sealed to is none; take that person's card in again",
		    f->path);
	f->nstart += SEAL_HEADER;
	return put(f, f->start, f->nstart, e);
}

/* The name until it is whole: beside, so that it can be given its own. */
static enum rc
make_file(struct sealfile_out *f, struct err *e)
{
	struct stat st;
	enum rc rc;

	if (f->path == NULL)
		return err_set(e, RC_NOMEM, "no memory to write a bundle");
	rc = file_resolve(f->path, &f->name, e);
	if (rc != RC_OK)
		return rc;
	if (lstat(f->name, &st) == 0)
		return err_set(e, RC_EXISTS, "%s exists already and is not "
		    "overwritten; name another file", f->path);
	f->beside = file_name("%s.new-%08x", f->name, randombytes_random());
	if (f->beside == NULL)
		return err_set(e, RC_NOMEM, "no memory to write a bundle");
	f->fd = open(f->beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW |
	    O_CLOEXEC, 0600);
	return f->fd >= 0 ? RC_OK : err_sys(e, errno, "cannot create %s",
	    f->path);
}

enum rc
sealfile_create(const char *path, const unsigned char (*keys)[32], size_t n,
    struct sealfile_out **out, struct err *e)
{
	struct sealfile_out *f;
	enum rc rc;

	*out = NULL;
	if (n == 0 || n > SEALFILE_SLOTS)
		return err_set(e, RC_INPUT, "a bundle is for 1 to %d people, "
		    "not for %zu", SEALFILE_SLOTS, n);
	f = calloc(1, sizeof(*f));
	if (f == NULL)
		return err_set(e, RC_NOMEM, "no memory to write a bundle");
	f->fd = -1;
	f->path = strdup(path);
	rc = make_file(f, e);
	if (rc == RC_OK)
		rc = begin(f, keys, n, e);
	if (rc != RC_OK) {
		sealfile_drop(f);
		return rc;
	}
	*out = f;
	return RC_OK;
}

enum rc
sealfile_add(struct sealfile_out *f, const void *bytes, size_t n,
    struct err *e)
{
	const unsigned char *p = bytes;
	enum rc rc = RC_OK;

	while (n > 0 && rc == RC_OK) {
		size_t room = SEALFILE_CHUNK - f->n;
		size_t part = n < room ? n : room;

		/* A full chunk waits: the last one has another tag. */
		if (room == 0) {
			rc = put_chunk(f, SEAL_MESSAGE, e);
			continue;
		}
		memcpy(f->plain + f->n, p, part);
		f->n += part;
		f->total += part;
		p += part;
		n -= part;
	}
	return rc;
}

static enum rc
fill_up(struct sealfile_out *f, struct err *e)
{
	static const unsigned char zeros[4096];
	const uint64_t want = sealfile_padded(f->total);
	enum rc rc = RC_OK;

	while (f->total < want && rc == RC_OK)
		rc = sealfile_add(f, zeros, want - f->total < sizeof(zeros) ?
		    (size_t)(want - f->total) : sizeof(zeros), e);
	return rc;
}

enum rc
sealfile_finish(struct sealfile_out *f, struct err *e)
{
	enum rc rc = fill_up(f, e);
	int fd = f->fd;

	if (rc == RC_OK)
		rc = put_chunk(f, SEAL_FINAL, e);
	if (rc == RC_OK && fsync(fd) != 0)
		rc = err_sys(e, errno, "cannot write %s to the disk",
		    f->path);
	if (rc != RC_OK)
		return rc;
	f->fd = -1;
	return close(fd) == 0 ? RC_OK : err_sys(e, errno, "cannot write %s",
	    f->path);
}

enum rc
sealfile_publish(struct sealfile_out *f, uint64_t *bytes, struct err *e)
{
	enum rc rc = f->fd >= 0 ? sealfile_finish(f, e) : RC_OK;

	*bytes = f->bytes;
	if (rc == RC_OK)
		rc = file_publish(f->beside, f->name, e);
	if (rc == RC_OK) {
		free(f->beside);
		f->beside = NULL;
	}
	sealfile_drop(f);
	return rc;
}

void
sealfile_drop(struct sealfile_out *f)
{
	if (f == NULL)
		return;
	if (f->fd >= 0)
		(void)close(f->fd);
	if (f->beside != NULL)
		(void)unlink(f->beside);
	free(f->beside);
	free(f->name);
	free(f->path);
	sodium_memzero(f, sizeof(*f));
	free(f);
}
