/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words of `hearken card`, one function each; the table of them is in
 * card.c.
 */
#ifndef HEARKEN_CLI_CARD_H
#define HEARKEN_CLI_CARD_H

#include "cli/command.h"

NODISCARD enum rc card_show(const struct call *c, struct store *s,
    bool *attention, struct err *e);
NODISCARD enum rc card_take(const struct call *c, struct store *s,
    bool *attention, struct err *e);
NODISCARD enum rc card_list(const struct call *c, struct store *s,
    bool *attention, struct err *e);
NODISCARD enum rc card_end(const struct call *c, struct store *s,
    bool *attention, struct err *e);

#endif
