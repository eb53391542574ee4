/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is no session, or none that can be read; and whose a session is. */
#include "config.h"

#include "core/walk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

#include "core/untold.h"
#include "tests/unit/loaded.h"
#include "tests/unit/walked.h"
#include "tests/unit/walkstory.h"

#define OCC "content/instruments/occ-csegg.yaml"

static int
setup(void **state)
{
	struct walked *w = calloc(1, sizeof(*w));

	walked_init(w, instrument_of_text(checklist), story, WALK_ALONE);
	*state = w;
	return 0;
}

static int
teardown(void **state)
{
	struct walked *w = *state;
	const struct instrument *in = w->in;

	walked_release(w);
	instrument_free((struct instrument *)(uintptr_t)in);
	free(w);
	return 0;
}

static void
refused(struct walked *w, const struct instrument *in, enum rc rc,
    const char *words)
{
	struct casefile c;
	struct walk k;
	struct err e;

	walked_case(w, 1, &c);
	err_clear(&e);
	assert_int_equal(walk_of(&c, in, &k, &e), rc);
	if (strstr(e.text, words) == NULL)
		fail_msg("%s", e.text);
	casefile_release(&c);
}

static void
of_another_checklist(void **state)
{
	struct walked *w = *state;
	struct instrument *in = load_instrument(OCC);

	refused(w, in, RC_INPUT, "answered with the checklist \"small\"");
	instrument_free(in);
}

/* Takes away the entry of the kind, and puts another body in its place. */
static void
rewrite(struct walked *w, const char *kind, const char *body)
{
	for (size_t i = 0; i < w->n; i++)
		if (strcmp(w->entries[i].kind, kind) == 0) {
			free(w->entries[i].body);
			w->entries[i].body = strdup(body);
			entry_seal_id(&w->entries[i]);
		}
}

static void
of_another_text(void **state)
{
	struct walked *w = *state;
	struct entry *e = &w->entries[2];
	char *sex;

	assert_string_equal(e->kind, "session");
	sex = strstr(e->body, "sex: M");
	assert_non_null(sex);
	sex[5] = 'F';
	entry_seal_id(e);
	refused(w, w->in, RC_INPUT, "another hash");
}

static void
of_a_case_without_one(void **state)
{
	struct walked *w = *state;

	rewrite(w, "open", "{\"reference\":\"C-1\",\"study\":\"log\"}");
	refused(w, w->in, RC_NOTFOUND, "no training session");
}

static void
of_a_text_that_is_no_study(void **state)
{
	struct walked *w = *state;
	const char *text = "id: t";
	unsigned char h[ENTRY_ID_LEN];
	char hex[2 * ENTRY_ID_LEN + 1];
	struct str body;

	(void)crypto_generichash(h, sizeof(h), (const unsigned char *)text,
	    strlen(text), NULL, 0);
	hex_format(h, sizeof(h), hex);
	str_init(&body);
	str_add_fmt(&body, "{\"reference\":\"C-1\",\"study\":\"%s\"}", hex);
	rewrite(w, "open", body.s);
	str_clear(&body);
	str_add_fmt(&body, "{\"hash\":\"%s\",\"mode\":\"alone\","
	    "\"study\":\"t\",\"text\":\"%s\",\"version\":\"1\"}", hex, text);
	rewrite(w, "session", body.s);
	str_release(&body);
	refused(w, w->in, RC_INPUT, "the study of this session");
}

/* Somebody else's session in the same case, dated before ours. */
static void
of_whoever_opened_the_case(void **state)
{
	struct walked *w = *state;
	char *body = strdup(w->entries[2].body);
	struct author_id me = walked_author(WALKED_ME);
	char *mode;

	mode = strstr(body, "\"mode\":\"alone\"");
	assert_non_null(mode);
	memcpy(mode, "\"mode\":\"group\"", 14);
	w->now = WALKED_BASE - 1000;
	(void)walked_write(w, 2, "session", body);
	w->now = WALKED_BASE + 3600000;
	(void)walked_write(w, WALKED_ME, "session", body);
	free(body);
	assert_int_equal(walked_walk(w)->mode, WALK_ALONE);
	assert_memory_equal(&w->w.learner, &me, sizeof(me));
}

static bool
untold(struct walked *w, const struct entry_id *id, const char *field)
{
	struct casefile c;
	bool hidden;

	walked_case(w, 3, &c);
	hidden = record_untold(&c, casefile_find(&c, id), field);
	casefile_release(&c);
	return hidden;
}

/* Neither the model, nor answers of a round that was not revealed. */
static void
of_which_not_all_is_told(void **state)
{
	struct walked *w = *state;
	const struct walk *k = walked_walk(w);
	struct entry_id session = k->session->entry.id, first, second;

	first = walked_write(w, 2, "group-answers", "{\"answers\":{},"
	    "\"learner\":\"L\",\"round\":1,\"stage\":\"one\"}");
	second = walked_write(w, 2, "group-answers", "{\"answers\":{},"
	    "\"learner\":\"L\",\"round\":2,\"stage\":\"one\"}");
	assert_true(untold(w, &session, "text"));
	assert_false(untold(w, &session, "study"));
	assert_true(untold(w, &first, "answers"));
	assert_false(untold(w, &first, "learner"));
	(void)walked_write(w, 2, "reveal", "{\"round\":1,\"stage\":\"two\"}");
	assert_true(untold(w, &first, "answers"));
	(void)walked_write(w, 2, "reveal", "{\"round\":1,\"stage\":\"one\"}");
	assert_false(untold(w, &first, "answers"));
	assert_true(untold(w, &second, "answers"));
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(of_another_checklist),
		EACH(of_another_text),
		EACH(of_a_case_without_one),
		EACH(of_a_text_that_is_no_study),
		EACH(of_whoever_opened_the_case),
		EACH(of_which_not_all_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
