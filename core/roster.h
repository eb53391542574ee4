/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The roster: who the store's users are and which roles they held when.  It
 * is the fold of the register, the store's own case (case_id_register()).
 *
 * People of other stores stand in it, too, marked `abroad`: taken in by their
 * card (the kind "trust"), or named by their own store's register as bundles
 * brought it ("introduced"), which is folded by this very code into a roster
 * of its own.  What somebody elsewhere writes counts
 *	- not at all, when their own store gave them no role that writes in
 *	  cases then, or after they were ended here ("distrust");
 *	- as the role of their card, and below it when their own store gave
 *	  them less by then: a supervisor who is none there is none here;
 *	- without a card of their own as a practitioner's;
 *	- never in the register.
 * So no other store makes a supervisor for this one.  Who lists the store's
 * own people passes over those abroad.
 */
#ifndef HEARKEN_CORE_ROSTER_H
#define HEARKEN_CORE_ROSTER_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/entry.h"
#include "core/grant.h"

struct card;
struct roster_home;

struct roster_role {
	int64_t from;		/* `at` of the entry that gave it */
	uint64_t after;		/* the entries that the person had by then */
	unsigned roles;		/* bits of enum role from then on; 0: ended */
};

struct roster_user {
	struct author_id key;
	char *name;		/* abroad: "Ada Invented (School)" */
	unsigned char box[32];	/* X25519; zeros when not known */
	bool system;		/* stands for a recovery code, not a person */
	bool keeper;		/* in the founder's place: may let others in */
	int64_t since;		/* `at` of the entry that made them known */
	int64_t revoked;	/* when the access ended, or INT64_MAX */
	uint64_t last;		/* their last entry then, or UINT64_MAX */
	char *reason;		/* of that, owned; NULL */
	struct roster_role *roles;	/* by time */
	size_t nroles, caproles;
	bool abroad;		/* somebody of another store */
	char *plain, *agency;	/* abroad: name and agency apart; else NULL */
	struct card *card;	/* abroad: newest, owned; NULL: only named */
	size_t home;		/* abroad: which of homes */
};

struct roster {
	struct roster_user *users;
	size_t nusers, capusers;
	struct author_id founder;	/* whose first two entries need no role */
	struct grantor grantor;
	bool founded;
	bool training;		/* the founder's third entry says so */
	bool proven;		/* whoever applies has looked at the grants */
	struct roster_home *homes;	/* stores of which a card is known */
	size_t nhomes, caphomes;
	json_t *unheard;	/* introductions of stores without a card yet */
};

void roster_init(struct roster *r);
void roster_release(struct roster *r);
/*
 * Names the founder and the root key.  From then on an entry counts only if
 * it is one of the founder's first two or its author held a role that may
 * write its kind; "purpose" only as the founder's third, with a grant, so that
 * what a store is for is said when it is made or never; one that adds people
 * or changes roles only with a grant of the root key and by the founder, a
 * supervisor or an administrator: somebody who is none of these any more may
 * have kept the root key.  Without a founder every entry counts but "purpose".
 */
void roster_found(struct roster *r, const struct author_id *founder,
    const struct grantor *grantor);
/*
 * True if the author of e had the right to write it when they did: the role,
 * and the grant where one is needed.
 */
bool roster_allows(const struct roster *r, const struct entry *e);
/* Takes entries of the register in entry_compare order; others are ignored. */
void roster_apply(struct roster *r, const struct entry *e);
/* Roles of key at a moment; 0 when unknown. */
unsigned roster_roles(const struct roster *r, const struct author_id *key,
    int64_t at);
/*
 * Roles of an entry's author when they wrote it.  The time is what the author
 * says it was; that a role was taken away holds for all entries after those
 * that the person had written by then, whatever their date.
 */
unsigned roster_entry_roles(const struct roster *r, const struct entry *e);
/* NULL when the key is not in the roster; somebody abroad is. */
const struct roster_user *roster_find(const struct roster *r,
    const struct author_id *key);
/* As roster_find, but only the store's own people. */
const struct roster_user *roster_own(const struct roster *r,
    const struct author_id *key);
/* The store's own person of this name whose access has not ended, or NULL. */
const struct roster_user *roster_by_name(const struct roster *r,
    const char *name);
/*
 * True if both keys are of one store, as far as is known: of this one, or of
 * one elsewhere.  Whom nobody here knows is only of a store with themselves.
 */
bool roster_same_store(const struct roster *r, const struct author_id *a,
    const struct author_id *b);
/* The name, or "unknown author" when the key is not in the roster. */
const char *roster_name(const struct roster *r, const struct author_id *key);

/* ---- people elsewhere ---- */

/*
 * True if an entry "trust" with this card would count: not of this store, not
 * one of our own keys nor one that was ended, and of a known key the same
 * person.
 */
bool roster_card_fits(const struct roster *r, const struct card *c);

/* True if an entry "introduced" of that store would be read. */
bool roster_knows_store(const struct roster *r,
    const unsigned char uuid[GRANT_UUID_LEN]);
/*
 * Of the body of an entry "introduced" what is not known yet and proves
 * itself: returns owned another such body, or NULL when there is nothing of
 * that, also when no card of the store is known.
 */
json_t *roster_news(const struct roster *r, const json_t *body);
/*
 * Of the body of an entry "introduced" that is in the register, how many
 * records were not taken for true when it was read.
 */
size_t roster_unproven(const struct roster *r, const json_t *body);
/* What somebody's own store says; NULL for our own and the unknown. */
const struct roster_user *roster_at_home(const struct roster *r,
    const struct roster_user *u);

#endif
