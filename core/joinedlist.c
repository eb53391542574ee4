/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/joinedlist.h"

#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"

static const struct {
	const char *label, *code;
} groups[JOINED_GROUPS] = {
	[JOINED_ONLY] = {"Three or more only when joined", "only-joined"},
	[JOINED_COULD] = {"Three or more only when joined, if the links that "
	    "are asked are so", "could-be"},
	[JOINED_OTHER] = {"Other children", "other"}
};

const char *
joined_group_label(enum joined_group g)
{
	return groups[g].label;
}

const char *
joined_group_code(enum joined_group g)
{
	return groups[g].code;
}

static int
compare(uint64_t a, uint64_t b)
{
	return a < b ? -1 : a > b;
}

static int
in_order(const void *a, const void *b)
{
	const struct joined_entry *x = a, *y = b;
	int d = compare(x->group, y->group);

	if (d == 0)
		d = compare(x->lower->level, y->lower->level);
	if (d == 0 && x->lower->latest != y->lower->latest)
		d = x->lower->latest > y->lower->latest ? -1 : 1;
	return d != 0 ? d : compare(x->lower->rows[0], y->lower->rows[0]);
}

/* The child that each row is of; a case that is carried on has none. */
static const struct child_facts **
children_by_row(const struct facts *f, const struct fact_children *c)
{
	const struct child_facts **out = xcalloc(f->n + 1, sizeof(*out));

	for (size_t i = 0; i < c->n; i++)
		for (size_t k = 0; k < c->list[i].n; k++)
			out[c->list[i].rows[k]] = &c->list[i];
	return out;
}

static enum joined_group
group_of(const struct child_facts *lower, const struct child_facts *upper)
{
	if (lower->only_joined)
		return JOINED_ONLY;
	/* One whom an agency had at three already is no news. */
	return upper->only_joined ? JOINED_COULD : JOINED_OTHER;
}

static size_t
with_indicators(const struct fact_children *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++)
		n += c->list[i].indicators > 0;
	return n;
}

void
joined_list_init(struct joined_list *l, const struct facts *f, bool only)
{
	const struct child_facts **upper;

	memset(l, 0, sizeof(*l));
	fact_children(f, false, &l->lower);
	fact_children(f, true, &l->upper);
	l->children_lower = with_indicators(&l->lower);
	l->children_upper = with_indicators(&l->upper);
	upper = children_by_row(f, &l->upper);
	l->list = xcalloc(l->lower.n + 1, sizeof(*l->list));
	for (size_t i = 0; i < l->lower.n; i++) {
		const struct child_facts *c = &l->lower.list[i];
		struct joined_entry e = {c, upper[c->rows[0]], JOINED_OTHER};

		if (c->indicators == 0)
			continue;
		e.group = group_of(c, e.upper);
		l->in[e.group]++;
		if (!only || e.group != JOINED_OTHER)
			l->list[l->n++] = e;
	}
	free(upper);
	if (l->n > 0)
		qsort(l->list, l->n, sizeof(*l->list), in_order);
}

void
joined_list_release(struct joined_list *l)
{
	fact_children_release(&l->lower);
	fact_children_release(&l->upper);
	free(l->list);
	memset(l, 0, sizeof(*l));
}
