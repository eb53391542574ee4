/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person's own log, and what they are to be asked again. */
#include "config.h"

#include <string.h>

#include "core/rights.h"
#include "db/impl.h"
#include "db/sessions_impl.h"

static bool
is_mine(const struct store *s, const struct entry *en)
{
	return memcmp(en->author.b, s->author.b, AUTHOR_LEN) == 0;
}

/* The first one, if stores that were apart made two. */
static enum rc
find_log(struct store *s, struct case_id *id, struct err *e)
{
	const struct casefile *found = NULL;
	struct cases all;
	size_t others;
	enum rc rc = cases_load_lately(s, 0, &all, &others, e);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < all.n; i++) {
		const struct casefile *c = all.list[i];

		if (case_is_log(c) && is_mine(s, &c->opened->entry) &&
		    (found == NULL || entry_compare(&c->opened->entry,
		    &found->opened->entry) < 0))
			found = c;
	}
	if (found != NULL)
		*id = found->id;
	else
		rc = err_set(e, RC_NOTFOUND, "nothing is in your training log "
		    "yet");
	cases_release(&all);
	return rc;
}

static enum rc
make_log(struct store *s, struct case_id *id, struct err *e)
{
	struct entry_draft d = {store_new_case_id(s), "open", span_none(),
	    NULL};
	struct str reference;
	enum rc rc = store_need_training(s, "a training log", e);

	str_init(&reference);
	if (rc == RC_OK)
		rc = store_session_reference(s, STUDY_LOG, &reference, e);
	if (rc == RC_OK) {
		d.body = json_pack("{s:s, s:s}", "reference", reference.s,
		    "study", STUDY_LOG);
		rc = d.body != NULL ? store_append(s, &d, 1, NULL, e) :
		    err_set(e, RC_NOMEM, "not enough memory for the log");
	}
	if (rc == RC_OK)
		*id = d.case_id;
	entry_draft_release(&d);
	str_release(&reference);
	return rc;
}

enum rc
store_log_case(struct store *s, bool make, struct case_id *id,
    struct err *e)
{
	enum rc rc = find_log(s, id, e);

	if (rc != RC_NOTFOUND || !make)
		return rc;
	err_clear(e);
	return make_log(s, id, e);
}

static void
add_case(const struct store *s, const struct casefile *c,
    struct walk_studies *known, struct retests *out)
{
	struct walk w;
	struct err ignored;

	if (case_is_log(c)) {
		retests_add_log(out, c, &s->author);
		return;
	}
	/* A session that cannot be read asks nothing. */
	if (session_walk_known(s, c, known, &w, &ignored) != RC_OK)
		return;
	retests_add_walk(out, &w, &s->author);
	walk_release(&w);
}

enum rc
store_retests(struct store *s, struct retests *out, struct err *e)
{
	const struct instrument *in = store_default_instrument(s);
	struct walk_studies known = {NULL, 0, 0};
	struct cases all;
	size_t others;
	enum rc rc;

	if (in == NULL)
		return err_set(e, RC_NOTFOUND, "the store has adopted no "
		    "checklist; adopt one with hearken instrument adopt");
	/* Nothing is asked of somebody for what others wrote. */
	rc = cases_load_lately(s, 0, &all, &others, e);
	if (rc != RC_OK)
		return rc;
	retests_init(out, in);
	for (size_t i = 0; i < all.n; i++)
		add_case(s, all.list[i], &known, out);
	retests_settle(out);
	walk_studies_release(&known);
	cases_release(&all);
	return RC_OK;
}
