/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chronology of one invented case: its timeline, its list, its filter. */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/entry.h"
#include "tests/golden/desk.h"
#include "tests/golden/golden.h"
#include "tui/app.h"

static struct entry_id
missing(struct desk *d, const char *since, const char *from)
{
	return desk_sign(d, "me", "missing", "", json_pack(
	    "{s:s, s:s, s:s, s:s}", "since", since, "from", from, "kind",
	    "missing", "reported_by", "B. Sample, the home, to the police"));
}

static void
note(struct desk *d, const char *on, const char *facts)
{
	(void)desk_sign(d, "Q. Sample", "note", on, json_pack("{s:s}",
	    "facts", facts));
}

static void
strike(struct desk *d, const struct entry_id *id)
{
	char hex[2 * ENTRY_ID_LEN + 1];

	hex_format(id->b, ENTRY_ID_LEN, hex);
	(void)desk_sign(d, "me", "strike", "", json_pack("{s:s, s:s}",
	    "target", hex, "reason", "About another young person."));
}

static void
seen(struct desk *d, const char *on, const char *item, const char *agency)
{
	(void)desk_sign(d, "me", "observation", on, desk_observation(item,
	    "present", agency, "Seen at the bus station."));
}

/* A year in which three episodes cluster, with what was seen beside them. */
static struct desk *
a_year(void)
{
	struct desk *d = desk_new();
	struct entry_id wrong, episode;
	char hex[2 * ENTRY_ID_LEN + 1];

	note(d, "2025-12", "Zoë O'Brien-Ñandú 王 is late for school on most "
	    "days; she says the bus does not come.");
	seen(d, "2026-02-03", "A1", "School");
	(void)missing(d, "2026-03-14T22:10:00Z", "home");
	seen(d, "2026-07-20/2026-07-27", "B4", "School");
	(void)missing(d, "2026-08-28T21:00:00Z", "care");
	seen(d, "2026-08-30", "B1", "Police");
	(void)missing(d, "2026-09-09T21:00:00Z", "care");
	seen(d, "2026-09-10", "B3", "Police");
	episode = missing(d, "2026-09-20T20:30:00Z", "care");
	hex_format(episode.b, ENTRY_ID_LEN, hex);
	(void)desk_sign(d, "me", "located", "", json_pack("{s:s, s:s, s:s}",
	    "episode", hex, "at", "2026-09-21T05:40:00Z", "where",
	    "At the bus station, with \xE7\x8E\x8B"));
	(void)desk_sign(d, "me", "voice", "2026-09-22", json_pack("{s:s}",
	    "words", "I do not want to go back to that flat."));
	wrong = desk_observe(d, "B2", "present", "Health", "Another child.");
	strike(d, &wrong);
	(void)desk_sign(d, "me", "sharing", "2026-10-02", json_pack(
	    "{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}",
	    "asked_by", "The school", "asked", "The whole file", "decision",
	    "not", "reasons", "Not needed for its purpose", "purpose",
	    "A school trip", "basis", "none", "consent", "refused",
	    "told", "both", "decider", "S. Example, manager", "review",
	    "2026-12-01"));
	return d;
}

static struct golden *
open_page(struct desk *d, int w, int h)
{
	struct golden *g = golden_new(NULL, w, h);

	app_push(golden_app(g), desk_screen(d));
	golden_keys(g, "2");
	return g;
}

static void
the_page_at_every_size(void **state)
{
	static const int sizes[][2] = {{132, 43}, {80, 24}, {40, 10}, {1, 1}};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct desk *d = a_year();
		struct golden *g = open_page(d, sizes[i][0], sizes[i][1]);

		golden_check(g, "chronology");
		golden_free(g);
		desk_free(d);
	}
}

static void
a_case_that_has_just_begun(void **state)
{
	struct desk *d = desk_new();
	struct golden *g = open_page(d, 80, 24);

	(void)state;
	golden_check(g, "chronology-new");
	golden_free(g);
	desk_free(d);
}

/* v shows the timeline alone where there is no room for both. */
static void
the_whole_timeline(void **state)
{
	struct desk *d = a_year();
	struct golden *g = open_page(d, 40, 10);

	(void)state;
	golden_shows(g, "v: timeline");
	golden_keys(g, "v");
	golden_check(g, "chronology-timeline");
	golden_keys(g, "Down Down");
	golden_shows(g, "Vulnerabilities");
	golden_keys(g, "v");
	golden_shows(g, "v: timeline");
	golden_resize(g, 80, 24);
	golden_keys(g, "v");
	golden_check(g, "chronology-timeline");
	golden_free(g);
	desk_free(d);
}

/* From September to August, over the empty months to March, and back. */
static void
the_list_follows_the_months(void **state)
{
	struct desk *d = a_year();
	struct golden *g = open_page(d, 120, 40);

	(void)state;
	golden_shows(g, ">Nov");
	golden_keys(g, "Left");
	golden_shows(g, ">Oct");
	golden_keys(g, "Left Left");
	golden_shows(g, ">Aug");
	golden_shows(g, ">   28 Aug 2026");
	golden_keys(g, "Left Left");
	golden_shows(g, ">   14 Mar 2026");
	golden_keys(g, "Right");
	golden_shows(g, ">   20 Jul 2026..");
	golden_keys(g, "Home Left");
	golden_shows(g, ">   Dec 2025");
	golden_keys(g, "Enter");
	golden_shows(g, "December 2025");
	golden_shows(g, "she says the bus does not come");
	golden_free(g);
	desk_free(d);
}

static void
a_filter_is_seen_and_cleared(void **state)
{
	struct desk *d = a_year();
	struct golden *g = open_page(d, 80, 24);

	(void)state;
	golden_keys(g, "f 'kind:missing,sign from:2026-08' Enter");
	golden_check(g, "chronology-filter");
	golden_keys(g, "Esc");
	golden_hides(g, "Filter:");
	golden_keys(g, "f 'person:\"b. sample\"' Enter");
	golden_shows(g, "4 of ");
	golden_keys(g, "f Home ^K 'kind:nothing' Enter");
	golden_shows(g, "there is no kind \"nothing\"");
	golden_keys(g, "Esc");
	golden_shows(g, "4 of ");
	/* Tab knows the keys, the kinds after any comma, and the states. */
	golden_keys(g, "f ^U 'ki' Tab");
	golden_shows(g, "Filter: kind:");
	golden_keys(g, "'sign,re' Tab");
	golden_shows(g, "Filter: kind:sign,referral");
	golden_keys(g, "' is:' Tab Tab");
	golden_shows(g, "Filter: kind:sign,referral is:replaced");
	golden_keys(g, "Esc");
	golden_keys(g, "f ^U 'kind:strike on:2025' Enter");
	golden_shows(g, "No entry matches this filter.");
	golden_free(g);
	desk_free(d);
}

static void
a_fault_is_pointed_at(void **state)
{
	struct desk *d = a_year();
	struct golden *g = open_page(d, 80, 24);

	(void)state;
	golden_keys(g, "f 'agency:police from:soon' Enter");
	golden_check(g, "chronology-fault");
	golden_keys(g, "Backspace Backspace Backspace Backspace '2026-08' "
	    "Enter");
	golden_shows(g, "2 of ");
	golden_free(g);
	desk_free(d);
}

static void
words_are_found(void **state)
{
	struct desk *d = a_year();
	struct golden *g = open_page(d, 120, 40);

	(void)state;
	golden_keys(g, "/ 'zoe obrien' Enter");
	golden_shows(g, ">   Dec 2025");
	golden_keys(g, "/ 'bus station' Enter");
	golden_shows(g, ">   3 Feb 2026");
	golden_keys(g, "n n");
	golden_shows(g, ">   30 Aug 2026");
	golden_keys(g, "N");
	golden_shows(g, ">   20 Jul 2026..");
	golden_keys(g, "/ 'nowhere' Enter");
	golden_shows(g, "Not found in the chronology.");
	golden_free(g);
	desk_free(d);
}

/* What is not signed stands in its place, too; a strike leaves the row. */
static void
what_is_pending_is_shown(void **state)
{
	struct desk *d = a_year();
	struct golden *g = open_page(d, 120, 40);

	(void)state;
	golden_keys(g, "Home Left Right x 'Another school.' F2");
	golden_shows(g, "x 3 Feb 2026");
	golden_keys(g, "u");
	golden_hides(g, "x 3 Feb 2026");
	golden_keys(g, "x 'Another school.' F2 End");
	golden_shows(g, "~ (22 Nov 2026)");
	/* From another page, and by way of another size, it is still right. */
	golden_keys(g, "1 u");
	golden_resize(g, 100, 30);
	golden_keys(g, "2");
	golden_hides(g, "~ (22 Nov 2026)");
	golden_free(g);
	desk_free(d);
}

static void
a_child_without_entries_for_years(void **state)
{
	struct desk *d = desk_new();
	struct golden *g;

	(void)state;
	note(d, "2009", "The family was known to another area.");
	(void)missing(d, "2026-09-09T21:00:00Z", "care");
	g = open_page(d, 80, 24);
	golden_shows(g, "2026");
	golden_keys(g, "Home");
	golden_shows(g, ">   2009");
	golden_keys(g, "Right");
	golden_shows(g, ">   9 Sep 2026");
	golden_keys(g, "Left");
	golden_shows(g, ">   2009");
	golden_free(g);
	desk_free(d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_page_at_every_size),
		cmocka_unit_test(a_case_that_has_just_begun),
		cmocka_unit_test(the_whole_timeline),
		cmocka_unit_test(the_list_follows_the_months),
		cmocka_unit_test(a_filter_is_seen_and_cleared),
		cmocka_unit_test(a_fault_is_pointed_at),
		cmocka_unit_test(words_are_found),
		cmocka_unit_test(what_is_pending_is_shown),
		cmocka_unit_test(a_child_without_entries_for_years),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
