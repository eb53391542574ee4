/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a search gathers, for the files of db/find*.c only.
 */
#ifndef HEARKEN_DB_FIND_IMPL_H
#define HEARKEN_DB_FIND_IMPL_H

#include "db/needles.h"
#include "db/sql.h"

/* One entry that was found. */
struct hit {
	int64_t row, book;
	enum find_why why;
	enum find_state state;
	struct entry_id id;
	const struct kind *kind;
	struct span on;
	int64_t at;
	bool counted;		/* no more than that: others go before it */
	const char *field;
	char *snippet;		/* owned */
	struct find_mark marks[FIND_MARKS];
	size_t nmarks;
};

struct finder {
	struct store *s;
	struct needles ns;
	size_t limit;
	bool thorough;		/* everything is read, however long it takes */
	struct hit *hits;
	size_t n, cap;
	size_t shown;		/* of these: those not only counted */
	size_t seen[NEEDLES_MAX];	/* of the newest: those that hold it */
	size_t looked;		/* how many of the newest were read */
	int64_t oldest;		/* row of the last of these */
	bool whole;		/* these were all there are */
	bool cut;
	int64_t *masked;	/* cases not for these eyes, in order */
	size_t nmasked, capmasked;
	uint32_t dense;	/* needles that very many references begin with */
	uint32_t between;	/* what the entries of a case hold so far */
	size_t read;		/* entries read on the way */
	struct str scratch;
};

/* find_hit.c */
/* Reads which cases are not for these eyes. */
NODISCARD enum rc hit_masked(struct finder *f, struct err *e);
/* The case of an entry in the index; 0 when it is not for these eyes. */
NODISCARD enum rc hit_home(struct finder *f, int64_t row, int64_t *book,
    struct err *e);

/* The needles that the entry of a row of a FIND_ statement holds. */
struct holding {
	uint32_t text, name, reference;	/* anywhere; in these fields */
};
NODISCARD enum rc hit_look(struct finder *f, sqlite3_stmt *st,
    struct holding *out, struct err *e);
/*
 * Keeps the entry of the row unless it is there already or its case is not
 * in the list.
 */
NODISCARD enum rc hit_keep(struct finder *f, sqlite3_stmt *st,
    enum find_why why, struct err *e);
bool hit_is_kept(const struct finder *f, int64_t row);

/* find_index.c */
#define INDEX_READ 400	/* entries that the index names, here and there */

/*
 * Rows that the index gives, oldest first: from the newest on it would need
 * ever more time for a long list.  Of a list too long to be kept the newest
 * are.
 */
struct index_rows {
	int64_t *list;		/* owned; a ring once it is full */
	size_t n, cap, most;
	size_t given;		/* by the index */
	bool asked;
};
NODISCARD enum rc index_add(struct index_rows *r, int64_t row,
    struct err *e);
/* The ith from the newest. */
int64_t index_nth(const struct index_rows *r, size_t i);
/* Entries of which the index says that they hold the needles of a set. */
NODISCARD enum rc index_ask(struct finder *f, uint32_t set,
    const char *mark, struct index_rows *out, struct err *e);

/* What is done with each row; *stop ends the walk. */
typedef enum rc (*row_fn)(struct finder *f, sqlite3_stmt *st, bool *stop,
    struct err *e);
/*
 * Those that are older than the newest that were read, each in its text, the
 * newest first; f->cut becomes true when some are left.
 */
NODISCARD enum rc index_read(struct finder *f, const struct index_rows *r,
    row_fn fn, struct err *e);

/* find_name.c: the cases that go by the words. */
NODISCARD enum rc find_named(struct finder *f, struct err *e);

/* find_give.c: puts hits in order and hands them on by case. */
NODISCARD enum rc find_give(struct finder *f, struct find_sum *sum,
    const struct store_find_to *to, struct err *e);

#endif
