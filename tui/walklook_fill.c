/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the lookback says, as lines.
 */
#include "config.h"

#include "tui/walklook_impl.h"

#include <string.h>

#include "core/vec.h"

const struct study_stage *
walklook_stage(const struct walklook *k)
{
	return &k->s->walk.study->stages[k->s->walk.way.stages[k->place]];
}

bool
walklook_is_live(const struct walklook *k)
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
	if (m->nitems > 0)
		lines_addf(&k->lines, &look, "Alike: %zu of %zu that %s or "
		    "the model answered. What was missed stands first.",
		    same, m->nitems, k->s->mine ? "you" : "the learner");
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
	const struct study_stage *st = walklook_stage(k);
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
	lines_add(&k->lines, &look, walklook_stage(k)->note.list[i]);
	if (selected(k))
		add_under_point(k, found.s, note);
	str_release(&found);
}

static void
add_note(struct walklook *k)
{
	struct str note;

	if (walklook_stage(k)->note.n == 0)
		return;
	str_init(&note);
	walk_note_text(k->s, k->place, &note);
	heading(k, "What a good note names here");
	if (note.len == 0)
		under(k, STYLE_DIM, "No note was written at this stage.");
	else if (walklook_is_live(k))
		under(k, STYLE_DIM, "Read your note beside each point. Space: "
		    "named, partly, missing. It begins with a hint, made "
		    "from words that are in both.");
	for (size_t i = 0; i < walklook_stage(k)->note.n; i++)
		add_point(k, i, note.s);
	str_release(&note);
}

/* ---- the questions, and on ---- */

static void
add_questions(struct walklook *k)
{
	const struct study_stage *st = walklook_stage(k);

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
	if (!walklook_is_live(k))
		under(k, STYLE_HINT, "q goes back to the story.");
	else if (walklook_stage(k)->nchoices > 0)
		under(k, STYLE_HINT, "Enter: what do you do now? The story "
		    "goes on as you choose.");
	else
		under(k, STYLE_HINT, "Enter: on with the story.");
}

void
walklook_fill(struct walklook *k)
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
	walk_place_words(&k->s->walk, k->place, &words);
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
