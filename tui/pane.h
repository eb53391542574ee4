/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A pane: something that draws itself into a view and receives actions.  A
 * screen is a pane that fills the body of the window; the app keeps a stack
 * of screens.  Panes never see keys, curses or the size of the terminal, and
 * read their data through a source handed to them, so that a test needs no
 * store.
 *
 * A pane in short:
 *
 *	struct names {
 *		struct pane base;	// first, so that the two convert
 *		struct scroll scroll;
 *		char **names;		// owned
 *	};
 *
 *	static void
 *	names_draw(const struct pane *p, const struct view *v, bool focused)
 *	{
 *		const struct names *ns = (const struct names *)p;
 *		enum style on = focused ? STYLE_SELECTED : STYLE_SELECTED_IDLE;
 *
 *		for (int y = 0; scroll_shows(&ns->scroll, y); y++) {
 *			size_t i = ns->scroll.top + (size_t)y;
 *
 *			view_fit(v, 2, y, STYLE_NORMAL, ns->names[i]);
 *			if (i == ns->scroll.at)
 *				scroll_mark(v, y, on, focused);
 *		}
 *	}
 *
 *	static bool
 *	names_act(struct pane *p, const struct event *ev, struct app *app)
 *	{
 *		struct names *ns = (struct names *)p;
 *
 *		if (scroll_act(&ns->scroll, ev->act))
 *			return true;
 *		if (ev->act != ACT_OPEN)
 *			return false;	// the app's own answer, if any
 *		app_push(app, name_screen_new(ns->names[ns->scroll.at]));
 *		return true;
 *	}
 *
 *	static void
 *	names_resize(struct pane *p, int w, int h)
 *	{
 *		(void)w;
 *		scroll_resize(&((struct names *)p)->scroll, h);
 *	}
 *
 *	static const struct pane_ops names_ops = {
 *		.name = "names", .context = CONTEXT_LIST, .topic = "names",
 *		.draw = names_draw, .act = names_act,
 *		.resize = names_resize, .destroy = names_destroy,
 *	};
 *
 *	struct pane *
 *	names_new(char **names, size_t n)
 *	{
 *		struct names *ns = xcalloc(1, sizeof(*ns));
 *
 *		ns->base.ops = &names_ops;
 *		ns->names = names;
 *		scroll_init(&ns->scroll, n);
 *		return &ns->base;
 *	}
 */
#ifndef HEARKEN_TUI_PANE_H
#define HEARKEN_TUI_PANE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/entry.h"
#include "core/str.h"
#include "tui/cellbuf.h"
#include "tui/keys.h"

struct app;
struct pane;

#define STATUS_TEXT_MAX 96

/* What the status line says.  Filled anew at each draw, outermost first. */
struct status {
	char user[STATUS_TEXT_MAX];
	char role[STATUS_TEXT_MAX];
	bool training;			/* TRAINING instead of LIVE */
	bool closed;			/* neither: no store is open */
	char alarm[STATUS_TEXT_MAX];	/* on every screen; "" for none */
	char place[STATUS_TEXT_MAX];	/* "Case K-0142" */
	char filter[STATUS_TEXT_MAX];	/* "" for none */
	bool counted;			/* n of m is meant */
	size_t n, m;
	size_t unsigned_;		/* pending, not yet signed */
	size_t conflicts;
	/* The case that is shown, if it is one; for what leaves the store. */
	const struct case_id *case_id;
	const char *reference;
};

struct pane_ops {
	const char *name;
	/* Where the keys are looked up, unless context_now says otherwise. */
	enum context context;
	const char *topic;	/* help topic; NULL for none */

	/* No side effect; the view may have any size from 0x0. */
	void (*draw)(const struct pane *p, const struct view *v,
	    bool focused);
	/*
	 * Returns false for what is none of its business; then the pane
	 * around it and at last the app are asked.  May push, pop or replace
	 * screens; p may be gone when it returns after app_pop().
	 */
	bool (*act)(struct pane *p, const struct event *ev, struct app *app);
	/* The size of the next views; called before the first draw. */
	void (*resize)(struct pane *p, int w, int h);
	/* Releases all and p itself. */
	void (*destroy)(struct pane *p);

	/* The rest may be NULL. */
	enum context (*context_now)(const struct pane *p);
	const char *(*topic_now)(const struct pane *p);
	/* Borrowed; for tabs and title rows.  NULL ops: the name. */
	const char *(*title)(const struct pane *p);
	/* False for actions that make no sense now; they leave the hint bar. */
	bool (*can)(const struct pane *p, enum action a);
	/* What an action does here, for the hint bar; NULL: as keys.def says. */
	const char *(*word)(const struct pane *p, enum action a);
	void (*status)(const struct pane *p, struct status *st);
	/* It became the top screen, first or again: load what may have changed. */
	void (*enter)(struct pane *p, struct app *app);
	/* ms after which it wants to be drawn again; negative: when asked. */
	int64_t (*wake)(const struct pane *p);
	/* Save drafts: called on lock, SIGTERM, hang-up, leaving. */
	void (*save)(struct pane *p);
};

struct pane {
	const struct pane_ops *ops;
};

/* Each copes with a NULL in ops. */
void pane_draw(const struct pane *p, const struct view *v, bool focused);
bool pane_act(struct pane *p, const struct event *ev, struct app *app);
void pane_resize(struct pane *p, int w, int h);
void pane_destroy(struct pane *p);	/* p may be NULL */
enum context pane_context(const struct pane *p);
const char *pane_topic(const struct pane *p);
const char *pane_title(const struct pane *p);
bool pane_can(const struct pane *p, enum action a);
void pane_status(const struct pane *p, struct status *st);
int64_t pane_wake(const struct pane *p);
void pane_enter(struct pane *p, struct app *app);
void pane_save(struct pane *p);

/*
 * Several panes as one: side by side from LAYOUT_WIDE columns on, else tabs
 * with one visible.  Tab and BackTab move the focus; the rest goes to the
 * focused pane.  Takes the panes (each kept until the group is destroyed)
 * and their weights for the widths; n <= LAYOUT_PANES_MAX.
 */
struct pane *group_new(const char *name, struct pane *const *panes,
    const int *weights, size_t n);
/*
 * The first pane over the whole width above the others where they stand side
 * by side and there are rows for both; else all are tabs.
 */
void group_first_across(struct pane *group);
struct pane *group_focus(const struct pane *group, size_t *index);
void group_set_focus(struct pane *group, size_t index);

/*
 * Where a list stands: which row is selected and which is at the top.  The
 * selected row is always visible while height > 0.
 */
struct scroll {
	size_t n;	/* rows there are */
	size_t at;	/* selected; 0 while n is 0 */
	size_t top;
	int height;	/* rows shown */
};
void scroll_init(struct scroll *s, size_t n);
/* n changed; keeps the selection where it can. */
void scroll_count(struct scroll *s, size_t n);
void scroll_resize(struct scroll *s, int height);
void scroll_to(struct scroll *s, size_t at);
/* Up, down, pages, home, end.  False for any other action. */
bool scroll_act(struct scroll *s, enum action a);
/* True if screen row y (from 0) shows a row of the list. */
bool scroll_shows(const struct scroll *s, int y);
/* Row y in a style over its width, "> " in front, the cursor if focused. */
void scroll_mark(const struct view *v, int y, enum style s, bool focused);

#endif
