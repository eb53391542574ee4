/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Studies of one's own in a training store: their checklists, their texts. */
#include "config.h"

#include "db/sessions.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/store/sessionworld.h"

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

#define EACH(test) cmocka_unit_test_setup_teardown(test, sessions_make, sessions_unmake)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(a_study_has_its_own_checklist),
		EACH(the_newest_of_each_study_is_kept),
		EACH(what_is_no_study_is_not_kept),
		EACH(what_lies_about_itself_is_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
