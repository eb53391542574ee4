/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line of time, its filter and its picture, counted by hand. */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/chronofilter.h"
#include "core/chronology.h"
#include "core/paper_chronology.h"
#include "core/timeline.h"
#include "core/xalloc.h"
#include "tests/unit/loaded.h"

#define BASE INT64_C(1795190400000)	/* 2026-11-20 16:00 UTC */

struct world {
	struct casefile c;
	struct instrument *in;
	struct reading g;
	uint64_t n;
};

static struct entry_id
put(struct world *w, const char *kind, const char *on, const char *body)
{
	struct entry e;

	memset(&e, 0, sizeof(e));
	memset(e.author.b, 1, AUTHOR_LEN);
	e.n = ++w->n;
	e.case_id = w->c.id;
	e.at = BASE + (int64_t)w->n * 60000;
	memcpy(e.kind, kind, strlen(kind) + 1);
	e.on = span_none();
	if (on != NULL)
		assert_int_equal(span_parse(on, &e.on, NULL), RC_OK);
	e.body = xstrdup(body);
	entry_seal_id(&e);
	casefile_apply(&w->c, &e);
	free(e.body);
	return e.id;
}

static struct entry_id
missing(struct world *w, const char *since)
{
	char body[256];

	(void)snprintf(body, sizeof(body), "{\"since\":\"%s\",\"from\":"
	    "\"care\",\"kind\":\"missing\",\"reported_by\":\"B. Sample, the "
	    "home\"}", since);
	return put(w, "missing", NULL, body);
}

static struct entry_id
seen(struct world *w, const char *item, const char *state,
    const char *agency, const char *on)
{
	char body[512];

	(void)snprintf(body, sizeof(body), "{\"instrument\":\"occ-csegg\","
	    "\"indicator\":\"%s\",\"state\":\"%s\",\"agency\":\"%s\","
	    "\"evidence\":\"At the bus station.\",\"source\":"
	    "\"Zo\\u00eb O'Brien-\\u00d1and\\u00fa\"}", item, state, agency);
	return put(w, "observation", on, body);
}

static void
strike(struct world *w, const struct entry_id *id)
{
	char hex[2 * ENTRY_ID_LEN + 1], body[256];

	hex_format(id->b, ENTRY_ID_LEN, hex);
	(void)snprintf(body, sizeof(body), "{\"target\":\"%s\",\"reason\":"
	    "\"Another child.\"}", hex);
	(void)put(w, "strike", NULL, body);
}

static int
setup(void **state)
{
	struct world *w = xcalloc(1, sizeof(*w));
	struct case_id id;

	memset(id.b, 0x44, sizeof(id.b));
	casefile_init(&w->c, &id);
	w->in = load_instrument("content/instruments/occ-csegg.yaml");
	w->g = (struct reading){&w->c, NULL, w->in};
	*state = w;
	return 0;
}

static int
teardown(void **state)
{
	struct world *w = *state;

	casefile_release(&w->c);
	instrument_free(w->in);
	free(w);
	return 0;
}

/* ---- order ---- */

/* "kind day[ hh:mm][ written]", a line a row. */
static void
tell(struct world *w, struct str *out)
{
	struct chronology t;
	char day[SPAN_TEXT_MAX];

	casefile_settle(&w->c, NULL);
	chronology_make(&w->c, &t);
	for (size_t i = 0; i < t.n; i++) {
		span_format(&t.rows[i].on, day);
		str_add_fmt(out, "%s %s", t.rows[i].record->entry.kind, day);
		if (t.rows[i].minute >= 0 && !t.rows[i].written)
			str_add_fmt(out, " %02d:%02d",
			    t.rows[i].minute / 60, t.rows[i].minute % 60);
		str_add_fmt(out, "%s%s%s\n", t.rows[i].written ?
		    " written" : "",
		    *chronology_state(t.rows[i].record) != '\0' ? " " : "",
		    chronology_state(t.rows[i].record));
	}
	chronology_release(&t);
}

static void
an_entry_stands_at_the_day_it_speaks_of(void **state)
{
	struct world *w = *state;
	struct entry_id wrong;
	struct str got;

	(void)put(w, "open", NULL, "{\"reference\":\"K-1\"}");
	(void)put(w, "note", "2026-10-03", "{\"facts\":\"late\"}");
	(void)missing(w, "2026-10-03T21:30:00Z");
	(void)put(w, "note", "2026-10", "{\"facts\":\"the whole month\"}");
	(void)put(w, "note", "2026-10-03", "{\"facts\":\"again\"}");
	(void)missing(w, "2026-10-03T06:05:00Z");
	wrong = put(w, "note", "2025", "{\"facts\":\"last year\"}");
	(void)put(w, "note", NULL, "{\"facts\":\"no day\"}");
	strike(w, &wrong);
	str_init(&got);
	tell(w, &got);
	assert_string_equal(got.s,
	    "note 2025 struck\n"
	    "note 2026-10\n"
	    "note 2026-10-03\n"
	    "note 2026-10-03\n"
	    "missing 2026-10-03 07:05\n"	/* summer time in London */
	    "missing 2026-10-03 22:30\n"
	    "open 2026-11-20 written\n"
	    "note 2026-11-20 written\n"
	    "strike 2026-11-20 written\n");
	str_release(&got);
}

/* One that cannot be read, or comes from a newer version, is not hidden. */
static void
what_does_not_count_is_there_and_says_so(void **state)
{
	struct world *w = *state;
	struct str got;

	(void)put(w, "omen", "2026-05-01", "{\"x\":\"y\"}");
	(void)put(w, "note", "2026-05-02", "{\"concern\":\"no facts\"}");
	str_init(&got);
	tell(w, &got);
	assert_string_equal(got.s, "omen 2026-05-01 not counted\n"
	    "note 2026-05-02 not counted\n");
	str_release(&got);
}

/* ---- who is named ---- */

static void
people_and_agencies_are_read_from_the_fields(void **state)
{
	struct world *w = *state;
	struct str got;

	(void)seen(w, "B1", "present", "Police", "2026-10-01");
	(void)put(w, "consent", "2026-10-02", "{\"state\":\"given\",\"by\":"
	    "\"child\",\"to\":\"Sharing with the school\"}");
	str_init(&got);
	record_names(&w->g, w->c.records[0], NAMES_AGENCY, &got);
	assert_string_equal(got.s, "Police");
	str_clear(&got);
	record_names(&w->g, w->c.records[0], NAMES_PERSON, &got);
	assert_string_equal(got.s, "Zoë O'Brien-Ñandú");
	str_clear(&got);
	record_names(&w->g, w->c.records[1], NAMES_PERSON, &got);
	assert_string_equal(got.s, "The young person");
	str_release(&got);
}

/* Every field that is called as one of these names somebody, or is a text. */
static void
every_kind_s_people_are_known(void **state)
{
	static const char *const names[] = {"agency", "source", "who", "by",
	    "owner", "name", "reported_by", "decider", NULL};
	const struct kind *all;
	size_t i, j, n;

	(void)state;
	all = kind_all(&n);
	for (i = 0; i < n; i++)
		for (j = 0; names[j] != NULL; j++) {
			const struct field *f = kind_field(&all[i],
			    names[j]);

			if (f == NULL || (f->flags & FIELD_HIDDEN) ||
			    (f->type != FIELD_LINE && f->type != FIELD_CODE))
				continue;
			assert_int_not_equal(field_names(f), NAMES_NOBODY);
		}
}

/* ---- the filter ---- */

static size_t
holds(struct world *w, const char *text)
{
	struct chronofilter f;
	struct chronology t;
	struct err e;
	size_t at, n = 0;

	if (chronofilter_parse(text, &f, &at, &e) != RC_OK)
		fail_msg("%s: %s", text, e.text);
	casefile_settle(&w->c, NULL);
	chronology_make(&w->c, &t);
	for (size_t i = 0; i < t.n; i++)
		n += chronofilter_holds(&f, &w->g, &t.rows[i]);
	chronology_release(&t);
	chronofilter_release(&f);
	return n;
}

static void
fill(struct world *w)
{
	struct entry_id wrong;

	(void)put(w, "open", NULL, "{\"reference\":\"K-1\"}");
	(void)missing(w, "2026-03-01T21:30:00Z");
	(void)missing(w, "2026-03-20T21:30:00Z");
	(void)seen(w, "B1", "present", "Police", "2026-03-04");
	(void)seen(w, "B4", "suspected", "School", "2026-03-05");
	(void)seen(w, "A1", "present", "School", "2026");
	wrong = seen(w, "B2", "present", "Police", "2026-04-05");
	strike(w, &wrong);
	(void)put(w, "note", "2026-04-06", "{\"facts\":\"Talked with Zo\\u00eb "
	    "at the bus\\nstation.\"}");
}

static void
a_filter_lets_through_what_it_says(void **state)
{
	static const struct {
		const char *text;
		size_t n;
	} trials[] = {
		{"", 9},
		{"kind:missing", 2},
		{"kind:newer", 0},
		{"is:uncounted", 0},
		{"kind:Missing,note", 3},
		{"kind:screening", 5},		/* a family: all of it */
		{"kind:sign", 2},		/* the struck one is one, too */
		{"kind:sign is:standing", 1},
		{"kind:vulnerability", 1},
		{"-kind:screening", 4},
		{"not kind:screening and kind:note", 1},
		{"agency:police", 2},
		{"agency:POL", 2},
		{"person:\"b. sample\"", 2},
		{"person:zoe", 4},
		{"from:2026-04", 5},		/* the year 2026 reaches there */
		{"to:2026-03-04", 3},
		{"on:2026-03", 5},
		{"on:2026-03-20", 2},
		{"from:2026-03-01 to:2026-03-04 agency:police", 1},
		{"is:struck", 1},
		{"is:replaced", 0},
		{"zo\xC3\xAB", 5},
		{"text:\"bus station\"", 5},
		{"bus -kind:note", 4},
		{"\"another child\"", 1},
		{"by:somebody", 0},
	};
	struct world *w = *state;

	fill(w);
	for (size_t i = 0; i < sizeof(trials) / sizeof(trials[0]); i++)
		if (holds(w, trials[i].text) != trials[i].n)
			fail_msg("%s: %zu rows", trials[i].text,
			    holds(w, trials[i].text));
}

static void
a_fault_of_a_filter_has_its_place(void **state)
{
	static const struct {
		const char *text;
		size_t at;
		const char *says;
	} trials[] = {
		{"kind:missin", 5, "no kind \"missin\""},
		{"bus kind:user", 9, "no kind \"user\""},
		{"agencies:police", 0, "the keys are kind agency"},
		{"from:soon", 5, "a day, month or year"},
		{"to:", 3, "a value was expected"},
		{"is:open", 3, "standing or uncounted"},
		{"person:\"A. Nother", 7, "never closed"},
		{"bus and", 7, "after \"and\""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(trials) / sizeof(trials[0]); i++) {
		struct chronofilter f;
		struct err e;
		size_t at;

		assert_int_equal(chronofilter_parse(trials[i].text, &f, &at,
		    &e), RC_INPUT);
		assert_non_null(strstr(e.text, trials[i].says));
		assert_int_equal(at, trials[i].at);
		assert_int_equal(f.n, 0);
	}
}

static void
every_key_completes(void **state)
{
	const char *key;
	size_t i, from;

	(void)state;
	for (i = 0; (key = chronofilter_word("", i, &from)) != NULL; i++)
		assert_int_equal(key[strlen(key) - 1], ':');
	assert_int_equal(i, 9);
	assert_null(chronofilter_word("", 100, &from));
}

/* Each word that is offered is understood. */
static void
every_value_completes(void **state)
{
	static const char *const begun[] = {"kind:", "kind:sign,", "is:"};
	struct chronofilter f;
	const char *word;
	struct err e;
	size_t from, at;
	char text[64];

	(void)state;
	for (size_t k = 0; k < 3; k++)
		for (size_t i = 0; (word = chronofilter_word(begun[k], i,
		    &from)) != NULL; i++) {
			(void)snprintf(text, sizeof(text), "%.*s%s",
			    (int)from, begun[k], word);
			assert_int_equal(from, strlen(begun[k]));
			assert_int_equal(chronofilter_parse(text, &f, &at,
			    &e), RC_OK);
			chronofilter_release(&f);
		}
	assert_string_equal(chronofilter_word("kind:mi", 0, &from), "missing");
	assert_null(chronofilter_word("kind:mi", 1, &from));
	assert_null(chronofilter_word("agency:po", 0, &from));
}

/* ---- the picture ---- */

static void
draw(struct world *w, int width, struct str *out)
{
	struct chronology t;
	struct timeline tl;

	casefile_settle(&w->c, NULL);
	chronology_make(&w->c, &t);
	timeline_make(&t, NULL, t.n, &w->g, width, &tl);
	timeline_text(&tl, out);
	timeline_release(&tl);
	chronology_release(&t);
}

static void
the_months_are_counted(void **state)
{
	struct world *w = *state;
	struct str got;

	fill(w);
	str_init(&got);
	draw(w, 80, &got);
	/* The struck sign is not counted; a year counts where it begins. */
	assert_string_equal(got.s,
	    "                   2026\n"
	    "                   Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov\n"
	    "Missing episodes   .   .   2   .   .   .   .   .   .   .   .\n"
	    "Signs              .   .   1   .   .   .   .   .   .   .   .\n"
	    "Vulnerabilities    1   .   .   .   .   .   .   .   .   .   .\n"
	    "Notes              .   .   .   1   .   .   .   .   .   .   .\n"
	    "Other              .   .   1   .   .   .   .   .   .   .   1\n");
	str_clear(&got);
	draw(w, 40, &got);
	assert_string_equal(got.s,
	    "                   2026\n"
	    "                   Q1  Q2  Q3  Q4\n"
	    "Missing episodes   2   .   .   .\n"
	    "Signs              1   .   .   .\n"
	    "Vulnerabilities    1   .   .   .\n"
	    "Notes              .   1   .   .\n"
	    "Other              1   .   .   1\n");
	str_release(&got);
}

/* The first of March is a Sunday: its week began in February. */
static void
weeks_and_years_when_the_span_asks_for_them(void **state)
{
	struct world *w = *state;
	struct str got;

	(void)missing(w, "2026-03-01T21:30:00Z");
	(void)missing(w, "2026-03-02T21:30:00Z");
	str_init(&got);
	draw(w, 80, &got);
	assert_string_equal(got.s,
	    "                   Feb Mar\n"
	    "                   23  2\n"
	    "Missing episodes   1   1\n");
	(void)missing(w, "2009-03-02T21:30:00Z");
	str_clear(&got);
	draw(w, 40, &got);
	assert_string_equal(got.s,
	    "                   2023 2024 2025 2026\n"
	    "Missing episodes   .    .    .    2\n");
	str_release(&got);
}

/*
 * 1, 15 and 30 October are 30 days with both ends; 31 October is one too
 * many for 2 October.
 */
static void
three_episodes_in_thirty_days_are_marked(void **state)
{
	struct world *w = *state;
	struct str got;

	(void)missing(w, "2026-08-02T12:00:00Z");
	(void)missing(w, "2026-08-20T12:00:00Z");
	(void)missing(w, "2026-09-01T12:00:00Z");	/* the 31st day */
	(void)missing(w, "2026-10-01T12:00:00Z");
	(void)missing(w, "2026-10-15T12:00:00Z");
	(void)missing(w, "2026-10-30T12:00:00Z");	/* the 30th */
	str_init(&got);
	draw(w, 80, &got);
	assert_non_null(strstr(got.s,
	    "! Missing 3 times, all in 30 days: 1 to 30 October 2026\n"));
	assert_non_null(strstr(got.s, "Missing episodes   1   .   .   1"
	    "   .   1   .   .   .   1   .   1   .   1!\n"));
	(void)missing(w, "2026-11-10T12:00:00Z");	/* with 15 and 30 */
	str_clear(&got);
	draw(w, 80, &got);
	assert_non_null(strstr(got.s, "! Missing 4 times, three in 30 days: "
	    "1 October 2026 to 10 November 2026\n"));
	str_release(&got);
}

/* 30 June and 1 July make three with the third of June. */
static void
runs_that_touch_are_one(void **state)
{
	static const char *const days[] = {"2026-06-01", "2026-06-02",
	    "2026-06-03", "2026-06-30", "2026-07-01"};
	struct world *w = *state;
	struct chronology t;
	struct timeline tl;
	char since[32];

	for (size_t i = 0; i < 5; i++) {
		(void)snprintf(since, sizeof(since), "%sT12:00:00Z", days[i]);
		(void)missing(w, since);
	}
	casefile_settle(&w->c, NULL);
	chronology_make(&w->c, &t);
	timeline_make(&t, NULL, t.n, &w->g, 80, &tl);
	assert_int_equal(tl.nruns, 1);
	assert_int_equal(tl.runs[0].episodes, 5);
	timeline_release(&tl);
	chronology_release(&t);
}

/* Down to no width at all, and with nothing to draw. */
static void
any_width_and_no_entries(void **state)
{
	struct world *w = *state;
	struct str got;

	str_init(&got);
	draw(w, 80, &got);
	assert_string_equal(got.s, "");
	fill(w);
	for (int width = -3; width < 90; width++) {
		str_clear(&got);
		draw(w, width, &got);
		assert_true(got.len > 0);
	}
	str_release(&got);
}

/* ---- on paper ---- */

static void
the_paper_has_all_of_it(void **state)
{
	struct world *w = *state;
	struct chronology_print print = {.reading = &w->g};
	struct chronology t;
	struct paper p;
	struct str text;

	fill(w);
	casefile_settle(&w->c, NULL);
	chronology_make(&w->c, &t);
	print.all = &t;
	/* Without a filter all of it is there, whatever else is not said. */
	paper_init(&p, "Chronology", "K-1", NULL, "for a test");
	paper_chronology(&p, &print);
	str_init(&text);
	paper_text(&p, 100, &text);
	assert_non_null(strstr(text.s, "Missing episodes   .   .   2"));
	assert_non_null(strstr(text.s, "[struck by its author: Another"));
	assert_non_null(strstr(text.s, "1 March 2026 at 21:30"));
	assert_non_null(strstr(text.s, "(written on"));
	assert_null(strstr(text.s, "Not all"));
	paper_release(&p);
	str_clear(&text);
	print.n = 0;
	print.filter = "kind:plan";
	paper_init(&p, "Chronology", "K-1", NULL, "for a test");
	paper_chronology(&p, &print);
	paper_text(&p, 80, &text);
	assert_non_null(strstr(text.s, "Not all: 0 of 9 entries"));
	assert_non_null(strstr(text.s, "None."));
	assert_null(strstr(text.s, "Timeline"));
	paper_release(&p);
	str_release(&text);
	chronology_release(&t);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_entry_stands_at_the_day_it_speaks_of),
		TEST(what_does_not_count_is_there_and_says_so),
		TEST(people_and_agencies_are_read_from_the_fields),
		TEST(every_kind_s_people_are_known),
		TEST(a_filter_lets_through_what_it_says),
		TEST(a_fault_of_a_filter_has_its_place),
		TEST(every_key_completes),
		TEST(every_value_completes),
		TEST(the_months_are_counted),
		TEST(weeks_and_years_when_the_span_asks_for_them),
		TEST(three_episodes_in_thirty_days_are_marked),
		TEST(runs_that_touch_are_one),
		TEST(any_width_and_no_entries),
		TEST(the_paper_has_all_of_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
