/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A store made for training: what it is for is said when it is made and never
 * again, whatever else happens to the store; and neither sort takes what
 * belongs into the other, by whatever way it comes.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/kinds.h"
#include "db/backup.h"
#include "db/recovery.h"
#include "db/returns.h"
#include "db/sessions.h"
#include "exchange/hashed.h"
#include "exchange/importrun.h"
#include "exchange/leave.h"
#include "tests/store/practice.h"
#include "tests/store/twostores.h"
#include "tests/unit/memsource.h"

static int
make(void **state, bool training)
{
	struct world *w = calloc(1, sizeof(*w));

	founded_for(w, WORLD_USER, 10, training);
	*state = w;
	return 0;
}

static int
make_training(void **state)
{
	return make(state, true);
}

static int
make_live(void **state)
{
	return make(state, false);
}

static int
unmake(void **state)
{
	struct world *w = *state;

	world_release(w);
	free(w);
	return 0;
}

/* Refused, with these words, and the store as it was. */
static void
refused(struct world *w, struct entry_draft d, const char *words)
{
	const struct state_of before = state_of(w);

	assert_int_equal(world_append(w, d, NULL), RC_REFUSED);
	if (strstr(w->e.text, words) == NULL)
		fail_msg("\"%s\" is not in: %s", words, w->e.text);
	assert_untouched(w, &before);
}

/* ---- returns of agencies ---- */

static const char a_return[] = "ref,line,sign,day\n1,r1,B1,4/3/2020\n";
static const char a_mapping[] = "id: t\nversion: \"1\"\n"
    "agency: Invented School\ninstrument: occ-csegg\nform: long\n"
    "dates: dmy\n"
    "columns: {child: ref, row: line, indicator: sign, date: day}\n";

static enum rc
take_return(struct world *w, bool dry)
{
	struct importrun_opts o = {.file = "t.csv", .dry = dry};
	struct importrun_totals totals;
	char hex[HASHED_HEX];
	struct memsource src;
	struct mapping *m;
	struct faults f;
	enum rc rc;

	faults_init(&f, "t");
	m = mapping_parse(a_mapping, strlen(a_mapping), &f);
	assert_non_null(m);
	faults_release(&f);
	o.mapping = m;
	o.instrument = store_default_instrument(w->s);
	o.today = moment_day(w->now);
	o.hash = hex;
	memsource_init(&src, a_return, strlen(a_return), 0);
	world_ok(w, hashed_all(&src.src, hex, &w->e));
	memsource_init(&src, a_return, strlen(a_return), 0);
	rc = importrun(w->s, &src.src, &o, &totals, &w->e);
	mapping_free(m);
	return rc;
}

/* By whatever program: neither a return, nor a try of one, nor a mapping. */
static void
no_return_comes_into_training(void **state)
{
	struct world *w = *state;
	static const char why[] = "was made for training and takes no real "
	    "case";
	struct state_of before;

	world_adopt(w);
	before = state_of(w);
	for (int dry = 0; dry < 2; dry++) {
		assert_int_equal(take_return(w, dry != 0), RC_REFUSED);
		if (strstr(w->e.text, why) == NULL)
			fail_msg("\"%s\" is not in: %s", why, w->e.text);
		assert_untouched(w, &before);
	}
	assert_int_equal(store_mapping_keep(w->s, a_mapping,
	    strlen(a_mapping), &w->e), RC_REFUSED);
	assert_non_null(strstr(w->e.text, why));
	assert_untouched(w, &before);
}

static void
a_return_comes_into_a_live_store(void **state)
{
	struct world *w = *state;

	world_adopt(w);
	world_ok(w, take_return(w, false));
	world_ok(w, store_mapping_keep(w->s, a_mapping, strlen(a_mapping),
	    &w->e));
	assert_sound(w);
}

/* ---- what it is for ---- */

static void
a_store_says_what_it_is_for(void **state)
{
	struct world *w = *state;

	assert_true(store_training(w->s));
	world_ok(w, store_need_training(w->s, "a session", &w->e));
	world_reopen(w);
	assert_true(store_training(w->s));
	assert_sound(w);
}

static void
a_live_store_says_that_it_is_none(void **state)
{
	struct world *w = *state;

	assert_false(store_training(w->s));
	assert_int_equal(store_need_training(w->s, "a session", &w->e),
	    RC_REFUSED);
	assert_non_null(strstr(w->e.text, "a session is for a store made "
	    "for training"));
	assert_sound(w);
}

static const char *
fault(struct world *w)
{
	static struct store_verdict v;

	world_ok(w, store_verify(w->s, NULL, NULL, &v, &w->e));
	return v.fault;
}

static json_t *
purpose(void)
{
	return json_pack("{s:s}", "purpose", "training");
}

static void
nobody_writes_it_later(void **state)
{
	struct world *w = *state;

	refused(w, draft_of(case_id_register(), "purpose", purpose()),
	    "by the program's own steps only");
	/* Not even the founder, with the root key's grant. */
	raw_granted(w->s, "purpose", purpose());
	world_reopen(w);
	assert_false(store_training(w->s));
	assert_fault(w, "it does not count");
	refused(w, draft_session(store_new_case_id(w->s), "HEADSET-1"),
	    "is for real cases");
}

/* The hand of somebody with the store's key and a database tool. */
static void
nobody_forges_it(void **state)
{
	struct world *w = *state;
	struct case_id reg = case_id_register();

	(void)world_case(w, "WREN-1");
	raw_forge(w->s, &reg, "purpose", "{\"purpose\":\"training\"}");
	world_reopen(w);
	assert_false(store_training(w->s));
	assert_fault(w, "it does not count");
}

static void
nobody_takes_it_away_unseen(void **state)
{
	struct world *w = *state;

	assert_int_equal(raw_sql(w->s, "DELETE FROM entry WHERE"
	    " kind = 'purpose'"), 0);
	world_reopen(w);
	assert_false(store_training(w->s));
	assert_fault(w, "missing");
}

static void
nobody_moves_it_unseen(void **state)
{
	struct world *w = *state;

	assert_int_equal(raw_sql(w->s, "UPDATE entry SET at = at + 1 WHERE"
	    " kind = 'purpose'"), 0);
	world_reopen(w);
	assert_false(store_training(w->s));
	assert_fault(w, "");
}

/* Past every check, by hand; it stands there, and verify names it. */
static void
practice_put_among_work_is_told(void **state)
{
	struct world *w = *state;
	struct case_id id = world_case(w, "WREN-1"), other;

	other = world_case(w, "WREN-2");
	world_ok(w, world_append(w, draft_identity(id, CHILD, NULL), NULL));
	raw_forge(w->s, &id, "training-log", "{\"activity\":\"study\","
	    "\"minutes\":40,\"title\":\"The headset\"}");
	assert_fault(w, "does not belong into this store");
	raw_forge(w->s, &other, "open", "{\"reference\":\"H-1\","
	    "\"study\":\"ab12\"}");
	assert_fault(w, "does not belong into this store");
	raw_forge(w->s, &other, "open", "{\"reference\":\"H-1\","
	    "\"st\\u0075dy\":\"ab12\"}");
	assert_fault(w, "does not belong into this store");
	raw_forge(w->s, &other, "open", "{\"reference\":\"WREN-3\"}");
	assert_null(strstr(fault(w), "does not belong"));
}

static void
work_put_among_practice_is_told(void **state)
{
	struct world *w = *state;
	struct case_id id = session(w, "HEADSET-1");
	const struct case_id none = {{[CASE_ID_LEN - 1] = 7}};

	raw_forge(w->s, &id, "open", "{\"reference\":\"WREN-1\"}");
	assert_fault(w, "does not belong into this store");
	raw_forge(w->s, &id, "open", "{\"reference\":\"H-2\","
	    "\"study\":\"ab12\"}");
	assert_null(strstr(fault(w), "does not belong"));
	/* A case of which nothing says what it is. */
	assert_int_equal(raw_sql(w->s, "INSERT INTO book (case_id) VALUES"
	    " (x'00000000000000000000000000000007')"), 0);
	raw_forge(w->s, &none, "note", "{\"facts\":\"A real child.\"}");
	assert_fault(w, "1 case in this store for training is no session");
}

/* ---- what it survives ---- */

static void
a_new_key_keeps_it(void **state)
{
	struct world *w = *state;

	(void)session(w, "HEADSET-1");
	world_ok(w, store_rekey(w->s, NULL, "a test", NULL, NULL, &w->e));
	assert_true(store_training(w->s));
	world_reopen(w);
	assert_true(store_training(w->s));
	assert_sound(w);
}

static void
a_backup_keeps_it(void **state)
{
	struct world *w = *state;
	char copy[700], again[700];

	(void)session(w, "HEADSET-1");
	(void)snprintf(copy, sizeof(copy), "%s/copy", w->dir);
	(void)snprintf(again, sizeof(again), "%s/again", w->dir);
	world_ok(w, store_backup(w->s, copy, NULL, NULL, &w->e));
	world_close(w);
	world_ok(w, store_restore(copy, again, NULL, &w->pass, &w->opts,
	    NULL, NULL, &w->s, &w->e));
	assert_true(store_training(w->s));
	refused(w, draft_open(store_new_case_id(w->s), "WREN-1"),
	    "takes no real case");
	assert_sound(w);
}

static void
a_rebuild_keeps_it(void **state)
{
	struct world *w = *state;
	struct state_of before;

	(void)session(w, "HEADSET-1");
	before = state_of(w);
	world_ok(w, store_rebuild(w->s, NULL, NULL, &w->e));
	assert_untouched(w, &before);
	world_reopen(w);
	assert_true(store_training(w->s));
}

static void
a_recovery_keeps_it(void **state)
{
	struct world *w = *state;
	struct secret code, fresh = secret_of(ODA_OWN);

	world_ok(w, store_recovery_make(w->s, &code, &w->e));
	world_close(w);
	world_ok(w, store_recover(w->path, &code, 1, &w->opts, &w->s,
	    &w->e));
	assert_true(store_training(w->s));
	world_ok(w, store_person_reset(w->s, WORLD_USER, &fresh, &w->e));
	world_ok(w, open_as(w, WORLD_USER, ODA_OWN));
	assert_true(store_training(w->s));
	assert_sound(w);
	secret_release(&code);
	secret_release(&fresh);
}

static void
it_holds_for_whoever_is_let_in(void **state)
{
	struct world *w = *state;

	in_as_oda(w);
	assert_true(store_training(w->s));
	(void)session(w, "HEADSET-1");
	assert_sound(w);
}

/* ---- what is not written ---- */

static void
no_real_case_is_opened(void **state)
{
	struct world *w = *state;
	struct case_id id = store_new_case_id(w->s);
	struct entry_draft empty = draft_open(id, "WREN-1");

	refused(w, draft_open(id, "WREN-1"), "takes no real case");
	(void)json_object_set_new(empty.body, "study", json_string(" "));
	refused(w, empty, "takes no real case");
	refused(w, draft_observation(id, "B1", "present", "words"),
	    "takes no real case");
	refused(w, draft_identity(id, CHILD, NULL), "takes no real case");
	refused(w, draft_log(id), "takes no real case");
	assert_sound(w);
}

static void
a_session_stays_about_whom_it_is(void **state)
{
	struct world *w = *state;
	struct case_id id = session(w, "HEADSET-1");

	refused(w, draft_identity(id, "Ada Merle", "2012-03-04"),
	    "does not change");
	refused(w, draft_open(id, "WREN-1"), "takes no real case");
	world_ok(w, world_append(w, draft_log(id), NULL));
	assert_sound(w);
}

/* All of it in one step, as a session is begun. */
static void
a_session_is_begun_in_one_step(void **state)
{
	struct world *w = *state;
	struct case_id id = store_new_case_id(w->s);
	struct entry_draft d[3] = {draft_session(id, "HEADSET-1"),
	    draft_identity(id, CHILD, NULL),
	    draft_identity(id, "Ada Merle", NULL)};
	const struct state_of before = state_of(w);

	assert_int_equal(store_append(w->s, d, 3, NULL, &w->e), RC_REFUSED);
	assert_untouched(w, &before);
	world_ok(w, store_append(w->s, d, 2, NULL, &w->e));
	for (size_t i = 0; i < 3; i++)
		entry_draft_release(&d[i]);
	assert_sound(w);
}

static struct entry_draft
draft_study(const char *kind)
{
	return draft_of(case_id_register(), kind, json_pack(
	    "{s:s, s:s, s:s, s:s}", "study", "the-kiosk", "version", "1",
	    "hash", "ab12", "text", "id: the-kiosk"));
}

static struct entry_draft
draft_made_study(void)
{
	struct entry_draft d = draft_study("study-draft");

	(void)json_object_set_new(d.body, "report", json_string("Nothing."));
	return d;
}

static void
no_study_is_made_here(void **state)
{
	struct world *w = *state;

	raw_pass_roles(w->s, true);
	refused(w, draft_made_study(), "holds no real case");
	world_ok(w, world_append(w, draft_study("study-kept"), NULL));
	raw_pass_roles(w->s, false);
	assert_sound(w);
}

static void
nothing_of_a_session_is_written(void **state)
{
	struct world *w = *state;
	struct case_id id = world_case(w, "WREN-1");

	refused(w, draft_session(store_new_case_id(w->s), "HEADSET-1"),
	    "is for real cases");
	refused(w, draft_session(id, "HEADSET-1"), "is for real cases");
	refused(w, draft_log(id), "is for real cases");
	raw_pass_roles(w->s, true);
	refused(w, draft_study("study-kept"), "is for real cases");
	world_ok(w, world_append(w, draft_made_study(), NULL));
	raw_pass_roles(w->s, false);
	world_ok(w, world_append(w, draft_identity(id, CHILD, NULL), NULL));
	world_ok(w, world_append(w, draft_identity(id, "Wren M.", NULL),
	    NULL));
	assert_sound(w);
}

/* Every kind of the family, whoever is asked. */
static void
the_whole_family_is_refused(void **state)
{
	struct world *w = *state;
	struct case_id id = world_case(w, "WREN-1");
	size_t n, asked = 0;
	const struct kind *all = kind_all(&n);
	const struct entry en = {.case_id = id, .author = *store_author(w->s),
	    .n = 1, .on = span_none()};

	for (size_t i = 0; i < n; i++) {
		struct entry one = en;
		struct unite *u;

		if (strcmp(all[i].family, "training") != 0)
			continue;
		world_ok(w, unite_begin_try(w->s, &u, &w->e));
		memcpy(one.kind, all[i].name, strlen(all[i].name) + 1);
		one.body = (char *)(uintptr_t)"{}";
		assert_int_not_equal(unite_entry(u, &one, &w->e), RC_OK);
		unite_abandon(u);
		asked++;
	}
	assert_int_equal(asked, 7);
}

/* ---- what leaves ---- */

static void
what_leaves_says_that_it_is_of_no_child(void **state)
{
	static const enum leave_format formats[] = {LEAVE_TEXT, LEAVE_CSV,
		LEAVE_JSON};
	static const enum leave_what whats[] = {LEAVE_CASE, LEAVE_CHRONOLOGY};
	struct world *w = *state;
	struct case_id id = session(w, "HEADSET-1");
	struct reading g = {NULL, store_roster(w->s),
	    store_default_instrument(w->s)};
	struct casefile c;

	world_ok(w, store_case_load(w->s, &id, &c, &w->e));
	g.c = &c;
	for (size_t i = 0; i < 6; i++) {
		const struct leave_order o = {.what = whats[i / 3],
		    .format = formats[i % 3], .made = "today",
		    .now = w->now};
		struct str out, unknown;

		str_init(&out);
		str_init(&unknown);
		world_ok(w, leave_bytes(w->s, &g, &o, &out, &unknown, &w->e));
		if (strstr(out.s, PAPER_TRAINING) == NULL ||
		    strstr(out.s, PAPER_CLASSIFICATION) != NULL)
			fail_msg("%s says: %s",
			    leave_format_code(o.format), out.s);
		str_release(&out);
		str_release(&unknown);
	}
	casefile_release(&c);
}

int
main(void)
{
#define TRAINING(fn) cmocka_unit_test_setup_teardown(fn, make_training, unmake)
#define LIVE(fn) cmocka_unit_test_setup_teardown(fn, make_live, unmake)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(no_return_comes_into_training,
		    make_training, unmake),
		cmocka_unit_test_setup_teardown(
		    a_return_comes_into_a_live_store, make_live, unmake),
		TRAINING(a_store_says_what_it_is_for),
		LIVE(a_live_store_says_that_it_is_none),
		LIVE(nobody_writes_it_later),
		LIVE(nobody_forges_it),
		TRAINING(nobody_takes_it_away_unseen),
		TRAINING(nobody_moves_it_unseen),
		LIVE(practice_put_among_work_is_told),
		TRAINING(work_put_among_practice_is_told),
		TRAINING(a_new_key_keeps_it),
		TRAINING(a_backup_keeps_it),
		TRAINING(a_rebuild_keeps_it),
		TRAINING(a_recovery_keeps_it),
		TRAINING(it_holds_for_whoever_is_let_in),
		TRAINING(no_real_case_is_opened),
		TRAINING(a_session_stays_about_whom_it_is),
		TRAINING(a_session_is_begun_in_one_step),
		TRAINING(no_study_is_made_here),
		LIVE(nothing_of_a_session_is_written),
		LIVE(the_whole_family_is_refused),
		TRAINING(what_leaves_says_that_it_is_of_no_child),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
