/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lawful disposal: never automatic.  One person asks, with the rule of
 * retention and a reason; a second agrees; then the text of the case's
 * entries is blanked, their hashes stay, and the chain still verifies and
 * says under which decision.  A legal hold forbids it.
 */
#ifndef HEARKEN_DB_DISPOSE_H
#define HEARKEN_DB_DISPOSE_H

#include "db/store.h"

/* Sets or lifts a hold. */
NODISCARD enum rc store_hold(struct store *s, const struct case_id *id,
    bool set, const char *reason, struct err *e);
NODISCARD enum rc store_held(struct store *s, const struct case_id *id,
    bool *held, struct err *e);

struct dispose_request {
	const struct case_id *case_id;
	const char *rule;	/* id in content/retention */
	int32_t kept_until;	/* by the rule, or DAY_NONE */
	const char *reason;
};
/* RC_REFUSED under a hold, or before kept_until. */
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
 * in one transaction.
 */
NODISCARD enum rc store_dispose_agree(struct store *s,
    const struct case_id *id, const char *reason, struct disposal *out,
    struct err *e);

/* Requests that wait, oldest first; strings live for the call. */
struct dispose_row {
	struct case_id case_id;
	const char *reference, *rule, *reason, *asked_by;
	int64_t asked_at;
	bool mine;		/* asked by whoever unlocked the store */
	bool held;
};
typedef bool (*store_dispose_fn)(const struct dispose_row *row, void *ctx);
NODISCARD enum rc store_dispose_waiting(struct store *s,
    store_dispose_fn fn, void *ctx, struct err *e);

#endif
