/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pages of a case: the work (checklist, risk, notes) and those of
 * casepages.def, one of them in sight under a strip that names them all.
 * A page is a pane made on the working state of the case.
 */
#ifndef HEARKEN_TUI_CASEPAGES_H
#define HEARKEN_TUI_CASEPAGES_H

#include "tui/casehost.h"
#include "tui/casework.h"
#include "tui/pane.h"

enum case_page {
	CASE_PAGE_WORK,
#define PAGE(id, title, make, refresh) CASE_PAGE_##id,
#include "tui/casepages.def"
#undef PAGE
	CASE_PAGES
};

/* Borrows both for the life of the pane. */
typedef struct pane *(*case_page_fn)(struct casework *w,
    const struct case_host *host);
#define PAGE(id, title, make, refresh) \
	struct pane *make(struct casework *w, const struct case_host *host);
#include "tui/casepages.def"
#undef PAGE

struct case_pages {
	struct pane *panes[CASE_PAGES];	/* owned */
	enum case_page at;
};

/* Takes work, the first page, which its maker keeps fresh. */
void case_pages_init(struct case_pages *p, struct pane *work,
    struct casework *w, const struct case_host *host);
void case_pages_release(struct case_pages *p);

struct pane *case_pages_now(const struct case_pages *p);
/* Fills the page in sight anew: the case, or what is kept of it, is another. */
void case_pages_refresh(struct case_pages *p);
/*
 * True if the action is a page of its own, which is then in sight, or Tab in
 * one beside the work.
 */
bool case_pages_act(struct case_pages *p, enum action a);
/* w and h of the room below the head, strip included. */
void case_pages_resize(struct case_pages *p, int w, int h);
/* Draws the strip, if there is room for it, and the page. */
void case_pages_draw(const struct case_pages *p, const struct view *v,
    bool focused);
/* "People"; "" for the work. */
const char *case_pages_title(const struct case_pages *p);

#endif
