/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Chains of people of other stores.  What a bundle did not bring leaves gaps;
 * each unbroken run ends in a seal of its author, or in the vouch of somebody
 * who might have written what it covers.
 */
#include "config.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "db/proof.h"
#include "db/purpose.h"
#include "db/verify_chain.h"

struct abroad_walk {
	struct author_walk a;
	sqlite3_stmt *seals, *vouches;	/* at the next of each, or NULL */
	bool waits;		/* some since the last proof have none yet */
	unsigned roles;		/* who might have written all of these */
	const char *blamed;	/* vouched for them, but might not have */
	struct entry last;	/* of these; no body */
};

bool
walk_is_abroad(const struct walk *w, const struct author_id *key)
{
	const struct roster_user *u = roster_find(&w->roster, key);

	return u != NULL && u->abroad;
}

/*
 * When somebody vouched is not written down, so any role that they ever had
 * will do: what they may at that moment was looked at by db/unite.c.
 */
static unsigned
ever(const struct walk *w, const struct author_id *key)
{
	const struct roster_user *u = roster_find(&w->roster, key);
	unsigned roles = u != NULL && u->abroad ? ROLE_PRACTITIONER : 0;

	for (size_t i = 0; u != NULL && i < u->nroles; i++)
		roles |= u->roles[i].roles;
	return roles;
}

/* ---- proofs ---- */

static enum rc
step_to(struct walk *w, sqlite3_stmt **st, uint64_t n, struct err *e)
{
	int code = SQLITE_ROW;

	while (*st != NULL && (uint64_t)sqlite3_column_int64(*st, 0) < n &&
	    (code = sqlite3_step(*st)) == SQLITE_ROW)
		;
	if (code == SQLITE_ROW)
		return RC_OK;
	sqlite3_reset(*st);
	*st = NULL;
	return code == SQLITE_DONE ? RC_OK : stmt_fail(w->s, code,
	    "read the seals", e);
}

static bool
stands_at(sqlite3_stmt *st, uint64_t n)
{
	return st != NULL && (uint64_t)sqlite3_column_int64(st, 0) == n;
}

static enum rc
open_proofs(struct walk *w, enum stmt_id id, int64_t author,
    sqlite3_stmt **st, struct err *e)
{
	enum rc rc = stmt_get(w->s, id, st, e);
	int code;

	if (rc != RC_OK)
		return rc;
	code = stmt_bind(*st, "i", author);
	if (code == SQLITE_OK)
		code = sqlite3_step(*st);
	if (code == SQLITE_ROW)
		return RC_OK;
	sqlite3_reset(*st);
	*st = NULL;
	return code == SQLITE_DONE ? RC_OK : stmt_fail(w->s, code,
	    "read the seals", e);
}

static bool
voucher_of(const struct walk *w, sqlite3_stmt *st, struct author_id *by)
{
	int64_t row = sqlite3_column_int64(st, 3);

	if (row < 1 || (size_t)row > w->s->nauthors)
		return false;
	*by = w->s->authors[row - 1];
	return true;
}

static void
take_proofs(struct walk *w, struct abroad_walk *t, const struct entry *en,
    struct err *e, enum rc *rc)
{
	struct author_id by;
	bool covered = stands_at(t->seals, en->n);

	while (*rc == RC_OK && stands_at(t->vouches, en->n)) {
		if (voucher_of(w, t->vouches, &by)) {
			covered |= (ever(w, &by) & t->roles) != 0;
			t->blamed = roster_name(&w->roster, &by);
		}
		if (sqlite3_step(t->vouches) != SQLITE_ROW) {
			sqlite3_reset(t->vouches);
			t->vouches = NULL;
		} else {
			*rc = step_to(w, &t->vouches, en->n, e);
		}
	}
	if (covered) {
		t->waits = false;
		t->roles = UINT_MAX;
		t->blamed = NULL;
	}
}

/* The run ends here, or the chain does. */
static void
end_run(struct walk *w, const struct abroad_walk *t)
{
	char what[400];

	if (!t->waits)
		return;
	if (t->blamed != NULL)
		(void)snprintf(what, sizeof(what), "is only vouched for by "
		    "%.200s, who might not have written it; it does not "
		    "count: ask its author", t->blamed);
	walk_entry_fault(w, &t->a, &t->last, t->blamed != NULL ? what :
	    "is proved by no seal, and the entry after it is not here: "
	    "entries were added or taken out; " OUTSIDE);
}

/* ---- entries ---- */

static void
check_entry(struct walk *w, struct abroad_walk *t, const struct entry *en)
{
	struct case_id reg = case_id_register();
	struct author_walk *a = &t->a;
	bool follows = en->n == a->n + 1;

	if (!follows)
		end_run(w, t);
	if (!entry_id_holds(en))
		walk_entry_fault(w, a, en, "does not have the bytes that it "
		    "was signed with: " OUTSIDE);
	else if (en->n <= a->n)
		walk_entry_fault(w, a, en, "stands twice in its author's "
		    "chain: " OUTSIDE);
	else if (follows && !entry_id_equal(&en->prev, &a->head))
		walk_entry_fault(w, a, en, "does not follow the entry before "
		    "it: one of the two was replaced; " OUTSIDE);
	else if (en->at < a->at)
		walk_entry_fault(w, a, en, "is dated before an earlier one "
		    "of its author; " OUTSIDE);
	else if (en->body == NULL &&
	    !disposals_cover(&w->disposals, &en->case_id))
		walk_entry_fault(w, a, en, "has lost its text, and no two "
		    "people disposed of the case: " OUTSIDE);
	else if (case_id_equal(&en->case_id, &reg))
		walk_entry_fault(w, a, en, "stands in this store's register, "
		    "where nobody of another store writes: " OUTSIDE);
	else if (!purpose_fits(&w->roster, en))
		walk_entry_fault(w, a, en, PURPOSE_FAULT);
	if (!follows) {
		t->roles = UINT_MAX;
		t->blamed = NULL;
	}
	a->n = en->n;
	a->at = en->at;
	a->head = en->id;
	t->waits = true;
	t->roles &= proof_roles(en->kind);
	t->last = *en;
	t->last.body = NULL;
}

static enum rc
walk_rows(struct walk *w, struct abroad_walk *t, sqlite3_stmt *st,
    struct err *e)
{
	struct entry_row r;
	enum rc rc = RC_OK;
	int code = sqlite3_step(st);

	while (rc == RC_OK && code == SQLITE_ROW && w->v->sound) {
		rc = entry_row_read(w->s, st, &r, e);
		if (rc != RC_OK)
			break;
		check_entry(w, t, &r.entry);
		rc = step_to(w, &t->seals, r.entry.n, e);
		if (rc == RC_OK)
			rc = step_to(w, &t->vouches, r.entry.n, e);
		take_proofs(w, t, &r.entry, e, &rc);
		if (rc == RC_OK)
			rc = walk_step(w, e);
		if (rc == RC_OK)
			code = sqlite3_step(st);
	}
	if (rc == RC_OK && w->v->sound && code != SQLITE_DONE)
		rc = stmt_fail(w->s, code, "read the entries", e);
	if (rc == RC_OK && w->v->sound)
		end_run(w, t);
	return rc;
}

static enum rc
walk_entries(struct walk *w, struct abroad_walk *t, struct err *e)
{
	sqlite3_stmt *st = NULL;
	int64_t row = t->a.row;
	enum rc rc = stmt_get(w->s, STMT_ENTRY_OF_AUTHOR, &st, e);
	int code = rc == RC_OK ? stmt_bind(st, "i", row) : SQLITE_OK;

	if (code != SQLITE_OK)
		rc = stmt_fail(w->s, code, "read the entries", e);
	if (rc == RC_OK)
		rc = open_proofs(w, STMT_SEAL_OF_AUTHOR, row, &t->seals, e);
	if (rc == RC_OK)
		rc = open_proofs(w, STMT_VOUCH_OF_AUTHOR, row, &t->vouches,
		    e);
	if (rc == RC_OK)
		rc = walk_rows(w, t, st, e);
	sqlite3_reset(st);
	sqlite3_reset(t->seals);
	sqlite3_reset(t->vouches);
	return rc;
}

static enum rc
walk_vouches(struct walk *w, const struct author_walk *a, struct err *e)
{
	struct author_id by;
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, w->s, STMT_VOUCH_OF_AUTHOR, e, "i",
	    a->row);

	while (rc == RC_OK && w->v->sound && stmt_next(&rows)) {
		if (voucher_of(w, rows.st, &by))
			rc = walk_signature(w, a, &by, rows.st, 4, e);
		else
			walk_fault(w, FAULT_TAMPERED, "a vouch for entries "
			    "of %s is by nobody: " OUTSIDE, a->name);
		w->v->seals++;
	}
	return stmt_close(&rows, rc, "read the vouches", e);
}

enum rc
walk_abroad(struct walk *w, int64_t author, struct err *e)
{
	struct abroad_walk t = {
		.a.row = author, .a.at = INT64_MIN, .roles = UINT_MAX,
		.a.name = roster_name(&w->roster, &w->s->authors[author - 1])
	};
	uint64_t last;
	enum rc rc = walk_entries(w, &t, e);

	if (rc == RC_OK && w->v->sound)
		rc = walk_seals(w, &t.a, &last, e);
	return rc == RC_OK && w->v->sound ? walk_vouches(w, &t.a, e) : rc;
}

/* ---- how many there are ---- */

static uint64_t
held_by(const struct entry_row *r)
{
	json_t *body = r->entry.body != NULL ?
	    entry_body_parse(r->entry.body) : NULL;
	json_int_t n = json_integer_value(json_object_get(body, "held"));

	json_decref(body);
	return n > 0 ? (uint64_t)n : 0;
}

/*
 * Where a run begins, nothing before it says that it was longer; but this
 * store's own people noted how many there were, in chains without gaps.
 */
enum rc
walk_held(struct walk *w, uint64_t n, struct err *e)
{
	struct entry_row r;
	struct stmt_rows rows;
	uint64_t held = 0;
	enum rc rc = stmt_open(&rows, w->s, STMT_ENTRY_OF_REGISTER, e, "t",
	    "bundle-in");

	while (rc == RC_OK && stmt_next(&rows)) {
		rc = entry_row_read(w->s, rows.st, &r, e);
		if (rc == RC_OK && held_by(&r) > held)
			held = held_by(&r);
	}
	rc = stmt_close(&rows, rc, "read the register", e);
	if (rc == RC_OK && n < held)
		walk_fault(w, FAULT_TAMPERED, "of %" PRIu64 " entries that "
		    "bundles brought only %" PRIu64 " are here: some were "
		    "taken out; " OUTSIDE, held, n);
	return rc;
}
