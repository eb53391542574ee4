/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The header's key slots against the register.  Everybody who has the store
 * open could write a header with the right MAC; whom the root key let in, and
 * whom the register names, they cannot change.
 */
#include "config.h"

#include <inttypes.h>
#include <sodium.h>
#include <string.h>

#include "core/kinds.h"
#include "db/people_impl.h"
#include "db/verify.h"

#define ALTERED "somebody who has access altered the header; ask who, and " \
	"give this person a new passphrase (hearken user reset)"

/* A role whose root key the slot lacks: what took it away is gone. */
static bool
lacks_root(const struct walk *w, const struct roster_user *u,
    const struct slot *slot)
{
	if (u == NULL || u->revoked != INT64_MAX || slot->has_root)
		return false;
	return role_has_root(w->s, &u->key, roster_roles(&w->roster, &u->key,
	    INT64_MAX));
}

static void
check_slot(struct walk *w, size_t i)
{
	const struct header *h = &w->s->header;
	const struct slot *slot = &h->slots[i];
	const struct roster_user *u;
	struct author_id key;
	const char *name;

	memcpy(key.b, slot->ed_pk, AUTHOR_LEN);
	u = roster_own(&w->roster, &key);
	name = u != NULL ? u->name : "somebody whom the register does not name";
	if (!slot_grant_holds(h, i))
		walk_fault(w, FAULT_TAMPERED, "key slot %zu, of %s, was not "
		    "granted by the store's root key: " ALTERED, i, name);
	else if (u == NULL && !slot->pending)
		walk_fault(w, FAULT_TAMPERED, "key slot %zu lets in %s: "
		    "entries of the register are missing; keep the file and "
		    "restore a backup", i, name);
	else if (lacks_root(w, u, slot))
		walk_fault(w, FAULT_TAMPERED, "the register gives %s a role "
		    "that was taken away again, as key slot %zu shows: "
		    "entries of the register are missing; keep the file and "
		    "restore a backup", name, i);
	else if (slot->epoch != h->slots[w->s->slot].epoch)
		walk_fault(w, FAULT_TAMPERED, "key slot %zu, of %s, is from "
		    "before the store's key was changed: " ALTERED, i, name);
}

/* Who was let in has a slot until the register ends their access. */
static void
check_person(struct walk *w, const struct roster_user *u)
{
	if (u->abroad || u->revoked != INT64_MAX || sodium_is_zero(u->box, sizeof(u->box)) ||
	    slot_of_key(&w->s->header, u->key.b) < SLOTS)
		return;
	walk_fault(w, FAULT_TAMPERED, "%s has access by the register, but no "
	    "key slot: it was taken out of the header; %s", u->name,
	    u->system ? "make a new code, and ask who" : ALTERED);
}

/* ---- people of other stores ---- */

/*
 * What a bundle brought was proved before it was kept, so what proves nothing
 * was written by somebody here.
 */
static void
check_introduced(struct walk *w, const struct entry *en)
{
	json_t *body = en->body != NULL ? entry_body_parse(en->body) : NULL;
	size_t unproven = roster_unproven(&w->roster, body);

	if (unproven != 0)
		walk_fault(w, FAULT_TAMPERED, "entry %" PRIu64 " of %s (an "
		    "introduced in the register) names people of another "
		    "store who do not prove themselves; they do not count: "
		    "ask who wrote it", en->n,
		    roster_name(&w->roster, &en->author));
	json_decref(body);
}

static enum rc
check_all_introduced(struct walk *w, struct err *e)
{
	struct entry_row r;
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, w->s, STMT_ENTRY_OF_REGISTER, e,
	    "tzzzzzz", "introduced");

	while (rc == RC_OK && w->v->sound && stmt_next(&rows)) {
		rc = entry_row_read(w->s, rows.st, &r, e);
		if (rc == RC_OK)
			check_introduced(w, &r.entry);
	}
	return stmt_close(&rows, rc, "read the register", e);
}

enum rc
walk_people(struct walk *w, struct err *e)
{
	for (size_t i = 0; i < w->roster.nusers && w->v->sound; i++)
		check_person(w, &w->roster.users[i]);
	for (size_t i = 0; i < SLOTS && w->v->sound; i++)
		if (w->s->header.slots[i].type != SLOT_FREE)
			check_slot(w, i);
	return w->v->sound ? check_all_introduced(w, e) : RC_OK;
}
