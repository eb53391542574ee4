/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A study under way while the case goes on, what agencies' returns brought,
 * and words that are typed beside the lines.
 */
#include "config.h"

#include "core/deident.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/deidentworld.h"

static void
take(struct world *w, const char *kind, json_t *body, int32_t day)
{
	world_take(w, kind, body, day);
	json_decref(body);
}

static void
open_case(struct world *w)
{
	struct case_id id = {{7}};

	casefile_init(&w->c, &id);
	w->n = 0;
	world_know(w, AS_CHILD, "Quenby Vexford");
	take(w, "associate", json_pack("{s:s,s:s}", "name", "Orlan Mudd",
	    "relation", "friend"), DAY_ONE);
	take(w, "note", json_pack("{s:s}", "facts", "Orlan and Perpetua "
	    "came late."), DAY_ONE + 1);
}

static const struct deident_line *
line_of(const struct deident *d, const char *original)
{
	for (size_t i = 0; i < d->nlines; i++)
		if (strcmp(d->lines[i].original, original) == 0)
			return &d->lines[i];
	return NULL;
}

static const char *
stand_in(const struct deident *d, const char *text)
{
	for (size_t i = 0; i < d->nidents; i++)
		if (strcmp(d->idents[i].text, text) == 0)
			return d->idents[i].instead;
	return "nobody";
}

static void
read_again(struct world *w, const struct str *kept, struct deident *d)
{
	struct err e;

	casefile_settle(&w->c, NULL);
	assert_int_equal(deident_read(d, &w->c, w->in, kept->s, kept->len,
	    &e), RC_OK);
	deident_catch_up(d, NULL, &world_rng);
}

/* What was passed before a name was known waits again. */
static void
names_learnt_since_are_replaced(void **state)
{
	struct world *w = *state;
	struct deident d;
	struct str kept;
	char letter[3] = "";

	str_init(&kept);
	open_case(w);
	casefile_settle(&w->c, NULL);
	world_seed(5);
	deident_begin(&d, &w->c, w->in, NULL, &world_rng);
	pass_all(&d);
	memcpy(letter, stand_in(&d, "Quenby Vexford"), 2);
	assert_string_equal(stand_in(&d, "Orlan Mudd"), "a friend");
	deident_write(&d, &kept);
	deident_release(&d);

	take(w, "associate", json_pack("{s:s,s:s}", "name",
	    "Perpetua Lumley", "relation", "friend"), DAY_ONE);
	take(w, "associate", json_pack("{s:s,s:s}", "name", "Orlan",
	    "relation", "friend"), DAY_ONE);
	take(w, "identity", json_pack("{s:s,s:s}", "name", "Quenby Vexford",
	    "known_as", "Quibble"), DAY_ONE + 2);
	take(w, "note", json_pack("{s:s}", "facts", "Quibble rang."),
	    DAY_ONE + 3);
	read_again(w, &kept, &d);
	assert_string_equal(stand_in(&d, "Quibble"), letter);
	assert_string_equal(stand_in(&d, "Orlan Mudd"), "a friend");
	assert_string_equal(stand_in(&d, "Orlan"), "a friend");
	assert_string_equal(stand_in(&d, "Perpetua Lumley"), "a friend (2)");
	assert_string_equal(line_of(&d, "Orlan and Perpetua came late.")->
	    proposed, "A friend and a friend (2) came late.");
	assert_int_equal(line_of(&d, "Orlan and Perpetua came late.")->state,
	    LINE_WAITING);
	assert_int_equal(line_of(&d, "It was seen.")->state, LINE_PASSED);
	assert_int_equal(line_of(&d, "Quibble rang.")->state, LINE_WAITING);
	assert_int_equal(deident_waiting(&d), 2);
	deident_release(&d);
	casefile_release(&w->c);
	str_release(&kept);
}

/* What was of another child, and struck, is told no more. */
static void
lines_struck_since_go(void **state)
{
	char hex[2 * ENTRY_ID_LEN + 1];
	struct world *w = *state;
	struct deident d;
	struct str kept;
	size_t lines;

	str_init(&kept);
	open_case(w);
	casefile_settle(&w->c, NULL);
	deident_begin(&d, &w->c, w->in, NULL, &world_rng);
	pass_all(&d);
	lines = d.nlines;
	hex_format(line_of(&d, "It was seen.")->entry.b, ENTRY_ID_LEN, hex);
	deident_write(&d, &kept);
	deident_release(&d);

	take(w, "strike", json_pack("{s:s,s:s}", "target", hex, "reason",
	    "Another child."), DAY_ONE + 2);
	read_again(w, &kept, &d);
	assert_int_equal(d.nlines, lines - 1);
	assert_null(line_of(&d, "It was seen."));
	assert_int_equal(deident_waiting(&d), 0);
	deident_release(&d);
	casefile_release(&w->c);
	str_release(&kept);
}

/* Fields of an agency's return, which no form shows. */
static void
what_a_return_brought_is_known(void **state)
{
	struct case_id id = {{7}};
	struct world *w = *state;
	struct deident d;

	casefile_init(&w->c, &id);
	w->n = 0;
	take(w, "identity", json_pack("{s:s,s:s,s:s,s:s,s:s}", "name",
	    "Row seven", "forename", "Quenby", "surname", "Vexford",
	    "postcode", "ZZ9 9ZZ", "agency",
	    "Invented High School"), DAY_ONE);
	take(w, "note", json_pack("{s:s}", "facts", "Miss Vexford of "
	    "Invented High, called Quenby, at ZZ99ZZ."), DAY_ONE);
	casefile_settle(&w->c, NULL);
	deident_begin(&d, &w->c, w->in, NULL, &world_rng);
	assert_int_equal(d.nlines, 1);
	assert_null(strstr(d.lines[0].proposed, "Vexford"));
	assert_null(strstr(d.lines[0].proposed, "Quenby"));
	assert_null(strstr(d.lines[0].proposed, "Invented"));
	assert_null(strstr(d.lines[0].proposed, "ZZ9"));
	deident_release(&d);
	casefile_release(&w->c);
}

/* A name that somebody types in place of another is a doubt as any. */
static void
a_name_instead_of_a_name_is_doubtful(void **state)
{
	struct world *w = *state;
	const struct deident_line *l;
	struct deident d;

	open_case(w);
	casefile_settle(&w->c, NULL);
	deident_begin(&d, &w->c, w->in, NULL, &world_rng);
	deident_add(&d, IDENT_PERSON, "Perpetua", "Mrs Hardcastle");
	l = line_of(&d, "Orlan and Perpetua came late.");
	assert_string_equal(l->proposed, "A friend and Mrs Hardcastle came "
	    "late.");
	assert_int_equal(l->ndoubts, 1);
	assert_int_equal(l->doubts[0].type, DOUBT_CAPITAL);
	deident_release(&d);
	casefile_release(&w->c);
}

static void
typed_words_are_reported(void **state)
{
	const struct deident_words careless = { .id = "made",
		.title = "The girl of Nowhereville", .teaches = "What was "
		"known on 3 March 2026.", .missed = "Ring 07700 900123.",
		.question = "And now?" };
	struct world *w = *state;
	struct deident d;
	struct str out;

	str_init(&out);
	open_case(w);
	casefile_settle(&w->c, NULL);
	deident_begin(&d, &w->c, w->in, NULL, &world_rng);
	deident_report_words(&d, &world_words, &out);
	assert_string_equal(out.s, "");
	deident_report_words(&d, &careless, &out);
	assert_string_equal(out.s, "In the title and what else was typed for "
	    "the study: 3 words or numbers like a name, a place or a day\n");
	str_release(&out);
	deident_release(&d);
	casefile_release(&w->c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_learnt_since_are_replaced),
		cmocka_unit_test(lines_struck_since_go),
		cmocka_unit_test(what_a_return_brought_is_known),
		cmocka_unit_test(a_name_instead_of_a_name_is_doubtful),
		cmocka_unit_test(typed_words_are_reported),
	};

	return cmocka_run_group_tests(tests, world_setup, world_teardown);
}
