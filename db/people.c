/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What may be done to the list of people.  How a step stays whole is told in
 * people_impl.h.
 */
#include "config.h"

#include "db/people.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/kinds.h"
#include "db/people_impl.h"

bool
store_may_grant(const struct store *s)
{
	return s->header.slots[s->slot].has_root;
}

bool
store_must_change(const struct store *s)
{
	return s->header.slots[s->slot].must_change;
}

/* ---- the list ---- */

static int
compare_people(const void *a, const void *b)
{
	const struct roster_user *const *x = a, *const *y = b;
	bool ended_x = (*x)->revoked != INT64_MAX;
	bool ended_y = (*y)->revoked != INT64_MAX;
	int d;

	if (ended_x != ended_y)
		return ended_x ? 1 : -1;
	if ((*x)->system != (*y)->system)
		return (*x)->system ? 1 : -1;
	d = strcmp((*x)->name, (*y)->name);
	if (d != 0 || (*x)->since == (*y)->since)
		return d != 0 ? d : memcmp((*x)->key.b, (*y)->key.b,
		    AUTHOR_LEN);
	return (*x)->since < (*y)->since ? -1 : 1;
}

static bool
show_person(const struct store *s, const struct roster_user *u,
    store_person_fn fn, void *ctx)
{
	size_t i = slot_of_key(&s->header, u->key.b);
	const struct slot *slot = i < SLOTS ? &s->header.slots[i] : NULL;
	struct person p = {
		.name = u->name, .key = u->key, .role = role_now(s, &u->key),
		.system = u->system, .since = u->since, .ended = u->revoked,
		.why_ended = u->reason != NULL ? u->reason : "",
		.has_slot = slot != NULL,
		.may_grant = slot != NULL && slot->has_root,
		.must_change = slot != NULL && slot->must_change,
		.me = memcmp(u->key.b, s->author.b, AUTHOR_LEN) == 0
	};

	return fn(&p, ctx);
}

enum rc
store_people(struct store *s, store_person_fn fn, void *ctx, struct err *e)
{
	size_t n = s->roster.nusers;
	const struct roster_user **sorted;

	sorted = calloc(n + 1, sizeof(const struct roster_user *));
	if (sorted == NULL)
		return err_set(e, RC_NOMEM, "%s: not enough memory to list "
		    "the people", s->path);
	n = 0;
	for (size_t i = 0; i < s->roster.nusers; i++)
		if (!s->roster.users[i].abroad)
			sorted[n++] = &s->roster.users[i];
	qsort(sorted, n, sizeof(const struct roster_user *), compare_people);
	for (size_t i = 0; i < n; i++)
		if (!show_person(s, sorted[i], fn, ctx))
			break;
	free(sorted);
	return RC_OK;
}

/* ---- letting in ---- */

static enum rc
check_role(enum role role, struct err *e)
{
	if (role_name(role) != NULL)
		return RC_OK;
	return err_set(e, RC_INPUT, "give one role: practitioner, supervisor, "
	    "trainer, administrator or auditor");
}

static enum rc
check_new(const struct store *s, const char *name, enum role role,
    const struct secret *pass, struct err *e)
{
	enum rc rc = check_person_name(name, e);

	if (rc == RC_OK)
		rc = check_role(role, e);
	if (rc == RC_OK && roster_by_name(&s->roster, name) != NULL)
		rc = err_set(e, RC_EXISTS, "\"%s\" has access to this store "
		    "already; to give them another passphrase, reset it",
		    name);
	return rc == RC_OK ? store_passphrase_check(pass, e) : rc;
}

static struct slot_request
request_of(const struct store *s, const char *name, unsigned role,
    const struct secret *pass)
{
	return (struct slot_request){
		.user = name, .pass = pass, .role = role, .cost = s->kdf,
		.rng = s->rng, .must_change = true
	};
}

static enum rc
let_in(struct step *t, const struct slot_request *req, enum who who,
    struct err *e)
{
	struct author_id key;
	enum rc rc = step_slot(t, req, &key, e);

	if (rc == RC_OK)
		rc = step_user(t, &key, req->user, who, e);
	if (rc == RC_OK)
		rc = step_role(t, &key, req->role, e);
	return rc;
}

enum rc
store_person_add(struct store *s, const char *name, enum role role,
    const struct secret *pass, struct err *e)
{
	struct slot_request req = request_of(s, name, role, pass);
	struct step *t = NULL;
	enum rc rc = step_begin(s, &t, e);

	req.has_root = (role & (ROLE_SUPERVISOR | ROLE_ADMINISTRATOR)) != 0;
	if (rc == RC_OK)
		rc = check_new(s, name, role, pass, e);
	if (rc == RC_OK)
		rc = let_in(t, &req, WHO_PERSON, e);
	if (rc == RC_OK)
		rc = step_commit(t, e);
	step_release(t);
	return rc;
}

/* ---- changing ---- */

enum rc
find_person(const struct store *s, const char *name,
    const struct roster_user **out, struct err *e)
{
	*out = roster_by_name(&s->roster, name);
	if (*out != NULL)
		return RC_OK;
	return err_set(e, RC_NOTFOUND, "nobody called \"%s\" has access to "
	    "this store; hearken user list shows who has", name);
}

/* True if a person beside this one holds the root key. */
static bool
others_may_grant(const struct store *s, const struct author_id *key)
{
	for (size_t i = 0; i < SLOTS; i++) {
		const struct slot *o = &s->header.slots[i];

		if (o->type == SLOT_PASSPHRASE && o->has_root &&
		    memcmp(o->ed_pk, key->b, AUTHOR_LEN) != 0)
			return true;
	}
	return false;
}

enum rc
check_not_last(const struct store *s, const struct roster_user *u,
    struct err *e)
{
	if (others_may_grant(s, &u->key))
		return RC_OK;
	return err_set(e, RC_REFUSED, "%s is the only person who may let "
	    "others in; make somebody else supervisor or administrator first",
	    u->name);
}

static enum rc
give_role(struct step *t, const struct roster_user *u, enum role role,
    struct err *e)
{
	struct store *s = t->s;
	enum rc rc = RC_OK;

	if (role_now(s, &u->key) == role)
		return err_set(e, RC_EXISTS, "%s is %s already", u->name,
		    role_name(role));
	if (!role_has_root(s, &u->key, role))
		rc = check_not_last(s, u, e);
	if (rc == RC_OK && role_has_root(s, &u->key, role))
		rc = step_root(t, &u->key, role, e);
	if (rc == RC_OK)
		rc = step_role(t, &u->key, role, e);
	return rc == RC_OK ? step_commit(t, e) : rc;
}

enum rc
store_person_role(struct store *s, const char *name, enum role role,
    struct err *e)
{
	const struct roster_user *u;
	struct step *t = NULL;
	enum rc rc = step_begin(s, &t, e);

	if (rc == RC_OK)
		rc = check_role(role, e);
	if (rc == RC_OK)
		rc = find_person(s, name, &u, e);
	if (rc == RC_OK)
		rc = give_role(t, u, role, e);
	step_release(t);
	return rc;
}

/* ---- passphrases ---- */

static enum rc
check_change(const struct store *s, const struct secret *old,
    const struct secret *fresh, struct err *e)
{
	struct slot_request req = {.pass = old, .cost = s->kdf};
	enum rc rc;

	if (s->in_tx)
		return err_set(e, RC_BUSY, "%s: an import is under way; "
		    "finish or abandon it first", s->path);
	if (s->header.slots[s->slot].type != SLOT_PASSPHRASE)
		return err_set(e, RC_REFUSED, "the store was opened with a "
		    "recovery code, which is no passphrase; give a person a "
		    "new one instead");
	rc = slot_try(&s->header, s->slot, &req, e);
	if (rc == RC_PASSPHRASE)
		return err_set(e, rc, "the present passphrase is another; "
		    "nothing was changed");
	if (rc == RC_OK)
		rc = store_passphrase_check(fresh, e);
	if (rc == RC_OK && fresh->len == old->len &&
	    sodium_memcmp(fresh->p, old->p, old->len) == 0)
		rc = err_set(e, RC_INPUT, "the new passphrase is the present "
		    "one; choose another");
	return rc;
}

enum rc
store_passphrase_change(struct store *s, const struct secret *old,
    const struct secret *fresh, struct err *e)
{
	struct slot_request req = {
		.pass = fresh, .cost = s->kdf, .rng = s->rng
	};
	struct header *next;
	enum rc rc = check_change(s, old, fresh, e);

	if (rc != RC_OK)
		return rc;
	next = malloc(sizeof(*next));
	if (next == NULL)
		return err_set(e, RC_NOMEM, "%s: not enough memory to change "
		    "the passphrase", s->path);
	*next = s->header;
	rc = slot_rewrap(next, s->slot, &req, s->keys, e);
	if (rc == RC_OK)
		rc = header_change(s, next, e);
	free(next);
	return rc;
}

static bool
is_system(const struct store *s, const struct author_id *key)
{
	const struct roster_user *u = roster_own(&s->roster, key);

	return u != NULL && u->system;
}

static enum rc
reset_person(struct step *t, const struct roster_user *u,
    const struct secret *pass, struct err *e)
{
	struct store *s = t->s;
	struct slot_request req = request_of(s, u->name,
	    role_now(s, &u->key), pass);
	enum rc rc;

	if (memcmp(u->key.b, s->author.b, AUTHOR_LEN) == 0)
		return err_set(e, RC_REFUSED, "you are in with your own "
		    "passphrase: change it instead of resetting it");
	req.has_root = role_has_root(s, &u->key, req.role);
	req.replaces = true;
	/* With a code in hand they chose it themselves, at this keyboard. */
	req.must_change = !is_system(s, &s->author);
	rc = let_in(t, &req, is_keeper(s, &u->key) ? WHO_KEEPER : WHO_PERSON,
	    e);
	if (rc == RC_OK && is_system(s, &s->author))
		rc = step_entry(t, "recovery", json_pack("{s:s, s:s}", "what",
		    "used", "for", u->name), e);
	if (rc == RC_OK)
		rc = step_revoke(t, &u->key, "passphrase forgotten; a new one "
		    "was given", e);
	return rc == RC_OK ? step_commit(t, e) : rc;
}

enum rc
store_person_reset(struct store *s, const char *name,
    const struct secret *pass, struct err *e)
{
	const struct roster_user *u;
	struct step *t = NULL;
	enum rc rc = step_begin(s, &t, e);

	if (rc == RC_OK)
		rc = find_person(s, name, &u, e);
	if (rc == RC_OK)
		rc = store_passphrase_check(pass, e);
	if (rc == RC_OK)
		rc = reset_person(t, u, pass, e);
	step_release(t);
	return rc;
}
