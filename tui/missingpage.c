/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The page "Missing" of a case: each episode with all that belongs to it,
 * the clock of its return interview, and the pattern of several.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "core/clocks.h"
#include "core/date.h"
#include "core/missing.h"
#include "core/recordwords.h"
#include "tui/app.h"
#include "tui/casepages.h"
#include "tui/entrylink.h"
#include "tui/entrywords.h"
#include "tui/recordpane.h"

#define INDENT RECORDPANE_INDENT
#define UNDER 6
#define NEW_EPISODE "new"

static const char *const kinds[] = {
	"missing",
	"located",
	"officer-told",
	"interview",
	NULL
};

/* ---- pieces ---- */

static void
add_line(struct recordpane *k, enum style s, int indent, const char *text)
{
	struct line_look look = {.indent = indent, .style = s};

	if (s == STYLE_WARNING) {
		look.lead = "!";
		look.lead_style = s;
	}
	if (*text != '\0')
		lines_add(&k->lines, &look, text);
}

static void
add_fields(struct recordpane *k, const struct record *r,
    const char *const *names, int indent)
{
	for (; *names != NULL; names++)
		recordpane_field(k, r, *names, indent,
		    recordpane_selected(k));
}

/* Nothing in a closed case is due. */
static bool
is_closed(const struct recordpane *k)
{
	return k->w->now.closed != NULL;
}

static int64_t
now_of(const struct recordpane *k)
{
	return k->w->door.now(k->w->door.ctx);
}

/* ---- an episode ---- */

static void
add_moment(struct str *out, int64_t at)
{
	char words[SPAN_WORDS_MAX];

	moment_words(at, words);
	str_add(out, words);
}

/* "From 18 November 2026 at 21:00 to ... (12 hours 30 minutes)" */
static void
add_times(struct recordpane *k, const struct missing_episode *m)
{
	bool back = m->until != INT64_MAX, away;
	int64_t end = back ? m->until : now_of(k);
	struct str out;

	if (m->since == INT64_MAX)
		return;
	away = !back && record_stands(m->record);
	str_init(&out);
	str_add(&out, away ? "Still missing, since " : "From ");
	add_moment(&out, m->since);
	if (back) {
		str_add(&out, " to ");
		add_moment(&out, m->until);
	}
	if ((back || away) && end >= m->since) {
		str_add(&out, " (");
		duration_words(end - m->since, &out);
		str_add(&out, ")");
	}
	add_line(k, away ? STYLE_WARNING : STYLE_NORMAL, INDENT, out.s);
	str_release(&out);
}

/* Whether it was held in time: by its day, for its hour is not written. */
static void
held_words(const struct missing_episode *m, struct str *out)
{
	char when[SPAN_WORDS_MAX];

	span_words(&m->interview->entry.on, when);
	str_add_fmt(out, "Return interview held on %s", when);
	if (m->interview_due == INT64_MAX)
		return;
	if (m->interview->entry.on.first <= moment_day(m->interview_due)) {
		str_add(out, ", within its 72 hours");
	} else {
		str_add(out, ", late: it was due ");
		due_by_words(m->interview_due, out);
	}
}

static void
waiting_words(const struct recordpane *k, const struct missing_episode *m,
    struct str *out)
{
	int64_t now = now_of(k);

	str_add(out, "Return interview due ");
	due_by_words(m->interview_due, out);
	str_add(out, now > m->interview_due ? ", overdue by " : ", in ");
	duration_words(now > m->interview_due ? now - m->interview_due :
	    m->interview_due - now, out);
	if (m->interview != NULL)
		str_add(out, ". One that was offered or declined does not "
		    "stop the clock");
}

static void
add_clock(struct recordpane *k, const struct missing_episode *m)
{
	struct str out;
	bool waits;

	if (m->located == NULL || !record_stands(m->record))
		return;
	str_init(&out);
	if (m->held)
		held_words(m, &out);
	else if (is_closed(k))
		str_add(&out, "No return interview was held");
	else if (m->interview_due != INT64_MAX)
		waiting_words(k, m, &out);
	else
		str_add(&out, "No return interview yet; its clock could not "
		    "be counted");
	str_add(&out, ".");
	waits = !m->held && !is_closed(k);
	add_line(k, waits && (m->interview_due == INT64_MAX ||
	    now_of(k) > m->interview_due) ? STYLE_WARNING : STYLE_NORMAL,
	    INDENT, out.s);
	str_release(&out);
	if (waits && recordpane_selected(k))
		add_line(k, STYLE_DIM, INDENT,
		    casework_text(k->w, m->located, "counted"));
}

static void
add_officer(struct recordpane *k, const struct missing_episode *m)
{
	struct str out;

	if (m->officer == OFFICER_NOTHING || is_closed(k))
		return;
	if (!recordpane_selected(k)) {
		add_line(k, STYLE_WARNING, INDENT,
		    m->officer == OFFICER_PATTERN ?
		    "Open: the reviewing officer is to be told of the "
		    "pattern." :
		    "Open: the reviewing officer is to be told of it.");
		return;
	}
	str_init(&out);
	str_add(&out, "Open: ");
	officer_words(m->officer, &out);
	add_line(k, STYLE_WARNING, INDENT, out.s);
	str_release(&out);
}

/* What to do next of an episode that is in hand. */
static void
add_next(struct recordpane *k, const struct record *r)
{
	const char *next = link_next(&k->w->now, r);
	struct line_look look = {.indent = INDENT, .style = STYLE_DIM};

	if (!recordpane_selected(k) || next == NULL)
		return;
	lines_addf(&k->lines, &look, "a writes what comes next: %s.",
	    kind_find(next)->label);
}

static void
add_row(struct recordpane *k, const struct record *r)
{
	bool struck = r->struck_by != NULL;
	struct line_look look = {.indent = INDENT,
	    .style = struck ? STYLE_STRUCK : STYLE_HEADING,
	    .lead = struck ? "x" : casework_is_pending(k->w, r) ? "~" : "-",
	    .lead_style = struck ? STYLE_STRUCK : STYLE_PENDING};

	recordpane_row(k, r);
	lines_add(&k->lines, &look, r->kind->label);
}

static void
add_episode_row(struct recordpane *k, const struct record *r)
{
	static const char *const own[] = {
		"from", "kind", "reported_by", "police_reference", "reasons",
		NULL
	};
	struct missing_episode m;

	missing_read(&k->w->now, r, &m);
	add_row(k, r);
	add_times(k, &m);
	if (record_stands(r)) {
		add_clock(k, &m);
		add_officer(k, &m);
		add_fields(k, r, own, INDENT);
		add_next(k, r);
	}
	recordpane_foot(k, r);
}

/* ---- what belongs to it, each a row of its own ---- */

static const char *const *
fields_of(const struct record *r)
{
	static const struct {
		const char *kind, *fields[6];
	} table[] = {
		{"located", {"at", "where", "with", "state", NULL}},
		{"officer-told", {"officer", "of", "by", "words", NULL}},
		{"interview", {"by", "independent", "words", "why", "action",
		    NULL}}
	};

	for (size_t i = 0; i < 2; i++)
		if (strcmp(table[i].kind, r->entry.kind) == 0)
			return table[i].fields;
	return table[2].fields;
}

static void
title_under(struct recordpane *k, const struct record *r, struct str *out)
{
	const struct span on = casework_on(k->w, r);
	const char *state;

	/* A return has a moment instead of a date. */
	if (strcmp(r->entry.kind, "located") == 0)
		str_add(out, r->kind->label);
	else
		record_title(r, &on, out);
	if (strcmp(r->entry.kind, "interview") == 0) {
		state = code_label(kind_field(r->kind, "state")->codes,
		    casework_text(k->w, r, "state"));
		str_add_fmt(out, ": %s", state != NULL ? state : "");
	}
}

static void
add_under(struct recordpane *k, const struct record *r)
{
	bool struck = r->struck_by != NULL;
	struct line_look look = {.indent = UNDER,
	    .style = struck ? STYLE_STRUCK : STYLE_LABEL,
	    .lead = struck ? "x" : casework_is_pending(k->w, r) ? "~" : "+",
	    .lead_style = struck ? STYLE_STRUCK : STYLE_PENDING};
	struct str words;

	recordpane_row(k, r);
	str_init(&words);
	title_under(k, r, &words);
	lines_add(&k->lines, &look, words.s);
	str_release(&words);
	if (!struck)
		add_fields(k, r, fields_of(r), UNDER);
	else
		add_line(k, STYLE_STRUCK, UNDER, "Struck as wrong.");
}

static void
add_episode(struct recordpane *k, const struct record *r)
{
	const struct casefile *c = &k->w->now;

	add_episode_row(k, r);
	if (r->replaced_by != NULL)
		return;
	for (size_t i = 0; i < c->nrecords; i++)
		if (missing_joins(c, c->records[i], r))
			add_under(k, c->records[i]);
}

/* ---- the pattern ---- */

static void
run_words(const struct missing_run *run, struct str *out)
{
	char first[SPAN_WORDS_MAX], last[SPAN_WORDS_MAX];
	struct span a = span_of_day(run->first), b = span_of_day(run->last);

	span_words(&a, first);
	span_words(&b, last);
	str_add_fmt(out, "Pattern: %d missing episodes within %d days, "
	    "between %s and %s. They ask for a strategy meeting (Derbyshire, "
	    "local).", run->count, run->within, first, last);
}

static void
add_pattern(struct recordpane *k)
{
	struct missing_run run;
	struct str out;

	if (!casefile_missing_run(&k->w->now, &run))
		return;
	str_init(&out);
	run_words(&run, &out);
	if (run.answer != NULL) {
		str_add(&out, " Answered: ");
		record_title(run.answer, NULL, &out);
		str_add(&out, ".");
	} else if (!is_closed(k)) {
		str_add(&out, " A strategy discussion (A), or a referral (r), "
		    "of that day or later answers it.");
	}
	add_line(k, run.answer != NULL || is_closed(k) ? STYLE_NORMAL :
	    STYLE_WARNING, INDENT, out.s);
	str_release(&out);
}

/* ---- the page ---- */

static size_t
count(const struct recordpane *k)
{
	const struct casefile *c = &k->w->now;
	size_t n = 0;

	for (size_t i = 0; i < c->nrecords; i++)
		n += record_stands(c->records[i]) &&
		    strcmp(c->records[i]->entry.kind, "missing") == 0;
	return n;
}

static void
add_heading(struct recordpane *k, size_t n)
{
	struct line_look look = {.indent = INDENT, .style = STYLE_HEADING,
	    .lead = "+", .lead_style = STYLE_HEADING};

	recordpane_row_of(k, NEW_EPISODE, NULL);
	if (n == 0)
		lines_add(&k->lines, &look, "No missing episode is written "
		    "down. a or Enter here writes one.");
	else
		lines_addf(&k->lines, &look, "%zu episode%s. a or Enter here "
		    "writes another; on an episode a writes what comes next.",
		    n, n == 1 ? "" : "s");
}

static void
fill(struct recordpane *k)
{
	const struct casefile *c = &k->w->now;
	size_t n = count(k);

	recordpane_unfinished(k, kinds);
	add_heading(k, n);
	add_pattern(k);
	for (size_t i = c->nrecords; i-- > 0;)
		if (strcmp(c->records[i]->entry.kind, "missing") == 0)
			add_episode(k, c->records[i]);
	(void)snprintf(k->title, sizeof(k->title), "Missing (%zu)", n);
}

/* ---- keys ---- */

/* The episode that the selected row is, or belongs to. */
static const struct record *
episode_at(const struct recordpane *k)
{
	const struct record_row *at = recordpane_at(k);

	if (at == NULL || at->record == NULL)
		return NULL;
	if (strcmp(at->record->entry.kind, "missing") == 0)
		return at->record;
	return casefile_target(&k->w->now, at->record, "episode");
}

static void
write_next(struct recordpane *k, struct app *app)
{
	const struct record *r = episode_at(k);
	const char *kind = r != NULL ? link_next(&k->w->now, r) : "missing";

	if (r != NULL && casework_is_pending(k->w, r))
		app_say(app, "Sign it first: $. Then what comes next is "
		    "written here.");
	else if (kind == NULL)
		app_say(app, "Nothing comes after it. On the first line a "
		    "writes another episode.");
	else if (r != NULL)
		k->host->about(k->host->ctx, app, kind, r);
	else
		k->host->write(k->host->ctx, app, kind);
}

static bool
act(struct recordpane *k, const struct event *ev, struct app *app)
{
	const struct record_row *at = recordpane_at(k);

	if (ev->act != ACT_ADD &&
	    (ev->act != ACT_OPEN || at == NULL || at->what == NULL))
		return false;
	write_next(k, app);
	return true;
}

static const struct recordpane_type type = {
	.name = "missing", .context = CONTEXT_PAGE, .topic = "missing",
	.adds = "missing", .fill = fill, .act = act,
};

struct pane *
missingpage_new(struct casework *w, const struct case_host *host)
{
	return recordpane_new(&type, w, host);
}
