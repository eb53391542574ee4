/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/screen_class.h"

#include "core/rule_impl.h"
#include "core/screen.h"

/* What item i would add to a node: its weight, 1, or nothing. */
static unsigned
gain(const struct instrument *in, const struct node *nd,
    const struct itemset *open, unsigned i)
{
	if (!itemset_has(open, i))
		return 0;
	return nd->op == NODE_WEIGHT ? in->items[i].weight : 1;
}

struct splitter {
	const struct instrument *in;
	const struct answers *a;
	struct itemset left_out;
	struct item_classes *out;
};

static void
class_add(struct item_classes *c, const struct itemset *items)
{
	c->list[c->n].items = *items;
	c->list[c->n].size = itemset_count(items);
	c->n++;
}

/* Splits class k by what its items add to one node. */
static void
split_one(struct splitter *s, const struct node *nd,
    const struct itemset *open, size_t k)
{
	struct item_class *c = &s->out->list[k];
	struct itemset same = { 0 }, rest = { 0 };
	unsigned first = 0;
	bool any = false;

	for (unsigned i = 0; i < s->in->nitems; i++) {
		unsigned g;

		if (!itemset_has(&c->items, i))
			continue;
		g = gain(s->in, nd, open, i);
		if (!any)
			first = g;
		any = true;
		itemset_add(g == first ? &same : &rest, i);
	}
	if (itemset_count(&rest) == 0)
		return;
	c->items = same;
	c->size = itemset_count(&same);
	class_add(s->out, &rest);
}

/* New classes land at the end and are split further in the same pass. */
static void
split_by(struct splitter *s, const struct node *nd, struct itemset *useful)
{
	struct itemset open = node_gain(nd, s->a, &s->left_out);

	*useful = itemset_or(*useful, &open);
	for (size_t k = 0; k < s->out->n; k++)
		split_one(s, nd, &open, k);
}

static void
split_all(struct splitter *s, struct itemset *useful)
{
	for (size_t r = 0; r < s->in->nrules; r++) {
		const struct expr *x = s->in->rules[r].when;

		for (size_t i = 0; i < x->n; i++)
			if (node_selects(&x->nodes[i]))
				split_by(s, &x->nodes[i], useful);
	}
}

/* Useless items end in classes of their own: they gain 0 in every node. */
static void
drop_useless(struct item_classes *c, const struct itemset *useful)
{
	size_t n = 0;

	for (size_t k = 0; k < c->n; k++) {
		struct itemset s = itemset_and(c->list[k].items, useful);

		if (itemset_count(&s) != 0)
			c->list[n++] = c->list[k];
	}
	c->n = n;
}

void
item_classes_find(const struct instrument *in, const struct answers *a,
    const struct itemset *among, struct item_classes *out)
{
	struct splitter s = { in, a, instrument_left_out(in, a), out };
	struct itemset useful = { 0 };
	struct itemset open = itemset_minus(*among, &a->absent);

	out->n = 0;
	open = itemset_minus(open, &s.left_out);
	if (itemset_count(&open) == 0)
		return;
	class_add(out, &open);
	split_all(&s, &useful);
	drop_useless(out, &useful);
}

static struct itemset
first_of(const struct itemset *s, unsigned n)
{
	struct itemset out = { 0 };

	for (unsigned w = 0; w < ITEMS_MAX / 64; w++)
		for (uint64_t bits = s->w[w]; bits != 0 && n > 0; n--) {
			out.w[w] |= bits & -bits;
			bits &= bits - 1;
		}
	return out;
}

void
item_class_answer(struct answers *a, const struct itemset *s, unsigned n)
{
	struct itemset now = first_of(s, n);

	a->present = itemset_or(a->present, &now);
	a->suspected = itemset_minus(a->suspected, &now);
	a->absent = itemset_minus(a->absent, &now);
	a->not_known = itemset_minus(a->not_known, &now);
	for (unsigned w = 0; w < WINDOWS_MAX; w++)
		a->present_in[w] = itemset_or(a->present_in[w], &now);
}

unsigned
screen_fired_level(const struct instrument *in, const struct answers *a)
{
	struct itemset left_out = instrument_left_out(in, a);

	for (size_t i = 0; i < in->nrules; i++)
		if (rule_holds_without(in, in->rules[i].when, a, &left_out))
			return in->rules[i].level;
	return LEVEL_INSUFFICIENT(in);
}
