/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/accesspack.h"
#include "tests/unit/loaded.h"

static void
take(struct casefile *c, const char *kind, const char *body, uint64_t n)
{
	struct entry e = {.n = n,
	    .at = INT64_C(1795190400000) + (int64_t)n, .case_id = c->id};

	(void)snprintf(e.kind, sizeof(e.kind), "%s", kind);
	e.body = (char *)(uintptr_t)body;
	entry_seal_id(&e);
	casefile_apply(c, &e);
}

struct world {
	struct instrument *in;
	struct casefile c;
	struct reading g;
	struct access_pack p;
};

static int
make_world(void **state)
{
	struct case_id id = {{1}};
	struct world *w = calloc(1, sizeof(*w));

	assert_non_null(w);
	w->in = load_instrument("content/instruments/occ-csegg.yaml");
	casefile_init(&w->c, &id);
	take(&w->c, "open", "{\"reference\":\"EX-7\"}", 1);
	take(&w->c, "identity", "{\"name\":\"Ava Samplewood\"}", 2);
	take(&w->c, "associate", "{\"name\":\"Eva Samplewood\","
	    "\"relation\":\"mother\",\"notes\":\"Keeps in touch.\"}", 3);
	take(&w->c, "person-of-concern", "{\"name\":\"Tor Plantedname\","
	    "\"why\":\"Waits at the station.\",\"more_than_one\":\"no\","
	    "\"exploitation\":\"yes\",\"works_with_children\":\"no\"}", 4);
	take(&w->c, "note", "{\"facts\":\"PLANTEDNAME's car; Eva rang; Ava "
	    "is well.\",\"nature\":\"fact\"}", 5);
	casefile_settle(&w->c, NULL);
	w->g = (struct reading){&w->c, NULL, w->in};
	access_pack_init(&w->p, &w->g);
	*state = w;
	return 0;
}

static int
free_world(void **state)
{
	struct world *w = *state;

	access_pack_release(&w->p);
	casefile_release(&w->c);
	instrument_free(w->in);
	free(w);
	return 0;
}

static void
pack_text(const struct world *w, struct str *out)
{
	struct paper paper;

	access_pack_paper(&w->p, &w->g, "today: Eva Samplewood asked",
	    &paper);
	paper_text(&paper, 400, out);
	paper_release(&paper);
}

static void
others_are_left_out(void **state)
{
	const struct world *w = *state;
	struct str out;

	str_init(&out);
	pack_text(w, &out);
	assert_non_null(strstr(out.s, "Ava is well"));
	assert_non_null(strstr(out.s, REDACTED " car"));
	assert_non_null(strstr(out.s, REDACTED " rang"));
	assert_non_null(strstr(out.s, "2 entries: It is about somebody"));
	assert_non_null(strstr(out.s, "Of 5 entries 3 are given"));
	assert_null(strstr(out.s, "Plantedname"));
	assert_null(strstr(out.s, "PLANTEDNAME"));
	assert_null(strstr(out.s, "Eva"));
	assert_null(strstr(out.s, "Waits at the station"));
	str_release(&out);
}

/* What is there is not hidden by what this program can read of it. */
static void
what_cannot_be_read_is_told(void **state)
{
	struct world *w = *state;
	struct str out;

	take(&w->c, "augury", "{\"of\":\"a newer version\"}", 6);
	casefile_settle(&w->c, NULL);
	access_pack_release(&w->p);
	access_pack_init(&w->p, &w->g);
	assert_int_equal(w->p.unread, 1);
	str_init(&out);
	pack_text(w, &out);
	assert_non_null(strstr(out.s, "1 more entry is kept that could not "
	    "be read"));
	str_release(&out);
}

/* Given after all: what it says of them goes, their name does not. */
static void
a_name_is_replaced_in_what_is_given(void **state)
{
	struct world *w = *state;
	struct str out;

	for (size_t i = 0; i < w->p.n; i++)
		w->p.lines[i].withheld = WITHHELD_NOT;
	access_pack_count(&w->p, &w->g);
	assert_int_equal(w->p.lines[4].names, 2);
	str_init(&out);
	pack_text(w, &out);
	assert_non_null(strstr(out.s, "Waits at the station"));
	assert_null(strstr(out.s, "Plantedname"));
	assert_null(strstr(out.s, "What is not given"));
	str_clear(&out);
	access_pack_read(&w->p, &w->g, 4, &out);
	assert_non_null(strstr(out.s, REDACTED " car"));
	str_release(&out);
}

static void
decisions_are_kept(void **state)
{
	struct world *w = *state;
	struct access_pack again;
	json_t *saved;

	w->p.lines[4].withheld = WITHHELD_INQUIRY;
	redact_add(&w->p.names, "Mr Addedlater", "Added", true);
	w->p.names.names[0].on = false;
	saved = access_pack_save(&w->p);
	access_pack_init(&again, &w->g);
	access_pack_restore(&again, saved);
	assert_int_equal(again.lines[4].withheld, WITHHELD_INQUIRY);
	assert_int_equal(again.lines[0].withheld, WITHHELD_NOT);
	assert_int_equal(again.names.n, w->p.names.n);
	assert_false(again.names.names[0].on);
	assert_true(again.names.names[again.names.n - 1].on);
	access_pack_release(&again);
	json_decref(saved);
}

/* What is no draft of a pack changes nothing. */
static void
nonsense_is_not_restored(void **state)
{
	struct world *w = *state;
	json_t *saved = json_pack("{s:[s], s:{s:i}}", "entries", "x", "names",
	    "y", 3);

	access_pack_restore(&w->p, saved);
	access_pack_restore(&w->p, NULL);
	assert_int_equal(w->p.lines[2].withheld, WITHHELD_OTHERS);
	assert_int_equal(w->p.names.n, 2);
	json_decref(saved);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(others_are_left_out,
		    make_world, free_world),
		cmocka_unit_test_setup_teardown(
		    a_name_is_replaced_in_what_is_given, make_world,
		    free_world),
		cmocka_unit_test_setup_teardown(what_cannot_be_read_is_told,
		    make_world, free_world),
		cmocka_unit_test_setup_teardown(decisions_are_kept,
		    make_world, free_world),
		cmocka_unit_test_setup_teardown(nonsense_is_not_restored,
		    make_world, free_world),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
