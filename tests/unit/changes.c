/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The interval and the fewest answers, held against brute force. */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/screen.h"
#include "tests/unit/loaded.h"

#define OCC "content/instruments/occ-csegg.yaml"
#define WEIGHTED "tests/data/weighted.yaml"

static uint64_t
draw(uint64_t *seed, uint64_t below)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (*seed >> 33) % below;
}

static void
draw_answers(const struct instrument *in, uint64_t *seed, struct answers *a)
{
	unsigned dense = (unsigned)draw(seed, 10);

	answers_init(a);
	if (draw(seed, 2) != 0)
		a->age = 8 + (int)draw(seed, 10);
	for (unsigned i = 0; i < in->nitems; i++) {
		enum answer state = (enum answer)draw(seed, ANSWER_STATES);

		if (state == ANSWER_PRESENT && draw(seed, 10) > dense)
			state = ANSWER_ABSENT;
		answers_set(a, i, state);
		for (unsigned w = 0; w < in->nwindows; w++) {
			if (state >= ANSWER_SUSPECTED && draw(seed, 2) != 0)
				itemset_add(&a->suspected_in[w], i);
			if (state == ANSWER_PRESENT && draw(seed, 2) != 0)
				itemset_add(&a->present_in[w], i);
		}
	}
}

/* Present today, said without the code under test. */
static void
make_present(const struct instrument *in, unsigned i, struct answers *a)
{
	answers_set(a, i, ANSWER_PRESENT);
	for (unsigned w = 0; w < in->nwindows; w++)
		itemset_add(&a->present_in[w], i);
}

static unsigned
level_of(const struct instrument *in, const struct answers *a)
{
	unsigned level, could_be;

	screen_levels(in, a, &level, &could_be);
	assert_true(could_be <= level);
	return level;
}

static void
more_never_lowers_one(const struct instrument *in, uint64_t *seed)
{
	struct answers a, more;
	unsigned level, could_be, after;

	draw_answers(in, seed, &a);
	screen_levels(in, &a, &level, &could_be);
	assert_true(could_be <= level);
	for (unsigned i = 0; i < in->nitems; i++) {
		enum answer was = answers_get(&a, i);

		more = a;
		make_present(in, i, &more);
		after = level_of(in, &more);
		/* An absent gate that opens, or an absent answer, may raise
		 * past could_be; what was open may not. */
		if (level < in->nlevels || after < in->nlevels)
			assert_true(after <= level);
		if (was != ANSWER_ABSENT && after < in->nlevels)
			assert_true(could_be <= after);
	}
}

static void
more_never_lowers(void **state)
{
	struct instrument *occ = load_instrument(OCC);
	struct instrument *weighted = load_instrument(WEIGHTED);
	uint64_t seed = 20261122;

	(void)state;
	for (unsigned i = 0; i < 3000; i++) {
		more_never_lowers_one(occ, &seed);
		more_never_lowers_one(weighted, &seed);
	}
	instrument_free(weighted);
	instrument_free(occ);
}

#define HEAD "id: t\nversion: '1'\ntitle: T\nsummary: S\n" \
	"sources: {x: Invented}\n" \
	"residual:\n" \
	"  insufficient: {label: L, action: A}\n" \
	"  none-recorded: {label: L, action: A}\n" \
	"levels: [{id: one, label: L, action: A}, " \
	"{id: two, label: L, action: A}, {id: three, label: L, action: A}]\n"
#define ITEM(id) "{id: " id ", label: L, help: H}"
#define SIGN "{id: A, label: A, role: vulnerability, source: x, items: [" \
	"{id: A1, label: L, help: H, weight: 3}, " ITEM("A2") ", " \
	"{id: A3, label: L, help: H, applies-when: g}]},\n" \
	"{id: B, label: B, role: sign, source: x, items: [" \
	ITEM("B1") ", " ITEM("B2") ", {id: B3, label: L, help: H, weight: 2}" \
	"]},\n" \
	"{id: Ask, label: Q, role: question, source: x, items: [" \
	ITEM("q") ", " ITEM("g") "]}"
#define RULE(id, level, when) "  - {id: " id ", level: " level ", when: '" \
	when "', because: B, source: x}\n"

static const char *const small[] = {
	HEAD "sections: [" SIGN "]\nrules:\n"
	RULE("a", "one", "flag(q)")
	RULE("b", "one", "count(A, B) >= 3")
	RULE("c", "two", "count(B) or any(A, B) and age < 13")
	RULE("d", "three", "count(A)"),

	HEAD "sections: [" SIGN "]\nrules:\n"
	RULE("a", "one", "flag(q) and count(A) >= 2 and any(B)")
	RULE("b", "two", "weight(A) + weight(B) >= 5")
	RULE("c", "three", "count(A) and count(B)"),

	HEAD "sections: [" SIGN "]\nrules:\n"
	RULE("a", "one", "weight(A, B within 6 months) >= 6 and age < 10")
	RULE("b", "two", "count(B within 6 months) + "
	    "count(B within 6 to 12 months) >= 3")
	RULE("c", "three", "count(B suspected) >= 2 or any(A1)")
};

struct brute {
	const struct instrument *in;
	struct answers base;
	struct itemset open;	/* items that may be answered present */
};

static unsigned
subset_level(const struct brute *b, unsigned bits)
{
	struct answers a = b->base;

	for (unsigned i = 0; i < b->in->nitems; i++)
		if ((bits >> i & 1u) != 0)
			make_present(b->in, i, &a);
	return level_of(b->in, &a);
}

static bool
within(unsigned bits, const struct itemset *s)
{
	return (bits & ~(unsigned)s->w[0]) == 0;
}

/* The fewest of `of` that give exactly the level; UINT32_MAX for none. */
static unsigned
fewest(const struct brute *b, const struct itemset *of, unsigned level)
{
	struct itemset may = itemset_and(b->open, of);
	unsigned best = UINT32_MAX;

	for (unsigned bits = 0; bits < 1u << b->in->nitems; bits++) {
		unsigned n = (unsigned)__builtin_popcount(bits);

		if (n < best && within(bits, &may) &&
		    subset_level(b, bits) == level)
			best = n;
	}
	return best;
}

static bool
fits_picks(unsigned bits, const struct change *c)
{
	if (!within(bits, &c->from))
		return false;
	for (size_t i = 0; i < c->npicks; i++) {
		unsigned of = bits & (unsigned)c->picks[i].from.w[0];

		if ((unsigned)__builtin_popcount(of) != c->picks[i].n)
			return false;
	}
	return (unsigned)__builtin_popcount(bits) == c->n;
}

static void
check_change(struct brute *b, const struct change *c)
{
	struct itemset all = itemset_or(b->in->listed, &b->in->questions);
	struct itemset in_listed = itemset_minus(c->from, &b->in->listed);
	struct itemset in_asked = itemset_minus(c->from, &b->in->questions);
	const struct itemset *family = &all;
	int age = b->base.age;
	unsigned seen = 0;

	if (itemset_count(&in_listed) == 0)
		family = &b->in->listed;
	else if (itemset_count(&in_asked) == 0)
		family = &b->in->questions;
	if (c->age) {
		assert_int_equal(age, -1);
		b->base.age = 0;
	}
	for (unsigned bits = 0; bits < 1u << b->in->nitems; bits++) {
		if (!fits_picks(bits, c))
			continue;
		assert_int_equal(subset_level(b, bits), c->level);
		seen++;
	}
	assert_true(seen > 0);
	assert_int_equal(fewest(b, family, c->level), c->n);
	b->base.age = age;
}

/* What is reachable at all is among the changes, by a way that is as short. */
static void
check_complete(struct brute *b, const struct screening *s)
{
	struct itemset all = itemset_or(b->in->listed, &b->in->questions);
	unsigned best = UINT32_MAX;

	for (unsigned level = 0; level < b->in->nlevels &&
	    level < s->level; level++) {
		unsigned n = fewest(b, &all, level);
		bool found = n == UINT32_MAX || n > best;

		for (size_t i = 0; i < s->nchanges; i++)
			found = found || (s->changes[i].level == level &&
			    s->changes[i].n + s->changes[i].age <= n);
		assert_true(found);
		if (n < best)
			best = n;
	}
}

static void
brute_force_agrees(void **state)
{
	uint64_t seed = 7;

	(void)state;
	for (size_t k = 0; k < sizeof(small) / sizeof(small[0]); k++) {
		struct instrument *in = instrument_of_text(small[k]);

		for (unsigned i = 0; i < 150; i++) {
			struct brute b = { .in = in };
			struct itemset out;
			struct screening s;

			draw_answers(in, &seed, &b.base);
			out = instrument_left_out(in, &b.base);
			out = itemset_or(out, &b.base.absent);
			b.open = itemset_or(in->listed, &in->questions);
			b.open = itemset_minus(b.open, &out);
			screen_run(in, &b.base, &s);
			for (size_t c = 0; c < s.nchanges; c++)
				check_change(&b, &s.changes[c]);
			check_complete(&b, &s);
		}
		instrument_free(in);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(more_never_lowers),
		cmocka_unit_test(brute_force_agrees),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
