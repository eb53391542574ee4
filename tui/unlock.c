/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/unlock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "core/xalloc.h"
#include "tui/app.h"
#include "tui/edit.h"
#include "tui/words.h"

#define LABEL_W 12		/* "Passphrase: " */
#define FIELD_W_MAX 48
#define WAIT_MS_MAX INT64_C(60000)

enum focus { ON_NAME, ON_PASS };

struct unlock {
	struct pane base;
	struct unlock_opts o;
	struct edit name, pass;
	enum focus focus;
	bool working;		/* the key is being derived */
	char *fault;		/* why it did not open, whole; owned */
	const char *recovery;	/* borrowed; NULL: not known */
};

const char *
unlock_recovery_words(bool code, bool pair, bool several)
{
	if (code && several)
		return "Forgotten? Ask a colleague who lets others in, or "
		    "with the code on paper leave and run: hearken recover.";
	if (code)
		return "Forgotten? With the recovery code on paper, leave "
		    "and run: hearken recover.";
	if (pair && several)
		return "Forgotten? Ask a colleague who lets others in, or two "
		    "who keep a code each: leave and run: hearken recover.";
	if (pair)
		return "Forgotten? Two of the people who keep a code can give "
		    "access back together: leave and run: hearken recover.";
	if (several)
		return "Forgotten? Ask a colleague who lets others in: they "
		    "can give you a new one. There is no recovery code.";
	return "If the passphrase is forgotten, nothing can be done: there is "
	    "no recovery code, and nobody else has access.";
}

static const struct unlock *
unlock_of(const struct pane *p)
{
	return (const struct unlock *)(const void *)p;
}

static struct unlock *
unlock_mut(struct pane *p)
{
	return (struct unlock *)(void *)p;
}

/* ---- drawing ---- */

static struct view
field_view(const struct view *v, int y)
{
	int w = view_w(v) - LABEL_W;

	return view_sub(v, (struct rect){LABEL_W, y,
	    w < FIELD_W_MAX ? w : FIELD_W_MAX, 1});
}

static void
draw_field(const struct unlock *u, const struct view *v, int y,
    enum focus which)
{
	bool on = u->focus == which && !u->working;
	const struct edit *ed = which == ON_NAME ? &u->name : &u->pass;
	struct view field = field_view(v, y);
	enum style s = on ? STYLE_INPUT_FOCUS : STYLE_INPUT;

	view_put(v, 0, y, STYLE_LABEL,
	    which == ON_NAME ? "Name:" : "Passphrase:");
	view_fill(&field, (struct rect){0, 0, view_w(&field), 1}, s);
	edit_draw(ed, &field, s, on);
}

static const char *
intro(const struct unlock *u)
{
	if (u->o.left)
		return "Locked. The short form in hand is gone, and nothing "
		    "of it was done. All else that was typed is kept, "
		    "encrypted.";
	if (u->o.locked)
		return "Locked. What was being typed is kept, encrypted.";
	return "This file is encrypted. Type the passphrase to open it.";
}

/* ms until the next try is looked at, or 0. */
static int64_t
wait_left(const struct unlock *u)
{
	int64_t left = u->o.tries->not_before - clock_ticks(u->o.clock);

	return left > 0 ? left : 0;
}

/* Returns the rows it took. */
static int
draw_fault(const struct unlock *u, const struct view *v, int y)
{
	int64_t left = wait_left(u);
	struct str told;
	int rows;

	str_init(&told);
	str_add(&told, u->fault != NULL ? u->fault :
	    "The last passphrases were wrong.");
	if (left > 0)
		str_add_fmt(&told, " The next try is possible in %d s.",
		    (int)((left + 999) / 1000));
	rows = view_wrap(v, y, STYLE_ERROR, told.s);
	str_release(&told);
	return rows;
}

/* Each second of the wait is shown. */
static int64_t
unlock_wake(const struct pane *p)
{
	int64_t left = wait_left(unlock_of(p));

	return left > 0 ? (left - 1) % 1000 + 1 : -1;
}

static void
unlock_draw(const struct pane *p, const struct view *v, bool focused)
{
	const struct unlock *u = unlock_of(p);
	bool roomy = view_h(v) >= 12;
	struct view in = view_sub(v, roomy ?
	    rect_inset((struct rect){0, 0, view_w(v), view_h(v)}, 2, 1) :
	    (struct rect){0, 0, view_w(v), view_h(v)});
	int y = 0;

	(void)focused;
	view_fit(&in, 0, y, STYLE_TITLE, u->o.file);
	y += roomy ? 2 : 1;
	/* In a low window what went wrong needs the room. */
	if (roomy || u->fault == NULL)
		y += view_wrap(&in, y, STYLE_NORMAL, intro(u)) +
		    (roomy ? 1 : 0);
	if (u->o.ask_name)
		draw_field(u, &in, y++, ON_NAME);
	draw_field(u, &in, y++, ON_PASS);
	y += roomy ? 1 : 0;
	if (u->fault != NULL || wait_left(u) > 0)
		y += draw_fault(u, &in, y) + (roomy ? 1 : 0);
	view_wrap(&in, y, STYLE_DIM, u->recovery != NULL ? u->recovery :
	    "Nobody can reset a forgotten passphrase.");
}

/* ---- opening ---- */

/* why NULL: there is none any more. */
static void
say_fault(struct unlock *u, const char *why)
{
	struct str text;

	free(u->fault);
	u->fault = NULL;
	if (why == NULL)
		return;
	str_init(&text);
	sentence(&text, why);
	u->fault = str_take(&text);
}

/* As the store counts them, too: see db/tries.h. */
static int64_t
wait_ms(unsigned wrong)
{
	int64_t ms;

	if (wrong < 2)
		return 0;
	ms = wrong > 8 ? WAIT_MS_MAX : INT64_C(1000) << (wrong - 2);
	return ms < WAIT_MS_MAX ? ms : WAIT_MS_MAX;
}

/* At least ms, and as long as the machine remembers. */
static void
hold_back(struct unlock *u, int64_t ms)
{
	int64_t known = u->o.wait != NULL ? u->o.wait(u->o.ctx) : 0;
	int64_t until = clock_ticks(u->o.clock) + (known > ms ? known : ms);

	if (until > u->o.tries->not_before)
		u->o.tries->not_before = until;
}

static void
count_wrong(struct unlock *u, const struct err *e)
{
	u->o.tries->wrong++;
	hold_back(u, wait_ms(u->o.tries->wrong));
	say_fault(u, e->text);
}

static void
open_now(void *ctx, struct app *app)
{
	struct unlock *u = ctx;
	struct err e;
	enum rc rc;

	err_clear(&e);
	rc = u->o.open(u->o.ctx, u->o.ask_name ? edit_text(&u->name) :
	    u->o.user,
	    &u->pass.secret, &e);
	edit_clear(&u->pass);
	u->working = false;
	app_say(app, "%s", "");
	if (rc == RC_OK) {
		*u->o.tries = (struct unlock_tries){0, 0};
		u->o.opened(u->o.ctx, app);
	} else if (rc == RC_PASSPHRASE) {
		count_wrong(u, &e);
	} else {
		say_fault(u, e.text);
	}
}

static void
submit(struct unlock *u, struct app *app)
{
	int64_t left = wait_left(u);

	if (u->o.ask_name && *edit_text(&u->name) == '\0') {
		u->focus = ON_NAME;
		app_say(app, "Type your name as your colleagues know it here.");
		return;
	}
	if (u->pass.secret.len == 0) {
		u->focus = ON_PASS;
		app_say(app, "Type the passphrase, then Enter.");
		return;
	}
	if (left > 0) {
		app_warn(app, "Wait %d s more before the next try.",
		    (int)((left + 999) / 1000));
		return;
	}
	say_fault(u, NULL);
	u->working = true;
	app_say(app, "Deriving the key...");
	app_later(app, open_now, u);
}

/* ---- acting ---- */

static bool
leave(struct unlock *u, struct app *app)
{
	if (u->pass.secret.len > 0)
		edit_clear(&u->pass);
	else
		app_quit(app);
	return true;
}

static bool
enter_pressed(struct unlock *u, struct app *app)
{
	if (u->focus == ON_NAME && u->pass.secret.len == 0 &&
	    *edit_text(&u->name) != '\0')
		u->focus = ON_PASS;
	else
		submit(u, app);
	return true;
}

static bool
unlock_act(struct pane *p, const struct event *ev, struct app *app)
{
	struct unlock *u = unlock_mut(p);
	bool changed = false;

	/* The key is being derived from what was typed. */
	if (u->working)
		return true;
	switch (ev->act) {
	case ACT_SUBMIT:
		return enter_pressed(u, app);
	case ACT_CANCEL:
		return leave(u, app);
	case ACT_NEXT_FIELD:
	case ACT_PREV_FIELD:
		if (u->o.ask_name)
			u->focus = u->focus == ON_NAME ? ON_PASS : ON_NAME;
		return true;
	default:
		return edit_act(u->focus == ON_NAME ? &u->name : &u->pass, ev,
		    &changed);
	}
}

static bool
unlock_can(const struct pane *p, enum action a)
{
	if (a == ACT_NEXT_FIELD)
		return unlock_of(p)->o.ask_name;
	/* Nothing to come back from, sign, or command before it is open. */
	return a != ACT_BACK && a != ACT_SIGN && a != ACT_UNDO &&
	    a != ACT_COMMAND;
}

static void
unlock_resize(struct pane *p, int w, int h)
{
	struct unlock *u = unlock_mut(p);
	int field = w - LABEL_W - (h >= 12 ? 4 : 0);

	field = field < FIELD_W_MAX ? field : FIELD_W_MAX;
	edit_resize(&u->name, field > 0 ? field : 0, 1);
	edit_resize(&u->pass, field > 0 ? field : 0, 1);
}

static void
unlock_status(const struct pane *p, struct status *st)
{
	(void)p;
	snprintf(st->place, sizeof(st->place), "Unlock");
	st->closed = true;
}

static void
unlock_destroy(struct pane *p)
{
	struct unlock *u = unlock_mut(p);

	edit_release(&u->name);
	edit_release(&u->pass);
	say_fault(u, NULL);
	free(u);
}

static const struct pane_ops unlock_ops = {
	.name = "unlock",
	.context = CONTEXT_UNLOCK,
	.topic = "unlock",
	.draw = unlock_draw,
	.act = unlock_act,
	.resize = unlock_resize,
	.destroy = unlock_destroy,
	.can = unlock_can,
	.status = unlock_status,
	.wake = unlock_wake
};

struct pane *
unlock_new(const struct unlock_opts *o, struct err *e)
{
	struct unlock *u = xcalloc(1, sizeof(*u));

	u->base.ops = &unlock_ops;
	u->o = *o;
	if (edit_init(&u->name, EDIT_LINE, 0, e) != RC_OK ||
	    edit_init(&u->pass, EDIT_SECRET, 0, e) != RC_OK) {
		edit_release(&u->name);
		free(u);
		return NULL;
	}
	if (o->user != NULL)
		edit_set(&u->name, o->user);
	u->focus = o->ask_name && *edit_text(&u->name) == '\0' ? ON_NAME :
	    ON_PASS;
	return &u->base;
}

void
unlock_tell(struct pane *unlock, bool ask_name, const char *recovery)
{
	struct unlock *u = unlock_mut(unlock);

	hold_back(u, 0);
	u->o.ask_name = ask_name;
	u->recovery = recovery;
	u->focus = ask_name && *edit_text(&u->name) == '\0' ? ON_NAME :
	    ON_PASS;
}
