/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/walktrace.h"

#include <stdlib.h>
#include <string.h>

#include "core/vec.h"

void
trace_begin(struct walk_trace *t, uint32_t stage, unsigned round,
    int64_t now, const struct answers *base)
{
	trace_release(t);
	t->stage = stage;
	t->round = round;
	t->started = now;
	t->last = *base;
	for (size_t i = 0; i < STUDY_LIST_MAX; i++)
		t->points[i] = POINT_UNSAID;
}

void
trace_release(struct walk_trace *t)
{
	free(t->changes);
	memset(t, 0, sizeof(*t));
}

static void
add(struct walk_trace *t, struct walk_change c)
{
	t->changes = vec_room(t->changes, t->n, &t->cap,
	    sizeof(*t->changes));
	t->changes[t->n++] = c;
	answers_set(&t->last, c.item, c.state);
}

bool
trace_note(struct walk_trace *t, const struct instrument *in,
    const struct answers *now, int64_t at)
{
	size_t before = t->n;

	for (unsigned i = 0; i < in->nitems; i++) {
		enum answer a = answers_get(now, i);

		if (a != answers_get(&t->last, i))
			add(t, (struct walk_change){at, i, a});
	}
	return t->n > before;
}

/* ---- as text ---- */

static json_t *
changes_json(const struct walk_trace *t, const struct instrument *in)
{
	json_t *out = json_array();

	for (size_t i = 0; i < t->n; i++)
		json_array_append_new(out, json_pack("{s:I, s:s, s:s}",
		    "at", (json_int_t)t->changes[i].at,
		    "item", in->items[t->changes[i].item].id,
		    "state", answer_name(t->changes[i].state)));
	return out;
}

static json_t *
points_json(const struct walk_trace *t, size_t n)
{
	json_t *out = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(out,
		    json_integer((json_int_t)t->points[i]));
	return out;
}

void
trace_write(const struct walk_trace *t, const struct walk *w,
    struct str *out)
{
	const struct study_stage *st = &w->study->stages[t->stage];
	json_t *o = json_pack("{s:s, s:i, s:I, s:b, s:o, s:o}",
	    "stage", st->id, "round", (int)t->round,
	    "started", (json_int_t)t->started, "seen", t->seen ? 1 : 0,
	    "changes", changes_json(t, w->in),
	    "points", points_json(t, st->note.n));
	char *text = json_dumps(o, JSON_COMPACT | JSON_ENSURE_ASCII);

	str_add(out, text != NULL ? text : "");
	free(text);
	json_decref(o);
}

static void
read_changes(struct walk_trace *t, const struct walk *w, json_t *list)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *item, *state;
		struct walk_change c;
		json_int_t at;

		if (json_unpack(json_array_get(list, i), "{s:I, s:s, s:s}",
		    "at", &at, "item", &item, "state", &state) != 0)
			continue;
		c.at = at;
		c.item = instrument_item(w->in, item, strlen(item));
		if (c.item != NO_ITEM && answer_from_name(state,
		    strlen(state), &c.state))
			add(t, c);
	}
}

static void
read_points(struct walk_trace *t, const json_t *list)
{
	for (size_t i = 0; i < json_array_size(list) && i < STUDY_LIST_MAX;
	    i++) {
		json_int_t v = json_integer_value(json_array_get(list, i));

		if (v >= 0 && v <= POINT_UNSAID)
			t->points[i] = (unsigned)v;
	}
}

static bool
read_it(struct walk_trace *t, const struct walk *w, json_t *o,
    const struct answers *base)
{
	json_t *changes, *points;
	const char *stage;
	int round, seen;
	json_int_t started;

	if (json_unpack(o, "{s:s, s:i, s:I, s:b, s:o, s:o}", "stage", &stage,
	    "round", &round, "started", &started, "seen", &seen,
	    "changes", &changes, "points", &points) != 0 || started <= 0 ||
	    round < 1 || strcmp(stage, walk_stage(w)->id) != 0)
		return false;
	trace_begin(t, w->way.stages[w->way.n - 1], (unsigned)round, started,
	    base);
	t->seen = seen != 0;
	read_changes(t, w, changes);
	read_points(t, points);
	return true;
}

bool
trace_read(struct walk_trace *t, const struct walk *w, const char *text,
    const struct answers *base)
{
	json_t *o = json_loads(text, 0, NULL);
	bool good = o != NULL && read_it(t, w, o, base);

	json_decref(o);
	return good;
}
