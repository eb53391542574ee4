/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The shim: a VFS below the cipher that moves the main database behind the
 * header, and gives access to the header through SQLite's own handle.  It is
 * below the cipher so that whatever is written through it is encrypted
 * already.  Journal files pass through unchanged.
 *
 * Opening and closing the store file a second time in one process drops the
 * POSIX locks that SQLite holds on it; header I/O while the store is open
 * therefore goes through shim_io and nothing else.
 */
#ifndef HEARKEN_DB_SHIM_H
#define HEARKEN_DB_SHIM_H

#include <sqlite3.h>
#include <stdbool.h>

#include "core/err.h"
#include "db/header.h"

/* The name under which SQLite finds cipher and shim together. */
#define SHIM_VFS "multipleciphers-hearken"

/* Registers the shim and the cipher over it; once, later calls do nothing. */
NODISCARD enum rc shim_register(struct err *e);

/* Header I/O on the file that db has open; borrows db. */
struct header_io shim_io(sqlite3 *db);

/*
 * While on, the main file of db is read and written from front to back: some
 * pages are read ahead, or kept until they make a longer write.  What was
 * kept is written before anything else is done to the file; a failure of
 * that comes with the next write or sync.  For copying whole files.
 */
void shim_straight(sqlite3 *db, bool on);
/* The disk begins early with what is written so, for as long as db is open. */
void shim_write_early(sqlite3 *db);

#endif
