/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/fault/between.h"

#include <stdlib.h>

#include "tests/store/pair.h"

/* An import of two cases in turn: what leaves has to be sealed anew. */
void
between_import(struct stage *g)
{
	struct case_id other;

	world_ok(&g->w, store_case_by_reference(g->w.s, "WREN-2", &other,
	    &g->w.e));
	world_ok(&g->w, store_bulk_begin(g->w.s, &g->w.e));
	for (int i = 0; i < 6; i++) {
		struct entry_draft d = draft_observation(i % 2 != 0 ? other :
		    g->id, "B2", "present", "some words");

		world_ok(&g->w, store_bulk_add(g->w.s, &d, NULL, &g->w.e));
		entry_draft_release(&d);
	}
	world_ok(&g->w, store_bulk_seal(g->w.s, &g->w.e));
}

static enum rc
count_carried(const struct carried *c, void *ctx, struct err *e)
{
	(void)e;
	*(int *)ctx += c->entry != NULL;
	return RC_OK;
}

enum rc
between_carry(struct stage *g)
{
	const struct carry_want want = {&g->id, 1, NULL, NULL};
	json_t *people = NULL;
	int n = 0;
	enum rc rc = store_introductions(g->w.s, &people, &g->w.e);

	json_decref(people);
	if (rc == RC_OK)
		rc = store_carry(g->w.s, &want, count_carried, &n, &g->w.e);
	return rc == RC_OK && n != 8 ? RC_TAMPERED : rc;
}

enum rc
between_leaves(struct stage *g)
{
	static const char hex[] = "00112233445566778899aabbccddeeff";
	json_t *out = json_pack("{s:s, s:[{s:s}], s:[s], s:s, s:s, s:i, s:s}",
	    "bundle", hex, "to", "name", "Oda Fennimore", "cases", hex,
	    "selection", "all", "file", "one.bundle", "entries", 8,
	    "expires", "2027-01-01");
	json_t *sent = json_pack("{s:s, s:[s], s:s, s:s, s:s, s:s}",
	    "bundle", hex, "to", "Oda Fennimore", "selection", "all",
	    "purpose", "an invented purpose", "basis", "safeguarding",
	    "expires", "2027-01-01");
	struct entry_id id;
	const struct bundle_note n = {out, sent, &g->id, 1, &id};
	enum rc rc = store_bundle_begin(g->w.s, &n, &g->w.e);

	if (rc == RC_OK)
		rc = store_bundle_end(g->w.s, &g->w.e);
	json_decref(out);
	json_decref(sent);
	return rc;
}

/*
 * A case of another store and its founder's card, the same in every process:
 * a child that is to be killed makes them again.  In a folder of its own,
 * where nothing fails.
 */
static struct pair *
far_case(const struct card **card)
{
	static struct card of_far;
	static struct pair *far;
	struct world *w;
	struct case_id id;

	*card = &of_far;
	if (far != NULL)
		return far;
	far = calloc(1, sizeof(*far));
	w = &far->school;
	world_init(w);
	w->seed = 1000000;
	world_create(w);
	id = world_case(w, "LARK-9");
	world_ok(w, world_append(w, draft_identity(id, "Lark Invented",
	    "2011-02-03"), NULL));
	world_ok(w, world_append(w, draft_observation(id, "B1", "present",
	    "far words"), NULL));
	world_ok(w, store_card(w->s, "an invented school", &of_far, &w->e));
	world_ok(w, load_case(far, w, id));
	world_release(w);
	return far;
}

void
between_meet(struct stage *g)
{
	const struct card *card;

	(void)g;
	(void)far_case(&card);
}

enum rc
between_trust(struct stage *g)
{
	const struct card *card;

	(void)far_case(&card);
	return store_trust(g->w.s, card, "person", &g->w.e);
}

struct author_id
between_key(void)
{
	const struct card *card;

	(void)far_case(&card);
	return card->key;
}

void
between_know(struct stage *g)
{
	world_ok(&g->w, between_trust(g));
}

enum rc
between_distrust(struct stage *g)
{
	const struct card *card;

	(void)far_case(&card);
	return store_distrust(g->w.s, &card->key, "lost the laptop",
	    &g->w.e);
}

enum rc
between_unite(struct stage *g)
{
	const struct card *card;

	return unload(far_case(&card), &g->w, NULL);
}

enum rc
between_try(struct stage *g)
{
	const struct card *card;

	return unload_try(far_case(&card), &g->w, NULL);
}
