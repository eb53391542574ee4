/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/screen.h"

#include <string.h>

#include "core/rule_impl.h"
#include "core/screen_change.h"
#include "core/screen_class.h"

static bool
is_empty(struct itemset s)
{
	return (s.w[0] | s.w[1]) == 0;
}

/*
 * Without a fired rule: none-recorded only when every listed item that
 * applies was answered absent.  An open direct question keeps it at
 * insufficient too; one that was never asked does not, for a table of the
 * listed items alone must be able to say that all were absent.
 */
static unsigned
unfired_level(const struct instrument *in, const struct answers *a)
{
	struct itemset left_out = instrument_left_out(in, a);
	struct itemset need = itemset_minus(in->listed, &left_out);
	struct itemset open = itemset_minus(in->questions, &in->gates);
	struct itemset said = itemset_or(a->present, &a->suspected);
	struct itemset known = itemset_or(said, &a->not_known);

	if (is_empty(itemset_minus(need, &a->absent)) &&
	    is_empty(itemset_and(said, &in->listed)) &&
	    is_empty(itemset_and(known, &open)))
		return LEVEL_NONE(in);
	return LEVEL_INSUFFICIENT(in);
}

static unsigned
level_of(const struct instrument *in, const struct answers *a)
{
	unsigned level = screen_fired_level(in, a);

	return level < in->nlevels ? level : unfired_level(in, a);
}

/* The most the answers leave open: all present that is not absent. */
static void
answer_all(const struct instrument *in, const struct answers *a,
    struct answers *full)
{
	struct itemset all = itemset_or(in->listed, &in->questions);

	answers_init(full);
	full->absent = a->absent;
	full->present = itemset_minus(all, &a->absent);
	for (unsigned w = 0; w < WINDOWS_MAX; w++)
		full->present_in[w] = full->present;
	full->age = a->age < 0 || a->age_unsure ? 0 : a->age;
}

void
screen_levels(const struct instrument *in, const struct answers *a,
    unsigned *level, unsigned *could_be)
{
	struct answers full;

	*level = level_of(in, a);
	*could_be = *level;
	if (*level == 0)
		return;
	answer_all(in, a, &full);
	*could_be = screen_fired_level(in, &full);
	if (*could_be > *level || *could_be == LEVEL_INSUFFICIENT(in))
		*could_be = *level;
}

static void
count_answers(const struct instrument *in, const struct answers *a,
    struct screening *out)
{
	struct itemset left_out = instrument_left_out(in, a);
	struct itemset applies = itemset_minus(in->listed, &left_out);
	struct itemset present = itemset_and(a->present, &applies);
	struct itemset suspected = itemset_and(a->suspected, &applies);
	struct itemset open = itemset_minus(applies, &a->absent);
	struct itemset s;

	s = itemset_and(present, &in->vulnerabilities);
	out->vulnerabilities = itemset_count(&s);
	s = itemset_and(present, &in->signs);
	out->signs = itemset_count(&s);
	out->suspected = itemset_count(&suspected);
	open = itemset_minus(itemset_minus(open, &present), &suspected);
	out->not_known = itemset_count(&open);
	open = itemset_minus(open, &a->not_known);
	out->not_asked = itemset_count(&open);
	out->listed = itemset_count(&in->listed);
}

void
screen_judge(const struct instrument *in, const struct answers *a,
    struct screening *out)
{
	struct itemset left_out = instrument_left_out(in, a);

	memset(out, 0, sizeof(*out));
	screen_levels(in, a, &out->level, &out->could_be);
	count_answers(in, a, out);
	for (unsigned i = 0; i < in->nrules; i++)
		if (rule_holds_without(in, in->rules[i].when, a, &left_out))
			out->fired[out->nfired++] = i;
}

void
screen_run(const struct instrument *in, const struct answers *a,
    struct screening *out)
{
	screen_judge(in, a, out);
	screen_find_changes(in, a, out);
}

const char *
screen_level_id(const struct instrument *in, unsigned level)
{
	if (level < in->nlevels)
		return in->levels[level].id;
	return level == LEVEL_NONE(in) ? "none-recorded" : "insufficient";
}

const char *
screen_level_label(const struct instrument *in, unsigned level)
{
	if (level < in->nlevels)
		return in->levels[level].label;
	return level == LEVEL_NONE(in) ? in->label_none :
	    in->label_insufficient;
}

unsigned
screen_level_from_id(const struct instrument *in, const char *id)
{
	for (unsigned i = 0; i <= LEVEL_NONE(in); i++)
		if (strcmp(screen_level_id(in, i), id) == 0)
			return i;
	return NO_ITEM;
}

/* The first fired rule is the one that set the level. */
const char *
screen_label(const struct instrument *in, const struct screening *s)
{
	if (s->nfired != 0 && in->rules[s->fired[0]].label != NULL)
		return in->rules[s->fired[0]].label;
	return screen_level_label(in, s->level);
}

const char *
screen_action(const struct instrument *in, const struct screening *s)
{
	if (s->nfired != 0 && in->rules[s->fired[0]].action[0] != '\0')
		return in->rules[s->fired[0]].action;
	if (s->level < in->nlevels)
		return in->levels[s->level].action;
	return s->level == LEVEL_NONE(in) ? in->action_none :
	    in->action_insufficient;
}

void
screen_rule_words(const struct instrument *in, const struct answers *a,
    unsigned rule, struct str *out)
{
	const struct rule *r = &in->rules[rule];
	bool fired = rule_holds(in, r->when, a);

	str_add_fmt(out, "Rule %s %s: ", r->id,
	    fired ? "fired" : "did not fire");
	rule_explain(in, r->when, a, out);
}
