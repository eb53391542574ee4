/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The looks of the session's store.
 */
#include "config.h"

#include "tui/lookscreen.h"

#include "tui/session.h"

/* A screen that outlives the store by a moment (a lock) reads nothing. */
static enum rc
want_store(struct session *s, struct store **out, struct err *e)
{
	*out = session_store(s);
	if (*out != NULL)
		return RC_OK;
	return err_set(e, RC_REFUSED, "The store is locked. Unlock it first.");
}

static enum rc
store_count(void *ctx, const struct look_query *q, size_t *n, struct err *e)
{
	struct store *st;
	enum rc rc = want_store(ctx, &st, e);

	*n = 0;
	return rc != RC_OK ? rc : store_looks_count(st, q, n, e);
}

static enum rc
store_rows(void *ctx, const struct look_query *q, const struct look_sink *to,
    struct err *e)
{
	struct store *st;
	enum rc rc = want_store(ctx, &st, e);

	return rc != RC_OK ? rc : store_looks(st, q, to->fn, to->ctx, e);
}

struct look_source
look_source_store(struct session *s)
{
	return (struct look_source){store_count, store_rows, s};
}
