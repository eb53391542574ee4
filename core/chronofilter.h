/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The filter of a chronology: `kind:missing agency:police from:2026-01`.
 * Terms are joined by "and"; a leading "-" or "not" turns one round, as in
 * the filter of the list of cases (query.h).  Pure.
 *
 *	kind:missing,note	kinds of entry, families (plan, sharing), or
 *				sign, vulnerability: observations found present
 *	agency:police		an agency that the entry names
 *	person:"A. Nother"	somebody that it names
 *	by:ASHA			who signed it
 *	from:2026-01 to:2026-06	the time that it speaks of; days, months, years
 *	on:2026-03		the same as from: and to: together
 *	is:struck is:replaced is:standing
 *	WORD or "SOME WORDS"	anywhere in it; also text:WORD
 */
#ifndef HEARKEN_CORE_CHRONOFILTER_H
#define HEARKEN_CORE_CHRONOFILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "core/chronology.h"
#include "core/err.h"

struct chronofilter_term;

struct chronofilter {
	struct chronofilter_term *terms;	/* owned */
	size_t n, cap;
};

void chronofilter_init(struct chronofilter *f);
void chronofilter_release(struct chronofilter *f);
/* On failure *at is the byte offset of the fault and out is empty. */
NODISCARD enum rc chronofilter_parse(const char *text,
    struct chronofilter *out, size_t *at, struct err *e);
/* True if the row is to be shown; an empty filter shows all. */
bool chronofilter_holds(const struct chronofilter *f,
    const struct reading *g, const struct chronology_row *row);
/*
 * For completion: the i-th word that may stand in place of the last `word` of
 * a filter from its byte *from on (a key with its colon, a kind, a state);
 * NULL after the last.
 */
const char *chronofilter_word(const char *word, size_t i, size_t *from);

/* True if the folded text of the entry holds these folded words. */
bool record_has_words(const struct reading *g, const struct record *r,
    const char *folded);

#endif
