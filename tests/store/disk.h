/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A disk that fails when it is told to: a layer below the store's own that
 * lets one call, or every call from one on, fail; or cuts the power, so that
 * of what was not synced any set of sectors is lost.  A sync costs nothing
 * here: it only says what is safe.  Also: memory that runs out inside the
 * database library.
 */
#ifndef HEARKEN_TESTS_STORE_DISK_H
#define HEARKEN_TESTS_STORE_DISK_H

#include <stdbool.h>
#include <stdint.h>

enum disk_fault {
	DISK_SOUND,
	DISK_EIO,	/* the call fails */
	DISK_FULL,	/* writes write half and say that there is no room */
	DISK_KILL,	/* SIGKILL ends this process */
	DISK_CUT	/* the power goes; nothing works until disk_mend */
};

/* Before the first store is opened. */
void disk_install(void);
/* The fault comes at the at-th call from now (1: the next). */
void disk_arm(enum disk_fault fault, long at, bool for_ever, uint64_t seed);
/* Makes all sound again. */
void disk_mend(void);
/* True if the fault has come. */
bool disk_struck(void);

/* Fails the at-th allocation from now, or every one from there; 0: none. */
void memory_arm(long at, bool for_ever);
bool memory_struck(void);

#endif
