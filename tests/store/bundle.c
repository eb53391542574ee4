/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cases go from one store to another in a bundle and come back; and whatever
 * else may come as a bundle has its own message and leaves the store as it
 * was.
 */
#include "config.h"

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

#include "db/watch.h"
#include "exchange/bundle_head.h"
#include "exchange/bundle_stream.h"
#include "tests/store/twostores.h"

#define PIECE (SEALFILE_CHUNK + 17)
#define FRONT (18 + 8 * SEALFILE_SLOT + 24)
#define PLANTED "Wilhelmina Plantagenet"
#define PLANTED_TEXT "seen at the harbour kiosk on Tuesday"
#define PLANTED_AGENCY "Quillfeather House"

/* A case of Ada's with some text; larger than two pieces when wanted. */
static struct case_id
ada_case(struct two *t, const char *reference, bool large)
{
	struct case_id id = world_case(&t->a, reference);
	char *text = malloc(20001);

	world_ok(&t->a, world_append(&t->a, draft_identity(id, PLANTED,
	    "2011-05-04"), NULL));
	world_ok(&t->a, world_append(&t->a, draft_observation(id, "B1",
	    "present", PLANTED_TEXT ", said " PLANTED_AGENCY), NULL));
	for (size_t i = 0; i < 20000; i++)
		text[i] = (char)('a' + i * 7 % 23);
	text[20000] = '\0';
	for (int i = 0; large && i < 16; i++)
		world_ok(&t->a, world_append(&t->a, draft_observation(id,
		    "B2", "suspected", text), NULL));
	free(text);
	return id;
}

/* One case in a bundle for Ben. */
static struct case_id
sent(struct two *t, bool large)
{
	struct case_id id = ada_case(t, "WREN-1", large);
	struct bundle_order o = order_of(&t->a, &id, &t->ben, t->path);

	make_anew(&t->a, &o);
	return id;
}

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

static struct bundle_report
opened(struct two *t, struct world *w)
{
	struct bundle_report r;

	world_ok(w, bundle_open(w->s, t->path, &w->clock, NULL, NULL, &r,
	    &w->e));
	return r;
}

/* ---- there and back ---- */

static void
there_and_back(void **state)
{
	struct two *t = *state;
	struct case_id id = sent(t, false);
	const struct state_of before = state_of(&t->b);
	struct bundle_order o;
	struct bundle_report r;

	world_ok(&t->b, bundle_look(t->b.s, t->path, &t->b.clock, &r,
	    &t->b.e));
	assert_int_equal(r.sum.added, 4);
	assert_int_equal(r.sum.opened, 1);
	bundle_report_release(&r);
	assert_untouched(&t->b, &before);

	r = opened(t, &t->b);
	assert_string_equal(r.sender, ADA " (" SCHOOL ")");
	assert_string_equal(r.file, "one.bundle");
	assert_string_equal(r.head.purpose, "for the review of the plan");
	assert_int_equal(r.sum.added, 4);
	assert_int_equal(r.sum.uncounted, 0);
	assert_int_equal(r.ncases, 1);
	assert_false(r.known.gap || r.recalls);
	bundle_report_release(&r);

	world_ok(&t->b, world_append(&t->b, draft_observation(id, "B3",
	    "present", "said at the review"), NULL));
	o = order_of(&t->b, &id, &t->ada, t->path);
	make_anew(&t->b, &o);
	r = opened(t, &t->a);
	assert_int_equal(r.sum.added, 3);
	assert_int_equal(r.sum.uncounted, 0);
	assert_int_equal(r.sum.opened, 0);
	bundle_report_release(&r);

	o = order_of(&t->a, &id, &t->ben, t->path);
	o.receipts = true;
	make_anew(&t->a, &o);
	r = opened(t, &t->b);
	assert_string_equal(r.head.selection, "receipt");
	assert_int_equal(r.sum.added, 2);
	bundle_report_release(&r);
	assert_same_case(&t->a, &t->b, &id);
}

static void
the_same_again(void **state)
{
	struct two *t = *state;
	struct bundle_report r;

	(void)sent(t, false);
	r = opened(t, &t->b);
	bundle_report_release(&r);
	refuses(t, RC_EXISTS, "taken in before, on 1 January 2026 at 10:00");
}

static void
out_of_order(void **state)
{
	struct two *t = *state;
	struct case_id id = sent(t, false);
	struct bundle_order o = order_of(&t->a, &id, &t->ben, t->path);
	struct bundle_report r;

	world_ok(&t->a, world_append(&t->a, draft_observation(id, "B3",
	    "present", "later"), NULL));
	make_anew(&t->a, &o);
	r = opened(t, &t->b);
	assert_true(r.known.gap);
	assert_int_equal(r.head.to[0].sequence, 2);
	bundle_report_release(&r);
}

static void
nothing_readable_outside(void **state)
{
	static const char *const planted[] = {PLANTED, "Wilhelmina",
		"Plantagenet", PLANTED_TEXT, PLANTED_AGENCY, ADA, BEN,
		SCHOOL, TEAM, "WREN-1", "review of the plan", "observation",
		"safeguarding"};
	struct two *t = *state;
	struct bundle_outside outside;
	unsigned char *p;
	size_t n;

	(void)sent(t, false);
	p = file_load(t->path, &n);
	for (size_t i = 0; i < sizeof(planted) / sizeof(*planted); i++)
		assert_null(memmem(p, n, planted[i], strlen(planted[i])));
	assert_null(memmem(p, n, t->ada.b, AUTHOR_LEN));
	assert_null(memmem(p, n, t->ben.b, AUTHOR_LEN));
	free(p);
	/* And they are inside. */
	p = unsealed(&t->b, t->path, &n);
	for (size_t i = 0; i < sizeof(planted) / sizeof(*planted); i++)
		if (strcmp(planted[i], SCHOOL) != 0)
			assert_non_null(memmem(p, n, planted[i],
			    strlen(planted[i])));
	free(p);
	world_ok(&t->a, bundle_inspect(t->path, &outside, &t->a.e));
	assert_true(outside.whole);
	assert_int_equal(outside.version, 1);
}

/* ---- parts ---- */

static bool
holds(struct two *t, const char *words)
{
	size_t n;
	unsigned char *p = unsealed(&t->b, t->path, &n);
	bool found = memmem(p, n, words, strlen(words)) != NULL;

	free(p);
	return found;
}

static struct entry_draft
draft_of(struct case_id id, const char *kind, json_t *body)
{
	return (struct entry_draft){id, kind, strcmp(kind, "strike") == 0 ?
	    span_none() : span_of_day(20454), body};
}

static void
a_part_and_what_goes_along(void **state)
{
	struct two *t = *state;
	struct case_id id = ada_case(t, "WREN-1", false);
	struct bundle_order o = order_of(&t->a, &id, &t->ben, t->path);
	struct entry_id tick;
	char hex[2 * ENTRY_ID_LEN + 1];
	struct bundle_report r;

	world_ok(&t->a, world_append(&t->a, draft_observation(id, "B4",
	    "present", "a mistake, struck later"), &tick));
	hex_format(tick.b, ENTRY_ID_LEN, hex);
	world_ok(&t->a, world_append(&t->a, draft_of(id, "strike",
	    json_pack("{s:s, s:s}", "target", hex, "reason",
	    "it was another child")), NULL));
	world_ok(&t->a, world_append(&t->a, draft_of(id, "consent",
	    json_pack("{s:s, s:s, s:s}", "state", "given", "by", "child",
	    "to", "telling the club")), NULL));
	world_ok(&t->a, world_append(&t->a, draft_of(id, "consent",
	    json_pack("{s:s, s:s, s:s}", "state", "withdrawn", "by", "child",
	    "to", "telling the school")), NULL));
	o.only = "\"struck later\"";
	make_anew(&t->a, &o);
	assert_true(holds(t, "struck later"));
	assert_true(holds(t, "another child"));
	assert_true(holds(t, "telling the school"));
	assert_false(holds(t, "telling the club"));
	assert_false(holds(t, "kiosk"));
	assert_false(holds(t, PLANTED));
	r = opened(t, &t->b);
	assert_string_equal(r.head.selection, "part");
	assert_string_equal(r.head.what, "\"struck later\"");
	assert_int_equal(r.sum.added, 5);
	assert_int_equal(r.sum.uncounted, 0);
	bundle_report_release(&r);

	o.only = "kind:";
	(void)unlink(t->path);
	assert_int_equal(bundle_make(t->a.s, &o, &(struct bundle_made){{{0}},
	    0, 0, 0, 0}, &t->a.e), RC_INPUT);
}

/* ---- what is not sent ---- */

static void
not_sent(struct two *t, const struct bundle_order *o, enum rc want,
    const char *words)
{
	const struct state_of before = state_of(&t->a);
	struct bundle_made made;

	(void)unlink(t->path);
	assert_int_equal(bundle_make(t->a.s, o, &made, &t->a.e), want);
	if (strstr(t->a.e.text, words) == NULL)
		fail_msg("\"%s\" is not in: %s", words, t->a.e.text);
	assert_untouched(&t->a, &before);
	assert_int_equal(access(t->path, F_OK), -1);
}

static void
orders_that_say_too_little(void **state)
{
	struct two *t = *state;
	struct case_id ids[2] = {ada_case(t, "WREN-1", false)};
	struct author_id people[2] = {t->ben, t->ben};
	const struct bundle_order good = order_of(&t->a, ids, people,
	    t->path);
	struct bundle_order o = good;

	ids[1] = ids[0];
	o.purpose = "because";
	not_sent(t, &o, RC_INPUT, "10 letters");
	o = good;
	o.basis = "none";
	not_sent(t, &o, RC_INPUT, "lawful basis");
	o.basis = "whatever";
	not_sent(t, &o, RC_INPUT, "lawful basis");
	o = good;
	o.expires = moment_day(t->a.now) - 1;
	not_sent(t, &o, RC_INPUT, "in the past");
	o.expires = moment_day(t->a.now) + 400;
	not_sent(t, &o, RC_INPUT, "days ahead");
	o = good;
	o.ncases = 2;
	not_sent(t, &o, RC_INPUT, "same case");
	o.ncases = 0;
	not_sent(t, &o, RC_INPUT, "1 to 20000 cases");
	o = good;
	o.nto = 2;
	not_sent(t, &o, RC_INPUT, "same person");
	o.nto = 49;
	not_sent(t, &o, RC_INPUT, "1 to 48 people");
	o = good;
	memset(ids[0].b, 7, CASE_ID_LEN);
	not_sent(t, &o, RC_NOTFOUND, "case");
}

static void
people_who_are_not_known(void **state)
{
	struct two *t = *state;
	struct case_id id = ada_case(t, "WREN-1", false);
	struct bundle_order o = order_of(&t->a, &id, &t->ada, t->path);

	not_sent(t, &o, RC_REFUSED, "card is not known");
	o.to = &t->ben;
	world_ok(&t->a, store_distrust(t->a.s, &t->ben, "left the team",
	    &t->a.e));
	not_sent(t, &o, RC_REFUSED, "was ended");
}

static void
a_restricted_case(void **state)
{
	static const char *const named[] = {ADA};
	struct two *t = *state;
	struct case_id id = ada_case(t, "WREN-1", false);
	struct bundle_order o = order_of(&t->a, &id, &t->ben, t->path);
	struct restriction r = {.case_id = &id, .people = named, .n = 1,
		.reason = "her aunt works in this office",
		.review = DAY_NONE};

	world_ok(&t->a, store_restrict(t->a.s, &r, &t->a.e));
	not_sent(t, &o, RC_REFUSED, "WREN-1 is restricted, and " BEN);
}

static void
never_over_another_file(void **state)
{
	struct two *t = *state;
	struct case_id id = sent(t, false);
	const struct state_of before = state_of(&t->a);
	struct bundle_order o = order_of(&t->a, &id, &t->ben, t->path);
	struct bundle_made made;
	unsigned char *was, *is;
	size_t n, k;

	was = file_load(t->path, &n);
	assert_int_equal(bundle_make(t->a.s, &o, &made, &t->a.e), RC_EXISTS);
	is = file_load(t->path, &k);
	assert_int_equal(n, k);
	assert_memory_equal(was, is, n);
	assert_untouched(&t->a, &before);
	free(was);
	free(is);
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

	(void)sent(t, true);
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

	(void)sent(t, true);
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
	(void)sent(t, false);
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

	(void)sent(t, false);
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

	(void)sent(t, false);
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

	(void)sent(t, false);
	t->b.now += INT64_C(29) * 86400000;
	refuses(t, RC_REFUSED, "Thursday 29 January 2026 and has expired");
	t->b.now -= INT64_C(86400000);
	r = opened(t, &t->b);
	bundle_report_release(&r);
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

	(void)sent(t, false);
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

/* ---- a full disk ---- */

static void
limit_files(rlim_t size)
{
	struct rlimit limit;

	(void)signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	limit.rlim_cur = size;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static rlim_t
size_of(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return (rlim_t)st.st_size;
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

	(void)sent(t, true);
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

/* What the store cannot note does not leave. */
static void
a_full_disk_while_it_is_made(void **state)
{
	struct two *t = *state;
	struct case_id id = ada_case(t, "WREN-1", true);
	struct bundle_order o = order_of(&t->a, &id, &t->ben, t->path);
	const struct state_of before = state_of(&t->a);
	struct bundle_made made;
	char nowhere[800];

	for (rlim_t size = 0; size < 300000; size += 50000) {
		limit_files(size);
		assert_int_equal(bundle_make(t->a.s, &o, &made, &t->a.e),
		    RC_NOSPACE);
		limit_files(RLIM_INFINITY);
		assert_int_equal(access(t->path, F_OK), -1);
		assert_untouched(&t->a, &before);
	}
	(void)snprintf(nowhere, sizeof(nowhere), "%s/no/b", t->a.dir);
	o.path = nowhere;
	assert_int_equal(bundle_make(t->a.s, &o, &made, &t->a.e),
	    RC_NOTFOUND);
	assert_untouched(&t->a, &before);
	o.path = t->path;
	world_ok(&t->a, bundle_make(t->a.s, &o, &made, &t->a.e));
	assert_int_equal(size_of(t->path), made.bytes);
}

int
main(void)
{
#define EACH(f) cmocka_unit_test_setup_teardown(f, two_make, two_unmake)
	const struct CMUnitTest tests[] = {
		EACH(there_and_back),
		EACH(the_same_again),
		EACH(out_of_order),
		EACH(nothing_readable_outside),
		EACH(a_part_and_what_goes_along),
		EACH(orders_that_say_too_little),
		EACH(people_who_are_not_known),
		EACH(a_restricted_case),
		EACH(never_over_another_file),
		EACH(cut_short),
		EACH(changed_on_the_way),
		EACH(no_file_of_its_own),
		EACH(for_somebody_else),
		EACH(from_somebody_unknown),
		EACH(ones_own),
		EACH(expired),
		EACH(remade_by_who_can_open_it),
		EACH(a_full_disk_while_it_is_opened),
		EACH(a_full_disk_while_it_is_made),
	};

	return cmocka_run_group_tests_name("store: bundles", tests, NULL,
	    NULL);
}
