/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The steps that making and opening a store have in common.
 */
#ifndef HEARKEN_DB_OPEN_H
#define HEARKEN_DB_OPEN_H

#include "db/impl.h"
#include "db/medium.h"

/* A store with nothing open yet, or RC_NOMEM. */
NODISCARD enum rc store_alloc(const char *path,
    const struct store_opts *opts, struct store **out, struct err *e);
/* Opens the database with the keys in s, sets it up and takes the lock. */
NODISCARD enum rc store_connect(struct store *s, struct err *e);
/* Closes the database and forgets what was loaded from it. */
void store_disconnect(struct store *s);
/* Takes s from among the stores that this process has open. */
void store_delist(struct store *s);
/* Loads the chain, the roster and the instruments. */
NODISCARD enum rc store_load_people(struct store *s, struct err *e);
/*
 * After a commit that was reported as failed and may be on the disk all the
 * same, and on a file that was put in the place of the old: reads anew what
 * is kept in memory, so that the next entry is chained to the last one that
 * is there.
 */
NODISCARD enum rc store_make_sure(struct store *s, struct err *e);
/*
 * Brings a store of an earlier version to this one, after a proved copy of
 * it stands beside it (migrate.c); says so in the notice.
 */
NODISCARD enum rc store_migrate(struct store *s, struct err *e);
/* Adds a sentence to what store_notice() says. */
void store_add_notice(struct store *s, const char *text);
/* Loads chain, roster, instruments; brings the case list to today. */
NODISCARD enum rc store_load(struct store *s, struct err *e);
/* Where the file of a store opened so may lie. */
enum medium_use store_use(const struct store_opts *opts);
/* Refuses a path that this process has open already. */
NODISCARD enum rc store_not_open_here(const char *path, struct err *e);
/* Opens with a passphrase or with codes, whichever req asks for. */
NODISCARD enum rc store_open_with(const char *path,
    const struct slot_request *req, const struct store_opts *opts,
    struct store **out, struct err *e);
/* Reads the header that counts of what is at path, and no more. */
NODISCARD enum rc store_header_of(const char *path, struct header *out,
    struct err *e);
/* The file uuid of the store at path, from its header alone. */
NODISCARD enum rc store_uuid_of(const char *path,
    unsigned char uuid[UUID_LEN], struct err *e);
/* Enters s among the stores that this process has open. */
NODISCARD enum rc store_enlist(struct store *s, struct err *e);

#endif
