/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The filter language: `risk:high signs>=3 due<7d kind:missing "bus station"`.
 * Terms are joined by "and"; a leading "-" or "not" turns one term round;
 * commas inside a value mean "or".  Parsed here with the place of any error;
 * turned into SQL in db/query.c.  The table `keys` in query.c has a line for
 * each key, from which errors, completion and hints are made.
 *
 *	risk:LEVEL[,LEVEL]	level id; risk>=potential orders them
 *	could:LEVEL		as risk, for the could-be level
 *	signs>=N vulnerabilities>=N notknown>=N	also < <= > = :
 *	age<13			in whole years; cases with no birth date never
 *	due<7d due<2026-12-01 due:overdue due:none
 *	born>=2010-01-01	changed>=2026-11-01
 *	owner:me owner:NAME	who opened it
 *	kind:KIND[,KIND]	has an entry of this kind that stands
 *	has:plan		the same
 *	area:TEXT school:TEXT agency:TEXT with:TEXT	words, folded, prefix
 *	ref:TEXT name:TEXT text:"bus station"	the same
 *	is:screened is:unscreened is:lowering is:conflict is:restricted
 *	is:open is:closed is:overdue is:flagged is:returned
 *	is:downgraded is:closed-lately	within the last year
 *	WORD or "SOME WORDS"	the same as text:
 */
#ifndef HEARKEN_CORE_QUERY_H
#define HEARKEN_CORE_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"
#include "core/str.h"

enum query_key {
	QUERY_RISK, QUERY_COULD, QUERY_SIGNS, QUERY_VULNERABILITIES,
	QUERY_NOTKNOWN, QUERY_DUE, QUERY_BORN, QUERY_CHANGED, QUERY_OWNER,
	QUERY_REF, QUERY_NAME, QUERY_TEXT, QUERY_IS, QUERY_AGE, QUERY_KIND,
	QUERY_AREA, QUERY_SCHOOL, QUERY_AGENCY, QUERY_WITH,
	QUERY_KEYS
};

enum query_op { QUERY_EQ, QUERY_LT, QUERY_LE, QUERY_GT, QUERY_GE };

struct query_term {
	enum query_key key;
	enum query_op op;
	bool not;
	bool quoted;		/* its commas are part of the text */
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
/*
 * The items of a value: returns where the one at *p ends and moves *p behind
 * its comma, NULL after the last.  One item if the value was quoted.
 */
size_t query_item(const struct query_term *t, const char **p);
void query_init(struct query *q);
void query_release(struct query *q);

/* Names that only the store knows: the ith, or NULL. */
struct query_choices {
	const char *(*level)(size_t i, void *ctx);
	const char *(*person)(size_t i, void *ctx);
	const char *(*saved)(size_t i, void *ctx);	/* filters, after "@" */
	void *ctx;
};
/*
 * Completes the last word: appends to out the whole text with the ith choice
 * in its place.  False when there are no more.
 */
bool query_complete(const char *text, const struct query_choices *c,
    size_t i, struct str *out);
/* Appends in one line what may stand at the end of the text. */
void query_hint(const char *text, const struct query_choices *c,
    struct str *out);

#endif
