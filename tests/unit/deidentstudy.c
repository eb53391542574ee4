/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Studies out of a case: what they hold, what they do not, and their drafts. */
#include "config.h"

#include "core/deident.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/deidentworld.h"
#include "tests/unit/loaded.h"

/* A case whose answers matter, over months; other days by another seed. */
static void
begin_story(struct world *w, struct deident *d, uint32_t from)
{
	static const struct {
		const char *item, *state, *agency, *words;
		int32_t day;
	} seen[] = {
		{"A1", "present", "Riverbank Academy", "Quenby Vexford told "
		    "Ms Testerman on 3 March 2026 at Riverbank.", 20515},
		{"B1", "present", "Samplechester Police", "Seen with Orlan "
		    "Mudd near the Sunlit Hotel, tel. 07700 900123.", 20530},
		{"B2", "suspected", "Health visitor", "A bruise; born on 12 "
		    "May 2011.", 20530},
		{"B1", "absent", "School", "Not seen this week.", 20540},
		{"B3", "present", "School", "New things again.", 20600},
	};
	struct case_id id = {{7}};
	json_t *body;

	casefile_init(&w->c, &id);
	w->n = 0;
	world_know(w, AS_CHILD, "Quenby Vexford");
	body = json_pack("{s:s,s:s}", "name", "Orlan Mudd", "relation",
	    "friend");
	world_take(w, "associate", body, DAY_ONE);
	json_decref(body);
	for (size_t i = 0; i < COUNT(seen); i++) {
		body = json_pack("{s:s,s:s,s:s,s:s,s:s,s:s}", "instrument",
		    "occ-csegg", "indicator", seen[i].item, "state",
		    seen[i].state, "agency", seen[i].agency, "source",
		    "Ms Testerman, form tutor", "evidence", seen[i].words);
		world_take(w, "observation", body, seen[i].day);
		json_decref(body);
	}
	for (int32_t i = 0; i < 20; i++) {
		body = json_pack("{s:s,s:s}", "facts", "Quenby was late "
		    "again.", "concern", "It happens more often.");
		world_take(w, "note", body, 20550 + 2 * i);
		json_decref(body);
	}
	body = json_pack("{s:s}", "words", "I want Orlan to stop.");
	world_take(w, "voice", body, 20601);
	json_decref(body);
	casefile_settle(&w->c, NULL);
	world_seed(from);
	deident_begin(d, &w->c, w->in, NULL, &world_rng);
	pass_all(d);
}

/* What is written is a study, and its levels are those of the rules. */
static void
the_study_passes_its_check(void **state)
{
	struct world *w = *state;
	struct deident d;
	struct str yaml, lines;
	struct study *s;
	struct faults f;
	struct err e;

	str_init(&yaml);
	str_init(&lines);
	begin_story(w, &d, 5);
	write_study(&d, &yaml);
	faults_init(&f, "made");
	s = study_parse(yaml.s, yaml.len, &f);
	if (s != NULL)
		(void)study_check(s, w->in, &f);
	faults_lines(&f, &lines);
	assert_string_equal(lines.s, "");
	assert_non_null(s);
	assert_int_equal(s->nstages, STUDY_STAGES_MAX);
	assert_string_equal(s->called, d.idents[0].instead);
	assert_int_equal(s->stages[0].age, 14);
	assert_int_equal(s->sex, 'F');
	assert_string_not_equal(s->stages[s->nstages - 1].child_says, "");
	assert_int_equal(deident_check(&d, yaml.s, yaml.len, &e), RC_OK);
	study_free(s);
	faults_release(&f);
	str_release(&lines);
	str_release(&yaml);
	deident_release(&d);
	casefile_release(&w->c);
}

/* No name, number, place or day of the case is in study or report. */
static void
nothing_real_is_told(void **state)
{
	static const char *const real[] = {
		"Quenby", "Vexford", "Orlan", "Mudd", "Testerman",
		"Riverbank", "Samplechester", "Sunlit", "900123", "QX-77712",
		"3 March 2026", "12 May 2011"
	};
	struct world *w = *state;
	struct deident d;
	struct str yaml, report, first;
	struct rare_counts rare = {120, 9, 4, 2, 1, 1};

	str_init(&yaml);
	str_init(&report);
	str_init(&first);
	for (uint32_t from = 1; from <= 30; from++) {
		begin_story(w, &d, from);
		assert_int_equal(d.moved % 7, 0);
		assert_in_range(abs(d.moved), 56, 364);
		str_clear(&yaml);
		str_clear(&report);
		write_study(&d, &yaml);
		deident_report(&d, &rare, &report);
		for (size_t i = 0; i < COUNT(real); i++) {
			assert_null(strstr(report.s, real[i]));
			if (strstr(yaml.s, real[i]) != NULL)
				fail_msg("%s in %s", real[i], yaml.s);
		}
		/* Days are moved by another number each time; the report
		 * does not change with it. */
		if (first.len == 0)
			str_add(&first, report.s);
		assert_string_equal(first.s, report.s);
		deident_release(&d);
		casefile_release(&w->c);
	}
	str_release(&yaml);
	str_release(&report);
	str_release(&first);
}

static void
the_report_counts(void **state)
{
	struct world *w = *state;
	struct rare_counts rare = {120, 9, 4, 2, 1, 1};
	struct deident d;
	struct str out;

	str_init(&out);
	begin_story(w, &d, 5);
	deident_decide(&d, 0, LINE_LEFT_OUT, NULL);
	deident_decide(&d, 1, LINE_REWRITTEN, "Something in Nowhereville.");
	deident_switch(&d, 1, false);
	deident_report(&d, &rare, &out);
	assert_non_null(strstr(out.s, "sex: 9 of 120 children of the store\n"));
	assert_non_null(strstr(out.s, "present: 1 of 120 children of the "
	    "store - rare"));
	assert_non_null(strstr(out.s, "1 word that is written like a name"));
	assert_non_null(strstr(out.s, "Written like names: \"Nowhereville\"\n"));
	assert_non_null(strstr(out.s, "1 known name was switched off"));
	assert_non_null(strstr(out.s, "1 rewritten, 1 left out"));
	str_clear(&out);
	deident_report(&d, NULL, &out);
	assert_non_null(strstr(out.s, "not counted"));
	str_release(&out);
	deident_release(&d);
	casefile_release(&w->c);
}

static void
no_study_while_a_line_waits(void **state)
{
	struct world *w = *state;
	struct deident d;
	struct study *s;
	struct err e;

	begin_story(w, &d, 5);
	deident_decide(&d, 2, LINE_WAITING, NULL);
	assert_int_equal(deident_waiting(&d), 1);
	assert_int_equal(deident_study(&d, &world_words, &s, &e), RC_REFUSED);
	assert_null(s);
	for (size_t i = 0; i < d.nlines; i++)
		deident_decide(&d, i, LINE_LEFT_OUT, NULL);
	assert_int_equal(deident_study(&d, &world_words, &s, &e), RC_OK);
	assert_string_equal(s->stages[0].answers[0].reason,
	    "Recorded then; the words are left out.");
	study_free(s);
	deident_release(&d);
	casefile_release(&w->c);
}

/* What a person adds is replaced from then on, and passed lines wait anew. */
static void
what_is_added_is_replaced(void **state)
{
	struct world *w = *state;
	struct deident d;
	size_t n, waiting = 0;

	begin_story(w, &d, 5);
	n = d.nidents;
	deident_add(&d, IDENT_PLACE, "New things", "a present");
	assert_int_equal(d.nidents, n + 1);
	for (size_t i = 0; i < d.nlines; i++)
		if (strcmp(d.lines[i].original, "New things again.") == 0) {
			assert_string_equal(d.lines[i].proposed,
			    "A present again.");
			assert_int_equal(d.lines[i].state, LINE_WAITING);
			waiting++;
		}
	assert_int_equal(waiting, 1);
	assert_int_equal(deident_waiting(&d), 1);
	deident_switch(&d, n, false);
	for (size_t i = 0; i < d.nlines; i++)
		if (strcmp(d.lines[i].original, "New things again.") == 0)
			assert_string_equal(d.lines[i].proposed,
			    "New things again.");
	deident_release(&d);
	casefile_release(&w->c);
}

/* ---- the draft ---- */

static void
a_draft_is_read_as_it_was(void **state)
{
	struct world *w = *state;
	struct deident d, again;
	struct str a, b;
	struct err e;

	str_init(&a);
	str_init(&b);
	begin_story(w, &d, 5);
	deident_decide(&d, 0, LINE_LEFT_OUT, NULL);
	deident_decide(&d, 1, LINE_REWRITTEN, "\"Zo\xc3\xab\"\n");
	deident_write(&d, &a);
	assert_int_equal(deident_read(&again, &w->c, w->in, a.s, a.len, &e),
	    RC_OK);
	deident_write(&again, &b);
	assert_string_equal(a.s, b.s);
	assert_int_equal(again.moved, d.moved);
	assert_int_equal(again.lines[1].ndoubts, d.lines[1].ndoubts);
	deident_release(&again);
	/* Cut anywhere it fits no more. */
	for (size_t n = 0; n < a.len; n += 37)
		assert_int_equal(deident_read(&again, &w->c, w->in, a.s, n,
		    &e), RC_INPUT);
	deident_release(&d);
	casefile_release(&w->c);
	str_release(&a);
	str_release(&b);
}

static void
a_draft_of_another_case_does_not_fit(void **state)
{
	static const char *const bad[] = {
		"{}", "[]", "{\"moved\":7,\"idents\":[],\"lines\":[]}",
		"{\"moved\":57,\"idents\":[],\"lines\":[]}",
		"{\"moved\":70,\"idents\":[{}],\"lines\":[]}",
		"{\"moved\":70,\"idents\":[],\"lines\":[{}]}",
	};
	struct world *w = *state;
	struct case_id id = {{9}};
	struct casefile other;
	struct deident d, again;
	struct str a;
	struct err e;

	str_init(&a);
	begin_story(w, &d, 5);
	deident_write(&d, &a);
	casefile_init(&other, &id);
	casefile_settle(&other, NULL);
	assert_int_equal(deident_read(&again, &other, w->in, a.s, a.len, &e),
	    RC_INPUT);
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_int_equal(deident_read(&again, &w->c, w->in, bad[i],
		    strlen(bad[i]), &e), RC_INPUT);
	casefile_release(&other);
	deident_release(&d);
	casefile_release(&w->c);
	str_release(&a);
}

/* ---- who is known ---- */

static const char *
stand_in(const struct deident *d, const char *text)
{
	for (size_t i = 0; i < d->nidents; i++)
		if (strcmp(d->idents[i].text, text) == 0)
			return d->idents[i].instead;
	return "nobody";
}

/* Whoever works with the store, and whose name was struck as wrong, too. */
static void
people_beside_the_case_are_known(void **state)
{
	static char name[] = "Perpetua Lumley";
	struct roster_user user = { .name = name };
	struct roster roster = { .users = &user, .nusers = 1 };
	char hex[2 * ENTRY_ID_LEN + 1];
	struct world *w = *state;
	struct case_id id = {{7}};
	struct deident d;
	json_t *body;

	casefile_init(&w->c, &id);
	w->n = 0;
	body = json_pack("{s:s}", "name", "Una Wrongly");
	world_take(w, "identity", body, DAY_ONE);
	json_decref(body);
	hex_format(w->c.records[0]->entry.id.b, ENTRY_ID_LEN, hex);
	body = json_pack("{s:s,s:s}", "target", hex, "reason",
	    "Another child.");
	world_take(w, "strike", body, DAY_ONE);
	json_decref(body);
	body = json_pack("{s:s}", "facts", "Una came with Lumley.");
	world_know(w, AS_CHILD, "Quenby Vexford");
	world_take(w, "note", body, DAY_ONE + 1);
	json_decref(body);
	casefile_settle(&w->c, NULL);
	world_seed(3);
	deident_begin(&d, &w->c, w->in, &roster, &world_rng);
	assert_string_equal(stand_in(&d, "Una Wrongly"),
	    "another young person");
	assert_string_equal(stand_in(&d, "Perpetua Lumley"), "a worker");
	for (size_t i = 0; i < d.nlines; i++)
		if (strcmp(d.lines[i].kind, "note") == 0)
			assert_string_equal(d.lines[i].proposed,
			    "Another young person came with a worker.");
	deident_release(&d);
	casefile_release(&w->c);
}

/* The child's letter begins none of their names, whatever the lot. */
static void
the_letter_is_not_theirs(void **state)
{
	struct world *w = *state;
	struct deident d;

	for (uint32_t from = 1; from <= 200; from++) {
		begin_story(w, &d, from);
		assert_null(strchr("QVAIO", d.idents[0].instead[0]));
		assert_string_equal(d.idents[0].instead + 1, ".");
		deident_release(&d);
		casefile_release(&w->c);
	}
}

/* ---- what is told of the young person ---- */

static void
traits_are_those_of_the_case(void **state)
{
	struct world *w = *state;
	struct deident d;
	struct traits t;

	begin_story(w, &d, 5);
	traits_of(&w->c, w->in, 20610, &t);
	assert_int_equal(t.age, 15);
	assert_int_equal(t.sex, 'F');
	assert_string_equal(t.care, "none");
	assert_string_equal(t.ethnicity, "");
	assert_false(t.disabled);
	assert_int_equal(itemset_count(&t.present), 4);
	assert_true(itemset_has(&t.present, item_of(w->in, "B3")));
	deident_release(&d);
	casefile_release(&w->c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_study_passes_its_check),
		cmocka_unit_test(nothing_real_is_told),
		cmocka_unit_test(the_report_counts),
		cmocka_unit_test(no_study_while_a_line_waits),
		cmocka_unit_test(what_is_added_is_replaced),
		cmocka_unit_test(a_draft_is_read_as_it_was),
		cmocka_unit_test(a_draft_of_another_case_does_not_fit),
		cmocka_unit_test(people_beside_the_case_are_known),
		cmocka_unit_test(the_letter_is_not_theirs),
		cmocka_unit_test(traits_are_those_of_the_case),
	};

	return cmocka_run_group_tests(tests, world_setup, world_teardown);
}
