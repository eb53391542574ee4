/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is overdue is overdue by the clock of whoever reads: the table holds
 * when, never that it is.  So the order is that of one index, and the counts
 * are those of its groups, however late it is.
 */
#include "config.h"

#include "db/queue.h"

#include <stdio.h>
#include <string.h>

#include "core/clocks.h"
#include "core/rights.h"
#include "core/utf8.h"
#include "db/mask.h"

/* The condition of both indexes, word for word. */
#define INDEXED "(q.why <> 0 OR q.due < 9223372036854775807)"

struct asking {
	struct store *s;
	const struct queue_query *q;
	struct str rows;	/* " 3 17 ": the keys that I had */
	bool any_masked;
};

/* ---- who asks ---- */

static bool
is_my_name(const struct store *s, const struct roster_user *u)
{
	struct str mine, theirs;
	bool same;

	str_init(&mine);
	str_init(&theirs);
	utf8_fold(&mine, s->user, strlen(s->user));
	utf8_fold(&theirs, u->name, strlen(u->name));
	same = str_equal(mine.s, theirs.s);
	str_release(&mine);
	str_release(&theirs);
	return same;
}

/*
 * Whoever got a new passphrase has a new key, and did the old work still.
 * What somebody of this name elsewhere did stays in sight: any store could
 * hide a case by naming its people so.  The review says whose work it is.
 */
static void
find_rows(struct asking *a)
{
	const struct store *s = a->s;

	str_init(&a->rows);
	str_add_fmt(&a->rows, " %lld ", (long long)s->author_row);
	for (size_t i = 0; i < s->nauthors; i++) {
		const struct roster_user *u = roster_find(&s->roster,
		    &s->authors[i]);

		if (u != NULL && !u->system &&
		    (int64_t)i + 1 != s->author_row && is_my_name(s, u))
			str_add_fmt(&a->rows, "%zu ", i + 1);
	}
}

static bool
is_own(const struct asking *a, const char *authors)
{
	char one[32];
	size_t n;

	for (const char *p = authors + strspn(authors, " "); *p != '\0';
	    p += n + strspn(p + n, " ")) {
		n = strcspn(p, " ");
		(void)snprintf(one, sizeof(one), " %.*s ", (int)n, p);
		if (strstr(a->rows.s, one) != NULL)
			return true;
	}
	return false;
}

static enum rc
asking_init(struct asking *a, struct store *s, const struct queue_query *q,
    struct err *e)
{
	const struct case_range all = {NULL, NULL, 0, 0};
	size_t masked = 0;
	enum rc rc = right_check(store_role(s), RIGHT_READ, e);

	a->s = s;
	a->q = q;
	find_rows(a);
	if (rc == RC_OK)
		rc = mask_count(s, &all, &masked, e);
	a->any_masked = masked > 0;
	return rc;
}

/* ---- which cases ---- */

static void
add_own(const struct asking *a, struct sql *q)
{
	const char *p = a->rows.s;
	size_t n;

	for (p += strspn(p, " "); *p != '\0'; p += n + strspn(p + n, " ")) {
		char one[32];

		n = strcspn(p, " ");
		(void)snprintf(one, sizeof(one), " %.*s ", (int)n, p);
		sql_add(q, p == a->rows.s + 1 ? "" : " OR ");
		sql_add(q, "instr(q.authors, ");
		sql_text(q, one, strlen(one));
		sql_add(q, ") > 0");
	}
}

static void
add_waits(const struct asking *a, struct sql *q)
{
	unsigned stored = a->q->why & ~(unsigned)QUEUE_OVERDUE;
	bool over = a->q->why == 0 || (a->q->why & QUEUE_OVERDUE) != 0;

	sql_add(q, " AND (");
	if (a->q->why == 0) {
		sql_add(q, "q.why <> 0");
	} else {
		sql_add(q, "q.why & ");
		sql_number(q, (int64_t)stored);
		sql_add(q, " <> 0");
	}
	if (over) {
		sql_add(q, " OR q.due <= ");
		sql_number(q, a->q->now);
	}
	sql_add(q, ")");
}

static void
add_masked_books(const struct asking *a, struct sql *q)
{
	sql_add(q, " IN (SELECT l.book FROM case_list l"
	    " INDEXED BY case_list_restricted WHERE ");
	sql_masked(a->s, q);
	sql_add(q, ")");
}

/* ---- counting ---- */

struct group {
	const char *authors;
	unsigned why;
	size_t n, over;
};

static void
count_group(const struct asking *a, const struct group *g, bool less,
    struct queue_counts *out)
{
	unsigned bits = a->q->why != 0 ? a->q->why : ~0u;
	size_t n = (g->why & bits) != 0 ? g->n :
	    (bits & QUEUE_OVERDUE) != 0 ? g->over : 0;
	size_t over = n == g->n ? g->over :
	    (bits & QUEUE_OVERDUE) != 0 ? g->over : 0;
	bool own = is_own(a, g->authors);
	/* Modulo 2^64: what is taken off was added before. */
	size_t sign = less ? SIZE_MAX : 1;

	out->own += own ? sign * n : 0;
	if (own && !a->q->mine_too)
		return;
	out->all += sign * n;
	for (unsigned i = 0; i < QUEUE_WHYS; i++)
		if ((g->why >> i & 1) != 0)
			out->why[i] += sign * n;
	for (unsigned i = 0; i < QUEUE_WHYS; i++)
		if (1u << i == QUEUE_OVERDUE)
			out->why[i] += sign * over;
}

static enum rc
count_rows(const struct asking *a, struct sql *q, bool less,
    struct queue_counts *out, struct err *e)
{
	struct group g;
	sqlite3_stmt *st;
	enum rc rc = sql_prepare(a->s, q, &st, e);
	int code;

	if (rc != RC_OK)
		return rc;
	while ((code = sqlite3_step(st)) == SQLITE_ROW) {
		g.authors = stmt_text(st, 0);
		g.why = (unsigned)sqlite3_column_int64(st, 1);
		g.n = (size_t)sqlite3_column_int64(st, 2);
		g.over = (size_t)sqlite3_column_int64(st, 3);
		count_group(a, &g, less, out);
	}
	if (code != SQLITE_DONE)
		rc = stmt_fail(a->s, code, "read the queue", e);
	sqlite3_finalize(st);
	return rc;
}

/* One walk along an index whose order is that of the groups. */
static enum rc
count_groups(const struct asking *a, bool masked, struct queue_counts *out,
    struct err *e)
{
	struct sql q;
	enum rc rc;

	sql_init(&q);
	sql_add(&q, "SELECT q.authors, q.why, count(*), sum(q.due <= ");
	sql_number(&q, a->q->now);
	sql_add(&q, masked ? ") FROM queue q WHERE q.book" :
	    ") FROM queue q INDEXED BY queue_groups WHERE " INDEXED);
	if (masked)
		add_masked_books(a, &q);
	sql_add(&q, " GROUP BY q.authors, q.why");
	rc = count_rows(a, &q, masked, out, e);
	sql_release(&q);
	return rc;
}

static void
add_masked(const struct asking *a, struct sql *q)
{
	sql_add(q, " FROM queue q JOIN book b ON b.id = q.book"
	    " WHERE q.book");
	add_masked_books(a, q);
	add_waits(a, q);
}

static enum rc
count_masked(const struct asking *a, size_t *n, struct err *e)
{
	struct sql q;
	enum rc rc;

	*n = 0;
	if (!a->any_masked || a->q->why != 0)
		return RC_OK;
	sql_init(&q);
	sql_add(&q, "SELECT count(*)");
	add_masked(a, &q);
	rc = sql_count(a->s, &q, n, e);
	sql_release(&q);
	return rc;
}

enum rc
store_queue_count(struct store *s, const struct queue_query *q,
    struct queue_counts *out, struct err *e)
{
	struct asking a;
	enum rc rc = asking_init(&a, s, q, e);

	memset(out, 0, sizeof(*out));
	if (rc == RC_OK)
		rc = count_groups(&a, false, out, e);
	if (rc == RC_OK && a.any_masked)
		rc = count_groups(&a, true, out, e);
	if (rc == RC_OK)
		rc = count_masked(&a, &out->restricted, e);
	if (rc == RC_OK)
		rc = mask_visible_count(s, a.any_masked, &out->looked, e);
	str_release(&a.rows);
	return rc;
}

/* ---- rows ---- */

struct sink {
	store_queue_fn fn;
	void *ctx;
	size_t skip, left;	/* left SIZE_MAX: all */
	bool stopped;
};

/* The page is cut on the index alone; names are looked up for its rows. */
static void
add_page(const struct asking *a, struct sql *q, const struct sink *to)
{
	sql_add(q, "SELECT b.case_id, l.reference, l.name, p.level, d.rules,"
	    " p.why, p.due, d.due_why, p.since, d.whose, p.authors, d.due_rule"
	    " FROM ("
	    "SELECT q.level AS level, q.due AS due, q.since AS since,"
	    " q.book AS book, q.why AS why, q.authors AS authors"
	    " FROM queue q INDEXED BY queue_order WHERE " INDEXED);
	add_waits(a, q);
	if (a->any_masked) {
		sql_add(q, " AND q.book NOT");
		add_masked_books(a, q);
	}
	if (!a->q->mine_too) {
		sql_add(q, " AND NOT (");
		add_own(a, q);
		sql_add(q, ")");
	}
	sql_add(q, " ORDER BY q.level, q.due, q.since, q.book LIMIT ");
	sql_number(q, to->left == SIZE_MAX ? -1 : (int64_t)to->left);
	sql_add(q, " OFFSET ");
	sql_number(q, (int64_t)to->skip);
	sql_add(q, ") p CROSS JOIN queue d ON d.book = p.book"
	    " CROSS JOIN case_list l ON l.book = p.book"
	    " CROSS JOIN book b ON b.id = p.book"
	    " ORDER BY p.level, p.due, p.since, p.book");
}

static void
read_row(const struct asking *a, sqlite3_stmt *st, struct queue_row *row)
{
	int64_t whose = sqlite3_column_int64(st, 9);

	memset(row, 0, sizeof(*row));
	(void)stmt_blob(st, 0, row->case_id.b, CASE_ID_LEN);
	row->reference = stmt_text(st, 1);
	row->name = stmt_text(st, 2);
	row->level = (unsigned)sqlite3_column_int64(st, 3);
	row->rules = (unsigned)sqlite3_column_int64(st, 4);
	row->why = (unsigned)sqlite3_column_int64(st, 5);
	row->due = sqlite3_column_int64(st, 6);
	if (row->due <= a->q->now)
		row->why |= QUEUE_OVERDUE;
	row->due_why = stmt_text(st, 7);
	row->due_kind = clock_kind(stmt_text(st, 11));
	row->since = sqlite3_column_int64(st, 8);
	if (whose > 0 && (size_t)whose <= a->s->nauthors)
		row->whose = a->s->authors[whose - 1];
	row->own = is_own(a, stmt_text(st, 10));
}

static void
read_masked(sqlite3_stmt *st, struct queue_row *row)
{
	memset(row, 0, sizeof(*row));
	row->reference = row->name = row->due_why = "";
	row->due = row->since = INT64_MAX;
	row->restricted = true;
	(void)stmt_blob(st, 0, row->case_id.b, CASE_ID_LEN);
}

static enum rc
give(const struct asking *a, struct sql *q, bool masked, struct sink *to,
    struct err *e)
{
	struct queue_row row;
	sqlite3_stmt *st;
	enum rc rc = sql_prepare(a->s, q, &st, e);
	int code = SQLITE_DONE;

	if (rc != RC_OK)
		return rc;
	while (!to->stopped && (code = sqlite3_step(st)) == SQLITE_ROW) {
		if (masked)
			read_masked(st, &row);
		else
			read_row(a, st, &row);
		if (to->left != SIZE_MAX)
			to->left--;
		to->stopped = !to->fn(&row, to->ctx);
	}
	if (!to->stopped && code != SQLITE_DONE)
		rc = stmt_fail(a->s, code, "read the queue", e);
	sqlite3_finalize(st);
	return rc;
}

static enum rc
give_page(const struct asking *a, struct sink *to, struct err *e)
{
	struct sql q;
	enum rc rc;

	sql_init(&q);
	add_page(a, &q, to);
	rc = give(a, &q, false, to, e);
	sql_release(&q);
	return rc;
}

/* How many rows stand before those of restricted cases. */
static enum rc
skip_rows(const struct asking *a, size_t given, struct sink *to,
    struct err *e)
{
	struct queue_counts n = {.all = 0};
	enum rc rc;

	if (to->skip == 0 || given > 0) {
		to->skip = 0;
		return RC_OK;
	}
	rc = count_groups(a, false, &n, e);
	if (rc == RC_OK)
		rc = count_groups(a, true, &n, e);
	to->skip -= rc == RC_OK && n.all < to->skip ? n.all : to->skip;
	return rc;
}

/* The ids are random, so that their order tells nothing. */
static enum rc
give_masked(const struct asking *a, size_t given, struct sink *to,
    struct err *e)
{
	struct sql q;
	enum rc rc;

	if (!a->any_masked || a->q->why != 0 || to->stopped || to->left == 0)
		return RC_OK;
	rc = skip_rows(a, given, to, e);
	if (rc != RC_OK)
		return rc;
	sql_init(&q);
	sql_add(&q, "SELECT b.case_id");
	add_masked(a, &q);
	sql_add(&q, " ORDER BY b.case_id LIMIT ");
	sql_number(&q, to->left == SIZE_MAX ? -1 : (int64_t)to->left);
	sql_add(&q, " OFFSET ");
	sql_number(&q, (int64_t)to->skip);
	rc = give(a, &q, true, to, e);
	sql_release(&q);
	return rc;
}

enum rc
store_queue(struct store *s, const struct queue_query *q, store_queue_fn fn,
    void *ctx, struct err *e)
{
	struct sink to = {fn, ctx, q->offset,
	    q->limit != 0 ? q->limit : SIZE_MAX, false};
	size_t before = to.left;
	struct asking a;
	enum rc rc = asking_init(&a, s, q, e);

	if (rc == RC_OK)
		rc = give_page(&a, &to, e);
	if (rc == RC_OK)
		rc = give_masked(&a, before - to.left, &to, e);
	str_release(&a.rows);
	return rc;
}

/* ---- second looks ---- */

enum rc
store_second_looks(struct store *s, struct second_looks *out, struct err *e)
{
	const struct queue_query none = {.now = 0};
	struct asking a;
	sqlite3_stmt *st;
	struct sql q;
	enum rc rc = asking_init(&a, s, &none, e);

	memset(out, 0, sizeof(*out));
	sql_init(&q);
	sql_add(&q, "SELECT sum(q.drawn), sum(q.seen), sum(q.agreed),"
	    " sum(q.differed) FROM queue q INDEXED BY queue_seen"
	    " WHERE q.drawn > 0");
	if (a.any_masked) {
		sql_add(&q, " AND q.book NOT");
		add_masked_books(&a, &q);
	}
	if (rc == RC_OK)
		rc = sql_prepare(s, &q, &st, e);
	if (rc == RC_OK) {
		if (sqlite3_step(st) == SQLITE_ROW) {
			out->drawn = (uint64_t)sqlite3_column_int64(st, 0);
			out->seen = (uint64_t)sqlite3_column_int64(st, 1);
			out->agreed = (uint64_t)sqlite3_column_int64(st, 2);
			out->differed = (uint64_t)sqlite3_column_int64(st, 3);
		} else {
			rc = stmt_fail(s, sqlite3_errcode(s->db),
			    "read the queue", e);
		}
		sqlite3_finalize(st);
	}
	sql_release(&q);
	str_release(&a.rows);
	return rc;
}
