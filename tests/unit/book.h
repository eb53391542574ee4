/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A case written entry by entry, for tests of what is read from it.  Each
 * entry must pass its kind's own checks.
 */
#ifndef HEARKEN_TESTS_UNIT_BOOK_H
#define HEARKEN_TESTS_UNIT_BOOK_H

#include "core/casefile.h"

#define BOOK_MAX 32
#define BOOK_ID (2 * ENTRY_ID_LEN + 1)

struct book {
	struct entry e[BOOK_MAX];
	size_t n;
	struct casefile c;	/* settled after each entry */
};

void book_init(struct book *b);
void book_release(struct book *b);
/*
 * Adds an entry; on as span_parse reads it, "" for none.  In the body ' is
 * read as ", and @3 as the id of the fourth entry.  Returns its number.
 */
size_t book_write(struct book *b, const char *kind, const char *on,
    const char *body);
const struct record *book_record(const struct book *b, size_t i);

#endif
