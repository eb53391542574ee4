/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/store/practice.h"

struct entry_draft
draft_session(struct case_id id, const char *reference)
{
	struct entry_draft d = draft_open(id, reference);

	(void)json_object_set_new(d.body, "study", json_string("ab12"));
	return d;
}

struct entry_draft
draft_log(struct case_id id)
{
	return draft_of(id, "training-log", json_pack("{s:s, s:s, s:i}",
	    "title", "The headset", "activity", "study", "minutes", 40));
}

struct case_id
session(struct world *w, const char *reference)
{
	struct case_id id = store_new_case_id(w->s);

	world_ok(w, world_append(w, draft_session(id, reference), NULL));
	world_ok(w, world_append(w, draft_identity(id, CHILD, NULL), NULL));
	world_ok(w, world_append(w, draft_observation(id, "B1", "present",
	    "as told at the stage"), NULL));
	return id;
}
