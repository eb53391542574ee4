/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/rule.h"

#include <stdlib.h>

#include "core/rule_impl.h"

void
rule_free(struct expr *x)
{
	if (x == NULL)
		return;
	for (size_t i = 0; i < x->n; i++)
		free(x->nodes[i].words);
	free(x->nodes);
	free(x);
}

bool
node_selects(const struct node *nd)
{
	return nd->op == NODE_COUNT || nd->op == NODE_WEIGHT ||
	    nd->op == NODE_ANY;
}

static struct itemset
node_chosen(const struct node *nd, const struct answers *a,
    const struct itemset *left_out)
{
	struct itemset s;

	if (nd->window < 0) {
		s = a->present;
		if (nd->suspected)
			s = itemset_or(s, &a->suspected);
	} else {
		s = a->present_in[nd->window];
		if (nd->suspected)
			s = itemset_or(s, &a->suspected_in[nd->window]);
	}
	return itemset_minus(itemset_and(s, &nd->mask), left_out);
}

struct itemset
node_gain(const struct node *nd, const struct answers *a,
    const struct itemset *left_out)
{
	struct itemset chosen = node_chosen(nd, a, left_out);

	return itemset_minus(itemset_minus(nd->mask, left_out), &chosen);
}

static long
weight_of(const struct instrument *in, const struct itemset *s)
{
	long sum = 0;

	for (unsigned w = 0; w < ITEMS_MAX / 64; w++)
		for (uint64_t bits = s->w[w]; bits != 0; bits &= bits - 1)
			sum += (long)in->items[w * 64 +
			    (unsigned)__builtin_ctzll(bits)].weight;
	return sum;
}

long
node_value(const struct instrument *in, const struct node *nd,
    const struct answers *a, const struct itemset *left_out)
{
	struct itemset s = node_chosen(nd, a, left_out);

	switch (nd->op) {
	case NODE_COUNT:
		return (long)itemset_count(&s);
	case NODE_WEIGHT:
		return weight_of(in, &s);
	default:
		return (s.w[0] | s.w[1]) != 0;
	}
}

/* What a run over one child's answers needs. */
struct run {
	const struct instrument *in;
	const struct expr *x;
	const struct answers *a;
	const struct itemset *left_out;
};

static long
value(const struct run *r, size_t i)
{
	const struct node *nd = &r->x->nodes[i];

	switch (nd->op) {
	case NODE_NUMBER:
		return nd->value;
	case NODE_AGE:
		return r->a->age >= 0 && r->a->age < nd->value;
	case NODE_ADD:
		return value(r, nd->left) + value(r, nd->right);
	case NODE_AT_LEAST:
		return value(r, nd->left) >= nd->value;
	case NODE_AND:
		return value(r, nd->left) != 0 && value(r, nd->right) != 0;
	case NODE_OR:
		return value(r, nd->left) != 0 || value(r, nd->right) != 0;
	default:
		return node_value(r->in, nd, r->a, r->left_out);
	}
}

bool
rule_holds_without(const struct instrument *in, const struct expr *x,
    const struct answers *a, const struct itemset *left_out)
{
	const struct run r = { in, x, a, left_out };

	return value(&r, x->root) != 0;
}

bool
rule_holds(const struct instrument *in, const struct expr *x,
    const struct answers *a)
{
	struct itemset left_out = instrument_left_out(in, a);

	return rule_holds_without(in, x, a, &left_out);
}

static void
explain_any(const struct run *r, const struct node *nd, struct str *out)
{
	struct itemset s = node_chosen(nd, r->a, r->left_out);
	const char *sep = "";

	if ((s.w[0] | s.w[1]) == 0) {
		str_add_fmt(out, "none present of %s", nd->words);
		return;
	}
	for (unsigned i = 0; i < r->in->nitems; i++) {
		if (!itemset_has(&s, i))
			continue;
		str_add_fmt(out, "%s%s", sep, r->in->items[i].id);
		sep = ", ";
	}
	str_add(out, nd->suspected ? " present or suspected" : " present");
}

static void
explain_age(const struct run *r, const struct node *nd, struct str *out)
{
	if (r->a->age < 0)
		str_add_fmt(out, "age not known, asks for under %ld",
		    nd->value);
	else
		str_add_fmt(out, "age %d%s, %sunder %ld", r->a->age,
		    r->a->age_unsure ? " (not certain)" : "",
		    r->a->age < nd->value ? "" : "not ", nd->value);
}

static void explain(const struct run *r, size_t i, struct str *out);

/* "Signs 2 + Vulnerabilities 1"; the number of terms is returned. */
static unsigned
explain_sum(const struct run *r, size_t i, struct str *out)
{
	const struct node *nd = &r->x->nodes[i];
	unsigned n;

	switch (nd->op) {
	case NODE_ADD:
		n = explain_sum(r, nd->left, out);
		str_add(out, " + ");
		return n + explain_sum(r, nd->right, out);
	case NODE_NUMBER:
		str_add_fmt(out, "%ld", nd->value);
		return 1;
	case NODE_COUNT:
	case NODE_WEIGHT:
		str_add_fmt(out, "%s%s: %ld", nd->words,
		    nd->op == NODE_WEIGHT ? " by weight" : "", value(r, i));
		return 1;
	default:
		str_add(out, "(");
		explain(r, i, out);
		str_add(out, ")");
		return 1;
	}
}

static void
explain_at_least(const struct run *r, const struct node *nd, struct str *out)
{
	if (explain_sum(r, nd->left, out) > 1)
		str_add_fmt(out, " = %ld", value(r, nd->left));
	str_add_fmt(out, ", needs %ld", nd->value);
}

/* Of alternatives only those that hold are said, unless none does. */
static void
explain_or(const struct run *r, const struct node *nd, struct str *out)
{
	bool left = value(r, nd->left) != 0, right = value(r, nd->right) != 0;

	if (left || !right)
		explain(r, nd->left, out);
	if (left == right)
		str_add(out, left ? "; " : "; or ");
	if (right || !left)
		explain(r, nd->right, out);
}

static void
explain(const struct run *r, size_t i, struct str *out)
{
	const struct node *nd = &r->x->nodes[i];

	switch (nd->op) {
	case NODE_OR:
		explain_or(r, nd, out);
		break;
	case NODE_AND:
		explain(r, nd->left, out);
		str_add(out, "; and ");
		explain(r, nd->right, out);
		break;
	case NODE_AT_LEAST:
		explain_at_least(r, nd, out);
		break;
	case NODE_ANY:
		explain_any(r, nd, out);
		break;
	case NODE_AGE:
		explain_age(r, nd, out);
		break;
	default:
		explain_sum(r, i, out);
		break;
	}
}

void
rule_explain(const struct instrument *in, const struct expr *x,
    const struct answers *a, struct str *out)
{
	struct itemset left_out = instrument_left_out(in, a);
	const struct run r = { in, x, a, &left_out };

	explain(&r, x->root, out);
}
