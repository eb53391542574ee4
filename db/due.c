/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A query is cut into stretches, each of which lies in one piece in an
 * index, so that a page costs its own rows and not those that are due.
 */
#include "config.h"

#include "db/due.h"

#include <string.h>

#include "core/clocks.h"
#include "core/rights.h"
#include "db/due_line.h"
#include "db/mask.h"

const char *
due_group_label(enum due_group g)
{
	static const char *const labels[DUE_GROUPS] = {
		[DUE_MINE_OVER] = "Mine, overdue",
		[DUE_MINE] = "Mine",
		[DUE_OTHERS_OVER] = "Others, overdue",
		[DUE_OTHERS] = "Others",
		[DUE_RESTRICTED] = "Restricted to others"
	};

	return labels[g];
}

/* ---- who asks ---- */

struct asker {
	struct str name;	/* folded */
	struct str rows;	/* "3, 17": the keys that person had */
};

/* Whoever got a new passphrase has a new key, and the old cases still. */
static void
asker_init(const struct store *s, struct asker *a)
{
	struct str name;

	str_init(&a->name);
	str_init(&a->rows);
	due_fold_name(&a->name, s->user);
	str_add_fmt(&a->rows, "%lld", (long long)s->author_row);
	for (size_t i = 0; i < s->nauthors; i++) {
		const struct roster_user *u = roster_own(&s->roster,
		    &s->authors[i]);

		if (u == NULL || u->system || (int64_t)i + 1 == s->author_row)
			continue;
		str_init(&name);
		due_fold_name(&name, u->name);
		if (str_equal(name.s, a->name.s))
			str_add_fmt(&a->rows, ", %zu", i + 1);
		str_release(&name);
	}
}

static void
asker_release(struct asker *a)
{
	str_release(&a->name);
	str_release(&a->rows);
}

/* ---- stretches ---- */

struct stretch {
	enum due_group group;
	int64_t first, last;	/* of the table's `at` */
};

#define STRETCHES_MAX 6

static bool
is_mine(enum due_group g)
{
	return g == DUE_MINE_OVER || g == DUE_MINE;
}

static int64_t
sooner(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static size_t
cut(const struct due_query *q, struct stretch out[STRETCHES_MAX])
{
	static const enum due_group groups[2][2] = {
		{DUE_MINE_OVER, DUE_MINE}, {DUE_OTHERS_OVER, DUE_OTHERS}
	};
	int64_t last = q->until == INT64_MAX ? INT64_MAX : q->until - 1;
	size_t n = 0;

	for (size_t i = 0; i < (q->mine ? 1 : 2); i++) {
		out[n++] = (struct stretch){groups[i][0], DUE_UNCOUNTED + 1,
		    sooner(q->now, last)};
		if (q->overdue)
			continue;
		out[n++] = (struct stretch){groups[i][1], DUE_UNCOUNTED,
		    DUE_UNCOUNTED};
		out[n++] = (struct stretch){groups[i][1], q->now + 1, last};
	}
	return n;
}

struct asking {
	struct store *s;
	const struct due_query *q;
	struct asker who;
	bool any_masked;
};

static void
add_limits(const struct asking *a, struct sql *q, const struct stretch *t)
{
	sql_add(q, " AND l.at BETWEEN ");
	sql_number(q, t->first);
	sql_add(q, " AND ");
	sql_number(q, t->last);
	if (a->q->rule != NULL) {
		sql_add(q, " AND l.rule = ");
		sql_text(q, a->q->rule, strlen(a->q->rule));
	}
}

static void
add_rows_of(struct sql *q, const char *column, const char *not,
    const struct asking *a)
{
	sql_add(q, column);
	sql_add(q, not);
	sql_add(q, " IN (");
	sql_add(q, a->who.rows.s);
	sql_add(q, ")");
}

static void
add_name(struct sql *q, const struct asking *a)
{
	sql_text(q, a->who.name.s, a->who.name.len);
}

/* Cases that I opened. */
static void
add_opened(const struct asking *a, struct sql *q)
{
	sql_add(q, " FROM due l INDEXED BY due_opener WHERE ");
	add_rows_of(q, "l.opener", "", a);
}

/* What I am named for in those of others. */
static void
add_named(const struct asking *a, struct sql *q)
{
	sql_add(q, " FROM due l INDEXED BY due_named WHERE l.named <> ''"
	    " AND l.named = ");
	add_name(q, a);
	sql_add(q, " AND ");
	add_rows_of(q, "l.opener", " NOT", a);
}

/* What I wrote there and named nobody for. */
static void
add_written(const struct asking *a, struct sql *q)
{
	sql_add(q, " FROM due l INDEXED BY due_author WHERE l.named = ''"
	    " AND ");
	add_rows_of(q, "l.author", "", a);
	sql_add(q, " AND ");
	add_rows_of(q, "l.opener", " NOT", a);
}

static void
add_of_others(const struct asking *a, struct sql *q)
{
	sql_add(q, " FROM due l INDEXED BY due_at WHERE ");
	add_rows_of(q, "l.opener", " NOT", a);
	sql_add(q, " AND l.named <> ");
	add_name(q, a);
	sql_add(q, " AND (l.named <> '' OR ");
	add_rows_of(q, "l.author", " NOT", a);
	sql_add(q, ")");
}

typedef void (*part_fn)(const struct asking *a, struct sql *q);
static const part_fn mine_parts[] = {add_opened, add_named, add_written};
#define MINE_PARTS (sizeof(mine_parts) / sizeof(mine_parts[0]))

static void
add_all(const struct asking *a, struct sql *q)
{
	(void)a;
	sql_add(q, " FROM due l INDEXED BY due_at WHERE 1");
}

/* ---- counting ---- */

static void
add_count(const struct asking *a, struct sql *q, const struct stretch *t,
    part_fn part)
{
	sql_add(q, "(SELECT count(*)");
	part(a, q);
	add_limits(a, q, t);
	sql_add(q, ")");
}

/* Of the few lines that are not for these eyes, those that were counted. */
static void
add_less_masked(const struct asking *a, struct sql *q,
    const struct stretch *t, bool mine)
{
	sql_add(q, " - (SELECT count(*) FROM due l WHERE l.book IN (SELECT"
	    " l.book FROM case_list l INDEXED BY case_list_restricted"
	    " WHERE ");
	sql_masked(a->s, q);
	sql_add(q, ")");
	add_limits(a, q, t);
	if (mine) {
		sql_add(q, " AND (");
		add_rows_of(q, "l.opener", "", a);
		sql_add(q, " OR l.named = ");
		add_name(q, a);
		sql_add(q, " OR l.named = '' AND ");
		add_rows_of(q, "l.author", "", a);
		sql_add(q, ")");
	}
	sql_add(q, ")");
}

/* To the end: all there are, which costs little, less those before. */
static void
add_count_all(const struct asking *a, struct sql *q, const struct stretch *t)
{
	struct stretch before = {t->group, INT64_MIN, INT64_MIN};

	if (a->q->rule != NULL || t->last != INT64_MAX ||
	    t->first == INT64_MIN) {
		add_count(a, q, t, add_all);
		return;
	}
	before.last = t->first - 1;
	sql_add(q, "(SELECT count(*) FROM due) - ");
	add_count(a, q, &before, add_all);
}

static enum rc
count_lines(const struct asking *a, const struct stretch *t, bool mine,
    size_t *n, struct err *e)
{
	struct sql q;
	enum rc rc;

	sql_init(&q);
	sql_add(&q, "SELECT ");
	if (!mine)
		add_count_all(a, &q, t);
	for (size_t i = 0; i < MINE_PARTS && mine; i++) {
		sql_add(&q, i == 0 ? "" : " + ");
		add_count(a, &q, t, mine_parts[i]);
	}
	if (a->any_masked)
		add_less_masked(a, &q, t, mine);
	rc = sql_count(a->s, &q, n, e);
	sql_release(&q);
	return rc;
}

/* Those of others are all but mine: an index knows each of these. */
static enum rc
count_stretch(const struct asking *a, const struct stretch *t, size_t *n,
    struct err *e)
{
	size_t all = 0, mine = 0;
	enum rc rc;

	*n = 0;
	if (t->first > t->last)
		return RC_OK;
	rc = count_lines(a, t, true, &mine, e);
	if (rc == RC_OK && !is_mine(t->group))
		rc = count_lines(a, t, false, &all, e);
	if (rc == RC_OK)
		*n = is_mine(t->group) ? mine : all - mine;
	return rc;
}

/* ---- restricted cases ---- */

static bool
is_plain(const struct due_query *q)
{
	return !q->mine && !q->overdue && q->until == INT64_MAX &&
	    q->rule == NULL;
}

static void
add_masked(const struct asking *a, struct sql *q)
{
	sql_add(q, " FROM case_list l INDEXED BY case_list_restricted"
	    " JOIN book b ON b.id = l.book WHERE ");
	sql_masked(a->s, q);
	sql_add(q, " AND EXISTS (SELECT 1 FROM due d WHERE d.book = l.book)");
}

static enum rc
count_masked(const struct asking *a, size_t *n, struct err *e)
{
	struct sql q;
	enum rc rc = RC_OK;

	*n = 0;
	if (!a->any_masked || !is_plain(a->q))
		return RC_OK;
	sql_init(&q);
	sql_add(&q, "SELECT count(*)");
	add_masked(a, &q);
	rc = sql_count(a->s, &q, n, e);
	sql_release(&q);
	return rc;
}

static enum rc
asking_init(struct asking *a, struct store *s, const struct due_query *q,
    struct err *e)
{
	const struct case_range all = {NULL, NULL, 0, 0};
	size_t masked = 0;
	enum rc rc = right_check(store_role(s), RIGHT_READ, e);

	a->s = s;
	a->q = q;
	if (rc == RC_OK)
		rc = mask_count(s, &all, &masked, e);
	a->any_masked = masked > 0;
	asker_init(s, &a->who);
	return rc;
}

/* ---- rows ---- */

struct sink {
	store_due_fn fn;
	void *ctx;
	size_t skip, left;	/* left SIZE_MAX: all */
	bool stopped;
};

static void
add_part(const struct asking *a, struct sql *q, const struct stretch *t,
    part_fn part)
{
	sql_add(q, "SELECT l.at AS at, l.book AS book, l.n AS n");
	part(a, q);
	add_limits(a, q, t);
	if (a->any_masked) {
		sql_add(q, " AND ");
		sql_visible(a->s, q);
	}
}

#define ORDER " ORDER BY 1, 2, 3"

/* Each part comes out of its index in order; they are merged. */
static void
add_page(const struct asking *a, struct sql *q, const struct stretch *t,
    const struct sink *to)
{
	sql_add(q, "SELECT p.at, p.book, p.n, b.case_id, l.reference, l.name,"
	    " d.rule, d.what, d.who, d.counted, d.author, d.entry FROM (");
	if (!is_mine(t->group))
		add_part(a, q, t, add_of_others);
	for (size_t i = 0; i < MINE_PARTS && is_mine(t->group); i++) {
		sql_add(q, i == 0 ? "" : " UNION ALL ");
		add_part(a, q, t, mine_parts[i]);
	}
	sql_add(q, ORDER " LIMIT ");
	sql_number(q, to->left == SIZE_MAX ? -1 : (int64_t)to->left);
	sql_add(q, " OFFSET ");
	sql_number(q, (int64_t)to->skip);
	sql_add(q, ") p CROSS JOIN due d ON d.book = p.book AND d.n = p.n"
	    " CROSS JOIN case_list l ON l.book = p.book"
	    " CROSS JOIN book b ON b.id = p.book" ORDER);
}

static const char *
who_acts(const struct store *s, sqlite3_stmt *st, struct due_row *row)
{
	const char *who = stmt_text(st, 8);
	int64_t author = sqlite3_column_int64(st, 10);

	row->named = *who != '\0';
	if (row->named || author < 1 || (size_t)author > s->nauthors)
		return who;
	return roster_name(&s->roster, &s->authors[author - 1]);
}

static void
read_row(const struct asking *a, sqlite3_stmt *st, enum due_group group,
    struct due_row *row)
{
	int64_t at = sqlite3_column_int64(st, 0);

	memset(row, 0, sizeof(*row));
	row->group = group;
	row->due = at == DUE_UNCOUNTED ? INT64_MAX :
	    at >= DUE_FROM ? at - DUE_FROM : at;
	(void)stmt_blob(st, 3, row->case_id.b, CASE_ID_LEN);
	row->reference = stmt_text(st, 4);
	row->name = stmt_text(st, 5);
	row->rule = stmt_text(st, 6);
	row->what = stmt_text(st, 7);
	row->kind = clock_kind(row->rule);
	row->counted = stmt_text(st, 9);
	row->who = who_acts(a->s, st, row);
	(void)stmt_blob(st, 11, row->entry.b, ENTRY_ID_LEN);
}

static void
read_masked(sqlite3_stmt *st, struct due_row *row)
{
	memset(row, 0, sizeof(*row));
	row->group = DUE_RESTRICTED;
	row->reference = row->name = row->rule = row->what = "";
	row->counted = row->who = "";
	row->due = INT64_MAX;
	row->restricted = true;
	(void)stmt_blob(st, 0, row->case_id.b, CASE_ID_LEN);
}

static enum rc
give(const struct asking *a, struct sql *q, enum due_group group,
    struct sink *to, struct err *e)
{
	struct due_row row;
	sqlite3_stmt *st;
	enum rc rc = sql_prepare(a->s, q, &st, e);
	int code = SQLITE_DONE;

	if (rc != RC_OK)
		return rc;
	while (!to->stopped && (code = sqlite3_step(st)) == SQLITE_ROW) {
		if (group == DUE_RESTRICTED)
			read_masked(st, &row);
		else
			read_row(a, st, group, &row);
		if (to->left != SIZE_MAX)
			to->left--;
		to->stopped = !to->fn(&row, to->ctx);
	}
	if (!to->stopped && code != SQLITE_DONE)
		rc = stmt_fail(a->s, code, "read what is due", e);
	sqlite3_finalize(st);
	return rc;
}

/* True if all of n rows are before the page. */
static bool
passed(struct sink *to, size_t n)
{
	if (to->skip < n)
		return false;
	to->skip -= n;
	return true;
}

static enum rc
give_stretch(const struct asking *a, const struct stretch *t,
    struct sink *to, struct err *e)
{
	struct sql q;
	size_t n = 1;
	enum rc rc = RC_OK;

	if (t->first > t->last || to->stopped || to->left == 0)
		return RC_OK;
	if (to->skip > 0)
		rc = count_stretch(a, t, &n, e);
	if (rc != RC_OK || passed(to, n))
		return rc;
	sql_init(&q);
	add_page(a, &q, t, to);
	to->skip = 0;
	rc = give(a, &q, t->group, to, e);
	sql_release(&q);
	return rc;
}

/* The ids are random, so that their order tells nothing. */
static enum rc
give_masked(const struct asking *a, struct sink *to, struct err *e)
{
	struct sql q;
	enum rc rc;

	if (!a->any_masked || !is_plain(a->q) || to->stopped ||
	    to->left == 0)
		return RC_OK;
	sql_init(&q);
	sql_add(&q, "SELECT b.case_id");
	add_masked(a, &q);
	sql_add(&q, " ORDER BY b.case_id LIMIT ");
	sql_number(&q, to->left == SIZE_MAX ? -1 : (int64_t)to->left);
	sql_add(&q, " OFFSET ");
	sql_number(&q, (int64_t)to->skip);
	rc = give(a, &q, DUE_RESTRICTED, to, e);
	sql_release(&q);
	return rc;
}

enum rc
store_due(struct store *s, const struct due_query *q, store_due_fn fn,
    void *ctx, struct err *e)
{
	struct stretch stretches[STRETCHES_MAX];
	struct sink to = {fn, ctx, q->offset,
	    q->limit != 0 ? q->limit : SIZE_MAX, false};
	size_t n = cut(q, stretches);
	struct asking a;
	enum rc rc = asking_init(&a, s, q, e);

	for (size_t i = 0; i < n && rc == RC_OK; i++)
		rc = give_stretch(&a, &stretches[i], &to, e);
	if (rc == RC_OK)
		rc = give_masked(&a, &to, e);
	asker_release(&a.who);
	return rc;
}

/* Of the groups of others: mine are not taken off yet. */
static enum rc
count_lines_of(const struct asking *a, const struct stretch *t, size_t *n,
    struct err *e)
{
	*n = 0;
	return t->first > t->last ? RC_OK :
	    count_lines(a, t, is_mine(t->group), n, e);
}

enum rc
store_due_count(struct store *s, const struct due_query *q,
    struct due_counts *out, struct err *e)
{
	struct stretch stretches[STRETCHES_MAX];
	size_t n = cut(q, stretches), some = 0;
	struct asking a;
	enum rc rc = asking_init(&a, s, q, e);

	memset(out, 0, sizeof(*out));
	for (size_t i = 0; i < n && rc == RC_OK; i++) {
		rc = count_lines_of(&a, &stretches[i], &some, e);
		out->in[stretches[i].group] += some;
	}
	for (int g = DUE_OTHERS_OVER; g <= DUE_OTHERS && !q->mine; g++)
		out->in[g] -= rc == RC_OK ? out->in[g - DUE_OTHERS_OVER] : 0;
	if (rc == RC_OK)
		rc = count_masked(&a, &out->in[DUE_RESTRICTED], e);
	for (int g = 0; g < DUE_GROUPS; g++)
		out->all += out->in[g];
	if (rc == RC_OK)
		rc = mask_visible_count(s, a.any_masked, &out->cases, e);
	asker_release(&a.who);
	return rc;
}
