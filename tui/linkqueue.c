/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which pairs are shown, and which are answered by another: who parts two
 * children over one pair has answered every other pair of their records.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "tui/app.h"
#include "tui/ask.h"
#include "tui/linkscreen_impl.h"

static const struct link_pair *
pair_at(const struct linkscreen *ls, size_t i)
{
	return &ls->l->result.pairs[ls->items[i].pair];
}

/* ---- answered by another ---- */

static bool
same_two(const struct linkscreen *ls, size_t i, size_t j)
{
	const struct link_result *r = &ls->l->result;

	return link_parting_answers(pair_at(ls, i)) &&
	    link_two_children(r, pair_at(ls, i)) ==
	    link_two_children(r, pair_at(ls, j));
}

void
link_follow(struct linkscreen *ls, size_t at)
{
	bool parted = false;

	for (size_t i = 0; i < ls->n; i++)
		parted |= ls->items[i].chose == CHOSE_APART &&
		    same_two(ls, i, at);
	for (size_t i = 0; i < ls->n; i++)
		if (same_two(ls, i, at))
			ls->items[i].answered = parted &&
			    ls->items[i].chose == CHOSE_NOTHING;
}

size_t
link_others(const struct linkscreen *ls, size_t at)
{
	size_t n = 0;

	for (size_t i = 0; i < ls->n; i++)
		n += i != at && ls->items[i].chose == CHOSE_NOTHING &&
		    same_two(ls, i, at);
	return n;
}

/* ---- which are shown ---- */

bool
link_shows(const struct linkscreen *ls, size_t i)
{
	return ls->only == 0 ||
	    (unsigned)link_main_reason(pair_at(ls, i)) == ls->only;
}

size_t
link_shown(const struct linkscreen *ls, size_t before)
{
	size_t n = 0;

	if (ls->only == 0)
		return before < ls->n ? before : ls->n;
	for (size_t i = 0; i < ls->n && i < before; i++)
		n += link_shows(ls, i);
	return n;
}

const char *
link_reason_words(unsigned why)
{
	switch (why) {
	case LINK_AGAINST:
		return "that would join what was parted";
	case LINK_CHAIN:
		return "that would join two others";
	case LINK_TWIN:
		return "that may be twins";
	case LINK_CONFLICT:
		return "whose numbers differ";
	case LINK_SAME_AGENCY:
		return "of one agency";
	case LINK_ID_ALONE:
		return "with a number alone";
	case LINK_NO_LEAD:
		return "that another fits as well";
	default:
		return "not sure enough";
	}
}

/* ---- choosing ---- */

#define CHOICES (LINK_WHYS + 1)

/* The reasons that there are; why[0] is for all. */
static size_t
reasons_of(const struct linkscreen *ls, unsigned why[CHOICES])
{
	size_t n = 1;
	struct link_asked asked;

	why[0] = 0;
	link_asked_count(&ls->l->result, &asked);
	for (const struct link_reason *r = link_reasons(); r->code != NULL;
	    r++)
		if (asked.by[__builtin_ctz(r->why)] > 0)
			why[n++] = r->why;
	return n;
}

static enum rc
filter_done(void *ctx, struct app *app, struct pane *ask, struct err *e)
{
	struct linkscreen *ls = ctx;
	unsigned why[CHOICES];
	size_t n = reasons_of(ls, why), k = ask_choice(ask, 0);

	(void)app;
	(void)e;
	ls->only = k < n ? why[k] : 0;
	link_first(ls);
	return RC_OK;
}

static void
ask_which(struct linkscreen *ls, struct app *app,
    const struct ask_choice *choices, size_t n)
{
	const struct ask_field which = {.type = ASK_CHOICE, .label = "Show",
	    .choices = choices, .nchoices = n};
	const struct ask_opts o = {.title = "Which pairs", .intro = "Each "
	    "pair is counted once, by its main reason.", .verb = "show them",
	    .topic = "link-review", .fields = &which, .n = 1, .ctx = ls,
	    .done = filter_done};

	ask_open(app, &o);
}

void
link_filter_ask(struct linkscreen *ls, struct app *app)
{
	struct ask_choice choices[CHOICES];
	char labels[CHOICES][64];
	unsigned why[CHOICES];
	size_t n = reasons_of(ls, why);
	struct link_asked asked;

	link_asked_count(&ls->l->result, &asked);
	(void)snprintf(labels[0], sizeof(labels[0]), "All (%zu)", ls->n);
	for (size_t i = 1; i < n; i++)
		(void)snprintf(labels[i], sizeof(labels[i]), "Those %s (%zu)",
		    link_reason_words(why[i]),
		    asked.by[__builtin_ctz(why[i])]);
	for (size_t i = 0; i < n; i++)
		choices[i] = (struct ask_choice){labels[i],
		    why[i] == ls->only};
	ask_which(ls, app, choices, n);
}
