/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/duewhen.h"

#include <string.h>

#include "core/date.h"
#include "core/recordwords.h"

#define MINUTE INT64_C(60000)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/* A limit in days lasts to the end of its last one. */
static bool
ends_with_a_day(int64_t due)
{
	return moment_of_day(moment_day(due)) == due;
}

static void
add_many(struct str *out, int64_t n, const char *unit, const char *after)
{
	str_add_fmt(out, "%lld %s%s%s", (long long)n, unit, n == 1 ? "" : "s",
	    after);
}

static void
over_words(int64_t due, int64_t now, struct str *out)
{
	int64_t over = now - due;

	if (ends_with_a_day(due))
		add_many(out, moment_day(now) - moment_day(due - 1), "day",
		    " over");
	else if (over < MINUTE)
		str_add(out, "now");
	else if (over < HOUR)
		add_many(out, over / MINUTE, "minute", " over");
	else if (over < 2 * DAY)
		add_many(out, over / HOUR, "hour", " over");
	else
		add_many(out, over / DAY, "day", " over");
}

/* " by 16:05", local. */
static void
add_time(int64_t due, struct str *out)
{
	char words[SPAN_WORDS_MAX];
	size_t n;

	moment_words(due, words);
	n = strlen(words);
	if (n >= 5)
		str_add_fmt(out, " by %s", words + n - 5);
}

static void
ahead_words(int64_t due, int64_t now, struct str *out)
{
	bool whole = ends_with_a_day(due);
	int64_t days = moment_day(whole ? due - 1 : due) - moment_day(now);

	if (days > 1) {
		str_add(out, "in ");
		add_many(out, days, "day", "");
		return;
	}
	str_add(out, days == 0 ? "today" : "tomorrow");
	if (!whole)
		add_time(due, out);
}

/* "since 4 Mar 2026": a list has little room. */
static void
day_after(const char *word, int64_t at, struct str *out)
{
	struct civil c = day_to_civil(moment_day(at));

	str_add_fmt(out, "%s %d %.3s %d", word, c.day, month_name(c.month),
	    c.year);
}

void
due_when_words(int64_t due, enum deadline_kind kind, int64_t now,
    struct str *out)
{
	if (due == INT64_MAX)
		str_add(out, kind == DEADLINE_PATTERN ? "no limit set" :
		    "not counted");
	else if (kind == DEADLINE_PATTERN)
		day_after("since", due, out);
	else if (kind == DEADLINE_NOT_BEFORE)
		day_after("from", due, out);
	else if (due <= now)
		over_words(due, now, out);
	else
		ahead_words(due, now, out);
}

void
due_what_words(const char *what, enum deadline_kind kind, struct str *out)
{
	str_add(out, what);
	if (kind == DEADLINE_AIM)
		str_add(out, " (aim)");
}

void
due_counted_words(int64_t due, enum deadline_kind kind, const char *counted,
    struct str *out)
{
	if (due != INT64_MAX && kind != DEADLINE_PATTERN) {
		str_add(out, kind == DEADLINE_NOT_BEFORE ?
		    "Not before it has passed: " : "Due ");
		due_by_words(due, out);
		str_add(out, ". ");
	}
	if (*counted != '\0')
		str_add(out, counted);
	else
		str_add(out, due == INT64_MAX ? "No day could be counted." :
		    "The day was set in the entry.");
}
