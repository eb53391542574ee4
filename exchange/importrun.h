/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Taking a file of observations into a store: all under one seal, or nothing.
 * A reference not seen before opens a case.  What the store knows already is
 * passed over, so that the same file given twice adds nothing.
 */
#ifndef HEARKEN_EXCHANGE_IMPORTRUN_H
#define HEARKEN_EXCHANGE_IMPORTRUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"
#include "core/instrument.h"
#include "core/str.h"
#include "db/store.h"
#include "exchange/observations.h"
#include "exchange/rejects.h"
#include "exchange/screenrun.h"
#include "exchange/source.h"

/* What a return whose rows name their agencies does to one of them. */
struct importrun_agency {
	char name[121];
	uint64_t rows, added, struck;
	uint64_t others;	/* struck, and another sender had brought it */
	uint64_t refused;	/* rows that would have struck such */
	bool sends;		/* the agency sends returns of its own */
};

struct importrun_opts {
	const struct instrument *instrument;	/* one that the store has */
	struct csv_opts csv;	/* lenient is set when there are rejects */
	int32_t today;		/* a later date is a fault */
	uint64_t seed;
	const char *agency;	/* of rows that name none; NULL: none */
	/*
	 * Evidence of rows in the wide form that give none: "As recorded in
	 * <file> by <agency>".
	 */
	const char *file;
	struct rejects *rejects;	/* NULL: the first bad row ends it */
	progress_fn progress;	/* may be NULL */
	void *progress_ctx;
	/*
	 * A return of an agency, read by its mapping: hash is that of the
	 * file's bytes (exchange/hashed.h).  Evidence that is not given is
	 * then "As recorded in the return of <agency>", the same whatever
	 * the file is called.
	 */
	const struct mapping *mapping;	/* NULL: none */
	const char *hash;
	bool dry;	/* all is tried, and nothing is kept */
	/* Each bad row, which does not end it then; may be NULL. */
	void (*fault)(const char *text, void *ctx);
	/* A row of an earlier return that did not come back; may be NULL. */
	void (*vanished)(const char *row, void *ctx);
	/* Each agency of such a return, at the end; may be NULL. */
	void (*agency_done)(const struct importrun_agency *a, void *ctx);
	void *ctx;	/* of these three */
	/*
	 * Somebody said that a return may strike what another sender's return
	 * brought, and that a file may come again as another agency's.
	 */
	bool overrule;
	const char *overrule_how;	/* "--overrule"; NULL: it cannot be */
};

struct importrun_totals {
	uint64_t rows, bad;
	uint64_t added;		/* observations */
	uint64_t known;		/* observations that were in the store */
	uint64_t not_asked;	/* cells that say so, which add nothing */
	uint64_t passed;	/* rows that the mapping passes over */
	uint64_t struck;	/* observations that came back otherwise */
	uint64_t vanished;	/* observations whose rows did not come back */
	size_t children, opened;
	size_t named;		/* new cases that got a name, and an agency */
	bool already;		/* a return that was taken in before */
	uint64_t others;	/* of those struck, brought by other senders */
	uint64_t refused;	/* rows that would strike such, and may not */
	uint64_t left;		/* rows that a later return says otherwise */
	bool again;		/* the file came before, and then: */
	int64_t before_at;
	uint64_t before_rows, before_bad;
	/* The file came before as another agency's; "": it did not. */
	char other_agency[121];
	int64_t other_at;
	size_t filled;		/* cases that had no name and got one */
	size_t births_left;	/* new cases whose birth had no name beside it */
};

/*
 * RC_OK: all good rows are in the store and on the disk, or would be.  Any
 * failure: the store is as it was.  RC_EXISTS: this return was taken in
 * before and has nothing new; rejects are written all the same.
 */
NODISCARD enum rc importrun(struct store *s, struct source *src,
    const struct importrun_opts *opts, struct importrun_totals *totals,
    struct err *e);

/*
 * What became of a file that had come before, of totals with `again': "12
 * rows were taken in then; 3 that were refused then are taken now".  Appends.
 */
void importrun_again(const struct importrun_totals *t, struct str *out);

#endif
