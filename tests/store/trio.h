/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Three stores whose people know each other's cards, and what can happen to
 * them: somebody writes, a bundle is packed, opened, lost or opened again,
 * a clock jumps.  Each step is a row of numbers, so that a list of them can
 * be drawn by lot, played again and made shorter; a step that cannot be done
 * does nothing.
 */
#ifndef HEARKEN_TESTS_STORE_TRIO_H
#define HEARKEN_TESTS_STORE_TRIO_H

#include "core/card.h"
#include "core/str.h"
#include "db/carry.h"
#include "tests/store/world.h"

#define SIDES 3
#define TRIO_CASES 6
#define TRIO_PARCELS 16

enum what {
	WHAT_OPEN,	/* who opens a case; a: its reference */
	WHAT_WRITE,	/* who writes; a: which recipe, b: case, c: target */
	WHAT_PACK,	/* who packs; a: for whom, b: case or all, c: a part */
	WHAT_DELIVER,	/* a: which parcel; b: whether it is kept for again */
	WHAT_LOSE,	/* a: which parcel */
	WHAT_CLOCK,	/* who; a: how far and where to */
	WHAT_REOPEN,	/* who; a: as whom, where there are two */
	WHATS
};

struct step {
	enum what what;
	unsigned who, a, b, c;
};

/* What lies in one bundle. */
struct parcel_item {
	bool is_proof;
	struct entry entry;	/* owned */
	struct proof proof;
};
struct parcel {
	unsigned from, to;
	json_t *people;		/* owned */
	struct parcel_item *items;	/* owned */
	size_t n, cap;
	/* The bundle-sent of each case that it holds. */
	struct case_id cases[TRIO_CASES];
	struct entry_id sent[TRIO_CASES];
	size_t ncases;
	char path[700];		/* of the file, instead of items; or "" */
};

struct trio {
	struct world side[SIDES];
	struct author_id key[SIDES + 1];	/* the last: the colleague */
	unsigned user;			/* of the first side: 0, or SIDES */
	bool files;			/* what is packed is a whole file */
	unsigned nfiles;
	struct case_id cases[TRIO_CASES];
	size_t ncases;
	struct parcel parcels[TRIO_PARCELS];
	size_t nparcels;
	struct str fault;		/* what went wrong, or "" */
	uint64_t added, skipped;	/* entries united; steps without effect */
};

/*
 * Fresh stores; the first has a colleague, who is a practitioner.  files:
 * bundles are files (exchange/bundle.h), sealed and opened by their people.
 */
void trio_make(struct trio *t, bool files);
void trio_release(struct trio *t);
/* False with a fault. */
bool trio_step(struct trio *t, const struct step *s);
/*
 * Everybody packs everything for everybody, until nobody is given anything
 * new; nothing is written meanwhile.  False with a fault.
 */
bool trio_settle(struct trio *t);
/* The names of steps and recipes, for a report. */
void trio_words(const struct step *s, struct str *out);

#endif
