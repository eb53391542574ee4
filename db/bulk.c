/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "db/mask.h"

enum rc
store_bulk_begin(struct store *s, struct err *e)
{
	enum rc rc = tx_begin(s, e);

	if (rc == RC_OK)
		s->in_bulk = true;
	return rc;
}

static enum rc
want_bulk(const struct store *s, struct err *e)
{
	if (s->in_bulk)
		return RC_OK;
	return err_set(e, RC_USAGE, "%s: no import has been begun", s->path);
}

enum rc
store_bulk_add(struct store *s, const struct entry_draft *draft,
    struct entry_id *id, struct err *e)
{
	enum rc rc = want_bulk(s, e);

	return rc == RC_OK ? append_draft(s, draft, id, e) : rc;
}

static bool
says_the_same(const struct entry *en,
    const unsigned char key[OBSERVED_KEY_LEN])
{
	unsigned char own[OBSERVED_KEY_LEN];
	json_t *body;

	if (en->body == NULL || strcmp(en->kind, "observation") != 0)
		return false;
	body = json_loads(en->body, 0, NULL);
	observed_key(&en->case_id, &en->on, body, own);
	json_decref(body);
	return memcmp(own, key, OBSERVED_KEY_LEN) == 0;
}

/*
 * Of a case restricted to others people are told of their own observations
 * only: that somebody else reported the same is not for them.
 */
static enum rc
known_of_own(struct store *s, int64_t book,
    const unsigned char key[OBSERVED_KEY_LEN], bool *known, struct err *e)
{
	struct entry_row r;
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, s, STMT_ENTRY_OF_BOOK, e, "i", book);

	*known = false;
	while (rc == RC_OK && !*known && stmt_next(&rows)) {
		rc = entry_row_read(s, rows.st, &r, e);
		if (rc == RC_OK && r.author_row == s->author_row)
			*known = says_the_same(&r.entry, key);
	}
	return stmt_close(&rows, rc, "read the store", e);
}

static enum rc
known_to_them(struct store *s, const struct case_id *id,
    const unsigned char key[OBSERVED_KEY_LEN], bool *known, struct err *e)
{
	bool masked = false;
	int64_t book = 0;
	enum rc rc = book_find(s, id, &book, e);

	if (rc == RC_OK)
		rc = mask_book(s, book, &masked, e);
	if (rc == RC_OK && masked)
		rc = known_of_own(s, book, key, known, e);
	return rc;
}

enum rc
store_bulk_knows(struct store *s, const struct entry_draft *observation,
    bool *known, struct err *e)
{
	unsigned char key[OBSERVED_KEY_LEN];
	struct stmt_rows rows;
	enum rc rc = want_bulk(s, e);

	if (rc != RC_OK)
		return rc;
	observed_key(&observation->case_id, &observation->on,
	    observation->body, key);
	rc = stmt_open(&rows, s, STMT_OBSERVED_FIND, e, "b",
	    (const void *)key, sizeof(key));
	*known = rc == RC_OK && stmt_next(&rows);
	rc = stmt_close(&rows, rc, "read the store", e);
	return rc == RC_OK && *known ? known_to_them(s,
	    &observation->case_id, key, known, e) : rc;
}

static bool
says_a_name(const char *text, const char *reference)
{
	json_t *body = entry_body_parse(text);
	const char *name = json_string_value(json_object_get(body, "name"));
	bool says = name != NULL && *name != '\0' &&
	    strcmp(name, reference) != 0;

	json_decref(body);
	return says;
}

enum rc
store_bulk_named(struct store *s, const struct case_id *id,
    const char *reference, bool *told, bool *named, struct err *e)
{
	struct stmt_rows rows;
	int64_t book = 0;
	enum rc rc = book_find(s, id, &book, e);

	*told = *named = false;
	if (rc != RC_OK)
		return rc;
	rc = stmt_open(&rows, s, STMT_BODIES_OF_KIND, e, "it", book,
	    "identity");
	while (rc == RC_OK && !*named && stmt_next(&rows)) {
		*told = true;
		*named = says_a_name(stmt_text(rows.st, 0), reference);
	}
	return stmt_close(&rows, rc, "read who a child is", e);
}

enum rc
store_bulk_seal(struct store *s, struct err *e)
{
	enum rc rc = want_bulk(s, e);

	return rc == RC_OK ? tx_seal(s, e) : rc;
}

void
store_bulk_abandon(struct store *s)
{
	if (s->in_bulk)
		tx_undo(s);
}
