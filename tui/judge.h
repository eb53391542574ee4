/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A screening as an entry: today's answers, what the rules made of them, the
 * person's own level beside it.  A level may be raised by anyone; a lower
 * one becomes a request that waits for a second person, and the screening
 * keeps the rule's level.  Pure but for the draft that casework keeps.
 */
#ifndef HEARKEN_TUI_JUDGE_H
#define HEARKEN_TUI_JUDGE_H

#include <jansson.h>
#include <stdbool.h>

#include "core/err.h"
#include "core/kinds.h"
#include "tui/casework.h"

#define JUDGE_LEVELS_MAX 32
#define JUDGE_FIELDS_MAX 24

/* The kind "screening" with the instrument's levels as a choice. */
struct judge_kind {
	struct kind kind;
	struct field fields[JUDGE_FIELDS_MAX];
	struct code levels[JUDGE_LEVELS_MAX + 3];
};
/* Borrows the instrument; k may not be moved afterwards. */
void judge_kind_init(struct judge_kind *k, const struct casework *w);

/* Returns owned a screening of today as the rules see it. */
json_t *judge_body(const struct casework *w);
/*
 * Makes a screening pending, in place of one that is pending already: the
 * judgement and its reason as in body.  *asked (may be NULL) tells that it
 * was lower than the rule's and became a request.
 */
NODISCARD enum rc judge_keep(struct casework *w, const json_t *body,
    const struct span *on, bool *asked, struct err *e);
/*
 * A pending screening is of the answers as they are when it is signed: one
 * that takes the rule's level is made anew, silently; one with a judgement
 * of its own on other answers is refused with what to do.
 */
NODISCARD enum rc judge_bring_up_to_date(struct casework *w, struct err *e);
/*
 * When the referral is due that the level asks for, counted from when the
 * risk was recognised: the earliest screening since the last referral, or
 * now.  INT64_MAX when no rule for it is in force; words then say why.
 */
void judge_refer_by(const struct casework *w, struct counted *out);
/* True if a direct question on harm or disclosure is answered present. */
bool judge_at_once(const struct casework *w);

#endif
