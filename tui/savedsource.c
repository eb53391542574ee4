/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The filters of savedfilters.h as the session's store keeps them.
 */
#include "config.h"

#include "tui/savedfilters.h"

#include "db/filters.h"
#include "tui/session.h"

static enum rc
want_store(void *ctx, struct store **out, struct err *e)
{
	*out = session_store(ctx);
	return *out != NULL ? RC_OK : err_set(e, RC_REFUSED, "The store is "
	    "locked. Unlock it first.");
}

struct nth {
	size_t i;
	struct str *name, *text;
	bool found;
};

static bool
take_nth(const char *name, const char *text, void *ctx)
{
	struct nth *n = ctx;

	if (n->i-- > 0)
		return true;
	str_add(n->name, name);
	str_add(n->text, text);
	n->found = true;
	return false;
}

static bool
store_nth(void *ctx, size_t i, struct str *name, struct str *text)
{
	struct nth n = {i, name, text, false};
	struct store *st;
	struct err e;

	return want_store(ctx, &st, &e) == RC_OK &&
	    store_filters(st, take_nth, &n, &e) == RC_OK && n.found;
}

static enum rc
store_load(void *ctx, const char *name, char **text, struct err *e)
{
	struct store *st;
	enum rc rc = want_store(ctx, &st, e);

	return rc != RC_OK ? rc : store_filter_load(st, name, text, e);
}

static enum rc
store_save(void *ctx, const char *name, const char *text, struct err *e)
{
	struct store *st;
	enum rc rc = want_store(ctx, &st, e);

	return rc != RC_OK ? rc : store_filter_save(st, name, text, e);
}

static enum rc
store_drop(void *ctx, const char *name, struct err *e)
{
	struct store *st;
	enum rc rc = want_store(ctx, &st, e);

	return rc != RC_OK ? rc : store_filter_drop(st, name, e);
}

struct saved_filters
saved_filters_store(struct session *s)
{
	return (struct saved_filters){s, store_nth, store_load, store_save,
	    store_drop};
}
