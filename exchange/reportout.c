/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/reportout.h"

#include <inttypes.h>
#include <string.h>

void
report_entry_words(const struct report_def *d, bool whole, struct str *out)
{
	str_add_fmt(out, "the report %s%s", d->name, whole && d->published ?
	    ", whole" : "");
}

/* ---- cells ---- */

static bool
is_counted(const struct report_cell *c)
{
	return c->type == REPORT_COUNT || c->type == REPORT_RANGE ||
	    c->type == REPORT_SHARE || c->type == REPORT_RATE;
}

static bool
is_of(const struct report_cell *c)
{
	return c->type == REPORT_SHARE || c->type == REPORT_RATE;
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

/* Without "% of 20", which has a column of its own. */
static void
value_words(const struct report_cell *c, struct str *out)
{
	const size_t at = out->len;
	const char *percent;

	if (c->type == REPORT_NONE)
		return;
	report_cell_words(c, out);
	percent = c->type == REPORT_SHARE ? strchr(out->s + at, '%') : NULL;
	if (percent != NULL)
		str_splice(out, (size_t)(percent - out->s),
		    out->len - (size_t)(percent - out->s), "", 0);
}

/* ---- CSV ---- */

static void
cell(struct out *o, const char *text, const char *after)
{
	out_csv_cell(o, text, strlen(text));
	out_add(o, after);
}

static void
cell_line(const struct report *r, const struct report_table *t, size_t row,
    size_t column, struct out *o)
{
	const struct report_cell *c = &t->cells[row * t->ncolumns + column];
	struct str words;

	str_init(&words);
	cell(o, r->name, ",");
	cell(o, t->id, ",");
	value_words(&t->cells[row * t->ncolumns], &words);
	cell(o, words.s, ",");
	cell(o, t->heads[column], ",");
	str_clear(&words);
	value_words(c, &words);
	cell(o, words.s, ",");
	str_release(&words);
	if (is_of(c))
		out_add_fmt(o, "%" PRIu64, c->of);
	if (is_counted(c))
		out_add_fmt(o, ",%" PRIu64 ",%" PRIu64 "\r\n", least_of(c),
		    most_of(c));
	else
		out_add(o, ",,\r\n");
	out_settle(o);
}

void
report_csv(const struct report *r, struct out *o)
{
	out_add(o, "report,table,row,column,value,of,lower,upper\r\n");
	for (size_t i = 0; i < r->n; i++)
		for (size_t row = 0; row < r->tables[i].nrows; row++)
			for (size_t k = 1; k < r->tables[i].ncolumns; k++)
				cell_line(r, &r->tables[i], row, k, o);
}

void
report_table_csv(const struct report_table *t, struct out *o)
{
	struct str words;

	str_init(&words);
	for (size_t i = 0; i < t->ncolumns; i++)
		cell(o, t->heads[i], i + 1 < t->ncolumns ? "," : "\r\n");
	for (size_t i = 0; i < t->nrows * t->ncolumns; i++) {
		str_clear(&words);
		value_words(&t->cells[i], &words);
		cell(o, words.s, (i + 1) % t->ncolumns != 0 ? "," : "\r\n");
		out_settle(o);
	}
	str_release(&words);
}

/* ---- JSON ---- */

static json_t *
cell_json(const struct report_cell *c)
{
	struct str words;
	json_t *o;

	if (c->type == REPORT_NONE)
		return json_null();
	if (c->type == REPORT_TEXT)
		return json_string(c->text);
	str_init(&words);
	value_words(c, &words);
	o = json_pack("{s:s}", "value", words.s);
	str_release(&words);
	if (is_of(c))
		(void)json_object_set_new(o, "of",
		    json_integer((json_int_t)c->of));
	if (is_counted(c)) {
		(void)json_object_set_new(o, "lower",
		    json_integer((json_int_t)least_of(c)));
		(void)json_object_set_new(o, "upper",
		    json_integer((json_int_t)most_of(c)));
	}
	return o;
}

static json_t *
table_json(const struct report_table *t)
{
	json_t *heads = json_array(), *rows = json_array();

	for (size_t i = 0; i < t->ncolumns; i++)
		(void)json_array_append_new(heads, json_string(t->heads[i]));
	for (size_t r = 0; r < t->nrows; r++) {
		json_t *row = json_array();

		for (size_t i = 0; i < t->ncolumns; i++)
			(void)json_array_append_new(row,
			    cell_json(&t->cells[r * t->ncolumns + i]));
		(void)json_array_append_new(rows, row);
	}
	return json_pack("{s:s, s:s, s:s, s:o, s:o}", "id", t->id, "title",
	    t->title, "note", t->note, "columns", heads, "rows", rows);
}

static json_t *
day_json(int32_t day)
{
	char text[DAY_TEXT_MAX];

	if (day == DAY_NONE)
		return json_null();
	day_format(day, text);
	return json_string(text);
}

json_t *
report_json(const struct report *r)
{
	json_t *tables = json_array();

	for (size_t i = 0; i < r->n; i++)
		(void)json_array_append_new(tables,
		    table_json(&r->tables[i]));
	return json_pack("{s:s, s:s, s:o, s:o, s:b, s:b, s:o}", "report",
	    r->name, "title", r->title, "from", day_json(r->window.from),
	    "to", day_json(r->window.to), "suppressed",
	    !r->whole && !r->personal && !r->no_cases, "personal", r->personal, "tables",
	    tables);
}

/* ---- bytes ---- */

static bool
collect(const char *bytes, size_t n, void *ctx)
{
	str_add_n(ctx, bytes, n);
	return true;
}

static void
csv_bytes(const struct report *r, const struct report_def *def,
    struct str *out)
{
	struct out o;

	out_init(&o, collect, out);
	if (def->rows && r->n > 0)
		report_table_csv(&r->tables[0], &o);
	else
		report_csv(r, &o);
	(void)out_finish(&o);
	out_release(&o);
}

static int
add_piece(const char *bytes, size_t n, void *ctx)
{
	str_add_n(ctx, bytes, n);
	return 0;
}

static enum rc
json_bytes(const struct report *r, struct str *out, struct err *e)
{
	json_t *o = report_json(r);
	int code = o != NULL ? json_dump_callback(o, add_piece, out,
	    JSON_INDENT(2) | JSON_SORT_KEYS | JSON_ENSURE_ASCII) : -1;

	json_decref(o);
	str_add_char(out, '\n');
	return code == 0 ? RC_OK : err_set(e, RC_NOMEM, "no memory for the "
	    "report as JSON");
}

enum rc
report_bytes(const struct report *r, const struct report_order *o,
    struct str *out, struct str *unknown, struct err *e)
{
	struct paper p;
	enum rc rc;

	if (o->format == LEAVE_CSV) {
		csv_bytes(r, o->def, out);
		return RC_OK;
	}
	if (o->format == LEAVE_JSON)
		return json_bytes(r, out, e);
	report_paper(r, o->made, &p);
	rc = leave_paper(&p, o->format, o->now, out, unknown, e);
	paper_release(&p);
	return rc;
}
