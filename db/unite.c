/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/unite.h"

#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "db/purpose.h"
#include "db/unite_impl.h"

enum rc
unite_begin(struct store *s, struct unite **out, struct err *e)
{
	struct unite *u;
	enum rc rc;

	if ((store_role(s) & kind_find("bundle-in")->roles) == 0)
		return err_set(e, RC_REFUSED, "your role may not add what "
		    "others sent; ask someone whose role may");
	u = calloc(1, sizeof(*u));
	if (u == NULL)
		return err_set(e, RC_NOMEM, "not enough memory to take "
		    "entries in");
	u->s = s;
	rc = tx_begin(s, e);
	if (rc != RC_OK) {
		free(u);
		return rc;
	}
	s->conflicts = 0;
	rc = pages_few(s, e);
	if (rc != RC_OK) {
		unite_abandon(u);
		return rc;
	}
	*out = u;
	return RC_OK;
}

enum rc
unite_begin_try(struct store *s, struct unite **out, struct err *e)
{
	enum rc rc = unite_begin(s, out, e);

	if (rc == RC_OK)
		(*out)->dry = true;
	return rc;
}

/* ---- where an entry belongs in its author's chain ---- */

static const char *
author_name(const struct unite *u, const struct author_id *key)
{
	return roster_name(&u->s->roster, key);
}

static enum rc
forked(const struct unite *u, const struct entry *en, struct err *e)
{
	return err_set(e, RC_TAMPERED, "entry %" PRIu64 " of %s is not the "
	    "one that is known here: two copies of a store were written to "
	    "with one key, or one of the two was changed. Nothing was taken "
	    "in; ask them, and verify both stores", en->n,
	    author_name(u, &en->author));
}

static enum rc
broken(const struct unite *u, const struct entry *en, struct err *e)
{
	return err_set(e, RC_TAMPERED, "entry %" PRIu64 " of %s does not "
	    "follow the one before it: something was changed, taken out or "
	    "moved. Nothing was taken in; ask for it again", en->n,
	    author_name(u, &en->author));
}

static enum rc
read_next(struct unite *u, uint64_t n, struct err *e)
{
	struct next_entry *next = &u->run.next;
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, u->s, STMT_CHAIN_NEXT, e, "ii",
	    u->run.row, (int64_t)n);

	next->n = UINT64_MAX;
	if (rc == RC_OK && stmt_next(&rows)) {
		next->n = (uint64_t)sqlite3_column_int64(rows.st, 0);
		next->at = sqlite3_column_int64(rows.st, 3);
		if (!stmt_blob(rows.st, 1, next->id.b, ENTRY_ID_LEN) ||
		    !stmt_blob(rows.st, 2, next->prev.b, ENTRY_ID_LEN))
			rc = err_set(e, RC_TAMPERED, "an entry that is here "
			    "already is damaged; verify the store");
	}
	return stmt_close(&rows, rc, "read the entries", e);
}

/* The stored entry before n; *there is false when there is none at n - 1. */
static enum rc
check_before(struct unite *u, const struct entry *en, struct err *e)
{
	struct entry_id id = {{0}};
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, u->s, STMT_CHAIN_BEFORE, e, "ii",
	    u->run.row, (int64_t)en->n);

	if (rc == RC_OK && stmt_next(&rows)) {
		if (sqlite3_column_int64(rows.st, 0) == (int64_t)en->n - 1 &&
		    (!stmt_blob(rows.st, 1, id.b, ENTRY_ID_LEN) ||
		    !entry_id_equal(&id, &en->prev)))
			rc = forked(u, en, e);
		else if (sqlite3_column_int64(rows.st, 2) > en->at)
			rc = broken(u, en, e);
	}
	return stmt_close(&rows, rc, "read the entries", e);
}

static enum rc
unproved(const struct unite *u, struct err *e)
{
	return err_set(e, RC_TAMPERED, "entries of %s up to number %" PRIu64
	    " come without a proof that they are theirs; nothing was taken "
	    "in", author_name(u, &u->run.author), u->run.n);
}

static enum rc
begin_run(struct unite *u, const struct entry *en, struct err *e)
{
	const struct roster_user *who = roster_find(&u->s->roster,
	    &en->author);
	enum rc rc;

	if (u->run.waits)
		return unproved(u, e);
	if (who == NULL)
		return err_set(e, RC_REFUSED, "it holds entries of somebody "
		    "of whom nothing is known here: ask the sender whose they "
		    "are, and for a card of that person's store");
	if (en->n == 1 && !entry_id_zero(&en->prev))
		return broken(u, en, e);
	u->run.author = en->author;
	u->run.local = !who->abroad;
	u->run.roles = UINT_MAX;
	u->run.fresh = false;
	rc = author_row_of(u->s, &en->author, &u->run.row, e);
	if (rc == RC_OK)
		rc = check_before(u, en, e);
	return rc == RC_OK ? read_next(u, en->n, e) : rc;
}

static bool
goes_on(const struct run *run, const struct entry *en)
{
	return run->row != 0 && en->n == run->n + 1 &&
	    memcmp(en->author.b, run->author.b, AUTHOR_LEN) == 0;
}

static enum rc
follow(struct unite *u, const struct entry *en, struct err *e)
{
	struct run *run = &u->run;
	enum rc rc = RC_OK;

	if (!goes_on(run, en))
		rc = begin_run(u, en, e);
	else if (!entry_id_equal(&en->prev, &run->head) || en->at < run->at)
		rc = broken(u, en, e);
	if (rc != RC_OK)
		return rc;
	run->n = en->n;
	run->head = en->id;
	run->at = en->at;
	run->waits = true;
	run->roles &= proof_roles(en->kind);
	return RC_OK;
}

/* ---- one entry ---- */

/* Clocks of two machines differ; by more than this one of them is wrong. */
#define AHEAD_MAX (INT64_C(366) * 86400000)
/* By more than this it is taken in all the same, and told. */
#define AHEAD_TOLD (INT64_C(2) * 86400000)

/* What is dated behind all that will ever be written would stay the latest. */
static enum rc
check_time(const struct unite *u, const struct entry *en, struct err *e)
{
	char words[SPAN_WORDS_MAX];

	if (en->at - AHEAD_MAX <= clock_now(u->s->clock))
		return RC_OK;
	moment_words(en->at, words);
	return err_set(e, RC_REFUSED, "it holds an entry of %s that was "
	    "written on %s, more than a year ahead of this machine's clock: "
	    "put this clock right if it is wrong, else ask them. Nothing was "
	    "taken in", author_name(u, &en->author), words);
}

static enum rc
check_shape(const struct unite *u, const struct entry *en, struct err *e)
{
	struct case_id reg = case_id_register();
	const struct kind *k = kind_find(en->kind);

	if (case_id_equal(&en->case_id, &reg) ||
	    (k != NULL && strcmp(k->family, "register") == 0))
		return err_set(e, RC_REFUSED, "it holds an entry of another "
		    "store's register; only entries of cases are taken in");
	if (en->kind[0] == '\0' || en->n == 0 || en->n > INT64_MAX ||
	    en->body == NULL)
		return err_set(e, RC_TAMPERED, "it holds an entry without "
		    "kind, number or text; nothing was taken in");
	if (strlen(en->body) > ENTRY_BODY_MAX)
		return err_set(e, RC_INPUT, "it holds an entry of more than "
		    "%u bytes; nothing was taken in", ENTRY_BODY_MAX);
	if (en->at < 0)
		return err_set(e, RC_INPUT, "it holds an entry that was "
		    "written at no time that there is");
	return check_time(u, en, e);
}

/* Looks it up; an entry in its place must be it. */
static enum rc
is_known(struct unite *u, const struct entry *en, bool *known, struct err *e)
{
	const struct next_entry *next = &u->run.next;

	*known = next->n == en->n;
	if (*known && !entry_id_equal(&next->id, &en->id))
		return forked(u, en, e);
	if (*known)
		return read_next(u, en->n + 1, e);
	if (next->n == en->n + 1 && !entry_id_equal(&next->prev, &en->id))
		return forked(u, en, e);
	if (next->n != UINT64_MAX && next->at < en->at)
		return broken(u, en, e);
	if (u->run.local)
		return err_set(e, RC_REFUSED, "it holds an entry of %s, of "
		    "this store, that is not here: an earlier copy of this "
		    "store was put back. Find the newer one", author_name(u,
		    &en->author));
	return RC_OK;
}

/* It may be the only word of something: a wrong clock must not lose it. */
static void
note_time(struct unite *u, const struct entry *en)
{
	if (en->at - AHEAD_TOLD <= clock_now(u->s->clock))
		return;
	u->ahead++;
	if (en->at > u->ahead_at)
		u->ahead_at = en->at;
}

static enum rc
keep(struct unite *u, struct united *c, const struct entry *en,
    struct err *e)
{
	const struct kind *k = kind_find(en->kind);
	enum rc rc = purpose_check_came(u->s, en, e);

	if (rc == RC_OK && c->book == 0)
		rc = book_for(u->s, &en->case_id, &c->book, e);
	if (rc == RC_OK)
		rc = entry_insert(u->s, c->book, u->run.row, en, e);
	if (rc == RC_OK && !u->dry)
		rc = project_text(u->s, sqlite3_last_insert_rowid(u->s->db),
		    c->book, en, e);
	if (rc != RC_OK)
		return rc;
	c->added++;
	u->run.fresh = true;
	note_time(u, en);
	u->sealed += k == NULL;
	u->uncounted += k != NULL &&
	    (roster_entry_roles(&u->s->roster, en) & k->roles) == 0;
	return RC_OK;
}

static enum rc
take(struct unite *u, struct entry *en, struct err *e)
{
	struct united *c = NULL;
	bool known = false;
	enum rc rc = check_shape(u, en, e);

	if (rc != RC_OK)
		return rc;
	entry_seal_id(en);
	rc = unite_case(u, &en->case_id, &c, e);
	if (rc == RC_OK)
		rc = follow(u, en, e);
	if (rc == RC_OK)
		rc = is_known(u, en, &known, e);
	if (rc != RC_OK)
		return rc;
	u->entries++;
	if (!known)
		return keep(u, c, en, e);
	c->known++;
	return RC_OK;
}

enum rc
unite_entry(struct unite *u, struct entry *en, struct err *e)
{
	enum rc rc = take(u, en, e);

	u->failed |= rc != RC_OK;
	return rc;
}

/* ---- proofs ---- */

/* What somebody might not have written, they cannot vouch for either. */
static enum rc
check_voucher(struct unite *u, const struct proof *p, struct err *e)
{
	if (roster_find(&u->s->roster, &p->by) == NULL)
		return err_set(e, RC_REFUSED, "entries of %s are vouched for "
		    "by somebody of whom nothing is known here",
		    author_name(u, &p->author));
	if ((roster_roles(&u->s->roster, &p->by, INT64_MAX - 1) &
	    u->run.roles) == 0)
		return err_set(e, RC_REFUSED, "an entry of %s is only vouched "
		    "for by %s, who might not have written it; ask for it "
		    "from a supervisor", author_name(u, &p->author),
		    author_name(u, &p->by));
	return RC_OK;
}

static enum rc
keep_proof(struct unite *u, const struct proof *p, struct err *e)
{
	int64_t by = 0;
	enum rc rc;

	if (!proof_vouches(p))
		return stmt_do(u->s, STMT_SEAL_ADD_NEW, e, "iibbi",
		    u->run.row, (int64_t)p->n, (const void *)p->head.b,
		    (size_t)ENTRY_ID_LEN, (const void *)p->signature,
		    sizeof(p->signature), u->run.at);
	rc = author_row_of(u->s, &p->by, &by, e);
	return rc != RC_OK ? rc : stmt_do(u->s, STMT_VOUCH_ADD_NEW, e,
	    "iiibbi", u->run.row, (int64_t)p->n, by,
	    (const void *)p->head.b, (size_t)ENTRY_ID_LEN,
	    (const void *)p->signature, sizeof(p->signature), u->run.at);
}

/* Of entries that are all known here, nothing new is proved by either. */
static enum rc
is_needed(struct unite *u, const struct proof *p, bool *needed,
    struct err *e)
{
	struct proof have = *p;
	enum rc rc;

	*needed = u->run.fresh;
	if (*needed || proof_vouches(p))
		return RC_OK;
	rc = proof_seal(u->s, u->run.row, &have, e);
	*needed = rc == RC_NOTFOUND;
	return *needed ? RC_OK : rc;
}

static enum rc
take_proof(struct unite *u, const struct proof *p, struct err *e)
{
	struct run *run = &u->run;
	bool needed = false;
	enum rc rc;

	if (!run->waits || p->n != run->n ||
	    !entry_id_equal(&p->head, &run->head) ||
	    memcmp(p->author.b, run->author.b, AUTHOR_LEN) != 0)
		return err_set(e, RC_TAMPERED, "a proof does not belong to "
		    "the entries before it: parts were changed, taken out or "
		    "moved. Nothing was taken in");
	rc = is_needed(u, p, &needed, e);
	if (rc == RC_OK && needed && proof_vouches(p))
		rc = check_voucher(u, p, e);
	if (rc == RC_OK && needed && !proof_holds(p))
		rc = err_set(e, RC_TAMPERED, "entry %" PRIu64 " of %s was not "
		    "signed with the key of %s; nothing was taken in", p->n,
		    author_name(u, &p->author), author_name(u, &p->by));
	if (rc == RC_OK && needed)
		rc = keep_proof(u, p, e);
	if (rc != RC_OK)
		return rc;
	run->waits = run->fresh = false;
	run->roles = UINT_MAX;
	return RC_OK;
}

enum rc
unite_proof(struct unite *u, const struct proof *p, struct err *e)
{
	enum rc rc = take_proof(u, p, e);

	u->failed |= rc != RC_OK;
	return rc;
}
