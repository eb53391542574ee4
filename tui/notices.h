/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a person should know after unlocking: said calmly above the list of
 * cases, never in the way.  The gravest comes first; one that must not be
 * overlooked stays until its cause is gone.  Knows no store.
 */
#ifndef HEARKEN_TUI_NOTICES_H
#define HEARKEN_TUI_NOTICES_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/cellbuf.h"
#include "tui/pane.h"

struct notice {
	enum style style;
	bool stays;	/* Esc does not hide it */
	char *text;	/* whole sentences; owned */
};

struct notices {
	struct notice *list;
	size_t n, cap;
	bool hidden;	/* Esc: only those that stay are drawn */
};

void notices_init(struct notices *ns);
void notices_release(struct notices *ns);
/* Forgets all; what was hidden stays hidden. */
void notices_clear(struct notices *ns);
/* Adds one at the end. */
void notices_add(struct notices *ns, enum style s, bool stays,
    const char *text);

/* How many are drawn now. */
size_t notices_shown(const struct notices *ns);
/* Rows they take in w columns, at most `most`. */
int notices_rows(const struct notices *ns, int w, int most);
/* In the view, which has that many rows; tells how many did not fit. */
void notices_draw(const struct notices *ns, const struct view *v);

/* All of them whole, in a screen of their own.  Borrows ns. */
struct pane *notices_screen_new(const struct notices *ns);

#endif
