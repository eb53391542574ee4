/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/trainreplay.h"

#include <stdlib.h>
#include <string.h>

#include "cli/print.h"
#include "core/screen.h"
#include "core/utf8.h"

bool
telling_shown(const struct telling *k, const struct replay_step *s)
{
	return k->w->mode != WALK_GROUP ||
	    groupwork_shown(&k->x->g, s->stage, s->round);
}

const struct study_stage *
telling_stage(const struct telling *k, const struct replay_step *s)
{
	return &k->w->study->stages[s->stage];
}

/* ---- text ---- */

#define INDENT "      "

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
	const struct study_stage *st = telling_stage(k, s);
	struct str known;
	char day[SPAN_WORDS_MAX];

	day_words(st->day, day);
	say("\nStage %zu: %s. %s\n", s->way + 1, st->id, day);
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
	const struct study_stage *st = telling_stage(k, s);
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

	if (!telling_shown(k, s)) {
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
	    telling_stage(k, s)->level));
	say_labelled(INDENT, "Why: ", telling_stage(k, s)->why);
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
		if (s->sort == REPLAY_COMMIT && telling_shown(k, s))
			say_model(k, s);
		else if (s->sort == REPLAY_GROUP)
			say_group(k, s);
		else if (s->sort == REPLAY_REVEAL && telling_shown(k, s))
			say_spread(k, s);
	}
	if (k->w->state != WALK_END)
		say("\nNot ended: at stage %zu, %s.\n", k->w->way.n,
		    walk_stage(k->w)->id);
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
		train_replay_json(&k);
	replay_release(&k.r);
	train_session_release(&x);
	return RC_OK;
}
