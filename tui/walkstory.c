/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The story of a session: the stage in hand or an earlier one, and at the end
 * what the study teaches.  What a good answer to a question names is shown
 * once the stage is committed to.
 */
#include "config.h"

#include "tui/walkscreen_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/lines.h"

struct story {
	struct pane base;
	struct walkscreen *s;	/* borrowed; around it */
	struct lines lines;
	size_t told;		/* the place that the lines are of */
	struct str title;
};

static const struct story *
story_of(const struct pane *p)
{
	return (const struct story *)(const void *)p;
}

static struct story *
story_mut(struct pane *p)
{
	return (struct story *)(void *)p;
}

/* ---- pieces ---- */

static void
heading(struct story *k, const char *text)
{
	lines_blank(&k->lines);
	lines_plain(&k->lines, STYLE_HEADING, text);
}

static void
under(struct story *k, enum style s, const char *text)
{
	struct line_look look = {.indent = 2, .style = s};

	if (*text != '\0')
		lines_add(&k->lines, &look, text);
}

static void
marked(struct story *k, const char *lead, enum style s, const char *text)
{
	struct line_look look = {.indent = 4, .style = s, .lead = lead,
	    .lead_style = s};

	lines_add(&k->lines, &look, text);
}

static const struct study_stage *
stage_at(const struct walkscreen *s, size_t place)
{
	return &s->walk.study->stages[s->walk.way.stages[place]];
}

/* What was chosen to come here, and what became of it. */
static void
add_choice(struct story *k, size_t place)
{
	const struct walk *w = &k->s->walk;
	const struct walk_lookback *l;
	const struct study_choice *c;
	struct str words;

	if (place == 0 || place > w->nlookbacks)
		return;
	l = &w->lookbacks[place - 1];
	if (l->choice == STUDY_END)
		return;
	c = &w->study->stages[l->stage].choices[l->choice];
	heading(k, "You chose");
	under(k, STYLE_NORMAL, c->words);
	under(k, STYLE_TITLE, c->reply);
	str_init(&words);
	walk_disclosed(w, place, &words);
	if (words.len > 0)
		heading(k, "What became known by it");
	under(k, STYLE_NORMAL, words.s);
	str_release(&words);
}

static void
add_child(struct story *k, const struct study_stage *st)
{
	if (st->child_says[0] != '\0') {
		heading(k, "What the child says");
		under(k, STYLE_TITLE, st->child_says);
	} else {
		heading(k, "The child was not heard");
		under(k, STYLE_NORMAL, st->not_heard);
	}
}

static void
add_questions(struct story *k, const struct study_stage *st, bool after)
{
	if (st->nquestions > 0)
		heading(k, "Questions to think about");
	for (size_t i = 0; i < st->nquestions; i++) {
		const struct study_question *q = &st->questions[i];

		marked(k, "  ?", STYLE_NORMAL, q->ask);
		for (size_t j = 0; after && j < q->look_for.n; j++)
			marked(k, "  -", STYLE_DIM, q->look_for.list[j]);
	}
}

/* ---- what to do ---- */

static void
add_hint(struct story *k, const char *text)
{
	lines_blank(&k->lines);
	lines_plain(&k->lines, STYLE_HINT, text);
}

static void
add_committed(struct story *k)
{
	const struct walkscreen *s = k->s;
	struct str words;

	str_init(&words);
	str_add(&words, "You have committed to this stage. ");
	if (*s->walk.sitting != '\0' && !s->trace.seen)
		str_add(&words, "Wait until all look back together. ");
	str_add(&words, "Enter lays the model's answer beside yours.");
	if (walk_may_again(s))
		str_add(&words, " If you talk it over first, R answers this "
		    "stage a second time; both answers are kept.");
	add_hint(k, words.s);
	str_release(&words);
}

static void
add_what_now(struct story *k, size_t place)
{
	const struct walkscreen *s = k->s;

	if (place + 1 < s->walk.way.n || s->walk.state == WALK_END)
		add_hint(k, walk_last_at(s, place) != NULL ?
		    "You read this stage again; Right goes on. Enter shows "
		    "what was answered beside the model's." :
		    "You read this stage again; Right goes on.");
	else if (walk_answers(s))
		add_hint(k, s->trace.round > 1 ?
		    "The second round: change what you see otherwise now. $ "
		    "commits." :
		    "Tab: the checklist; Space ticks what is known now. o: "
		    "your note. $ commits, and only then is the model "
		    "shown.");
	else if (!s->mine)
		add_hint(k, s->walk.state == WALK_MODEL ? "Committed. Enter "
		    "shows what was answered beside the model's." :
		    "Not committed yet.");
	else
		add_committed(k);
}

static void
add_owner(struct story *k)
{
	struct line_look look = {.indent = 0, .style = STYLE_WARNING};

	if (!k->s->mine)
		lines_addf(&k->lines, &look, "The session of %s: you read it, "
		    "and nothing can be changed.",
		    casework_author(&k->s->w, k->s->walk.session));
}

/* ---- the end ---- */

static size_t
count_of(const struct walk_model *m, enum walk_match match)
{
	size_t n = 0;

	for (size_t i = 0; i < m->nitems; i++)
		n += m->items[i].match == match;
	return n;
}

/* "Stage 1: 5 as the model, 2 missed; the same level." */
static void
add_result(struct story *k, size_t place)
{
	const struct walk_attempt *a = walk_last_at(k->s, place);
	struct walk_model m;
	struct str words;

	if (a == NULL)
		return;
	walk_model_of(&k->s->walk, place, a, &m);
	str_init(&words);
	str_add_fmt(&words, "Stage %zu: %zu as the model, %zu missed, %zu "
	    "otherwise; %s.", place + 1, count_of(&m, MATCH_SAME),
	    count_of(&m, MATCH_MISSED), m.nitems - count_of(&m, MATCH_SAME) -
	    count_of(&m, MATCH_MISSED), m.level_same ? "the same level" :
	    "another level");
	under(k, STYLE_NORMAL, words.s);
	str_release(&words);
	walk_model_release(&m);
}

static void
fill_end(struct story *k)
{
	const struct walkscreen *s = k->s;
	const struct study *st = s->walk.study;

	lines_plain(&k->lines, STYLE_TITLE, "The study is at its end");
	add_owner(k);
	add_choice(k, s->walk.way.n);
	heading(k, "What it teaches");
	under(k, STYLE_NORMAL, st->teaches);
	heading(k, "What most people overlook");
	under(k, STYLE_NORMAL, st->missed);
	heading(k, s->mine ? "Your answers" : "The answers");
	for (size_t i = 0; i < s->walk.way.n; i++)
		add_result(k, i);
	under(k, STYLE_DIM, "People who know these cases well differ, too. "
	    "What was missed is asked again in some days.");
	if (!s->mine)
		return;
	add_hint(k, walk_logged(s) ? "This session is in your training log. "
	    "Left goes back through the stages; q leaves." :
	    "Enter writes this session into your training log, with the "
	    "minutes and what you take from it. Left goes back through the "
	    "stages.");
}

/* ---- a stage ---- */

static void
add_head(struct story *k, size_t place)
{
	const struct study_stage *st = stage_at(k->s, place);
	struct line_look look = {.indent = 0, .style = STYLE_TITLE};
	char day[SPAN_WORDS_MAX];
	struct str words;

	day_words(st->day, day);
	str_init(&words);
	walk_place_words(&k->s->walk, place, &words);
	words.s[0] = 'S';
	lines_addf(&k->lines, &look, "%s: %s. Told by: %s", words.s, day,
	    st->agency);
	str_release(&words);
	if (place > 0)
		return;
	look.style = STYLE_NORMAL;
	lines_addf(&k->lines, &look, "%s, %d, %s. %s",
	    k->s->walk.study->called, st->age,
	    study_child_word(k->s->walk.study), k->s->walk.study->care);
}

static void
fill_stage(struct story *k, size_t place)
{
	const struct study_stage *st = stage_at(k->s, place);

	add_owner(k);
	add_head(k, place);
	add_choice(k, place);
	heading(k, "What is known");
	under(k, STYLE_NORMAL, st->known);
	add_child(k, st);
	add_questions(k, st, walk_last_at(k->s, place) != NULL);
	add_what_now(k, place);
}

static void
fill(struct story *k)
{
	size_t place = k->s->shown;

	lines_clear(&k->lines);
	if (k->told != place)
		k->lines.top = 0;
	k->told = place;
	if (place >= k->s->walk.way.n)
		fill_end(k);
	else
		fill_stage(k, place);
	lines_done(&k->lines);
	str_clear(&k->title);
	if (place >= k->s->walk.way.n)
		str_add(&k->title, "Story: the end");
	else
		str_add_fmt(&k->title, "Story: stage %zu", place + 1);
}

void
story_refresh(struct pane *p)
{
	fill(story_mut(p));
}

/* ---- the pane ---- */

static void
story_draw(const struct pane *p, const struct view *v, bool focused)
{
	lines_draw(&story_of(p)->lines, v, focused);
	if (focused)
		view_cursor(v, 0, 0);
}

static size_t
last_page(const struct walkscreen *s)
{
	return s->walk.state == WALK_END ? s->walk.way.n :
	    s->walk.way.n - 1;
}

static bool
turn(struct story *k, struct app *app, bool back)
{
	struct walkscreen *s = k->s;

	if (back ? s->shown == 0 : s->shown >= last_page(s)) {
		app_say(app, back ? "This is the first stage." :
		    "The story goes no further yet.");
		return true;
	}
	s->shown += back ? (size_t)-1 : 1;
	fill(k);
	walk_tell_place(s);
	return true;
}

/* A page up at the beginning is the stage before; down at the end, the next. */
static bool
page(struct story *k, enum action a, struct app *app)
{
	if (a == ACT_PAGE_UP && !lines_more_above(&k->lines) &&
	    k->s->shown > 0)
		return turn(k, app, true);
	if (a == ACT_PAGE_DOWN && !lines_more_below(&k->lines) &&
	    k->s->shown < last_page(k->s))
		return turn(k, app, false);
	return false;
}

static void
open_it(struct story *k, struct app *app)
{
	struct walkscreen *s = k->s;

	if (s->shown >= s->walk.way.n) {
		walk_log_open(s, app);
		return;
	}
	if (s->shown + 1 == s->walk.way.n && walk_answers(s)) {
		app_say(app, "The model's answer is shown once you have "
		    "committed: $. Tab goes to the checklist.");
		return;
	}
	if (walk_last_at(s, s->shown) == NULL)
		app_say(app, "Nothing was committed to at this stage.");
	else
		walk_look_open(s, app, s->shown);
}

static bool
story_act(struct pane *p, const struct event *ev, struct app *app)
{
	struct story *k = story_mut(p);

	if (ev->act == ACT_LEFT || ev->act == ACT_RIGHT)
		return turn(k, app, ev->act == ACT_LEFT);
	if (page(k, ev->act, app) || lines_act(&k->lines, ev->act))
		return true;
	if (ev->act != ACT_OPEN)
		return false;
	open_it(k, app);
	return true;
}

static void
story_resize(struct pane *p, int w, int h)
{
	lines_resize(&story_mut(p)->lines, w, h);
	fill(story_mut(p));
}

static void
story_destroy(struct pane *p)
{
	struct story *k = story_mut(p);

	lines_release(&k->lines);
	str_release(&k->title);
	free(k);
}

static const char *
story_title(const struct pane *p)
{
	return story_of(p)->title.s;
}

static bool
story_can(const struct pane *p, enum action a)
{
	const struct walkscreen *s = story_of(p)->s;

	if (a == ACT_OPEN)
		return !(s->shown + 1 == s->walk.way.n && walk_answers(s));
	return a != ACT_SEARCH && a != ACT_WALK_POINT && a != ACT_VIEW;
}

static const struct pane_ops story_ops = {
	.name = "story", .context = CONTEXT_WALK, .topic = "training",
	.draw = story_draw, .act = story_act, .resize = story_resize,
	.destroy = story_destroy, .title = story_title, .can = story_can,
};

struct pane *
story_new(struct walkscreen *s)
{
	struct story *k = xcalloc(1, sizeof(*k));

	k->base.ops = &story_ops;
	k->s = s;
	lines_init(&k->lines);
	str_init(&k->title);
	fill(k);
	return &k->base;
}
