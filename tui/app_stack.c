/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The stack of screens.  A screen that is popped lives until the turn is
 * over, for the action that popped it may still be running inside it.
 */
#include "config.h"

#include "tui/app.h"

#include "core/vec.h"
#include "tui/app_impl.h"

/* Takes the top screen off; it is destroyed by app_bury(). */
static void
take_off(struct app *app)
{
	app->graves = vec_room(app->graves, app->ngraves, &app->capgraves,
	    sizeof(struct pane *));
	app->graves[app->ngraves++] = app->screens[--app->nscreens];
}

void
app_run_soon(struct app *app)
{
	void (*fn)(void *ctx, struct app *app) = app->soon;

	app->soon = NULL;
	if (fn != NULL)
		fn(app->soon_ctx, app);
}

/*
 * In the order in which they went: a screen may borrow from the one below.
 * What a screen put off is done while it is still there.
 */
void
app_bury(struct app *app)
{
	size_t i;

	if (app->ngraves > 0)
		app_run_soon(app);
	for (i = 0; i < app->ngraves; i++)
		pane_destroy(app->graves[i]);
	app->ngraves = 0;
}

void
app_drop_screens(struct app *app)
{
	while (app->nscreens > 0)
		take_off(app);
}

void
app_push(struct app *app, struct pane *screen)
{
	app->screens = vec_room(app->screens, app->nscreens, &app->capscreens,
	    sizeof(struct pane *));
	app->screens[app->nscreens++] = screen;
	app_arrange(app);
	app->dirty = true;
	pane_enter(screen, app);
}

void
app_pop(struct app *app)
{
	if (app->nscreens == 0)
		return;
	take_off(app);
	app->dirty = true;
	if (app->nscreens > 0) {
		app_arrange(app);
		pane_enter(app_top(app), app);
	}
}

void
app_replace(struct app *app, struct pane *screen)
{
	if (app->nscreens > 0)
		take_off(app);
	app_push(app, screen);
}

void
app_reset(struct app *app, struct pane *screen)
{
	app_drop_screens(app);
	prompt_close(app);
	app_push(app, screen);
}

struct pane *
app_top(const struct app *app)
{
	return app->nscreens > 0 ? app->screens[app->nscreens - 1] : NULL;
}
