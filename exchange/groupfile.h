/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the learners of a group answered, from a file:
 *
 *	learner,item,state[,stage][,round]	one answer a row
 *
 * Columns come in any order and their names in any case; a learner may also
 * be called rater, participant, person, name or number, an item also
 * indicator, sign or question, a state also answer, rating, value or code.
 * Further columns are passed over.  A state is one of the five words of
 * core/answers.h, or its first letter (n: not known); a cell that is empty or
 * says NA, N/A, "." or "-" is no answer.  A stage is the id of one of the
 * study, or its number from 1; a round 1 or 2.
 *
 * Knows nothing of what has been answered or revealed before, nor which
 * stages the group has reached: the caller decides what of it to take.
 */
#ifndef HEARKEN_EXCHANGE_GROUPFILE_H
#define HEARKEN_EXCHANGE_GROUPFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/answers.h"
#include "core/err.h"
#include "core/groupwork.h"
#include "exchange/csv.h"
#include "exchange/source.h"

#define GROUPFILE_NAME_MAX 80u	/* bytes */

struct groupfile_opts {
	const struct walk *w;	/* its study and instrument are looked at */
	uint32_t stage;		/* for rows that name none */
	unsigned round;		/* the same; 1 is the first */
	struct csv_opts csv;	/* lenient is not looked at */
};

/* What one learner answered to a stage in a round; all live for the call. */
struct groupfile_answers {
	const char *learner;
	uint32_t stage;		/* index in the study */
	unsigned round;
	const struct answers *answers;
	const struct itemset *given;	/* never empty */
};

/* Anything but RC_OK stops, and is what groupfile_read() returns. */
typedef enum rc (*groupfile_fn)(void *ctx,
    const struct groupfile_answers *a, struct err *e);

struct groupfile_sink {
	groupfile_fn fn;
	void *ctx;
};

/*
 * Reads src to its end and only then calls the sink, once for each learner,
 * stage and round, in the order in which they first came.  RC_INPUT with row,
 * column, value and what was expected: then nothing was called.
 */
NODISCARD enum rc groupfile_read(struct source *src,
    const struct groupfile_opts *opts, const struct groupfile_sink *to,
    struct err *e);

#endif
