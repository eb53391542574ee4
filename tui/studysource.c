/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Studies made from a case, of the session's store. */
#include "config.h"

#include <string.h>

#include "core/rights.h"
#include "exchange/studyfile.h"
#include "tui/studydrafts.h"
#include "tui/trainscreens.h"

static enum rc
want_store(void *ctx, struct store **out, struct err *e)
{
	*out = session_store(ctx);
	if (*out != NULL)
		return RC_OK;
	return err_set(e, RC_REFUSED, "The store is locked. Unlock it first.");
}

static enum rc
source_rows(void *ctx, const struct study_sink *to, struct err *e)
{
	struct store *st;
	enum rc rc = want_store(ctx, &st, e);

	return rc != RC_OK ? rc : store_study_drafts(st, to->fn, to->ctx, e);
}

static const char *
source_person(void *ctx, const struct author_id *who)
{
	struct store *st = session_store(ctx);

	return st != NULL ? roster_name(store_roster(st), who) : "";
}

/* The last adopted of that id is the one that the study was made with. */
static const struct instrument *
source_instrument(void *ctx, const char *id)
{
	struct store *st = session_store(ctx);

	for (size_t i = st != NULL ? store_instruments(st) : 0; i-- > 0;)
		if (strcmp(store_instrument(st, i)->id, id) == 0)
			return store_instrument(st, i);
	return NULL;
}

static enum rc
source_decide(void *ctx, const struct entry_id *id, bool sign,
    const char *reason, struct err *e)
{
	struct store *st;
	enum rc rc = want_store(ctx, &st, e);

	return rc != RC_OK ? rc : store_study_draft_decide(st, id, sign,
	    reason, e);
}

static enum rc
source_write(void *ctx, const struct entry_id *id, const char *path,
    struct err *e)
{
	struct store *st;
	enum rc rc = want_store(ctx, &st, e);

	if (rc == RC_OK)
		rc = session_may_make(ctx, path, e);
	return rc != RC_OK ? rc : studyfile_write(st, id, path, e);
}

struct pane *
studydrafts_screen_new(struct session *s, struct err *e)
{
	struct study_source source = {
		.ctx = s, .rows = source_rows, .person = source_person,
		.instrument = source_instrument, .decide = source_decide,
		.write = source_write,
	};
	struct store *st;

	if (want_store(s, &st, e) != RC_OK ||
	    right_check(store_role(st), RIGHT_READ, e) != RC_OK)
		return NULL;
	return studylist_new(&source);
}
