/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is sent from one sort of store to another is not taken in, entry by
 * entry and as a bundle; between two stores for training it is.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/store/practice.h"
#include "tests/store/twostores.h"

/* ---- what is not taken in ---- */

static void
founded_pair(struct pair *p, bool school, bool board)
{
	memset(p, 0, sizeof(*p));
	founded_for(&p->school, ADA, 1001, school);
	founded_for(&p->board, BEN, 2000000, board);
	pair_trust(&p->school, &p->board);
	pair_trust(&p->board, &p->school);
}

static void
pair_over(struct pair *p)
{
	load_clear(&p->load);
	world_release(&p->school);
	world_release(&p->board);
}

/* What the load holds is refused with these words, and nothing changes. */
static void
not_united(struct pair *p, const char *words)
{
	const struct state_of before = state_of(&p->board);

	assert_int_equal(unload_try(p, &p->board, NULL), RC_REFUSED);
	assert_int_equal(unload(p, &p->board, NULL), RC_REFUSED);
	if (strstr(p->board.e.text, words) == NULL)
		fail_msg("\"%s\" is not in: %s", words, p->board.e.text);
	assert_untouched(&p->board, &before);
	assert_sound(&p->board);
}

static bool
only_signs(const struct entry *en, void *ctx)
{
	(void)ctx;
	return strcmp(en->kind, "observation") == 0;
}

static bool
only_log(const struct entry *en, void *ctx)
{
	(void)ctx;
	return strcmp(en->kind, "training-log") == 0;
}

static void
load_only(struct pair *p, const struct case_id *id,
    bool (*pick)(const struct entry *, void *))
{
	const struct carry_want want = {id, 1, pick, NULL};

	world_ok(&p->school, load_up(p, &p->school, &want));
}

static void
a_real_case_does_not_come_in(void **state)
{
	struct case_id id;
	struct pair p;

	(void)state;
	founded_pair(&p, false, true);
	id = world_case(&p.school, "WREN-1");
	world_ok(&p.school, world_append(&p.school, draft_identity(id, CHILD,
	    NULL), NULL));
	world_ok(&p.school, world_append(&p.school, draft_observation(id,
	    "B1", "present", "words"), NULL));
	world_ok(&p.school, load_case(&p, &p.school, id));
	not_united(&p, "takes no real case");
	/* Without the entry that says what it is, no better. */
	load_only(&p, &id, only_signs);
	not_united(&p, "no training session");
	pair_over(&p);
}

static void
a_session_does_not_come_in(void **state)
{
	struct case_id id;
	struct pair p;

	(void)state;
	founded_pair(&p, true, false);
	id = session(&p.school, "HEADSET-1");
	world_ok(&p.school, world_append(&p.school, draft_log(id), NULL));
	world_ok(&p.school, load_case(&p, &p.school, id));
	not_united(&p, "is for real cases");
	load_only(&p, &id, only_log);
	not_united(&p, "is for real cases");
	pair_over(&p);
}

static void
a_session_comes_into_another_store_for_training(void **state)
{
	struct unite_sum sum;
	struct case_id id;
	struct pair p;

	(void)state;
	founded_pair(&p, true, true);
	id = session(&p.school, "HEADSET-1");
	world_ok(&p.school, world_append(&p.school, draft_log(id), NULL));
	world_ok(&p.school, load_case(&p, &p.school, id));
	world_ok(&p.board, unload(&p, &p.board, &sum));
	assert_int_equal(sum.added, 4);
	world_ok(&p.board, unload(&p, &p.board, &sum));
	assert_int_equal(sum.known, 4);
	/* What follows without the first of it finds it here. */
	world_ok(&p.school, world_append(&p.school, draft_observation(id,
	    "B2", "present", "later"), NULL));
	load_only(&p, &id, only_signs);
	world_ok(&p.board, unload(&p, &p.board, &sum));
	assert_int_equal(sum.added, 1);
	assert_sound(&p.board);
	pair_over(&p);
}

/* ---- bundles ---- */

static void
two_for(struct two *t, bool a, bool b)
{
	memset(t, 0, sizeof(*t));
	founded_for(&t->a, ADA, 1000, a);
	founded_for(&t->b, BEN, 2000000, b);
	t->ada = *store_author(t->a.s);
	t->ben = *store_author(t->b.s);
	takes_card(&t->a, &t->b, TEAM);
	takes_card(&t->b, &t->a, SCHOOL);
	(void)snprintf(t->path, sizeof(t->path), "%s/one.bundle", t->a.dir);
}

static void
two_over(struct two *t)
{
	world_release(&t->a);
	world_release(&t->b);
}

static void
not_opened(struct two *t, const char *words)
{
	const struct state_of before = state_of(&t->b);
	struct bundle_report r;

	assert_int_equal(bundle_look(t->b.s, t->path, &t->b.clock, &r,
	    &t->b.e), RC_REFUSED);
	assert_int_equal(bundle_open(t->b.s, t->path, &t->b.clock, NULL, NULL,
	    &r, &t->b.e), RC_REFUSED);
	if (strstr(t->b.e.text, words) == NULL)
		fail_msg("\"%s\" is not in: %s", words, t->b.e.text);
	assert_untouched(&t->b, &before);
}

static void
a_bundle_says_where_it_comes_from(void **state)
{
	struct bundle_order o;
	struct case_id id;
	struct two t;

	(void)state;
	two_for(&t, false, true);
	(void)sent_case(&t, false);
	not_opened(&t, "comes from a store for real cases");
	two_over(&t);
	two_for(&t, true, false);
	id = session(&t.a, "HEADSET-1");
	o = order_of(&t.a, &id, &t.ben, t.path);
	make_anew(&t.a, &o);
	not_opened(&t, "comes from a store made for training");
	two_over(&t);
}

static void
a_bundle_brings_a_session_to_the_trainer(void **state)
{
	struct bundle_report r;
	struct bundle_order o;
	struct case_id id;
	struct two t;

	(void)state;
	two_for(&t, true, true);
	id = session(&t.a, "HEADSET-1");
	o = order_of(&t.a, &id, &t.ben, t.path);
	make_anew(&t.a, &o);
	r = opened_by(&t, &t.b);
	assert_true(r.head.training);
	assert_int_equal(r.sum.opened, 1);
	bundle_report_release(&r);
	o = order_of(&t.b, &id, &t.ada, t.path);
	o.receipts = true;
	make_anew(&t.b, &o);
	r = opened_by(&t, &t.a);
	bundle_report_release(&r);
	assert_same_case(&t.a, &t.b, &id);
	assert_sound(&t.a);
	assert_sound(&t.b);
	two_over(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_real_case_does_not_come_in),
		cmocka_unit_test(a_session_does_not_come_in),
		cmocka_unit_test(
		    a_session_comes_into_another_store_for_training),
		cmocka_unit_test(a_bundle_says_where_it_comes_from),
		cmocka_unit_test(a_bundle_brings_a_session_to_the_trainer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
