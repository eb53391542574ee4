/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Looking back on a stage: each answer beside the model's with its reason and
 * source, the levels, the rules that fired, the note point by point, the
 * questions.  Says what is, and blames nobody.
 */
#include "config.h"

#include "tui/walkscreen_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/vec.h"
#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/ask.h"
#include "tui/lines.h"

#define NO_POINT SIZE_MAX

struct walklook {
	struct pane base;
	struct walkscreen *s;		/* borrowed; below it */
	size_t place;			/* on the way */
	struct lines lines;
	size_t *points;			/* of each row: a point, or none */
	size_t nrows, caprows;
	size_t choice;			/* of the short form */
};

static const struct walklook *
look_of(const struct pane *p)
{
	return (const struct walklook *)(const void *)p;
}

static struct walklook *
look_mut(struct pane *p)
{
	return (struct walklook *)(void *)p;
}

static const struct study_stage *
stage_of(const struct walklook *k)
{
	return &k->s->walk.study->stages[k->s->walk.way.stages[k->place]];
}

/* True if it is the stage in hand of whoever sits here. */
static bool
is_live(const struct walklook *k)
{
	return k->s->mine && k->s->walk.state == WALK_MODEL &&
	    k->place + 1 == k->s->walk.way.n;
}

/* ---- pieces ---- */

static void
row(struct walklook *k, size_t point)
{
	k->points = vec_room(k->points, k->nrows, &k->caprows,
	    sizeof(*k->points));
	k->points[k->nrows++] = point;
	(void)lines_row(&k->lines);
}

static bool
selected(const struct walklook *k)
{
	return k->nrows == k->lines.row + 1;
}

static void
heading(struct walklook *k, const char *text)
{
	lines_free_text(&k->lines);
	lines_blank(&k->lines);
	lines_plain(&k->lines, STYLE_HEADING, text);
}

static void
under(struct walklook *k, enum style s, const char *text)
{
	struct line_look look = {.indent = 4, .style = s};

	if (*text != '\0')
		lines_add(&k->lines, &look, text);
}

static void
lead(struct walklook *k, const char *mark, enum style s, const char *text)
{
	struct line_look look = {.indent = 4, .style = STYLE_NORMAL,
	    .lead = mark, .lead_style = s};

	lines_add(&k->lines, &look, text);
}

/* ---- the indicators ---- */

static const struct {
	const char *mark;
	enum style style;
} matches[] = {
	[MATCH_SAME] = {"  =", STYLE_CALM},
	[MATCH_MISSED] = {"  o", STYLE_WARNING},
	[MATCH_WEAKER] = {"  /", STYLE_UNKNOWN},
	[MATCH_BEYOND] = {"  +", STYLE_UNKNOWN},
	[MATCH_OTHER] = {"  ~", STYLE_UNKNOWN},
};

static void
item_label(const struct walklook *k, unsigned item, struct str *out)
{
	const struct instrument *in = k->s->w.door.in;

	if (!itemset_has(&in->questions, item))
		str_add_fmt(out, "%s ", in->items[item].id);
	str_add(out, in->items[item].label);
}

/* "The model has this as present; you: not asked." */
static void
item_words(const struct walklook *k, const struct walk_item *it,
    struct str *out)
{
	const char *who = k->s->mine ? "you" : "the learner";

	if (it->match == MATCH_SAME)
		str_add_fmt(out, ": both %s", answer_name(it->model));
	else
		str_add_fmt(out, ". The model has this as %s, %s as %s (%s)",
		    answer_name(it->model), who, answer_name(it->given),
		    walk_match_words(it->match));
}

static void
add_item(struct walklook *k, const struct walk_item *it)
{
	struct line_look why = {.indent = 6, .style = STYLE_NORMAL};
	struct str words;

	row(k, NO_POINT);
	str_init(&words);
	item_label(k, it->item, &words);
	item_words(k, it, &words);
	lead(k, matches[it->match].mark, matches[it->match].style, words.s);
	str_release(&words);
	if (it->why == NULL || (it->match == MATCH_SAME && !selected(k)))
		return;
	lines_addf(&k->lines, &why, "Why: %s", it->why->reason);
	why.style = STYLE_DIM;
	lines_addf(&k->lines, &why, "Source: %s", it->why->source);
}

static void
add_items(struct walklook *k, const struct walk_model *m)
{
	struct line_look look = {.indent = 2, .style = STYLE_DIM};
	size_t same = 0;

	for (size_t i = 0; i < m->nitems; i++)
		same += m->items[i].match == MATCH_SAME;
	heading(k, k->s->mine ? "Your answers and the model's" :
	    "The learner's answers and the model's");
	lines_addf(&k->lines, &look, "The same: %zu of %zu that were "
	    "answered. What was missed stands first.", same, m->nitems);
	for (size_t i = 0; i < m->nitems; i++)
		add_item(k, &m->items[i]);
	if (m->nitems == 0)
		under(k, STYLE_NORMAL, "Neither says anything yet, and that "
		    "can be right: not enough is known.");
}

/* ---- the levels ---- */

static void
add_level(struct walklook *k, const char *who, const char *level,
    const char *why)
{
	struct line_look look = {.indent = 4, .style = STYLE_NORMAL};

	row(k, NO_POINT);
	lines_addf(&k->lines, &look, "%s: %s", who, level);
	look.indent = 6;
	if (*why != '\0')
		lines_addf(&k->lines, &look, "Why: %s", why);
}

static const char *
level_name(const struct walklook *k, const char *id)
{
	const struct instrument *in = k->s->w.door.in;
	unsigned level = screen_level_from_id(in, id);

	return level == NO_ITEM ? id : screen_level_label(in, level);
}

static void
add_levels(struct walklook *k, const struct walk_attempt *a,
    const struct walk_model *m)
{
	const struct instrument *in = k->s->w.door.in;
	const struct study_stage *st = stage_of(k);
	unsigned own = a->judgement != NO_ITEM ? a->judgement : a->level;

	heading(k, m->level_same ? "The level: the same" : "The level");
	add_level(k, k->s->mine ? "As you judge it" : "As the learner "
	    "judges it", screen_level_label(in, own), a->why);
	add_level(k, k->s->mine ? "By the rules on your answers" :
	    "By the rules on these answers",
	    screen_level_label(in, a->level), "");
	add_level(k, "By the rules on the model's answers",
	    screen_label(in, &m->result), st->why);
	if (st->judgement[0] != '\0')
		add_level(k, "As the model judges it",
		    level_name(k, st->judgement), st->judgement_why);
}

static void
add_rules(struct walklook *k, const struct answers *a,
    const struct screening *r)
{
	const struct instrument *in = k->s->w.door.in;
	struct line_look dim = {.indent = 6, .style = STYLE_DIM};
	struct str words;

	for (size_t i = 0; i < r->nfired; i++) {
		row(k, NO_POINT);
		str_init(&words);
		screen_rule_words(in, a, r->fired[i], &words);
		lead(k, "  -", STYLE_NORMAL, words.s);
		str_release(&words);
		lines_addf(&k->lines, &dim, "Source: %s",
		    in->rules[r->fired[i]].source != NULL ?
		    in->rules[r->fired[i]].source : "not given");
	}
	if (r->nfired == 0) {
		row(k, NO_POINT);
		under(k, STYLE_NORMAL, "No rule fired on what is present.");
	}
}

static void
add_all_rules(struct walklook *k, const struct walk_attempt *a,
    const struct walk_model *m)
{
	struct answers own;
	struct screening r;

	heading(k, "Rules that fired on the model's answers");
	add_rules(k, &m->answers, &m->result);
	walk_date(&k->s->walk, k->place, &a->answers, &own);
	screen_run(k->s->w.door.in, &own, &r);
	if (r.nfired == m->result.nfired && memcmp(r.fired, m->result.fired,
	    r.nfired * sizeof(r.fired[0])) == 0)
		return;
	heading(k, k->s->mine ? "Rules that fired on yours" :
	    "Rules that fired on the learner's");
	add_rules(k, &own, &r);
}

/* ---- the note ---- */

static const struct {
	const char *mark;
	enum style style;
} point_marks[] = {
	[POINT_MISSING] = {"  [ ] missing", STYLE_DIM},
	[POINT_PARTLY] = {"  [/] partly", STYLE_UNKNOWN},
	[POINT_NAMED] = {"  [X] named", STYLE_CALM},
};

/* Under the point in hand stand the hint and the note, to be read together. */
static void
add_under_point(struct walklook *k, const char *found, const char *note)
{
	struct line_look look = {.indent = 6, .style = STYLE_DIM};

	if (*note == '\0')
		return;
	if (*found != '\0')
		lines_addf(&k->lines, &look, "A hint only: your note has the "
		    "words %s.", found);
	else
		lines_add(&k->lines, &look, "A hint only: none of its words "
		    "are in your note; it may say it in others.");
	look.style = STYLE_NORMAL;
	lines_addf(&k->lines, &look, "Your note: %s", note);
}

static void
add_point(struct walklook *k, size_t i, const char *note)
{
	struct line_look look = {.indent = 14, .style = STYLE_NORMAL};
	struct str found;
	enum walk_point now;

	str_init(&found);
	now = walk_point_now(k->s, k->place, i, &found);
	row(k, i);
	look.lead = point_marks[now].mark;
	look.lead_style = point_marks[now].style;
	lines_add(&k->lines, &look, stage_of(k)->note.list[i]);
	if (selected(k))
		add_under_point(k, found.s, note);
	str_release(&found);
}

static void
add_note(struct walklook *k)
{
	struct str note;

	if (stage_of(k)->note.n == 0)
		return;
	str_init(&note);
	walk_note_text(k->s, k->place, &note);
	heading(k, "What a good note names here");
	if (note.len == 0)
		under(k, STYLE_DIM, "No note was written at this stage.");
	else if (is_live(k))
		under(k, STYLE_DIM, "Read your note beside each point. Space: "
		    "named, partly, missing. It begins with a hint, made "
		    "from words that are in both.");
	for (size_t i = 0; i < stage_of(k)->note.n; i++)
		add_point(k, i, note.s);
	str_release(&note);
}

/* ---- the questions, and on ---- */

static void
add_questions(struct walklook *k)
{
	const struct study_stage *st = stage_of(k);

	if (st->nquestions > 0)
		heading(k, "The questions, and what to look for");
	for (size_t i = 0; i < st->nquestions; i++) {
		const struct study_question *q = &st->questions[i];

		row(k, NO_POINT);
		lead(k, "  ?", STYLE_NORMAL, q->ask);
		for (size_t j = 0; j < q->look_for.n; j++) {
			struct line_look look = {.indent = 6,
			    .style = STYLE_DIM, .lead = "    -",
			    .lead_style = STYLE_DIM};

			lines_add(&k->lines, &look, q->look_for.list[j]);
		}
	}
}

static void
add_end(struct walklook *k)
{
	lines_free_text(&k->lines);
	lines_blank(&k->lines);
	row(k, NO_POINT);
	if (!is_live(k))
		under(k, STYLE_HINT, "q goes back to the story.");
	else if (stage_of(k)->nchoices > 0)
		under(k, STYLE_HINT, "Enter: what do you do now? The story "
		    "goes on as you choose.");
	else
		under(k, STYLE_HINT, "Enter: on with the story.");
}

static void
fill(struct walklook *k)
{
	const struct walk_attempt *a = walk_last_at(k->s, k->place);
	struct line_look look = {.indent = 0, .style = STYLE_TITLE};
	struct walk_model m;
	struct str words;

	lines_clear(&k->lines);
	k->nrows = 0;
	if (a == NULL)
		return;
	str_init(&words);
	walk_stage_words(k->s, k->place, &words);
	lines_addf(&k->lines, &look, "Looking back on %s%s", words.s,
	    a->round > 1 ? ", second round" : "");
	str_release(&words);
	walk_model_of(&k->s->walk, k->place, a, &m);
	add_items(k, &m);
	add_levels(k, a, &m);
	add_all_rules(k, a, &m);
	walk_model_release(&m);
	add_note(k);
	add_questions(k);
	add_end(k);
	lines_done(&k->lines);
}

/* ---- going on ---- */

/* Of the lookback: the screen goes, and the story shows what comes next. */
static void
go_on(struct walklook *k, struct app *app, uint32_t choice)
{
	struct err e;

	if (walk_sign_lookback(k->s, choice, &e) != RC_OK)
		app_error(app, &e);
	else
		app_pop(app);
}

static enum rc
choose(void *ctx, struct app *app, struct pane *ask, struct err *e)
{
	struct walklook *k = ctx;

	(void)app;
	return walk_sign_lookback(k->s, (uint32_t)ask_choice(ask, 0), e);
}

/* The short form is gone; below it is the lookback, which goes, too. */
static void
chosen(void *ctx, struct app *app)
{
	(void)ctx;
	app_pop(app);
}

/* A choice is longer than a row: the one in hand is told whole. */
static void
tell_choice(void *ctx, const struct pane *ask, size_t i, struct str *out)
{
	const struct walklook *k = ctx;
	size_t at = ask_choice(ask, i);

	if (at < stage_of(k)->nchoices)
		str_add(out, stage_of(k)->choices[at].words);
}

static void
ask_what(struct walklook *k, struct app *app)
{
	const struct study_stage *st = stage_of(k);
	struct ask_choice choices[STUDY_CHOICES_MAX];
	struct ask_field field = {
		.type = ASK_CHOICE, .label = "You choose", .choices = choices,
		.nchoices = st->nchoices,
	};
	struct ask_opts o = {
		.title = "What do you do now?",
		.intro = "None of these is a trap. The story goes on as you "
		    "choose, and says what became of it.",
		.verb = "sign what you looked back on, and go on",
		.topic = "training", .fields = &field, .n = 1, .ctx = k,
		.remark = tell_choice, .done = choose, .after = chosen,
	};

	for (size_t i = 0; i < st->nchoices; i++)
		choices[i] = (struct ask_choice){st->choices[i].words,
		    i == 0};
	ask_open(app, &o);
}

/* Enter once goes to the end: nothing is passed over by one key too many. */
static void
enter(struct walklook *k, struct app *app)
{
	if (!is_live(k)) {
		app_pop(app);
	} else if (k->lines.row + 1 < k->nrows) {
		lines_select(&k->lines, k->nrows - 1);
		fill(k);
		app_say(app, "Enter once more goes on; Up reads again.");
	} else if (stage_of(k)->nchoices > 0) {
		ask_what(k, app);
	} else {
		go_on(k, app, STUDY_END);
	}
}

static void
turn_point(struct walklook *k, struct app *app)
{
	size_t i = k->lines.row < k->nrows ? k->points[k->lines.row] :
	    NO_POINT;
	struct str words;
	enum walk_point now;

	if (i == NO_POINT || !is_live(k)) {
		app_say(app, is_live(k) ? "Space is for the points of the "
		    "note." : "This stage was looked back on; nothing is "
		    "changed.");
		return;
	}
	str_init(&words);
	now = walk_point_now(k->s, k->place, i, &words);
	str_release(&words);
	k->s->trace.points[i] = now == POINT_MISSING ? POINT_NAMED : now - 1;
	walk_trace_save(k->s);
	fill(k);
}

/* ---- the pane ---- */

static bool
move(struct walklook *k, enum action a)
{
	size_t before = k->lines.row;

	if (!lines_act(&k->lines, a))
		return false;
	if (k->lines.row != before)
		fill(k);
	return true;
}

static bool
look_act(struct pane *p, const struct event *ev, struct app *app)
{
	struct walklook *k = look_mut(p);

	if (move(k, ev->act))
		return true;
	switch (ev->act) {
	case ACT_OPEN:
		enter(k, app);
		return true;
	case ACT_WALK_POINT:
		turn_point(k, app);
		return true;
	case ACT_CANCEL:
		app_pop(app);
		return true;
	default:
		return false;
	}
}

static void
look_draw(const struct pane *p, const struct view *v, bool focused)
{
	lines_draw(&look_of(p)->lines, v, focused);
}

static void
look_status(const struct pane *p, struct status *st)
{
	const struct walkscreen *s = look_of(p)->s;

	(void)snprintf(st->place, sizeof(st->place), "%s: looking back",
	    s->walk.study->title);
	st->training = true;
	st->case_id = &s->o.id;
	st->reference = s->w.now.reference;
}

static void
look_resize(struct pane *p, int w, int h)
{
	lines_resize(&look_mut(p)->lines, w, h);
	fill(look_mut(p));
}

static void
look_destroy(struct pane *p)
{
	struct walklook *k = look_mut(p);

	lines_release(&k->lines);
	free(k->points);
	free(k);
}

static bool
look_can(const struct pane *p, enum action a)
{
	const struct walklook *k = look_of(p);

	if (a == ACT_WALK_POINT)
		return is_live(k);
	return a == ACT_OPEN || a == ACT_HELP || a == ACT_BACK ||
	    a == ACT_BLANK;
}

static const struct pane_ops look_ops = {
	.name = "lookback", .context = CONTEXT_WALK, .topic = "training",
	.draw = look_draw, .act = look_act, .resize = look_resize,
	.destroy = look_destroy, .can = look_can,
	.status = look_status,
};

void
walk_look_open(struct walkscreen *s, struct app *app, size_t place)
{
	struct walklook *k = xcalloc(1, sizeof(*k));

	k->base.ops = &look_ops;
	k->s = s;
	k->place = place;
	lines_init(&k->lines);
	if (is_live(k) && !s->trace.seen) {
		s->trace.seen = true;
		walk_trace_save(s);
	}
	s->looking = true;
	walk_tell_place(s);
	app_push(app, &k->base);
}
