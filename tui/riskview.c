/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/riskview.h"

#include <stdlib.h>
#include <string.h>

#include "core/childage.h"
#include "core/clocks.h"
#include "core/date.h"
#include "core/vec.h"
#include "core/xalloc.h"
#include "tui/entrywords.h"
#include "tui/judge.h"
#include "tui/riskreview.h"
#include "tui/words.h"

static void
texts_take(struct texts *t, char *s)
{
	t->s = vec_room(t->s, t->n, &t->cap, sizeof(*t->s));
	t->s[t->n++] = s;
}

static void
texts_release(struct texts *t)
{
	size_t i;

	for (i = 0; i < t->n; i++)
		free(t->s[i]);
	free(t->s);
}

void
risk_view_release(struct risk_view *r)
{
	size_t i;

	for (i = 0; i < r->nreasons; i++) {
		free(r->reasons[i].words);
		free(r->reasons[i].because);
		free(r->reasons[i].source);
	}
	free(r->reasons);
	texts_release(&r->changes);
	texts_release(&r->conflicts);
	free(r->label);
	free(r->action);
	free(r->joined);
	free(r->could_be);
	free(r->judgement);
	free(r->judgement_reason);
	free(r->lowering);
	free(r->returned);
	free(r->questions);
	free(r->flagged);
	free(r->reviewed);
	free(r->first);
	free(r->second);
	free(r->stale);
	free(r->review);
	free(r->due);
	free(r->no_clock);
	free(r->due_how);
	free(r->pattern);
	free(r->voice);
	free(r->age);
	memset(r, 0, sizeof(*r));
}

static void
iso_day_words(const char *iso, struct str *out)
{
	char words[SPAN_WORDS_MAX];
	struct span on;
	int32_t day;

	if (day_parse(iso, &day, NULL) != RC_OK) {
		str_add(out, iso);
		return;
	}
	on = span_of_day(day);
	span_words(&on, words);
	str_add(out, words);
}

/* ---- the rules' part ---- */

static void
fill_reasons(struct risk_view *r, const struct casework *w)
{
	const struct instrument *in = w->door.in;
	const struct rule *rule;
	struct str s;
	size_t i;

	for (i = 0; i < w->result.nfired; i++) {
		rule = &in->rules[w->result.fired[i]];
		str_init(&s);
		screen_rule_words(in, &w->answers, w->result.fired[i], &s);
		r->reasons = vec_room(r->reasons, r->nreasons,
		    &r->capreasons, sizeof(*r->reasons));
		r->reasons[r->nreasons].words = str_take(&s);
		/* A rule below the level fired, too, but is not why. */
		r->reasons[r->nreasons].because = xstrdup(
		    rule->because != NULL && rule->level == w->result.level ?
		    rule->because : "");
		r->reasons[r->nreasons++].source = xstrdup(
		    rule->source != NULL ? rule->source : "not given");
	}
}

static void
fill_could_be(struct risk_view *r, const struct casework *w)
{
	struct str s;
	size_t i;

	if (w->result.could_be != w->result.level)
		r->could_be = xstrdup(screen_level_label(w->door.in,
		    w->result.could_be));
	for (i = 0; i < w->result.nchanges; i++) {
		str_init(&s);
		screen_change_words(w->door.in, &w->result.changes[i], &s);
		texts_take(&r->changes, str_take(&s));
	}
}

static void
fill_result(struct risk_view *r, const struct casework *w)
{
	const struct instrument *in = w->door.in;

	r->unscored = in->unscored;
	r->label = xstrdup(screen_label(in, &w->result));
	r->style = level_style(in, w->result.level);
	r->action = xstrdup(screen_action(in, &w->result));
	r->vulnerabilities = w->result.vulnerabilities;
	r->signs = w->result.signs;
	r->suspected = w->result.suspected;
	r->not_known = w->result.not_known;
	r->not_asked = w->result.not_asked;
	r->listed = w->result.listed;
	r->pending = w->pending.n;
	fill_reasons(r, w);
	fill_could_be(r, w);
}

/* ---- people's part ---- */

static void
by_words(const struct casework *w, const struct record *rec, struct str *out)
{
	char when[SPAN_WORDS_MAX];

	if (casework_is_pending(w, rec)) {
		str_add(out, "not signed yet");
		return;
	}
	moment_words(rec->entry.at, when);
	str_add_fmt(out, "%s, %s", casework_author(w, rec), when);
}

static const char *
label_of(const struct casework *w, const char *id)
{
	unsigned level = screen_level_from_id(w->door.in, id);

	return level == NO_ITEM ? id : screen_level_label(w->door.in, level);
}

static void
fill_judgement(struct risk_view *r, const struct casework *w)
{
	const struct record *s = w->now.screening;
	const char *own = record_text(s, "judgement");
	const char *level = record_text(s, "level");
	struct str out;

	str_init(&out);
	str_add(&out, label_of(w, own));
	str_add(&out, strcmp(own, level) == 0 ? ", as the rules" :
	    ", other than the rules");
	str_add(&out, " (");
	by_words(w, s, &out);
	str_add(&out, ")");
	r->judgement = str_take(&out);
	if (*record_text(s, "reason") != '\0')
		r->judgement_reason = xstrdup(record_text(s, "reason"));
	if (strcmp(level, screen_level_id(w->door.in, w->result.level)) != 0) {
		str_init(&out);
		str_add_fmt(&out, "Then the rules gave: %s. Keep a new "
		    "screening with s.", label_of(w, level));
		r->stale = str_take(&out);
	}
	str_init(&out);
	iso_day_words(record_text(s, "review"), &out);
	r->review = str_take(&out);
}

static void
fill_lowering(struct risk_view *r, const struct casework *w)
{
	const struct record *l = w->now.lowering;
	struct str out;

	str_init(&out);
	str_add_fmt(&out, "A lower level was asked for: %s (",
	    label_of(w, record_text(l, "asked_level")));
	by_words(w, l, &out);
	str_add_fmt(&out, "). It waits for a second person; nothing is "
	    "lowered. Why: %s", record_text(l, "reason"));
	r->lowering = str_take(&out);
}

static void
fill_voice(struct risk_view *r, const struct casework *w)
{
	const struct record *v = w->now.voice;
	char words[SPAN_WORDS_MAX];
	struct str out;

	str_init(&out);
	if (v == NULL) {
		str_add(&out, "not recorded (w)");
	} else if (*record_text(v, "words") == '\0' &&
	    *record_text(v, "wishes") == '\0' &&
	    *record_text(v, "trusts") == '\0') {
		str_add_fmt(&out, "not known yet: %s", code_label(
		    kind_field(v->kind, "why_not")->codes,
		    record_text(v, "why_not")));
	} else {
		span_words(&v->entry.on, words);
		str_add_fmt(&out, "recorded, %s", words);
	}
	r->voice = str_take(&out);
}

/* ---- what is due ---- */

struct soonest {
	int64_t due;
	const char *label, *rule;
	struct str how;
};

static bool
take_soonest(const struct clock_row *row, void *ctx)
{
	struct soonest *t = ctx;

	if (row->due >= t->due)
		return true;
	t->due = row->due;
	t->label = row->label;
	t->rule = row->id;
	str_clear(&t->how);
	str_add(&t->how, row->counted);
	return true;
}

static void
fill_due(struct risk_view *r, const struct casework *w)
{
	struct soonest t = {.due = INT64_MAX};
	struct str out;

	str_init(&t.how);
	casefile_clocks(&w->now, take_soonest, &t);
	if (t.due != INT64_MAX) {
		str_init(&out);
		/* What a pattern asks for has no limit to be past. */
		if (clock_kind(t.rule) == DEADLINE_PATTERN) {
			str_add_fmt(&out, "%s, due now; no limit is set",
			    t.label);
		} else {
			if (t.due <= w->door.now(w->door.ctx))
				str_add(&out, "Overdue: ");
			str_add_fmt(&out, "%s ", t.label);
			due_by_words(t.due, &out);
		}
		r->due = str_take(&out);
		/* The day of a review was chosen, not counted. */
		if (t.how.len > 0 && strcmp(t.rule, "screening-review") != 0)
			r->due_how = xstrdup(t.how.s);
	}
	str_release(&t.how);
}

/* True if the case was referred on the screening's day or later. */
static bool
is_referred(const struct casework *w)
{
	const struct record *s = w->now.screening;
	size_t i;

	for (i = 0; i < w->now.nrecords; i++) {
		const struct record *rec = w->now.records[i];

		if (record_stands(rec) &&
		    strcmp(rec->entry.kind, "referral") == 0 &&
		    (s == NULL || rec->entry.on.first >= s->entry.on.first))
			return true;
	}
	return false;
}

/*
 * Ticks alone start no clock.  A level that asks for a referral must not
 * read as if nothing were due.
 */
static void
fill_no_clock(struct risk_view *r, const struct casework *w)
{
	const struct record *s = w->now.screening;
	struct counted c;
	struct str out;

	if (!level_asks_referral(w->door.in, casework_level(w)) ||
	    is_referred(w) ||
	    (s != NULL && *record_text(s, "act_by") != '\0'))
		return;
	str_init(&out);
	str_add(&out, "No referral clock runs yet: this screening is not "
	    "kept. s keeps it and starts the clock");
	counted_init(&c);
	judge_refer_by(w, &c);
	if (c.due != INT64_MAX) {
		str_add(&out, judge_at_once(w) ? ": refer at once, at the "
		    "latest " : ": refer ");
		due_by_words(c.due, &out);
	}
	str_add(&out, ".");
	r->no_clock = str_take(&out);
	if (r->due_how == NULL)
		r->due_how = xstrdup(c.words.s);
	counted_release(&c);
}

static void
fill_pattern(struct risk_view *r, const struct casework *w)
{
	char first[SPAN_WORDS_MAX], last[SPAN_WORDS_MAX];
	struct missing_run run;
	struct span a, b;
	struct str out;

	if (w->now.closed != NULL || !casefile_missing_run(&w->now, &run) ||
	    run.answer != NULL)
		return;
	a = span_of_day(run.first);
	b = span_of_day(run.last);
	span_words(&a, first);
	span_words(&b, last);
	str_init(&out);
	str_add_fmt(&out, "Strategy meeting: %d missing episodes between %s "
	    "and %s (page 4).", run.count, first, last);
	r->pattern = str_take(&out);
}

/* ---- age and conflicts ---- */

static void
age_words(const struct casework *w, const struct child_age *a,
    struct str *out)
{
	char words[SPAN_WORDS_MAX];
	struct span born = span_of_day(w->now.birth);

	if (a->years < 0) {
		str_add(out, "Age not known (i); rules on age may apply.");
		return;
	}
	span_words(&born, words);
	if (a->years == a->by_birth)
		str_add_fmt(out, "Age used: %d (born %s)", a->years, words);
	else if (a->disputed && a->years == 17)
		str_add(out, "Age used: 17 (disputed: treated as a child)");
	else
		str_add_fmt(out, "Age used: %d (an estimate)", a->years);
	if (a->unsure)
		str_add_fmt(out, "%s; rules for a younger age may apply.",
		    a->disputed && a->years != 17 ? ", disputed" : "");
	if (age_is_apart(a))
		str_add_fmt(out, " Estimate (%d) and date of birth (%d) do "
		    "not agree; the younger counts (i).", a->about,
		    a->by_birth);
}

static void
fill_age(struct risk_view *r, const struct casework *w)
{
	struct child_age a;
	struct str out;

	casefile_age(&w->now, w->today, &a);
	str_init(&out);
	age_words(w, &a, &out);
	r->age = str_take(&out);
}

static void
value_words(const struct casework *w, const struct record *r,
    const struct field *f, struct str *out)
{
	str_add(out, "\"");
	if (f != NULL)
		entry_field_words(w, f, json_object_get(r->body, f->name),
		    out);
	else
		entry_summary(w, r, out);
	str_add(out, "\" (");
	by_words(w, r, out);
	str_add(out, ")");
}

static const char *
settled_how(const char *kind)
{
	if (strcmp(kind, "restrict") == 0)
		return ": written apart; R settles";
	if (strcmp(kind, "review") == 0)
		return ": two reviews; the higher level holds until a third "
		    "settles it";
	return ": two versions; e on it settles";
}

static void
fill_conflicts(struct risk_view *r, const struct casework *w)
{
	for (size_t i = 0; i < w->now.nconflicts; i++) {
		const struct conflict *c = &w->now.conflicts[i];
		const struct field *f = c->field != NULL ?
		    kind_field(c->a->kind, c->field) : NULL;
		struct str out;

		if (casework_hides(w, c->a))
			continue;
		str_init(&out);
		str_add_fmt(&out, "%s: ", f != NULL ? f->label :
		    c->a->kind->label);
		value_words(w, c->a, f, &out);
		str_add(&out, " or ");
		value_words(w, c->b, f, &out);
		if (f == NULL)
			str_add(&out, settled_how(c->a->entry.kind));
		texts_take(&r->conflicts, str_take(&out));
	}
}

/* What is pending here counts with the others, too. */
static void
fill_joined(struct risk_view *r, const struct casework *w)
{
	struct str out;

	if (!joined_near_any(&w->near))
		return;
	str_init(&out);
	r->joined_warns = joined_near_words(&w->near, &w->now,
	    casework_level(w), &out);
	r->joined = str_take(&out);
}

/* The age is the stage's; nothing in a story is due. */
static void
fill_session(struct risk_view *r, const struct casework *w)
{
	struct str out;

	r->session = true;
	str_init(&out);
	str_add_fmt(&out, "Age used: %d, as at this stage.", w->answers.age);
	r->age = str_take(&out);
}

void
risk_view_fill(struct risk_view *r, const struct casework *w)
{
	memset(r, 0, sizeof(*r));
	fill_result(r, w);
	if (w->stage.date != NULL) {
		fill_session(r, w);
		return;
	}
	fill_joined(r, w);
	if (w->now.screening != NULL)
		fill_judgement(r, w);
	if (w->now.lowering != NULL)
		fill_lowering(r, w);
	risk_review_fill(r, w);
	fill_voice(r, w);
	fill_due(r, w);
	fill_no_clock(r, w);
	fill_pattern(r, w);
	fill_age(r, w);
	fill_conflicts(r, w);
}
