/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/mapping.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/kinds.h"
#include "core/utf8.h"
#include "core/vec.h"
#include "core/xalloc.h"

static const struct {
	const char *name;
	bool coded;
} fields[MAP_FIELDS] = {
	[MAP_CHILD] = {"child", false}, [MAP_ROW] = {"row", false},
	[MAP_FORENAME] = {"forename", false},
	[MAP_SURNAME] = {"surname", false}, [MAP_NAME] = {"name", false},
	[MAP_DOB] = {"dob", false}, [MAP_AGE] = {"age", false},
	[MAP_SEX] = {"sex", true}, [MAP_POSTCODE] = {"postcode", false},
	[MAP_NHS] = {"nhs", false}, [MAP_UPN] = {"upn", false},
	[MAP_LA_ID] = {"la_id", false}, [MAP_ETHNICITY] = {"ethnicity", true},
	[MAP_DISABILITY] = {"disability", true}, [MAP_CARE] = {"care", true},
	[MAP_AREA] = {"area", true}, [MAP_SCHOOL] = {"school", true},
	[MAP_AGENCY] = {"agency", true}, [MAP_INDICATOR] = {"indicator", true},
	[MAP_STATE] = {"state", true}, [MAP_DATE] = {"date", false},
	[MAP_EVIDENCE] = {"evidence", false}, [MAP_SOURCE] = {"source", true},
};

const char *
map_field_name(enum map_field f)
{
	return fields[f].name;
}

bool
map_field_coded(enum map_field f)
{
	return fields[f].coded;
}

bool
map_field_find(const char *s, enum map_field *out)
{
	for (size_t i = 0; i < MAP_FIELDS; i++)
		if (strcmp(fields[i].name, s) == 0) {
			*out = (enum map_field)i;
			return true;
		}
	return false;
}

void
mapping_key(struct str *out, const char *s, size_t n)
{
	size_t from = out->len, to, i;

	utf8_fold(out, s, n);
	for (i = to = from; i < out->len; i++)
		if (out->s[i] != '_' && out->s[i] != '.')
			out->s[to++] = out->s[i];
	if (to == from) {
		str_splice(out, from, out->len - from, s, n);
		return;
	}
	str_splice(out, to, out->len - to, "", 0);
}

const char *
mapping_code(const struct map_codes *c, const char *s, size_t n)
{
	const char *ours = NULL;
	struct str key, theirs;

	if (c->n == 0)
		return NULL;
	str_init(&key);
	str_init(&theirs);
	mapping_key(&key, s, n);
	for (size_t i = 0; i < c->n && ours == NULL; i++) {
		str_clear(&theirs);
		mapping_key(&theirs, c->list[i].theirs,
		    strlen(c->list[i].theirs));
		if (strcmp(theirs.s, key.s) == 0)
			ours = c->list[i].ours;
	}
	str_release(&key);
	str_release(&theirs);
	return ours;
}

void
mapping_add_code(struct map_codes *c, const char *theirs, const char *ours)
{
	c->list = vec_room(c->list, c->n, &c->cap, sizeof(*c->list));
	c->list[c->n++] = (struct map_code){xstrdup(theirs), xstrdup(ours)};
}

void
mapping_add_ignored(struct mapping *m, const char *header)
{
	m->ignore = vec_room(m->ignore, m->nignore, &m->capignore,
	    sizeof(*m->ignore));
	m->ignore[m->nignore++] = xstrdup(header);
}

static void
codes_release(struct map_codes *c)
{
	for (size_t i = 0; i < c->n; i++) {
		free(c->list[i].theirs);
		free(c->list[i].ours);
	}
	free(c->list);
}

void
mapping_free(struct mapping *m)
{
	if (m == NULL)
		return;
	free(m->id);
	free(m->version);
	free(m->agency);
	free(m->encoding);
	free(m->instrument);
	codes_release(&m->items);
	for (size_t i = 0; i < MAP_FIELDS; i++) {
		free(m->columns[i]);
		codes_release(&m->codes[i]);
	}
	for (size_t i = 0; i < m->nignore; i++)
		free(m->ignore[i]);
	free(m->ignore);
	free(m);
}

/* ---- against an instrument ---- */

static void
check_item(const struct instrument *in, const struct map_code *c,
    const char *where, struct faults *f)
{
	if (instrument_item(in, c->ours, strlen(c->ours)) == NO_ITEM)
		faults_add(f, 0, 0, "%s: \"%.*s\" is \"%.*s\", which is no "
		    "indicator of %s", where, utf8_cut(c->theirs, 60),
		    c->theirs, utf8_cut(c->ours, 60), c->ours, in->id);
}

/* Of the wide form an indicator has one column. */
static void
check_items(const struct mapping *m, const struct instrument *in,
    struct faults *f)
{
	const struct map_code *a, *b;

	for (size_t i = 0; i < m->items.n; i++) {
		a = &m->items.list[i];
		check_item(in, a, "items", f);
		for (size_t j = 0; j < i; j++) {
			b = &m->items.list[j];
			if (strcasecmp(a->ours, b->ours) == 0)
				faults_add(f, 0, 0, "items: \"%.*s\" and "
				    "\"%.*s\" are both %s; expected one "
				    "column an indicator",
				    utf8_cut(b->theirs, 60), b->theirs,
				    utf8_cut(a->theirs, 60), a->theirs,
				    a->ours);
		}
	}
}

static const struct code *
codes_of(enum map_field field)
{
	static const struct {
		enum map_field field;
		const char *name;
	} of[] = {
		{MAP_SEX, "sex"}, {MAP_ETHNICITY, "ethnicity"},
		{MAP_DISABILITY, "disability"}, {MAP_CARE, "care"}
	};

	for (size_t i = 0; i < sizeof(of) / sizeof(of[0]); i++)
		if (of[i].field == field)
			return kind_field(kind_find("identity"),
			    of[i].name)->codes;
	return NULL;
}

const char *
map_field_code(enum map_field field, const char *s, size_t n)
{
	const struct code *c = codes_of(field);

	for (; c != NULL && c->id != NULL; c++)
		if ((strlen(c->id) == n && strncasecmp(c->id, s, n) == 0) ||
		    (strlen(c->label) == n &&
		    strncasecmp(c->label, s, n) == 0))
			return c->id;
	return NULL;
}

void
map_field_codes(enum map_field field, struct str *out)
{
	const struct code *c = codes_of(field);
	const char *comma = "";

	if (field == MAP_STATE)
		str_add(out, "present, suspected, absent, not known, not "
		    "asked");
	for (; c != NULL && c->id != NULL; c++) {
		str_add_fmt(out, "%s%s", comma, c->id);
		comma = ", ";
	}
}

static void
check_code(enum map_field field, const struct map_code *c, struct faults *f)
{
	enum answer a;
	struct str all;
	bool good = field == MAP_STATE ?
	    answer_from_name(c->ours, strlen(c->ours), &a) :
	    codes_of(field) == NULL ||
	    map_field_code(field, c->ours, strlen(c->ours)) != NULL;

	if (good)
		return;
	str_init(&all);
	map_field_codes(field, &all);
	faults_add(f, 0, 0, "codes: %s: \"%.*s\" is \"%.*s\"; expected one "
	    "of %s", map_field_name(field), utf8_cut(c->theirs, 60),
	    c->theirs, utf8_cut(c->ours, 60), c->ours, all.s);
	str_release(&all);
}

bool
mapping_check(const struct mapping *m, const struct instrument *in,
    struct faults *f)
{
	size_t before = f->n, i, j;

	if (m->instrument[0] != '\0' && strcmp(m->instrument, in->id) != 0)
		faults_add(f, 0, 0, "instrument: the mapping is for %s, not "
		    "for %s", m->instrument, in->id);
	check_items(m, in, f);
	for (i = 0; i < m->codes[MAP_INDICATOR].n; i++)
		if (strcmp(m->codes[MAP_INDICATOR].list[i].ours,
		    MAPPING_IGNORE) != 0)
			check_item(in, &m->codes[MAP_INDICATOR].list[i],
			    "indicators", f);
	for (i = 0; i < MAP_FIELDS; i++)
		for (j = 0; i != MAP_INDICATOR && j < m->codes[i].n; j++)
			check_code((enum map_field)i, &m->codes[i].list[j], f);
	return f->n == before;
}
