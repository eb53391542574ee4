/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/paper_case.h"

#include <string.h>

#include "core/clocks.h"
#include "core/oversight.h"
#include "core/screen.h"
#include "core/versions.h"

/* What the parts of the paper are made from. */
struct maker {
	struct paper *p;
	const struct reading *g;
	int64_t now;
	struct answers answers;
	struct screening result;
};

static const char *
author_of(const struct maker *m, const struct record *r)
{
	return m->g->roster != NULL ?
	    roster_name(m->g->roster, &r->entry.author) : "unknown author";
}

/* ---- the young person ---- */

static void
add_value(const struct maker *m, const struct record *r, const char *name,
    struct str *out)
{
	const struct field *f = kind_field(r->kind, name);
	char when[SPAN_WORDS_MAX];
	const size_t from = out->len;

	if (f != NULL)
		record_field_words(m->g, f, json_object_get(r->body, name),
		    out);
	moment_words(r->entry.at, when);
	str_add_fmt(out, "%s (%s, %s)", out->len > from ? "" : "nothing",
	    author_of(m, r), when);
}

/* An entry that was replaced twice apart: the entries themselves follow. */
static void
add_versions(const struct maker *m, const struct conflict *c,
    struct str *words)
{
	char a[SPAN_WORDS_MAX], b[SPAN_WORDS_MAX];

	moment_words(c->a->entry.at, a);
	moment_words(c->b->entry.at, b);
	str_add_fmt(words, "Two versions stand of one entry (%s) and nobody "
	    "has settled which: %s, %s; ", c->a->kind->label,
	    author_of(m, c->a), a);
	str_add_fmt(words, "%s, %s", author_of(m, c->b), b);
	paper_add(m->p, PAPER_NOTICE, words->s);
}

static void
add_conflicts(const struct maker *m)
{
	struct str words;

	str_init(&words);
	for (size_t i = 0; i < m->g->c->nconflicts; i++) {
		const struct conflict *c = &m->g->c->conflicts[i];
		const struct field *f = c->field != NULL ?
		    kind_field(c->a->kind, c->field) : NULL;

		str_clear(&words);
		if (c->field == NULL) {
			add_versions(m, c, &words);
			continue;
		}
		str_add_fmt(&words, "Two values stand for %s and nobody has "
		    "settled them: ", f != NULL ? f->label : c->field);
		add_value(m, c->a, c->field, &words);
		str_add(&words, "; ");
		add_value(m, c->b, c->field, &words);
		paper_add(m->p, PAPER_NOTICE, words.s);
	}
	str_release(&words);
}

static void
add_closed(const struct maker *m)
{
	const struct record *r = m->g->c->closed;
	const struct field *why = kind_field(r->kind, "why");
	struct str words;

	str_init(&words);
	record_title(r, NULL, &words);
	str_add(&words, ": ");
	record_field_words(m->g, why, json_object_get(r->body, "why"),
	    &words);
	str_add(&words, ". ");
	str_add(&words, record_text(r, "words"));
	paper_add(m->p, PAPER_NOTICE, words.s);
	str_release(&words);
}

static void
add_person(const struct maker *m)
{
	const struct casefile *c = m->g->c;
	struct versions v;

	paper_add(m->p, PAPER_HEADING, "The young person");
	/* Everybody who wrote it down stands: each may say what others do not. */
	versions_init(&v);
	versions_of_child(c, &v);
	for (size_t i = 0; i < v.n; i++) {
		paper_fields(m->p, m->g, v.v[i]);
		paper_author(m->p, m->g, v.v[i]);
	}
	versions_release(&v);
	if (c->identity == NULL) {
		paper_add(m->p, PAPER_TEXT, "Who they are is not recorded.");
	}
	add_conflicts(m);
	if (c->restriction != NULL)
		paper_addf(m->p, PAPER_NOTICE, "The case is restricted: %s",
		    record_text(c->restriction, "reason"));
	if (c->closed != NULL)
		add_closed(m);
}

static void
add_voice(const struct maker *m)
{
	const struct record *v = m->g->c->voice;

	paper_add(m->p, PAPER_HEADING, "In the young person's own words");
	if (v == NULL) {
		paper_add(m->p, PAPER_NOTICE, "Their own words are not "
		    "recorded, nor why.");
		return;
	}
	paper_fields(m->p, m->g, v);
	paper_author(m->p, m->g, v);
}

/* ---- the level and why ---- */

static void
add_counts(const struct maker *m)
{
	const struct screening *s = &m->result;

	paper_addf(m->p, PAPER_TEXT, "Vulnerabilities present: %u. Signs "
	    "present: %u. Suspected: %u. %u of %u not known, %u of these not "
	    "asked.", s->vulnerabilities, s->signs, s->suspected,
	    s->not_known, s->listed, s->not_asked);
}

static void
add_reasons(const struct maker *m)
{
	const struct instrument *in = m->g->in;
	struct str words;

	paper_add(m->p, PAPER_SUBHEADING, "Why");
	if (m->result.nfired == 0)
		paper_add(m->p, PAPER_TEXT, "No rule fired on what is "
		    "present.");
	str_init(&words);
	for (size_t i = 0; i < m->result.nfired; i++) {
		const struct rule *r = &in->rules[m->result.fired[i]];

		str_clear(&words);
		screen_rule_words(in, &m->answers, m->result.fired[i], &words);
		/* A rule below the level fired, too, but is not why. */
		if (r->because != NULL && r->level == m->result.level)
			str_add_fmt(&words, ". %s", r->because);
		paper_add(m->p, PAPER_ITEM, words.s);
		paper_addf(m->p, PAPER_SMALL, "Source: %s", r->source != NULL ?
		    r->source : "not given");
	}
	str_release(&words);
}

static void
add_could_be(const struct maker *m)
{
	const struct instrument *in = m->g->in;
	struct str words;

	if (m->result.could_be != m->result.level)
		paper_addf(m->p, PAPER_TEXT, "It could be: %s, if all that is "
		    "suspected or not known were present.",
		    screen_level_label(in, m->result.could_be));
	str_init(&words);
	for (size_t i = 0; i < m->result.nchanges; i++) {
		str_clear(&words);
		screen_change_words(in, &m->result.changes[i], &words);
		paper_add(m->p, PAPER_ITEM, words.s);
	}
	str_release(&words);
}

static const char *
level_label(const struct maker *m, const char *id)
{
	unsigned level = screen_level_from_id(m->g->in, id);

	return level == NO_ITEM ? id : screen_level_label(m->g->in, level);
}

static void
add_judgement(const struct maker *m)
{
	const struct record *s = m->g->c->screening;
	const struct record *l = m->g->c->lowering;

	paper_add(m->p, PAPER_SUBHEADING, "Professional judgement");
	if (s == NULL) {
		paper_add(m->p, PAPER_TEXT, "None has been written yet.");
	} else {
		paper_add(m->p, PAPER_TEXT, level_label(m,
		    record_text(s, "judgement")));
		paper_field(m->p, "Why", record_text(s, "reason"));
		paper_field(m->p, "By the rules then", level_label(m,
		    record_text(s, "level")));
		paper_author(m->p, m->g, s);
	}
	if (l != NULL)
		paper_addf(m->p, PAPER_NOTICE, "A lower level was asked for "
		    "by %s: %s. It waits for a second person; nothing is "
		    "lowered. Why: %s", author_of(m, l), level_label(m,
		    record_text(l, "asked_level")), record_text(l, "reason"));
}

/* A level that a review lowered is never shown without it. */
static void
add_review(const struct maker *m)
{
	const struct record *r;
	struct oversight o;

	if (m->g->in->unscored)
		return;
	casefile_oversight(m->g->c, m->g->in, m->result.level, 0, &o);
	r = o.review;
	if (r == NULL)
		return;
	paper_add(m->p, PAPER_SUBHEADING, "Review by a second person");
	paper_addf(m->p, PAPER_NOTICE, "The level that holds: %s%s.",
	    screen_level_label(m->g->in, o.level), o.lowered ?
	    ", lowered by this review" : o.raised ?
	    ", raised by this review" : "");
	paper_field(m->p, "Set by the review", level_label(m,
	    record_text(r, "level")));
	paper_field(m->p, "Why", record_text(r, "reason"));
	paper_author(m->p, m->g, r);
}

static void
add_level(const struct maker *m)
{
	const struct instrument *in = m->g->in;
	const char *action = screen_action(in, &m->result);

	paper_add(m->p, PAPER_HEADING, "The level and why");
	if (in->unscored)
		paper_add(m->p, PAPER_TEXT, "The checklist is a memory aid: "
		    "it gives no level.");
	else
		paper_add(m->p, PAPER_NOTICE, screen_label(in, &m->result));
	if (action != NULL && *action != '\0')
		paper_add(m->p, PAPER_TEXT, action);
	add_counts(m);
	paper_add(m->p, PAPER_NOTICE, PAPER_SCREENING_AID);
	if (!in->unscored) {
		add_reasons(m);
		add_could_be(m);
	}
	add_judgement(m);
	add_review(m);
}

/* ---- the answers ---- */

static void
add_row(const struct maker *m, unsigned item, const struct record *r)
{
	struct str what, who;
	char on[SPAN_WORDS_MAX];
	const char *state = record_text(r, "state"), *cells[4];

	str_init(&what);
	str_add_fmt(&what, "%s ", m->g->in->items[item].id);
	str_add(&what, m->g->in->items[item].label);
	str_init(&who);
	str_add(&who, record_text(r, "evidence"));
	if (who.len > 0)
		str_add_char(&who, '\n');
	str_add(&who, record_text(r, "source"));
	if (*record_text(r, "source") != '\0' &&
	    *record_text(r, "agency") != '\0')
		str_add(&who, ", ");
	str_add(&who, record_text(r, "agency"));
	span_words(&r->entry.on, on);
	cells[0] = what.s;
	cells[1] = state;
	cells[2] = on;
	cells[3] = who.s;
	paper_row(m->p, cells, 4);
	str_release(&what);
	str_release(&who);
}

static bool
is_answer(const struct maker *m, unsigned item, const struct record *r)
{
	return record_stands(r) && strcmp(r->entry.kind, "observation") == 0 &&
	    strcmp(record_text(r, "instrument"), m->g->in->id) == 0 &&
	    strcmp(record_text(r, "indicator"),
	    m->g->in->items[item].id) == 0;
}

static void
add_answers(const struct maker *m)
{
	static const char *const heads[] = {"Indicator", "Answer", "When",
		"Evidence, and whose"};
	static const int widths[] = {4, 2, 2, 6};
	const struct casefile *c = m->g->c;
	struct str not_known;

	str_init(&not_known);
	paper_addf(m->p, PAPER_HEADING, "Answers: %s", m->g->in->title);
	paper_table(m->p, heads, widths, 4);
	for (unsigned i = 0; i < m->g->in->nitems; i++) {
		enum answer state = answers_get(&m->answers, i);

		for (size_t k = 0; k < c->nrecords; k++)
			if (is_answer(m, i, c->records[k]))
				add_row(m, i, c->records[k]);
		if (state == ANSWER_NOT_ASKED || state == ANSWER_NOT_KNOWN)
			str_add_fmt(&not_known, "%s%s", not_known.len > 0 ?
			    ", " : "", m->g->in->items[i].id);
	}
	if (not_known.len > 0)
		paper_addf(m->p, PAPER_TEXT, "Not known or not asked: %s. Not "
		    "known is never counted as absent.", not_known.s);
	str_release(&not_known);
}

/* ---- what is due ---- */

static bool
add_clock(const struct clock_row *row, void *ctx)
{
	const struct maker *m = ctx;
	const char *cells[4] = {row->label, NULL, row->owner, row->counted};
	struct str when;

	str_init(&when);
	if (row->due == INT64_MAX) {
		str_add(&when, "could not be counted");
	} else {
		if (row->due <= m->now && row->kind != DEADLINE_NOT_BEFORE)
			str_add(&when, "OVERDUE: ");
		if (row->kind == DEADLINE_NOT_BEFORE)
			str_add(&when, "not before: ");
		due_by_words(row->due, &when);
	}
	cells[1] = when.s;
	paper_row(m->p, cells, 4);
	str_release(&when);
	return true;
}

static bool
stop_at_first(const struct clock_row *row, void *ctx)
{
	(void)row;
	*(bool *)ctx = true;
	return false;
}

static void
add_clocks(struct maker *m)
{
	static const char *const heads[] = {"What", "By when", "Who",
		"How it was counted"};
	static const int widths[] = {3, 3, 2, 5};
	bool any = false;

	paper_add(m->p, PAPER_HEADING, "What is due");
	casefile_clocks(m->g->c, stop_at_first, &any);
	if (!any) {
		paper_add(m->p, PAPER_TEXT, m->g->c->closed != NULL ?
		    "Nothing is counted: the case is closed." : "Nothing.");
		return;
	}
	paper_table(m->p, heads, widths, 4);
	casefile_clocks(m->g->c, add_clock, m);
}

/* ---- the whole ---- */

const char *
paper_classification(const struct casefile *c)
{
	return c->opened != NULL && *record_text(c->opened, "study") != '\0' ?
	    PAPER_TRAINING : NULL;
}

void
paper_case(struct paper *p, const struct reading *g, int64_t now,
    const char *made)
{
	struct maker m = {.p = p, .g = g, .now = now};

	paper_init(p, "Case record", g->c->reference,
	    paper_classification(g->c), made);
	casefile_answers(g->c, g->in, moment_day(now), &m.answers);
	screen_run(g->in, &m.answers, &m.result);
	add_person(&m);
	add_voice(&m);
	add_level(&m);
	add_answers(&m);
	add_clocks(&m);
	paper_add(p, PAPER_HEADING, "Every entry, by the time of its writing");
	for (size_t i = 0; i < g->c->nrecords; i++)
		paper_record(p, g, g->c->records[i]);
}
