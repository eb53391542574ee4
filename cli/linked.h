/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which cases of a store are of one child, for commands that count children:
 * by the names and the model of the content folder and by what people have
 * decided.
 */
#ifndef HEARKEN_CLI_LINKED_H
#define HEARKEN_CLI_LINKED_H

#include "cli/command.h"
#include "db/links.h"

/*
 * Reads the cases and links them.  Without a model in the content folder *any
 * is false, each case is a child of its own, and stderr says so.  Released
 * with linked_release, also after a failure.
 */
NODISCARD enum rc linked_load(const struct call *c, struct store *s,
    struct linkage *out, bool *any, struct err *e);
void linked_release(struct linkage *l);

#endif
