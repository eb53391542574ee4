/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "db/mask.h"
#include "db/proof.h"
#include "db/purpose.h"

enum rc
book_find(struct store *s, const struct case_id *id, int64_t *book,
    struct err *e)
{
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, s, STMT_BOOK_FIND, e, "b",
	    (const void *)id->b, (size_t)CASE_ID_LEN);

	if (rc == RC_OK && stmt_next(&rows))
		*book = sqlite3_column_int64(rows.st, 0);
	else if (rc == RC_OK && rows.code == SQLITE_DONE)
		rc = RC_NOTFOUND;
	return stmt_close(&rows, rc, "read the store", e);
}

/* Imports write many entries to one case in a row. */
enum rc
book_for(struct store *s, const struct case_id *id, int64_t *book,
    struct err *e)
{
	enum rc rc;

	if (s->last_book != 0 && case_id_equal(id, &s->last_case)) {
		*book = s->last_book;
		return RC_OK;
	}
	rc = book_find(s, id, book, e);
	if (rc == RC_NOTFOUND) {
		rc = stmt_do(s, STMT_BOOK_ADD, e, "b", (const void *)id->b,
		    (size_t)CASE_ID_LEN);
		*book = sqlite3_last_insert_rowid(s->db);
	}
	if (rc == RC_OK) {
		s->last_case = *id;
		s->last_book = *book;
	}
	return rc;
}

static enum rc
check_place(const struct store *s, const struct kind *k,
    const struct case_id *id, struct err *e)
{
	struct case_id reg = case_id_register();
	bool for_register = strcmp(k->family, "register") == 0;

	if (for_register && !s->may_register)
		return err_set(e, RC_REFUSED, "%s: entries of the register "
		    "are written by the program's own steps only", k->label);
	if (for_register != case_id_equal(id, &reg))
		return err_set(e, RC_INPUT, "%s: it belongs %s", k->label,
		    for_register ? "to the register, not to a case" :
		    "to a case, not to the register");
	return RC_OK;
}

/*
 * What was seen is taken from anybody: it is never lost, and tells whoever
 * reports it nothing of the case.
 */
static enum rc
check_door(struct store *s, const struct kind *k, const struct case_id *id,
    struct err *e)
{
	int64_t book;
	enum rc rc;

	if (s->may_register || strcmp(k->name, "observation") == 0)
		return RC_OK;
	rc = book_find(s, id, &book, e);
	if (rc == RC_NOTFOUND)
		return RC_OK;
	return rc == RC_OK ? mask_refuse(s, book, e) : rc;
}

static enum rc
check_draft(const struct store *s, const struct kind *k,
    const struct entry_draft *d, struct err *e)
{
	enum rc rc = check_place(s, k, &d->case_id, e);

	if (rc == RC_OK && disposals_cover(&s->disposals, &d->case_id))
		rc = err_set(e, RC_REFUSED, "%s: the case was disposed of by "
		    "two people, and nothing can be added to it; open a new "
		    "case", k->label);
	if (rc == RC_OK)
		rc = kind_check_draft(k, &d->on, d->body, e);
	if (rc != RC_OK)
		return rc;
	if (!s->may_register && (store_role(s) & k->roles) == 0)
		return err_set(e, RC_REFUSED, "%s: your role may not write "
		    "this; ask someone whose role may", k->label);
	return RC_OK;
}

enum rc
entry_insert(struct store *s, int64_t book, int64_t author,
    const struct entry *en, struct err *e)
{
	char on[SPAN_TEXT_MAX];
	sqlite3_stmt *st;
	enum rc rc = stmt_get(s, STMT_ENTRY_ADD, &st, e);
	int code;

	if (rc != RC_OK)
		return rc;
	span_format(&en->on, on);
	code = stmt_bind(st, "iiiittbbbt", book, author,
	    (int64_t)en->n, en->at, en->kind, on, (const void *)en->id.b,
	    (size_t)ENTRY_ID_LEN, (const void *)en->prev.b,
	    (size_t)ENTRY_ID_LEN, (const void *)en->body_hash.b,
	    (size_t)ENTRY_ID_LEN, en->body);
	if (code != SQLITE_OK)
		return stmt_fail(s, code, "write to the store", e);
	return stmt_run(s, st, "write to the store", e);
}

static void
make_entry(const struct store *s, const struct kind *k,
    const struct entry_draft *d, struct entry *en)
{
	int64_t now = clock_now(s->clock);

	memset(en, 0, sizeof(*en));
	en->author = s->author;
	en->n = s->chain.n + 1;
	en->prev = s->chain.head;
	en->case_id = d->case_id;
	memcpy(en->kind, k->name, strlen(k->name) + 1);
	en->at = now > s->chain.at ? now : s->chain.at;
	if (en->at < s->not_before)
		en->at = s->not_before;
	en->on = d->on;
	if (s->root != NULL && grant_needed(en->kind))
		grant_sign(&s->roster.grantor, s->root->sk, en, d->body);
	en->body = entry_canonical_body(d->body);
	entry_seal_id(en);
}

static enum rc
keep_entry(struct store *s, const struct entry *en, const json_t *body,
    struct err *e)
{
	int64_t book;
	enum rc rc = book_for(s, &en->case_id, &book, e);

	if (rc == RC_OK)
		rc = entry_insert(s, book, s->author_row, en, e);
	if (rc == RC_OK)
		rc = project_entry(s, sqlite3_last_insert_rowid(s->db), book,
		    en, body, e);
	if (rc == RC_OK && book != REGISTER_BOOK)
		rc = touch_book(s, book, e);
	return rc;
}

/*
 * A failure here may have left half of the entry behind, so the transaction
 * ends with it; a draft that is refused before leaves an import going on.
 */
static enum rc
keep_or_undo(struct store *s, const struct entry *en, const json_t *body,
    struct err *e)
{
	enum rc rc = keep_entry(s, en, body, e);

	if (rc != RC_OK) {
		tx_undo(s);
		return rc;
	}
	s->chain = (struct chain){en->n, en->at, en->id};
	s->added++;
	return RC_OK;
}

enum rc
append_draft(struct store *s, const struct entry_draft *d,
    struct entry_id *id, struct err *e)
{
	const struct kind *k = kind_find(d->kind);
	struct case_id reg = case_id_register();
	struct entry en;
	enum rc rc;

	if (k == NULL)
		return err_set(e, RC_INPUT, "there is no kind of entry named "
		    "\"%s\"", d->kind);
	rc = check_draft(s, k, d, e);
	if (rc == RC_OK)
		rc = check_door(s, k, &d->case_id, e);
	if (rc == RC_OK)
		rc = purpose_check(s, k, &d->case_id, d->body, e);
	if (rc != RC_OK)
		return rc;
	make_entry(s, k, d, &en);
	if (strlen(en.body) > ENTRY_BODY_MAX)
		rc = err_set(e, RC_INPUT, "an entry holds at most %u bytes "
		    "of text; split it", ENTRY_BODY_MAX);
	else
		rc = keep_or_undo(s, &en, d->body, e);
	if (rc == RC_OK) {
		s->touched.reg |= case_id_equal(&en.case_id, &reg) &&
		    register_holds_kind(en.kind);
		if (id != NULL)
			*id = en.id;
	}
	entry_release(&en);
	return rc;
}

static bool
for_everybody(const char *kind)
{
	return (proof_roles(kind) & ROLE_PRACTITIONER) != 0 ||
	    strcmp(kind_find(kind)->family, "register") == 0;
}

/* True if what comes next may travel without this one, or this without it. */
static bool
parts_from(const struct entry_draft *d, const struct entry_draft *next)
{
	return !case_id_equal(&d->case_id, &next->case_id) ||
	    !for_everybody(d->kind);
}

enum rc
append_drafts(struct store *s, const struct entry_draft *drafts, size_t n,
    struct entry_id *ids, struct err *e)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; i < n && rc == RC_OK; i++) {
		rc = append_draft(s, &drafts[i],
		    ids != NULL ? &ids[i] : NULL, e);
		if (rc == RC_OK && i + 1 < n &&
		    parts_from(&drafts[i], &drafts[i + 1]))
			rc = tx_seal_here(s, e);
	}
	return rc;
}

enum rc
store_append(struct store *s, const struct entry_draft *drafts, size_t n,
    struct entry_id *ids, struct err *e)
{
	enum rc rc = tx_begin(s, e);

	if (rc != RC_OK)
		return rc;
	rc = append_drafts(s, drafts, n, ids, e);
	if (rc != RC_OK) {
		tx_undo(s);
		return rc;
	}
	return tx_seal(s, e);
}
