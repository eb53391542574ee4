/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The days that are counted: said, read and asked for.
 */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "tui/app.h"
#include "tui/collation.h"

#define MONTHS_MAX 240

struct joined_window
window_months(int32_t today, int months)
{
	return (struct joined_window){day_add_months(today, -months) + 1,
	    today};
}

void
window_words(const struct joined_window *w, struct str *out)
{
	char day[SPAN_WORDS_MAX];

	if (w->from == DAY_NONE && w->to == DAY_NONE) {
		str_add(out, "all days");
		return;
	}
	if (w->from != DAY_NONE) {
		day_words(w->from, day);
		str_add_fmt(out, "from %s", day);
	}
	if (w->to != DAY_NONE) {
		day_words(w->to, day);
		str_add_fmt(out, "%sto %s", w->from != DAY_NONE ? " " : "up ",
		    day);
	}
}

void
window_format(const struct joined_window *w, struct str *out)
{
	char day[DAY_TEXT_MAX];

	if (w->from == DAY_NONE && w->to == DAY_NONE) {
		str_add(out, "all");
		return;
	}
	if (w->from != DAY_NONE) {
		day_format(w->from, day);
		str_add(out, day);
	}
	str_add(out, "..");
	if (w->to != DAY_NONE) {
		day_format(w->to, day);
		str_add(out, day);
	}
}

static enum rc
side(const char *s, size_t n, int32_t *day, struct err *e)
{
	struct str one;
	enum rc rc = RC_OK;

	while (n > 0 && s[n - 1] == ' ')
		n--;
	while (n > 0 && *s == ' ') {
		s++;
		n--;
	}
	*day = DAY_NONE;
	str_init(&one);
	str_add_n(&one, s, n);
	if (n > 0)
		rc = day_parse(one.s, day, e);
	str_release(&one);
	return rc;
}

enum rc
window_parse(const char *text, int32_t today, struct joined_window *out,
    struct err *e)
{
	const char *dots;
	char *end;
	long months;
	enum rc rc;

	text += strspn(text, " ");
	if (strncmp(text, "all", 3) == 0 || *text == '\0') {
		*out = (struct joined_window){DAY_NONE, DAY_NONE};
		return RC_OK;
	}
	dots = strstr(text, "..");
	if (dots == NULL) {
		months = strtol(text, &end, 10);
		end += strspn(end, " ");
		if (months < 1 || months > MONTHS_MAX || (*end != '\0' &&
		    strncmp(end, "month", 5) != 0))
			return err_set(e, RC_INPUT, "\"%s\" is no window: "
			    "type a number of months, all, or two days with "
			    ".. between them, such as 1/6/2026..22/11/2026.",
			    text);
		*out = window_months(today, (int)months);
		return RC_OK;
	}
	rc = side(text, (size_t)(dots - text), &out->from, e);
	if (rc == RC_OK)
		rc = side(dots + 2, strlen(dots + 2), &out->to, e);
	if (rc == RC_OK && out->from != DAY_NONE && out->to != DAY_NONE &&
	    out->from > out->to)
		rc = err_set(e, RC_INPUT, "The window ends before it begins: "
		    "type the earlier day first.");
	return rc;
}

static const char *
complete(void *ctx, const char *text, size_t i)
{
	static const char *const words[] = {"3 months", "6 months",
	    "12 months", "all"};

	(void)ctx;
	for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++)
		if (strncmp(words[k], text, strlen(text)) == 0 && i-- == 0)
			return words[k];
	return NULL;
}

static void
typed(void *ctx, struct app *app, const char *text)
{
	const struct window_ask *a = ctx;
	struct joined_window w;
	struct err e;

	if (text == NULL)
		return;
	if (window_parse(text, a->today, &w, &e) != RC_OK)
		app_error(app, &e);
	else
		a->done(a->ctx, app, &w);
}

void
window_prompt(struct app *app, struct window_ask *a)
{
	struct prompt p = {.label = "Days: ", .history = "window",
	    .ctx = a, .done = typed, .complete = complete};
	struct str text;

	str_init(&text);
	window_format(&a->now, &text);
	p.text = text.s;
	app_say(app, "3 months, 6 months, 12 months, all, or two days with .. "
	    "between them.");
	app_prompt(app, &p);
	str_release(&text);
}
