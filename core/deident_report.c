/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may still identify, for whoever signs the study.  Names nobody. */
#include "config.h"

#include "core/deident_impl.h"

#include <stdlib.h>

#define DOUBT_TYPES 5

static void
add_rare(struct str *out, size_t n, size_t all, const char *what)
{
	str_add_fmt(out, "%s: %zu of %zu children of the store%s\n", what, n,
	    all, n < RARE_BELOW ? " - rare" : "");
}

static void
add_counts(const struct rare_counts *r, struct str *out)
{
	if (r == NULL || r->children == 0) {
		str_add(out, "What is told of the young person was not "
		    "counted against the children of the store.\n");
		return;
	}
	str_add(out, "Children of the store of whom the same could be "
	    "told:\n");
	add_rare(out, r->age_sex, r->children, "Age within a year and sex");
	add_rare(out, r->age_sex_care, r->children,
	    "Age, sex and care status");
	add_rare(out, r->age_sex_disabled, r->children,
	    "Age, sex and disability");
	add_rare(out, r->signs, r->children, "The same signs present");
	add_rare(out, r->all, r->children, "All of it together");
	if (r->all < RARE_BELOW)
		str_add(out, "Whoever knows the young person may know them "
		    "by it. Change an age, or leave lines out.\n");
}

static void
count_lines(const struct deident *d, size_t states[4],
    size_t doubts[DOUBT_TYPES])
{
	for (size_t i = 0; i < d->nlines; i++) {
		const struct deident_line *l = &d->lines[i];

		states[l->state]++;
		for (size_t k = 0; k < l->ndoubts; k++)
			if (l->state != LINE_LEFT_OUT)
				doubts[l->doubts[k].type]++;
	}
}

static void
add_number(struct str *out, size_t n, const char *one, const char *many)
{
	str_add_fmt(out, "%zu %s\n", n, n == 1 ? one : many);
}

static size_t
add_doubts(const size_t doubts[DOUBT_TYPES], struct str *out)
{
	static const char *const words[DOUBT_TYPES][2] = {
		{"known name, or a word like one, is in what is told",
		    "known names, or words like one, are in what is told"},
		{"word that is written like a name was passed",
		    "words that are written like names were passed"},
		{"number was passed", "numbers were passed"},
		{"day that could not be moved was passed",
		    "days that could not be moved were passed"},
		{"address or name online was passed",
		    "addresses or names online were passed"},
	};
	size_t all = 0;

	for (size_t i = 0; i < DOUBT_TYPES; i++) {
		all += doubts[i];
		if (doubts[i] > 0)
			add_number(out, doubts[i], words[i][0], words[i][1]);
	}
	return all;
}

/* So many words are quoted: whoever signs looks for them in the study. */
#define QUOTED_MOST 12

static void
add_capitals(const struct deident *d, struct str *out)
{
	size_t n = 0;

	for (size_t i = 0; i < d->nlines; i++) {
		const struct deident_line *l = &d->lines[i];

		for (size_t k = 0; k < l->ndoubts; k++) {
			const struct doubt_found *f = &l->doubts[k];

			if (l->state == LINE_LEFT_OUT ||
			    f->type != DOUBT_CAPITAL || n++ >= QUOTED_MOST)
				continue;
			str_add_fmt(out, "%s\"%.*s\"", n == 1 ?
			    "Written like names: " : ", ", (int)f->n,
			    deident_told(l) + f->at);
		}
	}
	if (n > QUOTED_MOST)
		str_add_fmt(out, " and %zu more", n - QUOTED_MOST);
	if (n > 0)
		str_add_char(out, '\n');
}

/* A day that was typed is moved by nobody. */
static size_t
doubtful_in(const struct deident *d, const char *text)
{
	struct doubt_found *found = NULL;
	int32_t day;
	size_t n;

	if (text == NULL)
		return 0;
	n = deident_doubts(d, text, &found) + find_days(text, &day, 1);
	free(found);
	return n;
}

void
deident_report_words(const struct deident *d, const struct deident_words *w,
    struct str *out)
{
	const char *const texts[] = {w->title, w->teaches, w->missed,
		w->question};
	size_t n = 0;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		n += doubtful_in(d, texts[i]);
	if (n > 0)
		str_add_fmt(out, "In the title and what else was typed for "
		    "the study: %zu word%s or number%s like a name, a place "
		    "or a day\n", n, n == 1 ? "" : "s", n == 1 ? "" : "s");
}

void
deident_report(const struct deident *d, const struct rare_counts *r,
    struct str *out)
{
	size_t states[4] = {0}, doubts[DOUBT_TYPES] = {0}, off = 0;

	count_lines(d, states, doubts);
	for (size_t i = 0; i < d->nidents; i++)
		off += !d->idents[i].on;
	add_counts(r, out);
	if (add_doubts(doubts, out) == 0)
		str_add(out, "Nothing doubtful is in what is told.\n");
	add_capitals(d, out);
	if (off > 0)
		add_number(out, off, "known name was switched off and may "
		    "stand in the text", "known names were switched off and "
		    "may stand in the text");
	str_add_fmt(out, "Of %zu lines %zu passed as proposed, %zu "
	    "rewritten, %zu left out", d->nlines, states[LINE_PASSED],
	    states[LINE_REWRITTEN], states[LINE_LEFT_OUT]);
	if (states[LINE_WAITING] > 0)
		str_add_fmt(out, ", %zu not decided yet",
		    states[LINE_WAITING]);
	str_add(out, "\nWhat is compared are names that the case knows. "
	    "What somebody would know by the story alone no program "
	    "finds.\n");
}
