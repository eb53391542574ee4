/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Studies made from real cases, and what was decided on them: the fold of the
 * register's entries "study-draft" and "study-signed".  Pure: the same entries
 * in any order give the same answer.
 *
 * A draft counts only if whoever wrote it had the right to, and its text is
 * the one of its hash.  A decision counts only if all of this holds:
 *  - its author was a supervisor then;
 *  - it names a draft that counts, and the hash of its text;
 *  - the two are different keys and different people by name, and neither is
 *    a recovery code;
 *  - it is the first on that draft.
 */
#ifndef HEARKEN_CORE_STUDYDRAFTS_H
#define HEARKEN_CORE_STUDYDRAFTS_H

#include "core/entry.h"
#include "core/roster.h"

struct study_draft {
	struct entry_id id;
	int64_t at;
	struct author_id author;
	char *study, *text, *report, *hash;	/* owned */
	char *reason;		/* owned; NULL while it waits */
	bool let_out;		/* signed, not given back */
	struct entry_id decision;
	struct author_id by;
	int64_t by_at;
};

struct study_drafts {
	struct study_draft *list;	/* the latest last */
	size_t n, cap;
};

void study_drafts_init(struct study_drafts *d);
void study_drafts_release(struct study_drafts *d);
/* Takes all drafts first, then all decisions, each in the order of time. */
void study_drafts_add(struct study_drafts *d, const struct roster *r,
    const struct entry *e);
void study_drafts_decide(struct study_drafts *d, const struct roster *r,
    const struct entry *e);
/* NULL when there is none. */
const struct study_draft *study_drafts_find(const struct study_drafts *d,
    const struct entry_id *id);
/* The content hash of a study's text, hex. */
void study_text_hash(const char *text, char out[2 * ENTRY_ID_LEN + 1]);

#endif
