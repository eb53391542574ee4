/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Studies made from a case (db/studydrafts.h) as people name them, and the
 * file that leaves: only of a signed one, and never over an existing file.
 */
#ifndef HEARKEN_EXCHANGE_STUDYFILE_H
#define HEARKEN_EXCHANGE_STUDYFILE_H

#include "core/str.h"
#include "db/studydrafts.h"

/* Appends "the-back-row#a3f09c": its id, and which of those so called. */
void studyfile_mark(const struct study_draft_row *row, struct str *out);
/*
 * Which draft a word means: the latest of that id, or the one of its mark.
 * With waiting those that wait come first, and RC_INPUT names them when there
 * are several.  RC_NOTFOUND names all that there are.
 */
NODISCARD enum rc studyfile_find(struct store *s, const char *word,
    bool waiting, struct entry_id *id, struct err *e);
/*
 * Calls fn with that draft, once.  RC_NOTFOUND when there is none.
 */
NODISCARD enum rc studyfile_with(struct store *s, const struct entry_id *id,
    study_draft_fn fn, void *ctx, struct err *e);
/*
 * Writes its text to a new file.  RC_REFUSED unless a supervisor signed it,
 * and for those who may take nothing out.  That it left is an entry, which is
 * written before the first byte.
 */
NODISCARD enum rc studyfile_write(struct store *s, const struct entry_id *id,
    const char *path, struct err *e);

#endif
