/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The training log: what somebody learnt, when, in how many minutes, and what
 * they make of it, out of the entries "training-log" of the cases that are
 * logs; and the paper that says so to others.  Pure.
 */
#ifndef HEARKEN_CORE_TRAININGLOG_H
#define HEARKEN_CORE_TRAININGLOG_H

#include "core/casefile.h"
#include "core/paper.h"

struct training_line {
	struct entry_id id;
	struct author_id who;
	int64_t at;		/* when it was written, UTC ms */
	struct span on;		/* when it was done */
	char *title, *reflection;	/* owned; "" if none */
	const char *activity;	/* code of the kind; static */
	const char *label;	/* its words; static */
	uint64_t minutes;
};

struct training_log {
	struct training_line *lines;
	size_t n, cap;
};

void training_log_init(struct training_log *l);
void training_log_release(struct training_log *l);
/* True of a case that is somebody's log; c is settled. */
bool training_log_is(const struct casefile *c);
/*
 * Adds what stands in the log c and was done between two days (DAY_NONE: no
 * end there) by `who` (NULL: anybody).  A case that is no log adds nothing.
 */
void training_log_add(struct training_log *l, const struct casefile *c,
    const struct author_id *who, int32_t from, int32_t to);
/* By the day on which it was done, then by when it was written. */
void training_log_sort(struct training_log *l);
uint64_t training_log_minutes(const struct training_log *l);
/* "1 hour 35 minutes", "40 minutes".  Appends. */
void minutes_words(uint64_t minutes, struct str *out);

/* ---- the certificate ---- */

struct training_certificate {
	const char *name;	/* whose */
	const struct training_log *log;	/* sorted, of that person alone */
	int32_t from, to;	/* as it was asked for; DAY_NONE: no end there */
	int64_t now;
};
/*
 * Makes p, which the caller releases: who, what, when, the minutes in sum,
 * and that it is a record of attendance.  What was reflected on is nobody
 * else's business and is not on it.
 */
void paper_training(struct paper *p, const struct training_certificate *c);

#endif
