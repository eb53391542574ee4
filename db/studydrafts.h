/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Studies made from a real case of this store, that wait for a supervisor, and
 * what was decided.  Whoever made one does not sign it.
 */
#ifndef HEARKEN_DB_STUDYDRAFTS_H
#define HEARKEN_DB_STUDYDRAFTS_H

#include "db/store.h"

struct study_draft_row {
	struct entry_id id;
	int64_t at;
	struct author_id author;
	const char *study, *text, *report, *hash;	/* live for the call */
	/* NULL while it waits; then "signed" or "returned", by whom and why. */
	const char *outcome, *reason;
	struct author_id by;
	int64_t by_at;
};
/* False stops. */
typedef bool (*study_draft_fn)(const struct study_draft_row *row, void *ctx);
/* The latest first. */
NODISCARD enum rc store_study_drafts(struct store *s, study_draft_fn fn,
    void *ctx, struct err *e);
/* Keeps one; the text must be a whole study of its own hash. */
NODISCARD enum rc store_study_draft_add(struct store *s, const char *text,
    const char *report, struct entry_id *id, struct err *e);
/*
 * Signs it or gives it back.  RC_REFUSED for whoever made it, for any role
 * but a supervisor's, and when it was decided on.
 */
NODISCARD enum rc store_study_draft_decide(struct store *s,
    const struct entry_id *id, bool sign, const char *reason, struct err *e);

#endif
