/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/services.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/kinds.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define HEAD "id: t\ntitle: T\nservices:\n"
#define HUB "  - id: hub-a\n    name: Duty at the hub\n    kind: hub\n" \
	"    areas: [Invented Borough, Sample Town]\n    takes: worries\n" \
	"    route: secure mail\n    source: s\n    verified: yes\n"
#define HEALTH "  - id: clinic\n    name: \"Zo\xc3\xab's clinic\"\n" \
	"    kind: health\n    areas: [Other Borough]\n    takes: care\n" \
	"    telephone: \"0\"\n    address: 1 Road\n    source: s\n" \
	"    verified: yes\n"
#define LINE "  - id: line\n    name: A line\n    kind: voluntary\n" \
	"    areas: [everywhere]\n    takes: anybody\n    source: s\n" \
	"    verified: no\n    note: ring it\n"
#define ALL HEAD LINE HEALTH HUB

static struct services *
parse(const char *text, struct str *faults)
{
	struct services *s = services_new();
	struct faults f;
	bool good;

	faults_init(&f, "t");
	good = services_add(s, text, strlen(text), &f);
	faults_lines(&f, faults);
	assert_true(good == (f.n == 0));
	assert_true(good || s->n == 0);
	faults_release(&f);
	return s;
}

static void
add_file(struct services *s, const char *name)
{
	const char *dir = getenv("HEARKEN_SRCDIR");
	static char text[65536];
	struct str lines;
	struct faults f;
	char path[4096];
	FILE *file;

	(void)snprintf(path, sizeof(path), "%s/content/services/%s",
	    dir == NULL ? "." : dir, name);
	file = fopen(path, "r");
	assert_non_null(file);
	text[fread(text, 1, sizeof(text) - 1, file)] = '\0';
	(void)fclose(file);
	faults_init(&f, name);
	str_init(&lines);
	(void)services_add(s, text, strlen(text), &f);
	faults_lines(&f, &lines);
	assert_string_equal(lines.s, "");
	str_release(&lines);
	faults_release(&f);
}

/* What is shipped: every kind has a service, no number is there unverified. */
static void
what_is_shipped(void **state)
{
	const struct code *c = kind_field(kind_find("referral"),
	    "service")->codes;
	struct services *s = services_new();
	const struct service *found[64];

	(void)state;
	add_file(s, "local.yaml");
	add_file(s, "national.yaml");
	assert_in_range(s->n, 10, COUNT(found));
	for (; c->id != NULL; c++) {
		struct services_query q = {.kind = c->id};

		if (strcmp(c->id, "other") != 0 &&
		    services_find(s, &q, found) == 0)
			fail_msg("nothing for %s", c->id);
	}
	for (size_t i = 0; i < s->n; i++) {
		assert_true(s->list[i].source[0] != '\0');
		assert_true(s->list[i].verified ||
		    s->list[i].note[0] != '\0');
	}
	services_free(s);
}

/* The names found, in order, with a blank after each. */
static void
looks(const struct services *s, const struct services_query *q,
    const char *wanted)
{
	const struct service *found[8];
	size_t n = services_find(s, q, found);
	struct str ids;

	str_init(&ids);
	for (size_t i = 0; i < n; i++)
		str_add_fmt(&ids, "%s ", found[i]->id);
	assert_string_equal(ids.s, wanted);
	str_release(&ids);
}

static void
what_is_near_comes_first(void **state)
{
	struct str faults;
	struct services *s;

	(void)state;
	str_init(&faults);
	s = parse(ALL, &faults);
	assert_string_equal(faults.s, "");
	looks(s, &(struct services_query){NULL}, "line clinic hub-a ");
	looks(s, &(struct services_query){.near = "INVENTED borough"},
	    "hub-a line clinic ");
	looks(s, &(struct services_query){.near = "Other Borough"},
	    "clinic line hub-a ");
	looks(s, &(struct services_query){.near = "Nowhere"},
	    "line clinic hub-a ");
	looks(s, &(struct services_query){.area = "sample town"},
	    "line hub-a ");
	looks(s, &(struct services_query){.area = "Sample Town, Shire"},
	    "line hub-a ");
	looks(s, &(struct services_query){.area = "Nowhere"}, "line ");
	looks(s, &(struct services_query){.kind = "health"}, "clinic ");
	looks(s, &(struct services_query){.kind = "hub", .area = "Nowhere"},
	    "");
	services_free(s);
	str_release(&faults);
}

static void
words_are_found_folded_and_all(void **state)
{
	struct str faults;
	struct services *s;

	(void)state;
	str_init(&faults);
	s = parse(ALL, &faults);
	looks(s, &(struct services_query){.words = "zoes"}, "clinic ");
	looks(s, &(struct services_query){.words = "  ZOE CLIN  "},
	    "clinic ");
	looks(s, &(struct services_query){.words = "safeguarding hub"},
	    "hub-a ");
	looks(s, &(struct services_query){.words = "sample duty"}, "hub-a ");
	looks(s, &(struct services_query){.words = "duty care"}, "");
	looks(s, &(struct services_query){.words = ""},
	    "line clinic hub-a ");
	services_free(s);
	str_release(&faults);
}

static void
how_it_is_reached(void **state)
{
	struct str faults, words;
	struct services *s;

	(void)state;
	str_init(&faults);
	str_init(&words);
	s = parse(ALL, &faults);
	service_reach(&s->list[0], &words);
	assert_string_equal(words.s, "");
	service_reach(&s->list[1], &words);
	assert_string_equal(words.s, "telephone 0; 1 Road");
	str_clear(&words);
	service_areas(&s->list[2], &words);
	assert_string_equal(words.s, "Invented Borough, Sample Town");
	str_clear(&words);
	service_areas(&s->list[0], &words);
	assert_string_equal(words.s, "everywhere");
	services_free(s);
	str_release(&faults);
	str_release(&words);
}

static const struct {
	const char *text, *faults;
} bad[] = {
	{"[]\n", "t:1:1: a directory of services is a map with id, title "
	    "and services\n"},
	{"id: t\ntitle: T\nservices:\n  - x\n", "t:4:5: a service is a map; "
	    "expected \"id\" and the rest\n"},
	{HEAD HUB HUB, "t:12:9: \"id\" is that of a service above, or in "
	    "another file\n"},
	{HEAD "  - id: A b\n    name: n\n    kind: police\n    areas: []\n"
	    "    takes: t\n    source: s\n    verified: no\n",
	    "t:4:9: \"id\" may have lower-case letters, digits and hyphens "
	    "only\n"
	    "t:7:12: \"areas\" names none; write [everywhere] for all\n"
	    "t:10:15: \"verified\" is no: say in \"note\" what has to be "
	    "checked or filled in\n"},
	{HEAD "  - id: a\n    name: n\n    kind: fire\n    areas: [\"-\"]\n"
	    "    takes: t\n    source: s\n    verified: yes\n    fax: 1\n",
	    "t:6:11: \"kind\" is none of social-care, hub, police, health, "
	    "lado, nrm, voluntary, other\n"
	    "t:7:13: an area is a name, or \"everywhere\"\n"
	    "t:10:15: \"verified\" is yes, but nothing says how to reach "
	    "it: telephone, address or route\n"
	    "t:11:5: "},
};

static void
every_fault_is_named(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct str faults;

		str_init(&faults);
		services_free(parse(bad[i].text, &faults));
		if (strncmp(faults.s, bad[i].faults,
		    strlen(bad[i].faults)) != 0)
			fail_msg("%s\nis not\n%s", faults.s, bad[i].faults);
		str_release(&faults);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_shipped),
		cmocka_unit_test(what_is_near_comes_first),
		cmocka_unit_test(words_are_found_folded_and_all),
		cmocka_unit_test(how_it_is_reached),
		cmocka_unit_test(every_fault_is_named),
	};

	return cmocka_run_group_tests_name("services", tests, NULL, NULL);
}
