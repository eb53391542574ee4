/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table of kinds: what each kind of entry is made of and who may write
 * it.  Forms, validation, search text, print, CSV, JSON and help are derived
 * from it.  A new kind is one line in kinds.def, its fields in the file of
 * its family (kind_<family>.c) and its line in the fold (casefile.c).
 */
#ifndef HEARKEN_CORE_KINDS_H
#define HEARKEN_CORE_KINDS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/date.h"
#include "core/err.h"

enum role {
	ROLE_PRACTITIONER = 1 << 0,
	ROLE_SUPERVISOR = 1 << 1,
	ROLE_TRAINER = 1 << 2,
	ROLE_ADMINISTRATOR = 1 << 3,
	ROLE_AUDITOR = 1 << 4
};

/* NULL or 0 when unknown. */
const char *role_name(enum role r);
unsigned role_from_name(const char *name);

enum field_type {
	FIELD_LINE,	/* text on one line */
	FIELD_TEXT,	/* text of several lines */
	FIELD_CODE,	/* one of codes */
	FIELD_DAY,	/* "2026-03-04" */
	FIELD_SPAN,	/* span_format() */
	FIELD_MOMENT,	/* moment_format() */
	FIELD_COUNT,	/* whole number, 0 and up */
	FIELD_BOOL,
	FIELD_ENTRY,	/* id of an entry, hex */
	FIELD_LINES,	/* array of one-line texts */
	FIELD_CODES,	/* array of any number of codes, each once */
	FIELD_ANSWERS,	/* object: item id -> answer state */
	FIELD_LIST	/* array of objects; shape in the family's file */
};

enum field_flags {
	FIELD_REQUIRED = 1 << 0,
	FIELD_SEARCHED = 1 << 1,	/* goes into the text index */
	FIELD_HIDDEN = 1 << 2,		/* made by the program, not in forms */
	FIELD_NEEDED = 1 << 3		/* a check across fields asks for it */
};

struct code {
	const char *id;
	const char *label;
};

struct field {
	const char *name;	/* key in the body */
	enum field_type type;
	const char *label;	/* what a form says */
	const char *help;	/* one sentence */
	unsigned flags;
	size_t max;		/* bytes, or items; 0 the type's own limit */
	const struct code *codes;	/* ends with a NULL id */
};

/* The last field of a kind of which a later entry may take the place. */
#define REPLACES_FIELD \
	{"replaces", FIELD_LINES, "Replaces", \
	    "The earlier entries that this one takes the place of.", \
	    FIELD_HIDDEN, 0, NULL}

struct kind {
	const char *name;
	const char *family;
	const char *label;	/* "Referral" */
	const char *help;	/* one sentence */
	unsigned roles;		/* bits of enum role that may write it */
	const char *on_label;	/* what the date means; NULL: none asked */
	const struct field *fields;	/* ends with a NULL name */
};

/* NULL when there is no such kind. */
const struct kind *kind_find(const char *name);
/* All kinds in the order of kinds.def; *n is their number. */
const struct kind *kind_all(size_t *n);
const struct field *kind_field(const struct kind *k, const char *name);
const char *code_label(const struct code *codes, const char *id);

/*
 * Checks a body against its kind: required fields, types, codes, limits.
 * The first fault is said with the field's label.  Unknown fields pass.
 */
NODISCARD enum rc kind_check(const struct kind *k, const json_t *body,
    struct err *e);

/*
 * The whole of a draft: its date, kind_check() of its body, and what one
 * field alone cannot say (a tick without date or words, a judgement without
 * a reason).  What passes here may be signed.
 */
NODISCARD enum rc kind_check_draft(const struct kind *k,
    const struct span *on, const json_t *body, struct err *e);

#endif
