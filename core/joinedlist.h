/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The joined list: every child with an indicator in the window, once, in the
 * order in which they are looked at, and which of them no agency alone had at
 * three.  Of facts that stay as they are.  Pure.
 */
#ifndef HEARKEN_CORE_JOINEDLIST_H
#define HEARKEN_CORE_JOINEDLIST_H

#include "core/factchild.h"

enum joined_group {
	JOINED_ONLY = 0,	/* three or more, and only when joined */
	JOINED_COULD,		/* the same if links that are asked are so */
	JOINED_OTHER,
	JOINED_GROUPS
};
/* "Three or more only when joined"; static. */
const char *joined_group_label(enum joined_group g);
/* "only-joined"; static. */
const char *joined_group_code(enum joined_group g);

struct joined_entry {
	const struct child_facts *lower, *upper;	/* borrowed */
	enum joined_group group;
};
struct joined_list {
	struct fact_children lower, upper;
	/* By group, the highest level, the latest first. */
	struct joined_entry *list;	size_t n;
	size_t in[JOINED_GROUPS];
	size_t children_lower, children_upper;	/* with an indicator */
};
/* only: without the group JOINED_OTHER, which is counted. */
void joined_list_init(struct joined_list *l, const struct facts *f,
    bool only);
void joined_list_release(struct joined_list *l);

#endif
