/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The bias check: who is identified, by sex, ethnicity, disability, care
 * status and agency, against the population and against who was screened.
 * Indicators must not lead to one kind of child being seen and another not
 * (source 001, recommendation 4).  A difference says where to ask; it does
 * not say why.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "core/report_axis.h"
#include "core/report_groups.h"
#include "core/xalloc.h"

#define FEW 30		/* children identified; of fewer a share says little */

/* ---- who is identified ---- */

/*
 * Identified children stand in the very tables that the board's data set has;
 * who was screened in others, which share no count with them: nothing of the
 * one is worked out from the other.
 */
enum met { MET_IDENTIFIED, MET_NOT, METS };
#define MET_ALL (1 + METS)	/* the column of totals */

static size_t
met_column(const struct kids *k, const struct child_facts *c)
{
	(void)k;
	if (!c->screened)
		return SIZE_MAX;
	return c->class < CLASS_NONE ? MET_IDENTIFIED : MET_NOT;
}

static const char *const met_heads[METS] = {
	"Identified", "Not identified"
};

#define SHARE_NOTE "Shares are of the links alone. A difference says where " \
	"to ask, not why it is so. "
#define FEW_NOTE "Fewer than 30 children are identified in all: a share of " \
	"so few says little."

struct checking {
	const struct kids *k;
	const struct population *p;
	struct report *out;
	uint64_t identified;	/* in all, by the links alone */
	/* Of each grouping the numbers of its tables, and the keys of rows. */
	size_t axes[GROUPS_BY], screened[GROUPS_BY];
	uint32_t *keys[GROUPS_BY];	/* of those screened */
	size_t n[GROUPS_BY];
};

static const struct report_cell *
cell(const struct report *out, size_t table, size_t row, size_t column)
{
	const struct report_table *t = &out->tables[table];

	return &t->cells[row * t->ncolumns + column];
}

static size_t
axis_rows(const struct checking *b, enum group_by by)
{
	return b->out->tables[b->axes[by]].nrows - 1;
}

static uint64_t
identified(const struct checking *b, enum group_by by, size_t row)
{
	return cell(b->out, b->axes[by], row, AXIS_ALL)->count;
}

static void
of_row(struct report_cell *c, size_t table, size_t row, size_t column)
{
	size_t *rows = xcalloc(1, sizeof(*rows));

	rows[0] = row;
	report_of_rows(c, table, rows, 1);
	c->of_column = column;
}

/* The row of those screened; SIZE_MAX when nobody of the group was. */
static size_t
screened_row(const struct checking *b, enum group_by by, uint32_t key)
{
	for (size_t i = 0; i < b->n[by]; i++)
		if (b->keys[by][i] == key)
			return i;
	return SIZE_MAX;
}

static void
add_share(const struct checking *b, enum group_by by, size_t r,
    struct report_table *t)
{
	uint32_t key = grouping_axis_key(by, r);
	size_t met = screened_row(b, by, key), last = axis_rows(b, by);
	uint64_t part = 0, all = 0, people = identified(b, by, r);
	bool counted = grouping_people(b->p, by, key, &part, &all);
	struct report_cell *row;

	if (people == 0 && met == SIZE_MAX && part == 0)
		return;
	row = report_row(t);
	report_text(&row[0], cell(b->out, b->axes[by], r, 0)->text);
	report_share(&row[1], people, identified(b, by, last));
	of_row(&row[1], b->axes[by], r, AXIS_ALL);
	report_share(&row[2], met == SIZE_MAX ? 0 : cell(b->out,
	    b->screened[by], met, MET_ALL)->count, cell(b->out,
	    b->screened[by], b->n[by], MET_ALL)->count);
	if (met != SIZE_MAX)
		of_row(&row[2], b->screened[by], met, MET_ALL);
	if (counted)
		report_share(&row[3], part, all);
}

static void
add_shares(const struct checking *b, enum group_by by)
{
	const struct grouping_by *g = grouping_by(by);
	const char *heads[] = {g->head, "Of all identified",
		"Of all screened", "Of the population"};
	static const bool none[4] = {false};
	struct report_table *t;
	struct str id, title;

	str_init(&id);
	str_init(&title);
	str_add_fmt(&id, "%s-shares", g->id);
	str_add_fmt(&title, "%s: shares", g->title);
	t = report_table_add(b->out, id.s, title.s, heads, 4);
	report_note(t, b->identified < FEW ? SHARE_NOTE FEW_NOTE :
	    SHARE_NOTE);
	for (size_t r = 0; r < axis_rows(b, by); r++)
		add_share(b, by, r, t);
	report_totals(t, none, false, false);
	t->chart = 1;
	str_release(&id);
	str_release(&title);
}

static void
add_group(struct checking *b, enum group_by by)
{
	const struct grouping_by *g = grouping_by(by);
	struct str id, title;
	struct kids_table d = {.head = g->head, .columns = met_heads,
	    .ncolumns = METS, .column = met_column, .keys = g->keys,
	    .label = g->label, .totals = true, .group = 3,
	    .note = "Children with a screening in this time, each once."};

	str_init(&id);
	str_init(&title);
	str_add_fmt(&id, "%s-screened", g->id);
	str_add_fmt(&title, "%s: who was screened", g->title);
	d.id = id.s;
	d.title = title.s;
	b->axes[by] = b->out->n;
	(void)report_axis_add(b->k->f, g->id, b->out);
	b->screened[by] = b->out->n;
	b->keys[by] = kids_add(b->k, &d, b->out, &b->n[by]);
	add_shares(b, by);
	str_release(&id);
	str_release(&title);
}

/* ---- by agency ---- */

static size_t
agency_keys(const struct kids *k, const struct child_facts *c,
    uint32_t out[KIDS_KEYS_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++) {
		const struct joined_part *p = &k->f->cases[c->rows[i]].part;

		for (size_t v = 0; v < p->nvoices; v++)
			if (n < KIDS_KEYS_MAX &&
			    !kids_has_key(out, n, p->voices[v].agency))
				out[n++] = p->voices[v].agency;
	}
	if (n == 0)
		out[n++] = NO_WORD;
	return n;
}

static void
agency_label(const struct kids *k, uint32_t key, struct str *out)
{
	str_add(out, key == NO_WORD ? "Nothing present" :
	    k->f->names.list[key]);
}

static void
add_agencies(struct checking *b)
{
	const struct kids_table d = {.id = "agency", .title = "By agency",
	    .head = "Agency", .columns = kids_classes(), .ncolumns = CLASSES,
	    .note = "By every agency that has something present of the "
	    "child, so that the rows do not add up to all children.",
	    .column = kids_class, .keys = agency_keys,
	    .label = agency_label};
	size_t n;

	free(kids_add(b->k, &d, b->out, &n));
}

/* ---- who is often missed ---- */

struct missed {
	const char *group, *ask;
	enum group_by by;
	/* True of the rows of the grouping that the group is of; or NULL. */
	bool (*is)(const char *code);
};

static bool
is_boy(const char *code)
{
	return strcmp(code, "M") == 0;
}

static bool
is_disabled(const char *code)
{
	return strcmp(code, "yes") == 0;
}

static const struct missed often_missed[] = {
	{"Black, Asian and minority ethnic children, with Gypsy, Roma and "
	    "Traveller children", "Who works with these families, and have "
	    "they been asked? Is ethnicity recorded as the child says it?",
	    BY_ETHNICITY, ethnicity_is_minority},
	{"Disabled children", "Have special schools and disability teams "
	    "been asked? Is what is put down to a disability looked at once "
	    "more?", BY_DISABILITY, is_disabled},
	{"Boys", "Is what is read as offending or going missing looked at as "
	    "a sign? Have youth justice and schools been asked?", BY_SEX,
	    is_boy},
	{"Children exploited by other young people", "Is the model of "
	    "exploitation recorded? Have schools been asked about pupils "
	    "among themselves?", GROUPS_BY, NULL}
};
#define MISSED (sizeof(often_missed) / sizeof(often_missed[0]))

struct share {
	uint64_t part, all;	/* identified */
	uint64_t people, of;	/* in the population */
	size_t *rows, n;	/* of the table; owned */
};

static void
share_of_rows(const struct checking *b, const struct missed *m,
    struct share *s)
{
	size_t n = axis_rows(b, m->by);

	s->rows = xcalloc(n + 1, sizeof(*s->rows));
	for (size_t r = 0; r < n; r++) {
		const char *code = grouping_code(m->by,
		    grouping_axis_key(m->by, r));

		if (code == NULL || !m->is(code))
			continue;
		s->rows[s->n++] = r;
		s->part += identified(b, m->by, r);
	}
}

/* Of every code of the group, whether a child of it is here or not. */
static void
people_of_codes(const struct checking *b, const struct missed *m,
    struct share *s)
{
	const char *what = grouping_by(m->by)->what;

	for (size_t i = 0; b->p != NULL && i < b->p->n; i++) {
		const struct population_area *a = &b->p->areas[i];
		bool any = false;

		for (size_t g = 0; g < a->ngroups; g++) {
			if (strcmp(a->groups[g].what, what) != 0)
				continue;
			any = true;
			if (m->is(a->groups[g].code))
				s->people += a->groups[g].children;
		}
		s->of += any ? a->children : 0;
	}
}

static void
share_of_peers(const struct checking *b, struct share *s)
{
	const struct fact_children *all = &b->k->of[0];

	for (size_t i = 0; i < all->n; i++)
		s->part += all->list[i].class < CLASS_NONE &&
		    all->list[i].peer;
}

/*
 * Four fifths of the share in the population is a usual rule of thumb.  Of so
 * few that the share itself is not published nothing is said.
 */
static const char *
beside_population(const struct share *s)
{
	if (s->of == 0)
		return "Not counted in the population";
	if (s->all < FEW || s->part < SUPPRESS_BELOW ||
	    s->all - s->part < SUPPRESS_BELOW)
		return "Too few to say";
	return s->part * s->of * 5 < s->people * s->all * 4 ?
	    "Identified less often" : "As often, or more";
}

static void
add_missed_row(const struct checking *b, const struct missed *m,
    struct report_table *t)
{
	struct report_cell *row = report_row(t);
	struct share s = {.all = b->identified};

	if (m->is != NULL) {
		share_of_rows(b, m, &s);
		people_of_codes(b, m, &s);
	} else {
		share_of_peers(b, &s);
	}
	report_text(&row[0], m->group);
	report_share(&row[1], s.part, s.all);
	report_share(&row[2], s.people, s.of);
	report_text(&row[3], beside_population(&s));
	report_text(&row[4], m->ask);
	if (m->is == NULL)
		return;
	report_of_rows(&row[1], b->axes[m->by], s.rows, s.n);
	row[1].of_column = AXIS_ALL;
}

static void
add_missed(const struct checking *b)
{
	static const char *const heads[] = {
		"Group", "Of all identified", "Of the population",
		"Beside the population", "What to ask"
	};
	static const bool none[5] = {false};
	struct report_table *t = report_table_add(b->out, "missed",
	    "Groups that are often missed", heads, 5);

	for (size_t i = 0; i < MISSED; i++)
		add_missed_row(b, &often_missed[i], t);
	report_note(t, b->identified < FEW ? SHARE_NOTE FEW_NOTE :
	    SHARE_NOTE "Less often: below four fifths of the group's share "
	    "of the population.");
	report_totals(t, none, false, false);
}

/* ---- whom links miss ---- */

struct recall {
	const char *group;
	bool (*is)(const struct case_facts *row);
};

static bool
row_is_boy(const struct case_facts *row)
{
	return row->sex == 'M';
}

static bool
row_is_girl(const struct case_facts *row)
{
	return row->sex == 'F';
}

static bool
row_is_minority(const struct case_facts *row)
{
	return ethnicity_is_minority(row->ethnicity);
}

static bool
row_is_no_minority(const struct case_facts *row)
{
	return row->ethnicity[0] != '\0' &&
	    strcmp(row->ethnicity, "NOBT") != 0 &&
	    strcmp(row->ethnicity, "REFU") != 0 && !row_is_minority(row);
}

static bool
row_is_disabled(const struct case_facts *row)
{
	return row->disabled;
}

static bool
row_in_care(const struct case_facts *row)
{
	return strcmp(row->care, "order") == 0 ||
	    strcmp(row->care, "voluntary") == 0;
}

static const struct recall recalls[] = {
	{"Boys", row_is_boy}, {"Girls", row_is_girl},
	{"Black, Asian and minority ethnic, Gypsy, Roma and Traveller",
	    row_is_minority},
	{"White British, White Irish and other White", row_is_no_minority},
	{"Disabled", row_is_disabled}, {"Looked after", row_in_care}
};
#define RECALLS (sizeof(recalls) / sizeof(recalls[0]))

/*
 * A pair is of a group when either record says so: the other may have a gap.
 * Where no person found a pair there is nothing to estimate it by.
 */
static void
add_recall_row(const struct facts *f, const struct recall *m,
    struct report_table *t)
{
	struct report_cell *row = report_row(t);
	uint64_t model = 0, person = 0;

	for (size_t i = 0; i < f->npairs; i++) {
		const struct fact_pair *p = &f->pairs[i];

		if (!m->is(&f->cases[p->a]) && !m->is(&f->cases[p->b]))
			continue;
		model += p->by_model;
		person += !p->by_model;
	}
	report_text(&row[0], m->group);
	report_count(&row[1], model);
	report_count(&row[2], person);
	report_count(&row[3], model + person);
	if (person > 0)
		report_share(&row[4], model, model + person);
}

static void
add_recall(const struct checking *b)
{
	static const char *const heads[] = {
		"Group", "Pairs linked by the model", "By a person alone",
		"All", "Found by the model"
	};
	static const bool counts[5] = {false, true, true, true, false};
	struct report_table *t = report_table_add(b->out, "recall",
	    "Whom links miss", heads, 5);

	for (size_t i = 0; i < RECALLS; i++)
		add_recall_row(b->k->f, &recalls[i], t);
	report_note(t, "Of the pairs of records taken as one child, how many "
	    "the model found by itself. An upper limit: pairs that nobody was "
	    "asked about are missed by both. No share where no person found "
	    "any.");
	report_totals(t, counts, false, true);
}

void
report_bias(const struct facts *f, const struct report_needs *needs,
    struct report *out)
{
	struct kids k;
	struct checking b = {.k = &k, .p = needs->population, .out = out};

	kids_init(&k, f);
	for (size_t i = 0; i < k.of[0].n; i++)
		b.identified += k.of[0].list[i].class < CLASS_NONE;
	for (int by = 0; by < GROUPS_BY; by++)
		add_group(&b, (enum group_by)by);
	add_agencies(&b);
	add_missed(&b);
	add_recall(&b);
	for (int by = 0; by < GROUPS_BY; by++)
		free(b.keys[by]);
	kids_release(&k);
}
