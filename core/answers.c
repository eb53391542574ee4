/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/answers.h"

#include <assert.h>
#include <string.h>

#include "core/date.h"
#include "core/instrument.h"

static const char *const names[ANSWER_STATES] = {
	[ANSWER_NOT_ASKED] = "not asked",
	[ANSWER_NOT_KNOWN] = "not known",
	[ANSWER_ABSENT] = "absent",
	[ANSWER_SUSPECTED] = "suspected",
	[ANSWER_PRESENT] = "present"
};

const char *
answer_name(enum answer a)
{
	assert((unsigned)a < ANSWER_STATES);
	return names[a];
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* ASCII only, so that a locale cannot change what a file means. */
static char
plain(char c)
{
	if (c >= 'A' && c <= 'Z')
		return (char)(c - 'A' + 'a');
	return c == '-' || c == '_' ? ' ' : c;
}

static bool
same_name(const char *s, size_t n, const char *name)
{
	if (strlen(name) != n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (plain(s[i]) != name[i])
			return false;
	return true;
}

bool
answer_from_name(const char *s, size_t n, enum answer *out)
{
	while (n > 0 && is_blank(s[0])) {
		s++;
		n--;
	}
	while (n > 0 && is_blank(s[n - 1]))
		n--;
	for (unsigned i = 0; i < ANSWER_STATES; i++) {
		if (!same_name(s, n, names[i]))
			continue;
		*out = (enum answer)i;
		return true;
	}
	return false;
}

void
answers_init(struct answers *a)
{
	*a = (struct answers){ .age = -1 };
}

enum answer
answers_get(const struct answers *a, unsigned item)
{
	if (itemset_has(&a->present, item))
		return ANSWER_PRESENT;
	if (itemset_has(&a->suspected, item))
		return ANSWER_SUSPECTED;
	if (itemset_has(&a->absent, item))
		return ANSWER_ABSENT;
	if (itemset_has(&a->not_known, item))
		return ANSWER_NOT_KNOWN;
	return ANSWER_NOT_ASKED;
}

void
answers_set(struct answers *a, unsigned item, enum answer state)
{
	struct itemset *const of[ANSWER_STATES] = {
		NULL, &a->not_known, &a->absent, &a->suspected, &a->present
	};

	assert(item < ITEMS_MAX);
	for (unsigned i = 1; i < ANSWER_STATES; i++)
		itemset_remove(of[i], item);
	if (state != ANSWER_NOT_ASKED)
		itemset_add(of[state], item);
}

void
answers_raise(struct answers *a, unsigned item, enum answer state)
{
	if (state > answers_get(a, item))
		answers_set(a, item, state);
}

/*
 * A span that only touches the window counts as inside, and so does a day
 * later than today: a doubt about the date never hides an answer.
 */
static bool
window_has(const struct window *w, const struct span *on, int32_t today)
{
	int32_t last = w->from_days == 0 ? INT32_MAX : today - w->from_days;

	return !span_is_none(on) &&
	    span_overlaps(on, today - w->to_days, last);
}

void
answers_note(struct answers *a, const struct instrument *in,
    const struct sighting *s, int32_t today)
{
	struct itemset *in_window;

	answers_raise(a, s->item, s->state);
	if (s->state != ANSWER_PRESENT && s->state != ANSWER_SUSPECTED)
		return;
	in_window = s->state == ANSWER_PRESENT ? a->present_in : a->suspected_in;
	for (size_t i = 0; i < in->nwindows; i++)
		if (window_has(&in->windows[i], &s->on, today))
			itemset_add(&in_window[i], s->item);
}

void
answers_merge(struct answers *to, const struct answers *from)
{
	struct itemset said;

	to->present = itemset_or(to->present, &from->present);
	said = to->present;
	to->suspected = itemset_minus(itemset_or(to->suspected,
	    &from->suspected), &said);
	said = itemset_or(said, &to->suspected);
	to->absent = itemset_minus(itemset_or(to->absent, &from->absent),
	    &said);
	said = itemset_or(said, &to->absent);
	to->not_known = itemset_minus(itemset_or(to->not_known,
	    &from->not_known), &said);
	for (size_t w = 0; w < WINDOWS_MAX; w++) {
		to->present_in[w] = itemset_or(to->present_in[w],
		    &from->present_in[w]);
		to->suspected_in[w] = itemset_or(to->suspected_in[w],
		    &from->suspected_in[w]);
	}
}
