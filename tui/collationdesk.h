/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the screens of collation share in one run; for collationsource.c,
 * collationdesk.c and collationrun.c only.
 */
#ifndef HEARKEN_TUI_COLLATIONDESK_H
#define HEARKEN_TUI_COLLATIONDESK_H

#include "tui/collation.h"
#include "tui/session.h"

struct collation_desk {
	struct session *s;		/* borrowed */
	struct population *population;	/* owned; NULL: none */
	char *standards;		/* owned; NULL: none */
	json_t *extra;			/* owned; NULL: none */
	struct str choice;		/* completion, borrowed by the prompt */
	bool looked;			/* for what reports need */
	bool noted;			/* that the joined cases were seen */
	const struct report_def *told;	/* whose rows about children were */
};

/* Borrows s. */
struct collation_desk *collation_desk_new(struct session *s);
void collation_desk_free(struct collation_desk *d);
struct collation_source collation_source_desk(struct collation_desk *d);

/* The parts of the source that reports and returns need. */
enum rc collationdesk_returns(void *ctx, return_fn fn, void *fnctx,
    struct err *e);
void collationdesk_needs(void *ctx, const struct collation_wish *w,
    struct report_needs *out);
enum rc collationdesk_write(void *ctx, const struct collation_write *w,
    struct err *e);

#endif
