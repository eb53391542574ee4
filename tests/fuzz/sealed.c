/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sealed container.  A first byte of 'e' takes a whole one, sealed to a
 * key that is known here, and edits it: what comes out is all that went in,
 * or nothing.  Else the rest is the file.
 *
 *	s at(3) byte	sets a byte
 *	c n(3)		cuts it to n bytes
 *	a n(2) byte	adds n bytes
 *	x i j		two pieces change places
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "exchange/sealfile.h"

#define PLAIN 150000u
#define PIECE (SEALFILE_CHUNK + 17u)
#define FRONT (18u + 8u * SEALFILE_SLOT + 24u)
#define ROOM (4u << 16)

static char folder[512], path[600];
static unsigned char pk[32], sk[32];
static unsigned char whole[ROOM], edited[2 * ROOM];
static size_t nwhole;

static void
leave(void)
{
	(void)unlink(path);
	(void)rmdir(folder);
}

static unsigned char
byte_at(uint64_t i)
{
	return i < PLAIN ? (unsigned char)(i * 7 + 1) : 0;
}

static void
make_whole(void)
{
	static unsigned char plain[PLAIN];
	struct sealfile_out *f;
	uint64_t bytes;
	struct err e;
	FILE *in;

	for (size_t i = 0; i < PLAIN; i++)
		plain[i] = byte_at(i);
	HOLDS(sealfile_create(path, (const unsigned char (*)[32])&pk, 1, &f,
	    &e) == RC_OK);
	HOLDS(sealfile_add(f, plain, PLAIN, &e) == RC_OK);
	HOLDS(sealfile_publish(f, &bytes, &e) == RC_OK);
	in = fopen(path, "rb");
	HOLDS(in != NULL && bytes <= sizeof(whole));
	nwhole = fread(whole, 1, sizeof(whole), in);
	HOLDS(nwhole == bytes);
	(void)fclose(in);
}

static void
begin(void)
{
	static const unsigned char seed[crypto_box_SEEDBYTES] = {5};
	const char *tmp = getenv("TMPDIR");

	if (nwhole != 0)
		return;
	HOLDS(sodium_init() >= 0);
	(void)snprintf(folder, sizeof(folder), "%s/sealed.XXXXXX",
	    tmp != NULL ? tmp : "/tmp");
	HOLDS(mkdtemp(folder) != NULL);
	(void)snprintf(path, sizeof(path), "%s/f", folder);
	(void)atexit(leave);
	(void)crypto_box_seed_keypair(pk, sk, seed);
	make_whole();
}

/* ---- editing ---- */

static size_t
number(const uint8_t *p, size_t n)
{
	size_t v = 0;

	while (n-- > 0)
		v = v << 8 | *p++;
	return v;
}

static void
swap(size_t n, size_t i, size_t j)
{
	static unsigned char piece[PIECE];
	unsigned char *a = edited + FRONT + i * PIECE;
	unsigned char *b = edited + FRONT + j * PIECE;

	if (i == j || FRONT + (i + 1) * PIECE > n ||
	    FRONT + (j + 1) * PIECE > n)
		return;
	memcpy(piece, a, PIECE);
	memcpy(a, b, PIECE);
	memcpy(b, piece, PIECE);
}

/* One edit at p; returns the bytes of it, 0 when there is none. */
static size_t
edit(const uint8_t *p, size_t left, size_t *n)
{
	size_t k;

	if (left >= 5 && p[0] == 's' && *n > 0) {
		edited[number(p + 1, 3) % *n] = p[4];
		return 5;
	}
	if (left >= 4 && p[0] == 'c') {
		k = number(p + 1, 3);
		*n = k < *n ? k : *n;
		return 4;
	}
	if (left >= 4 && p[0] == 'a') {
		k = number(p + 1, 2);
		k = k < sizeof(edited) - *n ? k : sizeof(edited) - *n;
		memset(edited + *n, p[3], k);
		*n += k;
		return 4;
	}
	if (left >= 3 && p[0] == 'x') {
		swap(*n, p[1] % 4, p[2] % 4);
		return 3;
	}
	return 0;
}

static size_t
edit_all(const uint8_t *data, size_t left)
{
	size_t n = nwhole, k;

	memcpy(edited, whole, nwhole);
	for (; (k = edit(data, left, &n)) != 0; data += k)
		left -= k;
	return n;
}

/* ---- reading ---- */

static enum rc
unseal(const unsigned char *box, size_t n, unsigned char *key, void *ctx,
    struct err *e)
{
	(void)ctx;
	(void)e;
	return crypto_box_seal_open(key, box, n, pk, sk) == 0 ? RC_OK :
	    RC_NOTFOUND;
}

static enum rc
read_all(struct sealfile_in *f, uint64_t *total, struct err *e)
{
	const unsigned char *p;
	enum rc rc = sealfile_unseal(f, unseal, NULL, e);
	size_t n = 1;

	while (rc == RC_OK && n > 0) {
		rc = sealfile_next(f, &p, &n, e);
		for (size_t i = 0; rc == RC_OK && i < n; i++)
			HOLDS(p[i] == byte_at(*total + i));
		*total += rc == RC_OK ? n : 0;
	}
	return rc;
}

static void
check(bool same)
{
	struct sealfile_in *f = NULL;
	uint64_t total = 0;
	struct err e;
	enum rc rc;

	err_clear(&e);
	rc = sealfile_open(path, &f, &e);
	if (rc == RC_OK)
		rc = read_all(f, &total, &e);
	if (rc != RC_OK)
		fuzz_message(&e, "");
	HOLDS(rc == e.rc);
	HOLDS((rc == RC_OK) == same);
	HOLDS(!same || total == sealfile_padded(PLAIN));
	sealfile_close(f);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const uint8_t *bytes = data + 1;
	size_t len = n - 1;
	FILE *out;

	if (n < 1 || n > 8192)
		return 0;
	begin();
	if (data[0] == 'e') {
		len = edit_all(bytes, len);
		bytes = edited;
	}
	out = fopen(path, "wb");
	HOLDS(out != NULL && fwrite(bytes, 1, len, out) == len);
	HOLDS(fclose(out) == 0);
	check(len == nwhole && memcmp(bytes, whole, len) == 0);
	return 0;
}
