/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A paper as plain text.  A part is told by what stands before its lines; a
 * table is laid out by its longest words and the shares that its maker gave.
 */
#include "config.h"

#include "core/paper.h"

#include <string.h>

#include "core/utf8.h"

#define COLUMNS_LEAST 40
#define WORD_MOST 24		/* a longer word may be cut in a table */
#define LABEL_COLUMNS 24
#define GAP 2			/* between two columns of a table */

struct writer {
	const struct paper *p;
	struct str *out;
	int columns;
};

static void
add_times(struct str *out, char c, int n)
{
	while (n-- > 0)
		str_add_char(out, c);
}

static void
trim_end(struct str *out)
{
	while (out->len > 0 && out->s[out->len - 1] == ' ')
		str_splice(out, out->len - 1, 1, "", 0);
}

static void
end_line(struct str *out)
{
	trim_end(out);
	str_add_char(out, '\n');
}

static void
blank_line(struct str *out)
{
	size_t n = out->len;

	if (n > 0 && !(out->s[n - 1] == '\n' && (n == 1 ||
	    out->s[n - 2] == '\n')))
		str_add_char(out, '\n');
}

/* Bytes of the line at s that are shown: no spaces or newline at its end. */
static size_t
shown(const char *s, size_t n)
{
	while (n > 0 && (s[n - 1] == ' ' || s[n - 1] == '\n'))
		n--;
	return n;
}

/*
 * Wraps text; `first` stands before its first line, as many spaces before
 * those that follow.
 */
static void
add_wrapped(const struct writer *w, const char *first, const char *text)
{
	const int indent = utf8_columns(first, strlen(first));
	struct str seen;
	size_t n;

	str_init(&seen);
	paper_visible(&seen, text);
	str_add(w->out, first);
	for (size_t at = 0; at < seen.len; at += n) {
		n = utf8_wrap(seen.s + at, seen.len - at, w->columns - indent);
		if (at > 0)
			add_times(w->out, ' ', indent);
		str_add_n(w->out, seen.s + at, shown(seen.s + at, n));
		end_line(w->out);
	}
	if (seen.len == 0)
		end_line(w->out);
	str_release(&seen);
}

static void
add_underlined(const struct writer *w, const char *text, char line)
{
	const size_t begin = w->out->len;
	int widest = 0;

	add_wrapped(w, "", text);
	for (size_t at = begin; at < w->out->len;) {
		size_t n = strcspn(w->out->s + at, "\n");
		int columns = utf8_columns(w->out->s + at, n);

		widest = columns > widest ? columns : widest;
		at += n + 1;
	}
	add_times(w->out, line, widest);
	str_add_char(w->out, '\n');
}

/* The label in a column of its own where it and the text have room. */
static void
add_field(const struct writer *w, const char *label, const char *text)
{
	struct str first;
	int n;

	str_init(&first);
	utf8_visible(&first, label, strlen(label), false);
	n = utf8_columns(first.s, first.len);
	if (n == 0) {
		add_wrapped(w, "    ", text);
	} else if (n + GAP > LABEL_COLUMNS || w->columns < 3 * LABEL_COLUMNS) {
		str_add_char(&first, ':');
		add_wrapped(w, "", first.s);
		add_wrapped(w, "    ", text);
	} else {
		add_times(&first, ' ', LABEL_COLUMNS - n);
		add_wrapped(w, first.s, text);
	}
	str_release(&first);
}

/* ---- tables ---- */

struct layout {
	const struct paper_block *head;
	const struct paper_block *rows;
	size_t nrows;
	int width[PAPER_COLUMNS_MAX];
	size_t n;
};

/* The columns of the longest word, at most WORD_MOST, and of all of it. */
static void
measure(const char *cell, int *word, int *whole)
{
	struct str seen;
	int columns;

	str_init(&seen);
	paper_visible(&seen, cell);
	for (size_t at = 0; at < seen.len;) {
		size_t n = strcspn(seen.s + at, " \n");

		columns = utf8_columns(seen.s + at, n);
		columns = columns < WORD_MOST ? columns : WORD_MOST;
		*word = columns > *word ? columns : *word;
		at += n;
		at += at < seen.len;
	}
	columns = utf8_columns(seen.s, seen.len);
	*whole = columns > *whole ? columns : *whole;
	str_release(&seen);
}

static const char *
cell_of(const struct paper_block *b, size_t i)
{
	return i < b->ncells ? b->cells[i] : "";
}

/*
 * Each column has what its longest word needs; the rest goes where it brings
 * a column nearest to its share.  False when the words do not fit.
 */
static bool
lay_out(struct layout *l, int columns)
{
	int whole[PAPER_COLUMNS_MAX] = {0};
	int left = columns - GAP * ((int)l->n - 1);

	for (size_t i = 0; i < l->n; i++) {
		l->width[i] = 2;
		measure(cell_of(l->head, i), &l->width[i], &whole[i]);
		for (size_t r = 0; r < l->nrows; r++)
			measure(cell_of(&l->rows[r], i), &l->width[i],
			    &whole[i]);
		left -= l->width[i];
	}
	for (bool grew = left > 0; left > 0 && grew; left -= grew) {
		size_t best = l->n;

		for (size_t i = 0; i < l->n; i++)
			if (l->width[i] < whole[i] && (best == l->n ||
			    l->width[i] * l->head->widths[best] <
			    l->width[best] * l->head->widths[i]))
				best = i;
		grew = best < l->n;
		if (grew)
			l->width[best]++;
	}
	return left >= 0;
}

/* One line of a row, and what of each cell is left for the next. */
static bool
add_row_line(const struct writer *w, const struct layout *l,
    const char *rest[PAPER_COLUMNS_MAX])
{
	int at = 0, pad = 0;
	bool more = false;

	for (size_t i = 0; i < l->n; i++) {
		size_t n = utf8_wrap(rest[i], strlen(rest[i]), l->width[i]);
		size_t seen = shown(rest[i], n);

		add_times(w->out, ' ', pad);
		str_add_n(w->out, rest[i], seen);
		at = utf8_columns(rest[i], seen);
		pad = l->width[i] - at + GAP;
		rest[i] += n;
		more |= *rest[i] != '\0';
	}
	end_line(w->out);
	return more;
}

static void
add_row(const struct writer *w, const struct layout *l,
    const struct paper_block *row)
{
	const char *rest[PAPER_COLUMNS_MAX];
	struct str seen[PAPER_COLUMNS_MAX];

	for (size_t i = 0; i < l->n; i++) {
		str_init(&seen[i]);
		paper_visible(&seen[i], cell_of(row, i));
		rest[i] = seen[i].s;
	}
	while (add_row_line(w, l, rest))
		;
	for (size_t i = 0; i < l->n; i++)
		str_release(&seen[i]);
}

static void
add_rows_as_fields(const struct writer *w, const struct layout *l)
{
	for (size_t r = 0; r < l->nrows; r++) {
		blank_line(w->out);
		for (size_t i = 0; i < l->n; i++)
			if (*cell_of(&l->rows[r], i) != '\0')
				add_field(w, cell_of(l->head, i),
				    cell_of(&l->rows[r], i));
	}
	if (l->nrows == 0)
		for (size_t i = 0; i < l->n; i++)
			add_wrapped(w, "", cell_of(l->head, i));
}

static void
add_heads(const struct writer *w, const struct layout *l)
{
	add_row(w, l, l->head);
	for (size_t i = 0; i < l->n; i++) {
		add_times(w->out, ' ', i > 0 ? GAP : 0);
		add_times(w->out, '-', l->width[i]);
	}
	str_add_char(w->out, '\n');
}

static void
add_table(const struct writer *w, size_t at)
{
	struct layout l = {.head = &w->p->blocks[at],
		.rows = &w->p->blocks[at] + 1,
		.nrows = paper_table_rows(w->p, at)};

	l.n = l.head->ncells;
	for (size_t r = 0; r < l.nrows; r++)
		l.n = l.rows[r].ncells > l.n ? l.rows[r].ncells : l.n;
	if (l.n == 0)
		return;
	blank_line(w->out);
	if (!lay_out(&l, w->columns)) {
		add_rows_as_fields(w, &l);
		blank_line(w->out);
		return;
	}
	if (l.head->ncells > 0)
		add_heads(w, &l);
	for (size_t r = 0; r < l.nrows; r++)
		add_row(w, &l, &l.rows[r]);
	blank_line(w->out);
}

/* ---- the whole ---- */

static void
add_fixed(const struct writer *w, const char *text)
{
	struct str seen;
	size_t n;

	str_init(&seen);
	paper_visible(&seen, text);
	for (const char *s = seen.s; *s != '\0'; s += n + (s[n] == '\n')) {
		n = strcspn(s, "\n");
		str_add_n(w->out, s, n);
		end_line(w->out);
	}
	str_release(&seen);
}

static void
add_page(const struct writer *w)
{
	blank_line(w->out);
	add_times(w->out, '-', w->columns);
	str_add(w->out, "\n\n");
}

static void
add_block(const struct writer *w, const struct paper_block *b, size_t at)
{
	switch (b->part) {
	case PAPER_HEADING:
		blank_line(w->out);
		add_underlined(w, b->text, '-');
		blank_line(w->out);
		break;
	case PAPER_SUBHEADING:
		blank_line(w->out);
		add_wrapped(w, "", b->text);
		break;
	case PAPER_TEXT:
		if (at > 0 && w->p->blocks[at - 1].part != PAPER_SUBHEADING)
			blank_line(w->out);
		add_wrapped(w, "", b->text);
		blank_line(w->out);
		break;
	case PAPER_FIELD:
		add_field(w, b->label, b->text);
		break;
	case PAPER_ITEM:
		add_wrapped(w, "  - ", b->text);
		break;
	case PAPER_NOTICE:
		blank_line(w->out);
		add_wrapped(w, "  ! ", b->text);
		blank_line(w->out);
		break;
	case PAPER_SMALL:
		add_wrapped(w, "    ", b->text);
		break;
	case PAPER_TABLE:
		add_table(w, at);
		break;
	case PAPER_FIXED:
		add_fixed(w, b->text);
		break;
	case PAPER_PAGE:
		add_page(w);
		break;
	case PAPER_ROW:		/* with its table */
	default:
		break;
	}
}

static void
add_top(const struct writer *w)
{
	const struct paper *p = w->p;

	add_wrapped(w, "", p->classification);
	blank_line(w->out);
	add_underlined(w, p->title, '=');
	if (*p->reference != '\0')
		add_field(w, "Reference", p->reference);
	if (*p->made != '\0')
		add_field(w, "Taken out", p->made);
	blank_line(w->out);
}

void
paper_text(const struct paper *p, int columns, struct str *out)
{
	struct str text;
	struct writer w = {p, &text,
		columns < COLUMNS_LEAST ? COLUMNS_LEAST : columns};
	size_t step;

	str_init(&text);
	add_top(&w);
	for (size_t i = 0; i < p->n; i += step) {
		step = p->blocks[i].part == PAPER_TABLE ?
		    1 + paper_table_rows(p, i) : 1;
		add_block(&w, &p->blocks[i], i);
	}
	blank_line(&text);
	add_wrapped(&w, "", p->classification);
	str_add_n(out, text.s, text.len);
	str_release(&text);
}
