/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sessions of a training store: begun, gone on with, found again by whoever
 * opens it, with a log and what is to be asked again for each; and studies
 * taken in with their text.
 */
#include "config.h"

#include "db/sessions.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db/people.h"
#include "tests/store/world.h"

#define HEADSET "content/studies/the-headset.yaml"
#define OTHER "Nell Quarry"
#define DAY INT64_C(86400000)

static void
create(struct world *w, bool training)
{
	struct store_founder f = {.user = WORLD_USER,
	    .role = ROLE_SUPERVISOR, .training = training};

	world_init(w);
	world_ok(w, store_create(w->path, &f, &w->pass, &w->opts, &w->s,
	    &w->e));
	world_adopt(w);
}

static int
make(void **state)
{
	struct world *w = calloc(1, sizeof(*w));

	create(w, true);
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

static void
let_in(struct world *w, const char *name, enum role role)
{
	world_ok(w, store_person_add(w->s, name, role, &w->pass, &w->e));
}

static void
enter(struct world *w, const char *name)
{
	world_close(w);
	world_ok(w, store_open(w->path, name, &w->pass, &w->opts, &w->s,
	    &w->e));
}

/* Owned; the text too. */
static struct study *
study_of(const char *file, char **text)
{
	struct study *study;
	struct faults f;
	size_t n;

	*text = world_text(file, &n);
	faults_init(&f, file);
	study = study_parse(*text, n, &f);
	assert_non_null(study);
	faults_release(&f);
	return study;
}

static enum rc
begin_file(struct world *w, const char *file, const char *reference,
    struct case_id *id)
{
	struct walk_order o = { .reference = reference, .part = WALK_BEFORE,
	    .sitting = "Autumn" };
	char *text;
	struct study *study = study_of(file, &text);
	enum rc rc;

	o.study = study;
	o.text = text;
	rc = store_session_begin(w->s, &o, id, &w->e);
	study_free(study);
	free(text);
	return rc;
}

static struct case_id
begin(struct world *w)
{
	struct case_id id;

	w->now += 60000;
	world_ok(w, begin_file(w, HEADSET, NULL, &id));
	return id;
}

/* Commits the same answer to everything, at the stage in hand. */
static void
attempt(struct world *w, const struct case_id *id, enum answer state)
{
	struct walk_commit commit = { .round = 1, .started = w->now,
	    .judgement = NO_ITEM, .why = "" };
	struct answers a;
	struct casefile c;
	struct walk k;

	world_ok(w, store_session_load(w->s, id, &c, &k, &w->e));
	answers_init(&a);
	for (unsigned i = 0; i < k.in->nitems; i++)
		answers_set(&a, i, state);
	commit.stage = k.way.stages[k.way.n - 1];
	commit.answers = &a;
	w->now += 60000;
	world_ok(w, world_append(w, walk_attempt_draft(&k, &commit), NULL));
	walk_release(&k);
	casefile_release(&c);
}

static void
go_on(struct world *w, const struct case_id *id, uint32_t choice)
{
	enum walk_point points[STUDY_LIST_MAX] = { POINT_NAMED };
	struct casefile c;
	struct walk k;

	world_ok(w, store_session_load(w->s, id, &c, &k, &w->e));
	world_ok(w, world_append(w, walk_lookback_draft(&k, 1, points,
	    choice), NULL));
	walk_release(&k);
	casefile_release(&c);
}

/* "the-headset-2 credit answer 1/1; ", or what is wrong. */
static bool
tell(const struct casefile *c, const struct walk *k, const struct err *e,
    void *ctx)
{
	static const char *const states[] = { "answer", "model", "end" };

	if (k == NULL)
		str_add_fmt(ctx, "%s %.30s; ", c->reference, e->text);
	else
		str_add_fmt(ctx, "%s %s %s %zu/%zu; ", c->reference,
		    walk_stage(k)->id, states[k->state], k->nattempts,
		    k->nlookbacks);
	return true;
}

static void
stand(struct world *w, const char *wanted)
{
	struct str out;

	str_init(&out);
	world_ok(w, store_sessions(w->s, tell, &out, &w->e));
	assert_string_equal(out.s, wanted);
	str_release(&out);
}

static void
refused(struct world *w, enum rc rc, enum rc wanted, const char *words)
{
	assert_int_equal(rc, wanted);
	if (strstr(w->e.text, words) == NULL)
		fail_msg("\"%s\" is not in: %s", words, w->e.text);
}

/* ---- sessions ---- */

static void
a_session_is_begun_and_found(void **state)
{
	struct world *w = *state;
	struct case_id first, second, third;
	struct casefile c;
	struct walk k;

	stand(w, "");
	first = begin(w);
	second = begin(w);
	w->now += 60000;
	world_ok(w, begin_file(w, HEADSET, "Our own", &third));
	stand(w, "Our own tired answer 0/0; the-headset-2 tired answer 0/0; "
	    "the-headset-1 tired answer 0/0; ");
	assert_false(case_id_equal(&first, &second));
	world_ok(w, store_session_load(w->s, &third, &c, &k, &w->e));
	assert_string_equal(c.name, "B. (case study)");
	assert_string_equal(k.study->id, "the-headset");
	assert_string_equal(k.sitting, "Autumn");
	assert_int_equal(k.part, WALK_BEFORE);
	assert_memory_equal(&k.learner, store_author(w->s), AUTHOR_LEN);
	walk_release(&k);
	casefile_release(&c);
}

static bool
stop(const struct casefile *c, const struct walk *k, const struct err *e,
    void *ctx)
{
	size_t *n = ctx;

	(void)c;
	(void)k;
	(void)e;
	return ++*n < 2;
}

static void
whoever_has_enough_says_so(void **state)
{
	struct world *w = *state;
	size_t n = 0;

	for (int i = 0; i < 3; i++)
		(void)begin(w);
	world_ok(w, store_sessions(w->s, stop, &n, &w->e));
	assert_int_equal(n, 2);
}

static void
a_session_goes_on_where_it_was(void **state)
{
	static const char wanted[] = "the-headset-2 tired answer 0/0; "
	    "the-headset-1 credit model 2/1; ";
	unsigned char before[32], after[32];
	struct store_verdict v;
	struct world *w = *state;
	struct case_id id = begin(w);

	(void)begin(w);
	attempt(w, &id, ANSWER_NOT_KNOWN);
	go_on(w, &id, STUDY_END);
	attempt(w, &id, ANSWER_PRESENT);
	stand(w, wanted);
	world_reopen(w);
	stand(w, wanted);
	world_ok(w, store_projection_hash(w->s, before, &w->e));
	world_ok(w, store_rebuild(w->s, NULL, NULL, &w->e));
	world_ok(w, store_projection_hash(w->s, after, &w->e));
	assert_memory_equal(before, after, sizeof(before));
	stand(w, wanted);
	world_ok(w, store_verify(w->s, NULL, NULL, &v, &w->e));
	assert_true(v.sound);
}

static void
a_case_that_is_none_is_told(void **state)
{
	struct case_id log;
	struct world *w = *state;
	struct casefile c;
	struct walk k;

	world_ok(w, store_log_case(w->s, true, &log, &w->e));
	refused(w, store_session_load(w->s, &log, &c, &k, &w->e),
	    RC_NOTFOUND, "no training session");
	log.b[0] ^= 1;
	refused(w, store_session_load(w->s, &log, &c, &k, &w->e),
	    RC_NOTFOUND, "no such case");
}

/* Written by another program, with a text that is not the one of its hash. */
static void
one_that_cannot_be_read_is_told(void **state)
{
	struct world *w = *state;
	struct entry_draft d[WALK_BEGIN_DRAFTS];
	struct walk_order o = { .reference = "odd-1",
	    .id = store_new_case_id(w->s) };
	char *text;
	struct study *study = study_of(HEADSET, &text);

	(void)begin(w);
	w->now += 60000;
	o.study = study;
	o.text = text;
	walk_begin(&o, d);
	(void)json_object_set_new(d[2].body, "text", json_string("id: x"));
	for (size_t i = 0; i < WALK_BEGIN_DRAFTS; i++)
		world_ok(w, world_append(w, d[i], NULL));
	stand(w, "odd-1 the case study of this session; "
	    "the-headset-1 tired answer 0/0; ");
	study_free(study);
	free(text);
}

static void
a_live_store_has_none(void **state)
{
	static const char *const what[] = { "a session is for",
	    "a training log is for", "a case study is for" };
	struct case_id id;
	struct world w;
	char *text;
	size_t n;

	(void)state;
	create(&w, false);
	refused(&w, begin_file(&w, HEADSET, NULL, &id), RC_REFUSED, what[0]);
	refused(&w, store_log_case(w.s, true, &id, &w.e), RC_REFUSED,
	    what[1]);
	text = world_text(HEADSET, &n);
	refused(&w, store_study_keep(w.s, text, n, &w.e), RC_REFUSED,
	    what[2]);
	free(text);
	stand(&w, "");
	world_release(&w);
}

/* ---- the checklist of a study ---- */

static const char checklist[] =
	"id: small\nversion: \"1\"\ntitle: T\nsummary: S\nreview-days: 42\n"
	"sources: {own: here}\n"
	"sections:\n"
	"  - id: B\n    label: Signs\n    role: sign\n    source: own\n"
	"    help: seen\n    items:\n"
	"      - {id: B1, label: one, help: one}\n"
	"levels:\n"
	"  - {id: some, label: Some, action: look}\n"
	"residual:\n"
	"  insufficient: {label: more, action: ask}\n"
	"  none-recorded: {label: none, action: look again}\n"
	"rules:\n"
	"  - {id: s, level: some, when: count(B) >= 1, because: b, "
	"source: own}\n";
#define SMALL(version, level) \
	"id: t\nversion: \"" version "\"\ntitle: T\ninstrument: small\n" \
	"source: invented\ncovers: [boy]\nteaches: what\nmissed: that\n" \
	"child: {called: A. B., age: 12, sex: M, care: home}\n" \
	"stages:\n" \
	"  - id: one\n    date: 2026-01-02\n    agency: School\n" \
	"    known: away\n    child-says: hm\n" \
	"    questions: [{ask: why, look-for: [this]}]\n" \
	"    answers:\n" \
	"      - {item: B1, state: present, reason: r, source: s}\n" \
	"    level: " level "\n    why: a sign\n    note: [it]\n" \
	"    next: end\n"

static enum rc
keep(struct world *w, const char *text)
{
	return store_study_keep(w->s, text, strlen(text), &w->e);
}

static enum rc
begin_text(struct world *w, const char *text)
{
	struct walk_order o = { .text = text };
	struct case_id id;
	struct faults f;
	struct study *study;
	enum rc rc;

	faults_init(&f, "text");
	study = study_parse(text, strlen(text), &f);
	assert_non_null(study);
	o.study = study;
	rc = store_session_begin(w->s, &o, &id, &w->e);
	study_free(study);
	faults_release(&f);
	return rc;
}

static void
a_study_has_its_own_checklist(void **state)
{
	static const char small[] = SMALL("1", "some");
	struct world *w = *state;

	refused(w, begin_text(w, small), RC_INPUT,
	    "\"small\", which this store has not adopted");
	refused(w, keep(w, small), RC_INPUT, "has not adopted");
	world_ok(w, store_adopt(w->s, checklist, strlen(checklist), false,
	    &w->e));
	refused(w, begin_text(w, SMALL("1", "none-recorded")), RC_INPUT,
	    "the rules of small 1 give \"some\"");
	world_ok(w, begin_text(w, small));
	w->now += 1000;
	(void)begin(w);
	stand(w, "the-headset-1 tired answer 0/0; t-1 one answer 0/0; ");
	assert_string_equal(store_default_instrument(w->s)->id,
	    "occ-csegg");
	assert_string_equal(store_instrument_named(w->s, "small")->id,
	    "small");
	assert_null(store_instrument_named(w->s, "large"));
}

/* ---- two people ---- */

static void
each_has_a_log(void **state)
{
	struct case_id mine, again, theirs;
	struct world *w = *state;

	let_in(w, OTHER, ROLE_PRACTITIONER);
	refused(w, store_log_case(w->s, false, &mine, &w->e), RC_NOTFOUND,
	    "nothing is in your training log");
	world_ok(w, store_log_case(w->s, true, &mine, &w->e));
	world_ok(w, store_log_case(w->s, false, &again, &w->e));
	assert_true(case_id_equal(&mine, &again));
	enter(w, OTHER);
	world_ok(w, store_log_case(w->s, true, &theirs, &w->e));
	assert_false(case_id_equal(&mine, &theirs));
	enter(w, WORLD_USER);
	world_ok(w, store_log_case(w->s, true, &again, &w->e));
	assert_true(case_id_equal(&mine, &again));
	stand(w, "");
}

static size_t
due(struct world *w, size_t *all)
{
	struct retests r;
	size_t n;

	world_ok(w, store_retests(w->s, &r, &w->e));
	*all = r.n;
	n = retests_due(&r, moment_day(w->now));
	retests_release(&r);
	return n;
}

/* Asks the first that is due, and answers as the model does or not. */
static void
ask_first(struct world *w, bool right)
{
	enum answer given[RETEST_ASKED];
	struct retest_question q;
	struct case_id log;
	struct retests r;
	char *text;
	struct study *study = study_of("content/studies/the-back-row.yaml",
	    &text);
	const struct study *const studies[] = { study };
	size_t i = 0;
	bool was;

	world_ok(w, store_log_case(w->s, true, &log, &w->e));
	world_ok(w, store_retests(w->s, &r, &w->e));
	while (i < r.n && !retest_ask(&r, &r.items[i], studies, 1, &w->rng,
	    &q))
		i++;
	assert_true(i < r.n);
	for (size_t k = 0; k < q.n; k++)
		given[k] = right ? q.model[k] : ANSWER_ABSENT;
	world_ok(w, world_append(w, retest_draft(&q, r.in, &log, given,
	    &was), NULL));
	assert_int_equal(was, right);
	retests_release(&r);
	study_free(study);
	free(text);
}

static void
what_one_missed_is_asked_of_nobody_else(void **state)
{
	struct world *w = *state;
	struct case_id id;
	size_t all, missed;

	let_in(w, OTHER, ROLE_PRACTITIONER);
	assert_int_equal(due(w, &missed), 0);
	assert_int_equal(missed, 0);
	id = begin(w);
	attempt(w, &id, ANSWER_NOT_KNOWN);
	assert_int_equal(due(w, &missed), 0);
	assert_true(missed > 0);
	w->now += DAY;
	assert_int_equal(due(w, &all), missed);
	enter(w, OTHER);
	assert_int_equal(due(w, &all), 0);
	assert_int_equal(all, 0);
	id = begin(w);
	attempt(w, &id, ANSWER_PRESENT);
	w->now += DAY;
	assert_int_equal(due(w, &all), 0);
	enter(w, WORLD_USER);
	assert_int_equal(due(w, &all), missed);
	ask_first(w, true);
	assert_int_equal(due(w, &all), missed - 1);
	assert_int_equal(all, missed);
	w->now += 3 * DAY;
	assert_int_equal(due(w, &all), missed);
	enter(w, WORLD_USER);
	ask_first(w, false);
	assert_int_equal(due(w, &all), missed - 1);
	w->now += DAY;
	assert_int_equal(due(w, &all), missed);
}

static void
both_see_all_sessions(void **state)
{
	struct world *w = *state;
	struct case_id id = begin(w);
	struct casefile c;
	struct walk k;

	let_in(w, OTHER, ROLE_PRACTITIONER);
	enter(w, OTHER);
	/* Nobody answers for the learner. */
	attempt(w, &id, ANSWER_PRESENT);
	stand(w, "the-headset-1 tired answer 0/0; ");
	world_ok(w, store_session_load(w->s, &id, &c, &k, &w->e));
	assert_memory_not_equal(&k.learner, store_author(w->s), AUTHOR_LEN);
	walk_release(&k);
	casefile_release(&c);
	(void)begin(w);
	enter(w, WORLD_USER);
	attempt(w, &id, ANSWER_PRESENT);
	stand(w, "the-headset-2 tired answer 0/0; "
	    "the-headset-1 tired model 1/0; ");
}

/* ---- studies with their text ---- */

static bool
list_study(const char *id, const char *text, size_t n, void *ctx)
{
	const char *version = strstr(text, "version: ");

	assert_int_equal(strlen(text), n);
	assert_non_null(version);
	str_add_fmt(ctx, "%s %.3s; ", id, version + 9);
	return true;
}

static void
kept(struct world *w, const char *wanted)
{
	struct str out;

	str_init(&out);
	world_ok(w, store_studies(w->s, list_study, &out, &w->e));
	assert_string_equal(out.s, wanted);
	str_release(&out);
}

static void
the_newest_of_each_study_is_kept(void **state)
{
	struct world *w = *state;
	char *text;
	size_t n;

	kept(w, "");
	world_ok(w, store_adopt(w->s, checklist, strlen(checklist), false,
	    &w->e));
	text = world_text(HEADSET, &n);
	world_ok(w, keep(w, SMALL("1", "some")));
	world_ok(w, store_study_keep(w->s, text, n, &w->e));
	refused(w, keep(w, SMALL("1", "some")), RC_EXISTS,
	    "\"t\" 1, just as it is");
	kept(w, "t \"1\"; the-headset \"1.; ");
	world_ok(w, keep(w, SMALL("2", "some")));
	kept(w, "t \"2\"; the-headset \"1.; ");
	/* Back to the first, which is not the newest any more. */
	world_ok(w, keep(w, SMALL("1", "some")));
	world_reopen(w);
	kept(w, "t \"1\"; the-headset \"1.; ");
	free(text);
}

static void
what_is_no_study_is_not_kept(void **state)
{
	struct world *w = *state;
	char nul[] = SMALL("1", "some");

	world_ok(w, store_adopt(w->s, checklist, strlen(checklist), false,
	    &w->e));
	refused(w, keep(w, "id: x"), RC_INPUT, "study:");
	refused(w, keep(w, SMALL("1", "dire")), RC_INPUT, "no level");
	nul[40] = '\0';
	assert_int_equal(store_study_keep(w->s, nul, sizeof(nul) - 1, &w->e),
	    RC_INPUT);
	let_in(w, "Una Birk", ROLE_AUDITOR);
	enter(w, "Una Birk");
	refused(w, keep(w, SMALL("1", "some")), RC_REFUSED, "your role");
	enter(w, WORLD_USER);
	kept(w, "");
}

/* By another program: of another hash, id or form. */
static void
what_lies_about_itself_is_left_out(void **state)
{
	static const char *const bodies[] = {
		"{\"hash\":\"00\",\"study\":\"t\",\"text\":\"id: t\","
		    "\"version\":\"1\"}",
		"{\"hash\":7,\"study\":\"t\"}",
		"{}", "[]", "no text"
	};
	struct case_id reg = case_id_register();
	struct world *w = *state;

	world_ok(w, store_adopt(w->s, checklist, strlen(checklist), false,
	    &w->e));
	for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
		world_ok(w, keep(w, SMALL("1", "some")));
		kept(w, "t \"1\"; ");
		raw_forge(w->s, &reg, "study-kept", bodies[i]);
		kept(w, "");
	}
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, make, unmake)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(a_session_is_begun_and_found),
		EACH(whoever_has_enough_says_so),
		EACH(a_session_goes_on_where_it_was),
		EACH(a_case_that_is_none_is_told),
		EACH(one_that_cannot_be_read_is_told),
		cmocka_unit_test(a_live_store_has_none),
		EACH(a_study_has_its_own_checklist),
		EACH(each_has_a_log),
		EACH(what_one_missed_is_asked_of_nobody_else),
		EACH(both_see_all_sessions),
		EACH(the_newest_of_each_study_is_kept),
		EACH(what_is_no_study_is_not_kept),
		EACH(what_lies_about_itself_is_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
