/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The places a person was at, outermost first, and their form as text: what
 * a lock keeps in the store so that unlocking comes back.  Pure.
 */
#ifndef HEARKEN_TUI_PLACES_H
#define HEARKEN_TUI_PLACES_H

#include "tui/session.h"

struct places {
	struct place list[PLACES_MAX];	/* their texts are those below */
	char *texts[PLACES_MAX];	/* owned */
	size_t n;
};

void places_init(struct places *ps);
/* Wipes the texts: they can hold names. */
void places_clear(struct places *ps);
/* Sets the place at depth and forgets the deeper ones. */
void places_set(struct places *ps, size_t depth, const struct place *p);
/* Returns owned the places as JSON on one line; NULL when there are none. */
char *places_save(const struct places *ps);
/* Reads it; what is not understood ends the list. */
void places_load(struct places *ps, const char *text);

#endif
