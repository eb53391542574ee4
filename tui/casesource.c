/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rows of caserows.h as the session's store has them.
 */
#include "config.h"

#include "tui/caserows.h"

#include "tui/session.h"

/* A list that outlives the store by a moment (a lock) reads nothing. */
static enum rc
want_store(struct session *s, struct store **out, struct err *e)
{
	*out = session_store(s);
	if (*out != NULL)
		return RC_OK;
	return err_set(e, RC_REFUSED, "The store is locked. Unlock it first.");
}

static enum rc
store_count_rows(void *ctx, const struct query *q, size_t *n, struct err *e)
{
	struct store *st;
	enum rc rc = want_store(ctx, &st, e);

	*n = 0;
	return rc != RC_OK ? rc : store_cases_count(st, q, n, e);
}

static enum rc
store_rows(void *ctx, const struct case_page *page,
    const struct case_sink *to, struct err *e)
{
	struct store *st;
	enum rc rc = want_store(ctx, &st, e);

	return rc != RC_OK ? rc : store_cases(st, page->q, page->offset,
	    page->limit, to->fn, to->ctx, e);
}

static enum rc
store_search_rows(void *ctx, const char *words, size_t limit,
    const struct case_sink *to, struct err *e)
{
	struct store *st;
	enum rc rc = want_store(ctx, &st, e);

	return rc != RC_OK ? rc : store_search(st, words, limit, to->fn,
	    to->ctx, e);
}

static enum rc
store_find_rows(void *ctx, const struct find_want *want,
    struct find_sum *sum, const struct store_find_to *to, struct err *e)
{
	struct store *st;
	enum rc rc = want_store(ctx, &st, e);

	return rc != RC_OK ? rc : store_find(st, want, sum, to, e);
}

/* Those whose access has not ended; a recovery code is nobody. */
static const char *
store_rows_person(void *ctx, size_t i)
{
	struct store *st = session_store(ctx);
	const struct roster *r = st != NULL ? store_roster(st) : NULL;

	for (size_t k = 0; r != NULL && k < r->nusers; k++)
		if (!r->users[k].system && !r->users[k].abroad &&
		    r->users[k].revoked == INT64_MAX && i-- == 0)
			return r->users[k].name;
	return NULL;
}

static const struct instrument *
store_rows_instrument(void *ctx)
{
	return session_instrument(ctx);
}

static int64_t
store_rows_now(void *ctx)
{
	return session_now(ctx);
}

struct case_source
case_source_store(struct session *s)
{
	static const struct case_source_ops ops = {
		.count = store_count_rows,
		.rows = store_rows,
		.search = store_search_rows,
		.find = store_find_rows,
		.person = store_rows_person,
		.instrument = store_rows_instrument,
		.now = store_rows_now
	};

	return (struct case_source){&ops, s};
}
