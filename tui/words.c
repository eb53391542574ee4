/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/words.h"

#include <string.h>

#include "core/date.h"
#include "core/screen.h"
#include "core/utf8.h"

#define HOUR_MS INT64_C(3600000)
#define SHORT_COLUMNS 13

enum style
level_style(const struct instrument *in, unsigned level)
{
	static const enum style by_rank[] = {
		STYLE_HIGH, STYLE_POTENTIAL, STYLE_VULNERABLE
	};
	size_t n = sizeof(by_rank) / sizeof(by_rank[0]);

	if (in == NULL || level == LEVEL_INSUFFICIENT(in))
		return STYLE_UNKNOWN;
	if (level >= LEVEL_NONE(in))
		return STYLE_CALM;
	return by_rank[level < n ? level : n - 1];
}

static const char *
listed_short(const struct level *l)
{
	static const char *const usual[][2] = {
		{"high", "High"},
		{"potential", "Potential"},
		{"vulnerable", "Vulnerable"}
	};

	for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++) {
		if (strcmp(l->id, usual[i][0]) == 0)
			return usual[i][1];
	}
	if (utf8_columns(l->label, strlen(l->label)) <= SHORT_COLUMNS)
		return l->label;
	return l->id;
}

const char *
level_short(const struct instrument *in, unsigned level)
{
	if (in == NULL)
		return "no instrument";
	if (in->unscored)
		return "no level";
	if (level == LEVEL_INSUFFICIENT(in))
		return "Not known yet";
	if (level >= LEVEL_NONE(in))
		return "None recorded";
	return listed_short(&in->levels[level]);
}

/* The last day on which it is in time: midnight belongs to the day before. */
static int32_t
last_day(int64_t due)
{
	return moment_day(due - 1);
}

static void
overdue_words(struct str *out, int64_t due, int64_t now)
{
	int32_t days = moment_day(now) - last_day(due);
	int64_t hours = (now - due) / HOUR_MS;

	if (days > 0)
		str_add_fmt(out, "overdue %d d", (int)days);
	else if (hours > 0)
		str_add_fmt(out, "overdue %d h", (int)hours);
	else
		str_add(out, "overdue");
}

/* A limit that ends with the day has no hour worth showing. */
static void
today_words(struct str *out, int64_t due)
{
	char text[SPAN_WORDS_MAX];
	size_t n;

	str_add(out, "today");
	if (moment_of_day(moment_day(due)) == due)
		return;
	moment_words(due, text);
	n = strlen(text);
	if (n > 5)
		str_add_fmt(out, " %s", text + n - 5);
}

void
soon_words(struct str *out, int64_t due, int64_t now)
{
	int32_t days;

	if (due == INT64_MAX)
		return;
	if (due <= now) {
		overdue_words(out, due, now);
		return;
	}
	days = last_day(due) - moment_day(now);
	if (days <= 0)
		today_words(out, due);
	else if (days == 1)
		str_add(out, "tomorrow");
	else
		str_add_fmt(out, "in %d d", (int)days);
}

enum style
soon_style(int64_t due, int64_t now)
{
	if (due == INT64_MAX)
		return STYLE_NORMAL;
	if (due <= now)
		return STYLE_HIGH;
	return last_day(due) <= moment_day(now) ? STYLE_POTENTIAL :
	    STYLE_NORMAL;
}

void
sentence(struct str *out, const char *message)
{
	size_t n = strlen(message);

	if (n == 0)
		return;
	str_add_char(out, (char)(message[0] >= 'a' && message[0] <= 'z' ?
	    message[0] - 'a' + 'A' : message[0]));
	str_add(out, message + 1);
	if (strchr(".!?:", message[n - 1]) == NULL)
		str_add_char(out, '.');
}

const char *
answer_sign(enum answer a)
{
	switch (a) {
	case ANSWER_PRESENT:
		return "[X]";
	case ANSWER_SUSPECTED:
		return "[/]";
	case ANSWER_ABSENT:
		return "[-]";
	case ANSWER_NOT_KNOWN:
		return "[?]";
	case ANSWER_NOT_ASKED:
	default:
		return "[ ]";
	}
}

enum style
answer_style(const struct instrument *in, unsigned item, enum answer a)
{
	const char *role = instrument_section_of(in, item)->role;

	if (a == ANSWER_ABSENT)
		return STYLE_CALM;
	if (a == ANSWER_NOT_ASKED)
		return STYLE_DIM;
	if (a != ANSWER_PRESENT)
		return STYLE_UNKNOWN;
	if (strcmp(role, "question") == 0)
		return STYLE_HIGH;
	return strcmp(role, "vulnerability") == 0 ? STYLE_VULNERABLE :
	    STYLE_POTENTIAL;
}
