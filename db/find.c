/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a search finds.  The index gives the rows of a word, but for the
 * beginning of a word it first gathers all of them: cheap for a rare word and
 * dear for one that stands in every second note.  The newest entries, read
 * one after another, give a common word at once and a rare one late.  So
 *
 *	1  names and references are asked of the index by their marks
 *	   (find_name.c);
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

#define NEWEST 1000		/* entries read to begin with */
#define READ_MORE 3000		/* and then, when every word is common */
#define READ_SPREAD 250		/* entries of cases that may hold all words */
#define COUNTED_MOST 4		/* times the limit: hits that are counted */
#define SPREAD_MOST 12		/* hits of such cases */
#define FIND_MOST 10000		/* hits of a thorough search */
#define RARE_IN 40		/* rare: in fewer than one entry of so many */

/* ---- 2: the newest ---- */

/* What is not shown is counted, up to a bound. */
static bool
is_enough(const struct finder *f)
{
	return f->shown >= f->limit || f->n / COUNTED_MOST >= f->limit;
}

/* One more than are shown says that there are more, and no other does. */
static enum rc
take_found(struct finder *f, sqlite3_stmt *st, const struct holding *h,
    bool *stop, struct err *e)
{
	if (h->text != f->ns.all || hit_is_kept(f, sqlite3_column_int64(st, 0)))
		return RC_OK;
	if (is_enough(f)) {
		f->cut = *stop = true;
		return RC_OK;
	}
	return hit_keep(f, st, h->reference == h->text ? FIND_REFERENCE :
	    h->name == h->text ? FIND_NAME : FIND_ENTRY, e);
}

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
	return take_found(f, st, &h, stop, e);
}

static enum rc
read_newest(struct finder *f, size_t most, struct err *e)
{
	bool stop = false;
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, f->s, STMT_FIND_NEWEST, e, "i",
	    f->oldest);

	for (size_t n = 0; rc == RC_OK && !stop && n < most &&
	    stmt_next(&rows); n++)
		rc = take_newest(f, rows.st, &stop, e);
	f->whole = rows.code == SQLITE_DONE;
	return stmt_close(&rows, rc, "search the store", e);
}

/* ---- 3: by the index ---- */

/* Nor is a word rare that so many references begin with. */
static bool
is_rare(const struct finder *f, size_t i)
{
	return f->thorough || ((f->dense >> i & 1) == 0 &&
	    f->seen[i] * RARE_IN < f->looked);
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

/* The one that is held by the fewest of the newest, a rare one if any is. */
static size_t
rarest(const struct finder *f)
{
	size_t best = 0;

	for (size_t i = 1; i < f->ns.n; i++)
		if (is_rare(f, i) != is_rare(f, best) ? is_rare(f, i) :
		    f->seen[i] < f->seen[best])
			best = i;
	return best;
}

static enum rc
take_indexed(struct finder *f, sqlite3_stmt *st, bool *stop, struct err *e)
{
	struct holding h;
	enum rc rc = hit_look(f, st, &h, e);

	return rc == RC_OK ? take_found(f, st, &h, stop, e) : rc;
}

/* Once: they serve steps 3 and 4. */
static enum rc
ask_rarest(struct finder *f, struct index_rows *r, struct err *e)
{
	if (r->asked)
		return RC_OK;
	r->most = f->thorough ? SIZE_MAX : NEWEST + INDEX_READ;
	return index_ask(f, UINT32_C(1) << rarest(f), "", r, e);
}

/*
 * A word that none of the newest holds is asked for by itself: most often
 * its rows are soon read, and the others need not be gathered.
 */
static enum rc
read_rare(struct finder *f, uint32_t rare, struct index_rows *r,
    struct err *e)
{
	bool one = rare == UINT32_C(1) << rarest(f);
	struct index_rows all = {.most = f->thorough ? SIZE_MAX :
	    NEWEST + INDEX_READ};
	enum rc rc = RC_OK;

	if (one || (!f->thorough && f->seen[rarest(f)] == 0))
		rc = ask_rarest(f, r, e);
	if (rc != RC_OK)
		return rc;
	if (one || (r->asked && r->given <= INDEX_READ))
		return index_read(f, r, take_indexed, e);
	rc = index_ask(f, rare, "", &all, e);
	if (rc == RC_OK)
		rc = index_read(f, &all, take_indexed, e);
	free(all.list);
	return rc;
}

/* ---- 4: spread over a case ---- */

static bool
row_seen(const struct index_rows *r, int64_t book)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->list[i] == book)
			return true;
	return false;
}

/* The entries of a case, the latest first, until fn has enough. */
static enum rc
each_of_case(struct finder *f, int64_t book, row_fn fn, struct err *e)
{
	bool stop = false;
	struct stmt_rows rows;
	enum rc rc = stmt_open(&rows, f->s, STMT_FIND_BOOK, e, "i", book);

	while (rc == RC_OK && !stop && stmt_next(&rows))
		rc = fn(f, rows.st, &stop, e);
	return stmt_close(&rows, rc, "search the store", e);
}

/* What the entries of one case hold between them. */
static enum rc
take_between(struct finder *f, sqlite3_stmt *st, bool *stop, struct err *e)
{
	struct holding h;
	enum rc rc = hit_look(f, st, &h, e);

	f->between |= h.text;
	f->read++;
	*stop = f->between == f->ns.all;
	return rc;
}

/* The latest entry for each word that no other brought. */
static enum rc
keep_between(struct finder *f, sqlite3_stmt *st, bool *stop, struct err *e)
{
	struct holding h;
	enum rc rc = hit_look(f, st, &h, e);

	if (rc == RC_OK && (h.text & ~f->between) != 0)
		rc = hit_keep(f, st, FIND_SPREAD, e);
	f->between |= h.text;
	*stop = f->between == f->ns.all;
	return rc;
}

static enum rc
try_case(struct finder *f, int64_t book, struct err *e)
{
	enum rc rc;

	for (size_t i = 0; i < f->n; i++)
		if (f->hits[i].book == book)
			return RC_OK;
	f->between = 0;
	rc = each_of_case(f, book, take_between, e);
	if (rc != RC_OK || f->between != f->ns.all)
		return rc;
	f->between = 0;
	return each_of_case(f, book, keep_between, e);
}

/* The cases of the rows that hold the rarest word. */
static enum rc
try_cases(struct finder *f, const struct index_rows *r, struct err *e)
{
	size_t most = f->thorough ? SIZE_MAX : READ_SPREAD;
	struct index_rows tried = {.most = SIZE_MAX};
	size_t enough = f->thorough || f->limit - f->shown < SPREAD_MOST ?
	    f->limit : f->shown + SPREAD_MOST;
	int64_t book = 0;
	enum rc rc = RC_OK;

	f->read = 0;
	for (size_t i = 0; i < r->n && rc == RC_OK; i++, f->read++) {
		if (f->shown >= enough || f->read >= most) {
			f->cut = true;
			break;
		}
		rc = hit_home(f, index_nth(r, i), &book, e);
		if (rc != RC_OK || book == 0 || row_seen(&tried, book))
			continue;
		rc = index_add(&tried, book, e);
		if (rc == RC_OK)
			rc = try_case(f, book, e);
	}
	free(tried.list);
	return rc;
}

static enum rc
find_spread(struct finder *f, struct index_rows *r, struct err *e)
{
	enum rc rc = ask_rarest(f, r, e);

	if (rc == RC_OK)
		rc = try_cases(f, r, e);
	if (r->given > r->n)
		f->cut = true;
	return rc;
}

/* ---- the whole ---- */

static enum rc
find_texts(struct finder *f, struct index_rows *rarest_rows, struct err *e)
{
	uint32_t rare;
	enum rc rc = RC_OK;

	if (!f->thorough)
		rc = read_newest(f, NEWEST, e);
	if (rc != RC_OK || f->whole || f->cut)
		return rc;
	rare = rare_needles(f);
	if (is_enough(f))
		f->cut = true;
	else if (rare != 0)
		return read_rare(f, rare, rarest_rows, e);
	else
		rc = read_newest(f, READ_MORE, e);
	f->cut = f->cut || !f->whole;
	return rc;
}

static enum rc
find_in_steps(struct finder *f, struct index_rows *rarest_rows,
    struct err *e)
{
	enum rc rc = hit_masked(f, e);

	if (rc == RC_OK)
		rc = find_named(f, e);
	/* What goes by the words holds them: the texts leave nothing out. */
	f->cut = false;
	if (rc == RC_OK)
		rc = find_texts(f, rarest_rows, e);
	if (rc != RC_OK || f->ns.n < 2)
		return rc;
	if (is_enough(f))
		f->cut = true;
	else if (f->whole || is_rare(f, rarest(f)))
		return find_spread(f, rarest_rows, e);
	return RC_OK;
}

static enum rc
find_all(struct finder *f, struct err *e)
{
	struct index_rows rarest_rows = {0};
	enum rc rc = find_in_steps(f, &rarest_rows, e);

	free(rarest_rows.list);
	return rc;
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
	free(f->masked);
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
	sum->wordless = f->ns.n == 0;
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
