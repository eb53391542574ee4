/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"
#include "tui/form_impl.h"

struct form *
form_of(const struct pane *p)
{
	struct form *fm;

	memcpy(&fm, &p, sizeof(fm));
	return fm;
}

static struct form_field *
focused(const struct form *fm)
{
	return &fm->fields[fm->focus];
}

static void
set_focus(struct form *fm, size_t i)
{
	focused(fm)->left_once = true;
	focused(fm)->find[0] = '\0';
	fm->focus = i;
	form_arrange(fm);
}

static void
tell_changed(struct form *fm)
{
	if (fm->opts.changed != NULL)
		fm->opts.changed(fm->opts.ctx, &fm->base);
}

/* ---- words in the field of the date ---- */

/* Not a date of any kind: those have figures, if only of a year. */
static bool
is_words(const struct form_field *ff)
{
	const char *text = edit_text(&ff->ed);

	return *text != '\0' && ff->fault[0] != '\0' &&
	    strpbrk(text, "0123456789") == NULL;
}

static size_t
first_empty_text(const struct form *fm)
{
	size_t i = 1;

	while (i < fm->n && !(field_is_empty(&fm->fields[i]) &&
	    (fm->fields[i].f->type == FIELD_TEXT ||
	    fm->fields[i].f->type == FIELD_LINE)))
		i++;
	return i;
}

/*
 * The date comes first and is filled in, so somebody who begins to tell
 * writes over it: what they wrote goes to the first text that is empty, and
 * the date comes back.  True if that was so; the text is then in focus.
 */
static bool
words_move_on(struct form *fm, struct app *app)
{
	size_t to = first_empty_text(fm);
	json_t *words;

	if (fm->focus != 0 || fm->fields[0].f != NULL || to == fm->n ||
	    !is_words(&fm->fields[0]))
		return false;
	words = json_string(edit_text(&fm->fields[0].ed));
	field_set(&fm->fields[to], words);
	json_decref(words);
	edit_set(&fm->fields[0].ed, fm->on != NULL ? fm->on : "");
	field_look(&fm->fields[0]);
	set_focus(fm, to);
	form_look_anew(fm);
	form_arrange(fm);
	tell_changed(fm);
	app_say(app, "The first field is the date. What you wrote stands "
	    "under \"%s\" now.", field_label(fm, &fm->fields[to]));
	return true;
}

static void place_fault(struct form *fm, const struct err *e);

static void
keep(struct form *fm, struct app *app)
{
	struct span on = form_on(&fm->base);
	struct err e;
	json_t *body;
	enum rc rc = form_check(&fm->base, &e);

	if (rc == RC_OK) {
		body = form_body(&fm->base);
		rc = fm->opts.keep(fm->opts.ctx, app, body, &on, &e);
		json_decref(body);
		if (rc != RC_OK)
			place_fault(fm, &e);
	}
	if (rc == RC_OK)
		app_pop(app);
	else
		app_error(app, &e);
}

/* What the form does itself, whatever field is in focus. */
static bool
form_move(struct form *fm, enum action a, struct app *app)
{
	bool on = a == ACT_NEXT_FIELD || a == ACT_DOWN;

	if (on && words_move_on(fm, app))
		return true;
	if (on)
		set_focus(fm, (fm->focus + 1) % fm->n);
	else if (a == ACT_PREV_FIELD || a == ACT_UP)
		set_focus(fm, (fm->focus + fm->n - 1) % fm->n);
	else
		return false;
	return true;
}

/* ---- finding words in a long text ---- */

static void
find(struct form *fm, struct app *app, bool back)
{
	bool round = false;

	if (fm->find.len == 0)
		app_say(app, "M-/ asks which words to find.");
	else if (!edit_find(&focused(fm)->ed, fm->find.s, back, &round))
		app_say(app, "Not found in this text.");
	else if (round)
		app_say(app, back ? "From the end again." :
		    "From the start again.");
	form_arrange(fm);
}

static void
find_done(void *ctx, struct app *app, const char *text)
{
	struct form *fm = ctx;

	if (text == NULL || *text == '\0' || focused(fm)->as != AS_LONG)
		return;
	str_clear(&fm->find);
	str_add(&fm->find, text);
	find(fm, app, false);
}

static bool
find_act(struct form *fm, enum action a, struct app *app)
{
	struct prompt p = {.label = "Find in this text: ",
	    .history = "text", .ctx = fm, .done = find_done};

	if (focused(fm)->as != AS_LONG)
		return false;
	if (a == ACT_FIND_TEXT)
		app_prompt(app, &p);
	else if (a == ACT_FIND_NEXT || a == ACT_FIND_PREV)
		find(fm, app, a == ACT_FIND_PREV);
	else
		return false;
	return true;
}

static bool
form_act(struct pane *p, const struct event *ev, struct app *app)
{
	struct form *fm = form_of(p);
	bool changed;

	if (ev->act == ACT_KEEP) {
		if (!words_move_on(fm, app))
			keep(fm, app);
		return true;
	}
	if (ev->act == ACT_PICK) {
		if (fm->opts.pick != NULL)
			fm->opts.pick(fm->opts.ctx, app, p);
		return true;
	}
	if (ev->act == ACT_CANCEL) {
		app_pop(app);
		if (fm->opts.left != NULL)
			fm->opts.left(fm->opts.ctx, app);
		return true;
	}
	if (find_act(fm, ev->act, app) || form_scroll(fm, ev->act))
		return true;
	if (!field_act(focused(fm), ev, &changed))
		return form_move(fm, ev->act, app);
	if (changed) {
		form_look_anew(fm);
		focused(fm)->left_once = false;
		tell_changed(fm);
	}
	form_arrange(fm);
	return true;
}

static void
form_resize(struct pane *p, int w, int h)
{
	struct form *fm = form_of(p);

	fm->w = w;
	fm->h = h;
	form_arrange(fm);
}

static void
form_destroy(struct pane *p)
{
	struct form *fm = form_of(p);

	if (fm->opts.destroy != NULL)
		fm->opts.destroy(fm->opts.ctx);
	for (size_t i = 0; i < fm->n; i++)
		field_release(&fm->fields[i]);
	free(fm->fields);
	free(fm->title);
	free(fm->intro);
	free(fm->on);
	str_release(&fm->find);
	json_decref(fm->body);
	free(fm);
}

static enum context
form_context(const struct pane *p)
{
	return focused(form_of(p))->as == AS_LONG ? CONTEXT_EDITOR :
	    CONTEXT_FIELD;
}

static const char *
form_topic(const struct pane *p)
{
	const struct form_opts *o = &form_of(p)->opts;

	return o->topic != NULL ? o->topic : o->kind->name;
}

static const char *
form_title(const struct pane *p)
{
	return form_of(p)->title;
}

static bool
form_can(const struct pane *p, enum action a)
{
	return a != ACT_PICK || form_of(p)->opts.pick != NULL;
}

static void
form_save_draft(struct pane *p)
{
	tell_changed(form_of(p));
}

static const char *
form_word(const struct pane *p, enum action a)
{
	return a == ACT_KEEP ? form_of(p)->opts.verb : NULL;
}

static const struct pane_ops form_ops = {
	.name = "form",
	.context = CONTEXT_FIELD,
	.draw = form_draw,
	.act = form_act,
	.resize = form_resize,
	.destroy = form_destroy,
	.context_now = form_context,
	.topic_now = form_topic,
	.title = form_title,
	.can = form_can,
	.word = form_word,
	.save = form_save_draft,
};

static void
add_field(struct form *fm, const struct field *f)
{
	fm->fields = xreallocarray(fm->fields, fm->n + 1,
	    sizeof(*fm->fields));
	field_init(fm, &fm->fields[fm->n++], f);
}

static void
load(struct form *fm, const char *on)
{
	for (size_t i = 0; i < fm->n; i++)
		field_load(&fm->fields[i], fm->body, on);
}

struct pane *
form_new(const struct form_opts *o)
{
	struct form *fm = xcalloc(1, sizeof(*fm));

	fm->base.ops = &form_ops;
	str_init(&fm->find);
	fm->opts = *o;
	fm->title = xstrdup(o->title != NULL ? o->title : o->kind->label);
	fm->intro = o->intro != NULL ? xstrdup(o->intro) : NULL;
	fm->on = o->on != NULL ? xstrdup(o->on) : NULL;
	fm->body = o->body != NULL ? json_deep_copy(o->body) : json_object();
	if (o->kind->on_label != NULL)
		add_field(fm, NULL);
	for (const struct field *f = o->kind->fields; f->name != NULL; f++)
		if ((f->flags & FIELD_HIDDEN) == 0)
			add_field(fm, f);
	load(fm, o->on);
	for (size_t i = 0; i < fm->n; i++)
		field_suggest(&fm->fields[i], o->suggest);
	for (size_t i = 0; i < fm->n; i++)
		rivals_make(fm, &fm->fields[i]);
	form_look_anew(fm);
	/* Lives in the caller's hands only while the form is made. */
	fm->opts.body = NULL;
	fm->opts.on = fm->opts.title = fm->opts.intro = NULL;
	return &fm->base;
}

void
form_set(struct pane *form, const char *field, const char *value)
{
	struct form *fm = form_of(form);
	json_t *one = json_pack("{s:s}", field, value);

	for (size_t i = 0; i < fm->n; i++)
		if (fm->fields[i].f != NULL &&
		    strcmp(fm->fields[i].f->name, field) == 0)
			field_load(&fm->fields[i], one, NULL);
	json_decref(one);
	form_arrange(fm);
	tell_changed(fm);
}

json_t *
form_body(const struct pane *form)
{
	const struct form *fm = form_of(form);
	json_t *body = json_deep_copy(fm->body);

	for (size_t i = 0; i < fm->n; i++)
		field_store(&fm->fields[i], body);
	return body;
}

struct span
form_on(const struct pane *form)
{
	const struct form *fm = form_of(form);
	struct span on;

	if (fm->n == 0 || fm->fields[0].f != NULL ||
	    span_parse(edit_text(&fm->fields[0].ed), &on, NULL) != RC_OK)
		return span_none();
	return on;
}

static enum rc
fault_at(struct form *fm, size_t i, struct err *e)
{
	struct form_field *ff = &fm->fields[i];

	set_focus(fm, i);
	ff->left_once = true;
	return err_set(e, RC_INPUT, "%s: %s", field_label(fm, ff),
	    ff->fault);
}

/* A message that begins with a field's label belongs to that field. */
static void
place_fault(struct form *fm, const struct err *e)
{
	for (size_t i = 0; i < fm->n; i++) {
		struct form_field *ff = &fm->fields[i];
		const char *label = ff->f != NULL ? ff->f->label : "Date";
		size_t n = strlen(label);

		if (strncmp(e->text, label, n) != 0 || e->text[n] != ':')
			continue;
		(void)snprintf(ff->fault, sizeof(ff->fault), "%.*s",
		    FAULT_MAX - 1, e->text + n + 1 +
		    (e->text[n + 1] == ' '));
		set_focus(fm, i);
		ff->left_once = true;
		form_arrange(fm);
		return;
	}
}

/* What only the whole form, or what stands beside it, can say of a field. */
static void
look_once_more(struct form_field *ff)
{
	if (ff->said.say == FORM_FAULT)
		(void)snprintf(ff->fault, sizeof(ff->fault), "%s",
		    ff->said.text);
	else if (rivals_open(ff))
		(void)snprintf(ff->fault, sizeof(ff->fault), "%zu values "
		    "stand: choose with Left and Right, or type another",
		    ff->nrivals);
}

enum rc
form_check(struct pane *form, struct err *e)
{
	struct form *fm = form_of(form);
	struct span on = form_on(form);
	json_t *body;
	enum rc rc;

	for (size_t i = 0; i < fm->n; i++) {
		struct form_field *ff = &fm->fields[i];

		if (ff->said.say == FORM_CLOSED)
			continue;
		field_look(ff);
		if (ff->fault[0] == '\0')
			look_once_more(ff);
		if (ff->fault[0] == '\0' && field_required(ff) &&
		    ff->as != AS_SHOWN && field_is_empty(ff))
			(void)snprintf(ff->fault, sizeof(ff->fault),
			    "this is needed");
		if (ff->fault[0] != '\0')
			return fault_at(fm, i, e);
	}
	body = form_body(form);
	rc = kind_check_draft(fm->opts.kind, &on, body, e);
	json_decref(body);
	if (rc != RC_OK)
		place_fault(fm, e);
	return rc;
}

void
form_put(struct pane *form, const char *field, json_t *value)
{
	(void)json_object_set_new(form_of(form)->body, field, value);
}

void
form_save(const struct pane *form, struct str *out)
{
	const struct form *fm = form_of(form);
	json_t *typed = json_object(), *answered = json_array(), *all;
	char *text;

	for (size_t i = 0; i < fm->n; i++) {
		const struct form_field *ff = &fm->fields[i];

		if (ff->nrivals > 0 && ff->answered)
			(void)json_array_append_new(answered,
			    json_string(ff->f != NULL ? ff->f->name : ""));
		if (field_typed(ff) != NULL)
			(void)json_object_set_new(typed,
			    ff->f != NULL ? ff->f->name : "",
			    json_string(field_typed(ff)));
	}
	all = json_pack("{s:s, s:o, s:o, s:o, s:I}", "kind",
	    fm->opts.kind->name, "body", form_body(form), "typed", typed,
	    "answered", answered, "focus", (json_int_t)fm->focus);
	text = json_dumps(all, JSON_COMPACT | JSON_SORT_KEYS |
	    JSON_ENSURE_ASCII);
	str_add(out, text != NULL ? text : "{}");
	free(text);
	json_decref(all);
}

static void
restore_typed(struct form *fm, const json_t *typed)
{
	for (size_t i = 0; i < fm->n; i++) {
		struct form_field *ff = &fm->fields[i];
		const char *text = json_string_value(json_object_get(typed,
		    ff->f != NULL ? ff->f->name : ""));

		if (text == NULL || field_typed(ff) == NULL)
			continue;
		edit_set(&ff->ed, text);
		ff->suggested = false;
		field_look(ff);
	}
}

enum rc
form_restore(struct pane *form, const char *text, struct err *e)
{
	struct form *fm = form_of(form);
	json_error_t why;
	json_t *all = json_loads(text, JSON_REJECT_DUPLICATES, &why);
	json_t *body = json_object_get(all, "body");
	const char *kind = json_string_value(json_object_get(all, "kind"));
	json_int_t focus = json_integer_value(json_object_get(all, "focus"));

	if (kind == NULL || !json_is_object(body) ||
	    strcmp(kind, fm->opts.kind->name) != 0) {
		json_decref(all);
		return err_set(e, RC_INPUT, "the draft is not one of the form "
		    "\"%s\"", fm->title);
	}
	json_decref(fm->body);
	fm->body = json_deep_copy(body);
	load(fm, NULL);
	restore_typed(fm, json_object_get(all, "typed"));
	for (size_t i = 0; i < fm->n; i++)
		rivals_restore(&fm->fields[i], json_object_get(all,
		    "answered"));
	form_look_anew(fm);
	if (focus >= 0 && (size_t)focus < fm->n)
		fm->focus = (size_t)focus;
	json_decref(all);
	form_arrange(fm);
	return RC_OK;
}
