/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a column of an agency's file is taken for, changed one at a time.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/utf8.h"
#include "core/xalloc.h"
#include "exchange/obs_header.h"
#include "tui/mappingscreen_impl.h"

static bool
is_same(const char *a, const char *b)
{
	struct str x, y;
	bool same;

	str_init(&x);
	str_init(&y);
	mapping_key(&x, a, strlen(a));
	mapping_key(&y, b, strlen(b));
	same = strcmp(x.s, y.s) == 0;
	str_release(&x);
	str_release(&y);
	return same;
}

enum column_is
mapping_column_is(const struct mapping *m, const char *header,
    enum map_field *field, const char **item)
{
	for (int f = 0; f < MAP_FIELDS; f++)
		if (m->columns[f] != NULL && is_same(m->columns[f], header)) {
			*field = (enum map_field)f;
			return COLUMN_FIELD;
		}
	*item = mapping_code(&m->items, header, strlen(header));
	if (*item != NULL)
		return COLUMN_ITEM;
	for (size_t i = 0; i < m->nignore; i++)
		if (is_same(m->ignore[i], header))
			return COLUMN_IGNORED;
	return COLUMN_UNSAID;
}

void
mapping_column_words(const struct mapping *m, const char *header,
    struct str *out)
{
	enum map_field f;
	const char *item;

	switch (mapping_column_is(m, header, &f, &item)) {
	case COLUMN_FIELD:
		str_add(out, map_field_name(f));
		break;
	case COLUMN_ITEM:
		str_add(out, item);
		break;
	case COLUMN_IGNORED:
		str_add(out, "ignored");
		break;
	case COLUMN_UNSAID:
	default:
		str_add(out, "?");
		break;
	}
}

static void
codes_remove(struct map_codes *c, const char *theirs)
{
	size_t to = 0;

	for (size_t i = 0; i < c->n; i++) {
		if (is_same(c->list[i].theirs, theirs)) {
			free(c->list[i].theirs);
			free(c->list[i].ours);
		} else {
			c->list[to++] = c->list[i];
		}
	}
	c->n = to;
}

static void
forget(struct mapping *m, const char *header)
{
	size_t to = 0;

	for (int f = 0; f < MAP_FIELDS; f++)
		if (m->columns[f] != NULL && is_same(m->columns[f], header)) {
			free(m->columns[f]);
			m->columns[f] = NULL;
		}
	codes_remove(&m->items, header);
	for (size_t i = 0; i < m->nignore; i++) {
		if (is_same(m->ignore[i], header))
			free(m->ignore[i]);
		else
			m->ignore[to++] = m->ignore[i];
	}
	m->nignore = to;
}

/* By its id, by its id with the label behind it, or by the label. */
static uint32_t
item_typed(const struct instrument *in, const char *typed)
{
	uint32_t item = instrument_item(in, typed, strlen(typed));

	if (item == NO_ITEM)
		item = instrument_item(in, typed, strcspn(typed, " "));
	for (size_t i = 0; item == NO_ITEM && i < in->nitems; i++)
		if (strcasecmp(in->items[i].label, typed) == 0)
			item = (uint32_t)i;
	return item;
}

enum rc
mapping_column_set(struct mapping *m, const char *header, const char *word,
    const struct instrument *in, struct err *e)
{
	uint32_t item = item_typed(in, word);
	char *copy;
	enum map_field f;

	if (*word == '\0' || strcmp(word, "?") == 0) {
		forget(m, header);
	} else if (strcasecmp(word, "ignore") == 0 ||
	    strcasecmp(word, "ignored") == 0) {
		forget(m, header);
		mapping_add_ignored(m, header);
	} else if (map_field_find(word, &f)) {
		forget(m, header);
		copy = xstrdup(header);
		free(m->columns[f]);
		m->columns[f] = copy;
	} else if (item != NO_ITEM && m->wide) {
		forget(m, header);
		mapping_add_code(&m->items, header, in->items[item].id);
	} else if (item != NO_ITEM) {
		return err_set(e, RC_INPUT, "Columns are indicators in the "
		    "wide form only: change the line Form first, or open the "
		    "codes of the column \"indicator\" with c.");
	} else {
		return err_set(e, RC_INPUT, "\"%s\" is nothing that a column "
		    "can be: Tab completes what there is.", word);
	}
	return RC_OK;
}

/* ---- codes ---- */

const char *
mapping_means(const struct mapping *m, enum map_field f,
    const struct instrument *in, const char *value)
{
	const size_t n = strlen(value);
	const char *ours = mapping_code(&m->codes[f], value, n);
	struct str all;
	enum answer a;
	uint32_t item;
	bool listed;

	if (ours != NULL)
		return ours;
	if (f == MAP_INDICATOR) {
		item = instrument_item(in, value, n);
		return item != NO_ITEM ? in->items[item].id : NULL;
	}
	if (f == MAP_STATE)
		return answer_from_name(value, n, &a) ||
		    obs_tick(value, n, &a) ? answer_name(a) : NULL;
	/* One cell may hold several disabilities. */
	if (f == MAP_DISABILITY && strpbrk(value, ",;/+|") != NULL)
		return value;
	str_init(&all);
	map_field_codes(f, &all);
	listed = all.len > 0;
	str_release(&all);
	return listed ? map_field_code(f, value, n) : value;
}

enum rc
mapping_code_word(enum map_field f, const struct instrument *in,
    const char *typed, struct str *out, struct err *e)
{
	const char *ours = NULL;
	struct str all;
	enum answer a;
	uint32_t item;

	str_init(&all);
	map_field_codes(f, &all);
	if (f == MAP_INDICATOR && strcasecmp(typed, MAPPING_IGNORE) == 0) {
		ours = MAPPING_IGNORE;
	} else if (f == MAP_INDICATOR) {
		item = item_typed(in, typed);
		ours = item != NO_ITEM ? in->items[item].id : NULL;
	} else if (f == MAP_STATE) {
		ours = answer_from_name(typed, strlen(typed), &a) ?
		    answer_name(a) : NULL;
	} else {
		ours = all.len > 0 ? map_field_code(f, typed,
		    strlen(typed)) : typed;
	}
	str_release(&all);
	if (ours == NULL)
		return err_set(e, RC_INPUT, "\"%.*s\" is nothing that %s can "
		    "be: Tab goes through what there is.",
		    utf8_cut(typed, 60), typed, f == MAP_INDICATOR ?
		    "an indicator" : map_field_name(f));
	str_add(out, ours);
	return RC_OK;
}

static bool
word_begins(const char *label, const char *text)
{
	const size_t n = strlen(text);

	for (const char *p = label; *p != '\0'; p += strcspn(p, " "), p +=
	    strspn(p, " "))
		if (strncasecmp(p, text, n) == 0)
			return true;
	return false;
}

bool
mapping_item_choice(const struct instrument *in, const char *text, size_t i,
    struct str *out)
{
	for (size_t k = 0; k < in->nitems; k++) {
		const struct item *it = &in->items[k];

		if (strncasecmp(it->id, text, strlen(text)) != 0 &&
		    !word_begins(it->label, text))
			continue;
		if (i-- > 0)
			continue;
		str_add_fmt(out, "%s %s", it->id, it->label);
		return true;
	}
	return false;
}

void
mapping_code_set(struct map_codes *c, const char *theirs, const char *ours)
{
	codes_remove(c, theirs);
	if (*ours != '\0')
		mapping_add_code(c, theirs, ours);
}

void
mapping_text_set(char **to, const char *text)
{
	char *copy = xstrdup(text);

	free(*to);
	*to = copy;
}

const char *
mapping_dates_words(enum map_dates d)
{
	return d == MAP_DMY ? "day/month/year" : d == MAP_MDY ?
	    "month/day/year" : "year-month-day";
}
