/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of the case screen, for casescreen.c, casehost.c and casesign.c.
 */
#ifndef HEARKEN_TUI_CASESCREEN_IMPL_H
#define HEARKEN_TUI_CASESCREEN_IMPL_H

#include "tui/caseforms.h"
#include "tui/casehost.h"
#include "tui/casepages.h"
#include "tui/casescreen.h"
#include "tui/writemenu.h"

enum { PANE_CHECKLIST, PANE_RISK, PANE_NOTES, PANES };

struct casescreen {
	struct pane base;
	struct case_screen_opts o;
	struct casework w;
	struct caseforms forms;
	struct case_host host;
	struct write_menu menu;
	struct pane *panes[PANES], *group;	/* the group owns the panes */
	struct case_pages pages;	/* the group is the first of them */
	unsigned stamp;		/* of casework, as the panes show it */
	size_t restored;	/* pending entries that came back */
	int w_now, h_now;	/* size of the whole screen */
	bool greeted;
	enum action then;	/* to go on with, once there are own words */
	bool sign_next;		/* a referral was kept: it is signed at once */
	const char *discarding;	/* kind of the form that is asked about */
	char go_to[128];	/* reference of a case to open instead; "" */
	char discarding_what[2 * ENTRY_ID_LEN + 1];
	bool show_referral;	/* it was signed: show its deadlines */
	struct case_queue queue;	/* words NULL: opened by none */
	bool back;		/* to the queue, once the decision is made */
};

/* casescreen.c */
/* Fills all panes anew. */
void case_refresh(struct casescreen *s);

/* casehost.c */
struct case_host case_host_of(struct casescreen *s);
/* True if the role writes this kind; else it is told. */
bool case_may_write(const struct casescreen *s, struct app *app,
    const char *kind);
/* True if the child's own words are asked for first; a is done after. */
bool case_voice_first(struct casescreen *s, struct app *app, enum action a);
/* The form of a new entry; of one that belongs to a signed one.  ctx is s. */
void case_write(void *ctx, struct app *app, const char *kind);
void case_write_about(void *ctx, struct app *app, const char *kind,
    const struct record *r);

/* casesign.c */
/* Shows what is about to be signed, or where something is missing. */
void case_sign(struct casescreen *s, struct app *app);
/* The referral that was just signed, with its deadlines. */
void case_show_referral(struct casescreen *s, struct app *app);

#endif
