/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/rowident.h"

#include <stdio.h>
#include <string.h>

#include "core/ident.h"
#include "exchange/obs_header.h"
#include "exchange/obs_mapped.h"

#define NAME_BYTES 200u

/* The body being made, and whether the columns said anything yet. */
struct making {
	const struct obs *o;
	json_t *body;
	bool any;
};

static enum rc
no_memory(struct err *e)
{
	return err_set(e, RC_NOMEM, "no memory for a child");
}

static enum rc
put(struct making *m, const char *key, const char *s, size_t n,
    struct err *e)
{
	m->any = true;
	return json_object_set_new(m->body, key, json_stringn(s, n)) == 0 ?
	    RC_OK : no_memory(e);
}

/* A cell by the mapping's code for it, else as it stands. */
static struct slice
value_of(const struct obs *o, enum obs_field f)
{
	const struct mapping *map = obs_mapping(o);
	struct slice t = obs_cell(o, f);
	enum map_field mf = map_field_of(f);
	const char *ours = NULL;

	if (map != NULL && mf != MAP_FIELDS)
		ours = mapping_code(&map->codes[mf], t.s, t.n);
	return ours != NULL ? (struct slice){ours, (uint32_t)strlen(ours)} :
	    t;
}

static enum rc
put_text(struct making *m, enum obs_field f, const char *key, size_t max,
    struct err *e)
{
	struct slice t = value_of(m->o, f);

	if (t.n == 0)
		return RC_OK;
	if (t.n > max)
		return obs_fail(m->o, f, e, "the text is %u bytes long; "
		    "expected at most %zu", (unsigned)t.n, max);
	return put(m, key, t.s, t.n, e);
}

static enum rc
unknown_code(const struct obs *o, enum obs_field f, struct slice t,
    struct err *e)
{
	char shown[OBS_QUOTE_MAX];
	struct str all;
	enum rc rc;

	str_init(&all);
	map_field_codes(map_field_of(f), &all);
	obs_quote(t.s, t.n, shown);
	rc = obs_fail(o, f, e, "%s is not known; expected one of %s, or a "
	    "code of the mapping's", shown, all.s);
	str_release(&all);
	return rc;
}

static enum rc
put_code(struct making *m, enum obs_field f, const char *key, struct err *e)
{
	struct slice t = value_of(m->o, f);
	const char *code;

	if (t.n == 0)
		return RC_OK;
	code = map_field_code(map_field_of(f), t.s, t.n);
	if (code == NULL)
		return unknown_code(m->o, f, t, e);
	return put(m, key, code, strlen(code), e);
}

/* One of several in a cell, divided by signs that no code has. */
static enum rc
add_disability(const struct obs *o, json_t *list, struct slice t,
    struct err *e)
{
	const struct map_codes *codes =
	    &obs_mapping(o)->codes[MAP_DISABILITY];
	const char *ours = mapping_code(codes, t.s, t.n), *code;

	if (ours != NULL)
		t = (struct slice){ours, (uint32_t)strlen(ours)};
	code = map_field_code(MAP_DISABILITY, t.s, t.n);
	if (code == NULL)
		return unknown_code(o, OBS_DISABILITY, t, e);
	return json_array_append_new(list, json_string(code)) == 0 ? RC_OK :
	    no_memory(e);
}

static enum rc
put_disabilities(struct making *m, struct err *e)
{
	struct slice t = obs_cell(m->o, OBS_DISABILITY), one;
	json_t *list;
	enum rc rc = RC_OK;

	if (t.n == 0)
		return RC_OK;
	list = json_array();
	m->any = true;
	if (list == NULL || json_object_set_new(m->body, "disability",
	    list) != 0)
		return no_memory(e);
	while (t.n != 0 && rc == RC_OK) {
		for (one = t, one.n = 0; one.n < t.n &&
		    strchr(",;/+|", one.s[one.n]) == NULL; one.n++)
			;
		t.s += one.n + (one.n < t.n);
		t.n -= one.n + (one.n < t.n);
		for (; one.n != 0 && *one.s == ' '; one.n--)
			one.s++;
		while (one.n != 0 && one.s[one.n - 1] == ' ')
			one.n--;
		if (one.n != 0)
			rc = add_disability(m->o, list, one, e);
	}
	return rc;
}

typedef enum rc (*number_fn)(const char *text, char out[UPN_TEXT_MAX],
    struct err *e);

static enum rc
check_nhs(const char *text, char out[UPN_TEXT_MAX], struct err *e)
{
	return nhs_check(text, out, e);
}

static enum rc
check_upn(const char *text, char out[UPN_TEXT_MAX], struct err *e)
{
	struct upn u;
	enum rc rc = upn_check(text, &u, e);

	if (rc == RC_OK)
		memcpy(out, u.text, UPN_TEXT_MAX);
	return rc;
}

/* A number that carries its own check. */
static enum rc
put_number(struct making *m, enum obs_field f, const char *key,
    number_fn check, struct err *e)
{
	struct slice t = obs_cell(m->o, f);
	char text[32], out[UPN_TEXT_MAX], shown[OBS_QUOTE_MAX];
	struct err why;

	if (t.n == 0)
		return RC_OK;
	obs_quote(t.s, t.n, shown);
	err_clear(&why);
	(void)snprintf(text, sizeof(text), "%.*s", (int)t.n, t.s);
	if (t.n >= sizeof(text))
		return obs_fail(m->o, f, e, "%s is too long", shown);
	if (check(text, out, &why) != RC_OK)
		return obs_fail(m->o, f, e, "%s: %s", shown, why.text);
	return put(m, key, out, strlen(out), e);
}

/* The name that people read: as given, put together, or the reference. */
static enum rc
put_name(struct making *m, const struct obs_row *row, struct err *e)
{
	struct slice first = value_of(m->o, OBS_FORENAME);
	struct slice last = value_of(m->o, OBS_SURNAME);
	char name[NAME_BYTES + 1];
	int n;

	if (row->name.n != 0)
		return put(m, "name", row->name.s, row->name.n, e);
	if (first.n == 0 && last.n == 0)
		return m->any ? put(m, "name", row->child.s, row->child.n,
		    e) : RC_OK;
	n = snprintf(name, sizeof(name), "%.*s%s%.*s", (int)first.n, first.s,
	    first.n != 0 && last.n != 0 ? " " : "", (int)last.n, last.s);
	if (n < 0 || (size_t)n >= sizeof(name))
		return obs_fail(m->o, OBS_SURNAME, e, "forename and surname "
		    "are longer than %u bytes", NAME_BYTES);
	return put(m, "name", name, (size_t)n, e);
}

static enum rc
put_birth(struct making *m, const struct obs_row *row, struct err *e)
{
	char day[DAY_TEXT_MAX];

	if (row->birth != DAY_NONE) {
		day_format(row->birth, day);
		return put(m, "birth", day, strlen(day), e);
	}
	if (row->age == AGE_NONE)
		return RC_OK;
	m->any = true;
	return json_object_set_new(m->body, "age_about",
	    json_integer(row->age)) == 0 ? RC_OK : no_memory(e);
}

static enum rc
put_all(struct making *m, const struct obs_row *row, struct err *e)
{
	enum rc rc = put_text(m, OBS_FORENAME, "forename", 100, e);

	if (rc == RC_OK)
		rc = put_text(m, OBS_SURNAME, "surname", 100, e);
	if (rc == RC_OK)
		rc = put_birth(m, row, e);
	if (rc == RC_OK)
		rc = put_code(m, OBS_SEX, "sex", e);
	if (rc == RC_OK)
		rc = put_code(m, OBS_ETHNICITY, "ethnicity", e);
	if (rc == RC_OK)
		rc = put_disabilities(m, e);
	if (rc == RC_OK)
		rc = put_code(m, OBS_CARE, "care", e);
	if (rc == RC_OK)
		rc = put_text(m, OBS_POSTCODE, "postcode", 12, e);
	if (rc == RC_OK)
		rc = put_text(m, OBS_AREA, "area", 200, e);
	if (rc == RC_OK)
		rc = put_text(m, OBS_SCHOOL, "school", 200, e);
	if (rc == RC_OK)
		rc = put_number(m, OBS_NHS, "nhs", check_nhs, e);
	if (rc == RC_OK)
		rc = put_number(m, OBS_UPN, "upn", check_upn, e);
	if (rc == RC_OK)
		rc = put_text(m, OBS_LA_ID, "la_id", 20, e);
	if (rc == RC_OK)
		rc = put_name(m, row, e);
	return rc == RC_OK && m->any && row->agency.n != 0 ?
	    put(m, "agency", row->agency.s, row->agency.n, e) : rc;
}

enum rc
rowident_body(const struct obs *o, const struct obs_row *row, json_t **body,
    struct err *e)
{
	struct making m = {.o = o, .body = json_object()};
	enum rc rc = m.body != NULL ? put_all(&m, row, e) : no_memory(e);

	*body = NULL;
	if (rc == RC_OK && m.any)
		*body = m.body;
	else
		json_decref(m.body);
	return rc;
}
