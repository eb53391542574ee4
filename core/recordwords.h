/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An entry in words: one line for a list, each field as people read it.
 * Made from the table of kinds, so that a new kind needs nothing here.  What
 * screens, prints and commands say of an entry is said here.  Pure.
 */
#ifndef HEARKEN_CORE_RECORDWORDS_H
#define HEARKEN_CORE_RECORDWORDS_H

#include "core/casefile.h"
#include "core/str.h"

/* What an entry is read with; all borrowed. */
struct reading {
	const struct casefile *c;	/* entries that it names are found here */
	const struct roster *roster;	/* may be NULL */
	const struct instrument *in;	/* labels of indicators and levels */
};

/*
 * The kind and its date: "Referral, 4 March 2026".  on NULL: the entry's own,
 * or the day on which it was written.
 */
void record_title(const struct record *r, const struct span *on,
    struct str *out);
/*
 * Why an entry does not count, whatever became of it since, one sentence;
 * false when it counts.  Every list and paper says it in these words: what a
 * newer version wrote is kept and shown as such.
 */
bool record_uncounted(const struct record *r, struct str *out);
/*
 * The first words of it, for one line of a list; may add nothing.  body is
 * the entry's, or what was typed in its place.
 */
void record_summary(const struct reading *g, const struct record *r,
    const json_t *body, struct str *out);
/* The same with every field, for one who is about to sign it. */
void record_whole(const struct reading *g, const struct record *r,
    const json_t *body, struct str *out);
/* One field as people read it; nothing when it is empty. */
void record_field_words(const struct reading *g, const struct field *f,
    const json_t *value, struct str *out);
/* False for keys, hashes and ids of bundles: no list or paper tells them. */
bool field_is_for_people(const struct field *f);
/* A moment that the program counted; any other is when something was. */
bool field_is_deadline(const struct field *f);
/* "by the end of 4 March 2026", "by 4 March 2026 at 16:05". */
void due_by_words(int64_t due, struct str *out);

#endif
