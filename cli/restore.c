/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <inttypes.h>

#include "cli/host.h"
#include "cli/print.h"
#include "cli/progress.h"
#include "cli/unlock.h"
#include "db/backup.h"

static enum rc restore_run(const struct call *c, bool *attention,
    struct err *e);

const struct command command_restore = {
	.name = "restore",
	.usage = "BACKUP STORE",
	.summary = "make a store from a backup, in a new place",
	.help = "Copies the backup to STORE, which must not exist, verifies "
	    "every page, hash, chain and signature of the copy, writes the "
	    "entry that says so, and only then gives it its name. The backup "
	    "is read and never changed; it may lie on a disk that cannot be "
	    "written.\n\n"
	    "It opens with the passphrases that people had when the backup was "
	    "written. If this machine knows of later entries, opening the "
	    "store says so until somebody accepts the older state: \"hearken "
	    "verify --accept-older REASON STORE\". Do not work in the restored "
	    "store and the old one side by side: they would part.",
	.options = (const struct option_def[]){
		UNLOCK_OPTIONS,
		{NULL, NULL, NULL}
	},
	.min_args = 2,
	.max_args = 2,
	.paths = "rw",
	.run = restore_run,
};

static enum rc
say_restored(const struct call *c, struct store *s, struct err *e)
{
	uint64_t n = 0;
	enum rc rc = store_entry_count(s, &n, e);

	if (rc == RC_OK)
		say("Made %s from the backup %s: %" PRIu64 " entries, all "
		    "verified.\nWhat was written after that backup is not in "
		    "it. If this machine knows more, it says so when the "
		    "store is opened; to go on with it: hearken verify "
		    "--accept-older REASON %s\n", c->args[1], c->args[0], n,
		    c->args[1]);
	return rc;
}

/* A drill is no use of the store: the machine remembers nothing of it. */
static enum rc
restore_run(const struct call *c, bool *attention, struct err *e)
{
	struct store_opts opts = host_store_opts(c->host);
	struct store *s = NULL;
	struct progress p;
	struct secret pass;
	enum rc rc = passphrase_read(c, "Passphrase: ", &pass, e);

	(void)attention;
	if (rc != RC_OK)
		return rc;
	opts.state_dir = NULL;
	progress_begin(&p, "Restoring");
	rc = store_restore(c->args[0], c->args[1], call_option(c, "user"),
	    &pass, &opts, progress_tell, &p, &s, e);
	progress_end(&p);
	secret_release(&pass);
	if (rc == RC_OK)
		rc = say_restored(c, s, e);
	store_close(s);
	return rc;
}
