/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The page "Sharing" of a case: consent as it stands, what was shared or not
 * and why, who elsewhere has the case, and who alone may open it.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/consents.h"
#include "core/date.h"
#include "core/recordwords.h"
#include "core/roster.h"
#include "tui/app.h"
#include "tui/casepages.h"
#include "tui/entrywords.h"
#include "tui/recordpane.h"
#include "tui/sharingbundles.h"

#define INDENT RECORDPANE_INDENT

/* What a row without an entry is for; or what a referral stands there for. */
#define WRITE_SHARING "sharing"
#define WRITE_CONSENT "consent"
#define ABOUT_REFERRAL "about"

static const char *const kinds[] = {
	"sharing",
	"consent",
	NULL
};

/* ---- pieces ---- */

static void
add_text(struct recordpane *k, enum style s, const char *text)
{
	struct line_look look = {.indent = INDENT, .style = s};

	if (s == STYLE_WARNING) {
		look.lead = "!";
		look.lead_style = s;
	}
	if (*text != '\0')
		lines_add(&k->lines, &look, text);
}

static void
add_title(struct recordpane *k, const struct record *r, const char *text)
{
	bool struck = r->struck_by != NULL;
	struct line_look look = {.indent = INDENT,
	    .style = struck ? STYLE_STRUCK : STYLE_NORMAL,
	    .lead = struck ? "x" : casework_is_pending(k->w, r) ? "~" : "-",
	    .lead_style = struck ? STYLE_STRUCK : STYLE_PENDING};

	lines_add(&k->lines, &look, text);
}

static void
add_fields(struct recordpane *k, const struct record *r,
    const char *const *names)
{
	for (; *names != NULL; names++)
		recordpane_field(k, r, *names, INDENT,
		    recordpane_selected(k));
}

/* "Consent, 4 March 2026: Withdrawn" */
static void
title_with(struct recordpane *k, const struct record *r, const char *field,
    struct str *out)
{
	const struct span on = casework_on(k->w, r);
	const char *label = code_label(kind_field(r->kind, field)->codes,
	    casework_text(k->w, r, field));

	record_title(r, &on, out);
	str_add_fmt(out, ": %s", label != NULL ? label : "");
}

/* ---- consent ---- */

static void
add_overdue(struct recordpane *k, const struct record *r, const char *field,
    const char *what)
{
	struct line_look look = {.indent = INDENT, .style = STYLE_WARNING,
	    .lead = "!", .lead_style = STYLE_WARNING};
	int32_t day;

	if (day_parse(casework_text(k->w, r, field), &day, NULL) != RC_OK ||
	    day >= k->w->today || k->w->now.closed != NULL)
		return;
	lines_addf(&k->lines, &look, "%s is overdue by %d day%s.", what,
	    (int)(k->w->today - day), k->w->today - day == 1 ? "" : "s");
}

/* Which sharing rested on a consent that was withdrawn. */
static void
add_rested(struct recordpane *k, const struct record *consent, bool several)
{
	const struct casefile *c = &k->w->now;
	struct str words;
	bool any = false;

	str_init(&words);
	str_add(&words, several ? "These may have rested on it; decide anew: " :
	    "These rested on it; decide anew: ");
	for (size_t i = 0; i < c->nrecords; i++) {
		if (!consent_rested(c, consent, c->records[i]))
			continue;
		if (any)
			str_add(&words, "; ");
		record_title(c->records[i], NULL, &words);
		str_add_fmt(&words, ", to %s", casework_text(k->w,
		    c->records[i], "to"));
		any = true;
	}
	str_add(&words, ".");
	if (any)
		add_text(k, STYLE_WARNING, words.s);
	else
		add_text(k, STYLE_DIM, "No sharing decision rested on it.");
	str_release(&words);
}

static void
add_consent(struct recordpane *k, const struct record *r, bool several)
{
	static const char *const fields[] = {
		"to", "by", "words", "understood", "until", NULL
	};
	const char *state = casework_text(k->w, r, "state");
	struct str words;

	recordpane_row(k, r);
	str_init(&words);
	title_with(k, r, "state", &words);
	add_title(k, r, words.s);
	str_release(&words);
	if (strcmp(state, "withdrawn") == 0)
		add_rested(k, r, several);
	else if (strcmp(state, "given") == 0)
		add_overdue(k, r, "until", "Asking again");
	add_fields(k, r, fields);
	if (recordpane_selected(k))
		recordpane_foot(k, r);
}

static void
add_consents(struct recordpane *k)
{
	const struct record **list;
	size_t n;

	consents_now(&k->w->now, &list, &n);
	recordpane_heading(k, "Consent as it stands");
	for (size_t i = 0; i < n; i++)
		add_consent(k, list[i], n > 1);
	free((void *)list);
	recordpane_writer(k, WRITE_CONSENT, n == 0 ? "No consent is written "
	    "down. Enter writes what was said, refused or withdrawn." :
	    "Enter writes what was said now; withdrawn is an entry of its "
	    "own.");
}

/* ---- decisions ---- */

static void
add_withdrawn(struct recordpane *k, const struct record *r)
{
	const struct record *w = consent_withdrawn_of(&k->w->now, r);
	struct str words;

	if (w == NULL)
		return;
	str_init(&words);
	str_add(&words, "It rested on consent. Withdrawn since: ");
	record_title(w, NULL, &words);
	str_add_fmt(&words, " (%s).", casework_text(k->w, w, "to"));
	add_text(k, STYLE_WARNING, words.s);
	str_release(&words);
}

static void
add_decision(struct recordpane *k, const struct record *r)
{
	static const char *const fields[] = {
		"to", "what", "went_on", "route", "basis", "told",
		/* These only in the row in hand. */
		"told_why", "consent", "withheld", "asked_by", "asked",
		"reasons", "purpose", "advice", "decider", "review",
		"referral", NULL
	}, *const few[] = {
		"to", "what", "went_on", "route", "basis", "told", NULL
	};
	struct str words;

	recordpane_row(k, r);
	str_init(&words);
	title_with(k, r, "decision", &words);
	add_title(k, r, words.s);
	str_release(&words);
	if (record_stands(r)) {
		add_withdrawn(k, r);
		add_overdue(k, r, "review", "Its review");
	}
	add_fields(k, r, recordpane_selected(k) ? fields : few);
	if (recordpane_selected(k) || !record_stands(r))
		recordpane_foot(k, r);
}

static bool
has_decision(const struct casefile *c, const struct record *referral)
{
	for (size_t i = 0; i < c->nrecords; i++)
		if (record_stands(c->records[i]) &&
		    strcmp(c->records[i]->entry.kind, "sharing") == 0 &&
		    casefile_target(c, c->records[i], "referral") == referral)
			return true;
	return false;
}

/* A referral shares, too: the decision is written from what it says. */
static void
add_referrals(struct recordpane *k)
{
	const struct casefile *c = &k->w->now;
	struct line_look look = {.indent = INDENT, .style = STYLE_DIM,
	    .lead = "+", .lead_style = STYLE_DIM};

	for (size_t i = c->closed != NULL ? 0 : c->nrecords; i-- > 0;) {
		const struct record *r = c->records[i];
		struct str words;

		if (!record_stands(r) ||
		    strcmp(r->entry.kind, "referral") != 0 ||
		    casework_is_pending(k->w, r) || has_decision(c, r))
			continue;
		recordpane_row_of(k, ABOUT_REFERRAL, r);
		str_init(&words);
		record_title(r, NULL, &words);
		lines_addf(&k->lines, &look, "%s, to %s: no sharing decision "
		    "is written about it. Enter writes it, filled in from the "
		    "referral.", words.s, casework_text(k->w, r, "to"));
		str_release(&words);
	}
}

static size_t
add_decisions(struct recordpane *k)
{
	const struct casefile *c = &k->w->now;
	size_t n = 0;

	recordpane_heading(k, "Decisions to share and not to share");
	for (size_t i = c->nrecords; i-- > 0;) {
		if (strcmp(c->records[i]->entry.kind, "sharing") != 0 ||
		    c->records[i]->replaced_by != NULL)
			continue;
		add_decision(k, c->records[i]);
		n += record_stands(c->records[i]);
	}
	add_referrals(k);
	recordpane_writer(k, WRITE_SHARING, n == 0 ? "No sharing decision "
	    "yet. Enter writes one; a decision not to share, too." :
	    "Another decision: Enter.");
	return n;
}

/* ---- the restriction ---- */

static void
add_people(struct recordpane *k, const struct record *r)
{
	const json_t *list = json_object_get(r->body, "people");
	struct author_id key;
	struct str words;
	size_t n = 0;

	str_init(&words);
	str_add(&words, "Who alone may open it: ");
	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *hex = json_string_value(json_array_get(list, i));
		bool known = k->w->door.roster != NULL && hex != NULL &&
		    hex_parse(hex, key.b, AUTHOR_LEN);

		if (hex != NULL && !casefile_open_to(&k->w->now, hex))
			continue;
		str_add_fmt(&words, "%s%s", n++ > 0 ? ", " : "", known ?
		    roster_name(k->w->door.roster, &key) : "somebody who is "
		    "not known here");
	}
	add_text(k, STYLE_NORMAL, words.s);
	str_release(&words);
}

static void
add_restriction(struct recordpane *k)
{
	static const char *const fields[] = {"reason", "review", NULL};
	const struct record *r = k->w->now.restriction;
	struct str words;

	recordpane_heading(k, "Restriction");
	if (r == NULL) {
		lines_plain(&k->lines, STYLE_DIM, "Not restricted: everybody "
		    "whose role reads cases may open it. R restricts it, for "
		    "supervisors.");
		return;
	}
	recordpane_row(k, r);
	str_init(&words);
	str_add_fmt(&words, "Restricted by %s", casework_author(k->w, r));
	add_title(k, r, words.s);
	str_release(&words);
	add_overdue(k, r, "review", "Its review");
	add_people(k, r);
	add_fields(k, r, fields);
	if (recordpane_selected(k))
		recordpane_foot(k, r);
}

/* ---- the page ---- */

static void
fill(struct recordpane *k)
{
	size_t n;

	recordpane_unfinished(k, kinds);
	add_consents(k);
	sharing_bundles(k);
	n = add_decisions(k);
	add_restriction(k);
	(void)snprintf(k->title, sizeof(k->title), "Sharing (%zu)", n);
}

/* ---- keys ---- */

static bool
act(struct recordpane *k, const struct event *ev, struct app *app)
{
	const struct record_row *at = recordpane_at(k);
	bool answer = at != NULL && at->what != NULL &&
	    strcmp(at->what, SHARING_ANSWER) == 0;
	bool about = at != NULL && at->what != NULL && at->record != NULL &&
	    !answer;

	if (ev->act == ACT_ADD && (at == NULL || at->what == NULL)) {
		k->host->write(k->host->ctx, app, at != NULL &&
		    at->record != NULL && strcmp(at->record->entry.kind,
		    "consent") == 0 ? "consent" : "sharing");
		return true;
	}
	if (about && ev->act == ACT_STRIKE) {
		app_say(app, "The referral is struck where it stands: 5.");
		return true;
	}
	if ((ev->act != ACT_OPEN && ev->act != ACT_ADD) || at == NULL ||
	    at->what == NULL)
		return false;
	if (about || answer)
		k->host->about(k->host->ctx, app, answer ? "recall-answer" :
		    "sharing", at->record);
	else
		k->host->write(k->host->ctx, app, at->what);
	return true;
}

static const struct recordpane_type type = {
	.name = "sharing", .context = CONTEXT_PAGE, .topic = "sharing",
	.adds = "sharing", .fill = fill, .act = act,
};

struct pane *
sharingpage_new(struct casework *w, const struct case_host *host)
{
	return recordpane_new(&type, w, host);
}
