/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/filter.h"

#include <string.h>

#include "core/utf8.h"
#include "core/xalloc.h"
#include "db/filters.h"

static bool
level_known(const char *id, void *ctx)
{
	return screen_level_from_id(ctx, id) != NO_ITEM;
}

void
filter_place(const char *expr, size_t at, struct err *e)
{
	if (expr[at] == '\0')
		(void)err_prefix(e, "--filter, at its end");
	else
		(void)err_prefix(e, "--filter, at character %d (\"%.*s\")",
		    utf8_columns(expr, at) + 1, utf8_cut(expr + at, 20),
		    expr + at);
}

enum rc
filter_read(const struct call *c, const struct store *s, const char *expr,
    struct query *out, struct err *e)
{
	int64_t now = clock_now(c->host->clock);
	struct query_context qc = {now, moment_day(now), level_known, NULL};
	size_t at = 0;
	enum rc rc;

	memcpy(&qc.ctx, &(const void *){store_default_instrument(s)},
	    sizeof(qc.ctx));
	rc = query_parse(expr, &qc, out, &at, e);
	if (rc != RC_OK)
		filter_place(expr, at, e);
	return rc;
}

enum rc
filter_expand(struct store *s, const char *expr, char **out, struct err *e)
{
	enum rc rc;

	*out = NULL;
	if (*expr != '@') {
		*out = xstrdup(expr);
		return RC_OK;
	}
	rc = store_filter_load(s, expr + 1, out, e);
	return rc == RC_OK ? RC_OK : err_prefix(e, "--filter");
}
