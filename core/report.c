/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/report.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/vec.h"
#include "core/xalloc.h"

/* ---- making ---- */

void
report_init(struct report *r, const char *name, const char *title,
    const struct joined_window *w)
{
	memset(r, 0, sizeof(*r));
	r->name = xstrdup(name);
	r->title = xstrdup(title);
	r->window = *w;
}

static void
table_release(struct report_table *t)
{
	for (size_t i = 0; i < t->nrows * t->ncolumns; i++) {
		free(t->cells[i].text);
		free(t->cells[i].cases);
		free(t->cells[i].of_rows);
	}
	for (size_t i = 0; i < t->ncolumns; i++)
		free(t->heads[i]);
	free(t->cells);
	free(t->heads);
	free(t->marked);
	free(t->id);
	free(t->title);
	free(t->note);
}

void
report_release(struct report *r)
{
	for (size_t i = 0; i < r->n; i++)
		table_release(&r->tables[i]);
	free(r->tables);
	free(r->name);
	free(r->title);
	memset(r, 0, sizeof(*r));
}

struct report_table *
report_table_add(struct report *r, const char *id, const char *title,
    const char *const *heads, size_t n)
{
	struct report_table *t;

	r->tables = vec_room(r->tables, r->n, &r->cap, sizeof(*r->tables));
	t = &r->tables[r->n++];
	t->id = xstrdup(id);
	t->title = xstrdup(title);
	t->note = xstrdup("");
	t->heads = xcalloc(n, sizeof(*t->heads));
	for (size_t i = 0; i < n; i++)
		t->heads[i] = xstrdup(heads[i]);
	t->ncolumns = n;
	t->chart = SIZE_MAX;
	return t;
}

void
report_note(struct report_table *t, const char *note)
{
	free(t->note);
	t->note = xstrdup(note);
}

struct report_cell *
report_row(struct report_table *t)
{
	struct report_cell *row;

	t->cells = vec_room(t->cells, t->nrows, &t->caprows,
	    t->ncolumns * sizeof(*t->cells));
	row = &t->cells[t->nrows++ * t->ncolumns];
	for (size_t i = 0; i < t->ncolumns; i++)
		row[i] = (struct report_cell){.type = REPORT_NONE};
	return row;
}

void
report_text(struct report_cell *c, const char *text)
{
	free(c->text);
	c->type = REPORT_TEXT;
	c->text = xstrdup(text);
}

void
report_count(struct report_cell *c, uint64_t n)
{
	c->type = REPORT_COUNT;
	c->count = c->upper = n;
}

void
report_range(struct report_cell *c, uint64_t lower, uint64_t upper)
{
	c->type = lower == upper ? REPORT_COUNT : REPORT_RANGE;
	c->count = lower;
	c->upper = upper;
}

static void
set_of(struct report_cell *c, enum report_cell_type type, uint64_t part,
    uint64_t whole)
{
	c->type = whole > 0 ? type : REPORT_NONE;
	c->count = c->upper = part;
	c->of = whole;
}

void
report_share(struct report_cell *c, uint64_t part, uint64_t whole)
{
	set_of(c, REPORT_SHARE, part, whole);
}

void
report_rate(struct report_cell *c, uint64_t part, uint64_t whole)
{
	set_of(c, REPORT_RATE, part, whole);
}

void
report_rate_range(struct report_cell *c, uint64_t lower, uint64_t upper,
    uint64_t whole)
{
	set_of(c, REPORT_RATE, lower, whole);
	c->upper = upper;
}

void
report_of_rows(struct report_cell *c, size_t table, size_t *rows, size_t n)
{
	free(c->of_rows);
	c->of_table = table;
	c->of_rows = rows;
	c->nof_rows = n;
}

void
report_cases(struct report_cell *c, uint32_t *cases, size_t n)
{
	free(c->cases);
	c->cases = cases;
	c->ncases = n;
}

/* ---- words ---- */

/* One decimal, rounded half up, without a floating point's doubts. */
static void
add_tenths(struct str *out, uint64_t part, uint64_t per, uint64_t whole)
{
	uint64_t tenths = (part * per * 20 / whole + 1) / 2;

	str_add_fmt(out, "%" PRIu64 ".%" PRIu64, tenths / 10, tenths % 10);
}

static uint64_t
least_of(const struct report_cell *c)
{
	return c->count < c->upper ? c->count : c->upper;
}

static uint64_t
most_of(const struct report_cell *c)
{
	return c->count < c->upper ? c->upper : c->count;
}

void
report_cell_words(const struct report_cell *c, struct str *out)
{
	switch (c->type) {
	case REPORT_TEXT:
		str_add(out, c->text);
		return;
	case REPORT_COUNT:
		str_add_fmt(out, "%" PRIu64, c->count);
		return;
	case REPORT_RANGE:
		str_add_fmt(out, "%" PRIu64 " to %" PRIu64, least_of(c),
		    most_of(c));
		return;
	case REPORT_RATE:
		add_tenths(out, least_of(c), 10000, c->of);
		if (c->upper == c->count)
			return;
		str_add(out, " to ");
		add_tenths(out, most_of(c), 10000, c->of);
		return;
	case REPORT_SHARE:
		add_tenths(out, c->count, 100, c->of);
		str_add_fmt(out, "%% of %" PRIu64, c->of);
		return;
	case REPORT_SUPPRESSED:
		str_add(out, "c");
		return;
	case REPORT_NONE:
	default:
		str_add(out, "-");
	}
}

/* ---- paper ---- */

static void
add_wide(struct paper *p, const struct report_table *t, size_t row,
    struct str *words)
{
	const struct report_cell *cells = &t->cells[row * t->ncolumns];

	for (size_t i = 0; i < t->ncolumns; i++) {
		str_clear(words);
		report_cell_words(&cells[i], words);
		paper_field(p, t->heads[i], words->s);
	}
}

static void
add_row(struct paper *p, const struct report_table *t, size_t row)
{
	struct str words[PAPER_COLUMNS_MAX];
	const char *texts[PAPER_COLUMNS_MAX];

	for (size_t i = 0; i < t->ncolumns; i++) {
		str_init(&words[i]);
		report_cell_words(&t->cells[row * t->ncolumns + i],
		    &words[i]);
		texts[i] = words[i].s;
	}
	paper_row(p, texts, t->ncolumns);
	for (size_t i = 0; i < t->ncolumns; i++)
		str_release(&words[i]);
}

static void
add_table(struct paper *p, const struct report_table *t)
{
	bool narrow = t->ncolumns <= PAPER_COLUMNS_MAX;
	const char *heads[PAPER_COLUMNS_MAX];
	int widths[PAPER_COLUMNS_MAX];
	struct str words;

	paper_add(p, PAPER_HEADING, t->title);
	for (size_t i = 0; narrow && i < t->ncolumns; i++) {
		heads[i] = t->heads[i];
		widths[i] = i == 0 ? 3 : 1;
	}
	if (narrow && t->nrows > 0)
		paper_table(p, heads, widths, t->ncolumns);
	str_init(&words);
	for (size_t r = 0; r < t->nrows; r++) {
		if (narrow)
			add_row(p, t, r);
		else
			add_wide(p, t, r, &words);
	}
	str_release(&words);
	if (t->nrows == 0)
		paper_add(p, PAPER_TEXT, "Nothing to count.");
	if (t->note[0] != '\0')
		paper_add(p, PAPER_SMALL, t->note);
}

void
report_window_words(const struct joined_window *w, struct str *out)
{
	char from[SPAN_WORDS_MAX] = "the beginning", to[SPAN_WORDS_MAX] = "now";
	struct span day;

	if (w->from != DAY_NONE) {
		day = span_of_day(w->from);
		span_words(&day, from);
	}
	if (w->to != DAY_NONE) {
		day = span_of_day(w->to);
		span_words(&day, to);
	}
	str_add_fmt(out, "From %s to %s.", from, to);
}

void
report_paper(const struct report *r, const char *made, struct paper *p)
{
	struct str words;

	paper_init(p, r->title, "", r->personal ? PAPER_CLASSIFICATION :
	    "OFFICIAL-SENSITIVE", made);
	str_init(&words);
	if (!r->no_cases)
		report_window_words(&r->window, &words);
	if (!r->whole && !r->personal && !r->no_cases)
		str_add(&words, " \"c\": not shown, because it is under 5 or "
		    "would tell a count that is.");
	if (words.len > 0)
		paper_add(p, PAPER_TEXT, words.s);
	str_release(&words);
	if (r->whole)
		paper_add(p, PAPER_NOTICE, "Whole: nothing is suppressed. Not "
		    "for publication: small counts can tell who a child is.");
	for (size_t i = 0; i < r->n; i++)
		add_table(p, &r->tables[i]);
}
