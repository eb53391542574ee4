/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * When what was missed is asked again.  The boxes are those of S. Leitner, So
 * lernt man lernen (1972): right moves on, wrong goes back to the first.
 * That answering again after days holds better than at one sitting is shown
 * (Latimier, Peyre and Ramus, Educational Psychology Review 33, 2021); that
 * times that grow are better than equal ones is not, but they keep more at
 * hand on the way, with few questions (Kang, Lindsey, Mozer and Pashler,
 * Psychonomic Bulletin & Review 21, 2014).  The very days are this project's.
 */
#include "config.h"

#include "core/retest.h"

#include <stdlib.h>
#include <string.h>

#include "core/vec.h"
#include "core/xalloc.h"

int
retest_days(unsigned box)
{
	static const int days[RETEST_BOXES] = { 1, 3, 7, 21, 60 };

	return days[box];
}

void
retests_init(struct retests *r, const struct instrument *in)
{
	memset(r, 0, sizeof(*r));
	r->in = in;
}

static void
drop_items(struct retests *r)
{
	for (size_t i = 0; i < r->n; i++) {
		free(r->items[i].study);
		free(r->items[i].stage);
	}
	r->n = 0;
}

void
retests_release(struct retests *r)
{
	for (size_t i = 0; i < r->nevents; i++) {
		free(r->events[i].study);
		free(r->events[i].stage);
	}
	drop_items(r);
	free(r->events);
	free(r->items);
	memset(r, 0, sizeof(*r));
}

/* ---- what happened ---- */

static bool
is_by(const struct record *r, const struct author_id *who)
{
	return memcmp(r->entry.author.b, who->b, AUTHOR_LEN) == 0;
}

/* Of a session the latest stage at which the indicator was missed counts. */
static struct retest_event *
known_event(struct retests *r, const struct retest_event *ev,
    const struct entry_id *session)
{
	for (size_t i = 0; i < r->nevents; i++)
		if (r->events[i].item == ev->item &&
		    entry_id_equal(&r->events[i].entry, session))
			return &r->events[i];
	return NULL;
}

static void
add_event(struct retests *r, const struct retest_event *ev,
    const char *study, const char *stage)
{
	struct retest_event *to = known_event(r, ev, &ev->entry);

	if (ev->at < 0 || ev->at > ENTRY_AT_MAX ||
	    (to != NULL && ev->n <= to->n))
		return;
	if (to == NULL) {
		r->events = vec_room(r->events, r->nevents, &r->capevents,
		    sizeof(*r->events));
		to = &r->events[r->nevents++];
	}
	free(to->study);
	free(to->stage);
	*to = *ev;
	to->study = xstrdup(study);
	to->stage = xstrdup(stage);
}

/* The session's checklist may be another version of ours. */
static unsigned
our_item(const struct retests *r, const struct instrument *in, unsigned item)
{
	const char *id = in->items[item].id;

	return in == r->in ? item : instrument_item(r->in, id, strlen(id));
}

static void
add_attempt(struct retests *r, const struct walk *w, size_t place,
    const struct walk_attempt *a)
{
	const char *stage = w->study->stages[a->stage].id;
	struct retest_event ev = { .n = a->record->entry.n,
	    .at = a->committed, .entry = w->session->entry.id,
	    .what = RETEST_MISSED };
	struct walk_model m;

	walk_model_of(w, place, a, &m);
	for (size_t i = 0; i < m.nitems; i++) {
		if (m.items[i].match != MATCH_MISSED)
			continue;
		ev.item = our_item(r, w->in, m.items[i].item);
		if (ev.item != NO_ITEM)
			add_event(r, &ev, w->study->id, stage);
	}
	walk_model_release(&m);
}

void
retests_add_walk(struct retests *r, const struct walk *w,
    const struct author_id *who)
{
	if (strcmp(w->in->id, r->in->id) != 0)
		return;
	for (size_t i = 0; i < w->way.n; i++) {
		const struct walk_attempt *a =
		    walk_attempt_at(w, w->way.stages[i], 1);

		if (a != NULL && is_by(a->record, who))
			add_attempt(r, w, i, a);
	}
}

void
retests_add_log(struct retests *r, const struct casefile *c,
    const struct author_id *who)
{
	for (size_t i = 0; i < c->nrecords; i++) {
		const struct record *re = c->records[i];
		const char *id = record_text(re, "indicator");
		struct retest_event ev = { .n = re->entry.n,
		    .at = re->entry.at, .entry = re->entry.id };

		if (!record_stands(re) || !is_by(re, who) ||
		    strcmp(re->entry.kind, "retest") != 0 ||
		    strcmp(record_text(re, "instrument"), r->in->id) != 0)
			continue;
		ev.item = instrument_item(r->in, id, strlen(id));
		ev.what = json_is_true(json_object_get(re->body, "right")) ?
		    RETEST_RIGHT : RETEST_WRONG;
		if (ev.item != NO_ITEM)
			add_event(r, &ev, record_text(re, "study"),
			    record_text(re, "stage"));
	}
}

/* ---- boxes and days ---- */

static int
by_chain(const void *a, const void *b)
{
	const struct retest_event *x = a, *y = b;

	if (x->n != y->n)
		return x->n < y->n ? -1 : 1;
	if (x->item != y->item)
		return x->item < y->item ? -1 : 1;
	return memcmp(x->entry.b, y->entry.b, ENTRY_ID_LEN);
}

static int
by_due(const void *a, const void *b)
{
	const struct retest_item *x = a, *y = b;
	bool p = x->due == DAY_NONE, q = y->due == DAY_NONE;

	if (p != q)
		return p ? 1 : -1;
	if (x->due != y->due)
		return x->due < y->due ? -1 : 1;
	return x->item < y->item ? -1 : x->item > y->item;
}

static struct retest_item *
item_of(struct retests *r, unsigned item)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->items[i].item == item)
			return &r->items[i];
	return NULL;
}

static void
back_to_first(struct retests *r, struct retest_item *it,
    const struct retest_event *ev, int32_t day)
{
	if (it == NULL) {
		r->items = vec_room(r->items, r->n, &r->cap,
		    sizeof(*r->items));
		it = &r->items[r->n++];
		memset(it, 0, sizeof(*it));
		it->item = ev->item;
	}
	it->box = 0;
	it->due = day + retest_days(0);
	it->missed += ev->what == RETEST_MISSED;
	it->asked += ev->what == RETEST_WRONG;
	free(it->study);
	free(it->stage);
	it->study = xstrdup(ev->study);
	it->stage = xstrdup(ev->stage);
}

static void
move_on(struct retest_item *it, int32_t day)
{
	it->asked++;
	it->right++;
	if (it->due == DAY_NONE || day < it->due)
		return;
	it->box++;
	it->due = it->box < RETEST_BOXES ? day + retest_days(it->box) :
	    DAY_NONE;
}

void
retests_settle(struct retests *r)
{
	drop_items(r);
	if (r->nevents > 1)
		qsort(r->events, r->nevents, sizeof(*r->events), by_chain);
	for (size_t i = 0; i < r->nevents; i++) {
		const struct retest_event *ev = &r->events[i];
		struct retest_item *it = item_of(r, ev->item);
		int32_t day = moment_day(ev->at);

		if (ev->what != RETEST_RIGHT)
			back_to_first(r, it, ev, day);
		else if (it != NULL)
			move_on(it, day);
	}
	if (r->n > 1)
		qsort(r->items, r->n, sizeof(*r->items), by_due);
}

size_t
retests_due(const struct retests *r, int32_t today)
{
	size_t n = 0;

	while (n < r->n && r->items[n].due != DAY_NONE &&
	    r->items[n].due <= today)
		n++;
	return n;
}
