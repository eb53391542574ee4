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
/* exact, Jaro-Winkler 0.92 / one edit or swapped, 0.85 / part, else; missing weighs nothing. */
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

/* What names are standardised by: content/linkage/NAME.yaml. */
struct link_names;
/* Adds one file (particles, diminutives, transliterations); false with f. */
struct link_names *link_names_new(void);
bool link_names_add(struct link_names *n, const char *text, size_t len,
    struct faults *f);
void link_names_free(struct link_names *n);

struct link_model {
	char id[65], version[65];
	double m[LINK_FIELDS][LINK_LEVELS], u[LINK_FIELDS][LINK_LEVELS];
	double prior;		/* of a pair of the blocks being one child */
	double upper, lower;	/* total weights, in bits */
	double margin;
	char hash[65];		/* of its text */
};
struct link_model *link_model_parse(const char *text, size_t n,
    struct faults *f);
void link_model_free(struct link_model *m);
void link_model_write(const struct link_model *m, struct str *out);

struct links;
/* Records in, in any order; the result does not depend on it. */
struct links *links_new(const struct link_names *names);
void links_free(struct links *l);
/* Returns the record's number, from 0.  Copies and standardises. */
uint32_t links_add(struct links *l, const struct link_raw *raw);
size_t links_records(const struct links *l);
size_t links_memory(const struct links *l);

/* EM over the candidate pairs; seeded by nothing, deterministic. */
bool links_train(struct links *l, struct link_model *m);

/* What people decided before: kept, whatever the model says. */
struct link_decided { uint32_t a, b; bool same; };

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
	LINK_AGAINST = 1 << 5		/* would join what a person parted */
};
struct link_pair {
	uint32_t a, b;			/* a < b */
	float weight;			/* total, bits */
	float weights[LINK_FIELDS];
	unsigned char levels[LINK_FIELDS];
	unsigned char verdict, why;
};
struct link_result {
	struct link_pair *pairs;	/* AUTO, ASK and decided; by (a, b) */
	size_t npairs;
	/* The child that each record is of, numbered from 0: links alone, and
	 * with all that is asked taken as the same (never two of one agency,
	 * never against a decision). */
	uint32_t *lower, *upper;
	size_t nlower, nupper;
};
/* RC-less: never fails but for memory, which ends the program (xmalloc). */
void links_run(struct links *l, const struct link_model *m,
    const struct link_decided *decided, size_t ndecided,
    struct link_result *out);
void link_result_release(struct link_result *r);

#endif
