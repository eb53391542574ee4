/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/decide.h"

#include <stdio.h>
#include <string.h>

#include "core/date.h"
#include "core/kind_checks.h"
#include "core/rights.h"

static bool
is_kind(const struct record *r, const char *kind)
{
	return r != NULL && strcmp(r->entry.kind, kind) == 0;
}

/* ---- what it is about ---- */

/* Of a second look, what the first one was about; NULL: the case. */
static const struct record *
subject(const struct casework *w)
{
	const struct record *r = w->waits.about;

	if (!is_kind(r, "review"))
		return r;
	return r->about != NULL ? r->about : w->signed_.screening;
}

unsigned
decide_proposal(const struct casework *w)
{
	const struct record *r = subject(w);
	unsigned asked = NO_ITEM;

	if (is_kind(r, "review-request"))
		asked = screen_level_from_id(w->door.in,
		    record_text(r, "asked_level"));
	if (asked != NO_ITEM)
		return asked;
	return w->blind || w->waits.review == NULL ? casework_judged(w) :
	    w->waits.level;
}

/* "A. Example, B. Sample": the supervisors of this store. */
static void
reviewers(const struct casework *w, struct str *out)
{
	const struct roster *r = w->door.roster;
	size_t from = out->len;

	for (size_t i = 0; r != NULL && i < r->nusers; i++) {
		const struct roster_user *u = &r->users[i];

		if (!u->system && u->revoked == INT64_MAX && (roster_roles(r,
		    &u->key, w->door.now(w->door.ctx)) & ROLE_SUPERVISOR) != 0)
			str_add_fmt(out, "%s%s", out->len > from ? ", " : "",
			    u->name);
	}
	if (out->len == from)
		str_add(out, "nobody in this store yet");
}

/* What a review was about: the work whose author answers its questions. */
static const struct record *
work_of(const struct casework *w, const struct record *review)
{
	if (review->about != NULL)
		return review->about;
	return w->signed_.screening != NULL ? w->signed_.screening :
	    w->signed_.opened;
}

/* Nothing waits for a supervisor before the questions are answered. */
static enum rc
refuse_returned(const struct casework *w, struct err *e)
{
	const struct record *work = work_of(w, w->waits.returned);

	if (w->held.returned == NULL)
		return err_set(e, RC_REFUSED, "It came back with questions, "
		    "and the answer is not signed yet: $ signs it.");
	if (work == NULL || casework_is_mine(w, work))
		return err_set(e, RC_REFUSED, "It came back to you with "
		    "questions: answer it first: s or o.");
	return err_set(e, RC_REFUSED, "It came back with questions to %s, who "
	    "answers it first.", casework_author(w, work));
}

static enum rc
refuse_role(const struct casework *w, struct err *e)
{
	const struct oversight *o = &w->waits;
	struct str who;
	enum rc rc;

	str_init(&who);
	reviewers(w, &who);
	rc = err_set(e, RC_REFUSED, "A supervisor decides on this, not you: "
	    "%s. %s", who.s, o->request != NULL || o->flag != NULL ?
	    "What was asked for here waits in their queue." :
	    "F flags the case for them, with your reason.");
	str_release(&who);
	return rc;
}

enum rc
decide_may(const struct casework *w, struct err *e)
{
	if (!w->door.may_write(w->door.ctx, "review"))
		return w->waits.returned != NULL && !w->blind ?
		    refuse_returned(w, e) : refuse_role(w, e);
	return oversight_may(&w->signed_, w->waits.about, &w->door.me, e);
}

/* ---- the form ---- */

static void
fill_levels(struct decide_kind *k, const struct casework *w)
{
	const struct instrument *in = w->door.in;
	size_t n = 0;

	for (unsigned level = 0; level <= LEVEL_NONE(in) &&
	    n < JUDGE_LEVELS_MAX; level++) {
		/* "None recorded" is a count, not a judgement to choose. */
		if (level == LEVEL_NONE(in) && w->result.level != level)
			continue;
		k->levels[n++] = (struct code){screen_level_id(in, level),
		    screen_level_label(in, level)};
	}
}

static void
fill_decisions(struct decide_kind *k, const struct casework *w)
{
	bool asked = is_kind(subject(w), "review-request");
	const char *level = screen_level_label(w->door.in,
	    decide_proposal(w));
	size_t n = 0;

	(void)snprintf(k->agree, sizeof(k->agree), asked ?
	    "Agree to lower it: %s" : "Agree: %s", level);
	k->decisions[n++] = (struct code){"agree", k->agree};
	/* Above the highest there is nothing. */
	if (decide_proposal(w) > 0)
		k->decisions[n++] = (struct code){"raise", asked ?
		    "No, or not so far: it stays higher" : "Raise the level"};
	k->decisions[n++] = (struct code){"lower", asked ?
	    "Lower still" : "Lower the level"};
	k->decisions[n] = (struct code){"return", "Return with questions"};
}

void
decide_kind_init(struct decide_kind *k, const struct casework *w)
{
	const struct kind *from = kind_find("review");

	memset(k, 0, sizeof(*k));
	fill_levels(k, w);
	fill_decisions(k, w);
	k->kind = *from;
	/* What is asked depends on the decision: decide_keep() checks that. */
	k->kind.name = "decision";
	for (size_t i = 0; i < DECIDE_FIELDS_MAX - 1 &&
	    from->fields[i].name != NULL; i++) {
		k->fields[i] = from->fields[i];
		if (strcmp(k->fields[i].name, "decision") == 0) {
			k->fields[i].codes = k->decisions;
			k->fields[i].help = "What you decide, as the second "
			    "person.";
		} else if (strcmp(k->fields[i].name, "level") == 0) {
			k->fields[i].type = FIELD_CODE;
			k->fields[i].codes = k->levels;
			k->fields[i].help = "The level that holds by your "
			    "decision.";
		}
	}
	k->kind.fields = k->fields;
}

/* What it is about and what its author has before them, as of now. */
static void
begin(const struct casework *w, json_t *o)
{
	static const char *const fields[] = {
		"about", "second", "saw", "rules_level"
	};

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		json_object_del(o, fields[i]);
	oversight_begin(&w->signed_, w->waits.about,
	    screen_level_id(w->door.in, w->result.level), o);
}

json_t *
decide_body(const struct casework *w)
{
	size_t i = pending_about(&w->pending, "review", NULL);
	json_t *o;

	if (i < w->pending.n)
		return json_deep_copy(w->pending.list[i].draft.body);
	o = json_object();
	begin(w, o);
	return o;
}

/* ---- what stands above it ---- */

static void
moment_add(const struct record *r, struct str *out)
{
	char when[SPAN_WORDS_MAX];

	moment_words(r->entry.at, when);
	str_add(out, when);
}

static void
by_words(const struct casework *w, const struct record *r, struct str *out)
{
	str_add_fmt(out, "%s, ", casework_author(w, r));
	moment_add(r, out);
}

/*
 * A note that names the review answers it; one that names none, when the
 * same person wrote it later.
 */
static bool
is_answer(const struct casework *w, const struct record *u,
    const struct record *x)
{
	const struct record *work = work_of(w, u);
	char hex[2 * ENTRY_ID_LEN + 1];
	const char *named;

	if (!is_kind(x, "note") || !record_stands(x))
		return false;
	named = record_text(x, "answers");
	hex_format(u->entry.id.b, ENTRY_ID_LEN, hex);
	if (*named != '\0')
		return strcmp(named, hex) == 0;
	return work != NULL && x->entry.at > u->entry.at &&
	    memcmp(&x->entry.author, &work->entry.author,
	    sizeof(x->entry.author)) == 0;
}

static void
answer_words(const struct casework *w, const struct record *u,
    struct str *out)
{
	const struct casefile *c = &w->signed_;

	str_add_fmt(out, "%s asked (", casework_is_mine(w, u) ? "You" :
	    casework_author(w, u));
	moment_add(u, out);
	str_add_fmt(out, "): %s\n", record_text(u, "questions"));
	for (size_t i = 0; i < c->nrecords; i++) {
		if (!is_answer(w, u, c->records[i]))
			continue;
		str_add(out, "Answered by ");
		by_words(w, c->records[i], out);
		str_add_fmt(out, ": %s\n", record_text(c->records[i],
		    "facts"));
	}
}

/* What was given back and answered since the last decision. */
static void
answers_words(const struct casework *w, struct str *out)
{
	const struct casefile *c = &w->signed_;
	const struct record *last = w->waits.review;

	for (size_t i = 0; i < c->nrecords && !w->blind; i++) {
		const struct record *u = c->records[i];

		if (is_kind(u, "review") && record_stands(u) &&
		    u != w->waits.returned && u->body != NULL &&
		    body_is(u->body, "decision", "return") &&
		    (last == NULL || u->entry.at > last->entry.at))
			answer_words(w, u, out);
	}
}

/* The child first: whoever decides sees what they said. */
static void
voice_words(const struct casework *w, struct str *out)
{
	static const struct {
		const char *field, *before;
	} parts[] = {
		{"words", " "}, {"wishes", " Wants: "}, {"trusts", " Trusts: "}
	};
	const struct record *v = w->now.voice;
	char when[SPAN_WORDS_MAX];
	size_t from;

	if (v == NULL) {
		str_add(out, "The child's own words: not recorded: ask; that "
		    "is a reason to return it.\n");
		return;
	}
	str_add(out, "The child's own words");
	if (!span_is_none(&v->entry.on)) {
		span_words(&v->entry.on, when);
		str_add_fmt(out, ", %s", when);
	}
	str_add_char(out, ':');
	from = out->len;
	for (size_t i = 0; i < 3; i++)
		if (*record_text(v, parts[i].field) != '\0')
			str_add_fmt(out, "%s%s", parts[i].before,
			    record_text(v, parts[i].field));
	if (out->len == from)
		str_add_fmt(out, " not known yet: %s", code_label(
		    kind_field(v->kind, "why_not")->codes,
		    record_text(v, "why_not")));
	str_add_char(out, '\n');
}

static void
asked_words(const struct casework *w, struct str *out)
{
	const struct record *r = subject(w);

	if (w->blind)
		str_add(out, "A second look, blind: what was decided first "
		    "is shown once yours is signed.\n");
	if (is_kind(r, "review-request")) {
		str_add_fmt(out, "Asked: lower to \"%s\" (",
		    screen_level_label(w->door.in, decide_proposal(w)));
		by_words(w, r, out);
		str_add_fmt(out, "): %s\n", record_text(r, "reason"));
	}
	/* The queue may name a flag beside the request. */
	r = is_kind(r, "flag") ? r : w->waits.flag;
	if (r != NULL) {
		str_add(out, "Flagged (");
		by_words(w, r, out);
		str_add_fmt(out, "): %s\n", record_text(r, "why"));
	}
	r = w->waits.returned;
	if (r != NULL && !w->blind) {
		str_add(out, "Given back (");
		by_words(w, r, out);
		str_add_fmt(out, "): %s\n", record_text(r, "questions"));
	}
}

static void
rules_words(const struct casework *w, struct str *out)
{
	const struct instrument *in = w->door.in;

	str_add_fmt(out, "Rules: %s.", screen_label(in, &w->result));
	for (size_t i = 0; i < w->result.nfired; i++) {
		if (in->rules[w->result.fired[i]].level != w->result.level)
			continue;
		str_add_char(out, ' ');
		screen_rule_words(in, &w->answers, w->result.fired[i], out);
		str_add_char(out, '.');
	}
	str_add_fmt(out, " %u of %u not known.\n", w->result.not_known,
	    w->result.listed);
}

static void
judged_words(const struct casework *w, struct str *out)
{
	const struct record *s = w->signed_.screening;

	if (s == NULL) {
		str_add(out, "Judgement: none yet; no screening is kept.");
		return;
	}
	str_add_fmt(out, "Judgement: %s (", screen_level_label(w->door.in,
	    casework_judged(w)));
	by_words(w, s, out);
	str_add(out, ")");
	if (*record_text(s, "reason") != '\0')
		str_add_fmt(out, ": %s", record_text(s, "reason"));
}

void
decide_intro(const struct casework *w, struct str *out)
{
	asked_words(w, out);
	answers_words(w, out);
	voice_words(w, out);
	rules_words(w, out);
	judged_words(w, out);
}

/* ---- while it is filled in ---- */

static unsigned
level_in(const struct casework *w, const json_t *body)
{
	const char *id = json_string_value(json_object_get(body, "level"));

	return id != NULL ? screen_level_from_id(w->door.in, id) : NO_ITEM;
}

static void
say(struct form_look *out, enum form_say how, const char *text)
{
	out->say = how;
	(void)snprintf(out->text, sizeof(out->text), "%s", text);
}

static void
say_level(struct form_look *out, const char *label)
{
	out->say = FORM_CLOSED;
	(void)snprintf(out->text, sizeof(out->text), "Agreed: %s", label);
}

static void
look_level(const struct casework *w, const json_t *body,
    struct form_look *out)
{
	unsigned level = level_in(w, body), asked = decide_proposal(w);

	if (body_is(body, "decision", "return"))
		say(out, FORM_CLOSED, "Nothing changes until it is answered.");
	else if (body_is(body, "decision", "agree"))
		say_level(out, screen_level_label(w->door.in, asked));
	else if (level == NO_ITEM)
		return;
	else if (body_is(body, "decision", "raise") && level >= asked)
		say(out, FORM_FAULT, "This is not higher: take a higher one, "
		    "or another decision.");
	else if (body_is(body, "decision", "lower") && level <= asked)
		say(out, FORM_FAULT, "This is not lower: take a lower one, "
		    "or another decision.");
	else if (level > w->result.level && w->now.screening == NULL)
		say(out, FORM_FAULT, "No screening is kept, so this would not "
		    "hold: return it and ask for one.");
	else if (level > w->result.level)
		say(out, FORM_HINT, "Below the level of the rules: say what "
		    "it rests on.");
}

void
decide_look(const struct casework *w, const struct field *f,
    const json_t *body, struct form_look *out)
{
	if (f == NULL)
		return;
	if (strcmp(f->name, "level") == 0)
		look_level(w, body, out);
	else if (strcmp(f->name, "questions") == 0 &&
	    json_object_get(body, "decision") != NULL &&
	    !body_is(body, "decision", "return"))
		say(out, FORM_CLOSED, "Only of what is given back.");
}

/* ---- keeping it ---- */

static enum rc
check_level(const struct casework *w, const json_t *o, struct err *e)
{
	unsigned level = level_in(w, o), asked = decide_proposal(w);

	if (body_is(o, "decision", "raise") && level >= asked)
		return err_set(e, RC_INPUT, "Level from now on: choose one "
		    "that is higher than \"%s\"",
		    screen_level_label(w->door.in, asked));
	if (body_is(o, "decision", "lower") &&
	    (level == NO_ITEM || level <= asked))
		return err_set(e, RC_INPUT, "Level from now on: choose one "
		    "that is lower than \"%s\"",
		    screen_level_label(w->door.in, asked));
	return RC_OK;
}

/* What the decision makes of fields that it does not ask. */
static void
finish(const struct casework *w, json_t *o)
{
	const struct instrument *in = w->door.in;

	begin(w, o);
	if (body_is(o, "decision", "agree"))
		json_object_set_new(o, "level", json_string(
		    screen_level_id(in, decide_proposal(w))));
	if (body_is(o, "decision", "return"))
		json_object_del(o, "level");
	else
		json_object_del(o, "questions");
}

enum rc
decide_keep(struct casework *w, const json_t *body, struct err *e)
{
	struct span none = span_none();
	struct entry_id print = casework_print(w);
	json_t *o;
	size_t i;
	enum rc rc = decide_may(w, e);

	if (rc != RC_OK)
		return rc;
	o = json_deep_copy(body);
	finish(w, o);
	rc = kind_check_draft(kind_find("review"), &none, o, e);
	if (rc == RC_OK)
		rc = check_level(w, o, e);
	if (rc != RC_OK) {
		json_decref(o);
		return rc;
	}
	pending_mark(&w->pending);
	while ((i = pending_about(&w->pending, "review", NULL)) < w->pending.n)
		pending_remove(&w->pending, i);
	(void)pending_add(&w->pending, "review", &none, o, &print);
	casework_changed(w);
	return RC_OK;
}

void
decision_words(const struct instrument *in, const json_t *body,
    struct str *out)
{
	const char *id = json_string_value(json_object_get(body, "level"));
	const char *what = json_string_value(json_object_get(body,
	    "decision"));
	unsigned level = id != NULL && in != NULL ?
	    screen_level_from_id(in, id) : NO_ITEM;

	if (body_is(body, "decision", "return"))
		str_add(out, "return with questions");
	else
		str_add_fmt(out, "%s: %s", what != NULL ? what : "?",
		    level != NO_ITEM ? screen_level_label(in, level) :
		    id != NULL ? id : "?");
}
