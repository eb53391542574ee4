/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inside of the list of joined children, for joinedscreen.c and
 * joinedchild.c only.
 */
#ifndef HEARKEN_TUI_JOINEDSCREEN_IMPL_H
#define HEARKEN_TUI_JOINEDSCREEN_IMPL_H

#include "core/joinedlist.h"
#include "tui/collation.h"

struct joinedscreen {
	struct pane base;
	struct joined_opts o;
	struct collation_data data;
	struct joined_list list;
	struct window_ask ask;
	struct scroll scroll;
	struct err fault;
	size_t begin;
	bool loaded;
};

void joinedscreen_load(struct joinedscreen *j, struct app *app);
/* "K-1, Invented High School/7". */
void joined_references(const struct collation_data *d, const uint32_t *cases,
    size_t n, struct str *out);
/* "2 to 4 of 31 children": without and with the pairs that wait. */
void joined_counted(const struct joined_list *l, struct str *out);
/* "Potential", "Potential to High". */
void joined_levels(const struct instrument *in, const struct joined_entry *r,
    struct str *out);
/* One child whole, over the list, which it borrows. */
void joinedchild_open(struct joinedscreen *j, struct app *app,
    const struct joined_entry *r);

#endif
