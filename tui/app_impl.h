/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of the app, for app.c, app_draw.c and prompt.c only.
 */
#ifndef HEARKEN_TUI_APP_IMPL_H
#define HEARKEN_TUI_APP_IMPL_H

#include "core/str.h"
#include "tui/app.h"
#include "tui/edit.h"

#define HISTORY_MAX 50		/* lines a name */
#define HISTORIES_MAX 8		/* names */
#define AHEAD_MAX 256		/* keys and pastes */

struct history {
	char *name;
	char **lines;		/* oldest first, owned */
	size_t n, cap;
};

struct prompt_line {
	bool open;
	struct prompt p;	/* label, text and history: borrowed */
	struct edit ed;
	size_t recall;		/* lines back in the history; 0 what is typed */
	char *base;		/* what was typed before Tab or Up; owned */
	size_t choice;		/* next completion of base */
	bool completing;
};

struct confirming {
	char *what, *expect, *label;	/* owned */
	void *ctx;
	void (*do_it)(void *ctx, struct app *app);
};

/* Typed while work goes on, to be acted on after it. */
struct ahead {
	enum input_type type;
	keycode key;
	char *text;		/* owned; a paste's */
	size_t n;
};

struct app {
	struct app_opts opts;
	struct term term;
	bool started;
	int w, h;
	struct cellbuf front, back;	/* on the terminal; being drawn */
	bool front_known;
	bool dirty;

	struct pane **screens;	/* owned; the last is on top */
	size_t nscreens, capscreens;
	struct pane **graves;	/* popped, destroyed when the turn is over */
	size_t ngraves, capgraves;

	struct str message;
	enum style message_style;
	bool message_stays;	/* until the prompt is closed */
	struct prompt_line prompt;
	struct confirming confirm;
	struct history histories[HISTORIES_MAX];
	size_t nhistories;

	struct ahead ahead[AHEAD_MAX];
	size_t ahead_at, nahead;	/* the next one; all of them */

	bool blanked, done, suspend;
	bool forget;		/* it locked: what is left is to be wiped */
	int64_t active_at;	/* ticks of the last input */
	int64_t slept;		/* clock_slept() when it was last looked at */
	int64_t wake_at;	/* ticks; the screen wants to be drawn; 0 never */
	int64_t minute;		/* shown by the clock */
	int64_t progress_at;	/* ticks of the last progress drawn */
	void (*soon)(void *ctx, struct app *app);	/* before the picture */
	void *soon_ctx;
	void (*later)(void *ctx, struct app *app);
	void *later_ctx;
};

/* app.c */
void app_take_size(struct app *app);

/* app_ahead.c */
/*
 * Reads what was typed while work goes on and keeps it.  True for Esc, which
 * stops the work and drops what was kept.
 */
bool app_wants_stop(struct app *app);
/*
 * The oldest kept input; false without one.  Of out the caller is the owner,
 * until app_forget_ahead().  After a warning nothing kept is left, and with
 * one nothing if it would sign or decide.
 */
bool app_take_ahead(struct app *app, struct ahead *out);
void app_forget_ahead(struct ahead *a);
void app_drop_ahead(struct app *app);

/* prompt.c */
void prompt_act(struct app *app, const struct event *ev);
void prompt_close(struct app *app);
void prompt_release(struct app *app);
/* Forgets what was typed at any prompt. */
void prompt_wipe(struct app *app);
void prompt_draw(const struct app *app, const struct view *v);
void prompt_resize(struct app *app);

/* app_draw.c */
enum context app_context(const struct app *app);
/* Tells the screens their size, unless the window is too small. */
void app_arrange(struct app *app);
/* Draws into back and paints what differs. */
void app_draw(struct app *app);

/* app_lock.c */
/* Drafts of all screens, and what app_soon() put off. */
void app_save_all(struct app *app);
void app_clear_message(struct app *app);
/* Locks; app_forget_rest() follows once the screens are buried. */
void app_lock_now(struct app *app);
void app_forget_rest(struct app *app);
/* True if the lock fired. */
bool app_fire_timers(struct app *app);

/* app_stack.c */
/* Takes all screens off the stack. */
void app_drop_screens(struct app *app);
/* Destroys the screens that were taken off. */
void app_bury(struct app *app);
/* Does what app_soon() put off, at once. */
void app_run_soon(struct app *app);

/* app_command.c */
void app_command_prompt(struct app *app);

#endif
