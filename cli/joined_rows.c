/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/joined_rows.h"

#include <stdio.h>
#include <string.h>

#include "cli/print.h"
#include "cli/row.h"
#include "core/ringup.h"

static const char *
area_of(const struct joined_rows *r, const struct joined_row *row)
{
	return fact_words_text(&r->f->words, row->entry->lower->area);
}

static void
add_items(const struct joined_rows *r, const struct itemset *items,
    const char *between, struct str *out)
{
	size_t from = out->len;

	for (size_t i = 0; i < r->f->in->nitems; i++)
		if (itemset_has(items, (unsigned)i))
			str_add_fmt(out, "%s%s", out->len > from ? between :
			    "", r->f->in->items[i].id);
}

static void
add_cases(const struct joined_case *cases, size_t n, const char *between,
    struct str *out)
{
	for (size_t i = 0; i < n; i++)
		str_add_fmt(out, "%s%s", i > 0 ? between : "",
		    cases[i].reference);
}

static void
day_short(int32_t day, char out[SPAN_WORDS_MAX])
{
	struct span span = span_of_day(day);

	out[0] = '\0';
	if (day != DAY_NONE)
		span_words(&span, out);
}

/* The level if it is one child with the others; else what it is. */
static unsigned
could_level(const struct joined_row *row)
{
	return row->entry->upper->level < row->entry->lower->level ?
	    row->entry->upper->level : row->entry->lower->level;
}

/* ---- text ---- */

static void
text_heading(struct joined_rows *r, const struct joined_row *row)
{
	if (r->group == (int)row->entry->group)
		return;
	say("%s%s\n", r->group >= 0 ? "\n" : "",
	    joined_group_label(row->entry->group));
	r->group = (int)row->entry->group;
}

static void
text_facts(const struct joined_row *row)
{
	const struct child_facts *c = row->entry->lower;
	char day[SPAN_WORDS_MAX];
	struct str out;

	str_init(&out);
	str_add_fmt(&out, "%u indicator%s of %u agenc%s", c->indicators,
	    c->indicators == 1 ? "" : "s", c->agencies,
	    c->agencies == 1 ? "y" : "ies");
	if (c->agencies > 1)
		str_add_fmt(&out, ", the most of one alone %u",
		    c->most_alone);
	if (c->corroborated > 0)
		str_add_fmt(&out, "; %u corroborated", c->corroborated);
	if (c->age >= 0)
		str_add_fmt(&out, ". Age %d", c->age);
	day_short(c->latest, day);
	str_add_fmt(&out, ". %s%s.", day[0] != '\0' ? "Latest " : "No date",
	    day);
	if (c->known_victim)
		str_add(&out, " Harm is known of.");
	say_wrapped("    ", out.s);
	str_release(&out);
}

static void
text_could(const struct joined_rows *r, const struct joined_row *row)
{
	struct str out;

	if (row->nothers == 0)
		return;
	str_init(&out);
	str_add(&out, "Could be one child with ");
	add_cases(row->others, row->nothers, ", ", &out);
	str_add_fmt(&out, ": see link review. Then %u indicator%s, %s.",
	    row->could->indicators, row->could->indicators == 1 ? "" : "s",
	    screen_level_label(r->f->in, could_level(row)));
	say_wrapped("    ", out.s);
	str_release(&out);
}

static void
text_ring(const struct joined_rows *r, const struct joined_row *row,
    const struct joined_ring *ring)
{
	const struct service *sv = ringup_service(r->services, ring->agency,
	    area_of(r, row));
	char day[SPAN_WORDS_MAX];
	struct str out;

	str_init(&out);
	str_add_fmt(&out, "Ring %s: %s (", ring->agency,
	    ring->who[0] != '\0' ? ring->who : "nobody is named");
	add_items(r, &ring->present, ", ", &out);
	day_short(ring->latest, day);
	str_add_fmt(&out, "%s%s)", day[0] != '\0' ? "; latest " : "", day);
	if (sv != NULL) {
		str_add_fmt(&out, "; %s, ", sv->name);
		service_reach(sv, &out);
		str_add(&out, sv->verified ? "" : " (not verified)");
	}
	str_add(&out, ".");
	say_wrapped("    ", out.s);
	str_release(&out);
}

static void
text_row(struct joined_rows *r, const struct joined_row *row)
{
	struct str line;

	text_heading(r, row);
	str_init(&line);
	row_column(&line, row->name, 30);
	str_add(&line, screen_level_label(r->f->in,
	    row->entry->lower->level));
	say("%s\n", line.s);
	str_clear(&line);
	add_cases(row->cases, row->ncases, ", ", &line);
	say_wrapped("    ", line.s);
	text_facts(row);
	text_could(r, row);
	for (size_t i = 0; i < row->nrings; i++)
		text_ring(r, row, &row->rings[i]);
	str_release(&line);
}

/* ---- CSV ---- */

static void
csv_number(struct out *o, long n, const char *after)
{
	char text[32];

	(void)snprintf(text, sizeof(text), "%ld", n);
	row_csv(o, n >= 0 ? text : "", after);
}

static void
csv_rings(struct joined_rows *r, const struct joined_row *row)
{
	struct str out;

	str_init(&out);
	for (size_t i = 0; i < row->nrings; i++)
		str_add_fmt(&out, "%s%s: %s", i > 0 ? "; " : "",
		    row->rings[i].agency, row->rings[i].who);
	row_csv(&r->out, out.s, "\r\n");
	str_release(&out);
}

static void
csv_cases(struct joined_rows *r, const struct joined_case *cases, size_t n)
{
	struct str out;

	str_init(&out);
	add_cases(cases, n, "; ", &out);
	row_csv(&r->out, out.s, ",");
	str_release(&out);
}

static void
csv_row(struct joined_rows *r, const struct joined_row *row)
{
	const struct child_facts *c = row->entry->lower;
	char day[DAY_TEXT_MAX];
	struct str items;

	if (r->n == 0)
		out_add(&r->out, "group,level,could_be,cases,name,age,"
		    "indicators,agencies,most_alone,corroborated,latest,"
		    "present,could_be_with,ring\r\n");
	row_csv(&r->out, joined_group_code(row->entry->group), ",");
	row_csv(&r->out, screen_level_id(r->f->in, c->level), ",");
	row_csv(&r->out, screen_level_id(r->f->in, could_level(row)), ",");
	csv_cases(r, row->cases, row->ncases);
	row_csv(&r->out, row->name, ",");
	csv_number(&r->out, c->age, ",");
	csv_number(&r->out, (long)c->indicators, ",");
	csv_number(&r->out, (long)c->agencies, ",");
	csv_number(&r->out, (long)c->most_alone, ",");
	csv_number(&r->out, (long)c->corroborated, ",");
	day_format(c->latest, day);
	row_csv(&r->out, day, ",");
	str_init(&items);
	add_items(r, &row->child->answers.present, " ", &items);
	row_csv(&r->out, items.s, ",");
	str_release(&items);
	csv_cases(r, row->others, row->nothers);
	csv_rings(r, row);
	out_settle(&r->out);
}

/* ---- JSON ---- */

static json_t *
items_json(const struct joined_rows *r, const struct itemset *items)
{
	json_t *list = json_array();

	for (size_t i = 0; i < r->f->in->nitems; i++)
		if (itemset_has(items, (unsigned)i))
			(void)json_array_append_new(list,
			    json_string(r->f->in->items[i].id));
	return list;
}

static json_t *
cases_json(const struct joined_case *cases, size_t n)
{
	json_t *list = json_array();
	char id[2 * CASE_ID_LEN + 1];

	for (size_t i = 0; i < n; i++) {
		hex_format(cases[i].id.b, CASE_ID_LEN, id);
		(void)json_array_append_new(list, json_pack("{s:s, s:s}",
		    "id", id, "reference", cases[i].reference));
	}
	return list;
}

static json_t *
rings_json(const struct joined_rows *r, const struct joined_row *row)
{
	json_t *list = json_array();
	char day[DAY_TEXT_MAX];

	for (size_t i = 0; i < row->nrings; i++) {
		const struct joined_ring *ring = &row->rings[i];
		const struct service *sv = ringup_service(r->services,
		    ring->agency, area_of(r, row));

		day_format(ring->latest, day);
		(void)json_array_append_new(list, json_pack("{s:s, s:s, s:s,"
		    " s:o, s:s?}", "agency", ring->agency, "who", ring->who,
		    "latest", day, "present", items_json(r, &ring->present),
		    "service", sv != NULL ? sv->id : NULL));
	}
	return list;
}

static void
json_row(struct joined_rows *r, const struct joined_row *row)
{
	const struct child_facts *c = row->entry->lower;
	char day[DAY_TEXT_MAX];

	day_format(c->latest, day);
	(void)json_array_append_new(r->json, json_pack("{s:s, s:s, s:s, s:o,"
	    " s:s, s:o, s:i, s:i, s:i, s:i, s:b, s:s, s:o, s:o, s:o}",
	    "group", joined_group_code(row->entry->group),
	    "level", screen_level_id(r->f->in, c->level),
	    "could_be", screen_level_id(r->f->in, could_level(row)),
	    "cases", cases_json(row->cases, row->ncases), "name", row->name,
	    "age", c->age < 0 ? json_null() : json_integer(c->age),
	    "indicators", (int)c->indicators, "agencies", (int)c->agencies,
	    "most_alone", (int)c->most_alone,
	    "corroborated", (int)c->corroborated,
	    "known_victim", c->known_victim, "latest", day,
	    "present", items_json(r, &row->child->answers.present),
	    "could_be_with", cases_json(row->others, row->nothers),
	    "ring", rings_json(r, row)));
}

/* ---- the whole ---- */

void
joined_rows_begin(struct joined_rows *r, const struct facts *f,
    const struct services *services, enum format format)
{
	*r = (struct joined_rows){.f = f, .services = services,
	    .format = format, .group = -1};
	out_init(&r->out, row_say, NULL);
	r->json = format == FORMAT_JSON ? json_array() : NULL;
}

bool
joined_rows_take(const struct joined_row *row, void *ctx)
{
	struct joined_rows *r = ctx;

	if (r->format == FORMAT_JSON)
		json_row(r, row);
	else if (r->format == FORMAT_CSV)
		csv_row(r, row);
	else
		text_row(r, row);
	r->n++;
	return true;
}

void
joined_rows_end(struct joined_rows *r, bool whole)
{
	if (whole && r->json != NULL)
		say_json(r->json);
	(void)out_finish(&r->out);
	json_decref(r->json);
	out_release(&r->out);
}
