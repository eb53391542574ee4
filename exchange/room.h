/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Room in memory, asked for before a library is called that ends the program
 * when it gets none.  What there is now may still be gone then; but a person
 * is nearly always told instead.
 */
#ifndef HEARKEN_EXCHANGE_ROOM_H
#define HEARKEN_EXCHANGE_ROOM_H

#include <stddef.h>

#include "core/err.h"

/* RC_NOMEM unless n bytes and some MiB more could be had; what: "the pages". */
NODISCARD enum rc room_ask(size_t n, const char *what, struct err *e);

#endif
