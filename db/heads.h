/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Remembered heads.  A whole older copy of the file is sound in itself; that
 * it is older can only be told by somebody outside it.  So each user's
 * machine remembers, in the state folder (store_opts.state_dir), where every
 * author's chain stood when the store was last closed, sealed with a key of
 * the user's own (remember.h).  A backup carries its heads in its chains.
 *
 * A store that is behind what is remembered still opens, for nobody is shut
 * out of a child's file, but says so each time, and `verify` calls it what
 * it is, until a person accepts the older state with a reason.
 */
#ifndef HEARKEN_DB_HEADS_H
#define HEARKEN_DB_HEADS_H

#include "db/store.h"

enum heads_state {
	HEADS_UNKNOWN,	/* nothing is remembered here yet */
	HEADS_SOUND,	/* the store has all that is remembered */
	HEADS_BEHIND,	/* it ends before what is remembered: rolled back */
	HEADS_OTHER,	/* an entry in it is not the one that is remembered */
	HEADS_DAMAGED	/* what is remembered cannot be read */
};

struct heads_verdict {
	enum heads_state state;
	uint64_t lost;		/* entries known that are not in the store */
	bool elsewhere;		/* the file lay at another place then */
	int64_t known_at;	/* when that was remembered, UTC ms */
	char words[512];	/* a sentence for a person; "" when sound */
};

/* As it was found when the store was opened. */
const struct heads_verdict *store_heads(const struct store *s);
/* BLAKE2b-256 over all authors' chain ends, as a backup's entry names it. */
NODISCARD enum rc store_heads_hash(struct store *s, unsigned char out[32],
    struct err *e);
/*
 * Accepts the store as it is, with a reason that becomes an entry; what this
 * machine remembers is then what the store holds.  RC_INPUT when it is
 * neither behind nor other than what is remembered.
 */
NODISCARD enum rc store_heads_accept(struct store *s, const char *reason,
    struct err *e);
/*
 * Compares with another copy of the same store (a backup): every chain in it
 * must be in s, entry for entry.  The copy is opened and closed.
 */
NODISCARD enum rc store_heads_against(struct store *s, const char *copy,
    const char *user, const struct secret *pass,
    const struct store_opts *opts, struct heads_verdict *out,
    struct err *e);

#endif
