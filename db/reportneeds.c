/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/reportneeds.h"

#include <stdio.h>
#include <string.h>

#include "core/versions.h"
#include "db/setting.h"

#define DATE_MAX 16

/* The one value that stands, or "". */
static const char *
one_text(const struct versions *v, const char *name)
{
	const struct field *f = v->n > 0 && v->v[0]->kind != NULL ?
	    kind_field(v->v[0]->kind, name) : NULL;
	const char *text = "";
	struct versions held;

	if (f == NULL)
		return "";
	versions_init(&held);
	versions_values(v, f, &held);
	if (held.n == 1)
		text = record_text(held.v[0], name);
	versions_release(&held);
	return text;
}

/* "2012-05-01" as dd/mm/yyyy. */
static void
birth_text(const char *iso, char out[DATE_MAX])
{
	struct civil c;
	int32_t day;

	out[0] = '\0';
	if (day_parse(iso, &day, NULL) != RC_OK)
		return;
	c = day_to_civil(day);
	(void)snprintf(out, DATE_MAX, "%02d/%02d/%04d", c.day, c.month,
	    c.year);
}

static json_t *
child_json(const struct casefile *c)
{
	char birth[DATE_MAX];
	struct versions v;
	json_t *o;

	versions_init(&v);
	versions_of_child(c, &v);
	birth_text(one_text(&v, "birth"), birth);
	o = json_pack("{s:s, s:s, s:s}", "child", one_text(&v, "la_id"),
	    "dob", birth, "reference", c->reference);
	versions_release(&v);
	return o;
}

static enum rc
add_case(struct store *s, const struct case_facts *row, unsigned what,
    json_t *extra, struct err *e)
{
	char hex[2 * CASE_ID_LEN + 1];
	struct casefile c;
	enum rc rc = store_case_load(s, &row->id, &c, e);

	if (rc != RC_OK)
		return rc;
	hex_format(row->id.b, CASE_ID_LEN, hex);
	if ((what & EXTRA_CHILDREN) != 0)
		(void)json_object_set_new(json_object_get(extra, "children"),
		    hex, child_json(&c));
	if ((what & EXTRA_REFERENCES) != 0)
		(void)json_object_set_new(json_object_get(extra,
		    "references"), hex, json_string(c.reference));
	casefile_release(&c);
	return RC_OK;
}

static unsigned
wanted(const struct case_facts *row, unsigned what)
{
	if (row->nmissing == 0)
		what &= ~(unsigned)EXTRA_CHILDREN;
	if (!row->factors_confirmed && row->factors_suggested == 0)
		what &= ~(unsigned)EXTRA_REFERENCES;
	return what;
}

/* Those who can open the store now. */
static json_int_t
people(const struct roster *r)
{
	json_int_t n = 0;

	for (size_t i = 0; i < r->nusers; i++)
		n += !r->users[i].system && !r->users[i].abroad &&
		    r->users[i].revoked == INT64_MAX;
	return n;
}

enum rc
store_report_extra(struct store *s, const struct facts *f, unsigned what,
    json_t **out, struct err *e)
{
	int64_t staff = 0;
	enum rc rc = store_setting_int(s, SETTING_STAFF, &staff, e);

	*out = json_pack("{s:I, s:I}", "staff", (json_int_t)staff, "people",
	    people(store_roster(s)));
	if ((what & EXTRA_CHILDREN) != 0)
		(void)json_object_set_new(*out, "children", json_object());
	if ((what & EXTRA_REFERENCES) != 0)
		(void)json_object_set_new(*out, "references", json_object());
	if (*out == NULL && rc == RC_OK)
		rc = err_set(e, RC_NOMEM, "not enough memory for the report");
	for (size_t i = 0; rc == RC_OK && i < f->n; i++)
		if (wanted(&f->cases[i], what) != 0)
			rc = add_case(s, &f->cases[i],
			    wanted(&f->cases[i], what), *out, e);
	if (rc != RC_OK) {
		json_decref(*out);
		*out = NULL;
	}
	return rc;
}
