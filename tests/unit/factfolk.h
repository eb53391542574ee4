/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of facts of invented children, without a case behind them. */
#ifndef HEARKEN_TESTS_UNIT_FACTFOLK_H
#define HEARKEN_TESTS_UNIT_FACTFOLK_H

#include "core/factchild.h"

#define FOLK_NOW INT64_C(1795348800000)	/* 2026-11-22 12:00 UTC */

/* One of this class, 14 years old, of one agency, seen on this day. */
struct folk {
	enum fact_class class;
	const char *area, *school;	/* "": not recorded */
	int32_t day;
	const char *agency;		/* NULL: "Invented School" */
};
/* The row is borrowed until the next one is added. */
struct case_facts *folk_add(struct facts *f, const struct folk *who);

#endif
