/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Asking a person for a line: from the terminal, without echo unless it may
 * be seen, or from a descriptor that an option names.  What is read is only
 * ever held in a struct secret.
 */
#ifndef HEARKEN_CLI_ASK_H
#define HEARKEN_CLI_ASK_H

#include <stdbool.h>

#include "cli/command.h"
#include "core/secret.h"

#define ASK_MAX 1024

struct question {
	const char *prompt;
	const char *what;	/* "the passphrase" */
	const char *instead;	/* what to do where there is no terminal */
	bool shown;		/* what is typed may be seen */
};

/* Reads a line into out, which has room. */
NODISCARD enum rc ask_terminal(const struct question *q, struct secret *out,
    struct err *e);
/* Reads a line from the descriptor that is the value of the option. */
NODISCARD enum rc ask_descriptor(const struct call *c, const char *option,
    struct secret *out, struct err *e);

/*
 * Reads a passphrase that is to be somebody's, from the descriptor of the
 * option when it is given, else twice from the terminal.  Its strength is
 * checked.  *out is made here and released by the caller.
 */
NODISCARD enum rc ask_new_passphrase(const struct call *c,
    const char *option, const char *prompt, struct secret *out,
    struct err *e);

/*
 * RC_OK when --yes was given or the person types `want`, shown as typed;
 * RC_CANCELLED when they type anything else.
 */
NODISCARD enum rc ask_to_confirm(const struct call *c, const char *prompt,
    const char *want, struct err *e);

#endif
