/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of guessing share; nobody else includes it. */
#ifndef HEARKEN_EXCHANGE_GUESS_PRIV_H
#define HEARKEN_EXCHANGE_GUESS_PRIV_H

#include "exchange/guess.h"

#define GUESS_ROWS 500u

/* Reads the first rows; sets encoding, delimiter and rows. */
NODISCARD enum rc guess_read(struct guess *g, struct source *src,
    const struct guess_opts *opts, struct err *e);
void guess_doubt(struct guess *g, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Codes of the columns that are mapped. */
void guess_codes(struct guess *g, const struct instrument *in);
/* The order of days and months in the columns that hold dates. */
void guess_dates(struct guess *g);
/* The column of a header, or SIZE_MAX. */
size_t guess_column(const struct guess *g, const char *header);

#endif
