/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * When the app locks, what then leaves the memory, and what it waits for.
 */
#include "config.h"

#include "tui/app_impl.h"

#include <limits.h>
#include <string.h>

#include "core/secret.h"

#define MINUTE_MS 60000
/* Two clocks are read one after the other; a real sleep is longer. */
#define SLEEP_MS 1000

void
app_save_all(struct app *app)
{
	for (size_t i = 0; i < app->nscreens; i++)
		pane_save(app->screens[i]);
	app_run_soon(app);
}

void
app_clear_message(struct app *app)
{
	if (app->message.cap > 0)
		explicit_bzero(app->message.s, app->message.cap);
	str_clear(&app->message);
	app->message_stays = false;
	app->dirty = true;
}

/*
 * After a lock, once the screens are destroyed: the terminal's own copies of
 * the picture, and what calls left on the stack.  Without a terminal to lock
 * there is nothing to show: the program ends.
 */
void
app_forget_rest(struct app *app)
{
	struct err e;

	if (!app->forget)
		return;
	app->forget = false;
	app->front_known = false;
	if (app->started && app->term.ops->forget != NULL &&
	    app->term.ops->forget(app->term.ctx, &e) != RC_OK)
		app->done = true;
	secret_wipe_stack();
}

/* What was on the screen and in the prompt leaves the memory, too. */
void
app_lock_now(struct app *app)
{
	app_save_all(app);
	prompt_close(app);
	prompt_wipe(app);
	app_drop_ahead(app);
	app_clear_message(app);
	cellbuf_wipe(&app->front);
	cellbuf_wipe(&app->back);
	app->front_known = false;
	app->later = NULL;
	if (app->opts.lock != NULL)
		app->opts.lock(app->opts.ctx, app);
	else
		app->blanked = true;
	app->forget = true;
	app->active_at = clock_ticks(app->opts.clock);
	app->dirty = true;
}

/* Whoever opens the lid may be somebody else. */
static bool
has_slept(struct app *app)
{
	int64_t slept = clock_slept(app->opts.clock);
	bool has = slept - app->slept >= SLEEP_MS;

	app->slept = slept;
	return has;
}

static bool
is_idle(const struct app *app)
{
	return app->opts.idle_ms > 0 && clock_ticks(app->opts.clock) -
	    app->active_at >= app->opts.idle_ms;
}

/* True if the lock fired. */
bool
app_fire_timers(struct app *app)
{
	int64_t minute = clock_now(app->opts.clock) / MINUTE_MS;
	bool slept = has_slept(app);

	if (minute != app->minute) {
		app->minute = minute;
		app->dirty = true;
	}
	if (app->wake_at != 0 &&
	    clock_ticks(app->opts.clock) >= app->wake_at)
		app->dirty = true;
	if (!slept && !is_idle(app))
		return false;
	app_lock_now(app);
	return true;
}

/* The shorter of wait and what is left until at. */
static int64_t
sooner(const struct app *app, int64_t wait, int64_t at)
{
	int64_t left = at - clock_ticks(app->opts.clock);

	if (left >= wait)
		return wait;
	return left > 0 ? left : 0;
}

int
app_wait_ms(const struct app *app)
{
	int64_t now = clock_now(app->opts.clock);
	int64_t wait = MINUTE_MS - now % MINUTE_MS;

	if (app->dirty || app->later != NULL)
		return 0;
	if (app->opts.idle_ms > 0)
		wait = sooner(app, wait, app->active_at + app->opts.idle_ms);
	if (app->wake_at != 0)
		wait = sooner(app, wait, app->wake_at);
	return wait > INT_MAX ? INT_MAX : (int)wait;
}

void
app_leave_alone(struct app *app)
{
	if (app->opts.lock != NULL)
		app_lock_now(app);
	app_bury(app);
	app_forget_rest(app);
	app_stop(app);
}
