/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/roster.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "core/kinds.h"
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
	}
	free(r->users);
	roster_init(r);
}

static struct roster_user *
find(const struct roster *r, const struct author_id *key)
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
	return find(r, key);
}

static struct roster_user *
add_user(struct roster *r, const struct author_id *key, int64_t at)
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

static void
apply_user(struct roster *r, const json_t *body, const struct author_id *key,
    int64_t at)
{
	const char *name = json_string_value(json_object_get(body, "name"));
	const char *box = json_string_value(json_object_get(body, "box"));
	struct roster_user *u = find(r, key);

	if (name == NULL)
		return;
	if (u == NULL)
		u = add_user(r, key, at);
	free(u->name);
	u->name = xstrdup(name);
	u->system = json_is_true(json_object_get(body, "system"));
	u->keeper = json_is_true(json_object_get(body, "keeper"));
	if (box == NULL || !hex_parse(box, u->box, sizeof(u->box)))
		memset(u->box, 0, sizeof(u->box));
}

/* How many entries the person had written, as the entry says. */
static uint64_t
after_of(const json_t *body)
{
	const json_t *v = json_object_get(body, "after");

	return json_is_integer(v) && json_integer_value(v) >= 0 ?
	    (uint64_t)json_integer_value(v) : UINT64_MAX;
}

static void
add_roles(struct roster_user *u, const struct roster_role *role)
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
	struct roster_user *u = find(r, key);

	if (role != NULL && u != NULL)
		add_roles(u, &(struct roster_role){at, after_of(body),
		    role_from_name(role)});
}

/* For good: a key that has been given up is never trusted again. */
static void
apply_revoke(struct roster *r, const json_t *body,
    const struct author_id *key, int64_t at)
{
	const char *why = json_string_value(json_object_get(body, "reason"));
	struct roster_user *u = find(r, key);

	if (u == NULL || u->revoked != INT64_MAX)
		return;
	u->revoked = at;
	u->last = after_of(body);
	u->reason = xstrdup(why != NULL ? why : "");
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
	return e->n <= 2 &&
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

static unsigned
roles_of(const struct roster_user *u, int64_t at, uint64_t n)
{
	unsigned roles = 0;

	if (u == NULL || at > u->revoked || n > u->last)
		return 0;
	for (size_t i = 0; i < u->nroles; i++)
		if (u->roles[i].from <= at || n > u->roles[i].after)
			roles = u->roles[i].roles;
	return roles;
}

unsigned
roster_entry_roles(const struct roster *r, const struct entry *e)
{
	if (e->at > ENTRY_AT_MAX)
		return 0;
	return roles_of(find(r, &e->author), e->at, e->n);
}

/* By the role before the entry: it may be the one that changes it. */
static bool
may_let_in(const struct roster *r, const struct entry *e)
{
	const struct roster_user *u = find(r, &e->author);
	int64_t before = e->at > INT64_MIN ? e->at - 1 : e->at;

	return u != NULL && (u->keeper ||
	    memcmp(u->key.b, r->founder.b, AUTHOR_LEN) == 0 ||
	    (roles_of(u, before, e->n) &
	    (ROLE_SUPERVISOR | ROLE_ADMINISTRATOR)) != 0);
}

bool
roster_allows(const struct roster *r, const struct entry *e)
{
	const struct kind *k = kind_find(e->kind);

	if (!r->founded || k == NULL || is_founding(r, e))
		return true;
	if ((roster_entry_roles(r, e) & k->roles) == 0)
		return false;
	return !grant_needed(e->kind) || (may_let_in(r, e) && granted(r, e));
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
	return strcmp(kind, "revoke") == 0 ? apply_revoke : NULL;
}

/* Nobody gives themselves a role: the right is looked at before the entry. */
void
roster_apply(struct roster *r, const struct entry *e)
{
	apply_fn apply = apply_of(e->kind);
	struct author_id key;
	const char *hex;
	json_t *body;

	if (e->body == NULL || apply == NULL || !roster_allows(r, e))
		return;
	body = json_loads(e->body, JSON_REJECT_DUPLICATES, NULL);
	hex = json_string_value(json_object_get(body, "key"));
	if (hex != NULL && hex_parse(hex, key.b, AUTHOR_LEN))
		apply(r, body, &key, e->at);
	json_decref(body);
}

unsigned
roster_roles(const struct roster *r, const struct author_id *key, int64_t at)
{
	return roles_of(find(r, key), at, 0);
}

const char *
roster_name(const struct roster *r, const struct author_id *key)
{
	const struct roster_user *u = r != NULL ? find(r, key) : NULL;

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
		if (r->users[i].system || r->users[i].revoked != INT64_MAX)
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
