/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Screening a whole file: rows in, one result a child out, in the order in
 * which the children were first seen.  Memory grows with children and not
 * with rows.  Prints nothing (screenout.h writes the results down).
 */
#ifndef HEARKEN_EXCHANGE_SCREENRUN_H
#define HEARKEN_EXCHANGE_SCREENRUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/answers.h"
#include "core/err.h"
#include "core/instrument.h"
#include "core/screen.h"
#include "exchange/observations.h"
#include "exchange/rejects.h"
#include "exchange/source.h"

/* Called now and then while reading; all is 0 when not known. */
typedef void (*progress_fn)(uint64_t done, uint64_t all, void *ctx);

struct screenrun_opts {
	const struct instrument *instrument;
	struct csv_opts csv;	/* lenient is set when there are rejects */
	int32_t on;		/* screened as of this day ... */
	int32_t today;		/* ... which is not after this one */
	uint64_t seed;		/* of the table of children */
	struct rejects *rejects;	/* NULL: the first bad row ends it */
	const struct mapping *mapping;	/* of an agency's columns; or NULL */
	progress_fn progress;	/* may be NULL */
	void *progress_ctx;
};

struct screenrun_totals {
	uint64_t rows, bad;
	uint64_t later;		/* rows left out, dated after `on` */
	size_t children;
	size_t alike;		/* spellings of a child seen before */
	size_t memory;		/* bytes held */
};

struct screenrun;

/* Reads src to its end.  instrument is borrowed until screenrun_free. */
NODISCARD enum rc screenrun_read(struct source *src,
    const struct screenrun_opts *opts, struct screenrun **out,
    struct err *e);
void screenrun_free(struct screenrun *r);

const struct instrument *screenrun_instrument(const struct screenrun *r);
int32_t screenrun_on(const struct screenrun *r);
void screenrun_totals(const struct screenrun *r, struct screenrun_totals *t);
size_t screenrun_children(const struct screenrun *r);
const char *screenrun_child(const struct screenrun *r, size_t i);
/* The answers that the rows about the i-th child add up to. */
void screenrun_answers(const struct screenrun *r, size_t i,
    struct answers *out);

#endif
