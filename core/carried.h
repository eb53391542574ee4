/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who elsewhere has a case, and what they have not been told since: consent
 * that was withdrawn or refused, and bundles that were taken back.  Read from
 * the entries that travel with the case: bundle-sent, bundle-received,
 * bundle-recall, recall-answer and consent.  Pure.
 *
 * Somebody has been told of an entry once a bundle to them was written after
 * it (a part of a case carries these entries, too), and knows it for certain
 * once their receipt for such a bundle is here.  After means: later in the
 * chain of the same author; of two authors of one store, by its clock; of two
 * stores, behind a receipt there for a bundle that had it.
 */
#ifndef HEARKEN_CORE_CARRIED_H
#define HEARKEN_CORE_CARRIED_H

#include <stdbool.h>
#include <stddef.h>

#include "core/casefile.h"
#include "core/str.h"

/* Something that one of them does not know for certain. */
struct carried_news {
	const struct record *entry;	/* a consent or a bundle-recall */
	/* The latest bundle that carries it, without receipt; NULL: none. */
	const struct record *sent;
};

/* One person elsewhere who has the case; all but the list is borrowed. */
struct carried_to {
	struct author_id key;
	const char *name;	/* as the roster or else the bundle says it */
	const struct record *sent;	/* the latest bundle to them, or NULL */
	const struct record *received;	/* their latest receipt, or NULL */
	bool whole;		/* all of the case went, once at least */
	bool wrote;		/* they sent it themselves, or wrote in it */
	size_t recalled, bundles;	/* so many to them, so many taken back */
	struct carried_news *news;	/* owned */
	size_t nnews, capnews;
};

struct carried_list {
	struct carried_to *list;	/* owned */
	size_t n, cap;
};

/*
 * Everybody elsewhere who has it, in the order in which they first got it.
 * People of this store, as the roster tells them, are left out; with no
 * roster nobody is.  c is settled.
 */
void carried_to(const struct casefile *c, const struct roster *reg,
    struct carried_list *out);
void carried_release(struct carried_list *l);
/* True if something waits that no bundle to them carries yet. */
bool carried_untold(const struct carried_to *p);
/* Those of whom carried_untold() is true. */
size_t carried_count_untold(const struct carried_list *l);

/*
 * True if r was known where a was written: earlier in one store, or brought
 * by a bundle of which a receipt says that it was opened there before.
 */
bool carried_known(const struct casefile *c, const struct record *r,
    const struct record *a);

/* ---- recalls ---- */

/*
 * The key of the i-th person whom a bundle-sent is for; false after the last.
 * One that is no key is passed over by giving zeros.
 */
bool bundle_sent_key(const struct record *sent, size_t i,
    struct author_id *key);
/*
 * The bundle-sent that a recall takes back, if it is here and somebody of the
 * same store sent it: nobody takes back what others sent.
 */
const struct record *recall_of(const struct casefile *c,
    const struct record *recall);
/* True if somebody whose key it is got the bundle that it takes back. */
bool recall_is_for(const struct casefile *c, const struct record *recall,
    const struct author_id *who);
/* Their answer to it that stands, or NULL. */
const struct record *recall_answer_by(const struct record *recall,
    const struct author_id *who);

/*
 * The first thing to be said of the case, a line each: a recall that somebody
 * of this store has to answer, what is asked and by whom; then recalls of
 * ours of which people do not know for certain ("recalled: tell 2 people").
 * False when there is nothing.
 */
bool recall_words(const struct casefile *c, const struct roster *reg,
    struct str *out);
/* The first recall that people of this store have not answered, or NULL. */
const struct record *recall_unanswered(const struct casefile *c,
    const struct roster *reg);

#endif
