/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the files of exchange/ratings*.c share: which column is what, and the
 * scale of what may stand in a cell.
 */
#ifndef HEARKEN_EXCHANGE_RATINGS_PRIV_H
#define HEARKEN_EXCHANGE_RATINGS_PRIV_H

#include "exchange/ratings.h"

struct ratings_header {
	enum ratings_form form;
	size_t item, indicator;		/* indicator: CSV_NO_COLUMN if not beside */
	size_t rater, rating;		/* of the long form */
	size_t model;			/* a column of answers, or CSV_NO_COLUMN */
};

/*
 * *passed_over: names of columns of the long form that nothing asks for, owned,
 * or NULL.
 */
NODISCARD enum rc ratings_header_read(const struct csv *c,
    const char *model, struct ratings_header *h, char **passed_over,
    struct err *e);
/* Whether column holds a rater of the wide form. */
bool ratings_header_is_rater(const struct ratings_header *h, size_t column);

/* ---- what may stand in a cell ---- */

struct scale {
	struct nameset *names;
	size_t given;		/* categories that were named; 0: none were */
};

NODISCARD enum rc scale_init(struct scale *s, const char *categories,
    uint64_t seed, struct err *e);
void scale_release(struct scale *s);
/* The category of a cell's trimmed text, in the order of coming; or missing. */
NODISCARD enum rc scale_take(struct scale *s, const struct csv *c,
    size_t column, const struct csv_cell *cell, int16_t *category,
    struct err *e);
/*
 * The order of the categories: place[i] (AGREE_CATEGORIES_MAX of them) is
 * where the i-th that came stands; as given, else by number, else by
 * letters.  *ordered unless by letters.
 */
void scale_order(const struct scale *s, int16_t *place, bool *ordered);

#endif
