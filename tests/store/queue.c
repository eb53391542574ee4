/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The review queue beside a model that folds every case anew: which cases
 * are in it for whom, in which order, how they are counted, and that the
 * projection is what the entries say.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/clocks.h"
#include "core/screen.h"
#include "db/queue.h"
#include "db/setting.h"
#include "tests/store/folk.h"
#include "tests/store/queueing.h"
#include "tests/store/team.h"

#define CASES 9
#define ROWS 16
#define ROUNDS 14
#define STEPS 12
#define DAY INT64_C(86400000)

/* What one case is, as its entries say. */
struct fact {
	struct case_id id;
	char reference[32];
	unsigned level, why;	/* without OVERDUE */
	int64_t due, since;
	struct author_id not_by[16];	/* who may not review it */
	size_t nnot;
	bool masked;		/* for whoever looks now */
	struct second_looks looks;
};

struct play {
	struct world *w;
	struct case_id ids[CASES];
	struct fact facts[CASES];
	size_t n;
	uint64_t x;
};

static unsigned
roll(struct play *p, unsigned sides)
{
	p->x = p->x * UINT64_C(6364136223846793005) +
	    UINT64_C(1442695040888963407);
	return (unsigned)(p->x >> 33) % sides;
}

/* ---- writing ---- */

static void
act(struct world *w, struct case_id id, int days)
{
	char day[DAY_TEXT_MAX];

	day_format(moment_day(w->now) + days, day);
	write_in(w, id, "action", json_pack("{s:s, s:s, s:s}", "what",
	    "An invented action", "owner", "Perrin Ashdown", "due", day));
}

/* ---- the model ---- */

static bool
take_clock(const struct clock_row *row, void *ctx)
{
	int64_t *due = ctx;

	if (row->kind != DEADLINE_NOT_BEFORE && row->due < *due)
		*due = row->due;
	return true;
}

static void
take_key(const struct author_id *key, void *ctx)
{
	struct fact *f = ctx;

	assert_true(f->nnot < 16);
	f->not_by[f->nnot++] = *key;
}

/* Written down by somebody who may see all of them. */
static void
learn(struct play *p, size_t i)
{
	struct world *w = p->w;
	struct fact *f = &p->facts[i];
	struct oversight o;
	struct casefile c;
	int64_t sample;

	memset(f, 0, sizeof(*f));
	world_ok(w, store_case_load(w->s, &p->ids[i], &c, &w->e));
	world_ok(w, store_setting_int(w->s, SETTING_SECOND_LOOK, &sample,
	    &w->e));
	casefile_oversight(&c, store_default_instrument(w->s),
	    rules_level(w, &c), (unsigned)sample, &o);
	f->id = p->ids[i];
	(void)snprintf(f->reference, sizeof(f->reference), "%s",
	    c.reference);
	f->level = o.level;
	f->why = o.why | (c.nconflicts > 0 ? QUEUE_CONFLICT : 0u);
	f->since = o.since;
	for (size_t k = 0; k < c.nconflicts; k++)
		if (c.conflicts[k].b->entry.at < f->since)
			f->since = c.conflicts[k].b->entry.at;
	f->due = INT64_MAX;
	casefile_clocks(&c, take_clock, &f->due);
	oversight_authors(&c, o.about, take_key, f);
	casefile_second_looks(&c, (unsigned)sample, &f->looks);
	casefile_release(&c);
}

static int
compare(const void *x, const void *y)
{
	const struct fact *a = x, *b = y;

	if (a->level != b->level)
		return a->level < b->level ? -1 : 1;
	if (a->due != b->due)
		return a->due < b->due ? -1 : 1;
	if (a->since != b->since)
		return a->since < b->since ? -1 : 1;
	return strcmp(a->reference, b->reference);
}

static void
learn_all(struct play *p)
{
	people_enter(p->w, SUPERVISOR);
	for (size_t i = 0; i < p->n; i++)
		learn(p, i);
	qsort(p->facts, p->n, sizeof(p->facts[0]), compare);
}

/* ---- comparing ---- */

struct row {
	char reference[32];
	struct case_id id;
	unsigned level, why;
	int64_t due, since;
	bool own, restricted, named;
};

struct rows_got {
	struct row list[ROWS];
	size_t n;
};

static bool
take_row(const struct queue_row *row, void *ctx)
{
	struct rows_got *g = ctx;
	struct row *r = &g->list[g->n++];

	assert_true(g->n <= ROWS);
	(void)snprintf(r->reference, sizeof(r->reference), "%s",
	    row->reference);
	r->id = row->case_id;
	r->level = row->level;
	r->why = row->why;
	r->due = row->due;
	r->since = row->since;
	r->own = row->own;
	r->restricted = row->restricted;
	r->named = *row->name != '\0';
	return true;
}

static bool
is_own(const struct world *w, const struct fact *f)
{
	for (size_t i = 0; i < f->nnot; i++)
		if (memcmp(&f->not_by[i], store_author(w->s),
		    sizeof(f->not_by[i])) == 0)
			return true;
	return false;
}

static unsigned
why_now(const struct fact *f, int64_t now)
{
	return f->why | (f->due <= now ? QUEUE_OVERDUE : 0u);
}

static void
expect_counts(const struct queue_counts *want, const struct queue_counts *got)
{
	assert_int_equal(got->all, want->all);
	assert_int_equal(got->own, want->own);
	assert_int_equal(got->restricted, want->restricted);
	assert_int_equal(got->looked, want->looked);
	for (size_t i = 0; i < QUEUE_WHYS; i++)
		assert_int_equal(got->why[i], want->why[i]);
}

static void
expect_row(const struct fact *f, const struct row *r, int64_t now, bool own)
{
	assert_string_equal(r->reference, f->reference);
	assert_int_equal(r->level, f->level);
	assert_int_equal(r->why, why_now(f, now));
	assert_true(r->due == f->due && r->since == f->since);
	assert_int_equal(r->own, own);
	assert_false(r->restricted);
}

/* The rows that the model gives; counts beside them. */
static size_t
wanted(const struct play *p, const struct queue_query *q,
    const struct fact *out[CASES], struct queue_counts *counts)
{
	size_t n = 0;

	memset(counts, 0, sizeof(*counts));
	for (size_t i = 0; i < p->n; i++) {
		const struct fact *f = &p->facts[i];
		unsigned why = why_now(f, q->now);
		bool own = is_own(p->w, f);

		counts->looked += !f->masked;
		if (why == 0 || (q->why != 0 && (why & q->why) == 0))
			continue;
		if (f->masked) {
			counts->restricted += q->why == 0;
			continue;
		}
		counts->own += own;
		if (own && !q->mine_too)
			continue;
		out[n++] = f;
		counts->all++;
		for (unsigned k = 0; k < QUEUE_WHYS; k++)
			counts->why[k] += why >> k & 1;
	}
	return n;
}

static void
check_pages(struct world *w, const struct queue_query *q,
    const struct rows_got *whole)
{
	struct queue_query page = *q;
	struct rows_got part;

	for (size_t from = 0; from <= whole->n + 1; from++) {
		page.offset = from;
		page.limit = 3;
		part.n = 0;
		world_ok(w, store_queue(w->s, &page, take_row, &part, &w->e));
		assert_int_equal(part.n, from >= whole->n ? 0 :
		    whole->n - from < 3 ? whole->n - from : 3);
		for (size_t i = 0; i < part.n; i++)
			assert_memory_equal(&part.list[i].id,
			    &whole->list[from + i].id, CASE_ID_LEN);
	}
}

static void
check_query(const struct play *p, const struct queue_query *q)
{
	const struct fact *want[CASES];
	struct queue_counts counts, got;
	struct rows_got rows = {.n = 0};
	struct world *w = p->w;
	size_t n = wanted(p, q, want, &counts);

	world_ok(w, store_queue_count(w->s, q, &got, &w->e));
	expect_counts(&counts, &got);
	world_ok(w, store_queue(w->s, q, take_row, &rows, &w->e));
	assert_int_equal(rows.n, n + counts.restricted);
	for (size_t i = 0; i < n; i++)
		expect_row(want[i], &rows.list[i], q->now, is_own(w,
		    want[i]));
	for (size_t i = n; i < rows.n; i++) {
		assert_true(rows.list[i].restricted);
		assert_string_equal(rows.list[i].reference, "");
		assert_false(rows.list[i].named);
		assert_int_equal(rows.list[i].why, 0);
	}
	check_pages(w, q, &rows);
}

/* For whoever sits there now: everything that can be asked. */
static void
check_viewer(struct play *p)
{
	struct second_looks want = {0, 0, 0, 0}, got;
	struct queue_query q = {.now = p->w->now};

	for (unsigned why = 0; why <= 1u << (QUEUE_WHYS - 1); why = why == 0 ?
	    1 : 2 * why)
		for (int mine = 0; mine < 2; mine++) {
			q.why = why;
			q.mine_too = mine != 0;
			check_query(p, &q);
		}
	q.why = QUEUE_FLAG | QUEUE_OVERDUE;
	check_query(p, &q);
	for (size_t i = 0; i < p->n; i++) {
		if (p->facts[i].masked)
			continue;
		want.drawn += p->facts[i].looks.drawn;
		want.seen += p->facts[i].looks.seen;
		want.agreed += p->facts[i].looks.agreed;
		want.differed += p->facts[i].looks.differed;
	}
	world_ok(p->w, store_second_looks(p->w->s, &got, &p->w->e));
	assert_memory_equal(&want, &got, sizeof(want));
}

static void
mask_for(struct play *p, const struct case_id *restricted, bool masked)
{
	for (size_t i = 0; i < p->n; i++)
		p->facts[i].masked = masked &&
		    case_id_equal(&p->facts[i].id, restricted);
}

static void
check_all(struct play *p, const struct case_id *restricted)
{
	static const char *const viewers[] = {
		SUPERVISOR, SECOND, NAMED, OTHER
	};

	learn_all(p);
	for (size_t i = 0; i < 4; i++) {
		people_enter(p->w, viewers[i]);
		mask_for(p, restricted, i % 2 == 1);
		check_viewer(p);
	}
}

/* ---- playing ---- */

static void
step_of_work(struct play *p, struct case_id id)
{
	static const char *const items[] = {"A1", "A2", "B1", "B2", "B3"};
	struct world *w = p->w;
	char name[32];

	switch (roll(p, 7)) {
	case 0:
	case 1:
		world_ok(w, world_append(w, draft_observation(id,
		    items[roll(p, 5)], "present", "Invented"), NULL));
		break;
	case 2:
	case 3:
		keep_screening(w, id, roll(p, 2) == 0);
		break;
	case 4:
		flag(w, id);
		break;
	case 5:
		act(w, id, (int)roll(p, 20) - 6);
		break;
	default:
		/* Two that do not know each other. */
		(void)snprintf(name, sizeof(name), "Ada %u", roll(p, 3));
		world_ok(w, world_append(w, draft_identity(id, name, NULL),
		    NULL));
	}
}

static void
step_of_review(struct play *p, struct case_id id)
{
	static const char *const decisions[] = {
		"agree", "raise", "lower", "return", "agree"
	};
	static const char *const to[] = {"high", "potential", "vulnerable"};

	decide(p->w, id, decisions[roll(p, 5)], to[roll(p, 3)]);
}

static bool
may_see(const struct desk *d, const struct case_id *id, const char *name)
{
	return !case_id_equal(id, &d->wren) || strcmp(name, NAMED) == 0 ||
	    strcmp(name, SUPERVISOR) == 0;
}

static void
round_of(struct play *p, const struct desk *d)
{
	static const char *const people[] = {
		NAMED, OTHER, SUPERVISOR, SECOND
	};
	unsigned who = roll(p, 4);

	people_enter(p->w, people[who]);
	for (int i = 0; i < STEPS; i++) {
		struct case_id id = p->ids[roll(p, (unsigned)p->n)];

		p->w->now += 1000;
		if (!may_see(d, &id, people[who]))
			continue;
		if (who >= 2 && roll(p, 3) > 0)
			step_of_review(p, id);
		else
			step_of_work(p, id);
	}
}

static void
begin(struct play *p, struct desk *d)
{
	memset(p, 0, sizeof(*p));
	p->w = &d->w;
	p->x = 77;
	p->ids[p->n++] = d->lark;
	p->ids[p->n++] = d->owl;
	p->ids[p->n++] = d->wren;
	while (p->n < CASES) {
		char reference[32];

		(void)snprintf(reference, sizeof(reference), "Z-%zu", p->n);
		p->ids[p->n++] = world_case(&d->w, reference);
	}
}

static void
it_is_what_the_entries_say(void **state)
{
	unsigned char before[32], after[32];
	struct desk *d = *state;
	struct play p;

	begin(&p, d);
	people_enter(p.w, SUPERVISOR);
	world_ok(p.w, store_setting_set(p.w->s, SETTING_SECOND_LOOK, 2,
	    &p.w->e));
	for (int i = 0; i < ROUNDS; i++) {
		round_of(&p, d);
		if (i == ROUNDS / 2)
			p.w->now += 5 * DAY;
		check_all(&p, &d->wren);
	}
	/* Some days on, what was next is overdue. */
	p.w->now += 9 * DAY;
	check_all(&p, &d->wren);
	people_enter(p.w, SUPERVISOR);
	world_ok(p.w, store_setting_set(p.w->s, SETTING_SECOND_LOOK, 1,
	    &p.w->e));
	check_all(&p, &d->wren);
	world_ok(p.w, store_projection_hash(p.w->s, before, &p.w->e));
	world_ok(p.w, store_rebuild(p.w->s, NULL, NULL, &p.w->e));
	world_ok(p.w, store_projection_hash(p.w->s, after, &p.w->e));
	assert_memory_equal(before, after, 32);
	assert_sound(p.w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, desk_make, desk_unmake)
		T(it_is_what_the_entries_say),
#undef T
	};

	return cmocka_run_group_tests_name("store: the review queue", tests,
	    NULL, NULL);
}
