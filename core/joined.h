/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Each child whole: the cases of several agencies that are one child, with
 * every indicator counted once and who corroborates it, inside a stated
 * window of days.  Levels under lower linkage (what is linked) and upper (what
 * may be).  Pure.
 */
#ifndef HEARKEN_CORE_JOINED_H
#define HEARKEN_CORE_JOINED_H

#include "core/casefile.h"
#include "core/screen.h"

struct joined_window { int32_t from, to; };	/* days; DAY_NONE: open */

/* What one case brings; made once, the casefile may go then. */
struct joined_part {
	struct case_id id;
	uint32_t agencies[ITEMS_MAX];	/* bits of agency numbers per item, first 32 */
	struct answers answers;		/* in the window */
	/* Present items of each single agency that the case names. */
	struct itemset *by_agency;	/* owned, nagencies of the table */
	uint32_t *agency;		/* owned: numbers */
	size_t nagencies;
	int32_t birth;
	bool direct;			/* a direct question answered present */
};

struct joined_names { char **list; size_t n, cap; };	/* agencies by number */
uint32_t joined_agency(struct joined_names *names, const char *name);
void joined_names_release(struct joined_names *names);

void joined_part_of(const struct casefile *c, const struct instrument *in,
    const struct joined_window *w, int32_t today,
    struct joined_names *names, struct joined_part *out);
void joined_part_release(struct joined_part *p);

struct joined_child {
	const struct joined_part **parts;	/* borrowed */
	size_t nparts;
	struct answers answers;
	struct screening result;
	unsigned indicators;		/* distinct present, both lists */
	unsigned most_alone;		/* the most that one agency had present */
	unsigned corroborated;		/* present by two agencies or more */
	unsigned nagencies;
	bool only_joined;		/* three or more, and no agency alone had three */
};
/* parts are of one child; out borrows the array. */
void joined_child_of(const struct joined_part **parts, size_t n,
    const struct instrument *in, struct joined_child *out);
/* Agencies that have the item present, as numbers; returns how many. */
size_t joined_who(const struct joined_child *c, unsigned item,
    uint32_t *out, size_t room);

#endif
