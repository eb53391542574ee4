/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What several agencies know of one child, put together. */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/joined.h"
#include "tests/unit/book.h"
#include "tests/unit/loaded.h"

#define TODAY 20779		/* 2026-11-22 */

static const struct joined_window ever = {DAY_NONE, DAY_NONE};

struct desk {
	struct instrument *in;
	struct joined_names names;
	struct book books[4];
	struct joined_part parts[4];
	const struct joined_part *list[4];
	size_t n;
};

static int
open_desk(void **state)
{
	static struct desk d;

	memset(&d, 0, sizeof(d));
	d.in = load_instrument("content/instruments/occ-csegg.yaml");
	joined_names_init(&d.names);
	*state = &d;
	return 0;
}

static int
close_desk(void **state)
{
	struct desk *d = *state;

	for (size_t i = 0; i < d->n; i++) {
		joined_part_release(&d->parts[i]);
		book_release(&d->books[i]);
	}
	joined_names_release(&d->names);
	instrument_free(d->in);
	return 0;
}

static struct book *
new_case(struct desk *d)
{
	struct book *b = &d->books[d->n++];

	book_init(b);
	(void)book_write(b, "open", "", "{'reference':'INV-1'}");
	return b;
}

static size_t
saw(struct book *b, const char *agency, const char *item, const char *state,
    const char *on)
{
	char body[512];

	(void)snprintf(body, sizeof(body), "{'instrument':'occ-csegg',"
	    "'indicator':'%s','state':'%s','agency':'%s',"
	    "'evidence':'As noted.'}", item, state, agency);
	return book_write(b, "observation", on, body);
}

static void
join(struct desk *d, const struct joined_window *w, struct joined_child *out)
{
	for (size_t i = 0; i < d->n; i++) {
		joined_part_release(&d->parts[i]);
		joined_part_of(&d->books[i].c, d->in, w, TODAY, &d->names,
		    &d->parts[i]);
		d->list[i] = &d->parts[i];
	}
	joined_child_of(d->list, d->n, d->in, out);
}

/* Two signs at school, one with the police: high, and nobody had three. */
static void
three_only_when_joined(void **state)
{
	struct desk *d = *state;
	struct book *school = new_case(d), *police = new_case(d);
	struct joined_child c;

	(void)saw(school, "School", "B6", "present", "2026-10-01");
	(void)saw(school, "School", "B7", "present", "2026-10-02");
	(void)saw(police, "Police", "B1", "present", "2026-10-03");
	join(d, &ever, &c);
	assert_int_equal(c.indicators, 3);
	assert_int_equal(c.most_alone, 2);
	assert_int_equal(c.agencies, 2);
	assert_int_equal(c.corroborated, 0);
	assert_true(c.only_joined);
	assert_string_equal(screen_level_id(d->in, c.result.level), "high");
}

/* The same sign by two agencies is one indicator, and corroborated. */
static void
each_counts_once(void **state)
{
	struct desk *d = *state;
	struct book *school = new_case(d), *health = new_case(d);
	uint32_t who[4];
	struct joined_child c;
	unsigned b1 = item_of(d->in, "B1");

	(void)saw(school, "School", "B1", "present", "2026-10-01");
	(void)saw(school, "school", "B6", "present", "2026-10-01");
	(void)saw(health, "Health", "B1", "present", "2026-10-03");
	join(d, &ever, &c);
	assert_int_equal(c.indicators, 2);
	assert_int_equal(c.corroborated, 1);
	assert_int_equal(c.agencies, 2);
	assert_false(c.only_joined);
	assert_int_equal(joined_who(&c, b1, who, 4), 2);
	assert_string_equal(d->names.list[who[0]], "School");
	assert_string_equal(d->names.list[who[1]], "Health");
	assert_int_equal(joined_who(&c, b1, who, 1), 2);
}

static void
whoever_had_three_is_not_on_the_list(void **state)
{
	struct desk *d = *state;
	struct book *school = new_case(d), *again = new_case(d);
	struct joined_child c;

	/* In two books of one agency: it is still that agency alone. */
	(void)saw(school, "School", "B6", "present", "2026-10-01");
	(void)saw(school, "School", "B7", "present", "2026-10-01");
	(void)saw(again, "SCHOOL", "A14", "present", "2026-10-01");
	join(d, &ever, &c);
	assert_int_equal(c.indicators, 3);
	assert_int_equal(c.most_alone, 3);
	assert_false(c.only_joined);
}

/* Suspected counts for what it could be, and not among the three. */
static void
suspected_is_not_present(void **state)
{
	struct desk *d = *state;
	struct book *school = new_case(d), *police = new_case(d);
	struct joined_child c;

	(void)saw(school, "School", "B6", "present", "2026-10-01");
	(void)saw(school, "School", "B7", "suspected", "2026-10-01");
	(void)saw(police, "Police", "B7", "absent", "2026-10-01");
	join(d, &ever, &c);
	assert_int_equal(c.indicators, 1);
	assert_int_equal(c.result.suspected, 1);
}

static void
only_the_window_counts(void **state)
{
	struct desk *d = *state;
	struct book *b = new_case(d);
	struct joined_window year = {20779 - 364, TODAY};
	struct joined_child c;

	(void)saw(b, "School", "B6", "present", "2025-01-10");
	(void)saw(b, "School", "B7", "present", "2025-11");
	(void)saw(b, "Police", "B1", "present", "2026-11-22");
	join(d, &year, &c);
	/* November 2025 reaches into the year; January does not. */
	assert_int_equal(c.indicators, 2);
	assert_int_equal(d->parts[0].outside, 1);
	assert_int_equal(c.latest, TODAY);
	join(d, &ever, &c);
	assert_int_equal(c.indicators, 3);
	assert_int_equal(d->parts[0].outside, 0);
}

static void
struck_counts_for_nothing(void **state)
{
	struct desk *d = *state;
	struct book *b = new_case(d);
	struct joined_child c;
	size_t at = saw(b, "School", "B6", "present", "2026-10-01");
	char body[160];

	(void)snprintf(body, sizeof(body), "{'target':'@%zu','reason':"
	    "'Another pupil.'}", at);
	(void)book_write(b, "strike", "", body);
	join(d, &ever, &c);
	assert_int_equal(c.indicators, 0);
	assert_int_equal(c.agencies, 0);
}

/* Two dates of birth: the younger age counts, and is unsure. */
static void
the_youngest_age_holds(void **state)
{
	struct desk *d = *state;
	struct book *a = new_case(d), *b = new_case(d), *none = new_case(d);
	struct joined_child c;

	(void)book_write(a, "identity", "",
	    "{'name':'I. Invented','birth':'2012-03-01'}");
	(void)book_write(b, "identity", "",
	    "{'name':'I. Invented','birth':'2014-03-01'}");
	(void)none;
	join(d, &ever, &c);
	assert_int_equal(c.answers.age, 12);
	assert_true(c.answers.age_unsure);
}

/* In whatever order the cases come, the child is the same. */
static void
order_does_not_matter(void **state)
{
	struct desk *d = *state;
	struct book *a = new_case(d), *b = new_case(d);
	const struct joined_part *back[2];
	struct joined_child one, two;

	(void)saw(a, "School", "B6", "present", "2026-10-01");
	(void)saw(a, "Health", "B5", "suspected", "2026-10-01");
	(void)saw(b, "Police", "B5", "present", "2026-10-02");
	join(d, &ever, &one);
	back[0] = d->list[1];
	back[1] = d->list[0];
	joined_child_of(back, 2, d->in, &two);
	assert_memory_equal(&one.answers, &two.answers, sizeof(one.answers));
	assert_int_equal(one.most_alone, two.most_alone);
	assert_int_equal(one.corroborated, two.corroborated);
}

#define ON_DESK(test) cmocka_unit_test_setup_teardown(test, open_desk, \
	close_desk)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_DESK(three_only_when_joined),
		ON_DESK(each_counts_once),
		ON_DESK(whoever_had_three_is_not_on_the_list),
		ON_DESK(suspected_is_not_present),
		ON_DESK(only_the_window_counts),
		ON_DESK(struck_counts_for_nothing),
		ON_DESK(the_youngest_age_holds),
		ON_DESK(order_does_not_matter),
	};

	return cmocka_run_group_tests_name("joined", tests, NULL, NULL);
}
