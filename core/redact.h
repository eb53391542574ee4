/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Names that must not be read outside: found in text as words, however they
 * are cased, accented or put in the genitive, and replaced.  Which names a
 * case holds beside the young person's is read from its entries.  It finds
 * names it was given and no others: a person reads the result.  Pure.
 */
#ifndef HEARKEN_CORE_REDACT_H
#define HEARKEN_CORE_REDACT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/casefile.h"
#include "core/str.h"

/* What stands in place of a name. */
#define REDACTED "[name withheld]"

/* A name, and each of its words alone. */
struct redact_name {
	char *name;		/* as written; owned */
	const char *why;	/* "Family or associate"; borrowed */
	bool on;
};

struct redactions {
	struct redact_name *names;
	size_t n, cap;
	char **keep;		/* folded words that stay when alone; owned */
	size_t nkeep, capkeep;
};

void redact_init(struct redactions *r);
void redact_release(struct redactions *r);
/* Adds a name unless it is there (then it is only switched on). */
void redact_add(struct redactions *r, const char *name, const char *why,
    bool on);
/*
 * Words of the young person's own name: a relative's whole name goes, the
 * shared surname alone stays.
 */
void redact_keep(struct redactions *r, const char *name);
/*
 * All names of a case: family, associates and persons of concern switched
 * on; those who saw, said or do something, most of them professionals, off.
 * The young person's own names are kept.
 */
void redact_case(struct redactions *r, const struct casefile *c);

/* Appends text with each name that is on replaced.  Returns how many. */
size_t redact_text(const struct redactions *r, const char *text,
    struct str *out);

#endif
