/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The header made to follow the register; people_impl.h tells how.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/kinds.h"
#include "db/people_impl.h"

unsigned
role_now(const struct store *s, const struct author_id *key)
{
	const struct roster_user *u = roster_own(&s->roster, key);

	if (u == NULL || u->revoked != INT64_MAX)
		return 0;
	return roster_roles(&s->roster, key, INT64_MAX);
}

bool
is_keeper(const struct store *s, const struct author_id *key)
{
	const struct roster_user *u = roster_own(&s->roster, key);

	return (u != NULL && u->keeper) ||
	    memcmp(key->b, s->header.founder, AUTHOR_LEN) == 0;
}

bool
role_has_root(const struct store *s, const struct author_id *key,
    unsigned role)
{
	return (role & (ROLE_SUPERVISOR | ROLE_ADMINISTRATOR)) != 0 ||
	    is_keeper(s, key);
}

/* The root key is opened only once a slot needs it. */
struct settling {
	struct store *s;
	struct header *next;
	struct root_key *root;
	bool changed;
};

static enum rc
settle_role(struct settling *t, size_t i, const struct author_id *key,
    struct err *e)
{
	struct store *s = t->s;
	struct granting by = {NULL, s->keys};
	struct slot_request want = {.role = role_now(s, key)};
	enum rc rc = RC_OK;

	/* An altered slot is left, and keeps no other waiting. */
	if (t->next->slots[i].role == want.role || want.role == 0 ||
	    !s->header.slots[s->slot].has_root ||
	    !slot_grant_holds(t->next, i))
		return RC_OK;
	/* Nothing is given here. */
	want.has_root = role_has_root(s, key, want.role);
	if (want.has_root && !t->next->slots[i].has_root)
		return RC_OK;
	if (t->root == NULL)
		rc = slot_root_open(&s->header, s->slot, s->keys, &t->root, e);
	if (rc != RC_OK)
		return rc;
	by.root = t->root;
	t->changed = true;
	return slot_regrant(t->next, i, &want, &by, e);
}

static enum rc
settle_slot(struct settling *t, size_t i, struct err *e)
{
	struct slot *slot = &t->next->slots[i];
	const struct roster_user *u;
	struct author_id key;

	if (slot->type == SLOT_FREE)
		return RC_OK;
	memcpy(key.b, slot->ed_pk, AUTHOR_LEN);
	u = roster_own(&t->s->roster, &key);
	if (u == NULL ? slot->pending : u->revoked != INT64_MAX) {
		slot_clear(t->next, i);
		t->changed = true;
		return RC_OK;
	}
	if (u == NULL)
		return RC_OK;
	t->changed |= slot->pending;
	slot->pending = false;
	return settle_role(t, i, &key, e);
}

enum rc
people_settle(struct store *s, struct err *e)
{
	struct settling t = {.s = s, .next = malloc(sizeof(*t.next))};
	enum rc rc = RC_OK;

	if (t.next == NULL)
		return err_set(e, RC_NOMEM, "%s: not enough memory to look "
		    "at the list of people", s->path);
	*t.next = s->header;
	for (size_t i = 0; i < SLOTS && rc == RC_OK; i++)
		rc = settle_slot(&t, i, e);
	if (rc == RC_OK && t.changed)
		rc = header_change(s, t.next, e);
	slot_root_free(t.root);
	free(t.next);
	return rc;
}

static enum rc
refuse_ended(const struct roster_user *u, struct err *e)
{
	char day[DAY_TEXT_MAX];

	day_format(moment_day(u->revoked), day);
	return err_set(e, RC_REFUSED, "your access to this store ended on %s "
	    "(%s); ask a supervisor or administrator if that is wrong", day,
	    u->reason);
}

/*
 * A list that cannot be settled now, on a full disk for one, is settled by a
 * later open; it shuts nobody out who may come in.
 */
enum rc
people_at_open(struct store *s, struct err *e)
{
	const struct roster_user *u = roster_own(&s->roster, &s->author);
	const struct slot *own = &s->header.slots[s->slot];
	bool unfinished = u == NULL && own->pending;
	enum rc rc = people_settle(s, NULL);

	(void)rc;
	if (unfinished)
		return err_set(e, RC_REFUSED, "giving you access was "
		    "interrupted before it was done; ask for it again");
	if (u == NULL)
		return RC_OK;
	if (u->revoked != INT64_MAX)
		return refuse_ended(u, e);
	if (u->nroles > 0 && u->roles[u->nroles - 1].from >= s->chain.at)
		s->chain.at = u->roles[u->nroles - 1].from + 1;
	return RC_OK;
}
