/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One study made from a case, as the list knows it; for studydrafts.c and
 * studyread.c only.
 */
#ifndef HEARKEN_TUI_STUDYDRAFTS_IMPL_H
#define HEARKEN_TUI_STUDYDRAFTS_IMPL_H

#include "tui/studydrafts.h"

struct studyrow {
	struct entry_id id;
	int64_t at, by_at;
	char *study, *text, *report;	/* owned */
	char *reason;			/* owned; NULL while it waits */
	bool let_out;
	char *by, *decided_by;		/* owned; names */
};

void studyrow_copy(struct studyrow *to, const struct study_source *source,
    const struct study_draft_row *row);
void studyrow_release(struct studyrow *r);
/* "Signed by A on 22 November 2026: why"; "Waits for a supervisor." */
void studyrow_state(const struct studyrow *r, struct str *out);
/* The screen that shows it whole; takes a copy of the row. */
struct pane *studyread_new(const struct study_source *source,
    struct studyrow *row);

/* The acts, from either screen; told in the message line. */
void study_sign(const struct study_source *source, struct app *app,
    const struct studyrow *row, bool let_out);
void study_write_file(const struct study_source *source, struct app *app,
    const struct studyrow *row);

#endif
