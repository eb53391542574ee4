/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the checklist shows, as lines.
 */
#include "config.h"

#include "tui/checklist_impl.h"

#include <stdio.h>
#include <string.h>

#include "core/date.h"
#include "core/utf8.h"
#include "core/vec.h"
#include "tui/tick.h"
#include "tui/words.h"

#define ANSWER_INDENT 16	/* "> [X] suspected " */
#define SEEN_INDENT 6

static bool
is_question(const struct instrument *in, unsigned item)
{
	return itemset_has(&in->questions, item);
}

/* " " all signed, "~" something pending, "!" pending and not complete. */
static const char *
pending_sign(const struct casework *w, unsigned item)
{
	size_t i;

	if (tick_incomplete(w, item) < w->pending.n)
		return "!";
	for (i = 0; i < w->pending.n; i++)
		if (tick_item(w, i) == item)
			return "~";
	return " ";
}

/* What stands behind the label and is never cut. */
static void
item_suffix(const struct checklist *c, unsigned item, struct str *out)
{
	struct itemset out_of = instrument_left_out(c->w->door.in,
	    &c->w->answers);
	size_t agencies = casework_agencies(c->w, item);

	if (agencies > 1)
		str_add_fmt(out, " (%zu agencies)", agencies);
	if (itemset_has(&out_of, item))
		str_add(out, " (not counted)");
}

static void
item_words(const struct checklist *c, unsigned item, bool cut,
    struct str *out)
{
	const struct instrument *in = c->w->door.in;
	struct str label, suffix;
	int room;

	str_init(&label);
	str_init(&suffix);
	if (!is_question(in, item))
		str_add_fmt(&label, "%s ", in->items[item].id);
	str_add(&label, in->items[item].label);
	item_suffix(c, item, &suffix);
	room = c->lines.w - 1 - ANSWER_INDENT -
	    utf8_columns(suffix.s, suffix.len);
	if (cut && room > 8)
		utf8_fit(out, label.s, label.len, room);
	else
		str_add(out, label.s);
	str_add(out, suffix.s);
	str_release(&label);
	str_release(&suffix);
}

static void
new_row(struct checklist *c, struct check_row r)
{
	c->rows = vec_room(c->rows, c->nrows, &c->caprows, sizeof(*c->rows));
	c->rows[c->nrows++] = r;
	(void)lines_row(&c->lines);
}

/* What a pending entry lacks, as a warning; nothing when it is complete. */
static void
add_missing(struct checklist *c, size_t i)
{
	struct line_look look = {.indent = SEEN_INDENT,
	    .style = STYLE_WARNING, .lead = "!", .lead_style = STYLE_WARNING};
	struct err e;

	if (i < c->w->pending.n && pending_check(&c->w->pending, i, &e) !=
	    RC_OK)
		lines_addf(&c->lines, &look, "Incomplete. %s", e.text);
}

static void
add_item(struct checklist *c, unsigned item, bool open)
{
	const struct instrument *in = c->w->door.in;
	enum answer a = answers_get(&c->w->answers, item);
	struct line_look look = {.indent = ANSWER_INDENT, .cut = !open};
	struct str words;
	char lead[24];

	(void)snprintf(lead, sizeof(lead), "%s%s %-9s",
	    pending_sign(c->w, item), answer_sign(a), answer_name(a));
	str_init(&words);
	item_words(c, item, !open, &words);
	new_row(c, (struct check_row){item, 0, NULL});
	look.lead = lead;
	look.lead_style = answer_style(in, item, a);
	lines_add(&c->lines, &look, words.s);
	str_release(&words);
}

/* "4 March 2026, School, Ms Example: present" */
static void
seen_words(const struct casework *w, const struct record *r, struct str *out)
{
	struct span on = casework_on(w, r);
	const char *agency = casework_text(w, r, "agency");
	const char *source = casework_text(w, r, "source");
	char words[SPAN_WORDS_MAX];

	span_words(&on, words);
	str_add_fmt(out, "%s: %s", casework_text(w, r, "state"),
	    words[0] != '\0' ? words : "no date");
	if (*agency != '\0')
		str_add_fmt(out, ", %s", agency);
	if (*source != '\0')
		str_add_fmt(out, ", %s", source);
}

static void
signed_words(const struct casework *w, const struct record *r,
    struct str *out)
{
	const char *code = casework_text(w, r, "confidence");
	const char *how = code_label(kind_field(r->kind, "confidence")->codes,
	    code);
	char when[SPAN_WORDS_MAX];

	if (how != NULL)
		str_add_fmt(out, "%s. ", how);
	if (casework_is_pending(w, r)) {
		str_add(out, "Not signed yet.");
		return;
	}
	moment_words(r->entry.at, when);
	str_add_fmt(out, "Signed by %s, %s.", casework_author(w, r), when);
	if (r->validity == RECORD_NO_ROLE)
		str_add(out, " Not counted: no right to write it.");
}

static void
add_strike_words(struct checklist *c, const struct record *r)
{
	const struct record *by = r->struck_by;
	struct line_look look = {.indent = SEEN_INDENT, .style = STYLE_WARNING,
	    .lead = "x", .lead_style = STYLE_STRUCK};
	const char *why = casework_text(c->w, by, "reason");
	char when[SPAN_WORDS_MAX];

	moment_words(by->entry.at, when);
	if (casework_is_pending(c->w, by))
		lines_addf(&c->lines, &look, "Strike not signed yet: %s",
		    *why != '\0' ? why : "no reason given");
	else
		lines_addf(&c->lines, &look, "Struck by %s, %s: %s",
		    casework_author(c->w, by), when, why);
	add_missing(c, casework_pending_of(c->w, by));
}

static void
add_seen(struct checklist *c, struct check_row row)
{
	const struct record *r = row.record;
	bool struck = r->struck_by != NULL;
	struct line_look look = {.indent = SEEN_INDENT,
	    .style = struck ? STYLE_STRUCK : STYLE_NORMAL,
	    .lead = struck ? "x" :
	    casework_is_pending(c->w, r) ? "~" : "-",
	    .lead_style = struck ? STYLE_STRUCK : STYLE_PENDING};
	struct str words;

	str_init(&words);
	new_row(c, row);
	seen_words(c->w, r, &words);
	lines_add(&c->lines, &look, words.s);
	look.lead = struck ? "x" : NULL;
	if (*casework_text(c->w, r, "evidence") != '\0')
		lines_add(&c->lines, &look, casework_text(c->w, r,
		    "evidence"));
	str_clear(&words);
	signed_words(c->w, r, &words);
	look.style = struck ? STYLE_STRUCK : STYLE_DIM;
	lines_add(&c->lines, &look, words.s);
	str_release(&words);
	if (struck)
		add_strike_words(c, r);
	add_missing(c, casework_pending_of(c->w, r));
}

static void
add_all_seen(struct checklist *c, unsigned item)
{
	const struct casefile *now = &c->w->now;
	size_t i, seen = 0;

	for (i = now->nrecords; i-- > 0;)
		if (casework_observes(c->w, now->records[i], item))
			add_seen(c, (struct check_row){item, ++seen,
			    now->records[i]});
}

static void
add_group(struct checklist *c, const char *label, const struct itemset *items,
    struct check_row at)
{
	struct itemset present = itemset_and(c->w->answers.present, items);
	struct line_look look = {.indent = 0, .style = STYLE_HEADING};
	unsigned i;

	if (itemset_count(items) == 0)
		return;
	lines_free_text(&c->lines);
	if (c->lines.n > 0)
		lines_blank(&c->lines);
	lines_addf(&c->lines, &look, "%s: %u of %u present", label,
	    itemset_count(&present), itemset_count(items));
	for (i = 0; i < c->w->door.in->nitems; i++) {
		if (!itemset_has(items, i))
			continue;
		add_item(c, i, i == at.item);
		if (i == at.item)
			add_all_seen(c, i);
	}
}

static void
add_sections(struct checklist *c, bool questions, struct check_row at)
{
	const struct instrument *in = c->w->door.in;
	size_t i;

	for (i = 0; i < in->nsections; i++)
		if ((strcmp(in->sections[i].role, "question") == 0) ==
		    questions)
			add_group(c, in->sections[i].label,
			    &in->sections[i].items, at);
}

/* Each item stands once: in the first group that has it. */
static void
add_grouping(struct checklist *c, struct check_row at)
{
	const struct instrument *in = c->w->door.in;
	const struct grouping *g = &in->views[c->grouping - 1];
	struct itemset left = in->listed, of;
	size_t i;

	for (i = 0; i < g->ngroups; i++) {
		of = itemset_and(left, &g->groups[i].items);
		left = itemset_minus(left, &of);
		add_group(c, g->groups[i].label, &of, at);
	}
	add_group(c, "In none of these groups", &left, at);
}

struct check_row
checklist_at(const struct checklist *c)
{
	if (c->lines.row >= c->nrows)
		return (struct check_row){NO_ITEM, 0, NULL};
	return c->rows[c->lines.row];
}

static void
name_it(struct checklist *c)
{
	struct check_row at = checklist_at(c);
	const struct instrument *in = c->w->door.in;

	str_clear(&c->title);
	str_add(&c->title, "Checklist");
	if (c->grouping > 0)
		str_add_fmt(&c->title, ": %s",
		    in->views[c->grouping - 1].label);
	if (at.item == NO_ITEM)
		(void)snprintf(c->topic, sizeof(c->topic), "checklist");
	else
		(void)snprintf(c->topic, sizeof(c->topic), "indicator:%s",
		    in->items[at.item].id);
}

/* The nearest row to what was selected: its item at least. */
static size_t
row_of(const struct checklist *c, struct check_row at)
{
	size_t i, found = 0;

	for (i = 0; i < c->nrows; i++)
		if (c->rows[i].item == at.item && c->rows[i].seen <= at.seen)
			found = i;
	return found;
}

/* An item and what was observed are read together, where they fit. */
static void
show_item(struct checklist *c)
{
	size_t from = c->lines.row, to = from;

	if (from >= c->nrows)
		return;
	while (from > 0 && c->rows[from].seen > 0)
		from--;
	while (to + 1 < c->nrows && c->rows[to + 1].seen > 0)
		to++;
	lines_show(&c->lines, from, to);
}

void
checklist_fill(struct checklist *c, struct check_row at)
{
	if (at.item == NO_ITEM && c->w->door.in->nitems > 0) {
		unsigned i;

		at = (struct check_row){0, 0, NULL};
		for (i = 0; i < c->w->door.in->nitems; i++)
			if (is_question(c->w->door.in, i)) {
				at.item = i;
				break;
			}
	}
	lines_clear(&c->lines);
	c->nrows = 0;
	add_sections(c, true, at);
	if (c->grouping == 0)
		add_sections(c, false, at);
	else
		add_grouping(c, at);
	lines_select(&c->lines, row_of(c, at));
	show_item(c);
	name_it(c);
}
