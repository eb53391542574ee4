/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Looking up who looked.
 */
#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/rights.h"
#include "core/utf8.h"
#include "db/look.h"
#include "db/mask.h"

#define FLAGGED "flagged"
_Static_assert(LOOK_LOOKED_UP == 7, "schema.c and stmt.def say 7");

static bool
same_name(const char *a, const char *b)
{
	struct str x, y;
	bool same;

	str_init(&x);
	str_init(&y);
	utf8_fold(&x, a, strlen(a));
	utf8_fold(&y, b, strlen(b));
	same = str_equal(x.s, y.s);
	str_release(&x);
	str_release(&y);
	return same;
}

static enum rc
may_ask(struct store *s, const struct look_query *q, struct err *e)
{
	if (q->person != NULL && same_name(q->person, s->user))
		return RC_OK;
	return right_check(store_role(s), RIGHT_LOOKS, e);
}

/* Adds the rows of the authors of this name; a person may have had keys. */
static enum rc
add_person(struct store *s, struct sql *q, const char *name, struct err *e)
{
	const struct roster *r = &s->roster;
	bool all = right_held(store_role(s), RIGHT_LOOKS), known = false;

	sql_add(q, " AND k.author IN (0");
	for (size_t i = 0; i < r->nusers; i++) {
		int64_t row = 0;

		if (r->users[i].abroad || !same_name(name, r->users[i].name))
			continue;
		known = true;
		for (size_t a = 0; a < s->nauthors; a++)
			if (memcmp(s->authors[a].b, r->users[i].key.b,
			    AUTHOR_LEN) == 0)
				row = (int64_t)a + 1;
		/* Another of the same name is somebody else. */
		if (!all && row != s->author_row)
			continue;
		sql_add(q, ", ");
		sql_number(q, row);
	}
	sql_add(q, ")");
	return known ? RC_OK : err_set(e, RC_NOTFOUND, "nobody of this store "
	    "is or was called \"%s\"", name);
}

static enum rc
add_query(struct store *s, struct sql *q, const struct look_query *lq,
    struct err *e)
{
	enum rc rc = RC_OK;

	sql_add(q, "SELECT k.row, k.at, k.author, k.what, k.case_id,"
	    " k.flagged FROM look k");
	if (lq->case_id != NULL)
		sql_add(q, " INDEXED BY look_case");
	sql_add(q, " WHERE 1");
	if (lq->person != NULL)
		rc = add_person(s, q, lq->person, e);
	if (lq->case_id != NULL) {
		sql_add(q, " AND k.case_id = ");
		sql_blob(q, lq->case_id->b, CASE_ID_LEN);
	}
	if (lq->flagged)
		sql_add(q, " AND k.flagged = 1");
	if (lq->since != INT64_MIN) {
		sql_add(q, " AND k.at >= ");
		sql_number(q, lq->since);
	}
	sql_add(q, " ORDER BY k.at DESC, k.row DESC");
	return rc;
}

/* Written by somebody who had no access then: it does not count. */
static bool
counts(const struct store *s, const struct look_line *l)
{
	return l->author >= 1 && (size_t)l->author <= s->nauthors &&
	    l->at <= ENTRY_AT_MAX &&
	    roster_own(&s->roster, &s->authors[l->author - 1]) != NULL &&
	    (roster_roles(&s->roster, &s->authors[l->author - 1], l->at) &
	    kind_find("access")->roles) != 0;
}

/* What a line is read into; its texts live until the next. */
struct reading {
	json_t *body;
	struct str reference;
	struct look_row row;
};

static const char *
text_of(const json_t *body, const char *key)
{
	const char *text = json_string_value(json_object_get(body, key));

	return text != NULL ? text : "";
}

static enum rc
read_body(struct store *s, int64_t row, json_t **body, struct err *e)
{
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, s, STMT_ENTRY_BODY, e, "i", row);

	if (rc == RC_OK && stmt_next(&rows))
		*body = json_loads(stmt_text(rows.st, 0), 0, NULL);
	return stmt_close(&rows, rc, "read who looked at what", e);
}

/* Nothing for those who may not open the case. */
static enum rc
read_reference(struct store *s, const struct case_id *id, struct str *out,
    bool *masked, struct err *e)
{
	struct stmt_rows rows;
	int64_t book = 0;
	enum rc rc = book_find(s, id, &book, e);

	*masked = rc != RC_OK;
	if (rc != RC_OK)
		return rc == RC_NOTFOUND ? RC_OK : rc;
	rc = mask_book(s, book, masked, e);
	if (rc != RC_OK || *masked)
		return rc;
	rc = stmt_open(&rows, s, STMT_LIST_ROW, e, "i", book);
	if (rc == RC_OK && stmt_next(&rows))
		str_add(out, stmt_text(rows.st, 0));
	return stmt_close(&rows, rc, "read the list of cases", e);
}

/* An administrator sees that somebody looked, not for whom. */
static enum rc
read_texts(struct store *s, int64_t row, struct reading *r, struct err *e)
{
	bool masked = false;
	enum rc rc = read_body(s, row, &r->body, e);

	if (rc == RC_OK)
		r->row.count = (uint64_t)json_integer_value(
		    json_object_get(r->body, "count"));
	if (rc != RC_OK || !right_held(store_role(s), RIGHT_READ))
		return rc;
	if (r->row.has_case)
		rc = read_reference(s, &r->row.case_id, &r->reference,
		    &masked, e);
	r->row.reference = r->reference.s;
	r->row.reason = text_of(r->body, "reason");
	if (!masked)
		r->row.words = text_of(r->body, "words");
	return rc;
}

/* Where lines go: all are counted, those of the page are shown. */
struct pour {
	store_look_fn fn;	/* NULL: only counted */
	void *ctx;
	size_t n, offset, limit;
	bool stopped;
};

static enum rc
show_line(struct store *s, int64_t row, const struct look_line *l,
    struct pour *to, struct err *e)
{
	struct reading r = {.row = {.at = l->at, .what = l->what,
	    .has_case = l->has_case, .case_id = l->case_id, .reference = "",
	    .words = "", .reason = ""}};
	enum rc rc;

	r.row.key = s->authors[l->author - 1];
	r.row.who = roster_name(&s->roster, &r.row.key);
	str_init(&r.reference);
	rc = read_texts(s, row, &r, e);
	if (rc == RC_OK)
		to->stopped = !to->fn(&r.row, to->ctx) ||
		    (to->limit != 0 && to->n == to->offset + to->limit);
	str_release(&r.reference);
	json_decref(r.body);
	return rc;
}

static enum rc
take_line(struct store *s, sqlite3_stmt *st, struct pour *to, struct err *e)
{
	struct look_line l;

	look_line_read(st, &l);
	if (!counts(s, &l) || to->n++ < to->offset || to->fn == NULL)
		return RC_OK;
	return show_line(s, sqlite3_column_int64(st, 0), &l, to, e);
}

static enum rc
pour_lines(struct store *s, const struct look_query *lq, struct pour *to,
    struct err *e)
{
	sqlite3_stmt *st = NULL;
	struct sql q;
	enum rc rc;
	int code = SQLITE_DONE;

	sql_init(&q);
	rc = add_query(s, &q, lq, e);
	if (rc == RC_OK)
		rc = sql_prepare(s, &q, &st, e);
	sql_release(&q);
	while (rc == RC_OK && !to->stopped &&
	    (code = sqlite3_step(st)) == SQLITE_ROW)
		rc = take_line(s, st, to, e);
	if (rc == RC_OK && code != SQLITE_DONE && code != SQLITE_ROW)
		rc = stmt_fail(s, code, "read who looked at what", e);
	sqlite3_finalize(st);
	return rc;
}

/* What was asked, in words that are the same for the same question. */
static void
question(const struct look_query *q, struct str *out)
{
	char day[DAY_TEXT_MAX];

	if (q->flagged)
		str_add(out, FLAGGED);
	if (q->person != NULL)
		str_add_fmt(out, "%sby %s", out->len != 0 ? ", " : "",
		    q->person);
	if (q->since != INT64_MIN) {
		day_format(moment_day(q->since), day);
		str_add_fmt(out, "%ssince %s", out->len != 0 ? ", " : "",
		    day);
	}
}

static bool
asks_the_same(const json_t *body, const struct case_id *id,
    const char *words)
{
	char hex[2 * CASE_ID_LEN + 1] = "";

	if (id != NULL)
		hex_format(id->b, CASE_ID_LEN, hex);
	return strcmp(text_of(body, "case"), hex) == 0 &&
	    strcmp(text_of(body, "words"), words) == 0;
}

/* The row of this author's last such question since a moment, or 0. */
static enum rc
find_question(struct store *s, const struct case_id *id, const char *words,
    int64_t since, int64_t *row, struct err *e)
{
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, s, STMT_LOOK_ASKED, e, "ii",
	    s->author_row, since);

	*row = 0;
	while (rc == RC_OK && *row == 0 && stmt_next(&rows)) {
		json_t *body = json_loads(stmt_text(rows.st, 1), 0, NULL);

		if (asks_the_same(body, id, words))
			*row = sqlite3_column_int64(rows.st, 0);
		json_decref(body);
	}
	return stmt_close(&rows, rc, "read who looked at what", e);
}

/* Flagged looks of others that this store learnt after a row. */
static enum rc
count_flagged(struct store *s, int64_t after, struct flagged_news *n,
    struct err *e)
{
	struct look_line l;
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, s, STMT_LOOK_FLAGGED, e, "ii", after,
	    s->author_row);

	memset(n, 0, sizeof(*n));
	while (rc == RC_OK && stmt_next(&rows)) {
		look_line_read(rows.st, &l);
		if (!counts(s, &l))
			continue;
		if (l.what == LOOK_BREAK_GLASS)
			n->opened++;
		else
			n->failed++;
	}
	return stmt_close(&rows, rc, "read who looked at what", e);
}

/* A slip at the keyboard must not hide that a case was opened. */
static void
say_news(struct flagged_news *n)
{
	char opened[80] = "", failed[80] = "";

	if (n->opened == 1)
		(void)snprintf(opened, sizeof(opened), "a restricted case was "
		    "opened with a reason");
	else if (n->opened != 0)
		(void)snprintf(opened, sizeof(opened), "restricted cases were "
		    "opened with a reason %" PRIu64 " times", n->opened);
	if (n->failed == 1)
		(void)snprintf(failed, sizeof(failed), "a passphrase failed");
	else if (n->failed != 0)
		(void)snprintf(failed, sizeof(failed), "passphrases failed %"
		    PRIu64 " times", n->failed);
	(void)snprintf(n->words, sizeof(n->words), "%s%s%s", opened,
	    *opened != '\0' && *failed != '\0' ? "; " : "", failed);
}

enum rc
store_flagged_since_last(struct store *s, struct flagged_news *out,
    struct err *e)
{
	int64_t last = 0;
	enum rc rc;

	memset(out, 0, sizeof(*out));
	if (!right_held(store_role(s), RIGHT_LOOKS))
		return RC_OK;
	rc = find_question(s, NULL, FLAGGED, INT64_MIN, &last, e);
	if (rc == RC_OK)
		rc = count_flagged(s, last, out, e);
	if (rc == RC_OK)
		say_news(out);
	return rc;
}

/*
 * Paging through an answer asks once; but a question for what is flagged is
 * noted anew when there is something new, since it says what has been seen.
 */
static enum rc
asked_just_now(struct store *s, const struct look_query *q,
    const char *words, bool *known, struct err *e)
{
	struct flagged_news fresh = {.opened = 0};
	int64_t row = 0;
	enum rc rc = find_question(s, q->case_id, words, look_again_since(s),
	    &row, e);

	if (rc == RC_OK && row != 0 && q->flagged)
		rc = count_flagged(s, row, &fresh, e);
	*known = row != 0 && fresh.opened + fresh.failed == 0;
	return rc;
}

static enum rc
ask(struct store *s, const struct look_query *q, struct err *e)
{
	struct look_note n = {.what = LOOK_LOOKED_UP, .case_id = q->case_id};
	struct str words;
	bool known = false;
	enum rc rc = may_ask(s, q, e);

	if (rc != RC_OK)
		return rc;
	str_init(&words);
	question(q, &words);
	n.words = words.s;
	rc = asked_just_now(s, q, words.s, &known, e);
	if (rc == RC_OK && !known)
		rc = store_look(s, &n, e);
	str_release(&words);
	return rc;
}

enum rc
store_looks(struct store *s, const struct look_query *q, store_look_fn fn,
    void *ctx, struct err *e)
{
	struct pour to = {fn, ctx, 0, q->offset, q->limit, false};
	enum rc rc = ask(s, q, e);

	return rc == RC_OK ? pour_lines(s, q, &to, e) : rc;
}

enum rc
store_looks_count(struct store *s, const struct look_query *q, size_t *n,
    struct err *e)
{
	struct pour to = {NULL, NULL, 0, 0, 0, false};
	enum rc rc = ask(s, q, e);

	if (rc == RC_OK)
		rc = pour_lines(s, q, &to, e);
	*n = to.n;
	return rc;
}
