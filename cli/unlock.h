/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Getting a passphrase and opening a store for a command.  The passphrase
 * comes from the terminal without echo or from --passphrase-fd, and is only
 * ever held in a struct secret.
 */
#ifndef HEARKEN_CLI_UNLOCK_H
#define HEARKEN_CLI_UNLOCK_H

#include "cli/command.h"
#include "core/secret.h"

/* The options of every command that opens a store. */
#define UNLOCK_OPTIONS \
	{"user", "NAME", "whose passphrase it is; needed when there are several"}, \
	{"passphrase-fd", "N", "read the passphrase from descriptor N, to the end of its line"}

/*
 * Reads the passphrase that c's options or the terminal give.  prompt is
 * shown on the terminal.  *out is released by the caller.
 */
NODISCARD enum rc passphrase_read(const struct call *c, const char *prompt,
    struct secret *out, struct err *e);

/*
 * Opens path with the user and passphrase of the call.  A passphrase that
 * somebody else gave opens nothing until it is changed: RC_REFUSED.
 */
NODISCARD enum rc unlock_store(const struct call *c, const char *path,
    struct store **out, struct err *e);
/* The same; pass is the caller's to release when RC_OK. */
NODISCARD enum rc unlock_store_keep(const struct call *c, const char *path,
    struct secret *pass, struct store **out, struct err *e);

/* The same, also with a passphrase that has to be changed. */
NODISCARD enum rc unlock_store_given(const struct call *c, const char *path,
    struct secret *pass, struct store **out, struct err *e);

#endif
