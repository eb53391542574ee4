/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The fold: what the entries of one case mean.  A casefile is a pure
 * function of the set of its entries: applying the same entries in any
 * order, any number of times, gives the same casefile.  The one place that
 * says what a kind does is the table in casefile.c.
 */
#ifndef HEARKEN_CORE_CASEFILE_H
#define HEARKEN_CORE_CASEFILE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/answers.h"
#include "core/entry.h"
#include "core/instrument.h"
#include "core/kinds.h"
#include "core/roster.h"

enum validity {
	RECORD_VALID = 0,
	RECORD_NO_ROLE,		/* its author had no right to write it then */
	RECORD_UNKNOWN_KIND,	/* from a newer version: kept, not counted */
	RECORD_BAD_BODY,	/* does not fit its kind: kept, not counted */
	RECORD_DISPOSED		/* its text was lawfully blanked */
};

/* One entry as the case holds it. */
struct record {
	struct entry entry;		/* owned copy */
	json_t *body;			/* parsed; NULL if disposed of or bad */
	const struct kind *kind;	/* NULL if unknown */
	enum validity validity;
	const struct record *struck_by;	/* the strike, or NULL; settle sets it */
	const struct record *replaced_by;	/* a later version, or NULL */
	struct record *target;		/* of a strike, if it is in the case */
	struct record *strikes;		/* the first that aims at this one */
	struct record *next_strike;	/* the next that aims where this does */
	struct record *version_of;	/* an earlier one of the same, or NULL */
	size_t standing;		/* of the first: its versions that stand */
	const struct record *newest;	/* of the first: the latest of these */
	struct record *about;		/* what a field of it names, as it is now */
	struct record *abouts;		/* the first that is about this one */
	struct record *next_about;	/* the next about the same */
	bool corrected;			/* settle has let its correction act */
};

/*
 * Two that stand for one thing (core/versions.h): a field of the young
 * person for which more than one value stands, or two versions of one entry.
 */
struct conflict {
	const char *field;	/* name from the identity kind; NULL: a whole */
	const struct record *a, *b;	/* b is the latest */
};

struct casefile {
	struct case_id id;
	struct record **records;	/* in entry_compare order; owned */
	size_t nrecords, caprecords;
	struct record **by_id;		/* hash table, half empty; borrowed */
	size_t cap_by_id;		/* a power of two, or 0 */
	bool settled;

	/* Set by casefile_settle; borrowed from the records. */
	const char *reference;		/* "" until opened */
	const char *name;		/* "" when not known */
	int32_t birth;			/* DAY_NONE when not known */
	const struct record *opened;
	const struct record *identity;	/* the latest standing */
	const struct record *screening;	/* the latest standing */
	const struct record *lowering;	/* a lowering that still waits, or NULL */
	const struct record *voice;	/* the latest standing */
	const struct record *closed;	/* the closing in force, or NULL */
	const struct record *restriction;	/* the latest in force, or NULL */
	const struct record *restricted_apart;	/* another, written apart */
	struct conflict *conflicts;
	size_t nconflicts, capconflicts;
	int64_t changed;		/* latest `at` */
	const struct roster *roster;	/* of the last settle; borrowed */
};

void casefile_init(struct casefile *c, const struct case_id *id);
void casefile_release(struct casefile *c);
/* Adds a copy of an entry of this case; a second time changes nothing. */
void casefile_apply(struct casefile *c, const struct entry *e);
/* Works out everything derived.  reg (may be NULL) says who had which role. */
void casefile_settle(struct casefile *c, const struct roster *reg);

/* True if the record counts: valid, not struck, not replaced. */
bool record_stands(const struct record *r);
/* A string field of the body, "" when absent. */
const char *record_text(const struct record *r, const char *field);
/* True if both say the same there, but for case, marks and spaces. */
bool record_says_same(const struct record *a, const struct record *b,
    const char *field);
const struct record *casefile_find(const struct casefile *c,
    const struct entry_id *id);
/* The version of r that took its place last; r itself if none did. */
const struct record *record_latest(const struct record *r);
/*
 * The entry that a field of r names, as record_latest(); NULL if it names none
 * or it is not here.  What belongs to an entry belongs to its later versions.
 */
const struct record *casefile_target(const struct casefile *c,
    const struct record *r, const char *field);

/*
 * The last entry of each person in the case, "key:number", for the field
 * "seen" of a closing.  Returns owned.
 */
json_t *casefile_seen(const struct casefile *c);
/*
 * True if whoever wrote the closing in force did not know r: it is not among
 * what the closing says that it saw.  Of one that does not say, an older one,
 * what others dated behind it.  What it did not know it does not silence.
 */
bool casefile_unseen(const struct casefile *c, const struct record *r);

/*
 * True if nothing restricts the case or who is one of those named: by every
 * restriction in force, where several were written apart.
 */
bool casefile_named(const struct casefile *c, const struct author_id *who);
/* The same for a key in hex. */
bool casefile_open_to(const struct casefile *c, const char *hex);
/*
 * Returns owned the ids of those in force, for the field "over" of an entry
 * that takes their place.
 */
json_t *casefile_restrictions(const struct casefile *c);

/*
 * The answers of one instrument as they stand on `today`: every standing
 * observation counted once per indicator, the strongest state winning
 * (present, suspected, absent, not known); age from the birth date.
 */
void casefile_answers(const struct casefile *c, const struct instrument *in,
    int32_t today, struct answers *out);

/*
 * The earliest clock of the case that runs (core/clocks.h): a moment in UTC
 * ms, INT64_MAX when nothing is due.  *why is a short borrowed label.
 */
int64_t casefile_next_due(const struct casefile *c, const char **why);

#endif
