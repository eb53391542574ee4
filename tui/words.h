/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Small facts in words, the same on every screen: how soon something is due,
 * how a level looks.  Pure.
 */
#ifndef HEARKEN_TUI_WORDS_H
#define HEARKEN_TUI_WORDS_H

#include <stdint.h>

#include "core/instrument.h"
#include "core/str.h"
#include "tui/style.h"

/* Never "calm" for a level that the instrument lists. */
enum style level_style(const struct instrument *in, unsigned level);
/*
 * A level in one or two words for a narrow column: "High", "Potential",
 * "Not enough known", "None recorded".  in may be NULL: "no instrument".
 * Borrowed, or the level's own id when it is not one of the usual ones.
 */
const char *level_short(const struct instrument *in, unsigned level);
/*
 * "overdue 2 d", "overdue 3 h", "today 16:05", "tomorrow", "in 3 d";
 * nothing for INT64_MAX.  Days are local days.
 */
void soon_words(struct str *out, int64_t due, int64_t now);
enum style soon_style(int64_t due, int64_t now);

/*
 * A message of a lower layer as a sentence: a capital in front, a full stop
 * behind.
 */
void sentence(struct str *out, const char *message);

/* "[X]" and the like: an answer beside its indicator. */
const char *answer_sign(enum answer a);
enum style answer_style(const struct instrument *in, unsigned item,
    enum answer a);

#endif
