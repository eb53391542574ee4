/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "db/mask.h"
#include "db/unite_impl.h"

/* Ids are random, so their own bytes spread well enough. */
static size_t
place_of(const struct unite *u, const struct case_id *id)
{
	size_t at;

	memcpy(&at, id->b, sizeof(at));
	for (at &= u->ntable - 1; u->table[at] != 0;
	    at = (at + 1) & (u->ntable - 1))
		if (case_id_equal(&u->ids[u->table[at] - 1], id))
			break;
	return at;
}

static enum rc
no_memory(struct err *e)
{
	return err_set(e, RC_NOMEM, "not enough memory for so many cases");
}

static enum rc
grow(struct unite *u, struct err *e)
{
	size_t cap = u->cap != 0 ? u->cap * 2 : 64;
	struct case_id *ids = realloc(u->ids, cap * sizeof(*ids));
	struct united *cases;
	uint32_t *table;

	if (ids == NULL)
		return no_memory(e);
	u->ids = ids;
	cases = realloc(u->cases, cap * sizeof(*cases));
	if (cases == NULL)
		return no_memory(e);
	u->cases = cases;
	table = calloc(2 * cap, sizeof(*table));
	if (table == NULL)
		return no_memory(e);
	free(u->table);
	u->table = table;
	u->ntable = 2 * cap;
	u->cap = cap;
	for (size_t i = 0; i < u->n; i++)
		u->table[place_of(u, &u->ids[i])] = (uint32_t)i + 1;
	return RC_OK;
}

/* Two people disposed of it: nothing brings it back, knowingly or not. */
static enum rc
check_disposed(const struct store *s, const struct case_id *id,
    struct err *e)
{
	const struct disposal_case *d;

	if (!disposals_cover(&s->disposals, id))
		return RC_OK;
	d = disposals_find(&s->disposals, id);
	return err_set(e, RC_REFUSED, "it holds entries of a case that was "
	    "disposed of here by two people (%s); it is not brought back: "
	    "ask the sender to leave it out", d->disposal.reason != NULL ?
	    d->disposal.reason : "no reason given");
}

static enum rc
add(struct unite *u, const struct case_id *id, struct err *e)
{
	struct united c = {.here = true};
	enum rc rc = check_disposed(u->s, id, e);

	if (rc != RC_OK)
		return rc;
	if (u->n == UNITE_CASES_MAX)
		return err_set(e, RC_INPUT, "it holds entries of more than "
		    "%d cases; ask for it in parts", UNITE_CASES_MAX);
	rc = book_find(u->s, id, &c.book, e);
	if (rc == RC_OK)
		rc = mask_book(u->s, c.book, &c.masked, e);
	else if (rc == RC_NOTFOUND)
		rc = RC_OK;
	c.here = c.book != 0 && !c.masked;
	if (rc == RC_OK && u->n == u->cap)
		rc = grow(u, e);
	if (rc != RC_OK)
		return rc;
	u->ids[u->n] = *id;
	u->cases[u->n] = c;
	u->table[place_of(u, id)] = (uint32_t)++u->n;
	u->last = u->n - 1;
	return RC_OK;
}

enum rc
unite_case(struct unite *u, const struct case_id *id, struct united **out,
    struct err *e)
{
	size_t at;
	enum rc rc = RC_OK;

	if (u->n == 0 || !case_id_equal(&u->ids[u->last], id)) {
		at = u->n != 0 ? u->table[place_of(u, id)] : 0;
		if (at != 0)
			u->last = at - 1;
		else
			rc = add(u, id, e);
	}
	if (rc == RC_OK)
		*out = &u->cases[u->last];
	return rc;
}

const struct case_id *
unite_cases(const struct unite *u, size_t *n)
{
	*n = u->n;
	return u->ids;
}

/* Of a case that is not for these eyes all counts as new. */
uint64_t
unite_added(const struct unite *u, const struct case_id *id)
{
	size_t at = u->n != 0 ? u->table[place_of(u, id)] : 0;

	return at == 0 ? 0 : u->cases[at - 1].added +
	    (u->cases[at - 1].masked ? u->cases[at - 1].known : 0);
}
