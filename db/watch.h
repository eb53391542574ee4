/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Watching: who looked at what is an entry like any other, and a restricted
 * case opens for the people named in it only, or with a reason that the
 * supervisors see.
 */
#ifndef HEARKEN_DB_WATCH_H
#define HEARKEN_DB_WATCH_H

#include "db/store.h"

enum look {
	LOOK_OPEN, LOOK_SEARCH, LOOK_LIST, LOOK_EXPORT, LOOK_PRINT,
	LOOK_BREAK_GLASS, LOOK_FAILED_UNLOCK, LOOK_LOOKED_UP
};

/* The code of the kind "access", and the words for it ("Opened"). */
const char *look_code(enum look what);
const char *look_label(enum look what);

/* RC_INPUT unless a reason says something; what: "a restriction". */
NODISCARD enum rc reason_check(const char *reason, const char *what,
    struct err *e);

struct look_note {
	enum look what;
	const struct case_id *case_id;	/* NULL: none in particular */
	const char *words;	/* searched for, the filter, a file; or NULL */
	uint64_t count;		/* cases shown; tries */
	const char *reason;	/* of break-glass, of an export; or NULL */
};
/*
 * Writes that whoever unlocked the store looks at something now, before it
 * is shown.  The right to is checked: RC_REFUSED.  Opening the same case
 * again within ten minutes adds nothing.
 */
NODISCARD enum rc store_look(struct store *s, const struct look_note *n,
    struct err *e);

/* What whoever unlocked the store may do with a case. */
enum door {
	DOOR_OPEN,
	DOOR_RESTRICTED,	/* not named: only with a reason */
	DOOR_BROKEN,		/* not named, and a reason was given just now */
	DOOR_SHUT		/* the role may not even then */
};
NODISCARD enum rc store_door(struct store *s, const struct case_id *id,
    enum door *out, struct err *e);
/*
 * Returns owned "A, B or C": those to whom a case is restricted and who may
 * still open cases ("" when none of them may); NULL when it is not restricted.
 */
NODISCARD enum rc store_named(struct store *s, const struct case_id *id,
    char **names, struct err *e);
/*
 * Opens a restricted case for the rest of this unlocking, with a reason that
 * every supervisor sees.  A reason of fewer than 10 letters is refused.
 */
NODISCARD enum rc store_break_glass(struct store *s,
    const struct case_id *id, const char *reason, struct err *e);

/*
 * Restricts a case to the named people (names of the roster; whoever does it
 * is added, at least one of them is a supervisor) until a review day, or
 * lifts it (n 0).
 */
struct restriction {
	const struct case_id *case_id;
	const char *const *people;
	size_t n;
	const char *reason;
	int32_t review;		/* DAY_NONE: as restriction-days says */
};
NODISCARD enum rc store_restrict(struct store *s,
    const struct restriction *r, struct err *e);

/* One look, newest first; strings live for the call. */
struct look_row {
	int64_t at;
	const char *who;
	struct author_id key;
	enum look what;
	bool has_case;
	struct case_id case_id;
	const char *reference;	/* "" when none, or not for these eyes */
	const char *words, *reason;	/* "" when none */
	uint64_t count;
};
typedef bool (*store_look_fn)(const struct look_row *row, void *ctx);

struct look_query {
	const struct case_id *case_id;	/* who looked at this; NULL: any */
	const char *person;		/* what they opened; NULL: anybody */
	bool flagged;			/* break-glass and failed tries only */
	int64_t since;			/* UTC ms; INT64_MIN: all */
	size_t offset, limit;		/* limit 0: all */
};
/*
 * Everybody may ask what they opened themselves; RIGHT_LOOKS for the rest.
 * Asking is itself an entry.
 */
NODISCARD enum rc store_looks(struct store *s, const struct look_query *q,
    store_look_fn fn, void *ctx, struct err *e);
NODISCARD enum rc store_looks_count(struct store *s,
    const struct look_query *q, size_t *n, struct err *e);

/*
 * Flagged looks of others since whoever unlocked the store last asked for
 * the flagged ones; 0 without RIGHT_LOOKS.  No entry is made.
 */
struct flagged_news {
	uint64_t opened;	/* restricted cases, with a reason */
	uint64_t failed;	/* times that passphrases failed */
	char words[168];	/* both, as a clause; "" for neither */
};
NODISCARD enum rc store_flagged_since_last(struct store *s,
    struct flagged_news *out, struct err *e);

#endif
