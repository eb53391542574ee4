/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Random operations beside a model in memory: after each stretch the store
 * holds what the model holds, its projections are those of a rebuild, and
 * the entries of two stores united in either order mean the same.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/store/disk.h"
#include "tests/store/world.h"

#define CASES 12
#define ROUNDS 12
#define STEPS 14

struct model_case {
	struct case_id id;
	size_t entries;
	struct answers answers;		/* strongest state of each item */
};

struct model {
	struct model_case cases[CASES];
	size_t n;
	uint64_t entries;
	uint64_t x;
};

static unsigned
roll(struct model *m, unsigned sides)
{
	m->x = m->x * UINT64_C(6364136223846793005) +
	    UINT64_C(1442695040888963407);
	return (unsigned)(m->x >> 33) % sides;
}

static const char *const items[] = {
	"A1", "A3", "A6", "A12", "B1", "B2", "B3", "B7", "B10", "B14"
};
static const enum answer states[] = {
	ANSWER_NOT_KNOWN, ANSWER_ABSENT, ANSWER_SUSPECTED, ANSWER_PRESENT
};

static struct entry_draft
random_observation(struct model *m, const struct instrument *in,
    struct model_case *c, bool keep)
{
	const char *item = items[roll(m, 10)];
	enum answer state = states[roll(m, 4)];

	if (keep) {
		answers_raise(&c->answers,
		    instrument_item(in, item, strlen(item)), state);
		c->entries++;
		m->entries++;
	}
	return draft_observation(c->id, item, answer_name(state),
	    "invented words");
}

static void
step_open(struct world *w, struct model *m)
{
	struct model_case *c;
	char reference[32];

	if (m->n == CASES)
		return;
	c = &m->cases[m->n++];
	(void)snprintf(reference, sizeof(reference), "CASE-%zu", m->n);
	c->id = world_case(w, reference);
	c->entries = 1;
	m->entries++;
	answers_init(&c->answers);
}

static void
step_observe(struct world *w, struct model *m)
{
	struct model_case *c = &m->cases[roll(m, (unsigned)m->n)];

	world_ok(w, world_append(w, random_observation(m,
	    store_default_instrument(w->s), c, true), NULL));
}

static void
step_bulk(struct world *w, struct model *m)
{
	bool keep = roll(m, 3) != 0;
	unsigned n = 1 + roll(m, 20);

	world_ok(w, store_bulk_begin(w->s, &w->e));
	for (unsigned i = 0; i < n; i++) {
		struct entry_draft d = random_observation(m,
		    store_default_instrument(w->s),
		    &m->cases[roll(m, (unsigned)m->n)], keep);

		world_ok(w, store_bulk_add(w->s, &d, NULL, &w->e));
		entry_draft_release(&d);
	}
	if (keep)
		world_ok(w, store_bulk_seal(w->s, &w->e));
	else
		store_bulk_abandon(w->s);
}

static void
step_refused(struct world *w, struct model *m)
{
	struct model_case *c = &m->cases[roll(m, (unsigned)m->n)];
	struct entry_draft d[2] = {
		draft_observation(c->id, "B1", "present", "words"),
		draft_observation(c->id, "B2", "perhaps", "words")
	};

	assert_int_equal(store_append(w->s, d, 2, NULL, &w->e), RC_INPUT);
	entry_draft_release(&d[0]);
	entry_draft_release(&d[1]);
}

static void
step(struct world *w, struct model *m)
{
	w->now += roll(m, 3600000);
	switch (m->n == 0 ? 0 : roll(m, 6)) {
	case 0:
		step_open(w, m);
		break;
	case 1:
		step_bulk(w, m);
		break;
	case 2:
		step_refused(w, m);
		break;
	case 3:
		world_reopen(w);
		break;
	default:
		step_observe(w, m);
		break;
	}
}

struct finding {
	const struct model *m;
	const struct instrument *in;
	size_t n;
};

static bool
see(const struct case_row *row, void *ctx)
{
	struct finding *f = ctx;
	const struct model_case *c = NULL;
	struct screening s;

	for (size_t i = 0; i < f->m->n; i++)
		if (case_id_equal(&f->m->cases[i].id, &row->id))
			c = &f->m->cases[i];
	assert_non_null(c);
	screen_run(f->in, &c->answers, &s);
	assert_int_equal(row->level, s.level);
	assert_int_equal(row->could_be, s.could_be);
	assert_int_equal(row->signs, s.signs);
	assert_int_equal(row->vulnerabilities, s.vulnerabilities);
	assert_int_equal(row->not_known, s.not_known);
	f->n++;
	return true;
}

static void
compare(struct world *w, const struct model *m)
{
	struct finding f = {m, store_default_instrument(w->s), 0};
	unsigned char before[32], after[32];
	struct store_verdict v;
	struct casefile c;

	world_ok(w, store_cases(w->s, NULL, 0, 0, see, &f, &w->e));
	assert_int_equal(f.n, m->n);
	for (size_t i = 0; i < m->n; i++) {
		world_ok(w, store_case_load(w->s, &m->cases[i].id, &c,
		    &w->e));
		assert_int_equal(c.nrecords, m->cases[i].entries);
		casefile_release(&c);
	}
	world_ok(w, store_verify(w->s, NULL, NULL, &v, &w->e));
	assert_string_equal(v.fault, "");
	assert_int_equal(v.entries, m->entries);
	world_ok(w, store_projection_hash(w->s, before, &w->e));
	world_ok(w, store_rebuild(w->s, NULL, NULL, &w->e));
	world_ok(w, store_projection_hash(w->s, after, &w->e));
	assert_memory_equal(before, after, 32);
}

static void
random_operations_match_the_model(void **state)
{
	struct model m = {.x = 99};
	struct world w;

	(void)state;
	world_init(&w);
	world_create(&w);
	world_adopt(&w);
	m.entries = 3;
	for (int round = 0; round < ROUNDS; round++) {
		for (int i = 0; i < STEPS; i++)
			step(&w, &m);
		compare(&w, &m);
	}
	world_release(&w);
}

/* Two people write of one child in two stores. */
static void
write_half(struct world *w, struct case_id id, uint64_t seed)
{
	struct model m = {.x = seed};
	struct model_case c = {.id = id};

	w->seed = seed * 1000;
	w->now += (int64_t)seed;
	world_create(w);
	world_adopt(w);
	world_ok(w, world_append(w, draft_open(id, "WREN-1"), NULL));
	world_ok(w, world_append(w, draft_identity(id, seed % 2 ?
	    "Ada Merle" : "Ada Merrel", "2012-01-01"), NULL));
	answers_init(&c.answers);
	for (int i = 0; i < 8; i++)
		world_ok(w, world_append(w, random_observation(&m,
		    store_default_instrument(w->s), &c, true), NULL));
}

static void
unite(struct casefile *out, const struct casefile *a,
    const struct casefile *b)
{
	casefile_init(out, &a->id);
	for (size_t i = 0; i < a->nrecords; i++)
		casefile_apply(out, &a->records[i]->entry);
	for (size_t i = 0; i < b->nrecords; i++)
		casefile_apply(out, &b->records[i]->entry);
	for (size_t i = 0; i < a->nrecords; i++)
		casefile_apply(out, &a->records[i]->entry);
	casefile_settle(out, NULL);
}

static void
union_means_the_same_in_either_order(void **state)
{
	struct case_id id = {{1, 2, 3}};
	struct casefile ca, cb, ab, ba;
	struct answers x, y;
	struct world a, b;

	(void)state;
	world_init(&a);
	world_init(&b);
	write_half(&a, id, 3);
	write_half(&b, id, 4);
	world_ok(&a, store_case_load(a.s, &id, &ca, &a.e));
	world_ok(&b, store_case_load(b.s, &id, &cb, &b.e));
	unite(&ab, &ca, &cb);
	unite(&ba, &cb, &ca);
	assert_int_equal(ab.nrecords, ca.nrecords + cb.nrecords);
	assert_int_equal(ab.nrecords, ba.nrecords);
	for (size_t i = 0; i < ab.nrecords; i++) {
		assert_true(entry_id_equal(&ab.records[i]->entry.id,
		    &ba.records[i]->entry.id));
		assert_int_equal(record_stands(ab.records[i]),
		    record_stands(ba.records[i]));
	}
	assert_string_equal(ab.name, ba.name);
	assert_int_equal(ab.nconflicts, ba.nconflicts);
	assert_true(ab.nconflicts > 0);
	casefile_answers(&ab, store_default_instrument(a.s),
	    moment_day(a.now), &x);
	casefile_answers(&ba, store_default_instrument(b.s),
	    moment_day(a.now), &y);
	assert_memory_equal(&x, &y, sizeof(x));
	casefile_release(&ca);
	casefile_release(&cb);
	casefile_release(&ab);
	casefile_release(&ba);
	world_release(&a);
	world_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_operations_match_the_model),
		cmocka_unit_test(union_means_the_same_in_either_order),
	};

	disk_install();
	return cmocka_run_group_tests_name("store: model", tests, NULL,
	    NULL);
}
