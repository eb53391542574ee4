/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/ask.h"

#include <ctype.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/ask_impl.h"
#include "tui/words.h"

static const struct ask *
ask_of(const struct pane *p)
{
	return (const struct ask *)(const void *)p;
}

static struct ask *
ask_mut(struct pane *p)
{
	return (struct ask *)(void *)p;
}

/* ---- the answers ---- */

const char *
ask_text(const struct pane *ask, size_t i)
{
	return edit_text(&ask_of(ask)->f[i].ed);
}

const struct secret *
ask_secret(const struct pane *ask, size_t i)
{
	return &ask_of(ask)->f[i].ed.secret;
}

size_t
ask_choice(const struct pane *ask, size_t i)
{
	return ask_of(ask)->f[i].at;
}

bool
ask_ticked(const struct pane *ask, size_t i, size_t choice)
{
	return ask_of(ask)->f[i].choices[choice].on;
}

static void
go_to(struct ask *a, size_t i)
{
	a->focus = i;
	a->f[i].seen = true;
	str_clear(&a->fault);
	ask_arrange(a);
}

void
ask_clear(struct pane *ask, size_t i)
{
	struct ask *a = ask_mut(ask);

	if (asked_types(&a->f[i]))
		edit_clear(&a->f[i].ed);
	go_to(a, i);
}

static bool
is_empty(const struct asked *f)
{
	switch (f->type) {
	case ASK_LINE:
		return edit_text(&f->ed)[strspn(edit_text(&f->ed), " ")] ==
		    '\0';
	case ASK_SECRET:
	case ASK_AGAIN:
		return f->ed.secret.len == 0;
	case ASK_CHOICE:
	case ASK_TICKS:
	default:
		return false;
	}
}

/* ---- going on ---- */

static bool
same_secret(const struct secret *a, const struct secret *b)
{
	return a->len == b->len &&
	    (a->len == 0 || sodium_memcmp(a->p, b->p, a->len) == 0);
}

static enum rc
check_field(const struct ask *a, size_t i, struct err *e)
{
	const struct asked *f = &a->f[i];

	if (is_empty(f))
		return f->optional ? RC_OK : err_set(e, RC_INPUT,
		    "This is needed.");
	if (f->type == ASK_AGAIN &&
	    !same_secret(&f->ed.secret, &a->f[i - 1].ed.secret))
		return err_set(e, RC_INPUT, "This is not the same as above. "
		    "Type both again.");
	return a->o.check != NULL ?
	    a->o.check(a->o.ctx, &a->base, i, e) : RC_OK;
}

/* False with the focus at the fault. */
static bool
field_is_good(struct ask *a, size_t i)
{
	struct err e;

	if (check_field(a, i, &e) == RC_OK)
		return true;
	if (a->f[i].type == ASK_AGAIN && !is_empty(&a->f[i])) {
		edit_clear(&a->f[i].ed);
		edit_clear(&a->f[i - 1].ed);
		i--;
	}
	go_to(a, i);
	sentence(&a->fault, e.text);
	ask_arrange(a);
	return false;
}

/* With one field alone, what is wrong is wrong there. */
static void
tell_fault(struct ask *a, struct app *app, const struct err *e)
{
	struct str text;

	app_say(app, "%s", "");
	if (a->n == 1 && e->rc == RC_INPUT) {
		str_clear(&a->fault);
		sentence(&a->fault, e->text);
		ask_arrange(a);
		return;
	}
	str_init(&text);
	sentence(&text, e->text);
	app_warn(app, "%s", text.s);
	str_release(&text);
}

static void
do_it(void *ctx, struct app *app)
{
	struct ask *a = ctx;
	struct err e;

	err_clear(&e);
	if (a->o.done(a->o.ctx, app, &a->base, &e) != RC_OK) {
		a->working = false;
		tell_fault(a, app, &e);
		return;
	}
	app_say(app, "%s", "");
	app_pop(app);
	if (a->o.after != NULL)
		a->o.after(a->o.ctx, app);
}

static void
finish(struct ask *a, struct app *app)
{
	for (size_t i = 0; i < a->n; i++)
		if (!field_is_good(a, i))
			return;
	if (a->o.working == NULL) {
		do_it(a, app);
		return;
	}
	a->working = true;
	app_say(app, "%s", a->o.working);
	app_later(app, do_it, a);
}

/* The next field that was not seen or is not filled in, else the end. */
static bool
submit(struct ask *a, struct app *app)
{
	if (!field_is_good(a, a->focus))
		return true;
	for (size_t i = a->focus + 1; i < a->n; i++) {
		if (!a->f[i].seen || (is_empty(&a->f[i]) &&
		    !a->f[i].optional)) {
			go_to(a, i);
			return true;
		}
	}
	finish(a, app);
	return true;
}

/* ---- acting ---- */

static bool
toggle(struct asked *f, const struct event *ev)
{
	if (f->type != ASK_TICKS || f->nchoices == 0 ||
	    ev->act != ACT_TYPED || ev->n != 1 || ev->text[0] != ' ')
		return false;
	f->choices[f->at].on = !f->choices[f->at].on;
	return true;
}

static bool
begins_with(const char *label, const char *find)
{
	for (; *find != '\0'; label++, find++)
		if (tolower((unsigned char)*label) !=
		    tolower((unsigned char)*find))
			return false;
	return true;
}

/* True if one of its words, or what follows it, begins so. */
static bool
has_words(const char *label, const char *find)
{
	for (const char *s = label; *s != '\0'; s++)
		if ((s == label || s[-1] == ' ') && begins_with(s, find))
			return true;
	return false;
}

/* Letters find a choice; one that fits nothing starts anew. */
static bool
find_choice(struct asked *f, const struct event *ev)
{
	size_t len = strlen(f->find);

	if (f->type != ASK_CHOICE || ev->act != ACT_TYPED)
		return false;
	for (int again = 0; again < 2; again++) {
		if (len + ev->n < sizeof(f->find)) {
			memcpy(f->find + len, ev->text, ev->n);
			f->find[len + ev->n] = '\0';
		}
		for (size_t i = 0; i < f->nchoices; i++)
			if (has_words(f->choices[i].label, f->find)) {
				f->at = i;
				return true;
			}
		len = 0;
	}
	f->find[0] = '\0';
	return false;
}

/* Within a field of choices; false at its edge or in another field. */
static bool
move_choice(struct asked *f, enum action act)
{
	if (asked_types(f))
		return false;
	f->find[0] = '\0';
	if (act == ACT_UP && f->at > 0)
		f->at--;
	else if (act == ACT_DOWN && f->at + 1 < f->nchoices)
		f->at++;
	else
		return false;
	return true;
}

static bool
move(struct ask *a, enum action act)
{
	bool back = act == ACT_UP || act == ACT_PREV_FIELD;

	if (move_choice(&a->f[a->focus], act))
		ask_arrange(a);
	else
		go_to(a, (a->focus + (back ? a->n - 1 : 1)) % a->n);
	return true;
}

/* To read what does not fit; the next key goes back to the field. */
static bool
turn_page(struct ask *a, enum action act)
{
	int page = a->h > 1 ? a->h - 1 : 1;
	int last = a->rows > a->h ? a->rows - a->h : 0;

	a->top += act == ACT_PAGE_UP ? -page : page;
	a->top = a->top < 0 ? 0 : a->top > last ? last : a->top;
	return true;
}

static bool
take_pasted(struct ask *a, const struct event *ev)
{
	struct asked *f = &a->f[a->focus];
	struct str instead;
	bool taken;

	if (ev->act != ACT_PASTED || a->o.pasted == NULL ||
	    f->type != ASK_LINE)
		return false;
	str_init(&instead);
	taken = a->o.pasted(a->o.ctx, a->focus, ev->text, ev->n, &instead);
	if (taken) {
		edit_set(&f->ed, instead.s);
		str_clear(&a->fault);
		ask_arrange(a);
	}
	str_release(&instead);
	return taken;
}

static bool
type(struct ask *a, const struct event *ev)
{
	struct asked *f = &a->f[a->focus];
	bool changed = false;

	if (take_pasted(a, ev))
		return true;
	if (!asked_types(f)) {
		if (toggle(f, ev) || find_choice(f, ev)) {
			str_clear(&a->fault);
			ask_arrange(a);
		}
		return ev->act == ACT_TYPED || ev->act == ACT_PASTED;
	}
	if (!edit_act(&f->ed, ev, &changed))
		return false;
	if (changed)
		str_clear(&a->fault);
	ask_arrange(a);
	return true;
}

static bool
ask_act(struct pane *p, const struct event *ev, struct app *app)
{
	struct ask *a = ask_mut(p);

	/* What was asked for is under way and borrows the form. */
	if (a->working)
		return true;
	switch (ev->act) {
	case ACT_SUBMIT:
		return submit(a, app);
	case ACT_CANCEL:
		app_pop(app);
		if (a->o.left != NULL)
			a->o.left(a->o.ctx, app);
		else
			app_say(app, "Nothing was changed.");
		return true;
	case ACT_UP:
	case ACT_DOWN:
	case ACT_NEXT_FIELD:
	case ACT_PREV_FIELD:
		return move(a, ev->act);
	case ACT_PAGE_UP:
	case ACT_PAGE_DOWN:
		return turn_page(a, ev->act);
	default:
		return type(a, ev);
	}
}

static bool
ask_can(const struct pane *p, enum action act)
{
	if (act == ACT_NEXT_FIELD)
		return ask_of(p)->n > 1;
	return act != ACT_BACK && act != ACT_SIGN && act != ACT_UNDO &&
	    act != ACT_COMMAND;
}

static void
ask_resize(struct pane *p, int w, int h)
{
	struct ask *a = ask_mut(p);

	a->w = w;
	a->h = h;
	ask_arrange(a);
}

static const char *
ask_title(const struct pane *p)
{
	return ask_of(p)->title;
}

static const char *
ask_topic(const struct pane *p)
{
	return ask_of(p)->o.topic;
}

static void
release_field(struct asked *f)
{
	if (asked_types(f))
		edit_release(&f->ed);
	for (size_t i = 0; i < f->nchoices; i++)
		free(f->choices[i].label);
	free(f->choices);
	free(f->label);
	free(f->help);
}

static void
ask_destroy(struct pane *p)
{
	struct ask *a = ask_mut(p);

	if (a->o.destroy != NULL)
		a->o.destroy(a->o.ctx);
	for (size_t i = 0; i < a->n; i++)
		release_field(&a->f[i]);
	str_release(&a->fault);
	str_release(&a->remark);
	free(a->title);
	free(a->intro);
	free(a);
}

static const struct pane_ops ask_ops = {
	.name = "ask",
	.context = CONTEXT_ASK,
	.draw = ask_draw,
	.act = ask_act,
	.resize = ask_resize,
	.destroy = ask_destroy,
	.topic_now = ask_topic,
	.title = ask_title,
	.can = ask_can,
};

/* ---- making ---- */

static void
copy_choices(struct asked *f, const struct ask_field *from)
{
	f->choices = xcalloc(from->nchoices + 1, sizeof(*f->choices));
	for (size_t i = 0; i < from->nchoices; i++) {
		const struct ask_choice *c = &from->choices[i];

		f->choices[i] = (struct asked_choice){xstrdup(c->label),
		    c->on};
		if (c->on && f->type == ASK_CHOICE)
			f->at = i;
	}
	f->nchoices = from->nchoices;
}

static enum rc
add_field(struct ask *a, const struct ask_field *from, struct err *e)
{
	struct asked *f = &a->f[a->n];

	f->type = from->type;
	if (asked_types(f) && edit_init(&f->ed, from->type == ASK_LINE ?
	    EDIT_LINE : EDIT_SECRET, 0, e) != RC_OK)
		return e->rc;
	a->n++;
	f->label = xstrdup(from->label);
	f->help = from->help != NULL ? xstrdup(from->help) : NULL;
	f->optional = from->optional;
	if (from->type == ASK_LINE && from->text != NULL)
		edit_set(&f->ed, from->text);
	copy_choices(f, from);
	return RC_OK;
}

struct pane *
ask_new(const struct ask_opts *o, struct err *e)
{
	struct ask *a = xcalloc(1, sizeof(*a));

	a->base.ops = &ask_ops;
	a->o = *o;
	a->title = xstrdup(o->title);
	a->intro = xstrdup(o->intro);
	str_init(&a->fault);
	str_init(&a->remark);
	for (size_t i = 0; i < o->n && i < ASK_FIELDS_MAX; i++) {
		if (add_field(a, &o->fields[i], e) != RC_OK) {
			ask_destroy(&a->base);
			return NULL;
		}
	}
	/* Lives in the caller's hands only while the form is made. */
	a->o.fields = NULL;
	a->o.title = a->o.intro = NULL;
	a->f[0].seen = true;
	return &a->base;
}

void
ask_open(struct app *app, const struct ask_opts *o)
{
	struct err e;
	struct pane *p = ask_new(o, &e);

	if (p == NULL)
		app_error(app, &e);
	else
		app_push(app, p);
}
