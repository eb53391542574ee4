/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/consents.h"

#include <stdlib.h>
#include <string.h>

#include "core/vec.h"

static bool
is_kind(const struct record *r, const char *kind)
{
	return record_stands(r) && strcmp(r->entry.kind, kind) == 0;
}

static int
compare(const struct record *a, const struct record *b)
{
	if (a->entry.on.first != b->entry.on.first)
		return a->entry.on.first < b->entry.on.first ? -1 : 1;
	return entry_compare(&a->entry, &b->entry);
}

static int
latest_first(const void *x, const void *y)
{
	return compare(*(const struct record *const *)y,
	    *(const struct record *const *)x);
}

void
consents_now(const struct casefile *c, const struct record ***list,
    size_t *n)
{
	size_t cap = 0, at;

	*list = NULL;
	*n = 0;
	for (size_t i = 0; i < c->nrecords; i++) {
		const struct record *r = c->records[i];

		if (!is_kind(r, "consent"))
			continue;
		for (at = 0; at < *n && !record_says_same((*list)[at], r, "to");)
			at++;
		if (at == *n) {
			*list = vec_room((void *)*list, *n, &cap,
			    sizeof(**list));
			(*list)[(*n)++] = r;
		} else if (compare((*list)[at], r) < 0) {
			(*list)[at] = r;
		}
	}
	if (*n > 1)
		qsort((void *)*list, *n, sizeof(**list), latest_first);
}

/* Where nobody wrote when it was given, it was before anything rested on it. */
static bool
was_given_by(const struct casefile *c, const struct record *consent,
    int32_t day)
{
	bool written = false;

	for (size_t i = 0; i < c->nrecords; i++) {
		const struct record *r = c->records[i];

		if (!is_kind(r, "consent") || !record_says_same(r, consent, "to") ||
		    strcmp(record_text(r, "state"), "given") != 0)
			continue;
		if (r->entry.on.first <= day)
			return true;
		written = true;
	}
	return !written;
}

bool
consent_rested(const struct casefile *c, const struct record *consent,
    const struct record *sharing)
{
	if (!is_kind(sharing, "sharing") ||
	    strcmp(record_text(sharing, "basis"), "consent") != 0 ||
	    strcmp(record_text(sharing, "decision"), "not") == 0 ||
	    strcmp(record_text(consent, "state"), "withdrawn") != 0)
		return false;
	return sharing->entry.on.first <= consent->entry.on.last &&
	    was_given_by(c, consent, sharing->entry.on.last);
}

const struct record *
consent_withdrawn_of(const struct casefile *c, const struct record *sharing)
{
	const struct record **list, *found = NULL;
	size_t n;

	consents_now(c, &list, &n);
	for (size_t i = 0; i < n && found == NULL; i++)
		if (consent_rested(c, list[i], sharing))
			found = list[i];
	free((void *)list);
	return found;
}
