/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/store/elsewhere.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/unite.h"

int
abroad_make(void **state)
{
	struct elsewhere *p = calloc(1, sizeof(*p));
	struct store_founder f = {.user = ADA, .role = ROLE_PRACTITIONER};

	world_init(&p->ours);
	world_create_as(&p->ours, ROLE_SUPERVISOR);
	world_init(&p->theirs);
	p->theirs.seed = 1000;
	world_ok(&p->theirs, store_create(p->theirs.path, &f,
	    &p->theirs.pass, &p->theirs.opts, &p->theirs.s, &p->theirs.e));
	p->lark = world_case(&p->theirs, "LARK-2");
	*state = p;
	return 0;
}

int
abroad_unmake(void **state)
{
	struct elsewhere *p = *state;

	world_release(&p->ours);
	world_release(&p->theirs);
	free(p);
	return 0;
}

/* ---- cards and what crosses ---- */

struct card
abroad_card(struct world *w)
{
	struct card c;

	world_ok(w, store_card(w->s, " Marlow  Street School ", &c, &w->e));
	return c;
}

enum rc
abroad_take(struct elsewhere *p)
{
	struct card c = abroad_card(&p->theirs);
	enum rc rc = store_trust(p->ours.s, &c, "telephone", &p->ours.e);

	card_release(&c);
	return rc;
}

static enum rc
carry_one(const struct carried *c, void *ctx, struct err *e)
{
	struct unite *u = ctx;
	struct entry copy;
	enum rc rc;

	if (c->entry == NULL)
		return unite_proof(u, c->proof, e);
	entry_copy(&copy, c->entry);
	rc = unite_entry(u, &copy, e);
	entry_release(&copy);
	return rc;
}

/* What they know of themselves and the case comes over. */
enum rc
abroad_bring(struct elsewhere *p, size_t ncases)
{
	struct carry_want want = {.cases = &p->lark, .ncases = ncases};
	struct world *w = &p->ours;
	struct unite *u = NULL;
	struct unite_sum sum;
	json_t *bodies = NULL;
	enum rc rc = unite_begin(w->s, &u, &w->e);

	if (rc != RC_OK)
		return rc;
	world_ok(&p->theirs, store_introductions(p->theirs.s, &bodies,
	    &p->theirs.e));
	rc = unite_introduce(u, bodies, &w->e);
	json_decref(bodies);
	if (rc == RC_OK)
		rc = store_carry(p->theirs.s, &want, carry_one, u, &w->e);
	if (rc == RC_OK)
		return unite_finish(u, NULL, 0, &sum, &w->e);
	unite_abandon(u);
	return rc;
}

/* ---- asking ---- */

static void
add(char *text, size_t cap, const char *more)
{
	size_t n = strlen(text);

	(void)snprintf(text + n, cap - n, "%s", more);
}

static bool
ask_one(const struct foreigner *f, void *ctx)
{
	struct asking *a = ctx;

	a->all++;
	add(a->order, sizeof(a->order), f->name);
	add(a->order, sizeof(a->order), ";");
	if (strcmp(f->name, a->name) != 0)
		return true;
	a->f = *f;
	add(a->why, sizeof(a->why), f->why_ended);
	a->found++;
	return true;
}

struct asking
abroad_foreigner(struct elsewhere *p, const char *name)
{
	struct asking a = {.name = name};

	world_ok(&p->ours, store_foreigners(p->ours.s, ask_one, &a,
	    &p->ours.e));
	return a;
}

/* What the last entry of whoever is at their store counts as here. */
unsigned
abroad_counts_as(struct elsewhere *p)
{
	const struct author_id *key = store_author(p->theirs.s);
	struct entry e = {.author = *key, .at = p->theirs.now,
	    .n = (uint64_t)raw_number(p->theirs.s,
	    "SELECT max(n) FROM entry")};

	return roster_entry_roles(store_roster(p->ours.s), &e);
}

void
assert_refusal(struct world *w, enum rc got, enum rc want, const char *words)
{
	assert_int_equal(got, want);
	if (strstr(w->e.text, words) == NULL)
		fail_msg("expected \"%s\" in \"%s\"", words, w->e.text);
}
