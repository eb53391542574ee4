/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/obs_mapped.h"

#include <stdio.h>
#include <string.h>

#include "core/utf8.h"

static const enum obs_field fields[MAP_FIELDS] = {
	[MAP_CHILD] = OBS_CHILD, [MAP_ROW] = OBS_ROW,
	[MAP_FORENAME] = OBS_FORENAME, [MAP_SURNAME] = OBS_SURNAME,
	[MAP_NAME] = OBS_NAME, [MAP_DOB] = OBS_DOB, [MAP_AGE] = OBS_AGE,
	[MAP_SEX] = OBS_SEX, [MAP_POSTCODE] = OBS_POSTCODE,
	[MAP_NHS] = OBS_NHS, [MAP_UPN] = OBS_UPN, [MAP_LA_ID] = OBS_LA_ID,
	[MAP_ETHNICITY] = OBS_ETHNICITY, [MAP_DISABILITY] = OBS_DISABILITY,
	[MAP_CARE] = OBS_CARE, [MAP_AREA] = OBS_AREA,
	[MAP_SCHOOL] = OBS_SCHOOL, [MAP_AGENCY] = OBS_AGENCY,
	[MAP_INDICATOR] = OBS_INDICATOR, [MAP_STATE] = OBS_STATE,
	[MAP_DATE] = OBS_DATE, [MAP_EVIDENCE] = OBS_EVIDENCE,
	[MAP_SOURCE] = OBS_SOURCE
};

enum obs_field
obs_field_of(enum map_field f)
{
	return fields[f];
}

enum map_field
map_field_of(enum obs_field f)
{
	for (size_t i = 0; i < MAP_FIELDS; i++)
		if (fields[i] == f)
			return (enum map_field)i;
	return MAP_FIELDS;
}

static struct slice
slice_of(const char *s)
{
	return (struct slice){s, (uint32_t)strlen(s)};
}

struct slice
obs_agency(const struct obs_opts *opts, struct slice cell)
{
	const struct mapping *m = opts->mapping;
	const char *ours = NULL;

	if (m != NULL && opts->whole)
		ours = mapping_code(&m->codes[MAP_AGENCY], cell.s, cell.n);
	if (ours != NULL)
		cell = slice_of(ours);
	if (cell.n == 0 && m != NULL)
		cell = slice_of(m->agency);
	if (cell.n == 0 && opts->agency != NULL)
		cell = slice_of(opts->agency);
	return cell;
}

size_t
obs_prefix(struct slice agency, char *reference)
{
	if (agency.n == 0 || agency.n + 2 > REFERENCE_MAX)
		return 0;
	memcpy(reference, agency.s, agency.n);
	reference[agency.n] = '/';
	return agency.n + 1;
}

/* What is being read: the file's column under a key. */
struct seeker {
	const struct csv *c;
	const struct mapping *m;
	struct obs_header *h;
	bool *used;		/* by column of the file */
	char said[256];		/* names of columns at fault */
	size_t nsaid;
};

/* Quotes one more name, as far as there is room. */
static void
say_column(struct seeker *s, const char *name)
{
	size_t used = strlen(s->said);
	char shown[OBS_QUOTE_MAX];

	obs_quote(name, strlen(name), shown);
	if (used + OBS_QUOTE_MAX < sizeof(s->said))
		(void)snprintf(s->said + used, sizeof(s->said) - used, "%s%s",
		    s->nsaid == 0 ? "" : ", ", shown);
	else if (used + 5 < sizeof(s->said) && s->said[used - 1] != '.')
		(void)snprintf(s->said + used, sizeof(s->said) - used,
		    " ...");
	s->nsaid++;
}

/*
 * The column of a header that the mapping names, or NO_COLUMN.  RC_INPUT when
 * the file has two.
 */
static enum rc
seek(struct seeker *s, const char *header, uint32_t *column, struct err *e)
{
	struct str want, have;
	enum rc rc = RC_OK;

	*column = NO_COLUMN;
	str_init(&want);
	str_init(&have);
	mapping_key(&want, header, strlen(header));
	for (size_t i = s->h->rejected ? 2 : 0; i < csv_columns(s->c) &&
	    rc == RC_OK; i++) {
		str_clear(&have);
		mapping_key(&have, csv_header(s->c, i),
		    strlen(csv_header(s->c, i)));
		if (strcmp(want.s, have.s) != 0)
			continue;
		if (*column != NO_COLUMN)
			rc = csv_fail(s->c, i, e, "this column is there "
			    "twice, also as column %u; expected each column "
			    "once", (unsigned)*column + 1);
		*column = (uint32_t)i;
		s->used[i] = true;
	}
	str_release(&want);
	str_release(&have);
	return rc;
}

static enum rc
seek_fields(struct seeker *s, struct err *e)
{
	uint32_t column;
	enum rc rc = RC_OK;

	for (size_t i = 0; i < MAP_FIELDS && rc == RC_OK; i++) {
		if (s->m->columns[i] == NULL)
			continue;
		rc = seek(s, s->m->columns[i], &column, e);
		if (column == NO_COLUMN)
			say_column(s, s->m->columns[i]);
		else
			s->h->column[fields[i]] = column;
	}
	return rc;
}

static enum rc
seek_items(struct seeker *s, const struct obs_opts *opts, struct err *e)
{
	const struct map_code *c;
	uint32_t column, item;
	enum rc rc = RC_OK;

	for (size_t i = 0; i < s->m->items.n && rc == RC_OK; i++) {
		c = &s->m->items.list[i];
		rc = seek(s, c->theirs, &column, e);
		item = instrument_item(opts->instrument, c->ours,
		    strlen(c->ours));
		if (rc == RC_OK && (item == NO_ITEM || i == ITEMS_MAX))
			return csv_fail(s->c, CSV_NO_COLUMN, e, "the mapping "
			    "%s says that column \"%.*s\" is \"%.*s\", "
			    "which is no indicator of %s", s->m->id,
			    utf8_cut(c->theirs, 60), c->theirs,
			    utf8_cut(c->ours, 40), c->ours,
			    opts->instrument->id);
		if (column == NO_COLUMN)
			say_column(s, c->theirs);
		else
			s->h->items[s->h->nitems++] = (struct obs_mark){item,
			    ANSWER_NOT_ASKED, column};
	}
	return rc;
}

static enum rc
pass_over(struct seeker *s, struct err *e)
{
	uint32_t column;
	enum rc rc = RC_OK;

	for (size_t i = 0; i < s->m->nignore && rc == RC_OK; i++)
		rc = seek(s, s->m->ignore[i], &column, e);
	return rc;
}

static enum rc
check_missing(const struct seeker *s, struct err *e)
{
	if (s->nsaid == 0)
		return RC_OK;
	return csv_fail(s->c, CSV_NO_COLUMN, e, "there %s %s, which the "
	    "mapping %s names; expected the file that it was made for, or "
	    "another mapping", s->nsaid == 1 ? "is no column" :
	    "are no columns", s->said, s->m->id);
}

static enum rc
check_left(struct seeker *s, struct err *e)
{
	size_t i, first = CSV_NO_COLUMN;

	for (i = s->h->rejected ? 2 : 0; i < csv_columns(s->c); i++)
		if (!s->used[i]) {
			first = first == CSV_NO_COLUMN ? i : first;
			say_column(s, csv_header(s->c, i));
		}
	if (s->nsaid == 0)
		return RC_OK;
	return csv_fail(s->c, first, e, "the mapping %s neither maps nor "
	    "ignores %s; expected every column under \"columns\"%s or under "
	    "\"ignore\"", s->m->id, s->said,
	    s->m->wide ? ", \"items\"" : "");
}

/* What a store needs of a file, beyond what the mapping must have. */
static enum rc
check_whole(const struct seeker *s, const struct obs_opts *opts,
    struct err *e)
{
	if (!opts->whole)
		return RC_OK;
	if (s->h->column[OBS_DATE] == NO_COLUMN)
		return csv_fail(s->c, CSV_NO_COLUMN, e, "the mapping %s names "
		    "no column \"date\"; a store keeps no tick without its "
		    "date", s->m->id);
	if (s->h->column[OBS_AGENCY] == NO_COLUMN &&
	    s->m->agency[0] == '\0' && opts->agency == NULL)
		return csv_fail(s->c, CSV_NO_COLUMN, e, "the mapping %s does "
		    "not say whose return it is: expected \"agency\", a "
		    "column for it, or --agency", s->m->id);
	return RC_OK;
}

enum rc
obs_mapped_header(const struct csv *c, const struct obs_opts *opts,
    struct obs_header *h, struct err *e)
{
	bool used[CSV_COLUMNS_MAX] = {false};
	struct seeker s = {.c = c, .m = opts->mapping, .h = h, .used = used};
	enum rc rc;

	h->form = s.m->wide ? OBS_WIDE : OBS_LONG;
	h->rejected = csv_columns(c) > 2 &&
	    strcmp(csv_header(c, 0), "row") == 0 &&
	    strcmp(csv_header(c, 1), "problem") == 0;
	rc = seek_fields(&s, e);
	if (rc == RC_OK)
		rc = seek_items(&s, opts, e);
	if (rc == RC_OK)
		rc = check_missing(&s, e);
	if (rc == RC_OK)
		rc = pass_over(&s, e);
	if (rc == RC_OK)
		rc = check_left(&s, e);
	return rc == RC_OK ? check_whole(&s, opts, e) : rc;
}
