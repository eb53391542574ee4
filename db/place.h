/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Files that are made beside their place and get their name when they are
 * proved.  Such a file is called ".NAME.KIND-<16 hex digits>"; what a killed
 * process left of one is removed the next time.
 */
#ifndef HEARKEN_DB_PLACE_H
#define HEARKEN_DB_PLACE_H

#include "core/clock.h"
#include "core/err.h"

/* Returns owned a fresh name beside path; RC_NOMEM else. */
NODISCARD enum rc place_beside(const char *path, const char *kind,
    const struct rng *rng, char **out, struct err *e);
void place_remove_journal(const char *path);
/* Removes a file and its journal, where they are. */
void place_remove(const char *path);
/*
 * Removes what earlier tries left beside path, unless a process is still at
 * it.  Nothing to do is no failure, and neither is a file that will not go.
 */
void place_sweep(const char *path, const char *kind);
/*
 * Gives a file the name of another in one step and syncs the folder.  When
 * only the sync fails the file has its name, and the message says so.
 */
NODISCARD enum rc place_replace(const char *from, const char *to,
    struct err *e);
/* The first half of that. */
NODISCARD enum rc place_rename(const char *from, const char *to,
    struct err *e);
/* Syncs the folder of path. */
NODISCARD enum rc place_sync_folder(const char *path, struct err *e);

#endif
