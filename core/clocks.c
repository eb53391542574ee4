/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/clocks.h"

#include <string.h>

#include "core/date.h"

/* True if the entry's clock still runs. */
typedef bool (*runs_fn)(const struct casefile *c, const struct record *r);

static const char *
id_of(const struct record *r, char hex[2 * ENTRY_ID_LEN + 1])
{
	hex_format(r->entry.id.b, ENTRY_ID_LEN, hex);
	return hex;
}

/* The latest standing entry of a kind whose field names r, or NULL. */
static const struct record *
answer_to(const struct casefile *c, const struct record *r, const char *kind,
    const char *field)
{
	const struct record *found = NULL;
	char hex[2 * ENTRY_ID_LEN + 1];

	(void)id_of(r, hex);
	for (size_t i = 0; i < c->nrecords; i++) {
		const struct record *a = c->records[i];

		if (record_stands(a) && strcmp(a->entry.kind, kind) == 0 &&
		    strcmp(record_text(a, field), hex) == 0)
			found = a;
	}
	return found;
}

static bool
is(const struct record *r, const char *field, const char *code)
{
	return strcmp(record_text(r, field), code) == 0;
}

/* A step that answers stops it, whatever comes after. */
static bool
referral_runs(const struct casefile *c, const struct record *r)
{
	char hex[2 * ENTRY_ID_LEN + 1];

	(void)id_of(r, hex);
	for (size_t i = 0; i < c->nrecords; i++) {
		const struct record *s = c->records[i];

		if (!record_stands(s) ||
		    strcmp(s->entry.kind, "referral-step") != 0 ||
		    strcmp(record_text(s, "referral"), hex) != 0)
			continue;
		if (is(s, "step", "decision") || is(s, "step", "outcome") ||
		    is(s, "step", "recalled"))
			return false;
	}
	return true;
}

/* High risk asks for a referral; one of the same day or later answers. */
static bool
refer_runs(const struct casefile *c, const struct record *r)
{
	if (r != c->screening)
		return false;
	for (size_t i = 0; i < c->nrecords; i++) {
		const struct record *a = c->records[i];

		if (record_stands(a) &&
		    strcmp(a->entry.kind, "referral") == 0 &&
		    a->entry.on.first >= r->entry.on.first)
			return false;
	}
	return true;
}

static bool
is_screening(const struct casefile *c, const struct record *r)
{
	return r == c->screening;
}

static bool
is_restriction(const struct casefile *c, const struct record *r)
{
	return r == c->restriction;
}

/* A plan is looked at until the next one is made. */
static bool
is_latest(const struct casefile *c, const struct record *r)
{
	const struct record *last = NULL;

	for (size_t i = 0; i < c->nrecords; i++)
		if (record_stands(c->records[i]) &&
		    c->records[i]->kind == r->kind)
			last = c->records[i];
	return r == last;
}

/* Declined is offered again: only an interview that was held stops it. */
static bool
interview_runs(const struct casefile *c, const struct record *r)
{
	for (size_t i = 0; i < c->nrecords; i++) {
		const struct record *a = c->records[i];

		if (record_stands(a) &&
		    strcmp(a->entry.kind, "interview") == 0 &&
		    strcmp(record_text(a, "episode"),
		    record_text(r, "episode")) == 0 && is(a, "state", "held"))
			return false;
	}
	return true;
}

static bool
action_runs(const struct casefile *c, const struct record *r)
{
	return answer_to(c, r, "action-outcome", "action") == NULL;
}

static bool
nrm_runs(const struct casefile *c, const struct record *r)
{
	(void)c;
	return is(r, "decision", "waiting");
}

/* The designated officer has been told once a referral to them is sent. */
static bool
lado_runs(const struct casefile *c, const struct record *r)
{
	for (size_t i = 0; i < c->nrecords; i++) {
		const struct record *a = c->records[i];

		if (record_stands(a) &&
		    strcmp(a->entry.kind, "referral") == 0 &&
		    is(a, "service", "lado") &&
		    a->entry.on.first >= r->entry.on.first)
			return false;
	}
	return true;
}

static bool
consent_runs(const struct casefile *c, const struct record *r)
{
	return is(r, "state", "given") && is_latest(c, r);
}

static bool
always(const struct casefile *c, const struct record *r)
{
	(void)c, (void)r;
	return true;
}

struct clock_rule {
	const char *kind;
	const char *field;	/* a moment, or a day that lasts to its end */
	const char *id, *label;
	const char *owner;	/* field that says who acts, or NULL */
	runs_fn runs;
	bool when_closed;
};

static const struct clock_rule rules[] = {
	{"referral", "decision_due", "referral-decision",
	    "referral decision", "to", referral_runs, false},
	{"screening", "act_by", "referral-made", "refer", NULL, refer_runs,
	    false},
	{"screening", "review", "screening-review", "review", NULL,
	    is_screening, false},
	{"restrict", "review", "restriction-review", "restriction review",
	    NULL, is_restriction, true},
	{"located", "interview_due", "return-interview", "return interview",
	    NULL, interview_runs, false},
	{"plan", "review", "plan-review", "plan review", NULL, is_latest,
	    false},
	{"action", "due", "action", "action", "owner", action_runs, false},
	{"nrm", "decision_due", "nrm-reasonable-grounds", "NRM decision",
	    NULL, nrm_runs, false},
	{"person-of-concern", "lado_due", "lado", "designated officer told",
	    NULL, lado_runs, false},
	{"sharing", "review", "sharing-review", "sharing review", "decider",
	    always, false},
	{"consent", "until", "consent", "ask consent again", NULL,
	    consent_runs, false},
};

static int64_t
due_of(const struct record *r, const char *field)
{
	const char *text = record_text(r, field);
	int64_t at;
	int32_t day;

	if (moment_parse(text, &at, NULL) == RC_OK)
		return at;
	return day_parse(text, &day, NULL) == RC_OK ?
	    moment_of_day(day + 1) : INT64_MAX;
}

static bool
show(const struct casefile *c, const struct record *r, const struct clock_rule *k,
    clock_row_fn fn, void *ctx)
{
	struct clock_row row = {
		.due = due_of(r, k->field), .id = k->id, .label = k->label,
		.counted = record_text(r, "counted"), .record = r,
		.owner = k->owner != NULL ? record_text(r, k->owner) : ""
	};

	if (row.due == INT64_MAX || (c->closed != NULL && !k->when_closed) ||
	    !k->runs(c, r))
		return true;
	return fn(&row, ctx);
}

void
casefile_clocks(const struct casefile *c, clock_row_fn fn, void *ctx)
{
	for (size_t i = 0; i < c->nrecords; i++) {
		const struct record *r = c->records[i];

		if (!record_stands(r))
			continue;
		for (size_t j = 0; j < sizeof(rules) / sizeof(rules[0]); j++)
			if (strcmp(r->entry.kind, rules[j].kind) == 0 &&
			    !show(c, r, &rules[j], fn, ctx))
				return;
	}
}

struct earliest {
	int64_t at;
	const char *why;
};

static bool
take_earliest(const struct clock_row *row, void *ctx)
{
	struct earliest *d = ctx;

	if (row->due < d->at)
		*d = (struct earliest){row->due, row->label};
	return true;
}

int64_t
casefile_next_due(const struct casefile *c, const char **why)
{
	struct earliest d = {INT64_MAX, ""};

	casefile_clocks(c, take_earliest, &d);
	*why = d.why;
	return d.at;
}
