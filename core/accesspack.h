/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A subject access pack: what a young person, or somebody for them, is given
 * of their own file.  Every entry is given or withheld with a reason, names
 * of others are replaced, and the pack says how much was withheld and why.
 * What is proposed here a person goes through and decides.  Pure.
 */
#ifndef HEARKEN_CORE_ACCESSPACK_H
#define HEARKEN_CORE_ACCESSPACK_H

#include <jansson.h>

#include "core/paper.h"
#include "core/recordwords.h"
#include "core/redact.h"

/* Why an entry is not given; the first: it is. */
enum withheld {
	WITHHELD_NOT = 0,
	WITHHELD_OTHERS,	/* it is about somebody else */
	WITHHELD_HARM,		/* it could seriously harm somebody to know */
	WITHHELD_INQUIRY,	/* it could spoil the finding of a crime */
	WITHHELD_ADVICE		/* a lawyer's advice */
};
#define WITHHELD_REASONS 5
/* "It is about somebody else", with the law; "Given" for the first. */
const char *withheld_words(enum withheld w);

struct pack_line {
	const struct record *record;	/* borrowed from the casefile */
	enum withheld withheld;
	size_t names;		/* withheld in it, as the names stand now */
};

struct access_pack {
	struct pack_line *lines;	/* in the order of the entries */
	size_t n;
	size_t unread;		/* entries whose text cannot be read: not lines */
	struct redactions names;
};

/*
 * Every entry whose text can be read: those about family, associates and
 * persons of concern withheld, the rest given, the names of the first
 * switched on.  g->c is settled and outlives the pack.
 */
void access_pack_init(struct access_pack *p, const struct reading *g);
void access_pack_release(struct access_pack *p);
/* Counts the names in each line anew; after any change to p->names. */
void access_pack_count(struct access_pack *p, const struct reading *g);
/* One entry as it will be read; appends plain text. */
void access_pack_read(const struct access_pack *p, const struct reading *g,
    size_t line, struct str *out);
/*
 * The pack: what it is, how many entries are given, withheld and why, then
 * those given, with the names replaced.  The caller releases the paper.
 */
void access_pack_paper(const struct access_pack *p, const struct reading *g,
    const char *made, struct paper *out);

/* What was decided, to be kept as a draft: an owned object; and back. */
json_t *access_pack_save(const struct access_pack *p);
/* Decisions about entries that are not there any more are left out. */
void access_pack_restore(struct access_pack *p, const json_t *saved);

#endif
