/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/recordpane.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/doubts.h"
#include "core/recordwords.h"
#include "core/utf8.h"
#include "core/vec.h"
#include "core/versions.h"
#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/entrywords.h"
#include "tui/firstbody.h"
#include "tui/lines.h"
#include "tui/tick.h"
#include "tui/writemenu.h"

static const struct recordpane *
pane_of(const struct pane *p)
{
	return (const struct recordpane *)(const void *)p;
}

static struct recordpane *
pane_mut(struct pane *p)
{
	return (struct recordpane *)(void *)p;
}

/* ---- what it shows ---- */

static void
new_row(struct recordpane *k, struct record_row r)
{
	k->rows = vec_room(k->rows, k->nrows, &k->caprows, sizeof(*k->rows));
	k->rows[k->nrows++] = r;
	(void)lines_row(&k->lines);
}

/* "Return interview on Missing episode, 4 March 2026" */
static void
unfinished_words(const struct recordpane *k, const char *kind,
    const char *what, struct str *out)
{
	const struct record *r = NULL;
	struct entry_id id;

	str_add(out, kind_find(kind)->label);
	if (*what == '\0')
		return;
	if (chosen_label(kind, what) != NULL) {
		str_add_fmt(out, ": %s", chosen_label(kind, what));
		return;
	}
	if (hex_parse(what, id.b, ENTRY_ID_LEN))
		r = casefile_find(&k->w->now, &id);
	str_add(out, " on ");
	if (r != NULL)
		entry_title(k->w, r, out);
	else
		str_add(out, "an entry that is not here any more");
}

struct unfinished {
	struct recordpane *k;
	const char *const *kinds;
};

static bool is_among(const char *const *kinds, const char *kind);

static void
add_unfinished(void *arg, const char *kind, const char *what)
{
	const struct unfinished *u = arg;
	struct line_look look = {.indent = 4, .style = STYLE_PENDING,
	    .lead = "~", .lead_style = STYLE_PENDING};
	struct record_row row = {.record = NULL};
	struct str words;

	if (!form_can_be_left(kind) || !is_among(u->kinds, kind) ||
	    strlen(what) >= sizeof(row.about))
		return;
	row.unfinished = kind_find(kind)->name;
	memcpy(row.about, what, strlen(what) + 1);
	new_row(u->k, row);
	str_init(&words);
	unfinished_words(u->k, kind, what, &words);
	lines_addf(&u->k->lines, &look, "%s, not finished. Enter goes on "
	    "with it; x discards it.", words.s);
	str_release(&words);
}

void
recordpane_who(struct recordpane *k, const struct record *r)
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
add_strike(struct recordpane *k, const struct record *r)
{
	struct line_look look = {.indent = 4, .style = STYLE_WARNING,
	    .lead = "x", .lead_style = STYLE_STRUCK};

	if (r->struck_by != NULL)
		lines_addf(&k->lines, &look, "Struck by %s: %s",
		    casework_author(k->w, r->struck_by),
		    casework_text(k->w, r->struck_by, "reason"));
}

static bool
in_conflict(const struct recordpane *k, const struct record *r)
{
	struct versions v;
	bool more;

	if (r->kind == NULL || !record_stands(r))
		return false;
	versions_init(&v);
	versions_of(&k->w->now, r, &v);
	more = v.n > 1;
	versions_release(&v);
	return more && strcmp(r->entry.kind, "identity") != 0;
}

void
recordpane_doubts(struct recordpane *k, const struct record *r)
{
	struct line_look look = {.indent = 4, .style = STYLE_WARNING,
	    .lead = "!", .lead_style = STYLE_WARNING};
	struct str why;

	str_init(&why);
	if (record_uncounted(r, &why) ||
	    (record_stands(r) && record_doubt(&k->w->now, r, &why)))
		lines_add(&k->lines, &look, why.s);
	str_release(&why);
	look.style = look.lead_style = STYLE_CONFLICT;
	look.lead = "<>";
	if (in_conflict(k, r))
		lines_add(&k->lines, &look, "Written twice apart: another "
		    "version of this stands, too. e settles it.");
}

bool
recordpane_selected(const struct recordpane *k)
{
	return k->nrows == k->lines.row + 1;
}

void
recordpane_row(struct recordpane *k, const struct record *r)
{
	new_row(k, (struct record_row){.record = r});
}

void
recordpane_empty(struct recordpane *k, const char *adds, const char *text)
{
	struct line_look look = {.indent = 4, .style = STYLE_DIM};

	new_row(k, (struct record_row){.adds = adds});
	lines_add(&k->lines, &look, text);
}

void
recordpane_row_of(struct recordpane *k, const char *what,
    const struct record *r)
{
	new_row(k, (struct record_row){.record = r, .what = what});
}

void
recordpane_record(struct recordpane *k, const struct record *r)
{
	bool struck = r->struck_by != NULL;
	struct line_look look = {.indent = 4,
	    .style = struck ? STYLE_STRUCK : STYLE_NORMAL,
	    .lead = struck ? "x" : casework_is_pending(k->w, r) ? "~" : "-",
	    .lead_style = struck ? STYLE_STRUCK : STYLE_PENDING};
	struct str words;

	recordpane_row(k, r);
	str_init(&words);
	entry_title(k->w, r, &words);
	lines_add(&k->lines, &look, words.s);
	str_clear(&words);
	entry_summary(k->w, r, &words);
	look.lead = NULL;
	look.cut = !recordpane_selected(k);
	if (words.len > 0)
		lines_add(&k->lines, &look, words.s);
	str_release(&words);
	recordpane_foot(k, r);
}

void
recordpane_foot(struct recordpane *k, const struct record *r)
{
	add_strike(k, r);
	recordpane_doubts(k, r);
	if (k->type->remark != NULL)
		k->type->remark(k, r);
	if (r->replaced_by != NULL)
		lines_add(&k->lines, &(struct line_look){.indent = 4,
		    .style = STYLE_DIM}, "A later version takes its place.");
	if (recordpane_selected(k))
		recordpane_who(k, r);
}

void
recordpane_heading(struct recordpane *k, const char *text)
{
	lines_free_text(&k->lines);
	if (k->lines.n > 0)
		lines_blank(&k->lines);
	lines_plain(&k->lines, STYLE_HEADING, text);
}

static bool
is_among(const char *const *kinds, const char *kind)
{
	if (kinds == NULL)
		return true;
	for (; *kinds != NULL; kinds++)
		if (strcmp(*kinds, kind) == 0)
			return true;
	return false;
}

void
recordpane_unfinished(struct recordpane *k, const char *const *kinds)
{
	struct unfinished u = {k, kinds};

	k->w->door.drafts(k->w->door.ctx, add_unfinished, &u);
}

size_t
recordpane_kinds(struct recordpane *k, const char *const *kinds)
{
	size_t n = 0;

	for (size_t i = k->w->now.nrecords; i-- > 0;) {
		const struct record *r = k->w->now.records[i];

		if (!is_among(kinds, r->entry.kind))
			continue;
		recordpane_record(k, r);
		n++;
	}
	return n;
}

static void
fill(struct recordpane *k)
{
	lines_clear(&k->lines);
	k->nrows = 0;
	k->type->fill(k);
	lines_free_text(&k->lines);
	lines_done(&k->lines);
}

void
recordpane_refresh(struct pane *p)
{
	fill(pane_mut(p));
}

/* ---- keys ---- */

const struct record_row *
recordpane_at(const struct recordpane *k)
{
	return k->lines.row < k->nrows ? &k->rows[k->lines.row] : NULL;
}

/* The row in hand unless it is for its page alone, or NULL. */
static const struct record_row *
entry_at(const struct recordpane *k)
{
	const struct record_row *at = recordpane_at(k);

	return at != NULL && (at->record != NULL || at->unfinished != NULL ||
	    at->adds != NULL) ? at : NULL;
}

bool
recordpane_select(struct pane *p, const struct entry_id *id)
{
	struct recordpane *k = pane_mut(p);

	for (size_t i = 0; i < k->nrows; i++) {
		if (k->rows[i].record == NULL ||
		    !entry_id_equal(&k->rows[i].record->entry.id, id))
			continue;
		lines_select(&k->lines, i);
		fill(k);
		return true;
	}
	return false;
}

static void
open_row(struct recordpane *k, struct app *app)
{
	const struct record_row *at = entry_at(k);
	size_t i;

	if (at == NULL)
		return;
	if (at->unfinished != NULL) {
		k->host->resume(k->host->ctx, app, at->unfinished,
		    at->about);
		return;
	}
	if (at->record == NULL) {
		k->host->write(k->host->ctx, app, at->adds);
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
edit_row(struct recordpane *k, struct app *app)
{
	const struct record_row *at = entry_at(k);

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
strike_row(struct recordpane *k, struct app *app)
{
	const struct record_row *at = entry_at(k);
	size_t i;

	if (at == NULL)
		return;
	if (at->unfinished != NULL) {
		k->host->discard(k->host->ctx, app, at->unfinished,
		    at->about);
		return;
	}
	if (at->record == NULL)
		return;
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

static void
add_entry(struct recordpane *k, struct app *app)
{
	const struct record_row *at = recordpane_at(k);
	const char *kind = k->type->adds != NULL ? k->type->adds : "note";

	if (at != NULL && at->adds != NULL)
		kind = at->adds;
	k->host->write(k->host->ctx, app, kind);
}

static bool
row_has(const struct recordpane *k, const struct record *r)
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
find(struct recordpane *k, struct app *app, bool back)
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
	app_say(app, "Not found in this list.");
}

static void
find_done(void *ctx, struct app *app, const char *text)
{
	struct recordpane *k = ctx;

	if (text == NULL || *text == '\0')
		return;
	str_clear(&k->find);
	utf8_fold(&k->find, text, strlen(text));
	find(k, app, false);
}

static void
search(struct recordpane *k, struct app *app)
{
	struct prompt p = {.label = "Search this list: ",
	    .history = "entries", .ctx = k, .done = find_done};

	app_prompt(app, &p);
}

static bool
pane_acts(struct pane *p, const struct event *ev, struct app *app)
{
	struct recordpane *k = pane_mut(p);

	if (k->type->act != NULL && k->type->act(k, ev, app))
		return true;
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
		add_entry(k, app);
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
pane_draws(const struct pane *p, const struct view *v, bool focused)
{
	lines_draw(&pane_of(p)->lines, v, focused);
}

static void
pane_resizes(struct pane *p, int w, int h)
{
	lines_resize(&pane_mut(p)->lines, w, h);
	fill(pane_mut(p));
}

static void
pane_destroys(struct pane *p)
{
	struct recordpane *k = pane_mut(p);

	lines_release(&k->lines);
	str_release(&k->find);
	free(k->rows);
	free(k);
}

static const char *
pane_titles(const struct pane *p)
{
	return pane_of(p)->title;
}

static enum context
pane_contexts(const struct pane *p)
{
	return pane_of(p)->type->context;
}

static const char *
pane_topics(const struct pane *p)
{
	return pane_of(p)->type->topic;
}

/* What can be done with the row in hand is what the hint bar offers. */
static bool
pane_cans(const struct pane *p, enum action a)
{
	const struct recordpane *k = pane_of(p);
	const struct record_row *at = recordpane_at(k);

	if (a == ACT_OPEN || a == ACT_VIEW)
		return at != NULL;
	if (a == ACT_STRIKE)
		return at != NULL && at->adds == NULL &&
		    (at->record == NULL || (at->record->struck_by == NULL &&
		    strcmp(at->record->entry.kind, "open") != 0));
	return k->type->can == NULL || k->type->can(k, a);
}

static const struct pane_ops record_ops = {
	.name = "entries",
	.context = CONTEXT_NOTES,
	.draw = pane_draws,
	.act = pane_acts,
	.resize = pane_resizes,
	.destroy = pane_destroys,
	.context_now = pane_contexts,
	.topic_now = pane_topics,
	.can = pane_cans,
	.title = pane_titles,
};

const struct record *
recordpane_in_hand(const struct pane *p)
{
	const struct record_row *at = p->ops == &record_ops ?
	    recordpane_at(pane_of(p)) : NULL;

	return at != NULL ? at->record : NULL;
}

struct pane *
recordpane_new(const struct recordpane_type *type, struct casework *w,
    const struct case_host *host)
{
	struct recordpane *k = xcalloc(1, sizeof(*k));

	k->base.ops = &record_ops;
	k->type = type;
	k->w = w;
	k->host = host;
	lines_init(&k->lines);
	str_init(&k->find);
	fill(k);
	return &k->base;
}
