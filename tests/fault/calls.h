/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The calls by which a program reaches the disk, and memory, made to fail.
 * The linker puts these in the place of the system's (local.mk names them),
 * in db/, exchange/ and the database library alike, so that whatever a file
 * is reached by, it is reached through here.
 *
 * Only files in one folder are looked at.  A call counts when it could fail
 * in the way that is armed; the at-th of them from now is struck.
 *
 * A power cut is made from what was not synced: every change is remembered
 * until a sync of that file (or of its folder, for names) makes it safe.
 */
#ifndef HEARKEN_TESTS_FAULT_CALLS_H
#define HEARKEN_TESTS_FAULT_CALLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum call_fault {
	CALL_SOUND,
	CALL_EIO,	/* whatever the call is, it fails */
	CALL_FULL,	/* half is written, then there is no room */
	CALL_SHORT,	/* half is written or read, and nothing is wrong */
	CALL_READONLY,	/* nothing may be opened for writing, made, removed */
	CALL_KILL,	/* SIGKILL ends this process before the call */
	/* The power goes, at any call that changes the disk ... */
	CALL_CUT,	/* what was not synced is lost, all of it */
	CALL_TORN,	/* of it, any set of sectors is lost */
	CALL_MIXED,	/* of it, any set of whole writes is lost */
	CALL_FAULTS
};

const char *call_fault_name(enum call_fault f);
/* The folder that counts, and where names that went can be kept. */
void calls_watch(const char *folder, const char *attic);
void calls_arm(enum call_fault f, long at, bool for_ever, uint64_t seed);
/* Sound from now on; true if the fault has come. */
bool calls_mend(void);
/* Calls of that kind since it was armed. */
long calls_counted(void);

/*
 * Memory: the at-th allocation of db/, exchange/ or the database library
 * fails, or every one from there.  Those of core/ end the program instead
 * of failing and are let through, as are those of other libraries.
 */
void memory_fail(long at, bool for_ever);
bool memory_mend(void);
long memory_counted(void);

#endif
