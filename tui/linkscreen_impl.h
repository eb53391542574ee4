/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of the link review, for the files link*.c only.
 */
#ifndef HEARKEN_TUI_LINKSCREEN_IMPL_H
#define HEARKEN_TUI_LINKSCREEN_IMPL_H

#include "tui/linkscreen.h"

enum link_choose { CHOSE_NOTHING, CHOSE_SAME, CHOSE_APART };

/* A pair that waits for a person. */
struct linkitem {
	size_t pair;		/* of the result */
	enum link_choose chose;
	unsigned order;		/* of the choice, from 1 */
	bool answered;		/* its two children are parted over another */
};

/* By what a case is linked to the others of its child. */
enum link_how { HOW_NOT, HOW_UNSIGNED, HOW_MODEL, HOW_PERSON };

/* A case of a child that has several. */
struct linkrow {
	uint32_t record, child;
	enum link_how how;
	const struct link_basis *basis;	/* HOW_MODEL, HOW_PERSON */
	bool first;		/* of its child */
	bool marked;		/* to be parted */
};

struct linkscreen {
	struct pane base;
	struct linkscreen_opts o;
	const struct linkage *l;	/* borrowed; NULL: not read */
	const struct link_model *m;
	struct linkitem *items;	/* as link_ask_order() has them */
	size_t n, cap, at;
	unsigned only;		/* the main reason that is shown; 0: all */
	size_t decided;
	unsigned orders;
	size_t fresh;		/* links of the model that are no entry yet */
	struct linkrow *rows;
	size_t nrows, caprows, nchildren;
	struct scroll scroll;	/* of rows */
	int first;		/* field at the top, in a low window */
	bool children;		/* the list of children is shown */
	bool stale;
	struct err fault;
	int w, h;
};

/* The pair in hand; NULL when there is none. */
const struct link_pair *link_in_hand(const struct linkscreen *ls);
/* Both names of a case, "Ann Marsh"; "no name" when it has none. */
void link_name(const struct link_case *k, struct str *out);
/* Keeps what is decided as a draft; a fault is told. */
void link_keep(struct linkscreen *ls, struct app *app);
/* Fills rows from what was read. */
void link_rows_fill(struct linkscreen *ls);
/* Asks why, and parts the marked cases or the one in hand. */
void link_split_ask(struct linkscreen *ls, struct app *app);
/* The list of what is decided, before it is signed. */
void link_sign(struct linkscreen *ls, struct app *app);

/* linkqueue.c */
bool link_shows(const struct linkscreen *ls, size_t i);
/* How many are shown before that place; SIZE_MAX: in all. */
size_t link_shown(const struct linkscreen *ls, size_t before);
/* "that may be twins" */
const char *link_reason_words(unsigned why);
/* After a choice on an item: which others it answers, or no longer. */
void link_follow(struct linkscreen *ls, size_t at);
/* How many open pairs parting that one answers beside it. */
size_t link_others(const struct linkscreen *ls, size_t at);
/* Asks which reason is shown. */
void link_filter_ask(struct linkscreen *ls, struct app *app);
/* linkscreen.c: to the first that is shown. */
void link_first(struct linkscreen *ls);

/* linkdraft.c: what is decided as text, owned; and back. */
char *link_draft_text(const struct linkscreen *ls);
void link_draft_take(struct linkscreen *ls, const char *text);

/* linkscreen_draw.c */
void link_draw(const struct pane *p, const struct view *v, bool focused);
/* Rows of the list of children that fit. */
int link_list_rows(const struct linkscreen *ls);
/* How many fields there are to see, and how many fit. */
int link_field_rows(const struct linkscreen *ls);
int link_field_room(const struct linkscreen *ls);
/* Why a person is asked, whole and in plain words. */
void link_why(const struct linkage *l, const struct link_pair *p,
    struct str *out);
/* "the model, 2026-11-22"; what linked a case to the others. */
void link_how_words(const struct linkscreen *ls, const struct linkrow *r,
    struct str *out);

#endif
