/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words of a filter, one after another: what the filter of the list of
 * cases (query.h) and that of a chronology (chronofilter.h) have in common.
 * Terms are joined by "and" or nothing, a leading "-" or "not" turns one
 * round, a value is bare or "quoted".  Where a fault is, `at` says.  Pure.
 */
#ifndef HEARKEN_CORE_FILTERTEXT_H
#define HEARKEN_CORE_FILTERTEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/err.h"

#define FILTER_TERMS_MAX 32

struct filter_text {
	const char *text;	/* borrowed */
	size_t at;		/* byte that is read next; of a fault, its place */
	struct err *e;
};

/* Reads "quoted" or bare text; returns owned, NULL after an error. */
char *filter_value(struct filter_text *r, bool *quoted);

/* Reads the ith term, turned round or not, without the words that do that. */
typedef enum rc (*filter_term_fn)(struct filter_text *r, size_t i,
    bool turned, void *ctx);
/* Calls fn for each term, at most FILTER_TERMS_MAX. */
NODISCARD enum rc filter_terms(struct filter_text *r, filter_term_fn fn,
    void *ctx);

#endif
