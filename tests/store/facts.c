/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The facts of a store, for whoever may see them, and the joined list of it:
 * by the links alone and with what is asked taken as the same.
 */
#include "config.h"

#include "db/facts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/joined.h"
#include "tests/store/folk.h"
#include "tests/store/team.h"

static const struct joined_window ever = {DAY_NONE, DAY_NONE};

/* ---- for whose eyes ---- */

static void
count(struct world *w, struct facts *f)
{
	world_ok(w, store_facts(w->s, &ever, NULL, NULL, NULL, f, &w->e));
}

static void
restricted_cases_are_only_counted(void **state)
{
	struct desk *d = *state;
	struct world *w = &d->w;
	struct facts f;

	count(w, &f);
	assert_int_equal(f.n, 3);
	assert_int_equal(f.restricted, 0);
	facts_release(&f);
	people_enter(w, OTHER);
	count(w, &f);
	assert_int_equal(f.n, 2);
	assert_int_equal(f.restricted, 1);
	assert_int_equal(f.nlower, 2);
	for (size_t i = 0; i < f.n; i++)
		assert_false(case_id_equal(&f.cases[i].id, &d->wren));
	facts_release(&f);
	people_enter(w, NAMED);
	count(w, &f);
	assert_int_equal(f.n, 3);
	facts_release(&f);
}

static void
who_may_not_read_may_not_count(void **state)
{
	struct desk *d = *state;
	struct world *w = &d->w;
	struct facts f;

	people_enter(w, ADMINISTRATOR);
	assert_int_equal(store_facts(w->s, &ever, NULL, NULL, NULL, &f,
	    &w->e), RC_REFUSED);
	assert_int_equal(f.n, 0);
	facts_release(&f);
}

static bool
stop_at_two(uint64_t done, uint64_t all, void *ctx)
{
	size_t *calls = ctx;

	assert_true(done < all);
	return ++*calls < 2;
}

static void
counting_can_be_stopped(void **state)
{
	struct desk *d = *state;
	struct world *w = &d->w;
	struct facts f;
	size_t calls = 0;

	assert_int_equal(store_facts(w->s, &ever, NULL, stop_at_two, &calls,
	    &f, &w->e), RC_CANCELLED);
	assert_int_equal(calls, 2);
	facts_release(&f);
}

static void
a_training_store_is_refused(void **state)
{
	struct store_founder founder = {.user = WORLD_USER,
	    .role = ROLE_SUPERVISOR, .training = true};
	struct world w;
	struct facts f;

	(void)state;
	world_init(&w);
	world_ok(&w, store_create(w.path, &founder, &w.pass, &w.opts, &w.s,
	    &w.e));
	assert_int_equal(store_facts(w.s, &ever, NULL, NULL, NULL, &f, &w.e),
	    RC_REFUSED);
	facts_release(&f);
	world_release(&w);
}

/* ---- joined ---- */

#define SCHOOL "INV-S1"
#define POLICE "INV-P1"
#define HEALTH "INV-H1"
#define OWN "INV-O1"

struct scene {
	struct world w;
	struct case_id school, police, health, own;
	struct link_case cases[3];
	uint32_t lower[3], upper[3];
	struct linkage l;
	struct facts f;
	struct joined_list list;
};

static void
saw(struct world *w, struct case_id id, const char *agency,
    const char *item, const char *who)
{
	struct entry_draft d = draft_observation(id, item, "present",
	    "Not to be read out.");

	(void)json_object_set_new(d.body, "agency", json_string(agency));
	if (who != NULL)
		(void)json_object_set_new(d.body, "source",
		    json_string(who));
	world_ok(w, world_append(w, d, NULL));
}

static struct case_id
child(struct world *w, const char *reference, const char *name)
{
	struct case_id id = world_case(w, reference);

	world_ok(w, world_append(w, draft_identity(id, name, "2012-02-03"),
	    NULL));
	return id;
}

/*
 * School and police hold two signs and one of a child whose cases are linked;
 * a health record may be the same child's.  A case of one's own has three.
 */
static int
make_scene(void **state)
{
	struct scene *x = calloc(1, sizeof(*x));
	struct world *w = &x->w;

	world_init(w);
	world_create(w);
	world_adopt(w);
	x->school = child(w, SCHOOL, "Ada Merle");
	x->police = child(w, POLICE, "Adah Merle");
	x->health = child(w, HEALTH, "Ada Merle");
	x->own = child(w, OWN, "Bea Finch");
	saw(w, x->school, "Invented School", "B6", "Ms Elm, teacher");
	saw(w, x->school, "Invented School", "B7", "Ms Oak, head");
	saw(w, x->police, "Invented Police", "B1", NULL);
	saw(w, x->health, "Invented Clinic", "B1", "Nurse Ash");
	saw(w, x->own, "Invented Home", "B1", NULL);
	saw(w, x->own, "Invented Home", "B2", NULL);
	saw(w, x->own, "Invented Home", "B3", NULL);
	x->cases[0].id = x->health;
	x->cases[1].id = x->school;
	x->cases[2].id = x->police;
	memcpy(x->lower, (uint32_t[]){0, 1, 1}, sizeof(x->lower));
	memcpy(x->upper, (uint32_t[]){0, 0, 0}, sizeof(x->upper));
	x->l = (struct linkage){.cases = x->cases, .n = 3, .run = true,
	    .result = {.lower = x->lower, .upper = x->upper}};
	*state = x;
	return 0;
}

static int
unmake_scene(void **state)
{
	struct scene *x = *state;

	world_release(&x->w);
	free(x);
	return 0;
}

static void
join(struct scene *x, bool only)
{
	world_ok(&x->w, store_facts(x->w.s, &ever, &x->l, NULL, NULL, &x->f,
	    &x->w.e));
	joined_list_init(&x->list, &x->f, only);
}

static void
unjoin(struct scene *x)
{
	joined_list_release(&x->list);
	facts_release(&x->f);
}

/* What the rows say, a line each. */
struct lines {
	struct str text;
	size_t n, stop;
};

static bool
take_row(const struct joined_row *row, void *ctx)
{
	struct lines *l = ctx;

	str_add_fmt(&l->text, "%s|", joined_group_code(row->entry->group));
	for (size_t i = 0; i < row->ncases; i++)
		str_add_fmt(&l->text, "%s ", row->cases[i].reference);
	str_add_fmt(&l->text, "|%s|%u|", row->name,
	    row->entry->lower->indicators);
	for (size_t i = 0; i < row->nothers; i++)
		str_add_fmt(&l->text, "%s ", row->others[i].reference);
	str_add_fmt(&l->text, "%d|", row->could != NULL ?
	    (int)row->could->indicators : -1);
	for (size_t i = 0; i < row->nrings; i++)
		str_add_fmt(&l->text, "%s: %s; ", row->rings[i].agency,
		    row->rings[i].who);
	str_add(&l->text, "\n");
	return ++l->n != l->stop;
}

static void
expect_lines(struct scene *x, size_t from, size_t limit, const char *text)
{
	struct lines l = {.n = 0};
	size_t range[2] = {from, limit};

	str_init(&l.text);
	world_ok(&x->w, store_joined(x->w.s, &x->f, &x->list, range,
	    take_row, &l, &x->w.e));
	assert_string_equal(l.text.s, text);
	str_release(&l.text);
}

#define JOINED_LINE "only-joined|" SCHOOL " " POLICE " |Ada Merle or " \
	"Adah Merle|3|" HEALTH " 3|Invented School: Ms Oak, head; " \
	"Invented Police: " WORLD_USER "; \n"
#define OWN_LINE "other|" OWN " |Bea Finch|3|-1|Invented Home: " \
	WORLD_USER "; \n"

static void
who_is_seen_only_when_joined_comes_first(void **state)
{
	struct scene *x = *state;

	join(x, false);
	assert_int_equal(x->f.nlower, 3);
	assert_int_equal(x->f.nupper, 2);
	assert_int_equal(x->list.in[JOINED_ONLY], 1);
	assert_int_equal(x->list.children_lower, 3);
	assert_int_equal(x->list.children_upper, 2);
	/* The health record could be of the child that was never at three. */
	assert_int_equal(x->list.in[JOINED_COULD], 1);
	assert_int_equal(x->list.list[1].lower->indicators, 1);
	assert_int_equal(x->list.list[2].lower->most_alone, 3);
	expect_lines(x, 0, 1, JOINED_LINE);
	expect_lines(x, 2, 0, OWN_LINE);
	expect_lines(x, 3, 0, "");
	unjoin(x);
	join(x, true);
	assert_int_equal(x->list.n, 2);
	assert_int_equal(x->list.in[JOINED_OTHER], 1);
	unjoin(x);
}

/* A link that is split parts the child, and everything follows. */
static void
a_split_is_followed(void **state)
{
	struct scene *x = *state;

	x->lower[2] = 2;
	memcpy(x->upper, (uint32_t[]){0, 1, 0}, sizeof(x->upper));
	join(x, false);
	assert_int_equal(x->f.nlower, 4);
	assert_int_equal(x->list.in[JOINED_ONLY], 0);
	assert_int_equal(x->list.in[JOINED_COULD], 0);
	assert_int_equal(x->list.n, 4);
	expect_lines(x, 0, 1, OWN_LINE);
	unjoin(x);
}

/* Nobody is rung for what they suspect, or told of other days. */
static void
whom_to_ring_has_a_sign_present_in_the_window(void **state)
{
	struct scene *x = *state;
	struct joined_rings rings = {.n = 0};
	struct entry_draft d = draft_observation(x->school, "B1",
	    "suspected", "Not to be read out.");
	struct casefile c;

	(void)json_object_set_new(d.body, "agency",
	    json_string("Invented Police"));
	world_ok(&x->w, world_append(&x->w, d, NULL));
	d = draft_observation(x->school, "B9", "present", "Not read out.");
	d.on = span_of_day(day_from_civil((struct civil){2024, 5, 1}));
	(void)json_object_set_new(d.body, "agency",
	    json_string("Invented Clinic"));
	world_ok(&x->w, world_append(&x->w, d, NULL));
	join(x, false);
	x->f.window.from = day_from_civil((struct civil){2025, 1, 1});
	world_ok(&x->w, store_case_load(x->w.s, &x->school, &c, &x->w.e));
	joined_rings_add(&rings, &x->f, store_roster(x->w.s), &c);
	assert_int_equal(rings.n, 1);
	assert_string_equal(rings.list[0].agency, "Invented School");
	assert_string_equal(rings.list[0].who, "Ms Oak, head");
	joined_rings_clear(&rings);
	x->f.window.from = DAY_NONE;
	joined_rings_add(&rings, &x->f, store_roster(x->w.s), &c);
	assert_int_equal(rings.n, 2);
	assert_string_equal(rings.list[1].agency, "Invented Clinic");
	joined_rings_release(&rings);
	casefile_release(&c);
	unjoin(x);
}

static void
a_list_can_be_stopped(void **state)
{
	struct scene *x = *state;
	struct lines l = {.n = 0, .stop = 1};
	static const size_t all[2] = {0, 0};

	join(x, false);
	str_init(&l.text);
	world_ok(&x->w, store_joined(x->w.s, &x->f, &x->list, all, take_row,
	    &l, &x->w.e));
	assert_int_equal(l.n, 1);
	str_release(&l.text);
	unjoin(x);
}

#define DESK(f) cmocka_unit_test_setup_teardown(f, desk_make, desk_unmake)
#define SCENE(f) cmocka_unit_test_setup_teardown(f, make_scene, unmake_scene)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		DESK(restricted_cases_are_only_counted),
		DESK(who_may_not_read_may_not_count),
		DESK(counting_can_be_stopped),
		cmocka_unit_test(a_training_store_is_refused),
		SCENE(who_is_seen_only_when_joined_comes_first),
		SCENE(a_split_is_followed),
		SCENE(whom_to_ring_has_a_sign_present_in_the_window),
		SCENE(a_list_can_be_stopped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
