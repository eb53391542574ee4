/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * People of other stores: whose entries count here, as what and since when;
 * those who are only named in a bundle, and those whose trust has ended,
 * stand below.  One's own card, and the cards of others, go through here.
 */
#ifndef HEARKEN_TUI_ELSEWHERE_H
#define HEARKEN_TUI_ELSEWHERE_H

#include "tui/abroad.h"
#include "tui/pane.h"

struct elsewhere_opts {
	struct abroad_source source;
};

struct pane *elsewhere_new(const struct elsewhere_opts *o);

#endif
