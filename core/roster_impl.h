/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the files of the roster ask of each other.
 */
#ifndef HEARKEN_CORE_ROSTER_IMPL_H
#define HEARKEN_CORE_ROSTER_IMPL_H

#include "core/introduced.h"
#include "core/roster.h"

/* Another store: who founded it, and what it says of its people. */
struct roster_home {
	struct roster people;
	struct introduced *known;	/* by entry_compare; all proven */
	size_t nknown, capknown;
	char *agency;			/* of the newest card */
};

struct roster_user *roster_user_of(const struct roster *r,
    const struct author_id *key);
struct roster_user *roster_user_add(struct roster *r,
    const struct author_id *key, int64_t at);
void roster_user_role(struct roster_user *u, const struct roster_role *role);
void roster_user_end(struct roster_user *u, const json_t *body, int64_t at);
/* How many entries the person had written, as the entry says. */
uint64_t roster_after(const json_t *body);
/* By the person's own list of roles, whoever they are. */
unsigned roster_listed_roles(const struct roster_user *u, int64_t at,
    uint64_t n);

/* roster_abroad.c */
void roster_user_clear_abroad(struct roster_user *u);
void roster_homes_release(struct roster *r);
unsigned roster_abroad_roles(const struct roster *r,
    const struct roster_user *u, int64_t at, uint64_t n);
void roster_trust(struct roster *r, const json_t *body,
    const struct author_id *key, int64_t at);
void roster_distrust(struct roster *r, const json_t *body,
    const struct author_id *key, int64_t at);
void roster_introduce(struct roster *r, json_t *body, int64_t at);
/* Names those whom the home's register knows and this one does not. */
void roster_home_name_people(struct roster *r, size_t home, int64_t at);

/* roster_home.c */
/* The home of exactly this root, uuid and founder, made if need be. */
size_t roster_home_of(struct roster *r, const struct card *c);
/* Sets news[i] for each of the records that is new and proves itself. */
void roster_home_news(const struct roster_home *h, const json_t *records,
    bool *news);
/* Clears missing[i] for each of the records that is known. */
void roster_home_known(const struct roster_home *h, const json_t *records,
    bool *missing);
/* Adds what is new and proves itself; true if there was any. */
bool roster_home_add(struct roster_home *h, const json_t *records);
void roster_home_release(struct roster_home *h);
/* True if a card of it is known whose owner has not been ended. */
bool roster_home_stands(const struct roster *r, size_t home);

#endif
