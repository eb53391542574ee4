/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/proof.h"

#include <inttypes.h>
#include <sodium.h>
#include <string.h>

unsigned
proof_roles(const char *kind)
{
	const struct kind *k = kind_find(kind);

	return k != NULL ? k->roles : (unsigned)ROLE_SUPERVISOR;
}

bool
proof_holds(const struct proof *p)
{
	unsigned char message[SEAL_LEN];

	seal_message(&p->author, p->n, &p->head, message);
	return crypto_sign_verify_detached(p->signature, message,
	    sizeof(message), p->by.b) == 0;
}

bool
proof_vouches(const struct proof *p)
{
	return memcmp(p->by.b, p->author.b, AUTHOR_LEN) != 0;
}

/* The author stands in what is signed: a vouch is never taken for a seal. */
void
proof_sign(const struct store *s, struct proof *p)
{
	unsigned char message[SEAL_LEN];

	p->by = s->author;
	seal_message(&p->author, p->n, &p->head, message);
	crypto_sign_detached(p->signature, NULL, message, sizeof(message),
	    s->keys->ed_sk);
}

/* Reads n, head, signature and, of a vouch, by. */
static bool
read_proof(const struct store *s, sqlite3_stmt *st, bool vouch,
    struct proof *p)
{
	int64_t by;

	p->n = (uint64_t)sqlite3_column_int64(st, 0);
	if (!stmt_blob(st, 1, p->head.b, ENTRY_ID_LEN) ||
	    !stmt_blob(st, 2, p->signature, sizeof(p->signature)))
		return false;
	p->by = p->author;
	if (!vouch)
		return true;
	by = sqlite3_column_int64(st, 3);
	if (by < 1 || (size_t)by > s->nauthors)
		return false;
	p->by = s->authors[by - 1];
	return true;
}

enum rc
proof_seal(struct store *s, int64_t author, struct proof *p, struct err *e)
{
	struct proof found = {.author = p->author};
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, s, STMT_SEAL_NTH, e, "ii", author,
	    (int64_t)p->n);
	bool is = rc == RC_OK && stmt_next(&rows) &&
	    read_proof(s, rows.st, false, &found) &&
	    entry_id_equal(&found.head, &p->head);

	rc = stmt_close(&rows, rc, "read the seals", e);
	if (rc != RC_OK || !is)
		return rc != RC_OK ? rc : RC_NOTFOUND;
	p->by = p->author;
	memcpy(p->signature, found.signature, sizeof(p->signature));
	return RC_OK;
}

/* The next one from n on; p->n is UINT64_MAX when there is none. */
static enum rc
next_proof(struct store *s, bool vouch, int64_t author, uint64_t n,
    struct proof *p, struct err *e)
{
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, s, vouch ? STMT_VOUCH_NEXT :
	    STMT_SEAL_NEXT, e, "ii", author, (int64_t)n);

	p->author = s->authors[author - 1];
	if (rc == RC_OK && (!stmt_next(&rows) ||
	    !read_proof(s, rows.st, vouch, p)))
		p->n = UINT64_MAX;
	return stmt_close(&rows, rc, "read the seals", e);
}

/* True if the entries from n to p->n follow each other up to p. */
static enum rc
leads_to(struct store *s, int64_t author, uint64_t n, const struct proof *p,
    bool *leads, struct err *e)
{
	struct entry_id last = {{0}};
	struct entry_row r;
	struct stmt_rows rows;
	uint64_t at = n;
	enum rc rc = stmt_open(&rows, s, STMT_CHAIN_FROM, e, "ii", author,
	    (int64_t)n);

	*leads = false;
	while (rc == RC_OK && !*leads && stmt_next(&rows)) {
		rc = entry_row_read(s, rows.st, &r, e);
		if (rc != RC_OK || r.entry.n != at ||
		    !entry_id_holds(&r.entry) ||
		    (at != n && !entry_id_equal(&r.entry.prev, &last)))
			break;
		last = r.entry.id;
		*leads = at++ == p->n;
	}
	rc = stmt_close(&rows, rc, "read the entries", e);
	*leads = *leads && entry_id_equal(&last, &p->head);
	return rc;
}

enum rc
proof_chain(struct store *s, struct proven *known, int64_t author,
    uint64_t n, struct err *e)
{
	struct proof seal, vouch, *p;
	bool holds = false;
	enum rc rc;

	if (known->author == author && n >= known->from && n <= known->to)
		return RC_OK;
	rc = next_proof(s, false, author, n, &seal, e);
	if (rc == RC_OK)
		rc = next_proof(s, true, author, n, &vouch, e);
	if (rc != RC_OK)
		return rc;
	p = vouch.n < seal.n ? &vouch : &seal;
	if (p->n != UINT64_MAX && proof_holds(p))
		rc = leads_to(s, author, n, p, &holds, e);
	if (rc != RC_OK)
		return rc;
	if (!holds)
		return err_set(e, RC_TAMPERED, "%s: entry %" PRIu64 " of %s "
		    "is proved by no signature, so nothing of it may leave: "
		    "verify the store", s->path, n,
		    roster_name(&s->roster, &s->authors[author - 1]));
	*known = (struct proven){author, n, p->n};
	return RC_OK;
}

enum rc
pages_few(struct store *s, struct err *e)
{
	int code = sqlite3_exec(s->db, "PRAGMA cache_size = -16384", NULL,
	    NULL, NULL);

	return code == SQLITE_OK ? RC_OK : stmt_fail(s, code,
	    "read the store", e);
}

/* One that fails leaves the smaller cache, and nothing worse. */
void
pages_many(struct store *s)
{
	(void)sqlite3_exec(s->db, "PRAGMA cache_size = -65536", NULL, NULL,
	    NULL);
}
