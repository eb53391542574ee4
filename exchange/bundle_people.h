/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Those with whom bundles are exchanged: people of other stores, as this
 * store knows them.
 */
#ifndef HEARKEN_EXCHANGE_BUNDLE_PEOPLE_H
#define HEARKEN_EXCHANGE_BUNDLE_PEOPLE_H

#include "db/abroad.h"

/* "Ada Invented (Marlow Street School)"; fits a field of 200 bytes. */
#define BUNDLE_WHO_MAX 201

struct bundle_who {
	bool known;		/* named here at all */
	bool carded;		/* by a card of their own */
	unsigned role;		/* 0: ended */
	char name[BUNDLE_WHO_MAX];
	unsigned char box[32];
	unsigned char store[16], root[32];	/* as the card says */
	struct author_id founder;
};

NODISCARD enum rc bundle_who(struct store *s, const struct author_id *key,
    struct bundle_who *out, struct err *e);

#endif
