/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How the first screen of a training store looks.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "core/date.h"
#include "core/utf8.h"
#include "tui/trainhome_impl.h"
#include "tui/words.h"

#define WIDE_W 72	/* from here on there are columns */
#define TITLE_W 27
#define COUNT_W 10	/* "unreadable" */
#define STATE_W 15	/* "done 2026-11-22" */

static const struct trainhome *
home_of(const struct pane *p)
{
	return (const struct trainhome *)(const void *)p;
}

static int
notice_rows(const struct trainhome *t)
{
	if (t->notices == NULL || t->narrow.len > 0)
		return 0;
	return notices_rows(t->notices, t->w, t->h < 9 ? 3 : t->h / 3);
}

int
trainhome_top_rows(const struct trainhome *t)
{
	int rows = notice_rows(t) + (t->narrow.len > 0 ? 1 : 0);

	return rows < t->h ? rows : t->h;
}

int
trainhome_foot_rows(const struct trainhome *t)
{
	return t->h >= 18 ? 4 : t->h >= 12 ? 3 : t->h >= 7 ? 2 : 0;
}

/* ---- rows ---- */

/* A cell of a row: cut or filled up to w columns, and a space. */
static void
cell(struct str *out, const char *text, int w)
{
	size_t from = out->len;
	int n;

	utf8_fit(out, text, strlen(text), w);
	n = utf8_columns(out->s + from, out->len - from);
	str_add_fmt(out, "%*s", w - n + 1, "");
}

static void
study_state(const struct train_study *s, struct str *out)
{
	char day[DAY_TEXT_MAX];

	if (*s->fault != '\0') {
		str_add(out, "unreadable");
		return;
	}
	if (s->times == 0)
		return;
	day_format(moment_day(s->done), day);
	str_add_fmt(out, "done %s", day);
}

static void
add_study(struct trainhome *t, const struct train_study *s)
{
	struct line_look look = {.indent = 2, .cut = true,
	    .style = *s->fault != '\0' ? STYLE_WARNING : STYLE_NORMAL};
	struct str text, state;
	char stages[24];
	int w = t->w - 3;

	str_init(&text);
	str_init(&state);
	study_state(s, &state);
	(void)snprintf(stages, sizeof(stages), "%zu stage%s", s->stages,
	    s->stages == 1 ? "" : "s");
	if (t->w >= WIDE_W) {
		cell(&text, s->title, TITLE_W);
		cell(&text, s->covers, w - TITLE_W - COUNT_W - STATE_W - 3);
		cell(&text, s->stages > 0 ? stages : "", COUNT_W);
		str_add(&text, state.s);
	} else {
		cell(&text, s->title, w > 24 ? w - 15 : w);
		str_add(&text, s->times > 0 ? "done" : s->stages > 0 ? stages :
		    "");
	}
	lines_add(&t->lines, &look, text.s);
	str_release(&text);
	str_release(&state);
}

static void
session_state(const struct train_session *s, struct str *out)
{
	if (*s->fault != '\0')
		str_add(out, "unreadable");
	else if (s->state == WALK_END)
		str_add(out, "ended");
	else
		str_add_fmt(out, "stage %zu", s->stage);
}

static void
session_whose(const struct train_session *s, struct str *out)
{
	if (s->mode == WALK_GROUP)
		str_add(out, "group");
	if (!s->own)
		str_add_fmt(out, "%s%s", out->len > 0 ? ", " : "", s->who);
	if (s->part != WALK_BY_ITSELF)
		str_add_fmt(out, "%s%s", out->len > 0 ? ", " : "",
		    s->part == WALK_BEFORE ? "before" : "after");
	if (*s->sitting != '\0')
		str_add_fmt(out, "%s%s", out->len > 0 ? ", " : "",
		    s->sitting);
}

static void
add_session(struct trainhome *t, const struct train_session *s)
{
	struct line_look look = {.indent = 2, .cut = true,
	    .style = *s->fault != '\0' ? STYLE_WARNING : STYLE_NORMAL};
	struct str text, state, whose;
	char day[DAY_TEXT_MAX];
	int w = t->w - 3;

	str_init(&text);
	str_init(&state);
	str_init(&whose);
	session_state(s, &state);
	session_whose(s, &whose);
	day_format(moment_day(s->worked), day);
	if (t->w >= WIDE_W) {
		cell(&text, s->title, TITLE_W);
		cell(&text, whose.s, w - TITLE_W - COUNT_W - STATE_W - 3);
		cell(&text, state.s, COUNT_W);
		str_add(&text, day);
	} else {
		cell(&text, s->title, w > 24 ? w - 15 : w);
		str_add(&text, state.s);
	}
	lines_add(&t->lines, &look, text.s);
	str_release(&text);
	str_release(&state);
	str_release(&whose);
}

static void
add_again(struct trainhome *t)
{
	struct line_look look = {.indent = 2, .cut = true,
	    .style = t->counts.due > 0 ? STYLE_PENDING : STYLE_NORMAL};
	size_t due = t->counts.due, all = t->counts.followed;

	if (all == 0)
		lines_add(&t->lines, &look, "Nothing yet: what you miss in a "
		    "study is asked again later");
	else if (due == 0)
		lines_addf(&t->lines, &look, "Nothing is due today, of %zu "
		    "indicator%s", all, all == 1 ? "" : "s");
	else
		lines_addf(&t->lines, &look, "~ %zu of %zu indicator%s due "
		    "today", due, all, all == 1 ? "" : "s");
}

static void
add_log(struct trainhome *t)
{
	struct line_look look = {.indent = 2, .cut = true,
	    .style = STYLE_NORMAL};

	if (t->counts.entries == 0)
		lines_add(&t->lines, &look, "Nothing is written this year");
	else
		lines_addf(&t->lines, &look, "%zu entr%s this year, %zu "
		    "minutes", t->counts.entries,
		    t->counts.entries == 1 ? "y" : "ies", t->counts.minutes);
}

static void
add_heading(struct trainhome *t, enum home_group g)
{
	static const char *const headings[HOME_GROUPS] = {
		[HOME_GO_ON] = "Go on",
		[HOME_STUDIES] = "Case studies",
		[HOME_AGAIN] = "Ask again",
		[HOME_DONE] = "Gone through",
		[HOME_OTHERS] = "Sessions of others and of groups",
		[HOME_LOG] = "Log"
	};

	lines_free_text(&t->lines);
	lines_plain(&t->lines, STYLE_HEADING, headings[g]);
}

static void
add_row(struct trainhome *t, const struct home_row *r)
{
	(void)lines_row(&t->lines);
	switch (r->group) {
	case HOME_STUDIES:
		add_study(t, &t->studies[r->i].s);
		break;
	case HOME_AGAIN:
		add_again(t);
		break;
	case HOME_LOG:
		add_log(t);
		break;
	case HOME_GO_ON:
	case HOME_DONE:
	case HOME_OTHERS:
	case HOME_GROUPS:
	default:
		add_session(t, &t->sessions[r->i].s);
		break;
	}
}

/* Whoever sits here for the first time is told what to do. */
static void
add_first_use(struct trainhome *t)
{
	if (t->nsessions > 0 || t->narrow.len > 0 || t->h < 9)
		return;
	lines_plain(&t->lines, STYLE_LABEL, t->nstudies == 0 ?
	    "There is no case study here yet: a takes one in from a file." :
	    "Choose a case study and press Enter: you are asked how you want "
	    "to go through it. ? explains.");
}

static void
add_older(struct trainhome *t)
{
	struct str text;

	if (t->counts.older == 0)
		return;
	str_init(&text);
	str_add_fmt(&text, "%zu older session%s of others %s not listed: "
	    "hearken train list STORE names all.", t->counts.older,
	    t->counts.older == 1 ? "" : "s", t->counts.older == 1 ? "is" :
	    "are");
	lines_free_text(&t->lines);
	lines_plain(&t->lines, STYLE_LABEL, text.s);
	str_release(&text);
}

void
trainhome_fill(struct trainhome *t)
{
	enum home_group g = HOME_GROUPS;

	lines_clear(&t->lines);
	lines_free_text(&t->lines);
	if (t->fault.rc == RC_OK)
		add_first_use(t);
	for (size_t i = 0; i < t->nrows; i++) {
		if (t->rows[i].group != g)
			add_heading(t, t->rows[i].group);
		g = t->rows[i].group;
		add_row(t, &t->rows[i]);
	}
	add_older(t);
}

/* ---- the selected one in words ---- */

static void
study_words(const struct train_study *s, struct str *out)
{
	if (*s->fault != '\0') {
		sentence(out, s->fault);
		return;
	}
	str_add(out, "Enter begins it, alone or with a group.");
	if (s->times > 0)
		str_add_fmt(out, " You went through it %zu time%s.", s->times,
		    s->times == 1 ? "" : "s");
	if (*s->pair != '\0')
		str_add_fmt(out, " As hard: %s; take one before a training "
		    "and the other after it.", s->pair);
	if (s->taken)
		str_add(out, " Taken in from a file of your own.");
}

static void
session_words(const struct train_session *s, struct str *out)
{
	char begun[SPAN_WORDS_MAX];

	if (*s->fault != '\0') {
		sentence(out, s->fault);
		return;
	}
	moment_words(s->begun, begun);
	if (s->state == WALK_END)
		str_add(out, "Enter goes through it again, change by change.");
	else if (s->own)
		str_add(out, "Enter goes on with it; p goes through what is "
		    "done.");
	else
		str_add(out, "Enter opens it; p goes through what is done.");
	str_add_fmt(out, " %s, begun %s%s%s.", s->reference, begun,
	    s->own ? "" : " by ", s->own ? "" : s->who);
}

static void
foot_words(const struct trainhome *t, struct str *out)
{
	const struct home_row *r = trainhome_row(t);
	const struct home_session *s = trainhome_session(t);

	if (r == NULL)
		return;
	if (s != NULL)
		session_words(&s->s, out);
	else if (r->group == HOME_STUDIES)
		study_words(&t->studies[r->i].s, out);
	else if (r->group == HOME_AGAIN)
		str_add(out, "Enter asks again what you missed, after 1, 3, "
		    "7, 21 and 60 days.");
	else
		str_add(out, "Enter shows what you did, how long it took and "
		    "what you take from it.");
}

static void
draw_foot(const struct trainhome *t, const struct view *v)
{
	struct str words;

	if (view_h(v) < 2)
		return;
	str_init(&words);
	foot_words(t, &words);
	view_hline(v, 0, 0, view_w(v), STYLE_BORDER);
	(void)view_wrap(v, 1, STYLE_LABEL, words.s);
	str_release(&words);
}

/* ---- the whole ---- */

static void
draw_top(const struct trainhome *t, const struct view *v)
{
	int y = notice_rows(t);
	struct view above = view_sub(v, (struct rect){0, 0, view_w(v), y});
	struct pen pen = {v, 0, y};

	if (y > 0)
		notices_draw(t->notices, &above);
	if (t->narrow.len == 0)
		return;
	pen_put(&pen, STYLE_LABEL, "Search: ");
	pen_put(&pen, STYLE_INPUT, t->narrow.s);
	pen_put(&pen, STYLE_DIM, "  (Esc clears it)");
}

static void
draw_nothing(const struct trainhome *t, const struct view *v)
{
	struct str words;

	str_init(&words);
	if (t->fault.rc != RC_OK)
		sentence(&words, t->fault.text);
	else
		str_add(&words, "No study and no session holds these words.");
	(void)view_wrap(v, 0, t->fault.rc != RC_OK ? STYLE_ERROR :
	    STYLE_NORMAL, words.s);
	str_release(&words);
}

void
trainhome_draw(const struct pane *p, const struct view *v, bool focused)
{
	const struct trainhome *t = home_of(p);
	int w = view_w(v), h = view_h(v), top = trainhome_top_rows(t);
	int foot = trainhome_foot_rows(t);
	struct view body = view_sub(v, (struct rect){0, top, w,
	    h - top - foot});
	struct view under = view_sub(v, (struct rect){0, h - foot, w, foot});

	draw_top(t, v);
	if (t->nrows == 0)
		draw_nothing(t, &body);
	else
		lines_draw(&t->lines, &body, focused);
	draw_foot(t, &under);
}
