/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The case studies that a session of the program knows: those of the content
 * folder and those that were taken into the store, which come before one of
 * the folder with the same id.
 */
#ifndef HEARKEN_TUI_TRAINSTUDIES_H
#define HEARKEN_TUI_TRAINSTUDIES_H

#include "core/study.h"
#include "tui/session.h"

struct train_found {
	struct study *study;	/* owned; NULL when it cannot be read */
	char *text;		/* of its file; owned, NULL with the study */
	char *name;		/* of the file, or the id; owned */
	char *fault;		/* owned; "" */
	bool taken;		/* into the store */
};

struct train_studies {
	struct train_found *list;
	size_t n, cap;
};

void train_studies_release(struct train_studies *t);
/*
 * By title.  The content folder may be missing; what cannot be read of it is
 * listed with its fault.  *out is owned, empty after a failure.
 */
NODISCARD enum rc train_studies_load(struct session *s,
    struct train_studies *out, struct err *e);
/* NULL when there is none of this id that can be read. */
const struct train_found *train_studies_find(const struct train_studies *t,
    const char *id);

#endif
