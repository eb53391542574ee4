/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A study made from a case leaves at the word of two people: one makes it,
 * a supervisor who is another signs it or gives it back, and nothing that was
 * signed past the program counts.
 */
#include "config.h"

#include "db/studydrafts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/studydrafts.h"
#include "db/sessions.h"
#include "tests/store/disposing.h"

#define REPORT "Two children of this store share what is told."
#define STUDY "content/studies/the-headset.yaml"
#define PEER "Bram Oystercatcher"	/* no supervisor */

static int
make(void **state)
{
	struct world *w = calloc(1, sizeof(*w));

	world_init(w);
	world_create(w);
	world_adopt(w);
	raw_person(w->s, SECOND, "supervisor");
	raw_person(w->s, PEER, "practitioner");
	*state = w;
	return 0;
}

static int
unmake(void **state)
{
	world_release(*state);
	free(*state);
	return 0;
}

static int
make_training(void **state)
{
	struct store_founder f = {.user = WORLD_USER,
	    .role = ROLE_SUPERVISOR, .training = true};
	struct world *w = calloc(1, sizeof(*w));

	world_init(w);
	world_ok(w, store_create(w->path, &f, &w->pass, &w->opts, &w->s,
	    &w->e));
	*state = w;
	return 0;
}

/* ---- what is there ---- */

struct seen {
	size_t n;
	struct entry_id id;	/* of the first told */
	char outcome[16], reason[80], study[65];
	bool whole;		/* its text is of its hash */
};

static bool
take_row(const struct study_draft_row *row, void *ctx)
{
	struct seen *s = ctx;
	char hash[2 * ENTRY_ID_LEN + 1];

	if (s->n++ > 0)
		return true;
	s->id = row->id;
	study_text_hash(row->text, hash);
	s->whole = strcmp(hash, row->hash) == 0 &&
	    strcmp(row->report, REPORT) == 0;
	(void)snprintf(s->study, sizeof(s->study), "%s", row->study);
	if (row->outcome != NULL) {
		(void)snprintf(s->outcome, sizeof(s->outcome), "%s",
		    row->outcome);
		(void)snprintf(s->reason, sizeof(s->reason), "%s",
		    row->reason);
	}
	return true;
}

static struct seen
look(struct world *w)
{
	struct seen s = {0};

	world_ok(w, store_study_drafts(w->s, take_row, &s, &w->e));
	return s;
}

static struct entry_id
plant_study(struct world *w)
{
	struct entry_id id;
	size_t n;
	char *text = world_text(STUDY, &n);

	world_ok(w, store_study_draft_add(w->s, text, REPORT, &id, &w->e));
	free(text);
	return id;
}

/* ---- the way it goes ---- */

static void
one_makes_it_and_another_signs(void **state)
{
	struct world *w = *state;
	struct entry_id id = plant_study(w);
	struct seen s = look(w);

	assert_int_equal(s.n, 1);
	assert_true(entry_id_equal(&s.id, &id));
	assert_true(s.whole);
	assert_string_equal(s.study, "the-headset");
	assert_string_equal(s.outcome, "");
	raw_become(w->s, SECOND);
	world_ok(w, store_study_draft_decide(w->s, &id, true,
	    "read line by line", &w->e));
	s = look(w);
	assert_string_equal(s.outcome, "signed");
	assert_string_equal(s.reason, "read line by line");
	assert_sound(w);
	world_reopen(w);
	assert_string_equal(look(w).outcome, "signed");
	assert_sound(w);
}

static void
it_can_be_given_back(void **state)
{
	struct world *w = *state;
	struct entry_id id = plant_study(w), again;
	struct seen s;

	raw_become(w->s, SECOND);
	world_ok(w, store_study_draft_decide(w->s, &id, false,
	    "the swimming club can be told", &w->e));
	assert_string_equal(look(w).outcome, "returned");
	raw_become(w->s, PEER);
	w->now += 1000;
	again = plant_study(w);
	s = look(w);
	assert_int_equal(s.n, 2);
	assert_true(entry_id_equal(&s.id, &again));
	assert_string_equal(s.outcome, "");
}

static void
whoever_made_it_does_not_sign(void **state)
{
	struct world *w = *state;
	struct entry_id id;

	raw_become(w->s, SECOND);
	id = plant_study(w);
	assert_refused(w, store_study_draft_decide(w->s, &id, true, "fine",
	    &w->e), RC_REFUSED, "you made the study");
	assert_refused(w, store_study_draft_decide(w->s, &id, false, "fine",
	    &w->e), RC_REFUSED, "you made the study");
	assert_string_equal(look(w).outcome, "");
}

static void
only_a_supervisor_signs(void **state)
{
	struct world *w = *state;
	struct entry_id id = plant_study(w);

	raw_become(w->s, PEER);
	assert_refused(w, store_study_draft_decide(w->s, &id, true, "fine",
	    &w->e), RC_REFUSED, "by a supervisor");
	assert_string_equal(look(w).outcome, "");
}

static void
it_is_decided_once(void **state)
{
	struct world *w = *state;
	struct entry_id id = plant_study(w);

	raw_become(w->s, SECOND);
	world_ok(w, store_study_draft_decide(w->s, &id, false, "not yet",
	    &w->e));
	assert_refused(w, store_study_draft_decide(w->s, &id, true, "fine",
	    &w->e), RC_REFUSED, "was given back by " SECOND);
	assert_string_equal(look(w).outcome, "returned");
}

static void
what_is_no_study_is_not_kept(void **state)
{
	struct world *w = *state;
	struct entry_id none = {{7}};

	assert_int_equal(store_study_draft_add(w->s, "id: x\n", REPORT, NULL,
	    &w->e), RC_INPUT);
	assert_int_equal(look(w).n, 0);
	raw_become(w->s, SECOND);
	assert_refused(w, store_study_draft_decide(w->s, &none, true, "fine",
	    &w->e), RC_NOTFOUND, "no such study");
}

static void
a_report_and_a_reason_are_asked_for(void **state)
{
	struct world *w = *state;
	size_t n;
	char *text = world_text(STUDY, &n);
	struct entry_id id;

	assert_int_equal(store_study_draft_add(w->s, text, " ", NULL, &w->e),
	    RC_INPUT);
	free(text);
	id = plant_study(w);
	raw_become(w->s, SECOND);
	assert_int_equal(store_study_draft_decide(w->s, &id, true, "",
	    &w->e), RC_INPUT);
	assert_string_equal(look(w).outcome, "");
}

static void
a_training_store_makes_none(void **state)
{
	struct world *w = *state;
	size_t n;
	char *text = world_text(STUDY, &n);

	assert_refused(w, store_study_draft_add(w->s, text, REPORT, NULL,
	    &w->e), RC_REFUSED, "for training");
	free(text);
}

static void
a_clock_behind_does_not_sign(void **state)
{
	struct world *w = *state;
	struct entry_id id;

	w->now += 7200000;	/* people are let in before */
	id = plant_study(w);
	raw_become(w->s, SECOND);
	w->now -= 3600000;
	assert_refused(w, store_study_draft_decide(w->s, &id, true, "fine",
	    &w->e), RC_REFUSED, "clock is behind");
	/* Within the slack of two clocks it is dated behind the draft. */
	w->now += 3600000 - 30000;
	world_ok(w, store_study_draft_decide(w->s, &id, true, "fine", &w->e));
	assert_string_equal(look(w).outcome, "signed");
	assert_sound(w);
}

/* ---- past the program ---- */

static void
forge(struct world *w, const char *kind, json_t *body)
{
	struct entry_draft d = {case_id_register(), kind, span_none(), body};

	raw_pass_roles(w->s, true);
	world_ok(w, world_append(w, d, NULL));
	raw_pass_roles(w->s, false);
}

static void
forge_decision(struct world *w, const struct entry_id *id, const char *hash)
{
	char hex[2 * ENTRY_ID_LEN + 1];

	hex_format(id->b, ENTRY_ID_LEN, hex);
	forge(w, "study-signed", json_pack("{s:s, s:s, s:s, s:s}", "draft",
	    hex, "hash", hash, "outcome", "signed", "reason", "because"));
}

static void
hash_of_study(char out[2 * ENTRY_ID_LEN + 1])
{
	size_t n;
	char *text = world_text(STUDY, &n);

	study_text_hash(text, out);
	free(text);
}

static void
a_forged_signature_counts_for_nothing(void **state)
{
	struct world *w = *state;
	struct entry_id id = plant_study(w);
	char hash[2 * ENTRY_ID_LEN + 1];

	hash_of_study(hash);
	raw_become(w->s, PEER);
	forge_decision(w, &id, hash);		/* no supervisor */
	assert_string_equal(look(w).outcome, "");
	raw_become(w->s, SECOND);
	forge_decision(w, &id, "00");		/* another text */
	assert_string_equal(look(w).outcome, "");
	/* None of them stands in the way of the right one. */
	world_ok(w, store_study_draft_decide(w->s, &id, false, "a street",
	    &w->e));
	assert_string_equal(look(w).outcome, "returned");
}

static void
ones_own_signature_counts_for_nothing(void **state)
{
	struct world *w = *state;
	char hash[2 * ENTRY_ID_LEN + 1];
	struct entry_id id;

	hash_of_study(hash);
	raw_become(w->s, SECOND);
	id = plant_study(w);
	forge_decision(w, &id, hash);
	assert_string_equal(look(w).outcome, "");
}

/* A person who signs under the name of whoever made it is that person. */
static void
a_second_key_of_one_name_counts_for_nothing(void **state)
{
	struct world *w = *state;
	char hash[2 * ENTRY_ID_LEN + 1];
	struct entry_id id;

	hash_of_study(hash);
	id = plant_study(w);
	raw_person(w->s, "ilse  MARWOOD", "supervisor");
	raw_become(w->s, "ilse  MARWOOD");
	assert_refused(w, store_study_draft_decide(w->s, &id, true, "fine",
	    &w->e), RC_REFUSED, "you made the study");
	forge_decision(w, &id, hash);
	assert_string_equal(look(w).outcome, "");
}

static void
a_text_of_another_hash_is_none(void **state)
{
	struct world *w = *state;

	forge(w, "study-draft", json_pack("{s:s, s:s, s:s, s:s, s:s}",
	    "study", "x", "version", "1", "hash", "00", "text", "id: x",
	    "report", REPORT));
	assert_int_equal(look(w).n, 0);
}

int
main(void)
{
#define LIVE(fn) cmocka_unit_test_setup_teardown(fn, make, unmake)
	const struct CMUnitTest tests[] = {
		LIVE(one_makes_it_and_another_signs),
		LIVE(it_can_be_given_back),
		LIVE(whoever_made_it_does_not_sign),
		LIVE(only_a_supervisor_signs),
		LIVE(it_is_decided_once),
		LIVE(what_is_no_study_is_not_kept),
		LIVE(a_report_and_a_reason_are_asked_for),
		cmocka_unit_test_setup_teardown(a_training_store_makes_none,
		    make_training, unmake),
		LIVE(a_clock_behind_does_not_sign),
		LIVE(a_forged_signature_counts_for_nothing),
		LIVE(ones_own_signature_counts_for_nothing),
		LIVE(a_second_key_of_one_name_counts_for_nothing),
		LIVE(a_text_of_another_hash_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
