/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How well the shipped names and model link invented children whose truth is
 * known, with given name, family name, birth and postcode only; that no twins
 * are ever joined; and that the order of the records is nowhere.
 */
#include "config.h"

#include "core/link.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/vec.h"
#include "core/xalloc.h"
#include "tests/unit/kin.h"

#define PRECISION 0.999
#define RECALL 0.96
#define TWIN_SEEDS 25

struct kept {			/* a record, owned */
	struct link_raw raw;
	char *text[5];
	uint32_t child, twins;
};
struct set {
	struct kept *list;
	size_t n, cap;
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

static void
keep(void *ctx, const struct kin_record *r)
{
	struct set *s = ctx;
	struct kept *k;

	s->list = vec_room(s->list, s->n, &s->cap, sizeof(*s->list));
	k = &s->list[s->n++];
	*k = (struct kept){ .raw = r->raw, .child = r->child,
	    .twins = r->twins };
	k->raw.forename = k->text[0] = xstrdup(r->raw.forename);
	k->raw.surname = k->text[1] = xstrdup(r->raw.surname);
	k->raw.postcode = k->text[2] = xstrdup(r->raw.postcode);
	k->raw.nhs = k->text[3] = xstrdup(r->raw.nhs);
	k->raw.upn = k->text[4] = xstrdup(r->raw.upn);
}

static void
release(struct set *s)
{
	for (size_t i = 0; i < s->n; i++)
		for (int t = 0; t < 5; t++)
			free(s->list[i].text[t]);
	free(s->list);
}

static void
make(struct set *s, uint64_t seed, size_t records, bool numbers)
{
	struct kin_opts o = { .seed = seed, .records = records,
	    .numbers = numbers };

	*s = (struct set){ .list = NULL };
	(void)kin_make(&o, keep, s);
}

/* The i-th record added is list[order[i]]. */
static void
run(const struct set *s, const uint32_t *order, struct link_result *r)
{
	struct links *l = links_new(names);

	for (size_t i = 0; i < s->n; i++)
		(void)links_add(l, &s->list[order == NULL ? i :
		    order[i]].raw);
	links_run(l, model, NULL, 0, r);
	links_free(l);
}

static int
by_value(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Pairs of records with one value. */
static double
pairs_in(uint64_t *v, size_t n)
{
	double sum = 0;

	qsort(v, n, sizeof(*v), by_value);
	for (size_t i = 0, j; i < n; i = j) {
		for (j = i; j < n && v[j] == v[i];)
			j++;
		sum += (double)(j - i) * (double)(j - i - 1) / 2;
	}
	return sum;
}

struct quality {
	double precision, recall;
};

static struct quality
judge(const struct set *s, const uint32_t *found)
{
	uint64_t *v = xcalloc(s->n, sizeof(*v));
	double truth, linked, right;

	for (size_t i = 0; i < s->n; i++)
		v[i] = s->list[i].child;
	truth = pairs_in(v, s->n);
	for (size_t i = 0; i < s->n; i++)
		v[i] = found[i];
	linked = pairs_in(v, s->n);
	for (size_t i = 0; i < s->n; i++)
		v[i] = (uint64_t)found[i] << 32 | s->list[i].child;
	right = pairs_in(v, s->n);
	free(v);
	return (struct quality){ right / linked, right / truth };
}

static void
test_precision_and_recall(void **state)
{
	(void)state;
	for (uint64_t seed = 11; seed < 14; seed++) {
		struct set s;
		struct link_result r;
		struct quality q;

		make(&s, seed, 30000, false);
		run(&s, NULL, &r);
		q = judge(&s, r.lower);
		print_message("seed %d: precision %.5f, recall %.4f\n",
		    (int)seed, q.precision, q.recall);
		assert_true(q.precision >= PRECISION);
		assert_true(q.recall >= RECALL);
		/* With what is asked, hardly any is lost. */
		assert_true(judge(&s, r.upper).recall >= 0.99);
		link_result_release(&r);
		release(&s);
	}
}

static void
no_twins_joined(const struct set *s, const struct link_result *r)
{
	for (size_t i = 0; i < s->n; i++)
		for (size_t j = i + 1; s->list[i].twins != 0 && j < s->n; j++)
			if (s->list[j].twins == s->list[i].twins &&
			    s->list[j].child != s->list[i].child &&
			    r->lower[i] == r->lower[j])
				fail_msg("%s %s and %s %s",
				    s->list[i].raw.forename,
				    s->list[i].raw.surname,
				    s->list[j].raw.forename,
				    s->list[j].raw.surname);
}

static void
test_no_twins_are_joined(void **state)
{
	(void)state;
	for (uint64_t seed = 100; seed < 100 + TWIN_SEEDS; seed++) {
		struct set s;
		struct link_result r;

		make(&s, seed, 4000, seed % 2 == 0);
		run(&s, NULL, &r);
		no_twins_joined(&s, &r);
		link_result_release(&r);
		release(&s);
	}
}

static void
same_children(const uint32_t *a, const uint32_t *b, const uint32_t *order,
    size_t n)
{
	uint32_t *to = xmalloc(n * sizeof(*to));

	memset(to, 0xff, n * sizeof(*to));
	for (size_t i = 0; i < n; i++) {
		uint32_t was = a[order[i]];

		if (to[was] == UINT32_MAX)
			to[was] = b[i];
		assert_int_equal(to[was], b[i]);
	}
	free(to);
}

static void
test_order_is_nowhere(void **state)
{
	struct set s;
	struct link_result a, b;
	uint32_t *order;

	(void)state;
	make(&s, 5, 8000, true);
	order = xcalloc(s.n, sizeof(*order));
	for (uint32_t i = 0; i < s.n; i++)
		order[i] = i;
	for (size_t i = s.n; i > 1; i--) {
		size_t j = (i * UINT64_C(2654435761) >> 7) % i;
		uint32_t x = order[i - 1];

		order[i - 1] = order[j];
		order[j] = x;
	}
	run(&s, NULL, &a);
	run(&s, order, &b);
	assert_int_equal(a.nlower, b.nlower);
	assert_int_equal(a.nupper, b.nupper);
	assert_int_equal(a.npairs, b.npairs);
	same_children(a.lower, b.lower, order, s.n);
	same_children(a.upper, b.upper, order, s.n);
	link_result_release(&a);
	link_result_release(&b);
	free(order);
	release(&s);
}

/* No child has two records of one agency but copies of one. */
static void
test_one_record_an_agency(void **state)
{
	struct set s;
	struct link_result r;
	uint64_t *v;

	(void)state;
	make(&s, 6, 8000, false);
	run(&s, NULL, &r);
	v = xcalloc(s.n, sizeof(*v));
	for (size_t i = 0; i < s.n; i++)
		v[i] = (uint64_t)r.upper[i] << 32 | s.list[i].raw.agency;
	assert_true(pairs_in(v, s.n) < 0.5);
	free(v);
	link_result_release(&r);
	release(&s);
}

/* Thousands on one day: the block is split, and told, and pairs are found. */
static void
test_a_huge_block_is_split_and_told(void **state)
{
	struct links *l = links_new(names);
	const struct link_blocks *told;
	struct link_result r;
	struct set s;
	struct quality q;

	(void)state;
	make(&s, 8, 6000, false);
	for (size_t i = 0; i < s.n; i++) {
		s.list[i].raw.birth = 14610;
		(void)links_add(l, &s.list[i].raw);
	}
	links_run(l, model, NULL, 0, &r);
	told = links_blocks(l);
	assert_int_equal(told->biggest, s.n);
	assert_true(told->split >= 1);
	assert_true(told->pairs < s.n * 600);
	q = judge(&s, r.lower);
	print_message("all on 1 January: precision %.4f, recall %.4f; with "
	    "what is asked %.4f\n", q.precision, q.recall,
	    judge(&s, r.upper).recall);
	/* A day that all have says nothing: that much harder it is. */
	assert_true(q.precision >= 0.995);
	assert_true(judge(&s, r.upper).recall >= 0.85);
	link_result_release(&r);
	links_free(l);
	release(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_precision_and_recall),
		cmocka_unit_test(test_no_twins_are_joined),
		cmocka_unit_test(test_order_is_nowhere),
		cmocka_unit_test(test_one_record_an_agency),
		cmocka_unit_test(test_a_huge_block_is_split_and_told),
	};

	return cmocka_run_group_tests_name("linkquality", tests, load,
	    unload);
}
