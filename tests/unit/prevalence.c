/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Prevalence and hotspots: counts by hand, rates beside neighbours, ranges of
 * linkage; and somebody who has all published tables and tries to get a
 * suppressed count out of them together.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/population.h"
#include "core/report.h"
#include "core/xalloc.h"
#include "tests/unit/factfolk.h"
#include "tests/unit/loaded.h"

static const struct joined_window ever = {DAY_NONE, DAY_NONE};

struct desk {
	struct instrument *in;
	struct facts f;
	struct report r;
	struct population *p;
};

static int
open_desk(void **state)
{
	static struct desk d;
	struct faults faults;
	char *text = load_text("content/population/example.yaml");

	memset(&d, 0, sizeof(d));
	d.in = load_instrument("content/instruments/occ-csegg.yaml");
	facts_init(&d.f, d.in, &ever, FOLK_NOW);
	faults_init(&faults, "example.yaml");
	d.p = population_parse(text, strlen(text), &faults);
	assert_non_null(d.p);
	faults_release(&faults);
	free(text);
	report_init(&d.r, "test", "Test", &ever);
	*state = &d;
	return 0;
}

static int
close_desk(void **state)
{
	struct desk *d = *state;

	report_release(&d->r);
	facts_release(&d->f);
	population_free(d->p);
	instrument_free(d->in);
	return 0;
}

static void
add(struct desk *d, enum fact_class class, const char *area, unsigned n)
{
	struct civil day = {2026, 3, 5};
	struct folk who = {class, area, "", day_from_civil(day), NULL};

	for (unsigned i = 0; i < n; i++)
		(void)folk_add(&d->f, &who);
}

static void
make(struct desk *d, const char *name)
{
	struct report_needs needs = {.population = d->p};

	report_find(name)->make(&d->f, &needs, &d->r);
}

static size_t
table_of(const struct desk *d, const char *id)
{
	size_t i = 0;

	while (i < d->r.n && strcmp(d->r.tables[i].id, id) != 0)
		i++;
	assert_true(i < d->r.n);
	return i;
}

static void
expect(const struct desk *d, const char *id, size_t row, const char *text)
{
	const struct report_table *t = &d->r.tables[table_of(d, id)];
	struct str out;

	str_init(&out);
	assert_true(row < t->nrows);
	for (size_t i = 0; i < t->ncolumns; i++) {
		str_add(&out, i > 0 ? "|" : "");
		report_cell_words(&t->cells[row * t->ncolumns + i], &out);
	}
	assert_string_equal(out.s, text);
	str_release(&out);
}

/* ---- counts ---- */

static void
each_child_is_in_one_class(void **state)
{
	struct desk *d = *state;

	add(d, CLASS_VICTIM, "Invented Borough", 6);
	add(d, CLASS_HIGH, "Invented Borough", 8);
	add(d, CLASS_POTENTIAL, "invented borough", 10);
	add(d, CLASS_NONE, "Invented Borough", 7);
	add(d, CLASS_HIGH, "Sample Town", 5);
	add(d, CLASS_NONE, "Testford", 2);
	add(d, CLASS_POTENTIAL, "", 1);
	make(d, "prevalence");
	expect(d, "area", 0, "Invented Borough|6|8|10|24");
	expect(d, "area", 1, "Sample Town|0|5|0|5");
	expect(d, "area", 2, "Testford|0|0|0|0");
	expect(d, "area", 3, "Not recorded|0|0|1|1");
	expect(d, "area", 4, "All|6|13|11|30");
	/* 6 and 18 of 41,200; 0 and 5 of 8,000. */
	expect(d, "area-rates", 0, "Invented Borough|41200|1.5|0.0|4.4|6.3");
	expect(d, "area-rates", 3, "Not recorded|-|-|-|-|-");
}

static void
months_have_no_gaps(void **state)
{
	struct desk *d = *state;
	struct civil may = {2026, 5, 31};
	struct folk who = {CLASS_HIGH, "", "", day_from_civil(may), NULL};

	add(d, CLASS_HIGH, "", 5);
	for (int i = 0; i < 6; i++)
		(void)folk_add(&d->f, &who);
	make(d, "prevalence");
	expect(d, "month", 0, "2026-03|0|5|0|5");
	expect(d, "month", 1, "2026-04|0|0|0|0");
	expect(d, "month", 2, "2026-05|0|6|0|6");
	expect(d, "month", 3, "All|0|11|0|11");
}

static void
every_count_has_its_cases(void **state)
{
	struct desk *d = *state;
	const struct report_table *t;

	add(d, CLASS_NONE, "Testford", 1);
	add(d, CLASS_HIGH, "Testford", 2);
	add(d, CLASS_VICTIM, "Testford", 1);
	make(d, "prevalence");
	t = &d->r.tables[table_of(d, "area")];
	assert_int_equal(t->cells[2].ncases, 2);
	assert_int_equal(t->cells[2].cases[0], 1);
	assert_int_equal(t->cells[2].cases[1], 2);
	assert_int_equal(t->cells[4].ncases, 3);
	assert_int_equal(t->cells[3].ncases, 0);
}

/* Two potential victims who may be one child, and then at high risk. */
static void
linkage_gives_ranges(void **state)
{
	static const uint32_t lower[] = {0, 1, 2}, upper[] = {0, 0, 2};
	struct desk *d = *state;
	struct case_facts *row;

	add(d, CLASS_POTENTIAL, "Testford", 2);
	row = &d->f.cases[1];
	answers_set(&row->part.answers, item_of(d->in, "B1"),
	    ANSWER_NOT_ASKED);
	answers_set(&row->part.answers, item_of(d->in, "B4"),
	    ANSWER_PRESENT);
	answers_set(&row->part.answers, item_of(d->in, "A1"),
	    ANSWER_PRESENT);
	add(d, CLASS_HIGH, "Testford", 1);
	facts_link(&d->f, lower, upper);
	make(d, "prevalence");
	expect(d, "area", 0, "Testford|0|1 to 2|0 to 2|2 to 3");
	expect(d, "area", 1, "All|0|1 to 2|0 to 2|2 to 3");
}

static void
a_place_counts_each_child_once(void **state)
{
	struct desk *d = *state;

	add(d, CLASS_HIGH, "Testford", 2);
	for (size_t i = 0; i < 2; i++) {
		struct case_facts *row = &d->f.cases[i];

		row->places = xcalloc(2, sizeof(*row->places));
		row->places[row->nplaces++] = fact_word(&d->f.words,
		    "Invented Arcade");
		if (i == 1)
			row->places[row->nplaces++] = fact_word(
			    &d->f.words, "Sample Park");
	}
	make(d, "hotspots");
	expect(d, "place", 0, "Invented Arcade|0|2|0|2");
	expect(d, "place", 1, "Sample Park|0|1|0|1");
	assert_int_equal(d->r.tables[table_of(d, "place")].nrows, 2);
}

static void
very_many_schools_are_put_together(void **state)
{
	struct desk *d = *state;
	char school[40];
	struct folk who = {CLASS_HIGH, "Testford", school, 20500, NULL};
	const struct report_table *t;

	for (unsigned i = 0; i < 120; i++) {
		(void)snprintf(school, sizeof(school), "School %03u", i);
		for (unsigned k = 0; k < (i == 7 ? 6 : 2); k++)
			(void)folk_add(&d->f, &who);
	}
	make(d, "hotspots");
	t = &d->r.tables[table_of(d, "school")];
	assert_int_equal(t->nrows, 3);
	expect(d, "school", 0, "School 007|0|6|0|6");
	expect(d, "school", 1, "Others, fewer than 5 children each|0|238|0|238");
}

/* ---- published ---- */

static void
a_neighbours_rate_does_not_tell_a_count(void **state)
{
	struct desk *d = *state;

	add(d, CLASS_HIGH, "Invented Borough", 40);
	add(d, CLASS_VICTIM, "Invented Borough", 20);
	add(d, CLASS_HIGH, "Sample Town", 3);
	add(d, CLASS_VICTIM, "Sample Town", 20);
	add(d, CLASS_HIGH, "Testford", 30);
	add(d, CLASS_VICTIM, "Testford", 20);
	make(d, "prevalence");
	report_publish(&d->r);
	/* Sample Town is the neighbour of Invented Borough. */
	expect(d, "area", 3, "All|60|73|0|133");
	expect(d, "area-rates", 1, "Sample Town|8000|c|c|c|c");
	assert_int_equal(d->r.tables[table_of(d, "area-rates")].cells[5].type,
	    REPORT_SUPPRESSED);
}

static void
a_small_class_is_not_published(void **state)
{
	struct desk *d = *state;

	add(d, CLASS_HIGH, "Invented Borough", 40);
	add(d, CLASS_VICTIM, "Sample Town", 3);
	add(d, CLASS_HIGH, "Sample Town", 10);
	make(d, "prevalence");
	report_publish(&d->r);
	expect(d, "area", 0, "Invented Borough|c|c|c|40");
	expect(d, "area", 2, "All|c|c|c|53");
	expect(d, "month", 1, "All|c|c|c|53");
}

static void
very_few_children_are_not_published(void **state)
{
	struct desk *d = *state;

	add(d, CLASS_HIGH, "Invented Borough", 4);
	make(d, "prevalence");
	report_publish(&d->r);
	expect(d, "area", 0, "Invented Borough|c|c|c|c");
	expect(d, "month", 1, "All|c|c|c|c");
}

/* ---- all tables together, as equations modulo a prime ---- */

#define PRIME UINT64_C(2147483647)
#define UNKNOWNS 400
#define SUMS 200

static uint64_t seed;

static uint64_t
draw(uint64_t below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed % below;
}

struct sums {
	uint64_t a[SUMS][UNKNOWNS + 1];	/* the last: what is known */
	size_t n, unknowns;
	uint64_t truth[UNKNOWNS];
	/* The totals, the same unknowns in all tables; SIZE_MAX: not yet. */
	size_t totals[5];
};

static uint64_t
inverse(uint64_t a)
{
	uint64_t out = 1, n = PRIME - 2;

	for (; n > 0; n >>= 1) {
		if (n & 1)
			out = out * a % PRIME;
		a = a * a % PRIME;
	}
	return out;
}

/* What stands at one place of the whole report: a number, or an unknown. */
static void
put(struct sums *s, size_t sum, bool minus, const struct report_cell *c,
    uint64_t truth, size_t *unknown)
{
	uint64_t by = minus ? PRIME - 1 : 1;

	if (c->type != REPORT_SUPPRESSED) {
		s->a[sum][UNKNOWNS] = (s->a[sum][UNKNOWNS] + (minus ? 1 :
		    PRIME - 1) * truth) % PRIME;
		return;
	}
	if (*unknown == SIZE_MAX) {
		assert_true(s->unknowns < UNKNOWNS);
		s->truth[s->unknowns] = truth;
		*unknown = s->unknowns++;
	}
	s->a[sum][*unknown] = (s->a[sum][*unknown] + by) % PRIME;
}

/*
 * Each row adds up to its "All", each column to its total; whole has the
 * counts before anything was hidden.
 */
static void
add_sums(struct sums *s, const struct report_table *t, const uint64_t *whole)
{
	size_t at[5], columns = s->n, row;

	s->n += 4;
	for (size_t r = 0; r < t->nrows; r++) {
		bool total = r + 1 == t->nrows;

		row = s->n++;
		assert_true(s->n <= SUMS);
		for (size_t i = 1; i < 5; i++) {
			const struct report_cell *c =
			    &t->cells[r * t->ncolumns + i];
			uint64_t n = whole[r * t->ncolumns + i];
			size_t *unknown = total ? &s->totals[i] : &at[i];

			at[i] = SIZE_MAX;
			put(s, row, i == 4, c, n, unknown);
			put(s, columns + i - 1, total, c, n, unknown);
		}
	}
}

static void
eliminate(struct sums *s)
{
	size_t row = 0;

	for (size_t u = 0; u < s->unknowns && row < s->n; u++) {
		size_t at = row;
		uint64_t turn[UNKNOWNS + 1], by;

		while (at < s->n && s->a[at][u] == 0)
			at++;
		if (at == s->n)
			continue;
		memcpy(turn, s->a[at], sizeof(turn));
		memcpy(s->a[at], s->a[row], sizeof(turn));
		by = inverse(turn[u]);
		for (size_t i = 0; i <= UNKNOWNS; i++)
			turn[i] = turn[i] * by % PRIME;
		memcpy(s->a[row], turn, sizeof(turn));
		for (size_t r = 0; r < s->n; r++) {
			uint64_t f = s->a[r][u];

			for (size_t i = 0; r != row && f != 0 &&
			    i <= UNKNOWNS; i++)
				s->a[r][i] = (s->a[r][i] + (PRIME - f) *
				    turn[i]) % PRIME;
		}
		row++;
	}
}

/* How many small counts the sums settle; all that is settled is right. */
static size_t
settled(struct sums *s)
{
	size_t found = 0;

	eliminate(s);
	for (size_t r = 0; r < s->n; r++) {
		size_t left = 0, at = 0;

		for (size_t u = 0; u < s->unknowns; u++)
			if (s->a[r][u] != 0) {
				left++;
				at = u;
			}
		if (left != 1)
			continue;
		assert_int_equal(s->a[r][UNKNOWNS], s->truth[at]);
		found += s->truth[at] > 0 &&
		    s->truth[at] < SUPPRESS_BELOW;
	}
	return found;
}

static const char *const partitions[] = {"area", "school", "month"};
static const char *const groups[] = {"sex", "ethnicity", "disability"};

/* The counts of one end before anything is hidden; owned. */
static uint64_t *
counts_of(const struct report_table *t, bool upper)
{
	uint64_t *out = xcalloc(t->nrows * t->ncolumns, sizeof(*out));

	for (size_t i = 0; i < t->nrows * t->ncolumns; i++)
		out[i] = upper ? t->cells[i].upper : t->cells[i].count;
	return out;
}

static void
draw_children(struct desk *d)
{
	static const char *const areas[] = {"Invented Borough",
		"Sample Town", "Testford", ""};
	static const char *const schools[] = {"Elm", "Oak", "Ash", "Yew",
		""};
	unsigned n = 5 + (unsigned)draw(160);
	uint32_t *upper = xcalloc(n, sizeof(*upper));
	uint32_t *lower = xcalloc(n, sizeof(*lower));
	unsigned skew = 1 + (unsigned)draw(4);

	for (unsigned i = 0; i < n; i++) {
		struct folk who = {(enum fact_class)(draw(8) % 4),
		    areas[draw(skew + 1) % 4], schools[draw(5)],
		    20400 + (int32_t)draw(200), NULL};
		struct case_facts *row = folk_add(&d->f, &who);

		row->sex = "MFFFU"[draw(5)];
		memcpy(row->ethnicity, draw(4) == 0 ? "WROM" : "WBRI", 5);
		row->disability_recorded = draw(3) != 0;
		row->disabled = row->disability_recorded && draw(6) == 0;
		row->downgraded = draw(9) == 0;
		row->closed = draw(3) == 0;
		lower[i] = i;
		upper[i] = i > 0 && draw(12) == 0 ? upper[i - 1] : i;
	}
	facts_link(&d->f, lower, upper);
	free(lower);
	free(upper);
}

/* Returns how many small counts were hidden. */
static size_t
attack(struct desk *d, const char *const *ids)
{
	uint64_t *whole[2][3];
	size_t hidden = 0;

	for (size_t p = 0; p < 3; p++)
		for (unsigned end = 0; end < 2; end++)
			whole[end][p] = counts_of(&d->r.tables[table_of(d,
			    ids[p])], end == 1);
	report_publish(&d->r);
	for (unsigned end = 0; end < 2; end++) {
		struct sums *s = xcalloc(1, sizeof(*s));

		memset(s->totals, 0xff, sizeof(s->totals));
		for (size_t p = 0; p < 3; p++) {
			add_sums(s, &d->r.tables[table_of(d,
			    ids[p])], whole[end][p]);
			free(whole[end][p]);
		}
		for (size_t u = 0; u < s->unknowns; u++)
			hidden += s->truth[u] > 0 &&
			    s->truth[u] < SUPPRESS_BELOW;
		assert_int_equal(settled(s), 0);
		free(s);
	}
	return hidden;
}

static void
no_table_gives_back_what_another_hides(void **state)
{
	static const struct {
		const char *report, *const *ids;
		size_t least;	/* hidden in all rounds, so that it is tried */
	} trials[] = {
		{"hotspots", partitions, 1000}, {"bias", groups, 1000},
		{"board", groups, 1000}, {"gaps", groups, 1000}
	};

	for (size_t i = 0; i < sizeof(trials) / sizeof(trials[0]); i++) {
		size_t hidden = 0;

		seed = 20261122;
		for (int round = 0; round < 100; round++) {
			(void)close_desk(state);
			(void)open_desk(state);
			draw_children(*state);
			make(*state, trials[i].report);
			hidden += attack(*state, trials[i].ids);
		}
		assert_true(hidden > trials[i].least);
	}
}

/* The same attack does find what tables hide that know nothing of others. */
static void
the_attacker_is_able(void **state)
{
	struct desk *d = *state;
	struct sums *s;
	size_t found = 0;

	seed = 7;
	for (int round = 0; round < 40; round++) {
		(void)close_desk(state);
		(void)open_desk(state);
		draw_children(d);
		make(d, "hotspots");
		s = xcalloc(1, sizeof(*s));
		memset(s->totals, 0xff, sizeof(s->totals));
		for (size_t p = 0; p < 3; p++) {
			struct report_table *t = &d->r.tables[table_of(d,
			    partitions[p])];
			uint64_t *whole = counts_of(t, false);

			/* Only what is small, and nothing beside it. */
			for (size_t i = 0; i < t->nrows * t->ncolumns; i++)
				if (whole[i] > 0 && whole[i] <
				    SUPPRESS_BELOW && t->cells[i].type !=
				    REPORT_TEXT)
					t->cells[i].type =
					    REPORT_SUPPRESSED;
			add_sums(s, t, whole);
			free(whole);
		}
		found += settled(s);
		free(s);
	}
	assert_true(found > 100);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_child_is_in_one_class),
		TEST(months_have_no_gaps),
		TEST(every_count_has_its_cases),
		TEST(linkage_gives_ranges),
		TEST(a_place_counts_each_child_once),
		TEST(very_many_schools_are_put_together),
		TEST(a_neighbours_rate_does_not_tell_a_count),
		TEST(a_small_class_is_not_published),
		TEST(very_few_children_are_not_published),
		TEST(no_table_gives_back_what_another_hides),
		TEST(the_attacker_is_able),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
