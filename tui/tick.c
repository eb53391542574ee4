/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/tick.h"

#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"

/* The order in which Space goes through the answers. */
static const enum answer ring[ANSWER_STATES] = {
	ANSWER_PRESENT, ANSWER_SUSPECTED, ANSWER_ABSENT, ANSWER_NOT_KNOWN,
	ANSWER_NOT_ASKED
};

static enum answer
ring_step(enum answer from, bool back)
{
	size_t i;

	for (i = 0; i < ANSWER_STATES - 1 && ring[i] != from; i++)
		continue;
	return ring[(i + (back ? ANSWER_STATES - 1 : 1)) % ANSWER_STATES];
}

static const char *
body_text(const json_t *body, const char *field)
{
	const char *s = json_string_value(json_object_get(body, field));

	return s != NULL ? s : "";
}

static enum answer
body_state(const json_t *body)
{
	const char *s = body_text(body, "state");
	enum answer a = ANSWER_NOT_ASKED;

	(void)answer_from_name(s, strlen(s), &a);
	return a;
}

static bool
is_tick(const struct pending_entry *e)
{
	return strcmp(e->draft.kind, "observation") == 0;
}

static unsigned
item_of_body(const struct casework *w, const json_t *body)
{
	const char *id = body_text(body, "indicator");

	if (strcmp(body_text(body, "instrument"), w->door.in->id) != 0)
		return NO_ITEM;
	return instrument_item(w->door.in, id, strlen(id));
}

unsigned
tick_item(const struct casework *w, size_t i)
{
	const struct pending_entry *e = &w->pending.list[i];
	const struct record *r;

	if (is_tick(e))
		return item_of_body(w, e->draft.body);
	r = casefile_find(&w->signed_, &e->about);
	if (r == NULL || strcmp(r->entry.kind, "observation") != 0)
		return NO_ITEM;
	return item_of_body(w, r->body);
}

size_t
tick_pending(const struct casework *w, unsigned item)
{
	size_t i;

	for (i = w->pending.n; i-- > 0;)
		if (is_tick(&w->pending.list[i]) && tick_item(w, i) == item)
			return i;
	return w->pending.n;
}

size_t
tick_incomplete(const struct casework *w, unsigned item)
{
	const struct pending *p = &w->pending;
	struct err ignored;
	size_t i, found = p->n;

	for (i = 0; i < p->n; i++) {
		if (tick_item(w, i) != item ||
		    pending_check(p, i, &ignored) == RC_OK)
			continue;
		if (!is_tick(&p->list[i]))
			return i;
		if (found == p->n)
			found = i;
	}
	return found;
}

static void
put(json_t *body, const char *field, const char *s)
{
	if (s != NULL && *s != '\0')
		json_object_set_new(body, field, json_string(s));
}

static void
put_state(json_t *body, enum answer a)
{
	json_object_set_new(body, "state", json_string(answer_name(a)));
}

/* Returns owned a new answer, with what is carried over. */
static json_t *
new_body(const struct casework *w, unsigned item, enum answer a)
{
	json_t *body = json_object();

	put(body, "instrument", w->door.in->id);
	put(body, "indicator", w->door.in->items[item].id);
	put_state(body, a);
	put(body, "agency", w->carry.agency);
	put(body, "source", w->carry.source);
	put(body, "confidence", w->carry.confidence);
	put(body, "evidence", w->carry.evidence);
	return body;
}

static void
add_new(struct casework *w, unsigned item, enum answer a)
{
	pending_mark(&w->pending);
	(void)pending_add(&w->pending, "observation", &w->carry.on,
	    new_body(w, item, a), NULL);
	casework_changed(w);
}

size_t
tick_add(struct casework *w, unsigned item)
{
	enum answer a = answers_get(&w->answers, item);

	add_new(w, item, a < ANSWER_ABSENT ? ANSWER_PRESENT : a);
	return w->pending.n - 1;
}

static void
add_strike(struct casework *w, const struct record *r, const char *reason)
{
	char hex[2 * ENTRY_ID_LEN + 1];
	struct span none = span_none();
	json_t *body = json_object();

	hex_format(r->entry.id.b, ENTRY_ID_LEN, hex);
	put(body, "target", hex);
	put(body, "reason", reason);
	(void)pending_add(&w->pending, "strike", &none, body, &r->entry.id);
}

void
tick_strike(struct casework *w, const struct record *r, const char *reason)
{
	pending_mark(&w->pending);
	add_strike(w, r, reason);
	casework_changed(w);
}

/*
 * The earlier answer's date, agency and source are kept; its evidence is
 * not, for it was the evidence of another answer.  In a session all is the
 * stage's: what is new is known from there.
 */
static void
begin_correction(struct casework *w, unsigned item, const struct record *r,
    enum answer a)
{
	bool told = w->carry.evidence != NULL;
	json_t *body = new_body(w, item, a);

	if (!told) {
		put(body, "agency", record_text(r, "agency"));
		put(body, "source", record_text(r, "source"));
		put(body, "confidence", record_text(r, "confidence"));
	}
	pending_mark(&w->pending);
	add_strike(w, r, w->carry.why);
	(void)pending_add(&w->pending, "observation",
	    told ? &w->carry.on : &r->entry.on, body, &r->entry.id);
	casework_changed(w);
}

static void
remove_about(struct pending *p, const struct entry_id *about)
{
	size_t i;

	for (i = p->n; i-- > 0;)
		if (entry_id_equal(&p->list[i].about, about))
			pending_remove(p, i);
}

static void
remove_with_its_cause(struct pending *p, size_t i)
{
	struct entry_id about = p->list[i].about;

	if (entry_id_zero(&about))
		pending_remove(p, i);
	else
		remove_about(p, &about);
}

void
tick_drop(struct casework *w, size_t i)
{
	pending_mark(&w->pending);
	remove_with_its_cause(&w->pending, i);
	casework_changed(w);
}

/* True if this answer leaves nothing to sign. */
static bool
is_nothing(const struct casework *w, const struct pending_entry *e,
    enum answer a)
{
	const struct record *r;

	if (entry_id_zero(&e->about))
		return a == ANSWER_NOT_ASKED;
	r = casefile_find(&w->signed_, &e->about);
	return r != NULL && body_state(r->body) == a;
}

static void
step_pending(struct casework *w, size_t i, bool back)
{
	struct pending *p = &w->pending;
	enum answer a = ring_step(body_state(p->list[i].draft.body), back);

	pending_mark(p);
	if (is_nothing(w, &p->list[i], a))
		remove_with_its_cause(p, i);
	else
		put_state(p->list[i].draft.body, a);
	casework_changed(w);
}

static enum tick_outcome
step_signed(struct casework *w, unsigned item, const struct record *r,
    bool back)
{
	size_t i;

	i = pending_about(&w->pending, "observation", &r->entry.id);
	if (i < w->pending.n) {
		step_pending(w, i, back);
		return TICK_DONE;
	}
	if (!record_stands(r))
		return TICK_STRUCK;
	begin_correction(w, item, casefile_find(&w->signed_, &r->entry.id),
	    ring_step(body_state(r->body), back));
	return TICK_DONE;
}

static enum tick_outcome
step_item(struct casework *w, unsigned item, bool back)
{
	const struct record *only = NULL;
	size_t i, n = 0;

	i = tick_pending(w, item);
	if (i < w->pending.n) {
		step_pending(w, i, back);
		return TICK_DONE;
	}
	for (i = 0; i < w->now.nrecords; i++) {
		const struct record *r = w->now.records[i];

		if (record_stands(r) && casework_observes(w, r, item)) {
			only = r;
			n++;
		}
	}
	if (n > 1)
		return TICK_CHOOSE;
	if (n == 1)
		return step_signed(w, item, only, back);
	add_new(w, item, ring_step(ANSWER_NOT_ASKED, back));
	return TICK_DONE;
}

enum tick_outcome
tick_step(struct casework *w, unsigned item, const struct record *r,
    bool back)
{
	size_t i;

	if (r == NULL)
		return step_item(w, item, back);
	i = casework_pending_of(w, r);
	if (i == w->pending.n)
		return step_signed(w, item, r, back);
	step_pending(w, i, back);
	return TICK_DONE;
}

static void
carry(char **to, const char *s)
{
	free(*to);
	*to = *s != '\0' ? xstrdup(s) : NULL;
}

void
tick_set(struct casework *w, size_t i, const struct span *on,
    const json_t *body, bool kept)
{
	const struct pending_entry *e = &w->pending.list[i];

	pending_set(&w->pending, i, on, json_deep_copy(body));
	if (kept && is_tick(e) && w->carry.evidence == NULL) {
		w->carry.on = *on;
		carry(&w->carry.agency, body_text(body, "agency"));
		carry(&w->carry.source, body_text(body, "source"));
		carry(&w->carry.confidence, body_text(body, "confidence"));
	}
	if (kept && is_tick(e) && is_nothing(w, e, body_state(body)))
		remove_with_its_cause(&w->pending, i);
	casework_changed(w);
}
