/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/deadline.h"

#include <stdlib.h>
#include <string.h>

#define HOUR_MS 3600000

struct deadline_start
deadline_start_day(int32_t day)
{
	return (struct deadline_start){ day, 0, false };
}

struct deadline_start
deadline_start_moment(int64_t ms)
{
	return (struct deadline_start){ moment_day(ms), ms, true };
}

enum rc
deadline_start_parse(const char *text, struct deadline_start *out,
    struct err *e)
{
	int32_t day;
	int64_t at;
	enum rc rc;

	if (strchr(text, ':') == NULL) {
		rc = day_parse(text, &day, e);
		if (rc == RC_OK)
			*out = deadline_start_day(day);
		return rc;
	}
	rc = moment_parse(text, &at, e);
	if (rc == RC_OK)
		*out = deadline_start_moment(at);
	return rc;
}

static void
add_day(struct str *out, int32_t day)
{
	char words[SPAN_WORDS_MAX];

	day_words(day, words);
	str_add(out, words);
}

static void
add_date(struct str *out, int32_t day)
{
	struct span s = span_of_day(day);
	char words[SPAN_WORDS_MAX];

	span_words(&s, words);
	str_add(out, words);
}

static void
add_moment(struct str *out, int64_t at)
{
	char words[SPAN_WORDS_MAX];

	moment_words(at, words);
	str_add(out, words);
}

static void
add_amount(struct str *out, const struct deadline_rule *r)
{
	static const char *const units[] = {
		"hour", "day", "week", "working day"
	};

	str_add_fmt(out, "%d %s%s", r->amount, units[r->unit],
	    r->amount == 1 ? "" : "s");
}

void
deadline_limit_words(const struct deadline_rule *r, struct str *out)
{
	if (r->kind == DEADLINE_PATTERN) {
		str_add_fmt(out, "%d within ", r->count);
		add_amount(out, r);
		str_add_fmt(out, ": %s", r->leads_to);
		return;
	}
	if (r->kind == DEADLINE_AIM)
		str_add(out, "aim: ");
	if (r->kind == DEADLINE_NOT_BEFORE)
		str_add(out, "not before ");
	add_amount(out, r);
}

static unsigned
count_holidays(const struct calendar *c, int32_t from, int32_t to)
{
	unsigned n = 0;

	for (int32_t day = from + 1; day <= to; day++)
		n += day_of_week(day) < 5 && calendar_holiday(c, day) != NULL;
	return n;
}

/* A weekend counts once, also when only its Sunday lies after the start. */
static unsigned
count_weekends(int32_t from, int32_t to)
{
	unsigned n = 0;

	for (int32_t day = from + 1; day <= to; day++)
		n += day_of_week(day) == 5 ||
		    (day_of_week(day) == 6 && day == from + 1);
	return n;
}

/* "Skipped: 2 weekends, Good Friday (3 April 2026) and Easter Monday (...)." */
static void
add_skipped(struct str *out, const struct calendar *c, int32_t from,
    int32_t to)
{
	unsigned weekends = count_weekends(from, to);
	unsigned left = count_holidays(c, from, to);

	if (weekends == 0 && left == 0) {
		str_add(out, " No weekend or bank holiday lies between.");
		return;
	}
	str_add(out, " Skipped: ");
	if (weekends != 0)
		str_add_fmt(out, "%u weekend%s%s", weekends,
		    weekends == 1 ? "" : "s",
		    left == 0 ? "" : left == 1 ? " and " : ", ");
	for (int32_t day = from + 1; day <= to; day++) {
		const char *name = calendar_holiday(c, day);

		if (name == NULL || day_of_week(day) >= 5)
			continue;
		left--;
		str_add_fmt(out, "%s (", name);
		add_date(out, day);
		str_add_fmt(out, ")%s", left == 0 ? "" : left == 1 ? " and " :
		    ", ");
	}
	str_add(out, ".");
}

static void
count_working_days(const struct deadline_rule *r, const struct calendar *c,
    const struct deadline_start *s, struct due *out, struct str *how)
{
	int32_t one = calendar_add_working_days(c, s->day, 1, NULL);

	out->day = calendar_add_working_days(c, s->day, r->amount,
	    &out->unconfirmed);
	str_add(how, "Day 1 is ");
	add_day(how, one);
	str_add_fmt(how, ", the %s after ", one == s->day + 1 ? "day" :
	    "first working day");
	add_day(how, s->day);
	if (r->amount > 1) {
		str_add_fmt(how, "; working day %d is ", r->amount);
		add_day(how, out->day);
	}
	str_add(how, ".");
	add_skipped(how, c, s->day, out->day);
}

static void
count_days(const struct deadline_rule *r, const struct deadline_start *s,
    struct due *out, struct str *how)
{
	int days = r->unit == DEADLINE_WEEKS ? r->amount * 7 : r->amount;

	out->day = s->day + days;
	str_add(how, "Day 1 is ");
	add_day(how, s->day + 1);
	str_add(how, ", the day after the start");
	if (days > 1) {
		str_add_fmt(how, "; day %d is ", days);
		add_day(how, out->day);
	}
	str_add(how, ". Every day counts, weekends and bank holidays too.");
}

static void
add_clock_change(struct str *how, int64_t from, int64_t to)
{
	int shift = (moment_offset(to) - moment_offset(from)) / 60;

	if (shift == 0)
		return;
	str_add_fmt(how, " Clocks go %s by ", shift > 0 ? "forward" : "back");
	if (abs(shift) == 60)
		str_add(how, "1 hour");
	else
		str_add_fmt(how, "%d minutes", abs(shift));
	str_add_fmt(how, " in between; these are hours of real time, so by "
	    "the clock on the wall it ends that much %s.",
	    shift > 0 ? "later" : "earlier");
}

static void
count_hours(const struct deadline_rule *r, const struct deadline_start *s,
    struct due *out, struct str *how)
{
	int64_t from = s->has_time ? s->at : moment_of_day(s->day);

	out->at = from + (int64_t)r->amount * HOUR_MS;
	out->day = moment_day(out->at);
	out->to_the_minute = true;
	if (!s->has_time)
		str_add(how, "No time was given, so the clock is counted from "
		    "the start of the day, the earliest it can have begun. ");
	add_amount(how, r);
	str_add(how, " of the clock from ");
	add_moment(how, from);
	str_add(how, ", weekends and bank holidays counted.");
	add_clock_change(how, from, out->at);
}

static void
count_pattern(const struct deadline_rule *r, const struct deadline_start *s,
    struct due *out, struct str *how)
{
	out->day = s->day;
	str_add_fmt(how, "%d within ", r->count);
	add_amount(how, r);
	str_add(how, ", first and last day counted: when the last is on ");
	add_day(how, s->day);
	str_add(how, ", the first is on or after ");
	add_day(how, s->day - r->amount + 1);
	str_add_fmt(how, ". Then: %s.", r->leads_to);
}

static char *
make_warning(const struct deadline_rule *r, const struct calendar *c,
    const struct due *d)
{
	struct str out;

	str_init(&out);
	if (!r->verified)
		str_add_fmt(&out, "This rule is not verified. %s", r->note);
	if (d->unconfirmed)
		str_add_fmt(&out, "%sBank holidays (%s) are confirmed for %d "
		    "to %d; outside these years they are counted by rule, and "
		    "a holiday set for one year may move this date.",
		    out.len == 0 ? "" : " ", calendar_title(c),
		    calendar_confirmed_from(c), calendar_confirmed_to(c));
	return str_take(&out);
}

enum rc
deadline_count(const struct deadline_rule *r, const struct calendar *c,
    const struct deadline_start *s, struct due *out, struct err *e)
{
	struct str how;

	memset(out, 0, sizeof(*out));
	if (s->day == DAY_NONE || day_to_civil(s->day).year >= YEAR_MAX - 30)
		return err_set(e, RC_INPUT, "the start lies outside the years "
		    "%d to %d", YEAR_MIN, YEAR_MAX - 31);
	str_init(&how);
	if (r->kind == DEADLINE_PATTERN)
		count_pattern(r, s, out, &how);
	else if (r->unit == DEADLINE_HOURS)
		count_hours(r, s, out, &how);
	else if (r->unit == DEADLINE_WORKING_DAYS)
		count_working_days(r, c, s, out, &how);
	else
		count_days(r, s, out, &how);
	if (!out->to_the_minute)
		out->at = moment_of_day(out->day + 1);
	out->how = str_take(&how);
	out->warning = make_warning(r, c, out);
	return RC_OK;
}

void
due_release(struct due *d)
{
	free(d->how);
	free(d->warning);
	d->how = d->warning = NULL;
}

void
due_words(const struct deadline_rule *r, const struct due *d, struct str *out)
{
	static const char *const lead[] = {
		"by", "aim: by", "not before", "on"
	};

	str_add_fmt(out, "%s ", lead[r->kind]);
	if (d->to_the_minute) {
		add_moment(out, d->at);
		return;
	}
	if (r->kind != DEADLINE_PATTERN)
		str_add(out, "the end of ");
	add_day(out, d->day);
}

bool
deadline_pattern_met(const struct deadline_rule *r, const int32_t *days,
    size_t n, int32_t *first, int32_t *last)
{
	size_t count = (size_t)r->count;

	if (count == 0)
		return false;
	for (size_t end = n; end >= count; end--) {
		if (days[end - 1] - days[end - count] >= r->amount)
			continue;
		*first = days[end - count];
		*last = days[end - 1];
		return true;
	}
	return false;
}
