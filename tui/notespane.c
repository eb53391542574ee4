/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/notespane.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/utf8.h"
#include "core/vec.h"
#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/entrywords.h"
#include "tui/lines.h"
#include "tui/tick.h"
#include "tui/writemenu.h"

struct note_row {
	const struct record *record;	/* of w->now, or NULL */
	const char *unfinished;		/* kind, or NULL */
};

struct notespane {
	struct pane base;
	struct casework *w;
	const struct case_host *host;
	struct lines lines;
	struct note_row *rows;
	size_t nrows, caprows;
	char title[64];
	struct str find;
};

static const struct notespane *
notes_of(const struct pane *p)
{
	return (const struct notespane *)(const void *)p;
}

static struct notespane *
notes_mut(struct pane *p)
{
	return (struct notespane *)(void *)p;
}

/* ---- what it shows ---- */

static void
new_row(struct notespane *k, struct note_row r)
{
	k->rows = vec_room(k->rows, k->nrows, &k->caprows, sizeof(*k->rows));
	k->rows[k->nrows++] = r;
	(void)lines_row(&k->lines);
}

static void
add_unfinished(struct notespane *k, const char *kind)
{
	struct line_look look = {.indent = 4, .style = STYLE_PENDING,
	    .lead = "~", .lead_style = STYLE_PENDING};

	new_row(k, (struct note_row){NULL, kind});
	lines_addf(&k->lines, &look, "%s, not finished. Enter goes on with "
	    "it; x discards it.", kind_find(kind)->label);
}

static void
add_who(struct notespane *k, const struct record *r)
{
	struct line_look look = {.indent = 4, .style = STYLE_DIM};
	char when[SPAN_WORDS_MAX];

	if (casework_is_pending(k->w, r)) {
		look.style = STYLE_PENDING;
		lines_add(&k->lines, &look, "Not signed yet.");
		return;
	}
	moment_words(r->entry.at, when);
	lines_addf(&k->lines, &look, "%s, %s", casework_author(k->w, r),
	    when);
}

static void
add_strike(struct notespane *k, const struct record *r)
{
	struct line_look look = {.indent = 4, .style = STYLE_WARNING,
	    .lead = "x", .lead_style = STYLE_STRUCK};

	if (r->struck_by != NULL)
		lines_addf(&k->lines, &look, "Struck by %s: %s",
		    casework_author(k->w, r->struck_by),
		    casework_text(k->w, r->struck_by, "reason"));
}

/* A signed referral goes nowhere by itself. */
static void
add_unsent(struct notespane *k, const struct record *r)
{
	struct line_look look = {.indent = 4, .style = STYLE_WARNING,
	    .lead = "!", .lead_style = STYLE_WARNING};

	if (strcmp(r->entry.kind, "referral") == 0 && record_stands(r) &&
	    !casework_is_pending(k->w, r) && !entry_has_step(k->w, r))
		lines_add(&k->lines, &look, "Not noted as sent. Send it, then "
		    "press a here.");
}

static void
add_record(struct notespane *k, const struct record *r)
{
	bool struck = r->struck_by != NULL, open = k->nrows == k->lines.row;
	struct line_look look = {.indent = 4,
	    .style = struck ? STYLE_STRUCK : STYLE_NORMAL,
	    .lead = struck ? "x" : casework_is_pending(k->w, r) ? "~" : "-",
	    .lead_style = struck ? STYLE_STRUCK : STYLE_PENDING};
	struct str words;

	new_row(k, (struct note_row){r, NULL});
	str_init(&words);
	entry_title(k->w, r, &words);
	lines_add(&k->lines, &look, words.s);
	str_clear(&words);
	entry_summary(k->w, r, &words);
	look.lead = NULL;
	look.cut = !open;
	if (words.len > 0)
		lines_add(&k->lines, &look, words.s);
	str_release(&words);
	add_strike(k, r);
	add_unsent(k, r);
	if (r->replaced_by != NULL)
		lines_add(&k->lines, &(struct line_look){.indent = 4,
		    .style = STYLE_DIM}, "A later version takes its place.");
	if (open)
		add_who(k, r);
}

static void
fill(struct notespane *k)
{
	const struct casefile *now = &k->w->now;
	const struct kind *kinds;
	size_t i, n, nkinds;

	lines_clear(&k->lines);
	k->nrows = n = 0;
	kinds = kind_all(&nkinds);
	for (i = 0; i < nkinds; i++)
		if (kind_has_form(&kinds[i]) &&
		    k->host->unfinished(k->host->ctx, kinds[i].name))
			add_unfinished(k, kinds[i].name);
	for (i = now->nrecords; i-- > 0;) {
		const struct record *r = now->records[i];

		if (strcmp(r->entry.kind, "observation") == 0)
			continue;
		add_record(k, r);
		n++;
	}
	lines_free_text(&k->lines);
	if (k->nrows == 0)
		lines_plain(&k->lines, STYLE_DIM, "Nothing written yet. a: a "
		    "note. w: the child's own words. r: a referral. A: "
		    "anything else.");
	(void)snprintf(k->title, sizeof(k->title), "Notes and referrals (%zu)",
	    n);
	lines_done(&k->lines);
}

void
notespane_refresh(struct pane *p)
{
	fill(notes_mut(p));
}

/* ---- keys ---- */

static const struct note_row *
row_at(const struct notespane *k)
{
	return k->lines.row < k->nrows ? &k->rows[k->lines.row] : NULL;
}

static void
open_row(struct notespane *k, struct app *app)
{
	const struct note_row *at = row_at(k);
	size_t i;

	if (at == NULL)
		return;
	if (at->unfinished != NULL) {
		k->host->write(k->host->ctx, app, at->unfinished);
		return;
	}
	i = casework_pending_of(k->w, at->record);
	if (i < k->w->pending.n)
		k->host->edit(k->host->ctx, app, i, false);
	else
		k->host->show(k->host->ctx, app, at->record);
}

/*
 * Who the young person is may be put right: the new entry takes the place of
 * all that stand, so two values are settled in this way, too.
 */
static void
edit_row(struct notespane *k, struct app *app)
{
	const struct note_row *at = row_at(k);

	if (at != NULL && at->record != NULL &&
	    strcmp(at->record->entry.kind, "identity") == 0 &&
	    !casework_is_pending(k->w, at->record))
		k->host->write(k->host->ctx, app, "identity");
	else if (at != NULL && at->record != NULL &&
	    record_stands(at->record) &&
	    !casework_is_pending(k->w, at->record) &&
	    kind_field(at->record->kind, "replaces") != NULL)
		k->host->revise(k->host->ctx, app, at->record);
	else
		open_row(k, app);
}

static void
strike_row(struct notespane *k, struct app *app)
{
	const struct note_row *at = row_at(k);
	size_t i;

	if (at == NULL)
		return;
	if (at->unfinished != NULL) {
		k->host->discard(k->host->ctx, app, at->unfinished);
		return;
	}
	i = casework_pending_of(k->w, at->record);
	if (i < k->w->pending.n)
		tick_drop(k->w, i);
	else if (at->record->struck_by != NULL)
		app_say(app, "It is struck already.");
	else if (strcmp(at->record->entry.kind, "open") == 0)
		app_say(app, "The opening of a case is not struck.");
	else
		k->host->strike(k->host->ctx, app, at->record);
	fill(k);
}

static bool
row_has(const struct notespane *k, const struct record *r)
{
	struct str words, folded;
	const struct field *f;
	bool has;

	str_init(&words);
	str_init(&folded);
	entry_title(k->w, r, &words);
	for (f = r->kind != NULL ? r->kind->fields : NULL;
	    f != NULL && f->name != NULL; f++)
		entry_field_words(k->w, f, json_object_get(r->body, f->name),
		    &words);
	utf8_fold(&folded, words.s, words.len);
	has = strstr(folded.s, k->find.s) != NULL;
	str_release(&words);
	str_release(&folded);
	return has;
}

static void
find(struct notespane *k, struct app *app, bool back)
{
	size_t i, at = k->lines.row;

	if (k->find.len == 0)
		return;
	for (i = 1; i <= k->nrows; i++) {
		at = (at + (back ? k->nrows - 1 : 1)) % k->nrows;
		if (k->rows[at].record == NULL ||
		    !row_has(k, k->rows[at].record))
			continue;
		lines_select(&k->lines, at);
		fill(k);
		return;
	}
	app_say(app, "Not found in the notes.");
}

static void
find_done(void *ctx, struct app *app, const char *text)
{
	struct notespane *k = ctx;

	if (text == NULL || *text == '\0')
		return;
	str_clear(&k->find);
	utf8_fold(&k->find, text, strlen(text));
	find(k, app, false);
}

static void
search(struct notespane *k, struct app *app)
{
	struct prompt p = {.label = "Search the notes: ",
	    .history = "notes", .ctx = k, .done = find_done};

	app_prompt(app, &p);
}

static bool
notes_act(struct pane *p, const struct event *ev, struct app *app)
{
	struct notespane *k = notes_mut(p);

	if (lines_act(&k->lines, ev->act)) {
		fill(k);
		return true;
	}
	switch (ev->act) {
	case ACT_EDIT:
		edit_row(k, app);
		return true;
	case ACT_OPEN:
	case ACT_VIEW:
		open_row(k, app);
		return true;
	case ACT_ADD:
		k->host->write(k->host->ctx, app, "note");
		return true;
	case ACT_STRIKE:
		strike_row(k, app);
		return true;
	case ACT_SEARCH:
		search(k, app);
		return true;
	case ACT_NEXT:
	case ACT_PREV:
		find(k, app, ev->act == ACT_PREV);
		return true;
	default:
		return false;
	}
}

/* ---- the rest of the pane ---- */

static void
notes_draw(const struct pane *p, const struct view *v, bool focused)
{
	lines_draw(&notes_of(p)->lines, v, focused);
}

static void
notes_resize(struct pane *p, int w, int h)
{
	lines_resize(&notes_mut(p)->lines, w, h);
	fill(notes_mut(p));
}

static void
notes_destroy(struct pane *p)
{
	struct notespane *k = notes_mut(p);

	lines_release(&k->lines);
	str_release(&k->find);
	free(k->rows);
	free(k);
}

static const char *
notes_title(const struct pane *p)
{
	return notes_of(p)->title;
}

static const struct pane_ops notes_ops = {
	.name = "notes",
	.context = CONTEXT_NOTES,
	.topic = "notes",
	.draw = notes_draw,
	.act = notes_act,
	.resize = notes_resize,
	.destroy = notes_destroy,
	.title = notes_title,
};

struct pane *
notespane_new(struct casework *w, const struct case_host *host)
{
	struct notespane *k = xcalloc(1, sizeof(*k));

	k->base.ops = &notes_ops;
	k->w = w;
	k->host = host;
	lines_init(&k->lines);
	str_init(&k->find);
	fill(k);
	return &k->base;
}
