/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "tests/unit/deidentworld.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/deident_impl.h"
#include "core/xalloc.h"
#include "tests/unit/loaded.h"

#define OCC "content/instruments/occ-csegg.yaml"

/* ---- what is random, from a seed ---- */

static uint32_t seed;

unsigned
lot(unsigned n)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % n;
}

static void
fill(void *ctx, void *buf, size_t n)
{
	unsigned char *p = buf;

	(void)ctx;
	while (n-- > 0)
		*p++ = (unsigned char)lot(256);
}

const struct rng world_rng = { .fill = fill };

void
world_seed(uint32_t from)
{
	seed = from;
}

/* ---- a case with every kind and every field of free text ---- */

void
world_take(struct world *w, const char *kind, const json_t *body, int32_t day)
{
	struct entry e = { .n = ++w->n, .at = (int64_t)day * 86400000,
		.case_id = w->c.id };
	const struct kind *k = kind_find(kind);
	struct err err;

	e.on = k->on_label != NULL ? span_of_day(day) : span_none();
	if (kind_check_draft(k, &e.on, body, &err) != RC_OK)
		fail_msg("%s: %s", kind, err.text);
	(void)snprintf(e.kind, sizeof(e.kind), "%s", kind);
	e.body = json_dumps(body, JSON_COMPACT | JSON_SORT_KEYS |
	    JSON_ENSURE_ASCII);
	entry_seal_id(&e);
	casefile_apply(&w->c, &e);
	free(e.body);
}

static const char *
sample_line(const char *field)
{
	if (strcmp(field, "instrument") == 0)
		return "occ-csegg";
	if (strcmp(field, "indicator") == 0)
		return "B1";
	return strcmp(field, "agency") == 0 ? "School" : "somewhat";
}

/* A value that the field takes; NULL: it stays empty. */
static json_t *
sample(const struct field *f)
{
	switch (f->type) {
	case FIELD_CODE:
		return json_string(f->codes[0].id);
	case FIELD_CODES:
		return json_pack("[s]", f->codes[0].id);
	case FIELD_DAY:
	case FIELD_SPAN:
		return json_string("2026-02-16");
	case FIELD_MOMENT:
		return json_string("2026-02-16T12:00:00Z");
	case FIELD_COUNT:
		return json_integer(1);
	case FIELD_BOOL:
		return json_true();
	case FIELD_ENTRY:
		return json_string("000000000000000000000000000000000000000000"
		    "0000000000000000000000");
	case FIELD_LINES:
	case FIELD_LIST:
		return json_array();
	case FIELD_ANSWERS:
		return json_object();
	case FIELD_LINE:
	case FIELD_TEXT:
		return json_string(sample_line(f->name));
	}
	return NULL;
}

static bool
is_needed(const struct field *f)
{
	return (f->flags & FIELD_REQUIRED) != 0 ||
	    strcmp(f->name, "agency") == 0 ||
	    strcmp(f->name, "route") == 0 || strcmp(f->name, "to") == 0;
}

/* A line of a form has no breaks. */
static json_t *
planted(const struct field *f, const char *text)
{
	char *s = xstrdup(text);
	json_t *v;

	for (char *p = s; *p != '\0'; p++)
		if (*p == '\n' && f->type == FIELD_LINE)
			*p = ' ';
	v = json_string(s);
	free(s);
	return v;
}

/* An entry of the kind, the planted text in each field that is told. */
static void
plant_kind(struct world *w, const struct kind *k, const char *text)
{
	json_t *body = json_object();
	bool any = false;

	for (const struct field *f = k->fields; f->name != NULL; f++) {
		/* Names are looked for there: a plant would be known. */
		if (strcmp(f->name, "where") == 0) {
			json_object_set_new(body, f->name,
			    json_string("At the sea"));
		} else if (deident_is_told(k, f)) {
			json_object_set_new(body, f->name, planted(f, text));
			assert_true(w->nplaces < FIELDS_MAX);
			(void)snprintf(w->places[w->nplaces].kind, 32, "%s",
			    k->name);
			(void)snprintf(w->places[w->nplaces++].field, 32,
			    "%s", f->name);
			any = true;
		} else if (is_needed(f)) {
			json_object_set_new(body, f->name, sample(f));
		}
	}
	if (any && strcmp(k->name, "identity") != 0 &&
	    strcmp(k->name, "open") != 0)
		world_take(w, k->name, body, DAY_ONE + (int32_t)w->n % 40);
	json_decref(body);
}

void
world_know(struct world *w, enum where where, const char *name)
{
	const char *child = where == AS_CHILD ? name : "Quimby Vexford";
	char source[256];
	json_t *body;

	(void)snprintf(source, sizeof(source), "%s, form tutor", name);
	body = json_pack("{s:s,s:s,s:s,s:s,s:s*}", "name", child, "sex", "F",
	    "birth", "2011-05-12", "care", "none", "known_as",
	    where == AS_NICKNAME ? name : NULL);
	world_take(w, "identity", body, DAY_ONE);
	json_decref(body);
	body = json_pack("{s:s}", "reference", "QX-77712");
	world_take(w, "open", body, DAY_ONE);
	json_decref(body);
	if (where == AS_FRIEND) {
		body = json_pack("{s:s,s:s}", "name", name, "relation",
		    "friend");
		world_take(w, "associate", body, DAY_ONE);
	} else if (where == AS_CONCERN) {
		body = json_pack("{s:s,s:s,s:s,s:s,s:s}", "name", name,
		    "why", "Seen near.", "more_than_one", "no",
		    "exploitation", "yes", "works_with_children", "no");
		world_take(w, "person-of-concern", body, DAY_ONE);
	} else {
		body = json_pack("{s:s,s:s,s:s,s:s,s:s,s:s}", "instrument",
		    "occ-csegg", "indicator", "B2", "state", "present",
		    "agency", "School", "source", where == AS_TEACHER ?
		    source : "Staff", "evidence", "It was seen.");
		world_take(w, "observation", body, DAY_ONE);
	}
	json_decref(body);
}

void
world_begin(struct world *w, enum where where, const char *name, const char *text)
{
	struct case_id id = {{7}};
	size_t n;
	const struct kind *all = kind_all(&n);

	casefile_init(&w->c, &id);
	w->n = 0;
	w->nplaces = 0;
	world_know(w, where, name);
	for (size_t i = 0; i < n; i++)
		if (strcmp(all[i].family, "register") != 0)
			plant_kind(w, &all[i], text);
	casefile_settle(&w->c, NULL);
}

/* ---- the study ---- */

const struct deident_words world_words = { .id = "made", .title = "Made",
	.teaches = "To look.", .missed = "To ask.", .question = "And now?" };

void
write_study(const struct deident *d, struct str *out)
{
	struct study *s;
	struct err e;

	if (deident_study(d, &world_words, &s, &e) != RC_OK)
		fail_msg("%s", e.text);
	study_write(s, out);
	study_free(s);
}

void
pass_all(struct deident *d)
{
	for (size_t i = 0; i < d->nlines; i++)
		deident_decide(d, i, LINE_PASSED, NULL);
}

int
world_setup(void **state)
{
	struct world *w = xcalloc(1, sizeof(*w));

	w->in = load_instrument(OCC);
	*state = w;
	return 0;
}

int
world_teardown(void **state)
{
	struct world *w = *state;

	instrument_free(w->in);
	free(w);
	return 0;
}
