/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Legal holds, requests to dispose of a case, and disposals: the fold of the
 * register's entries "hold", "dispose-request" and "dispose".  Pure, like the
 * roster: the same entries in any order give the same answer.
 *
 * A disposal counts only if all of this holds; a case's text may be missing
 * only under a disposal that counts:
 *  - its author had the right to write it, and so had who asked;
 *  - it names a request for the same case, made no later than itself;
 *  - the two are different keys and different people by name, and neither
 *    is a recovery code;
 *  - no legal hold stood at that moment.
 */
#ifndef HEARKEN_CORE_DISPOSALS_H
#define HEARKEN_CORE_DISPOSALS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/entry.h"
#include "core/roster.h"

#define DISPOSAL_DIGEST_LEN 32

/* The latest hold set or lifted, request or disposal that counts. */
struct disposal_act {
	struct entry_id id;
	struct author_id by;
	int64_t at;
	char *reason;		/* owned; NULL: there is none */
};

struct disposal_case {
	struct case_id id;
	bool held;
	struct disposal_act hold;
	struct disposal_act request;	/* reason NULL: nobody asked */
	char *rule;			/* of the request, owned */
	int32_t kept_until;		/* DAY_NONE: not said */
	bool disposed;
	struct disposal_act disposal;
	uint64_t entries;
	unsigned char digest[DISPOSAL_DIGEST_LEN];
};

struct disposals {
	struct disposal_case *cases;	/* by id */
	size_t ncases, capcases;
	struct entry *entries;		/* owned copies, sorted when settled */
	size_t nentries, capentries;
	/* The first entry "dispose" that does not count, and why. */
	const struct entry *bad;
	const char *why_bad;
};

void disposals_init(struct disposals *d);
void disposals_release(struct disposals *d);
/* True for the kinds that are folded here. */
bool disposals_concern(const char *kind);
/* Adds a copy of an entry of these kinds; others are ignored. */
void disposals_add(struct disposals *d, const struct entry *e);
/* Works everything out; r says who had which right. */
void disposals_settle(struct disposals *d, const struct roster *r);

/* NULL when nothing of these kinds was ever said of the case. */
const struct disposal_case *disposals_find(const struct disposals *d,
    const struct case_id *id);
/* True if the case was disposed of: its text may be, and must be, missing. */
bool disposals_cover(const struct disposals *d, const struct case_id *id);
/* True if two keys stand for one person, or one of them for none. */
bool disposals_same_person(const struct roster *r, const struct author_id *a,
    const struct author_id *b);

/* BLAKE2b-256 of n ids in ascending order; the ids are sorted in place. */
void disposals_digest(struct entry_id *ids, size_t n,
    unsigned char out[DISPOSAL_DIGEST_LEN]);

#endif
