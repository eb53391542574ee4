/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/closing.h"

#include <stdlib.h>
#include <string.h>

#include "core/chase.h"
#include "core/clocks.h"
#include "core/recordwords.h"
#include "core/utf8.h"
#include "core/vec.h"
#include "core/xalloc.h"

#define WORDS_MAX 80		/* bytes quoted of an entry */
#define ARROW " ->"

static void
take(struct open_things *t, const struct record *r, struct str *words)
{
	t->list = vec_room(t->list, t->n, &t->cap, sizeof(*t->list));
	t->list[t->n++] = (struct open_thing){r, str_take(words)};
}

/* A text on one line; what would end the name of a thing is taken out. */
static void
add_flat(struct str *out, const char *s)
{
	size_t n = (size_t)utf8_cut(s, WORDS_MAX);

	for (size_t i = 0; i < n; i++)
		str_add_char(out, s[i] == '\n' || s[i] == '\t' ? ' ' :
		    s[i] == '>' ? ')' : s[i]);
	if (s[n] != '\0')
		str_add(out, "...");
}

static void
add_what(struct str *out, const struct record *r)
{
	if (strcmp(r->entry.kind, "action") == 0)
		add_flat(out, record_text(r, "what"));
	else if (strcmp(r->entry.kind, "referral") == 0)
		add_flat(out, record_text(r, "to"));
	else
		record_title(r, NULL, out);
}

/* Looked at again while the case is open, and not after. */
static bool
ends_with_the_case(const char *rule)
{
	static const char *const rules[] = {
		"screening-review", "plan-review", "consent",
		"restriction-review"
	};

	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (strcmp(rules[i], rule) == 0)
			return true;
	return false;
}

static bool
take_clock(const struct clock_row *row, void *ctx)
{
	struct str words;

	if (ends_with_the_case(row->id))
		return true;
	str_init(&words);
	str_add(&words, row->label);
	if (words.s[0] >= 'a' && words.s[0] <= 'z')
		words.s[0] = (char)(words.s[0] - 'a' + 'A');
	str_add(&words, ": ");
	add_what(&words, row->record);
	if (*row->owner != '\0' &&
	    strcmp(row->record->entry.kind, "referral") != 0) {
		str_add(&words, ", ");
		add_flat(&words, row->owner);
	}
	if (row->due != INT64_MAX && row->kind != DEADLINE_PATTERN) {
		str_add(&words, ", ");
		due_by_words(row->due, &words);
	}
	take(ctx, row->record, &words);
	return true;
}

static bool
is_named(const struct open_things *t, const struct record *r)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->list[i].record == r)
			return true;
	return false;
}

static void
take_referrals(const struct casefile *c, struct open_things *t)
{
	for (size_t i = 0; i < c->nrecords; i++) {
		const struct record *r = c->records[i];
		enum referral_state state;
		struct str words;

		if (!record_stands(r) ||
		    strcmp(r->entry.kind, "referral") != 0 || is_named(t, r))
			continue;
		state = referral_state(c, r, NULL);
		if (state >= REFERRAL_DECIDED)
			continue;
		str_init(&words);
		str_add(&words, "Referral: ");
		add_what(&words, r);
		str_add_fmt(&words, ", %s", referral_state_words(state));
		take(t, r, &words);
	}
}

void
closing_list(const struct casefile *c, const char *level,
    struct open_things *out)
{
	struct casefile open = *c;	/* borrows all that c has */
	struct str words;

	memset(out, 0, sizeof(*out));
	open.closed = NULL;
	if (level != NULL) {
		str_init(&words);
		str_add_fmt(&words, "The level that stands: %s", level);
		take(out, NULL, &words);
	}
	casefile_clocks(&open, take_clock, out);
	take_referrals(&open, out);
}

void
closing_release(struct open_things *t)
{
	for (size_t i = 0; i < t->n; i++)
		free(t->list[i].words);
	free(t->list);
	memset(t, 0, sizeof(*t));
}

void
closing_text(const struct open_things *t, struct str *out)
{
	for (size_t i = 0; i < t->n; i++)
		str_add_fmt(out, "%s- %s" ARROW " ", i > 0 ? "\n" : "",
		    t->list[i].words);
}

/* What is said of a thing, up to the next one; NULL if it is not named. */
static const char *
said_of(const char *text, const char *thing)
{
	struct str mark;
	const char *at;

	str_init(&mark);
	str_add_fmt(&mark, "- %s" ARROW, thing);
	for (at = text; (at = strstr(at, mark.s)) != NULL; at++)
		if (at == text || at[-1] == '\n')
			break;
	if (at != NULL)
		at += mark.len;
	str_release(&mark);
	return at;
}

static bool
says_nothing(const char *at)
{
	at += strspn(at, " \t\r\n");
	return *at == '\0' || strncmp(at, "- ", 2) == 0;
}

enum rc
closing_check(const struct open_things *t, const char *text, struct err *e)
{
	for (size_t i = 0; i < t->n; i++) {
		const char *at = said_of(text, t->list[i].words);

		if (at == NULL)
			return err_set(e, RC_INPUT, "What is still open: a "
			    "line is missing. Write it again: - %s" ARROW
			    " and what becomes of it", t->list[i].words);
		if (says_nothing(at))
			return err_set(e, RC_INPUT, "What is still open: say "
			    "after" ARROW " what becomes of this: %s",
			    t->list[i].words);
	}
	return RC_OK;
}
