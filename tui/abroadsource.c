/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The people elsewhere of the session's store.  The agency of one's own card
 * is kept as a draft of one's own.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "db/people.h"
#include "exchange/file.h"
#include "tui/abroad.h"
#include "tui/session.h"

#define AGENCY_KEY "card-agency"
#define CARD_FILE_MAX ((size_t)256 << 10)	/* a letter around it, too */

/* A screen that outlives the store by a moment (a lock) does nothing. */
static enum rc
want_store(struct session *s, struct store **out, struct err *e)
{
	*out = session_store(s);
	if (*out != NULL)
		return RC_OK;
	return err_set(e, RC_REFUSED, "The store is locked. Unlock it first.");
}

static enum rc
store_each(void *ctx, const struct foreigner_sink *to, struct err *e)
{
	struct store *st;
	enum rc rc = want_store(ctx, &st, e);

	return rc != RC_OK ? rc : store_foreigners(st, to->fn, to->ctx, e);
}

static bool
store_grants(void *ctx)
{
	const struct store *st = session_store(ctx);

	return st != NULL && store_may_grant(st);
}

static char *
last_agency(void *ctx)
{
	char *text = NULL;
	struct err e;

	(void)!session_draft_load(ctx, AGENCY_KEY, &text, &e);
	return text;
}

static enum rc
store_mine(void *ctx, const char *agency, struct card *out, struct err *e)
{
	struct store *st;
	struct err quiet;
	enum rc rc = want_store(ctx, &st, e);

	if (rc == RC_OK)
		rc = store_card(st, agency, out, e);
	/* Not to have it suggested the next time hinders nobody. */
	if (rc == RC_OK)
		(void)!session_draft_save(ctx, AGENCY_KEY, agency, &quiet);
	return rc;
}

static enum rc
store_take_in(void *ctx, const struct card *card, const char *checked,
    struct err *e)
{
	struct store *st;
	enum rc rc = want_store(ctx, &st, e);

	return rc != RC_OK ? rc : store_trust(st, card, checked, e);
}

static enum rc
store_end(void *ctx, const struct author_id *key, const char *reason,
    struct err *e)
{
	struct store *st;
	enum rc rc = want_store(ctx, &st, e);

	return rc != RC_OK ? rc : store_distrust(st, key, reason, e);
}

static enum rc
read_card(void *ctx, const char *path, struct str *out, struct err *e)
{
	char *text;
	size_t n;
	enum rc rc = session_may_read(ctx, path, e);

	if (rc == RC_OK)
		rc = file_read(path, CARD_FILE_MAX, &text, &n, e);
	if (rc != RC_OK)
		return rc;
	str_add_n(out, text, n);
	free(text);
	return RC_OK;
}

static enum rc
write_card(void *ctx, const char *path, const struct str *text,
    struct err *e)
{
	enum rc rc = session_may_make(ctx, path, e);

	return rc != RC_OK ? rc : file_create(path, text->s, text->len, e);
}

struct abroad_source
abroad_source_store(struct session *s)
{
	static const struct abroad_source_ops ops = {
		.each = store_each,
		.may_grant = store_grants,
		.agency = last_agency,
		.mine = store_mine,
		.trust = store_take_in,
		.end = store_end,
		.read = read_card,
		.write = write_card,
	};

	return (struct abroad_source){&ops, s};
}
