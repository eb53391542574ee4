/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A mapping guessed from the first rows of an agency's return: encoding,
 * delimiter, form, order of dates, columns by their names and by what is in
 * them, code lists.  It is for a person to look at: what is doubtful is said,
 * and a code that is not understood is left out, so that no row with it is
 * taken until somebody has said what it means.
 */
#ifndef HEARKEN_EXCHANGE_GUESS_H
#define HEARKEN_EXCHANGE_GUESS_H

#include "core/mapping.h"
#include "exchange/source.h"

struct guess_opts {
	const struct instrument *instrument;
	const char *encoding;	/* NULL: guessed */
	int32_t today;
};

struct guess {
	struct mapping *m;	/* its hash is "" */
	char **doubts;		/* a sentence each */
	size_t n, cap;
	/* The rows that were looked at, for a screen that shows them. */
	char ***rows;		/* rows[i][column]; rows[0] is the header */
	size_t nrows, caprows, ncolumns;
	char *encoding;		/* in use, for people */
};

/* *out is owned.  RC_INPUT when the file is no table. */
NODISCARD enum rc mapping_guess(struct source *src,
    const struct guess_opts *opts, struct guess **out, struct err *e);
void guess_free(struct guess *g);
/* Appends the mapping as a file, its doubts in front as comments. */
void guess_write(const struct guess *g, struct str *out);

#endif
