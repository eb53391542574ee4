/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Restricting a case to named people, and lifting that again.
 */
#include "config.h"

#include <string.h>

#include "core/rights.h"
#include "db/abroad.h"
#include "db/look.h"
#include "db/mask.h"
#include "db/setting.h"

static bool
has_key(const json_t *people, const char *hex)
{
	for (size_t i = 0; i < json_array_size(people); i++)
		if (str_equal(json_string_value(json_array_get(people, i)),
		    hex))
			return true;
	return false;
}

static enum rc
add_key(json_t *people, const struct author_id *key, struct err *e)
{
	char hex[2 * AUTHOR_LEN + 1];

	hex_format(key->b, AUTHOR_LEN, hex);
	if (has_key(people, hex) ||
	    json_array_append_new(people, json_string(hex)) == 0)
		return RC_OK;
	return err_set(e, RC_NOMEM, "not enough memory to restrict a case");
}

static enum rc
add_person(struct store *s, json_t *people, const char *name, struct err *e)
{
	const struct roster_user *u = roster_by_name(&s->roster, name);
	struct author_id key;

	if (u == NULL && store_foreigner_find(s, name, &key, NULL) == RC_OK)
		return add_key(people, &key, e);
	if (u == NULL)
		return err_set(e, RC_INPUT, "nobody with access is called "
		    "\"%s\"; write the name as in the list of users", name);
	if (!right_held(roster_roles(&s->roster, &u->key, INT64_MAX - 1),
	    RIGHT_READ))
		return err_set(e, RC_INPUT, "%s has a role that opens no "
		    "cases; name others", u->name);
	return add_key(people, &u->key, e);
}

/* Whoever sets it is one of them, and so there is a supervisor. */
static enum rc
name_people(struct store *s, const struct restriction *r, json_t *people,
    struct err *e)
{
	enum rc rc = add_key(people, &s->author, e);

	for (size_t i = 0; i < r->n && rc == RC_OK; i++)
		rc = add_person(s, people, r->people[i], e);
	return rc;
}

static enum rc
pick_review(struct store *s, const struct restriction *r,
    char text[DAY_TEXT_MAX], struct err *e)
{
	int32_t today = moment_day(clock_now(s->clock));
	int64_t usual = store_setting_or_usual(s, SETTING_RESTRICTION_DAYS);
	int32_t day = r->review != DAY_NONE ? r->review :
	    today + (int32_t)usual;

	if (day <= today)
		return err_set(e, RC_INPUT, "the day of review must come "
		    "after today: it says when to look whether the "
		    "restriction is still needed");
	day_format(day, text);
	return RC_OK;
}

static enum rc
set_body(struct store *s, const struct restriction *r, json_t **body,
    struct err *e)
{
	json_t *people = json_array();
	char review[DAY_TEXT_MAX] = "";
	enum rc rc = pick_review(s, r, review, e);

	if (rc == RC_OK)
		rc = name_people(s, r, people, e);
	if (rc != RC_OK) {
		json_decref(people);
		return rc;
	}
	*body = json_pack("{s:s, s:o, s:s, s:s}", "state", "set", "people",
	    people, "reason", r->reason, "review", review);
	return RC_OK;
}

static enum rc
lift_body(struct store *s, const struct restriction *r, int64_t book,
    json_t **body, struct err *e)
{
	bool restricted = false;
	struct str names;
	enum rc rc;

	str_init(&names);
	rc = mask_names(s, book, &names, &restricted, e);
	str_release(&names);
	if (rc != RC_OK)
		return rc;
	if (!restricted)
		return err_set(e, RC_INPUT, "the case is not restricted, so "
		    "there is nothing to lift");
	*body = json_pack("{s:s, s:s}", "state", "lifted", "reason",
	    r->reason);
	return RC_OK;
}

/* The right first: to whoever lacks it nothing else is told of the case. */
static enum rc
may_restrict(struct store *s, const struct restriction *r, int64_t *book,
    struct err *e)
{
	enum rc rc;

	if ((store_role(s) & kind_find("restrict")->roles) == 0)
		return err_set(e, RC_REFUSED, "your role may not restrict a "
		    "case or lift that; ask a supervisor");
	rc = case_find(s, r->case_id, book, e);
	if (rc == RC_OK)
		rc = mask_refuse(s, *book, e);
	return rc == RC_OK ? reason_check(r->reason, "a restriction", e) : rc;
}

/* It says which ones it undoes: one written apart stands beside it. */
static enum rc
take_the_place(struct store *s, const struct restriction *r, json_t *body,
    struct err *e)
{
	struct casefile c;
	enum rc rc = store_case_load(s, r->case_id, &c, e);

	if (rc != RC_OK)
		return rc;
	json_object_set_new(body, "over", casefile_restrictions(&c));
	casefile_release(&c);
	return RC_OK;
}

enum rc
store_restrict(struct store *s, const struct restriction *r, struct err *e)
{
	struct entry_draft d = {*r->case_id, "restrict", span_none(), NULL};
	int64_t book = 0;
	enum rc rc = may_restrict(s, r, &book, e);

	if (rc == RC_OK)
		rc = r->n != 0 ? set_body(s, r, &d.body, e) :
		    lift_body(s, r, book, &d.body, e);
	if (rc == RC_OK && d.body != NULL)
		rc = take_the_place(s, r, d.body, e);
	if (rc == RC_OK && d.body == NULL)
		rc = err_set(e, RC_INPUT, "the reason is not valid UTF-8; "
		    "write it in plain letters");
	if (rc == RC_OK)
		rc = store_append(s, &d, 1, NULL, e);
	entry_draft_release(&d);
	return rc;
}
