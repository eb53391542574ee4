/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What was said of an agency's columns and is not kept as a mapping yet, as
 * the text of a draft.  A mapping's own form holds none that is half made.
 */
#include "config.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "core/xalloc.h"
#include "tui/mappingscreen_impl.h"

static json_t *
codes_json(const struct map_codes *c)
{
	json_t *all = json_array();

	for (size_t i = 0; i < c->n; i++)
		(void)json_array_append_new(all, json_pack("[s, s]",
		    c->list[i].theirs, c->list[i].ours));
	return all;
}

static json_t *
columns_json(const struct mapping *m)
{
	json_t *all = json_object();

	for (int f = 0; f < MAP_FIELDS; f++) {
		const char *name = map_field_name((enum map_field)f);

		if (m->columns[f] != NULL)
			(void)json_object_set_new(all, name,
			    json_string(m->columns[f]));
	}
	return all;
}

static json_t *
all_codes_json(const struct mapping *m)
{
	json_t *all = json_object();

	for (int f = 0; f < MAP_FIELDS; f++)
		if (m->codes[f].n > 0)
			(void)json_object_set_new(all, map_field_name(
			    (enum map_field)f), codes_json(&m->codes[f]));
	return all;
}

static json_t *
texts_json(char *const *list, size_t n)
{
	json_t *all = json_array();

	for (size_t i = 0; i < n; i++)
		(void)json_array_append_new(all, json_string(list[i]));
	return all;
}

char *
mapping_draft_text(const struct return_sheet *s)
{
	const struct mapping *m = s->m;
	json_t *j = json_pack("{s:o, s:s, s:s, s:s, s:b, s:i, s:o, s:o, s:o, "
	    "s:o, s:o}", "header", texts_json(s->rows[0], s->ncolumns),
	    "encoding", s->encoding, "id", m->id, "agency", m->agency, "wide",
	    m->wide, "dates", (int)m->dates, "columns", columns_json(m),
	    "items", codes_json(&m->items), "ignore", texts_json(m->ignore,
	    m->nignore), "codes", all_codes_json(m), "doubts",
	    texts_json(s->doubts, s->ndoubts));
	char *text = j != NULL ? json_dumps(j, JSON_COMPACT |
	    JSON_ENSURE_ASCII) : NULL;

	json_decref(j);
	return text != NULL ? text : xstrdup("");
}

/* ---- back ---- */

/* It is of a file with these very columns, read in the same encoding. */
static bool
is_of(const struct return_sheet *s, const json_t *header,
    const char *encoding)
{
	if (strcmp(encoding, s->encoding) != 0 ||
	    json_array_size(header) != s->ncolumns)
		return false;
	for (size_t i = 0; i < s->ncolumns; i++) {
		const char *name = json_string_value(json_array_get(header,
		    i));

		if (name == NULL || strcmp(name, s->rows[0][i]) != 0)
			return false;
	}
	return true;
}

static void
codes_drop(struct map_codes *c)
{
	for (size_t i = 0; i < c->n; i++) {
		free(c->list[i].theirs);
		free(c->list[i].ours);
	}
	c->n = 0;
}

static void
take_codes(struct map_codes *c, const json_t *all)
{
	const char *theirs, *ours;

	codes_drop(c);
	for (size_t i = 0; i < json_array_size(all); i++) {
		theirs = json_string_value(json_array_get(json_array_get(all,
		    i), 0));
		ours = json_string_value(json_array_get(json_array_get(all,
		    i), 1));
		if (theirs != NULL && ours != NULL)
			mapping_add_code(c, theirs, ours);
	}
}

static void
take_columns(struct mapping *m, const json_t *columns, const json_t *codes)
{
	for (int f = 0; f < MAP_FIELDS; f++) {
		const char *name = map_field_name((enum map_field)f);
		const char *header = json_string_value(json_object_get(
		    columns, name));

		free(m->columns[f]);
		m->columns[f] = header != NULL ? xstrdup(header) : NULL;
		take_codes(&m->codes[f], json_object_get(codes, name));
	}
}

static void
take_ignored(struct mapping *m, const json_t *all)
{
	while (m->nignore > 0)
		free(m->ignore[--m->nignore]);
	for (size_t i = 0; i < json_array_size(all); i++) {
		const char *header = json_string_value(json_array_get(all,
		    i));

		if (header != NULL)
			mapping_add_ignored(m, header);
	}
}

/* A doubt that was settled stays so; a new one cannot have come up. */
static void
take_doubts(struct return_sheet *s, const json_t *all)
{
	size_t to = 0;

	for (size_t i = 0; i < s->ndoubts; i++) {
		bool has = false;

		for (size_t k = 0; k < json_array_size(all) && !has; k++) {
			const char *d = json_string_value(json_array_get(all,
			    k));

			has = d != NULL && strcmp(d, s->doubts[i]) == 0;
		}
		if (has)
			s->doubts[to++] = s->doubts[i];
		else
			free(s->doubts[i]);
	}
	s->ndoubts = to;
}

bool
mapping_draft_take(struct return_sheet *s, const char *text)
{
	json_t *j = json_loads(text, 0, NULL), *header, *columns, *items;
	json_t *ignore, *codes, *doubts;
	const char *encoding, *id, *agency;
	int wide, dates;
	bool took = j != NULL && json_unpack(j, "{s:o, s:s, s:s, s:s, s:b, "
	    "s:i, s:o, s:o, s:o, s:o, s:o}", "header", &header, "encoding",
	    &encoding, "id", &id, "agency", &agency, "wide", &wide, "dates",
	    &dates, "columns", &columns, "items", &items, "ignore", &ignore,
	    "codes", &codes, "doubts", &doubts) == 0 && dates >= MAP_DMY &&
	    dates <= MAP_YMD && is_of(s, header, encoding);

	if (took) {
		mapping_text_set(&s->m->id, id);
		mapping_text_set(&s->m->agency, agency);
		s->m->wide = wide != 0;
		s->m->dates = (enum map_dates)dates;
		take_columns(s->m, columns, codes);
		take_codes(&s->m->items, items);
		take_ignored(s->m, ignore);
		take_doubts(s, doubts);
	}
	json_decref(j);
	return took;
}
