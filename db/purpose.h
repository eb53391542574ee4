/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a store was made for, and what it therefore does not take, whatever
 * program writes: a store for training no real case, one for real cases no
 * session.
 *
 *	in a store for training		refused: a case without a study, an
 *					entry of a case that is no session, a
 *					second identity in a session, a study
 *					made from a case
 *	in any other			refused: a case with a study, the
 *					family "training", a study taken in
 */
#ifndef HEARKEN_DB_PURPOSE_H
#define HEARKEN_DB_PURPOSE_H

#include "core/kinds.h"
#include "core/roster.h"
#include "db/store.h"

/*
 * RC_REFUSED when an entry of this kind does not belong into the store; en
 * has case and body as they will be written.
 */
NODISCARD enum rc purpose_check(struct store *s, const struct kind *k,
    const struct case_id *id, const json_t *body, struct err *e);
/*
 * The same of an entry that came from elsewhere, in any order with others of
 * its case: that the case is a session is asked of purpose_check_case once
 * all of them are here.
 */
NODISCARD enum rc purpose_check_came(struct store *s,
    const struct entry *en, struct err *e);
NODISCARD enum rc purpose_check_case(struct store *s, int64_t book,
    struct err *e);

/*
 * For verify: whether an entry may stand in a store of this register, and how
 * many cases of a store for training are no sessions; nothing is written past
 * the checks above but by hand.
 */
bool purpose_fits(const struct roster *r, const struct entry *en);
NODISCARD enum rc purpose_strangers(struct store *s, const struct roster *r,
    uint64_t *n, struct err *e);

#endif
