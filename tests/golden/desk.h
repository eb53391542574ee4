/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One invented case on a desk instead of in a store: entries and drafts in
 * memory, the project's own instrument, deadlines and calendar, a clock that
 * stands at GOLDEN_NOW.  What is behind a case_door in tests of the case
 * screen.
 */
#ifndef HEARKEN_TESTS_GOLDEN_DESK_H
#define HEARKEN_TESTS_GOLDEN_DESK_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "tui/casescreen.h"
#include "tui/casework.h"

struct desk;

/* Fails the test when the content cannot be read. */
struct desk *desk_new(void);
/*
 * The same with a session of a case study, begun by `who', in place of the
 * case; text is the study's file.
 */
struct desk *desk_session(const char *who, const char *reference,
    const char *text);
/* The text that is kept as a draft, or NULL; borrowed. */
const char *desk_draft(struct desk *d, const char *kind, const char *what);
void desk_free(struct desk *d);
struct case_door desk_door(struct desk *d);
struct case_id desk_case(const struct desk *d);
const struct instrument *desk_instrument(const struct desk *d);

/*
 * Adds a signed entry of `who` ("me" or a colleague's name); takes body; on
 * as span_parse reads it, "" for none.  The first are the opening and the
 * identity of the young person, which desk_new adds.
 */
struct entry_id desk_sign(struct desk *d, const char *who, const char *kind,
    const char *on, json_t *body);
/* The same from JSON as text, unchecked: as another version may have left it. */
struct entry_id desk_add(struct desk *d, const char *who, const char *kind,
    const char *on, const char *body);
/* An observation of an item of the instrument. */
struct entry_id desk_observe(struct desk *d, const char *item,
    const char *state, const char *agency, const char *evidence);
/* The body of such an observation; owned by the caller. */
json_t *desk_observation(const char *item, const char *state,
    const char *agency, const char *evidence);
size_t desk_entries(const struct desk *d);
/* The role may read only, from now on. */
void desk_read_only(struct desk *d);
/* "me" is a supervisor, from now on and before. */
void desk_supervise(struct desk *d);
/* The next append or save fails with RC_NOSPACE. */
void desk_fail_next(struct desk *d);

/* In another case of the same child the item is present, from now on. */
void desk_near(struct desk *d, const char *reference, const char *item);

/* The desk is in a store made for training, from now on. */
void desk_train(struct desk *d);

/* A case screen on the desk. */
struct pane *desk_screen(struct desk *d);

#endif
