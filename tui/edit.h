/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A text being typed: one line, several lines, or a secret.  Moves and
 * deletes by grapheme cluster and by word, wraps, scrolls, undoes typing in
 * groups.  Holds only valid UTF-8 without control characters other than
 * newline; knows nothing of what the text is for.
 *
 * A secret's bytes live only in a struct secret; what is drawn has the same
 * look whatever was typed, but for the number of bullets.  It has no undo,
 * and the cursor is always at its end.
 */
#ifndef HEARKEN_TUI_EDIT_H
#define HEARKEN_TUI_EDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/secret.h"
#include "core/str.h"
#include "tui/cellbuf.h"
#include "tui/keys.h"

#define EDIT_LINE_MAX ((size_t)4096)		/* bytes, if no max is given */
#define EDIT_TEXT_MAX ((size_t)1 << 20)
#define EDIT_SECRET_MAX ((size_t)512)

enum edit_mode {
	EDIT_LINE,
	EDIT_TEXT,
	EDIT_SECRET
};

/* What the newest undo step is still growing by. */
enum edit_group {
	GROUP_NONE,
	GROUP_TYPING,
	GROUP_RUBBING
};

struct edit_undo {
	size_t at;		/* where */
	char *text;		/* what was there, owned */
	size_t n;		/* its bytes */
	size_t added;		/* bytes that replaced it */
	size_t cursor;		/* before */
};

struct edit {
	enum edit_mode mode;
	size_t max;		/* bytes */
	struct str text;
	struct secret secret;
	size_t at;		/* cursor, byte offset, on a cluster boundary */
	int w, h;		/* of the view */
	size_t left;		/* EDIT_LINE: first byte shown */
	size_t top;		/* EDIT_TEXT: first wrapped line shown */
	size_t *lines;		/* EDIT_TEXT: where each wrapped line starts */
	size_t nlines, caplines;
	int want_x;		/* column that up and down aim for; -1 none */
	bool full;		/* the last input did not fit */
	enum edit_group group;
	struct edit_undo *undo;
	size_t nundo, capundo;
	struct edit_undo *redo;	/* what was undone since the last change */
	size_t nredo, capredo;
	size_t found_at, found;	/* what edit_find found last, until an act */
};

/* max 0: the mode's own.  RC_NOMEM only for EDIT_SECRET. */
NODISCARD enum rc edit_init(struct edit *ed, enum edit_mode mode, size_t max,
    struct err *e);
void edit_release(struct edit *ed);
/* Width and height of the views to come. */
void edit_resize(struct edit *ed, int w, int h);

/* The text, NUL-terminated, borrowed; "" for a secret. */
const char *edit_text(const struct edit *ed);
/* Replaces all, forgets undo and redo, cursor at the end. */
void edit_set(struct edit *ed, const char *text);
/* Empties it; a secret is wiped. */
void edit_clear(struct edit *ed);

/*
 * Typing, pasting, moving, deleting, undo, redo.  False if the action is none of
 * these or (EDIT_LINE) moves up or down.  *changed (may be NULL) tells
 * whether the text is another.
 */
bool edit_act(struct edit *ed, const struct event *ev, bool *changed);

/*
 * Finds words from the cursor on, or back from it, whatever their case and
 * accents, and goes there; past the end it goes on from the other one, and
 * *round tells so.  Words with nothing to compare ("-") are found as they
 * are.  False, and nothing moves, when they are nowhere else.
 */
bool edit_find(struct edit *ed, const char *words, bool back, bool *round);

/* Rows the whole text takes at width w, at least 1. */
int edit_rows(const struct edit *ed, int w);
void edit_draw(const struct edit *ed, const struct view *v, enum style s,
    bool focused);

#endif
