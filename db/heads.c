/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the chains of a store end, and whether that is where they ended when
 * somebody last looked.
 */
#include "config.h"

#include "db/heads.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "db/bytes.h"
#include "db/impl.h"
#include "db/remember.h"

void
heads_release(struct heads *h)
{
	free(h->list);
	h->list = NULL;
	h->n = 0;
}

static int
by_author(const void *a, const void *b)
{
	const struct head *x = a, *y = b;

	return memcmp(x->author.b, y->author.b, AUTHOR_LEN);
}

/* n is 0 when the author has no entries. */
static enum rc
last_of(struct store *s, int64_t author, struct head *out, struct err *e)
{
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, s, STMT_ENTRY_LAST, e, "i", author);

	out->n = 0;
	if (rc == RC_OK && stmt_next(&rows)) {
		out->n = (uint64_t)sqlite3_column_int64(rows.st, 0);
		if (!stmt_blob(rows.st, 1, out->id.b, ENTRY_ID_LEN))
			memset(out->id.b, 0, ENTRY_ID_LEN);
	}
	return stmt_close(&rows, rc, "read the ends of the chains", e);
}

void
heads_place(const struct store *s, unsigned char out[PLACE_LEN])
{
	crypto_generichash(out, PLACE_LEN, (const unsigned char *)s->path,
	    strlen(s->path), NULL, 0);
}

enum rc
heads_of_store(struct store *s, struct heads *out, struct err *e)
{
	enum rc rc = RC_OK;
	struct head *h;

	memset(out, 0, sizeof(*out));
	out->generation = s->header.generation;
	out->at = clock_now(s->clock);
	heads_place(s, out->place);
	out->list = calloc(s->nauthors + 1, sizeof(*out->list));
	if (out->list == NULL)
		return err_set(e, RC_NOMEM, "not enough memory to read the "
		    "ends of the chains");
	for (size_t i = 0; i < s->nauthors && rc == RC_OK; i++) {
		h = &out->list[out->n];
		h->author = s->authors[i];
		rc = last_of(s, (int64_t)i + 1, h, e);
		out->entries += h->n;
		out->n += rc == RC_OK && h->n != 0;
	}
	if (rc != RC_OK) {
		heads_release(out);
		return rc;
	}
	qsort(out->list, out->n, sizeof(*out->list), by_author);
	return RC_OK;
}

enum rc
store_heads_hash(struct store *s, unsigned char out[32], struct err *e)
{
	crypto_generichash_state h;
	unsigned char number[8];
	struct heads heads;
	enum rc rc = heads_of_store(s, &heads, e);

	if (rc != RC_OK)
		return rc;
	crypto_generichash_init(&h, NULL, 0, 32);
	for (size_t i = 0; i < heads.n; i++) {
		put_uint(number, heads.list[i].n, 8);
		crypto_generichash_update(&h, heads.list[i].author.b,
		    AUTHOR_LEN);
		crypto_generichash_update(&h, number, sizeof(number));
		crypto_generichash_update(&h, heads.list[i].id.b,
		    ENTRY_ID_LEN);
	}
	crypto_generichash_final(&h, out, 32);
	heads_release(&heads);
	return RC_OK;
}

/* The id of an author's nth entry; RC_NOTFOUND when there is none. */
static enum rc
nth_of(struct store *s, int64_t author, uint64_t n, struct entry_id *id,
    struct err *e)
{
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, s, STMT_ENTRY_NTH, e, "ii", author,
	    (int64_t)n);

	if (rc == RC_OK && stmt_next(&rows)) {
		if (!stmt_blob(rows.st, 0, id->b, ENTRY_ID_LEN))
			memset(id->b, 0, ENTRY_ID_LEN);
	} else if (rc == RC_OK && rows.code == SQLITE_DONE) {
		rc = RC_NOTFOUND;
	}
	return stmt_close(&rows, rc, "read the ends of the chains", e);
}

static int64_t
row_of(const struct store *s, const struct author_id *key)
{
	for (size_t i = 0; i < s->nauthors; i++)
		if (memcmp(s->authors[i].b, key->b, AUTHOR_LEN) == 0)
			return (int64_t)i + 1;
	return 0;
}

enum rc
heads_nth(struct store *s, const struct author_id *key, uint64_t n,
    struct entry_id *id, struct err *e)
{
	int64_t author = row_of(s, key);

	return author != 0 ? nth_of(s, author, n, id, e) : RC_NOTFOUND;
}

/* What one chain is found to be; lost entries are counted. */
static enum rc
compare_chain(struct store *s, const struct head *known,
    struct heads_verdict *v, struct err *e)
{
	int64_t author = row_of(s, &known->author);
	struct head last = {.n = 0};
	struct entry_id id;
	enum rc rc;

	rc = heads_nth(s, &known->author, known->n, &id, e);
	if (rc == RC_OK && !entry_id_equal(&id, &known->id))
		v->state = HEADS_OTHER;
	if (rc != RC_NOTFOUND)
		return rc;
	rc = author != 0 ? last_of(s, author, &last, e) : RC_OK;
	v->lost += known->n > last.n ? known->n - last.n : 1;
	if (v->state != HEADS_OTHER)
		v->state = HEADS_BEHIND;
	return rc;
}

enum rc
heads_compare(struct store *s, const struct heads *known,
    struct heads_verdict *out, struct err *e)
{
	enum rc rc = RC_OK;

	memset(out, 0, sizeof(*out));
	out->state = HEADS_SOUND;
	out->known_at = known->at;
	for (size_t i = 0; i < known->n && rc == RC_OK; i++)
		rc = compare_chain(s, &known->list[i], out, e);
	if (rc == RC_OK && out->state == HEADS_SOUND &&
	    known->generation > s->header.generation)
		out->state = HEADS_BEHIND;
	return rc;
}

const struct heads_verdict *
store_heads(const struct store *s)
{
	return &s->heads;
}
