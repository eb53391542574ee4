/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The compiled form of a rule, shared by the parser (rule_parse.c), the
 * evaluator (rule.c) and what reasons about rules (screen_change.c,
 * instrument_check.c).  Nobody else needs it.
 */
#ifndef HEARKEN_CORE_RULE_IMPL_H
#define HEARKEN_CORE_RULE_IMPL_H

#include <stdbool.h>
#include <stddef.h>

#include "core/answers.h"
#include "core/instrument.h"

#define RULE_VALUE_MAX 1000000	/* of a number, setting or weight */

enum node_op {
	NODE_NUMBER,
	NODE_COUNT,
	NODE_WEIGHT,
	NODE_ANY,	/* 0 or 1, as all below but NODE_ADD */
	NODE_AGE,	/* age < value */
	NODE_ADD,
	NODE_AT_LEAST,	/* left >= value */
	NODE_AND,
	NODE_OR
};

struct node {
	enum node_op op;
	long value;
	long lo, hi;		/* the values it can take */
	size_t left, right;	/* indexes into nodes */
	struct itemset mask;	/* of COUNT, WEIGHT, ANY */
	int window;		/* index, or -1 for at any time */
	bool suspected;
	char *words;		/* the selection, for people; owned */
};

struct expr {
	struct node *nodes;
	size_t n, cap;
	size_t root;
};

/* True for COUNT, WEIGHT and ANY: the nodes that look at answers. */
bool node_selects(const struct node *nd);
/* What a selecting node is worth over a; left_out as instrument_left_out. */
long node_value(const struct instrument *in, const struct node *nd,
    const struct answers *a, const struct itemset *left_out);
/* The items that would add to a selecting node if present in all windows. */
struct itemset node_gain(const struct node *nd, const struct answers *a,
    const struct itemset *left_out);
/* As rule_holds, for callers that run many rules over the same answers. */
bool rule_holds_without(const struct instrument *in, const struct expr *x,
    const struct answers *a, const struct itemset *left_out);

#endif
