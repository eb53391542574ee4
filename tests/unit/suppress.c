/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Suppression, against somebody who has the published table and tries to work
 * out what is not in it: by subtracting from totals, by solving the sums as
 * equations, and by trying every table that fits.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/suppress.h"

#define SIDE 12
#define CELLS ((SIDE + 1) * (SIDE + 1))
#define PRIME UINT64_C(2147483647)

static uint64_t seed;

static uint64_t
draw(uint64_t below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed % below;
}

/* What is published: a table with its totals, and which of it is shown. */
struct page {
	size_t rows, columns;
	uint64_t count[SIDE + 1][SIDE + 1];	/* the last: totals */
	bool known[SIDE + 1][SIDE + 1];
	enum cell_state state[SIDE + 1][SIDE + 1];
};

static void
add_up(struct page *p)
{
	for (size_t r = 0; r < p->rows; r++)
		for (size_t c = 0; c < p->columns; c++) {
			p->count[r][p->columns] += p->count[r][c];
			p->count[p->rows][c] += p->count[r][c];
			p->count[p->rows][p->columns] += p->count[r][c];
		}
}

static void
publish(struct page *p, const struct suppressed *s,
    const struct count_table *t)
{
	size_t R = p->rows, C = p->columns;

	for (size_t r = 0; r < R; r++)
		for (size_t c = 0; c < C; c++)
			p->state[r][c] = s->cells[r * C + c];
	for (size_t r = 0; r < R; r++)
		p->state[r][C] = s->row_total[r];
	for (size_t c = 0; c < C; c++)
		p->state[R][c] = s->column_total[c];
	p->state[R][C] = s->grand_total;
	for (size_t r = 0; r <= R; r++)
		for (size_t c = 0; c <= C; c++)
			p->known[r][c] = p->state[r][c] == CELL_SHOWN &&
			    (r < R || c < C || t->grand_total) &&
			    (r < R || c == C || t->column_totals) &&
			    (r == R || c < C || t->row_totals);
}

/* ---- by subtraction: a sum in which one thing is missing ---- */

static bool
fill_line(struct page *p, size_t fixed, bool is_row)
{
	size_t n = is_row ? p->columns : p->rows, missing = 0, at = 0;

	for (size_t i = 0; i <= n; i++) {
		size_t r = is_row ? fixed : i, c = is_row ? i : fixed;

		if (!p->known[r][c]) {
			missing++;
			at = i;
		}
	}
	if (missing != 1)
		return false;
	p->known[is_row ? fixed : at][is_row ? at : fixed] = true;
	return true;
}

static void
subtract(struct page *p)
{
	bool more;

	do {
		more = false;
		for (size_t r = 0; r <= p->rows; r++)
			more |= fill_line(p, r, true);
		for (size_t c = 0; c <= p->columns; c++)
			more |= fill_line(p, c, false);
	} while (more);
}

/* ---- as equations, modulo a prime ---- */

static uint64_t
inverse(uint64_t a)
{
	uint64_t out = 1, base = a, n = PRIME - 2;

	for (; n > 0; n >>= 1) {
		if (n & 1)
			out = out * base % PRIME;
		base = base * base % PRIME;
	}
	return out;
}

struct sums {
	uint64_t a[2 * SIDE + 2][CELLS];
	size_t n, unknowns;
	size_t index[SIDE + 1][SIDE + 1];
};

static void
add_sum(struct sums *s, const struct page *p, size_t fixed, bool is_row)
{
	size_t n = is_row ? p->columns : p->rows;

	for (size_t i = 0; i <= n; i++) {
		size_t r = is_row ? fixed : i, c = is_row ? i : fixed;

		if (!p->known[r][c])
			s->a[s->n][s->index[r][c]] = i == n ? PRIME - 1 : 1;
	}
	s->n++;
}

static void
eliminate(struct sums *s)
{
	size_t row = 0;

	for (size_t u = 0; u < s->unknowns && row < s->n; u++) {
		size_t at = row;
		uint64_t turn[CELLS], by;

		while (at < s->n && s->a[at][u] == 0)
			at++;
		if (at == s->n)
			continue;
		memcpy(turn, s->a[at], sizeof(turn));
		memcpy(s->a[at], s->a[row], sizeof(turn));
		by = inverse(turn[u]);
		for (size_t i = 0; i < s->unknowns; i++)
			turn[i] = turn[i] * by % PRIME;
		memcpy(s->a[row], turn, sizeof(turn));
		for (size_t r = 0; r < s->n; r++) {
			uint64_t f = s->a[r][u];

			for (size_t i = 0; r != row && i < s->unknowns; i++)
				s->a[r][i] = (s->a[r][i] + (PRIME - f) *
				    turn[i]) % PRIME;
		}
		row++;
	}
}

/* Marks as known what the sums settle. */
static void
solve(struct page *p)
{
	struct sums s = {.n = 0};

	for (size_t r = 0; r <= p->rows; r++)
		for (size_t c = 0; c <= p->columns; c++)
			if (!p->known[r][c])
				s.index[r][c] = s.unknowns++;
	for (size_t r = 0; r <= p->rows; r++)
		add_sum(&s, p, r, true);
	for (size_t c = 0; c <= p->columns; c++)
		add_sum(&s, p, c, false);
	eliminate(&s);
	for (size_t i = 0; i < s.n; i++) {
		size_t left = 0, at = 0;

		for (size_t u = 0; u < s.unknowns; u++)
			if (s.a[i][u] != 0) {
				left++;
				at = u;
			}
		if (left != 1)
			continue;
		for (size_t r = 0; r <= p->rows; r++)
			for (size_t c = 0; c <= p->columns; c++)
				if (p->state[r][c] != CELL_SHOWN &&
				    !p->known[r][c] && s.index[r][c] == at)
					p->known[r][c] = true;
	}
}

/* ---- the tests ---- */

static void
nothing_small_is_known(const struct page *p)
{
	for (size_t r = 0; r <= p->rows; r++)
		for (size_t c = 0; c <= p->columns; c++)
			if (p->state[r][c] == CELL_SMALL)
				assert_false(p->known[r][c]);
}

static void
attack(const struct page *p)
{
	struct page mine = *p;

	subtract(&mine);
	nothing_small_is_known(&mine);
	mine = *p;
	solve(&mine);
	nothing_small_is_known(&mine);
}

static void
try_page(struct page *p, const struct count_table *t)
{
	struct suppressed s;
	uint64_t least, most;

	suppress(t, &s);
	publish(p, &s, t);
	for (size_t r = 0; r < p->rows; r++)
		for (size_t c = 0; c < p->columns; c++) {
			uint64_t v = p->count[r][c];

			assert_int_equal(p->state[r][c] == CELL_SMALL,
			    v > 0 && v < SUPPRESS_BELOW);
			suppress_bounds(t, &s, r, c, &least, &most);
			assert_true(least <= v && v <= most);
			if (p->state[r][c] == CELL_SMALL)
				assert_true(most - least >= SUPPRESS_BELOW);
		}
	attack(p);
	suppressed_release(&s);
}

static void
any_table_holds(void **state)
{
	(void)state;
	seed = 20121126;
	for (int round = 0; round < 4000; round++) {
		struct page p = {.rows = 1 + draw(SIDE),
		    .columns = 1 + draw(SIDE)};
		uint64_t counts[SIDE * SIDE];
		uint64_t high = draw(3) == 0 ? 5 : 40;
		unsigned which = round % 4 == 0 ? (unsigned)draw(8) : 7;
		struct count_table t = {p.rows, p.columns, counts,
		    (which & 1) != 0, (which & 2) != 0, (which & 4) != 0,
		    false};

		for (size_t i = 0; i < p.rows * p.columns; i++) {
			counts[i] = draw(high);
			p.count[i / p.columns][i % p.columns] = counts[i];
		}
		add_up(&p);
		try_page(&p, &t);
	}
}

/* The one small count of a column would be its total less the others. */
static void
one_small_count_takes_others_with_it(void **state)
{
	static const uint64_t counts[] = {12, 30, 3, 25, 18, 40, 9, 11, 14};
	struct count_table t = {3, 3, counts, true, true, true, false};
	struct suppressed s;
	size_t hidden = 0;

	(void)state;
	suppress(&t, &s);
	assert_int_equal(s.cells[2], CELL_SMALL);
	for (size_t i = 0; i < 9; i++)
		hidden += s.cells[i] == CELL_SECONDARY;
	/* A way back round it has three more, the cheapest: 12, 9 and 14. */
	assert_int_equal(hidden, 3);
	assert_int_equal(s.cells[0], CELL_SECONDARY);
	assert_int_equal(s.cells[6], CELL_SECONDARY);
	assert_int_equal(s.cells[8], CELL_SECONDARY);
	assert_int_equal(s.grand_total, CELL_SHOWN);
	suppressed_release(&s);
}

static void
nothing_small_nothing_hidden(void **state)
{
	static const uint64_t counts[] = {5, 0, 12, 7, 100, 0};
	struct count_table t = {2, 3, counts, true, true, true, false};
	struct suppressed s;

	(void)state;
	suppress(&t, &s);
	for (size_t i = 0; i < 6; i++)
		assert_int_equal(s.cells[i], CELL_SHOWN);
	suppressed_release(&s);
}

/* Without published totals nothing can be subtracted from anything. */
static void
without_totals_only_the_small(void **state)
{
	static const uint64_t counts[] = {5, 1, 12, 7, 100, 4};
	struct count_table t = {2, 3, counts, false, false, false, false};
	struct suppressed s;

	(void)state;
	suppress(&t, &s);
	for (size_t i = 0; i < 6; i++)
		assert_int_equal(s.cells[i], counts[i] < 5 ? CELL_SMALL :
		    CELL_SHOWN);
	suppressed_release(&s);
}

static void
a_small_total_goes_too(void **state)
{
	static const uint64_t counts[] = {1, 2, 0, 0};
	struct count_table t = {2, 2, counts, true, true, true, false};
	struct suppressed s;

	(void)state;
	suppress(&t, &s);
	assert_int_equal(s.row_total[0], CELL_SMALL);
	assert_int_equal(s.grand_total, CELL_SMALL);
	suppressed_release(&s);
}

/*
 * Totals that other tables show, too, stay, and what they leave open is as
 * wide as without; also where it takes several counts to make it so.
 */
static void
totals_known_from_elsewhere_stay(void **state)
{
	(void)state;
	seed = 20261122;
	for (int round = 0; round < 2000; round++) {
		struct page p = {.rows = 2 + draw(SIDE - 1),
		    .columns = 1 + draw(SIDE)};
		uint64_t counts[SIDE * SIDE];
		struct count_table t = {p.rows, p.columns, counts, true, true,
		    true, true};
		struct suppressed s;

		for (size_t i = 0; i < p.rows * p.columns; i++) {
			counts[i] = draw(3) == 0 ? draw(30) : draw(5);
			p.count[i / p.columns][i % p.columns] = counts[i];
		}
		/* No column may be small in all. */
		for (size_t c = 0; c < p.columns; c++) {
			uint64_t sum = 0;

			for (size_t r = 0; r < p.rows; r++)
				sum += counts[r * p.columns + c];
			if (sum > 0 && sum < SUPPRESS_BELOW) {
				counts[c] += SUPPRESS_BELOW;
				p.count[0][c] = counts[c];
			}
		}
		add_up(&p);
		suppress(&t, &s);
		for (size_t c = 0; c < p.columns; c++)
			assert_int_equal(s.column_total[c], CELL_SHOWN);
		assert_int_equal(s.grand_total, CELL_SHOWN);
		suppressed_release(&s);
		try_page(&p, &t);
	}
}

/* The attacker of these tests does find what is not protected. */
static void
the_attacker_is_able(void **state)
{
	struct page p = {.rows = 2, .columns = 2,
	    .count = {{3, 20}, {30, 40}}};

	(void)state;
	add_up(&p);
	memset(p.known, true, sizeof(p.known));
	p.known[0][0] = false;
	p.state[0][0] = CELL_SMALL;
	subtract(&p);
	assert_true(p.known[0][0]);
	p.known[0][0] = false;
	solve(&p);
	assert_true(p.known[0][0]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_table_holds),
		cmocka_unit_test(one_small_count_takes_others_with_it),
		cmocka_unit_test(nothing_small_nothing_hidden),
		cmocka_unit_test(without_totals_only_the_small),
		cmocka_unit_test(a_small_total_goes_too),
		cmocka_unit_test(totals_known_from_elsewhere_stay),
		cmocka_unit_test(the_attacker_is_able),
	};

	return cmocka_run_group_tests_name("suppress", tests, NULL, NULL);
}
