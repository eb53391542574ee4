/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/mask.h"

#include <string.h>

#include "core/reference.h"
#include "core/rights.h"

bool
case_sink_take(const struct case_row *row, void *ctx)
{
	struct case_sink *to = ctx;

	to->n++;
	to->stopped = !to->fn(row, to->ctx);
	return !to->stopped;
}

void
sql_masked(struct store *s, struct sql *q)
{
	char hex[2 * AUTHOR_LEN + 1];

	hex_format(s->author.b, AUTHOR_LEN, hex);
	sql_add(q, "l.restricted = 1 AND instr(l.named, ");
	sql_text(q, hex, 2 * (size_t)AUTHOR_LEN);
	sql_add(q, ") = 0 AND l.book NOT IN (0");
	for (size_t i = 0; i < s->nbroken; i++) {
		sql_add(q, ", ");
		sql_number(q, s->broken[i]);
	}
	sql_add(q, ")");
}

/* By number, so that a page is still chosen from the index of urgency. */
void
sql_visible(struct store *s, struct sql *q)
{
	sql_add(q, "l.book NOT IN (SELECT l.book FROM case_list l"
	    " INDEXED BY case_list_restricted WHERE ");
	sql_masked(s, q);
	sql_add(q, ")");
}

static void
add_word(struct sql *q, const char *word, size_t n)
{
	struct str bounded;

	str_init(&bounded);
	str_add_char(&bounded, ' ');
	str_add_n(&bounded, word, n);
	str_add_char(&bounded, ' ');
	sql_add(q, "instr(' ' || l.found_by, ");
	sql_text(q, bounded.s, bounded.len);
	sql_add(q, ") > 0");
	str_release(&bounded);
}

/*
 * The reference in any spelling, or whole words of reference and names.  The
 * beginning of a word would let a name be guessed letter by letter.
 */
static void
add_found(struct sql *q, const char *text)
{
	struct str folded, key;
	const char *p;

	str_init(&folded);
	str_init(&key);
	words_of_text(&folded, text);
	reference_key(&key, text);
	sql_add(q, "(l.reference_key = ");
	sql_text(q, key.s, key.len);
	sql_add(q, folded.len != 0 ? " OR (1" : " AND (0");
	for (p = folded.s; *p != '\0'; p += strcspn(p, " ") + 1) {
		sql_add(q, " AND ");
		add_word(q, p, strcspn(p, " "));
	}
	sql_add(q, "))");
	str_release(&key);
	str_release(&folded);
}

/*
 * A term about anything else, or one that is turned round, leaves restricted
 * cases out whatever they hold: the answer would tell it.
 */
static bool
add_term(struct sql *q, const struct query_term *t)
{
	if (t->not)
		return false;
	switch (t->key) {
	case QUERY_REF:
	case QUERY_NAME:
	case QUERY_TEXT:
		sql_add(q, " AND ");
		add_found(q, t->text);
		return true;
	case QUERY_IS:
		return strcmp(t->text, "restricted") == 0;
	default:
		return false;
	}
}

/* False if nothing of a restricted case can match. */
static bool
add_range(struct store *s, struct sql *q, const struct case_range *range)
{
	const struct query *query = range->query;

	sql_add(q, " FROM case_list l INDEXED BY case_list_restricted"
	    " JOIN book b ON b.id = l.book WHERE ");
	sql_masked(s, q);
	for (size_t i = 0; query != NULL && i < query->n; i++)
		if (!add_term(q, &query->terms[i]))
			return false;
	if (range->words != NULL) {
		sql_add(q, " AND ");
		add_found(q, range->words);
	}
	return true;
}

static bool
take_row(sqlite3_stmt *st, struct case_sink *to)
{
	struct case_row row;

	memset(&row, 0, sizeof(row));
	(void)stmt_blob(st, 0, row.id.b, CASE_ID_LEN);
	row.reference = row.name = row.owner = row.due_why = "";
	row.birth = DAY_NONE;
	row.due = INT64_MAX;
	row.restricted = true;
	return case_sink_take(&row, to);
}

static enum rc
take_rows(struct store *s, struct sql *q, struct case_sink *to,
    struct err *e)
{
	sqlite3_stmt *st;
	enum rc rc = sql_prepare(s, q, &st, e);
	int code;

	if (rc != RC_OK)
		return rc;
	do
		code = sqlite3_step(st);
	while (code == SQLITE_ROW && take_row(st, to));
	if (code != SQLITE_ROW && code != SQLITE_DONE)
		rc = stmt_fail(s, code, "read the list of cases", e);
	sqlite3_finalize(st);
	return rc;
}

/* The ids are random, so that their order tells nothing. */
enum rc
mask_rows(struct store *s, const struct case_range *range,
    struct case_sink *to, struct err *e)
{
	struct sql q;
	enum rc rc = RC_OK;

	sql_init(&q);
	sql_add(&q, "SELECT b.case_id");
	if (add_range(s, &q, range)) {
		sql_add(&q, " ORDER BY b.case_id LIMIT ");
		sql_number(&q, range->limit != 0 ? (int64_t)range->limit : -1);
		sql_add(&q, " OFFSET ");
		sql_number(&q, (int64_t)range->offset);
		rc = take_rows(s, &q, to, e);
	}
	sql_release(&q);
	return rc;
}

enum rc
mask_visible_count(struct store *s, bool any_masked, size_t *n,
    struct err *e)
{
	struct sql q;
	enum rc rc;

	sql_init(&q);
	sql_add(&q, "SELECT count(*) FROM case_list l");
	if (any_masked) {
		sql_add(&q, " WHERE ");
		sql_visible(s, &q);
	}
	rc = sql_count(s, &q, n, e);
	sql_release(&q);
	return rc;
}

enum rc
mask_count(struct store *s, const struct case_range *range, size_t *n,
    struct err *e)
{
	struct sql q;
	enum rc rc = RC_OK;

	*n = 0;
	sql_init(&q);
	sql_add(&q, "SELECT count(*)");
	if (add_range(s, &q, range))
		rc = sql_count(s, &q, n, e);
	sql_release(&q);
	return rc;
}

/* Appends the keys; *restricted says whether there is a restriction. */
static enum rc
read_named(struct store *s, int64_t book, struct str *keys, bool *restricted,
    struct err *e)
{
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, s, STMT_LIST_NAMED, e, "i", book);

	*restricted = rc == RC_OK && stmt_next(&rows);
	if (*restricted)
		str_add(keys, stmt_text(rows.st, 0));
	return stmt_close(&rows, rc, "read the list of cases", e);
}

bool
mask_broken(const struct store *s, int64_t book)
{
	for (size_t i = 0; i < s->nbroken; i++)
		if (s->broken[i] == book)
			return true;
	return false;
}

enum rc
mask_book(struct store *s, int64_t book, bool *masked, struct err *e)
{
	char hex[2 * AUTHOR_LEN + 1];
	struct str keys;
	enum rc rc;

	str_init(&keys);
	rc = read_named(s, book, &keys, masked, e);
	hex_format(s->author.b, AUTHOR_LEN, hex);
	*masked = rc == RC_OK && *masked && strstr(keys.s, hex) == NULL &&
	    !mask_broken(s, book);
	str_release(&keys);
	return rc;
}

static void
add_name(struct str *out, const char *name, bool last)
{
	if (out->len != 0)
		str_add(out, last ? " or " : ", ");
	str_add(out, name);
}

/* The next person of a list of keys who may still open cases, or NULL. */
static const struct roster_user *
next_named(const struct store *s, const char **keys)
{
	const struct roster_user *u;
	struct author_id key;
	char hex[2 * AUTHOR_LEN + 1];

	while (strlen(*keys) > 2 * (size_t)AUTHOR_LEN) {
		memcpy(hex, *keys, 2 * (size_t)AUTHOR_LEN);
		hex[2 * AUTHOR_LEN] = '\0';
		*keys += 2 * AUTHOR_LEN + 1;
		if (!hex_parse(hex, key.b, AUTHOR_LEN))
			continue;
		/* Whoever is named elsewhere cannot open it here for anybody. */
		u = roster_own(&s->roster, &key);
		if (u != NULL && right_held(roster_roles(&s->roster, &key,
		    INT64_MAX - 1), RIGHT_READ))
			return u;
	}
	return NULL;
}

enum rc
mask_names(struct store *s, int64_t book, struct str *out, bool *restricted,
    struct err *e)
{
	const struct roster_user *u, *next;
	struct str keys;
	const char *p;
	enum rc rc;

	str_init(&keys);
	rc = read_named(s, book, &keys, restricted, e);
	p = keys.s;
	for (u = next_named(s, &p); u != NULL; u = next) {
		next = next_named(s, &p);
		add_name(out, u->name, next == NULL);
	}
	str_release(&keys);
	return rc;
}

enum rc
mask_refuse(struct store *s, int64_t book, struct err *e)
{
	bool masked = false, restricted = false;
	struct str names;
	enum rc rc = mask_book(s, book, &masked, e);

	if (rc != RC_OK || !masked)
		return rc;
	str_init(&names);
	rc = mask_names(s, book, &names, &restricted, e);
	if (rc == RC_OK)
		rc = err_set(e, RC_REFUSED, "this case is restricted: %s may "
		    "open it; ask %s%s",
		    names.len != 0 ? names.s : "nobody who still has access",
		    names.len != 0 ? "them" : "a supervisor",
		    right_held(store_role(s), RIGHT_BREAK_GLASS) ?
		    ", or open it with a reason, which every supervisor "
		    "sees" : "");
	str_release(&names);
	return rc;
}
