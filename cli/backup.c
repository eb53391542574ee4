/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/print.h"
#include "cli/progress.h"
#include "cli/unlock.h"
#include "db/backup.h"

static enum rc backup_run(const struct call *c, bool *attention,
    struct err *e);

const struct command command_backup = {
	.name = "backup",
	.usage = "STORE FILE",
	.summary = "write a backup, read it back, and note it",
	.help = "Writes the whole store to FILE, encrypted as it is, and reads "
	    "every page of it back. Only then does FILE get its name, so an "
	    "earlier backup there is whole until the new one is. What is "
	    "replaced has to be an earlier backup of this very store; any "
	    "other file is left alone.\n\n"
	    "A backup is a store: \"hearken verify FILE\" checks it, the same "
	    "passphrases open it. Write it to another disk, and keep that "
	    "somewhere else. Once the store's key has been changed (rekey, or "
	    "somebody's access ended) give a new name: older backups still "
	    "open with the passphrases of then, so destroy them when the new "
	    "one is written.\n\n"
	    "A memory stick will do. Most of them keep no permissions: "
	    "whoever holds such a stick holds the encrypted file.\n\n"
	    "While the store is open in the terminal, write \":backup FILE\" "
	    "there.",
	.options = (const struct option_def[]){
		UNLOCK_OPTIONS,
		{NULL, NULL, NULL}
	},
	.min_args = 2,
	.max_args = 2,
	.paths = "ww",
	.run = backup_run,
};

static void
tell_written(const char *path)
{
	const char *notice = store_backup_notice(path);

	say("Wrote the backup %s and read all of it back.\n", path);
	if (notice != NULL)
		say("%s\n", notice);
}

static enum rc
backup_run(const struct call *c, bool *attention, struct err *e)
{
	struct progress p;
	struct store *s;
	enum rc rc = unlock_store(c, c->args[0], &s, e);

	(void)attention;
	if (rc != RC_OK)
		return rc;
	progress_begin(&p, "Writing the backup");
	rc = store_backup(s, c->args[1], progress_tell, &p, e);
	progress_end(&p);
	store_close(s);
	if (rc == RC_OK)
		tell_written(c->args[1]);
	return rc;
}
