/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/childage.h"

#include <stdlib.h>
#include <string.h>

#define ADULT 18
#define ABOUT_MAX 120

static int
younger(int a, int b)
{
	return a < 0 ? b : b < 0 || a < b ? a : b;
}

/* An estimate grows older with the entry that holds it. */
static void
take(const json_t *body, int32_t written, int32_t today,
    struct child_age *out)
{
	const char *s = json_string_value(json_object_get(body, "birth"));
	const json_t *about = json_object_get(body, "age_about");
	json_int_t n = json_integer_value(about);
	int32_t day;

	if (s != NULL && day_parse(s, &day, NULL) == RC_OK)
		out->by_birth = younger(out->by_birth, day_age(day, today));
	if (json_is_integer(about) && n >= 0 && n <= ABOUT_MAX)
		out->about = younger(out->about, (int)n +
		    (today > written ? (today - written) / 365 : 0));
	if (json_is_true(json_object_get(body, "age_disputed")))
		out->disputed = true;
}

bool
age_is_apart(const struct child_age *a)
{
	return a->by_birth >= 0 && a->about >= 0 &&
	    abs(a->by_birth - a->about) >= 2;
}

bool
age_too_young(const struct child_age *a)
{
	return a->years >= 0 && a->years < ORIENTATION_AGE;
}

static void
conclude(struct child_age *a)
{
	a->years = a->by_birth;
	if (a->by_birth < 0 || age_is_apart(a))
		a->years = younger(a->by_birth, a->about);
	a->unsure = a->disputed || a->by_birth < 0 || age_is_apart(a);
	if (a->disputed && a->years >= ADULT)
		a->years = ADULT - 1;
}

static void
begin(struct child_age *a)
{
	*a = (struct child_age){.years = -1, .by_birth = -1, .about = -1};
}

void
body_age(const json_t *body, int32_t today, struct child_age *out)
{
	begin(out);
	take(body, today, today, out);
	conclude(out);
}

void
casefile_age(const struct casefile *c, int32_t today, struct child_age *out)
{
	begin(out);
	for (size_t i = 0; i < c->nrecords; i++) {
		const struct record *r = c->records[i];

		if (record_stands(r) && strcmp(r->entry.kind, "identity") == 0)
			take(r->body, moment_day(r->entry.at), today, out);
	}
	conclude(out);
}
