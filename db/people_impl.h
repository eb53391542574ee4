/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One step in the list of people: slots, entries, and both or neither.
 *
 * The register is the truth, and the header follows it:
 *
 *	- A slot that is added is written first, marked pending: without it
 *	  the entry would name somebody whom no key lets in.  An open that
 *	  finds the register naming its key takes the mark off; one that does
 *	  not takes the slot away.
 *	- A slot is taken away, and its role and root key changed, only after
 *	  the entry that says so.  An open that finds the key's access ended
 *	  takes the slot away; one that finds another role in the register
 *	  grants that, if it holds the root key.
 *	- A slot that is not pending is never taken away because the register
 *	  lacks its key: that is damage, and shutting people out does not mend
 *	  it.  verify names it.
 *
 * So every crash is finished or undone by the next open, whoever opens, and
 * settling is the same code in a step, after a failure and at the open.
 */
#ifndef HEARKEN_DB_PEOPLE_IMPL_H
#define HEARKEN_DB_PEOPLE_IMPL_H

#include "db/impl.h"

/* A pair for three people ends every earlier slot: the most that is written. */
#define STEP_DRAFTS (2 * SLOTS + 16)

struct step {
	struct store *s;
	struct root_key *root;
	struct header *next;	/* with the slots to be added */
	struct granting by;
	bool slots;		/* whether next has any */
	struct entry_draft drafts[STEP_DRAFTS];
	size_t n;
};

/*
 * Begins: the caller holds the root key and nothing is under way.  *out is
 * released by the caller, also after step_commit.
 */
NODISCARD enum rc step_begin(struct store *s, struct step **out,
    struct err *e);
void step_release(struct step *t);
/* Adds a slot for somebody new; key receives their signing key. */
NODISCARD enum rc step_slot(struct step *t, const struct slot_request *req,
    struct author_id *key, struct err *e);
/* Adds an entry to the register; takes body, NULL is RC_NOMEM. */
NODISCARD enum rc step_entry(struct step *t, const char *kind, json_t *body,
    struct err *e);
/* The entries of a new key in slot of next: who it is, and the role. */
NODISCARD enum rc step_user(struct step *t, const struct author_id *key,
    const char *name, bool system, struct err *e);
NODISCARD enum rc step_role(struct step *t, const struct author_id *key,
    unsigned role, struct err *e);
NODISCARD enum rc step_revoke(struct step *t, const struct author_id *key,
    const char *reason, struct err *e);
NODISCARD enum rc step_commit(struct step *t, struct err *e);

/*
 * Appends one entry of the register inside a transaction, with the root
 * key's grant where its kind needs one.
 */
NODISCARD enum rc append_granted(struct store *s, const struct root_key *root,
    struct entry_draft *d, struct err *e);
/*
 * Inside a transaction: dates what follows after everything that any author
 * has written, so that a clock put back cannot end an access before entries
 * made under it.
 */
NODISCARD enum rc date_after_all(struct store *s, struct err *e);
/* Brings the slots to what the register says. */
NODISCARD enum rc people_settle(struct store *s, struct err *e);
/*
 * After the register was loaded: settles, refuses somebody whose access has
 * ended, and dates this author's entries after their role.
 */
NODISCARD enum rc people_at_open(struct store *s, struct err *e);

/* A name as colleagues know it: UTF-8 with a letter, at most 200 bytes. */
NODISCARD enum rc check_person_name(const char *name, struct err *e);
/* The person of this name whose access has not ended; RC_NOTFOUND. */
NODISCARD enum rc find_person(const struct store *s, const char *name,
    const struct roster_user **out, struct err *e);
/* RC_REFUSED if without this person nobody could let others in. */
NODISCARD enum rc check_not_last(const struct store *s,
    const struct roster_user *u, struct err *e);
/* The newest role of a key whose access has not ended; 0. */
unsigned role_now(const struct store *s, const struct author_id *key);
/* True if a role brings the root key, or the founder's key does. */
bool role_has_root(const struct store *s, const struct author_id *key,
    unsigned role);

#endif
