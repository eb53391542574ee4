/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The fewest answers that would change a level.  Items that no rule can tell
 * apart form a class, so the search goes over vectors of counts, shortest
 * first.  A direct question nearly always is the shortest way to the highest
 * level, and to say only that would hide what the listed items would do; so
 * listed items and questions are searched apart, and together only for a
 * level that neither reaches alone.  The same with the age, when not known.
 *
 * The work is bounded by TRIES_MAX; a level that would take longer to
 * explain is not explained, but could_be still names it.
 */
#include "config.h"

#include "core/screen_change.h"

#include <string.h>

#include "core/screen_class.h"

#define TRIES_MAX 20000
#define NOT_FOUND UINT32_MAX

struct vector {
	unsigned char n[ITEMS_MAX];
};

struct search {
	const struct instrument *in;
	struct answers base;
	bool age;
	struct item_classes classes;
	unsigned tries;
	unsigned shortest[LEVELS_MAX];	/* NOT_FOUND */
};

/* What a walk over all vectors of one length does with each. */
struct walk {
	struct search *s;
	struct itemset allowed;		/* bit k: class k may be used */
	struct vector v;
	/* False ends the walk. */
	bool (*visit)(struct walk *w, unsigned level);
	unsigned length;
	unsigned wanted;		/* a level */
	unsigned seen;
	struct itemset classes;		/* found, or not to be the only ones */
};

static unsigned
level_of_vector(struct search *s, const struct vector *v)
{
	struct answers a = s->base;

	s->tries++;
	for (size_t k = 0; k < s->classes.n; k++)
		if (v->n[k] != 0)
			item_class_answer(s->in, &a,
			    &s->classes.list[k].items, v->n[k]);
	return screen_fired_level(s->in, &a);
}

static bool
walk_from(struct walk *w, size_t k, unsigned left)
{
	unsigned most = 0;

	if (left == 0) {
		if (w->s->tries >= TRIES_MAX)
			return false;
		return w->visit(w, level_of_vector(w->s, &w->v));
	}
	if (k == w->s->classes.n)
		return true;
	if (itemset_has(&w->allowed, (unsigned)k))
		most = w->s->classes.list[k].size;
	if (most > left)
		most = left;
	for (unsigned n = most + 1; n-- > 0;) {
		w->v.n[k] = (unsigned char)n;
		if (!walk_from(w, k + 1, left - n)) {
			/* The vector stays as it was visited. */
			return false;
		}
	}
	return true;
}

static bool
walk_run(struct walk *w)
{
	memset(&w->v, 0, sizeof(w->v));
	return walk_from(w, 0, w->length);
}

static struct itemset
all_classes(const struct search *s)
{
	struct itemset all = { 0 };

	for (unsigned k = 0; k < s->classes.n; k++)
		itemset_add(&all, k);
	return all;
}

static bool
note_level(struct walk *w, unsigned level)
{
	if (level < w->s->in->nlevels &&
	    w->s->shortest[level] == NOT_FOUND)
		w->s->shortest[level] = w->length;
	return true;
}

static bool
is_wanted(struct walk *w, unsigned level)
{
	w->seen++;
	return level == w->wanted;
}

/* Notes the classes of every vector that gives the level. */
static bool
note_classes(struct walk *w, unsigned level)
{
	if (level != w->wanted)
		return true;
	for (unsigned k = 0; k < w->s->classes.n; k++)
		if (w->v.n[k] != 0)
			itemset_add(&w->classes, k);
	return true;
}

static bool
finds_other(struct walk *w, unsigned level)
{
	if (level != w->wanted)
		return true;
	for (unsigned k = 0; k < w->s->classes.n; k++)
		if (w->v.n[k] != 0 && !itemset_has(&w->classes, k))
			return false;
	return true;
}

/* More answers never lower a level, so the search ends at `best`. */
static void
search_run(struct search *s, unsigned best)
{
	unsigned most = 0;

	for (unsigned i = 0; i < LEVELS_MAX; i++)
		s->shortest[i] = NOT_FOUND;
	for (size_t k = 0; k < s->classes.n; k++)
		most += s->classes.list[k].size;
	for (unsigned n = s->age ? 0 : 1; n <= most; n++) {
		struct walk w = { .s = s, .allowed = all_classes(s),
		    .visit = note_level, .length = n };

		if (!walk_run(&w) || s->shortest[best] != NOT_FOUND)
			return;
	}
}

static void
search_init(struct search *s, const struct instrument *in,
    const struct answers *a, const struct itemset *among)
{
	s->in = in;
	s->base = *a;
	s->age = false;
	s->tries = 0;
	item_classes_find(in, a, among, &s->classes);
}

/* True if any `length` items of these classes give the level. */
static bool
any_do(struct search *s, const struct itemset *classes, unsigned length,
    unsigned level, unsigned *seen)
{
	struct walk w = { .s = s, .allowed = *classes, .visit = is_wanted,
	    .length = length, .wanted = level };
	bool good = walk_run(&w);

	*seen = w.seen;
	return good;
}

/* Grows a set of classes from one, as long as any n of them will do. */
static struct itemset
grow(struct search *s, unsigned seed, unsigned length, unsigned level)
{
	struct itemset u = { 0 };
	unsigned seen = 0;

	for (unsigned i = 0; i < s->classes.n; i++) {
		struct itemset more = u;

		itemset_add(&more, (unsigned)((seed + i) % s->classes.n));
		if (any_do(s, &more, length, level, &seen))
			u = more;
	}
	if (!any_do(s, &u, length, level, &seen) || seen == 0)
		return (struct itemset){ 0 };
	return u;
}

static struct itemset
items_of(const struct search *s, const struct itemset *classes)
{
	struct itemset items = { 0 };

	for (unsigned k = 0; k < s->classes.n; k++)
		if (itemset_has(classes, k))
			items = itemset_or(items, &s->classes.list[k].items);
	return items;
}

/* Most often any n of all the items that can help at all will do. */
static struct itemset
largest(struct search *s, unsigned length, unsigned level,
    const struct itemset *useful)
{
	struct itemset best = { 0 };
	unsigned most = 0, seen;

	if (any_do(s, useful, length, level, &seen))
		return *useful;
	for (unsigned seed = 0; seed < s->classes.n; seed++) {
		struct itemset u = grow(s, seed, length, level);
		struct itemset items = items_of(s, &u);

		if (itemset_count(&items) > most) {
			most = itemset_count(&items);
			best = u;
		}
	}
	return best;
}

static void
change_add(struct screening *out, const struct change *c)
{
	size_t at = out->nchanges;
	unsigned cost = c->n + c->age;

	while (at > 0 && (out->changes[at - 1].n + out->changes[at - 1].age >
	    cost || (out->changes[at - 1].n + out->changes[at - 1].age ==
	    cost && out->changes[at - 1].level > c->level)))
		at--;
	if (at == CHANGES_MAX)
		return;
	if (out->nchanges < CHANGES_MAX)
		out->nchanges++;
	memmove(&out->changes[at + 1], &out->changes[at],
	    (out->nchanges - at - 1) * sizeof(*c));
	out->changes[at] = *c;
}

static void
add_vector(struct search *s, const struct walk *w, struct screening *out)
{
	struct change c = { .level = w->wanted, .n = w->length,
	    .age = s->age };

	for (unsigned k = 0; k < s->classes.n; k++) {
		const struct itemset *items = &s->classes.list[k].items;

		if (w->v.n[k] == 0)
			continue;
		if (c.npicks == PICKS_MAX)
			return;
		c.picks[c.npicks++] = (struct pick){ w->v.n[k], *items };
		c.from = itemset_or(c.from, items);
	}
	change_add(out, &c);
}

/* One way more, by items that `but` alone does not reach. */
static void
add_other(struct search *s, unsigned level, const struct itemset *but,
    struct screening *out)
{
	struct walk w = { .s = s, .allowed = all_classes(s),
	    .visit = finds_other, .length = s->shortest[level],
	    .wanted = level, .classes = *but };

	if (!walk_run(&w) && s->tries < TRIES_MAX)
		add_vector(s, &w, out);
}

/* The change to one level: "any n of these", and one other way if there is. */
static void
add_level(struct search *s, unsigned level, struct screening *out)
{
	unsigned n = s->shortest[level];
	struct change c = { .level = level, .n = n, .age = s->age };
	struct walk w = { .s = s, .allowed = all_classes(s),
	    .visit = note_classes, .length = n, .wanted = level };
	struct itemset any;

	if (n == 0) {
		change_add(out, &c);
		return;
	}
	if (!walk_run(&w))
		return;
	any = largest(s, n, level, &w.classes);
	if (itemset_count(&any) != 0) {
		c.from = items_of(s, &any);
		c.picks[0] = (struct pick){ n, c.from };
		c.npicks = 1;
		change_add(out, &c);
	}
	if (memcmp(&any, &w.classes, sizeof(any)) != 0)
		add_other(s, level, &any, out);
}

/* A lower level is worth saying only if it takes fewer answers. */
static bool
worth_saying(const struct search *s, unsigned level)
{
	if (s->shortest[level] == NOT_FOUND)
		return false;
	for (unsigned i = 0; i < level; i++)
		if (s->shortest[i] < s->shortest[level])
			return false;
	return true;
}

static bool
is_explained(const struct screening *out, unsigned level, unsigned cost)
{
	for (size_t i = 0; i < out->nchanges; i++)
		if (out->changes[i].level == level &&
		    out->changes[i].n + out->changes[i].age <= cost)
			return true;
	return false;
}

static void
add_levels(struct search *s, struct screening *out, bool only_new)
{
	unsigned top = out->level;

	if (top > s->in->nlevels)
		top = (unsigned)s->in->nlevels;
	for (unsigned i = out->could_be; i < top; i++) {
		if (!worth_saying(s, i))
			continue;
		/* The age alone is always worth asking for. */
		if (only_new && s->shortest[i] != 0 &&
		    is_explained(out, i, s->shortest[i] + s->age))
			continue;
		add_level(s, i, out);
	}
}

/* The levels that a search over some of the items reaches. */
static void
add_family(const struct instrument *in, const struct answers *a,
    const struct itemset *among, struct screening *out)
{
	struct search s;

	search_init(&s, in, a, among);
	search_run(&s, out->could_be);
	add_levels(&s, out, false);
}

static void
add_rest(const struct instrument *in, const struct answers *a, bool age,
    struct screening *out)
{
	struct itemset all = itemset_or(in->listed, &in->questions);
	struct search s;

	search_init(&s, in, a, &all);
	if (age) {
		s.age = true;
		s.base.age = 0;
	}
	search_run(&s, out->could_be);
	add_levels(&s, out, true);
}

void
screen_find_changes(const struct instrument *in, const struct answers *a,
    struct screening *out)
{
	out->nchanges = 0;
	if (out->could_be >= out->level)
		return;
	add_family(in, a, &in->listed, out);
	add_family(in, a, &in->questions, out);
	add_rest(in, a, false, out);
	if (a->age < 0 || a->age_unsure)
		add_rest(in, a, true, out);
}
