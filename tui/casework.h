/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The working state of one open case: what is signed, what is pending, and
 * the two together as answers, level and reasons.  Its panes read it; what
 * they decide goes through it.  Reaches the store through a door of
 * functions, so that a test needs none.  Draws nothing.
 */
#ifndef HEARKEN_TUI_CASEWORK_H
#define HEARKEN_TUI_CASEWORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/casefile.h"
#include "core/err.h"
#include "core/instrument.h"
#include "core/joinednear.h"
#include "core/oversight.h"
#include "core/roster.h"
#include "core/screen.h"
#include "core/services.h"
#include "core/str.h"
#include "tui/pending.h"

/* A deadline as it was counted. */
struct counted {
	int64_t due;		/* UTC ms */
	struct str words;	/* how, for people */
};

/* what is "" for one about no other entry. */
typedef void (*draft_fn)(void *arg, const char *kind, const char *what);

struct case_door {
	void *ctx;
	const struct instrument *in;	/* borrowed */
	const struct roster *roster;	/* borrowed; may be NULL */
	struct author_id me;
	const char *user;		/* borrowed */
	int64_t (*now)(void *ctx);	/* UTC ms */
	enum rc (*load)(void *ctx, const struct case_id *id,
	    struct casefile *out, struct err *e);
	enum rc (*append)(void *ctx, const struct entry_draft *d, size_t n,
	    struct entry_id *ids, struct err *e);
	/* kind of entry and what it is about ("" or NULL: none). */
	enum rc (*save)(void *ctx, const char *kind, const char *what,
	    const char *text, struct err *e);
	/* *text owned, NULL when there is none. */
	enum rc (*restore)(void *ctx, const char *kind, const char *what,
	    char **text, struct err *e);
	/* Every draft of this case: kind and what as for save. */
	void (*drafts)(void *ctx, draft_fn fn, void *arg);
	/* Counts a limit of the deadlines content from a moment. */
	enum rc (*count)(void *ctx, const char *rule, int64_t start,
	    struct counted *out, struct err *e);
	bool (*may_write)(void *ctx, const char *kind);
	/* One in so many agreed reviews is looked at twice; 0: none. */
	unsigned sample;
	/*
	 * Appends how the other cases of this one's reference are named; may
	 * be NULL.
	 */
	void (*twins)(void *ctx, const char *reference, struct str *out);
	/*
	 * The other cases of the child, as decided, into *out, which is not
	 * set up before; may be NULL, and a failure is told in *out.
	 */
	void (*near)(void *ctx, const struct case_id *id, int32_t today,
	    struct joined_near *out);
	/*
	 * The directory of services, borrowed; NULL when it cannot be read.
	 * The function may be NULL, too.
	 */
	const struct services *(*services)(void *ctx, struct err *e);
};

/* What a new tick takes over from the last one of this sitting. */
struct carry {
	char *agency, *source, *confidence;	/* NULL: nothing yet; owned */
	struct span on;
	/*
	 * In a session of a case study: the words of an answer and of a
	 * strike, as the stage tells them.  A form changes nothing of it then.
	 */
	char *evidence, *why;
};

/*
 * In a session of a case study the stage stands for today: date gives the
 * answers its age and its days.  NULL in live work.
 */
struct casework_stage {
	int32_t day;
	const void *ctx;
	void (*date)(const void *ctx, struct answers *a);
};

struct casework {
	struct case_door door;
	struct case_id id;
	struct casefile signed_;
	struct pending pending;
	struct casefile now;		/* signed and pending together */
	struct answers answers;		/* of now */
	struct screening result;	/* of now */
	struct oversight waits;		/* for a second person: of signed_ */
	struct oversight held;		/* as decided: of now */
	/*
	 * A second look is to be taken, and by whoever sits here: what was
	 * decided first is shown nowhere until theirs is signed.
	 */
	bool blind;
	int32_t today;
	struct casework_stage stage;
	struct carry carry;
	/*
	 * What has to be seen before anything of the case, a line each: that
	 * what it holds was taken back, that another case is called the same.
	 */
	struct str first;
	struct str twins;	/* the other cases of the same reference */
	struct joined_near near;	/* of the same child, as decided */
	unsigned stamp;		/* another number after each change */
	bool unsaved;		/* the last attempt to keep pending failed */
	struct err save_error;	/* why */
	bool unread;		/* kept work is there and cannot be read */
};

/*
 * Loads the case and the pending work that was kept.  *restored (may be
 * NULL) is how many pending entries came back.
 */
NODISCARD enum rc casework_open(struct casework *w,
    const struct case_door *door, const struct case_id *id,
    size_t *restored, struct err *e);
void casework_release(struct casework *w);
/* Loads the signed entries again and works everything out. */
NODISCARD enum rc casework_reload(struct casework *w, struct err *e);

/* From now on the stage stands for today; works everything out. */
void casework_stage_set(struct casework *w,
    const struct casework_stage *stage);
/* What a tick is filled in with from now on; copies all. */
void casework_carry(struct casework *w, const struct carry *carry);

/*
 * After any change to pending: keeps it as an encrypted draft and works out
 * case, answers and result.  A draft that could not be kept is told by
 * unsaved, for the work must go on.
 */
void casework_changed(struct casework *w);
bool casework_undo(struct casework *w);
/*
 * Signs all pending under one seal and loads the case again.  RC_REFUSED
 * with *at the first incomplete entry (else *at is pending.n).
 */
NODISCARD enum rc casework_sign(struct casework *w, size_t *at,
    struct err *e);

/* ---- reading ---- */

/* True if the record is one of the pending. */
bool casework_is_pending(const struct casework *w, const struct record *r);
/* Index in pending, or pending.n. */
size_t casework_pending_of(const struct casework *w, const struct record *r);
/* A text field as the person left it: of the pending entry, if it is one. */
const char *casework_text(const struct casework *w, const struct record *r,
    const char *field);
/* The date, as casework_text. */
struct span casework_on(const struct casework *w, const struct record *r);
/* Who wrote it: the roster's name. */
const char *casework_author(const struct casework *w,
    const struct record *r);
/* True if whoever sits here wrote it, with this key or another. */
bool casework_is_mine(const struct casework *w, const struct record *r);
/* True if the record is an observation of this item. */
bool casework_observes(const struct casework *w, const struct record *r,
    unsigned item);
/* How many agencies say what the item's answer is; 0 when not asked. */
size_t casework_agencies(const struct casework *w, unsigned item);
/* True if the level asks for a referral: its clock is started. */
bool level_asks_referral(const struct instrument *in, unsigned level);
/* The human judgement, or the rule's if higher; of now. */
unsigned casework_judged(const struct casework *w);
/* The level that stands: that, or what a review that counts has made of it. */
unsigned casework_level(const struct casework *w);
/* True if a record is not shown, for a second look is to be blind. */
bool casework_hides(const struct casework *w, const struct record *r);
/*
 * A number for what others have written in the case: it is another one when
 * an entry came, in whatever order.
 */
struct entry_id casework_print(const struct casework *w);
/* The standing screening's judgement; NO_ITEM when there is none. */
unsigned casework_judgement(const struct casework *w);

void counted_init(struct counted *c);
void counted_release(struct counted *c);

#endif
