/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Committing to a stage: the level as the learner judges it, and why; then
 * all is signed under one seal.
 */
#include "config.h"

#include "tui/walkscreen_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/kind_checks.h"
#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/form.h"

#define CHOICES_MAX 32
#define AS_RULES "as-the-rules"

struct commit {
	struct walkscreen *s;	/* borrowed; below the form */
	struct app *app;
	struct kind kind;
	struct field fields[3];
	struct code levels[CHOICES_MAX + 3];
	char rules[200];	/* "As the rules: ..." */
	const struct pane *form;
	bool dirty;
};

static void
fill_levels(struct commit *c)
{
	const struct casework *w = &c->s->w;
	const struct instrument *in = w->door.in;
	size_t n = 0;

	(void)snprintf(c->rules, sizeof(c->rules), "As the rules: %s",
	    screen_label(in, &w->result));
	c->levels[n++] = (struct code){AS_RULES, c->rules};
	for (unsigned level = 0; level <= LEVEL_INSUFFICIENT(in) &&
	    n < CHOICES_MAX; level++)
		if (level != w->result.level)
			c->levels[n++] = (struct code){screen_level_id(in,
			    level), screen_level_label(in, level)};
}

static void
kind_init(struct commit *c)
{
	fill_levels(c);
	c->fields[0] = (struct field){"judgement", FIELD_CODE,
	    "Level as you judge it", "The rules count; you judge. Left and "
	    "Right choose.", FIELD_REQUIRED, 0, c->levels};
	c->fields[1] = (struct field){"why", FIELD_TEXT, "Why",
	    "Your reasons in a sentence or two; needed when your level is "
	    "another than the rules'.", 0, 4000, NULL};
	c->fields[2] = (struct field){.name = NULL};
	c->kind = *kind_find("attempt");
	c->kind.name = "commitment";
	c->kind.on_label = NULL;
	c->kind.fields = c->fields;
}

static unsigned
level_of(const struct commit *c, const json_t *body)
{
	const char *id = json_string_value(json_object_get(body,
	    "judgement"));

	return id == NULL || strcmp(id, AS_RULES) == 0 ? NO_ITEM :
	    screen_level_from_id(c->s->w.door.in, id);
}

/* One may raise a level; a lower one is a thing for two people. */
static void
look(void *ctx, const struct field *f, const json_t *body,
    struct form_look *out)
{
	const struct commit *c = ctx;
	unsigned level = level_of(c, body);

	if (f == NULL || strcmp(f->name, "judgement") != 0 ||
	    level == NO_ITEM || level <= c->s->w.result.level)
		return;
	out->say = FORM_HINT;
	(void)snprintf(out->text, sizeof(out->text), "Lower than the rules. "
	    "In live work that waits for a second person; here it is "
	    "compared with the model.");
}

/* ---- what is typed is kept ---- */

static void
save(struct walkscreen *s, const char *text)
{
	if (s->w.door.save(s->w.door.ctx, "attempt", NULL, text,
	    &s->w.save_error) != RC_OK)
		s->w.unsaved = true;
}

static void
put_away(void *ctx, struct app *app)
{
	struct commit *c = ctx;
	struct str text;

	if (!c->dirty)
		return;
	c->dirty = false;
	str_init(&text);
	form_save(c->form, &text);
	save(c->s, text.s);
	str_release(&text);
	if (c->s->w.unsaved)
		app_error(app, &c->s->w.save_error);
	c->s->w.unsaved = false;
}

static void
changed(void *ctx, const struct pane *form)
{
	struct commit *c = ctx;

	c->form = form;
	c->dirty = true;
	app_soon(c->app, put_away, c);
}

static void
left(void *ctx, struct app *app)
{
	put_away(ctx, app);
	app_say(app, "Not committed. What you wrote is kept.");
}

/* ---- committing ---- */

static enum rc
keep(void *ctx, struct app *app, const json_t *body, const struct span *on,
    struct err *e)
{
	struct commit *c = ctx;
	const char *why = json_string_value(json_object_get(body, "why"));
	unsigned level = level_of(c, body);
	enum rc rc;

	(void)app, (void)on;
	if (level != NO_ITEM && !body_has_text(body, "why"))
		return err_set(e, RC_INPUT, "Say why your level is another "
		    "than the rules': a sentence is enough");
	rc = walk_sign_attempt(c->s, level, why != NULL ? why : "", e);
	if (rc != RC_OK)
		return rc;
	c->dirty = false;
	c->s->committed = true;
	save(c->s, "");
	return RC_OK;
}

static void
intro(const struct walkscreen *s, struct str *out)
{
	unsigned n = walk_not_answered(s);

	walk_place_words(&s->walk, s->walk.way.n - 1, out);
	out->s[0] = 'S';
	str_add_fmt(out, ": %u of %zu are not answered%s.\n", n,
	    s->w.door.in->nitems, n > 0 ? ", which says that nobody asked" :
	    "");
	if (!walk_has_note(s))
		str_add(out, "No note is written at this stage. You may "
		    "commit without one; Esc and o write it.\n");
	str_add(out, "F2 commits: everything is signed and this stage can no "
	    "longer be changed. Then the model is shown.");
}

/* casework may name an entry that is not complete: it is gone to first. */
static bool
is_complete(struct walkscreen *s, struct app *app)
{
	size_t i = pending_incomplete(&s->w.pending);
	struct err e;

	if (i == s->w.pending.n ||
	    pending_check(&s->w.pending, i, &e) == RC_OK)
		return true;
	app_warn(app, "Not yet: something lacks words. %s. Enter on it goes "
	    "on with it.", e.text);
	return false;
}

static void
restore(struct walkscreen *s, struct app *app, struct pane *form)
{
	char *text = NULL;
	struct err e;

	if (s->w.door.restore(s->w.door.ctx, "attempt", NULL, &text, &e) ==
	    RC_OK && text != NULL && form_restore(form, text, &e) != RC_OK)
		app_error(app, &e);
	free(text);
}

void
walk_commit_open(struct walkscreen *s, struct app *app)
{
	struct form_opts o = {
		.title = "Commit to this stage", .topic = "training",
		.verb = "commit",
		.changed = changed, .keep = keep, .left = left, .look = look,
		.destroy = free,
	};
	struct commit *c;
	struct pane *form;
	struct str words;

	if (!is_complete(s, app))
		return;
	c = xcalloc(1, sizeof(*c));
	c->s = s;
	c->app = app;
	kind_init(c);
	o.kind = &c->kind;
	o.ctx = c;
	o.body = json_pack("{s:s}", "judgement", AS_RULES);
	str_init(&words);
	intro(s, &words);
	o.intro = words.s;
	form = form_new(&o);
	str_release(&words);
	json_decref((json_t *)(uintptr_t)o.body);
	restore(s, app, form);
	walk_form_opening(s, "attempt", "");
	app_push(app, form);
}
