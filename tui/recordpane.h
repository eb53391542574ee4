/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A list whose rows are entries of a case, or forms about to become some:
 * Enter opens, e puts right, x strikes, / finds.  What the rows are and what
 * they say is the fill of whoever makes one (notespane.c, the pages of
 * casepages.def); the keys are the same everywhere.
 */
#ifndef HEARKEN_TUI_RECORDPANE_H
#define HEARKEN_TUI_RECORDPANE_H

#include "core/str.h"
#include "tui/casehost.h"
#include "tui/casework.h"
#include "tui/lines.h"
#include "tui/pane.h"

struct record_row {
	const struct record *record;	/* of w->now, or NULL */
	const char *unfinished;		/* kind, or NULL */
	const char *adds;	/* of an empty group: the kind it is of, or NULL */
	char about[2 * ENTRY_ID_LEN + 1];	/* what of the unfinished; "" */
	const char *what;	/* for its page alone; borrowed, or NULL */
};

struct recordpane;

struct recordpane_type {
	const char *name;
	enum context context;
	const char *topic;
	const char *adds;	/* the kind that `a` writes; NULL: a note */
	/*
	 * Adds rows and lines to k->lines, which is empty, and sets k->title.
	 * Called at each change and when the selected row is another one.
	 */
	void (*fill)(struct recordpane *k);
	/* More lines under the first words of an entry; may be NULL. */
	void (*remark)(struct recordpane *k, const struct record *r);
	/*
	 * Keys of its own, asked before those of the list; false for what is
	 * none of its business.  May be NULL.
	 */
	bool (*act)(struct recordpane *k, const struct event *ev,
	    struct app *app);
	/* Whether a key of its own makes sense for the row in hand; NULL: yes. */
	bool (*can)(const struct recordpane *k, enum action a);
};

struct recordpane {
	struct pane base;
	const struct recordpane_type *type;
	struct casework *w;
	const struct case_host *host;
	struct lines lines;
	struct record_row *rows;
	size_t nrows, caprows;
	char title[64];
	size_t choice;		/* of a question that the page asks */
	struct str find;
};

/* Borrows all for its life. */
struct pane *recordpane_new(const struct recordpane_type *type,
    struct casework *w, const struct case_host *host);
void recordpane_refresh(struct pane *p);

/* ---- for fill ---- */

/* Begins a row: the lines that follow belong to r. */
void recordpane_row(struct recordpane *k, const struct record *r);
/*
 * The same with a word for the page's own act; without an entry (r NULL) only
 * that act does something with it.
 */
void recordpane_row_of(struct recordpane *k, const char *what,
    const struct record *r);
/*
 * A row with the title and the first words of r, cut to a line unless it is
 * the selected one; whether it is struck, replaced or not signed; who wrote
 * it, when it is selected.
 */
void recordpane_record(struct recordpane *k, const struct record *r);
/* "Reasons: ..." of an entry; nothing when it is empty.  One line, or whole. */
void recordpane_field(struct recordpane *k, const struct record *r,
    const char *name, int indent, bool whole);
/* A row that the page's own act fills: "+ Another action: Enter." */
void recordpane_writer(struct recordpane *k, const char *what,
    const char *text);
#define RECORDPANE_INDENT 4	/* of what stands under a title */
/* The last part of it: struck and why, remarks, replaced, who wrote it. */
void recordpane_foot(struct recordpane *k, const struct record *r);
/*
 * A row for each entry of these kinds (NULL at the end), the latest first.
 * Returns how many.
 */
size_t recordpane_kinds(struct recordpane *k, const char *const *kinds);
/*
 * What makes an entry doubtful, and that another version of it stands:
 * recordpane_record() says both.
 */
void recordpane_doubts(struct recordpane *k, const struct record *r);
/* Who wrote it and when, or that it is not signed. */
void recordpane_who(struct recordpane *k, const struct record *r);
/* A row for a group in which there is nothing yet: Enter and a write one. */
void recordpane_empty(struct recordpane *k, const char *adds,
    const char *text);
/* True if the row begun last is the selected one. */
bool recordpane_selected(const struct recordpane *k);
/* A heading between rows; it belongs to nobody. */
void recordpane_heading(struct recordpane *k, const char *text);
/* A row for each form of these kinds that was left unfinished; NULL: any. */
void recordpane_unfinished(struct recordpane *k, const char *const *kinds);

/* The row in hand, or NULL. */
const struct record_row *recordpane_at(const struct recordpane *k);
/* The same of any pane: NULL, too, when it is none of these. */
const struct record *recordpane_in_hand(const struct pane *p);
/* Brings the row of this entry in hand; false when there is none. */
bool recordpane_select(struct pane *p, const struct entry_id *id);

#endif
