/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Each child whole: the cases of several agencies that are one child, with
 * every indicator counted once, and who corroborates it, inside a stated
 * window of days.  No single agency holds the whole picture (OCC, "One year
 * on", 2015: indicators were collated across agencies, and three or more led
 * to immediate safeguarding activity).  Pure.
 */
#ifndef HEARKEN_CORE_JOINED_H
#define HEARKEN_CORE_JOINED_H

#include "core/casefile.h"
#include "core/screen.h"

#define JOINED_THREE 3u		/* indicators of both lists, present */

/* Days, both inclusive; DAY_NONE: open on that side. */
struct joined_window {
	int32_t from, to;
};

/* Agencies by number, compared without case and marks. */
struct joined_names {
	char **list, **keys;	/* as first written; folded */
	size_t n, cap, capkeys;
};
void joined_names_init(struct joined_names *names);
void joined_names_release(struct joined_names *names);
uint32_t joined_agency(struct joined_names *names, const char *name);

/* What one agency has present by one case. */
struct joined_voice {
	uint32_t agency;
	struct itemset present;
};

/* What one case brings in the window; needs the casefile no longer. */
struct joined_part {
	struct case_id id;
	struct answers answers;
	struct joined_voice *voices;	size_t nvoices, capvoices;
	size_t undated;		/* observations without a date: counted */
	size_t outside;		/* that speak of other days: not counted */
	int32_t latest;		/* the last day of what was counted */
};
/*
 * Standing observations whose days touch the window, and those without a
 * date: what nobody dated is not lost.  c is settled.
 */
void joined_part_of(const struct casefile *c, const struct instrument *in,
    const struct joined_window *w, int32_t today,
    struct joined_names *names, struct joined_part *out);
void joined_part_release(struct joined_part *p);

struct joined_child {
	const struct joined_part *const *parts;	/* borrowed */
	size_t nparts;
	struct answers answers;
	struct screening result;
	unsigned indicators;		/* distinct, of both lists, present */
	unsigned corroborated;		/* of these by two agencies or more */
	unsigned most_alone;		/* the most that one agency has present */
	unsigned agencies;		/* with anything present */
	bool only_joined;		/* three or more, and no agency has three */
	int32_t latest;
};
/* The parts are of one child and stay as long as *out. */
void joined_child_of(const struct joined_part *const *parts, size_t n,
    const struct instrument *in, struct joined_child *out);
/*
 * Numbers of the agencies that have the item present, ascending, at most room
 * of them; returns how many there are.
 */
size_t joined_who(const struct joined_child *c, unsigned item,
    uint32_t *out, size_t room);

#endif
