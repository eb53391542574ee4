/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/chase.h"

#include <stdlib.h>
#include <string.h>

#include "core/clocks.h"
#include "core/date.h"
#include "core/vec.h"

static const struct {
	const char *next, *words, *todo;
} states[] = {
	[REFERRAL_WRITTEN] = {"sent", "not noted as sent",
	    "Send it, then note that it was sent."},
	[REFERRAL_SENT] = {"received", "sent, no receipt yet",
	    "Ring them: have they got it?"},
	[REFERRAL_RECEIVED] = {"decision", "received, no decision yet",
	    "Ask for the decision and its reasons."},
	[REFERRAL_DECIDED] = {"outcome", "decided, no outcome yet",
	    "Note what became of it for the young person."},
	[REFERRAL_OVER] = {"", "over", ""},
};

static enum referral_state
state_after(const struct record *step)
{
	static const struct {
		const char *step;
		enum referral_state state;
	} table[] = {
		{"sent", REFERRAL_SENT}, {"received", REFERRAL_RECEIVED},
		{"decision", REFERRAL_DECIDED}, {"outcome", REFERRAL_OVER},
		{"recalled", REFERRAL_OVER},
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (strcmp(record_text(step, "step"), table[i].step) == 0)
			return table[i].state;
	return REFERRAL_WRITTEN;
}

static int32_t
day_of(const struct record *r)
{
	return r->entry.on.first != DAY_NONE ? r->entry.on.first :
	    moment_day(r->entry.at);
}

enum referral_state
referral_state(const struct casefile *c, const struct record *referral,
    int32_t *since)
{
	enum referral_state state = REFERRAL_WRITTEN, s;
	int32_t day = day_of(referral);

	for (size_t i = 0; i < c->nrecords; i++) {
		const struct record *r = c->records[i];

		if (!record_stands(r) ||
		    strcmp(r->entry.kind, "referral-step") != 0 ||
		    casefile_target(c, r, "referral") != record_latest(
		    referral))
			continue;
		s = state_after(r);
		/* The furthest one, whatever the order of writing. */
		if (s > state) {
			state = s;
			day = day_of(r);
		}
	}
	if (since != NULL)
		*since = day;
	return state;
}

const char *
referral_next_step(enum referral_state s)
{
	return states[s].next;
}

const char *
referral_state_words(enum referral_state s)
{
	return states[s].words;
}

const char *
referral_state_todo(enum referral_state s)
{
	return states[s].todo;
}

/* ---- what there is to chase ---- */

struct gathering {
	struct chase *list;
	size_t n, cap;
};

static void
add(struct gathering *g, const struct chase *ch)
{
	g->list = vec_room(g->list, g->n, &g->cap, sizeof(*g->list));
	g->list[g->n++] = *ch;
}

static bool
is_chased(const struct record *r)
{
	static const char *const kinds[] = {
		"referral", "referral-step", "nrm", "process", "transfer"
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(r->entry.kind, kinds[i]) == 0)
			return true;
	return false;
}

static bool
add_clock(const struct clock_row *row, void *ctx)
{
	if (is_chased(row->record))
		add(ctx, &(struct chase){row->record, row->due, row->label,
		    row->id, day_of(row->record)});
	return true;
}

static bool
has_clock(const struct gathering *g, const struct record *r)
{
	for (size_t i = 0; i < g->n; i++)
		if (g->list[i].record == r && g->list[i].due != INT64_MAX)
			return true;
	return false;
}

/* One that waits without a clock is not forgotten. */
static void
add_waiting(const struct casefile *c, struct gathering *g)
{
	for (size_t i = 0; i < c->nrecords; i++) {
		const struct record *r = c->records[i];
		struct chase ch = {r, INT64_MAX, "", "", 0};

		if (record_stands(r) &&
		    strcmp(r->entry.kind, "referral") == 0 &&
		    referral_state(c, r, &ch.since) < REFERRAL_DECIDED &&
		    !has_clock(g, r))
			add(g, &ch);
	}
}

static int
compare(const void *x, const void *y)
{
	const struct chase *a = x, *b = y;

	if (a->due != b->due)
		return a->due < b->due ? -1 : 1;
	if (a->since != b->since)
		return a->since < b->since ? -1 : 1;
	return entry_compare(&a->record->entry, &b->record->entry);
}

void
chase_list(const struct casefile *c, struct chase **list, size_t *n)
{
	struct gathering g = {NULL, 0, 0};

	if (c->closed == NULL) {
		casefile_clocks(c, add_clock, &g);
		add_waiting(c, &g);
	}
	if (g.n > 1)
		qsort(g.list, g.n, sizeof(*g.list), compare);
	*list = g.list;
	*n = g.n;
}
