/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What only the whole instrument can show.  The rule language cannot say
 * "not", so one rule alone is monotone; a list of rules is not, if a rule of
 * a lower level stands before one of a higher level.  The check runs the
 * rules over counts of interchangeable items and looks for an addition that
 * lowers the level: all counts when there are at most STATES_MAX, else
 * DRAWS of them by a fixed sequence, so that a file always gives the same
 * result.
 */
#include "config.h"

#include <stdbool.h>
#include <stdint.h>

#include "core/instrument_read.h"
#include "core/screen.h"
#include "core/screen_class.h"
#include "core/str.h"

#define STATES_MAX 2048
#define DRAWS 512

struct state {
	unsigned n[ITEMS_MAX];	/* present, by class */
};

struct checker {
	struct loader *l;
	struct item_classes classes;
	int age;
	uint64_t drawn;		/* state of the fixed sequence */
};

static unsigned
state_level(const struct checker *c, const struct state *s)
{
	struct answers a;

	answers_init(&a);
	a.age = c->age;
	for (size_t k = 0; k < c->classes.n; k++)
		item_class_answer(c->l->in, &a, &c->classes.list[k].items,
		    s->n[k]);
	return screen_fired_level(c->l->in, &a);
}

static void
say_state(const struct checker *c, const struct state *s, struct str *out)
{
	const struct instrument *in = c->l->in;
	const char *sep = "";

	for (size_t k = 0; k < c->classes.n; k++) {
		unsigned left = s->n[k];

		for (unsigned i = 0; left > 0 && i < in->nitems; i++) {
			if (!itemset_has(&c->classes.list[k].items, i))
				continue;
			str_add_fmt(out, "%s%s", sep, in->items[i].id);
			sep = ", ";
			left--;
		}
	}
	if (*sep == '\0')
		str_add(out, "nothing");
}

static void
report(const struct checker *c, const struct state *less,
    const struct state *more)
{
	const struct instrument *in = c->l->in;
	struct str words;

	str_init(&words);
	say_state(c, less, &words);
	str_add_fmt(&words, " present gives %s, ",
	    screen_level_id(in, state_level(c, less)));
	say_state(c, more, &words);
	str_add_fmt(&words, " present gives %s",
	    screen_level_id(in, state_level(c, more)));
	loader_fault(c->l, c->l->root, "rules", "a further present answer "
	    "lowers the level: %s; list the rules from the highest level "
	    "down", words.s);
	str_release(&words);
}

/* One more present answer of each class; false once one lowers the level. */
static bool
check_state(const struct checker *c, const struct state *s)
{
	unsigned level = state_level(c, s);

	for (size_t k = 0; k < c->classes.n; k++) {
		struct state more = *s;

		if (s->n[k] == c->classes.list[k].size)
			continue;
		more.n[k]++;
		if (state_level(c, &more) <= level)
			continue;
		report(c, s, &more);
		return false;
	}
	return true;
}

/* The next state as an odometer of counts; false after the last, zeroed again. */
static bool
next_state(const struct checker *c, struct state *s)
{
	for (size_t k = 0; k < c->classes.n; k++) {
		if (s->n[k]++ < c->classes.list[k].size)
			return true;
		s->n[k] = 0;
	}
	return false;
}

/* Knuth's MMIX generator: any fixed sequence that spreads will do. */
static void
draw_state(struct checker *c, struct state *s)
{
	for (size_t k = 0; k < c->classes.n; k++) {
		c->drawn = c->drawn * 6364136223846793005u +
		    1442695040888963407u;
		s->n[k] = (unsigned)(c->drawn >> 33) %
		    (c->classes.list[k].size + 1);
	}
}

static bool
few_states(const struct checker *c)
{
	size_t n = 1;

	for (size_t k = 0; k < c->classes.n && n <= STATES_MAX; k++)
		n *= c->classes.list[k].size + 1;
	return n <= STATES_MAX;
}

/* One more of class k is one stride further in the odometer's order. */
static bool
check_place(const struct checker *c, const struct state *s,
    const unsigned char *level)
{
	size_t stride = 1;

	for (size_t k = 0; k < c->classes.n; k++) {
		struct state more = *s;

		if (s->n[k] < c->classes.list[k].size &&
		    level[stride] > level[0]) {
			more.n[k]++;
			report(c, s, &more);
			return false;
		}
		stride *= c->classes.list[k].size + 1;
	}
	return true;
}

static bool
check_all(const struct checker *c)
{
	unsigned char level[STATES_MAX] = {0};
	struct state s = { 0 };
	size_t i = 0;

	do
		level[i++] = (unsigned char)state_level(c, &s);
	while (next_state(c, &s));
	i = 0;
	do
		if (!check_place(c, &s, &level[i++]))
			return false;
	while (next_state(c, &s));
	return true;
}

static bool
check_drawn(struct checker *c)
{
	struct state s = { 0 };

	for (unsigned i = 0; i < DRAWS; i++) {
		if (!check_state(c, &s))
			return false;
		draw_state(c, &s);
	}
	return true;
}

static bool
check_states(struct checker *c)
{
	return few_states(c) ? check_all(c) : check_drawn(c);
}

static void
check_monotone(struct loader *l)
{
	struct checker c = { .l = l, .age = -1, .drawn = 1 };
	struct itemset all = itemset_or(l->in->listed, &l->in->questions);
	struct answers none;

	answers_init(&none);
	item_classes_find(l->in, &none, &all, &c.classes);
	if (!check_states(&c))
		return;
	c.age = 0;
	(void)check_states(&c);
}

static void
check_order(struct loader *l)
{
	const struct yaml_node *list = yaml_get(l->root, "rules");
	const struct instrument *in = l->in;

	for (size_t i = 1; i < in->nrules; i++)
		if (in->rules[i].level < in->rules[i - 1].level)
			loader_fault(l, list, NULL, "the rule \"%s\" (%s) "
			    "stands after \"%s\" (%s); list rules from the "
			    "highest level down", in->rules[i].id,
			    in->levels[in->rules[i].level].id,
			    in->rules[i - 1].id,
			    in->levels[in->rules[i - 1].level].id);
}

static void
check_use(struct loader *l)
{
	const struct yaml_node *map = yaml_get(l->root, "settings");
	const struct instrument *in = l->in;

	for (size_t i = 0; i < in->nsettings; i++)
		if (!in->settings[i].used)
			loader_fault(l, map, in->settings[i].name,
			    "no rule uses the setting \"%s\"",
			    in->settings[i].name);
	for (unsigned i = 0; i < in->nlevels; i++) {
		bool used = false;

		for (size_t r = 0; r < in->nrules; r++)
			used = used || in->rules[r].level == i;
		if (!used)
			loader_fault(l, l->root, "levels", "no rule gives the "
			    "level \"%s\"", in->levels[i].id);
	}
}

static void
check_scored(struct loader *l)
{
	const struct instrument *in = l->in;

	if (in->unscored && in->nrules + in->nlevels != 0)
		loader_fault(l, l->root, "unscored", "an unscored instrument "
		    "has no levels and no rules");
	if (!in->unscored && in->nlevels == 0 &&
	    yaml_get(l->root, "levels") != NULL)
		loader_fault(l, l->root, "levels", "there are no levels");
	if (!in->unscored && in->nrules == 0 &&
	    yaml_get(l->root, "rules") != NULL)
		loader_fault(l, l->root, "rules", "there are no rules");
}

/*
 * Use is only judged when all before is sound: a rule that cannot be read
 * would make every setting in it look unused.
 */
void
instrument_check(struct loader *l)
{
	bool sound = l->faults->n == 0;

	check_scored(l);
	check_order(l);
	if (!sound)
		return;
	check_use(l);
	check_monotone(l);
}
