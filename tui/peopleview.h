/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The young person on the page "People": each field as label and value, what
 * is not recorded, and values that stand side by side in columns.
 */
#ifndef HEARKEN_TUI_PEOPLEVIEW_H
#define HEARKEN_TUI_PEOPLEVIEW_H

#include "tui/recordpane.h"

/* Adds the heading and the rows of the young person. */
void people_child(struct recordpane *k);

/* A line of label and value below a row; in a narrow pane one after the other. */
void people_field(struct recordpane *k, enum style s, const char *label,
    const char *value);

#endif
