/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The people of the session's store.
 */
#include "config.h"

#include "tui/people.h"

#include "core/rights.h"
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
store_each(void *ctx, const struct person_sink *to, struct err *e)
{
	struct store *st;
	enum rc rc = want_store(ctx, &st, e);

	return rc != RC_OK ? rc : store_people(st, to->fn, to->ctx, e);
}

static bool
store_grants(void *ctx)
{
	const struct store *st = session_store(ctx);

	return st != NULL && store_may_grant(st);
}

static bool
store_sees_looks(void *ctx)
{
	const struct store *st = session_store(ctx);

	return st != NULL && right_held(store_role(st), RIGHT_LOOKS);
}

static enum rc
store_check(void *ctx, const struct secret *pass, struct err *e)
{
	(void)ctx;
	return store_passphrase_check(pass, e);
}

static enum rc
store_add(void *ctx, const struct new_person *p, struct err *e)
{
	struct store *st;
	enum rc rc = want_store(ctx, &st, e);

	return rc != RC_OK ? rc : store_person_add(st, p->name, p->role,
	    p->pass, e);
}

static enum rc
store_give_role(void *ctx, const char *name, enum role role, struct err *e)
{
	struct store *st;
	enum rc rc = want_store(ctx, &st, e);

	return rc != RC_OK ? rc : store_person_role(st, name, role, e);
}

static enum rc
store_reset(void *ctx, const char *name, const struct secret *pass,
    struct err *e)
{
	struct store *st;
	enum rc rc = want_store(ctx, &st, e);

	return rc != RC_OK ? rc : store_person_reset(st, name, pass, e);
}

static enum rc
store_end(void *ctx, const struct ending *x, struct err *e)
{
	struct store *st;
	enum rc rc = want_store(ctx, &st, e);

	return rc != RC_OK ? rc : store_person_revoke(st, x->name, x->reason,
	    x->progress, x->ctx, e);
}

static enum rc
store_code(void *ctx, struct secret *code, struct err *e)
{
	struct store *st;
	enum rc rc = want_store(ctx, &st, e);

	return rc != RC_OK ? rc : store_recovery_make(st, code, e);
}

static enum rc
store_change(void *ctx, const struct secret *old,
    const struct secret *fresh, struct err *e)
{
	struct store *st;
	enum rc rc = want_store(ctx, &st, e);

	return rc != RC_OK ? rc : store_passphrase_change(st, old, fresh, e);
}

struct people_source
people_source_store(struct session *s)
{
	static const struct people_source_ops ops = {
		.each = store_each,
		.may_grant = store_grants,
		.may_looks = store_sees_looks,
		.check = store_check,
		.add = store_add,
		.role = store_give_role,
		.reset = store_reset,
		.end = store_end,
		.make_code = store_code,
		.change = store_change
	};

	return (struct people_source){&ops, s};
}
