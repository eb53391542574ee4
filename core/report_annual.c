/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The annual report: how much was done, for how many, and by whom.  The
 * Home Affairs Committee's recommendations 9, 10 and 20 (2013) ask for
 * referrals, investigations, prosecutions, convictions and staff.
 */
#include "config.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "core/factchild.h"
#include "core/report_done.h"
#include "core/report_period.h"
#include "core/screen.h"
#include "core/xalloc.h"

/* ---- what was done ---- */

static const struct {
	const char *words;
	size_t at;		/* in struct case_facts */
} done[] = {
	{"Referrals", offsetof(struct case_facts, referrals)},
	{"Screenings", offsetof(struct case_facts, screenings)},
	{"Reviews by a second person", offsetof(struct case_facts, reviews)},
	{"Strategy discussions", offsetof(struct case_facts, strategy)},
	{"Section 47 enquiries", offsetof(struct case_facts, enquiries)},
	{"Assessments", offsetof(struct case_facts, assessments)},
	{"Initial conferences", offsetof(struct case_facts, conferences)},
	{"Referrals to the NRM", offsetof(struct case_facts, nrm)},
	{"Missing episodes", offsetof(struct case_facts, missing)},
	{"Investigations", offsetof(struct case_facts, investigations)},
	{"Prosecutions", offsetof(struct case_facts, prosecutions)},
	{"Convictions", offsetof(struct case_facts, convictions)},
};

static unsigned
number_at(const struct case_facts *row, size_t at)
{
	const void *p = (const char *)row + at;

	return *(const unsigned *)p;
}

static uint32_t *
copy_of(const uint32_t *list, size_t n)
{
	uint32_t *copy = xcalloc(n + 1, sizeof(*copy));

	memcpy(copy, list, n * sizeof(*copy));
	return copy;
}

static void
done_row(const struct facts *f, struct report_table *t, size_t i)
{
	struct report_cell *row = report_row(t);
	uint32_t *list = xcalloc(f->n + 1, sizeof(*list));
	uint64_t sum = 0;
	size_t n = 0;

	for (size_t k = 0; k < f->n; k++) {
		const unsigned m = number_at(&f->cases[k], done[i].at);

		sum += m;
		if (m > 0)
			list[n++] = (uint32_t)k;
	}
	report_text(&row[0], done[i].words);
	report_count(&row[1], sum);
	report_cases(&row[1], copy_of(list, n), n);
	report_count(&row[2], n);
	report_cases(&row[2], list, n);
}

static void
add_done(const struct facts *f, struct report *out)
{
	static const char *const heads[] = {"What", "How many", "In cases"};
	static const bool marked[] = {false, true, true};
	struct report_table *t = report_table_add(out, "done",
	    "What was done", heads, 3);

	for (size_t i = 0; i < sizeof(done) / sizeof(done[0]); i++)
		done_row(f, t, i);
	report_note(t, "Steps count once they were held. Investigations, "
	    "prosecutions and convictions are what cases have as steps of "
	    "these names: where nobody wrote them down, they are missing "
	    "here.");
	report_totals(t, marked, false, false);
	t->chart = 1;
}

/* ---- levels ---- */

static void
add_cases(struct report_part *p, const struct child_facts *c, size_t room)
{
	if (p->cases == NULL)
		p->cases = xcalloc(room + 1, sizeof(*p->cases));
	memcpy(p->cases + p->ncases, c->rows, c->n * sizeof(*p->cases));
	p->ncases += c->n;
}

static void
count_levels(const struct facts *f, bool upper, struct report_part *parts,
    size_t n)
{
	struct fact_children all;

	fact_children(f, upper, &all);
	for (size_t i = 0; i < all.n; i++) {
		const size_t at = all.list[i].level < n ? all.list[i].level :
		    n - 1;

		if (upper) {
			parts[at].upper++;
			continue;
		}
		parts[at].lower++;
		add_cases(&parts[at], &all.list[i], f->n);
	}
	fact_children_release(&all);
}

static void
add_levels(const struct facts *f, struct report *out)
{
	const size_t n = LEVEL_NONE(f->in) + 1;
	struct report_part *parts = xcalloc(n, sizeof(*parts));

	for (unsigned i = 0; i < n; i++)
		parts[i].words = screen_level_label(f->in, i);
	count_levels(f, false, parts, n);
	count_levels(f, true, parts, n);
	report_note(report_parts(out, "levels", "Children by level", parts,
	    n), "All children of the store, by what is known of this time. A "
	    "range is by how many cases of several agencies are one child.");
	free(parts);
}

/* ---- in time ---- */

static uint64_t
sum_of(const struct facts *f, size_t at)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < f->n; i++)
		sum += number_at(&f->cases[i], at);
	return sum;
}

#define SUM(f, field) sum_of(f, offsetof(struct case_facts, field))

/* Cases that an event of this kind is of, each once. */
static void
cases_with(const struct facts *f, enum fact_what what, struct report_part *p)
{
	bool *has = xcalloc(f->n + 1, sizeof(*has));

	for (size_t i = 0; i < f->nevents; i++)
		if (f->events[i].what == what)
			has[f->events[i].row] = true;
	p->cases = xcalloc(f->n + 1, sizeof(*p->cases));
	for (size_t i = 0; i < f->n; i++)
		if (has[i])
			p->cases[p->ncases++] = (uint32_t)i;
	free(has);
}

/* Three consecutive kinds of event, each the part of that place. */
static void
give_cases(const struct facts *f, enum fact_what first,
    struct report_table *t)
{
	for (size_t i = 0; i < 3; i++) {
		struct report_part p = {.ncases = 0};

		cases_with(f, (enum fact_what)(first + i), &p);
		report_cases(&t->cells[i * t->ncolumns + 1], p.cases,
		    p.ncases);
	}
}

/* Numbers that need no range. */
static struct report_table *
add_three(struct report *out, const char *id, const char *title,
    const char *const *words, const uint64_t *n)
{
	struct report_part parts[3];

	for (size_t i = 0; i < 3; i++)
		parts[i] = (struct report_part){.words = words[i],
			.lower = n[i], .upper = n[i]};
	return report_parts(out, id, title, parts, 3);
}

static void
add_reviews(const struct facts *f, struct report *out)
{
	static const char *const words[] = {"Agreed", "Raised or lowered",
	    "Sent back"};
	const uint64_t all = SUM(f, reviews), agreed = SUM(f, reviews_agreed),
	    differed = SUM(f, reviews_differed);

	give_cases(f, FACT_REVIEW_AGREED, add_three(out, "reviews",
	    "Reviews by a second person", words, (const uint64_t[]){agreed,
	    differed, all - agreed - differed}));
}

static void
add_interviews(const struct facts *f, struct report *out)
{
	static const char *const words[] = {"Held in 72 hours",
	    "Offered in 72 hours, and not held in them", "Neither"};
	const uint64_t due = SUM(f, interviews_due),
	    offered = SUM(f, interviews_offered_in_time),
	    held = SUM(f, interviews_held_in_time);

	give_cases(f, FACT_INTERVIEW_HELD, add_three(out, "interviews",
	    "Return interviews that were due", words, (const uint64_t[]){held,
	    offered - held, due - offered}));
}

static void
add_referrals(const struct facts *f, struct report *out)
{
	const uint64_t in_time = SUM(f, referrals_in_time),
	    overdue = SUM(f, referrals_overdue);
	struct report_part parts[] = {
		{"Made in time", in_time, in_time, NULL, 0},
		{"Not made when the time had passed", overdue, overdue, NULL,
		    0},
	};

	report_note(report_parts(out, "referrals", "Referrals that screenings "
	    "asked for", parts, 2), "Of screenings whose level asks for a "
	    "referral by a moment that has passed, or that one was made "
	    "for.");
}

void
report_second_looks(const struct facts *f, struct report *out)
{
	static const char *const words[] = {"Agreed with the first",
	    "Differed from it", "Waiting"};
	const uint64_t n[] = {f->looks.agreed, f->looks.differed,
	    f->looks.drawn - f->looks.seen};

	report_note(add_three(out, "second-looks", "Second, blind looks",
	    words, n), f->sample > 0 ?
	    "Of reviews that agreed some are drawn for a second person who "
	    "does not see the first. By the day of the first review, "
	    "whenever the second was." :
	    "No second looks are drawn: see the setting second-look.");
}

/* ---- people ---- */

static void
staff_row(struct report_table *t, const char *words, const json_t *n)
{
	struct report_cell *row = report_row(t);

	report_text(&row[0], words);
	if (json_integer_value(n) > 0)
		report_count(&row[1], (uint64_t)json_integer_value(n));
	else
		report_text(&row[1], "not recorded");
}

/* Of grown-ups at work: no count that has to be hidden. */
static void
add_staff(const struct report_needs *needs, struct report *out)
{
	static const char *const heads[] = {"Who", "How many"};
	static const bool marked[] = {false, false};
	const json_t *extra = needs != NULL ? needs->extra : NULL;
	struct report_table *t = report_table_add(out, "staff", "Staff",
	    heads, 2);

	staff_row(t, "Who work on sexual exploitation, in all agencies",
	    json_object_get(extra, "staff"));
	staff_row(t, "Who may use this store",
	    json_object_get(extra, "people"));
	report_note(t, "The first is what the setting \"staff\" says "
	    "(hearken setting STORE staff NUMBER): nothing else in the store "
	    "tells it.");
	report_totals(t, marked, false, false);
}

void
report_annual(const struct facts *f, const struct report_needs *needs,
    struct report *out)
{
	add_done(f, out);
	add_levels(f, out);
	add_referrals(f, out);
	add_reviews(f, out);
	report_second_looks(f, out);
	add_interviews(f, out);
	add_staff(needs, out);
}
