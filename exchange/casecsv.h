/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Entries of a case as CSV: one row for each, the same columns for every
 * kind, formulas made harmless.  The names of the columns are a promise to
 * other programs:
 *
 *	reference	of the case
 *	entry		id, in hex
 *	kind, label	"referral", "Referral"
 *	on		the day or span that it speaks of, or empty
 *	written		when, UTC
 *	author		by name
 *	standing	stands, struck, replaced, not counted, disposed of
 *	text		every field, "Label: words", each on a line
 *	classification	of a training session only: that it is of no real child
 */
#ifndef HEARKEN_EXCHANGE_CASECSV_H
#define HEARKEN_EXCHANGE_CASECSV_H

#include "core/recordwords.h"
#include "core/str.h"

/* Appends the head and n rows, in the order given. */
void records_csv(const struct reading *g, const struct record *const *records,
    size_t n, struct str *out);

#endif
