/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * People: let in, given a role, a passphrase, a new start; each step whole
 * under faults and kills; and what somebody with a key and a database tool
 * may write that does not count.
 */
#include "config.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "db/header.h"
#include "db/people.h"
#include "tests/store/disk.h"
#include "tests/store/world.h"

#define ODA "Oda Fennimore"
#define ODA_PASS "quarry saddle violet kettle nine"
#define ODA_OWN "my own words are these five"
#define PIERS "Piers Quillfeather"

static struct secret
secret_of(const char *text)
{
	struct secret s;
	struct err e;

	if (secret_init(&s, 256, &e) != RC_OK)
		abort();
	(void)secret_add(&s, text, strlen(text));
	return s;
}

static enum rc
open_as(struct world *w, const char *user, const char *pass)
{
	struct secret p = secret_of(pass);
	enum rc rc;

	world_close(w);
	rc = store_open(w->path, user, &p, &w->opts, &w->s, &w->e);
	if (rc != RC_OK)
		w->s = NULL;
	secret_release(&p);
	return rc;
}

static enum rc
add(struct world *w, const char *name, enum role role)
{
	struct secret p = secret_of(ODA_PASS);
	enum rc rc = store_person_add(w->s, name, role, &p, &w->e);

	secret_release(&p);
	return rc;
}

static enum rc
change(struct world *w, const char *from, const char *to)
{
	struct secret old = secret_of(from), fresh = secret_of(to);
	enum rc rc = store_passphrase_change(w->s, &old, &fresh, &w->e);

	secret_release(&old);
	secret_release(&fresh);
	return rc;
}

static enum rc
reset(struct world *w, const char *name, const char *to)
{
	struct secret fresh = secret_of(to);
	enum rc rc = store_person_reset(w->s, name, &fresh, &w->e);

	secret_release(&fresh);
	return rc;
}

static int
make(void **state)
{
	struct world *w = calloc(1, sizeof(*w));

	world_init(w);
	world_create_as(w, ROLE_SUPERVISOR);
	*state = w;
	return 0;
}

static int
unmake(void **state)
{
	disk_mend();
	world_release(*state);
	free(*state);
	return 0;
}

static void
assert_sound(struct world *w)
{
	struct store_verdict v;

	world_ok(w, store_verify(w->s, NULL, NULL, &v, &w->e));
	assert_string_equal(v.fault, "");
}

static void
assert_fault(struct world *w, const char *words)
{
	struct store_verdict v;

	world_ok(w, store_verify(w->s, NULL, NULL, &v, &w->e));
	assert_false(v.sound);
	if (strstr(v.fault, words) == NULL)
		fail_msg("\"%s\" is not in: %s", words, v.fault);
}

struct looking {
	const char *name;
	struct person p;
	unsigned found, all, slots;
	char order[256];
};

static bool
look(const struct person *p, void *ctx)
{
	struct looking *l = ctx;

	l->all++;
	l->slots += p->has_slot;
	(void)snprintf(l->order + strlen(l->order),
	    sizeof(l->order) - strlen(l->order), "%s%s;", p->name,
	    p->ended != INT64_MAX ? " (ended)" : "");
	if (strcmp(p->name, l->name) == 0 && l->found++ == 0)
		l->p = *p;
	return true;
}

static struct looking
person(struct world *w, const char *name)
{
	struct looking l = {.name = name};

	world_ok(w, store_people(w->s, look, &l, &w->e));
	return l;
}

/* ---- the ordinary way ---- */

static void
a_person_is_let_in_and_works(void **state)
{
	struct world *w = *state;
	struct looking l;

	world_ok(w, add(w, ODA, ROLE_PRACTITIONER));
	l = person(w, ODA);
	assert_int_equal(l.found, 1);
	assert_int_equal(l.all, 2);
	assert_int_equal(l.p.role, ROLE_PRACTITIONER);
	assert_true(l.p.has_slot);
	assert_true(l.p.must_change);
	assert_false(l.p.may_grant);
	assert_false(l.p.me);
	assert_sound(w);
	assert_int_equal(add(w, "oda  FENNIMORE", ROLE_TRAINER), RC_EXISTS);
	assert_int_equal(open_as(w, NULL, ODA_PASS), RC_USAGE);
	assert_int_equal(open_as(w, ODA, WORLD_PASS), RC_PASSPHRASE);
	world_ok(w, open_as(w, ODA, ODA_PASS));
	assert_string_equal(store_user(w->s), ODA);
	assert_true(store_must_change(w->s));
	assert_false(store_may_grant(w->s));
	world_ok(w, change(w, ODA_PASS, ODA_OWN));
	assert_false(store_must_change(w->s));
	(void)world_case(w, "WREN-1");
	assert_sound(w);
	assert_int_equal(open_as(w, ODA, ODA_PASS), RC_PASSPHRASE);
	world_ok(w, open_as(w, ODA, ODA_OWN));
	assert_false(store_must_change(w->s));
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	assert_sound(w);
}

static void
a_passphrase_is_refused_for_a_reason(void **state)
{
	struct world *w = *state;

	assert_int_equal(change(w, "not the right words at all", ODA_OWN),
	    RC_PASSPHRASE);
	assert_int_equal(change(w, WORLD_PASS, "short"), RC_INPUT);
	assert_int_equal(change(w, WORLD_PASS, WORLD_PASS), RC_INPUT);
	world_reopen(w);
}

/* All of the header but one slot, its number and its two sums is the same. */
static void
a_new_passphrase_writes_one_slot(void **state)
{
	struct world *w = *state;
	unsigned char *before, *after;
	size_t n, changed = 0;

	world_ok(w, add(w, ODA, ROLE_PRACTITIONER));
	world_ok(w, add(w, PIERS, ROLE_TRAINER));
	world_ok(w, open_as(w, ODA, ODA_PASS));
	world_close(w);
	before = file_load(w->path, &n);
	world_ok(w, open_as(w, ODA, ODA_PASS));
	world_ok(w, change(w, ODA_PASS, ODA_OWN));
	world_close(w);
	after = file_load(w->path, &n);
	assert_memory_equal(after, after + HEADER_COPY, HEADER_COPY);
	for (size_t i = 0; i < HEADER_COPY; i++) {
		bool sums = i >= HEADER_COPY - 64;
		bool number = i >= 16 && i < 24;
		bool slot = i >= 512 + 1024 && i < 512 + 2048;

		changed += slot && before[i] != after[i];
		if (before[i] != after[i] && !sums && !number && !slot)
			fail_msg("byte %zu of the header changed", i);
	}
	assert_true(changed > 100);
	free(before);
	free(after);
}

static void
a_role_comes_with_its_rights(void **state)
{
	struct world *w = *state;

	world_ok(w, add(w, ODA, ROLE_PRACTITIONER));
	world_ok(w, open_as(w, ODA, ODA_PASS));
	world_ok(w, change(w, ODA_PASS, ODA_OWN));
	assert_int_equal(add(w, PIERS, ROLE_TRAINER), RC_REFUSED);
	assert_int_equal(store_person_role(w->s, ODA, ROLE_SUPERVISOR,
	    &w->e), RC_REFUSED);
	assert_int_equal(reset(w, WORLD_USER, ODA_PASS), RC_REFUSED);
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	world_ok(w, store_person_role(w->s, ODA, ROLE_ADMINISTRATOR, &w->e));
	assert_int_equal(store_person_role(w->s, ODA, ROLE_ADMINISTRATOR,
	    &w->e), RC_EXISTS);
	world_ok(w, open_as(w, ODA, ODA_OWN));
	assert_int_equal(store_role(w->s), ROLE_ADMINISTRATOR);
	assert_true(store_may_grant(w->s));
	world_ok(w, add(w, PIERS, ROLE_TRAINER));
	assert_sound(w);
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	world_ok(w, store_person_role(w->s, ODA, ROLE_AUDITOR, &w->e));
	assert_sound(w);
	world_ok(w, open_as(w, ODA, ODA_OWN));
	assert_false(store_may_grant(w->s));
	assert_int_equal(store_person_role(w->s, ODA, ROLE_SUPERVISOR,
	    &w->e), RC_REFUSED);
	/* What they did while they held the role stands. */
	assert_int_equal(person(w, PIERS).p.role, ROLE_TRAINER);
	assert_sound(w);
}

static void
a_given_passphrase_gives_nothing_on(void **state)
{
	struct world *w = *state;

	world_ok(w, add(w, ODA, ROLE_SUPERVISOR));
	world_ok(w, open_as(w, ODA, ODA_PASS));
	assert_int_equal(add(w, PIERS, ROLE_TRAINER), RC_REFUSED);
	world_ok(w, change(w, ODA_PASS, ODA_OWN));
	world_ok(w, add(w, PIERS, ROLE_TRAINER));
}

static void
somebody_is_always_left_who_may_grant(void **state)
{
	struct world *w = *state;

	world_ok(w, add(w, ODA, ROLE_SUPERVISOR));
	/* The founder keeps the root key whatever the role. */
	world_ok(w, store_person_role(w->s, WORLD_USER, ROLE_PRACTITIONER,
	    &w->e));
	assert_true(store_may_grant(w->s));
	world_ok(w, store_person_role(w->s, ODA, ROLE_TRAINER, &w->e));
	world_ok(w, add(w, PIERS, ROLE_ADMINISTRATOR));
	world_ok(w, open_as(w, PIERS, ODA_PASS));
	world_ok(w, change(w, ODA_PASS, ODA_OWN));
	/* A forgotten passphrase does not take the founder's right away. */
	world_ok(w, reset(w, WORLD_USER, ODA_PASS));
	assert_true(person(w, WORLD_USER).p.may_grant);
	world_ok(w, store_person_role(w->s, WORLD_USER, ROLE_TRAINER,
	    &w->e));
	assert_false(person(w, WORLD_USER).p.may_grant);
	assert_int_equal(store_person_role(w->s, PIERS, ROLE_TRAINER,
	    &w->e), RC_REFUSED);
	assert_sound(w);
}

static void
a_forgotten_passphrase_is_replaced(void **state)
{
	struct world *w = *state;
	struct looking l;

	world_ok(w, add(w, ODA, ROLE_PRACTITIONER));
	world_ok(w, open_as(w, ODA, ODA_PASS));
	world_ok(w, change(w, ODA_PASS, ODA_OWN));
	(void)world_case(w, "WREN-1");
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	assert_int_equal(reset(w, WORLD_USER, ODA_PASS), RC_REFUSED);
	assert_int_equal(reset(w, PIERS, ODA_PASS), RC_NOTFOUND);
	world_ok(w, reset(w, ODA, "a third passphrase for Oda now"));
	assert_sound(w);
	l = person(w, ODA);
	assert_int_equal(l.found, 2);
	assert_int_equal(l.slots, 2);
	assert_string_equal(l.order, WORLD_USER ";" ODA ";" ODA " (ended);");
	assert_true(l.p.must_change);
	assert_int_equal(open_as(w, ODA, ODA_OWN), RC_PASSPHRASE);
	world_ok(w, open_as(w, ODA, "a third passphrase for Oda now"));
	assert_int_equal(store_role(w->s), ROLE_PRACTITIONER);
	world_ok(w, change(w, "a third passphrase for Oda now", ODA_OWN));
	(void)world_case(w, "WREN-2");
	assert_sound(w);
}

/* A clock put back neither shuts a new person out nor undoes what was done. */
static void
a_clock_put_back_takes_nothing_away(void **state)
{
	struct world *w = *state;

	world_ok(w, add(w, ODA, ROLE_PRACTITIONER));
	w->now -= 3600000;
	world_ok(w, open_as(w, ODA, ODA_PASS));
	world_ok(w, change(w, ODA_PASS, ODA_OWN));
	w->now += 7200000;
	(void)world_case(w, "WREN-1");
	w->now -= 7200000;
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	world_ok(w, reset(w, ODA, ODA_PASS));
	assert_sound(w);
	world_ok(w, open_as(w, ODA, ODA_PASS));
	(void)world_case(w, "WREN-2");
	assert_sound(w);
}

/* ---- faults ---- */

/* Whole: nobody half in, whatever the step came to. */
static bool
assert_whole(struct world *w, const char *name, enum rc rc)
{
	struct looking l;
	bool in;

	disk_mend();
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	assert_sound(w);
	l = person(w, name);
	assert_int_equal(l.all, l.slots);
	in = l.found == 1;
	if (rc == RC_OK)
		assert_true(in);
	if (in) {
		world_ok(w, open_as(w, name, ODA_PASS));
		world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	} else {
		assert_int_equal(open_as(w, name, ODA_PASS), RC_PASSPHRASE);
		world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	}
	return in;
}

static void
walk_adding(struct world *w, enum disk_fault fault, bool for_ever,
    long stride)
{
	int in = 0, out = 0;
	char name[64];
	long at;

	for (at = 1; at < 200; at += stride) {
		enum rc rc;
		bool struck;

		if (person(w, ODA).all > 30) {
			world_release(w);
			world_init(w);
			world_create_as(w, ROLE_SUPERVISOR);
		}
		(void)snprintf(name, sizeof(name), "Person %d %d %ld",
		    (int)fault, for_ever, at);
		disk_arm(fault, at, for_ever, (uint64_t)at);
		rc = add(w, name, ROLE_PRACTITIONER);
		struck = disk_struck();
		if (assert_whole(w, name, rc))
			in++;
		else
			out++;
		if (!struck)
			break;
	}
	assert_true(at > 15 && at < 200);
	assert_true(in > 0 && out > 3);
}

static void
a_failing_disk_lets_in_or_does_not(void **state)
{
	struct world *w = *state;

	walk_adding(w, DISK_EIO, false, 1);
	walk_adding(w, DISK_EIO, true, 3);
	walk_adding(w, DISK_FULL, true, 3);
	walk_adding(w, DISK_CUT, true, 2);
}

/* After a failure the same handle goes on, and the step can be made again. */
static void
a_failed_step_can_be_made_again(void **state)
{
	struct world *w = *state;
	char name[64];
	long at;
	enum rc rc;

	for (at = 1; at < 200; at++) {
		bool struck;

		(void)snprintf(name, sizeof(name), "Person %ld", at);
		if (person(w, name).all > 30)
			break;
		disk_arm(DISK_EIO, at, false, 1);
		rc = add(w, name, ROLE_PRACTITIONER);
		struck = disk_struck();
		disk_mend();
		if (rc != RC_OK)
			rc = add(w, name, ROLE_PRACTITIONER);
		if (rc != RC_OK && rc != RC_EXISTS)
			fail_msg("fault %ld: %s", at, w->e.text);
		(void)assert_whole(w, name, RC_OK);
		if (!struck)
			break;
	}
	assert_true(at > 15);
}

static void
a_passphrase_is_the_old_or_the_new(void **state)
{
	struct world *w = *state;
	static const char *const words[2] = {ODA_PASS, ODA_OWN};
	static const enum disk_fault faults[] = {
		DISK_EIO, DISK_FULL, DISK_CUT
	};
	size_t now = 0;

	world_ok(w, add(w, ODA, ROLE_PRACTITIONER));
	for (size_t f = 0; f < 3; f++) {
		for (long at = 1; at < 100; at++) {
			bool struck;
			enum rc rc;

			world_ok(w, open_as(w, ODA, words[now]));
			disk_arm(faults[f], at, true, (uint64_t)at);
			rc = change(w, words[now], words[1 - now]);
			struck = disk_struck();
			world_close(w);
			disk_mend();
			if (open_as(w, ODA, words[1 - now]) == RC_OK)
				now = 1 - now;
			else if (rc == RC_OK)
				fail_msg("fault %ld: done, and is not", at);
			else
				world_ok(w, open_as(w, ODA, words[now]));
			assert_sound(w);
			if (!struck) {
				assert_true(at > 4);
				break;
			}
		}
	}
}

/* The child makes one step and is killed at one call to the disk. */
static int
child_step(const char *path, const char *what, const char *at)
{
	struct world w;
	enum rc rc;

	world_init(&w);
	w.seed = strtoull(at, NULL, 10) * 1000 + 77;
	(void)snprintf(w.path, sizeof(w.path), "%s", path);
	world_ok(&w, open_as(&w, WORLD_USER, WORLD_PASS));
	disk_arm(DISK_KILL, strtol(at, NULL, 10), false, 1);
	if (strcmp(what, "add") == 0)
		rc = add(&w, PIERS, ROLE_PRACTITIONER);
	else if (strcmp(what, "reset") == 0)
		rc = reset(&w, ODA, ODA_OWN);
	else
		rc = store_person_role(w.s, ODA, strcmp(what, "up") == 0 ?
		    ROLE_SUPERVISOR : ROLE_PRACTITIONER, &w.e);
	if (rc != RC_OK)
		fprintf(stderr, "%s\n", w.e.text);
	world_close(&w);
	return rc == RC_OK ? 0 : 1;
}

/* Runs a step killed at its at-th call; true if it came to its end. */
static bool
killed_at(struct world *w, const char *what, long at)
{
	char number[32];
	const char *words[] = {"step", w->path, what, number, NULL};
	int to, from, status, pid;

	world_close(w);
	(void)snprintf(number, sizeof(number), "%ld", at);
	pid = child_start(words, &to, &from);
	status = child_wait(pid);
	(void)close(to);
	(void)close(from);
	assert_true(status == 0 || status == -1);
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	assert_sound(w);
	return status == 0;
}

static void
a_kill_lets_in_or_does_not(void **state)
{
	struct world *w = *state;
	unsigned char *before;
	size_t n;
	bool done = false;
	long at;

	world_ok(w, add(w, ODA, ROLE_PRACTITIONER));
	world_close(w);
	before = file_load(w->path, &n);
	for (at = 1; at < 200 && !done; at++) {
		struct looking l;

		file_save(w->path, before, n);
		done = killed_at(w, "add", at);
		l = person(w, PIERS);
		assert_int_equal(l.all, l.slots);
		assert_int_equal(open_as(w, PIERS, ODA_PASS),
		    l.found == 1 ? RC_OK : RC_PASSPHRASE);
	}
	assert_true(done && at > 15);
	free(before);
}

static void
a_kill_resets_or_does_not(void **state)
{
	struct world *w = *state;
	unsigned char *before;
	size_t n;
	bool done = false;
	long at;

	world_ok(w, add(w, ODA, ROLE_PRACTITIONER));
	world_close(w);
	before = file_load(w->path, &n);
	for (at = 1; at < 200 && !done; at++) {
		bool fresh;

		file_save(w->path, before, n);
		done = killed_at(w, "reset", at);
		assert_int_equal(person(w, ODA).slots, 2);
		fresh = person(w, ODA).found == 2;
		world_close(w);
		assert_int_equal(open_as(w, ODA, ODA_OWN),
		    fresh ? RC_OK : RC_PASSPHRASE);
		assert_int_equal(open_as(w, ODA, ODA_PASS),
		    fresh ? RC_PASSPHRASE : RC_OK);
	}
	assert_true(done && at > 15);
	free(before);
}

/* The person themselves is the first to come back after the kill. */
static void
whoever_opens_first_settles(void **state)
{
	struct world *w = *state;
	unsigned char *before;
	int to, from, status = -1;
	size_t n;

	world_ok(w, add(w, ODA, ROLE_PRACTITIONER));
	world_close(w);
	before = file_load(w->path, &n);
	for (long at = 1; at < 200 && status != 0; at++) {
		char number[32];
		const char *words[] = {"step", w->path, "reset", number, NULL};
		enum rc old, fresh;

		world_close(w);
		file_save(w->path, before, n);
		(void)snprintf(number, sizeof(number), "%ld", at);
		status = child_wait(child_start(words, &to, &from));
		(void)close(to);
		(void)close(from);
		old = open_as(w, ODA, ODA_PASS);
		fresh = open_as(w, ODA, ODA_OWN);
		assert_true((old == RC_OK) != (fresh == RC_OK));
		assert_true(old == RC_OK || old == RC_REFUSED ||
		    old == RC_PASSPHRASE);
	}
	assert_int_equal(status, 0);
	free(before);
}

static void
kill_a_role_change(struct world *w, const char *way)
{
	unsigned char *before;
	bool done = false;
	size_t n;
	long at;

	world_close(w);
	before = file_load(w->path, &n);
	for (at = 1; at < 200 && !done; at += 2) {
		struct looking l;

		world_close(w);
		file_save(w->path, before, n);
		done = killed_at(w, way, at);
		l = person(w, ODA);
		assert_int_equal(l.p.may_grant, l.p.role == ROLE_SUPERVISOR);
	}
	assert_true(done && at > 10);
	free(before);
}

static void
a_kill_leaves_role_and_root_key_together(void **state)
{
	struct world *w = *state;

	world_ok(w, add(w, ODA, ROLE_PRACTITIONER));
	kill_a_role_change(w, "up");
	assert_true(person(w, ODA).p.may_grant);
	kill_a_role_change(w, "down");
	assert_false(person(w, ODA).p.may_grant);
}

/* ---- forged ---- */

/* Writes an entry of the register past all checks, as w's user signs it. */
static void
forge(struct world *w, const char *kind, json_t *body)
{
	struct entry_draft d = {case_id_register(), kind, span_none(), body};

	raw_pass_roles(w->s, true);
	world_ok(w, store_append(w->s, &d, 1, NULL, &w->e));
	raw_pass_roles(w->s, false);
	entry_draft_release(&d);
}

static json_t *
role_body(struct world *w, const char *role, const char *grant)
{
	char hex[2 * AUTHOR_LEN + 1];
	json_t *body;

	hex_format(store_author(w->s)->b, AUTHOR_LEN, hex);
	body = json_pack("{s:s, s:s}", "key", hex, "role", role);
	if (grant != NULL)
		(void)json_object_set_new(body, "grant", json_string(grant));
	return body;
}

static void
in_as_oda(struct world *w)
{
	world_ok(w, add(w, ODA, ROLE_PRACTITIONER));
	world_ok(w, open_as(w, ODA, ODA_PASS));
	world_ok(w, change(w, ODA_PASS, ODA_OWN));
}

static void
assert_still_practitioner(struct world *w)
{
	assert_int_equal(store_role(w->s), ROLE_PRACTITIONER);
	assert_false(store_may_grant(w->s));
	assert_fault(w, "of " ODA " (a role");
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	assert_int_equal(person(w, ODA).p.role, ROLE_PRACTITIONER);
	assert_fault(w, "it does not count");
}

static void
a_role_given_to_oneself_does_not_count(void **state)
{
	struct world *w = *state;

	in_as_oda(w);
	forge(w, "role", role_body(w, "supervisor", NULL));
	assert_still_practitioner(w);
}

static void
an_invented_grant_does_not_count(void **state)
{
	struct world *w = *state;
	char hex[129];

	in_as_oda(w);
	memset(hex, 'a', 128);
	hex[128] = '\0';
	forge(w, "role", role_body(w, "administrator", hex));
	assert_still_practitioner(w);
}

/* The grant in the last entry that made somebody supervisor. */
static char *
steal_grant(struct world *w)
{
	char *grant = raw_text(w->s, "SELECT json_extract(body, '$.grant')"
	    " FROM entry WHERE json_extract(body, '$.role') = 'supervisor'"
	    " AND json_extract(body, '$.grant') IS NOT NULL"
	    " ORDER BY n DESC LIMIT 1");

	assert_non_null(grant);
	assert_int_equal(strlen(grant), 128);
	return grant;
}

/* Oda was a supervisor once, and keeps the entry that made her one. */
static void
an_old_grant_does_not_count_again(void **state)
{
	struct world *w = *state;
	char *old;

	world_ok(w, add(w, ODA, ROLE_PRACTITIONER));
	world_ok(w, store_person_role(w->s, ODA, ROLE_SUPERVISOR, &w->e));
	old = steal_grant(w);
	world_ok(w, store_person_role(w->s, ODA, ROLE_PRACTITIONER, &w->e));
	world_ok(w, open_as(w, ODA, ODA_PASS));
	world_ok(w, change(w, ODA_PASS, ODA_OWN));
	forge(w, "role", role_body(w, "supervisor", old));
	free(old);
	assert_still_practitioner(w);
}

/* In a store of their own everybody is their own supervisor. */
static void
a_grant_of_another_store_does_not_count(void **state)
{
	struct world *w = *state, other;
	char *own;

	world_init(&other);
	other.seed = 5000;
	world_create_as(&other, ROLE_SUPERVISOR);
	world_ok(&other, add(&other, ODA, ROLE_PRACTITIONER));
	world_ok(&other, store_person_role(other.s, ODA, ROLE_SUPERVISOR,
	    &other.e));
	own = steal_grant(&other);
	world_release(&other);
	in_as_oda(w);
	forge(w, "role", role_body(w, "supervisor", own));
	free(own);
	assert_still_practitioner(w);
}

static void
ending_another_without_a_grant_does_not_count(void **state)
{
	struct world *w = *state;
	char hex[2 * AUTHOR_LEN + 1];

	hex_format(store_author(w->s)->b, AUTHOR_LEN, hex);
	in_as_oda(w);
	forge(w, "revoke", json_pack("{s:s, s:s}", "key", hex, "reason",
	    "invented"));
	assert_fault(w, "of " ODA " (a revoke");
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	assert_int_equal(store_role(w->s), ROLE_SUPERVISOR);
	assert_true(store_may_grant(w->s));
}

static void
a_friend_let_in_without_a_grant_is_nobody(void **state)
{
	struct world *w = *state;
	char hex[65];

	in_as_oda(w);
	memset(hex, 'b', 64);
	hex[64] = '\0';
	forge(w, "user", json_pack("{s:s, s:s}", "name", PIERS, "key", hex));
	assert_int_equal(person(w, PIERS).found, 0);
	assert_fault(w, "of " ODA " (a user");
}

static void
the_role_is_asked_for_when_writing(void **state)
{
	struct world *w = *state;

	in_as_oda(w);
	world_ok(w, open_as(w, WORLD_USER, WORLD_PASS));
	world_ok(w, store_person_role(w->s, ODA, ROLE_AUDITOR, &w->e));
	world_ok(w, open_as(w, ODA, ODA_OWN));
	assert_int_equal(world_append(w, draft_open(store_new_case_id(w->s),
	    "WREN-9"), NULL), RC_REFUSED);
}

#define T(f) cmocka_unit_test_setup_teardown(f, make, unmake)
int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		T(a_person_is_let_in_and_works),
		T(a_passphrase_is_refused_for_a_reason),
		T(a_new_passphrase_writes_one_slot),
		T(a_role_comes_with_its_rights),
		T(a_given_passphrase_gives_nothing_on),
		T(somebody_is_always_left_who_may_grant),
		T(a_forgotten_passphrase_is_replaced),
		T(a_clock_put_back_takes_nothing_away),
		T(a_failing_disk_lets_in_or_does_not),
		T(a_failed_step_can_be_made_again),
		T(a_passphrase_is_the_old_or_the_new),
		T(a_kill_lets_in_or_does_not),
		T(a_kill_resets_or_does_not),
		T(whoever_opens_first_settles),
		T(a_kill_leaves_role_and_root_key_together),
		T(a_role_given_to_oneself_does_not_count),
		T(an_invented_grant_does_not_count),
		T(an_old_grant_does_not_count_again),
		T(a_grant_of_another_store_does_not_count),
		T(ending_another_without_a_grant_does_not_count),
		T(a_friend_let_in_without_a_grant_is_nobody),
		T(the_role_is_asked_for_when_writing),
	};

	disk_install();
	if (argc == 5 && strcmp(argv[1], "step") == 0)
		return child_step(argv[2], argv[3], argv[4]);
	return cmocka_run_group_tests_name("store: people", tests, NULL,
	    NULL);
}
