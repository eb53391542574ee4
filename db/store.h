/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The store: one encrypted file that holds every case as a book of signed
 * entries.  This is the only door to it.  All SQL is in db/; callers see
 * entries, casefiles and rows of the projections.  Nothing here prints.
 * Failures are reported, never half done: after any of them the file holds
 * the state before the call or the state after it.
 */
#ifndef HEARKEN_DB_STORE_H
#define HEARKEN_DB_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/casefile.h"
#include "core/clock.h"
#include "core/entry.h"
#include "core/err.h"
#include "core/instrument.h"
#include "core/query.h"
#include "core/roster.h"
#include "core/screen.h"
#include "core/secret.h"

struct store;

/* What Argon2id costs; the floor is 3 and 64 MiB except where a test says. */
struct kdf_cost {
	uint64_t ops;
	uint64_t mem;		/* bytes */
	uint64_t floor_ops;
	uint64_t floor_mem;
};

struct store_opts {
	const struct clock *clock;
	const struct rng *rng;
	struct kdf_cost kdf;
	const char *cipher;	/* "aegis-256", "chacha20", NULL: by processor */
	bool allow_network_fs;	/* tests only */
	/* The file is a copy: an earlier version is not copied once more. */
	bool is_copy;
	/* A copy that nobody works in: it may lie on any disk. */
	bool any_disk;
	/*
	 * Where this user's machine remembers heads and failed tries; made
	 * when it is not there.  NULL: nothing is remembered.
	 */
	const char *state_dir;
};

/* The strength asked of a passphrase: 14 characters or 5 words, valid UTF-8. */
NODISCARD enum rc store_passphrase_check(const struct secret *pass,
    struct err *e);

/* An instrument's text and the file it came from; all borrowed. */
struct store_text {
	const char *file;	/* for messages */
	const char *text;
	size_t n;
};

struct store_founder {
	const char *user;	/* the name as colleagues know it */
	unsigned role;
	const struct store_text *instruments;	/* the first is the default */
	size_t ninstruments;
	bool training;		/* for training, and for no real case, for good */
};

/*
 * Makes a new store at path (never over an existing file), with the founder,
 * their role and the instruments as the first entries of the register, and
 * leaves it open.  Only a whole store gets the name path; after a failure
 * there is nothing.
 */
NODISCARD enum rc store_create(const char *path,
    const struct store_founder *founder, const struct secret *pass,
    const struct store_opts *opts, struct store **out, struct err *e);

/* How many people have a passphrase for the store, from its header alone. */
NODISCARD enum rc store_slot_count(const char *path, size_t *n,
    struct err *e);

/*
 * Opens and unlocks.  user may be NULL when there is only one slot.
 * RC_PASSPHRASE before the database is touched; RC_BUSY when another process
 * has it; RC_NOTSTORE, RC_NEWER, RC_DAMAGED, RC_READONLY each with its own
 * message.  Deriving the key takes most of a second.
 */
NODISCARD enum rc store_open(const char *path, const char *user,
    const struct secret *pass, const struct store_opts *opts,
    struct store **out, struct err *e);
/* Closes, releases the lock and wipes the keys.  NULL is harmless. */
void store_close(struct store *s);

const char *store_path(const struct store *s);
const char *store_user(const struct store *s);	/* who unlocked it */
const struct author_id *store_author(const struct store *s);
unsigned store_role(const struct store *s);
const char *store_cipher(const struct store *s);
const struct roster *store_roster(const struct store *s);
/* A remark to show once after opening (slow cipher, header mended), or NULL. */
const char *store_notice(const struct store *s);

/* ---- writing ---- */

/*
 * Signs and keeps n drafts, all or none, under one seal a case.  Each is
 * checked against its kind and the user's role first.  ids (may be NULL) receives
 * their ids.  When this returns RC_OK they are on the disk.
 */
NODISCARD enum rc store_append(struct store *s,
    const struct entry_draft *drafts, size_t n, struct entry_id *ids,
    struct err *e);

/*
 * The same in a stream, for imports: begin, add any number, then seal
 * (commit) or abandon.  One at a time; nothing else may write meanwhile.
 */
NODISCARD enum rc store_bulk_begin(struct store *s, struct err *e);
NODISCARD enum rc store_bulk_add(struct store *s,
    const struct entry_draft *draft, struct entry_id *id, struct err *e);
/*
 * True if an observation saying the same (case, instrument, indicator,
 * state, span, agency, evidence) is in the store or in this bulk; of a case
 * restricted to others only if whoever unlocked the store wrote it.
 */
NODISCARD enum rc store_bulk_knows(struct store *s,
    const struct entry_draft *observation, bool *known, struct err *e);
/*
 * Whether the case has an entry of who the child is, and one whose name is not
 * the reference alone.
 */
NODISCARD enum rc store_bulk_named(struct store *s, const struct case_id *id,
    const char *reference, bool *told, bool *named, struct err *e);
NODISCARD enum rc store_bulk_seal(struct store *s, struct err *e);
void store_bulk_abandon(struct store *s);

/* A new random case id. */
struct case_id store_new_case_id(struct store *s);

/*
 * Adopts an instrument: keeps its text in the register, so that the store
 * is judged by the same rules everywhere, and projects every case anew.  The
 * first adopted is the default until another is adopted as such.
 */
NODISCARD enum rc store_adopt(struct store *s, const char *text, size_t n,
    bool as_default, struct err *e);
size_t store_instruments(const struct store *s);
const struct instrument *store_instrument(const struct store *s, size_t i);
const struct instrument *store_default_instrument(const struct store *s);

/* ---- reading ---- */

/* One line of the case list, from the projection. Strings live for the call. */
struct case_row {
	struct case_id id;
	const char *reference, *name, *owner;
	int32_t birth;
	unsigned level, could_be;	/* of the default instrument */
	unsigned judgement;		/* the human level standing, or level */
	unsigned vulnerabilities, signs, not_known;
	int64_t due;			/* INT64_MAX: none */
	const char *due_why;
	bool lowering, conflict, screened;
	bool flagged, returned;		/* both wait: core/oversight.h */
	/* Another case, one for these eyes, has the same reference. */
	bool same_reference;
	int64_t changed;
	/*
	 * Not for these eyes: the case is there, and who is named may open it,
	 * but reference, name and every figure are left out ("" and 0).
	 */
	bool restricted;
};

/* Return false to stop. */
typedef bool (*store_case_fn)(const struct case_row *row, void *ctx);

/*
 * Cases that match q (NULL: all), most urgent first: by level, overdue and
 * due first, latest change first.  offset and limit page; limit 0: all.
 */
NODISCARD enum rc store_cases(struct store *s, const struct query *q,
    size_t offset, size_t limit, store_case_fn fn, void *ctx, struct err *e);
NODISCARD enum rc store_cases_count(struct store *s, const struct query *q,
    size_t *n, struct err *e);
/*
 * Cases whose reference, names or text hold the words (folded, each word a
 * prefix), best first.  For "search before create" and for `/`.
 */
NODISCARD enum rc store_search(struct store *s, const char *words,
    size_t limit, store_case_fn fn, void *ctx, struct err *e);

/* Loads and settles a case; RC_NOTFOUND when there is none.  *out is owned. */
NODISCARD enum rc store_case_load(struct store *s, const struct case_id *id,
    struct casefile *out, struct err *e);
/*
 * The same spelling, else the only one of the same reference_key().  Where
 * several have it RC_INPUT, and the message names each as "C-1#a3f09c"
 * (core/reference.h), which is taken here, too: nothing is chosen silently.
 */
NODISCARD enum rc store_case_by_reference(struct store *s,
    const char *reference, struct case_id *id, struct err *e);
/*
 * Appends how the other cases of the same reference are named, one after the
 * other with "; " between: those that are for these eyes.
 */
NODISCARD enum rc store_case_twins(struct store *s, const struct case_id *id,
    const char *reference, struct str *out, struct err *e);
NODISCARD enum rc store_entry_count(struct store *s, uint64_t *n,
    struct err *e);

/* ---- drafts: what is being typed, kept encrypted until signed ---- */

typedef bool (*store_draft_fn)(const char *key, const char *text,
    int64_t saved, void *ctx);
/* key says where it belongs, e.g. "note/<case hex>"; the user's own. */
NODISCARD enum rc store_draft_save(struct store *s, const char *key,
    const char *text, struct err *e);
/* *text owned, or NULL when there is none. */
NODISCARD enum rc store_draft_load(struct store *s, const char *key,
    char **text, struct err *e);
NODISCARD enum rc store_draft_drop(struct store *s, const char *key,
    struct err *e);
NODISCARD enum rc store_drafts(struct store *s, store_draft_fn fn, void *ctx,
    struct err *e);

/* ---- care ---- */

/* The database library and its ciphers, for `hearken --version --verbose`. */
const char *store_library(void);

enum store_fault {
	FAULT_NONE,
	FAULT_DAMAGED,		/* bytes are not what was written */
	FAULT_TAMPERED,		/* bytes are whole, but not as they belong */
	FAULT_ROLLED_BACK	/* all is whole, but older than what is known */
};

struct store_verdict {
	uint64_t entries, seals, cases;	/* looked at */
	bool sound;
	enum store_fault kind;	/* FAULT_NONE when sound */
	char fault[1024];	/* the first fault: entry, case, author, likely cause */
};
/* Return false to stop (RC_CANCELLED). */
typedef bool (*store_progress_fn)(uint64_t done, uint64_t all, void *ctx);

/*
 * Walks every page, hash, chain and signature, and compares the projections
 * with ones made anew; then the ends of the chains with what this machine
 * remembers.  RC_OK whatever it found; the verdict tells.
 */
NODISCARD enum rc store_verify(struct store *s, store_progress_fn fn,
    void *ctx, struct store_verdict *v, struct err *e);
/* Makes all projections anew from the entries. */
NODISCARD enum rc store_rebuild(struct store *s, store_progress_fn fn,
    void *ctx, struct err *e);
/* BLAKE2b of all projections in a fixed order; equal after a rebuild. */
NODISCARD enum rc store_projection_hash(struct store *s,
    unsigned char out[32], struct err *e);

#endif
