/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The review queue: its order, its rows, what stands below them, and the way
 * to a decision.
 */
#include "config.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/golden/desk.h"
#include "tests/golden/golden.h"
#include "tui/queuescreen.h"

#define ZOE "Zo\xC3\xAB O'Brien-\xC3\x91" "and\xC3\xBA \xE7\x8E\x8B"
#define HOUR INT64_C(3600000)
#define DAY (24 * HOUR)

static const int sizes[][2] = {{80, 24}, {40, 10}, {132, 43}, {1, 1}};

/* How many wait, what was asked, what was opened, decided, signed. */
struct fake {
	struct desk *d;
	size_t n, own, fetched, looked_at;
	bool failing, shut_beside;
	struct queue_query last;
	size_t opens, decides, signs, undos;
	struct case_id opened;
	bool decided[16];
	char narrow[64];
	size_t at;
};

static size_t
count_of(const struct fake *f, const struct queue_query *q)
{
	return q->why == QUEUE_CONFLICT ? 0 : f->n +
	    (q->mine_too ? f->own : 0);
}

static enum rc
fake_count(void *ctx, const struct queue_query *q, struct queue_counts *out,
    struct err *e)
{
	struct fake *f = ctx;

	memset(out, 0, sizeof(*out));
	if (f->failing)
		return err_set(e, RC_DAMAGED, "the store cannot be read");
	f->last = *q;
	out->all = count_of(f, q);
	out->own = f->own;
	out->looked = 120;
	return RC_OK;
}

/* One of each kind of row that looks otherwise. */
static void
make_row(const struct fake *f, size_t i, struct queue_row *r)
{
	static const struct {
		unsigned level, why;
		int64_t due, since;
	} t[] = {
		{0, QUEUE_LOWERING | QUEUE_OVERDUE, -50 * HOUR, 9 * DAY},
		{0, QUEUE_LEVEL, 3 * HOUR, 2 * HOUR},
		{0, QUEUE_FLAG | QUEUE_CONFLICT, INT64_MAX, 40 * DAY},
		{1, QUEUE_RETURNED, 9 * DAY, 3 * DAY},
		{1, QUEUE_SECOND, INT64_MAX, DAY},
		{2, QUEUE_FLAG, INT64_MAX, 30 * HOUR},
	};
	size_t k = i % (sizeof(t) / sizeof(t[0]));

	*r = (struct queue_row){.case_id = {{(unsigned char)(i + 1)}},
	    .reference = "K-0142", .name = ZOE, .level = t[k].level,
	    .rules = 0, .why = t[k].why, .due = t[k].due,
	    .due_why = t[k].due != INT64_MAX ? "screening review" : "",
	    .since = GOLDEN_NOW - t[k].since, .whose = {{2}},
	    .own = i >= f->n};
	if (t[k].due != INT64_MAX)
		r->due += GOLDEN_NOW;
	if (i == 6)
		*r = (struct queue_row){.case_id = {{7}}, .reference = "",
		    .name = "", .due = INT64_MAX, .due_why = "",
		    .since = INT64_MAX, .restricted = true};
}

static enum rc
fake_rows(void *ctx, const struct queue_query *q,
    const struct queue_sink *to, struct err *e)
{
	struct fake *f = ctx;
	struct queue_row r;

	(void)e;
	for (size_t i = q->offset; i < count_of(f, q) &&
	    i < q->offset + q->limit; i++) {
		f->fetched++;
		make_row(f, i, &r);
		if (!to->fn(&r, to->ctx))
			break;
	}
	return RC_OK;
}

static int64_t
fake_now(void *ctx)
{
	(void)ctx;
	return GOLDEN_NOW;
}

static const struct instrument *
fake_instrument(void *ctx)
{
	return desk_instrument(((struct fake *)ctx)->d);
}

static const char *
fake_person(void *ctx, const struct author_id *who)
{
	(void)ctx;
	return who->b[0] == 2 ? "Q. Sample" : "somebody";
}

static size_t
fake_decisions(void *ctx)
{
	struct fake *f = ctx;
	size_t n = 0;

	for (size_t i = 0; i < 16; i++)
		n += f->decided[i];
	return n;
}

static bool
fake_decided(void *ctx, const struct case_id *id, struct str *words)
{
	struct fake *f = ctx;

	if (id->b[0] >= 16 || !f->decided[id->b[0]])
		return false;
	str_add(words, "agree: Vulnerability recorded");
	return true;
}

static struct pane *
fake_beside(void *ctx, const struct case_id *id, struct err *e)
{
	struct fake *f = ctx;

	(void)id;
	f->looked_at++;
	if (!f->shut_beside)
		return desk_screen(f->d);
	(void)err_set(e, RC_DAMAGED, "The case cannot be read.");
	return NULL;
}

static void
fake_open(void *ctx, struct app *app, const struct queue_row *row,
    bool decide)
{
	struct fake *f = ctx;

	(void)app;
	f->opens++;
	f->decides += decide;
	f->opened = row->case_id;
}

static void
fake_sign(void *ctx, struct app *app)
{
	(void)app;
	((struct fake *)ctx)->signs++;
}

static void
fake_undo(void *ctx, struct app *app)
{
	struct fake *f = ctx;

	app_say(app, "Taken back.");
	f->undos++;
	memset(f->decided, 0, sizeof(f->decided));
}

static void
fake_moved(void *ctx, const char *narrow, size_t at)
{
	struct fake *f = ctx;

	(void)snprintf(f->narrow, sizeof(f->narrow), "%s", narrow);
	f->at = at;
}

static struct golden *
queue_golden(struct fake *f, const char *narrow, size_t at,
    const int size[2])
{
	struct golden *g = golden_new(NULL, size[0], size[1]);
	struct queuescreen_opts o = {
		.source = {fake_count, fake_rows, fake_now, fake_instrument,
		    fake_person, fake_decisions, fake_decided, fake_beside,
		    f},
		.narrow = narrow, .at = at, .ctx = f, .open = fake_open,
		.sign = fake_sign, .undo = fake_undo, .moved = fake_moved,
	};

	app_push(golden_app(g), queuescreen_new(&o));
	golden_keys(g, "");
	return g;
}

static struct fake
some(void)
{
	struct fake f = {.n = 14, .own = 2, .d = desk_new()};

	(void)desk_observe(f.d, "B1", "present", "Invented School",
	    "Not in school on four days.");
	return f;
}

static void
every_size(void **state)
{
	struct fake f = some();

	(void)state;
	f.decided[2] = true;
	for (size_t i = 0; i < 4; i++) {
		struct golden *g = queue_golden(&f, NULL, 0, sizes[i]);

		golden_check(g, "queue");
		golden_keys(g, "j j j j");
		golden_check(g, "queue-second");
		golden_free(g);
	}
	desk_free(f.d);
}

static void
one_s_own_work_is_somebody_else_s(void **state)
{
	struct fake f = some();

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct golden *g = queue_golden(&f, NULL, 0, sizes[i]);

		golden_hides(g, "yours: ");
		golden_keys(g, "o G");
		assert_true(f.last.mine_too);
		assert_string_equal(f.narrow, "own ");
		golden_check(g, "queue-own");
		golden_keys(g, "Esc");
		assert_false(f.last.mine_too);
		golden_free(g);
	}
	desk_free(f.d);
}

static void
an_empty_queue_says_nothing_of_the_children(void **state)
{
	struct fake f = {.own = 1, .d = desk_new()};
	struct golden *g;

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		g = queue_golden(&f, NULL, 0, sizes[i]);
		golden_check(g, "queue-nothing");
		golden_hides(g, "well");
		golden_keys(g, "Enter V Tab $ u");
		assert_int_equal(f.opens, 0);
		golden_free(g);
	}
	f.failing = true;
	g = queue_golden(&f, NULL, 0, sizes[0]);
	golden_shows(g, "The store cannot be read.");
	golden_hides(g, "Nothing waits");
	golden_free(g);
	desk_free(f.d);
}

static void
tab_goes_to_what_waits_for_me(void **state)
{
	struct fake f = some();
	struct golden *g = queue_golden(&f, "own", 0, sizes[0]);

	(void)state;
	f.decided[2] = f.decided[3] = true;
	golden_free(g);
	g = queue_golden(&f, "own", 0, sizes[0]);
	golden_keys(g, "Tab");
	assert_int_equal(f.at, 3);	/* over two that are decided */
	golden_keys(g, "Tab Tab Tab");
	assert_int_equal(f.at, 7);	/* over the restricted one */
	golden_keys(g, "G Tab");
	assert_int_equal(f.at, 0);	/* over one's own, from the top */
	for (size_t i = 1; i < 16; i++)
		f.decided[i] = true;
	golden_free(g);
	g = queue_golden(&f, NULL, 5, sizes[0]);
	golden_keys(g, "Tab");
	assert_int_equal(f.at, 5);
	golden_shows(g, "Nothing more here waits for you. $ signs");
	golden_keys(g, "$ u");
	assert_int_equal(f.signs, 1);
	assert_int_equal(f.undos, 1);
	golden_hides(g, "~");
	golden_free(g);
	desk_free(f.d);
}

static void
a_row_is_opened_or_decided(void **state)
{
	struct fake f = some();
	struct golden *g = queue_golden(&f, NULL, 0, sizes[0]);

	(void)state;
	golden_keys(g, "j Enter");
	assert_int_equal(f.opens, 1);
	assert_int_equal(f.decides, 0);
	assert_int_equal(f.opened.b[0], 2);
	golden_keys(g, "j V");
	assert_int_equal(f.decides, 1);
	assert_int_equal(f.opened.b[0], 3);
	/* A restricted case asks for its reason first. */
	golden_keys(g, "g j j j j j j V");
	golden_shows(g, "says whom to ask");
	assert_int_equal(f.opens, 3);
	assert_int_equal(f.decides, 1);
	golden_free(g);
	desk_free(f.d);
}

static void
it_is_narrowed(void **state)
{
	struct fake f = some();
	struct golden *g = queue_golden(&f, NULL, 0, sizes[0]);

	(void)state;
	golden_keys(g, "f 'fl' Tab ' ove' Tab Enter");
	assert_int_equal(f.last.why, QUEUE_FLAG | QUEUE_OVERDUE);
	assert_string_equal(f.narrow, "flag overdue ");
	golden_keys(g, "f ^U 'yours' Enter");
	golden_shows(g, "\"yours\" is not understood");
	assert_int_equal(f.last.why, 0);
	golden_keys(g, "f ^U 'conflict' Enter");
	golden_shows(g, "Nothing of that waits");
	golden_keys(g, "Esc");
	golden_shows(g, "14 of 120 cases");
	golden_free(g);
	desk_free(f.d);
}

/* A case is looked at when it stands there, not when it is passed by. */
static void
the_case_stands_below(void **state)
{
	struct fake f = some();
	struct golden *g = queue_golden(&f, NULL, 0, sizes[2]);

	(void)state;
	assert_int_equal(f.looked_at, 1);
	golden_keys(g, "j");
	assert_int_equal(f.looked_at, 2);
	golden_resize(g, 80, 24);
	golden_keys(g, "j j");
	assert_int_equal(f.looked_at, 2);
	f.shut_beside = true;
	golden_resize(g, 132, 43);
	golden_shows(g, "The case cannot be read.");
	golden_keys(g, "j j j");
	golden_shows(g, "restricted to others");
	golden_free(g);
	desk_free(f.d);
}

static void
many_are_read_by_pages(void **state)
{
	struct fake f = {.n = 100000, .d = desk_new()};
	struct golden *g = queue_golden(&f, NULL, 0, sizes[0]);

	(void)state;
	assert_true(f.fetched <= 2 * 3 * 24);
	f.fetched = 0;
	golden_keys(g, "G");
	assert_int_equal(f.at, 99999);
	assert_true(f.fetched <= 3 * 24);
	golden_resize(g, 1, 1);
	golden_resize(g, 40, 10);
	assert_int_equal(f.at, 99999);
	golden_free(g);
	desk_free(f.d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_size),
		cmocka_unit_test(one_s_own_work_is_somebody_else_s),
		cmocka_unit_test(an_empty_queue_says_nothing_of_the_children),
		cmocka_unit_test(tab_goes_to_what_waits_for_me),
		cmocka_unit_test(a_row_is_opened_or_decided),
		cmocka_unit_test(it_is_narrowed),
		cmocka_unit_test(the_case_stands_below),
		cmocka_unit_test(many_are_read_by_pages),
	};

	if (sodium_init() < 0)
		return 99;
	return cmocka_run_group_tests_name("the review queue", tests, NULL,
	    NULL);
}
