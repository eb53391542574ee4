/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What became of a referral, and what there is to chase: read from the steps
 * of a case and its clocks.  Pure.
 */
#ifndef HEARKEN_CORE_CHASE_H
#define HEARKEN_CORE_CHASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/casefile.h"

enum referral_state {
	REFERRAL_WRITTEN = 0,	/* signed; nobody noted that it was sent */
	REFERRAL_SENT,		/* no receipt yet */
	REFERRAL_RECEIVED,	/* no decision yet */
	REFERRAL_DECIDED,	/* no outcome yet */
	REFERRAL_OVER		/* outcome or recalled */
};

/* *since (may be NULL) is the day of the step that made it so. */
enum referral_state referral_state(const struct casefile *c,
    const struct record *referral, int32_t *since);
/* The step that comes next, as a code of referral-step; "" when over. */
const char *referral_next_step(enum referral_state s);
/* "not noted as sent", "sent, no receipt", ...; static. */
const char *referral_state_words(enum referral_state s);
/* What to do about it, a sentence; "" when over. */
const char *referral_state_todo(enum referral_state s);

/* One thing to chase; all borrowed from the casefile. */
struct chase {
	const struct record *record;
	int64_t due;		/* INT64_MAX: no clock runs */
	const char *label;	/* of the clock; "" */
	const char *rule;	/* of the clock: clock_counted(); "" */
	int32_t since;		/* waiting since that day */
};

/*
 * Referrals without receipt or decision, and the clocks of referrals, of the
 * steps after them and of files sent on: by deadline, the longest wait first
 * where there is none.  *list is owned by the caller, NULL when empty; nothing
 * in a closed case.  c is settled.
 */
void chase_list(const struct casefile *c, struct chase **list, size_t *n);

#endif
