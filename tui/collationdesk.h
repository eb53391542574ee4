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
	struct err unpeopled;		/* why there is no population */
	struct err unruled;		/* why there are no standards */
	json_t *extra;			/* owned; NULL: none */
	struct str choice;		/* completion, borrowed by the prompt */
	bool looked;			/* for what reports need */
	bool noted;			/* that the joined cases were seen */
};

/* Borrows s. */
struct collation_desk *collation_desk_new(struct session *s);
void collation_desk_free(struct collation_desk *d);
struct collation_source collation_source_desk(struct collation_desk *d);

/* The parts of the source that reports and returns need. */
enum rc collationdesk_returns(void *ctx, return_fn fn, void *fnctx,
    struct err *e);
enum rc collationdesk_needs(void *ctx, const struct collation_wish *w,
    struct report_needs *out, struct err *e);
enum rc collationdesk_may_tell(void *ctx, struct err *e);
enum rc collationdesk_tell(void *ctx, const struct collation_telling *t,
    struct err *e);
enum rc collationdesk_population(void *ctx, const char *path, struct err *e);
bool collationdesk_path(void *ctx, const char *text, size_t i,
    struct str *out);
enum rc collationdesk_write(void *ctx, const struct collation_write *w,
    struct err *e);

#endif
