/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Over many seeds: agencies' records come bit by bit, each time some of what
 * the model links is signed, some of what other models and older data may
 * have had signed, too, and people part some.  However it comes, no group
 * that machines alone made holds two twins, or two of one agency but copies.
 * HEARKEN_GROUPS_SEED=n plays one seed again.
 */
#include "config.h"

#include "core/link.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/vec.h"
#include "core/xalloc.h"
#include "tests/unit/kin.h"

#define SEEDS 60
#define RECORDS 700
#define ROUNDS 5
#define TEXTS 5

struct kept {			/* a record, owned */
	struct link_raw raw;
	char *text[TEXTS];
	uint32_t child, twins;
};
struct world {
	struct kept *list;
	size_t n, cap;
	size_t come;			/* so many are there by now */
	struct link_decided *said;
	size_t nsaid, capsaid;
	uint64_t lot;
};

static struct link_names *names;
static struct link_model *model;

static int
load(void **state)
{
	(void)state;
	names = kin_names();
	model = kin_model();
	return 0;
}

static int
unload(void **state)
{
	(void)state;
	link_names_free(names);
	link_model_free(model);
	return 0;
}

static uint64_t
draw(struct world *w, uint64_t n)
{
	uint64_t x = w->lot += UINT64_C(0x9e3779b97f4a7c15);

	x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
	return (x ^ x >> 31) % n;
}

static void
keep(void *ctx, const struct kin_record *r)
{
	struct world *w = ctx;
	struct kept *k;

	w->list = vec_room(w->list, w->n, &w->cap, sizeof(*w->list));
	k = &w->list[w->n++];
	*k = (struct kept){ .raw = r->raw, .child = r->child,
	    .twins = r->twins };
	k->raw.forename = k->text[0] = xstrdup(r->raw.forename);
	k->raw.surname = k->text[1] = xstrdup(r->raw.surname);
	k->raw.postcode = k->text[2] = xstrdup(r->raw.postcode);
	k->raw.nhs = k->text[3] = xstrdup(r->raw.nhs);
	k->raw.upn = k->text[4] = xstrdup(r->raw.upn);
}

static void
release(struct world *w)
{
	for (size_t i = 0; i < w->n; i++)
		for (int t = 0; t < TEXTS; t++)
			free(w->list[i].text[t]);
	free(w->list);
	free(w->said);
}

static void
say(struct world *w, uint32_t a, uint32_t b, enum link_said said)
{
	for (size_t i = 0; i < w->nsaid; i++)
		if ((w->said[i].a == a && w->said[i].b == b) ||
		    (w->said[i].a == b && w->said[i].b == a))
			return;
	w->said = vec_room(w->said, w->nsaid, &w->capsaid,
	    sizeof(*w->said));
	w->said[w->nsaid++] = (struct link_decided){ a, b, said };
}

static void
run(const struct world *w, struct link_result *r)
{
	struct links *l = links_new(names);

	for (size_t i = 0; i < w->come; i++)
		(void)links_add(l, &w->list[i].raw);
	links_run(l, model, w->said, w->nsaid, r);
	links_free(l);
}

/* Some of what the model links, not all; some of what is asked is parted. */
static void
sign_some(struct world *w, const struct link_result *r)
{
	for (size_t i = 0; i < r->npairs; i++) {
		const struct link_pair *p = &r->pairs[i];

		if (p->verdict == LINK_AUTO && draw(w, 3) > 0)
			say(w, p->a, p->b, LINK_SAID_BY_MODEL);
		else if (p->verdict == LINK_ASK && draw(w, 40) == 0)
			say(w, p->a, p->b, LINK_SAID_APART);
	}
}

/*
 * Signed under another model, or before the records were corrected: what is
 * asked now, twins and brothers, and whom the same agency has.
 */
static void
sign_wrongly(struct world *w, const struct link_result *r)
{
	for (size_t i = 0; i < r->npairs; i++)
		if (r->pairs[i].verdict == LINK_ASK && draw(w, 6) == 0)
			say(w, r->pairs[i].a, r->pairs[i].b,
			    LINK_SAID_BY_MODEL);
	for (int i = 0; i < 60; i++) {
		uint32_t a = (uint32_t)draw(w, w->come);
		uint32_t b = (uint32_t)draw(w, w->come);

		if (a != b)
			say(w, a, b, LINK_SAID_BY_MODEL);
	}
	for (uint32_t a = 0; a < w->come; a++)
		for (uint32_t b = a + 1; b < w->come; b++)
			if (w->list[a].twins != 0 && w->list[a].twins ==
			    w->list[b].twins && draw(w, 4) == 0)
				say(w, a, b, LINK_SAID_BY_MODEL);
}

/* ---- what must never be ---- */

static bool
are_copies(const struct link_raw *a, const struct link_raw *b)
{
	return strcmp(a->forename, b->forename) == 0 &&
	    a->birth == b->birth && strcmp(a->postcode, b->postcode) == 0;
}

static void
show(const struct kept *k, uint64_t seed)
{
	print_message("seed %d: agency %u, %s %s, day %d, %s\n", (int)seed,
	    k->raw.agency, k->raw.forename, k->raw.surname,
	    (int)k->raw.birth, k->raw.postcode);
}

static void
never_together(const struct kept *a, const struct kept *b, uint64_t seed)
{
	bool twins = a->twins != 0 && a->twins == b->twins &&
	    a->child != b->child;
	bool one = a->raw.agency == b->raw.agency &&
	    !are_copies(&a->raw, &b->raw);

	if (!twins && !one)
		return;
	show(a, seed);
	show(b, seed);
	fail_msg("a machine joined %s", twins ? "twins" :
	    "two of one agency");
}

struct member { uint32_t child, record; };

static int
by_child(const void *va, const void *vb)
{
	const struct member *a = va, *b = vb;

	if (a->child != b->child)
		return a->child < b->child ? -1 : 1;
	return (a->record > b->record) - (a->record < b->record);
}

static void
check_groups(const struct world *w, const uint32_t *child, uint64_t seed)
{
	struct member *m = xcalloc(w->come + 1, sizeof(*m));

	for (uint32_t i = 0; i < w->come; i++)
		m[i] = (struct member){ child[i], i };
	qsort(m, w->come, sizeof(*m), by_child);
	for (size_t i = 0; i < w->come; i++)
		for (size_t j = i + 1; j < w->come &&
		    m[j].child == m[i].child; j++)
			never_together(&w->list[m[i].record],
			    &w->list[m[j].record], seed);
	free(m);
}

/* What is told as linked is together, and what is asked has its reason. */
static void
check_pairs(const struct link_result *r)
{
	for (size_t i = 0; i < r->npairs; i++) {
		const struct link_pair *p = &r->pairs[i];
		bool together = r->lower[p->a] == r->lower[p->b];

		if (p->verdict == LINK_AUTO || p->verdict == LINK_SAME)
			assert_true(together);
		if (p->verdict == LINK_ASK)
			assert_int_not_equal(p->why, 0);
		if (p->verdict == LINK_NOT_SAME)
			assert_false(together);
	}
}

static void
play(uint64_t seed)
{
	struct kin_opts o = { .seed = seed, .records = RECORDS,
	    .numbers = seed % 3 == 0 };
	struct world w = { .lot = seed };

	(void)kin_make(&o, keep, &w);
	for (size_t i = 1; i <= ROUNDS; i++) {
		struct link_result r;

		w.come = w.n * i / ROUNDS;
		run(&w, &r);
		check_groups(&w, r.lower, seed);
		check_pairs(&r);
		sign_some(&w, &r);
		if (seed % 2 == 0)
			sign_wrongly(&w, &r);
		link_result_release(&r);
		run(&w, &r);
		check_groups(&w, r.lower, seed);
		check_pairs(&r);
		link_result_release(&r);
	}
	release(&w);
}

static void
test_no_machine_makes_such_a_group(void **state)
{
	const char *only = getenv("HEARKEN_GROUPS_SEED");

	(void)state;
	if (only != NULL) {
		play(strtoull(only, NULL, 10));
		return;
	}
	for (uint64_t seed = 1; seed <= SEEDS; seed++)
		play(seed);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_no_machine_makes_such_a_group),
	};

	return cmocka_run_group_tests_name("linkgroups", tests, load, unload);
}
