/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lawful disposal: never automatic.  One person asks, with the rule of
 * retention and a reason; a second agrees; then the text of the case's
 * entries is blanked, their hashes stay, and the chain still verifies and
 * says under which decision.  A legal hold forbids it.  What counts is the
 * fold of the register (core/disposals.h); all of this asks for the right to
 * dispose (rights.def), and a restricted case for being named.
 */
#ifndef HEARKEN_DB_DISPOSE_H
#define HEARKEN_DB_DISPOSE_H

#include "db/store.h"

/*
 * The case with this reference or id (hex), for those who may dispose of it:
 * an administrator too, who may not open it.
 */
NODISCARD enum rc store_dispose_find(struct store *s, const char *word,
    struct case_id *id, struct err *e);

/*
 * Sets or lifts a hold.  RC_EXISTS when it is held already, RC_NOTFOUND when
 * there is nothing to lift.
 */
NODISCARD enum rc store_hold(struct store *s, const struct case_id *id,
    bool set, const char *reason, struct err *e);
NODISCARD enum rc store_held(struct store *s, const struct case_id *id,
    bool *held, struct err *e);

/* A hold that stands; strings live for the call. */
struct hold_row {
	struct case_id case_id;
	const char *reference;	/* "": not for these eyes */
	const char *reason, *by;
	int64_t at;
};
/* Return false to stop. */
typedef bool (*store_hold_fn)(const struct hold_row *row, void *ctx);
NODISCARD enum rc store_holds(struct store *s, store_hold_fn fn, void *ctx,
    struct err *e);

/*
 * Every case that was not disposed of, settled, for those who count by a rule
 * how long it is kept.  Of a restricted case reference is "" for those who
 * are not named; the casefile is for counting, never for showing.
 */
struct kept_row {
	const struct casefile *c;
	const char *reference;
	bool held, asked;
};
typedef bool (*store_kept_fn)(const struct kept_row *row, void *ctx);
NODISCARD enum rc store_kept(struct store *s, store_kept_fn fn, void *ctx,
    struct err *e);
/* The same of one case: RC_REFUSED when it is restricted to others. */
NODISCARD enum rc store_kept_one(struct store *s, const struct case_id *id,
    store_kept_fn fn, void *ctx, struct err *e);

struct dispose_request {
	const struct case_id *case_id;
	const char *rule;	/* id in content/retention */
	int32_t kept_until;	/* by the rule, or DAY_NONE */
	const char *reason;
};
/*
 * RC_REFUSED under a hold, or before kept_until has passed; RC_EXISTS when
 * somebody has asked and nothing was written to the case since.
 */
NODISCARD enum rc store_dispose_ask(struct store *s,
    const struct dispose_request *r, struct entry_id *id, struct err *e);

/* What the certificate says; strings owned, released below. */
struct disposal {
	char *reference;
	char *asked_by, *agreed_by;
	char *rule, *why_asked, *why_agreed;
	int64_t asked_at, agreed_at;
	uint64_t entries;
	unsigned char digest[32];	/* BLAKE2b-256 of the blanked ids */
	struct entry_id id;		/* of the entry "dispose" */
};
void disposal_release(struct disposal *d);
/*
 * A second person (never the one who asked) agrees; the case is disposed of
 * in one transaction: no byte of its text is left in the file.  RC_NOTFOUND
 * when nobody has asked, RC_REFUSED when they may not, or when something was
 * written to the case since: it has to be asked for again.
 */
NODISCARD enum rc store_dispose_agree(struct store *s,
    const struct case_id *id, const char *reason, struct disposal *out,
    struct err *e);

/* Requests that wait; strings live for the call. */
struct dispose_row {
	struct case_id case_id;
	const char *reference;	/* "": not for these eyes */
	const char *rule, *reason, *asked_by;
	int32_t kept_until;	/* DAY_NONE: not said */
	int64_t asked_at;
	bool mine;		/* asked by whoever unlocked the store */
	bool held;
};
typedef bool (*store_dispose_fn)(const struct dispose_row *row, void *ctx);
NODISCARD enum rc store_dispose_waiting(struct store *s,
    store_dispose_fn fn, void *ctx, struct err *e);
/*
 * What was disposed of.  reference is "": the store does not know it any
 * more, only the certificate does.
 */
typedef bool (*store_disposal_fn)(const struct case_id *id,
    const struct disposal *d, void *ctx);
NODISCARD enum rc store_disposals(struct store *s, store_disposal_fn fn,
    void *ctx, struct err *e);

#endif
