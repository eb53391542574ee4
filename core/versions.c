/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/versions.h"

#include <stdlib.h>
#include <string.h>

#include "core/casefile_impl.h"
#include "core/vec.h"
#include "core/xalloc.h"

void
versions_init(struct versions *v)
{
	memset(v, 0, sizeof(*v));
}

void
versions_release(struct versions *v)
{
	void *list;

	memcpy(&list, &v->v, sizeof(list));
	free(list);
	versions_init(v);
}

static void
add(struct versions *v, const struct record *r)
{
	v->v = vec_room(v->v, v->n, &v->cap, sizeof(*v->v));
	v->v[v->n++] = r;
}

static bool
is_identity(const struct record *r)
{
	return strcmp(r->entry.kind, "identity") == 0;
}

void
versions_of_child(const struct casefile *c, struct versions *out)
{
	for (size_t i = c->nrecords; i-- > 0;)
		if (record_stands(c->records[i]) &&
		    is_identity(c->records[i]))
			add(out, c->records[i]);
}

/* ---- values ---- */

bool
field_has_value(const json_t *value)
{
	const char *s = json_string_value(value);

	if (value == NULL || json_is_null(value))
		return false;
	if (json_is_array(value))
		return json_array_size(value) > 0;
	return s == NULL || s[strspn(s, " \t\r\n")] != '\0';
}

static bool
is_number(const struct field *f)
{
	return strcmp(f->name, "nhs") == 0 || strcmp(f->name, "upn") == 0;
}

static char
plain(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* A number is the same however it is grouped. */
static bool
same_number(const char *a, const char *b)
{
	for (;;) {
		a += strspn(a, " -");
		b += strspn(b, " -");
		if (plain(*a) != plain(*b))
			return false;
		if (*a == '\0')
			return true;
		a++;
		b++;
	}
}

static bool
has_item(const json_t *list, const json_t *item)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		if (json_equal(json_array_get(list, i), item))
			return true;
	return false;
}

static bool
same_choices(const json_t *a, const json_t *b)
{
	if (json_array_size(a) != json_array_size(b))
		return false;
	for (size_t i = 0; i < json_array_size(a); i++)
		if (!has_item(b, json_array_get(a, i)))
			return false;
	return true;
}

bool
field_value_same(const struct field *f, const json_t *a, const json_t *b)
{
	if (f->type == FIELD_CODES && json_is_array(a) && json_is_array(b))
		return same_choices(a, b);
	if (json_is_string(a) && json_is_string(b) && is_number(f))
		return same_number(json_string_value(a),
		    json_string_value(b));
	return json_equal(a, b);
}

/* Values that are the same have the same; others seldom. */
static size_t
lot_of(const struct field *f, const json_t *value)
{
	const char *s = json_string_value(value);
	uint64_t h = UINT64_C(14695981039346656037);

	if (s == NULL)
		return json_is_array(value) ? json_array_size(value) :
		    (size_t)json_integer_value(value);
	for (; *s != '\0'; s++)
		if (!is_number(f) || (*s != ' ' && *s != '-'))
			h = (h ^ (unsigned char)(is_number(f) ? plain(*s) :
			    *s)) * UINT64_C(1099511628211);
	return (size_t)(h ^ h >> 32);
}

/* Where the value is in the table, or the empty place where it belongs. */
static size_t
value_place(const struct versions *out, const size_t *table, size_t n,
    const struct field *f, const json_t *value)
{
	size_t at = lot_of(f, value) & (n - 1);

	for (; table[at] != 0; at = (at + 1) & (n - 1))
		if (field_value_same(f, json_object_get(
		    out->v[table[at] - 1]->body, f->name), value))
			break;
	return at;
}

void
versions_values(const struct versions *v, const struct field *f,
    struct versions *out)
{
	size_t n = 8, at, *table;

	/* Thousands may come from elsewhere: each is looked for once. */
	while (n < 2 * v->n)
		n *= 2;
	table = xcalloc(n, sizeof(*table));
	for (size_t i = 0; i < v->n; i++) {
		const json_t *value = json_object_get(v->v[i]->body, f->name);

		if (!field_has_value(value))
			continue;
		at = value_place(out, table, n, f, value);
		if (table[at] != 0)
			continue;
		add(out, v->v[i]);
		table[at] = out->n;
	}
	free(table);
}

/* ---- versions of one entry ---- */

/* The record that stands for all versions of one entry. */
static const struct record *
root_of(const struct record *r)
{
	while (r->version_of != NULL)
		r = r->version_of;
	return r;
}

void
versions_of(const struct casefile *c, const struct record *r,
    struct versions *out)
{
	const struct record *root = root_of(r);

	if (is_identity(r)) {
		versions_of_child(c, out);
		return;
	}
	/* The usual case, asked for each row of a list, walks nothing. */
	if (root->standing < 2 && record_stands(r)) {
		add(out, r);
		return;
	}
	for (size_t i = root->standing > 0 ? c->nrecords : 0; i-- > 0;)
		if (record_stands(c->records[i]) &&
		    root_of(c->records[i]) == root)
			add(out, c->records[i]);
	if (out->n == 0)
		add(out, r);
}

/* ---- conflicts ---- */

void
casefile_add_conflict(struct casefile *c, const char *field,
    const struct record *a, const struct record *b)
{
	c->conflicts = vec_room(c->conflicts, c->nconflicts,
	    &c->capconflicts, sizeof(*c->conflicts));
	c->conflicts[c->nconflicts++] = (struct conflict){field, a, b};
}

static void
compare_field(struct casefile *c, const struct versions *v,
    const struct field *f)
{
	struct versions held;

	versions_init(&held);
	versions_values(v, f, &held);
	for (size_t i = 1; i < held.n; i++)
		casefile_add_conflict(c, f->name, held.v[i], held.v[0]);
	versions_release(&held);
}

static void
compare_identities(struct casefile *c)
{
	struct versions v;
	const struct field *f;

	versions_init(&v);
	versions_of_child(c, &v);
	for (f = v.n > 1 ? v.v[0]->kind->fields : NULL;
	    f != NULL && f->name != NULL; f++)
		if ((f->flags & FIELD_HIDDEN) == 0)
			compare_field(c, &v, f);
	versions_release(&v);
}

static void
count_standing(struct casefile *c)
{
	struct record *r;

	for (size_t i = 0; i < c->nrecords; i++) {
		r = c->records[i];
		if (!record_stands(r))
			continue;
		while (r->version_of != NULL)
			r = r->version_of;
		r->standing++;
		r->newest = c->records[i];
	}
}

/* The latest speaks for the pair. */
static void
compare_versions(struct casefile *c, const struct record *r)
{
	const struct record *newest = root_of(r)->newest;

	if (record_stands(r) && !is_identity(r) && newest != r)
		casefile_add_conflict(c, NULL, r, newest);
}

void
casefile_find_conflicts(struct casefile *c)
{
	compare_identities(c);
	count_standing(c);
	for (size_t i = 0; i < c->nrecords; i++)
		compare_versions(c, c->records[i]);
}
