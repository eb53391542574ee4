/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which records of several agencies speak of the same child.  Identifiers
 * first, never alone; then Fellegi and Sunter (1969): fields are compared in
 * levels, each level weighs log2(m/u), and m and u come from a model file
 * that was trained by EM and is never trained again silently.  A wrong link
 * costs about twenty missed ones: by itself a pair is linked only above the
 * upper threshold, ahead of the next candidate by a margin, and with no twin
 * guard fired.  Pure; holds the records in memory.
 */
#ifndef HEARKEN_CORE_LINK_H
#define HEARKEN_CORE_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/yaml.h"

enum link_field {
	LINK_FORENAME, LINK_SURNAME, LINK_BIRTH, LINK_SEX, LINK_POSTCODE,
	LINK_NHS, LINK_UPN, LINK_FIELDS
};
/*
 * Names: the same, Jaro-Winkler 0.92 or a known short form, 0.85 or a part,
 * else.  Birth and postcode: the same, one edit or two swapped, a part (two
 * of day, month and year, or the year and 1 January; the sector), else.  Sex
 * and the numbers know only the first and the fourth.  What is missing weighs
 * nothing.
 */
enum link_level {
	LEVEL_EXACT, LEVEL_CLOSE, LEVEL_NEAR, LEVEL_APART, LEVEL_MISSING,
	LINK_LEVELS
};
const char *link_field_name(enum link_field f);
const char *link_level_words(enum link_level l);

/* As the agency wrote it; all borrowed while it is added. */
struct link_raw {
	uint32_t agency;	/* a number of the caller's */
	const char *forename, *surname, *name;	/* name: when not apart */
	int32_t birth;		/* DAY_NONE */
	char sex;		/* M, F, U */
	const char *postcode, *nhs, *upn;	/* "" for none */
};

/*
 * What names are standardised by: content/linkage/NAME.yaml, all but
 * model.yaml; several files make one.
 *
 *	id, title
 *	titles		words that are left out everywhere
 *	drop		particles: left out, but at the front of a given name
 *	middle		the same, left out there, too
 *	join		words written together with the next: "o", "mac"
 *	shared		given names that brothers or sisters share: alone they
 *			tell nobody from another
 *	nobody		words that stand where a given name is not known: two
 *			records that have them need not be of one child
 *	begins		a map: how a name begins -> as it is kept
 *	letters		a map: a letter -> the Latin letters for it
 *	spellings	lists: one name in several spellings; kept as the first
 *	diminutives	lists: a full name, then its short forms
 *	girls, boys	full names with a short form that others have, too
 */
struct link_names;
struct link_names *link_names_new(void);
/* Adds one file; false with every fault in f: then nothing of it is added. */
bool link_names_add(struct link_names *n, const char *text, size_t len,
    struct faults *f);
void link_names_free(struct link_names *n);

/*
 * content/linkage/model.yaml:
 *
 *	id, title, version, source
 *	prior, upper, lower, margin
 *	fields		a list, and in each
 *	  field		link_field_name
 *	  m, u		four numbers: of exact, close, near, apart
 */
struct link_model {
	char id[65], version[65];
	/* Of LEVEL_MISSING both are 0; a level that does not occur, too. */
	double m[LINK_FIELDS][LINK_LEVELS], u[LINK_FIELDS][LINK_LEVELS];
	double prior;		/* of any two records being of one child */
	double upper, lower;	/* sums of the weights, in bits; no prior in it */
	double margin;		/* at most upper - lower */
	char hash[65];		/* BLAKE2b-256 of its text, hex; "" after training */
};
/* Takes nothing; returns owned, or NULL with every fault in f. */
struct link_model *link_model_parse(const char *text, size_t n,
    struct faults *f);
void link_model_free(struct link_model *m);
/* Appends its file.  What is read from it again is the same to 12 places. */
void link_model_write(const struct link_model *m, const char *source,
    struct str *out);
/* log2(m / u) of a field at a level; 0 when missing. */
double link_model_weight(const struct link_model *m, enum link_field f,
    enum link_level l);

struct links;
/* Records in, in any order; the result does not depend on it. */
struct links *links_new(const struct link_names *names);
void links_free(struct links *l);
/* Returns the record's number, from 0.  Copies and standardises. */
uint32_t links_add(struct links *l, const struct link_raw *raw);
size_t links_records(const struct links *l);
size_t links_memory(const struct links *l);

/* What the blocks held in the last run, to be told with its result. */
struct link_blocks {
	uint64_t pairs;		/* compared; one of two blocks counts twice */
	size_t blocks;		/* of two records or more */
	size_t biggest;		/* records in it */
	size_t split;		/* too large: compared only within a second key */
	size_t windowed;	/* too large after all keys: only with neighbours */
};
const struct link_blocks *links_blocks(const struct links *l);

/*
 * Fellegi-Sunter by EM (Winkler 1988): u from pairs at random, m from the
 * blocks, each without the fields of its key.  Deterministic and independent
 * of the order.  Sets m, u, prior and the thresholds: upper where a pair is
 * one child with odds of 20 to 1, as a wrong link costs about twenty missed
 * ones; lower at 1 to 4.  False, and *m is as it
 * was, with fewer than about 20 true pairs.
 */
bool links_train(struct links *l, struct link_model *m);

/*
 * What people decided before: kept, whatever the model says.  In order of
 * time: of two on one pair the later holds.  Where "same" would join two that
 * are "not the same" over a third, the parting holds and that pair is asked
 * again (LINK_AGAINST).  What the model said comes behind all that people
 * said, and is followed only where it joins, over whatever is linked already,
 * no two that no machine may; else it is asked.
 */
enum link_said {
	LINK_SAID_APART,
	LINK_SAID_SAME,
	/* Signed, but nobody looked. */
	LINK_SAID_BY_MODEL
};
struct link_decided { uint32_t a, b; enum link_said same; };

enum link_verdict {
	LINK_AUTO,		/* linked by the model */
	LINK_ASK,		/* a person decides */
	LINK_SAME,		/* a person said so */
	LINK_NOT_SAME
};
enum link_why {			/* why a person is asked; bits */
	LINK_BETWEEN = 1 << 0,		/* between the thresholds */
	LINK_TWIN = 1 << 1,		/* same birth and surname or house, other forename */
	LINK_NO_LEAD = 1 << 2,		/* another candidate is as good */
	LINK_SAME_AGENCY = 1 << 3,	/* would be two records of one agency */
	LINK_ID_ALONE = 1 << 4,		/* an identifier, and nothing else */
	LINK_AGAINST = 1 << 5,		/* would join what a person parted */
	LINK_CONFLICT = 1 << 6,		/* both have a number, and another one */
	/*
	 * Over the records that either is linked to, it would join two that
	 * no machine may: LINK_TWIN, LINK_SAME_AGENCY or LINK_CONFLICT then
	 * says of those two why, and not of the pair.
	 */
	LINK_CHAIN = 1 << 7
};
#define LINK_WHYS 8
struct link_pair {
	uint32_t a, b;			/* a < b */
	float weight;			/* total, bits */
	float weights[LINK_FIELDS];
	unsigned char levels[LINK_FIELDS];
	unsigned char verdict, why;
	bool swapped;			/* given and family name change places */
	uint32_t over[2];		/* LINK_CHAIN, LINK_AGAINST: which two */
};
/* "twins: same birth, other forename", of one bit. */
const char *link_why_words(enum link_why why);
/* The reasons that a pair may be asked for, the most telling first. */
struct link_reason {
	const char *code;	/* "twins"; NULL ends the list */
	enum link_why why;
};
const struct link_reason *link_reasons(void);
/* The most telling one of a pair; CHAIN and AGAINST before all others. */
enum link_why link_main_reason(const struct link_pair *p);
/*
 * Below 0 where a is asked first: those that the model would link but for
 * something else, then by weight, and at last whose given names are nothing
 * alike, who are nearly always twins.
 */
int link_ask_order(const struct link_pair *a, const struct link_pair *b);
/*
 * A person who parts one pair of two children's records has answered every
 * other such pair of the two; what the model would link for itself, or what
 * clashes with a decision, is asked all the same.
 */
bool link_parting_answers(const struct link_pair *p);

struct link_result {
	struct link_pair *pairs;	/* AUTO, ASK and decided; by (a, b) */
	size_t npairs;
	/* The child that each record is of, numbered from 0: links alone, and
	 * with all that is asked taken as the same (never two of one agency,
	 * never against a decision). */
	uint32_t *lower, *upper;
	size_t nlower, nupper;
	struct link_blocks blocks;	/* what was not compared, too */
};
/* A number for the two children (by links alone) that a pair is of. */
uint64_t link_two_children(const struct link_result *r,
    const struct link_pair *p);
struct link_asked {
	size_t pairs;
	size_t questions;	/* with pairs that one parting answers as one */
	size_t by[LINK_WHYS];	/* pairs by main reason, by its bit */
};
void link_asked_count(const struct link_result *r, struct link_asked *out);
/* A sentence when not all pairs were compared; nothing else. */
void link_blocks_words(const struct link_blocks *b, struct str *out);
/* RC-less: never fails but for memory, which ends the program (xmalloc). */
void links_run(struct links *l, const struct link_model *m,
    const struct link_decided *decided, size_t ndecided,
    struct link_result *out);
void link_result_release(struct link_result *r);

#endif
