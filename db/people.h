/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The people of a store: who has a passphrase, which role, and how that
 * changes.  Each step writes its entries to the register and its slot to the
 * header so that a crash between the two leaves the store as it was before
 * or after; an open finds and finishes a half-done one.  Whoever holds the
 * root key (the founder, supervisors, administrators, recovery) may change
 * others; everybody may change their own passphrase.
 */
#ifndef HEARKEN_DB_PEOPLE_H
#define HEARKEN_DB_PEOPLE_H

#include "db/store.h"

/* One person, as the Users screen shows them; strings live for the call. */
struct person {
	const char *name;
	struct author_id key;
	unsigned role;		/* bits of enum role; 0 once ended */
	bool system;		/* a recovery code, not a person */
	bool me;
	bool has_slot;		/* a passphrase or code opens the store */
	bool may_grant;		/* holds the root key */
	bool must_change;	/* the passphrase was given by somebody else */
	int64_t since;
	int64_t ended;		/* INT64_MAX: not */
	const char *why_ended;
};

/* Return false to stop. */
typedef bool (*store_person_fn)(const struct person *p, void *ctx);

/* Those who have access first, by name; then those whose access ended. */
NODISCARD enum rc store_people(struct store *s, store_person_fn fn,
    void *ctx, struct err *e);

/* True if whoever unlocked the store may add, change and revoke people. */
bool store_may_grant(const struct store *s);
/* True if the passphrase was given by somebody else and must be changed. */
bool store_must_change(const struct store *s);

/*
 * Lets a person in with a passphrase that they have to change when they
 * first use it.  RC_EXISTS when somebody of this name has access, RC_REFUSED
 * when there is no free slot or the caller may not.
 */
NODISCARD enum rc store_person_add(struct store *s, const char *name,
    enum role role, const struct secret *pass, struct err *e);
/*
 * Gives another role.  The root key goes with supervisor and administrator.
 * RC_REFUSED when nobody would be left who may let others in.
 */
NODISCARD enum rc store_person_role(struct store *s, const char *name,
    enum role role, struct err *e);
/*
 * Changes the passphrase of whoever unlocked the store: one slot is written.
 * old is asked for again: RC_PASSPHRASE when it is another.
 */
NODISCARD enum rc store_passphrase_change(struct store *s,
    const struct secret *old, const struct secret *fresh, struct err *e);
/*
 * A person who forgot theirs: a new identity under a new passphrase, which
 * they have to change, unless the store was opened with a code.  Their old
 * key ends; what they signed stays theirs.
 */
NODISCARD enum rc store_person_reset(struct store *s, const char *name,
    const struct secret *pass, struct err *e);
/*
 * Ends a person's access: the entry, the slot, and the store encrypted anew
 * under another key (store_rekey), so that an old copy of the header with an
 * old passphrase opens nothing written later.  Never oneself; never the last
 * who may let others in.  RC_CANCELLED leaves all as it was.
 */
NODISCARD enum rc store_person_revoke(struct store *s, const char *name,
    const char *reason, store_progress_fn fn, void *ctx, struct err *e);

/*
 * Encrypts the store anew under a new master key, and under another cipher
 * when one is named (NULL: the same): a new file beside it, proved page by
 * page, then put in its place in one step.  Killed at any moment there is
 * the old store or the new one.  s stays open on the new one.
 */
NODISCARD enum rc store_rekey(struct store *s, const char *cipher,
    const char *reason, store_progress_fn fn, void *ctx, struct err *e);

#endif
