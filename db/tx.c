/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "db/impl.h"
#include "db/open.h"

enum rc
touch_book(struct store *s, int64_t book, struct err *e)
{
	size_t word = (size_t)book / 64;
	size_t n = s->touched.nwords != 0 ? s->touched.nwords : 64;
	uint64_t *words;

	while (n <= word)
		n *= 2;
	if (n > s->touched.nwords) {
		words = realloc(s->touched.words, n * sizeof(*words));
		if (words == NULL)
			return err_set(e, RC_NOMEM, "%s: not enough memory "
			    "to write to the store", s->path);
		memset(words + s->touched.nwords, 0,
		    (n - s->touched.nwords) * sizeof(*words));
		s->touched.words = words;
		s->touched.nwords = n;
	}
	s->touched.words[word] |= UINT64_C(1) << (book % 64);
	return RC_OK;
}

static void
forget_books(struct store *s)
{
	if (s->touched.nwords != 0)
		memset(s->touched.words, 0,
		    s->touched.nwords * sizeof(*s->touched.words));
}

enum rc
tx_project(struct store *s, struct err *e)
{
	enum rc rc = project_touched(s, e);

	if (rc == RC_OK)
		forget_books(s);
	return rc;
}

enum rc
tx_begin(struct store *s, struct err *e)
{
	enum rc rc;

	if (s->in_tx)
		return err_set(e, RC_BUSY, "%s: an import is under way; "
		    "finish or abandon it first", s->path);
	free_mend_if_torn(s);
	rc = store_make_sure(s, e);
	if (rc == RC_OK)
		rc = project_day(s, e);
	if (rc == RC_OK)
		rc = stmt_do(s, STMT_BEGIN, e, "");
	if (rc != RC_OK)
		return rc;
	s->before = s->chain;
	s->authors_before = s->nauthors;
	s->added = 0;
	s->sealed = 0;
	s->in_tx = true;
	return RC_OK;
}

static void
tx_end(struct store *s)
{
	forget_books(s);
	s->touched.reg = false;
	s->last_book = 0;
	s->in_tx = false;
	s->in_bulk = false;
}

void
tx_undo(struct store *s)
{
	if (!s->in_tx)
		return;
	/* A failed statement may have rolled back already. */
	if (!sqlite3_get_autocommit(s->db) &&
	    stmt_do(s, STMT_ROLLBACK, NULL, "") != RC_OK)
		(void)sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
	s->chain = s->before;
	s->nauthors = s->authors_before;
	tx_end(s);
}

enum rc
tx_seal_here(struct store *s, struct err *e)
{
	unsigned char message[SEAL_LEN], signature[64];

	if (s->added == 0 || s->sealed == s->chain.n)
		return RC_OK;
	s->sealed = s->chain.n;
	seal_message(&s->author, s->chain.n, &s->chain.head, message);
	crypto_sign_detached(signature, NULL, message, sizeof(message),
	    s->keys->ed_sk);
	return stmt_do(s, STMT_SEAL_ADD, e, "iibbi", s->author_row,
	    (int64_t)s->chain.n, (const void *)s->chain.head.b,
	    (size_t)ENTRY_ID_LEN, (const void *)signature, sizeof(signature),
	    s->chain.at);
}

/* all: what every line is made by has changed. */
static enum rc
project_and_commit(struct store *s, bool all, struct err *e)
{
	enum rc rc;

	rc = all ? project_all_cases(s, e) : project_touched(s, e);
	if (rc != RC_OK)
		return rc;
	rc = stmt_do(s, STMT_COMMIT, e, "");
	/* When only the last sync failed, the journal is gone already. */
	s->unsure = rc != RC_OK;
	return rc;
}

/* The register is read anew before the commit: after it nothing may fail. */
static enum rc
seal_with_register(struct store *s, struct err *e)
{
	size_t n = s->ninstruments, chosen = s->chosen;
	struct disposals disposals, old_disposals = s->disposals;
	struct roster fresh, old = s->roster;
	unsigned second_look = s->second_look;
	enum rc rc;

	rc = register_load_roster(s, &fresh, e);
	if (rc != RC_OK)
		return rc;
	rc = register_load_disposals(s, &fresh, &disposals, e);
	if (rc != RC_OK) {
		roster_release(&fresh);
		return rc;
	}
	s->roster = fresh;
	s->disposals = disposals;
	rc = touch_rights(s, &old, &fresh, e);
	if (rc == RC_OK)
		rc = register_load_instruments(s, e);
	if (rc == RC_OK)
		rc = settings_load(s, e);
	if (rc == RC_OK)
		rc = project_and_commit(s, s->chosen != chosen ||
		    s->second_look != second_look, e);
	if (rc == RC_OK) {
		roster_release(&old);
		disposals_release(&old_disposals);
		return RC_OK;
	}
	s->roster = old;
	s->disposals = old_disposals;
	s->second_look = second_look;
	roster_release(&fresh);
	disposals_release(&disposals);
	register_drop_instruments(s, n, chosen);
	return rc;
}

enum rc
tx_seal(struct store *s, struct err *e)
{
	enum rc rc = tx_seal_here(s, e);

	if (rc == RC_OK && s->touched.reg)
		rc = seal_with_register(s, e);
	else if (rc == RC_OK)
		rc = project_and_commit(s, false, e);
	if (rc == RC_OK) {
		tx_end(s);
		return rc;
	}
	tx_undo(s);
	/* Should this fail as well, the next transaction begins with it. */
	if (store_make_sure(s, NULL) != RC_OK)
		s->unsure = true;
	return rc;
}
