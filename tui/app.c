/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/app.h"

#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"
#include "tui/app_impl.h"
#include "tui/keyscreen.h"

#define PROGRESS_MS 100
#define BAR_MAX 24	/* columns of a progress bar */

struct app *
app_new(const struct app_opts *o, struct term t)
{
	struct app *app = xcalloc(1, sizeof(*app));

	app->opts = *o;
	app->term = t;
	app->dirty = true;
	app->active_at = clock_ticks(o->clock);
	app->slept = clock_slept(o->clock);
	str_init(&app->message);
	cellbuf_init(&app->front, 0, 0);
	cellbuf_init(&app->back, 0, 0);
	return app;
}

void
app_free(struct app *app)
{
	if (app == NULL)
		return;
	app_drop_screens(app);
	app_bury(app);
	app_stop(app);
	app_drop_ahead(app);
	if (app->term.ops->destroy != NULL)
		app->term.ops->destroy(app->term.ctx);
	prompt_release(app);
	str_release(&app->message);
	cellbuf_release(&app->front);
	cellbuf_release(&app->back);
	free(app->screens);
	free(app->graves);
	free(app);
}

void
app_take_size(struct app *app)
{
	int w = 0, h = 0;

	app->term.ops->size(app->term.ctx, &w, &h);
	app->front_known = false;
	app->dirty = true;
	if (w == app->w && h == app->h)
		return;
	app->w = w;
	app->h = h;
	cellbuf_resize(&app->back, w, h);
	app_arrange(app);
}

enum rc
app_start(struct app *app, struct err *e)
{
	enum rc rc;

	if (app->started)
		return RC_OK;
	rc = app->term.ops->start(app->term.ctx, e);
	if (rc != RC_OK)
		return rc;
	app->started = true;
	app->term.ops->set_theme(app->term.ctx, app->opts.theme);
	app_take_size(app);
	return RC_OK;
}

void
app_stop(struct app *app)
{
	if (app->started)
		app->term.ops->stop(app->term.ctx);
	app->started = false;
	app->front_known = false;
}

bool
app_is_done(const struct app *app)
{
	return app->done || app->nscreens == 0;
}

void
app_quit(struct app *app)
{
	app_save_all(app);
	app->done = true;
}

void
app_redraw(struct app *app)
{
	app->front_known = false;
	app->dirty = true;
}

void
app_resize(struct app *app)
{
	if (app->started)
		app_take_size(app);
}

int
app_fd(const struct app *app)
{
	return app->term.ops->fd(app->term.ctx);
}

bool
app_wants_suspend(struct app *app)
{
	bool wants = app->suspend;

	app->suspend = false;
	return wants;
}

void
app_set_idle(struct app *app, int64_t ms)
{
	app->opts.idle_ms = ms;
}

void
app_set_theme(struct app *app, enum theme t)
{
	app->opts.theme = t;
	app->term.ops->set_theme(app->term.ctx, t);
	app_redraw(app);
}

const struct clock *
app_clock(const struct app *app)
{
	return app->opts.clock;
}

static void
show_message(struct app *app, enum style s, const char *text)
{
	app_clear_message(app);
	app->message_style = s;
	str_add(&app->message, style_mark(s));
	if (app->message.len > 0)
		str_add_char(&app->message, ' ');
	str_add(&app->message, text);
}

void
app_say(struct app *app, const char *fmt, ...)
{
	struct err text;
	va_list ap;

	va_start(ap, fmt);
	err_setv(&text, RC_OK, fmt, ap);
	va_end(ap);
	show_message(app, STYLE_NORMAL, text.text);
}

void
app_warn(struct app *app, const char *fmt, ...)
{
	struct err text;
	va_list ap;

	va_start(ap, fmt);
	err_setv(&text, RC_OK, fmt, ap);
	va_end(ap);
	show_message(app, STYLE_WARNING, text.text);
}

void
app_error(struct app *app, const struct err *e)
{
	show_message(app, STYLE_ERROR, e->text);
}

const char *
app_message(const struct app *app)
{
	return app->message.s;
}

static void
go_back(struct app *app)
{
	if (app->nscreens == 1 && app->opts.may_quit != NULL &&
	    !app->opts.may_quit(app->opts.ctx, app))
		return;
	if (app->nscreens > 0)
		pane_save(app_top(app));
	app_pop(app);
}

static void
show_help(struct app *app)
{
	enum context c = app_context(app);

	if (app->opts.help != NULL)
		app->opts.help(app->opts.ctx, app, app->nscreens > 0 ?
		    pane_topic(app_top(app)) : NULL, c);
	else
		app_push(app, keyscreen_new(c));
}

/* What the app does whatever is on top.  False if it is not of these. */
static bool
act_always(struct app *app, enum action a)
{
	switch (a) {
	case ACT_BLANK:
		app->blanked = true;
		return true;
	case ACT_REDRAW:
		app_redraw(app);
		return true;
	case ACT_SUSPEND:
		app->suspend = true;
		return true;
	case ACT_LOCK:
		app_lock_now(app);
		return true;
	default:
		return false;
	}
}

/* What nobody else wanted. */
static void
act_otherwise(struct app *app, enum action a)
{
	const struct action_info *info = action_info(a);

	switch (a) {
	case ACT_HELP:
		show_help(app);
		return;
	case ACT_COMMAND:
		app_command_prompt(app);
		return;
	case ACT_BACK:
		go_back(app);
		return;
	case ACT_CANCEL:
		return;
	default:
		if (info != NULL)
			app_say(app, "%s does nothing here.", info->name);
		return;
	}
}

void
app_act(struct app *app, const struct event *ev)
{
	if (!app->message_stays)
		app_clear_message(app);
	app->dirty = true;
	if (act_always(app, ev->act))
		return;
	if (app->prompt.open)
		prompt_act(app, ev);
	else if (app->nscreens == 0 || !pane_act(app_top(app), ev, app))
		act_otherwise(app, ev->act);
}

static void
unknown_key(struct app *app, keycode k)
{
	char name[KEY_NAME_MAX];

	key_label(k, name);
	app_say(app, "%s has no meaning here.  F1 shows the keys.", name);
}

/*
 * An Alt key that means nothing is most likely Esc followed fast by another
 * key: it is taken as Esc, and the other key is dropped.
 */
static void
take_key(struct app *app, keycode k)
{
	enum context c = app_context(app);
	struct event ev = {key_decode(c, k), NULL, 0};
	char text[5];

	if (ev.act == ACT_NONE && (k & KC_MOD_META) != 0)
		ev.act = key_decode(c, KC_ESC);
	if (ev.act == ACT_NONE) {
		unknown_key(app, k);
		return;
	}
	if (ev.act == ACT_TYPED) {
		ev.n = key_text(k, text);
		ev.text = text;
	}
	app_act(app, &ev);
	explicit_bzero(text, sizeof(text));
}

static void
take_paste(struct app *app, const struct input *in)
{
	struct event ev = {ACT_PASTED, in->text, in->n};

	if (context_info(app_context(app))->typed)
		app_act(app, &ev);
	else
		app_say(app, "Pasted text has no place here.");
}

static void
take_input(struct app *app, const struct input *in)
{
	if (in->type == INPUT_RESIZE) {
		app_take_size(app);
		return;
	}
	if (in->type == INPUT_CLOSED) {
		app_quit(app);
		return;
	}
	app->active_at = clock_ticks(app->opts.clock);
	app->dirty = true;
	if (app->blanked)
		app->blanked = false;
	else if (in->type == INPUT_KEY)
		take_key(app, in->key);
	else
		take_paste(app, in);
}

/* Next what was typed while work went on, then what the terminal has. */
static bool
next_input(struct app *app, struct ahead *kept, struct input *in)
{
	*in = (struct input){INPUT_NONE, KC_NONE, NULL, 0};
	if (app_take_ahead(app, kept))
		*in = (struct input){kept->type, kept->key, kept->text,
		    kept->n};
	else
		app->term.ops->read(app->term.ctx, in);
	return in->type != INPUT_NONE;
}

/* Work that was put off comes before the next key: it is done where it is. */
static void
read_input(struct app *app, bool drop)
{
	while (!app->done && app->later == NULL) {
		struct ahead kept = {INPUT_NONE, KC_NONE, NULL, 0};
		struct input in;

		if (!next_input(app, &kept, &in))
			return;
		/* The machine may have slept until this very key came. */
		drop = app_fire_timers(app) || drop;
		if (!drop || in.type == INPUT_RESIZE ||
		    in.type == INPUT_CLOSED)
			take_input(app, &in);
		app_forget_ahead(&kept);
		app_bury(app);
	}
}

/* Runs what was put off until after a draw; true if there was something. */
static bool
run_later(struct app *app)
{
	void (*fn)(void *ctx, struct app *app) = app->later;

	if (fn == NULL || app->done)
		return false;
	app->later = NULL;
	fn(app->later_ctx, app);
	app->dirty = true;
	return true;
}

/* Draws, and does what was put off; true if there was something. */
static bool
draw_and_work(struct app *app)
{
	bool worked = false;

	app_run_soon(app);
	do {
		app_bury(app);
		app_forget_rest(app);
		if (app->dirty && app->started && !app_is_done(app))
			app_draw(app);
	} while (run_later(app) && (worked = true));
	app_bury(app);
	return worked;
}

void
app_turn(struct app *app)
{
	/* A key that wakes a machine which slept past the lock is not acted on. */
	bool locked = app_fire_timers(app);

	do
		read_input(app, locked);
	while (draw_and_work(app));
}

void
app_later(struct app *app, void (*fn)(void *ctx, struct app *app), void *ctx)
{
	app->later = fn;
	app->later_ctx = ctx;
	app->dirty = true;
}

void
app_soon(struct app *app, void (*fn)(void *ctx, struct app *app), void *ctx)
{
	app->soon = fn;
	app->soon_ctx = ctx;
}

/* "Verifying  [#####-----]  50 %  Esc stops" */
static void
say_progress(struct app *app, const char *what, size_t done, size_t total)
{
	char bar[BAR_MAX + 1];
	size_t w = app->w >= 72 ? BAR_MAX : 10;
	size_t all = total > 0 ? total : 1;
	double part = done < all ? (double)done / (double)all : 1.0;
	size_t full = (size_t)(part * (double)w);

	for (size_t i = 0; i < w; i++)
		bar[i] = i < full ? '#' : '-';
	bar[w] = '\0';
	app_say(app, "%s [%s] %d %%  Esc stops", what, bar,
	    (int)(part * 100.0));
}

bool
app_progress(struct app *app, const char *what, size_t done, size_t total)
{
	int64_t now = clock_ticks(app->opts.clock);

	if (now - app->progress_at < PROGRESS_MS && done < total)
		return !app->done;
	app->progress_at = now;
	say_progress(app, what, done, total);
	if (app->started)
		app_draw(app);
	return !app_wants_stop(app) && !app->done;
}

const struct cellbuf *
app_picture(const struct app *app)
{
	return &app->back;
}
