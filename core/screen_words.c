/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes in words. */
#include "config.h"

#include "core/rule_impl.h"
#include "core/screen.h"

/* "B1 to B14": a run of at least three items of one section is a range. */
static unsigned
run_end(const struct instrument *in, const struct itemset *s, unsigned i)
{
	unsigned end = i;

	while (end + 1 < in->nitems && itemset_has(s, end + 1) &&
	    in->items[end + 1].section == in->items[i].section)
		end++;
	return end;
}

static void
items_words(const struct instrument *in, const struct itemset *s,
    struct str *out)
{
	const char *sep = "";

	for (unsigned i = 0; i < in->nitems; i++) {
		unsigned end;

		if (!itemset_has(s, i))
			continue;
		end = run_end(in, s, i);
		str_add_fmt(out, "%s%s", sep, in->items[i].id);
		if (end > i + 1) {
			str_add_fmt(out, " to %s", in->items[end].id);
			i = end;
		}
		sep = ", ";
	}
}

static void
pick_words(const struct instrument *in, const struct pick *p, bool first,
    struct str *out)
{
	unsigned size = itemset_count(&p->from);

	str_add_fmt(out, "%s%u more present", first ? "" : " and ", p->n);
	str_add(out, size > p->n ? ", any of " : ": ");
	items_words(in, &p->from, out);
}

/* The age that a rule of this level asks for; 0 when none does. */
static long
age_asked(const struct instrument *in, unsigned level)
{
	for (size_t r = 0; r < in->nrules; r++) {
		const struct expr *x = in->rules[r].when;

		for (size_t i = 0; i < x->n; i++)
			if (in->rules[r].level == level &&
			    x->nodes[i].op == NODE_AGE)
				return x->nodes[i].value;
	}
	return 0;
}

void
screen_change_words(const struct instrument *in, const struct change *c,
    struct str *out)
{
	for (size_t i = 0; i < c->npicks; i++)
		pick_words(in, &c->picks[i], i == 0, out);
	if (c->age)
		str_add_fmt(out, "%san age under %ld (age not certain)",
		    c->npicks == 0 ? "" : " and ", age_asked(in, c->level));
	str_add_fmt(out, " -> %s", screen_level_label(in, c->level));
}
