/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sealed container without a store: what went in comes out, for those it
 * is for, and each thing that can become of a file on its way is told from
 * the others.
 */
#include "config.h"

#include "exchange/sealfile.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <sodium.h>

#define FRONT(slots) (18u + (slots) * SEALFILE_SLOT + 24u)
#define PIECE (SEALFILE_CHUNK + 17u)

struct place {
	char dir[64], path[128];
	unsigned char pk[32], sk[32], others[3][32];
	struct err e;
};

static enum rc
unseal(const unsigned char *box, size_t n, unsigned char *key, void *ctx,
    struct err *e)
{
	const struct place *p = ctx;

	(void)e;
	return crypto_box_seal_open(key, box, n, p->pk, p->sk) == 0 ? RC_OK :
	    RC_NOTFOUND;
}

static int
make(void **state)
{
	struct place *p = calloc(1, sizeof(*p));
	unsigned char nobody[32];

	assert_true(sodium_init() >= 0);
	(void)snprintf(p->dir, sizeof(p->dir), "sealfile.XXXXXX");
	assert_non_null(mkdtemp(p->dir));
	(void)snprintf(p->path, sizeof(p->path), "%s/b", p->dir);
	(void)crypto_box_keypair(p->pk, p->sk);
	for (size_t i = 0; i < 3; i++)
		(void)crypto_box_keypair(p->others[i], nobody);
	*state = p;
	return 0;
}

static int
unmake(void **state)
{
	struct place *p = *state;

	(void)unlink(p->path);
	if (rmdir(p->dir) != 0)
		fail_msg("something was left in %s", p->dir);
	free(p);
	return 0;
}

static unsigned char
byte_at(uint64_t i)
{
	return (unsigned char)(i * 31 + (i >> 9));
}

/* A file of n plain bytes for the others and, if it is for us, for us. */
static uint64_t
write_file(struct place *p, uint64_t n, bool ours)
{
	unsigned char keys[4][32], part[1000];
	struct sealfile_out *f;
	uint64_t bytes = 0;

	memcpy(keys, p->others, sizeof(p->others));
	memcpy(keys[3], p->pk, 32);
	(void)unlink(p->path);
	assert_int_equal(sealfile_create(p->path,
	    (const unsigned char (*)[32])keys, ours ? 4 : 3, &f, &p->e),
	    RC_OK);
	for (uint64_t i = 0; i < n;) {
		size_t k = 0;

		for (; k < sizeof(part) && i < n; k++, i++)
			part[k] = byte_at(i);
		assert_int_equal(sealfile_add(f, part, k, &p->e), RC_OK);
	}
	assert_int_equal(sealfile_publish(f, &bytes, &p->e), RC_OK);
	return bytes;
}

/* Reads all; *n counts what came out, all of it as it went in. */
static enum rc
read_file(struct place *p, uint64_t *n)
{
	struct sealfile_in *f = NULL;
	const unsigned char *bytes;
	enum rc rc = sealfile_open(p->path, &f, &p->e);
	size_t k = 1;

	*n = 0;
	if (rc == RC_OK)
		rc = sealfile_unseal(f, unseal, p, &p->e);
	while (rc == RC_OK && k > 0) {
		rc = sealfile_next(f, &bytes, &k, &p->e);
		for (size_t i = 0; rc == RC_OK && i < k; i++)
			assert_true(bytes[i] == 0 ||
			    bytes[i] == byte_at(*n + i));
		*n += rc == RC_OK ? k : 0;
	}
	sealfile_close(f);
	return rc;
}

static void
refuses(struct place *p, enum rc want, const char *words)
{
	uint64_t n;

	assert_int_equal(read_file(p, &n), want);
	if (strstr(p->e.text, words) == NULL)
		fail_msg("\"%s\" is not in: %s", words, p->e.text);
	assert_non_null(strstr(p->e.text, p->path));
}

static void
change(const struct place *p, off_t at, const void *bytes, size_t n)
{
	int fd = open(p->path, O_WRONLY);

	assert_int_equal(pwrite(fd, bytes, n, at), (ssize_t)n);
	assert_int_equal(close(fd), 0);
}

static void
flip(const struct place *p, off_t at, unsigned bit)
{
	int fd = open(p->path, O_RDWR);
	unsigned char c;

	assert_int_equal(pread(fd, &c, 1, at), 1);
	c = (unsigned char)(c ^ 1u << bit);
	assert_int_equal(pwrite(fd, &c, 1, at), 1);
	assert_int_equal(close(fd), 0);
}

static void
cut(const struct place *p, uint64_t n)
{
	assert_int_equal(truncate(p->path, (off_t)n), 0);
}

/* ---- what goes in comes out ---- */

static void
comes_out_as_it_went_in(void **state)
{
	static const uint64_t sizes[] = {0, 1, SEALFILE_CHUNK - 1,
		SEALFILE_CHUNK, SEALFILE_CHUNK + 1, 3 * SEALFILE_CHUNK,
		300001};
	struct place *p = *state;
	struct stat st;
	uint64_t n, bytes;

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		bytes = write_file(p, sizes[i], true);
		assert_int_equal(read_file(p, &n), RC_OK);
		assert_int_equal(n, sealfile_padded(sizes[i]));
		assert_int_equal(stat(p->path, &st), 0);
		assert_int_equal(st.st_size, bytes);
		assert_int_equal(st.st_mode & 0777, 0600);
	}
}

static void
sizes_tell_little(void **state)
{
	uint64_t last = 0;
	unsigned distinct = 0;

	(void)state;
	for (uint64_t n = 0; n < (UINT64_C(1) << 32); n += n / 1000 + 7) {
		uint64_t padded = sealfile_padded(n);

		assert_true(padded >= n && padded >= last);
		assert_true(padded <= n + n / 9 + SEALFILE_CHUNK);
		assert_int_equal(sealfile_padded(padded), padded);
		distinct += padded != last;
		last = padded;
	}
	assert_in_range(distinct, 200, 520);
	assert_int_equal(sealfile_padded(UINT64_MAX), UINT64_MAX);
}

static void
nobody_can_tell_how_many_it_is_for(void **state)
{
	struct place *p = *state;
	unsigned char keys[SEALFILE_SLOTS][32], nobody[32];
	struct sealfile_out *f;
	struct sealfile_in *in;
	uint64_t sizes[2];

	for (size_t i = 0; i < SEALFILE_SLOTS; i++)
		(void)crypto_box_keypair(keys[i], nobody);
	for (size_t n = 1; n <= SEALFILE_SLOTS; n += 7) {
		(void)unlink(p->path);
		assert_int_equal(sealfile_create(p->path,
		    (const unsigned char (*)[32])keys, n, &f, &p->e), RC_OK);
		assert_int_equal(sealfile_publish(f, &sizes[n > 8], &p->e),
		    RC_OK);
		assert_int_equal(sealfile_open(p->path, &in, &p->e), RC_OK);
		assert_int_equal(sealfile_front(in)->slots, (n + 7) / 8 * 8);
		assert_int_equal(sealfile_front(in)->version, 1);
		assert_true(sealfile_front(in)->whole);
		sealfile_close(in);
	}
	assert_int_equal(sealfile_create(p->path,
	    (const unsigned char (*)[32])keys, 0, &f, &p->e), RC_INPUT);
}

static void
never_over_another(void **state)
{
	struct place *p = *state;
	struct sealfile_out *f;
	uint64_t n;

	(void)write_file(p, 10, true);
	assert_int_equal(sealfile_create(p->path,
	    (const unsigned char (*)[32])p->others, 1, &f, &p->e), RC_EXISTS);
	assert_int_equal(unlink(p->path), 0);
	assert_int_equal(symlink("nowhere", p->path), 0);
	assert_int_equal(sealfile_create(p->path,
	    (const unsigned char (*)[32])p->others, 1, &f, &p->e), RC_EXISTS);
	assert_int_equal(unlink(p->path), 0);
	/* One that comes while it is written. */
	assert_int_equal(sealfile_create(p->path,
	    (const unsigned char (*)[32])p->others, 1, &f, &p->e), RC_OK);
	n = (uint64_t)open(p->path, O_CREAT | O_WRONLY, 0600);
	assert_int_equal(close((int)n), 0);
	assert_int_equal(sealfile_publish(f, &n, &p->e), RC_EXISTS);
}

static void
a_key_that_is_none(void **state)
{
	static const unsigned char low[1][32];
	struct place *p = *state;
	struct sealfile_out *f;

	assert_int_equal(sealfile_create(p->path, low, 1, &f, &p->e),
	    RC_INPUT);
	assert_non_null(strstr(p->e.text, "card"));
}

/* ---- what becomes of files ---- */

static void
for_somebody_else(void **state)
{
	struct place *p = *state;

	(void)write_file(p, 100, false);
	refuses(p, RC_NOTFOUND, "not sealed to you");
}

static void
cut_short_anywhere(void **state)
{
	struct place *p = *state;
	const uint64_t bytes = write_file(p, 5 * SEALFILE_CHUNK + 77, true);
	static const uint64_t near_ends[] = {1, 14, 15, 16, 17, 18, 19, 97,
		FRONT(8) - 25, FRONT(8) - 1, FRONT(8), FRONT(8) + 1,
		FRONT(8) + 16, FRONT(8) + 17, FRONT(8) + 18};

	for (size_t i = 0; i < sizeof(near_ends) / sizeof(*near_ends); i++) {
		(void)write_file(p, 5 * SEALFILE_CHUNK + 77, true);
		cut(p, near_ends[i]);
		refuses(p, RC_DAMAGED, "cut short");
	}
	for (uint64_t n = 1; n < 6; n++) {
		for (int d = -18; d <= 18; d += 6) {
			(void)write_file(p, 5 * SEALFILE_CHUNK + 77, true);
			cut(p, FRONT(8) + n * PIECE - (uint64_t)(int64_t)d);
			refuses(p, RC_DAMAGED, "cut short");
		}
	}
	(void)write_file(p, 5 * SEALFILE_CHUNK + 77, true);
	cut(p, bytes - 1);
	refuses(p, RC_DAMAGED, "cut short");
	cut(p, 0);
	refuses(p, RC_INPUT, "not a bundle");
}

static void
added_to(void **state)
{
	static const uint64_t more[] = {1, 16, 17, 18, 400, 70000, 200000};
	static const uint64_t sizes[] = {0, 100000, 128u << 10};
	struct place *p = *state;

	for (size_t k = 0; k < 3; k++) {
		for (size_t i = 0; i < sizeof(more) / sizeof(*more); i++) {
			uint64_t n = write_file(p, sizes[k], true) + more[i];

			cut(p, n);
			refuses(p, RC_TAMPERED, "goes on behind its end");
		}
	}
}

static void
changed_anywhere(void **state)
{
	struct place *p = *state;
	const uint64_t bytes = write_file(p, 200000, true);
	uint64_t n;

	for (uint64_t at = 18; at < bytes; at += bytes / 97 + 1) {
		(void)write_file(p, 200000, true);
		flip(p, (off_t)at, (unsigned)(at % 8));
		if (read_file(p, &n) == RC_OK)
			fail_msg("byte %llu changed and read",
			    (unsigned long long)at);
		assert_true(p->e.rc == RC_TAMPERED || (at < FRONT(8) &&
		    p->e.rc == RC_NOTFOUND));
	}
	/* Also where nobody's slot stands, and in the header of the stream. */
	(void)write_file(p, 200000, true);
	flip(p, FRONT(8) - 30, 3);
	refuses(p, RC_TAMPERED, "changed");
	(void)write_file(p, 200000, true);
	flip(p, FRONT(8) - 3, 3);
	refuses(p, RC_TAMPERED, "changed");
}

static void
pieces_in_another_order(void **state)
{
	struct place *p = *state;
	unsigned char *a = malloc(PIECE), *b = malloc(PIECE);
	int fd;

	(void)write_file(p, 4 * SEALFILE_CHUNK, true);
	fd = open(p->path, O_RDWR);
	assert_int_equal(pread(fd, a, PIECE, FRONT(8) + PIECE), PIECE);
	assert_int_equal(pread(fd, b, PIECE, FRONT(8) + 2 * PIECE), PIECE);
	assert_int_equal(pwrite(fd, b, PIECE, FRONT(8) + PIECE), PIECE);
	assert_int_equal(pwrite(fd, a, PIECE, FRONT(8) + 2 * PIECE), PIECE);
	assert_int_equal(close(fd), 0);
	refuses(p, RC_TAMPERED, "another order");
	free(a);
	free(b);
}

static void
other_versions_and_other_files(void **state)
{
	struct place *p = *state;

	(void)write_file(p, 10, true);
	change(p, 15, "\2", 1);
	refuses(p, RC_NEWER, "newer Hearken");
	change(p, 15, "\0", 1);
	refuses(p, RC_INPUT, "not a bundle");
	change(p, 0, "PK", 2);
	refuses(p, RC_INPUT, "not a bundle");
}

static void
claims_of_slots(void **state)
{
	static const char *const claims[] = {"\0\0", "\7\0", "\11\0", "\70\0",
		"\377\377", "\0\1"};
	struct place *p = *state;

	for (size_t i = 0; i < sizeof(claims) / sizeof(*claims); i++) {
		(void)write_file(p, 10, true);
		change(p, 16, claims[i], 2);
		refuses(p, RC_INPUT, "claims to be sealed to");
	}
	/* More than there are: what follows is read as slots. */
	(void)write_file(p, 10, true);
	change(p, 16, "\20\0", 2);
	assert_int_not_equal(read_file(p, &(uint64_t){0}), RC_OK);
}

static void
a_hundred_gigabytes(void **state)
{
	struct place *p = *state;

	(void)write_file(p, 300000, true);
	cut(p, UINT64_C(100) << 30);
	refuses(p, RC_TAMPERED, "goes on behind its end");
	/* Nothing but a front, and zeros for as long as one likes. */
	(void)write_file(p, 300000, true);
	cut(p, FRONT(8));
	cut(p, UINT64_C(100) << 30);
	refuses(p, RC_TAMPERED, "changed");
}

static void
no_files(void **state)
{
	struct place *p = *state;
	char other[200];

	refuses(p, RC_NOTFOUND, "cannot open");
	assert_int_equal(mkfifo(p->path, 0600), 0);
	refuses(p, RC_INPUT, "a pipe");
	assert_int_equal(unlink(p->path), 0);
	assert_int_equal(mkdir(p->path, 0700), 0);
	refuses(p, RC_INPUT, "a folder");
	assert_int_equal(rmdir(p->path), 0);
	(void)write_file(p, 10, true);
	(void)snprintf(other, sizeof(other), "%s2", p->path);
	assert_int_equal(rename(p->path, other), 0);
	assert_int_equal(symlink("b2", p->path), 0);
	refuses(p, RC_INPUT, "a link");
	assert_int_equal(unlink(other), 0);
	assert_int_equal(unlink(p->path), 0);
	(void)snprintf(other, sizeof(other), "/dev/null");
	memcpy(p->path, other, 10);
	refuses(p, RC_INPUT, "a device");
	(void)snprintf(p->path, sizeof(p->path), "%s/b", p->dir);
}

static void
a_full_disk(void **state)
{
	struct place *p = *state;
	struct rlimit limit, all;
	struct sealfile_out *f = NULL;
	unsigned char part[5000] = {1};
	uint64_t bytes;
	enum rc rc;

	(void)signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &all), 0);
	limit = all;
	for (limit.rlim_cur = 0; limit.rlim_cur < 250000;
	    limit.rlim_cur += 30000) {
		assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
		rc = sealfile_create(p->path,
		    (const unsigned char (*)[32])p->others, 3, &f, &p->e);
		for (int i = 0; i < 50 && rc == RC_OK; i++)
			rc = sealfile_add(f, part, sizeof(part), &p->e);
		if (rc == RC_OK)
			rc = sealfile_publish(f, &bytes, &p->e);
		else
			sealfile_drop(f);
		assert_int_equal(setrlimit(RLIMIT_FSIZE, &all), 0);
		assert_int_equal(rc, RC_NOSPACE);
		assert_non_null(strstr(p->e.text, p->path));
		assert_null(strstr(p->e.text, ".new-"));
		/* unmake() fails if any part of it is left. */
		assert_int_equal(access(p->path, F_OK), -1);
	}
}

int
main(void)
{
#define EACH(f) cmocka_unit_test_setup_teardown(f, make, unmake)
	const struct CMUnitTest tests[] = {
		EACH(comes_out_as_it_went_in),
		EACH(sizes_tell_little),
		EACH(nobody_can_tell_how_many_it_is_for),
		EACH(never_over_another),
		EACH(a_key_that_is_none),
		EACH(for_somebody_else),
		EACH(cut_short_anywhere),
		EACH(added_to),
		EACH(changed_anywhere),
		EACH(pieces_in_another_order),
		EACH(other_versions_and_other_files),
		EACH(claims_of_slots),
		EACH(a_hundred_gigabytes),
		EACH(no_files),
		EACH(a_full_disk),
	};

	return cmocka_run_group_tests_name("sealed container", tests, NULL,
	    NULL);
}
