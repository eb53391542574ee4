/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is due in all cases.
 */
#include "config.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/date.h"
#include "tests/golden/golden.h"
#include "tui/duescreen.h"

#define ZOE "Zo\xC3\xAB O'Brien-\xC3\x91" "and\xC3\xBA \xE7\x8E\x8B"
#define HOUR INT64_C(3600000)

static const int sizes[][2] = {{80, 24}, {40, 10}, {132, 43}, {1, 1}};

/* How many are in each group, what was asked, and what was opened. */
struct fake {
	size_t in[DUE_GROUPS], cases, fetched;
	bool failing;
	struct due_query last;
	size_t opens;
	struct entry_id entry;
	bool restricted;
	char narrow[64];
	size_t at;
};

static bool
is_in(const struct due_query *q, int g)
{
	if (q->mine && g > DUE_MINE)
		return false;
	if (q->overdue && g != DUE_MINE_OVER && g != DUE_OTHERS_OVER)
		return false;
	return q->rule == NULL || g == DUE_OTHERS;
}

static enum rc
fake_count(void *ctx, const struct due_query *q, struct due_counts *out,
    struct err *e)
{
	struct fake *f = ctx;

	memset(out, 0, sizeof(*out));
	if (f->failing)
		return err_set(e, RC_DAMAGED, "the store cannot be read");
	f->last = *q;
	out->cases = f->cases;
	for (int g = 0; g < DUE_GROUPS; g++) {
		out->in[g] = is_in(q, g) ? f->in[g] : 0;
		out->all += out->in[g];
	}
	return RC_OK;
}

/* One of each kind of row that looks otherwise. */
static void
make_row(enum due_group g, size_t i, struct due_row *r)
{
	static const char counted[] = "72 hours from Thursday 19 November 2026 "
	    "at 14:30, by the rule return-interview (DfE, 2014).";
	int64_t day = moment_of_day(moment_day(GOLDEN_NOW) + 1);
	bool over = g == DUE_MINE_OVER || g == DUE_OTHERS_OVER;

	*r = (struct due_row){.group = g, .case_id = {{(unsigned char)i}},
	    .reference = "K-0142", .name = ZOE, .rule = "action",
	    .what = "action", .counted = "", .who = ZOE ", housing",
	    .named = true, .entry = {{(unsigned char)g, (unsigned char)i}}};
	r->due = over ? day - (int64_t)(i + 2) * 24 * HOUR :
	    day + (int64_t)i * 24 * HOUR;
	if (i % 4 == 1) {
		r->due = GOLDEN_NOW + (over ? -26 : 2) * HOUR;
		r->what = "return interview";
		r->counted = counted;
		r->named = false;
		r->who = "R. Example";
	} else if (i % 4 == 2 && !over) {
		r->due = INT64_MAX;
		r->what = "designated officer told";
		r->counted = "Not counted: the calendar cannot be read";
	} else if (i % 4 == 3) {
		r->kind = over ? DEADLINE_PATTERN : DEADLINE_AIM;
		r->what = over ? "strategy meeting" : "NRM decision";
		r->who = "\x1b[2Jquiet";
	}
	if (g == DUE_RESTRICTED)
		*r = (struct due_row){.group = g, .reference = "", .name = "",
		    .rule = "", .what = "", .counted = "", .who = "",
		    .due = INT64_MAX, .restricted = true};
}

static enum rc
fake_rows(void *ctx, const struct due_query *q, const struct due_sink *to,
    struct err *e)
{
	struct fake *f = ctx;
	size_t skip = q->offset, left = q->limit;
	struct due_row r;

	(void)e;
	for (int g = 0; g < DUE_GROUPS; g++) {
		for (size_t i = 0; is_in(q, g) && i < f->in[g]; i++) {
			if (skip > 0) {
				skip--;
				continue;
			}
			if (left-- == 0)
				return RC_OK;
			f->fetched++;
			make_row((enum due_group)g, i, &r);
			if (!to->fn(&r, to->ctx))
				return RC_OK;
		}
	}
	return RC_OK;
}

static int64_t
fake_now(void *ctx)
{
	(void)ctx;
	return GOLDEN_NOW;
}

static void
fake_open(void *ctx, struct app *app, const struct due_row *row)
{
	struct fake *f = ctx;

	(void)app;
	f->opens++;
	f->entry = row->entry;
	f->restricted = row->restricted;
}

static void
fake_moved(void *ctx, const char *narrow, size_t at)
{
	struct fake *f = ctx;

	(void)snprintf(f->narrow, sizeof(f->narrow), "%s", narrow);
	f->at = at;
}

static struct golden *
due_golden(struct fake *f, const char *narrow, size_t at, const int size[2])
{
	struct golden *g = golden_new(NULL, size[0], size[1]);
	struct duescreen_opts o = {
		.source = {fake_count, fake_rows, fake_now, f},
		.narrow = narrow, .at = at, .ctx = f, .open = fake_open,
		.moved = fake_moved,
	};

	app_push(golden_app(g), duescreen_new(&o));
	golden_keys(g, "");
	return g;
}

static struct fake
some(void)
{
	return (struct fake){.in = {4, 5, 4, 3, 2}, .cases = 12};
}

static void
every_size(void **state)
{
	struct fake f = some();

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct golden *g = due_golden(&f, NULL, 0, sizes[i]);

		golden_keys(g, "j");
		golden_check(g, "due");
		golden_keys(g, "G");
		golden_check(g, "due-end");
		golden_free(g);
	}
}

static void
nothing_is_due_only_when_nothing_is(void **state)
{
	struct fake f = {.cases = 12};
	struct golden *g;

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		g = due_golden(&f, NULL, 0, sizes[i]);
		golden_check(g, "due-nothing");
		golden_free(g);
	}
	f.in[DUE_OTHERS] = 3;
	g = due_golden(&f, "mine", 0, sizes[0]);
	golden_shows(g, "Nothing of that is due in the");
	golden_hides(g, "Nothing is due");
	golden_keys(g, "Esc");
	golden_shows(g, "Others (3)");
	golden_free(g);
	f.failing = true;
	g = due_golden(&f, NULL, 0, sizes[0]);
	golden_shows(g, "The store cannot be read.");
	golden_hides(g, "Nothing is due");
	golden_free(g);
}

static void
it_is_narrowed(void **state)
{
	struct fake f = some();
	struct golden *g = due_golden(&f, NULL, 0, sizes[0]);

	(void)state;
	golden_keys(g, "f 'mi' Tab ' over' Tab Enter");
	assert_true(f.last.mine && f.last.overdue && f.last.rule == NULL);
	assert_string_equal(f.narrow, "mine overdue ");
	golden_shows(g, "Mine, overdue (4)");
	golden_hides(g, "Others");
	golden_keys(g, "f ^U 'nrm-c' Tab Enter");
	assert_string_equal(f.narrow, "nrm-conclusive");
	assert_false(f.last.mine);
	golden_keys(g, "f ^U 'yours' Enter");
	golden_shows(g, "\"yours\" is not understood");
	golden_shows(g, "Mine, overdue (4)");
	golden_keys(g, "f ^U 'overdue' Enter");
	golden_check(g, "due-overdue");
	golden_keys(g, "Esc");
	golden_shows(g, "Mine (5)");
	golden_free(g);
}

/* Heads are passed, and come into sight with the row below them. */
static void
heads_are_never_selected(void **state)
{
	struct fake f = some();
	struct golden *g = due_golden(&f, NULL, 0, sizes[0]);
	size_t lines = 4 + 5 + 4 + 3 + 2 + DUE_GROUPS, steps = 0;

	(void)state;
	assert_int_equal(f.at, 1);
	golden_shows(g, "Mine, overdue (4)");
	for (size_t before = 0; before != f.at; steps++) {
		before = f.at;
		golden_keys(g, "j");
		assert_true(f.at != 5 && f.at != 11 && f.at != 16);
	}
	assert_int_equal(f.at, lines - 1);
	assert_int_equal(steps, 18);
	for (size_t before = 0; before != f.at;) {
		before = f.at;
		golden_keys(g, "k");
		assert_true(f.at != 5 && f.at != 11 && f.at != 16);
	}
	assert_int_equal(f.at, 1);
	golden_shows(g, "Mine, overdue (4)");
	golden_free(g);
}

static void
a_row_opens_at_its_entry(void **state)
{
	struct fake f = some();
	struct golden *g = due_golden(&f, NULL, 0, sizes[0]);

	(void)state;
	golden_keys(g, "j j Enter");
	assert_int_equal(f.opens, 1);
	assert_int_equal(f.entry.b[0], DUE_MINE_OVER);
	assert_int_equal(f.entry.b[1], 2);
	golden_keys(g, "G Enter");
	assert_int_equal(f.opens, 2);
	assert_true(f.restricted);
	golden_shows(g, "says whom to ask");
	golden_free(g);
	/* A place that was kept. */
	g = due_golden(&f, "mine", 7, sizes[0]);
	assert_int_equal(f.at, 7);
	golden_keys(g, "Enter");
	assert_int_equal(f.entry.b[0], DUE_MINE);
	assert_int_equal(f.entry.b[1], 1);
	golden_free(g);
}

static void
many_are_read_by_pages(void **state)
{
	struct fake f = {.in = {50000, 0, 49999, 1, 0}, .cases = 9};
	struct golden *g = due_golden(&f, NULL, 0, sizes[0]);

	(void)state;
	assert_true(f.fetched <= 2 * 3 * 24);
	f.fetched = 0;
	golden_keys(g, "G");
	assert_int_equal(f.at, 100002);
	assert_true(f.fetched <= 3 * 24);
	golden_shows(g, "Others (1)");
	golden_resize(g, 1, 1);
	golden_resize(g, 40, 10);
	assert_int_equal(f.at, 100002);
	golden_free(g);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_size),
		cmocka_unit_test(nothing_is_due_only_when_nothing_is),
		cmocka_unit_test(it_is_narrowed),
		cmocka_unit_test(heads_are_never_selected),
		cmocka_unit_test(a_row_opens_at_its_entry),
		cmocka_unit_test(many_are_read_by_pages),
	};

	if (sodium_init() < 0)
		return 99;
	return cmocka_run_group_tests_name("what is due", tests, NULL, NULL);
}
