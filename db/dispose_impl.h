/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What asking and agreeing share. */
#ifndef HEARKEN_DB_DISPOSE_IMPL_H
#define HEARKEN_DB_DISPOSE_IMPL_H

#include "db/impl.h"

/*
 * The right, and a person behind the key.  What is in memory is read anew if
 * an earlier commit left it in doubt, so that it stays where it is after.
 */
NODISCARD enum rc dispose_may(struct store *s, struct err *e);
/* A case that is there still, settled; *c is released by the caller. */
NODISCARD enum rc dispose_load(struct store *s, const struct case_id *id,
    struct casefile *c, struct err *e);
/* The same for those whom a restriction names. */
NODISCARD enum rc dispose_load_named(struct store *s,
    const struct case_id *id, struct casefile *c, struct err *e);
NODISCARD enum rc dispose_check_hold(const struct disposal_case *d,
    struct err *e);
NODISCARD enum rc dispose_check_kept(const struct store *s,
    int32_t kept_until, struct err *e);
/*
 * The next entry is dated after this act, which it answers.  RC_REFUSED when
 * the clock is so far behind it that it cannot be right.
 */
NODISCARD enum rc dispose_after(struct store *s,
    const struct disposal_act *act, struct err *e);
/* True if something was written to the case after the request. */
bool dispose_is_stale(const struct disposal_case *d,
    const struct casefile *c);

#endif
