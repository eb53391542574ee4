/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reports of random shapes, published, against somebody who has every table
 * of one and subtracts: each row from its total, each column from its own,
 * and totals that stand in several tables are one number to them.
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

#include "core/report.h"
#include "core/xalloc.h"

#define PRIME UINT64_C(2147483647)
#define TABLES 4u
#define COLUMNS 6u		/* with the totals */
#define ROWS 40u
#define UNKNOWNS 800
#define SUMS (TABLES * (ROWS + COLUMNS + 1))

static const struct joined_window ever = {DAY_NONE, DAY_NONE};
static uint64_t seed;

static uint64_t
draw(uint64_t below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed % below;
}

/* ---- a report over the same children, parted in several ways ---- */

struct shape {
	size_t tables, classes;		/* classes: columns but the totals */
	size_t rows[TABLES];
	uint64_t counts[TABLES][ROWS][COLUMNS - 1];
};

static void
draw_shape(struct shape *s)
{
	const uint64_t children = 5 + draw(draw(2) == 0 ? 60 : 400);

	memset(s, 0, sizeof(*s));
	s->tables = 1 + draw(TABLES);
	s->classes = 1 + draw(COLUMNS - 1);
	for (size_t t = 0; t < s->tables; t++)
		s->rows[t] = 1 + draw(draw(3) == 0 ? ROWS - 1 : 8);
	for (uint64_t i = 0; i < children; i++) {
		size_t class = draw(1 + draw(s->classes));

		for (size_t t = 0; t < s->tables; t++)
			s->counts[t][draw(1 + draw(s->rows[t]))][class]++;
	}
}

static void
add_row(struct report_table *t, const char *name, const uint64_t *n,
    size_t classes)
{
	struct report_cell *row = report_row(t);
	uint64_t sum = 0;

	report_text(&row[0], name);
	for (size_t c = 0; c < classes; c++) {
		report_count(&row[1 + c], n[c]);
		sum += n[c];
	}
	if (classes > 1)
		report_count(&row[1 + classes], sum);
}

static void
add_table(struct report *r, const struct shape *s, size_t at)
{
	static const char *const heads[] = {"Row", "A", "B", "C", "D", "E",
	    "All"};
	static const bool marked[] = {false, true, true, true, true, true,
	    true};
	const size_t columns = 1 + s->classes + (s->classes > 1);
	struct report_table *t = report_table_add(r, "t", "T", heads,
	    columns);
	uint64_t totals[COLUMNS] = {0};
	char name[24];

	for (size_t i = 0; i < s->rows[at]; i++) {
		(void)snprintf(name, sizeof(name), "row %zu", i);
		add_row(t, name, s->counts[at][i], s->classes);
		for (size_t c = 0; c < s->classes; c++)
			totals[c] += s->counts[at][i][c];
	}
	add_row(t, "All", totals, s->classes);
	report_totals(t, marked, true, s->classes > 1);
	report_share_totals(t, 1);
}

static void
make(struct report *r, const struct shape *s)
{
	report_init(r, "r", "R", &ever);
	for (size_t t = 0; t < s->tables; t++)
		add_table(r, s, t);
}

/* ---- what all tables together settle ---- */

struct sums {
	uint64_t a[SUMS][UNKNOWNS];
	size_t n, unknowns;
	uint64_t truth[UNKNOWNS];
	size_t totals[COLUMNS];		/* the same in all tables */
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

/* What is shown anywhere is known everywhere. */
static bool
is_total_shown(const struct report *r, size_t column)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct report_table *t = &r->tables[i];

		if (t->cells[(t->nrows - 1) * t->ncolumns + column].type !=
		    REPORT_SUPPRESSED)
			return true;
	}
	return false;
}

static void
put(struct sums *s, size_t sum, bool minus, size_t *unknown, uint64_t truth)
{
	if (*unknown == SIZE_MAX) {
		assert_true(s->unknowns < UNKNOWNS);
		s->truth[s->unknowns] = truth;
		*unknown = s->unknowns++;
	}
	s->a[sum][*unknown] = (s->a[sum][*unknown] + (minus ? PRIME - 1 :
	    1)) % PRIME;
}

static void
add_sums(struct sums *s, const struct report *r, size_t at,
    const struct report *whole)
{
	const struct report_table *t = &r->tables[at];
	const size_t n = t->ncolumns - 1, columns = s->n;

	s->n += n;
	for (size_t row = 0; row < t->nrows; row++) {
		const bool total = row + 1 == t->nrows;
		const size_t across = s->n++;

		assert_true(s->n <= SUMS);
		for (size_t c = 0; c < n; c++) {
			const size_t i = row * t->ncolumns + 1 + c;
			size_t one = SIZE_MAX;
			size_t *unknown = total ? &s->totals[c] : &one;

			if (t->cells[i].type != REPORT_SUPPRESSED ||
			    (total && is_total_shown(r, 1 + c)))
				continue;
			if (n > 1)
				put(s, across, c == n - 1, unknown,
				    whole->tables[at].cells[i].count);
			put(s, columns + c, total, unknown,
			    whole->tables[at].cells[i].count);
		}
	}
}

static void
take_row(struct sums *s, size_t at, size_t row, size_t u)
{
	uint64_t turn[UNKNOWNS], by;

	memcpy(turn, s->a[at], sizeof(turn));
	memcpy(s->a[at], s->a[row], sizeof(turn));
	by = inverse(turn[u]);
	for (size_t i = 0; i < s->unknowns; i++)
		turn[i] = turn[i] * by % PRIME;
	memcpy(s->a[row], turn, sizeof(turn));
	for (size_t r = 0; r < s->n; r++) {
		const uint64_t f = s->a[r][u];

		for (size_t i = 0; r != row && f != 0 && i < s->unknowns; i++)
			s->a[r][i] = (s->a[r][i] + (PRIME - f) * turn[i]) %
			    PRIME;
	}
}

static size_t
reduce(struct sums *s)
{
	size_t row = 0;

	for (size_t u = 0; u < s->unknowns && row < s->n; u++) {
		size_t at = row;

		while (at < s->n && s->a[at][u] == 0)
			at++;
		if (at < s->n)
			take_row(s, at, row++, u);
	}
	return row;
}

/* What adds up to nothing, all of it on one side: no count is below 0. */
static bool
is_of_nothing(const struct sums *s, size_t row)
{
	bool any = false;

	for (size_t u = 0; u < s->unknowns; u++) {
		if (s->a[row][u] > 1 || (s->a[row][u] == 1 &&
		    s->truth[u] != 0))
			return false;
		any = any || s->a[row][u] == 1;
	}
	return any;
}

/* Then they are known; true when any was not before. */
static bool
strike_nothing(struct sums *s, size_t rows)
{
	bool more = false;

	for (size_t row = 0; row < rows; row++) {
		if (!is_of_nothing(s, row))
			continue;
		more = true;
		for (size_t u = 0; u < s->unknowns; u++)
			for (size_t i = 0; s->a[row][u] == 1 && i < s->n; i++)
				if (i != row)
					s->a[i][u] = 0;
		memset(s->a[row], 0, sizeof(s->a[row]));
	}
	return more;
}

/* How many small counts the sums settle. */
static size_t
settled(struct sums *s)
{
	size_t row, found = 0;

	while (strike_nothing(s, s->n))
		;
	do
		row = reduce(s);
	while (strike_nothing(s, row));
	for (size_t r = 0; r < row; r++) {
		size_t left = 0, at = 0;

		for (size_t u = 0; u < s->unknowns; u++)
			if (s->a[r][u] != 0) {
				left++;
				at = u;
			}
		found += left == 1 && s->truth[at] > 0 &&
		    s->truth[at] < SUPPRESS_BELOW;
	}
	return found;
}

static size_t
attack(const struct report *r, const struct report *whole)
{
	struct sums *s = xcalloc(1, sizeof(*s));
	size_t found;

	memset(s->totals, 0xff, sizeof(s->totals));
	for (size_t t = 0; t < r->n; t++)
		add_sums(s, r, t, whole);
	found = settled(s);
	free(s);
	return found;
}

static size_t
small_shown(const struct report *r)
{
	size_t n = 0;

	for (size_t t = 0; t < r->n; t++)
		for (size_t i = 0; i < r->tables[t].nrows *
		    r->tables[t].ncolumns; i++)
			n += r->tables[t].cells[i].type == REPORT_COUNT &&
			    r->tables[t].cells[i].count > 0 &&
			    r->tables[t].cells[i].count < SUPPRESS_BELOW;
	return n;
}

static size_t
hidden_in(const struct report_table *t)
{
	size_t n = 0;

	for (size_t i = 0; i < t->nrows * t->ncolumns; i++)
		n += t->cells[i].type == REPORT_SUPPRESSED;
	return n;
}

static bool
is_shown_as_nothing(const struct report_cell *c)
{
	return c->type == REPORT_COUNT && c->count == 0;
}

/* Parts that are hidden though a total beside or below them is 0. */
static size_t
hidden_parts_of_nothing(const struct report_table *t)
{
	const size_t n = t->ncolumns;
	size_t found = 0;

	for (size_t r = 0; r < t->nrows; r++)
		for (size_t c = 1; c < n; c++)
			found += t->cells[r * n + c].type ==
			    REPORT_SUPPRESSED && ((n > 2 &&
			    is_shown_as_nothing(&t->cells[(r + 1) * n - 1])) ||
			    is_shown_as_nothing(&t->cells[(t->nrows - 1) * n +
			    c]));
	return found;
}

static void
no_subtraction_gives_a_small_count_back(void **state)
{
	static struct shape s;
	size_t hidden = 0;

	(void)state;
	seed = 20261122;
	for (int round = 0; round < 600; round++) {
		struct report r, whole;

		draw_shape(&s);
		make(&r, &s);
		make(&whole, &s);
		report_publish(&r);
		assert_int_equal(small_shown(&r), 0);
		assert_int_equal(attack(&r, &whole), 0);
		for (size_t t = 0; t < r.n; t++) {
			hidden += hidden_in(&r.tables[t]);
			assert_int_equal(hidden_parts_of_nothing(
			    &r.tables[t]), 0);
		}
		report_release(&r);
		report_release(&whole);
	}
	assert_true(hidden > 10000);
}

/* With the small counts alone hidden the same attack gets some of them. */
static void
the_attacker_is_able(void **state)
{
	static struct shape s;
	size_t found = 0;

	(void)state;
	seed = 20261122;
	for (int round = 0; round < 60; round++) {
		struct report r, whole;

		draw_shape(&s);
		make(&r, &s);
		make(&whole, &s);
		for (size_t t = 0; t < r.n; t++)
			for (size_t i = 0; i < r.tables[t].nrows *
			    r.tables[t].ncolumns; i++) {
				struct report_cell *c =
				    &r.tables[t].cells[i];

				if (c->type == REPORT_COUNT && c->count > 0 &&
				    c->count < SUPPRESS_BELOW)
					report_hide(c);
			}
		found += attack(&r, &whole);
		report_release(&r);
		report_release(&whole);
	}
	assert_true(found > 100);
}

/* ---- tables by quarter, whose rows have the same totals ---- */

#define QUARTERS 12u
#define LEVELS 5u
#define EVENTS_MAX 200u

/* Three months and the quarter; the levels and the quarter. */
struct quarters {
	size_t n;
	uint64_t by[2][QUARTERS][LEVELS];
};

static void
draw_quarters(struct quarters *q)
{
	const uint64_t events = draw(EVENTS_MAX);

	memset(q, 0, sizeof(*q));
	q->n = 1 + draw(QUARTERS);
	for (uint64_t i = 0; i < events; i++) {
		size_t at = draw(1 + draw(q->n));

		q->by[0][at][draw(3)]++;
		q->by[1][at][draw(1 + draw(LEVELS))]++;
	}
}

static void
add_quarters(struct report *r, const struct quarters *q, size_t which)
{
	static const char *const heads[] = {"Quarter", "A", "B", "C", "D",
	    "E", "All"};
	static const bool marked[] = {false, true, true, true, true, true,
	    true};
	const size_t n = which == 0 ? 3 : LEVELS;
	struct report_table *t = report_table_add(r, "t", "T", heads, n + 2);
	uint64_t totals[LEVELS] = {0};

	for (size_t i = 0; i < q->n; i++) {
		add_row(t, "a quarter", q->by[which][i], n);
		for (size_t c = 0; c < n; c++)
			totals[c] += q->by[which][i][c];
	}
	add_row(t, "All", totals, n);
	report_by_rows(t, marked, true, true);
}

static void
make_quarters(struct report *r, const struct quarters *q)
{
	report_init(r, "r", "R", &ever);
	add_quarters(r, q, 0);
	add_quarters(r, q, 1);
}

static bool
is_row_shown(const struct report *r, size_t row)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct report_table *t = &r->tables[i];

		if (t->cells[(row + 1) * t->ncolumns - 1].type !=
		    REPORT_SUPPRESSED)
			return true;
	}
	return false;
}

/* Totals of rows are one unknown in both tables. */
static void
add_quarter_sums(struct sums *s, const struct report *r, size_t at,
    const struct report *whole, size_t *rows)
{
	const struct report_table *t = &r->tables[at];
	const size_t n = t->ncolumns - 1, columns = s->n;

	s->n += n;
	for (size_t row = 0; row < t->nrows; row++) {
		const bool total = row + 1 == t->nrows;
		const size_t across = s->n++;

		for (size_t c = 0; c < n; c++) {
			const size_t i = row * t->ncolumns + 1 + c;
			const uint64_t truth =
			    whole->tables[at].cells[i].count;
			size_t one = SIZE_MAX;
			size_t *unknown = c == n - 1 ? &rows[row] : &one;

			if (t->cells[i].type != REPORT_SUPPRESSED ||
			    (c == n - 1 && is_row_shown(r, row)))
				continue;
			put(s, across, c == n - 1, unknown, truth);
			put(s, columns + c, total, unknown, truth);
		}
	}
}

static size_t
attack_quarters(const struct report *r, const struct report *whole)
{
	struct sums *s = xcalloc(1, sizeof(*s));
	size_t rows[QUARTERS + 1], found;

	memset(rows, 0xff, sizeof(rows));
	for (size_t t = 0; t < r->n; t++)
		add_quarter_sums(s, r, t, whole, rows);
	found = settled(s);
	free(s);
	return found;
}

static void
no_quarter_gives_a_month_or_a_level_back(void **state)
{
	static struct quarters q;
	size_t hidden = 0;

	(void)state;
	seed = 20261123;
	for (int round = 0; round < 2000; round++) {
		struct report r, whole;

		draw_quarters(&q);
		make_quarters(&r, &q);
		make_quarters(&whole, &q);
		report_publish(&r);
		assert_int_equal(small_shown(&r), 0);
		assert_int_equal(attack_quarters(&r, &whole), 0);
		hidden += hidden_in(&r.tables[0]) + hidden_in(&r.tables[1]);
		assert_int_equal(hidden_parts_of_nothing(&r.tables[0]) +
		    hidden_parts_of_nothing(&r.tables[1]), 0);
		report_release(&r);
		report_release(&whole);
	}
	assert_true(hidden > 10000);
}

/* A sum of nothing settles its parts, and these leave the small one alone. */
static void
the_attacker_knows_that_nothing_is_below_nothing(void **state)
{
	struct sums *s = xcalloc(1, sizeof(*s));

	(void)state;
	/* a + b = 0; a + b + x + y = 3 + 0; y + b = 0. */
	s->unknowns = 4;
	s->n = 3;
	s->truth[2] = 3;
	s->a[0][0] = s->a[0][1] = 1;
	s->a[1][0] = s->a[1][1] = s->a[1][2] = s->a[1][3] = 1;
	s->a[2][1] = s->a[2][3] = 1;
	assert_int_equal(settled(s), 1);
	free(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_subtraction_gives_a_small_count_back),
		cmocka_unit_test(the_attacker_is_able),
		cmocka_unit_test(no_quarter_gives_a_month_or_a_level_back),
		cmocka_unit_test(
		    the_attacker_knows_that_nothing_is_below_nothing),
	};

	return cmocka_run_group_tests_name("publish", tests, NULL, NULL);
}
