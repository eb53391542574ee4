/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Restricted cases towards those who are not named in them.  They learn that
 * there is a file when they know its reference or name, and whom to ask;
 * neither figures nor text, and nothing that guessing letter by letter could
 * bring out.
 */
#ifndef HEARKEN_DB_MASK_H
#define HEARKEN_DB_MASK_H

#include "db/sql.h"

/* A part of a list. */
struct case_range {
	const struct query *query;	/* NULL: all */
	const char *words;	/* of a search, instead; or NULL */
	size_t offset, limit;	/* limit 0: all */
};

/* Where rows go, counted. */
struct case_sink {
	store_case_fn fn;
	void *ctx;
	size_t n;
	bool stopped;	/* fn had enough */
};
/* A store_case_fn; ctx is a struct case_sink. */
bool case_sink_take(const struct case_row *row, void *ctx);

/*
 * Adds "l is restricted to others, and no reason was given in this session";
 * l is a row of case_list.
 */
void sql_masked(struct store *s, struct sql *q);
/* Adds "l.book is a case for these eyes". */
void sql_visible(struct store *s, struct sql *q);

/* How many cases are for these eyes; any_masked: some may not be. */
NODISCARD enum rc mask_visible_count(struct store *s, bool any_masked,
    size_t *n, struct err *e);

/* Rows that tell nothing but that there is a case, in random order. */
NODISCARD enum rc mask_rows(struct store *s, const struct case_range *range,
    struct case_sink *to, struct err *e);
/* How many; offset and limit do not matter. */
NODISCARD enum rc mask_count(struct store *s, const struct case_range *range,
    size_t *n, struct err *e);

/* Whether the case is restricted to others and no reason was given. */
NODISCARD enum rc mask_book(struct store *s, int64_t book, bool *masked,
    struct err *e);
/*
 * RC_OK if it may be opened, RC_REFUSED with a message that says whom to ask.
 */
NODISCARD enum rc mask_refuse(struct store *s, int64_t book, struct err *e);
/* True if a reason was given for it in this session. */
bool mask_broken(const struct store *s, int64_t book);
/*
 * Appends the names of those it is open to and who may still open cases:
 * "A, B or C".
 */
NODISCARD enum rc mask_names(struct store *s, int64_t book, struct str *out,
    bool *restricted, struct err *e);

#endif
