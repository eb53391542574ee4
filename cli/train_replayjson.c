/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/trainreplay.h"

#include <stdlib.h>

#include "cli/print.h"
#include "core/screen.h"

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
	const struct study_stage *st = telling_stage(k, s);
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
	if (telling_shown(k, s)) {
		put(model, "level", screen_level_id(in, m.result.level));
		put(model, "why", telling_stage(k, s)->why);
		put(model, "judgement", telling_stage(k, s)->judgement);
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
	(void)json_object_set(o, "answers", telling_shown(k, s) ?
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
	put(o, "level", telling_stage(k, s)->level);
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
	const struct study_stage *st = telling_stage(k, s);
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
	const struct study_stage *st = telling_stage(k, s);
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
	put(o, "stage", telling_stage(k, s)->id);
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
	else if (s->sort == REPLAY_REVEAL && telling_shown(k, s))
		json_spread(k, s, o);
	else if (s->sort == REPLAY_LOOKBACK)
		json_lookback(k, s, o);
	else if (s->sort == REPLAY_CHOICE)
		json_choice(k, s, o);
	return o;
}

void
train_replay_json(const struct telling *k)
{
	json_t *o = json_object(), *list = json_array();

	for (size_t i = 0; i < k->r.n; i++)
		(void)json_array_append_new(list, step_json(k, i));
	(void)json_object_set_new(o, "session", session_json(k));
	(void)json_object_set_new(o, "steps", list);
	say_json(o);
	json_decref(o);
}
