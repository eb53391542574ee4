/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The results of screening a file, written down: for people, as CSV, or as
 * JSON.  The names of the JSON keys and CSV columns are a promise to other
 * programs.
 */
#ifndef HEARKEN_EXCHANGE_SCREENOUT_H
#define HEARKEN_EXCHANGE_SCREENOUT_H

#include "exchange/out.h"
#include "exchange/screenrun.h"

enum screenout {
	SCREENOUT_TEXT,
	SCREENOUT_CSV,
	SCREENOUT_JSON
};

/* With more children than this, text has one line a child. */
#define SCREENOUT_WHOLE_MAX 50u

/* False when s is none of text, csv, json. */
bool screenout_from_name(const char *s, enum screenout *out);

/*
 * Hands all results to fn.  by_level (may be NULL) receives how many children
 * are at each level; it has room for LEVEL_NONE(instrument) + 1 counts.
 * False when fn refused.
 */
bool screenout_write(const struct screenrun *r, enum screenout form,
    out_fn fn, void *ctx, size_t *by_level);

#endif
