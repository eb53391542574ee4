/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The list of cases: pages of what matches a filter.
 */
#include "config.h"

#include <string.h>

#include "core/rights.h"
#include "db/mask.h"

#define URGENCY " ORDER BY l.judgement, l.due, l.changed DESC, l.book"

/*
 * A page is chosen from the index of urgency alone, and only its rows are
 * read: the end of a long list costs what the index costs.
 */
static enum rc
add_page(struct store *s, struct sql *q, const struct case_range *range,
    struct err *e)
{
	enum rc rc;

	sql_add(q, "SELECT " CASE_COLUMNS " FROM (SELECT l.book AS chosen"
	    " FROM case_list l WHERE ");
	sql_visible(s, q);
	sql_add(q, " AND ");
	rc = sql_conditions(s, q, range->query, e);
	sql_add(q, URGENCY " LIMIT ");
	sql_number(q, (int64_t)range->limit);
	sql_add(q, " OFFSET ");
	sql_number(q, (int64_t)range->offset);
	sql_add(q, ") JOIN case_list l ON l.book = chosen"
	    " JOIN book b ON b.id = l.book" URGENCY);
	return rc;
}

static enum rc
add_all(struct store *s, struct sql *q, const struct case_range *range,
    struct err *e)
{
	enum rc rc;

	sql_add(q, "SELECT " CASE_COLUMNS " FROM case_list l"
	    " JOIN book b ON b.id = l.book WHERE ");
	sql_visible(s, q);
	sql_add(q, " AND ");
	rc = sql_conditions(s, q, range->query, e);
	sql_add(q, URGENCY " LIMIT -1 OFFSET ");
	sql_number(q, (int64_t)range->offset);
	return rc;
}

static enum rc
list_visible(struct store *s, const struct case_range *range,
    struct case_sink *to, struct err *e)
{
	sqlite3_stmt *st;
	struct sql q;
	enum rc rc;

	sql_init(&q);
	rc = range->limit != 0 ? add_page(s, &q, range, e) :
	    add_all(s, &q, range, e);
	if (rc == RC_OK)
		rc = sql_prepare(s, &q, &st, e);
	if (rc == RC_OK)
		rc = sql_rows(s, st, case_sink_take, to, e);
	sql_release(&q);
	return rc;
}

static enum rc
count_visible(struct store *s, const struct query *query, size_t *n,
    struct err *e)
{
	struct sql q;
	enum rc rc;

	sql_init(&q);
	sql_add(&q, "SELECT count(*) FROM case_list l WHERE ");
	sql_visible(s, &q);
	sql_add(&q, " AND ");
	rc = sql_conditions(s, &q, query, e);
	if (rc == RC_OK)
		rc = sql_count(s, &q, n, e);
	sql_release(&q);
	return rc;
}

/* What is left of the page after the n rows that could be shown. */
static enum rc
list_masked(struct store *s, const struct case_range *range,
    struct case_sink *to, struct err *e)
{
	struct case_range rest = *range;
	size_t before = 0;
	enum rc rc = RC_OK;

	if (to->stopped || (range->limit != 0 && to->n == range->limit))
		return RC_OK;
	if (to->n == 0 && range->offset != 0)
		rc = count_visible(s, range->query, &before, e);
	rest.offset = to->n == 0 && range->offset > before ?
	    range->offset - before : 0;
	rest.limit = range->limit != 0 ? range->limit - to->n : 0;
	return rc == RC_OK ? mask_rows(s, &rest, to, e) : rc;
}

enum rc
store_cases(struct store *s, const struct query *query, size_t offset,
    size_t limit, store_case_fn fn, void *ctx, struct err *e)
{
	struct case_range range = {query, NULL, offset, limit};
	struct case_sink to = {fn, ctx, 0, false};
	enum rc rc = right_check(store_role(s), RIGHT_READ, e);

	if (rc == RC_OK)
		rc = list_visible(s, &range, &to, e);
	return rc == RC_OK ? list_masked(s, &range, &to, e) : rc;
}

enum rc
store_cases_count(struct store *s, const struct query *query, size_t *n,
    struct err *e)
{
	struct case_range range = {query, NULL, 0, 0};
	size_t masked = 0;
	enum rc rc = right_check(store_role(s), RIGHT_READ, e);

	if (rc == RC_OK)
		rc = count_visible(s, query, n, e);
	if (rc == RC_OK)
		rc = mask_count(s, &range, &masked, e);
	*n += masked;
	return rc;
}
