/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ending a person's access.  The entry and the slot's end go into the new
 * file that the change of the store's key makes, so that there is the old
 * store with the person in it or the new one without, and nothing between.
 */
#include "config.h"

#include "db/people.h"

#include <string.h>

#include "core/kinds.h"
#include "db/people_impl.h"

struct ending {
	struct author_id key;
	struct root_key *root;
	const char *reason;
};

static enum rc
end_slot(struct header *h, void *ctx, struct err *e)
{
	const struct ending *end = ctx;
	size_t i = slot_of_key(h, end->key.b);

	(void)e;
	if (i < SLOTS)
		slot_clear(h, i);
	return RC_OK;
}

static enum rc
end_entry(struct store *s, void *ctx, struct err *e)
{
	const struct ending *end = ctx;
	struct entry_draft d = {
		case_id_register(), "revoke", span_none(), NULL
	};
	char hex[2 * AUTHOR_LEN + 1];
	uint64_t n;
	enum rc rc = people_written(s, &end->key, &n, e);

	if (rc != RC_OK)
		return rc;
	hex_format(end->key.b, AUTHOR_LEN, hex);
	d.body = json_pack("{s:s, s:s, s:I}", "key", hex, "reason",
	    end->reason, "after", (json_int_t)n);
	if (d.body == NULL)
		return err_set(e, RC_INPUT, "the reason is not valid UTF-8; "
		    "write it in plain letters");
	rc = date_after_all(s, e);
	if (rc == RC_OK)
		rc = append_granted(s, end->root, &d, e);
	entry_draft_release(&d);
	return rc;
}

static enum rc
check_ending(const struct store *s, const struct roster_user *u,
    const char *reason, struct err *e)
{
	if (memcmp(u->key.b, s->author.b, AUTHOR_LEN) == 0)
		return err_set(e, RC_REFUSED, "nobody ends their own access; "
		    "ask a colleague who may let others in");
	if (reason[strspn(reason, " \t")] == '\0')
		return err_set(e, RC_INPUT, "say why the access ends: left, "
		    "changed post, passphrase seen by somebody");
	return check_not_last(s, u, e);
}

enum rc
store_person_revoke(struct store *s, const char *name, const char *reason,
    store_progress_fn fn, void *ctx, struct err *e)
{
	struct ending end = {.reason = reason};
	const struct rekey_plan plan = {
		.reason = "access of a person ended", .header = end_slot,
		.entries = end_entry, .ctx = &end, .fn = fn, .fn_ctx = ctx
	};
	const struct roster_user *u;
	struct step *t = NULL;
	enum rc rc = step_begin(s, &t, e);

	if (rc == RC_OK)
		rc = find_person(s, name, &u, e);
	if (rc == RC_OK)
		rc = check_ending(s, u, reason, e);
	if (rc == RC_OK) {
		end.key = u->key;
		end.root = t->root;
		rc = rekey_with(s, &plan, e);
	}
	step_release(t);
	return rc;
}
