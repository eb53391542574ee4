/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tui/riskreview.h"

#include <string.h>

#include "core/date.h"
#include "core/roster.h"

static void
by_words(const struct casework *w, const struct record *r, struct str *out)
{
	char when[SPAN_WORDS_MAX];

	if (casework_is_pending(w, r)) {
		str_add(out, "not signed yet");
		return;
	}
	moment_words(r->entry.at, when);
	str_add_fmt(out, "%s, %s", casework_author(w, r), when);
}

static const char *
level_of(const struct casework *w, const struct record *r)
{
	unsigned level = screen_level_from_id(w->door.in,
	    record_text(r, "level"));

	return level != NO_ITEM ? screen_level_label(w->door.in, level) :
	    record_text(r, "level");
}

static const char *
done_words(const struct record *r)
{
	static const char *const words[][2] = {
		{"agree", "Agreed: "}, {"raise", "Raised to: "},
		{"lower", "Lowered to: "}, {"return", "Given back"},
	};
	const char *what = record_text(r, "decision");

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i][0], what) == 0)
			return words[i][1];
	return "Decided: ";
}

void
review_words(const struct casework *w, const struct record *r,
    struct str *out)
{
	str_add_fmt(out, "%s%s (", done_words(r), level_of(w, r));
	by_words(w, r, out);
	str_add_fmt(out, "). Why: %s", record_text(r, "reason"));
	if (*record_text(r, "questions") != '\0')
		str_add_fmt(out, " Questions: %s", record_text(r,
		    "questions"));
}

const struct record *
review_first(const struct casework *w, const struct record *r)
{
	struct entry_id id;

	if (strcmp(r->entry.kind, "review") != 0 ||
	    !hex_parse(record_text(r, "second"), id.b, ENTRY_ID_LEN))
		return NULL;
	return casefile_find(&w->now, &id);
}

static char *
words_of(const struct casework *w, const struct record *r)
{
	struct str out;

	str_init(&out);
	review_words(w, r, &out);
	return str_take(&out);
}

const char *
review_answer_how(const struct casework *w, const struct record *r)
{
	const struct roster_user *u = w->door.roster != NULL ?
	    roster_find(w->door.roster, &r->entry.author) : NULL;

	return u != NULL && u->abroad ? "To answer: s keeps a screening "
	    "anew, o writes a note. $ signs it; then B sends it to them." :
	    "To answer: s keeps a screening anew, o writes a note. Signed, "
	    "it goes back to the queue.";
}

static void
fill_returned(struct risk_view *r, const struct casework *w)
{
	const struct record *back = w->held.returned;
	struct str out;

	str_init(&out);
	str_add(&out, "By ");
	by_words(w, back, &out);
	str_add_fmt(&out, ": %s", record_text(back, "reason"));
	r->returned = str_take(&out);
	str_init(&out);
	str_add(&out, record_text(back, "questions"));
	r->questions = str_take(&out);
	r->answer_how = review_answer_how(w, back);
}

static void
fill_flag(struct risk_view *r, const struct casework *w)
{
	struct str out;

	str_init(&out);
	str_add(&out, "Flagged (");
	by_words(w, w->held.flag, &out);
	str_add_fmt(&out, "), waits for a supervisor: %s",
	    record_text(w->held.flag, "why"));
	r->flagged = str_take(&out);
}

/* The last second look with its first, side by side. */
static void
fill_looks(struct risk_view *r, const struct casework *w)
{
	for (size_t i = w->now.nrecords; i-- > 0 && r->first == NULL;) {
		const struct record *v = w->now.records[i];
		const struct record *first = record_stands(v) ?
		    review_first(w, v) : NULL;

		if (first == NULL)
			continue;
		r->first = words_of(w, first);
		r->second = words_of(w, v);
		r->looks_differ = strcmp(record_text(first, "level"),
		    record_text(v, "level")) != 0;
		r->looks_hold = w->held.review == v ||
		    w->held.review == first;
	}
}

/* What it makes of the level now; it may have been made for less. */
static void
fill_reviewed(struct risk_view *r, const struct casework *w)
{
	const struct oversight *o = &w->held;
	unsigned level = screen_level_from_id(w->door.in,
	    record_text(o->review, "level"));
	struct str out;

	str_init(&out);
	review_words(w, o->review, &out);
	if (o->lowered)
		str_add(&out, " The level is lower than the rules or the "
		    "judgement give, by this review alone.");
	else if (level != NO_ITEM && level > o->level)
		str_add(&out, " It does not hold for what is new since, or "
		    "for another review that says more: nothing is lowered.");
	r->reviewed = str_take(&out);
}

void
risk_review_fill(struct risk_view *r, const struct casework *w)
{
	if (w->held.flag != NULL)
		fill_flag(r, w);
	r->blind = w->blind;
	if (w->blind)
		return;
	if (w->held.returned != NULL)
		fill_returned(r, w);
	fill_looks(r, w);
	if (w->held.review != NULL && !r->looks_hold)
		fill_reviewed(r, w);
}
