/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Each child whole, as a list: one row a child under links alone, and what it
 * would be if the pairs that wait were of one child.  Pure.
 */
#ifndef HEARKEN_TUI_JOINEDLIST_H
#define HEARKEN_TUI_JOINEDLIST_H

#include "core/facts.h"

struct joined_row {
	const uint32_t *cases;		/* indexes in facts; borrowed */
	size_t ncases;
	unsigned agencies, indicators, corroborated, most_alone;
	unsigned level_lower, level_upper;
	unsigned indicators_upper;
	int32_t latest;
	bool only_joined;
	bool only_joined_upper;		/* if the pairs that wait are of one */
};

struct joined_list {
	struct joined_row *rows;	size_t n, cap;
	uint32_t *cases;		/* by child; what rows borrow */
	size_t only_joined, only_joined_upper;
};

void joined_list_init(struct joined_list *l);
/*
 * Children with anything present: three or more only when joined first, then
 * those that would be, then by how many indicators.  f is borrowed for the
 * call.
 */
void joined_list_make(const struct facts *f, struct joined_list *out);
void joined_list_release(struct joined_list *l);
/* The cases that are of the row's child if all pairs that wait are: owned. */
uint32_t *joined_list_upper(const struct facts *f, const struct joined_row *r,
    size_t *n);
/* The whole child of these cases; parts stays with the caller, to be freed. */
void joined_list_child(const struct facts *f, const uint32_t *cases,
    size_t n, const struct joined_part ***parts, struct joined_child *out);

#endif
