/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One step in the list of people: slots, entries, and both or neither.
 *
 * The register is the truth, and the header follows it:
 *
 *	- What is given is written to the header first: a slot, marked
 *	  pending, or the root key with a role.  Without it the entry would
 *	  name somebody whom no key lets in.  An open that finds the register
 *	  naming the key of a pending slot takes the mark off; one that does
 *	  not takes the slot away, and a root key whose role is not in the
 *	  register.
 *	- What is taken is taken from the header after the entry that says
 *	  so.  An open that finds a key's access ended takes the slot away;
 *	  one that finds a role without the root key takes that.
 *	- So an open only ever takes.  A register that was put back to an
 *	  earlier state makes nobody a keeper of the root key again; that it
 *	  asks for one is a state no crash leaves, and verify names it.
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
	struct header *next;	/* with what is given */
	struct granting by;
	bool slots;		/* whether next gives anything */
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
enum who {
	WHO_PERSON,
	WHO_CODE,	/* no person: a recovery code or a pair */
	WHO_KEEPER	/* a person in the founder's place */
};
/* The entries of a new key in slot of next: who it is, and the role. */
NODISCARD enum rc step_user(struct step *t, const struct author_id *key,
    const char *name, enum who who, struct err *e);
NODISCARD enum rc step_role(struct step *t, const struct author_id *key,
    unsigned role, struct err *e);
NODISCARD enum rc step_revoke(struct step *t, const struct author_id *key,
    const char *reason, struct err *e);
/* Grants the root key with a role, to a person who has a slot. */
NODISCARD enum rc step_root(struct step *t, const struct author_id *key,
    unsigned role, struct err *e);
NODISCARD enum rc step_commit(struct step *t, struct err *e);

/*
 * Appends one entry of the register inside a transaction, with the root
 * key's grant where its kind needs one.
 */
NODISCARD enum rc append_granted(struct store *s, const struct root_key *root,
    const struct entry_draft *d, struct err *e);
/*
 * Inside a transaction: dates what follows after everything that any author
 * has written, so that a clock put back cannot end an access before entries
 * made under it.
 */
NODISCARD enum rc date_after_all(struct store *s, struct err *e);
/* How many entries the author of this key has written. */
NODISCARD enum rc people_written(struct store *s, const struct author_id *key,
    uint64_t *n, struct err *e);
/* When the author of this key wrote last; INT64_MIN: never. */
NODISCARD enum rc people_last_at(struct store *s,
    const struct author_id *key, int64_t *at, struct err *e);
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
/* True for the founder's key and one that took its place. */
bool is_keeper(const struct store *s, const struct author_id *key);
/* True if a role brings the root key, or the founder's place does. */
bool role_has_root(const struct store *s, const struct author_id *key,
    unsigned role);

#endif
