/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words of a command that does several things: `hearken card show STORE`.
 * One table a command; who calls a word wrongly is told by it.
 */
#ifndef HEARKEN_CLI_VERB_H
#define HEARKEN_CLI_VERB_H

#include "cli/command.h"

struct verb {
	const char *name;	/* the first operand; NULL ends the table */
	const char *takes;	/* the operands after it: "STORE NAME" */
	size_t least, most;	/* how many operands, the word included */
	/* " format json ": all it knows beside those that unlock a store. */
	const char *options;
	/* For verb_run: s is the store, open, or NULL in a word without one. */
	enum rc (*run)(const struct call *c, struct store *s, bool *attention,
	    struct err *e);
	bool storeless;		/* it opens no store, or does so by itself */
};

/*
 * Finds the word of a call: *which is its place in verbs.  RC_USAGE for an
 * unknown word, for too few or too many operands, and for an option that the
 * word would pass over in silence.
 */
NODISCARD enum rc verb_find(const struct call *c, const struct verb *verbs,
    size_t *which, struct err *e);

/* Finds it, unlocks the store (its second operand), and runs it. */
NODISCARD enum rc verb_run(const struct call *c, const struct verb *verbs,
    bool *attention, struct err *e);

#endif
