/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How many children live where, for rates per 10,000, and which areas are
 * statistical neighbours.  Content of a board:
 *
 *	id: invented-county
 *	year: 2025
 *	source: where the figures stand
 *	areas:
 *	  - name: Invented Borough
 *	    children: 41200
 *	    groups:			if known; codes as in the kind "identity"
 *	      sex: {M: 21000, F: 20200}
 *	      ethnicity: {WBRI: 30000}
 *	      disabled: {"yes": 3100}
 *	      care: {order: 240}
 *	    neighbours: [Sample Town]
 */
#ifndef HEARKEN_CORE_POPULATION_H
#define HEARKEN_CORE_POPULATION_H

#include <stdint.h>

#include "core/yaml.h"

struct population_group { char *what, *code; uint64_t children; };
struct population_area {
	char *name;
	uint64_t children;
	struct population_group *groups;	size_t ngroups, capgroups;
	char **neighbours;	size_t nneighbours, capneighbours;
};
struct population {
	char *id, *source;
	int year;
	struct population_area *areas;	size_t n, cap;
};
/* Returns owned the populations, or NULL with every fault, sorted. */
struct population *population_parse(const char *text, size_t n,
    struct faults *f);
void population_free(struct population *p);
/* Folded; NULL when it is not there. */
const struct population_area *population_find(const struct population *p,
    const char *area);
/* NULL when nobody has counted the group. */
const struct population_group *population_group_find(
    const struct population_area *a, const char *what, const char *code);

#endif
