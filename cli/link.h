/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the words of `hearken link` share, one file each: the cases of the
 * store compared by a model.
 */
#ifndef HEARKEN_CLI_LINK_H
#define HEARKEN_CLI_LINK_H

#include <jansson.h>

#include "cli/command.h"
#include "cli/format.h"
#include "db/links.h"
#include "exchange/out.h"

struct linking {
	const struct call *c;	/* args[0] is the word, args[1] the store */
	struct store *s;
	struct link_names *names;
	struct link_model *model;
	struct linkage l;	/* run */
};

/* How many pairs have a verdict. */
size_t link_count(const struct linking *k, enum link_verdict v);
/* A list that is being written. */
struct listing {
	const struct linking *k;
	enum format format;
	struct out out;
	json_t *json;
	size_t n;
};

/* link_ask.c: the pairs that wait for a person. */
void link_list_pairs(struct listing *l);

NODISCARD enum rc link_run_words(const struct linking *k, bool *attention,
    struct err *e);
NODISCARD enum rc link_list(const struct linking *k, bool *attention,
    struct err *e);
NODISCARD enum rc link_train(const struct linking *k, bool *attention,
    struct err *e);

#endif
