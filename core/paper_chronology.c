/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/paper_chronology.h"

#include <string.h>

#include "core/date.h"
#include "core/timeline.h"

/* A page is this wide in the type in which columns stand as they are. */
#define TIMELINE_WIDTH 78

static void
add_sentence(struct str *out, const char *label, const char *words)
{
	if (words[0] == '\0')
		return;
	if (out->len > 0)
		str_add(out, strchr(".!?", out->s[out->len - 1]) != NULL ?
		    " " : ". ");
	str_add_fmt(out, "%s: %s", label, words);
}

static bool
is_told(const struct field *f)
{
	return (f->flags & FIELD_HIDDEN) == 0 ||
	    strcmp(f->name, "indicator") == 0 || field_is_deadline(f);
}

void
chronology_full(const struct reading *g, const struct record *r,
    struct str *out)
{
	const struct field *f;
	struct str words;

	(void)record_uncounted(r, out);
	if (r->kind == NULL || r->body == NULL)
		return;
	str_init(&words);
	for (f = r->kind->fields; f->name != NULL; f++) {
		if (!is_told(f))
			continue;
		str_clear(&words);
		record_field_words(g, f, json_object_get(r->body, f->name),
		    &words);
		add_sentence(out, f->label, words.s);
	}
	str_release(&words);
}

/* Why an entry does not count stands before all it says. */
static void
add_state(const struct reading *g, const struct record *r, struct str *out)
{
	const char *state = chronology_state(r);

	if (*state == '\0' || chronology_state_said(r))
		return;
	if (r->struck_by == NULL)
		str_add_fmt(out, "[%s] ", state);
	else
		str_add_fmt(out, "[struck by %s: %s] ", g->roster != NULL ?
		    roster_name(g->roster, &r->struck_by->entry.author) :
		    "its author", record_text(r->struck_by, "reason"));
}

static void
add_row(struct paper *p, const struct chronology_print *c,
    const struct chronology_row *row)
{
	const struct record *r = row->record;
	struct str what, said;
	char when[SPAN_WORDS_MAX];
	const char *cells[3] = {when, NULL, NULL};

	str_init(&what);
	str_init(&said);
	if (row->minute >= 0 && !row->written)
		moment_words(moment_of_day(row->on.first) +
		    (int64_t)row->minute * 60000, when);
	else
		span_words(&row->on, when);
	str_add(&what, r->kind != NULL ? r->kind->label : r->entry.kind);
	if (row->written)
		str_add(&what, " (written on that day)");
	add_state(c->reading, r, &said);
	chronology_full(c->reading, r, &said);
	if (c->reading->roster != NULL)
		str_add_fmt(&said, " (Signed by %s)",
		    roster_name(c->reading->roster, &r->entry.author));
	cells[1] = what.s;
	cells[2] = said.s;
	paper_row(p, cells, 3);
	str_release(&what);
	str_release(&said);
}

/* Nothing is left out unless a filter says so on the paper. */
static bool
is_filtered(const struct chronology_print *c)
{
	return c->filter != NULL && c->filter[0] != '\0';
}

static size_t
rows_of(const struct chronology_print *c)
{
	return is_filtered(c) ? c->n : c->all->n;
}

static void
add_timeline(struct paper *p, const struct chronology_print *c)
{
	struct timeline tl;
	struct str text;

	timeline_make(c->all, is_filtered(c) ? c->shown : NULL, rows_of(c),
	    c->reading, TIMELINE_WIDTH, &tl);
	str_init(&text);
	timeline_text(&tl, &text);
	if (text.len > 0) {
		paper_add(p, PAPER_HEADING, "Timeline");
		paper_add(p, PAPER_FIXED, text.s);
		paper_add(p, PAPER_SMALL, "How many entries that stand begin "
		    "in each column. An exclamation mark: the third missing "
		    "episode in 30 days begins there.");
	}
	str_release(&text);
	timeline_release(&tl);
}

void
paper_chronology(struct paper *p, const struct chronology_print *c)
{
	static const char *const heads[] = {"When", "Entry", "What it says"};
	static const int widths[] = {3, 3, 10};

	size_t n = rows_of(c);

	if (is_filtered(c))
		paper_addf(p, PAPER_NOTICE, "Not all: %zu of %zu entries, "
		    "those that match: %s", c->n, c->all->n, c->filter);
	add_timeline(p, c);
	paper_add(p, PAPER_HEADING, "Entries, by the day they speak of");
	if (n == 0)
		paper_add(p, PAPER_TEXT, "None.");
	else
		paper_table(p, heads, widths, 3);
	for (size_t i = 0; i < n; i++)
		add_row(p, c, &c->all->rows[is_filtered(c) ? c->shown[i] :
		    i]);
}
