/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The joined list's order and groups, the window that it is asked for, and
 * whom to ring.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/joinedlist.h"
#include "core/joinedwindow.h"
#include "core/ringup.h"
#include "tests/unit/factfolk.h"
#include "tests/unit/loaded.h"

static const struct joined_window ever = {DAY_NONE, DAY_NONE};

/* ---- the list ---- */

struct desk {
	struct instrument *in;
	struct facts f;
};

static int
open_desk(void **state)
{
	static struct desk d;

	memset(&d, 0, sizeof(d));
	d.in = load_instrument("content/instruments/occ-csegg.yaml");
	facts_init(&d.f, d.in, &ever, FOLK_NOW);
	*state = &d;
	return 0;
}

static int
close_desk(void **state)
{
	struct desk *d = *state;

	facts_release(&d->f);
	instrument_free(d->in);
	return 0;
}

static struct case_facts *
add(struct desk *d, enum fact_class class, int32_t day, const char *agency)
{
	struct folk who = {class, "", "", day, agency};

	return folk_add(&d->f, &who);
}

/* The sign of one case of the child becomes another. */
static void
swap_sign(struct desk *d, struct case_facts *row, const char *item)
{
	struct joined_part *p = &row->part;
	unsigned b1 = item_of(d->in, "B1"), to = item_of(d->in, item);

	answers_set(&p->answers, b1, ANSWER_NOT_ASKED);
	answers_set(&p->answers, to, ANSWER_PRESENT);
	itemset_remove(&p->voices[0].present, b1);
	itemset_add(&p->voices[0].present, to);
}

static void
groups_then_level_then_latest(void **state)
{
	/* 0 and 1, and perhaps 2, are one child; 6, 7 and 8 are surely. */
	static const uint32_t lower[] = {0, 0, 1, 2, 3, 4, 5, 5, 5};
	static const uint32_t upper[] = {0, 0, 0, 2, 3, 4, 5, 5, 5};
	struct desk *d = *state;
	struct joined_list l;

	(void)add(d, CLASS_POTENTIAL, 100, "School");
	swap_sign(d, add(d, CLASS_POTENTIAL, 101, "Police"), "B2");
	swap_sign(d, add(d, CLASS_POTENTIAL, 102, "Clinic"), "B3");
	(void)add(d, CLASS_HIGH, 200, "School");
	(void)add(d, CLASS_HIGH, 300, "School");
	(void)add(d, CLASS_NONE, 0, "School");
	(void)add(d, CLASS_POTENTIAL, 50, "School");
	swap_sign(d, add(d, CLASS_POTENTIAL, 51, "Police"), "B2");
	swap_sign(d, add(d, CLASS_POTENTIAL, 52, "Clinic"), "B3");
	facts_link(&d->f, lower, upper);
	joined_list_init(&l, &d->f, false);
	assert_int_equal(l.n, 5);
	assert_int_equal(l.list[0].lower->rows[0], 6);
	assert_int_equal(l.list[0].group, JOINED_ONLY);
	assert_int_equal(l.list[0].lower->latest, 52);
	assert_int_equal(l.list[1].lower->rows[0], 2);
	assert_int_equal(l.list[1].group, JOINED_COULD);
	assert_int_equal(l.list[2].lower->rows[0], 0);
	assert_int_equal(l.list[2].upper->indicators, 3);
	assert_int_equal(l.list[3].lower->rows[0], 4);
	assert_int_equal(l.list[4].lower->rows[0], 3);
	assert_int_equal(l.children_lower, 5);
	assert_int_equal(l.children_upper, 4);
	joined_list_release(&l);
	joined_list_init(&l, &d->f, true);
	assert_int_equal(l.n, 3);
	assert_int_equal(l.in[JOINED_OTHER], 2);
	joined_list_release(&l);
}

static void
an_empty_store_has_no_list(void **state)
{
	struct desk *d = *state;
	struct joined_list l;

	joined_list_init(&l, &d->f, false);
	assert_int_equal(l.n, 0);
	joined_list_release(&l);
}

/* ---- windows ---- */

static int32_t
day(int year, int month, int of)
{
	return day_from_civil((struct civil){year, month, of});
}

static void
windows_are_read(void **state)
{
	static const char *const faults[] = {
		"", "12", "m", "0m", "-3m", "12x", "12mm", "99999m",
		"2026-01-01", "2026-13-01..", "..soon", "5m..", "all of it",
		"2026-02-01..2026-01-01"
	};
	int32_t today = day(2026, 11, 22);
	struct joined_window w = {1, 2};
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		assert_int_equal(joined_window_parse(faults[i], today, &w,
		    &e), RC_USAGE);
		assert_int_equal(w.from, 1);
	}
	assert_int_equal(joined_window_parse("12m", today, &w, &e), RC_OK);
	assert_int_equal(w.from, day(2025, 11, 22));
	assert_int_equal(w.to, today);
	assert_int_equal(joined_window_parse("6w", today, &w, &e), RC_OK);
	assert_int_equal(w.from, today - 42);
	assert_int_equal(joined_window_parse("1d", today, &w, &e), RC_OK);
	assert_int_equal(w.from, today - 1);
	assert_int_equal(joined_window_parse("2026-01-01..2026-01-01", today,
	    &w, &e), RC_OK);
	assert_int_equal(w.from, w.to);
	assert_int_equal(joined_window_parse("..3/4/2026", today, &w, &e),
	    RC_OK);
	assert_int_equal(w.from, DAY_NONE);
	assert_int_equal(w.to, day(2026, 4, 3));
	assert_int_equal(joined_window_parse("all", today, &w, &e), RC_OK);
	assert_int_equal(w.to, DAY_NONE);
}

static void
expect_words(int32_t from, int32_t to, const char *words)
{
	struct joined_window w = {from, to};
	struct str out;

	str_init(&out);
	joined_window_words(&w, &out);
	assert_string_equal(out.s, words);
	str_release(&out);
}

static void
windows_are_told(void **state)
{
	(void)state;
	expect_words(DAY_NONE, DAY_NONE, "at any time");
	expect_words(day(2026, 1, 2), DAY_NONE, "from 2 January 2026 on");
	expect_words(DAY_NONE, day(2026, 1, 2), "up to 2 January 2026");
	expect_words(day(2025, 1, 2), day(2026, 1, 2),
	    "from 2 January 2025 to 2 January 2026");
}

/* ---- whom to ring ---- */

static const char directory[] =
    "id: local\ntitle: Invented\nservices:\n"
    "  - id: a-police\n    name: Invented Police\n    kind: police\n"
    "    areas: [Testford]\n    takes: Anything.\n    source: Invented\n"
    "    verified: yes\n    telephone: \"0300 000 0000\"\n"
    "  - id: b-school\n    name: Invented School desk\n    kind: other\n"
    "    areas: [everywhere]\n    takes: What a police officer asks.\n"
    "    source: Invented\n    verified: no\n    note: No number yet.\n"
    "  - id: c-health\n    name: Invented Nurses\n    kind: health\n"
    "    areas: [everywhere]\n    takes: Anything.\n    source: Invented\n"
    "    verified: yes\n    telephone: \"0300 000 0001\"\n";

static const char *
rings(const struct services *s, const char *agency, const char *area)
{
	const struct service *sv = ringup_service(s, agency, area);

	return sv != NULL ? sv->id : "nobody";
}

static void
who_can_be_reached_is_rung(void **state)
{
	struct services *s = services_new();
	struct faults f;

	(void)state;
	faults_init(&f, "directory");
	assert_true(services_add(s, directory, strlen(directory), &f));
	faults_release(&f);
	assert_string_equal(rings(s, "invented police", "Testford"),
	    "a-police");
	assert_string_equal(rings(s, "Police", ""), "a-police");
	assert_string_equal(rings(s, "Police", "Sample Town"), "nobody");
	/* What it takes does not make it that agency. */
	assert_string_equal(rings(s, "Invented School", "Testford"),
	    "nobody");
	assert_string_equal(rings(s, "Health service", "Testford"),
	    "c-health");
	assert_string_equal(rings(s, "", "Testford"), "nobody");
	assert_string_equal(rings(NULL, "Police", "Testford"), "nobody");
	services_free(s);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(groups_then_level_then_latest),
		TEST(an_empty_store_has_no_list),
		cmocka_unit_test(windows_are_read),
		cmocka_unit_test(windows_are_told),
		cmocka_unit_test(who_can_be_reached_is_rung),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
