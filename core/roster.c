/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/roster.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "core/kinds.h"
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

static void
apply_user(struct roster *r, const json_t *body, const struct author_id *key)
{
	const char *name = json_string_value(json_object_get(body, "name"));
	struct roster_user *u = find(r, key);

	if (name == NULL)
		return;
	if (u == NULL) {
		r->users = vec_room(r->users, r->nusers, &r->capusers,
		    sizeof(*r->users));
		u = &r->users[r->nusers++];
		memset(u, 0, sizeof(*u));
		u->key = *key;
	}
	free(u->name);
	u->name = xstrdup(name);
}

static void
apply_role(struct roster *r, const json_t *body, const struct author_id *key,
    int64_t at)
{
	const char *role = json_string_value(json_object_get(body, "role"));
	struct roster_user *u = find(r, key);

	if (role == NULL || u == NULL)
		return;
	u->roles = vec_room(u->roles, u->nroles, &u->caproles,
	    sizeof(*u->roles));
	u->roles[u->nroles++] = (struct roster_role){at, role_from_name(role)};
}

void
roster_found(struct roster *r, const struct author_id *founder)
{
	r->founder = *founder;
	r->founded = true;
}

bool
roster_allows(const struct roster *r, const struct entry *e)
{
	const struct kind *k = kind_find(e->kind);

	if (!r->founded || k == NULL)
		return true;
	if (e->n <= 2 && memcmp(e->author.b, r->founder.b, AUTHOR_LEN) == 0)
		return true;
	return (roster_roles(r, &e->author, e->at) & k->roles) != 0;
}

/* Nobody gives themselves a role: the right is looked at before the entry. */
void
roster_apply(struct roster *r, const struct entry *e)
{
	struct author_id key;
	const char *hex;
	json_t *body;

	if (e->body == NULL)
		return;
	if (strcmp(e->kind, "user") != 0 && strcmp(e->kind, "role") != 0)
		return;
	if (!roster_allows(r, e))
		return;
	body = json_loads(e->body, JSON_REJECT_DUPLICATES, NULL);
	hex = json_string_value(json_object_get(body, "key"));
	if (hex != NULL && hex_parse(hex, key.b, AUTHOR_LEN)) {
		if (strcmp(e->kind, "user") == 0)
			apply_user(r, body, &key);
		else
			apply_role(r, body, &key, e->at);
	}
	json_decref(body);
}

unsigned
roster_roles(const struct roster *r, const struct author_id *key, int64_t at)
{
	const struct roster_user *u = find(r, key);
	unsigned roles = 0;
	size_t i;

	if (u == NULL)
		return 0;
	for (i = 0; i < u->nroles; i++)
		if (u->roles[i].from <= at)
			roles = u->roles[i].roles;
	return roles;
}

const char *
roster_name(const struct roster *r, const struct author_id *key)
{
	const struct roster_user *u = r != NULL ? find(r, key) : NULL;

	return u != NULL ? u->name : "unknown author";
}
