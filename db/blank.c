/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/blank.h"

#include <stdlib.h>
#include <string.h>

#include "core/vec.h"

/* What is gathered while a case is walked. */
struct blanking {
	struct entry_id *ids;
	size_t n, cap;
	struct str words;	/* of all its entries, a space after each */
};

static enum rc
keep_id(struct blanking *b, const struct entry_id *id, struct err *e)
{
	struct entry_id *more = vec_try_room(b->ids, b->n, &b->cap,
	    sizeof(*more));

	if (more == NULL)
		return err_set(e, RC_NOMEM, "not enough memory to dispose of a "
		    "case");
	b->ids = more;
	b->ids[b->n++] = *id;
	return RC_OK;
}

static enum rc
drop_observed(struct store *s, const struct entry *en, const json_t *body,
    struct err *e)
{
	unsigned char key[OBSERVED_KEY_LEN];
	enum rc rc;

	observed_key(&en->case_id, &en->on, body, key);
	rc = stmt_do(s, STMT_OBSERVED_LESS, e, "b", (const void *)key,
	    sizeof(key));
	if (rc == RC_OK)
		rc = stmt_do(s, STMT_OBSERVED_NONE, e, "b",
		    (const void *)key, sizeof(key));
	return rc;
}

/* The index forgets a text only if it is told the same words again. */
static enum rc
drop_words(struct store *s, struct blanking *b, int64_t row,
    const struct kind *k, const json_t *body, struct err *e)
{
	struct str text;
	enum rc rc = RC_OK;

	str_init(&text);
	words_of_body(&text, k, body);
	if (text.len != 0) {
		str_add_n(&b->words, text.s, text.len);
		rc = stmt_do(s, STMT_WORDS_DROP, e, "it", row, text.s);
	}
	str_release(&text);
	return rc == RC_OK ? stmt_do(s, STMT_HOME_DROP, e, "i", row) : rc;
}

static enum rc
drop_entry(struct store *s, struct blanking *b, const struct entry_row *r,
    struct err *e)
{
	const struct entry *en = &r->entry;
	enum rc rc = keep_id(b, &en->id, e);
	json_t *body;

	if (rc != RC_OK || en->body == NULL)
		return rc;
	body = json_loads(en->body, 0, NULL);
	rc = drop_words(s, b, r->row, kind_find(en->kind), body, e);
	if (rc == RC_OK && strcmp(en->kind, "observation") == 0)
		rc = drop_observed(s, en, body, e);
	json_decref(body);
	return rc;
}

static enum rc
drop_entries(struct store *s, struct blanking *b, int64_t book,
    struct err *e)
{
	struct entry_row r;
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, s, STMT_ENTRY_OF_BOOK, e, "i", book);

	while (rc == RC_OK && stmt_next(&rows)) {
		rc = entry_row_read(s, rows.st, &r, e);
		if (rc == RC_OK)
			rc = drop_entry(s, b, &r, e);
	}
	return stmt_close(&rows, rc, "read the case", e);
}

/* ---- what the word index keeps of a word that is gone ---- */

static int
compare_words(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

/* Returns owned the words in order, *n of them; text is cut up. */
static const char **
sort_words(struct str *text, size_t *n)
{
	const char **list;
	char *p = text->s;
	size_t all = 0;

	for (size_t i = 0; i < text->len; i++)
		all += text->s[i] == ' ';
	list = malloc((all + 1) * sizeof(*list));
	for (*n = 0; list != NULL && *n < all; p += strlen(p) + 1) {
		p[strcspn(p, " ")] = '\0';
		list[(*n)++] = p;
	}
	if (list != NULL && all != 0)
		qsort(list, all, sizeof(*list), compare_words);
	return list;
}

/* True if one of the words begins with the split. */
static bool
begins_a_word(const char *const *words, size_t n, const struct str *split)
{
	size_t low = 0, high = n, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (strcmp(words[mid], split->s) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low < n && strncmp(words[low], split->s, split->len) == 0;
}

/* True in *lives if a word that is still in the index begins with it. */
static enum rc
still_lives(struct store *s, const struct str *split, bool *lives,
    struct err *e)
{
	struct str match;
	struct stmt_rows rows;
	enum rc rc;

	str_init(&match);
	str_add_fmt(&match, "\"%s\" *", split->s);
	rc = stmt_open(&rows, s, STMT_WORDS_LIVE, e, "t", match.s);
	*lives = rc == RC_OK && stmt_next(&rows);
	rc = stmt_close(&rows, rc, "look through the words", e);
	str_release(&match);
	return rc;
}

/*
 * The index is a tree whose inner nodes hold the beginnings of words.  One
 * may outlive its word; *left says whether any did.
 */
static enum rc
find_left(struct store *s, const char *const *words, size_t n, bool *left,
    struct err *e)
{
	bool lives = true;
	struct str split;
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, s, STMT_WORDS_SPLITS, e, "");

	str_init(&split);
	while (rc == RC_OK && !*left && stmt_next(&rows)) {
		/* The first byte names the index, of which there is one. */
		str_clear(&split);
		if (sqlite3_column_bytes(rows.st, 0) > 1)
			str_add_n(&split, stmt_text(rows.st, 0) + 1,
			    (size_t)sqlite3_column_bytes(rows.st, 0) - 1);
		if (split.len == 0 || !begins_a_word(words, n, &split))
			continue;
		rc = still_lives(s, &split, &lives, e);
		*left = rc == RC_OK && !lives;
	}
	rc = stmt_close(&rows, rc, "look through the words", e);
	str_release(&split);
	return rc;
}

static enum rc
index_row(struct store *s, const struct entry_row *r, struct err *e)
{
	struct str text;
	json_t *body;
	enum rc rc = RC_OK;

	if (r->entry.body == NULL)
		return RC_OK;
	body = json_loads(r->entry.body, 0, NULL);
	str_init(&text);
	words_of_body(&text, kind_find(r->entry.kind), body);
	if (text.len != 0)
		rc = stmt_do(s, STMT_WORDS_ADD, e, "it", r->row, text.s);
	str_release(&text);
	json_decref(body);
	return rc;
}

static enum rc
index_anew(struct store *s, struct err *e)
{
	struct entry_row r;
	struct stmt_rows rows;
	enum rc rc = stmt_do(s, STMT_WORDS_CLEAR, e, "");

	if (rc == RC_OK)
		rc = stmt_open(&rows, s, STMT_ENTRY_ALL, e, "");
	if (rc != RC_OK)
		return rc;
	while (rc == RC_OK && stmt_next(&rows)) {
		rc = entry_row_read(s, rows.st, &r, e);
		if (rc == RC_OK)
			rc = index_row(s, &r, e);
	}
	return stmt_close(&rows, rc, "read the entries", e);
}

/* The table that shows the index makes it write what it holds back. */
static enum rc
flush_words(struct store *s, struct err *e)
{
	sqlite3_stmt *st;
	enum rc rc = words_open(s, &st, e);
	int code;

	if (rc != RC_OK)
		return rc;
	code = sqlite3_step(st);
	if (code != SQLITE_ROW && code != SQLITE_DONE)
		rc = stmt_fail(s, code, "write the words", e);
	sqlite3_reset(st);
	return rc;
}

static enum rc
wipe_words(struct store *s, struct str *text, struct err *e)
{
	const char **words;
	bool left = false;
	size_t n = 0;
	enum rc rc;

	if (text->len == 0)
		return RC_OK;
	words = sort_words(text, &n);
	if (words == NULL)
		return err_set(e, RC_NOMEM, "not enough memory to dispose of "
		    "a case");
	rc = flush_words(s, e);
	if (rc == RC_OK)
		rc = find_left(s, words, n, &left, e);
	if (rc == RC_OK && left)
		rc = index_anew(s, e);
	if (rc == RC_OK && left)
		rc = flush_words(s, e);
	free(words);
	return rc;
}

/* ---- the whole ---- */

static enum rc
drop_rows(struct store *s, int64_t book, struct err *e)
{
	struct stmt_rows rows;
	struct case_id id;
	char hex[2 * CASE_ID_LEN + 1] = "";
	enum rc rc = stmt_open(&rows, s, STMT_BOOK_CASE, e, "i", book);

	if (rc == RC_OK && (!stmt_next(&rows) ||
	    !stmt_blob(rows.st, 0, id.b, CASE_ID_LEN)) &&
	    (rows.code == SQLITE_ROW || rows.code == SQLITE_DONE))
		rows.code = SQLITE_CORRUPT;
	rc = stmt_close(&rows, rc, "read the case", e);
	if (rc != RC_OK)
		return rc;
	hex_format(id.b, CASE_ID_LEN, hex);
	rc = stmt_do(s, STMT_DRAFT_OF_CASE, e, "t", hex);
	if (rc == RC_OK)
		rc = stmt_do(s, STMT_LIST_DROP, e, "i", book);
	if (rc == RC_OK)
		rc = stmt_do(s, STMT_DUE_DROP, e, "i", book);
	if (rc == RC_OK)
		rc = stmt_do(s, STMT_QUEUE_DROP, e, "i", book);
	return rc == RC_OK ? stmt_do(s, STMT_ENTRY_BLANK, e, "i", book) : rc;
}

enum rc
blank_case(struct store *s, int64_t book, struct blanked *out,
    struct err *e)
{
	struct blanking b = {0};
	enum rc rc;

	str_init(&b.words);
	rc = drop_entries(s, &b, book, e);
	if (rc == RC_OK)
		rc = drop_rows(s, book, e);
	if (rc == RC_OK)
		rc = wipe_words(s, &b.words, e);
	if (rc == RC_OK)
		rc = scrub_pages(s, e);
	out->entries = b.n;
	disposals_digest(b.ids, b.n, out->digest);
	str_release(&b.words);
	free(b.ids);
	return rc;
}
