/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a closing knew of its case.  Whose clock was ahead says nothing of
 * what somebody had read, so a closing names the last entry of each person.
 */
#include "config.h"

#include "core/casefile.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A key in hex, ":", a number. */
#define SEEN_MAX (2 * AUTHOR_LEN + 1 + 20 + 1)

static bool
same_author(const struct record *a, const struct record *b)
{
	return memcmp(a->entry.author.b, b->entry.author.b, AUTHOR_LEN) == 0;
}

/* By one author in the order of their chain, clocks or not. */
static bool
is_last(const struct casefile *c, const struct record *r)
{
	for (size_t i = 0; i < c->nrecords; i++)
		if (same_author(c->records[i], r) &&
		    c->records[i]->entry.n > r->entry.n)
			return false;
	return true;
}

json_t *
casefile_seen(const struct casefile *c)
{
	json_t *list = json_array();
	char text[SEEN_MAX];

	for (size_t i = 0; i < c->nrecords; i++) {
		const struct record *r = c->records[i];

		if (!is_last(c, r))
			continue;
		hex_format(r->entry.author.b, AUTHOR_LEN, text);
		(void)snprintf(text + 2 * AUTHOR_LEN,
		    sizeof(text) - 2 * AUTHOR_LEN, ":%" PRIu64, r->entry.n);
		(void)json_array_append_new(list, json_string(text));
	}
	return list;
}

static bool
names(const char *text, const struct record *r)
{
	char hex[2 * AUTHOR_LEN + 1];

	hex_format(r->entry.author.b, AUTHOR_LEN, hex);
	return text != NULL && strncmp(text, hex, 2 * AUTHOR_LEN) == 0 &&
	    text[2 * AUTHOR_LEN] == ':' &&
	    strtoull(text + 2 * AUTHOR_LEN + 1, NULL, 10) >= r->entry.n;
}

bool
casefile_unseen(const struct casefile *c, const struct record *r)
{
	const json_t *seen;

	if (c->closed == NULL || same_author(c->closed, r))
		return false;
	seen = json_object_get(c->closed->body, "seen");
	if (!json_is_array(seen))
		return r->entry.at > c->closed->entry.at;
	for (size_t i = 0; i < json_array_size(seen); i++)
		if (names(json_string_value(json_array_get(seen, i)), r))
			return false;
	return true;
}
