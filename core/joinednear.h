/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One case beside the others that are of the same child: what is said on its
 * own screen of what counts when they are joined.  Whoever looks at a single
 * case must not take its level for the child's.  Pure.
 */
#ifndef HEARKEN_CORE_JOINEDNEAR_H
#define HEARKEN_CORE_JOINEDNEAR_H

#include "core/joined.h"
#include "core/str.h"

struct near_case {
	char *reference;	/* owned */
	struct joined_part part;
};
struct joined_near {
	const struct instrument *in;	/* borrowed */
	struct joined_window window;
	int32_t today;
	struct joined_names names;
	struct near_case *list;
	size_t n, cap;
	size_t restricted;	/* more cases, not for these eyes */
	bool many;		/* too many to be followed */
	bool unread;		/* it could not be found out */
};
/* The window is that of the joined list when nobody chooses another. */
void joined_near_init(struct joined_near *near, const struct instrument *in,
    int32_t today);
void joined_near_release(struct joined_near *near);
/* Another case of the child, settled; it is needed no longer. */
void joined_near_add(struct joined_near *near, const struct casefile *c);
bool joined_near_any(const struct joined_near *near);
/*
 * Appends what counts when own is joined with them, in one or two sentences;
 * nothing when there is none.  level is what stands for own alone; returns
 * true for a warning: the child's is higher, or cannot be told.
 */
bool joined_near_words(const struct joined_near *near,
    const struct casefile *own, unsigned level, struct str *out);

#endif
