/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/storylines.h"

void
story_stage(const struct study *s, uint32_t stage, struct lines *out)
{
	const struct study_stage *g = &s->stages[stage];
	struct line_look head = {.indent = 0, .style = STYLE_HEADING};
	struct line_look aside = {.indent = 2, .style = STYLE_LABEL};
	char day[SPAN_WORDS_MAX];

	day_words(g->day, day);
	lines_addf(out, &head, "%s: %s; %s is %d", day, g->agency, s->called,
	    g->age);
	lines_plain(out, STYLE_NORMAL, g->known);
	if (g->child_says[0] != '\0')
		lines_addf(out, &aside, "%s says: %s", s->called,
		    g->child_says);
	else
		lines_addf(out, &aside, "Not heard: %s", g->not_heard);
}

static void
add_disclosed(const struct walk *w, size_t i, struct lines *out)
{
	struct line_look look = {.indent = 2, .style = STYLE_NORMAL};
	struct str words;

	str_init(&words);
	walk_disclosed(w, i, &words);
	if (words.len > 0)
		lines_addf(out, &look, "Known by what was chosen: %s",
		    words.s);
	str_release(&words);
}

void
story_fill(const struct walk *w, size_t i, struct lines *out)
{
	for (size_t k = i + 1; k-- > 0 && k < w->way.n;) {
		story_stage(w->study, w->way.stages[k], out);
		add_disclosed(w, k, out);
		lines_blank(out);
	}
}
