/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What linkage reads of a case. */
#include "config.h"

#include "db/links.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/links_impl.h"
#include "tests/store/disposing.h"
#include "tests/store/linking.h"

static const struct return_child ann = {"Invented High School/1", "Invented "
    "High School", "Annelore", "Marshwiggle", "2012-03-04", "ZZ1 1AA"};

static struct link_model *m;

static void
a_return_brings_its_fields(void **state)
{
	struct world *w = *state;
	struct linkage l;

	(void)linking_child(w, &ann);
	linking_read(w, m, &l);
	assert_int_equal(l.n, 1);
	assert_string_equal(l.cases[0].reference, ann.reference);
	assert_string_equal(l.cases[0].agency, ann.agency);
	assert_string_equal(l.cases[0].forename, "Annelore");
	assert_string_equal(l.cases[0].surname, "Marshwiggle");
	assert_string_equal(l.cases[0].postcode, "ZZ1 1AA");
	linkage_release(&l);
}

static void
named_as(struct world *w, const char *name, const char *forename,
    const char *surname)
{
	struct case_id id = world_case(w, name);
	struct linkage l;
	size_t i;

	world_ok(w, world_append(w, draft_identity(id, name, "2012-01-02"),
	    NULL));
	linking_read(w, m, &l);
	i = linkage_find(&l, &id);
	assert_true(i != SIZE_MAX);
	assert_string_equal(l.cases[i].forename, forename);
	assert_string_equal(l.cases[i].surname, surname);
	linkage_release(&l);
}

static void
a_name_in_one_is_split(void **state)
{
	struct world *w = *state;

	named_as(w, "Annelore Marshwiggle", "Annelore", "Marshwiggle");
	named_as(w, "Marshwiggle, Annelore Bo", "Annelore Bo", "Marshwiggle");
	named_as(w, "Bo van der Heron", "Bo", "van der Heron");
	named_as(w, "Annelore", "Annelore", "");
	named_as(w, "van Heron", "van", "Heron");
}

static void
a_postcode_is_found(void **state)
{
	static const struct { const char *text, *want; } t[] = {
		{"1 Fabled Lane, ZZ1 1AA", "ZZ1 1AA"},
		{"flat 2, zz99 9zz; upstairs", "zz99 9zz"},
		{"ZZ1A1AA", "ZZ1A1AA"}, {"Z1 1AA.", "Z1 1AA"},
		{"room A1 1ABX", NULL}, {"XZZ1 1AA", NULL}, {"A1", NULL},
		{"", NULL}, {"\xC3\x96ZZ1 1AA", NULL}
	};

	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		const char *at = NULL;
		size_t n = link_postcode(t[i].text, &at);

		assert_int_equal(n, t[i].want != NULL ? strlen(t[i].want) :
		    0);
		if (n > 0)
			assert_memory_equal(at, t[i].want, n);
	}
}

static void
an_address_tells_where_they_live(void **state)
{
	struct world *w = *state;
	struct case_id id = world_case(w, "WREN-1");
	struct entry_draft d = {id, "address", span_none(), NULL};
	struct linkage l;

	world_ok(w, world_append(w, draft_identity(id, "Annelore M",
	    "2012-01-02"), NULL));
	d.body = json_pack("{s:s}", "address", "3 Fabled Lane\nZZ4 4BB");
	world_ok(w, world_append(w, d, NULL));
	linking_read(w, m, &l);
	assert_string_equal(l.cases[0].postcode, "ZZ4 4BB");
	linkage_release(&l);
}

static void
who_is_not_named_takes_no_part(void **state)
{
	struct world *w = *state;
	struct linkage l;

	(void)world_case(w, "WREN-1");
	linking_read(w, m, &l);
	assert_int_equal(l.n, 0);
	linkage_release(&l);
}

static int
make_model(void **state)
{
	(void)state;
	m = linking_model();
	return 0;
}

static int
drop_model(void **state)
{
	(void)state;
	link_model_free(m);
	return 0;
}

#define T(f) cmocka_unit_test_setup_teardown(f, disposing_make, \
	disposing_unmake)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_return_brings_its_fields),
		T(a_name_in_one_is_split),
		T(a_postcode_is_found),
		T(an_address_tells_where_they_live),
		T(who_is_not_named_takes_no_part),
	};

	return cmocka_run_group_tests_name("cases as records", tests,
	    make_model, drop_model);
}
