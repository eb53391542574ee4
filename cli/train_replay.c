/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/train.h"

#include <stdlib.h>
#include <string.h>

#include "cli/print.h"
#include "core/replay.h"
#include "core/screen.h"
#include "core/utf8.h"

/*
 * Nothing here asks for the time of now, the user, or what else the store
 * holds: the same entries give the same text, wherever they are.
 */
struct telling {
	const struct train *t;
	const struct train_session *x;
	const struct walk *w;
	struct replay r;
};

/* Of a group a round is for all to see once it was revealed. */
static bool
is_shown(const struct telling *k, const struct replay_step *s)
{
	return k->w->mode != WALK_GROUP ||
	    groupwork_shown(&k->x->g, s->stage, s->round);
}

static const struct study_stage *
stage_of(const struct telling *k, const struct replay_step *s)
{
	return &k->w->study->stages[s->stage];
}

/* ---- text ---- */

#define INDENT "      "

static void
say_labelled(const char *indent, const char *label, const char *text)
{
	struct str line;

	if (text[0] == '\0')
		return;
	str_init(&line);
	str_add(&line, label);
	str_add(&line, text);
	say_wrapped(indent, line.s);
	str_release(&line);
}

static void
say_head(const struct telling *k)
{
	const struct study *st = k->w->study;
	char when[SPAN_WORDS_MAX];

	moment_words(k->w->session->entry.at, when);
	say("%s: %s  (%s, version %s)\n", k->x->cf.reference, st->title,
	    st->id, st->version);
	say("  %s, %s; begun %s\n", train_name(k->t->s, &k->w->learner),
	    k->w->mode == WALK_GROUP ? "with a group" : "alone", when);
	if (k->w->part != WALK_BY_ITSELF)
		say("  %s the training\n", k->w->part == WALK_BEFORE ?
		    "Before" : "After");
	say_labelled("  ", "Sitting: ", k->w->sitting);
	say("  %s, a %s aged %d. Checklist: %s %s.\n", st->called,
	    study_child_word(st), st->stages[0].age, k->w->in->id,
	    k->w->in->version);
	say_labelled("  ", "", st->care);
}

static void
say_story(const struct telling *k, const struct replay_step *s)
{
	const struct study_stage *st = stage_of(k, s);
	struct str known;
	char day[SPAN_WORDS_MAX];

	day_words(st->day, day);
	say("\nStage %zu of %zu: %s. %s\n", s->way + 1,
	    k->w->study->nstages, st->id, day);
	say("  %s\n", st->agency);
	str_init(&known);
	walk_disclosed(k->w, s->way, &known);
	say_labelled("  ", "By what was chosen: ", known.s);
	str_release(&known);
	say_wrapped("  ", st->known);
	say_labelled("  ", "In the child's words: ", st->child_says);
	say_labelled("  ", "The child was not heard: ", st->not_heard);
	say("\n");
}

#define TIMES 24	/* columns of the times of a step */

/* The line behind the times; what does not fit goes on below itself. */
static void
say_beside(const char *times, const char *line)
{
	const size_t len = strlen(line);
	size_t n;

	say("%s", times);
	for (size_t at = 0; at < len; at += n) {
		size_t end;

		n = utf8_wrap(line + at, len - at, 79 - TIMES);
		for (end = n; end > 0 && line[at + end - 1] == ' '; end--)
			;
		say("%*s%.*s\n", at > 0 ? TIMES : 0, "", (int)end,
		    line + at);
	}
}

static void
times_of(const struct replay_step *s, struct str *out)
{
	str_add(out, "  ");
	clock_words(s->at, out);
	str_add(out, "  ");
	lasting_words(s->at - s->started, out);
	do
		str_add_char(out, ' ');
	while (out->len < TIMES);
}

/* The first line beside its times, those that follow below it. */
static void
say_step(const struct telling *k, size_t i)
{
	struct str times, words, line;
	size_t n;

	str_init(&times);
	str_init(&words);
	str_init(&line);
	times_of(&k->r.steps[i], &times);
	replay_words(&k->r, i, &words);
	for (const char *p = words.s; *p != '\0'; p += n + (p[n] == '\n')) {
		n = strcspn(p, "\n");
		str_clear(&line);
		str_add_n(&line, p, n);
		if (p == words.s)
			say_beside(times.s, line.s);
		else
			say_wrapped(INDENT, line.s);
	}
	str_release(&times);
	str_release(&words);
	str_release(&line);
}

static void
say_item(const struct walk *w, const struct walk_item *m)
{
	struct str line;

	str_init(&line);
	str_add_fmt(&line, "%s: %s %s: the model %s, answered %s.",
	    walk_match_words(m->match), w->in->items[m->item].id,
	    w->in->items[m->item].label, answer_name(m->model),
	    answer_name(m->given));
	if (m->why != NULL)
		str_add_fmt(&line, " %s", m->why->reason);
	say_wrapped(INDENT, line.s);
	str_release(&line);
}

/* A study may name a level that the checklist of today does not have. */
static const char *
level_words(const struct walk *w, const char *id)
{
	unsigned level = screen_level_from_id(w->in, id);

	return level != NO_ITEM ? screen_level_label(w->in, level) : id;
}

static void
say_model(const struct telling *k, const struct replay_step *s)
{
	const struct study_stage *st = stage_of(k, s);
	struct walk_model m;
	size_t same = 0;

	walk_model_of(k->w, s->way, s->attempt, &m);
	say("    Beside the model\n");
	for (size_t i = 0; i < m.nitems; i++) {
		if (m.items[i].match == MATCH_SAME)
			same++;
		else
			say_item(k->w, &m.items[i]);
	}
	say(INDENT "As the model: %zu of %zu.\n", same, m.nitems);
	say(INDENT "Level of the model: %s%s\n", screen_level_label(k->w->in,
	    m.result.level), m.level_same ? ", the same" : "");
	say_labelled(INDENT, "Why: ", st->why);
	if (st->judgement[0] != '\0') {
		say(INDENT "Judgement of the model: %s\n",
		    level_words(k->w, st->judgement));
		say_labelled(INDENT, "Why: ", st->judgement_why);
	}
	walk_model_release(&m);
}

static void
say_group(const struct telling *k, const struct replay_step *s)
{
	const json_t *answers = json_object_get(s->record->body, "answers");
	const struct instrument *in = k->w->in;
	struct str line;

	if (!is_shown(k, s)) {
		say(INDENT "Hidden: this round was not revealed.\n");
		return;
	}
	str_init(&line);
	for (unsigned i = 0; i < in->nitems; i++) {
		const char *state = json_string_value(json_object_get(answers,
		    in->items[i].id));

		if (state != NULL)
			str_add_fmt(&line, "%s%s %s", line.len > 0 ? ", " :
			    "", in->items[i].id, state);
	}
	say_wrapped(INDENT, line.s);
	str_release(&line);
}

/* The group's answers beside the model's, those most missed first. */
static void
say_spread(const struct telling *k, const struct replay_step *s)
{
	const struct instrument *in = k->w->in;
	struct group_spread *list;
	const size_t n = groupwork_spread(&k->x->g, s->stage, s->round,
	    &list);
	const size_t of = groupwork_count(&k->x->g, s->stage, s->round);
	struct str line;

	str_init(&line);
	for (size_t i = 0; i < n; i++) {
		str_clear(&line);
		str_add_fmt(&line, "%s %s: the model %s, %zu of %zu the same",
		    in->items[list[i].item].id, in->items[list[i].item].label,
		    answer_name(list[i].model), list[i].same, of);
		say_wrapped(INDENT, line.s);
	}
	free(list);
	str_release(&line);
	say(INDENT "Level of the model: %s\n", level_words(k->w,
	    stage_of(k, s)->level));
	say_labelled(INDENT, "Why: ", stage_of(k, s)->why);
}

static bool
begins_stage(const struct telling *k, size_t i)
{
	return k->r.steps[i].sort == REPLAY_STAGE && (i == 0 ||
	    k->r.steps[i - 1].way != k->r.steps[i].way ||
	    k->r.steps[i - 1].sort == REPLAY_BEGIN);
}

static void
tell_text(const struct telling *k)
{
	say_head(k);
	for (size_t i = 0; i < k->r.n; i++) {
		const struct replay_step *s = &k->r.steps[i];

		if (s->sort == REPLAY_BEGIN)
			continue;
		if (begins_stage(k, i))
			say_story(k, s);
		say_step(k, i);
		if (s->sort == REPLAY_COMMIT && is_shown(k, s))
			say_model(k, s);
		else if (s->sort == REPLAY_GROUP)
			say_group(k, s);
		else if (s->sort == REPLAY_REVEAL && is_shown(k, s))
			say_spread(k, s);
	}
	if (k->w->state != WALK_END)
		say("\nNot ended: at stage %zu, %s.\n", k->w->way.n,
		    walk_stage(k->w)->id);
}

/* ---- JSON ---- */

static void
put(json_t *o, const char *key, const char *text)
{
	(void)json_object_set_new(o, key, json_string(text));
}

static void
put_moment(json_t *o, const char *key, int64_t at)
{
	char text[SPAN_TEXT_MAX];

	moment_format(at, text);
	put(o, key, text);
}

static json_t *
session_json(const struct telling *k)
{
	const struct study *st = k->w->study;
	json_t *o = json_object();

	put(o, "reference", k->x->cf.reference);
	put(o, "study", st->id);
	put(o, "version", st->version);
	put(o, "title", st->title);
	put(o, "learner", train_name(k->t->s, &k->w->learner));
	put(o, "mode", train_mode(k->w));
	put(o, "part", train_part(k->w));
	put(o, "sitting", k->w->sitting);
	put(o, "instrument", k->w->in->id);
	put_moment(o, "begun", k->w->session->entry.at);
	(void)json_object_set_new(o, "ended", json_boolean(k->w->state ==
	    WALK_END));
	return o;
}

static void
json_story(const struct telling *k, const struct replay_step *s, json_t *o)
{
	const struct study_stage *st = stage_of(k, s);
	char day[DAY_TEXT_MAX];
	struct str known;

	day_format(st->day, day);
	str_init(&known);
	walk_disclosed(k->w, s->way, &known);
	put(o, "date", day);
	put(o, "agency", st->agency);
	put(o, "known", st->known);
	put(o, "disclosed", known.s);
	put(o, "child_says", st->child_says);
	put(o, "not_heard", st->not_heard);
	str_release(&known);
}

static void
json_change(const struct telling *k, size_t i, json_t *o)
{
	const struct walk_change *c = k->r.steps[i].change;
	struct answers before;

	replay_answers(&k->r, i > 0 ? i - 1 : 0, &before);
	put(o, "item", k->w->in->items[c->item].id);
	put(o, "state", answer_name(c->state));
	put(o, "before", answer_name(answers_get(&before, c->item)));
}

static void
json_note(const struct replay_step *s, json_t *o)
{
	const struct kind *kind = s->record->kind;
	json_t *note = json_object();

	for (size_t i = 0; kind != NULL && kind->fields[i].name != NULL; i++)
		if ((kind->fields[i].flags & FIELD_HIDDEN) == 0 &&
		    json_object_get(s->record->body, kind->fields[i].name) !=
		    NULL)
			(void)json_object_set(note, kind->fields[i].name,
			    json_object_get(s->record->body,
			    kind->fields[i].name));
	(void)json_object_set_new(o, "note", note);
}

static json_t *
items_json(const struct walk *w, const struct walk_model *m)
{
	json_t *list = json_array();

	for (size_t i = 0; i < m->nitems; i++) {
		const struct walk_item *x = &m->items[i];
		json_t *o = json_object();

		put(o, "item", w->in->items[x->item].id);
		put(o, "model", answer_name(x->model));
		put(o, "answered", answer_name(x->given));
		put(o, "match", walk_match_words(x->match));
		put(o, "reason", x->why != NULL ? x->why->reason : "");
		(void)json_array_append_new(list, o);
	}
	return list;
}

static void
json_commit(const struct telling *k, const struct replay_step *s, json_t *o)
{
	const struct walk_attempt *a = s->attempt;
	const struct instrument *in = k->w->in;
	struct walk_model m;
	json_t *model = json_object();

	put(o, "level", screen_level_id(in, a->level));
	put(o, "judgement", a->judgement != NO_ITEM ? screen_level_id(in,
	    a->judgement) : "");
	put(o, "why", a->why);
	walk_model_of(k->w, s->way, a, &m);
	if (is_shown(k, s)) {
		put(model, "level", screen_level_id(in, m.result.level));
		put(model, "why", stage_of(k, s)->why);
		put(model, "judgement", stage_of(k, s)->judgement);
		(void)json_object_set_new(model, "items", items_json(k->w,
		    &m));
	}
	walk_model_release(&m);
	(void)json_object_set_new(o, "model", model);
}

static void
json_group(const struct telling *k, const struct replay_step *s, json_t *o)
{
	put(o, "learner", record_text(s->record, "learner"));
	put(o, "from", record_text(s->record, "from"));
	(void)json_object_set(o, "answers", is_shown(k, s) ?
	    json_object_get(s->record->body, "answers") : json_null());
}

static void
json_spread(const struct telling *k, const struct replay_step *s, json_t *o)
{
	json_t *items = json_array();
	struct group_spread *list;
	const size_t n = groupwork_spread(&k->x->g, s->stage, s->round,
	    &list);

	for (size_t i = 0; i < n; i++)
		(void)json_array_append_new(items, json_pack("{s:s, s:s, "
		    "s:I}", "item", k->w->in->items[list[i].item].id,
		    "model", answer_name(list[i].model), "same",
		    (json_int_t)list[i].same));
	free(list);
	(void)json_object_set_new(o, "items", items);
	(void)json_object_set_new(o, "n", json_integer((json_int_t)
	    groupwork_count(&k->x->g, s->stage, s->round)));
	put(o, "level", stage_of(k, s)->level);
}

static void
json_lookback(const struct telling *k, const struct replay_step *s,
    json_t *o)
{
	static const char *const states[] = {
		[POINT_MISSING] = "missing",
		[POINT_PARTLY] = "partly",
		[POINT_NAMED] = "named",
	};
	const struct study_stage *st = stage_of(k, s);
	json_t *list = json_array();

	for (size_t i = 0; i < st->note.n && i < STUDY_LIST_MAX; i++)
		(void)json_array_append_new(list, json_pack("{s:s, s:s}",
		    "point", st->note.list[i], "state",
		    states[s->lookback->points[i]]));
	(void)json_object_set_new(o, "points", list);
}

static void
json_choice(const struct telling *k, const struct replay_step *s, json_t *o)
{
	const struct study_stage *st = stage_of(k, s);
	const struct study_choice *c;

	if (s->lookback->choice >= st->nchoices)
		return;
	c = &st->choices[s->lookback->choice];
	put(o, "choice", c->id);
	put(o, "words", c->words);
	put(o, "reply", c->reply);
	put(o, "disclosed", c->discloses);
}

static const char *const sorts[] = {
	[REPLAY_BEGIN] = "begin",
	[REPLAY_STAGE] = "stage",
	[REPLAY_CHANGE] = "change",
	[REPLAY_NOTE] = "note",
	[REPLAY_COMMIT] = "commit",
	[REPLAY_GROUP] = "group",
	[REPLAY_REVEAL] = "reveal",
	[REPLAY_LOOKBACK] = "lookback",
	[REPLAY_CHOICE] = "choice",
	[REPLAY_END] = "end",
};

static json_t *
step_json(const struct telling *k, size_t i)
{
	const struct replay_step *s = &k->r.steps[i];
	json_t *o = json_object();

	put(o, "step", sorts[s->sort]);
	put_moment(o, "at", s->at);
	(void)json_object_set_new(o, "into_ms", json_integer(
	    (json_int_t)(s->at - s->started)));
	put(o, "stage", stage_of(k, s)->id);
	(void)json_object_set_new(o, "round", json_integer(
	    (json_int_t)s->round));
	if (s->sort == REPLAY_STAGE)
		json_story(k, s, o);
	else if (s->sort == REPLAY_CHANGE)
		json_change(k, i, o);
	else if (s->sort == REPLAY_NOTE)
		json_note(s, o);
	else if (s->sort == REPLAY_COMMIT)
		json_commit(k, s, o);
	else if (s->sort == REPLAY_GROUP)
		json_group(k, s, o);
	else if (s->sort == REPLAY_REVEAL && is_shown(k, s))
		json_spread(k, s, o);
	else if (s->sort == REPLAY_LOOKBACK)
		json_lookback(k, s, o);
	else if (s->sort == REPLAY_CHOICE)
		json_choice(k, s, o);
	return o;
}

static void
tell_json(const struct telling *k)
{
	json_t *o = json_object(), *list = json_array();

	for (size_t i = 0; i < k->r.n; i++)
		(void)json_array_append_new(list, step_json(k, i));
	(void)json_object_set_new(o, "session", session_json(k));
	(void)json_object_set_new(o, "steps", list);
	say_json(o);
	json_decref(o);
}

/* ---- the whole ---- */

enum rc
train_replay(const struct train *t, bool *attention, struct err *e)
{
	struct train_session x = {.loaded = false};
	struct telling k = {.t = t, .x = &x, .w = &x.w};
	enum format format;
	enum rc rc = format_read(t->c, &format, e);

	(void)attention;
	if (rc == RC_OK && format == FORMAT_CSV)
		rc = err_set(e, RC_USAGE, "a session is replayed as text or "
		    "json, not as csv");
	if (rc == RC_OK)
		rc = train_session_load(t, t->c->args[2], format ==
		    FORMAT_TEXT ? LOOK_OPEN : LOOK_EXPORT, &x, e);
	if (rc != RC_OK)
		return rc;
	replay_of(&x.w, &k.r);
	if (format == FORMAT_TEXT)
		tell_text(&k);
	else
		tell_json(&k);
	replay_release(&k.r);
	train_session_release(&x);
	return RC_OK;
}
