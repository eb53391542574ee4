/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A case with its reviews, written entry by entry by two practitioners and
 * three supervisors, for tests of what a review decides.
 */
#ifndef HEARKEN_TESTS_UNIT_REVIEWING_H
#define HEARKEN_TESTS_UNIT_REVIEWING_H

#include "core/oversight.h"

#define BASE INT64_C(1795190400000)
#define MAX 64
#define AUTHORS 32
#define NOTHING SIZE_MAX	/* about the case itself */

/* Practitioners; from 10 on supervisors, 19 the practitioner 1 anew. */
enum { PIA = 1, QUINN, SAL = 10, TESS, UMA, PIA_AS_SUPERVISOR = 19 };

enum { HIGH, POTENTIAL, VULNERABLE };

struct world {
	struct entry e[MAX];
	size_t n;
	uint64_t counter[AUTHORS];
	struct roster roster;
	struct case_id id;
	struct instrument *in;
	struct casefile c;	/* of all entries */
	struct oversight o;
	unsigned rules;		/* the level by the rules now */
	unsigned sample;
};

struct author_id author(unsigned who);
/* After the rules, the sample or the order of the entries changed. */
void fold(struct world *w);
int setup(void **state);
int teardown(void **state);
void forget(struct world *w);
/* Takes the body; the minute is the author's clock, which may be wrong. */
size_t put(struct world *w, unsigned who, int minute, const char *kind,
    json_t *body);
const struct record *at(const struct world *w, size_t i);
size_t screen(struct world *w, unsigned who, int minute, const char *level,
    const char *judgement);
size_t ask_lower(struct world *w, unsigned who, int minute,
    const char *level);
size_t raise_flag(struct world *w, unsigned who, int minute);
/*
 * As the program begins it, over what w holds now; level "" of one that is
 * given back.
 */
json_t *review_body(struct world *w, size_t about, const char *decision,
    const char *level);
size_t review(struct world *w, unsigned who, int minute, size_t about,
    const char *decision, const char *level);

#endif
