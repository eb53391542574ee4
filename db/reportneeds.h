/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What reports need of a store beside facts (core/report.h: needs->extra). */
#ifndef HEARKEN_DB_REPORTNEEDS_H
#define HEARKEN_DB_REPORTNEEDS_H

#include "core/facts.h"
#include "db/store.h"

enum report_extra {
	EXTRA_CHILDREN = 1,	/* of cases with missing episodes: "children" */
	EXTRA_REFERENCES = 2	/* of cases with factors: "references" */
};
/*
 * {staff, people} and what else is asked for, of the cases in f alone: those
 * that these eyes may open.  *out is a new reference; NULL after a failure.
 */
NODISCARD enum rc store_report_extra(struct store *s, const struct facts *f,
    unsigned what, json_t **out, struct err *e);

#endif
