/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "cli/door.h"
#include "cli/filter.h"
#include "cli/format.h"
#include "cli/print.h"
#include "cli/row.h"
#include "cli/unlock.h"
#include "core/chronofilter.h"
#include "core/paper_case.h"
#include "core/paper_chronology.h"
#include "core/xalloc.h"
#include "exchange/out.h"

static enum rc chronology_run(const struct call *c, bool *attention,
    struct err *e);

const struct command command_chronology = {
	.name = "chronology",
	.usage = "STORE CASE [--filter EXPR] [--format text|csv|json] "
	    "[--reason TEXT]",
	.summary = "show a case as one line of time",
	.help = "Shows every entry of the case with the reference CASE by the "
	    "day it speaks of, oldest first, under a small timeline: time "
	    "across, kinds of event down, how many in each cell. Struck and "
	    "replaced entries are there and say so; the timeline counts only "
	    "what stands. An exclamation mark: the third missing episode in "
	    "30 days begins there.\n\n"
	    "EXPR filters, for example: kind:missing,sign agency:police "
	    "person:\"A. Nother\" from:2026-01 to:2026-06 \"bus station\". "
	    "Keys: kind agency person by from to on is text; a leading - "
	    "turns a term round.\n\n"
	    "That you opened the case, or took it out as CSV or JSON, is "
	    "noted before anything is shown. A case that is restricted to "
	    "others opens with --reason only. Cells of CSV that a spreadsheet "
	    "would run as a formula are defused.",
	.options = (const struct option_def[]){
		{"filter", "EXPR", "only entries that match"},
		{"format", "text|csv|json", "for people (text) or programs"},
		{"reason", "TEXT", "why you open a case restricted to others"},
		UNLOCK_OPTIONS,
		{NULL, NULL, NULL}
	},
	.min_args = 2,
	.max_args = 2,
	.paths = "w-",
	.run = chronology_run,
};

/* All that is shown. */
struct sheet {
	struct store *store;
	struct casefile cf;
	struct reading reading;
	struct chronology all;
	size_t *shown;
	size_t n;
	const char *filter;
	int64_t now;
};

/* ---- one entry for programs ---- */

struct values {
	char first[DAY_TEXT_MAX], last[DAY_TEXT_MAX], time[SPAN_TEXT_MAX];
	char written[SPAN_TEXT_MAX], id[2 * ENTRY_ID_LEN + 1];
	const char *kind, *label, *state, *author;
	struct str agencies, people, words;
};

static void
values_of(const struct sheet *s, const struct chronology_row *row,
    struct values *v)
{
	const struct record *r = row->record;

	memset(v, 0, sizeof(*v));
	day_format(row->on.first, v->first);
	day_format(row->on.last, v->last);
	if (row->minute >= 0 && !row->written)
		moment_format(moment_of_day(row->on.first) +
		    (int64_t)row->minute * 60000, v->time);
	moment_format(r->entry.at, v->written);
	hex_format(r->entry.id.b, ENTRY_ID_LEN, v->id);
	v->kind = r->entry.kind;
	v->label = r->kind != NULL ? r->kind->label : r->entry.kind;
	v->state = chronology_state(r);
	v->author = roster_name(store_roster(s->store), &r->entry.author);
	str_init(&v->agencies);
	str_init(&v->people);
	str_init(&v->words);
	record_names(&s->reading, r, NAMES_AGENCY, &v->agencies);
	record_names(&s->reading, r, NAMES_PERSON, &v->people);
	chronology_full(&s->reading, r, &v->words);
}

static void
values_release(struct values *v)
{
	str_release(&v->agencies);
	str_release(&v->people);
	str_release(&v->words);
}

static const struct chronology_row *
row_of(const struct sheet *s, size_t i)
{
	return &s->all.rows[s->shown[i]];
}

/* ---- the three forms ---- */

static void
csv_line(struct out *o, const char *const *cells, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			out_add(o, ",");
		out_csv_cell(o, cells[i], strlen(cells[i]));
	}
	out_add(o, "\r\n");
	out_settle(o);
}

#define COLUMNS 13	/* the last of a training session alone */

static void
show_csv(const struct sheet *s)
{
	static const char *const heads[COLUMNS] = {"from", "to", "at", "kind",
	    "label", "state", "agency", "person", "words", "signed_by",
	    "signed_at", "entry", "classification"};
	const char *training = paper_classification(&s->cf);
	const size_t columns = training != NULL ? COLUMNS : COLUMNS - 1;
	struct values v;
	struct out o;

	out_init(&o, row_say, NULL);
	csv_line(&o, heads, columns);
	for (size_t i = 0; i < s->n; i++) {
		values_of(s, row_of(s, i), &v);
		csv_line(&o, (const char *const[COLUMNS]){v.first, v.last,
		    v.time, v.kind, v.label, v.state, v.agencies.s,
		    v.people.s, v.words.s, v.author, v.written, v.id,
		    training}, columns);
		values_release(&v);
	}
	(void)out_finish(&o);
	out_release(&o);
}

static json_t *
entry_json(const struct sheet *s, const struct chronology_row *row)
{
	struct values v;
	json_t *o;

	values_of(s, row, &v);
	o = json_pack("{s:s, s:s, s:s, s:b, s:s, s:s, s:s, s:s, s:s, s:s, "
	    "s:s, s:s, s:s}", "from", v.first, "to", v.last, "at", v.time,
	    "day_of_writing", row->written ? 1 : 0, "kind", v.kind, "label",
	    v.label, "state", v.state, "agency", v.agencies.s, "person",
	    v.people.s, "words", v.words.s, "signed_by", v.author,
	    "signed_at", v.written, "entry", v.id);
	values_release(&v);
	if (o != NULL && paper_classification(&s->cf) != NULL)
		(void)json_object_set_new(o, "classification",
		    json_string(paper_classification(&s->cf)));
	return o != NULL ? o : json_object();
}

static void
show_json(const struct sheet *s)
{
	json_t *list = json_array();

	for (size_t i = 0; i < s->n; i++)
		(void)json_array_append_new(list, entry_json(s, row_of(s, i)));
	say_json(list);
	json_decref(list);
}

static void
show_text(const struct sheet *s)
{
	const struct chronology_print print = {
		.reading = &s->reading, .all = &s->all, .filter = s->filter,
		.shown = s->shown, .n = s->n,
	};
	char when[SPAN_WORDS_MAX];
	struct paper paper;
	struct str text;

	moment_words(s->now, when);
	paper_init(&paper, "Chronology", s->cf.reference,
	    paper_classification(&s->cf), when);
	paper_chronology(&paper, &print);
	str_init(&text);
	paper_text(&paper, 80, &text);
	say_n(text.s, text.len);
	str_release(&text);
	paper_release(&paper);
}

static const struct {
	enum look look;
	void (*show)(const struct sheet *s);
} formats[] = {
	[FORMAT_TEXT] = {LOOK_OPEN, show_text},
	[FORMAT_CSV] = {LOOK_EXPORT, show_csv},
	[FORMAT_JSON] = {LOOK_EXPORT, show_json},
};

/* ---- the command ---- */

static enum rc
filter_read_here(const char *expr, struct chronofilter *f, struct err *e)
{
	size_t at = 0;
	enum rc rc = chronofilter_parse(expr, f, &at, e);

	if (rc != RC_OK)
		filter_place(expr, at, e);
	return rc;
}

static void
lay_out(struct sheet *s, const struct chronofilter *f)
{
	s->reading = (struct reading){&s->cf, store_roster(s->store),
	    store_default_instrument(s->store)};
	chronology_make(&s->cf, &s->all);
	s->shown = xcalloc(s->all.n, sizeof(*s->shown));
	for (size_t i = 0; i < s->all.n; i++)
		if (chronofilter_holds(f, &s->reading, &s->all.rows[i]))
			s->shown[s->n++] = i;
}

static enum rc
open_case(const struct call *c, enum look look, struct sheet *s,
    struct err *e)
{
	struct case_id id;
	enum rc rc = unlock_store(c, c->args[0], &s->store, e);

	if (rc == RC_OK)
		rc = door_find(s->store, c->args[1], &id, e);
	if (rc == RC_OK)
		rc = door_open(s->store, &id, look, call_option(c, "reason"),
		    e);
	if (rc == RC_OK)
		rc = store_case_load(s->store, &id, &s->cf, e);
	return rc;
}

static enum rc
chronology_run(const struct call *c, bool *attention, struct err *e)
{
	const char *expr = call_option(c, "filter");
	struct sheet s = {.filter = expr != NULL ? expr : "",
	    .now = clock_now(c->host->clock)};
	struct chronofilter f;
	enum format format;
	enum rc rc;

	(void)attention;
	chronofilter_init(&f);
	rc = format_read(c, &format, e);
	if (rc == RC_OK)
		rc = filter_read_here(s.filter, &f, e);
	if (rc == RC_OK)
		rc = open_case(c, formats[format].look, &s, e);
	if (rc == RC_OK) {
		lay_out(&s, &f);
		formats[format].show(&s);
		casefile_release(&s.cf);
	}
	chronology_release(&s.all);
	chronofilter_release(&f);
	free(s.shown);
	store_close(s.store);
	return rc;
}
