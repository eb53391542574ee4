/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A filter given on the command line, with an error that points at the place.
 */
#ifndef HEARKEN_CLI_FILTER_H
#define HEARKEN_CLI_FILTER_H

#include "cli/command.h"
#include "core/query.h"

/* *out owned: what is kept as NAME for "@NAME", else expr itself. */
NODISCARD enum rc filter_expand(struct store *s, const char *expr,
    char **out, struct err *e);
NODISCARD enum rc filter_read(const struct call *c, const struct store *s,
    const char *expr, struct query *out, struct err *e);
/* Puts the place of a fault, `at` bytes into expr, before the message. */
void filter_place(const char *expr, size_t at, struct err *e);

#endif
