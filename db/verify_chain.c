/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The books themselves: every entry's hash, every author's chain, the right
 * to write, and the signatures over the heads.
 */
#include "config.h"

#include "db/verify_chain.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "db/purpose.h"

void
walk_entry_fault(struct walk *w, const struct author_walk *a,
    const struct entry *en, const char *what)
{
	char hex[2 * CASE_ID_LEN + 1];

	hex_format(en->case_id.b, CASE_ID_LEN, hex);
	walk_fault(w, FAULT_TAMPERED,
	    "entry %" PRIu64 " of %s (a %s in case %s) %s", en->n,
	    a->name, en->kind, hex, what);
}

static void
check_entry(struct walk *w, struct author_walk *a, const struct entry *en)
{
	if (!entry_id_holds(en))
		walk_entry_fault(w, a, en, "does not have the bytes that it was "
		    "signed with: " OUTSIDE);
	else if (en->n <= a->n)
		walk_entry_fault(w, a, en, "stands twice in its author's chain: "
		    "two copies of the store were written to with one key, "
		    "or " OUTSIDE);
	else if (en->n != a->n + 1)
		walk_entry_fault(w, a, en, "follows a gap: the entry before it is "
		    "missing; " OUTSIDE);
	else if (!entry_id_equal(&en->prev, &a->head))
		walk_entry_fault(w, a, en, "does not follow the entry before it: "
		    "one of the two was replaced; " OUTSIDE);
	else if (en->at < a->at)
		walk_entry_fault(w, a, en, "is dated before the entry it follows; "
		    OUTSIDE);
	else if (en->body == NULL &&
	    !disposals_cover(&w->disposals, &en->case_id))
		walk_entry_fault(w, a, en, "has lost its text, and no two people "
		    "disposed of the case: " OUTSIDE);
	else if (!roster_allows(&w->roster, en))
		walk_entry_fault(w, a, en, "was written by someone whose role did "
		    "not allow it; it does not count: ask who wrote it");
	else if (!purpose_fits(&w->roster, en))
		walk_entry_fault(w, a, en, PURPOSE_FAULT);
	a->n = en->n;
	a->at = en->at;
	a->head = en->id;
}

static enum rc
walk_author(struct walk *w, struct author_walk *a, struct err *e)
{
	struct entry_row r;
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, w->s, STMT_ENTRY_OF_AUTHOR, e, "i",
	    a->row);

	while (rc == RC_OK && w->v->sound && stmt_next(&rows)) {
		rc = entry_row_read(w->s, rows.st, &r, e);
		if (rc != RC_OK)
			break;
		check_entry(w, a, &r.entry);
		rc = walk_step(w, e);
	}
	return stmt_close(&rows, rc, "read the entries", e);
}

struct sealed {
	struct entry_id id;
	int64_t at;
};

/* The entry that a seal speaks of, or RC_NOTFOUND. */
static enum rc
sealed_entry(struct walk *w, int64_t row, uint64_t n, struct sealed *out,
    struct err *e)
{
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, w->s, STMT_ENTRY_NTH, e, "ii", row,
	    (int64_t)n);
	bool is = rc == RC_OK && stmt_next(&rows) &&
	    stmt_blob(rows.st, 0, out->id.b, ENTRY_ID_LEN);

	if (is)
		out->at = sqlite3_column_int64(rows.st, 1);
	rc = stmt_close(&rows, rc, "read the entries", e);
	return rc == RC_OK && !is ? RC_NOTFOUND : rc;
}

enum rc
walk_signature(struct walk *w, const struct author_walk *a,
    const struct author_id *by, sqlite3_stmt *st, int at, struct err *e)
{
	const struct author_id *key = &w->s->authors[a->row - 1];
	uint64_t n = (uint64_t)sqlite3_column_int64(st, 0);
	unsigned char signature[64], message[SEAL_LEN];
	struct sealed found = {.at = 0};
	struct entry_id head;
	enum rc rc = RC_OK;

	if (!stmt_blob(st, 1, head.b, ENTRY_ID_LEN) ||
	    !stmt_blob(st, 2, signature, sizeof(signature))) {
		walk_fault(w, FAULT_TAMPERED,
		    "the seal of %s on entry %" PRIu64 " does not "
		    "have the shape of a seal: " OUTSIDE, a->name, n);
		return RC_OK;
	}
	seal_message(key, n, &head, message);
	if (crypto_sign_verify_detached(signature, message, sizeof(message),
	    by->b) != 0) {
		walk_fault(w, FAULT_TAMPERED,
		    "the seal on entry %" PRIu64 " was not signed "
		    "with the key of %s: " OUTSIDE, n,
		    roster_name(&w->roster, by));
		return RC_OK;
	}
	rc = sealed_entry(w, a->row, n, &found, e);
	if (rc == RC_NOTFOUND)
		walk_fault(w, FAULT_TAMPERED,
		    "entry %" PRIu64 " of %s is sealed but missing: "
		    OUTSIDE, n, a->name);
	else if (rc == RC_OK && (!entry_id_equal(&found.id, &head) ||
	    found.at != sqlite3_column_int64(st, at)))
		walk_fault(w, FAULT_TAMPERED,
		    "entry %" PRIu64 " of %s is not the one that "
		    "was sealed: " OUTSIDE, n, a->name);
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

enum rc
walk_seals(struct walk *w, const struct author_walk *a, uint64_t *last,
    struct err *e)
{
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, w->s, STMT_SEAL_OF_AUTHOR, e, "i",
	    a->row);

	*last = 0;
	while (rc == RC_OK && w->v->sound && stmt_next(&rows)) {
		rc = walk_signature(w, a, &w->s->authors[a->row - 1], rows.st, 3,
		    e);
		*last = (uint64_t)sqlite3_column_int64(rows.st, 0);
		w->v->seals++;
	}
	return stmt_close(&rows, rc, "read the seals", e);
}

static enum rc
walk_own_seals(struct walk *w, const struct author_walk *a, struct err *e)
{
	uint64_t last;
	enum rc rc = walk_seals(w, a, &last, e);

	if (rc == RC_OK && last != a->n)
		walk_fault(w, FAULT_TAMPERED,
		    "the last entries of %s, after number %" PRIu64
		    ", are not sealed: " OUTSIDE, a->name, last);
	return rc;
}

/* What an entry has to follow, by author, in the order of the rows. */
struct tail {
	uint64_t n;
	int64_t at;
	struct entry_id head;
	bool doubt;	/* to be walked by itself, and named */
	bool abroad;	/* has a walk of its own in any case */
};

/*
 * True if nothing is to be said of the entry.  The order of the rows is that
 * in which the store learnt of the entries, which is each author's own unless
 * copies were merged: whatever is not plainly right is walked again in the
 * order of its chain.
 */
static bool
plainly_right(const struct walk *w, const struct tail *t,
    const struct scan_row *r)
{
	const struct entry *en = &r->r.entry;

	return r->book != NULL && en->n == t->n + 1 && en->at >= t->at &&
	    entry_id_equal(&en->prev, &t->head) &&
	    entry_id_holds_text(en, r->on, r->non, r->nbody) &&
	    roster_allows(&w->roster, en) && (en->body != NULL ||
	    disposals_cover(&w->disposals, &en->case_id)) &&
	    purpose_fits(&w->roster, en);
}

static void
follow(struct walk *w, struct tail *tails, const struct scan_row *r)
{
	struct tail *t = &tails[r->r.author_row - 1];
	const struct entry *en = &r->r.entry;

	if (!t->abroad && !t->doubt && !plainly_right(w, t, r))
		t->doubt = true;
	w->abroad += t->abroad;
	t->n = en->n;
	t->at = en->at;
	t->head = en->id;
	if (r->book != NULL)
		r->book->bytes += r->nbody + SCAN_ROW_COST;
	w->v->entries++;
}

static enum rc
scan_all(struct walk *w, struct tail *tails, struct err *e)
{
	struct tally want[ENTRY_INDEXES];
	struct scan_row r;
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, w->s, STMT_ENTRY_SCAN, e, "");

	for (size_t i = 0; i < ENTRY_INDEXES; i++)
		tally_init(&want[i], w);
	while (rc == RC_OK && stmt_next(&rows)) {
		rc = scan_row_read(w->s, &w->books, rows.st, &r, e);
		if (rc != RC_OK)
			break;
		follow(w, tails, &r);
		index_want(want, &r.r);
		rc = walk_step(w, e);
	}
	rc = stmt_close(&rows, rc, "read the entries", e);
	return rc == RC_OK ? index_compare(w, want, e) : rc;
}

/* The entries that were in doubt one by one, then the seals. */
static enum rc
walk_chain(struct walk *w, size_t author, const struct tail *t,
    struct err *e)
{
	struct author_walk a = {
		.row = (int64_t)author + 1, .n = t->n,
		.name = roster_name(&w->roster, &w->s->authors[author])
	};
	enum rc rc = RC_OK;

	if (t->abroad)
		return walk_abroad(w, a.row, e);
	if (t->doubt) {
		a.n = 0;
		w->doubted++;
		rc = walk_author(w, &a, e);
	}
	return rc == RC_OK && w->v->sound ? walk_own_seals(w, &a, e) : rc;
}

static enum rc
walk_purpose(struct walk *w, struct err *e)
{
	uint64_t n;
	enum rc rc = purpose_strangers(w->s, &w->roster, &n, e);

	if (rc == RC_OK && n > 0)
		walk_fault(w, FAULT_TAMPERED, "%" PRIu64 " case%s in this "
		    "store for training %s no session: " OUTSIDE, n,
		    n == 1 ? "" : "s", n == 1 ? "is" : "are");
	return rc;
}

enum rc
walk_chains(struct walk *w, struct err *e)
{
	struct tail *tails = calloc(w->s->nauthors + 1, sizeof(*tails));
	enum rc rc;

	if (tails == NULL)
		return err_set(e, RC_NOMEM, "not enough memory to check the "
		    "chains");
	rc = register_load_roster(w->s, &w->roster, e);
	if (rc == RC_OK)
		rc = register_load_disposals(w->s, &w->roster, &w->disposals,
		    e);
	for (size_t i = 0; i < w->s->nauthors && rc == RC_OK; i++)
		tails[i].abroad = walk_is_abroad(w, &w->s->authors[i]);
	if (rc == RC_OK)
		rc = scan_all(w, tails, e);
	for (size_t i = 0; i < w->s->nauthors && rc == RC_OK &&
	    w->v->sound; i++)
		rc = walk_chain(w, i, &tails[i], e);
	free(tails);
	if (rc == RC_OK && w->v->sound)
		rc = walk_held(w, w->abroad, e);
	if (rc == RC_OK && w->v->sound)
		rc = walk_purpose(w, e);
	if (rc == RC_OK && w->v->sound &&
	    (w->v->entries == 0 || w->all == 0))
		walk_fault(w, FAULT_TAMPERED,
		    "the store has no entries, not even its founder's: "
		    OUTSIDE);
	return rc;
}
