/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of the walk screen, for walk*.c of this folder.
 */
#ifndef HEARKEN_TUI_WALKSCREEN_IMPL_H
#define HEARKEN_TUI_WALKSCREEN_IMPL_H

#include "core/walk.h"
#include "tui/caseforms.h"
#include "tui/casehost.h"
#include "tui/walkscreen.h"
#include "tui/walktrace.h"

enum {
	WALK_STORY, WALK_CHECKLIST, WALK_RISK, WALK_NOTES, WALK_PANES
};

struct walkscreen {
	struct pane base;
	struct walk_door o;
	struct casework w;
	struct walk walk;		/* of w.signed_ */
	struct walk_trace trace;	/* of the stage in hand, if it is mine */
	struct caseforms forms;
	struct case_host host;
	struct pane *panes[WALK_PANES], *group;	/* the group owns the panes */
	unsigned stamp;		/* of casework, as the panes show it */
	size_t shown;		/* place on the way; way.n: the end */
	int w_now, h_now;
	bool mine;		/* whoever sits here began it */
	bool looking;		/* the lookback is open over it */
	bool committed;		/* just now: it is told once the form is gone */
	const char *discarding;	/* kind of the form that is asked about */
	char discarding_what[2 * ENTRY_ID_LEN + 1];
};

/* walkscreen.c */
void walk_refresh(struct walkscreen *s);
/* Where one is, for coming back after a lock. */
void walk_tell_place(struct walkscreen *s);
/* A form over the screen is about to open; as caseforms.opening. */
void walk_form_opening(void *ctx, const char *kind, const char *what);

/* walkhost.c */
struct case_host walk_host_of(struct walkscreen *s);
/* Says why nothing is changed now; true if it may be. */
bool walk_may_change(const struct walkscreen *s, struct app *app);

/* walkstep.c: where the session stands, and what is signed */
/* Reads the case as it is signed; keeps or begins the trace. */
NODISCARD enum rc walk_take(struct walkscreen *s, struct err *e);
/* True while answers may be changed. */
bool walk_answers(const struct walkscreen *s);
/* The attempt that is looked back on at a place of the way, or NULL. */
const struct walk_attempt *walk_last_at(const struct walkscreen *s,
    size_t place);
/* Notes what is answered otherwise now, and keeps it. */
void walk_trace_keep(struct walkscreen *s);
/* Keeps the trace as it is. */
void walk_trace_save(struct walkscreen *s);
/* Items of the checklist that have no answer. */
unsigned walk_not_answered(const struct walkscreen *s);
/* True if a note waits to be signed with this stage. */
bool walk_has_note(const struct walkscreen *s);
/* Signs all that is pending and the attempt under one seal. */
NODISCARD enum rc walk_sign_attempt(struct walkscreen *s, unsigned judgement,
    const char *why, struct err *e);
/* Begins the second round of the stage in hand. */
void walk_again(struct walkscreen *s);
bool walk_may_again(const struct walkscreen *s);
/* Signs the lookback and goes on; choice STUDY_END: there is none. */
NODISCARD enum rc walk_sign_lookback(struct walkscreen *s, uint32_t choice,
    struct err *e);
/* What the point is said to be now, with the hint's words. */
enum walk_point walk_point_now(const struct walkscreen *s, size_t place,
    size_t i, struct str *words);
/* The learner's own notes of a stage, as text; nothing when there is none. */
void walk_note_text(const struct walkscreen *s, size_t place,
    struct str *out);
/* Minutes that were worked on it, from the times of its entries. */
unsigned walk_minutes(const struct walkscreen *s);

/* walkstory.c */
struct pane *story_new(struct walkscreen *s);
void story_refresh(struct pane *p);

/* walkcommit.c: the level as it is judged, then all is signed */
void walk_commit_open(struct walkscreen *s, struct app *app);

/* walklook.c: beside the model */
void walk_look_open(struct walkscreen *s, struct app *app, size_t place);

/* walkend.c: the entry of the training log */
void walk_log_open(struct walkscreen *s, struct app *app);
bool walk_logged(const struct walkscreen *s);

#endif
