/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/notespane.h"

#include <stdio.h>
#include <string.h>

#include "core/chase.h"
#include "tui/entrylink.h"
#include "tui/entrywords.h"
#include "tui/recordpane.h"
#include "tui/riskreview.h"

/* A signed referral goes nowhere by itself. */
static void
add_unsent(struct recordpane *k, const struct record *r)
{
	struct line_look look = {.indent = 4, .style = STYLE_WARNING,
	    .lead = "!", .lead_style = STYLE_WARNING};
	const char *next;

	if (strcmp(r->entry.kind, "referral") != 0 || !record_stands(r) ||
	    casework_is_pending(k->w, r) ||
	    referral_state(&k->w->now, r, NULL) != REFERRAL_WRITTEN)
		return;
	next = link_next(&k->w->now, r);
	lines_add(&k->lines, &look, next != NULL && strcmp(next, "nrm") == 0 ?
	    "Not noted as sent. Press a here: its own form, then each step." :
	    "Not noted as sent. Send it, then press a here.");
}

/* What a second person asks, and how two looks stand together. */
static void
add_review(struct recordpane *k, const struct record *r)
{
	struct line_look look = {.indent = 4, .style = STYLE_WARNING,
	    .lead = "!", .lead_style = STYLE_WARNING};
	const struct record *first = review_first(k->w, r);
	struct str words;

	if (r == k->w->held.returned)
		lines_add(&k->lines, &look, review_answer_how(k->w, r));
	if (r == k->w->held.flag)
		lines_add(&k->lines, &look, casework_is_mine(k->w, r) ?
		    "Waits for a supervisor. a takes it down." :
		    "Waits for a supervisor: V decides on it.");
	if (first == NULL || casework_hides(k->w, first))
		return;
	look.style = look.lead_style = STYLE_NORMAL;
	look.lead = "1";
	str_init(&words);
	str_add(&words, "The first look. ");
	review_words(k->w, first, &words);
	lines_add(&k->lines, &look, words.s);
	str_release(&words);
}

static void
remark(struct recordpane *k, const struct record *r)
{
	add_unsent(k, r);
	add_review(k, r);
}

/* What waits to be answered stands first. */
static const struct record *
first_of(const struct recordpane *k)
{
	return k->w->blind ? NULL : k->w->held.returned;
}

/* The session's own entries are the story's to tell. */
static bool
is_told_there(const struct recordpane *k, const struct record *r)
{
	return k->w->stage.date != NULL &&
	    strcmp(r->entry.kind, "note") != 0;
}

static void
say_nothing_yet(struct recordpane *k)
{
	lines_plain(&k->lines, STYLE_DIM, k->w->stage.date != NULL ?
	    "Nothing written yet. o writes the note of this stage: facts, "
	    "concern, risk, action, and why." :
	    "Nothing written yet. a: a note. w: the child's own words. r: a "
	    "referral. A: anything else.");
}

static void
fill(struct recordpane *k)
{
	const struct casefile *now = &k->w->now;
	size_t n = 0;

	recordpane_unfinished(k, NULL);
	if (first_of(k) != NULL) {
		recordpane_record(k, first_of(k));
		n++;
	}
	for (size_t i = now->nrecords; i-- > 0;) {
		const struct record *r = now->records[i];

		if (strcmp(r->entry.kind, "observation") == 0 ||
		    r == first_of(k) || casework_hides(k->w, r) ||
		    is_told_there(k, r))
			continue;
		recordpane_record(k, r);
		n++;
	}
	lines_free_text(&k->lines);
	if (k->nrows == 0)
		say_nothing_yet(k);
	(void)snprintf(k->title, sizeof(k->title), "%s (%zu)",
	    k->w->stage.date != NULL ? "Notes" : "Notes and referrals", n);
}

/* On an entry that waits for its next step, a writes that. */
static bool
act(struct recordpane *k, const struct event *ev, struct app *app)
{
	const struct record *r = recordpane_in_hand(&k->base);
	const char *next = ev->act == ACT_ADD && r != NULL &&
	    !casework_is_pending(k->w, r) ? link_next(&k->w->now, r) : NULL;

	if (next == NULL)
		return false;
	k->host->about(k->host->ctx, app, next, r);
	return true;
}

static const struct recordpane_type notes = {
	.name = "notes", .context = CONTEXT_NOTES, .topic = "notes",
	.fill = fill, .remark = remark, .act = act,
};

struct pane *
notespane_new(struct casework *w, const struct case_host *host)
{
	return recordpane_new(&notes, w, host);
}
