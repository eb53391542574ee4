/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is written is there again: after closing, after another opening, in
 * the case, in the list, in the search and in the drafts.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "tests/store/world.h"

static int
make(void **state)
{
	struct world *w = calloc(1, sizeof(*w));

	world_init(w);
	world_create(w);
	world_adopt(w);
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

struct seen {
	size_t n;
	struct case_row last;
	char references[16][64];
	char owner[64];
};

static bool
see(const struct case_row *row, void *ctx)
{
	struct seen *seen = ctx;

	if (seen->n < 16)
		(void)snprintf(seen->references[seen->n], 64, "%s",
		    row->reference);
	(void)snprintf(seen->owner, 64, "%s", row->owner);
	seen->n++;
	seen->last = *row;
	return true;
}

static void
founder_is_known_after_reopening(void **state)
{
	struct world *w = *state;

	world_reopen(w);
	assert_string_equal(store_user(w->s), WORLD_USER);
	assert_int_equal(store_role(w->s), ROLE_PRACTITIONER);
	assert_null(store_notice(w->s));
	assert_int_equal(store_instruments(w->s), 1);
	assert_string_equal(store_default_instrument(w->s)->id, "occ-csegg");
	assert_true(strcmp(store_cipher(w->s), "aegis-256") == 0 ||
	    strcmp(store_cipher(w->s), "chacha20") == 0);
}

static void
entries_come_back_whole(void **state)
{
	struct world *w = *state;
	struct case_id id = world_case(w, "WREN-0042");
	struct entry_id written;
	struct casefile c;

	world_ok(w, world_append(w, draft_identity(id, "Zoë O'Brannigan",
	    "2011-02-03"), NULL));
	world_ok(w, world_append(w, draft_observation(id, "B1", "present",
	    "Missing on two school days"), &written));
	world_reopen(w);
	world_ok(w, store_case_load(w->s, &id, &c, &w->e));
	assert_int_equal(c.nrecords, 3);
	assert_string_equal(c.reference, "WREN-0042");
	assert_string_equal(c.name, "Zoë O'Brannigan");
	assert_non_null(casefile_find(&c, &written));
	for (size_t i = 0; i < c.nrecords; i++) {
		assert_int_equal(c.records[i]->validity, RECORD_VALID);
		assert_true(entry_id_holds(&c.records[i]->entry));
	}
	casefile_release(&c);
}

static void
list_tells_level_and_counts(void **state)
{
	struct world *w = *state;
	struct case_id a = world_case(w, "WREN-1"), b = world_case(w, "WREN-2");
	const struct instrument *in = store_default_instrument(w->s);
	struct seen seen = {0};

	world_ok(w, world_append(w, draft_observation(b, "B1", "present",
	    "one"), NULL));
	world_ok(w, world_append(w, draft_observation(b, "B2", "present",
	    "two"), NULL));
	world_ok(w, world_append(w, draft_observation(b, "A3", "present",
	    "three"), NULL));
	world_ok(w, world_append(w, draft_observation(a, "A1", "present",
	    "one"), NULL));
	world_reopen(w);
	in = store_default_instrument(w->s);
	world_ok(w, store_cases(w->s, NULL, 0, 0, see, &seen, &w->e));
	assert_int_equal(seen.n, 2);
	assert_string_equal(seen.references[0], "WREN-2");
	assert_string_equal(screen_level_id(in, seen.last.level),
	    "vulnerable");
	assert_string_equal(seen.owner, WORLD_USER);
	memset(&seen, 0, sizeof(seen));
	world_ok(w, store_cases(w->s, NULL, 0, 1, see, &seen, &w->e));
	assert_int_equal(seen.n, 1);
	assert_string_equal(screen_level_id(in, seen.last.level), "high");
	assert_int_equal(seen.last.signs, 2);
	assert_int_equal(seen.last.vulnerabilities, 1);
	assert_int_equal(seen.last.not_known, 26);
}

static size_t
count_matches(struct world *w, const char *filter)
{
	struct query_context qc = {
		.now = w->now, .today = moment_day(w->now)
	};
	struct seen seen = {0};
	struct query q;
	size_t at, n = 0;

	query_init(&q);
	world_ok(w, query_parse(filter, &qc, &q, &at, &w->e));
	world_ok(w, store_cases(w->s, &q, 0, 0, see, &seen, &w->e));
	world_ok(w, store_cases_count(w->s, &q, &n, &w->e));
	assert_int_equal(n, seen.n);
	query_release(&q);
	return n;
}

static void
filters_choose_cases(void **state)
{
	struct world *w = *state;
	struct case_id a = world_case(w, "WREN-1"), b = world_case(w, "FINCH 2");
	struct entry_draft missing = {b, "missing", span_none(), NULL};

	world_ok(w, world_append(w, draft_identity(a, "Zoë O'Brannigan",
	    "2011-02-03"), NULL));
	world_ok(w, world_append(w, draft_observation(a, "B1", "present",
	    "Waited at the bus-station after dark"), NULL));
	world_ok(w, world_append(w, draft_observation(b, "B1", "absent",
	    "Always home"), NULL));
	assert_int_equal(count_matches(w, "risk:potential"), 1);
	assert_int_equal(count_matches(w, "risk>=potential"), 1);
	assert_int_equal(count_matches(w, "risk<potential"), 1);
	assert_int_equal(count_matches(w, "-risk:potential"), 1);
	assert_int_equal(count_matches(w, "signs>=1"), 1);
	assert_int_equal(count_matches(w, "signs<1"), 1);
	assert_int_equal(count_matches(w, "notknown:28"), 2);
	assert_int_equal(count_matches(w, "ref:wren"), 1);
	assert_int_equal(count_matches(w, "ref:fin"), 1);
	assert_int_equal(count_matches(w, "name:zoe"), 1);
	assert_int_equal(count_matches(w, "name:obran"), 1);
	assert_int_equal(count_matches(w, "name:rannigan"), 0);
	assert_int_equal(count_matches(w, "text:\"bus station\""), 1);
	assert_int_equal(count_matches(w, "bus stat"), 1);
	assert_int_equal(count_matches(w, "\"dark always\""), 0);
	assert_int_equal(count_matches(w, "owner:me"), 2);
	assert_int_equal(count_matches(w, "owner:\"ilse marwood\""), 2);
	assert_int_equal(count_matches(w, "owner:nobody"), 0);
	assert_int_equal(count_matches(w, "born>=2011-01-01"), 1);
	assert_int_equal(count_matches(w, "born<2011-01-01"), 0);
	assert_int_equal(count_matches(w, "changed:2026-01-01"), 2);
	assert_int_equal(count_matches(w, "changed>2026-01-01"), 0);
	assert_int_equal(count_matches(w, "is:unscreened"), 2);
	assert_int_equal(count_matches(w, "is:screened"), 0);
	assert_int_equal(count_matches(w, "due:none"), 2);
	assert_int_equal(count_matches(w, "due:overdue"), 0);
	/* That the reviewing officer is told waits, though no day is set. */
	missing.body = json_pack("{s:s, s:s, s:s, s:s}", "since",
	    "2025-11-18T20:00:00Z", "from", "care", "kind", "missing",
	    "reported_by", "A. Nother, home");
	world_ok(w, world_append(w, missing, NULL));
	assert_int_equal(count_matches(w, "due:none"), 1);
	assert_int_equal(count_matches(w, "-due:none"), 1);
}

static void
search_finds_words_and_ranks(void **state)
{
	struct world *w = *state;
	struct case_id a = world_case(w, "WREN-1"), b = world_case(w, "LARK-1");
	struct seen seen = {0};

	world_ok(w, world_append(w, draft_observation(a, "B1", "present",
	    "Talks of a lark on the wire"), NULL));
	world_ok(w, world_append(w, draft_identity(b, "Åse Wrenfield", NULL),
	    NULL));
	world_ok(w, store_search(w->s, "lark", 0, see, &seen, &w->e));
	assert_int_equal(seen.n, 2);
	assert_string_equal(seen.references[0], "LARK-1");
	memset(&seen, 0, sizeof(seen));
	world_ok(w, store_search(w->s, "WREN", 0, see, &seen, &w->e));
	assert_int_equal(seen.n, 2);
	assert_string_equal(seen.references[0], "WREN-1");
	memset(&seen, 0, sizeof(seen));
	world_ok(w, store_search(w->s, "ase lark", 0, see, &seen, &w->e));
	assert_int_equal(seen.n, 1);
	memset(&seen, 0, sizeof(seen));
	world_ok(w, store_search(w->s, "\" OR 1 -- *", 0, see, &seen, &w->e));
	assert_int_equal(seen.n, 0);
	world_ok(w, store_search(w->s, " ", 0, see, &seen, &w->e));
	assert_int_equal(seen.n, 0);
}

static void
reference_finds_its_case(void **state)
{
	struct world *w = *state;
	struct case_id a = world_case(w, "WREN-1"), found;

	world_ok(w, store_case_by_reference(w->s, "wren 1", &found, &w->e));
	assert_true(case_id_equal(&a, &found));
	assert_int_equal(store_case_by_reference(w->s, "WREN-2", &found,
	    &w->e), RC_NOTFOUND);
	(void)world_case(w, "wren1");
	world_ok(w, store_case_by_reference(w->s, "WREN-1", &found, &w->e));
	assert_true(case_id_equal(&a, &found));
	assert_int_equal(store_case_by_reference(w->s, "Wren 1", &found,
	    &w->e), RC_INPUT);
}

static void
wrong_drafts_are_refused_whole(void **state)
{
	struct world *w = *state;
	struct case_id id = world_case(w, "WREN-1");
	struct entry_draft d[2] = {
		draft_observation(id, "B1", "present", "words"),
		draft_observation(id, "B2", "perhaps", "words")
	};
	uint64_t before, after;

	world_ok(w, store_entry_count(w->s, &before, &w->e));
	assert_int_equal(store_append(w->s, d, 2, NULL, &w->e), RC_INPUT);
	d[1].kind = "no-such-kind";
	assert_int_equal(store_append(w->s, d, 2, NULL, &w->e), RC_INPUT);
	d[0].case_id = case_id_register();
	assert_int_equal(store_append(w->s, d, 1, NULL, &w->e), RC_INPUT);
	d[0].kind = "role";
	assert_int_equal(store_append(w->s, d, 1, NULL, &w->e), RC_REFUSED);
	entry_draft_release(&d[0]);
	entry_draft_release(&d[1]);
	world_ok(w, store_entry_count(w->s, &after, &w->e));
	assert_int_equal(before, after);
	world_ok(w, world_append(w, draft_observation(id, "B1", "present",
	    "words"), NULL));
}

static void
clock_put_back_does_not_break_the_chain(void **state)
{
	struct world *w = *state;
	struct case_id id = world_case(w, "WREN-1");
	struct store_verdict v;
	struct casefile c;

	w->now -= 90 * INT64_C(86400000);
	world_ok(w, world_append(w, draft_observation(id, "B1", "present",
	    "words"), NULL));
	world_reopen(w);
	assert_int_equal(store_role(w->s), ROLE_PRACTITIONER);
	world_ok(w, store_case_load(w->s, &id, &c, &w->e));
	assert_int_equal(c.records[1]->entry.at, c.records[0]->entry.at);
	assert_int_equal(c.records[1]->validity, RECORD_VALID);
	casefile_release(&c);
	world_ok(w, store_verify(w->s, NULL, NULL, &v, &w->e));
	assert_string_equal(v.fault, "");
	assert_true(v.sound);
}

static bool
see_draft(const char *key, const char *text, int64_t saved, void *ctx)
{
	char *out = ctx;

	(void)saved;
	(void)snprintf(out + strlen(out), 200 - strlen(out), "%s=%s;", key,
	    text);
	return true;
}

static void
drafts_survive(void **state)
{
	struct world *w = *state;
	char all[200] = "";
	char *text;

	world_ok(w, store_draft_save(w->s, "note/1", "half a sen", &w->e));
	w->now++;
	world_ok(w, store_draft_save(w->s, "note/2", "other", &w->e));
	world_ok(w, store_draft_save(w->s, "note/1", "half a sentence",
	    &w->e));
	world_reopen(w);
	world_ok(w, store_draft_load(w->s, "note/1", &text, &w->e));
	assert_string_equal(text, "half a sentence");
	free(text);
	world_ok(w, store_drafts(w->s, see_draft, all, &w->e));
	assert_string_equal(all, "note/1=half a sentence;note/2=other;");
	world_ok(w, store_draft_drop(w->s, "note/1", &w->e));
	world_ok(w, store_draft_load(w->s, "note/1", &text, &w->e));
	assert_null(text);
}

static void
bulk_is_one_seal_and_knows_itself(void **state)
{
	struct world *w = *state;
	struct case_id id = store_new_case_id(w->s), found;
	struct entry_draft o = draft_observation(id, "B1", "present", "w");
	struct entry_draft d = draft_open(id, "WREN-9");
	struct store_verdict v;
	uint64_t seals;
	bool known;

	world_ok(w, store_verify(w->s, NULL, NULL, &v, &w->e));
	seals = v.seals;
	world_ok(w, store_bulk_begin(w->s, &w->e));
	world_ok(w, store_bulk_add(w->s, &d, NULL, &w->e));
	world_ok(w, store_case_by_reference(w->s, "WREN-9", &found, &w->e));
	world_ok(w, store_bulk_knows(w->s, &o, &known, &w->e));
	assert_false(known);
	world_ok(w, store_bulk_add(w->s, &o, NULL, &w->e));
	world_ok(w, store_bulk_knows(w->s, &o, &known, &w->e));
	assert_true(known);
	assert_int_equal(store_draft_save(w->s, "k", "t", &w->e), RC_BUSY);
	assert_int_equal(world_append(w, draft_open(id, "X"), NULL), RC_BUSY);
	world_ok(w, store_bulk_seal(w->s, &w->e));
	world_ok(w, store_verify(w->s, NULL, NULL, &v, &w->e));
	assert_true(v.sound);
	assert_int_equal(v.seals, seals + 1);
	world_ok(w, store_bulk_begin(w->s, &w->e));
	world_ok(w, store_bulk_add(w->s, &o, NULL, &w->e));
	store_bulk_abandon(w->s);
	world_ok(w, world_append(w, draft_observation(id, "B2", "present",
	    "w"), NULL));
	world_ok(w, store_verify(w->s, NULL, NULL, &v, &w->e));
	assert_string_equal(v.fault, "");
	entry_draft_release(&o);
	entry_draft_release(&d);
}

static void
birthdays_and_days_change_the_list(void **state)
{
	struct world *w = *state;
	struct case_id id = world_case(w, "WREN-1");
	unsigned char before[32], after[32];
	struct seen seen = {0};
	unsigned young;

	world_ok(w, world_append(w, draft_identity(id, "Ada Merle",
	    "2013-01-05"), NULL));
	world_ok(w, world_append(w, draft_observation(id, "A1", "present",
	    "words"), NULL));
	world_ok(w, store_cases(w->s, NULL, 0, 0, see, &seen, &w->e));
	young = seen.last.level;
	w->now += 10 * INT64_C(86400000);
	world_reopen(w);
	world_ok(w, store_cases(w->s, NULL, 0, 0, see, &seen, &w->e));
	assert_true(seen.last.level > young);
	world_ok(w, store_projection_hash(w->s, before, &w->e));
	world_ok(w, store_rebuild(w->s, NULL, NULL, &w->e));
	world_ok(w, store_projection_hash(w->s, after, &w->e));
	assert_memory_equal(before, after, 32);
	w->now -= 10 * INT64_C(86400000);
	world_reopen(w);
	world_ok(w, store_cases(w->s, NULL, 0, 0, see, &seen, &w->e));
	assert_int_equal(seen.last.level, young);
}

/* An instrument that forgets: the list of every day is that of a rebuild. */
static void
windows_change_the_list_on_their_day(void **state)
{
	struct world *w = *state;
	struct case_id id = world_case(w, "WREN-1");
	struct entry_draft d = draft_observation(id, "S1", "present", "words");
	unsigned char before[32], after[32];
	unsigned levels = 0, level = 99;

	world_adopt_file(w, "tests/data/weighted.yaml");
	(void)json_object_set_new(d.body, "instrument",
	    json_string("weighted"));
	world_ok(w, world_append(w, d, NULL));
	for (int day = 0; day < 420; day += 7) {
		struct seen seen = {0};

		w->now += 7 * INT64_C(86400000);
		world_reopen(w);
		world_ok(w, store_cases(w->s, NULL, 0, 0, see, &seen, &w->e));
		levels += seen.last.level != level;
		level = seen.last.level;
		world_ok(w, store_projection_hash(w->s, before, &w->e));
		world_ok(w, store_rebuild(w->s, NULL, NULL, &w->e));
		world_ok(w, store_projection_hash(w->s, after, &w->e));
		if (memcmp(before, after, 32) != 0)
			fail_msg("after %d days the list is stale", day);
	}
	assert_true(levels >= 2);
}

static struct entry_draft
draft_screening(struct case_id id, int32_t day)
{
	struct entry_draft d = {id, "screening", span_of_day(day), NULL};

	d.body = json_pack("{s:s, s:s, s:s, s:{s:s}, s:s, s:s, s:s, s:s}",
	    "instrument", "occ-csegg", "version", "1.0", "hash", "00",
	    "answers", "B1", "present", "level", "potential", "could_be",
	    "high", "judgement", "potential", "review", "2026-12-24");
	assert_non_null(d.body);
	return d;
}

/* A day ends elsewhere at another moment: no fault, and no stale list. */
static void
another_time_zone_is_no_fault(void **state)
{
	struct world *w = *state;
	struct case_id id = world_case(w, "WREN-1");
	unsigned char home[32], away[32];
	struct store_verdict v;

	world_ok(w, world_append(w, draft_screening(id, moment_day(w->now)),
	    NULL));
	world_ok(w, store_projection_hash(w->s, home, &w->e));
	world_close(w);
	assert_int_equal(setenv("TZ", "America/New_York", 1), 0);
	tzset();
	world_ok(w, world_open(w));
	world_ok(w, store_verify(w->s, NULL, NULL, &v, &w->e));
	assert_string_equal(v.fault, "");
	world_ok(w, store_projection_hash(w->s, away, &w->e));
	assert_memory_not_equal(home, away, 32);
	world_close(w);
	assert_int_equal(setenv("TZ", "Europe/London", 1), 0);
	tzset();
	world_ok(w, world_open(w));
	world_ok(w, store_projection_hash(w->s, away, &w->e));
	assert_memory_equal(home, away, 32);
	assert_int_equal(raw_sql(w->s, "DELETE FROM meta WHERE key = 'zone'"),
	    0);
	world_reopen(w);
	assert_int_equal(raw_number(w->s, "SELECT count(*) FROM meta WHERE"
	    " key = 'zone'"), 1);
}

static void
adopting_another_default_changes_every_level(void **state)
{
	struct world *w = *state;
	struct case_id id = world_case(w, "WREN-1");
	unsigned char before[32], after[32];
	struct seen seen = {0};

	world_ok(w, world_append(w, draft_observation(id, "B1", "present",
	    "words"), NULL));
	world_adopt_file(w, "tests/data/weighted.yaml");
	assert_int_equal(store_instruments(w->s), 2);
	assert_string_equal(store_default_instrument(w->s)->id, "weighted");
	world_ok(w, store_cases(w->s, NULL, 0, 0, see, &seen, &w->e));
	assert_int_equal(seen.last.signs, 0);
	world_ok(w, store_projection_hash(w->s, before, &w->e));
	world_reopen(w);
	assert_string_equal(store_default_instrument(w->s)->id, "weighted");
	world_ok(w, store_rebuild(w->s, NULL, NULL, &w->e));
	world_ok(w, store_projection_hash(w->s, after, &w->e));
	assert_memory_equal(before, after, 32);
	world_adopt(w);
	assert_int_equal(store_instruments(w->s), 2);
	assert_string_equal(store_default_instrument(w->s)->id, "occ-csegg");
	assert_int_equal(store_adopt(w->s, "id: [broken", 11, true, &w->e),
	    RC_INPUT);
	assert_string_equal(store_default_instrument(w->s)->id, "occ-csegg");
}

static void
both_ciphers_hold(void **state)
{
	struct world *w = *state;
	static const char *const names[] = {"chacha20", "aegis-256"};
	struct store_verdict v;

	for (size_t i = 0; i < 2; i++) {
		struct world other;

		(void)w;
		world_init(&other);
		other.opts.cipher = names[i];
		world_create(&other);
		(void)world_case(&other, "WREN-1");
		world_reopen(&other);
		assert_string_equal(store_cipher(other.s), names[i]);
		world_ok(&other, store_verify(other.s, NULL, NULL, &v,
		    &other.e));
		assert_true(v.sound);
		assert_int_equal(v.cases, 1);
		world_release(&other);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    founder_is_known_after_reopening, make, unmake),
		cmocka_unit_test_setup_teardown(entries_come_back_whole, make,
		    unmake),
		cmocka_unit_test_setup_teardown(list_tells_level_and_counts,
		    make, unmake),
		cmocka_unit_test_setup_teardown(filters_choose_cases, make,
		    unmake),
		cmocka_unit_test_setup_teardown(search_finds_words_and_ranks,
		    make, unmake),
		cmocka_unit_test_setup_teardown(reference_finds_its_case,
		    make, unmake),
		cmocka_unit_test_setup_teardown(
		    wrong_drafts_are_refused_whole, make, unmake),
		cmocka_unit_test_setup_teardown(
		    clock_put_back_does_not_break_the_chain, make, unmake),
		cmocka_unit_test_setup_teardown(drafts_survive, make, unmake),
		cmocka_unit_test_setup_teardown(
		    bulk_is_one_seal_and_knows_itself, make, unmake),
		cmocka_unit_test_setup_teardown(
		    birthdays_and_days_change_the_list, make, unmake),
		cmocka_unit_test_setup_teardown(
		    windows_change_the_list_on_their_day, make, unmake),
		cmocka_unit_test_setup_teardown(another_time_zone_is_no_fault,
		    make, unmake),
		cmocka_unit_test_setup_teardown(
		    adopting_another_default_changes_every_level, make,
		    unmake),
		cmocka_unit_test_setup_teardown(both_ciphers_hold, make,
		    unmake),
	};

	return cmocka_run_group_tests_name("store: round trip", tests, NULL,
	    NULL);
}
