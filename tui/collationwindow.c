/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The days that are counted: said, read and asked for.
 */
#include "config.h"

#include <string.h>

#include "core/date.h"
#include "core/joinedwindow.h"
#include "tui/app.h"
#include "tui/collation.h"

struct joined_window
window_months(int32_t today, int months)
{
	return (struct joined_window){day_add_months(today, -months),
	    today};
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

/* A number alone is of months. */
enum rc
window_parse(const char *text, int32_t today, struct joined_window *out,
    struct err *e)
{
	size_t n;
	struct str one;
	enum rc rc;

	text += strspn(text, " ");
	n = strspn(text, "0123456789");
	str_init(&one);
	if (n > 0 && text[n + strspn(text + n, " ")] == '\0')
		str_add_fmt(&one, "%.*sm", (int)n, text);
	else
		str_add(&one, *text != '\0' ? text : "all");
	rc = joined_window_parse(one.s, today, out, e);
	str_release(&one);
	return rc;
}

static const char *
complete(void *ctx, const char *text, size_t i)
{
	static const char *const words[] = {"3m", "6m", "12m", "all"};

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
	app_say(app, "3m, 6m, 12m (months back from today), all, or two days "
	    "with .. between them.");
	app_prompt(app, &p);
	str_release(&text);
}
