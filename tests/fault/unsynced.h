/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a power cut may take: the changes to files and names since they were
 * last synced, remembered so that they can be undone.  A file is known by
 * its inode, wherever its name goes; one that is removed is kept in the attic
 * until a sync of its folder.
 */
#ifndef HEARKEN_TESTS_FAULT_UNSYNCED_H
#define HEARKEN_TESTS_FAULT_UNSYNCED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "tests/fault/calls.h"

void unsynced_attic(const char *folder);
void unsynced_begin(uint64_t seed);
void unsynced_end(void);

/* A file was made. */
void unsynced_made(const char *path);
/* Before the call. */
void unsynced_write(int fd, size_t n, off_t at);
void unsynced_truncate(int fd, off_t size);
void unsynced_unlink(const char *path);
void unsynced_rename(const char *from, const char *to);
/* After it. */
void unsynced_renamed(bool done);
void unsynced_sync(int fd);

/* The power goes: all, some sectors or some writes of it are undone. */
void unsynced_cut(enum call_fault how);

#endif
