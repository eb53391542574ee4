/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is decided for one case and not yet signed: a list of entries to be,
 * with undo, that can be written down as text and read back.  Gives the case
 * as it would be if all were signed now, so that answers, level and reasons
 * follow each tick.  Pure: knows no store, no pane and no clock.
 */
#ifndef HEARKEN_TUI_PENDING_H
#define HEARKEN_TUI_PENDING_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/casefile.h"
#include "core/entry.h"
#include "core/err.h"
#include "core/roster.h"
#include "core/str.h"

struct pending_entry {
	struct entry_draft draft;
	/*
	 * The signed entry it corrects; zeros: none.  Of a review, the
	 * casework_print() of the case that it was decided on.
	 */
	struct entry_id about;
	struct entry_id id;	/* in the fold; set by pending_fold */
};

struct pending {
	struct case_id case_id;
	struct pending_entry *list;
	size_t n, cap;
	char **past;		/* earlier states as text, newest last */
	size_t npast, cappast;
};

void pending_init(struct pending *p, const struct case_id *id);
void pending_release(struct pending *p);

/* Remembers the state, so that the next undo comes back to it. */
void pending_mark(struct pending *p);
/* Goes back to the state of the newest mark; false when there is none. */
bool pending_undo(struct pending *p);
/* Drops the newest mark if nothing has changed since. */
void pending_unmark(struct pending *p);

/* Takes body.  about may be NULL.  Returns its index. */
size_t pending_add(struct pending *p, const char *kind,
    const struct span *on, json_t *body, const struct entry_id *about);
/* Takes body; it may be the one that is there. */
void pending_set(struct pending *p, size_t i, const struct span *on,
    json_t *body);
void pending_remove(struct pending *p, size_t i);
/* After signing: the list is empty and there is nothing to undo. */
void pending_clear(struct pending *p);

/* Index of the pending entry with this id in the fold, or p->n. */
size_t pending_by_id(const struct pending *p, const struct entry_id *id);
/* Index of the first of a kind about an entry (NULL: any), or p->n. */
size_t pending_about(const struct pending *p, const char *kind,
    const struct entry_id *about);

/* kind_check_draft of one: what is still missing, in words. */
NODISCARD enum rc pending_check(const struct pending *p, size_t i,
    struct err *e);
/* Index of the first that may not be signed yet, or p->n. */
size_t pending_incomplete(const struct pending *p);

/* The list as JSON on one line; nothing when it is empty.  No undo. */
void pending_write(const struct pending *p, struct str *out);
/*
 * Replaces the list by what pending_write wrote.  RC_INPUT when it is not
 * that; the list is then as before.
 */
NODISCARD enum rc pending_read(struct pending *p, const char *text,
    struct err *e);

/*
 * Drops what is signed already, word for word, by this author: the program
 * may have ended between the signing and the end of the draft.
 */
void pending_drop_signed(struct pending *p, const struct casefile *signed_,
    const struct author_id *author);

/* Who would sign, and when. */
struct pending_signer {
	struct author_id author;
	int64_t now;		/* UTC ms */
	const struct roster *roster;	/* may be NULL */
};
/*
 * The case with the pending entries as if written now; out is initialised
 * here.  Where a pending tick or correction is not complete yet it counts
 * all the same: what it lacks is filled in for the fold alone.
 */
void pending_fold(struct pending *p, const struct casefile *signed_,
    const struct pending_signer *by, struct casefile *out);

#endif
