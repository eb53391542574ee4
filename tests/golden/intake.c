/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A return of an agency on the screen: mapped, tried, taken in.
 */
#include "config.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/vec.h"
#include "core/xalloc.h"
#include "tests/golden/desk.h"
#include "tests/golden/golden.h"
#include "tui/mappingscreen.h"

#define ZOE "Zo\xC3\xAB O'Brien-\xC3\x91" "and\xC3\xBA \xE7\x8E\x8B"

static const int sizes[][2] = {{120, 40}, {80, 24}, {40, 10}, {1, 1}};

/* What the screen asked for, in words. */
static char asked[512];
static bool none, failing, broken, others;
static char *kept;		/* the draft; owned, or NULL */
static struct desk *desk;

static int
fresh(void **state)
{
	(void)state;
	none = failing = broken = others = false;
	free(kept);
	kept = NULL;
	asked[0] = '\0';
	return 0;
}

static struct golden *
shown(struct pane *p, const int size[2])
{
	struct golden *g = golden_new(NULL, size[0], size[1]);

	app_push(golden_app(g), p);
	golden_keys(g, "");
	return g;
}

static struct mapping *
guessed(void)
{
	static const char text[] = "id: school\nversion: \"1\"\n"
	    "agency: \"\"\nencoding: windows-1252\ndelimiter: \";\"\n"
	    "form: long\ninstrument: occ-csegg\ndates: dmy\ncolumns:\n"
	    "  child: Pupil ref\n  dob: Born\n  indicator: Concern\n"
	    "  date: Seen\n";
	struct faults f;
	struct mapping *m;

	faults_init(&f, "school");
	m = mapping_parse(text, sizeof(text) - 1, &f);
	if (m == NULL)
		fail_msg("%s", f.list[0].text);
	faults_release(&f);
	return m;
}

static enum rc
fake_sheet(void *ctx, const char *encoding, struct return_sheet *out,
    struct err *e)
{
	static const char *const cells[4][5] = {
		{"Pupil ref", "Born", "Concern", "Seen", "Notes"},
		{"1207", "03/04/2012", "Missing", "01/11/2026", ZOE},
		{"88", "04/05/2011", "Truant", "02/11/2026", ""},
		{"91", "05/06/2013", "Missing", "2/13/2026", "x"}
	};

	(void)ctx;
	if (failing)
		return err_set(e, RC_INPUT, "week-47.csv is no table.");
	out->m = guessed();
	out->encoding = xstrdup(encoding != NULL ? encoding : "windows-1252");
	out->ncolumns = 5;
	out->doubts = vec_room(out->doubts, 0, &out->capdoubts,
	    sizeof(*out->doubts));
	out->doubts[out->ndoubts++] = xstrdup("indicators: what \"Missing\" "
	    "means is not known; add it");
	out->doubts = vec_room(out->doubts, out->ndoubts, &out->capdoubts,
	    sizeof(*out->doubts));
	out->doubts[out->ndoubts++] = xstrdup("\"Seen\": day or month first? "
	    "No day in the first rows is above 12 but one.");
	for (size_t i = 0; i < 4; i++) {
		out->rows = vec_room(out->rows, out->nrows, &out->caprows,
		    sizeof(*out->rows));
		out->rows[i] = xcalloc(5, sizeof(**out->rows));
		for (size_t k = 0; k < 5; k++)
			out->rows[i][k] = xstrdup(cells[i][k]);
		out->nrows++;
	}
	return RC_OK;
}

static enum rc
fake_attempt(void *ctx, const struct mapping *m, struct return_trial *out,
    struct err *e)
{
	(void)ctx;
	(void)e;
	out->rows = 3;
	out->taken = m->nignore > 0 ? 2 : 0;
	str_add_fmt(&out->fault, "row %d, column %d \"%s\": expected %s",
	    m->nignore > 0 ? 4 : 2, m->nignore > 0 ? 4 : 5,
	    m->nignore > 0 ? "Seen" : "Notes", m->nignore > 0 ?
	    "a day as day/month/year, got 2/13/2026" : "to be told what it "
	    "is");
	return RC_OK;
}

static enum rc
fake_keep(void *ctx, const struct mapping *m, struct err *e)
{
	(void)ctx;
	(void)e;
	(void)snprintf(asked, sizeof(asked), "keep %s of %s", m->id,
	    m->agency);
	return RC_OK;
}

/* A return that names agencies, of a file that came as another's before. */
static void
of_others(unsigned how, struct return_result *out)
{
	bool may = (how & RETURN_OVERRULE) != 0;

	out->refused = may ? 0 : 3;
	out->others = may ? 2 : 0;
	out->left = 5;
	out->before = xstrdup("The file came before, on 20 November 2026 at "
	    "16:00: 12 rows were taken in then; 3 that were refused then are "
	    "taken now.");
	out->twice = xstrdup("The file came before, on 19 November 2026 at "
	    "16:00, as a return of Invented Club: all of it would stand "
	    "twice.");
	out->agencies = vec_room(out->agencies, 0, &out->capagencies,
	    sizeof(*out->agencies));
	out->agencies[out->nagencies++] = xstrdup("Invented School, which "
	    "sends returns of its own: 4 rows, 1 added, 0 struck, 0 of them of "
	    "another sender, 3 refused");
}

static enum rc
fake_run(void *ctx, struct app *app, const struct mapping *m, unsigned how,
    struct return_result *out, struct err *e)
{
	(void)ctx;
	(void)app;
	(void)e;
	if (broken)
		return err_set(e, RC_INPUT, "week-47.csv: row 9; nothing was "
		    "taken in");
	if ((how & RETURN_DRY) == 0)
		(void)snprintf(asked, sizeof(asked), "take in %s%s", m->id,
		    (how & RETURN_OVERRULE) != 0 ? ", overruling" : "");
	out->rows = 214;
	out->bad = 1;
	out->added = 180;
	out->known = 20;
	out->struck = 4;
	out->children = 61;
	out->opened = 12;
	out->already = none;
	if (others)
		of_others(how, out);
	out->faults = vec_room(out->faults, 0, &out->capfaults,
	    sizeof(*out->faults));
	out->faults[out->nfaults++] = xstrdup("row 4, column 4 \"Seen\": "
	    "expected a day as day/month/year, got 2/13/2026");
	return RC_OK;
}

static const struct instrument *
fake_instrument(void *ctx)
{
	(void)ctx;
	return desk_instrument(desk);
}

static enum rc
fake_draft_save(void *ctx, const char *text, struct err *e)
{
	(void)ctx;
	(void)e;
	free(kept);
	kept = *text != '\0' ? xstrdup(text) : NULL;
	return RC_OK;
}

static enum rc
fake_draft_load(void *ctx, char **text, struct err *e)
{
	(void)ctx;
	(void)e;
	*text = kept != NULL ? xstrdup(kept) : NULL;
	return RC_OK;
}

static struct pane *
mapping(void)
{
	static const struct return_source_ops ops = {
		fake_sheet, fake_attempt, fake_keep, fake_run,
		fake_instrument, fake_draft_save, fake_draft_load, NULL,
	};
	struct mappingscreen_opts o = {&ops, NULL, "week-47.csv"};

	return mappingscreen_new(&o);
}

static void
mapping_every_size(void **state)
{
	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct golden *g = shown(mapping(), sizes[i]);

		golden_keys(g, "j j j");
		golden_check(g, "collation-mapping");
		golden_keys(g, "k c");
		golden_check(g, "collation-codes");
		golden_free(g);
	}
}

static void
a_return_is_taken_in(void **state)
{
	struct golden *g = shown(mapping(), sizes[1]);

	(void)state;
	app_push(golden_app(g), mapping());
	golden_keys(g, "");
	golden_shows(g, "0 of the first 3 rows would be taken");
	golden_keys(g, "F2");
	golden_shows(g, "Whose return is it?");
	golden_keys(g, "k k k Enter 'Invented High School' Enter F2");
	golden_shows(g, "A column is not said yet");
	golden_keys(g, "G Space");
	golden_shows(g, "2 of the first 3 rows would be taken");
	golden_keys(g, "k d");
	golden_shows(g, "dates month/day/year");
	golden_keys(g, "d d k Enter 'nonsense' Enter");
	golden_shows(g, "nothing that a column can be");
	golden_keys(g, "c Enter 'B1' Enter");
	golden_shows(g, "Missing -> B1");
	golden_keys(g, "Esc F2");
	assert_string_equal(asked, "keep school of Invented High School");
	golden_keys(g, "");
	golden_check(g, "collation-dry-run");
	golden_keys(g, "$ 'somebody' Enter");
	assert_string_equal(asked, "keep school of Invented High School");
	golden_keys(g, "^U 'Invented High School' Enter");
	golden_keys(g, "");
	assert_string_equal(asked, "take in school");
	golden_shows(g, "Taken in: 180 observations of 61 children");
	golden_free(g);
}

/* A lock, a killed terminal and q all leave the screen in one way: it goes. */
static void
what_was_said_of_columns_stays(void **state)
{
	struct golden *g = shown(mapping(), sizes[1]);

	(void)state;
	assert_null(kept);
	golden_keys(g, "k k k Enter 'Invented High School' Enter G Space");
	golden_keys(g, "k k c Enter 'b1' Enter Esc k d");
	golden_free(g);
	assert_non_null(kept);
	g = shown(mapping(), sizes[1]);
	golden_shows(g, "Goes on where it was left; e guesses anew.");
	golden_shows(g, "Agency               Invented High School");
	golden_shows(g, "dates month/day/year");
	golden_shows(g, "2 of the first 3 rows would be taken");
	golden_keys(g, "j j c");
	golden_shows(g, "Missing -> B1");
	golden_keys(g, "Esc e 'x' Enter");
	golden_shows(g, "What each column is taken for is a guess");
	golden_free(g);
	/* Of a file with other columns nothing is taken over. */
	free(kept);
	kept = xstrdup("{\"header\":[\"Pupil ref\"]}");
	g = shown(mapping(), sizes[1]);
	golden_shows(g, "What each column is taken for is a guess");
	golden_keys(g, "k k k Enter 'A' Enter G Space F2");
	golden_keys(g, "");
	assert_null(kept);
	golden_free(g);
}

static void
what_a_code_means_is_said_and_checked(void **state)
{
	struct golden *g = shown(mapping(), sizes[1]);

	(void)state;
	golden_keys(g, "j j c");
	golden_shows(g, "Truant -> ? not said: its rows are not taken");
	golden_keys(g, "Enter 'quite often' Enter");
	golden_shows(g, "nothing that an indicator can be");
	golden_shows(g, "Missing -> ? not said");
	golden_keys(g, "Enter 'b1' Enter j Enter 'Abs' Tab Enter");
	golden_shows(g, "Missing -> B1 Missing from home or care");
	golden_shows(g, "Truant -> B6 Absent from school");
	golden_keys(g, "k Enter ^U 'IGNORE' Enter");
	golden_shows(g, "Missing -> ignore");
	golden_keys(g, "j j Enter 'Gifts' Enter");
	golden_shows(g, "Gifts -> ? not said: its rows are not taken");
	golden_free(g);
}

/* The mark stays until each of the codes was told, and on what was refused. */
static void
a_doubt_stays_until_it_is_settled(void **state)
{
	struct golden *g = shown(mapping(), sizes[1]);

	(void)state;
	golden_shows(g, "date ?");
	golden_keys(g, "j j j Enter ^U 'nonsense' Enter");
	golden_shows(g, "nothing that a column can be");
	golden_shows(g, "date ?");
	golden_keys(g, "k c");
	golden_keys(g, "Esc");
	golden_shows(g, "indicator ?");
	golden_keys(g, "c Enter 'B1' Enter j Enter 'B6' Enter Esc");
	golden_hides(g, "indicator ?");
	golden_keys(g, "k k k k k Enter 'A' Enter G Space F2");
	golden_keys(g, "");
	golden_shows(g, "Still doubtful: look at these columns again");
	golden_shows(g, "\"Seen\": day or month first?");
	golden_free(g);
}

static void
the_same_file_adds_nothing(void **state)
{
	struct golden *g;

	(void)state;
	none = true;
	g = shown(mapping(), sizes[1]);
	golden_keys(g, "k k k Enter 'Invented High School' Enter G Space F2");
	golden_keys(g, "");
	golden_shows(g, "This very file was taken in before");
	golden_keys(g, "$");
	golden_shows(g, "There is nothing in it to take in");
	golden_free(g);
	failing = true;
	g = shown(mapping(), sizes[1]);
	golden_shows(g, "is no table");
	golden_free(g);
}

/* What others sent is struck when that was said, and named once more. */
static void
others_are_overruled(void **state)
{
	struct golden *g;

	(void)state;
	others = true;
	g = shown(mapping(), sizes[1]);
	app_push(golden_app(g), mapping());
	golden_keys(g, "k k k Enter 'Invented High School' Enter G Space F2");
	golden_keys(g, "");
	golden_check(g, "collation-others");
	golden_keys(g, "$");
	golden_shows(g, "It came as another agency's before");
	golden_keys(g, "o");
	golden_keys(g, "");
	golden_shows(g, "2  of them brought by another sender");
	golden_shows(g, "What other senders brought may be struck");
	golden_keys(g, "o");
	golden_keys(g, "");
	golden_shows(g, "o lets them");
	golden_keys(g, "o");
	golden_keys(g, "");
	golden_keys(g, "$");
	golden_shows(g, "striking 2 that others sent");
	golden_keys(g, "'Invented High School' Enter");
	golden_keys(g, "");
	assert_string_equal(asked, "take in school, overruling");
	golden_shows(g, "3 that were refused then are taken now");
	golden_free(g);
}

/* A file with a fault that ends it: nothing of it is in the store. */
static void
a_broken_file(void **state)
{
	struct golden *g = shown(mapping(), sizes[1]);

	(void)state;
	broken = true;
	golden_keys(g, "k k k Enter 'Invented High School' Enter G Space F2");
	golden_keys(g, "");
	golden_shows(g, "nothing was taken in");
	golden_free(g);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(mapping_every_size, fresh),
		cmocka_unit_test_setup(a_return_is_taken_in, fresh),
		cmocka_unit_test_setup(the_same_file_adds_nothing, fresh),
		cmocka_unit_test_setup(others_are_overruled, fresh),
		cmocka_unit_test_setup(a_broken_file, fresh),
		cmocka_unit_test_setup(what_was_said_of_columns_stays, fresh),
		cmocka_unit_test_setup(what_a_code_means_is_said_and_checked,
		    fresh),
		cmocka_unit_test_setup(a_doubt_stays_until_it_is_settled,
		    fresh),
	};
	int failed;

	if (sodium_init() < 0)
		return 99;
	desk = desk_new();
	failed = cmocka_run_group_tests_name("intake", tests, NULL, NULL);
	desk_free(desk);
	return failed;
}
