/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What reports count: one flat row a case, made from the fold in one pass,
 * and the child that each is of by linkage (core/factchild.h puts the rows of
 * a child together).  No narrative and no name is in it.  Pure.
 *
 * Nothing is chosen where two values stand for one thing: such a field counts
 * as not recorded, and `two` says so.  What is counted over time is of the
 * window: by the day that the entry speaks of, else by that of its writing.
 */
#ifndef HEARKEN_CORE_FACTS_H
#define HEARKEN_CORE_FACTS_H

#include "core/casefile.h"
#include "core/joined.h"
#include "core/oversight.h"

/* Texts of which many rows have the same: areas, schools, agencies, places. */
struct fact_words {
	char **list, **keys;	/* as first written; folded */
	size_t n, cap, capkeys;
	uint32_t *table;	/* by key: number + 1, 0 free; a power of two */
	size_t captable;
};
#define NO_WORD UINT32_MAX
/* Compared without case and marks; "": NO_WORD. */
uint32_t fact_word(struct fact_words *w, const char *text);
const char *fact_words_text(const struct fact_words *w, uint32_t word);
void fact_words_release(struct fact_words *w);

/* Fields for which two values stand; bits. */
enum fact_two {
	TWO_SEX = 1 << 0, TWO_ETHNICITY = 1 << 1, TWO_CARE = 1 << 2,
	TWO_AREA = 1 << 3, TWO_SCHOOL = 1 << 4
};

struct case_facts {
	struct case_id id;
	/* Numbers; the case alone: its own. */
	uint32_t child_lower, child_upper;
	int age;			/* on the last day; -1 */
	char sex;			/* M F U */
	char ethnicity[8], care[12];	/* codes; "" not recorded */
	bool disability_recorded, disabled;	/* as any version says */
	bool orientation_recorded;
	unsigned two;			/* bits of enum fact_two */
	/* Words; agency: whose return opened it, or who wrote from elsewhere. */
	uint32_t area, school, agency;
	struct joined_part part;	/* answers and agencies, in the window */
	struct itemset present, suspected;	/* of both lists */
	int32_t first_seen;		/* the first day of something present */
	unsigned level;			/* by rules, in the window */
	unsigned held;			/* as people decided, to this day */
	/* Harm observed or disclosed in the window, or NRM conclusive ever. */
	bool known_victim;
	bool screened;			/* a screening in the window */
	int32_t opened, screened_on;	/* days; DAY_NONE; the latest */
	/* Reviews that agreed; that raised or lowered; the rest asked. */
	unsigned screenings, reviews, reviews_agreed, reviews_differed;
	/*
	 * Referrals that were made and not taken back; of screenings whose
	 * level asked for one by a moment: made by then, and not, when it
	 * has passed.
	 */
	unsigned referrals, referrals_in_time, referrals_overdue;
	/*
	 * Episodes that began in the window; of these the interviews whose
	 * 72 hours have passed, or that were held before; offered or held on
	 * the day on which they end at the latest.
	 */
	unsigned missing, interviews_due, interviews_offered_in_time,
	    interviews_held_in_time;
	unsigned strategy, enquiries, assessments, conferences;	/* held */
	unsigned investigations, prosecutions, convictions;
	unsigned nrm;
	/*
	 * Bits of core/factors.h: what a person found at the end of the latest
	 * assessment held in the window, where they said so; and what the
	 * indicators present in it suggest.
	 */
	bool factors_confirmed;
	uint64_t factors, factors_suggested;
	bool peer;	/* a model of exploitation names other young people */
	bool closed, downgraded;
	bool carried;	/* closed: carried on under another case */
	int32_t *missing_from, *missing_to;	/* owned, pairs: for 903 */
	char *missing_kind;		/* owned: M or A each */
	size_t nmissing;
	/* Words, each once: where the child was found; owned. */
	uint32_t *places;	size_t nplaces, capplaces;
};

/*
 * What a row counts, each with its day, for what is told by month.  A review
 * is one of three, and so is an interview that was due: held in its hours,
 * else offered in them, else neither.
 */
enum fact_what {
	FACT_REFERRAL, FACT_SCREENING, FACT_REVIEW_AGREED,
	FACT_REVIEW_DIFFERED, FACT_REVIEW_RETURNED, FACT_MISSING,
	FACT_INTERVIEW_HELD, FACT_INTERVIEW_OFFERED, FACT_INTERVIEW_NEITHER,
	FACT_STRATEGY,
	FACT_ENQUIRY, FACT_ASSESSMENT, FACT_CONFERENCE, FACT_INVESTIGATION,
	FACT_PROSECUTION, FACT_CONVICTION, FACT_NRM, FACT_WHATS
};
struct fact_event {
	int32_t day;		/* inside the window; of interviews the episode's */
	uint32_t row;
	enum fact_what what;
	unsigned level;		/* of a screening: by the rules; or NO_ITEM */
};

/*
 * Two rows taken as of one child: found by the model, or by a person alone.
 * What a person found tells how many of them the model does not.
 */
struct fact_pair {
	uint32_t a, b;
	bool by_model;
};

struct facts {
	struct joined_window window;
	const struct instrument *in;	/* borrowed */
	struct case_facts *cases;	size_t n, cap;
	struct fact_event *events;	size_t nevents, capevents;
	struct fact_pair *pairs;	size_t npairs, cappairs;
	unsigned sample;	/* one in so many reviews has a second look */
	struct second_looks looks;	/* at reviews of the window */
	struct fact_words words;	/* areas, schools, agencies, places */
	struct joined_names names;	/* of agencies in parts */
	size_t nlower, nupper;		/* children */
	size_t restricted;		/* cases left out, not for these eyes */
	int64_t now;
	int32_t today;
};
/* now: UTC ms; w is copied. */
void facts_init(struct facts *f, const struct instrument *in,
    const struct joined_window *w, int64_t now);
void facts_release(struct facts *f);
/*
 * Adds a row of a settled case; the children are numbered by facts_link() or
 * each its own.  r may be NULL.
 */
void facts_add(struct facts *f, const struct casefile *c,
    const struct roster *r);
/*
 * lower[i] and upper[i] are those of the i-th row: any numbers, equal where
 * the child is the same; they are numbered anew from 0 in the order of rows.
 */
void facts_link(struct facts *f, const uint32_t *lower, const uint32_t *upper);
void facts_pair(struct facts *f, uint32_t a, uint32_t b, bool by_model);

#endif
