/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a learner does at a stage before it is signed: when it was first
 * shown, each change of an answer with its time, what was said of the note.
 * Kept as an encrypted draft of kind "trace", so that no change is lost to a
 * lock or a crash.  Pure.
 */
#ifndef HEARKEN_TUI_WALKTRACE_H
#define HEARKEN_TUI_WALKTRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/walk.h"

/* Not said by the person yet: the hint stands. */
#define POINT_UNSAID 3

struct walk_trace {
	uint32_t stage;
	unsigned round;
	int64_t started;	/* UTC ms; 0: of no stage */
	bool seen;		/* the model was shown after the commitment */
	struct walk_change *changes;	size_t n, cap;
	unsigned points[STUDY_LIST_MAX];	/* enum walk_point, or unsaid */
	struct answers last;	/* as the latest change left them */
};

/* Begins a stage; base: the answers before anything is changed. */
void trace_begin(struct walk_trace *t, uint32_t stage, unsigned round,
    int64_t now, const struct answers *base);
void trace_release(struct walk_trace *t);
/* Adds what is another answer now; true if anything is. */
bool trace_note(struct walk_trace *t, const struct instrument *in,
    const struct answers *now, int64_t at);
/* The trace as JSON on one line. */
void trace_write(const struct walk_trace *t, const struct walk *w,
    struct str *out);
/*
 * Reads what trace_write() wrote, if it is of the stage in hand; false, and t
 * untouched, when it is another's.  base as for trace_begin().
 */
bool trace_read(struct walk_trace *t, const struct walk *w,
    const char *text, const struct answers *base);

#endif
