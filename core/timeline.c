/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/timeline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/vec.h"
#include "core/xalloc.h"

/* ---- which row an entry belongs to ---- */

enum row {
	ROW_MISSING, ROW_INTERVIEW, ROW_SIGN, ROW_VULNERABILITY, ROW_VOICE,
	ROW_NOTE, ROW_REFERRAL, ROW_SCREENING, ROW_OVERSIGHT, ROW_PLAN,
	ROW_SHARING,
	ROW_OTHER, ROWS
};

static const struct {
	const char *id, *label;
} row_names[ROWS] = {
	[ROW_MISSING] = {"missing", "Missing episodes"},
	[ROW_INTERVIEW] = {"interview", "Return interviews"},
	[ROW_SIGN] = {"sign", "Signs"},
	[ROW_VULNERABILITY] = {"vulnerability", "Vulnerabilities"},
	[ROW_VOICE] = {"voice", "Child's own words"},
	[ROW_NOTE] = {"note", "Notes"},
	[ROW_REFERRAL] = {"referral", "Referrals"},
	[ROW_SCREENING] = {"screening", "Screenings"},
	[ROW_OVERSIGHT] = {"oversight", "Reviews, flags"},
	[ROW_PLAN] = {"plan", "Plan and support"},
	[ROW_SHARING] = {"sharing", "Sharing, consent"},
	[ROW_OTHER] = {"other", "Other"},
};

/* A kind by its own name, or else by its family. */
static const struct {
	const char *name;
	enum row row;
} row_kinds[] = {
	{"missing", ROW_MISSING}, {"located", ROWS},
	{"interview", ROW_INTERVIEW}, {"officer-told", ROWS},
	{"strike", ROWS},
	{"screening", ROW_SCREENING},
}, row_families[] = {
	{"voice", ROW_VOICE}, {"note", ROW_NOTE},
	{"referral", ROW_REFERRAL}, {"plan", ROW_PLAN},
	{"sharing", ROW_SHARING}, {"person", ROWS},
	{"oversight", ROW_OVERSIGHT},
};

/* Found present, in a section of signs or of vulnerabilities. */
static enum row
row_of_observation(const struct reading *g, const struct record *r)
{
	const char *id = record_text(r, "indicator");
	const struct section *sec;
	uint32_t item;

	if (g->in == NULL || strcmp(record_text(r, "state"), "present") != 0 ||
	    strcmp(record_text(r, "instrument"), g->in->id) != 0)
		return ROW_OTHER;
	item = instrument_item(g->in, id, strlen(id));
	if (item == NO_ITEM)
		return ROW_OTHER;
	sec = instrument_section_of(g->in, item);
	if (strcmp(sec->role, "sign") == 0)
		return ROW_SIGN;
	return strcmp(sec->role, "vulnerability") == 0 ? ROW_VULNERABILITY :
	    ROW_OTHER;
}

/* ROWS: none. */
static enum row
row_of(const struct reading *g, const struct record *r)
{
	size_t i;

	if (r->kind == NULL)
		return ROW_OTHER;
	if (strcmp(r->entry.kind, "observation") == 0)
		return row_of_observation(g, r);
	for (i = 0; i < sizeof(row_kinds) / sizeof(row_kinds[0]); i++)
		if (strcmp(row_kinds[i].name, r->entry.kind) == 0)
			return row_kinds[i].row;
	for (i = 0; i < sizeof(row_families) / sizeof(row_families[0]); i++)
		if (strcmp(row_families[i].name, r->kind->family) == 0)
			return row_families[i].row;
	return ROW_OTHER;
}

static enum row
row_by_name(const char *id)
{
	enum row i;

	for (i = 0; i < ROWS; i++)
		if (strcmp(row_names[i].id, id) == 0)
			return i;
	return ROWS;
}

bool
timeline_row_named(const char *id)
{
	return row_by_name(id) != ROWS;
}

bool
timeline_row_is(const struct reading *g, const struct record *r,
    const char *id)
{
	enum row row = row_by_name(id);

	return row != ROWS && row_of(g, r) == row;
}

/* ---- columns ---- */

static int32_t
first_of(enum timeline_unit unit, int32_t day)
{
	struct civil c = day_to_civil(day);

	switch (unit) {
	case TIMELINE_WEEKS:
		return day - day_of_week(day);
	case TIMELINE_MONTHS:
		c.day = 1;
		break;
	case TIMELINE_QUARTERS:
		c = (struct civil){c.year, (c.month - 1) / 3 * 3 + 1, 1};
		break;
	default:
		c = (struct civil){c.year, 1, 1};
	}
	return day_from_civil(c);
}

static int32_t
step(enum timeline_unit unit, int32_t day, int by)
{
	static const int months[] = {[TIMELINE_MONTHS] = 1,
	    [TIMELINE_QUARTERS] = 3, [TIMELINE_YEARS] = 12};

	if (unit == TIMELINE_WEEKS)
		return day + 7 * by;
	return day_add_months(day, months[unit] * by);
}

static int
cell_of(enum timeline_unit unit)
{
	return unit == TIMELINE_YEARS ? 5 : 4;
}

static size_t
cols_of(enum timeline_unit unit, int32_t first, int32_t last)
{
	int32_t day = first_of(unit, first);
	size_t n = 0;

	for (; day <= last; day = step(unit, day, 1))
		n++;
	return n;
}

/* Weeks only for what began lately; they would hide the shape of a year. */
#define WEEKS_MAX 16

static void
choose_columns(struct timeline *tl, int width, int32_t first, int32_t last)
{
	size_t fit = 0, cols = 0, i;
	enum timeline_unit u;
	int32_t day;

	for (u = TIMELINE_WEEKS; u <= TIMELINE_YEARS; u++) {
		int room = (width - TIMELINE_LABEL) / cell_of(u);

		fit = room > 1 ? (size_t)room : 1;
		if (u == TIMELINE_WEEKS && fit > WEEKS_MAX)
			fit = WEEKS_MAX;
		cols = cols_of(u, first, last);
		if (cols <= fit || u == TIMELINE_YEARS)
			break;
	}
	tl->unit = u;
	tl->cell = cell_of(u);
	tl->cols = cols < fit ? cols : fit;
	day = step(u, first_of(u, last), 1 - (int)tl->cols);
	tl->starts = xcalloc(tl->cols + 1, sizeof(*tl->starts));
	for (i = 0; i <= tl->cols; i++)
		tl->starts[i] = step(u, day, (int)i);
}

size_t
timeline_col(const struct timeline *tl, int32_t day)
{
	size_t low = 0, high = tl->cols;

	if (tl->cols == 0 || day < tl->starts[0])
		return tl->cols;
	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (tl->starts[mid] <= day)
			low = mid;
		else
			high = mid;
	}
	return low;
}

/* ---- counting ---- */

/* What is counted, in the order of the chronology. */
struct event {
	int32_t day;
	enum row row;
};

struct events {
	struct event *e;
	size_t n;
	bool any[ROWS];
};

static void
take_events(const struct chronology *t, const size_t *shown, size_t n,
    const struct reading *g, struct events *out)
{
	size_t i;

	memset(out, 0, sizeof(*out));
	out->e = xcalloc(n, sizeof(*out->e));
	for (i = 0; i < n; i++) {
		const struct chronology_row *r =
		    &t->rows[shown != NULL ? shown[i] : i];
		enum row row;

		if (!record_stands(r->record))
			continue;
		row = row_of(g, r->record);
		if (row == ROWS)
			continue;
		out->e[out->n++] = (struct event){r->on.first, row};
		out->any[row] = true;
	}
}

/* Returns where in tl->rows each kind of row is. */
static void
make_rows(struct timeline *tl, const struct events *ev, size_t at[ROWS])
{
	enum row i;

	tl->rows = xcalloc(ROWS, sizeof(*tl->rows));
	for (i = 0; i < ROWS; i++) {
		struct timeline_row *r = &tl->rows[tl->nrows];

		at[i] = tl->nrows;
		if (!ev->any[i])
			continue;
		r->id = row_names[i].id;
		r->label = row_names[i].label;
		r->counts = xcalloc(tl->cols, sizeof(*r->counts));
		r->marked = xcalloc(tl->cols, sizeof(*r->marked));
		tl->nrows++;
	}
}

/* Episode number i, on `day`, has two more in thirty days, since `first`. */
static void
add_run(struct timeline *tl, size_t i, int32_t first, int32_t day)
{
	struct timeline_run *run = tl->nruns > 0 ?
	    &tl->runs[tl->nruns - 1] : NULL;
	size_t begins = i + 1 - REPEAT_EPISODES;

	if (run == NULL || begins >= run->begins + run->episodes) {
		tl->runs = vec_room(tl->runs, tl->nruns, &tl->capruns,
		    sizeof(*tl->runs));
		run = &tl->runs[tl->nruns++];
		run->first = first;
		run->begins = begins;
	}
	run->last = day;
	run->episodes = i + 1 - run->begins;
}

/* The day of the first episode is the first of the thirty. */
static void
mark_runs(struct timeline *tl, const struct events *ev, size_t row)
{
	int32_t past[REPEAT_EPISODES - 1] = {0};
	size_t i, n = 0;

	for (i = 0; i < ev->n; i++) {
		int32_t day = ev->e[i].day, first;

		if (ev->e[i].row != ROW_MISSING)
			continue;
		first = past[n % (REPEAT_EPISODES - 1)];
		past[n % (REPEAT_EPISODES - 1)] = day;
		if (++n < REPEAT_EPISODES || day - first >= REPEAT_DAYS)
			continue;
		add_run(tl, n - 1, first, day);
		if (timeline_col(tl, day) < tl->cols)
			tl->rows[row].marked[timeline_col(tl, day)] = true;
	}
}

void
timeline_make(const struct chronology *t, const size_t *shown, size_t n,
    const struct reading *g, int width, struct timeline *out)
{
	struct events ev;
	size_t at[ROWS], i, col;

	memset(out, 0, sizeof(*out));
	out->cell = cell_of(TIMELINE_MONTHS);
	take_events(t, shown, n, g, &ev);
	if (ev.n > 0) {
		choose_columns(out, width, ev.e[0].day, ev.e[ev.n - 1].day);
		make_rows(out, &ev, at);
		for (i = 0; i < ev.n; i++) {
			col = timeline_col(out, ev.e[i].day);
			if (col == out->cols) {
				out->earlier++;
				continue;
			}
			out->rows[at[ev.e[i].row]].counts[col]++;
			out->rows[at[ev.e[i].row]].total++;
		}
		mark_runs(out, &ev, at[ROW_MISSING]);
	}
	free(ev.e);
}

void
timeline_release(struct timeline *tl)
{
	size_t i;

	for (i = 0; i < tl->nrows; i++) {
		free(tl->rows[i].counts);
		free(tl->rows[i].marked);
	}
	free(tl->rows);
	free(tl->starts);
	free(tl->runs);
	memset(tl, 0, sizeof(*tl));
}

/* ---- its words ---- */

void
timeline_upper(const struct timeline *tl, size_t col, char out[8])
{
	struct civil c = day_to_civil(tl->starts[col]), before = {0};

	out[0] = '\0';
	if (col > 0)
		before = day_to_civil(tl->starts[col - 1]);
	else if (day_to_civil(tl->starts[1]).year != c.year)
		return;		/* there is no room for two side by side */
	if (tl->unit == TIMELINE_WEEKS && c.month != before.month)
		(void)snprintf(out, 8, "%.3s", month_name(c.month));
	else if ((tl->unit == TIMELINE_MONTHS ||
	    tl->unit == TIMELINE_QUARTERS) && c.year != before.year)
		(void)snprintf(out, 8, "%d", c.year % 10000);
}

void
timeline_lower(const struct timeline *tl, size_t col, char out[8])
{
	struct civil c = day_to_civil(tl->starts[col]);

	if (tl->unit == TIMELINE_WEEKS)
		(void)snprintf(out, 8, "%d", c.day % 100);
	else if (tl->unit == TIMELINE_MONTHS)
		(void)snprintf(out, 8, "%.3s", month_name(c.month));
	else if (tl->unit == TIMELINE_QUARTERS)
		(void)snprintf(out, 8, "Q%d", (c.month - 1) / 3 % 4 + 1);
	else
		(void)snprintf(out, 8, "%d", c.year % 10000);
}

void
timeline_col_words(const struct timeline *tl, size_t col, struct str *out)
{
	struct span on = span_of_day(tl->starts[col]);
	struct civil c = day_to_civil(on.first);
	char words[SPAN_WORDS_MAX];

	span_words(&on, words);
	if (tl->unit == TIMELINE_WEEKS)
		str_add_fmt(out, "week of %s", words);
	else if (tl->unit == TIMELINE_MONTHS)
		str_add_fmt(out, "%s %d", month_name(c.month), c.year);
	else if (tl->unit == TIMELINE_QUARTERS)
		str_add_fmt(out, "%s to %s %d", month_name(c.month),
		    month_name(c.month + 2), c.year);
	else
		str_add_fmt(out, "%d", c.year);
}

void
timeline_cell(const struct timeline_row *row, size_t col, char out[8])
{
	unsigned n = row->counts[col];

	if (n == 0)
		(void)snprintf(out, 8, ".");
	else if (n > 99)
		(void)snprintf(out, 8, "99+");
	else
		(void)snprintf(out, 8, "%u%s", n, row->marked[col] ? "!" : "");
}

void
timeline_runs(const struct timeline *tl, struct str *out)
{
	char words[SPAN_WORDS_MAX];
	size_t i;

	for (i = 0; i < tl->nruns; i++) {
		const struct timeline_run *r = &tl->runs[i];
		struct span on = {r->first, r->last, SPAN_DAY,
		    r->first == r->last ? SPAN_NONE : SPAN_DAY};

		span_words(&on, words);
		str_add_fmt(out, "! Missing %zu times, %s in %d days: %s\n",
		    r->episodes, r->episodes == REPEAT_EPISODES ? "all" :
		    "three", REPEAT_DAYS, words);
	}
}

static void
head_line(const struct timeline *tl, struct str *out,
    void (*words)(const struct timeline *, size_t, char[8]))
{
	char cell[8];
	size_t col;

	str_add_fmt(out, "%-*s", TIMELINE_LABEL, "");
	for (col = 0; col < tl->cols; col++) {
		words(tl, col, cell);
		str_add_fmt(out, " %-*s", tl->cell - 1, cell);
	}
	while (out->len > 0 && out->s[out->len - 1] == ' ')
		str_splice(out, out->len - 1, 1, "", 0);
	str_add_char(out, '\n');
}

void
timeline_text(const struct timeline *tl, struct str *out)
{
	char cell[8];
	size_t row, col;

	if (tl->cols == 0)
		return;
	if (tl->unit != TIMELINE_YEARS)
		head_line(tl, out, timeline_upper);
	head_line(tl, out, timeline_lower);
	for (row = 0; row < tl->nrows; row++) {
		str_add_fmt(out, "%-*s", TIMELINE_LABEL, tl->rows[row].label);
		for (col = 0; col < tl->cols; col++) {
			timeline_cell(&tl->rows[row], col, cell);
			str_add_fmt(out, " %-*s", tl->cell - 1, cell);
		}
		while (out->s[out->len - 1] == ' ')
			str_splice(out, out->len - 1, 1, "", 0);
		str_add_char(out, '\n');
	}
	timeline_runs(tl, out);
}
