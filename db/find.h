/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Search over all text of all cases that one may see, as one types: what is
 * found are entries, each with the place of the words in it.
 *
 * Each word is the beginning of a word, folded; words in quotation marks are
 * a phrase.  What the case goes by (reference, name) comes first, then
 * entries that hold all words, newest first, then cases that hold them spread
 * over several entries.  The work for one key is bounded: however common the
 * words are, what is newest is there at once, and it is said that there is
 * more.
 *
 * Of a case restricted to others nothing is found but that it is there, and
 * only by its reference or whole names (db/mask.h).
 */
#ifndef HEARKEN_DB_FIND_H
#define HEARKEN_DB_FIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/store.h"

#define FIND_MARKS 8		/* places shown in one text */
#define FIND_OF_CASE 3		/* hits of one case that are shown */

/* Why it was found; the first is the best. */
enum find_why {
	FIND_REFERENCE,		/* all words stand in the reference */
	FIND_NAME,		/* all in the names */
	FIND_ENTRY,		/* all in this entry */
	FIND_SPREAD,		/* each in an entry of the case; this has some */
	FIND_RESTRICTED		/* not for these eyes: nothing but the case */
};

/* What has become of the entry since. */
enum find_state {
	FIND_STANDS, FIND_STRUCK, FIND_REPLACED,
	FIND_UNCOUNTED		/* its author had no right to write it */
};

struct find_mark {
	size_t at, n;		/* bytes of the snippet */
};

/* Everything lives for the call. */
struct find_row {
	const struct case_row *row;
	bool first;		/* the first of its case */
	enum find_why why;
	/* What follows is not there when why is FIND_RESTRICTED. */
	struct entry_id entry;
	const struct kind *kind;
	struct span on;
	int64_t at;
	enum find_state state;
	const char *field;	/* label of the field it stands in */
	/* The text around the words on one line, not yet made visible. */
	const char *snippet;
	struct find_mark marks[FIND_MARKS];
	size_t nmarks;
	size_t more;		/* of the last of its case: hits not given */
};

/* Return false to stop. */
typedef bool (*store_find_fn)(const struct find_row *row, void *ctx);

struct find_want {
	const char *words;
	/*
	 * Hits that are given, FIND_OF_CASE of a case at most; what else is
	 * in these cases is counted up to four times as many.  0: as many as
	 * 10,000, and however long it takes.
	 */
	size_t limit;
};

/* Where rows go. */
struct store_find_to {
	store_find_fn fn;
	void *ctx;
};

struct find_sum {
	size_t hits, cases;	/* found; restricted ones are cases */
	size_t restricted;	/* of the cases, given last */
	bool cut;		/* there may be more than was found */
	bool wordless;		/* no letter or digit was asked for */
};

/* *sum is filled before the first row is given.  RC_INPUT: too many words. */
NODISCARD enum rc store_find(struct store *s, const struct find_want *want,
    struct find_sum *sum, const struct store_find_to *to, struct err *e);

#endif
