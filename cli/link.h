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

/* link_ask.c: the pairs that wait for a person; only: for that reason, or 0. */
void link_list_pairs(struct listing *l, unsigned only);
/* RC_USAGE when --reason is none of theirs; 0 without it. */
NODISCARD enum rc link_read_reason(const struct call *c, unsigned *only,
    struct err *e);
/* Says that not all pairs were compared, if so: to say() or tell(). */
void link_say_divided(const struct linking *k,
    void (*put)(const char *fmt, ...));

NODISCARD enum rc link_run_words(const struct linking *k, bool *attention,
    struct err *e);
NODISCARD enum rc link_list(const struct linking *k, bool *attention,
    struct err *e);
NODISCARD enum rc link_train(const struct linking *k, bool *attention,
    struct err *e);

#endif
