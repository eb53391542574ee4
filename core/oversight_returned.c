/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a review gave back with questions, until it is answered.
 */
#include "config.h"

#include "core/oversight_impl.h"

#include <string.h>

const struct record *
oversight_asked(const struct casefile *c, const struct record *u)
{
	const struct record *r = u->about;

	if (r == NULL)
		r = oversight_subject(c, u, NULL);
	return r != NULL ? r : c->opened;
}

static bool
is_later_of(const struct record *x, const struct record *work)
{
	return memcmp(&x->entry.author, &work->entry.author,
	    sizeof(x->entry.author)) != 0 || x->entry.n > work->entry.n;
}

/*
 * A note that names the review answers it, whatever the clocks of two
 * machines say; one that names none answers what is dated before it.
 */
static bool
note_answers(const struct record *u, const struct record *x)
{
	const char *named = record_text(x, "answers");
	char hex[2 * ENTRY_ID_LEN + 1];

	hex_format(u->entry.id.b, ENTRY_ID_LEN, hex);
	return *named != '\0' ? strcmp(named, hex) == 0 :
	    x->entry.at > u->entry.at;
}

static bool
is_answer(const struct casefile *c, const struct record *u,
    const struct record *work, const struct record *x)
{
	if (!record_stands(x) || !is_later_of(x, work) ||
	    !surely_same_person(c, &x->entry.author, &work->entry.author))
		return false;
	if (record_is(x, "note"))
		return note_answers(u, x);
	return (record_is(x, "screening") || record_is(x, "review-request")) &&
	    !review_covers(c, u, x);
}

bool
flag_is_down(const struct casefile *c, const struct record *flag)
{
	for (const struct record *r = flag->abouts; r != NULL;
	    r = r->next_about)
		if (stands_as(r, "unflag") && surely_same_person(c,
		    &r->entry.author, &flag->entry.author))
			return true;
	return false;
}

static bool
is_answered(const struct casefile *c, const struct record *u)
{
	const struct record *work = oversight_asked(c, u);

	if (work == NULL || !record_stands(work) ||
	    (record_is(work, "flag") && flag_is_down(c, work)))
		return true;
	for (size_t i = 0; i < c->nrecords; i++)
		if (is_answer(c, u, work, c->records[i]))
			return true;
	return false;
}

static bool
is_followed(const struct reviews *all, const struct record *u)
{
	for (size_t i = 0; i < all->n; i++)
		if (review_follows(all->v[i], u))
			return true;
	return false;
}

const struct record *
reviews_returned(const struct reviews *all)
{
	for (size_t i = all->n; i-- > 0;)
		if (review_returns(all->v[i]) &&
		    !is_followed(all, all->v[i]) &&
		    !is_answered(all->c, all->v[i]))
			return all->v[i];
	return NULL;
}
