/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lines of the table `due`: every clock of a case that runs, as it is
 * written and compared.  `at` puts them in order: the moment at which the
 * clock has passed; DUE_UNCOUNTED, before all others, where none could be
 * counted; DUE_FROM and the moment, after all others, where it only says
 * from when something may be done and so is never overdue.  `opener' and
 * `author' are rows of authors, of the case and of the entry; `named' is the
 * folded name of who has to act, "" when the entry names nobody.
 */
#ifndef HEARKEN_DB_DUE_LINE_H
#define HEARKEN_DB_DUE_LINE_H

#include "db/impl.h"

#define DUE_UNCOUNTED INT64_MIN
#define DUE_FROM (INT64_C(1) << 62)

/*
 * Appends the folded name that begins a text of "name and service": what
 * stands before the first comma, semicolon or bracket.
 */
void due_fold_name(struct str *out, const char *text);
/* Replaces the lines of a case. */
NODISCARD enum rc due_lines_write(struct store *s, int64_t book,
    const struct casefile *c, struct err *e);
/* Whether the lines are those of the case; *n: how many it has. */
NODISCARD enum rc due_lines_compare(struct store *s, int64_t book,
    const struct casefile *c, bool *same, uint64_t *n, struct err *e);

#endif
