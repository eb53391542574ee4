/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/store/pair.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

void
pair_trust(struct world *w, struct world *of)
{
	struct card c;

	world_ok(of, store_card(of->s, of->seed % 2 != 0 ?
	    "an invented school" : "an invented board", &c, &of->e));
	world_ok(w, store_trust(w->s, &c, "telephone", &w->e));
	card_release(&c);
}

int
pair_make(void **state)
{
	struct pair *p = calloc(1, sizeof(*p));

	world_init(&p->school);
	world_init(&p->board);
	p->board.seed = 1000000;
	world_create_as(&p->school, ROLE_PRACTITIONER);
	world_create_as(&p->board, ROLE_SUPERVISOR);
	world_adopt(&p->school);
	world_adopt(&p->board);
	pair_trust(&p->school, &p->board);
	pair_trust(&p->board, &p->school);
	*state = p;
	return 0;
}

int
pair_unmake(void **state)
{
	struct pair *p = *state;

	load_clear(&p->load);
	world_release(&p->school);
	world_release(&p->board);
	free(p);
	return 0;
}

void
load_clear(struct load *l)
{
	for (size_t i = 0; i < l->n; i++)
		entry_release(&l->items[i].entry);
	json_decref(l->people);
	memset(l, 0, sizeof(*l));
}

static enum rc
take(const struct carried *c, void *ctx, struct err *e)
{
	struct load *l = ctx;
	struct load_item *item = &l->items[l->n++];

	(void)e;
	assert_true(l->n < sizeof(l->items) / sizeof(l->items[0]));
	memset(item, 0, sizeof(*item));
	item->proof = c->proof != NULL;
	if (item->proof)
		item->by = *c->proof;
	else
		entry_copy(&item->entry, c->entry);
	return RC_OK;
}

enum rc
load_up(struct pair *p, struct world *from, const struct carry_want *want)
{
	enum rc rc;

	load_clear(&p->load);
	rc = store_introductions(from->s, &p->load.people, &from->e);
	return rc == RC_OK ? store_carry(from->s, want, take, &p->load,
	    &from->e) : rc;
}

enum rc
load_case(struct pair *p, struct world *from, struct case_id id)
{
	const struct carry_want want = {&id, 1, NULL, NULL};

	return load_up(p, from, &want);
}

static enum rc
put(struct load *l, struct world *to, struct unite *u)
{
	enum rc rc = unite_introduce(u, l->people, &to->e);

	for (size_t i = 0; i < l->n && rc == RC_OK; i++) {
		struct load_item *item = &l->items[i];

		/* What the sender says of hashes is never believed. */
		memset(&item->entry.id, 0, sizeof(item->entry.id));
		memset(&item->entry.body_hash, 0, ENTRY_ID_LEN);
		rc = item->proof ? unite_proof(u, &item->by, &to->e) :
		    unite_entry(u, &item->entry, &to->e);
	}
	return rc;
}

static enum rc
unload_with(struct pair *p, struct world *to, bool dry,
    struct unite_sum *sum)
{
	struct unite_sum own;
	struct unite *u = NULL;
	enum rc rc = dry ? unite_begin_try(to->s, &u, &to->e) :
	    unite_begin(to->s, &u, &to->e);

	if (rc == RC_OK) {
		rc = put(&p->load, to, u);
		if (rc != RC_OK) {
			unite_abandon(u);
			return rc;
		}
		rc = dry ? unite_try(u, sum != NULL ? sum : &own, &to->e) :
		    unite_finish(u, NULL, 0, sum != NULL ? sum : &own,
		    &to->e);
	}
	return rc;
}

enum rc
unload(struct pair *p, struct world *to, struct unite_sum *sum)
{
	return unload_with(p, to, false, sum);
}

enum rc
unload_try(struct pair *p, struct world *to, struct unite_sum *sum)
{
	return unload_with(p, to, true, sum);
}

size_t
load_count(const struct load *l, bool proofs)
{
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++)
		n += l->items[i].proof == proofs;
	return n;
}

static struct load_item *
nth(struct load *l, size_t n, bool proof)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->items[i].proof == proof && n-- == 0)
			return &l->items[i];
	fail_msg("there are not so many");
	return NULL;
}

struct load_item *
load_entry(struct load *l, size_t n)
{
	return nth(l, n, false);
}

struct load_item *
load_proof(struct load *l, size_t n)
{
	return nth(l, n, true);
}

void
load_drop(struct load *l, struct load_item *item)
{
	size_t at = (size_t)(item - l->items);

	entry_release(&item->entry);
	memmove(item, item + 1, (l->n - at - 1) * sizeof(*item));
	l->n--;
}

size_t
entries_of(struct world *w, struct case_id id)
{
	struct casefile c;
	size_t n;

	if (store_case_load(w->s, &id, &c, &w->e) != RC_OK)
		return 0;
	n = c.nrecords;
	casefile_release(&c);
	return n;
}

struct entry_draft
draft_of(struct case_id id, const char *kind, json_t *body)
{
	assert_non_null(body);
	return (struct entry_draft){id, kind, span_none(), body};
}

struct entry_draft
draft_flag(struct case_id id, const char *why)
{
	return draft_of(id, "flag", json_pack("{s:s}", "why", why));
}

struct entry_draft
draft_review(struct case_id id, const char *reason)
{
	return draft_of(id, "review", json_pack("{s:s, s:s, s:s}",
	    "decision", "agree", "level", "high", "reason", reason));
}
