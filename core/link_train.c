/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Expectation and maximisation (Winkler 1988; Fellegi and Sunter 1969).  The
 * pairs are counted by how their fields agree, in strata: pairs by lot, which
 * tell what agrees by chance, and the pairs of each key's blocks, which hold
 * the true ones.  In a stratum the fields of its own key say nothing and are
 * left out; each stratum has its own share of true pairs, all have the same m
 * and u.
 */
#include "config.h"

#include "core/link_impl.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"

#define PATTERNS 78125		/* 5 levels, 7 fields */
#define BY_LOT 3000000
#define ROUNDS 200
#define LEVELS 4
#define ENOUGH 20.0		/* true pairs */
#define FLOOR 1e-6
/* A wrong link costs about as much as twenty that are missed. */
#define UPPER_ODDS 20.0
#define LOWER_ODDS 0.25
#define MARGIN 6.0

enum { LOT, STRATA_KEYS = 5, STRATA };

static const struct {
	enum link_key key;
	unsigned without;		/* bits of fields */
} strata[STRATA] = {
	{ LINK_KEYS, 0 },
	{ KEY_BIRTH, 1u << LINK_BIRTH },
	{ KEY_SURNAME, 1u << LINK_SURNAME | 1u << LINK_BIRTH },
	{ KEY_FORENAME, 1u << LINK_FORENAME | 1u << LINK_POSTCODE },
	{ KEY_NHS, 1u << LINK_NHS },
	{ KEY_UPN, 1u << LINK_UPN },
};

struct pattern {
	unsigned char levels[LINK_FIELDS];
	unsigned char stratum;
	double n;
};

struct training {
	struct links *l;
	uint32_t *counts[STRATA];
	double held[STRATA];		/* pairs of the stratum, sampled or not */
	double total[STRATA];		/* of the patterns */
	double share[STRATA];		/* of true pairs */
	double seen[STRATA];		/* pairs looked at, */
	double across[STRATA];		/* and of them of two agencies */
	struct pattern *list;
	size_t n;
	double m[LINK_FIELDS][LINK_LEVELS], u[LINK_FIELDS][LINK_LEVELS];
	int now;
};

/* ---- counting ---- */

static void
count_pair(void *ctx, uint32_t i, uint32_t j)
{
	struct training *t = ctx;
	const struct link_rec *a = &t->l->recs[i], *b = &t->l->recs[j];
	struct compared c;
	size_t at = 0;

	t->seen[t->now]++;
	if (a->agency == b->agency)
		return;
	t->across[t->now]++;
	link_compare(t->l, a, b, &c);
	/* Names of one sound in one street are sisters' and brothers'. */
	if (strata[t->now].key == KEY_FORENAME &&
	    c.levels[LINK_FORENAME] != LEVEL_EXACT)
		return;
	for (int f = LINK_FIELDS - 1; f >= 0; f--)
		at = at * LINK_LEVELS + c.levels[f];
	t->counts[t->now][at]++;
}

/* All pairs, or as many by lot as tell what agrees by chance. */
static void
count_lot(struct training *t)
{
	uint64_t n = t->l->n, all = n * (n - 1) / 2, x = 1;

	t->held[LOT] = (double)all;
	if (all <= BY_LOT) {
		for (uint32_t i = 0; i < n; i++)
			for (uint32_t j = i + 1; j < n; j++)
				count_pair(t, i, j);
		return;
	}
	for (int k = 0; k < BY_LOT; k++) {
		uint32_t i, j;

		x = link_mix(x + 0x9e3779b97f4a7c15u);
		i = (uint32_t)((x >> 32) * n >> 32);
		j = (uint32_t)((x & UINT32_MAX) * n >> 32);
		if (i != j)
			count_pair(t, i < j ? i : j, i < j ? j : i);
	}
}

static void
list_patterns(struct training *t)
{
	size_t n = 0;

	for (int s = 0; s < STRATA; s++)
		for (size_t i = 0; i < PATTERNS; i++)
			n += t->counts[s][i] != 0;
	t->list = xcalloc(n + 1, sizeof(*t->list));
	for (int s = 0; s < STRATA; s++)
		for (size_t i = 0; i < PATTERNS; i++) {
			struct pattern *p = &t->list[t->n];
			size_t at = i;

			if (t->counts[s][i] == 0)
				continue;
			for (int f = 0; f < LINK_FIELDS; f++, at /= LINK_LEVELS)
				p->levels[f] = (unsigned char)(at % LINK_LEVELS);
			p->stratum = (unsigned char)s;
			p->n = t->counts[s][i];
			t->total[s] += p->n;
			t->n++;
		}
}

static void
count_all(struct training *t)
{
	for (int s = 0; s < STRATA; s++)
		t->counts[s] = xcalloc(PATTERNS, sizeof(*t->counts[s]));
	t->now = LOT;
	count_lot(t);
	for (t->now = 1; t->now < STRATA; t->now++)
		t->held[t->now] = link_block_some(t->l, strata[t->now].key,
		    count_pair, t);
	list_patterns(t);
	for (int s = 0; s < STRATA; s++)
		free(t->counts[s]);
}

/* ---- EM ---- */

/* Where it begins does not matter much, but that true pairs agree does. */
static void
begin(struct training *t)
{
	static const double first[LINK_LEVELS] = { 0.9, 0.05, 0.02, 0.03, 0 };
	double sum[LINK_FIELDS] = { 0 };

	memset(t->u, 0, sizeof(t->u));
	for (size_t i = 0; i < t->n; i++)
		for (int f = 0; t->list[i].stratum == LOT && f < LINK_FIELDS;
		    f++)
			if (t->list[i].levels[f] < LEVELS) {
				t->u[f][t->list[i].levels[f]] += t->list[i].n;
				sum[f] += t->list[i].n;
			}
	for (int f = 0; f < LINK_FIELDS; f++)
		for (int l = 0; l < LEVELS; l++) {
			t->m[f][l] = first[l];
			t->u[f][l] = sum[f] > 0 ?
			    fmax(t->u[f][l] / sum[f], FLOOR) :
			    l == LEVEL_APART ? 1 : FLOOR;
		}
	for (int s = 0; s < STRATA; s++)
		t->share[s] = s == LOT ? 1e-6 : s >= 4 ? 0.9 : 0.01;
}

static double
truth_of(const struct training *t, const struct pattern *p)
{
	double m = t->share[p->stratum], u = 1 - m;

	for (int f = 0; f < LINK_FIELDS; f++) {
		if (strata[p->stratum].without >> f & 1 ||
		    p->levels[f] >= LEVELS)
			continue;
		m *= t->m[f][p->levels[f]];
		u *= t->u[f][p->levels[f]];
	}
	return m + u > 0 ? m / (m + u) : 0;
}

struct sums {
	double m[LINK_FIELDS][LINK_LEVELS], u[LINK_FIELDS][LINK_LEVELS];
	double share[STRATA];
};

static void
expect(const struct training *t, struct sums *s)
{
	memset(s, 0, sizeof(*s));
	for (size_t i = 0; i < t->n; i++) {
		const struct pattern *p = &t->list[i];
		double truth = truth_of(t, p) * p->n;

		s->share[p->stratum] += truth;
		for (int f = 0; f < LINK_FIELDS; f++) {
			if (strata[p->stratum].without >> f & 1)
				continue;
			s->m[f][p->levels[f]] += truth;
			if (p->stratum == LOT)
				s->u[f][p->levels[f]] += p->n - truth;
		}
	}
}

static double
fit(double now[LINK_LEVELS], const double sums[LINK_LEVELS])
{
	double all = sums[0] + sums[1] + sums[2] + sums[3], most = 0;

	if (all <= 0)
		return 0;
	for (int l = 0; l < LEVELS; l++) {
		double v = fmax(sums[l] / all, FLOOR);

		most = fmax(most, fabs(v - now[l]));
		now[l] = v;
	}
	return most;
}

/* Returns how far anything moved. */
static double
maximise(struct training *t, const struct sums *s)
{
	double most = 0;

	for (int f = 0; f < LINK_FIELDS; f++) {
		most = fmax(most, fit(t->m[f], s->m[f]));
		most = fmax(most, fit(t->u[f], s->u[f]));
	}
	for (int k = 0; k < STRATA; k++)
		if (t->total[k] > 0)
			t->share[k] = fmin(fmax(s->share[k] / t->total[k],
			    1e-12), 1 - FLOOR);
	return most;
}

/* ---- what is handed over ---- */

/* Sex and numbers have two levels only. */
static void
hand_field(const struct training *t, int f, struct link_model *m)
{
	bool two = f == LINK_SEX || f == LINK_NHS || f == LINK_UPN;
	double sm = 0, su = 0;

	for (int l = 0; l < LEVELS; l++) {
		bool none = two && l != LEVEL_EXACT && l != LEVEL_APART;

		m->m[f][l] = none ? 0 : t->m[f][l];
		m->u[f][l] = none ? 0 : t->u[f][l];
		sm += m->m[f][l];
		su += m->u[f][l];
	}
	for (int l = 0; l < LEVELS; l++) {
		m->m[f][l] /= sm;
		m->u[f][l] /= su;
	}
	m->m[f][LEVEL_MISSING] = m->u[f][LEVEL_MISSING] = 0;
}

static double
tenth(double v)
{
	return round(v * 10) / 10;
}

static void
hand_over(const struct training *t, double truths, struct link_model *m)
{
	double n = (double)t->l->n, odds;

	for (int f = 0; f < LINK_FIELDS; f++)
		hand_field(t, f, m);
	m->prior = fmin(truths / (n * (n - 1) / 2), 0.5);
	odds = -log2(m->prior / (1 - m->prior));
	m->upper = tenth(odds + log2(UPPER_ODDS));
	m->lower = tenth(odds + log2(LOWER_ODDS));
	m->margin = MARGIN;
	m->hash[0] = '\0';
}

/* Counting names needs a model; training weighs no name by itself. */
static void
prepare(struct links *l)
{
	struct link_model none;

	memset(&none, 0, sizeof(none));
	links_prepare(l, &none);
}

bool
links_train(struct links *l, struct link_model *m)
{
	struct training t = { .l = l };
	struct sums sums;
	double truths = 0;

	if (l->n < 2)
		return false;
	prepare(l);
	count_all(&t);
	begin(&t);
	for (int i = 0; i < ROUNDS; i++) {
		expect(&t, &sums);
		if (maximise(&t, &sums) < 1e-9)
			break;
	}
	if (t.total[1] > 0)
		truths = t.share[1] * t.held[1] * t.across[1] / t.seen[1] /
		    fmax(t.m[LINK_BIRTH][0], 0.1);
	free(t.list);
	if (truths < ENOUGH)
		return false;
	hand_over(&t, truths, m);
	return true;
}
