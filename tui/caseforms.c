/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/caseforms.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/doubts.h"
#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/decide.h"
#include "tui/entryask.h"
#include "tui/entryclock.h"
#include "tui/firstbody.h"
#include "tui/form.h"
#include "tui/formsource.h"
#include "tui/judge.h"
#include "tui/referral.h"
#include "tui/servicescreen.h"
#include "tui/tick.h"

/* One form on the screen; freed with it. */
struct case_form {
	struct caseforms *f;
	const char *kind;		/* of kinds.def */
	char what[2 * ENTRY_ID_LEN + 1];	/* what it is about; "" */
	size_t index;			/* of the pending entry, if editing */
	bool editing, fresh;
	const struct pane *form;
	struct app *app;
	char topic[96];			/* of help */
	struct judge_kind judge;
	struct decide_kind decide;
	struct formsource source;	/* of a new entry, while it is made */
};

/* The topic that tells of a kind of entry. */
static const char *
topic_of(const char *kind)
{
	static const char *const topics[][2] = {
		{"identity", "around"}, {"associate", "around"},
		{"address", "around"}, {"person-of-concern", "around"},
		{"model", "around"}, {"note", "notes"}, {"observation", "checklist"},
		{"referral", "referral"}, {"referral-step", "referral"},
		{"nrm", "referral"}, {"process", "referral"},
		{"transfer", "referral"}, {"transfer-receipt", "referral"},
		{"screening", "judgement"}, {"strike", "checklist"},
		{"voice", "voice"}, {"missing", "missing"},
		{"located", "missing"}, {"officer-told", "missing"},
		{"interview", "missing"}, {"plan", "plan"},
		{"action", "plan"}, {"action-outcome", "plan"},
		{"support", "plan"}, {"close", "plan"}, {"reopen", "plan"},
		{"sharing", "sharing"}, {"consent", "sharing"},
		{"recall-answer", "sharing"},
		{"flag", "review"}, {"unflag", "review"},
		{"supervision", "review"}, {"decision", "review"},
		{"review", "review"}, {"review-request", "review"},
	};
	size_t i;

	for (i = 0; i < sizeof(topics) / sizeof(topics[0]); i++)
		if (strcmp(topics[i][0], kind) == 0)
			return topics[i][1];
	return "writing";
}

static bool
form_rival(void *ctx, const struct field *f, size_t i, json_t **value,
    struct str *words)
{
	const struct case_form *o = ctx;

	return formsource_rival(&o->source, f, i, value, words);
}

static void
form_looks(void *ctx, const struct field *f, const json_t *body,
    struct form_look *out)
{
	const struct case_form *o = ctx;

	if (strcmp(o->kind, "review") == 0)
		decide_look(o->f->w, f, body, out);
	else
		formsource_look(o->f->w, o->kind, f, body, out);
}

static struct case_form *
one_new(struct caseforms *f, const char *kind)
{
	struct case_form *o = xcalloc(1, sizeof(*o));

	o->f = f;
	o->kind = kind_find(kind)->name;
	o->source = (struct formsource){.w = f->w, .kind = o->kind};
	(void)snprintf(o->topic, sizeof(o->topic), "%s", topic_of(kind));
	return o;
}

static void
one_destroy(void *ctx)
{
	struct case_form *o = ctx;

	if (o->f->dirty == o)
		o->f->dirty = NULL;
	free(o);
}

static void
draft_save(struct case_form *o, const char *text)
{
	struct casework *w = o->f->w;

	w->unsaved = w->door.save(w->door.ctx, o->kind, o->what, text,
	    &w->save_error) != RC_OK;
}

/* What is pending carries its deadline at every moment. */
static void
set_pending(const struct case_form *o, const struct span *on,
    const json_t *body, bool kept)
{
	json_t *whole = json_deep_copy(body);

	entryclock_put(o->f->w, o->kind, on, whole);
	tick_set(o->f->w, o->index, on, whole, kept);
	json_decref(whole);
}

static void
put_away_pending(struct case_form *o)
{
	struct span on = form_on(o->form);
	json_t *body = form_body(o->form);

	set_pending(o, &on, body, false);
	json_decref(body);
}

static void
put_away_draft(struct case_form *o)
{
	struct str text;

	str_init(&text);
	form_save(o->form, &text);
	draft_save(o, text.s);
	str_release(&text);
}

/* What was typed is on the disk when this returns, unless unsaved says not. */
static void
put_away(struct caseforms *f)
{
	struct case_form *o = f->dirty;

	f->dirty = NULL;
	if (o == NULL)
		return;
	if (o->editing)
		put_away_pending(o);
	else
		put_away_draft(o);
}

static void
put_away_soon(void *ctx, struct app *app)
{
	struct caseforms *f = ctx;

	put_away(f);
	if (!f->w->unsaved)
		return;
	app_error(app, &f->w->save_error);
	f->w->unsaved = false;
}

/*
 * Keys that came together are put away together, before the picture is drawn:
 * what is seen is on the disk, and typing does not wait for it key by key.
 */
static void
form_changed(void *ctx, const struct pane *form)
{
	struct case_form *o = ctx;

	o->form = form;
	o->f->dirty = o;
	app_soon(o->app, put_away_soon, o->f);
}

static void
pick_service(void *ctx, struct app *app, struct pane *form)
{
	const struct case_form *o = ctx;

	servicescreen_pick(o->f->w, app, form);
}

static void
show(struct case_form *o, struct app *app, struct form_opts *fo)
{
	struct caseforms *f = o->f;
	struct pane *form;
	char *text = NULL;
	struct err e;

	o->app = app;
	fo->ctx = o;
	fo->topic = o->topic;
	fo->destroy = one_destroy;
	if (strcmp(o->kind, "referral") == 0)
		fo->pick = pick_service;
	fo->rival = form_rival;
	fo->look = form_looks;
	form = form_new(fo);
	if (!o->editing && f->w->door.restore(f->w->door.ctx, o->kind,
	    o->what, &text, &e) == RC_OK && text != NULL) {
		if (form_restore(form, text, &e) == RC_OK) {
			app_say(app, "What was typed before is here again.");
			if (o->source.of.n > 0)
				form_put(form, "replaces",
				    formsource_replaces(&o->source));
		}
		else
			app_error(app, &e);
		free(text);
	}
	formsource_release(&o->source);
	if (f->opening != NULL)
		f->opening(f->ctx, o->editing ? "pending" : o->kind, o->what);
	app_push(app, form);
}

/* ---- a new entry ---- */

static void
tell_left(const struct case_form *o, struct app *app)
{
	if (o->f->left != NULL)
		o->f->left(o->f->ctx, app);
}

static void
new_left(void *ctx, struct app *app)
{
	const struct case_form *o = ctx;

	put_away(o->f);
	if (o->f->w->unsaved)
		app_error(app, &o->f->w->save_error);
	else if (caseforms_unfinished(o->f, o->kind, o->what))
		app_say(app, "%s: what was typed is kept as a draft.",
		    kind_find(o->kind)->label);
	tell_left(o, app);
}

static enum rc
keep_body(struct case_form *o, const json_t *body, const struct span *on,
    bool *asked, struct err *e)
{
	struct casework *w = o->f->w;
	const struct kind *k = kind_find(o->kind);
	json_t *whole;
	enum rc rc;

	if (strcmp(o->kind, "screening") == 0)
		return judge_keep(w, body, on, asked, e);
	if (strcmp(o->kind, "review") == 0)
		return decide_keep(w, body, e);
	whole = json_deep_copy(body);
	if (strcmp(o->kind, "referral") == 0)
		referral_finish(w, on, whole);
	else
		entryclock_put(w, o->kind, on, whole);
	rc = kind_check_draft(k, on, whole, e);
	if (rc == RC_OK)
		rc = casefile_check_draft(&w->now, o->kind, whole, w->today,
		    e);
	if (rc == RC_OK)
		rc = entry_ask(w, o->kind, on, whole, e);
	if (rc != RC_OK) {
		json_decref(whole);
		return rc;
	}
	pending_mark(&w->pending);
	(void)pending_add(&w->pending, o->kind, on, whole, NULL);
	casework_changed(w);
	return RC_OK;
}

static enum rc
new_keep(void *ctx, struct app *app, const json_t *body,
    const struct span *on, struct err *e)
{
	struct case_form *o = ctx;
	bool asked = false;
	enum rc rc = keep_body(o, body, on, &asked, e);

	if (rc != RC_OK)
		return rc;
	o->f->dirty = NULL;
	draft_save(o, "");
	if (asked)
		app_warn(app, "Nothing is lowered. The screening keeps the "
		    "level of the rules; your request for a lower one waits "
		    "for a second person. $ signs both.");
	else if (strcmp(o->kind, "referral") == 0)
		app_say(app, "Read it once more; Enter signs.");
	else
		app_say(app, "%s: kept, not signed yet. $ signs.",
		    kind_find(o->kind)->label);
	if (o->f->kept != NULL)
		o->f->kept(o->f->ctx, app, o->kind);
	return RC_OK;
}

static void
open_new(struct case_form *o, struct app *app, const json_t *body,
    const char *title)
{
	char on[SPAN_TEXT_MAX];
	struct form_opts fo = {
		.kind = kind_find(o->kind), .title = title, .body = body,
		.changed = form_changed, .keep = new_keep, .left = new_left,
	};
	struct str intro;

	if (strcmp(o->kind, "screening") == 0) {
		judge_kind_init(&o->judge, o->f->w);
		fo.kind = &o->judge.kind;
	}
	str_init(&intro);
	if (strcmp(o->kind, "review") == 0) {
		decide_kind_init(&o->decide, o->f->w);
		decide_intro(o->f->w, &intro);
		fo.kind = &o->decide.kind;
		fo.intro = intro.s;
	}
	formsource_on(&o->source, on);
	fo.on = on[0] != '\0' ? on : NULL;
	show(o, app, &fo);
	str_release(&intro);
}

void
caseforms_write(struct caseforms *f, struct app *app, const char *kind)
{
	size_t waits = pending_about(&f->w->pending, "identity", NULL);
	struct case_form *o;
	char *title;
	json_t *body;

	/* Two that wait would stand side by side once they are signed. */
	if (strcmp(kind, "identity") == 0 && waits < f->w->pending.n) {
		caseforms_edit(f, app, waits, false);
		return;
	}
	o = one_new(f, kind);
	title = first_title(f->w, kind);
	formsource_init(&o->source, f->w, o->kind, NULL);
	body = strcmp(kind, "review") == 0 ? decide_body(f->w) :
	    formsource_body(&o->source);
	open_new(o, app, body, title);
	json_decref(body);
	free(title);
}

void
caseforms_about(struct caseforms *f, struct app *app, const char *kind,
    const struct record *r)
{
	struct case_form *o = one_new(f, kind);
	json_t *body = about_body(f->w, kind, r);

	hex_format(r->entry.id.b, ENTRY_ID_LEN, o->what);
	open_new(o, app, body, NULL);
	json_decref(body);
}

void
caseforms_choose(struct caseforms *f, struct app *app, const char *kind,
    const char *code)
{
	struct case_form *o = one_new(f, kind);
	json_t *body = chosen_body(kind, code);

	(void)snprintf(o->what, sizeof(o->what), "%s", code);
	open_new(o, app, body, NULL);
	json_decref(body);
}

void
caseforms_revise(struct caseforms *f, struct app *app,
    const struct record *r)
{
	struct case_form *o = one_new(f, r->entry.kind);
	const struct record *signed_ = casefile_find(&f->w->signed_,
	    &r->entry.id);
	json_t *body;

	hex_format(r->entry.id.b, ENTRY_ID_LEN, o->what);
	formsource_init(&o->source, f->w, o->kind, signed_);
	body = formsource_body(&o->source);
	open_new(o, app, body, NULL);
	json_decref(body);
}

/* ---- a strike ---- */

/* As the fold has it: a flag is its author's, and a supervisor's. */
static bool
may_strike(const struct casework *w, const struct record *r)
{
	return strcmp(r->entry.kind, "flag") != 0 ||
	    w->door.roster == NULL ||
	    memcmp(w->door.me.b, r->entry.author.b, AUTHOR_LEN) == 0 ||
	    (roster_roles(w->door.roster, &w->door.me, INT64_MAX) &
	    ROLE_SUPERVISOR) != 0;
}

static enum rc
strike_keep(void *ctx, struct app *app, const json_t *body,
    const struct span *on, struct err *e)
{
	struct case_form *o = ctx;
	struct casework *w = o->f->w;
	const struct record *r = NULL;
	struct entry_id id;

	(void)on;
	if (kind_check(kind_find("strike"), body, e) != RC_OK)
		return RC_INPUT;
	if (hex_parse(o->what, id.b, ENTRY_ID_LEN))
		r = casefile_find(&w->signed_, &id);
	if (r == NULL)
		return err_set(e, RC_NOTFOUND, "The entry to strike is not "
		    "in the case any more. Leave the form with Esc.");
	if (!may_strike(w, r))
		return err_set(e, RC_REFUSED, "This flag is not yours: whoever "
		    "set it takes it down, or a supervisor reviews it. Esc "
		    "leaves.");
	tick_strike(w, r, json_string_value(json_object_get(body,
	    "reason")));
	o->f->dirty = NULL;
	draft_save(o, "");
	app_say(app, "Struck, not signed yet. $ signs; u takes it back.");
	if (o->f->kept != NULL)
		o->f->kept(o->f->ctx, app, o->kind);
	return RC_OK;
}

void
caseforms_strike(struct caseforms *f, struct app *app,
    const struct record *r)
{
	struct case_form *o = one_new(f, "strike");
	struct form_opts fo = {
		.kind = kind_find("strike"),
		.title = "Why is it wrong?", .changed = form_changed,
		.keep = strike_keep, .left = new_left,
	};
	json_t *body;

	hex_format(r->entry.id.b, ENTRY_ID_LEN, o->what);
	body = json_pack("{s:s}", "target", o->what);
	fo.body = body;
	show(o, app, &fo);
	json_decref(body);
}

/* ---- a pending entry ---- */

static enum rc
edit_keep(void *ctx, struct app *app, const json_t *body,
    const struct span *on, struct err *e)
{
	struct case_form *o = ctx;
	struct casework *w = o->f->w;
	const struct entry_draft *d = &w->pending.list[o->index].draft;
	unsigned item = tick_item(w, o->index);
	size_t next;
	enum rc rc;

	rc = kind_check_draft(kind_find(d->kind), on, body, e);
	if (rc == RC_OK)
		rc = casefile_check_draft(&w->now, d->kind, body, w->today,
		    e);
	if (rc == RC_OK)
		rc = entry_ask(w, d->kind, on, body, e);
	if (rc != RC_OK)
		return rc;
	o->f->dirty = NULL;
	set_pending(o, on, body, true);
	pending_unmark(&w->pending);
	next = item != NO_ITEM ? tick_incomplete(w, item) : w->pending.n;
	if (next < w->pending.n)
		app_say(app, "Kept. Enter again: the new answer lacks words.");
	else
		app_say(app, "Kept, not signed yet. $ signs; Space or Down "
		    "goes on.");
	if (o->f->kept != NULL)
		o->f->kept(o->f->ctx, app, o->kind);
	return RC_OK;
}

static void
edit_left(void *ctx, struct app *app)
{
	struct case_form *o = ctx;
	struct casework *w = o->f->w;
	size_t before;

	put_away(o->f);
	before = w->pending.npast;
	pending_unmark(&w->pending);
	if (o->fresh && w->pending.npast < before) {
		(void)casework_undo(w);
		app_say(app, "Nothing was added.");
	} else if (pending_incomplete(&w->pending) < w->pending.n) {
		app_say(app, "Not complete yet; Enter goes on with it.");
	}
	tell_left(o, app);
}

/* "B1 Missing from home or care" */
static char *
edit_title(const struct casework *w, size_t i)
{
	unsigned item = tick_item(w, i);
	struct str out;

	str_init(&out);
	if (strcmp(w->pending.list[i].draft.kind, "strike") == 0)
		str_add(&out, "Why was it wrong? ");
	/* The direct questions have words for their ids. */
	if (item != NO_ITEM && !itemset_has(&w->door.in->questions, item))
		str_add_fmt(&out, "%s ", w->door.in->items[item].id);
	if (item != NO_ITEM)
		str_add(&out, w->door.in->items[item].label);
	else if (out.len == 0)
		str_add(&out, kind_find(w->pending.list[i].draft.kind)->label);
	return str_take(&out);
}

void
caseforms_edit(struct caseforms *f, struct app *app, size_t i, bool fresh)
{
	const struct entry_draft *d = &f->w->pending.list[i].draft;
	struct case_form *o = one_new(f, d->kind);
	char *title = edit_title(f->w, i), on[SPAN_TEXT_MAX];
	unsigned item = tick_item(f->w, i);
	struct form_opts fo = {
		.kind = kind_find(d->kind), .title = title, .body = d->body,
		.on = on, .changed = form_changed, .keep = edit_keep,
		.left = edit_left,
	};

	if (strcmp(d->kind, "screening") == 0 ||
	    strcmp(d->kind, "review-request") == 0) {
		/* It is judged as a whole: a level is checked with its clock. */
		free(title);
		free(o);
		caseforms_write(f, app, "screening");
		return;
	}
	if (strcmp(d->kind, "review") == 0) {
		free(title);
		free(o);
		caseforms_write(f, app, "review");
		return;
	}
	span_format(&d->on, on);
	o->index = i;
	(void)snprintf(o->what, sizeof(o->what), "%zu", i);
	/* Until it is complete, agency and the like are the last tick's. */
	fo.suggest = strcmp(d->kind, "observation") == 0 &&
	    pending_check(&f->w->pending, i, NULL) != RC_OK;
	o->editing = true;
	o->fresh = fresh;
	if (item != NO_ITEM)
		(void)snprintf(o->topic, sizeof(o->topic), "indicator:%s",
		    f->w->door.in->items[item].id);
	pending_mark(&f->w->pending);
	show(o, app, &fo);
	free(title);
}
