/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A study made from a case: what is replaced, every line and what is decided
 * on it, the words that are asked for, and what is shown before it is kept.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/xalloc.h"
#include "tests/golden/desk.h"
#include "tests/golden/golden.h"
#include "tui/deidentscreen.h"

#define ZOE "Zo\xC3\xAB O'Brien-\xC3\x91" "and\xC3\xBA \xE7\x8E\x8B"

static const int sizes[][2] = {{120, 40}, {80, 24}, {40, 10}, {1, 1}};

/* A case, its entries, and what the screen handed on. */
struct stage {
	struct desk *desk;
	struct casefile c;
	struct golden *g;
	char *work, *line;	/* drafts */
	char *yaml, *report;	/* kept */
	bool cancel;
};

static void
even_fill(void *ctx, void *buf, size_t n)
{
	unsigned char *p = buf;

	(void)ctx;
	for (size_t i = 0; i < n; i++)
		p[i] = (unsigned char)(i * 37 + 11);
}

static const struct rng even = {.fill = even_fill};

static enum rc
fake_save(void *ctx, const char *what, const char *text, struct err *e)
{
	struct stage *s = ctx;
	char **to = what == NULL ? &s->work : &s->line;

	(void)e;
	free(*to);
	*to = *text != '\0' ? xstrdup(text) : NULL;
	return RC_OK;
}

static char *
fake_restore(void *ctx, const char *what)
{
	struct stage *s = ctx;
	const char *from = what == NULL ? s->work : s->line;

	return from != NULL ? xstrdup(from) : NULL;
}

static enum rc
fake_count(void *ctx, struct app *app, struct rare_counts *out,
    struct err *e)
{
	(void)app;
	if (((struct stage *)ctx)->cancel)
		return err_set(e, RC_CANCELLED, "stopped; nothing was kept");
	*out = (struct rare_counts){.children = 40, .age_sex = 7,
	    .age_sex_care = 3, .age_sex_disabled = 6, .signs = 2, .all = 1};
	return RC_OK;
}

static enum rc
fake_keep(void *ctx, const char *yaml, const char *report, struct err *e)
{
	struct stage *s = ctx;

	(void)e;
	s->yaml = xstrdup(yaml);
	s->report = xstrdup(report);
	return RC_OK;
}

static struct pane *
screen_of(struct stage *s, struct deident *d)
{
	const struct deidentscreen_opts o = {.source = {s, fake_save,
	    fake_restore, fake_count, fake_keep, NULL},
	    .reference = "K-0142", .d = d};

	return deidentscreen_new(&o);
}

/* A lone quotation and two notes that name people and places. */
static void
write_case(struct desk *d)
{
	(void)desk_sign(d, "me", "associate", "", json_pack(
	    "{s:s, s:s}", "name", ZOE, "relation", "mother"));
	(void)desk_observe(d, "B1", "present", "School",
	    "Seen by the canal after dark.");
	(void)desk_sign(d, "me", "note", "2026-10-02", json_pack(
	    "{s:s}", "facts", "Ring 020 7946 0018.\nWent off with Marko at "
	    "nine."));
}

static void
stage_open(struct stage *s, int w, int h)
{
	struct deident work;
	struct case_door door;
	struct case_id id;
	struct err e;

	memset(s, 0, sizeof(*s));
	s->desk = desk_new();
	write_case(s->desk);
	door = desk_door(s->desk);
	id = desk_case(s->desk);
	assert_int_equal(door.load(door.ctx, &id, &s->c, &e), RC_OK);
	deident_begin(&work, &s->c, desk_instrument(s->desk), door.roster,
	    &even);
	s->g = golden_new(NULL, w, h);
	app_push(golden_app(s->g), screen_of(s, &work));
	golden_keys(s->g, "");
}

static void
stage_close(struct stage *s)
{
	golden_free(s->g);
	casefile_release(&s->c);
	desk_free(s->desk);
	free(s->work);
	free(s->line);
	free(s->yaml);
	free(s->report);
}

/* How many lines the work that is kept has in a state. */
static size_t
kept_in(const struct stage *s, enum deident_state state)
{
	struct deident d;
	struct err e;
	size_t n = 0;

	assert_non_null(s->work);
	assert_int_equal(deident_read(&d, &s->c, desk_instrument(s->desk),
	    s->work, strlen(s->work), &e), RC_OK);
	for (size_t i = 0; i < d.nlines; i++)
		n += d.lines[i].state == state;
	deident_release(&d);
	return n;
}

static size_t
lines_of(const struct stage *s)
{
	return kept_in(s, LINE_WAITING) + kept_in(s, LINE_PASSED) +
	    kept_in(s, LINE_REWRITTEN) + kept_in(s, LINE_LEFT_OUT);
}

static void
decide_all(struct stage *s)
{
	golden_keys(s->g, "n p");
	for (size_t n = kept_in(s, LINE_WAITING); n > 0; n--)
		golden_keys(s->g, "x");
	golden_shows(s->g, "$ makes the study");
}

/* ---- the screen ---- */

static void
it_stands_at_every_size(void **state)
{
	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct stage s;

		stage_open(&s, sizes[i][0], sizes[i][1]);
		golden_check(s.g, "deident");
		golden_keys(s.g, "n");
		golden_check(s.g, "deident-line");
		stage_close(&s);
	}
}

static void
nothing_passes_by_itself(void **state)
{
	struct stage s;

	(void)state;
	stage_open(&s, 80, 24);
	golden_keys(s.g, "$");
	golden_shows(s.g, "Nothing passes by itself");
	golden_keys(s.g, "p x u");		/* on what is replaced */
	golden_shows(s.g, "This is what is replaced");
	assert_null(s.work);
	golden_keys(s.g, "n p");
	assert_int_equal(kept_in(&s, LINE_PASSED), 1);
	golden_keys(s.g, "$");
	golden_shows(s.g, "Nothing passes by itself");
	stage_close(&s);
}

static void
each_key_decides_one_line(void **state)
{
	struct stage s;
	size_t all;

	(void)state;
	stage_open(&s, 80, 24);
	golden_keys(s.g, "n p");
	all = lines_of(&s);
	assert_true(all >= 3);
	golden_keys(s.g, "x");
	assert_int_equal(kept_in(&s, LINE_LEFT_OUT), 1);
	assert_int_equal(kept_in(&s, LINE_WAITING), all - 2);
	golden_keys(s.g, "k u");
	assert_int_equal(kept_in(&s, LINE_LEFT_OUT), 0);
	assert_int_equal(kept_in(&s, LINE_PASSED), 1);
	stage_close(&s);
}

static void
a_line_is_written_anew(void **state)
{
	struct stage s;

	(void)state;
	stage_open(&s, 80, 24);
	golden_keys(s.g, "n e");
	golden_check(s.g, "deident-rewrite");
	golden_keys(s.g, "' Marko knows.'");
	assert_non_null(s.line);
	golden_shows(s.g, "Marko\"");
	golden_keys(s.g, "Esc");
	golden_shows(s.g, "The line is as it was.");
	assert_null(s.line);
	golden_keys(s.g, "e ' More.' F2");
	assert_null(s.line);
	assert_int_equal(kept_in(&s, LINE_REWRITTEN), 1);
	assert_non_null(strstr(s.work, " More."));
	stage_close(&s);
}

/* A lock in the midst of typing loses nothing, and passes nothing. */
static void
what_was_typed_comes_back(void **state)
{
	struct stage s;
	struct deident again;
	struct err e;

	(void)state;
	stage_open(&s, 80, 24);
	golden_keys(s.g, "n x n e ' half a sentence'");
	assert_non_null(s.line);
	assert_int_equal(deident_read(&again, &s.c, desk_instrument(s.desk),
	    s.work, strlen(s.work), &e), RC_OK);
	app_reset(golden_app(s.g), screen_of(&s, &again));
	golden_keys(s.g, "n n");
	assert_int_equal(kept_in(&s, LINE_REWRITTEN), 0);
	golden_keys(s.g, "e");
	golden_shows(s.g, "half a sentence");
	stage_close(&s);
}

static void
a_name_stays_in_with_a_warning(void **state)
{
	struct stage s;

	(void)state;
	stage_open(&s, 80, 24);
	golden_keys(s.g, "Space");
	golden_shows(s.g, "stays in now: whoever reads the file reads it");
	golden_check(s.g, "deident-left-in");
	golden_keys(s.g, "Space");
	golden_hides(s.g, "stays in: it would leave");
	golden_keys(s.g, "Space");
	decide_all(&s);
	golden_keys(s.g, "$");
	golden_shows(s.g, "! 1 of what is");
	stage_close(&s);
}

static void
a_person_adds_a_name(void **state)
{
	struct stage s;

	(void)state;
	stage_open(&s, 120, 40);
	golden_shows(s.g, "the canal");
	golden_keys(s.g, "a 'the canal' Enter Down Down Enter 'the water' "
	    "Enter");
	golden_shows(s.g, "the canal -> the water (a place)");
	golden_shows(s.g, "by the water after dark");
	stage_close(&s);
}

/* ---- making it ---- */

static void
give_words(struct stage *s)
{
	golden_keys(s->g, "$ 'the-canal' Enter 'By the water' Enter "
	    "'To ask where the evening went' Enter "
	    "'That a place is a sign' Enter 'What do you not know?' Enter "
	    "Enter");
}

static void
it_is_shown_whole_before_it_is_kept(void **state)
{
	struct stage s;

	(void)state;
	stage_open(&s, 80, 24);
	decide_all(&s);
	golden_keys(s.g, "$");
	golden_check(s.g, "deident-words");
	golden_keys(s.g, "'The Canal' Enter");
	golden_shows(s.g, "Lower-case letters, digits and hyphens");
	golden_keys(s.g, "Esc");
	give_words(&s);
	golden_check(s.g, "deident-made");
	assert_null(s.yaml);
	golden_keys(s.g, "$ 'the-water' Enter");
	assert_null(s.yaml);
	golden_keys(s.g, "Esc $ 'the-canal' Enter");
	assert_non_null(s.yaml);
	assert_null(strstr(s.yaml, "Zo"));
	assert_null(strstr(s.yaml, "Brien"));
	assert_null(strstr(s.report, "Zo"));
	stage_close(&s);
}

static void
counting_can_be_stopped(void **state)
{
	struct stage s;

	(void)state;
	stage_open(&s, 80, 24);
	decide_all(&s);
	s.cancel = true;
	give_words(&s);
	golden_shows(s.g, "nothing was kept");
	golden_shows(s.g, "Make the study");
	assert_null(s.yaml);
	stage_close(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_stands_at_every_size),
		cmocka_unit_test(nothing_passes_by_itself),
		cmocka_unit_test(each_key_decides_one_line),
		cmocka_unit_test(a_line_is_written_anew),
		cmocka_unit_test(what_was_typed_comes_back),
		cmocka_unit_test(a_name_stays_in_with_a_warning),
		cmocka_unit_test(a_person_adds_a_name),
		cmocka_unit_test(it_is_shown_whole_before_it_is_kept),
		cmocka_unit_test(counting_can_be_stopped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
