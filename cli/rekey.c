/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/print.h"
#include "cli/progress.h"
#include "cli/unlock.h"
#include "db/people.h"

static enum rc rekey_run(const struct call *c, bool *attention,
    struct err *e);

const struct command command_rekey = {
	.name = "rekey",
	.usage = "STORE --reason TEXT [--cipher NAME]",
	.summary = "encrypt the store anew under another key",
	.help = "Gives the store a new key, and another cipher when one is "
	    "named. Everybody keeps their passphrase. For when a copy of the "
	    "store and a passphrase may have been seen: what is written from "
	    "now on cannot be read with them.\n\n"
	    "A new file is written beside the store, read back page by page, "
	    "and takes the store's name in one step. It may be stopped or "
	    "killed at any time: then everything is as before. There has to "
	    "be room for a second copy meanwhile.\n\n"
	    "Copies and backups made before keep the old key, and open with "
	    "the passphrases of then. Write a new backup, then destroy "
	    "them.\n\n"
	    "Needs somebody who may let others in: a supervisor, an "
	    "administrator, or who made the store.",
	.options = (const struct option_def[]){
		{"reason", "TEXT", "why; it becomes an entry"},
		{"cipher", "NAME", "aegis-256 or chacha20; else as it was"},
		UNLOCK_OPTIONS,
		{NULL, NULL, NULL}
	},
	.min_args = 1,
	.max_args = 1,
	.paths = "w",
	.run = rekey_run,
};

static enum rc
rekey_run(const struct call *c, bool *attention, struct err *e)
{
	const char *reason = call_option(c, "reason");
	struct store *s = NULL;
	struct progress p;
	enum rc rc;

	(void)attention;
	if (reason == NULL)
		return err_set(e, RC_USAGE, "say why: --reason TEXT");
	rc = unlock_store(c, c->args[0], &s, e);
	if (rc != RC_OK)
		return rc;
	progress_begin(&p, "Encrypting anew");
	rc = store_rekey(s, call_option(c, "cipher"), reason, progress_tell,
	    &p, e);
	progress_end(&p);
	if (rc == RC_OK)
		say("%s has a new key (%s). Copies and backups made before "
		    "still open with the passphrases of then: write a new "
		    "backup, then destroy them.\n", c->args[0],
		    store_cipher(s));
	store_close(s);
	return rc;
}
