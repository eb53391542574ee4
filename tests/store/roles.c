/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every kind of entry against every role: it is written or refused exactly as
 * kinds.def says; and one that was signed past the program by the wrong role
 * counts for nothing and is named by verify.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/disposals.h"
#include "core/grant.h"
#include "db/dispose.h"
#include "tests/store/world.h"

#define ROLES 5

static const char *const roles[ROLES] = {
	"practitioner", "supervisor", "trainer", "administrator", "auditor"
};

/* A store with one person of each role, named by it, and one case. */
struct founded {
	struct case_id id;
	unsigned char *bytes;	/* of the file, to begin anew from */
	size_t n;
};

struct desk {
	struct world w;
	struct case_id id;
	struct founded live, training;
};

static void
found(struct desk *d, bool training, struct founded *out)
{
	const struct store_founder f = {.user = WORLD_USER,
	    .role = ROLE_SUPERVISOR, .training = training};
	struct entry_draft open;

	world_ok(&d->w, store_create(d->w.path, &f, &d->w.pass, &d->w.opts,
	    &d->w.s, &d->w.e));
	for (size_t i = 0; i < ROLES; i++)
		raw_person(d->w.s, roles[i], roles[i]);
	out->id = store_new_case_id(d->w.s);
	open = draft_open(out->id, "WREN-1");
	if (training)
		(void)json_object_set_new(open.body, "study",
		    json_string("log"));
	world_ok(&d->w, world_append(&d->w, open, NULL));
	world_close(&d->w);
	out->bytes = file_load(d->w.path, &out->n);
	assert_int_equal(unlink(d->w.path), 0);
}

static int
make(void **state)
{
	struct desk *d = calloc(1, sizeof(*d));

	world_init(&d->w);
	found(d, false, &d->live);
	found(d, true, &d->training);
	*state = d;
	return 0;
}

static int
unmake(void **state)
{
	struct desk *d = *state;

	world_release(&d->w);
	free(d->live.bytes);
	free(d->training.bytes);
	free(d);
	return 0;
}

/* In a store of the sort that takes the kind. */
static void
begin_anew(struct desk *d, const struct kind *k)
{
	const struct founded *f = strcmp(k->family, "training") == 0 ||
	    strcmp(k->name, "study-kept") == 0 ? &d->training : &d->live;

	world_close(&d->w);
	file_save(d->w.path, f->bytes, f->n);
	assert_int_equal(chmod(d->w.path, 0600), 0);
	d->id = f->id;
	world_ok(&d->w, world_open(&d->w));
}

/* ---- a body for any kind ---- */

static json_t *
hex_value(size_t digits)
{
	char hex[65];

	memset(hex, 'a', sizeof(hex));
	hex[digits] = '\0';
	return json_string(hex);
}

/* NULL: the field is left out. */
static json_t *
value_of(const struct field *f)
{
	bool required = (f->flags & FIELD_REQUIRED) != 0;

	switch (f->type) {
	case FIELD_LINE:
		if (strcmp(f->name, "key") == 0)
			return hex_value(64);
		if (strcmp(f->name, "case") == 0)
			return hex_value(32);
		if (strcmp(f->name, "upn") == 0)
			return json_string("A950000178301");
		if (strcmp(f->name, "nhs") == 0)
			return json_string("943 476 5919");
		return (f->flags & FIELD_HIDDEN) != 0 && !required ? NULL :
		    json_string("words");
	case FIELD_TEXT:
		return json_string("words");
	case FIELD_CODE:
		return required ? json_string(f->codes[0].id) : NULL;
	case FIELD_DAY:
		return json_string("2026-03-04");
	case FIELD_COUNT:
		return json_integer(3);
	case FIELD_ENTRY:
		return hex_value(64);
	case FIELD_ANSWERS:
		return json_pack("{s:s}", "A1", "present");
	case FIELD_CODES:
		return required ? json_pack("[s]", f->codes[0].id) : NULL;
	case FIELD_MOMENT:
		return required ? json_string("2026-03-04T12:00:00Z") : NULL;
	case FIELD_LINES:
		return required ? json_pack("[s]", "words") : NULL;
	case FIELD_LIST:
		return required ? json_pack("[{}]") : NULL;
	case FIELD_BOOL:
		return required ? json_true() : NULL;
	case FIELD_SPAN:
	default:
		assert_false(required);
		return NULL;
	}
}

static bool
is_register(const struct kind *k)
{
	return strcmp(k->family, "register") == 0;
}

static struct entry_draft
draft_of(const struct desk *d, const struct kind *k)
{
	struct entry_draft draft = {
		is_register(k) ? case_id_register() : d->id, k->name,
		k->on_label != NULL ? span_of_day(20000) : span_none(),
		json_object()
	};
	json_t *v;
	struct err e;

	for (const struct field *f = k->fields; f->name != NULL; f++) {
		v = value_of(f);
		if (v != NULL)
			(void)json_object_set_new(draft.body, f->name, v);
	}
	if (kind_check_draft(k, &draft.on, draft.body, &e) != RC_OK)
		fail_msg("the sample of %s is no %s: %s", k->name, k->label,
		    e.text);
	return draft;
}

/* ---- written or refused ---- */

static void
write_one(struct desk *d, const struct kind *k, unsigned role)
{
	enum rc rc = world_append(&d->w, draft_of(d, k), NULL);
	const char *words = is_register(k) ? "own steps" :
	    (k->roles & role) == 0 ? "your role may not" : NULL;

	if (words == NULL && rc != RC_OK)
		fail_msg("%s by %s: %s", k->name, role_name((enum role)role),
		    d->w.e.text);
	if (words != NULL && (rc != RC_REFUSED ||
	    strstr(d->w.e.text, words) == NULL))
		fail_msg("%s by %s was not refused: %d %s", k->name,
		    role_name((enum role)role), (int)rc, d->w.e.text);
}

static void
writing_is_as_the_table_says(void **state)
{
	struct desk *d = *state;
	const struct kind *all;
	struct store_verdict v;
	size_t n;

	all = kind_all(&n);
	for (size_t r = 0; r < ROLES; r++) {
		for (size_t i = 0; i < n; i++) {
			begin_anew(d, &all[i]);
			raw_become(d->w.s, roles[r]);
			write_one(d, &all[i], role_from_name(roles[r]));
		}
		world_ok(&d->w, store_verify(d->w.s, NULL, NULL, &v,
		    &d->w.e));
		assert_string_equal(v.fault, "");
	}
}

/* ---- forged ---- */

static void
forge(struct desk *d, const struct kind *k, const char *who)
{
	begin_anew(d, k);
	raw_become(d->w.s, who);
	raw_pass_roles(d->w.s, true);
	if (world_append(&d->w, draft_of(d, k), NULL) != RC_OK)
		fail_msg("%s forged by %s: %s", k->name, who, d->w.e.text);
	raw_pass_roles(d->w.s, false);
	world_reopen(&d->w);
}

/* What the register means is what it meant before. */
static void
assert_register_as_before(struct desk *d)
{
	const struct roster *r = store_roster(d->w.s);
	struct author_id key;
	struct case_id id;
	bool held = true;

	memset(key.b, 0xaa, sizeof(key.b));
	memset(id.b, 0xaa, sizeof(id.b));
	assert_int_equal(r->nusers, 1 + ROLES);
	assert_null(roster_find(r, &key));
	for (size_t i = 0; i < ROLES; i++)
		assert_int_equal(roster_roles(r,
		    &roster_by_name(r, roles[i])->key, d->w.now),
		    role_from_name(roles[i]));
	assert_int_equal(store_instruments(d->w.s), 0);
	world_ok(&d->w, store_held(d->w.s, &id, &held, &d->w.e));
	assert_false(held);
}

static void
assert_not_in_the_case(struct desk *d, const struct kind *k)
{
	const struct record *r = NULL;
	struct casefile c;

	world_ok(&d->w, store_case_load(d->w.s, &d->id, &c, &d->w.e));
	for (size_t i = 0; i < c.nrecords; i++)
		if (strcmp(c.records[i]->entry.kind, k->name) == 0)
			r = c.records[i];
	if (strcmp(k->name, "open") == 0)
		r = c.records[c.nrecords - 1];
	assert_non_null(r);
	if (strcmp(k->name, "open") != 0) {
		assert_int_equal(r->validity, RECORD_NO_ROLE);
		assert_false(record_stands(r));
	}
	assert_string_equal(c.reference, "WREN-1");
	assert_string_equal(c.name, "");
	assert_null(c.restriction);
	assert_null(c.screening);
	assert_null(c.lowering);
	assert_null(c.voice);
	casefile_release(&c);
}

static void
assert_named(struct desk *d, const struct kind *k, const char *who)
{
	struct store_verdict v;
	char words[100];

	(void)snprintf(words, sizeof(words), "entry 1 of %s (a %s in case",
	    who, k->name);
	world_ok(&d->w, store_verify(d->w.s, NULL, NULL, &v, &d->w.e));
	if (v.sound || strstr(v.fault, words) == NULL ||
	    strstr(v.fault, "role did not allow") == NULL)
		fail_msg("%s forged by %s: verify says \"%s\"", k->name, who,
		    v.fault);
}

static void
a_wrong_role_counts_for_nothing(void **state)
{
	struct desk *d = *state;
	const struct kind *all;
	size_t n, forged = 0;

	all = kind_all(&n);
	for (size_t i = 0; i < n; i++) {
		const struct kind *k = &all[i];

		for (size_t r = 0; r < ROLES; r++) {
			/* Without the root's grant no role is the right one. */
			if ((k->roles & role_from_name(roles[r])) != 0 &&
			    !grant_needed(k->name))
				continue;
			forge(d, k, roles[r]);
			if (is_register(k))
				assert_register_as_before(d);
			else
				assert_not_in_the_case(d, k);
			assert_named(d, k, roles[r]);
			forged++;
		}
	}
	assert_true(forged > 40);
}

/* The same hand with the right role is not told apart: it may write this. */
static void
the_right_role_is_sound(void **state)
{
	struct desk *d = *state;
	const struct kind *all;
	struct store_verdict v;
	size_t n;

	all = kind_all(&n);
	for (size_t i = 0; i < n; i++) {
		const struct kind *k = &all[i];

		for (size_t r = 0; r < ROLES; r++) {
			if ((k->roles & role_from_name(roles[r])) == 0 ||
			    is_register(k))
				continue;
			forge(d, k, roles[r]);
			world_ok(&d->w, store_verify(d->w.s, NULL, NULL, &v,
			    &d->w.e));
			if (!v.sound)
				fail_msg("%s by %s: %s", k->name, roles[r],
				    v.fault);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(writing_is_as_the_table_says),
		cmocka_unit_test(a_wrong_role_counts_for_nothing),
		cmocka_unit_test(the_right_role_is_sound),
	};

	return cmocka_run_group_tests_name("store: roles", tests, make,
	    unmake);
}
