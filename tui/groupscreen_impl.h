/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of a group's session, for the files of tui/group*.c only. */
#ifndef HEARKEN_TUI_GROUPSCREEN_IMPL_H
#define HEARKEN_TUI_GROUPSCREEN_IMPL_H

#include "tui/groupscreen.h"
#include "tui/lines.h"

/* The session as it was read last. */
struct group_loaded {
	struct casefile c;
	struct walk w;
	struct groupwork g;
};

/* Of a line that is a bar: how many columns each state takes. */
struct group_bar {
	size_t line;
	int x;
	int len[ANSWER_STATES];
};

/* What is shown of a stage that was revealed. */
struct group_result {
	struct group_spread *first, *second;	/* second: NULL before it */
	size_t nfirst, nsecond;
	struct agree_result alpha, percent;	/* of the latest round */
	size_t levels, n;			/* right; learners */
};

struct groupscreen {
	struct pane base;
	struct group_door door;
	struct case_id id;
	struct group_loaded *now;
	struct group_result result;
	bool second;		/* the second round was asked for */
	bool asked;		/* that some have not answered was said */
	struct str half;	/* names of half-filled sheets, ", " between */
	uint32_t chosen;	/* of the choices of the stage */
	char *told;		/* of what was collected; owned */
	char *choice;		/* completion, borrowed by the prompt */
	struct lines text;
	unsigned items[ITEMS_MAX];	/* of the rows */
	struct group_bar *bars;	size_t nbars, capbars;
	unsigned open;		/* item whose reason is shown, or NO_ITEM */
	int w, h;
};

/* The stage in hand and its round. */
uint32_t group_stage(const struct groupscreen *gs);
unsigned group_round(const struct groupscreen *gs);
bool group_revealed(const struct groupscreen *gs);
NODISCARD enum rc group_reload(struct groupscreen *gs, struct err *e);

/* Takes the draft.  False, and told, when it could not be signed. */
bool group_sign(struct groupscreen *gs, struct entry_draft d,
    struct app *app);
/* False, and told, for who may only look. */
bool group_may_write(const struct groupscreen *gs, struct app *app);

/* groupchoice.c */
void group_go_on(struct groupscreen *gs, struct app *app);

/* groupscreen_draw.c */
void group_fill(struct groupscreen *gs);
int group_top_rows(int h);
void group_draw(const struct pane *p, const struct view *v, bool focused);

/* groupcollect.c */
void group_collect(struct groupscreen *gs, struct app *app);
/* groupcompare.c */
void group_compare(struct groupscreen *gs, struct app *app);

#endif
