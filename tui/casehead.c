/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/casehead.h"

#include <string.h>

#include "tui/words.h"

static void
header_words(const struct casework *w, struct str *out)
{
	const struct casefile *c = &w->now;
	const char *known = c->identity != NULL ?
	    record_text(c->identity, "known_as") : "";

	str_add_fmt(out, "%s  %s", c->reference,
	    *c->name != '\0' ? c->name : "(no name yet)");
	if (*known != '\0')
		str_add_fmt(out, " (known as %s)", known);
	if (w->answers.age >= 0)
		str_add_fmt(out, "  age %d", w->answers.age);
	else
		str_add(out, "  age not known");
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
	str_add_fmt(&words, "%s %s", style_mark(style),
	    level == w->result.level ? screen_label(in, &w->result) :
	    screen_level_label(in, level));
	if (level != w->result.level)
		str_add(&words, " (as judged)");
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
	header_words(w, &words);
	view_fill(v, (struct rect){0, 0, view_w(v), 1}, STYLE_NORMAL);
	x = view_fit(&left, 0, 0, STYLE_TITLE, words.s);
	str_release(&words);
	if (!w->door.in->unscored && x + 2 < view_w(&left))
		draw_level(w, &left, x + 2);
	view_put(v, view_w(v) - mark_w + 1, 0, mark, style_mark(mark));
}
