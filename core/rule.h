/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rule language: small, total, and monotone over "present".
 *
 *	expr := or
 *	or   := and {"or" and}
 *	and  := cmp {"and" cmp}
 *	cmp  := sum [(">=" | ">") sum]
 *	sum  := term {"+" term}
 *	term := NUMBER | SETTING | count(SEL) | weight(SEL) | any(SEL)
 *	      | age < (NUMBER | SETTING) | flag(ITEM) | "(" expr ")"
 *	SEL  := name {"," name} ["within" N ["to" M] UNIT] ["suspected"]
 *	UNIT := day(s) | week(s) | month(s)
 *
 * There is no "not" over answers, no minus and no "<" but on age, so more
 * present answers can only make a rule true, never false.  Parsed and
 * compiled to masks once; running it allocates nothing.
 */
#ifndef HEARKEN_CORE_RULE_H
#define HEARKEN_CORE_RULE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/answers.h"
#include "core/err.h"
#include "core/str.h"

struct instrument;
struct expr;

/*
 * Compiles text for in (its items, sections, settings; windows are added to
 * it).  On failure *at is the byte offset of the fault in text and e says
 * what was expected there.
 */
NODISCARD enum rc rule_compile(struct instrument *in, const char *text,
    struct expr **out, size_t *at, struct err *e);
void rule_free(struct expr *x);
bool rule_holds(const struct instrument *in, const struct expr *x,
    const struct answers *a);
/* The operands as they stand, in words: "signs present 2, needs 3". */
void rule_explain(const struct instrument *in, const struct expr *x,
    const struct answers *a, struct str *out);

#endif
