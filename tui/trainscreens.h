/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The screens of a training store, and of a study made from a case.  Each is
 * NULL with e when it cannot be shown, and borrows the session.
 */
#ifndef HEARKEN_TUI_TRAINSCREENS_H
#define HEARKEN_TUI_TRAINSCREENS_H

#include "core/entry.h"
#include "core/err.h"
#include "tui/pane.h"
#include "tui/session.h"

/*
 * The screen of a session: to go on with it, to lead it, or to go through it
 * again, whichever is open to whoever sits here.  trainopen.c
 */
struct pane *train_screen_new(struct session *s, const struct case_id *id,
    struct err *e);
/* A learner's own session: story, checklist, risk, note.  walkscreen.c */
struct pane *walk_screen_new(struct session *s, const struct case_id *id,
    struct err *e);
/* A group's session, for the facilitator.  groupscreen.c */
struct pane *group_screen_new(struct session *s, const struct case_id *id,
    struct err *e);
/* A session gone through again, change by change.  replayscreen.c */
struct pane *replay_screen_new(struct session *s, const struct case_id *id,
    struct err *e);
/* The same, beginning at a step. */
struct pane *replay_screen_at(struct session *s, const struct case_id *id,
    size_t at, struct err *e);
/* What was missed, asked again.  retestscreen.c */
struct pane *retest_screen_new(struct session *s, struct err *e);
/* The training log of whoever sits here.  logscreen.c */
struct pane *log_screen_new(struct session *s, struct err *e);

/* A study made from the case, line by line.  deidentscreen.c */
struct pane *deident_screen_new(struct session *s, const struct case_id *id,
    struct err *e);
/* Studies that wait for a supervisor.  studydrafts.c */
struct pane *studydrafts_screen_new(struct session *s, struct err *e);

#endif
