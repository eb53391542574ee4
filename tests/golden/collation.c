/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Collation: what came in, the joined list, one child whole, a report.
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

#include "core/date.h"
#include "core/vec.h"
#include "core/xalloc.h"
#include "tests/golden/desk.h"
#include "tests/golden/golden.h"
#include "tui/collation.h"

#define ZOE "Zo\xC3\xAB O'Brien-\xC3\x91" "and\xC3\xBA \xE7\x8E\x8B"
#define DAY INT64_C(86400000)
static const int sizes[][2] = {{120, 40}, {80, 24}, {40, 10}, {1, 1}};

/* What the screens asked for, in words. */
static char asked[512];
static bool none, failing, parted, read_only;
static struct desk *desk;
static int
fresh(void **state)
{
	(void)state;
	none = failing = parted = read_only = false;
	asked[0] = '\0';
	return 0;
}

/* ---- cases ---- */

static void
add_case(struct collation_data *d, const char *reference, const char *agency,
    const char *items, uint32_t lower, uint32_t upper)
{
	struct facts *f = &d->facts;
	const struct instrument *in = f->in;
	struct case_facts *c;
	const char *at = items;

	f->cases = vec_room(f->cases, f->n, &f->cap, sizeof(*f->cases));
	c = &f->cases[f->n++];
	memset(c, 0, sizeof(*c));
	c->id.b[0] = (unsigned char)f->n;
	c->age = 14;
	c->sex = 'F';
	c->area = c->school = c->agency = NO_WORD;
	c->first_seen = c->opened = c->screened_on = DAY_NONE;
	c->child_lower = lower;
	c->child_upper = upper;
	answers_init(&c->part.answers);
	c->part.answers.age = 14;
	c->part.id = c->id;
	c->part.latest = moment_day(GOLDEN_NOW) - (int32_t)f->n;
	c->part.voices = vec_room(c->part.voices, 0, &c->part.capvoices,
	    sizeof(*c->part.voices));
	c->part.nvoices = 1;
	c->part.voices[0].agency = joined_agency(&f->names, agency);
	while (*at != '\0') {
		size_t n = strcspn(at, " ");
		unsigned item = instrument_item(in, at, n);

		itemset_add(&c->part.voices[0].present, item);
		answers_set(&c->part.answers, item, ANSWER_PRESENT);
		at += n + strspn(at + n, " ");
	}
	c->present = c->part.voices[0].present;
	d->references = vec_room(d->references, d->nreferences,
	    &d->capreferences, sizeof(*d->references));
	d->references[d->nreferences++] = xstrdup(reference);
}

static enum rc
fake_read(void *ctx, struct app *app, const struct joined_window *w,
    struct collation_data *out, struct err *e)
{
	(void)ctx;
	(void)app;
	if (failing)
		return err_set(e, RC_DAMAGED, "the register is damaged");
	facts_init(&out->facts, desk_instrument(desk), w, GOLDEN_NOW);
	if (none)
		return RC_OK;
	add_case(out, "Invented High School/1207", "Invented High School",
	    "B1 B6", 0, 0);
	add_case(out, "Example Police/X-31", "Example Police", "B1 B4",
	    parted ? 4 : 0, parted ? 3 : 0);
	add_case(out, ZOE "/7", "Sample Clinic", "B5 B12", 1, 1);
	add_case(out, "Invented High School/88", "Invented High School",
	    "A12", 2, 1);
	add_case(out, "K-0142", "Made-up Social Care", "B1 B2 B3 B13", 3, 2);
	out->facts.nlower = parted ? 5 : 4;
	out->facts.nupper = parted ? 4 : 3;
	out->facts.restricted = 2;
	out->pairs = 1;
	return RC_OK;
}

static enum rc
fake_returns(void *ctx, return_fn fn, void *fnctx, struct err *e)
{
	static const struct return_row rows[] = {
		{.at = GOLDEN_NOW - DAY, .agency = "Invented High School",
		    .file = "week-47.csv", .hash = "aa",
		    .mapping = "school-weekly 1", .rows = 214, .bad = 3,
		    .added = 180, .known = 20, .struck = 4},
		{.at = GOLDEN_NOW - 8 * DAY, .agency = "Example Police",
		    .file = "\x1b[2J" ZOE ".csv", .hash = "bb",
		    .mapping = "police 1", .rows = 31, .added = 31}
	};

	(void)ctx;
	if (failing)
		return err_set(e, RC_DAMAGED, "the register is damaged");
	for (size_t i = 0; !none && i < 2; i++)
		(void)fn(&rows[i], fnctx);
	return RC_OK;
}

static enum rc
fake_child(void *ctx, const struct case_id *ids, size_t n,
    const struct collation_child_sink *to, struct err *e)
{
	const struct instrument *in = desk_instrument(desk);
	struct collation_said s = {.state = ANSWER_PRESENT,
	    .on = span_of_day(moment_day(GOLDEN_NOW) - 3),
	    .agency = "Invented High School", .source = ZOE};
	struct collation_contact c = {"Ada Invented", "Invented High School",
	    "telephone 01632 960001"};

	(void)ctx;
	(void)ids;
	if (failing)
		return err_set(e, RC_REFUSED, "A case of this child was "
		    "restricted in the meantime.");
	s.item = instrument_item(in, "B6", 2);
	to->said(to->ctx, &s);
	s.item = instrument_item(in, "B1", 2);
	to->said(to->ctx, &s);
	to->contact(to->ctx, &c);
	if (n < 2)
		return RC_OK;
	s.agency = "Example Police";
	s.source = "";
	s.on = span_none();
	to->said(to->ctx, &s);
	s.item = instrument_item(in, "B4", 2);
	s.state = ANSWER_SUSPECTED;
	to->said(to->ctx, &s);
	c = (struct collation_contact){ZOE, "", ""};
	to->contact(to->ctx, &c);
	return RC_OK;
}

static enum rc
fake_split(void *ctx, const struct collation_split *s, struct err *e)
{
	(void)ctx;
	(void)e;
	(void)snprintf(asked, sizeof(asked), "split %d from %d of %zu: %s",
	    s->part[0].b[0], s->rest[0].b[0], s->nrest, s->reason);
	parted = true;
	return RC_OK;
}

static void
fake_needs(void *ctx, const struct collation_wish *w,
    struct report_needs *out)
{
	(void)ctx;
	(void)w;
	memset(out, 0, sizeof(*out));
}

static enum rc
fake_write(void *ctx, const struct collation_write *w, struct err *e)
{
	(void)ctx;
	if (strlen(w->reason) < 10)
		return err_set(e, RC_INPUT, "Say why in a few words.");
	(void)snprintf(asked, sizeof(asked), "write %s %s %s %s",
	    w->def->name, w->format, w->path, w->whole ? "whole" :
	    "suppressed");
	return RC_OK;
}

static enum rc
fake_may_make(void *ctx, const char *path, struct err *e)
{
	(void)ctx;
	return path[0] != '/' ? RC_OK : err_set(e, RC_REFUSED, "This run does "
	    "not reach %s.", path);
}

static bool
fake_may_decide(void *ctx)
{
	(void)ctx;
	return !read_only;
}

static int32_t
fake_today(void *ctx)
{
	(void)ctx;
	return moment_day(GOLDEN_NOW);
}

static const struct collation_source_ops source_ops = {
	fake_read, fake_returns, fake_child, fake_split, fake_needs,
	fake_write, fake_may_make, fake_may_decide, fake_today,
};
static const struct collation_source source = {&source_ops, NULL};

static void
fake_open(void *ctx, struct app *app, const struct case_id *id)
{
	(void)ctx;
	(void)app;
	(void)snprintf(asked, sizeof(asked), "open %d", id->b[0]);
}

static void
fake_take(void *ctx, struct app *app)
{
	(void)ctx;
	(void)app;
	(void)snprintf(asked, sizeof(asked), "take");
}

static void
fake_links(void *ctx, struct app *app)
{
	(void)ctx;
	(void)app;
	(void)snprintf(asked, sizeof(asked), "links");
}

static void
fake_joined(void *ctx, struct app *app)
{
	(void)ctx;
	(void)app;
	(void)snprintf(asked, sizeof(asked), "joined");
}

static void
fake_report(void *ctx, struct app *app, const char *name)
{
	(void)ctx;
	(void)app;
	(void)snprintf(asked, sizeof(asked), "report %s", name);
}

static struct golden *
shown(struct pane *p, const int size[2])
{
	struct golden *g = golden_new(NULL, size[0], size[1]);

	app_push(golden_app(g), p);
	golden_keys(g, "");
	golden_keys(g, "");
	return g;
}

/* ---- the first screen ---- */

static struct pane *
first(void)
{
	struct collation_opts o = {.source = source, .take = fake_take,
	    .links = fake_links, .joined = fake_joined,
	    .report = fake_report};

	return collationscreen_new(&o);
}

static void
first_every_size(void **state)
{
	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct golden *g = shown(first(), sizes[i]);

		golden_check(g, "collation");
		golden_free(g);
	}
}

static void
rows_open_what_they_say(void **state)
{
	struct golden *g = shown(first(), sizes[1]);

	(void)state;
	golden_keys(g, "Enter");
	assert_string_equal(asked, "take");
	golden_keys(g, "j j Enter");
	assert_string_equal(asked, "links");
	golden_keys(g, "j Enter");
	assert_string_equal(asked, "joined");
	golden_keys(g, "j Enter");
	assert_memory_equal(asked, "report ", 7);
	golden_keys(g, "a");
	assert_string_equal(asked, "take");
	golden_free(g);
}

static void
nothing_and_a_fault_are_told(void **state)
{
	struct golden *g;

	(void)state;
	none = true;
	g = shown(first(), sizes[1]);
	golden_shows(g, "Nothing came in yet");
	golden_shows(g, "0 of 0 children");
	golden_free(g);
	failing = true;
	g = shown(first(), sizes[1]);
	golden_shows(g, "the register is damaged");
	golden_free(g);
}

/* ---- the joined list ---- */

static struct pane *
joined(void)
{
	struct joined_opts o = {.source = source, .open = fake_open,
	    .window = window_months(moment_day(GOLDEN_NOW), 12)};

	return joinedscreen_new(&o);
}

static void
joined_every_size(void **state)
{
	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct golden *g = shown(joined(), sizes[i]);

		golden_check(g, "collation-joined");
		golden_keys(g, "Enter");
		golden_check(g, "collation-child");
		golden_free(g);
	}
}

static void
a_link_is_split_and_the_list_follows(void **state)
{
	struct golden *g = shown(joined(), sizes[1]);

	(void)state;
	golden_shows(g, "1 to 2 of 4 children");
	golden_keys(g, "Enter");
	golden_shows(g, "Three or more only when joined: no agency");
	golden_keys(g, "Enter");
	assert_string_equal(asked, "open 1");
	golden_keys(g, "j x");
	golden_shows(g, "Not the same child");
	golden_keys(g, "'Two birth dates.' Enter");
	golden_keys(g, "");
	assert_string_equal(asked, "split 2 from 1 of 1: Two birth dates.");
	golden_keys(g, "");
	golden_shows(g, "0 to 1 of 5 children");
	golden_free(g);
}

static void
the_window_is_chosen(void **state)
{
	struct golden *g = shown(joined(), sizes[1]);

	(void)state;
	golden_keys(g, "f ^U '3' Enter");
	golden_keys(g, "");
	golden_shows(g, "from 22 August 2026 to 22 November 2026");
	golden_keys(g, "f ^U 'all' Enter");
	golden_keys(g, "");
	golden_shows(g, "at any time");
	golden_keys(g, "f ^U 'last week' Enter");
	golden_shows(g, "last week");
	none = true;
	golden_keys(g, "f ^U '2026-01-01..2026-02-01' Enter");
	golden_keys(g, "");
	golden_shows(g, "No case has an indicator");
	golden_free(g);
}

/* ---- a report ---- */

static void
make_report(const struct facts *f, const struct report_needs *needs,
    struct report *out)
{
	static const char *const heads[] = {"Area", "Children",
	    "Known victims", "Per 10,000"};
	static const char *const months[] = {"Month", "Children"};
	static const struct {
		const char *name;
		unsigned n, victims;
	} areas[] = {{"Invented Borough", 412, 31}, {ZOE, 38, 3},
	    {"Sample Town", 12, 0}, {"Nowhere", 200, 22}};
	struct report_table *t = report_table_add(out, "areas",
	    "Children by area", heads, 4);
	struct report_cell *c;
	uint32_t *cases;
	char name[16];

	(void)needs;
	t->chart = 1;
	for (size_t i = 0; i < 4; i++) {
		c = report_row(t);
		report_text(&c[0], areas[i].name);
		report_count(&c[1], areas[i].n);
		cases = xcalloc(f->n > 0 ? f->n : 1, sizeof(*cases));
		for (size_t k = 0; k < f->n; k++)
			cases[k] = (uint32_t)k;
		report_cases(&c[1], cases, f->n);
		report_count(&c[2], areas[i].victims);
		report_rate(&c[3], areas[i].n, 41200);
	}
	report_note(t, "Children with an indicator, by where they live.");
	t = report_table_add(out, "months", "Children by month", months, 2);
	t->chart = 1;
	for (unsigned i = 1; i <= 11; i++) {
		c = report_row(t);
		(void)snprintf(name, sizeof(name), "2026-%02u", i);
		report_text(&c[0], name);
		report_count(&c[1], i * 7 % 40 + 5);
	}
}

static const struct report_def areas_def = {.name = "areas",
    .title = "Hotspots", .help = "Where.", .make = make_report,
    .published = true};

static struct pane *
report(void)
{
	struct reportscreen_opts o = {.source = source, .def = &areas_def,
	    .window = window_months(moment_day(GOLDEN_NOW), 12),
	    .open = fake_open};

	return reportscreen_new(&o);
}

static void
report_every_size(void **state)
{
	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct golden *g = shown(report(), sizes[i]);

		golden_check(g, "collation-report");
		golden_keys(g, "v");
		golden_check(g, "collation-grid");
		golden_keys(g, "v Tab");
		golden_check(g, "collation-months");
		golden_free(g);
	}
}

static void
a_number_opens_its_cases(void **state)
{
	struct golden *g = shown(report(), sizes[1]);

	(void)state;
	golden_keys(g, "Right Enter");
	golden_shows(g, "5 cases");
	golden_shows(g, "2 restricted cases");
	golden_keys(g, "j Enter");
	assert_string_equal(asked, "open 2");
	golden_keys(g, "Esc");
	golden_hides(g, "EVERY COUNT");
	golden_keys(g, "s");
	golden_shows(g, "EVERY COUNT");
	golden_free(g);
}

static void
a_report_is_written(void **state)
{
	struct golden *g = shown(report(), sizes[1]);

	(void)state;
	golden_keys(g, "w Down Enter '/etc/x.csv' Enter");
	golden_shows(g, "does not reach");
	golden_keys(g, "^U 'x.csv' Enter 'for the board in December' Enter");
	golden_keys(g, "");
	assert_string_equal(asked, "write areas csv x.csv suppressed");
	golden_shows(g, "Written to x.csv");
	golden_free(g);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(first_every_size, fresh),
		cmocka_unit_test_setup(rows_open_what_they_say, fresh),
		cmocka_unit_test_setup(nothing_and_a_fault_are_told, fresh),
		cmocka_unit_test_setup(joined_every_size, fresh),
		cmocka_unit_test_setup(a_link_is_split_and_the_list_follows,
		    fresh),
		cmocka_unit_test_setup(the_window_is_chosen, fresh),
		cmocka_unit_test_setup(report_every_size, fresh),
		cmocka_unit_test_setup(a_number_opens_its_cases, fresh),
		cmocka_unit_test_setup(a_report_is_written, fresh),
	};
	int failed;

	if (sodium_init() < 0)
		return 99;
	desk = desk_new();
	failed = cmocka_run_group_tests_name("collation", tests, NULL, NULL);
	desk_free(desk);
	return failed;
}
