/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The roster: who the store's users are and which roles they held when.  It
 * is the fold of the register, the store's own case (case_id_register()).
 */
#ifndef HEARKEN_CORE_ROSTER_H
#define HEARKEN_CORE_ROSTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/entry.h"
#include "core/grant.h"

struct roster_role {
	int64_t from;		/* `at` of the entry that gave it */
	uint64_t after;		/* the entries that the person had by then */
	unsigned roles;		/* bits of enum role from then on; 0: ended */
};

struct roster_user {
	struct author_id key;
	char *name;
	unsigned char box[32];	/* X25519; zeros when not known */
	bool system;		/* stands for a recovery code, not a person */
	bool keeper;		/* in the founder's place: may let others in */
	int64_t since;		/* `at` of the entry that made them known */
	int64_t revoked;	/* when the access ended, or INT64_MAX */
	uint64_t last;		/* their last entry then, or UINT64_MAX */
	char *reason;		/* of that, owned; NULL */
	struct roster_role *roles;	/* by time */
	size_t nroles, caproles;
};

struct roster {
	struct roster_user *users;
	size_t nusers, capusers;
	struct author_id founder;	/* whose first two entries need no role */
	struct grantor grantor;
	bool founded;
};

void roster_init(struct roster *r);
void roster_release(struct roster *r);
/*
 * Names the founder and the root key.  From then on an entry counts only if
 * it is one of the founder's first two or its author held a role that may
 * write its kind; one that adds people or changes roles only with a grant of
 * the root key and by the founder, a supervisor or an administrator: somebody
 * who is none of these any more may have kept the root key.  Without a
 * founder every entry counts.
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
/* NULL when the key is not in the roster. */
const struct roster_user *roster_find(const struct roster *r,
    const struct author_id *key);
/* The person of this name whose access has not ended, or NULL. */
const struct roster_user *roster_by_name(const struct roster *r,
    const char *name);
/* The name, or "unknown author" when the key is not in the roster. */
const char *roster_name(const struct roster *r, const struct author_id *key);

#endif
