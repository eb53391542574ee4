/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Gaps in recording, and what was lowered or closed, by ethnicity, sex and
 * disability: what supervisors are asked to look at (IICSA, Organised
 * Networks, F.3 and F.4).
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/childage.h"
#include "core/report_groups.h"
#include "core/vec.h"

enum gap { GAP_RECORDED, GAP_NONE, GAP_TWO, GAP_NOT_ASKED, GAPS };

static const char *const gap_words[GAPS] = {
	[GAP_RECORDED] = "Recorded", [GAP_NONE] = "Not recorded",
	[GAP_TWO] = "Recorded in two ways",
	[GAP_NOT_ASKED] = "Not asked: under 16"
};

static enum gap
gap_if(bool recorded, const struct child_facts *c, unsigned two)
{
	if ((c->two & two) != 0)
		return GAP_TWO;
	return recorded ? GAP_RECORDED : GAP_NONE;
}

static enum gap
gap_care(const struct child_facts *c)
{
	return gap_if(c->care[0] != '\0', c, TWO_CARE);
}

static enum gap
gap_area(const struct child_facts *c)
{
	return gap_if(c->area != NO_WORD, c, TWO_AREA);
}

static enum gap
gap_school(const struct child_facts *c)
{
	return gap_if(c->school != NO_WORD, c, TWO_SCHOOL);
}

static enum gap
gap_orientation(const struct child_facts *c)
{
	if (c->orientation_recorded)
		return GAP_RECORDED;
	return c->age >= 0 && c->age < ORIENTATION_AGE ? GAP_NOT_ASKED :
	    GAP_NONE;
}

/*
 * Not what the tables further down are by: a gap that stands in both would be
 * hidden in one and shown in the other.
 */
static const struct {
	const char *head;
	enum gap (*gap)(const struct child_facts *c);
} fields[] = {
	{"Care status", gap_care}, {"Area", gap_area}, {"School", gap_school},
	{"Sexual orientation", gap_orientation}
};
#define FIELDS (sizeof(fields) / sizeof(fields[0]))

/* ---- what is not recorded ---- */

struct gathered {
	uint64_t n[2];
	uint32_t *cases;
	size_t ncases, cap;
};

/* The cases are those of the links alone. */
static void
gather(struct gathered *g, const struct child_facts *c, unsigned side)
{
	g->n[side]++;
	for (size_t i = 0; side == 0 && i < c->n; i++) {
		g->cases = vec_room(g->cases, g->ncases, &g->cap,
		    sizeof(*g->cases));
		g->cases[g->ncases++] = c->rows[i];
	}
}

static void
fill_field(const struct kids *k, size_t field, struct gathered out[GAPS])
{
	memset(out, 0, GAPS * sizeof(*out));
	for (unsigned side = 0; side < 2; side++)
		for (size_t i = 0; i < k->of[side].n; i++) {
			const struct child_facts *c = &k->of[side].list[i];

			gather(&out[fields[field].gap(c)], c, side);
		}
}

static void
add_recorded(const struct kids *k, struct report *out)
{
	const char *heads[FIELDS + 1] = {"Of all children"};
	bool counts[FIELDS + 1] = {false};
	struct gathered cells[FIELDS][GAPS];
	struct report_table *t;
	struct report_cell *row;

	for (size_t i = 0; i < FIELDS; i++) {
		heads[i + 1] = fields[i].head;
		counts[i + 1] = true;
		fill_field(k, i, cells[i]);
	}
	t = report_table_add(out, "recorded", "What is recorded", heads,
	    FIELDS + 1);
	for (size_t g = 0; g < GAPS; g++) {
		row = report_row(t);
		report_text(&row[0], gap_words[g]);
		for (size_t i = 0; i < FIELDS; i++) {
			report_range(&row[i + 1], cells[i][g].n[0],
			    cells[i][g].n[1]);
			report_cases(&row[i + 1], cells[i][g].cases,
			    cells[i][g].ncases);
		}
	}
	row = report_row(t);
	report_text(&row[0], "All");
	for (size_t i = 0; i < FIELDS; i++)
		report_range(&row[i + 1], k->of[0].n, k->of[1].n);
	report_note(t, "Recorded in two ways: two values stand, and somebody "
	    "has to settle them. A range is of the links alone and of all "
	    "that is asked taken as the same.");
	report_totals(t, counts, true, false);
	report_share_totals(t, 2);
}

/* ---- what was lowered or closed ---- */

static size_t
lowered_column(const struct kids *k, const struct child_facts *c)
{
	bool lowered = false, closed = true;

	for (size_t i = 0; i < c->n; i++) {
		lowered |= k->f->cases[c->rows[i]].downgraded;
		closed &= k->f->cases[c->rows[i]].closed;
	}
	return lowered ? 0 : closed ? 1 : 2;
}

static size_t
gap_keys(const struct kids *k, const struct child_facts *c, enum group_by by,
    uint32_t out[KIDS_KEYS_MAX])
{
	unsigned two = by == BY_SEX ? TWO_SEX : by == BY_ETHNICITY ?
	    TWO_ETHNICITY : 0;
	size_t n = grouping_by(by)->keys(k, c, out);

	if (out[0] == NO_WORD && (c->two & two) != 0)
		out[0] = KIDS_TWO;
	return n;
}

#define KEYS(name, by) \
	static size_t \
	name(const struct kids *k, const struct child_facts *c, \
	    uint32_t out[KIDS_KEYS_MAX]) \
	{ \
		return gap_keys(k, c, by, out); \
	}
KEYS(sex_keys, BY_SEX)
KEYS(ethnicity_keys, BY_ETHNICITY)
KEYS(disability_keys, BY_DISABILITY)

static void
add_lowered(const struct kids *k, enum group_by by, struct report *out)
{
	static const char *const columns[] = {
		"Level lowered", "Closed", "Open"
	};
	static size_t (*const keys[])(const struct kids *k,
	    const struct child_facts *c, uint32_t out[KIDS_KEYS_MAX]) = {
		[BY_SEX] = sex_keys, [BY_ETHNICITY] = ethnicity_keys,
		[BY_DISABILITY] = disability_keys
	};
	const struct grouping_by *g = grouping_by(by);
	const struct kids_table d = {.id = g->id, .title = g->title,
	    .head = g->head, .columns = columns, .ncolumns = 3,
	    .note = "Level lowered: below the rules, as a second person "
	    "decided and as it stands; closed: every case of the child; open: "
	    "the rest.", .column = lowered_column, .keys = keys[by],
	    .label = g->label, .totals = true};
	size_t n;

	free(kids_add(k, &d, out, &n));
}

void
report_gaps(const struct facts *f, const struct report_needs *needs,
    struct report *out)
{
	struct kids k;

	(void)needs;
	kids_init(&k, f);
	add_recorded(&k, out);
	add_lowered(&k, BY_SEX, out);
	add_lowered(&k, BY_ETHNICITY, out);
	add_lowered(&k, BY_DISABILITY, out);
	kids_release(&k);
}
