/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What tests of single pairs share: invented children, a run of the shipped
 * model over them, and what is expected of a pair.
 */
#ifndef HEARKEN_TESTS_UNIT_LINKCASE_H
#define HEARKEN_TESTS_UNIT_LINKCASE_H

#include <stddef.h>
#include <stdint.h>

#include "core/link.h"

#define NHS_A "9434765919"
#define NHS_B "4010232137"
#define NONE 255		/* no such pair is told */
#define B1 "2012-05-07"
#define P1 "QA1 2XB"
#define JADE(given, family) { 1, given, family, B1, P1, 'F', "" }
#define ANNA { 0, "Ruth", "Invented", B1, P1, 'F', "" }

struct child {
	uint32_t agency;
	const char *given, *family, *birth, *postcode;
	char sex;
	const char *nhs;
};

/* Of a group: the names and the model that ship. */
int linkcase_load(void **state);
int linkcase_unload(void **state);
struct links *linkcase_links(void);
const struct link_model *linkcase_model(void);

void run(const struct child *c, size_t n, const struct link_decided *d,
    size_t nd, struct link_result *out);
/* NULL when it is not told. */
const struct link_pair *pair_of(const struct link_result *r, uint32_t a,
    uint32_t b);
void expect_pair(const struct link_result *r, uint32_t a, uint32_t b,
    int verdict, unsigned why);

#endif
