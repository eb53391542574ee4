/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Three stores, any interleaving of writing and of bundles that come late,
 * twice or never: once everybody has exchanged with everybody, all three
 * hold the same entries of every case and say the same of them, each is
 * sound and its projections are those of a rebuild.
 *
 * HEARKEN_THREE_ROUNDS sets how many lists of steps are played and
 * HEARKEN_THREE_SEED the first of them.  A list that fails is made shorter
 * while it still fails, and printed.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/clocks.h"
#include "core/oversight.h"
#include "core/screen.h"
#include "tests/store/disk.h"
#include "tests/store/trio.h"

#define ROUNDS 12
#define STEPS 60		/* at most; half of that at least */

/* ---- what a case says, in one text ---- */

static void
add_id(struct str *out, const char *what, const struct record *r)
{
	char hex[2 * ENTRY_ID_LEN + 1] = "-";

	if (r != NULL)
		hex_format(r->entry.id.b, 8, hex);
	str_add_fmt(out, " %s %s", what, hex);
}

static void
add_record(struct str *out, const struct record *r)
{
	char by[2 * AUTHOR_LEN + 1];

	/* People of another store have its name behind their own. */
	hex_format(r->entry.author.b, 4, by);
	add_id(out, "\nentry", r);
	str_add_fmt(out, " %s by %s valid %d stands %d versions %zu",
	    r->entry.kind, by, (int)r->validity, record_stands(r),
	    r->standing);
	add_id(out, "struck", r->struck_by);
	add_id(out, "replaced", r->replaced_by);
	add_id(out, "of", r->version_of);
	add_id(out, "about", r->about);
}

static bool
add_clock(const struct clock_row *row, void *ctx)
{
	struct str *out = ctx;

	add_id(out, "\nclock", row->record);
	str_add_fmt(out, " %s %lld %s", row->id, (long long)row->due,
	    row->owner);
	return true;
}

/* One day for all three: their clocks differ. */
static void
add_level(struct str *out, const struct casefile *c,
    const struct instrument *in)
{
	int32_t day = moment_day(INT64_C(1767261600000));
	struct screening s;
	struct oversight o;
	struct answers a;

	casefile_answers(c, in, day, &a);
	screen_run(in, &a, &s);
	casefile_oversight(c, in, s.level, 3, &o);
	str_add_fmt(out, "\nrules %u could be %u people %u why %u since %lld",
	    s.level, s.could_be, o.level, o.why, (long long)o.since);
	add_id(out, "request", o.request);
	add_id(out, "flag", o.flag);
	add_id(out, "review", o.review);
	add_id(out, "returned", o.returned);
	add_id(out, "second", o.second);
}

static void
dump(struct str *out, const struct casefile *c, const struct instrument *in)
{
	str_add_fmt(out, "case %s \"%s\" birth %d changed %lld",
	    c->reference, c->name, (int)c->birth, (long long)c->changed);
	add_id(out, "opened", c->opened);
	add_id(out, "identity", c->identity);
	add_id(out, "screening", c->screening);
	add_id(out, "lowering", c->lowering);
	add_id(out, "voice", c->voice);
	add_id(out, "closed", c->closed);
	add_id(out, "restriction", c->restriction);
	add_id(out, "apart", c->restricted_apart);
	for (size_t i = 0; i < c->nrecords; i++)
		add_record(out, c->records[i]);
	for (size_t i = 0; i < c->nconflicts; i++) {
		str_add_fmt(out, "\nconflict %s", c->conflicts[i].field !=
		    NULL ? c->conflicts[i].field : "whole");
		add_id(out, "a", c->conflicts[i].a);
		add_id(out, "b", c->conflicts[i].b);
	}
	casefile_clocks(c, add_clock, out);
	add_level(out, c, in);
}

/* ---- whether three agree ---- */

static bool
say_case(struct trio *t, unsigned side, size_t which, struct str *out)
{
	struct world *w = &t->side[side];
	struct casefile c;
	enum rc rc = store_case_load(w->s, &t->cases[which], &c, &w->e);

	str_clear(out);
	if (rc == RC_NOTFOUND) {
		str_add(out, "not here");
		return true;
	}
	if (rc != RC_OK) {
		str_add_fmt(&t->fault, "loading: %s", w->e.text);
		return false;
	}
	dump(out, &c, store_default_instrument(w->s));
	casefile_release(&c);
	return true;
}

/* The first line in which they differ. */
static void
tell_difference(struct trio *t, size_t which, unsigned side, const char *a,
    const char *b)
{
	size_t at = 0, n;

	while (a[at] != '\0' && a[at] == b[at])
		at++;
	while (at > 0 && a[at - 1] != '\n')
		at--;
	n = strcspn(a + at, "\n");
	str_add_fmt(&t->fault, "case %zu: the first store says\n    %.*s\n  "
	    "and number %u\n    ", which, (int)n, a + at, side);
	n = strcspn(b + at, "\n");
	str_add_n(&t->fault, b + at, n);
}

static bool
agree(struct trio *t)
{
	struct str first, other;
	bool same = true;

	str_init(&first);
	str_init(&other);
	for (size_t i = 0; same && i < t->ncases; i++) {
		same = say_case(t, 0, i, &first);
		for (unsigned j = 1; same && j < SIDES; j++) {
			same = say_case(t, j, i, &other);
			if (!same || strcmp(first.s, other.s) == 0)
				continue;
			tell_difference(t, i, j, first.s, other.s);
			same = false;
		}
	}
	str_release(&first);
	str_release(&other);
	return same;
}

static bool
is_sound(struct trio *t, unsigned side)
{
	struct world *w = &t->side[side];
	unsigned char before[32], after[32];
	struct store_verdict v;

	if (store_verify(w->s, NULL, NULL, &v, &w->e) != RC_OK ||
	    store_projection_hash(w->s, before, &w->e) != RC_OK ||
	    store_rebuild(w->s, NULL, NULL, &w->e) != RC_OK ||
	    store_projection_hash(w->s, after, &w->e) != RC_OK) {
		str_add_fmt(&t->fault, "store %u: %s", side, w->e.text);
		return false;
	}
	if (!v.sound)
		str_add_fmt(&t->fault, "store %u: %s", side, v.fault);
	else if (memcmp(before, after, sizeof(before)) != 0)
		str_add_fmt(&t->fault, "store %u: a rebuild makes other "
		    "projections", side);
	return t->fault.len == 0;
}

/* ---- a list of steps ---- */

/*
 * Plays all; false with *why, owned, when it goes wrong.  sum says whether
 * bundles are files, and takes what was done.
 */
static bool
play(const struct step *steps, size_t n, char **why, struct trio *sum)
{
	struct trio t;
	bool ok = true;

	trio_make(&t, sum->files);
	for (size_t i = 0; ok && i < n; i++)
		ok = trio_step(&t, &steps[i]);
	ok = ok && trio_settle(&t) && agree(&t);
	for (unsigned i = 0; ok && i < SIDES; i++)
		ok = is_sound(&t, i);
	sum->added += t.added;
	sum->skipped += t.skipped;
	*why = ok ? NULL : strdup(t.fault.s);
	trio_release(&t);
	return ok;
}

static uint64_t
draw(uint64_t *x)
{
	*x = *x * UINT64_C(6364136223846793005) +
	    UINT64_C(1442695040888963407);
	return *x >> 33;
}

/* Of a hundred steps so many are of each sort. */
static enum what
draw_what(uint64_t *x)
{
	static const unsigned share[WHATS] = {4, 50, 16, 18, 3, 6, 3};
	unsigned at = (unsigned)(draw(x) % 100), sum = 0, i;

	for (i = 0; i + 1 < WHATS; i++) {
		sum += share[i];
		if (at < sum)
			break;
	}
	return (enum what)i;
}

static size_t
draw_steps(uint64_t seed, struct step *steps)
{
	uint64_t x = seed * UINT64_C(2862933555777941757) + 3037000493;
	size_t n = STEPS / 2 + draw(&x) % (STEPS / 2 + 1);

	for (size_t i = 0; i < n; i++) {
		steps[i].what = i == 0 ? WHAT_OPEN : draw_what(&x);
		steps[i].who = (unsigned)(draw(&x) % SIDES);
		steps[i].a = (unsigned)(draw(&x) % 5040);
		steps[i].b = (unsigned)(draw(&x) % 5040);
		steps[i].c = (unsigned)(draw(&x) % 5040);
	}
	return n;
}

/* Leaves out what it can, half at a time first, while it still fails. */
static size_t
shorten(struct step *steps, size_t n, char **why, struct trio *sum)
{
	struct step fewer[STEPS];
	char *other;

	for (size_t cut = n / 2; cut > 0; cut /= 2)
		for (size_t at = 0; at + cut <= n;) {
			memcpy(fewer, steps, at * sizeof(*steps));
			memcpy(fewer + at, steps + at + cut,
			    (n - at - cut) * sizeof(*steps));
			if (play(fewer, n - cut, &other, sum)) {
				at += cut;
				continue;
			}
			n -= cut;
			memcpy(steps, fewer, n * sizeof(*steps));
			free(*why);
			*why = other;
		}
	return n;
}

static void
report(uint64_t seed, struct step *steps, size_t n, char *why,
    struct trio *sum)
{
	struct str text;

	n = shorten(steps, n, &why, sum);
	str_init(&text);
	str_add_fmt(&text, "HEARKEN_THREE_SEED=%llu: %s\n",
	    (unsigned long long)seed, why);
	for (size_t i = 0; i < n; i++) {
		str_add_fmt(&text, "  %2zu ", i + 1);
		trio_words(&steps[i], &text);
		str_add_char(&text, '\n');
	}
	(void)fputs(text.s, stderr);
	str_release(&text);
	free(why);
	fail_msg("three stores do not agree");
}

static uint64_t
number_of(const char *name, uint64_t usual)
{
	const char *s = getenv(name);

	return s != NULL ? strtoull(s, NULL, 10) : usual;
}

static void
play_rounds(uint64_t rounds, bool files)
{
	uint64_t seed = number_of("HEARKEN_THREE_SEED", 1);
	struct step steps[STEPS];
	struct trio sum = {.files = files};
	char *why = NULL;

	for (uint64_t i = 0; i < rounds; i++) {
		size_t n = draw_steps(seed + i, steps);

		if (!play(steps, n, &why, &sum))
			report(seed + i, steps, n, why, &sum);
	}
	/* A test in which nothing travels would hold of anything. */
	assert_true(sum.added > rounds);
	print_message("%llu lists, %llu entries travelled, %llu steps without "
	    "effect\n", (unsigned long long)rounds,
	    (unsigned long long)sum.added, (unsigned long long)sum.skipped);
}

static void
any_interleaving_ends_with_equal_folds(void **state)
{
	(void)state;
	play_rounds(number_of("HEARKEN_THREE_ROUNDS", ROUNDS), false);
}

static void
whole_files_end_with_equal_folds(void **state)
{
	(void)state;
	play_rounds(number_of("HEARKEN_THREE_ROUNDS", ROUNDS), true);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_interleaving_ends_with_equal_folds),
		cmocka_unit_test(whole_files_end_with_equal_folds),
	};

	disk_install();
	return cmocka_run_group_tests_name("store: three", tests, NULL, NULL);
}
