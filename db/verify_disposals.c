/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Disposals: each took all of its case and nothing else, at the word of two
 * people.
 */
#include "config.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/vec.h"
#include "db/verify.h"

#define OUTSIDE "it was changed outside Hearken; keep the file and restore " \
	"a backup"

/* Ids of a case's entries, and whether any of them still has its text. */
struct remains {
	struct entry_id *ids;
	size_t n, cap;
	bool text;
};

static enum rc
keep_id(struct remains *r, const struct entry *en, struct err *e)
{
	struct entry_id *more = vec_try_room(r->ids, r->n, &r->cap,
	    sizeof(*more));

	if (more == NULL)
		return err_set(e, RC_NOMEM, "not enough memory to check a "
		    "disposal");
	r->ids = more;
	r->ids[r->n++] = en->id;
	r->text = r->text || en->body != NULL;
	return RC_OK;
}

static enum rc
collect(struct walk *w, int64_t book, struct remains *r, struct err *e)
{
	struct entry_row row;
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, w->s, STMT_ENTRY_OF_BOOK, e, "i", book);

	while (rc == RC_OK && stmt_next(&rows)) {
		rc = entry_row_read(w->s, rows.st, &row, e);
		if (rc == RC_OK)
			rc = keep_id(r, &row.entry, e);
	}
	return stmt_close(&rows, rc, "read a case", e);
}

static void
judge(struct walk *w, const struct disposal_case *c, struct remains *r)
{
	unsigned char digest[DISPOSAL_DIGEST_LEN];
	char hex[2 * CASE_ID_LEN + 1];

	hex_format(c->id.b, CASE_ID_LEN, hex);
	disposals_digest(r->ids, r->n, digest);
	if (r->text)
		walk_fault(w, FAULT_TAMPERED,
		    "case %s was disposed of and still holds text: "
		    "pages of an older copy were put back, or " OUTSIDE, hex);
	else if (r->n != c->entries)
		walk_fault(w, FAULT_TAMPERED,
		    "case %s was disposed of with %" PRIu64
		    " entries and has %zu: " OUTSIDE, hex, c->entries, r->n);
	else if (memcmp(digest, c->digest, sizeof(digest)) != 0)
		walk_fault(w, FAULT_TAMPERED,
		    "the entries of case %s are not those that "
		    "were disposed of: " OUTSIDE, hex);
}

static enum rc
walk_one(struct walk *w, const struct disposal_case *c, struct err *e)
{
	struct remains r = {0};
	int64_t book;
	enum rc rc = book_find(w->s, &c->id, &book, e);

	if (rc == RC_OK)
		rc = collect(w, book, &r, e);
	if (rc == RC_OK || rc == RC_NOTFOUND) {
		judge(w, c, &r);
		rc = RC_OK;
	}
	free(r.ids);
	return rc;
}

enum rc
walk_disposals(struct walk *w, struct err *e)
{
	const struct disposals *d = &w->disposals;
	enum rc rc = RC_OK;

	if (d->bad != NULL)
		walk_fault(w, FAULT_TAMPERED,
		    "entry %" PRIu64 " of %s (a %s) disposes of %s; "
		    "it does not count: ask who wrote it", d->bad->n,
		    roster_name(&w->roster, &d->bad->author), d->bad->kind,
		    d->why_bad);
	for (size_t i = 0; i < d->ncases && rc == RC_OK && w->v->sound; i++)
		if (d->cases[i].disposed)
			rc = walk_one(w, &d->cases[i], e);
	return rc;
}
