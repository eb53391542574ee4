/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The bundles of the session's store.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/rights.h"
#include "core/xalloc.h"
#include "db/abroad.h"
#include "db/watch.h"
#include "tui/bundles.h"
#include "tui/pathcomplete.h"
#include "tui/session.h"

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
store_each(void *ctx, enum bundle_side side, const struct bundle_sink *to,
    struct err *e)
{
	struct store *st;
	enum rc rc = want_store(ctx, &st, e);

	return rc != RC_OK ? rc : store_bundles(st, side, to->fn, to->ctx, e);
}

static enum rc
store_look_into(void *ctx, const char *path, struct bundle_report *out,
    struct err *e)
{
	struct store *st;
	enum rc rc = want_store(ctx, &st, e);

	return rc != RC_OK ? rc : bundle_look(st, path, session_clock(ctx),
	    out, e);
}

static enum rc
store_take(void *ctx, const char *path, const struct bundle_watch *watch,
    struct bundle_report *out, struct err *e)
{
	struct store *st;
	enum rc rc = want_store(ctx, &st, e);

	return rc != RC_OK ? rc : bundle_open_seen(st, path,
	    session_clock(ctx), watch->fn, watch->ctx, watch->seen, out, e);
}

static enum rc
store_make(void *ctx, const struct bundle_order *o, struct bundle_made *out,
    struct err *e)
{
	struct bundle_order with = *o;
	struct store *st;
	enum rc rc = want_store(ctx, &st, e);

	with.content = session_content_dir(ctx);
	return rc != RC_OK ? rc : bundle_make(st, &with, out, e);
}

/* ---- recalling ---- */

/* The entry by which the bundle left this case, or NULL. */
static const struct record *
find_sent(const struct casefile *c, const char *bundle)
{
	for (size_t i = 0; i < c->nrecords; i++)
		if (record_stands(c->records[i]) &&
		    strcmp(c->records[i]->entry.kind, "bundle-sent") == 0 &&
		    strcmp(record_text(c->records[i], "bundle"), bundle) == 0)
			return c->records[i];
	return NULL;
}

static enum rc
recall_in(struct store *st, const struct case_id *id,
    const struct bundle_recall *r, struct entry_draft *out, struct err *e)
{
	char bundle[2 * BUNDLE_ID_LEN + 1], sent[2 * ENTRY_ID_LEN + 1];
	struct casefile c;
	const struct record *entry;
	enum rc rc = store_case_load(st, id, &c, e);

	if (rc != RC_OK)
		return rc;
	hex_format(r->id->b, BUNDLE_ID_LEN, bundle);
	entry = find_sent(&c, bundle);
	if (entry != NULL) {
		hex_format(entry->entry.id.b, ENTRY_ID_LEN, sent);
		*out = (struct entry_draft){.case_id = *id,
		    .kind = "bundle-recall", .on = span_none(),
		    .body = json_pack("{s:s,s:s,s:s}", "sent", sent, "ask",
		    r->ask, "reason", r->reason)};
	}
	casefile_release(&c);
	return RC_OK;
}

/* All of them under one seal, or none. */
static enum rc
store_recall(void *ctx, const struct bundle_recall *r, size_t *n,
    struct err *e)
{
	struct entry_draft *d = xcalloc(r->ncases + 1, sizeof(*d));
	struct entry_id *ids = xcalloc(r->ncases + 1, sizeof(*ids));
	struct store *st;
	enum rc rc = want_store(ctx, &st, e);

	*n = 0;
	for (size_t i = 0; i < r->ncases && rc == RC_OK; i++) {
		rc = recall_in(st, &r->cases[i], r, &d[*n], e);
		*n += d[*n].body != NULL;
	}
	if (rc == RC_OK && *n == 0)
		rc = err_set(e, RC_NOTFOUND, "None of these cases says any "
		    "more that the bundle left.");
	if (rc == RC_OK)
		rc = store_append(st, d, *n, ids, e);
	for (size_t i = 0; i < r->ncases; i++)
		json_decref(d[i].body);
	free(d);
	free(ids);
	return rc;
}

/* ---- the rest ---- */

static enum rc
store_find(void *ctx, const char *name, struct author_id *key,
    struct err *e)
{
	struct store *st;
	enum rc rc = want_store(ctx, &st, e);

	return rc != RC_OK ? rc : store_foreigner_find(st, name, key, e);
}

static enum rc
may_read(void *ctx, const char *path, struct err *e)
{
	return session_may_read(ctx, path, e);
}

static enum rc
may_make(void *ctx, const char *path, struct err *e)
{
	return session_may_make(ctx, path, e);
}

static bool
complete(void *ctx, const char *text, size_t i, struct str *out)
{
	(void)ctx;
	return path_complete(text, i, out);
}

static void
case_words(void *ctx, const struct case_id *id, struct str *out)
{
	struct store *st = session_store(ctx);
	enum door door = DOOR_SHUT;
	struct casefile c;
	struct err e;

	if (st == NULL || store_door(st, id, &door, &e) != RC_OK ||
	    (door != DOOR_OPEN && door != DOOR_BROKEN) ||
	    store_case_load(st, id, &c, &e) != RC_OK)
		return;
	str_add_fmt(out, "%s  %s", c.reference, c.identity != NULL ?
	    record_text(c.identity, "name") : "");
	casefile_release(&c);
}

static bool
may_send(void *ctx)
{
	return session_may_write(ctx, "bundle-sent");
}

static int64_t
now(void *ctx)
{
	return session_now(ctx);
}

struct bundle_source
bundle_source_store(struct session *s)
{
	static const struct bundle_source_ops ops = {
		.each = store_each,
		.look = store_look_into,
		.open = store_take,
		.release = bundle_report_release,
		.make = store_make,
		.recall = store_recall,
		.find = store_find,
		.may_read = may_read,
		.may_make = may_make,
		.complete = complete,
		.case_words = case_words,
		.may_send = may_send,
		.now = now,
	};

	return (struct bundle_source){&ops, s};
}
