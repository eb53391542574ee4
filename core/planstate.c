/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/planstate.h"

#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/vec.h"

static bool
is_kind(const struct record *r, const char *kind)
{
	return record_stands(r) && strcmp(r->entry.kind, kind) == 0;
}

/* The later of two by their date; of the same day, b, written after a. */
static const struct record *
later(const struct record *a, const struct record *b)
{
	return a == NULL || b->entry.on.first >= a->entry.on.first ? b : a;
}

/* ---- actions ---- */

void
plan_action_read(const struct casefile *c, const struct record *r,
    int32_t today, struct plan_action *out)
{
	*out = (struct plan_action){.record = r, .due = DAY_NONE};
	for (size_t i = 0; i < c->nrecords; i++)
		if (is_kind(c->records[i], "action-outcome") &&
		    casefile_target(c, c->records[i], "action") == r)
			out->outcome = later(out->outcome, c->records[i]);
	if (day_parse(record_text(r, "due"), &out->due, NULL) != RC_OK)
		out->due = DAY_NONE;
	out->state = out->outcome != NULL ? ACTION_OVER :
	    out->due != DAY_NONE && out->due < today ? ACTION_OVERDUE :
	    ACTION_OPEN;
}

static int32_t
day_of(const struct plan_action *a)
{
	return a->state == ACTION_OVER ? a->outcome->entry.on.first : a->due;
}

static int
compare(const void *x, const void *y)
{
	const struct plan_action *a = x, *b = y;
	int order;

	if (a->state != b->state)
		return a->state < b->state ? -1 : 1;
	order = day_of(a) < day_of(b) ? -1 : day_of(a) > day_of(b);
	if (order == 0)
		order = entry_compare(&a->record->entry, &b->record->entry);
	return a->state == ACTION_OVER ? -order : order;
}

void
plan_actions(const struct casefile *c, int32_t today,
    struct plan_action **list, size_t *n)
{
	size_t cap = 0;

	*list = NULL;
	*n = 0;
	for (size_t i = 0; i < c->nrecords; i++) {
		if (!is_kind(c->records[i], "action"))
			continue;
		*list = vec_room(*list, *n, &cap, sizeof(**list));
		plan_action_read(c, c->records[i], today, &(*list)[(*n)++]);
	}
	if (*n > 1)
		qsort(*list, *n, sizeof(**list), compare);
}

static void
add_day(struct str *out, const char *before, int32_t day)
{
	struct span span = span_of_day(day);
	char words[SPAN_WORDS_MAX];

	if (day == DAY_NONE)
		return;
	span_words(&span, words);
	str_add_fmt(out, "%s%s", before, words);
}

static void
add_days(struct str *out, int32_t n)
{
	str_add_fmt(out, "%d day%s", (int)n, n == 1 ? "" : "s");
}

static void
outcome_words(const struct record *r, struct str *out)
{
	static const char *const words[][2] = {
		{"done", "done on"}, {"partly", "partly done on"},
		{"not-done", "not done, said on"},
		{"not-needed", "not needed any more, said on"}
	};
	const char *code = record_text(r, "outcome");
	size_t i = 0;

	while (i < 3 && strcmp(words[i][0], code) != 0)
		i++;
	str_add(out, words[i][1]);
	add_day(out, " ", r->entry.on.first != DAY_NONE ? r->entry.on.first :
	    moment_day(r->entry.at));
}

void
plan_action_words(const struct plan_action *a, int32_t today,
    struct str *out)
{
	if (a->state == ACTION_OVER) {
		outcome_words(a->outcome, out);
		return;
	}
	if (a->state == ACTION_OVERDUE) {
		str_add(out, "overdue by ");
		add_days(out, today - a->due);
	} else {
		str_add(out, "open");
	}
	add_day(out, ", due ", a->due);
	if (a->state == ACTION_OPEN && a->due != DAY_NONE) {
		str_add(out, a->due == today ? " (today" : " (in ");
		if (a->due != today)
			add_days(out, a->due - today);
		str_add(out, ")");
	}
}

/* ---- support ---- */

const struct code *
support_codes(size_t *n)
{
	const struct code *codes =
	    kind_field(kind_find("support"), "support")->codes;

	for (*n = 0; codes[*n].id != NULL;)
		++*n;
	return codes;
}

void
support_read(const struct casefile *c, const struct code *support,
    struct support_line *out)
{
	*out = (struct support_line){.support = support};
	for (size_t i = 0; i < c->nrecords; i++) {
		const struct record *r = c->records[i];

		if (!is_kind(r, "support") ||
		    strcmp(record_text(r, "support"), support->id) != 0)
			continue;
		out->latest = later(out->latest, r);
		out->n++;
	}
}

void
support_words(const struct support_line *s, struct str *out)
{
	static const char *const words[][2] = {
		{"offered", "offered"}, {"accepted", "accepted"},
		{"declined", "declined"}, {"in-place", "in place"},
		{"not-offered", "not offered, and why"}
	};
	const char *state = s->latest != NULL ?
	    record_text(s->latest, "state") : "";

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i][0], state) == 0) {
			str_add(out, words[i][1]);
			return;
		}
	str_add(out, "not offered yet");
}
