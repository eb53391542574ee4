/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/joinedlist.h"

#include <stdlib.h>
#include <string.h>

#include "core/vec.h"
#include "core/xalloc.h"

void
joined_list_init(struct joined_list *l)
{
	memset(l, 0, sizeof(*l));
}

void
joined_list_release(struct joined_list *l)
{
	free(l->rows);
	free(l->cases);
	joined_list_init(l);
}

void
joined_list_child(const struct facts *f, const uint32_t *cases, size_t n,
    const struct joined_part ***parts, struct joined_child *out)
{
	*parts = xcalloc(n > 0 ? n : 1, sizeof(**parts));
	for (size_t i = 0; i < n; i++)
		(*parts)[i] = &f->cases[cases[i]].part;
	joined_child_of(*parts, n, f->in, out);
}

/* Cases by child: those of child k stand from starts[k] to starts[k + 1]. */
struct groups {
	uint32_t *cases;
	size_t *starts;
	size_t n;
};

static uint32_t
child_of(const struct facts *f, size_t i, bool upper)
{
	return upper ? f->cases[i].child_upper : f->cases[i].child_lower;
}

static void
group(const struct facts *f, bool upper, struct groups *out)
{
	size_t *at;

	out->n = upper ? f->nupper : f->nlower;
	out->starts = xcalloc(out->n + 2, sizeof(*out->starts));
	out->cases = xcalloc(f->n + 1, sizeof(*out->cases));
	for (size_t i = 0; i < f->n; i++)
		out->starts[child_of(f, i, upper) + 1]++;
	for (size_t k = 0; k < out->n; k++)
		out->starts[k + 1] += out->starts[k];
	at = xcalloc(out->n + 1, sizeof(*at));
	for (size_t i = 0; i < f->n; i++) {
		uint32_t k = child_of(f, i, upper);

		out->cases[out->starts[k] + at[k]++] = (uint32_t)i;
	}
	free(at);
}

/* What all its cases come to if the pairs that wait are of one child. */
struct upper_child {
	unsigned level, indicators;
	bool only_joined;
};

static struct upper_child *
judge_upper(const struct facts *f)
{
	struct upper_child *all = xcalloc(f->nupper + 1, sizeof(*all));
	const struct joined_part **parts;
	struct joined_child c;
	struct groups g;

	group(f, true, &g);
	for (size_t k = 0; k < g.n; k++) {
		joined_list_child(f, g.cases + g.starts[k],
		    g.starts[k + 1] - g.starts[k], &parts, &c);
		all[k] = (struct upper_child){c.result.level, c.indicators,
		    c.only_joined};
		free(parts);
	}
	free(g.cases);
	free(g.starts);
	return all;
}

static void
add(struct joined_list *l, const struct joined_child *c,
    const struct upper_child *u, const uint32_t *cases)
{
	if (c->indicators == 0)
		return;
	l->rows = vec_room(l->rows, l->n, &l->cap, sizeof(*l->rows));
	l->rows[l->n++] = (struct joined_row){
		.cases = cases, .ncases = c->nparts, .agencies = c->agencies,
		.indicators = c->indicators, .corroborated = c->corroborated,
		.most_alone = c->most_alone, .level_lower = c->result.level,
		.level_upper = u->level, .indicators_upper = u->indicators,
		.latest = c->latest, .only_joined = c->only_joined,
		.only_joined_upper = u->only_joined,
	};
	l->only_joined += c->only_joined;
	l->only_joined_upper += !c->only_joined && u->only_joined;
}

static int
rank(const struct joined_row *r)
{
	return r->only_joined ? 0 : r->only_joined_upper ? 1 : 2;
}

static int
by_need(const void *a, const void *b)
{
	const struct joined_row *x = a, *y = b;

	if (rank(x) != rank(y))
		return rank(x) - rank(y);
	if (x->indicators != y->indicators)
		return x->indicators > y->indicators ? -1 : 1;
	if (x->latest != y->latest)
		return x->latest > y->latest ? -1 : 1;
	return x->cases[0] < y->cases[0] ? -1 : 1;
}

void
joined_list_make(const struct facts *f, struct joined_list *out)
{
	struct upper_child *upper = judge_upper(f);
	const struct joined_part **parts;
	struct joined_child c;
	struct groups g;

	joined_list_release(out);
	group(f, false, &g);
	for (size_t k = 0; k < g.n; k++) {
		const uint32_t *cases = g.cases + g.starts[k];
		size_t n = g.starts[k + 1] - g.starts[k];

		if (n == 0)
			continue;
		joined_list_child(f, cases, n, &parts, &c);
		add(out, &c, &upper[f->cases[cases[0]].child_upper], cases);
		free(parts);
	}
	out->cases = g.cases;
	free(g.starts);
	free(upper);
	if (out->n > 1)
		qsort(out->rows, out->n, sizeof(*out->rows), by_need);
}

uint32_t *
joined_list_upper(const struct facts *f, const struct joined_row *r,
    size_t *n)
{
	uint32_t child = f->cases[r->cases[0]].child_upper;
	uint32_t *out = xcalloc(f->n + 1, sizeof(*out));

	*n = 0;
	for (size_t i = 0; i < f->n; i++)
		if (f->cases[i].child_upper == child)
			out[(*n)++] = (uint32_t)i;
	return out;
}
