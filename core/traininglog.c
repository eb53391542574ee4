/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/traininglog.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/vec.h"
#include "core/xalloc.h"

void
training_log_init(struct training_log *l)
{
	*l = (struct training_log){NULL, 0, 0};
}

void
training_log_release(struct training_log *l)
{
	for (size_t i = 0; i < l->n; i++) {
		free(l->lines[i].title);
		free(l->lines[i].reflection);
	}
	free(l->lines);
	training_log_init(l);
}

bool
training_log_is(const struct casefile *c)
{
	return c->opened != NULL &&
	    strcmp(record_text(c->opened, "study"), "log") == 0;
}

/* The code of the table that is the same: it outlives the entry. */
static void
set_activity(struct training_line *line, const struct record *r)
{
	const struct code *codes = kind_field(r->kind, "activity")->codes;
	const char *id = record_text(r, "activity");

	line->activity = line->label = "";
	for (; codes->id != NULL; codes++) {
		if (strcmp(codes->id, id) != 0)
			continue;
		line->activity = codes->id;
		line->label = codes->label;
	}
}

static struct span
done_on(const struct record *r)
{
	return span_is_none(&r->entry.on) ?
	    span_of_day(moment_day(r->entry.at)) : r->entry.on;
}

static bool
is_wanted(const struct record *r, const struct author_id *who, int32_t from,
    int32_t to)
{
	struct span on = done_on(r);

	return record_stands(r) &&
	    strcmp(r->entry.kind, "training-log") == 0 &&
	    (who == NULL ||
	    memcmp(who->b, r->entry.author.b, AUTHOR_LEN) == 0) &&
	    span_overlaps(&on, from == DAY_NONE ? INT32_MIN + 1 : from,
	    to == DAY_NONE ? INT32_MAX : to);
}

static void
add_line(struct training_log *l, const struct record *r)
{
	const json_int_t minutes = json_integer_value(json_object_get(r->body,
	    "minutes"));
	struct training_line *line;

	l->lines = vec_room(l->lines, l->n, &l->cap, sizeof(*l->lines));
	line = &l->lines[l->n++];
	*line = (struct training_line){.id = r->entry.id,
		.who = r->entry.author, .at = r->entry.at, .on = done_on(r),
		.title = xstrdup(record_text(r, "title")),
		.reflection = xstrdup(record_text(r, "reflection")),
		.minutes = minutes > 0 ? (uint64_t)minutes : 0};
	set_activity(line, r);
}

void
training_log_add(struct training_log *l, const struct casefile *c,
    const struct author_id *who, int32_t from, int32_t to)
{
	if (!training_log_is(c))
		return;
	for (size_t i = 0; i < c->nrecords; i++)
		if (is_wanted(c->records[i], who, from, to))
			add_line(l, c->records[i]);
}

static int
compare(const void *a, const void *b)
{
	const struct training_line *x = a, *y = b;

	if (x->on.first != y->on.first)
		return x->on.first < y->on.first ? -1 : 1;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return memcmp(x->id.b, y->id.b, ENTRY_ID_LEN);
}

void
training_log_sort(struct training_log *l)
{
	if (l->n > 1)
		qsort(l->lines, l->n, sizeof(*l->lines), compare);
}

uint64_t
training_log_minutes(const struct training_log *l)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < l->n; i++)
		if (__builtin_add_overflow(sum, l->lines[i].minutes, &sum))
			return UINT64_MAX;
	return sum;
}

void
minutes_words(uint64_t minutes, struct str *out)
{
	const uint64_t hours = minutes / 60, rest = minutes % 60;

	if (hours > 0)
		str_add_fmt(out, "%" PRIu64 " hour%s", hours, hours == 1 ?
		    "" : "s");
	if (rest > 0 || hours == 0)
		str_add_fmt(out, "%s%" PRIu64 " minute%s", hours > 0 ? " " :
		    "", rest, rest == 1 ? "" : "s");
}

/* ---- the certificate ---- */

/* What was asked for, and else from the first line to the last. */
static void
add_when(struct paper *p, const struct training_certificate *c)
{
	struct span all = span_none();
	char words[SPAN_WORDS_MAX];

	all.first = c->from;
	all.last = c->to;
	for (size_t i = 0; i < c->log->n; i++) {
		const struct span *on = &c->log->lines[i].on;

		if (c->from == DAY_NONE && (all.first == DAY_NONE ||
		    on->first < all.first))
			all.first = on->first;
		if (c->to == DAY_NONE && (all.last == DAY_NONE ||
		    on->last > all.last))
			all.last = on->last;
	}
	if (all.first == DAY_NONE || all.last == DAY_NONE)
		return;
	all.from = SPAN_DAY;
	all.to = all.first == all.last ? SPAN_NONE : SPAN_DAY;
	span_words(&all, words);
	paper_field(p, "When", words);
}

static void
add_sums(struct paper *p, const struct training_certificate *c)
{
	const uint64_t minutes = training_log_minutes(c->log);
	struct str words;

	str_init(&words);
	str_add_fmt(&words, "%zu", c->log->n);
	paper_field(p, "Pieces of training", words.s);
	str_clear(&words);
	minutes_words(minutes, &words);
	if (minutes >= 60)
		str_add_fmt(&words, " (%" PRIu64 " minutes)", minutes);
	paper_field(p, "In all", words.s);
	str_release(&words);
}

static void
add_lines(struct paper *p, const struct training_log *l)
{
	static const char *const heads[] = {"When", "What", "Kind",
	    "Minutes"};
	static const int widths[] = {4, 8, 5, 2};
	char when[SPAN_WORDS_MAX];
	struct str number;

	paper_table(p, heads, widths, 4);
	str_init(&number);
	for (size_t i = 0; i < l->n; i++) {
		const struct training_line *line = &l->lines[i];

		span_words(&line->on, when);
		str_clear(&number);
		str_add_fmt(&number, "%" PRIu64, line->minutes);
		paper_row(p, (const char *const[]){when, line->title,
		    line->label, number.s}, 4);
	}
	str_release(&number);
}

void
paper_training(struct paper *p, const struct training_certificate *c)
{
	char when[SPAN_WORDS_MAX];

	paper_init(p, "Certificate of attendance", "", "TRAINING RECORD", "");
	paper_field(p, "Name", c->name);
	add_when(p, c);
	add_sums(p, c);
	paper_add(p, PAPER_HEADING, "What was done");
	add_lines(p, c->log);
	paper_add(p, PAPER_NOTICE, "This is a record of attendance: what was "
	    "done, when, and for how long, from the person's own training "
	    "log. It is not a judgement of competence, and says nothing of "
	    "how anybody answered.");
	moment_words(c->now, when);
	paper_field(p, "Printed", when);
	paper_add(p, PAPER_FIXED, "\n\nSigned  ______________________    "
	    "______________________\n");
}
