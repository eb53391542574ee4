/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/screen_class.h"

#include "core/rule_impl.h"
#include "core/screen.h"

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

/* Of c, the items that add to the node as much as the first that does. */
static struct itemset
like_first(const struct instrument *in, const struct node *nd,
    struct itemset c)
{
	struct itemset same = { 0 };
	unsigned first = 0;
	bool any = false;

	if (nd->op != NODE_WEIGHT)
		return c;
	for (unsigned i = 0; i < in->nitems; i++) {
		if (!itemset_has(&c, i))
			continue;
		if (!any)
			first = in->items[i].weight;
		any = true;
		if (in->items[i].weight == first)
			itemset_add(&same, i);
	}
	return same;
}

/* Splits class k by what its items add to one node. */
static void
split_one(struct splitter *s, const struct node *nd,
    const struct itemset *open, size_t k)
{
	struct itemset all = s->out->list[k].items;
	struct itemset same = like_first(s->in, nd, itemset_and(all, open));
	struct itemset rest = itemset_minus(all, &same);
	struct item_class *c = &s->out->list[k];

	if (itemset_count(&same) == 0 || itemset_count(&rest) == 0)
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
item_class_answer(const struct instrument *in, struct answers *a,
    const struct itemset *s, unsigned n)
{
	struct itemset now = first_of(s, n);

	a->present = itemset_or(a->present, &now);
	a->suspected = itemset_minus(a->suspected, &now);
	a->absent = itemset_minus(a->absent, &now);
	a->not_known = itemset_minus(a->not_known, &now);
	for (size_t w = 0; w < in->nwindows; w++)
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
