/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/clocks.h"

#include <string.h>

#include "core/carried.h"
#include "core/date.h"
#include "core/missing.h"
#include "core/str.h"

/* A field is one of `codes' (blanks between them); NULL: it is filled in. */
struct cond {
	const char *field, *codes;
};

#define CONDS_MAX 2
#define STOPS_MAX 3

/*
 * What stops a clock, unless it is struck or replaced.  `about' is the field
 * that names what both entries belong to: the one that started the clock, or
 * what that one names in the same field.  NULL: any of the same day or later.
 */
struct stop {
	const char *kind, *about;
	struct cond when[CONDS_MAX];	/* all of them */
	/*
	 * The list of keys of the entry that started it, or NULL: each of
	 * these people has to have written one; the clock waits for the rest.
	 */
	const char *each;
};

/* One line a clock. */
struct clock_rule {
	const char *kind;
	const char *field;	/* a moment, or a day that lasts to its end */
	const char *id, *label;
	/*
	 * Field that says who acts, or NULL; where a stop is asked of each of
	 * a list of keys, the list of their names, in the same order.
	 */
	const char *owner;
	struct cond only;	/* runs while this holds of its own entry */
	struct stop stops[STOPS_MAX];
	bool latest;		/* only of the latest entry of its kind */
	const char *same;	/* and of what this field says; or NULL */
	bool when_closed;
	const char *why;	/* said where nothing was counted; or NULL */
};

#define HELD {"state", "held"}

static const struct clock_rule rules[] = {
	{"referral", "decision_due", "referral-decision",
	    "referral decision", "to", .stops = {
	    {"referral-step", "referral",
		{{"step", "decision outcome recalled"}}},
	    {"referral-step", "referral", {{"decision_due", NULL}}}}},
	{"referral-step", "decision_due", "referral-decision",
	    "referral decision", "who", .stops = {
	    {"referral-step", "referral",
		{{"step", "decision outcome recalled"}}}}},
	{"referral", "assessment_due", "assessment", "assessment", "to",
	    .stops = {
	    {"process", NULL, {{"step", "assessment"}, HELD}},
	    {"referral-step", "referral", {{"step", "recalled"}}},
	    {"referral-step", "referral",
		{{"result", "early-help no-action"}}}}},
	{"process", "conference_due", "initial-conference",
	    "initial conference", .only = {"result", "section47"}, .stops = {
	    {"process", NULL, {{"step", "conference"}, HELD}},
	    {"process", NULL, {{"result", "child-in-need no-action"}}}}},
	{"process", "core_group_due", "core-group",
	    "core group (limit not verified)",
	    .only = {"result", "protection-plan"}, .stops = {
	    {"process", NULL, {{"step", "core-group"}, HELD}}}},
	{"process", "next", "next-meeting", "next meeting", NULL, .stops = {
	    {"process", NULL, {{"step",
		"conference core-group review-conference"}, HELD}}}},
	{"transfer", "receipt_due", "transfer-receipt",
	    "receipt for the file", "to", .stops = {
	    {"transfer-receipt", "transfer", {{NULL, NULL}}}}},
	/* What has left is chased, though the case be closed since. */
	{"bundle-sent", "receipt_due", "bundle-receipt",
	    "ring for the receipt of a bundle", "to", .stops = {
	    {"bundle-received", "sent", {{NULL, NULL}}, .each = "keys"},
	    {"bundle-recall", "sent", {{NULL, NULL}}}},
	    .when_closed = true},
	{"screening", "act_by", "referral-made", "refer", NULL,
	    .latest = true, .stops = {{"referral", NULL, {{NULL, NULL}}}}},
	{"screening", "review", "screening-review", "review", NULL,
	    .latest = true},
	{"restrict", "review", "restriction-review", "restriction review",
	    .only = {"state", "set"}, .latest = true, .when_closed = true},
	/* No limit is set for finding a child: it is due from the start. */
	{"missing", "since", "still-missing", "still missing", NULL,
	    .stops = {{"located", "episode", {{NULL, NULL}}}},
	    .why = "Nobody has written that they were found or came back."},
	/* Declined is offered again: only an interview held stops it. */
	{"located", "interview_due", "return-interview", "return interview",
	    NULL, .stops = {{"interview", "episode", {HELD}}}},
	{"plan", "review", "plan-review", "plan review", NULL,
	    .latest = true},
	{"action", "due", "action", "action", "owner", .stops = {
	    {"action-outcome", "action", {{NULL, NULL}}}}},
	{"nrm", "decision_due", "nrm-reasonable-grounds", "NRM decision",
	    .only = {"decision", "waiting"}},
	/* Not made before: from then on it can be asked for. */
	{"nrm", "conclusive_after", "nrm-conclusive",
	    "ask for the NRM conclusive decision",
	    .only = {"decision", "rg-yes"}},
	/* Told once a referral to the designated officer is sent. */
	{"person-of-concern", "lado_due", "lado", "designated officer told",
	    NULL, .stops = {{"referral", NULL, {{"service", "lado"}}}}},
	{"sharing", "review", "sharing-review", "sharing review",
	    .owner = "decider"},
	{"consent", "until", "consent", "ask consent again", NULL,
	    {"state", "given"}, .latest = true, .same = "to"},
};

#define NRULES (sizeof(rules) / sizeof(rules[0]))

const char *
clock_id(size_t i)
{
	if (i < NRULES)
		return rules[i].id;
	return i == NRULES ? "repeat-missing" : NULL;
}

/* ---- whether one runs ---- */

/* True if code is one of the words of list. */
static bool
is_among(const char *code, const char *list)
{
	size_t n = strlen(code), word;

	for (; n > 0 && *list != '\0'; list += word + (list[word] == ' ')) {
		word = strcspn(list, " ");
		if (word == n && strncmp(list, code, n) == 0)
			return true;
	}
	return false;
}

static bool
holds(const struct cond *k, const struct record *r)
{
	const char *value;

	if (k->field == NULL)
		return true;
	value = record_text(r, k->field);
	return k->codes == NULL ? *value != '\0' : is_among(value, k->codes);
}

/* True if a is of what r is of, or comes after it. */
static bool
answers(const struct casefile *c, const struct record *a,
    const struct record *r, const char *about)
{
	const struct record *of, *whose;

	if (about == NULL)
		return a->entry.on.first >= r->entry.on.first;
	of = casefile_target(c, a, about);
	if (*record_text(r, about) == '\0')
		return of == r;
	whose = casefile_target(c, r, about);
	/* Of one that is not here, only the name is known. */
	return of != NULL || whose != NULL ? of == whose :
	    strcmp(record_text(a, about), record_text(r, about)) == 0;
}

bool
referral_recalled(const struct casefile *c, const struct record *a)
{
	static const struct cond recalled = {"step", "recalled"};

	if (strcmp(a->entry.kind, "referral") != 0)
		return false;
	for (const struct record *s = record_latest(a)->abouts; s != NULL;
	    s = s->next_about)
		if (strcmp(s->entry.kind, "referral-step") == 0 &&
		    record_stands(s) && holds(&recalled, s) &&
		    casefile_target(c, s, "referral") == record_latest(a))
			return true;
	return false;
}

static bool
stops(const struct casefile *c, const struct stop *s, const struct record *a,
    const struct record *r)
{
	if (a == r || !record_stands(a) || strcmp(a->entry.kind, s->kind) != 0)
		return false;
	for (size_t i = 0; i < CONDS_MAX; i++)
		if (!holds(&s->when[i], a))
			return false;
	if (strcmp(s->kind, "bundle-recall") == 0 && recall_of(c, a) != r)
		return false;
	return answers(c, a, r, s->about) && !referral_recalled(c, a);
}

/* What both must belong to, if it is in the case; else NULL. */
static const struct record *
base_of(const struct record *r, const char *about)
{
	return *record_text(r, about) == '\0' ? r : r->about;
}

static bool
is_by(const struct record *a, const char *key)
{
	char hex[2 * AUTHOR_LEN + 1];

	if (key == NULL)
		return true;
	hex_format(a->entry.author.b, AUTHOR_LEN, hex);
	return strcmp(hex, key) == 0;
}

/* By anybody, or by the person with this key. */
static bool
stopped_by(const struct casefile *c, const struct record *r,
    const struct stop *s, const char *key)
{
	const struct record *base = s->about != NULL ?
	    base_of(r, s->about) : NULL;

	if (base != NULL) {
		for (const struct record *a = base->abouts; a != NULL;
		    a = a->next_about)
			if (is_by(a, key) && stops(c, s, a, r))
				return true;
		return false;
	}
	for (size_t i = 0; i < c->nrecords; i++)
		if (is_by(c->records[i], key) &&
		    stops(c, s, c->records[i], r))
			return true;
	return false;
}

static const char *
text_at(const struct record *r, const char *list, size_t i)
{
	const char *s = json_string_value(json_array_get(json_object_get(
	    r->body, list), i));

	return s != NULL ? s : "";
}

static size_t
count_of(const struct record *r, const char *list)
{
	return json_array_size(json_object_get(r->body, list));
}

/* With nobody named, one is enough. */
static bool
stopped_by_each(const struct casefile *c, const struct record *r,
    const struct stop *s)
{
	size_t n = count_of(r, s->each);

	for (size_t i = 0; i < n; i++)
		if (!stopped_by(c, r, s, text_at(r, s->each, i)))
			return false;
	return n > 0 || stopped_by(c, r, s, NULL);
}

static bool
is_stopped(const struct casefile *c, const struct record *r,
    const struct clock_rule *k)
{
	for (size_t i = 0; i < STOPS_MAX && k->stops[i].kind != NULL; i++)
		if (k->stops[i].each != NULL ?
		    stopped_by_each(c, r, &k->stops[i]) :
		    stopped_by(c, r, &k->stops[i], NULL))
			return true;
	return false;
}

/* "Ada Invented (School); Ben Made-Up (Hub)": those who are still waited for. */
static void
owner_words(const struct casefile *c, const struct record *r,
    const struct clock_rule *k, struct str *out)
{
	const struct stop *s = k->stops;

	if (k->owner == NULL)
		return;
	while (s < k->stops + STOPS_MAX && s->each == NULL)
		s++;
	if (s == k->stops + STOPS_MAX) {
		str_add(out, record_text(r, k->owner));
		return;
	}
	for (size_t i = 0; i < count_of(r, k->owner); i++)
		if (i >= count_of(r, s->each) ||
		    !stopped_by(c, r, s, text_at(r, s->each, i)))
			str_add_fmt(out, "%s%s", out->len > 0 ? "; " : "",
			    text_at(r, k->owner, i));
}

static bool
is_latest(const struct casefile *c, const struct record *r, const char *same)
{
	size_t i = c->nrecords;

	while (i > 0 && (!record_stands(c->records[i - 1]) ||
	    c->records[i - 1]->kind != r->kind || (same != NULL &&
	    !record_says_same(c->records[i - 1], r, same))))
		i--;
	return i > 0 && c->records[i - 1] == r;
}

static bool
runs(const struct casefile *c, const struct record *r,
    const struct clock_rule *k)
{
	return holds(&k->only, r) && (!k->latest || is_latest(c, r, k->same)) &&
	    !is_stopped(c, r, k);
}

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

/* True if the program counts it; a day is what a person set. */
static bool
is_counted(const struct record *r, const char *field)
{
	for (const struct field *f = r->kind->fields; f->name != NULL; f++)
		if (strcmp(f->name, field) == 0)
			return f->type == FIELD_MOMENT;
	return false;
}

/* True if it could not be counted: it is due all the same. */
static bool
could_not_count(const char *counted)
{
	static const char words[] = "Not counted";

	return strncmp(counted, words, sizeof(words) - 1) == 0;
}

static bool
show(const struct casefile *c, const struct record *r,
    const struct clock_rule *k, clock_row_fn fn, void *ctx)
{
	struct clock_row row = {
		.due = due_of(r, k->field), .kind = clock_kind(k->id),
		.id = k->id, .label = k->label, .record = r,
	};
	struct str counted, owner;
	bool more = true;

	if (c->closed != NULL && !k->when_closed && !casefile_unseen(c, r))
		return true;
	str_init(&counted);
	if (is_counted(r, k->field))
		clock_counted(r, k->id, &counted);
	row.counted = counted.len == 0 && k->why != NULL ? k->why : counted.s;
	str_init(&owner);
	/* Whether it runs is asked last: that walks the case. */
	if ((row.due != INT64_MAX || could_not_count(counted.s)) &&
	    runs(c, r, k)) {
		owner_words(c, r, k, &owner);
		row.owner = owner.s;
		more = fn(&row, ctx);
	}
	str_release(&owner);
	str_release(&counted);
	return more;
}

void
casefile_clocks(const struct casefile *c, clock_row_fn fn, void *ctx)
{
	for (size_t i = 0; i < c->nrecords; i++) {
		const struct record *r = c->records[i];

		if (!record_stands(r))
			continue;
		for (size_t j = 0; j < NRULES; j++)
			if (strcmp(r->entry.kind, rules[j].kind) == 0 &&
			    !show(c, r, &rules[j], fn, ctx))
				return;
	}
	if (c->closed == NULL && casefile_officer(c, fn, ctx))
		(void)casefile_pattern(c, fn, ctx);
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
