/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a form of a case begins with: the body of a new entry, of what it
 * takes the place of, the values that stand side by side; and what is said
 * of a field while it is filled in.
 */
#ifndef HEARKEN_TUI_FORMSOURCE_H
#define HEARKEN_TUI_FORMSOURCE_H

#include <jansson.h>
#include <stdbool.h>

#include "core/versions.h"
#include "tui/casework.h"
#include "tui/form.h"

struct formsource {
	const struct casework *w;	/* borrowed */
	const char *kind;		/* of kinds.def */
	struct versions of;	/* that the entry will take the place of */
};

/* r: a signed entry that is written anew; NULL for a new one. */
void formsource_init(struct formsource *s, const struct casework *w,
    const char *kind, const struct record *r);
void formsource_release(struct formsource *s);

/* Returns owned what the entry begins with, or NULL. */
json_t *formsource_body(const struct formsource *s);
/* Returns owned the ids of what it takes the place of; NULL: of nothing. */
json_t *formsource_replaces(const struct formsource *s);
/* The date it begins with, as typed; "" for none. */
void formsource_on(const struct formsource *s, char on[SPAN_TEXT_MAX]);

/* For form_opts.rival: ctx is the source. */
bool formsource_rival(const struct formsource *s, const struct field *f,
    size_t i, json_t **value, struct str *words);
/* For form_opts.look: f NULL is the date. */
void formsource_look(const struct casework *w, const char *kind,
    const struct field *f, const json_t *body, struct form_look *out);

#endif
