/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Duties about the store as a whole: notices after unlocking, backup,
 * verifying, accepting an older state.  For tui.c and commands.c only.
 */
#ifndef HEARKEN_TUI_DUTIES_H
#define HEARKEN_TUI_DUTIES_H

#include "tui/run.h"

/* Looks again at what a person should know. */
void duties_notice(struct run *r);
/* Adds a message of a lower layer as a sentence, and what to do then. */
void duties_add_notice(struct run *r, enum style s, bool stays,
    const char *text, const char *then);
/* Adds the reminder of a backup, if there is one to give. */
void duties_remind(struct run *r);
/* Adds how much of one's own is overdue, if anything is. */
void duties_tell_due(struct run *r);
/* Shows what is due, narrowed to words (duescreen.h). */
void duties_due(struct run *r, const char *words);
/* The same at a place of type PLACE_DUE. */
void duties_due_at(struct run *r, const struct place *p);
/* Adds how much waits for a second person, and what came back to one. */
void duties_tell_queue(struct run *r);
/* Shows the review queue, narrowed to words (queuescreen.h). */
void duties_queue(struct run *r, const char *words);
/* The same at a place of type PLACE_QUEUE. */
void duties_queue_at(struct run *r, const struct place *p);
/* The case on top was opened by the queue below it, before a lock. */
void duties_queue_took(struct run *r);
/* Shows the people who have access. */
void duties_users(struct run *r);
/* Shows the bundles that came and left; the people of other stores. */
void duties_bundles(struct run *r);
void duties_elsewhere(struct run *r);
/* Draws the progress; Esc stops and leaves what was there. */
void duties_backup(struct run *r, const char *path);
void duties_verify(struct run *r);
/* Asks why the older state is right. */
void duties_accept(struct run *r);

#endif
