/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The backup: its reminder, and writing one while the store is in use.
 */
#include "config.h"

#include "tui/duties.h"

#include <string.h>

#include "core/rights.h"
#include "db/backup.h"

void
duties_remind(struct run *r)
{
	struct store *st = session_store(r->s);
	const char *reminder = right_held(store_role(st), RIGHT_BACKUP) ?
	    store_backup_reminder(st) : NULL;

	if (reminder != NULL)
		duties_add_notice(r, STYLE_NORMAL, false, reminder,
		    " Type :backup and a file's name.");
}

static bool
backup_progress(uint64_t done, uint64_t all, void *ctx)
{
	struct run *r = ctx;

	return app_progress(r->app, "Writing the backup", (size_t)done,
	    (size_t)all);
}

static void
backup_now(void *ctx, struct app *app)
{
	struct run *r = ctx;
	struct store *st = session_store(r->s);
	const char *notice;
	struct err e;
	enum rc rc;

	if (st == NULL)
		return;
	rc = store_backup(st, r->path.s, backup_progress, r, &e);
	notice = store_backup_notice(r->path.s);
	if (rc == RC_CANCELLED)
		app_warn(app, "The backup was stopped. What was there before "
		    "is as it was.");
	else if (rc != RC_OK)
		app_error(app, &e);
	else
		app_say(app, "The backup is written to %s and was read back. "
		    "Keep it away from this machine; it opens with the same "
		    "passphrases.%s%s", r->path.s, notice != NULL ? " " : "",
		    notice != NULL ? notice : "");
	duties_notice(r);
}

void
duties_backup(struct run *r, const char *path)
{
	struct err e;

	if (*path == '\0') {
		app_warn(r->app, "Into which file? Type :backup and its name, "
		    "for example :backup monday.hearken");
		return;
	}
	if (session_may_make(r->s, path, &e) != RC_OK) {
		app_error(r->app, &e);
		return;
	}
	str_clear(&r->path);
	str_add(&r->path, path);
	app_say(r->app, "Writing the backup...");
	app_later(r->app, backup_now, r);
}
