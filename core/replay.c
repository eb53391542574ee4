/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/replay.h"

#include <stdlib.h>
#include <string.h>

#include "core/vec.h"

#define DAY_MS INT64_C(86400000)

static struct replay_step *
add(struct replay *r, enum replay_sort sort, int64_t at)
{
	struct replay_step *s;

	r->steps = vec_room(r->steps, r->n, &r->cap, sizeof(*r->steps));
	s = &r->steps[r->n++];
	*s = (struct replay_step){.sort = sort, .at = at, .started = at,
	    .round = 1};
	return s;
}

/* Where in the way a step is. */
struct spot {
	size_t way;
	uint32_t stage;
	unsigned round;
	int64_t started;
	int64_t left;		/* when one went on; 0: not yet */
};

static struct replay_step *
add_at(struct replay *r, enum replay_sort sort, int64_t at,
    const struct spot *p)
{
	struct replay_step *s = add(r, sort, at);

	s->way = p->way;
	s->stage = p->stage;
	s->round = p->round;
	s->started = p->started;
	return s;
}

/* ---- the steps of a stage ---- */

static int
by_time(const void *a, const void *b)
{
	const struct replay_step *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->sort != y->sort)
		return x->sort < y->sort ? -1 : 1;
	/* Changes of one moment stay in the order in which they were made. */
	if (x->change != NULL && y->change != NULL && x->change != y->change)
		return x->change < y->change ? -1 : 1;
	return 0;
}

static void
add_attempt(struct replay *r, const struct walk_attempt *a, struct spot *p)
{
	size_t first;

	p->started = a->started;
	p->round = a->round;
	add_at(r, REPLAY_STAGE, a->started, p)->attempt = a;
	first = r->n;
	for (size_t i = 0; i < a->nchanges; i++) {
		struct replay_step *s = add_at(r, REPLAY_CHANGE,
		    a->changes[i].at, p);

		s->attempt = a;
		s->change = &a->changes[i];
	}
	for (size_t i = 0; i < a->nnotes; i++) {
		struct replay_step *s = add_at(r, REPLAY_NOTE,
		    a->notes[i]->entry.at, p);

		s->attempt = a;
		s->record = a->notes[i];
	}
	if (r->n > first)
		qsort(r->steps + first, r->n - first, sizeof(*r->steps),
		    by_time);
	add_at(r, REPLAY_COMMIT, a->committed, p)->attempt = a;
}

static bool
is_of(const struct record *rec, const char *kind, const char *stage,
    unsigned round)
{
	return record_stands(rec) && strcmp(rec->entry.kind, kind) == 0 &&
	    strcmp(record_text(rec, "stage"), stage) == 0 &&
	    json_integer_value(json_object_get(rec->body, "round")) ==
	    (json_int_t)round;
}

static void
add_group(struct replay *r, const struct spot *p)
{
	const struct casefile *c = r->w->c;
	const char *id = r->w->study->stages[p->stage].id;

	for (size_t i = 0; c != NULL && i < c->nrecords; i++) {
		const struct record *rec = c->records[i];
		bool answers = is_of(rec, "group-answers", id, p->round);

		if (answers || is_of(rec, "reveal", id, p->round))
			add_at(r, answers ? REPLAY_GROUP : REPLAY_REVEAL,
			    rec->entry.at, p)->record = rec;
	}
}

static void
add_lookback(struct replay *r, const struct walk_lookback *l, struct spot *p)
{
	int64_t at = l->record != NULL ? l->record->entry.at : p->started;

	p->round = l->round;
	p->left = at;
	/* A group writes no note that points could be missing in. */
	if (r->w->mode != WALK_GROUP)
		add_at(r, REPLAY_LOOKBACK, at, p)->lookback = l;
	if (l->choice != STUDY_END)
		add_at(r, REPLAY_CHOICE, at, p)->lookback = l;
}

static const struct walk_lookback *
lookback_at(const struct walk *w, uint32_t stage)
{
	for (size_t i = 0; i < w->nlookbacks; i++)
		if (w->lookbacks[i].stage == stage)
			return &w->lookbacks[i];
	return NULL;
}

/* A stage that nobody has committed to yet is shown as the last step. */
static void
add_stage(struct replay *r, struct spot *p)
{
	const struct walk *w = r->w;
	const struct walk_lookback *l = lookback_at(w, p->stage);
	bool any = false;

	for (unsigned round = 1; round <= 2; round++) {
		const struct walk_attempt *a = walk_attempt_at(w, p->stage,
		    round);
		size_t n = r->n;

		p->round = round;
		if (a != NULL)
			add_attempt(r, a, p);
		else if (!any)
			add_at(r, REPLAY_STAGE, p->started, p);
		any = true;
		add_group(r, p);
		if (a == NULL && r->n == n)
			break;
	}
	if (l != NULL)
		add_lookback(r, l, p);
}

void
replay_of(const struct walk *w, struct replay *out)
{
	struct spot p = {.round = 1};

	memset(out, 0, sizeof(*out));
	out->w = w;
	if (w->session != NULL)
		add(out, REPLAY_BEGIN, w->session->entry.at);
	for (size_t i = 0; i < w->way.n; i++) {
		p.way = i;
		p.stage = w->way.stages[i];
		p.started = p.left != 0 ? p.left :
		    out->n > 0 ? out->steps[out->n - 1].at : 0;
		p.left = 0;
		add_stage(out, &p);
	}
	if (w->state == WALK_END && out->n > 0)
		(void)add_at(out, REPLAY_END, out->steps[out->n - 1].at, &p);
	for (size_t i = 0; i < out->n; i++)
		if (out->steps[i].sort == REPLAY_BEGIN && w->way.n > 0)
			out->steps[i].stage = w->way.stages[0];
}

void
replay_release(struct replay *r)
{
	free(r->steps);
	memset(r, 0, sizeof(*r));
}

/* ---- the answers ---- */

static void
take_step(const struct replay_step *s, struct answers *out)
{
	if (s->sort == REPLAY_CHANGE)
		answers_set(out, s->change->item, s->change->state);
	else if (s->sort == REPLAY_COMMIT)
		*out = s->attempt->answers;
}

void
replay_answers(const struct replay *r, size_t i, struct answers *out)
{
	struct answers given;

	answers_init(out);
	if (i >= r->n)
		return;
	answers_init(&given);
	for (size_t k = 0; k <= i; k++)
		take_step(&r->steps[k], &given);
	walk_date(r->w, r->steps[i].way, &given, out);
}

/* ---- in words ---- */

void
clock_words(int64_t at, struct str *out)
{
	int64_t day = (at + (int64_t)moment_offset(at) * 1000) % DAY_MS;
	int s = (int)((day < 0 ? day + DAY_MS : day) / 1000);

	str_add_fmt(out, "%02d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
}

void
lasting_words(int64_t ms, struct str *out)
{
	long long s = (long long)ms / 1000;

	if (s < 0)
		return;
	if (s >= 3600)
		str_add_fmt(out, "%lld h ", s / 3600);
	if (s >= 60)
		str_add_fmt(out, "%lld min ", s / 60 % 60);
	str_add_fmt(out, "%lld s", s % 60);
}

void
replay_place(const struct replay *r, size_t i, struct str *out)
{
	const struct replay_step *s;

	if (i >= r->n)
		return;
	s = &r->steps[i];
	str_add_fmt(out, "%zu of %zu, ", i + 1, r->n);
	clock_words(s->at, out);
	if (s->sort == REPLAY_BEGIN || s->at < s->started)
		return;
	str_add(out, ", ");
	lasting_words(s->at - s->started, out);
	str_add(out, " into the stage");
}

static enum answer
before(const struct replay *r, size_t i)
{
	struct answers a;

	if (i == 0)
		return ANSWER_NOT_ASKED;
	replay_answers(r, i - 1, &a);
	return answers_get(&a, r->steps[i].change->item);
}

static void
change_words(const struct replay *r, size_t i, struct str *out)
{
	const struct walk_change *c = r->steps[i].change;
	const struct instrument *in = r->w->in;
	enum answer was = before(r, i);

	if (c->item >= in->nitems)
		return;
	str_add_fmt(out, "%s %s: %s", in->items[c->item].id,
	    in->items[c->item].label, answer_name(c->state));
	if (was != c->state)
		str_add_fmt(out, " (%s before)", answer_name(was));
}

static void
stage_words(const struct replay_step *s, const struct study *st,
    struct str *out)
{
	const struct study_stage *g = &st->stages[s->stage];
	char day[SPAN_WORDS_MAX];

	day_words(g->day, day);
	str_add_fmt(out, "Stage %zu was shown%s: %s, %s", s->way + 1,
	    s->round > 1 ? " for a second round" : "", g->agency, day);
}

static void
note_words(const struct record *rec, struct str *out)
{
	const struct kind *k = rec->kind;

	str_add(out, "A note was written");
	for (size_t i = 0; k != NULL && k->fields[i].name != NULL; i++) {
		const char *text = record_text(rec, k->fields[i].name);

		if (*text != '\0' && (k->fields[i].flags & FIELD_HIDDEN) == 0)
			str_add_fmt(out, "\n%s: %s", k->fields[i].label, text);
	}
}

static void
commit_words(const struct walk_attempt *a, const struct instrument *in,
    struct str *out)
{
	str_add_fmt(out, "Committed%s. By the rules: %s",
	    a->round > 1 ? " in the second round" : "",
	    screen_level_label(in, a->level));
	if (a->judgement != NO_ITEM)
		str_add_fmt(out, "\nOwn judgement: %s",
		    screen_level_label(in, a->judgement));
	if (*a->why != '\0')
		str_add_fmt(out, "\nWhy: %s", a->why);
}

static void
lookback_words(const struct walk_lookback *l, const struct study_stage *g,
    struct str *out)
{
	static const char *const states[] = {
		[POINT_MISSING] = "missing",
		[POINT_PARTLY] = "partly",
		[POINT_NAMED] = "named"
	};
	size_t n[3] = {0};

	for (size_t i = 0; i < g->note.n && i < STUDY_LIST_MAX; i++)
		n[l->points[i]]++;
	str_add_fmt(out, "Looked back on the note: of %zu point%s %zu named, "
	    "%zu partly", g->note.n, g->note.n == 1 ? "" : "s",
	    n[POINT_NAMED], n[POINT_PARTLY]);
	for (size_t i = 0; i < g->note.n && i < STUDY_LIST_MAX; i++)
		str_add_fmt(out, "\n%s: %s", states[l->points[i]],
		    g->note.list[i]);
}

static void
choice_words(const struct walk_lookback *l, const struct study_stage *g,
    struct str *out)
{
	const struct study_choice *c;

	if (l->choice >= g->nchoices)
		return;
	c = &g->choices[l->choice];
	str_add_fmt(out, "Chose: %s", c->words);
	if (*c->reply != '\0')
		str_add_fmt(out, "\n%s", c->reply);
	if (*c->discloses != '\0')
		str_add_fmt(out, "\nKnown by it: %s", c->discloses);
}

static void
begin_words(const struct walk *w, struct str *out)
{
	str_add_fmt(out, "The session was begun: %s, version %s",
	    w->study->title, w->study->version);
	if (w->mode == WALK_GROUP)
		str_add(out, ", in a group");
	if (w->part != WALK_BY_ITSELF)
		str_add_fmt(out, ", %s the training",
		    w->part == WALK_BEFORE ? "before" : "after");
	if (*w->sitting != '\0')
		str_add_fmt(out, "\nSitting: %s", w->sitting);
}

void
replay_words(const struct replay *r, size_t i, struct str *out)
{
	const struct walk *w = r->w;
	const struct replay_step *s;
	const struct study_stage *g;

	if (i >= r->n)
		return;
	s = &r->steps[i];
	g = &w->study->stages[s->stage];
	switch (s->sort) {
	case REPLAY_BEGIN:
		begin_words(w, out);
		break;
	case REPLAY_STAGE:
		stage_words(s, w->study, out);
		break;
	case REPLAY_CHANGE:
		change_words(r, i, out);
		break;
	case REPLAY_NOTE:
		note_words(s->record, out);
		break;
	case REPLAY_COMMIT:
		commit_words(s->attempt, w->in, out);
		break;
	case REPLAY_GROUP:
		str_add_fmt(out, "%s answered, round %u",
		    record_text(s->record, "learner"), s->round);
		break;
	case REPLAY_REVEAL:
		str_add_fmt(out, "Round %u was shown to the group", s->round);
		break;
	case REPLAY_LOOKBACK:
		lookback_words(s->lookback, g, out);
		break;
	case REPLAY_CHOICE:
		choice_words(s->lookback, g, out);
		break;
	case REPLAY_END:
	default:
		str_add(out, "The study ended here");
		break;
	}
}
