/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One line of the table `look`, as an access entry gives it.
 */
#ifndef HEARKEN_DB_LOOK_H
#define HEARKEN_DB_LOOK_H

#include "db/impl.h"
#include "db/verify.h"
#include "db/watch.h"

struct look_line {
	int64_t at;
	int64_t author;		/* the row of its author */
	enum look what;
	bool has_case;
	struct case_id case_id;
};

/* False if the body does not say what was looked at: no line is made. */
bool look_line_make(const struct entry *en, int64_t author,
    const json_t *body, struct look_line *l);
/* From a row of LOOK_ALL or of the columns that it begins with. */
void look_line_read(sqlite3_stmt *st, struct look_line *l);
/* For verify: one line, and all lines of the table. */
void look_tally(struct tally *t, int64_t row, const struct look_line *l);
NODISCARD enum rc look_tally_table(struct store *s, struct tally *t,
    struct err *e);
/* Looks of later than this count as "just now" (watch.c). */
int64_t look_again_since(const struct store *s);
/* True for what supervisors are told of. */
bool look_flagged(enum look what);

#endif
