/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A store to do harm to, the same at every start, and what may be done with
 * it: each operation is a row of the table in ops.c.
 */
#ifndef HEARKEN_TESTS_FAULT_STAGE_H
#define HEARKEN_TESTS_FAULT_STAGE_H

#include "tests/fault/calls.h"
#include "tests/store/world.h"

struct stage {
	struct world w;
	char store[560], attic[560], master[560], state[600];
	char old[560];		/* a store of the first format */
	struct case_id id;	/* of a case that is there */
	struct entry_id struck;	/* of an observation in it */
	struct entry_id draft;	/* of a study that waits */
	struct secret fresh;	/* another passphrase */
	uint64_t entries;	/* before the operation */
	uint64_t adds;		/* by the operation when it is done */
	bool ours;		/* the folder is removed at the end */
};

enum left {
	LEFT_BEFORE,	/* as if it had never begun */
	LEFT_AFTER,
	LEFT_EITHER,	/* no entry tells, and both are right */
	LEFT_BROKEN
};

struct op {
	const char *name;
	bool closed;	/* the store is not open, or not there */
	enum rc (*run)(struct stage *g);
	/* Opens what it left; NULL: as before. */
	enum rc (*reopen)(struct stage *g);
	/* Looks at the open store; NULL: the number of entries tells. */
	enum left (*left)(struct stage *g);
	/* Before it, in the open store; NULL: nothing. */
	void (*before)(struct stage *g);
	/* Opens the store for it; NULL: by whoever made it. */
	enum rc (*enter)(struct stage *g);
};

/* All operations, or the one that HEARKEN_FAULT_OP names; *n is how many. */
const struct op *stage_ops(size_t *n);
const struct op *stage_op(const char *name);

/* Makes the folder and the store that all begin with. */
void stage_init(struct stage *g);
/* The same folder, for a second process. */
void stage_join(struct stage *g, const char *dir);
void stage_release(struct stage *g);
/* The store as it was made; open unless the operation wants it closed. */
void stage_reset(struct stage *g, const struct op *op);
/* Returns owned a store of the first format, n bytes. */
unsigned char *stage_old(struct stage *g, size_t *n);
/* Opens one that was reset by another process. */
void stage_open(struct stage *g, const struct op *op);
/* Nothing is remembered any more of the store as it was. */
void stage_forget(struct stage *g);
/* Runs it without a fault and notes what it adds. */
void stage_rehearse(struct stage *g, const struct op *op);

/* How it ended, for whoever looks at what is left. */
struct ending {
	enum rc rc;
	bool told;	/* rc is what it said; else it was killed, or the power went */
	bool goes_on;	/* the fault is past, and the handle is used again */
	const char *where;	/* for messages */
};
/* Fails the test unless all is before or after, sound and whole. */
void stage_check(struct stage *g, const struct op *op,
    const struct ending *how);

/*
 * Points to strike at, out of n: all of them, or so many of them as the
 * environment variable HEARKEN_FAULTS ("", "long", "nightly") asks for, spread
 * evenly; HEARKEN_FAULT_SEED chooses others.
 */
long stage_points(long n, long sample, long many);
long stage_point(long i, long points, long n);
/* Prints how many points were struck at, of how many; returns failed. */
int stage_tell(const char *what, int failed);
bool stage_is_long(void);
/* A sample takes an operation in every second walk; in memcheck, fewer. */
bool stage_takes(size_t turn);

#endif
