/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A case study out of a real case: everything that names a person, a place or
 * a day is replaced, and every line of free text is passed, rewritten or left
 * out by a person.  What it makes holds no way back: neither the names nor the
 * number of days by which dates were moved.  It finds the names that the case
 * knows, and what looks like a name; it cannot know all, so a person reads
 * each line, and another signs.  Pure.
 *
 *	casefile, roster -> deident_begin -> lines -> a person -> deident_study
 *	    -> study_write -> deident_check (the last gate) -> draft -> supervisor
 */
#ifndef HEARKEN_CORE_DEIDENT_H
#define HEARKEN_CORE_DEIDENT_H

#include "core/casefile.h"
#include "core/clock.h"
#include "core/roster.h"
#include "core/study.h"

/* What a thing that must not be told is. */
enum ident_type {
	IDENT_CHILD,		/* the young person, by any name */
	IDENT_PERSON,		/* family, associates, persons of concern */
	IDENT_WORKER,		/* professionals: who saw, said or wrote */
	IDENT_PLACE,		/* addresses, schools, areas, placements */
	IDENT_NUMBER,		/* references, UPN, NHS, telephone, postcodes */
	IDENT_ONLINE		/* addresses, handles, links */
};

/* One of them, and what stands in its place everywhere. */
struct ident {
	enum ident_type type;
	char *text;		/* as the case has it; owned */
	char *instead;		/* "A.", "an aunt", "a school"; owned */
	bool on;		/* a person may switch a replacement off and on */
};

/* What is found in a text and not among the known. */
enum doubt_type {
	DOUBT_NAME,		/* a known name, or one letter from it */
	DOUBT_CAPITAL,		/* a word that is written like a name */
	DOUBT_NUMBER,		/* a long number, a telephone, a postcode */
	DOUBT_DATE,		/* a day that could not be moved */
	DOUBT_ONLINE		/* an address, a handle, a link */
};
struct doubt_found {
	enum doubt_type type;
	size_t at, n;		/* bytes in the line */
};

enum deident_state {
	LINE_WAITING,
	LINE_PASSED,		/* as proposed */
	LINE_REWRITTEN,
	LINE_LEFT_OUT
};

/* One line of free text, as it was and as it is to be. */
struct deident_line {
	struct entry_id entry;
	char *kind, *field;	/* owned; where it stands */
	char *original;		/* owned */
	char *proposed;		/* owned: replaced, dates moved */
	char *text;		/* owned: as rewritten; NULL: as proposed */
	enum deident_state state;
	struct doubt_found *doubts;	/* in what would be told now */
	size_t ndoubts, capdoubts;
};

struct deident {
	const struct casefile *c;	/* borrowed */
	const struct instrument *in;	/* borrowed */
	struct ident *idents;	size_t nidents, capidents;
	struct deident_line *lines;	size_t nlines, caplines;
	int32_t moved;		/* days; a whole number of weeks; never shown */
};

/*
 * Finds what identifies and makes the lines.  roster (may be NULL) gives the
 * names of the store's people.  rng chooses the days and the letters.
 */
void deident_begin(struct deident *d, const struct casefile *c,
    const struct instrument *in, const struct roster *roster,
    const struct rng *rng);
void deident_release(struct deident *d);
/* Adds what a person found; all lines are proposed anew. */
void deident_add(struct deident *d, enum ident_type type, const char *text,
    const char *instead);
void deident_switch(struct deident *d, size_t ident, bool on);
/* text only with LINE_REWRITTEN. */
void deident_decide(struct deident *d, size_t line, enum deident_state state,
    const char *text);
/* Lines that wait. */
size_t deident_waiting(const struct deident *d);
/* Appends text with all that is on replaced and dates moved. */
void deident_text(const struct deident *d, const char *text,
    struct str *out);
/*
 * Every known name and all that looks like one in a text, by place; names are
 * compared without case, accents and signs, inside words too, and one letter
 * apart when they are long.  *out is a vec of the caller's; returns how many.
 */
size_t deident_doubts(const struct deident *d, const char *text,
    struct doubt_found **out);

/* What else a study needs and a case cannot tell. */
struct deident_words {
	const char *id, *title, *teaches, *missed;
	unsigned covers;	/* bits, as in struct study */
	const char *question;	/* asked at every stage */
};
/*
 * The study, owned, of lines passed or rewritten: a stage for each day and
 * agency, joined to at most STUDY_STAGES_MAX; levels by the rules.  RC_REFUSED
 * while a line waits.
 */
NODISCARD enum rc deident_study(const struct deident *d,
    const struct deident_words *w, struct study **out, struct err *e);
/*
 * The last gate, on the whole text of the file that is to leave.  RC_REFUSED,
 * with the line of the file and what was found, if any DOUBT_NAME is in it.
 */
NODISCARD enum rc deident_check(const struct deident *d, const char *yaml,
    size_t n, struct err *e);

/* ---- what may still identify ---- */

/* What is told of the young person. */
struct traits {
	int age;		/* whole years; -1: not known */
	char sex;		/* M, F, U */
	char care[16];		/* code, "" */
	char ethnicity[8];	/* code, "" */
	bool disabled;
	struct itemset present;	/* of the instrument */
};
void traits_of(const struct casefile *c, const struct instrument *in,
    int32_t today, struct traits *out);

/* How many children of the store share what is told. */
struct rare_counts {
	size_t children;		/* looked at */
	size_t age_sex;			/* age within a year, same sex */
	size_t age_sex_care;
	size_t age_sex_disabled;
	size_t signs;			/* the same signs present */
	size_t all;
};
#define RARE_BELOW 5u
/*
 * The report, in words and a line each: rare combinations by the counts, what
 * was doubtful and passed, names switched off, how many lines were rewritten
 * or left out.  Names nobody.  Appends.
 */
void deident_report(const struct deident *d, const struct rare_counts *r,
    struct str *out);
/*
 * What is doubtful in the words that were typed beside the lines, a line of
 * the same report; nothing when nothing is.  Appends.
 */
void deident_report_words(const struct deident *d,
    const struct deident_words *w, struct str *out);

/* ---- keeping it while it is worked on ---- */

/*
 * Canonical JSON of idents, lines and days, for an encrypted draft that goes
 * when the study is kept.  Appends; reading is RC_INPUT when it does not fit.
 */
void deident_write(const struct deident *d, struct str *out);
NODISCARD enum rc deident_read(struct deident *d, const struct casefile *c,
    const struct instrument *in, const char *text, size_t n, struct err *e);
/*
 * After reading: names that the case has learnt since are replaced too, lines
 * of what was written since wait, and those of what was struck since go.
 */
void deident_catch_up(struct deident *d, const struct roster *roster,
    const struct rng *rng);

#endif
