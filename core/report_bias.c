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

#include "core/report_groups.h"
#include "core/xalloc.h"

#define FEW 30		/* children identified; of fewer a share says little */

/* ---- who is identified ---- */

enum met { MET_BOTH, MET_SCREENED, MET_IDENTIFIED, METS };

static size_t
met_column(const struct kids *k, const struct child_facts *c)
{
	bool identified = c->class < CLASS_NONE;

	(void)k;
	if (c->screened)
		return identified ? MET_BOTH : MET_SCREENED;
	return identified ? MET_IDENTIFIED : SIZE_MAX;
}

static const char *const met_heads[METS] = {
	"Screened, identified", "Screened, not identified",
	"Identified unscreened"
};
static const char *const share_heads[] = {
	"Of all identified", "Of all screened", "Of the population"
};

#define SHARE_NOTE "Shares are of the links alone. A difference says where " \
	"to ask, not why it is so. "
#define FEW_NOTE "Fewer than 30 children are identified in all: a share of " \
	"so few says little."

static const struct report_cell *
cell(const struct report *out, size_t table, size_t row, size_t column)
{
	const struct report_table *t = &out->tables[table];

	return &t->cells[row * t->ncolumns + column];
}

static uint64_t
identified(const struct report *out, size_t table, size_t row)
{
	return cell(out, table, row, 1 + MET_BOTH)->count +
	    cell(out, table, row, 1 + MET_IDENTIFIED)->count;
}

static uint64_t
screened(const struct report *out, size_t table, size_t row)
{
	return cell(out, table, row, 1 + MET_BOTH)->count +
	    cell(out, table, row, 1 + MET_SCREENED)->count;
}

struct checking {
	const struct kids *k;
	const struct population *p;
	struct report *out;
	uint64_t identified;	/* in all, by the links alone */
	/* Of each grouping the number of its table and the keys of its rows. */
	size_t tables[GROUPS_BY];
	uint32_t *keys[GROUPS_BY];
	size_t n[GROUPS_BY];
};

static void
add_shares(struct checking *b, enum group_by by)
{
	size_t table = b->tables[by], last = b->n[by];
	struct report_table *t = &b->out->tables[table];

	for (size_t r = 0; r < last; r++) {
		struct report_cell *row = &t->cells[r * t->ncolumns + METS +
		    2];
		uint64_t part, all;

		report_share(&row[0], identified(b->out, table, r),
		    identified(b->out, table, last));
		report_share(&row[1], screened(b->out, table, r),
		    screened(b->out, table, last));
		if (grouping_people(b->p, by, b->keys[by][r], &part, &all))
			report_share(&row[2], part, all);
	}
}

/*
 * "All" less those identified, whose number stands in other reports, is who
 * was screened and not identified: where they are few, it goes with them.
 */
static void
guard_all(struct report_table *t)
{
	const struct report_cell *c = &t->cells[(t->nrows - 1) *
	    t->ncolumns + 1 + MET_SCREENED];
	const bool columns[METS + 5] = {false, true, true, true, true};

	if ((c->count > 0 && c->count < SUPPRESS_BELOW) ||
	    (c->upper > 0 && c->upper < SUPPRESS_BELOW)) {
		report_totals(t, columns, true, false);
		report_share_totals(t, 1);
	}
}

static void
add_group(struct checking *b, enum group_by by)
{
	const struct grouping_by *g = grouping_by(by);
	const struct kids_table d = {.id = g->id, .title = g->title,
	    .head = g->head, .columns = met_heads, .ncolumns = METS,
	    .more = share_heads, .nmore = 3, .column = met_column,
	    .note = b->identified < FEW ? SHARE_NOTE FEW_NOTE : SHARE_NOTE,
	    .keys = g->keys, .label = g->label, .totals = true};

	b->tables[by] = b->out->n;
	b->keys[by] = kids_add(b->k, &d, b->out, &b->n[by]);
	add_shares(b, by);
	guard_all(&b->out->tables[b->tables[by]]);
}

/* ---- by agency ---- */

static bool
is_among(const uint32_t *list, size_t n, uint32_t word)
{
	for (size_t i = 0; i < n; i++)
		if (list[i] == word)
			return true;
	return false;
}

static size_t
agency_keys(const struct kids *k, const struct child_facts *c,
    uint32_t out[KIDS_KEYS_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++) {
		const struct joined_part *p = &k->f->cases[c->rows[i]].part;

		for (size_t v = 0; v < p->nvoices; v++)
			if (n < KIDS_KEYS_MAX &&
			    !is_among(out, n, p->voices[v].agency))
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
	    .head = "Agency", .columns = met_heads, .ncolumns = METS,
	    .note = "By every agency that has something present of the "
	    "child, so that the rows do not add up to all children.",
	    .column = met_column, .keys = agency_keys,
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
	size_t table = b->tables[m->by];

	s->rows = xcalloc(b->n[m->by] + 1, sizeof(*s->rows));
	for (size_t r = 0; r < b->n[m->by]; r++) {
		const char *code = grouping_code(m->by, b->keys[m->by][r]);

		if (code == NULL || !m->is(code))
			continue;
		s->rows[s->n++] = r;
		s->part += identified(b->out, table, r);
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
	if (m->is != NULL)
		report_of_rows(&row[1], b->tables[m->by], s.rows, s.n);
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
