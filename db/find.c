/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a search finds.  The index gives the rows of a word, but for the
 * beginning of a word it first gathers all of them: cheap for a rare word and
 * dear for one that stands in every second note.  The newest entries, read
 * one after another, give a common word at once and a rare one late.  So
 *
 *	1  names and references are asked of the index by their marks;
 *	2  the newest entries are read, which shows how common each word is
 *	   and, when the words are common, ends the search;
 *	3  the index is asked for the words that were seen to be rare, and
 *	   the rest is read in the text of what it gives;
 *	4  cases whose entries hold the words between them.
 *
 * Each step reads at most so many entries: what is left unread is said.
 */
#include "config.h"

#include "db/find.h"

#include <stdlib.h>
#include <string.h>

#include "core/rights.h"
#include "db/find_impl.h"
#include "db/mask.h"

#define NEWEST 1500		/* entries read to begin with */
#define READ_MORE 3000		/* entries that the index names, or older ones */
#define READ_SPREAD 1500	/* entries of cases that may hold all words */
#define FIND_MOST 10000		/* hits of a thorough search */
#define RARE_IN 20		/* rare: in fewer than one entry of so many */

/* What is done with each row; *stop ends the walk. */
typedef enum rc (*row_fn)(struct finder *f, sqlite3_stmt *st, bool *stop,
    struct err *e);

/* At most `most` rows; *n says how many there were. */
static enum rc
each_row(struct finder *f, struct sql *q, row_fn fn, size_t most, size_t *n,
    struct err *e)
{
	sqlite3_stmt *st = NULL;
	bool stop = false;
	enum rc rc = sql_prepare(f->s, q, &st, e);
	int code = SQLITE_DONE;

	*n = 0;
	while (rc == RC_OK && !stop && *n < most &&
	    (code = sqlite3_step(st)) == SQLITE_ROW) {
		++*n;
		rc = fn(f, st, &stop, e);
	}
	if (rc == RC_OK && code != SQLITE_ROW && code != SQLITE_DONE)
		rc = stmt_fail(f->s, code, "search the store", e);
	sqlite3_finalize(st);
	return rc;
}

/* Whether the last each_row() left rows unread. */
static bool
stopped_early(const struct finder *f, size_t n, size_t most)
{
	return n == most || f->n >= f->limit;
}

/* "l" is the home of an entry that these eyes may see. */
static void
add_home(struct finder *f, struct sql *q)
{
	sql_add(q, " l.book <> 1 AND ");
	sql_visible(f->s, q);
}

/* Entries of which the index says that they hold the needles of a set. */
static void
add_index(struct finder *f, struct sql *q, uint32_t set, const char *mark)
{
	struct str match;

	str_init(&match);
	for (size_t i = 0; i < f->ns.n; i++)
		if ((set >> i & 1) != 0)
			needle_match(&match, &f->ns.list[i], mark);
	sql_add(q, FIND_COLUMNS " FROM words w CROSS JOIN word_home l"
	    " ON l.row = w.rowid CROSS JOIN entry e ON e.row = w.rowid"
	    " WHERE w.words MATCH ");
	sql_text(q, match.s, match.len);
	sql_add(q, " AND");
	add_home(f, q);
	str_release(&match);
}

/* ---- 1: names and references ---- */

static enum rc
take_named(struct finder *f, sqlite3_stmt *st, bool *stop, struct err *e)
{
	struct holding h;
	enum rc rc = hit_look(f, st, &h, e);

	if (rc == RC_OK && h.reference == f->ns.all)
		rc = hit_keep(f, st, FIND_REFERENCE, e);
	else if (rc == RC_OK && h.name == f->ns.all)
		rc = hit_keep(f, st, FIND_NAME, e);
	/* Room is left for what stands in the texts. */
	*stop = !f->thorough && f->n >= (f->limit + 1) / 2;
	return rc;
}

static enum rc
find_marked(struct finder *f, const char *mark, struct err *e)
{
	size_t most = f->thorough ? SIZE_MAX : READ_MORE, n;
	struct sql q;
	enum rc rc;

	sql_init(&q);
	add_index(f, &q, f->ns.all, mark);
	sql_add(&q, " ORDER BY w.rowid DESC");
	rc = each_row(f, &q, take_named, most, &n, e);
	if (!f->thorough && (n == most || f->n >= (f->limit + 1) / 2))
		f->cut = true;
	sql_release(&q);
	return rc;
}

/* ---- 2: the newest ---- */

static enum rc
take_newest(struct finder *f, sqlite3_stmt *st, bool *stop, struct err *e)
{
	struct holding h;
	enum rc rc = hit_look(f, st, &h, e);

	if (rc != RC_OK)
		return rc;
	f->looked++;
	f->oldest = sqlite3_column_int64(st, 0);
	for (size_t i = 0; i < f->ns.n; i++)
		f->seen[i] += h.text >> i & 1;
	if (h.text == f->ns.all)
		rc = hit_keep(f, st, FIND_ENTRY, e);
	*stop = f->n >= f->limit;
	return rc;
}

static enum rc
read_newest(struct finder *f, size_t most, struct err *e)
{
	struct sql q;
	enum rc rc;
	size_t n;

	sql_init(&q);
	sql_add(&q, FIND_COLUMNS " FROM word_home l CROSS JOIN entry e"
	    " ON e.row = l.row WHERE l.row < ");
	sql_number(&q, f->oldest);
	sql_add(&q, " AND");
	add_home(f, &q);
	sql_add(&q, " ORDER BY l.row DESC");
	rc = each_row(f, &q, take_newest, most, &n, e);
	f->whole = !stopped_early(f, n, most);
	sql_release(&q);
	return rc;
}

/* ---- 3: by the index ---- */

static bool
is_rare(const struct finder *f, size_t i)
{
	return f->thorough || f->seen[i] * RARE_IN < f->looked;
}

static uint32_t
rare_needles(const struct finder *f)
{
	uint32_t set = 0;

	for (size_t i = 0; i < f->ns.n; i++)
		if (is_rare(f, i))
			set |= UINT32_C(1) << i;
	return set;
}

static enum rc
take_indexed(struct finder *f, sqlite3_stmt *st, bool *stop, struct err *e)
{
	struct holding h;
	enum rc rc = hit_look(f, st, &h, e);

	if (rc == RC_OK && h.text == f->ns.all)
		rc = hit_keep(f, st, FIND_ENTRY, e);
	*stop = f->n >= f->limit;
	return rc;
}

static enum rc
find_indexed(struct finder *f, uint32_t set, struct err *e)
{
	size_t most = f->thorough ? SIZE_MAX : READ_MORE, n;
	struct sql q;
	enum rc rc;

	sql_init(&q);
	add_index(f, &q, set, "");
	sql_add(&q, " AND w.rowid < ");
	sql_number(&q, f->oldest);
	sql_add(&q, " ORDER BY w.rowid DESC");
	rc = each_row(f, &q, take_indexed, most, &n, e);
	f->cut = f->cut || stopped_early(f, n, most);
	sql_release(&q);
	return rc;
}

/* ---- 4: spread over a case ---- */

/* The one that is held by the fewest of the newest. */
static size_t
rarest(const struct finder *f)
{
	size_t best = 0;

	for (size_t i = 1; i < f->ns.n; i++)
		if (f->seen[i] < f->seen[best])
			best = i;
	return best;
}

struct books {
	int64_t *list;
	size_t n, cap;
};

static bool
book_seen(const struct books *b, int64_t book)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->list[i] == book)
			return true;
	return false;
}

static enum rc
book_add(struct books *b, int64_t book, struct err *e)
{
	size_t cap = b->cap != 0 ? b->cap * 2 : 64;
	int64_t *more;

	if (b->n == b->cap) {
		more = realloc(b->list, cap * sizeof(*more));
		if (more == NULL)
			return err_set(e, RC_NOMEM, "not enough memory to "
			    "search");
		b->list = more;
		b->cap = cap;
	}
	b->list[b->n++] = book;
	return RC_OK;
}

/* The entries of one case: what they hold between them. */
static enum rc
case_holds(struct finder *f, int64_t book, uint32_t *all, size_t *read,
    struct err *e)
{
	struct holding h;
	sqlite3_stmt *st = NULL;
	struct sql q;
	enum rc rc;
	int code = SQLITE_DONE;

	*all = 0;
	sql_init(&q);
	sql_add(&q, FIND_COLUMNS " FROM entry e WHERE e.book = ");
	sql_number(&q, book);
	rc = sql_prepare(f->s, &q, &st, e);
	while (rc == RC_OK && *all != f->ns.all &&
	    (code = sqlite3_step(st)) == SQLITE_ROW) {
		rc = hit_look(f, st, &h, e);
		*all |= h.text;
		++*read;
	}
	if (rc == RC_OK && code != SQLITE_ROW && code != SQLITE_DONE)
		rc = stmt_fail(f->s, code, "search the store", e);
	sqlite3_finalize(st);
	sql_release(&q);
	return rc;
}

/* Of such a case the newest entry for each word that no other brought. */
static enum rc
keep_spread(struct finder *f, int64_t book, struct err *e)
{
	uint32_t shown = 0;
	struct holding h;
	sqlite3_stmt *st = NULL;
	struct sql q;
	enum rc rc;
	int code = SQLITE_DONE;

	sql_init(&q);
	sql_add(&q, FIND_COLUMNS " FROM entry e WHERE e.book = ");
	sql_number(&q, book);
	sql_add(&q, " ORDER BY e.at DESC, e.row DESC");
	rc = sql_prepare(f->s, &q, &st, e);
	while (rc == RC_OK && shown != f->ns.all &&
	    (code = sqlite3_step(st)) == SQLITE_ROW) {
		rc = hit_look(f, st, &h, e);
		if (rc == RC_OK && (h.text & ~shown) != 0)
			rc = hit_keep(f, st, FIND_SPREAD, e);
		shown |= h.text;
	}
	if (rc == RC_OK && code != SQLITE_ROW && code != SQLITE_DONE)
		rc = stmt_fail(f->s, code, "search the store", e);
	sqlite3_finalize(st);
	sql_release(&q);
	return rc;
}

static enum rc
try_case(struct finder *f, struct books *tried, int64_t book, size_t *read,
    struct err *e)
{
	uint32_t all = 0;
	enum rc rc = book_add(tried, book, e);

	for (size_t i = 0; i < f->n; i++)
		if (f->hits[i].book == book)
			return rc;
	if (rc == RC_OK)
		rc = case_holds(f, book, &all, read, e);
	if (rc == RC_OK && all == f->ns.all)
		rc = keep_spread(f, book, e);
	return rc;
}

static enum rc
find_spread(struct finder *f, struct err *e)
{
	size_t most = f->thorough ? SIZE_MAX : READ_SPREAD, read = 0;
	struct books tried = {0};
	sqlite3_stmt *st = NULL;
	struct sql q;
	enum rc rc;
	int code = SQLITE_DONE;

	sql_init(&q);
	add_index(f, &q, UINT32_C(1) << rarest(f), "");
	sql_add(&q, " ORDER BY w.rowid DESC");
	rc = sql_prepare(f->s, &q, &st, e);
	while (rc == RC_OK && f->n < f->limit && read < most &&
	    (code = sqlite3_step(st)) == SQLITE_ROW) {
		int64_t book = sqlite3_column_int64(st, 11);

		read++;
		if (!book_seen(&tried, book))
			rc = try_case(f, &tried, book, &read, e);
	}
	if (rc == RC_OK && code != SQLITE_ROW && code != SQLITE_DONE)
		rc = stmt_fail(f->s, code, "search the store", e);
	f->cut = f->cut || code == SQLITE_ROW;
	sqlite3_finalize(st);
	sql_release(&q);
	free(tried.list);
	return rc;
}

/* ---- the whole ---- */

static enum rc
find_texts(struct finder *f, struct err *e)
{
	uint32_t rare;
	enum rc rc = RC_OK;

	if (!f->thorough)
		rc = read_newest(f, NEWEST, e);
	if (rc != RC_OK || f->whole)
		return rc;
	rare = rare_needles(f);
	if (f->n >= f->limit)
		f->cut = true;
	else if (rare != 0)
		return find_indexed(f, rare, e);
	else
		rc = read_newest(f, READ_MORE, e);
	f->cut = f->cut || !f->whole;
	return rc;
}

static enum rc
find_all(struct finder *f, struct err *e)
{
	enum rc rc = find_marked(f, WORD_MARK_REFERENCE, e);

	if (rc == RC_OK && f->n < f->limit)
		rc = find_marked(f, WORD_MARK_NAME, e);
	if (rc == RC_OK && f->n < f->limit)
		rc = find_texts(f, e);
	if (rc != RC_OK || f->ns.n < 2 || f->n >= f->limit)
		return rc;
	if (f->whole || is_rare(f, rarest(f)))
		return find_spread(f, e);
	return RC_OK;
}

static void
finder_release(struct finder *f)
{
	for (size_t i = 0; i < f->n; i++) {
		explicit_bzero(f->hits[i].snippet,
		    strlen(f->hits[i].snippet));
		free(f->hits[i].snippet);
	}
	free(f->hits);
	needles_release(&f->ns);
	str_release(&f->scratch);
}

static bool
masked_row(const struct case_row *row, void *ctx)
{
	const struct store_find_to *to = ctx;
	struct find_row r = {.row = row, .first = true,
	    .why = FIND_RESTRICTED, .field = "", .snippet = ""};

	return to->fn(&r, to->ctx);
}

/* Restricted cases that are found keep their place however many others are. */
static enum rc
find_and_give(struct finder *f, const struct find_want *want,
    struct find_sum *sum, const struct store_find_to *to, struct err *e)
{
	struct case_range range = {NULL, want->words, 0, 0};
	struct store_find_to last = *to;
	struct case_sink masked = {masked_row, &last, 0, false};
	size_t hidden = 0;
	enum rc rc = mask_count(f->s, &range, &hidden, e);

	if (rc == RC_OK && f->ns.n > 0)
		rc = find_all(f, e);
	sum->cut = f->cut;
	sum->cases = sum->restricted = hidden;
	if (rc == RC_OK)
		rc = find_give(f, sum, to, e);
	if (rc == RC_OK && hidden > 0)
		rc = mask_rows(f->s, &range, &masked, e);
	return rc;
}

enum rc
store_find(struct store *s, const struct find_want *want,
    struct find_sum *sum, const struct store_find_to *to, struct err *e)
{
	struct finder f = {.s = s, .oldest = INT64_MAX,
	    .limit = want->limit != 0 ? want->limit : FIND_MOST,
	    .thorough = want->limit == 0};
	enum rc rc = right_check(store_role(s), RIGHT_READ, e);

	memset(sum, 0, sizeof(*sum));
	if (rc == RC_OK)
		rc = needles_read(&f.ns, want->words, e);
	if (rc != RC_OK)
		return rc;
	str_init(&f.scratch);
	rc = find_and_give(&f, want, sum, to, e);
	finder_release(&f);
	return rc;
}
