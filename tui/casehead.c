/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/casehead.h"

#include <string.h>

#include "core/utf8.h"
#include "tui/words.h"

#define NARROW 80	/* below this the other names are left out */

static void
header_words(const struct casework *w, bool narrow, struct str *out)
{
	const struct casefile *c = &w->now;
	const char *known = c->identity != NULL ?
	    record_text(c->identity, "known_as") : "";

	str_add_fmt(out, "%s  %s", c->reference,
	    *c->name != '\0' ? c->name : "(no name yet)");
	if (*known != '\0' && !narrow)
		str_add_fmt(out, " (known as %s)", known);
	if (w->answers.age >= 0)
		str_add_fmt(out, "  age %d", w->answers.age);
	else
		str_add(out, "  age not known");
}

static void
level_words(const struct casework *w, unsigned level, bool brief,
    struct str *out)
{
	const struct instrument *in = w->door.in;

	str_add_fmt(out, "%s ", style_mark(level_style(in, level)));
	if (brief)
		str_add(out, level_short(in, level));
	else if (level == w->result.level)
		str_add(out, screen_label(in, &w->result));
	else
		str_add_fmt(out, "%s (as judged)",
		    screen_level_label(in, level));
}

/* The level that stands; said when a person judged it higher. */
static void
draw_level(const struct casework *w, const struct view *v, int x)
{
	const struct instrument *in = w->door.in;
	unsigned level = casework_level(w);
	enum style style = level_style(in, level);
	struct str words;

	str_init(&words);
	level_words(w, level, false, &words);
	if (utf8_columns(words.s, words.len) > view_w(v) - x) {
		str_clear(&words);
		level_words(w, level, true, &words);
	}
	(void)view_fit(v, x, 0, style, words.s);
	str_release(&words);
}

void
case_head_draw(const struct casework *w, bool training,
    const struct view *v)
{
	enum style mark = training ? STYLE_TRAINING : STYLE_LIVE;
	int mark_w = (int)strlen(style_mark(mark)) + 1;
	struct view left = view_sub(v, (struct rect){0, 0,
	    view_w(v) - mark_w, 1});
	struct str words;
	int x;

	str_init(&words);
	header_words(w, view_w(v) < NARROW, &words);
	view_fill(v, (struct rect){0, 0, view_w(v), 1}, STYLE_NORMAL);
	x = view_fit(&left, 0, 0, STYLE_TITLE, words.s);
	str_release(&words);
	if (!w->door.in->unscored && x + 2 < view_w(&left))
		draw_level(w, &left, x + 2);
	view_put(v, view_w(v) - mark_w + 1, 0, mark, style_mark(mark));
}
