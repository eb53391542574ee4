/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unsigned work: undo, the way through text, the case as if it were signed. */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tui/pending.h"

static const struct case_id the_case = {{7, 1}};
#define NOW INT64_C(1772640300000)	/* 2026-03-04T16:05:00Z */

static const struct pending_signer me = {{{5}}, NOW, NULL};

static json_t *
tick(const char *item, const char *state, const char *evidence)
{
	json_t *b = json_pack("{s:s,s:s,s:s}", "instrument", "test",
	    "indicator", item, "state", state);

	if (evidence != NULL) {
		json_object_set_new(b, "agency", json_string("School"));
		json_object_set_new(b, "evidence", json_string(evidence));
	}
	return b;
}

static struct span
day(void)
{
	return span_of_day(day_from_civil((struct civil){2026, 3, 3}));
}

static void
add_tick(struct pending *p, const char *item, const char *evidence)
{
	struct span on = day();

	pending_mark(p);
	(void)pending_add(p, "observation", &on,
	    tick(item, "present", evidence), NULL);
}

/* A signed entry of somebody else. */
static void
sign(struct casefile *c, const char *kind, const struct span *on,
    json_t *body, uint64_t n)
{
	struct entry e;

	memset(&e, 0, sizeof(e));
	e.author.b[0] = 9;
	e.n = n;
	e.case_id = the_case;
	(void)snprintf(e.kind, sizeof(e.kind), "%s", kind);
	e.at = NOW - 1000;
	e.on = *on;
	e.body = entry_canonical_body(body);
	json_decref(body);
	entry_seal_id(&e);
	casefile_apply(c, &e);
	entry_release(&e);
}

static void
undo_comes_back_step_by_step(void **state)
{
	struct pending p;

	(void)state;
	pending_init(&p, &the_case);
	add_tick(&p, "B1", "seen");
	add_tick(&p, "B2", "seen");
	assert_int_equal(p.n, 2);
	assert_true(pending_undo(&p));
	assert_int_equal(p.n, 1);
	assert_true(pending_undo(&p));
	assert_int_equal(p.n, 0);
	assert_false(pending_undo(&p));
	pending_release(&p);
}

static void
a_mark_without_a_change_goes(void **state)
{
	struct pending p;

	(void)state;
	pending_init(&p, &the_case);
	add_tick(&p, "B1", "seen");
	pending_mark(&p);
	pending_unmark(&p);
	assert_true(pending_undo(&p));
	assert_int_equal(p.n, 0);
	pending_release(&p);
}

static void
comes_back_from_text_as_it_was(void **state)
{
	struct entry_id about = {{1, 2, 3}};
	struct span none = span_none();
	struct pending p, q;
	struct str a, b;

	(void)state;
	str_init(&a);
	str_init(&b);
	pending_init(&p, &the_case);
	pending_init(&q, &the_case);
	add_tick(&p, "B1", "Zo\xc3\xab O'Brien-\xc3\x91""and\xc3\xba \xe7\x8e\x8b");
	(void)pending_add(&p, "strike", &none, json_pack("{s:s}", "reason",
	    "wrong child"), &about);
	pending_write(&p, &a);
	assert_int_equal(pending_read(&q, a.s, NULL), RC_OK);
	pending_write(&q, &b);
	assert_string_equal(a.s, b.s);
	assert_true(entry_id_equal(&q.list[1].about, &about));
	assert_ptr_equal(q.list[0].draft.kind, p.list[0].draft.kind);
	str_release(&a);
	str_release(&b);
	pending_release(&p);
	pending_release(&q);
}

static void
bad_text_leaves_the_list(void **state)
{
	static const char *const bad[] = {
		"{", "{}", "[1]", "[{\"kind\":\"later\",\"body\":{}}]",
		"[{\"kind\":\"note\",\"on\":\"soon\",\"body\":{}}]",
		"[{\"kind\":\"note\",\"on\":\"\",\"body\":{},\"about\":\"xy\"}]",
	};
	struct pending p;
	struct err e;
	size_t i;

	(void)state;
	pending_init(&p, &the_case);
	add_tick(&p, "B1", "seen");
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(pending_read(&p, bad[i], &e), RC_INPUT);
		assert_int_equal(p.n, 1);
	}
	pending_release(&p);
}

static void
a_tick_without_words_may_not_be_signed(void **state)
{
	struct pending p;
	struct err e;

	(void)state;
	pending_init(&p, &the_case);
	add_tick(&p, "B1", "seen");
	add_tick(&p, "B2", NULL);
	assert_int_equal(pending_check(&p, 0, &e), RC_OK);
	assert_int_equal(pending_check(&p, 1, &e), RC_INPUT);
	assert_int_equal(pending_incomplete(&p), 1);
	pending_remove(&p, 1);
	assert_int_equal(pending_incomplete(&p), p.n);
	pending_release(&p);
}

static void
an_incomplete_tick_counts_at_once(void **state)
{
	struct casefile signed_, now;
	struct pending p;
	size_t i;

	(void)state;
	casefile_init(&signed_, &the_case);
	casefile_settle(&signed_, NULL);
	pending_init(&p, &the_case);
	add_tick(&p, "B2", NULL);
	pending_fold(&p, &signed_, &me, &now);
	assert_int_equal(now.nrecords, 1);
	assert_true(record_stands(now.records[0]));
	i = pending_by_id(&p, &now.records[0]->entry.id);
	assert_int_equal(i, 0);
	/* The pending entry itself is as empty as before. */
	assert_null(json_object_get(p.list[0].draft.body, "evidence"));
	casefile_release(&now);
	casefile_release(&signed_);
	pending_release(&p);
}

static void
a_pending_strike_strikes(void **state)
{
	struct span on = day(), none = span_none();
	char hex[2 * ENTRY_ID_LEN + 1];
	struct casefile signed_, now;
	const struct record *r;
	struct pending p;

	(void)state;
	casefile_init(&signed_, &the_case);
	sign(&signed_, "observation", &on, tick("B1", "present", "seen"), 1);
	casefile_settle(&signed_, NULL);
	r = signed_.records[0];
	hex_format(r->entry.id.b, ENTRY_ID_LEN, hex);
	pending_init(&p, &the_case);
	(void)pending_add(&p, "strike", &none, json_pack("{s:s}", "target",
	    hex), &r->entry.id);
	pending_fold(&p, &signed_, &me, &now);
	assert_non_null(casefile_find(&now, &r->entry.id)->struck_by);
	assert_int_equal(pending_about(&p, "strike", &r->entry.id), 0);
	assert_int_equal(pending_about(&p, "observation", NULL), p.n);
	/* What is signed is untouched. */
	assert_true(record_stands(r));
	casefile_release(&now);
	casefile_release(&signed_);
	pending_release(&p);
}

static void
what_is_signed_already_is_not_offered(void **state)
{
	struct author_id other = {{9}};
	struct casefile signed_;
	struct span on = day();
	struct pending p;

	(void)state;
	casefile_init(&signed_, &the_case);
	sign(&signed_, "observation", &on, tick("B1", "present", "seen"), 1);
	pending_init(&p, &the_case);
	add_tick(&p, "B1", "seen");
	add_tick(&p, "B2", "seen");
	pending_drop_signed(&p, &signed_, &me.author);
	assert_int_equal(p.n, 2);
	pending_drop_signed(&p, &signed_, &other);
	assert_int_equal(p.n, 1);
	casefile_release(&signed_);
	pending_release(&p);
}

static void
clearing_forgets_undo(void **state)
{
	struct pending p;

	(void)state;
	pending_init(&p, &the_case);
	add_tick(&p, "B1", "seen");
	pending_clear(&p);
	assert_int_equal(p.n, 0);
	assert_false(pending_undo(&p));
	pending_release(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(undo_comes_back_step_by_step),
		cmocka_unit_test(a_mark_without_a_change_goes),
		cmocka_unit_test(comes_back_from_text_as_it_was),
		cmocka_unit_test(bad_text_leaves_the_list),
		cmocka_unit_test(a_tick_without_words_may_not_be_signed),
		cmocka_unit_test(an_incomplete_tick_counts_at_once),
		cmocka_unit_test(a_pending_strike_strikes),
		cmocka_unit_test(what_is_signed_already_is_not_offered),
		cmocka_unit_test(clearing_forgets_undo),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
