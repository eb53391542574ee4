/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A case with entries of a newer version and entries that do not fit their
 * kind: each page shows that they are there and counts none of them.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/str.h"
#include "tests/golden/desk.h"
#include "tests/golden/golden.h"
#include "tui/app.h"

static struct golden *
open_case(struct desk *d, int w, int h)
{
	struct golden *g = golden_new(NULL, w, h);

	app_push(golden_app(g), desk_screen(d));
	return g;
}

static struct desk *
a_few(void)
{
	struct desk *d = desk_new();

	(void)desk_add(d, "Q. Sample", "note", "2026-11-03",
	    "{\"facts\":\"Seen at the bus station.\"}");
	(void)desk_add(d, "Q. Sample", "augury", "2026-11-04",
	    "{\"of\":\"birds\",\"secret\":\"nobody reads this\"}");
	(void)desk_add(d, "Q. Sample", "note", "2026-11-05",
	    "{\"facts\":{\"said\":[\"otherwise\"]}}");
	(void)desk_add(d, "Q. Sample", "screening", "2026-11-06",
	    "{\"answers\":{\"B1\":3},\"level\":7}");
	return d;
}

static void
shown_in_each_list(void **state)
{
	struct desk *d = a_few();
	struct golden *g = open_case(d, 120, 40);

	(void)state;
	golden_check(g, "misfits-case");
	golden_hides(g, "nobody reads this");
	golden_keys(g, "2");
	golden_check(g, "misfits-chronology");
	golden_free(g);
	desk_free(d);
}

static void
opened_it_says_what_it_is(void **state)
{
	struct desk *d = a_few();
	struct golden *g = open_case(d, 120, 40);

	(void)state;
	golden_keys(g, "2 f 'kind:newer' Enter");
	golden_check(g, "misfits-filter");
	golden_keys(g, "Enter");
	golden_check(g, "misfits-opened");
	golden_free(g);
	desk_free(d);
}

/* Every kind, every field of another type. */
static void
add_all(struct desk *d, const char *value)
{
	const struct kind *all;
	struct str body;
	size_t n;

	all = kind_all(&n);
	str_init(&body);
	for (size_t i = 0; i < n; i++) {
		str_clear(&body);
		str_add_char(&body, '{');
		for (const struct field *f = all[i].fields; f->name != NULL;
		    f++)
			str_add_fmt(&body, "%s\"%s\":%s",
			    f == all[i].fields ? "" : ",", f->name, value);
		str_add_char(&body, '}');
		(void)desk_add(d, "Q. Sample", all[i].name, i % 2 == 0 ?
		    "2026-11-04" : "", body.s);
	}
	str_release(&body);
}

static void
no_page_falls_over_them(void **state)
{
	static const char *const values[] = {
		"7", "[7,{\"a\":1},null]", "{\"a\":[1],\"B1\":3}", "true",
		"\"no such thing\"", "null"
	};

	(void)state;
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		struct desk *d = desk_new();
		struct golden *g;

		(void)desk_add(d, "me", "augury", "", "[[[]]]");
		add_all(d, values[i]);
		g = open_case(d, 120, 40);
		for (char page = '1'; page <= '7'; page++) {
			const char key[] = {page, '\0'};

			golden_keys(g, key);
			golden_keys(g, "End Home PgDn PgDn Up Down");
			golden_keys(g, "/ 'thing' Enter n Esc");
		}
		golden_free(g);
		desk_free(d);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shown_in_each_list),
		cmocka_unit_test(opened_it_says_what_it_is),
		cmocka_unit_test(no_page_falls_over_them),
	};

	return cmocka_run_group_tests_name("misfits", tests, NULL, NULL);
}
