/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An entry in words: one line for a list, all of it for a screen.  Made from
 * the table of kinds, so that a new kind needs nothing here.  Pure.
 */
#ifndef HEARKEN_TUI_ENTRYWORDS_H
#define HEARKEN_TUI_ENTRYWORDS_H

#include "core/str.h"
#include "tui/casework.h"
#include "tui/lines.h"

/* The kind, its date and what matters most: "Referral, 4 March 2026". */
void entry_title(const struct casework *w, const struct record *r,
    struct str *out);
/* The first words of it, for one line of a list; may add nothing. */
void entry_summary(const struct casework *w, const struct record *r,
    struct str *out);
/* The same with every field, for one who is about to sign it. */
void entry_whole(const struct casework *w, const struct record *r,
    struct str *out);
/* One field as people read it; nothing when it is empty. */
void entry_field_words(const struct casework *w, const struct field *f,
    const json_t *value, struct str *out);
/*
 * The whole entry: every field as label and value, who wrote it and when,
 * who struck it and why, and for a referral its steps.
 */
void entry_lines(const struct casework *w, const struct record *r,
    struct lines *out);

#endif
