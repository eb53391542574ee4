/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What an import of an agency's return does beyond one of observations: each
 * observation names the row and the file that it came in; what the same row
 * said before and says no more is struck; the file is noted.  Used by
 * importrun.c alone.
 */
#ifndef HEARKEN_EXCHANGE_TAKEIN_H
#define HEARKEN_EXCHANGE_TAKEIN_H

#include "exchange/importrun.h"

struct takein;

/*
 * *out is owned.  RC_EXISTS, with when it was, if the store has taken in all
 * of this very file with this mapping.  RC_REFUSED if it did as the return of
 * another agency.
 */
NODISCARD enum rc takein_open(struct store *s,
    const struct importrun_opts *opts, struct importrun_totals *totals,
    struct takein **out, struct err *e);
void takein_free(struct takein *t);

/*
 * Puts the row's reference and the file into an observation.  RC_INPUT for a
 * reference that is too long.
 */
NODISCARD enum rc takein_mark(const struct takein *t, const struct obs *o,
    const struct obs_row *row, const struct obs_mark *mark,
    struct entry_draft *d, struct err *e);
/*
 * The row has come, whether or not it says anything: it is to be taken; or
 * left, for the file is an old one and a later return says otherwise; or
 * another sender brought it before, and it may only come again if it says the
 * same (takein_knows), which the caller settles by one of the two calls below.
 */
enum takein_word { TAKEIN_TAKE, TAKEIN_LEAVE, TAKEIN_ASK };
NODISCARD enum rc takein_row(struct takein *t, const struct obs *o,
    const struct obs_row *row, enum takein_word *word, struct err *e);
NODISCARD enum rc takein_allow(struct takein *t, struct err *e);
/* RC_INPUT, with whose it is. */
enum rc takein_refuse(struct takein *t, const struct obs *o,
    const struct obs_row *row, struct err *e);
/* True if the row said this before. */
bool takein_knows(struct takein *t, const struct entry_draft *d);
NODISCARD enum rc takein_added(struct takein *t, const struct obs *o,
    const struct entry_draft *d, const struct entry_id *id, struct err *e);

/*
 * Strikes what came back otherwise, counts what did not come back, and notes
 * the return; in the bulk.  RC_EXISTS if the file came before and nothing of
 * it is new.
 */
NODISCARD enum rc takein_end(struct takein *t,
    struct importrun_totals *totals, struct err *e);

#endif
