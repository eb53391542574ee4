/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The window: a stack of screens, the message line, the prompt, the hint bar
 * and the status line; what happens between a key and the picture.  Knows no
 * signals and no descriptors (loop.h) and no curses (term.h), so that tests
 * drive it step by step.
 *
 * One turn: drain the input, do the actions, then draw once.
 */
#ifndef HEARKEN_TUI_APP_H
#define HEARKEN_TUI_APP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/clock.h"
#include "core/err.h"
#include "tui/pane.h"
#include "tui/style.h"
#include "tui/term.h"

#define IDLE_DEFAULT_MS ((int64_t)5 * 60 * 1000)

struct app;

struct app_opts {
	const struct clock *clock;	/* borrowed */
	enum theme theme;
	int64_t idle_ms;		/* until the lock; 0 never */
	void *ctx;			/* handed to the callbacks below */
	/*
	 * Drafts are saved (pane_save was called); forget keys and replace
	 * the screens with the unlock screen.  Idle, `L`, `:lock`.  NULL: the
	 * screen is only blanked.
	 */
	void (*lock)(void *ctx, struct app *app);
	/* Fills user, role, training, unsigned_, conflicts. */
	void (*status)(void *ctx, struct status *st);
	/* A line typed at `:`; NULL or false: actions are tried by name. */
	bool (*command)(void *ctx, struct app *app, const char *line);
	/* Names `:` completes beside the actions'; ends with NULL, or NULL. */
	const char *const *commands;
	/* Shows help; NULL: the keys of the context in a screen of their own. */
	void (*help)(void *ctx, struct app *app, const char *topic,
	    enum context c);
	/* The last screen is being left; false keeps it. */
	bool (*may_quit)(void *ctx, struct app *app);
};

/* Copies opts; takes the terminal (destroyed with the app).  Not started. */
struct app *app_new(const struct app_opts *o, struct term t);
/* Destroys all screens, stops and destroys the terminal, wipes the cells. */
void app_free(struct app *app);

/* Starts the terminal, and gives it back: on suspend, too. */
NODISCARD enum rc app_start(struct app *app, struct err *e);
void app_stop(struct app *app);
/* Before the person goes to the shell: locks, where there is a lock; stops. */
void app_leave_alone(struct app *app);

/* Reads what waits, acts, fires timers that are due, draws if anything changed. */
void app_turn(struct app *app);
/* Milliseconds until app_turn is wanted without input; -1 none, 0 at once. */
int app_wait_ms(const struct app *app);
/* True when the last screen is gone or app_quit was called. */
bool app_is_done(const struct app *app);
/* Saves drafts and ends; for SIGTERM and a closed terminal. */
void app_quit(struct app *app);
/* Next turn paints every cell anew. */
void app_redraw(struct app *app);
/* Asks the terminal for its size again. */
void app_resize(struct app *app);
/* What to wait on for input; -1 if there is nothing. */
int app_fd(const struct app *app);
/* True once after ^Z: the loop stops the process. */
bool app_wants_suspend(struct app *app);
void app_set_idle(struct app *app, int64_t ms);
void app_set_theme(struct app *app, enum theme t);
const struct clock *app_clock(const struct app *app);

/* Screens.  push and replace take the pane. */
void app_push(struct app *app, struct pane *screen);
void app_pop(struct app *app);
void app_replace(struct app *app, struct pane *screen);
/* Drops all screens and shows this one; for lock and unlock. */
void app_reset(struct app *app, struct pane *screen);
struct pane *app_top(const struct app *app);
/*
 * Where one is, as the status line has it: a form or an entry above a case
 * is in that case.  st is zeroed by the caller and borrows.
 */
void app_status(const struct app *app, struct status *st);

/* Hands an action to the top screen and the app; tests and commands use it. */
void app_act(struct app *app, const struct event *ev);

/* The message line: wrapped, stays until the next key that does something. */
void app_say(struct app *app, const char *fmt, ...) PRINTF_LIKE(2, 3);
void app_warn(struct app *app, const char *fmt, ...) PRINTF_LIKE(2, 3);
void app_error(struct app *app, const struct err *e);
/* "" if there is none; borrowed. */
const char *app_message(const struct app *app);

/*
 * The prompt line.  label and ctx live until it is closed; the callbacks may
 * be NULL.  done gets NULL when it was left with Esc.
 */
struct prompt {
	const char *label;	/* "/", "Filter: " */
	const char *text;	/* to begin with; NULL for none */
	const char *history;	/* prompts of one name share it; NULL for none */
	void *ctx;
	void (*done)(void *ctx, struct app *app, const char *text);
	/* After each change: search as one types. */
	void (*changed)(void *ctx, struct app *app, const char *text);
	/* The i-th completion of text, whole; NULL after the last. */
	const char *(*complete)(void *ctx, const char *text, size_t i);
};
void app_prompt(struct app *app, const struct prompt *p);

/*
 * A destructive or outward act: says what will happen and asks for `expect`
 * to be typed (the child's reference, the recipient).  Anything else is told
 * and asked again; Esc leaves.  do_it is called only on a match.
 */
struct confirm {
	const char *what;	/* "Send the referral of K-0142 to ..." */
	const char *expect;	/* "K-0142" */
	void *ctx;
	void (*do_it)(void *ctx, struct app *app);
};
void app_confirm(struct app *app, const struct confirm *c);

/*
 * Calls fn once, after all input that waits has been acted on and before the
 * picture is drawn: what was typed is then on the disk by the time it is
 * seen, at one commit for keys that came together.
 */
void app_soon(struct app *app, void (*fn)(void *ctx, struct app *app),
    void *ctx);
/*
 * Draws (say what goes on with app_say before), then calls fn: for work that
 * takes longer than a paint.
 */
void app_later(struct app *app, void (*fn)(void *ctx, struct app *app),
    void *ctx);
/*
 * For work in steps: shows what goes on with a bar at most ten times a second.
 * Returns false when the person pressed Esc.  Other keys are acted on when the
 * work is done, unless it ended in a warning.
 */
bool app_progress(struct app *app, const char *what, size_t done,
    size_t total);

/* What the screen shows; for tests. */
const struct cellbuf *app_picture(const struct app *app);

#endif
