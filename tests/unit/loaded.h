/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instruments for tests: from a file of the source tree, or from text. */
#ifndef HEARKEN_TESTS_UNIT_LOADED_H
#define HEARKEN_TESTS_UNIT_LOADED_H

#include "core/instrument.h"

/* Returns owned the text of a file named from the top of the source tree. */
char *load_text(const char *name);
/* Returns owned the instrument; the test fails with every fault of it. */
struct instrument *load_instrument(const char *name);
struct instrument *instrument_of_text(const char *text);
/* Index of an item that must be there. */
unsigned item_of(const struct instrument *in, const char *id);

#endif
