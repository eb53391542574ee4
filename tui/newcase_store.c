/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The search before a new case, and its form, on the session's store.  The
 * form shows the fields of "open" and "identity" together; both are checked
 * and signed under one seal.
 */
#include "config.h"

#include "tui/newcase.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/kinds.h"
#include "core/xalloc.h"
#include "db/sessions.h"
#include "tui/app.h"
#include "tui/form.h"
#include "tui/session.h"

#define DRAFT_KEY "new-case"
#define FIELDS_MAX 24

/* What the screen and its form share; the last of the two frees it. */
struct opening {
	struct session *s;	/* borrowed */
	unsigned users;
	struct app *app;	/* borrowed; set with the form */
	const struct pane *form;	/* typed in and not yet put away, or NULL */
	struct field fields[FIELDS_MAX];
	struct kind kind;
	struct case_id created;
	bool done;		/* created is to be shown */
};

static void
opening_drop(void *ctx)
{
	struct opening *op = ctx;

	if (--op->users == 0)
		free(op);
}

static void
join_kinds(struct opening *op)
{
	static const char *const names[] = {"open", "identity"};
	const struct kind *open = kind_find(names[0]);
	size_t n = 0;

	for (size_t k = 0; k < 2; k++) {
		const struct field *f = kind_find(names[k])->fields;

		for (; f->name != NULL && n + 1 < FIELDS_MAX; f++) {
			if ((f->flags & FIELD_HIDDEN) == 0)
				op->fields[n++] = *f;
		}
	}
	op->kind = *open;
	op->kind.name = DRAFT_KEY;
	op->kind.label = "New case";
	op->kind.help = "A case file is opened, and says who it is about.";
	op->kind.on_label = NULL;
	op->kind.fields = op->fields;
}

/* Returns owned the fields of the named kind that are in body. */
static json_t *
part_of(const json_t *body, const char *kind)
{
	json_t *part = json_object();
	const struct field *f = kind_find(kind)->fields;

	for (; f->name != NULL; f++) {
		json_t *value = json_object_get(body, f->name);

		if (value != NULL)
			json_object_set(part, f->name, value);
	}
	return part;
}

static enum rc
reference_is_free(struct store *st, const char *reference, struct err *e)
{
	struct case_id id;
	struct casefile c;
	enum rc rc = store_case_by_reference(st, reference, &id, e);

	if (rc == RC_NOTFOUND)
		return RC_OK;
	if (rc == RC_OK)
		rc = store_case_load(st, &id, &c, e);
	if (rc != RC_OK)
		return rc;
	rc = err_set(e, RC_EXISTS, "The reference %s is taken by the case of "
	    "%s. Type another, or press Esc and open that case.", reference,
	    *c.name != '\0' ? c.name : "a young person without a name yet");
	casefile_release(&c);
	return rc;
}

static enum rc
check_part(const struct entry_draft *d, struct err *e)
{
	return kind_check_draft(kind_find(d->kind), &d->on, d->body, e);
}

static enum rc
sign_both(struct opening *op, const json_t *body, struct err *e)
{
	struct store *st = session_store(op->s);
	struct case_id id = store_new_case_id(st);
	struct entry_draft d[2] = {
		{id, "open", span_none(), part_of(body, "open")},
		{id, "identity", span_none(), part_of(body, "identity")}
	};
	const char *reference = json_string_value(
	    json_object_get(d[0].body, "reference"));
	enum rc rc = check_part(&d[0], e);

	if (rc == RC_OK)
		rc = check_part(&d[1], e);
	if (rc == RC_OK)
		rc = reference_is_free(st, reference != NULL ? reference : "",
		    e);
	if (rc == RC_OK)
		rc = store_append(st, d, 2, NULL, e);
	if (rc == RC_OK)
		op->created = id;
	entry_draft_release(&d[0]);
	entry_draft_release(&d[1]);
	return rc;
}

static enum rc
form_kept(void *ctx, struct app *app, const json_t *body,
    const struct span *on, struct err *e)
{
	struct opening *op = ctx;
	struct err ignored;
	enum rc rc;

	(void)on;
	rc = sign_both(op, body, e);
	if (rc != RC_OK)
		return rc;
	op->form = NULL;
	/* The case is on the disk; a draft left over does no harm. */
	(void)!session_draft_drop(op->s, DRAFT_KEY, &ignored);
	op->done = true;
	app_say(app, "The case is open and signed.");
	return RC_OK;
}

static void
put_away(void *ctx, struct app *app)
{
	struct opening *op = ctx;
	struct str text;
	struct err e;

	if (op->form == NULL)
		return;
	str_init(&text);
	form_save(op->form, &text);
	op->form = NULL;
	if (session_draft_save(op->s, DRAFT_KEY, text.s, &e) != RC_OK)
		app_error(app, &e);
	sodium_memzero(text.s, text.len);
	str_release(&text);
}

/* Keys that came together are put away together, before they are seen. */
static void
form_changed(void *ctx, const struct pane *form)
{
	struct opening *op = ctx;

	op->form = form;
	app_soon(op->app, put_away, op);
}

static void
form_gone(void *ctx)
{
	struct opening *op = ctx;

	op->form = NULL;
	opening_drop(op);
}

static void
push_form(struct opening *op, struct app *app, const json_t *body,
    const char *draft)
{
	struct form_opts o = {
		.kind = &op->kind,
		.title = "New case: F2 signs it",
		.topic = "new-case",
		.body = body,
		.ctx = op,
		.changed = form_changed,
		.keep = form_kept,
		.destroy = form_gone
	};
	struct pane *form = form_new(&o);
	struct place here = {.type = PLACE_NEW_CASE, .at = 1};
	struct err e;

	op->users++;
	op->app = app;
	session_at(op->s, 1, &here);
	app_push(app, form);
	if (draft != NULL && form_restore(form, draft, &e) != RC_OK)
		app_error(app, &e);
	else if (draft != NULL)
		app_say(app, "Taken up again from the draft. F2 signs it.");
	else
		app_say(app, "F2 checks the form, signs it and opens the "
		    "case.");
}

/* ---- what the search screen asks for ---- */

static void
opening_open(void *ctx, struct app *app, const struct case_id *id)
{
	struct opening *op = ctx;

	session_replace_case(op->s, app, id);
}

/* A reference has a digit; a name has none.  The focus goes past it. */
static void
opening_create(void *ctx, struct app *app, const char *text)
{
	bool reference = strpbrk(text, "0123456789") != NULL;
	const char *field = reference ? "reference" : "name";
	json_t *body = json_pack("{s:s}", field, text);
	struct event next = {ACT_NEXT_FIELD, NULL, 0};

	push_form(ctx, app, body, NULL);
	if (reference)
		(void)pane_act(app_top(app), &next, app);
	json_decref(body);
}

struct draft_seek {
	int64_t saved;
	bool found;
};

static bool
seek_draft(const char *key, const char *text, int64_t saved, void *ctx)
{
	struct draft_seek *d = ctx;

	(void)text;
	d->found = strcmp(key, DRAFT_KEY) == 0;
	d->saved = saved;
	return !d->found;
}

static bool
opening_has_draft(void *ctx, int64_t *saved)
{
	struct opening *op = ctx;
	struct draft_seek d = {0, false};
	struct err e;

	if (session_store(op->s) == NULL ||
	    store_drafts(session_store(op->s), seek_draft, &d, &e) != RC_OK)
		return false;
	*saved = d.saved;
	return d.found;
}

static void
opening_go_on(void *ctx, struct app *app)
{
	struct opening *op = ctx;
	struct err e;
	char *text;

	if (session_draft_load(op->s, DRAFT_KEY, &text, &e) != RC_OK) {
		app_error(app, &e);
		return;
	}
	push_form(op, app, NULL, text);
	if (text != NULL)
		sodium_memzero(text, strlen(text));
	free(text);
}

static bool
opening_entered(void *ctx, struct app *app, const char *text)
{
	struct opening *op = ctx;
	struct place here = {.type = PLACE_NEW_CASE, .text = text};

	if (op->done) {
		op->done = false;
		session_replace_case(op->s, app, &op->created);
		return true;
	}
	session_at(op->s, 1, &here);
	return false;
}

static bool
opening_searched(void *ctx, struct app *app, const char *words, size_t n)
{
	return session_searched(((struct opening *)ctx)->s, app, words, n);
}

const char *
newcase_refusal(const struct session *s)
{
	if (store_training(session_store(s)))
		return "This store was made for training and takes no real "
		    "case. A session begins at its case study, on the first "
		    "screen; a young person belongs into the store for real "
		    "cases.";
	return session_may_write(s, "open") ? NULL : "Your role may not open "
	    "a case: ask a practitioner or a supervisor.";
}

struct pane *
newcase_screen_new(struct session *s, const char *text)
{
	struct opening *op = xcalloc(1, sizeof(*op));
	struct newcase_opts o = {
		.source = case_source_store(s),
		.text = text,
		.ctx = op,
		.open = opening_open,
		.create = opening_create,
		.has_draft = opening_has_draft,
		.go_on = opening_go_on,
		.entered = opening_entered,
		.searched = opening_searched,
		.destroy = opening_drop
	};

	op->s = s;
	op->users = 1;
	join_kinds(op);
	return newcase_new(&o);
}
