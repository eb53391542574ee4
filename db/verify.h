/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Verifying is a list of walks, each over one kind of evidence.  The first
 * fault ends it; an error is something that kept a walk from being made.
 */
#ifndef HEARKEN_DB_VERIFY_H
#define HEARKEN_DB_VERIFY_H

#include "db/scan.h"

struct walk {
	struct store *s;
	store_progress_fn fn;
	void *ctx;
	uint64_t done, all;	/* steps, for the progress */
	struct store_verdict *v;
	struct roster roster;	/* of the register as it stands */
	struct disposals disposals;
	struct books books;
	unsigned char key[16];	/* of the tallies, another each time */
	size_t doubted;		/* chains walked a second time */
	uint64_t abroad;	/* entries of people elsewhere */
	uint64_t disposed;	/* cases without a line in the list */
	uint64_t due;		/* lines of what is due, of the others */
};

/* Notes the first fault. */
void walk_fault(struct walk *w, enum store_fault kind, const char *fmt, ...)
    PRINTF_LIKE(3, 4);
/* One step done; RC_CANCELLED when the caller has had enough. */
NODISCARD enum rc walk_step(struct walk *w, struct err *e);
/*
 * Turns a failure that is itself evidence (damage, tampering) into a fault
 * and RC_OK; hands every other on.
 */
NODISCARD enum rc walk_failed(struct walk *w, enum rc rc, struct err *e);

/*
 * True if what SQLite answered is a fault of the store; a disk that cannot be
 * read just now is none, and neither is want of memory.
 */
bool walk_is_damage(int code);

/* The walks in their order, by name. */
typedef enum rc (*walk_fn)(struct walk *w, struct err *e);
struct walk_def {
	const char *name;
	walk_fn fn;
};
const struct walk_def *walk_table(size_t *n);
/* What comes before the first walk and after the last. */
NODISCARD enum rc verify_begin(struct walk *w, struct store *s,
    struct store_verdict *v, struct err *e);
void verify_end(struct walk *w);

NODISCARD enum rc walk_pages(struct walk *w, struct err *e);
NODISCARD enum rc walk_structure(struct walk *w, struct err *e);
/*
 * Adds up hashes of items, so that their order does not matter.  The key is
 * random and forgotten, so that nobody can choose items whose sums agree.
 */
struct tally {
	unsigned char key[16];
	uint64_t sum, n;
};
void tally_init(struct tally *t, const struct walk *w);
bool tally_equal(const struct tally *a, const struct tally *b);
/* One item's hash under the tally's key. */
uint64_t tally_sum(const struct tally *t, const void *a, size_t na);
void tally_add(struct tally *t, const void *a, size_t na, int64_t b);
/* The same item, with b = 0, so many times over. */
void tally_add_times(struct tally *t, const void *a, size_t na,
    uint64_t times);

/*
 * The indexes over entries, against the entries themselves: want is filled
 * from each entry, then compared with what the indexes hold.
 */
#define ENTRY_INDEXES 4
void index_want(struct tally want[ENTRY_INDEXES], const struct entry_row *r);
NODISCARD enum rc index_compare(struct walk *w,
    const struct tally want[ENTRY_INDEXES], struct err *e);
NODISCARD enum rc walk_chains(struct walk *w, struct err *e);
/* That each key slot was granted, and is named by the register. */
NODISCARD enum rc walk_people(struct walk *w, struct err *e);
/* That disposals count, and took all and only what they say. */
NODISCARD enum rc walk_disposals(struct walk *w, struct err *e);
NODISCARD enum rc walk_cases(struct walk *w, struct err *e);
NODISCARD enum rc walk_indexes(struct walk *w, struct err *e);
NODISCARD enum rc walk_heads(struct walk *w, struct err *e);

#endif
