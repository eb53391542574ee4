/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Groups of children by ethnicity, sex, disability and care status, with the
 * words of the forms: rows of the bias check and of the gaps in recording.
 * Pure.
 */
#ifndef HEARKEN_CORE_REPORT_GROUPS_H
#define HEARKEN_CORE_REPORT_GROUPS_H

#include "core/population.h"
#include "core/report_kids.h"

struct grouping_by {
	const char *id, *title, *head;
	const char *what;	/* in the population file */
	size_t (*keys)(const struct kids *k, const struct child_facts *c,
	    uint32_t out[KIDS_KEYS_MAX]);
	void (*label)(const struct kids *k, uint32_t key, struct str *out);
};
/* Sex, ethnicity, disability, care status. */
enum group_by { BY_SEX, BY_ETHNICITY, BY_DISABILITY, BY_CARE, GROUPS_BY };
const struct grouping_by *grouping_by(enum group_by by);
/*
 * The key of the n-th row of the board's table (core/report_axis.h), whose
 * codes are the form's.
 */
uint32_t grouping_axis_key(enum group_by by, size_t row);
/* The code of a row; NULL for what is not recorded. */
const char *grouping_code(enum group_by by, uint32_t key);
/*
 * Children of the group in the areas that count it, and all children of these
 * areas: false when none does.
 */
bool grouping_people(const struct population *p, enum group_by by,
    uint32_t key, uint64_t *part, uint64_t *all);
/* Black, Asian and minority ethnic, Gypsy, Roma and Traveller with them. */
bool ethnicity_is_minority(const char *code);

#endif
