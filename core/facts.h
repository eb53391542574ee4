/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What reports count: one flat row a case, made from the fold in one pass,
 * and the child that each is of by linkage.  No narrative and no name is in
 * it.  Pure.
 */
#ifndef HEARKEN_CORE_FACTS_H
#define HEARKEN_CORE_FACTS_H

#include "core/casefile.h"
#include "core/joined.h"

#define FACT_TEXT_MAX 40

/* Texts of which many rows have the same: areas, schools, agencies, places. */
struct fact_words { char **list; size_t n, cap; };
#define NO_WORD UINT32_MAX
uint32_t fact_word(struct fact_words *w, const char *text);	/* "": NO_WORD */
void fact_words_release(struct fact_words *w);

struct case_facts {
	struct case_id id;
	uint32_t child_lower, child_upper;	/* numbers; the case alone: its own */
	int age;			/* on the last day; -1 */
	char sex;			/* M F U */
	char ethnicity[8], care[12];	/* codes; "" not recorded */
	bool disability_recorded, disabled;
	bool orientation_recorded;
	uint32_t area, school, agency;	/* words; agency: who opened it */
	struct itemset present, suspected;	/* in the window */
	unsigned level;			/* by rules, in the window */
	unsigned held;			/* as people decided */
	bool known_victim;		/* harm observed, disclosed, or NRM conclusive */
	bool screened;			/* a screening in the window */
	int32_t opened, screened_on;	/* days; DAY_NONE */
	unsigned screenings, reviews, reviews_agreed, reviews_differed;
	unsigned referrals, referrals_in_time, referrals_overdue;
	unsigned missing, interviews_due, interviews_offered_in_time,
	    interviews_held_in_time;
	unsigned strategy, enquiries, assessments, conferences;
	unsigned investigations, prosecutions, convictions;
	unsigned nrm;
	bool closed, downgraded;
	int32_t *missing_from, *missing_to;	/* owned, pairs: for 903 */
	char *missing_kind;		/* owned: M or A each */
	size_t nmissing;
};

struct facts {
	struct joined_window window;
	const struct instrument *in;	/* borrowed */
	struct case_facts *cases;	size_t n, cap;
	struct fact_words words;	/* areas, schools, agencies */
	size_t nlower, nupper;		/* children */
	size_t restricted;		/* cases left out, not for these eyes */
	int32_t today;
};
void facts_init(struct facts *f, const struct instrument *in,
    const struct joined_window *w, int32_t today);
void facts_release(struct facts *f);
/* Adds a row; the children are numbered by facts_link() or each its own. */
void facts_add(struct facts *f, const struct casefile *c,
    const struct roster *r);
/* lower[i] and upper[i] are those of the i-th row. */
void facts_link(struct facts *f, const uint32_t *lower, const uint32_t *upper);

#endif
