/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the words of `hearken link` share, one file each: the cases of the
 * store compared by a model.
 */
#ifndef HEARKEN_CLI_LINK_H
#define HEARKEN_CLI_LINK_H

#include "cli/command.h"
#include "db/links.h"

struct linking {
	const struct call *c;	/* args[0] is the word, args[1] the store */
	struct store *s;
	struct link_names *names;
	struct link_model *model;
	struct linkage l;	/* run */
};

/* How many pairs have a verdict. */
size_t link_count(const struct linking *k, enum link_verdict v);
/* What links a record to its child: "model", "person", "" before it is signed. */
const char *link_by(const struct linking *k, uint32_t record);

NODISCARD enum rc link_run_words(const struct linking *k, bool *attention,
    struct err *e);
NODISCARD enum rc link_list(const struct linking *k, bool *attention,
    struct err *e);
NODISCARD enum rc link_train(const struct linking *k, bool *attention,
    struct err *e);

#endif
