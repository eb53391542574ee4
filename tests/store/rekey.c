/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A store encrypted anew holds what it held, opens with the same
 * passphrases, and is all that is left under its name.  Cancelled, failing
 * or killed at any call there is the old store or the new one, whole.
 */
#include "config.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "db/cipher.h"
#include "db/header.h"
#include "db/people.h"
#include "tests/store/disk.h"
#include "tests/store/world.h"

#define SECOND "Tamsin Orrel"
#define SECOND_PASS "copper kettle orchard winter nine"
#define DRAFT_KEY "note/0011"
#define DRAFT_TEXT "half a sentence about a heron"

static void
make(struct world *w)
{
	struct case_id id;

	world_init(w);
	world_create(w);
	world_adopt(w);
	id = world_case(w, "WREN-1");
	for (int i = 0; i < 20; i++)
		world_ok(w, world_append(w, draft_observation(id, "B1",
		    "present", "quillwort words"), NULL));
	world_ok(w, store_draft_save(w->s, DRAFT_KEY, DRAFT_TEXT, &w->e));
}

static uint64_t
entries(struct world *w)
{
	uint64_t n = 0;

	world_ok(w, store_entry_count(w->s, &n, &w->e));
	return n;
}

static void
assert_sound(struct world *w)
{
	struct store_verdict v;

	world_ok(w, store_verify(w->s, NULL, NULL, &v, &w->e));
	assert_string_equal(v.fault, "");
}

static void
assert_draft(struct world *w)
{
	char *text = NULL;

	world_ok(w, store_draft_load(w->s, DRAFT_KEY, &text, &w->e));
	assert_non_null(text);
	assert_string_equal(text, DRAFT_TEXT);
	free(text);
}

static size_t
remains(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *f;
	size_t n = 0;

	while (d != NULL && (f = readdir(d)) != NULL)
		n += strstr(f->d_name, ".rekey-") != NULL;
	if (d != NULL)
		(void)closedir(d);
	return n;
}

static enum rc
rekey(struct world *w, const char *cipher)
{
	return store_rekey(w->s, cipher, "a stick was lost", NULL, NULL,
	    &w->e);
}

static void
read_header(const struct world *w, struct header *h)
{
	unsigned char *p;
	size_t n;

	p = file_load(w->path, &n);
	assert_int_equal(header_parse(p, h), HEADER_SOUND);
	free(p);
}

static void
the_store_goes_on_under_another_key(void **state)
{
	struct header *old = malloc(sizeof(*old)), *h = malloc(sizeof(*h));
	struct case_id id;
	struct world w;
	uint64_t n;

	(void)state;
	make(&w);
	n = entries(&w);
	read_header(&w, old);
	world_ok(&w, rekey(&w, NULL));
	assert_int_equal(entries(&w), n + 1);
	assert_draft(&w);
	assert_sound(&w);
	world_ok(&w, store_case_by_reference(w.s, "WREN-1", &id, &w.e));
	world_ok(&w, world_append(&w, draft_observation(id, "B2", "present",
	    "later words"), NULL));
	read_header(&w, h);
	assert_memory_equal(h->uuid, old->uuid, UUID_LEN);
	assert_int_equal(h->generation, old->generation + 1);
	assert_int_equal(h->slots[0].epoch, old->slots[0].epoch + 1);
	assert_memory_not_equal(h->slots[0].master, old->slots[0].master, 80);
	assert_memory_equal(h->slots[0].identity, old->slots[0].identity, 112);
	world_reopen(&w);
	assert_int_equal(entries(&w), n + 2);
	assert_draft(&w);
	assert_sound(&w);
	assert_int_equal(remains(w.dir), 0);
	world_release(&w);
	free(old);
	free(h);
}

/* The first pages would be the same, were the key. */
static void
old_pages_and_headers_open_nothing(void **state)
{
	unsigned char *old, *now;
	struct world w;
	size_t n, m;

	(void)state;
	make(&w);
	world_close(&w);
	old = file_load(w.path, &n);
	world_ok(&w, world_open(&w));
	world_ok(&w, rekey(&w, NULL));
	world_close(&w);
	now = file_load(w.path, &m);
	/* The old header over the new data. */
	memcpy(now, old, HEADER_SIZE);
	file_save(w.path, now, m);
	assert_int_equal(world_open(&w), RC_DAMAGED);
	free(now);
	/* Old data behind the new header. */
	file_save(w.path, old, n);
	world_ok(&w, world_open(&w));
	world_ok(&w, rekey(&w, NULL));
	world_close(&w);
	now = file_load(w.path, &m);
	memcpy(now + HEADER_SIZE, old + HEADER_SIZE, n - HEADER_SIZE);
	file_save(w.path, now, m);
	assert_int_equal(world_open(&w), RC_DAMAGED);
	free(now);
	free(old);
	world_release(&w);
}

static void
another_cipher(void **state)
{
	static const char *const ciphers[] = {
		"chacha20", "aegis-256", "aegis-256", "chacha20"
	};
	struct world w;
	unsigned char *p;
	size_t n;

	(void)state;
	make(&w);
	for (size_t i = 0; i < sizeof(ciphers) / sizeof(ciphers[0]); i++) {
		world_ok(&w, rekey(&w, ciphers[i]));
		assert_string_equal(store_cipher(w.s), ciphers[i]);
		assert_sound(&w);
		assert_draft(&w);
		world_reopen(&w);
		assert_string_equal(store_cipher(w.s), ciphers[i]);
		assert_sound(&w);
		p = file_load(w.path, &n);
		assert_true(cipher_front_holds(ciphers[i], p + HEADER_SIZE));
		free(p);
		/* Opened anew, for reading the file dropped the lock. */
		world_reopen(&w);
	}
	assert_int_equal(remains(w.dir), 0);
	world_release(&w);
}

static void
second_pass(struct secret *pass, struct world *w)
{
	world_ok(w, secret_init(pass, 256, &w->e));
	(void)secret_add(pass, SECOND_PASS, strlen(SECOND_PASS));
}

static void
everybody_keeps_their_passphrase(void **state)
{
	struct secret pass;
	struct world w;

	(void)state;
	make(&w);
	second_pass(&pass, &w);
	world_ok(&w, store_person_add(w.s, SECOND, ROLE_PRACTITIONER, &pass,
	    &w.e));
	world_ok(&w, rekey(&w, NULL));
	world_ok(&w, rekey(&w, "chacha20"));
	world_close(&w);
	world_ok(&w, store_open(w.path, SECOND, &pass, &w.opts, &w.s, &w.e));
	assert_sound(&w);
	/* Who cannot let others in cannot change the key either. */
	assert_int_equal(rekey(&w, NULL), RC_REFUSED);
	assert_int_equal(remains(w.dir), 0);
	world_close(&w);
	world_ok(&w, store_open(w.path, WORLD_USER, &w.pass, &w.opts, &w.s,
	    &w.e));
	assert_sound(&w);
	secret_release(&pass);
	world_release(&w);
}

static void
what_cannot_be_done_is_said(void **state)
{
	struct world w;
	uint64_t n;

	(void)state;
	make(&w);
	n = entries(&w);
	assert_int_equal(store_rekey(w.s, NULL, " \t", NULL, NULL, &w.e),
	    RC_INPUT);
	assert_int_equal(rekey(&w, "rot13"), RC_USAGE);
	world_ok(&w, store_bulk_begin(w.s, &w.e));
	assert_int_equal(rekey(&w, NULL), RC_BUSY);
	store_bulk_abandon(w.s);
	assert_int_equal(store_rekey(w.s, NULL, "caf\xe9", NULL, NULL, &w.e),
	    RC_INPUT);
	assert_int_equal(entries(&w), n);
	assert_int_equal(remains(w.dir), 0);
	world_release(&w);
}

struct stop {
	int at, calls;
};

static bool
stop_there(uint64_t done, uint64_t all, void *ctx)
{
	struct stop *stop = ctx;

	assert_true(done <= all);
	return ++stop->calls != stop->at;
}

static void
cancelled_nothing_has_changed(void **state)
{
	static const char *const ciphers[] = {NULL, "chacha20"};
	struct case_id id;
	struct world w;
	uint64_t n;

	(void)state;
	make(&w);
	world_ok(&w, store_case_by_reference(w.s, "WREN-1", &id, &w.e));
	/* Enough pages and rows that progress is told more than once. */
	for (int i = 0; i < 9000; i++) {
		struct entry_draft d;

		if (i == 0)
			world_ok(&w, store_bulk_begin(w.s, &w.e));
		d = draft_observation(id, "B1",
		    "present", "a longer line of invented words, so that "
		    "there are some more pages to copy than one slice");
		world_ok(&w, store_bulk_add(w.s, &d, NULL, &w.e));
		entry_draft_release(&d);
	}
	world_ok(&w, store_bulk_seal(w.s, &w.e));
	n = entries(&w);
	for (size_t i = 0; i < 2; i++) {
		struct stop stop = {.at = 1};
		enum rc rc;

		for (;; stop.at += i == 0 ? 1 : 12) {
			stop.calls = 0;
			rc = store_rekey(w.s, ciphers[i], "tried", stop_there,
			    &stop, &w.e);
			if (rc == RC_OK)
				break;
			assert_int_equal(rc, RC_CANCELLED);
			assert_int_equal(entries(&w), n);
			assert_int_equal(remains(w.dir), 0);
		}
		assert_true(stop.at > 2);
		assert_int_equal(entries(&w), ++n);
		assert_sound(&w);
	}
	world_release(&w);
}

static void
walk_faults(enum disk_fault fault, bool for_ever, const char *cipher)
{
	struct world w;
	uint64_t n, now;
	enum rc rc;
	long at;

	make(&w);
	n = entries(&w);
	for (at = 1; at < 3000; at += world_step(at < 12 ? 1 : 4)) {
		world_reopen(&w);
		disk_arm(fault, at, for_ever, 1);
		rc = rekey(&w, cipher);
		if (!disk_struck()) {
			disk_mend();
			world_ok(&w, rc);
			break;
		}
		disk_mend();
		world_reopen(&w);
		now = entries(&w);
		if (rc == RC_OK)
			assert_int_equal(now, n + 1);
		else if (now != n && now != n + 1)
			fail_msg("%d entries became %d", (int)n, (int)now);
		n = now;
		assert_sound(&w);
		assert_draft(&w);
		assert_int_equal(remains(w.dir), 0);
	}
	assert_in_range(at, 30, 2999);
	world_release(&w);
}

static void
input_output_errors(void **state)
{
	(void)state;
	walk_faults(DISK_EIO, false, NULL);
	walk_faults(DISK_EIO, true, NULL);
	walk_faults(DISK_EIO, true, "chacha20");
}

static void
full_disk(void **state)
{
	(void)state;
	walk_faults(DISK_FULL, false, NULL);
	walk_faults(DISK_FULL, true, NULL);
}

static int
child_rekey(const char *dir, const char *at, const char *cipher)
{
	struct world w;
	enum rc rc;

	world_init(&w);
	(void)snprintf(w.path, sizeof(w.path), "%s/test.hearken", dir);
	w.seed = 5000;
	world_ok(&w, world_open(&w));
	disk_arm(DISK_KILL, strtol(at, NULL, 10), false, 1);
	rc = rekey(&w, strcmp(cipher, "same") == 0 ? NULL : cipher);
	disk_mend();
	world_release(&w);
	return rc == RC_OK ? 0 : 1;
}

static void
kill_everywhere(const char *cipher, long step)
{
	char number[32];
	struct world w;
	int to, from, status = -1;
	uint64_t n, now;
	bool seen_remains = false;

	make(&w);
	n = entries(&w);
	for (long at = 1; status != 0; at += world_step(step)) {
		const char *words[] = {"rekey", w.dir, number, cipher, NULL};

		world_close(&w);
		(void)snprintf(number, sizeof(number), "%ld", at);
		status = child_wait(child_start(words, &to, &from));
		(void)close(to);
		(void)close(from);
		assert_true(status == 0 || status == -1);
		seen_remains |= remains(w.dir) != 0;
		world_ok(&w, world_open(&w));
		now = entries(&w);
		assert_true(now == n || now == n + 1);
		assert_true(status == -1 || now == n + 1);
		n = now;
		assert_sound(&w);
		assert_draft(&w);
		assert_int_equal(remains(w.dir), 0);
	}
	assert_true(seen_remains);
	world_release(&w);
}

static void
killed_at_any_call(void **state)
{
	(void)state;
	kill_everywhere("same", 7);
	kill_everywhere("chacha20", 31);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_store_goes_on_under_another_key),
		cmocka_unit_test(old_pages_and_headers_open_nothing),
		cmocka_unit_test(another_cipher),
		cmocka_unit_test(everybody_keeps_their_passphrase),
		cmocka_unit_test(what_cannot_be_done_is_said),
		cmocka_unit_test(cancelled_nothing_has_changed),
		cmocka_unit_test(input_output_errors),
		cmocka_unit_test(full_disk),
		cmocka_unit_test(killed_at_any_call),
	};

	disk_install();
	if (argc == 5 && strcmp(argv[1], "rekey") == 0)
		return child_rekey(argv[2], argv[3], argv[4]);
	return cmocka_run_group_tests_name("store: rekey", tests, NULL, NULL);
}
