/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/takein_before.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/returned.h"
#include "db/returns.h"

struct reading {
	struct before *b;
	const struct importrun_opts *opts;
	bool failed;
};

/* The id in "id version". */
static char *
id_of(const char *mapping)
{
	return strndup(mapping, strcspn(mapping, " "));
}

static bool
is_ours(const struct reading *r, const struct past *p)
{
	if (r->b->several)
		return p->mapping[0] != '\0' &&
		    strcmp(p->mapping, r->opts->mapping->id) == 0;
	return p->mapping[0] == '\0' && strcmp(p->agency,
	    r->b->agency) == 0;
}

static bool
more(struct before *b)
{
	size_t cap = b->cap == 0 ? 64 : 2 * b->cap;
	struct past *list;

	if (b->n < b->cap)
		return true;
	list = realloc(b->list, cap * sizeof(*list));
	if (list == NULL)
		return false;
	b->list = list;
	b->cap = cap;
	return true;
}

static bool
add(const struct return_row *row, void *ctx)
{
	struct reading *r = ctx;
	struct before *b = r->b;
	struct past p = {.file = returned_file(row->hash), .at = row->at,
	    .rows = row->rows, .bad = row->bad};

	/* One of several agencies cannot have been of one sender. */
	p.agency = strdup(row->agency);
	p.mapping = row->sender[0] != '\0' ? strdup(row->sender) :
	    strcmp(row->agency, SEVERAL) == 0 ? id_of(row->mapping) :
	    strdup("");
	r->failed = p.agency == NULL || p.mapping == NULL || !more(b);
	if (r->failed) {
		free(p.agency);
		free(p.mapping);
		return false;
	}
	p.ours = is_ours(r, &p);
	p.same = strcmp(row->hash, r->opts->hash) == 0;
	p.same_mapping = strcmp(row->mapping_hash,
	    r->opts->mapping->hash) == 0;
	b->list[b->n++] = p;
	return true;
}

static void
mark_later(struct before *b)
{
	size_t first = b->n;

	for (size_t i = 0; i < b->n; i++)
		if (b->list[i].same)
			first = i;
	for (size_t i = 0; first < b->n && i < first; i++)
		b->list[i].later = !b->list[i].same;
}

/* Places sorted by file; there are few, and they come by time. */
static bool
sort_files(struct before *b)
{
	size_t k;

	b->by_file = calloc(b->n + 1, sizeof(*b->by_file));
	for (size_t i = 0; b->by_file != NULL && i < b->n; i++) {
		for (k = i; k > 0 && b->list[b->by_file[k - 1]].file >
		    b->list[i].file; k--)
			b->by_file[k] = b->by_file[k - 1];
		b->by_file[k] = i;
	}
	return b->by_file != NULL;
}

enum rc
before_read(struct store *s, const struct importrun_opts *opts,
    struct before *out, struct err *e)
{
	const struct mapping *m = opts->mapping;
	struct reading r = {.b = out, .opts = opts};
	enum rc rc;

	memset(out, 0, sizeof(*out));
	out->several = m->columns[MAP_AGENCY] != NULL;
	out->agency = m->agency[0] != '\0' ? m->agency :
	    opts->agency != NULL ? opts->agency : "";
	rc = store_returns(s, add, &r, e);
	if (rc == RC_OK && !r.failed) {
		mark_later(out);
		r.failed = !sort_files(out);
	}
	return rc == RC_OK && r.failed ? err_set(e, RC_NOMEM, "no memory for "
	    "the returns that came before") : rc;
}

void
before_release(struct before *b)
{
	for (size_t i = 0; i < b->n; i++) {
		free(b->list[i].agency);
		free(b->list[i].mapping);
	}
	free(b->list);
	free(b->by_file);
	memset(b, 0, sizeof(*b));
}

bool
before_any(const struct before *b)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->several || b->list[i].mapping[0] != '\0' ||
		    strcmp(b->list[i].agency, b->agency) == 0)
			return true;
	return false;
}

const struct past *
before_same(const struct before *b)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->list[i].same && b->list[i].ours)
			return &b->list[i];
	return NULL;
}

const struct past *
before_other(const struct before *b)
{
	for (size_t i = 0; i < b->n && !b->several; i++)
		if (b->list[i].same && b->list[i].mapping[0] == '\0' &&
		    strcmp(b->list[i].agency, b->agency) != 0)
			return &b->list[i];
	return NULL;
}

/* The place in by_file of the first of this file, or of where it would be. */
static size_t
first_of(const struct before *b, uint64_t file)
{
	size_t from = 0, to = b->n, mid;

	while (from < to) {
		mid = from + (to - from) / 2;
		if (b->list[b->by_file[mid]].file < file)
			from = mid + 1;
		else
			to = mid;
	}
	return from;
}

bool
before_ours(const struct before *b, uint64_t file)
{
	size_t i = first_of(b, file), n = 0;

	for (; i < b->n && b->list[b->by_file[i]].file == file; i++, n++)
		if (!b->list[b->by_file[i]].ours)
			return false;
	return n != 0;
}

bool
before_later(const struct before *b, uint64_t file)
{
	for (size_t i = first_of(b, file); i < b->n &&
	    b->list[b->by_file[i]].file == file; i++)
		if (b->list[b->by_file[i]].later)
			return true;
	return false;
}

bool
before_sends(const struct before *b, const char *agency)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->list[i].mapping[0] == '\0' &&
		    strcmp(b->list[i].agency, agency) == 0)
			return true;
	return false;
}

void
before_sender(const struct before *b, uint64_t file, char *out, size_t room)
{
	const struct past *p = NULL;

	for (size_t i = first_of(b, file); i < b->n &&
	    b->list[b->by_file[i]].file == file && p == NULL; i++)
		if (!b->list[b->by_file[i]].ours)
			p = &b->list[b->by_file[i]];
	if (p == NULL)
		(void)snprintf(out, room, "taken in by another store");
	else if (p->mapping[0] != '\0')
		(void)snprintf(out, room, "read by the mapping %s",
		    p->mapping);
	else
		(void)snprintf(out, room, "sent by %s", p->agency);
}

