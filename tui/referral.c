/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/referral.h"

#include <string.h>

#include "core/date.h"
#include "core/kind_checks.h"
#include "tui/entryclock.h"
#include "tui/judge.h"

static void
put(json_t *o, const char *field, const char *s)
{
	if (*s != '\0')
		json_object_set_new(o, field, json_string(s));
}

static enum answer
state_of(const struct casework *w, const struct record *r)
{
	const char *s = casework_text(w, r, "state");
	enum answer a = ANSWER_NOT_ASKED;

	(void)answer_from_name(s, strlen(s), &a);
	return a;
}

/* Calls fn for each observation of an item that stands in a state. */
typedef void (*seen_fn)(const struct casework *w, unsigned item,
    const struct record *r, void *ctx);

static void
each_seen(const struct casework *w, enum answer state, seen_fn fn, void *ctx)
{
	unsigned item;
	size_t i;

	for (item = 0; item < w->door.in->nitems; item++)
		for (i = 0; i < w->now.nrecords; i++) {
			const struct record *r = w->now.records[i];

			if (record_stands(r) &&
			    casework_observes(w, r, item) &&
			    state_of(w, r) == state)
				fn(w, item, r, ctx);
		}
}

static void
add_indicator(const struct casework *w, unsigned item,
    const struct record *r, void *ctx)
{
	static const char *const fields[] = {
		"state", "agency", "source", "evidence"
	};
	struct span span = casework_on(w, r);
	json_t *o = json_object();
	char on[SPAN_TEXT_MAX];
	size_t i;

	span_format(&span, on);
	put(o, "indicator", w->door.in->items[item].id);
	put(o, "label", w->door.in->items[item].label);
	put(o, "on", on);
	for (i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		put(o, fields[i], casework_text(w, r, fields[i]));
	json_array_append_new(ctx, o);
}

static void
put_indicators(json_t *body, const struct casework *w)
{
	json_t *list = json_array();

	each_seen(w, ANSWER_PRESENT, add_indicator, list);
	each_seen(w, ANSWER_SUSPECTED, add_indicator, list);
	if (json_array_size(list) > 0)
		json_object_set_new(body, "indicators", list);
	else
		json_decref(list);
}

/* "- B1 Missing from home or care: 4 March 2026, School: evidence" */
static void
add_concern(const struct casework *w, unsigned item, const struct record *r,
    void *ctx)
{
	struct span on = casework_on(w, r);
	char words[SPAN_WORDS_MAX];
	struct str *out = ctx;

	span_words(&on, words);
	str_add(out, "- ");
	if (!itemset_has(&w->door.in->questions, item))
		str_add_fmt(out, "%s ", w->door.in->items[item].id);
	str_add_fmt(out, "%s: %s", w->door.in->items[item].label,
	    words[0] != '\0' ? words : "date not said");
	if (*casework_text(w, r, "agency") != '\0')
		str_add_fmt(out, ", %s", casework_text(w, r, "agency"));
	if (*casework_text(w, r, "evidence") != '\0')
		str_add_fmt(out, ": %s", casework_text(w, r, "evidence"));
	str_add(out, "\n");
}

static void
concern_group(const struct casework *w, enum answer state,
    const char *heading, struct str *out)
{
	struct str seen;

	str_init(&seen);
	each_seen(w, state, add_concern, &seen);
	if (seen.len > 0)
		str_add_fmt(out, "%s\n%s", heading, seen.s);
	str_release(&seen);
}

/* "Missing episodes on record: 3, the latest from 4 March 2026 at 21:00." */
static void
add_missing(const struct casework *w, struct str *out)
{
	char words[SPAN_WORDS_MAX];
	int64_t since, last = INT64_MIN;
	size_t n = 0;

	for (size_t i = 0; i < w->now.nrecords; i++) {
		const struct record *r = w->now.records[i];

		if (!record_stands(r) ||
		    strcmp(r->entry.kind, "missing") != 0)
			continue;
		n++;
		if (moment_parse(record_text(r, "since"), &since, NULL) ==
		    RC_OK && since > last)
			last = since;
	}
	if (n == 0)
		return;
	str_add_fmt(out, "Missing episodes on record: %zu", n);
	if (last != INT64_MIN) {
		moment_words(last, words);
		str_add_fmt(out, ", the latest from %s", words);
	}
	str_add(out, ".\n");
}

static void
put_concern(json_t *body, const struct casework *w)
{
	const struct screening *s = &w->result;
	struct str out;

	str_init(&out);
	if (!w->door.in->unscored)
		str_add_fmt(&out, "%s.\n", screen_label(w->door.in, s));
	str_add_fmt(&out, "Signs: %u. Vulnerabilities: %u. Not known: %u of "
	    "%u.\n", s->signs, s->vulnerabilities, s->not_known, s->listed);
	add_missing(w, &out);
	concern_group(w, ANSWER_PRESENT, "Present:", &out);
	concern_group(w, ANSWER_SUSPECTED, "Suspected:", &out);
	while (out.len > 0 && out.s[out.len - 1] == '\n')
		str_splice(&out, out.len - 1, 1, "", 0);
	put(body, "concern", out.s);
	str_release(&out);
}

/* The child first: what they said, want, whom they trust; or why not. */
static void
put_words(json_t *body, const struct casework *w)
{
	const struct record *v = w->now.voice;
	const char *why;
	struct str out;

	if (v == NULL)
		return;
	str_init(&out);
	if (*record_text(v, "words") != '\0')
		str_add_fmt(&out, "%s\n", record_text(v, "words"));
	if (*record_text(v, "wishes") != '\0')
		str_add_fmt(&out, "Wants: %s\n", record_text(v, "wishes"));
	if (*record_text(v, "trusts") != '\0')
		str_add_fmt(&out, "Trusts: %s\n", record_text(v, "trusts"));
	why = code_label(kind_field(v->kind, "why_not")->codes,
	    record_text(v, "why_not"));
	if (out.len == 0 && why != NULL)
		str_add_fmt(&out, "Not known yet: %s. %s\n", why,
		    record_text(v, "plan"));
	if (out.len > 0)
		str_splice(&out, out.len - 1, 1, "", 0);
	put(body, "words", out.s);
	str_release(&out);
}

/* One line a rule: "three-signs: 3 signs (needs 3). Source: ..." */
static void
put_rules(json_t *body, const struct casework *w)
{
	const struct instrument *in = w->door.in;
	json_t *list = json_array();
	struct str s;
	size_t i;

	str_init(&s);
	for (i = 0; i < w->result.nfired; i++) {
		const struct rule *r = &in->rules[w->result.fired[i]];

		str_clear(&s);
		screen_rule_words(in, &w->answers, w->result.fired[i], &s);
		str_add_fmt(&s, ". Source: %s", r->source != NULL ?
		    r->source : "not given");
		json_array_append_new(list, json_string(s.s));
	}
	str_release(&s);
	json_object_set_new(body, "rules", list);
}

json_t *
referral_body(const struct casework *w)
{
	struct span today = span_of_day(w->today);
	json_t *body = json_object();

	put(body, "service", "social-care");
	if (judge_at_once(w))
		put(body, "urgency", "immediate");
	else if (level_asks_referral(w->door.in, casework_level(w)))
		put(body, "urgency", "today");
	put_concern(body, w);
	put_words(body, w);
	put(body, "contact", w->door.user);
	referral_finish(w, &today, body);
	return body;
}

void
referral_finish(const struct casework *w, const struct span *on, json_t *body)
{
	static const char *const made[] = {"indicators", "level", "rules"};

	for (size_t i = 0; i < sizeof(made) / sizeof(made[0]); i++)
		json_object_del(body, made[i]);
	put_indicators(body, w);
	put(body, "level", screen_level_id(w->door.in, casework_level(w)));
	put_rules(body, w);
	entryclock_put(w, "referral", on, body);
}

void
referral_bring_up_to_date(struct casework *w)
{
	for (size_t i = 0; i < w->pending.n; i++) {
		struct entry_draft *d = &w->pending.list[i].draft;

		if (strcmp(d->kind, "referral") != 0)
			continue;
		referral_finish(w, &d->on, d->body);
		casework_changed(w);
	}
}

/* ---- what is asked at each step ---- */

struct question {
	const char *step, *field, *what;
};

enum rc
referral_step_ask(const struct span *on, const json_t *body, struct err *e)
{
	static const struct question questions[] = {
		{"sent", "words", "say by which route it went"},
		{"decision", "result", "choose one of the list"},
		{"decision", "words", "say the decision and its reasons"},
		{"decision", "child", "say it, or why they were not asked"},
		{"outcome", "words", "say what became of it"},
		{"outcome", "child", "say it, or why they were not asked"},
		{"recalled", "words", "say why, and who agreed"},
	};

	if (span_is_none(on))
		return err_set(e, RC_INPUT, "Date: say the day");
	for (size_t i = 0; i < sizeof(questions) / sizeof(questions[0]); i++)
		if (body_is(body, "step", questions[i].step) &&
		    !body_has_text(body, questions[i].field))
			return err_set(e, RC_INPUT, "%s: %s", kind_field(
			    kind_find("referral-step"),
			    questions[i].field)->label, questions[i].what);
	return RC_OK;
}
