/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/versions.h"

#include <stdlib.h>
#include <string.h>

#include "core/casefile_impl.h"
#include "core/vec.h"

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

static bool
is_held(const struct versions *v, const struct field *f, const json_t *value)
{
	for (size_t i = 0; i < v->n; i++)
		if (field_value_same(f, json_object_get(v->v[i]->body,
		    f->name), value))
			return true;
	return false;
}

void
versions_values(const struct versions *v, const struct field *f,
    struct versions *out)
{
	for (size_t i = 0; i < v->n; i++) {
		const json_t *value = json_object_get(v->v[i]->body, f->name);

		if (field_has_value(value) && !is_held(out, f, value))
			add(out, v->v[i]);
	}
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
	}
}

static void
compare_versions(struct casefile *c, const struct record *r)
{
	struct versions v;

	if (!record_stands(r) || is_identity(r) || root_of(r)->standing < 2)
		return;
	versions_init(&v);
	versions_of(c, r, &v);
	/* The latest speaks for the pair. */
	if (v.n > 1 && v.v[0] != r)
		casefile_add_conflict(c, NULL, r, v.v[0]);
	versions_release(&v);
}

void
casefile_find_conflicts(struct casefile *c)
{
	compare_identities(c);
	count_standing(c);
	for (size_t i = 0; i < c->nrecords; i++)
		compare_versions(c, c->records[i]);
}
