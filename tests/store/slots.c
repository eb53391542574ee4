/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Key slots in memory: adding, wrapping anew, granting anew; and what a
 * header that somebody altered is not given.
 */
#include "config.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/slot.h"
#include "tests/store/world.h"

/* A founded header in memory and all that its founder holds. */
struct slots {
	struct world w;
	struct header h;
	struct keys *keys;
	struct root_key *root;
	struct granting by;
};

static struct slot_request
request(struct slots *t, const char *user)
{
	return (struct slot_request){
		.user = user, .pass = &t->w.pass, .role = ROLE_PRACTITIONER,
		.cost = t->w.opts.kdf, .rng = &t->w.rng
	};
}

static int
make(void **state)
{
	struct slots *t = calloc(1, sizeof(*t));
	struct slot_request req;

	world_init(&t->w);
	t->h.version = HEADER_VERSION;
	memset(t->h.uuid, 7, UUID_LEN);
	t->keys = keys_new();
	req = request(t, WORLD_USER);
	world_ok(&t->w, slot_found(&t->h, &req, t->keys, &t->w.e));
	world_ok(&t->w, slot_root_open(&t->h, 0, t->keys, &t->root,
	    &t->w.e));
	t->by = (struct granting){t->root, t->keys};
	*state = t;
	return 0;
}

static int
unmake(void **state)
{
	struct slots *t = *state;

	slot_root_free(t->root);
	keys_free(t->keys);
	world_release(&t->w);
	free(t);
	return 0;
}

static size_t
add(struct slots *t, struct slot_request req)
{
	size_t index = SLOTS;

	world_ok(&t->w, slot_add(&t->h, &req, &t->by, &index, &t->w.e));
	return index;
}

/* Unlocks and gives the keys, freed by the caller. */
static struct keys *
unlocked(struct slots *t, struct slot_request req, size_t want)
{
	struct keys *k = keys_new();
	size_t index = SLOTS;

	world_ok(&t->w, slot_unlock(&t->h, &req, k, &index, &t->w.e));
	assert_int_equal(index, want);
	return k;
}

static void
a_second_person_gets_the_same_master_key(void **state)
{
	struct slots *t = *state;
	struct slot_request req = request(t, "Oda Fennimore");
	struct root_key *root;
	struct keys *k;
	size_t at;

	req.must_change = true;
	at = add(t, req);
	assert_int_equal(header_slots(&t->h), 2);
	assert_true(t->h.slots[at].pending);
	assert_true(t->h.slots[at].must_change);
	k = unlocked(t, req, at);
	assert_memory_equal(k->master, t->keys->master, 32);
	assert_memory_not_equal(k->ed_sk, t->keys->ed_sk, 32);
	assert_memory_not_equal(k->receipts, k->drafts, 32);
	assert_int_equal(slot_root_open(&t->h, at, k, &root, &t->w.e),
	    RC_REFUSED);
	keys_free(k);
	assert_int_equal(slot_add(&t->h, &req, &t->by, &at, &t->w.e),
	    RC_EXISTS);
}

static void
the_slots_are_counted_out(void **state)
{
	struct slots *t = *state;
	struct slot_request req;
	char name[32];
	size_t at;

	for (unsigned i = 1; i < SLOTS; i++) {
		(void)snprintf(name, sizeof(name), "Person %u", i);
		(void)add(t, request(t, name));
	}
	req = request(t, "One Too Many");
	assert_int_equal(slot_add(&t->h, &req, &t->by, &at, &t->w.e),
	    RC_REFUSED);
	slot_clear(&t->h, 17);
	assert_int_equal(add(t, req), 17);
}

static void
a_new_passphrase_keeps_the_identity(void **state)
{
	struct slots *t = *state;
	struct slot old = t->h.slots[0];
	struct slot_request req = request(t, WORLD_USER);
	struct secret pass;
	struct keys *k;
	size_t index;

	world_ok(&t->w, secret_init(&pass, 64, &t->w.e));
	(void)secret_add(&pass, "other words than before", 23);
	req.pass = &pass;
	world_ok(&t->w, slot_rewrap(&t->h, 0, &req, t->keys, &t->w.e));
	k = unlocked(t, req, 0);
	assert_memory_equal(k, t->keys, sizeof(*k));
	assert_memory_equal(old.grant, t->h.slots[0].grant, 64);
	assert_memory_not_equal(old.salt, t->h.slots[0].salt, 16);
	assert_memory_not_equal(old.nonce, t->h.slots[0].nonce, 24);
	req.pass = &t->w.pass;
	assert_int_equal(slot_unlock(&t->h, &req, k, &index, &t->w.e),
	    RC_PASSPHRASE);
	assert_int_equal(slot_try(&t->h, 0, &req, &t->w.e), RC_PASSPHRASE);
	keys_free(k);
	secret_release(&pass);
}

static void
the_root_key_comes_and_goes_with_a_grant(void **state)
{
	struct slots *t = *state;
	struct slot_request req = request(t, "Oda Fennimore");
	size_t at = add(t, req);
	struct keys *k = unlocked(t, req, at);
	struct root_key *root;

	req.role = ROLE_SUPERVISOR;
	req.has_root = true;
	world_ok(&t->w, slot_regrant(&t->h, at, &req, &t->by, &t->w.e));
	world_ok(&t->w, slot_root_open(&t->h, at, k, &root, &t->w.e));
	assert_memory_equal(root, t->root, sizeof(*root));
	slot_root_free(root);
	req.role = ROLE_TRAINER;
	req.has_root = false;
	world_ok(&t->w, slot_regrant(&t->h, at, &req, &t->by, &t->w.e));
	assert_int_equal(slot_root_open(&t->h, at, k, &root, &t->w.e),
	    RC_REFUSED);
	assert_true(sodium_is_zero(t->h.slots[at].root, 80));
	keys_free(k);
}

static void
another_master_key_reaches_who_is_left(void **state)
{
	struct slots *t = *state;
	struct slot_request a = request(t, "Oda Fennimore");
	struct slot_request b = request(t, "Piers Quillfeather");
	size_t at_a, at_b, index;
	struct keys *k, *fresh = keys_new();
	struct root_key *root;

	a.has_root = true;
	at_a = add(t, a);
	at_b = add(t, b);
	memcpy(fresh, t->keys, sizeof(*fresh));
	memset(fresh->master, 9, 32);
	slot_clear(&t->h, at_b);
	t->by.keys = fresh;
	world_ok(&t->w, slot_regrant_all(&t->h, &t->by, &t->w.e));
	assert_int_equal(t->h.slots[0].epoch, 2);
	assert_int_equal(t->h.slots[at_a].epoch, 2);
	k = unlocked(t, a, at_a);
	assert_memory_equal(k->master, fresh->master, 32);
	world_ok(&t->w, slot_root_open(&t->h, at_a, k, &root, &t->w.e));
	slot_root_free(root);
	assert_int_equal(slot_unlock(&t->h, &b, k, &index, &t->w.e),
	    RC_PASSPHRASE);
	keys_free(k);
	at_b = add(t, b);
	assert_int_equal(t->h.slots[at_b].epoch, 2);
	keys_free(fresh);
}

/* A colleague swaps in a box key of their own; the header's MAC they can. */
static void
an_altered_slot_is_given_nothing(void **state)
{
	struct slots *t = *state;
	struct slot_request req = request(t, "Oda Fennimore");
	size_t at = add(t, req);
	unsigned char sk[32];
	struct header before;

	crypto_box_keypair(t->h.slots[at].x_pk, sk);
	before = t->h;
	assert_false(slot_grant_holds(&t->h, at));
	assert_int_equal(slot_regrant_all(&t->h, &t->by, &t->w.e),
	    RC_TAMPERED);
	assert_int_equal(slot_regrant(&t->h, at, &req, &t->by, &t->w.e),
	    RC_TAMPERED);
	assert_memory_equal(&before, &t->h, sizeof(before));
}

static void
codes_open_their_own_slots_only(void **state)
{
	struct slots *t = *state;
	struct slot_request code = request(t, NULL), pair = request(t, NULL);
	size_t at_code, at_pair, index;
	struct slot_request name;
	struct keys *k;

	code.type = SLOT_RECOVERY;
	pair.type = SLOT_PAIR;
	code.has_root = pair.has_root = true;
	at_code = add(t, code);
	at_pair = add(t, pair);
	assert_int_equal(header_slots(&t->h), 1);
	k = unlocked(t, code, at_code);
	keys_free(k);
	k = unlocked(t, pair, at_pair);
	/* The same bytes are another key in a slot of another type. */
	slot_clear(&t->h, at_pair);
	assert_int_equal(slot_unlock(&t->h, &pair, k, &index, &t->w.e),
	    RC_PASSPHRASE);
	t->h.slots[at_code].type = SLOT_PAIR;
	assert_int_equal(slot_unlock(&t->h, &pair, k, &index, &t->w.e),
	    RC_PASSPHRASE);
	t->h.slots[at_code].type = SLOT_RECOVERY;
	/* The only person needs no name, whatever codes there are. */
	name = request(t, NULL);
	world_ok(&t->w, slot_unlock(&t->h, &name, k, &index, &t->w.e));
	assert_int_equal(index, 0);
	/* And a slot of a code is nobody's passphrase. */
	slot_clear(&t->h, 0);
	assert_int_equal(slot_unlock(&t->h, &name, k, &index, &t->w.e),
	    RC_PASSPHRASE);
	keys_free(k);
}

static void
the_new_bytes_are_kept(void **state)
{
	struct slots *t = *state;
	unsigned char *bytes = malloc(HEADER_COPY);
	struct slot_request req = request(t, "Oda Fennimore");
	struct header *back = malloc(sizeof(*back));
	size_t at;

	req.must_change = true;
	at = add(t, req);
	header_format(&t->h, t->keys->mac, bytes);
	assert_int_equal(header_parse(bytes, back), HEADER_SOUND);
	assert_int_equal(back->version, 2);
	assert_true(back->slots[at].must_change);
	assert_true(back->slots[at].pending);
	assert_false(back->slots[0].must_change);
	t->h.version = 1;
	header_format(&t->h, t->keys->mac, bytes);
	assert_int_equal(header_parse(bytes, back), HEADER_SOUND);
	assert_int_equal(back->version, 1);
	free(back);
	free(bytes);
}

#define T(f) cmocka_unit_test_setup_teardown(f, make, unmake)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_second_person_gets_the_same_master_key),
		T(the_slots_are_counted_out),
		T(a_new_passphrase_keeps_the_identity),
		T(the_root_key_comes_and_goes_with_a_grant),
		T(another_master_key_reaches_who_is_left),
		T(an_altered_slot_is_given_nothing),
		T(codes_open_their_own_slots_only),
		T(the_new_bytes_are_kept),
	};

	return cmocka_run_group_tests_name("store: slots", tests, NULL, NULL);
}
