/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Backup and restore.  A backup is a store like any other: one encrypted
 * file, opened with the same passphrases, that `verify` can read.  It is
 * written beside its place, read back page by page, and only then given the
 * name; an earlier backup of the same store is replaced no sooner.
 */
#ifndef HEARKEN_DB_BACKUP_H
#define HEARKEN_DB_BACKUP_H

#include "db/store.h"

/*
 * Writes a backup of the open store to path, and the entry that says so to
 * the store.  RC_EXISTS when path is anything but a backup of this store (or
 * is the store itself).  RC_CANCELLED and every failure leave what was there.
 */
NODISCARD enum rc store_backup(struct store *s, const char *path,
    store_progress_fn fn, void *ctx, struct err *e);

/*
 * Makes a store at path, where nothing is, from a backup: all of it is
 * verified first.  The store is left open, with the entry that says so.
 */
NODISCARD enum rc store_restore(const char *backup, const char *path,
    const char *user, const struct secret *pass,
    const struct store_opts *opts, store_progress_fn fn, void *ctx,
    struct store **out, struct err *e);

/*
 * What whoever carries the backup at path should know of the disk that it is
 * on, or NULL.
 */
const char *store_backup_notice(const char *path);

/* When the last backup was written, UTC ms; INT64_MIN: never. */
NODISCARD enum rc store_last_backup(struct store *s, int64_t *at,
    struct err *e);
/*
 * A sentence when the last backup is older than the setting backup-days (7),
 * or there is none and a store of more than a day holds cases; NULL else.  Lives until the
 * next call.
 */
const char *store_backup_reminder(struct store *s);

#endif
