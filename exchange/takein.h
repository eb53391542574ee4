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
 * *out is owned.  RC_EXISTS, with when it was, if the store has taken in this
 * very file with this mapping.
 */
NODISCARD enum rc takein_open(struct store *s,
    const struct importrun_opts *opts, struct takein **out, struct err *e);
void takein_free(struct takein *t);

/*
 * Puts the row's reference and the file into an observation.  RC_INPUT for a
 * reference that is too long.
 */
NODISCARD enum rc takein_mark(const struct takein *t, const struct obs *o,
    const struct obs_row *row, const struct obs_mark *mark,
    struct entry_draft *d, struct err *e);
/* The row has come, whether or not it says anything. */
NODISCARD enum rc takein_row(struct takein *t, const struct obs *o,
    const struct obs_row *row, struct err *e);
/* True if the row said this before. */
bool takein_knows(struct takein *t, const struct entry_draft *d);
NODISCARD enum rc takein_added(struct takein *t, const struct obs *o,
    const struct entry_draft *d, const struct entry_id *id, struct err *e);

/*
 * Strikes what came back otherwise, counts what did not come back, and notes
 * the return; in the bulk.
 */
NODISCARD enum rc takein_end(struct takein *t,
    struct importrun_totals *totals, struct err *e);

#endif
