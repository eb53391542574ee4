/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/unite_impl.h"

/* The roster with what was written, in place of the one before. */
static enum rc
load_anew(struct unite *u, struct err *e)
{
	struct roster fresh;
	enum rc rc = register_load_roster(u->s, &fresh, e);

	if (rc == RC_OK)
		rc = touch_rights(u->s, &u->s->roster, &fresh, e);
	if (rc != RC_OK) {
		roster_release(&fresh);
		return rc;
	}
	if (u->introduced)
		roster_release(&u->s->roster);
	else
		u->before = u->s->roster;
	u->introduced = true;
	u->s->roster = fresh;
	/* At once: of their conflicts none is counted as one of the union. */
	if (!u->dry)
		rc = tx_project(u->s, e);
	u->s->conflicts = 0;
	return rc;
}

static enum rc
introduce(struct unite *u, const json_t *body, struct err *e)
{
	struct entry_draft d = {case_id_register(), "introduced",
	    span_none(), roster_news(&u->s->roster, body)};
	enum rc rc;

	if (d.body == NULL)
		return RC_OK;
	u->s->may_register = true;
	rc = append_draft(u->s, &d, NULL, e);
	u->s->may_register = false;
	entry_draft_release(&d);
	if (rc == RC_OK)
		rc = tx_seal_here(u->s, e);
	return rc == RC_OK ? load_anew(u, e) : rc;
}

enum rc
unite_introduce(struct unite *u, const json_t *bodies, struct err *e)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; i < json_array_size(bodies) && rc == RC_OK; i++)
		rc = introduce(u, json_array_get(bodies, i), e);
	u->failed |= rc != RC_OK;
	return rc;
}
