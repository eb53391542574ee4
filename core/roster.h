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

struct roster_role {
	int64_t from;		/* `at` of the entry that gave it */
	unsigned roles;		/* bits of enum role from then on */
};

struct roster_user {
	struct author_id key;
	char *name;
	struct roster_role *roles;	/* by time */
	size_t nroles, caproles;
};

struct roster {
	struct roster_user *users;
	size_t nusers, capusers;
	struct author_id founder;	/* whose first two entries need no role */
	bool founded;
};

void roster_init(struct roster *r);
void roster_release(struct roster *r);
/*
 * Names the founder.  From then on an entry counts only if it is one of their
 * first two or its author held a role that may write its kind; without a
 * founder every entry counts.
 */
void roster_found(struct roster *r, const struct author_id *founder);
/* True if the author of e had the right to write it when they did. */
bool roster_allows(const struct roster *r, const struct entry *e);
/* Takes entries of the register in entry_compare order; others are ignored. */
void roster_apply(struct roster *r, const struct entry *e);
/* Roles of key at a moment; 0 when unknown. */
unsigned roster_roles(const struct roster *r, const struct author_id *key,
    int64_t at);
/* The name, or "unknown author" when the key is not in the roster. */
const char *roster_name(const struct roster *r, const struct author_id *key);

#endif
