/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The ways back in when a passphrase is lost: one code on paper, or a pair of
 * codes kept by two people, both needed.  A code is 160 random bits, written
 * as 8 groups of 4 letters and digits (Crockford's base32: no I, L, O, U)
 * and a ninth group of 4 that checks them, so that a slip in copying is told
 * before any key is derived.  Its slot holds an identity of its own, which
 * is in the register as a key that is not a person: what recovery does is
 * signed and seen like everything else.
 */
#ifndef HEARKEN_DB_RECOVERY_H
#define HEARKEN_DB_RECOVERY_H

#include "db/store.h"

#define RECOVERY_BYTES 20
#define RECOVERY_TEXT_MAX 48	/* "XXXX-XXXX-...": 44 characters and NUL */
#define PAIR_HOLDERS_MAX 3

/* The text of a code in groups; out has RECOVERY_TEXT_MAX bytes. */
void recovery_format(const unsigned char code[RECOVERY_BYTES], char *out);
/*
 * Reads what a person typed: any case, spaces or dashes, O for 0 and I or L
 * for 1.  RC_INPUT names the first group that is wrong.
 */
NODISCARD enum rc recovery_parse(const char *text, size_t n,
    unsigned char code[RECOVERY_BYTES], struct err *e);

/* What a store has, from its header alone. */
struct recovery_state {
	bool code;
	unsigned pairs;		/* slots that two codes open together */
};
NODISCARD enum rc store_recovery_state(const char *path,
    struct recovery_state *out, struct err *e);

/*
 * Makes a recovery code and its slot; an earlier one opens nothing any more.
 * code receives the text, with its NUL beyond len, to be shown once; it is
 * made here and released by the caller.  When the store was opened with a
 * code, that one ends here: nothing may be written afterwards.
 */
NODISCARD enum rc store_recovery_make(struct store *s, struct secret *code,
    struct err *e);
/*
 * Makes codes for two or three named people, any two of which open the store
 * together; earlier pairs open nothing any more.  codes[i] is for holders[i],
 * made and released as above.
 */
NODISCARD enum rc store_pair_make(struct store *s,
    const char *const *holders, size_t n,
    struct secret codes[PAIR_HOLDERS_MAX], struct err *e);
/* Takes away the code (pairs false) or all pairs (true). */
NODISCARD enum rc store_recovery_remove(struct store *s, bool pairs,
    struct err *e);

/*
 * Opens with one code or two.  The store is then the recovery key's: it may
 * store_person_reset() and store_person_add(), and reads no cases.  codes are
 * as a person typed them.  When the store has neither, RC_NOTFOUND says
 * plainly that nothing can be done.
 */
NODISCARD enum rc store_recover(const char *path,
    const struct secret *codes, size_t n, const struct store_opts *opts,
    struct store **out, struct err *e);

#endif
