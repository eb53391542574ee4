/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the risk pane says, as plain values: the level and why, what it could
 * be, the human judgement beside it, what is due.  Made from casework here;
 * a test makes its own.  Pure.
 */
#ifndef HEARKEN_TUI_RISKVIEW_H
#define HEARKEN_TUI_RISKVIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "core/recordwords.h"
#include "tui/casework.h"
#include "tui/style.h"

struct texts {
	char **s;		/* owned */
	size_t n, cap;
};

struct risk_reason {
	char *words;		/* the rule and its operands */
	char *because;		/* "" for none */
	char *source;
};

/* All strings owned; NULL where there is nothing to say. */
struct risk_view {
	char *label;		/* the level in words */
	enum style style;
	char *action;
	bool unscored;		/* a memory aid: no level, no rules */
	char *joined;		/* with the child's other cases; NULL: none */
	bool joined_warns;	/* the level is higher then, or not known */
	unsigned vulnerabilities, signs, suspected;
	unsigned not_known, not_asked, listed;
	struct risk_reason *reasons;
	size_t nreasons, capreasons;
	char *could_be;		/* NULL: what is not known changes nothing */
	struct texts changes;	/* the fewest answers that would change it */
	char *judgement;
	char *judgement_reason;
	char *lowering;		/* a lower level that was asked for */
	char *returned;		/* who gave it back, and why */
	char *questions;	/* that are to be answered then */
	const char *answer_how;	/* a literal */
	char *flagged;		/* that a supervisor should look, and why */
	char *reviewed;		/* what a second person decided */
	char *first, *second;	/* two looks, beside each other */
	bool looks_differ;
	bool looks_hold;	/* one of the two sets the level */
	bool blind;		/* what was decided first is hidden */
	char *stale;		/* the answers are others than at the screening */
	char *review;
	char *due;		/* the next deadline */
	char *no_clock;		/* a referral is asked for; no clock runs */
	char *due_how;		/* how it was counted */
	char *pattern;		/* of missing episodes, not answered yet */
	char *voice;
	char *age;
	struct texts conflicts;
	size_t pending;		/* not signed yet, counted all the same */
	/* A session of a case study: no clocks, no judgement before $. */
	bool session;
};

void risk_view_fill(struct risk_view *r, const struct casework *w);
void risk_view_release(struct risk_view *r);

#endif
