/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The returns that were taken in before, as the one at hand is seen beside
 * them: which are of the same sender, which is of the same file, which came
 * later.  The sender of a return is the agency whose it is as a whole; one
 * whose rows name their agencies in a column has the mapping for a sender,
 * by its id.  Used by takein.c alone.
 */
#ifndef HEARKEN_EXCHANGE_TAKEIN_BEFORE_H
#define HEARKEN_EXCHANGE_TAKEIN_BEFORE_H

#include "exchange/importrun.h"

#define SEVERAL "several agencies"

/* One of them; texts are owned. */
struct past {
	uint64_t file;		/* returned_file() of its hash */
	char *agency, *mapping;	/* the mapping's id; "": the agency */
	int64_t at;
	uint64_t rows, bad;
	bool ours;		/* of the sender at hand */
	bool same;		/* of the file at hand */
	bool same_mapping;
	bool later;		/* came after the file at hand did first */
};

struct before {
	struct past *list;	/* the latest first */
	size_t n, cap;
	size_t *by_file;	/* their places, by file */
	bool several;		/* the one at hand names agencies by row */
	const char *agency;	/* else whose it is; "" when not known */
};

/* out is released by before_release whatever is returned. */
NODISCARD enum rc before_read(struct store *s,
    const struct importrun_opts *opts, struct before *out, struct err *e);
void before_release(struct before *b);
/* True if rows of the one at hand may have come before. */
bool before_any(const struct before *b);
/* The latest of this file and sender; NULL: none. */
const struct past *before_same(const struct before *b);
/* The latest of this file that another agency sent; NULL: none. */
const struct past *before_other(const struct before *b);
/* True if what came in the file is the sender's own to correct. */
bool before_ours(const struct before *b, uint64_t file);
/* True if a return of that file came after the file at hand did first. */
bool before_later(const struct before *b, uint64_t file);
/* True if the agency sends returns of its own. */
bool before_sends(const struct before *b, const char *agency);
/* "sent by Invented School", "read by the mapping hub", "of another store". */
void before_sender(const struct before *b, uint64_t file, char *out,
    size_t room);

#endif
