/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Deadlines: rules of content, and counting by them.  Says what is due and
 * how it was counted, so that a person can check it by hand.  Pure: where
 * the content lies and what the time is now are told by the caller.
 *
 * How it counts.  The day after the start is day 1.  Working days leave out
 * weekends and bank holidays; day 1 is then the first working day after the
 * start.  A limit in days, weeks or working days lasts to the end of its
 * last day, local time.  Hours are hours of real time: where clocks change,
 * the hour on the wall shifts.  A clock in hours whose start has no time of day
 * is counted from the start of that day, the earliest it can have begun.
 *
 *	id: england
 *	title: Deadlines in England
 *	calendar: england-wales
 *	rules:			a list, and in each
 *	  id			lower-case letters, digits, hyphens
 *	  label			"Return interview"
 *	  kind			limit | aim | not-before | pattern
 *	  amount, unit		72, hours | days | weeks | working-days
 *	  count, leads-to	of a pattern: that many within amount days
 *	  clock-starts		"the child is located or returns"
 *	  source		where the rule stands
 *	  verified		yes | no (no: say in the note what was found)
 *	  note, from, to	if any: a remark; first and last day in force
 */
#ifndef HEARKEN_CORE_DEADLINE_H
#define HEARKEN_CORE_DEADLINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/calendar.h"
#include "core/date.h"
#include "core/err.h"
#include "core/str.h"
#include "core/yaml.h"

enum deadline_kind {
	DEADLINE_LIMIT = 0,	/* to be done by then */
	DEADLINE_AIM,		/* the same, as an aim */
	DEADLINE_NOT_BEFORE,	/* not to be done until it has passed */
	DEADLINE_PATTERN	/* so many events within so many days */
};

enum deadline_unit {
	DEADLINE_HOURS = 0,
	DEADLINE_DAYS,
	DEADLINE_WEEKS,
	DEADLINE_WORKING_DAYS
};

struct deadline_rule {
	char *id, *label, *clock_starts, *source;
	char *note;		/* "" when there is none */
	char *leads_to;		/* "" but for a pattern */
	enum deadline_kind kind;
	enum deadline_unit unit;
	int amount;
	int count;		/* 0 but for a pattern */
	bool verified;
	int32_t from, to;	/* days in force; DAY_NONE: open */
};

struct deadlines {
	char *id, *title, *calendar;	/* calendar: id of its file */
	struct deadline_rule *rules;
	size_t nrules, caprules;
};

/* Returns owned the rules, or NULL with every fault in f. */
struct deadlines *deadlines_parse(const char *text, size_t n,
    struct faults *f);
void deadlines_free(struct deadlines *d);
/*
 * The rule of that id in force on a day, borrowed from d.  RC_NOTFOUND when
 * there is no such id (the message lists those there are), RC_INPUT when it
 * was not in force.
 */
NODISCARD enum rc deadlines_find(const struct deadlines *d, const char *id,
    int32_t day, const struct deadline_rule **rule, struct err *e);

/* What starts the clock: a day, or a moment. */
struct deadline_start {
	int32_t day;		/* local */
	int64_t at;		/* only if has_time */
	bool has_time;
};

struct deadline_start deadline_start_day(int32_t day);
struct deadline_start deadline_start_moment(int64_t ms);
/* Reads what day_parse or moment_parse reads. */
NODISCARD enum rc deadline_start_parse(const char *text,
    struct deadline_start *out, struct err *e);

struct due {
	int32_t day;		/* the last day of the limit, local */
	int64_t at;		/* the moment at which it has passed, UTC ms */
	bool to_the_minute;	/* at is a time of that day, not its end */
	bool unconfirmed;	/* beyond the years of the calendar */
	char *how;		/* how it was counted, in sentences; owned */
	char *warning;		/* sentences, "" when there is none; owned */
};

NODISCARD enum rc deadline_count(const struct deadline_rule *r,
    const struct calendar *c, const struct deadline_start *s, struct due *out,
    struct err *e);
void due_release(struct due *d);
/* Appends "by the end of Friday 24 June 2022" and the like. */
void due_words(const struct deadline_rule *r, const struct due *d,
    struct str *out);
/* Appends "15 working days", "aim: 5 working days", "3 within 30 days". */
void deadline_limit_words(const struct deadline_rule *r, struct str *out);

/*
 * True if r->count of the days (in order, oldest first) lie within r->amount
 * days, first and last counted; *first and *last are those of the latest
 * such run.
 */
bool deadline_pattern_met(const struct deadline_rule *r, const int32_t *days,
    size_t n, int32_t *first, int32_t *last);

#endif
