/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The page "Plan" of a case: the safety plan as it stands, its actions, what
 * is offered to the young person as a victim and witness, and the closing.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/closing.h"
#include "core/date.h"
#include "core/planstate.h"
#include "core/recordwords.h"
#include "tui/app.h"
#include "tui/casepages.h"
#include "tui/entrylink.h"
#include "tui/entrywords.h"
#include "tui/firstbody.h"
#include "tui/recordpane.h"

#define INDENT RECORDPANE_INDENT

/* What a row is for, where it is no entry or more than one; else a support. */
#define WRITE_PLAN "write:plan"
#define WRITE_ACTION "write:action"
#define WRITE_CLOSE "write:close"
#define WRITE_REOPEN "write:reopen"
#define WRITE "write:"

static const char *const kinds[] = {
	"plan",
	"action",
	"action-outcome",
	"support",
	"close",
	"reopen",
	NULL
};

/* ---- pieces ---- */

static bool
stands(const struct record *r, const char *kind)
{
	return record_stands(r) && strcmp(r->entry.kind, kind) == 0;
}

static void
add_text(struct recordpane *k, enum style s, const char *text)
{
	struct line_look look = {.indent = INDENT, .style = s};

	if (*text != '\0')
		lines_add(&k->lines, &look, text);
}

/* An entry's first line: ~ while it is not signed. */
static void
add_title(struct recordpane *k, const struct record *r, enum style s,
    const char *text)
{
	bool pending = r != NULL && casework_is_pending(k->w, r);
	struct line_look look = {.indent = INDENT, .style = s,
	    .lead = pending ? "~" : s == STYLE_WARNING ? "!" : "-",
	    .lead_style = pending ? STYLE_PENDING : s};

	lines_add(&k->lines, &look, text);
}

/* Every field that a person filled in, but the first n. */
static void
add_fields(struct recordpane *k, const struct record *r, size_t n,
    bool whole)
{
	for (const struct field *f = r->kind->fields + n; f->name != NULL; f++)
		if ((f->flags & FIELD_HIDDEN) == 0)
			recordpane_field(k, r, f->name, INDENT, whole);
}

/* ---- the safety plan ---- */

static void
add_review(struct recordpane *k, const struct record *r)
{
	int32_t day;

	if (day_parse(casework_text(k->w, r, "review"), &day, NULL) !=
	    RC_OK || day >= k->w->today || k->w->now.closed != NULL)
		return;
	lines_addf(&k->lines, &(struct line_look){.indent = INDENT,
	    .style = STYLE_WARNING, .lead = "!",
	    .lead_style = STYLE_WARNING}, "Its review is overdue by %d "
	    "day%s. e writes the plan anew.", (int)(k->w->today - day),
	    k->w->today - day == 1 ? "" : "s");
}

static void
add_plan(struct recordpane *k, const struct record *r)
{
	const struct span on = casework_on(k->w, r);
	struct str words;

	recordpane_row(k, r);
	str_init(&words);
	record_title(r, &on, &words);
	add_title(k, r, STYLE_NORMAL, words.s);
	str_release(&words);
	add_review(k, r);
	add_fields(k, r, 0, recordpane_selected(k));
	if (recordpane_selected(k))
		recordpane_foot(k, r);
}

static void
add_plans(struct recordpane *k)
{
	const struct casefile *c = &k->w->now;
	size_t n = 0, earlier = 0;

	recordpane_heading(k, "Safety plan");
	for (size_t i = c->nrecords; i-- > 0;) {
		earlier += strcmp(c->records[i]->entry.kind, "plan") == 0 &&
		    c->records[i]->replaced_by != NULL;
		if (!stands(c->records[i], "plan"))
			continue;
		add_plan(k, c->records[i]);
		n++;
	}
	if (earlier > 0)
		add_text(k, STYLE_DIM, "Earlier versions stand in the "
		    "chronology.");
	if (n == 0)
		recordpane_writer(k, WRITE_PLAN, "No plan yet. Enter writes "
		    "a safety plan, made with the young person.");
}

/* ---- actions ---- */

static void
add_action(struct recordpane *k, const struct plan_action *a)
{
	const struct record *r = a->record;
	struct line_look look = {.indent = INDENT};
	struct str words;

	recordpane_row(k, r);
	look.cut = !recordpane_selected(k);
	look.lead = casework_is_pending(k->w, r) ? "~" : "-";
	look.lead_style = STYLE_PENDING;
	lines_add(&k->lines, &look, casework_text(k->w, r, "what"));
	str_init(&words);
	str_add_fmt(&words, "%s: ", casework_text(k->w, r, "owner"));
	plan_action_words(a, k->w->today, &words);
	if (a->state == ACTION_OVERDUE) {
		struct line_look late = {.indent = INDENT,
		    .style = STYLE_WARNING, .lead = "!",
		    .lead_style = STYLE_WARNING};

		lines_add(&k->lines, &late, words.s);
	} else {
		add_text(k, a->state == ACTION_OVER ? STYLE_DIM :
		    STYLE_NORMAL, words.s);
	}
	str_release(&words);
	if (a->outcome != NULL)
		recordpane_field(k, a->outcome, "words", INDENT,
		    recordpane_selected(k));
	else if (recordpane_selected(k))
		add_text(k, STYLE_DIM, "a writes what became of it, e puts it "
		    "right.");
	if (recordpane_selected(k))
		recordpane_foot(k, r);
}

static void
add_actions(struct recordpane *k, size_t *open)
{
	struct plan_action *list;
	size_t n;

	*open = 0;
	plan_actions(&k->w->now, k->w->today, &list, &n);
	recordpane_heading(k, "Actions");
	for (size_t i = 0; i < n; i++) {
		add_action(k, &list[i]);
		*open += list[i].state != ACTION_OVER;
	}
	free(list);
	recordpane_writer(k, WRITE_ACTION, n == 0 ? "No action yet. Enter "
	    "writes what somebody will do, and by when." :
	    "Another action: Enter.");
}

/* ---- support ---- */

static void
add_state(struct recordpane *k, const struct support_line *s)
{
	struct span on;
	char when[SPAN_WORDS_MAX];
	struct str words;

	str_init(&words);
	support_words(s, &words);
	if (s->latest != NULL) {
		on = casework_on(k->w, s->latest);
		span_words(&on, when);
		str_add_fmt(&words, ", %s, by %s", when,
		    casework_text(k->w, s->latest, "by"));
	}
	if (words.s[0] >= 'a' && words.s[0] <= 'z')
		words.s[0] = (char)(words.s[0] - 'a' + 'A');
	add_text(k, s->latest == NULL ? STYLE_UNKNOWN : STYLE_NORMAL,
	    words.s);
	str_release(&words);
}

static void
add_history(struct recordpane *k, const struct support_line *s)
{
	const struct casefile *c = &k->w->now;

	for (size_t i = c->nrecords; i-- > 0 && s->n > 1;) {
		struct support_line one = {s->support, c->records[i], 1};

		if (c->records[i] != s->latest &&
		    stands(c->records[i], "support") &&
		    strcmp(record_text(c->records[i], "support"),
		    s->support->id) == 0)
			add_state(k, &one);
	}
}

static void
add_support(struct recordpane *k, const struct code *code)
{
	struct support_line s;

	support_read(&k->w->now, code, &s);
	recordpane_row_of(k, code->id, s.latest);
	add_title(k, s.latest, STYLE_NORMAL, code->label);
	add_state(k, &s);
	if (recordpane_selected(k)) {
		if (s.latest != NULL)
			add_fields(k, s.latest, 3, true);
		add_history(k, &s);
		add_text(k, STYLE_DIM, s.latest == NULL ? "Enter or Space "
		    "writes what became of it." : "Enter or Space writes the "
		    "next entry; v shows the latest.");
	}
}

static void
add_supports(struct recordpane *k)
{
	const struct code *codes;
	struct support_line s;
	size_t n, offered = 0;
	char heading[80];

	codes = support_codes(&n);
	for (size_t i = 0; i < n; i++) {
		support_read(&k->w->now, &codes[i], &s);
		offered += s.latest != NULL &&
		    strcmp(record_text(s.latest, "state"), "not-offered") != 0;
	}
	(void)snprintf(heading, sizeof(heading), "Support for a victim and "
	    "witness (%zu of %zu offered)", offered, n);
	recordpane_heading(k, heading);
	for (size_t i = 0; i < n; i++)
		add_support(k, &codes[i]);
}

/* ---- closing ---- */

static const struct record *
last_reopening(const struct casefile *c)
{
	for (size_t i = c->nrecords; i-- > 0;)
		if (stands(c->records[i], "reopen"))
			return c->records[i];
	return NULL;
}

static void
add_open_things(struct recordpane *k)
{
	struct line_look look = {.indent = INDENT + 2, .lead = "-"};
	struct open_things t;

	closing_things(k->w, &t);
	if (t.n > 0)
		add_text(k, STYLE_NORMAL, "Still open. A closing says a word "
		    "on each:");
	else
		add_text(k, STYLE_NORMAL, "Nothing is open.");
	for (size_t i = 0; i < t.n; i++)
		lines_add(&k->lines, &look, t.list[i].words);
	closing_release(&t);
}

static void
add_step(struct recordpane *k, const struct record *r)
{
	struct str words;

	recordpane_row(k, r);
	str_init(&words);
	entry_title(k->w, r, &words);
	add_title(k, r, STYLE_NORMAL, words.s);
	str_release(&words);
	/* The last step is read whole: it says what was left open. */
	add_fields(k, r, 0, true);
	if (recordpane_selected(k))
		recordpane_foot(k, r);
}

static void
add_closing(struct recordpane *k)
{
	const struct casefile *c = &k->w->now;
	const struct record *again = last_reopening(c);

	recordpane_heading(k, "Closing");
	if (c->closed != NULL) {
		add_step(k, c->closed);
		recordpane_writer(k, WRITE_REOPEN,
		    "Open the case again: Enter.");
		return;
	}
	if (again != NULL)
		add_step(k, again);
	recordpane_writer(k, WRITE_CLOSE,
	    "Close the case, with the reason: Enter.");
	add_open_things(k);
}

/* ---- the page ---- */

static void
fill(struct recordpane *k)
{
	size_t open;

	recordpane_unfinished(k, kinds);
	add_plans(k);
	add_actions(k, &open);
	add_supports(k);
	add_closing(k);
	(void)snprintf(k->title, sizeof(k->title), "Plan (%zu open)", open);
}

/* ---- keys ---- */

static bool
is_writer(const struct record_row *at)
{
	return strncmp(at->what, WRITE, strlen(WRITE)) == 0;
}

/* What `a` writes where the row says nothing of its own. */
static void
write_next(struct recordpane *k, const struct record_row *at,
    struct app *app)
{
	const struct record *r = at != NULL ? at->record : NULL;
	const char *kind = r != NULL ? link_next(&k->w->now, r) : NULL;

	if (kind != NULL && casework_is_pending(k->w, r))
		app_say(app, "Sign it first: $. Then what became of it is "
		    "written here.");
	else if (kind != NULL)
		k->host->about(k->host->ctx, app, kind, r);
	else if (r != NULL && strcmp(r->entry.kind, "close") == 0)
		k->host->write(k->host->ctx, app, "reopen");
	else
		k->host->write(k->host->ctx, app, "action");
}

static bool
act(struct recordpane *k, const struct event *ev, struct app *app)
{
	const struct record_row *at = recordpane_at(k);
	bool chooses = ev->act == ACT_OPEN || ev->act == ACT_CHOOSE ||
	    ev->act == ACT_ADD;

	if (!chooses || at == NULL || at->unfinished != NULL)
		return false;
	if (at->what != NULL && is_writer(at))
		k->host->write(k->host->ctx, app, at->what + strlen(WRITE));
	else if (at->what != NULL)
		k->host->choose(k->host->ctx, app, "support", at->what);
	else if (ev->act == ACT_ADD)
		write_next(k, at, app);
	else
		return false;
	return true;
}

static const struct recordpane_type type = {
	.name = "plan", .context = CONTEXT_PAGE, .topic = "plan",
	.adds = "plan", .fill = fill, .act = act,
};

struct pane *
planpage_new(struct casework *w, const struct case_host *host)
{
	return recordpane_new(&type, w, host);
}
