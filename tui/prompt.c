/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The prompt line: one line of typing with history and completion, and the
 * typed confirmation that stands on it.
 */
#include "config.h"

#include "tui/app_impl.h"

#include <stdlib.h>
#include <string.h>

#include "core/vec.h"
#include "core/xalloc.h"

static void
forget_base(struct prompt_line *pl)
{
	if (pl->base != NULL)
		explicit_bzero(pl->base, strlen(pl->base));
	free(pl->base);
	pl->base = NULL;
	pl->recall = 0;
	pl->choice = 0;
	pl->completing = false;
}

void
prompt_resize(struct app *app)
{
	struct prompt_line *pl = &app->prompt;
	struct cellbuf b;
	struct view v;

	if (!pl->open)
		return;
	/* The label's columns are what it takes when it is put. */
	cellbuf_init(&b, 0, 0);
	v = view_of(&b);
	edit_resize(&pl->ed, app->w - view_put(&v, 0, 0, STYLE_NORMAL,
	    pl->p.label), 1);
	cellbuf_release(&b);
}

void
app_prompt(struct app *app, const struct prompt *p)
{
	struct prompt_line *pl = &app->prompt;

	prompt_close(app);
	pl->p = *p;
	pl->open = true;
	/* Only a secret can fail. */
	(void)!edit_init(&pl->ed, EDIT_LINE, 0, NULL);
	prompt_resize(app);
	if (p->text != NULL)
		edit_set(&pl->ed, p->text);
	app->dirty = true;
}

static struct history *
find_history(struct app *app, const char *name)
{
	if (name == NULL)
		return NULL;
	for (size_t i = 0; i < app->nhistories; i++)
		if (strcmp(app->histories[i].name, name) == 0)
			return &app->histories[i];
	if (app->nhistories == HISTORIES_MAX)
		return NULL;
	app->histories[app->nhistories].name = xstrdup(name);
	return &app->histories[app->nhistories++];
}

static void
drop_line(struct history *h, size_t i)
{
	explicit_bzero(h->lines[i], strlen(h->lines[i]));
	free(h->lines[i]);
	memmove(&h->lines[i], &h->lines[i + 1],
	    (h->n - i - 1) * sizeof(*h->lines));
	h->n--;
}

static void
remember(struct app *app, const char *text)
{
	struct history *h = find_history(app, app->prompt.p.history);

	if (h == NULL || text[0] == '\0')
		return;
	for (size_t i = h->n; i-- > 0;)
		if (strcmp(h->lines[i], text) == 0)
			drop_line(h, i);
	if (h->n == HISTORY_MAX)
		drop_line(h, 0);
	h->lines = vec_room(h->lines, h->n, &h->cap, sizeof(char *));
	h->lines[h->n++] = xstrdup(text);
}

void
prompt_wipe(struct app *app)
{
	for (size_t i = 0; i < app->nhistories; i++)
		while (app->histories[i].n > 0)
			drop_line(&app->histories[i],
			    app->histories[i].n - 1);
}

/* Closes it, then hands on the text; NULL for none. */
static void
finish(struct app *app, const char *text)
{
	struct prompt_line *pl = &app->prompt;
	struct prompt p = pl->p;

	pl->open = false;
	forget_base(pl);
	edit_release(&pl->ed);
	app->message_stays = false;
	app->dirty = true;
	if (p.done != NULL)
		p.done(p.ctx, app, text);
}

void
prompt_close(struct app *app)
{
	if (app->prompt.open)
		finish(app, NULL);
}

static void
submit(struct app *app)
{
	char *text = xstrdup(edit_text(&app->prompt.ed));

	remember(app, text);
	finish(app, text);
	explicit_bzero(text, strlen(text));
	free(text);
}

static void
tell_changed(struct app *app)
{
	const struct prompt *p = &app->prompt.p;

	if (p->changed != NULL)
		p->changed(p->ctx, app, edit_text(&app->prompt.ed));
}

static void
keep_base(struct prompt_line *pl)
{
	if (pl->base == NULL)
		pl->base = xstrdup(edit_text(&pl->ed));
}

/* Each Tab the next choice; after the last, what was typed again. */
static void
complete(struct app *app)
{
	struct prompt_line *pl = &app->prompt;
	const char *text;

	if (pl->p.complete == NULL)
		return;
	if (!pl->completing)
		forget_base(pl);
	keep_base(pl);
	pl->completing = true;
	text = pl->p.complete(pl->p.ctx, pl->base, pl->choice++);
	if (text == NULL)
		pl->choice = 0;
	edit_set(&pl->ed, text != NULL ? text : pl->base);
	tell_changed(app);
}

static void
recall(struct app *app, bool older)
{
	struct prompt_line *pl = &app->prompt;
	struct history *h = find_history(app, pl->p.history);

	if (h == NULL)
		return;
	if (pl->completing)
		forget_base(pl);
	keep_base(pl);
	if (older && pl->recall < h->n)
		pl->recall++;
	else if (!older && pl->recall > 0)
		pl->recall--;
	edit_set(&pl->ed, pl->recall > 0 ? h->lines[h->n - pl->recall] :
	    pl->base);
	tell_changed(app);
}

void
prompt_act(struct app *app, const struct event *ev)
{
	struct prompt_line *pl = &app->prompt;
	bool changed = false;

	switch (ev->act) {
	case ACT_SUBMIT:
		submit(app);
		return;
	case ACT_CANCEL:
		finish(app, NULL);
		return;
	case ACT_COMPLETE:
		complete(app);
		return;
	case ACT_UP:
	case ACT_DOWN:
		recall(app, ev->act == ACT_UP);
		return;
	case ACT_HELP:
		app_say(app, "Enter does what is typed, Esc leaves, Up and "
		    "Down recall what was typed before, Tab completes.");
		return;
	case ACT_RUBOUT:
		/* Rubbing out what is not there leaves, as in other pagers. */
		if (edit_text(&pl->ed)[0] == '\0') {
			finish(app, NULL);
			return;
		}
		break;
	default:
		break;
	}
	if (!edit_act(&pl->ed, ev, &changed) || !changed)
		return;
	forget_base(pl);
	tell_changed(app);
}

void
prompt_draw(const struct app *app, const struct view *v)
{
	const struct prompt_line *pl = &app->prompt;
	struct view line;
	int x;

	if (!pl->open || view_h(v) < 1)
		return;
	view_fill(v, (struct rect){0, 0, view_w(v), 1}, STYLE_NORMAL);
	x = view_put(v, 0, 0, STYLE_LABEL, pl->p.label);
	line = view_sub(v, (struct rect){x, 0, view_w(v) - x, 1});
	edit_draw(&pl->ed, &line, STYLE_INPUT_FOCUS, true);
}

static void
forget_confirm(struct confirming *c)
{
	free(c->what);
	free(c->expect);
	free(c->label);
	memset(c, 0, sizeof(*c));
}

void
prompt_release(struct app *app)
{
	app->prompt.p.done = NULL;
	prompt_close(app);
	prompt_wipe(app);
	for (size_t i = 0; i < app->nhistories; i++) {
		free(app->histories[i].name);
		free(app->histories[i].lines);
	}
	forget_confirm(&app->confirm);
}

static void ask_confirm(struct app *app);

static void
confirm_done(void *ctx, struct app *app, const char *text)
{
	struct confirming *c = &app->confirm;
	void (*do_it)(void *ctx, struct app *app) = c->do_it;
	void *its = c->ctx;

	(void)ctx;
	if (text == NULL) {
		forget_confirm(c);
		app_say(app, "Nothing was done.");
	} else if (strcmp(text, c->expect) != 0) {
		ask_confirm(app);
		app_warn(app, "That was not %s.  %s", c->expect, c->what);
		app->message_stays = true;
	} else {
		forget_confirm(c);
		app_say(app, "%s", "");
		do_it(its, app);
	}
}

static void
ask_confirm(struct app *app)
{
	struct prompt p = {
		.label = app->confirm.label, .done = confirm_done,
	};

	app_prompt(app, &p);
	app_warn(app, "%s", app->confirm.what);
	app->message_stays = true;
}

void
app_confirm(struct app *app, const struct confirm *c)
{
	struct str label;

	prompt_close(app);
	str_init(&label);
	str_add_fmt(&label, "Type %s to go on, Esc to leave: ", c->expect);
	app->confirm = (struct confirming){xstrdup(c->what),
	    xstrdup(c->expect), str_take(&label), c->ctx, c->do_it};
	ask_confirm(app);
}
