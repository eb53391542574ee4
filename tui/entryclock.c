/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/entryclock.h"

#include <string.h>

#include "core/date.h"
#include "core/kind_checks.h"
#include "tui/judge.h"

/* Fields that have to be these codes. */
struct condition {
	const char *field, *code;
};

#define CONDITIONS_MAX 2

/* A clock that does not start at the date of the entry. */
#define SINCE_RISK "risk"	/* when the risk was recognised */

struct clock_start {
	const char *kind, *rule;
	const char *due;	/* hidden field that takes the moment */
	const char *label;	/* before the words; NULL: no other clock */
	const char *from;	/* moment or day it runs from; NULL: the date */
	struct condition only[CONDITIONS_MAX];
	/* The field that names another entry, and what that one has to be. */
	const char *about;
	struct condition of;
};

/* One line a clock; where two fit the same field, either starts it. */
static const struct clock_start starts[] = {
	{"located", "return-interview", "interview_due", .from = "at"},
	{"nrm", "nrm-reasonable-grounds", "decision_due",
	    .only = {{"decision", "waiting"}}},
	{"nrm", "nrm-conclusive", "conclusive_after", .from = "decided",
	    .only = {{"decision", "rg-yes"}}},
	{"person-of-concern", "lado", "lado_due",
	    .only = {{"works_with_children", "yes"}}},
	{"process", "initial-conference", "conference_due",
	    .only = {{"state", "held"}, {"result", "section47"}}},
	{"process", "core-group", "core_group_due",
	    .only = {{"state", "held"}, {"result", "protection-plan"}}},
	{"referral", "referral-made", "due", .label = "To be made",
	    .from = SINCE_RISK},
	{"referral", "referral-decision", "decision_due",
	    .label = "Decision", .only = {{"service", "social-care"}}},
	{"referral", "referral-decision", "decision_due",
	    .label = "Decision", .only = {{"service", "hub"}}},
	{"referral", "assessment", "assessment_due",
	    .label = "Assessment", .only = {{"service", "social-care"}}},
	{"referral", "assessment", "assessment_due",
	    .label = "Assessment", .only = {{"service", "hub"}}},
	{"referral-step", "referral-decision", "decision_due",
	    .only = {{"step", "received"}}, .about = "referral",
	    .of = {"service", "social-care"}},
	{"referral-step", "referral-decision", "decision_due",
	    .only = {{"step", "received"}}, .about = "referral",
	    .of = {"service", "hub"}},
	{"transfer", "transfer-receipt", "receipt_due", .label = NULL},
};
#define NSTARTS (sizeof(starts) / sizeof(starts[0]))

static bool
read_start(const char *text, int64_t *at)
{
	int32_t day;

	if (text == NULL)
		return false;
	if (moment_parse(text, at, NULL) == RC_OK)
		return true;
	if (day_parse(text, &day, NULL) != RC_OK)
		return false;
	*at = moment_of_day(day);
	return true;
}

/* An entry of today starts it now; one of another day starts it that day. */
static bool
start_of(const struct casework *w, const struct clock_start *s,
    const struct span *on, const json_t *body, int64_t *at)
{
	if (s->from != NULL)
		return read_start(json_string_value(json_object_get(body,
		    s->from)), at);
	if (on == NULL || span_is_none(on))
		return false;
	*at = on->first == DAY_NONE || on->first == w->today ?
	    w->door.now(w->door.ctx) : moment_of_day(on->first);
	return true;
}

/* Counts; false when the clock has not started. */
static bool
count(const struct casework *w, const struct clock_start *s,
    const struct span *on, const json_t *body, struct counted *c)
{
	struct err e;
	int64_t at;

	if (s->from != NULL && strcmp(s->from, SINCE_RISK) == 0) {
		judge_refer_by(w, c);
		return true;
	}
	if (!start_of(w, s, on, body, &at))
		return false;
	if (w->door.count(w->door.ctx, s->rule, at, c, &e) != RC_OK) {
		c->due = INT64_MAX;
		str_clear(&c->words);
		str_add_fmt(&c->words, "Not counted: %s", e.text);
	}
	return true;
}

static void
put(const struct casework *w, const struct clock_start *s,
    const struct span *on, json_t *body, struct str *how)
{
	char text[SPAN_TEXT_MAX];
	struct counted c;

	counted_init(&c);
	if (count(w, s, on, body, &c)) {
		if (c.due != INT64_MAX) {
			moment_format(c.due, text);
			json_object_set_new(body, s->due, json_string(text));
		}
		if (how->len > 0)
			str_add_char(how, '\n');
		if (s->label != NULL)
			str_add_fmt(how, "%s: ", s->label);
		str_add(how, c.words.s);
	}
	counted_release(&c);
}

/* True if the other entry, if one is asked for, is what it has to be. */
static bool
is_about(const struct casework *w, const struct clock_start *s,
    const json_t *body)
{
	const struct record *r = NULL;
	struct entry_id id;
	const char *hex;

	if (s->about == NULL)
		return true;
	hex = json_string_value(json_object_get(body, s->about));
	if (hex != NULL && hex_parse(hex, id.b, ENTRY_ID_LEN))
		r = casefile_find(&w->now, &id);
	return r != NULL &&
	    strcmp(record_text(r, s->of.field), s->of.code) == 0;
}

static bool
applies(const struct casework *w, const struct clock_start *s,
    const json_t *body)
{
	if (!is_about(w, s, body))
		return false;
	for (size_t i = 0; i < CONDITIONS_MAX; i++)
		if (s->only[i].field != NULL && !body_is(body,
		    s->only[i].field, s->only[i].code))
			return false;
	return true;
}

void
entryclock_put(const struct casework *w, const char *kind,
    const struct span *on, json_t *body)
{
	bool any = false;
	struct str how;

	for (size_t i = 0; i < NSTARTS; i++) {
		if (strcmp(starts[i].kind, kind) != 0)
			continue;
		json_object_del(body, starts[i].due);
		any = true;
	}
	if (!any)
		return;
	json_object_del(body, "counted");
	str_init(&how);
	for (size_t i = 0; i < NSTARTS; i++)
		if (strcmp(starts[i].kind, kind) == 0 &&
		    applies(w, &starts[i], body))
			put(w, &starts[i], on, body, &how);
	if (how.len > 0)
		json_object_set_new(body, "counted", json_string(how.s));
	str_release(&how);
}
