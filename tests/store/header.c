/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The header in two copies: a flip in either is mended, in both is told, and
 * a write torn at any place leaves a store that opens.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/header.h"
#include "db/slot.h"
#include "tests/store/disk.h"
#include "tests/store/world.h"

static int
make(void **state)
{
	struct world *w = calloc(1, sizeof(*w));

	world_init(w);
	world_create(w);
	world_close(w);
	*state = w;
	return 0;
}

static int
unmake(void **state)
{
	world_release(*state);
	free(*state);
	return 0;
}

static void
assert_mended(struct world *w)
{
	unsigned char *p;
	size_t n;

	world_ok(w, world_open(w));
	assert_non_null(store_notice(w->s));
	world_close(w);
	p = file_load(w->path, &n);
	assert_memory_equal(p, p + HEADER_COPY, HEADER_COPY);
	free(p);
	world_ok(w, world_open(w));
	assert_null(store_notice(w->s));
	world_close(w);
}

static void
a_flip_in_one_copy_is_mended(void **state)
{
	struct world *w = *state;
	static const size_t places[] = {
		0, 9, 16, 30, 60, 100, 513, 530, 600, 700, 900, 2000, 40000,
		65471, 65472, 65504, 65535
	};
	unsigned char *p;
	size_t n;

	for (size_t i = 0; i < 2 * sizeof(places) / sizeof(places[0]); i++) {
		p = file_load(w->path, &n);
		p[places[i / 2] + (i % 2) * HEADER_COPY] ^= 0x20;
		file_save(w->path, p, n);
		free(p);
		assert_mended(w);
	}
}

static void
flips_in_both_copies_are_told(void **state)
{
	struct world *w = *state;
	unsigned char *p;
	size_t n;

	p = file_load(w->path, &n);
	p[700] ^= 1;
	p[HEADER_COPY + 30000] ^= 1;
	file_save(w->path, p, n);
	free(p);
	assert_int_equal(world_open(w), RC_DAMAGED);
	assert_non_null(strstr(w->e.text, "both copies"));
}

/* Someone who can compute checksums, but has no key, alters both copies. */
static void
alterations_with_a_fitting_checksum_are_told(void **state)
{
	struct world *w = *state;
	struct header *h = malloc(sizeof(*h));
	unsigned char key[32] = {0}, *p, *sound;
	size_t n;

	sound = file_load(w->path, &n);
	p = file_load(w->path, &n);
	for (int i = 0; i < 8; i++) {
		assert_int_equal(header_parse(sound, h), HEADER_SOUND);
		switch (i) {
		case 0:
			h->slots[0].role = ROLE_SUPERVISOR;
			break;
		case 1:
			h->slots[0].ops = UINT64_C(1) << 40;
			break;
		case 2:
			h->slots[0].mem = UINT64_C(1) << 50;
			break;
		case 3:
			h->slots[0].mem = 0;
			break;
		case 4:
			h->slots[0].ed_pk[3] ^= 1;
			break;
		case 5:
			h->slots[0].master[9] ^= 1;
			break;
		case 6:
			h->generation += 5;
			break;
		default:
			h->slots[0].salt[0] ^= 1;
			break;
		}
		header_format(h, key, p);
		header_format(h, key, p + HEADER_COPY);
		file_save(w->path, p, n);
		switch (world_open(w)) {
		case RC_DAMAGED:
		case RC_TAMPERED:
		case RC_PASSPHRASE:
			break;
		default:
			fail_msg("alteration %d: %s", i, w->e.text);
		}
	}
	free(sound);
	free(p);
	free(h);
}

/* An altered copy with a higher number does not hide the good one. */
static void
a_forged_newer_copy_is_passed_over(void **state)
{
	struct world *w = *state;
	struct header *h = malloc(sizeof(*h));
	unsigned char key[32] = {0}, *p;
	size_t n;

	p = file_load(w->path, &n);
	assert_int_equal(header_parse(p, h), HEADER_SOUND);
	h->generation = 77;
	header_format(h, key, p + HEADER_COPY);
	file_save(w->path, p, n);
	free(p);
	free(h);
	assert_mended(w);
}

static uint64_t
next_random(uint64_t *x)
{
	*x = *x * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return *x >> 33;
}

/* A write of which any set of sectors reached the disk, at either copy. */
static void
torn_writes_leave_a_store(void **state)
{
	struct world *w = *state;
	struct slot_request req = {.cost = w->opts.kdf, .pass = &w->pass};
	struct header *h = malloc(sizeof(*h));
	unsigned char *old, *fresh, *torn;
	struct keys *keys = keys_new();
	uint64_t x = 20260101;
	size_t n, index;

	old = file_load(w->path, &n);
	torn = malloc(n);
	fresh = malloc(HEADER_COPY);
	assert_int_equal(header_parse(old, h), HEADER_SOUND);
	world_ok(w, slot_unlock(h, &req, keys, &index, &w->e));
	h->generation++;
	header_format(h, keys->mac, fresh);
	for (int i = 0; i < 120; i++) {
		size_t stage = next_random(&x) % 2;

		memcpy(torn, old, n);
		if (stage == 1)
			memcpy(torn, fresh, HEADER_COPY);
		for (size_t at = 0; at < HEADER_COPY; at += 512)
			if (next_random(&x) % 2 == 0)
				memcpy(torn + stage * HEADER_COPY + at,
				    fresh + at, 512);
		file_save(w->path, torn, n);
		if (world_open(w) != RC_OK)
			fail_msg("torn write %d: %s", i, w->e.text);
		world_close(w);
	}
	free(old);
	free(torn);
	free(fresh);
	free(h);
	keys_free(keys);
}

/* A store that refuses the second write, as a full or failing disk does. */
struct faulty {
	unsigned char bytes[HEADER_SIZE];
	int writes_left;
};

static enum rc
faulty_write(void *ctx, uint64_t at, const void *buf, size_t n,
    struct err *e)
{
	struct faulty *f = ctx;

	if (f->writes_left-- <= 0) {
		memcpy(f->bytes + at, buf, n / 2);
		return err_set(e, RC_NOSPACE, "full");
	}
	memcpy(f->bytes + at, buf, n);
	return RC_OK;
}

static enum rc
faulty_sync(void *ctx, struct err *e)
{
	(void)ctx;
	(void)e;
	return RC_OK;
}

static void
a_failed_save_is_reported_and_harmless(void **state)
{
	struct world *w = *state;
	struct faulty *f = calloc(1, sizeof(*f));
	struct header_io io = {NULL, faulty_write, faulty_sync, f};
	struct header *h = calloc(1, sizeof(*h)), *back = malloc(sizeof(*h));
	unsigned char key[32] = {1};

	h->version = HEADER_VERSION;
	h->generation = 1;
	f->writes_left = 2;
	world_ok(w, header_save(&io, h, key, 0, &w->e));
	for (int left = 0; left < 2; left++) {
		for (unsigned first = 0; first < 2; first++) {
			h->generation++;
			f->writes_left = left;
			assert_int_equal(header_save(&io, h, key, first,
			    &w->e), RC_NOSPACE);
			assert_true(header_parse(f->bytes, back) ==
			    HEADER_SOUND || header_parse(f->bytes +
			    HEADER_COPY, back) == HEADER_SOUND);
			f->writes_left = 2;
			world_ok(w, header_save(&io, h, key, first, &w->e));
		}
	}
	free(f);
	free(h);
	free(back);
}

#define T(f) cmocka_unit_test_setup_teardown(f, make, unmake)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_flip_in_one_copy_is_mended),
		T(flips_in_both_copies_are_told),
		T(alterations_with_a_fitting_checksum_are_told),
		T(a_forged_newer_copy_is_passed_over),
		T(torn_writes_leave_a_store),
		T(a_failed_save_is_reported_and_harmless),
	};

	disk_install();
	return cmocka_run_group_tests_name("store: header", tests, NULL,
	    NULL);
}
