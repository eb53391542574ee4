/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/factchild.h"

#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"

const char *
fact_class_words(enum fact_class c)
{
	static const char *const words[] = {
		[CLASS_VICTIM] = "Known victims",
		[CLASS_HIGH] = "At high risk",
		[CLASS_POTENTIAL] = "Potential victims",
		[CLASS_NONE] = "Not identified"
	};

	return words[c];
}

/* ---- rows by child ---- */

static uint32_t
number_of(const struct case_facts *row, bool upper)
{
	return upper ? row->child_upper : row->child_lower;
}

/* Where the rows of each child begin, one more at the end. */
static size_t *
starts_of(const struct facts *f, bool upper, size_t children)
{
	size_t *at = xcalloc(children + 2, sizeof(*at));

	for (size_t i = 0; i < f->n; i++)
		if (!f->cases[i].carried)
			at[number_of(&f->cases[i], upper) + 1]++;
	for (size_t i = 0; i < children; i++)
		at[i + 1] += at[i];
	return at;
}

static void
fill_rows(const struct facts *f, bool upper, const size_t *starts,
    size_t children, uint32_t *rows)
{
	size_t *at = xcalloc(children + 1, sizeof(*at));

	for (size_t i = 0; i < f->n; i++) {
		uint32_t n = number_of(&f->cases[i], upper);

		if (!f->cases[i].carried)
			rows[starts[n] + at[n]++] = (uint32_t)i;
	}
	free(at);
}

/* ---- one child ---- */

static const struct case_facts *
row_of(const struct facts *f, const struct child_facts *c, size_t i)
{
	return &f->cases[c->rows[i]];
}

static void
join_code(char *to, const char *from, unsigned bit, unsigned *two)
{
	if (*from == '\0' || strcmp(to, from) == 0)
		return;
	if (*to != '\0')
		*two |= bit;
	else
		memcpy(to, from, strlen(from) + 1);
}

/* "Not recorded yet" beside what somebody did record says nothing. */
static const char *
ethnicity_of(const struct case_facts *row)
{
	return strcmp(row->ethnicity, "NOBT") == 0 ? "" : row->ethnicity;
}

static const char *
care_of(const struct case_facts *row)
{
	return strcmp(row->care, "unknown") == 0 ? "" : row->care;
}

static void
join_who(const struct facts *f, struct child_facts *c)
{
	char sex[2] = "", one[2] = "";

	for (size_t i = 0; i < c->n; i++) {
		const struct case_facts *row = row_of(f, c, i);

		one[0] = row->sex == 'U' ? '\0' : row->sex;
		join_code(sex, one, TWO_SEX, &c->two);
		join_code(c->ethnicity, ethnicity_of(row), TWO_ETHNICITY,
		    &c->two);
		join_code(c->care, care_of(row), TWO_CARE, &c->two);
		c->two |= row->two & (TWO_SEX | TWO_ETHNICITY | TWO_CARE);
		c->disability_recorded |= row->disability_recorded;
		c->disabled |= row->disabled;
		c->orientation_recorded |= row->orientation_recorded;
	}
	c->sex = (c->two & TWO_SEX) != 0 || sex[0] == '\0' ? 'U' : sex[0];
	if ((c->two & TWO_ETHNICITY) != 0)
		c->ethnicity[0] = '\0';
	if ((c->two & TWO_CARE) != 0)
		c->care[0] = '\0';
}

/* Of the row of which the latest was written that says one. */
static void
join_where(const struct facts *f, struct child_facts *c)
{
	const struct case_facts *area = NULL, *school = NULL;

	for (size_t i = 0; i < c->n; i++) {
		const struct case_facts *row = row_of(f, c, i);

		if (row->area != NO_WORD && (area == NULL ||
		    row->part.latest > area->part.latest))
			area = row;
		if (row->school != NO_WORD && (school == NULL ||
		    row->part.latest > school->part.latest))
			school = row;
		c->two |= row->two & (TWO_AREA | TWO_SCHOOL);
	}
	c->area = area != NULL ? area->area : NO_WORD;
	c->school = school != NULL ? school->school : NO_WORD;
	if (area != NULL)
		c->two &= ~(unsigned)TWO_AREA;
	if (school != NULL)
		c->two &= ~(unsigned)TWO_SCHOOL;
}

static void
join_seen(const struct facts *f, struct child_facts *c)
{
	c->first_seen = DAY_NONE;
	for (size_t i = 0; i < c->n; i++) {
		const struct case_facts *row = row_of(f, c, i);

		c->known_victim |= row->known_victim;
		c->screened |= row->screened;
		c->peer |= row->peer;
		if (row->first_seen != DAY_NONE &&
		    (c->first_seen == DAY_NONE ||
		    row->first_seen < c->first_seen))
			c->first_seen = row->first_seen;
	}
}

void
fact_child_join(const struct facts *f, const struct child_facts *c,
    const struct joined_part ***parts, struct joined_child *out)
{
	const struct joined_part **list = xcalloc(c->n + 1, sizeof(*list));

	for (size_t i = 0; i < c->n; i++)
		list[i] = &row_of(f, c, i)->part;
	*parts = list;
	joined_child_of(list, c->n, f->in, out);
}

static void
join_level(const struct facts *f, struct child_facts *c)
{
	const struct joined_part **parts;
	struct joined_child j;

	fact_child_join(f, c, &parts, &j);
	c->age = j.answers.age;
	c->level = j.result.level;
	c->indicators = j.indicators;
	c->corroborated = j.corroborated;
	c->most_alone = j.most_alone;
	c->agencies = j.agencies;
	c->only_joined = j.only_joined;
	c->latest = j.latest;
	for (size_t i = 0; i < c->n; i++) {
		const struct case_facts *row = row_of(f, c, i);

		if (row->screened && row->held < c->level)
			c->level = row->held;
	}
	free(parts);
}

static enum fact_class
class_of(const struct facts *f, const struct child_facts *c)
{
	if (c->known_victim)
		return CLASS_VICTIM;
	if (c->level >= f->in->nlevels || !f->in->levels[c->level].refer)
		return CLASS_NONE;
	return c->level == 0 ? CLASS_HIGH : CLASS_POTENTIAL;
}

void
fact_children(const struct facts *f, bool upper, struct fact_children *out)
{
	size_t all = upper ? f->nupper : f->nlower;
	size_t *starts = starts_of(f, upper, all);

	out->rows = xcalloc(f->n + 1, sizeof(*out->rows));
	out->list = xcalloc(all + 1, sizeof(*out->list));
	out->n = 0;
	fill_rows(f, upper, starts, all, out->rows);
	for (size_t i = 0; i < all; i++) {
		struct child_facts *c = &out->list[out->n];

		if (starts[i + 1] == starts[i])
			continue;
		memset(c, 0, sizeof(*c));
		c->rows = &out->rows[starts[i]];
		c->n = starts[i + 1] - starts[i];
		join_who(f, c);
		join_where(f, c);
		join_seen(f, c);
		join_level(f, c);
		c->class = class_of(f, c);
		out->n++;
	}
	free(starts);
}

void
fact_children_release(struct fact_children *c)
{
	free(c->list);
	free(c->rows);
	memset(c, 0, sizeof(*c));
}
