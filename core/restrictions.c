/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which restrictions of a case are in force.  One names those that it takes
 * the place of ("over"), so two that were written apart stand side by side:
 * until somebody settles it, only those may open the case whom both name, and
 * a lifting does not undo what its author did not know of.  One without that
 * field, of an older version, takes the place of all of its own store that
 * are earlier.
 */
#include "config.h"

#include "core/casefile.h"

#include <string.h>

#include "core/casefile_impl.h"

static bool
is_restrict(const struct record *r)
{
	return record_stands(r) && strcmp(r->entry.kind, "restrict") == 0;
}

static bool
holds_text(const json_t *list, const char *text)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *s = json_string_value(json_array_get(list, i));

		if (s != NULL && strcmp(s, text) == 0)
			return true;
	}
	return false;
}

/*
 * s takes the place of r; later says that it comes behind it, by a clock that
 * is no other store's.
 */
static bool
is_over(const struct record *s, const struct record *r, bool later)
{
	const json_t *over = json_object_get(s->body, "over");
	char hex[2 * ENTRY_ID_LEN + 1];

	if (over == NULL)
		return later;
	hex_format(r->entry.id.b, ENTRY_ID_LEN, hex);
	return holds_text(over, hex);
}

static bool
is_in_force(const struct casefile *c, size_t at)
{
	const struct record *r = c->records[at];

	if (!is_restrict(r) || strcmp(record_text(r, "state"), "set") != 0)
		return false;
	for (size_t i = 0; i < c->nrecords; i++)
		if (i != at && is_restrict(c->records[i]) &&
		    is_over(c->records[i], r, i > at &&
		    (c->roster == NULL || roster_same_store(c->roster,
		    &c->records[i]->entry.author, &r->entry.author))))
			return false;
	return true;
}

void
casefile_find_restrictions(struct casefile *c)
{
	for (size_t i = 0; i < c->nrecords; i++) {
		if (!is_in_force(c, i))
			continue;
		if (c->restriction != NULL && c->restricted_apart == NULL)
			c->restricted_apart = c->restriction;
		c->restriction = c->records[i];
	}
	if (c->restricted_apart != NULL)
		casefile_add_conflict(c, NULL, c->restricted_apart,
		    c->restriction);
}

bool
casefile_open_to(const struct casefile *c, const char *hex)
{
	if (c->restriction == NULL)
		return true;
	if (c->restricted_apart == NULL)
		return holds_text(json_object_get(c->restriction->body,
		    "people"), hex);
	for (size_t i = 0; i < c->nrecords; i++)
		if (is_in_force(c, i) && !holds_text(json_object_get(
		    c->records[i]->body, "people"), hex))
			return false;
	return true;
}

bool
casefile_named(const struct casefile *c, const struct author_id *who)
{
	char hex[2 * AUTHOR_LEN + 1];

	hex_format(who->b, AUTHOR_LEN, hex);
	return casefile_open_to(c, hex);
}

json_t *
casefile_restrictions(const struct casefile *c)
{
	json_t *ids = json_array();
	char hex[2 * ENTRY_ID_LEN + 1];

	for (size_t i = 0; i < c->nrecords; i++) {
		if (!is_in_force(c, i))
			continue;
		hex_format(c->records[i]->entry.id.b, ENTRY_ID_LEN, hex);
		json_array_append_new(ids, json_string(hex));
	}
	return ids;
}
