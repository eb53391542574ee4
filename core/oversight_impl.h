/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which reviews of a case count; for core/oversight*.c only. */
#ifndef HEARKEN_CORE_OVERSIGHT_IMPL_H
#define HEARKEN_CORE_OVERSIGHT_IMPL_H

#include "core/oversight.h"

/* Those that count, in the order of the case. */
struct reviews {
	const struct casefile *c;	/* borrowed */
	const struct record **v;	/* borrowed records; owned list */
	size_t n, cap;
};
void reviews_init(struct reviews *all, const struct casefile *c);
void reviews_release(struct reviews *all);

bool record_is(const struct record *r, const char *kind);
/* A standing one of the kind. */
bool stands_as(const struct record *r, const char *kind);
/*
 * True if both keys may be of one person, as far as the register tells: the
 * same name, in whatever store.  For what nobody may do with their own work.
 */
bool same_person(const struct casefile *c, const struct author_id *a,
    const struct author_id *b);
/*
 * The same, but of one store: another could name anybody.  For what nobody
 * but the person themselves may do.
 */
bool surely_same_person(const struct casefile *c, const struct author_id *a,
    const struct author_id *b);

/* It gives the case back and decides no level. */
bool review_returns(const struct record *v);
/* The author of v had x before them, or a later screening of x's author. */
bool review_covers(const struct casefile *c, const struct record *v,
    const struct record *x);
/* w was written with v before its author, and so takes its place. */
bool review_follows(const struct record *w, const struct record *v);
/* One that decides, by somebody else than x's author, covers x. */
bool reviews_decided(const struct reviews *all, const struct record *x);
/* No other that decides follows v. */
bool review_is_head(const struct reviews *all, const struct record *v);

/*
 * The screening that a review of `about` sets the level of, or NULL.  v is
 * the review, which knows only what it covers; NULL: one written now.
 */
const struct record *oversight_subject(const struct casefile *c,
    const struct record *v, const struct record *about);

/* oversight_returned.c */
/* The work that a review gave back; the opening when it names none. */
const struct record *oversight_asked(const struct casefile *c,
    const struct record *u);
/* The latest that gave something back and was not answered, or NULL. */
const struct record *reviews_returned(const struct reviews *all);
/* True if who set the flag took it down. */
bool flag_is_down(const struct casefile *c, const struct record *flag);

#endif
