/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Papers of a case: all of it, or one entry with what was written to it, for
 * somebody who reads outside the store.  Knows what has to be said and in
 * which order, and nothing of pages.  Pure.
 */
#ifndef HEARKEN_CORE_PAPER_CASE_H
#define HEARKEN_CORE_PAPER_CASE_H

#include "core/paper.h"
#include "core/recordwords.h"

/* Each makes p; the caller releases it.  made is as in struct paper. */

/*
 * The whole case: the young person, their own words, the level and why, the
 * answers with their evidence, what is due, and every entry by the time of
 * its writing, struck ones said as struck.  g->c is settled.
 */
void paper_case(struct paper *p, const struct reading *g, int64_t now,
    const char *made);

/*
 * One entry: who it is about, as far as the reader needs it to act, the
 * young person's own words first when it has them, all that was written, and
 * the entries that belong to it, such as the steps of a referral.
 */
void paper_entry(struct paper *p, const struct reading *g,
    const struct record *r, const char *made);

/*
 * What papers of the case are classified as, and its rows and objects say:
 * PAPER_TRAINING of a session on a case study; NULL: as any real case.  c is
 * settled.
 */
const char *paper_classification(const struct casefile *c);

/* True if a says that it belongs to r; a correction does not. */
bool record_belongs(const struct record *a, const struct record *r);

/* ---- parts, for other papers ---- */

/* The fields of an entry; nothing of who wrote it. */
void paper_fields(struct paper *p, const struct reading *g,
    const struct record *r);
/* Who wrote it and when, and whether and why it does not count. */
void paper_author(struct paper *p, const struct reading *g,
    const struct record *r);
/* Its title as a subheading, and both. */
void paper_record(struct paper *p, const struct reading *g,
    const struct record *r);

/* Said wherever a level is. */
#define PAPER_SCREENING_AID "The level is a screening aid, not validated. It " \
	"never rules out exploitation, and never takes the place of a " \
	"professional's judgement."

#endif
