/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Holds and requests, and what stands of them; agreeing is dispose_agree.c.
 */
#include "config.h"

#include "db/dispose.h"

#include <stdlib.h>
#include <string.h>

#include "core/rights.h"
#include "db/dispose_impl.h"
#include "db/open.h"

#define CLOCK_SLACK 60000	/* ms that two clocks may differ */

enum rc
dispose_may(struct store *s, struct err *e)
{
	const struct roster_user *me;
	enum rc rc = store_make_sure(s, e);

	me = roster_own(&s->roster, &s->author);
	if (rc == RC_OK)
		rc = right_check(store_role(s), RIGHT_DISPOSE, e);
	if (rc == RC_OK && (me == NULL || me->system))
		rc = err_set(e, RC_REFUSED, "a recovery code stands for no "
		    "person; unlock the store with a passphrase of your own");
	return rc;
}

static enum rc
may_look(const struct store *s, struct err *e)
{
	if (right_held(store_role(s), RIGHT_DISPOSE))
		return RC_OK;
	return right_check(store_role(s), RIGHT_LOOKS, e);
}

enum rc
dispose_load(struct store *s, const struct case_id *id, struct casefile *c,
    struct err *e)
{
	struct case_id reg = case_id_register();
	int64_t book = 0;
	enum rc rc;

	if (disposals_cover(&s->disposals, id))
		return err_set(e, RC_REFUSED, "the case was disposed of "
		    "before; nothing is left of it");
	rc = case_id_equal(id, &reg) ? RC_NOTFOUND :
	    book_find(s, id, &book, e);
	if (rc == RC_NOTFOUND)
		return err_set(e, RC_NOTFOUND, "there is no such case in %s",
		    s->path);
	if (rc == RC_OK)
		rc = casefile_load(s, book, c, e);
	if (rc == RC_OK)
		casefile_settle(c, &s->roster);
	return rc;
}

enum rc
dispose_load_named(struct store *s, const struct case_id *id,
    struct casefile *c, struct err *e)
{
	enum rc rc = dispose_load(s, id, c, e);

	if (rc != RC_OK || casefile_named(c, &s->author))
		return rc;
	casefile_release(c);
	return err_set(e, RC_REFUSED, "the case is restricted, and you are "
	    "not among those named; ask one of them, or a supervisor to lift "
	    "the restriction");
}

enum rc
store_dispose_find(struct store *s, const char *word, struct case_id *id,
    struct err *e)
{
	enum rc rc = dispose_may(s, e);
	int64_t book = 0;

	if (rc == RC_OK && hex_parse(word, id->b, CASE_ID_LEN) &&
	    book_find(s, id, &book, NULL) == RC_OK && book != REGISTER_BOOK)
		return RC_OK;
	return rc == RC_OK ? case_by_reference(s, word, id, e) : rc;
}

static enum rc
append_to_register(struct store *s, const char *kind, json_t *body,
    struct entry_id *id, struct err *e)
{
	struct entry_draft d = {case_id_register(), kind, span_none(), body};
	enum rc rc;

	if (body == NULL)
		return err_set(e, RC_INPUT, "the reason is not valid UTF-8 "
		    "text");
	s->may_register = true;
	rc = store_append(s, &d, 1, id, e);
	s->may_register = false;
	s->not_before = 0;
	entry_draft_release(&d);
	return rc;
}

enum rc
dispose_after(struct store *s, const struct disposal_act *act,
    struct err *e)
{
	if (clock_now(s->clock) + CLOCK_SLACK < act->at)
		return err_set(e, RC_REFUSED, "this machine's clock is behind "
		    "what %s wrote; set it right and try again",
		    roster_name(&s->roster, &act->by));
	if (s->not_before <= act->at)
		s->not_before = act->at + 1;
	return RC_OK;
}

/* ---- holds ---- */

static enum rc
check_hold(const struct disposal_case *c, bool set, struct err *e)
{
	bool held = c != NULL && c->held;

	if (held == set)
		return set ? err_set(e, RC_EXISTS, "the case is under a "
		    "legal hold already: %s", c->hold.reason) :
		    err_set(e, RC_NOTFOUND, "the case is under no legal "
		    "hold; there is nothing to lift");
	return RC_OK;
}

enum rc
store_hold(struct store *s, const struct case_id *id, bool set,
    const char *reason, struct err *e)
{
	char hex[2 * CASE_ID_LEN + 1];
	const struct disposal_case *d;
	struct casefile c;
	enum rc rc = dispose_may(s, e);

	if (rc == RC_OK)
		rc = dispose_load(s, id, &c, e);
	if (rc != RC_OK)
		return rc;
	casefile_release(&c);
	d = disposals_find(&s->disposals, id);
	rc = check_hold(d, set, e);
	if (rc == RC_OK && d != NULL)
		rc = dispose_after(s, &d->hold, e);
	if (rc != RC_OK)
		return rc;
	hex_format(id->b, CASE_ID_LEN, hex);
	return append_to_register(s, "hold", json_pack("{s:s, s:s, s:s}",
	    "case", hex, "state", set ? "set" : "lifted", "reason", reason),
	    NULL, e);
}

enum rc
store_held(struct store *s, const struct case_id *id, bool *held,
    struct err *e)
{
	const struct disposal_case *c = disposals_find(&s->disposals, id);

	(void)e;
	*held = c != NULL && c->held;
	return RC_OK;
}

/* The reference for whoever may know it; *c is released by the caller. */
static enum rc
reference_of(struct store *s, const struct case_id *id, struct casefile *c,
    const char **reference, struct err *e)
{
	enum rc rc = dispose_load(s, id, c, e);

	*reference = "";
	if (rc == RC_OK && casefile_named(c, &s->author))
		*reference = c->reference;
	if (rc != RC_NOTFOUND)
		return rc;
	/* One entry about nothing must not hide all others. */
	casefile_init(c, id);
	return RC_OK;
}

enum rc
store_holds(struct store *s, store_hold_fn fn, void *ctx, struct err *e)
{
	enum rc rc = may_look(s, e);
	bool more = true;

	for (size_t i = 0; i < s->disposals.ncases && rc == RC_OK && more;
	    i++) {
		const struct disposal_case *d = &s->disposals.cases[i];
		struct hold_row row = {
			.case_id = d->id,
			.reason = d->hold.reason,
			.by = roster_name(&s->roster, &d->hold.by),
			.at = d->hold.at
		};
		struct casefile c;

		if (!d->held || d->disposed)
			continue;
		rc = reference_of(s, &d->id, &c, &row.reference, e);
		if (rc != RC_OK)
			break;
		more = fn(&row, ctx);
		casefile_release(&c);
	}
	return rc;
}

/* ---- requests ---- */

bool
dispose_is_stale(const struct disposal_case *d, const struct casefile *c)
{
	return c->changed > d->request.at;
}

static enum rc
check_waiting(const struct store *s, const struct disposal_case *d,
    const struct casefile *c, struct err *e)
{
	if (d == NULL || d->request.reason == NULL || dispose_is_stale(d, c))
		return RC_OK;
	if (disposals_same_person(&s->roster, &d->request.by, &s->author))
		return err_set(e, RC_EXISTS, "you have asked for this "
		    "already; a second person has to agree");
	return err_set(e, RC_EXISTS, "%s has asked for this already; look at "
	    "the case, then agree or leave it",
	    roster_name(&s->roster, &d->request.by));
}

enum rc
dispose_check_kept(const struct store *s, int32_t kept_until, struct err *e)
{
	struct span day = span_of_day(kept_until);
	char words[SPAN_WORDS_MAX];

	if (kept_until == DAY_NONE ||
	    kept_until < moment_day(clock_now(s->clock)))
		return RC_OK;
	span_words(&day, words);
	return err_set(e, RC_REFUSED, "by its rule the case is kept to the "
	    "end of %s", words);
}

enum rc
dispose_check_hold(const struct disposal_case *d, struct err *e)
{
	if (d == NULL || !d->held)
		return RC_OK;
	return err_set(e, RC_REFUSED, "the case is under a legal hold (%s); "
	    "it is kept until the hold is lifted", d->hold.reason);
}

static json_t *
request_json(const struct dispose_request *r)
{
	struct span day = span_of_day(r->kept_until);
	char hex[2 * CASE_ID_LEN + 1], until[SPAN_TEXT_MAX];
	json_t *body;

	hex_format(r->case_id->b, CASE_ID_LEN, hex);
	body = json_pack("{s:s, s:s, s:s}", "case", hex, "rule", r->rule,
	    "reason", r->reason);
	if (body != NULL && r->kept_until != DAY_NONE) {
		span_format(&day, until);
		(void)json_object_set_new(body, "kept_until",
		    json_string(until));
	}
	return body;
}

enum rc
store_dispose_ask(struct store *s, const struct dispose_request *r,
    struct entry_id *id, struct err *e)
{
	const struct disposal_case *d;
	struct casefile c;
	enum rc rc = dispose_may(s, e);

	if (rc == RC_OK)
		rc = dispose_load_named(s, r->case_id, &c, e);
	if (rc != RC_OK)
		return rc;
	d = disposals_find(&s->disposals, r->case_id);
	rc = dispose_check_hold(d, e);
	if (rc == RC_OK)
		rc = dispose_check_kept(s, r->kept_until, e);
	if (rc == RC_OK)
		rc = check_waiting(s, d, &c, e);
	if (rc == RC_OK && d != NULL)
		rc = dispose_after(s, &d->request, e);
	casefile_release(&c);
	if (rc != RC_OK)
		return rc;
	return append_to_register(s, "dispose-request", request_json(r), id,
	    e);
}

enum rc
store_dispose_waiting(struct store *s, store_dispose_fn fn, void *ctx,
    struct err *e)
{
	enum rc rc = may_look(s, e);
	bool more = true;

	for (size_t i = 0; i < s->disposals.ncases && rc == RC_OK && more;
	    i++) {
		const struct disposal_case *d = &s->disposals.cases[i];
		struct dispose_row row = {
			.case_id = d->id,
			.rule = d->rule,
			.reason = d->request.reason,
			.asked_by = roster_name(&s->roster, &d->request.by),
			.asked_at = d->request.at,
			.kept_until = d->kept_until,
			.mine = disposals_same_person(&s->roster,
			    &d->request.by, &s->author),
			.held = d->held
		};
		struct casefile c;

		if (d->request.reason == NULL || d->disposed)
			continue;
		rc = reference_of(s, &d->id, &c, &row.reference, e);
		if (rc != RC_OK)
			break;
		more = fn(&row, ctx);
		casefile_release(&c);
	}
	return rc;
}

/* ---- what is kept, and what was disposed of ---- */

/* True if there is more to tell. */
static bool
tell_case(const struct store *s, const struct casefile *c,
    store_kept_fn fn, void *ctx)
{
	const struct disposal_case *d = disposals_find(&s->disposals, &c->id);
	struct kept_row row = {
		.c = c,
		.reference = casefile_named(c, &s->author) ? c->reference :
		    "",
		.held = d != NULL && d->held,
		.asked = d != NULL && d->request.reason != NULL
	};

	return (d != NULL && d->disposed) || fn(&row, ctx);
}

enum rc
store_kept_one(struct store *s, const struct case_id *id, store_kept_fn fn,
    void *ctx, struct err *e)
{
	struct casefile c;
	enum rc rc = dispose_may(s, e);

	if (rc == RC_OK)
		rc = dispose_load_named(s, id, &c, e);
	if (rc != RC_OK)
		return rc;
	(void)tell_case(s, &c, fn, ctx);
	casefile_release(&c);
	return RC_OK;
}

static enum rc
tell_kept(struct store *s, int64_t book, store_kept_fn fn, void *ctx,
    bool *more, struct err *e)
{
	struct casefile c;
	enum rc rc = casefile_load(s, book, &c, e);

	if (rc != RC_OK)
		return rc;
	casefile_settle(&c, &s->roster);
	*more = tell_case(s, &c, fn, ctx);
	casefile_release(&c);
	return RC_OK;
}

enum rc
store_kept(struct store *s, store_kept_fn fn, void *ctx, struct err *e)
{
	enum rc rc = dispose_may(s, e);
	struct stmt_rows rows;
	bool more = true;

	if (rc == RC_OK)
		rc = stmt_open(&rows, s, STMT_BOOK_ALL, e, "");
	if (rc != RC_OK)
		return rc;
	while (rc == RC_OK && more && stmt_next(&rows))
		rc = tell_kept(s, sqlite3_column_int64(rows.st, 0), fn, ctx,
		    &more, e);
	return stmt_close(&rows, rc, "read the cases", e);
}

/* The strings belong to the fold: nothing of it is released. */
static struct disposal
borrow(const struct disposal_case *c, char **names)
{
	struct disposal d = {
		.reference = names[0],
		.asked_by = names[1],
		.agreed_by = names[2],
		.rule = c->rule,
		.why_asked = c->request.reason,
		.why_agreed = c->disposal.reason,
		.asked_at = c->request.at,
		.agreed_at = c->disposal.at,
		.entries = c->entries,
		.id = c->disposal.id
	};

	memcpy(d.digest, c->digest, sizeof(d.digest));
	return d;
}

static enum rc
tell_disposal(struct store *s, const struct disposal_case *c,
    store_disposal_fn fn, void *ctx, bool *more, struct err *e)
{
	char *names[3] = {
		strdup(""),
		strdup(roster_name(&s->roster, &c->request.by)),
		strdup(roster_name(&s->roster, &c->disposal.by))
	};
	struct disposal d;
	enum rc rc = RC_OK;

	if (names[0] == NULL || names[1] == NULL || names[2] == NULL) {
		rc = err_set(e, RC_NOMEM, "not enough memory to list what "
		    "was disposed of");
	} else {
		d = borrow(c, names);
		*more = fn(&c->id, &d, ctx);
	}
	for (size_t i = 0; i < 3; i++)
		free(names[i]);
	return rc;
}

enum rc
store_disposals(struct store *s, store_disposal_fn fn, void *ctx,
    struct err *e)
{
	enum rc rc = may_look(s, e);
	bool more = true;

	for (size_t i = 0; i < s->disposals.ncases && rc == RC_OK && more;
	    i++)
		if (s->disposals.cases[i].disposed)
			rc = tell_disposal(s, &s->disposals.cases[i], fn, ctx,
			    &more, e);
	return rc;
}
