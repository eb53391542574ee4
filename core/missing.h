/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A missing episode with what belongs to it: the return, the return
 * interview, and the word to the reviewing officer.  Read from the entries of
 * a case; pure.  The pattern of several is clocks.h.
 */
#ifndef HEARKEN_CORE_MISSING_H
#define HEARKEN_CORE_MISSING_H

#include <stdbool.h>
#include <stdint.h>

#include "core/casefile.h"
#include "core/clocks.h"
#include "core/str.h"

/*
 * What the reviewing officer of a looked-after child still has to be told:
 * OCC accelerated report, recommendations 10 and 11.
 */
enum officer_need {
	OFFICER_NOTHING = 0,	/* told; or not looked after */
	OFFICER_EPISODE,	/* not told of the episode */
	OFFICER_PATTERN		/* it completes a pattern: not told of that */
};

/* All borrowed from the casefile; the entries that stand. */
struct missing_episode {
	const struct record *record;	/* "missing" */
	const struct record *located;	/* the latest, or NULL */
	const struct record *interview;	/* one held, or the latest, or NULL */
	const struct record *told;	/* of the pattern, or the latest, or NULL */
	int64_t since, until;	/* INT64_MAX: not known, or still missing */
	int64_t interview_due;	/* INT64_MAX: not counted */
	bool held;		/* the interview was */
	enum officer_need officer;
};

/* r is of the kind "missing"; c is settled. */
void missing_read(const struct casefile *c, const struct record *r,
    struct missing_episode *out);
/* True if a belongs to the episode r: return, interview, word to the officer. */
bool missing_joins(const struct casefile *c, const struct record *a,
    const struct record *r);
/* True if the care status says so, or the episode began in a placement. */
bool missing_looked_after(const struct casefile *c, const struct record *r);
/* Appends "2 days 3 hours", "45 minutes": the two largest units. */
void duration_words(int64_t ms, struct str *out);
/* Appends what the officer is to be told, a sentence; nothing if nothing. */
void officer_words(enum officer_need need, struct str *out);

/*
 * A row for each episode of which the reviewing officer is to be told still,
 * due without a day: no limit is set.  False when fn stopped.
 */
bool casefile_officer(const struct casefile *c, clock_row_fn fn, void *ctx);

#endif
