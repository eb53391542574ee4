/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * People of other stores: whose keys count here, since when and as what.
 * They are in the roster (core/roster.h) beside the store's own people, but
 * have no slot and open nothing.  A card is taken in by those who may let
 * people in; what another store's register says of its own people comes with
 * bundles and proves itself by that store's root key.
 */
#ifndef HEARKEN_DB_ABROAD_H
#define HEARKEN_DB_ABROAD_H

#include "core/card.h"
#include "db/store.h"

/* The card of whoever unlocked the store; *out is released by the caller. */
NODISCARD enum rc store_card(struct store *s, const char *agency,
    struct card *out, struct err *e);

/*
 * Takes a card in, once a person has compared its words (checked: a code of
 * the kind "trust").  Their entries count here as card->role from now on, and
 * those written before as the role of the first card.  RC_EXISTS when the
 * same card is known; RC_REFUSED for a key that was ended, for one of this
 * store's own, and for who may not; a known key with another name or box key
 * is RC_TAMPERED.
 */
NODISCARD enum rc store_trust(struct store *s, const struct card *card,
    const char *checked, struct err *e);
/* Ends it: what they wrote so far stays, nothing later counts. */
NODISCARD enum rc store_distrust(struct store *s,
    const struct author_id *key, const char *reason, struct err *e);

/* One person elsewhere, as the screens show them; strings live for the call. */
struct foreigner {
	const char *name, *agency;
	struct author_id key;
	unsigned char box[32];
	unsigned role;		/* what their entries count as; 0: ended */
	bool carded;		/* by a card; else only named in a bundle */
	bool ended_here;	/* by us; then when and why are ours */
	bool ended_there;	/* their own store says so */
	const char *why_ended;	/* "" while not */
	int64_t since, ended;	/* ended INT64_MAX: not */
	const struct card *card;	/* NULL unless carded */
};
typedef bool (*store_foreigner_fn)(const struct foreigner *f, void *ctx);
/* Carded and not ended first, by agency and name. */
NODISCARD enum rc store_foreigners(struct store *s, store_foreigner_fn fn,
    void *ctx, struct err *e);
/*
 * The person elsewhere of this name, or "name (agency)" where two share it;
 * RC_NOTFOUND with a message that says what to do, RC_INPUT when several do.
 */
NODISCARD enum rc store_foreigner_find(struct store *s, const char *name,
    struct author_id *key, struct err *e);

#endif
