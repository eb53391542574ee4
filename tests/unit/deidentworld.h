/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A case with every field of free text, for what is made out of cases. */
#ifndef HEARKEN_TESTS_UNIT_DEIDENTWORLD_H
#define HEARKEN_TESTS_UNIT_DEIDENTWORLD_H

#include "core/casefile.h"
#include "core/clock.h"
#include "core/deident.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define DAY_ONE 20500	/* 2026-02-16 */
#define FIELDS_MAX 160

struct place {
	char kind[32], field[32];
};

struct world {
	struct instrument *in;
	struct casefile c;
	uint64_t n;
	struct place places[FIELDS_MAX];
	size_t nplaces;
};

/* In which field the case knows the name. */
enum where { AS_CHILD, AS_NICKNAME, AS_FRIEND, AS_CONCERN, AS_TEACHER, WHERES };

/* What is by lot comes from here. */
void world_seed(uint32_t from);
unsigned lot(unsigned n);
extern const struct rng world_rng;

int world_setup(void **state);
int world_teardown(void **state);
/* An entry; it must pass what a draft has to pass. */
void world_take(struct world *w, const char *kind, const json_t *body,
    int32_t day);
/* The entries in which the case knows the name. */
void world_know(struct world *w, enum where where, const char *name);
/* All of it: the text stands in each field of each kind that is told. */
void world_begin(struct world *w, enum where where, const char *name,
    const char *text);

extern const struct deident_words world_words;
void write_study(const struct deident *d, struct str *out);
void pass_all(struct deident *d);

#endif
