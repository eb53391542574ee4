/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The page "Referrals" of a case: what there is to chase, by deadline; each
 * referral with its steps under it and the one that comes next; and the steps
 * of child protection after them.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/chase.h"
#include "core/clocks.h"
#include "core/date.h"
#include "core/recordwords.h"
#include "tui/app.h"
#include "tui/casepages.h"
#include "tui/entrylink.h"
#include "tui/entrywords.h"
#include "tui/recordpane.h"
#include "tui/words.h"

static const char *const kinds[] = {
	"referral", "referral-step", "nrm", "process", "transfer",
	"transfer-receipt", NULL
};

static bool
is_kind(const struct record *r, const char *kind)
{
	return strcmp(r->entry.kind, kind) == 0;
}

static int64_t
now_of(const struct recordpane *k)
{
	return k->w->door.now(k->w->door.ctx);
}

/* "today", "1 day", "12 days" */
static void
wait_words(const struct recordpane *k, int32_t since, struct str *out)
{
	int32_t days = k->w->today - since;

	if (days <= 0)
		str_add(out, "today");
	else
		str_add_fmt(out, "for %d day%s", (int)days,
		    days == 1 ? "" : "s");
}

/* "Sent, no receipt yet, for 3 days. Ring them: have they got it?" */
static void
state_words(const struct recordpane *k, const struct record *r,
    struct str *out)
{
	int32_t since = 0;
	enum referral_state s = referral_state(&k->w->now, r, &since);
	const char *words = referral_state_words(s);

	str_add_fmt(out, "%c%s", words[0] - 'a' + 'A', words + 1);
	if (s == REFERRAL_OVER) {
		str_add(out, ".");
		return;
	}
	str_add(out, since >= k->w->today ? ": " : " ");
	wait_words(k, since, out);
	str_add_fmt(out, ". %s", referral_state_todo(s));
}

/* ---- to chase ---- */

static const char *
whom(const struct record *r)
{
	const char *to = record_text(r, "to");

	return *to != '\0' ? to : record_text(r, "who");
}

static void
chase_words(const struct recordpane *k, const struct chase *ch,
    struct str *out)
{
	if (ch->due == INT64_MAX && *ch->label != '\0')
		str_add(out, "not counted");
	soon_words(out, ch->due, now_of(k));
	if (*ch->label != '\0')
		str_add_fmt(out, ": %s. ", ch->label);
	entry_title(k->w, ch->record, out);
	if (*whom(ch->record) != '\0' && strchr(whom(ch->record), '\n') ==
	    NULL)
		str_add_fmt(out, ", %s", whom(ch->record));
	str_add(out, ". ");
	if (is_kind(ch->record, "referral"))
		state_words(k, ch->record, out);
}

static void
add_chase(struct recordpane *k, const struct chase *ch)
{
	struct line_look look = {.indent = 4, .lead = "!",
	    .style = soon_style(ch->due, now_of(k)),
	    .lead_style = STYLE_WARNING};
	struct str words;

	recordpane_row(k, ch->record);
	look.cut = !recordpane_selected(k);
	str_init(&words);
	chase_words(k, ch, &words);
	lines_add(&k->lines, &look, words.s);
	str_clear(&words);
	look = (struct line_look){.indent = 4, .style = STYLE_DIM};
	if (recordpane_selected(k))
		clock_counted(ch->record, ch->rule, &words);
	if (words.len > 0)
		lines_add(&k->lines, &look, words.s);
	str_release(&words);
}

static void
add_chases(struct recordpane *k)
{
	struct chase *list;
	char heading[64];
	size_t n;

	chase_list(&k->w->now, &list, &n);
	if (n > 0) {
		(void)snprintf(heading, sizeof(heading),
		    "To chase, by deadline (%zu)", n);
		recordpane_heading(k, heading);
	}
	for (size_t i = 0; i < n; i++)
		add_chase(k, &list[i]);
	free(list);
}

/* ---- the entries ---- */

struct remark {
	struct recordpane *k;
	const struct record *r;
};

static bool
add_clock(const struct clock_row *row, void *ctx)
{
	const struct remark *m = ctx;
	struct line_look look = {.indent = 4, .lead = "!",
	    .style = soon_style(row->due, now_of(m->k)),
	    .lead_style = STYLE_WARNING};
	struct str words;

	if (row->record != m->r)
		return true;
	str_init(&words);
	str_add_fmt(&words, "%s, ", row->label);
	soon_words(&words, row->due, now_of(m->k));
	str_add(&words, ": ");
	due_by_words(row->due, &words);
	str_add(&words, ".");
	lines_add(&m->k->lines, &look, words.s);
	str_release(&words);
	return true;
}

/* What there is to do about an entry, and until when. */
static void
add_remarks(struct recordpane *k, const struct record *r)
{
	struct line_look look = {.indent = 4, .style = STYLE_LABEL,
	    .lead = ">", .lead_style = STYLE_LABEL};
	struct remark m = {k, r};
	struct str words;

	if (!record_stands(r) || k->w->now.closed != NULL)
		return;
	casefile_clocks(&k->w->now, add_clock, &m);
	if (!is_kind(r, "referral") || casework_is_pending(k->w, r))
		return;
	str_init(&words);
	state_words(k, r, &words);
	if (referral_state(&k->w->now, r, NULL) != REFERRAL_OVER)
		str_add(&words, " a writes the next step.");
	lines_add(&k->lines, &look, words.s);
	str_release(&words);
}

static void
step_words(const struct recordpane *k, const struct record *r,
    struct str *out)
{
	struct str more;

	str_init(&more);
	entry_title(k->w, r, out);
	entry_summary(k->w, r, &more);
	if (more.len > 0)
		str_add_fmt(out, ". %s", more.s);
	str_release(&more);
}

/* An entry under what it is about. */
static void
add_step(struct recordpane *k, const struct record *r)
{
	bool struck = r->struck_by != NULL;
	struct line_look look = {.indent = 8,
	    .style = struck ? STYLE_STRUCK : STYLE_NORMAL,
	    .lead = struck ? "    x" : casework_is_pending(k->w, r) ?
		"    ~" : "    -",
	    .lead_style = struck ? STYLE_STRUCK : STYLE_PENDING};
	struct str words;

	recordpane_row(k, r);
	look.cut = !recordpane_selected(k);
	str_init(&words);
	step_words(k, r, &words);
	lines_add(&k->lines, &look, words.s);
	str_release(&words);
}

static void
add_whole(struct recordpane *k, const struct record *r)
{
	const struct casefile *c = &k->w->now;

	recordpane_record(k, r);
	add_remarks(k, r);
	for (size_t i = 0; i < c->nrecords; i++)
		if (link_joins(c, c->records[i], r))
			add_step(k, c->records[i]);
}

/* True if it stands under the entry that it is about. */
static bool
is_under(const struct casefile *c, const struct record *r)
{
	for (size_t i = 0; i < c->nrecords; i++)
		if (link_joins(c, r, c->records[i]))
			return true;
	return false;
}

/* The latest first; a heading only where there is something under it. */
static size_t
add_group(struct recordpane *k, const char *heading,
    const char *const *group)
{
	const struct casefile *c = &k->w->now;
	size_t n = 0;

	for (size_t i = c->nrecords; i-- > 0;) {
		const struct record *r = c->records[i];
		const char *const *g = group;

		while (*g != NULL && !is_kind(r, *g))
			g++;
		if (*g == NULL || is_under(c, r))
			continue;
		if (n++ == 0)
			recordpane_heading(k, heading);
		add_whole(k, r);
	}
	return n;
}

static void
fill(struct recordpane *k)
{
	static const char *const referrals[] = {
		"referral", "referral-step", "nrm", NULL
	};
	static const char *const after[] = {
		"process", "transfer", "transfer-receipt", NULL
	};
	size_t n;

	recordpane_unfinished(k, kinds);
	add_chases(k);
	n = add_group(k, "Referrals", referrals);
	(void)snprintf(k->title, sizeof(k->title), "Referrals (%zu)", n);
	n += add_group(k, "Child protection and files sent on", after);
	if (k->nrows == 0)
		lines_plain(&k->lines, STYLE_DIM, "No referral yet. r writes "
		    "one, filled in from the ticks. A writes a step of child "
		    "protection or a file sent on. :services shows whom to "
		    "refer to.");
}

/* ---- keys ---- */

/* What the selected row belongs to: itself, or what it is about. */
static const struct record *
subject(const struct recordpane *k)
{
	const struct record_row *at = recordpane_at(k);
	const struct casefile *c = &k->w->now;

	if (at == NULL || at->record == NULL)
		return NULL;
	for (size_t i = 0; i < c->nrecords; i++)
		if (link_joins(c, at->record, c->records[i]))
			return c->records[i];
	return at->record;
}

/* What follows a process step is another one. */
static const char *
next_kind(const struct recordpane *k, const struct record *r)
{
	if (is_kind(r, "process"))
		return "process";
	return link_next(&k->w->now, r);
}

static void
write_next(struct recordpane *k, struct app *app)
{
	const struct record *r = subject(k);
	const char *kind = r != NULL ? next_kind(k, r) : "referral";

	if (r != NULL && casework_is_pending(k->w, r))
		app_say(app, "Sign it first: $. Then its next step is "
		    "written here.");
	else if (kind == NULL)
		app_say(app, "Nothing comes after it. r writes a new "
		    "referral, A anything else.");
	else if (link_target(kind) == NULL || r == NULL)
		k->host->write(k->host->ctx, app, kind);
	else
		k->host->about(k->host->ctx, app, kind, r);
}

static bool
act(struct recordpane *k, const struct event *ev, struct app *app)
{
	if (ev->act != ACT_ADD)
		return false;
	write_next(k, app);
	return true;
}

static const struct recordpane_type type = {
	.name = "referrals", .context = CONTEXT_PAGE, .topic = "referral",
	.adds = "referral", .fill = fill, .act = act,
};

struct pane *
referralspage_new(struct casework *w, const struct case_host *host)
{
	return recordpane_new(&type, w, host);
}
