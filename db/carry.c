/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Few entries are listed and sorted; of many, whole chains are read and what
 * is not wanted is passed over.  Both ways give each author's entries in the
 * order of their chain, in memory that has a bound.
 */
#include "config.h"

#include "db/carry.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "core/rights.h"
#include "core/vec.h"
#include "db/mask.h"
#include "db/proof.h"

#ifndef FEW
#define FEW (1u << 18)	/* entries that are listed */
#endif
#define FRESH_MAX 4096	/* new seals that are kept */

/* Where an entry stands. */
struct stand {
	int64_t author, row;
	uint64_t n;
};

struct wanted_book {
	int64_t book;
	struct case_id id;
};

struct carrying {
	struct store *s;
	const struct carry_want *want;
	carry_fn fn;
	void *ctx;
	struct wanted_book *books;	/* by number; owned */
	struct wanted_book *last;	/* the one found last, or NULL */
	struct stand *list;	/* owned */
	size_t nlist, caplist;
	uint64_t entries;	/* of all books, whether picked or not */
	bool others;		/* own entries are passed over */

	struct proof run;	/* the last entry handed out */
	int64_t author;		/* its row; 0: nothing waits for a proof */
	bool proved;		/* a proof was handed out behind it */
	unsigned roles;		/* may vouch for those since the last proof */
	struct proven proven;
	struct proof *fresh;	/* seals made on the way; owned */
	size_t nfresh, capfresh;
};

/* ---- what is wanted ---- */

static int
by_book(const void *a, const void *b)
{
	const struct wanted_book *x = a, *y = b;

	return x->book < y->book ? -1 : x->book > y->book;
}

static enum rc
may_leave(struct store *s, const struct case_id *id, int64_t *book,
    struct err *e)
{
	enum rc rc = case_find(s, id, book, e);

	if (rc == RC_OK && disposals_cover(&s->disposals, id))
		return err_set(e, RC_REFUSED, "a case that was disposed of by "
		    "two people cannot be sent: there is nothing left of it");
	return rc == RC_OK ? mask_refuse(s, *book, e) : rc;
}

static enum rc
find_books(struct carrying *c, struct err *e)
{
	const struct carry_want *w = c->want;
	enum rc rc = RC_OK;

	c->books = calloc(w->ncases + 1, sizeof(*c->books));
	if (c->books == NULL)
		return err_set(e, RC_NOMEM, "not enough memory to send so "
		    "many cases");
	for (size_t i = 0; i < w->ncases && rc == RC_OK; i++) {
		c->books[i].id = w->cases[i];
		rc = may_leave(c->s, &w->cases[i], &c->books[i].book, e);
	}
	if (rc == RC_OK)
		qsort(c->books, w->ncases, sizeof(*c->books), by_book);
	return rc;
}

/* Entries of one case stand side by side more often than not. */
static const struct wanted_book *
book_wanted(struct carrying *c, int64_t book)
{
	const struct wanted_book key = {.book = book};

	if (c->last == NULL || c->last->book != book)
		c->last = bsearch(&key, c->books, c->want->ncases,
		    sizeof(*c->books), by_book);
	return c->last;
}

static enum rc
list_add(struct carrying *c, sqlite3_stmt *st, struct err *e)
{
	struct stand *more = vec_try_room(c->list, c->nlist, &c->caplist,
	    sizeof(*more));

	if (more == NULL)
		return err_set(e, RC_NOMEM, "not enough memory to send so many "
		    "entries");
	c->list = more;
	c->list[c->nlist++] = (struct stand){
		.author = sqlite3_column_int64(st, 0),
		.n = (uint64_t)sqlite3_column_int64(st, 1),
		.row = sqlite3_column_int64(st, 2)
	};
	return RC_OK;
}

static bool
passed_over(const struct carrying *c, int64_t author)
{
	return c->others && author == c->s->author_row;
}

static enum rc
count_book(struct carrying *c, int64_t book, struct err *e)
{
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, c->s, STMT_CARRY_COUNT, e, "i", book);

	if (rc == RC_OK && stmt_next(&rows))
		c->entries += (uint64_t)sqlite3_column_int64(rows.st, 0);
	return stmt_close(&rows, rc, "count the entries", e);
}

static enum rc
list_book(struct carrying *c, int64_t book, struct err *e)
{
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, c->s, STMT_CARRY_OF_BOOK, e, "i", book);

	while (rc == RC_OK && stmt_next(&rows))
		if (!passed_over(c, sqlite3_column_int64(rows.st, 0)))
			rc = list_add(c, rows.st, e);
	return stmt_close(&rows, rc, "read the cases", e);
}

static int
by_chain(const void *a, const void *b)
{
	const struct stand *x = a, *y = b;

	if (x->author != y->author)
		return x->author < y->author ? -1 : 1;
	return x->n < y->n ? -1 : x->n > y->n;
}

static enum rc
list_entries(struct carrying *c, struct err *e)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; i < c->want->ncases && rc == RC_OK; i++)
		rc = list_book(c, c->books[i].book, e);
	if (rc == RC_OK && c->nlist != 0)
		qsort(c->list, c->nlist, sizeof(*c->list), by_chain);
	return rc;
}

/* ---- proofs ---- */

static enum rc
hand_proof(struct carrying *c, struct err *e)
{
	const struct carried out = {NULL, &c->run};

	c->proved = true;
	c->roles = UINT_MAX;
	return c->fn(&out, c->ctx, e);
}

/* More than some are not kept: they are made anew the next time. */
static enum rc
keep_fresh(struct carrying *c, struct err *e)
{
	struct proof *more;

	if (c->nfresh == FRESH_MAX)
		return RC_OK;
	more = vec_try_room(c->fresh, c->nfresh, &c->capfresh, sizeof(*more));
	if (more == NULL)
		return err_set(e, RC_NOMEM, "not enough memory for seals");
	c->fresh = more;
	c->fresh[c->nfresh++] = c->run;
	return RC_OK;
}

static enum rc
sign(struct carrying *c, struct err *e)
{
	bool own = c->author == c->s->author_row;
	enum rc rc;

	if (!own && (store_role(c->s) & c->roles) == 0)
		return err_set(e, RC_REFUSED, "an entry of %s has no seal of "
		    "its own, and you might not have written it, so you "
		    "cannot vouch for it: let a supervisor send the case",
		    roster_name(&c->s->roster, &c->run.author));
	rc = proof_chain(c->s, &c->proven, c->author, c->run.n, e);
	if (rc != RC_OK)
		return rc;
	proof_sign(c->s, &c->run);
	return own ? keep_fresh(c, e) : RC_OK;
}

/* The proof of the run that ends here. */
static enum rc
end_run(struct carrying *c, struct err *e)
{
	enum rc rc;

	if (c->author == 0 || c->proved)
		return RC_OK;
	rc = proof_seal(c->s, c->author, &c->run, e);
	if (rc == RC_NOTFOUND)
		rc = sign(c, e);
	return rc == RC_OK ? hand_proof(c, e) : rc;
}

/*
 * What not everybody may write is proved by itself where its author did so:
 * whoever carries what follows need not vouch for it.
 */
static enum rc
prove_apart(struct carrying *c, unsigned roles, struct err *e)
{
	enum rc rc;

	if ((roles & ROLE_PRACTITIONER) != 0)
		return RC_OK;
	rc = proof_seal(c->s, c->author, &c->run, e);
	if (rc == RC_NOTFOUND)
		return RC_OK;
	return rc == RC_OK ? hand_proof(c, e) : rc;
}

/* ---- entries ---- */

static enum rc
hand_entry(struct carrying *c, const struct entry_row *r, struct err *e)
{
	const struct carried out = {&r->entry, NULL};
	const struct entry *en = &r->entry;
	unsigned roles = proof_roles(en->kind);
	enum rc rc = RC_OK;

	if (c->author != r->author_row || en->n != c->run.n + 1)
		rc = end_run(c, e);
	if (rc != RC_OK)
		return rc;
	c->author = r->author_row;
	c->run.author = en->author;
	c->run.n = en->n;
	c->run.head = en->id;
	c->run.at = en->at;
	c->proved = false;
	c->roles &= roles;
	rc = c->fn(&out, c->ctx, e);
	return rc == RC_OK ? prove_apart(c, roles, e) : rc;
}

static enum rc
take_row(struct carrying *c, sqlite3_stmt *st, struct err *e)
{
	const struct wanted_book *b = book_wanted(c,
	    sqlite3_column_int64(st, 11));
	struct entry_row r;
	enum rc rc;

	if (b == NULL)
		return RC_OK;
	rc = entry_row_read(c->s, st, &r, e);
	if (rc == RC_OK && r.entry.body == NULL)
		rc = entry_row_bad(c->s, r.row, e);
	if (rc != RC_OK)
		return rc;
	r.entry.case_id = b->id;
	if (c->want->pick != NULL && !c->want->pick(&r.entry, c->want->ctx))
		return RC_OK;
	return hand_entry(c, &r, e);
}

static enum rc
carry_row(struct carrying *c, int64_t row, struct err *e)
{
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, c->s, STMT_FIND_ROW, e, "i", row);

	if (rc == RC_OK && stmt_next(&rows))
		rc = take_row(c, rows.st, e);
	return stmt_close(&rows, rc, "read the entries", e);
}

static enum rc
carry_author(struct carrying *c, int64_t author, struct err *e)
{
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, c->s, STMT_CARRY_OF_AUTHOR, e, "i",
	    author);

	while (rc == RC_OK && stmt_next(&rows))
		rc = take_row(c, rows.st, e);
	return stmt_close(&rows, rc, "read the entries", e);
}

static enum rc
carry_few(struct carrying *c, struct err *e)
{
	enum rc rc = list_entries(c, e);

	for (size_t i = 0; i < c->nlist && rc == RC_OK; i++)
		rc = carry_row(c, c->list[i].row, e);
	return rc;
}

static enum rc
carry_many(struct carrying *c, struct err *e)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; i < c->s->nauthors && rc == RC_OK; i++)
		if (!passed_over(c, (int64_t)i + 1))
			rc = carry_author(c, (int64_t)i + 1, e);
	return rc;
}

static enum rc
carry_all(struct carrying *c, struct err *e)
{
	enum rc rc = find_books(c, e);

	for (size_t i = 0; i < c->want->ncases && rc == RC_OK; i++)
		rc = count_book(c, c->books[i].book, e);
	if (rc == RC_OK)
		rc = c->entries <= FEW ? carry_few(c, e) : carry_many(c, e);
	return rc == RC_OK ? end_run(c, e) : rc;
}

/* ---- seals made on the way ---- */

static enum rc
add_fresh(struct carrying *c, struct err *e)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; i < c->nfresh && rc == RC_OK; i++) {
		const struct proof *p = &c->fresh[i];

		rc = stmt_do(c->s, STMT_SEAL_ADD_NEW, e, "iibbi",
		    c->s->author_row, (int64_t)p->n,
		    (const void *)p->head.b, (size_t)ENTRY_ID_LEN,
		    (const void *)p->signature, sizeof(p->signature), p->at);
	}
	return rc;
}

static enum rc
save_fresh(struct carrying *c, struct err *e)
{
	enum rc rc;

	if (c->nfresh == 0 || c->s->in_tx)
		return RC_OK;
	rc = tx_begin(c->s, e);
	if (rc != RC_OK)
		return rc;
	rc = add_fresh(c, e);
	if (rc != RC_OK) {
		tx_undo(c->s);
		return rc;
	}
	return tx_seal(c->s, e);
}

static enum rc
carry(struct carrying *c, struct err *e)
{
	enum rc rc = right_check(store_role(c->s), RIGHT_READ, e);

	c->roles = UINT_MAX;
	if (rc == RC_OK)
		rc = pages_few(c->s, e);
	if (rc == RC_OK)
		rc = carry_all(c, e);
	if (rc == RC_OK)
		rc = save_fresh(c, e);
	pages_many(c->s);
	free(c->books);
	free(c->list);
	free(c->fresh);
	return rc;
}

enum rc
store_carry(struct store *s, const struct carry_want *want, carry_fn fn,
    void *ctx, struct err *e)
{
	struct carrying c = {.s = s, .want = want, .fn = fn, .ctx = ctx};

	return carry(&c, e);
}

static enum rc
count_one(const struct carried *carried, void *ctx, struct err *e)
{
	uint64_t *n = ctx;

	(void)e;
	*n += carried->entry != NULL;
	return RC_OK;
}

/*
 * Whoever unlocked the store can prove what is theirs, so that only the
 * entries of others need looking at.
 */
enum rc
store_carry_count(struct store *s, const struct carry_want *want,
    uint64_t *n, struct err *e)
{
	struct carrying c = {.s = s, .want = want, .fn = count_one, .ctx = n,
		.others = want->pick == NULL};
	enum rc rc;

	*n = 0;
	rc = carry(&c, e);
	if (rc == RC_OK && want->pick == NULL)
		*n = c.entries;
	return rc;
}
