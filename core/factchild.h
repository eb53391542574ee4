/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The children of the facts: the rows of one child put together, by the
 * links alone or with all that is asked taken as the same.  Pure.
 *
 *	protective facts	hold when any row says so: a known victim, a
 *				disability, the highest level
 *	sex, ethnicity, care	count as not recorded when rows differ
 *	area, school		of the row that was written of last
 *
 * A case that was closed because it is carried on under another counts with
 * that one and is no child of its own.
 */
#ifndef HEARKEN_CORE_FACTCHILD_H
#define HEARKEN_CORE_FACTCHILD_H

#include "core/facts.h"

/* At risk and known victims are kept apart: each child is in one of these. */
enum fact_class {
	CLASS_VICTIM = 0,	/* disclosed, harm observed, or conclusive */
	CLASS_HIGH,		/* the highest level, and no known victim */
	CLASS_POTENTIAL,	/* another level that asks for a referral */
	CLASS_NONE		/* not identified */
};
#define CLASSES 3		/* identified */
/* "Known victims"; static. */
const char *fact_class_words(enum fact_class c);

struct child_facts {
	const uint32_t *rows;	/* of facts.cases, ascending; borrowed */
	size_t n;
	int age;		/* the youngest; -1 */
	char sex;
	char ethnicity[8], care[12];
	bool disability_recorded, disabled, orientation_recorded;
	unsigned two;		/* bits of enum fact_two */
	uint32_t area, school;
	/*
	 * By the rules on all that is known in the window, or higher as people
	 * decided in it: a lowering hides nobody from a count.
	 */
	unsigned level;
	unsigned indicators, corroborated, most_alone, agencies;
	bool only_joined;	/* three or more, and no agency has three */
	bool known_victim, screened, peer;
	int32_t first_seen, latest;	/* DAY_NONE */
	enum fact_class class;
};
struct fact_children {
	struct child_facts *list;	size_t n;	/* in the order of rows */
	uint32_t *rows;		/* owned */
};
void fact_children(const struct facts *f, bool upper,
    struct fact_children *out);
void fact_children_release(struct fact_children *c);

/*
 * Puts the cases of a child together again: *parts is owned by the caller and
 * stays as long as *out.
 */
void fact_child_join(const struct facts *f, const struct child_facts *c,
    const struct joined_part ***parts, struct joined_child *out);

#endif
