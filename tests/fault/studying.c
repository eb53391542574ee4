/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/fault/studying.h"

#include <stdlib.h>

#include "db/people.h"
#include "db/studydrafts.h"

static enum rc
keep(struct stage *g, struct entry_id *id)
{
	size_t n;
	char *text = world_text("content/studies/the-headset.yaml", &n);
	enum rc rc = store_study_draft_add(g->w.s, text,
	    "nobody else is like that", id, &g->w.e);

	free(text);
	return rc;
}

enum rc
studying_keep(struct stage *g)
{
	return keep(g, NULL);
}

void
studying_kept(struct stage *g)
{
	world_ok(&g->w, store_person_add(g->w.s, "Tobias Quill",
	    ROLE_SUPERVISOR, &g->fresh, &g->w.e));
	world_ok(&g->w, keep(g, &g->draft));
}

static bool
take_draft(const struct study_draft_row *row, void *ctx)
{
	*(struct entry_id *)ctx = row->id;
	return false;
}

/* Also in a process of its own, which did not keep it. */
enum rc
studying_sign(struct stage *g)
{
	enum rc rc = store_study_drafts(g->w.s, take_draft, &g->draft,
	    &g->w.e);

	if (rc != RC_OK)
		return rc;
	return store_study_draft_decide(g->w.s, &g->draft, true,
	    "read line by line", &g->w.e);
}
