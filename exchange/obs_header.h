/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The header of a file of observations: which column is what.
 */
#ifndef HEARKEN_EXCHANGE_OBS_HEADER_H
#define HEARKEN_EXCHANGE_OBS_HEADER_H

#include "exchange/observations.h"

#define NO_COLUMN UINT32_MAX

struct obs_header {
	enum obs_form form;
	uint32_t column[OBS_FIELDS];	/* or NO_COLUMN */
	struct obs_mark items[ITEMS_MAX];	/* of the wide form */
	size_t nitems;
	bool rejected;	/* a file of rejected rows, formulas defused */
};

NODISCARD enum rc obs_header_read(const struct csv *c,
    const struct obs_opts *opts, struct obs_header *h, struct err *e);

/*
 * "; did you mean B1 (missing from home or care)?" or, when nothing is near,
 * "; expected one of A1 to B14" into out.
 */
void obs_suggest(const struct instrument *in, const char *s, size_t n,
    char *out, size_t room);
/* "B1", or "B1 missing from home": NO_ITEM when it does not begin so. */
uint32_t obs_item_of(const struct instrument *in, const char *header);
/* The item that s is nearly the id of, or part of the label of. */
uint32_t obs_item_like(const struct instrument *in, const char *s, size_t n);
/* What people put into a table of ticks: "yes", "x", "0", "?". */
bool obs_tick(const char *s, size_t n, enum answer *a);
/* s in quotes for a message: at most 40 bytes, cut between characters. */
#define OBS_QUOTE_MAX 64u
void obs_quote(const char *s, size_t n, char out[OBS_QUOTE_MAX]);

#endif
