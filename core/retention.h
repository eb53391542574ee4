/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Retention: how long records of each type are kept, as a table of content
 * that a board may edit.  Nothing here disposes of anything; where a rule
 * cannot say a day, the case is kept.
 *
 *	id: england
 *	title: Retention of records in England
 *	default: hold		hold | id of the rule for cases of no known type
 *	rules:			a list, and in each
 *	  id			lower-case letters, digits, hyphens
 *	  label			"Child protection"
 *	  years			35
 *	  counted-from		birth | last-contact | closing | adult-birth
 *	  source		where the rule stands
 *	  verified		yes | no (no: say in the note what was found)
 *	  note			if any: a remark
 *
 * A case is kept to the end of the day that many years after the one counted
 * from; of a 29 February where there is none, to the end of 1 March.
 */
#ifndef HEARKEN_CORE_RETENTION_H
#define HEARKEN_CORE_RETENTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/casefile.h"
#include "core/err.h"
#include "core/str.h"
#include "core/yaml.h"

enum retention_from {
	RETENTION_BIRTH = 0,	/* of the young person */
	RETENTION_LAST_CONTACT,	/* the latest entry, or what it speaks of */
	RETENTION_CLOSING,	/* the latest entry that closes the case */
	RETENTION_ADULT_BIRTH	/* of an adult: no case says it */
};

struct retention_rule {
	char *id, *label, *source;
	char *note;		/* "" when there is none */
	int years;
	enum retention_from from;
	bool verified;
};

struct retention {
	char *id, *title;
	struct retention_rule *rules;
	size_t nrules, caprules;
	const struct retention_rule *chosen;	/* NULL: everything is held */
};

/* Returns owned the table, or NULL with every fault in f. */
struct retention *retention_parse(const char *text, size_t n,
    struct faults *f);
void retention_free(struct retention *r);
/* Borrowed from r; RC_NOTFOUND names the rules there are. */
NODISCARD enum rc retention_find(const struct retention *r, const char *id,
    const struct retention_rule **rule, struct err *e);
/*
 * The last day on which a settled case is kept by the rule, or DAY_NONE when
 * that cannot be said: then it is kept.  *how (may be NULL) receives why.
 */
int32_t retention_kept_until(const struct retention_rule *rule,
    const struct casefile *c, struct str *how);
/* Appends "35 years after the last contact". */
void retention_rule_words(const struct retention_rule *r, struct str *out);

#endif
