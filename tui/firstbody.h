/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the form of a new entry begins with: what the case says already, what
 * the entry is about, a choice that was made on the way.  Pure.
 */
#ifndef HEARKEN_TUI_FIRSTBODY_H
#define HEARKEN_TUI_FIRSTBODY_H

#include <jansson.h>

#include "tui/casework.h"

/*
 * Returns owned the body of a new entry that takes the place of none
 * (formsource.h), or NULL: it begins empty.
 */
json_t *first_body(const struct casework *w, const char *kind);
/* Returns owned the title of its form, or NULL: the kind's own. */
char *first_title(const struct casework *w, const char *kind);

/* The field of a new entry that names the entry it is about, or NULL. */
const char *about_field(const char *kind, const struct record *r);
/* Returns owned the body of a new entry about r; about_field() holds. */
json_t *about_body(const struct casework *w, const char *kind,
    const struct record *r);

/*
 * Returns owned a body with the first field that has this code, set to it;
 * NULL when there is none.
 */
json_t *chosen_body(const char *kind, const char *code);

/* The label of that code, or NULL. */
const char *chosen_label(const char *kind, const char *code);

/* What a closing has to say something of (core/closing.h). */
struct open_things;
void closing_things(const struct casework *w, struct open_things *out);

#endif
