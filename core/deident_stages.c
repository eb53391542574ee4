/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When what became known, and to whom: the stages of a study to be. */
#include "config.h"

#include "core/deident_impl.h"

#include <stdlib.h>
#include <string.h>

#include "core/vec.h"
#include "core/xalloc.h"

#define AGENCY_MAX 280

/* ---- when and who ---- */

/* A month or a year goes where its middle goes. */
static int32_t
middle(int32_t day, enum precision p, int32_t moved)
{
	struct civil c = day_to_civil(day);

	if (p == SPAN_DAY)
		return day + moved;
	c.day = p == SPAN_YEAR ? 1 : 15;
	c.month = p == SPAN_YEAR ? 7 : c.month;
	return day_from_civil(c) + moved;
}

static int32_t
edge(int32_t day, enum precision p, bool last)
{
	struct civil c = day_to_civil(day);

	if (p == SPAN_DAY)
		return day;
	if (p == SPAN_YEAR)
		c.month = last ? 12 : 1;
	c.day = last ? month_days(c.year, c.month) : 1;
	return day_from_civil(c);
}

struct span
deident_move(const struct span *on, int32_t moved)
{
	struct span s = *on;
	enum precision to = on->to == SPAN_NONE ? on->from : on->to;

	if (span_is_none(on))
		return s;
	s.first = edge(middle(on->first, on->from, moved), on->from, false);
	s.last = edge(middle(on->last, to, moved), to, true);
	if (s.last < s.first)
		s.last = edge(s.first, to, true);
	return s;
}

const char *
deident_agency(const char *agency)
{
	static const char *const known[][2] = {
		{"school", "School"}, {"academy", "School"},
		{"college", "College"}, {"police", "Police"},
		{"hospital", "Health"}, {"health", "Health"},
		{"nhs", "Health"}, {"gp", "Health"}, {"nurse", "Health"},
		{"clinic", "Health"}, {"surgery", "Health"},
		{"camhs", "Health"}, {"youth offending", "Youth justice"},
		{"youth justice", "Youth justice"},
		{"youth", "Youth service"},
		{"social", "Children's social care"},
		{"children", "Children's social care"},
		{"hub", "Safeguarding hub"}, {"mash", "Safeguarding hub"},
		{"foster", "Care placement"}, {"placement", "Care placement"},
		{"residential", "Care placement"}, {"care", "Care placement"},
		{"housing", "Housing"}, {"parent", "Family"},
		{"mother", "Family"}, {"father", "Family"},
		{"family", "Family"}, {"charity", "Voluntary service"},
		{"voluntary", "Voluntary service"},
		{"project", "Voluntary service"}
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strcasestr(agency, known[i][0]) != NULL)
			return known[i][1];
	return "Another service";
}

static const char *
agency_of(const struct record *r)
{
	if (strcmp(r->entry.kind, "observation") == 0)
		return deident_agency(record_text(r, "agency"));
	if (strcmp(r->entry.kind, "missing") == 0 ||
	    strcmp(r->entry.kind, "located") == 0)
		return "Police";
	return "Case record";
}

static bool
is_voice(const struct deident_line *l)
{
	return (strcmp(l->kind, "voice") == 0 && strcmp(l->field, "plan") !=
	    0) || (strcmp(l->kind, "interview") == 0 &&
	    strcmp(l->field, "words") == 0) ||
	    (strcmp(l->kind, "referral") == 0 &&
	    strcmp(l->field, "words") == 0) ||
	    strcmp(l->field, "child") == 0;
}

static bool
is_blank(const char *s)
{
	return s[strspn(s, " \t\r\n")] == '\0';
}

/* Takes `to' and returns it with the text behind, a sentence of its own. */
static char *
joined(char *to, const char *text)
{
	struct str s;

	str_init(&s);
	if (to != NULL && *to != '\0') {
		str_add(&s, to);
		if (strchr(".!?:;\"", s.s[s.len - 1]) == NULL)
			str_add_char(&s, '.');
		str_add_char(&s, ' ');
	}
	str_add(&s, text);
	free(to);
	return str_take(&s);
}

/* ---- stages ---- */

static struct study_stage *
stage_for(struct stages *ss, int32_t day, const char *agency)
{
	struct study_stage *st;

	for (size_t i = 0; i < ss->n; i++)
		if (ss->v[i].day == day &&
		    strcmp(ss->v[i].agency, agency) == 0)
			return &ss->v[i];
	ss->v = vec_room(ss->v, ss->n, &ss->cap, sizeof(*ss->v));
	st = &ss->v[ss->n++];
	memset(st, 0, sizeof(*st));
	st->day = day;
	st->agency = xstrdup(agency);
	st->known = xstrdup("");
	st->child_says = xstrdup("");
	return st;
}

static void
put_line(const struct deident *d, const struct deident_line *l,
    struct stages *ss)
{
	const struct record *r = casefile_find(d->c, &l->entry);
	const char *told = deident_told(l);
	struct study_stage *st;

	if (r == NULL || told == NULL || is_blank(told))
		return;
	st = stage_for(ss, deident_day(r) + d->moved, agency_of(r));
	if (is_voice(l))
		st->child_says = joined(st->child_says, told);
	else
		st->known = joined(st->known, told);
}

static char *
reason_of(const struct deident *d, const struct record *r)
{
	char *reason = xstrdup("");

	for (size_t i = 0; i < d->nlines; i++) {
		const struct deident_line *l = &d->lines[i];
		const char *told = deident_told(l);

		if (memcmp(l->entry.b, r->entry.id.b, ENTRY_ID_LEN) == 0 &&
		    strcmp(l->field, "evidence") == 0 && told != NULL &&
		    !is_blank(told))
			reason = joined(reason, told);
	}
	return *reason != '\0' ? reason : joined(reason,
	    "Recorded then; the words are left out.");
}

static void
answer_free(struct study_answer *a)
{
	free(a->item);
	free(a->reason);
	free(a->source);
}

/* Takes a.  Of one item the stronger stands, and of two alike the later. */
static void
put_answer(struct study_stage *st, struct study_answer a)
{
	for (size_t i = 0; i < st->nanswers; i++) {
		struct study_answer *was = &st->answers[i], weaker = a;

		if (strcmp(was->item, a.item) != 0)
			continue;
		if (a.state >= was->state) {
			weaker = *was;
			*was = a;
		}
		answer_free(&weaker);
		return;
	}
	st->answers = vec_room(st->answers, st->nanswers, &st->capanswers,
	    sizeof(*st->answers));
	st->answers[st->nanswers++] = a;
}

static void
put_observation(const struct deident *d, const struct record *r,
    struct stages *ss)
{
	const char *item = record_text(r, "indicator");
	const char *state = record_text(r, "state");
	struct study_answer a = { .state = ANSWER_NOT_ASKED };
	uint32_t at = instrument_item(d->in, item, strlen(item));

	if (strcmp(r->entry.kind, "observation") != 0 ||
	    !record_stands(r) || r->body == NULL || at == NO_ITEM ||
	    strcmp(record_text(r, "instrument"), d->in->id) != 0 ||
	    !answer_from_name(state, strlen(state), &a.state) ||
	    a.state == ANSWER_NOT_ASKED)
		return;
	a.item = xstrdup(d->in->items[at].id);
	a.reason = reason_of(d, r);
	a.source = xstrdup(agency_of(r));
	a.on = span_is_none(&r->entry.on) ?
	    span_of_day(deident_day(r) + d->moved) :
	    deident_move(&r->entry.on, d->moved);
	put_answer(stage_for(ss, deident_day(r) + d->moved, agency_of(r)),
	    a);
}

static int
by_day(const void *a, const void *b)
{
	const struct study_stage *x = a, *y = b;

	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	return strcmp(x->agency, y->agency);
}

/* ---- joining ---- */

static size_t
text_size(const struct study_stage *st)
{
	return strlen(st->known) + strlen(st->child_says);
}

/* The stage that is joined with the one behind it. */
static size_t
nearest(const struct stages *ss)
{
	size_t best = 0;
	int64_t least = INT64_MAX;

	for (size_t i = 0; i + 1 < ss->n; i++) {
		int64_t apart = ss->v[i + 1].day - ss->v[i].day;

		/* What grows too long is joined last. */
		if (text_size(&ss->v[i]) + text_size(&ss->v[i + 1]) + 4 >
		    STUDY_TEXT_MAX)
			apart += INT32_MAX;
		if (apart < least) {
			least = apart;
			best = i;
		}
	}
	return best;
}

static void
join(struct stages *ss, size_t i)
{
	struct study_stage *a = &ss->v[i], *b = &ss->v[i + 1];

	a->day = b->day;
	if (*b->known != '\0')
		a->known = joined(a->known, b->known);
	if (*b->child_says != '\0')
		a->child_says = joined(a->child_says, b->child_says);
	if (strstr(a->agency, b->agency) == NULL &&
	    strlen(a->agency) + strlen(b->agency) < AGENCY_MAX) {
		struct str s;

		str_init(&s);
		str_add_fmt(&s, "%s, %s", a->agency, b->agency);
		free(a->agency);
		a->agency = str_take(&s);
	}
	for (size_t k = 0; k < b->nanswers; k++)
		put_answer(a, b->answers[k]);
	free(b->answers);
	free(b->agency);
	free(b->known);
	free(b->child_says);
	memmove(b, b + 1, (ss->n - i - 2) * sizeof(*b));
	ss->n--;
}

/* An answer that says less than one before it takes nothing back. */
static void
drop_weaker(struct stages *ss, const struct instrument *in)
{
	enum answer so_far[ITEMS_MAX] = {ANSWER_NOT_ASKED};

	for (size_t i = 0; i < ss->n; i++) {
		struct study_stage *st = &ss->v[i];
		size_t n = 0;

		for (size_t k = 0; k < st->nanswers; k++) {
			struct study_answer *a = &st->answers[k];
			uint32_t at = instrument_item(in, a->item,
			    strlen(a->item));

			if (a->state < so_far[at]) {
				answer_free(a);
				continue;
			}
			so_far[at] = a->state;
			st->answers[n++] = *a;
		}
		st->nanswers = n;
	}
}

void
deident_gather(const struct deident *d, struct stages *ss)
{
	for (size_t i = 0; i < d->nlines; i++)
		put_line(d, &d->lines[i], ss);
	for (size_t i = 0; i < d->c->nrecords; i++)
		put_observation(d, d->c->records[i], ss);
	if (ss->n > 1)
		qsort(ss->v, ss->n, sizeof(*ss->v), by_day);
	while (ss->n > STUDY_STAGES_MAX)
		join(ss, nearest(ss));
	drop_weaker(ss, d->in);
}
