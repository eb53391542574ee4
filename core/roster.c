/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/roster.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "core/kinds.h"
#include "core/roster_impl.h"
#include "core/str.h"
#include "core/utf8.h"
#include "core/vec.h"
#include "core/xalloc.h"

void
roster_init(struct roster *r)
{
	memset(r, 0, sizeof(*r));
}

void
roster_release(struct roster *r)
{
	size_t i;

	for (i = 0; i < r->nusers; i++) {
		free(r->users[i].name);
		free(r->users[i].roles);
		free(r->users[i].reason);
		roster_user_clear_abroad(&r->users[i]);
	}
	free(r->users);
	roster_homes_release(r);
	json_decref(r->unheard);
	roster_init(r);
}

struct roster_user *
roster_user_of(const struct roster *r, const struct author_id *key)
{
	size_t i;

	for (i = 0; i < r->nusers; i++)
		if (memcmp(r->users[i].key.b, key->b, AUTHOR_LEN) == 0)
			return &r->users[i];
	return NULL;
}

const struct roster_user *
roster_find(const struct roster *r, const struct author_id *key)
{
	return roster_user_of(r, key);
}

const struct roster_user *
roster_own(const struct roster *r, const struct author_id *key)
{
	const struct roster_user *u = roster_user_of(r, key);

	return u != NULL && !u->abroad ? u : NULL;
}

bool
roster_same_store(const struct roster *r, const struct author_id *a,
    const struct author_id *b)
{
	const struct roster_user *u, *w;

	if (memcmp(a->b, b->b, AUTHOR_LEN) == 0)
		return true;
	u = r != NULL ? roster_user_of(r, a) : NULL;
	w = r != NULL ? roster_user_of(r, b) : NULL;
	return u != NULL && w != NULL && u->abroad == w->abroad &&
	    (!u->abroad || u->home == w->home);
}

struct roster_user *
roster_user_add(struct roster *r, const struct author_id *key, int64_t at)
{
	struct roster_user *u;

	r->users = vec_room(r->users, r->nusers, &r->capusers,
	    sizeof(*r->users));
	u = &r->users[r->nusers++];
	memset(u, 0, sizeof(*u));
	u->key = *key;
	u->since = at;
	u->revoked = INT64_MAX;
	u->last = UINT64_MAX;
	return u;
}

/* Nobody elsewhere keeps one of our own from being one by naming them. */
static void
make_own(struct roster_user *u, int64_t at)
{
	roster_user_clear_abroad(u);
	free(u->reason);
	u->reason = NULL;
	u->nroles = 0;
	u->since = at;
	u->revoked = INT64_MAX;
	u->last = UINT64_MAX;
}

static void
apply_user(struct roster *r, const json_t *body, const struct author_id *key,
    int64_t at)
{
	const char *name = json_string_value(json_object_get(body, "name"));
	const char *box = json_string_value(json_object_get(body, "box"));
	struct roster_user *u = roster_user_of(r, key);

	if (name == NULL)
		return;
	if (u == NULL)
		u = roster_user_add(r, key, at);
	if (u->abroad)
		make_own(u, at);
	free(u->name);
	u->name = xstrdup(name);
	u->system = json_is_true(json_object_get(body, "system"));
	u->keeper = json_is_true(json_object_get(body, "keeper"));
	if (box == NULL || !hex_parse(box, u->box, sizeof(u->box)))
		memset(u->box, 0, sizeof(u->box));
}

uint64_t
roster_after(const json_t *body)
{
	const json_t *v = json_object_get(body, "after");

	return json_is_integer(v) && json_integer_value(v) >= 0 ?
	    (uint64_t)json_integer_value(v) : UINT64_MAX;
}

void
roster_user_role(struct roster_user *u, const struct roster_role *role)
{
	u->roles = vec_room(u->roles, u->nroles, &u->caproles,
	    sizeof(*u->roles));
	u->roles[u->nroles++] = *role;
}

static void
apply_role(struct roster *r, const json_t *body, const struct author_id *key,
    int64_t at)
{
	const char *role = json_string_value(json_object_get(body, "role"));
	struct roster_user *u = roster_user_of(r, key);

	if (role != NULL && u != NULL && !u->abroad)
		roster_user_role(u, &(struct roster_role){at,
		    roster_after(body), role_from_name(role)});
}

/* For good: a key that has been given up is never trusted again. */
void
roster_user_end(struct roster_user *u, const json_t *body, int64_t at)
{
	const char *why = json_string_value(json_object_get(body, "reason"));

	if (u->revoked != INT64_MAX)
		return;
	u->revoked = at;
	u->last = roster_after(body);
	u->reason = xstrdup(why != NULL ? why : "");
}

static void
apply_revoke(struct roster *r, const json_t *body,
    const struct author_id *key, int64_t at)
{
	struct roster_user *u = roster_user_of(r, key);

	if (u != NULL && !u->abroad)
		roster_user_end(u, body, at);
}

void
roster_found(struct roster *r, const struct author_id *founder,
    const struct grantor *grantor)
{
	r->founder = *founder;
	r->grantor = *grantor;
	r->founded = true;
}

static bool
is_founding(const struct roster *r, const struct entry *e)
{
	return e->n <= FOUNDING_ENTRIES &&
	    memcmp(e->author.b, r->founder.b, AUTHOR_LEN) == 0;
}

static bool
granted(const struct roster *r, const struct entry *e)
{
	json_t *body;
	bool holds;

	if (e->body == NULL)
		return false;
	body = json_loads(e->body, JSON_REJECT_DUPLICATES, NULL);
	holds = grant_holds(&r->grantor, e, body);
	json_decref(body);
	return holds;
}

unsigned
roster_listed_roles(const struct roster_user *u, int64_t at, uint64_t n)
{
	unsigned roles = 0;

	if (at > u->revoked || n > u->last)
		return 0;
	for (size_t i = 0; i < u->nroles; i++)
		if (u->roles[i].from <= at || n > u->roles[i].after)
			roles = u->roles[i].roles;
	return roles;
}

static unsigned
roles_of(const struct roster *r, const struct author_id *key, int64_t at,
    uint64_t n)
{
	const struct roster_user *u = roster_user_of(r, key);

	if (u == NULL)
		return 0;
	return u->abroad ? roster_abroad_roles(r, u, at, n) :
	    roster_listed_roles(u, at, n);
}

unsigned
roster_entry_roles(const struct roster *r, const struct entry *e)
{
	if (e->at > ENTRY_AT_MAX)
		return 0;
	return roles_of(r, &e->author, e->at, e->n);
}

/* What a store is for is the founder's third entry, or nothing is. */
static bool
is_purpose(const struct roster *r, const struct entry *e)
{
	return r->founded && e->n == FOUNDING_ENTRIES + 1 &&
	    memcmp(e->author.b, r->founder.b, AUTHOR_LEN) == 0 &&
	    granted(r, e);
}

/* By the role before the entry: it may be the one that changes it. */
static bool
may_let_in(const struct roster *r, const struct entry *e)
{
	const struct roster_user *u = roster_user_of(r, &e->author);
	int64_t before = e->at > INT64_MIN ? e->at - 1 : e->at;

	return u != NULL && !u->abroad && (u->keeper ||
	    memcmp(u->key.b, r->founder.b, AUTHOR_LEN) == 0 ||
	    (roster_listed_roles(u, before, e->n) &
	    (ROLE_SUPERVISOR | ROLE_ADMINISTRATOR)) != 0);
}

/* The register is a store's own: nobody else writes in it. */
static bool
abroad_in_register(const struct roster *r, const struct entry *e,
    const struct kind *k)
{
	const struct roster_user *u = roster_user_of(r, &e->author);

	return u != NULL && u->abroad && strcmp(k->family, "register") == 0;
}

bool
roster_allows(const struct roster *r, const struct entry *e)
{
	const struct kind *k = kind_find(e->kind);

	if (!r->founded || k == NULL)
		return true;
	if (strcmp(k->name, "purpose") == 0)
		return is_purpose(r, e);
	if (is_founding(r, e))
		return true;
	if ((roster_entry_roles(r, e) & k->roles) == 0 ||
	    abroad_in_register(r, e, k))
		return false;
	return !grant_needed(e->kind) ||
	    (may_let_in(r, e) && (r->proven || granted(r, e)));
}

typedef void (*apply_fn)(struct roster *, const json_t *,
    const struct author_id *, int64_t at);

static apply_fn
apply_of(const char *kind)
{
	if (strcmp(kind, "user") == 0)
		return apply_user;
	if (strcmp(kind, "role") == 0)
		return apply_role;
	if (strcmp(kind, "revoke") == 0)
		return apply_revoke;
	if (strcmp(kind, "trust") == 0)
		return roster_trust;
	return strcmp(kind, "distrust") == 0 ? roster_distrust : NULL;
}

static void
apply_purpose(struct roster *r, const struct entry *e)
{
	json_t *body;

	if (!is_purpose(r, e))
		return;
	body = json_loads(e->body, JSON_REJECT_DUPLICATES, NULL);
	r->training = str_equal(json_string_value(json_object_get(body,
	    "purpose")), "training");
	json_decref(body);
}

static void
apply_body(struct roster *r, apply_fn apply, const struct entry *e)
{
	json_t *body = json_loads(e->body, JSON_REJECT_DUPLICATES, NULL);
	const char *hex = json_string_value(json_object_get(body, "key"));
	struct author_id key;

	if (apply == NULL)
		roster_introduce(r, body, e->at);
	else if (hex != NULL && hex_parse(hex, key.b, AUTHOR_LEN))
		apply(r, body, &key, e->at);
	json_decref(body);
}

/* Nobody gives themselves a role: the right is looked at before the entry. */
void
roster_apply(struct roster *r, const struct entry *e)
{
	apply_fn apply = apply_of(e->kind);

	if (e->body != NULL && strcmp(e->kind, "purpose") == 0) {
		apply_purpose(r, e);
		return;
	}
	if (e->body == NULL ||
	    (apply == NULL && strcmp(e->kind, "introduced") != 0) ||
	    !roster_allows(r, e))
		return;
	apply_body(r, apply, e);
}

unsigned
roster_roles(const struct roster *r, const struct author_id *key, int64_t at)
{
	return roles_of(r, key, at, 0);
}

const char *
roster_name(const struct roster *r, const struct author_id *key)
{
	const struct roster_user *u = r != NULL ? roster_user_of(r, key) : NULL;

	return u != NULL ? u->name : "unknown author";
}

const struct roster_user *
roster_by_name(const struct roster *r, const char *name)
{
	const struct roster_user *found = NULL;
	struct str want, have;
	size_t i;

	str_init(&want);
	str_init(&have);
	utf8_fold(&want, name, strlen(name));
	for (i = 0; i < r->nusers && found == NULL; i++) {
		if (r->users[i].system || r->users[i].abroad ||
		    r->users[i].revoked != INT64_MAX)
			continue;
		str_clear(&have);
		utf8_fold(&have, r->users[i].name, strlen(r->users[i].name));
		if (want.len == have.len &&
		    memcmp(want.s, have.s, want.len) == 0)
			found = &r->users[i];
	}
	str_release(&have);
	str_release(&want);
	return found;
}
