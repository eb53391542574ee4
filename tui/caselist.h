/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The list of cases: the most urgent first, filtered, searched as one types.
 * Reads through a source and fetches only the rows that are visible and a
 * page on either side, so that a hundred thousand cases open as fast as ten.
 */
#ifndef HEARKEN_TUI_CASELIST_H
#define HEARKEN_TUI_CASELIST_H

#include <stdbool.h>
#include <stddef.h>

#include "core/entry.h"
#include "tui/caserows.h"
#include "tui/notices.h"
#include "tui/pane.h"
#include "tui/savedfilters.h"

struct caselist_opts {
	struct case_source source;
	const char *filter;	/* to begin with; NULL for none */
	size_t at;		/* row to begin with */
	bool may_create;	/* whoever sits here may open cases */
	const char *no_create;	/* why not; NULL: their role */
	void *ctx;
	void (*open)(void *ctx, struct app *app, const struct case_id *id);
	/* At an entry that a search found; NULL: as open. */
	void (*open_at)(void *ctx, struct app *app, const struct case_id *id,
	    const struct entry_id *entry);
	void (*create)(void *ctx, struct app *app);
	/* Shows what is due in all cases; may be NULL. */
	void (*due)(void *ctx, struct app *app);
	/* Shows the review queue; may be NULL. */
	void (*queue)(void *ctx, struct app *app);
	/* Shows what agencies sent, joined; may be NULL. */
	void (*collation)(void *ctx, struct app *app);
	struct saved_filters saved;	/* if there are any to be */
	bool has_saved;
	/* Shows the people who have access; may be NULL. */
	void (*users)(void *ctx, struct app *app);
	/* Shows the bundles that came and left; may be NULL. */
	void (*bundles)(void *ctx, struct app *app);
	/*
	 * A search was used: Enter, a result opened, or left after results
	 * were seen.  Its final words, and how many cases were shown; app is
	 * NULL when the program ends.  False: it could not be noted, and
	 * what was found goes.  May be NULL.
	 */
	bool (*searched)(void *ctx, struct app *app, const char *words,
	    size_t n);
	/*
	 * What to say above the list, asked for when it is entered; borrowed
	 * until it is entered again.  May be NULL.
	 */
	struct notices *(*notices)(void *ctx);
	/* The filter or the selected row is another; may be NULL. */
	void (*moved)(void *ctx, const char *filter, size_t at);
};

struct pane *caselist_new(const struct caselist_opts *o);
/* As if it was typed at the filter prompt; "" clears it, "@NAME" is kept. */
void caselist_filter(struct pane *list, struct app *app, const char *text);
/* Keeps the filter that is on under a name; asks for it when it is "". */
void caselist_save_filter(struct pane *list, struct app *app,
    const char *name);

#endif
