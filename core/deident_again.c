/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work that is taken up again, while the case went on. */
#include "config.h"

#include "core/deident_impl.h"

#include <stdlib.h>
#include <string.h>

#include "core/vec.h"
#include "core/xalloc.h"

/* ---- names ---- */

static const struct ident *
known(const struct deident *d, const char *text)
{
	for (size_t i = 0; i < d->nidents; i++)
		if (strcmp(d->idents[i].text, text) == 0)
			return &d->idents[i];
	return NULL;
}

static bool
is_taken(const struct deident *d, const char *instead)
{
	for (size_t i = 0; i < d->nidents; i++)
		if (strcmp(d->idents[i].instead, instead) == 0)
			return true;
	return false;
}

/* What stands in already for the same person under another name, or NULL. */
static const char *
stands_in(const struct deident *d, const struct deident *now,
    const struct ident *id)
{
	for (size_t i = 0; i < d->nidents; i++)
		if (id->type == IDENT_CHILD && d->idents[i].type == id->type)
			return d->idents[i].instead;
	for (size_t i = 0; i < now->nidents; i++) {
		const struct ident *was = known(d, now->idents[i].text);

		if (was != NULL && strcmp(now->idents[i].instead,
		    id->instead) == 0 && id->type <= IDENT_PLACE)
			return was->instead;
	}
	return NULL;
}

/* "a friend (3)": the next one that nobody has. */
static void
tell_apart(const struct deident *d, const char *instead, struct str *out)
{
	size_t base = strcspn(instead, "(");

	while (base > 0 && instead[base - 1] == ' ')
		base--;
	str_add(out, instead);
	for (unsigned n = 2; is_taken(d, out->s); n++) {
		str_clear(out);
		str_add_fmt(out, "%.*s (%u)", (int)base, instead, n);
	}
}

static void
put_new(struct deident *d, const struct deident *now, const struct ident *id)
{
	const char *as = stands_in(d, now, id);
	struct str instead;

	str_init(&instead);
	if (as != NULL || id->type > IDENT_PLACE)
		str_add(&instead, as != NULL ? as : id->instead);
	else
		tell_apart(d, id->instead, &instead);
	(void)deident_put(d, id->type, id->text, strlen(id->text),
	    instead.s);
	str_release(&instead);
}

/* ---- lines ---- */

static bool
has_lines(const struct deident *d, size_t n, const struct entry_id *id)
{
	for (size_t i = 0; i < n; i++)
		if (entry_id_equal(&d->lines[i].entry, id))
			return true;
	return false;
}

static void
drop_struck(struct deident *d)
{
	size_t n = 0;

	for (size_t i = 0; i < d->nlines; i++) {
		const struct record *r = casefile_find(d->c,
		    &d->lines[i].entry);

		if (r == NULL || !record_stands(r))
			deident_line_free(&d->lines[i]);
		else
			d->lines[n++] = d->lines[i];
	}
	d->nlines = n;
}

/* Takes the lines of entries that had none. */
static void
take_new(struct deident *d, struct deident *now)
{
	size_t had = d->nlines;

	for (size_t i = 0; i < now->nlines; i++) {
		struct deident_line *l = &now->lines[i];

		if (has_lines(d, had, &l->entry)) {
			deident_line_free(l);
			continue;
		}
		d->lines = vec_room(d->lines, d->nlines, &d->caplines,
		    sizeof(*d->lines));
		d->lines[d->nlines++] = *l;
	}
	now->nlines = 0;
}

void
deident_catch_up(struct deident *d, const struct roster *roster,
    const struct rng *rng)
{
	struct deident now = { .c = d->c, .in = d->in, .moved = d->moved };

	deident_find(&now, roster, rng);
	for (size_t i = 0; i < now.nidents; i++)
		if (known(d, now.idents[i].text) == NULL)
			put_new(d, &now, &now.idents[i]);
	deident_make_lines(&now);
	drop_struck(d);
	take_new(d, &now);
	deident_release(&now);
	deident_propose(d);
}
