/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The decisions of the register, folded by pair of cases.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/vec.h"
#include "db/links_impl.h"

#define LINKS_BODY 9		/* its column in ENTRY_OF_LINKS */

static const char *const kinds[REGISTER_KINDS] = {"same-child",
    "not-same-child"};

static bool
read_case(const json_t *body, const char *field, struct case_id *out)
{
	const char *hex = json_string_value(json_object_get(body, field));

	return hex != NULL && strlen(hex) == 2 * CASE_ID_LEN &&
	    hex_parse(hex, out->b, CASE_ID_LEN);
}

static char *
copy_reason(const json_t *body)
{
	const char *text = json_string_value(json_object_get(body,
	    "reason"));

	return strdup(text != NULL ? text : "");
}

/*
 * False for what no step of the program writes; it counts for nothing.  The
 * reason is NULL without memory.
 */
static bool
read_ruling(const struct entry *en, struct link_ruling *out)
{
	json_t *body = en->body != NULL ? entry_body_parse(en->body) : NULL;
	const char *by = json_string_value(json_object_get(body, "by"));
	struct case_id swap;
	bool good = by != NULL && read_case(body, "a", &out->a) &&
	    read_case(body, "b", &out->b) &&
	    !case_id_equal(&out->a, &out->b);

	if (good) {
		out->basis = (struct link_basis){.by = en->author,
		    .at = en->at, .model = strcmp(by, "person") != 0};
		out->same = strcmp(en->kind, "same-child") == 0;
		/* A model never parts: what it does not link it leaves. */
		good = out->same || !out->basis.model;
	}
	if (good && memcmp(out->a.b, out->b.b, CASE_ID_LEN) > 0) {
		swap = out->a;
		out->a = out->b;
		out->b = swap;
	}
	if (good)
		out->basis.reason = copy_reason(body);
	json_decref(body);
	return good;
}

static enum rc
no_memory(const struct store *s, struct err *e)
{
	return err_set(e, RC_NOMEM, "%s: not enough memory for what was "
	    "decided on links", s->path);
}

static enum rc
add(struct store *s, const struct entry *en, void *ctx, struct err *e)
{
	struct link_rulings *r = ctx;
	struct link_ruling *more, one;

	if (!roster_allows(&s->roster, en) || !read_ruling(en, &one))
		return RC_OK;
	if (one.basis.reason == NULL)
		return no_memory(s, e);
	more = vec_try_room(r->list, r->n, &r->cap, sizeof(*more));
	if (more == NULL) {
		free(one.basis.reason);
		return no_memory(s, e);
	}
	r->list = more;
	one.basis.order = r->n;
	r->list[r->n++] = one;
	return RC_OK;
}

static int
by_pair(const void *a, const void *b)
{
	const struct link_ruling *x = a, *y = b;
	int k = memcmp(x->a.b, y->a.b, CASE_ID_LEN);

	return k != 0 ? k : memcmp(x->b.b, y->b.b, CASE_ID_LEN);
}

/* Of one pair: what a person said behind what the model said. */
static int
by_weight(const void *a, const void *b)
{
	const struct link_ruling *x = a, *y = b;
	int k = by_pair(a, b);

	if (k != 0)
		return k;
	if (x->basis.model != y->basis.model)
		return x->basis.model ? -1 : 1;
	return x->basis.order < y->basis.order ? -1 :
	    x->basis.order > y->basis.order;
}

/* The last of each pair holds. */
static void
fold(struct link_rulings *r)
{
	size_t n = 0;

	r->read = r->n;
	if (r->n > 0)
		qsort(r->list, r->n, sizeof(*r->list), by_weight);
	for (size_t i = 0; i < r->n; i++)
		if (i + 1 == r->n ||
		    by_pair(&r->list[i], &r->list[i + 1]) != 0)
			r->list[n++] = r->list[i];
		else
			free(r->list[i].basis.reason);
	r->n = n;
}

enum rc
link_rulings_load(struct store *s, struct link_rulings *out, struct err *e)
{
	enum rc rc;

	memset(out, 0, sizeof(*out));
	rc = register_each(s, kinds, add, out, e);
	if (rc != RC_OK)
		link_rulings_release(out);
	else
		fold(out);
	return rc;
}

/* Whether the entry names one of the cases. */
static bool
names_one(const char *body, const struct case_id *cases, size_t n)
{
	char hex[2 * CASE_ID_LEN + 1];

	for (size_t i = 0; body != NULL && i < n; i++) {
		hex_format(cases[i].b, CASE_ID_LEN, hex);
		if (strstr(body, hex) != NULL)
			return true;
	}
	return false;
}

/* Most entries are passed over by their text: only the rest are read. */
static enum rc
collect_of(struct store *s, const struct case_id *cases, size_t n,
    struct casefile *c, struct err *e)
{
	struct entry_row row;
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, s, STMT_ENTRY_OF_LINKS, e, "");

	while (rc == RC_OK && stmt_next(&rows)) {
		if (!names_one((const char *)sqlite3_column_text(rows.st,
		    LINKS_BODY), cases, n))
			continue;
		rc = entry_row_read(s, rows.st, &row, e);
		if (rc == RC_OK)
			casefile_apply(c, &row.entry);
	}
	return stmt_close(&rows, rc, "read what was decided on links", e);
}

enum rc
link_rulings_of(struct store *s, const struct case_id *cases, size_t n,
    struct link_rulings *out, struct err *e)
{
	struct case_id reg = case_id_register();
	struct casefile c;
	enum rc rc;

	memset(out, 0, sizeof(*out));
	casefile_init(&c, &reg);
	rc = collect_of(s, cases, n, &c, e);
	for (size_t i = 0; rc == RC_OK && i < c.nrecords; i++)
		rc = add(s, &c.records[i]->entry, out, e);
	casefile_release(&c);
	if (rc != RC_OK)
		link_rulings_release(out);
	else
		fold(out);
	return rc;
}

void
link_rulings_release(struct link_rulings *r)
{
	for (size_t i = 0; i < r->n; i++)
		free(r->list[i].basis.reason);
	free(r->list);
	memset(r, 0, sizeof(*r));
}

const struct link_ruling *
link_ruling_of(const struct link_rulings *r, const struct case_id *a,
    const struct case_id *b)
{
	struct link_ruling key;

	if (r->n == 0)
		return NULL;
	key.a = memcmp(a->b, b->b, CASE_ID_LEN) < 0 ? *a : *b;
	key.b = memcmp(a->b, b->b, CASE_ID_LEN) < 0 ? *b : *a;
	return bsearch(&key, r->list, r->n, sizeof(*r->list), by_pair);
}
