/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ratings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/utf8.h"
#include "exchange/ratings_priv.h"

#define KEY_MAX (2 * NAMESET_NAME_MAX + 2)

/* A rating as it came, and the row for what is said of a second one. */
struct mark {
	uint32_t item, rater, row, line;
	int16_t category;
};

/* What is known of an item before the table is made. */
struct item {
	uint32_t group, row;
	int16_t model;
	uint32_t model_row;	/* 0: the model has not come yet */
};

struct reader {
	const struct ratings_opts *opts;
	const char *name;	/* of the file */
	struct csv *csv;
	const struct csv_row *row;
	struct ratings_header header;
	struct scale scale;
	struct ratings *r;
	struct item *items;
	size_t nitems, capitems;
	struct mark *marks;
	size_t nmarks, capmarks;
	uint32_t *rater_of;	/* of the wide form: of a column */
	bool model_came;
};

/* ---- arrays that grow ---- */

static void *
room_for(void *list, size_t n, size_t *cap, size_t size)
{
	size_t more = *cap != 0 ? 2 * *cap : 64;

	if (n < *cap)
		return list;
	list = reallocarray(list, more, size);
	if (list != NULL)
		*cap = more;
	return list;
}

static enum rc
no_memory(struct err *e)
{
	return err_set(e, RC_NOMEM, "no memory for the ratings");
}

/* ---- names in a row ---- */

struct text {
	const char *s;
	size_t n;
};

static struct text
trimmed(const struct csv_row *row, size_t column)
{
	struct text t = {row->cells[column].s, row->cells[column].n};

	while (t.n != 0 && (t.s[0] == ' ' || t.s[0] == '\t')) {
		t.s++;
		t.n--;
	}
	while (t.n != 0 && (t.s[t.n - 1] == ' ' || t.s[t.n - 1] == '\t'))
		t.n--;
	return t;
}

static enum rc
read_name(const struct reader *rd, size_t column, struct text *out,
    struct err *e)
{
	*out = trimmed(rd->row, column);
	if (out->n == 0)
		return csv_fail(rd->csv, column, e, "the cell is empty; "
		    "expected a name");
	if (out->n > NAMESET_NAME_MAX)
		return csv_fail(rd->csv, column, e, "the name is longer than "
		    "%u bytes; expected at most that", NAMESET_NAME_MAX);
	return RC_OK;
}

/* "case / indicator" where both are there, which is what an item then is. */
static enum rc
read_item_name(const struct reader *rd, char key[KEY_MAX], size_t *n,
    struct text *group, struct err *e)
{
	struct text item;
	enum rc rc = read_name(rd, rd->header.item, &item, e);

	if (rc != RC_OK)
		return rc;
	memcpy(key, item.s, item.n);
	*n = item.n;
	*group = item;
	if (rd->header.indicator == CSV_NO_COLUMN)
		return RC_OK;
	rc = read_name(rd, rd->header.indicator, group, e);
	if (rc != RC_OK)
		return rc;
	key[(*n)++] = '/';
	memcpy(key + *n, group->s, group->n);
	*n += group->n;
	if (*n > NAMESET_NAME_MAX)
		return csv_fail(rd->csv, rd->header.item, e, "item and "
		    "indicator together are longer than %u bytes; expected at "
		    "most that", NAMESET_NAME_MAX);
	return RC_OK;
}

static enum rc
new_item(struct reader *rd, struct text group, struct err *e)
{
	struct item *items;
	uint32_t number;
	enum rc rc;

	if (rd->nitems == AGREE_ITEMS_MAX)
		return csv_fail(rd->csv, rd->header.item, e, "more than %u "
		    "items; expected at most that", AGREE_ITEMS_MAX);
	items = room_for(rd->items, rd->nitems, &rd->capitems,
	    sizeof(*items));
	if (items == NULL)
		return no_memory(e);
	rd->items = items;
	rc = nameset_add(rd->r->groups, group.s, group.n, &number, e);
	if (rc == RC_OK)
		rd->items[rd->nitems++] = (struct item){number,
		    (uint32_t)rd->row->number, AGREE_MISSING, 0};
	return rc;
}

static enum rc
take_item(struct reader *rd, uint32_t *number, bool *is_new, struct err *e)
{
	char key[KEY_MAX];
	struct text group;
	size_t n;
	enum rc rc = read_item_name(rd, key, &n, &group, e);

	if (rc == RC_OK)
		rc = nameset_add(rd->r->items, key, n, number, e);
	if (rc != RC_OK)
		return rc;
	*is_new = *number == rd->nitems;
	return *is_new ? new_item(rd, group, e) : RC_OK;
}

static enum rc
take_rater(struct reader *rd, size_t column, struct text name,
    uint32_t *number, struct err *e)
{
	enum rc rc = nameset_add(rd->r->raters, name.s, name.n, number, e);

	if (rc == RC_OK && *number >= AGREE_RATERS_MAX)
		return csv_fail(rd->csv, column, e, "more than %u raters; "
		    "expected at most that", AGREE_RATERS_MAX);
	return rc;
}

/* ---- ratings ---- */

static enum rc
add_mark(struct reader *rd, struct mark m, struct err *e)
{
	struct mark *marks;

	if (m.category == AGREE_MISSING)
		return RC_OK;
	if (rd->nmarks == AGREE_CELLS_MAX)
		return csv_fail(rd->csv, CSV_NO_COLUMN, e, "more than %u "
		    "ratings; expected at most that", AGREE_CELLS_MAX);
	marks = room_for(rd->marks, rd->nmarks, &rd->capmarks,
	    sizeof(*marks));
	if (marks == NULL)
		return no_memory(e);
	rd->marks = marks;
	rd->marks[rd->nmarks++] = m;
	return RC_OK;
}

/*
 * A column beside the ratings says the same in every row of an item; a rater
 * who is the model, once.
 */
static enum rc
take_model(struct reader *rd, size_t column, uint32_t number, bool again,
    struct err *e)
{
	struct item *item = &rd->items[number];
	int16_t category;
	enum rc rc = scale_take(&rd->scale, rd->csv, column,
	    &rd->row->cells[column], &category, e);

	if (rc != RC_OK)
		return rc;
	rd->model_came = true;
	if (category == AGREE_MISSING)
		return RC_OK;
	if (item->model_row != 0 && !again)
		return csv_fail(rd->csv, column, e, "row %u has a model answer "
		    "for \"%s\" already; expected one", item->model_row,
		    nameset_text(rd->r->items, number));
	if (item->model_row != 0 && category != item->model)
		return csv_fail(rd->csv, column, e, "row %u has another model "
		    "answer for \"%s\"; expected one and the same",
		    item->model_row, nameset_text(rd->r->items, number));
	item->model = category;
	item->model_row = (uint32_t)rd->row->number;
	return RC_OK;
}

static bool
is_model(const struct reader *rd, struct text name)
{
	const char *model = rd->opts->model;

	return model != NULL && rd->header.model == CSV_NO_COLUMN &&
	    strlen(model) == name.n && strncasecmp(model, name.s, name.n) == 0;
}

static enum rc
take_rating(struct reader *rd, uint32_t item, uint32_t rater, size_t column,
    struct err *e)
{
	struct mark m = {item, rater, (uint32_t)rd->row->number,
	    (uint32_t)rd->row->line, AGREE_MISSING};
	enum rc rc = scale_take(&rd->scale, rd->csv, column,
	    &rd->row->cells[column], &m.category, e);

	return rc == RC_OK ? add_mark(rd, m, e) : rc;
}

static enum rc
take_long(struct reader *rd, struct err *e)
{
	const struct ratings_header *h = &rd->header;
	uint32_t item, rater;
	struct text name;
	bool is_new;
	enum rc rc = take_item(rd, &item, &is_new, e);

	if (rc == RC_OK && h->model != CSV_NO_COLUMN)
		rc = take_model(rd, h->model, item, true, e);
	if (rc == RC_OK)
		rc = read_name(rd, h->rater, &name, e);
	if (rc != RC_OK)
		return rc;
	if (is_model(rd, name))
		return take_model(rd, h->rating, item, false, e);
	rc = take_rater(rd, h->rater, name, &rater, e);
	return rc == RC_OK ? take_rating(rd, item, rater, h->rating, e) : rc;
}

static enum rc
take_wide(struct reader *rd, struct err *e)
{
	const struct ratings_header *h = &rd->header;
	uint32_t item;
	bool is_new;
	size_t i;
	enum rc rc = take_item(rd, &item, &is_new, e);

	if (rc == RC_OK && !is_new)
		return csv_fail(rd->csv, h->item, e, "\"%s\" is there in row "
		    "%u too; expected one row an item",
		    nameset_text(rd->r->items, item), rd->items[item].row);
	if (rc == RC_OK && h->model != CSV_NO_COLUMN)
		rc = take_model(rd, h->model, item, true, e);
	for (i = 0; rc == RC_OK && i < rd->row->n; i++)
		if (ratings_header_is_rater(h, i))
			rc = take_rating(rd, item, rd->rater_of[i], i, e);
	return rc;
}

/* ---- the whole file ---- */

static enum rc
name_raters(struct reader *rd, struct err *e)
{
	size_t i, n = csv_columns(rd->csv);
	struct text name;
	enum rc rc = RC_OK;

	rd->rater_of = calloc(n + 1, sizeof(*rd->rater_of));
	if (rd->rater_of == NULL)
		return no_memory(e);
	for (i = 0; rc == RC_OK && i < n; i++) {
		if (!ratings_header_is_rater(&rd->header, i))
			continue;
		name = (struct text){csv_header(rd->csv, i),
		    strlen(csv_header(rd->csv, i))};
		rc = take_rater(rd, i, name, &rd->rater_of[i], e);
	}
	return rc;
}

static enum rc
read_rows(struct reader *rd, struct err *e)
{
	bool any = false;
	enum rc rc;

	for (;;) {
		rc = csv_next(rd->csv, &rd->row, e);
		if (rc != RC_OK)
			return rc;
		if (rd->row == NULL)
			break;
		any = true;
		rc = rd->header.form == RATINGS_LONG ? take_long(rd, e) :
		    take_wide(rd, e);
		if (rc != RC_OK)
			return rc;
	}
	return any ? RC_OK : csv_fail(rd->csv, CSV_NO_COLUMN, e, "the file "
	    "has a header and no rows below it; expected at least one");
}

static enum rc
no_model(const struct reader *rd, struct err *e)
{
	char list[512];
	size_t i, used = 0;
	int n;

	list[0] = '\0';
	for (i = 0; i < nameset_count(rd->r->raters) &&
	    used < sizeof(list) - 1; i++) {
		n = snprintf(list + used, sizeof(list) - used, "%s%s",
		    i != 0 ? ", " : "", nameset_text(rd->r->raters, i));
		used += n > 0 ? (size_t)n : 0;
	}
	list[utf8_cut(list, (int)strlen(list))] = '\0';
	return err_set(e, RC_USAGE, "--model: the file has no column and no "
	    "rater \"%s\"; its raters are %s%s", rd->opts->model, list,
	    used >= sizeof(list) ? " ..." : "");
}

static enum rc
fill_cells(struct reader *rd, const int16_t *place, struct err *e)
{
	struct ratings *r = rd->r;
	size_t n = r->table.items * r->table.raters, i, at;
	uint32_t *from = calloc(n + 1, sizeof(*from));
	const struct mark *m;
	enum rc rc = RC_OK;

	r->cells = malloc((n + 1) * sizeof(*r->cells));
	if (from == NULL || r->cells == NULL) {
		free(from);
		return no_memory(e);
	}
	for (i = 0; i < n; i++)
		r->cells[i] = AGREE_MISSING;
	for (i = 0; rc == RC_OK && i < rd->nmarks; i++) {
		m = &rd->marks[i];
		at = m->item * r->table.raters + m->rater;
		if (from[at] != 0)
			rc = csv_fail_at(rd->csv, m->row, m->line, e, "\"%s\" "
			    "has rated \"%s\" in row %u already; expected one "
			    "rating of an item by a rater",
			    nameset_text(r->raters, m->rater),
			    nameset_text(r->items, m->item), from[at]);
		from[at] = m->row;
		r->cells[at] = place[m->category];
	}
	free(from);
	r->table.cells = r->cells;
	return rc;
}

static enum rc
fill_items(struct reader *rd, const int16_t *place, struct err *e)
{
	struct ratings *r = rd->r;
	size_t i;
	int16_t c;

	r->group = calloc(rd->nitems + 1, sizeof(*r->group));
	if (r->group == NULL)
		return no_memory(e);
	if (rd->model_came) {
		r->model = calloc(rd->nitems + 1, sizeof(*r->model));
		if (r->model == NULL)
			return no_memory(e);
	}
	for (i = 0; i < rd->nitems; i++) {
		r->group[i] = rd->items[i].group;
		c = rd->items[i].model;
		if (r->model != NULL)
			r->model[i] = c != AGREE_MISSING ? place[c] : c;
	}
	return RC_OK;
}

static enum rc
fill_categories(struct reader *rd, const int16_t *place, struct err *e)
{
	struct ratings *r = rd->r;
	size_t i, n = r->table.categories;

	r->categories = calloc(n + 1, sizeof(*r->categories));
	if (r->categories == NULL)
		return no_memory(e);
	for (i = 0; i < n; i++) {
		r->categories[place[i]] = strdup(nameset_text(
		    rd->scale.names, i));
		if (r->categories[place[i]] == NULL)
			return no_memory(e);
	}
	return RC_OK;
}

static enum rc
make_table(struct reader *rd, struct err *e)
{
	struct agree_table *t = &rd->r->table;
	int16_t place[AGREE_CATEGORIES_MAX];
	enum rc rc;

	if (rd->opts->model != NULL && !rd->model_came)
		return no_model(rd, e);
	t->items = rd->nitems;
	t->raters = nameset_count(rd->r->raters);
	t->categories = nameset_count(rd->scale.names);
	if (t->items * t->raters > AGREE_CELLS_MAX)
		return err_set(e, RC_INPUT, "%s: %zu items by %zu raters are "
		    "more than %u cells; expected at most that", rd->name,
		    t->items, t->raters, AGREE_CELLS_MAX);
	scale_order(&rd->scale, place, &t->ordered);
	rc = fill_categories(rd, place, e);
	if (rc == RC_OK)
		rc = fill_items(rd, place, e);
	return rc == RC_OK ? fill_cells(rd, place, e) : rc;
}

static enum rc
make_sets(struct reader *rd, uint64_t seed, struct err *e)
{
	enum rc rc;

	rd->r = calloc(1, sizeof(*rd->r));
	if (rd->r == NULL)
		return no_memory(e);
	rc = nameset_new(seed, &rd->r->items, e);
	if (rc == RC_OK)
		rc = nameset_new(seed, &rd->r->raters, e);
	if (rc == RC_OK)
		rc = nameset_new(seed, &rd->r->groups, e);
	return rc == RC_OK ? scale_init(&rd->scale, rd->opts->categories,
	    seed, e) : rc;
}

static enum rc
read_all(struct reader *rd, struct source *src, struct err *e)
{
	struct csv_opts csv = rd->opts->csv;
	enum rc rc = make_sets(rd, rd->opts->seed, e);

	csv.lenient = false;
	if (rc == RC_OK)
		rc = csv_open(src, &csv, &rd->csv, e);
	if (rc == RC_OK)
		rc = ratings_header_read(rd->csv, rd->opts->model,
		    &rd->header, &rd->r->passed_over, e);
	if (rc != RC_OK)
		return rc;
	rd->r->form = rd->header.form;
	rc = name_raters(rd, e);
	if (rc == RC_OK)
		rc = read_rows(rd, e);
	return rc == RC_OK ? make_table(rd, e) : rc;
}

enum rc
ratings_read(struct source *src, const struct ratings_opts *opts,
    struct ratings **out, struct err *e)
{
	struct reader rd = {.opts = opts, .name = src->name};
	enum rc rc = read_all(&rd, src, e);

	*out = NULL;
	if (rc == RC_OK)
		*out = rd.r;
	else
		ratings_free(rd.r);
	csv_free(rd.csv);
	scale_release(&rd.scale);
	free(rd.items);
	free(rd.marks);
	free(rd.rater_of);
	return rc;
}

void
ratings_free(struct ratings *r)
{
	size_t i;

	if (r == NULL)
		return;
	for (i = 0; r->categories != NULL && i < r->table.categories; i++)
		free(r->categories[i]);
	free(r->categories);
	nameset_free(r->items);
	nameset_free(r->raters);
	nameset_free(r->groups);
	free(r->group);
	free(r->model);
	free(r->passed_over);
	free(r->cells);
	free(r);
}
