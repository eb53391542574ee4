/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/chase.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/str.h"
#include "core/xalloc.h"

#define BASE INT64_C(1795190400000)
#define ENTRIES_MAX 12

struct world {
	struct entry e[ENTRIES_MAX];
	size_t n;
	struct case_id id;
	struct casefile c;
};

static void
fold(struct world *w)
{
	casefile_release(&w->c);
	casefile_init(&w->c, &w->id);
	for (size_t i = 0; i < w->n; i++)
		casefile_apply(&w->c, &w->e[i]);
	casefile_settle(&w->c, NULL);
}

/* Returns the number of the entry. */
static size_t
put(struct world *w, const char *kind, const char *on, const char *body)
{
	struct entry *e = &w->e[w->n];
	struct span span = span_none();

	assert_true(w->n < ENTRIES_MAX);
	memset(e, 0, sizeof(*e));
	memset(e->author.b, 1, AUTHOR_LEN);
	e->n = ++w->n;
	e->case_id = w->id;
	e->at = BASE + (int64_t)w->n * 60000;
	memcpy(e->kind, kind, strlen(kind) + 1);
	if (on != NULL)
		assert_int_equal(span_parse(on, &span, NULL), RC_OK);
	e->on = span;
	e->body = xstrdup(body);
	entry_seal_id(e);
	fold(w);
	return w->n - 1;
}

static size_t
refer(struct world *w, const char *on, const char *due)
{
	struct str body;
	size_t i;

	str_init(&body);
	str_add(&body, "{\"service\":\"hub\",\"to\":\"t\",\"urgency\":"
	    "\"today\",\"concern\":\"c\",\"words\":\"w\",\"asked\":\"a\","
	    "\"contact\":\"m\",\"consent\":\"given\"");
	if (due != NULL)
		str_add_fmt(&body, ",\"decision_due\":\"%s\"", due);
	str_add(&body, "}");
	i = put(w, "referral", on, body.s);
	str_release(&body);
	return i;
}

static size_t
step(struct world *w, size_t of, const char *code, const char *on)
{
	char hex[2 * ENTRY_ID_LEN + 1];
	struct str body;
	size_t i;

	hex_format(w->e[of].id.b, ENTRY_ID_LEN, hex);
	str_init(&body);
	str_add_fmt(&body, "{\"referral\":\"%s\",\"step\":\"%s\","
	    "\"who\":\"w\"}", hex, code);
	i = put(w, "referral-step", on, body.s);
	str_release(&body);
	return i;
}

static void
strike(struct world *w, size_t of)
{
	char hex[2 * ENTRY_ID_LEN + 1], body[160];

	hex_format(w->e[of].id.b, ENTRY_ID_LEN, hex);
	(void)snprintf(body, sizeof(body),
	    "{\"target\":\"%s\",\"reason\":\"r\"}", hex);
	(void)put(w, "strike", NULL, body);
}

static void
release(struct world *w)
{
	for (size_t i = 0; i < w->n; i++)
		entry_release(&w->e[i]);
	casefile_release(&w->c);
	memset(w, 0, sizeof(*w));
}

static void
is(struct world *w, size_t of, enum referral_state state, const char *since)
{
	const struct record *r = casefile_find(&w->c, &w->e[of].id);
	char text[DAY_TEXT_MAX];
	int32_t day;

	assert_non_null(r);
	assert_int_equal(referral_state(&w->c, r, &day), state);
	day_format(day, text);
	assert_string_equal(text, since);
}

static void
each_step_leads_on(void **state)
{
	struct world w = {.n = 0};
	size_t r, sent;

	(void)state;
	r = refer(&w, "2026-11-02", NULL);
	is(&w, r, REFERRAL_WRITTEN, "2026-11-02");
	assert_string_equal(referral_next_step(REFERRAL_WRITTEN), "sent");
	sent = step(&w, r, "sent", "2026-11-03");
	is(&w, r, REFERRAL_SENT, "2026-11-03");
	strike(&w, sent);
	is(&w, r, REFERRAL_WRITTEN, "2026-11-02");
	(void)step(&w, r, "decision", "2026-11-09");
	is(&w, r, REFERRAL_DECIDED, "2026-11-09");
	/* A receipt written down late takes nothing back. */
	(void)step(&w, r, "received", "2026-11-04");
	is(&w, r, REFERRAL_DECIDED, "2026-11-09");
	(void)step(&w, r, "outcome", "2026-11-20");
	is(&w, r, REFERRAL_OVER, "2026-11-20");
	assert_string_equal(referral_next_step(REFERRAL_OVER), "");
	assert_string_equal(referral_state_todo(REFERRAL_OVER), "");
	release(&w);
}

static void
another_ones_steps_do_not_count(void **state)
{
	struct world w = {.n = 0};
	size_t r, other;

	(void)state;
	r = refer(&w, "2026-11-02", NULL);
	other = refer(&w, "2026-11-05", NULL);
	(void)step(&w, other, "recalled", "2026-11-06");
	is(&w, r, REFERRAL_WRITTEN, "2026-11-02");
	is(&w, other, REFERRAL_OVER, "2026-11-06");
	release(&w);
}

/* The entries to chase in their order, by number. */
static void
chased(const struct world *w, const size_t *wanted, size_t n)
{
	struct chase *list;
	size_t got;

	chase_list(&w->c, &list, &got);
	assert_int_equal(got, n);
	for (size_t i = 0; i < n; i++)
		assert_true(entry_id_equal(&list[i].record->entry.id,
		    &w->e[wanted[i]].id));
	free(list);
}

static void
by_deadline_then_by_the_longest_wait(void **state)
{
	struct world w = {.n = 0};
	size_t a, b, c, d;

	(void)state;
	chased(&w, NULL, 0);
	a = refer(&w, "2026-11-10", NULL);
	b = refer(&w, "2026-11-05", NULL);
	c = refer(&w, "2026-11-02", "2026-11-24T00:00:00Z");
	d = refer(&w, "2026-11-03", "2026-11-20T00:00:00Z");
	chased(&w, (size_t[]){d, c, b, a}, 4);
	(void)step(&w, b, "received", "2026-11-12");
	chased(&w, (size_t[]){d, c, a, b}, 4);
	(void)step(&w, d, "decision", "2026-11-12");
	(void)step(&w, a, "decision", "2026-11-12");
	chased(&w, (size_t[]){c, b}, 2);
	(void)put(&w, "close", "2026-11-20", "{\"why\":\"safe\","
	    "\"words\":\"w\",\"child\":\"c\"}");
	chased(&w, NULL, 0);
	release(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_step_leads_on),
		cmocka_unit_test(another_ones_steps_do_not_count),
		cmocka_unit_test(by_deadline_then_by_the_longest_wait),
	};

	return cmocka_run_group_tests_name("chase", tests, NULL, NULL);
}
