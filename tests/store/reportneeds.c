/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What reports need of a store beside facts: only of the cases that were
 * counted, and nothing of those that are not for these eyes.
 */
#include "config.h"

#include "db/reportneeds.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/report.h"
#include "db/facts.h"
#include "db/setting.h"
#include "tests/store/team.h"

static const struct joined_window ever = {DAY_NONE, DAY_NONE};

static void
write(struct world *w, struct case_id id, const char *kind, json_t *body)
{
	struct entry_draft d = {id, kind, span_none(), body};

	assert_non_null(body);
	world_ok(w, world_append(w, d, NULL));
}

static void
add_missing(struct world *w, struct case_id id, const char *la_id)
{
	json_t *who = json_pack("{s:s, s:s, s:s}", "name", "Ada Brook",
	    "birth", "2011-05-09", "care", "order");

	if (la_id != NULL)
		(void)json_object_set_new(who, "la_id", json_string(la_id));
	write(w, id, "identity", who);
	write(w, id, "missing", json_pack("{s:s, s:s, s:s, s:s}", "since",
	    "2025-10-01T20:00:00Z", "from", "care", "kind", "away",
	    "reported_by", "Invented home"));
}

struct counted {
	struct facts f;
	json_t *extra;
};

static void
count(struct world *w, unsigned what, struct counted *c)
{
	world_ok(w, store_facts(w->s, &ever, NULL, NULL, NULL, &c->f,
	    &w->e));
	world_ok(w, store_report_extra(w->s, &c->f, what, &c->extra, &w->e));
}

static void
counted_release(struct counted *c)
{
	json_decref(c->extra);
	facts_release(&c->f);
}

static const json_t *
child_of(const struct counted *c, const struct case_id *id)
{
	char hex[2 * CASE_ID_LEN + 1];

	hex_format(id->b, CASE_ID_LEN, hex);
	return json_object_get(json_object_get(c->extra, "children"), hex);
}

static const char *
text(const json_t *o, const char *key)
{
	return json_string_value(json_object_get(o, key));
}

static void
rows_of_903_have_id_and_birth(void **state)
{
	struct desk *d = *state;
	struct counted c;
	struct report r;
	const struct report_table *t;

	add_missing(&d->w, d->owl, "INV0042");
	count(&d->w, EXTRA_CHILDREN, &c);
	assert_string_equal(text(child_of(&c, &d->owl), "child"), "INV0042");
	/* Of a case without an episode nothing is read. */
	assert_null(child_of(&c, &d->wren));
	report_init(&r, "ssda903-missing", "903", &ever);
	report_ssda903_missing(&c.f, &(struct report_needs){
	    .extra = c.extra}, &r);
	t = &r.tables[0];
	assert_int_equal(t->nrows, 1);
	assert_string_equal(t->cells[0].text, "INV0042");
	assert_string_equal(t->cells[1].text, "09/05/2011");
	assert_string_equal(t->cells[2].text, "A");
	assert_string_equal(t->cells[3].text, "01/10/2025");
	assert_string_equal(t->cells[4].text, "");
	assert_int_equal(r.tables[1].nrows, 0);
	report_release(&r);
	counted_release(&c);
}

/* Two dates of birth stand: none is chosen. */
static void
what_is_not_settled_is_left_open(void **state)
{
	struct desk *d = *state;
	struct counted c;

	add_missing(&d->w, d->lark, NULL);
	write(&d->w, d->lark, "identity", json_pack("{s:s, s:s, s:s}",
	    "name", "Ada Brook", "birth", "2012-05-09", "care", "order"));
	count(&d->w, EXTRA_CHILDREN, &c);
	assert_string_equal(text(child_of(&c, &d->lark), "dob"), "");
	assert_string_equal(text(child_of(&c, &d->lark), "child"), "");
	assert_string_equal(text(child_of(&c, &d->lark), "reference"),
	    "LARK-2");
	counted_release(&c);
}

static void
restricted_cases_are_not_read(void **state)
{
	struct desk *d = *state;
	struct counted c;

	add_missing(&d->w, d->wren, "INV0001");
	count(&d->w, EXTRA_CHILDREN | EXTRA_REFERENCES, &c);
	assert_non_null(child_of(&c, &d->wren));
	counted_release(&c);
	people_enter(&d->w, OTHER);
	count(&d->w, EXTRA_CHILDREN | EXTRA_REFERENCES, &c);
	assert_null(child_of(&c, &d->wren));
	counted_release(&c);
}

static void
staff_is_a_setting_and_people_are_the_register(void **state)
{
	struct desk *d = *state;
	struct counted c;

	count(&d->w, 0, &c);
	assert_int_equal(json_integer_value(json_object_get(c.extra,
	    "staff")), 0);
	assert_int_equal(json_integer_value(json_object_get(c.extra,
	    "people")), 7);
	assert_null(json_object_get(c.extra, "children"));
	counted_release(&c);
	world_ok(&d->w, store_setting_set(d->w.s, SETTING_STAFF, 31,
	    &d->w.e));
	count(&d->w, 0, &c);
	assert_int_equal(json_integer_value(json_object_get(c.extra,
	    "staff")), 31);
	counted_release(&c);
}

#define DESK(f) cmocka_unit_test_setup_teardown(f, desk_make, desk_unmake)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		DESK(rows_of_903_have_id_and_birth),
		DESK(what_is_not_settled_is_left_open),
		DESK(restricted_cases_are_not_read),
		DESK(staff_is_a_setting_and_people_are_the_register),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
