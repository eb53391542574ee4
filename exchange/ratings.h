/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A file of ratings as the table that core/agree.h works on.  The header
 * tells which of two forms a file has:
 *
 *	long	item,rater,rating		one rating a row
 *	wide	item,Ann,Ben,Cem,...		one item a row, one column a
 *						rater
 *
 * Columns come in any order and their names in any case; an item may also be
 * called unit, subject, case, child or question, a rater also coder, observer,
 * judge or learner, a rating also code, answer, state, value or level.  A
 * column "indicator" beside the item makes an item of each pair of the two and
 * groups items by indicator; alone it names the item.  Further columns of the
 * long form are passed over.  A cell that is empty or says NA, N/A, "." or "-"
 * is a missing rating.  Numbers are compared as numbers (1, 01 and 1.0 are one
 * rating), words without regard to capitals.
 *
 * Knows nothing of coefficients.  Holds the whole table, within the limits of
 * core/agree.h.
 */
#ifndef HEARKEN_EXCHANGE_RATINGS_H
#define HEARKEN_EXCHANGE_RATINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/agree.h"
#include "core/err.h"
#include "exchange/csv.h"
#include "exchange/nameset.h"
#include "exchange/source.h"

#define RATING_TEXT_MAX 80u	/* bytes */

enum ratings_form {
	RATINGS_LONG,
	RATINGS_WIDE
};

struct ratings_opts {
	struct csv_opts csv;	/* lenient is not looked at */
	/*
	 * The rater, or in the long form also the column, whose answers are
	 * the model and no rater's; NULL: none.
	 */
	const char *model;
	/* "low,medium,high": all there are, lowest first; NULL: those used. */
	const char *categories;
	uint64_t seed;		/* one that no file can know */
};

struct ratings {
	enum ratings_form form;
	struct agree_table table;	/* ordered: numbers, or as given */
	struct nameset *items, *raters, *groups;
	char **categories;		/* table.categories texts */
	uint32_t *group;		/* of each item, in groups */
	int16_t *model;			/* answers, one an item; NULL without */
	char *passed_over;		/* "date, comment"; NULL: none */
	int16_t *cells;			/* what table borrows */
};

/*
 * Reads src to its end.  RC_INPUT with row, column, value and what was
 * expected; RC_USAGE when the options do not fit the file.
 */
NODISCARD enum rc ratings_read(struct source *src,
    const struct ratings_opts *opts, struct ratings **out, struct err *e);
void ratings_free(struct ratings *r);

#endif
