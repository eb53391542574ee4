/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The filter language: `risk:high signs>=3 due<7d "bus station"`.  Terms are
 * joined by "and"; a leading "-" or "not" turns one term round.  Parsed
 * here with the place of any error; turned into SQL in db/query.c.
 *
 *	risk:LEVEL[,LEVEL]	level id; risk>=potential orders them
 *	could:LEVEL		as risk, for the could-be level
 *	signs>=N vulnerabilities>=N notknown>=N	also < <= > = :
 *	due<7d due<2026-12-01 due:overdue due:none
 *	born>=2010-01-01	changed>=2026-11-01
 *	owner:me owner:NAME	who opened it
 *	ref:TEXT name:TEXT text:"bus station"	words, folded, prefix
 *	is:screened is:unscreened is:lowering is:conflict is:restricted
 *	WORD or "SOME WORDS"	the same as text:
 */
#ifndef HEARKEN_CORE_QUERY_H
#define HEARKEN_CORE_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

enum query_key {
	QUERY_RISK, QUERY_COULD, QUERY_SIGNS, QUERY_VULNERABILITIES,
	QUERY_NOTKNOWN, QUERY_DUE, QUERY_BORN, QUERY_CHANGED, QUERY_OWNER,
	QUERY_REF, QUERY_NAME, QUERY_TEXT, QUERY_IS
};

enum query_op { QUERY_EQ, QUERY_LT, QUERY_LE, QUERY_GT, QUERY_GE };

struct query_term {
	enum query_key key;
	enum query_op op;
	bool not;
	char *text;		/* text, level ids (comma list), state; owned */
	int64_t number;		/* counts; moments as UTC ms for due, changed; days for born */
};

struct query {
	struct query_term *terms;
	size_t n, cap;
};

/*
 * Reads text.  today and now anchor "7d".  level_known (may be NULL) says
 * whether a level id exists.  On failure *at is the byte offset of the fault.
 */
struct query_context {
	int64_t now;
	int32_t today;
	bool (*level_known)(const char *id, void *ctx);
	void *ctx;
};
NODISCARD enum rc query_parse(const char *text,
    const struct query_context *qc, struct query *out, size_t *at,
    struct err *e);
void query_init(struct query *q);
void query_release(struct query *q);

#endif
