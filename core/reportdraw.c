/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/reportdraw.h"

#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "core/xalloc.h"

#define GAP 2
#define BAR_MIN 8
#define BAR_MAX 24
#define LABEL_MIN 10	/* the first column is wrapped, but never narrower */
#define LABEL_BAR 24	/* nor narrower than this to make room for a bar */
#define HEAD_MAX 40

/* ---- bars and sparklines ---- */

/* Eighths of a column, the seventh last. */
static const char *const eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
static const char *const heights[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
static const char *const ascii_heights[] = {"_", ".", ":", "-", "=", "+", "*",
    "#"};
#define HEIGHTS 8u

void
draw_bar(struct str *out, uint64_t part, uint64_t whole, int columns,
    bool ascii)
{
	uint64_t eight, room = (uint64_t)columns * 8;
	int used;

	eight = whole == 0 ? 0 : part >= whole ? room :
	    (uint64_t)((double)part / (double)whole * (double)room);
	/* What is there is seen. */
	if (part > 0 && eight == 0)
		eight = 1;
	if (ascii)
		eight = (eight + 7) / 8 * 8;
	used = (int)(eight / 8);
	for (int i = 0; i < used; i++)
		str_add(out, ascii ? "#" : "█");
	str_add(out, eighths[eight % 8]);
	for (used += eight % 8 != 0; used < columns; used++)
		str_add_char(out, ' ');
}

void
draw_spark(struct str *out, const uint64_t *n, size_t count, bool ascii)
{
	uint64_t most = 0;

	for (size_t i = 0; i < count; i++)
		if (n[i] != SPARK_HIDDEN && n[i] > most)
			most = n[i];
	for (size_t i = 0; i < count; i++) {
		uint64_t h;

		if (n[i] == SPARK_HIDDEN) {
			str_add_char(out, 'c');
			continue;
		}
		h = most == 0 ? 0 : n[i] * (HEIGHTS - 1) / most;
		str_add(out, ascii ? ascii_heights[h] : heights[h]);
	}
}

/* ---- columns ---- */

struct grid {
	const struct report_table *t;
	const struct report_draw *d;
	char **words;		/* of each cell; owned */
	int *widths;		/* of each column; owned */
	int bar;		/* columns of the bar; 0: none */
	uint64_t most;		/* the longest bar */
};

static const struct report_cell *
cell_at(const struct report_table *t, size_t row, size_t column)
{
	return &t->cells[row * t->ncolumns + column];
}

static bool
is_number(const struct report_cell *c)
{
	return c->type == REPORT_COUNT || c->type == REPORT_RANGE ||
	    c->type == REPORT_RATE || c->type == REPORT_SHARE;
}

static uint64_t
number_of(const struct report_cell *c)
{
	const uint64_t n = c->count > c->upper ? c->count : c->upper;

	if (c->type == REPORT_RATE || c->type == REPORT_SHARE)
		return c->of == 0 ? 0 : n * 100000 / c->of;
	return n;
}

static int
width_of(const char *s)
{
	return utf8_columns(s, strlen(s));
}

static int
all_widths(const struct grid *g)
{
	int sum = 0;

	for (size_t i = 0; i < g->t->ncolumns; i++)
		sum += g->widths[i] + GAP;
	return sum - GAP;
}

static void
find_bar(struct grid *g)
{
	const struct report_table *t = g->t;
	int room = g->d->columns - all_widths(g) - GAP;
	size_t rows = t->nrows - (t->total_row && t->nrows > 0);

	if (t->chart >= t->ncolumns || room < BAR_MIN || rows < 2)
		return;
	for (size_t r = 0; r < rows; r++) {
		const struct report_cell *c = cell_at(t, r, t->chart);

		if (is_number(c) && number_of(c) > g->most)
			g->most = number_of(c);
	}
	if (g->most > 0)
		g->bar = room > BAR_MAX ? BAR_MAX : room;
}

/* Where all is too wide, the words of the first column take more lines. */
static void
fit_label(struct grid *g)
{
	const int over = all_widths(g) - g->d->columns;
	const int bar = over + GAP + BAR_MIN;

	if (g->t->chart < g->t->ncolumns && bar > 0 &&
	    g->widths[0] - bar >= LABEL_BAR)
		g->widths[0] -= bar;
	else if (over > 0 && g->widths[0] - over >= LABEL_MIN)
		g->widths[0] -= over;
}

static size_t
lines_of(const char *words, int columns)
{
	const size_t len = strlen(words);
	size_t lines = 0;

	for (size_t at = 0; at < len; lines++)
		at += utf8_wrap(words + at, len - at,
		    columns > 0 ? columns : 1);
	return lines;
}

/* Room that is left goes, column by column, to the head of most lines. */
static void
widen_heads(struct grid *g)
{
	const int bar = g->t->chart < g->t->ncolumns ? GAP + BAR_MIN : 0;

	for (int room = g->d->columns - all_widths(g) - bar; room > 0;
	    room--) {
		size_t most = 1, at = 0;

		for (size_t i = 0; i < g->t->ncolumns; i++) {
			const size_t n = lines_of(g->t->heads[i],
			    g->widths[i]);

			if (n > most) {
				most = n;
				at = i;
			}
		}
		if (most == 1)
			return;
		g->widths[at]++;
	}
}

/* The longest piece of a head that has to stay on one line. */
static int
head_width(const char *head)
{
	const size_t len = strlen(head);
	int most = 0;
	size_t n;

	for (size_t at = 0; at < len; at += n) {
		size_t end;
		int width;

		n = utf8_wrap(head + at, len - at, 1);
		/* Words longer than a line are cut: look for the next break. */
		for (int room = 2; room < HEAD_MAX; room++) {
			end = utf8_wrap(head + at, len - at, room);
			n = end > n ? end : n;
			if (n >= len - at || strchr(" -", head[at + n - 1]) !=
			    NULL)
				break;
		}
		width = utf8_columns(head + at, n -
		    (head[at + n - 1] == ' '));
		most = width > most ? width : most;
	}
	return most;
}

static void
grid_begin(struct grid *g, const struct report_table *t,
    const struct report_draw *d)
{
	struct str words;

	*g = (struct grid){.t = t, .d = d};
	g->words = xcalloc(t->nrows * t->ncolumns + 1, sizeof(*g->words));
	g->widths = xcalloc(t->ncolumns + 1, sizeof(*g->widths));
	for (size_t i = 0; i < t->ncolumns; i++)
		g->widths[i] = head_width(t->heads[i]);
	str_init(&words);
	for (size_t i = 0; i < t->nrows * t->ncolumns; i++) {
		int *width = &g->widths[i % t->ncolumns], n;

		str_clear(&words);
		report_cell_words(&t->cells[i], &words);
		g->words[i] = xstrdup(words.s);
		n = width_of(words.s);
		if (n > *width)
			*width = n;
	}
	str_release(&words);
	fit_label(g);
	widen_heads(g);
	find_bar(g);
}

static void
grid_end(struct grid *g)
{
	for (size_t i = 0; i < g->t->nrows * g->t->ncolumns; i++)
		free(g->words[i]);
	free(g->words);
	free(g->widths);
}

/* A column is right-aligned unless something in it is text. */
static bool
is_left(const struct report_table *t, size_t column)
{
	bool any = false;

	if (column == 0)
		return true;
	for (size_t r = 0; r < t->nrows; r++)
		any = any || cell_at(t, r, column)->type == REPORT_TEXT;
	return any;
}

static void
blanks(struct str *out, int n)
{
	for (; n > 0; n--)
		str_add_char(out, ' ');
}

static void
end_line(struct str *out)
{
	while (out->len > 0 && out->s[out->len - 1] == ' ')
		str_splice(out, out->len - 1, 1, "", 0);
	str_add_char(out, '\n');
}

/* A piece of at most the column's width, and what goes before it. */
static void
add_cell(const struct grid *g, size_t column, const char *words, size_t n,
    struct str *out)
{
	const int room = g->widths[column] - utf8_columns(words, n);
	const bool left = is_left(g->t, column);

	if (column > 0)
		blanks(out, GAP);
	if (!left)
		blanks(out, room);
	utf8_visible(out, words, n, false);
	if (left)
		blanks(out, room);
}

/* Bytes of the next line of a cell, and without the blanks that end it. */
static size_t
next_line(const struct grid *g, size_t column, const char *words, size_t *n)
{
	const size_t all = utf8_wrap(words, strlen(words),
	    g->widths[column] > 0 ? g->widths[column] : 1);

	for (*n = all; *n > 0 && words[*n - 1] == ' ';)
		--*n;
	return all;
}

/* One line of each cell; rest[i] goes on to what is left. */
static bool
add_line(const struct grid *g, const char **rest, struct str *out)
{
	bool more = false;

	for (size_t i = 0; i < g->t->ncolumns; i++) {
		size_t n, all = next_line(g, i, rest[i], &n);

		add_cell(g, i, rest[i], n, out);
		rest[i] += all;
		more = more || *rest[i] != '\0';
	}
	return more;
}

static void
add_bar(const struct grid *g, size_t row, struct str *out)
{
	const struct report_table *t = g->t;
	const struct report_cell *c = g->bar > 0 &&
	    (!t->total_row || row + 1 < t->nrows) ?
	    cell_at(t, row, t->chart) : NULL;

	if (c == NULL || !is_number(c))
		return;
	blanks(out, GAP);
	draw_bar(out, number_of(c), g->most, g->bar, g->d->ascii);
}

static void
add_columns(const struct grid *g, struct str *out)
{
	const size_t n = g->t->ncolumns;
	const char **rest = xcalloc(n, sizeof(*rest));
	bool more = true;

	for (size_t i = 0; i < n; i++)
		rest[i] = g->t->heads[i];
	for (; more; end_line(out))
		more = add_line(g, rest, out);
	for (size_t r = 0; r < g->t->nrows; r++) {
		for (size_t i = 0; i < n; i++)
			rest[i] = g->words[r * n + i];
		more = add_line(g, rest, out);
		add_bar(g, r, out);
		end_line(out);
		for (; more; end_line(out))
			more = add_line(g, rest, out);
	}
	free(rest);
}

/* ---- what is too wide for columns ---- */

static void
add_wrapped(struct str *out, const char *text, int indent, int columns)
{
	struct str seen;
	size_t n;

	str_init(&seen);
	utf8_visible(&seen, text, strlen(text), false);
	for (size_t at = 0; at < seen.len; at += n) {
		n = utf8_wrap(seen.s + at, seen.len - at, columns - indent);
		blanks(out, indent);
		str_add_n(out, seen.s + at, n);
		end_line(out);
	}
	str_release(&seen);
}

static void
add_by_rows(const struct grid *g, struct str *out)
{
	const struct report_table *t = g->t;
	struct str line;

	str_init(&line);
	for (size_t r = 0; r < t->nrows; r++) {
		add_wrapped(out, g->words[r * t->ncolumns], 0, g->d->columns);
		for (size_t i = 1; i < t->ncolumns; i++) {
			const char *words = g->words[r * t->ncolumns + i];

			if (words[0] == '\0')
				continue;
			str_clear(&line);
			str_add_fmt(&line, "%s: ", t->heads[i]);
			str_add(&line, words);
			add_wrapped(out, line.s, 4, g->d->columns);
		}
	}
	str_release(&line);
}

/* ---- months ---- */

static void
add_months(const struct report_table *t, bool ascii, struct str *out)
{
	const size_t rows = t->nrows - (t->total_row && t->nrows > 0);
	const size_t last = t->ncolumns - t->total_column;
	uint64_t *n = xcalloc(rows * t->ncolumns + 1, sizeof(*n));
	size_t count = 0;

	for (size_t r = 0; r < rows; r++) {
		for (size_t i = 0; i < last; i++) {
			const struct report_cell *c = cell_at(t, r, i);

			if (t->marked[i])
				n[count++] = is_number(c) ? number_of(c) :
				    SPARK_HIDDEN;
		}
	}
	str_add(out, "Month by month: ");
	draw_spark(out, n, count, ascii);
	end_line(out);
	free(n);
}

/* ---- the whole ---- */

void
report_draw_table(const struct report_table *t, const struct report_draw *d,
    struct str *out)
{
	struct grid g;

	str_add(out, "\n");
	add_wrapped(out, t->title, 0, d->columns);
	if (t->nrows == 0) {
		str_add(out, "Nothing to count.\n");
	} else {
		grid_begin(&g, t, d);
		if (all_widths(&g) <= d->columns)
			add_columns(&g, out);
		else
			add_by_rows(&g, out);
		grid_end(&g);
	}
	if (t->months && t->nrows > 0)
		add_months(t, d->ascii, out);
	if (t->note[0] != '\0')
		add_wrapped(out, t->note, 4, d->columns);
}

void
report_draw(const struct report *r, const struct report_draw *d,
    struct str *out)
{
	struct str words;

	add_wrapped(out, r->title, 0, d->columns);
	str_init(&words);
	if (!r->no_cases)
		report_window_words(&r->window, &words);
	if (r->whole)
		str_add(&words, " Whole: nothing is suppressed; not for "
		    "publication.");
	else if (!r->personal && !r->no_cases)
		str_add(&words, " \"c\": not shown, because it is under 5 or "
		    "would tell a count that is.");
	add_wrapped(out, words.s, 0, d->columns);
	str_release(&words);
	if (d->made != NULL)
		add_wrapped(out, d->made, 0, d->columns);
	for (size_t i = 0; i < r->n; i++)
		report_draw_table(&r->tables[i], d, out);
}
