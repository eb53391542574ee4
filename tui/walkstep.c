/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where a session stands, what is kept of it while a stage is under way, and
 * what is signed.  Draws nothing.
 */
#include "config.h"

#include "tui/walkscreen_impl.h"

#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/utf8.h"

#define GAP_MS ((int64_t)15 * 60 * 1000)	/* longer is a break */
#define AGENCY_COLUMNS 60	/* of what a kind holds on one line */

static size_t
last_place(const struct walkscreen *s)
{
	return s->walk.way.n - 1;
}

static uint32_t
stage_now(const struct walkscreen *s)
{
	return s->walk.way.stages[last_place(s)];
}

bool
walk_answers(const struct walkscreen *s)
{
	if (!s->mine || s->trace.started == 0)
		return false;
	return s->walk.state == WALK_ANSWER ||
	    (s->walk.state == WALK_MODEL && walk_attempt_at(&s->walk,
	    stage_now(s), s->trace.round) == NULL);
}

const struct walk_attempt *
walk_last_at(const struct walkscreen *s, size_t place)
{
	const struct walk_attempt *found = NULL;

	for (size_t i = 0; place < s->walk.way.n && i < s->walk.nattempts;
	    i++)
		if (s->walk.attempts[i].stage == s->walk.way.stages[place])
			found = &s->walk.attempts[i];
	return found;
}

/* ---- the stage as today ---- */

static void
date_answers(const void *ctx, struct answers *a)
{
	const struct walkscreen *s = ctx;

	walk_date(&s->walk, last_place(s), a, a);
}

static void
add_told(const char *lead, const struct study_stage *st, struct str *out)
{
	struct span on = span_of_day(st->day);
	char day[SPAN_WORDS_MAX];

	span_words(&on, day);
	str_add_fmt(out, "%s: %s, %s.", lead, st->agency, day);
}

/* A tick is one key: the stage says when, whose knowledge and what. */
static void
carry_stage(struct walkscreen *s, const struct study_stage *st)
{
	struct str agency, evidence, why;
	struct carry c = {.on = span_of_day(st->day)};

	str_init(&agency);
	str_init(&evidence);
	str_init(&why);
	utf8_fit(&agency, st->agency, strlen(st->agency), AGENCY_COLUMNS);
	add_told("As told at the stage", st, &evidence);
	add_told("New at this stage", st, &why);
	c.agency = agency.s;
	c.evidence = evidence.s;
	c.why = why.s;
	casework_carry(&s->w, &c);
	str_release(&agency);
	str_release(&evidence);
	str_release(&why);
}

static void
set_stage(struct walkscreen *s)
{
	const struct study_stage *st = walk_stage(&s->walk);
	struct casework_stage day = {st->day, s, date_answers};

	carry_stage(s, st);
	casework_stage_set(&s->w, &day);
}

/* ---- the trace ---- */

void
walk_trace_save(struct walkscreen *s)
{
	struct str text;

	if (!s->mine)
		return;
	str_init(&text);
	if (s->walk.state != WALK_END)
		trace_write(&s->trace, &s->walk, &text);
	if (s->w.door.save(s->w.door.ctx, "trace", NULL, text.s,
	    &s->w.save_error) != RC_OK)
		s->w.unsaved = true;
	str_release(&text);
}

/* Of what is signed alone: what is pending was traced. */
static void
signed_answers(const struct walkscreen *s, struct answers *out)
{
	casefile_answers(&s->w.signed_, s->w.door.in,
	    walk_stage(&s->walk)->day, out);
}

/* An unreadable draft is none: the changes are then those from now on. */
static void
take_trace(struct walkscreen *s)
{
	struct answers base;
	char *text = NULL;
	struct err ignored;
	bool kept;

	signed_answers(s, &base);
	if (s->w.door.restore(s->w.door.ctx, "trace", NULL, &text,
	    &ignored) != RC_OK)
		text = NULL;
	kept = text != NULL && trace_read(&s->trace, &s->walk, text, &base);
	free(text);
	if (kept)
		return;
	trace_begin(&s->trace, stage_now(s), 1,
	    s->w.door.now(s->w.door.ctx), &base);
	walk_trace_save(s);
}

void
walk_trace_keep(struct walkscreen *s)
{
	if (walk_answers(s) && trace_note(&s->trace, s->w.door.in,
	    &s->w.answers, s->w.door.now(s->w.door.ctx)))
		walk_trace_save(s);
}

enum rc
walk_take(struct walkscreen *s, struct err *e)
{
	struct walk fresh;
	enum rc rc;

	rc = walk_of(&s->w.signed_, s->w.door.in, &fresh, e);
	if (rc != RC_OK)
		return rc;
	walk_release(&s->walk);
	s->walk = fresh;
	s->mine = casework_is_mine(&s->w, s->walk.session);
	s->shown = s->walk.state == WALK_END ? s->walk.way.n : last_place(s);
	set_stage(s);
	trace_release(&s->trace);
	if (s->mine && s->walk.state != WALK_END)
		take_trace(s);
	walk_trace_keep(s);
	return RC_OK;
}

/* ---- the commitment ---- */

unsigned
walk_not_answered(const struct walkscreen *s)
{
	unsigned n = 0;

	for (unsigned i = 0; i < s->w.door.in->nitems; i++)
		n += answers_get(&s->w.answers, i) == ANSWER_NOT_ASKED;
	return n;
}

bool
walk_has_note(const struct walkscreen *s)
{
	return pending_about(&s->w.pending, "note", NULL) < s->w.pending.n;
}

enum rc
walk_sign_attempt(struct walkscreen *s, unsigned judgement, const char *why,
    struct err *e)
{
	struct walk_commit c = {
		.stage = stage_now(s), .round = s->trace.round,
		.started = s->trace.started, .answers = &s->w.answers,
		.changes = s->trace.changes, .nchanges = s->trace.n,
		.judgement = judgement, .why = why,
	};
	struct entry_draft d = walk_attempt_draft(&s->walk, &c);
	struct span none = span_none();
	size_t at, last;
	enum rc rc;

	last = pending_add(&s->w.pending, "attempt", &none, d.body, NULL);
	rc = casework_sign(&s->w, &at, e);
	if (rc != RC_OK) {
		if (last < s->w.pending.n)
			pending_remove(&s->w.pending, last);
		return rc;
	}
	return walk_take(s, e);
}

bool
walk_may_again(const struct walkscreen *s)
{
	return s->mine && s->walk.state == WALK_MODEL && !s->trace.seen &&
	    s->trace.round == 1 && !walk_answers(s);
}

void
walk_again(struct walkscreen *s)
{
	trace_begin(&s->trace, stage_now(s), 2,
	    s->w.door.now(s->w.door.ctx), &s->w.answers);
	walk_trace_save(s);
}

/* ---- looking back ---- */

static void
add_field(const struct record *r, const char *name, struct str *out)
{
	const char *text = record_text(r, name);

	if (*text == '\0')
		return;
	str_add_fmt(out, "%s%s: %s", out->len > 0 ? "\n" : "",
	    kind_field(r->kind, name)->label, text);
}

/* Of all rounds: what was written before the first is not written again. */
void
walk_note_text(const struct walkscreen *s, size_t place, struct str *out)
{
	static const char *const fields[] = {
		"facts", "concern", "risk", "action", "justification"
	};

	for (size_t i = 0; i < s->walk.nattempts; i++) {
		const struct walk_attempt *a = &s->walk.attempts[i];

		if (a->stage != s->walk.way.stages[place])
			continue;
		for (size_t k = 0; k < a->nnotes; k++)
			for (size_t f = 0; f < sizeof(fields) /
			    sizeof(fields[0]); f++)
				add_field(a->notes[k], fields[f], out);
	}
}

/* What was signed; before that what was said; before that the hint. */
enum walk_point
walk_point_now(const struct walkscreen *s, size_t place, size_t i,
    struct str *words)
{
	uint32_t stage = s->walk.way.stages[place];
	const struct study_stage *st = &s->walk.study->stages[stage];
	enum walk_point hint;
	struct str note;

	str_init(&note);
	walk_note_text(s, place, &note);
	hint = note_hint(st->note.list[i], note.s, words);
	str_release(&note);
	for (size_t k = 0; k < s->walk.nlookbacks; k++)
		if (s->walk.lookbacks[k].stage == stage)
			return s->walk.lookbacks[k].points[i];
	if (s->mine && s->trace.started != 0 && s->trace.stage == stage &&
	    s->trace.points[i] != POINT_UNSAID)
		return (enum walk_point)s->trace.points[i];
	return hint;
}

enum rc
walk_sign_lookback(struct walkscreen *s, uint32_t choice, struct err *e)
{
	const struct study_stage *st = walk_stage(&s->walk);
	enum walk_point points[STUDY_LIST_MAX] = {POINT_MISSING};
	const struct walk_attempt *last = walk_last_at(s, last_place(s));
	struct entry_draft d;
	struct str words;
	enum rc rc;

	str_init(&words);
	for (size_t i = 0; i < st->note.n; i++)
		points[i] = walk_point_now(s, last_place(s), i, &words);
	str_release(&words);
	d = walk_lookback_draft(&s->walk, last != NULL ? last->round : 1,
	    points, choice);
	rc = s->w.door.append(s->w.door.ctx, &d, 1, NULL, e);
	json_decref(d.body);
	if (rc == RC_OK)
		rc = casework_reload(&s->w, e);
	if (rc == RC_OK)
		rc = walk_take(s, e);
	if (rc == RC_OK)
		walk_trace_save(s);
	return rc;
}

/* ---- counting ---- */

/* From one thing done to the next; a longer time between them is a break. */
static int64_t
worked(int64_t from, int64_t to)
{
	int64_t ms = to > from ? to - from : 0;

	return ms < GAP_MS ? ms : GAP_MS;
}

static int64_t
worked_on(const struct walk_attempt *a)
{
	int64_t at = a->started, ms = 0;

	for (size_t i = 0; i < a->nchanges; i++) {
		ms += worked(at, a->changes[i].at);
		at = a->changes[i].at;
	}
	return ms + worked(at, a->committed);
}

unsigned
walk_minutes(const struct walkscreen *s)
{
	int64_t ms = 0;

	for (size_t i = 0; i < s->walk.nattempts; i++)
		ms += worked_on(&s->walk.attempts[i]);
	for (size_t i = 0; i < s->walk.nlookbacks; i++) {
		const struct walk_lookback *l = &s->walk.lookbacks[i];
		const struct walk_attempt *a = walk_attempt_at(&s->walk,
		    l->stage, l->round);

		if (a != NULL)
			ms += worked(a->committed, l->record->entry.at);
	}
	return (unsigned)((ms + 59999) / 60000) + (ms == 0 ? 1 : 0);
}
