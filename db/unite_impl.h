/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the files of uniting share: unite.c takes entries in, unite_case.c
 * knows the cases, unite_end.c finishes.
 */
#ifndef HEARKEN_DB_UNITE_IMPL_H
#define HEARKEN_DB_UNITE_IMPL_H

#include "db/impl.h"
#include "db/proof.h"
#include "db/unite.h"

/* A case that entries of the union belong to. */
struct united {
	int64_t book;		/* 0: it has none here yet */
	bool here;		/* was here before, and may be known to be */
	bool masked;		/* was here, but not for these eyes */
	uint64_t added, known;
};

/* The stored entry of an author that is next at or after some place. */
struct next_entry {
	uint64_t n;		/* UINT64_MAX: none */
	struct entry_id id, prev;
	int64_t at;
};

/* One author's entries, each following the one before it. */
struct run {
	struct author_id author;
	int64_t row;		/* of the author; 0: none was begun */
	bool local;		/* somebody of this store */
	uint64_t n;		/* the last one's */
	struct entry_id head;
	int64_t at;
	struct next_entry next;
	bool waits;		/* some have no proof yet */
	bool fresh;		/* of these one at least is new here */
	unsigned roles;		/* who might have written all of these */
};

struct unite {
	struct store *s;
	struct run run;
	struct case_id *ids;	/* owned; beside cases */
	struct united *cases;	/* owned */
	size_t n, cap;
	uint32_t *table;	/* owned; number of a case + 1, or 0 */
	size_t ntable;		/* a power of two */
	size_t last;		/* the case found last */
	uint64_t entries, sealed, uncounted, ahead;
	int64_t ahead_at;
	struct roster before;	/* as it is without the union */
	bool introduced;	/* s->roster is another */
	bool failed;
	bool dry;		/* taken back whatever comes of it */
};

/* The case of this id, added to the union; RC_REFUSED if disposed of. */
NODISCARD enum rc unite_case(struct unite *u, const struct case_id *id,
    struct united **out, struct err *e);
/* Frees it; what the transaction did is committed or taken back before. */
void unite_free(struct unite *u);

#endif
