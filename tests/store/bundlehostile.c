/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whatever else may come as a bundle, from outside or from somebody who can
 * open it, has its own message and leaves the store as it was.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "exchange/bundle_stream.h"
#include "tests/store/twostores.h"

#define PIECE (SEALFILE_CHUNK + 17)
#define FRONT (18 + 8 * SEALFILE_SLOT + 24)

static void
refuses_in(struct two *t, struct world *w, enum rc want, const char *words)
{
	const struct state_of before = state_of(w);
	struct bundle_report r;
	enum rc looked, opened;

	looked = bundle_look(w->s, t->path, &w->clock, &r, &w->e);
	opened = bundle_open(w->s, t->path, &w->clock, NULL, NULL, &r,
	    &w->e);
	if (looked != want || opened != want)
		fail_msg("%d and %d, not %d: %s", looked, opened, want,
		    w->e.text);
	if (strstr(w->e.text, words) == NULL)
		fail_msg("\"%s\" is not in: %s", words, w->e.text);
	assert_untouched(w, &before);
}

static void
refuses(struct two *t, enum rc want, const char *words)
{
	refuses_in(t, &t->b, want, words);
}

static void
the_same_again(void **state)
{
	struct two *t = *state;
	struct bundle_report r;

	(void)sent_case(t, false);
	r = opened_by(t, &t->b);
	bundle_report_release(&r);
	refuses(t, RC_EXISTS, "taken in before, on 1 January 2026 at 10:00");
}

/* ---- what comes and is none ---- */

static void
keep(const char *path, const unsigned char *p, size_t n)
{
	(void)unlink(path);
	file_save(path, p, n);
}

static void
cut_short(void **state)
{
	static const size_t cuts[] = {1, 15, 17, 100, FRONT - 1, FRONT,
		FRONT + 1, FRONT + PIECE - 1, FRONT + PIECE,
		FRONT + PIECE + 1, FRONT + 2 * PIECE, FRONT + 3 * PIECE + 9};
	struct two *t = *state;
	unsigned char *p;
	size_t n;

	(void)sent_case(t, true);
	p = file_load(t->path, &n);
	assert_true(n > FRONT + 4 * PIECE);
	for (size_t i = 0; i < sizeof(cuts) / sizeof(*cuts); i++) {
		keep(t->path, p, cuts[i]);
		refuses(t, RC_DAMAGED, "cut short");
	}
	keep(t->path, p, n - 1);
	refuses(t, RC_DAMAGED, "cut short");
	keep(t->path, p, 0);
	refuses(t, RC_INPUT, "not a bundle");
	free(p);
}

static void
changed_on_the_way(void **state)
{
	struct two *t = *state;
	unsigned char *p, piece[PIECE];
	size_t n;

	(void)sent_case(t, true);
	p = file_load(t->path, &n);
	for (size_t at = FRONT + 5; at < n; at += n / 7) {
		p[at] ^= 4;
		keep(t->path, p, n);
		refuses(t, RC_TAMPERED, "changed");
		p[at] ^= 4;
	}
	memcpy(piece, p + FRONT, PIECE);
	memcpy(p + FRONT, p + FRONT + PIECE, PIECE);
	memcpy(p + FRONT + PIECE, piece, PIECE);
	keep(t->path, p, n);
	refuses(t, RC_TAMPERED, "another order");
	memcpy(p + FRONT + PIECE, p + FRONT, PIECE);
	memcpy(p + FRONT, piece, PIECE);
	p[15] = 2;
	keep(t->path, p, n);
	refuses(t, RC_NEWER, "version 2");
	p[15] = 1;
	p[16] = 0xff;
	keep(t->path, p, n);
	refuses(t, RC_INPUT, "claims");
	p[16] = 8;
	keep(t->path, p, n);
	assert_int_equal(truncate(t->path, (off_t)n + 5), 0);
	refuses(t, RC_TAMPERED, "behind its end");
	assert_int_equal(truncate(t->path, (off_t)100 << 30), 0);
	refuses(t, RC_TAMPERED, "behind its end");
	free(p);
}

static void
no_file_of_its_own(void **state)
{
	struct two *t = *state;
	char other[800];

	refuses(t, RC_NOTFOUND, "cannot open");
	assert_int_equal(mkdir(t->path, 0700), 0);
	refuses(t, RC_INPUT, "a folder");
	assert_int_equal(rmdir(t->path), 0);
	assert_int_equal(mkfifo(t->path, 0600), 0);
	refuses(t, RC_INPUT, "a pipe");
	assert_int_equal(unlink(t->path), 0);
	(void)sent_case(t, false);
	(void)snprintf(other, sizeof(other), "%s.real", t->path);
	assert_int_equal(rename(t->path, other), 0);
	assert_int_equal(symlink(other, t->path), 0);
	refuses(t, RC_INPUT, "a link");
	assert_int_equal(unlink(t->path), 0);
	keep(t->path, (const unsigned char *)"PK\3\4 not this one", 16);
	refuses(t, RC_INPUT, "not a bundle");
}

static void
for_somebody_else(void **state)
{
	struct two *t = *state;
	struct world c;
	unsigned char *p;
	size_t n;

	(void)sent_case(t, false);
	founded(&c, "Cleo Thirdly", 7000000);
	takes_card(&c, &t->a, SCHOOL);
	refuses_in(t, &c, RC_NOTFOUND, "not sealed to you");
	/* Ben passes it on, in Ada's name. */
	p = unsealed(&t->b, t->path, &n);
	seal_again(&c, t->path, p, n);
	refuses_in(t, &c, RC_REFUSED, "passed it on");
	free(p);
	world_release(&c);
}

static void
from_somebody_unknown(void **state)
{
	struct two *t = *state;
	struct case_id id;
	struct bundle_order o;
	struct world c;

	founded(&c, "Cleo Thirdly", 7000000);
	takes_card(&c, &t->b, TEAM);
	id = world_case(&c, "LARK-9");
	o = order_of(&c, &id, &t->ben, t->path);
	make_anew(&c, &o);
	refuses(t, RC_REFUSED, "it says that it comes from Cleo Thirdly");
	takes_card(&t->b, &c, "Elsewhere");
	world_ok(&t->b, store_distrust(t->b.s, store_author(c.s), "lost her "
	    "laptop", &t->b.e));
	refuses(t, RC_REFUSED, "was ended");
	world_release(&c);
}

static void
ones_own(void **state)
{
	struct two *t = *state;
	unsigned char *p;
	size_t n;

	(void)sent_case(t, false);
	p = unsealed(&t->b, t->path, &n);
	seal_again(&t->a, t->path, p, n);
	refuses_in(t, &t->a, RC_REFUSED, "you made this bundle yourself");
	free(p);
}

static void
expired(void **state)
{
	struct two *t = *state;
	struct bundle_report r;

	(void)sent_case(t, false);
	t->b.now += INT64_C(29) * 86400000;
	refuses(t, RC_REFUSED, "Thursday 29 January 2026 and has expired");
	t->b.now -= INT64_C(86400000);
	r = opened_by(t, &t->b);
	bundle_report_release(&r);
}

/* By a clock that is wrong, or to stay the latest for good. */
static void
dated_far_ahead(void **state)
{
	struct two *t = *state;
	struct bundle_report r;

	t->a.now += INT64_C(400) * 86400000;
	(void)sent_case(t, false);
	refuses(t, RC_REFUSED, "more than a year ahead");
	t->b.now += INT64_C(35) * 86400000;
	r = opened_by(t, &t->b);
	bundle_report_release(&r);
}

/* By less it comes in, for it may be all that is known, and is told. */
static void
dated_days_ahead(void **state)
{
	struct two *t = *state;
	struct bundle_report r;
	struct case_id id;
	struct casefile c;

	t->a.now += INT64_C(40) * 86400000;
	id = sent_case(t, false);
	r = opened_by(t, &t->b);
	assert_int_equal(r.sum.added, 4);
	assert_int_equal(r.sum.ahead, 4);
	assert_int_equal(r.sum.uncounted, 0);
	assert_true(r.sum.ahead_at > t->b.now + INT64_C(39) * 86400000);
	bundle_report_release(&r);
	world_ok(&t->b, store_case_load(t->b.s, &id, &c, &t->b.e));
	for (size_t i = 0; i < c.nrecords; i++)
		assert_true(record_stands(c.records[i]));
	casefile_release(&c);
}

static void
another_since_it_was_looked_into(void **state)
{
	struct two *t = *state;
	struct state_of before;
	struct bundle_report r;
	struct bundle_order o;
	struct case_id id;
	unsigned char hash[32], *p;
	size_t n;

	(void)sent_case(t, false);
	world_ok(&t->b, bundle_look(t->b.s, t->path, &t->b.clock, &r,
	    &t->b.e));
	memcpy(hash, r.hash, sizeof(hash));
	bundle_report_release(&r);
	p = file_load(t->path, &n);
	id = ada_case(t, "WREN-2", false);
	o = order_of(&t->a, &id, &t->ben, t->path);
	make_anew(&t->a, &o);
	before = state_of(&t->b);
	assert_int_equal(bundle_open_seen(t->b.s, t->path, &t->b.clock, NULL,
	    NULL, hash, &r, &t->b.e), RC_REFUSED);
	assert_non_null(strstr(t->b.e.text, "looked into"));
	assert_untouched(&t->b, &before);
	keep(t->path, p, n);
	world_ok(&t->b, bundle_open_seen(t->b.s, t->path, &t->b.clock, NULL,
	    NULL, hash, &r, &t->b.e));
	bundle_report_release(&r);
	free(p);
}

/* ---- what somebody makes of it who can open it ---- */

/* Where the nth record of a type begins, from 0; its front is 5 bytes. */
static unsigned char *
record_at(unsigned char *p, size_t size, enum bundle_type type, size_t nth)
{
	size_t n;

	for (size_t at = 0; at + 5 <= size; at += 5 + n) {
		n = (size_t)p[at + 1] | (size_t)p[at + 2] << 8 |
		    (size_t)p[at + 3] << 16;
		if (p[at] == type && nth-- == 0)
			return p + at;
	}
	fail_msg("there is no such record");
	return p;
}

static void
remade_by_who_can_open_it(void **state)
{
	struct two *t = *state;
	unsigned char *p, *was, *at, *to;
	size_t n;

	(void)sent_case(t, false);
	p = unsealed(&t->b, t->path, &n);
	was = malloc(n);
	memcpy(was, p, n);

	/* A word in an entry. */
	at = memmem(p, n, "kiosk", 5);
	memcpy(at, "quays", 5);
	seal_again(&t->b, t->path, p, n);
	refuses(t, RC_TAMPERED, "");
	memcpy(p, was, n);

	/* A word in the head: the signature. */
	at = memmem(p, n, "review of the plan", 18);
	memcpy(at, "closing of the fil", 18);
	seal_again(&t->b, t->path, p, n);
	refuses(t, RC_TAMPERED, "not signed by " ADA);
	memcpy(p, was, n);

	/* The signature itself. */
	record_at(p, n, BUNDLE_END, 0)[9] ^= 1;
	seal_again(&t->b, t->path, p, n);
	refuses(t, RC_TAMPERED, "not signed by " ADA);
	memcpy(p, was, n);

	/* An entry left out. */
	at = record_at(p, n, BUNDLE_ENTRY, 1);
	to = record_at(p, n, BUNDLE_ENTRY, 2);
	memmove(at, to, n - (size_t)(to - p));
	seal_again(&t->b, t->path, p, n - (size_t)(to - at));
	refuses(t, RC_TAMPERED, "");
	memcpy(p, was, n);

	/* The end moved to the front; bytes behind the end. */
	*p = BUNDLE_ENTRY;
	seal_again(&t->b, t->path, p, n);
	refuses(t, RC_INPUT, "not in the order");
	memcpy(p, was, n);
	p[n - 1] = 1;
	seal_again(&t->b, t->path, p, n);
	refuses(t, RC_INPUT, "behind the signature");
	memcpy(p, was, n);

	/* A record that claims four gigabytes. */
	memset(record_at(p, n, BUNDLE_ENTRY, 1) + 1, 0xff, 4);
	seal_again(&t->b, t->path, p, n);
	refuses(t, RC_INPUT, "claims 4294967295 bytes");
	memcpy(p, was, n);

	/* Fewer entries than it holds. */
	at = memmem(p, n, "\"entries\":4,", 12);
	at[10] = '3';
	seal_again(&t->b, t->path, p, n);
	refuses(t, RC_INPUT, "larger than it says");
	free(p);
	free(was);
}

static void
a_full_disk_while_it_is_opened(void **state)
{
	struct two *t = *state;
	const rlim_t base = size_of(t->b.path);
	struct state_of before;
	struct bundle_report r;
	int refused = 0;
	enum rc rc = RC_NOSPACE;

	(void)sent_case(t, true);
	before = state_of(&t->b);
	for (rlim_t extra = 0; rc != RC_OK && extra < 2000000;
	    extra += 60000) {
		limit_files(base + extra);
		rc = bundle_open(t->b.s, t->path, &t->b.clock, NULL, NULL,
		    &r, &t->b.e);
		limit_files(RLIM_INFINITY);
		if (rc == RC_OK)
			break;
		assert_int_equal(rc, RC_NOSPACE);
		assert_untouched(&t->b, &before);
		refused++;
	}
	assert_true(refused > 3);
	assert_int_equal(rc, RC_OK);
	bundle_report_release(&r);
}

int
main(void)
{
#define EACH(f) cmocka_unit_test_setup_teardown(f, two_make, two_unmake)
	const struct CMUnitTest tests[] = {
		EACH(the_same_again),
		EACH(cut_short),
		EACH(changed_on_the_way),
		EACH(no_file_of_its_own),
		EACH(for_somebody_else),
		EACH(from_somebody_unknown),
		EACH(ones_own),
		EACH(expired),
		EACH(dated_far_ahead),
		EACH(dated_days_ahead),
		EACH(another_since_it_was_looked_into),
		EACH(remade_by_who_can_open_it),
		EACH(a_full_disk_while_it_is_opened),
	};

	return cmocka_run_group_tests_name("store: hostile bundles", tests,
	    NULL, NULL);
}
