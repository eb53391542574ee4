/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/joined.h"

#include <stdlib.h>
#include <string.h>

#include "core/childage.h"
#include "core/joinedwindow.h"
#include "core/str.h"
#include "core/utf8.h"
#include "core/vec.h"
#include "core/xalloc.h"

/* ---- agencies ---- */

void
joined_names_init(struct joined_names *names)
{
	memset(names, 0, sizeof(*names));
}

void
joined_names_release(struct joined_names *names)
{
	for (size_t i = 0; i < names->n; i++) {
		free(names->list[i]);
		free(names->keys[i]);
	}
	free(names->list);
	free(names->keys);
	joined_names_init(names);
}

uint32_t
joined_agency(struct joined_names *names, const char *name)
{
	struct str key;
	size_t i;

	str_init(&key);
	utf8_fold(&key, name, strlen(name));
	for (i = 0; i < names->n; i++)
		if (strcmp(names->keys[i], key.s) == 0)
			break;
	if (i == names->n) {
		names->list = vec_room(names->list, i, &names->cap,
		    sizeof(*names->list));
		names->keys = vec_room(names->keys, i, &names->capkeys,
		    sizeof(*names->keys));
		names->list[i] = xstrdup(name);
		names->keys[i] = xstrdup(key.s);
		names->n++;
	}
	str_release(&key);
	return (uint32_t)i;
}

/* ---- a case ---- */

static struct joined_voice *
voice_of(struct joined_part *p, uint32_t agency)
{
	for (size_t i = 0; i < p->nvoices; i++)
		if (p->voices[i].agency == agency)
			return &p->voices[i];
	p->voices = vec_room(p->voices, p->nvoices, &p->capvoices,
	    sizeof(*p->voices));
	p->voices[p->nvoices].agency = agency;
	return &p->voices[p->nvoices++];
}

struct taking {
	const struct instrument *in;
	const struct joined_window *w;
	struct joined_names *names;
	struct joined_part *p;
	int32_t today;
};

/* False when it is no answer to an item of the instrument. */
static bool
sighting_of(const struct taking *t, const struct record *r,
    struct sighting *out)
{
	const char *id = record_text(r, "indicator");
	const char *state = record_text(r, "state");

	out->on = r->entry.on;
	if (strcmp(r->entry.kind, "observation") != 0 ||
	    strcmp(record_text(r, "instrument"), t->in->id) != 0)
		return false;
	out->item = instrument_item(t->in, id, strlen(id));
	return out->item != NO_ITEM &&
	    answer_from_name(state, strlen(state), &out->state);
}

static void
take(struct taking *t, const struct record *r)
{
	struct joined_part *p = t->p;
	struct sighting seen;

	if (!sighting_of(t, r, &seen))
		return;
	if (span_is_none(&seen.on)) {
		p->undated++;
	} else if (!joined_window_has(t->w, &seen.on)) {
		p->outside++;
		return;
	} else if (p->latest == DAY_NONE || seen.on.last > p->latest) {
		p->latest = seen.on.last;
	}
	answers_note(&p->answers, t->in, &seen, t->today);
	if (seen.state == ANSWER_PRESENT)
		itemset_add(&voice_of(p, joined_agency(t->names,
		    record_text(r, "agency")))->present, seen.item);
}

void
joined_part_of(const struct casefile *c, const struct instrument *in,
    const struct joined_window *w, int32_t today,
    struct joined_names *names, struct joined_part *out)
{
	struct taking t = {in, w, names, out, today};
	struct child_age age;

	memset(out, 0, sizeof(*out));
	out->id = c->id;
	out->latest = DAY_NONE;
	answers_init(&out->answers);
	casefile_age(c, today, &age);
	out->answers.age = age.years;
	out->answers.age_unsure = age.unsure && age.years >= 0;
	for (size_t i = 0; i < c->nrecords; i++)
		if (record_stands(c->records[i]))
			take(&t, c->records[i]);
}

void
joined_part_release(struct joined_part *p)
{
	free(p->voices);
	memset(p, 0, sizeof(*p));
}

/* ---- a child ---- */

/* The youngest that any agency says: rules look at a young age. */
static void
join_age(struct answers *to, const struct answers *from)
{
	if (from->age < 0)
		return;
	to->age_unsure = to->age_unsure || from->age_unsure ||
	    (to->age >= 0 && to->age != from->age);
	if (to->age < 0 || from->age < to->age)
		to->age = from->age;
}

static void
join_answers(struct joined_child *c)
{
	answers_init(&c->answers);
	c->answers.age = -1;
	c->latest = DAY_NONE;
	for (size_t i = 0; i < c->nparts; i++) {
		const struct joined_part *p = c->parts[i];

		answers_merge(&c->answers, &p->answers);
		join_age(&c->answers, &p->answers);
		if (p->latest != DAY_NONE && (c->latest == DAY_NONE ||
		    p->latest > c->latest))
			c->latest = p->latest;
	}
}

/* Each agency's voice over all cases of the child. */
static size_t
join_voices(const struct joined_child *c, struct joined_voice **out)
{
	struct joined_part all = {.nvoices = 0};

	for (size_t i = 0; i < c->nparts; i++)
		for (size_t k = 0; k < c->parts[i]->nvoices; k++) {
			const struct joined_voice *v =
			    &c->parts[i]->voices[k];
			struct joined_voice *to = voice_of(&all, v->agency);

			to->present = itemset_or(to->present, &v->present);
		}
	*out = all.voices;
	return all.nvoices;
}

static void
count_voices(struct joined_child *c, const struct instrument *in,
    const struct joined_voice *voices, size_t n)
{
	struct itemset once = {{0}}, twice = {{0}};

	for (size_t i = 0; i < n; i++) {
		struct itemset own = itemset_and(voices[i].present,
		    &in->listed);
		struct itemset both = itemset_and(own, &once);
		unsigned count = itemset_count(&own);

		twice = itemset_or(twice, &both);
		once = itemset_or(once, &own);
		c->most_alone = count > c->most_alone ? count : c->most_alone;
		c->agencies += count > 0;
	}
	c->corroborated = itemset_count(&twice);
}

void
joined_child_of(const struct joined_part *const *parts, size_t n,
    const struct instrument *in, struct joined_child *out)
{
	struct joined_voice *voices;
	struct itemset listed;
	size_t nvoices;

	memset(out, 0, sizeof(*out));
	out->parts = parts;
	out->nparts = n;
	join_answers(out);
	screen_judge(in, &out->answers, &out->result);
	listed = itemset_and(out->answers.present, &in->listed);
	out->indicators = itemset_count(&listed);
	nvoices = join_voices(out, &voices);
	count_voices(out, in, voices, nvoices);
	out->only_joined = out->indicators >= JOINED_THREE &&
	    out->most_alone < JOINED_THREE;
	free(voices);
}

static int
by_number(const void *a, const void *b)
{
	const struct joined_voice *x = a, *y = b;

	return x->agency < y->agency ? -1 : x->agency > y->agency;
}

size_t
joined_who(const struct joined_child *c, unsigned item, uint32_t *out,
    size_t room)
{
	struct joined_voice *voices;
	size_t n = join_voices(c, &voices), found = 0;

	if (n > 0)
		qsort(voices, n, sizeof(*voices), by_number);
	for (size_t i = 0; i < n; i++) {
		if (!itemset_has(&voices[i].present, item))
			continue;
		if (found < room)
			out[found] = voices[i].agency;
		found++;
	}
	free(voices);
	return found;
}
