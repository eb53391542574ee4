/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * People of other stores in the roster of this one.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/card.h"
#include "core/kinds.h"
#include "core/roster_impl.h"
#include "core/str.h"
#include "core/xalloc.h"

#define CASE_ROLES (ROLE_PRACTITIONER | ROLE_SUPERVISOR | ROLE_TRAINER)

static void
card_free(struct card *c)
{
	if (c == NULL)
		return;
	card_release(c);
	free(c);
}

void
roster_user_clear_abroad(struct roster_user *u)
{
	free(u->plain);
	free(u->agency);
	card_free(u->card);
	u->plain = u->agency = NULL;
	u->card = NULL;
	u->abroad = false;
}

void
roster_homes_release(struct roster *r)
{
	for (size_t i = 0; i < r->nhomes; i++)
		roster_home_release(&r->homes[i]);
	free(r->homes);
}

static void
name_user(struct roster_user *u, const char *name, const char *agency)
{
	struct str label;

	str_init(&label);
	str_add_fmt(&label, "%s (%s)", name, agency);
	free(u->name);
	free(u->plain);
	free(u->agency);
	u->name = str_take(&label);
	u->plain = xstrdup(name);
	u->agency = xstrdup(agency);
}

static struct roster_user *
add_abroad(struct roster *r, const struct author_id *key, size_t home,
    int64_t at)
{
	struct roster_user *u = roster_user_add(r, key, at);

	u->abroad = true;
	u->home = home;
	return u;
}

/* ---- what they count as ---- */

const struct roster_user *
roster_at_home(const struct roster *r, const struct roster_user *u)
{
	if (!u->abroad || u->home >= r->nhomes)
		return NULL;
	return roster_user_of(&r->homes[u->home].people, &u->key);
}

/* Never more than a practitioner; a trainer stays one. */
static unsigned
lowered(unsigned there)
{
	if ((there & (ROLE_PRACTITIONER | ROLE_SUPERVISOR)) != 0)
		return ROLE_PRACTITIONER;
	return there & CASE_ROLES;
}

/*
 * Any store that names them may: one that names the people of another as its
 * own, and ends them, ends nobody.
 */
static unsigned
named_roles(const struct roster *r, const struct roster_user *u, int64_t at,
    uint64_t n)
{
	unsigned roles = 0;

	for (size_t i = 0; i < r->nhomes && roles == 0; i++) {
		const struct roster_user *there = roster_user_of(
		    &r->homes[i].people, &u->key);

		if (there != NULL)
			roles = lowered(roster_listed_roles(there, at, n));
	}
	return roles;
}

unsigned
roster_abroad_roles(const struct roster *r, const struct roster_user *u,
    int64_t at, uint64_t n)
{
	const struct roster_user *there = roster_at_home(r, u);
	unsigned card, home;

	if (at > u->revoked || n > u->last)
		return 0;
	if (u->card == NULL)
		return named_roles(r, u, at, n);
	card = roster_listed_roles(u, at, n);
	if (there == NULL)
		return card;
	home = roster_listed_roles(there, at, n);
	return (card & home) != 0 ? card & home :
	    card != 0 ? lowered(home) : 0;
}

/* ---- cards ---- */

static bool
of_this_store(const struct roster *r, const struct card *c)
{
	return memcmp(c->store, r->grantor.uuid, GRANT_UUID_LEN) == 0 ||
	    memcmp(c->root, r->grantor.root_pk, GRANT_KEY_LEN) == 0;
}

/* A second card of a key may say another role or agency, and nothing else. */
static bool
same_person(const struct card *a, const struct card *b)
{
	return strcmp(a->name, b->name) == 0 &&
	    memcmp(a->box, b->box, sizeof(a->box)) == 0 &&
	    memcmp(a->store, b->store, sizeof(a->store)) == 0 &&
	    memcmp(a->root, b->root, sizeof(a->root)) == 0 &&
	    memcmp(a->founder.b, b->founder.b, AUTHOR_LEN) == 0;
}

bool
roster_card_fits(const struct roster *r, const struct card *c)
{
	const struct roster_user *u = roster_user_of(r, &c->key);

	if (of_this_store(r, c))
		return false;
	return u == NULL || (u->abroad && u->revoked == INT64_MAX &&
	    (u->card == NULL || same_person(u->card, c)));
}

/* Takes c. */
static void
take_card(struct roster *r, struct card *c, const struct roster_role *role)
{
	size_t home = roster_home_of(r, c);
	struct roster_user *u = roster_user_of(r, &c->key);
	bool first = u == NULL || u->card == NULL;

	if (u == NULL)
		u = add_abroad(r, &c->key, home, role->from);
	u->home = home;
	u->system = false;
	memcpy(u->box, c->box, sizeof(u->box));
	name_user(u, c->name, c->agency);
	/* Their keys were the same before somebody compared the words. */
	roster_user_role(u, first ? &(struct roster_role){INT64_MIN, 0,
	    role->roles} : role);
	card_free(u->card);
	u->card = c;
	free(r->homes[home].agency);
	r->homes[home].agency = xstrdup(c->agency);
}

void
roster_distrust(struct roster *r, const json_t *body,
    const struct author_id *key, int64_t at)
{
	struct roster_user *u = roster_user_of(r, key);

	if (u != NULL && u->abroad)
		roster_user_end(u, body, at);
}

/* ---- what their stores say ---- */

void
roster_home_name_people(struct roster *r, size_t home, int64_t at)
{
	for (size_t i = 0; i < r->homes[home].people.nusers; i++) {
		const struct roster_home *h = &r->homes[home];
		const struct roster_user *there = &h->people.users[i];
		struct roster_user *u = roster_user_of(r, &there->key);

		if (u == NULL)
			u = add_abroad(r, &there->key, home, at);
		/* Our own people, and another store's, are not theirs. */
		if (!u->abroad || u->card != NULL || u->home != home)
			continue;
		u->system = there->system;
		memcpy(u->box, there->box, sizeof(u->box));
		name_user(u, there->name, h->agency);
	}
}

static bool
store_of(const json_t *body, unsigned char uuid[GRANT_UUID_LEN])
{
	const char *hex = json_string_value(json_object_get(body, "store"));

	return hex != NULL && hex_parse(hex, uuid, GRANT_UUID_LEN);
}

/* The nth home of that store from i on that is read; r->nhomes: none. */
static size_t
next_home(const struct roster *r, size_t i,
    const unsigned char uuid[GRANT_UUID_LEN])
{
	while (i < r->nhomes && (memcmp(r->homes[i].people.grantor.uuid, uuid,
	    GRANT_UUID_LEN) != 0 || !roster_home_stands(r, i)))
		i++;
	return i;
}

bool
roster_knows_store(const struct roster *r,
    const unsigned char uuid[GRANT_UUID_LEN])
{
	return next_home(r, 0, uuid) < r->nhomes;
}

/* False when no store that is heard has said it. */
static bool
hear(struct roster *r, const json_t *body, int64_t at)
{
	const json_t *records = json_object_get(body, "entries");
	unsigned char uuid[GRANT_UUID_LEN];
	bool heard = false;

	if (!store_of(body, uuid))
		return true;
	for (size_t i = next_home(r, 0, uuid); i < r->nhomes;
	    i = next_home(r, i + 1, uuid)) {
		heard = true;
		if (roster_home_add(&r->homes[i], records))
			roster_home_name_people(r, i, at);
	}
	return heard;
}

/*
 * A card may be dated behind what it lets be heard, by a clock that was put
 * back since: the entries say nothing of the order in which they came.
 */
void
roster_introduce(struct roster *r, json_t *body, int64_t at)
{
	if (hear(r, body, at))
		return;
	if (r->unheard == NULL)
		r->unheard = json_array();
	(void)json_array_append(r->unheard, body);
}

static void
hear_again(struct roster *r, int64_t at)
{
	for (size_t i = json_array_size(r->unheard); i-- > 0;)
		if (hear(r, json_array_get(r->unheard, i), at))
			(void)json_array_remove(r->unheard, i);
}

void
roster_trust(struct roster *r, const json_t *body,
    const struct author_id *key, int64_t at)
{
	struct card *c = xcalloc(1, sizeof(*c));
	struct roster_role role = {at, roster_after(body), 0};

	if (!card_from_body(body, c) || !roster_card_fits(r, c)) {
		card_free(c);
		return;
	}
	role.roles = c->role;
	take_card(r, c, &role);
	roster_home_name_people(r, roster_user_of(r, key)->home, at);
	hear_again(r, at);
}

/* The records that one home takes, added to list. */
static void
add_news(const struct roster_home *h, const json_t *records, json_t *list)
{
	bool *news = xcalloc(json_array_size(records) + 1, sizeof(*news));

	roster_home_news(h, records, news);
	for (size_t i = 0; i < json_array_size(records); i++)
		if (news[i])
			(void)json_array_append(list,
			    json_array_get(records, i));
	free(news);
}

json_t *
roster_news(const struct roster *r, const json_t *body)
{
	const json_t *records = json_object_get(body, "entries");
	unsigned char uuid[GRANT_UUID_LEN];
	json_t *list = json_array();

	for (size_t i = store_of(body, uuid) ? next_home(r, 0, uuid) :
	    r->nhomes; i < r->nhomes; i = next_home(r, i + 1, uuid))
		add_news(&r->homes[i], records, list);
	if (json_array_size(list) > 0)
		return json_pack("{s:O, s:o}", "store",
		    json_object_get(body, "store"), "entries", list);
	json_decref(list);
	return NULL;
}

size_t
roster_unproven(const struct roster *r, const json_t *body)
{
	const json_t *records = json_object_get(body, "entries");
	size_t n = json_array_size(records), left = 0;
	unsigned char uuid[GRANT_UUID_LEN];
	bool *missing = xcalloc(n + 1, sizeof(*missing));

	memset(missing, true, n * sizeof(*missing));
	for (size_t i = 0; store_of(body, uuid) && i < r->nhomes; i++)
		if (memcmp(r->homes[i].people.grantor.uuid, uuid,
		    GRANT_UUID_LEN) == 0)
			roster_home_known(&r->homes[i], records, missing);
	for (size_t i = 0; i < n; i++)
		left += missing[i];
	free(missing);
	return left;
}
