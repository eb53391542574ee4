/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a group's session looks: the story while answers are hidden, the bars
 * once they are revealed.
 */
#include "config.h"

#include <string.h>

#include "core/date.h"
#include "core/utf8.h"
#include "core/vec.h"
#include "tui/groupscreen_impl.h"
#include "tui/words.h"

#define INDENT 2
#define NARROW_W 60
#define WIDE_W 110

/* How a state looks in a bar: told apart without colour and in ASCII, too. */
static const struct {
	const char *fill, *words;
	enum style style;
} looks[ANSWER_STATES] = {
	[ANSWER_PRESENT] = {"█", "present", STYLE_POTENTIAL},
	[ANSWER_SUSPECTED] = {"▒", "suspected", STYLE_VULNERABLE},
	[ANSWER_ABSENT] = {"─", "absent", STYLE_CALM},
	[ANSWER_NOT_KNOWN] = {"?", "not known", STYLE_UNKNOWN},
	[ANSWER_NOT_ASKED] = {"·", "left open", STYLE_DIM},
};

/* From what is seen most surely to what nobody answered. */
static const enum answer order[ANSWER_STATES] = {
	ANSWER_PRESENT, ANSWER_SUSPECTED, ANSWER_ABSENT, ANSWER_NOT_KNOWN,
	ANSWER_NOT_ASKED
};

int
group_top_rows(int h)
{
	return h >= 6 ? 3 : h >= 2 ? 1 : 0;
}

/* ---- where one is ---- */

static const char *
plural(size_t n)
{
	return n == 1 ? "" : "s";
}

/* Never a word of what was answered. */
static void
count_words(const struct groupscreen *gs, struct str *out)
{
	const struct groupwork *g = &gs->now->g;
	size_t n = groupwork_count(g, group_stage(gs), group_round(gs));

	if (gs->now->w.state == WALK_END)
		str_add(out, "The study has ended. ");
	str_add_fmt(out, "Round %u: ", group_round(gs));
	if (n == 0)
		str_add(out, "nobody has answered yet");
	else if (n < g->nlearners)
		str_add_fmt(out, "%zu of %zu have answered", n,
		    g->nlearners);
	else
		str_add_fmt(out, "%s%zu %s answered", n > 1 ? "all " : "", n,
		    n == 1 ? "has" : "have");
	if (group_revealed(gs))
		str_add(out, "; revealed");
	else if (gs->half.len > 0)
		str_add_fmt(out, "; half filled: %s", gs->half.s);
}

/* ---- the story ---- */

static void
paragraph(struct groupscreen *gs, enum style s, const char *text)
{
	struct line_look look = {.indent = gs->w < NARROW_W ? 0 : INDENT,
	    .style = s};

	if (text[0] != '\0')
		lines_add(&gs->text, &look, text);
}

static void
listed(struct groupscreen *gs, const char *text)
{
	struct line_look look = {.indent = INDENT + 2, .style = STYLE_NORMAL,
	    .lead = "-", .lead_style = STYLE_LABEL};

	lines_add(&gs->text, &look, text);
}

static void
fill_child(struct groupscreen *gs, const struct study_stage *st)
{
	struct str words;

	lines_blank(&gs->text);
	str_init(&words);
	if (st->child_says[0] != '\0')
		str_add_fmt(&words, "%s says: %s", gs->now->w.study->called,
		    st->child_says);
	else
		str_add_fmt(&words, "%s has not been heard: %s",
		    gs->now->w.study->called, st->not_heard);
	paragraph(gs, STYLE_LABEL, words.s);
	str_release(&words);
}

static void
fill_story(struct groupscreen *gs)
{
	const struct walk *w = &gs->now->w;
	const struct study_stage *st = walk_stage(w);
	char when[SPAN_WORDS_MAX];
	struct str words;

	str_init(&words);
	day_words(st->day, when);
	str_add_fmt(&words, "%s. %s.", when, st->agency);
	paragraph(gs, STYLE_HEADING, words.s);
	lines_blank(&gs->text);
	str_clear(&words);
	walk_disclosed(w, w->way.n - 1, &words);
	paragraph(gs, STYLE_NORMAL, words.s);
	if (words.len > 0)
		lines_blank(&gs->text);
	paragraph(gs, STYLE_NORMAL, st->known);
	fill_child(gs, st);
	str_release(&words);
}

static void
fill_questions(struct groupscreen *gs, bool answers)
{
	const struct study_stage *st = walk_stage(&gs->now->w);

	if (st->nquestions == 0)
		return;
	lines_blank(&gs->text);
	paragraph(gs, STYLE_HEADING, "Questions");
	for (size_t i = 0; i < st->nquestions; i++) {
		paragraph(gs, STYLE_NORMAL, st->questions[i].ask);
		for (size_t k = 0; answers &&
		    k < st->questions[i].look_for.n; k++)
			listed(gs, st->questions[i].look_for.list[k]);
	}
}

/* ---- bars ---- */

static size_t
total(const struct group_spread *s)
{
	size_t n = 0;

	for (size_t i = 0; i < ANSWER_STATES; i++)
		n += s->n[i];
	return n;
}

static int
bar_width(int w)
{
	return w >= WIDE_W ? 60 : w >= NARROW_W ? 24 : w - 8 > 8 ? w - 8 : 8;
}

/*
 * Whole columns a learner where they fit; else each state ends where its
 * share of the width does, and whoever is there has a column at least.
 */
static void
measure(const struct group_spread *s, int width, int len[ANSWER_STATES])
{
	size_t n = total(s), room = (size_t)width, sum = 0, at = 0, end;

	if (n > 0 && n <= room)
		room = n * (room / n);
	for (size_t i = 0; i < ANSWER_STATES; i++) {
		len[order[i]] = 0;
		if (s->n[order[i]] == 0)
			continue;
		sum += s->n[order[i]];
		end = sum * room / n;
		if (end <= at)
			end = at + 1;
		len[order[i]] = (int)(end - at);
		at = end;
	}
}

static void
counts_of(const struct group_spread *s, struct str *out)
{
	bool any = false;

	for (size_t i = 0; i < ANSWER_STATES; i++) {
		if (s->n[order[i]] == 0)
			continue;
		str_add_fmt(out, "%s%zu %s", any ? ", " : "",
		    s->n[order[i]], looks[order[i]].words);
		any = true;
	}
}

/* Behind the bar where they have room, else below it. */
static void
add_counts(struct groupscreen *gs, struct line_look *look,
    const struct group_spread *s, struct str *bar)
{
	struct str counts;
	int w;

	str_init(&counts);
	counts_of(s, &counts);
	w = look->indent + utf8_columns(bar->s, bar->len) + 2 +
	    utf8_columns(counts.s, counts.len);
	if (w < gs->w)
		str_add_fmt(bar, "  %s", counts.s);
	lines_add(&gs->text, look, bar->s);
	look->lead = NULL;
	look->cut = false;
	if (w >= gs->w)
		lines_add(&gs->text, look, counts.s);
	str_release(&counts);
}

static void
fill_bar(struct groupscreen *gs, const char *lead,
    const struct group_spread *s)
{
	struct line_look look = {.indent = INDENT + 4, .style = STYLE_NORMAL,
	    .lead = lead, .lead_style = STYLE_LABEL, .cut = true};
	struct group_bar *b;
	struct str words;

	gs->bars = vec_room(gs->bars, gs->nbars, &gs->capbars,
	    sizeof(*gs->bars));
	b = &gs->bars[gs->nbars++];
	b->line = gs->text.n;
	b->x = look.indent;
	measure(s, bar_width(gs->w), b->len);
	str_init(&words);
	for (size_t i = 0; i < ANSWER_STATES; i++)
		for (int k = 0; k < b->len[order[i]]; k++)
			str_add(&words, looks[order[i]].fill);
	add_counts(gs, &look, s, &words);
	str_release(&words);
}

static const struct group_spread *
spread_in(const struct group_spread *list, size_t n, unsigned item)
{
	for (size_t i = 0; i < n; i++)
		if (list[i].item == item)
			return &list[i];
	return NULL;
}

static void
fill_turn(struct groupscreen *gs, unsigned item)
{
	struct line_look look = {.indent = INDENT + 4, .style = STYLE_LABEL};
	struct group_turn t = groupwork_turn(&gs->now->g, group_stage(gs),
	    item);

	if (t.both == 0)
		return;
	lines_addf(&gs->text, &look, "Of %zu who answered twice %zu changed "
	    "towards the model%s", t.both, t.towards, t.away == 0 ? "." : "");
	if (t.away > 0)
		lines_addf(&gs->text, &look, "and %zu the other way.",
		    t.away);
}

static void
fill_reason(struct groupscreen *gs, unsigned item)
{
	const struct walk *w = &gs->now->w;
	const struct study_answer *a = study_standing(w->study, w->in,
	    &w->way, item);
	struct line_look look = {.indent = INDENT + 4, .style = STYLE_LABEL};

	if (a == NULL)
		lines_add(&gs->text, &look, "The model: not known. Nothing in "
		    "the story so far tells of it.");
	else
		lines_addf(&gs->text, &look, "The model: %s. %s%s%s%s",
		    answer_name(a->state), a->reason,
		    a->source[0] != '\0' ? " (" : "", a->source,
		    a->source[0] != '\0' ? ")" : "");
}

/* One indicator: what the model says, a bar of each round. */
static void
fill_item(struct groupscreen *gs, const struct group_spread *s)
{
	const struct group_result *r = &gs->result;
	const struct item *it = &gs->now->w.in->items[s->item];
	struct line_look look = {.indent = INDENT, .style = STYLE_NORMAL,
	    .cut = gs->w >= NARROW_W};
	const struct group_spread *first = spread_in(r->first, r->nfirst,
	    s->item);

	gs->items[lines_row(&gs->text)] = s->item;
	lines_addf(&gs->text, &look, "%s %s = model: %s  %s", it->id,
	    looks[s->model].fill, looks[s->model].words, it->label);
	if (r->second == NULL) {
		fill_bar(gs, NULL, s);
	} else {
		if (first != NULL)
			fill_bar(gs, "1st", first);
		fill_bar(gs, "2nd", s);
		fill_turn(gs, s->item);
	}
	if (gs->open == s->item)
		fill_reason(gs, s->item);
	lines_free_text(&gs->text);
}

/* ---- what was revealed ---- */

static void
agreement_words(const struct group_result *r, struct str *out)
{
	const struct agree_result *a = &r->alpha;

	if (!a->computed) {
		str_add(out, "Agreement is not worked out: ");
		str_add(out, a->why);
		str_add(out, ".");
		return;
	}
	str_add_fmt(out, "Agreement: %s %.2f", agree_name(a->which),
	    a->value);
	if (a->has_interval)
		str_add_fmt(out, " (%d %% interval %.2f to %.2f)",
		    AGREE_LEVEL_PERCENT, a->low, a->high);
	if (r->percent.computed)
		str_add_fmt(out, "; %.0f %% of pairs of answers are the "
		    "same", 100 * r->percent.value);
	str_add_fmt(out, ". n: %zu items, %zu learners. Low agreement is usual "
	    "with such lists and nobody's fault: it shows what to talk about.",
	    a->items, a->raters);
}

static void
fill_level(struct groupscreen *gs)
{
	const struct walk *w = &gs->now->w;
	const struct study_stage *st = walk_stage(w);
	const struct group_result *r = &gs->result;
	unsigned level = screen_level_from_id(w->in, st->level);
	struct str words;

	str_init(&words);
	if (level != NO_ITEM)
		str_add_fmt(&words, "By the model's answers: %s. %zu of %zu "
		    "learner%s come%s to the same level. ",
		    level_short(w->in, level), r->levels, r->n,
		    plural(r->n), r->n == 1 ? "s" : "");
	str_add(&words, st->why);
	paragraph(gs, STYLE_NORMAL, words.s);
	if (st->judgement[0] != '\0') {
		str_clear(&words);
		level = screen_level_from_id(w->in, st->judgement);
		str_add_fmt(&words, "A person's judgement goes higher: %s. %s",
		    level != NO_ITEM ? level_short(w->in, level) :
		    st->judgement, st->judgement_why);
		paragraph(gs, STYLE_NORMAL, words.s);
	}
	str_clear(&words);
	agreement_words(r, &words);
	paragraph(gs, STYLE_LABEL, words.s);
	str_release(&words);
}

static void
fill_legend(struct groupscreen *gs)
{
	struct line_look look = {.indent = gs->w < NARROW_W ? 0 : INDENT,
	    .style = STYLE_HINT};
	struct str words;

	str_init(&words);
	for (size_t i = 0; i < ANSWER_STATES; i++)
		str_add_fmt(&words, "%s%s %s", i > 0 ? "   " : "",
		    looks[order[i]].fill, looks[order[i]].words);
	lines_add(&gs->text, &look, words.s);
	str_release(&words);
}

static void
fill_revealed(struct groupscreen *gs)
{
	const struct group_result *r = &gs->result;
	const struct study_stage *st = walk_stage(&gs->now->w);
	const struct group_spread *list = r->second != NULL ? r->second :
	    r->first;
	size_t n = r->second != NULL ? r->nsecond : r->nfirst;

	paragraph(gs, STYLE_HEADING, r->second != NULL ?
	    "Both rounds, what was missed most first" :
	    "What was missed most first");
	fill_legend(gs);
	for (size_t i = 0; i < n; i++)
		fill_item(gs, &list[i]);
	lines_blank(&gs->text);
	fill_level(gs);
	lines_blank(&gs->text);
	if (st->note.n > 0)
		paragraph(gs, STYLE_HEADING, "A good note names");
	for (size_t i = 0; i < st->note.n; i++)
		listed(gs, st->note.list[i]);
	lines_blank(&gs->text);
}

void
group_fill(struct groupscreen *gs)
{
	bool shown = group_revealed(gs);

	lines_clear(&gs->text);
	gs->nbars = 0;
	if (shown)
		fill_revealed(gs);
	fill_story(gs);
	fill_questions(gs, shown);
	lines_done(&gs->text);
}

/* ---- the whole ---- */

static void
restyle_bar(const struct groupscreen *gs, const struct group_bar *b,
    const struct view *v)
{
	size_t top = gs->text.top;
	int x = b->x, y;

	if (b->line < top || b->line - top >= (size_t)gs->text.h)
		return;
	y = (int)(b->line - top);
	for (size_t i = 0; i < ANSWER_STATES; i++) {
		int n = b->len[order[i]];

		view_restyle(v, (struct rect){x, y, n, 1},
		    looks[order[i]].style);
		x += n;
	}
}

static void
draw_top(const struct groupscreen *gs, const struct view *v)
{
	const struct walk *w = &gs->now->w;
	int rows = group_top_rows(view_h(v));
	struct str words;

	str_init(&words);
	str_add_fmt(&words, "%s: ", w->study->title);
	walk_place_words(w, w->way.n - 1, &words);
	if (w->sitting[0] != '\0')
		str_add_fmt(&words, " (%s)", w->sitting);
	if (rows > 0)
		(void)view_fit(v, 0, 0, STYLE_TITLE, words.s);
	str_clear(&words);
	count_words(gs, &words);
	if (rows > 1)
		(void)view_fit(v, 0, 1, STYLE_LABEL, words.s);
	if (rows > 2)
		view_hline(v, 0, 2, view_w(v), STYLE_TRAINING);
	str_release(&words);
}

void
group_draw(const struct pane *p, const struct view *v, bool focused)
{
	const struct groupscreen *gs =
	    (const struct groupscreen *)(const void *)p;
	int top = group_top_rows(view_h(v));
	struct view body = view_sub(v, (struct rect){0, top, view_w(v),
	    view_h(v) - top});

	draw_top(gs, v);
	lines_draw(&gs->text, &body, focused);
	for (size_t i = 0; i < gs->nbars && gs->text.h > 0; i++)
		restyle_bar(gs, &gs->bars[i], &body);
}
