/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a key on the checklist means for the pending list: going through the
 * five answers, another agency's observation, a correction, a strike.  Pure
 * but for the draft that casework keeps; knows no pane.
 */
#ifndef HEARKEN_TUI_TICK_H
#define HEARKEN_TUI_TICK_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/casework.h"

enum tick_outcome {
	TICK_DONE,
	TICK_CHOOSE,	/* several signed answers: one has to be chosen */
	TICK_STRUCK	/* what is struck is not answered again */
};

/*
 * The next answer (or the one before) of an item, or of one of its
 * observations when r is not NULL.  A signed one is never changed: a strike
 * of it and a new answer become pending together, and go together when the
 * answer comes back to what is signed.
 */
enum tick_outcome tick_step(struct casework *w, unsigned item,
    const struct record *r, bool back);
/* Adds another observation of the item beside those there; its index. */
size_t tick_add(struct casework *w, unsigned item);
/* Makes a strike of a signed entry pending; reason may be "". */
void tick_strike(struct casework *w, const struct record *r,
    const char *reason);
/* Takes pending entry i away, and what was pending because of it. */
void tick_drop(struct casework *w, size_t i);
/*
 * What a form about pending tick i gave, kept or still being typed; takes
 * nothing.  kept: agency, source and date are carried to the next tick.
 */
void tick_set(struct casework *w, size_t i, const struct span *on,
    const json_t *body, bool kept);
/*
 * The first pending entry about an item that is not complete, the strike
 * before the answer; pending.n when there is none.
 */
size_t tick_incomplete(const struct casework *w, unsigned item);
/* The newest pending observation of an item, or pending.n. */
size_t tick_pending(const struct casework *w, unsigned item);
/* The item that pending entry i is about; NO_ITEM for none. */
unsigned tick_item(const struct casework *w, size_t i);

#endif
