/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "exchange/ratings_priv.h"

enum role { ROLE_ITEM, ROLE_INDICATOR, ROLE_RATER, ROLE_RATING, ROLES };

static const struct {
	const char *name;
	enum role role;
} names[] = {
	{"item", ROLE_ITEM}, {"unit", ROLE_ITEM}, {"subject", ROLE_ITEM},
	{"case", ROLE_ITEM}, {"child", ROLE_ITEM}, {"question", ROLE_ITEM},
	{"indicator", ROLE_INDICATOR},
	{"rater", ROLE_RATER}, {"coder", ROLE_RATER},
	{"observer", ROLE_RATER}, {"judge", ROLE_RATER},
	{"learner", ROLE_RATER},
	{"rating", ROLE_RATING}, {"code", ROLE_RATING},
	{"answer", ROLE_RATING}, {"state", ROLE_RATING},
	{"value", ROLE_RATING}, {"level", ROLE_RATING},
};

static enum role
role_of(const char *header)
{
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcasecmp(header, names[i].name) == 0)
			return names[i].role;
	return ROLES;
}

/* The first column of each role; the model's answers have none. */
static void
find_roles(const struct csv *c, size_t model, size_t column[ROLES])
{
	enum role role;
	size_t i;

	for (i = 0; i < ROLES; i++)
		column[i] = CSV_NO_COLUMN;
	for (i = 0; i < csv_columns(c); i++) {
		role = role_of(csv_header(c, i));
		if (role != ROLES && i != model && column[role] == CSV_NO_COLUMN)
			column[role] = i;
	}
}

/* No column without a name, and none twice. */
static enum rc
check_names(const struct csv *c, struct err *e)
{
	size_t i, j;

	for (i = 0; i < csv_columns(c); i++) {
		if (csv_header(c, i)[0] == '\0')
			return csv_fail(c, i, e, "the column has no name; "
			    "expected a name in every column of the header");
		if (strlen(csv_header(c, i)) > NAMESET_NAME_MAX)
			return csv_fail(c, i, e, "the name of the column is "
			    "longer than %u bytes; expected at most that",
			    NAMESET_NAME_MAX);
		for (j = 0; j < i; j++)
			if (strcasecmp(csv_header(c, i), csv_header(c, j)) == 0)
				return csv_fail(c, i, e, "this column is there "
				    "twice, also as column %zu; expected each "
				    "column once", j + 1);
	}
	return RC_OK;
}

/* In the long form two columns of one role leave open which is meant. */
static enum rc
check_roles(const struct csv *c, const size_t column[ROLES],
    const struct ratings_header *h, struct err *e)
{
	enum role role;
	size_t i;

	for (i = 0; i < csv_columns(c); i++) {
		role = role_of(csv_header(c, i));
		if (role == ROLES || i == column[role] || i == h->model)
			continue;
		if (h->form == RATINGS_LONG || role == ROLE_ITEM)
			return csv_fail(c, i, e, "this column means the same "
			    "as column %zu \"%s\"; expected one of the two",
			    column[role] + 1, csv_header(c, column[role]));
	}
	return RC_OK;
}

static size_t
column_named(const struct csv *c, const char *name)
{
	size_t i;

	for (i = 0; name != NULL && i < csv_columns(c); i++)
		if (strcasecmp(csv_header(c, i), name) == 0)
			return i;
	return CSV_NO_COLUMN;
}

static enum rc
no_item(const struct csv *c, struct err *e)
{
	return csv_fail(c, CSV_NO_COLUMN, e, "there is no column \"item\" (or "
	    "indicator, unit, subject, case, child, question); expected "
	    "item,rater,rating, or item and one column a rater");
}

static bool
is_passed_over(const struct ratings_header *h, size_t column)
{
	return h->form == RATINGS_LONG && column != h->item &&
	    column != h->indicator && column != h->model &&
	    column != h->rater && column != h->rating;
}

/* "date, comment"; *out stays NULL when there are none. */
static enum rc
list_passed_over(const struct csv *c, const struct ratings_header *h,
    char **out, struct err *e)
{
	size_t i, room = 1, used = 0;
	int n;

	*out = NULL;
	for (i = 0; i < csv_columns(c); i++)
		if (is_passed_over(h, i))
			room += strlen(csv_header(c, i)) + 2;
	if (room == 1)
		return RC_OK;
	*out = malloc(room);
	if (*out == NULL)
		return err_set(e, RC_NOMEM, "no memory for the header");
	for (i = 0; i < csv_columns(c); i++) {
		if (!is_passed_over(h, i))
			continue;
		n = snprintf(*out + used, room - used, "%s%s",
		    used != 0 ? ", " : "", csv_header(c, i));
		used += n > 0 ? (size_t)n : 0;
	}
	return RC_OK;
}

bool
ratings_header_is_rater(const struct ratings_header *h, size_t column)
{
	return h->form == RATINGS_WIDE && column != h->item &&
	    column != h->indicator && column != h->model;
}

static enum rc
check_form(const struct csv *c, const struct ratings_header *h,
    struct err *e)
{
	size_t i;

	if (h->item == CSV_NO_COLUMN)
		return no_item(c, e);
	if (h->form == RATINGS_LONG)
		return RC_OK;
	if (h->rater != CSV_NO_COLUMN)
		return csv_fail(c, h->rater, e, "there is this column and no "
		    "column \"rating\" (or code, answer, state, value, level); "
		    "expected item,rater,rating, or item and one column a "
		    "rater");
	for (i = 0; i < csv_columns(c); i++)
		if (ratings_header_is_rater(h, i))
			return RC_OK;
	return csv_fail(c, CSV_NO_COLUMN, e, "there is no column of a rater; "
	    "expected item,rater,rating, or item and one column a rater");
}

enum rc
ratings_header_read(const struct csv *c, const char *model,
    struct ratings_header *h, char **passed_over, struct err *e)
{
	size_t column[ROLES];
	enum rc rc = check_names(c, e);

	*passed_over = NULL;
	if (rc != RC_OK)
		return rc;
	h->model = column_named(c, model);
	find_roles(c, h->model, column);
	h->item = column[ROLE_ITEM];
	h->indicator = column[ROLE_INDICATOR];
	if (h->item == CSV_NO_COLUMN) {
		h->item = h->indicator;
		h->indicator = CSV_NO_COLUMN;
	}
	h->rater = column[ROLE_RATER];
	h->rating = column[ROLE_RATING];
	h->form = h->rater != CSV_NO_COLUMN && h->rating != CSV_NO_COLUMN ?
	    RATINGS_LONG : RATINGS_WIDE;
	rc = check_form(c, h, e);
	if (rc == RC_OK)
		rc = check_roles(c, column, h, e);
	return rc == RC_OK ? list_passed_over(c, h, passed_over, e) : rc;
}
