/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A small world for tests of the store: a folder of its own, a clock that
 * stands still until it is moved, numbered randomness, a cheap key, and
 * short ways to write invented entries.
 */
#ifndef HEARKEN_TESTS_STORE_WORLD_H
#define HEARKEN_TESTS_STORE_WORLD_H

#include "db/store.h"

struct world {
	char dir[512], path[600];
	int64_t now;
	uint64_t seed;
	struct clock clock;
	struct rng rng;
	struct store_opts opts;
	struct secret pass;
	struct store *s;
	struct err e;
};

#define WORLD_USER "Ilse Marwood"
#define WORLD_PASS "lantern harbour quill moss seventeen"

void world_init(struct world *w);
/* Closes the store and removes the folder with all in it. */
void world_release(struct world *w);
/* Makes a store with a practitioner as founder; fails the test if it cannot. */
void world_create(struct world *w);
void world_create_as(struct world *w, enum role role);
enum rc world_open(struct world *w);
void world_close(struct world *w);
void world_reopen(struct world *w);
/* Adopts content/instruments/occ-csegg.yaml as the default. */
void world_adopt(struct world *w);
/* Adopts another file, named from the top of the sources. */
void world_adopt_file(struct world *w, const char *name);
/*
 * How far a walk of faults goes on: step, or eight times that in memcheck,
 * where all takes thirty times as long.
 */
long world_step(long step);
/* Returns owned a file's text, named in the same way. */
char *world_text(const char *name, size_t *n);
/* Fails the test, with the message, unless rc is RC_OK. */
void world_ok(const struct world *w, enum rc rc);

struct entry_draft draft_open(struct case_id id, const char *reference);
struct entry_draft draft_identity(struct case_id id, const char *name,
    const char *birth);
struct entry_draft draft_observation(struct case_id id, const char *indicator,
    const char *state, const char *evidence);
/* Appends one draft and releases it. */
enum rc world_append(struct world *w, struct entry_draft d,
    struct entry_id *id);
struct case_id world_case(struct world *w, const char *reference);

/* Whole files. */
unsigned char *file_load(const char *path, size_t *n);
void file_save(const char *path, const unsigned char *p, size_t n);

/* Runs SQL on the store's own handle, past all checks; 0 is done. */
int raw_sql(struct store *s, const char *sql);
/* One number out of a query. */
long long raw_number(struct store *s, const char *sql);

/* One text out of a query, owned; NULL when there is none. */
char *raw_text(struct store *s, const char *sql);

/* The store's own keys, for a test that looks for them in memory. */
void raw_keys(const struct store *s, unsigned char master[32],
    unsigned char page[32]);

/*
 * The nth entry of whoever unlocked the store with another body, hashed anew
 * and, where it was sealed, sealed anew with their own key.
 */
void raw_rewrite(struct store *s, uint64_t n, const char *from,
    const char *to);
/*
 * Makes the last entry of whoever unlocked the store another one, of any kind
 * and with any bytes for a body, hashed, sealed and granted anew.
 */
void raw_forge(struct store *s, const struct case_id *id, const char *kind,
    const char *body);
/* The last entry of whoever unlocked the store at another time, sealed anew. */
void raw_redate(struct store *s, int64_t at);
/* Authors of whom verify could not say at first sight that all is right. */
size_t raw_doubts(struct store *s);
/* The seal on the nth entry, signed with a key that is nobody's. */
void raw_seal_forged(struct store *s, uint64_t n);
/* All that the founder of another store wrote, seals and all. */
void raw_carry(struct store *s, struct store *other);

/* Lets the next appends pass without a look at the role. */
void raw_pass_roles(struct store *s, bool pass);
/* What is written from now on is signed by nobody of this store. */
void raw_stranger(struct store *s);

/*
 * Lets another person into the register (not into the header), by the hand
 * of whoever unlocked the store and with the root key of their slot.
 */
void raw_person(struct store *s, const char *name, const char *role);
/* An entry of the register with the root key's grant; takes body. */
void raw_granted(struct store *s, const char *kind, json_t *body);
/* From now on the store signs as this person, until it is closed. */
void raw_become(struct store *s, const char *name);
/* How often the bytes stand in the pages of the database, decrypted. */
size_t raw_bytes_found(struct store *s, const char *bytes);

/*
 * Starts this very program again with words, its stdin and stdout piped to
 * *to and *from.  For a second process without fork's copy of any state.
 */
int child_start(const char *const words[], int *to, int *from);
/* Waits for a child; its exit status, or -1 when a signal ended it. */
int child_wait(int pid);

#endif
