/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/obs_header.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "exchange/obs_mapped.h"

#define NAME_MAX_BYTES 64u
#define SHOWN_BYTES 40u
#define PASSED_OVER OBS_FIELDS

static const struct {
	const char *name;
	enum obs_field field;
} names[] = {
	{"child", OBS_CHILD}, {"reference", OBS_CHILD},
	{"child reference", OBS_CHILD}, {"child id", OBS_CHILD},
	{"agency", OBS_AGENCY},
	{"indicator", OBS_INDICATOR}, {"item", OBS_INDICATOR},
	{"state", OBS_STATE}, {"answer", OBS_STATE},
	{"date", OBS_DATE}, {"observed", OBS_DATE},
	{"evidence", OBS_EVIDENCE},
	{"source", OBS_SOURCE}, {"observed by", OBS_SOURCE},
	{"name", OBS_NAME},
	{"dob", OBS_DOB}, {"date of birth", OBS_DOB},
	{"birth", OBS_DOB},
	{"age", OBS_AGE},
	{"row", PASSED_OVER}, {"problem", PASSED_OVER},
};

static const char *const field_names[OBS_FIELDS] = {
	"child", "agency", "indicator", "state", "date", "evidence",
	"source", "name", "dob", "age", "row", "forename", "surname", "sex",
	"postcode", "nhs", "upn", "la_id", "ethnicity", "disability", "care",
	"area", "school"
};

void
obs_quote(const char *s, size_t n, char out[OBS_QUOTE_MAX])
{
	size_t k = n < SHOWN_BYTES ? n : SHOWN_BYTES;

	while (k < n && k != 0 && ((unsigned char)s[k] & 0xc0u) == 0x80u)
		k--;
	(void)snprintf(out, OBS_QUOTE_MAX, "\"%.*s%s\"", (int)k, s,
	    k < n ? "..." : "");
}

bool
obs_tick(const char *s, size_t n, enum answer *a)
{
	static const struct {
		const char *word;
		enum answer state;
	} ticks[] = {
		{"yes", ANSWER_PRESENT}, {"y", ANSWER_PRESENT},
		{"x", ANSWER_PRESENT}, {"1", ANSWER_PRESENT},
		{"true", ANSWER_PRESENT},
		{"no", ANSWER_ABSENT}, {"n", ANSWER_ABSENT},
		{"0", ANSWER_ABSENT}, {"false", ANSWER_ABSENT},
		{"?", ANSWER_NOT_KNOWN}, {"unknown", ANSWER_NOT_KNOWN},
	};
	size_t i;

	for (i = 0; i < sizeof(ticks) / sizeof(ticks[0]); i++)
		if (strlen(ticks[i].word) == n &&
		    strncasecmp(ticks[i].word, s, n) == 0) {
			*a = ticks[i].state;
			return true;
		}
	return false;
}

/* ---- suggestions ---- */

static int
smallest(int a, int b, int c)
{
	int m = a < b ? a : b;

	return m < c ? m : c;
}

/* Letters to change, add or drop, case ignored; both at most 15 bytes. */
static int
distance(const char *a, size_t n, const char *b, size_t m)
{
	int row[17], diagonal, above;
	size_t i, j;

	for (j = 0; j <= m; j++)
		row[j] = (int)j;
	for (i = 1; i <= n; i++) {
		diagonal = row[0];
		row[0] = (int)i;
		for (j = 1; j <= m; j++) {
			above = row[j];
			row[j] = smallest(row[j] + 1, row[j - 1] + 1,
			    diagonal + (strncasecmp(a + i - 1, b + j - 1, 1)
			    != 0));
			diagonal = above;
		}
	}
	return row[m];
}

/* "B-01", "b 1" and "B1" alike, for a first try. */
static size_t
squeeze(const char *s, size_t n, char out[16])
{
	size_t i, k = 0;
	bool digit_before = false, digit;

	for (i = 0; i < n && k < 15; i++) {
		digit = s[i] >= '0' && s[i] <= '9';
		if (strchr(" -_.:", s[i]) != NULL ||
		    (s[i] == '0' && !digit_before))
			continue;
		out[k++] = s[i];
		digit_before = digit;
	}
	out[k] = '\0';
	return k;
}

/* The item whose label holds the words; NO_ITEM when none or several do. */
static uint32_t
item_by_label(const struct instrument *in, const char *s, size_t n)
{
	char words[SHOWN_BYTES + 1];
	uint32_t found = NO_ITEM;
	size_t i;

	if (n < 4 || n > SHOWN_BYTES)
		return NO_ITEM;
	memcpy(words, s, n);
	words[n] = '\0';
	for (i = 0; i < in->nitems; i++) {
		if (strcasestr(in->items[i].label, words) == NULL)
			continue;
		if (found != NO_ITEM)
			return NO_ITEM;
		found = (uint32_t)i;
	}
	return found;
}

/* Fewest changes first, then the same length, then the nearest last letter. */
static int
cost(const char *id, const char *s, size_t n)
{
	size_t m = strlen(id);
	int last;

	if (m == 0 || m > 15 || distance(s, n, id, m) > 1)
		return INT_MAX;
	last = s[n - 1] - id[m - 1];
	last = last < 0 ? -last : last;
	return (m != n ? 100 : 0) + (last < 50 ? last : 50) +
	    (strncasecmp(id, s, 1) != 0 ? 200 : 0);
}

static uint32_t
nearest_item(const struct instrument *in, const char *s, size_t n)
{
	uint32_t best = NO_ITEM;
	int least = INT_MAX, c;
	char id[16];
	size_t k = squeeze(s, n, id), i;

	if (k != 0)
		best = instrument_item(in, id, k);
	if (best == NO_ITEM)
		best = item_by_label(in, s, n);
	if (best != NO_ITEM || n == 0 || n > 15)
		return best;
	for (i = 0; i < in->nitems; i++) {
		c = cost(in->items[i].id, s, n);
		if (c < least) {
			least = c;
			best = (uint32_t)i;
		}
	}
	return best;
}

uint32_t
obs_item_like(const struct instrument *in, const char *s, size_t n)
{
	char id[16];
	size_t k = squeeze(s, n, id);
	uint32_t item = k != 0 ? instrument_item(in, id, k) : NO_ITEM;

	return item != NO_ITEM ? item : item_by_label(in, s, n);
}

void
obs_suggest(const struct instrument *in, const char *s, size_t n, char *out,
    size_t room)
{
	uint32_t item = nearest_item(in, s, n);
	size_t first = 0, last = in->nitems;

	while (first < last && !itemset_has(&in->listed, (unsigned)first))
		first++;
	while (last > first && !itemset_has(&in->listed, (unsigned)last - 1))
		last--;
	if (item != NO_ITEM)
		(void)snprintf(out, room, "; did you mean %s (%s)?",
		    in->items[item].id, in->items[item].label);
	else if (first < last)
		(void)snprintf(out, room, "; expected one of its ids, %s to "
		    "%s", in->items[first].id, in->items[last - 1].id);
	else
		(void)snprintf(out, room, "; it has no indicators");
}

/* ---- columns ---- */

/* "Date_of-Birth" and "date of birth" alike. */
static bool
same_name(const char *given, const char *name)
{
	char g;

	for (; *given != '\0' && *name != '\0'; given++, name++) {
		g = *given == '_' || *given == '-' ? ' ' : *given;
		if (strncasecmp(&g, name, 1) != 0)
			return false;
	}
	return *given == *name;
}

static bool
field_of(const char *header, enum obs_field *field)
{
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (same_name(header, names[i].name)) {
			*field = names[i].field;
			return true;
		}
	return false;
}

/* "B1", or "B1 missing from home": the id may be followed by its label. */
uint32_t
obs_item_of(const struct instrument *in, const char *header)
{
	uint32_t item = instrument_item(in, header, strlen(header));
	size_t n = strcspn(header, " :.-");

	return item == NO_ITEM && n != 0 && header[n] != '\0' ?
	    instrument_item(in, header, n) : item;
}

static enum rc
twice(const struct csv *c, size_t column, uint32_t first, struct err *e)
{
	return csv_fail(c, column, e, "this column is there twice, also as "
	    "column %u; expected each column once", (unsigned)first + 1);
}

static enum rc
unknown_column(const struct csv *c, const struct obs_opts *opts,
    size_t column, struct err *e)
{
	const char *header = csv_header(c, column);
	char hint[256];

	if (header[0] == '\0')
		return csv_fail(c, column, e, "the column has no name; "
		    "expected a name in every column of the header");
	obs_suggest(opts->instrument, header, strlen(header), hint,
	    sizeof(hint));
	return csv_fail(c, column, e, "neither an indicator of %s nor one of "
	    "child, agency, indicator, state, date, evidence, source, name, "
	    "dob, age%s", opts->instrument->id, hint);
}

static enum rc
take_column(const struct csv *c, const struct obs_opts *opts, size_t column,
    struct obs_header *h, struct err *e)
{
	enum obs_field field;
	uint32_t item;
	size_t i;

	if (field_of(csv_header(c, column), &field)) {
		if (field == PASSED_OVER) {
			h->rejected |= same_name(csv_header(c, column),
			    "problem");
			return RC_OK;
		}
		if (h->column[field] != NO_COLUMN)
			return twice(c, column, h->column[field], e);
		h->column[field] = (uint32_t)column;
		return RC_OK;
	}
	item = obs_item_of(opts->instrument, csv_header(c, column));
	if (item == NO_ITEM)
		return unknown_column(c, opts, column, e);
	for (i = 0; i < h->nitems; i++)
		if (h->items[i].item == item)
			return twice(c, column, h->items[i].column, e);
	h->items[h->nitems++] = (struct obs_mark){item, ANSWER_NOT_ASKED,
	    (uint32_t)column};
	return RC_OK;
}

/* Whether a file of this form must have the column. */
static bool
needs(const struct obs_opts *opts, enum obs_form form, enum obs_field f)
{
	switch (f) {
	case OBS_CHILD:
		return true;
	case OBS_INDICATOR:
	case OBS_STATE:
	case OBS_EVIDENCE:
		return form == OBS_LONG;
	case OBS_DATE:
		return form == OBS_LONG || opts->whole;
	case OBS_AGENCY:
		return opts->agency == NULL &&
		    (form == OBS_LONG || opts->whole);
	default:
		return false;
	}
}

static enum rc
check_columns(const struct csv *c, const struct obs_opts *opts,
    const struct obs_header *h, struct err *e)
{
	char missing[128] = "";
	size_t n = 0, used, i;

	for (i = 0; i < OBS_FIELDS; i++) {
		if (h->column[i] != NO_COLUMN ||
		    !needs(opts, h->form, (enum obs_field)i))
			continue;
		used = strlen(missing);
		(void)snprintf(missing + used, sizeof(missing) - used,
		    "%s\"%s\"", n++ != 0 ? ", " : "", field_names[i]);
	}
	if (n == 0)
		return RC_OK;
	return csv_fail(c, CSV_NO_COLUMN, e, "there %s %s; expected %s",
	    n == 1 ? "is no column" : "are no columns", missing,
	    h->form == OBS_LONG ? "child,agency,indicator,state,date,evidence" :
	    opts->whole ? "child, agency, date and one column an indicator" :
	    "child and one column an indicator");
}

static enum rc
choose_form(const struct csv *c, struct obs_header *h, struct err *e)
{
	bool indicator = h->column[OBS_INDICATOR] != NO_COLUMN;
	bool state = h->column[OBS_STATE] != NO_COLUMN;

	h->form = h->nitems != 0 ? OBS_WIDE : OBS_LONG;
	if (h->form == OBS_WIDE && (indicator || state))
		return csv_fail(c, h->items[0].column, e, "the file has both a "
		    "column for an indicator and a column \"%s\"; expected "
		    "one indicator a row or one indicator a column",
		    indicator ? "indicator" : "state");
	if (h->form == OBS_WIDE)
		return RC_OK;
	if (!indicator && !state)
		return csv_fail(c, CSV_NO_COLUMN, e, "there is neither a "
		    "column \"indicator\" nor a column for an indicator; "
		    "expected child,agency,indicator,state,date,evidence or "
		    "child and one column an indicator");
	return RC_OK;
}

enum rc
obs_header_read(const struct csv *c, const struct obs_opts *opts,
    struct obs_header *h, struct err *e)
{
	enum rc rc = RC_OK;
	size_t i;

	memset(h, 0, sizeof(*h));
	for (i = 0; i < OBS_FIELDS; i++)
		h->column[i] = NO_COLUMN;
	if (opts->mapping != NULL)
		return obs_mapped_header(c, opts, h, e);
	for (i = 0; i < csv_columns(c) && rc == RC_OK; i++)
		rc = take_column(c, opts, i, h, e);
	if (rc == RC_OK)
		rc = choose_form(c, h, e);
	return rc == RC_OK ? check_columns(c, opts, h, e) : rc;
}
