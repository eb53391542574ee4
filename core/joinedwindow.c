/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/joinedwindow.h"

#include <stdlib.h>
#include <string.h>

#include "core/date.h"

#define LONGEST 1200	/* months, weeks or days: a hundred years */

static enum rc
not_understood(const char *text, struct err *e)
{
	return err_set(e, RC_USAGE, "a window is 12m, 6w or 90d back from "
	    "today, 2026-01-01..2026-06-30, or all; not \"%.40s\"", text);
}

/* "12m"; false when it has not that form. */
static bool
read_back(const char *text, int32_t today, struct joined_window *out)
{
	char *end;
	long n = text[0] >= '0' && text[0] <= '9' ? strtol(text, &end, 10) :
	    0;

	if (n < 1 || n > LONGEST * 30 || end[0] == '\0' || end[1] != '\0')
		return false;
	out->to = today;
	if (end[0] == 'm' && n <= LONGEST)
		out->from = day_add_months(today, -(int)n);
	else if (end[0] == 'w' && n <= LONGEST)
		out->from = today - 7 * (int32_t)n;
	else if (end[0] == 'd')
		out->from = today - (int32_t)n;
	else
		return false;
	return true;
}

static bool
read_end(const char *text, size_t n, int32_t *out)
{
	char day[DAY_TEXT_MAX];

	*out = DAY_NONE;
	if (n == 0)
		return true;
	if (n >= sizeof(day))
		return false;
	memcpy(day, text, n);
	day[n] = '\0';
	return day_parse(day, out, NULL) == RC_OK;
}

enum rc
joined_window_parse(const char *text, int32_t today,
    struct joined_window *out, struct err *e)
{
	struct joined_window w = {DAY_NONE, DAY_NONE};
	const char *dots = strstr(text, "..");

	if (strcmp(text, "all") == 0 || read_back(text, today, &w)) {
		*out = w;
		return RC_OK;
	}
	if (dots == NULL || !read_end(text, (size_t)(dots - text), &w.from) ||
	    !read_end(dots + 2, strlen(dots + 2), &w.to))
		return not_understood(text, e);
	if (w.from != DAY_NONE && w.to != DAY_NONE && w.from > w.to)
		return err_set(e, RC_USAGE, "the window %.40s ends before it "
		    "begins: write the earlier day first", text);
	*out = w;
	return RC_OK;
}

static void
add_day(const char *before, int32_t day, struct str *out)
{
	struct span span = span_of_day(day);
	char words[SPAN_WORDS_MAX];

	if (day == DAY_NONE)
		return;
	span_words(&span, words);
	str_add_fmt(out, "%s%s", before, words);
}

void
joined_window_words(const struct joined_window *w, struct str *out)
{
	if (w->from == DAY_NONE && w->to == DAY_NONE) {
		str_add(out, "at any time");
		return;
	}
	add_day("from ", w->from, out);
	add_day(w->from == DAY_NONE ? "up to " : " to ", w->to, out);
	if (w->to == DAY_NONE)
		str_add(out, " on");
}

bool
joined_window_has(const struct joined_window *w, const struct span *on)
{
	return span_is_none(on) || span_overlaps(on,
	    w->from == DAY_NONE ? INT32_MIN : w->from,
	    w->to == DAY_NONE ? INT32_MAX : w->to);
}
