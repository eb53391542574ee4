/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The board's data set: what was done, by month and quarter, and for whom.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/factchild.h"
#include "core/kinds.h"
#include "core/report_axis.h"
#include "core/report_done.h"
#include "core/report_period.h"
#include "core/screen.h"
#include "core/xalloc.h"

/* ---- what was done ---- */

static void
add_months(const struct facts *f, const struct quarters *q,
    struct report *out)
{
	static const struct quarter_table tables[] = {
		{.id = "referrals", .title = "Referrals",
		    .what = FACT_REFERRAL,
		    .note = "Referrals made and not taken back."},
		{.id = "screenings", .title = "Screenings",
		    .what = FACT_SCREENING,
		    .note = "Dated snapshots, of new cases and of known "
		    "ones."},
		{.id = "missing", .title = "Missing episodes",
		    .what = FACT_MISSING,
		    .note = "By the day on which the child went missing."},
	};

	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		report_months(out, f, q, &tables[i]);
}

static size_t
level_column(const struct fact_event *v, const struct quarter_table *t)
{
	if (v->what != FACT_SCREENING)
		return SIZE_MAX;
	return v->level < t->n - 1 ? v->level : t->n - 1;
}

/* Levels are those of the screenings, by the rules of that day. */
static void
add_levels(const struct facts *f, const struct quarters *q,
    struct report *out)
{
	const char *heads[QUARTER_COLUMNS_MAX];
	struct quarter_table t = {.id = "levels",
		.title = "Levels of screenings", .heads = heads,
		.note = "By the rules on what was present on that day. "
		"Screenings by another checklist have other levels.",
		.column = level_column};

	for (; t.n < LEVEL_NONE(f->in) + 1 && t.n < QUARTER_COLUMNS_MAX - 1;
	    t.n++)
		heads[t.n] = screen_level_id(f->in, (unsigned)t.n);
	heads[t.n++] = "other checklist";
	(void)report_quarters(out, f, q, &t);
}

/* Three consecutive kinds of event, of which the first is t->what. */
static size_t
one_of_three(const struct fact_event *v, const struct quarter_table *t)
{
	return v->what < t->what ? SIZE_MAX : (size_t)(v->what - t->what);
}

static void
add_reviews(const struct facts *f, const struct quarters *q,
    struct report *out)
{
	static const char *const reviews[] = {"Agreed", "Raised or lowered",
	    "Sent back"};
	static const char *const interviews[] = {"Held in 72 hours",
	    "Offered in 72 hours", "Neither"};

	(void)report_quarters(out, f, q, &(struct quarter_table){
	    .id = "reviews", .title = "Reviews by a second person",
	    .heads = reviews, .n = 3, .column = one_of_three,
	    .what = FACT_REVIEW_AGREED,
	    .note = "Sent back: with questions, to be decided on later."});
	(void)report_quarters(out, f, q, &(struct quarter_table){
	    .id = "interviews", .title = "Return interviews that were due",
	    .heads = interviews, .n = 3, .column = one_of_three,
	    .what = FACT_INTERVIEW_HELD,
	    .note = "By the day on which the child went missing. Each is "
	    "counted once: offered is offered and not held in these hours."});
}

/* ---- for whom ---- */

static const struct code disabled_codes[] = {
	{"yes", "Disabled"},
	{"no", "Not disabled"},
	{"", "Not recorded"},
	{NULL, NULL}
};

static const struct code orientation_codes[] = {
	{"yes", "Recorded"},
	{"", "Not recorded"},
	{NULL, NULL}
};

static const char *
sex_of(const struct child_facts *c)
{
	return c->sex == 'M' ? "M" : c->sex == 'F' ? "F" : "U";
}

static const char *
ethnicity_of(const struct child_facts *c)
{
	return c->ethnicity[0] != '\0' ? c->ethnicity : "NOBT";
}

static const char *
disability_of(const struct child_facts *c)
{
	return c->disabled ? "yes" : c->disability_recorded ? "no" : "";
}

static const char *
orientation_of(const struct child_facts *c)
{
	return c->orientation_recorded ? "yes" : "";
}

static const char *
care_of(const struct child_facts *c)
{
	return c->care[0] != '\0' ? c->care : "unknown";
}

struct axis {
	const char *id, *title;
	const char *field;		/* of the kind identity, for codes */
	const struct code *codes;	/* without field */
	const char *(*code)(const struct child_facts *c);
};

static const struct axis axes[] = {
	{"sex", "By sex", "sex", NULL, sex_of},
	{"ethnicity", "By ethnicity", "ethnicity", NULL, ethnicity_of},
	{"disability", "By disability", NULL, disabled_codes, disability_of},
	{"orientation", "By whether sexual orientation is recorded", NULL,
	    orientation_codes, orientation_of},
	{"care", "By care status", "care", NULL, care_of},
};

static const struct code *
codes_of(const struct axis *a)
{
	return a->field == NULL ? a->codes :
	    kind_field(kind_find("identity"), a->field)->codes;
}

/* The children under both linkages. */
struct both {
	struct fact_children lower, upper;
};

static uint64_t
count_children(const struct fact_children *all, const struct axis *a,
    const char *code, unsigned class)
{
	uint64_t n = 0;

	for (size_t i = 0; i < all->n; i++) {
		const struct child_facts *c = &all->list[i];

		n += c->class != CLASS_NONE &&
		    (class == CLASSES || c->class == class) &&
		    (code == NULL || strcmp(a->code(c), code) == 0);
	}
	return n;
}

static void
child_cases(const struct fact_children *all, const struct axis *a,
    const char *code, unsigned class, struct report_cell *cell)
{
	uint32_t *list;
	size_t n = 0, room = 0;

	for (size_t i = 0; i < all->n; i++)
		room += all->list[i].n;
	list = xcalloc(room + 1, sizeof(*list));
	for (size_t i = 0; i < all->n; i++) {
		const struct child_facts *c = &all->list[i];

		if (c->class == CLASS_NONE ||
		    (class != CLASSES && c->class != class) ||
		    (code != NULL && strcmp(a->code(c), code) != 0))
			continue;
		memcpy(list + n, c->rows, c->n * sizeof(*list));
		n += c->n;
	}
	report_cases(cell, list, n);
}

static void
axis_row(struct report_table *t, const struct both *b, const struct axis *a,
    const struct code *code)
{
	const char *id = code->id;
	struct report_cell *row = report_row(t);

	report_text(&row[0], code->label);
	for (unsigned c = 0; c <= CLASSES; c++) {
		report_range(&row[c + 1],
		    count_children(&b->lower, a, id, c),
		    count_children(&b->upper, a, id, c));
		child_cases(&b->lower, a, id, c, &row[c + 1]);
	}
}

static void
add_axis(const struct both *b, const struct axis *a, struct report *out)
{
	static const bool marked[] = {false, true, true, true, true};
	static const struct code all = {NULL, "All"};
	const char *heads[] = {"Children", fact_class_words(CLASS_VICTIM),
	    fact_class_words(CLASS_HIGH), fact_class_words(CLASS_POTENTIAL),
	    "All"};
	struct report_table *t = report_table_add(out, a->id, a->title,
	    heads, 5);

	for (const struct code *c = codes_of(a); c->id != NULL; c++)
		axis_row(t, b, a, c);
	axis_row(t, b, a, &all);
	report_note(t, "Children identified in this time, each once; at risk "
	    "and known victims are kept apart. A range is by how many cases "
	    "of several agencies are one child.");
	report_totals(t, marked, true, true);
	report_share_totals(t, 1);
	t->chart = 4;
}

bool
report_axis_add(const struct facts *f, const char *id, struct report *out)
{
	const size_t n = sizeof(axes) / sizeof(axes[0]);
	struct both b;
	size_t i = 0;

	while (i < n && strcmp(axes[i].id, id) != 0)
		i++;
	if (i == n)
		return false;
	fact_children(f, false, &b.lower);
	fact_children(f, true, &b.upper);
	add_axis(&b, &axes[i], out);
	fact_children_release(&b.lower);
	fact_children_release(&b.upper);
	return true;
}

void
report_board(const struct facts *f, const struct report_needs *needs,
    struct report *out)
{
	const struct quarters q = quarters_of(f);
	struct both b;

	(void)needs;
	add_months(f, &q, out);
	add_levels(f, &q, out);
	add_reviews(f, &q, out);
	report_second_looks(f, out);
	fact_children(f, false, &b.lower);
	fact_children(f, true, &b.upper);
	for (size_t i = 0; i < sizeof(axes) / sizeof(axes[0]); i++)
		add_axis(&b, &axes[i], out);
	fact_children_release(&b.lower);
	fact_children_release(&b.upper);
}
