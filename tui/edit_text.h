/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of edit.c: places in a text, its wrapped lines and its view.
 * For edit.c, edit_text.c and edit_find.c only.
 */
#ifndef HEARKEN_TUI_EDIT_TEXT_H
#define HEARKEN_TUI_EDIT_TEXT_H

#include "core/str.h"
#include "tui/edit.h"

/*
 * Appends what may stay: valid UTF-8, newlines made one kind (or spaces
 * unless `lines`), a tab as a space, control characters dropped.
 */
void edit_clean(struct str *out, const char *s, size_t n, bool lines);
/* The most bytes of s, at most max, that end between clusters. */
size_t edit_cut(const char *s, size_t n, size_t max);

/* Places from a place; each stays within the text. */
size_t edit_next(const struct edit *ed, size_t at);
size_t edit_word_left(const struct edit *ed, size_t at);
size_t edit_word_right(const struct edit *ed, size_t at);
/* Start and end of the line as shown; of the whole text with EDIT_LINE. */
size_t edit_line_start(const struct edit *ed, size_t at);
size_t edit_line_end(const struct edit *ed, size_t at);

/* The place itself, or the end (or start) of the cluster that it is inside. */
size_t edit_snap(const struct edit *ed, size_t at, bool forward);

/* Wraps anew; after a change only as far as it reaches. */
void edit_layout_all(struct edit *ed);
void edit_layout(struct edit *ed, size_t at, size_t del, size_t add);
/* Scrolls so that the cursor is in the view. */
void edit_show_cursor(struct edit *ed);

/* False for what is no movement of this mode. */
bool edit_move(struct edit *ed, enum action a);

#endif
