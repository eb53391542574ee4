/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Studies made from cases: two steps of the register, by two people.  What
 * counts is core/studydrafts.h.
 */
#include "config.h"

#include "db/studydrafts.h"

#include <string.h>

#include "core/disposals.h"
#include "core/rights.h"
#include "core/study.h"
#include "core/studydrafts.h"
#include "db/impl.h"
#include "db/open.h"
#include "db/sessions.h"

#define CLOCK_SLACK 60000	/* ms that two clocks may differ */

static const char *const draft_kinds[REGISTER_KINDS] = {"study-draft"};
static const char *const signed_kinds[REGISTER_KINDS] = {"study-signed"};

/* ---- reading ---- */

static enum rc
add_draft(struct store *s, const struct entry *en, void *ctx, struct err *e)
{
	(void)e;
	study_drafts_add(ctx, &s->roster, en);
	return RC_OK;
}

static enum rc
add_decision(struct store *s, const struct entry *en, void *ctx,
    struct err *e)
{
	(void)e;
	study_drafts_decide(ctx, &s->roster, en);
	return RC_OK;
}

static enum rc
load(struct store *s, struct study_drafts *d, struct err *e)
{
	enum rc rc;

	study_drafts_init(d);
	rc = register_each(s, draft_kinds, add_draft, d, e);
	if (rc == RC_OK && d->n > 0)
		rc = register_each(s, signed_kinds, add_decision, d, e);
	if (rc != RC_OK)
		study_drafts_release(d);
	return rc;
}

static struct study_draft_row
row_of(const struct study_draft *d)
{
	struct study_draft_row row = {
		.id = d->id, .at = d->at, .author = d->author,
		.study = d->study, .text = d->text, .report = d->report,
		.hash = d->hash
	};

	if (d->reason != NULL) {
		row.outcome = d->let_out ? "signed" : "returned";
		row.reason = d->reason;
		row.by = d->by;
		row.by_at = d->by_at;
	}
	return row;
}

enum rc
store_study_drafts(struct store *s, study_draft_fn fn, void *ctx,
    struct err *e)
{
	struct study_drafts d;
	enum rc rc = right_check(store_role(s), RIGHT_READ, e);

	if (rc == RC_OK)
		rc = load(s, &d, e);
	if (rc != RC_OK)
		return rc;
	for (size_t i = d.n; i-- > 0;) {
		struct study_draft_row row = row_of(&d.list[i]);

		if (!fn(&row, ctx))
			break;
	}
	study_drafts_release(&d);
	return RC_OK;
}

/* ---- writing ---- */

/* A person of a store for real cases, whose role may write the kind. */
static enum rc
may(struct store *s, const char *kind, const char *refused, struct err *e)
{
	const struct roster_user *me;
	enum rc rc = store_make_sure(s, e);

	if (rc != RC_OK)
		return rc;
	if (store_training(s))
		return err_set(e, RC_REFUSED, "%s: this store is for "
		    "training and holds no real case; a study is made from a "
		    "case, and signed, in the store where the case is",
		    s->path);
	if ((store_role(s) & kind_find(kind)->roles) == 0)
		return err_set(e, RC_REFUSED, "%s", refused);
	me = roster_own(&s->roster, &s->author);
	if (me == NULL || me->system)
		return err_set(e, RC_REFUSED, "a recovery code stands for no "
		    "person; unlock the store with a passphrase of your own");
	return RC_OK;
}

static enum rc
append_to_register(struct store *s, const char *kind, json_t *body,
    struct entry_id *id, struct err *e)
{
	struct entry_draft d = {case_id_register(), kind, span_none(), body};
	enum rc rc;

	if (body == NULL)
		return err_set(e, RC_INPUT, "the text is not valid UTF-8");
	s->may_register = true;
	rc = store_append(s, &d, 1, id, e);
	s->may_register = false;
	s->not_before = 0;
	entry_draft_release(&d);
	return rc;
}

static enum rc
check_study(const char *text, struct study **out, struct err *e)
{
	struct faults f;
	enum rc rc;

	faults_init(&f, "study");
	*out = study_parse(text, strlen(text), &f);
	rc = faults_result(&f, e);
	faults_release(&f);
	return rc;
}

enum rc
store_study_draft_add(struct store *s, const char *text, const char *report,
    struct entry_id *id, struct err *e)
{
	char hash[2 * ENTRY_ID_LEN + 1];
	struct study *study = NULL;
	enum rc rc = may(s, "study-draft", "your role may not make a study "
	    "from a case; ask a practitioner, a supervisor or a trainer", e);

	if (rc == RC_OK)
		rc = check_study(text, &study, e);
	if (rc != RC_OK)
		return rc;
	study_text_hash(text, hash);
	rc = append_to_register(s, "study-draft", json_pack(
	    "{s:s, s:s, s:s, s:s, s:s}", "study", study->id, "version",
	    study->version, "hash", hash, "text", text, "report", report),
	    id, e);
	study_free(study);
	return rc;
}

/* What was signed has to be dated after what it signs. */
static enum rc
decide_after(struct store *s, const struct study_draft *d, struct err *e)
{
	if (clock_now(s->clock) + CLOCK_SLACK < d->at)
		return err_set(e, RC_REFUSED, "this machine's clock is behind "
		    "what %s wrote; set it right and try again",
		    roster_name(&s->roster, &d->author));
	if (s->not_before <= d->at)
		s->not_before = d->at + 1;
	return RC_OK;
}

static enum rc
check_decision(struct store *s, const struct study_draft *d, struct err *e)
{
	if (d == NULL)
		return err_set(e, RC_NOTFOUND, "%s: no such study was made "
		    "from a case here", s->path);
	if (d->reason != NULL)
		return err_set(e, RC_REFUSED, "the study \"%s\" was %s by %s "
		    "already", d->study, d->let_out ? "signed" : "given back",
		    roster_name(&s->roster, &d->by));
	if (disposals_same_person(&s->roster, &d->author, &s->author))
		return err_set(e, RC_REFUSED, "you made the study \"%s\" "
		    "yourself; another supervisor has to read and sign it",
		    d->study);
	return decide_after(s, d, e);
}

enum rc
store_study_draft_decide(struct store *s, const struct entry_id *id,
    bool sign, const char *reason, struct err *e)
{
	char draft[2 * ENTRY_ID_LEN + 1];
	const struct study_draft *found;
	struct study_drafts d;
	enum rc rc = may(s, "study-signed", "a study made from a case is "
	    "signed or given back by a supervisor; your role is another", e);

	if (rc == RC_OK)
		rc = load(s, &d, e);
	if (rc != RC_OK)
		return rc;
	found = study_drafts_find(&d, id);
	rc = check_decision(s, found, e);
	if (rc == RC_OK) {
		hex_format(id->b, ENTRY_ID_LEN, draft);
		rc = append_to_register(s, "study-signed", json_pack(
		    "{s:s, s:s, s:s, s:s}", "draft", draft, "hash",
		    found->hash, "outcome", sign ? "signed" : "returned",
		    "reason", reason), NULL, e);
	}
	study_drafts_release(&d);
	return rc;
}
